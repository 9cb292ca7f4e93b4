//! `HEAD` wherever there is `GET`: monitors, link checkers and proxies ask by it.

use actix_web::{
    Error,
    body::MessageBody,
    dev::{ServiceRequest, ServiceResponse},
    http::Method,
    middleware::Next,
};

/// Answers `HEAD` as `GET` would be. The server sends the head of the answer and leaves the body out.
///
/// # Errors
///
/// What the handler fails with.
pub async fn as_get<B: MessageBody>(
    mut req: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<B>, Error> {
    if req.method() == Method::HEAD {
        req.head_mut().method = Method::GET;
    }
    next.call(req).await
}

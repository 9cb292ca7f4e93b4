//! What every answer says to browsers, whoever wrote its body.

use actix_web::{
    Error,
    body::MessageBody,
    dev::{ServiceRequest, ServiceResponse},
    http::header::{self, HeaderMap, HeaderName, HeaderValue},
    middleware::Next,
};

/// Headers of the ballot listener. The pages there bring their own content security policy.
pub(crate) async fn of_ballot(
    req: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let mut response = next.call(req).await?;
    let headers = response.headers_mut();
    common(headers);
    add(headers, header::REFERRER_POLICY, "no-referrer");
    add(headers, header::CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'");
    Ok(response)
}

/// Headers of every answer of either listener, unless the handler set its own.
pub fn common(headers: &mut HeaderMap) {
    add(headers, header::CACHE_CONTROL, "no-store");
    add(headers, header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    add(headers, HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
}

/// Adds a header, unless the handler set its own.
pub fn add(headers: &mut HeaderMap, name: HeaderName, value: &str) {
    if !headers.contains_key(&name)
        && let Ok(value) = HeaderValue::from_str(value)
    {
        headers.insert(name, value);
    }
}

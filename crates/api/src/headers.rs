//! What every answer says to browsers, whoever wrote its body.

use actix_web::{
    Error,
    body::MessageBody,
    dev::{ServiceRequest, ServiceResponse},
    http::header,
    middleware::Next,
    web,
};

use tideline_booth::headers::{add, common};

use crate::App;

/// Headers of the app listener. A handler may set its own in their place.
pub(crate) async fn of_app(
    req: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let app = req.app_data::<web::Data<App>>().cloned();
    let mut response = next.call(req).await?;
    let headers = response.headers_mut();
    common(headers);
    // Not `no-referrer`: browsers would then hide the origin of our own forms from us.
    add(headers, header::REFERRER_POLICY, "same-origin");
    if let Some(app) = app {
        let ballot = &app.settings.ballot_origin;
        let policy = format!(
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
             font-src 'self'; connect-src 'self'; frame-src {ballot}; form-action 'self'; \
             base-uri 'none'; frame-ancestors 'none'"
        );
        add(headers, header::CONTENT_SECURITY_POLICY, &policy);
        if app.settings.app_origin.is_https() {
            add(headers, header::STRICT_TRANSPORT_SECURITY, "max-age=31536000");
        }
    }
    Ok(response)
}

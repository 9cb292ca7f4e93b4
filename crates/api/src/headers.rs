//! What every answer says to browsers, whoever wrote its body.

use actix_web::{
    Error,
    body::{BoxBody, EitherBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    http::header::{self, HeaderValue},
    middleware::Next,
    web,
};

use tideline_booth::headers::{add, common};

use crate::{App, Settings, language::Reader, problem::PageProblem};

/// What pages of the app listener may load: nothing from elsewhere, and nothing but files.
pub(crate) fn policy(settings: &Settings) -> Option<HeaderValue> {
    let ballot = &settings.ballot_origin;
    let policy = format!(
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; \
         connect-src 'self'; frame-src {ballot}; form-action 'self'; base-uri 'none'; \
         frame-ancestors 'none'"
    );
    HeaderValue::from_str(&policy).ok()
}

/// Headers of the app listener, where a handler did not set its own; and the pages that say what went
/// wrong, in the reader's language.
pub(crate) async fn of_app<B: MessageBody + 'static>(
    req: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<EitherBody<B>>, Error> {
    let app = req.app_data::<web::Data<App>>().cloned();
    let changes = !req.method().is_safe();
    let response = next.call(req).await?;
    if let Some(app) = app.as_ref().filter(|_| changes) {
        app.warm.something_changed();
    }
    let problem = response.response().error().and_then(|it| it.as_error::<PageProblem>());
    let page = match problem {
        Some(problem) if !response.status().is_redirection() => {
            Some(problem.page(&Reader::of(response.request())))
        }
        _ => None,
    };
    let mut response = match page {
        Some(page) => response.map_body(|_, _| EitherBody::right(BoxBody::new(page))),
        None => response.map_into_left_body(),
    };
    let headers = response.headers_mut();
    common(headers);
    // Not `no-referrer`: browsers would then hide the origin of our own forms from us.
    add(headers, header::REFERRER_POLICY, "same-origin");
    if let Some(app) = app {
        if let Some(policy) = &app.policy
            && !headers.contains_key(header::CONTENT_SECURITY_POLICY)
        {
            headers.insert(header::CONTENT_SECURITY_POLICY, policy.clone());
        }
        if app.settings.app_origin.is_https() {
            add(headers, header::STRICT_TRANSPORT_SECURITY, "max-age=31536000");
        }
    }
    Ok(response)
}

//! What every answer says to browsers, whoever wrote its body; and what it leaves behind here.

use actix_web::{
    Error, HttpRequest,
    body::{BoxBody, EitherBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    http::header::{self, HeaderValue},
    middleware::Next,
    web,
};
use tideline_booth::headers::{add, common};

use crate::{
    App, Settings,
    headers::PERMISSIONS,
    language::Reader,
    own_path::{InQuery, OwnPath},
    pages::problem,
    problem::{PageProblem, Problem},
};

/// Where anybody may send something, or everybody does within hours, and what is kept holds nevertheless:
/// a stranger must not be able to have every page worked out anew. Who signs in there empties it in
/// [`sign_in`](crate::sign_in).
const STRANGERS: [&str; 6] =
    ["/sign-in", "/sign-in/passkey", "/sign-in/passkey/ask", "/in", "/in/ask", "/pulse/issue"];

/// The page of ours that led here, as browsers say it.
fn our_page(req: &HttpRequest, settings: &Settings) -> Option<OwnPath> {
    let referer = req.headers().get(header::REFERER)?.to_str().ok()?;
    let path = referer.strip_prefix(settings.app_origin.as_str())?;
    path.starts_with('/').then(|| OwnPath::of(path))
}

/// Headers of the app listener, where a handler did not set its own; and the pages that say what went
/// wrong, in the reader's language.
pub(super) async fn of_app<B: MessageBody + 'static>(
    req: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<EitherBody<B>>, Error> {
    let app = req.app_data::<web::Data<App>>().cloned();
    let safe = req.method().is_safe();
    let may_change = !safe && !STRANGERS.contains(&req.path());
    // Who has to sign in first gets to where the link led afterwards; who was signed out in front of a form is told
    // that, and gets back to it.
    let wanted = if safe {
        let to = req.uri().path_and_query().map_or("/", |it| it.as_str());
        Some(format!("/sign-in?to={}", InQuery(OwnPath::of(to).as_str())))
    } else {
        let form = app.as_ref().and_then(|it| our_page(req.request(), &it.settings));
        // Who wanted to sign out is signed out.
        form.filter(|_| req.path() != "/sign-out").map(|it| it.behind("/sign-in?ended"))
    };
    let response = next.call(req).await?;
    // Refused, or sent to the sign-in page: nothing was changed. After a failure of ours something may be.
    let status = response.status();
    let refused = status.is_client_error()
        || response.response().error().is_some() && !status.is_server_error();
    let changed = may_change && !refused;
    if let Some(app) = app.as_ref().filter(|_| changed) {
        app.warm.something_changed();
    }
    let problem = response.response().error().and_then(|it| it.as_error::<PageProblem>());
    let sign_in = wanted.filter(|_| matches!(problem, Some(PageProblem(Problem::SignedOut))));
    let page = match problem {
        Some(problem) if !response.status().is_redirection() => {
            let settings = app.as_ref().map(|it| &it.settings);
            let from = settings.and_then(|it| our_page(response.request(), it));
            let contact = settings.map_or("", |it| &it.contact);
            Some(problem::page(problem, &Reader::of(response.request()), from, contact))
        }
        _ => None,
    };
    let mut response = match page {
        Some(page) => response.map_body(|_, _| EitherBody::right(BoxBody::new(page))),
        None => response.map_into_left_body(),
    };
    let headers = response.headers_mut();
    common(headers);
    if let Some(way) = sign_in.and_then(|it| HeaderValue::try_from(it).ok()) {
        headers.insert(header::LOCATION, way);
    }
    // Not `no-referrer`: browsers would then hide the origin of our own forms from us.
    add(headers, header::REFERRER_POLICY, "same-origin");
    add(headers, PERMISSIONS, "publickey-credentials-get=(), publickey-credentials-create=()");
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

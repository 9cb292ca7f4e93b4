//! Signing in by an identity provider: there and back.

use actix_web::{
    HttpRequest, HttpResponse,
    cookie::{Cookie, SameSite, time::Duration},
    get, web,
};
use askama::Template;
use serde::Deserialize;
use tideline_domain::PersonId;

use super::shell::Shell;
use crate::{
    App,
    auth::{
        Claimed, Device, cookie_named, end_session, same, session_cookie, session_hash,
        start_session,
    },
    language::Reader,
    problem::{PageProblem, Problem, see_other},
    routes::blocking,
};

const NOT_SIGNED_IN: &str = "/sign-in?failed";

/// Sends the browser to the identity provider.
#[get("/sign-in/oidc")]
pub(super) async fn begin(app: web::Data<App>) -> Result<HttpResponse, PageProblem> {
    if app.oidc.is_none() {
        return Err(Problem::NotFound.into());
    }
    let (url, sealed) = {
        let app = app.clone();
        blocking(move || {
            let provider = app.oidc.as_ref().ok_or(Problem::NotFound)?;
            let (url, flow) = provider.begin(app.now()).map_err(Problem::internal)?;
            Ok((url, app.keys.seal_flow(&flow).map_err(Problem::internal)?))
        })
        .await?
    };
    let mut response = see_other(&url);
    response.add_cookie(&flow_cookie(&app, sealed)).map_err(Problem::internal)?;
    Ok(response)
}

/// `Lax`, because the browser comes back from another site.
fn flow_cookie(app: &App, sealed: String) -> Cookie<'static> {
    let age = if sealed.is_empty() { 0 } else { 600 };
    Cookie::build(cookie_named(&app.settings, "oidc"), sealed)
        .path("/")
        .http_only(true)
        .secure(app.settings.app_origin.is_https())
        .same_site(SameSite::Lax)
        .max_age(Duration::seconds(age))
        .finish()
}

#[derive(Deserialize)]
struct CallbackQuery {
    #[serde(default)]
    code: String,
    #[serde(default)]
    state: String,
}

#[derive(Template)]
#[template(path = "pages/signed-in.html")]
struct SignedInPage {
    shell: Shell,
}

/// Takes the browser back. Whatever does not hold leads to the same page, which does not say what.
#[get("/sign-in/oidc/callback")]
pub(super) async fn callback(
    app: web::Data<App>,
    req: HttpRequest,
    reader: Reader,
    query: web::Query<CallbackQuery>,
) -> Result<HttpResponse, PageProblem> {
    let CallbackQuery { code, state } = query.into_inner();
    let sealed = req.cookie(&cookie_named(&app.settings, "oidc"));
    let flow = sealed.and_then(|it| app.keys.open_flow(it.value(), app.now()));
    let flow = flow.filter(|it| same(&it.state, &state) && !code.is_empty());
    let before = session_hash(&app, &req);
    let device = Device::of(&req).code();
    let secret = match flow {
        None => None,
        Some(flow) => {
            let app = app.clone();
            blocking(move || {
                let Some(provider) = &app.oidc else { return Ok(None) };
                let claimed = match provider.finish(flow, code, app.now()) {
                    Ok(claimed) => claimed,
                    Err(error) => {
                        let error: &(dyn std::error::Error + 'static) = &error;
                        tracing::warn!(error, "a sign-in by the identity provider did not hold");
                        return Ok(None);
                    }
                };
                let Some(person) = person(&app, claimed)? else { return Ok(None) };
                end_session(&app, before)?;
                Ok(Some(start_session(&app.store, person, app.now(), device)?))
            })
            .await?
        }
    };
    let mut response = match &secret {
        None => see_other(NOT_SIGNED_IN),
        // A page, not a redirect: browsers send the session's cookie only where our own page leads.
        Some(_) => super::shell::answer(&SignedInPage { shell: Shell::public(&reader) })?,
    };
    response.add_cookie(&flow_cookie(&app, String::new())).map_err(Problem::internal)?;
    if let Some(secret) = secret {
        response
            .add_cookie(&session_cookie(&app.settings, Some(&secret)))
            .map_err(Problem::internal)?;
    }
    Ok(response)
}

/// Who is meant: by the provider's own name if it is known, otherwise by the verified address, once.
fn person(app: &App, claimed: Claimed) -> Result<Option<PersonId>, Problem> {
    if let Some(known) = app.store.identity(&claimed.issuer, &claimed.subject)? {
        return Ok(Some(known));
    }
    let Some(email) = claimed.email else { return Ok(None) };
    let Some(person) = app.store.person_by_email(&email)? else { return Ok(None) };
    let linked = app.store.link_identity(&claimed.issuer, &claimed.subject, person.id)?;
    Ok(linked.then_some(person.id))
}

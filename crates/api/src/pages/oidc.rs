//! Signing in by an identity provider: there and back. Whatever does not hold leads to the sign-in page,
//! which says why in a sentence; the log has the cause.

use actix_web::{
    HttpRequest, HttpResponse,
    cookie::{Cookie, SameSite, time::Duration},
    get, web,
};
use askama::Template;
use chrono::TimeDelta;
use serde::Deserialize;
use tideline_domain::PersonId;
use tideline_store::LinkIdentity;

use super::shell::Shell;
use crate::{
    App, OidcError,
    auth::{Claimed, ClaimedAddress, Flow, Secret, arrival_cookie, cookie_named, own_cookie, same},
    language::Reader,
    own_path::OwnPath,
    problem::{PageProblem, Problem, see_other},
};

/// How long somebody may take from the provider's answer to the page that begins the session.
const ARRIVAL: TimeDelta = TimeDelta::minutes(2);

#[derive(Deserialize)]
pub(super) struct BeginQuery {
    /// Where to go once signed in.
    #[serde(default)]
    to: String,
}

/// Sends the browser to the identity provider.
#[get("/sign-in/oidc")]
pub(super) async fn begin(
    app: web::Data<App>,
    query: web::Query<BeginQuery>,
) -> Result<HttpResponse, PageProblem> {
    let to = OwnPath::after_sign_in(&query.to);
    let begun = {
        let asked = app.oidc.as_ref().ok_or(Problem::NotFound)?;
        let (app, to) = (app.clone(), to.clone());
        asked
            .apart(move || {
                let provider = app.oidc.as_ref().ok_or(Problem::NotFound)?;
                let now = app.now();
                match provider.begin(&to, now) {
                    Ok((url, flow)) => {
                        Ok(Ok((url, app.keys.seal(flow, now).map_err(Problem::internal)?)))
                    }
                    Err(failure) => Ok(Err(failure)),
                }
            })
            .await?
    };
    let (url, sealed) = match begun {
        Ok(begun) => begun,
        Err(failure) => return Ok(told(&failure, &to)),
    };
    let mut response = see_other(&url);
    response.add_cookie(&flow_cookie(&app, sealed)).map_err(Problem::internal)?;
    Ok(response)
}

/// `Lax`, because the browser comes back from another site.
fn flow_cookie(app: &App, sealed: String) -> Cookie<'static> {
    let age = if sealed.is_empty() { 0 } else { 600 };
    let (name, age) = (cookie_named(&app.settings, "oidc"), Duration::seconds(age));
    let mut cookie = own_cookie(&app.settings, name, sealed, Some(age));
    cookie.set_same_site(SameSite::Lax);
    cookie
}

/// What the provider sends the browser back with (RFC 6749, 4.1.2; RFC 9207).
#[derive(Deserialize)]
struct CallbackQuery {
    #[serde(default)]
    code: String,
    #[serde(default)]
    state: String,
    #[serde(default)]
    error: String,
    #[serde(default)]
    iss: String,
}

#[derive(Template)]
#[template(path = "pages/signed-in.html")]
struct SignedInPage {
    shell: Shell,
}

/// Takes the browser back.
#[get("/sign-in/oidc/callback")]
pub(super) async fn callback(
    app: web::Data<App>,
    req: HttpRequest,
    reader: Reader,
    query: web::Query<CallbackQuery>,
) -> Result<HttpResponse, PageProblem> {
    let asked = app.oidc.as_ref().ok_or(Problem::NotFound)?;
    let query = query.into_inner();
    let sealed = req.cookie(&cookie_named(&app.settings, "oidc"));
    let flow = sealed.and_then(|it| app.keys.open::<Flow>(it.value(), app.now()));
    let flow = flow.filter(|it| same(&it.state, &query.state));
    let to = OwnPath::after_sign_in(flow.as_ref().map_or("/", |it| &it.to));
    let arrived = match flow {
        None => Err(OidcError::Late),
        Some(_) if !query.error.is_empty() => Err(OidcError::said(&query.error)),
        Some(flow) => {
            let app = app.clone();
            asked
                .apart(move || {
                    let provider = app.oidc.as_ref().ok_or(Problem::NotFound)?;
                    if !query.iss.is_empty() && !provider.is_issuer(&query.iss) {
                        let why = "the answer is from another provider (iss)";
                        return Ok(Err(OidcError::Token(why.to_owned())));
                    }
                    let claimed = match provider.finish(&flow, query.code, app.now()) {
                        Ok(claimed) => claimed,
                        Err(failure) => return Ok(Err(failure)),
                    };
                    let person = match person(&app, claimed)? {
                        Ok(person) => person,
                        Err(failure) => return Ok(Err(failure)),
                    };
                    let code = Secret::<16>::generate()?;
                    let until = app.now() + ARRIVAL;
                    let hash = code.hash_of_arrival();
                    app.store.add_sign_in_code_to(&hash, person, until, &flow.to)?;
                    Ok(Ok(code))
                })
                .await?
        }
    };
    let mut response = match &arrived {
        Err(failure) => told(failure, &to),
        // A page, not a redirect: browsers say who is signed in here only where our own page leads.
        Ok(code) => {
            let page = SignedInPage { shell: Shell::public(&reader.back_to(None)) };
            let mut response = super::shell::answer(&page)?;
            let cookie = arrival_cookie(&app.settings, Some(code));
            response.add_cookie(&cookie).map_err(Problem::internal)?;
            response
        }
    };
    response.add_cookie(&flow_cookie(&app, String::new())).map_err(Problem::internal)?;
    Ok(response)
}

/// Tells of a failure, in the log and on the page.
fn told(failure: &OidcError, to: &OwnPath) -> HttpResponse {
    let error: &(dyn std::error::Error + 'static) = failure;
    match failure {
        // What people do and who they are is no fault of the installation's.
        OidcError::Declined | OidcError::Late | OidcError::Unknown => {
            tracing::info!(error, "a sign-in by the identity provider ended");
        }
        _ => tracing::warn!(error, "a sign-in by the identity provider did not hold"),
    }
    see_other(&to.behind(&format!("/sign-in?provider={}", failure.code())))
}

/// Who is meant: by the provider's own name if it is known, otherwise by the verified address, once.
fn person(app: &App, claimed: Claimed) -> Result<Result<PersonId, OidcError>, Problem> {
    if let Some(known) = app.store.identity(&claimed.issuer, &claimed.subject)? {
        return Ok(Ok(known));
    }
    let email = match claimed.address {
        ClaimedAddress::Missing => return Ok(Err(OidcError::NoAddress)),
        ClaimedAddress::Unverified => return Ok(Err(OidcError::Unverified)),
        ClaimedAddress::Verified(email) => email,
    };
    let Some(person) = app.store.person_by_email(&email)? else {
        return Ok(Err(OidcError::Unknown));
    };
    Ok(match app.store.link_identity(&claimed.issuer, &claimed.subject, person.id)? {
        LinkIdentity::Linked => Ok(person.id),
        LinkIdentity::Taken => Err(OidcError::Another),
        LinkIdentity::TooLong => Err(OidcError::Subject),
    })
}

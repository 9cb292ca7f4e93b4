//! The sign-in page. Changes nothing.
//!
//! Whoever comes from another site, such as webmail, comes without the session's cookie
//! (`SameSite=Strict`). Before anybody is asked to sign in again, a page of ours asks for the same
//! once more: that request comes from this site, and carries the cookie if there is one.

use actix_web::{HttpRequest, HttpResponse, get, web};
use askama::Template;
use serde::Deserialize;

use super::shell::{Shell, answer};
use crate::{
    App, OidcError,
    assets::Script,
    auth::{By, Member, sent_from_elsewhere},
    headers::allow_passkeys,
    language::Reader,
    own_path::OwnPath,
    problem::{PageProblem, Problem, see_other},
};

#[derive(Template)]
#[template(path = "pages/sign-in.html")]
struct SignInPage<'a> {
    shell: Shell,
    sent: bool,
    failed: bool,
    /// Whether a form came when its session was over.
    ended: bool,
    /// Whether the browser did not keep the session that has just begun.
    refused: bool,
    /// Why the identity provider did not sign anybody in, if that was tried.
    provider_failed: Option<String>,
    contact: &'a str,
    /// Where to go afterwards.
    to: &'a str,
    /// Why a passkey signed nobody in, if that was tried: it took too long, or it did not hold.
    passkey_failed: Option<&'static str>,
    /// The script that signs in by a passkey, where browsers have them for this address.
    script: Option<Script>,
    /// The identity provider, if there is one: its name, and the way there.
    provider: Option<(&'a str, String)>,
}

#[derive(Template)]
#[template(path = "pages/arrived.html")]
struct ArrivedPage {
    shell: Shell,
    again: String,
}

#[derive(Deserialize)]
struct SignInQuery {
    sent: Option<String>,
    failed: Option<String>,
    /// Code of what went wrong at the identity provider.
    provider: Option<String>,
    /// Code of what went wrong with a passkey.
    passkey: Option<String>,
    /// Where to go afterwards.
    to: Option<String>,
    /// Says that a form came when its session was over.
    ended: Option<String>,
    /// Says that a session has just begun: whoever comes without it has a browser that keeps no cookies.
    signed: Option<String>,
    /// Says that our own page asks.
    again: Option<String>,
}

/// Asks for an address, and says how the last attempt went; leads on whoever is signed in.
#[get("/sign-in")]
pub(super) async fn sign_in(
    app: web::Data<App>,
    req: HttpRequest,
    by: Result<By<Member>, PageProblem>,
    reader: Reader,
    query: web::Query<SignInQuery>,
) -> Result<HttpResponse, PageProblem> {
    let to = OwnPath::after_sign_in(query.to.as_deref().unwrap_or("/"));
    match by {
        Ok(_) => return Ok(see_other(to.as_str())),
        Err(PageProblem(Problem::SignedOut)) => {}
        Err(problem) => return Err(problem),
    }
    // Where a page led here nobody need be signed out: a browser keeps the cookie back on the way from another
    // site, and WebKit also when it loads a page again whose process has ended. Our own page asks once more.
    let kept_back = query.to.is_some() || sent_from_elsewhere(&req);
    // Whoever has just tried is told how that went, and came from this page.
    let tried = [&query.sent, &query.failed, &query.provider, &query.passkey, &query.ended];
    let kept_back = kept_back && tried.iter().all(|it| it.is_none());
    if kept_back && query.again.is_none() && query.signed.is_none() {
        let again = to.behind("/sign-in?again");
        return Ok(answer(&ArrivedPage { shell: Shell::public(&reader), again })?);
    }
    let failure = query.provider.as_deref().and_then(OidcError::sentence);
    // The language switch leads back to here, not to where this leads.
    let reader = reader.back_to(Some(OwnPath::of(&to.behind("/sign-in"))));
    let script = app.passkeys.as_ref().map(|_| Script::Passkey);
    let mut response = answer(&SignInPage {
        shell: Shell::public(&reader),
        sent: query.sent.is_some(),
        failed: query.failed.is_some(),
        ended: query.ended.is_some(),
        refused: query.signed.is_some(),
        provider_failed: failure.map(|it| {
            reader.t.tr2(
                it,
                "provider",
                app.oidc.as_ref().map_or("", |it| it.name()),
                "contact",
                &app.settings.contact,
            )
        }),
        passkey_failed: match query.passkey.as_deref() {
            Some("late") => Some("sign-in-passkey-late"),
            Some("no") => Some("sign-in-passkey-no"),
            _ => None,
        },
        script,
        contact: &app.settings.contact,
        to: to.as_str(),
        provider: app.oidc.as_ref().map(|it| (it.name(), to.behind("/sign-in/oidc"))),
    })?;
    allow_passkeys(&mut response, script.is_some(), false);
    Ok(response)
}

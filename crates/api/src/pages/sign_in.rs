//! The sign-in page, and the page behind a sign-in link. Neither changes anything.

use actix_web::{HttpResponse, get, web};
use askama::Template;
use serde::Deserialize;

use super::shell::{Shell, answer};
use crate::{App, assets, language::Reader, problem::PageProblem};

#[derive(Template)]
#[template(path = "pages/sign-in.html")]
struct SignInPage<'a> {
    shell: Shell,
    sent: bool,
    failed: bool,
    contact: &'a str,
    /// The name of the identity provider, if there is one.
    provider: Option<&'a str>,
}

#[derive(Deserialize)]
struct SignInQuery {
    sent: Option<String>,
    failed: Option<String>,
}

/// Asks for an address, and says how the last attempt went.
#[get("/sign-in")]
pub(super) async fn sign_in(
    app: web::Data<App>,
    reader: Reader,
    query: web::Query<SignInQuery>,
) -> Result<HttpResponse, PageProblem> {
    Ok(answer(&SignInPage {
        shell: Shell::public(&reader),
        sent: query.sent.is_some(),
        failed: query.failed.is_some(),
        contact: &app.settings.contact,
        provider: app.oidc.as_ref().map(|it| it.name()),
    })?)
}

#[derive(Template)]
#[template(path = "pages/in.html")]
struct FollowLinkPage {
    shell: Shell,
    script: String,
}

/// Moves the code from the address into a form: no GET signs anybody in.
#[get("/in")]
pub(super) async fn follow_link(reader: Reader) -> Result<HttpResponse, PageProblem> {
    let shell = Shell::public(&reader);
    Ok(answer(&FollowLinkPage { shell, script: assets::url("sign-in.js") })?)
}

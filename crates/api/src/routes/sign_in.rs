//! Signing in and out. Whether an address is known is never told: not by the answer, not by how long
//! it takes.

use actix_web::{HttpRequest, HttpResponse, cookie::Cookie, post, web};
use serde::Deserialize;
use tideline_domain::PersonId;

use crate::{
    App,
    auth::{
        Asker, Device, Member, OwnForm, Password, Posted, end_session, fresh_cookie, hash_password,
        is_fresh, session_cookie, session_hash, start_session,
    },
    blocking::blocking,
    own_path::OwnPath,
    pages::account::STALE,
    problem::{PageProblem, Problem, see_other},
    sign_in::{check_password, signed_in},
};

/// Where people land: the page says that a mail is on its way if the address is known.
const MAIL_SENT: &str = "/sign-in?sent";
/// Where people land after a wrong password, or a link that does not work.
const NOT_SIGNED_IN: &str = "/sign-in?failed";

pub(super) fn configure(config: &mut web::ServiceConfig) {
    config.service(sign_in).service(sign_out).service(set_password);
}

#[derive(Deserialize)]
struct SignInForm {
    email: String,
    /// Empty: send a link.
    #[serde(default)]
    password: String,
    /// Where to go once signed in.
    #[serde(default)]
    to: String,
}

#[post("/sign-in")]
async fn sign_in(
    app: web::Data<App>,
    req: HttpRequest,
    form: OwnForm<SignInForm>,
) -> Result<HttpResponse, PageProblem> {
    let OwnForm(form) = form;
    let email = tideline_roster::typed(&form.email);
    let to = OwnPath::after_sign_in(&form.to);
    if form.password.is_empty() {
        if let Ok(email) = email {
            app.links.ask(email, to.clone(), Asker::of(&req, &app));
        }
        return Ok(see_other(&to.behind(MAIL_SENT)));
    }
    // Somebody who mistypes the address learns the same as for a wrong password.
    let Ok(email) = email else { return Ok(see_other(&to.behind(NOT_SIGNED_IN))) };
    match check_password(&app, Asker::of(&req, &app), email, form.password).await? {
        Some(person) => Ok(signed_in(app, req, person, &to, true).await?),
        None => Ok(see_other(&to.behind(NOT_SIGNED_IN))),
    }
}

#[derive(Deserialize)]
struct NoFields {}

#[post("/sign-out")]
async fn sign_out(
    app: web::Data<App>,
    req: HttpRequest,
    _form: Posted<Member, NoFields>,
) -> Result<HttpResponse, PageProblem> {
    let session = session_hash(&app, &req);
    let mut response = see_other("/sign-in");
    response.add_cookie(&session_cookie(&app.settings, None)).map_err(Problem::internal)?;
    blocking(move || Ok(end_session(&app, session)?)).await?;
    Ok(response)
}

#[derive(Deserialize)]
struct PasswordForm {
    password: String,
}

/// Sets the own password and ends the person's other sessions. Only for whoever showed just now who they
/// are: a password opens the account later.
#[post("/password")]
async fn set_password(
    app: web::Data<App>,
    req: HttpRequest,
    posted: Posted<Member, PasswordForm>,
) -> Result<HttpResponse, PageProblem> {
    let person = posted.by.principal.person;
    if !is_fresh(&app, &req, &posted.by.session) {
        return Ok(see_other(STALE));
    }
    let cookies = new_password(app, &req, person, posted.form.password).await?;
    let mut response = see_other("/?password");
    for cookie in cookies {
        response.add_cookie(&cookie).map_err(Problem::internal)?;
    }
    Ok(response)
}

/// Sets the password of `person`, ends all sessions, and starts one with the cookies that come back.
///
/// # Errors
///
/// [`Problem::Malformed`] if the password is too short or too long.
pub(crate) async fn new_password(
    app: web::Data<App>,
    req: &HttpRequest,
    person: PersonId,
    password: String,
) -> Result<[Cookie<'static>; 2], Problem> {
    let password = Password::new(password)?;
    let device = Device::of(req).code();
    // They are signed in.
    let place = app.gate.place_to_check(true).await?;
    blocking(move || {
        let _place = place;
        let hash = hash_password(app.settings.password, &password)?;
        app.store.set_password_hash(person, &hash)?;
        app.store.end_all_sessions(person)?;
        let secret = start_session(&app.store, person, app.now(), device)?;
        let fresh = fresh_cookie(&app, &secret.hash())?;
        Ok([session_cookie(&app.settings, Some(&secret)), fresh])
    })
    .await
}

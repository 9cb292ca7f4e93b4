//! Signing in and out. Whether an address is known is never told: not by the answer, not by how long
//! it takes.

use actix_web::{HttpRequest, HttpResponse, cookie::Cookie, post, web};
use chrono::TimeDelta;
use serde::Deserialize;
use tideline_domain::{EmailAddress, PersonId};
use tideline_report::mail;

use super::blocking;
use crate::{
    App,
    auth::{
        Device, OwnForm, Password, Posted, Secret, end_session, hash_password, session_cookie,
        session_hash, start_session, verify_password,
    },
    problem::{PageProblem, Problem, see_other},
};

/// How long a sign-in link works.
const LINK: TimeDelta = TimeDelta::minutes(15);

/// Where people land: the page says that a mail is on its way if the address is known.
const MAIL_SENT: &str = "/sign-in?sent";
/// Where people land after a wrong password, or a link that does not work.
const NOT_SIGNED_IN: &str = "/sign-in?failed";

pub(super) fn configure(config: &mut web::ServiceConfig) {
    config.service(sign_in).service(follow_link).service(sign_out).service(set_password);
}

#[derive(Deserialize)]
struct SignInForm {
    email: String,
    /// Empty: send a link.
    #[serde(default)]
    password: String,
}

#[post("/sign-in")]
async fn sign_in(
    app: web::Data<App>,
    req: HttpRequest,
    form: OwnForm<SignInForm>,
) -> Result<HttpResponse, PageProblem> {
    let OwnForm(form) = form;
    let email: Result<EmailAddress, _> = form.email.parse();
    if form.password.is_empty() {
        if let Ok(email) = email {
            // Off the request's path: the answer takes the same time whether a mail is sent or not.
            actix_web::rt::spawn(web::block(move || send_link(&app, &email)));
        }
        return Ok(see_other(MAIL_SENT));
    }
    // Somebody who mistypes the address learns the same as for a wrong password.
    let Ok(email) = email else { return Ok(see_other(NOT_SIGNED_IN)) };
    match check_password(&app, email, form.password).await? {
        Some(person) => Ok(signed_in(app, req, person).await?),
        None => Ok(see_other(NOT_SIGNED_IN)),
    }
}

/// Mails a link, if the address is known and has not asked for too many.
fn send_link(app: &App, email: &EmailAddress) {
    let send = || -> Result<(), Problem> {
        let now = app.now();
        // Only known addresses are counted, or anybody could use up the limit of all with made-up ones.
        let Some(person) = app.store.person_by_email(email)? else { return Ok(()) };
        if !app.gate.may_send_link(email, now) {
            return Ok(());
        }
        let code = Secret::<16>::generate()?;
        app.store.add_sign_in_code(&code.hash(), person.id, now + LINK)?;
        let link = format!("{}/in#{}", app.settings.app_origin, code.text());
        let message =
            mail::sign_in(&app.settings.envelope(&person.email, now), person.name.as_str(), &link)
                .map_err(Problem::internal)?;
        app.mailer.send(&message).map_err(Problem::internal)
    };
    if let Err(Problem::Internal(cause)) = send() {
        let error: &(dyn std::error::Error + 'static) = cause.as_ref();
        tracing::error!(error, "a sign-in mail was not sent");
    }
}

/// Whose password this is. The same work is done for every address.
async fn check_password(
    app: &web::Data<App>,
    email: EmailAddress,
    typed: String,
) -> Result<Option<PersonId>, Problem> {
    let _place = app.gate.place_to_check().await?;
    let app = app.clone();
    blocking(move || {
        let person = app.store.person_by_email(&email)?.map(|it| it.id);
        // Only known addresses are counted, or anybody could use up the limit of all with made-up ones.
        let allowed = person.is_none() || app.gate.may_try_password(&email, app.now());
        let stored = match person {
            Some(person) => app.store.password_hash(person)?,
            None => None,
        };
        let nobodys = app.gate.nobodys_hash(app.settings.password)?;
        let right = verify_password(stored.as_deref().unwrap_or(nobodys), &typed);
        if !(allowed && right && stored.is_some()) {
            return Ok(None);
        }
        app.gate.password_was_right(&email);
        Ok(person)
    })
    .await
}

#[derive(Deserialize)]
struct LinkForm {
    code: String,
}

/// The code arrives by POST only: mail scanners that open links change nothing.
#[post("/in")]
async fn follow_link(
    app: web::Data<App>,
    req: HttpRequest,
    form: OwnForm<LinkForm>,
) -> Result<HttpResponse, PageProblem> {
    let OwnForm(LinkForm { code }) = form;
    let Some(code) = Secret::<16>::parse(&code) else { return Ok(see_other(NOT_SIGNED_IN)) };
    let person = {
        let app = app.clone();
        blocking(move || Ok(app.store.take_sign_in_code(&code.hash(), app.now())?)).await?
    };
    match person {
        Some(person) => Ok(signed_in(app, req, person).await?),
        None => Ok(see_other(NOT_SIGNED_IN)),
    }
}

/// Starts a session in place of the one the browser may have.
pub(super) async fn signed_in(
    app: web::Data<App>,
    req: HttpRequest,
    person: PersonId,
) -> Result<HttpResponse, Problem> {
    let before = session_hash(&app, &req);
    let device = Device::of(&req).code();
    let settings = app.settings.clone();
    let secret = blocking(move || {
        end_session(&app, before)?;
        start_session(&app.store, person, app.now(), device)
    })
    .await?;
    let mut response = see_other("/");
    response.add_cookie(&session_cookie(&settings, Some(&secret))).map_err(Problem::internal)?;
    Ok(response)
}

#[derive(Deserialize)]
struct NoFields {}

#[post("/sign-out")]
async fn sign_out(
    app: web::Data<App>,
    req: HttpRequest,
    _form: Posted<NoFields>,
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

/// Sets the own password and ends the person's other sessions. Being signed in is enough: whoever
/// can read the mailbox could sign in anyway.
#[post("/password")]
async fn set_password(
    app: web::Data<App>,
    req: HttpRequest,
    posted: Posted<PasswordForm>,
) -> Result<HttpResponse, PageProblem> {
    let person = posted.by.principal.person;
    let cookie = new_password(app, &req, person, posted.form.password).await?;
    let mut response = see_other("/?password");
    response.add_cookie(&cookie).map_err(Problem::internal)?;
    Ok(response)
}

/// Sets the password of `person`, ends all sessions, and starts one with the cookie that comes back.
///
/// # Errors
///
/// [`Problem::Malformed`] if the password is too short or too long.
pub(crate) async fn new_password(
    app: web::Data<App>,
    req: &HttpRequest,
    person: PersonId,
    password: String,
) -> Result<Cookie<'static>, Problem> {
    let password = Password::new(password)?;
    let device = Device::of(req).code();
    let gate = app.clone();
    let _place = gate.gate.place_to_check().await?;
    blocking(move || {
        let hash = hash_password(app.settings.password, &password)?;
        app.store.set_password_hash(person, &hash)?;
        app.store.end_all_sessions(person)?;
        let secret = start_session(&app.store, person, app.now(), device)?;
        Ok(session_cookie(&app.settings, Some(&secret)))
    })
    .await
}

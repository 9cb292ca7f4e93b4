//! The account: name and address, where somebody is signed in, and by what: passkeys and a password.
//!
//! Passkeys and password open the account later, so they are changed only by whoever showed just now who
//! they are ([`is_fresh`]): within a quarter of an hour of signing in, or after the password was typed again.

use actix_web::{HttpRequest, HttpResponse, get, post, web};
use askama::Template;
use serde::Deserialize;
use tideline_ballot::encoding::{from_hex, to_hex};
use tideline_domain::day::utc_day;
use tideline_domain::{Role, UnitTree};
use tideline_store::{LONGEST_PASSKEY_NAME, MOST_PASSKEYS, PasskeyRecord, SessionRecord};
use tideline_text::Text;

use super::{
    recovery::Recoveries,
    shell::{Shell, answer},
};
use crate::{
    App,
    assets::Script,
    auth::{
        Asker, By, Device, Member, OwnForm, Posted, end_session, fresh_cookie, is_fresh,
        passkeys::{self, Refused},
        session_cookie, session_hash,
    },
    blocking::blocking,
    headers::allow_passkeys,
    own_path::OwnPath,
    problem::{PageProblem, Problem, see_other},
    sign_in::{check_password, signed_in},
};

#[derive(Template)]
#[template(path = "pages/account.html")]
struct AccountPage<'a> {
    shell: Shell,
    script: Option<Script>,
    name: &'a str,
    email: &'a str,
    roles: String,
    contact: &'a str,
    sessions: Vec<SessionLine>,
    /// What has just been done, in a sentence.
    done: Option<String>,
    /// What has just not been done, and why.
    failed: Option<String>,
    /// Whether passkeys and password may be changed now.
    fresh: bool,
    has_password: bool,
    passkeys: Vec<PasskeyLine>,
    /// Whether there is room for one more.
    room: bool,
    most: usize,
    /// What a passkey that is made here is called, unless its owner calls it something else.
    suggested: String,
    longest: usize,
    recoveries: Recoveries,
    csrf: &'a str,
}

struct SessionLine {
    device: String,
    until: String,
    /// Names the session in the form that ends it.
    key: String,
    this: bool,
}

struct PasskeyLine {
    name: String,
    /// Names the passkey in the form that removes it.
    key: String,
}

/// Code of what was done, in the address of the page that tells it, and the sentence for it.
const DONE: [(&str, &str); 4] = [
    ("ended", "account-session-ended"),
    ("added", "passkey-added"),
    ("removed", "passkey-removed"),
    ("shown", "account-shown"),
];
/// The same of what was not done.
const FAILED: [(&str, &str); 6] = [
    ("stale", "account-stale"),
    ("password", "account-wrong-password"),
    ("late", "passkey-late"),
    ("no", "passkey-not-made"),
    ("taken", "passkey-taken"),
    ("many", "passkey-many"),
];
/// Where people land who have to show first who they are.
pub(crate) const STALE: &str = "/account?failed=stale";

#[derive(Deserialize)]
struct AccountQuery {
    #[serde(default)]
    done: String,
    #[serde(default)]
    failed: String,
    recovery: Option<String>,
}

/// Name, address, ways to sign in, and where this person is signed in.
#[get("/account")]
pub(super) async fn account(
    app: web::Data<App>,
    req: HttpRequest,
    by: By<Member>,
    query: web::Query<AccountQuery>,
) -> Result<HttpResponse, PageProblem> {
    let (person, this, t) = (by.principal.person, session_hash(&app, &req), by.reader.t);
    let AccountQuery { done, failed, recovery } = query.into_inner();
    let (sessions, units, passkeys, password, recoveries) = {
        let app = app.clone();
        blocking(move || {
            let now = app.now();
            Ok((
                app.store.sessions_of(person, now)?,
                app.store.units(utc_day(now))?,
                app.store.passkeys_of(person)?,
                app.store.password_hash(person)?,
                Recoveries::of(&app, person, recovery.as_deref(), t)?,
            ))
        })
        .await?
    };
    let line = |it: SessionRecord| SessionLine {
        device: Device::from_code(&it.device).words(t),
        until: t.tr2(
            "account-until",
            "date",
            t.date(utc_day(it.expires)),
            "time",
            it.expires.format("%H:%M").to_string(),
        ),
        this: Some(it.hash) == this,
        key: to_hex(&it.hash),
    };
    let told = |all: &[(&str, &str)], code: &str| {
        let (_, id) = all.iter().find(|it| it.0 == code)?;
        Some(t.tr1(id, "most", MOST_PASSKEYS))
    };
    let script = app.passkeys.as_ref().map(|_| Script::Passkey);
    let fresh = is_fresh(&app, &req, &by.session);
    let mut response = answer(&AccountPage {
        shell: Shell::of(&by),
        script,
        name: by.person.name.as_str(),
        email: by.person.email.as_str(),
        roles: role_names(&by.principal.roles, units.as_ref(), t),
        contact: &app.settings.contact,
        sessions: sessions.into_iter().map(line).collect(),
        done: told(&DONE, &done),
        failed: told(&FAILED, &failed).filter(|_| !(fresh && failed == "stale")),
        fresh,
        has_password: password.is_some(),
        room: passkeys.len() < MOST_PASSKEYS,
        passkeys: passkeys.into_iter().map(passkey_line).collect(),
        most: MOST_PASSKEYS,
        suggested: Device::of(&req).words(t),
        longest: LONGEST_PASSKEY_NAME,
        recoveries,
        csrf: &by.csrf,
    })?;
    allow_passkeys(&mut response, false, script.is_some());
    Ok(response)
}

fn passkey_line(it: PasskeyRecord) -> PasskeyLine {
    PasskeyLine { name: it.name.to_string(), key: to_hex(&it.id) }
}

/// The roles in words, one after another.
pub(super) fn role_names(roles: &[Role], units: Option<&UnitTree>, t: Text) -> String {
    let name = |role: &Role| match role {
        Role::Manager(unit) => {
            let unit = units.and_then(|it| it.get(*unit)).map(|it| it.name.to_string());
            unit.map_or_else(|| t.tr("role-manager"), |it| t.tr1("role-manager-of", "unit", it))
        }
        Role::Hr => t.tr("role-hr"),
        Role::Administrator => t.tr("role-admin"),
        Role::PrivacyOfficer => t.tr("role-privacy"),
    };
    roles.iter().map(name).collect::<Vec<_>>().join("; ")
}

#[derive(Deserialize)]
struct EndForm {
    session: String,
}

/// Ends one of the own sessions.
#[post("/account/sessions/end")]
pub(super) async fn end_one(
    app: web::Data<App>,
    posted: Posted<Member, EndForm>,
) -> Result<HttpResponse, PageProblem> {
    let person = posted.by.principal.person;
    let hash = from_hex::<32>(&posted.form.session).ok_or(Problem::NotFound)?;
    blocking(move || Ok(app.store.end_session_of(person, &hash)?)).await?;
    Ok(see_other("/account?done=ended"))
}

#[derive(Deserialize)]
struct NoFields {}

/// Ends every session of this person, this one too: for a lost phone, or a computer left signed in.
#[post("/sign-out-everywhere")]
pub(super) async fn sign_out_everywhere(
    app: web::Data<App>,
    posted: Posted<Member, NoFields>,
) -> Result<HttpResponse, PageProblem> {
    let person = posted.by.principal.person;
    let mut response = see_other("/sign-in");
    response.add_cookie(&session_cookie(&app.settings, None)).map_err(Problem::internal)?;
    blocking(move || Ok(app.store.end_all_sessions(person)?)).await?;
    Ok(response)
}

/// Signs out here, and leads back to the account after signing in, by whatever way.
#[post("/account/again")]
pub(super) async fn again(
    app: web::Data<App>,
    posted: Posted<Member, NoFields>,
) -> Result<HttpResponse, PageProblem> {
    let session = posted.by.session;
    let mut response = see_other("/sign-in?to=/account");
    response.add_cookie(&session_cookie(&app.settings, None)).map_err(Problem::internal)?;
    blocking(move || Ok(end_session(&app, Some(session))?)).await?;
    Ok(response)
}

#[derive(Deserialize)]
struct ConfirmForm {
    password: String,
}

/// Takes the own password as proof of who is at the browser. As many tries as for signing in.
#[post("/account/confirm")]
pub(super) async fn confirm(
    app: web::Data<App>,
    req: HttpRequest,
    posted: Posted<Member, ConfirmForm>,
) -> Result<HttpResponse, PageProblem> {
    let Posted { by, form } = posted;
    let (asker, email) = (Asker::of(&req, &app), by.person.email.clone());
    let found = check_password(&app, asker, email, form.password).await?;
    if found != Some(by.person.id) {
        return Ok(see_other("/account?failed=password"));
    }
    let mut response = see_other("/account?done=shown");
    response.add_cookie(&fresh_cookie(&app, &by.session)?).map_err(Problem::internal)?;
    Ok(response)
}

/// What a script is to ask the browser for, to make a passkey.
#[post("/account/passkeys/ask")]
pub(super) async fn ask_to_add(
    app: web::Data<App>,
    req: HttpRequest,
    posted: Posted<Member, NoFields>,
) -> Result<HttpResponse, Problem> {
    if !is_fresh(&app, &req, &posted.by.session) {
        return Err(Problem::NotFresh);
    }
    let browser = passkeys::browser_or_new(&app, &req)?;
    let cookie = passkeys::browser_cookie(&app.settings, &browser);
    let question = blocking(move || passkeys::ask_to_add(&app, &posted.by, &browser)).await?;
    Ok(HttpResponse::Ok().cookie(cookie).json(question))
}

#[derive(Deserialize)]
struct AddForm {
    /// What its owner calls it.
    name: String,
    /// What was asked, as it was handed out.
    asked: String,
    /// What the browser made of it.
    answer: String,
}

/// Adds a passkey.
#[post("/account/passkeys")]
pub(super) async fn add(
    app: web::Data<App>,
    req: HttpRequest,
    posted: Posted<Member, AddForm>,
) -> Result<HttpResponse, PageProblem> {
    let Posted { by, form } = posted;
    if !is_fresh(&app, &req, &by.session) {
        return Ok(see_other(STALE));
    }
    let place = match app.passkeys.as_ref().ok_or(Problem::NotFound)?.place().await {
        Ok(place) => place,
        // The device has made it: its owner is told what to do with it there.
        Err(Problem::Busy) => return Ok(see_other("/account?failed=late")),
        Err(problem) => return Err(problem.into()),
    };
    let browser = passkeys::browser(&app.settings, &req);
    let name = passkeys::name_or(&form.name, &Device::of(&req).words(by.reader.t));
    let outcome = blocking(move || {
        let _place = place;
        passkeys::add(&app, &by, browser.as_ref(), &form.asked, &form.answer, name)
    })
    .await?;
    Ok(see_other(match outcome {
        Ok(()) => "/account?done=added",
        Err(Refused::Late) => "/account?failed=late",
        Err(Refused::No) => "/account?failed=no",
        Err(Refused::Taken) => "/account?failed=taken",
        Err(Refused::TooMany) => "/account?failed=many",
    }))
}

#[derive(Deserialize)]
struct RemoveForm {
    passkey: String,
}

/// Removes one of the own passkeys. Removing one that is gone is no error.
#[post("/account/passkeys/remove")]
pub(super) async fn remove(
    app: web::Data<App>,
    req: HttpRequest,
    posted: Posted<Member, RemoveForm>,
) -> Result<HttpResponse, PageProblem> {
    if !is_fresh(&app, &req, &posted.by.session) {
        return Ok(see_other(STALE));
    }
    let person = posted.by.principal.person;
    let id = from_hex::<32>(&posted.form.passkey).ok_or(Problem::NotFound)?;
    blocking(move || Ok(app.store.remove_passkey(person, &id, app.now())?)).await?;
    Ok(see_other("/account?done=removed"))
}

/// What a script is to ask the browser for, to sign in. The same for everybody: nobody is known yet.
#[post("/sign-in/passkey/ask")]
pub(super) async fn ask_to_sign_in(
    app: web::Data<App>,
    req: HttpRequest,
    _form: OwnForm<NoFields>,
) -> Result<HttpResponse, Problem> {
    let browser = passkeys::browser_or_new(&app, &req)?;
    let cookie = passkeys::browser_cookie(&app.settings, &browser);
    let question = passkeys::ask_to_sign_in(&app, &browser)?;
    Ok(HttpResponse::Ok().cookie(cookie).json(question))
}

#[derive(Deserialize)]
struct SignInForm {
    /// What was asked, as it was handed out.
    asked: String,
    /// What the browser made of it.
    answer: String,
    /// Where to go once signed in.
    #[serde(default)]
    to: String,
}

/// Signs in by a passkey.
#[post("/sign-in/passkey")]
pub(super) async fn sign_in(
    app: web::Data<App>,
    req: HttpRequest,
    form: OwnForm<SignInForm>,
) -> Result<HttpResponse, PageProblem> {
    let OwnForm(SignInForm { asked, answer, to }) = form;
    let to = OwnPath::after_sign_in(&to);
    let place = app.passkeys.as_ref().ok_or(Problem::NotFound)?.place().await?;
    let browser = passkeys::browser(&app.settings, &req);
    let found = {
        let app = app.clone();
        blocking(move || {
            let _place = place;
            passkeys::sign_in(&app, browser.as_ref(), &asked, &answer)
        })
        .await?
    };
    match found {
        Ok(person) => Ok(signed_in(app, req, person, &to, true).await?),
        Err(Refused::Late) => Ok(see_other(&to.behind("/sign-in?passkey=late"))),
        Err(_) => Ok(see_other(&to.behind("/sign-in?passkey=no"))),
    }
}

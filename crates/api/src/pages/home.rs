//! The start page, where the check-in is picked up, and the account.

use actix_web::{HttpRequest, HttpResponse, get, post, web};
use askama::Template;
use serde::Deserialize;
use tideline_ballot::encoding::{from_hex, to_hex};
use tideline_domain::{Principal, Role, UnitId, UnitTree};
use tideline_store::SessionRecord;
use tideline_text::Text;

use super::shell::{Shell, answer};
use crate::{
    App, access, assets,
    auth::{Device, Posted, SignedIn, session_cookie, session_hash},
    problem::{PageProblem, Problem, see_other},
    routes::blocking,
};

/// Deeper units are indented no further.
pub(super) const DEEPEST: usize = 6;

#[derive(Template)]
#[template(path = "pages/home.html")]
struct HomePage<'a> {
    shell: Shell,
    script: String,
    name: &'a str,
    password_set: bool,
    /// What is left to do before anybody can answer; for administrators.
    steps: Vec<Step>,
    ballot_origin: &'a str,
    organisation: bool,
    teams: Vec<TeamLink>,
    csrf: &'a str,
}

struct Step {
    text: String,
    href: &'static str,
    done: bool,
}

struct TeamLink {
    unit: UnitId,
    name: String,
    depth: usize,
}

#[derive(Deserialize)]
struct HomeQuery {
    password: Option<String>,
}

/// Where everybody starts.
#[get("/")]
pub(super) async fn home(
    app: web::Data<App>,
    by: Result<SignedIn, PageProblem>,
    query: web::Query<HomeQuery>,
) -> Result<HttpResponse, PageProblem> {
    let by = match by {
        Ok(by) => by,
        Err(PageProblem(Problem::SignedOut)) if app.awaits_setup() => {
            return Ok(see_other("/setup"));
        }
        Err(problem) => return Err(problem),
    };
    let organisation = by.principal.may_see_organisation();
    let (teams, steps) = {
        let (app, who, t) = (app.clone(), by.principal.clone(), by.reader.t);
        blocking(move || Ok((teams(&app, &who)?, steps(&app, &who, t)?))).await?
    };
    Ok(answer(&HomePage {
        shell: Shell::of(&by),
        script: assets::url("home.js"),
        name: by.person.name.as_str(),
        password_set: query.password.is_some(),
        steps,
        ballot_origin: app.settings.ballot_origin.as_str(),
        organisation,
        teams,
        csrf: &by.csrf,
    })?)
}

/// The way to the first check-in; empty once it has been announced.
fn steps(app: &App, who: &Principal, t: Text) -> Result<Vec<Step>, Problem> {
    if !who.is("admin") || !app.store.waves()?.is_empty() {
        return Ok(Vec::new());
    }
    let people = app.store.people_with_units(app.now().date_naive())?.len();
    let step = |id: &str, href, done| Step { text: t.tr(id), href, done };
    Ok(vec![
        step("home-step-organisation", "/admin/units", app.store.organisation()?.is_some()),
        step("home-step-support", "/admin/support", !app.store.support_contacts()?.is_empty()),
        step("home-step-roster", "/admin/people", people > 1),
        step("home-step-wave", "/org/waves", false),
    ])
}

fn teams(app: &App, who: &Principal) -> Result<Vec<TeamLink>, Problem> {
    if !who.is("manager") {
        return Ok(Vec::new());
    }
    match access::tree(app) {
        Ok(tree) => Ok(managed(&tree, who)),
        Err(Problem::NotFound) => Ok(Vec::new()),
        Err(problem) => Err(problem),
    }
}

/// The units this person manages, as a tree. HR finds all others on the organisation's page.
fn managed(tree: &UnitTree, who: &Principal) -> Vec<TeamLink> {
    let who = Principal {
        person: who.person,
        roles: who.roles.iter().filter(|it| it.code() == "manager").copied().collect(),
    };
    let units: Vec<_> =
        tree.units().iter().enumerate().filter(|(_, it)| who.may_see_unit(tree, it.id)).collect();
    let top = units.iter().map(|(at, _)| tree.depth(*at)).min().unwrap_or(0);
    units
        .into_iter()
        .map(|(at, unit)| TeamLink {
            unit: unit.id,
            name: unit.name.to_string(),
            depth: (tree.depth(at) - top).min(DEEPEST),
        })
        .collect()
}

#[derive(Template)]
#[template(path = "pages/account.html")]
struct AccountPage<'a> {
    shell: Shell,
    name: &'a str,
    email: &'a str,
    roles: String,
    contact: &'a str,
    sessions: Vec<SessionLine>,
    ended: bool,
    csrf: &'a str,
}

struct SessionLine {
    device: String,
    until: String,
    /// Names the session in the form that ends it.
    key: String,
    this: bool,
}

#[derive(Deserialize)]
struct AccountQuery {
    ended: Option<String>,
}

/// Name, address, password, and where this person is signed in.
#[get("/account")]
pub(super) async fn account(
    app: web::Data<App>,
    req: HttpRequest,
    by: SignedIn,
    query: web::Query<AccountQuery>,
) -> Result<HttpResponse, PageProblem> {
    let (person, this, t) = (by.principal.person, session_hash(&app, &req), by.reader.t);
    let (sessions, units) = {
        let app = app.clone();
        blocking(move || {
            let now = app.now();
            Ok((app.store.sessions_of(person, now)?, app.store.units(now.date_naive())?))
        })
        .await?
    };
    let line = |it: SessionRecord| SessionLine {
        device: Device::from_code(&it.device).words(t),
        until: t.tr2(
            "account-until",
            "date",
            t.date(it.expires.date_naive()),
            "time",
            it.expires.format("%H:%M").to_string(),
        ),
        this: Some(it.hash) == this,
        key: to_hex(&it.hash),
    };
    Ok(answer(&AccountPage {
        shell: Shell::of(&by),
        name: by.person.name.as_str(),
        email: by.person.email.as_str(),
        roles: role_names(&by.principal.roles, units.as_ref(), t),
        contact: &app.settings.contact,
        sessions: sessions.into_iter().map(line).collect(),
        ended: query.ended.is_some(),
        csrf: &by.csrf,
    })?)
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
    posted: Posted<EndForm>,
) -> Result<HttpResponse, PageProblem> {
    let person = posted.by.principal.person;
    let hash = from_hex::<32>(&posted.form.session).ok_or(Problem::NotFound)?;
    blocking(move || Ok(app.store.end_session_of(person, &hash)?)).await?;
    Ok(see_other("/account?ended"))
}

#[derive(Deserialize)]
struct NoFields {}

/// Ends every session of this person, this one too: for a lost phone, or a computer left signed in.
#[post("/sign-out-everywhere")]
pub(super) async fn sign_out_everywhere(
    app: web::Data<App>,
    posted: Posted<NoFields>,
) -> Result<HttpResponse, PageProblem> {
    let person = posted.by.principal.person;
    let mut response = see_other("/sign-in");
    response.add_cookie(&session_cookie(&app.settings, None)).map_err(Problem::internal)?;
    blocking(move || Ok(app.store.end_all_sessions(person)?)).await?;
    Ok(response)
}

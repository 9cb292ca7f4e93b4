//! The start page, where the check-in is picked up, and the account.

use actix_web::{HttpResponse, get, post, web};
use askama::Template;
use serde::Deserialize;
use tideline_domain::{Principal, UnitId, UnitTree};

use super::shell::{Shell, answer};
use crate::{
    App, access, assets,
    auth::{Posted, SignedIn, session_cookie},
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
    ballot_origin: &'a str,
    organisation: bool,
    teams: Vec<TeamLink>,
    csrf: &'a str,
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
    by: SignedIn,
    query: web::Query<HomeQuery>,
) -> Result<HttpResponse, PageProblem> {
    let organisation = by.principal.may_see_organisation();
    let teams = if by.principal.is("manager") {
        let (app, who) = (app.clone(), by.principal.clone());
        blocking(move || match access::tree(&app) {
            Ok(tree) => Ok(managed(&tree, &who)),
            Err(Problem::NotFound) => Ok(Vec::new()),
            Err(problem) => Err(problem),
        })
        .await?
    } else {
        Vec::new()
    };
    Ok(answer(&HomePage {
        shell: Shell::of(&by.principal),
        script: assets::url("home.js"),
        name: by.person.name.as_str(),
        password_set: query.password.is_some(),
        ballot_origin: app.settings.ballot_origin.as_str(),
        organisation,
        teams,
        csrf: &by.csrf,
    })?)
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
    contact: &'a str,
    csrf: &'a str,
}

/// Name, address, password.
#[get("/account")]
pub(super) async fn account(
    app: web::Data<App>,
    by: SignedIn,
) -> Result<HttpResponse, PageProblem> {
    Ok(answer(&AccountPage {
        shell: Shell::of(&by.principal),
        name: by.person.name.as_str(),
        email: by.person.email.as_str(),
        contact: &app.settings.contact,
        csrf: &by.csrf,
    })?)
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

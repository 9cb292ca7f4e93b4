//! The start page, where the check-in is picked up, and what was changed because of those before. It shows no figure:
//! each look at figures is noted, and a note of who was here while a check-in runs would tell too much.

use actix_web::{HttpResponse, get, web};
use askama::Template;
use serde::Deserialize;
use tideline_domain::{Principal, RoleKind, UnitId, UnitTree, day::utc_day};
use tideline_text::Text;

use super::{
    setup::awaits_setup,
    shell::{Html, Shell, answer},
    timeline::Timeline,
};
use crate::{
    App, access,
    assets::{self, Script},
    auth::{By, Member},
    blocking::blocking,
    language::Reader,
    problem::{PageProblem, Problem, see_other},
};

/// Deeper units are indented no further.
pub(super) const DEEPEST: usize = 6;
/// So many changes are shown here; all of them stand with the results.
const CHANGES: usize = 3;

#[derive(Template)]
#[template(path = "pages/home.html")]
struct HomePage<'a> {
    shell: Shell,
    script: Script,
    name: &'a str,
    password_set: bool,
    /// What is left to do before anybody can answer; for administrators.
    steps: Vec<Step>,
    ballot_origin: &'a str,
    /// A file that the ballot side serves, to see whether it answers.
    probe: String,
    organisation: bool,
    teams: Vec<TeamLink>,
    timeline: Timeline,
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
    by: Result<By<Member>, PageProblem>,
    query: web::Query<HomeQuery>,
) -> Result<HttpResponse, PageProblem> {
    let by = match by {
        Ok(by) => by,
        Err(problem) => {
            let signed_out = matches!(problem, PageProblem(Problem::SignedOut));
            if signed_out && awaits_setup(&app).await? {
                return Ok(see_other("/setup"));
            }
            return Err(problem);
        }
    };
    let password_set = query.password.is_some();
    let page = blocking(move || {
        let own = access::own_unit(&app, by.principal.person)?;
        Html::of(&HomePage {
            shell: Shell::of(&by),
            script: Script::Home,
            name: by.person.name.as_str(),
            password_set,
            steps: steps(&app, &by.principal, by.reader.t)?,
            ballot_origin: app.settings.ballot_origin.as_str(),
            probe: assets::url("survey.css"),
            organisation: by.principal.may_see_organisation(),
            teams: teams(&app, &by.principal)?,
            timeline: Timeline::of(&app, &by.principal, own, CHANGES, by.reader.t)?,
            csrf: &by.csrf,
        })
    })
    .await?;
    Ok(page.into())
}

#[derive(Template)]
#[template(path = "pages/pick-up.html")]
struct PickUpPage<'a> {
    shell: Shell,
    script: Script,
    ballot_origin: &'a str,
}

/// Where the ballot side sends browsers back to while a token is picked up. The same for everybody: the
/// script asks who is signed in, because a request that another site caused may carry no session.
#[get("/pick-up")]
pub(super) async fn pick_up(
    app: web::Data<App>,
    reader: Reader,
) -> Result<HttpResponse, PageProblem> {
    Ok(answer(&PickUpPage {
        shell: Shell::public(&reader),
        script: Script::PickUp,
        ballot_origin: app.settings.ballot_origin.as_str(),
    })?)
}

/// The way to the first check-in; empty once it has been announced.
fn steps(app: &App, who: &Principal, t: Text) -> Result<Vec<Step>, Problem> {
    if !who.holds(RoleKind::Administrator) || !app.store.wave_summaries()?.is_empty() {
        return Ok(Vec::new());
    }
    let people = app.store.people_with_units(utc_day(app.now()))?.len();
    let step = |id: &str, href, done| Step { text: t.tr(id), href, done };
    Ok(vec![
        step("home-step-organisation", "/admin/units", app.store.organisation()?.is_some()),
        step("home-step-support", "/admin/support", !app.store.support_contacts()?.is_empty()),
        step("home-step-mail", "/admin/mail", app.mailer.is_smtp()),
        step("home-step-roster", "/admin/people", people > 1),
        step("home-step-wave", "/org/waves", false),
    ])
}

fn teams(app: &App, who: &Principal) -> Result<Vec<TeamLink>, Problem> {
    if !who.holds(RoleKind::Manager) {
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
        roles: who.roles.iter().filter(|it| it.kind() == RoleKind::Manager).copied().collect(),
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

//! The tree of units.

use actix_web::{HttpResponse, get, web};
use askama::Template;
use tideline_aggregation::Subject;
use tideline_domain::Role;

use super::{
    super::{
        home::DEEPEST,
        shell::{Shell, answer},
    },
    administrator,
};
use crate::{App, auth::SignedIn, problem::PageProblem, routes::blocking};

#[derive(Template)]
#[template(path = "pages/admin/units.html")]
struct UnitsPage {
    shell: Shell,
    units: Vec<UnitLine>,
}

struct UnitLine {
    depth: usize,
    name: String,
    people: usize,
    managers: String,
    shown: String,
}

/// The units, who leads them, and whether they are in the latest results. That a unit is not shown
/// is in the table of units that HR sees, too; no figure is here.
#[get("/admin/units")]
pub(super) async fn tree_of_units(
    app: web::Data<App>,
    by: SignedIn,
) -> Result<HttpResponse, PageProblem> {
    administrator(&by.principal)?;
    let t = by.reader.t;
    let units = blocking(move || {
        let on = app.now().date_naive();
        let Some(tree) = app.store.units(on)? else { return Ok(Vec::new()) };
        let people = app.store.people_with_units(on)?;
        let history = app.store.history()?;
        let latest = history.last();
        let line = |(at, unit): (usize, &tideline_domain::Unit)| {
            let leads = people.iter().filter(|(it, _)| it.roles.contains(&Role::Manager(unit.id)));
            let known = latest.is_some_and(|it| it.tree().get(unit.id).is_some());
            let shown = match latest.and_then(|it| it.subject_of(unit.id)) {
                Some(Subject::Unit(_)) => "admin-units-shown-alone",
                Some(Subject::Pool(_)) => "admin-units-shown-together",
                None if known => "admin-units-shown-not",
                None => "admin-units-shown-none",
            };
            UnitLine {
                depth: tree.depth(at).min(DEEPEST),
                name: unit.name.to_string(),
                people: people.iter().filter(|it| it.1 == unit.id).count(),
                managers: leads.map(|it| it.0.name.to_string()).collect::<Vec<_>>().join(", "),
                shown: t.tr(shown),
            }
        };
        Ok(tree.units().iter().enumerate().map(line).collect())
    })
    .await?;
    Ok(answer(&UnitsPage { shell: Shell::of(&by), units })?)
}

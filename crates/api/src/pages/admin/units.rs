//! The tree of units.

use std::collections::BTreeMap;

use actix_web::{HttpResponse, get, web};
use askama::Template;
use tideline_aggregation::Subject;
use tideline_domain::day::utc_day;
use tideline_domain::{Role, Unit, UnitId};

use super::super::{
    home::DEEPEST,
    shell::{Html, Shell},
};
use crate::{
    App,
    auth::{Administrator, By},
    blocking::blocking,
    problem::PageProblem,
};

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
    by: By<Administrator>,
) -> Result<HttpResponse, PageProblem> {
    let page = blocking(move || {
        let shell = Shell::of(&by);
        let t = shell.t;
        let on = utc_day(app.now());
        let Some(tree) = app.store.units(on)? else {
            return Html::of(&UnitsPage { shell, units: Vec::new() });
        };
        // Once through the people, not once for each unit.
        let mut members: BTreeMap<UnitId, usize> = BTreeMap::new();
        let mut leads: BTreeMap<UnitId, Vec<String>> = BTreeMap::new();
        for (person, unit) in app.store.people_with_units(on)? {
            *members.entry(unit).or_default() += 1;
            for role in &person.roles {
                if let Role::Manager(of) = role {
                    leads.entry(*of).or_default().push(person.name.to_string());
                }
            }
        }
        let history = app.store.history()?;
        let latest = history.last();
        let line = |(at, unit): (usize, &Unit)| {
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
                people: members.get(&unit.id).copied().unwrap_or(0),
                managers: leads.get(&unit.id).map(|it| it.join(", ")).unwrap_or_default(),
                shown: t.tr(shown),
            }
        };
        let units = tree.units().iter().enumerate().map(line).collect();
        Html::of(&UnitsPage { shell, units })
    })
    .await?;
    Ok(page.into())
}

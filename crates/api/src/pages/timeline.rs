//! What was changed because of the answers: the levers that are tried or were kept, in the own unit and above it.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use tideline_domain::{
    Principal, Role, UnitId,
    day::day_in,
    lever::{LeverPlan, LeverStatus},
};
use tideline_report::levers as words;
use tideline_text::Text;

use crate::{App, access, problem::Problem};

/// The changes, the newest first.
pub(super) struct Timeline {
    pub(super) entries: Vec<Entry>,
    /// How many more there are.
    pub(super) more: usize,
}

/// A lever that somebody pulled.
pub(super) struct Entry {
    pub(super) since: String,
    pub(super) short: String,
    /// The same in full.
    pub(super) text: String,
    pub(super) unit: String,
    pub(super) status: String,
    /// What it is meant to move.
    pub(super) hoped: String,
    /// When it is looked at again, if it is.
    pub(super) review: Option<String>,
    pub(super) overdue: bool,
    pub(super) note: String,
}

impl Timeline {
    /// The newest `most` changes for people of `own`, or else of the whole organisation, and in the units that `who`
    /// leads.
    pub(super) fn of(
        app: &App,
        who: &Principal,
        own: Option<UnitId>,
        most: usize,
        t: Text,
    ) -> Result<Self, Problem> {
        let tree = match access::tree(app) {
            Err(Problem::NotFound) => return Ok(Self { entries: Vec::new(), more: 0 }),
            other => other?,
        };
        let at = own.and_then(|it| tree.index_of(it)).unwrap_or(0);
        let led = who.roles.iter().filter_map(|it| match it {
            Role::Manager(unit) => tree.index_of(*unit),
            _ => None,
        });
        let units: BTreeSet<usize> = tree.path_up(at).chain(led).collect();
        let mut plans: Vec<(String, LeverPlan)> = Vec::new();
        for at in units {
            let unit = &tree.units()[at];
            let is_pulled =
                |it: &LeverPlan| matches!(it.status, LeverStatus::Trying | LeverStatus::Kept);
            let pulled = app.store.lever_plans(unit.id)?.into_iter().filter(is_pulled);
            plans.extend(pulled.map(|it| (unit.name.to_string(), it)));
        }
        let mut dated = Vec::new();
        for (unit, plan) in plans {
            dated.push((since(app, &plan)?, unit, plan));
        }
        dated.sort_by_key(|it| std::cmp::Reverse(it.0));
        let more = dated.len().saturating_sub(most);
        dated.truncate(most);
        let on = app.today()?;
        let entry = |(since, unit, plan): (NaiveDate, String, LeverPlan)| {
            let (day, overdue) = (t.date(plan.review), plan.is_overdue(on));
            Entry {
                since: t.tr1("changed-since", "day", t.date(since)),
                short: words::short(t, plan.lever),
                text: words::text(t, plan.lever),
                unit,
                status: words::status(t, plan.status),
                hoped: t.tr1("changed-hoped", "what", words::moves(t, plan.lever)),
                review: match overdue {
                    true => Some(t.tr1("lever-overdue", "day", day)),
                    // What was kept is not looked at again once that day has come.
                    false => (plan.review > on).then(|| t.tr1("lever-look-again", "day", day)),
                },
                overdue,
                note: plan.note,
            }
        };
        Ok(Self { entries: dated.into_iter().map(entry).collect(), more })
    }
}

/// Since when it is tried or kept: a lever may have been thought about for months.
fn since(app: &App, plan: &LeverPlan) -> Result<NaiveDate, Problem> {
    let zone = app.zone()?;
    let history = app.store.lever_history(plan.id)?;
    let pulled = history
        .iter()
        .find(|it| matches!(it.plan.status, LeverStatus::Trying | LeverStatus::Kept))
        .map(|it| day_in(it.at, &zone));
    Ok(pulled.map_or(plan.started, |it| it.max(plan.started)))
}

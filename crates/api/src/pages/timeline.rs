//! What was changed because of the answers: the levers that are tried or were kept, in the own unit and above it.

use std::collections::BTreeSet;

use tideline_domain::{
    Principal, Role, UnitId,
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
    /// When it is looked at again.
    pub(super) review: String,
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
        plans.sort_by_key(|(_, it)| std::cmp::Reverse(it.started));
        let more = plans.len().saturating_sub(most);
        plans.truncate(most);
        let on = app.today()?;
        let entry = |(unit, plan): (String, LeverPlan)| {
            let (day, overdue) = (t.date(plan.review), plan.is_overdue(on));
            Entry {
                since: t.tr1("changed-since", "day", t.date(plan.started)),
                short: words::short(t, plan.lever),
                text: words::text(t, plan.lever),
                unit,
                status: words::status(t, plan.status),
                hoped: t.tr1("changed-hoped", "what", words::moves(t, plan.lever)),
                review: match overdue {
                    true => t.tr1("lever-overdue", "day", day),
                    false => t.tr1("lever-look-again", "day", day),
                },
                overdue,
                note: plan.note,
            }
        };
        Ok(Self { entries: plans.into_iter().map(entry).collect(), more })
    }
}

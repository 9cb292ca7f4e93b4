//! One lever of one unit, as printed.

use chrono::NaiveDate;
use serde::Serialize;
use tideline_domain::lever::{LeverPlan, LeverStatus};
use tideline_text::Text;

use crate::levers;

/// One lever of one unit, as printed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LeverLine {
    /// The unit's name.
    pub unit: String,
    /// What is done.
    pub text: String,
    /// Where it stands.
    pub status: String,
    /// The role that looks after it.
    pub owner: String,
    /// When to look again.
    pub review: String,
    /// Whether that day has passed.
    pub overdue: bool,
    /// Since when.
    #[serde(skip)]
    pub started: NaiveDate,
    /// Whether it was pulled, now or before.
    #[serde(skip)]
    pub pulled: bool,
}

impl LeverLine {
    /// The line for `plan` of the unit called `unit`, as of the day `on`.
    pub fn new(unit: &str, plan: &LeverPlan, on: NaiveDate, t: Text) -> Self {
        Self {
            unit: unit.to_owned(),
            text: levers::text(t, plan.lever),
            status: levers::status(t, plan.status),
            owner: plan.owner.clone(),
            review: t.date(plan.review),
            overdue: plan.is_overdue(on),
            started: plan.started,
            pulled: plan.status != LeverStatus::Considered,
        }
    }
}

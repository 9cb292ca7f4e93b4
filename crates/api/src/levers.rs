//! What somebody writes on a unit's lever board, before it is one: from a form or from JSON.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use tideline_domain::{
    LeverPlanId, UnitId,
    lever::{LeverPlan, LeverStatus, Reach, lever},
    unseen,
};
use utoipa::ToSchema;

use crate::problem::Problem;

/// A lever on a board, as somebody writes it.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[schema(as = LeverDraft)]
pub(crate) struct LeverDraftBody {
    /// Stable name of a lever of the catalogue.
    #[schema(example = "WL1")]
    pub(crate) lever: String,
    /// `considered`, `trying`, `kept` or `stopped`.
    #[schema(example = "trying")]
    pub(crate) status: String,
    /// `mine` (the unit can do it alone) or `escalate`.
    #[schema(example = "mine")]
    pub(crate) reach: String,
    /// Who looks after it: a role, not a name; up to 80 characters.
    #[serde(default)]
    pub(crate) owner: String,
    /// When to look again.
    pub(crate) review: NaiveDate,
    /// What is hoped to be noticed; up to 500 characters.
    #[serde(default)]
    pub(crate) note: String,
}

impl LeverDraftBody {
    /// The plan that was written down.
    ///
    /// # Errors
    ///
    /// [`Problem::Malformed`] with a sentence for the person who wrote it.
    pub(crate) fn plan(
        self,
        id: LeverPlanId,
        unit: UnitId,
        started: NaiveDate,
    ) -> Result<LeverPlan, Problem> {
        let lever = lever(&self.lever).ok_or(Problem::Malformed("board-problem-lever"))?;
        let status = LeverStatus::from_code(&self.status)
            .ok_or(Problem::Malformed("board-problem-status"))?;
        let reach =
            Reach::from_code(&self.reach).ok_or(Problem::Malformed("board-problem-reach"))?;
        let (owner, note) = (self.owner.trim().to_owned(), self.note.trim().to_owned());
        if owner.chars().count() > 80 || unseen(&owner).is_some() {
            return Err(Problem::Malformed("board-problem-owner"));
        }
        // A note may have several lines.
        if note.chars().count() > 500 || note.lines().any(|it| unseen(it).is_some()) {
            return Err(Problem::Malformed("board-problem-note"));
        }
        Ok(LeverPlan { id, unit, lever, status, reach, owner, started, review: self.review, note })
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[track_caller]
    fn check(change: impl FnOnce(&mut LeverDraftBody), expected: Option<&str>) {
        let day = NaiveDate::from_ymd_opt(2026, 3, 1).unwrap();
        let mut draft = LeverDraftBody {
            lever: "ST1".into(),
            status: "trying".into(),
            reach: "mine".into(),
            owner: " shift lead ".into(),
            review: day,
            note: String::new(),
        };
        change(&mut draft);
        let id = Uuid::from_u128(1);
        let plan = draft.plan(LeverPlanId::new(id), UnitId::new(id), day);
        assert_eq!(plan.map(|it| it.owner).map_err(|it| it.to_string()).err().as_deref(), expected);
    }

    #[test]
    fn a_plan_is_taken_or_says_why_not() {
        check(|_| (), None);
        check(|it| it.owner = "x".repeat(80), None);
        check(|it| it.lever = "?".into(), Some("Choose one of the levers."));
        check(|it| it.status = "?".into(), Some("Choose where the lever stands."));
        check(|it| it.reach = "?".into(), Some("Choose whether the unit can do it alone."));
        let owner = Some("Who looks after it takes up to 80 characters, none of them invisible.");
        check(|it| it.owner = "x".repeat(81), owner);
        check(
            |it| it.note = "x".repeat(501),
            Some("The note takes up to 500 characters, none of them invisible."),
        );
    }
}

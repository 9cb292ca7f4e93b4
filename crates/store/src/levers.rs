//! The boards of levers, and how each lever came to stand where it stands.
//!
//! What says nothing else fails with [`StoreError`] if the database does, and with nothing else.

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use diesel::prelude::*;
use tideline_domain::{
    LeverPlanId, PersonId, UnitId,
    lever::{LeverPlan, LeverStatus, Reach, lever},
};

use crate::{
    Store, StoreError,
    connection::lock_table,
    schema::{lever_history, lever_plans},
    value::{known, parse, timestamp},
};

/// One step in the life of a lever on a board.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeverChange {
    /// What it was changed to.
    pub plan: LeverPlan,
    /// By whom; `None` if the person has left since.
    pub by: Option<PersonId>,
    /// When.
    pub at: DateTime<Utc>,
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = lever_plans)]
struct PlanRow {
    id: String,
    unit: String,
    lever: String,
    status: String,
    reach: String,
    owner: String,
    started: NaiveDate,
    review: NaiveDate,
    note: String,
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = lever_history)]
struct HistoryRow {
    plan: String,
    version: i32,
    status: String,
    reach: String,
    owner: String,
    started: NaiveDate,
    review: NaiveDate,
    note: String,
    changed_by: Option<String>,
    changed_at: NaiveDateTime,
}

impl From<&LeverPlan> for PlanRow {
    fn from(plan: &LeverPlan) -> Self {
        Self {
            id: plan.id.to_string(),
            unit: plan.unit.to_string(),
            lever: plan.lever.id.to_owned(),
            status: plan.status.code().to_owned(),
            reach: plan.reach.code().to_owned(),
            owner: plan.owner.clone(),
            started: plan.started,
            review: plan.review,
            note: plan.note.clone(),
        }
    }
}

impl TryFrom<PlanRow> for LeverPlan {
    type Error = StoreError;

    fn try_from(row: PlanRow) -> Result<Self, StoreError> {
        const TABLE: &str = "lever_plans";
        Ok(Self {
            id: parse(TABLE, &row.id)?,
            unit: parse(TABLE, &row.unit)?,
            lever: known(TABLE, lever(&row.lever))?,
            status: known(TABLE, LeverStatus::from_code(&row.status))?,
            reach: known(TABLE, Reach::from_code(&row.reach))?,
            owner: row.owner,
            started: row.started,
            review: row.review,
            note: row.note,
        })
    }
}

impl HistoryRow {
    fn change(self, of: &LeverPlan) -> Result<LeverChange, StoreError> {
        const TABLE: &str = "lever_history";
        Ok(LeverChange {
            by: self.changed_by.map(|it| parse(TABLE, &it)).transpose()?,
            at: self.changed_at.and_utc(),
            plan: LeverPlan {
                status: known(TABLE, LeverStatus::from_code(&self.status))?,
                reach: known(TABLE, Reach::from_code(&self.reach))?,
                owner: self.owner,
                started: self.started,
                review: self.review,
                note: self.note,
                ..*of
            },
        })
    }
}

impl Store {
    /// The board of a unit, oldest lever first.
    pub fn lever_plans(&self, unit: UnitId) -> Result<Vec<LeverPlan>, StoreError> {
        self.read(|conn| {
            lever_plans::table
                .filter(lever_plans::unit.eq(unit.to_string()))
                .order((lever_plans::started, lever_plans::lever, lever_plans::id))
                .select(PlanRow::as_select())
                .load(conn)?
                .into_iter()
                .map(LeverPlan::try_from)
                .collect()
        })
    }

    /// The levers of all boards that are thought about or tried and were to be looked at again on the
    /// day `on` or before.
    pub fn lever_reviews(&self, on: NaiveDate) -> Result<Vec<LeverPlan>, StoreError> {
        let open = [LeverStatus::Considered.code(), LeverStatus::Trying.code()];
        self.read(|conn| {
            lever_plans::table
                .filter(lever_plans::review.le(on))
                .filter(lever_plans::status.eq_any(open))
                .order((lever_plans::review, lever_plans::id))
                .select(PlanRow::as_select())
                .load(conn)?
                .into_iter()
                .map(LeverPlan::try_from)
                .collect()
        })
    }

    /// Puts a lever on a board, or changes one that is there; unit and lever stay as they were. The
    /// change goes into its history.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if there is no such unit, a text is too long, or the database fails.
    pub fn save_lever_plan(
        &self,
        plan: &LeverPlan,
        by: PersonId,
        at: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let row = PlanRow::from(plan);
        self.write("save_lever_plan", |conn| {
            lock_table(conn, "lever_history")?;
            let last: Option<i32> = lever_history::table
                .filter(lever_history::plan.eq(&row.id))
                .order(lever_history::version.desc())
                .select(lever_history::version)
                .first(conn)
                .optional()?;
            let history = HistoryRow {
                plan: row.id.clone(),
                version: last.unwrap_or(0) + 1,
                status: row.status.clone(),
                reach: row.reach.clone(),
                owner: row.owner.clone(),
                started: row.started,
                review: row.review,
                note: row.note.clone(),
                changed_by: Some(by.to_string()),
                changed_at: timestamp(at),
            };
            if last.is_some() {
                diesel::update(lever_plans::table.find(&row.id))
                    .set((
                        lever_plans::status.eq(&row.status),
                        lever_plans::reach.eq(&row.reach),
                        lever_plans::owner.eq(&row.owner),
                        lever_plans::started.eq(row.started),
                        lever_plans::review.eq(row.review),
                        lever_plans::note.eq(&row.note),
                    ))
                    .execute(conn)?;
            } else {
                diesel::insert_into(lever_plans::table).values(row).execute(conn)?;
            }
            diesel::insert_into(lever_history::table).values(history).execute(conn)?;
            Ok(())
        })
    }

    /// The changes of one lever on a board, oldest first; empty if there is no such lever.
    pub fn lever_history(&self, id: LeverPlanId) -> Result<Vec<LeverChange>, StoreError> {
        self.read(|conn| {
            let Some(row) = lever_plans::table
                .find(id.to_string())
                .select(PlanRow::as_select())
                .first(conn)
                .optional()?
            else {
                return Ok(Vec::new());
            };
            let plan = LeverPlan::try_from(row)?;
            lever_history::table
                .filter(lever_history::plan.eq(id.to_string()))
                .order(lever_history::version)
                .select(HistoryRow::as_select())
                .load(conn)?
                .into_iter()
                .map(|it| it.change(&plan))
                .collect()
        })
    }
}

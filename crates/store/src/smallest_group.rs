//! Changes of the smallest group, kept for good.
//!
//! What says nothing else fails with [`StoreError`] if the database does, and with nothing else.

use chrono::{DateTime, NaiveDateTime, Utc};
use diesel::prelude::*;
use tideline_aggregation::{MinGroup, SmallestGroupChange, SmallestGroupSetting, smallest_group};

use crate::{
    Store, StoreError,
    connection::{AnyConnection, lock_table},
    schema::smallest_group_changes,
    value::{corrupt, count, number, timestamp},
};

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = smallest_group_changes)]
struct ChangeRow {
    seq: i32,
    at: NaiveDateTime,
    before: i32,
    k: i32,
    effective: NaiveDateTime,
    reason: String,
}

impl ChangeRow {
    fn change(self) -> Result<SmallestGroupChange, StoreError> {
        let group = |people| {
            MinGroup::new(count("smallest_group_changes", people)?)
                .map_err(corrupt("smallest_group_changes"))
        };
        Ok(SmallestGroupChange {
            at: self.at.and_utc(),
            before: group(self.before)?,
            k: group(self.k)?,
            effective: self.effective.and_utc(),
            reason: self.reason,
        })
    }
}

impl Store {
    /// Every change of the smallest group, oldest first.
    pub fn smallest_group_changes(&self) -> Result<Vec<SmallestGroupChange>, StoreError> {
        self.read(changes)
    }

    /// The smallest group that holds at `now`, if the settings say `setting`.
    pub fn smallest_group(
        &self,
        setting: SmallestGroupSetting,
        now: DateTime<Utc>,
    ) -> Result<MinGroup, StoreError> {
        Ok(smallest_group::in_force(setting, &self.smallest_group_changes()?, now))
    }

    /// Changes the smallest group to `k` at `now`, and says from when on that holds.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the reason is too long or the database fails.
    pub fn change_smallest_group(
        &self,
        setting: SmallestGroupSetting,
        k: MinGroup,
        reason: &str,
        now: DateTime<Utc>,
    ) -> Result<SmallestGroupChange, StoreError> {
        self.write("change_smallest_group", |conn| {
            lock_table(conn, "smallest_group_changes")?;
            let earlier = changes(conn)?;
            let before = smallest_group::in_force(setting, &earlier, now);
            let change = SmallestGroupChange::new(before, k, now, reason.to_owned());
            let row = ChangeRow {
                seq: number("smallest_group_changes", earlier.len() + 1)?,
                at: timestamp(change.at),
                before: number("smallest_group_changes", change.before.people())?,
                k: number("smallest_group_changes", change.k.people())?,
                effective: timestamp(change.effective),
                reason: change.reason.clone(),
            };
            diesel::insert_into(smallest_group_changes::table).values(row).execute(conn)?;
            Ok(change)
        })
    }
}

fn changes(conn: &mut AnyConnection) -> Result<Vec<SmallestGroupChange>, StoreError> {
    smallest_group_changes::table
        .order(smallest_group_changes::seq)
        .select(ChangeRow::as_select())
        .load(conn)?
        .into_iter()
        .map(ChangeRow::change)
        .collect()
}

//! The import in the database: reads what is there, writes what the comparison found.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use tideline_domain::day::utc_day;
use tideline_domain::{Name, PersonId, Role, UnitId};
use uuid::Uuid;

use super::{
    Change, Comparison, CurrentPerson, CurrentUnit, ImportCounts, ImportDiff, ImportError,
    ImportPlan, ImportRow, RoleKey, RoleKind, State, compare,
};
use crate::{
    Actor, AuditEntry, ROSTER_IMPORTED, Store, StoreError, audit,
    connection::{AnyConnection, lock_table},
    passkeys,
    people::{PersonRow, all_roles},
    schema::{deliveries, memberships, password_hashes, people, roles, unit_placements, units},
    sign_in,
    value::{self, number, parse},
};

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = unit_placements)]
struct PlacementRow {
    unit: String,
    parent: Option<String>,
    name: String,
    position: i32,
    valid_from: NaiveDate,
}

impl Store {
    /// What importing `plan` on the day `on` would change.
    ///
    /// # Errors
    ///
    /// [`StoreError::Import`] if it cannot be imported, or any other [`StoreError`] if the database
    /// fails.
    pub fn import_diff(&self, plan: &ImportPlan, on: NaiveDate) -> Result<ImportDiff, StoreError> {
        self.read(|conn| {
            refuse_earlier(conn, on)?;
            Ok(compare(&state(conn)?, plan, Uuid::new_v4)?.diff())
        })
    }

    /// Imports `plan` as of the day of `now`, whatever it ends: all of it, or nothing. The audit log gets an
    /// entry for the import and one for each role that somebody gains or loses by it.
    ///
    /// # Errors
    ///
    /// As [`import_diff`](Self::import_diff).
    pub fn import(
        &self,
        plan: &ImportPlan,
        by: Actor,
        now: DateTime<Utc>,
    ) -> Result<ImportCounts, StoreError> {
        self.import_if(plan, true, by, now)
    }

    /// As [`import`](Self::import), unless it is [drastic](crate::Drastic).
    ///
    /// # Errors
    ///
    /// [`ImportError::Drastic`] then; otherwise as [`import_diff`](Self::import_diff).
    pub fn import_unless_drastic(
        &self,
        plan: &ImportPlan,
        by: Actor,
        now: DateTime<Utc>,
    ) -> Result<ImportCounts, StoreError> {
        self.import_if(plan, false, by, now)
    }

    fn import_if(
        &self,
        plan: &ImportPlan,
        drastic_too: bool,
        by: Actor,
        now: DateTime<Utc>,
    ) -> Result<ImportCounts, StoreError> {
        self.write("import_if", |conn| {
            lock_table(conn, "unit_placements")?;
            let comparison = apply(conn, plan, utc_day(now))?;
            if let Some(drastic) = comparison.drastic().filter(|_| !drastic_too) {
                return Err(ImportError::Drastic(drastic).into());
            }
            let counts = comparison.diff().counts();
            let mut entries = vec![AuditEntry::new(by, ROSTER_IMPORTED, counts.words(), now)];
            entries.extend(comparison.role_changes(by, now));
            audit::append(conn, &entries)?;
            Ok(counts)
        })
    }
}

/// Writes what `plan` changes, in a transaction that keeps others from importing.
pub(crate) fn apply(
    conn: &mut AnyConnection,
    plan: &ImportPlan,
    on: NaiveDate,
) -> Result<Comparison, StoreError> {
    refuse_earlier(conn, on)?;
    let comparison = compare(&state(conn)?, plan, Uuid::new_v4)?;
    apply_units(conn, &comparison.units, on)?;
    for person in &comparison.succeeded {
        // Nobody is written to at this domain (RFC 2606); the row stays for what the person did here.
        diesel::update(people::table.find(person.to_string()))
            .set(people::email.eq(format!("{person}@left.invalid")))
            .execute(conn)?;
    }
    for change in &comparison.people {
        apply_person(conn, change, on)?;
    }
    Ok(comparison)
}

/// The units that are there now, as rows of a plan that keeps them.
pub(crate) fn unit_rows(conn: &mut AnyConnection) -> Result<Vec<ImportRow>, StoreError> {
    let units = units_now(conn)?;
    let names: BTreeMap<UnitId, Name> = units.iter().map(|it| (it.id, it.name.clone())).collect();
    let row = |it: CurrentUnit| ImportRow {
        unit: it.name,
        parent: it.parent.and_then(|it| names.get(&it).cloned()),
        person: None,
    };
    Ok(units.into_iter().map(row).collect())
}

/// History is only ever added to at its end.
fn refuse_earlier(conn: &mut AnyConnection, on: NaiveDate) -> Result<(), StoreError> {
    let last_unit: Option<NaiveDate> = unit_placements::table
        .order(unit_placements::valid_from.desc())
        .select(unit_placements::valid_from)
        .first(conn)
        .optional()?;
    let last_person: Option<NaiveDate> = memberships::table
        .order(memberships::valid_from.desc())
        .select(memberships::valid_from)
        .first(conn)
        .optional()?;
    match last_unit.max(last_person) {
        Some(last) if last > on => Err(ImportError::TooEarly(last).into()),
        _ => Ok(()),
    }
}

fn units_now(conn: &mut AnyConnection) -> Result<Vec<CurrentUnit>, StoreError> {
    unit_placements::table
        .filter(unit_placements::valid_to.is_null())
        .order(unit_placements::position)
        .select(PlacementRow::as_select())
        .load(conn)?
        .into_iter()
        .map(|row| {
            Ok(CurrentUnit {
                id: parse("unit_placements", &row.unit)?,
                name: value::name("unit_placements", &row.name)?,
                parent: row.parent.map(|it| parse("unit_placements", &it)).transpose()?,
                position: usize::try_from(row.position).unwrap_or_default(),
            })
        })
        .collect()
}

fn state(conn: &mut AnyConnection) -> Result<State, StoreError> {
    let units = units_now(conn)?;
    let mut roles = all_roles(conn)?;
    let mut unit_of: BTreeMap<String, String> = memberships::table
        .filter(memberships::valid_to.is_null())
        .select((memberships::person, memberships::unit))
        .load::<(String, String)>(conn)?
        .into_iter()
        .collect();
    let people = people::table
        .order(people::id)
        .select(PersonRow::as_select())
        .load(conn)?
        .into_iter()
        .map(|row| {
            let unit = unit_of.remove(&row.id);
            let held = roles.remove(&row.id).unwrap_or_default();
            let person = row.person(held)?;
            Ok(CurrentPerson {
                id: person.id,
                name: person.name,
                email: person.email,
                unit: unit.map(|it| parse("memberships", &it)).transpose()?,
                roles: person.roles.into_iter().map(role_key).collect(),
            })
        })
        .collect::<Result<_, StoreError>>()?;
    Ok(State { units, people })
}

const fn role_key(role: Role) -> RoleKey {
    match role {
        Role::Manager(unit) => (RoleKind::Manager, Some(unit)),
        Role::Hr => (RoleKind::Hr, None),
        Role::Administrator => (RoleKind::Administrator, None),
        Role::PrivacyOfficer => (RoleKind::PrivacyOfficer, None),
    }
}

fn apply_units(
    conn: &mut AnyConnection,
    changes: &[Change<CurrentUnit>],
    on: NaiveDate,
) -> Result<(), StoreError> {
    let elsewhere = |change: &Change<CurrentUnit>| match (&change.before, &change.after) {
        (Some(before), Some(after)) => before.name != after.name || before.parent != after.parent,
        _ => true,
    };
    // First everything ends and every unit exists, then everything begins: names may be handed on,
    // and a unit may hang below one that comes later.
    for change in changes {
        if let Some(before) = change.before.as_ref().filter(|_| elsewhere(change)) {
            let open = unit_placements::table
                .filter(unit_placements::unit.eq(before.id.to_string()))
                .filter(unit_placements::valid_to.is_null());
            diesel::delete(open.clone().filter(unit_placements::valid_from.eq(on)))
                .execute(conn)?;
            diesel::update(open).set(unit_placements::valid_to.eq(Some(on))).execute(conn)?;
        } else if change.before.is_none()
            && let Some(after) = &change.after
        {
            diesel::insert_into(units::table)
                .values((units::id.eq(after.id.to_string()), units::created.eq(on)))
                .execute(conn)?;
        }
    }
    for change in changes {
        let Some(after) = &change.after else { continue };
        let position = number("unit_placements", after.position)?;
        if elsewhere(change) {
            let row = PlacementRow {
                unit: after.id.to_string(),
                parent: after.parent.map(|it| it.to_string()),
                name: after.name.to_string(),
                position,
                valid_from: on,
            };
            diesel::insert_into(unit_placements::table).values(row).execute(conn)?;
        } else if change.before.as_ref().is_some_and(|it| it.position != after.position) {
            // The order of siblings is for the eye; it has no history.
            let open = unit_placements::table
                .filter(unit_placements::unit.eq(after.id.to_string()))
                .filter(unit_placements::valid_to.is_null());
            diesel::update(open).set(unit_placements::position.eq(position)).execute(conn)?;
        }
    }
    Ok(())
}

fn apply_person(
    conn: &mut AnyConnection,
    change: &Change<CurrentPerson>,
    on: NaiveDate,
) -> Result<(), StoreError> {
    match (&change.before, &change.after) {
        (None, Some(after)) => {
            let row = PersonRow {
                id: after.id.to_string(),
                name: after.name.to_string(),
                email: after.email.as_str().to_owned(),
            };
            diesel::insert_into(people::table).values(row).execute(conn)?;
            begin_membership(conn, after, on)?;
            set_roles(conn, after.id, &after.roles)
        }
        (Some(before), Some(after)) => {
            if before.name != after.name {
                diesel::update(people::table.find(after.id.to_string()))
                    .set(people::name.eq(after.name.as_str()))
                    .execute(conn)?;
            }
            if before.unit.is_none() {
                sign_in::restore_identities(conn, &after.id.to_string())?;
            }
            if before.unit != after.unit {
                end_membership(conn, after.id, on)?;
                begin_membership(conn, after, on)?;
            }
            if before.roles != after.roles {
                set_roles(conn, after.id, &after.roles)?;
            }
            Ok(())
        }
        (Some(before), None) => leave(conn, before.id, on),
        (None, None) => Ok(()),
    }
}

fn leave(conn: &mut AnyConnection, person: PersonId, on: NaiveDate) -> Result<(), StoreError> {
    end_membership(conn, person, on)?;
    set_roles(conn, person, &BTreeSet::new())?;
    let person = person.to_string();
    sign_in::end_all(conn, &person)?;
    sign_in::end_identities(conn, &person)?;
    passkeys::end_passkeys(conn, &person)?;
    diesel::delete(password_hashes::table.find(&person)).execute(conn)?;
    let queued = deliveries::table
        .filter(deliveries::recipient.eq(&person))
        .filter(deliveries::state.eq("queued"));
    diesel::delete(queued).execute(conn)?;
    Ok(())
}

fn begin_membership(
    conn: &mut AnyConnection,
    person: &CurrentPerson,
    on: NaiveDate,
) -> Result<(), StoreError> {
    let Some(unit) = person.unit else { return Ok(()) };
    diesel::insert_into(memberships::table)
        .values((
            memberships::person.eq(person.id.to_string()),
            memberships::unit.eq(unit.to_string()),
            memberships::valid_from.eq(on),
        ))
        .execute(conn)?;
    Ok(())
}

fn end_membership(
    conn: &mut AnyConnection,
    person: PersonId,
    on: NaiveDate,
) -> Result<(), StoreError> {
    let open = memberships::table
        .filter(memberships::person.eq(person.to_string()))
        .filter(memberships::valid_to.is_null());
    diesel::delete(open.clone().filter(memberships::valid_from.eq(on))).execute(conn)?;
    diesel::update(open).set(memberships::valid_to.eq(Some(on))).execute(conn)?;
    Ok(())
}

fn set_roles(
    conn: &mut AnyConnection,
    person: PersonId,
    to: &BTreeSet<RoleKey>,
) -> Result<(), StoreError> {
    diesel::delete(roles::table.filter(roles::person.eq(person.to_string()))).execute(conn)?;
    for (kind, unit) in to {
        diesel::insert_into(roles::table)
            .values((
                roles::person.eq(person.to_string()),
                roles::role.eq(kind.code()),
                roles::unit.eq(unit.map(|it| it.to_string())),
            ))
            .execute(conn)?;
    }
    Ok(())
}

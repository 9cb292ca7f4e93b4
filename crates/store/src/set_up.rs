//! Setting an installation up: the first person in it, with everything that goes with that, in one
//! transaction. Whether anybody is there already is decided inside it.
//!
//! What says nothing else fails with [`StoreError`] if the database does, and with nothing else.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use tideline_domain::day::utc_day;
use tideline_domain::{EmailAddress, Name, PersonId};

use crate::{
    Actor, AuditEntry, ImportPlan, ImportRow, Organisation, RoleKind, Store, StoreError,
    SupportContact, audit,
    connection::{AnyConnection, lock_table},
    import, organisation,
    schema::{people, waves},
    sign_in,
    value::{corrupt, parse},
};

/// What an installation begins with.
#[derive(Debug, Clone)]
pub struct FirstSetUp {
    /// The organisation; the unit at the top gets its name, unless there are units already.
    pub organisation: Organisation,
    /// Whom to turn to.
    pub contacts: Vec<SupportContact>,
    /// The name of the first person, who becomes administrator and privacy officer.
    pub name: Name,
    /// Their address.
    pub email: EmailAddress,
    /// The argon2id hash of their password.
    pub password_hash: String,
}

impl Store {
    /// Whether nobody has ever belonged to this installation, so that it may be set up.
    pub fn awaits_set_up(&self) -> Result<bool, StoreError> {
        self.read(|conn| Ok(!has_anybody(conn)?))
    }

    /// Sets the installation up: all of it, or nothing. Of several who try at once one gets in, also
    /// against a roster that is imported meanwhile. Gives the first person; `None`, and nothing is
    /// changed, if somebody is or was there.
    pub fn set_up(
        &self,
        first: &FirstSetUp,
        now: DateTime<Utc>,
    ) -> Result<Option<PersonId>, StoreError> {
        self.write("set_up", |conn| {
            // Imports take the same lock: after it, either theirs or ours is the first.
            lock_table(conn, "unit_placements")?;
            if has_anybody(conn)? {
                return Ok(None);
            }
            organisation::set(conn, &first.organisation)?;
            organisation::set_contacts(conn, &first.contacts)?;
            let plan = plan(conn, first)?;
            let comparison = import::apply(conn, &plan, utc_day(now))?;
            let person: String = people::table
                .filter(people::email.eq(first.email.as_str()))
                .select(people::id)
                .first(conn)?;
            sign_in::set_password(conn, &person, &first.password_hash)?;
            let person: PersonId = parse("people", &person)?;
            let by = Actor::Person(person, RoleKind::Administrator);
            let mut entries = vec![AuditEntry::new(by, "setup", "installation", now)];
            entries.extend(comparison.role_changes(by, now));
            audit::append(conn, &entries)?;
            Ok(Some(person))
        })
    }
}

/// People who have left count as well, and so does a wave: what they gave is here.
fn has_anybody(conn: &mut AnyConnection) -> Result<bool, StoreError> {
    Ok(people::table.count().get_result::<i64>(conn)? > 0
        || waves::table.count().get_result::<i64>(conn)? > 0)
}

/// The units that are there, and the first person in the one at the top.
fn plan(conn: &mut AnyConnection, first: &FirstSetUp) -> Result<ImportPlan, StoreError> {
    let mut rows = import::unit_rows(conn)?;
    let top = match rows.iter().find(|it| it.parent.is_none()) {
        Some(top) => top.unit.clone(),
        None if rows.is_empty() => first.organisation.name.clone(),
        None => return Err(corrupt("unit_placements")("no unit stands at the top")),
    };
    let roles = vec![RoleKind::Administrator, RoleKind::PrivacyOfficer];
    let person = Some((first.name.clone(), first.email.clone(), roles));
    rows.push(ImportRow { unit: top, parent: None, person });
    Ok(ImportPlan { rows })
}

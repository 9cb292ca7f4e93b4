//! People, the unit each is in and what each may do.
//!
//! What says nothing else fails with [`StoreError`] if the database does, and with nothing else.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use diesel::prelude::*;
use tideline_domain::{EmailAddress, Person, PersonId, Role, RoleKind, UnitId};

use crate::{
    Store, StoreError,
    connection::{AnyConnection, lock_table},
    schema::{memberships, people, roles},
    value::{self, corrupt, known, parse},
};

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = people)]
pub(crate) struct PersonRow {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) email: String,
}

impl PersonRow {
    pub(crate) fn person(self, roles: Vec<Role>) -> Result<Person, StoreError> {
        Ok(Person {
            id: parse("people", &self.id)?,
            name: value::name("people", &self.name)?,
            email: parse("people", &self.email)?,
            roles,
        })
    }
}

impl Store {
    /// The person with this identifier, also one who has left not long ago.
    pub fn person(&self, id: PersonId) -> Result<Option<Person>, StoreError> {
        self.read(|conn| {
            let row = people::table
                .find(id.to_string())
                .select(PersonRow::as_select())
                .first(conn)
                .optional()?;
            row.map(|it| with_roles(conn, it)).transpose()
        })
    }

    /// The person with this address who belongs to a unit now; those who have left have no way in.
    pub fn person_by_email(&self, email: &EmailAddress) -> Result<Option<Person>, StoreError> {
        self.read(|conn| {
            let row = people::table
                .inner_join(memberships::table.on(memberships::person.eq(people::id)))
                .filter(memberships::valid_to.is_null())
                .filter(people::email.eq(email.as_str()))
                .select(PersonRow::as_select())
                .first(conn)
                .optional()?;
            row.map(|it| with_roles(conn, it)).transpose()
        })
    }

    /// Everybody who belongs to a unit on a day, with that unit, by name.
    pub fn people_with_units(&self, on: NaiveDate) -> Result<Vec<(Person, UnitId)>, StoreError> {
        self.read(|conn| {
            let mut roles = all_roles(conn)?;
            memberships::table
                .inner_join(people::table.on(memberships::person.eq(people::id)))
                .filter(memberships::valid_from.le(on))
                .filter(memberships::valid_to.is_null().or(memberships::valid_to.gt(on)))
                .order((people::name, people::id))
                .select((PersonRow::as_select(), memberships::unit))
                .load::<(PersonRow, String)>(conn)?
                .into_iter()
                .map(|(row, unit)| {
                    let roles = roles.remove(&row.id).unwrap_or_default();
                    Ok((row.person(roles)?, parse("memberships", &unit)?))
                })
                .collect()
        })
    }

    /// Puts what `rewritten` makes of somebody's address in its place, where it makes something of it and
    /// nobody else has that address; says how many there were.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database fails; then no address is changed.
    pub fn rewrite_addresses(
        &self,
        rewritten: impl Fn(&EmailAddress) -> Option<EmailAddress>,
    ) -> Result<usize, StoreError> {
        let kept: Vec<(String, String)> =
            self.read(|conn| Ok(people::table.select((people::id, people::email)).load(conn)?))?;
        let mut changes = Vec::new();
        for (id, email) in kept {
            // Whoever reads that person says what is wrong with it.
            let Ok(email) = email.parse::<EmailAddress>() else { continue };
            changes.extend(rewritten(&email).filter(|it| *it != email).map(|it| (id, it)));
        }
        if changes.is_empty() {
            return Ok(0);
        }
        self.write("rewrite_addresses", |conn| {
            lock_table(conn, "people")?;
            let mut done = 0;
            for (id, email) in &changes {
                let taken = people::table.filter(people::email.eq(email.as_str()));
                if taken.count().get_result::<i64>(conn)? == 0 {
                    done += diesel::update(people::table.find(id))
                        .set(people::email.eq(email.as_str()))
                        .execute(conn)?;
                }
            }
            Ok(done)
        })
    }

    /// Everybody who is kept and belongs to no unit any more, whatever the day: no clock that is wrong makes
    /// anybody leave.
    pub fn people_who_left(&self) -> Result<Vec<PersonId>, StoreError> {
        self.read(|conn| {
            let staff = memberships::table
                .filter(memberships::valid_to.is_null())
                .select(memberships::person);
            let left: Vec<String> =
                people::table.filter(people::id.ne_all(staff)).select(people::id).load(conn)?;
            left.iter().map(|it| parse("people", it)).collect()
        })
    }

    /// Everybody who belongs to a unit now, whatever the day.
    pub fn people_who_belong(&self) -> Result<Vec<PersonId>, StoreError> {
        self.read(|conn| {
            let staff: Vec<String> = memberships::table
                .filter(memberships::valid_to.is_null())
                .select(memberships::person)
                .load(conn)?;
            staff.iter().map(|it| parse("memberships", it)).collect()
        })
    }

    /// Everybody with a role of this kind, by name. Being staff is no role that is kept: nobody has it here.
    pub fn people_with_role(&self, kind: RoleKind) -> Result<Vec<Person>, StoreError> {
        self.read(|conn| {
            let mut all = all_roles(conn)?;
            let holders = roles::table.filter(roles::role.eq(kind.code())).select(roles::person);
            people::table
                .filter(people::id.eq_any(holders))
                .order((people::name, people::id))
                .select(PersonRow::as_select())
                .load(conn)?
                .into_iter()
                .map(|row| {
                    let roles = all.remove(&row.id).unwrap_or_default();
                    row.person(roles)
                })
                .collect()
        })
    }
}

pub(crate) fn with_roles(conn: &mut AnyConnection, row: PersonRow) -> Result<Person, StoreError> {
    let roles = roles::table
        .filter(roles::person.eq(&row.id))
        .order((roles::role, roles::unit))
        .select((roles::role, roles::unit))
        .load::<(String, Option<String>)>(conn)?
        .iter()
        .map(|(code, unit)| role(code, unit.as_deref()))
        .collect::<Result<_, _>>()?;
    row.person(roles)
}

/// The roles of everybody who has any, by the person's identifier.
pub(crate) fn all_roles(
    conn: &mut AnyConnection,
) -> Result<BTreeMap<String, Vec<Role>>, StoreError> {
    let rows = roles::table
        .order((roles::person, roles::role, roles::unit))
        .select((roles::person, roles::role, roles::unit))
        .load::<(String, String, Option<String>)>(conn)?;
    let mut of_person: BTreeMap<String, Vec<Role>> = BTreeMap::new();
    for (person, code, unit) in rows {
        of_person.entry(person).or_default().push(role(&code, unit.as_deref())?);
    }
    Ok(of_person)
}

fn role(code: &str, unit: Option<&str>) -> Result<Role, StoreError> {
    let role = match (code, unit) {
        ("manager", Some(unit)) => Some(Role::Manager(unit.parse().map_err(corrupt("roles"))?)),
        ("hr", None) => Some(Role::Hr),
        ("admin", None) => Some(Role::Administrator),
        ("privacy", None) => Some(Role::PrivacyOfficer),
        _ => None,
    };
    known("roles", role)
}

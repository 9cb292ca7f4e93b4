//! The organisation: its name, its tree of units, whom to turn to for support.
//!
//! What says nothing else fails with [`StoreError`] if the database does, and with nothing else.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use diesel::prelude::*;
use tideline_domain::{Country, Name, Unit, UnitId, UnitTree, country};

use crate::{
    Store, StoreError,
    connection::AnyConnection,
    schema::{organisation, support_contacts, unit_countries, unit_placements},
    value::{self, corrupt, number, parse},
};

/// The organisation itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Organisation {
    /// Its name.
    pub name: Name,
    /// The IANA name of the time zone it thinks in, such as `Europe/Berlin`.
    pub time_zone: String,
}

/// Somebody to turn to, as the support page shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SupportContact {
    /// What it is: "Crisis line", "Staff support".
    pub title: Name,
    /// Telephone number, as it is dialled.
    pub phone: Option<String>,
    /// An `https:` or `mailto:` address.
    pub link: Option<String>,
    /// When it answers, what to expect; up to 300 characters, may be empty.
    pub note: String,
    /// When somebody last made sure that it works.
    pub checked: NaiveDate,
    /// For people in this country; `None` is for everybody.
    pub country: Option<Country>,
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = support_contacts)]
struct ContactRow {
    position: i32,
    title: String,
    phone: Option<String>,
    link: Option<String>,
    note: String,
    checked: NaiveDate,
    country: Option<String>,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = unit_placements)]
struct PlacementRow {
    unit: String,
    parent: Option<String>,
    name: String,
}

impl Store {
    /// The organisation, or `None` before it was set.
    pub fn organisation(&self) -> Result<Option<Organisation>, StoreError> {
        self.read(|conn| {
            organisation::table
                .select((organisation::name, organisation::time_zone))
                .first::<(String, String)>(conn)
                .optional()?
                .map(|(name, time_zone)| {
                    Ok(Organisation { name: value::name("organisation", &name)?, time_zone })
                })
                .transpose()
        })
    }

    /// Sets the organisation.
    pub fn set_organisation(&self, to: &Organisation) -> Result<(), StoreError> {
        self.write("set_organisation", |conn| set(conn, to))
    }

    /// Whom to turn to, in the order in which they are shown.
    pub fn support_contacts(&self) -> Result<Vec<SupportContact>, StoreError> {
        self.read(|conn| {
            support_contacts::table
                .order(support_contacts::position)
                .select(ContactRow::as_select())
                .load(conn)?
                .into_iter()
                .map(|row| {
                    Ok(SupportContact {
                        title: value::name("support_contacts", &row.title)?,
                        phone: row.phone,
                        link: row.link,
                        note: row.note,
                        checked: row.checked,
                        country: row
                            .country
                            .map(|it| parse("support_contacts", &it))
                            .transpose()?,
                    })
                })
                .collect()
        })
    }

    /// Replaces whom to turn to.
    pub fn set_support_contacts(&self, contacts: &[SupportContact]) -> Result<(), StoreError> {
        self.write("set_support_contacts", |conn| set_contacts(conn, contacts))
    }

    /// The countries in use on a day that have nobody to turn to; see [`country::without_contact`].
    pub fn without_contact(&self, on: NaiveDate) -> Result<BTreeSet<Option<Country>>, StoreError> {
        let (tree, said) = (self.units(on)?, self.unit_countries()?);
        let contacts: Vec<_> = self.support_contacts()?.iter().map(|it| it.country).collect();
        Ok(country::without_contact(tree.as_ref(), &said, &contacts))
    }

    /// In which countries units work, where that was said of the unit itself.
    pub fn unit_countries(&self) -> Result<BTreeMap<UnitId, Country>, StoreError> {
        self.read(|conn| {
            unit_countries::table
                .select((unit_countries::unit, unit_countries::country))
                .load::<(String, String)>(conn)?
                .iter()
                .map(|(unit, country)| {
                    Ok((parse("unit_countries", unit)?, parse("unit_countries", country)?))
                })
                .collect()
        })
    }

    /// Replaces in which countries units work.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if there is no such unit, or the database fails.
    pub fn set_unit_countries(&self, to: &BTreeMap<UnitId, Country>) -> Result<(), StoreError> {
        self.write("set_unit_countries", |conn| {
            diesel::delete(unit_countries::table).execute(conn)?;
            for (unit, country) in to {
                diesel::insert_into(unit_countries::table)
                    .values((
                        unit_countries::unit.eq(unit.to_string()),
                        unit_countries::country.eq(country.code()),
                    ))
                    .execute(conn)?;
            }
            Ok(())
        })
    }

    /// The tree of units as it stands on a day; `None` if there are no units.
    pub fn units(&self, on: NaiveDate) -> Result<Option<UnitTree>, StoreError> {
        self.read(|conn| units(conn, on))
    }
}

pub(crate) fn set(conn: &mut AnyConnection, to: &Organisation) -> Result<(), StoreError> {
    diesel::delete(organisation::table).execute(conn)?;
    diesel::insert_into(organisation::table)
        .values((
            organisation::id.eq(1),
            organisation::name.eq(to.name.as_str()),
            organisation::time_zone.eq(&to.time_zone),
        ))
        .execute(conn)?;
    Ok(())
}

pub(crate) fn set_contacts(
    conn: &mut AnyConnection,
    contacts: &[SupportContact],
) -> Result<(), StoreError> {
    diesel::delete(support_contacts::table).execute(conn)?;
    for (at, contact) in contacts.iter().enumerate() {
        let row = ContactRow {
            position: number("support_contacts", at)?,
            title: contact.title.to_string(),
            phone: contact.phone.clone(),
            link: contact.link.clone(),
            note: contact.note.clone(),
            checked: contact.checked,
            country: contact.country.map(|it| it.to_string()),
        };
        diesel::insert_into(support_contacts::table).values(row).execute(conn)?;
    }
    Ok(())
}

fn units(conn: &mut AnyConnection, on: NaiveDate) -> Result<Option<UnitTree>, StoreError> {
    use unit_placements::{name, position, valid_from, valid_to};
    let rows = unit_placements::table
        .filter(valid_from.le(on))
        .filter(valid_to.is_null().or(valid_to.gt(on)))
        .order((position, name))
        .select(PlacementRow::as_select())
        .load(conn)?;
    tree("unit_placements", rows.into_iter().map(|it| (it.unit, it.parent, it.name)))
}

/// The tree of rows of `table`, each a unit, the one above and its name.
pub(crate) fn tree(
    table: &'static str,
    rows: impl Iterator<Item = (String, Option<String>, String)>,
) -> Result<Option<UnitTree>, StoreError> {
    let units = rows
        .map(|(id, parent, name)| {
            Ok(Unit {
                id: parse(table, &id)?,
                parent: parent.map(|it| parse(table, &it)).transpose()?,
                name: value::name(table, &name)?,
            })
        })
        .collect::<Result<Vec<_>, StoreError>>()?;
    if units.is_empty() {
        return Ok(None);
    }
    UnitTree::new(units).map(Some).map_err(corrupt(table))
}

//! Importing a roster: what the organisation hands in, compared with what is there.
//!
//! A unit is known by its name, a person by the e-mail address. The file is the whole truth: who is
//! not in it has left, and a unit that is not in it is gone. The comparison is pure; `apply` writes
//! what it found.

mod apply;
mod compare;

use std::collections::BTreeMap;

use tideline_domain::{EmailAddress, Name, RoleKind};

use crate::{Drastic, ImportError};

pub(crate) use apply::{apply, unit_rows};
pub(crate) use compare::{Change, Comparison, CurrentPerson, CurrentUnit, RoleKey, State, compare};

/// One row of a roster.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportRow {
    /// The unit the row is about.
    pub unit: Name,
    /// The unit above it; `None` if the row does not say, or it stands at the top.
    pub parent: Option<Name>,
    /// Somebody in the unit.
    pub person: Option<(Name, EmailAddress, Vec<RoleKind>)>,
}

/// A whole roster.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ImportPlan {
    /// Its rows, in the order of the file; siblings are shown in the order of their first row.
    pub rows: Vec<ImportRow>,
}

/// Something that is called otherwise now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Renamed {
    /// What it was called.
    pub from: Name,
    /// What it is called now.
    pub to: Name,
}

/// Something that is below or in another unit now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moved {
    /// Its name.
    pub name: Name,
    /// The unit it was below or in; `None` at the top.
    pub from: Option<Name>,
    /// The unit it is below or in now; `None` at the top.
    pub to: Option<Name>,
}

/// Roles that a person gains and loses, each with the unit if it is about one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoleChange {
    /// The person.
    pub person: Name,
    /// What is new.
    pub gained: Vec<(RoleKind, Option<Name>)>,
    /// What is no longer.
    pub lost: Vec<(RoleKind, Option<Name>)>,
}

/// What an import would change, in names.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ImportDiff {
    /// New units.
    pub added_units: Vec<Name>,
    /// Units that are called otherwise: they keep their history, because most of their people and
    /// sub-units are still theirs.
    pub renamed_units: Vec<Renamed>,
    /// Units that are below another.
    pub moved_units: Vec<Moved>,
    /// Units that are gone; their past releases stay.
    pub removed_units: Vec<Name>,
    /// New people, and people who are back.
    pub added_people: Vec<Name>,
    /// People whose name is spelt otherwise.
    pub renamed_people: Vec<Renamed>,
    /// People in another unit.
    pub moved_people: Vec<Moved>,
    /// People who are not in the file: they can no longer sign in.
    pub left_people: Vec<Name>,
    /// Changed roles.
    pub role_changes: Vec<RoleChange>,
    /// What of it somebody has to confirm.
    pub drastic: Option<Drastic>,
}

/// How many changes of each kind an import made.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ImportCounts {
    /// New units.
    pub units_added: usize,
    /// Renamed units.
    pub units_renamed: usize,
    /// Moved units.
    pub units_moved: usize,
    /// Units that are gone.
    pub units_removed: usize,
    /// New people.
    pub people_added: usize,
    /// People with another name.
    pub people_renamed: usize,
    /// People in another unit.
    pub people_moved: usize,
    /// People who have left.
    pub people_left: usize,
    /// People whose roles changed.
    pub roles_changed: usize,
}

impl ImportCounts {
    /// For the audit log.
    pub(crate) fn words(&self) -> String {
        format!(
            "+{} -{} people, +{} -{} units",
            self.people_added, self.people_left, self.units_added, self.units_removed
        )
    }
}

impl ImportDiff {
    /// Whether nothing would change.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// How many changes there are.
    pub const fn counts(&self) -> ImportCounts {
        ImportCounts {
            units_added: self.added_units.len(),
            units_renamed: self.renamed_units.len(),
            units_moved: self.moved_units.len(),
            units_removed: self.removed_units.len(),
            people_added: self.added_people.len(),
            people_renamed: self.renamed_people.len(),
            people_moved: self.moved_people.len(),
            people_left: self.left_people.len(),
            roles_changed: self.role_changes.len(),
        }
    }
}

/// A person as the plan wants it.
pub(crate) struct WantedPerson {
    pub(crate) name: Name,
    pub(crate) unit: Name,
    /// Where the plan names the person first.
    row: usize,
    pub(crate) roles: Vec<RoleKind>,
}

/// A plan in which every unit and every person occurs once.
pub(crate) struct Wanted {
    /// Units with the one above, in the order of their first row.
    pub(crate) units: Vec<(Name, Option<Name>)>,
    pub(crate) people: BTreeMap<EmailAddress, WantedPerson>,
}

impl ImportPlan {
    /// Brings together what the rows say about each unit and each person.
    fn wanted(&self) -> Result<Wanted, ImportError> {
        let mut order: Vec<&Name> = Vec::new();
        let mut parents: BTreeMap<&Name, Option<&Name>> = BTreeMap::new();
        let mut people: BTreeMap<EmailAddress, WantedPerson> = BTreeMap::new();
        for (at, row) in self.rows.iter().enumerate() {
            // A unit that is only ever named as the one above stands at the top.
            for unit in row.parent.iter().chain([&row.unit]) {
                if !parents.contains_key(unit) {
                    parents.insert(unit, None);
                    order.push(unit);
                }
            }
            if let Some(parent) = &row.parent {
                match parents.insert(&row.unit, Some(parent)).flatten() {
                    Some(first) if first != parent => {
                        return Err(ImportError::TwoParents {
                            unit: row.unit.clone(),
                            first: first.clone(),
                            second: parent.clone(),
                        });
                    }
                    _ => {}
                }
            }
            let Some((name, email, roles)) = &row.person else { continue };
            let person = people.entry(email.clone()).or_insert_with(|| WantedPerson {
                name: name.clone(),
                unit: row.unit.clone(),
                row: at,
                roles: Vec::new(),
            });
            if person.unit != row.unit {
                return Err(ImportError::TwoUnits {
                    first: person.unit.clone(),
                    second: row.unit.clone(),
                    rows: (person.row, at),
                });
            }
            person.roles.extend(roles.iter().filter(|it| **it != RoleKind::Staff));
        }
        let units = order
            .into_iter()
            .map(|unit| (unit.clone(), parents.get(unit).copied().flatten().cloned()))
            .collect();
        Ok(Wanted { units, people })
    }
}

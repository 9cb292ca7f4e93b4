//! The comparison: the state that is there, the state that is wanted, and what leads from one to
//! the other. No database here.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use tideline_domain::{EmailAddress, Name, PersonId, Unit, UnitId, UnitTree};
use uuid::Uuid;

use crate::{
    Actor, AuditEntry,
    audit::{ROLE_GAINED, ROLE_LOST, RoleSubject},
};

use super::{
    Drastic, ImportDiff, ImportError, ImportPlan, Moved, Renamed, RoleChange, RoleKind, Wanted,
};

/// A role, with the unit if it is about one.
pub(crate) type RoleKey = (RoleKind, Option<UnitId>);

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CurrentUnit {
    pub(crate) id: UnitId,
    pub(crate) name: Name,
    pub(crate) parent: Option<UnitId>,
    pub(crate) position: usize,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CurrentPerson {
    pub(crate) id: PersonId,
    pub(crate) name: Name,
    pub(crate) email: EmailAddress,
    /// `None` once the person has left.
    pub(crate) unit: Option<UnitId>,
    pub(crate) roles: BTreeSet<RoleKey>,
}

/// What is there.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct State {
    pub(crate) units: Vec<CurrentUnit>,
    pub(crate) people: Vec<CurrentPerson>,
}

/// Before and after; `None` before: it is new; `None` after: it goes.
#[derive(Debug)]
pub(crate) struct Change<T> {
    pub(crate) before: Option<T>,
    pub(crate) after: Option<T>,
}

/// What leads from the state to the plan.
#[derive(Debug)]
pub(crate) struct Comparison {
    /// Every unit that is there or wanted.
    pub(crate) units: Vec<Change<CurrentUnit>>,
    /// Every person who is in a unit or wanted.
    pub(crate) people: Vec<Change<CurrentPerson>>,
    /// People whose address somebody else has now.
    pub(crate) succeeded: Vec<PersonId>,
}

/// Compares `state` with `plan`. `new_id` gives identifiers to what is new.
pub(crate) fn compare(
    state: &State,
    plan: &ImportPlan,
    mut new_id: impl FnMut() -> Uuid,
) -> Result<Comparison, ImportError> {
    let wanted = plan.wanted()?;
    let identity = identities(state, &wanted);
    let mut ids: BTreeMap<&Name, UnitId> = BTreeMap::new();
    for (name, _) in &wanted.units {
        let id = identity.get(name).copied().unwrap_or_else(|| UnitId::new(new_id()));
        ids.insert(name, id);
    }

    let after: Vec<CurrentUnit> = wanted
        .units
        .iter()
        .enumerate()
        .map(|(position, (name, parent))| CurrentUnit {
            id: ids[name],
            name: name.clone(),
            parent: parent.as_ref().map(|it| ids[it]),
            position,
        })
        .collect();
    UnitTree::new(
        after
            .iter()
            .map(|it| Unit { id: it.id, parent: it.parent, name: it.name.clone() })
            .collect(),
    )?;
    let units = pair(
        state.units.iter().map(|it| (it.id, it.clone())),
        after.into_iter().map(|it| (it.id, it)),
    );

    let known: BTreeMap<&EmailAddress, &CurrentPerson> =
        state.people.iter().map(|it| (&it.email, it)).collect();
    let mut succeeded = Vec::new();
    let after = wanted.people.iter().map(|(email, person)| {
        let unit = ids[&person.unit];
        let known = known.get(email).copied();
        let id = match known.filter(|it| is_same_person(it, &person.name)) {
            Some(it) => it.id,
            None => {
                succeeded.extend(known.map(|it| it.id));
                PersonId::new(new_id())
            }
        };
        let roles = person
            .roles
            .iter()
            .map(|&it| (it, (it == RoleKind::Manager).then_some(unit)))
            .collect();
        let (name, email) = (person.name.clone(), email.clone());
        (id, CurrentPerson { id, name, email, unit: Some(unit), roles })
    });
    let after: Vec<_> = after.collect();
    let staying: BTreeSet<PersonId> = after.iter().map(|(id, _)| *id).collect();
    let before = state.people.iter().filter(|it| it.unit.is_some() || staying.contains(&it.id));
    let people = pair(before.map(|it| (it.id, it.clone())), after.into_iter());
    Ok(Comparison { units, people, succeeded })
}

/// Whether whoever has this address now is who had it before. Addresses are given to others: then nothing
/// of the one before is theirs, neither a way in nor what stands in the audit log. Of somebody who was
/// there all the time a word of the name may have changed; somebody who comes back has the same name.
fn is_same_person(before: &CurrentPerson, name: &Name) -> bool {
    let words = |name: &Name| -> BTreeSet<String> {
        name.as_str()
            .split(|it: char| !it.is_alphanumeric())
            .filter(|it| !it.is_empty())
            .map(str::to_lowercase)
            .collect()
    };
    let (was, is) = (words(&before.name), words(name));
    if before.unit.is_some() { !was.is_disjoint(&is) } else { was == is }
}

/// Which unit that is there each wanted name means.
fn identities(state: &State, wanted: &Wanted) -> BTreeMap<Name, UnitId> {
    let by_name: BTreeMap<&Name, UnitId> = state.units.iter().map(|it| (&it.name, it.id)).collect();
    let names: BTreeSet<&Name> = wanted.units.iter().map(|(name, _)| name).collect();
    let gone: BTreeSet<UnitId> =
        state.units.iter().filter(|it| !names.contains(&it.name)).map(|it| it.id).collect();

    // The people and sub-units of units that are gone, and how many each of those had.
    let people = state.people.iter().map(|it| (it.email.as_str(), it.unit));
    let units = state.units.iter().map(|it| (it.name.as_str(), it.parent));
    let was_in: BTreeMap<&str, UnitId> = people
        .chain(units)
        .filter_map(|(what, unit)| Some((what, unit.filter(|it| gone.contains(it))?)))
        .collect();
    let mut size: BTreeMap<UnitId, usize> = BTreeMap::new();
    for &unit in was_in.values() {
        *size.entry(unit).or_default() += 1;
    }

    // The people and sub-units that each unit shall have.
    let mut contents: BTreeMap<&Name, Vec<&str>> = BTreeMap::new();
    for (email, person) in &wanted.people {
        contents.entry(&person.unit).or_default().push(email.as_str());
    }
    for (name, parent) in &wanted.units {
        if let Some(parent) = parent {
            contents.entry(parent).or_default().push(name.as_str());
        }
    }

    let mut found = BTreeMap::new();
    for (name, _) in &wanted.units {
        let same = by_name.get(name).copied().or_else(|| {
            // A new name for a unit that is gone: each has more than half of what the other has. So
            // no unit can be claimed twice.
            let contents = contents.get(name)?;
            let mut common: BTreeMap<UnitId, usize> = BTreeMap::new();
            for what in contents {
                if let Some(&unit) = was_in.get(what) {
                    *common.entry(unit).or_default() += 1;
                }
            }
            let (unit, common) = common.into_iter().max_by_key(|(_, common)| *common)?;
            (2 * common > size[&unit] && 2 * common > contents.len()).then_some(unit)
        });
        if let Some(id) = same {
            found.insert(name.clone(), id);
        }
    }
    found
}

fn pair<K: Ord, T>(
    before: impl Iterator<Item = (K, T)>,
    after: impl Iterator<Item = (K, T)>,
) -> Vec<Change<T>> {
    let mut before: BTreeMap<K, T> = before.collect();
    let mut all: Vec<Change<T>> = after
        .map(|(key, after)| Change { before: before.remove(&key), after: Some(after) })
        .collect();
    all.extend(before.into_values().map(|it| Change { before: Some(it), after: None }));
    all
}

impl Comparison {
    /// An entry for each role that somebody gains or loses; also of those who leave.
    pub(crate) fn role_changes(&self, by: Actor, now: DateTime<Utc>) -> Vec<AuditEntry> {
        let mut entries = Vec::new();
        for change in &self.people {
            let roles = |it: &Option<CurrentPerson>| -> BTreeSet<RoleKey> {
                it.as_ref().map(|it| it.roles.clone()).unwrap_or_default()
            };
            let Some(person) = change.after.as_ref().or(change.before.as_ref()) else { continue };
            let (before, after) = (roles(&change.before), roles(&change.after));
            for (action, roles) in
                [(ROLE_LOST, before.difference(&after)), (ROLE_GAINED, after.difference(&before))]
            {
                entries.extend(roles.map(|&(kind, unit)| {
                    let subject = RoleSubject { person: person.id, kind, unit }.to_string();
                    AuditEntry::new(by, action, subject, now)
                }));
            }
        }
        entries
    }

    /// What of it somebody has to confirm: more than a tenth of the people leave, or there is no
    /// administrator any more.
    pub(crate) fn drastic(&self) -> Option<Drastic> {
        let there = |it: &&CurrentPerson| it.unit.is_some();
        let before = || self.people.iter().filter_map(|it| it.before.as_ref()).filter(there);
        let after = || self.people.iter().filter_map(|it| it.after.as_ref());
        let administers =
            |it: &CurrentPerson| it.roles.iter().any(|(kind, _)| *kind == RoleKind::Administrator);
        let drastic = Drastic {
            people: before().count(),
            leaving: self.people.iter().filter(|it| it.after.is_none()).count(),
            administrators: before().any(administers) && !after().any(administers),
        };
        (drastic.many_leave() || drastic.administrators).then_some(drastic)
    }

    /// The same in names.
    pub(crate) fn diff(&self) -> ImportDiff {
        let mut diff = ImportDiff { drastic: self.drastic(), ..ImportDiff::default() };
        let old: BTreeMap<UnitId, &Name> = self
            .units
            .iter()
            .filter_map(|it| it.before.as_ref())
            .map(|it| (it.id, &it.name))
            .collect();
        let new: BTreeMap<UnitId, &Name> = self
            .units
            .iter()
            .filter_map(|it| it.after.as_ref())
            .map(|it| (it.id, &it.name))
            .collect();
        let name = |of: &BTreeMap<UnitId, &Name>, unit: Option<UnitId>| {
            unit.and_then(|it| of.get(&it).map(|&name| name.clone()))
        };

        for change in &self.units {
            match (&change.before, &change.after) {
                (None, Some(after)) => diff.added_units.push(after.name.clone()),
                (Some(before), None) => diff.removed_units.push(before.name.clone()),
                (Some(before), Some(after)) => {
                    if before.name != after.name {
                        let (from, to) = (before.name.clone(), after.name.clone());
                        diff.renamed_units.push(Renamed { from, to });
                    }
                    if before.parent != after.parent {
                        diff.moved_units.push(Moved {
                            name: after.name.clone(),
                            from: name(&old, before.parent),
                            to: name(&new, after.parent),
                        });
                    }
                }
                (None, None) => {}
            }
        }

        for change in &self.people {
            let Some(after) = &change.after else {
                diff.left_people.extend(change.before.iter().map(|it| it.name.clone()));
                continue;
            };
            let before = change.before.as_ref();
            if before.is_none_or(|it| it.unit.is_none()) {
                diff.added_people.push(after.name.clone());
            } else if before.is_some_and(|it| it.unit != after.unit) {
                diff.moved_people.push(Moved {
                    name: after.name.clone(),
                    from: name(&old, before.and_then(|it| it.unit)),
                    to: name(&new, after.unit),
                });
            }
            if let Some(before) = before.filter(|it| it.name != after.name) {
                let (from, to) = (before.name.clone(), after.name.clone());
                diff.renamed_people.push(Renamed { from, to });
            }
            let held = before.map(|it| it.roles.clone()).unwrap_or_default();
            if held != after.roles {
                let shown =
                    |&(kind, unit): &RoleKey| (kind, name(&new, unit).or_else(|| name(&old, unit)));
                diff.role_changes.push(RoleChange {
                    person: after.name.clone(),
                    gained: after.roles.difference(&held).map(shown).collect(),
                    lost: held.difference(&after.roles).map(shown).collect(),
                });
            }
        }
        diff
    }
}

#[cfg(test)]
mod tests;

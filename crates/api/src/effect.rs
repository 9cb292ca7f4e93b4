//! What another smallest group, or another roster, would do to what is shown: the real planner, run on
//! how many people there are and how many took part last. No answer is used.

use std::collections::{BTreeMap, BTreeSet};

use tideline_aggregation::{Group, ItemSums, MinGroup, Policy, Release, Shown, shown};
use tideline_domain::day::utc_day;
use tideline_domain::{
    EmailAddress, Name, PerScale, Person, PersonId, Roster, Unit, UnitId, UnitTree,
};
use tideline_store::ImportPlan;
use uuid::Uuid;

use crate::{App, problem::Problem};

/// How many take part where nobody knows yet.
const USUAL_SHARE: f64 = 0.65;

/// How many units would be shown how.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Effect {
    /// Shown alone.
    pub(crate) alone: u32,
    /// Shown together with a neighbour.
    pub(crate) together: u32,
    /// Shown only inside a larger unit.
    pub(crate) inside: u32,
}

/// Units and who is in them.
pub(crate) type Structure = (UnitTree, Vec<(Person, UnitId)>);

/// The structure as it stands today; `None` if there are no units.
pub(crate) fn today(app: &App) -> Result<Option<Structure>, Problem> {
    let on = utc_day(app.now());
    let Some(tree) = app.store.units(on)? else { return Ok(None) };
    Ok(Some((tree, app.store.people_with_units(on)?)))
}

/// The structure that `plan` would make.
pub(crate) fn planned(plan: &ImportPlan) -> Option<Structure> {
    let mut units: Vec<Unit> = Vec::new();
    let mut place_of: BTreeMap<&Name, usize> = BTreeMap::new();
    let mut place = |name| {
        *place_of.entry(name).or_insert_with(|| {
            units.push(Unit {
                id: UnitId::new(Uuid::new_v4()),
                parent: None,
                name: Name::clone(name),
            });
            units.len() - 1
        })
    };
    let mut above: Vec<(usize, usize)> = Vec::new();
    let mut people: Vec<(&Name, &EmailAddress, usize)> = Vec::new();
    let mut seen: BTreeSet<&EmailAddress> = BTreeSet::new();
    for row in &plan.rows {
        let parent = row.parent.as_ref().map(&mut place);
        let unit = place(&row.unit);
        above.extend(parent.map(|parent| (unit, parent)));
        if let Some((name, email, _)) = &row.person
            && seen.insert(email)
        {
            people.push((name, email, unit));
        }
    }
    for (unit, parent) in above {
        units[unit].parent = Some(units[parent].id);
    }
    let person = |(name, email, unit): (&Name, &EmailAddress, usize)| {
        let id = PersonId::new(Uuid::new_v4());
        let (name, email) = (name.clone(), email.clone());
        (Person { id, name, email, roles: Vec::new() }, units[unit].id)
    };
    let people = people.into_iter().map(person).collect();
    Some((UnitTree::new(units).ok()?, people))
}

/// What would be shown of `structure` with a smallest group of `k`, if as many take part as did in
/// the latest release of `history`.
pub(crate) fn of(
    structure: &Structure,
    k: MinGroup,
    history: &[Release],
) -> Result<Effect, Problem> {
    let (tree, people) = structure;
    let share = history.last().map_or(USUAL_SHARE, |it| {
        let turnout = it.turnout();
        f64::from(turnout.ballots) / f64::from(turnout.eligible.max(1))
    });
    let roster = Roster::freeze(tree.clone(), people);
    let groups: Vec<Group> = roster
        .cohorts
        .iter()
        .map(|it| {
            // At least the share, rounded: an estimate, not a promise.
            let answers = (f64::from(it.eligible) * share.clamp(0.0, 1.0)).round() as u32;
            Group {
                units: it.units.clone(),
                headcount: it.eligible,
                items: ItemSums::default(),
                scores: (0..answers)
                    .map(|at| PerScale::from_fn(|_| Some(40 + (at % 5) as u8 * 5)))
                    .collect(),
            }
        })
        .collect();
    let policy = Policy { k, ..Policy::default() };
    let mut effect = Effect::default();
    for how in shown(tree, &groups, &policy).map_err(Problem::internal)?.into_iter().skip(1) {
        match how {
            Shown::Alone => effect.alone += 1,
            Shown::Together => effect.together += 1,
            Shown::Inside => effect.inside += 1,
        }
    }
    Ok(effect)
}

#[cfg(test)]
mod tests {
    use tideline_store::ImportRow;

    use super::*;

    #[test]
    fn a_larger_smallest_group_shows_fewer_units_alone() {
        let mut rows = Vec::new();
        let mut add = |unit: &str, people: u32| {
            rows.extend((0..people).map(|it| ImportRow {
                unit: unit.parse().unwrap(),
                parent: (unit != "Org").then(|| "Org".parse().unwrap()),
                person: Some((
                    format!("{unit} {it}").parse().unwrap(),
                    format!("{unit}{it}@example.org").to_lowercase().parse().unwrap(),
                    Vec::new(),
                )),
            }));
        };
        add("Elm", 30);
        add("Oak", 14);
        add("Ash", 13);
        let structure = planned(&ImportPlan { rows }).unwrap();
        assert_eq!(structure.0.root().name.as_str(), "Org");
        let effect = |k| of(&structure, MinGroup::new(k).unwrap(), &[]);
        let (small, large) = (effect(6).unwrap(), effect(12).unwrap());
        assert_eq!(small, Effect { alone: 3, together: 0, inside: 0 });
        assert_eq!((large.alone, large.alone + large.together + large.inside), (1, 3));
    }
}

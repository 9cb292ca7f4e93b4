//! What another smallest group, or another roster, would do to what is shown: the real planner, run on
//! how many people there are and how many took part last. No answer is used.

use chrono::{DateTime, TimeDelta, Utc};
use tideline_aggregation::{Group, ItemSums, MinGroup, Policy, Release, Subject, Turnout, release};
use tideline_domain::{
    EmailAddress, InstrumentId, Name, PerScale, Person, PersonId, Roster, Unit, UnitId, UnitTree,
    Wave, WaveSeq, Window,
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
    let on = app.now().date_naive();
    let Some(tree) = app.store.units(on)? else { return Ok(None) };
    Ok(Some((tree, app.store.people_with_units(on)?)))
}

/// The structure that `plan` would make.
pub(crate) fn planned(plan: &ImportPlan) -> Option<Structure> {
    let mut units: Vec<Unit> = Vec::new();
    let id_of = |name: &Name, units: &mut Vec<Unit>| {
        let known = units.iter().find(|it| it.name == *name).map(|it| it.id);
        known.unwrap_or_else(|| {
            let id = UnitId::new(Uuid::new_v4());
            units.push(Unit { id, parent: None, name: name.clone() });
            id
        })
    };
    let mut people: Vec<(Person, UnitId)> = Vec::new();
    let mut seen: Vec<EmailAddress> = Vec::new();
    for row in &plan.rows {
        let parent = row.parent.as_ref().map(|it| id_of(it, &mut units));
        let id = id_of(&row.unit, &mut units);
        if let (Some(parent), Some(unit)) = (parent, units.iter_mut().find(|it| it.id == id)) {
            unit.parent = Some(parent);
        }
        if let Some((name, email, _)) = &row.person
            && !seen.contains(email)
        {
            seen.push(email.clone());
            let person = Person {
                id: PersonId::new(Uuid::new_v4()),
                name: name.clone(),
                email: email.clone(),
                roles: Vec::new(),
            };
            people.push((person, id));
        }
    }
    Some((UnitTree::new(parents_first(units)).ok()?, people))
}

/// The same units, each after the one above it.
fn parents_first(mut left: Vec<Unit>) -> Vec<Unit> {
    let mut done: Vec<Unit> = Vec::with_capacity(left.len());
    while !left.is_empty() {
        let (ready, rest): (Vec<Unit>, Vec<Unit>) = left
            .into_iter()
            .partition(|unit| unit.parent.is_none_or(|above| done.iter().any(|it| it.id == above)));
        if ready.is_empty() {
            return [done, rest].concat();
        }
        done.extend(ready);
        left = rest;
    }
    done
}

/// What would be shown of `structure` with a smallest group of `k`, if as many take part as did in
/// the latest release of `history`.
pub(crate) fn of(
    structure: &Structure,
    k: MinGroup,
    history: &[Release],
    now: DateTime<Utc>,
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
    let count = |of: &dyn Fn(&Group) -> usize| {
        u32::try_from(groups.iter().map(of).sum::<usize>()).unwrap_or(u32::MAX)
    };
    let turnout =
        Turnout { eligible: roster.eligible(), ballots: count(&|it| it.scores.len()), spoilt: 0 };
    let label = "estimate".parse().map_err(|_| Problem::internal("a label"))?;
    let long_ago = now - TimeDelta::days(3);
    let window = Window::new(long_ago, long_ago, long_ago + TimeDelta::days(1))
        .map_err(Problem::internal)?;
    let wave = Wave { seq: WaveSeq(1), label, asks: InstrumentId::PULSE, window };
    let closed = wave.closed(now).ok_or_else(|| Problem::internal("a closed wave"))?;
    let policy = Policy { k, ..Policy::default() };
    let made = release(closed, tree, groups, turnout, &policy, None).map_err(Problem::internal)?;
    let mut effect = Effect::default();
    for unit in tree.units().iter().skip(1) {
        match made.subject_of(unit.id) {
            Some(Subject::Unit(_)) => effect.alone += 1,
            Some(Subject::Pool(_)) => effect.together += 1,
            None => effect.inside += 1,
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
        let effect = |k| of(&structure, MinGroup::new(k).unwrap(), &[], DateTime::UNIX_EPOCH);
        let (small, large) = (effect(6).unwrap(), effect(12).unwrap());
        assert_eq!(small, Effect { alone: 3, together: 0, inside: 0 });
        assert_eq!((large.alone, large.alone + large.together + large.inside), (1, 3));
    }
}

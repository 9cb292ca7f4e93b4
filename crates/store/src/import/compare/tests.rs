use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;
use crate::{ImportRow, RoleKind};

/// A plan from `unit/parent: people` parts; the first part stands at the top.
fn plan(text: &str) -> ImportPlan {
    let mut rows = Vec::new();
    for part in text.split(';') {
        let (units, people) = part.split_once(':').unwrap_or((part, ""));
        let (unit, parent) = match units.split_once('/') {
            Some((unit, parent)) => (unit, Some(parent.parse().unwrap())),
            None => (units, None),
        };
        let unit: Name = unit.parse().unwrap();
        rows.push(ImportRow { unit: unit.clone(), parent, person: None });
        rows.extend(people.split_whitespace().map(|who| ImportRow {
            unit: unit.clone(),
            parent: None,
            person: Some((
                who.trim_end_matches('*').parse().unwrap(),
                format!("{}@example.org", who.trim_end_matches('*')).parse().unwrap(),
                if who.ends_with('*') { vec![RoleKind::Manager] } else { Vec::new() },
            )),
        }));
    }
    ImportPlan { rows }
}

fn ids() -> impl FnMut() -> Uuid {
    let mut next = 0;
    move || {
        next += 1;
        Uuid::from_u128(next)
    }
}

fn after(state: &State, plan: &ImportPlan, new_id: impl FnMut() -> Uuid) -> (State, ImportDiff) {
    let comparison = compare(state, plan, new_id).unwrap();
    let diff = comparison.diff();
    let units = comparison.units.into_iter().filter_map(|it| it.after).collect();
    let people = comparison
        .people
        .into_iter()
        .filter_map(|it| match it {
            Change { after: Some(after), .. } => Some(after),
            Change { before, .. } => {
                before.map(|it| CurrentPerson { unit: None, roles: BTreeSet::new(), ..it })
            }
        })
        .collect();
    (State { units, people }, diff)
}

fn words(names: &[Name]) -> String {
    names.iter().map(Name::as_str).collect::<Vec<_>>().join(" ")
}

fn moves(moved: &[Moved]) -> String {
    let name = |it: &Option<Name>| it.as_ref().map_or("-", |it| it.as_str()).to_owned();
    let all = moved.iter().map(|it| format!("{}:{}>{}", it.name, name(&it.from), name(&it.to)));
    all.collect::<Vec<_>>().join(" ")
}

fn renames(renamed: &[Renamed]) -> String {
    renamed.iter().map(|it| format!("{}>{}", it.from, it.to)).collect::<Vec<_>>().join(" ")
}

/// Imports the plans one after the other and says what the last one changes.
#[track_caller]
fn check(plans: &[&str], expected: &str) {
    let mut new_id = ids();
    let mut state = State::default();
    let mut last = ImportDiff::default();
    for text in plans {
        (state, last) = after(&state, &plan(text), &mut new_id);
    }
    let roles = last.role_changes.iter().map(|it| {
        let show = |roles: &[(RoleKind, Option<Name>)]| {
            let all = roles.iter().map(|(kind, unit)| {
                format!("{}@{}", kind.code(), unit.as_ref().map_or("", Name::as_str))
            });
            all.collect::<Vec<_>>().join(",")
        };
        format!("{}+{}-{}", it.person, show(&it.gained), show(&it.lost))
    });
    let roles = roles.collect::<Vec<_>>().join(" ");
    let parts = [
        ("units+", words(&last.added_units)),
        ("units-", words(&last.removed_units)),
        ("renamed", renames(&last.renamed_units)),
        ("moved", moves(&last.moved_units)),
        ("people+", words(&last.added_people)),
        ("people-", words(&last.left_people)),
        ("respelt", renames(&last.renamed_people)),
        ("changed", moves(&last.moved_people)),
        ("roles", roles),
    ];
    let said: Vec<String> = parts
        .iter()
        .filter(|(_, what)| !what.is_empty())
        .map(|(kind, what)| format!("{kind} {what}"))
        .collect();
    assert_eq!(said.join("; "), expected);
}

#[test]
fn the_same_again_changes_nothing() {
    check(&["N:a;E/N:b c*", "N:a;E/N:b c*"], "");
}

#[test]
fn another_order_of_siblings_changes_nothing() {
    check(&["N;E/N:b;F/N:c", "N;F/N:c;E/N:b"], "");
}

#[test]
fn people_come_go_and_move() {
    check(&["N;E/N:a b;F/N:c", "N;E/N:a d;F/N:b"], "people+ d; people- c; changed b:E>F");
}

#[test]
fn a_unit_with_most_of_its_people_is_renamed() {
    check(&["N;E/N:a b c", "N;G/N:a b d"], "renamed E>G; people+ d; people- c");
}

#[test]
fn half_of_the_people_are_not_enough_for_a_rename() {
    check(&["N;E/N:a b", "N;G/N:a c"], "units+ G; units- E; people+ c; people- b; changed a:E>G");
}

#[test]
fn a_unit_without_staff_is_known_by_its_sub_units() {
    check(&["N;D/N;E/D:a;F/D:b", "N;X/N;E/X:a;F/X:b"], "renamed D>X");
}

#[test]
fn the_top_can_be_renamed() {
    check(&["N:x;E/N:a;F/N:b", "M:x;E/M:a;F/M:b"], "renamed N>M");
}

#[test]
fn a_unit_moves_with_all_below_it() {
    check(&["N;D/N;E/N:a;F/E:b", "N;D/N;E/D:a;F/E:b"], "moved E:N>D");
}

#[test]
fn a_split_is_no_rename() {
    check(
        &["N;E/N:a b c d", "N;G/N:a b;H/N:c d"],
        "units+ G H; units- E; changed a:E>G b:E>G c:E>H d:E>H",
    );
}

#[test]
fn a_manager_of_a_renamed_unit_stays_manager() {
    check(&["N;E/N:a* b", "N;G/N:a* b"], "renamed E>G");
}

#[test]
fn roles_are_told_with_their_unit() {
    check(&["N;E/N:a* b;F/N:c", "N;E/N:a b*;F/N:c"], "roles a+-manager@E b+manager@E-");
}

#[test]
fn a_parent_without_a_row_stands_at_the_top() {
    check(&["E/N:a;F/N:b"], "units+ N E F; people+ a b");
}

#[test]
fn somebody_who_is_back_is_told_as_new() {
    check(&["N:a b", "N:a", "N:a b"], "people+ b");
}

#[test]
fn another_spelling_of_a_name_is_told() {
    let mut new_id = ids();
    let (state, _) = after(&State::default(), &plan("N:a"), &mut new_id);
    let mut respelt = plan("N:a");
    for row in &mut respelt.rows {
        if let Some((name, ..)) = &mut row.person {
            *name = "A Berg".parse().unwrap();
        }
    }
    let (next, diff) = after(&state, &respelt, new_id);
    assert_eq!(renames(&diff.renamed_people), "a>A Berg");
    assert_eq!(next.people[0].id, state.people[0].id);
}

#[test]
fn an_address_that_somebody_else_has_now_is_told_as_leaving_and_joining() {
    let mut new_id = ids();
    let (state, _) = after(&State::default(), &plan("N:a"), &mut new_id);
    let mut handed_on = plan("N:a");
    for row in &mut handed_on.rows {
        if let Some((name, ..)) = &mut row.person {
            *name = "Anton Vogt".parse().unwrap();
        }
    }
    let (next, diff) = after(&state, &handed_on, new_id);
    let said = (words(&diff.left_people), words(&diff.added_people));
    assert_eq!(said, ("a".to_owned(), "Anton Vogt".to_owned()));
    assert!(next.people.iter().all(|it| it.id != state.people[0].id || it.unit.is_none()));
}

prop_compose! {
    /// Up to five units below the top, and up to twelve people in them.
    fn any_plan()(
        parents in prop::collection::vec(0_usize..5, 0..5),
        names in Just(["A", "B", "C", "D", "E"]).prop_shuffle(),
        homes in prop::collection::vec(0_usize..6, 0..12),
    ) -> String {
        let name = |at: usize| if at == 0 { "N" } else { names[at - 1] };
        let mut parts: Vec<String> = vec!["N:".to_owned()];
        for (at, parent) in parents.iter().enumerate() {
            parts.push(format!("{}/{}:", name(at + 1), name(parent % (at + 1))));
        }
        for (who, home) in homes.iter().enumerate() {
            let part = home % parts.len();
            parts[part].push_str(&format!(" p{who}"));
        }
        parts.join(";")
    }
}

proptest! {
    #[test]
    fn after_an_import_the_plan_holds_and_nothing_is_left_to_do(
        plans in prop::collection::vec(any_plan(), 1..4),
    ) {
        let mut new_id = ids();
        let mut state = State::default();
        for text in &plans {
            let wanted = plan(text);
            let known: BTreeSet<PersonId> = state.people.iter().map(|it| it.id).collect();
            let (next, _) = after(&state, &wanted, &mut new_id);
            let staying: BTreeSet<PersonId> = next.people.iter().map(|it| it.id).collect();
            // Those who left before are not in the comparison, and are not forgotten by it.
            let long_gone = state.people.iter().filter(|it| !staying.contains(&it.id)).cloned();
            prop_assert!(long_gone.clone().all(|it| it.unit.is_none() && known.contains(&it.id)));
            let mut next = next;
            next.people.extend(long_gone);
            let (again, diff) = after(&next, &wanted, &mut new_id);
            prop_assert!(diff.is_empty(), "{diff:?}");
            prop_assert_eq!(&again.units, &next.units);
            let ids: BTreeSet<UnitId> = next.units.iter().map(|it| it.id).collect();
            prop_assert_eq!(ids.len(), next.units.len());
            let emails: BTreeSet<&EmailAddress> = next.people.iter().map(|it| &it.email).collect();
            prop_assert_eq!(emails.len(), next.people.len());
            state = next;
        }
    }
}

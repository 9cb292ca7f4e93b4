//! Rosters as they come in, month after month.

use super::*;
use crate::{Drastic, ImportCounts, ImportError, Moved, Renamed, StoreError};

fn tree_text(store: &Store, on: &str) -> String {
    let tree = store.units(day(on)).unwrap().unwrap();
    let lines = tree
        .units()
        .iter()
        .enumerate()
        .map(|(at, unit)| format!("{}{}", "  ".repeat(tree.depth(at)), unit.name));
    lines.collect::<Vec<_>>().join("\n")
}

fn staff_text(store: &Store, on: &str) -> String {
    let tree = store.units(day(on)).unwrap().unwrap();
    let staff = store.people_with_units(day(on)).unwrap();
    let lines = staff.iter().map(|(person, unit)| {
        let roles: Vec<&str> = person.roles.iter().map(|it| it.code()).collect();
        format!("{} {} {}", person.name, tree.get(*unit).unwrap().name, roles.join("+"))
    });
    lines.map(|it| it.trim_end().to_owned()).collect::<Vec<_>>().join("\n")
}

const JANUARY: &str = "Northside: hana hr admin
     East < Northside
     Elm < East: ann manager, bob, cem
     Oak < East: dora, eva";

#[test]
fn a_first_import_makes_everything() {
    for_each_database(|db| {
        let diff = db.store.import_diff(&plan(JANUARY), day(FIRST_DAY)).unwrap();
        assert_eq!(db.store.units(day(FIRST_DAY)).unwrap(), None, "a diff changes nothing");
        let counts = db.store.import(&plan(JANUARY), Actor::Program, noon(FIRST_DAY)).unwrap();
        assert_eq!(counts, diff.counts());
        let expected = ImportCounts {
            units_added: 4,
            people_added: 6,
            roles_changed: 2,
            ..Default::default()
        };
        assert_eq!(counts, expected);
        assert_eq!(tree_text(&db.store, FIRST_DAY), "Northside\n  East\n    Elm\n    Oak");
        assert_eq!(
            staff_text(&db.store, FIRST_DAY),
            "ann Elm manager\nbob Elm\ncem Elm\ndora Oak\neva Oak\nhana Northside admin+hr"
        );
        let again = db.store.import_diff(&plan(JANUARY), day("2026-02-01")).unwrap();
        assert!(again.is_empty(), "{again:?}");
        assert_eq!(db.store.units(day("2025-12-31")).unwrap(), None, "not before the first day");
    });
}

#[test]
fn a_later_import_keeps_the_past() {
    for_each_database(|db| {
        let store = &db.store;
        store.import(&plan(JANUARY), Actor::Program, noon(FIRST_DAY)).unwrap();
        let elm = unit_id(store, FIRST_DAY, "Elm");
        let bob = person(store, "bob").id;

        // Elm is called Lime and hangs below Northside; bob moves, eva leaves, fay comes.
        let february = "Northside: hana hr admin
             East < Northside
             Oak < East: dora, bob
             Lime < Northside: ann manager, cem, fay";
        let diff = store.import_diff(&plan(february), day("2026-02-01")).unwrap();
        assert_eq!(diff.renamed_units, [Renamed { from: name("Elm"), to: name("Lime") }]);
        let moved =
            Moved { name: name("Lime"), from: Some(name("East")), to: Some(name("Northside")) };
        assert_eq!(diff.moved_units, [moved]);
        let moved = Moved { name: name("bob"), from: Some(name("Elm")), to: Some(name("Oak")) };
        assert_eq!(diff.moved_people, [moved]);
        assert_eq!((diff.added_people, diff.left_people), (vec![name("fay")], vec![name("eva")]));
        assert!(diff.added_units.is_empty() && diff.removed_units.is_empty());
        assert!(diff.role_changes.is_empty(), "ann manages the same unit: {:?}", diff.role_changes);

        store.import(&plan(february), Actor::Program, noon("2026-02-01")).unwrap();
        assert_eq!(tree_text(store, "2026-02-01"), "Northside\n  East\n    Oak\n  Lime");
        assert_eq!(tree_text(store, "2026-01-31"), "Northside\n  East\n    Elm\n    Oak");
        assert_eq!(unit_id(store, "2026-02-01", "Lime"), elm, "a rename keeps the unit");
        assert_eq!(person(store, "bob").id, bob);
        assert!(staff_text(store, "2026-01-31").contains("eva Oak"));
        assert_eq!(
            staff_text(store, "2026-02-01"),
            "ann Lime manager\nbob Oak\ncem Lime\ndora Oak\nfay Lime\nhana Northside admin+hr"
        );
    });
}

#[test]
fn two_imports_on_one_day_leave_the_second() {
    for_each_database(|db| {
        let store = &db.store;
        store.import(&plan(JANUARY), Actor::Program, noon(FIRST_DAY)).unwrap();
        store
            .import(
                &plan("Northside: hana\nElm < Northside: ann, bob"),
                Actor::Program,
                noon(FIRST_DAY),
            )
            .unwrap();
        assert_eq!(tree_text(store, FIRST_DAY), "Northside\n  Elm");
        assert_eq!(staff_text(store, FIRST_DAY), "ann Elm\nbob Elm\nhana Northside");
        store.import(&plan(JANUARY), Actor::Program, noon(FIRST_DAY)).unwrap();
        assert_eq!(tree_text(store, FIRST_DAY), "Northside\n  East\n    Elm\n    Oak");
    });
}

#[test]
fn somebody_who_comes_back_is_the_same_person() {
    for_each_database(|db| {
        let store = &db.store;
        store.import(&plan("Northside: ann, bob"), Actor::Program, noon(FIRST_DAY)).unwrap();
        let bob = person(store, "bob").id;
        store.import(&plan("Northside: ann"), Actor::Program, noon("2026-02-01")).unwrap();
        let diff = store.import_diff(&plan("Northside: ann, bob"), day("2026-03-01")).unwrap();
        assert_eq!(diff.added_people, [name("bob")]);
        store.import(&plan("Northside: ann, bob"), Actor::Program, noon("2026-03-01")).unwrap();
        assert_eq!(person(store, "bob").id, bob);
        assert_eq!(staff_text(store, "2026-02-15"), "ann Northside");
    });
}

#[test]
fn names_may_be_handed_on() {
    for_each_database(|db| {
        let store = &db.store;
        store
            .import(&plan("N\nA < N: ann, bob\nB < N: cem, dora"), Actor::Program, noon(FIRST_DAY))
            .unwrap();
        let a = unit_id(store, FIRST_DAY, "A");
        store
            .import(
                &plan("N\nA < N: cem, dora\nC < N: ann, bob"),
                Actor::Program,
                noon("2026-02-01"),
            )
            .unwrap();
        // A name that stays means the unit that had it; the people have moved.
        assert_eq!(unit_id(store, "2026-02-01", "A"), a);
        assert_eq!(staff_text(store, "2026-02-01"), "ann C\nbob C\ncem A\ndora A",);
    });
}

#[test]
fn a_bad_roster_changes_nothing() {
    for_each_database(|db| {
        let store = &db.store;
        store.import(&plan(JANUARY), Actor::Program, noon("2026-01-10")).unwrap();
        let before = (tree_text(store, "2026-01-10"), staff_text(store, "2026-01-10"));
        let refused =
            |lines: &str, on: &str| match store.import(&plan(lines), Actor::Program, noon(on)) {
                Err(StoreError::Import(error)) => error,
                other => panic!("{other:?}"),
            };
        assert!(matches!(refused("A\nB", "2026-01-10"), ImportError::Tree(_)));
        assert!(matches!(refused("A < B\nB < A", "2026-01-10"), ImportError::Tree(_)));
        assert!(matches!(refused("", "2026-01-10"), ImportError::Tree(_)));
        assert!(matches!(
            refused("A\nB < A\nC < A\nD < B\nD < C", "2026-01-10"),
            ImportError::TwoParents { .. }
        ));
        let twice = refused("A: ann\nB < A: ann", "2026-01-10");
        assert!(matches!(twice, ImportError::TwoUnits { rows: (1, 3), .. }), "{twice:?}");
        assert!(!twice.to_string().contains('@'));
        assert_eq!(refused(JANUARY, "2026-01-09"), ImportError::TooEarly(day("2026-01-10")));
        assert_eq!((tree_text(store, "2026-01-10"), staff_text(store, "2026-01-10")), before);
    });
}

#[test]
fn roles_follow_the_file() {
    for_each_database(|db| {
        let store = &db.store;
        store
            .import(
                &plan("N: ann hr, bob privacy\nA < N: cem manager"),
                Actor::Program,
                noon(FIRST_DAY),
            )
            .unwrap();
        let holders = |kind: RoleKind| -> Vec<String> {
            let people = store.people_with_role(kind).unwrap();
            people.iter().map(|it| it.name.to_string()).collect()
        };
        assert_eq!(holders(RoleKind::Hr), ["ann"]);
        assert_eq!(holders(RoleKind::Manager), ["cem"]);
        assert_eq!(holders(RoleKind::Staff), [""; 0]);
        store
            .import(&plan("N: ann, bob hr privacy\nA < N: cem"), Actor::Program, noon(FIRST_DAY))
            .unwrap();
        assert_eq!(holders(RoleKind::Hr), ["bob"]);
        assert_eq!(holders(RoleKind::PrivacyOfficer), ["bob"]);
        assert_eq!(holders(RoleKind::Manager), [""; 0]);
        assert_eq!(person(store, "bob").roles.len(), 2);
        assert_eq!(store.person(person(store, "ann").id).unwrap().unwrap().roles, []);
    });
}

#[test]
fn what_ends_much_needs_a_word() {
    for_each_database(|db| {
        let store = &db.store;
        store.import(&plan(JANUARY), Actor::Program, noon(FIRST_DAY)).unwrap();
        let refused = |lines: &str| {
            let diff = store.import_diff(&plan(lines), day("2026-02-01")).unwrap();
            match store.import_unless_drastic(&plan(lines), Actor::Program, noon("2026-02-01")) {
                Err(StoreError::Import(ImportError::Drastic(it))) => {
                    assert_eq!(diff.drastic, Some(it));
                    it
                }
                other => panic!("{other:?}"),
            }
        };
        let before = staff_text(store, "2026-02-01");
        let partial = "Northside: hana hr admin\nEast < Northside\nElm < East: ann manager";
        let expected = Drastic { people: 6, leaving: 4, administrators: false };
        assert_eq!(refused(partial), expected);
        let nobody = JANUARY.replace("hana hr admin", "hana hr");
        let expected = Drastic { people: 6, leaving: 0, administrators: true };
        assert_eq!(refused(&nobody), expected);
        assert_eq!(staff_text(store, "2026-02-01"), before, "nothing was changed");

        let more = JANUARY.replace("bob, cem", "bob, cem, fay");
        let diff = store.import_diff(&plan(&more), day("2026-02-01")).unwrap();
        assert_eq!(diff.drastic, None);
        store.import_unless_drastic(&plan(&more), Actor::Program, noon("2026-02-01")).unwrap();
        store.import(&plan(partial), Actor::Program, noon("2026-02-02")).unwrap();
        assert_eq!(store.people_with_units(day("2026-02-02")).unwrap().len(), 2);
    });
}

#[test]
fn a_tenth_of_the_people_may_leave() {
    for_each_database(|db| {
        let people: Vec<String> = (0..9).map(|it| format!("p{it}")).collect();
        let all = format!("N: ann admin, {}", people.join(", "));
        db.store.import(&plan(&all), Actor::Program, noon(FIRST_DAY)).unwrap();
        let drastic = |lines: String| {
            db.store.import_diff(&plan(&lines), day("2026-02-01")).unwrap().drastic.is_some()
        };
        assert!(!drastic(format!("N: ann admin, {}", people[1..].join(", "))));
        assert!(drastic(format!("N: ann admin, {}", people[2..].join(", "))));
    });
}

#[test]
fn what_headings_mean_is_kept() {
    for_each_database(|db| {
        let said = [("kostenstelle".to_owned(), "unit".to_owned())];
        db.store.remember_headings(said.iter().cloned()).unwrap();
        let more = [("kostenstelle", "ignore"), ("bereich", "parent")];
        let more = more.map(|(heading, meaning)| (heading.to_owned(), meaning.to_owned()));
        db.store.remember_headings(more.iter().cloned()).unwrap();
        let kept: Vec<_> = db.store.roster_headings().unwrap().into_iter().collect();
        let expected = [("bereich", "parent"), ("kostenstelle", "ignore")];
        assert_eq!(kept, expected.map(|(it, meaning)| (it.to_owned(), meaning.to_owned())));
    });
}

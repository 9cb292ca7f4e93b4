//! Setting up: one wins, and nobody once anybody is there.

use super::{race::at_once, *};
use crate::{FirstSetUp, Organisation, SupportContact};
use tideline_domain::day::utc_day;

const NOW: &str = "2026-01-05T08:00:00Z";

fn first(who: &str) -> FirstSetUp {
    FirstSetUp {
        organisation: Organisation { name: name(who), time_zone: "Europe/Berlin".to_owned() },
        contacts: vec![SupportContact {
            title: name(who),
            phone: Some("112".to_owned()),
            link: None,
            note: String::new(),
            checked: day(FIRST_DAY),
            country: None,
        }],
        name: name(who),
        email: format!("{who}@example.org").parse().unwrap(),
        password_hash: format!("$argon2id${who}"),
    }
}

/// Everything that a set-up writes, as one text.
fn everything(store: &Store) -> String {
    let on = utc_day(at(NOW));
    let people = store.people_with_units(on).unwrap();
    let hashes: Vec<_> = people.iter().map(|it| store.password_hash(it.0.id).unwrap()).collect();
    format!(
        "{:?} {:?} {:?} {people:?} {hashes:?} {:?}",
        store.organisation().unwrap(),
        store.support_contacts().unwrap(),
        store.units(on).unwrap(),
        store.audit_log().unwrap(),
    )
}

#[test]
fn the_first_person_administers_and_oversees() {
    for_each_database(|db| {
        assert!(db.store.awaits_set_up().unwrap());
        let ada = db.store.set_up(&first("ada"), at(NOW)).unwrap().unwrap();
        let person = person(&db.store, "ada");
        assert_eq!(person.id, ada);
        assert_eq!(
            person.roles.iter().map(|it| it.code()).collect::<Vec<_>>(),
            ["admin", "privacy"]
        );
        assert_eq!(db.store.password_hash(ada).unwrap().as_deref(), Some("$argon2id$ada"));
        assert!(!db.store.awaits_set_up().unwrap());
    });
}

#[test]
fn units_that_are_there_already_stay() {
    for_each_database(|db| {
        db.store
            .import(&plan("Northside\nElm < Northside\n"), Actor::Program, noon(FIRST_DAY))
            .unwrap();
        assert!(db.store.awaits_set_up().unwrap(), "units are nobody");
        let elm = unit_id(&db.store, "2026-01-05", "Elm");
        db.store.set_up(&first("ada"), at(NOW)).unwrap().unwrap();
        assert_eq!(unit_id(&db.store, "2026-01-05", "Elm"), elm);
        assert_eq!(
            db.store.units(day("2026-01-05")).unwrap().unwrap().root().name,
            name("Northside")
        );
    });
}

#[test]
fn attack_90_set_up_once_somebody_is_or_was_there() {
    for_each_database(|db| {
        db.store.import(&northside(), Actor::Program, noon(FIRST_DAY)).unwrap();
        let before = everything(&db.store);
        assert_eq!(db.store.set_up(&first("eve"), at(NOW)).unwrap(), None);
        assert_eq!(everything(&db.store), before, "whole or not at all");

        db.store.import(&plan("Northside\n"), Actor::Program, noon("2026-01-02")).unwrap();
        assert!(db.store.people_with_units(day("2026-01-05")).unwrap().is_empty(), "all have left");
        assert!(!db.store.awaits_set_up().unwrap());
        assert_eq!(db.store.set_up(&first("eve"), at(NOW)).unwrap(), None);
    });
}

#[test]
fn attack_90_several_set_ups_at_once() {
    for_each_database(|db| {
        let who = ["ada", "bea", "cleo", "dora", "eve", "fay"];
        let outcomes = at_once(db, who.len(), |store, at| {
            store.set_up(&first(who[at]), super::at(NOW)).unwrap()
        });
        assert_eq!(outcomes.iter().flatten().count(), 1, "{outcomes:?}");
        let people = db.store.people_with_units(utc_day(at(NOW))).unwrap();
        let [(winner, _)] = people.as_slice() else { panic!("{people:?}") };
        let store = &db.store;
        assert_eq!(store.organisation().unwrap().unwrap().name, winner.name);
        assert_eq!(store.support_contacts().unwrap()[0].title, winner.name);
        assert!(store.password_hash(winner.id).unwrap().unwrap().ends_with(winner.name.as_str()));
    });
}

#[test]
fn attack_90_a_set_up_while_a_roster_comes_in() {
    for_each_database(|db| {
        at_once(db, 4, |store, at| {
            if at == 0 {
                store.import(&northside(), Actor::Program, super::at(NOW)).unwrap();
            } else {
                store.set_up(&first("eve"), super::at(NOW)).unwrap();
            }
        });
        // Before it, the roster has put out whoever set up; after it, there was no set-up.
        let hana = person(&db.store, "hana");
        assert!(hana.roles.iter().any(|it| it.code() == "admin"));
        let eve = db.store.person_by_email(&"eve@example.org".parse().unwrap()).unwrap();
        assert_eq!(eve, None);
    });
}

//! What finds a check-in again.

use std::collections::BTreeSet;

use super::*;
use crate::{MOST_SEALED, ROSTER_IMPORTED, Recovery, SEALED_LEN, StoreError};

fn with(copies: &[u8]) -> Recovery {
    Recovery { root: [7; 16], copies: copies.iter().map(|it| [*it; SEALED_LEN]).collect() }
}

/// Keeps `after` under a name, whatever was there.
fn keep(db: &Database, holder: u8, after: Option<Recovery>) -> Result<(), StoreError> {
    db.store.change_recovery(&[holder; 32], |_| Ok::<_, ()>(after)).map(Result::unwrap)
}

#[test]
fn copies_are_kept_in_their_order_and_taken_away() {
    for_each_database(|db| {
        assert_eq!(db.store.recovery_of(&[1; 32]).unwrap(), None);
        keep(db, 1, Some(with(&[3, 1, 2]))).unwrap();
        keep(db, 2, Some(with(&[9]))).unwrap();
        assert_eq!(db.store.recovery_of(&[1; 32]).unwrap(), Some(with(&[3, 1, 2])));
        keep(db, 1, None).unwrap();
        assert_eq!(db.store.recovery_of(&[1; 32]).unwrap(), None);
        assert_eq!(db.store.recovery_of(&[2; 32]).unwrap(), Some(with(&[9])));
    });
}

#[test]
fn a_change_is_decided_on_what_is_there_and_a_refusal_changes_nothing() {
    for_each_database(|db| {
        keep(db, 1, Some(with(&[1]))).unwrap();
        let refused = db.store.change_recovery(&[1; 32], |before| {
            assert_eq!(before, Some(with(&[1])));
            Err("no")
        });
        assert_eq!(refused.unwrap(), Err("no"));
        assert_eq!(db.store.recovery_of(&[1; 32]).unwrap(), Some(with(&[1])));
    });
}

/// The schema holds, too, what the program decides.
#[test]
fn neither_none_nor_too_many_copies_can_be_kept() {
    for_each_database(|db| {
        keep(db, 1, Some(with(&[1; MOST_SEALED]))).unwrap();
        assert!(keep(db, 2, Some(with(&[1; MOST_SEALED + 1]))).is_err());
        assert!(keep(db, 3, Some(with(&[]))).is_err());
        let there = db.store.recovery_holders().unwrap();
        assert_eq!(there, BTreeSet::from([[1; 32]]));
    });
}

#[test]
fn what_is_forgotten_is_gone_and_nothing_else() {
    for_each_database(|db| {
        (1..=3).for_each(|it| keep(db, it, Some(with(&[it]))).unwrap());
        db.store.forget_recoveries(&[[1; 32], [3; 32], [8; 32]]).unwrap();
        assert_eq!(db.store.recovery_holders().unwrap(), BTreeSet::from([[2; 32]]));
    });
}

/// Attack 154, the part in the database: there is no column for a person or a time.
#[test]
fn the_table_names_nobody_and_has_no_time() {
    for_each_database(|db| {
        keep(db, 1, Some(with(&[1]))).unwrap();
        let others = if db.is_sqlite() {
            "SELECT count(*) AS number FROM pragma_table_info('recoveries')
             WHERE name NOT IN ('holder', 'root', 'copies')"
        } else {
            "SELECT count(*)::int AS number FROM information_schema.columns
             WHERE table_schema = current_schema() AND table_name = 'recoveries'
               AND column_name NOT IN ('holder', 'root', 'copies')"
        };
        assert_eq!(db.numbers(others), [0]);
    });
}

/// Only a roster that was imported makes anybody leave, and no clock does.
#[test]
fn who_left_is_told_by_the_roster_and_not_by_the_day() {
    for_each_database(|db| {
        assert_eq!(db.store.newest_entry(ROSTER_IMPORTED).unwrap(), None);
        db.store.import(&plan("Northside: ann, bob"), Actor::Program, noon(FIRST_DAY)).unwrap();
        let first = db.store.newest_entry(ROSTER_IMPORTED).unwrap();
        let (ann, bob) = (person(&db.store, "ann").id, person(&db.store, "bob").id);
        assert_eq!(db.store.people_who_left().unwrap(), []);
        db.store.import(&plan("Northside: bob"), Actor::Program, noon("2026-02-02")).unwrap();
        assert_eq!(db.store.people_who_left().unwrap(), [ann]);
        assert_eq!(db.store.people_who_belong().unwrap(), [bob]);
        assert!(db.store.newest_entry(ROSTER_IMPORTED).unwrap() > first);
        if db.is_sqlite() {
            let plan = db.plan_of("SELECT max(seq) FROM audit_log WHERE action = 'roster.import'");
            assert!(plan.contains("audit_log_looks (action=?)"), "{plan}");
        }
    });
}

//! Announcing waves, and who took a token.

use super::*;
use crate::{Issue, IssueRecord, StoreError};

#[test]
fn a_wave_is_kept_as_announced() {
    for_each_database(|db| {
        let store = &db.store;
        let roster = with_wave(store);
        // What happens afterwards does not reach the frozen roster.
        store.import(&plan("Northside: hana"), Actor::Program, noon("2026-02-02")).unwrap();

        let record = store.wave(WaveSeq(1)).unwrap();
        assert_eq!(record.wave, wave(1));
        assert_eq!(record.manifest, b"manifest 1");
        assert_eq!(record.manifest_hash[..4], [0xf8, 0x9f, 0x2c, 0x93], "SHA-256");
        assert!(!record.released);
        assert_eq!(store.waves().unwrap(), [record]);
        assert_eq!(store.frozen_tree(WaveSeq(1)).unwrap(), roster.tree);
        assert_eq!(store.cohorts(WaveSeq(1)).unwrap(), roster.cohorts);
        for place in &roster.placements {
            let kept = store.placement(WaveSeq(1), place.person).unwrap();
            assert_eq!(kept, Some((place.unit, place.cohort.clone())));
        }
    });
}

#[test]
fn the_newest_tree_is_that_of_the_newest_wave() {
    for_each_database(|db| {
        let store = &db.store;
        assert_eq!(store.newest_tree().unwrap(), None);
        let first = with_wave(store).tree;
        assert_eq!(*store.newest_tree().unwrap().unwrap(), first);
        store.import(&plan("Southside: hana"), Actor::Program, noon("2026-02-20")).unwrap();
        assert_eq!(*store.newest_tree().unwrap().unwrap(), first);
        let second = announce(store, 2).tree;
        assert_ne!(second, first);
        assert_eq!(*store.newest_tree().unwrap().unwrap(), second);
    });
}

#[test]
fn small_units_share_a_cohort() {
    for_each_database(|db| {
        let roster = with_wave(&db.store);
        let cohorts = db.store.cohorts(WaveSeq(1)).unwrap();
        assert!(cohorts.iter().all(|it| it.eligible >= 8), "{cohorts:?}");
        assert!(cohorts.len() > 1 && cohorts.iter().any(|it| it.units.len() > 1));
        assert_eq!(cohorts.iter().map(|it| it.eligible).sum::<u32>(), roster.eligible());
    });
}

#[test]
fn a_cohort_that_is_too_small_is_refused() {
    for_each_database(|db| {
        let store = &db.store;
        store.import(&northside(), Actor::Program, noon(FIRST_DAY)).unwrap();
        let tree = store.units(day(FIRST_DAY)).unwrap().unwrap();
        let people = store.people_with_units(day(FIRST_DAY)).unwrap();
        let mut roster = Roster::freeze(tree, &people);
        roster.cohorts[0].eligible = 7;
        let refused = store.announce_wave(&wave(1), &roster, b"m", None);
        assert!(matches!(refused, Err(StoreError::SmallCohort { eligible: 7, .. })));
        assert!(store.waves().unwrap().is_empty());
    });
}

#[test]
fn an_announcement_is_whole_or_nothing() {
    for_each_database(|db| {
        let store = &db.store;
        let mut roster = with_wave(store);
        assert!(store.announce_wave(&wave(1), &roster, b"m", None).is_err(), "the number is taken");
        let renumbered = Wave { seq: WaveSeq(2), ..wave(1) };
        assert!(
            store.announce_wave(&renumbered, &roster, b"m", None).is_err(),
            "the label is taken"
        );
        roster.placements[3].cohort = "nowhere".parse().unwrap();
        assert!(store.announce_wave(&wave(2), &roster, b"m", None).is_err(), "no such cohort");
        assert_eq!(store.waves().unwrap().len(), 1);
        assert!(matches!(store.wave(WaveSeq(2)), Err(StoreError::NoSuchWave(WaveSeq(2)))));
        assert!(matches!(store.frozen_tree(WaveSeq(2)), Err(StoreError::NoSuchWave(_))));
        assert!(matches!(store.cohorts(WaveSeq(2)), Err(StoreError::NoSuchWave(_))));
    });
}

#[test]
fn one_person_gets_one_token() {
    for_each_database(|db| {
        let store = &db.store;
        with_wave(store);
        let (ann, bob) = (person(store, "elm0").id, person(store, "elm1").id);
        let now = wave(1).window.opens();
        let issue = |who, element: u8| {
            store.record_issue(WaveSeq(1), who, &holder(who), &[element; 32], 7, now).unwrap()
        };
        assert_eq!(issue(ann, 1), IssueRecord::New);
        assert_eq!(issue(ann, 1), IssueRecord::Same, "asking again is harmless");
        assert_eq!(issue(ann, 2), IssueRecord::Other);
        assert_eq!(issue(ann, 1), IssueRecord::Same);
        let issue_of = |who| store.issue_of(WaveSeq(1), who, &holder(who)).unwrap();
        assert_eq!(issue_of(ann), Some(Issue { blinded: [1; 32], device: Some(7) }));
        assert_eq!(issue_of(bob), None);
        assert_eq!(issue(bob, 1), IssueRecord::New);
        assert_eq!(store.issued_count(WaveSeq(1)).unwrap(), 2);
    });
}

#[test]
fn tokens_are_for_the_roster_and_in_time() {
    for_each_database(|db| {
        let store = &db.store;
        with_wave(store);
        let newcomers = plan("Northside: hana\nElm < Northside: late");
        store.import(&newcomers, Actor::Program, noon("2026-02-03")).unwrap();
        let late = person(store, "late").id;
        let hana = person(store, "hana").id;
        let window = wave(1).window;
        let issue =
            |seq, who, now| store.record_issue(WaveSeq(seq), who, &holder(who), &[1; 32], 7, now);
        assert!(matches!(issue(1, late, window.opens()), Err(StoreError::NotInRoster(_))));
        assert!(matches!(issue(2, hana, window.opens()), Err(StoreError::NoSuchWave(_))));
        let early = window.pickup_from() - TimeDelta::seconds(1);
        assert!(matches!(issue(1, hana, early), Err(StoreError::NotPickUp(_))));
        assert!(matches!(issue(1, hana, window.closes()), Err(StoreError::NotPickUp(_))));
        assert_eq!(issue(1, hana, window.pickup_from()).unwrap(), IssueRecord::New);
        assert_eq!(store.placement(WaveSeq(1), late).unwrap(), None);
        assert_eq!(store.issued_count(WaveSeq(1)).unwrap(), 1);
    });
}

/// A wave that was running before pick-ups had names of their own: nobody gets a second token in it.
#[test]
fn a_pick_up_from_before_still_counts() {
    for_each_database(|db| {
        with_wave(&db.store);
        let (ann, bob) = (person(&db.store, "elm0").id, person(&db.store, "elm1").id);
        let blinded = if db.is_sqlite() { "x'" } else { "'\\x" }.to_owned() + &"01".repeat(32);
        db.sql(&format!("INSERT INTO issuance VALUES (1, '{ann}', {blinded}')")).unwrap();
        let now = wave(1).window.opens();
        let issue = |who, element: u8| {
            db.store.record_issue(WaveSeq(1), who, &holder(who), &[element; 32], 7, now).unwrap()
        };
        assert_eq!(issue(ann, 1), IssueRecord::Same);
        assert_eq!(issue(ann, 2), IssueRecord::Other);
        assert_eq!(issue(bob, 2), IssueRecord::New);
        assert_eq!(db.store.issued_count(WaveSeq(1)).unwrap(), 2);
    });
}

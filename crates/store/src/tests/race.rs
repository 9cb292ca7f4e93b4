//! Two at once: exactly one wins.

use std::{
    sync::{Barrier, Mutex},
    thread,
};

use super::*;
use crate::{AuditEntry, IssueRecord, NewDelivery, Publish};

/// Runs `work` in `threads` threads at once, each with a connection of its own.
pub(super) fn at_once<T: Send>(
    db: &Database,
    threads: usize,
    work: impl Fn(&Store, usize) -> T + Sync,
) -> Vec<T> {
    let start = Barrier::new(threads);
    let results = Mutex::new(Vec::new());
    thread::scope(|scope| {
        for at in 0..threads {
            let (start, results, work) = (&start, &results, &work);
            let store = Store::open(&db.url).unwrap();
            scope.spawn(move || {
                start.wait();
                let result = work(&store, at);
                results.lock().unwrap().push(result);
            });
        }
    });
    results.into_inner().unwrap()
}

#[test]
fn one_of_two_releases_is_published() {
    for_each_database(|db| {
        let roster = with_wave(&db.store);
        let release = release(1, &roster);
        let hana = NewDelivery::monthly_report(
            WaveSeq(1),
            person(&db.store, "hana").id,
            wave(1).window.closes(),
        );
        let outcomes = at_once(db, 4, |store, _| store.publish(&release, 0, &[hana]).unwrap());
        let published = outcomes.iter().filter(|it| **it == Publish::Published).count();
        assert_eq!((published, outcomes.len()), (1, 4));
        assert_eq!(db.store.releases().unwrap(), [release]);
        assert_eq!(db.store.deliveries(WaveSeq(1)).unwrap().len(), 1);
    });
}

#[test]
fn one_of_two_elements_gets_a_token() {
    for_each_database(|db| {
        with_wave(&db.store);
        let now = wave(1).window.opens();
        for who in ["elm0", "elm1", "oak0", "oak1"] {
            let who = person(&db.store, who).id;
            let mut outcomes = at_once(db, 4, |store, at| {
                let element = [u8::try_from(at).unwrap(); 32];
                store.record_issue(WaveSeq(1), who, &holder(who), &element, 7, now).unwrap()
            });
            outcomes.sort_by_key(|it| *it != IssueRecord::New);
            let expected =
                [IssueRecord::New, IssueRecord::Other, IssueRecord::Other, IssueRecord::Other];
            assert_eq!(outcomes, expected);
        }
        assert_eq!(db.store.issued_count(WaveSeq(1)).unwrap(), 4);
    });
}

#[test]
fn a_sign_in_link_lets_one_in() {
    for_each_database(|db| {
        db.store.import(&plan("Northside: ann"), Actor::Program, noon(FIRST_DAY)).unwrap();
        let ann = person(&db.store, "ann").id;
        let now = at("2026-01-05T08:00:00Z");
        db.store.add_sign_in_code(&[1; 32], ann, now + TimeDelta::hours(1)).unwrap();
        let taken = at_once(db, 4, |store, _| store.take_sign_in_code(&[1; 32], now).unwrap());
        assert_eq!(taken.into_iter().flatten().collect::<Vec<_>>(), [ann]);
    });
}

#[test]
fn a_delivery_has_one_taker() {
    for_each_database(|db| {
        let roster = with_wave(&db.store);
        let hana = NewDelivery::monthly_report(
            WaveSeq(1),
            person(&db.store, "hana").id,
            wave(1).window.closes(),
        );
        db.store.publish(&release(1, &roster), 0, &[hana]).unwrap();
        let now = wave(1).window.closes();
        let lease = TimeDelta::minutes(1);
        let taken = at_once(db, 4, |store, _| store.claim_delivery(now, lease).unwrap());
        assert_eq!(taken.iter().flatten().count(), 1);
    });
}

#[test]
fn the_audit_log_stays_one_chain() {
    for_each_database(|db| {
        at_once(db, 4, |store, at| {
            for _ in 0..5 {
                let now = super::at("2026-01-05T08:00:00Z");
                let entry = AuditEntry::new(Actor::Program, "test", format!("thread {at}"), now);
                store.append_audit(&entry).unwrap();
            }
        });
        assert_eq!(db.store.audit_log().unwrap().len(), 20);
        assert_eq!(db.store.verify_audit_log(noon(FIRST_DAY)).unwrap().broken, None);
    });
}

#[test]
fn one_of_two_imports_comes_first() {
    for_each_database(|db| {
        let counts = at_once(db, 2, |store, _| {
            store.import(&northside(), Actor::Program, noon(FIRST_DAY)).unwrap()
        });
        let added: Vec<usize> = counts.iter().map(|it| it.people_added).collect();
        let all = db.store.people_with_units(day(FIRST_DAY)).unwrap().len();
        assert!(added == [all, 0] || added == [0, all], "{added:?}");
    });
}

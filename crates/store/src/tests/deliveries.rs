//! Deliveries: one at a time, again after a failure, never two at once.

use super::*;
use crate::{DeliveryState, NewDelivery};

const LEASE: TimeDelta = TimeDelta::minutes(5);

fn published(db: &Database) -> DateTime<Utc> {
    let store = &db.store;
    let roster = with_wave(store);
    let to = ["hana", "elm0"].map(|it| NewDelivery::monthly_report(person(store, it).id));
    store.publish(&release(1, &roster), 0, &to).unwrap();
    wave(1).window.closes()
}

#[test]
fn each_delivery_is_taken_once() {
    for_each_database(|db| {
        let now = published(db);
        let claim = || db.store.claim_delivery(now, LEASE).unwrap();
        let (first, second) = (claim().unwrap(), claim().unwrap());
        assert_ne!(first.recipient, second.recipient);
        assert_eq!((first.attempt, first.wave), (1, WaveSeq(1)));
        assert_eq!(claim(), None);
        db.store.delivery_sent(first.id, now).unwrap();
        db.store.delivery_sent(second.id, now).unwrap();
        let all = db.store.deliveries(WaveSeq(1)).unwrap();
        assert!(all.iter().all(|it| it.state == DeliveryState::Sent && it.sent_at == Some(now)));
        assert_eq!(db.store.claim_delivery(now + LEASE * 9, LEASE).unwrap(), None);
    });
}

#[test]
fn a_lease_that_ran_out_is_free_again() {
    for_each_database(|db| {
        let now = published(db);
        let first = db.store.claim_delivery(now, LEASE).unwrap().unwrap();
        let second = db.store.claim_delivery(now, LEASE).unwrap().unwrap();
        db.store.delivery_sent(second.id, now).unwrap();
        let early = now + LEASE - TimeDelta::seconds(1);
        assert_eq!(db.store.claim_delivery(early, LEASE).unwrap(), None);
        let again = db.store.claim_delivery(now + LEASE, LEASE).unwrap().unwrap();
        assert_eq!((again.id, again.attempt), (first.id, 2));
    });
}

#[test]
fn a_failure_waits_and_then_gives_up() {
    for_each_database(|db| {
        let now = published(db);
        let first = db.store.claim_delivery(now, LEASE).unwrap().unwrap();
        let second = db.store.claim_delivery(now, LEASE).unwrap().unwrap();
        db.store.delivery_failed(second.id, None, "no").unwrap();
        let later = now + TimeDelta::hours(1);
        db.store.delivery_failed(first.id, Some(later), "550 <hana@example.org> is full").unwrap();

        assert_eq!(db.store.claim_delivery(now + LEASE, LEASE).unwrap(), None, "not yet");
        let again = db.store.claim_delivery(later, LEASE).unwrap().unwrap();
        assert_eq!((again.id, again.attempt), (first.id, 2));
        assert_eq!(
            db.store.claim_delivery(later + LEASE * 9, LEASE).unwrap().unwrap().id,
            first.id
        );
        let all = db.store.deliveries(WaveSeq(1)).unwrap();
        let of = |id| all.iter().find(|it| it.id == id).unwrap();
        assert_eq!(of(second.id).state, DeliveryState::Failed);
        assert_eq!(of(first.id).reason.as_deref(), Some("550 … is full"));
    });
}

#[test]
fn a_late_failure_does_not_undo_a_success() {
    for_each_database(|db| {
        let now = published(db);
        let mail = db.store.claim_delivery(now, LEASE).unwrap().unwrap();
        db.store.delivery_sent(mail.id, now).unwrap();
        db.store.delivery_failed(mail.id, Some(now), "timed out").unwrap();
        let all = db.store.deliveries(WaveSeq(1)).unwrap();
        let kept = all.iter().find(|it| it.id == mail.id).unwrap();
        assert_eq!((kept.state, kept.retry_at), (DeliveryState::Sent, None));
    });
}

#[test]
fn who_has_left_gets_no_mail() {
    for_each_database(|db| {
        let now = published(db);
        db.store.import(&plan("Northside: elm0"), day("2026-06-01")).unwrap();
        let mail = db.store.claim_delivery(now, LEASE).unwrap().unwrap();
        assert_eq!(mail.recipient, person(&db.store, "elm0").id);
        assert_eq!(db.store.claim_delivery(now, LEASE).unwrap(), None);
    });
}

//! Notices to other programs: each once, again after a failure, never two at once.

use super::*;
use crate::{Notice, NoticeEvent};

const LEASE: TimeDelta = TimeDelta::minutes(10);

fn queued(db: &Database) -> DateTime<Utc> {
    with_wave(&db.store);
    for hook in ["desk", "rota"] {
        for _ in 0..2 {
            db.store.queue_notice(NoticeEvent::WaveOpened, WaveSeq(1), hook).unwrap();
        }
    }
    wave(1).window.opens()
}

fn claim(db: &Database, now: DateTime<Utc>) -> Option<Notice> {
    db.store.claim_notice(now, LEASE).unwrap()
}

#[test]
fn each_notice_is_taken_and_sent_once() {
    for_each_database(|db| {
        let now = queued(db);
        let (first, second) = (claim(db, now).unwrap(), claim(db, now).unwrap());
        assert_eq!((first.hook.as_str(), second.hook.as_str()), ("desk", "rota"));
        assert_eq!((claim(db, now), first.attempt), (None, 1));
        db.store.notice_sent(&first).unwrap();
        db.store.notice_sent(&second).unwrap();
        assert_eq!(claim(db, now + LEASE * 9), None);
        assert_eq!(db.store.notices_unsent().unwrap(), (0, 0));
    });
}

#[test]
fn whoever_lost_the_lease_can_say_that_it_was_sent_and_nothing_else() {
    for_each_database(|db| {
        let now = queued(db);
        let late = claim(db, now).unwrap();
        claim(db, now).unwrap();
        let again = claim(db, now + LEASE).unwrap();
        assert_eq!((again.hook.as_str(), again.attempt), ("desk", 2));
        claim(db, now + LEASE).unwrap();
        db.store.notice_failed(&late, None).unwrap();
        db.store.notice_failed(&late, Some(now)).unwrap();
        assert_eq!(claim(db, now + LEASE), None, "it is held");
        db.store.notice_sent(&late).unwrap();
        db.store.notice_failed(&again, Some(now)).unwrap();
        assert_eq!(claim(db, now + LEASE * 3).unwrap().hook, "rota", "the other was sent");
    });
}

#[test]
fn one_that_fails_is_tried_again_or_given_up() {
    for_each_database(|db| {
        let now = queued(db);
        let (first, second) = (claim(db, now).unwrap(), claim(db, now).unwrap());
        let later = now + TimeDelta::hours(1);
        db.store.notice_failed(&first, Some(later)).unwrap();
        db.store.notice_failed(&second, None).unwrap();
        assert_eq!(claim(db, later - TimeDelta::seconds(1)), None);
        assert_eq!(db.store.notices_unsent().unwrap(), (1, 1));
        assert_eq!(claim(db, later).unwrap().attempt, 2);
    });
}

//! Deliveries: one at a time, again after a failure, never two at once.

use super::*;
use crate::{DeliveryState, JobKind, JobState, MailChoice, MailKind, NewDelivery, Topic};

const LEASE: TimeDelta = TimeDelta::minutes(5);

fn published(db: &Database) -> DateTime<Utc> {
    let store = &db.store;
    let roster = with_wave(store);
    let due = wave(1).window.closes();
    let to = ["hana", "elm0"]
        .map(|it| NewDelivery::monthly_report(WaveSeq(1), person(store, it).id, due));
    store.publish(&release(1, &roster), 0, &to).unwrap();
    due
}

#[test]
fn each_delivery_is_taken_once() {
    for_each_database(|db| {
        let now = published(db);
        let claim = || db.store.claim_delivery(now, LEASE).unwrap();
        let (first, second) = (claim().unwrap(), claim().unwrap());
        assert_ne!(first.recipient, second.recipient);
        assert_eq!((first.attempt, first.topic), (1, Topic::MonthlyReport(WaveSeq(1))));
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
        db.store.delivery_failed(&second, None, "no").unwrap();
        let later = now + TimeDelta::hours(1);
        db.store.delivery_failed(&first, Some(later), "550 <hana@example.org> is full").unwrap();

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
        db.store.delivery_failed(&mail, Some(now), "timed out").unwrap();
        let all = db.store.deliveries(WaveSeq(1)).unwrap();
        let kept = all.iter().find(|it| it.id == mail.id).unwrap();
        assert_eq!((kept.state, kept.retry_at), (DeliveryState::Sent, None));
    });
}

#[test]
fn an_attempt_whose_lease_ran_out_does_not_end_the_next() {
    for_each_database(|db| {
        let now = published(db);
        let late = db.store.claim_delivery(now, LEASE).unwrap().unwrap();
        db.store.claim_delivery(now, LEASE).unwrap().unwrap();
        let again = db.store.claim_delivery(now + LEASE, LEASE).unwrap().unwrap();
        assert_eq!((again.id, again.attempt), (late.id, 2));
        db.store.claim_delivery(now + LEASE, LEASE).unwrap().unwrap();
        db.store.delivery_failed(&late, Some(now), "timed out").unwrap();
        db.store.delivery_dropped(&late, "timed out").unwrap();
        assert_eq!(db.store.claim_delivery(now + LEASE, LEASE).unwrap(), None, "it is held");
    });
}

#[test]
fn a_mail_that_cannot_be_written_yet_needs_no_look() {
    for_each_database(|db| {
        let now = published(db);
        let mail = db.store.claim_delivery(now, LEASE).unwrap().unwrap();
        let soon = now + TimeDelta::seconds(15);
        db.store.delivery_waits(&mail, soon).unwrap();
        let told = db.store.mail_health(now, now).unwrap();
        assert_eq!((told.waiting, told.retrying, told.reason), (2, 0, None));
        let other = db.store.claim_delivery(now, LEASE).unwrap().unwrap();
        assert_ne!(other.id, mail.id);
        assert_eq!(db.store.claim_delivery(soon, LEASE).unwrap().unwrap().id, mail.id);
    });
}

#[test]
fn who_has_left_gets_no_mail() {
    for_each_database(|db| {
        let now = published(db);
        db.store.import(&plan("Northside: elm0"), Actor::Program, noon("2026-06-01")).unwrap();
        let mail = db.store.claim_delivery(now, LEASE).unwrap().unwrap();
        assert_eq!(mail.recipient, person(&db.store, "elm0").id);
        assert_eq!(db.store.claim_delivery(now, LEASE).unwrap(), None);
    });
}

#[test]
fn a_mail_waits_until_it_is_due_and_is_queued_once() {
    for_each_database(|db| {
        let now = published(db);
        let due = now + TimeDelta::days(2);
        let mail = |topic| NewDelivery { recipient: person(&db.store, "hana").id, topic, due };
        let new = [mail(Topic::Reminder(WaveSeq(1))), mail(Topic::Invitation)];
        assert_eq!(db.store.queue_deliveries(&new).unwrap(), 2);
        assert_eq!(db.store.queue_deliveries(&new).unwrap(), 0, "they are there");
        assert!(db.store.has_deliveries(WaveSeq(1), MailKind::Reminder).unwrap());
        assert!(!db.store.has_deliveries(WaveSeq(1), MailKind::WaveOpens).unwrap());
        for _ in 0..2 {
            let report = db.store.claim_delivery(now, LEASE).unwrap().unwrap();
            db.store.delivery_sent(report.id, now).unwrap();
        }
        assert_eq!(db.store.claim_delivery(due - TimeDelta::seconds(1), LEASE).unwrap(), None);
        let mail = db.store.claim_delivery(due, LEASE).unwrap().unwrap();
        db.store.delivery_dropped(&mail, "the wave is over").unwrap();
        assert_eq!(db.store.queue_deliveries(&new).unwrap(), 0, "dropped for good");
    });
}

#[test]
fn health_says_what_waits_and_why() {
    for_each_database(|db| {
        let now = published(db);
        let health = |now| db.store.mail_health(now, now - TimeDelta::days(7)).unwrap();
        assert_eq!((health(now).waiting, health(now).retrying), (2, 0));
        let first = db.store.claim_delivery(now, LEASE).unwrap().unwrap();
        let later = now + TimeDelta::hours(1);
        db.store.delivery_failed(&first, Some(later), "the mail server did not answer").unwrap();
        let second = db.store.claim_delivery(now, LEASE).unwrap().unwrap();
        db.store.delivery_failed(&second, None, "it refuses").unwrap();
        let told = health(now);
        assert_eq!((told.waiting, told.retrying, told.failed), (1, 1, 1));
        assert_eq!(told.next_retry, Some(later));
        assert_eq!(told.reason.as_deref(), Some("the mail server did not answer"));
        assert_eq!(db.store.retry_deliveries(now).unwrap(), 2, "both come again");
        for _ in 0..2 {
            let mail = db.store.claim_delivery(now, LEASE).unwrap().unwrap();
            db.store.delivery_sent(mail.id, now).unwrap();
        }
        let told = health(now);
        assert_eq!((told.waiting, told.failed, told.last_sent), (0, 0, Some(now)));
        assert_eq!(told.reason, None);
    });
}

#[test]
fn a_mail_that_nobody_understands_keeps_no_other_waiting() {
    for_each_database(|db| {
        let now = published(db);
        db.sql("UPDATE deliveries SET topic = 'of a later version'").unwrap();
        let hana = person(&db.store, "hana").id;
        let invitation = NewDelivery { recipient: hana, topic: Topic::Invitation, due: now };
        db.store.queue_deliveries(&[invitation]).unwrap();
        let taken = db.store.claim_delivery(now, LEASE).unwrap().unwrap();
        assert_eq!(taken.topic, Topic::Invitation);
        assert_eq!(db.store.claim_delivery(now + LEASE * 9, LEASE).unwrap().unwrap().id, taken.id);
    });
}

#[test]
fn a_choice_is_kept_until_it_is_changed_or_the_person_leaves() {
    for_each_database(|db| {
        published(db);
        let hana = person(&db.store, "hana").id;
        let set = |kind, choice| db.store.set_mail_choice(hana, kind, choice).unwrap();
        set(MailKind::Reminder, Some(MailChoice::Off));
        set(MailKind::MonthlyReport, Some(MailChoice::Off));
        set(MailKind::MonthlyReport, Some(MailChoice::Link));
        assert_eq!(
            db.store.mail_choices(hana).unwrap(),
            [(MailKind::MonthlyReport, MailChoice::Link), (MailKind::Reminder, MailChoice::Off)]
        );
        set(MailKind::MonthlyReport, None);
        set(MailKind::Reminder, None);
        assert_eq!(db.store.mail_choices(hana).unwrap(), []);
    });
}

#[test]
fn two_schedulers_that_race_do_a_job_once() {
    for_each_database(|db| {
        let due = wave(1).window.opens();
        let claim = || db.store.claim_job(JobKind::AnnounceWave, due, due, LEASE).unwrap();
        let taken: Vec<Option<u32>> = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..4).map(|_| scope.spawn(claim)).collect();
            threads.into_iter().map(|it| it.join().unwrap()).collect()
        });
        assert_eq!(taken.iter().flatten().count(), 1, "{taken:?}");
        let again = |now| db.store.claim_job(JobKind::AnnounceWave, due, now, LEASE).unwrap();
        assert_eq!(again(due + LEASE), Some(2), "the lease ran out");
        let retry = due + LEASE * 3;
        let failed = |attempt| {
            let job = (JobKind::AnnounceWave, due);
            db.store.job_failed(job, attempt, Some(retry), "the disk is full").unwrap();
        };
        failed(1);
        assert_eq!(again(due + LEASE + LEASE / 2), None, "the first holder puts nothing off");
        assert_eq!(db.store.jobs(1).unwrap()[0].reason, None);
        failed(2);
        assert_eq!(again(retry - TimeDelta::seconds(1)), None);
        assert_eq!(again(retry), Some(3));
        db.store.job_done(JobKind::AnnounceWave, due, retry).unwrap();
        assert_eq!(again(retry + LEASE * 9), None);
        let jobs = db.store.jobs(10).unwrap();
        assert_eq!((jobs.len(), jobs[0].state, jobs[0].attempts), (1, JobState::Done, 3));
    });
}

#[test]
fn two_schedulers_that_race_take_each_mail_once() {
    for_each_database(|db| {
        let now = published(db);
        let taken: Vec<_> = std::thread::scope(|scope| {
            let claim = || -> Vec<_> {
                std::iter::from_fn(|| db.store.claim_delivery(now, LEASE).unwrap())
                    .map(|it| it.id)
                    .collect()
            };
            let threads: Vec<_> = (0..4).map(|_| scope.spawn(claim)).collect();
            threads.into_iter().flat_map(|it| it.join().unwrap()).collect()
        });
        let distinct: std::collections::BTreeSet<_> = taken.iter().collect();
        assert_eq!((taken.len(), distinct.len()), (2, 2));
    });
}

#[test]
fn an_invitation_that_never_arrived_is_sent_with_a_later_wave() {
    for_each_database(|db| {
        let now = published(db);
        let people = ["hana", "elm0", "elm1"].map(|it| person(&db.store, it).id);
        let queue = |recipient| NewDelivery { recipient, topic: Topic::Invitation, due: now };
        db.store.queue_deliveries(&people.map(queue)).unwrap();
        while let Some(mail) = db.store.claim_delivery(now, LEASE).unwrap() {
            match () {
                () if mail.topic != Topic::Invitation || mail.recipient == people[0] => {
                    db.store.delivery_sent(mail.id, now).unwrap();
                }
                () if mail.recipient == people[1] => {
                    db.store.delivery_failed(&mail, None, "550 no such user").unwrap();
                }
                () => db.store.delivery_dropped(&mail, "no check-in is open").unwrap(),
            }
        }
        let later = now + TimeDelta::days(30);
        let roster = db.store.people_of_wave(WaveSeq(1)).unwrap();
        let expected: Vec<PersonId> =
            people[1..].iter().copied().filter(|it| roster.contains(it)).collect();
        assert_eq!(db.store.invite_again(WaveSeq(1), later).unwrap(), expected.len());
        assert_eq!(db.store.claim_delivery(later - TimeDelta::seconds(1), LEASE).unwrap(), None);
        let mut again: Vec<PersonId> =
            std::iter::from_fn(|| db.store.claim_delivery(later, LEASE).unwrap())
                .map(|it| {
                    assert_eq!(it.attempt, 1);
                    it.recipient
                })
                .collect();
        again.sort();
        let mut expected = expected;
        expected.sort();
        assert_eq!(again, expected);
        assert!(!again.is_empty());
        assert_eq!(db.store.invite_again(WaveSeq(1), later).unwrap(), 0, "once a wave");
    });
}

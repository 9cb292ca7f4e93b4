//! Passkeys, and challenges that are answered once.

use super::*;
use crate::{
    AddPasskey, AuditEntry, Challenge, MOST_PASSKEYS, PASSKEY_ADDED, PASSKEY_REMOVED, PasskeyRecord,
};

const NOW: &str = "2026-01-05T08:20:00Z";

fn passkey(number: u8) -> PasskeyRecord {
    let name = format!("Key {number}").parse().unwrap();
    PasskeyRecord { id: [number; 32], name, credential: format!("{{\"n\":{number}}}") }
}

fn challenge(number: u8) -> Challenge {
    Challenge { hash: [number; 32], expires: at(NOW) + TimeDelta::minutes(10) }
}

fn people(db: &Database) -> (PersonId, PersonId) {
    db.store.import(&plan("Northside: ann, bob"), Actor::Program, noon(FIRST_DAY)).unwrap();
    (person(&db.store, "ann").id, person(&db.store, "bob").id)
}

#[test]
fn a_passkey_is_found_by_its_owner_and_nobody_else() {
    for_each_database(|db| {
        let (ann, bob) = people(db);
        let now = at(NOW);
        let add = |who, number, question| {
            db.store.add_passkey(who, &passkey(number), challenge(question), now).unwrap()
        };
        assert_eq!(add(ann, 2, 1), AddPasskey::Added);
        assert_eq!(add(ann, 1, 2), AddPasskey::Added);
        assert_eq!(add(ann, 3, 2), AddPasskey::Spent);
        assert_eq!(add(bob, 1, 3), AddPasskey::Taken);
        assert_eq!(db.store.passkeys_of(ann).unwrap(), [passkey(1), passkey(2)]);
        assert_eq!(db.store.passkeys_of(bob).unwrap(), []);
        let found = db.store.passkey(&[2; 32]).unwrap().unwrap();
        assert_eq!((found.person, found.counter), (ann, 0));
        assert_eq!(found.credential, passkey(2).credential);
        assert_eq!(db.store.passkey(&[9; 32]).unwrap(), None);
        assert!(!db.store.remove_passkey(bob, &[2; 32], now).unwrap());
        assert!(db.store.remove_passkey(ann, &[2; 32], now).unwrap());
        assert_eq!(db.store.passkey(&[2; 32]).unwrap(), None);
    });
}

#[test]
fn nobody_has_more_passkeys_than_may_be() {
    for_each_database(|db| {
        let (ann, _) = people(db);
        for number in 1..=u8::try_from(MOST_PASSKEYS).unwrap() {
            let added = db.store.add_passkey(ann, &passkey(number), challenge(number), at(NOW));
            assert_eq!(added.unwrap(), AddPasskey::Added);
        }
        let more = db.store.add_passkey(ann, &passkey(99), challenge(99), at(NOW)).unwrap();
        assert_eq!(more, AddPasskey::TooMany);
        assert_eq!(db.store.passkeys_of(ann).unwrap().len(), MOST_PASSKEYS);
    });
}

#[test]
fn a_challenge_is_answered_once_and_a_counter_only_rises() {
    for_each_database(|db| {
        let (ann, _) = people(db);
        db.store.add_passkey(ann, &passkey(1), challenge(1), at(NOW)).unwrap();
        let used = |counter, question| {
            db.store.use_passkey(&[1; 32], counter, challenge(question)).unwrap()
        };
        assert!(!used(0, 1), "it added the passkey");
        assert!(used(0, 2));
        assert!(!used(0, 2));
        assert!(used(4, 3));
        assert_eq!(db.store.passkey(&[1; 32]).unwrap().unwrap().counter, 4);
        assert!(!used(4, 4) && !used(3, 5) && !used(0, 6));
        assert!(used(5, 7));
        db.store.forget_expired(at(NOW) + TimeDelta::minutes(9)).unwrap();
        assert!(!used(6, 7), "it is kept until it ends");
        db.store.forget_expired(at(NOW) + TimeDelta::minutes(15)).unwrap();
        assert!(used(6, 7), "then it is forgotten");
        db.store.remove_passkey(ann, &[1; 32], at(NOW)).unwrap();
        assert!(!used(7, 8));
        // The same passkey, added once more, begins anew.
        db.store.add_passkey(ann, &passkey(1), challenge(9), at(NOW)).unwrap();
        assert_eq!(db.store.passkey(&[1; 32]).unwrap().unwrap().counter, 0);
    });
}

#[test]
fn of_two_who_answer_at_once_one_gets_in() {
    for_each_database(|db| {
        let (ann, _) = people(db);
        db.store.add_passkey(ann, &passkey(1), challenge(1), at(NOW)).unwrap();
        for round in 2..6 {
            let wins = std::thread::scope(|scope| {
                let tries: Vec<_> = (0..4)
                    .map(|_| {
                        scope.spawn(|| {
                            db.store.use_passkey(&[1; 32], u32::from(round), challenge(round))
                        })
                    })
                    .collect();
                tries.into_iter().map(|it| it.join().unwrap().unwrap()).collect::<Vec<_>>()
            });
            assert_eq!(wins.iter().filter(|it| **it).count(), 1, "{wins:?}");
        }
    });
}

#[test]
fn who_leaves_leaves_no_passkey() {
    for_each_database(|db| {
        let (ann, bob) = people(db);
        for (who, number) in [(ann, 1), (bob, 2)] {
            db.store.add_passkey(who, &passkey(number), challenge(number), at(NOW)).unwrap();
            assert!(db.store.use_passkey(&[number; 32], 7, challenge(number + 10)).unwrap());
        }
        db.store.import(&plan("Northside: bob"), Actor::Program, at(NOW)).unwrap();
        assert_eq!(db.store.passkeys_of(ann).unwrap(), []);
        assert_eq!(db.store.passkey(&[1; 32]).unwrap(), None);
        assert!(!db.store.use_passkey(&[1; 32], 8, challenge(20)).unwrap());
        assert_eq!(db.store.passkey(&[2; 32]).unwrap().unwrap().counter, 7);
        db.store.import(&plan("Northside: ann, bob"), Actor::Program, at(NOW)).unwrap();
        assert_eq!(db.store.passkey(&[1; 32]).unwrap(), None, "coming back brings none back");
    });
}

/// The log numbers its entries as they come, and others have their second: between them nobody's passkey may
/// stand, or it would say to the minute who was at their account.
#[test]
fn the_order_of_the_log_does_not_say_when_a_passkey_came_or_went() {
    for_each_database(|db| {
        let (ann, bob) = people(db);
        let look = |now: &str| {
            let entry = AuditEntry::new(Actor::Program, "results.view", "unit 1", at(now));
            db.store.append_audit(&entry).unwrap();
            db.store.log_passkey_changes(at(now)).unwrap();
        };
        let since = db.store.audit_log().unwrap().len();
        look("2026-01-05T10:41:00Z");
        db.store.add_passkey(ann, &passkey(1), challenge(1), at("2026-01-05T10:42:00Z")).unwrap();
        look("2026-01-05T10:43:00Z");
        db.store.add_passkey(bob, &passkey(2), challenge(2), at("2026-01-05T10:50:00Z")).unwrap();
        assert!(db.store.remove_passkey(ann, &[1; 32], at("2026-01-05T10:51:00Z")).unwrap());
        look("2026-01-05T10:59:59Z");
        let told = || -> Vec<(String, DateTime<Utc>)> {
            let log = db.store.audit_log().unwrap().into_iter().skip(since);
            log.map(|it| (it.entry.action, it.entry.at)).collect()
        };
        assert_eq!(told().len(), 3, "the hour is not over: {:?}", told());
        look("2026-01-05T11:00:00Z");
        let told = told();
        assert!(told[..4].iter().all(|it| it.0 == "results.view"), "{told:?}");
        let mut changes = told[4..].to_vec();
        changes.sort_unstable();
        let hour = at("2026-01-05T10:00:00Z");
        let of = |action: &str| (action.to_owned(), hour);
        assert_eq!(changes, [of(PASSKEY_ADDED), of(PASSKEY_ADDED), of(PASSKEY_REMOVED)]);
        db.store.log_passkey_changes(at("2026-01-05T12:00:00Z")).unwrap();
        assert_eq!(db.store.audit_log().unwrap().len(), since + 7, "each once");
        assert_eq!(db.store.verify_audit_log(noon("2026-01-06")).unwrap().broken, None);
    });
}

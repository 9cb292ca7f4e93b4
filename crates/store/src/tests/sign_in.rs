//! Ways in, and that each closes.

use super::*;

const NOW: &str = "2026-01-05T08:00:00Z";

fn ann(db: &Database) -> Person {
    db.store.import(&plan("Northside: ann, bob"), day(FIRST_DAY)).unwrap();
    person(&db.store, "ann")
}

#[test]
fn a_sign_in_link_works_once() {
    for_each_database(|db| {
        let ann = ann(db).id;
        let now = at(NOW);
        db.store.add_sign_in_code(&[1; 32], ann, now + TimeDelta::minutes(15)).unwrap();
        assert_eq!(db.store.take_sign_in_code(&[2; 32], now).unwrap(), None);
        assert_eq!(db.store.take_sign_in_code(&[1; 32], now).unwrap(), Some(ann));
        assert_eq!(db.store.take_sign_in_code(&[1; 32], now).unwrap(), None);
    });
}

#[test]
fn a_sign_in_link_expires() {
    for_each_database(|db| {
        let ann = ann(db).id;
        let expires = at(NOW);
        db.store.add_sign_in_code(&[1; 32], ann, expires).unwrap();
        assert_eq!(db.store.take_sign_in_code(&[1; 32], expires).unwrap(), None);
    });
}

#[test]
fn sessions_end() {
    for_each_database(|db| {
        let ann = ann(db).id;
        let bob = person(&db.store, "bob").id;
        let now = at(NOW);
        for (hash, person) in [(1, ann), (2, ann), (3, ann), (4, bob)] {
            db.store.add_session(&[hash; 32], person, now + TimeDelta::hours(8), "").unwrap();
        }
        let whose = |hash, now| db.store.session(&[hash; 32], now).unwrap();
        assert_eq!(whose(1, now), Some(ann));
        assert_eq!(whose(1, now + TimeDelta::hours(8)), None, "expired");
        assert_eq!(whose(9, now), None, "unknown");

        db.store.end_session(&[1; 32]).unwrap();
        assert_eq!((whose(1, now), whose(2, now)), (None, Some(ann)));
        db.store.add_sign_in_code(&[7; 32], ann, now + TimeDelta::hours(8)).unwrap();
        db.store.end_all_sessions(ann).unwrap();
        assert_eq!((whose(2, now), whose(3, now), whose(4, now)), (None, None, Some(bob)));
        assert_eq!(db.store.take_sign_in_code(&[7; 32], now).unwrap(), None);
    });
}

#[test]
fn what_has_expired_is_forgotten_at_the_next_sign_in() {
    for_each_database(|db| {
        let ann = ann(db).id;
        let now = at(NOW);
        db.store.add_session(&[1; 32], ann, now, "").unwrap();
        db.store.take_sign_in_code(&[2; 32], now).unwrap();
        // The same key again would be refused if its row were still there.
        db.store.add_session(&[1; 32], ann, now, "").unwrap();
    });
}

#[test]
fn a_password_can_be_changed() {
    for_each_database(|db| {
        let ann = ann(db).id;
        assert_eq!(db.store.password_hash(ann).unwrap(), None);
        for hash in ["$argon2id$one", "$argon2id$two"] {
            db.store.set_password_hash(ann, hash).unwrap();
            assert_eq!(db.store.password_hash(ann).unwrap().as_deref(), Some(hash));
        }
    });
}

#[test]
fn who_has_left_has_no_way_in() {
    for_each_database(|db| {
        let ann = ann(db);
        let now = at(NOW);
        db.store.set_password_hash(ann.id, "$argon2id$one").unwrap();
        db.store.add_session(&[1; 32], ann.id, now + TimeDelta::days(9), "").unwrap();
        db.store.add_sign_in_code(&[2; 32], ann.id, now + TimeDelta::days(9)).unwrap();
        db.store.import(&plan("Northside: bob"), day("2026-01-05")).unwrap();

        assert_eq!(db.store.person_by_email(&ann.email).unwrap(), None);
        assert_eq!(db.store.session(&[1; 32], now).unwrap(), None);
        assert_eq!(db.store.take_sign_in_code(&[2; 32], now).unwrap(), None);
        assert_eq!(db.store.password_hash(ann.id).unwrap(), None);
    });
}

//! Ways in, and that each closes.

use super::*;
use crate::LinkIdentity;

const NOW: &str = "2026-01-05T08:00:00Z";

fn ann(db: &Database) -> Person {
    db.store.import(&plan("Northside: ann, bob"), Actor::Program, noon(FIRST_DAY)).unwrap();
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
fn looking_at_a_sign_in_link_uses_nothing_up() {
    for_each_database(|db| {
        let ann = ann(db).id;
        let (now, expires) = (at(NOW), at(NOW) + TimeDelta::minutes(15));
        db.store.add_sign_in_code_to(&[1; 32], ann, expires, "/org").unwrap();
        let look = |hash, now| db.store.sign_in_code(&[hash; 32], now).unwrap();
        for _ in 0..3 {
            assert_eq!(look(1, now), Some((ann, "/org".to_owned())));
        }
        assert_eq!((look(2, now), look(1, expires)), (None, None));
        assert_eq!(db.store.take_sign_in_code(&[1; 32], now).unwrap(), Some(ann));
        assert_eq!(look(1, now), None);
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
        db.store.import(&plan("Northside: bob"), Actor::Program, noon("2026-01-05")).unwrap();

        assert_eq!(db.store.person_by_email(&ann.email).unwrap(), None);
        assert_eq!(db.store.session(&[1; 32], now).unwrap(), None);
        assert_eq!(db.store.take_sign_in_code(&[2; 32], now).unwrap(), None);
        assert_eq!(db.store.password_hash(ann.id).unwrap(), None);
    });
}

/// Attack 121, the part in the database. What is kept of a session does not tell when somebody was here.
#[test]
fn when_a_session_began_is_kept_by_the_hour() {
    for_each_database(|db| {
        let ann = ann(db).id;
        let began = ["2026-01-05T08:00:01Z", "2026-01-05T08:17:43.123456Z", "2026-01-05T09:00:00Z"];
        for (hash, began) in (1..).zip(began) {
            db.store.add_session(&[hash; 32], ann, at(began) + TimeDelta::hours(8), "").unwrap();
        }
        let kept = db.store.sessions_of(ann, at(NOW)).unwrap();
        let ends: Vec<_> = kept.iter().map(|it| it.expires).collect();
        assert_eq!(ends, [at("2026-01-05T17:00:00Z"); 3], "never before its time");
        let asked = at("2026-01-05T08:17:43.123456Z");
        db.store.add_sign_in_code(&[7; 32], ann, asked + TimeDelta::minutes(15)).unwrap();
        let good = asked + TimeDelta::minutes(15) - TimeDelta::seconds(1);
        assert_eq!(db.store.take_sign_in_code(&[7; 32], good).unwrap(), Some(ann));
        db.store.add_sign_in_code(&[7; 32], ann, asked + TimeDelta::minutes(15)).unwrap();
        let over = at("2026-01-05T08:35:00Z");
        assert_eq!(db.store.take_sign_in_code(&[7; 32], over).unwrap(), None);
    });
}

const ISSUER: &str = "https://id.example.org";

/// Imports one person of this name with the address of ann.
fn at_anns_address(db: &Database, called: &str, on: &str) -> Person {
    let email: tideline_domain::EmailAddress = "ann@example.org".parse().unwrap();
    let row = ImportRow {
        unit: name("Northside"),
        parent: None,
        person: Some((name(called), email.clone(), vec![])),
    };
    db.store.import(&ImportPlan { rows: vec![row] }, Actor::Program, noon(on)).unwrap();
    db.store.person_by_email(&email).unwrap().unwrap()
}

#[test]
fn attack_94_the_address_of_somebody_who_has_left() {
    for_each_database(|db| {
        let store = &db.store;
        let ann = at_anns_address(db, "Ann Berg", FIRST_DAY).id;
        assert_eq!(store.link_identity(ISSUER, "old", ann).unwrap(), LinkIdentity::Linked);
        assert_eq!(store.identity(ISSUER, "old").unwrap(), Some(ann));
        store.import(&plan("Northside: bob"), Actor::Program, noon("2026-01-05")).unwrap();
        assert_eq!(store.identity(ISSUER, "old").unwrap(), None);
        assert_eq!(db.numbers("SELECT CAST(count(*) AS INTEGER) AS number FROM identities"), [0]);

        let anton = at_anns_address(db, "Anton Vogt", "2026-02-01").id;
        assert_ne!(anton, ann, "somebody else");
        assert_eq!(store.identity(ISSUER, "old").unwrap(), None);
        // The provider may still say that the old name has this address.
        assert_eq!(store.link_identity(ISSUER, "old", anton).unwrap(), LinkIdentity::Taken);
        assert_eq!(store.link_identity(ISSUER, "new", anton).unwrap(), LinkIdentity::Linked);
        assert_eq!(store.identity(ISSUER, "new").unwrap(), Some(anton));
    });
}

#[test]
fn attack_94_an_address_that_changes_hands_in_one_roster() {
    for_each_database(|db| {
        let store = &db.store;
        let now = at("2026-01-04T08:00:00Z");
        let ann = at_anns_address(db, "Ann Berg", FIRST_DAY).id;
        store.link_identity(ISSUER, "old", ann).unwrap();
        store.set_password_hash(ann, "$argon2id$one").unwrap();
        store.add_session(&[1; 32], ann, now + TimeDelta::days(9), "").unwrap();
        store.add_sign_in_code(&[2; 32], ann, now + TimeDelta::days(9)).unwrap();

        let anton = at_anns_address(db, "Anton Vogt", "2026-01-05").id;
        assert_ne!(anton, ann);
        assert_eq!(store.identity(ISSUER, "old").unwrap(), None);
        assert_eq!(store.link_identity(ISSUER, "old", anton).unwrap(), LinkIdentity::Taken);
        assert_eq!(store.password_hash(anton).unwrap(), None);
        assert_eq!(store.session_person(&[1; 32], now).unwrap(), None);
        assert_eq!(store.take_sign_in_code(&[2; 32], now).unwrap(), None);
    });
}

#[test]
fn who_is_respelt_or_comes_back_is_known_as_before() {
    for_each_database(|db| {
        let store = &db.store;
        let ann = at_anns_address(db, "Ann Berg", FIRST_DAY).id;
        store.link_identity(ISSUER, "ann", ann).unwrap();
        assert_eq!(at_anns_address(db, "Ann Tal-Berg", "2026-01-02").id, ann);
        assert_eq!(store.identity(ISSUER, "ann").unwrap(), Some(ann));
        store.import(&plan("Northside: bob"), Actor::Program, noon("2026-01-05")).unwrap();
        assert_eq!(at_anns_address(db, "ann tal-berg", "2026-02-01").id, ann);
        assert_eq!(store.identity(ISSUER, "ann").unwrap(), None, "by the address, once more");
        assert_eq!(store.link_identity(ISSUER, "ann", ann).unwrap(), LinkIdentity::Linked);
    });
}

#[test]
fn a_name_longer_than_the_standard_allows_is_refused() {
    for_each_database(|db| {
        let ann = ann(db).id;
        let link =
            |length: usize| db.store.link_identity(ISSUER, &"é".repeat(length), ann).unwrap();
        assert_eq!((link(256), link(255)), (LinkIdentity::TooLong, LinkIdentity::Linked));
    });
}

#[test]
fn a_session_is_of_somebody_who_belongs() {
    for_each_database(|db| {
        let ann = ann(db).id;
        let now = at(NOW);
        db.store.add_session(&[1; 32], ann, now + TimeDelta::hours(8), "").unwrap();
        let found = db.store.session_person(&[1; 32], now).unwrap().unwrap();
        assert_eq!(found, person(&db.store, "ann"));
        db.sql("UPDATE memberships SET valid_to = '2026-01-04'").unwrap();
        assert_eq!(db.store.session_person(&[1; 32], now).unwrap(), None);
    });
}

#[test]
fn changes_are_told_by_the_generation() {
    for_each_database(|db| {
        let ann = ann(db).id;
        let other = Store::open(&db.url).unwrap();
        let generation = || db.store.generation();
        if !db.is_sqlite() {
            assert_eq!(generation(), None, "asking would cost as much as reading");
            return;
        }
        let before = generation().unwrap();
        assert_eq!(generation(), Some(before));
        db.store.add_session(&[1; 32], ann, at(NOW), "").unwrap();
        let after = generation().unwrap();
        assert_ne!(after, before, "this one's own");
        other.end_all_sessions(ann).unwrap();
        assert_ne!(generation(), Some(after), "another one's");
    });
}

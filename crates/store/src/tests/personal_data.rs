//! What is kept about a person is told to that person, all of it.

use std::fs;

use super::*;

/// Tables with columns about a person, and where the person is told of them: under the own name, or as what is kept
/// under a name that only a key of the program gives, or kept for an hour at most.
const TOLD: [&str; 19] = [
    "audit_log",
    "deliveries",
    "ended_identities",
    "identities",
    "issuance",
    "lever_history",
    "mail_choices",
    "memberships",
    "passkey_changes",
    "passkey_counters",
    "passkeys",
    "password_hashes",
    "people",
    "pickups",
    "recoveries",
    "roles",
    "sessions",
    "sign_in_codes",
    "wave_placements",
];

/// Whoever adds a table about people has to decide how they are told of it.
#[test]
fn every_table_about_people_is_told_to_them() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/data-register.toml");
    let register: toml::Table = fs::read_to_string(path).unwrap().parse().unwrap();
    let mut found: Vec<&String> = Vec::new();
    for (table, columns) in register["tables"].as_table().unwrap() {
        let mut kinds = columns.as_table().unwrap().values().map(|it| it["kind"].as_str());
        if kinds.any(|it| it == Some("person")) {
            found.push(table);
        }
    }
    found.sort();
    assert_eq!(found, TOLD);
}

#[test]
fn a_person_is_told_what_is_kept_and_nothing_of_others() {
    for_each_database(|db| {
        let now = at("2026-01-05T08:00:00Z");
        db.store.import(&plan("Northside: ann, bob"), Actor::Program, noon(FIRST_DAY)).unwrap();
        let (ann, bob) = (person(&db.store, "ann").id, person(&db.store, "bob").id);
        let later = now + TimeDelta::hours(8);
        db.store.add_session(&[1; 32], ann, later, "phone").unwrap();
        db.store.add_session(&[2; 32], bob, later, "phone").unwrap();
        db.store.add_sign_in_code(&[3; 32], ann, now + TimeDelta::minutes(15)).unwrap();
        db.store.set_password_hash(bob, "hash").unwrap();
        db.store.append_audit(&crate::AuditEntry::new(Actor::Program, "x", "y", now)).unwrap();

        let told = db.store.personal_data(ann, now).unwrap().unwrap();
        assert_eq!(told.person.id, ann);
        assert_eq!(
            told.memberships.iter().map(|it| (it.unit.as_str(), it.to)).collect::<Vec<_>>(),
            [("Northside", None)]
        );
        assert_eq!((told.sessions.len(), told.sessions[0].hash, told.links), (1, [1; 32], 1));
        assert!(!told.has_password && told.mails.is_empty() && told.audit_entries == 0);
        let told = db.store.personal_data(bob, now).unwrap().unwrap();
        assert!(told.has_password && told.links == 0);
        assert!(db.store.personal_data(PersonId::new(Uuid::from_u128(77)), now).unwrap().is_none());
    });
}

//! The audit log cannot be changed without anybody noticing.

use super::*;
use crate::AuditEntry;

fn filled(db: &Database) -> Vec<AuditEntry> {
    let ann = tideline_domain::PersonId::new(Uuid::new_v4());
    let entries: Vec<AuditEntry> = [("results.view", Some(ann)), ("wave.close", None), ("é", None)]
        .into_iter()
        .zip(0..)
        .map(|((action, who), minute)| AuditEntry {
            who,
            action: action.to_owned(),
            subject: format!("unit {minute}"),
            at: at("2026-01-05T08:00:00Z") + TimeDelta::minutes(minute),
        })
        .collect();
    assert_eq!(db.store.verify_audit_log().unwrap(), None, "an empty log is whole");
    for entry in &entries {
        db.store.append_audit(entry).unwrap();
    }
    entries
}

fn without_triggers(db: &Database) {
    let drop = if db.is_sqlite() {
        "DROP TRIGGER audit_log_no_update; DROP TRIGGER audit_log_no_delete"
    } else {
        "DROP TRIGGER audit_log_no_change ON audit_log"
    };
    db.sql(drop).unwrap();
}

#[test]
fn the_log_keeps_what_was_done() {
    for_each_database(|db| {
        let entries = filled(db);
        let log = db.store.audit_log().unwrap();
        assert_eq!(log.iter().map(|it| it.seq).collect::<Vec<_>>(), [1, 2, 3]);
        let kept: Vec<AuditEntry> = log.into_iter().map(|it| it.entry).collect();
        assert_eq!(kept, entries);
        assert_eq!(db.store.verify_audit_log().unwrap(), None);
    });
}

#[test]
fn the_database_itself_refuses_changes() {
    for_each_database(|db| {
        filled(db);
        assert!(db.sql("UPDATE audit_log SET action = 'nothing' WHERE seq = 2").is_err());
        assert!(db.sql("DELETE FROM audit_log WHERE seq = 3").is_err());
        assert_eq!(db.store.audit_log().unwrap().len(), 3);
    });
}

#[test]
fn the_first_broken_row_is_found() {
    for (tampering, broken) in [
        ("UPDATE audit_log SET action = 'nothing' WHERE seq = 2", 2),
        ("UPDATE audit_log SET actor = NULL WHERE seq = 1", 1),
        ("UPDATE audit_log SET at = '2026-01-05 09:30:00' WHERE seq = 3", 3),
        ("UPDATE audit_log SET at = '2026-01-05 08:02:00.5' WHERE seq = 3", 3),
        ("UPDATE audit_log SET hash = prev WHERE seq = 2", 2),
        ("DELETE FROM audit_log WHERE seq = 1", 1),
        ("DELETE FROM audit_log WHERE seq = 2", 2),
    ] {
        for_each_database(|db| {
            filled(db);
            without_triggers(db);
            db.sql(tampering).unwrap();
            assert_eq!(db.store.verify_audit_log().unwrap(), Some(broken), "{tampering}");
        });
    }
}

//! The audit log cannot be changed without anybody noticing.

use super::*;
use crate::{AuditEntry, AuditQuery, RoleSubject};

fn filled(db: &Database) -> Vec<AuditEntry> {
    let ann = tideline_domain::PersonId::new(Uuid::new_v4());
    let entries: Vec<AuditEntry> = [("results.view", Some(ann)), ("wave.close", None), ("é", None)]
        .into_iter()
        .zip(0..)
        .map(|((action, who), minute)| AuditEntry {
            who,
            role: who.map(|_| RoleKind::Hr),
            action: action.to_owned(),
            subject: format!("unit {minute}"),
            at: at("2026-01-05T08:00:00Z") + TimeDelta::minutes(minute),
        })
        .collect();
    assert_eq!(broken(&db.store), None, "an empty log is whole");
    for entry in &entries {
        db.store.append_audit(entry).unwrap();
    }
    entries
}

/// What a check of every entry finds.
fn broken(store: &Store) -> Option<u32> {
    store.verify_audit_log(noon("2026-01-06")).unwrap().broken
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
        assert_eq!(broken(&db.store), None);
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
    for (tampering, first) in [
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
            assert_eq!(broken(&db.store), None);
            without_triggers(db);
            db.sql(tampering).unwrap();
            // By a program that has just started, and by one that has seen the log before.
            let fresh = Store::open(&db.url).unwrap();
            for store in [&fresh, &db.store] {
                assert_eq!(broken(store), Some(first), "{tampering}");
                let later = store.verify_new_audit_entries(noon("2026-01-07")).unwrap();
                assert_eq!(later.broken, Some(first), "{tampering}");
            }
        });
    }
}

#[test]
fn what_was_checked_is_not_checked_again_until_it_is_due() {
    for_each_database(|db| {
        filled(db);
        let store = Store::open(&db.url).unwrap();
        let (day, later) = (noon("2026-01-06"), noon("2026-01-06") + TimeDelta::hours(23));
        assert!(store.is_audit_log_due(day));
        let state = store.verify_new_audit_entries(day).unwrap();
        assert_eq!((state.broken, state.entries, state.all), (None, 3, Some((day, 3))));
        let log = store.audit_log().unwrap();
        assert_eq!(state.newest, log[2].hash);
        assert!(!store.is_audit_log_due(later) && store.is_audit_log_due(noon("2026-01-07")));
        assert!(store.is_audit_log_due(noon("2026-01-05")), "the clock went back");

        // Entries that come later are, by this process and by others.
        let by = AuditEntry::new(Actor::Program, "wave.close", "wave 1", later);
        db.store.append_audit(&by).unwrap();
        store.append_audit(&by).unwrap();
        let state = store.verify_new_audit_entries(later).unwrap();
        assert_eq!((state.broken, state.entries, state.all), (None, 5, Some((day, 3))));

        // An earlier one that is changed is found when everything is checked again.
        without_triggers(db);
        db.sql("UPDATE audit_log SET subject = 'unit 9' WHERE seq = 2").unwrap();
        assert_eq!(store.verify_new_audit_entries(later).unwrap().broken, None);
        assert_eq!(store.verify_audit_log(noon("2026-01-07")).unwrap().broken, Some(2));
        assert_eq!(store.verify_new_audit_entries(noon("2026-01-07")).unwrap().broken, Some(2));
        db.sql("UPDATE audit_log SET subject = 'unit 1' WHERE seq = 2").unwrap();
        let mended = store.verify_audit_log(noon("2026-01-08")).unwrap();
        assert_eq!((mended.broken, mended.all), (None, Some((noon("2026-01-08"), 5))));
    });
}

/// Somebody with all rights writes the log anew so that it hangs together: whoever saw it before knows.
#[test]
fn attack_91_the_whole_log_is_written_anew() {
    for_each_database(|db| {
        filled(db);
        assert_eq!(broken(&db.store), None);
        without_triggers(db);
        db.sql("DELETE FROM audit_log").unwrap();
        let other = Store::open(&db.url).unwrap();
        for minute in 0..4 {
            let when = at("2026-01-05T08:00:00Z") + TimeDelta::minutes(minute);
            let entry = AuditEntry::new(Actor::Program, "wave.close", "wave 1", when);
            other.append_audit(&entry).unwrap();
        }
        assert_eq!(broken(&other), None, "it hangs together");
        let state = db.store.verify_new_audit_entries(noon("2026-01-06")).unwrap();
        assert_eq!(state.broken, Some(3), "but the third was another one");
        assert_eq!(broken(&db.store), Some(3));

        // Nor may it become shorter.
        db.sql("DELETE FROM audit_log WHERE seq = 4").unwrap();
        let state = other.verify_new_audit_entries(noon("2026-01-06")).unwrap();
        assert_eq!(state.broken, Some(4));
    });
}

#[test]
fn pages_of_the_log_follow_on_each_other() {
    for_each_database(|db| {
        let store = &db.store;
        store.import(&plan("Northside: ann hr, bob"), Actor::Program, noon(FIRST_DAY)).unwrap();
        let ann = person(store, "ann").id;
        let start = at("2026-01-05T08:00:00Z");
        for minute in 0..40 {
            let by = match minute % 4 {
                0 => Actor::Person(ann, RoleKind::Hr),
                1 => Actor::Person(ann, RoleKind::Manager),
                _ => Actor::Program,
            };
            // Two at each moment.
            let when = start + TimeDelta::minutes(minute / 2);
            store.append_audit(&AuditEntry::new(by, "results.view", "unit 1", when)).unwrap();
        }
        for (role, many) in [(None, 30), (Some(RoleKind::Hr), 7)] {
            let span = AuditQuery {
                role,
                from: Some(start + TimeDelta::minutes(3)),
                to: Some(start + TimeDelta::minutes(18)),
                ..AuditQuery::default()
            };
            let all = store.audit_entries(&span).unwrap();
            assert_eq!(all.len(), many);
            let mut paged: Vec<crate::AuditRecord> = Vec::new();
            loop {
                let before = paged.last().map(|it| it.seq);
                let which = AuditQuery { before, limit: Some(3), ..span.clone() };
                let page = store.audit_entries(&which).unwrap();
                if page.is_empty() {
                    break;
                }
                paged.extend(page);
            }
            assert_eq!(paged, all);
        }
    });
}

#[test]
fn pages_of_the_log_are_found_by_an_index() {
    for_each_database(|db| {
        if !db.is_sqlite() {
            return;
        }
        for (what, index) in [
            ("at >= '2026-01-05' AND at < '2026-01-06'", "audit_log_at"),
            ("at <= '2026-01-05' AND (at < '2026-01-05' OR seq < 9)", "audit_log_at"),
            ("role = 'hr'", "audit_log_role"),
            ("role IS NULL AND actor IN (SELECT person FROM roles)", "audit_log_role"),
        ] {
            let plan = db.plan_of(&format!(
                "SELECT * FROM audit_log WHERE {what} ORDER BY at DESC, seq DESC LIMIT 100"
            ));
            assert!(plan.contains(index) && !plan.contains("TEMP B-TREE"), "{what}: {plan}");
        }
    });
}

/// Actions and subjects of the log from the second import on, with roles' people by name.
fn said(db: &Database, people: &[&Person]) -> Vec<String> {
    let named = |entry: &AuditEntry| match RoleSubject::read(&entry.subject) {
        None => format!("{} {}", entry.action, entry.subject),
        Some(it) => {
            let person = people.iter().find(|who| who.id == it.person).unwrap();
            let unit = if it.unit.is_some() { " of a unit" } else { "" };
            format!("{} {} {}{unit}", entry.action, person.name, it.kind.code())
        }
    };
    db.store.audit_log().unwrap().iter().map(|it| named(&it.entry)).collect()
}

#[test]
fn attack_91_power_for_a_minute() {
    for_each_database(|db| {
        let store = &db.store;
        store
            .import(&plan("Northside: ann admin, bob hr"), Actor::Program, noon(FIRST_DAY))
            .unwrap();
        let (ann, bob) = (person(store, "ann"), person(store, "bob"));
        let by_ann = Actor::Person(ann.id, RoleKind::Administrator);
        let (hr, not) =
            ("Northside: ann admin hr\nElm < Northside: bob manager", "Northside: ann admin");
        store.import(&plan(hr), by_ann, at("2026-01-05T08:00:00Z")).unwrap();
        store.import(&plan(not), by_ann, at("2026-01-05T08:01:00Z")).unwrap();
        let log = said(db, &[&ann, &bob]);
        assert_eq!(
            log,
            [
                "roster.import +2 -0 people, +1 -0 units",
                "role.gained ann admin",
                "role.gained bob hr",
                "roster.import +0 -0 people, +1 -0 units",
                "role.gained ann hr",
                "role.lost bob hr",
                "role.gained bob manager of a unit",
                "roster.import +0 -1 people, +0 -1 units",
                "role.lost ann hr",
                "role.lost bob manager of a unit",
            ]
        );
        let log = store.audit_log().unwrap();
        assert_eq!((log[0].entry.who, log[0].entry.role), (None, None));
        let by = (log[4].entry.who, log[4].entry.role);
        assert_eq!(by, (Some(ann.id), Some(RoleKind::Administrator)));
        assert_eq!(broken(store), None);

        // A roster that is refused leaves nothing, neither roles nor entries.
        let refused =
            store.import(&plan("Northside: ann hr\nElm: bob"), by_ann, noon("2026-01-06"));
        assert!(refused.is_err());
        assert_eq!(store.audit_log().unwrap(), log);
    });
}

#[test]
fn attack_91_an_entry_s_role_is_changed_or_removed() {
    for role in ["'staff'", "NULL"] {
        for_each_database(|db| {
            filled(db);
            without_triggers(db);
            db.sql(&format!("UPDATE audit_log SET role = {role} WHERE seq = 1")).unwrap();
            assert_eq!(broken(&db.store), Some(1));
        });
    }
}

#[test]
fn entries_are_found_by_the_role_they_were_made_with() {
    for_each_database(|db| {
        let store = &db.store;
        store.import(&plan("Northside: ann hr, bob"), Actor::Program, noon(FIRST_DAY)).unwrap();
        let (ann, bob) = (person(store, "ann").id, person(store, "bob").id);
        let add = |who, role, subject: &str| {
            let entry = AuditEntry {
                who: Some(who),
                role,
                action: "results.view".to_owned(),
                subject: subject.to_owned(),
                at: at("2026-01-05T08:00:00Z"),
            };
            store.append_audit(&entry).unwrap();
        };
        add(bob, Some(RoleKind::Hr), "as HR, who is not any more");
        add(ann, None, "from before, by HR");
        add(ann, Some(RoleKind::Staff), "as everybody may");
        let which = AuditQuery { role: Some(RoleKind::Hr), ..AuditQuery::default() };
        let found: Vec<String> =
            store.audit_entries(&which).unwrap().into_iter().map(|it| it.entry.subject).collect();
        assert_eq!(found, ["from before, by HR", "as HR, who is not any more"]);
    });
}

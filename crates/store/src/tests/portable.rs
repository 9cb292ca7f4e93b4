//! Copies of all tables: the same bytes from either database, whole or refused.

use std::{
    collections::{BTreeMap, BTreeSet},
    io::Cursor,
    sync::Mutex,
};

use super::*;
use crate::{
    AuditEntry, Copied, InstallationId, Loaded, Snapshot, StoreError, load,
    portable::{TABLES, tables},
};

type Copy = (Snapshot, BTreeMap<String, Vec<u8>>);

/// Where a copy goes in these tests.
fn copied(store: &Store, what: Copied) -> Copy {
    #[derive(Clone, Default)]
    struct Sink(std::sync::Arc<Mutex<Vec<u8>>>);
    impl std::io::Write for Sink {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0.lock().unwrap().extend_from_slice(bytes);
            Ok(bytes.len())
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
    let mut sinks: BTreeMap<String, Sink> = BTreeMap::new();
    let snapshot = store
        .copy_out(what, &mut |table| {
            let sink = sinks.entry(table.to_owned()).or_default().clone();
            Ok(Box::new(sink))
        })
        .unwrap();
    let texts = sinks.into_iter().map(|(table, it)| (table, it.0.lock().unwrap().clone()));
    (snapshot, texts.collect())
}

fn loaded(url: &str, copy: &Copy, id: Option<InstallationId>) -> Result<Loaded, StoreError> {
    let url: DatabaseUrl = url.parse().unwrap();
    load(
        &url,
        &copy.0.schema,
        id,
        &mut |table| {
            let text = copy.1.get(table).cloned();
            Ok(text.map(|it| Box::new(Cursor::new(it)) as _))
        },
        |copies| {
            let same = copies == copy.0.tables;
            if same { Ok(()) } else { Err(std::io::Error::other("other digests")) }
        },
    )
}

/// A released wave, a running one in which somebody picked up a token, and somebody signed in.
fn lived_in(db: &Database) {
    let store = &db.store;
    store.import(&northside(), Actor::Program, noon(FIRST_DAY)).unwrap();
    let roster = announce(store, 1);
    store.publish(&release(1, &roster), 3, &[]).unwrap();
    announce(store, 2);
    let elm = person(store, "elm1").id;
    let during = wave(2).window.opens();
    store.record_issue(WaveSeq(2), elm, &holder(elm), &[7; 32], 1, during).unwrap();
    let odd = "tab\there, line\nthere, back\\slash, \\N, ü";
    store.append_audit(&AuditEntry::new(Actor::Program, "odd", odd, noon(FIRST_DAY))).unwrap();
    store.begin_installation(InstallationId::generate()).unwrap();
}

#[test]
fn every_table_is_known_to_copies() {
    for_each_database(|db| {
        let there: BTreeSet<String> = db.store.read(tables).unwrap().into_keys().collect();
        let known: BTreeSet<String> = TABLES.iter().map(|it| it.0.to_owned()).collect();
        assert_eq!(there, known);
    });
}

#[test]
fn what_is_copied_is_the_same_on_either_database_and_back() {
    for_each_database(|from| {
        lived_in(from);
        let copy = copied(&from.store, Copied::Whole);
        assert!(copy.0.tables.iter().filter(|it| it.rows > 0).count() > 12);
        for_each_url(|url| {
            assert_eq!(loaded(url, &copy, None).unwrap(), Loaded::Now);
            let to = Database::at(url);
            let again = copied(&to.store, Copied::Whole);
            assert_eq!(again.0.tables, copy.0.tables);
            assert!(again.1 == copy.1, "to the byte");
            assert_eq!(to.store.installation().unwrap(), from.store.installation().unwrap());
            assert_eq!(to.store.releases().unwrap(), from.store.releases().unwrap());
            assert_eq!(to.store.verify_audit_log(noon(FIRST_DAY)).unwrap().broken, None);
            // Once more: there is something there now.
            let twice = loaded(url, &copy, None);
            assert!(matches!(twice, Err(StoreError::NotEmpty(_))), "{twice:?}");
        });
    });
}

#[test]
fn a_backup_has_no_token_list_and_nobody_who_is_signed_in() {
    for_each_database(|db| {
        lived_in(db);
        let (snapshot, texts) = copied(&db.store, Copied::Backup);
        let left_out = [
            "pickups",
            "issuance",
            "sessions",
            "sign_in_codes",
            "spent_challenges",
            "installation",
        ];
        assert!(left_out.iter().all(|it| !texts.contains_key(*it)));
        let issued = "07".repeat(32);
        assert!(texts.values().all(|it| !String::from_utf8_lossy(it).contains(&issued)));
        let released: Vec<bool> = snapshot.waves.iter().map(|it| it.released).collect();
        assert_eq!(released, [true, false]);
    });
}

#[test]
fn a_load_that_fails_leaves_nothing_and_one_that_was_done_is_known() {
    for_each_database(|from| {
        lived_in(from);
        let whole = copied(&from.store, Copied::Backup);
        let id = InstallationId::generate();
        for_each_url(|url| {
            let mut cut = whole.clone();
            cut.1.get_mut("audit_log").unwrap().pop();
            let mut other = whole.clone();
            other.0.tables[0].rows += 1;
            let mut text = whole.clone();
            let broken = String::from_utf8(text.1["people"].clone()).unwrap().replacen('\t', "", 1);
            text.1.insert("people".to_owned(), broken.into_bytes());
            for wrong in [&cut, &other, &text] {
                assert!(loaded(url, wrong, Some(id)).is_err());
            }
            let mut future = whole.clone();
            future.0.schema.push("99990101000000".to_owned());
            let refused = loaded(url, &future, Some(id));
            assert!(matches!(refused, Err(StoreError::SchemaTooNew(_))), "{refused:?}");
            assert_eq!(loaded(url, &whole, Some(id)).unwrap(), Loaded::Now);
            assert_eq!(loaded(url, &whole, Some(id)).unwrap(), Loaded::Before);
            assert_eq!(Database::at(url).store.installation().unwrap(), Some(id));
        });
    });
}

#[test]
fn a_copy_is_of_one_moment_whatever_is_written_meanwhile() {
    for_each_database(|db| {
        lived_in(db);
        let mut rows = BTreeMap::new();
        let snapshot = db
            .store
            .copy_out(Copied::Backup, &mut |table| {
                // A chain that grows: in the copy it is as long as at the beginning.
                let entry = AuditEntry::new(Actor::Program, table, "meanwhile", noon(FIRST_DAY));
                db.store.append_audit(&entry).unwrap();
                Ok(Box::new(std::io::sink()))
            })
            .unwrap();
        for table in &snapshot.tables {
            rows.insert(table.table.clone(), table.rows);
        }
        let now = db.store.audit_log().unwrap().len() as u64;
        assert_eq!(rows["audit_log"] + snapshot.tables.len() as u64, now);
    });
}

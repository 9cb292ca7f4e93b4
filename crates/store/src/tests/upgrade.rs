//! A database as the first version left it, brought up to date: what was there is there, and still what it was.

use std::{
    collections::BTreeMap,
    io::Cursor,
    sync::{Arc, Mutex},
};

use super::*;
use crate::{
    Copied, InstallationId, Loaded,
    connection::{connect, transaction},
    load,
    migrations::bring_to,
    portable::copy_tables,
};

/// The migrations of the first version.
const FIRST: [&str; 4] = ["20261101000001", "20261101000002", "20261101000003", "20261101000004"];

const TOP: &str = "11111111-1111-4111-8111-111111111111";
const ELM: &str = "22222222-2222-4222-8222-222222222222";
const HANA: &str = "33333333-3333-4333-8333-333333333333";
const EMIL: &str = "44444444-4444-4444-8444-444444444444";
const PLAN: &str = "55555555-5555-4555-8555-555555555555";

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|it| format!("{it:02x}")).collect()
}

/// The hash of an audit entry as the first version made it.
fn chained(prev: &[u8], seq: i32, at: &str, actor: &str, action: &str, subject: &str) -> Vec<u8> {
    let mut hash = Sha256::new();
    hash.update(b"tideline-audit-v1");
    hash.update(prev);
    hash.update(seq.to_be_bytes());
    hash.update(super::at(at).timestamp().to_be_bytes());
    for text in [actor, action, subject] {
        hash.update((text.len() as u64).to_be_bytes());
        hash.update(text);
    }
    hash.finalize().to_vec()
}

/// Two units, two people, two waves, one of them released, a lever and an audit log, in the first schema.
fn first_version(url: &DatabaseUrl) {
    url.make().unwrap();
    let mut conn = connect(url).unwrap();
    let schema = FIRST.map(str::to_owned);
    bring_to(&mut conn, &schema).unwrap();
    let blob = match conn {
        AnyConnection::Sqlite(_) => |it: &[u8]| format!("X'{}'", hex(it)),
        AnyConnection::Postgres(_) => |it: &[u8]| format!("decode('{}', 'hex')", hex(it)),
    };
    let dates = "1768035600 1768640400 1769245200";
    let release = format!(
        "tideline-release-v1\nwave 1 2026-01 {dates}\nk 6\nturnout 9 8 0\nsd 20.0 20.0 20.0\n\
         atom 8 375 424 8 325 374 8 475 524 9 {ELM}\n"
    );
    let zeros = [0; 32];
    let first = chained(&zeros, 1, "2026-01-01T08:00:00Z", "", "wave.announce", "wave 1");
    let second = chained(&first, 2, "2026-01-20T08:00:00Z", HANA, "results.view", "organisation");
    let sql = format!(
        "INSERT INTO organisation VALUES (1, 'Northside', 'Europe/Berlin');
         INSERT INTO units VALUES ('{TOP}', '2026-01-01'), ('{ELM}', '2026-01-01');
         INSERT INTO unit_placements VALUES
             ('{TOP}', NULL, 'Northside', 0, '2026-01-01', NULL),
             ('{ELM}', '{TOP}', 'Elm', 1, '2026-01-01', NULL);
         INSERT INTO people VALUES
             ('{HANA}', 'Hana', 'hana@example.org'), ('{EMIL}', 'Emil', 'emil@example.org');
         INSERT INTO memberships VALUES
             ('{HANA}', '{TOP}', '2026-01-01', NULL), ('{EMIL}', '{ELM}', '2026-01-01', NULL);
         INSERT INTO roles VALUES ('{HANA}', 'hr', NULL), ('{EMIL}', 'manager', '{ELM}');
         INSERT INTO waves VALUES
             (1, '2026-01', '2026-01-10 09:00:00', '2026-01-17 09:00:00', '2026-01-24 09:00:00', {manifest}),
             (2, '2026-02', '2026-02-10 09:00:00', '2026-02-17 09:00:00', '2026-02-24 09:00:00', {manifest});
         INSERT INTO wave_units VALUES
             (1, '{TOP}', NULL, 'Northside', 0), (1, '{ELM}', '{TOP}', 'Elm', 1),
             (2, '{TOP}', NULL, 'Northside', 0), (2, '{ELM}', '{TOP}', 'Elm', 1);
         INSERT INTO cohorts VALUES (1, 'elm', 0, 'Elm', 9), (2, 'elm', 0, 'Elm', 9);
         INSERT INTO cohort_units VALUES
             (1, '{TOP}', 'elm'), (1, '{ELM}', 'elm'), (2, '{TOP}', 'elm'), (2, '{ELM}', 'elm');
         INSERT INTO wave_placements VALUES
             (1, '{EMIL}', '{ELM}', 'elm'), (2, '{EMIL}', '{ELM}', 'elm');
         INSERT INTO issuance VALUES (2, '{EMIL}', {blinded});
         INSERT INTO releases VALUES (1, 6, 20.0, 20.0, 20.0, 9, 8, 0, 8, {digest});
         INSERT INTO atoms VALUES (1, 0, 8, 375, 424, 8, 325, 374, 8, 475, 524, 9);
         INSERT INTO atom_units VALUES (1, '{ELM}', 0);
         INSERT INTO audit_log VALUES
             (1, '2026-01-01 08:00:00', NULL, 'wave.announce', 'wave 1', {zeros}, {first}),
             (2, '2026-01-20 08:00:00', '{HANA}', 'results.view', 'organisation', {first}, {second});
         INSERT INTO lever_plans VALUES
             ('{PLAN}', '{ELM}', 'WL1', 'trying', 'mine', 'Ward lead', '2026-01-20', '2026-04-20', 'tab\there');",
        manifest = blob(b"a manifest"),
        blinded = blob(&[9; 32]),
        digest = blob(&Sha256::digest(release)),
        zeros = blob(&zeros),
        first = blob(&first),
        second = blob(&second),
    );
    transaction(&mut conn, |conn| Ok(conn.batch_execute(&sql)?)).unwrap();
}

/// What the first version left, as this one reads it.
#[track_caller]
fn check(store: &Store) {
    store.check_schema().unwrap();
    assert_eq!(store.organisation().unwrap().unwrap().name.as_str(), "Northside");
    assert_eq!(person(store, "emil").name.as_str(), "Emil");
    let waves = store.waves().unwrap();
    assert_eq!(waves.iter().map(|it| it.released).collect::<Vec<_>>(), [true, false]);
    assert!(waves.iter().all(|it| it.wave.asks == InstrumentId::PULSE));
    let release = store.release(WaveSeq(1)).unwrap().unwrap();
    assert_eq!((release.turnout().ballots, release.atoms().len()), (8, 1));
    assert_eq!(release.atoms()[0].total.burnout.lo, 375);
    let log = store.verify_audit_log(noon("2026-03-01")).unwrap();
    assert_eq!((log.broken, log.entries), (None, 2));
    let elm: UnitId = ELM.parse().unwrap();
    assert_eq!(store.lever_plans(elm).unwrap()[0].note, "tab\there");
}

#[test]
fn what_the_first_version_left_is_brought_up_to_date() {
    for_each_url(|url| {
        let url: DatabaseUrl = url.parse().unwrap();
        first_version(&url);
        assert!(!migrate(&url).unwrap().is_empty());
        let store = Store::open(&url).unwrap();
        check(&store);
        // Who had picked up a token in the wave that runs has still done so.
        assert_eq!(store.issued_count(WaveSeq(2)).unwrap(), 1);
    });
}

/// A copy of the first version goes into an empty database of this one.
#[test]
fn a_copy_of_an_earlier_version_is_brought_up_to_date() {
    #[derive(Clone, Default)]
    struct Sink(Arc<Mutex<Vec<u8>>>);
    impl std::io::Write for Sink {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0.lock().unwrap().extend_from_slice(bytes);
            Ok(bytes.len())
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
    for_each_url(|from| {
        let from: DatabaseUrl = from.parse().unwrap();
        first_version(&from);
        let mut sinks: BTreeMap<String, Sink> = BTreeMap::new();
        let schema = FIRST.map(str::to_owned);
        Store::open(&from)
            .unwrap()
            .read(|conn| {
                copy_tables(conn, Copied::Backup, &mut |table| {
                    Ok(Box::new(sinks.entry(table.to_owned()).or_default().clone()))
                })
            })
            .unwrap();
        for_each_url(|to| {
            let to: DatabaseUrl = to.parse().unwrap();
            let loaded = load(
                &to,
                &schema,
                Some(InstallationId::generate()),
                &mut |table| {
                    let text = sinks.get(table).map(|it| it.0.lock().unwrap().clone());
                    Ok(text.map(|it| Box::new(Cursor::new(it)) as _))
                },
                |_| Ok(()),
            );
            assert_eq!(loaded.unwrap(), Loaded::Now);
            check(&Store::open(&to).unwrap());
        });
    });
}

//! Name, support contacts, and databases that cannot be opened.

use super::*;
use crate::{Organisation, StoreError, SupportContact};

#[test]
fn the_organisation_is_kept() {
    for_each_database(|db| {
        assert_eq!(db.store.organisation().unwrap(), None);
        for title in ["Northside", "Northside Trust"] {
            let organisation =
                Organisation { name: name(title), time_zone: "Europe/Berlin".to_owned() };
            db.store.set_organisation(&organisation).unwrap();
            assert_eq!(db.store.organisation().unwrap(), Some(organisation));
        }
    });
}

#[test]
fn support_contacts_keep_their_order() {
    for_each_database(|db| {
        let contact = |title: &str| SupportContact {
            title: name(title),
            phone: Some("0800 111".to_owned()),
            link: None,
            note: "Day and night".to_owned(),
            checked: day("2026-01-02"),
            country: (title == "Doctor").then(|| "AT".parse().unwrap()),
        };
        let contacts = [contact("Crisis line"), contact("Doctor"), contact("Advice")];
        db.store.set_support_contacts(&contacts).unwrap();
        assert_eq!(db.store.support_contacts().unwrap(), contacts);
        db.store.set_support_contacts(&contacts[1..2]).unwrap();
        assert_eq!(db.store.support_contacts().unwrap(), contacts[1..2]);
    });
}

#[test]
fn an_empty_database_has_no_tree() {
    for_each_database(|db| assert_eq!(db.store.units(day("2026-01-01")).unwrap(), None));
}

#[test]
fn a_missing_folder_or_file_is_said_and_not_made() {
    let folder = tempfile::tempdir().unwrap();
    let missing = folder.path().join("missing");
    let url: DatabaseUrl = format!("sqlite:{}/a.sqlite", missing.display()).parse().unwrap();
    assert!(matches!(migrate(&url), Err(StoreError::NoFolder(it)) if it == missing));
    assert!(matches!(Store::open(&url), Err(StoreError::NoFolder(_))));
    assert!(!missing.exists());

    let file = folder.path().join("a.sqlite");
    let url: DatabaseUrl = format!("sqlite:{}", file.display()).parse().unwrap();
    assert!(matches!(Store::open(&url), Err(StoreError::NoDatabase(it)) if it == file));
    assert!(!file.exists(), "opening must not make a database");
}

#[cfg(unix)]
#[test]
fn nobody_else_can_read_a_new_database() {
    use std::os::unix::fs::PermissionsExt as _;

    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.sqlite");
    let db = Database::at(&format!("sqlite:{}", file.display()));
    assert_eq!(file.metadata().unwrap().permissions().mode() & 0o077, 0);
    assert_eq!(db.url.sqlite_file(), Some(file.as_path()));
}

#[test]
fn a_server_that_is_not_there_is_said_at_once() {
    let url: DatabaseUrl = "postgres://ann:s3cret@127.0.0.1:1/none".parse().unwrap();
    let Err(error) = Store::open(&url) else { panic!("nobody listens there") };
    assert!(matches!(error, StoreError::Connection(_)));
    assert!(!format!("{error:?}").contains("s3cret"));
}

#[test]
fn sqlite_has_no_settings_to_find_and_postgres_tells_of_logging() {
    for_each_url(|url| {
        let quiet = Database::at(url);
        let found = |db: &Database| -> Vec<&str> {
            db.store.settings_findings().unwrap().iter().map(|it| it.setting).collect()
        };
        if quiet.is_sqlite() {
            assert!(found(&quiet).is_empty());
            return;
        }
        assert!(!found(&quiet).contains(&"log_statement"));
        let loud = Database::at(&format!("{url}%20-c%20log_statement%3Dmod"));
        assert!(found(&loud).contains(&"log_statement"));
        let shown = loud.store.settings_findings().unwrap();
        assert!(shown.iter().any(|it| it.value == "mod" && it.why.contains("token")));
    });
}

use super::*;
use crate::{InstallationId, InstallationIdError, StoreError};

#[test]
fn a_database_belongs_to_the_first_installation_that_says_so() {
    for_each_database(|db| {
        assert_eq!(db.store.installation().unwrap(), None);
        let (first, second) = (InstallationId::generate(), InstallationId::generate());
        assert_eq!(db.store.begin_installation(first).unwrap(), first);
        assert_eq!(db.store.begin_installation(second).unwrap(), first);
        assert_eq!(db.store.installation().unwrap(), Some(first));
        db.sql(&format!("UPDATE installation SET name = '{}'", "x".repeat(36))).unwrap();
        let read = db.store.installation();
        assert!(matches!(read, Err(StoreError::Corrupt { table: "installation", .. })));
    });
}

#[test]
fn a_name_is_read_back_as_it_is_written_and_in_no_other_way() {
    let id = InstallationId::generate();
    assert_eq!(id.to_string().parse(), Ok(id));
    let shout = "0C9A2C0E-5D0F-4D0C-9F0A-3D4F7A0F5C11";
    for wrong in ["", "tideline", shout, &shout.replace('-', "")] {
        assert_eq!(wrong.parse::<InstallationId>(), Err(InstallationIdError), "{wrong}");
    }
}

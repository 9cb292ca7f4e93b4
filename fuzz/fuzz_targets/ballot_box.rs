//! A file in the place of the box. No panic, and no row of another length is ever handed on.
#![no_main]

use std::{cell::RefCell, fs};

use libfuzzer_sys::fuzz_target;
use tideline_ballot::{ballot_box::BallotBox, tally::tally};
use tideline_fuzz::WORLD;

thread_local! {
    static FOLDER: RefCell<tempfile::TempDir> = RefCell::new(tempfile::tempdir().unwrap());
}

fuzz_target!(|data: &[u8]| {
    FOLDER.with_borrow(|folder| {
        let path = folder.path().join("ballot-1.sqlite");
        // Most inputs are a real box with bytes changed: SQLite's own header is its own affair.
        if data.first().is_some_and(|it| it % 4 != 0) {
            let _ = fs::remove_file(&path);
            drop(BallotBox::create(&path).unwrap());
            let mut bytes = fs::read(&path).unwrap();
            for change in data[1..].chunks_exact(3) {
                let at = usize::from(u16::from_be_bytes([change[0], change[1]])) % bytes.len();
                bytes[at] ^= change[2];
            }
            fs::write(&path, bytes).unwrap();
        } else {
            fs::write(&path, data).unwrap();
        }
        if let Ok(mut ballot_box) = BallotBox::open(&path) {
            drop(ballot_box.count());
            drop(ballot_box.nullifiers());
            if let Ok(rows) = ballot_box.rows() {
                let opened = tally(&WORLD.pinned, &WORLD.keys, &rows, 1, &|_| ()).unwrap();
                assert_eq!(opened.spoilt, rows.len() as u64, "nobody sealed any of it");
            }
            drop(ballot_box.seal());
        }
        let _ = fs::remove_file(folder.path().join("ballot-1.sqlite-journal"));
    });
});

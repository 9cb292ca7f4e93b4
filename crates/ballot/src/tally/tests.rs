//! The tally: every honest ballot counts once, nothing else does.

use std::{
    collections::BTreeMap,
    sync::atomic::{AtomicU64, Ordering},
};

use super::*;
use crate::{
    ballot_box::BallotBox,
    redeem::Accepted,
    testing::{self, TestWave, sheet},
};

fn rows(ballots: &[Accepted]) -> Vec<Row> {
    ballots.iter().map(|it| it.row).collect()
}

/// How often each sheet was found in each cohort.
fn found(tally: &Tally) -> BTreeMap<(String, Vec<u8>), usize> {
    let mut found = BTreeMap::new();
    for (cohort, sheet) in &tally.sheets {
        *found.entry((cohort.to_string(), sheet.to_ballot())).or_default() += 1;
    }
    found
}

fn open_all(wave: &TestWave, rows: &[Row], threads: usize) -> Tally {
    tally(&wave.pinned, &wave.keys, rows, threads, &|_| ()).unwrap()
}

#[test]
fn what_was_answered_is_what_is_found() {
    let wave = testing::wave();
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("ballot-1.sqlite");
    let mut ballot_box = BallotBox::create(&path).unwrap();
    let cast = [("elm", 1), ("elm", 1), ("elm", 2), ("oak", 2), ("oak", 1_234_567)];
    let ballots: Vec<_> = cast.iter().map(|(name, it)| wave.ballot(name, *it)).collect();
    ballot_box.put_batch(&ballots).unwrap();

    let tally = open_all(&wave, &ballot_box.rows().unwrap(), 2);
    assert_eq!((tally.ballots, tally.spoilt), (5, 0));
    let key = |name: &str, it: u32| (name.to_owned(), sheet(it).to_ballot());
    let expected = BTreeMap::from([
        (key("elm", 1), 2),
        (key("elm", 2), 1),
        (key("oak", 2), 1),
        (key("oak", 1_234_567), 1),
    ]);
    assert!(found(&tally) == expected);
}

#[test]
fn a_copied_ballot_is_weeded_out() {
    let wave = testing::wave();
    let victim = wave.token("elm").seal(&wave.pinned, &sheet(7)).unwrap();
    let copies = ["elm", "elm", "oak"].map(|it| wave.token(it).bind(victim.ballot));
    let all = [[victim].as_slice(), &copies].concat();
    let mut ballots: Vec<_> = all.iter().map(|it| wave.redeemer.check_body(it).unwrap()).collect();
    for _ in 0..ballots.len() {
        // Whichever lies first: the victim's answers count, once, in the victim's cohort.
        ballots.rotate_left(1);
        let tally = open_all(&wave, &rows(&ballots), 1);
        assert_eq!((tally.ballots, tally.spoilt), (4, 3));
        assert_eq!(found(&tally).into_keys().next().unwrap().0, "elm");
    }
}

#[test]
fn malformed_ballots_are_spoilt_and_disturb_nobody() {
    let wave = testing::wave();
    let garbage = wave.redeemer.check_body(&wave.token("elm").bind([4; 145])).unwrap();
    let sealed_for_another_cohort = {
        let other = wave.token("oak").seal(&wave.pinned, &sheet(3)).unwrap();
        wave.redeemer.check_body(&wave.token("elm").bind(other.ballot)).unwrap()
    };
    let ballots = [garbage, wave.ballot("elm", 5), sealed_for_another_cohort, testing::noise()];
    let tally = open_all(&wave, &rows(&ballots), 1);
    assert_eq!((tally.ballots, tally.spoilt), (4, 3));
    assert!(found(&tally).into_keys().eq([("elm".to_owned(), sheet(5).to_ballot())]));
}

#[test]
fn threads_change_nothing_and_every_ballot_is_reported() {
    let wave = testing::wave();
    let token = wave.token("elm");
    let seal = |it| token.seal(&wave.pinned, &sheet(it)).unwrap().ballot;
    let key = &wave.pinned.tally_key;
    let rows: Vec<Row> = (0..CHUNK as u32 * 2 + 9)
        .map(|it| wave.pinned.seals.seal_row(key, &testing::id("elm"), &seal(it)).unwrap())
        .collect();
    let reported = AtomicU64::new(0);
    let progress = |more| {
        reported.fetch_add(more, Ordering::Relaxed);
    };
    let three = tally(&wave.pinned, &wave.keys, &rows, 3, &progress).unwrap();
    let none = tally(&wave.pinned, &wave.keys, &rows, 0, &|_| ()).unwrap();
    assert_eq!(reported.into_inner(), rows.len() as u64);
    assert_eq!((three.ballots, three.spoilt), (rows.len() as u64, 0));
    assert!(three.sheets == none.sheets);
}

#[test]
fn an_empty_box_is_an_empty_tally() {
    let tally = open_all(&testing::wave(), &[], 2);
    assert_eq!((tally.ballots, tally.spoilt, tally.sheets.len()), (0, 0, 0));
}

#[test]
fn other_keys_open_nothing() {
    let (wave, other) = (testing::wave(), testing::wave());
    let opened = tally(&wave.pinned, &other.keys, &[], 1, &|_| ());
    assert!(matches!(opened, Err(KeyError::Mismatch)));
    let tally = open_all(&other, &[wave.ballot("elm", 1).row], 1);
    assert_eq!(tally.spoilt, 1);
}

#[test]
fn answers_are_not_printed() {
    let wave = testing::wave();
    let tally = open_all(&wave, &[wave.ballot("elm", 1).row], 1);
    assert_eq!(format!("{tally:?}"), "Tally { ballots: 1, spoilt: 0, .. }");
}

//! The box: what it takes, what it forgets, what it leaves behind.

use std::{
    collections::HashSet, os::unix::fs::PermissionsExt as _, path::PathBuf, sync::Arc,
    time::Duration,
};

use tempfile::TempDir;

use super::*;
use crate::{
    cover::{Cover, Pace},
    tally::{tally, unseal},
    testing::{self, TestWave, noise},
    writer::BoxWriter,
};

fn place() -> (TempDir, PathBuf) {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("boxes/ballot-1.sqlite");
    (dir, path)
}

/// A writer without cover, that deals the box anew after `rest`.
fn writer(ballot_box: BallotBox, rest: Duration) -> BoxWriter {
    let pace = Pace { rest, ..Pace::default() };
    BoxWriter::start(ballot_box, cover(&testing::wave()), Vec::new(), pace).unwrap()
}

fn cover(wave: &TestWave) -> Cover {
    Cover::new(&wave.pinned, 0)
}

/// Where in the file each of `needles` lies.
fn offsets(path: &Path, needles: &[Vec<u8>]) -> Vec<usize> {
    let file = std::fs::read(path).unwrap();
    let find = |needle: &Vec<u8>| {
        file.windows(needle.len()).position(|it| it == needle.as_slice()).expect("in the file")
    };
    needles.iter().map(find).collect()
}

/// Rank correlation of `values` with their own order: 1 if they are sorted, about 0 if shuffled.
fn correlation_with_arrival(values: &[usize]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_unstable();
    let n = values.len() as f64;
    let squares: f64 = values
        .iter()
        .enumerate()
        .map(|(at, value)| at as f64 - sorted.binary_search(value).unwrap() as f64)
        .map(|it| it * it)
        .sum();
    1.0 - 6.0 * squares / (n * (n * n - 1.0))
}

fn heads(rows: &[Accepted]) -> Vec<Vec<u8>> {
    rows.iter().map(|it| it.row[..24].to_vec()).collect()
}

#[test]
fn a_token_is_spent_once() {
    let (_dir, path) = place();
    let mut ballot_box = BallotBox::create(&path).unwrap();
    let (one, two) = (noise(), noise());
    let again = Accepted { nullifier: one.nullifier, ..noise() };
    let batch = [one.clone(), two.clone(), again.clone(), one.clone()];
    let puts = ballot_box.put_batch(&batch).unwrap();
    assert_eq!(puts, [Put::Taken, Put::Taken, Put::AlreadyRedeemed, Put::AlreadyRedeemed]);
    assert_eq!(ballot_box.put_batch(&[again]).unwrap(), [Put::AlreadyRedeemed]);

    let mut nullifiers = vec![one.nullifier, two.nullifier];
    nullifiers.sort_unstable();
    assert_eq!(ballot_box.nullifiers().unwrap(), nullifiers);
    assert_eq!(ballot_box.count().unwrap(), 2);
    let rows: HashSet<Row> = ballot_box.rows().unwrap().into_iter().collect();
    assert_eq!(rows, HashSet::from([one.row, two.row]));
}

#[test]
fn a_box_is_private_and_stays_when_made_again() {
    let (_dir, path) = place();
    BallotBox::create(&path).unwrap().put_batch(&[noise()]).unwrap();
    assert_eq!(BallotBox::create(&path).unwrap().count().unwrap(), 1);
    assert_eq!(BallotBox::open(&path).unwrap().count().unwrap(), 1);
    let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!([mode(&path), mode(path.parent().unwrap())], [0o600, 0o700]);
}

#[test]
fn what_is_not_a_box_is_not_opened() {
    let (dir, path) = place();
    assert!(matches!(BallotBox::open(&path), Err(BoxError::Missing)));
    let text = dir.path().join("text");
    std::fs::write(&text, "no database ".repeat(100)).unwrap();
    assert!(matches!(BallotBox::open(&text), Err(BoxError::Foreign)));
    let other = dir.path().join("other.sqlite");
    Connection::open(&other).unwrap().execute_batch("CREATE TABLE people (name TEXT)").unwrap();
    assert!(matches!(BallotBox::open(&other), Err(BoxError::Foreign)));
    assert!(matches!(BallotBox::create(&other), Err(BoxError::Foreign)));
}

#[test]
fn attack_37_the_box_has_no_clock_no_counter_and_nothing_in_common() {
    let (_dir, path) = place();
    let ballot_box = BallotBox::create(&path).unwrap();
    let mut statement = ballot_box.0.prepare("SELECT sql FROM sqlite_schema").unwrap();
    let schema: Vec<String> =
        statement.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    assert_eq!(schema.len(), 2, "two tables and no index");
    for table in &schema {
        assert!(table.contains("WITHOUT ROWID"), "{table}");
        let lower = table.to_lowercase();
        for word in ["time", "date", "integer", "autoincrement", "references"] {
            assert!(!lower.contains(word), "{table}");
        }
    }
    let modes: Vec<String> = ["journal_mode", "secure_delete", "synchronous"]
        .iter()
        .map(|it| {
            let value = |row: &rusqlite::Row<'_>| row.get::<_, rusqlite::types::Value>(0);
            format!("{:?}", ballot_box.0.pragma_query_value(None, it, value).unwrap())
        })
        .collect();
    assert_eq!(modes, [r#"Text("truncate")"#, "Integer(1)", "Integer(2)"]);
}

#[test]
fn attack_40_every_row_is_ciphertext_of_one_length() {
    let (_dir, path) = place();
    let mut ballot_box = BallotBox::create(&path).unwrap();
    let wave = testing::wave();
    let tokens = ["elm", "elm", "oak"].map(|it| wave.token(it));
    let sheets = [0, 1, 1_000_000].map(testing::sheet);
    let bodies: Vec<_> = tokens
        .iter()
        .zip(&sheets)
        .map(|(it, sheet)| it.seal(&wave.pinned, sheet).unwrap())
        .collect();
    let batch: Vec<_> = bodies.iter().map(|it| wave.redeemer.check_body(it).unwrap()).collect();
    ballot_box.put_batch(&batch).unwrap();
    drop(ballot_box);

    let file = std::fs::read(&path).unwrap();
    let contains = |needle: &[u8]| file.windows(needle.len()).any(|it| it == needle);
    assert!(contains(&batch[0].row) && contains(&batch[0].nullifier));
    for (body, sheet) in bodies.iter().zip(&sheets) {
        assert!(!contains(&body.nonce) && !contains(&body.mac));
        assert!(!contains(&body.ballot) && !contains(&body.ballot[..16]));
        assert!(!contains(&sheet.to_ballot()));
    }
    assert!(!contains(b"elm") && !contains(b"oak"));
}

#[test]
fn attack_39_dealt_anew_the_file_does_not_remember_who_came_first() {
    let (_dir, path) = place();
    let mut ballot_box = BallotBox::create(&path).unwrap();
    // One page at most, the case in which a page keeps the order of arrival.
    let mut before = 0.0;
    let mut after = 0.0;
    let full = std::env::var_os("TIDELINE_ATTACKS_FULL").is_some();
    let rounds = if full { 200 } else { 40 };
    for _ in 0..rounds {
        ballot_box.0.execute_batch("DELETE FROM spool; DELETE FROM spent; VACUUM").unwrap();
        let ballots: Vec<Accepted> = (0..12).map(|_| noise()).collect();
        for ballot in &ballots {
            ballot_box.put_batch(std::slice::from_ref(ballot)).unwrap();
        }
        let needles = heads(&ballots);
        before += correlation_with_arrival(&offsets(&path, &needles)) / f64::from(rounds);
        ballot_box.redeal().unwrap();
        after += correlation_with_arrival(&offsets(&path, &needles)) / f64::from(rounds);
    }
    // Cells are allocated from the end of the page, hence the sign.
    assert!(before < -0.99, "the test sees the order where it is: {before}");
    // A correlation of 12 random ranks has a standard deviation of 0.30, their mean that much less.
    let deviation = 0.302 / f64::from(rounds).sqrt();
    assert!(after.abs() < 4.0 * deviation, "{after}");
}

#[test]
fn one_batch_is_written_in_the_order_of_its_random_keys() {
    let (_dir, path) = place();
    let mut ballot_box = BallotBox::create(&path).unwrap();
    let mut mean = 0.0;
    for _ in 0..40 {
        ballot_box.0.execute_batch("DELETE FROM spool; DELETE FROM spent; VACUUM").unwrap();
        let ballots: Vec<Accepted> = (0..12).map(|_| noise()).collect();
        ballot_box.put_batch(&ballots).unwrap();
        mean += correlation_with_arrival(&offsets(&path, &heads(&ballots))) / 40.0;
    }
    assert!(mean.abs() < 0.25, "{mean}");
}

#[test]
fn a_sealed_box_takes_no_ballot_from_anybody_and_keeps_what_it_has() {
    let (_dir, path) = place();
    let mut ours = BallotBox::create(&path).unwrap();
    let mut theirs = BallotBox::open(&path).unwrap();
    let (before, after) = (noise(), noise());
    theirs.put_batch(&[before]).unwrap();
    ours.seal().unwrap();
    ours.seal().unwrap();
    assert!(matches!(theirs.put_batch(std::slice::from_ref(&after)), Err(BoxError::Sealed)));
    assert!(matches!(ours.put_batch(&[after]), Err(BoxError::Sealed)));
    let again = BallotBox::open(&path).unwrap();
    assert_eq!((again.count().unwrap(), again.nullifiers().unwrap().len()), (1, 1));
}

#[test]
fn a_shared_box_is_for_owner_and_group() {
    let (_dir, path) = place();
    BallotBox::create_shared(&path).unwrap().put_batch(&[noise()]).unwrap();
    let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o7777;
    assert_eq!([mode(&path), mode(path.parent().unwrap())], [0o660, 0o2770]);
}

#[test]
fn of_64_who_bring_the_same_token_at_once_one_is_taken() {
    let (_dir, path) = place();
    let ballot_box = BallotBox::create(&path).unwrap();
    let writer = writer(ballot_box, Duration::from_secs(2));
    let token = noise();
    let start = Arc::new(std::sync::Barrier::new(64));
    let taken = std::thread::scope(|scope| {
        let waiting: Vec<_> = (0..64)
            .map(|_| {
                let (writer, start) = (writer.clone(), Arc::clone(&start));
                let ballot = Accepted { nullifier: token.nullifier, ..noise() };
                scope.spawn(move || {
                    start.wait();
                    writer.put(ballot).unwrap()
                })
            })
            .collect();
        let puts = waiting.into_iter().map(|it| it.join().unwrap());
        puts.filter(|&it| it == Put::Taken).count()
    });
    writer.close();
    assert_eq!(taken, 1);
    assert_eq!(BallotBox::open(&path).unwrap().count().unwrap(), 1);
}

#[test]
fn two_processes_writers_share_a_box() {
    let (_dir, path) = place();
    drop(BallotBox::create(&path).unwrap());
    let wave = testing::wave();
    let writers = [0, 1].map(|_| BoxWriter::spawn(&path, cover(&wave)).unwrap());
    let ballots: Vec<Accepted> = (0..40).map(|_| noise()).collect();
    let taken: usize = std::thread::scope(|scope| {
        let threads = writers.each_ref().map(|writer| {
            let ballots = &ballots;
            scope.spawn(move || {
                let puts = ballots.iter().map(|it| writer.put(it.clone()).unwrap());
                puts.filter(|&it| it == Put::Taken).count()
            })
        });
        threads.into_iter().map(|it| it.join().unwrap()).sum()
    });
    drop(writers);
    assert_eq!(taken, 40);
    assert_eq!(found(&path, &wave), 40);
}

#[test]
fn a_closed_writer_has_dealt_the_box_and_takes_nothing() {
    let (_dir, path) = place();
    let ballot_box = BallotBox::create(&path).unwrap();
    let writer = writer(ballot_box, Duration::from_secs(600));
    let ballots: Vec<Accepted> = (0..12).map(|_| noise()).collect();
    for ballot in &ballots {
        assert_eq!(writer.put(ballot.clone()).unwrap(), Put::Taken);
    }
    let (sender, receiver) = std::sync::mpsc::channel();
    let late = noise();
    writer.put_then(late.clone(), move |it| sender.send(it).unwrap()).unwrap();
    let other = writer.clone();
    writer.close();
    assert_eq!(receiver.recv().unwrap().unwrap(), Put::Taken, "on its way when it closed");
    assert!(matches!(other.put(noise()), Err(BoxError::Closed)));
    assert!(matches!(other.put_then(noise(), |_| ()), Err(BoxError::Closed)));

    assert!(dealt(&path));
}

/// Whether the box is as dealing it anew would leave it, but for counters in its header.
fn dealt(path: &Path) -> bool {
    let again = path.with_extension("again");
    std::fs::copy(path, &again).unwrap();
    connect(&again).unwrap().execute_batch("VACUUM").unwrap();
    let pages = |path: &Path| std::fs::read(path).unwrap().split_off(100);
    pages(path) == pages(&again)
}

/// How many ballots whoever has the key finds in the box; all of them must be well formed.
fn found(path: &Path, wave: &TestWave) -> u64 {
    let ballot_box = BallotBox::open(path).unwrap();
    let rows = ballot_box.rows().unwrap();
    let unsealed = unseal(&wave.pinned, &wave.keys, &rows, 2, &|_| ()).unwrap();
    let spent = unsealed.spent(ballot_box.nullifiers().unwrap()).unwrap();
    assert_eq!(spent.len() as u64, unsealed.ballots());
    unsealed.ballots()
}

#[test]
fn a_starting_writer_deals_what_a_crash_left() {
    let (_dir, path) = place();
    let mut ballot_box = BallotBox::create(&path).unwrap();
    for _ in 0..12 {
        ballot_box.put_batch(&[noise()]).unwrap();
    }
    assert!(!dealt(&path));
    let writer = BoxWriter::spawn(&path, cover(&testing::wave())).unwrap();
    assert!(dealt(&path));
    drop(writer);
}

#[test]
fn a_resting_writer_deals_the_box_anew() {
    let (_dir, path) = place();
    let ballot_box = BallotBox::create(&path).unwrap();
    let writer = writer(ballot_box, Duration::from_millis(50));
    for _ in 0..12 {
        writer.put(noise()).unwrap();
    }
    let waited = (0..100).find(|_| {
        std::thread::sleep(Duration::from_millis(50));
        dealt(&path)
    });
    assert!(waited.is_some());
    writer.close();
}

#[test]
fn a_failing_database_takes_nothing_and_says_so() {
    let (_dir, path) = place();
    let ballot_box = BallotBox::create(&path).unwrap();
    ballot_box.0.execute_batch("DROP TABLE spool").unwrap();
    let writer = writer(ballot_box, Duration::from_secs(2));
    assert!(matches!(writer.put(noise()), Err(BoxError::Database(_))));
    writer.close();
    let count = "SELECT count(*) FROM spent";
    let spent: i64 = connect(&path).unwrap().query_row(count, [], |it| it.get(0)).unwrap();
    assert_eq!(spent, 0, "the token can still be spent");
}

#[test]
fn a_ballot_takes_the_place_of_cover_and_the_tally_finds_the_ballots() {
    let (_dir, path) = place();
    let wave = testing::wave();
    let maker = cover(&wave);
    let mut ballot_box = BallotBox::create(&path).unwrap();
    let made: Vec<Accepted> = (0..20).map(|_| maker.make().unwrap()).collect();
    let mut places = ballot_box.add_cover(&made).unwrap();
    let slots = |ballot_box: &BallotBox| -> Vec<[u8; SLOT_LEN]> {
        ballot_box.blobs("SELECT slot FROM spool ORDER BY slot").unwrap()
    };
    let before = slots(&ballot_box);
    let ballots: Vec<Accepted> = (0..5).map(|it| wave.ballot("elm", it)).collect();
    let again = [ballots.as_slice(), &ballots[..2]].concat();
    let puts = ballot_box.put_in_place(&again, &mut places).unwrap();
    assert_eq!(puts.iter().filter(|it| **it == Put::Taken).count(), 5);
    assert_eq!(places.len(), 15, "a refused ballot takes no place");
    ballot_box.put_in_place(&[maker.make().unwrap()], &mut places).unwrap();
    assert!(slots(&ballot_box) == before, "as many rows as before, under the same keys");
    assert_eq!(ballot_box.nullifiers().unwrap().len(), 20);

    let rows = ballot_box.rows().unwrap();
    let unsealed = unseal(&wave.pinned, &wave.keys, &rows, 2, &|_| ()).unwrap();
    assert_eq!(unsealed.ballots(), 5);
    let mut cast: Vec<Nullifier> = ballots.iter().map(|it| it.nullifier).collect();
    cast.sort_unstable();
    assert_eq!(unsealed.spent(ballot_box.nullifiers().unwrap()), Some(cast));
    let tally = tally(&wave.pinned, &wave.keys, &rows, 2, &|_| ()).unwrap();
    assert_eq!((tally.ballots, tally.spoilt, tally.sheets.len()), (5, 0, 5));
    // A box from which a token was removed by hand does not add up.
    ballot_box.0.execute("DELETE FROM spent WHERE nullifier = ?1", [ballots[0].nullifier]).unwrap();
    assert_eq!(unsealed.spent(ballot_box.nullifiers().unwrap()), None);
}

#[test]
fn more_ballots_than_cover_are_taken_all_the_same() {
    let (_dir, path) = place();
    let wave = testing::wave();
    let mut ballot_box = BallotBox::create(&path).unwrap();
    let mut places = ballot_box.add_cover(&[cover(&wave).make().unwrap()]).unwrap();
    let ballots: Vec<Accepted> = (0..3).map(|it| wave.ballot("oak", it)).collect();
    ballot_box.put_in_place(&ballots, &mut places).unwrap();
    assert_eq!((ballot_box.count().unwrap(), places.len()), (3, 0));
    assert_eq!(found(&path, &wave), 3);
}

#[test]
fn cover_that_is_gone_costs_no_ballot() {
    let (_dir, path) = place();
    let wave = testing::wave();
    let mut ballot_box = BallotBox::create(&path).unwrap();
    let places = ballot_box.add_cover(&cover(&wave).first().unwrap()).unwrap();
    ballot_box.0.execute_batch("DELETE FROM spool; DELETE FROM spent").unwrap();
    let error = ballot_box.put_in_place(&[wave.ballot("elm", 1)], &mut places.clone());
    assert!(matches!(error, Err(BoxError::NoCover)));
    let writer = BoxWriter::start(ballot_box, cover(&wave), places, Pace::default()).unwrap();
    assert_eq!(writer.put(wave.ballot("elm", 2)).unwrap(), Put::Taken);
    writer.close();
    assert_eq!(found(&path, &wave), 1);
}

#[test]
fn a_program_that_does_not_know_of_cover_leaves_the_box_alone() {
    let (_dir, path) = place();
    let wave = testing::wave();
    let mut ballot_box = BallotBox::create(&path).unwrap();
    let version = |ballot_box: &BallotBox| number(&ballot_box.0, "user_version").unwrap();
    assert_eq!(version(&ballot_box), 1);
    ballot_box.add_cover(&[cover(&wave).make().unwrap()]).unwrap();
    assert_eq!(version(&ballot_box), 3, "not a number that it opens");
    ballot_box.seal().unwrap();
    ballot_box.seal().unwrap();
    assert_eq!(version(&ballot_box), 4);
    let late = ballot_box.add_cover(&[cover(&wave).make().unwrap()]);
    assert!(matches!(late, Err(BoxError::Sealed)));
    // A writer that starts when the tally has begun has nothing to do, and says so to a ballot.
    let writer = BoxWriter::spawn(&path, cover(&wave)).unwrap();
    assert!(matches!(writer.put(noise()), Err(BoxError::Sealed)));
}

#[test]
fn cover_is_exchanged_at_random_times_once_it_has_begun_and_each_start_brings_its_own() {
    let (_dir, path) = place();
    let wave = testing::wave();
    drop(BallotBox::create(&path).unwrap());
    let pace = Pace { exchange: Duration::from_millis(20), ..Pace::default() };
    let rows = || -> HashSet<Row> {
        BallotBox::open(&path).unwrap().rows().unwrap().into_iter().collect()
    };
    let writer = BoxWriter::spawn_with(&path, cover(&wave), pace).unwrap();
    let before = rows();
    std::thread::sleep(Duration::from_millis(300));
    assert!(rows() == before, "nothing changes before it begins");
    writer.begin_cover();
    let changed = (0..200).find(|_| {
        std::thread::sleep(Duration::from_millis(20));
        rows().difference(&before).count() >= 5
    });
    assert!(changed.is_some());
    writer.close();
    assert_eq!(rows().len(), before.len());
    assert_eq!(found(&path, &wave), 0);

    let again = BoxWriter::spawn(&path, cover(&wave)).unwrap();
    assert_eq!(again.put(wave.ballot("elm", 1)).unwrap(), Put::Taken);
    again.close();
    assert_eq!(rows().len(), 2 * before.len());
    assert_eq!(found(&path, &wave), 1);
}

#[test]
fn within_a_batch_a_rows_place_says_nothing_about_its_nullifier() {
    let (_dir, path) = place();
    let wave = testing::wave();
    let maker = cover(&wave);
    let mut ballot_box = BallotBox::create(&path).unwrap();
    let mut mean = 0.0;
    for _ in 0..40 {
        let made: Vec<Accepted> = (0..12).map(|_| maker.make().unwrap()).collect();
        let mut places = ballot_box.add_cover(&made).unwrap();
        let mut batch: Vec<Accepted> = (0..12).map(|_| noise()).collect();
        batch.sort_by_key(|it| it.nullifier);
        ballot_box.put_in_place(&batch, &mut places).unwrap();
        let rows = ballot_box.rows().unwrap();
        let at: Vec<usize> =
            batch.iter().map(|it| rows.iter().position(|row| *row == it.row).unwrap()).collect();
        mean += correlation_with_arrival(&at) / 40.0;
    }
    assert!(mean.abs() < 0.25, "{mean}");
}

#[test]
fn damage_is_told_from_what_may_pass() {
    let (_dir, path) = place();
    assert!(BallotBox::open(&path).unwrap_err().is_damage(), "it is gone");
    let mut ballot_box = BallotBox::create(&path).unwrap();
    let batch: Vec<Accepted> = (0..200).map(|_| noise()).collect();
    ballot_box.put_batch(&batch).unwrap();
    drop(ballot_box);
    let whole = std::fs::read(&path).unwrap();
    for (from, to) in [(0, 100), (4096, whole.len()), (0, whole.len())] {
        let mut damaged = whole.clone();
        damaged[from..to].fill(0x5a);
        std::fs::write(&path, &damaged).unwrap();
        let read = BallotBox::open(&path).and_then(|it| it.rows());
        assert!(read.unwrap_err().is_damage(), "{from}..{to}");
    }
    std::fs::write(&path, &whole[..4096]).unwrap();
    let read = BallotBox::open(&path).and_then(|it| it.rows());
    assert!(read.unwrap_err().is_damage(), "cut off");
    for passing in [BoxError::Busy, BoxError::Sealed, io::Error::other("the disk is full").into()] {
        assert!(!passing.is_damage());
    }
}

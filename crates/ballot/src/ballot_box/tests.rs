//! The box: what it takes, what it forgets, what it leaves behind.

use std::{
    collections::HashSet, os::unix::fs::PermissionsExt as _, path::PathBuf, sync::Arc,
    time::Duration,
};

use tempfile::TempDir;

use super::*;
use crate::testing::{self, noise};

fn place() -> (TempDir, PathBuf) {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("boxes/ballot-1.sqlite");
    (dir, path)
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
    let writer = BoxWriter::start(ballot_box, Duration::from_secs(2)).unwrap();
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
    let writers = [0, 1].map(|_| BoxWriter::spawn(&path).unwrap());
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
    assert_eq!(BallotBox::open(&path).unwrap().count().unwrap(), 40);
}

#[test]
fn a_closed_writer_has_dealt_the_box_and_takes_nothing() {
    let (_dir, path) = place();
    let ballot_box = BallotBox::create(&path).unwrap();
    let writer = BoxWriter::start(ballot_box, Duration::from_secs(600)).unwrap();
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

/// Whether rows lie in the order of their keys: from the end of the page.
fn dealt(path: &Path) -> bool {
    let rows = BallotBox::open(path).unwrap().rows().unwrap();
    let heads: Vec<Vec<u8>> = rows.iter().map(|it| it[..24].to_vec()).collect();
    offsets(path, &heads).iter().rev().is_sorted()
}

#[test]
fn a_starting_writer_deals_what_a_crash_left() {
    let (_dir, path) = place();
    let mut ballot_box = BallotBox::create(&path).unwrap();
    for _ in 0..12 {
        ballot_box.put_batch(&[noise()]).unwrap();
    }
    assert!(!dealt(&path));
    let writer = BoxWriter::spawn(&path).unwrap();
    assert!(dealt(&path));
    drop(writer);
}

#[test]
fn a_resting_writer_deals_the_box_anew() {
    let (_dir, path) = place();
    let ballot_box = BallotBox::create(&path).unwrap();
    let writer = BoxWriter::start(ballot_box, Duration::from_millis(50)).unwrap();
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
    let writer = BoxWriter::start(ballot_box, Duration::from_secs(2)).unwrap();
    assert!(matches!(writer.put(noise()), Err(BoxError::Database(_))));
    writer.close();
    let count = "SELECT count(*) FROM spent";
    let spent: i64 = connect(&path).unwrap().query_row(count, [], |it| it.get(0)).unwrap();
    assert_eq!(spent, 0, "the token can still be spent");
}

//! Publishing: all of it or nothing, once, and back again as it was.

use sha2::{Digest as _, Sha256};
use tideline_aggregation::{Atom, Participation, People, Release, RosterChange};

use super::*;
use crate::{IssueRecord, NewDelivery, Publish, StoreError, release_digest};

fn issue_some(store: &Store, seq: u32) -> u32 {
    for who in ["elm0", "elm1", "oak0"] {
        let who = person(store, who).id;
        let now = wave(seq).window.opens();
        let issued = store.record_issue(WaveSeq(seq), who, &holder(who), &[7; 32], 7, now).unwrap();
        assert_eq!(issued, IssueRecord::New);
    }
    store.issued_count(WaveSeq(seq)).unwrap()
}

#[test]
fn a_release_comes_back_as_it_was() {
    for_each_database(|db| {
        let roster = with_wave(&db.store);
        let original = release(1, &roster);
        assert!(original.atoms().len() >= 5, "{original:?}");
        let details = original.details();
        assert!(details.spreads.iter().any(|it| it.burnout.is_some()), "{details:?}");
        assert!(details.blocks.iter().any(|it| it.items.len() == 9), "{details:?}");
        assert_eq!(db.store.release(WaveSeq(1)).unwrap(), None);
        assert_eq!(db.store.publish(&original, 0, &[]).unwrap(), Publish::Published);
        assert_eq!(db.store.release(WaveSeq(1)).unwrap(), Some(original.clone()));
        // Another process has nothing in memory.
        let other = Store::open(&db.url).unwrap();
        assert_eq!(other.releases().unwrap(), [original]);
    });
}

#[test]
fn the_history_grows_by_one() {
    for_each_database(|db| {
        let store = &db.store;
        let first = release(1, &with_wave(store));
        let second = release(2, &announce(store, 2));
        store.publish(&first, 0, &[]).unwrap();
        let other = Store::open(&db.url).unwrap();
        assert_eq!(other.history().unwrap().len(), 1);
        store.publish(&second, 0, &[]).unwrap();
        assert_eq!(*other.history().unwrap(), [first, second]);
        let released: Vec<bool> = store.waves().unwrap().iter().map(|it| it.released).collect();
        assert_eq!(released, [true, true]);
    });
}

#[test]
fn publishing_does_everything_at_once() {
    for_each_database(|db| {
        let store = &db.store;
        let roster = with_wave(store);
        let issued = issue_some(store, 1);
        let original = release(1, &roster);
        let hana = person(store, "hana").id;
        store
            .publish(
                &original,
                issued,
                &[NewDelivery::monthly_report(WaveSeq(1), hana, wave(1).window.closes())],
            )
            .unwrap();

        assert!(store.wave(WaveSeq(1)).unwrap().released);
        assert_eq!(store.issued_count(WaveSeq(1)).unwrap(), 0, "nobody knows who had a token");
        assert_eq!(store.deliveries(WaveSeq(1)).unwrap().len(), 1);
        let counts = store.release_counts(WaveSeq(1)).unwrap();
        assert_eq!((counts.issued, counts.ballots, counts.spoilt), (3, roster.eligible(), 0));
        assert_eq!(counts.eligible, roster.eligible());
        assert_eq!(counts.digest, release_digest(&original));
        let late = store
            .record_issue(WaveSeq(1), hana, &holder(hana), &[1; 32], 7, wave(1).window.opens())
            .unwrap_err();
        assert!(matches!(late, StoreError::NotPickUp(_)));
    });
}

#[test]
fn a_second_run_changes_nothing() {
    for_each_database(|db| {
        let store = &db.store;
        let roster = with_wave(store);
        let hana = NewDelivery::monthly_report(
            WaveSeq(1),
            person(store, "hana").id,
            wave(1).window.closes(),
        );
        store.publish(&release(1, &roster), 3, &[hana]).unwrap();
        let before =
            (store.release_counts(WaveSeq(1)).unwrap(), store.deliveries(WaveSeq(1)).unwrap());

        let ann = NewDelivery::monthly_report(
            WaveSeq(1),
            person(store, "elm0").id,
            wave(1).window.closes(),
        );
        let again = store.publish(&release(1, &roster), 9, &[ann]).unwrap();
        assert_eq!(again, Publish::AlreadyReleased);
        let after =
            (store.release_counts(WaveSeq(1)).unwrap(), store.deliveries(WaveSeq(1)).unwrap());
        assert_eq!(before, after);
    });
}

#[test]
fn a_publication_that_fails_leaves_nothing_behind() {
    for_each_database(|db| {
        let store = &db.store;
        let roster = with_wave(store);
        let issued = issue_some(store, 1);
        let hana = NewDelivery::monthly_report(
            WaveSeq(1),
            person(store, "hana").id,
            wave(1).window.closes(),
        );
        // A mail to nobody: refused at the end of the transaction.
        let nobody = NewDelivery { recipient: tideline_domain::PersonId::new(Uuid::nil()), ..hana };
        assert!(store.publish(&release(1, &roster), issued, &[hana, nobody]).is_err());
        assert_eq!(store.release(WaveSeq(1)).unwrap(), None);
        assert!(!store.wave(WaveSeq(1)).unwrap().released);
        assert_eq!(store.issued_count(WaveSeq(1)).unwrap(), issued);
        assert_eq!(
            store.publish(&release(1, &roster), issued, &[hana]).unwrap(),
            Publish::Published
        );
    });
}

#[test]
fn a_release_must_fit_its_wave() {
    for_each_database(|db| {
        let store = &db.store;
        let roster = with_wave(store);
        assert!(matches!(
            store.publish(&release(2, &roster), 0, &[]),
            Err(StoreError::NoSuchWave(WaveSeq(2)))
        ));
        store
            .import(&plan("Northside: hana\nElm < Northside"), Actor::Program, noon("2026-02-05"))
            .unwrap();
        let tree = store.units(day("2026-02-05")).unwrap().unwrap();
        let other = Roster { cohorts: Vec::new(), tree, ..roster };
        let refused = store.publish(&release(1, &other), 0, &[]);
        assert!(matches!(refused, Err(StoreError::ReleaseMismatch(WaveSeq(1)))));
    });
}

#[test]
fn not_even_the_database_takes_a_small_group() {
    for_each_database(|db| {
        let roster = with_wave(&db.store);
        db.store.publish(&release(1, &roster), 0, &[]).unwrap();
        for column in ["n_burnout", "n_sts", "n_cs"] {
            assert!(db.sql(&format!("UPDATE atoms SET {column} = 4")).is_err(), "{column}");
        }
        assert!(db.sql("UPDATE releases SET k = 4").is_err());
        assert!(db.sql("UPDATE atoms SET took_part = 10").is_err());
        assert!(db.sql("UPDATE atom_units SET atom = 999").is_err(), "no such atom");
    });
}

#[test]
fn a_release_that_was_tampered_with_is_not_shown() {
    for_each_database(|db| {
        let roster = with_wave(&db.store);
        db.store.publish(&release(1, &roster), 0, &[]).unwrap();
        for change in [
            "UPDATE atoms SET n_cs = n_cs + 1 WHERE atom = 0",
            "UPDATE atoms SET asked = asked + 1 WHERE atom = 0",
            "UPDATE atoms SET changed_since_spread = 4",
            "UPDATE atoms SET lo_cs = lo_cs + 1 WHERE atom = 0",
            "UPDATE releases SET ballots = ballots - 1",
            "UPDATE releases SET spoilt = 1",
            "UPDATE atom_units SET atom = 0",
        ] {
            db.sql(change).unwrap();
            let other = Store::open(&db.url).unwrap();
            let shown = other.releases();
            assert!(matches!(shown, Err(StoreError::Corrupt { .. })), "{change}: {shown:?}");
        }
    });
}

/// Earlier versions told a standard deviation of answers, which is an exact sum of their squares. What
/// they published is still shown, and still checked; that number is shown no more.
#[test]
fn a_release_of_an_earlier_version_is_shown_without_its_standard_deviation() {
    for_each_database(|db| {
        let roster = with_wave(&db.store);
        // As an earlier version would have stored it: exact numbers of answers, nothing of who was asked.
        let made = release(1, &roster);
        let atoms = made.atoms().iter().cloned().map(|it| Atom {
            people: People::of_any(it.n.burnout, made.k().people()),
            asked: None,
            took_part: Participation::new(9).unwrap(),
            ..it
        });
        let (tree, k) = (made.tree().clone(), made.k());
        let original =
            Release::restore(made.wave().clone(), tree, k, atoms.collect(), made.turnout())
                .unwrap();
        db.store.publish(&original, 0, &[]).unwrap();
        let told = PerScale { burnout: 19.3, sts: 22.0, cs: 24.5 };
        let digest: String = Sha256::digest(crate::digest::text(&original, Some(&told)))
            .iter()
            .map(|it| format!("{it:02x}"))
            .collect();
        let blob = if matches!(db.url.0, crate::url::Target::Sqlite(_)) {
            format!("X'{digest}'")
        } else {
            format!("decode('{digest}', 'hex')")
        };
        db.sql(&format!(
            "UPDATE releases SET sd_burnout = 19.3, sd_sts = 22.0, sd_cs = 24.5, digest = {blob}"
        ))
        .unwrap();
        let other = Store::open(&db.url).unwrap();
        assert_eq!(other.releases().unwrap(), [original]);
        db.sql("UPDATE releases SET sd_cs = 24.4").unwrap();
        let other = Store::open(&db.url).unwrap();
        assert!(matches!(other.releases(), Err(StoreError::Corrupt { .. })));
    });
}

/// The format is public: others compute the digest from it.
#[test]
fn the_digest_is_of_the_text_that_is_documented() {
    let folder = tempfile::tempdir().unwrap();
    let db = Database::at(&format!("sqlite:{}", folder.path().join("a.sqlite").display()));
    let release = release(1, &with_wave(&db.store));
    let text = crate::digest::text(&release, None);
    let lines: Vec<&str> = text.lines().collect();
    assert!(text.is_ascii() && text.ends_with('\n'));
    assert_eq!(
        lines[..3],
        ["tideline-release-v2", "wave 1 2026-01 1769850000 1770454800 1771059600", "k 6"]
    );
    assert!(lines[3].starts_with("turnout 59 59 0"), "{}", lines[3]);
    let rest = &lines[4 + release.atoms().len()..];
    let count = |kind: &str| rest.iter().filter(|it| it.starts_with(kind)).count();
    let details = release.details();
    let items: usize = details.blocks.iter().map(|it| it.items.len()).sum();
    assert_eq!(count("item "), items);
    assert_eq!(count("block "), details.blocks.len());
    let since = count("since-spread ");
    assert_eq!(since + count("spread ") + count("block ") + count("item "), rest.len());
    assert!(since > 0 && rest[0].split(' ').count() == 3, "{}", rest[0]);
    assert!(rest[since].starts_with("spread ") && rest[since].split(' ').count() == 9);
    let atom = &release.atoms()[0];
    let words: Vec<&str> = lines[4].split(' ').collect();
    assert_eq!(words.len(), 10);
    assert_eq!(
        words[1..5],
        [atom.people.least, atom.asked.unwrap(), atom.total.burnout.lo, atom.total.burnout.hi]
            .map(|it| it.to_string())
    );
    assert!(words[9].starts_with(&atom.units[0].to_string()));
}

#[test]
fn old_rosters_and_people_who_have_left_are_forgotten() {
    for_each_database(|db| {
        let store = &db.store;
        let rosters = [with_wave(store), announce(store, 2)];
        let gone = person(store, "elm0");
        let kept = person(store, "elm1");
        let staff = |plan: ImportPlan| {
            let stay =
                |row: &ImportRow| !matches!(&row.person, Some((_, it, _)) if *it == gone.email);
            ImportPlan { rows: plan.rows.into_iter().filter(stay).collect() }
        };
        store.import(&staff(northside()), Actor::Program, noon("2026-03-05")).unwrap();
        store.publish(&release(1, &rosters[0]), 0, &[]).unwrap();
        store.publish(&release(2, &rosters[1]), 0, &[]).unwrap();
        let placed = |seq, who: &Person| store.placement(WaveSeq(seq), who.id).unwrap().is_some();
        assert!(placed(1, &gone) && placed(2, &gone), "the wave before is kept");

        let third = announce(store, 3);
        store.publish(&release(3, &third), 0, &[]).unwrap();
        assert!(!placed(1, &gone) && !placed(1, &kept) && placed(2, &gone) && placed(3, &kept));
        assert!(store.person(gone.id).unwrap().is_some());

        let fourth = announce(store, 4);
        store.publish(&release(4, &fourth), 0, &[]).unwrap();
        assert_eq!(store.person(gone.id).unwrap(), None);
        assert!(store.person(kept.id).unwrap().is_some());
        assert_eq!(store.releases().unwrap().len(), 4, "releases stay");
    });
}

#[test]
fn nothing_deleted_is_left_in_the_files() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("test.sqlite");
    let db = Database::at(&format!("sqlite:{}", file.display()));
    let roster = with_wave(&db.store);
    let element = *b"a blinded element to be forgotten";
    let ann = person(&db.store, "elm0").id;
    let now = wave(1).window.opens();
    let element: [u8; 32] = element[..32].try_into().unwrap();
    db.store.record_issue(WaveSeq(1), ann, &holder(ann), &element, 7, now).unwrap();
    let found = || {
        std::fs::read_dir(folder.path()).unwrap().any(|it| {
            let bytes = std::fs::read(it.unwrap().path()).unwrap();
            bytes.windows(element.len()).any(|it| it == element)
        })
    };
    assert!(found(), "the test looks in the right place");
    db.store.publish(&release(1, &roster), 1, &[]).unwrap();
    db.store.scrub().unwrap();
    assert!(!found());
}

#[test]
fn a_log_in_use_is_said_and_emptied_later() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("test.sqlite");
    let db = Database::at(&format!("sqlite:{}", file.display()));
    with_wave(&db.store);
    // Somebody reads an old state for as long as this connection lives.
    let mut reader = crate::connection::connect(&db.url).unwrap();
    reader.batch_execute("PRAGMA busy_timeout = 0; BEGIN; SELECT count(*) FROM waves").unwrap();
    db.sql("PRAGMA busy_timeout = 0; UPDATE people SET name = name || '!'").unwrap();
    assert!(matches!(db.store.scrub(), Err(StoreError::InUse)));
    reader.batch_execute("ROLLBACK").unwrap();
    db.store.scrub().unwrap();
}

#[test]
fn the_list_of_pick_ups_is_dealt_in_the_order_of_its_keys() {
    for_each_database(|db| {
        with_wave(&db.store);
        let now = wave(1).window.opens();
        let mut people: Vec<_> =
            (0..10).map(|it| person(&db.store, &format!("ash{it}")).id).collect();
        people.sort_by_key(|it| std::cmp::Reverse(*it));
        for (at, id) in people.iter().enumerate() {
            let element = [u8::try_from(at).unwrap(); 32];
            assert_eq!(
                db.store.record_issue(WaveSeq(1), *id, &holder(*id), &element, 7, now).unwrap(),
                IssueRecord::New
            );
        }
        db.store.redeal_pickups().unwrap();
        db.store.redeal_pickups().unwrap();
        assert_eq!(db.store.issued_count(WaveSeq(1)).unwrap(), 10);
        for (at, id) in people.iter().enumerate() {
            let element = [u8::try_from(at).unwrap(); 32];
            assert_eq!(
                db.store.record_issue(WaveSeq(1), *id, &holder(*id), &element, 7, now).unwrap(),
                IssueRecord::Same
            );
            let issue = db.store.issue_of(WaveSeq(1), *id, &holder(*id)).unwrap().unwrap();
            assert_eq!((issue.blinded, issue.device), (element, Some(7)));
        }
        if !db.is_sqlite() {
            let lie =
                db.numbers("SELECT count(DISTINCT xmin::text)::integer AS number FROM pickups");
            assert_eq!(lie, [1], "one transaction wrote all rows");
            let order = "SELECT (row_number() OVER (ORDER BY ctid) - row_number() OVER \
                         (ORDER BY wave, holder))::integer AS number FROM pickups";
            assert_eq!(db.numbers(order), [0; 10]);
        }
    });
}

#[test]
fn who_joined_left_or_moved_is_known_from_two_rosters() {
    for_each_database(|db| {
        let store = &db.store;
        let first = with_wave(store);
        // Nobody changed between the first two waves.
        announce(store, 2);
        assert_eq!(store.roster_moves(WaveSeq(1), WaveSeq(2)).unwrap(), Some(vec![]));
        // There never was a wave 9.
        assert_eq!(store.roster_moves(WaveSeq(9), WaveSeq(2)).unwrap(), None);
        // Against an empty roster everybody has left.
        let moves = store.roster_moves(WaveSeq(2), WaveSeq(9)).unwrap().unwrap();
        assert_eq!(moves.len(), first.placements.len());
        assert!(moves.iter().all(|it| it.from.is_some() && it.to.is_none()));

        let original = release(1, &first).compared_with_roster_before(&moves);
        assert!(original.details().roster.iter().all(|it| *it == RosterChange::More));
        store.publish(&original, 0, &[]).unwrap();
        let other = Store::open(&db.url).unwrap();
        assert_eq!(other.releases().unwrap(), [original]);
    });
}

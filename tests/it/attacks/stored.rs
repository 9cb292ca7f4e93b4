//! What a thief of everything that is stored can see.

use std::fs;

use diesel::{
    Connection as _, PgConnection, QueryableByName, RunQueryDsl as _, sql_query, sql_types::Text,
};
use tideline_ballot::{ballot_box::BallotBox, keys::WaveKeys, tally::tally, wave_dir::WaveFiles};
use tideline_domain::WaveSeq;

use super::{Stage, fields, holds};
use crate::{
    databases::on_both_databases,
    journey::{sheet, staff},
    support::day,
};

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Text)]
    line: String,
}

impl Stage {
    /// Every file, and every row of every table if the database is not a file.
    pub(super) fn stored(&self) -> Vec<(String, Vec<u8>)> {
        let mut places: Vec<(String, Vec<u8>)> = self
            .site
            .files()
            .into_iter()
            .map(|(path, bytes)| (path.display().to_string(), bytes))
            .collect();
        if let Some(url) = self.site.database() {
            let mut conn = PgConnection::establish(&url).unwrap();
            let tables: Vec<Line> = sql_query(
                "SELECT tablename::text AS line FROM pg_tables WHERE schemaname = current_schema()",
            )
            .load(&mut conn)
            .unwrap();
            for table in tables {
                let rows: Vec<Line> =
                    sql_query(format!("SELECT t::text AS line FROM \"{}\" t", table.line))
                        .load(&mut conn)
                        .unwrap();
                let mut bytes = Vec::new();
                for row in rows {
                    bytes.extend_from_slice(row.line.as_bytes());
                    // Bytes are shown in hexadecimal; the search is for the bytes themselves, too.
                    for part in row.line.split("\\x").skip(1) {
                        let hex: Vec<u8> = part.bytes().take_while(u8::is_ascii_hexdigit).collect();
                        bytes.extend(hex.chunks_exact(2).map(|it| {
                            u8::from_str_radix(std::str::from_utf8(it).unwrap(), 16).unwrap()
                        }));
                    }
                }
                places.push((format!("table {}", table.line), bytes));
            }
        }
        places
    }
}

/// What travels is nowhere in what is stored, during the wave and after it. The log is searched by
/// `leaks.rs`.
#[test]
fn attack_36_what_travels_is_not_stored() {
    on_both_databases(|database| {
        let stage = Stage::on(database);
        let mut secrets: Vec<Vec<u8>> =
            vec![b"attackers-browser/1.0".to_vec(), b"198.51.100.7".to_vec()];
        for address in staff("elm", 8) {
            let (manifest, token) = stage.token(&address);
            let body = token.redeem_body(&manifest, &sheet(4)).unwrap();
            let headers = [
                ("content-type", "text/plain"),
                ("user-agent", "attackers-browser/1.0"),
                ("x-forwarded-for", "198.51.100.7"),
            ];
            let reply = crate::support::http(
                "POST",
                &stage.site.ballot("/redeem"),
                &headers,
                body.as_bytes(),
            );
            assert_eq!(reply.status, 200);
            for field in ["nonce", "ballot", "mac"] {
                let text = fields(&body)[field].as_str().unwrap().to_owned();
                let raw = base64(&text);
                secrets.extend([text.into_bytes(), raw]);
            }
            secrets.push(stage.site.bearer(&address, stage.seq).split('.').nth(2).unwrap().into());
        }
        secrets.push(sheet(4).to_ballot());
        let look = |when: &str| {
            for (place, bytes) in stage.stored() {
                for secret in &secrets {
                    assert!(!holds(&bytes, secret), "{place} {when}");
                }
            }
        };
        look("during the wave");
        stage.after_close();
        stage.site.close(stage.seq);
        look("after it");
    });
}

fn base64(text: &str) -> Vec<u8> {
    tideline_ballot::encoding::from_base64::<32>(text)
        .map(|it| it.to_vec())
        .or_else(|| tideline_ballot::encoding::from_base64::<145>(text).map(|it| it.to_vec()))
        .unwrap()
}

#[test]
fn attack_38_where_rows_lie_in_the_file() {
    let stage = Stage::open();
    let mut arrived = Vec::new();
    for address in super::everybody().iter().take(23) {
        let (manifest, token) = stage.token(address);
        assert_eq!(stage.site.send(&manifest, &token, &sheet(1)), 200);
        arrived.push(token.nullifier());
    }
    // The box rests, and is dealt anew.
    std::thread::sleep(std::time::Duration::from_millis(2600));
    let file = fs::read(stage.site.folder().join("boxes/ballot-1.sqlite")).unwrap();
    let at: Vec<usize> = arrived
        .iter()
        .map(|it| file.windows(32).position(|window| window == it).expect("in the file"))
        .collect();
    let rho = correlation(&at);
    // 23 random ranks have a standard deviation of 0.213.
    assert!(rho.abs() < 0.75, "{rho}");
}

/// Rank correlation of values with their order.
fn correlation(values: &[usize]) -> f64 {
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

#[test]
fn attack_40_requests_have_one_length() {
    let stage = Stage::open();
    let none = tideline_domain::AnswerSheet::from_ballot(25, &[0; 25]).unwrap();
    let all = tideline_domain::AnswerSheet::from_ballot(25, &[5; 25]).unwrap();
    let lengths: Vec<usize> = [none, all, sheet(0), sheet(3)]
        .iter()
        .zip(1..)
        .map(|(it, person)| {
            let (manifest, token) = stage.token(&format!("elm{person}@harbour.example"));
            let body = token.redeem_body(&manifest, it).unwrap();
            assert_eq!(stage.site.redeem(&body).status, 200);
            body.len()
        })
        .collect();
    assert!(lengths.windows(2).all(|it| it[0] == it[1]), "{lengths:?}");
}

#[test]
fn attack_42_copies_of_the_box_taken_every_hour() {
    let stage = Stage::open();
    let files = WaveFiles::new(stage.site.folder(), WaveSeq(1));
    let copies = tempfile::tempdir().unwrap();
    let mut taken = Vec::new();
    for person in 1..=8 {
        assert_eq!(stage.site.redeem(&stage.body(person, 4)).status, 200);
        let copy = copies.path().join(format!("{person}.sqlite"));
        fs::copy(files.ballot_box(), &copy).unwrap();
        taken.push(copy);
    }
    let pinned = files.pinned().unwrap();
    let rows = BallotBox::open(&taken[7]).unwrap().rows().unwrap();
    let key_file = fs::read(files.keys()).unwrap();
    let keys = WaveKeys::load(&files.keys()).unwrap();
    let opened = tally(&pinned, &keys, &rows, 1, &|_| ()).unwrap();
    assert_eq!(opened.sheets.len(), 8, "with the key they open, so the key is what must go");
    drop((keys, opened));
    stage.after_close();
    stage.site.close(stage.seq);

    let secrets = [&key_file[16..48], &key_file[48..80]];
    for (place, bytes) in stage.stored() {
        for secret in secrets {
            assert!(!secret.chunks(16).any(|it| holds(&bytes, it)), "a key in {place}");
        }
        let path = std::path::PathBuf::from(&place);
        assert!(WaveKeys::load(&path).is_err());
    }
    // As long as a name is where it would lie in the clear: two letters are somewhere in any noise.
    let cohort = b"c1\0\0\0\0\0\0";
    for copy in &taken {
        let bytes = fs::read(copy).unwrap();
        assert!(!holds(&bytes, &sheet(4).to_ballot()) && !holds(&bytes, cohort));
    }
    // No other key opens them.
    let others = WaveKeys::generate();
    assert!(tally(&pinned, &others, &rows, 1, &|_| ()).is_err());
}

/// Who was signed in when, and who picked up a token, from everything that is stored, the keys left out.
#[test]
fn attack_121_when_somebody_was_here_and_who_picked_up() {
    on_both_databases(|database| {
        let stage = Stage::on(database);
        let store = &stage.site.context.store;
        let everybody = staff("elm", 6);
        let mut kept = Vec::new();
        for (minute, address) in (0_i64..).step_by(7).zip(&everybody) {
            stage.site.clock.set(day(3, 3) + chrono::TimeDelta::seconds(minute * 60 + 13));
            stage.site.sign_in(address);
            let person = store.person_by_email(&address.parse().unwrap()).unwrap().unwrap().id;
            kept.extend(store.sessions_of(person, day(3, 3)).unwrap().iter().map(|it| it.expires));
        }
        kept.dedup();
        assert_eq!(kept.len(), 1, "all within one hour: {kept:?}");

        // Half of them pick up: nothing that is stored tells which half.
        let (picked, others) = everybody.split_at(3);
        for address in picked {
            stage.token(address);
        }
        store.redeal_pickups().unwrap();
        let id = |it: &String| store.person_by_email(&it.parse().unwrap()).unwrap().unwrap().id;
        let places: Vec<Vec<u8>> = stage
            .stored()
            .into_iter()
            .filter(|(place, _)| !place.contains("/keys/"))
            .map(|(_, bytes)| bytes)
            .collect();
        let often = |person: &str| -> usize {
            let needle = person.as_bytes();
            places.iter().flat_map(|it| it.windows(needle.len())).filter(|it| *it == needle).count()
        };
        let of =
            |all: &[String]| all.iter().map(|it| often(&id(it).to_string())).collect::<Vec<_>>();
        let (with, without) = (of(picked), of(others));
        assert!(with.iter().all(|it| *it > 0), "they are on the roster");
        let same = |all: &[usize]| all.iter().min() == all.iter().max();
        // In a file of SQLite an old copy of a row may lie about, of anybody.
        if database.is_some() {
            assert!(same(&[with, without].concat()), "named as often, token or not");
        }
        // Nor does any name that could be made without the key.
        let names: Vec<[u8; 32]> = picked
            .iter()
            .map(|it| tideline_ballot::encoding::sha256(&[id(it).to_string().as_bytes()]))
            .collect();
        assert!(places.iter().all(|it| names.iter().all(|name| !holds(it, name))));
        assert_eq!(store.issued_count(stage.seq).unwrap(), 3);
    });
}

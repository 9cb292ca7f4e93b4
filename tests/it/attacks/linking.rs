//! A thief of everything, keys included, matches pick-ups with ballots by where the rows lie.

use std::collections::BTreeMap;

use chrono::TimeDelta;
use tideline_ballot::{
    ballot_box::BallotBox, keys::WaveKeys, manifest::PinnedManifest, redeem::Accepted,
    tally::tally, wave_dir::WaveFiles,
};
use tideline_domain::day::utc_day;
use tideline_domain::{AnswerSheet, PersonId, Window};
use tideline_server::wave;
use uuid::Uuid;

use super::size;
use crate::support::{Instance, day};

const TEAM: u32 = 12;

/// The pages of the database and of the box, as offsets in the files.
struct Dump {
    database: Vec<u8>,
    ballots: Vec<u8>,
}

impl Dump {
    fn order<T: Ord + Copy>(file: &[u8], needles: &[(T, Vec<u8>)]) -> Vec<T> {
        let mut found: Vec<(usize, T)> = needles
            .iter()
            .map(|(whose, needle)| {
                let at = file.windows(needle.len()).position(|it| it == needle.as_slice());
                (at.expect("it is in the file"), *whose)
            })
            .collect();
        found.sort_unstable();
        found.into_iter().map(|it| it.1).collect()
    }
}

fn random(below: usize) -> usize {
    usize::try_from(Uuid::new_v4().as_u128() % below as u128).unwrap()
}

fn shuffled<T>(mut items: Vec<T>) -> Vec<T> {
    for at in (1..items.len()).rev() {
        items.swap(at, random(at + 1));
    }
    items
}

/// Sheet number `number` of one wave: everybody's is another one, so that the truth is known.
fn marked(number: u32) -> AnswerSheet {
    let mut bytes = vec![0; 25];
    bytes[0] = u8::try_from(1 + number % 5).unwrap();
    bytes[1] = u8::try_from(1 + number / 5).unwrap();
    AnswerSheet::from_ballot(25, &bytes).unwrap()
}

/// One wave; returns how many of the twelve each way of matching gets right.
fn one_wave(site: &Instance, round: u32, people: &[PersonId], one_sitting: bool) -> [u32; 4] {
    let start = day(1, 1) + TimeDelta::days(i64::from(round) * 8);
    site.clock.set(start);
    let window =
        Window::new(start, start + TimeDelta::days(1), start + TimeDelta::days(6)).unwrap();
    let seq = site.announce(&format!("w{round}"), window);
    let manifest = site.client.manifest(seq.0).unwrap();

    // Everybody picks up ahead, in an order of its own; or, the worst case, right before answering.
    let picking = shuffled((0..TEAM).collect::<Vec<_>>());
    let mut tokens = BTreeMap::new();
    let mut elements = Vec::new();
    for who in &picking {
        let person = people[*who as usize];
        let cohort = site.context.store.placement(seq, person).unwrap().unwrap().1;
        let pending = tideline_ballot::client::Pending::begin(&manifest, &cohort).unwrap();
        let bearer = site.bearer_of(person, seq);
        let issued = site.issue(&bearer, &pending.issue_body());
        let issued = tideline_ballot::wire::IssuedBody::from_json(&issued.body).unwrap();
        elements.push((*who, pending.blinded().to_vec()));
        tokens.insert(*who, pending.finish(&manifest, &issued).unwrap());
    }
    site.clock.set(start + TimeDelta::days(2));
    let answering = if one_sitting { picking } else { shuffled((0..TEAM).collect()) };
    for who in &answering {
        assert_eq!(site.send(&manifest, &tokens[who], &marked(*who)), 200);
    }
    // A round of jobs, and the box at rest.
    site.context.store.redeal_pickups().unwrap();
    site.context.live.get(seq).unwrap().close();

    let files = WaveFiles::new(site.folder(), seq);
    let dump = Dump {
        database: std::fs::read(site.folder().join("tideline.sqlite")).unwrap(),
        ballots: std::fs::read(files.ballot_box()).unwrap(),
    };
    let truth = whose_rows(&files, &manifest);
    let picked = Dump::order(&dump.database, &elements);
    let cast = Dump::order(&dump.ballots, &truth);
    let hits = |picked: &[u32], cast: &[u32]| {
        u32::try_from(picked.iter().zip(cast).filter(|(one, other)| one == other).count()).unwrap()
    };
    let reversed: Vec<u32> = cast.iter().rev().copied().collect();
    // By the keys the tables are sorted by, instead of by their place in the file.
    let mut by_key = elements.clone();
    by_key.sort_by_key(|it| people[it.0 as usize]);
    let by_key: Vec<u32> = by_key.into_iter().map(|it| it.0).collect();
    let by_slot: Vec<u32> = truth.iter().map(|it| it.0).collect();
    let outcome = [
        hits(&picked, &cast),
        hits(&picked, &reversed),
        hits(&by_key, &by_slot),
        hits(&picked, &by_slot),
    ];
    site.clock.set(start + TimeDelta::days(7));
    wave::close(&site.context, seq).unwrap();
    outcome
}

/// Each row of the box with whose it is: opened with the keys, in the order of the slots.
fn whose_rows(files: &WaveFiles, manifest: &PinnedManifest) -> Vec<(u32, Vec<u8>)> {
    let keys = WaveKeys::load(&files.keys()).unwrap();
    let rows = BallotBox::open(&files.ballot_box()).unwrap().rows().unwrap();
    rows.iter()
        .filter_map(|row| {
            let opened = tally(manifest, &keys, std::slice::from_ref(row), 1, &|_| ()).unwrap();
            // Not of cover.
            let sheet = opened.sheets.first()?.1.to_ballot();
            Some((u32::from(sheet[0] - 1) + 5 * u32::from(sheet[1] - 1), row.to_vec()))
        })
        .collect()
}

/// A team of twelve and nobody else: the smallest haystack there is.
fn team() -> (Instance, Vec<PersonId>) {
    let site = Instance::start(None, day(1, 1));
    let mut csv =
        String::from("unit,parent,name,email,role\nElm,,Mona Moor,mona@harbour.example,staff\n");
    for at in 1..TEAM {
        csv.push_str(&format!("Elm,,Person {at},elm{at}@harbour.example,staff\n"));
    }
    site.import(&csv);
    let on = utc_day(site.context.now());
    let people =
        site.context.store.people_with_units(on).unwrap().iter().map(|it| it.0.id).collect();
    (site, people)
}

/// How likely guessing gets 0, 1, 2, … right in `waves` waves: in each it is the number of people whom a
/// random order leaves in their place.
fn guessing(waves: usize) -> Vec<f64> {
    let people = TEAM as usize;
    let factorial = |n: usize| (1..=n).map(|it| it as f64).product::<f64>();
    // Orders that leave nobody in place, of 0, 1, 2, … people.
    let mut nobody = vec![1.0, 0.0];
    for n in 2..=people {
        nobody.push((n - 1) as f64 * (nobody[n - 1] + nobody[n - 2]));
    }
    let in_one: Vec<f64> =
        (0..=people).map(|k| nobody[people - k] / factorial(k) / factorial(people - k)).collect();
    let mut all = vec![1.0];
    for _ in 0..waves {
        let mut next = vec![0.0; all.len() + people];
        for (at, it) in all.iter().enumerate() {
            for (more, chance) in in_one.iter().enumerate() {
                next[at + more] += it * chance;
            }
        }
        all = next;
    }
    all
}

/// So many hits, and no more, are guessed in `waves` waves, but for one time in `seldom`.
fn most_guessed(waves: usize, seldom: f64) -> u32 {
    let chances = guessing(waves);
    let mut above = 0.0;
    let most = chances.iter().rposition(|it| {
        above += it;
        above > 1.0 / seldom
    });
    u32::try_from(most.unwrap()).unwrap()
}

/// Somebody who guesses has more hits than this in each of the four ways one time in 400, so one time in a
/// hundred in one of them: not more than a suspicion …
const SUSPICIOUS: f64 = 400.0;
/// … which is tried again with four times as many other waves. There guessing has more than this so seldom
/// that it does not come up in a lifetime of test runs.
const CERTAIN: f64 = 100_000.0;

fn hits_in(waves: usize, one_sitting: bool) -> [u32; 4] {
    let (site, people) = team();
    let mut hits = [0_u32; 4];
    for round in 0..waves {
        let found = one_wave(&site, u32::try_from(round).unwrap(), &people, one_sitting);
        hits.iter_mut().zip(found).for_each(|(all, it)| *all += it);
    }
    hits
}

fn attack(waves: usize, one_sitting: bool) -> String {
    let hits = hits_in(waves, one_sitting);
    let most = most_guessed(waves, SUSPICIOUS);
    let mut said =
        format!("{hits:?} hits in {waves} waves of {TEAM}; guessing has {waves}, up to {most}");
    let suspected: Vec<usize> = (0..hits.len()).filter(|way| hits[*way] > most).collect();
    if !suspected.is_empty() {
        let waves = 4 * waves;
        let (again, most) = (hits_in(waves, one_sitting), most_guessed(waves, CERTAIN));
        said = format!("{said}; tried again, {again:?} in {waves}, guessing has up to {most}");
        assert!(suspected.iter().all(|way| again[*way] <= most), "{said}");
    }
    said
}

#[test]
fn what_guessing_has_is_told_apart_from_knowing() {
    let all: f64 = guessing(12).iter().sum();
    let mean: f64 = guessing(12).iter().zip(0_u32..).map(|(it, n)| it * f64::from(n)).sum();
    assert!((all - 1.0).abs() < 1e-9 && (mean - 12.0).abs() < 1e-9, "{all} {mean}");
    assert_eq!([12, 200].map(|it| most_guessed(it, SUSPICIOUS)), [23, 241]);
    assert_eq!([48, 800].map(|it| most_guessed(it, CERTAIN)), [80, 923]);
    // Whoever knows gets all twelve right, and whoever knows every sixth has twice what guessing has.
    const { assert!(12 * TEAM > 23 && 48 * TEAM / 6 > 80) };
}

#[test]
fn attack_41_matching_by_row_order_after_pick_up_ahead() {
    println!("{}", attack(size(12, 200), false));
}

/// Without pick-up ahead the clock would tell; what is stored does not.
#[test]
fn attack_41_matching_by_row_order_in_one_sitting() {
    println!("{}", attack(size(12, 200), true));
}

#[test]
fn the_matching_finds_the_order_where_it_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ballot.sqlite");
    let mut ballot_box = BallotBox::create(&path).unwrap();
    let sent: Vec<(u32, Vec<u8>)> = (0..TEAM)
        .map(|who| {
            let words: [[u8; 16]; 2] = std::array::from_fn(|_| Uuid::new_v4().into_bytes());
            let nullifier: [u8; 32] = words.concat().try_into().unwrap();
            ballot_box.put_batch(&[Accepted { nullifier, row: [0; 242] }]).unwrap();
            (who, nullifier.to_vec())
        })
        .collect();
    // Straight away, before the box rests; and without cover, which fills more pages than one.
    let file = std::fs::read(&path).unwrap();
    let order = Dump::order(&file, &sent);
    let backwards: Vec<u32> = (0..TEAM).rev().collect();
    assert_eq!(order, backwards, "cells are filled from the end of the page");
}

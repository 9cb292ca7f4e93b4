//! A thief of everything, keys included, matches pick-ups with ballots by where the rows lie.

use std::collections::BTreeMap;

use chrono::TimeDelta;
use tideline_ballot::{
    ballot_box::BallotBox, keys::WaveKeys, manifest::PinnedManifest, tally::tally,
    wave_dir::WaveFiles,
};
use tideline_domain::{AnswerSheet, PersonId, WaveSeq, Window};
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
    site.context.store.redeal_issuance().unwrap();
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
        .map(|row| {
            let opened = tally(manifest, &keys, std::slice::from_ref(row), 1, &|_| ()).unwrap();
            let sheet = opened.sheets[0].1.to_ballot();
            (u32::from(sheet[0] - 1) + 5 * u32::from(sheet[1] - 1), row.to_vec())
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
    let on = site.context.now().date_naive();
    let people =
        site.context.store.people_with_units(on).unwrap().iter().map(|it| it.0.id).collect();
    (site, people)
}

fn attack(waves: usize, one_sitting: bool) -> String {
    let (site, people) = team();
    let mut hits = [0_u32; 4];
    for round in 0..waves {
        let found = one_wave(&site, u32::try_from(round).unwrap(), &people, one_sitting);
        hits.iter_mut().zip(found).for_each(|(all, it)| *all += it);
    }
    // Matching at random hits one of twelve in each wave, give or take one: the sum over the waves
    // has that mean and that variance. Four ways are tried, so each is held to 99.75 % for 99 % in all.
    let guessing = waves as f64;
    let most = guessing + 2.81 * guessing.sqrt() + 0.5;
    for (way, it) in hits.iter().enumerate() {
        assert!(
            f64::from(*it) <= most,
            "way {way}: {it} hits in {waves} waves, guessing has {guessing}"
        );
    }
    format!(
        "{hits:?} hits in {waves} waves of {TEAM}; guessing has {guessing}, at most {most:.0} (99 %)"
    )
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
    let (site, people) = team();
    let seq = {
        let window = Window::new(day(1, 1), day(1, 1), day(1, 9)).unwrap();
        site.announce("w", window)
    };
    assert_eq!(seq, WaveSeq(1));
    let manifest = site.client.manifest(1).unwrap();
    let mut sent = Vec::new();
    for person in &people {
        let cohort = site.context.store.placement(seq, *person).unwrap().unwrap().1;
        let token = site.client.pick_up(&manifest, &cohort, &site.bearer_of(*person, seq)).unwrap();
        assert_eq!(site.send(&manifest, &token, &marked(0)), 200);
        sent.push(token.nullifier().to_vec());
    }
    // Straight away, before the box rests.
    let file = std::fs::read(WaveFiles::new(site.folder(), seq).ballot_box()).unwrap();
    let needles: Vec<(usize, Vec<u8>)> = sent.into_iter().enumerate().collect();
    let order = Dump::order(&file, &needles);
    let backwards: Vec<usize> = (0..12).rev().collect();
    assert_eq!(order, backwards, "cells are filled from the end of the page");
}

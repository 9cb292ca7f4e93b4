//! The attacker from outside: a program in another language that reads what HR can download of several
//! check-ins, and knows who was where and took part. `tests/referee/outside.py`.

use std::{
    collections::BTreeMap,
    fs,
    path::PathBuf,
    process::{Command, Output},
};

use rand::{Rng as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;
use tideline_aggregation::{Asked, Before, Move, Release};
use tideline_domain::{Answer, AnswerSheet, Scale, Unit, UnitTree, cohort, questionnaire::Target};
use tideline_instrument::PULSE;
use uuid::Uuid;

use super::*;
use crate::{CellsBody, ReleaseBody};

/// Somebody: where they are now, what they score at every check-in (nothing on a scale that they leave out),
/// whether they ever take part, and which part of the work they are asked about, with what they answer.
struct Somebody {
    unit: UnitId,
    scores: PerScale<Option<u8>>,
    gone: bool,
    votes: bool,
    asked: (usize, u8),
}

/// What an organisation to be attacked is like.
struct Shape {
    seed: u64,
    teams: usize,
    /// Fewest and most people of a team.
    size: (u32, u32),
    /// Share of them who take part.
    response: f64,
    /// Share of answers on one scale that are left out.
    skip: f64,
    waves: u32,
}

impl Shape {
    /// Somebody of a unit whose levels are these.
    fn somebody(
        &self,
        unit: UnitId,
        levels: &PerScale<f64>,
        votes: Option<bool>,
        random: &mut ChaCha8Rng,
    ) -> Somebody {
        let scores = levels.map(|level| {
            let score = score(*level, random);
            (random.random::<f64>() >= self.skip).then_some(score)
        });
        let votes = votes.unwrap_or_else(|| random.random::<f64>() < self.response);
        let drivers: Vec<usize> =
            (0..PULSE.items.len()).filter(|it| is_driver(*it)).take(DRIVERS).collect();
        let asked = (drivers[random.random_range(0..drivers.len())], random.random_range(0..5));
        Somebody { unit, scores, gone: false, votes, asked }
    }
}

/// Of the nine parts of the work, so many are asked about, so that teams of thirty are told of each.
const DRIVERS: usize = 3;

fn is_driver(item: usize) -> bool {
    matches!(PULSE.items[item].target, Target::Driver(_))
}

fn unit_id(at: usize) -> UnitId {
    UnitId::new(Uuid::from_u128(at as u128 + 1))
}

fn tree_of(teams: usize) -> UnitTree {
    let unit = |at: usize| Unit {
        id: unit_id(at),
        parent: (at > 0).then(|| unit_id(0)),
        name: format!("Unit {at}").parse().unwrap(),
    };
    UnitTree::new((0..=teams).map(unit).collect()).unwrap()
}

fn score(level: f64, random: &mut ChaCha8Rng) -> u8 {
    let spread: f64 = (0..6).map(|_| random.random_range(-18.0..18.0)).sum();
    (level + spread).clamp(0.0, 100.0).round() as u8
}

/// One check-in of everybody who is there.
fn publish(
    seq: u32,
    tree: &UnitTree,
    people: &[Somebody],
    previous: Option<&Release>,
    moves: &[Move],
) -> Release {
    let opens = start() + TimeDelta::days(28 * i64::from(seq));
    let window = Window::new(opens, opens, opens + TimeDelta::days(7)).unwrap();
    let wave = Wave {
        seq: WaveSeq(seq),
        label: format!("w{seq}").parse().unwrap(),
        asks: InstrumentId::PULSE,
        window,
    };
    let of = |unit: UnitId| people.iter().filter(move |it| it.unit == unit && !it.gone);
    let direct: Vec<u32> = tree.units().iter().map(|it| of(it.id).count() as u32).collect();
    let asked = Asked::new(&PULSE);
    let sheet = |it: &Somebody| {
        let mut answers = vec![None; PULSE.items.len()];
        answers[it.asked.0] = Some(Answer::new(it.asked.1).unwrap());
        AnswerSheet::new(answers)
    };
    let groups: Vec<Group> = cohort::partition(tree, &direct)
        .0
        .into_iter()
        .map(|it| {
            let voting = it.units.iter().flat_map(|unit| of(*unit)).filter(|it| it.votes);
            let (mut scores, mut items) = (Vec::new(), ItemSums::new(&asked));
            for somebody in voting {
                scores.push(somebody.scores);
                items.add(&sheet(somebody));
            }
            Group { scores, headcount: it.eligible, units: it.units, items }
        })
        .collect();
    let ballots = groups.iter().map(|it| it.scores.len() as u32).sum();
    let turnout = Turnout { eligible: direct.iter().sum(), ballots, spoilt: 0 };
    let before = Before { release: previous, moves: previous.map(|_| moves) };
    let closed = wave.closed(window.closes()).unwrap();
    release(closed, tree, groups, turnout, &Policy::default(), before).unwrap()
}

/// Check-ins of an organisation in which the same people always take part and always score the same, and a
/// few join, leave and move in between. The attacker knows who takes part.
fn world(shape: &Shape) -> serde_json::Value {
    let mut random = ChaCha8Rng::seed_from_u64(shape.seed);
    let tree = tree_of(shape.teams);
    let levels: Vec<PerScale<f64>> = (0..=shape.teams)
        .map(|_| PerScale::from_fn(|_| [6.0, 20.0, 45.0, 80.0][random.random_range(0..4)]))
        .collect();
    let mut people: Vec<Somebody> = Vec::new();
    for (at, levels) in levels.iter().enumerate().skip(1) {
        for _ in 0..random.random_range(shape.size.0..=shape.size.1) {
            people.push(shape.somebody(unit_id(at), levels, None, &mut random));
        }
    }
    let mut units: Vec<Vec<Option<UnitId>>> = vec![Vec::new(); people.len()];
    let (mut waves, mut previous): (Vec<serde_json::Value>, Option<Release>) = (Vec::new(), None);
    for seq in 1..=shape.waves {
        let mut moves = Vec::new();
        if seq > 1 {
            if random.random::<f64>() < 0.5 {
                let at = random.random_range(1..=shape.teams);
                people.push(shape.somebody(unit_id(at), &levels[at], Some(true), &mut random));
                units.push(vec![None; seq as usize - 1]);
                moves.push(Move { from: None, to: Some(unit_id(at)) });
            }
            if random.random::<f64>() < 0.3 {
                let who = random.random_range(0..people.len());
                let from = Some(people[who].unit);
                if !std::mem::replace(&mut people[who].gone, true) {
                    moves.push(Move { from, to: None });
                }
            }
            if random.random::<f64>() < 0.2 {
                let (who, at) =
                    (random.random_range(0..people.len()), random.random_range(1..=shape.teams));
                if !people[who].gone && people[who].unit != unit_id(at) {
                    let from = std::mem::replace(&mut people[who].unit, unit_id(at));
                    moves.push(Move { from: Some(from), to: Some(unit_id(at)) });
                }
            }
        }
        for (who, it) in people.iter().enumerate() {
            units[who].push((!it.gone).then_some(it.unit));
        }
        let release = publish(seq, &tree, &people, previous.as_ref(), &moves);
        let conditions: Vec<_> = release
            .details()
            .blocks
            .iter()
            .map(|block| {
                let items = block.items.iter().map(|it| {
                    serde_json::json!({ "item": it.item, "n": it.n, "lo": it.total.lo, "hi": it.total.hi })
                });
                serde_json::json!({ "atoms": block.atoms, "items": items.collect::<Vec<_>>() })
            })
            .collect();
        waves.push(serde_json::json!({
            "release": ReleaseBody::from(&release),
            "cells": CellsBody::from(&release),
            "conditions": conditions,
        }));
        previous = Some(release);
    }
    let voting = || people.iter().enumerate().filter(|(_, it)| it.votes);
    let named = |who: usize| format!("p{who}");
    let known: BTreeMap<String, Vec<Option<Uuid>>> = voting()
        .map(|(who, _)| (named(who), units[who].iter().map(|it| it.map(UnitId::uuid)).collect()))
        .collect();
    let asked: BTreeMap<Uuid, Vec<usize>> = tree
        .units()
        .iter()
        .map(|unit| {
            let of = |at: usize| units.iter().filter(|it| it[at] == Some(unit.id)).count();
            (unit.id.uuid(), (0..shape.waves as usize).map(of).collect())
        })
        .collect();
    let skipped: BTreeMap<String, Vec<&str>> = voting()
        .map(|(who, it)| {
            let left_out = |scale: &Scale| it.scores.get(*scale).is_none();
            (named(who), Scale::ALL.into_iter().filter(left_out).map(Scale::code).collect())
        })
        .collect();
    let answered: BTreeMap<String, BTreeMap<&str, u8>> = voting()
        .map(|(who, it)| (named(who), [(PULSE.items[it.asked.0].id, it.asked.1)].into()))
        .collect();
    let truth: BTreeMap<String, BTreeMap<&str, u8>> = voting()
        .map(|(who, it)| {
            let scores = Scale::ALL
                .into_iter()
                .map(|scale| (scale.code(), it.scores.get(scale).unwrap_or_default()));
            (named(who), scores.collect())
        })
        .collect();
    serde_json::json!({
        "k": 6, "waves": waves, "known": known, "asked": asked, "skipped": skipped,
        "answered": answered, "truth": truth,
    })
}

/// Runs the program on worlds in files; `None` without Python, which CI needs.
fn run(files: &[PathBuf]) -> Option<Output> {
    let python = std::env::var_os("TIDELINE_PYTHON").unwrap_or_else(|| "python3".into());
    if Command::new(&python).arg("--version").output().is_err() {
        assert!(std::env::var_os("CI").is_none(), "CI needs Python for the attacker from outside");
        return None;
    }
    let attacker = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/referee/outside.py");
    Some(Command::new(python).arg("-B").arg(attacker).args(files).output().unwrap())
}

/// Has the program attack `shapes`, and writes down what it says.
#[track_caller]
fn attack(number: u32, shapes: &[Shape]) {
    let folder = tempfile::tempdir().unwrap();
    let files: Vec<_> = shapes
        .iter()
        .enumerate()
        .map(|(at, shape)| {
            let file = folder.path().join(format!("world-{at}.json"));
            fs::write(&file, world(shape).to_string()).unwrap();
            file
        })
        .collect();
    let Some(done) = run(&files) else { return };
    let said = String::from_utf8_lossy(&done.stdout).into_owned();
    assert!(done.status.success(), "{said}{}", String::from_utf8_lossy(&done.stderr));
    // For `cargo xtask attacks`, which prints it.
    let told = concat!(env!("CARGO_MANIFEST_DIR"), "/../../target/outside");
    fs::create_dir_all(told).unwrap();
    fs::write(format!("{told}/attack-{number}.txt"), said).unwrap();
}

/// Five teams of seven to nine, as many of which stand alone as are pooled.
#[test]
fn attack_80_small_teams_attacked_from_outside_over_two_check_ins() {
    let two =
        |seed, teams, size, response, skip| Shape { seed, teams, size, response, skip, waves: 2 };
    let shapes: Vec<Shape> = (0..40)
        .map(|seed| two(seed, 5, (7, 9), 1.0, 0.0))
        .chain((100..120).map(|seed| two(seed, 3, (6, 20), 1.0, 0.0)))
        .chain((120..125).map(|seed| two(seed, 3, (24, 40), 0.9, 0.0)))
        .chain((140..160).map(|seed| two(seed, 4, (8, 14), 0.75, 0.04)))
        .collect();
    attack(80, &shapes);
}

#[test]
fn attack_81_joiners_leavers_and_movers_attacked_from_outside_over_twelve_check_ins() {
    let twelve =
        |seed, teams, size, response, skip| Shape { seed, teams, size, response, skip, waves: 12 };
    let shapes: Vec<Shape> = (200..208)
        .map(|seed| twelve(seed, 4, (8, 14), 1.0, 0.0))
        .chain((240..244).map(|seed| twelve(seed, 4, (8, 14), 0.75, 0.04)))
        .chain((300..303).map(|seed| twelve(seed, 3, (14, 30), 1.0, 0.0)))
        .chain((320..322).map(|seed| twelve(seed, 3, (24, 40), 0.9, 0.02)))
        .collect();
    attack(81, &shapes);
}

/// The attacker is not silent because it is deaf: two scores of 20 and ten of 70, their thirds told as they
/// are, exclude 34 to 66 for everybody.
#[test]
fn the_attacker_from_outside_finds_what_is_planted() {
    let known: BTreeMap<String, [&str; 1]> =
        (0..12).map(|who| (format!("p{who}"), ["u"])).collect();
    let truth: BTreeMap<String, u8> =
        (0..12).map(|who| (format!("p{who}"), if who < 2 { 20 } else { 70 })).collect();
    let band = |lo, hi, cmin, cmax| serde_json::json!({ "stat": "band", "lo": lo, "hi": hi, "cmin": cmin, "cmax": cmax });
    let facts = [band(0, 33, 2, 3), band(34, 66, 0, 1), band(67, 100, 10, 12)];
    let total = serde_json::json!({ "lo": 725, "hi": 774 });
    let cells =
        |of: serde_json::Value| serde_json::json!([{ "cells": [{ "id": "atom 0", "facts": of }] }]);
    let truth: BTreeMap<String, serde_json::Value> = truth
        .into_iter()
        .map(|(who, it)| (who, serde_json::json!({ "burnout": it, "sts": it, "cs": it })))
        .collect();
    let planted = serde_json::json!({
        "k": 6,
        "known": known,
        "truth": truth,
        "asked": { "u": [24] },
        "waves": [{
            "release": {
                "atoms": [{
                    "units": [{ "id": "u" }],
                    "people": { "least": 12, "most": 14 },
                    "took_part": { "in_ten": 5, "bound": "about" },
                    "total": { "burnout": total, "sts": total, "cs": total },
                }],
                "units": [],
                "turnout": { "eligible": 24, "ballots": 12, "spoilt": 0 },
            },
            "cells": { "cases": [
                { "id": "w1 burnout", "releases": cells(facts.into()) },
                { "id": "w1 sts", "releases": cells(serde_json::json!([])) },
                { "id": "w1 cs", "releases": cells(serde_json::json!([])) },
            ] },
        }],
    });
    let Some((code, said, _)) = told_of(&planted) else { return };
    assert_eq!(code, Some(1));
    assert!(said.starts_with("one check-in: 3 attacked, left 68 of 101 at worst"), "{said}");
}

/// Nor is it blind to what follows from no atom: a range, a class of people, a share that are not those of the
/// atoms tell something more.
#[test]
fn the_attacker_from_outside_finds_figures_that_do_not_follow() {
    let shape = Shape { seed: 7, teams: 4, size: (14, 20), response: 0.9, skip: 0.0, waves: 1 };
    let sound = world(&shape);
    let Some((code, said, wrong)) = told_of(&sound) else { return };
    assert_eq!(code, Some(0), "{said}{wrong}");
    let page = "/waves/0/release/units/0/page";
    let changes = [
        (format!("{page}/figures/burnout/low"), serde_json::json!(1.0), "a figure"),
        (format!("{page}/figures/sts/score"), serde_json::json!(1.0), "a figure"),
        (format!("{page}/people/most"), serde_json::json!(33), "people of a unit"),
        ("/waves/0/release/atoms/0/took_part/in_ten".into(), serde_json::json!(1), "a share"),
        ("/waves/0/release/atoms/0/people/most".into(), serde_json::json!(7), ""),
    ];
    for (place, value, expected) in changes {
        let mut changed = sound.clone();
        *changed.pointer_mut(&place).unwrap() = value;
        let (code, said, wrong) = told_of(&changed).unwrap();
        assert!(code == Some(1) && wrong.contains(expected), "{place}: {said}{wrong}");
    }
}

/// What the program says of one world: its exit code, and its two outputs. `None` without Python.
fn told_of(world: &serde_json::Value) -> Option<(Option<i32>, String, String)> {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("world.json");
    fs::write(&file, world.to_string()).unwrap();
    let done = run(&[file])?;
    let text = |it: &[u8]| String::from_utf8_lossy(it).into_owned();
    Some((done.status.code(), text(&done.stdout), text(&done.stderr)))
}

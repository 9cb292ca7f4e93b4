//! Whoever copies the box all the time, and has no key, tries to tell how many answered and when. The
//! attacker is a program in another language, `tests/referee/box_watch.py`.

use std::{
    cell::RefCell,
    io::{BufRead as _, BufReader, Read as _},
    path::Path,
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use serde_json::{Value, json};
use tempfile::TempDir;
use tideline_ballot::{
    ballot_box::{BallotBox, Put},
    cover::{Cover, Pace},
    keys::WaveKeys,
    manifest::PinnedManifest,
    paper::PaperCode,
    redeem::{Accepted, Redeemer},
    tally::unseal,
    wave_dir::WaveFiles,
    writer::BoxWriter,
};
use tideline_domain::WaveSeq;
use uuid::Uuid;

use super::{Stage, size};
use crate::journey::sheet;

/// Time runs 600 times as fast: a minute between two exchanges is a tenth of a second, and what the
/// database tells of a visit, the hour, is six seconds.
const MINUTE: Duration = Duration::from_millis(100);
const HOUR: Duration = Duration::from_secs(6);
const BOXES: usize = 4;
const HOURS: usize = 3;
/// Who answers in an hour without having been seen: none to this many.
const OTHERS: usize = 6;

struct World {
    // The wave's files; the boxes are others.
    _stage: Stage,
    pinned: PinnedManifest,
    keys: WaveKeys,
    redeemer: Redeemer,
    boxes: TempDir,
}

/// What happens to one box: in each hour, whether the one who was seen answers, and when how many do.
struct Plot {
    seen: Vec<bool>,
    /// Since the start.
    moments: Vec<Duration>,
}

fn random(below: usize) -> usize {
    usize::try_from(Uuid::new_v4().as_u128() % below as u128).unwrap()
}

impl Plot {
    fn new() -> Self {
        let seen: Vec<bool> = (0..HOURS).map(|_| random(2) == 0).collect();
        let mut moments = Vec::new();
        for (hour, seen) in (0..).zip(&seen) {
            for _ in 0..random(OTHERS + 1) + usize::from(*seen) {
                moments.push(HOUR * hour + HOUR.mul_f64(random(1000) as f64 / 1000.0));
            }
        }
        moments.sort_unstable();
        Self { seen, moments }
    }
}

impl World {
    fn new() -> Self {
        let stage = Stage::open();
        let files = WaveFiles::new(stage.site.folder(), WaveSeq(1));
        let keys = WaveKeys::load(&files.keys()).unwrap();
        let pinned = files.pinned().unwrap();
        let redeemer = Redeemer::new(&pinned, &keys).unwrap();
        Self { _stage: stage, pinned, keys, redeemer, boxes: TempDir::new().unwrap() }
    }

    fn ballot(&self) -> Accepted {
        let cohort = &self.pinned.manifest.cohorts[0].id;
        let code = PaperCode::generate().unwrap();
        self.redeemer.seal_paper(cohort, &code, &sheet(2)).unwrap()
    }

    /// A way into a box as it is, or as it was before there was cover.
    fn slot(&self, path: &Path, covered: bool) -> Box<dyn Fn(Accepted) -> Put> {
        let ballot_box = BallotBox::create(path).unwrap();
        if !covered {
            let ballot_box = RefCell::new(ballot_box);
            return Box::new(move |it| ballot_box.borrow_mut().put_batch(&[it]).unwrap()[0]);
        }
        let pace = Pace { rest: MINUTE / 30, exchange: MINUTE };
        let writer = BoxWriter::spawn_with(path, Cover::new(&self.pinned, 0), pace).unwrap();
        writer.begin_cover();
        Box::new(move |it| writer.put(it).unwrap())
    }

    /// One round: returns the plots and what the attacker says of each box.
    fn round(&self, covered: bool) -> (Vec<Plot>, Vec<Value>) {
        let folder = TempDir::new_in(self.boxes.path()).unwrap();
        let path = |at: usize| folder.path().join(format!("ballot-{at}.sqlite"));
        let plots: Vec<Plot> = (0..BOXES).map(|_| Plot::new()).collect();
        let slots: Vec<_> = (0..BOXES).map(|at| self.slot(&path(at), covered)).collect();
        let hours: Vec<[f64; 2]> = (0..HOURS as u32)
            .map(|it| [(HOUR * it).as_secs_f64(), (HOUR * (it + 1)).as_secs_f64()])
            .collect();
        let boxes: Vec<Value> = (0..BOXES)
            .map(|at| json!({"path": path(at), "people": HOURS * (OTHERS + 1), "visits": hours}))
            .collect();
        let length = HOUR * HOURS as u32;
        let scene = json!({
            "boxes": boxes,
            "every": 0.05,
            "for": length.as_secs_f64() + 0.3,
            "exchange": MINUTE.as_secs_f64(),
        });
        let scene_path = folder.path().join("scene.json");
        std::fs::write(&scene_path, scene.to_string()).unwrap();
        let program = concat!(env!("CARGO_MANIFEST_DIR"), "/referee/box_watch.py");
        let mut attacker = Command::new("python3")
            .arg(program)
            .arg(&scene_path)
            .stdout(Stdio::piped())
            .spawn()
            .expect("python3");
        let mut out = BufReader::new(attacker.stdout.take().unwrap());
        let mut line = String::new();
        out.read_line(&mut line).unwrap();
        assert_eq!(line.trim(), "watching");

        let start = Instant::now();
        let mut all: Vec<(Duration, usize)> = plots
            .iter()
            .enumerate()
            .flat_map(|(at, plot)| plot.moments.iter().map(move |it| (*it, at)))
            .collect();
        all.sort_unstable();
        for (moment, at) in all {
            let ballot = self.ballot();
            std::thread::sleep((start + moment).saturating_duration_since(Instant::now()));
            assert_eq!(slots[at](ballot), Put::Taken);
        }
        let mut said = String::new();
        out.read_to_string(&mut said).unwrap();
        assert!(attacker.wait().unwrap().success());
        drop(slots);
        // Whoever has the key finds exactly those who answered.
        for (at, plot) in plots.iter().enumerate() {
            let rows = BallotBox::open(&path(at)).unwrap().rows().unwrap();
            let found = unseal(&self.pinned, &self.keys, &rows, 2, &|_| ()).unwrap();
            assert_eq!(found.ballots(), plot.moments.len() as u64);
        }
        let said: Value = serde_json::from_str(&said).unwrap();
        assert!(said["copies"].as_u64().unwrap() > 100, "{said}");
        (plots, said["boxes"].as_array().unwrap().clone())
    }
}

/// How good the attacker's guesses are.
#[derive(Default)]
struct Score {
    visits: u32,
    right: u32,
    boxes: f64,
    /// Sums of the errors of the guessed number, and of always guessing the mean.
    error: f64,
    blind: f64,
}

impl Score {
    fn of(world: &World, rounds: usize, covered: bool) -> Self {
        let mut score = Self::default();
        let mean = HOURS as f64 * (OTHERS as f64 / 2.0 + 0.5);
        for _ in 0..rounds {
            let (plots, verdicts) = world.round(covered);
            for (plot, verdict) in plots.iter().zip(&verdicts) {
                let truth = plot.moments.len() as f64;
                score.boxes += 1.0;
                score.error += (verdict["answered"].as_f64().unwrap() - truth).abs();
                score.blind += (mean - truth).abs();
                for (seen, guess) in plot.seen.iter().zip(verdict["visits"].as_array().unwrap()) {
                    score.visits += 1;
                    score.right += u32::from(guess.as_bool().unwrap() == *seen);
                }
            }
        }
        score
    }

    fn told(&self) -> String {
        format!(
            "who: {} of {} right; how many: off by {:.1} a box, blind guessing by {:.1}",
            self.right,
            self.visits,
            self.error / self.boxes,
            self.blind / self.boxes
        )
    }
}

#[test]
fn attack_120_copies_of_the_box_all_the_time_tell_how_many_answered_and_when() {
    let world = World::new();
    let before = Score::of(&world, 1, false);
    println!("without cover: {}", before.told());
    assert!(before.error < 0.01, "without cover the count is told exactly: {}", before.told());

    let after = Score::of(&world, size(2, 12), true);
    println!("with cover: {}", after.told());
    // Guessing blindly is right in half of the visits; this is what 99.9 % of guessers stay below.
    let visits = f64::from(after.visits);
    let most = visits / 2.0 + 3.1 * (visits / 4.0).sqrt() + 0.5;
    assert!(f64::from(after.right) <= most, "{}", after.told());
    assert!(after.error >= 0.8 * after.blind, "{}", after.told());
}

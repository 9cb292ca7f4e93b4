//! Made-up organisations, released by the product's own pipeline.

use anyhow::{Context as _, Result};
use chrono::{DateTime, TimeDelta};
use rand::Rng;
use tideline_aggregation::{Group, ItemSums, MinGroup, Policy, Release, Turnout, release};
use tideline_domain::{InstrumentId, PerScale, Unit, UnitId, UnitTree, Wave, WaveSeq, Window};
use uuid::Uuid;

/// A tree with staff, and who of them answered what.
pub(crate) struct Organisation {
    pub(crate) tree: UnitTree,
    /// People directly in each unit, by its place in the tree.
    pub(crate) headcount: Vec<u32>,
    /// Scores, 0 to 100, of those who answered, by place.
    pub(crate) scores: Vec<Vec<u8>>,
}

/// What an organisation is like.
#[derive(Clone, Copy)]
pub(crate) struct Shape {
    /// Units in all.
    pub(crate) units: usize,
    /// People of a team, in the middle.
    pub(crate) team: f64,
    /// Share of people who answer, 0 to 1.
    pub(crate) response: f64,
}

/// A normal number with mean 0 and standard deviation 1.
pub(crate) fn normal(random: &mut impl Rng) -> f64 {
    let (a, b): (f64, f64) = (random.random(), random.random());
    (-2.0 * (1.0 - a).ln()).sqrt() * (std::f64::consts::TAU * b).cos()
}

pub(crate) fn unit_id(at: usize) -> UnitId {
    UnitId::new(Uuid::from_u128(at as u128 + 1))
}

pub(crate) fn tree_of(parents: &[Option<usize>]) -> Result<UnitTree> {
    let units = parents
        .iter()
        .enumerate()
        .map(|(at, parent)| {
            Ok(Unit {
                id: unit_id(at),
                parent: parent.map(unit_id),
                name: format!("u{at}").parse()?,
            })
        })
        .collect::<Result<Vec<_>>>()?;
    Ok(UnitTree::new(units)?)
}

impl Organisation {
    /// Levels of about ten units each, teams of log-normal size below them, one to four people
    /// directly in each unit above the teams; scores around a level of each team's own.
    pub(crate) fn random(shape: Shape, random: &mut impl Rng) -> Result<Self> {
        let mut parents: Vec<Option<usize>> = vec![None];
        let mut level = vec![0];
        while parents.len() < shape.units {
            let mut next = Vec::new();
            for &above in &level {
                let children = (10.0 + 3.0 * normal(random)).round().max(1.0) as usize;
                for _ in 0..children.min(shape.units - parents.len()) {
                    next.push(parents.len());
                    parents.push(Some(above));
                }
            }
            level = next;
        }
        let mut inner = vec![false; parents.len()];
        for &parent in parents.iter().flatten() {
            inner[parent] = true;
        }
        let tree = tree_of(&parents)?;
        let mut it = Self { headcount: vec![0; tree.len()], scores: Vec::new(), tree };
        for at in 0..it.tree.len() {
            let node = it.tree.units()[at].id.uuid().as_u128() as usize - 1;
            let staff = if inner[node] {
                random.random_range(1..=4)
            } else {
                ((shape.team.ln() - 0.18 + 0.6 * normal(random)).exp() as u32).max(2)
            };
            it.headcount[at] = staff;
            let level = 45.0 + 8.0 * normal(random);
            let mut scores = Vec::new();
            for _ in 0..staff {
                if random.random::<f64>() < shape.response {
                    scores.push(score(level, random));
                }
            }
            it.scores.push(scores);
        }
        Ok(it)
    }

    /// As random, but of any shape: chains, many tiny units, units without answers or staff.
    pub(crate) fn wild(units: usize, random: &mut impl Rng) -> Result<Self> {
        let near = random.random_range(1..=units.max(2));
        let parents: Vec<Option<usize>> = (0..units)
            .map(|at| (at > 0).then(|| random.random_range(at.saturating_sub(near)..at)))
            .collect();
        let tree = tree_of(&parents)?;
        let most = random.random_range(2..=14);
        let (mut headcount, mut scores) = (Vec::new(), Vec::new());
        for _ in 0..units {
            let staff =
                if random.random::<f64>() < 0.2 { 0 } else { random.random_range(0..=most) };
            let answered = random.random_range(0..=staff);
            headcount.push(staff);
            let level = random.random_range(0.0..100.0);
            scores.push((0..answered).map(|_| score(level, random)).collect());
        }
        Ok(Self { tree, headcount, scores })
    }

    pub(crate) fn answers(&self) -> usize {
        self.scores.iter().map(Vec::len).sum()
    }

    /// What each unit has, as a tally would hand it over.
    pub(crate) fn groups(&self) -> Vec<Group> {
        (0..self.tree.len())
            .filter(|&at| self.headcount[at] > 0)
            .map(|at| Group {
                units: vec![self.tree.units()[at].id],
                headcount: self.headcount[at],
                scores: self.scores[at].iter().map(|&it| PerScale::from_fn(|_| Some(it))).collect(),
                items: ItemSums::default(),
            })
            .collect()
    }

    /// Planned, coarsened and audited.
    pub(crate) fn release(&self, k: MinGroup, previous: Option<&Release>) -> Result<Release> {
        let seq = previous.map_or(1, |it| it.wave().seq.0 + 1);
        let opens = DateTime::UNIX_EPOCH + TimeDelta::days(28 * i64::from(seq));
        let window = Window::new(opens, opens, opens + TimeDelta::days(7))?;
        let wave = Wave {
            seq: WaveSeq(seq),
            label: format!("w{seq}").parse()?,
            asks: InstrumentId::PULSE,
            window,
        };
        let closed = wave.closed(wave.window.closes()).context("the wave is over")?;
        let turnout = Turnout {
            eligible: self.headcount.iter().sum(),
            ballots: u32::try_from(self.answers())?,
            spoilt: 0,
        };
        Ok(release(
            closed,
            &self.tree,
            self.groups(),
            turnout,
            &Policy { k, ..Policy::default() },
            previous,
        )?)
    }
}

fn score(level: f64, random: &mut impl Rng) -> u8 {
    (level + 22.0 * normal(random)).clamp(0.0, 100.0).round() as u8
}

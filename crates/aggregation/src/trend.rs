//! Whether a figure has changed against its own past.
//!
//! The last three waves against up to twelve before them, each weighted by how sure it is. Nothing
//! but published figures goes in, so a signal tells nothing that the figures do not.
//!
//! In simulated teams of 8 to 30 without any change, 7 to 10 % see a change called sustained within
//! 26 waves (one that follows single waves that are up by 5 points cries wolf in all of them); a
//! change of 10 points is called sustained within 8 waves in 51 % of teams of 8 and 93 % of teams of
//! 20. Many of the same people answer each time, which makes the true errors smaller than those
//! assumed here: the rule errs on the quiet side.

use tideline_domain::Scale;

use crate::{Figure, Page, Release, Subject};

/// Waves that count as recent.
const RECENT: usize = 3;
/// How many of them must be published.
const RECENT_MIN: usize = 2;
/// Waves before the recent ones that make the base.
const BASE: usize = 12;
/// How many of them must be published.
const BASE_MIN: usize = 4;
/// How many of all of them must be published.
const USABLE_MIN: usize = 7;
/// Variance that every wave has of its own, besides who answered it. Unit: points².
const WAVE_VARIANCE: f64 = 4.0;
/// Smallest change worth a word. Unit: points.
const WORTH_A_WORD: f64 = 5.0;
/// One-sided 5 % point of the normal distribution.
const Z: f64 = 1.644_853_626_951_472_2;
/// Two-sided 5 % point of the normal distribution.
const Z_TWO_SIDED: f64 = 1.96;

/// What can be said about a series.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum State {
    /// Too few published waves yet, or the latest is not published.
    Learning {
        /// Published waves among those that count.
        usable: usize,
        /// How many it takes; always more than `usable`.
        needed: usize,
    },
    /// Nothing to point out.
    NoClearChange,
    /// A change in the latest wave.
    Watch(Change),
    /// A change that has lasted for two published waves or more.
    Sustained(Change),
}

/// A change of the last waves against those before.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Change {
    /// Which way.
    pub direction: Direction,
    /// By how much, in points of load: above 0 is heavier, whatever the scale.
    pub delta: f64,
    /// For how many published waves in a row; at least 1.
    pub waves: usize,
}

/// Which way a load has changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Direction {
    /// More burnout or secondary traumatic stress, or less compassion satisfaction.
    Heavier,
    /// The other way.
    Lighter,
}

/// Where a single wave usually lies, in points.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct UsualRange {
    /// The usual level, 0 to 100.
    pub mean: f64,
    /// Lower end, 0 to 100.
    pub low: f64,
    /// Upper end, 0 to 100.
    pub high: f64,
}

/// What `subject` showed in each release of `history`, oldest first; `None` where it was withheld or
/// did not exist. Only figures of the same subject make a series.
pub fn series(history: &[Release], subject: &Subject) -> Vec<Option<Page>> {
    history.iter().map(|it| it.page_of(subject)).collect()
}

/// A precision-weighted mean.
#[derive(Clone, Copy, Default)]
struct Level {
    n: usize,
    weights: f64,
    weighted: f64,
    variances: f64,
}

impl Level {
    fn of(points: &[Option<Figure>]) -> Self {
        points.iter().flatten().fold(Self::default(), |it, figure| {
            let weight = 1.0 / (figure.variance + WAVE_VARIANCE);
            Self {
                n: it.n + 1,
                weights: it.weights + weight,
                weighted: it.weighted + weight * figure.value,
                variances: it.variances + figure.variance,
            }
        })
    }

    fn mean(self) -> f64 {
        self.weighted / self.weights
    }

    fn variance(self) -> f64 {
        1.0 / self.weights
    }
}

/// The recent waves and the base as they are at the last of `points`.
fn levels(points: &[Option<Figure>]) -> (Level, Level) {
    let (before, recent) = points.split_at(points.len().saturating_sub(RECENT));
    let base = &before[before.len().saturating_sub(BASE)..];
    (Level::of(recent), Level::of(base))
}

/// Recent less base, in points of load, and its standard error; `Err` with how many published waves
/// there are and how many are missing.
fn difference(points: &[Option<Figure>], scale: Scale) -> Result<(f64, f64), (usize, usize)> {
    let (recent, base) = levels(points);
    let latest = usize::from(points.last().is_some_and(Option::is_some));
    let missing =
        [(USABLE_MIN, recent.n + base.n), (RECENT_MIN, recent.n), (BASE_MIN, base.n), (1, latest)]
            .into_iter()
            .map(|(needed, found)| needed.saturating_sub(found))
            .fold(0, usize::max);
    if missing > 0 {
        return Err((recent.n + base.n, missing));
    }
    let delta = scale.load_sign() * (recent.mean() - base.mean());
    Ok((delta, (recent.variance() + base.variance()).sqrt()))
}

/// The change at the last of `points`, if there is one.
fn change(points: &[Option<Figure>], scale: Scale) -> Option<(Direction, f64)> {
    let (delta, error) = difference(points, scale).ok()?;
    let clear = delta.abs() >= WORTH_A_WORD && delta.abs() >= Z * error;
    let direction = if delta > 0.0 { Direction::Heavier } else { Direction::Lighter };
    clear.then_some((direction, delta))
}

/// What can be said about `points` (one for each wave, oldest first) at the latest wave.
pub fn state(points: &[Option<Figure>], scale: Scale) -> State {
    if let Err((usable, missing)) = difference(points, scale) {
        return State::Learning { usable, needed: usable + missing };
    }
    let Some((direction, delta)) = change(points, scale) else { return State::NoClearChange };
    let waves = (1..=points.len())
        .rev()
        .map(|it| &points[..it])
        .filter(|it| it.last().is_some_and(Option::is_some))
        .take_while(|it| change(it, scale).is_some_and(|(of, _)| of == direction))
        .count();
    let change = Change { direction, delta, waves };
    if waves > 1 { State::Sustained(change) } else { State::Watch(change) }
}

/// Where 19 of 20 waves would lie if nothing had changed since the waves before the last three:
/// `None` below four published ones.
pub fn usual_range(points: &[Option<Figure>]) -> Option<UsualRange> {
    let (_, base) = levels(points);
    (base.n >= BASE_MIN).then(|| {
        let one_wave = base.variances / base.n as f64 + WAVE_VARIANCE;
        let half = Z_TWO_SIDED * (one_wave + base.variance()).sqrt();
        let mean = base.mean();
        UsualRange { mean, low: (mean - half).max(0.0), high: (mean + half).min(100.0) }
    })
}

#[cfg(test)]
mod tests;

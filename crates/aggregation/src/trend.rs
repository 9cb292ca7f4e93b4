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

use crate::{
    Figure, Page, Release, Subject,
    estimate::window::{self, Contrast, Level, Point, Way, WindowRule},
};

/// How many of all of them must be published.
const USABLE_MIN: usize = 7;
/// The numbers of the rule.
const RULE: WindowRule = WindowRule::STANDARD;
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

/// What the rule of [`crate::estimate::window`] sees of a figure.
fn points_of(figures: &[Option<Figure>]) -> Vec<Point> {
    figures.iter().map(|it| it.map(|it| (it.value, it.variance))).collect()
}

/// Recent against base; `Err` with how many published waves there are and how many are missing.
fn difference(points: &[Point], scale: Scale) -> Result<Contrast, (usize, usize)> {
    let (recent, base) = window::split(points, &RULE);
    let published = |of: &[Point]| of.iter().flatten().count();
    let (recent, base) = (published(recent), published(base));
    let latest = usize::from(points.last().is_some_and(Option::is_some));
    let missing = [
        (USABLE_MIN, recent + base),
        (RULE.recent_min, recent),
        (RULE.base_min, base),
        (1, latest),
    ]
    .into_iter()
    .map(|(needed, found)| needed.saturating_sub(found))
    .fold(0, usize::max);
    let waiting = (recent + base, missing.max(1));
    if missing > 0 {
        return Err(waiting);
    }
    window::contrast(points, scale.load_sign(), &RULE).ok_or(waiting)
}

/// The change at the last of `points`, if there is one.
fn change(points: &[Point], scale: Scale) -> Option<(Direction, f64)> {
    let found = difference(points, scale).ok()?;
    let direction = match found.way(&RULE)? {
        Way::Worse => Direction::Heavier,
        Way::Better => Direction::Lighter,
    };
    Some((direction, found.delta))
}

/// What can be said about `figures` (one for each wave, oldest first) at the latest wave.
pub fn state(figures: &[Option<Figure>], scale: Scale) -> State {
    let points = points_of(figures);
    if let Err((usable, missing)) = difference(&points, scale) {
        return State::Learning { usable, needed: usable + missing };
    }
    let Some((direction, delta)) = change(&points, scale) else { return State::NoClearChange };
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
pub fn usual_range(figures: &[Option<Figure>]) -> Option<UsualRange> {
    let points = points_of(figures);
    let (_, base) = window::split(&points, &RULE);
    let level = Level::of(base, RULE.omega2);
    (level.n >= RULE.base_min).then(|| {
        let variances: f64 = base.iter().flatten().map(|it| it.1).sum();
        let one_wave = variances / level.n as f64 + RULE.omega2;
        let half = Z_TWO_SIDED * (one_wave + level.variance()).sqrt();
        let mean = level.mean();
        UsualRange { mean, low: (mean - half).max(0.0), high: (mean + half).min(100.0) }
    })
}

#[cfg(test)]
mod tests;

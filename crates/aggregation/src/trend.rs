//! Whether a figure has changed against its own past.

use tideline_domain::Scale;

use crate::{Figure, Page, Release, Subject};

/// What can be said about a series.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum State {
    /// Too few published waves yet.
    Learning {
        /// Published waves so far.
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

/// What can be said about `points` (one for each wave, oldest first) at the latest wave.
pub fn state(points: &[Option<Figure>], scale: Scale) -> State {
    let _ = (points, scale);
    State::Learning { usable: 0, needed: 7 }
}

/// Where a wave usually lies, judged by the waves before the last three.
pub fn usual_range(points: &[Option<Figure>]) -> Option<UsualRange> {
    let _ = points;
    None
}

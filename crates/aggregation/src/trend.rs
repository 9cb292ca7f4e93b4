//! Whether a figure has changed, and whether that change is a team's own.
//!
//! The last three waves against up to sixteen before them, each weighted by how sure it is. A team is
//! judged by how far it stands from the rest of its organisation (published atoms that hold nobody of it),
//! so that a season or a step of the whole organisation is not told of every team as its own; the
//! organisation's own movement is told once, as the organisation's. Where fewer than five other atoms are
//! published there is no rest to speak of: the team is judged by its own past alone, and that is said.
//! Nothing but published figures goes in, so a signal tells nothing that the figures do not.
//!
//! `cargo xtask simulate --trend` shows how often that is wrong and how often it sees a change, after
//! planning and coarsening; `docs/adr/0010-sixteen-waves-before.md` says why it is these numbers, and
//! `docs/adr/0024-a-change-is-judged-against-the-rest.md` why it is against the rest. Many of the same
//! people answer each time, which makes the true errors smaller than those assumed here: the rule errs on
//! the quiet side.

mod beside;
mod level;
mod strain;

use std::collections::BTreeSet;

use tideline_domain::{Scale, UnitId};

pub use self::{
    beside::{Apart, Compared, Look, apart, compare, look_first, teams},
    level::{LevelNow, STEP_SD, UsualRange},
    strain::{Other, Placed, Root, Sign, Strain, StrainFinding, placed, strain},
};
use crate::{
    Figure, Page, Release, Rest, Subject,
    estimate::{
        self,
        window::{self, Contrast, Level, Point, Way, WindowRule},
    },
};

/// How many of all of them must be published.
const USABLE_MIN: usize = 7;
/// From how many published waves on a change is called sustained: with fewer, one odd wave among the
/// first would speak for years. Before, it is watched.
const SUSTAINED_MIN: usize = 10;
/// The numbers of the rule.
const RULE: WindowRule = WindowRule { base_max: 16, ..WindowRule::STANDARD };
/// Smallest change of a whole organisation worth a word: it is known far better than a team's. Unit:
/// points.
const SMALLEST_OF_ALL: f64 = 3.0;
/// Fewest other atoms that make a rest. Unit: atoms.
pub const OTHERS_MIN: usize = 5;
/// How far the share of people who take part may move before a change may be one of who answers.
const ANSWERING: f64 = 0.2;

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

/// What a figure is judged against.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Against {
    /// The movement of the rest of the organisation.
    Rest,
    /// Its own past alone: fewer than five other atoms are published.
    OwnPast,
    /// Its own past: it is the whole organisation.
    Whole,
}

impl Against {
    const fn rule(self) -> WindowRule {
        match self {
            Self::Rest | Self::OwnPast => RULE,
            Self::Whole => WindowRule { smallest: SMALLEST_OF_ALL, ..RULE },
        }
    }
}

/// What was judged, in points of the score itself.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Judged {
    /// Mean of the latest published waves (three at most), the surer ones counting more.
    pub recent: f64,
    /// What would be usual for them: the level before, and against a rest, moved with it.
    pub usual: f64,
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
fn change(points: &[Point], scale: Scale, rule: &WindowRule) -> Option<(Direction, f64)> {
    let found = difference(points, scale).ok()?;
    let direction = match found.way(rule)? {
        Way::Worse => Direction::Heavier,
        Way::Better => Direction::Lighter,
    };
    Some((direction, found.delta))
}

/// What can be said about `figures` (one for each wave, oldest first) at the latest wave by their own past
/// alone.
pub fn state(figures: &[Option<Figure>], scale: Scale) -> State {
    judged(&points_of(figures), scale, 2, &RULE)
}

/// A change must hold for `lasting` published waves to be called sustained.
fn judged(points: &[Point], scale: Scale, lasting: usize, rule: &WindowRule) -> State {
    if let Err((usable, missing)) = difference(points, scale) {
        return State::Learning { usable, needed: usable + missing };
    }
    let Some((direction, delta)) = change(points, scale, rule) else {
        return State::NoClearChange;
    };
    let waves = (1..=points.len())
        .rev()
        .map(|it| &points[..it])
        .filter(|it| it.last().is_some_and(Option::is_some))
        .take_while(|it| change(it, scale, rule).is_some_and(|(of, _)| of == direction))
        .count();
    let change = Change { direction, delta, waves };
    let usable = points.iter().flatten().count();
    if waves >= lasting && usable >= SUSTAINED_MIN {
        State::Sustained(change)
    } else {
        State::Watch(change)
    }
}

/// One measure of a subject over a history: its own figures, and what they are judged against.
#[derive(Debug, Clone, PartialEq)]
struct Series {
    /// The subject's figure in each wave.
    own: Vec<Point>,
    /// The rest of the organisation in each wave; `None` where it is made of too few atoms.
    rest: Vec<Point>,
    /// Variance with which a wave scatters around the level of the same people, where there is a figure.
    /// Unit: points².
    scatter: Vec<f64>,
    /// Whether the subject is the whole organisation.
    whole: bool,
}

impl Series {
    fn new(history: &[Release], subject: &Subject, pages: &[Option<Page>], scale: Scale) -> Self {
        let enough = |it: Rest| (it.atoms >= OTHERS_MIN).then_some((it.value, it.variance));
        let rest_of = |it: &Release| it.rest_of(subject).and_then(|it| enough(*it.get(scale)));
        let page = |it: &Option<Page>| it.map(|it| *it.figures.get(scale));
        let own = pages.iter().map(|it| page(it).map(|it| (it.value, it.variance))).collect();
        let scatter =
            pages.iter().map(|it| it.map_or(0.0, |it| level::scatter(&it, scale))).collect();
        let root = history.last().map(|it| it.tree().root().id);
        let whole = matches!(subject, Subject::Unit(unit) if Some(*unit) == root);
        Self { own, rest: history.iter().map(rest_of).collect(), scatter, whole }
    }

    /// The waves `from..to` of it.
    fn part(&self, from: usize, to: usize) -> Self {
        Self {
            own: self.own[from..to].to_vec(),
            rest: self.rest[from..to].to_vec(),
            scatter: self.scatter[from..to].to_vec(),
            whole: self.whole,
        }
    }

    /// How far the subject stands from the rest in each wave.
    fn differences(&self) -> Vec<Point> {
        let less =
            |((own, v), (rest, of_rest)): ((f64, f64), (f64, f64))| (own - rest, v + of_rest);
        self.own.iter().zip(&self.rest).map(|(own, rest)| own.zip(*rest).map(less)).collect()
    }

    /// What the latest wave can be judged against. A rest that has not been there for long enough is
    /// none yet, where the own past is.
    fn against(&self, scale: Scale) -> Against {
        if self.whole {
            return Against::Whole;
        }
        let latest = self.rest.last().is_some_and(Option::is_some);
        let judged = |of: &[Point]| difference(of, scale).is_ok();
        if latest && (judged(&self.differences()) || !judged(&self.own)) {
            Against::Rest
        } else {
            Against::OwnPast
        }
    }

    /// What the rule sees.
    fn points(&self, against: Against) -> Vec<Point> {
        match against {
            Against::Rest => self.differences(),
            Against::OwnPast | Against::Whole => self.own.clone(),
        }
    }

    fn state(&self, scale: Scale, lasting: usize) -> State {
        let against = self.against(scale);
        judged(&self.points(against), scale, lasting, &against.rule())
    }

    /// The numbers behind the state at the latest wave; `None` while it is being learned.
    fn judged(&self, scale: Scale, against: Against) -> Option<Judged> {
        let points = self.points(against);
        let found = difference(&points, scale).ok()?;
        let (recent, _) = window::split(&points, &RULE);
        let from = points.len() - recent.len();
        // The figures themselves, with the weights that their differences have.
        let figures: Vec<Point> = recent
            .iter()
            .zip(&self.own[from..])
            .map(|(of, own)| of.zip(*own).map(|((_, v), (value, _))| (value, v)))
            .collect();
        let recent = Level::of(&figures, RULE.omega2).mean();
        Some(Judged { recent, usual: recent - (found.recent - found.base) })
    }
}

/// Everything that can be said about one measure of a subject at the latest wave.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// A figure for each wave, oldest first; `None` where it was not published.
    pub figures: Vec<Option<Figure>>,
    /// Where the level stood at each wave that was published: what a chart draws as a line.
    pub levels: Vec<Option<LevelNow>>,
    /// Waves (by index) with which a new series begins, because the units it covers changed.
    pub breaks: Vec<usize>,
    /// What can be said, from the figures since the last break.
    pub state: State,
    /// What the latest wave is judged against.
    pub against: Against,
    /// What was judged; `None` while it is being learned.
    pub judged: Option<Judged>,
    /// The change that the state rests on and how sure it is; `None` while it is being learned.
    pub contrast: Option<Contrast>,
    /// The share of people who take part has moved by more than 20 points of 100: a change may be
    /// one of who answers. It is then called sustained a wave later.
    pub answering_changed: bool,
    /// How many weeks the waves that count as recent span, from the first's opening to the last's
    /// close.
    pub weeks: u32,
    /// Where a single wave usually lies, for the latest wave.
    pub usual: Option<UsualRange>,
    /// The same for each wave since the last break, as judged today: against a rest it moves with it.
    pub usual_over_time: Vec<Option<UsualRange>>,
    series: Series,
}

impl Reading {
    /// What could be said when wave `at` was the latest.
    pub fn state_at(&self, at: usize, scale: Scale) -> State {
        let since = self.breaks.iter().rfind(|it| **it <= at).copied().unwrap_or(0);
        self.series.part(since, at + 1).state(scale, 2)
    }
}

/// Reads one measure of `subject` from `history`, oldest first.
pub fn read(history: &[Release], subject: &Subject, scale: Scale) -> Reading {
    let pages = series(history, subject);
    let breaks = breaks(history, subject);
    let since = breaks.last().copied().unwrap_or(0);
    let figures: Vec<Option<Figure>> =
        pages.iter().map(|it| it.as_ref().map(|page| *page.figures.get(scale))).collect();
    let answering_changed = answering_changed(&pages[since..]);
    let lasting = if answering_changed { 3 } else { 2 };
    let recent = &history[history.len().saturating_sub(RULE.recent).max(since)..];
    let weeks = match recent {
        [] => 0,
        [first, ..] => {
            let last = recent.last().map_or(first, |it| it);
            let span = last.wave().window.closes() - first.wave().window.opens();
            u32::try_from((span.num_hours() + 84) / 168).unwrap_or(0)
        }
    };
    let whole = Series::new(history, subject, &pages, scale);
    let own = whole.part(since, pages.len());
    let against = own.against(scale);
    let mut usual_over_time = vec![None; since];
    usual_over_time.extend(own.usual(against));
    let starts = || std::iter::once(0).chain(breaks.iter().copied());
    let ends = breaks.iter().copied().chain([pages.len()]);
    Reading {
        state: own.state(scale, lasting),
        against,
        judged: own.judged(scale, against),
        contrast: difference(&own.points(against), scale).ok(),
        usual: usual_over_time.last().copied().flatten(),
        usual_over_time,
        levels: starts().zip(ends).flat_map(|(from, to)| whole.part(from, to).levels()).collect(),
        answering_changed,
        breaks: breaks.clone(),
        weeks,
        figures,
        series: whole,
    }
}

/// The waves at which the units that `subject` covers are others than in the wave before.
pub fn breaks(history: &[Release], subject: &Subject) -> Vec<usize> {
    let Subject::Unit(unit) = subject else { return Vec::new() };
    let mut found = Vec::new();
    let mut before: Option<BTreeSet<UnitId>> = None;
    for (at, release) in history.iter().enumerate() {
        let tree = release.tree();
        let Some(index) = tree.index_of(*unit) else { continue };
        let mut covered = BTreeSet::new();
        let mut open = vec![index];
        while let Some(next) = open.pop() {
            covered.insert(tree.units()[next].id);
            open.extend(tree.children(next));
        }
        if before.as_ref().is_some_and(|it| *it != covered) {
            found.push(at);
        }
        before = Some(covered);
    }
    found
}

fn answering_changed(pages: &[Option<Page>]) -> bool {
    let (before, recent) = pages.split_at(pages.len().saturating_sub(RULE.recent));
    let base = &before[before.len().saturating_sub(RULE.base_max)..];
    let share = |of: &[Option<Page>]| -> Option<f64> {
        let shares: Vec<f64> = of.iter().flatten().map(|it| it.took_part.share()).collect();
        (!shares.is_empty()).then(|| estimate::mean(&shares))
    };
    share(recent).zip(share(base)).is_some_and(|(a, b)| (a - b).abs() > ANSWERING + 1e-9)
}

#[cfg(test)]
mod history_tests;
#[cfg(test)]
mod tests;

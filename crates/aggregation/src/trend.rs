//! Whether a figure has changed against its own past.
//!
//! The last three waves against up to sixteen before them, each weighted by how sure it is. Nothing
//! but published figures goes in, so a signal tells nothing that the figures do not.
//!
//! `cargo xtask simulate --trend` shows how often that is wrong and how often it sees a change, after
//! planning and coarsening; `docs/adr/0010-sixteen-waves-before.md` says why it is these numbers. Many of
//! the same people answer each time, which makes the true errors smaller than those assumed here: the
//! rule errs on the quiet side.

use std::collections::BTreeSet;

use tideline_domain::{Scale, UnitId};

use crate::{
    Figure, Page, Release, Subject,
    estimate::{
        self, Bounds,
        multiplicity::benjamini_hochberg,
        quantile::normal_tail,
        shrinkage,
        spc::{XmrLimits, xmr},
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
/// Published waves from which on a chart may have process limits.
const LIMITS_MIN: usize = 12;
/// How far the share of people who take part may move before a change may be one of who answers.
const ANSWERING: f64 = 0.2;
/// Largest false discovery rate of the list of places to look first.
const Q_LEVEL: f64 = 0.10;
/// Waves over which the variance between teams is averaged.
const BETWEEN_WAVES: usize = 6;
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
    judged(figures, scale, 2)
}

/// A change must hold for `lasting` published waves to be called sustained.
fn judged(figures: &[Option<Figure>], scale: Scale, lasting: usize) -> State {
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
    let usable = points.iter().flatten().count();
    if waves >= lasting && usable >= SUSTAINED_MIN {
        State::Sustained(change)
    } else {
        State::Watch(change)
    }
}

/// Everything that can be said about one measure of a subject at the latest wave.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// A figure for each wave, oldest first; `None` where it was not published.
    pub figures: Vec<Option<Figure>>,
    /// Waves (by index) with which a new series begins, because the units it covers changed.
    pub breaks: Vec<usize>,
    /// What can be said, from the figures since the last break.
    pub state: State,
    /// The share of people who take part has moved by more than 20 points of 100: a change may be
    /// one of who answers. It is then called sustained a wave later.
    pub answering_changed: bool,
    /// How many weeks the waves that count as recent span, from the first's opening to the last's
    /// close.
    pub weeks: u32,
    /// Where a single wave usually lies.
    pub usual: Option<UsualRange>,
    /// Decoration for the long view, from twelve published waves on.
    pub limits: Option<XmrLimits>,
}

impl Reading {
    /// What could be said when wave `at` was the latest.
    pub fn state_at(&self, at: usize, scale: Scale) -> State {
        let since = self.breaks.iter().rfind(|it| **it <= at).copied().unwrap_or(0);
        state(self.figures.get(since..=at).unwrap_or_default(), scale)
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
    let own = &figures[since..];
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
    Reading {
        state: judged(own, scale, lasting),
        usual: usual_range(own),
        limits: limits(own),
        answering_changed,
        breaks,
        weeks,
        figures,
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

/// XmR limits by the first twelve published waves.
fn limits(figures: &[Option<Figure>]) -> Option<XmrLimits> {
    let values: Vec<f64> = figures.iter().flatten().map(|it| it.value).collect();
    let baseline = values.get(..LIMITS_MIN)?;
    xmr(baseline, true).map(|it| XmrLimits {
        lower: it.lower.max(0.0),
        upper: it.upper.min(100.0),
        near_lower: it.near_lower.max(0.0),
        near_upper: it.near_upper.min(100.0),
        ..it
    })
}

/// A place to look first: a measure of a team that is clearly heavier than its own past, many teams
/// at once taken into account.
#[derive(Debug, Clone, PartialEq)]
pub struct Look {
    /// Which team or teams.
    pub subject: Subject,
    /// Which measure.
    pub scale: Scale,
    /// By how many points of load; at least 5.
    pub delta: f64,
    /// Share of such entries that chance alone would bring, at most.
    pub q: f64,
}

/// Where to look first, in the order of the tree: never a ranking.
///
/// One test for each measure of each team that has a state; Benjamini–Hochberg with q of at most .10,
/// and a change by the trend rule itself, so that no entry contradicts the team's own page. Teams are units without units below them, and pools.
pub fn look_first(history: &[Release]) -> Vec<Look> {
    let Some(latest) = history.last() else { return Vec::new() };
    let mut tests: Vec<(Subject, Scale, Contrast)> = Vec::new();
    for subject in teams(latest) {
        let pages = series(history, &subject);
        let since = breaks(history, &subject).last().copied().unwrap_or(0);
        for scale in Scale::ALL {
            let points: Vec<Point> = pages[since..]
                .iter()
                .map(|it| it.as_ref().map(|page| page.figures.get(scale)))
                .map(|it| it.map(|figure| (figure.value, figure.variance)))
                .collect();
            if let Ok(found) = difference(&points, scale) {
                tests.push((subject.clone(), scale, found));
            }
        }
    }
    let q = benjamini_hochberg(&tests.iter().map(|it| it.2.p_worse()).collect::<Vec<_>>());
    tests
        .into_iter()
        .zip(q)
        .filter(|((_, _, found), q)| *q <= Q_LEVEL && found.way(&RULE) == Some(Way::Worse))
        .map(|((subject, scale, found), q)| Look { subject, scale, delta: found.delta, q })
        .collect()
}

/// The teams of a release that have a page: units without units below them, and pools; disjoint, in
/// the order of the tree.
pub fn teams(release: &Release) -> Vec<Subject> {
    let tree = release.tree();
    let mut found: Vec<Subject> = Vec::new();
    for (at, unit) in tree.units().iter().enumerate() {
        if tree.children(at).next().is_some() {
            continue;
        }
        if let Some(subject) = release.subject_of(unit.id)
            && !found.contains(&subject)
        {
            found.push(subject);
        }
    }
    found
}

/// A team's value for a view beside others: drawn towards the common mean by how unsure it is.
#[derive(Debug, Clone, PartialEq)]
pub struct Compared {
    /// Which team or teams.
    pub subject: Subject,
    /// The value, 0 to 100.
    pub value: f64,
    /// Its 95 % interval, 0 to 100.
    pub range: Bounds,
}

/// Teams beside each other on `scale` in the latest wave, in the order of the tree; `None` with fewer
/// than eight, where each stands with its own value.
///
/// Empirical Bayes with stability-adjusted variances, v = s²/n (1 − share · r) plus the coarsening
/// variance, s the pooled standard deviation, and the variance between teams averaged over the last six
/// waves. See [`estimate::shrinkage`].
pub fn compare(history: &[Release], scale: Scale) -> Option<Vec<Compared>> {
    let latest = history.last()?;
    let (subjects, y, v) = side_by_side(latest, scale);
    if y.len() < shrinkage::TEAMS_MIN {
        return None;
    }
    let between: Vec<f64> = history[history.len().saturating_sub(BETWEEN_WAVES)..]
        .iter()
        .map(|it| side_by_side(it, scale))
        .filter(|(_, y, _)| y.len() >= shrinkage::TEAMS_MIN)
        .map(|(_, y, v)| shrinkage::paule_mandel(&y, &v))
        .collect();
    let all = shrinkage::empirical_bayes(&y, &v, estimate::mean(&between));
    let compared = |(subject, it): (Subject, shrinkage::Shrunken)| Compared {
        subject,
        value: it.theta.clamp(0.0, 100.0),
        range: Bounds::around(it.theta, Z_TWO_SIDED * it.se()).clamp(0.0, 100.0),
    };
    Some(subjects.into_iter().zip(all.teams).map(compared).collect())
}

/// A measure of a team that stands apart from the organisation in the latest wave.
#[derive(Debug, Clone, PartialEq)]
pub struct Apart {
    /// Which team or teams.
    pub subject: Subject,
    /// Which measure.
    pub scale: Scale,
    /// By how many points its load is heavier (above 0) or lighter than the organisation's.
    pub load_gap: f64,
}

/// Smallest gap from the organisation that is told. Unit: points.
const GAP_MIN: f64 = 4.0;

/// Teams that stand apart from the organisation, in the order of the tree: never a ranking. Empty
/// with fewer than eight teams, or where the whole is withheld.
///
/// One test for each measure of each team on the values of [`compare`]; Benjamini–Hochberg with q of at
/// most .10, and at least four points.
pub fn apart(history: &[Release]) -> Vec<Apart> {
    let Some(latest) = history.last() else { return Vec::new() };
    let Some(whole) = latest.page(latest.tree().root().id) else { return Vec::new() };
    let mut all: Vec<(Apart, f64)> = Vec::new();
    for scale in Scale::ALL {
        let level = whole.figures.get(scale).value;
        for team in compare(history, scale).unwrap_or_default() {
            // An end of the scale cuts a range off; its other half tells how unsure the value is.
            let half = (team.range.high - team.value).max(team.value - team.range.low);
            let gap = team.value - level;
            let z = gap / (half / Z_TWO_SIDED).max(f64::MIN_POSITIVE);
            let load_gap = if scale == Scale::CompassionSatisfaction { -gap } else { gap };
            let p = (2.0 * normal_tail(z.abs())).min(1.0);
            all.push((Apart { subject: team.subject, scale, load_gap }, p));
        }
    }
    let q = benjamini_hochberg(&all.iter().map(|it| it.1).collect::<Vec<_>>());
    all.into_iter()
        .zip(q)
        .filter(|((it, _), q)| *q <= Q_LEVEL && it.load_gap.abs() >= GAP_MIN)
        .map(|((it, _), _)| it)
        .collect()
}

fn side_by_side(release: &Release, scale: Scale) -> (Vec<Subject>, Vec<f64>, Vec<f64>) {
    let (mut subjects, mut y, mut v) = (Vec::new(), Vec::new(), Vec::new());
    for subject in teams(release) {
        let Some(page) = release.page_of(&subject) else { continue };
        let figure = page.figures.get(scale);
        let n = f64::from(figure.n);
        let people = release.pooled_sd().get(scale).powi(2) / n;
        let coarsening = (figure.variance - people).max(0.0);
        let share = page.took_part.share();
        let lasting =
            shrinkage::stability_adjusted_variance(people, 1.0, 1.0 / share, shrinkage::STABILITY);
        subjects.push(subject);
        y.push(figure.value);
        v.push(lasting + coarsening);
    }
    (subjects, y, v)
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
mod history_tests;
#[cfg(test)]
mod tests;

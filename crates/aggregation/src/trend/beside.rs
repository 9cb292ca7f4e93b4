//! Teams beside each other: where to look first, and who stands apart. Never a ranking.

use tideline_domain::Scale;

use super::{
    RULE, Series, breaks, difference,
    level::{scatter, scatter_at},
    series,
};
use crate::{
    Release, Subject,
    estimate::{
        self, Bounds,
        multiplicity::benjamini_hochberg,
        quantile::normal_tail,
        shrinkage,
        window::{Contrast, Way},
    },
};

/// Largest false discovery rate of the list of places to look first.
const Q_LEVEL: f64 = 0.10;
/// Waves over which the variance between teams is averaged.
const BETWEEN_WAVES: usize = 6;
/// Two-sided 5 % point of the normal distribution.
const Z_TWO_SIDED: f64 = 1.96;

/// A place to look first: a measure of a team that is clearly heavier than is usual for it, judged as on
/// its own page, many teams at once taken into account.
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

/// Where to look first, in the order of the tree: never a ranking. `None` while no team can be judged.
///
/// One test for each measure of each team that has a state; Benjamini–Hochberg with q of at most .10,
/// and a change by the trend rule itself, so that no entry contradicts the team's own page. Teams are units without units below them, and pools.
pub fn look_first(history: &[Release]) -> Option<Vec<Look>> {
    let latest = history.last()?;
    let mut tests: Vec<(Subject, Scale, Contrast)> = Vec::new();
    for subject in teams(latest) {
        let pages = series(history, &subject);
        let since = breaks(history, &subject).last().copied().unwrap_or(0);
        for scale in Scale::ALL {
            let own = Series::new(&history[since..], &subject, &pages[since..], scale);
            if let Ok(found) = difference(&own.points(own.against(scale)), scale) {
                tests.push((subject.clone(), scale, found));
            }
        }
    }
    if tests.is_empty() {
        return None;
    }
    let q = benjamini_hochberg(&tests.iter().map(|it| it.2.p_worse()).collect::<Vec<_>>());
    let found = tests
        .into_iter()
        .zip(q)
        .filter(|((_, _, found), q)| *q <= Q_LEVEL && found.way(&RULE) == Some(Way::Worse))
        .map(|((subject, scale, found), q)| Look { subject, scale, delta: found.delta, q });
    Some(found.collect())
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
/// variance, and the variance between teams averaged over the last six waves. The range is that of the
/// level, so it reckons with less stability, and with what each wave has of its own. See
/// [`estimate::shrinkage`].
pub fn compare(history: &[Release], scale: Scale) -> Option<Vec<Compared>> {
    let latest = history.last()?;
    let now = SideBySide::new(latest, scale);
    if now.y.len() < shrinkage::TEAMS_MIN {
        return None;
    }
    let between: Vec<f64> = history[history.len().saturating_sub(BETWEEN_WAVES)..]
        .iter()
        .map(|it| SideBySide::new(it, scale))
        .filter(|it| it.y.len() >= shrinkage::TEAMS_MIN)
        .map(|it| shrinkage::paule_mandel(&it.y, &it.v))
        .collect();
    let between = estimate::mean(&between);
    let values = shrinkage::empirical_bayes(&now.y, &now.v, between).teams;
    let ranges = shrinkage::empirical_bayes(&now.y, &now.for_ranges, between).teams;
    let compared = |((subject, it), range): ((Subject, shrinkage::Shrunken), _)| {
        let half = Z_TWO_SIDED * shrinkage::Shrunken::se(&range);
        Compared {
            subject,
            value: it.theta.clamp(0.0, 100.0),
            range: Bounds::around(it.theta, half).clamp(0.0, 100.0),
        }
    };
    Some(now.subjects.into_iter().zip(values).zip(ranges).map(compared).collect())
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

/// Teams that stand apart from the organisation, in the order of the tree: never a ranking. `None` where
/// that is not tested: with fewer than eight teams, or where the whole is withheld.
///
/// One test for each measure of each team on the values of [`compare`]; Benjamini–Hochberg with q of at
/// most .10, and at least four points.
pub fn apart(history: &[Release]) -> Option<Vec<Apart>> {
    let latest = history.last()?;
    let whole = latest.page(latest.tree().root().id)?;
    let mut all: Vec<(Apart, f64)> = Vec::new();
    for scale in Scale::ALL {
        let level = whole.figures.get(scale).value;
        for team in compare(history, scale)? {
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
    let found = all
        .into_iter()
        .zip(q)
        .filter(|((it, _), q)| *q <= Q_LEVEL && it.load_gap.abs() >= GAP_MIN)
        .map(|((it, _), _)| it);
    Some(found.collect())
}

/// Every team with a page: its value and how unsure that is.
struct SideBySide {
    subjects: Vec<Subject>,
    y: Vec<f64>,
    /// Variances by what people's stability was seen to be.
    v: Vec<f64>,
    /// Variances that ranges reckon with.
    for_ranges: Vec<f64>,
}

impl SideBySide {
    fn new(release: &Release, scale: Scale) -> Self {
        let mut it =
            Self { subjects: Vec::new(), y: Vec::new(), v: Vec::new(), for_ranges: Vec::new() };
        for subject in teams(release) {
            let Some(page) = release.page_of(&subject) else { continue };
            it.subjects.push(subject);
            it.y.push(page.figures.get(scale).value);
            it.v.push(scatter_at(shrinkage::STABILITY, &page, scale));
            it.for_ranges.push(scatter(&page, scale) + RULE.omega2);
        }
        it
    }
}

//! Levels: where a measure stands behind the scatter of single waves, and where single waves usually lie.

use super::{Against, RULE, Series};
use crate::{
    Page, WITHIN_TEAM_SD,
    estimate::{
        local_level::{self, Filtered},
        shrinkage,
        window::{self, Level, Point},
    },
};
use tideline_domain::Scale;

/// How far a team's level drifts from one wave to the next, as a standard deviation. Fixed: fitted by
/// likelihood it is often 0, and then hides the teams that changed. Unit: points.
///
/// Source: docs/adr/0024-a-change-is-judged-against-the-rest.md.
pub const STEP_SD: f64 = 4.0;
/// Two-sided 5 % point of the normal distribution.
const Z_TWO_SIDED: f64 = 1.96;

/// A level and its 95 % range, in points.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LevelNow {
    /// The level, 0 to 100.
    pub value: f64,
    /// Lower end, 0 to 100.
    pub low: f64,
    /// Upper end, 0 to 100.
    pub high: f64,
}

/// Where 19 of 20 single waves lie while nothing changes, in points.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct UsualRange {
    /// The usual level, 0 to 100.
    pub mean: f64,
    /// Lower end, 0 to 100.
    pub low: f64,
    /// Upper end, 0 to 100.
    pub high: f64,
}

/// How alike a person's answers are from wave to wave, as little as ranges reckon with: less than
/// [`shrinkage::STABILITY`], which one data set has, so that they hold where people are less alike.
const LEAST_STABILITY: f64 = 0.3;

/// Variance with which a published figure scatters around the level of the same people: many of those
/// who answered answer again, so it is less than that of a fresh sample. For ranges. Unit: points².
pub(super) fn scatter(page: &Page, scale: Scale) -> f64 {
    scatter_at(LEAST_STABILITY, page, scale)
}

/// The same for a stability r: s²/n (1 − share · r) and what coarsening adds. Unit: points².
pub(super) fn scatter_at(stability: f64, page: &Page, scale: Scale) -> f64 {
    let figure = page.figures.get(scale);
    let people = WITHIN_TEAM_SD.powi(2) / f64::from(figure.n);
    let coarsening = (figure.variance - people).max(0.0);
    let eligible = 1.0 / page.took_part.share();
    shrinkage::stability_adjusted_variance(people, 1.0, eligible, stability) + coarsening
}

impl Series {
    /// The level at each wave that was published: the filter's on differences from the rest, on top of
    /// the rest; on the figures themselves where a wave has no rest.
    pub(super) fn levels(&self) -> Vec<Option<LevelNow>> {
        let has_rest = |(own, rest): (&Point, &Point)| own.is_none() || rest.is_some();
        let by_rest = !self.whole && self.own.iter().zip(&self.rest).all(has_rest);
        let points = if by_rest { self.differences() } else { self.own.clone() };
        let told = |((filtered, own), rest): ((Option<Filtered>, &Point), &Point)| {
            let (filtered, (_, v)) = filtered.zip(*own)?;
            let (value, variance) = match rest {
                Some((rest, of_rest)) if by_rest => {
                    (rest + filtered.level, filtered.variance_with(v, *of_rest))
                }
                _ => (filtered.level, filtered.variance),
            };
            let half = Z_TWO_SIDED * variance.sqrt();
            Some(LevelNow {
                value: value.clamp(0.0, 100.0),
                low: (value - half).clamp(0.0, 100.0),
                high: (value + half).clamp(0.0, 100.0),
            })
        };
        let filtered = local_level::filter(&points, STEP_SD.powi(2));
        filtered.into_iter().zip(&self.own).zip(&self.rest).map(told).collect()
    }

    /// Where a single wave would lie if nothing had changed since the waves before the last three, for
    /// each wave; `None` with fewer than four of those published.
    pub(super) fn usual(&self, against: Against) -> Vec<Option<UsualRange>> {
        let by_rest = against == Against::Rest;
        let points: Vec<Point> = self
            .points(against)
            .iter()
            .zip(&self.scatter)
            .zip(&self.rest)
            .map(|((point, scatter), rest)| {
                let of_rest = rest.filter(|_| by_rest).map_or(0.0, |it| it.1);
                point.map(|it| (it.0, scatter + of_rest))
            })
            .collect();
        let (_, base) = window::split(&points, &RULE);
        let level = Level::of(base, RULE.omega2);
        if level.n < RULE.base_min {
            return vec![None; points.len()];
        }
        let scatter = base.iter().flatten().map(|it| it.1).sum::<f64>() / level.n as f64;
        let half = Z_TWO_SIDED * (scatter + RULE.omega2 + level.variance()).sqrt();
        let around = |mean: f64| UsualRange {
            mean: mean.clamp(0.0, 100.0),
            low: (mean - half).clamp(0.0, 100.0),
            high: (mean + half).clamp(0.0, 100.0),
        };
        self.rest
            .iter()
            .map(|rest| match rest {
                Some((rest, _)) if by_rest => Some(around(rest + level.mean())),
                None if by_rest => None,
                _ => Some(around(level.mean())),
            })
            .collect()
    }
}

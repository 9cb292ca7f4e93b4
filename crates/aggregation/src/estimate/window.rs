//! The trend rule: the last few waves against those before, each weighted by how sure it is.

use super::quantile::normal_tail;

/// A published value of one wave and its variance; `None` for a wave that was not published.
pub type Point = Option<(f64, f64)>;

/// The rule's numbers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct WindowRule {
    /// Waves that count as recent.
    pub recent: usize,
    /// How many of them must be published.
    pub recent_min: usize,
    /// Waves before the recent ones that make the base.
    pub base_max: usize,
    /// How many of them must be published.
    pub base_min: usize,
    /// Variance that every wave has of its own, besides who answered it. Unit: points².
    pub omega2: f64,
    /// Smallest change worth a word. Unit: points.
    pub smallest: f64,
    /// How many standard errors a change must be.
    pub z: f64,
}

impl WindowRule {
    /// Last 3 against up to 12 before; at least 5 points; one-sided 5 %.
    pub const STANDARD: Self = Self {
        recent: 3,
        recent_min: 2,
        base_max: 12,
        base_min: 4,
        omega2: 4.0,
        smallest: 5.0,
        z: 1.644_853_626_951_472_2,
    };
}

/// Recent against base at one wave.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Contrast {
    /// Precision-weighted mean of the recent waves.
    pub recent: f64,
    /// That of the base.
    pub base: f64,
    /// Recent less base, in points of load: above 0 is worse.
    pub delta: f64,
    /// Standard error of `delta`.
    pub se: f64,
}

/// Which way a load has changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// More load.
    Worse,
    /// Less load.
    Better,
}

impl Contrast {
    /// `delta` in standard errors.
    pub fn z(&self) -> f64 {
        self.delta / self.se
    }

    /// How often chance alone would give this much or more: 1 − Φ(z).
    pub fn p_worse(&self) -> f64 {
        normal_tail(self.z())
    }

    /// Which way it has changed, if it has by `rule`.
    pub fn way(&self, rule: &WindowRule) -> Option<Way> {
        if self.delta >= rule.smallest && self.z() >= rule.z {
            Some(Way::Worse)
        } else if -self.delta >= rule.smallest && -self.z() >= rule.z {
            Some(Way::Better)
        } else {
            None
        }
    }
}

/// A precision-weighted mean.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Level {
    /// Published waves in it.
    pub n: usize,
    weights: f64,
    weighted: f64,
}

impl Level {
    /// Of `points`, with weights 1/(v + ω²).
    pub fn of(points: &[Point], omega2: f64) -> Self {
        points.iter().flatten().fold(Self::default(), |it, (value, variance)| {
            let weight = 1.0 / (variance + omega2);
            Self {
                n: it.n + 1,
                weights: it.weights + weight,
                weighted: it.weighted + weight * value,
            }
        })
    }

    /// The mean; NaN of nothing.
    pub fn mean(self) -> f64 {
        self.weighted / self.weights
    }

    /// Its variance, 1/Σw.
    pub fn variance(self) -> f64 {
        1.0 / self.weights
    }
}

/// The recent waves and the base as they are at the last of `points`.
pub fn split<'a>(points: &'a [Point], rule: &WindowRule) -> (&'a [Point], &'a [Point]) {
    let (before, recent) = points.split_at(points.len().saturating_sub(rule.recent));
    (recent, &before[before.len().saturating_sub(rule.base_max)..])
}

/// Recent against base at the last of `points` (one for each wave, oldest first); `sign` is 1 where
/// more is worse, −1 where more is better. `None` while there are too few published waves, or the
/// last is not published.
///
/// w = 1/(v + ω²); R = Σ w M/Σ w over the recent waves, B over the base; δ = sign (R − B);
/// SE = √(1/Σw_R + 1/Σw_B).
pub fn contrast(points: &[Point], sign: f64, rule: &WindowRule) -> Option<Contrast> {
    let (recent, base) = split(points, rule);
    let published = points.last().is_some_and(Option::is_some);
    let (recent, base) = (Level::of(recent, rule.omega2), Level::of(base, rule.omega2));
    if !published || recent.n < rule.recent_min || base.n < rule.base_min {
        return None;
    }
    Some(Contrast {
        recent: recent.mean(),
        base: base.mean(),
        delta: sign * (recent.mean() - base.mean()),
        se: (recent.variance() + base.variance()).sqrt(),
    })
}

/// What the rule says at one wave.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Verdict {
    /// Too few published waves.
    Insufficient,
    /// Nothing to point out.
    NoClearChange(Contrast),
    /// A change, now.
    Watch(Way, Contrast),
    /// A change for two published waves or more.
    Sustained(Way, Contrast),
}

impl Verdict {
    /// Recent against base, where there are enough waves.
    pub const fn contrast(&self) -> Option<Contrast> {
        match *self {
            Self::Insufficient => None,
            Self::NoClearChange(it) | Self::Watch(_, it) | Self::Sustained(_, it) => Some(it),
        }
    }
}

/// The verdict at every wave of `points`. A wave that was not published neither counts nor breaks a
/// run; one that was published with too few before it does break it.
pub fn verdicts(points: &[Point], sign: f64, rule: &WindowRule) -> Vec<Verdict> {
    let mut before = None;
    (1..=points.len())
        .map(|end| match contrast(&points[..end], sign, rule) {
            None => {
                if points[end - 1].is_some() {
                    before = None;
                }
                Verdict::Insufficient
            }
            Some(found) => {
                let way = found.way(rule);
                let repeated = way.is_some() && way == before;
                before = way;
                match way {
                    None => Verdict::NoClearChange(found),
                    Some(way) if repeated => Verdict::Sustained(way, found),
                    Some(way) => Verdict::Watch(way, found),
                }
            }
        })
        .collect()
}

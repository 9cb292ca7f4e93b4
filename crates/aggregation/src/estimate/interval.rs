//! A team's mean and how sure it is: moderated variance, snapshot and process intervals.

use super::{Bounds, mean, quantile::t_quantile, sample_variance};

/// What is believed of people's spread within a team before looking at it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct VariancePrior {
    /// How many observations the belief is worth, ν₀. 0 is no belief at all.
    pub df: f64,
    /// The believed standard deviation, s₀. Unit: points.
    pub sd: f64,
}

impl VariancePrior {
    /// ν₀ = 10, s₀ = 22: published within-team spreads on 0 to 100 lie between 21 and 24.
    pub const START: Self = Self { df: 10.0, sd: 22.0 };
}

/// A variance drawn towards what is usual.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ModeratedVariance {
    /// s̃². Unit: points².
    pub s2: f64,
    /// Its degrees of freedom, ν₀ + n − 1.
    pub df: f64,
}

/// s̃² = (ν₀ s₀² + (n − 1) s²) / (ν₀ + n − 1) with ν₀ + n − 1 degrees of freedom.
///
/// Five equal answers have no spread of their own and a classic interval of width 0; this one has
/// not. Source: Smyth 2004, Stat Appl Genet Mol Biol 3(1):3, doi:10.2202/1544-6115.1027.
pub fn moderated_variance(s2: f64, n: usize, prior: VariancePrior) -> ModeratedVariance {
    let own = n as f64 - 1.0;
    let df = prior.df + own;
    ModeratedVariance { s2: (prior.df * prior.sd.powi(2) + own * s2) / df, df }
}

/// A team's mean in one wave.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TeamMean {
    /// Answers.
    pub n: usize,
    /// Their mean.
    pub mean: f64,
    /// Their sample variance.
    pub s2: f64,
    /// The variance that intervals use.
    pub moderated: ModeratedVariance,
    /// The two-sided quantile of Student's t.
    pub t: f64,
    /// Standard error for change and comparison.
    pub se_process: f64,
    /// Standard error for "this team, this wave": 0 when everybody answered.
    pub se_snapshot: f64,
    /// Mean ± t · `se_process`, within 0 to 100.
    pub process: Bounds,
    /// Mean ± t · `se_snapshot`, within 0 to 100.
    pub snapshot: Bounds,
    /// Without the prior, for comparison; `None` below two answers.
    pub classic: Option<Bounds>,
}

/// Mean and intervals of `x`, answers of a team of `eligible` people, at confidence `level`.
///
/// Snapshot: M ± t √((1 − n/N) s̃²/n), the finite population correction of Cochran 1977, Sampling
/// Techniques, ch. 2. Process: the same without the correction, because a team that answers in full
/// still varies from wave to wave (Deming 1953, enumerative and analytic studies). `None` of nothing.
pub fn team_mean(x: &[f64], eligible: usize, prior: VariancePrior, level: f64) -> Option<TeamMean> {
    let n = x.len();
    if n == 0 {
        return None;
    }
    let (mean, s2) = (mean(x), sample_variance(x));
    let moderated = moderated_variance(s2, n, prior);
    let p = 0.5 + level / 2.0;
    let t = t_quantile(p, moderated.df);
    let count = n as f64;
    let se_process = (moderated.s2 / count).sqrt();
    let answered = count / eligible as f64;
    let se_snapshot = ((1.0 - answered).max(0.0) * moderated.s2 / count).sqrt();
    let of = |half: f64| Bounds::around(mean, half).clamp(0.0, 100.0);
    Some(TeamMean {
        n,
        mean,
        s2,
        moderated,
        t,
        se_process,
        se_snapshot,
        process: of(t * se_process),
        snapshot: of(t * se_snapshot),
        classic: (n > 1).then(|| of(t_quantile(p, count - 1.0) * (s2 / count).sqrt())),
    })
}

//! Shares of people: intervals, shrinkage between teams, and smoothing.

use super::{
    Bounds,
    quantile::{beta_quantile, normal_quantile},
};

/// The Wilson score interval of `x` of `n` (above 0), as shares of 0 to 1.
///
/// (p + z²/2n ± z √(p(1−p)/n + z²/4n²)) / (1 + z²/n). Source: Wilson 1927, JASA 22:209.
pub fn wilson(x: f64, n: f64, level: f64) -> Bounds {
    let z = normal_quantile(0.5 + level / 2.0);
    let (p, z2) = (x / n, z * z);
    let below = 1.0 + z2 / n;
    let middle = (p + z2 / (2.0 * n)) / below;
    Bounds::around(middle, z * (p * (1.0 - p) / n + z2 / (4.0 * n * n)).sqrt() / below)
        .clamp(0.0, 1.0)
}

/// The Jeffreys interval: quantiles of Beta(x + ½, n − x + ½); 0 and 1 at the ends.
///
/// Source: Brown, Cai and DasGupta 2001, Statist Sci 16:101.
pub fn jeffreys(x: f64, n: f64, level: f64) -> Bounds {
    let tail = (1.0 - level) / 2.0;
    let at = |p| beta_quantile(p, x + 0.5, n - x + 0.5);
    Bounds {
        low: if x <= 0.0 { 0.0 } else { at(tail) },
        high: if x >= n { 1.0 } else { at(1.0 - tail) },
    }
}

/// How shares differ between teams.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct BetaBinomial {
    /// The share over all teams.
    pub p: f64,
    /// Correlation within teams; 0 or less means that teams do not differ more than by chance.
    pub rho: f64,
}

impl BetaBinomial {
    /// Moments with weights nᵢ. Source: Kleinman 1973, JASA 68:46.
    pub fn moments(x: &[f64], n: &[f64]) -> Self {
        let (k, total) = (x.len() as f64, n.iter().sum::<f64>());
        let p = x.iter().sum::<f64>() / total;
        let s: f64 = x.iter().zip(n).map(|(x, n)| n * (x / n - p).powi(2)).sum();
        let squares: f64 = n.iter().map(|it| it * it).sum();
        let pq = p * (1.0 - p);
        Self { p, rho: (s - pq * (k - 1.0)) / (pq * (total - squares / total - (k - 1.0))) }
    }

    /// α + β = 1/ρ − 1; infinite when teams do not differ.
    pub fn strength(self) -> f64 {
        if self.rho > 0.0 { 1.0 / self.rho - 1.0 } else { f64::INFINITY }
    }

    /// The share of a team with `x` of `n`, drawn towards that of all: (α + x)/(α + β + n).
    pub fn posterior_mean(self, x: f64, n: f64) -> f64 {
        let m = self.strength();
        if m.is_finite() { (self.p * m + x) / (m + n) } else { self.p }
    }

    /// Quantiles of the posterior at confidence `level`; a point when teams do not differ.
    pub fn posterior_interval(self, x: f64, n: f64, level: f64) -> Bounds {
        let m = self.strength();
        if !m.is_finite() {
            return Bounds { low: self.p, high: self.p };
        }
        let tail = (1.0 - level) / 2.0;
        let at = |p| beta_quantile(p, self.p * m + x, (1.0 - self.p) * m + n - x);
        Bounds { low: at(tail), high: at(1.0 - tail) }
    }
}

/// Shares of a team's `counts` smoothed by the organisation's: (πⱼ c + xⱼ)/(c + n), with π the
/// organisation's shares and c the `strength` of the prior, in people. Returns prior and result.
///
/// Source: the posterior mean of a Dirichlet prior, Gelman et al., Bayesian Data Analysis, 3.4.
pub fn dirichlet(organisation: &[f64], counts: &[f64], strength: f64) -> (Vec<f64>, Vec<f64>) {
    let (all, n): (f64, f64) = (organisation.iter().sum(), counts.iter().sum());
    let prior: Vec<f64> = organisation.iter().map(|it| strength * it / all).collect();
    let posterior = prior.iter().zip(counts).map(|(a, x)| (a + x) / (strength + n)).collect();
    (prior, posterior)
}

//! Comparing teams: empirical Bayes, so that small teams are not told apart by chance.
//!
//! For comparison views only; a team's own chart shows its own values. Never a ranking: with
//! published intraclass correlations of .01 to .05, places in a table are mostly noise.

use super::mean;

/// How alike a person's answers are from wave to wave, r: read off repeated team surveys, where
/// using it predicted the same team's next wave best.
pub const STABILITY: f64 = 0.55;
/// Fewest teams to compare. Below it, each stands with its own value.
pub const TEAMS_MIN: usize = 8;

/// vᵢ = s̃²/n · (1 − (n/N) r): the members who answered are largely those who answer next time.
pub fn stability_adjusted_variance(s2: f64, n: f64, eligible: f64, stability: f64) -> f64 {
    s2 / n * (1.0 - n / eligible * stability)
}

fn weighted_mean(y: &[f64], v: &[f64], tau2: f64) -> (f64, f64) {
    let weights: f64 = v.iter().map(|it| 1.0 / (it + tau2)).sum();
    let sum: f64 = y.iter().zip(v).map(|(y, v)| y / (v + tau2)).sum();
    (sum / weights, weights)
}

/// Σ wᵢ (yᵢ − μ)² with wᵢ = 1/(vᵢ + τ²).
fn q_statistic(y: &[f64], v: &[f64], tau2: f64) -> f64 {
    let (mu, _) = weighted_mean(y, v, tau2);
    y.iter().zip(v).map(|(y, v)| (y - mu).powi(2) / (v + tau2)).sum()
}

/// How much teams differ, by the method of moments.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Heterogeneity {
    /// Cochran's Q.
    pub q: f64,
    /// The fixed-effect mean.
    pub mu: f64,
    /// Variance between teams, 0 or more. Unit: points².
    pub tau2: f64,
    /// Share of the variation that is between teams, 0 to 1.
    pub i2: f64,
}

/// τ² = max(0, (Q − (k−1)) / (Σw − Σw²/Σw)); I² = max(0, (Q − (k−1))/Q).
///
/// Source: DerSimonian and Laird 1986, Control Clin Trials 7:177; Higgins and Thompson 2002.
pub fn dersimonian_laird(y: &[f64], v: &[f64]) -> Heterogeneity {
    let (mu, weights) = weighted_mean(y, v, 0.0);
    let q = q_statistic(y, v, 0.0);
    let excess = q - (y.len() as f64 - 1.0);
    let squares: f64 = v.iter().map(|it| (1.0 / it).powi(2)).sum();
    let tau2 = (excess / (weights - squares / weights)).max(0.0);
    Heterogeneity { q, mu, tau2, i2: if q > 0.0 { (excess / q).max(0.0) } else { 0.0 } }
}

/// The τ² at which Σ (yᵢ − μ)²/(vᵢ + τ²) = k − 1, by bisection; 0 if it is smaller already at 0.
///
/// Source: Paule and Mandel 1982, J Res Natl Bur Stand 87:377.
pub fn paule_mandel(y: &[f64], v: &[f64]) -> f64 {
    let excess = |tau2| q_statistic(y, v, tau2) - (y.len() as f64 - 1.0);
    if excess(0.0).is_nan() || excess(0.0) <= 0.0 {
        return 0.0;
    }
    let (mut low, mut high) = (0.0, 1.0);
    while excess(high) > 0.0 {
        high *= 2.0;
    }
    for _ in 0..200 {
        let middle = f64::midpoint(low, high);
        if excess(middle) > 0.0 {
            low = middle;
        } else {
            high = middle;
        }
    }
    f64::midpoint(low, high)
}

/// One team's value drawn towards the mean of all.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Shrunken {
    /// How far it is drawn: 0 not at all, 1 wholly.
    pub shrinkage: f64,
    /// The value.
    pub theta: f64,
    /// Error if μ and τ² were known.
    pub g1: f64,
    /// What estimating μ adds.
    pub g2: f64,
    /// What estimating τ² adds, once.
    pub g3: f64,
}

impl Shrunken {
    /// Mean squared error, g1 + g2 + 2 g3.
    pub fn mse(&self) -> f64 {
        self.g1 + self.g2 + 2.0 * self.g3
    }

    /// Its root.
    pub fn se(&self) -> f64 {
        self.mse().sqrt()
    }
}

/// All teams' values drawn towards their common mean.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    /// The common mean.
    pub mu: f64,
    /// Its variance.
    pub var_mu: f64,
    /// One for each team, in order.
    pub teams: Vec<Shrunken>,
}

/// yᵢ ~ N(θᵢ, vᵢ), θᵢ ~ N(μ, τ²); Bᵢ = vᵢ/(vᵢ + τ²); θ̂ᵢ = Bᵢ μ + (1 − Bᵢ) yᵢ, with
/// g1 = τ² v/(τ² + v), g2 = B²/Σw, g3 = v²/(v + τ²)³ · 2/Σ(1/(v + τ²)²).
///
/// Source: Fay and Herriot 1979, JASA 74:269; Prasad and Rao 1990, JASA 85:163.
pub fn empirical_bayes(y: &[f64], v: &[f64], tau2: f64) -> Comparison {
    let (mu, weights) = weighted_mean(y, v, tau2);
    let var_mu = 1.0 / weights;
    let var_tau2 = 2.0 / v.iter().map(|it| (1.0 / (it + tau2)).powi(2)).sum::<f64>();
    let of = |(y, v): (&f64, &f64)| {
        let shrinkage = v / (v + tau2);
        Shrunken {
            shrinkage,
            theta: shrinkage * mu + (1.0 - shrinkage) * y,
            g1: tau2 * v / (tau2 + v),
            g2: shrinkage.powi(2) * var_mu,
            g3: v * v / (v + tau2).powi(3) * var_tau2,
        }
    };
    Comparison { mu, var_mu, teams: y.iter().zip(v).map(of).collect() }
}

/// The James–Stein estimate of many means of equal variance.
#[derive(Debug, Clone, PartialEq)]
pub struct JamesStein {
    /// The grand mean.
    pub grand_mean: f64,
    /// Σ (yᵢ − ȳ)².
    pub s: f64,
    /// The shrinking factor.
    pub c: f64,
    /// The estimates.
    pub values: Vec<f64>,
}

/// c = 1 − (k − 3) σ² / Σ(yᵢ − ȳ)²; ȳ + c (yᵢ − ȳ).
///
/// Source: Efron and Morris 1977, Scientific American 236(5):119.
pub fn james_stein(y: &[f64], sigma2: f64) -> JamesStein {
    let grand_mean = mean(y);
    let s: f64 = y.iter().map(|it| (it - grand_mean).powi(2)).sum();
    let c = 1.0 - (y.len() as f64 - 3.0) * sigma2 / s;
    let values = y.iter().map(|it| grand_mean + c * (it - grand_mean)).collect();
    JamesStein { grand_mean, s, c, values }
}

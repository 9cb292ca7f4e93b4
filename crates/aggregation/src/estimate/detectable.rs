//! The smallest change that can be seen.

use super::quantile::normal_quantile;

/// MDC = z √(v₁ + v₂): the change between two values with variances `v1` and `v2` that chance alone
/// exceeds in 5 of 100 (two-sided). Source: Stratford and Goldsmith 1997, Phys Ther 77:745.
pub fn minimal_detectable_change(v1: f64, v2: f64) -> f64 {
    normal_quantile(0.975) * (v1 + v2).sqrt()
}

/// The variance of a level of `waves` waves of `n` answers each, with within-team standard deviation
/// `sd` and wave-to-wave variance `omega2`: (sd²/n + ω²)/waves.
pub fn level_variance(sd: f64, n: f64, omega2: f64, waves: f64) -> f64 {
    (sd * sd / n + omega2) / waves
}

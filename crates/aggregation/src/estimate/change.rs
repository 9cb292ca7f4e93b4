//! Change over a few waves without assuming a distribution: Mann–Kendall and Theil–Sen.

use super::{
    Bounds, median,
    quantile::{normal_quantile, normal_tail},
};

/// Whether values rise or fall more than they would in a random order.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MannKendall {
    /// Rising pairs less falling pairs.
    pub s: i64,
    /// Its variance, ties taken into account.
    pub var_s: f64,
    /// With continuity correction.
    pub z: f64,
    /// By the normal approximation.
    pub p_two_sided: f64,
    /// S over the number of pairs.
    pub tau_a: f64,
}

/// Sizes of groups of equal values, of two and more.
fn ties(x: &[f64]) -> Vec<f64> {
    let mut sorted = x.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted.chunk_by(|a, b| a == b).filter(|it| it.len() > 1).map(|it| it.len() as f64).collect()
}

/// t (t−1) (2t+5).
fn tie_term(t: f64) -> f64 {
    t * (t - 1.0) * (2.0 * t + 5.0)
}

/// S = Σ_{i<j} sign(xⱼ − xᵢ); Var S = (n(n−1)(2n+5) − Σ t(t−1)(2t+5))/18; z = (S ∓ 1)/√Var.
///
/// Source: Mann 1945, Econometrica 13:245; Kendall 1975, Rank Correlation Methods.
pub fn mann_kendall(x: &[f64]) -> MannKendall {
    let mut s = 0_i64;
    for (at, a) in x.iter().enumerate() {
        for b in &x[at + 1..] {
            s += i64::from(b > a) - i64::from(b < a);
        }
    }
    let n = x.len() as f64;
    let var_s = (tie_term(n) - ties(x).into_iter().map(tie_term).sum::<f64>()) / 18.0;
    let z = match s {
        0 => 0.0,
        s => (s - s.signum()) as f64 / var_s.sqrt(),
    };
    let tau_a = s as f64 / (n * (n - 1.0) / 2.0);
    MannKendall { s, var_s, z, p_two_sided: 2.0 * normal_tail(z.abs()), tau_a }
}

/// P(S ≥ s) in random order without ties, by counting permutations by inversions.
///
/// Source: Kendall 1975, table 1. `n` up to 30.
pub fn mann_kendall_exact(n: usize, s: i64) -> f64 {
    let mut counts = vec![1.0_f64];
    for m in 2..=n {
        let mut next = vec![0.0; counts.len() + m - 1];
        for (at, count) in counts.iter().enumerate() {
            for it in &mut next[at..at + m] {
                *it += count;
            }
        }
        counts = next;
    }
    let pairs = (n * n.saturating_sub(1) / 2) as i64;
    let inversions = (pairs - s).div_euclid(2);
    let orders: f64 = counts.iter().sum();
    match usize::try_from(inversions) {
        Ok(most) => counts.iter().take(most + 1).sum::<f64>() / orders,
        Err(_) => 0.0,
    }
}

/// A line through the middle of all pairs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TheilSen {
    /// Points a step of `t`.
    pub slope: f64,
    /// At `t` = 0.
    pub intercept: f64,
    /// 95 % interval of the slope.
    pub ci95: Bounds,
}

/// The median slope of all pairs; intercept median(y) − slope · median(t). `None` below two times.
///
/// Source: Theil 1950; Sen 1968, JASA 63:1379 (interval).
pub fn theil_sen(t: &[f64], y: &[f64]) -> Option<TheilSen> {
    let mut slopes = Vec::new();
    for (i, (ti, yi)) in t.iter().zip(y).enumerate() {
        for (tj, yj) in t.iter().zip(y).skip(i + 1) {
            if ti != tj {
                slopes.push((yj - yi) / (tj - ti));
            }
        }
    }
    if slopes.is_empty() {
        return None;
    }
    slopes.sort_by(f64::total_cmp);
    let n = y.len() as f64;
    let tied: f64 = ties(t).into_iter().chain(ties(y)).map(tie_term).sum();
    let half = normal_quantile(0.975) * ((tie_term(n) - tied) / 18.0).max(0.0).sqrt();
    let count = slopes.len() as f64;
    let last = slopes.len() - 1;
    let high = (((count + half) / 2.0).round_ties_even() as usize).min(last);
    let low = ((((count - half) / 2.0).round_ties_even() - 1.0).max(0.0) as usize).min(last);
    let slope = median(&slopes);
    let ci95 = Bounds { low: slopes[low], high: slopes[high] };
    Some(TheilSen { slope, intercept: median(y) - slope * median(t), ci95 })
}

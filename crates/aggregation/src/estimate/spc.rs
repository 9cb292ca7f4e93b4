//! Process charts: decoration for the long view, never an alert.
//!
//! XmR limits and rules as NHS Making Data Count uses them; p-chart; EWMA.

use super::mean;

/// Limits of an individuals chart.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct XmrLimits {
    /// Mean of the baseline.
    pub mean: f64,
    /// Mean moving range.
    pub moving_range: f64,
    /// Lower process limit.
    pub lower: f64,
    /// Upper process limit.
    pub upper: f64,
    /// Two thirds of the way down.
    pub near_lower: f64,
    /// Two thirds of the way up.
    pub near_upper: f64,
}

/// Mean ± 2.66 · mean moving range of `x`; with `screen`, moving ranges of 3.267 times their mean and
/// more are left out once. `None` below two values.
///
/// Source: Shewhart; Wheeler 2000, Understanding Variation; NHS England, Making Data Count.
pub fn xmr(x: &[f64], screen: bool) -> Option<XmrLimits> {
    if x.len() < 2 {
        return None;
    }
    let middle = mean(x);
    let ranges: Vec<f64> = x.windows(2).map(|it| (it[1] - it[0]).abs()).collect();
    let mut moving_range = mean(&ranges);
    if screen && moving_range > 0.0 {
        let kept: Vec<f64> = ranges.into_iter().filter(|&it| it < 3.267 * moving_range).collect();
        moving_range = mean(&kept);
    }
    let (far, near) = (2.66 * moving_range, 2.66 * 2.0 / 3.0 * moving_range);
    Some(XmrLimits {
        mean: middle,
        moving_range,
        lower: middle - far,
        upper: middle + far,
        near_lower: middle - near,
        near_upper: middle + near,
    })
}

/// Which rules mark a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct XmrFlags {
    /// Beyond a limit.
    pub outside: bool,
    /// One of seven in a row on one side of the mean.
    pub shift: bool,
    /// One of seven in a row that rise or fall.
    pub trend: bool,
    /// One of two in three near one limit.
    pub two_of_three: bool,
}

/// The rules of NHS Making Data Count on `x` (of any length) by `limits`.
pub fn xmr_flags(x: &[f64], limits: &XmrLimits) -> Vec<XmrFlags> {
    let mut flags = vec![XmrFlags::default(); x.len()];
    let side = |at: usize| i8::from(x[at] > limits.mean) - i8::from(x[at] < limits.mean);
    let outside = |at: usize| x[at] > limits.upper || x[at] < limits.lower;
    let near = |at: usize| !outside(at) && (x[at] > limits.near_upper || x[at] < limits.near_lower);
    for at in 0..x.len() {
        flags[at].outside = outside(at);
        if at < 6 {
            continue;
        }
        let seven = at - 6..=at;
        if side(at) != 0 && seven.clone().all(|it| side(it) == side(at)) {
            flags[seven.clone()].iter_mut().for_each(|it| it.shift = true);
        }
        let steps = x[seven.clone()].windows(2);
        if steps.clone().all(|it| it[1] > it[0]) || steps.clone().all(|it| it[1] < it[0]) {
            flags[seven].iter_mut().for_each(|it| it.trend = true);
        }
    }
    for start in 0..x.len().saturating_sub(2) {
        let three = start..start + 3;
        let one_side = three.clone().map(side).sum::<i8>().abs() == 3;
        if one_side && three.clone().filter(|&it| near(it)).count() >= 2 {
            three.filter(|&it| near(it)).for_each(|it| flags[it].two_of_three = true);
        }
    }
    flags
}

/// One point of a chart of shares.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SharePoint {
    /// The share, 0 to 1.
    pub p: f64,
    /// Lower limit.
    pub lower: f64,
    /// Upper limit.
    pub upper: f64,
}

/// p̄ = Σx/Σn and p̄ ± 3 √(p̄(1−p̄)/nᵢ) within 0 to 1. Source: Shewhart; Montgomery 2009, ch. 7.
pub fn p_chart(x: &[f64], n: &[f64]) -> (f64, Vec<SharePoint>) {
    let all = x.iter().sum::<f64>() / n.iter().sum::<f64>();
    let of = |(x, n): (&f64, &f64)| {
        let half = 3.0 * (all * (1.0 - all) / n).sqrt();
        SharePoint { p: x / n, lower: (all - half).max(0.0), upper: (all + half).min(1.0) }
    };
    (all, x.iter().zip(n).map(of).collect())
}

/// One point of an exponentially weighted moving average.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct EwmaPoint {
    /// The average.
    pub z: f64,
    /// Its standard deviation.
    pub sd: f64,
    /// Lower limit.
    pub lower: f64,
    /// Upper limit.
    pub upper: f64,
}

/// zₜ = (1−λ) zₜ₋₁ + λ xₜ with variance (1−λ)² Var + λ² vₜ; limits μ₀ ± L sd. A gap (`None`) changes
/// nothing. Source: Roberts 1959, Technometrics 1:239.
pub fn ewma(points: &[Option<(f64, f64)>], mu0: f64, lambda: f64, width: f64) -> Vec<EwmaPoint> {
    let (mut z, mut variance) = (mu0, 0.0);
    points
        .iter()
        .map(|point| {
            if let Some((x, v)) = point {
                z = (1.0 - lambda) * z + lambda * x;
                variance = (1.0 - lambda).powi(2) * variance + lambda.powi(2) * v;
            }
            let sd = f64::sqrt(variance);
            EwmaPoint { z, sd, lower: mu0 - width * sd, upper: mu0 + width * sd }
        })
        .collect()
}

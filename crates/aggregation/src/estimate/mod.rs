//! Estimators of team statistics: small pure functions, each with its formula and source.
//!
//! Points are on the scale 0 to 100 unless said otherwise. Nothing here decides what may be shown;
//! that is [`crate::release()`]. `cargo xtask golden` runs them against worked reference cases.

pub mod change;
pub mod detectable;
pub mod interval;
pub mod local_level;
pub mod matrix;
pub mod multiplicity;
pub mod nonresponse;
pub mod proportion;
pub mod quantile;
pub mod shrinkage;
pub mod spc;
pub mod window;

/// Two ends of an interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bounds {
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

impl Bounds {
    /// `middle` less and more `half`.
    pub fn around(middle: f64, half: f64) -> Self {
        Self { low: middle - half, high: middle + half }
    }

    /// Both ends moved into `low..=high`.
    #[must_use]
    pub fn clamp(self, low: f64, high: f64) -> Self {
        Self { low: self.low.clamp(low, high), high: self.high.clamp(low, high) }
    }
}

/// The arithmetic mean; NaN of nothing.
pub fn mean(x: &[f64]) -> f64 {
    x.iter().sum::<f64>() / x.len() as f64
}

/// The sample variance with `n − 1` below; 0 for fewer than two values.
pub fn sample_variance(x: &[f64]) -> f64 {
    if x.len() < 2 {
        return 0.0;
    }
    let m = mean(x);
    x.iter().map(|it| (it - m).powi(2)).sum::<f64>() / (x.len() - 1) as f64
}

/// The median; NaN of nothing.
pub fn median(x: &[f64]) -> f64 {
    let mut sorted = x.to_vec();
    sorted.sort_by(f64::total_cmp);
    let half = sorted.len() / 2;
    match sorted.len() {
        0 => f64::NAN,
        n if n % 2 == 1 => sorted[half],
        _ => f64::midpoint(sorted[half - 1], sorted[half]),
    }
}

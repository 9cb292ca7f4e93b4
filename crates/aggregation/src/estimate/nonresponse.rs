//! What silent members could change.

use super::Bounds;

/// How well people take part, in the words of the HSE manual for its Indicator Tool.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ResponseWord {
    /// Half or fewer.
    Low,
    /// More than half.
    Adequate,
    /// More than 60 %.
    Desirable,
    /// More than 70 %.
    Good,
    /// More than 80 %.
    VeryGood,
}

impl ResponseWord {
    /// The word for a share of 0 to 1.
    ///
    /// Source: HSE Management Standards Indicator Tool, user manual.
    pub fn of_share(share: f64) -> Self {
        match share {
            it if it > 0.8 => Self::VeryGood,
            it if it > 0.7 => Self::Good,
            it if it > 0.6 => Self::Desirable,
            it if it > 0.5 => Self::Adequate,
            _ => Self::Low,
        }
    }

    /// Stable name.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Adequate => "adequate",
            Self::Desirable => "desirable",
            Self::Good => "good",
            Self::VeryGood => "very good",
        }
    }
}

/// Worst case: every silent member at one end of the scale. \[r M, r M + (1−r) 100\].
///
/// Source: Manski 1989, J Hum Resour 24:343.
pub fn manski(mean: f64, share: f64) -> Bounds {
    Bounds { low: share * mean, high: share * mean + (1.0 - share) * 100.0 }
}

/// Working range: silent members differ by up to `delta` points. M ± (1−r) δ.
pub fn sensitivity(mean: f64, share: f64, delta: f64) -> Bounds {
    Bounds::around(mean, (1.0 - share) * delta)
}

/// How many points silent members would have to differ by to move the mean by `points`:
/// points/(1−r); `None` when nobody is silent.
pub fn tipping_gap(share: f64, points: f64) -> Option<f64> {
    (share < 1.0).then(|| points / (1.0 - share))
}

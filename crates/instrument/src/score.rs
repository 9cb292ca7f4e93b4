//! Scores by key, of one sheet: for the tally and for tests, never shown.

use crate::{Instrument, Method, ReferenceValue, ScaleKey, key::Band};

/// A raw value of `min..=max` as 0 to 100.
pub fn percent(raw: f64, min: f64, max: f64, reversed: bool) -> f64 {
    let share = (raw - min) / (max - min);
    100.0 * if reversed { 1.0 - share } else { share }
}

/// How far a score lies from a reference mean, in its standard deviations.
pub fn z_score(score: f64, reference: &ReferenceValue) -> f64 {
    (score - reference.mean) / reference.sd
}

/// T = 50 + 10 z. Always name the reference beside it.
pub fn t_score(score: f64, reference: &ReferenceValue) -> f64 {
    50.0 + 10.0 * z_score(score, reference)
}

impl Instrument {
    /// The score of `scale` on one sheet of raw values, one for each item; `None` with too few
    /// answers.
    pub fn score(&self, scale: &ScaleKey, sheet: &[Option<f64>]) -> Option<f64> {
        let values: Vec<f64> = scale
            .items
            .iter()
            .filter_map(|&at| {
                let raw = sheet.get(at).copied().flatten()?;
                let item = &self.items[at];
                let options = &self.options[item.options];
                let (min, max) = (f64::from(options.min), f64::from(options.max));
                Some(match scale.method {
                    Method::Percent => percent(raw, min, max, item.reversed),
                    Method::Sum | Method::Mean if item.reversed => min + max - raw,
                    Method::Sum | Method::Mean => raw,
                })
            })
            .collect();
        if values.len() < scale.min_answered {
            return None;
        }
        let sum: f64 = values.iter().sum();
        let (answered, all) = (values.len() as f64, scale.items.len() as f64);
        Some(match scale.method {
            Method::Sum if values.len() == scale.items.len() => sum,
            Method::Sum => sum / answered * all,
            Method::Mean | Method::Percent => sum / answered,
        })
    }

    /// Lowest and highest score of `scale`.
    pub fn range(&self, scale: &ScaleKey) -> (f64, f64) {
        let ends = scale.items.first().map_or((0, 1), |&at| {
            let options = &self.options[self.items[at].options];
            (options.min, options.max)
        });
        let (min, max) = (f64::from(ends.0), f64::from(ends.1));
        let all = scale.items.len() as f64;
        match scale.method {
            Method::Sum => (min * all, max * all),
            Method::Mean => (min, max),
            Method::Percent => (0.0, 100.0),
        }
    }

    /// A score in the unit of `scale` for one of 0 to 100, and so a group mean for a group mean.
    pub fn from_percent(&self, scale: &ScaleKey, percent: f64) -> f64 {
        let (min, max) = self.range(scale);
        min + (max - min) * percent / 100.0
    }
}

impl ScaleKey {
    /// The band that holds `score`; `None` without cut-offs.
    pub fn band(&self, score: f64) -> Option<&Band> {
        self.bands.iter().rfind(|it| score >= it.from)
    }
}

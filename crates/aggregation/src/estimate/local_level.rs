//! Where a level stands that drifts from wave to wave, from figures that scatter around it.
//!
//! The local-level model (a random walk seen through noise): μₜ = μₜ₋₁ + ηₜ with Var ηₜ = q, and
//! yₜ = μₜ + εₜ with Var εₜ = vₜ. The filter gives the level at each wave from that wave and those before
//! it, so that what was drawn of a wave never changes afterwards.
//!
//! Source: Harvey 1989, Forecasting, Structural Time Series Models and the Kalman Filter, §3.2; Durbin and
//! Koopman 2012, Time Series Analysis by State Space Methods, §2.2 (filter) and §2.9 (diffuse start).
//! Checked against dense least squares and against statsmodels: `golden_local_level.json` and the program
//! that made it.

use super::window::Point;

/// The level at one wave.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Filtered {
    /// The level, in the points of the series.
    pub level: f64,
    /// Variance of its error. Unit: points².
    pub variance: f64,
    /// How much of the wave's own figure is in it: 1 at the first published wave, 0 at one that was not
    /// published.
    pub gain: f64,
    /// Variance of what was expected of this wave before its figure was known; infinite at the first
    /// published wave. Unit: points².
    pub expected_variance: f64,
}

impl Filtered {
    /// Variance of `level` + r, where the series is figures less r, and r is the published value of
    /// something else at the same wave with the variance `common`: the part of the wave's own figure that
    /// is in the level has r on both sides, and loses it.
    ///
    /// (1 − K)² (P + v_r) + K² v, with K the gain, P the expected variance and v = `own` the variance of
    /// the figure itself; errors of different waves taken as independent.
    pub fn variance_with(&self, own: f64, common: f64) -> f64 {
        let rest = 1.0 - self.gain;
        let expected =
            if rest == 0.0 { 0.0 } else { rest * rest * (self.expected_variance + common) };
        expected + self.gain * self.gain * own
    }
}

/// The level at every wave of `points`, oldest first; `None` before the first published one. A wave that
/// was not published is expected where the level was, with one more step of doubt.
///
/// `step_variance` is q, in points² per wave, 0 or more. It is given and never fitted: a step that is
/// fitted by likelihood over few waves is often 0, and then hides exactly the team that changed.
///
/// P = Pₜ₋₁ + q; K = P/(P + vₜ); level = levelₜ₋₁ + K (yₜ − levelₜ₋₁); Pₜ = (1 − K) P = K vₜ.
pub fn filter(points: &[Point], step_variance: f64) -> Vec<Option<Filtered>> {
    let mut before: Option<Filtered> = None;
    points
        .iter()
        .map(|point| {
            before = match (before, *point) {
                (None, None) => None,
                (None, Some((level, variance))) => {
                    Some(Filtered { level, variance, gain: 1.0, expected_variance: f64::INFINITY })
                }
                (Some(it), None) => {
                    let expected_variance = it.variance + step_variance;
                    let variance = expected_variance;
                    Some(Filtered { level: it.level, variance, gain: 0.0, expected_variance })
                }
                (Some(it), Some((value, variance))) => {
                    let expected_variance = it.variance + step_variance;
                    let gain = expected_variance / (expected_variance + variance);
                    Some(Filtered {
                        level: it.level + gain * (value - it.level),
                        variance: gain * variance,
                        gain,
                        expected_variance,
                    })
                }
            };
            before
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_first_figure_is_the_first_level() {
        assert_eq!(filter(&[], 16.0), []);
        let found = filter(&[None, Some((40.0, 64.0))], 16.0);
        assert_eq!(found[0], None);
        let first = found[1].unwrap();
        assert_eq!((first.level, first.variance, first.gain), (40.0, 64.0, 1.0));
        assert!((first.variance_with(50.0, 14.0) - 50.0).abs() < 1e-12);
    }

    /// Without steps it is the weighted mean of all figures; with huge ones it is the latest figure.
    #[test]
    fn no_steps_and_huge_steps_are_the_two_ends() {
        let points = [Some((40.0, 64.0)), Some((52.0, 32.0)), Some((43.0, 16.0))];
        let weights = 1.0 / 64.0 + 1.0 / 32.0 + 1.0 / 16.0;
        let mean = (40.0 / 64.0 + 52.0 / 32.0 + 43.0 / 16.0) / weights;
        let still = filter(&points, 0.0)[2].unwrap();
        assert!((still.level - mean).abs() < 1e-9 && (still.variance - 1.0 / weights).abs() < 1e-9);
        let jumping = filter(&points, 1e12)[2].unwrap();
        assert!((jumping.level - 43.0).abs() < 1e-6 && (jumping.variance - 16.0).abs() < 1e-6);
    }

    /// With steady figures the variance settles where gain and step balance: P = (q + √(q² + 4qv))/2.
    #[test]
    fn the_variance_settles() {
        let (q, v) = (16.0_f64, 64.0);
        let last = filter(&[Some((50.0, v)); 60], q)[59].unwrap();
        let settled = f64::midpoint(q, (q * q + 4.0 * q * v).sqrt());
        assert!((last.expected_variance - settled).abs() < 1e-9);
    }

    fn series() -> impl Strategy<Value = Vec<Point>> {
        let point = prop::option::weighted(0.85, (0.0_f64..100.0, 0.5_f64..200.0));
        prop::collection::vec(point, 0..30)
    }

    proptest! {
        #[test]
        fn a_level_lies_among_the_figures_so_far_and_is_surer_than_the_latest(
            points in series(), q in 0.0_f64..100.0,
        ) {
            let found = filter(&points, q);
            prop_assert_eq!(found.len(), points.len());
            for (at, it) in found.iter().enumerate() {
                let so_far: Vec<f64> = points[..=at].iter().flatten().map(|it| it.0).collect();
                let Some(it) = it else { prop_assert!(so_far.is_empty()); continue };
                let low = so_far.iter().copied().fold(f64::INFINITY, f64::min);
                let high = so_far.iter().copied().fold(f64::NEG_INFINITY, f64::max);
                prop_assert!(low - 1e-9 <= it.level && it.level <= high + 1e-9);
                prop_assert!((0.0..=1.0).contains(&it.gain) && it.variance > 0.0);
                if let Some((_, v)) = points[at] {
                    prop_assert!(it.variance <= v + 1e-9 && it.variance_with(v, 5.0) <= v + 5.0 + 1e-9);
                }
            }
        }

        /// What was drawn of a wave does not change when later waves come.
        #[test]
        fn later_waves_change_nothing(points in series(), q in 0.0_f64..100.0, at in 0_usize..30) {
            let at = at.min(points.len());
            prop_assert_eq!(filter(&points[..at], q), filter(&points, q)[..at].to_vec());
        }

        #[test]
        fn moving_every_figure_moves_every_level(points in series(), by in -50.0_f64..50.0) {
            let moved: Vec<Point> = points.iter().map(|it| it.map(|(y, v)| (y + by, v))).collect();
            for (a, b) in filter(&points, 16.0).into_iter().zip(filter(&moved, 16.0)) {
                prop_assert_eq!(a.is_some(), b.is_some());
                if let Some((a, b)) = a.zip(b) {
                    prop_assert!((a.level + by - b.level).abs() < 1e-9);
                    prop_assert_eq!(a.variance, b.variance);
                }
            }
        }
    }
}

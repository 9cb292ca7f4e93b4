//! A course the size of a word, for rows that say the same in words: each check-in by how far it lies from what is
//! usual, so that the lines of a table can be looked at side by side. On 0 to 100 every one of them would be flat.

use tideline_aggregation::trend::{Reading, State, UsualRange};
use tideline_domain::Scale;

use crate::words::{Kind, Way};

/// The course of one measure.
#[derive(Debug, Clone, PartialEq)]
pub struct Spark {
    /// Each check-in, oldest first: −1 to 1 is the usual range, up is a higher score; [`Spark::FURTHEST`] at most.
    /// `None` where it was not published.
    pub points: Vec<Option<f64>>,
    /// Whether what is usual is known: only then there is a range to draw.
    pub usual: bool,
    /// Which way the mark at its end points.
    pub way: Way,
    /// What that means.
    pub kind: Kind,
    /// Whether the change has lasted; a first sign is hollow.
    pub lasting: bool,
}

/// While nothing is usual yet: so many points from the mean are drawn as far as an edge of the usual range.
const LEARNING: f64 = 10.0;

impl Spark {
    /// How far from what is usual a check-in is drawn.
    pub const FURTHEST: f64 = 2.6;

    /// The course that `reading` tells of `scale`.
    pub(super) fn of(reading: &Reading, scale: Scale) -> Self {
        let learning = matches!(reading.state, State::Learning { .. });
        let usual = reading.usual.filter(|_| !learning);
        let shown: Vec<f64> = reading.figures.iter().flatten().map(|it| it.value).collect();
        let mean = shown.iter().sum::<f64>() / shown.len().max(1) as f64;
        let place = |score: f64| {
            let off = usual.map_or((score - mean) / LEARNING, |it| from_usual(score, it));
            off.clamp(-Self::FURTHEST, Self::FURTHEST)
        };
        Self {
            points: reading.figures.iter().map(|it| it.map(|it| place(it.value))).collect(),
            usual: usual.is_some(),
            way: Way::of(&reading.state, scale),
            kind: Kind::of(&reading.state),
            lasting: matches!(reading.state, State::Sustained(_)),
        }
    }
}

/// Each half by itself: at an end of the scale the range is cut off, and the mean is not its middle.
fn from_usual(score: f64, usual: UsualRange) -> f64 {
    let off = score - usual.mean;
    let half = if off < 0.0 { usual.mean - usual.low } else { usual.high - usual.mean };
    off / half.max(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_edges_of_the_usual_range_are_one_away_on_either_side() {
        let usual = UsualRange { low: 0.0, mean: 4.0, high: 20.0 };
        for (score, expected) in [(0.0, -1.0), (4.0, 0.0), (20.0, 1.0), (12.0, 0.5), (36.0, 2.0)] {
            assert!((from_usual(score, usual) - expected).abs() < 1e-9, "{score}");
        }
    }

    proptest::proptest! {
        #![proptest_config(proptest::prelude::ProptestConfig::with_cases(100))]

        /// A line has a point for each figure that was published, and its mark says what the tag says.
        #[test]
        fn a_course_tells_no_more_than_the_figures(history in crate::fixture::any()) {
            use tideline_aggregation::{Subject, trend};
            for unit in [crate::fixture::NORTH, crate::fixture::ELM, crate::fixture::OAK] {
                let subject = Subject::Unit(crate::fixture::id(unit));
                for scale in Scale::ALL {
                    let reading = trend::read(&history, &subject, scale);
                    let spark = Spark::of(&reading, scale);
                    let there: Vec<bool> = spark.points.iter().map(Option::is_some).collect();
                    let shown: Vec<bool> = reading.figures.iter().map(Option::is_some).collect();
                    proptest::prop_assert_eq!(there, shown);
                    let far = |it: &f64| it.abs() > Spark::FURTHEST;
                    proptest::prop_assert!(!spark.points.iter().flatten().any(far));
                    let learning = matches!(reading.state, State::Learning { .. });
                    proptest::prop_assert!(!(learning && spark.usual));
                    proptest::prop_assert!(spark.way == Way::Level || spark.usual);
                }
            }
        }
    }
}

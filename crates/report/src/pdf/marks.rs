//! Marks and small courses for the template, which draws them itself: thousands of pictures would take too long.

use serde::Serialize;

use crate::{
    view::{Mark, Spark, Tag},
    words::{Kind, Way},
};

/// A mark: its shape is the way, its colour what that means; hollow while it has not lasted.
#[derive(Serialize, Clone, Copy)]
pub(super) struct Sign {
    way: &'static str,
    kind: &'static str,
    lasting: bool,
}

const fn way(way: Way) -> &'static str {
    match way {
        Way::Up => "up",
        Way::Down => "down",
        Way::Level => "level",
    }
}

impl Sign {
    pub(super) const fn of_tag(tag: &Tag) -> Self {
        Self { way: way(tag.way), kind: tag.kind.code(), lasting: tag.lasting }
    }

    /// The mark of a score in the table of units; none for one like any other.
    pub(super) fn of_mark(mark: Mark, kind: Kind) -> Option<Self> {
        let sign = Self { way: way(mark.way), kind: kind.code(), lasting: mark.lasting };
        (mark.way != Way::Level).then_some(sign)
    }
}

/// A course as hundredths, which is finer than anything that is drawn.
#[derive(Serialize)]
pub(super) struct Course {
    points: Vec<Option<f64>>,
    usual: bool,
    end: Sign,
}

impl Course {
    pub(super) fn of(spark: &Spark) -> Self {
        let hundredths = |it: f64| (it * 100.0).round() / 100.0;
        Self {
            points: spark.points.iter().map(|it| it.map(hundredths)).collect(),
            usual: spark.usual,
            end: Sign { way: way(spark.way), kind: spark.kind.code(), lasting: spark.lasting },
        }
    }
}

//! What is to be said of a unit or a pool: read once for the table, the marks, the changes and the teams that are
//! named.

use tideline_aggregation::{
    Release, Subject,
    trend::{self, Reading},
};
use tideline_domain::PerScale;

use super::spark::Spark;

/// A unit or a pool, read.
pub(super) struct Read {
    /// Where it stands in the tree; a pool, where its first unit does.
    pub(super) at: usize,
    pub(super) subject: Subject,
    pub(super) readings: PerScale<Reading>,
}

impl Read {
    pub(super) fn new(history: &[Release], at: usize, subject: Subject) -> Self {
        let readings = PerScale::from_fn(|scale| trend::read(history, &subject, scale));
        Self { at, subject, readings }
    }

    /// The course of each measure.
    pub(super) fn sparks(&self) -> PerScale<Spark> {
        PerScale::from_fn(|scale| Spark::of(self.readings.get(scale), scale))
    }
}

//! The kind of strain on a page, drawn.

use tideline_domain::Scale;
use tideline_report::{
    chart::{Ink, against_svg},
    view::{StrainRow, StrainView, UnitView},
};

/// The kind of strain, drawn.
pub(super) struct KindPanel<'a> {
    /// Unique on its page.
    pub(super) id: &'static str,
    pub(super) view: &'a StrainView,
    pub(super) tracks: Vec<Track<'a>>,
    /// Whether anything is drawn: while what is usual is being learned there is nothing to compare with.
    pub(super) drawn: bool,
}

/// One of the three that are told apart.
pub(super) struct Track<'a> {
    pub(super) row: &'a StrainRow,
    pub(super) kind: &'static str,
    pub(super) icon: &'static str,
    pub(super) svg: String,
}

impl<'a> KindPanel<'a> {
    /// That of `view`, with an `id` for the page.
    pub(super) fn of(view: &'a UnitView, id: &'static str) -> Self {
        let view = &view.strain;
        let track = |row: &'a StrainRow| Track {
            row,
            kind: row.kind.code(),
            icon: icon(row.scale),
            svg: row.chart.as_ref().map(|it| against_svg(it, Ink::Css)).unwrap_or_default(),
        };
        Self {
            id,
            view,
            tracks: view.rows.iter().map(track).collect(),
            drawn: view.rows.iter().any(|it| it.chart.is_some()),
        }
    }
}

/// What stands for the root or buffer that `scale` measures.
pub(super) const fn icon(scale: Scale) -> &'static str {
    match scale {
        Scale::Burnout => "work",
        Scale::SecondaryTraumaticStress => "pain",
        Scale::CompassionSatisfaction => "buffer",
    }
}

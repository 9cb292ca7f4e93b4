//! Charts on a page beside the trends, and the marks of levers on those.

use chrono_tz::Tz;
use tideline_aggregation::Release;
use tideline_report::{
    chart::{ChartSize, Ink},
    levers,
    view::{Part, PartChart, UnitView},
};
use tideline_text::Text;

use super::levers::PlanView;

/// A part of a unit's page, drawn.
pub(super) struct Drawing<'a> {
    pub(super) part: Part<'a>,
    pub(super) wide: String,
    pub(super) narrow: String,
}

/// What stands around the trends of a page.
#[derive(Default)]
pub(super) struct Charts<'a> {
    pub(super) spreads: Vec<Drawing<'a>>,
    pub(super) others: Vec<Drawing<'a>>,
}

impl<'a> Charts<'a> {
    /// What is told of `view` beside its trends.
    pub(super) fn of(view: &'a UnitView, t: Text) -> Self {
        let draw = |part: Part<'a>| Drawing {
            wide: part.chart.svg(ChartSize::Wide, Ink::Css),
            narrow: part.chart.svg(ChartSize::Narrow, Ink::Css),
            part,
        };
        let (spreads, others) = view
            .parts(t)
            .into_iter()
            .map(draw)
            .partition(|it| matches!(it.part.chart, PartChart::Spread(..)));
        Self { spreads, others }
    }
}

/// Marks in each chart when levers of `plans` started to be tried, and names the marks: "L1", "L2" …
pub(super) fn mark_levers(
    view: &mut UnitView,
    plans: &mut [PlanView],
    history: &[Release],
    zone: Tz,
) {
    let started: Vec<_> = plans.iter().map(|it| it.pulled).collect();
    let mut marks = Vec::new();
    for (at, mark) in levers::marks(history, &zone, &started) {
        plans[at].mark.clone_from(&mark.label);
        marks.push(mark);
    }
    for panel in &mut view.panels {
        panel.chart.levers.clone_from(&marks);
    }
}

//! What a page draws beside the trends of the three measures: how answers are spread, who took part,
//! which conditions of the work people meet. Each with a sentence and a table.

use chrono::NaiveDate;
use tideline_aggregation::{Participation, Release, Subject};
use tideline_domain::{Scale, UnitId};
use tideline_instrument::PULSE;
use tideline_report::{
    chart::{
        ChartSize, DriverRow, DriversChart, Ink, LeverMark, ParticipationChart, Share, SpreadChart,
        drivers_svg, participation_svg, spread_svg,
    },
    view::UnitView,
    words,
};
use tideline_text::Text;

use super::levers::PlanView;

/// A drawing, what it says, and the same as a table.
pub(super) struct Drawing {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) sentence: String,
    pub(super) wide: String,
    pub(super) narrow: String,
    /// Heads of the two columns.
    pub(super) header: [String; 2],
    pub(super) rows: Vec<(String, String)>,
}

/// Waves whose participation is drawn.
const WAVES: usize = 6;

/// Who took part in the last waves; `None` for a unit that is not shown.
pub(super) fn participation(history: &[Release], unit: UnitId, t: Text) -> Option<Drawing> {
    let subject = history.last()?.subject_of(unit)?;
    let recent = &history[history.len().saturating_sub(WAVES)..];
    let waves: Vec<(String, Option<Participation>)> = recent
        .iter()
        .map(|release| {
            let label = release.wave().label.as_str();
            let month = NaiveDate::parse_from_str(&format!("{label}-01"), "%Y-%m-%d");
            let name = month.map_or_else(|_| label.to_owned(), |it| t.month_short(it));
            (name, release.page_of(&subject).map(|it| it.took_part))
        })
        .collect();
    let told = |it: Option<Participation>| match it {
        None => words::WITHHELD_MARK.to_owned(),
        Some(it) if it == Participation::LOWEST => t.tr1("in-ten-or-fewer", "n", it.tenths()),
        Some(it) if it == Participation::HIGHEST => t.tr1("in-ten-or-more", "n", it.tenths()),
        Some(it) => t.tr1("in-ten", "n", it.tenths()),
    };
    let share = |it: Participation| match it {
        it if it == Participation::LOWEST => Share::AtMost(it.tenths()),
        it if it == Participation::HIGHEST => Share::AtLeast(it.tenths()),
        it => Share::About(it.tenths()),
    };
    let rows: Vec<(String, String)> =
        waves.iter().map(|(wave, it)| (wave.clone(), told(*it))).collect();
    let chart = ParticipationChart {
        id: "taking-part".to_owned(),
        title: t.tr("org-part-heading"),
        description: described(&rows, t),
        waves: waves.into_iter().map(|(wave, it)| (wave, it.map(share))).collect(),
    };
    Some(Drawing {
        id: chart.id.clone(),
        title: t.tr("org-part-heading"),
        sentence: t.tr("part-sentence"),
        wide: participation_svg(&chart, ChartSize::Wide, Ink::Css),
        narrow: participation_svg(&chart, ChartSize::Narrow, Ink::Css),
        header: [t.tr("table-month"), t.tr("units-took-part")],
        rows,
    })
}

/// The rows in a line, with the mark in words.
fn described(rows: &[(String, String)], t: Text) -> String {
    let said = |value: &str| match value {
        words::WITHHELD_MARK => t.tr("withheld-words"),
        value => value.to_owned(),
    };
    let told: Vec<String> =
        rows.iter().map(|(name, value)| format!("{name}: {}", said(value))).collect();
    told.join("; ")
}

fn measure(scale: Scale, t: Text) -> String {
    t.tr(match scale {
        Scale::Burnout => "about-burnout-term",
        Scale::SecondaryTraumaticStress => "about-sts-term",
        Scale::CompassionSatisfaction => "about-cs-term",
    })
}

/// How answers are spread over each scale, where the group is large enough to tell.
pub(super) fn spreads(latest: Option<&Release>, unit: UnitId, t: Text) -> Vec<Drawing> {
    let Some(latest) = latest else { return Vec::new() };
    let Some(subject) = latest.subject_of(unit) else { return Vec::new() };
    Scale::ALL.into_iter().filter_map(|scale| spread(latest, &subject, scale, t)).collect()
}

fn spread(latest: &Release, subject: &Subject, scale: Scale, t: Text) -> Option<Drawing> {
    let tenths = latest.spread(subject, scale)?.tenths;
    let bands = ["spread-low", "spread-middle", "spread-high"].map(|id| t.tr(id));
    let said = tenths.map(|it| t.tr1("in-ten", "n", it));
    let [low, middle, high] = &said;
    let sentence =
        t.tr_with("spread-sentence", &[("low", low), ("middle", middle), ("high", high)]);
    let title = measure(scale, t);
    let id = format!("spread-{}", scale.code());
    let chart = SpreadChart {
        id: id.clone(),
        title: t.tr1("spread-title", "measure", &title),
        description: sentence.clone(),
        tenths: Some(tenths),
        bands: bands.clone(),
        higher_is_lighter: scale == Scale::CompassionSatisfaction,
    };
    Some(Drawing {
        id,
        title,
        sentence,
        wide: spread_svg(&chart, ChartSize::Wide, Ink::Css),
        narrow: spread_svg(&chart, ChartSize::Narrow, Ink::Css),
        header: [t.tr("spread-band"), t.tr("spread-share")],
        rows: bands.into_iter().zip(said).collect(),
    })
}

/// Which conditions of the work people meet, where the group is large enough to tell.
pub(super) fn drivers(latest: Option<&Release>, unit: UnitId, t: Text) -> Option<Drawing> {
    let latest = latest.filter(|it| it.wave().asks.is_pulse())?;
    let drivers = latest.detail(unit)?.drivers(&PULSE);
    if drivers.is_empty() {
        return None;
    }
    let name = |code: &str| t.tr(&format!("category-{code}"));
    let whole = words::whole;
    let rows: Vec<(String, String)> = drivers
        .iter()
        .map(|(category, figure)| {
            let range = t.tr2("from-to", "from", whole(figure.low), "to", whole(figure.high));
            (name(category.code()), format!("{} ({range})", whole(figure.value)))
        })
        .collect();
    let chart = DriversChart {
        id: "drivers".to_owned(),
        title: t.tr("drivers-heading"),
        description: described(&rows, t),
        low_end: t.tr("drivers-low"),
        high_end: t.tr("drivers-high"),
        rows: drivers
            .iter()
            .map(|(category, figure)| DriverRow {
                label: name(category.code()),
                figure: Some((figure.value, figure.low, figure.high)),
            })
            .collect(),
    };
    Some(Drawing {
        id: "drivers".to_owned(),
        title: t.tr("drivers-heading"),
        sentence: t.tr("drivers-sentence"),
        wide: drivers_svg(&chart, ChartSize::Wide, Ink::Css),
        narrow: drivers_svg(&chart, ChartSize::Narrow, Ink::Css),
        header: [t.tr("drivers-condition"), t.tr("drivers-agree")],
        rows,
    })
}

/// Marks in each chart when levers of `plans` started to be tried, and names the marks: "L1", "L2" … in
/// the order of the board.
pub(super) fn mark_levers(view: &mut UnitView, plans: &mut [PlanView], history: &[Release]) {
    let mut marks = Vec::new();
    for plan in plans.iter_mut() {
        let Some(day) = plan.pulled else { continue };
        let after = |it: &Release| it.wave().window.closes().date_naive() >= day;
        let Some(at) = history.iter().position(after) else { continue };
        plan.mark = format!("L{}", marks.len() + 1);
        marks.push(LeverMark { at, label: plan.mark.clone() });
    }
    for panel in &mut view.panels {
        panel.chart.levers.clone_from(&marks);
    }
}

//! What stands beside the trends of the three measures: how answers are spread, how many took part, how
//! parts of the work are. Each is a chart, and the table that pages, files and the JSON API print.

use tideline_aggregation::{LastSpread, Participation, Release, Subject, last_spread};
use tideline_domain::Scale;
use tideline_text::Text;

use super::WAVES_OF_PARTICIPATION;
use crate::{
    chart::{
        ChartSize, DriverRow, DriversChart, Ink, ParticipationChart, Share, SpreadChart,
        drivers_svg, participation_svg, spread_svg,
    },
    words,
};

/// A chart beside the trends, and the same as a table.
#[derive(Debug, Clone, PartialEq)]
pub struct Part<'a> {
    /// What it shows, to be drawn.
    pub chart: PartChart<'a>,
    /// Its name.
    pub title: String,
    /// What it says, in a sentence.
    pub sentence: String,
    /// Heads of the table's columns.
    pub header: Vec<String>,
    /// The table, row by row.
    pub rows: Vec<PartRow>,
}

/// A row: its name and its cells, one for each column after the first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartRow {
    /// A band of the scale, a month, or a part of the work.
    pub name: String,
    /// As printed; `None` is `[c]` in every cell.
    pub cells: Option<Vec<String>>,
}

/// One of the charts beside the trends.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum PartChart<'a> {
    /// How the answers on one scale are spread.
    Spread(Scale, &'a SpreadChart),
    /// How many took part in the last waves.
    TakingPart(&'a ParticipationChart),
    /// How parts of the work are.
    Drivers(&'a DriversChart),
}

impl PartChart<'_> {
    /// Its stable name, unique on a page of one unit.
    pub fn id(&self) -> &str {
        match self {
            Self::Spread(_, chart) => &chart.id,
            Self::TakingPart(chart) => &chart.id,
            Self::Drivers(chart) => &chart.id,
        }
    }

    /// Draws it.
    pub fn svg(&self, size: ChartSize, ink: Ink) -> String {
        match self {
            Self::Spread(_, chart) => spread_svg(chart, size, ink),
            Self::TakingPart(chart) => participation_svg(chart, size, ink),
            Self::Drivers(chart) => drivers_svg(chart, size, ink),
        }
    }
}

/// The spread of one scale.
pub(super) fn spread(scale: Scale, chart: &SpreadChart, t: Text) -> Part<'_> {
    let shares = chart.tenths.map(|it| it.map(|n| t.tr1("in-ten", "n", n)));
    let row = |(at, band): (usize, &String)| PartRow {
        name: band.clone(),
        cells: shares.as_ref().map(|it| vec![it[at].clone()]),
    };
    Part {
        chart: PartChart::Spread(scale, chart),
        title: t.tr1("spread-title", "measure", &chart.title),
        sentence: spread_words(chart.tenths, &chart.notes, t),
        header: vec![t.tr("spread-band"), t.tr("spread-share")],
        rows: chart.bands.iter().enumerate().map(row).collect(),
    }
}

fn spread_words(tenths: Option<[u8; 3]>, notes: &[String], t: Text) -> String {
    let Some(tenths) = tenths else { return words::withheld_words(t) };
    let [low, middle, high] = tenths.map(|n| t.tr1("in-ten", "n", n));
    let said = t.tr_with("spread-words", &[("low", &low), ("middle", &middle), ("high", &high)]);
    std::iter::once(said).chain(notes.iter().cloned()).collect::<Vec<_>>().join(" ")
}

/// The parts of the work.
pub(super) fn conditions(chart: &DriversChart, t: Text) -> Part<'_> {
    let row = |it: &DriverRow| PartRow {
        name: it.label.clone(),
        cells: it.figure.map(|(score, low, high)| [score, low, high].map(words::whole).to_vec()),
    };
    Part {
        chart: PartChart::Drivers(chart),
        title: chart.title.clone(),
        sentence: t.tr("drivers-sentence"),
        header: ["drivers-part", "table-score", "table-from", "table-to"]
            .map(|id| t.tr(id))
            .to_vec(),
        rows: chart.rows.iter().map(row).collect(),
    }
}

/// How the people of `subject` spread over each scale, if any of it is shown: as was told last, with the month
/// of the oldest part.
pub(super) fn spreads(history: &[Release], subject: &Subject, t: Text) -> Vec<SpreadChart> {
    let found = Scale::ALL.map(|scale| (scale, last_spread(history, subject, scale)));
    if found.iter().all(|(_, it)| it.is_none()) {
        return Vec::new();
    }
    let chart = |(scale, last): (Scale, Option<LastSpread>)| {
        let title = words::scale_title(scale, t);
        let tenths = last.map(|it| it.spread.tenths);
        let older = last.map(|it| it.oldest).filter(|it| it + 1 < history.len());
        let older = older.map(|it| words::month(history[it].wave(), t));
        let left_out = last.and_then(|it| words::spread_coverage_note(it.spread.coverage, t));
        let from = older.as_ref().map(|month| t.tr1("spread-older", "month", month));
        let notes: Vec<String> = left_out.into_iter().chain(from).collect();
        SpreadChart {
            id: format!("spread-{}", scale.code()),
            description: t.tr2(
                "spread-alt",
                "measure",
                &title,
                "words",
                spread_words(tenths, &notes, t),
            ),
            title,
            tenths,
            older,
            notes,
            bands: ["band-lower", "band-middle", "band-higher"].map(|it| t.tr(it)),
            higher_is_lighter: scale == Scale::CompassionSatisfaction,
        }
    };
    found.into_iter().map(chart).collect()
}

/// The drivers of `subject`, in the order of the questionnaire.
pub(super) fn drivers(latest: &Release, subject: &Subject, t: Text) -> Option<DriversChart> {
    let Subject::Unit(unit) = subject else { return None };
    // Texts of published questionnaires bring no drivers.
    latest.wave().asks.is_pulse().then_some(())?;
    let found = latest.detail(*unit)?.drivers(&tideline_instrument::PULSE);
    let rows: Vec<DriverRow> = found
        .iter()
        .map(|(category, figure)| DriverRow {
            label: crate::levers::category(t, *category),
            figure: Some((figure.value, figure.low, figure.high)),
        })
        .collect();
    let told: Vec<String> = found
        .iter()
        .zip(&rows)
        .map(|((_, figure), row)| format!("{}: {}", row.label, words::score(figure, t)))
        .collect();
    (!rows.is_empty()).then(|| DriversChart {
        id: "drivers".to_owned(),
        title: t.tr("drivers-title"),
        description: t.tr1("drivers-alt", "drivers", told.join("; ")),
        low_end: t.tr("drivers-end-low"),
        high_end: t.tr("drivers-end-high"),
        rows,
    })
}

/// The months of the last waves, and how many took part in each: the words, or `[c]`.
pub(super) fn taking_part(
    history: &[Release],
    subject: &Subject,
    t: Text,
) -> Vec<(String, String)> {
    let recent = &history[history.len().saturating_sub(WAVES_OF_PARTICIPATION)..];
    recent
        .iter()
        .map(|release| {
            let told = release.page_of(subject).map_or_else(
                || words::WITHHELD_MARK.to_owned(),
                |it| words::took_part_short(it.took_part, t),
            );
            (words::month(release.wave(), t), told)
        })
        .collect()
}

pub(super) fn participation(history: &[Release], subject: &Subject, t: Text) -> ParticipationChart {
    let recent = &history[history.len().saturating_sub(WAVES_OF_PARTICIPATION)..];
    let share = |release: &Release| {
        release.page_of(subject).map(|page| match page.took_part {
            Participation::AtMostFour => Share::AtMost(page.took_part.tenths()),
            Participation::AtLeast(tenths) => Share::AtLeast(tenths),
            Participation::About(tenths) => Share::About(tenths),
        })
    };
    let told: Vec<String> = taking_part(history, subject, t)
        .into_iter()
        .map(|(month, share)| match share.as_str() {
            words::WITHHELD_MARK => format!("{month}: {}", words::withheld_words(t)),
            share => format!("{month}: {share}"),
        })
        .collect();
    ParticipationChart {
        id: "taking-part".to_owned(),
        title: t.tr("took-part-title"),
        description: t.tr1("took-part-alt", "waves", told.join("; ")),
        waves: recent.iter().map(|it| (words::month_short(it.wave(), t).0, share(it))).collect(),
    }
}

//! What is told of the unit, or of the organisation as a whole: its trends, its spreads, every figure.

use std::collections::BTreeMap;

use serde::Serialize;
use tideline_text::Text;
use typst::foundations::Bytes;

use super::{PdfInput, levers as plans, marks::Sign};
use crate::{
    chart::{ChartSize, Ink, LeverMark, TrendChart, trend_svg},
    levers,
    view::{Cell, MeasurePanel, UnitView},
    words,
};

#[derive(Serialize)]
pub(super) struct Whole<'a> {
    panels: Vec<Panel<'a>>,
    spreads: Vec<Spread<'a>>,
    part_rows: Vec<(String, String)>,
    lever_key: Vec<(String, String)>,
    figures_of: String,
    figures: Vec<FigureRow<'a>>,
}

#[derive(Serialize)]
struct Panel<'a> {
    file: String,
    title: &'a str,
    meaning: String,
    tag: &'a str,
    sign: Sign,
    sentence: &'a str,
    alt: String,
    judged: Option<&'a str>,
}

#[derive(Serialize)]
struct Spread<'a> {
    title: &'a str,
    /// How much of the bar each third takes; empty where it is not shown.
    shares: Vec<u8>,
    /// In words: "about 3 in 10".
    tenths: Option<[String; 3]>,
    higher_is_lighter: bool,
    /// What has to be said about it, a paragraph.
    note: Option<String>,
}

/// A check-in in the table of all figures: score and level of each measure; `None` is `[c]`.
#[derive(Serialize)]
struct FigureRow<'a> {
    month: &'a str,
    cells: Vec<Option<String>>,
    people: Option<String>,
}

pub(super) struct Figure<'a> {
    score: &'a str,
    pub(super) likely: String,
    level: String,
    people: &'a str,
}

pub(super) fn figure(cell: &Cell, t: Text) -> Option<Figure<'_>> {
    match cell {
        Cell::Shown { score, from, to, level, level_from, level_to, people } => Some(Figure {
            score,
            likely: t.tr2("from-to", "from", from, "to", to),
            level: ranged(level, level_from, level_to, t),
            people,
        }),
        Cell::Withheld => None,
    }
}

fn ranged(value: &str, from: &str, to: &str, t: Text) -> String {
    t.tr_with("figure-ranged", &[("value", &value), ("from", &from), ("to", &to)])
}

impl<'a> Whole<'a> {
    pub(super) fn of(
        input: &PdfInput<'_>,
        view: &'a UnitView,
        files: &mut BTreeMap<String, Bytes>,
    ) -> Self {
        let t = input.text;
        let marks = lever_marks(input);
        for panel in &view.panels {
            let levers = marks.iter().map(|(mark, _)| mark.clone()).collect();
            let chart = TrendChart { levers, ..panel.chart.clone() };
            let svg = trend_svg(&chart, ChartSize::Paper, Ink::Print);
            files.insert(chart_file(panel), Bytes::from_string(svg));
        }
        let spread = |it: &'a crate::chart::SpreadChart| Spread {
            title: &it.title,
            shares: it.tenths.into_iter().flatten().collect(),
            tenths: it.tenths.map(|it| it.map(|n| t.tr1("in-ten", "n", n))),
            higher_is_lighter: it.higher_is_lighter,
            note: Some(it.notes.join(" ")).filter(|it| !it.is_empty()),
        };
        Self {
            spreads: view.spreads.iter().map(spread).collect(),
            panels: view.panels.iter().map(|it| panel(it, t)).collect(),
            part_rows: view.taking_part.clone(),
            lever_key: marks.into_iter().map(|(mark, text)| (mark.label, text)).collect(),
            figures_of: t.tr1("report-figures-of", "whose", &view.title),
            figures: figures(view, t),
        }
    }
}

fn figures(view: &UnitView, t: Text) -> Vec<FigureRow<'_>> {
    let Some(first) = view.panels.first() else { return Vec::new() };
    let both = |it: &Option<Figure<'_>>| match it {
        Some(it) => {
            let score = t.tr2("report-figure", "value", it.score, "likely", &it.likely);
            [Some(score), Some(it.level.clone())]
        }
        None => [None, None],
    };
    (0..first.rows.len())
        .map(|at| {
            let of = |panel: &'_ MeasurePanel| panel.rows.get(at).map(|it| it.cell.clone());
            let cells: Vec<Cell> = view.panels.iter().filter_map(of).collect();
            let told: Vec<_> = cells.iter().map(|it| figure(it, t)).collect();
            FigureRow {
                month: &first.rows[at].month,
                people: told.iter().flatten().next().map(|it| it.people.to_owned()),
                cells: told.iter().flat_map(both).collect(),
            }
        })
        .collect()
}

/// When the levers of a unit's report began; an organisation has too many of them to be told apart.
fn lever_marks(input: &PdfInput<'_>) -> Vec<(LeverMark, String)> {
    if input.unit.is_none() {
        return Vec::new();
    }
    let all: Vec<_> = plans::plans(input).map(|it| &it.plan).collect();
    let started: Vec<_> = all.iter().map(|it| plans::pulled(it).then_some(it.started)).collect();
    let marks = levers::marks(input.history, &input.zone, &started).into_iter();
    marks.map(|(at, mark)| (mark, levers::short(input.text, all[at].lever))).collect()
}

fn chart_file(panel: &MeasurePanel) -> String {
    format!("{}.svg", panel.scale.code())
}

fn panel(panel: &MeasurePanel, t: Text) -> Panel<'_> {
    Panel {
        file: chart_file(panel),
        title: &panel.title,
        meaning: words::scale_meaning(panel.scale, t),
        tag: &panel.tag.text,
        sign: Sign::of_tag(&panel.tag),
        sentence: &panel.sentence,
        alt: panel.chart.description_of(ChartSize::Paper),
        judged: panel.judged.as_deref(),
    }
}

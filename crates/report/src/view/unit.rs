//! What the page of a unit, a pool, or the organisation shows: one panel for each scale.

use tideline_aggregation::{
    Bound, Figure, Page, Release, Subject,
    trend::{self, LevelNow, Reading, State, UsualRange},
};
use tideline_domain::{PerScale, Scale};
use tideline_text::{Argument, Text};

use super::{parts, strain::StrainView, time, title, unit_name, whose};
use crate::{
    asked::AskedView,
    chart::{ChartSize, DriversChart, ParticipationChart, Point, Signal, SpreadChart, TrendChart},
    words::{self, Kind, Lead, Way, Whose},
};

/// A unit, a pool of units, or the organisation, as shown.
#[derive(Debug, Clone, PartialEq)]
pub struct UnitView {
    /// Name, or names joined with " + ".
    pub title: String,
    /// Month of the latest wave.
    pub month: String,
    /// What moved in the whole organisation, where this is a part of it: told before what is its own.
    pub everywhere: Vec<String>,
    /// What stands out.
    pub lead: Lead,
    /// What can be said of each measure, in their order: what follows from it is decided on that.
    pub states: [State; 3],
    /// Which kind of strain stands out.
    pub strain: StrainView,
    /// People behind the latest figures, as a band.
    pub people: String,
    /// How many took part.
    pub took_part: String,
    /// The same over the last waves: month, and words or `[c]`, oldest first.
    pub taking_part: Vec<(String, String)>,
    /// The same, to be drawn.
    pub participation: ParticipationChart,
    /// How answers spread over thirds of each scale; empty if none is shown.
    pub spreads: Vec<SpreadChart>,
    /// The parts of work that were asked about; `None` if they are not shown.
    pub drivers: Option<DriversChart>,
    /// Why teams are shown together, or what the figures leave out.
    pub note: Option<String>,
    /// One for each scale, in the fixed order.
    pub panels: Vec<MeasurePanel>,
    /// What the latest wave asked, and whose that is.
    pub asked: AskedView,
}

/// One scale over time.
#[derive(Debug, Clone, PartialEq)]
pub struct MeasurePanel {
    /// Which.
    pub scale: Scale,
    /// Its name.
    pub title: String,
    /// Label beside the name.
    pub tag: Tag,
    /// What the chart shows, in a sentence.
    pub sentence: String,
    /// The same in a few words, where there is little room.
    pub line: String,
    /// The numbers that were judged, and against what; `None` while it is being learned.
    pub judged: Option<String>,
    /// The usual range as printed; `None` while it is being learned.
    pub usual: Option<(String, String)>,
    /// The figures, oldest wave first.
    pub rows: Vec<Row>,
    /// The same figures, to be drawn.
    pub chart: TrendChart,
}

/// A label: what it says, and the colour and shape it earns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tag {
    /// What it says.
    pub text: String,
    /// Which way its shape points.
    pub way: Way,
    /// What it means.
    pub kind: Kind,
    /// Whether the change has lasted; a first sign has not.
    pub lasting: bool,
}

impl Tag {
    /// The label for what `reading` says.
    pub(super) fn of(reading: &Reading, scale: Scale, t: Text) -> Self {
        Self {
            text: words::tag(reading, scale, t),
            way: Way::of(&reading.state, scale),
            kind: Kind::of(&reading.state),
            lasting: matches!(reading.state, State::Sustained(_)),
        }
    }
}

/// One wave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Its month.
    pub month: String,
    /// Its figure.
    pub cell: Cell,
}

/// A figure as printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// Shown.
    Shown {
        /// The score, 0 to 100, or a limit in words.
        score: String,
        /// Where the mean of all staff in this wave, whether they answered or not, most likely begins.
        from: String,
        /// Where it ends.
        to: String,
        /// The level behind single waves, 0 to 100.
        level: String,
        /// Where its likely range begins.
        level_from: String,
        /// Where that ends.
        level_to: String,
        /// People behind it, as a band.
        people: String,
    },
    /// `[c]`.
    Withheld,
}

impl UnitView {
    /// What leads the page: what moved everywhere, then what is this unit's own.
    pub fn sentences(&self) -> impl Iterator<Item = &str> {
        self.everywhere.iter().map(String::as_str).chain(self.lead.sentences())
    }

    /// What is told of this unit beside the trends: the spread of each scale, then who took part, then
    /// the parts of the work. What is not told is not in it.
    pub fn parts(&self, t: Text) -> Vec<parts::Part<'_>> {
        let spreads = Scale::ALL
            .into_iter()
            .zip(&self.spreads)
            .map(|(scale, it)| parts::spread(scale, it, t));
        let taking_part = parts::Part {
            chart: parts::PartChart::TakingPart(&self.participation),
            title: self.participation.title.clone(),
            sentence: t.tr("part-sentence"),
            header: vec![t.tr("table-month"), t.tr("units-took-part")],
            rows: self
                .taking_part
                .iter()
                .map(|(month, share)| parts::PartRow {
                    name: month.clone(),
                    cells: (share != words::WITHHELD_MARK).then(|| vec![share.clone()]),
                })
                .collect(),
        };
        spreads
            .chain([taking_part])
            .chain(self.drivers.as_ref().map(|it| parts::conditions(it, t)))
            .collect()
    }
}

pub(super) fn subject_view(
    history: &[Release],
    latest: &Release,
    subject: &Subject,
    t: Text,
) -> UnitView {
    let root = Subject::Unit(latest.tree().root().id);
    let readings = Scale::ALL.map(|scale| {
        let of_all = trend::read(history, &root, scale);
        (scale, of_all, trend::read(history, subject, scale))
    });
    let [burnout, sts, cs] = readings.each_ref().map(|it| &it.2);
    let own = PerScale { burnout, sts, cs };
    let everywhere = if *subject == root { Vec::new() } else { words::everywhere(&readings, t) };
    let states = readings.each_ref().map(|(scale, _, it)| (*scale, it.state, it.against));
    let shown = readings[0].2.figures.iter().flatten().count();
    let mut lead = words::lead(&states, !everywhere.is_empty(), shown, t);
    // Whoever reads only the first lines must not take other people for a change.
    if readings.iter().any(|(_, _, it)| moved(&it.state) && it.answering_changed) {
        lead.below.push(t.tr("state-answering"));
    }
    let panels =
        readings.iter().map(|(scale, _, it)| panel(history, subject, it, *scale, t)).collect();
    let page = latest.page_of(subject);
    let note = match subject {
        Subject::Pool(_) => Some(words::pool_note(t)),
        Subject::Unit(_) => page.and_then(|it| words::coverage_note(it.coverage, t)),
    };
    UnitView {
        title: title(latest, subject),
        month: words::month(latest.wave(), t),
        lead,
        states: states.map(|it| it.1),
        everywhere,
        strain: StrainView::of(&own, t),
        people: page.map_or_else(String::new, |it| words::people_band(it.people, t)),
        took_part: page.map_or_else(String::new, |it| words::took_part(it.took_part, t)),
        taking_part: parts::taking_part(history, subject, t),
        participation: parts::participation(history, subject, t),
        spreads: parts::spreads(history, subject, t),
        drivers: parts::drivers(latest, subject, t),
        note,
        panels,
        asked: AskedView::of(latest, page.as_ref(), t),
    }
}

const fn moved(state: &State) -> bool {
    matches!(state, State::Watch(_) | State::Sustained(_))
}

fn panel(
    history: &[Release],
    subject: &Subject,
    reading: &Reading,
    scale: Scale,
    t: Text,
) -> MeasurePanel {
    let state = &reading.state;
    let latest = history.last();
    let whose = latest.map_or(Whose::Team, |it| whose(it, subject));
    let rows: Vec<Row> = history
        .iter()
        .zip(reading.figures.iter().zip(&reading.levels))
        .map(|(release, (figure, level))| Row {
            month: words::month(release.wave(), t),
            cell: figure.zip(*level).map_or(Cell::Withheld, |(figure, level)| Cell::Shown {
                score: words::score(&figure, t),
                from: words::whole(figure.low),
                to: words::whole(figure.high),
                level: words::whole(level.value),
                level_from: words::whole(level.low),
                level_to: words::whole(level.high),
                people: words::people_band(figure.people, t),
            }),
        })
        .collect();
    let tag = Tag::of(reading, scale, t);
    let title = words::scale_title(scale, t);
    let mut sentence = words::reading_sentence(reading, scale, whose, t);
    if let Some(wider) = latest.and_then(|it| wider_than_a_limit(it, subject, scale, t)) {
        sentence = format!("{sentence} {wider}");
    }
    let usual = match state {
        State::Learning { .. } => None,
        _ => reading.usual,
    };
    let band = |it: UsualRange| (it.low, it.mean, it.high);
    let mut chart = TrendChart {
        id: scale.code().to_owned(),
        title: title.clone(),
        description: describe(history, &title, &rows, &sentence, t),
        slots: time::slots(history),
        earlier: [None, None],
        months: history.iter().map(|it| words::month_short(it.wave(), t)).collect(),
        points: drawn(reading, scale),
        tips: rows.iter().map(|it| tip(it, t)).collect(),
        usual: usual.map(band),
        usual_over_time: match usual {
            Some(_) => reading.usual_over_time.iter().map(|it| it.map(band)).collect(),
            None => Vec::new(),
        },
        usual_label: words::usual_range(t),
        breaks: reading.breaks.clone(),
        levers: Vec::new(),
    };
    chart.earlier =
        [ChartSize::Wide, ChartSize::Narrow].map(|it| time::earlier(chart.not_drawn(it), t));
    let usual = usual.map(|it| (words::whole(it.low), words::whole(it.high)));
    let (line, judged) = (words::card_line(reading, scale, t), words::judged(reading, t));
    MeasurePanel { scale, title, tag, sentence, line, judged, usual, rows, chart }
}

/// Where a figure is told as a limit only ("21 or less"): the score of the nearest unit above that is
/// told as a number.
fn wider_than_a_limit(
    latest: &Release,
    subject: &Subject,
    scale: Scale,
    t: Text,
) -> Option<String> {
    let is_limit = |page: Page| page.figures.get(scale).bound != Bound::Middle;
    latest.page_of(subject).filter(|it| is_limit(*it))?;
    let mut unit = match subject {
        Subject::Unit(unit) => *unit,
        Subject::Pool(units) => *units.first()?,
    };
    loop {
        unit = latest.nearest_shown(unit)?;
        let page = latest.page(unit)?;
        if !is_limit(page) {
            let score = words::score(page.figures.get(scale), t);
            return Some(t.tr2("end-wider", "unit", unit_name(latest, unit), "score", score));
        }
    }
}

/// The points of a chart, each with what was signalled when it was the latest.
pub(super) fn drawn(reading: &Reading, scale: Scale) -> Vec<Option<Point>> {
    let point = |((at, figure), level): ((usize, &Option<Figure>), &Option<LevelNow>)| {
        figure.zip(*level).map(|(figure, level)| {
            // Of the latest more is known: whether others may be answering.
            let then = match at + 1 == reading.figures.len() {
                true => reading.state,
                false => reading.state_at(at, scale),
            };
            Point {
                value: figure.value,
                low: figure.low,
                high: figure.high,
                level: level.value,
                signal: signal(&then, scale),
                lasting: matches!(then, State::Sustained(_)),
            }
        })
    };
    reading.figures.iter().enumerate().zip(&reading.levels).map(point).collect()
}

/// A row of the table in a line.
fn tip(row: &Row, t: Text) -> String {
    match &row.cell {
        Cell::Shown { score, from, to, level, people, .. } => t.tr_with(
            "trend-tip",
            &[
                ("month", &row.month),
                ("score", score),
                ("from", from),
                ("to", to),
                ("level", level),
                ("people", people),
            ],
        ),
        Cell::Withheld => format!("{}: {}", row.month, words::withheld_words(t)),
    }
}

/// What was signalled when wave `at` was the latest.
fn signal(state: &State, scale: Scale) -> Signal {
    match state {
        State::Learning { .. } | State::NoClearChange => Signal::None,
        State::Watch(_) | State::Sustained(_) => {
            match (Way::of(state, scale) == Way::Up, Kind::of(state)) {
                (true, Kind::Heavier) => Signal::HigherHeavier,
                (true, _) => Signal::HigherLighter,
                (false, Kind::Heavier) => Signal::LowerHeavier,
                (false, _) => Signal::LowerLighter,
            }
        }
    }
}

/// The alternative text of a chart, from the same table.
fn describe(history: &[Release], title: &str, rows: &[Row], sentence: &str, t: Text) -> String {
    let shown: Vec<(&str, &str)> = rows
        .iter()
        .filter_map(|row| match &row.cell {
            Cell::Shown { score, .. } => Some((row.month.as_str(), score.as_str())),
            Cell::Withheld => None,
        })
        .collect();
    let mut said = Vec::new();
    if let (Some(first), Some(last)) = (rows.first(), rows.last()) {
        said.push(t.tr_with(
            "trend-alt",
            &[("measure", &title), ("first", &first.month), ("last", &last.month)],
        ));
    }
    if let (Some(first), Some(last)) = (shown.first(), shown.last()) {
        said.push(t.tr2("trend-alt-first", "score", first.1, "month", first.0));
        said.push(t.tr2("trend-alt-last", "score", last.1, "month", last.0));
    }
    let last = rows.iter().rev().find_map(|row| match &row.cell {
        Cell::Shown { level, level_from, level_to, .. } => Some((level, level_from, level_to)),
        Cell::Withheld => None,
    });
    if let Some((level, from, to)) = last {
        let numbers: [(&str, &dyn Argument); 3] = [("level", level), ("from", from), ("to", to)];
        said.push(t.tr_with("trend-alt-level", &numbers));
    }
    if let Some(gaps) = time::gaps(history, t) {
        said.push(t.tr1("trend-alt-gaps", "months", gaps));
    }
    let hidden: Vec<&str> =
        rows.iter().filter(|it| it.cell == Cell::Withheld).map(|it| it.month.as_str()).collect();
    if !hidden.is_empty() {
        let months = if hidden.len() > 4 {
            t.tr1("months-count", "n", hidden.len())
        } else {
            hidden.join(", ")
        };
        said.push(t.tr1("trend-alt-hidden", "months", months));
    }
    said.push(sentence.to_owned());
    said.join(" ")
}

//! The one published table: everything a person sees of a release, in words and numbers as printed.
//!
//! Pages, PDF, mail, CSV and the JSON API are made from these values, so they cannot differ.

mod parts;

use std::collections::BTreeMap;

use tideline_aggregation::{
    Figure, Release, Subject,
    trend::{self, Apart, Reading, State},
};
use tideline_domain::{PerScale, Scale, UnitId};
use tideline_text::Text;

pub use self::parts::{Part, PartChart, PartRow};
use crate::{
    asked::AskedView,
    chart::{
        DriversChart, HeatStep, Mini, Multiples, ParticipationChart, Point, Signal, SpreadChart,
        TrendChart,
    },
    words::{self, Kind, Way, Whose},
};

/// Waves whose participation is told.
const WAVES_OF_PARTICIPATION: usize = 6;

/// What the page of a unit shows.
#[expect(clippy::large_enum_variant, reason = "made once for each page")]
#[derive(Debug, Clone, PartialEq)]
pub enum UnitPage {
    /// No wave has been released yet.
    NotYet,
    /// Not shown, to protect people.
    Withheld(WithheldView),
    /// Shown.
    Shown(UnitView),
}

/// A withheld unit: nothing here depends on why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WithheldView {
    /// Name of the unit.
    pub title: String,
    /// Month of the latest wave.
    pub month: String,
    /// The nearest unit above that is shown.
    pub wider: Option<(UnitId, String)>,
}

/// A unit, a pool of units, or the organisation, as shown.
#[derive(Debug, Clone, PartialEq)]
pub struct UnitView {
    /// Name, or names joined with " + ".
    pub title: String,
    /// Month of the latest wave.
    pub month: String,
    /// What stands out.
    pub lead: Vec<String>,
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
        /// Where the likely range begins.
        from: String,
        /// Where it ends.
        to: String,
        /// People behind it, as a band.
        people: String,
    },
    /// `[c]`.
    Withheld,
}

/// The organisation and its units.
#[derive(Debug, Clone, PartialEq)]
pub struct OrganisationView {
    /// The organisation as a whole; `None` if it is withheld.
    pub whole: Option<UnitView>,
    /// Its name.
    pub title: String,
    /// Month of the latest wave.
    pub month: String,
    /// What the latest wave asked, and whose that is.
    pub asked: AskedView,
    /// Every unit, in the order of the tree.
    pub units: Vec<UnitRow>,
    /// Units that are shown together, in the order of the tree.
    pub pools: Vec<PoolRow>,
    /// Units and pools that changed against their own past, in the order of the tree: one for each
    /// measure that did.
    pub moved: Vec<Moved>,
    /// Where to look first, in the order of the tree: teams that are heavier than their own past by more
    /// than chance would often bring, many teams taken into account.
    pub look_first: Vec<LookFirst>,
}

/// A place to look first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LookFirst {
    /// The unit with the page; none for a pool.
    pub unit: Option<UnitId>,
    /// Whose: "Elm", or "Elm + Oak".
    pub name: String,
    /// Which measure.
    pub measure: String,
    /// The change in a sentence.
    pub sentence: String,
}

/// Units that are shown together: the figures that none of them shows alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PoolRow {
    /// Their names: "Elm + Oak".
    pub names: String,
    /// Their scores.
    pub cells: PerScale<String>,
    /// What stands beside each score.
    pub marks: PerScale<Mark>,
    /// How many took part.
    pub took_part: String,
}

/// A change of one measure of one unit or pool, told and drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct Moved {
    /// Whose: "Elm", or "Elm + Oak".
    pub name: String,
    /// Which measure.
    pub scale: Scale,
    /// Label beside the name.
    pub tag: Tag,
    /// The change in a sentence.
    pub sentence: String,
    /// The change, drawn small.
    pub mini: Mini,
}

/// What a score in the table of units has earned: two questions that have nothing to do with each
/// other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark {
    /// Which way it went against its own usual level.
    pub way: Way,
    /// How far it stands apart from the organisation.
    pub tint: HeatStep,
}

impl Mark {
    /// A score like any other.
    pub const NONE: Self = Self { way: Way::Level, tint: HeatStep::Neutral };

    /// What it says against the own past, in words; `None` if it says nothing.
    pub fn own_past(self, t: Text) -> Option<String> {
        match self.way {
            Way::Level => None,
            Way::Up => Some(t.tr("tag-higher")),
            Way::Down => Some(t.tr("tag-lower")),
        }
    }

    /// What it says against the organisation, in words; `None` if it says nothing.
    pub fn against_organisation(self, t: Text) -> Option<String> {
        match self.tint {
            HeatStep::Neutral => None,
            HeatStep::Heavier | HeatStep::MuchHeavier => Some(t.tr("units-heavier")),
            HeatStep::Lighter | HeatStep::MuchLighter => Some(t.tr("units-lighter")),
        }
    }
}

impl OrganisationView {
    /// The changes as one drawing of small trends; `None` if nothing changed.
    pub fn multiples(&self, t: Text) -> Option<Multiples> {
        (!self.moved.is_empty()).then(|| Multiples {
            id: "moved".to_owned(),
            title: t.tr("report-moved"),
            description: t.tr("report-moved-alt"),
            minis: self.moved.iter().map(|it| it.mini.clone()).collect(),
        })
    }
}

/// One unit in the table of units.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitRow {
    /// Which.
    pub unit: UnitId,
    /// How far below the organisation; 0 is the organisation itself.
    pub depth: usize,
    /// Its name.
    pub name: String,
    /// Its scores; `None` is `[c]` in every cell.
    pub cells: Option<PerScale<String>>,
    /// What stands beside each score.
    pub marks: PerScale<Mark>,
    /// How many took part, or `[c]`.
    pub took_part: String,
    /// The units it is shown together with, if it is: "Elm + Oak".
    pub together_with: Option<String>,
}

/// The page of `unit`, in the language of `t`; `history` oldest first.
pub fn unit_page(history: &[Release], unit: UnitId, t: Text) -> UnitPage {
    let Some(latest) = history.last() else { return UnitPage::NotYet };
    match latest.subject_of(unit) {
        Some(subject) => UnitPage::Shown(subject_view(history, latest, &subject, t)),
        None => UnitPage::Withheld(WithheldView {
            title: unit_name(latest, unit),
            month: words::month(latest.wave(), t),
            wider: latest.nearest_shown(unit).map(|it| (it, unit_name(latest, it))),
        }),
    }
}

/// What is to be said of a unit or a pool: read once for the table, the marks and the changes.
struct Read {
    /// Where it stands in the tree; a pool, where its first unit does.
    at: usize,
    subject: Subject,
    readings: PerScale<Reading>,
}

impl Read {
    fn new(history: &[Release], at: usize, subject: Subject) -> Self {
        let readings = PerScale::from_fn(|scale| trend::read(history, &subject, scale));
        Self { at, subject, readings }
    }

    /// What its scores have earned.
    fn marks(&self, apart: &[Apart]) -> PerScale<Mark> {
        PerScale::from_fn(|scale| {
            let gap = apart.iter().find(|it| it.subject == self.subject && it.scale == scale);
            Mark {
                way: Way::of(&self.readings.get(scale).state, scale),
                tint: HeatStep::of(gap.map(|it| it.load_gap)),
            }
        })
    }
}

/// The organisation's page, in the language of `t`; `None` before the first release.
pub fn organisation_view(history: &[Release], t: Text) -> Option<OrganisationView> {
    let latest = history.last()?;
    let tree = latest.tree();
    let whole = Subject::Unit(tree.root().id);
    let apart = trend::apart(history);
    let mut reads = Vec::new();
    let mut pools = BTreeMap::new();
    let units = tree
        .units()
        .iter()
        .enumerate()
        .map(|(at, unit)| {
            let page = latest.page(unit.id);
            let together_with = match latest.subject_of(unit.id) {
                Some(Subject::Pool(units)) => {
                    let names = title(latest, &Subject::Pool(units.clone()));
                    let first = units.first().and_then(|it| tree.index_of(*it));
                    pools.insert(first.unwrap_or_default(), Subject::Pool(units));
                    Some(names)
                }
                _ => None,
            };
            let read = page.map(|_| Read::new(history, at, Subject::Unit(unit.id)));
            let marks = read.as_ref().map(|it| it.marks(&apart));
            reads.extend(read);
            UnitRow {
                marks: marks.unwrap_or_else(|| PerScale::from_fn(|_| Mark::NONE)),
                unit: unit.id,
                depth: tree.depth(at),
                name: unit.name.to_string(),
                cells: page.map(|it| it.figures.map(|it| words::score(it, t))),
                took_part: page.map_or_else(
                    || words::WITHHELD_MARK.to_owned(),
                    |it| words::took_part_short(it.took_part, t),
                ),
                together_with,
            }
        })
        .collect();
    let pools: Vec<Read> =
        pools.into_iter().map(|(at, pool)| Read::new(history, at, pool)).collect();
    let rows = pools.iter().filter_map(|it| pool_row(latest, &apart, it, t)).collect();
    reads.extend(pools);
    reads.sort_by_key(|it| it.at);
    Some(OrganisationView {
        whole: latest.page_of(&whole).map(|_| subject_view(history, latest, &whole, t)),
        title: tree.root().name.to_string(),
        month: words::month(latest.wave(), t),
        asked: AskedView::of(latest, None, t),
        units,
        moved: reads
            .iter()
            .filter(|it| it.subject != whole)
            .flat_map(|it| moved(latest, it, t))
            .collect(),
        look_first: look_first(history, latest, t),
        pools: rows,
    })
}

/// How a unit below the top, or a pool, changed against its own past; nothing if it did not.
fn moved(latest: &Release, read: &Read, t: Text) -> Vec<Moved> {
    let of = |scale: Scale| {
        let reading = read.readings.get(scale);
        let way = Way::of(&reading.state, scale);
        (way != Way::Level).then(|| {
            let name = title(latest, &read.subject);
            Moved {
                scale,
                tag: Tag {
                    text: words::tag(&reading.state, scale, t),
                    way,
                    kind: Kind::of(&reading.state),
                },
                sentence: words::reading_sentence(reading, scale, whose(latest, &read.subject), t),
                mini: Mini {
                    name: name.clone(),
                    measure: words::scale_title_short(scale, t),
                    points: drawn(reading, scale),
                    usual: reading.usual.map(|it| (it.low, it.mean, it.high)),
                },
                name,
            }
        })
    };
    Scale::ALL.into_iter().filter_map(of).collect()
}

fn look_first(history: &[Release], latest: &Release, t: Text) -> Vec<LookFirst> {
    let entry = |look: trend::Look| {
        let reading = trend::read(history, &look.subject, look.scale);
        LookFirst {
            name: title(latest, &look.subject),
            measure: words::scale_title(look.scale, t),
            sentence: words::reading_sentence(
                &reading,
                look.scale,
                whose(latest, &look.subject),
                t,
            ),
            unit: match look.subject {
                Subject::Unit(unit) => Some(unit),
                Subject::Pool(_) => None,
            },
        }
    };
    trend::look_first(history).into_iter().map(entry).collect()
}

/// The points of a chart, each with what was signalled when it was the latest.
fn drawn(reading: &Reading, scale: Scale) -> Vec<Option<Point>> {
    let point = |(at, figure): (usize, &Option<Figure>)| {
        figure.map(|figure| Point {
            value: figure.value,
            low: figure.low,
            high: figure.high,
            signal: signal(&reading.state_at(at, scale), scale),
        })
    };
    reading.figures.iter().enumerate().map(point).collect()
}

fn pool_row(latest: &Release, apart: &[Apart], pool: &Read, t: Text) -> Option<PoolRow> {
    let page = latest.page_of(&pool.subject)?;
    Some(PoolRow {
        names: title(latest, &pool.subject),
        cells: page.figures.map(|it| words::score(it, t)),
        marks: pool.marks(apart),
        took_part: words::took_part_short(page.took_part, t),
    })
}

fn subject_view(history: &[Release], latest: &Release, subject: &Subject, t: Text) -> UnitView {
    let whose = whose(latest, subject);
    let mut states = Vec::new();
    let panels = Scale::ALL
        .map(|scale| {
            let reading = trend::read(history, subject, scale);
            states.push((scale, reading.state));
            panel(history, &reading, scale, whose, t)
        })
        .to_vec();
    let page = latest.page_of(subject);
    let note = match subject {
        Subject::Pool(_) => Some(words::pool_note(t)),
        Subject::Unit(_) => page.and_then(|it| words::coverage_note(it.coverage, t)),
    };
    let smallest = latest.k().people();
    UnitView {
        title: title(latest, subject),
        month: words::month(latest.wave(), t),
        lead: words::lead(&states, whose, t),
        people: page.map_or_else(String::new, |it| words::people_band(it.people, smallest, t)),
        took_part: page.map_or_else(String::new, |it| words::took_part(it.took_part, t)),
        taking_part: parts::taking_part(history, subject, t),
        participation: parts::participation(history, subject, t),
        spreads: parts::spreads(latest, subject, t),
        drivers: parts::drivers(latest, subject, t),
        note,
        panels,
        asked: AskedView::of(latest, page.as_ref(), t),
    }
}

fn panel(
    history: &[Release],
    reading: &Reading,
    scale: Scale,
    whose: Whose,
    t: Text,
) -> MeasurePanel {
    let state = &reading.state;
    let rows: Vec<Row> = history
        .iter()
        .zip(&reading.figures)
        .map(|(release, point)| Row {
            month: words::month(release.wave(), t),
            cell: point.as_ref().map_or(Cell::Withheld, |figure| Cell::Shown {
                score: words::score(figure, t),
                from: words::whole(figure.low),
                to: words::whole(figure.high),
                people: words::people_band(figure.n, release.k().people(), t),
            }),
        })
        .collect();
    let tag = Tag {
        text: words::tag(state, scale, t),
        way: Way::of(state, scale),
        kind: Kind::of(state),
    };
    let title = words::scale_title(scale, t);
    let sentence = words::reading_sentence(reading, scale, whose, t);
    let usual = match state {
        State::Learning { .. } => None,
        _ => reading.usual,
    };
    let chart = TrendChart {
        id: scale.code().to_owned(),
        title: title.clone(),
        description: describe(&title, &rows, &sentence, reading, t),
        months: history.iter().map(|it| words::month_short(it.wave(), t)).collect(),
        points: drawn(reading, scale),
        tips: rows.iter().map(|it| tip(it, t)).collect(),
        usual: usual.map(|it| (it.low, it.mean, it.high)),
        usual_label: words::usual_range(t),
        limits: reading.limits.map(|it| (it.lower, it.upper)),
        breaks: reading.breaks.clone(),
        levers: Vec::new(),
    };
    let usual = usual.map(|it| (words::whole(it.low), words::whole(it.high)));
    MeasurePanel { scale, title, tag, sentence, usual, rows, chart }
}

/// A row of the table in a line.
fn tip(row: &Row, t: Text) -> String {
    match &row.cell {
        Cell::Shown { score, from, to, people } => t.tr_with(
            "trend-tip",
            &[
                ("month", &row.month),
                ("score", score),
                ("from", from),
                ("to", to),
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
fn describe(title: &str, rows: &[Row], sentence: &str, reading: &Reading, t: Text) -> String {
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
    if let Some(limits) = &reading.limits {
        let (low, high) = (words::whole(limits.lower), words::whole(limits.upper));
        said.push(t.tr2("trend-alt-limits", "low", low, "high", high));
    }
    said.push(sentence.to_owned());
    said.join(" ")
}

fn unit_name(release: &Release, unit: UnitId) -> String {
    release.tree().get(unit).map_or_else(String::new, |it| it.name.to_string())
}

pub(crate) fn title(release: &Release, subject: &Subject) -> String {
    match subject {
        Subject::Unit(unit) => unit_name(release, *unit),
        Subject::Pool(units) => {
            units.iter().map(|it| unit_name(release, *it)).collect::<Vec<_>>().join(" + ")
        }
    }
}

fn whose(release: &Release, subject: &Subject) -> Whose {
    let tree = release.tree();
    match subject {
        Subject::Pool(_) => Whose::Teams,
        Subject::Unit(unit) => match tree.index_of(*unit) {
            Some(0) => Whose::Organisation,
            Some(at) if tree.children(at).next().is_some() => Whose::Unit,
            _ => Whose::Team,
        },
    }
}

#[cfg(test)]
mod tests;

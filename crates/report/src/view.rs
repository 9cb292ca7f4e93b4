//! The one published table: everything a person sees of a release, in words and numbers as printed.
//!
//! Pages, PDF, mail, CSV and the JSON API are made from these values, so they cannot differ.

use std::collections::BTreeMap;

use tideline_aggregation::{
    Figure, Release, Subject,
    trend::{self, State},
};
use tideline_domain::{PerScale, Scale, UnitId};

use crate::{
    chart::{Point, Signal, TrendChart},
    words::{self, Kind, Whose},
};

/// What the page of a unit shows.
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
    /// Why teams are shown together, or what the figures leave out.
    pub note: Option<String>,
    /// One for each scale, in the fixed order.
    pub panels: Vec<MeasurePanel>,
}

/// One scale over time.
#[derive(Debug, Clone, PartialEq)]
pub struct MeasurePanel {
    /// Which.
    pub scale: Scale,
    /// Its name.
    pub title: &'static str,
    /// Label beside the name.
    pub tag: Tag,
    /// What the chart shows, in a sentence.
    pub sentence: String,
    /// The figures, oldest wave first.
    pub rows: Vec<Row>,
    /// The same figures, to be drawn.
    pub chart: TrendChart,
}

/// A label: what it says, and the colour and shape it earns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tag {
    /// What it says.
    pub text: &'static str,
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
    /// Every unit, in the order of the tree.
    pub units: Vec<UnitRow>,
    /// Units that are shown together, in the order of the tree.
    pub pools: Vec<PoolRow>,
    /// How many took part in each of the last six waves, oldest first; short month and words.
    pub taking_part: Vec<(String, String)>,
}

/// Units that are shown together: the figures that none of them shows alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PoolRow {
    /// Their names: "Elm + Oak".
    pub names: String,
    /// Their scores.
    pub cells: PerScale<String>,
    /// How many took part.
    pub took_part: String,
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
    /// How many took part, or `[c]`.
    pub took_part: String,
    /// The units it is shown together with, if it is: "Elm + Oak".
    pub together_with: Option<String>,
}

/// The page of `unit`; `history` oldest first.
pub fn unit_page(history: &[Release], unit: UnitId) -> UnitPage {
    let Some(latest) = history.last() else { return UnitPage::NotYet };
    match latest.subject_of(unit) {
        Some(subject) => UnitPage::Shown(subject_view(history, latest, &subject)),
        None => UnitPage::Withheld(WithheldView {
            title: unit_name(latest, unit),
            month: words::month(latest.wave()),
            wider: latest.nearest_shown(unit).map(|it| (it, unit_name(latest, it))),
        }),
    }
}

/// The organisation's page; `None` before the first release.
pub fn organisation_view(history: &[Release]) -> Option<OrganisationView> {
    let latest = history.last()?;
    let tree = latest.tree();
    let whole = Subject::Unit(tree.root().id);
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
                    pools.insert(first, Subject::Pool(units));
                    Some(names)
                }
                _ => None,
            };
            UnitRow {
                unit: unit.id,
                depth: tree.depth(at),
                name: unit.name.to_string(),
                cells: page.map(|it| it.figures.map(words::score)),
                took_part: page.map_or_else(
                    || words::WITHHELD_MARK.to_owned(),
                    |it| words::took_part_short(it.took_part),
                ),
                together_with,
            }
        })
        .collect();
    Some(OrganisationView {
        whole: latest.page_of(&whole).map(|_| subject_view(history, latest, &whole)),
        title: tree.root().name.to_string(),
        month: words::month(latest.wave()),
        units,
        pools: pools.values().filter_map(|it| pool_row(latest, it)).collect(),
        taking_part: taking_part(history, &whole),
    })
}

fn pool_row(release: &Release, pool: &Subject) -> Option<PoolRow> {
    let page = release.page_of(pool)?;
    Some(PoolRow {
        names: title(release, pool),
        cells: page.figures.map(words::score),
        took_part: words::took_part_short(page.took_part),
    })
}

fn taking_part(history: &[Release], subject: &Subject) -> Vec<(String, String)> {
    let recent = &history[history.len().saturating_sub(6)..];
    recent
        .iter()
        .map(|release| {
            let told = release.page_of(subject).map_or_else(
                || words::WITHHELD_MARK.to_owned(),
                |it| words::took_part_short(it.took_part),
            );
            let month = match words::month_short(release.wave()) {
                (month, Some(year)) => format!("{month} {year}"),
                (label, None) => label,
            };
            (month, told)
        })
        .collect()
}

fn subject_view(history: &[Release], latest: &Release, subject: &Subject) -> UnitView {
    let whose = whose(latest, subject);
    let series = trend::series(history, subject);
    let mut states = Vec::new();
    let panels = Scale::ALL
        .map(|scale| {
            let points: Vec<Option<Figure>> =
                series.iter().map(|it| it.map(|page| *page.figures.get(scale))).collect();
            let state = trend::state(&points, scale);
            states.push((scale, state));
            panel(history, &points, scale, &state, whose)
        })
        .to_vec();
    let page = latest.page_of(subject);
    let note = match subject {
        Subject::Pool(_) => Some(words::POOL_NOTE.to_owned()),
        Subject::Unit(_) => {
            page.and_then(|it| words::coverage_note(it.coverage)).map(str::to_owned)
        }
    };
    let smallest = latest.k().people();
    UnitView {
        title: title(latest, subject),
        month: words::month(latest.wave()),
        lead: words::lead(&states, whose),
        people: page.map_or_else(String::new, |it| words::people_band(it.people, smallest)),
        took_part: page.map_or_else(String::new, |it| words::took_part(it.took_part)),
        note,
        panels,
    }
}

fn panel(
    history: &[Release],
    points: &[Option<Figure>],
    scale: Scale,
    state: &State,
    whose: Whose,
) -> MeasurePanel {
    let rows: Vec<Row> = history
        .iter()
        .zip(points)
        .map(|(release, point)| Row {
            month: words::month(release.wave()),
            cell: point.as_ref().map_or(Cell::Withheld, |figure| Cell::Shown {
                score: words::score(figure),
                from: words::whole(figure.low),
                to: words::whole(figure.high),
                people: words::people_band(figure.n, release.k().people()),
            }),
        })
        .collect();
    let tag = Tag { text: words::tag(state, scale), kind: Kind::of(state) };
    let title = words::scale_title(scale);
    let sentence = words::state_sentence(state, scale, whose);
    let chart = TrendChart {
        id: scale.code().to_owned(),
        title: title.to_owned(),
        description: describe(title, &rows, &sentence),
        months: history.iter().map(|it| words::month_short(it.wave())).collect(),
        points: points
            .iter()
            .enumerate()
            .map(|(at, point)| {
                point.map(|figure| Point {
                    value: figure.value,
                    low: figure.low,
                    high: figure.high,
                    signal: signal(points, at, scale),
                })
            })
            .collect(),
        usual: match state {
            State::Learning { .. } => None,
            _ => trend::usual_range(points).map(|it| (it.low, it.mean, it.high)),
        },
        usual_label: words::USUAL_RANGE.to_owned(),
        breaks: Vec::new(),
        levers: Vec::new(),
    };
    MeasurePanel { scale, title, tag, sentence, rows, chart }
}

/// What was signalled when wave `at` was the latest.
fn signal(points: &[Option<Figure>], at: usize, scale: Scale) -> Signal {
    match trend::state(&points[..=at], scale) {
        State::Learning { .. } | State::NoClearChange => Signal::None,
        state @ (State::Watch(_) | State::Sustained(_)) => {
            let higher = words::tag(&state, scale).starts_with("Higher");
            match (higher, Kind::of(&state)) {
                (true, Kind::Heavier) => Signal::HigherHeavier,
                (true, _) => Signal::HigherLighter,
                (false, Kind::Heavier) => Signal::LowerHeavier,
                (false, _) => Signal::LowerLighter,
            }
        }
    }
}

/// The alternative text of a chart, from the same table.
fn describe(title: &str, rows: &[Row], sentence: &str) -> String {
    let shown: Vec<(&str, &str)> = rows
        .iter()
        .filter_map(|row| match &row.cell {
            Cell::Shown { score, .. } => Some((row.month.as_str(), score.as_str())),
            Cell::Withheld => None,
        })
        .collect();
    let mut text = format!("Line chart of {} from 0 to 100", title.to_lowercase());
    if let (Some(first), Some(last)) = (rows.first(), rows.last()) {
        text.push_str(&format!(", {} to {}", first.month, last.month));
    }
    text.push('.');
    if let (Some(first), Some(last)) = (shown.first(), shown.last()) {
        text.push_str(&format!(" First shown: {} in {}.", first.1, first.0));
        text.push_str(&format!(" Last shown: {} in {}.", last.1, last.0));
    }
    let hidden: Vec<&str> =
        rows.iter().filter(|it| it.cell == Cell::Withheld).map(|it| it.month.as_str()).collect();
    if !hidden.is_empty() {
        let list =
            if hidden.len() > 4 { format!("{} months", hidden.len()) } else { hidden.join(", ") };
        text.push_str(&format!(" Not shown, to protect people: {list}."));
    }
    format!("{text} {sentence}")
}

fn unit_name(release: &Release, unit: UnitId) -> String {
    release.tree().get(unit).map_or_else(String::new, |it| it.name.to_string())
}

fn title(release: &Release, subject: &Subject) -> String {
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

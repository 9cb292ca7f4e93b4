//! What the template is filled with: the one published table, charts, and the words around them.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;
use tideline_aggregation::Release;
use tideline_domain::{PerScale, Scale};
use tideline_text::Text;
use typst::foundations::Bytes;

use super::{LeverLine, PdfError, PdfInput, strain::Strain, world};
use crate::{
    asked::{AskedRow, AskedView},
    chart::{
        ChartSize, Ink, LeverMark, Mini, Multiples, TrendChart, drivers_svg, multiples_svg,
        participation_svg, spread_svg, trend_svg,
    },
    levers,
    view::{self, Cell, LookFirst, MeasurePanel, OrganisationView, UnitPage, UnitView},
    words::{self, Kind, Way},
};

/// The template's files: `data.json` and the charts.
pub(super) struct Made {
    pub(super) files: BTreeMap<String, Bytes>,
}

/// Words of the template that take no arguments.
const WORDS: [&str; 78] = [
    "page",
    "one-minute",
    "nothing-shown",
    "levers-help",
    "head-measure",
    "head-now",
    "head-likely",
    "head-usual",
    "head-reading",
    "still-learning",
    "scale-note",
    "talk",
    "talk-text",
    "changes",
    "trends",
    "trends-key",
    "trends-key-levers",
    "lever-key",
    "taking-part",
    "taking-part-note",
    "units",
    "units-lead",
    "units-none",
    "units-untested",
    "units-tinted",
    "units-key",
    "head-unit",
    "head-units",
    "head-burnout",
    "head-sts",
    "head-cs",
    "head-strain",
    "head-part",
    "see-below",
    "together",
    "look",
    "look-text",
    "look-none",
    "look-untested",
    "moved",
    "moved-none",
    "moved-key",
    "moved-alt",
    "levers",
    "levers-none",
    "head-lever",
    "head-status",
    "head-owner",
    "head-review",
    "overdue",
    "reading",
    "reading-figures",
    "reading-score",
    "reading-likely",
    "reading-usual",
    "reading-past",
    "reading-pulse",
    "protects",
    "protects-coarse",
    "protects-sealed",
    "protects-nobody",
    "cannot",
    "cannot-why",
    "cannot-who",
    "figures",
    "replaced",
    "head-checkin",
    "spread",
    "spread-note",
    "drivers",
    "drivers-note",
    "head-driver",
    "head-lower",
    "head-middle",
    "head-higher",
    "head-score",
    "head-level",
    "head-based",
];

#[derive(Serialize)]
struct Data<'a> {
    lang: &'static str,
    region: &'static str,
    paper: &'static str,
    colour: Option<String>,
    logo: Option<&'static str>,
    logo_alt: &'a str,
    w: BTreeMap<&'static str, String>,
    organisation: &'a str,
    /// What the report is about: the organisation, a unit, or units shown together.
    whose: String,
    month: &'a str,
    title: String,
    closed: Option<String>,
    sealed: bool,
    whole: Option<Whole<'a>>,
    withheld_message: String,
    withheld_words: String,
    withheld_mark: &'static str,
    no_proof: String,
    motto: String,
    smallest: String,
    units: Vec<Unit<'a>>,
    pools: Vec<Pool<'a>>,
    pool_note: String,
    any_tint: bool,
    moved: Option<Moved>,
    look: Option<Vec<LookRow>>,
    apart_tested: bool,
    levers: &'a [LeverLine],
    overdue: Option<String>,
    by_unit: bool,
    /// What was asked and whose it is, as a line.
    asked: String,
    asks_pulse: bool,
    /// The figures in the unit of a published questionnaire.
    own: Option<Own<'a>>,
    /// Whether a letter had to be replaced because no font here has it.
    replaced: bool,
}

#[derive(Serialize)]
struct Whole<'a> {
    based: String,
    note: Option<&'a str>,
    lead: Vec<&'a str>,
    strain: Strain<'a>,
    changes: Vec<String>,
    panels: Vec<Panel<'a>>,
    part: Picture<'a>,
    spreads: Vec<Spread<'a>>,
    drivers: Option<Drivers<'a>>,
    part_rows: Vec<(String, String)>,
    lever_key: Vec<(String, String)>,
    figures_of: String,
}

#[derive(Serialize)]
struct Own<'a> {
    heading: String,
    text: String,
    heads: Vec<String>,
    rows: Vec<[&'a str; 6]>,
    note: String,
}

impl<'a> Own<'a> {
    fn of(asked: &'a AskedView, t: Text) -> Option<Self> {
        if asked.rows.is_empty() {
            return None;
        }
        let heads = ["scale", "unit", "score", "range", "band", "t-score"];
        let reference = asked.reference.as_deref().unwrap_or_default();
        Some(Self {
            heading: t.tr("asked-heading"),
            text: t.tr1("asked-text", "name", &asked.name),
            heads: heads.map(|it| t.tr(&format!("asked-{it}"))).to_vec(),
            rows: asked
                .rows
                .iter()
                .map(|it| {
                    let AskedRow { scale, unit, score, range, band, t_score } = it;
                    [scale, unit, score, range, band, t_score].map(String::as_str)
                })
                .collect(),
            note: format!("{} {reference}", t.tr("asked-band-note")),
        })
    }
}

#[derive(Serialize)]
struct Spread<'a> {
    file: String,
    title: &'a str,
    alt: &'a str,
    /// In words: "about 3 in 10".
    tenths: Option<[String; 3]>,
    /// What has to be said about it, a paragraph.
    note: Option<String>,
}

#[derive(Serialize)]
struct Drivers<'a> {
    file: &'static str,
    alt: &'a str,
    /// Name, score, and where it most likely lies.
    rows: Vec<(&'a str, String, String)>,
}

#[derive(Serialize)]
struct Picture<'a> {
    file: String,
    alt: &'a str,
}

#[derive(Serialize)]
struct Moved {
    files: Vec<String>,
    rows: Vec<MovedRow>,
}

#[derive(Serialize)]
struct LookRow {
    name: String,
    measure: String,
    sentence: String,
}

#[derive(Serialize)]
struct MovedRow {
    name: String,
    measure: String,
    way: &'static str,
    kind: &'static str,
    sentence: String,
}

#[derive(Serialize)]
struct Panel<'a> {
    file: String,
    title: &'a str,
    meaning: String,
    tag: &'a str,
    way: &'static str,
    kind: &'static str,
    sentence: &'a str,
    alt: String,
    judged: Option<&'a str>,
    usual: Option<String>,
    now: Option<Figure<'a>>,
    rows: Vec<(&'a str, Option<Figure<'a>>)>,
}

#[derive(Serialize, Clone)]
struct Figure<'a> {
    score: &'a str,
    likely: String,
    level: String,
    people: &'a str,
}

#[derive(Serialize)]
struct Unit<'a> {
    depth: usize,
    name: &'a str,
    scores: Option<Vec<UnitCell<'a>>>,
    strain: &'a str,
    took_part: &'a str,
    together_with: Option<&'a str>,
}

#[derive(Serialize)]
struct UnitCell<'a> {
    score: &'a str,
    /// The mark's file, if the score has moved.
    mark: Option<String>,
    way: &'static str,
    tint: Option<&'static str>,
}

#[derive(Serialize)]
struct Pool<'a> {
    names: &'a str,
    scores: Vec<&'a str>,
    strain: &'a str,
    took_part: &'a str,
}

/// Most small trends in one picture, so that it stays on one page.
const MINIS: usize = 20;

/// Fills the template.
pub(super) fn data(input: &PdfInput<'_>, release: &Release) -> Result<Made, PdfError> {
    let t = input.text;
    let (whose, organisation, page);
    let shown: Option<&UnitView> = match input.unit {
        None => {
            whose = input.organisation.to_owned();
            organisation = view::organisation_view(input.history, t);
            organisation.as_ref().ok_or(PdfError::NothingReleased)?.whole.as_ref()
        }
        Some(unit) => {
            // Nothing of all the others: it would take longer than everything else together.
            organisation = None;
            page = view::unit_page(input.history, unit, t);
            match &page {
                UnitPage::Shown(view) => {
                    whose = view.title.clone();
                    Some(view)
                }
                UnitPage::Withheld(view) => {
                    whose = view.title.clone();
                    None
                }
                UnitPage::NotYet => return Err(PdfError::NothingReleased),
            }
        }
    };
    let mut files: BTreeMap<String, Bytes> = marks().collect();
    let whole = shown.map(|it| whole(input, it, &mut files));
    let all = organisation.as_ref().filter(|_| whole.is_some());
    let overdue = input.levers.iter().filter(|it| it.overdue).count();
    let units: Vec<Unit<'_>> = all.into_iter().flat_map(|it| &it.units).map(unit).collect();
    let month = words::month(release.wave(), t);
    let asked = AskedView::of(release, None, t);
    let mut w: BTreeMap<&'static str, String> =
        WORDS.iter().map(|it| (*it, t.tr(&format!("report-{it}")))).collect();
    w.insert("up", t.tr("tag-higher"));
    w.insert("down", t.tr("tag-lower"));
    w.insert("strain-key", t.tr("strain-key"));
    w.insert("strain-report", t.tr("strain-report"));
    w.insert("protects-smallest", t.tr1("report-protects-smallest", "n", release.k().people()));
    let data = Data {
        lang: t.language().tag(),
        region: match t.language() {
            tideline_text::Language::English => "GB",
            tideline_text::Language::German => "DE",
        },
        paper: match input.look.paper {
            super::Paper::A4 => "a4",
            super::Paper::Letter => "us-letter",
        },
        colour: input.look.colour.map(|it| it.to_string()),
        logo: input.look.logo.as_ref().map(super::Logo::file),
        logo_alt: input.organisation,
        w,
        organisation: input.organisation,
        title: t.tr1("report-title-of", "month", &month),
        whose,
        month: &month,
        // Historic waves have no dates.
        closed: (input.sealed && release.wave().label.month(&release.wave().asks).is_some()).then(
            || {
                let day = words::last_day(&release.wave().window, &input.zone, t);
                t.tr1("report-closed-on", "day", day)
            },
        ),
        sealed: input.sealed,
        any_tint: units
            .iter()
            .flat_map(|it| it.scores.iter().flatten())
            .any(|it| it.tint.is_some()),
        apart_tested: all.is_some_and(|it| it.apart_tested),
        look: all.and_then(|it| {
            let row = |it: &LookFirst| LookRow {
                name: it.name.clone(),
                measure: it.measure.clone(),
                sentence: it.sentence.clone(),
            };
            Some(it.look_first.as_ref()?.iter().map(row).collect())
        }),
        moved: all.map(|it| moved(it, t, &mut files)),
        whole,
        withheld_message: words::withheld_message(t),
        withheld_words: words::withheld_words(t),
        withheld_mark: words::WITHHELD_MARK,
        no_proof: words::no_proof(t),
        motto: words::motto(t),
        smallest: release.k().people().to_string(),
        units,
        pools: all.into_iter().flat_map(|it| &it.pools).map(pool).collect(),
        pool_note: words::pool_note(t),
        levers: input.levers,
        overdue: (overdue > 0).then(|| t.tr1("report-levers-overdue", "n", overdue)),
        by_unit: input.unit.is_none(),
        asked: asked.line(t),
        asks_pulse: asked.id.is_pulse(),
        own: shown.and_then(|it| Own::of(&it.asked, t)),
        replaced: false,
    };
    let mut data = serde_json::to_value(data)?;
    if make_printable(&mut data) {
        data["replaced"] = Value::Bool(true);
    }
    if let Some(logo) = &input.look.logo {
        files.insert(logo.file().to_owned(), Bytes::new(logo.bytes.clone()));
    }
    files.insert("data.json".to_owned(), Bytes::from_string(data.to_string()));
    Ok(Made { files })
}

/// Puts a replacement mark (U+FFFD) for every character that the embedded fonts cannot show, and says
/// whether there was one: PDF/UA refuses a missing glyph, and one unusual name must not cost everybody
/// the report.
pub(crate) fn make_printable(data: &mut Value) -> bool {
    match data {
        Value::String(text) => {
            let shown = printable(text);
            let replaced = shown.matches(REPLACED).count() > text.matches(REPLACED).count();
            *text = shown;
            replaced
        }
        Value::Array(items) => items.iter_mut().fold(false, |any, it| make_printable(it) | any),
        Value::Object(fields) => {
            fields.values_mut().fold(false, |any, it| make_printable(it) | any)
        }
        _ => false,
    }
}

/// Stands for a character that the embedded fonts cannot show.
const REPLACED: char = '\u{FFFD}';

/// The embedded fonts have no minus; the dash is drawn alike.
const MINUS: char = '\u{2212}';
const EN_DASH: char = '\u{2013}';

fn printable(text: &str) -> String {
    let shown = |it: char| match it {
        it if it.is_whitespace() => ' ',
        it if world::can_show(it) => it,
        MINUS => EN_DASH,
        _ => REPLACED,
    };
    text.chars().map(shown).collect()
}

fn whole<'a>(
    input: &PdfInput<'_>,
    view: &'a UnitView,
    files: &mut BTreeMap<String, Bytes>,
) -> Whole<'a> {
    let t = input.text;
    let marks = lever_marks(input);
    for panel in &view.panels {
        let levers = marks.iter().map(|(mark, _)| mark.clone()).collect();
        let chart = TrendChart { levers, ..panel.chart.clone() };
        let svg = trend_svg(&chart, ChartSize::Wide, Ink::Print);
        files.insert(chart_file(panel), Bytes::from_string(svg));
    }
    let part = participation_svg(&view.participation, ChartSize::Wide, Ink::Print);
    files.insert("part.svg".to_owned(), Bytes::from_string(part));
    for spread in &view.spreads {
        let svg = spread_svg(spread, ChartSize::Wide, Ink::Print);
        files.insert(format!("{}.svg", spread.id), Bytes::from_string(svg));
    }
    if let Some(drivers) = &view.drivers {
        let svg = drivers_svg(drivers, ChartSize::Wide, Ink::Print);
        files.insert("drivers.svg".to_owned(), Bytes::from_string(svg));
    }
    Whole {
        spreads: view
            .spreads
            .iter()
            .map(|it| Spread {
                file: format!("{}.svg", it.id),
                title: &it.title,
                alt: &it.description,
                tenths: it.tenths.map(|it| it.map(|n| t.tr1("in-ten", "n", n))),
                note: Some(it.notes.join(" ")).filter(|it| !it.is_empty()),
            })
            .collect(),
        drivers: view.drivers.as_ref().map(|it| Drivers {
            file: "drivers.svg",
            alt: &it.description,
            rows: it
                .rows
                .iter()
                .filter_map(|row| {
                    let (score, low, high) = row.figure?;
                    let likely =
                        t.tr2("from-to", "from", words::whole(low), "to", words::whole(high));
                    Some((row.label.as_str(), words::whole(score), likely))
                })
                .collect(),
        }),
        based: t.tr2("report-based-on", "people", &view.people, "part", &view.took_part),
        note: view.note.as_deref(),
        lead: view.sentences().collect(),
        strain: Strain::of(&view.strain, files, t),
        changes: changes(input),
        panels: view.panels.iter().map(|it| panel(it, t)).collect(),
        part: Picture { file: "part.svg".to_owned(), alt: &view.participation.description },
        part_rows: view.taking_part.clone(),
        lever_key: marks.into_iter().map(|(mark, text)| (mark.label, text)).collect(),
        figures_of: t.tr1("report-figures-of", "whose", &view.title),
    }
}

/// What changed at the levers since the wave before closed.
fn changes(input: &PdfInput<'_>) -> Vec<String> {
    let [.., before, latest] = input.history else { return Vec::new() };
    let from = before.wave().window.last_day(&input.zone);
    let to = latest.wave().window.last_day(&input.zone);
    let begun = input.levers.iter().filter(|it| it.pulled && from < it.started && it.started <= to);
    begun
        .map(|it| input.text.tr2("report-change-begun", "unit", &it.unit, "lever", &it.text))
        .collect()
}

/// When the levers of a unit's report began; an organisation has too many of them to be told apart.
fn lever_marks(input: &PdfInput<'_>) -> Vec<(LeverMark, String)> {
    if input.unit.is_none() {
        return Vec::new();
    }
    let started: Vec<_> = input.levers.iter().map(|it| it.pulled.then_some(it.started)).collect();
    let marks = levers::marks(input.history, &input.zone, &started).into_iter();
    marks.map(|(at, mark)| (mark, input.levers[at].text.clone())).collect()
}

fn chart_file(panel: &MeasurePanel) -> String {
    format!("{}.svg", panel.scale.code())
}

const fn way(way: Way) -> &'static str {
    match way {
        Way::Up => "up",
        Way::Down => "down",
        Way::Level => "level",
    }
}

fn panel(panel: &MeasurePanel, t: Text) -> Panel<'_> {
    let rows: Vec<_> =
        panel.rows.iter().map(|it| (it.month.as_str(), figure(&it.cell, t))).collect();
    Panel {
        file: chart_file(panel),
        title: &panel.title,
        meaning: words::scale_meaning(panel.scale, t),
        tag: &panel.tag.text,
        way: way(panel.tag.way),
        kind: panel.tag.kind.code(),
        sentence: &panel.sentence,
        alt: panel.chart.description_of(ChartSize::Wide),
        judged: panel.judged.as_deref(),
        usual: panel.usual.as_ref().map(|(from, to)| t.tr2("from-to", "from", from, "to", to)),
        now: rows.last().and_then(|(_, it)| it.clone()),
        rows,
    }
}

fn figure(cell: &Cell, t: Text) -> Option<Figure<'_>> {
    match cell {
        Cell::Shown { score, from, to, level, level_from, level_to, people } => Some(Figure {
            score,
            likely: t.tr2("from-to", "from", from, "to", to),
            level: t.tr_with("asked-t", &[("t", level), ("from", level_from), ("to", level_to)]),
            people,
        }),
        Cell::Withheld => None,
    }
}

fn in_order<T>(of: &PerScale<T>) -> impl Iterator<Item = (Scale, &T)> {
    Scale::ALL.into_iter().map(|scale| (scale, of.get(scale)))
}

fn unit(row: &view::UnitRow) -> Unit<'_> {
    Unit {
        depth: row.depth,
        name: &row.name,
        scores: row.cells.as_ref().map(|it| {
            in_order(it)
                .map(|(scale, score)| UnitCell {
                    score,
                    mark: mark_file(row.marks.get(scale).way, scale),
                    way: way(row.marks.get(scale).way),
                    tint: row.marks.get(scale).tint.paper(),
                })
                .collect()
        }),
        strain: &row.strain,
        took_part: &row.took_part,
        together_with: row.together_with.as_deref(),
    }
}

/// Which mark a move of `scale` gets: its shape is the way, its colour what that means.
fn mark_file(way_of: Way, scale: Scale) -> Option<String> {
    let kind = Kind::of_way(way_of, scale);
    (kind != Kind::Usual).then(|| format!("{}-{}.svg", way(way_of), kind.code()))
}

/// The marks as pictures, because the fonts have no triangles.
fn marks() -> impl Iterator<Item = (String, Bytes)> {
    let shapes = [("up", "0,7 4,0 8,7"), ("down", "0,0 4,7 8,0")];
    let colours = [("heavier", "#8A4600"), ("lighter", "#0B6170")];
    shapes.into_iter().flat_map(move |(way, points)| {
        colours.into_iter().map(move |(kind, colour)| {
            let svg = format!(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"8\" height=\"7\">\
                 <polygon points=\"{points}\" fill=\"{colour}\"/></svg>"
            );
            (format!("{way}-{kind}.svg"), Bytes::from_string(svg))
        })
    })
}

fn pool(row: &view::PoolRow) -> Pool<'_> {
    Pool {
        names: &row.names,
        scores: in_order(&row.cells).map(|(_, it)| it.as_str()).collect(),
        strain: &row.strain,
        took_part: &row.took_part,
    }
}

fn moved(view: &OrganisationView, t: Text, files: &mut BTreeMap<String, Bytes>) -> Moved {
    let mut names = Vec::new();
    for (at, some) in view.moved.chunks(MINIS).enumerate() {
        let chart = Multiples {
            id: format!("moved-{at}"),
            title: t.tr("report-moved"),
            description: t.tr("report-moved-alt"),
            minis: some
                .iter()
                .map(|it| Mini { name: printable(&it.mini.name), ..it.mini.clone() })
                .collect(),
        };
        let name = format!("moved-{at}.svg");
        let svg = multiples_svg(&chart, ChartSize::Wide, Ink::Print);
        files.insert(name.clone(), Bytes::from_string(svg));
        names.push(name);
    }
    Moved {
        files: names,
        rows: view
            .moved
            .iter()
            .map(|it| MovedRow {
                name: it.name.clone(),
                measure: words::scale_title(it.scale, t),
                way: way(it.tag.way),
                kind: it.tag.kind.code(),
                sentence: it.sentence.clone(),
            })
            .collect(),
    }
}

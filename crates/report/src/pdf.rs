//! The organisation's monthly report as a PDF, typeset by Typst from one template.
//!
//! PDF/UA-1: tagged, with alternative texts; a chart without one fails the document. Fonts are
//! embedded, nothing is read from the system, and the same releases give the same bytes.

pub(crate) mod world;

use chrono::{DateTime, Datelike as _, NaiveDate, Timelike as _, Utc};
use serde::Serialize;
use serde_json::Value;
use tideline_aggregation::Release;
use tideline_domain::lever::LeverPlan;
use typst::{
    diag::SourceDiagnostic,
    foundations::{Bytes, Datetime, Smart},
};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

use self::world::ReportWorld;
use crate::{
    chart::{ChartSize, Ink, trend_svg},
    view::{self, Cell, MeasurePanel, OrganisationView, UnitView},
    words,
};

/// Why there is no report. Names what in the template is wrong, never what it was filled with.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PdfError {
    /// No wave is released.
    #[error("no wave is released")]
    NothingReleased,
    /// The template cannot be typeset.
    #[error("the report cannot be typeset: {0}")]
    Template(String),
    /// The figures cannot be handed to the template.
    #[error("the report's figures cannot be handed over")]
    Data(#[from] serde_json::Error),
}

/// What a report is made of.
#[derive(Debug, Clone, Copy)]
pub struct PdfInput<'a> {
    /// Name of the organisation.
    pub organisation: &'a str,
    /// Releases, oldest first; the report is about the last.
    pub history: &'a [Release],
    /// Levers in play, in the order of the tree.
    pub levers: &'a [LeverLine],
    /// Whether the answers came as sealed ballots to our own statements. A replay of other data is
    /// not told to be what it is not.
    pub sealed: bool,
}

/// One lever of one unit, as printed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LeverLine {
    /// The unit's name.
    pub unit: String,
    /// What is done.
    pub text: String,
    /// Where it stands.
    pub status: String,
    /// The role that looks after it.
    pub owner: String,
    /// When to look again.
    pub review: String,
    /// Whether that day has passed.
    pub overdue: bool,
}

impl LeverLine {
    /// The line for `plan` of the unit called `unit`, as of the day `on`.
    pub fn new(unit: &str, plan: &LeverPlan, on: NaiveDate) -> Self {
        use tideline_domain::lever::LeverStatus::{Considered, Kept, Stopped, Trying};
        let status = match plan.status {
            Considered => "Thinking",
            Trying => "Trying",
            Kept => "Kept",
            Stopped => "Stopped",
        };
        Self {
            unit: unit.to_owned(),
            text: plan.lever.text.to_owned(),
            status: status.to_owned(),
            owner: plan.owner.clone(),
            review: words::day(plan.review),
            overdue: plan.review < on && matches!(plan.status, Considered | Trying),
        }
    }
}

#[derive(Serialize)]
struct Data<'a> {
    organisation: &'a str,
    month: &'a str,
    closed: Option<String>,
    sealed: bool,
    whole: Option<Whole<'a>>,
    units: Vec<Unit<'a>>,
    pools: Vec<Pool<'a>>,
    taking_part: &'a [(String, String)],
    levers: &'a [LeverLine],
    smallest: u32,
    withheld_mark: &'static str,
    withheld_words: &'static str,
    withheld_message: &'static str,
    no_proof: &'static str,
    motto: &'static str,
}

#[derive(Serialize)]
struct Whole<'a> {
    people: &'a str,
    took_part: &'a str,
    note: Option<&'a str>,
    lead: &'a [String],
    panels: Vec<Panel<'a>>,
}

#[derive(Serialize)]
struct Panel<'a> {
    file: String,
    title: &'a str,
    meaning: &'static str,
    tag: &'a str,
    kind: &'static str,
    sentence: &'a str,
    alt: &'a str,
    usual: Option<String>,
    now: Option<Figure<'a>>,
    rows: Vec<(&'a str, Option<Figure<'a>>)>,
}

#[derive(Serialize, Clone, Copy)]
struct Figure<'a> {
    score: &'a str,
    from: &'a str,
    to: &'a str,
    people: &'a str,
}

#[derive(Serialize)]
struct Unit<'a> {
    depth: usize,
    name: &'a str,
    scores: Option<Vec<&'a str>>,
    took_part: &'a str,
    together_with: Option<&'a str>,
}

#[derive(Serialize)]
struct Pool<'a> {
    names: &'a str,
    scores: Vec<&'a str>,
    took_part: &'a str,
}

/// The organisation's report of the last wave of `input.history`.
///
/// # Errors
///
/// [`PdfError`].
pub fn organisation_report(input: &PdfInput<'_>) -> Result<Vec<u8>, PdfError> {
    let release = input.history.last().ok_or(PdfError::NothingReleased)?;
    let view = view::organisation_view(input.history).ok_or(PdfError::NothingReleased)?;
    let charts = view.whole.iter().flat_map(|it| &it.panels).map(|panel| {
        let svg = trend_svg(&panel.chart, ChartSize::Wide, Ink::Print);
        (chart_file(panel), Bytes::from_string(svg))
    });
    let mut data = serde_json::to_value(data(input, &view, release))?;
    make_printable(&mut data);
    let data = Bytes::from_string(data.to_string());
    let files = charts.chain([("data.json".to_owned(), data)]).collect();
    let closes = release.wave().window.closes();
    let ident = format!("{} {}", input.organisation, release.wave().label);
    typeset(&ReportWorld::new(include_str!("../templates/report.typ"), files), closes, ident)
}

pub(crate) fn typeset(
    world: &ReportWorld,
    at: DateTime<Utc>,
    ident: String,
) -> Result<Vec<u8>, PdfError> {
    let pdf = || {
        let document = typst::compile::<PagedDocument>(world).output.map_err(|it| told(&it))?;
        let standards = PdfStandards::new(&[PdfStandard::Ua_1])
            .map_err(|it| PdfError::Template(it.message().to_string()))?;
        let options = PdfOptions {
            ident: Smart::Custom(ident),
            creator: Smart::Custom(Some("Tideline".to_owned())),
            timestamp: moment(at).map(Timestamp::new_utc),
            standards,
            ..PdfOptions::default()
        };
        typst_pdf::pdf(&document, &options).map_err(|it| told(&it))
    };
    let pdf = pdf();
    // What Typst remembers of one report does not help with the next, and would only grow.
    comemo::evict(0);
    pdf
}

/// Puts a replacement mark (U+FFFD) for every character that the embedded fonts cannot show: PDF/UA
/// refuses a missing glyph, and one unusual name must not cost everybody the report.
pub(crate) fn make_printable(data: &mut Value) {
    match data {
        Value::String(text) => {
            let shown = |it: char| if world::can_show(it) { it } else { '\u{FFFD}' };
            *text =
                text.chars().map(|it| if it.is_whitespace() { ' ' } else { shown(it) }).collect();
        }
        Value::Array(items) => items.iter_mut().for_each(make_printable),
        Value::Object(fields) => fields.values_mut().for_each(make_printable),
        _ => {}
    }
}

/// What is wrong, without what is quoted: that may be a name from the data.
fn told(errors: &[SourceDiagnostic]) -> PdfError {
    let unquoted = |it: &str| it.split('`').step_by(2).collect::<Vec<_>>().join("…");
    let messages: Vec<String> = errors.iter().map(|it| unquoted(&it.message)).collect();
    PdfError::Template(messages.join("; "))
}

fn moment(at: DateTime<Utc>) -> Option<Datetime> {
    let [month, day, hour, minute, second] =
        [at.month(), at.day(), at.hour(), at.minute(), at.second()]
            .map(|it| u8::try_from(it).unwrap_or_default());
    Datetime::from_ymd_hms(at.year(), month, day, hour, minute, second)
}

fn chart_file(panel: &MeasurePanel) -> String {
    format!("{}.svg", panel.scale.code())
}

fn data<'a>(input: &'a PdfInput<'_>, view: &'a OrganisationView, release: &Release) -> Data<'a> {
    Data {
        organisation: input.organisation,
        month: &view.month,
        closed: words::closed_on(release.wave()).filter(|_| input.sealed),
        sealed: input.sealed,
        whole: view.whole.as_ref().map(whole),
        units: view
            .units
            .iter()
            .map(|it| Unit {
                depth: it.depth,
                name: &it.name,
                scores: it.cells.as_ref().map(|it| it.iter().map(|(_, it)| it.as_str()).collect()),
                took_part: &it.took_part,
                together_with: it.together_with.as_deref(),
            })
            .collect(),
        pools: view
            .pools
            .iter()
            .map(|it| Pool {
                names: &it.names,
                scores: it.cells.iter().map(|(_, it)| it.as_str()).collect(),
                took_part: &it.took_part,
            })
            .collect(),
        taking_part: &view.taking_part,
        levers: input.levers,
        smallest: release.k().people(),
        withheld_mark: words::WITHHELD_MARK,
        withheld_words: words::WITHHELD_WORDS,
        withheld_message: words::WITHHELD_MESSAGE,
        no_proof: words::NO_PROOF,
        motto: words::MOTTO,
    }
}

fn whole(view: &UnitView) -> Whole<'_> {
    Whole {
        people: &view.people,
        took_part: &view.took_part,
        note: view.note.as_deref(),
        lead: &view.lead,
        panels: view.panels.iter().map(panel).collect(),
    }
}

fn panel(panel: &MeasurePanel) -> Panel<'_> {
    let rows: Vec<_> = panel.rows.iter().map(|it| (it.month.as_str(), figure(&it.cell))).collect();
    Panel {
        file: chart_file(panel),
        title: panel.title,
        meaning: words::scale_meaning(panel.scale),
        tag: panel.tag.text,
        kind: panel.tag.kind.code(),
        sentence: &panel.sentence,
        alt: &panel.chart.description,
        usual: panel
            .chart
            .usual
            .map(|(low, _, high)| format!("{} to {}", words::whole(low), words::whole(high))),
        now: rows.last().and_then(|(_, it)| *it),
        rows,
    }
}

fn figure(cell: &Cell) -> Option<Figure<'_>> {
    match cell {
        Cell::Shown { score, from, to, people } => Some(Figure { score, from, to, people }),
        Cell::Withheld => None,
    }
}

#[cfg(test)]
mod tests;

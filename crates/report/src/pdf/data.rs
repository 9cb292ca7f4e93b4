//! What the template is filled with: the one published table, charts, and the words around them.

use std::collections::BTreeMap;

use serde::Serialize;
use tideline_aggregation::Release;
use tideline_text::Text;
use typst::foundations::Bytes;

use super::{
    PdfError, PdfInput,
    cover::{self, Cover},
    levers::{self, LeverRow, Now},
    names,
    units::{self, Pool, Unit},
    whole::Whole,
};
use crate::{
    asked::{AskedRow, AskedView},
    view::{self, OrganisationView, UnitPage, UnitView},
    words,
};

/// The template's files: `data.json` and the charts.
pub(super) struct Made {
    pub(super) files: BTreeMap<String, Bytes>,
}

/// Words of the template that take no arguments.
const WORDS: [&str; 74] = [
    "cannot",
    "cannot-who",
    "cannot-why",
    "changes",
    "described",
    "drivers",
    "drivers-note",
    "figures",
    "figures-note",
    "head-based",
    "head-burnout",
    "head-checkin",
    "head-cs",
    "head-driver",
    "head-higher",
    "head-level",
    "head-lever",
    "head-likely",
    "head-lower",
    "head-measure",
    "head-middle",
    "head-now-there",
    "head-owner",
    "head-part",
    "head-review",
    "head-score",
    "head-status",
    "head-strain",
    "head-sts",
    "head-unit",
    "head-units",
    "levers",
    "levers-help",
    "levers-none",
    "nothing-shown",
    "now-note",
    "one-minute",
    "overdue",
    "page",
    "protects",
    "protects-coarse",
    "protects-nobody",
    "protects-sealed",
    "reading",
    "reading-figures",
    "reading-likely",
    "reading-past",
    "reading-pulse",
    "reading-score",
    "reading-usual",
    "replaced",
    "scale-note",
    "see-below",
    "spread",
    "spread-note",
    "sure-heading",
    "sure-rule",
    "taking-part",
    "taking-part-note",
    "together",
    "trends",
    "trends-key",
    "trends-key-levers",
    "units",
    "units-apart",
    "units-heavier",
    "units-key",
    "units-lead",
    "units-lighter",
    "units-none",
    "units-tinted",
    "units-untested",
    "waits",
    "web",
];

/// Words that pages use as well.
const WORDS_OF_PAGES: [(&str, &str); 15] = [
    ("strain-key", "strain-key"),
    ("strain-report", "strain-report"),
    ("next", "next-label"),
    ("talk", "look-heading"),
    ("talk-text", "look-text"),
    ("team", "look-team"),
    ("watching", "look-watching"),
    ("lighter", "look-lighter"),
    ("work", "strain-work"),
    ("pain", "strain-pain"),
    ("buffer", "strain-buffer-name"),
    ("reviews-none", "reviews-none"),
    ("kind", "strain-column"),
    ("harder-end", "drivers-end-low"),
    ("better-end", "drivers-end-high"),
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
    title: String,
    closed: Option<String>,
    /// When the next check-in opens.
    next: Option<String>,
    /// Whom to ask about this report, and where the same stands on the web.
    contact: Option<String>,
    web: Option<&'a str>,
    sealed: bool,
    cover: Option<Cover<'a>>,
    whole: Option<Whole<'a>>,
    /// What leads the report of an organisation that is not shown as a whole.
    withheld_headline: Option<String>,
    withheld_message: String,
    /// What to do where nothing is shown.
    withheld_step: [String; 2],
    withheld_words: String,
    withheld_mark: &'static str,
    no_proof: String,
    motto: String,
    units: Vec<Unit<'a>>,
    pools: Vec<Pool<'a>>,
    left_out: Vec<(&'a str, String)>,
    pool_note: String,
    any_tint: bool,
    apart_tested: bool,
    levers: Vec<LeverRow<'a>>,
    overdue: Option<String>,
    by_unit: bool,
    /// What was asked and whose it is, as a line.
    asked: String,
    asks_pulse: bool,
    /// The figures in the unit of a published questionnaire.
    own: Option<Own<'a>>,
    /// Whether a letter had to be replaced because no font here has it.
    replaced: bool,
    /// Whether a name had to be described for that reason.
    described: bool,
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
    let mut files: BTreeMap<String, Bytes> = BTreeMap::new();
    let all = organisation.as_ref().filter(|it| it.whole.is_some());
    let cover = shown.map(|it| match all {
        Some(all) => cover::of_organisation(input, all, it, &mut files),
        None => cover::of_unit(input, it, &mut files),
    });
    let now = match all {
        Some(all) => Now::All(all),
        None => Now::One(shown),
    };
    let overdue = levers::overdue(input).count();
    let asked = AskedView::of(release, None, t);
    let described = names::described(release.tree(), t);
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
        w: said(release, t),
        organisation: input.organisation,
        title: t.tr1("report-title-of", "month", words::month(release.wave(), t)),
        whose,
        // Historic waves have no dates.
        closed: (input.sealed && release.wave().label.month(&release.wave().asks).is_some()).then(
            || {
                let day = words::last_day(&release.wave().window, &input.zone, t);
                t.tr1("report-closed-on", "day", day)
            },
        ),
        next: input.next.map(|it| t.tr1("report-next-opens", "day", t.date(it))),
        contact: (!input.contact.is_empty())
            .then(|| t.tr1("report-contact", "contact", input.contact)),
        web: input.web,
        sealed: input.sealed,
        whole: shown.map(|it| Whole::of(input, it, &mut files)),
        cover,
        any_tint: all.is_some_and(any_tint),
        apart_tested: all.is_some_and(|it| it.apart_tested),
        withheld_headline: organisation
            .as_ref()
            .map(|it| view::headline(it.conversations(), overdue, t)),
        withheld_message: match input.unit {
            Some(_) => words::withheld_message(t),
            None => t.tr("withheld-message-whole"),
        },
        withheld_step: match &organisation {
            Some(all) => cover::month_step(input, all),
            None => ["next-talk", "next-talk-without"].map(|id| t.tr(id)),
        },
        withheld_words: words::withheld_words(t),
        withheld_mark: words::WITHHELD_MARK,
        no_proof: words::no_proof(t),
        motto: words::motto(t),
        units: all.into_iter().flat_map(|it| &it.units).map(units::unit).collect(),
        pools: all.into_iter().flat_map(|it| &it.pools).map(units::pool).collect(),
        left_out: all.map(units::left_out).unwrap_or_default(),
        pool_note: words::pool_note(t),
        levers: levers::rows(input, &now),
        overdue: (overdue > 0).then(|| t.tr1("report-levers-overdue", "n", overdue)),
        by_unit: input.unit.is_none(),
        asked: asked.line(t),
        asks_pulse: asked.id.is_pulse(),
        own: shown.and_then(|it| Own::of(&it.asked, t)),
        replaced: false,
        described: false,
    };
    let mut data = serde_json::to_value(data)?;
    let missing = names::make_printable(&mut data, &described);
    data["replaced"] = missing.replaced.into();
    data["described"] = missing.described.into();
    names::hyphenate(&mut data);
    if let Some(logo) = &input.look.logo {
        files.insert(logo.file().to_owned(), Bytes::new(logo.bytes.clone()));
    }
    files.insert("data.json".to_owned(), Bytes::from_string(data.to_string()));
    Ok(Made { files })
}

/// The words of the template.
fn said(release: &Release, t: Text) -> BTreeMap<&'static str, String> {
    let own = WORDS.iter().map(|it| (*it, t.tr(&format!("report-{it}"))));
    let of_pages = WORDS_OF_PAGES.iter().map(|(name, id)| (*name, t.tr(id)));
    let smallest = t.tr1("report-protects-smallest", "n", release.k().people());
    own.chain(of_pages).chain([("protects-smallest", smallest)]).collect()
}

fn any_tint(view: &OrganisationView) -> bool {
    let units = view.units.iter().filter(|it| it.cells.is_some()).map(|it| &it.marks);
    let mut marks = units.chain(view.pools.iter().map(|it| &it.marks));
    marks.any(|it| {
        tideline_domain::Scale::ALL.iter().any(|scale| it.get(*scale).tint.paper().is_some())
    })
}

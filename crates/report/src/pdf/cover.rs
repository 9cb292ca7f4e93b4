//! The first page: what a reader takes away in a minute. Its headline, list, counts and first step are those of
//! HR's page; a unit's are those of the unit's page.

use std::collections::BTreeMap;

use serde::Serialize;
use tideline_domain::Scale;
use tideline_text::Text;
use typst::foundations::Bytes;

use super::{
    PdfInput,
    levers::{self, DueRow},
    marks::{Course, Sign},
    strain::Strain,
    whole::figure,
};
use crate::{
    chart::{CardSize, Ink, Placed, Share, card_svg, placed_svg},
    next_step::{MonthSigns, MonthStep, NextStep},
    view::{self, Cell, MeasurePanel, Named, OrganisationView, TeamSigns, UnitView},
    words,
};

/// So many teams and reviews are told on the first page.
const MOST: usize = 6;
const MOST_REVIEWS: usize = 3;
const MOST_NAMES: usize = 12;

#[derive(Serialize)]
pub(super) struct Cover<'a> {
    /// What leads, then what follows from it.
    headline: String,
    lead: Vec<String>,
    strip: Vec<[String; 3]>,
    took_part: &'a str,
    people: String,
    ten: Vec<&'static str>,
    note: Option<&'a str>,
    cards: Vec<Card<'a>>,
    teams: Option<Teams<'a>>,
    strain: Strain<'a>,
    reviews: Vec<DueRow<'a>>,
    more_reviews: Option<String>,
    step: [String; 2],
    parts: Option<Parts<'a>>,
    begun: Vec<String>,
    sure: String,
}

#[derive(Serialize)]
struct Card<'a> {
    title: &'a str,
    score: &'a str,
    likely: String,
    usual: Option<String>,
    tag: &'a str,
    sign: Sign,
    file: String,
    alt: String,
}

#[derive(Serialize)]
struct Teams<'a> {
    /// What is said instead of a list.
    none: Option<String>,
    rows: Vec<TeamRow<'a>>,
    more: Option<String>,
    watching: Option<String>,
    lighter: Option<String>,
}

#[derive(Serialize)]
struct TeamRow<'a> {
    name: &'a str,
    pool: bool,
    cells: Vec<SignCell<'a>>,
    strain: &'a str,
    levers: String,
}

#[derive(Serialize)]
struct SignCell<'a> {
    word: &'a str,
    kind: &'static str,
    course: Course,
}

#[derive(Serialize)]
struct Parts<'a> {
    said: Option<&'a str>,
    rows: Vec<PartRow<'a>>,
}

#[derive(Serialize)]
struct PartRow<'a> {
    name: &'a str,
    file: String,
    score: String,
    likely: String,
    harder: bool,
}

/// The organisation's first page.
pub(super) fn of_organisation<'a>(
    input: &PdfInput<'a>,
    all: &'a OrganisationView,
    whole: &'a UnitView,
    files: &mut BTreeMap<String, Bytes>,
) -> Cover<'a> {
    let t = input.text;
    let overdue: Vec<_> = levers::overdue(input).collect();
    let talk: Vec<&TeamSigns> = all.named(Named::Conversation).collect();
    let [step, how] = month_step(input, all);
    let strip = |scale: Scale, name: &str| {
        let (_, told) = view::standing_out(&talk, scale, t);
        [t.tr(name), words::scale_title(scale, t), told]
    };
    Cover {
        headline: view::headline(all.conversations(), overdue.len(), t),
        lead: whole.sentences().map(str::to_owned).collect(),
        // Of nobody there is nothing to count.
        strip: match talk.is_empty() {
            true => Vec::new(),
            false => vec![
                strip(Scale::Burnout, "strain-work"),
                strip(Scale::SecondaryTraumaticStress, "strain-pain"),
                strip(Scale::CompassionSatisfaction, "strip-buffer"),
            ],
        },
        teams: Some(teams(input, all, &talk)),
        more_reviews: more(overdue.len(), MOST_REVIEWS, t),
        reviews: overdue.iter().take(MOST_REVIEWS).map(|it| levers::due(it, t)).collect(),
        step: [step, how],
        parts: parts(whole, Some(all), files, t),
        ..of_any(input, whole, files)
    }
}

/// A unit's first page.
pub(super) fn of_unit<'a>(
    input: &PdfInput<'a>,
    view: &'a UnitView,
    files: &mut BTreeMap<String, Bytes>,
) -> Cover<'a> {
    let t = input.text;
    let plans: Vec<_> = levers::plans(input).map(|it| it.plan.clone()).collect();
    let step = NextStep::of(&view.states, &plans, input.today).told(t);
    Cover {
        step: [step.heading, step.text],
        parts: parts(view, None, files, t),
        ..of_any(input, view, files)
    }
}

fn of_any<'a>(
    input: &PdfInput<'a>,
    view: &'a UnitView,
    files: &mut BTreeMap<String, Bytes>,
) -> Cover<'a> {
    let t = input.text;
    let mut lead = view.sentences().map(str::to_owned);
    Cover {
        headline: lead.next().unwrap_or_default(),
        lead: lead.collect(),
        strip: Vec::new(),
        took_part: &view.took_part,
        people: t.tr1("part-people", "people", &view.people),
        ten: ten(view),
        note: view.note.as_deref(),
        cards: view.panels.iter().filter_map(|it| card(it, files, t)).collect(),
        teams: None,
        strain: Strain::of(&view.strain, files, t),
        reviews: Vec::new(),
        more_reviews: None,
        step: [String::new(), String::new()],
        parts: None,
        begun: levers::begun(input).into_iter().take(4).collect(),
        sure: sure(view, t),
    }
}

fn more(all: usize, most: usize, t: Text) -> Option<String> {
    (all > most).then(|| t.tr1("plans-more", "n", all - most))
}

/// Ten figures, as on the page: how many of ten took part, and which may have.
fn ten(view: &UnitView) -> Vec<&'static str> {
    let Some((_, Some(share))) = view.participation.waves.last() else { return Vec::new() };
    let figure = |at: u8| match share {
        Share::About(tenths) | Share::AtLeast(tenths) if at < *tenths => "full",
        Share::AtLeast(_) => "may",
        Share::AtMost(tenths) if at < *tenths => "may",
        Share::About(_) | Share::AtMost(_) => "none",
    };
    (0..10).map(figure).collect()
}

fn card<'a>(
    panel: &'a MeasurePanel,
    files: &mut BTreeMap<String, Bytes>,
    t: Text,
) -> Option<Card<'a>> {
    let cell = panel.rows.last().map(|it| &it.cell)?;
    let Cell::Shown { score, .. } = cell else { return None };
    let file = format!("card-{}.svg", panel.scale.code());
    let svg = card_svg(&panel.chart, CardSize::Paper, Ink::Print);
    files.insert(file.clone(), Bytes::from_string(svg));
    let range = |id: &str, range: String| format!("{} {range}", t.tr(id));
    Some(Card {
        title: &panel.title,
        score,
        likely: range("measure-likely", figure(cell, t)?.likely),
        usual: panel
            .usual
            .as_ref()
            .map(|(from, to)| range("measure-usually", t.tr2("from-to", "from", from, "to", to))),
        tag: &panel.tag.text,
        sign: Sign::of_tag(&panel.tag),
        file,
        alt: format!("{}: {}", panel.title, panel.line),
    })
}

fn teams<'a>(input: &PdfInput<'a>, all: &'a OrganisationView, talk: &[&'a TeamSigns]) -> Teams<'a> {
    let t = input.text;
    let row = |team: &&'a TeamSigns| TeamRow {
        name: &team.name,
        pool: team.unit.is_none(),
        cells: Scale::ALL
            .map(|scale| {
                let sign = team.signs.get(scale);
                SignCell {
                    word: &sign.word,
                    kind: sign.kind.code(),
                    course: Course::of(team.sparks.get(scale)),
                }
            })
            .into(),
        strain: &team.strain,
        levers: match levers::in_play(input, &team.units).as_slice() {
            [] => t.tr("report-no-lever"),
            [one, two, rest @ ..] if !rest.is_empty() => {
                format!("{one}; {two}; {}", t.tr1("plans-more", "n", rest.len()))
            }
            some => some.join("; "),
        },
    };
    let names = |why: Named| {
        let names: Vec<&str> = all.named(why).map(|it| it.name.as_str()).collect();
        let rest = more(names.len(), MOST_NAMES, t);
        let told: Vec<&str> = names.into_iter().take(MOST_NAMES).chain(rest.as_deref()).collect();
        (!told.is_empty()).then(|| told.join("; "))
    };
    Teams {
        none: match (all.look_first.is_some(), talk.is_empty()) {
            (false, _) => Some(t.tr("look-untested")),
            (true, true) => Some(t.tr("look-none")),
            (true, false) => None,
        },
        rows: talk.iter().take(MOST).map(row).collect(),
        more: more(talk.len(), MOST, t),
        watching: names(Named::Watching),
        lighter: names(Named::Lighter),
    }
}

fn parts<'a>(
    view: &'a UnitView,
    all: Option<&'a OrganisationView>,
    files: &mut BTreeMap<String, Bytes>,
    t: Text,
) -> Option<Parts<'a>> {
    let drivers = view.drivers.as_ref()?;
    let mut rows = Vec::new();
    for (at, it) in drivers.rows.iter().enumerate() {
        let Some((score, low, high)) = it.figure else { continue };
        let harder = all.is_some_and(|all| all.harder.contains(&it.label));
        let file = format!("part-{at}.svg");
        let placed = Placed { at: score, from: low, to: high, lower: harder };
        files.insert(file.clone(), Bytes::from_string(placed_svg(&placed, Ink::Print)));
        rows.push(PartRow {
            name: &it.label,
            file,
            score: words::whole(score),
            likely: t.tr2("from-to", "from", words::whole(low), "to", words::whole(high)),
            harder,
        });
    }
    Some(Parts { said: all.and_then(|it| it.harder_said.as_deref()), rows })
}

/// How sure the scores are, by the widest of their likely ranges.
fn sure(view: &UnitView, t: Text) -> String {
    let half = |panel: &MeasurePanel| {
        let point = panel.chart.points.last().copied().flatten()?;
        Some((point.high - point.value).max(point.value - point.low))
    };
    let widest = view.panels.iter().filter_map(half).fold(0.0_f64, f64::max);
    t.tr2("report-sure", "people", &view.people, "points", words::whole(widest.ceil()))
}

/// The one next step of HR and how to go about it, also where the organisation is not shown as a whole.
pub(super) fn month_step(input: &PdfInput<'_>, all: &OrganisationView) -> [String; 2] {
    let signs = MonthSigns {
        teams: &all.teams,
        judged: all.look_first.is_some(),
        whole: all.whole.as_ref().map(|it| it.states.as_slice()),
    };
    MonthStep::of(signs, input.levers, input.today).told(input.text).into()
}

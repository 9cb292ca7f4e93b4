//! How reports are laid out: organisations of every size, with names as people give them, on each paper and in each
//! language. No page is less than half full, nothing stands over an edge, no letter is too small.

use tideline_aggregation::{Atom, Participation, People, Turnout, coarsen::Coarsening};
use tideline_domain::{
    PerScale, Unit, UnitId, UnitTree,
    lever::{LEVERS, LeverPlan, LeverStatus, Reach},
};
use tideline_text::Language;
use typst::layout::{Abs, Frame, FrameItem, Point, Transform};

use super::*;
use crate::fixture::{history, id};

const SERVICES: [&str; 6] = [
    "Klinik für Psychiatrie und Psychotherapie",
    "Rettungsdienst und Krankentransport",
    "Ambulante Palliativversorgung",
    "Kinder- und Jugendhilfezentrum Elbaue",
    "Frauenhaus und Gewaltschutzambulanz",
    "Flüchtlingssozialarbeit und Asylverfahrensberatung",
];
const TEAMS: [&str; 9] = [
    "Krisendienst Nacht",
    "Rettungswache Nordfriesland-Süd",
    "Sozialpädagogische Familienhilfe",
    "Gerontopsychiatrische Tagesklinik",
    "Schwangerschaftskonfliktberatungsstelle",
    "Traumaambulanz",
    "Station 3 B, Intensivüberwachungspflege",
    "Suchtberatungsstelle Hafenstraße",
    "Verfahrensbeistandschaften",
];
/// Sixty-eight letters.
const LONGEST: &str = "Rettungsdienstleitstellenkoordinationsarbeitsgemeinschaftsverwaltung";

/// So many units: the organisation, services, and teams below them in turn. Every ninth team becomes heavier towards
/// the end; of every eighth two are shown together.
fn organisation(count: usize) -> (Vec<Release>, Vec<UnitPlan>) {
    let services = (count / 8).clamp(usize::from(count > 4), 30);
    let unit = |at: usize, parent: Option<usize>, name: String| Unit {
        id: id(at as u128 + 1),
        parent: parent.map(|it| id(it as u128 + 1)),
        name: name.parse().unwrap(),
    };
    let mut units = vec![unit(0, None, "Diakonisches Werk Elbaue-Niederlausitz gGmbH".into())];
    for at in 1..count {
        let again = at / SERVICES.len();
        units.push(if at <= services {
            unit(at, Some(0), format!("{} {again}", SERVICES[at % SERVICES.len()]))
        } else {
            let parent = if services == 0 { 0 } else { 1 + at % services };
            let name = match at {
                20 => LONGEST.to_owned(),
                _ => format!("{} {at}", TEAMS[at % TEAMS.len()]),
            };
            unit(at, Some(parent), name)
        });
    }
    let tree = UnitTree::new(units).unwrap();
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for at in services + 1..count {
        match groups.last_mut() {
            Some(last) if at % 8 == 7 && count > 8 => last.push(at),
            _ => groups.push(vec![at]),
        }
    }
    let atoms = |wave: usize| {
        let atom = |group: &Vec<usize>| {
            let n = 14 + (group[0] * 5 % 9) as u32;
            let wobble = ((wave * 7 + group[0] * 3) % 9) as u32;
            let heavier = if group[0] % 9 == 1 && wave > 9 { 22 } else { 0 };
            let means = [40 + wobble + heavier, 31 + wobble, 68 - wobble - heavier / 2];
            let [burnout, sts, cs] = means.map(|it| Coarsening::SCORE.cell(it * n, n));
            Atom {
                units: group.iter().map(|it| id(*it as u128 + 1)).collect(),
                n: PerScale::from_fn(|_| n),
                total: PerScale { burnout, sts, cs },
                people: People::of_any(n, 6),
                asked: None,
                took_part: Participation::new(7).unwrap(),
            }
        };
        groups.iter().map(atom).collect::<Vec<_>>()
    };
    let waves = history(14).into_iter().enumerate();
    let releases = waves.map(|(at, like)| {
        let turnout = Turnout { eligible: 9_000, ballots: 7_000, spoilt: 0 };
        Release::restore(like.wave().clone(), tree.clone(), like.k(), atoms(at), turnout).unwrap()
    });
    let releases: Vec<Release> = releases.collect();
    let last = releases[13].wave().window.last_day(&Tz::UTC);
    let plan = |at: usize| UnitPlan {
        unit: tree.units()[at].name.to_string(),
        plan: LeverPlan {
            id: tideline_domain::LeverPlanId::new(uuid::Uuid::from_u128(at as u128)),
            unit: tree.units()[at].id,
            lever: &LEVERS[at % LEVERS.len()],
            status: if at.is_multiple_of(2) {
                LeverStatus::Trying
            } else {
                LeverStatus::Considered
            },
            reach: if at.is_multiple_of(4) { Reach::Escalate } else { Reach::Mine },
            owner: "Pflegedienstleitung Psychiatrie".into(),
            started: last - chrono::Days::new(90),
            review: if at % 3 == 1 {
                last - chrono::Days::new(9)
            } else {
                last + chrono::Days::new(60)
            },
            note: String::new(),
        },
    };
    let plans =
        (1..count).filter(|it| it % 8 == 2 || it % 9 == 1 && it % 2 == 0).map(plan).collect();
    (releases, plans)
}

struct Made {
    name: String,
    document: PagedDocument,
}

fn made(count: usize, unit: Option<UnitId>, paper: Paper, text: Text) -> Made {
    let (history, levers) = organisation(count);
    let look = Look { paper, ..Look::default() };
    let own: Vec<UnitPlan> =
        levers.iter().filter(|it| unit.is_none_or(|unit| unit == it.plan.unit)).cloned().collect();
    let input = PdfInput {
        organisation: "Diakonisches Werk Elbaue-Niederlausitz gGmbH",
        history: &history,
        unit,
        levers: &own,
        today: history[13].wave().window.last_day(&Tz::UTC),
        next: "2027-03-01".parse().ok(),
        contact: "Stabsstelle Gesundheit (4400)",
        web: Some("https://app.example.org/org/reports/14"),
        sealed: true,
        zone: Tz::UTC,
        text,
        look: &look,
    };
    let files = data::data(&input, &history[13]).unwrap().files;
    let of = unit.map_or("organisation", |_| "unit");
    let name = format!("{of}-{count}-{}-{}", text.language().tag(), paper.code());
    if let Some(folder) = std::env::var_os("TIDELINE_LOOK") {
        let folder = std::path::Path::new(&folder);
        std::fs::write(folder.join(format!("{name}.pdf")), report(&input).unwrap()).unwrap();
        let parts = folder.join(&name);
        std::fs::create_dir_all(&parts).unwrap();
        for (file, bytes) in &files {
            std::fs::write(parts.join(file), bytes).unwrap();
        }
    }
    let document = laid_out(&ReportWorld::new(TEMPLATE, files)).unwrap();
    Made { name, document }
}

/// Typeset once for all tests: without optimisation that takes a while.
fn all() -> &'static [Made] {
    static ALL: std::sync::OnceLock<Vec<Made>> = std::sync::OnceLock::new();
    ALL.get_or_init(every_size)
}

fn every_size() -> Vec<Made> {
    let texts = Language::ALL.map(Text::new);
    let each = |count: usize, unit: Option<UnitId>| {
        let papers = Paper::ALL.into_iter();
        papers.flat_map(move |paper| texts.map(|text| made(count, unit, paper, text)))
    };
    let mut all: Vec<Made> = [3, 35].into_iter().flat_map(|it| each(it, None)).collect();
    all.extend(each(35, Some(id(20))));
    all.push(made(150, None, Paper::A4, texts[1]));
    all
}

/// A letter, or a run of them, on a page.
struct Run {
    left: Abs,
    right: Abs,
    bottom: Abs,
    size: Abs,
    text: String,
}

fn runs(frame: &Frame, to: Transform, into: &mut Vec<Run>) {
    for (at, item) in frame.items() {
        let here = to.pre_concat(Transform::translate(at.x, at.y));
        match item {
            FrameItem::Group(group) => {
                runs(&group.frame, here.pre_concat(group.transform), into);
            }
            FrameItem::Text(text) => {
                let from = Point::zero().transform(here);
                let right = Point::new(text.width(), Abs::zero()).transform(here).x;
                let scale = here.sy.get();
                into.push(Run {
                    left: from.x,
                    right,
                    bottom: from.y,
                    size: text.size * scale,
                    text: text.text.to_string(),
                });
            }
            _ => {}
        }
    }
}

#[test]
fn every_page_is_at_least_half_full_and_nothing_stands_over_an_edge() {
    let mut wrong = Vec::new();
    for Made { name, document } in all() {
        let pages = document.pages();
        let count = pages.len();
        if name.starts_with("organisation-35") && count > 4 {
            wrong.push(format!("{name}: {count} pages"));
        }
        if name.starts_with("organisation-150") && count > 9 {
            wrong.push(format!("{name}: {count} pages"));
        }
        for (page, number) in pages.iter().zip(1..) {
            let mut found = Vec::new();
            runs(&page.frame, Transform::identity(), &mut found);
            let (width, height) = (page.frame.width(), page.frame.height());
            // Full stops at the end of a line may stand in the margin.
            let margin = Abs::mm(14.5);
            for run in &found {
                if run.left < margin || run.right > width - margin {
                    wrong.push(format!("{name}, page {number}: “{}” over the edge", run.text));
                }
                if run.size < Abs::pt(7.99) {
                    wrong.push(format!("{name}, page {number}: “{}” in {:?}", run.text, run.size));
                }
            }
            // Without the line at the foot.
            let body = found.iter().map(|it| it.bottom).filter(|it| *it < height - Abs::mm(15.0));
            let filled = body.fold(Abs::zero(), Abs::max) / height;
            // What comes last ends where it ends.
            let is_last = number == count && !name.starts_with("organisation-35");
            if filled < 0.5 && !is_last {
                wrong.push(format!(
                    "{name}, page {number} of {count}: {:.0} % full",
                    filled * 100.0
                ));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

/// Words of neighbouring cells do not run into each other: no two runs of letters share a place.
#[test]
fn no_letters_stand_on_others() {
    let mut wrong = Vec::new();
    for Made { name, document } in all() {
        for (page, number) in document.pages().iter().zip(1..) {
            let mut found = Vec::new();
            runs(&page.frame, Transform::identity(), &mut found);
            for (at, one) in found.iter().enumerate() {
                let shares = |next: &&Run| {
                    (next.bottom - one.bottom).abs() < Abs::pt(1.0)
                        && next.left < one.right - Abs::pt(0.5)
                        && one.left < next.right - Abs::pt(0.5)
                };
                for next in found[at + 1..].iter().filter(shares) {
                    wrong.push(format!("{name}, page {number}: “{}” on “{}”", next.text, one.text));
                }
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

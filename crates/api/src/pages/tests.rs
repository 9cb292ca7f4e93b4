//! The pages as rendered: what they hold back, and that page and file say the same.

mod http;
mod many_units;

use chrono::NaiveDate;
use tideline_aggregation::{Group, ItemSums, Policy, Release, Turnout, release};
use tideline_domain::{
    InstrumentId, LeverPlanId, PerScale, Person, PersonId, Principal, Role, Unit, UnitId, UnitTree,
    Wave, WaveSeq, Window,
    lever::{LeverPlan, LeverStatus, Reach, lever},
};
use uuid::Uuid;

use tideline_text::{Language, Text};

use super::{files, levers, overview, shell::Shell, team, team::Around, units};
use crate::{auth::SignedIn, exports::FileKind, language::Reader, own_path::OwnPath};
use tideline_report::next_step::UnitPlan;

const HOSPITAL: UnitId = UnitId::new(Uuid::from_u128(1));
const ELM: UnitId = UnitId::new(Uuid::from_u128(2));
const NORTH: UnitId = UnitId::new(Uuid::from_u128(4));
const OAK: UnitId = UnitId::new(Uuid::from_u128(3));

fn tree() -> UnitTree {
    let unit = |id, parent, name: &str| Unit { id, parent, name: name.parse().unwrap() };
    UnitTree::new(vec![
        unit(HOSPITAL, None, "Hospital"),
        unit(ELM, Some(HOSPITAL), "Elm"),
        unit(NORTH, Some(HOSPITAL), "North service"),
        unit(OAK, Some(NORTH), "Oak"),
    ])
    .unwrap()
}

fn hr() -> Principal {
    Principal { person: PersonId::new(Uuid::from_u128(9)), roles: vec![Role::Hr] }
}

fn signed_in() -> SignedIn {
    let person = Person {
        id: PersonId::new(Uuid::from_u128(9)),
        name: "Ada Example".parse().unwrap(),
        email: "ada@example.org".parse().unwrap(),
        roles: vec![Role::Hr],
    };
    SignedIn { principal: hr(), person, session: [0; 32], csrf: "c".repeat(43), reader: reader() }
}

fn reader() -> Reader {
    Reader { t: Text::new(Language::English), path: "/".to_owned(), back: Some(OwnPath::home()) }
}

fn shell() -> Shell {
    Shell::for_principal(&hr(), &reader())
}

/// The file of a unit.
fn csv(history: &[Release], unit: UnitId) -> String {
    let sheets = files::unit_sheets(history, unit, FileKind::Csv, Text::new(Language::English));
    String::from_utf8(sheets[0].csv().unwrap()).unwrap()
}

/// What is published if so many answered in the office, in Elm and in Oak, of 20 each.
fn published(waves: u32, answered: [usize; 3]) -> Vec<Release> {
    let mut history: Vec<Release> = Vec::new();
    for seq in 1..=waves {
        let day = |day: u32| format!("2026-{seq:02}-{day:02}T06:00:00Z").parse().unwrap();
        let wave = Wave {
            seq: WaveSeq(seq),
            label: format!("2026-{seq:02}").parse().unwrap(),
            asks: InstrumentId::PULSE,
            window: Window::new(day(1), day(8), day(15)).unwrap(),
        };
        let load = if seq > 7 { 25 } else { 0 };
        let groups: Vec<Group> = [HOSPITAL, ELM, OAK]
            .into_iter()
            .zip(answered)
            .map(|(unit, answered)| Group {
                units: vec![unit],
                headcount: 20,
                scores: (0..answered)
                    .map(|at| PerScale::from_fn(|_| Some(30 + (at % 5) as u8 * 5 + load)))
                    .collect(),
                items: ItemSums::default(),
            })
            .collect();
        let ballots = answered.iter().sum::<usize>() as u32;
        let turnout = Turnout { eligible: 60, ballots, spoilt: 0 };
        let closed = wave.closed(day(16)).unwrap();
        let made =
            release(closed, &tree(), groups, turnout, &Policy::default(), history.last()).unwrap();
        history.push(made);
    }
    history
}

fn around() -> Around {
    Around {
        plans: Vec::new(),
        today: NaiveDate::from_ymd_opt(2026, 10, 1).unwrap(),
        imported: Vec::new(),
        not_yet: String::new(),
        zone: chrono_tz::Tz::UTC,
        latest: true,
    }
}

fn boards(plans: Vec<UnitPlan>) -> overview::Levers {
    overview::Levers { plans, today: NaiveDate::from_ymd_opt(2026, 10, 1).unwrap() }
}

fn page(history: &[Release], unit: UnitId) -> String {
    team::render(shell(), &hr(), &tree(), history, unit, around()).unwrap()
}

fn plan(review: &str) -> LeverPlan {
    LeverPlan {
        id: LeverPlanId::new(Uuid::from_u128(7)),
        unit: ELM,
        lever: lever("WL1").unwrap(),
        status: LeverStatus::Trying,
        reach: Reach::Mine,
        owner: "rota <lead>".to_owned(),
        started: NaiveDate::from_ymd_opt(2026, 1, 2).unwrap(),
        review: review.parse().unwrap(),
        note: String::new(),
    }
}

/// Writes `page` into the folder named by `TIDELINE_LOOK`, to be looked at.
fn look(name: &str, page: &str) {
    if let Some(folder) = std::env::var_os("TIDELINE_LOOK") {
        let style = format!("<style>{}</style></head>", include_str!("../../static/app.css"));
        let page = page.replacen("</head>", &style, 1);
        std::fs::write(std::path::Path::new(&folder).join(format!("{name}.html")), page).unwrap();
    }
}

#[test]
fn a_withheld_page_is_the_same_whatever_the_reason() {
    let nobody = page(&published(2, [20, 12, 0]), NORTH);
    let shown_with_others = page(&published(2, [20, 12, 3]), NORTH);
    look("withheld", &nobody);
    assert!(nobody.contains("results are not shown on their own"), "{nobody}");
    assert!(nobody.contains("</svg>Hospital</a>"), "{nobody}");
    assert!(!nobody.contains("class=\"chart\"") && !nobody.contains("data.csv"));
    assert_eq!(nobody, shown_with_others);
}

#[test]
fn the_measures_stand_in_their_order_with_their_figures() {
    let history = published(9, [20, 20, 20]);
    let whole = overview::render(shell(), &history, None, &boards(Vec::new()), true).unwrap();
    for (page, heading) in [(page(&history, ELM), "-heading\">{it}</h2>"), (whole, "<h3>{it}</h3>")]
    {
        let at: Vec<usize> =
            ["Burnout strain", "Secondary traumatic stress", "Compassion satisfaction"]
                .iter()
                .map(|it| page.find(&heading.replace("{it}", it)).unwrap())
                .collect();
        assert!(at.is_sorted(), "{at:?}");
        assert!(page.matches("<figure").count() >= 3);
        let table = page.split("<caption>").nth(1).unwrap().split("</table>").next().unwrap();
        assert_eq!(
            table.matches("<th scope=\"row\">").count(),
            history.len(),
            "one of all figures"
        );
        let ids: Vec<&str> =
            page.split(" id=\"").skip(1).map(|it| it.split('"').next().unwrap()).collect();
        let distinct: std::collections::BTreeSet<_> = ids.iter().collect();
        assert_eq!(distinct.len(), ids.len(), "every identifier once");
    }
}

#[test]
fn the_key_stands_once_on_a_page_and_not_with_each_chart() {
    let history = published(9, [20, 20, 20]);
    let whole = overview::render(shell(), &history, None, &boards(Vec::new()), true).unwrap();
    for page in [page(&history, ELM), whole] {
        assert_eq!(page.matches("class=\"legend\"").count(), 1);
    }
}

#[test]
fn a_file_of_a_withheld_unit_holds_the_header_alone() {
    let history = published(1, [20, 12, 0]);
    assert_eq!(csv(&history, NORTH), csv(&[], ELM));
    assert_eq!(csv(&history, NORTH).lines().count(), 1);
}

#[test]
fn nothing_is_inline_and_headings_follow_each_other() {
    let history = published(9, [20, 20, 3]);
    let day = NaiveDate::from_ymd_opt(2026, 10, 1).unwrap();
    let pages = [
        page(&history, ELM),
        page(&history, OAK),
        team::render(
            shell(),
            &hr(),
            &tree(),
            &[],
            ELM,
            Around { plans: vec![plan("2026-09-01")], not_yet: "Soon.".to_owned(), ..around() },
        )
        .unwrap(),
        overview::render(shell(), &history, None, &boards(Vec::new()), true).unwrap(),
        overview::render(shell(), &[], Some("Soon.".to_owned()), &boards(Vec::new()), true)
            .unwrap(),
        units::render_units(shell(), &history, None, None, Vec::new()).unwrap(),
        levers::sample(&signed_in(), ELM, &[plan("2026-09-01")], day),
    ];
    for page in &pages {
        for inline in ["<script>", "onclick", "style=\"", "<style"] {
            assert!(!page.contains(inline), "{inline}");
        }
        assert_eq!(page.matches("<h1").count(), 1);
        let mut before = 1;
        for (at, _) in page.match_indices("<h") {
            let Some(level) = page[at + 2..].chars().next().and_then(|it| it.to_digit(10)) else {
                continue;
            };
            assert!(level <= before + 1, "h{level} after h{before}");
            before = level;
        }
    }
}

#[test]
fn a_team_whose_results_are_hidden_keeps_its_row_and_its_levers() {
    let history = published(1, [20, 12, 0]);
    let page = units::render_units(shell(), &history, None, None, Vec::new()).unwrap();
    assert!(page.contains(&format!("<a href=\"/team/{OAK}\">Oak</a>")), "{page}");
    let pooled =
        units::render_units(shell(), &published(1, [20, 12, 3]), None, None, Vec::new()).unwrap();
    assert!(pooled.contains("shown as Elm + Oak") && pooled.contains("□</span> Elm + Oak <span"));
    let board = vec![plan("2026-09-01")];
    let team =
        team::render(shell(), &hr(), &tree(), &history, OAK, Around { plans: board, ..around() })
            .unwrap();
    assert!(team.contains("Overdue: was planned for 1 September 2026."));
}

#[test]
fn text_that_people_typed_stays_text() {
    let day = NaiveDate::from_ymd_opt(2026, 10, 1).unwrap();
    let page = levers::sample(&signed_in(), ELM, &[plan("2026-11-01")], day);
    assert!(page.contains("rota &#60;lead&#62;") && !page.contains("<lead>"));
    assert!(page.contains("Look again on 1 November 2026."));
}

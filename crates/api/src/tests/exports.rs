//! Page, CSV, workbook and JSON API, cell by cell: what one of them shows, all of them show, and what one
//! withholds is `[c]`, or nothing, in each.

use std::io::{Cursor, Read as _};

use rand::Rng as _;
use rand_chacha::{ChaCha8Rng, rand_core::SeedableRng as _};
use serde_json::Value;
use tideline_aggregation::{Asked, Before, Release};
use tideline_domain::AnswerSheet;

use super::*;

/// Teams and how many belong to each; a wave may bring fewer answers than that. Of those who stand alone 18 at
/// least: of fewer than three times the smallest group no spread is told.
const TEAMS: [(&str, u32); 12] = [
    ("Elm", 40),
    ("Oak", 18),
    ("Ash", 7),
    ("Bay", 7),
    ("Fir", 4),
    ("Hazel", 18),
    ("Larch", 18),
    ("Maple", 18),
    ("Pine", 18),
    ("Rowan", 18),
    ("Sorrel", 18),
    ("Yew", 18),
];

fn many_teams(store: &Store) {
    let mut rows = Vec::new();
    let below = |unit: &str, parent: &str| ImportRow {
        unit: unit.parse().unwrap(),
        parent: Some(parent.parse().unwrap()),
        person: None,
    };
    rows.push(below("Grove", "Hospital"));
    let mut add = |unit: &str, person: String, role: RoleKind| {
        let parent = match unit {
            "Hospital" => None,
            "Fir" => Some("Grove"),
            _ => Some("Hospital"),
        };
        rows.push(ImportRow {
            unit: unit.parse().unwrap(),
            parent: parent.map(|it| it.parse().unwrap()),
            person: Some((
                person.parse().unwrap(),
                format!("{person}@example.org").to_lowercase().parse().unwrap(),
                vec![role],
            )),
        });
    };
    add("Hospital", "hr".into(), RoleKind::Hr);
    for (team, people) in TEAMS {
        (1..=people).for_each(|it| add(team, format!("{team}{it}"), RoleKind::Staff));
    }
    store
        .import(&ImportPlan { rows }, Actor::Program, "2025-12-01T08:00:00Z".parse().unwrap())
        .unwrap();
}

/// Nine waves: Elm becomes heavier in the last two, Yew is always much heavier than the others, nobody in
/// Oak answers in the third.
pub(super) fn nine_waves() -> Site {
    waves(|teams, seq, eligible| {
        let load = match () {
            () if teams.contains(&"Elm") && seq > 7 => 30,
            () if teams.contains(&"Yew") => 25,
            () => 0,
        };
        let answers = if teams.contains(&"Oak") && seq == 3 { 0 } else { eligible };
        (0..answers).map(|at| 25 + ((at * 7 + seq) % 12) as u8 * 4 + load).collect()
    })
}

/// Nine waves in which `scores_of` the teams of a cohort, the wave and how many were asked says how those
/// who answered scored, on each scale alike.
fn waves(mut scores_of: impl FnMut(&[&str], u32, u32) -> Vec<u8>) -> Site {
    let alike = |score: u8| PerScale::from_fn(|_| Some(score));
    waves_of(9, |teams, seq, eligible| {
        scores_of(teams, seq, eligible).into_iter().map(alike).collect()
    })
}

/// So many monthly waves from January 2026 on, as [`waves`], each scale by itself.
pub(super) fn waves_of(
    months: u32,
    mut scores_of: impl FnMut(&[&str], u32, u32) -> Vec<PerScale<Option<u8>>>,
) -> Site {
    let site = Site::with(many_teams);
    let store = &site.app.store;
    let asked = Asked::new(&PULSE);
    let day: chrono::NaiveDate = "2025-12-01".parse().unwrap();
    let tree = store.units(day).unwrap().unwrap();
    let people = store.people_with_units(day).unwrap();
    let keys = WaveKeys::generate();
    let mut before: Option<Release> = None;
    for seq in 1..=months {
        let label = format!("{}-{:02}", 2026 + (seq - 1) / 12, (seq - 1) % 12 + 1);
        let at = |day: u32| format!("{label}-{day:02}T06:00:00Z").parse().unwrap();
        let wave = Wave {
            seq: WaveSeq(seq),
            label: label.parse().unwrap(),
            window: Window::new(at(1), at(8), at(15)).unwrap(),
            asks: tideline_domain::InstrumentId::PULSE,
        };
        let roster = Roster::freeze(tree.clone(), &people);
        let manifest = Manifest::new(&wave, &PULSE, &roster.cohorts, &keys, 6, None);
        store.announce_wave(&wave, &roster, &manifest.to_bytes().unwrap(), None).unwrap();
        let groups: Vec<Group> = roster
            .cohorts
            .iter()
            .map(|cohort| {
                let names: Vec<&str> =
                    cohort.units.iter().map(|it| tree.get(*it).unwrap().name.as_str()).collect();
                let scores = scores_of(&names, seq, cohort.eligible);
                let mut items = ItemSums::new(&asked);
                for person in 0..scores.len() {
                    let bytes = vec![(person % 5) as u8 + 1; PULSE.items.len()];
                    items.add(&AnswerSheet::from_ballot(PULSE.items.len(), &bytes).unwrap());
                }
                Group { units: cohort.units.clone(), headcount: cohort.eligible, scores, items }
            })
            .collect();
        let ballots = groups.iter().map(|it| it.scores.len() as u32).sum();
        let turnout = Turnout { eligible: roster.eligible(), ballots, spoilt: 0 };
        site.at(&format!("{label}-16T06:00:00Z"));
        let closed = wave.closed(site.app.now()).unwrap();
        // The same people in every wave: a spread is told again only of a group that nobody joined or left.
        let known = Before { release: before.as_ref(), moves: before.as_ref().map(|_| &[][..]) };
        let made = release(closed, &tree, groups, turnout, &Policy::default(), known).unwrap();
        store.publish(&made, ballots, &[]).unwrap();
        before = Some(made);
    }
    site
}

/// A table of a page: the rows of its body, cell by cell, as they are seen.
type Table = Vec<Vec<String>>;

fn between<'a>(text: &'a str, from: &str, to: &str) -> Vec<&'a str> {
    text.split(from).skip(1).filter_map(|it| it.split(to).next()).collect()
}

/// What is seen of a cell: without tags, and without what only screen readers are told.
fn seen(cell: &str) -> String {
    let mut out = String::new();
    let mut rest = cell;
    while let Some((before, tag)) = rest.split_once('<') {
        out.push_str(before);
        rest = match tag.strip_prefix("span class=\"unseen\"") {
            Some(unseen) => unseen.split_once("</span>").unwrap().1,
            None => tag.split_once('>').unwrap().1,
        };
    }
    out.push_str(rest);
    let text = out.replace("&#39;", "'").replace("&amp;", "&");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The body of a table.
fn body(table: &str) -> Table {
    let cells = |row: &str| -> Vec<String> {
        let cells = row.split("<t").skip(1).filter(|it| it.starts_with(['d', 'h']));
        cells.map(|it| seen(it.split_once('>').unwrap().1)).collect()
    };
    let body = table.split_once("</thead>").unwrap().1;
    between(body, "<tr>", "</tr>").into_iter().map(cells).collect()
}

/// The tables that the page of a unit has: all figures in one, the newest first, with how many took part in the
/// last waves; then the spreads; then the parts of the work. Made from what the API tells, in its order: figures of
/// three measures, spreads, taking part, parts of the work.
fn tables_of_page(api: &[Table]) -> Vec<Table> {
    let (measures, rest) = api.split_at(3);
    let (spreads, rest) = if rest.len() > 2 { rest.split_at(3) } else { rest.split_at(0) };
    let took_part = &rest[0];
    let ranged = |cells: &[String]| match cells {
        [value, from, to] if value != "[c]" => format!("{value} ({from} to {to})"),
        _ => "[c]".to_owned(),
    };
    let row = |at: usize| {
        let month = measures[0][at][0].clone();
        let took = took_part.iter().find(|it| it[0] == month).map(|it| it[1].clone());
        let of = |it: &Table| [ranged(&it[at][1..4]), ranged(&it[at][5..8])];
        let figures = measures.iter().flat_map(of);
        let based = measures[0][at][4].clone();
        std::iter::once(month.clone())
            .chain(figures)
            .chain([based, took.unwrap_or_default()])
            .collect()
    };
    let figures: Table = (0..measures[0].len()).rev().map(row).collect();
    // The parts of the work stand higher on the page.
    rest[1..].iter().cloned().chain([figures]).chain(spreads.iter().cloned()).collect()
}

fn tables(page: &str) -> Vec<Table> {
    between(page, "<table", "</table>").into_iter().map(body).collect()
}

/// The rows of a file of results, without the two columns at the end that are for programs: the unit's identifier and
/// the check-in's label, which say the same as the first columns.
fn csv_rows(bytes: &[u8]) -> Table {
    assert!(bytes.starts_with("\u{FEFF}".as_bytes()), "spreadsheets need it");
    let mut reader = csv::Reader::from_reader(bytes);
    let heads: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    let month_name = heads.iter().position(|it| it == "month_name").unwrap();
    assert!(heads.ends_with(&["unit_id".to_owned(), "month".to_owned()]), "{heads:?}");
    let is_key = |it: &String| it.bytes().all(|it| it.is_ascii_lowercase() || it == b'_');
    assert!(heads.iter().all(is_key), "{heads:?}");
    let row = |it: Result<csv::StringRecord, csv::Error>| {
        let mut row: Vec<String> = it.unwrap().iter().map(str::to_owned).collect();
        let (month, unit) = (row.pop().unwrap(), row.pop().unwrap());
        let first: chrono::NaiveDate = format!("{month}-01").parse().unwrap();
        assert_eq!(first.format("%B %Y").to_string(), row[month_name]);
        assert!(unit.split(" + ").all(|it| it.parse::<uuid::Uuid>().is_ok()), "{unit}");
        row
    };
    reader.records().map(row).collect()
}

/// The heads of a file's columns, of all sheets of a workbook.
pub(super) fn heads(bytes: &[u8], ending: &str) -> Vec<String> {
    match ending {
        "csv" => {
            let mut reader = csv::Reader::from_reader(bytes);
            reader.headers().unwrap().iter().map(str::to_owned).collect()
        }
        _ => whole_sheets(bytes).into_iter().flat_map(|(_, mut rows)| rows.remove(0)).collect(),
    }
}

/// The sheets of a workbook, without their heads.
fn sheets(bytes: &[u8]) -> Vec<(String, Table)> {
    let below = |(name, rows): (String, Table)| (name, rows.into_iter().skip(1).collect());
    whole_sheets(bytes).into_iter().map(below).collect()
}

/// The sheets of a workbook: numbers as they are written, texts from the table of shared ones (ECMA-376,
/// part 1, 18.3 and 18.4).
fn whole_sheets(bytes: &[u8]) -> Vec<(String, Table)> {
    let mut book = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut part = |name: &str| {
        let mut text = String::new();
        book.by_name(name).unwrap().read_to_string(&mut text).unwrap();
        text
    };
    let plain = |it: &str| it.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
    let strings = part("xl/sharedStrings.xml");
    let strings: Vec<String> = between(&strings, "<si>", "</si>")
        .into_iter()
        .map(|it| plain(between(it, "<t", "</t>")[0].split_once('>').unwrap().1))
        .collect();
    let names = part("xl/workbook.xml");
    let names = between(&names, "<sheet name=\"", "\"").into_iter().map(plain);
    let mut read = |(at, name): (usize, String)| {
        let sheet = part(&format!("xl/worksheets/sheet{}.xml", at + 1));
        let cell = |cell: &str| match between(cell, "<v>", "</v>").first() {
            Some(at) if cell.contains(" t=\"s\"") => strings[at.parse::<usize>().unwrap()].clone(),
            Some(number) => (*number).to_owned(),
            None => String::new(),
        };
        // Cells without anything are not written; each of the others says in which column it is.
        let column = |cell: &str| cell.split('"').nth(1).unwrap().as_bytes()[0] - b'A';
        let row = |row: &str| {
            let mut cells: Vec<String> = Vec::new();
            for it in row.split("<c ").skip(1) {
                cells.resize(usize::from(column(it)), String::new());
                cells.push(cell(it));
            }
            cells
        };
        let rows: Table = between(&sheet, "<row ", "</row>").into_iter().map(row).collect();
        let width = rows.first().map_or(0, Vec::len);
        // Months are dates: so many days after 30 December 1899.
        let months = rows.first().and_then(|it| it.iter().position(|it| it == "Month"));
        let day = |it: &str| {
            let day: u64 = it.parse().unwrap();
            let first = chrono::NaiveDate::from_ymd_opt(1899, 12, 30).unwrap();
            (first + chrono::Days::new(day)).format("%B %Y").to_string()
        };
        let dated = |row: &mut Vec<String>| {
            if let Some(cell) = months.and_then(|at| row.get_mut(at)) {
                *cell = day(cell);
            }
        };
        let mut rows = rows;
        rows.iter_mut().skip(1).for_each(dated);
        let filled = |mut row: Vec<String>| {
            row.resize(width, String::new());
            row
        };
        (name, rows.into_iter().map(filled).collect())
    };
    let mut all: Vec<(String, Table)> = names.enumerate().map(&mut read).collect();
    // Where anything is shown, the first sheet says what it is.
    if all[0].0 == "About these figures" {
        let about = all.remove(0).1;
        assert!(about.len() > 4 && about.iter().all(|it| it.iter().all(|it| !it.is_empty())));
    }
    all
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or("[c]").to_owned()
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().unwrap().iter()
}

/// The tables of a unit's page, as the JSON API tells them.
fn tables_of_api(body: &Value) -> Vec<Table> {
    let figure = |it: &Value, names: &[&str]| -> Vec<String> {
        names.iter().map(|name| text(&it["figure"][name])).collect()
    };
    let mut all: Vec<Table> = list(&body["measures"])
        .map(|measure| {
            let rows = list(&measure["rows"]);
            rows.map(|row| {
                let names = ["score", "from", "to", "people", "level", "level_from", "level_to"];
                let cells = figure(row, &names);
                [vec![text(&row["month"])], cells].concat()
            })
            .collect()
        })
        .collect();
    for spread in list(&body["spread"]) {
        let bands = list(&spread["bands"]);
        all.push(bands.map(|it| vec![text(&it["name"]), text(&it["share"])]).collect());
    }
    let waves = list(&body["taking_part"]);
    all.push(waves.map(|it| vec![text(&it["month"]), text(&it["took_part"])]).collect());
    let conditions: Table = list(&body["conditions"])
        .map(|it| [vec![text(&it["name"])], figure(it, &["score", "from", "to"])].concat())
        .collect();
    if !conditions.is_empty() {
        all.push(conditions);
    }
    all
}

/// The rows of `sheet` without the first `lead` columns.
fn without(sheet: &Table, lead: usize) -> Table {
    sheet.iter().map(|row| row[lead..].to_vec()).collect()
}

/// The kind of strain on page, in file, workbook and API.
fn compare_strain(unit: &str, page: &str, api: &Value, book: &[(String, Table)], file: &Table) {
    let words = seen(page);
    let of = |it: &Value, names: &[&str]| -> Vec<String> {
        names.iter().map(|name| text(&it[*name])).collect()
    };
    let strain = &api["strain"];
    let sentences: Vec<String> = list(&strain["sentences"]).map(text).collect();
    assert!(!sentences.is_empty());
    for said in sentences.iter().chain([&text(&strain["note"])]) {
        assert!(words.contains(said), "{unit}: {said}");
    }
    let signs: Table = list(&strain["signs"]).map(|it| of(it, &["name", "word"])).collect();
    let list_on_page = between(page, "<ul class=\"kinds\">", "</ul>")[0];
    let on_page: Table = between(list_on_page, "<li>", "</li>")
        .into_iter()
        .map(|it| {
            let word = between(it, "<span class=\"word", "</span>")[0];
            let name = between(it, "<span class=\"name\">", "<span class=\"track\">")[0];
            vec![seen(name), seen(word.split_once('>').unwrap().1)]
        })
        .collect();
    assert_eq!(on_page, signs, "{unit}: page and API");
    let says = vec!["What it says".to_owned(), sentences.join(" ")];
    let told = [signs, vec![says]].concat();
    let sheet = book.iter().find(|it| it.0 == OF_STRAIN).map(|it| it.1.clone()).unwrap_or_default();
    assert_eq!(without(&sheet, 2), told, "{unit}: API and workbook");
    let lines = file.iter().filter(|row| row[2] == OF_STRAIN);
    let lines: Table = lines.map(|row| row[3..5].to_vec()).collect();
    assert_eq!(lines, told, "{unit}: API and file");
}

/// Title of the table that `compare_strain` looks at.
const OF_STRAIN: &str = "What kind of strain";

/// Page, file, workbook and API of a unit, compared; how many tables they are, none if it is withheld.
async fn compare(site: &Site, cookie: &str, unit: &str) -> usize {
    let ask = async |path: String| {
        let answer = site.app(get(&path).insert_header((header::COOKIE, cookie))).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}");
        answer
    };
    let id = site.unit(unit);
    let page = ask(format!("/team/{id}")).await.text();
    let on_page = tables(&page);
    if on_page.is_empty() {
        return 0;
    }
    let api = site.read(&format!("/api/v1/units/{id}/trend"), cookie).await;
    let told = tables_of_api(&api);
    assert_eq!(on_page, tables_of_page(&told), "{unit}: page and API");
    let words = seen(&page);
    let judged = list(&api["measures"]).filter_map(|it| it["judged"].as_str());
    let lead = list(&api["everywhere"]).chain(list(&api["lead"])).filter_map(Value::as_str);
    for sentence in judged.chain(lead) {
        assert!(words.contains(sentence), "{unit}: {sentence}");
    }

    // The workbook: months of all measures on one sheet, the three spreads on another.
    let book = sheets(&ask(format!("/team/{id}/data.xlsx")).await.body);
    let mut expected: Vec<Table> = vec![told[..3].concat()];
    let mut rest = &told[3..];
    if rest.len() > 2 {
        expected.push(rest[..3].concat());
        rest = &rest[3..];
    }
    expected.extend(rest.iter().cloned());
    let other = |it: &&(String, Table)| it.0 != OF_STRAIN;
    let in_book: Vec<Table> = book
        .iter()
        .filter(other)
        .enumerate()
        .map(|(at, (name, sheet))| match (at, name.as_str()) {
            // Unit, month, measure, score and people, whose questions they are, and the level.
            (0, _) => {
                sheet.iter().map(|row| [&row[1..2], &row[3..7], &row[8..11]].concat()).collect()
            }
            (_, "How answers are spread") => without(sheet, 3),
            (_, "Parts of the work") => without(sheet, 2),
            _ => without(sheet, 1),
        })
        .collect();
    assert_eq!(in_book, expected, "{unit}: API and workbook");

    // The file: one table with everything; what a row does not have is empty.
    let file = csv_rows(&ask(format!("/team/{id}/data.csv")).await.body);
    let name = between(&page, "<h1>", " <span")[0].to_owned();
    assert!(file.iter().all(|row| row[0] == name && row.len() == 12), "{unit}");
    let credit = text(&api["asked"]["credit"]);
    assert!(!credit.is_empty() && file.iter().all(|row| row[8].contains(&credit)), "{unit}");
    compare_strain(unit, &page, &api, &book, &file);
    let in_file: Table = file
        .iter()
        .filter(|row| row[2] != OF_STRAIN)
        .map(|row| {
            let first = if row[3].is_empty() { &row[1] } else { &row[3] };
            let cells = row[4..8].iter().chain(&row[9..12]).filter(|it| !it.is_empty());
            std::iter::once(first).chain(cells).cloned().collect()
        })
        .collect();
    assert_eq!(in_file, told.concat(), "{unit}: API and file");
    told.len()
}

#[actix_web::test]
async fn page_file_workbook_and_api_of_a_unit_say_the_same() {
    let site = nine_waves();
    let cookie = site.cookie_of("hr@example.org");
    let mut kinds = Vec::new();
    for unit in ["Hospital", "Elm", "Oak", "Ash", "Hazel", "Yew"] {
        kinds.push(compare(&site, &cookie, unit).await);
    }
    assert_eq!(kinds, [8, 8, 7, 7, 7, 7], "trends, spreads, taking part, parts of the work");
    let path = format!("/team/{}/data.csv", site.unit("Oak"));
    let oak = site.app(get(&path).insert_header((header::COOKIE, cookie))).await;
    let oak = csv_rows(&oak.body);
    let march: Vec<_> = oak.iter().filter(|row| row[1] == "March 2026").collect();
    assert_eq!(march.len(), 3, "taking part is told of the last six waves only");
    assert!(march.iter().all(|row| row[4..8].iter().all(|it| it == "[c]")), "{march:?}");
}

#[actix_web::test]
async fn two_hundred_random_units_say_the_same_everywhere() {
    let mut tables = 0;
    for seed in 0.. {
        if tables >= 200 {
            break;
        }
        let mut dice = ChaCha8Rng::seed_from_u64(seed);
        let mut roll = move |sides: u32| dice.random_range(0..sides);
        let site = waves(|_, _, eligible| {
            let answers = roll(eligible + 1);
            let (lowest, spread) = (roll(70), 1 + roll(30));
            (0..answers).map(|_| (lowest + roll(spread)) as u8).collect()
        });
        let cookie = site.cookie_of("hr@example.org");
        for unit in std::iter::once("Hospital").chain(TEAMS.map(|(name, _)| name)) {
            tables += usize::from(compare(&site, &cookie, unit).await > 0);
        }
    }
}

#[actix_web::test]
async fn a_withheld_unit_is_nowhere() {
    let site = nine_waves();
    let cookie = site.cookie_of("hr@example.org");
    // Those below it are shown together with others, so that nothing may be said of it by itself.
    let grove = site.unit("Grove");
    for path in ["", "/data.csv", "/data.xlsx"].map(|it| format!("/team/{grove}{it}")) {
        let answer = site.app(get(&path).insert_header((header::COOKIE, cookie.as_str()))).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}");
        match path.rsplit('.').next() {
            Some("csv") => assert!(csv_rows(&answer.body).is_empty()),
            Some("xlsx") => assert!(sheets(&answer.body).iter().all(|(_, rows)| rows.is_empty())),
            _ => assert!(
                tables(&answer.text()).is_empty() && !answer.text().contains("class=\"chart\"")
            ),
        }
    }
    let api = site.read(&format!("/api/v1/units/{grove}/trend"), &cookie).await;
    assert_eq!((&api["state"], api.get("measures")), (&"withheld".into(), None));
}

#[actix_web::test]
async fn the_table_of_units_says_the_same_everywhere() {
    let site = nine_waves();
    let cookie = site.cookie_of("hr@example.org");
    let ask = async |path: &str| {
        let answer = site.app(get(path).insert_header((header::COOKIE, cookie.as_str()))).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}");
        answer
    };
    let file = csv_rows(&ask("/org/data.csv").await.body);
    let book = sheets(&ask("/org/data.xlsx").await.body);
    assert_eq!(book[0].1, file, "file and workbook");
    assert!(!book[1].1.is_empty());

    let api = site.read("/api/v1/organisation/trend", &cookie).await;
    let of_api = |row: &Value, name: &str| -> Vec<String> {
        let mut cells = vec![text(&row[name])];
        for scale in ["burnout", "sts", "cs"] {
            let mark = &row["marks"][scale];
            let way = match mark["own_past"].as_str() {
                Some("higher") => "Higher than usual",
                Some("lower") => "Lower than usual",
                Some("first-sign-higher") => "Perhaps higher",
                Some("first-sign-lower") => "Perhaps lower",
                _ => "",
            };
            let against = mark["against_organisation"].as_str();
            let against = against.map(|it| format!("{it} than the organisation"));
            cells.push(text(&row["scores"][scale]));
            if row["scores"].is_null() {
                cells.extend(["[c]".to_owned(), "[c]".to_owned()]);
            } else {
                cells.extend([way.to_owned(), against.unwrap_or_default()]);
            }
        }
        cells.push(text(&row["strain"]));
        cells.push(text(&row["took_part"]));
        cells.push(row["together_with"].as_str().unwrap_or_default().to_owned());
        cells
    };
    let mut in_api: Table = list(&api["units"]).map(|it| of_api(it, "name")).collect();
    in_api.extend(list(&api["together"]).map(|it| of_api(it, "names")));
    let figures: Table = file.iter().map(|row| row[1..row.len() - 1].to_vec()).collect();
    assert_eq!(figures, in_api, "file and API");

    let marks = |what: &str| in_api.iter().flatten().filter(|it| *it == what).count();
    assert!(
        marks("Perhaps higher") > 0 && marks("heavier than the organisation") > 0,
        "{in_api:?}"
    );
}

/// "Fewer than 1 in 10" is not nobody: nothing makes a 0 of it.
#[actix_web::test]
async fn fewer_than_one_in_ten_is_never_told_as_none() {
    let site = waves(|_, _, eligible| vec![90; eligible as usize]);
    let (cookie, id) = (site.cookie_of("hr@example.org"), site.unit("Elm"));
    compare(&site, &cookie, "Elm").await;
    let ask = async |path: String| {
        site.app(get(&path).insert_header((header::COOKIE, cookie.as_str()))).await
    };
    let few = "fewer than 1 in 10";
    let is_none = |it: &String| it == "0" || it.starts_with("0 ") || it.starts_with("about 0");
    let told = |shares: Vec<String>| {
        assert!(shares.iter().any(|it| it == few) && !shares.iter().any(is_none), "{shares:?}");
    };
    let api = site.read(&format!("/api/v1/units/{id}/trend"), &cookie).await;
    let bands = list(&api["spread"]).flat_map(|it| list(&it["bands"]));
    told(bands.map(|it| text(&it["share"])).collect());
    let page = ask(format!("/team/{id}")).await.text();
    assert!(page.contains(few) && !page.contains(": 0/10"));
    let column = |rows: &Table| rows.iter().filter_map(|row| row.get(4).cloned()).collect();
    told(column(&csv_rows(&ask(format!("/team/{id}/data.csv")).await.body)));
    let book = sheets(&ask(format!("/team/{id}/data.xlsx")).await.body);
    told(column(&book.iter().find(|it| it.0 == "How answers are spread").unwrap().1));
}

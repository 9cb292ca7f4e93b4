//! Reports of the demo's organisation, read back: what assistive technology finds in them, what validators
//! say, and whether their figures are those of the published table.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
    process::Command,
    sync::OnceLock,
};

use hayro_syntax::object::{Dict, Name, Object, Stream};
use tempfile::TempDir;
use tideline_aggregation::Release;
use tideline_domain::{Role, UnitId};
use tideline_report::{
    pdf::{Look, Paper},
    view::{self, UnitPage, UnitView},
    words,
};
use tideline_server::{
    cli::DemoArgs,
    config::Config,
    context::{Context, system_clock},
    demo, serve,
};
use tideline_text::{Language, Text};

use crate::{
    support::{free_port, http, missing, pdf_text},
    tagged::{Element, Tagged, text_of},
};

/// The demo, made once for all tests of reports.
pub(crate) struct Demo {
    pub(crate) context: Context,
    pub(crate) history: Vec<Release>,
    app: actix_web::web::Data<tideline_api::App>,
    _folder: TempDir,
}

pub(crate) fn demo() -> &'static Demo {
    static DEMO: OnceLock<Demo> = OnceLock::new();
    DEMO.get_or_init(|| {
        let folder = TempDir::new().unwrap();
        let out = folder.path().join("demo");
        let args =
            DemoArgs { out: out.clone(), people: 160, waves: 8, seed: 7, no_serve: true, port: 1 };
        demo::run(&args).unwrap();
        let mut config = Config::load(None).unwrap();
        config.app_listen = ([127, 0, 0, 1], free_port()).into();
        config.ballot_listen = ([127, 0, 0, 1], free_port()).into();
        config.app_origin =
            format!("http://localhost:{}", config.app_listen.port()).parse().unwrap();
        let sqlite = format!("sqlite:{}", out.join("tideline.sqlite").display());
        config.database = sqlite.parse().unwrap();
        config.data = out;
        config.workers = 1;
        let context = Context::open(config, system_clock()).unwrap();
        let history = context.store.releases().unwrap();
        let app = actix_web::web::Data::new(serve::app(&context).unwrap());
        // Runs as long as the tests do.
        std::mem::forget(serve::start(&context, app.clone()).unwrap());
        Demo { context, history, app, _folder: folder }
    })
}

const LANGUAGES: [Text; 2] = [Text::new(Language::English), Text::new(Language::German)];

/// The organisation; a team that is shown alone; one that is shown with others; one that is withheld.
fn subjects(demo: &Demo) -> Vec<(&'static str, Option<UnitId>)> {
    let view = view::organisation_view(&demo.history, LANGUAGES[0]).unwrap();
    let leaf = |it: &&view::UnitRow| it.depth > 0;
    let mut rows = view.units.iter().filter(leaf);
    let shown = rows.clone().rfind(|it| it.cells.is_some()).unwrap().unit;
    let pooled = rows.clone().find(|it| it.together_with.is_some());
    let hidden = rows.find(|it| it.cells.is_none() && it.together_with.is_none());
    let mut found = vec![("organisation", None), ("shown", Some(shown))];
    found.extend(pooled.map(|it| ("pooled", Some(it.unit))));
    found.extend(hidden.map(|it| ("hidden", Some(it.unit))));
    found
}

fn report(demo: &Demo, unit: Option<UnitId>, text: Text, paper: Paper) -> Vec<u8> {
    let look = Look { paper, ..Look::default() };
    tideline_api::report_pdf(
        &demo.context.store,
        &demo.history,
        unit,
        &tideline_api::ReportStyle {
            zone: chrono_tz::Tz::UTC,
            now: demo.context.now(),
            text,
            look: &look,
            contact: "the wellbeing office",
            origin: "https://app.example.org",
        },
    )
    .unwrap()
}

/// Its name, what it is about, its language, and the file.
pub(crate) type Report = (String, Option<UnitId>, Text, Vec<u8>);

/// Every report of the demo.
pub(crate) fn reports() -> &'static [Report] {
    static REPORTS: OnceLock<Vec<Report>> = OnceLock::new();
    REPORTS.get_or_init(|| {
        let demo = demo();
        let mut all = Vec::new();
        for (name, unit) in subjects(demo) {
            for text in LANGUAGES {
                let papers = if unit.is_none() { &Paper::ALL[..] } else { &[Paper::A4] };
                for paper in papers {
                    let name = format!("{name}-{}-{}", text.language().tag(), paper.code());
                    let pdf = report(demo, unit, text, *paper);
                    if let Some(folder) = std::env::var_os("TIDELINE_LOOK") {
                        fs::write(Path::new(&folder).join(format!("{name}.pdf")), &pdf).unwrap();
                    }
                    all.push((name, unit, text, pdf));
                }
            }
        }
        all
    })
}

#[test]
fn the_same_release_gives_the_same_bytes() {
    let demo = demo();
    for (name, unit, text, pdf) in reports().iter().filter(|it| it.0.ends_with("en-a4")) {
        assert!(*pdf == report(demo, *unit, *text, Paper::A4), "{name}");
    }
}

#[test]
fn a_report_says_what_it_is() {
    for (name, _, text, pdf) in reports() {
        let read = Tagged::read(pdf);
        let catalog = read.catalog();
        let expected = match text.language() {
            Language::English => "en-GB",
            Language::German => "de-DE",
        };
        assert_eq!(text_of(&catalog, "Lang").as_deref(), Some(expected), "{name}");
        let said = |of: &str, key: &str| catalog.get::<Dict<'_>>(of).and_then(|it| it.get(key));
        assert_eq!(said("MarkInfo", "Marked"), Some(true), "{name}");
        // Poppler up to 25.11 takes this for a mistake; PDF/UA-1 7.1 wants it.
        assert_eq!(said("MarkInfo", "Suspects"), Some(false), "{name}");
        assert_eq!(said("ViewerPreferences", "DisplayDocTitle"), Some(true), "{name}");
        let metadata = catalog.get::<Stream<'_>>("Metadata").unwrap().decoded().unwrap();
        let metadata = String::from_utf8(metadata.into_owned()).unwrap();
        for said in [
            "<pdfuaid:part>1</pdfuaid:part>",
            "<pdfaid:part>2</pdfaid:part>",
            "<pdfaid:conformance>A</pdfaid:conformance>",
            "<dc:title>",
        ] {
            assert!(metadata.contains(said), "{name}: {said} in {metadata}");
        }
        for page in read.pdf.pages().iter() {
            assert!(page.raw().contains_key("StructParents"), "{name}");
        }
    }
}

#[test]
fn every_font_is_in_the_file_and_can_be_copied_from() {
    for (name, .., pdf) in reports() {
        let read = Tagged::read(pdf);
        let is_font =
            |it: &Dict<'_>| it.get::<Name<'_>>("Type").is_some_and(|it| it.as_str() == "Font");
        let fonts: Vec<Dict<'_>> =
            read.pdf.objects().into_iter().filter_map(Object::into_dict).filter(is_font).collect();
        assert!(fonts.len() >= 2, "{name}");
        for font in fonts {
            if font.get::<Name<'_>>("Subtype").unwrap().as_str() == "Type0" {
                assert!(font.contains_key("ToUnicode"), "{name}");
            } else {
                let descriptor: Dict<'_> = font.get("FontDescriptor").unwrap();
                let embedded = ["FontFile", "FontFile2", "FontFile3"];
                assert!(embedded.iter().any(|it| descriptor.contains_key(it)), "{name}");
            }
        }
    }
}

#[test]
fn the_structure_tells_what_the_eye_sees() {
    for (name, unit, text, pdf) in reports() {
        let read = Tagged::read(pdf);
        let mut level = 0;
        let mut headings = Vec::new();
        read.root.each(&mut |it| match it.role.as_str() {
            "H1" | "H2" | "H3" => {
                let at: usize = it.role[1..].parse().unwrap();
                assert!(at <= level + 1, "{name}: {} after level {level}", it.role);
                assert!(!it.text().is_empty(), "{name}: an empty heading");
                level = at;
                headings.push((at, it.text()));
            }
            "Figure" => {
                let alt = it.alt.as_deref().unwrap_or_default();
                assert!(alt.len() > 2, "{name}: a figure without words");
            }
            _ => {}
        });
        assert_eq!(read.bookmarks(), headings, "{name}");
        for table in read.tables() {
            check_table(name, table);
        }
        let figures = read.root.all("Figure").len();
        let shown = figures > 0;
        assert_eq!(shown, !name.starts_with("hidden"), "{name}: {figures} figures");
        if shown {
            assert_eq!(headings[1].1, text.tr("report-one-minute"), "{name}");
        }
        let units = headings.iter().any(|it| it.1 == text.tr("report-units"));
        assert_eq!(units, unit.is_none(), "{name}");
    }
}

/// A first row whose cells speak for their columns, and rows as wide as it, of which the first cell
/// speaks for the row.
fn check_table(name: &str, table: &Element) {
    let rows = table.all("TR");
    let heads = &rows[0].children;
    assert!(heads.len() >= 2 && rows.len() >= 2, "{name}");
    for it in heads {
        assert_eq!((it.role.as_str(), it.scope.as_deref()), ("TH", Some("Column")), "{name}");
        assert!(!it.text().is_empty(), "{name}: an empty header");
    }
    for row in &rows[1..] {
        assert_eq!(row.children.len(), heads.len(), "{name}: {}", row.text());
        let [first, others @ ..] = row.children.as_slice() else { panic!("{name}: an empty row") };
        assert_eq!((first.role.as_str(), first.scope.as_deref()), ("TH", Some("Row")), "{name}");
        assert!(others.iter().all(|it| it.role == "TD"), "{name}: {}", row.text());
    }
}

/// Signs in as HR and reads what is under `path`.
pub(crate) fn read(demo: &Demo, path: &str, language: Language) -> Vec<u8> {
    let hr = demo.context.store.people_with_role(tideline_store::RoleKind::Hr).unwrap().remove(0);
    assert!(hr.roles.contains(&Role::Hr));
    let now = demo.context.now();
    let link = demo.app.sign_in_link(hr.id, now, chrono::TimeDelta::hours(1)).unwrap();
    let origin = demo.context.config.app_origin.as_str();
    let code = format!("code={}", link.split('#').nth(1).unwrap());
    let form = [("origin", origin), ("content-type", "application/x-www-form-urlencoded")];
    let signed_in = http("POST", &format!("{origin}/in"), &form, code.as_bytes());
    let cookie = signed_in.header("set-cookie").unwrap().split(';').next().unwrap().to_owned();
    let headers = [("cookie", cookie.as_str()), ("accept-language", language.tag())];
    let reply = http("GET", &format!("{origin}{path}"), &headers, b"");
    assert_eq!(reply.status, 200, "{path}: {}", reply.text());
    reply.body
}

/// A file of published figures; rows without the header.
fn file(demo: &Demo, path: &str, language: Language) -> Vec<Vec<String>> {
    let body = read(demo, path, language);
    let mut lines = csv::Reader::from_reader(body.as_slice());
    let credit = Text::new(language).tr("asked-own-credit");
    let whose = lines.headers().unwrap().iter().position(|it| it == "questionnaire").unwrap();
    let row = |it: Result<csv::StringRecord, csv::Error>| {
        let mut row: Vec<String> = it.unwrap().iter().map(str::to_owned).collect();
        assert_eq!(row.remove(whose), credit, "{path}");
        // The unit's identifier and the label of the check-in.
        row.truncate(row.len() - 2);
        row
    };
    lines.records().map(row).collect()
}

fn heads(text: Text, names: &[&str]) -> Vec<String> {
    names.iter().map(|it| text.tr(&format!("report-head-{it}"))).collect()
}

#[test]
fn the_units_of_the_report_are_those_of_the_published_file() {
    let demo = demo();
    for (name, .., text, pdf) in reports().iter().filter(|it| it.1.is_none()) {
        let read = Tagged::read(pdf);
        let mut published = file(demo, "/org/data.csv", text.language());
        let of_units = |head: &str| {
            let head = text.tr(head);
            let tables = read.tables().into_iter().map(Element::rows);
            tables.into_iter().find(|it| it[0].len() == 6 && it[0][0] == head && it[1].len() == 6)
        };
        let units = of_units("report-head-unit").unwrap();
        let below = text.tr("report-see-below");
        let mut printed: Vec<Vec<String>> = units[1..].to_vec();
        for row in &mut printed {
            row[5] = row[5].replace(&below, "").trim().to_owned();
        }
        if let Some(pools) = of_units("report-head-units") {
            printed.extend_from_slice(&pools[1..]);
        }
        // Month and unit, each score with what its marks say, kind of strain, who took part; then what pages add in words.
        for row in &mut published {
            *row = [1, 2, 5, 8, 11, 12].map(|at| row[at].clone()).to_vec();
        }
        // A name longer than its column has a hyphen where its line ends.
        for row in printed.iter_mut().chain(&mut published) {
            row[0].retain(char::is_alphanumeric);
        }
        assert!(printed.len() > 8, "{name}");
        for (printed, published) in printed.iter().zip(&published) {
            assert_eq!(printed, published, "{name}");
        }
        assert_eq!(printed.len(), published.len(), "{name}");
    }
}

#[test]
fn the_figures_of_a_report_are_those_of_the_published_file() {
    let demo = demo();
    let root = demo.history.last().unwrap().tree().root().id;
    for (name, unit, text, pdf) in reports().iter().filter(|it| !it.0.starts_with("hidden")) {
        let read = Tagged::read(pdf);
        let path = format!("/team/{}/data.csv", unit.unwrap_or(root));
        let mut published: BTreeMap<String, Vec<[String; 4]>> = BTreeMap::new();
        let mut ranges = BTreeSet::new();
        for row in file(demo, &path, text.language()) {
            let [_, month, measure, _, score, from, to, people, level, level_from, level_to] =
                <[String; 11]>::try_from(row).unwrap();
            // Other tables of the page tell nothing about how many people a row is based on.
            if people.is_empty() {
                continue;
            }
            let withheld = from == words::WITHHELD_MARK;
            let (score, level) = match withheld {
                true => (from, level),
                false => {
                    let likely = text.tr2("from-to", "from", &from, "to", &to);
                    let ranged = |value: &str, from: &str, to: &str| {
                        text.tr_with(
                            "figure-ranged",
                            &[("value", &value), ("from", &from), ("to", &to)],
                        )
                    };
                    ranges.insert(format!("{} {likely}", text.tr("measure-likely")));
                    let score = text.tr2("report-figure", "value", &score, "likely", &likely);
                    (score, ranged(&level, &level_from, &level_to))
                }
            };
            published.entry(measure).or_default().push([month, score, level, people]);
        }
        assert_eq!(published.len(), 3, "{name}");
        let printed = figures(&read, *text);
        for (at, scale) in tideline_domain::Scale::ALL.into_iter().enumerate() {
            let measure = words::scale_title(scale, *text);
            let columns = [0, 1 + 2 * at, 2 + 2 * at, 7];
            let printed: Vec<[String; 4]> =
                printed[1..].iter().map(|row| columns.map(|it| row[it].clone())).collect();
            assert_eq!(printed, published[&measure], "{name}: {measure}");
        }
        // The first page says the last of them.
        let said = read.root.text();
        let told = ranges.iter().filter(|it| said.contains(it.as_str())).count();
        assert!(told >= 1, "{name}: {ranges:?} in {said}");
    }
}

/// The table of all figures of a report.
fn figures(read: &Tagged, text: Text) -> Vec<Vec<String>> {
    let head = text.tr("report-head-checkin");
    let tables = read.tables().into_iter().map(Element::rows);
    tables.into_iter().find(|it| it[0].len() == 8 && it[0][0] == head).unwrap()
}

/// What the signs in the three charts mean stands on the page on which they are, whatever is said beside them.
#[test]
fn trends_share_a_page_with_their_key() {
    let mut found = 0;
    for (name, unit, text, pdf) in reports() {
        let history = &demo().history;
        let view = match unit {
            None => view::organisation_view(history, *text).and_then(|it| it.whole),
            Some(unit) => match view::unit_page(history, *unit, *text) {
                UnitPage::Shown(view) => Some(view),
                _ => None,
            },
        };
        let (Some(view), Some(printed)) = (view, pdf_text(pdf)) else { continue };
        let key = text.tr("report-trends-key");
        let key: Vec<&str> = key.split_whitespace().take(3).collect();
        let pages =
            printed.split('\x0c').map(|it| it.split_whitespace().collect::<Vec<_>>().join(" "));
        let page = pages.into_iter().find(|it| it.contains(&key.join(" "))).unwrap();
        assert!(page.contains(&text.tr("report-trends")), "{name}: {page}");
        for panel in &view.panels {
            assert!(page.contains(&panel.title), "{name}: {page}");
        }
        found += 1;
    }
    assert!(found >= 6 || missing("pdftotext", "-v"), "{found}");
}

#[test]
fn spreads_drivers_and_participation_are_those_of_the_page() {
    let demo = demo();
    for (name, unit, text, pdf) in reports() {
        let view = match unit {
            None => view::organisation_view(&demo.history, *text).unwrap().whole.unwrap(),
            Some(unit) => match view::unit_page(&demo.history, *unit, *text) {
                UnitPage::Shown(view) => view,
                _ => continue,
            },
        };
        let read = Tagged::read(pdf);
        let number = |it: f64| words::whole(it);
        if !view.spreads.is_empty() {
            let table = read.table(&heads(*text, &["measure", "lower", "middle", "higher"]));
            for (row, spread) in table[1..].iter().zip(&view.spreads) {
                let tenths = spread.tenths.map(|it| it.map(|n| text.tr1("in-ten", "n", n)));
                let expected =
                    tenths.unwrap_or_else(|| [(); 3].map(|()| words::WITHHELD_MARK.into()));
                let title = std::iter::once(&spread.title).chain(&spread.notes);
                let title = title.map(String::as_str).collect::<Vec<_>>().join(" ");
                assert_eq!((&row[0], &row[1..]), (&title, &expected[..]), "{name}");
            }
        }
        if let Some(drivers) = &view.drivers {
            let table = read.table(&heads(*text, &["driver", "score", "likely"]));
            let expected: Vec<Vec<String>> = drivers
                .rows
                .iter()
                .map(|it| {
                    let (score, low, high) = it.figure.unwrap();
                    let likely = text.tr2("from-to", "from", number(low), "to", number(high));
                    vec![it.label.clone(), number(score), likely]
                })
                .collect();
            assert_eq!(table[1..], expected, "{name}");
        }
        strain_of_the_page(name, &read, &view, *text);
        let shares: Vec<&String> = view.taking_part.iter().map(|it| &it.1).collect();
        let part = text.tr("report-head-part");
        let tables = read.tables().into_iter().map(Element::rows);
        let parts = tables.into_iter().find(|it| it[1][0] == part).unwrap();
        assert_eq!(parts[1][1..].iter().collect::<Vec<_>>(), shares, "{name}");
        // Charts say the same in words.
        let alts: BTreeSet<&str> =
            read.root.all("Figure").iter().filter_map(|it| it.alt.as_deref()).collect();
        let told = view.panels.iter().map(|it| it.chart.description.as_str());
        for description in told {
            assert!(alts.contains(description), "{name}: {description}");
        }
    }
    // A spread is told while a group stays the same people, of this organisation once; the one told last is shown
    // until half of a group are others.
    let organisation = |history: &[Release]| {
        view::organisation_view(history, LANGUAGES[0]).unwrap().whole.unwrap()
    };
    assert!(organisation(&demo.history).drivers.is_some());
    assert!(!organisation(&demo.history[..1]).spreads.is_empty());
}

/// The kind of strain of a report is that of the page.
fn strain_of_the_page(name: &str, read: &Tagged, view: &UnitView, text: Text) {
    let heads = ["strain-column", "strain-against"].map(|id| text.tr(id));
    let expected: Vec<Vec<String>> =
        view.strain.rows.iter().map(|it| vec![it.name.clone(), it.word.clone()]).collect();
    // The organisation's names the teams in its place.
    let tables = read.tables().into_iter().map(Element::rows);
    let kind = tables.into_iter().find(|it| it[0] == heads);
    assert_eq!(kind.is_none(), name.starts_with("organisation"), "{name}");
    if let Some(kind) = kind {
        assert_eq!(kind[1..], expected, "{name}");
    }
    let said = read.root.text();
    for sentence in &view.strain.sentences {
        assert!(said.contains(sentence), "{name}: {sentence}");
    }
}

#[test]
fn other_readers_find_nothing_wrong() {
    if missing("qpdf", "--version") {
        return;
    }
    let folder = TempDir::new().unwrap();
    for (name, _, _, pdf) in reports() {
        let path = folder.path().join(format!("{name}.pdf"));
        fs::write(&path, pdf).unwrap();
        let checked = Command::new("qpdf").arg("--check").arg(&path).output().unwrap();
        let said = String::from_utf8_lossy(&checked.stdout).into_owned();
        assert!(checked.status.success(), "{name}: {said}");
        assert!(said.contains("No syntax or stream encoding errors found"), "{name}: {said}");
    }
}

#[test]
fn poppler_reads_the_same_structure_and_figures() {
    if missing("pdfinfo", "-v") {
        return;
    }
    let folder = TempDir::new().unwrap();
    for (name, _, text, pdf) in reports() {
        let path = folder.path().join(format!("{name}.pdf"));
        fs::write(&path, pdf).unwrap();
        let output = Command::new("pdfinfo").arg("-struct-text").arg(&path).output().unwrap();
        let tree = String::from_utf8_lossy(&output.stdout).into_owned();
        let read = Tagged::read(pdf);
        let is = |line: &str, role: &str| {
            line.split_whitespace().next().is_some_and(|it| it.trim_end_matches(':') == role)
        };
        for role in ["H1", "H2", "Table", "TR", "TH", "TD", "Figure", "L", "LI"] {
            let found = tree.lines().filter(|it| is(it, role)).count();
            assert_eq!(found, read.root.all(role).len(), "{name}: {role}");
        }
        let Some(words) = pdf_text(pdf) else { return };
        let lines: Vec<Vec<&str>> =
            words.lines().map(|it| it.split_whitespace().collect()).collect();
        if !read.root.all("Figure").is_empty() {
            for row in &figures(&read, *text)[1..] {
                let row = row.join(" ");
                let row: Vec<&str> = row.split_whitespace().collect();
                assert!(lines.contains(&row), "{name}: {row:?}");
            }
        }
    }
}

//! Charts as SVG, drawn by plotters: the same code for screen, paper and mail.
//!
//! Each kind of chart has a module: [`trend`], [`card`], [`spread`], [`participation`], [`drivers`];
//! those of [`small`] and [`spark`] stand in rows. They share one theme, take plain numbers and finished words, and are drawn in two
//! widths, 720 and 256 units, so that text stays readable on a phone without scaling. The table of
//! units is a real table; [`heat`] says which of its cells earn a tint.
//!
//! Shape says direction (▲ ▼), colour says meaning (ochre heavier, teal lighter), words say both.
//! Every chart has a title and a description for those who do not see it. A withheld figure is a mark
//! of fixed size at a fixed place: nothing about it depends on what it stands for.

pub mod card;
pub mod drivers;
pub mod heat;
pub mod participation;
mod pen;
pub mod small;
pub mod spark;
pub mod spread;
mod theme;
pub mod trend;

pub use self::{
    card::{CardSize, card_svg},
    drivers::{DriverRow, DriversChart, drivers_svg},
    heat::HeatStep,
    participation::{ParticipationChart, Share, participation_svg},
    small::{AgainstUsual, Placed, Turn, against_svg, placed_svg},
    spark::spark_svg,
    spread::{SpreadChart, spread_svg},
    trend::{Earlier, LeverMark, Point, Signal, TrendChart, trend_svg},
};

/// How large a chart is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChartSize {
    /// 720 units wide.
    Wide,
    /// 256 units wide, for phones.
    Narrow,
    /// 720 units wide and low: three trends share a sheet of paper with more.
    Paper,
}

impl ChartSize {
    const fn width(self) -> f64 {
        match self {
            Self::Wide | Self::Paper => 720.0,
            Self::Narrow => 256.0,
        }
    }

    const fn code(self) -> &'static str {
        match self {
            Self::Wide => "wide",
            Self::Narrow => "narrow",
            Self::Paper => "paper",
        }
    }
}

/// Where the colours come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ink {
    /// From the page, by class, so that light, dark and forced colours are the page's:
    /// [`chart_css`] has a rule for each class.
    Css,
    /// Written in, for paper: the light colours.
    Print,
}

pub use self::theme::chart_css;

/// What a withheld figure is marked with in every chart.
const WITHHELD: &str = crate::words::WITHHELD_MARK;
/// What a new series is marked with: the unit changed there, so nothing is compared across.
const BREAK: &str = "[b]";

#[cfg(test)]
mod tests {
    use super::*;

    type Draw = Box<dyn Fn(ChartSize, Ink) -> String>;

    fn point(value: f64, signal: Signal) -> Option<Point> {
        let (low, high) = (value - 9.0, value + 9.0);
        Some(Point { value, low, high, level: value, signal, lasting: true })
    }

    fn trend(id: &str) -> TrendChart {
        let scores =
            [44, 49, 42, 45, 0, 47, 0, 51, 56, 55, 58, 61, 60, 63].map(|it: i32| f64::from(it));
        let mut points: Vec<Option<Point>> =
            scores.iter().map(|it| point(*it, Signal::None)).collect();
        points[4] = None;
        points[6] = None;
        for at in 11..14 {
            points[at] = point(scores[at], Signal::HigherHeavier);
        }
        points[10] =
            points[10].map(|it| Point { signal: Signal::HigherHeavier, lasting: false, ..it });
        let names = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct"];
        let names = names.into_iter().chain(["Nov", "Dec"]);
        TrendChart {
            id: id.into(),
            title: "Burnout strain".into(),
            description: "Line chart of burnout strain from 0 to 100.".into(),
            months: names
                .cycle()
                .take(14)
                .enumerate()
                .map(|(at, it)| (it.to_owned(), Some(2025 + at as i32 / 12)))
                .collect(),
            points,
            tips: Vec::new(),
            usual: Some((34.0, 46.0, 58.0)),
            usual_over_time: Vec::new(),
            slots: Vec::new(),
            earlier: [None, None],
            usual_label: "usual range".into(),
            breaks: vec![2],
            levers: vec![LeverMark { at: 9, label: "L1".into() }],
        }
    }

    fn all() -> Vec<(String, Draw)> {
        let words = |it: &str| (it.to_owned(), format!("{it}, drawn"), format!("{it} in words"));
        let spread = |id: &str, tenths, higher_is_lighter| {
            let (id, title, description) = words(id);
            let bands = ["lower", "middle", "higher"].map(str::to_owned);
            let notes = Vec::new();
            SpreadChart {
                id,
                title,
                description,
                tenths,
                older: None,
                notes,
                bands,
                higher_is_lighter,
            }
        };
        let spreads = [
            spread("spread-burnout", Some([3, 4, 3]), false),
            spread("spread-cs", Some([1, 3, 6]), true),
            spread("spread-hidden", None, false),
        ];
        let (id, title, description) = words("taking-part");
        let shares = [Share::About(6), Share::AtMost(4), Share::About(5), Share::AtLeast(9)];
        let mut waves: Vec<(String, Option<Share>)> = ["Oct", "Nov", "Dec", "Jan"]
            .map(str::to_owned)
            .into_iter()
            .zip(shares.map(Some))
            .collect();
        waves.insert(2, ("Feb".into(), None));
        let participation = ParticipationChart { id, title, description, waves };
        let (id, title, description) = words("drivers");
        let rows =
            ["Workload and pace", "Time to recover", "Say over the work", "Clear roles", "Support"];
        let drivers = DriversChart {
            id,
            title,
            description,
            low_end: "lighter".into(),
            high_end: "heavier".into(),
            rows: rows
                .into_iter()
                .zip([Some(66.0), Some(48.0), None, Some(31.0), Some(52.0)])
                .map(|(label, at)| DriverRow {
                    label: label.into(),
                    figure: at.map(|it| (it, it - 7.0, it + 7.0)),
                })
                .collect(),
        };
        let trend = trend("burnout");
        let mut all: Vec<(String, Draw)> = Vec::new();
        let mut add = |id: &str, draw: Draw| all.push((id.to_owned(), draw));
        add("trend", Box::new(move |size, ink| trend_svg(&trend, size, ink)));
        for spread in spreads {
            add(&spread.id.clone(), Box::new(move |size, ink| spread_svg(&spread, size, ink)));
        }
        add(
            "participation",
            Box::new(move |size, ink| participation_svg(&participation, size, ink)),
        );
        add("drivers", Box::new(move |size, ink| drivers_svg(&drivers, size, ink)));
        all
    }

    /// Every chart in both widths, as it was when somebody last looked at it. After a change that is
    /// meant, `TIDELINE_SNAPSHOTS=write` writes them anew: then look at what git shows.
    #[test]
    fn charts_are_drawn_as_when_they_were_looked_at() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/chart/snapshots");
        let write = std::env::var_os("TIDELINE_SNAPSHOTS").is_some_and(|it| it == "write");
        let mut drawn = std::collections::BTreeSet::new();
        for (id, draw) in all() {
            for size in [ChartSize::Wide, ChartSize::Narrow] {
                let name = format!("{id}-{}.svg", size.code());
                // An element a line, so that a difference can be read.
                let svg = draw(size, Ink::Print).replace("><", ">\n<") + "\n";
                let file = folder.join(&name);
                if write {
                    std::fs::write(&file, &svg).unwrap();
                }
                let kept = std::fs::read_to_string(&file).unwrap_or_default();
                let changed = kept.lines().zip(svg.lines()).find(|(kept, now)| kept != now);
                assert!(kept == svg, "{name} is drawn otherwise than kept, first: {changed:?}");
                drawn.insert(name);
            }
        }
        let kept = std::fs::read_dir(&folder).unwrap();
        let kept = kept.map(|it| it.unwrap().file_name().into_string().unwrap()).collect();
        assert_eq!(drawn, kept, "charts drawn and kept");
    }

    /// All charts on one page, into the folder named by `TIDELINE_LOOK`, to be looked at.
    fn look(pictures: &str) {
        let Some(folder) = std::env::var_os("TIDELINE_LOOK") else { return };
        let tokens = "--ink:#1d2a31;--ink2:#4a5963;--rule:#d6dadc;--control:#66757f;--surface:#fff;\
                      --heavier:#8a4600;--lighter:#0b6170";
        let dark = "--ink:#edf1f2;--ink2:#b3c0c7;--rule:#36444c;--control:#8697a1;\
                    --surface:#1a2329;--heavier:#f0a04b;--lighter:#7fd3e0";
        let page = format!(
            "<!doctype html><meta charset=utf-8><meta name=viewport content='width=device-width'>\
             <style>:root{{color-scheme:light dark;{tokens}}}\
             @media(prefers-color-scheme:dark){{:root{{{dark}}}}}\
             body{{margin:16px;background:var(--surface);font-family:'Noto Sans',sans-serif}}\
             .chart{{margin:0 0 24px}}{}</style>{pictures}",
            chart_css()
        );
        std::fs::write(std::path::Path::new(&folder).join("charts.html"), page).unwrap();
    }

    #[test]
    fn every_chart_is_named_described_and_self_contained() {
        let mut pictures = String::new();
        for (_, draw) in all() {
            for (size, width) in [(ChartSize::Wide, 720), (ChartSize::Narrow, 256)] {
                let svg = draw(size, Ink::Css);
                assert!(svg.starts_with("<svg ") && svg.ends_with("</svg>"), "{svg}");
                assert!(svg.contains(&format!("width=\"{width}\"")));
                assert!(svg.contains("role=\"img\"") && svg.contains("<title id="));
                assert!(svg.contains("<desc id=") && !svg.contains("></desc>"));
                assert!(!svg.contains("=\"#"), "a colour is written in: {svg}");
                assert_eq!(svg.matches("http").count(), 1, "the name space only");
                assert!(!draw(size, Ink::Print).contains("chart-label"));
                let style = if size == ChartSize::Wide { "max-width:720px" } else { "width:256px" };
                pictures.push_str(&format!("<div style='{style}'>{svg}</div>"));
            }
        }
        look(&pictures);
    }
}

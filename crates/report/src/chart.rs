//! Trend charts as SVG, drawn by plotters: the same code for screen, paper and mail.
//!
//! plotters places things on whole pixels, so a chart is drawn ten times as large and scaled by its
//! `viewBox`. Afterwards it is finished once: title and description for screen readers, and for
//! screens classes in place of colours, so that light, dark and forced colours come from the page.
//!
//! Shape says direction (▲ ▼), colour says meaning (ochre heavier, teal lighter), words say both.

use std::sync::Once;

use plotters::{
    coord::{Shift, types::RangedCoordf64},
    prelude::*,
    style::{
        FontStyle, register_font,
        text_anchor::{HPos, Pos, VPos},
    },
};

/// A trend to be drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct TrendChart {
    /// Stable name, unique on its page.
    pub id: &'static str,
    /// What is drawn.
    pub title: String,
    /// The same in words, for people who do not see it.
    pub description: String,
    /// A short name for each wave, and its year.
    pub months: Vec<(String, Option<i32>)>,
    /// A point for each wave; `None` is `[c]`.
    pub points: Vec<Option<Point>>,
    /// The usual range: low, mean, high, 0 to 100.
    pub usual: Option<(f64, f64, f64)>,
}

/// One wave's figure, 0 to 100.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    /// The score.
    pub value: f64,
    /// Where the likely range begins.
    pub low: f64,
    /// Where it ends.
    pub high: f64,
    /// Whether it stands out.
    pub signal: Signal,
}

/// Whether and how a point stands out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signal {
    /// It does not.
    None,
    /// A higher score, a heavier load.
    HigherHeavier,
    /// A higher score, a lighter load.
    HigherLighter,
    /// A lower score, a heavier load.
    LowerHeavier,
    /// A lower score, a lighter load.
    LowerLighter,
}

/// How large a chart is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChartSize {
    /// 720 units wide, all waves (at most 24).
    Wide,
    /// 256 units wide for phones, the last nine waves.
    Narrow,
}

/// Where the colours come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ink {
    /// From the page, by class. Stroked: `chart-rule`, `chart-usual`, `chart-limit`, `chart-line`.
    /// Filled: `chart-label`, `chart-mark`, `chart-band`, `chart-dot`, `chart-heavier`,
    /// `chart-lighter`, and `chart-halo` in the colour of the surface around marks.
    Css,
    /// Written in, for paper.
    Print,
}

/// One colour for each role. The values are the light tokens of the pages; no two are equal, so
/// that classes can take their place.
mod ink {
    use plotters::style::RGBColor;

    pub(super) const RULE: RGBColor = RGBColor(0xD6, 0xDA, 0xDC);
    pub(super) const LABEL: RGBColor = RGBColor(0x4A, 0x59, 0x63);
    pub(super) const MARK: RGBColor = RGBColor(0x4A, 0x59, 0x64);
    pub(super) const BAND: RGBColor = RGBColor(0xE3, 0xE6, 0xE8);
    pub(super) const USUAL: RGBColor = RGBColor(0x4B, 0x5A, 0x63);
    pub(super) const LIMIT: RGBColor = RGBColor(0x4B, 0x5A, 0x64);
    pub(super) const LINE: RGBColor = RGBColor(0x1D, 0x2A, 0x31);
    pub(super) const DOT: RGBColor = RGBColor(0x1D, 0x2A, 0x32);
    pub(super) const HEAVIER: RGBColor = RGBColor(0x8A, 0x46, 0x00);
    pub(super) const LIGHTER: RGBColor = RGBColor(0x0B, 0x61, 0x70);
    pub(super) const SURFACE: RGBColor = RGBColor(0xFF, 0xFF, 0xFF);

    /// Colour, attribute and class.
    pub(super) const CLASSES: [(RGBColor, &str, &str); 10] = [
        (RULE, "stroke", "chart-rule"),
        (LABEL, "fill", "chart-label"),
        (MARK, "fill", "chart-mark"),
        (BAND, "fill", "chart-band"),
        (USUAL, "stroke", "chart-usual"),
        (LIMIT, "stroke", "chart-limit"),
        (LINE, "stroke", "chart-line"),
        (DOT, "fill", "chart-dot"),
        (HEAVIER, "fill", "chart-heavier"),
        (LIGHTER, "fill", "chart-lighter"),
    ];
}

const SCALE: i32 = 10;
const FONT: &str = "sans-serif";

struct Layout {
    width: i32,
    height: i32,
    left: i32,
    right: i32,
    top: i32,
    bottom: i32,
    waves: usize,
    font: i32,
}

impl ChartSize {
    const fn layout(self) -> Layout {
        match self {
            Self::Wide => Layout {
                width: 720,
                height: 230,
                left: 44,
                right: 96,
                top: 12,
                bottom: 44,
                waves: 24,
                font: 14,
            },
            Self::Narrow => Layout {
                width: 256,
                height: 220,
                left: 34,
                right: 12,
                top: 12,
                bottom: 44,
                waves: 9,
                font: 14,
            },
        }
    }
}

/// Fonts are registered by name once; only their measures are used, text stays text.
fn install_fonts() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let regular: &[u8] = include_bytes!("../fonts/NotoSans-Regular.ttf");
        // A font that cannot be read leaves plotters without measures; the chart's test would show it.
        let _ = register_font(FONT, FontStyle::Normal, regular);
    });
}

type DrawError = DrawingAreaErrorKind<std::io::Error>;

/// Draws `chart`. Never fails: a chart that cannot be drawn is its description as text.
pub fn trend_svg(chart: &TrendChart, size: ChartSize, ink: Ink) -> String {
    install_fonts();
    let layout = size.layout();
    let mut svg = String::new();
    let drawn = {
        let area = SVGBackend::with_string(
            &mut svg,
            ((layout.width * SCALE) as u32, (layout.height * SCALE) as u32),
        )
        .into_drawing_area();
        draw(&area, chart, &layout)
    };
    match drawn {
        Ok(()) => finish(&svg, chart, &layout, size, ink),
        Err(_) => format!("<p>{}</p>", escape(&chart.description)),
    }
}

type Area<'a> = DrawingArea<SVGBackend<'a>, Shift>;
type Plot<'a> = DrawingArea<SVGBackend<'a>, Cartesian2d<RangedCoordf64, RangedCoordf64>>;

fn draw(area: &Area<'_>, chart: &TrendChart, layout: &Layout) -> Result<(), DrawError> {
    let from = chart.points.len().saturating_sub(layout.waves);
    let points = &chart.points[from..];
    let months = &chart.months[from.min(chart.months.len())..];
    let slots = points.len().max(1);
    let place = |left: i32, top: i32| (left * SCALE, top * SCALE);
    let (plot_width, plot_height) =
        (layout.width - layout.left - layout.right, layout.height - layout.top - layout.bottom);
    let plot: Plot<'_> = area
        .clone()
        .shrink(place(layout.left, layout.top), place(plot_width, plot_height))
        .apply_coord_spec(Cartesian2d::<RangedCoordf64, RangedCoordf64>::new(
            -0.5..(slots as f64 - 0.5),
            0.0..100.0,
            (
                layout.left * SCALE..(layout.left + plot_width) * SCALE,
                (layout.top + plot_height) * SCALE..layout.top * SCALE,
            ),
        ));
    let x = |at: usize| at as f64;
    let width = |units: f64| (units * f64::from(SCALE)).round() as u32;
    // The SVG back end divides sizes by 1.24.
    let size = f64::from(layout.font * SCALE) * 1.24;
    let text = |color: &RGBColor, pos: Pos| (FONT, size).into_font().color(color).pos(pos);

    // Grid and its labels.
    for tick in [0.0, 25.0, 50.0, 75.0, 100.0] {
        let style = ink::RULE.stroke_width(width(1.0));
        plot.draw(&PathElement::new(vec![(-0.5, tick), (slots as f64 - 0.5, tick)], style))?;
        let at = plot.map_coordinate(&(-0.5, tick));
        let anchored = text(&ink::LABEL, Pos::new(HPos::Right, VPos::Center));
        area.draw(&Text::new(format!("{tick:.0}"), (at.0 - 8 * SCALE, at.1), anchored))?;
    }

    // Likely range, over every run of neighbouring waves that are shown.
    for run in runs(points) {
        let mut outline: Vec<(f64, f64)> = Vec::new();
        if let [only] = run.as_slice() {
            let (at, point) = *only;
            let half = 6.0 * slots as f64 / f64::from(plot_width);
            outline.extend([(x(at) - half, point.high), (x(at) + half, point.high)]);
            outline.extend([(x(at) + half, point.low), (x(at) - half, point.low)]);
        } else {
            outline.extend(run.iter().map(|(at, point)| (x(*at), point.high)));
            outline.extend(run.iter().rev().map(|(at, point)| (x(*at), point.low)));
        }
        plot.draw(&Polygon::new(outline, ink::BAND.filled()))?;
    }

    // Usual range.
    if let Some((low, mean, high)) = chart.usual {
        let ends = (-0.5, slots as f64 - 0.5);
        let style = ink::USUAL.stroke_width(width(1.25));
        plot.draw(&PathElement::new(vec![(ends.0, mean), (ends.1, mean)], style))?;
        for limit in [low, high] {
            let from = plot.map_coordinate(&(ends.0, limit));
            let to = plot.map_coordinate(&(ends.1, limit));
            let style = ink::LIMIT.stroke_width(width(1.25));
            let mut start = from.0;
            while start < to.0 {
                let end = (start + 5 * SCALE).min(to.0);
                area.draw(&PathElement::new(vec![(start, from.1), (end, from.1)], style))?;
                start += 9 * SCALE;
            }
        }
        if layout.right > 60 {
            let at = plot.map_coordinate(&(ends.1, mean));
            let anchored = text(&ink::LABEL, Pos::new(HPos::Left, VPos::Center));
            area.draw(&Text::new("usual range", (at.0 + 8 * SCALE, at.1), anchored))?;
        }
    }

    // The line, between neighbours only, and a mark for each wave.
    for run in runs(points) {
        let path: Vec<(f64, f64)> = run.iter().map(|(at, point)| (x(*at), point.value)).collect();
        if path.len() > 1 {
            plot.draw(&PathElement::new(path, ink::LINE.stroke_width(width(2.0))))?;
        }
    }
    for (at, point) in points.iter().enumerate() {
        match point {
            Some(point) => {
                let centre = plot.map_coordinate(&(x(at), point.value));
                mark(area, centre, point.signal)?;
            }
            None => {
                let base = plot.map_coordinate(&(x(at), 0.0));
                let anchored = text(&ink::MARK, Pos::new(HPos::Center, VPos::Bottom));
                area.draw(&Text::new("[c]", (base.0, base.1 - 4 * SCALE), anchored))?;
            }
        }
    }

    // Months: as many labels as fit; the year below the first month and below each January.
    let longest = months.iter().map(|(it, _)| it.chars().count()).max().unwrap_or(0);
    let every = (slots * (longest * 8 + 10)).div_ceil(plot_width as usize).max(1);
    let mut told = None;
    for (at, (month, year)) in months.iter().enumerate() {
        let base = plot.map_coordinate(&(x(at), 0.0));
        let labelled = (slots - 1 - at).is_multiple_of(every);
        if labelled {
            let anchored = text(&ink::LABEL, Pos::new(HPos::Center, VPos::Top));
            area.draw(&Text::new(month.clone(), (base.0, base.1 + 5 * SCALE), anchored))?;
        }
        if let Some(year) = year
            && told != Some(*year)
            && labelled
        {
            told = Some(*year);
            let anchored = text(&ink::LABEL, Pos::new(HPos::Center, VPos::Top));
            area.draw(&Text::new(year.to_string(), (base.0, base.1 + 23 * SCALE), anchored))?;
        }
    }
    area.present()
}

/// Neighbouring waves that are shown, each with its index.
fn runs(points: &[Option<Point>]) -> Vec<Vec<(usize, Point)>> {
    let mut runs: Vec<Vec<(usize, Point)>> = vec![Vec::new()];
    for (at, point) in points.iter().enumerate() {
        match (point, runs.last_mut()) {
            (Some(point), Some(run)) => run.push((at, *point)),
            _ => runs.push(Vec::new()),
        }
    }
    runs.retain(|it| !it.is_empty());
    runs
}

fn mark(area: &Area<'_>, (x, y): (i32, i32), signal: Signal) -> Result<(), DrawError> {
    let color = match signal {
        Signal::None => {
            let radius = 4 * SCALE;
            area.draw(&Circle::new((x, y), radius + 3 * SCALE / 2, ink::SURFACE.filled()))?;
            return area.draw(&Circle::new((x, y), radius, ink::DOT.filled()));
        }
        Signal::HigherHeavier | Signal::LowerHeavier => ink::HEAVIER,
        Signal::HigherLighter | Signal::LowerLighter => ink::LIGHTER,
    };
    let up = matches!(signal, Signal::HigherHeavier | Signal::HigherLighter);
    let tip = if up { -9 * SCALE } else { 9 * SCALE };
    let triangle = |grow: i32| {
        let (half, tip) = (8 * SCALE + grow, tip + tip.signum() * grow);
        vec![(x, y + tip), (x + half, y - tip * 5 / 9), (x - half, y - tip * 5 / 9)]
    };
    area.draw(&Polygon::new(triangle(3 * SCALE / 2), ink::SURFACE.filled()))?;
    area.draw(&Polygon::new(triangle(0), color.filled()))
}

/// Scales, names and describes the drawing, and gives it classes or keeps its colours.
fn finish(svg: &str, chart: &TrendChart, layout: &Layout, size: ChartSize, ink: Ink) -> String {
    let body = svg.find('>').and_then(|at| svg.get(at + 1..)).unwrap_or_default();
    let mut body =
        body.replace("opacity=\"1\" ", "").replace(" opacity=\"1\"", "").replace('\n', "");
    if ink == Ink::Css {
        for (color, attribute, class) in ink::CLASSES {
            let RGBColor(r, g, b) = color;
            let literal = format!("{attribute}=\"#{r:02X}{g:02X}{b:02X}\"");
            body = body.replace(&literal, &format!("class=\"{class}\""));
        }
        body = body.replace("fill=\"#FFFFFF\"", "class=\"chart-halo\"");
        body = body.replace(&format!("font-family=\"{FONT}\" "), "");
    } else {
        body = body.replace(&format!("font-family=\"{FONT}\""), "font-family=\"Noto Sans\"");
    }
    body = body.replace(
        "stroke-width=",
        "stroke-linejoin=\"round\" stroke-linecap=\"round\" stroke-width=",
    );
    let id = format!("{}-{}", chart.id, if size == ChartSize::Wide { "wide" } else { "narrow" });
    let (width, height) = (layout.width, layout.height);
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"chart\" role=\"img\" focusable=\"false\" \
         aria-labelledby=\"{id}-title {id}-desc\" width=\"{width}\" height=\"{height}\" \
         viewBox=\"0 0 {} {}\"><title id=\"{id}-title\">{}</title><desc id=\"{id}-desc\">{}</desc>{body}",
        width * SCALE,
        height * SCALE,
        escape(&chart.title),
        escape(&chart.description),
    )
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chart() -> TrendChart {
        let point =
            |value: f64, signal| Some(Point { value, low: value - 9.0, high: value + 9.0, signal });
        let mut points: Vec<Option<Point>> =
            (0..14).map(|at| point(45.0 + f64::from(at % 3), Signal::None)).collect();
        points[4] = None;
        points[6] = None;
        points[12] = point(60.0, Signal::HigherHeavier);
        points[13] = point(62.0, Signal::HigherHeavier);
        TrendChart {
            id: "burnout",
            title: "Burnout <strain>".into(),
            description: "Line chart".into(),
            months: (0..14)
                .map(|at| (["Jan", "Feb", "Mar"][at % 3].to_owned(), Some(2025 + at as i32 / 12)))
                .collect(),
            points,
            usual: Some((36.0, 46.0, 56.0)),
        }
    }

    #[test]
    fn on_a_page_every_colour_is_a_class() {
        for size in [ChartSize::Wide, ChartSize::Narrow] {
            let svg = trend_svg(&chart(), size, Ink::Css);
            assert!(!svg.contains("=\"#"), "{svg}");
            for class in [
                "chart-band",
                "chart-line",
                "chart-dot",
                "chart-heavier",
                "chart-limit",
                "chart-mark",
            ] {
                assert!(svg.contains(class), "{class}");
            }
            assert!(svg.contains("role=\"img\"") && svg.contains("Burnout &lt;strain&gt;"));
            assert!(svg.contains("<text") && svg.ends_with("</svg>"));
        }
    }

    #[test]
    fn on_paper_colours_are_written_in() {
        let svg = trend_svg(&chart(), ChartSize::Wide, Ink::Print);
        assert!(svg.contains("#8A4600") && svg.contains("Noto Sans"));
    }

    #[test]
    fn a_hidden_wave_breaks_the_line_and_leaves_a_mark() {
        assert_eq!(runs(&chart().points).len(), 3);
        let svg = trend_svg(&chart(), ChartSize::Wide, Ink::Css);
        assert_eq!(svg.matches("[c]").count(), 2);
    }

    #[test]
    fn a_mark_looks_the_same_whatever_is_around_it() {
        let marks = |value: f64| {
            let mut chart = chart();
            for point in chart.points.iter_mut().flatten() {
                *point = Point { value, low: value - 9.0, high: value + 9.0, signal: Signal::None };
            }
            let svg = trend_svg(&chart, ChartSize::Wide, Ink::Css);
            let marks = svg.split("<text ").filter(|it| it.contains("[c]"));
            marks.map(|it| it.split("</text>").next().unwrap().to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(marks(20.0), marks(80.0));
        assert_eq!(marks(20.0).len(), 2);
    }

    #[test]
    fn the_scale_is_fixed_and_its_text_can_be_read_on_a_phone() {
        for size in [ChartSize::Wide, ChartSize::Narrow] {
            let svg = trend_svg(&chart(), size, Ink::Css);
            for tick in ["0", "25", "50", "75", "100"] {
                assert!(svg.contains(&format!(">{tick}</text>")), "{tick}");
            }
            assert_eq!(svg.matches("<text").count(), svg.matches("font-size=\"140\"").count());
        }
    }

    #[test]
    fn long_names_of_waves_do_not_run_into_each_other() {
        let mut chart = chart();
        for month in &mut chart.months {
            *month = ("second-quarter".to_owned(), None);
        }
        let svg = trend_svg(&chart, ChartSize::Wide, Ink::Css);
        assert!(svg.matches("second-quarter").count() <= 5);
    }
}

//! A score over time: likely range, usual range, signals, withheld waves, breaks and levers.

use super::{
    BREAK, ChartSize, Ink, WITHHELD,
    pen::{Anchor, At, DrawError, Frame, Pen, cut, escape, picture, place},
    theme::Role,
};

/// A trend to be drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct TrendChart {
    /// Stable name, unique on its page.
    pub id: String,
    /// What is drawn.
    pub title: String,
    /// The same in words, for people who do not see it.
    pub description: String,
    /// A short name for each wave, and its year.
    pub months: Vec<(String, Option<i32>)>,
    /// A point for each wave; `None` is `[c]`.
    pub points: Vec<Option<Point>>,
    /// What a pointer that rests on a wave is told, for each wave: on pages, where the chart is wide. May
    /// be empty.
    pub tips: Vec<String>,
    /// The usual range: low, mean, high, 0 to 100.
    pub usual: Option<(f64, f64, f64)>,
    /// What the usual range is called.
    pub usual_label: String,
    /// Process limits (XmR), lower and upper, 0 to 100: decoration for the long view.
    pub limits: Option<(f64, f64)>,
    /// Waves (by index) with which a new series begins, because the unit changed.
    pub breaks: Vec<usize>,
    /// When levers started.
    pub levers: Vec<LeverMark>,
}

/// The start of a lever.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeverMark {
    /// The first wave (by index) after it started.
    pub at: usize,
    /// A short name: "L1".
    pub label: String,
}

/// One wave's figure, 0 to 100.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    /// The score.
    pub value: f64,
    /// Where the likely range (95 %) begins.
    pub low: f64,
    /// Where it ends.
    pub high: f64,
    /// Whether it stands out.
    pub signal: Signal,
}

impl Point {
    /// The middle half of the likely range, as a normal distribution has it.
    fn core(&self) -> (f64, f64) {
        const QUARTER: f64 = 0.674_489_750_196_081_7 / 1.96;
        (
            self.value - (self.value - self.low) * QUARTER,
            self.value + (self.high - self.value) * QUARTER,
        )
    }
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

impl Signal {
    pub(super) const fn is_up(self) -> bool {
        matches!(self, Self::HigherHeavier | Self::HigherLighter)
    }

    pub(super) const fn role(self) -> Role {
        match self {
            Self::None => Role::Dot,
            Self::HigherHeavier | Self::LowerHeavier => Role::Heavier,
            Self::HigherLighter | Self::LowerLighter => Role::Lighter,
        }
    }
}

struct Layout {
    height: f64,
    left: f64,
    right: f64,
    /// Most waves that are drawn; the earlier ones are left out.
    waves: usize,
}

const TOP: f64 = 20.0;
const BOTTOM: f64 = 44.0;

impl Layout {
    const fn of(size: ChartSize) -> Self {
        match size {
            ChartSize::Wide => Self { height: 238.0, left: 44.0, right: 104.0, waves: 24 },
            ChartSize::Narrow => Self { height: 228.0, left: 34.0, right: 12.0, waves: 9 },
        }
    }
}

/// Draws `chart`. Never fails: a chart that cannot be drawn is its description as text.
pub fn trend_svg(chart: &TrendChart, size: ChartSize, ink: Ink) -> String {
    let frame = Frame {
        id: &chart.id,
        title: &chart.title,
        description: &chart.description,
        size,
        height: Layout::of(size).height,
        ink,
    };
    let svg = picture(&frame, |pen| Drawing::new(pen, chart, size).draw());
    match (size, ink, svg.strip_suffix("</svg>")) {
        (ChartSize::Wide, Ink::Css, Some(open)) => format!("{open}{}</svg>", tips(chart)),
        _ => svg,
    }
}

/// An invisible column for each wave, with what a browser says when the pointer rests there.
fn tips(chart: &TrendChart) -> String {
    let layout = Layout::of(ChartSize::Wide);
    let from = chart.points.len().saturating_sub(layout.waves);
    let told = chart.tips.get(from..).unwrap_or_default();
    let width = (ChartSize::Wide.width() - layout.right - layout.left) / told.len().max(1) as f64;
    let column = |(at, tip): (usize, &String)| {
        let (left, top) = place((layout.left + width * at as f64, TOP));
        let (across, down) = place((width, layout.height - BOTTOM - TOP));
        format!(
            "<rect x=\"{left}\" y=\"{top}\" width=\"{across}\" height=\"{down}\" fill=\"none\" \
             pointer-events=\"all\"><title>{}</title></rect>",
            escape(tip)
        )
    };
    told.iter().enumerate().map(column).collect()
}

/// Where things lie in one drawing, and the part of the chart that it shows.
struct Drawing<'a, 'p> {
    pen: &'a Pen<'p>,
    chart: &'a TrendChart,
    size: ChartSize,
    from: usize,
    points: &'a [Option<Point>],
    left: f64,
    right: f64,
    foot: f64,
}

impl<'a, 'p> Drawing<'a, 'p> {
    fn new(pen: &'a Pen<'p>, chart: &'a TrendChart, size: ChartSize) -> Self {
        let layout = Layout::of(size);
        let from = chart.points.len().saturating_sub(layout.waves);
        Self {
            pen,
            chart,
            size,
            from,
            points: &chart.points[from..],
            left: layout.left,
            right: size.width() - layout.right,
            foot: layout.height - BOTTOM,
        }
    }

    fn slots(&self) -> usize {
        self.points.len().max(1)
    }

    fn x(&self, at: usize) -> f64 {
        self.left + (self.right - self.left) * (at as f64 + 0.5) / self.slots() as f64
    }

    fn y(&self, score: f64) -> f64 {
        self.foot - (self.foot - TOP) * score.clamp(0.0, 100.0) / 100.0
    }

    fn draw(&self) -> Result<(), DrawError> {
        let breaks: Vec<usize> =
            self.chart.breaks.iter().filter_map(|it| it.checked_sub(self.from)).collect();
        let runs = runs(self.points, &breaks);
        self.grid()?;
        for run in &runs {
            self.pen.area(&self.outline(run, |it| (it.low, it.high)), Role::Band)?;
        }
        for run in &runs {
            self.pen.area(&self.outline(run, Point::core), Role::Core)?;
        }
        self.process_limits()?;
        self.usual_range()?;
        self.lever_marks()?;
        for run in runs.iter().filter(|it| it.len() > 1) {
            let path: Vec<At> =
                run.iter().map(|(at, point)| (self.x(*at), self.y(point.value))).collect();
            self.pen.line(&path, Role::Line, 2.0)?;
        }
        self.marks()?;
        for at in breaks {
            self.break_mark(at)?;
        }
        self.months()
    }

    fn grid(&self) -> Result<(), DrawError> {
        for tick in [0.0, 25.0, 50.0, 75.0, 100.0] {
            let y = self.y(tick);
            self.pen.line(&[(self.left, y), (self.right, y)], Role::Rule, 1.0)?;
            self.pen.text((self.left - 8.0, y), &format!("{tick:.0}"), Anchor::End, Role::Label)?;
        }
        Ok(())
    }

    /// The area that a run's ranges cover; a single wave's is a column.
    fn outline(&self, run: &[(usize, Point)], range: impl Fn(&Point) -> (f64, f64)) -> Vec<At> {
        if let [(at, point)] = run {
            let ((low, high), x) = (range(point), self.x(*at));
            let (low, high) = (self.y(low), self.y(high));
            return vec![(x - 6.0, high), (x + 6.0, high), (x + 6.0, low), (x - 6.0, low)];
        }
        let upper = run.iter().map(|(at, point)| (self.x(*at), self.y(range(point).1)));
        let lower = run.iter().rev().map(|(at, point)| (self.x(*at), self.y(range(point).0)));
        upper.chain(lower).collect()
    }

    fn process_limits(&self) -> Result<(), DrawError> {
        for limit in self.chart.limits.into_iter().flat_map(|(low, high)| [low, high]) {
            let y = self.y(limit);
            self.pen.dashes(((self.left, y), (self.right, y)), (1.5, 4.5), Role::Limit, 1.5)?;
        }
        Ok(())
    }

    fn usual_range(&self) -> Result<(), DrawError> {
        let Some((low, mean, high)) = self.chart.usual else { return Ok(()) };
        let across = |score: f64| ((self.left, self.y(score)), (self.right, self.y(score)));
        let (from, to) = across(mean);
        self.pen.line(&[from, to], Role::Usual, 1.25)?;
        for limit in [low, high] {
            self.pen.dashes(across(limit), (5.0, 4.0), Role::Limit, 1.25)?;
        }
        if self.size == ChartSize::Wide {
            let x = self.right + 4.0;
            self.pen.line(&[(x, self.y(low)), (x, self.y(high))], Role::Usual, 1.25)?;
            // Where the label would be too wide it takes two lines.
            let words: Vec<&str> = match self.chart.usual_label.rsplit_once(' ') {
                Some((first, second)) if self.chart.usual_label.chars().count() > 12 => {
                    vec![first, second]
                }
                _ => vec![self.chart.usual_label.as_str()],
            };
            let top = self.y(mean) - 8.5 * (words.len() - 1) as f64;
            for (line, word) in words.into_iter().enumerate() {
                let at = (x + 6.0, top + 17.0 * line as f64);
                self.pen.text(at, &cut(word, 92.0), Anchor::Start, Role::Label)?;
            }
        }
        Ok(())
    }

    /// A dotted line at the first wave after each start; those of one wave share it.
    fn lever_marks(&self) -> Result<(), DrawError> {
        let mut last: Option<(usize, String)> = None;
        let mut marks: Vec<(usize, String)> = Vec::new();
        for mark in &self.chart.levers {
            let Some(at) = mark.at.checked_sub(self.from).filter(|it| *it < self.slots()) else {
                continue;
            };
            match &mut last {
                Some((same, labels)) if *same == at => {
                    labels.push_str(", ");
                    labels.push_str(&mark.label);
                }
                _ => marks.extend(last.replace((at, mark.label.clone()))),
            }
        }
        marks.extend(last);
        for (at, label) in marks {
            let x = self.x(at);
            self.pen.dashes(((x, TOP), (x, self.foot)), (1.0, 4.0), Role::Lever, 1.5)?;
            // The last ones would run out of the picture.
            let late = self.size.width() - x < 8.0 * label.chars().count() as f64;
            let anchor = if late { Anchor::End } else { Anchor::Middle };
            self.pen.text((x, TOP / 2.0 - 1.0), &label, anchor, Role::Label)?;
        }
        Ok(())
    }

    fn marks(&self) -> Result<(), DrawError> {
        for (at, point) in self.points.iter().enumerate() {
            match point {
                Some(point) => {
                    let centre = (self.x(at), self.y(point.value));
                    match point.signal {
                        Signal::None => self.pen.dot(centre, 4.0, Role::Dot)?,
                        signal => self.pen.triangle(centre, signal.is_up(), signal.role())?,
                    }
                }
                None => {
                    let base = (self.x(at), self.foot - 4.0);
                    self.pen.text_above(base, WITHHELD, Anchor::Middle, Role::Mark)?;
                }
            }
        }
        Ok(())
    }

    /// Two strokes through the axis and `[b]`, before the wave with which a new series begins.
    fn break_mark(&self, at: usize) -> Result<(), DrawError> {
        if at >= self.slots() {
            return Ok(());
        }
        let x = (self.x(at) + self.x(at.saturating_sub(1))) / 2.0;
        let x = if at == 0 { self.left } else { x };
        for shift in [-2.5, 2.5] {
            let (low, high) =
                ((x + shift - 3.0, self.foot + 6.0), (x + shift + 3.0, self.foot - 6.0));
            self.pen.line(&[low, high], Role::Line, 1.5)?;
        }
        self.pen.text_above((x, self.foot - 22.0), BREAK, Anchor::Middle, Role::Mark)
    }

    /// As many labels as fit; the year below the first month and below each January.
    fn months(&self) -> Result<(), DrawError> {
        let months = &self.chart.months[self.from.min(self.chart.months.len())..];
        let longest = months.iter().map(|(it, _)| it.chars().count()).max().unwrap_or(0);
        let room = (self.right - self.left) as usize;
        let every = (self.slots() * (longest * 8 + 10)).div_ceil(room).max(1);
        let mut told = None;
        for (at, (month, year)) in months.iter().enumerate() {
            if !(self.slots() - 1 - at.min(self.slots() - 1)).is_multiple_of(every) {
                continue;
            }
            let x = self.x(at);
            self.pen.text_below((x, self.foot + 5.0), month, Anchor::Middle, Role::Label)?;
            if let Some(year) = year.filter(|year| told != Some(*year)) {
                told = Some(year);
                let at = (x, self.foot + 23.0);
                self.pen.text_below(at, &year.to_string(), Anchor::Middle, Role::Label)?;
            }
        }
        Ok(())
    }
}

/// Neighbouring waves that are shown, each with its index; a new run begins at each break.
pub(super) fn runs(points: &[Option<Point>], breaks: &[usize]) -> Vec<Vec<(usize, Point)>> {
    let mut runs: Vec<Vec<(usize, Point)>> = vec![Vec::new()];
    for (at, point) in points.iter().enumerate() {
        if breaks.contains(&at) {
            runs.push(Vec::new());
        }
        match (point, runs.last_mut()) {
            (Some(point), Some(run)) => run.push((at, *point)),
            _ => runs.push(Vec::new()),
        }
    }
    runs.retain(|it| !it.is_empty());
    runs
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
            id: "burnout".into(),
            title: "Burnout <strain>".into(),
            description: "Line chart".into(),
            months: (0..14)
                .map(|at| (["Jan", "Feb", "Mar"][at % 3].to_owned(), Some(2025 + at as i32 / 12)))
                .collect(),
            points,
            tips: (0..14).map(|at| format!("wave {at}")).collect(),
            usual: Some((36.0, 46.0, 56.0)),
            usual_label: "usual range".into(),
            limits: None,
            breaks: Vec::new(),
            levers: Vec::new(),
        }
    }

    #[test]
    fn on_a_page_every_colour_is_a_class() {
        for size in [ChartSize::Wide, ChartSize::Narrow] {
            let svg = trend_svg(&chart(), size, Ink::Css);
            assert!(!svg.contains("=\"#"), "{svg}");
            for class in [
                "chart-band",
                "chart-core",
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
    fn a_pointer_that_rests_on_a_wave_is_told_about_it() {
        let svg = trend_svg(&chart(), ChartSize::Wide, Ink::Css);
        assert_eq!(svg.matches("pointer-events").count(), 14);
        assert!(svg.find("<title>wave 0<").unwrap() < svg.find("<title>wave 13<").unwrap());
        let chart = chart();
        let narrow = trend_svg(&chart, ChartSize::Narrow, Ink::Css);
        let paper = trend_svg(&chart, ChartSize::Wide, Ink::Print);
        assert!(!narrow.contains("wave 0") && !paper.contains("wave 0"));
    }

    #[test]
    fn on_paper_colours_are_written_in() {
        let svg = trend_svg(&chart(), ChartSize::Wide, Ink::Print);
        assert!(svg.contains("#8A4600") && svg.contains("Noto Sans"));
    }

    #[test]
    fn a_hidden_wave_breaks_the_line_and_leaves_a_mark() {
        assert_eq!(runs(&chart().points, &[]).len(), 3);
        let svg = trend_svg(&chart(), ChartSize::Wide, Ink::Css);
        assert_eq!(svg.matches("[c]").count(), 2);
    }

    #[test]
    fn a_new_series_breaks_the_line_and_says_so() {
        let chart = TrendChart { breaks: vec![9], ..chart() };
        assert_eq!(runs(&chart.points, &chart.breaks).len(), 4);
        let svg = trend_svg(&chart, ChartSize::Wide, Ink::Css);
        assert_eq!(svg.matches("[b]").count(), 1);
    }

    #[test]
    fn process_limits_are_two_dotted_lines_and_change_nothing_else() {
        let plain = trend_svg(&chart(), ChartSize::Wide, Ink::Css);
        let chart = TrendChart { limits: Some((30.0, 62.0)), ..chart() };
        let limited = trend_svg(&chart, ChartSize::Wide, Ink::Css);
        let dots = |svg: &str| svg.matches("chart-limit").count();
        assert!(dots(&limited) > dots(&plain));
        assert_eq!(limited.matches("<circle").count(), plain.matches("<circle").count());
        assert_eq!(limited.matches("<text").count(), plain.matches("<text").count());
    }

    #[test]
    fn levers_of_one_wave_share_a_mark_and_old_ones_are_left_out() {
        let lever = |at, label: &str| LeverMark { at, label: label.into() };
        let levers = vec![lever(1, "L1"), lever(13, "L2"), lever(13, "L3")];
        let chart = TrendChart { levers, ..chart() };
        let wide = trend_svg(&chart, ChartSize::Wide, Ink::Css);
        assert!(wide.contains(">L1</text>") && wide.contains(">L2, L3</text>"));
        let narrow = trend_svg(&chart, ChartSize::Narrow, Ink::Css);
        assert!(!narrow.contains("L1") && narrow.contains(">L2, L3</text>"));
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

    #[test]
    fn the_core_is_the_middle_half_and_stays_inside_the_range() {
        let point = Point { value: 50.0, low: 30.4, high: 69.6, signal: Signal::None };
        let (low, high) = point.core();
        assert!((low - 43.26).abs() < 0.01 && (high - 56.74).abs() < 0.01, "{low} {high}");
    }
}

//! A score over time: published dots, each with its likely range as an upright line; the line of the level
//! behind them; the usual range as the one pale area; signals, withheld waves, breaks and levers. Time is
//! shown as it passed: a month without a wave leaves a gap.
//!
//! The question to a trend is whether the latest scores lie outside what is usual. So that range alone is
//! an area, here as in [`card`](super::card) and in the small pictures; the level's own range stands in the
//! tables.

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
    /// When each wave was, counted in usual steps from one to the next: 0, 1, 2, and 4 after a step that
    /// took twice as long. Empty: one step each.
    pub slots: Vec<usize>,
    /// A point for each wave; `None` is `[c]`.
    pub points: Vec<Option<Point>>,
    /// What a pointer that rests on a wave is told, for each wave: on pages, where the chart is wide. May
    /// be empty.
    pub tips: Vec<String>,
    /// The usual range: low, mean, high, 0 to 100.
    pub usual: Option<(f64, f64, f64)>,
    /// The same for each wave, where it moves with the rest of the organisation; may be empty.
    pub usual_over_time: Vec<Option<(f64, f64, f64)>>,
    /// What is said of waves that are not drawn, wide and narrow: [`TrendChart::not_drawn`].
    pub earlier: [Option<Earlier>; 2],
    /// What the usual range is called.
    pub usual_label: String,
    /// Waves (by index) with which a new series begins, because the unit changed.
    pub breaks: Vec<usize>,
    /// When levers started.
    pub levers: Vec<LeverMark>,
}

/// What is said of waves that are too old to be drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Earlier {
    /// In the drawing.
    pub label: String,
    /// In its description.
    pub sentence: String,
}

impl TrendChart {
    /// How many of the oldest waves a drawing of `size` has no room for.
    pub fn not_drawn(&self, size: ChartSize) -> usize {
        let last = self.slot(self.points.len().saturating_sub(1));
        let room = Layout::of(size).slots;
        (0..self.points.len()).take_while(|it| self.slot(*it) + room <= last).count()
    }

    /// The description of a drawing of `size`.
    pub fn description_of(&self, size: ChartSize) -> String {
        match self.earlier_in(size) {
            Some(it) => format!("{} {}", self.description, it.sentence),
            None => self.description.clone(),
        }
    }

    /// What a drawing of `size` says of check-ins that it leaves out. Paper takes as many as a wide one.
    fn earlier_in(&self, size: ChartSize) -> Option<&Earlier> {
        let [wide, narrow] = &self.earlier;
        match size {
            ChartSize::Wide | ChartSize::Paper => wide.as_ref(),
            ChartSize::Narrow => narrow.as_ref(),
        }
    }

    /// When a wave was, in steps.
    pub(super) fn slot(&self, at: usize) -> usize {
        self.slots.get(at).copied().unwrap_or(at)
    }
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
    /// The score as published: the dot.
    pub value: f64,
    /// Where its likely range (95 %) begins.
    pub low: f64,
    /// Where that ends.
    pub high: f64,
    /// The level behind it: the line.
    pub level: f64,
    /// Whether it stands out.
    pub signal: Signal,
    /// Whether that had lasted by then; the mark of what had not is hollow.
    pub lasting: bool,
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
    /// Most steps of time that are drawn; earlier waves are left out.
    slots: usize,
}

const TOP: f64 = 20.0;
const BOTTOM: f64 = 44.0;

impl Layout {
    const fn of(size: ChartSize) -> Self {
        match size {
            ChartSize::Wide => Self { height: 238.0, left: 44.0, right: 104.0, slots: 24 },
            ChartSize::Narrow => Self { height: 228.0, left: 34.0, right: 12.0, slots: 9 },
            ChartSize::Paper => Self { height: 152.0, left: 44.0, right: 104.0, slots: 24 },
        }
    }
}

/// Draws `chart`. Never fails: a chart that cannot be drawn is its description as text.
pub fn trend_svg(chart: &TrendChart, size: ChartSize, ink: Ink) -> String {
    let description = chart.description_of(size);
    let frame = Frame {
        id: &chart.id,
        title: &chart.title,
        description: &description,
        code: size.code(),
        width: size.width(),
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
    let time = Time::of(chart, ChartSize::Wide);
    let told = chart.tips.get(time.from..).unwrap_or_default();
    let column = |(at, tip): (usize, &String)| {
        let (left, top) = place((time.x(at) - time.width / 2.0, TOP));
        let (across, down) = place((time.width, layout.height - BOTTOM - TOP));
        format!(
            "<rect x=\"{left}\" y=\"{top}\" width=\"{across}\" height=\"{down}\" fill=\"none\" \
             pointer-events=\"all\"><title>{}</title></rect>",
            escape(tip)
        )
    };
    told.iter().enumerate().map(column).collect()
}

/// Where the waves of a drawing lie across it.
struct Time {
    /// The first wave that is drawn.
    from: usize,
    /// The step of time of each wave that is drawn, from 0.
    slots: Vec<usize>,
    left: f64,
    /// Of one step.
    width: f64,
}

impl Time {
    fn of(chart: &TrendChart, size: ChartSize) -> Self {
        let layout = Layout::of(size);
        let from = chart.not_drawn(size);
        let first = chart.slot(from);
        let slots: Vec<usize> =
            (from..chart.points.len()).map(|it| chart.slot(it) - first).collect();
        let count = slots.last().map_or(1, |it| it + 1) as f64;
        let width = (size.width() - layout.right - layout.left) / count;
        Self { from, slots, left: layout.left, width }
    }

    /// How many steps there are.
    fn count(&self) -> usize {
        self.slots.last().map_or(1, |it| it + 1)
    }

    /// The middle of the wave's step.
    fn x(&self, at: usize) -> f64 {
        self.left + self.width * (self.slots.get(at).copied().unwrap_or(at) as f64 + 0.5)
    }

    /// Whether steps without a wave lie before this one.
    fn is_after_gap(&self, at: usize) -> bool {
        at > 0 && self.slots.get(at).zip(self.slots.get(at - 1)).is_some_and(|(b, a)| b - a > 1)
    }
}

/// Where things lie in one drawing, and the part of the chart that it shows.
struct Drawing<'a, 'p> {
    pen: &'a Pen<'p>,
    chart: &'a TrendChart,
    size: ChartSize,
    time: Time,
    points: &'a [Option<Point>],
    left: f64,
    right: f64,
    foot: f64,
}

impl<'a, 'p> Drawing<'a, 'p> {
    fn new(pen: &'a Pen<'p>, chart: &'a TrendChart, size: ChartSize) -> Self {
        let layout = Layout::of(size);
        let time = Time::of(chart, size);
        Self {
            pen,
            chart,
            size,
            points: &chart.points[time.from..],
            time,
            left: layout.left,
            right: size.width() - layout.right,
            foot: layout.height - BOTTOM,
        }
    }

    fn x(&self, at: usize) -> f64 {
        self.time.x(at)
    }

    fn y(&self, score: f64) -> f64 {
        self.foot - (self.foot - TOP) * score.clamp(0.0, 100.0) / 100.0
    }

    fn draw(&self) -> Result<(), DrawError> {
        let breaks: Vec<usize> =
            self.chart.breaks.iter().filter_map(|it| it.checked_sub(self.time.from)).collect();
        let mut ends = breaks.clone();
        ends.extend((0..self.points.len()).filter(|it| self.time.is_after_gap(*it)));
        let runs = runs(self.points, &ends);
        self.grid()?;
        self.usual_range()?;
        self.lever_marks()?;
        self.likely_ranges()?;
        for run in runs.iter().filter(|it| it.len() > 1) {
            let path: Vec<At> =
                run.iter().map(|(at, point)| (self.x(*at), self.y(point.level))).collect();
            self.pen.line(&path, Role::Line, 2.0)?;
        }
        self.marks()?;
        for at in breaks {
            self.break_mark(at)?;
        }
        if let Some(earlier) = self.chart.earlier_in(self.size) {
            let room = self.right - self.left;
            // Inside: above it are the names of levers.
            let at = (self.left + 4.0, TOP + 10.0);
            self.pen.text(at, &cut(&earlier.label, room), Anchor::Start, Role::Label)?;
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

    /// An upright line through each dot.
    fn likely_ranges(&self) -> Result<(), DrawError> {
        for (at, point) in self.points.iter().enumerate() {
            let Some(point) = point else { continue };
            let x = self.x(at);
            let ends = [(x, self.y(point.low)), (x, self.y(point.high))];
            self.pen.line(&ends, Role::Likely, 1.25)?;
        }
        Ok(())
    }

    fn usual_range(&self) -> Result<(), DrawError> {
        let Some((low, mean, high)) = self.chart.usual else { return Ok(()) };
        let across = (self.left, self.right);
        for part in usual_parts(self.chart, self.time.from, across, |it| self.x(it)) {
            self.pen.area(&outline(&part, |it| self.y(it)), Role::Band)?;
            for pair in part.windows(2) {
                let line = ((pair[0].0, self.y(pair[0].1.1)), (pair[1].0, self.y(pair[1].1.1)));
                self.pen.dashes(line, (2.0, 3.0), Role::Usual, 1.0)?;
            }
        }
        if self.size != ChartSize::Narrow {
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

    /// A whole line at the first wave after each start, where the usual level is dotted; those of one wave
    /// share it.
    fn lever_marks(&self) -> Result<(), DrawError> {
        let mut last: Option<(usize, String)> = None;
        let mut marks: Vec<(usize, String)> = Vec::new();
        for mark in &self.chart.levers {
            let drawn = mark.at.checked_sub(self.time.from);
            let Some(at) = drawn.filter(|it| *it < self.points.len()) else { continue };
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
            self.pen.line(&[(x, TOP), (x, self.foot)], Role::Lever, 1.0)?;
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
                        signal => self.pen.triangle(
                            centre,
                            signal.is_up(),
                            signal.role(),
                            point.lasting,
                        )?,
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
        if at >= self.points.len() {
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
        let months = &self.chart.months[self.time.from.min(self.chart.months.len())..];
        let longest = months.iter().map(|(it, _)| it.chars().count()).max().unwrap_or(0);
        let room = (self.right - self.left) as usize;
        let count = self.time.count();
        let every = (count * (longest * 8 + 10)).div_ceil(room).max(1);
        let mut told = None;
        for (at, (month, year)) in months.iter().enumerate() {
            let from_end =
                count - 1 - self.time.slots.get(at).copied().unwrap_or(at).min(count - 1);
            if !from_end.is_multiple_of(every) {
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

/// A corner of the usual range: where across, and low, mean, high.
pub(super) type UsualAt = (f64, (f64, f64, f64));

/// The usual range of `chart` from wave `from` on: straight across where it stands still, and from wave to
/// wave where it moves with the rest of the organisation; a new part after each gap. `across` is where a
/// drawing begins and ends, `x` where a wave lies in it.
pub(super) fn usual_parts(
    chart: &TrendChart,
    from: usize,
    across: (f64, f64),
    x: impl Fn(usize) -> f64,
) -> Vec<Vec<UsualAt>> {
    let Some(usual) = chart.usual else { return Vec::new() };
    let moving = chart.usual_over_time.get(from..).unwrap_or_default();
    if moving.iter().flatten().all(|it| *it == usual) {
        return vec![vec![(across.0, usual), (across.1, usual)]];
    }
    let mut parts: Vec<Vec<UsualAt>> = vec![Vec::new()];
    for (at, usual) in moving.iter().enumerate() {
        let after_gap = at > 0 && chart.slot(from + at) - chart.slot(from + at - 1) > 1;
        if after_gap || usual.is_none() {
            parts.push(Vec::new());
        }
        if let (Some(usual), Some(part)) = (usual, parts.last_mut()) {
            part.push((x(at), *usual));
        }
    }
    parts.retain(|it| it.len() > 1);
    parts
}

/// What bounds a stretch of the usual range, where `y` says how high a score lies.
pub(super) fn outline(part: &[UsualAt], y: impl Fn(f64) -> f64) -> Vec<At> {
    let upper = part.iter().map(|(x, usual)| (*x, y(usual.2)));
    let lower = part.iter().rev().map(|(x, usual)| (*x, y(usual.0)));
    upper.chain(lower).collect()
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
mod tests;

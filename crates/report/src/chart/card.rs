//! A measure's course on its card: as much as can be seen at a glance. The scores, the level behind them, the
//! usual range, and how sure the latest score is. Only the change that is told now has marks; levers, breaks,
//! earlier changes and the range of each score are in [`trend`](super::trend).

use super::{
    Ink, TrendChart, WITHHELD,
    pen::{Anchor, DrawError, Frame, Pen, picture},
    theme::Role,
    trend::{Point, Signal, outline, runs, usual_parts},
};

/// How wide the course is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CardSize {
    /// 370 units.
    Roomy,
    /// 262 units, for the smallest phones; the last nine waves.
    Tight,
    /// 236 units, for paper: three stand side by side, and their letters are no smaller than 8 points.
    Paper,
}

impl CardSize {
    const fn width(self) -> f64 {
        match self {
            Self::Roomy => 370.0,
            Self::Tight => 262.0,
            Self::Paper => 236.0,
        }
    }

    const fn code(self) -> &'static str {
        match self {
            Self::Roomy => "roomy",
            Self::Tight => "tight",
            Self::Paper => "paper",
        }
    }

    /// Most steps of time that are drawn.
    const fn slots(self) -> usize {
        match self {
            Self::Roomy | Self::Paper => 17,
            Self::Tight => 9,
        }
    }
}

const HEIGHT: f64 = 110.0;
const LEFT: f64 = 28.0;
/// Room for the latest mark.
const RIGHT: f64 = 10.0;
const TOP: f64 = 10.0;
const FOOT: f64 = HEIGHT - 24.0;
/// So many steps are laid out at least: the first dot of a series does not stand in the middle.
const FEWEST: usize = 7;

/// Draws the course of `chart`.
pub fn card_svg(chart: &TrendChart, size: CardSize, ink: Ink) -> String {
    let id = format!("card-{}", chart.id);
    let frame = Frame {
        id: &id,
        title: &chart.title,
        description: &chart.description,
        code: size.code(),
        width: size.width(),
        height: HEIGHT,
        ink,
    };
    picture(&frame, |pen| Drawing::new(pen, chart, size).draw())
}

struct Drawing<'a, 'p> {
    pen: &'a Pen<'p>,
    chart: &'a TrendChart,
    /// The first wave that is drawn.
    from: usize,
    /// Width of one step of time.
    step: f64,
    right: f64,
}

impl<'a, 'p> Drawing<'a, 'p> {
    fn new(pen: &'a Pen<'p>, chart: &'a TrendChart, size: CardSize) -> Self {
        let last = chart.slot(chart.points.len().saturating_sub(1));
        let early = |at: &usize| chart.slot(*at) + size.slots() <= last;
        let from = (0..chart.points.len()).take_while(early).count();
        let count = (last + 1).saturating_sub(chart.slot(from)).max(FEWEST);
        let right = size.width() - RIGHT;
        Self { pen, chart, from, step: (right - LEFT) / count as f64, right }
    }

    /// Where wave `at` of those that are drawn lies.
    fn x(&self, at: usize) -> f64 {
        let steps = self.chart.slot(self.from + at) - self.chart.slot(self.from);
        LEFT + self.step * (steps as f64 + 0.5)
    }

    fn draw(&self) -> Result<(), DrawError> {
        for tick in [0.0, 50.0, 100.0] {
            self.pen.line(&[(LEFT, y(tick)), (self.right, y(tick))], Role::Rule, 1.0)?;
            let at = (LEFT - 6.0, y(tick));
            self.pen.text(at, &format!("{tick:.0}"), Anchor::End, Role::Label)?;
        }
        for part in usual_parts(self.chart, self.from, (LEFT, self.right), |it| self.x(it)) {
            self.pen.area(&outline(&part, y), Role::Band)?;
        }
        let points = self.chart.points.get(self.from..).unwrap_or_default();
        if let Some(Some(latest)) = points.last() {
            let x = self.x(points.len() - 1);
            self.pen.line(&[(x, y(latest.low)), (x, y(latest.high))], Role::Likely, 4.0)?;
        }
        for run in runs(points, &self.ends(points.len())) {
            let path: Vec<_> =
                run.iter().map(|(at, point)| (self.x(*at), y(point.level))).collect();
            if path.len() > 1 {
                self.pen.line(&path, Role::Line, 1.75)?;
            }
        }
        self.marks(points)?;
        self.months(points.len())
    }

    /// Waves before which the line ends: a new series, or time without a wave.
    fn ends(&self, count: usize) -> Vec<usize> {
        let slot = |at: usize| self.chart.slot(self.from + at);
        let gaps = (1..count).filter(|at| slot(*at) - slot(*at - 1) > 1);
        let breaks = self.chart.breaks.iter().filter_map(|it| it.checked_sub(self.from));
        breaks.chain(gaps).collect()
    }

    fn marks(&self, points: &[Option<Point>]) -> Result<(), DrawError> {
        let Some(last) = points.len().checked_sub(1) else { return Ok(()) };
        let now = points[last].map_or(Signal::None, |it| it.signal);
        // The change that is told now: as far back as it goes, over what is not shown.
        let shown = points.iter().enumerate().filter_map(|(at, it)| Some((at, (*it)?)));
        let since = shown
            .rev()
            .take_while(|(_, it)| it.signal == now && now != Signal::None)
            .last()
            .map_or(points.len(), |it| it.0);
        for (at, point) in points.iter().enumerate() {
            let x = self.x(at);
            let Some(point) = point else {
                self.pen.text_above((x, FOOT - 3.0), WITHHELD, Anchor::Middle, Role::Mark)?;
                continue;
            };
            let centre = (x, y(point.value));
            if at >= since {
                self.pen.triangle(centre, now.is_up(), now.role(), point.lasting)?;
            } else {
                self.pen.dot(centre, if at == last { 5.0 } else { 2.5 }, Role::Dot)?;
            }
        }
        Ok(())
    }

    /// The first month with its year, and the last.
    fn months(&self, count: usize) -> Result<(), DrawError> {
        let months = self.chart.months.get(self.from..).unwrap_or_default();
        let below = |x: f64, text: &str, anchor: Anchor| {
            self.pen.text_below((x, FOOT + 6.0), text, anchor, Role::Label)
        };
        if let Some((month, year)) = months.first() {
            let year = year.map(|it| format!(" {it}")).unwrap_or_default();
            below(LEFT, &format!("{month}{year}"), Anchor::Start)?;
        }
        match months.last() {
            // Close to the first, its name would run into that one's.
            Some((month, _)) if count >= 4 => below(self.right, month, Anchor::End),
            _ => Ok(()),
        }
    }
}

fn y(score: f64) -> f64 {
    FOOT - (FOOT - TOP) * score.clamp(0.0, 100.0) / 100.0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chart(signals: &[Option<(Signal, bool)>]) -> TrendChart {
        let point = |it: &Option<(Signal, bool)>| {
            it.map(|(signal, lasting)| Point {
                value: 50.0,
                low: 41.0,
                high: 59.0,
                level: 50.0,
                signal,
                lasting,
            })
        };
        TrendChart {
            id: "burnout".into(),
            title: "Burnout strain".into(),
            description: "Line chart".into(),
            months: signals.iter().map(|_| ("Sep".to_owned(), Some(2026))).collect(),
            slots: Vec::new(),
            points: signals.iter().map(point).collect(),
            tips: Vec::new(),
            usual: Some((40.0, 50.0, 60.0)),
            usual_over_time: Vec::new(),
            earlier: [None, None],
            usual_label: "usual range".into(),
            breaks: Vec::new(),
            levers: Vec::new(),
        }
    }

    const QUIET: Option<(Signal, bool)> = Some((Signal::None, false));
    const FIRST: Option<(Signal, bool)> = Some((Signal::HigherHeavier, false));
    const LASTING: Option<(Signal, bool)> = Some((Signal::HigherHeavier, true));

    fn triangles(signals: &[Option<(Signal, bool)>]) -> usize {
        card_svg(&chart(signals), CardSize::Roomy, Ink::Css).matches("chart-heavier").count()
    }

    #[test]
    fn only_the_change_that_is_told_now_is_marked() {
        assert_eq!(triangles(&[QUIET, FIRST, QUIET, FIRST, LASTING, LASTING]), 3);
        assert_eq!(triangles(&[QUIET, FIRST, None, LASTING]), 2, "over what is not shown");
        assert_eq!(triangles(&[QUIET, FIRST, QUIET]), 0);
    }

    #[test]
    fn a_card_is_named_described_and_takes_its_colours_from_the_page() {
        for size in [CardSize::Roomy, CardSize::Tight] {
            for signals in [&[QUIET][..], &[QUIET, None, QUIET], &[QUIET; 20], &[]] {
                let svg = card_svg(&chart(signals), size, Ink::Css);
                assert!(svg.contains("role=\"img\"") && svg.contains("<title id=\"card-burnout"));
                assert!(!svg.contains("=\"#") && svg.ends_with("</svg>"), "{svg}");
                assert_eq!(svg.matches("chart-band").count(), 1);
            }
        }
    }

    #[test]
    fn a_small_card_draws_the_last_nine_waves() {
        let dots = |size| {
            // Each has a halo.
            card_svg(&chart(&[QUIET; 14]), size, Ink::Css).matches("<circle").count() / 2
        };
        assert_eq!((dots(CardSize::Roomy), dots(CardSize::Tight)), (14, 9));
    }
}

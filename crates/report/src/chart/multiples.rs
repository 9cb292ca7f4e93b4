//! The same small trend for many units, in the order of the tree, on one scale.

use super::{
    ChartSize, Ink, WITHHELD,
    pen::{Anchor, DrawError, Frame, Pen, cut, picture},
    theme::Role,
    trend::{Point, Signal, runs},
};

/// Small trends to be drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct Multiples {
    /// Stable name, unique on its page.
    pub id: String,
    /// What is drawn.
    pub title: String,
    /// The same in words, for people who do not see it.
    pub description: String,
    /// In the order of the tree.
    pub minis: Vec<Mini>,
}

/// One unit's trend.
#[derive(Debug, Clone, PartialEq)]
pub struct Mini {
    /// The unit's name.
    pub name: String,
    /// What is measured.
    pub measure: String,
    /// A point for each wave, oldest first; `None` is withheld.
    pub points: Vec<Option<Point>>,
    /// The usual range: low, mean, high, 0 to 100.
    pub usual: Option<(f64, f64, f64)>,
}

const CELL: f64 = 120.0;
const NAME: f64 = 40.0;
const LEFT: f64 = 32.0;

const fn columns(size: ChartSize) -> usize {
    match size {
        ChartSize::Wide | ChartSize::Paper => 4,
        ChartSize::Narrow => 2,
    }
}

/// Draws `chart`: a panel for each unit, four or two beside each other.
pub fn multiples_svg(chart: &Multiples, size: ChartSize, ink: Ink) -> String {
    let frame = Frame {
        id: &chart.id,
        title: &chart.title,
        description: &chart.description,
        code: size.code(),
        width: size.width(),
        height: CELL * chart.minis.len().div_ceil(columns(size)).max(1) as f64,
        ink,
    };
    picture(&frame, |pen| {
        let columns = columns(size);
        let width = (size.width() - LEFT) / columns as f64;
        for (at, mini) in chart.minis.iter().enumerate() {
            let (column, row) = (at % columns, at / columns);
            let corner = (LEFT + width * column as f64, CELL * row as f64);
            draw(pen, mini, corner, width - 12.0, column == 0)?;
        }
        Ok(())
    })
}

fn draw(
    pen: &Pen<'_>,
    mini: &Mini,
    (left, top): (f64, f64),
    width: f64,
    ticks: bool,
) -> Result<(), DrawError> {
    let (head, foot) = (top + NAME, top + CELL - 16.0);
    let y = |score: f64| foot - (foot - head) * score.clamp(0.0, 100.0) / 100.0;
    let slots = mini.points.len().max(1) as f64;
    let x = |at: usize| left + width * (at as f64 + 0.5) / slots;
    for (line, text) in [(10.0, &mini.name), (26.0, &mini.measure)] {
        pen.text((left, top + line), &cut(text, width), Anchor::Start, Role::Label)?;
    }
    for tick in [0.0, 50.0, 100.0] {
        pen.line(&[(left, y(tick)), (left + width, y(tick))], Role::Rule, 1.0)?;
        if ticks && tick != 50.0 {
            pen.text((left - 5.0, y(tick)), &format!("{tick:.0}"), Anchor::End, Role::Label)?;
        }
    }
    if let Some((low, _, high)) = mini.usual {
        pen.block(((left, y(high)), (left + width, y(low))), Role::Band)?;
    }
    for run in runs(&mini.points, &[]) {
        let path: Vec<_> = run.iter().map(|(at, point)| (x(*at), y(point.level))).collect();
        if let [only] = path.as_slice() {
            pen.dot(*only, 2.0, Role::Dot)?;
        } else {
            pen.line(&path, Role::Line, 1.75)?;
        }
    }
    match mini.points.last() {
        Some(Some(point)) => {
            let at = (x(mini.points.len() - 1), y(point.value));
            match point.signal {
                Signal::None => pen.dot(at, 3.0, Role::Dot),
                signal => pen.triangle(at, signal.is_up(), signal.role(), point.lasting),
            }
        }
        _ => pen.text_above(
            (x(mini.points.len().saturating_sub(1)), foot - 2.0),
            WITHHELD,
            Anchor::End,
            Role::Mark,
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_unit_has_a_panel_on_the_same_scale() {
        let point = |value| {
            let (low, high) = (value - 5.0, value + 5.0);
            Some(Point { value, level: value, low, high, signal: Signal::None, lasting: true })
        };
        let mini = |name: &str, points: Vec<Option<Point>>| Mini {
            name: name.into(),
            measure: "Burnout strain".into(),
            points,
            usual: Some((30.0, 40.0, 50.0)),
        };
        let mut chart = Multiples {
            id: "units".into(),
            title: "Units".into(),
            description: "…".into(),
            minis: vec![
                mini("Alder", vec![point(40.0), point(45.0)]),
                mini("A unit with a rather long name indeed", vec![point(40.0), None]),
            ],
        };
        for size in [ChartSize::Wide, ChartSize::Narrow] {
            let svg = multiples_svg(&chart, size, Ink::Css);
            assert!(svg.contains("Alder") && svg.contains("…") && svg.contains("[c]"));
        }
        chart.minis = vec![chart.minis[0].clone(); 9];
        let svg = multiples_svg(&chart, ChartSize::Wide, Ink::Print);
        assert!(svg.contains("viewBox=\"0 0 7200 3600\""));
    }
}

//! Scores of several parts of work beside each other: drivers, dimensions or single statements. In
//! their fixed order, never sorted by what they show.

use super::{
    ChartSize, Ink, WITHHELD,
    pen::{Anchor, CHARACTER, DrawError, Frame, Pen, cut, picture},
    theme::Role,
};

/// Drivers to be drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct DriversChart {
    /// Stable name, unique on its page.
    pub id: String,
    /// What is drawn.
    pub title: String,
    /// The same in words, for people who do not see it.
    pub description: String,
    /// What the low end of the scale means.
    pub low_end: String,
    /// What the high end of the scale means.
    pub high_end: String,
    /// In their fixed order.
    pub rows: Vec<DriverRow>,
}

/// One driver.
#[derive(Debug, Clone, PartialEq)]
pub struct DriverRow {
    /// Its name.
    pub label: String,
    /// Score, and where its likely range begins and ends, each 0 to 100; `None` is `[c]`.
    pub figure: Option<(f64, f64, f64)>,
}

const TOP: f64 = 24.0;
const BOTTOM: f64 = 24.0;

/// Draws `chart`: a dot on a line from 0 to 100 for each driver, with its likely range.
pub fn drivers_svg(chart: &DriversChart, size: ChartSize, ink: Ink) -> String {
    let row = row_height(size);
    let frame = Frame {
        id: &chart.id,
        title: &chart.title,
        description: &chart.description,
        code: size.code(),
        width: size.width(),
        height: TOP + BOTTOM + row * chart.rows.len() as f64,
        ink,
    };
    picture(&frame, |pen| draw(pen, chart, size))
}

const fn row_height(size: ChartSize) -> f64 {
    match size {
        ChartSize::Wide | ChartSize::Paper => 28.0,
        // The name stands above its line.
        ChartSize::Narrow => 46.0,
    }
}

fn draw(pen: &Pen<'_>, chart: &DriversChart, size: ChartSize) -> Result<(), DrawError> {
    let longest = chart.rows.iter().map(|it| it.label.chars().count()).max().unwrap_or(0);
    let names = match size {
        ChartSize::Wide | ChartSize::Paper => {
            (longest as f64 * CHARACTER + 16.0).clamp(120.0, 340.0)
        }
        ChartSize::Narrow => 12.0,
    };
    let (left, right) = (names, size.width() - 14.0);
    let x = |score: f64| left + (right - left) * score.clamp(0.0, 100.0) / 100.0;
    let row = row_height(size);
    let foot = TOP + row * chart.rows.len() as f64;
    for tick in [0.0, 25.0, 50.0, 75.0, 100.0] {
        pen.line(&[(x(tick), TOP), (x(tick), foot)], Role::Rule, 1.0)?;
        pen.text_below((x(tick), foot + 5.0), &format!("{tick:.0}"), Anchor::Middle, Role::Label)?;
    }
    pen.text((left, TOP / 2.0), &chart.low_end, Anchor::Start, Role::Label)?;
    pen.text((right, TOP / 2.0), &chart.high_end, Anchor::End, Role::Label)?;
    for (at, driver) in chart.rows.iter().enumerate() {
        let top = TOP + row * at as f64;
        let y = match size {
            ChartSize::Wide | ChartSize::Paper => {
                let y = top + row / 2.0;
                let label = cut(&driver.label, names - 8.0);
                pen.text((left - 10.0, y), &label, Anchor::End, Role::Label)?;
                y
            }
            ChartSize::Narrow => {
                let label = cut(&driver.label, size.width() - 8.0);
                pen.text((2.0, top + 12.0), &label, Anchor::Start, Role::Label)?;
                top + 32.0
            }
        };
        match driver.figure {
            Some((score, low, high)) => {
                pen.block(((x(low), y - 6.0), (x(high), y + 6.0)), Role::Core)?;
                pen.dot((x(score), y), 4.5, Role::Dot)?;
            }
            None => pen.text((x(50.0), y), WITHHELD, Anchor::Middle, Role::Mark)?,
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn drivers_keep_their_order_and_their_scale() {
        let row = |label: &str, figure| DriverRow { label: label.into(), figure };
        let chart = DriversChart {
            id: "drivers".into(),
            title: "Drivers".into(),
            description: "…".into(),
            low_end: "lighter".into(),
            high_end: "heavier".into(),
            rows: vec![
                row("Workload", Some((70.0, 60.0, 80.0))),
                row("Say", Some((20.0, 10.0, 30.0))),
                row("Recovery", None),
            ],
        };
        for size in [ChartSize::Wide, ChartSize::Narrow] {
            let svg = drivers_svg(&chart, size, Ink::Css);
            let at = |text: &str| svg.find(&format!(">{text}</text>")).unwrap();
            assert!(at("Workload") < at("Say") && at("Say") < at("Recovery"));
            assert!(svg.contains("[c]") && svg.contains(">100</text>"));
        }
    }
}

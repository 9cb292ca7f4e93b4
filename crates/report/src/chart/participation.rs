//! How many took part in the last waves, in tenths. No target line, no ranking.

use super::{
    ChartSize, Ink, WITHHELD,
    pen::{Anchor, DrawError, Frame, Pen, picture},
    theme::Role,
};

/// Participation over the last waves, to be drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParticipationChart {
    /// Stable name, unique on its page.
    pub id: String,
    /// What is drawn.
    pub title: String,
    /// The same in words, for people who do not see it.
    pub description: String,
    /// A short name for each wave, and what is known of it, oldest first; `None` is `[c]`.
    pub waves: Vec<(String, Option<Share>)>,
}

/// How many of ten took part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Share {
    /// This many or fewer.
    AtMost(u8),
    /// About this many.
    About(u8),
    /// This many or more.
    AtLeast(u8),
}

impl Share {
    const fn tenths(self) -> u8 {
        match self {
            Self::AtMost(it) | Self::About(it) | Self::AtLeast(it) => it,
        }
    }
}

const HEIGHT: f64 = 150.0;
const TOP: f64 = 14.0;
const BOTTOM: f64 = 32.0;

/// Draws `chart`: a stem and a dot for each wave, the latest darker.
pub fn participation_svg(chart: &ParticipationChart, size: ChartSize, ink: Ink) -> String {
    let frame = Frame {
        id: &chart.id,
        title: &chart.title,
        description: &chart.description,
        code: size.code(),
        width: size.width(),
        height: HEIGHT,
        ink,
    };
    picture(&frame, |pen| draw(pen, chart, size))
}

fn draw(pen: &Pen<'_>, chart: &ParticipationChart, size: ChartSize) -> Result<(), DrawError> {
    let (left, right) = (48.0, size.width() - 8.0);
    let level = |tenths: f64| HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * tenths / 10.0;
    for (tenths, label) in [(0.0, "0 %"), (5.0, "50 %"), (10.0, "100 %")] {
        let y = level(tenths);
        pen.line(&[(left, y), (right, y)], Role::Rule, 1.0)?;
        pen.text((left - 6.0, y), label, Anchor::End, Role::Label)?;
    }
    let slots = chart.waves.len().max(1);
    for (at, (name, share)) in chart.waves.iter().enumerate() {
        let x = left + (right - left) * (at as f64 + 0.5) / slots as f64;
        let latest = at + 1 == slots;
        match share {
            Some(share) => {
                let y = level(f64::from(share.tenths()));
                let role = if latest { Role::Dot } else { Role::Past };
                pen.line(&[(x, level(0.0)), (x, y)], Role::Outline, 1.0)?;
                match share {
                    Share::About(_) => pen.dot((x, y), if latest { 6.0 } else { 4.5 }, role)?,
                    Share::AtMost(_) => pen.triangle((x, y), false, role, true)?,
                    Share::AtLeast(_) => pen.triangle((x, y), true, role, true)?,
                }
            }
            None => {
                pen.text_above((x, level(0.0) - 4.0), WITHHELD, Anchor::Middle, Role::Mark)?;
            }
        }
        pen.text_below((x, level(0.0) + 6.0), name, Anchor::Middle, Role::Label)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_open_end_is_drawn_as_one() {
        let chart = ParticipationChart {
            id: "part".into(),
            title: "Took part".into(),
            description: "…".into(),
            waves: vec![
                ("Jan".into(), Some(Share::AtMost(4))),
                ("Feb".into(), None),
                ("Mar".into(), Some(Share::About(7))),
            ],
        };
        let svg = participation_svg(&chart, ChartSize::Narrow, Ink::Css);
        assert!(svg.contains("<polygon") && svg.contains("<circle") && svg.contains("[c]"));
        assert!(svg.contains(">Mar</text>") && svg.contains(">100 %</text>"));
    }
}

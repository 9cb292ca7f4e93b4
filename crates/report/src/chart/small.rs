//! A picture the size of a word, for a row that says the same in words: a measure against its own usual
//! range. It holds no text and is hidden from those who do not see it.
//!
//! A mark is hollow while a change has not lasted. It points to the side that the row's words name.

use super::{
    Ink,
    pen::{At, DrawError, Pen, decoration},
    theme::Role,
};

/// What the mark of a small picture says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    /// Nothing to point out.
    Level,
    /// A heavier load, or a thinner buffer.
    Heavier {
        /// Whether it has lasted.
        lasting: bool,
    },
    /// The other way.
    Lighter {
        /// Whether it has lasted.
        lasting: bool,
    },
}

/// A measure against its own usual range.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct AgainstUsual {
    /// Where the score stands: −1 to 1 is the usual range, right is heavier; −3 to 3.
    pub at: f64,
    /// Where its likely range begins, in the same.
    pub from: f64,
    /// Where that ends.
    pub to: f64,
    /// What the mark says.
    pub turn: Turn,
}

const WIDTH: f64 = 168.0;
const HEIGHT: f64 = 24.0;
/// Half as high as the bar of the likely range.
const BAR: f64 = 2.0;
/// Room at the ends of a scale, so that a mark there is whole.
const EDGE: f64 = 9.0;

/// Draws `chart`: a grey box for the usual range, a bar for the likely range, a mark for the score.
pub fn against_svg(chart: &AgainstUsual, ink: Ink) -> String {
    let x = |place: f64| {
        let half = WIDTH / 2.0;
        half + place.clamp(-3.0, 3.0) / 3.0 * (half - EDGE)
    };
    decoration((WIDTH, HEIGHT), ink, |pen| {
        track(pen)?;
        pen.block(((x(-1.0), 2.0), (x(1.0), HEIGHT - 2.0)), Role::Band)?;
        marked(pen, (x(chart.from), x(chart.to)), x(chart.at), chart.turn)
    })
}

/// A score from 0 to 100 with its likely range; pointing left where it stands out as lower.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Placed {
    /// The score.
    pub at: f64,
    /// Where its likely range begins.
    pub from: f64,
    /// Where that ends.
    pub to: f64,
    /// Whether it stands out as lower.
    pub lower: bool,
}

/// Draws `placed` on a line from 0 to 100.
pub fn placed_svg(placed: &Placed, ink: Ink) -> String {
    let x = |score: f64| EDGE + (WIDTH - 2.0 * EDGE) * score.clamp(0.0, 100.0) / 100.0;
    decoration((WIDTH, HEIGHT), ink, |pen| {
        track(pen)?;
        let (y, range) = (HEIGHT / 2.0, (x(placed.from), x(placed.to)));
        if !placed.lower {
            return marked(pen, range, x(placed.at), Turn::Level);
        }
        pen.block(((range.0, y - BAR), (range.1, y + BAR)), Role::Past)?;
        pen.area(&pointer((x(placed.at), y), false, 1.25), Role::Halo)?;
        pen.area(&pointer((x(placed.at), y), false, 1.0), Role::Heavier)
    })
}

fn track(pen: &Pen<'_>) -> Result<(), DrawError> {
    let y = HEIGHT / 2.0;
    pen.line(&[(0.0, y), (WIDTH, y)], Role::Rule, 1.0)
}

fn marked(pen: &Pen<'_>, (from, to): (f64, f64), at: f64, turn: Turn) -> Result<(), DrawError> {
    let y = HEIGHT / 2.0;
    pen.block(((from, y - BAR), (to, y + BAR)), Role::Past)?;
    let (right, role, lasting) = match turn {
        Turn::Level => return pen.dot((at, y), 5.0, Role::Dot),
        Turn::Heavier { lasting } => (true, Role::Heavier, lasting),
        Turn::Lighter { lasting } => (false, Role::Lighter, lasting),
    };
    pen.area(&pointer((at, y), right, 1.25), Role::Halo)?;
    pen.area(&pointer((at, y), right, 1.0), role)?;
    if lasting { Ok(()) } else { pen.area(&pointer((at, y), right, 0.5), Role::Halo) }
}

/// A triangle that points right or left, around its middle.
fn pointer((x, y): At, right: bool, grow: f64) -> [At; 3] {
    let side = if right { grow } else { -grow };
    [(x + 8.0 * side, y), (x - 5.0 * side, y - 8.0 * grow), (x - 5.0 * side, y + 8.0 * grow)]
}

#[cfg(test)]
mod tests {
    use super::*;

    const TURNS: [Turn; 5] = [
        Turn::Level,
        Turn::Heavier { lasting: true },
        Turn::Heavier { lasting: false },
        Turn::Lighter { lasting: true },
        Turn::Lighter { lasting: false },
    ];

    fn against(at: f64, turn: Turn) -> String {
        against_svg(&AgainstUsual { at, from: at - 0.6, to: at + 0.6, turn }, Ink::Css)
    }

    #[test]
    fn a_small_picture_is_hidden_small_and_takes_its_colours_from_the_page() {
        for turn in TURNS {
            let svg = against(1.4, turn);
            assert!(svg.starts_with("<svg ") && svg.ends_with("</svg>"), "{svg}");
            assert!(svg.contains("aria-hidden=\"true\"") && !svg.contains("role=\"img\""));
            assert!(!svg.contains("<text") && !svg.contains("<title") && !svg.contains("=\"#"));
            assert!(svg.len() < 1100, "{} bytes: {svg}", svg.len());
            let paper =
                against_svg(&AgainstUsual { at: 0.0, from: 0.0, to: 0.0, turn }, Ink::Print);
            assert!(!paper.contains("class=\"chart-"));
        }
    }

    /// Solid once a change has lasted, hollow before; neither for what is as usual.
    #[test]
    fn a_change_that_has_not_lasted_is_hollow() {
        let count = |turn: Turn, class: &str| against(2.0, turn).matches(class).count();
        assert_eq!(count(Turn::Level, "chart-heavier") + count(Turn::Level, "chart-lighter"), 0);
        assert_eq!(count(Turn::Heavier { lasting: true }, "chart-halo"), 1);
        assert_eq!(count(Turn::Heavier { lasting: false }, "chart-halo"), 2);
        assert_eq!(count(Turn::Lighter { lasting: false }, "chart-lighter"), 1);
    }
}

//! Which cells of the table of units earn a tint, and which.
//!
//! A cell is tinted only if its gap from the organisation is told apart from chance for many units at
//! once; who calls decides that. Everything else stays neutral: a table may be wholly grey.

/// One of five fixed steps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum HeatStep {
    /// At least ten points lighter than the organisation.
    MuchLighter,
    /// Lighter.
    Lighter,
    /// Not told apart from the organisation.
    Neutral,
    /// Heavier.
    Heavier,
    /// At least ten points heavier.
    MuchHeavier,
}

/// From which gap a step is the stronger one. Unit: points.
const STRONG: f64 = 10.0;

/// Class, tint and ink of each step that has a tint.
pub(super) const RULES: [(&str, &str, &str); 4] = [
    ("heat-lighter-2", "--heat-lighter-2", "--heat-ink-2"),
    ("heat-lighter-1", "--heat-lighter-1", "--heat-ink"),
    ("heat-heavier-1", "--heat-heavier-1", "--heat-ink"),
    ("heat-heavier-2", "--heat-heavier-2", "--heat-ink-2"),
];

impl HeatStep {
    /// The step of a cell. `load_gap` is its gap from the organisation in points of load (above 0 is
    /// heavier, whatever the scale), `None` unless it stands out.
    pub fn of(load_gap: Option<f64>) -> Self {
        match load_gap {
            Some(gap) if gap >= STRONG => Self::MuchHeavier,
            Some(gap) if gap > 0.0 => Self::Heavier,
            Some(gap) if gap <= -STRONG => Self::MuchLighter,
            Some(gap) if gap < 0.0 => Self::Lighter,
            _ => Self::Neutral,
        }
    }

    /// The class of its cell on a page; empty for a neutral one.
    pub const fn class(self) -> &'static str {
        match self {
            Self::MuchLighter => "heat-lighter-2",
            Self::Lighter => "heat-lighter-1",
            Self::Neutral => "",
            Self::Heavier => "heat-heavier-1",
            Self::MuchHeavier => "heat-heavier-2",
        }
    }

    /// Its colour on paper, `#rrggbb`; `None` for a neutral one.
    pub const fn paper(self) -> Option<&'static str> {
        match self {
            Self::MuchLighter => Some("#5e9fab"),
            Self::Lighter => Some("#b9d9de"),
            Self::Neutral => None,
            Self::Heavier => Some("#f0d3a9"),
            Self::MuchHeavier => Some("#cf8f45"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colour_is_earned() {
        let steps = [None, Some(-12.0), Some(-5.0), Some(0.0), Some(5.0), Some(10.0)];
        let steps = steps.map(HeatStep::of);
        use HeatStep::{Heavier, Lighter, MuchHeavier, MuchLighter, Neutral};
        assert_eq!(steps, [Neutral, MuchLighter, Lighter, Neutral, Heavier, MuchHeavier]);
    }

    #[test]
    fn a_neutral_cell_has_neither_class_nor_colour() {
        assert_eq!((HeatStep::Neutral.class(), HeatStep::Neutral.paper()), ("", None));
        for (class, _, _) in RULES {
            assert!(super::super::chart_css().contains(class));
        }
    }
}

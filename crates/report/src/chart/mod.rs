//! Charts as SVG, drawn by plotters: the same code for screen, paper and mail.
//!
//! Each kind of chart has a module: [`trend`], [`spread`], [`participation`], [`drivers`],
//! [`multiples`]. They share one theme, take plain numbers and finished words, and are drawn in two
//! widths, 720 and 256 units, so that text stays readable on a phone without scaling. The table of
//! units is a real table; [`heat`] says which of its cells earn a tint.
//!
//! Shape says direction (▲ ▼), colour says meaning (ochre heavier, teal lighter), words say both.
//! Every chart has a title and a description for those who do not see it. A withheld figure is a mark
//! of fixed size at a fixed place: nothing about it depends on what it stands for.

pub mod drivers;
pub mod heat;
pub mod multiples;
pub mod participation;
mod pen;
pub mod spread;
mod theme;
pub mod trend;

pub use self::{
    drivers::{DriverRow, DriversChart, drivers_svg},
    heat::HeatStep,
    multiples::{Mini, Multiples, multiples_svg},
    participation::{ParticipationChart, Share, participation_svg},
    spread::{SpreadChart, spread_svg},
    trend::{LeverMark, Point, Signal, TrendChart, trend_svg},
};

/// How large a chart is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChartSize {
    /// 720 units wide.
    Wide,
    /// 256 units wide, for phones.
    Narrow,
}

impl ChartSize {
    const fn width(self) -> f64 {
        match self {
            Self::Wide => 720.0,
            Self::Narrow => 256.0,
        }
    }

    const fn code(self) -> &'static str {
        match self {
            Self::Wide => "wide",
            Self::Narrow => "narrow",
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

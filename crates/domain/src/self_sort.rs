//! The two-minute self-sort: what drains a person more, the work or the suffering they meet.
//!
//! For the person alone: evaluated in the browser and sent nowhere. This is the rule it follows.

/// Which way an answer points.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Pull {
    /// The work system.
    Work,
    /// Exposure to suffering.
    Exposure,
    /// Both the same.
    Both,
    /// Neither.
    Neither,
}

impl Pull {
    /// All, in the order in which they are offered.
    pub const ALL: [Self; 4] = [Self::Work, Self::Exposure, Self::Both, Self::Neither];

    /// Stable name.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Work => "W",
            Self::Exposure => "E",
            Self::Both => "B",
            Self::Neither => "N",
        }
    }

    /// The answer with this [`code`](Self::code).
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.code() == code)
    }
}

/// Where the answers lean.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Drain {
    /// Towards burnout.
    Burnout,
    /// Towards compassion fatigue.
    CompassionFatigue,
    /// Both.
    Both,
    /// No clear drain.
    NoClear,
}

impl Drain {
    /// All, in the order in which they are shown.
    pub const ALL: [Self; 4] = [Self::Burnout, Self::CompassionFatigue, Self::Both, Self::NoClear];

    /// Stable name.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Burnout => "burnout_leaning",
            Self::CompassionFatigue => "compassion_fatigue_leaning",
            Self::Both => "both",
            Self::NoClear => "no_clear_drain",
        }
    }
}

/// w = W + ½ B, e = E + ½ B; nothing at all is no clear drain, a lead of 1 or more leans that way,
/// and everything else is both. In halves, so that it stays exact.
pub fn sort(answers: &[Pull]) -> Drain {
    let (mut work, mut exposure) = (0_u32, 0_u32);
    for answer in answers {
        work += match answer {
            Pull::Work => 2,
            Pull::Both => 1,
            _ => 0,
        };
        exposure += match answer {
            Pull::Exposure => 2,
            Pull::Both => 1,
            _ => 0,
        };
    }
    match (work, exposure) {
        (0, 0) => Drain::NoClear,
        (work, exposure) if work >= exposure + 2 => Drain::Burnout,
        (work, exposure) if exposure >= work + 2 => Drain::CompassionFatigue,
        _ => Drain::Both,
    }
}

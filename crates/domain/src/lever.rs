//! Levers: changes to how work is organised, each with its evidence, and a unit's board of them.

use chrono::NaiveDate;

mod catalogue;

pub use catalogue::{LEVERS, NOT_FIRST_LINE, REFERENCES};

use crate::{LeverPlanId, UnitId};

/// What part of work a lever changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LeverCategory {
    /// Enough people.
    Staffing,
    /// Demands that fit.
    Workload,
    /// Working times.
    Scheduling,
    /// A say in the work.
    Autonomy,
    /// Knowing what comes first.
    RoleClarity,
    /// Support and fairness.
    Leadership,
    /// Breaks, leave and switching off.
    Recovery,
    /// Dose of others' pain, and supervision.
    TraumaExposure,
    /// Seeing the good done.
    Recognition,
}

impl LeverCategory {
    /// All categories, in the order in which they are shown.
    pub const ALL: [Self; 9] = [
        Self::Staffing,
        Self::Workload,
        Self::Scheduling,
        Self::Autonomy,
        Self::RoleClarity,
        Self::Leadership,
        Self::Recovery,
        Self::TraumaExposure,
        Self::Recognition,
    ];

    /// Stable name.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Staffing => "staffing",
            Self::Workload => "workload",
            Self::Scheduling => "scheduling",
            Self::Autonomy => "autonomy",
            Self::RoleClarity => "role-clarity",
            Self::Leadership => "leadership",
            Self::Recovery => "recovery",
            Self::TraumaExposure => "trauma-exposure",
            Self::Recognition => "recognition",
        }
    }

    /// The category with this [`code`](Self::code).
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.code() == code)
    }

    /// Heading for people.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Staffing => "Staffing",
            Self::Workload => "Workload",
            Self::Scheduling => "Scheduling",
            Self::Autonomy => "Autonomy",
            Self::RoleClarity => "Role clarity",
            Self::Leadership => "Leadership",
            Self::Recovery => "Breaks and recovery",
            Self::TraumaExposure => "Trauma exposure and supervision",
            Self::Recognition => "Recognition and meaning",
        }
    }
}

/// What a lever is expected to move.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Construct {
    /// Exhaustion.
    Exhaustion,
    /// Mental distance.
    MentalDistance,
    /// Reduced efficacy.
    ReducedEfficacy,
    /// Secondary traumatic stress.
    SecondaryTraumaticStress,
    /// Compassion satisfaction.
    CompassionSatisfaction,
}

impl Construct {
    /// Stable name.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Exhaustion => "EX",
            Self::MentalDistance => "DI",
            Self::ReducedEfficacy => "EF",
            Self::SecondaryTraumaticStress => "STS",
            Self::CompassionSatisfaction => "CS",
        }
    }
}

impl Evidence {
    /// All grades, the best supported first.
    pub const ALL: [Self; 4] = [Self::A, Self::B, Self::C, Self::D];

    /// The letter.
    pub const fn code(self) -> &'static str {
        match self {
            Self::A => "A",
            Self::B => "B",
            Self::C => "C",
            Self::D => "D",
        }
    }
}

/// How well a lever is supported by research.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Evidence {
    /// RCT, or meta-analysis/overview of controlled organisational interventions.
    A,
    /// controlled, quasi-experimental or longitudinal change study, or review of such.
    B,
    /// associations only.
    C,
    /// guideline, standard, theory or expert consensus.
    D,
}

/// A change an organisation can make.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lever {
    /// Stable name, such as `WL1`.
    pub id: &'static str,
    /// What part of work it changes.
    pub category: LeverCategory,
    /// What to do.
    pub text: &'static str,
    /// What it is expected to move.
    pub moves: &'static [Construct],
    /// How well it is supported.
    pub evidence: Evidence,
    /// Keys into [`REFERENCES`].
    pub references: &'static [&'static str],
}

/// Something that is often done first and should not be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotFirst {
    /// Stable name.
    pub key: &'static str,
    /// Keys into [`REFERENCES`].
    pub references: &'static [&'static str],
}

/// A source that levers cite.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reference {
    /// Key, such as `Bes2023`.
    pub key: &'static str,
    /// Who found what, in one line.
    pub citation: &'static str,
    /// Where to read it.
    pub url: &'static str,
}

/// The lever with this stable name.
pub fn lever(id: &str) -> Option<&'static Lever> {
    LEVERS.iter().find(|it| it.id == id)
}

/// Where a lever stands on a unit's board.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LeverStatus {
    /// Thinking about it.
    Considered,
    /// Being tried.
    Trying,
    /// Tried and kept.
    Kept,
    /// Tried and stopped: a normal, unshamed end.
    Stopped,
}

impl LeverStatus {
    /// All, in order.
    pub const ALL: [Self; 4] = [Self::Considered, Self::Trying, Self::Kept, Self::Stopped];

    /// Stable name.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Considered => "considered",
            Self::Trying => "trying",
            Self::Kept => "kept",
            Self::Stopped => "stopped",
        }
    }

    /// The status with this [`code`](Self::code).
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.code() == code)
    }
}

/// Whether the unit's manager can pull a lever alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reach {
    /// Mine to change.
    Mine,
    /// To be escalated.
    Escalate,
}

impl Reach {
    /// Stable name.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Mine => "mine",
            Self::Escalate => "escalate",
        }
    }

    /// The reach with this [`code`](Self::code).
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Mine, Self::Escalate].into_iter().find(|it| it.code() == code)
    }
}

/// One lever on one unit's board.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeverPlan {
    /// Identifier.
    pub id: LeverPlanId,
    /// Whose board.
    pub unit: UnitId,
    /// Which lever.
    pub lever: &'static Lever,
    /// Where it stands.
    pub status: LeverStatus,
    /// Whether the unit can do it alone.
    pub reach: Reach,
    /// Role of the person who looks after it (a role, not a name); up to 80 characters.
    pub owner: String,
    /// Since when.
    pub started: NaiveDate,
    /// When to look again.
    pub review: NaiveDate,
    /// What is hoped to be noticed; up to 500 characters.
    pub note: String,
}

impl LeverPlan {
    /// Whether the day to look again has passed without an end.
    pub fn is_overdue(&self, on: NaiveDate) -> bool {
        self.review < on && matches!(self.status, LeverStatus::Considered | LeverStatus::Trying)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_lever_has_a_source_and_every_category_a_lever() {
        for it in LEVERS {
            assert!(!it.moves.is_empty() && !it.references.is_empty(), "{}", it.id);
            for key in it.references {
                assert!(REFERENCES.iter().any(|r| r.key == *key), "{} cites {key}", it.id);
            }
        }
        for it in NOT_FIRST_LINE {
            assert!(!it.references.is_empty(), "{}", it.key);
            for key in it.references {
                assert!(REFERENCES.iter().any(|r| r.key == *key), "{} cites {key}", it.key);
            }
        }
        for it in REFERENCES {
            assert!(it.url.starts_with("https://") && it.citation.len() > 20, "{}", it.key);
            let cited = LEVERS.iter().map(|lever| lever.references);
            let all = cited.chain(NOT_FIRST_LINE.iter().map(|not| not.references)).flatten();
            assert!(all.into_iter().any(|key| *key == it.key), "nothing cites {}", it.key);
        }
        for category in LeverCategory::ALL {
            assert_eq!(LeverCategory::from_code(category.code()), Some(category));
            assert!(LEVERS.iter().any(|it| it.category == category));
        }
        assert_eq!(LEVERS.len(), 47);
        assert_eq!(lever("WL1").map(|it| it.category), Some(LeverCategory::Workload));
    }
}

//! The privacy settings of a release.

/// Fewest answers a figure may rest on. Unit: people. Range: 5 to 100.
///
/// Source: `docs/privacy.md`, "Smallest group".
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MinGroup(u32);

/// A smallest group that cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the smallest group must be from 5 to 100 people, not {0}")]
pub struct MinGroupError(u32);

impl MinGroup {
    /// No configuration can go below this. Unit: people.
    pub const FLOOR: u32 = 5;

    /// Above this hardly a team would ever be shown, and the planner's tables grow with its square.
    /// Unit: people.
    pub const CEILING: u32 = 100;

    /// Five, and one more for a reader who answered too. Unit: people.
    pub const DEFAULT: Self = Self(6);

    /// Builds a threshold of `people` answers.
    ///
    /// # Errors
    ///
    /// [`MinGroupError`] outside [`FLOOR`](Self::FLOOR) to [`CEILING`](Self::CEILING).
    pub const fn new(people: u32) -> Result<Self, MinGroupError> {
        if people >= Self::FLOOR && people <= Self::CEILING {
            Ok(Self(people))
        } else {
            Err(MinGroupError(people))
        }
    }

    /// The threshold, in people.
    pub const fn people(self) -> u32 {
        self.0
    }
}

impl Default for MinGroup {
    fn default() -> Self {
        Self::DEFAULT
    }
}

/// What an organisation may choose about its releases. The coarsening is not among it: see
/// [`Coarsening::SCORE`](crate::coarsen::Coarsening::SCORE). Neither choice looks at an answer, so
/// neither makes what is shown or withheld say anything about one.
///
/// The default is six people and no roster guard.
///
/// Source: `docs/privacy.md`, "Smallest group" and "Roster guard".
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Policy {
    /// Fewest answers of an atom, on each scale.
    pub k: MinGroup,
    /// Whether a group of fewer than [`SMALL_GROUP`] answers that one or two people joined or left
    /// since the release before is kept from standing alone
    /// ([`Standing::NotAlone`](crate::plan::Standing::NotAlone)): it is pooled with a neighbour for
    /// this wave, or withheld if it has none. So is one of which that is not known although there is
    /// a release before. A first release has nothing to be compared with, and is not guarded.
    ///
    /// Without it the group's level is shown and only the change is withheld
    /// ([`Release::change_since`](crate::Release::change_since)). The price: of a team of eight with
    /// 15 % joining and 15 % leaving in a year, about 18 % of the months.
    pub roster_guard: bool,
}

/// In a group of fewer answers, one or two people are a large part of it. Unit: people.
pub const SMALL_GROUP: u32 = 20;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_can_configure_less_than_five() {
        assert!(MinGroup::new(4).is_err());
        assert!(MinGroup::new(101).is_err());
        assert_eq!(MinGroup::new(5).map(MinGroup::people), Ok(5));
        assert_eq!(Policy::default().k.people(), 6);
        assert!(!Policy::default().roster_guard);
    }
}

//! How the smallest group may change: up at any time, down only after it was public for a week, and
//! never for what has been announced or published.

use chrono::{DateTime, TimeDelta, Utc};

use crate::MinGroup;

/// What the settings say of the smallest group: where it starts, before anybody changes it on the pages.
///
/// It holds for nothing by itself, so its number cannot be read: only [`in_force`], which knows the
/// changes, says what holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SmallestGroupSetting(MinGroup);

impl SmallestGroupSetting {
    /// The settings say `k`.
    pub const fn new(k: MinGroup) -> Self {
        Self(k)
    }
}

/// In words for whoever reads the settings: "6".
impl std::fmt::Display for SmallestGroupSetting {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.0.people())
    }
}

/// How long a lowering is public before it holds for anything. Unit: days.
pub const NOTICE_DAYS: i64 = 7;

/// One change of the smallest group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SmallestGroupChange {
    /// When it was made.
    pub at: DateTime<Utc>,
    /// What held before.
    pub before: MinGroup,
    /// What holds from [`effective`](Self::effective) on.
    pub k: MinGroup,
    /// From when on it holds.
    pub effective: DateTime<Utc>,
    /// Why, for everybody to read.
    pub reason: String,
}

impl SmallestGroupChange {
    /// A change to `k` at `at`, which holds at once if more people are asked for, and a week later
    /// if fewer are.
    pub fn new(before: MinGroup, k: MinGroup, at: DateTime<Utc>, reason: String) -> Self {
        let effective = if k < before { at + TimeDelta::days(NOTICE_DAYS) } else { at };
        Self { at, before, k, effective, reason }
    }
}

/// What holds at `now`, after `changes` (oldest first) of what the settings say. A change that has
/// not come into force is called off by the next one.
pub fn in_force(
    setting: SmallestGroupSetting,
    changes: &[SmallestGroupChange],
    now: DateTime<Utc>,
) -> MinGroup {
    match changes.split_last() {
        None => setting.0,
        Some((last, _)) if last.effective <= now => last.k,
        Some((last, earlier)) => in_force(setting, earlier, last.at.min(now)),
    }
}

/// The change that will come into force after `now`, if there is one.
pub fn pending(
    changes: &[SmallestGroupChange],
    now: DateTime<Utc>,
) -> Option<&SmallestGroupChange> {
    changes.last().filter(|it| it.effective > now)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn six() -> SmallestGroupSetting {
        SmallestGroupSetting::new(MinGroup::new(6).unwrap())
    }

    fn day(n: i64) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + TimeDelta::days(n)
    }

    /// Changes made as `(day, k)` one after another, starting from 6.
    fn changes(made: &[(i64, u32)]) -> Vec<SmallestGroupChange> {
        let mut all: Vec<SmallestGroupChange> = Vec::new();
        for (at, k) in made {
            let before = in_force(six(), &all, day(*at));
            let k = MinGroup::new(*k).unwrap();
            all.push(SmallestGroupChange::new(before, k, day(*at), String::new()));
        }
        all
    }

    #[track_caller]
    fn check(made: &[(i64, u32)], on: i64, expected: u32) {
        let k = in_force(six(), &changes(made), day(on));
        assert_eq!(k.people(), expected);
    }

    #[test]
    fn raising_holds_at_once() {
        check(&[], 0, 6);
        check(&[(3, 10)], 2, 6);
        check(&[(3, 10)], 3, 10);
    }

    #[test]
    fn lowering_waits_for_a_week() {
        check(&[(3, 10), (20, 8)], 26, 10);
        check(&[(3, 10), (20, 8)], 27, 8);
    }

    #[test]
    fn a_later_change_calls_off_what_is_pending() {
        let made = [(3, 10), (20, 8), (22, 12)];
        check(&made, 21, 10);
        check(&made, 40, 12);
        let again = [(3, 10), (20, 8), (22, 9)];
        check(&again, 28, 10);
        check(&again, 29, 9);
        assert!(pending(&changes(&again), day(28)).is_some());
        assert!(pending(&changes(&again), day(29)).is_none());
    }
}

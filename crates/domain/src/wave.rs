//! Waves: one survey round each. Closing is a fact of time, not a flag.

use std::{borrow::Cow, fmt};

use chrono::{DateTime, Utc};

/// Number of a wave: 1, 2, 3 … in the order of announcement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WaveSeq(pub u32);

impl fmt::Display for WaveSeq {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// What a wave is called: 1 to 24 of `A-Z`, `a-z`, `0-9` and `-`, such as `2026-11`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct WaveLabel(String);

impl WaveLabel {
    /// The label as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for WaveLabel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Dates or a label that cannot make a wave.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum WindowError {
    /// The dates are not in order.
    #[error("a wave needs pick-up before or at opening, and opening before closing")]
    OutOfOrder,
    /// The label has other characters, or none, or too many.
    #[error("a wave's label needs 1 to 24 of A-Z, a-z, 0-9 and -")]
    BadLabel,
}

impl std::str::FromStr for WaveLabel {
    type Err = WindowError;

    fn from_str(s: &str) -> Result<Self, WindowError> {
        let plain = s.bytes().all(|it| it.is_ascii_alphanumeric() || it == b'-');
        ((1..=24).contains(&s.len()) && plain)
            .then(|| Self(s.to_owned()))
            .ok_or(WindowError::BadLabel)
    }
}

/// Which questionnaire: its stable name and version, such as `tideline-pulse-1`; 1 to 40 of `A-Z`,
/// `a-z`, `0-9`, `-` and `_`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct InstrumentId(Cow<'static, str>);

impl InstrumentId {
    /// The pulse that ships with the product.
    pub const PULSE: Self = Self(Cow::Borrowed("tideline-pulse-1"));

    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it is the pulse that ships with the product.
    pub fn is_pulse(&self) -> bool {
        *self == Self::PULSE
    }
}

impl fmt::Display for InstrumentId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Text that cannot name a questionnaire.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a questionnaire is named by 1 to 40 of A-Z, a-z, 0-9, - and _")]
pub struct InstrumentIdError;

impl std::str::FromStr for InstrumentId {
    type Err = InstrumentIdError;

    fn from_str(s: &str) -> Result<Self, InstrumentIdError> {
        let plain = s.bytes().all(|it| it.is_ascii_alphanumeric() || it == b'-' || it == b'_');
        ((1..=40).contains(&s.len()) && plain)
            .then(|| Self(Cow::Owned(s.to_owned())))
            .ok_or(InstrumentIdError)
    }
}

/// When tokens may be picked up and answers are taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    pickup_from: DateTime<Utc>,
    opens: DateTime<Utc>,
    closes: DateTime<Utc>,
}

impl Window {
    /// A window from `pickup_from` over `opens` to `closes`.
    ///
    /// # Errors
    ///
    /// [`WindowError::OutOfOrder`] unless `pickup_from` ≤ `opens` < `closes`.
    pub fn new(
        pickup_from: DateTime<Utc>,
        opens: DateTime<Utc>,
        closes: DateTime<Utc>,
    ) -> Result<Self, WindowError> {
        (pickup_from <= opens && opens < closes)
            .then_some(Self { pickup_from, opens, closes })
            .ok_or(WindowError::OutOfOrder)
    }

    /// From when tokens are handed out.
    pub const fn pickup_from(&self) -> DateTime<Utc> {
        self.pickup_from
    }

    /// From when answers are taken.
    pub const fn opens(&self) -> DateTime<Utc> {
        self.opens
    }

    /// From when neither is done any more.
    pub const fn closes(&self) -> DateTime<Utc> {
        self.closes
    }

    /// What may happen at `now`.
    pub fn phase(&self, now: DateTime<Utc>) -> Phase {
        if now >= self.closes {
            Phase::Closed
        } else if now >= self.opens {
            Phase::Open
        } else if now >= self.pickup_from {
            Phase::PickUp
        } else {
            Phase::Announced
        }
    }
}

/// What may happen in a wave.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Phase {
    /// Nothing yet.
    Announced,
    /// Tokens are handed out.
    PickUp,
    /// Tokens are handed out and ballots taken.
    Open,
    /// Nothing any more; the wave may be released.
    Closed,
}

/// One survey round.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wave {
    /// Its number.
    pub seq: WaveSeq,
    /// What it is called.
    pub label: WaveLabel,
    /// What it asks.
    pub asks: InstrumentId,
    /// Its dates.
    pub window: Window,
}

impl Wave {
    /// Proof that the wave is closed at `now`; only a closed wave can be tallied and released.
    pub fn closed(&self, now: DateTime<Utc>) -> Option<ClosedWave<'_>> {
        (self.window.phase(now) == Phase::Closed).then_some(ClosedWave(self))
    }
}

/// A wave that is closed. Made by [`Wave::closed`] only.
#[derive(Debug, Clone, Copy)]
pub struct ClosedWave<'a>(&'a Wave);

impl ClosedWave<'_> {
    /// The wave.
    pub const fn wave(&self) -> &Wave {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(day: u32) -> DateTime<Utc> {
        chrono::NaiveDate::from_ymd_opt(2026, 3, day)
            .unwrap()
            .and_hms_opt(6, 0, 0)
            .unwrap()
            .and_utc()
    }

    #[test]
    fn time_alone_decides_the_phase() {
        let window = Window::new(at(1), at(8), at(15)).unwrap();
        let phases = [window.phase(at(1) - chrono::TimeDelta::seconds(1)), window.phase(at(1))];
        assert_eq!(phases, [Phase::Announced, Phase::PickUp]);
        assert_eq!([window.phase(at(8)), window.phase(at(15))], [Phase::Open, Phase::Closed]);
        let wave = Wave {
            seq: WaveSeq(1),
            label: "2026-03".parse().unwrap(),
            asks: InstrumentId::PULSE,
            window,
        };
        assert!(wave.closed(at(14)).is_none());
        assert!(wave.closed(at(15)).is_some());
    }

    #[test]
    fn dates_in_the_wrong_order_are_refused() {
        assert_eq!(Window::new(at(8), at(1), at(15)), Err(WindowError::OutOfOrder));
        assert_eq!(Window::new(at(1), at(8), at(8)), Err(WindowError::OutOfOrder));
        assert!("2026 11".parse::<WaveLabel>().is_err());
        assert!("pro qol".parse::<InstrumentId>().is_err());
    }
}

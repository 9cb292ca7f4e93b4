//! Waves: one survey round each. Closing is a fact of time, not a flag.

use std::{borrow::Cow, cmp::Ordering, fmt};

use chrono::{DateTime, Datelike as _, NaiveDate, NaiveTime, TimeDelta, TimeZone, Utc};

use crate::day::{beginning_of, day_in, end_of};

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
    /// Most waves of one month that ask the same.
    pub const MOST_IN_A_MONTH: u32 = 9;
    /// Longest label. Unit: characters.
    const LONGEST: usize = 24;

    /// The label of the wave that is number `part`, from 1, of those that open in the month of `day` and ask
    /// `asks`: `2026-11`, then `2026-11-2`; `2026-11-proqol-5` where it is not the pulse.
    ///
    /// # Errors
    ///
    /// [`WindowError::FullMonth`] if `part` is not 1 to [`MOST_IN_A_MONTH`](Self::MOST_IN_A_MONTH);
    /// [`WindowError::TooFar`] for years with more or fewer than four digits.
    pub fn of_month(day: NaiveDate, part: u32, asks: &InstrumentId) -> Result<Self, WindowError> {
        if !FOUR_DIGITS.contains(&day.year()) {
            return Err(WindowError::TooFar);
        }
        let mut label = day.format("%Y-%m").to_string();
        match part {
            1 => {}
            2..=Self::MOST_IN_A_MONTH => label.push_str(&format!("-{part}")),
            _ => return Err(WindowError::FullMonth),
        }
        if !asks.is_pulse() {
            label.push_str(&format!("-{}", asks.as_str().replace('_', "-")));
        }
        label.truncate(Self::LONGEST);
        label.parse()
    }

    /// The first day of the month that the label of a wave asking `asks` names, and which wave of that month
    /// it is, from 1; `None` for a label of another kind.
    pub fn month(&self, asks: &InstrumentId) -> Option<(NaiveDate, u32)> {
        let first = |part| NaiveDate::parse_from_str(&format!("{part}-01"), "%Y-%m-%d").ok();
        let (month, rest) = (first(self.0.get(..7)?)?, self.0.get(7..)?);
        let Some(rest) = rest.strip_prefix('-') else {
            return rest.is_empty().then_some((month, 1));
        };
        let (number, name) = rest.split_once('-').unwrap_or((rest, ""));
        let part = (number.len() == 1).then(|| number.parse().ok()).flatten();
        let part = part.filter(|it| (2..=Self::MOST_IN_A_MONTH).contains(it));
        match (part, asks.is_pulse()) {
            (Some(part), true) if name.is_empty() => Some((month, part)),
            (Some(part), false) if !name.is_empty() => Some((month, part)),
            (_, true) => None,
            (_, false) => Some((month, 1)),
        }
    }

    /// The order in which people count labels: numbers by their size, so that `W2` comes before `W10`.
    pub fn natural_cmp(&self, other: &Self) -> Ordering {
        natural(&self.0).cmp(natural(&other.0)).then_with(|| self.cmp(other))
    }

    /// The label as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Years that a label can name.
const FOUR_DIGITS: std::ops::RangeInclusive<i32> = 1000..=9999;

/// A part of a label: a number, or one other character.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    Number(u128),
    Letter(char),
}

/// The parts of a label. One of 24 digits fits into a number.
fn natural(label: &str) -> impl Iterator<Item = Part> {
    let mut rest = label;
    std::iter::from_fn(move || {
        let first = rest.chars().next()?;
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let (part, after) = match rest.get(..digits).and_then(|it| it.parse().ok()) {
            Some(number) => (Part::Number(number), digits),
            None => (Part::Letter(first), first.len_utf8()),
        };
        rest = rest.get(after..).unwrap_or_default();
        Some(part)
    })
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
    /// The dates lie beyond what calendars hold.
    #[error("a wave's year has four digits")]
    TooFar,
    /// There are as many waves of that month as there may be.
    #[error("a month takes nine waves that ask the same")]
    FullMonth,
    /// The label has other characters, or none, or too many.
    #[error("a wave's label needs 1 to 24 of A-Z, a-z, 0-9 and -")]
    BadLabel,
}

impl std::str::FromStr for WaveLabel {
    type Err = WindowError;

    fn from_str(s: &str) -> Result<Self, WindowError> {
        let plain = s.bytes().all(|it| it.is_ascii_alphanumeric() || it == b'-');
        ((1..=Self::LONGEST).contains(&s.len()) && plain)
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

    /// The window of whole days: it opens when `first` begins in `zone` and closes when `last` ends there.
    /// Tokens are handed out from its opening on; see [`picked_up_before`](Self::picked_up_before).
    ///
    /// # Errors
    ///
    /// [`WindowError::OutOfOrder`] if `last` is before `first`; [`WindowError::TooFar`] if its year has more
    /// or fewer than four digits.
    pub fn of_days<Zone: TimeZone>(
        first: NaiveDate,
        last: NaiveDate,
        zone: &Zone,
    ) -> Result<Self, WindowError> {
        if ![first, last].iter().all(|it| FOUR_DIGITS.contains(&it.year())) {
            return Err(WindowError::TooFar);
        }
        let opens = beginning_of(first, zone);
        Self::new(opens, opens, end_of(last, zone))
    }

    /// The same window, but not open before `at`.
    ///
    /// # Errors
    ///
    /// [`WindowError::OutOfOrder`] if it closes by then.
    pub fn not_before(self, at: DateTime<Utc>) -> Result<Self, WindowError> {
        let opens = self.opens.max(at);
        Self::new(opens, opens, self.closes)
    }

    /// The same window with tokens handed out `long` before it opens, but not before `now`.
    #[must_use]
    pub fn picked_up_before(self, long: TimeDelta, now: DateTime<Utc>) -> Self {
        Self { pickup_from: (self.opens - long).max(now.min(self.opens)), ..self }
    }

    /// The day in `zone` on which it opens.
    pub fn first_day<Zone: TimeZone>(&self, zone: &Zone) -> NaiveDate {
        day_in(self.opens, zone)
    }

    /// The last day in `zone` on which answers are taken.
    pub fn last_day<Zone: TimeZone>(&self, zone: &Zone) -> NaiveDate {
        day_in(self.closes - TimeDelta::nanoseconds(1), zone)
    }

    /// The hour in `zone` at which it opens; `None` if it is open from the beginning of its first day.
    pub fn opens_at<Zone: TimeZone>(&self, zone: &Zone) -> Option<NaiveTime> {
        let midnight = beginning_of(self.first_day(zone), zone);
        (self.opens != midnight).then(|| self.opens.with_timezone(zone).time())
    }

    /// The hour in `zone` at which it closes on its last day; `None` if it is open until the end of it.
    pub fn closes_at<Zone: TimeZone>(&self, zone: &Zone) -> Option<NaiveTime> {
        let midnight = end_of(self.last_day(zone), zone);
        (self.closes != midnight).then(|| self.closes.with_timezone(zone).time())
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
    fn a_label_names_the_month_and_which_wave_of_it() {
        let proqol: InstrumentId = "proqol_5".parse().unwrap();
        let day = chrono::NaiveDate::from_ymd_opt(2026, 11, 9).unwrap();
        let first = day.with_day(1).unwrap();
        for (asks, part, label) in [
            (&InstrumentId::PULSE, 1, "2026-11"),
            (&InstrumentId::PULSE, 2, "2026-11-2"),
            (&proqol, 1, "2026-11-proqol-5"),
            (&proqol, 9, "2026-11-9-proqol-5"),
        ] {
            let made = WaveLabel::of_month(day, part, asks).unwrap();
            assert_eq!((made.as_str(), made.month(asks)), (label, Some((first, part))));
        }
        let full = WaveLabel::of_month(day, 10, &InstrumentId::PULSE);
        assert_eq!(full, Err(WindowError::FullMonth));
        for other in ["2026-11-30", "2026-11-pilot", "2026-13", "W10", "2026-11-1"] {
            let label: WaveLabel = other.parse().unwrap();
            assert_eq!(label.month(&InstrumentId::PULSE), None, "{other}");
        }
    }

    #[test]
    fn labels_are_ordered_as_people_count() {
        let mut labels: Vec<WaveLabel> =
            ["W10", "2025-10", "W9", "2025-9", "W1", "2025-9-2", "W010"]
                .iter()
                .map(|it| it.parse().unwrap())
                .collect();
        labels.sort_by(WaveLabel::natural_cmp);
        let ordered: Vec<&str> = labels.iter().map(WaveLabel::as_str).collect();
        assert_eq!(ordered, ["2025-9", "2025-9-2", "2025-10", "W1", "W9", "W010", "W10"]);
    }

    /// East of Greenwich by so many hours.
    fn zone(hours: i32) -> chrono::FixedOffset {
        chrono::FixedOffset::east_opt(hours * 3600).unwrap()
    }

    #[test]
    fn whole_days_begin_and_end_at_midnight_of_the_zone() {
        let [first, last] =
            [1, 14].map(|day| chrono::NaiveDate::from_ymd_opt(2026, 12, day).unwrap());
        let window = Window::of_days(first, last, &zone(13)).unwrap();
        assert_eq!(window.opens().to_rfc3339(), "2026-11-30T11:00:00+00:00");
        assert_eq!(window.closes().to_rfc3339(), "2026-12-14T11:00:00+00:00");
        assert_eq!((window.first_day(&zone(13)), window.last_day(&zone(13))), (first, last));
        assert_eq!((window.opens_at(&zone(13)), window.closes_at(&zone(13))), (None, None));
        let hour = NaiveTime::from_hms_opt(11, 0, 0);
        assert_eq!((window.last_day(&zone(0)), window.closes_at(&zone(0))), (last, hour));
        assert_eq!(Window::of_days(last, first, &zone(1)), Err(WindowError::OutOfOrder));
        let far = chrono::NaiveDate::MAX;
        assert_eq!(Window::of_days(first, far, &zone(-1)), Err(WindowError::TooFar));
        let late = window.not_before(at(1) + TimeDelta::days(276)).unwrap();
        assert_eq!(late.pickup_from(), late.opens());
        assert!(window.not_before(window.closes()).is_err());
    }

    #[test]
    fn dates_in_the_wrong_order_are_refused() {
        assert_eq!(Window::new(at(8), at(1), at(15)), Err(WindowError::OutOfOrder));
        assert_eq!(Window::new(at(1), at(8), at(8)), Err(WindowError::OutOfOrder));
        assert!("2026 11".parse::<WaveLabel>().is_err());
        assert!("pro qol".parse::<InstrumentId>().is_err());
    }
}

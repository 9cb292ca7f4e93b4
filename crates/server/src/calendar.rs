//! When things happen by themselves: "monthly on day 1 at 09:00" or a cron expression, in the
//! organisation's time zone; and the waves that open so.

use std::{fmt, str::FromStr};

use chrono::{
    DateTime, Datelike as _, Days, Months, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Utc,
};
use chrono_tz::Tz;
use croner::Cron;
use tideline_domain::{
    WaveLabel, Window, WindowError,
    day::{day_in, end_of, moment_at},
};

/// A calendar that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CalendarError {
    /// Neither of the two forms.
    #[error(
        "“{0}” is neither like “monthly on day 1 at 09:00” nor a cron expression like “0 9 1 * *” \
         (minute hour day month weekday)"
    )]
    Unreadable(String),
    /// No such day.
    #[error("a month has days 1 to 31, not {0}; “last day” is the last one")]
    Day(u32),
    /// A cron expression whose time never comes.
    #[error("“{0}” never comes")]
    Never(String),
}

/// When something happens, as its clock on the wall shows it.
#[derive(Debug, Clone, PartialEq)]
pub enum Rule {
    /// Each month on a day, or on its last one if it has not so many.
    Monthly {
        /// Day of the month, 1 to 31.
        day: u32,
        /// Time of day.
        at: NaiveTime,
    },
    /// A cron expression of five fields.
    Cron(Box<Cron>),
}

impl FromStr for Rule {
    type Err = CalendarError;

    fn from_str(text: &str) -> Result<Self, CalendarError> {
        let text = text.trim();
        if let Some(rest) = text.to_ascii_lowercase().strip_prefix("monthly ") {
            return monthly(rest).unwrap_or_else(|| Err(CalendarError::Unreadable(text.into())));
        }
        let fields = text.split_whitespace().count();
        let cron: Cron = (fields == 5)
            .then(|| text.parse().ok())
            .flatten()
            .ok_or_else(|| CalendarError::Unreadable(text.into()))?;
        let rule = Self::Cron(Box::new(cron));
        let some_day = DateTime::UNIX_EPOCH.naive_utc();
        rule.next_on_the_wall(some_day).ok_or_else(|| CalendarError::Never(text.into()))?;
        Ok(rule)
    }
}

/// "on day 2 at 9", "on the last day at 09:30".
fn monthly(text: &str) -> Option<Result<Rule, CalendarError>> {
    let (day, time) = text.split_once(" at ")?;
    let day = day.trim().strip_prefix("on ")?.trim();
    let day = match day.strip_prefix("the ").unwrap_or(day) {
        "last day" => 31,
        numbered => numbered.strip_prefix("day ")?.trim().parse().ok()?,
    };
    let time = time.trim();
    let at = match time.split_once(':') {
        Some(_) => NaiveTime::parse_from_str(time, "%H:%M").ok()?,
        None => NaiveTime::from_hms_opt(time.parse().ok()?, 0, 0)?,
    };
    Some(if (1..=31).contains(&day) {
        Ok(Rule::Monthly { day, at })
    } else {
        Err(CalendarError::Day(day))
    })
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Monthly { day, at } => {
                write!(f, "monthly on day {day} at {}", at.format("%H:%M"))
            }
            Self::Cron(cron) => write!(f, "{}", cron.pattern),
        }
    }
}

impl Rule {
    /// The first time after `wall`, both as the clock on the wall shows them.
    fn next_on_the_wall(&self, wall: NaiveDateTime) -> Option<NaiveDateTime> {
        match self {
            Self::Monthly { day, at } => {
                let first = wall.date().with_day(1)?;
                [first, first.checked_add_months(Months::new(1))?]
                    .into_iter()
                    .map(|month| day_of(month, *day).and_time(*at))
                    .find(|it| *it > wall)
            }
            // A clock without gaps: what is missing or twice is settled in one place, for both forms.
            Self::Cron(cron) => {
                cron.find_next_occurrence(&wall.and_utc(), false).ok().map(|it| it.naive_utc())
            }
        }
    }
}

/// Day `day` of the month of `first`, or its last.
fn day_of(first: NaiveDate, day: u32) -> NaiveDate {
    (1..=day).rev().find_map(|it| first.with_day(it)).unwrap_or(first)
}

/// A rule in a time zone.
#[derive(Debug, Clone, PartialEq)]
pub struct Calendar {
    rule: Rule,
    zone: Tz,
}

impl Calendar {
    /// `rule` by the clocks of `zone`.
    pub const fn new(rule: Rule, zone: Tz) -> Self {
        Self { rule, zone }
    }

    /// The first time after `now`. `None` only beyond the end of all calendars.
    pub fn next_after(&self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let mut wall = now.with_timezone(&self.zone).naive_local();
        // Where the clock was put back, times on the wall lie before `now`: one for each minute at most.
        for _ in 0..=MINUTES_OF_A_DAY {
            wall = self.rule.next_on_the_wall(wall)?;
            let moment = moment_at(wall, &self.zone);
            if moment > now {
                return Some(moment);
            }
        }
        None
    }

    /// The first time at `at` or after it. `None` only beyond the end of all calendars.
    pub fn next_from(&self, at: DateTime<Utc>) -> Option<DateTime<Utc>> {
        self.next_after(at - TimeDelta::nanoseconds(1))
    }
}

const MINUTES_OF_A_DAY: u32 = 24 * 60;

/// A calendar by which no waves can open.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WaveCalendarError {
    /// Two openings on one day.
    #[error("it opens twice on a day; a wave takes whole days")]
    TwiceADay,
    /// More openings than a month has labels for.
    #[error("it opens more than nine times in a month")]
    TooOften,
    /// No opening ever leaves so many days until the next one.
    #[error("a wave would take {days} days, but the next one opens after {longest} at most")]
    TooLong {
        /// What is asked for. Unit: days.
        days: u32,
        /// The longest time between two openings. Unit: days.
        longest: i64,
    },
}

impl WaveCalendarError {
    /// The setting that has to be another one.
    pub(crate) const fn setting(&self) -> &'static str {
        match self {
            Self::TwiceADay | Self::TooOften => "calendar.wave_opens",
            Self::TooLong { .. } => "calendar.wave_days",
        }
    }
}

/// Openings that are looked at before a calendar is taken, about nine years of weeks.
const LOOKED_AT: usize = 470;
/// And the year before which they lie, counted from 1970.
const LOOKED_AT_UNTIL: i32 = 1990;

/// Waves that open by a calendar. Each takes answers from its opening to the end of its last day, and ends at
/// the latest on the day before the next one opens.
#[derive(Debug, Clone, PartialEq)]
pub struct WaveCalendar {
    openings: Rule,
    days: u32,
}

impl WaveCalendar {
    /// Waves of `days` days that open by `openings`.
    ///
    /// # Errors
    ///
    /// [`WaveCalendarError`] if the openings leave no room for that.
    pub fn new(openings: Rule, days: u32) -> Result<Self, WaveCalendarError> {
        let mut wall = DateTime::UNIX_EPOCH.naive_utc();
        let mut seen: Vec<NaiveDate> = Vec::new();
        while seen.len() < LOOKED_AT && wall.year() < LOOKED_AT_UNTIL {
            let Some(next) = openings.next_on_the_wall(wall) else { break };
            wall = next;
            let day = wall.date();
            if seen.last() == Some(&day) {
                return Err(WaveCalendarError::TwiceADay);
            }
            seen.push(day);
            let of_month = seen.iter().rev().take_while(|it| it.with_day(1) == day.with_day(1));
            if of_month.count() > WaveLabel::MOST_IN_A_MONTH as usize {
                return Err(WaveCalendarError::TooOften);
            }
        }
        let longest = seen.windows(2).map(|it| (it[1] - it[0]).num_days()).max();
        match longest {
            Some(longest) if longest < i64::from(days) => {
                Err(WaveCalendarError::TooLong { days, longest })
            }
            _ => Ok(Self { openings, days }),
        }
    }

    /// The waves whose time, by the clocks of `zone`, is not over by half at `now`, the next first.
    pub fn waves(&self, zone: Tz, now: DateTime<Utc>) -> impl Iterator<Item = Window> {
        let calendar = Calendar::new(self.openings.clone(), zone);
        let mut after = now - TimeDelta::days(self.days.into());
        let windows = std::iter::from_fn(move || {
            after = calendar.next_after(after)?;
            self.window(&calendar, after).ok()
        });
        windows.skip_while(move |it| it.opens() + (it.closes() - it.opens()) / 2 <= now)
    }

    fn window(&self, calendar: &Calendar, opens: DateTime<Utc>) -> Result<Window, WindowError> {
        let first = day_in(opens, &calendar.zone);
        let last = first.checked_add_days(Days::new(u64::from(self.days.saturating_sub(1))));
        let next = calendar.next_after(opens).map(|it| day_in(it, &calendar.zone));
        let before_next = next.and_then(|it| it.pred_opt());
        let last = last.into_iter().chain(before_next).min().unwrap_or(first).max(first);
        Window::new(opens, opens, end_of(last, &calendar.zone))
    }
}

#[cfg(test)]
mod tests {
    use tideline_report::words;
    use tideline_text::{Language, Text};

    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    /// The next three times after `from`, in UTC.
    #[track_caller]
    fn check(rule: &str, zone: Tz, from: &str, expected: [&str; 3]) {
        let calendar = Calendar::new(rule.parse().unwrap(), zone);
        let mut now = at(from);
        let found = expected.map(|_| {
            now = calendar.next_after(now).unwrap();
            now.format("%Y-%m-%dT%H:%M").to_string()
        });
        assert_eq!(found, expected, "{rule}");
    }

    #[test]
    fn a_month_keeps_its_time_on_the_wall_when_clocks_change() {
        // Berlin: UTC+1 in winter, UTC+2 from 29 March to 25 October 2026.
        check(
            "monthly on day 1 at 09:00",
            Tz::Europe__Berlin,
            "2026-02-15T00:00:00Z",
            ["2026-03-01T08:00", "2026-04-01T07:00", "2026-05-01T07:00"],
        );
        check(
            "0 9 1 * *",
            Tz::Europe__Berlin,
            "2026-09-15T00:00:00Z",
            ["2026-10-01T07:00", "2026-11-01T08:00", "2026-12-01T08:00"],
        );
    }

    #[test]
    fn the_year_ends_and_begins() {
        check(
            "monthly on day 31 at 23:30",
            Tz::Europe__Berlin,
            "2026-11-30T22:30:00Z",
            ["2026-12-31T22:30", "2027-01-31T22:30", "2027-02-28T22:30"],
        );
        check(
            "monthly on the last day at 8",
            Tz::Europe__Berlin,
            "2027-12-31T07:00:00Z",
            ["2028-01-31T07:00", "2028-02-29T07:00", "2028-03-31T06:00"],
        );
        check(
            "30 0 1 1 *",
            Tz::Pacific__Auckland,
            "2026-12-31T00:00:00Z",
            ["2026-12-31T11:30", "2027-12-31T11:30", "2028-12-31T11:30"],
        );
    }

    #[test]
    fn an_hour_that_is_missing_is_where_the_clock_goes_on() {
        // 29 March 2026: after 01:59 comes 03:00 in Berlin.
        for rule in ["30 2 * * *", "monthly on day 29 at 02:30"] {
            let calendar = Calendar::new(rule.parse().unwrap(), Tz::Europe__Berlin);
            let found = calendar.next_after(at("2026-03-28T12:00:00Z")).unwrap();
            assert_eq!(found, at("2026-03-29T01:00:00Z"), "{rule}");
        }
        let calendar = Calendar::new("30 2 * * *".parse().unwrap(), Tz::Europe__Berlin);
        let after = calendar.next_after(at("2026-03-29T01:00:00Z")).unwrap();
        assert_eq!(after, at("2026-03-30T00:30:00Z"), "and once only");
    }

    #[test]
    fn an_hour_that_comes_twice_is_its_first_and_once() {
        // 25 October 2026: 02:30 comes at 00:30 and at 01:30 UTC in Berlin.
        check(
            "30 2 * * *",
            Tz::Europe__Berlin,
            "2026-10-24T12:00:00Z",
            ["2026-10-25T00:30", "2026-10-26T01:30", "2026-10-27T01:30"],
        );
        let calendar = Calendar::new("30 2 * * *".parse().unwrap(), Tz::Europe__Berlin);
        // While the second 02:10 passes, today's 02:30 is over.
        let next = calendar.next_after(at("2026-10-25T01:10:00Z")).unwrap();
        assert_eq!(next, at("2026-10-26T01:30:00Z"));
    }

    #[test]
    fn a_rule_of_minutes_goes_on_after_the_hour_that_comes_twice() {
        let calendar = Calendar::new("* * * * *".parse().unwrap(), Tz::Europe__Berlin);
        // 02:59:30 for the second time.
        let next = calendar.next_after(at("2026-10-25T01:59:30Z")).unwrap();
        assert_eq!(next, at("2026-10-25T02:00:00Z"));
        let first = calendar.next_after(at("2026-10-25T01:00:30Z")).unwrap();
        assert_eq!(first, at("2026-10-25T02:00:00Z"), "each minute of the hour came once");
    }

    /// The dates of the next six waves, in words, by the clocks of `zone`.
    fn next_six(rule: &str, days: u32, zone: Tz) -> Vec<String> {
        let t = Text::new(Language::English);
        let calendar = WaveCalendar::new(rule.parse().unwrap(), days).unwrap();
        let words = |it: Window| {
            format!("{} to {}", words::first_day(&it, &zone, t), words::last_day(&it, &zone, t))
        };
        calendar.waves(zone, at("2026-09-15T12:00:00Z")).take(6).map(words).collect()
    }

    #[test]
    fn the_next_six_waves_of_ten_calendars() {
        let calendars = [
            ("monthly on day 1 at 09:00", 14, Tz::Europe__Berlin),
            ("monthly on day 1 at 09:00", 30, Tz::Europe__Berlin),
            ("monthly on the last day at 23:30", 10, Tz::Pacific__Auckland),
            ("0 9 * * 1", 7, Tz::America__New_York),
            ("0 0 1,15 * *", 17, Tz::Asia__Kolkata),
            ("30 2 25 10 *", 14, Tz::Europe__Berlin),
            ("30 2 * * 0#2", 10, Tz::America__New_York),
            ("0 9 * * 5L", 14, Tz::UTC),
            ("0 8 1 */3 *", 90, Tz::Pacific__Auckland),
            ("0 9 1 * 1", 7, Tz::Asia__Kolkata),
        ];
        let mut said = String::new();
        for (rule, days, zone) in calendars {
            said.push_str(&format!("{rule}, {days} days, {zone}\n"));
            next_six(rule, days, zone).iter().for_each(|it| said.push_str(&format!("  {it}\n")));
        }
        let expected = include_str!("calendar/next_six.txt");
        assert_eq!(said, expected, "{said}");
    }

    #[test]
    fn waves_that_have_no_room_are_refused() {
        let refused =
            |rule: &str, days| WaveCalendar::new(rule.parse().unwrap(), days).unwrap_err();
        assert!(matches!(
            refused("0 9 * * 1", 14),
            WaveCalendarError::TooLong { days: 14, longest: 7 }
        ));
        assert!(matches!(refused("0 9,15 1 * *", 1), WaveCalendarError::TwiceADay));
        assert!(matches!(refused("0 9 * * *", 1), WaveCalendarError::TooOften));
        assert!(matches!(
            refused("monthly on day 1 at 9", 32),
            WaveCalendarError::TooLong { longest: 31, .. }
        ));
    }

    #[test]
    fn a_wave_is_the_next_one_until_half_of_it_is_over() {
        let calendar = WaveCalendar::new("monthly on day 1 at 09:00".parse().unwrap(), 14).unwrap();
        let next = |now| calendar.waves(Tz::Europe__Berlin, at(now)).next().unwrap().opens();
        assert_eq!(next("2026-02-25T12:00:00Z"), at("2026-03-01T08:00:00Z"));
        assert_eq!(next("2026-03-05T12:00:00Z"), at("2026-03-01T08:00:00Z"), "late");
        assert_eq!(next("2026-03-08T08:00:00Z"), at("2026-04-01T07:00:00Z"), "too late");
    }

    #[test]
    fn what_cannot_be_read_says_what_would_be_right() {
        let error = |text: &str| text.parse::<Rule>().unwrap_err();
        for wrong in ["", "every month", "monthly on day x at 9", "monthly on day 1 at 25", "* * *"]
        {
            assert!(error(wrong).to_string().contains("monthly on day 1 at 09:00"), "{wrong}");
        }
        assert_eq!(error("monthly on day 32 at 9"), CalendarError::Day(32));
        assert!(matches!(error("0 9 31 2 *"), CalendarError::Never(_)));
    }

    #[test]
    fn a_rule_is_written_as_it_can_be_read() {
        for text in ["monthly on day 31 at 08:05", "0 9 1 * *"] {
            assert_eq!(text.parse::<Rule>().unwrap().to_string(), text);
        }
    }
}

//! When things happen by themselves: "monthly on day 1 at 09:00" or a cron expression, in the
//! organisation's time zone.
//!
//! The clock of a zone is not even: once a year an hour is missing, once it comes twice. A time that is
//! missing is moved to the moment at which the clock goes on; one that comes twice is its first.

use std::{fmt, str::FromStr};

use chrono::{
    DateTime, Datelike as _, LocalResult, Months, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta,
    TimeZone as _, Utc,
};
use chrono_tz::Tz;
use croner::Cron;

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
        // Where the clock was put back, a time on the wall can lie before `now`.
        for _ in 0..4 {
            wall = self.rule.next_on_the_wall(wall)?;
            let moment = moment(wall, self.zone);
            if moment > now {
                return Some(moment);
            }
        }
        None
    }
}

/// The moment at which the clocks of `zone` show `wall`; see the module on missing and double times.
pub fn moment(wall: NaiveDateTime, zone: Tz) -> DateTime<Utc> {
    match zone.from_local_datetime(&wall) {
        LocalResult::Single(at) | LocalResult::Ambiguous(at, _) => at.to_utc(),
        // Minute by minute to the end of the gap; the longest there ever was took a whole day.
        LocalResult::None => (1..=24 * 60)
            .find_map(|minute| {
                zone.from_local_datetime(&(wall + TimeDelta::minutes(minute))).earliest()
            })
            .map_or_else(|| wall.and_utc(), |it| it.to_utc()),
    }
}

#[cfg(test)]
mod tests {
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

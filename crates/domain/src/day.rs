//! Days: the one place where a moment becomes a day, and a day a moment.
//!
//! Days that people choose begin and end at midnight of the organisation's time zone. The clock of a zone
//! is not even: once a year an hour is missing, once it comes twice. A time that is missing is moved to the
//! moment at which the clock goes on; one that comes twice is its first.

use chrono::{
    DateTime, LocalResult, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, TimeZone, Utc,
};

/// The day that calendars in `zone` show at `at`.
#[expect(clippy::disallowed_methods, reason = "this is where it is done for everybody")]
pub fn day_in<Zone: TimeZone>(at: DateTime<Utc>, zone: &Zone) -> NaiveDate {
    at.with_timezone(zone).date_naive()
}

/// The day in UTC at `at`: for what nobody chooses by the calendar on their wall. Rosters are kept by it, so
/// that a change of the organisation's zone moves nobody from one team to another.
pub fn utc_day(at: DateTime<Utc>) -> NaiveDate {
    day_in(at, &Utc)
}

/// The moment at which `day` begins in `zone`: the first midnight, or where there is none the first moment
/// after it.
pub fn beginning_of<Zone: TimeZone>(day: NaiveDate, zone: &Zone) -> DateTime<Utc> {
    moment_at(day.and_time(NaiveTime::MIN), zone)
}

/// The moment at which `day` ends in `zone`: the beginning of the next one.
pub fn end_of<Zone: TimeZone>(day: NaiveDate, zone: &Zone) -> DateTime<Utc> {
    // Only the last day of all calendars has no next one.
    beginning_of(day.succ_opt().unwrap_or(day), zone)
}

/// The moment at which the clocks of `zone` show `wall`; see the module on missing and double times.
pub fn moment_at<Zone: TimeZone>(wall: NaiveDateTime, zone: &Zone) -> DateTime<Utc> {
    match zone.from_local_datetime(&wall) {
        LocalResult::Single(at) | LocalResult::Ambiguous(at, _) => at.with_timezone(&Utc),
        // Minute by minute to the end of the gap; the longest there ever was took a whole day.
        LocalResult::None => (1..=24 * 60)
            .filter_map(|minute| wall.checked_add_signed(TimeDelta::minutes(minute)))
            .find_map(|later| zone.from_local_datetime(&later).earliest())
            .map_or_else(|| wall.and_utc(), |it| it.with_timezone(&Utc)),
    }
}

#[cfg(test)]
mod tests {
    use chrono_tz::{TZ_VARIANTS, Tz};
    use proptest::prelude::*;

    use super::*;

    fn begins(day: &str, zone: Tz) -> String {
        beginning_of(day.parse().unwrap(), &zone).format("%Y-%m-%dT%H:%MZ").to_string()
    }

    #[test]
    fn a_midnight_that_is_missing_or_comes_twice() {
        // Clocks went from 0:00 to 1:00, and from 1:00 back to 0:00.
        assert_eq!(begins("2018-11-04", Tz::America__Sao_Paulo), "2018-11-04T03:00Z");
        assert_eq!(begins("2020-11-01", Tz::America__Havana), "2020-11-01T04:00Z");
        // A day that no calendar there had.
        assert_eq!(
            begins("2011-12-30", Tz::Pacific__Apia),
            begins("2011-12-31", Tz::Pacific__Apia)
        );
        // Odd distances from UTC, and a clock change of half an hour.
        assert_eq!(begins("2026-11-30", Tz::Asia__Kathmandu), "2026-11-29T18:15Z");
        assert_eq!(begins("2026-04-05", Tz::Australia__Lord_Howe), "2026-04-04T13:00Z");
        let long = end_of("2026-04-05".parse().unwrap(), &Tz::Australia__Lord_Howe)
            - beginning_of("2026-04-05".parse().unwrap(), &Tz::Australia__Lord_Howe);
        assert_eq!(long, TimeDelta::minutes(24 * 60 + 30));
    }

    proptest! {
        /// In every zone there is, from 1970 on: a day begins at the first moment that calendars show it, and one
        /// ends where the next begins.
        #[test]
        fn days_follow_each_other_without_a_gap(zone in 0..TZ_VARIANTS.len(), days in 0_i64..30_000) {
            let zone = TZ_VARIANTS[zone];
            let day = NaiveDate::from_ymd_opt(1970, 1, 1).unwrap() + TimeDelta::days(days);
            let begins = beginning_of(day, &zone);
            let shown = day_in(begins, &zone);
            // Where a day is missing its beginning is that of the next one.
            prop_assert!(shown >= day && shown <= day + TimeDelta::days(1), "{zone} {day}");
            prop_assert!(day_in(begins - TimeDelta::seconds(1), &zone) < day, "{zone} {day}");
            prop_assert_eq!(end_of(day, &zone), beginning_of(day.succ_opt().unwrap(), &zone));
            prop_assert!(end_of(day, &zone) >= begins);
        }
    }
}

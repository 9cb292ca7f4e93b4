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

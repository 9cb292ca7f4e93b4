//! What other programs are told about a wave: that it is open, that its results are out, that the
//! report was sent. Each is told once to each hook, and tried again when the hook does not answer.
//!
//! What says nothing else fails with [`StoreError`] if the database does, and with nothing else.

use chrono::{DateTime, TimeDelta, Utc};
use diesel::prelude::*;
use tideline_domain::WaveSeq;

use crate::{
    Store, StoreError,
    connection::lock_table,
    schema::notices,
    value::{count, known, number, timestamp},
    waves::key,
};

/// Something other programs may want to know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NoticeEvent {
    /// Answers are taken.
    WaveOpened,
    /// Results are published.
    ResultsPublished,
    /// Every mail with the report has been sent.
    ReportSent,
}

impl NoticeEvent {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::WaveOpened, Self::ResultsPublished, Self::ReportSent];

    /// Stable name.
    pub const fn code(self) -> &'static str {
        match self {
            Self::WaveOpened => "wave.opened",
            Self::ResultsPublished => "results.published",
            Self::ReportSent => "report.sent",
        }
    }

    /// The event with this [`code`](Self::code).
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.code() == code)
    }
}

/// A notice that has been taken and is to be sent now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// What happened.
    pub event: NoticeEvent,
    /// To which wave.
    pub wave: WaveSeq,
    /// The name of the hook.
    pub hook: String,
    /// Which attempt this is, from 1.
    pub attempt: u32,
}

/// Attempts before a notice is given up.
const ATTEMPTS: u32 = 8;
/// How long whoever takes a notice has for it.
const LEASE: TimeDelta = TimeDelta::minutes(5);

impl Store {
    /// Queues `event` of `wave` for `hook`, unless it has been before.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if there is no such wave or the database fails.
    pub fn queue_notice(
        &self,
        event: NoticeEvent,
        wave: WaveSeq,
        hook: &str,
    ) -> Result<(), StoreError> {
        let wave = key(wave)?;
        self.write("queue_notice", |conn| {
            lock_table(conn, "notices")?;
            let known: i64 =
                notices::table.find((event.code(), wave, hook)).count().get_result(conn)?;
            if known == 0 {
                diesel::insert_into(notices::table)
                    .values((
                        notices::event.eq(event.code()),
                        notices::wave.eq(wave),
                        notices::hook.eq(hook),
                        notices::state.eq("queued"),
                        notices::attempts.eq(0),
                    ))
                    .execute(conn)?;
            }
            Ok(())
        })
    }

    /// Takes a notice that is to be sent now, under a lease; `None` if there is none.
    pub fn claim_notice(&self, now: DateTime<Utc>) -> Result<Option<Notice>, StoreError> {
        self.write("claim_notice", |conn| {
            lock_table(conn, "notices")?;
            let found = notices::table
                .filter(notices::state.eq("queued"))
                .filter(notices::retry.is_null().or(notices::retry.le(timestamp(now))))
                .order((notices::wave, notices::event, notices::hook))
                .select((notices::event, notices::wave, notices::hook, notices::attempts))
                .first::<(String, i32, String, i32)>(conn)
                .optional()?;
            let Some((event, wave, hook, attempts)) = found else { return Ok(None) };
            diesel::update(notices::table.find((&event, wave, &hook)))
                .set((
                    notices::attempts.eq(attempts + 1),
                    notices::retry.eq(timestamp(now + LEASE)),
                ))
                .execute(conn)?;
            Ok(Some(Notice {
                event: known("notices", NoticeEvent::from_code(&event))?,
                wave: WaveSeq(count("notices", wave)?),
                hook,
                attempt: count("notices", attempts + 1)?,
            }))
        })
    }

    /// Notes what came of a notice: sent, to be tried again later, or given up after many attempts.
    pub fn notice_tried(
        &self,
        notice: &Notice,
        sent: bool,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let attempts = i32::try_from(notice.attempt).unwrap_or(i32::MAX);
        // An attempt whose lease ran out undoes neither another's success nor its lease.
        let row = notices::table
            .filter(notices::event.eq(notice.event.code()))
            .filter(notices::wave.eq(key(notice.wave)?))
            .filter(notices::hook.eq(&notice.hook))
            .filter(notices::attempts.eq(attempts))
            .filter(notices::state.eq("queued"));
        let state = match sent {
            true => "sent",
            false if notice.attempt >= ATTEMPTS => "failed",
            false => "queued",
        };
        // One minute, two, four …
        let wait = TimeDelta::minutes(1_i64 << (notice.attempt.saturating_sub(1)).min(10));
        self.read(|conn| {
            diesel::update(row)
                .set((notices::state.eq(state), notices::retry.eq(timestamp(now + wait))))
                .execute(conn)?;
            Ok(())
        })
    }

    /// How many notices could not be sent so far, and how many were given up.
    pub fn notices_unsent(&self) -> Result<(u32, u32), StoreError> {
        self.read(|conn| {
            let waiting: i64 = notices::table
                .filter(notices::state.eq("queued"))
                .filter(notices::attempts.gt(0))
                .count()
                .get_result(conn)?;
            let failed: i64 =
                notices::table.filter(notices::state.eq("failed")).count().get_result(conn)?;
            let whole = |n: i64| count("notices", number("notices", n)?);
            Ok((whole(waiting)?, whole(failed)?))
        })
    }
}

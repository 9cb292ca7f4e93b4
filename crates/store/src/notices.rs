//! What other programs are told about a wave: that it is open, that its results are out, that the
//! report was sent. Each is told to each hook once, taken under a lease (`leased`) and tried again when the hook does
//! not answer.
//!
//! What says nothing else fails with [`StoreError`] if the database does, and with nothing else.

use chrono::{DateTime, TimeDelta, Utc};
use diesel::prelude::*;
use tideline_domain::WaveSeq;

use crate::{
    Store, StoreError,
    connection::lock_table,
    leased::{QUEUED, end_attempt, finish, first_unlocked, free, hold},
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
                        notices::state.eq(QUEUED),
                        notices::attempts.eq(0),
                    ))
                    .execute(conn)?;
            }
            Ok(())
        })
    }

    /// Takes a notice that is to be sent now, for as long as `lease`; `None` if there is none.
    pub fn claim_notice(
        &self,
        now: DateTime<Utc>,
        lease: TimeDelta,
    ) -> Result<Option<Notice>, StoreError> {
        let until = timestamp(now + lease);
        let now = timestamp(now);
        self.write("claim_notice", |conn| {
            let found: Option<(String, i32, String, i32)> =
                first_unlocked!(
                    conn,
                    free!(notices, now)
                        .order((notices::wave, notices::event, notices::hook))
                        .select((notices::event, notices::wave, notices::hook, notices::attempts))
                )?;
            let Some((event, wave, hook, attempts)) = found else { return Ok(None) };
            hold!(conn, notices, (&event, wave, &hook), attempts, until)?;
            Ok(Some(Notice {
                event: known("notices", NoticeEvent::from_code(&event))?,
                wave: WaveSeq(count("notices", wave)?),
                hook,
                attempt: count("notices", attempts + 1)?,
            }))
        })
    }

    /// A notice was taken by its hook.
    pub fn notice_sent(&self, notice: &Notice) -> Result<(), StoreError> {
        let wave = key(notice.wave)?;
        self.read(|conn| {
            finish!(conn, notices, (notice.event.code(), wave, &notice.hook), "sent")?;
            Ok(())
        })
    }

    /// An attempt failed: to be tried again at `retry_at`, or given up if that is `None`.
    pub fn notice_failed(
        &self,
        held: &Notice,
        retry_at: Option<DateTime<Utc>>,
    ) -> Result<(), StoreError> {
        let key = (held.event.code(), key(held.wave)?, &held.hook);
        let state = if retry_at.is_some() { QUEUED } else { "failed" };
        self.read(|conn| {
            end_attempt!(conn, notices, key, held.attempt, state, retry_at.map(timestamp))?;
            Ok(())
        })
    }

    /// How many notices could not be sent so far, and how many were given up.
    pub fn notices_unsent(&self) -> Result<(u32, u32), StoreError> {
        self.read(|conn| {
            let waiting: i64 = notices::table
                .filter(notices::state.eq(QUEUED))
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

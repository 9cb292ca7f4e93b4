//! What calendars ask for. Each occurrence is there once, and is taken under a lease (`leased`).
//!
//! What says nothing else fails with [`StoreError`] if the database does, and with nothing else.

use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};
use diesel::prelude::*;

use crate::{
    Store, StoreError,
    connection::lock_table,
    deliveries::without_addresses,
    leased::{end_attempt, finish, free, hold},
    schema::jobs,
    value::{count, known, timestamp},
};

/// What is to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum JobKind {
    /// Announce the wave that opens at the time the job is due.
    AnnounceWave,
}

impl JobKind {
    /// Stable name.
    pub const fn code(self) -> &'static str {
        match self {
            Self::AnnounceWave => "announce_wave",
        }
    }

    fn from_code(code: &str) -> Option<Self> {
        [Self::AnnounceWave].into_iter().find(|it| it.code() == code)
    }
}

/// Where a job stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JobState {
    /// To be done, perhaps again.
    Queued,
    /// Done.
    Done,
    /// Given up.
    Failed,
}

impl JobState {
    /// Stable name.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Done => "done",
            Self::Failed => "failed",
        }
    }

    fn from_code(code: &str) -> Option<Self> {
        [Self::Queued, Self::Done, Self::Failed].into_iter().find(|it| it.code() == code)
    }
}

/// One occurrence and what has become of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JobRecord {
    /// What.
    pub kind: JobKind,
    /// Which occurrence.
    pub due: DateTime<Utc>,
    /// Where it stands.
    pub state: JobState,
    /// How often it was tried.
    pub attempts: u32,
    /// When it is tried again, if it failed before.
    pub retry_at: Option<DateTime<Utc>>,
    /// Why the last attempt failed, without addresses.
    pub reason: Option<String>,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = jobs)]
struct JobRow {
    kind: String,
    due: NaiveDateTime,
    state: String,
    attempts: i32,
    retry_at: Option<NaiveDateTime>,
    reason: Option<String>,
}

impl TryFrom<JobRow> for JobRecord {
    type Error = StoreError;

    fn try_from(row: JobRow) -> Result<Self, StoreError> {
        Ok(Self {
            kind: known("jobs", JobKind::from_code(&row.kind))?,
            due: row.due.and_utc(),
            state: known("jobs", JobState::from_code(&row.state))?,
            attempts: count("jobs", row.attempts)?,
            retry_at: row.retry_at.map(|it| it.and_utc()),
            reason: row.reason,
        })
    }
}

impl Store {
    /// Takes the occurrence of `kind` at `due` for as long as `lease`, and puts it into the list first
    /// if it is not there. `None` if it is done, given up, held by another, or waits for its next
    /// attempt; otherwise which attempt this is, from 1. Two that ask at once never both get it.
    pub fn claim_job(
        &self,
        kind: JobKind,
        due: DateTime<Utc>,
        now: DateTime<Utc>,
        lease: TimeDelta,
    ) -> Result<Option<u32>, StoreError> {
        let due = timestamp(due);
        let until = timestamp(now + lease);
        let now = timestamp(now);
        self.write("claim_job", |conn| {
            lock_table(conn, "jobs")?;
            let row = jobs::table.find((kind.code(), due));
            if !diesel::select(diesel::dsl::exists(row)).get_result(conn)? {
                diesel::insert_into(jobs::table)
                    .values((
                        jobs::kind.eq(kind.code()),
                        jobs::due.eq(due),
                        jobs::state.eq(JobState::Queued.code()),
                        jobs::attempts.eq(1),
                        jobs::claimed_until.eq(Some(until)),
                    ))
                    .execute(conn)?;
                return Ok(Some(1));
            }
            let free = free!(jobs, now)
                .filter(jobs::kind.eq(kind.code()))
                .filter(jobs::due.eq(due))
                .select(jobs::attempts);
            let Some(attempts) = free.first::<i32>(conn).optional()? else { return Ok(None) };
            hold!(conn, jobs, (kind.code(), due), attempts, until)?;
            Ok(Some(count("jobs", attempts + 1)?))
        })
    }

    /// An occurrence was done.
    pub fn job_done(
        &self,
        kind: JobKind,
        due: DateTime<Utc>,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        self.read(|conn| {
            finish!(
                conn,
                jobs,
                (kind.code(), timestamp(due)),
                JobState::Done.code(),
                jobs::done_at.eq(Some(timestamp(now))),
                jobs::reason.eq(None::<String>)
            )?;
            Ok(())
        })
    }

    /// Attempt `attempt` failed: to be tried again at `retry_at`, or given up if that is `None`. Nothing happens if
    /// another holds the occurrence by now.
    pub fn job_failed(
        &self,
        (kind, due): (JobKind, DateTime<Utc>),
        attempt: u32,
        retry_at: Option<DateTime<Utc>>,
        reason: &str,
    ) -> Result<(), StoreError> {
        let state = if retry_at.is_some() { JobState::Queued } else { JobState::Failed };
        self.read(|conn| {
            end_attempt!(
                conn,
                jobs,
                (kind.code(), timestamp(due)),
                attempt,
                state.code(),
                retry_at.map(timestamp),
                jobs::reason.eq(Some(without_addresses(reason)))
            )?;
            Ok(())
        })
    }

    /// The latest occurrences, the last first.
    pub fn jobs(&self, most: u32) -> Result<Vec<JobRecord>, StoreError> {
        self.read(|conn| {
            jobs::table
                .order(jobs::due.desc())
                .limit(most.into())
                .select(JobRow::as_select())
                .load(conn)?
                .into_iter()
                .map(JobRecord::try_from)
                .collect()
        })
    }
}

//! Mails that a release sets off. Sent at least once: whoever takes one holds it under a lease, and
//! a lease that runs out makes it free again.

use std::fmt;

use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};
use diesel::prelude::*;
use tideline_domain::{PersonId, WaveSeq};
use uuid::Uuid;

use crate::{
    Store, StoreError,
    connection::AnyConnection,
    schema::deliveries,
    value::{count, known, parse, timestamp},
    waves::key,
};

/// A delivery. Random.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DeliveryId(Uuid);

impl DeliveryId {
    /// The UUID.
    pub const fn uuid(self) -> Uuid {
        self.0
    }
}

impl fmt::Display for DeliveryId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl std::str::FromStr for DeliveryId {
    type Err = uuid::Error;

    fn from_str(s: &str) -> Result<Self, uuid::Error> {
        s.parse().map(Self)
    }
}

/// What is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DeliveryKind {
    /// The organisation's monthly report.
    MonthlyReport,
}

impl DeliveryKind {
    /// Stable name.
    pub const fn code(self) -> &'static str {
        match self {
            Self::MonthlyReport => "monthly_report",
        }
    }

    fn from_code(code: &str) -> Option<Self> {
        [Self::MonthlyReport].into_iter().find(|it| it.code() == code)
    }
}

/// A delivery to be queued.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NewDelivery {
    /// To whom.
    pub recipient: PersonId,
    /// What.
    pub kind: DeliveryKind,
}

impl NewDelivery {
    /// The monthly report for `recipient`.
    pub const fn monthly_report(recipient: PersonId) -> Self {
        Self { recipient, kind: DeliveryKind::MonthlyReport }
    }
}

/// A delivery that has been taken and is to be sent now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Delivery {
    /// Which; the same for every attempt, so a message identifier can be made from it.
    pub id: DeliveryId,
    /// About which wave.
    pub wave: WaveSeq,
    /// To whom.
    pub recipient: PersonId,
    /// What.
    pub kind: DeliveryKind,
    /// Which attempt this is, from 1.
    pub attempt: u32,
}

/// Where a delivery stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeliveryState {
    /// To be sent, perhaps again.
    Queued,
    /// Sent.
    Sent,
    /// Given up.
    Failed,
}

impl DeliveryState {
    /// Stable name: `queued`, `sent`, `failed`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Sent => "sent",
            Self::Failed => "failed",
        }
    }

    fn from_code(code: &str) -> Option<Self> {
        [Self::Queued, Self::Sent, Self::Failed].into_iter().find(|it| it.code() == code)
    }
}

/// What has become of a delivery.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeliveryRecord {
    /// Which.
    pub id: DeliveryId,
    /// About which wave.
    pub wave: WaveSeq,
    /// To whom.
    pub recipient: PersonId,
    /// What.
    pub kind: DeliveryKind,
    /// Where it stands.
    pub state: DeliveryState,
    /// How often it was tried.
    pub attempts: u32,
    /// When it is tried again, if it failed before.
    pub retry_at: Option<DateTime<Utc>>,
    /// When it was sent.
    pub sent_at: Option<DateTime<Utc>>,
    /// Why the last attempt failed, without addresses.
    pub reason: Option<String>,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = deliveries)]
struct DeliveryRow {
    id: String,
    wave: i32,
    recipient: String,
    kind: String,
    state: String,
    attempts: i32,
    retry_at: Option<NaiveDateTime>,
    sent_at: Option<NaiveDateTime>,
    reason: Option<String>,
}

impl TryFrom<DeliveryRow> for DeliveryRecord {
    type Error = StoreError;

    fn try_from(row: DeliveryRow) -> Result<Self, StoreError> {
        Ok(Self {
            id: parse("deliveries", &row.id)?,
            wave: WaveSeq(count("deliveries", row.wave)?),
            recipient: parse("deliveries", &row.recipient)?,
            kind: known("deliveries", DeliveryKind::from_code(&row.kind))?,
            state: known("deliveries", DeliveryState::from_code(&row.state))?,
            attempts: count("deliveries", row.attempts)?,
            retry_at: row.retry_at.map(|it| it.and_utc()),
            sent_at: row.sent_at.map(|it| it.and_utc()),
            reason: row.reason,
        })
    }
}

/// Longest reason that is kept. Unit: characters.
const REASON: usize = 200;

impl Store {
    /// Takes a delivery that is due, for as long as `lease`; `None` if none is. Two that ask at once
    /// never get the same one.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database fails.
    pub fn claim_delivery(
        &self,
        now: DateTime<Utc>,
        lease: TimeDelta,
    ) -> Result<Option<Delivery>, StoreError> {
        use deliveries::{claimed_until, retry_at};
        let until = timestamp(now + lease);
        let now = timestamp(now);
        self.read(|conn| {
            loop {
                let due = deliveries::table
                    .filter(deliveries::state.eq(DeliveryState::Queued.code()))
                    .filter(retry_at.is_null().or(retry_at.le(now)))
                    .filter(claimed_until.is_null().or(claimed_until.le(now)));
                let Some(row) = due
                    .order((deliveries::wave, deliveries::attempts, deliveries::id))
                    .select(DeliveryRow::as_select())
                    .first(conn)
                    .optional()?
                else {
                    return Ok(None);
                };
                // Whoever changes the number of attempts first has it; the other looks for the next.
                let taken = diesel::update(
                    deliveries::table
                        .filter(deliveries::id.eq(&row.id))
                        .filter(deliveries::state.eq(DeliveryState::Queued.code()))
                        .filter(deliveries::attempts.eq(row.attempts)),
                )
                .set((claimed_until.eq(until), deliveries::attempts.eq(row.attempts + 1)))
                .execute(conn)?;
                if taken == 1 {
                    let record = DeliveryRecord::try_from(row)?;
                    return Ok(Some(Delivery {
                        id: record.id,
                        wave: record.wave,
                        recipient: record.recipient,
                        kind: record.kind,
                        attempt: record.attempts + 1,
                    }));
                }
            }
        })
    }

    /// A delivery was sent.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database fails.
    pub fn delivery_sent(&self, id: DeliveryId, now: DateTime<Utc>) -> Result<(), StoreError> {
        self.read(|conn| {
            diesel::update(deliveries::table.find(id.to_string()))
                .set((
                    deliveries::state.eq(DeliveryState::Sent.code()),
                    deliveries::sent_at.eq(Some(timestamp(now))),
                    deliveries::claimed_until.eq(None::<NaiveDateTime>),
                    deliveries::retry_at.eq(None::<NaiveDateTime>),
                    deliveries::reason.eq(None::<String>),
                ))
                .execute(conn)?;
            Ok(())
        })
    }

    /// An attempt failed: to be tried again at `retry_at`, or given up if that is `None`. Words of
    /// `reason` that hold an `@` are left out, because mail servers like to quote addresses.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database fails.
    pub fn delivery_failed(
        &self,
        id: DeliveryId,
        retry_at: Option<DateTime<Utc>>,
        reason: &str,
    ) -> Result<(), StoreError> {
        let state = if retry_at.is_some() { DeliveryState::Queued } else { DeliveryState::Failed };
        self.read(|conn| {
            // A late failure of an attempt whose lease ran out does not undo another's success.
            diesel::update(
                deliveries::table
                    .filter(deliveries::id.eq(id.to_string()))
                    .filter(deliveries::state.eq(DeliveryState::Queued.code())),
            )
            .set((
                deliveries::state.eq(state.code()),
                deliveries::claimed_until.eq(None::<NaiveDateTime>),
                deliveries::retry_at.eq(retry_at.map(timestamp)),
                deliveries::reason.eq(Some(without_addresses(reason))),
            ))
            .execute(conn)?;
            Ok(())
        })
    }

    /// The deliveries of a wave.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database fails.
    pub fn deliveries(&self, seq: WaveSeq) -> Result<Vec<DeliveryRecord>, StoreError> {
        let seq = key(seq)?;
        self.read(|conn| {
            deliveries::table
                .filter(deliveries::wave.eq(seq))
                .order(deliveries::id)
                .select(DeliveryRow::as_select())
                .load(conn)?
                .into_iter()
                .map(DeliveryRecord::try_from)
                .collect()
        })
    }
}

pub(crate) fn queue(
    conn: &mut AnyConnection,
    seq: WaveSeq,
    new: &[NewDelivery],
) -> Result<(), StoreError> {
    for delivery in new {
        diesel::insert_into(deliveries::table)
            .values((
                deliveries::id.eq(Uuid::new_v4().to_string()),
                deliveries::wave.eq(key(seq)?),
                deliveries::recipient.eq(delivery.recipient.to_string()),
                deliveries::kind.eq(delivery.kind.code()),
                deliveries::state.eq(DeliveryState::Queued.code()),
                deliveries::attempts.eq(0),
            ))
            .execute(conn)?;
    }
    Ok(())
}

fn without_addresses(reason: &str) -> String {
    let words: Vec<&str> =
        reason.split_whitespace().map(|it| if it.contains('@') { "…" } else { it }).collect();
    words.join(" ").chars().take(REASON).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reasons_hold_no_addresses() {
        let reason = "550 5.1.1 <ann@example.org>: no such user,\nann@example.org";
        assert_eq!(without_addresses(reason), "550 5.1.1 … no such user, …");
        assert_eq!(without_addresses(&"ä".repeat(300)).chars().count(), REASON);
    }
}

//! Mails that are to be sent, each once: taken under a lease (`leased`), so sent at least once, and twice only if the
//! program dies between sending one and writing that down. The Message-ID is the same then.
//!
//! What says nothing else fails with [`StoreError`] if the database does, and with nothing else.

mod topic;

use std::fmt;

use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};
use diesel::prelude::*;
use tideline_domain::{PersonId, WaveSeq};
use uuid::Uuid;

pub use self::topic::{MailKind, Topic};
use crate::{
    Store, StoreError,
    connection::AnyConnection,
    leased::{end_attempt, finish, first_unlocked, free, hold},
    schema::{deliveries, mail_choices},
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

/// A mail to be queued.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NewDelivery {
    /// To whom.
    pub recipient: PersonId,
    /// What.
    pub topic: Topic,
    /// Not before.
    pub due: DateTime<Utc>,
}

impl NewDelivery {
    /// The organisation's report of wave `seq` for `recipient`, not before `due`.
    pub const fn monthly_report(seq: WaveSeq, recipient: PersonId, due: DateTime<Utc>) -> Self {
        Self { recipient, topic: Topic::MonthlyReport(seq), due }
    }
}

/// A mail that has been taken and is to be sent now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Delivery {
    /// Which; the same for every attempt.
    pub id: DeliveryId,
    /// What.
    pub topic: Topic,
    /// To whom.
    pub recipient: PersonId,
    /// Which attempt this is, from 1.
    pub attempt: u32,
    /// Since when it has been due.
    pub due: DateTime<Utc>,
}

/// Where a mail stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeliveryState {
    /// To be sent, perhaps again.
    Queued,
    /// Sent.
    Sent,
    /// Given up.
    Failed,
    /// Not needed any more: not wanted, too late, or no longer for this person.
    Dropped,
}

impl DeliveryState {
    /// All.
    pub const ALL: [Self; 4] = [Self::Queued, Self::Sent, Self::Failed, Self::Dropped];

    /// Stable name: `queued`, `sent`, `failed`, `dropped`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Sent => "sent",
            Self::Failed => "failed",
            Self::Dropped => "dropped",
        }
    }

    pub(crate) fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.code() == code)
    }
}

/// What has become of a mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeliveryRecord {
    /// Which.
    pub id: DeliveryId,
    /// What.
    pub topic: Topic,
    /// To whom.
    pub recipient: PersonId,
    /// Since when it is due.
    pub due: DateTime<Utc>,
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

/// How many mails stand where, and what is wrong.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MailHealth {
    /// Due and not sent yet.
    pub waiting: u32,
    /// Of these, tried at least once.
    pub retrying: u32,
    /// Given up in the time that is looked at.
    pub failed: u32,
    /// When the next of those that failed is tried again.
    pub next_retry: Option<DateTime<Utc>>,
    /// Why the last one failed, without addresses.
    pub reason: Option<String>,
    /// When a mail was last sent.
    pub last_sent: Option<DateTime<Utc>>,
}

/// What a person chose about a kind of mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MailChoice {
    /// Not at all.
    Off,
    /// Without the attachment.
    Link,
}

impl MailChoice {
    /// Stable name.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::Link => "link",
        }
    }

    /// The choice with this [`code`](Self::code).
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Off, Self::Link].into_iter().find(|it| it.code() == code)
    }
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = deliveries)]
struct DeliveryRow {
    id: String,
    kind: String,
    topic: String,
    recipient: String,
    due: NaiveDateTime,
    state: String,
    attempts: i32,
    retry_at: Option<NaiveDateTime>,
    sent_at: Option<NaiveDateTime>,
    reason: Option<String>,
}

impl TryFrom<DeliveryRow> for DeliveryRecord {
    type Error = StoreError;

    fn try_from(row: DeliveryRow) -> Result<Self, StoreError> {
        const TABLE: &str = "deliveries";
        let kind = known(TABLE, MailKind::from_code(&row.kind))?;
        Ok(Self {
            id: parse(TABLE, &row.id)?,
            topic: known(TABLE, Topic::from_code(kind, &row.topic))?,
            recipient: parse(TABLE, &row.recipient)?,
            due: row.due.and_utc(),
            state: known(TABLE, DeliveryState::from_code(&row.state))?,
            attempts: count(TABLE, row.attempts)?,
            retry_at: row.retry_at.map(|it| it.and_utc()),
            sent_at: row.sent_at.map(|it| it.and_utc()),
            reason: row.reason,
        })
    }
}

/// Longest reason that is kept. Unit: characters.
const REASON: usize = 200;

impl Store {
    /// Queues mails; those that were queued before, whatever became of them, stay as they are. All are
    /// queued or none. Returns how many are new.
    pub fn queue_deliveries(&self, new: &[NewDelivery]) -> Result<usize, StoreError> {
        self.write("queue_deliveries", |conn| queue(conn, new))
    }

    /// Takes a mail that is due, for as long as `lease`; `None` if none is. Two that ask at once never
    /// get the same one.
    pub fn claim_delivery(
        &self,
        now: DateTime<Utc>,
        lease: TimeDelta,
    ) -> Result<Option<Delivery>, StoreError> {
        let until = timestamp(now + lease);
        let now = timestamp(now);
        self.write("claim_delivery", |conn| {
            loop {
                let found: Option<DeliveryRow> = first_unlocked!(
                    conn,
                    free!(deliveries, now)
                        .filter(deliveries::due.le(now))
                        .order((deliveries::due, deliveries::attempts, deliveries::id))
                        .select(DeliveryRow::as_select())
                )?;
                let Some(row) = found else { return Ok(None) };
                hold!(conn, deliveries, &row.id, row.attempts, until)?;
                let (id, attempt) = (row.id.clone(), row.attempts + 1);
                match DeliveryRecord::try_from(row) {
                    Ok(record) => {
                        return Ok(Some(Delivery {
                            id: record.id,
                            topic: record.topic,
                            recipient: record.recipient,
                            attempt: record.attempts + 1,
                            due: record.due,
                        }));
                    }
                    // Of a later version, perhaps. It must not stand before all others.
                    Err(error) => {
                        let (failed, reason) = (DeliveryState::Failed.code(), error.to_string());
                        end_attempt!(
                            conn,
                            deliveries,
                            &id,
                            attempt,
                            failed,
                            None::<NaiveDateTime>,
                            deliveries::reason.eq(Some(without_addresses(&reason)))
                        )?;
                    }
                }
            }
        })
    }

    /// A mail was sent.
    pub fn delivery_sent(&self, id: DeliveryId, now: DateTime<Utc>) -> Result<(), StoreError> {
        self.read(|conn| {
            finish!(
                conn,
                deliveries,
                id.to_string(),
                DeliveryState::Sent.code(),
                deliveries::sent_at.eq(Some(timestamp(now))),
                deliveries::reason.eq(None::<String>)
            )?;
            Ok(())
        })
    }

    /// An attempt failed: to be tried again at `retry_at`, or given up if that is `None`. Words of
    /// `reason` that hold an `@` are left out, because mail servers like to quote addresses.
    pub fn delivery_failed(
        &self,
        held: &Delivery,
        retry_at: Option<DateTime<Utc>>,
        reason: &str,
    ) -> Result<(), StoreError> {
        let state = if retry_at.is_some() { DeliveryState::Queued } else { DeliveryState::Failed };
        self.end_attempt(held, state, retry_at, Some(reason))
    }

    /// A mail cannot be written yet; nothing is wrong with it.
    pub fn delivery_waits(
        &self,
        held: &Delivery,
        retry_at: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        self.end_attempt(held, DeliveryState::Queued, Some(retry_at), None)
    }

    /// A mail is not needed any more, and why.
    pub fn delivery_dropped(&self, held: &Delivery, reason: &str) -> Result<(), StoreError> {
        self.end_attempt(held, DeliveryState::Dropped, None, Some(reason))
    }

    fn end_attempt(
        &self,
        held: &Delivery,
        state: DeliveryState,
        retry_at: Option<DateTime<Utc>>,
        reason: Option<&str>,
    ) -> Result<(), StoreError> {
        self.read(|conn| {
            end_attempt!(
                conn,
                deliveries,
                held.id.to_string(),
                held.attempt,
                state.code(),
                retry_at.map(timestamp),
                deliveries::reason.eq(reason.map(without_addresses))
            )?;
            Ok(())
        })
    }

    /// Puts mails that were given up back into the queue, and those that wait for another attempt to
    /// the front. Returns how many.
    pub fn retry_deliveries(&self, now: DateTime<Utc>) -> Result<usize, StoreError> {
        let stuck = [DeliveryState::Failed.code(), DeliveryState::Queued.code()];
        self.read(|conn| {
            Ok(diesel::update(
                deliveries::table
                    .filter(deliveries::state.eq_any(stuck))
                    .filter(deliveries::reason.is_not_null())
                    .filter(
                        deliveries::claimed_until
                            .is_null()
                            .or(deliveries::claimed_until.le(timestamp(now))),
                    ),
            )
            .set((
                deliveries::state.eq(DeliveryState::Queued.code()),
                deliveries::retry_at.eq(None::<NaiveDateTime>),
            ))
            .execute(conn)?)
        })
    }

    /// Puts invitations that were given up or dropped before `due` back into the queue, to be sent from then on
    /// to whoever is on the roster of wave `seq`. Returns how many.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database fails.
    pub fn invite_again(&self, seq: WaveSeq, due: DateTime<Utc>) -> Result<usize, StoreError> {
        let people: Vec<String> =
            self.people_of_wave(seq)?.iter().map(ToString::to_string).collect();
        let never = [DeliveryState::Failed.code(), DeliveryState::Dropped.code()];
        self.write("invite_again", |conn| {
            let mut again = 0;
            // Databases take so many values at once.
            for people in people.chunks(500) {
                again += diesel::update(
                    deliveries::table
                        .filter(deliveries::kind.eq(MailKind::Invitation.code()))
                        .filter(deliveries::state.eq_any(never))
                        .filter(deliveries::due.lt(timestamp(due)))
                        .filter(deliveries::recipient.eq_any(people)),
                )
                .set((
                    deliveries::state.eq(DeliveryState::Queued.code()),
                    deliveries::due.eq(timestamp(due)),
                    deliveries::attempts.eq(0),
                    deliveries::retry_at.eq(None::<NaiveDateTime>),
                    deliveries::reason.eq(None::<String>),
                ))
                .execute(conn)?;
            }
            Ok(again)
        })
    }

    /// The mails about a wave.
    pub fn deliveries(&self, seq: WaveSeq) -> Result<Vec<DeliveryRecord>, StoreError> {
        let seq = key(seq)?;
        self.read(|conn| {
            deliveries::table
                .filter(deliveries::wave.eq(seq))
                .order((deliveries::kind, deliveries::id))
                .select(DeliveryRow::as_select())
                .load(conn)?
                .into_iter()
                .map(DeliveryRecord::try_from)
                .collect()
        })
    }

    /// The mails with the organisation's report of a wave; other mails about the wave are not among them.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database fails.
    pub fn report_deliveries(&self, seq: WaveSeq) -> Result<Vec<DeliveryRecord>, StoreError> {
        let mut mails = self.deliveries(seq)?;
        mails.retain(|it| it.topic.kind() == MailKind::MonthlyReport);
        Ok(mails)
    }

    /// Whether mails of this kind about a wave were ever queued.
    pub fn has_deliveries(&self, seq: WaveSeq, kind: MailKind) -> Result<bool, StoreError> {
        let seq = key(seq)?;
        self.read(|conn| {
            let some = deliveries::table
                .filter(deliveries::wave.eq(seq))
                .filter(deliveries::kind.eq(kind.code()));
            Ok(diesel::select(diesel::dsl::exists(some)).get_result(conn)?)
        })
    }

    /// How mail is doing: what waits at `now`, and what was given up since `since`.
    pub fn mail_health(
        &self,
        now: DateTime<Utc>,
        since: DateTime<Utc>,
    ) -> Result<MailHealth, StoreError> {
        use deliveries::{reason, retry_at, sent_at, state};
        let (now, since) = (timestamp(now), timestamp(since));
        self.read(|conn| {
            let waiting = || {
                deliveries::table
                    .filter(state.eq(DeliveryState::Queued.code()))
                    .filter(deliveries::due.le(now))
            };
            let retrying = || waiting().filter(reason.is_not_null());
            let failed = || {
                deliveries::table
                    .filter(state.eq(DeliveryState::Failed.code()))
                    .filter(deliveries::due.ge(since))
            };
            let number = |it: i64| u32::try_from(it).unwrap_or(u32::MAX);
            let told: Option<Option<String>> =
                retrying().order(retry_at.desc()).select(reason).first(conn).optional()?;
            let told = match told.flatten() {
                Some(why) => Some(why),
                None => failed()
                    .order(deliveries::due.desc())
                    .select(reason)
                    .first::<Option<String>>(conn)
                    .optional()?
                    .flatten(),
            };
            let next: Option<Option<NaiveDateTime>> =
                retrying().order(retry_at).select(retry_at).first(conn).optional()?;
            let last: Option<Option<NaiveDateTime>> = deliveries::table
                .filter(state.eq(DeliveryState::Sent.code()))
                .order(sent_at.desc())
                .select(sent_at)
                .first(conn)
                .optional()?;
            Ok(MailHealth {
                waiting: number(waiting().count().get_result(conn)?),
                retrying: number(retrying().count().get_result(conn)?),
                failed: number(failed().count().get_result(conn)?),
                next_retry: next.flatten().map(|it| it.and_utc()),
                reason: told,
                last_sent: last.flatten().map(|it| it.and_utc()),
            })
        })
    }

    /// What a person chose; kinds that are missing come as they come to everybody.
    pub fn mail_choices(
        &self,
        person: PersonId,
    ) -> Result<Vec<(MailKind, MailChoice)>, StoreError> {
        const TABLE: &str = "mail_choices";
        self.read(|conn| {
            mail_choices::table
                .filter(mail_choices::person.eq(person.to_string()))
                .select((mail_choices::kind, mail_choices::choice))
                .order(mail_choices::kind)
                .load::<(String, String)>(conn)?
                .iter()
                .map(|(kind, choice)| {
                    Ok((
                        known(TABLE, MailKind::from_code(kind))?,
                        known(TABLE, MailChoice::from_code(choice))?,
                    ))
                })
                .collect()
        })
    }

    /// Sets what a person chose about one kind; `None` is as it comes to everybody.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if there is no such person, or the database fails.
    pub fn set_mail_choice(
        &self,
        person: PersonId,
        kind: MailKind,
        choice: Option<MailChoice>,
    ) -> Result<(), StoreError> {
        let key = (person.to_string(), kind.code());
        self.write_untold(|conn| {
            diesel::delete(mail_choices::table.find((&key.0, key.1))).execute(conn)?;
            if let Some(choice) = choice {
                diesel::insert_into(mail_choices::table)
                    .values((
                        mail_choices::person.eq(&key.0),
                        mail_choices::kind.eq(key.1),
                        mail_choices::choice.eq(choice.code()),
                    ))
                    .execute(conn)?;
            }
            Ok(())
        })
    }
}

/// Queues what is not there yet; returns how many are new.
pub(crate) fn queue(conn: &mut AnyConnection, new: &[NewDelivery]) -> Result<usize, StoreError> {
    let mut queued = 0;
    // Two processes may queue the same mails at once.
    crate::connection::lock_table(conn, "deliveries")?;
    for NewDelivery { recipient, topic, due } in new {
        let (recipient, kind, code) = (recipient.to_string(), topic.kind().code(), topic.code());
        let same = deliveries::table
            .filter(deliveries::recipient.eq(&recipient))
            .filter(deliveries::kind.eq(kind))
            .filter(deliveries::topic.eq(&code));
        if diesel::select(diesel::dsl::exists(same)).get_result(conn)? {
            continue;
        }
        diesel::insert_into(deliveries::table)
            .values((
                deliveries::id.eq(Uuid::new_v4().to_string()),
                deliveries::kind.eq(kind),
                deliveries::topic.eq(code),
                deliveries::wave.eq(topic.wave().map(key).transpose()?),
                deliveries::recipient.eq(recipient),
                deliveries::due.eq(timestamp(*due)),
                deliveries::state.eq(DeliveryState::Queued.code()),
                deliveries::attempts.eq(0),
            ))
            .execute(conn)?;
        queued += 1;
    }
    Ok(queued)
}

pub(crate) fn without_addresses(reason: &str) -> String {
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

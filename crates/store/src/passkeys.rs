//! Passkeys (WebAuthn): public keys by which people sign in.
//!
//! What is kept of one is written when it is added and never when it is used, apart from the counter of
//! those security keys that have one; that it came or went goes into the audit log when the hour is over. A
//! challenge that was answered is kept as a hash until it would have
//! ended anyway, so that none is answered twice.
//!
//! What says nothing else fails with [`StoreError`] if the database does, and with nothing else.

use chrono::{DateTime, DurationRound as _, NaiveDateTime, TimeDelta, Utc};
use diesel::prelude::*;
use tideline_domain::{Name, PersonId};
use uuid::Uuid;

use crate::{
    Actor, AuditEntry, Store, StoreError, audit,
    connection::{AnyConnection, is_unique_violation, lock_table},
    schema::{memberships, passkey_changes, passkey_counters, passkeys, spent_challenges},
    sign_in::{CODE_STEP, up_to_the_next},
    value::{self, bytes32, parse, timestamp},
};

/// The action of an entry about a passkey that somebody added to their own account.
pub const PASSKEY_ADDED: &str = "passkey.add";
/// The action of an entry about a passkey that somebody removed from their own account.
pub const PASSKEY_REMOVED: &str = "passkey.remove";

/// Most passkeys of one person.
pub const MOST_PASSKEYS: usize = 10;
/// Longest name of a passkey. Unit: characters.
pub const LONGEST_PASSKEY_NAME: usize = 60;

/// The log says no closer when somebody was at their account: that is when ballots come. Nor may its order:
/// see [`Store::log_passkey_changes`].
const LOG_STEP: TimeDelta = TimeDelta::hours(1);

/// A passkey of somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PasskeyRecord {
    /// Hash of the name by which the device knows it.
    pub id: [u8; 32],
    /// What its owner calls it.
    pub name: Name,
    /// The public key and what belongs to it, as whoever checks it wrote it.
    pub credential: String,
}

/// A passkey that somebody signs in with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PasskeySigningIn {
    /// Whose it is.
    pub person: PersonId,
    /// As in [`PasskeyRecord`].
    pub credential: String,
    /// The highest counter it has told since it was added; 0 if it tells none.
    pub counter: u32,
}

/// A challenge that is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Challenge {
    /// Hash of its name.
    pub hash: [u8; 32],
    /// When it ends by itself.
    pub expires: DateTime<Utc>,
}

/// What became of an attempt to add a passkey.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AddPasskey {
    /// It is there.
    Added,
    /// The challenge was answered before.
    Spent,
    /// It is there already, for this person or for somebody else.
    Taken,
    /// The person has [`MOST_PASSKEYS`].
    TooMany,
}

impl Store {
    /// The passkeys of a person, by name.
    pub fn passkeys_of(&self, person: PersonId) -> Result<Vec<PasskeyRecord>, StoreError> {
        self.read(|conn| {
            passkeys::table
                .filter(passkeys::person.eq(person.to_string()))
                .order((passkeys::name, passkeys::id))
                .select((passkeys::id, passkeys::name, passkeys::credential))
                .load::<(Vec<u8>, String, String)>(conn)?
                .into_iter()
                .map(|(id, name, credential)| {
                    let (id, name) = (bytes32("passkeys", id)?, value::name("passkeys", &name)?);
                    Ok(PasskeyRecord { id, name, credential })
                })
                .collect()
        })
    }

    /// The passkey with this identifier, if its owner belongs to a unit now. One query, whether there is one
    /// or not.
    pub fn passkey(&self, id: &[u8; 32]) -> Result<Option<PasskeySigningIn>, StoreError> {
        self.read(|conn| {
            passkeys::table
                .inner_join(memberships::table.on(memberships::person.eq(passkeys::person)))
                .left_join(passkey_counters::table.on(passkey_counters::passkey.eq(passkeys::id)))
                .filter(memberships::valid_to.is_null())
                .filter(passkeys::id.eq(id.as_slice()))
                .select((
                    passkeys::person,
                    passkeys::credential,
                    passkey_counters::count.nullable(),
                ))
                .first::<(String, String, Option<i64>)>(conn)
                .optional()?
                .map(|(person, credential, count)| {
                    let person = parse("passkeys", &person)?;
                    let counter = u32::try_from(count.unwrap_or(0))
                        .map_err(value::corrupt("passkey_counters"))?;
                    Ok(PasskeySigningIn { person, credential, counter })
                })
                .transpose()
        })
    }

    /// Adds a passkey to the account of `person`, who answered `challenge` with it, and notes for the log that
    /// it was added, and in which hour.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if there is no such person, something is too long, or the database fails.
    pub fn add_passkey(
        &self,
        person: PersonId,
        passkey: &PasskeyRecord,
        challenge: Challenge,
        now: DateTime<Utc>,
    ) -> Result<AddPasskey, StoreError> {
        self.write_untold(|conn| {
            if !spend(conn, challenge)? {
                return Ok(AddPasskey::Spent);
            }
            let own = passkeys::table.filter(passkeys::person.eq(person.to_string()));
            let most = i64::try_from(MOST_PASSKEYS).unwrap_or(i64::MAX);
            if own.count().get_result::<i64>(conn)? >= most {
                return Ok(AddPasskey::TooMany);
            }
            if passkeys::table.find(passkey.id.as_slice()).count().get_result::<i64>(conn)? > 0 {
                return Ok(AddPasskey::Taken);
            }
            let added = diesel::insert_into(passkeys::table)
                .values((
                    passkeys::id.eq(passkey.id.as_slice()),
                    passkeys::person.eq(person.to_string()),
                    passkeys::name.eq(passkey.name.as_str()),
                    passkeys::credential.eq(&passkey.credential),
                ))
                .execute(conn);
            match added {
                Ok(_) => {}
                Err(error) if is_unique_violation(&error) => return Ok(AddPasskey::Taken),
                Err(error) => return Err(error.into()),
            }
            note(conn, person, PASSKEY_ADDED, now)?;
            Ok(AddPasskey::Added)
        })
    }

    /// Removes a passkey of `person`, and notes for the log that it was removed, and in which hour; says
    /// whether there was one. Somebody else's is none.
    pub fn remove_passkey(
        &self,
        person: PersonId,
        id: &[u8; 32],
        now: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        self.write_untold(|conn| {
            let own =
                passkeys::table.find(id.as_slice()).filter(passkeys::person.eq(person.to_string()));
            if own.count().get_result::<i64>(conn)? == 0 {
                return Ok(false);
            }
            diesel::delete(passkey_counters::table.find(id.as_slice())).execute(conn)?;
            diesel::delete(passkeys::table.find(id.as_slice())).execute(conn)?;
            note(conn, person, PASSKEY_REMOVED, now)?;
            Ok(true)
        })
    }

    /// Writes into the log which passkeys came and went in hours that are over at `now`, in an order that tells
    /// nothing. Until then their place in the log would say between which entries they came, and those have
    /// their second.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database fails; then they wait for the next time.
    pub fn log_passkey_changes(&self, now: DateTime<Utc>) -> Result<(), StoreError> {
        let this_hour = timestamp(hour_of(now));
        let over = passkey_changes::table.filter(passkey_changes::hour.lt(this_hour));
        if self.read(|conn| Ok(over.count().get_result::<i64>(conn)?))? == 0 {
            return Ok(());
        }
        self.write("log_passkey_changes", |conn| {
            lock_table(conn, "passkey_changes")?;
            let entries = over
                .order((passkey_changes::hour, passkey_changes::key))
                .select((passkey_changes::person, passkey_changes::action, passkey_changes::hour))
                .load::<(String, String, NaiveDateTime)>(conn)?
                .into_iter()
                .map(|(person, action, hour)| {
                    let by = Actor::Oneself(parse("passkey_changes", &person)?);
                    Ok(AuditEntry::new(by, &action, "own account", hour.and_utc()))
                })
                .collect::<Result<Vec<_>, StoreError>>()?;
            diesel::delete(over).execute(conn)?;
            audit::append(conn, &entries)
        })
    }

    /// Uses a passkey, which answered `challenge` and says that it was used `counter` times: whether that
    /// holds. It does not if the challenge was answered before, if the passkey was removed meanwhile, or if
    /// somebody was quicker with the same counter. A counter of 0 is none, and nothing is written for it.
    pub fn use_passkey(
        &self,
        id: &[u8; 32],
        counter: u32,
        challenge: Challenge,
    ) -> Result<bool, StoreError> {
        self.write_untold(|conn| {
            if !spend(conn, challenge)? {
                return Ok(false);
            }
            let found = passkeys::table.find(id.as_slice()).count().get_result::<i64>(conn)?;
            if found == 0 {
                return Ok(false);
            }
            let before: Option<i64> = passkey_counters::table
                .find(id.as_slice())
                .select(passkey_counters::count)
                .first(conn)
                .optional()?;
            let now = i64::from(counter);
            if before.is_none() && now == 0 {
                return Ok(true);
            }
            if before.is_some() {
                let higher = passkey_counters::table
                    .find(id.as_slice())
                    .filter(passkey_counters::count.lt(now));
                let raised = diesel::update(higher).set(passkey_counters::count.eq(now));
                return Ok(raised.execute(conn)? == 1);
            }
            let first = diesel::insert_into(passkey_counters::table)
                .values((
                    passkey_counters::passkey.eq(id.as_slice()),
                    passkey_counters::count.eq(now),
                ))
                .execute(conn);
            match first {
                Ok(_) => Ok(true),
                Err(error) if is_unique_violation(&error) => Ok(false),
                Err(error) => Err(error.into()),
            }
        })
    }
}

/// Keeps what the log is to say about a passkey of one's own until the hour is over.
fn note(
    conn: &mut AnyConnection,
    person: PersonId,
    action: &str,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    diesel::insert_into(passkey_changes::table)
        .values((
            passkey_changes::key.eq(Uuid::new_v4().as_bytes().as_slice()),
            passkey_changes::person.eq(person.to_string()),
            passkey_changes::action.eq(action),
            passkey_changes::hour.eq(timestamp(hour_of(now))),
        ))
        .execute(conn)?;
    Ok(())
}

fn hour_of(moment: DateTime<Utc>) -> DateTime<Utc> {
    moment.duration_trunc(LOG_STEP).unwrap_or(moment)
}

/// Keeps a challenge as answered; `false` if it was answered before.
fn spend(conn: &mut AnyConnection, challenge: Challenge) -> Result<bool, StoreError> {
    let hash = challenge.hash.as_slice();
    if spent_challenges::table.find(hash).count().get_result::<i64>(conn)? > 0 {
        return Ok(false);
    }
    let spent = diesel::insert_into(spent_challenges::table)
        .values((
            spent_challenges::hash.eq(hash),
            spent_challenges::expires.eq(timestamp(up_to_the_next(challenge.expires, CODE_STEP))),
        ))
        .execute(conn);
    match spent {
        Ok(_) => Ok(true),
        Err(error) if is_unique_violation(&error) => Ok(false),
        Err(error) => Err(error.into()),
    }
}

/// Removes all passkeys of a person who leaves.
pub(crate) fn end_passkeys(conn: &mut AnyConnection, person: &str) -> Result<(), StoreError> {
    let own = passkeys::table.filter(passkeys::person.eq(person));
    let counters = passkey_counters::passkey.eq_any(own.select(passkeys::id));
    diesel::delete(passkey_counters::table.filter(counters)).execute(conn)?;
    diesel::delete(own).execute(conn)?;
    Ok(())
}

//! The audit log: append-only, each row bound to all before it by a hash.
//!
//! Triggers keep the database from changing or deleting rows. Whoever gets around those breaks the
//! chain, unless everything after is written anew; so keep the newest hash elsewhere now and then.

use chrono::{DateTime, NaiveDateTime, SubsecRound, Utc};
use diesel::prelude::*;
use sha2::{Digest as _, Sha256};
use tideline_domain::PersonId;

use crate::{
    Store, StoreError,
    connection::{AnyConnection, lock_table},
    schema::audit_log,
    value::{bytes32, count, number, parse, timestamp},
};

/// Something that somebody did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditEntry {
    /// Who; `None` for the program itself.
    pub who: Option<PersonId>,
    /// What, as a stable name such as `results.view`; up to 60 characters.
    pub action: String,
    /// With what, by identifier, never by content: `unit 4c…`, `wave 7`; up to 200 characters.
    pub subject: String,
    /// When; kept to the second.
    pub at: DateTime<Utc>,
}

/// An entry in its place in the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditRecord {
    /// Its number, from 1 without gaps.
    pub seq: u32,
    /// What was logged.
    pub entry: AuditEntry,
    /// SHA-256 over the hash before and this entry.
    pub hash: [u8; 32],
}

/// Which entries of the log.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AuditQuery {
    /// Only those with a smaller number.
    pub before: Option<u32>,
    /// Only those from then on.
    pub from: Option<DateTime<Utc>>,
    /// Only those before then.
    pub to: Option<DateTime<Utc>>,
    /// Only what these people did.
    pub actors: Option<Vec<PersonId>>,
    /// No more than so many.
    pub limit: Option<u32>,
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = audit_log)]
struct AuditRow {
    seq: i32,
    at: NaiveDateTime,
    actor: Option<String>,
    action: String,
    subject: String,
    prev: Vec<u8>,
    hash: Vec<u8>,
}

impl AuditRow {
    fn chained(&self) -> [u8; 32] {
        let mut hash = Sha256::new();
        hash.update(b"tideline-audit-v1");
        hash.update(&self.prev);
        hash.update(self.seq.to_be_bytes());
        hash.update(self.at.and_utc().timestamp().to_be_bytes());
        for text in [self.actor.as_deref().unwrap_or(""), &self.action, &self.subject] {
            hash.update((text.len() as u64).to_be_bytes());
            hash.update(text);
        }
        hash.finalize().into()
    }
}

impl Store {
    /// Appends to the log.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if a text is too long or the database fails.
    pub fn append_audit(&self, entry: &AuditEntry) -> Result<(), StoreError> {
        self.write(|conn| append(conn, entry))
    }

    /// The whole log, oldest first.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database fails.
    pub fn audit_log(&self) -> Result<Vec<AuditRecord>, StoreError> {
        self.read(|conn| rows(conn)?.into_iter().map(record).collect())
    }

    /// Entries that `which` asks for, newest first.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database fails.
    pub fn audit_entries(&self, which: &AuditQuery) -> Result<Vec<AuditRecord>, StoreError> {
        use audit_log::{actor, at, seq};
        self.read(|conn| {
            let mut query = audit_log::table.select(AuditRow::as_select()).into_boxed();
            if let Some(before) = which.before {
                query = query.filter(seq.lt(number("audit_log", before)?));
            }
            if let Some(from) = which.from {
                query = query.filter(at.ge(timestamp(from)));
            }
            if let Some(to) = which.to {
                query = query.filter(at.lt(timestamp(to)));
            }
            if let Some(actors) = &which.actors {
                let actors: Vec<String> = actors.iter().map(ToString::to_string).collect();
                query = query.filter(actor.eq_any(actors));
            }
            if let Some(limit) = which.limit {
                query = query.limit(limit.into());
            }
            query.order(seq.desc()).load::<AuditRow>(conn)?.into_iter().map(record).collect()
        })
    }

    /// The number of the first row that was changed, removed or slipped in; `None` if the log is
    /// whole.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database fails.
    pub fn verify_audit_log(&self) -> Result<Option<u32>, StoreError> {
        self.read(|conn| {
            let mut prev = [0; 32];
            for (row, expected) in rows(conn)?.iter().zip(1..) {
                let whole = row.seq == expected
                    && row.prev == prev
                    && row.at.trunc_subsecs(0) == row.at
                    && row.hash == row.chained();
                if !whole {
                    return Ok(Some(count("audit_log", expected)?));
                }
                prev = row.chained();
            }
            Ok(None)
        })
    }
}

fn record(row: AuditRow) -> Result<AuditRecord, StoreError> {
    Ok(AuditRecord {
        seq: count("audit_log", row.seq)?,
        entry: AuditEntry {
            who: row.actor.map(|it| parse("audit_log", &it)).transpose()?,
            action: row.action,
            subject: row.subject,
            at: row.at.and_utc(),
        },
        hash: bytes32("audit_log", row.hash)?,
    })
}

fn append(conn: &mut AnyConnection, entry: &AuditEntry) -> Result<(), StoreError> {
    lock_table(conn, "audit_log")?;
    let last = audit_log::table
        .order(audit_log::seq.desc())
        .select((audit_log::seq, audit_log::hash))
        .first::<(i32, Vec<u8>)>(conn)
        .optional()?;
    let (seq, prev) = last.unwrap_or_else(|| (0, vec![0; 32]));
    let mut row = AuditRow {
        seq: seq + 1,
        at: entry.at.naive_utc().trunc_subsecs(0),
        actor: entry.who.map(|it| it.to_string()),
        action: entry.action.clone(),
        subject: entry.subject.clone(),
        prev,
        hash: Vec::new(),
    };
    row.hash = row.chained().to_vec();
    diesel::insert_into(audit_log::table).values(row).execute(conn)?;
    Ok(())
}

fn rows(conn: &mut AnyConnection) -> Result<Vec<AuditRow>, StoreError> {
    Ok(audit_log::table.order(audit_log::seq).select(AuditRow::as_select()).load(conn)?)
}

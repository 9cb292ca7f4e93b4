//! The audit log: append-only, each row bound to all before it by a hash.
//!
//! Triggers keep the database from changing or deleting rows. Whoever gets around those breaks the
//! chain, unless everything after is written anew; so keep the newest hash elsewhere now and then. The
//! program does so in memory: while it runs, writing the whole log anew is found, too.
//!
//! What says nothing else fails with [`StoreError`] if the database does, and with nothing else.

use std::{
    fmt,
    sync::{Mutex, PoisonError},
};

use chrono::{DateTime, NaiveDateTime, SubsecRound, TimeDelta, Utc};
use diesel::{dsl::max, prelude::*};
use sha2::{Digest as _, Sha256};
use tideline_domain::{PersonId, UnitId};

use crate::{
    RoleKind, Store, StoreError,
    connection::{AnyConnection, lock_table},
    schema::{audit_log, roles},
    value::{bytes32, count, known, number, parse, timestamp},
};

/// Who does something that is logged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Actor {
    /// Somebody, with the role that lets them.
    Person(PersonId, RoleKind),
    /// Somebody, with their own account; that needs no role.
    Oneself(PersonId),
    /// The program on this machine: its jobs, and whoever uses its command line.
    Program,
}

/// Something that somebody did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditEntry {
    /// Who; `None` for the program itself.
    pub who: Option<PersonId>,
    /// With which role; `None` for the program itself, for what somebody did with their own account, and in
    /// entries from before roles were noted.
    pub role: Option<RoleKind>,
    /// What, as a stable name such as `results.view`; up to 60 characters.
    pub action: String,
    /// With what, by identifier, never by content: `unit 4c…`, `wave 7`; up to 200 characters.
    pub subject: String,
    /// When; kept to the second.
    pub at: DateTime<Utc>,
}

/// The action of an entry about a roster that was imported. Nothing else makes anybody leave.
pub const ROSTER_IMPORTED: &str = "roster.import";
/// The action of an entry about a role that somebody has from then on.
pub const ROLE_GAINED: &str = "role.gained";
/// The action of an entry about a role that somebody no longer has.
pub const ROLE_LOST: &str = "role.lost";

/// The subject of an entry about a role: whose, which, and of which unit. Written as
/// `person 4c… manager of unit 7f…`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RoleSubject {
    /// Whose role.
    pub person: PersonId,
    /// Which role.
    pub kind: RoleKind,
    /// The unit, if the role is about one.
    pub unit: Option<UnitId>,
}

impl fmt::Display for RoleSubject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "person {} {}", self.person, self.kind.code())?;
        self.unit.map_or(Ok(()), |unit| write!(f, " of unit {unit}"))
    }
}

impl RoleSubject {
    /// Reads what [`Display`](fmt::Display) wrote.
    pub fn read(subject: &str) -> Option<Self> {
        let (person, rest) = subject.strip_prefix("person ")?.split_once(' ')?;
        let (kind, unit) = match rest.split_once(" of unit ") {
            Some((kind, unit)) => (kind, Some(unit.parse().ok()?)),
            None => (rest, None),
        };
        Some(Self { person: person.parse().ok()?, kind: RoleKind::from_code(kind)?, unit })
    }
}

impl AuditEntry {
    /// `actor` did `action` with `subject` at `at`.
    pub fn new(actor: Actor, action: &str, subject: impl Into<String>, at: DateTime<Utc>) -> Self {
        let (who, role) = match actor {
            Actor::Person(who, role) => (Some(who), Some(role)),
            Actor::Oneself(who) => (Some(who), None),
            Actor::Program => (None, None),
        };
        Self { who, role, action: action.to_owned(), subject: subject.into(), at }
    }
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
    /// Only those that come after the one with this number, newest first.
    pub before: Option<u32>,
    /// Only those from then on.
    pub from: Option<DateTime<Utc>>,
    /// Only those before then.
    pub to: Option<DateTime<Utc>>,
    /// Only what was done with this role; of entries from before roles were noted, what people did who
    /// have it now.
    pub role: Option<RoleKind>,
    /// Only these actions.
    pub actions: Option<&'static [&'static str]>,
    /// No more than so many.
    pub limit: Option<u32>,
}

/// What is known of whether the log is whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditState {
    /// The first entry that was changed, removed or slipped in; `None` if the log is whole.
    pub broken: Option<u32>,
    /// How many entries are known to hang together.
    pub entries: u32,
    /// The hash of the newest of them; zeros if there are none.
    pub newest: [u8; 32],
    /// When every single entry was checked last, and how many there were.
    pub all: Option<(DateTime<Utc>, u32)>,
}

/// How often every single entry of the log is to be checked.
const EVERYTHING: TimeDelta = TimeDelta::hours(24);
/// Entries that are checked at a time, so that memory does not grow with the log.
const BATCH: i64 = 1000;

/// What this process has found out about the log; shared by all clones of a store.
#[derive(Default)]
pub(crate) struct Watched(Mutex<Found>);

#[derive(Default)]
struct Found {
    head: Head,
    broken: Option<u32>,
    all: Option<(DateTime<Utc>, u32)>,
}

/// An entry that everything before it is bound to.
#[derive(Clone, Copy, Default)]
struct Head {
    seq: i32,
    hash: [u8; 32],
}

impl Found {
    fn state(&self) -> Result<AuditState, StoreError> {
        let entries = count("audit_log", self.head.seq)?;
        let (broken, newest, all) = (self.broken, self.head.hash, self.all);
        Ok(AuditState { broken, entries, newest, all })
    }
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
    role: Option<String>,
}

impl AuditRow {
    fn chained(&self) -> [u8; 32] {
        let mut hash = Sha256::new();
        // Entries from before there were roles keep their hash.
        hash.update(match self.role {
            None => b"tideline-audit-v1",
            Some(_) => b"tideline-audit-v2",
        });
        hash.update(&self.prev);
        hash.update(self.seq.to_be_bytes());
        hash.update(self.at.and_utc().timestamp().to_be_bytes());
        let texts = [self.actor.as_deref().unwrap_or(""), &self.action, &self.subject];
        for text in texts.into_iter().chain(self.role.as_deref()) {
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
        self.write("append_audit", |conn| append(conn, std::slice::from_ref(entry)))
    }

    /// The whole log, oldest first.
    pub fn audit_log(&self) -> Result<Vec<AuditRecord>, StoreError> {
        self.read(|conn| rows(conn)?.into_iter().map(record).collect())
    }

    /// The number of the newest entry about this action; `None` if there is none. Found by an index.
    pub fn newest_entry(&self, action: &str) -> Result<Option<u32>, StoreError> {
        let newest: Option<i32> = self.read(|conn| {
            let entries = audit_log::table.filter(audit_log::action.eq(action));
            Ok(entries.select(max(audit_log::seq)).first(conn)?)
        })?;
        newest.map(|it| count("audit_log", it)).transpose()
    }

    /// Entries that `which` asks for, newest first.
    pub fn audit_entries(&self, which: &AuditQuery) -> Result<Vec<AuditRecord>, StoreError> {
        let Some(kind) = which.role else { return self.entries_of(which, None) };
        // Each of the two is found by an index; both at once would be looked for entry by entry.
        let mut found = self.entries_of(which, Some(As::Role(kind)))?;
        found.extend(self.entries_of(which, Some(As::Holder(kind)))?);
        found.sort_by_key(|it| std::cmp::Reverse((it.entry.at, it.seq)));
        if let Some(limit) = which.limit {
            found.truncate(limit as usize);
        }
        Ok(found)
    }

    fn entries_of(
        &self,
        which: &AuditQuery,
        by: Option<As>,
    ) -> Result<Vec<AuditRecord>, StoreError> {
        use audit_log::{action, actor, at, role, seq};
        self.read(|conn| {
            let mut query = audit_log::table.select(AuditRow::as_select()).into_boxed();
            if let Some(before) = which.before {
                let before = number("audit_log", before)?;
                let when: Option<NaiveDateTime> =
                    audit_log::table.find(before).select(at).first(conn).optional()?;
                query = match when {
                    // The first half alone is what an index can find.
                    Some(when) => query.filter(at.le(when)).filter(at.lt(when).or(seq.lt(before))),
                    None => query.filter(seq.lt(before)),
                };
            }
            if let Some(from) = which.from {
                query = query.filter(at.ge(timestamp(from)));
            }
            if let Some(to) = which.to {
                query = query.filter(at.lt(timestamp(to)));
            }
            query = match by {
                None => query,
                Some(As::Role(kind)) => query.filter(role.eq(kind.code())),
                Some(As::Holder(kind)) => {
                    let holders =
                        roles::table.filter(roles::role.eq(kind.code())).select(roles::person);
                    query.filter(role.is_null()).filter(actor.eq_any(holders.nullable()))
                }
            };
            if let Some(actions) = which.actions {
                query = query.filter(action.eq_any(actions));
            }
            if let Some(limit) = which.limit {
                query = query.limit(limit.into());
            }
            query = query.order((at.desc(), seq.desc()));
            query.load::<AuditRow>(conn)?.into_iter().map(record).collect()
        })
    }

    /// Checks every single entry, against each other and against what this process has seen before.
    /// Takes a second for some hundred thousand.
    pub fn verify_audit_log(&self, now: DateTime<Utc>) -> Result<AuditState, StoreError> {
        let mut found = self.audited.0.lock().unwrap_or_else(PoisonError::into_inner);
        self.verify_all(&mut found, now)?;
        found.state()
    }

    /// Checks the entries that have come since the last check, and that they are bound to what was
    /// checked then; everything, if this process never did. What was changed further back is found by
    /// [`verify_audit_log`](Self::verify_audit_log).
    pub fn verify_new_audit_entries(&self, now: DateTime<Utc>) -> Result<AuditState, StoreError> {
        let mut found = self.audited.0.lock().unwrap_or_else(PoisonError::into_inner);
        if found.all.is_none() {
            self.verify_all(&mut found, now)?;
        } else if found.broken.is_none() {
            match self.verify_from(found.head, found.head)? {
                Ok(head) => found.head = head,
                // To name the first that is wrong, all are looked at.
                Err(_) => self.verify_all(&mut found, now)?,
            }
        }
        found.state()
    }

    /// Whether it is time to check every single entry again: at the start, and once a day.
    pub fn is_audit_log_due(&self, now: DateTime<Utc>) -> bool {
        let found = self.audited.0.lock().unwrap_or_else(PoisonError::into_inner);
        found.all.is_none_or(|(at, _)| at > now || now - at >= EVERYTHING)
    }

    fn verify_all(&self, found: &mut Found, now: DateTime<Utc>) -> Result<(), StoreError> {
        match self.verify_from(Head::default(), found.head)? {
            Ok(head) => {
                found.head = head;
                found.broken = None;
                found.all = Some((now, count("audit_log", head.seq)?));
            }
            Err(seq) => {
                found.broken = Some(count("audit_log", seq)?);
                found.all = Some((now, found.all.map_or(0, |it| it.1)));
            }
        }
        Ok(())
    }

    /// Walks on from `from` to the newest entry; at `known`, the hash must be the known one. The first
    /// entry that is wrong comes back as an error.
    fn verify_from(&self, from: Head, known: Head) -> Result<Result<Head, i32>, StoreError> {
        use audit_log::seq;
        let mut head = from;
        if from.seq > 0 {
            let stored: Option<Vec<u8>> = self.read(|conn| {
                let stored = audit_log::table.find(from.seq).select(audit_log::hash);
                Ok(stored.first(conn).optional()?)
            })?;
            if stored.is_none_or(|it| it != from.hash) {
                return Ok(Err(from.seq));
            }
        }
        loop {
            let rows: Vec<AuditRow> = self.read(|conn| {
                // There is none below the first, unless somebody slipped it in.
                let after = if head.seq == 0 { i32::MIN } else { head.seq };
                let rows = audit_log::table.select(AuditRow::as_select()).order(seq).limit(BATCH);
                Ok(rows.filter(seq.gt(after)).load(conn)?)
            })?;
            for row in &rows {
                let expected = head.seq + 1;
                let hash = row.chained();
                let whole = row.seq == expected
                    && row.prev == head.hash
                    && row.at.trunc_subsecs(0) == row.at
                    && row.hash == hash;
                if !whole || (expected == known.seq && hash != known.hash) {
                    return Ok(Err(expected));
                }
                head = Head { seq: expected, hash };
            }
            if rows.is_empty() {
                break;
            }
        }
        // It was longer before.
        Ok(if head.seq < known.seq { Err(head.seq + 1) } else { Ok(head) })
    }
}

/// How an entry belongs to a role.
#[derive(Clone, Copy)]
enum As {
    /// It says so.
    Role(RoleKind),
    /// It is from before roles were noted, and who did it has the role now.
    Holder(RoleKind),
}

fn record(row: AuditRow) -> Result<AuditRecord, StoreError> {
    Ok(AuditRecord {
        seq: count("audit_log", row.seq)?,
        entry: AuditEntry {
            who: row.actor.map(|it| parse("audit_log", &it)).transpose()?,
            role: row.role.map(|it| known("audit_log", RoleKind::from_code(&it))).transpose()?,
            action: row.action,
            subject: row.subject,
            at: row.at.and_utc(),
        },
        hash: bytes32("audit_log", row.hash)?,
    })
}

/// Appends `entries` in their order, in the transaction that `conn` is in.
pub(crate) fn append(conn: &mut AnyConnection, entries: &[AuditEntry]) -> Result<(), StoreError> {
    lock_table(conn, "audit_log")?;
    let last = audit_log::table
        .order(audit_log::seq.desc())
        .select((audit_log::seq, audit_log::hash))
        .first::<(i32, Vec<u8>)>(conn)
        .optional()?;
    let (mut seq, mut prev) = last.unwrap_or_else(|| (0, vec![0; 32]));
    for entry in entries {
        seq += 1;
        let mut row = AuditRow {
            seq,
            at: entry.at.naive_utc().trunc_subsecs(0),
            actor: entry.who.map(|it| it.to_string()),
            action: entry.action.clone(),
            subject: entry.subject.clone(),
            prev,
            hash: Vec::new(),
            role: entry.role.map(|it| it.code().to_owned()),
        };
        row.hash = row.chained().to_vec();
        prev = row.hash.clone();
        diesel::insert_into(audit_log::table).values(row).execute(conn)?;
    }
    Ok(())
}

fn rows(conn: &mut AnyConnection) -> Result<Vec<AuditRow>, StoreError> {
    Ok(audit_log::table.order(audit_log::seq).select(AuditRow::as_select()).load(conn)?)
}

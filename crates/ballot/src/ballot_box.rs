//! The ballot box: its own file for each wave, with ciphertext in no order.
//!
//! Rows lie under random keys and nothing says when or after which other one they came. A database
//! page keeps its cells in order of arrival until it is written anew, so the box is dealt anew
//! ([`BallotBox::redeal`]) as soon as it rests. Spent tokens and ballots share no column.
//!
//! Some rows and nullifiers are nobody's ([`crate::cover`]): the file does not say which.

use std::{fmt, io, path::Path, sync::Arc, time::Duration};

use rusqlite::{Connection, ErrorCode, OpenFlags, TransactionBehavior, params};

use crate::{Nullifier, Row, files, redeem::Accepted};

const APPLICATION_ID: i32 = 0x5449_4445;
/// A box that takes ballots …
const OPEN: Versions = [1, 3];
/// … and one that takes none any more. Kept in the file, so that it holds for every program that
/// has the box open.
const SEALED: Versions = [2, 4];
/// Without rows of cover, and with. A program that does not know of cover would count it as ballots:
/// it does not know the second number, and leaves the box alone.
type Versions = [i32; 2];
/// How long another process may keep the box locked.
const BUSY: Duration = Duration::from_secs(20);
const SLOT_LEN: usize = 16;

const SCHEMA: &str = "
    CREATE TABLE spent (
        nullifier BLOB PRIMARY KEY CHECK (length(nullifier) = 32)
    ) WITHOUT ROWID, STRICT;
    CREATE TABLE spool (
        slot BLOB PRIMARY KEY CHECK (length(slot) = 16),
        row BLOB NOT NULL CHECK (length(row) = 242)
    ) WITHOUT ROWID, STRICT;
";

/// Why the box did not do it. Cheap to clone, because everybody waiting for a batch gets it.
#[derive(Debug, Clone, thiserror::Error)]
#[non_exhaustive]
pub enum BoxError {
    /// There is no box: not made yet, or destroyed.
    #[error("there is no ballot box")]
    Missing,
    /// The file is not a ballot box of this version.
    #[error("the file is not a ballot box of this version")]
    Foreign,
    /// The box is closed; nothing was taken.
    #[error("the ballot box is closed")]
    Closed,
    /// The box is sealed, because the tally has begun; nothing was taken.
    #[error("the ballot box is sealed")]
    Sealed,
    /// There is no cover where it should be; nothing was taken.
    #[error("the ballot box has been changed by something else")]
    NoCover,
    /// Too many ballots are waiting; nothing was taken.
    #[error("too many ballots are waiting")]
    Busy,
    /// The database failed; nothing of the batch was taken.
    #[error("the ballot box's database failed")]
    Database(#[source] Arc<rusqlite::Error>),
    /// The file system or the source of randomness failed.
    #[error("the ballot box's file cannot be used")]
    Io(#[source] Arc<io::Error>),
}

impl From<rusqlite::Error> for BoxError {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::NotADatabase) => Self::Foreign,
            _ => Self::Database(Arc::new(error)),
        }
    }
}

impl From<io::Error> for BoxError {
    fn from(error: io::Error) -> Self {
        Self::Io(Arc::new(error))
    }
}

impl BoxError {
    /// Whether trying again helps nothing: the box is gone, or is no box any more.
    pub fn is_damage(&self) -> bool {
        match self {
            Self::Missing | Self::Foreign | Self::NoCover => true,
            Self::Database(error) => match **error {
                // A row of another length or type than the box takes.
                rusqlite::Error::FromSqlConversionFailure(..)
                | rusqlite::Error::InvalidColumnType(..) => true,
                ref other => matches!(
                    other.sqlite_error_code(),
                    Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase)
                ),
            },
            Self::Closed | Self::Sealed | Self::Busy | Self::Io(_) => false,
        }
    }
}

/// What became of a ballot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Put {
    /// It is in the box, durably.
    Taken,
    /// Its token was spent before; the box is as it was.
    AlreadyRedeemed,
}

/// Where a row of cover lies, and the nullifier that belongs to it.
#[derive(Clone, PartialEq, Eq)]
pub struct Place {
    slot: [u8; SLOT_LEN],
    nullifier: Nullifier,
}

impl fmt::Debug for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Place(…)")
    }
}

/// One wave's ballot box, open. Several processes may have it open.
#[derive(Debug)]
pub struct BallotBox(Connection);

impl BallotBox {
    /// Makes the box (mode 0600; directories it has to make get 0700), or opens it if it is there.
    ///
    /// # Errors
    ///
    /// [`BoxError::Foreign`] if there is another file, or any other [`BoxError`].
    pub fn create(path: &Path) -> Result<Self, BoxError> {
        files::private_parent(path)?;
        Self::create_with(path, files::create_private)
    }

    /// [`create`](Self::create) with a file that the directory's group may write (mode 0660), for a
    /// ballot side that runs as another user.
    ///
    /// # Errors
    ///
    /// As [`create`](Self::create).
    pub fn create_shared(path: &Path) -> Result<Self, BoxError> {
        files::group_parent(path)?;
        Self::create_with(path, files::create_for_group)
    }

    fn create_with(
        path: &Path,
        make: impl Fn(&Path) -> io::Result<std::fs::File>,
    ) -> Result<Self, BoxError> {
        match make(path) {
            Ok(_) => files::sync_parent(path)?,
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error.into()),
        }
        let mut connection = connect(path)?;
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let tables: i64 =
            transaction.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
        if tables == 0 {
            transaction.execute_batch(SCHEMA)?;
            transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
            transaction.pragma_update(None, "user_version", OPEN[0])?;
        }
        transaction.commit()?;
        Self::checked(connection)
    }

    /// Opens a box that is there.
    ///
    /// # Errors
    ///
    /// [`BoxError::Missing`] if it is not, [`BoxError::Foreign`] if the file is something else, or
    /// any other [`BoxError`].
    pub fn open(path: &Path) -> Result<Self, BoxError> {
        if !path.try_exists()? {
            return Err(BoxError::Missing);
        }
        Self::checked(connect(path)?)
    }

    fn checked(connection: Connection) -> Result<Self, BoxError> {
        let version = number(&connection, "user_version")?;
        let known = OPEN.contains(&version) || SEALED.contains(&version);
        if number(&connection, "application_id")? != APPLICATION_ID || !known {
            return Err(BoxError::Foreign);
        }
        Ok(Self(connection))
    }

    /// From now on the box takes no ballot, from whichever program. What was taken before is in it,
    /// whole. Can be repeated.
    ///
    /// # Errors
    ///
    /// [`BoxError`]; then it may still take some.
    pub fn seal(&mut self) -> Result<(), BoxError> {
        let transaction = self.0.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let version = number(&transaction, "user_version")?;
        if let Some(at) = OPEN.iter().position(|it| *it == version) {
            transaction.pragma_update(None, "user_version", SEALED[at])?;
        }
        Ok(transaction.commit()?)
    }

    /// Fills the box up with rows of cover in one transaction; returns where they lie.
    ///
    /// # Errors
    ///
    /// As [`put_batch`](Self::put_batch).
    pub fn add_cover(&mut self, cover: &[Accepted]) -> Result<Vec<Place>, BoxError> {
        let slots = slots(cover.len())?;
        let mut order: Vec<usize> = (0..cover.len()).collect();
        let transaction = self.0.transaction_with_behavior(TransactionBehavior::Immediate)?;
        if !OPEN.contains(&number(&transaction, "user_version")?) {
            return Err(BoxError::Sealed);
        }
        transaction.pragma_update(None, "user_version", OPEN[1])?;
        {
            order.sort_by_key(|&at| cover[at].nullifier);
            let mut spend =
                transaction.prepare_cached("INSERT INTO spent (nullifier) VALUES (?1)")?;
            for &at in &order {
                spend.execute(params![cover[at].nullifier])?;
            }
            order.sort_by_key(|&at| slots[at]);
            let mut spool = transaction.prepare_cached(INSERT_ROW)?;
            for &at in &order {
                spool.execute(params![slots[at], cover[at].row])?;
            }
        }
        transaction.commit()?;
        let places = slots.into_iter().zip(cover);
        Ok(places.map(|(slot, it)| Place { slot, nullifier: it.nullifier }).collect())
    }

    /// [`put_in_place`](Self::put_in_place) without cover: the box grows.
    ///
    /// # Errors
    ///
    /// As [`put_in_place`](Self::put_in_place).
    pub fn put_batch(&mut self, batch: &[Accepted]) -> Result<Vec<Put>, BoxError> {
        self.put_in_place(batch, &mut Vec::new())
    }

    /// Puts ballots into the box in one transaction: all durable on return, or none taken. Each takes
    /// the place of a row of `cover`, from its end, as long as there is one. Answers in the order of
    /// `batch`, and forgets that order.
    ///
    /// # Errors
    ///
    /// [`BoxError::Sealed`] after [`seal`](Self::seal), [`BoxError::NoCover`] if there is no cover
    /// where `cover` says, or any other [`BoxError`]; then nothing of the batch was taken.
    pub fn put_in_place(
        &mut self,
        batch: &[Accepted],
        cover: &mut Vec<Place>,
    ) -> Result<Vec<Put>, BoxError> {
        let slots = slots(batch.len())?;
        let mut answers = vec![Put::AlreadyRedeemed; batch.len()];
        // Within the batch, everything is written in the order of random keys.
        let mut order: Vec<usize> = (0..batch.len()).collect();
        order.sort_by_key(|&at| batch[at].nullifier);

        let transaction = self.0.transaction_with_behavior(TransactionBehavior::Immediate)?;
        if !OPEN.contains(&number(&transaction, "user_version")?) {
            return Err(BoxError::Sealed);
        }
        let left;
        {
            let mut spend = transaction.prepare_cached(
                "INSERT INTO spent (nullifier) VALUES (?1) ON CONFLICT (nullifier) DO NOTHING",
            )?;
            for &at in &order {
                if spend.execute(params![batch[at].nullifier])? == 1 {
                    answers[at] = Put::Taken;
                }
            }
            order.retain(|&at| answers[at] == Put::Taken);
            // From here on in another random order: a row's place says nothing about its nullifier.
            order.sort_by_key(|&at| slots[at]);
            left = cover.len().saturating_sub(order.len());
            let mut places: Vec<&Place> = cover[left..].iter().collect();
            places.sort_by_key(|it| it.nullifier);
            let mut forget =
                transaction.prepare_cached("DELETE FROM spent WHERE nullifier = ?1")?;
            for place in &places {
                one(forget.execute(params![place.nullifier])?)?;
            }
            places.sort_by_key(|it| it.slot);
            let mut replace =
                transaction.prepare_cached("UPDATE spool SET row = ?2 WHERE slot = ?1")?;
            let (replacing, added) = order.split_at(places.len());
            for (place, &at) in places.iter().zip(replacing) {
                one(replace.execute(params![place.slot, batch[at].row])?)?;
            }
            let mut spool = transaction.prepare_cached(INSERT_ROW)?;
            for &at in added {
                spool.execute(params![slots[at], batch[at].row])?;
            }
        }
        transaction.commit()?;
        cover.truncate(left);
        Ok(answers)
    }

    /// How many rows are in the box, ballots and cover.
    ///
    /// # Errors
    ///
    /// [`BoxError`].
    pub fn count(&self) -> Result<u64, BoxError> {
        let count: i64 = self.0.query_row("SELECT count(*) FROM spool", [], |row| row.get(0))?;
        Ok(count.unsigned_abs())
    }

    /// Deals the box anew: afterwards rows lie in the order of their random keys.
    ///
    /// # Errors
    ///
    /// [`BoxError`]; then the box is as it was.
    pub fn redeal(&mut self) -> Result<(), BoxError> {
        Ok(self.0.execute_batch("VACUUM")?)
    }

    /// All rows, in the order of their random keys.
    ///
    /// # Errors
    ///
    /// [`BoxError`].
    pub fn rows(&self) -> Result<Vec<Row>, BoxError> {
        self.blobs("SELECT row FROM spool ORDER BY slot")
    }

    /// The nullifiers of all spent tokens and of all cover, sorted.
    ///
    /// # Errors
    ///
    /// [`BoxError`].
    pub fn nullifiers(&self) -> Result<Vec<Nullifier>, BoxError> {
        self.blobs("SELECT nullifier FROM spent ORDER BY nullifier")
    }

    fn blobs<const N: usize>(&self, query: &str) -> Result<Vec<[u8; N]>, BoxError> {
        let mut blobs = Vec::with_capacity(self.count()?.try_into().unwrap_or(0));
        let mut statement = self.0.prepare(query)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            blobs.push(row.get(0)?);
        }
        Ok(blobs)
    }
}

const INSERT_ROW: &str = "INSERT INTO spool (slot, row) VALUES (?1, ?2)";

fn slots(many: usize) -> Result<Vec<[u8; SLOT_LEN]>, BoxError> {
    let mut slots = vec![[0_u8; SLOT_LEN]; many];
    getrandom::fill(slots.as_flattened_mut()).map_err(io::Error::from)?;
    Ok(slots)
}

/// What was there has been found there.
const fn one(changed: usize) -> Result<(), BoxError> {
    if changed == 1 { Ok(()) } else { Err(BoxError::NoCover) }
}

fn number(connection: &Connection, pragma: &str) -> Result<i32, BoxError> {
    Ok(connection.pragma_query_value(None, pragma, |row| row.get(0))?)
}

fn connect(path: &Path) -> Result<Connection, BoxError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(BUSY)?;
    // A write-ahead log would keep rows in order of arrival; TRUNCATE leaves an empty journal.
    connection.pragma_update_and_check(None, "journal_mode", "TRUNCATE", |_| Ok(()))?;
    connection.pragma_update(None, "secure_delete", "ON")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    // Dealing anew must not leave ciphertext in a temporary folder elsewhere.
    connection.pragma_update(None, "temp_store", "MEMORY")?;
    // Inserts go to random pages: memory for them pays. Unit: KiB when negative. Used as it fills.
    connection.pragma_update(None, "cache_size", -65_536)?;
    Ok(connection)
}

#[cfg(test)]
mod tests;

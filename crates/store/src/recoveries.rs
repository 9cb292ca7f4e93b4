//! What finds somebody's check-in again: sealed copies of a secret that this program never sees, under
//! names that only its own key gives.
//!
//! What a copy is and who may have how many is decided by the caller; here they have one length, and there
//! are one to four of them.
//!
//! What says nothing else fails with [`StoreError`] if the database does, and with nothing else.

use std::collections::BTreeSet;

use diesel::prelude::*;

use crate::{
    Store, StoreError,
    connection::{AnyConnection, lock_table},
    schema::recoveries,
    value::{bytes32, corrupt},
};

/// Length of a sealed copy. Unit: bytes. Source: docs/protocol.md, M9.
pub const SEALED_LEN: usize = 61;
/// Most copies of one person.
pub const MOST_SEALED: usize = 4;

/// What is kept for one person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recovery {
    /// The public name of the secret that all copies hold.
    pub root: [u8; 16],
    /// The copies, in the order in which they were added. 1 to [`MOST_SEALED`].
    pub copies: Vec<[u8; SEALED_LEN]>,
}

impl Recovery {
    fn read(root: Vec<u8>, copies: &[u8]) -> Result<Self, StoreError> {
        let broken = |_| corrupt("recoveries")("not of its length");
        let (copies, rest) = copies.as_chunks::<SEALED_LEN>();
        if !rest.is_empty() || copies.is_empty() {
            return Err(corrupt("recoveries")("not whole copies"));
        }
        Ok(Self { root: root.try_into().map_err(broken)?, copies: copies.to_vec() })
    }
}

impl Store {
    /// What is kept under the name `holder`.
    pub fn recovery_of(&self, holder: &[u8; 32]) -> Result<Option<Recovery>, StoreError> {
        self.read(|conn| find(conn, holder))
    }

    /// Puts what `decide` makes of what is kept under the name `holder` in its place; nothing, if it
    /// makes nothing of it. An error of `decide` changes nothing, and comes back.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database fails, or refuses what was decided.
    pub fn change_recovery<E>(
        &self,
        holder: &[u8; 32],
        decide: impl FnOnce(Option<Recovery>) -> Result<Option<Recovery>, E>,
    ) -> Result<Result<(), E>, StoreError> {
        self.write_untold(|conn| {
            // Two of one person at once: the second decides on what the first left.
            lock_table(conn, "recoveries")?;
            let after = match decide(find(conn, holder)?) {
                Ok(after) => after,
                Err(refused) => return Ok(Err(refused)),
            };
            diesel::delete(recoveries::table.find(holder.as_slice())).execute(conn)?;
            if let Some(Recovery { root, copies }) = after {
                diesel::insert_into(recoveries::table)
                    .values((
                        recoveries::holder.eq(holder.as_slice()),
                        recoveries::root.eq(root.as_slice()),
                        recoveries::copies.eq(copies.as_flattened()),
                    ))
                    .execute(conn)?;
            }
            Ok(Ok(()))
        })
    }

    /// The names under which something is kept.
    pub fn recovery_holders(&self) -> Result<BTreeSet<[u8; 32]>, StoreError> {
        self.read(|conn| {
            let holders: Vec<Vec<u8>> = recoveries::table.select(recoveries::holder).load(conn)?;
            holders.into_iter().map(|it| bytes32("recoveries", it)).collect()
        })
    }

    /// Deletes what is kept under these names.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database fails; then all of it is there.
    pub fn forget_recoveries(&self, holders: &[[u8; 32]]) -> Result<(), StoreError> {
        self.write_untold(|conn| {
            for holder in holders {
                diesel::delete(recoveries::table.find(holder.as_slice())).execute(conn)?;
            }
            Ok(())
        })
    }
}

fn find(conn: &mut AnyConnection, holder: &[u8; 32]) -> Result<Option<Recovery>, StoreError> {
    let row: Option<(Vec<u8>, Vec<u8>)> = recoveries::table
        .find(holder.as_slice())
        .select((recoveries::root, recoveries::copies))
        .first(conn)
        .optional()?;
    row.map(|(root, copies)| Recovery::read(root, &copies)).transpose()
}

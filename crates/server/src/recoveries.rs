//! What is left of people who are gone: the sealed copies that find check-ins again, kept under names that
//! only the key file ties to people.

use std::sync::{Mutex, PoisonError};

use anyhow::{Context as _, Result};
use tideline_api::AuthKeys;
use tideline_domain::PersonId;
use tideline_store::ROSTER_IMPORTED;

use crate::{auth_keys, context::Context};

/// Which import of a roster was the newest when what people leave behind was deleted last; nothing before
/// the first time. Without another import nobody has left since.
#[derive(Default)]
pub struct Leavers(Mutex<Option<Option<u32>>>);

impl Leavers {
    /// Deletes it, if a roster came since the last time.
    ///
    /// # Errors
    ///
    /// As [`forget`]; then the next call tries again.
    pub fn forget(&self, context: &Context) -> Result<()> {
        let mut done = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        // Asked for before the people are: a roster that comes in between is looked at in the next round.
        let newest = context.store.newest_entry(ROSTER_IMPORTED)?;
        if *done != Some(newest) {
            forget(context)?;
            *done = Some(newest);
        }
        Ok(())
    }
}

/// Deletes what found the check-ins of people who have left. What is nobody's stays: with another key file all
/// of it would seem to be.
///
/// # Errors
///
/// If there is no key file or it cannot be read, or if the database fails; then nothing is deleted.
pub fn forget(context: &Context) -> Result<()> {
    let left = kept_of(context, context.store.people_who_left()?)?;
    if !left.is_empty() {
        context.store.forget_recoveries(&left)?;
    }
    Ok(())
}

/// Whether there is something with which check-ins are found again, and none of it belongs to anybody: then the
/// key file is not the one it was kept with.
pub(crate) fn are_nobodys(context: &Context) -> Result<bool> {
    Ok(!context.store.recovery_holders()?.is_empty()
        && kept_of(context, context.store.people_who_belong()?)?.is_empty()
        && kept_of(context, context.store.people_who_left()?)?.is_empty())
}

/// The names under which something is kept of these people.
fn kept_of(context: &Context, people: Vec<PersonId>) -> Result<Vec<[u8; 32]>> {
    let there = context.store.recovery_holders()?;
    if there.is_empty() {
        return Ok(Vec::new());
    }
    let keys = AuthKeys::load(&auth_keys::file(&context.config.data)).context(
        "without keys/auth.pem nobody can tell whose the sealed copies are; nothing was deleted",
    )?;
    let names = people.into_iter().map(|it| keys.recovery_holder(it));
    Ok(names.filter(|it| there.contains(it)).collect())
}

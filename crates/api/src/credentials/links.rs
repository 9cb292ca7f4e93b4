//! Who asked for a sign-in link, until it is mailed.

use std::{
    collections::VecDeque,
    sync::{Mutex, MutexGuard, PoisonError},
};

use tideline_domain::EmailAddress;

use super::Asker;
use crate::own_path::OwnPath;

/// Links that wait at the same time; those that are asked for beyond that are dropped.
const MOST: usize = 20_000;
/// From so many on, strangers of one network may have no more than a tenth of them waiting.
const MANY: usize = 1_000;
/// Somebody who asked for a link.
pub(crate) struct Asked {
    pub(crate) email: EmailAddress,
    /// The page to go to once signed in. It is kept here: a stranger who asks for the mail has no word in
    /// what it says.
    pub(crate) target: OwnPath,
    pub(crate) asker: Asker,
}

/// Who asked for a link since the last tick.
#[derive(Default)]
pub(crate) struct LinkQueue(Mutex<VecDeque<Asked>>);

impl LinkQueue {
    /// Puts down that `asker` wants a link for `email` that leads to `target`.
    pub(crate) fn ask(&self, email: EmailAddress, target: OwnPath, asker: Asker) {
        let mut waiting = self.lock();
        let from_here = |it: &&Asked| !it.asker.is_known() && it.asker.network == asker.network;
        let crowds = waiting.len() >= MANY
            && !asker.is_known()
            && waiting.iter().filter(from_here).count() >= MANY / 10;
        if waiting.len() < MOST && !crowds {
            waiting.push_back(Asked { email, target, asker });
        }
    }

    /// All of them, who are waiting no more.
    pub(crate) fn take(&self) -> VecDeque<Asked> {
        std::mem::take(&mut *self.lock())
    }

    fn lock(&self) -> MutexGuard<'_, VecDeque<Asked>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

//! How often somebody may try to sign in. In memory only and keyed by a hash of the address, so that
//! no list of who tried to sign in is left behind.

use std::{
    collections::BTreeMap,
    sync::{Mutex, OnceLock, PoisonError},
};

use chrono::{DateTime, TimeDelta, Utc};
use tideline_domain::EmailAddress;
use tokio::sync::{Semaphore, SemaphorePermit};

use super::{digest, password::nobodys_hash};
use crate::{PasswordCost, problem::Problem};

const WINDOW: TimeDelta = TimeDelta::minutes(15);
/// Sign-in mails to one address in a window, and to all.
const LINKS: (u32, u32) = (3, 20_000);
/// Passwords tried for one address in a window, and for all.
const PASSWORDS: (u32, u32) = (5, 20_000);
/// Passwords that are checked at the same time; each takes tens of megabytes.
const AT_ONCE: usize = 4;

/// Keeps the doors from being tried too often.
pub(crate) struct SignInGate {
    links: Mutex<Counter>,
    passwords: Mutex<Counter>,
    checking: Semaphore,
    nobodys_hash: OnceLock<String>,
}

impl Default for SignInGate {
    fn default() -> Self {
        Self {
            links: Mutex::default(),
            passwords: Mutex::default(),
            checking: Semaphore::new(AT_ONCE),
            nobodys_hash: OnceLock::new(),
        }
    }
}

impl SignInGate {
    /// Whether one more sign-in mail may go to `address`; counts it.
    pub(crate) fn may_send_link(&self, address: &EmailAddress, now: DateTime<Utc>) -> bool {
        lock(&self.links).count(address, now, LINKS)
    }

    /// Whether one more password may be tried for `address`; counts it.
    pub(crate) fn may_try_password(&self, address: &EmailAddress, now: DateTime<Utc>) -> bool {
        lock(&self.passwords).count(address, now, PASSWORDS)
    }

    /// Forgets the passwords tried for `address`: the right one was among them.
    pub(crate) fn password_was_right(&self, address: &EmailAddress) {
        lock(&self.passwords).by_address.remove(&key(address));
    }

    /// How many mails and passwords are counted in this window.
    #[cfg(test)]
    pub(crate) fn counted(&self) -> (u32, u32) {
        (lock(&self.links).overall, lock(&self.passwords).overall)
    }

    /// Waits for a place to check a password in.
    pub(crate) async fn place_to_check(&self) -> Result<SemaphorePermit<'_>, Problem> {
        self.checking.acquire().await.map_err(Problem::internal)
    }

    /// What to check a password against when there is nothing to check it against.
    pub(crate) fn nobodys_hash(&self, cost: PasswordCost) -> Result<&str, Problem> {
        if self.nobodys_hash.get().is_none() {
            let _ = self.nobodys_hash.set(nobodys_hash(cost)?);
        }
        Ok(self.nobodys_hash.get().map_or("", String::as_str))
    }
}

fn lock(counter: &Mutex<Counter>) -> std::sync::MutexGuard<'_, Counter> {
    counter.lock().unwrap_or_else(PoisonError::into_inner)
}

fn key(address: &EmailAddress) -> [u8; 32] {
    digest("tideline sign-in limit", address.as_str().as_bytes())
}

/// Counts within a window, then starts anew. Never holds more addresses than the overall limit.
#[derive(Default)]
struct Counter {
    until: Option<DateTime<Utc>>,
    overall: u32,
    by_address: BTreeMap<[u8; 32], u32>,
}

impl Counter {
    fn count(
        &mut self,
        address: &EmailAddress,
        now: DateTime<Utc>,
        (each, all): (u32, u32),
    ) -> bool {
        if self.until.is_none_or(|until| now >= until) {
            *self = Self { until: Some(now + WINDOW), ..Self::default() };
        }
        if self.overall >= all {
            return false;
        }
        let count = self.by_address.entry(key(address)).or_default();
        if *count >= each {
            return false;
        }
        *count += 1;
        self.overall += 1;
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_mails_then_a_pause() {
        let gate = SignInGate::default();
        let now = DateTime::from_timestamp(1_800_000_000, 0).unwrap();
        let (ada, bob) = ("ada@example.org".parse().unwrap(), "bob@example.org".parse().unwrap());
        let sent = (0..5).filter(|_| gate.may_send_link(&ada, now)).count();
        assert_eq!(sent, 3);
        assert!(gate.may_send_link(&bob, now), "others are not held up");
        assert!(!gate.may_send_link(&ada, now + TimeDelta::minutes(14)));
        assert!(gate.may_send_link(&ada, now + TimeDelta::minutes(15)));
    }

    #[test]
    fn everybody_together_has_a_limit() {
        let mut counter = Counter::default();
        let now = DateTime::from_timestamp(1_800_000_000, 0).unwrap();
        let taken = (0..9)
            .filter(|it| counter.count(&format!("p{it}@example.org").parse().unwrap(), now, (3, 4)))
            .count();
        assert_eq!((taken, counter.by_address.len()), (4, 4));
    }

    #[test]
    fn the_right_password_clears_the_count() {
        let gate = SignInGate::default();
        let now = DateTime::from_timestamp(1_800_000_000, 0).unwrap();
        let ada = "ada@example.org".parse().unwrap();
        assert_eq!((0..9).filter(|_| gate.may_try_password(&ada, now)).count(), 5);
        gate.password_was_right(&ada);
        assert!(gate.may_try_password(&ada, now));
    }
}

//! Counts of tries within a window. In memory only, keyed by hashes that change with every start, and
//! forgotten when the window is over: no list of who tried to sign in is left behind.

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};
use tideline_domain::{EmailAddress, PersonId};

use super::{asker::Asker, digest};

/// How long a try counts.
const WINDOW: TimeDelta = TimeDelta::minutes(15);
/// Tries that are counted at the same time, of all together. Known devices are counted beyond it.
const MOST: usize = 200_000;
/// Tries of strangers in one network, for all addresses together. A hospital may be one network.
const MOST_IN_NETWORK: u32 = 3_000;

/// How many tries within a window.
#[derive(Debug, Clone, Copy)]
pub(super) struct Limits {
    /// For one address, by one known device of its person, or by the strangers in one network.
    pub(super) each: u32,
    /// For one address, by all strangers together.
    pub(super) strangers: u32,
}

/// Tries of one kind. See the module.
pub(super) struct Counter {
    salt: [u8; 32],
    limits: Limits,
    counts: HashMap<[u8; 32], (u32, DateTime<Utc>)>,
    /// When the next is forgotten.
    next: Option<DateTime<Utc>>,
}

impl Counter {
    /// With a salt that nobody else knows.
    pub(super) fn new(limits: Limits, salt: [u8; 32]) -> Self {
        Self { salt, limits, counts: HashMap::new(), next: None }
    }

    /// Whether `asker` may try once more for `address`, which is that of `person` if it is anybody's;
    /// counts it.
    ///
    /// A device on which the person signed in before is counted for itself: whatever strangers do, its
    /// owner gets in. Strangers are counted by network, so that one who tries does not keep the owner out
    /// of a new device elsewhere, and all together, so that many networks cannot guess for ever.
    pub(super) fn count(
        &mut self,
        address: &EmailAddress,
        person: Option<PersonId>,
        asker: &Asker,
        now: DateTime<Utc>,
    ) -> bool {
        self.forget(now);
        if let Some(device) = asker.device_of(person) {
            let key = self.key(&["device", device.id(), address.as_str()], &[]);
            return self.counted(&[(key, self.limits.each)], now);
        }
        if self.counts.len() >= MOST {
            return false;
        }
        let keys = [
            (self.of_network(address, asker), self.limits.each),
            (self.key(&["strangers", address.as_str()], &[]), self.limits.strangers),
            (self.key(&["network"], &asker.network), MOST_IN_NETWORK),
        ];
        self.counted(&keys, now)
    }

    /// Whether `person`, who is signed in, may do it once more; counts it.
    pub(super) fn count_person(&mut self, person: PersonId, now: DateTime<Utc>) -> bool {
        self.forget(now);
        let key = self.key(&["person"], person.uuid().as_bytes());
        self.counted(&[(key, self.limits.each)], now)
    }

    /// Forgets what `asker` tried for `address`: it was right.
    pub(super) fn was_right(&mut self, address: &EmailAddress, person: PersonId, asker: &Asker) {
        let key = match asker.device_of(Some(person)) {
            Some(device) => self.key(&["device", device.id(), address.as_str()], &[]),
            None => self.of_network(address, asker),
        };
        self.counts.remove(&key);
    }

    /// Forgets what is older than the window.
    pub(super) fn forget(&mut self, now: DateTime<Utc>) {
        if self.next.is_some_and(|it| it > now) {
            return;
        }
        self.counts.retain(|_, (_, until)| *until > now);
        self.next = self.counts.values().map(|it| it.1).min();
    }

    fn of_network(&self, address: &EmailAddress, asker: &Asker) -> [u8; 32] {
        self.key(&["stranger", address.as_str()], &asker.network)
    }

    /// Counts for all of `keys`, or for none if one of them is at its limit.
    fn counted(&mut self, keys: &[([u8; 32], u32)], now: DateTime<Utc>) -> bool {
        let full = |(key, most): &([u8; 32], u32)| {
            self.counts.get(key).is_some_and(|(count, _)| count >= most)
        };
        if keys.iter().any(full) {
            return false;
        }
        let until = now + WINDOW;
        for (key, _) in keys {
            self.counts.entry(*key).or_insert((0, until)).0 += 1;
        }
        self.next = Some(self.next.map_or(until, |it| it.min(until)));
        true
    }

    fn key(&self, texts: &[&str], network: &[u8]) -> [u8; 32] {
        let mut bytes = self.salt.to_vec();
        for part in texts.iter().map(|it| it.as_bytes()).chain([network]) {
            bytes.extend((part.len() as u64).to_be_bytes());
            bytes.extend(part);
        }
        digest("tideline sign-in limit", &bytes)
    }

    /// How many tries are counted.
    #[cfg(test)]
    pub(super) fn len(&self) -> usize {
        self.counts.len()
    }
}

//! How often somebody may try to sign in, and what a try costs: the same for every address.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use chrono::{DateTime, TimeDelta, Utc};
use tideline_domain::{EmailAddress, PersonId};
use tideline_store::Store;
use tokio::sync::Semaphore;
use uuid::Uuid;

use super::{
    asker::Asker,
    counter::{Counter, Limits},
    password::{cost_of, nobodys_hash, verify_password},
    queue::{Place, Queue},
};
use crate::{PasswordCost, problem::Problem};

/// Sign-in mails to one address.
const LINKS: Limits = Limits { each: 3, strangers: 9 };
/// Passwords tried for one address.
const PASSWORDS: Limits = Limits { each: 5, strangers: 50 };
/// Readings and changes of what finds one person's check-in again: enough for somebody with three devices
/// who mistypes, and too few for a program that waits for changes.
const RECOVERIES: Limits = Limits { each: 30, strangers: 0 };
/// How long it is trusted which costs the stored passwords have.
const COSTS: TimeDelta = TimeDelta::minutes(1);
/// Passwords that are checked at the same time; each takes tens of megabytes.
const AT_ONCE: usize = 4;
/// How many of those may be of browsers that never signed in here: one place is always left for those
/// that did.
const STRANGERS_AT_ONCE: usize = AT_ONCE - 1;
/// Who may wait for a place: browsers that never signed in here, and those that did.
const MAY_WAIT: (usize, usize) = (32, 64);
/// How long somebody waits for a place.
const LONGEST_WAIT: Duration = Duration::from_secs(5);

/// Keeps the doors from being tried too often.
pub(crate) struct SignInGate {
    links: Mutex<Counter>,
    passwords: Mutex<Counter>,
    recoveries: Mutex<Counter>,
    checking: Places,
    costs: Mutex<Option<(DateTime<Utc>, Vec<PasswordCost>)>>,
    pub(crate) nobodys: Mutex<BTreeMap<PasswordCost, Arc<str>>>,
    /// The costs of all hashes made so far.
    #[cfg(test)]
    pub(crate) made: Mutex<Vec<PasswordCost>>,
}

impl Default for SignInGate {
    fn default() -> Self {
        let counter = |limits| {
            let mut salt = [0; 32];
            salt[..16].copy_from_slice(Uuid::new_v4().as_bytes());
            salt[16..].copy_from_slice(Uuid::new_v4().as_bytes());
            Mutex::new(Counter::new(limits, salt))
        };
        Self {
            links: counter(LINKS),
            passwords: counter(PASSWORDS),
            recoveries: counter(RECOVERIES),
            checking: Places::default(),
            costs: Mutex::default(),
            nobodys: Mutex::default(),
            #[cfg(test)]
            made: Mutex::default(),
        }
    }
}

impl SignInGate {
    /// Whether one more sign-in mail may go to `address`; counts it.
    pub(crate) fn may_send_link(
        &self,
        address: &EmailAddress,
        person: Option<PersonId>,
        asker: &Asker,
        now: DateTime<Utc>,
    ) -> bool {
        lock(&self.links).count(address, person, asker, now)
    }

    /// Whether one more password may be tried for `address`; counts it, for every address alike.
    pub(crate) fn may_try_password(
        &self,
        address: &EmailAddress,
        person: Option<PersonId>,
        asker: &Asker,
        now: DateTime<Utc>,
    ) -> bool {
        lock(&self.passwords).count(address, person, asker, now)
    }

    /// Whether what finds `person`'s check-in again may be read or changed once more; counts it.
    pub(crate) fn may_recover(&self, person: PersonId, now: DateTime<Utc>) -> bool {
        lock(&self.recoveries).count_person(person, now)
    }

    /// Forgets the passwords that `asker` tried for `address`: the right one was among them.
    pub(crate) fn password_was_right(
        &self,
        address: &EmailAddress,
        person: PersonId,
        asker: &Asker,
    ) {
        lock(&self.passwords).was_right(address, person, asker);
    }

    /// Forgets what is older than the window.
    pub(crate) fn forget(&self, now: DateTime<Utc>) {
        lock(&self.links).forget(now);
        lock(&self.passwords).forget(now);
        lock(&self.recoveries).forget(now);
    }

    /// How many entries are kept.
    #[cfg(test)]
    pub(crate) fn kept(&self) -> usize {
        lock(&self.links).len() + lock(&self.passwords).len()
    }

    /// Waits for a place to check a password in. `known`: the browser has signed in here before. The place
    /// must go along with the work: whoever hangs up ends the waiting, but not the work.
    ///
    /// # Errors
    ///
    /// [`Problem::Busy`] if too many wait already, or it takes too long.
    pub(crate) async fn place_to_check(&self, known: bool) -> Result<Place, Problem> {
        self.checking.take(known).await
    }

    /// Whether `typed` is the password behind `stored`. One hash is made for each cost that any stored
    /// password has, whatever the address, so that one that was stored when checking was cheaper takes as
    /// long as one that is not there.
    pub(crate) fn is_right(
        &self,
        store: &Store,
        cost: PasswordCost,
        stored: Option<&str>,
        typed: &str,
        now: DateTime<Utc>,
    ) -> Result<bool, Problem> {
        let own = stored.and_then(cost_of);
        let mut costs = self.costs(store, now)?;
        costs.extend(own.into_iter().chain([cost]));
        costs.sort_unstable();
        costs.dedup();
        let mut right = false;
        for each in costs {
            #[cfg(test)]
            self.made.lock().unwrap_or_else(PoisonError::into_inner).push(each);
            // Made once, and not by the first who asks for an address that nobody has.
            let nobodys = self.nobodys_hash(each)?;
            match stored.filter(|_| own == Some(each)) {
                Some(stored) => right = verify_password(stored, typed),
                None => {
                    verify_password(&nobodys, typed);
                }
            }
        }
        Ok(right)
    }

    fn costs(&self, store: &Store, now: DateTime<Utc>) -> Result<Vec<PasswordCost>, Problem> {
        let mut kept = self.costs.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((at, costs)) = &*kept
            && *at <= now
            && now - *at < COSTS
        {
            return Ok(costs.clone());
        }
        let costs: Vec<PasswordCost> =
            store.password_kinds()?.iter().filter_map(|it| cost_of(it)).collect();
        *kept = Some((now, costs.clone()));
        Ok(costs)
    }

    /// What to check a password against when there is nothing to check it against.
    fn nobodys_hash(&self, cost: PasswordCost) -> Result<Arc<str>, Problem> {
        let mut made = self.nobodys.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(hash) = made.get(&cost) {
            return Ok(Arc::clone(hash));
        }
        let hash: Arc<str> = nobodys_hash(cost)?.into();
        made.insert(cost, Arc::clone(&hash));
        Ok(hash)
    }
}

/// Places to check a password in: strangers never have all of them, and neither waits in the other's way.
struct Places {
    strangers: Queue,
    known: Queue,
}

impl Default for Places {
    fn default() -> Self {
        let places = |count| Arc::new(Semaphore::new(count));
        let (all, of_strangers) = (places(AT_ONCE), places(STRANGERS_AT_ONCE));
        Self {
            strangers: Queue::sharing(
                vec![of_strangers, Arc::clone(&all)],
                MAY_WAIT.0,
                LONGEST_WAIT,
            ),
            known: Queue::sharing(vec![all], MAY_WAIT.1, LONGEST_WAIT),
        }
    }
}

impl Places {
    async fn take(&self, known: bool) -> Result<Place, Problem> {
        let queue = if known { &self.known } else { &self.strangers };
        queue.place().await.map_err(|_| Problem::Busy)
    }
}

fn lock(counter: &Mutex<Counter>) -> std::sync::MutexGuard<'_, Counter> {
    counter.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use futures_util::FutureExt as _;

    use super::*;

    fn stranger(network: u8) -> Asker {
        Asker { network: vec![network], device: None }
    }

    fn start() -> DateTime<Utc> {
        DateTime::from_timestamp(1_800_000_000, 0).unwrap()
    }

    #[test]
    fn three_mails_then_a_pause() {
        let gate = SignInGate::default();
        let (now, here) = (start(), stranger(1));
        let (ada, bob) = ("ada@example.org".parse().unwrap(), "bob@example.org".parse().unwrap());
        let may = |who, at| gate.may_send_link(who, None, &here, at);
        assert_eq!((0..5).filter(|_| may(&ada, now)).count(), 3);
        assert!(may(&bob, now), "others are not held up");
        assert!(!may(&ada, now + TimeDelta::minutes(14)));
        assert!(may(&ada, now + TimeDelta::minutes(15)));
    }

    #[actix_web::test]
    async fn attack_142_strangers_neither_fill_the_queue_nor_take_the_last_place() {
        let places = Places::default();
        let mut held = Vec::new();
        for _ in 0..STRANGERS_AT_ONCE {
            held.push(places.take(false).await.unwrap());
        }
        let mut queue: Vec<_> = (0..500).map(|_| Box::pin(places.take(false))).collect();
        let mut refused = 0;
        for waiting in &mut queue {
            if let Some(outcome) = waiting.now_or_never() {
                assert!(matches!(outcome, Err(Problem::Busy)));
                refused += 1;
            }
        }
        assert_eq!(refused, 500 - MAY_WAIT.0);
        let known = places.take(true).now_or_never().expect("at once").unwrap();
        assert!(places.take(true).now_or_never().is_none(), "then they wait, too");
        drop((known, queue));
        assert!(places.take(true).now_or_never().is_some_and(|it| it.is_ok()));
        held.pop();
        assert!(places.take(false).now_or_never().is_some_and(|it| it.is_ok()));
    }

    #[test]
    fn strangers_together_have_a_limit_for_each_address() {
        let gate = SignInGate::default();
        let ada = "ada@example.org".parse().unwrap();
        let tried = (0..=99)
            .flat_map(|network| std::iter::repeat_n(network, 5))
            .filter(|it| gate.may_try_password(&ada, None, &stranger(*it), start()))
            .count();
        assert_eq!(tried, 50);
    }

    #[test]
    fn nothing_is_kept_beyond_the_window() {
        let gate = SignInGate::default();
        for at in 0..50 {
            let who = format!("p{at}@example.org").parse().unwrap();
            gate.may_try_password(&who, None, &stranger(at), start());
            gate.may_send_link(&who, None, &stranger(at), start());
        }
        assert_eq!(gate.kept(), 300);
        gate.forget(start() + TimeDelta::minutes(15));
        assert_eq!(gate.kept(), 0);
    }
}

//! What was just worked out, kept for a moment: who a session belongs to, a page that was rendered, a
//! view that was noted. In memory only, a few seconds old at most. Whatever this process changes by a
//! request empties it. Another process of the same installation sees a change when the moment is over.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use chrono::{DateTime, TimeDelta, Utc};
use tideline_booth::ready::Ready;
use tideline_domain::{InstrumentId, Person, PersonId, Role, UnitId};
use tideline_text::Language;

/// How long it is trusted who a session belongs to.
const SESSION: TimeDelta = TimeDelta::seconds(5);
/// How long a rendered page is given out again as it is.
const PAGE: TimeDelta = TimeDelta::seconds(2);
/// How long it is given out while it is being rendered anew.
const OLD_PAGE: TimeDelta = TimeDelta::seconds(6);
/// Views of the same page by the same person within so long are one view.
const VIEW: TimeDelta = TimeDelta::minutes(1);
/// Entries of each kind; more, and all of that kind are forgotten.
const MOST: usize = 4096;

/// What makes two team pages the same: unit, language, what the reader may do, and the series asked for.
pub(crate) type PageKey = (UnitId, Language, Vec<Role>, Option<InstrumentId>);

/// See the module.
#[derive(Default)]
pub(crate) struct Warm {
    sessions: Mutex<Kept<[u8; 32], Person>>,
    pages: Mutex<Kept<PageKey, Arc<Ready>>>,
    /// Pages that are being rendered anew, since when.
    renewing: Mutex<Kept<PageKey, ()>>,
    views: Mutex<Kept<(PersonId, String), ()>>,
}

type Kept<K, V> = BTreeMap<K, (DateTime<Utc>, V)>;

impl Warm {
    /// Who the session of this hash belongs to, if that was found out a moment ago.
    pub(crate) fn person(&self, session: &[u8; 32], now: DateTime<Utc>) -> Option<Person> {
        fresh(&lock(&self.sessions), session, now, SESSION).cloned()
    }

    /// Keeps who a session belongs to.
    pub(crate) fn keep_person(&self, session: [u8; 32], person: Person, now: DateTime<Utc>) {
        keep(&mut lock(&self.sessions), session, person, now);
    }

    /// The page, if it was rendered a moment ago; and whether the caller is the one to render it anew.
    pub(crate) fn page(&self, key: &PageKey, now: DateTime<Utc>) -> Option<(Arc<Ready>, bool)> {
        let (page, old) = {
            let pages = lock(&self.pages);
            let page = fresh(&pages, key, now, OLD_PAGE)?;
            (Arc::clone(page), fresh(&pages, key, now, PAGE).is_none())
        };
        let renews = old && {
            let mut renewing = lock(&self.renewing);
            let first = fresh(&renewing, key, now, OLD_PAGE).is_none();
            if first {
                keep(&mut renewing, key.clone(), (), now);
            }
            first
        };
        Some((page, renews))
    }

    /// Keeps a rendered page.
    pub(crate) fn keep_page(&self, key: PageKey, page: Arc<Ready>, now: DateTime<Utc>) {
        lock(&self.renewing).remove(&key);
        keep(&mut lock(&self.pages), key, page, now);
    }

    /// Forgets a page that could not be rendered anew.
    pub(crate) fn drop_page(&self, key: &PageKey) {
        lock(&self.pages).remove(key);
        lock(&self.renewing).remove(key);
    }

    /// Whether this view is in the audit log already.
    pub(crate) fn is_noted(&self, who: PersonId, subject: &str, now: DateTime<Utc>) -> bool {
        fresh(&lock(&self.views), &(who, subject.to_owned()), now, VIEW).is_some()
    }

    /// Remembers that a view is in the audit log.
    pub(crate) fn noted(&self, who: PersonId, subject: &str, now: DateTime<Utc>) {
        keep(&mut lock(&self.views), (who, subject.to_owned()), (), now);
    }

    /// Forgets sessions and pages: something was changed.
    pub(crate) fn something_changed(&self) {
        lock(&self.sessions).clear();
        lock(&self.pages).clear();
        lock(&self.renewing).clear();
    }
}

fn lock<T>(kept: &Mutex<T>) -> MutexGuard<'_, T> {
    kept.lock().unwrap_or_else(PoisonError::into_inner)
}

fn fresh<'a, K: Ord, V>(
    kept: &'a Kept<K, V>,
    key: &K,
    now: DateTime<Utc>,
    age: TimeDelta,
) -> Option<&'a V> {
    kept.get(key).filter(|(at, _)| *at <= now && now - *at < age).map(|it| &it.1)
}

fn keep<K: Ord, V>(kept: &mut Kept<K, V>, key: K, value: V, now: DateTime<Utc>) {
    if kept.len() >= MOST {
        kept.clear();
    }
    kept.insert(key, (now, value));
}

#[cfg(test)]
mod tests {
    use actix_web::web::Bytes;
    use tideline_booth::ready::Effort;
    use uuid::Uuid;

    use super::*;

    #[test]
    fn nothing_is_kept_for_longer_than_a_moment() {
        let warm = Warm::default();
        let who = PersonId::new(Uuid::from_u128(1));
        let at = |seconds| DateTime::UNIX_EPOCH + TimeDelta::seconds(seconds);
        let key = || (UnitId::new(Uuid::from_u128(2)), Language::English, vec![Role::Hr], None);
        let page = || Arc::new(Ready::new(Bytes::from_static(b"page"), Effort::Quick));
        let found = |seconds| warm.page(&key(), at(seconds)).map(|it| it.1);
        warm.keep_page(key(), page(), at(0));
        warm.noted(who, "unit 2", at(0));
        assert_eq!(found(1), Some(false));
        assert_eq!((found(2), found(2)), (Some(true), Some(false)), "one renews it");
        warm.keep_page(key(), page(), at(3));
        assert_eq!(found(4), Some(false));
        assert_eq!(found(9), None);
        assert!(warm.is_noted(who, "unit 2", at(59)) && !warm.is_noted(who, "unit 2", at(60)));
        warm.keep_page(key(), page(), at(60));
        warm.something_changed();
        assert_eq!(found(60), None);
        assert!(warm.is_noted(who, "unit 2", at(59)), "what is written stays written");
    }
}

//! What was just worked out, kept for a moment: who a session belongs to, a page that was rendered, a
//! view that was noted. In memory only, a few seconds old at most, and bounded: strangers cannot make it
//! grow. Whatever this process changes by a request empties it. Another process of the same installation
//! sees a change when the moment is over.

use std::sync::{
    Arc, Mutex, MutexGuard, PoisonError,
    atomic::{AtomicU64, Ordering},
};

use chrono::{DateTime, TimeDelta, Utc};
use tideline_booth::ready::Ready;
use tideline_domain::{InstrumentId, Person, PersonId, Role, UnitId, UnitTree};
use tideline_store::SupportContact;
use tideline_text::Language;

use crate::{kept::Kept, kept_log::KeptLog, shared::Shared};

/// How long it is trusted who a session belongs to.
const SESSION: TimeDelta = TimeDelta::seconds(5);
/// Sessions that are kept.
const SESSIONS: usize = 4096;
/// How long a rendered page is given out again as it is.
const PAGE: TimeDelta = TimeDelta::seconds(2);
/// How long it is given out while it is being rendered anew.
const OLD_PAGE: TimeDelta = TimeDelta::seconds(6);
/// Room for pages and their compressed forms. Unit: bytes.
const PAGES: usize = 32 * 1024 * 1024;
/// Views of the same page by the same person within so long are one view.
const VIEW: TimeDelta = TimeDelta::minutes(1);
/// Views that are kept.
const VIEWS: usize = 16_384;
/// How long whom to turn to is told without asking the database.
const CONTACTS: TimeDelta = TimeDelta::seconds(10);

/// What makes two team pages the same: unit, language, what the reader may do, and the series that is
/// shown if it is not the latest. Only series that there are, never what an address happens to say.
pub(crate) type PageKey = (UnitId, Language, Vec<Role>, Option<InstrumentId>);

/// Stands for everything that was changed so far: what was read in one edition is not kept in the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Edition(u64);

/// See the module.
pub(crate) struct Warm {
    sessions: Mutex<Kept<[u8; 32], (Person, i64)>>,
    /// The tree that decides who sees which unit.
    tree: Mutex<Option<(i64, Arc<UnitTree>)>>,
    pages: Mutex<Kept<PageKey, Arc<Ready>>>,
    /// Pages that are being rendered anew, since when.
    renewing: Mutex<Kept<PageKey, ()>>,
    views: Mutex<Kept<(PersonId, &'static str, String), ()>>,
    /// Held while an entry is written, so that two at once are one.
    pub(crate) noting: Mutex<()>,
    edition: AtomicU64,
    /// Whom to turn to.
    pub(crate) contacts: Shared<Vec<SupportContact>>,
    /// What anybody may read of the log.
    pub(crate) log: KeptLog,
}

impl Default for Warm {
    fn default() -> Self {
        Self {
            sessions: Mutex::new(Kept::new(SESSIONS, SESSION)),
            tree: Mutex::default(),
            pages: Mutex::new(Kept::new(PAGES, OLD_PAGE)),
            renewing: Mutex::new(Kept::new(SESSIONS, OLD_PAGE)),
            views: Mutex::new(Kept::new(VIEWS, VIEW)),
            noting: Mutex::default(),
            edition: AtomicU64::new(0),
            contacts: Shared::new(CONTACTS),
            log: KeptLog::default(),
        }
    }
}

impl Warm {
    /// Who the session of this hash belongs to, if that was found out a moment ago and nothing was
    /// changed since, by this process or another: `generation` is the store's now. So a session that has
    /// ended is not taken for one that goes on.
    pub(crate) fn person(
        &self,
        session: &[u8; 32],
        generation: Option<i64>,
        now: DateTime<Utc>,
    ) -> Option<Person> {
        let generation = generation?;
        let sessions = lock(&self.sessions);
        let (person, at) = sessions.get(session, now)?;
        (*at == generation).then(|| person.clone())
    }

    /// Keeps who a session belongs to; `generation` is the store's from before that was read.
    pub(crate) fn keep_person(
        &self,
        session: [u8; 32],
        person: Person,
        generation: Option<i64>,
        now: DateTime<Utc>,
    ) {
        if let Some(generation) = generation {
            lock(&self.sessions).put(session, (person, generation), 1, now);
        }
    }

    /// The tree that decides who sees which unit, if nothing was changed since it was read, by this process
    /// or another: `generation` is the store's now.
    pub(crate) fn tree(&self, generation: Option<i64>) -> Option<Arc<UnitTree>> {
        let kept = lock(&self.tree);
        let (at, tree) = kept.as_ref()?;
        (Some(*at) == generation).then(|| Arc::clone(tree))
    }

    /// Keeps that tree; `generation` is the store's from before it was read.
    pub(crate) fn keep_tree(&self, tree: &Arc<UnitTree>, generation: Option<i64>) {
        if let Some(generation) = generation {
            *lock(&self.tree) = Some((generation, Arc::clone(tree)));
        }
    }

    /// The present edition; to be asked for before anything is read that is to be kept.
    pub(crate) fn edition(&self) -> Edition {
        Edition(self.edition.load(Ordering::Acquire))
    }

    /// The page, if it was rendered a moment ago; and whether the caller is the one to render it anew.
    pub(crate) fn page(&self, key: &PageKey, now: DateTime<Utc>) -> Option<(Arc<Ready>, bool)> {
        let (page, old) = {
            let pages = lock(&self.pages);
            let page = pages.get(key, now)?;
            (Arc::clone(page), pages.fresh(key, now, PAGE).is_none())
        };
        let renews = old && {
            let mut renewing = lock(&self.renewing);
            let first = renewing.get(key, now).is_none();
            if first {
                renewing.put(key.clone(), (), 1, now);
            }
            first
        };
        Some((page, renews))
    }

    /// Keeps a rendered page, if nothing was changed since `edition`.
    pub(crate) fn keep_page(
        &self,
        key: PageKey,
        page: Arc<Ready>,
        edition: Edition,
        now: DateTime<Utc>,
    ) {
        lock(&self.renewing).remove(&key);
        let weight = page.weight();
        let mut pages = lock(&self.pages);
        if self.edition() == edition {
            pages.put(key, page, weight, now);
        }
    }

    /// Forgets a page that could not be rendered anew.
    pub(crate) fn drop_page(&self, key: &PageKey) {
        lock(&self.pages).remove(key);
        lock(&self.renewing).remove(key);
    }

    /// Whether it is in the audit log already that `who` did `what` with `subject`.
    pub(crate) fn is_noted(
        &self,
        who: PersonId,
        what: &'static str,
        subject: &str,
        now: DateTime<Utc>,
    ) -> bool {
        lock(&self.views).get(&(who, what, subject.to_owned()), now).is_some()
    }

    /// Remembers that it is in the audit log.
    pub(crate) fn noted(
        &self,
        who: PersonId,
        what: &'static str,
        subject: &str,
        now: DateTime<Utc>,
    ) {
        lock(&self.views).put((who, what, subject.to_owned()), (), 1, now);
    }

    /// How many pages are kept, and what they weigh.
    #[cfg(test)]
    pub(crate) fn pages_kept(&self) -> (usize, usize) {
        lock(&self.pages).size()
    }

    /// Forgets sessions and pages: something was changed.
    pub(crate) fn something_changed(&self) {
        self.edition.fetch_add(1, Ordering::AcqRel);
        lock(&self.sessions).clear();
        lock(&self.pages).clear();
        lock(&self.renewing).clear();
        self.contacts.forget();
        self.log.something_changed();
    }
}

fn lock<T>(kept: &Mutex<T>) -> MutexGuard<'_, T> {
    kept.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use actix_web::web::Bytes;
    use tideline_booth::ready::Effort;
    use tideline_domain::Unit;
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
        warm.keep_page(key(), page(), warm.edition(), at(0));
        warm.noted(who, "results.view", "unit 2", at(0));
        assert_eq!(found(1), Some(false));
        assert_eq!((found(2), found(2)), (Some(true), Some(false)), "one renews it");
        warm.keep_page(key(), page(), warm.edition(), at(3));
        assert_eq!(found(4), Some(false));
        assert_eq!(found(9), None);
        assert!(
            warm.is_noted(who, "results.view", "unit 2", at(59))
                && !warm.is_noted(who, "results.view", "unit 2", at(60))
        );
        warm.keep_page(key(), page(), warm.edition(), at(60));
        warm.something_changed();
        assert_eq!(found(60), None);
        assert!(
            warm.is_noted(who, "results.view", "unit 2", at(59)),
            "what is written stays written"
        );
    }

    #[test]
    fn a_tree_is_good_until_anything_is_written() {
        let id = |it| UnitId::new(Uuid::from_u128(it));
        let name = "Hospital".parse().unwrap();
        let tree = Arc::new(UnitTree::new(vec![Unit { id: id(1), parent: None, name }]).unwrap());
        let warm = Warm::default();
        warm.keep_tree(&tree, None);
        assert!(warm.tree(None).is_none(), "where changes cannot be told, nothing is kept");
        warm.keep_tree(&tree, Some(7));
        assert!(warm.tree(Some(7)).is_some());
        assert!(warm.tree(Some(8)).is_none() && warm.tree(None).is_none());
    }

    #[test]
    fn what_was_rendered_before_a_change_is_not_kept_after_it() {
        let (warm, now) = (Warm::default(), DateTime::UNIX_EPOCH);
        let key = || (UnitId::new(Uuid::from_u128(2)), Language::English, Vec::new(), None);
        let page = || Arc::new(Ready::new(Bytes::from_static(b"page"), Effort::Quick));
        let before = warm.edition();
        warm.something_changed();
        warm.keep_page(key(), page(), before, now);
        assert!(warm.page(&key(), now).is_none());
        warm.keep_page(key(), page(), warm.edition(), now);
        assert!(warm.page(&key(), now).is_some());
    }
}

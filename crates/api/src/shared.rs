//! Something that takes long to work out and is the same for everybody: worked out once, by one, while
//! all who ask meanwhile wait without holding a thread. Whoever hangs up stops nothing and starts nothing.

use std::{
    sync::{
        Arc, Mutex as Lock, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use actix_web::rt;
use chrono::{DateTime, TimeDelta, Utc};
use tokio::sync::Mutex;

use crate::{blocking::blocking, problem::Problem};

/// See the module.
pub(crate) struct Shared<T> {
    kept: Arc<Mutex<Option<Made<T>>>>,
    /// What was worked out last, however long ago.
    last: Arc<Lock<Option<Arc<T>>>>,
    /// Grows when what is kept no longer holds.
    edition: AtomicU64,
    age: TimeDelta,
}

struct Made<T> {
    edition: u64,
    at: DateTime<Utc>,
    value: Arc<T>,
}

impl<T: Send + Sync + 'static> Shared<T> {
    /// Something that holds for `age`.
    pub(crate) fn new(age: TimeDelta) -> Self {
        Self { kept: Arc::default(), last: Arc::default(), edition: AtomicU64::new(0), age }
    }

    /// What `make` gives, if it was not worked out a moment ago.
    ///
    /// # Errors
    ///
    /// What `make` fails with; the next who asks tries again.
    pub(crate) async fn get(
        &self,
        now: DateTime<Utc>,
        make: impl FnOnce() -> Result<T, Problem> + Send + 'static,
    ) -> Result<Arc<T>, Problem> {
        let (kept, last, age) = (Arc::clone(&self.kept), Arc::clone(&self.last), self.age);
        let edition = self.edition.load(Ordering::Acquire);
        // A task of its own: if its first asker hangs up, the others still wait for this one work.
        let task = rt::spawn(async move {
            let mut kept = kept.lock_owned().await;
            let fresh = |it: &&Made<T>| it.edition >= edition && it.at <= now && now - it.at < age;
            if let Some(made) = kept.as_ref().filter(fresh) {
                return Ok(Arc::clone(&made.value));
            }
            let value = Arc::new(blocking(make).await?);
            *kept = Some(Made { edition, at: now, value: Arc::clone(&value) });
            *last.lock().unwrap_or_else(PoisonError::into_inner) = Some(Arc::clone(&value));
            Ok(value)
        });
        task.await.map_err(Problem::internal)?
    }

    /// As [`get`](Self::get), but for no longer than `patience`: then, or if it fails, what was worked out
    /// last, however old. `None` if nothing ever was.
    pub(crate) async fn within(
        &self,
        patience: Duration,
        now: DateTime<Utc>,
        make: impl FnOnce() -> Result<T, Problem> + Send + 'static,
    ) -> Option<Arc<T>> {
        let last = || self.last.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let busy = self.kept.try_lock().is_err();
        if let (true, Some(last)) = (busy, last()) {
            return Some(last);
        }
        match tokio::time::timeout(patience, self.get(now, make)).await {
            Ok(Ok(value)) => Some(value),
            Ok(Err(problem)) => {
                let error: &(dyn std::error::Error + 'static) = &problem;
                tracing::error!(error, "the last known is given out");
                last()
            }
            Err(_) => last(),
        }
    }

    /// What is kept no longer holds.
    pub(crate) fn forget(&self) {
        self.edition.fetch_add(1, Ordering::AcqRel);
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::AtomicUsize;

    use futures_util::future::join_all;

    use super::*;

    #[actix_web::test]
    async fn many_who_ask_at_once_cost_one_work() {
        let shared: Shared<usize> = Shared::new(TimeDelta::seconds(60));
        let made = Arc::new(AtomicUsize::new(0));
        let at = |seconds| DateTime::UNIX_EPOCH + TimeDelta::seconds(seconds);
        let ask = |seconds| {
            let made = Arc::clone(&made);
            shared.get(at(seconds), move || {
                std::thread::sleep(std::time::Duration::from_millis(30));
                Ok(made.fetch_add(1, Ordering::SeqCst) + 1)
            })
        };
        let values = join_all((0..50).map(|_| ask(0))).await;
        assert!(values.into_iter().all(|it| *it.unwrap() == 1));
        assert_eq!((*ask(59).await.unwrap(), *ask(60).await.unwrap()), (1, 2));
        shared.forget();
        assert_eq!(*ask(61).await.unwrap(), 3);
    }

    #[actix_web::test]
    async fn attack_143_who_has_no_patience_gets_the_last() {
        let shared: Shared<usize> = Shared::new(TimeDelta::seconds(10));
        let at = |seconds| DateTime::UNIX_EPOCH + TimeDelta::seconds(seconds);
        let patience = Duration::from_millis(20);
        let slowly = |value| {
            move || {
                std::thread::sleep(Duration::from_millis(200));
                Ok(value)
            }
        };
        assert_eq!(shared.within(patience, at(0), slowly(1)).await, None);
        assert_eq!(*shared.get(at(0), || Ok(9)).await.unwrap(), 1, "the work went on");
        assert_eq!(*shared.within(patience, at(11), slowly(2)).await.unwrap(), 1);
        assert_eq!(*shared.within(patience, at(11), || Ok(9)).await.unwrap(), 1, "one works");
        let failed = || Err(Problem::internal("the database is gone"));
        assert_eq!(*shared.get(at(12), || Ok(9)).await.unwrap(), 2);
        assert_eq!(*shared.within(patience, at(30), failed).await.unwrap(), 2);
    }

    #[actix_web::test]
    async fn whoever_hangs_up_starts_no_second_work() {
        let shared: Shared<usize> = Shared::new(TimeDelta::seconds(60));
        let made = Arc::new(AtomicUsize::new(0));
        for _ in 0..20 {
            let made = Arc::clone(&made);
            let asked = shared.get(DateTime::UNIX_EPOCH, move || {
                std::thread::sleep(std::time::Duration::from_millis(30));
                Ok(made.fetch_add(1, Ordering::SeqCst) + 1)
            });
            let _ = tokio::time::timeout(std::time::Duration::from_millis(1), asked).await;
        }
        assert_eq!(*shared.get(DateTime::UNIX_EPOCH, || Ok(9)).await.unwrap(), 1);
        assert_eq!(made.load(Ordering::SeqCst), 1);
    }
}

//! Places for work that costs much, and a bounded number of those who wait for one.

use std::{sync::Arc, time::Duration};

use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore},
    time::timeout,
};

/// See the module.
pub(super) struct Queue {
    /// One of each is a place.
    places: Vec<Arc<Semaphore>>,
    waiting: Arc<Semaphore>,
    longest_wait: Duration,
}

/// A place, as long as it is held. It must go along with the work: whoever hangs up ends the waiting, but not
/// the work.
pub(crate) struct Place {
    _permits: Vec<OwnedSemaphorePermit>,
}

/// Too many wait already, or it took too long.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Busy;

impl Queue {
    /// A queue for so many `places`, in which `may_wait` wait for `longest_wait` at most.
    pub(super) fn new(places: usize, may_wait: usize, longest_wait: Duration) -> Self {
        Self::sharing(vec![Arc::new(Semaphore::new(places))], may_wait, longest_wait)
    }

    /// A queue whose places are one of each of `places`, which other queues may share. They are taken in this
    /// order.
    pub(super) fn sharing(
        places: Vec<Arc<Semaphore>>,
        may_wait: usize,
        longest_wait: Duration,
    ) -> Self {
        Self { places, waiting: Arc::new(Semaphore::new(may_wait)), longest_wait }
    }

    /// Waits for a place.
    ///
    /// # Errors
    ///
    /// [`Busy`]; nobody who waits is let in by that.
    pub(super) async fn place(&self) -> Result<Place, Busy> {
        let _waits = Arc::clone(&self.waiting).try_acquire_owned().map_err(|_| Busy)?;
        let take = async {
            let mut permits = Vec::with_capacity(self.places.len());
            for place in &self.places {
                permits.push(Arc::clone(place).acquire_owned().await.map_err(|_| Busy)?);
            }
            Ok(Place { _permits: permits })
        };
        timeout(self.longest_wait, take).await.map_err(|_| Busy)?
    }
}

#[cfg(test)]
mod tests {
    use futures_util::FutureExt as _;

    use super::*;

    #[actix_web::test]
    async fn who_finds_no_place_waits_and_who_finds_no_room_is_sent_away() {
        let queue = Queue::new(1, 1, Duration::from_secs(5));
        let held = queue.place().now_or_never().unwrap().unwrap();
        let mut waits = Box::pin(queue.place());
        assert!(waits.as_mut().now_or_never().is_none());
        assert_eq!(queue.place().now_or_never().map(|it| it.is_err()), Some(true));
        drop(held);
        assert!(waits.now_or_never().is_some_and(|it| it.is_ok()));
    }

    #[actix_web::test]
    async fn nobody_waits_for_ever() {
        let queue = Queue::new(1, 8, Duration::from_millis(10));
        let _held = queue.place().await.unwrap();
        assert_eq!(queue.place().await.err(), Some(Busy));
        assert_eq!(queue.waiting.available_permits(), 8, "who gave up waits no more");
    }
}

//! What time it is. The server hands in its wall clock, a test one that says what it is told.

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

use chrono::{DateTime, Utc};

/// Tells the time.
#[derive(Debug, Clone)]
pub enum Clock {
    /// Asks this function, which is the server's wall clock.
    System(fn() -> DateTime<Utc>),
    /// Says what it was last set to. Unit: seconds since 1970-01-01T00:00Z.
    Manual(Arc<AtomicI64>),
}

impl Clock {
    /// A clock that stands at `now` until it is [`set`](Self::set). Its copies move with it.
    pub fn manual(now: DateTime<Utc>) -> Self {
        Self::Manual(Arc::new(AtomicI64::new(now.timestamp())))
    }

    /// The current time.
    pub fn now(&self) -> DateTime<Utc> {
        match self {
            Self::System(read) => read(),
            Self::Manual(seconds) => {
                DateTime::from_timestamp(seconds.load(Ordering::SeqCst), 0).unwrap_or_default()
            }
        }
    }

    /// Sets a manual clock, to the second; does nothing to the system's.
    pub fn set(&self, now: DateTime<Utc>) {
        if let Self::Manual(seconds) = self {
            seconds.store(now.timestamp(), Ordering::SeqCst);
        }
    }
}

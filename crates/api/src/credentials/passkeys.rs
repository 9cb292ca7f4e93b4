//! What asks for passkeys and checks them, for an installation.

use std::time::Duration;

use chrono::TimeDelta;
use tideline_booth::Origin;
use webauthn_rs::prelude::{Url, Webauthn, WebauthnBuilder};

use super::queue::{Place, Queue};
use crate::problem::Problem;

/// How long somebody may take to answer.
pub(crate) const PASSKEY_PATIENCE: TimeDelta = TimeDelta::minutes(10);
/// Answers that are checked at the same time, and those that may wait for it.
const AT_ONCE: usize = 8;
const MAY_WAIT: usize = 256;
/// How long an answer waits for its turn.
const LONGEST_WAIT: Duration = Duration::from_secs(5);

/// Asks for passkeys and checks them.
pub(crate) struct Passkeys {
    pub(crate) webauthn: Webauthn,
    checking: Queue,
}

impl Passkeys {
    /// Passkeys for an installation at `origin`; `None` at an address in numbers, where browsers have none.
    pub(crate) fn at(origin: &Origin) -> Option<Self> {
        let url = Url::parse(origin.as_str()).ok()?;
        url.domain()?;
        let builder = WebauthnBuilder::new(origin.host(), &url).ok()?;
        let patience = Duration::from_secs(PASSKEY_PATIENCE.num_seconds().unsigned_abs());
        let webauthn = builder.rp_name("Tideline").timeout(patience).build().ok()?;
        Some(Self { webauthn, checking: Queue::new(AT_ONCE, MAY_WAIT, LONGEST_WAIT) })
    }

    /// Waits for a place to check an answer in. It must go along with the work.
    ///
    /// # Errors
    ///
    /// [`Problem::Busy`] if too many wait already, or it takes too long.
    pub(crate) async fn place(&self) -> Result<Place, Problem> {
        self.checking.place().await.map_err(|_| Problem::Busy)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_in_numbers_has_no_passkeys() {
        let at = |origin: &str| Passkeys::at(&origin.parse().unwrap()).is_some();
        assert!(at("https://pulse.example.org") && at("http://localhost:8080"));
        assert!(!at("http://127.0.0.1:8080") && !at("https://[2001:db8::1]"));
    }
}

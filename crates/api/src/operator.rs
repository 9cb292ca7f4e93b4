//! What the program itself may hand out, without a request: for the demo, and for first start.

use chrono::{DateTime, TimeDelta, Utc};
use tideline_domain::{PersonId, WaveSeq};
use tideline_store::StoreError;

use crate::{App, KeyError, auth::Secret};

/// Why nothing was handed out.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum HandOutError {
    /// The operating system gives no random bytes.
    #[error("no random bytes to be had")]
    Random,
    /// It could not be stored.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// It could not be signed.
    #[error(transparent)]
    Key(#[from] KeyError),
}

impl App {
    /// A sign-in link of `person` that works once, for as long as `lifetime`.
    ///
    /// # Errors
    ///
    /// [`HandOutError`].
    pub fn sign_in_link(
        &self,
        person: PersonId,
        now: DateTime<Utc>,
        lifetime: TimeDelta,
    ) -> Result<String, HandOutError> {
        let code = Secret::<16>::generate().map_err(|_| HandOutError::Random)?;
        self.store.add_sign_in_code(&code.hash(), person, now + lifetime)?;
        Ok(format!("{}/in#{}", self.settings.app_origin, code.text()))
    }

    /// The bearer with which `person` may have the token of wave `seq` evaluated, as `GET /me/pickup`
    /// hands it out.
    ///
    /// # Errors
    ///
    /// [`HandOutError::Key`].
    pub fn pickup_token(
        &self,
        person: PersonId,
        seq: WaveSeq,
        now: DateTime<Utc>,
    ) -> Result<String, HandOutError> {
        Ok(self.keys.issue_token(person, seq, None, now)?)
    }
}

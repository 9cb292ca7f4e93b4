//! Taking a ballot: is the token one of ours, for this wave, this cohort and this very ballot?
//!
//! Whether it was spent before, the box decides when it takes the ballot.

use std::{collections::BTreeMap, fmt, sync::Arc};

use tideline_domain::{AnswerSheet, CohortId};

use crate::{
    BALLOT_LEN, Nullifier, Row,
    derive::TokenInfo,
    issue::infos,
    keys::{KeyError, TokenKey, WaveKeys, wipe_stack},
    manifest::PinnedManifest,
    paper::PaperCode,
    seal::{Seals, TallyPublic},
    wire::RedeemBody,
};

/// Why a ballot is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RedeemError {
    /// The token is not one of this wave, cohort and ballot.
    #[error("the token is not valid for this wave, cohort and ballot")]
    InvalidToken,
    /// The server could not seal the ballot; nothing was taken.
    #[error("the ballot could not be sealed")]
    NotSealed,
}

/// A ballot with a valid token, ready for the box: all of it random to whoever looks.
#[derive(Clone, PartialEq, Eq)]
pub struct Accepted {
    /// Stands for the spent token.
    pub nullifier: Nullifier,
    /// The ballot, sealed twice.
    pub row: Row,
}

impl fmt::Debug for Accepted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Accepted(…)")
    }
}

/// Checks the tokens of one wave.
pub struct Redeemer {
    key: TokenKey,
    infos: BTreeMap<CohortId, TokenInfo>,
    tally: TallyPublic,
    seals: Arc<Seals>,
    manifest_hash: [u8; 32],
}

impl Redeemer {
    /// A redeemer for the wave of `manifest`. It holds no key that opens ballots.
    ///
    /// # Errors
    ///
    /// [`KeyError::Mismatch`] if `keys` are not those of the manifest.
    pub fn new(manifest: &PinnedManifest, keys: &WaveKeys) -> Result<Self, KeyError> {
        if keys.tally_public() != manifest.manifest.tally_pk {
            return Err(KeyError::Mismatch);
        }
        Self::with_token_key(manifest, keys.token_key())
    }

    /// The same with the token key alone: the key that ballots are sealed to stands in the manifest.
    ///
    /// # Errors
    ///
    /// [`KeyError::Mismatch`] if `key` is not that of the manifest.
    pub fn with_token_key(manifest: &PinnedManifest, key: &TokenKey) -> Result<Self, KeyError> {
        if key.public() != manifest.manifest.token_pk {
            return Err(KeyError::Mismatch);
        }
        Ok(Self {
            key: key.clone(),
            infos: infos(manifest),
            tally: manifest.tally_key.clone(),
            seals: Arc::clone(&manifest.seals),
            manifest_hash: manifest.hash,
        })
    }

    /// Checks a token and seals its ballot for the box.
    ///
    /// # Errors
    ///
    /// [`RedeemError`].
    pub fn check(
        &self,
        cohort: &CohortId,
        nonce: &[u8; 32],
        ballot: &[u8; BALLOT_LEN],
        mac: &[u8; 32],
    ) -> Result<Accepted, RedeemError> {
        let info = self.infos.get(cohort).ok_or(RedeemError::InvalidToken)?;
        let output = self.key.server().evaluate(nonce, info.bytes());
        wipe_stack();
        let output = output.map_err(|_| RedeemError::InvalidToken)?;
        if !info.verify(&output, nonce, ballot, mac) {
            return Err(RedeemError::InvalidToken);
        }
        let row =
            self.seals.seal_row(&self.tally, cohort, ballot).map_err(|_| RedeemError::NotSealed)?;
        Ok(Accepted { nullifier: info.nullifier(nonce), row })
    }

    /// Seals the answers of somebody with a paper card. Whether the code is one of the wave, and of
    /// `cohort`, has been checked.
    ///
    /// # Errors
    ///
    /// [`RedeemError::NotSealed`] if they could not be sealed; nothing was taken.
    pub fn seal_paper(
        &self,
        cohort: &CohortId,
        code: &PaperCode,
        sheet: &AnswerSheet,
    ) -> Result<Accepted, RedeemError> {
        let not_sealed = |_| RedeemError::NotSealed;
        let ballot = self.seals.seal_ballot(&self.tally, cohort, sheet).map_err(not_sealed)?;
        let row = self.seals.seal_row(&self.tally, cohort, &ballot).map_err(not_sealed)?;
        Ok(Accepted { nullifier: code.nullifier(&self.manifest_hash), row })
    }

    /// [`check`](Self::check) for a request as it was read from the wire.
    ///
    /// # Errors
    ///
    /// [`RedeemError`].
    pub fn check_body(&self, body: &RedeemBody) -> Result<Accepted, RedeemError> {
        self.check(&body.cohort, &body.nonce, &body.ballot, &body.mac)
    }
}

impl fmt::Debug for Redeemer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Redeemer").field("cohorts", &self.infos.len()).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;

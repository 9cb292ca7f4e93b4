//! Making tokens: the server evaluates an element it cannot read and proves that it used the key
//! everybody sees.
//!
//! Who may ask, for which cohort and how often is not decided here.

use std::{collections::BTreeMap, fmt};

use hmac::{Hmac, Mac};
use poprf_ristretto::BlindedElement;
use rand_core06::OsRng;
use sha2::Sha256;
use tideline_domain::CohortId;
use zeroize::Zeroizing;

use crate::{
    derive::TokenInfo,
    keys::{KeyError, TokenKey, WaveKeys, wipe_stack},
    manifest::PinnedManifest,
};

const HOLDER: &[u8] = b"pulse-holder-v1\0";
const SHARE: &[u8] = b"pulse-share-v1\0";

/// Why no token is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum IssueError {
    /// The manifest has no such cohort.
    #[error("the wave has no such cohort")]
    UnknownCohort,
    /// Not the one encoding of an element other than the identity.
    #[error("the blinded element is malformed")]
    Malformed,
}

/// A token, still blinded, with the proof that it was made with the wave's key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Issued {
    /// The evaluated element.
    pub evaluated: [u8; 32],
    /// The proof (DLEQ), different each time.
    pub proof: [u8; 64],
}

/// Makes the tokens of one wave.
pub struct Issuer {
    key: TokenKey,
    holders: Zeroizing<[u8; 32]>,
    shares: Zeroizing<[u8; 32]>,
    infos: BTreeMap<CohortId, TokenInfo>,
}

impl Issuer {
    /// An issuer for the wave of `manifest`.
    ///
    /// # Errors
    ///
    /// [`KeyError::Mismatch`] if `keys` are not those of the manifest.
    pub fn new(manifest: &PinnedManifest, keys: &WaveKeys) -> Result<Self, KeyError> {
        if keys.token_public() != manifest.manifest.token_pk {
            return Err(KeyError::Mismatch);
        }
        let key = keys.token_key().clone();
        let (holders, shares) = (key.holders(&manifest.hash), key.shares(&manifest.hash));
        Ok(Self { holders, shares, key, infos: infos(manifest) })
    }

    /// What the list of pick-ups has in place of `person` in this wave. Whoever lacks the wave's key
    /// cannot tell whose it is; and when the key is destroyed, nobody can.
    pub fn holder(&self, person: &[u8]) -> [u8; 32] {
        keyed(&self.holders, &[HOLDER, person])
    }

    /// What is mixed into the derivation of `person`'s token in this wave where it is to be found again
    /// (M9 of the protocol). It is kept nowhere, and when the wave's key is destroyed nobody can make it
    /// any more: then what a person keeps does not tell which token was theirs.
    pub fn share(&self, person: &[u8]) -> [u8; 32] {
        keyed(&self.shares, &[SHARE, person])
    }

    /// Evaluates `blinded` for `cohort`. The same element gives the same token again.
    ///
    /// # Errors
    ///
    /// [`IssueError`].
    pub fn issue(&self, cohort: &CohortId, blinded: &[u8]) -> Result<Issued, IssueError> {
        let info = self.infos.get(cohort).ok_or(IssueError::UnknownCohort)?;
        let blinded = BlindedElement::from_bytes(blinded).map_err(|_| IssueError::Malformed)?;
        let evaluated = self.key.server().blind_evaluate(&mut OsRng, &blinded, info.bytes());
        wipe_stack();
        let (evaluated, proof) = evaluated.map_err(|_| IssueError::Malformed)?;
        Ok(Issued { evaluated: evaluated.to_bytes(), proof: proof.to_bytes() })
    }
}

impl fmt::Debug for Issuer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Issuer").field("cohorts", &self.infos.len()).finish_non_exhaustive()
    }
}

fn keyed(key: &[u8; 32], parts: &[&[u8]]) -> [u8; 32] {
    let mut mac = <Hmac<Sha256> as Mac>::new_from_slice(key)
        .unwrap_or_else(|_| unreachable!("HMAC takes keys of any length"));
    parts.iter().for_each(|it| mac.update(it));
    mac.finalize().into_bytes().into()
}

/// What the tokens of each cohort are bound to.
pub(crate) fn infos(manifest: &PinnedManifest) -> BTreeMap<CohortId, TokenInfo> {
    let cohorts = manifest.manifest.cohorts.iter();
    cohorts.map(|it| (it.id.clone(), TokenInfo::new(&manifest.hash, &it.id))).collect()
}

#[cfg(test)]
mod tests;

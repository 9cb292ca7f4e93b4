//! A client of the protocol, for simulations and tests. It refuses whatever a browser must refuse.

use std::fmt;

use poprf_ristretto::{
    BlindedElement, EvaluatedElement, PoprfBlindState, PoprfClient, PoprfOutput, Proof,
};
use rand_core06::OsRng;
use tideline_domain::{AnswerSheet, CohortId, WaveSeq, cohort::MIN_ELIGIBLE};
use zeroize::Zeroizing;

use crate::{
    BALLOT_LEN, Nullifier,
    derive::TokenInfo,
    manifest::PinnedManifest,
    wire::{IssueBody, IssuedBody, RedeemBody},
};

/// Why the client does not go on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ClientError {
    /// The copies of the manifest differ, are fewer than two, or are not of the wave asked for.
    #[error("the copies of the manifest do not agree")]
    NotTheSame,
    /// The manifest has no such cohort.
    #[error("the cohort is not in the manifest")]
    UnknownCohort,
    /// A token for so few people would point at them.
    #[error("the cohort is too small")]
    SmallCohort,
    /// The server did not use the key everybody sees, or not for this element.
    #[error("the server's proof does not hold")]
    Unproven,
    /// The answers do not fit the questionnaire.
    #[error("the answers do not fit the questionnaire")]
    Misfit,
    /// The operating system gives no randomness.
    #[error("there is no randomness")]
    NoRandomness,
}

/// Reads the manifest of wave `seq` from copies fetched on different ways, which must agree to the
/// byte.
///
/// # Errors
///
/// [`ClientError::NotTheSame`] if they do not, or are fewer than two, or are no such manifest.
pub fn pin(copies: &[&[u8]], seq: WaveSeq) -> Result<PinnedManifest, ClientError> {
    let [first, others @ ..] = copies else { return Err(ClientError::NotTheSame) };
    if others.is_empty() || others.iter().any(|it| it != first) {
        return Err(ClientError::NotTheSame);
    }
    PinnedManifest::parse(*first).ok().filter(|it| it.seq() == seq).ok_or(ClientError::NotTheSame)
}

/// A token asked for and not yet received. It links a person to a ballot: it stays with the client.
pub struct Pending {
    manifest_hash: [u8; 32],
    cohort: CohortId,
    info: TokenInfo,
    nonce: Zeroizing<[u8; 32]>,
    state: PoprfBlindState,
    blinded: BlindedElement,
}

impl Pending {
    /// Begins a token for a person of `cohort`.
    ///
    /// # Errors
    ///
    /// [`ClientError::UnknownCohort`]; [`ClientError::SmallCohort`] if it has fewer people than
    /// [`MIN_ELIGIBLE`] or the manifest's `min_cell` and is not the only one;
    /// [`ClientError::NoRandomness`].
    pub fn begin(manifest: &PinnedManifest, cohort: &CohortId) -> Result<Self, ClientError> {
        let entry = manifest.cohort(cohort).ok_or(ClientError::UnknownCohort)?;
        let only = manifest.manifest.cohorts.len() == 1;
        if !only && entry.eligible < manifest.manifest.min_cell.max(MIN_ELIGIBLE) {
            return Err(ClientError::SmallCohort);
        }
        let info = TokenInfo::new(&manifest.hash, cohort);
        let mut nonce = Zeroizing::new([0; 32]);
        getrandom::fill(nonce.as_mut_slice()).map_err(|_| ClientError::NoRandomness)?;
        let (state, blinded) = PoprfClient::new(manifest.token_key)
            .blind(nonce.as_slice(), info.bytes(), &mut OsRng)
            .map_err(|_| ClientError::NoRandomness)?;
        let cohort = cohort.clone();
        Ok(Self { manifest_hash: manifest.hash, cohort, info, nonce, state, blinded })
    }

    /// The blinded element: all that the server gets to see.
    pub fn blinded(&self) -> [u8; 32] {
        self.blinded.to_bytes()
    }

    /// The request for the token.
    pub fn issue_body(&self) -> String {
        IssueBody { cohort: self.cohort.clone(), blinded: self.blinded() }.to_json()
    }

    /// Checks the server's proof against the key of the manifest and takes the blinding off.
    ///
    /// # Errors
    ///
    /// [`ClientError::NotTheSame`] if `manifest` is not the one this was begun with;
    /// [`ClientError::Unproven`] if the proof does not hold.
    pub fn finish(
        &self,
        manifest: &PinnedManifest,
        issued: &IssuedBody,
    ) -> Result<Token, ClientError> {
        if manifest.hash != self.manifest_hash {
            return Err(ClientError::NotTheSame);
        }
        let unproven = |_| ClientError::Unproven;
        let evaluated = EvaluatedElement::from_bytes(&issued.evaluated).map_err(unproven)?;
        let proof = Proof::from_bytes(&issued.proof).map_err(unproven)?;
        // The tweaked key in `state` was computed here, from the pinned key; it is never received.
        let output = PoprfClient::new(manifest.token_key)
            .finalize(
                self.nonce.as_slice(),
                &self.state,
                &evaluated,
                &self.blinded,
                &proof,
                self.info.bytes(),
            )
            .map_err(unproven)?;
        Ok(Token {
            manifest_hash: self.manifest_hash,
            cohort: self.cohort.clone(),
            info: self.info.clone(),
            nonce: self.nonce.clone(),
            output,
        })
    }
}

impl fmt::Debug for Pending {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Pending(…)")
    }
}

/// A token: one ballot, whoever brings it.
pub struct Token {
    manifest_hash: [u8; 32],
    cohort: CohortId,
    info: TokenInfo,
    nonce: Zeroizing<[u8; 32]>,
    output: PoprfOutput,
}

impl Token {
    /// Seals `sheet` and binds it to the token.
    ///
    /// # Errors
    ///
    /// [`ClientError::NotTheSame`] if `manifest` is not the token's; [`ClientError::Misfit`] if the
    /// sheet is not one of its questionnaire.
    pub fn seal(
        &self,
        manifest: &PinnedManifest,
        sheet: &AnswerSheet,
    ) -> Result<RedeemBody, ClientError> {
        if manifest.hash != self.manifest_hash {
            return Err(ClientError::NotTheSame);
        }
        if sheet.to_ballot().len() != usize::from(manifest.manifest.items) {
            return Err(ClientError::Misfit);
        }
        let ballot = manifest
            .seals
            .seal_ballot(&manifest.tally_key, &self.cohort, sheet)
            .map_err(|_| ClientError::NoRandomness)?;
        Ok(self.bind(ballot))
    }

    /// The request that redeems the token with a ballot that is sealed already.
    pub fn bind(&self, ballot: [u8; BALLOT_LEN]) -> RedeemBody {
        RedeemBody {
            cohort: self.cohort.clone(),
            nonce: *self.nonce,
            mac: self.info.mac(&self.output, &self.nonce, &ballot),
            ballot,
        }
    }

    /// [`seal`](Self::seal), as it is sent.
    ///
    /// # Errors
    ///
    /// As [`seal`](Self::seal).
    pub fn redeem_body(
        &self,
        manifest: &PinnedManifest,
        sheet: &AnswerSheet,
    ) -> Result<String, ClientError> {
        Ok(self.seal(manifest, sheet)?.to_json())
    }

    /// What the result file will list if this token is redeemed.
    pub fn nullifier(&self) -> Nullifier {
        self.info.nullifier(&self.nonce)
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(…)")
    }
}

#[cfg(test)]
mod tests;

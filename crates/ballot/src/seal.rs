//! Sealing and opening: HPKE (RFC 9180), base mode, DHKEM(P-256, HKDF-SHA256), HKDF-SHA256,
//! AES-128-GCM, and the two layouts that are sealed with it.
//!
//! P-256 because every browser's own WebCrypto has it. AWS-LC's implementation because it is the
//! fastest sound one at hand: `cargo bench -p tideline-ballot` prints how it compares.

use std::fmt;

use rustls::crypto::{
    aws_lc_rs::hpke::DH_KEM_P256_HKDF_SHA256_AES_128 as SUITE,
    hpke::{EncapsulatedSecret, Hpke as _, HpkePrivateKey, HpkePublicKey},
};
use tideline_domain::{AnswerSheet, CohortId};
use zeroize::Zeroizing;

use crate::{BALLOT_LEN, Nullifier, ROW_LEN, Row};

/// What sealing adds: an encapsulated key and a tag. Unit: bytes.
pub(crate) const OVERHEAD: usize = PUBLIC_LEN + 16;
/// Every ballot's plaintext, whatever was asked and answered. Unit: bytes.
pub(crate) const PLAINTEXT_LEN: usize = 64;
/// A cohort's name, filled up with zeros. Unit: bytes.
pub(crate) const COHORT_LEN: usize = 16;
/// What the outer seal is around. Unit: bytes.
const INNER_LEN: usize = COHORT_LEN + BALLOT_LEN;
/// A public key, uncompressed. Unit: bytes.
pub(crate) const PUBLIC_LEN: usize = 65;
/// Most items that fit a ballot.
pub(crate) const MAX_ITEMS: usize = PLAINTEXT_LEN - 2;

const VERSION: u8 = 1;

/// Nothing was sealed or opened: not our key, not our text, or changed on the way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Sealed;

/// The key ballots are sealed to: a point of the curve.
#[derive(Clone)]
pub(crate) struct TallyPublic(HpkePublicKey);

impl TallyPublic {
    /// `None` if `bytes` are no point of the curve.
    pub(crate) fn new(bytes: &[u8; PUBLIC_LEN]) -> Option<Self> {
        let key = HpkePublicKey(bytes.to_vec());
        SUITE.setup_sealer(&[], &key).is_ok().then_some(Self(key))
    }

    fn seal<const N: usize>(
        &self,
        info: &[u8],
        aad: &[u8],
        text: &[u8],
    ) -> Result<[u8; N], Sealed> {
        let (key, text) = SUITE.seal(info, aad, text, &self.0).map_err(|_| Sealed)?;
        let mut sealed = [0; N];
        if key.0.len() != PUBLIC_LEN || key.0.len() + text.len() != N {
            return Err(Sealed);
        }
        sealed[..PUBLIC_LEN].copy_from_slice(&key.0);
        sealed[PUBLIC_LEN..].copy_from_slice(&text);
        Ok(sealed)
    }
}

impl fmt::Debug for TallyPublic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&crate::encoding::to_base64(&self.0.0))
    }
}

/// The key that opens ballots. Wiped when dropped, never printed.
pub(crate) struct TallySecret(HpkePrivateKey);

impl TallySecret {
    pub(crate) const LEN: usize = 32;

    pub(crate) fn new(bytes: &[u8]) -> Self {
        Self(HpkePrivateKey::from(bytes.to_vec()))
    }

    /// A fresh pair from the operating system's randomness; `None` if it has none to give.
    pub(crate) fn generate() -> Option<(Self, [u8; PUBLIC_LEN])> {
        let (public, secret) = SUITE.generate_key_pair().ok()?;
        Some((Self(secret), public.0.try_into().ok()?))
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        self.0.secret_bytes()
    }

    /// Whether this opens what is sealed to `public`.
    pub(crate) fn matches(&self, public: &TallyPublic) -> bool {
        public
            .seal::<OVERHEAD>(b"key-check", &[], &[])
            .and_then(|it| self.open(b"key-check", &[], &it))
            .is_ok()
    }

    fn open(&self, info: &[u8], aad: &[u8], sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, Sealed> {
        let (key, text) = sealed.split_at_checked(PUBLIC_LEN).ok_or(Sealed)?;
        let key = EncapsulatedSecret(key.to_vec());
        SUITE.open(&key, info, aad, text, &self.0).map(Zeroizing::new).map_err(|_| Sealed)
    }
}

impl fmt::Debug for TallySecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TallySecret(…)")
    }
}

/// What lies behind the outer seal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Unsealed {
    /// Somebody's ballot, still sealed, and the cohort of its token.
    Ballot(CohortId, [u8; BALLOT_LEN]),
    /// Nobody's: a row that covers for others, and the nullifier that belongs to it.
    Cover(Nullifier),
}

/// The two seals of a wave, each bound to its manifest.
#[derive(Debug, Clone)]
pub(crate) struct Seals {
    ballot: Vec<u8>,
    spool: Vec<u8>,
}

impl Seals {
    pub(crate) fn new(manifest_hash: &[u8; 32]) -> Self {
        Self {
            ballot: [b"pulse-ballot-v1\0", manifest_hash.as_slice()].concat(),
            spool: [b"pulse-spool-v1\0", manifest_hash.as_slice()].concat(),
        }
    }

    /// The inner seal, made by the client.
    pub(crate) fn seal_ballot(
        &self,
        key: &TallyPublic,
        cohort: &CohortId,
        sheet: &AnswerSheet,
    ) -> Result<[u8; BALLOT_LEN], Sealed> {
        let answers = Zeroizing::new(sheet.to_ballot());
        if answers.len() > MAX_ITEMS {
            return Err(Sealed);
        }
        let mut text = Zeroizing::new([0; PLAINTEXT_LEN]);
        text[0] = VERSION;
        text[1] = answers.len() as u8;
        text[2..][..answers.len()].copy_from_slice(&answers);
        key.seal(&self.ballot, cohort.as_str().as_bytes(), text.as_slice())
    }

    /// Opens the inner seal. `None` if it does not open, or holds no sheet of `items` answers.
    pub(crate) fn open_ballot(
        &self,
        key: &TallySecret,
        cohort: &CohortId,
        items: usize,
        ballot: &[u8; BALLOT_LEN],
    ) -> Option<AnswerSheet> {
        let text = key.open(&self.ballot, cohort.as_str().as_bytes(), ballot).ok()?;
        let (&[version, count], rest) = text.split_first_chunk()?;
        let (answers, filling) = rest.split_at_checked(items)?;
        let formed = version == VERSION
            && usize::from(count) == items
            && text.len() == PLAINTEXT_LEN
            && filling.iter().all(|&it| it == 0);
        if formed { AnswerSheet::from_ballot(items, answers).ok() } else { None }
    }

    /// The outer seal, made by the server, so that the box does not even show cohorts.
    pub(crate) fn seal_row(
        &self,
        key: &TallyPublic,
        cohort: &CohortId,
        ballot: &[u8; BALLOT_LEN],
    ) -> Result<Row, Sealed> {
        let mut text = [0; INNER_LEN];
        let name = cohort.as_str().as_bytes();
        text[..name.len()].copy_from_slice(name);
        text[COHORT_LEN..].copy_from_slice(ballot);
        key.seal::<ROW_LEN>(&self.spool, &[], &text)
    }

    /// A row that is nobody's ballot: where a cohort's name would be there are zeros, then the
    /// nullifier that belongs to it. Only who opens the outer seal can tell it from a ballot.
    pub(crate) fn seal_cover(
        &self,
        key: &TallyPublic,
        nullifier: &Nullifier,
    ) -> Result<Row, Sealed> {
        let mut text = [0; INNER_LEN];
        text[COHORT_LEN..][..nullifier.len()].copy_from_slice(nullifier);
        key.seal::<ROW_LEN>(&self.spool, &[], &text)
    }

    /// Opens the outer seal. `None` if it does not open or names no possible cohort.
    pub(crate) fn open_row(&self, key: &TallySecret, row: &Row) -> Option<Unsealed> {
        let text = key.open(&self.spool, &[], row).ok()?;
        let (name, ballot) = text.split_at_checked(COHORT_LEN)?;
        if name.iter().all(|&it| it == 0) {
            let (nullifier, filling) = ballot.split_first_chunk()?;
            return filling.iter().all(|&it| it == 0).then_some(Unsealed::Cover(*nullifier));
        }
        let end = name.iter().position(|&it| it == 0).unwrap_or(COHORT_LEN);
        if name[end..].iter().any(|&it| it != 0) {
            return None;
        }
        let cohort = std::str::from_utf8(&name[..end]).ok()?.parse().ok()?;
        Some(Unsealed::Ballot(cohort, ballot.try_into().ok()?))
    }
}

#[cfg(test)]
mod tests;

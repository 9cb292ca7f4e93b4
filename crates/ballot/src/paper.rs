//! Paper codes: the way to answer without a browser's cryptography. A pile of cards is shuffled by hand
//! where a token is blinded by arithmetic, so this way is weaker, and is called so wherever it is
//! offered.
//!
//! The server keeps a digest of each code with its cohort, in a file beside the wave's keys. The code
//! itself is printed and never stored.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt, io,
    path::Path,
    str::FromStr,
};

use serde::{Deserialize, Serialize};
use tideline_domain::CohortId;
use zeroize::Zeroize;

use crate::{
    Nullifier,
    encoding::{from_hex, sha256, to_hex},
    files,
};

const DIGEST: &[u8] = b"pulse-paper-v1\0";
const NULLIFIER: &[u8] = b"pulse-paper-nullifier-v1\0";
/// Crockford's base 32: no I, L, O or U.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const LEN: usize = 20;
const GROUP: usize = 5;

/// A code on a card: 20 characters of Crockford's base 32, 100 random bits.
#[derive(Clone, PartialEq, Eq)]
pub struct PaperCode([u8; LEN]);

/// Text that is no code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a code has 20 letters and digits")]
pub struct PaperCodeError;

impl PaperCode {
    /// A fresh code.
    ///
    /// # Errors
    ///
    /// If the operating system gives no randomness.
    pub fn generate() -> io::Result<Self> {
        let mut code = [0; LEN];
        getrandom::fill(&mut code).map_err(io::Error::from)?;
        // 256 is a multiple of 32: every character is as likely as any other.
        for byte in &mut code {
            *byte = ALPHABET[usize::from(*byte % 32)];
        }
        Ok(Self(code))
    }

    /// What the server keeps of the code for the wave whose manifest has this hash.
    pub fn digest(&self, manifest_hash: &[u8; 32]) -> [u8; 32] {
        sha256(&[DIGEST, manifest_hash, &self.0])
    }

    /// Stands for the used code in the box, beside the nullifiers of tokens.
    pub fn nullifier(&self, manifest_hash: &[u8; 32]) -> Nullifier {
        sha256(&[NULLIFIER, manifest_hash, &self.0])
    }
}

impl FromStr for PaperCode {
    type Err = PaperCodeError;

    /// As people type it: small letters, spaces, dashes, and `O`, `I`, `L` for the digits they look like.
    fn from_str(s: &str) -> Result<Self, PaperCodeError> {
        let mut code = [0; LEN];
        let mut typed = s.bytes().filter(|it| !it.is_ascii_whitespace() && *it != b'-');
        for place in &mut code {
            *place = match typed.next().ok_or(PaperCodeError)?.to_ascii_uppercase() {
                b'O' => b'0',
                b'I' | b'L' => b'1',
                other if ALPHABET.contains(&other) => other,
                _ => return Err(PaperCodeError),
            };
        }
        if typed.next().is_some() { Err(PaperCodeError) } else { Ok(Self(code)) }
    }
}

impl fmt::Display for PaperCode {
    /// As printed: `XXXXX-XXXXX-XXXXX-XXXXX`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, byte) in self.0.iter().enumerate() {
            if at > 0 && at % GROUP == 0 {
                f.write_str("-")?;
            }
            write!(f, "{}", char::from(*byte))?;
        }
        Ok(())
    }
}

impl fmt::Debug for PaperCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PaperCode(…)")
    }
}

impl Drop for PaperCode {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

/// How many cards a cohort of `eligible` people gets: a fifth more than people, so that the last one
/// to draw still has a choice. Unit: cards.
pub const fn cards(eligible: u32) -> u32 {
    eligible + eligible.div_ceil(5)
}

/// The digests of a wave's codes, by cohort.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PaperCodes(BTreeMap<[u8; 32], CohortId>);

/// As written: sorted by digest, so that a place says nothing about the order of printing.
#[derive(Serialize, Deserialize)]
#[serde(transparent)]
struct Written(BTreeMap<String, BTreeSet<String>>);

impl PaperCodes {
    /// Adds a code of `cohort`.
    pub fn add(&mut self, code: &PaperCode, manifest_hash: &[u8; 32], cohort: &CohortId) {
        self.0.insert(code.digest(manifest_hash), cohort.clone());
    }

    /// Whose code this is: `None` if it is none of the wave.
    pub fn cohort(&self, code: &PaperCode, manifest_hash: &[u8; 32]) -> Option<&CohortId> {
        self.0.get(&code.digest(manifest_hash))
    }

    /// Writes the digests to a new file for its owner, or for the directory's group if `group`.
    ///
    /// # Errors
    ///
    /// [`io::ErrorKind::AlreadyExists`] if there is one: cards have been printed before.
    pub fn save(&self, path: &Path, group: bool) -> io::Result<()> {
        let mut written: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for (digest, cohort) in &self.0 {
            written.entry(cohort.to_string()).or_default().insert(to_hex(digest));
        }
        let json = serde_json::to_vec(&Written(written))?;
        if group {
            files::write_group_secret(path, &json)
        } else {
            files::write_secret(path, &json)
        }
    }

    /// Reads the digests; none if no cards were printed.
    ///
    /// # Errors
    ///
    /// If the file cannot be read, or holds something this program would never have written.
    pub fn load(path: &Path) -> io::Result<Self> {
        let Some(bytes) = files::read(path)? else { return Ok(Self::default()) };
        Self::parse(&bytes).ok_or_else(|| io::ErrorKind::InvalidData.into())
    }

    fn parse(bytes: &[u8]) -> Option<Self> {
        let Written(written) = serde_json::from_slice(bytes).ok()?;
        let mut codes = BTreeMap::new();
        for (cohort, digests) in written {
            let cohort: CohortId = cohort.parse().ok()?;
            for digest in digests {
                codes.insert(from_hex(&digest)?, cohort.clone());
            }
        }
        Some(Self(codes))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_read_as_people_type_them() {
        let code = PaperCode::generate().unwrap();
        let printed = code.to_string();
        assert_eq!(printed.len(), 23);
        for typed in [
            printed.clone(),
            printed.to_lowercase(),
            printed.replace('-', " "),
            printed.replace('-', ""),
            printed.replace('0', "O").replace('1', "l"),
        ] {
            assert_eq!(typed.parse::<PaperCode>().as_ref(), Ok(&code), "{typed}");
        }
        for wrong in ["", "ABC", &printed[1..], &format!("{printed}0"), &printed.replace('-', "U")]
        {
            assert_eq!(wrong.parse::<PaperCode>(), Err(PaperCodeError), "{wrong}");
        }
        assert_eq!(format!("{code:?}"), "PaperCode(…)");
    }

    #[test]
    fn a_code_is_found_in_its_wave_and_cohort_only_and_its_file_does_not_hold_it() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("keys/wave-1.paper");
        let (elm, oak) = ("elm".parse().unwrap(), "oak".parse().unwrap());
        let (first, second) = (PaperCode::generate().unwrap(), PaperCode::generate().unwrap());
        let mut codes = PaperCodes::default();
        codes.add(&first, &[1; 32], &elm);
        codes.add(&second, &[1; 32], &oak);
        codes.save(&path, false).unwrap();
        let back = PaperCodes::load(&path).unwrap();
        assert_eq!(back, codes);
        assert_eq!(back.cohort(&first, &[1; 32]), Some(&elm));
        assert_eq!(back.cohort(&second, &[1; 32]), Some(&oak));
        assert_eq!(back.cohort(&first, &[2; 32]), None);
        assert_eq!(back.cohort(&PaperCode::generate().unwrap(), &[1; 32]), None);
        assert_eq!(codes.save(&path, false).unwrap_err().kind(), io::ErrorKind::AlreadyExists);
        assert_eq!(PaperCodes::load(&dir.path().join("none")).unwrap(), PaperCodes::default());
        assert_ne!(first.digest(&[1; 32]), first.nullifier(&[1; 32]));
        let file = std::fs::read_to_string(&path).unwrap();
        assert!(!file.contains(&first.to_string()[..5]));
    }

    #[test]
    fn there_are_a_fifth_more_cards_than_people() {
        assert_eq!([cards(8), cards(12), cards(10), cards(1)], [10, 15, 12, 2]);
    }
}

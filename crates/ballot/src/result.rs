//! The result file of a wave: what anybody may check afterwards, and nothing about any answer.

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use tideline_domain::WaveLabel;

use crate::{
    Nullifier,
    encoding::{hex_array, sha256, text},
    manifest::PinnedManifest,
};

/// What is published when a wave has been tallied, in the order in which it is written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ResultFile {
    /// What the wave is called.
    #[serde(with = "text")]
    pub wave: WaveLabel,
    /// Hash of its manifest.
    #[serde(with = "hex_array")]
    pub manifest: [u8; 32],
    /// All spent tokens' nullifiers, sorted: each voter can find the own one, nobody else's means
    /// anything to anybody.
    #[serde(with = "nullifiers")]
    pub nullifiers: Vec<Nullifier>,
    /// Ballots in the box: as many as nullifiers.
    pub ballots: u64,
    /// Ballots that did not count.
    pub spoilt: u64,
    /// Tokens handed out.
    pub issued_total: u64,
    /// People who might have answered.
    pub eligible_total: u64,
    /// Root of the Merkle tree over the nullifiers ([`merkle_root`]).
    #[serde(with = "hex_array")]
    pub merkle_root: [u8; 32],
    /// Digest of the release that was published.
    #[serde(with = "hex_array")]
    pub release: [u8; 32],
}

/// Why bytes are not a result file.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ResultError {
    /// Not the JSON of a result file.
    #[error("the result file cannot be read")]
    Json(#[from] serde_json::Error),
    /// It contradicts itself.
    #[error("the result file's `{0}` contradicts the rest of it")]
    Field(&'static str),
}

impl ResultFile {
    /// The result file of the wave of `manifest`. `release` is the digest of what was published.
    pub fn new(
        manifest: &PinnedManifest,
        mut nullifiers: Vec<Nullifier>,
        spoilt: u64,
        issued_total: u64,
        eligible_total: u64,
        release: &[u8; 32],
    ) -> Self {
        nullifiers.sort_unstable();
        Self {
            wave: manifest.manifest.wave.clone(),
            manifest: manifest.hash,
            ballots: nullifiers.len() as u64,
            merkle_root: merkle_root(&nullifiers),
            nullifiers,
            spoilt,
            issued_total,
            eligible_total,
            release: *release,
        }
    }

    /// The file as it is published.
    ///
    /// # Errors
    ///
    /// [`ResultError::Json`] if it cannot be written.
    pub fn to_json(&self) -> Result<String, ResultError> {
        Ok(serde_json::to_string(self)?)
    }

    /// Reads a published file and checks that it agrees with itself.
    ///
    /// # Errors
    ///
    /// [`ResultError`].
    pub fn parse(bytes: &[u8]) -> Result<Self, ResultError> {
        let it: Self = serde_json::from_slice(bytes)?;
        let need = |holds: bool, field| holds.then_some(()).ok_or(ResultError::Field(field));
        need(it.nullifiers.windows(2).all(|pair| pair[0] < pair[1]), "nullifiers")?;
        need(it.ballots == it.nullifiers.len() as u64, "ballots")?;
        need(it.spoilt <= it.ballots, "spoilt")?;
        need(it.merkle_root == merkle_root(&it.nullifiers), "merkle_root")?;
        Ok(it)
    }

    /// Whether no more ballots were cast than tokens handed out, and no more of those than there
    /// are people. If not, somebody made tokens of their own.
    pub const fn adds_up(&self) -> bool {
        self.ballots <= self.issued_total && self.issued_total <= self.eligible_total
    }

    /// Whether a ballot with this nullifier was in the box.
    pub fn contains(&self, nullifier: &Nullifier) -> bool {
        self.nullifiers.binary_search(nullifier).is_ok()
    }
}

/// Root of the SHA-256 Merkle tree over `leaves`, as RFC 9162 section 2.1.1 builds it.
pub fn merkle_root(leaves: &[Nullifier]) -> [u8; 32] {
    match leaves {
        [] => Sha256::digest([]).into(),
        [leaf] => sha256(&[&[0], leaf]),
        _ => {
            let left = leaves.len().next_power_of_two() / 2;
            let (left, right) = leaves.split_at(left);
            sha256(&[&[1], &merkle_root(left), &merkle_root(right)])
        }
    }
}

mod nullifiers {
    use std::fmt;

    use serde::{
        Deserialize, Deserializer, Serialize, Serializer,
        de::{SeqAccess, Visitor},
    };

    use crate::{Nullifier, encoding::hex_array};

    #[derive(Serialize, Deserialize)]
    #[serde(transparent)]
    struct Hex(#[serde(with = "hex_array")] Nullifier);

    pub(super) fn serialize<S: Serializer>(all: &[Nullifier], to: S) -> Result<S::Ok, S::Error> {
        to.collect_seq(all.iter().map(|it| Hex(*it)))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        from: D,
    ) -> Result<Vec<Nullifier>, D::Error> {
        struct All;
        impl<'de> Visitor<'de> for All {
            type Value = Vec<Nullifier>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list of nullifiers")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut from: A) -> Result<Self::Value, A::Error> {
                let mut all = Vec::new();
                while let Some(Hex(it)) = from.next_element()? {
                    all.push(it);
                }
                Ok(all)
            }
        }
        from.deserialize_seq(All)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{encoding::to_hex, testing};

    fn file() -> ResultFile {
        let wave = testing::wave();
        ResultFile::new(&wave.pinned, vec![[9; 32], [1; 32], [5; 32]], 1, 4, 20, &[7; 32])
    }

    #[test]
    fn what_is_published_is_read_back() {
        let file = file();
        let json = file.to_json().unwrap();
        let back = ResultFile::parse(json.as_bytes()).unwrap();
        assert_eq!(back, file);
        assert!(back.contains(&[5; 32]) && !back.contains(&[6; 32]) && back.adds_up());
        assert!(json.starts_with(r#"{"wave":"2026-03","manifest":""#), "{json}");
        let sorted = format!(r#"["{}","{}""#, to_hex(&[1; 32]), to_hex(&[5; 32]));
        assert!(json.contains(&sorted), "{json}");
    }

    #[test]
    fn a_file_that_contradicts_itself_is_refused() {
        let check = |change: &dyn Fn(&mut ResultFile), field: &str| {
            let mut file = file();
            change(&mut file);
            let read = ResultFile::parse(file.to_json().unwrap().as_bytes());
            assert!(
                matches!(read, Err(ResultError::Field(it)) if it == field),
                "{field}: {read:?}"
            );
        };
        check(&|it| it.nullifiers.swap(0, 1), "nullifiers");
        check(&|it| it.nullifiers[1] = it.nullifiers[0], "nullifiers");
        check(&|it| it.ballots = 4, "ballots");
        check(&|it| it.spoilt = 4, "spoilt");
        check(&|it| it.merkle_root[0] ^= 1, "merkle_root");
        let extra = file().to_json().unwrap().replacen('{', r#"{"tally":[],"#, 1);
        assert!(matches!(ResultFile::parse(extra.as_bytes()), Err(ResultError::Json(_))));
    }

    #[test]
    fn more_ballots_than_tokens_is_seen() {
        let mut stuffed = file();
        stuffed.issued_total = 2;
        assert!(!stuffed.adds_up());
        stuffed.issued_total = 21;
        assert!(!stuffed.adds_up());
    }

    #[test]
    fn the_root_is_that_of_rfc_9162() {
        // SHA-256 of nothing.
        let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        assert_eq!(to_hex(&merkle_root(&[])), empty);
        let leaf = |it: u8| sha256(&[&[0], &[it; 32]]);
        let pair = |a: [u8; 32], b: [u8; 32]| sha256(&[&[1], &a, &b]);
        assert_eq!(merkle_root(&[[1; 32]]), leaf(1));
        let three = pair(pair(leaf(1), leaf(2)), leaf(3));
        assert_eq!(merkle_root(&[[1; 32], [2; 32], [3; 32]]), three);
        let five = pair(pair(pair(leaf(1), leaf(2)), pair(leaf(3), leaf(4))), leaf(5));
        assert_eq!(merkle_root(&[[1; 32], [2; 32], [3; 32], [4; 32], [5; 32]]), five);
    }

    proptest! {
        #[test]
        fn no_bytes_make_a_panic(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            prop_assert!(ResultFile::parse(&bytes).is_err());
        }
    }
}

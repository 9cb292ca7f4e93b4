//! A manifest's hash as words, so that people can compare it by eye or aloud.
//!
//! Seven words of a slow hash. Of words that are cheap to compute somebody finds two manifests with the
//! same ones in seconds; with these it takes many years of computing. Manifests from before have five,
//! straight from their hash: they are told apart by a field of the manifest.

use std::{
    collections::BTreeMap,
    sync::{LazyLock, Mutex, PoisonError},
};

use scrypt::{Params, scrypt};

/// What a manifest's `words` says: log2 N, r, p of scrypt (RFC 7914), and how many words.
pub const RULE: &str = "scrypt-15-8-1/7";

const LABEL: &[u8] = b"pulse-words-v2";
const COST: (u8, u32, u32) = (15, 8, 1);
const SLOW: usize = 7;
const PLAIN: usize = 5;
/// How many are kept. One is kept for each wave that was looked at; more than a program ever has.
const KEPT: usize = 4096;

/// 1,024 short, common, distinct words in alphabetical order, one a line: 10 bits each.
static LIST: LazyLock<Vec<&'static str>> =
    LazyLock::new(|| include_str!("words.txt").split_ascii_whitespace().collect());

/// What was computed, by hash. Held while computing, so that nothing is computed twice, nor by many at
/// once: each takes 32 MiB.
static COMPUTED: Mutex<BTreeMap<[u8; 32], [u8; 32]>> = Mutex::new(BTreeMap::new());

/// Five words, straight from the hash.
pub fn plain(hash: &[u8; 32]) -> Vec<&'static str> {
    words(hash, PLAIN)
}

/// Seven words of a slow hash of `hash`. Takes about a tenth of a second the first time, nothing after
/// that.
pub fn slow(hash: &[u8; 32]) -> Vec<&'static str> {
    let mut computed = COMPUTED.lock().unwrap_or_else(PoisonError::into_inner);
    if computed.len() >= KEPT {
        computed.clear();
    }
    words(computed.entry(*hash).or_insert_with(|| stretched(hash)), SLOW)
}

fn stretched(hash: &[u8; 32]) -> [u8; 32] {
    let (log_n, r, p) = COST;
    let mut out = [0; 32];
    Params::new(log_n, r, p, out.len())
        .ok()
        .and_then(|it| scrypt(hash, LABEL, &it, &mut out).ok())
        .unwrap_or_else(|| unreachable!("these are parameters that scrypt takes"));
    out
}

/// The words of the first `count` times ten bits of `bytes`, most significant first.
fn words(bytes: &[u8; 32], count: usize) -> Vec<&'static str> {
    let bit = |at: usize| usize::from((bytes[at / 8] >> (7 - at % 8)) & 1);
    let index = |word: usize| (word * 10..word * 10 + 10).fold(0, |all, at| all * 2 + bit(at));
    (0..count).map(|word| LIST[index(word)]).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn a_thousand_and_twenty_four_distinct_sorted_words() {
        assert_eq!(LIST.len(), 1024);
        assert!(LIST.is_sorted());
        assert_eq!(LIST.iter().collect::<BTreeSet<_>>().len(), 1024);
        for word in LIST.iter() {
            let plain = word.bytes().all(|it| it.is_ascii_lowercase());
            assert!(plain && (3..=7).contains(&word.len()), "{word}");
        }
    }

    #[test]
    fn four_letters_tell_words_apart() {
        let starts: BTreeSet<&str> = LIST.iter().map(|it| &it[..it.len().min(4)]).collect();
        assert_eq!(starts.len(), LIST.len());
    }

    #[test]
    fn bits_are_read_from_the_front() {
        assert_eq!(plain(&[0; 32]), [LIST[0]; 5]);
        assert_eq!(plain(&[255; 32]), [LIST[1023]; 5]);
        let mut hash = [0; 32];
        hash[1] = 0b0100_0000;
        hash[6] = 0b0111_1111;
        assert_eq!(plain(&hash), [LIST[1], LIST[0], LIST[0], LIST[0], LIST[1]]);
        hash[0] = 0b1000_0000;
        assert_eq!(plain(&hash)[0], LIST[513]);
        hash[8] = 0b0000_1111;
        assert_eq!(words(&hash, 7)[6], LIST[0b00_0000_0011]);
    }

    /// By another implementation: Python's `hashlib.scrypt`, which is OpenSSL's.
    #[test]
    fn slow_words_are_of_scrypt() {
        let expected = "a17de93c844f6e050dbd242cefe2f17d26af43382ec79ba343105675fd1a6f3b";
        assert_eq!(crate::encoding::to_hex(&stretched(&[7; 32])), expected);
        assert_eq!(slow(&[7; 32]), words(&stretched(&[7; 32]), 7));
        assert_eq!(slow(&[7; 32]), slow(&[7; 32]));
        assert_ne!(slow(&[7; 32])[..5], plain(&[7; 32])[..]);
    }

    /// Of plain words a few are ground to be equal in a moment, and five of them in half a minute; the slow
    /// ones of the same two are others, and each try at them takes 2^15 times two blocks of a kilobyte.
    #[test]
    fn attack_124_two_manifests_ground_to_the_same_words() {
        let manifest = |at: u32| crate::encoding::sha256(&[b"a manifest", &at.to_be_bytes()]);
        let mut seen = BTreeMap::new();
        let found = (0_u32..2_000_000).find_map(|at| {
            let first = plain(&manifest(at))[..3].to_vec();
            seen.insert(first, at).map(|other| (manifest(other), manifest(at)))
        });
        let (one, other) = found.expect("30 bits, after some 40,000 tries");
        assert_eq!(plain(&one)[..3], plain(&other)[..3]);
        let equal = slow(&one).iter().zip(slow(&other)).filter(|(a, b)| *a == b).count();
        assert!(equal <= 2, "{equal} of seven");
        assert_eq!(Params::new(COST.0, COST.1, COST.2, 32).unwrap().log_n(), 15);
    }
}

//! What finds a person's check-in again on another device, as far as this program can read it.

use tideline_ballot::encoding::{from_base64, to_base64};
use tideline_store::{MOST_SEALED, Recovery, SEALED_LEN};

use crate::problem::Problem;

/// What opens a sealed copy, as its first byte says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Opener {
    /// A code that the person has written down.
    Code,
    /// A passkey.
    Passkey,
}

/// The secret, sealed in the browser. This program cannot open it; it knows what opens it, and a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct SealedRoot([u8; SEALED_LEN]);

impl SealedRoot {
    /// Reads what a browser sends; `None` if it is none.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let sealed = Self(from_base64(text)?);
        sealed.opener().map(|_| sealed)
    }

    /// What is kept of it.
    pub(crate) const fn of(bytes: [u8; SEALED_LEN]) -> Self {
        Self(bytes)
    }

    /// What opens it; `None` if nothing does that this program knows.
    pub(crate) const fn opener(self) -> Option<Opener> {
        match self.0[0] {
            1 => Some(Opener::Code),
            2 => Some(Opener::Passkey),
            _ => None,
        }
    }

    /// Names it in the form that takes it away: the nonce it was sealed with, 12 bytes, base64url.
    pub(crate) fn name(self) -> String {
        to_base64(&self.0[1..13])
    }
}

/// `before` with one more sealed copy. There is one code at a time: a new one takes the place of the old.
/// A copy of another secret takes the place of all, if that is meant (`anew`).
pub(crate) fn with(
    before: Option<Recovery>,
    root: [u8; 16],
    sealed: SealedRoot,
    anew: bool,
) -> Result<Recovery, Problem> {
    let mut after = match before {
        Some(it) if it.root == root => it,
        Some(_) if !anew => return Err(Problem::Malformed("problem-recovery-other")),
        _ => Recovery { root, copies: Vec::new() },
    };
    if sealed.opener() == Some(Opener::Code) {
        after.copies.retain(|it| SealedRoot::of(*it).opener() != Some(Opener::Code));
    }
    if after.copies.len() >= MOST_SEALED {
        return Err(Problem::Malformed("problem-recovery-full"));
    }
    after.copies.push(sealed.0);
    Ok(after)
}

/// `before` without the sealed copy of this name.
pub(crate) fn without(before: Option<Recovery>, name: &str) -> Option<Recovery> {
    let mut after = before?;
    after.copies.retain(|it| SealedRoot::of(*it).name() != name);
    (!after.copies.is_empty()).then_some(after)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sealed(opener: u8, nonce: u8) -> SealedRoot {
        let mut bytes = [nonce; SEALED_LEN];
        bytes[0] = opener;
        SealedRoot::parse(&to_base64(&bytes)).unwrap()
    }

    /// Adds these, of the secret with this name each; how many of which kind are kept in the end.
    #[track_caller]
    fn check(added: &[(u8, SealedRoot)], codes: usize, passkeys: usize) {
        let mut kept = None;
        for (root, sealed) in added {
            kept = Some(with(kept, [*root; 16], *sealed, true).unwrap());
        }
        let openers = kept.unwrap().copies.into_iter().map(|it| SealedRoot::of(it).opener());
        let openers: Vec<_> = openers.flatten().collect();
        let count = |of| openers.iter().filter(|it| **it == of).count();
        assert_eq!((count(Opener::Code), count(Opener::Passkey)), (codes, passkeys));
    }

    #[test]
    fn there_is_one_code_and_up_to_three_passkeys_beside_it() {
        let passkeys: Vec<_> = (1..=3).map(|it| (1, sealed(2, it))).collect();
        check(&[(1, sealed(1, 9)), (1, sealed(1, 8))], 1, 0);
        check(&[&passkeys[..], &[(1, sealed(1, 9)), (1, sealed(1, 8))]].concat(), 1, 3);
    }

    #[test]
    fn a_fifth_copy_is_refused() {
        let mut kept = None;
        for nonce in 1..=4 {
            kept = Some(with(kept, [1; 16], sealed(2, nonce), false).unwrap());
        }
        for more in [sealed(2, 5), sealed(1, 5)] {
            assert!(matches!(with(kept.clone(), [1; 16], more, false), Err(Problem::Malformed(_))));
        }
    }

    #[test]
    fn another_secret_takes_the_place_of_all_or_of_none() {
        let one = with(None, [1; 16], sealed(2, 1), false).unwrap();
        let refused = with(Some(one.clone()), [2; 16], sealed(1, 2), false);
        assert!(matches!(refused, Err(Problem::Malformed("problem-recovery-other"))));
        check(&[(1, sealed(2, 1)), (1, sealed(1, 2)), (2, sealed(1, 3))], 1, 0);
    }

    #[test]
    fn the_last_copy_that_is_taken_away_leaves_nothing() {
        let one = with(None, [1; 16], sealed(1, 1), false).unwrap();
        let two = with(Some(one.clone()), [1; 16], sealed(2, 2), false).unwrap();
        assert_eq!(without(Some(two), &sealed(2, 2).name()), Some(one.clone()));
        assert_eq!(without(Some(one.clone()), &sealed(2, 2).name()), Some(one.clone()));
        assert_eq!(without(Some(one), &sealed(1, 1).name()), None);
    }

    #[test]
    fn what_is_no_sealed_copy_is_refused() {
        let mut bytes = [7; SEALED_LEN];
        for (first, good) in [(0, false), (1, true), (2, true), (3, false)] {
            bytes[0] = first;
            assert_eq!(SealedRoot::parse(&to_base64(&bytes)).is_some(), good, "{first}");
        }
        assert_eq!(SealedRoot::parse(&to_base64(&[1; SEALED_LEN - 1])), None);
        assert_eq!(SealedRoot::parse(&to_base64(&[1; SEALED_LEN + 1])), None);
        assert_eq!(SealedRoot::parse("not base64!"), None);
    }
}

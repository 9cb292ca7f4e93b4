//! Tokens: what the server refuses to evaluate.

use super::*;
use crate::{
    client::Pending,
    testing::{self, id},
};

#[test]
fn the_same_element_gives_the_same_token_with_a_fresh_proof() {
    let wave = testing::wave();
    let pending = Pending::begin(&wave.pinned, &id("elm")).unwrap();
    let [one, two] = [0, 1].map(|_| wave.issuer.issue(&id("elm"), &pending.blinded()).unwrap());
    assert_eq!(one.evaluated, two.evaluated);
    assert_ne!(one.proof, two.proof);
    let [one, two] =
        [one, two].map(|it| pending.finish(&wave.pinned, &it.into()).unwrap().nullifier());
    assert_eq!(one, two);
}

#[test]
fn malformed_elements_are_refused() {
    let wave = testing::wave();
    let good = Pending::begin(&wave.pinned, &id("elm")).unwrap().blinded();
    let mut negative = good;
    negative[0] ^= 1;
    let mut prime = [255; 32];
    (prime[0], prime[31]) = (0xed, 0x7f);
    let identity = [0; 32];
    let longer = [good.as_slice(), &[0]].concat();
    let bad: [&[u8]; 7] = [&identity, &[255; 32], &prime, &negative, &good[..31], &longer, &[]];
    for element in bad {
        let issued = wave.issuer.issue(&id("elm"), element);
        assert_eq!(issued, Err(IssueError::Malformed), "{element:?}");
    }
}

#[test]
fn unknown_cohorts_are_refused() {
    let wave = testing::wave();
    let blinded = Pending::begin(&wave.pinned, &id("elm")).unwrap().blinded();
    assert_eq!(wave.issuer.issue(&id("pine"), &blinded), Err(IssueError::UnknownCohort));
}

#[test]
fn other_keys_are_refused() {
    let wave = testing::wave();
    let made = Issuer::new(&wave.pinned, &WaveKeys::generate());
    assert!(matches!(made, Err(KeyError::Mismatch)));
}

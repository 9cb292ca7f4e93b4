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

#[test]
fn people_have_other_names_in_each_wave_and_the_same_in_one() {
    let (wave, other) = (testing::wave(), testing::wave());
    let again = Issuer::new(&wave.pinned, &wave.keys).unwrap();
    let name = |issuer: &Issuer| issuer.holder(b"ann");
    assert_eq!(name(&wave.issuer), name(&again), "in any process, after any restart");
    assert_ne!(name(&wave.issuer), wave.issuer.holder(b"bob"));
    assert_ne!(name(&wave.issuer), name(&other.issuer));
    // Another manifest with the same keys is another wave.
    let mut changed = testing::manifest(&wave.keys);
    changed.min_cell = 7;
    let changed = PinnedManifest::parse(changed.to_bytes().unwrap()).unwrap();
    assert_ne!(name(&wave.issuer), name(&Issuer::new(&changed, &wave.keys).unwrap()));
}

/// Attack 153, the part of the key: what a person keeps is worth nothing without the share, and the share ends with the key.
#[test]
fn shares_are_other_for_each_person_and_wave_and_are_no_names() {
    let (wave, other) = (testing::wave(), testing::wave());
    let again = Issuer::new(&wave.pinned, &wave.keys).unwrap();
    let share = |issuer: &Issuer| issuer.share(b"ann");
    assert_eq!(share(&wave.issuer), share(&again), "on any device, after any restart");
    assert_ne!(share(&wave.issuer), wave.issuer.share(b"bob"));
    assert_ne!(share(&wave.issuer), share(&other.issuer), "with other keys");
    assert_ne!(share(&wave.issuer), wave.issuer.holder(b"ann"), "the list of pick-ups holds none");
    let mut changed = testing::manifest(&wave.keys);
    changed.min_cell = 7;
    let changed = PinnedManifest::parse(changed.to_bytes().unwrap()).unwrap();
    assert_ne!(share(&wave.issuer), share(&Issuer::new(&changed, &wave.keys).unwrap()));
}

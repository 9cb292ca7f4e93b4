//! Redeeming: a token is good for one wave, one cohort and one ballot.

use proptest::prelude::*;

use super::*;
use crate::{
    seal::Unsealed,
    testing::{self, id, sheet},
    wire::RedeemBody,
};

#[test]
fn a_token_and_its_ballot_are_accepted() {
    let wave = testing::wave();
    let token = wave.token("elm");
    let body = token.seal(&wave.pinned, &sheet(1)).unwrap();
    let body = RedeemBody::from_json(body.to_json().as_bytes()).unwrap();
    let accepted = wave.redeemer.check_body(&body).unwrap();
    assert_eq!(accepted.nullifier, token.nullifier());
    let opened = wave.pinned.seals.open_row(&wave.keys.tally, &accepted.row);
    assert_eq!(opened, Some(Unsealed::Ballot(id("elm"), body.ballot)));
}

#[test]
fn nothing_but_that_is_accepted() {
    let wave = testing::wave();
    let good = wave.token("elm").seal(&wave.pinned, &sheet(1)).unwrap();
    let check = |what: &str, change: &dyn Fn(&mut RedeemBody)| {
        let mut body = good.clone();
        change(&mut body);
        let checked = wave.redeemer.check_body(&body);
        assert_eq!(checked, Err(RedeemError::InvalidToken), "{what}");
    };
    let other = wave.token("elm").seal(&wave.pinned, &sheet(2)).unwrap();
    check("another ballot", &|it| it.ballot = other.ballot);
    check("another nonce", &|it| it.nonce = other.nonce);
    check("another proof", &|it| it.mac = other.mac);
    check("no proof", &|it| it.mac = [0; 32]);
    check("another cohort", &|it| it.cohort = id("oak"));
    check("no cohort of the wave", &|it| it.cohort = id("pine"));
    wave.redeemer.check_body(&good).unwrap();
}

#[test]
fn a_token_of_another_wave_or_manifest_is_not_accepted() {
    let wave = testing::wave();
    let body = wave.token("elm").seal(&wave.pinned, &sheet(1)).unwrap();
    let checked = testing::wave().redeemer.check_body(&body);
    assert_eq!(checked, Err(RedeemError::InvalidToken), "other keys");
    let mut manifest = wave.pinned.manifest.clone();
    manifest.cohorts[0].label.push('!');
    let other = testing::with(wave.keys, &manifest);
    let checked = other.redeemer.check_body(&body);
    assert_eq!(checked, Err(RedeemError::InvalidToken), "same keys, another manifest");
}

#[test]
fn other_keys_are_refused() {
    let wave = testing::wave();
    let made = Redeemer::new(&wave.pinned, &WaveKeys::generate());
    assert!(matches!(made, Err(KeyError::Mismatch)));
}

#[test]
fn what_is_accepted_is_not_printed() {
    assert_eq!(format!("{:?}", testing::noise()), "Accepted(…)");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn made_up_tokens_are_not_accepted(
        nonce in any::<[u8; 32]>(),
        filling in any::<u8>(),
        mac in any::<[u8; 32]>(),
    ) {
        let wave = testing::wave();
        let checked = wave.redeemer.check(&id("elm"), &nonce, &[filling; BALLOT_LEN], &mac);
        prop_assert_eq!(checked, Err(RedeemError::InvalidToken));
    }
}

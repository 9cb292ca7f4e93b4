//! What the client refuses: anything that could tell one person's token apart.

use super::*;
use crate::{
    issue::{Issued, Issuer},
    keys::WaveKeys,
    testing::{self, TestWave, id, sheet},
};

fn begun(wave: &TestWave) -> (Pending, Issued) {
    let pending = Pending::begin(&wave.pinned, &id("elm")).unwrap();
    let issued = wave.issuer.issue(&id("elm"), &pending.blinded()).unwrap();
    (pending, issued)
}

#[track_caller]
fn unproven(wave: &TestWave, pending: &Pending, issued: Issued) {
    let finished = pending.finish(&wave.pinned, &issued.into());
    assert!(matches!(finished, Err(ClientError::Unproven)));
}

#[test]
fn every_flipped_bit_of_the_proof_is_seen() {
    let wave = testing::wave();
    let (pending, issued) = begun(&wave);
    for bit in (0..512).step_by(7) {
        let mut changed = issued;
        changed.proof[bit / 8] ^= 1 << (bit % 8);
        unproven(&wave, &pending, changed);
    }
    pending.finish(&wave.pinned, &issued.into()).unwrap();
}

#[test]
fn an_element_that_was_not_evaluated_for_this_request_is_seen() {
    let wave = testing::wave();
    let (pending, issued) = begun(&wave);
    let (_, other) = begun(&wave);
    unproven(&wave, &pending, Issued { evaluated: [0; 32], ..issued });
    unproven(&wave, &pending, Issued { evaluated: pending.blinded(), ..issued });
    unproven(&wave, &pending, Issued { evaluated: other.evaluated, ..issued });
    unproven(&wave, &pending, Issued { proof: other.proof, ..issued });
    unproven(&wave, &pending, other);
}

#[test]
fn a_key_for_one_person_is_seen() {
    let wave = testing::wave();
    let mut tagged = wave.pinned.manifest.clone();
    let evil = WaveKeys::generate();
    (tagged.token_pk, tagged.tally_pk) = (evil.token_public(), evil.tally_public());
    let tagged = PinnedManifest::parse(tagged.to_bytes().unwrap()).unwrap();
    let (pending, _) = begun(&wave);
    let issued = Issuer::new(&tagged, &evil).unwrap().issue(&id("elm"), &pending.blinded());
    unproven(&wave, &pending, issued.unwrap());

    // Even with a proof that holds for that key and our own public input.
    let server = evil.token_key().server();
    let (evaluated, proof) =
        server.blind_evaluate(&mut OsRng, &pending.blinded, pending.info.bytes()).unwrap();
    let issued = Issued { evaluated: evaluated.to_bytes(), proof: proof.to_bytes() };
    unproven(&wave, &pending, issued);
}

#[test]
fn a_mark_in_the_public_input_is_seen() {
    let wave = testing::wave();
    let (pending, _) = begun(&wave);
    let server = wave.keys.token_key().server();
    for info in [b"alice".to_vec(), [pending.info.bytes(), b"alice"].concat()] {
        let (evaluated, proof) =
            server.blind_evaluate(&mut OsRng, &pending.blinded, &info).unwrap();
        let issued = Issued { evaluated: evaluated.to_bytes(), proof: proof.to_bytes() };
        unproven(&wave, &pending, issued);
    }
}

#[test]
fn unknown_and_small_cohorts_are_refused() {
    let wave = testing::wave();
    let begin = |name: &str| Pending::begin(&wave.pinned, &id(name)).err();
    assert_eq!(begin("elm"), None);
    assert_eq!(begin("oak"), None);
    assert_eq!(begin("pine"), Some(ClientError::UnknownCohort));
    assert_eq!(begin("ash"), Some(ClientError::SmallCohort));
}

#[test]
fn a_manifest_may_ask_for_larger_cohorts_and_a_small_organisation_is_one() {
    let keys = WaveKeys::generate();
    let mut manifest = testing::manifest(&keys);
    manifest.min_cell = 9;
    let strict = PinnedManifest::parse(manifest.to_bytes().unwrap()).unwrap();
    let refused = Pending::begin(&strict, &id("oak")).err();
    assert_eq!(refused, Some(ClientError::SmallCohort));

    manifest.cohorts.truncate(1);
    manifest.cohorts[0].eligible = 6;
    let small = PinnedManifest::parse(manifest.to_bytes().unwrap()).unwrap();
    Pending::begin(&small, &id("elm")).unwrap();
}

#[test]
fn copies_of_the_manifest_must_agree() {
    let wave = testing::wave();
    let bytes = wave.pinned.bytes.as_slice();
    let seq = WaveSeq(1);
    assert_eq!(pin(&[bytes, bytes], seq).unwrap().hash, wave.pinned.hash);
    let mut other = bytes.to_vec();
    other.push(b' ');
    let refused: [(&[&[u8]], WaveSeq); 5] = [
        (&[], seq),
        (&[bytes], seq),
        (&[bytes, &other], seq),
        (&[bytes, bytes], WaveSeq(2)),
        (&[b"{}", b"{}"], seq),
    ];
    for (copies, seq) in refused {
        assert!(matches!(pin(copies, seq), Err(ClientError::NotTheSame)));
    }
}

#[test]
fn a_token_belongs_to_the_manifest_it_was_begun_with() {
    let (wave, other) = (testing::wave(), testing::wave());
    let (pending, issued) = begun(&wave);
    let finished = pending.finish(&other.pinned, &issued.into());
    assert!(matches!(finished, Err(ClientError::NotTheSame)));
    let token = pending.finish(&wave.pinned, &issued.into()).unwrap();
    assert_eq!(token.seal(&other.pinned, &sheet(1)).err(), Some(ClientError::NotTheSame));
    let short = AnswerSheet::from_ballot(1, &[1]).unwrap();
    assert_eq!(token.seal(&wave.pinned, &short).err(), Some(ClientError::Misfit));
}

#[test]
fn requests_are_equally_long_whatever_is_answered() {
    let wave = testing::wave();
    let items = usize::from(wave.pinned.manifest.items);
    let lengths = [0, 1, 5].map(|answer| {
        let sheet = AnswerSheet::from_ballot(items, &vec![answer; items]).unwrap();
        wave.token("elm").redeem_body(&wave.pinned, &sheet).unwrap().len()
    });
    assert_eq!(lengths, [328; 3]);
}

#[test]
fn what_links_a_person_to_a_ballot_is_not_printed() {
    let wave = testing::wave();
    let (pending, _) = begun(&wave);
    let shown = format!("{pending:?} {:?}", wave.token("elm"));
    assert_eq!(shown, "Pending(…) Token(…)");
}

//! Manifests: what is read, what is refused, how they are chained.

use proptest::prelude::*;

use super::*;
use crate::{
    encoding::to_hex,
    testing::{self, id},
};

fn bytes() -> Vec<u8> {
    testing::manifest(&WaveKeys::generate()).to_bytes().unwrap()
}

#[test]
fn what_is_announced_is_read_back() {
    let keys = WaveKeys::generate();
    let manifest = testing::manifest(&keys);
    let pinned = PinnedManifest::parse(manifest.to_bytes().unwrap()).unwrap();
    assert_eq!(pinned.manifest, manifest);
    assert_eq!(pinned.hash, sha256(&[&pinned.bytes]));
    assert_eq!(pinned.window(), pinned.wave().window);
    assert_eq!(pinned.cohort(&id("oak")).map(|it| it.eligible), Some(8));
    assert_eq!(pinned.cohort(&id("pine")), None);
    assert_eq!(pinned.eligible(), 27);
    assert_eq!((manifest.items, manifest.tally_pk), (25, keys.tally_public()));
}

#[test]
fn the_text_is_the_one_of_the_protocol() {
    let text = String::from_utf8(bytes()).unwrap();
    let start = r#"{"v":1,"wave":"2026-03","seq":1,"pickup_from":"2026-03-01T06:00:00Z","opens":"2026-03-08T06:00:00Z","closes":"2026-03-15T06:00:00Z","token_suite":"RFC9497/POPRF/ristretto255-SHA512","token_pk":""#;
    assert!(text.starts_with(start), "{text}");
    let cohorts = r#""cohorts":[{"id":"elm","label":"Unit elm","eligible":12},"#;
    assert!(text.contains(cohorts), "{text}");
    let end = format!(r#""prev":"{}","prev_result":""}}"#, "0".repeat(64));
    assert!(text.ends_with(&end), "{text}");
}

#[test]
fn a_manifest_not_to_act_on_is_refused() {
    let check = |field: &str, change: &dyn Fn(&mut Manifest)| {
        let mut manifest = testing::manifest(&WaveKeys::generate());
        change(&mut manifest);
        let read = PinnedManifest::parse(manifest.to_bytes().unwrap());
        assert!(matches!(read, Err(ManifestError::Field(it)) if it == field), "{field}: {read:?}");
    };
    check("v", &|it| it.v = 2);
    check("token_suite", &|it| it.token_suite.push('x'));
    check("tally_suite", &|it| it.tally_suite.clear());
    check("items", &|it| it.items = 0);
    check("items", &|it| it.items = 63);
    check("scale", &|it| it.scale = 7);
    check("min_cell", &|it| it.min_cell = 4);
    check("release_rules", &|it| it.release_rules = "v2".into());
    check("cohorts", &|it| it.cohorts.clear());
    check("cohorts", &|it| it.cohorts[2].id = id("elm"));
    check("token_pk", &|it| it.token_pk = [0; 32]);
    check("token_pk", &|it| it.token_pk = [255; 32]);
    check("tally_pk", &|it| it.tally_pk = [4; 65]);
    check("opens", &|it| it.opens = it.closes);
}

#[test]
fn other_texts_are_refused() {
    let text = String::from_utf8(bytes()).unwrap();
    let check = |from: &str, to: &str| {
        let other = text.replacen(from, to, 1);
        assert_ne!(other, text);
        let read = PinnedManifest::parse(other);
        assert!(matches!(read, Err(ManifestError::Json(_))), "{from} -> {to}: {read:?}");
    };
    check("{", r#"{"tag":"alice","#);
    check(r#"{"id""#, r#"{"tag":"alice","id""#);
    check("{", r#"{"v":1,"#);
    check(r#""scale":5,"#, "");
    check("2026-03-01T06:00:00Z", "2026-03-01T06:00:00+00:00");
    check("2026-03-01T06:00:00Z", "2026-03-01");
    check(r#""prev":"0"#, r#""prev":""#);
    check(r#""id":"elm""#, r#""id":"Elm""#);
}

#[test]
fn one_byte_changes_hash_and_words() {
    let text = String::from_utf8(bytes()).unwrap();
    let one = PinnedManifest::parse(text.clone()).unwrap();
    let other = PinnedManifest::parse(text.replacen("Unit elm", "Unit Elm", 1)).unwrap();
    assert_ne!(to_hex(&one.hash), to_hex(&other.hash));
    assert_ne!(one.words(), other.words());
}

#[test]
fn a_manifest_follows_only_the_one_it_names() {
    let first = testing::wave();
    let check = |expected: bool, change: &dyn Fn(&mut Manifest)| {
        let mut next = testing::manifest(&first.keys);
        next.seq = 2;
        next.prev = first.pinned.hash;
        next.prev_result = Some(sha256(&[b"result"]));
        change(&mut next);
        let next = PinnedManifest::parse(next.to_bytes().unwrap()).unwrap();
        assert_eq!(next.follows(&first.pinned, Some(b"result")), expected);
    };
    check(true, &|_| {});
    check(true, &|it| it.prev_result = None);
    check(false, &|it| it.prev[0] ^= 1);
    check(false, &|it| it.seq = 3);
    check(false, &|it| it.prev_result = Some([0; 32]));
}

#[test]
fn the_digest_of_a_questionnaire_covers_its_texts() {
    let pulse = tideline_instrument::PULSE.clone();
    let mut other = pulse.clone();
    other.timeframe = "Today";
    assert_ne!(questionnaire_digest(&pulse), questionnaire_digest(&other));
    let mut other = pulse.clone();
    other.blocks = &pulse.blocks[1..];
    assert_ne!(questionnaire_digest(&pulse), questionnaire_digest(&other));
}

proptest! {
    #[test]
    fn no_bytes_make_a_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        prop_assert!(PinnedManifest::parse(bytes).is_err());
    }

    #[test]
    fn changed_bytes_never_make_a_panic(at in any::<prop::sample::Index>(), byte in any::<u8>()) {
        let mut changed = bytes();
        let at = at.index(changed.len());
        changed[at] = byte;
        drop(PinnedManifest::parse(changed));
    }
}

#[test]
fn each_cohort_has_one_box_and_a_single_box_is_not_mentioned() {
    let mut manifest = testing::manifest(&WaveKeys::generate());
    let plain = String::from_utf8(manifest.to_bytes().unwrap()).unwrap();
    assert!(!plain.contains("boxes"));
    manifest.boxes = 4;
    let pinned = PinnedManifest::parse(manifest.to_bytes().unwrap()).unwrap();
    // The same numbers as in the browser's test of `redeemPath`.
    let boxes = ["c1", "c2", "c3", "ward-3-4"].map(|it| pinned.box_of(&it.parse().unwrap()));
    assert_eq!(boxes, [2, 3, 3, 1]);
    for wrong in [0, 17] {
        manifest.boxes = wrong;
        let read = PinnedManifest::parse(manifest.to_bytes().unwrap());
        assert!(matches!(read, Err(ManifestError::Field("boxes"))), "{wrong}");
    }
}

//! A ballot's plaintext, sealed as it must be by somebody with a token and bad intentions. It is
//! counted as what it is or as spoilt, and never panics.
#![no_main]

use libfuzzer_sys::fuzz_target;
use rustls::crypto::{
    aws_lc_rs::hpke::DH_KEM_P256_HKDF_SHA256_AES_128 as SUITE,
    hpke::{Hpke as _, HpkePublicKey},
};
use tideline_ballot::{ROW_LEN, tally::tally};
use tideline_fuzz::WORLD;

fn seal(info: &[u8], aad: &[u8], text: &[u8]) -> Vec<u8> {
    let key = HpkePublicKey(WORLD.pinned.manifest.tally_pk.to_vec());
    let info = [info, &WORLD.pinned.hash].concat();
    let (key, text) = SUITE.seal(&info, aad, text, &key).unwrap();
    [key.0, text].concat()
}

fuzz_target!(|data: &[u8]| {
    let mut plain = [0_u8; 64];
    let length = data.len().min(64);
    plain[..length].copy_from_slice(&data[..length]);
    let ballot = seal(b"pulse-ballot-v1\0", b"c1", &plain);
    let mut spooled = [0_u8; 16 + 145];
    spooled[..2].copy_from_slice(b"c1");
    // What lies behind the plaintext decides how the cohort's name is filled up.
    for (at, byte) in data.iter().skip(64).take(14).enumerate() {
        spooled[2 + at] = *byte;
    }
    spooled[16..].copy_from_slice(&ballot);
    let Ok(row) = <[u8; ROW_LEN]>::try_from(seal(b"pulse-spool-v1\0", b"", &spooled)) else { unreachable!() };
    let opened = tally(&WORLD.pinned, &WORLD.keys, &[row, row], 1, &|_| ()).unwrap();
    assert!(opened.spoilt == 2 || opened.spoilt == 1, "a copy never counts");
    let items = usize::from(WORLD.pinned.manifest.items);
    for (cohort, sheet) in &opened.sheets {
        let answers = sheet.to_ballot();
        assert_eq!((answers.len(), cohort.as_str()), (items, "c1"));
        assert_eq!(&plain[..2], &[1, WORLD.pinned.manifest.items]);
        assert_eq!(&plain[2..2 + items], answers);
        assert!(answers.iter().all(|it| *it <= 5));
    }
});

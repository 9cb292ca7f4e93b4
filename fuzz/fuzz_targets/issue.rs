//! M2: what a signed-in stranger sends to the issuer. No panic, and what is read is written back alike.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tideline_ballot::wire::{IssueBody, IssuedBody};
use tideline_fuzz::WORLD;

fuzz_target!(|data: &[u8]| {
    if let Ok(body) = IssueBody::from_json(data) {
        assert_eq!(IssueBody::from_json(body.to_json().as_bytes()), Ok(body.clone()));
        let _ = WORLD.issuer.issue(&body.cohort, &body.blinded);
    }
    drop(IssuedBody::from_json(data));
    // The element alone, at any length.
    let _ = WORLD.issuer.issue(&"c1".parse().unwrap(), data);
});

//! M3: what any stranger sends to the ballot side. No panic, and nothing made up is accepted.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tideline_ballot::{paper::PaperCode, wire::RedeemBody};
use tideline_fuzz::WORLD;

fuzz_target!(|data: &[u8]| {
    if let Ok(body) = RedeemBody::from_json(data) {
        assert_eq!(RedeemBody::from_json(body.to_json().as_bytes()), Ok(body.clone()));
        assert!(WORLD.redeemer.check_body(&body).is_err(), "a token that nobody issued");
    }
    if let Some(code) = std::str::from_utf8(data).ok().and_then(|it| it.parse::<PaperCode>().ok()) {
        assert_eq!(code.to_string().parse::<PaperCode>(), Ok(code));
    }
});

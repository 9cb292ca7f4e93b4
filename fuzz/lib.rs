//! A wave for the targets to be attacked on: made once for each process.

use std::sync::LazyLock;

use tideline_ballot::{
    issue::Issuer,
    keys::WaveKeys,
    manifest::{Manifest, PinnedManifest},
    redeem::Redeemer,
};
use tideline_domain::{Cohort, InstrumentId, UnitId, Wave, WaveSeq, Window};
use tideline_instrument::PULSE;

/// A wave with its keys.
pub struct World {
    /// Its keys.
    pub keys: WaveKeys,
    /// Its manifest.
    pub pinned: PinnedManifest,
    /// Makes its tokens.
    pub issuer: Issuer,
    /// Checks its tokens.
    pub redeemer: Redeemer,
}

/// The one wave of this process.
pub static WORLD: LazyLock<World> = LazyLock::new(|| {
    let day = |day| chrono::NaiveDate::from_ymd_opt(2026, 3, day).unwrap().and_hms_opt(6, 0, 0).unwrap().and_utc();
    let window = Window::new(day(1), day(8), day(15)).unwrap();
    let wave = Wave { seq: WaveSeq(1), label: "2026-03".parse().unwrap(), asks: InstrumentId::PULSE, window };
    let cohort = |number: u128, name: &str| Cohort {
        id: name.parse().unwrap(),
        units: vec![UnitId::new(uuid::Uuid::from_u128(number))],
        label: name.to_owned(),
        eligible: 12,
    };
    let keys = WaveKeys::generate();
    let manifest = Manifest::new(&wave, &PULSE, &[cohort(1, "c1"), cohort(2, "c2")], &keys, 6, None);
    let pinned = PinnedManifest::parse(manifest.to_bytes().unwrap()).unwrap();
    let issuer = Issuer::new(&pinned, &keys).unwrap();
    let redeemer = Redeemer::new(&pinned, &keys).unwrap();
    World { keys, pinned, issuer, redeemer }
});

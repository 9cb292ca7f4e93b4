//! A wave to test with.

use chrono::{DateTime, Utc};
use tideline_domain::{AnswerSheet, Cohort, CohortId, InstrumentId, UnitId, Wave, WaveSeq, Window};
use tideline_instrument::PULSE;
use uuid::Uuid;

use crate::{
    client::{Pending, Token},
    issue::Issuer,
    keys::WaveKeys,
    manifest::{Manifest, PinnedManifest},
    redeem::{Accepted, Redeemer},
};

/// A wave with fresh keys and everything that works with them.
pub(crate) struct TestWave {
    pub(crate) keys: WaveKeys,
    pub(crate) pinned: PinnedManifest,
    pub(crate) issuer: Issuer,
    pub(crate) redeemer: Redeemer,
}

fn day(day: u32) -> DateTime<Utc> {
    let date = chrono::NaiveDate::from_ymd_opt(2026, 3, day).unwrap();
    date.and_hms_opt(6, 0, 0).unwrap().and_utc()
}

pub(crate) fn id(name: &str) -> CohortId {
    name.parse().unwrap()
}

fn cohort(number: u128, name: &str, eligible: u32) -> Cohort {
    let units = vec![UnitId::new(Uuid::from_u128(number))];
    Cohort { id: id(name), units, label: format!("Unit {name}"), eligible }
}

/// The manifest of wave 1: cohorts `elm` (12 people), `oak` (8) and, too small, `ash` (7).
pub(crate) fn manifest(keys: &WaveKeys) -> Manifest {
    let window = Window::new(day(1), day(8), day(15)).unwrap();
    let wave = Wave {
        seq: WaveSeq(1),
        label: "2026-03".parse().unwrap(),
        asks: InstrumentId::PULSE,
        window,
    };
    let cohorts = [cohort(1, "elm", 12), cohort(2, "oak", 8), cohort(3, "ash", 7)];
    Manifest::new(&wave, &PULSE, &cohorts, keys, 6, None)
}

pub(crate) fn with(keys: WaveKeys, manifest: &Manifest) -> TestWave {
    let pinned = PinnedManifest::parse(manifest.to_bytes().unwrap()).unwrap();
    let issuer = Issuer::new(&pinned, &keys).unwrap();
    let redeemer = Redeemer::new(&pinned, &keys).unwrap();
    TestWave { keys, pinned, issuer, redeemer }
}

pub(crate) fn wave() -> TestWave {
    let keys = WaveKeys::generate();
    let manifest = manifest(&keys);
    with(keys, &manifest)
}

/// A sheet that differs for each `number` below 5⁹.
pub(crate) fn sheet(number: u32) -> AnswerSheet {
    let mut bytes = vec![0; PULSE.items.len()];
    let mut rest = number;
    for byte in bytes.iter_mut().take(9) {
        *byte = 1 + (rest % 5) as u8;
        rest /= 5;
    }
    AnswerSheet::from_ballot(bytes.len(), &bytes).unwrap()
}

impl TestWave {
    pub(crate) fn token(&self, cohort: &str) -> Token {
        let pending = Pending::begin(&self.pinned, &id(cohort)).unwrap();
        let issued = self.issuer.issue(&id(cohort), &pending.blinded()).unwrap();
        pending.finish(&self.pinned, &issued.into()).unwrap()
    }

    /// A ballot of somebody in `cohort`, ready for the box.
    pub(crate) fn ballot(&self, cohort: &str, number: u32) -> Accepted {
        let body = self.token(cohort).seal(&self.pinned, &sheet(number)).unwrap();
        self.redeemer.check_body(&body).unwrap()
    }
}

/// Something for the box that nobody sealed.
pub(crate) fn noise() -> Accepted {
    let (mut nullifier, mut row) = ([0; 32], [0; crate::ROW_LEN]);
    getrandom::fill(&mut nullifier).unwrap();
    getrandom::fill(&mut row).unwrap();
    Accepted { nullifier, row }
}

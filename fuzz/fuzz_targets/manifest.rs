//! M0 and M5: what a client reads. No panic; what is read names the bytes it was read from.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tideline_ballot::{client::pin, encoding::sha256, manifest::PinnedManifest, result::ResultFile};

fuzz_target!(|data: &[u8]| {
    if let Ok(pinned) = PinnedManifest::parse(data) {
        assert_eq!(pinned.hash, sha256(&[data]));
        assert!((1..=16).contains(&pinned.manifest.boxes));
        for cohort in &pinned.manifest.cohorts {
            assert!(pinned.box_of(&cohort.id) < pinned.manifest.boxes);
        }
        assert!(pin(&[data, data], pinned.seq()).is_ok());
        assert!(pin(&[data], pinned.seq()).is_err());
    }
    if let Ok(result) = ResultFile::parse(data) {
        assert!(result.nullifiers.is_sorted() && result.ballots == result.nullifiers.len() as u64);
    }
});

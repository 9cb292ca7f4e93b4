//! What the protocol costs, and how its seal compares with a second implementation.
//!
//! `cargo bench -p tideline-ballot` prints medians and ratios. Absolute times depend on the
//! machine; the ratios are what decisions rest on.

#![expect(clippy::expect_used, reason = "a measurement that cannot go on has failed")]

use std::{
    hint::black_box,
    sync::atomic::{AtomicU64, Ordering},
    time::Instant,
};

use hpke::{
    Deserializable as _, Kem as _, OpModeR, OpModeS, Serializable as _, aead::AesGcm128,
    kdf::HkdfSha256, kem::DhP256HkdfSha256,
};
use poprf_ristretto::{BlindedElement, PoprfServer};
use rand_core06::OsRng;
use rustls::crypto::{
    aws_lc_rs::hpke::DH_KEM_P256_HKDF_SHA256_AES_128 as SUITE,
    hpke::{EncapsulatedSecret, Hpke as _, HpkePrivateKey, HpkePublicKey},
};
use tideline_ballot::{
    ballot_box::BallotBox,
    client::Pending,
    cover::Cover,
    issue::Issuer,
    keys::WaveKeys,
    manifest::{Manifest, PinnedManifest},
    paper::PaperCode,
    redeem::{Accepted, Redeemer},
    tally::{tally, unseal},
    wire::RedeemBody,
    writer::BoxWriter,
};
use tideline_domain::{AnswerSheet, Cohort, InstrumentId, UnitId, Wave, WaveSeq, Window};
use tideline_instrument::PULSE;
use uuid::Uuid;

/// The median over 15 rounds. Unit: microseconds a call.
fn measure(what: &str, calls: u32, mut call: impl FnMut()) -> f64 {
    let mut rounds: Vec<f64> = (0..15)
        .map(|_| {
            let start = Instant::now();
            (0..calls).for_each(|_| call());
            start.elapsed().as_secs_f64() * 1e6 / f64::from(calls)
        })
        .collect();
    rounds.sort_by(f64::total_cmp);
    let median = rounds[rounds.len() / 2];
    println!("{what:<44} {median:>9.1} us");
    median
}

/// How many a second `run` does, when it does `count`.
fn rate(what: &str, count: usize, run: impl FnOnce()) {
    let start = Instant::now();
    run();
    let rate = count as f64 / start.elapsed().as_secs_f64();
    println!("{what:<44} {rate:>9.0} /s");
}

struct Party {
    keys: WaveKeys,
    pinned: PinnedManifest,
    issuer: Issuer,
    redeemer: Redeemer,
}

impl Party {
    fn new() -> Self {
        let day = |it| {
            let date = chrono::NaiveDate::from_ymd_opt(2026, 3, it).unwrap_or_default();
            date.and_hms_opt(6, 0, 0).unwrap_or_default().and_utc()
        };
        let window = Window::new(day(1), day(8), day(15)).expect("in order");
        let wave = Wave {
            seq: WaveSeq(1),
            label: "2026-03".parse().expect("a label"),
            asks: InstrumentId::PULSE,
            window,
        };
        let cohort = Cohort {
            id: "c1".parse().expect("a name"),
            units: vec![UnitId::new(Uuid::from_u128(1))],
            label: "Elm".into(),
            eligible: 100,
        };
        let keys = WaveKeys::generate();
        let manifest = Manifest::new(&wave, &PULSE, &[cohort], &keys, 6, None);
        let pinned =
            PinnedManifest::parse(manifest.to_bytes().expect("bytes")).expect("a manifest");
        let issuer = Issuer::new(&pinned, &keys).expect("its keys");
        let redeemer = Redeemer::new(&pinned, &keys).expect("its keys");
        Self { keys, pinned, issuer, redeemer }
    }

    fn body(&self) -> RedeemBody {
        let cohort = self.pinned.manifest.cohorts[0].id.clone();
        let pending = Pending::begin(&self.pinned, &cohort).expect("begun");
        let issued = self.issuer.issue(&cohort, &pending.blinded()).expect("issued");
        let token = pending.finish(&self.pinned, &issued.into()).expect("proven");
        let sheet = AnswerSheet::from_ballot(PULSE.items.len(), &[3; 25]).expect("a sheet");
        token.seal(&self.pinned, &sheet).expect("sealed")
    }
}

fn seal() {
    println!("\nseal and open one ballot");
    let (secret, public) = DhP256HkdfSha256::gen_keypair();
    let ours = HpkePublicKey(public.to_bytes().to_vec());
    let our_secret = HpkePrivateKey::from(secret.to_bytes().to_vec());
    let (info, text) = ([7; 48], [1; 64]);
    let other_seal = measure("seal, hpke crate", 20, || {
        let sealed = hpke::single_shot_seal::<AesGcm128, HkdfSha256, DhP256HkdfSha256>(
            &OpModeS::Base,
            &public,
            &info,
            &text,
            b"c1",
        );
        black_box(sealed.expect("sealed"));
    });
    let seal = measure("seal, AWS-LC", 100, || {
        black_box(SUITE.seal(&info, b"c1", &text, &ours).expect("sealed"));
    });
    let (key, sealed) = SUITE.seal(&info, b"c1", &text, &ours).expect("sealed");
    let other_open = measure("open, hpke crate", 20, || {
        let key = <DhP256HkdfSha256 as hpke::Kem>::EncappedKey::from_bytes(&key.0).expect("a key");
        let opened = hpke::single_shot_open::<AesGcm128, HkdfSha256, DhP256HkdfSha256>(
            &OpModeR::Base,
            &secret,
            &key,
            &info,
            &sealed,
            b"c1",
        );
        black_box(opened.expect("opened"));
    });
    let open = measure("open, AWS-LC", 100, || {
        let key = EncapsulatedSecret(key.0.clone());
        black_box(SUITE.open(&key, &info, b"c1", &sealed, &our_secret).expect("opened"));
    });
    println!(
        "AWS-LC seals {:.1} times, opens {:.1} times as fast",
        other_seal / seal,
        other_open / open
    );
}

fn tokens(party: &Party) {
    println!("\nissue and redeem one token");
    let cohort = &party.pinned.manifest.cohorts[0].id;
    let blinded = Pending::begin(&party.pinned, cohort).expect("begun").blinded();
    let server = PoprfServer::generate(&mut OsRng);
    let element = BlindedElement::from_bytes(&blinded).expect("an element");
    let raw = measure("raw evaluation with proof", 50, || {
        black_box(server.blind_evaluate(&mut OsRng, &element, &[0; 52]).expect("evaluated"));
    });
    let issue = measure("issue", 50, || {
        black_box(party.issuer.issue(cohort, &blinded).expect("issued"));
    });
    println!("issue runs at {:.2} of the raw rate (target: 0.8)", raw / issue);
    let body = party.body().to_json();
    measure("redeem: read, verify, seal", 50, || {
        let body = RedeemBody::from_json(body.as_bytes()).expect("a body");
        black_box(party.redeemer.check_body(&body).expect("accepted"));
    });
}

fn noise() -> Accepted {
    let (mut nullifier, mut row) = ([0; 32], [0; 242]);
    getrandom::fill(&mut nullifier).expect("randomness");
    getrandom::fill(&mut row).expect("randomness");
    Accepted { nullifier, row }
}

fn the_box(party: &Party) {
    println!("\nballot box, durable");
    let dir = tempfile::tempdir_in(".").expect("a directory");
    let path = dir.path().join("ballot-1.sqlite");
    let mut ballot_box = BallotBox::create(&path).expect("a box");
    for batch in [1, 32, 128, 512] {
        let batches = if batch == 1 { 200 } else { 40 };
        let all: Vec<Vec<Accepted>> =
            (0..batches).map(|_| (0..batch).map(|_| noise()).collect()).collect();
        rate(&format!("batches of {batch}"), batch * batches, || {
            for batch in &all {
                ballot_box.put_batch(batch).expect("taken");
            }
        });
    }
    let all: Vec<Vec<Accepted>> = (0..8).map(|_| (0..512).map(|_| noise()).collect()).collect();
    let made: Vec<Accepted> = (0..8 * 512).map(|_| noise()).collect();
    let mut places = ballot_box.add_cover(&made).expect("filled up");
    rate("batches of 512, in the place of cover", 8 * 512, || {
        for batch in &all {
            ballot_box.put_in_place(batch, &mut places).expect("taken");
        }
    });
    let grown = ballot_box.count().expect("a count");
    let start = Instant::now();
    ballot_box.redeal().expect("dealt anew");
    println!(
        "{:<44} {:>9.1} ms",
        format!("dealing {grown} rows anew"),
        start.elapsed().as_secs_f64() * 1e3
    );
    drop(ballot_box);

    let cover = Cover::new(&party.pinned, 0);
    measure("one row of cover", 50, || {
        black_box(cover.make().expect("sealed"));
    });
    let writer = BoxWriter::spawn(&path, cover).expect("a writer");
    let (threads, each) = (64, 150);
    rate("writer, 64 callers that wait", threads * each, || {
        std::thread::scope(|scope| {
            for _ in 0..threads {
                scope.spawn(|| {
                    for _ in 0..each {
                        writer.put(noise()).expect("taken");
                    }
                });
            }
        });
    });
    writer.close();
}

fn opening(party: &Party) {
    println!("\ntally");
    let bodies: Vec<RedeemBody> = (0..64).map(|_| party.body()).collect();
    let rows: Vec<_> = (0..8192)
        .map(|it| party.redeemer.check_body(&bodies[it % 64]).expect("accepted").row)
        .collect();
    for threads in [1, 2] {
        let seen = AtomicU64::new(0);
        let progress = |more| {
            seen.fetch_add(more, Ordering::Relaxed);
        };
        rate(&format!("ballots opened, {threads} threads"), rows.len(), || {
            black_box(
                tally(&party.pinned, &party.keys, &rows, threads, &progress).expect("opened"),
            );
        });
    }
}

/// Most memory of this process so far. Unit: MiB.
fn memory() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|it| it.starts_with("VmHWM")).unwrap_or("VmHWM: 0");
    let kib: f64 = line.split_whitespace().nth(1).and_then(|it| it.parse().ok()).unwrap_or(0.0);
    kib / 1024.0
}

/// A whole box from file to sheets, with cover. TIDELINE_BENCH_TALLY says of how many ballots: 1000000 is
/// the size the target is about, and takes minutes to fill. TIDELINE_BENCH_COVER says among how many rows
/// of cover: unless told, as many as a week and ten restarts leave.
fn closing(party: &Party) {
    let number = |name: &str, usual: usize| {
        std::env::var(name).map_or(usual, |it| it.parse().expect("a number of rows"))
    };
    let (count, covers) =
        (number("TIDELINE_BENCH_TALLY", 50_000), number("TIDELINE_BENCH_COVER", 50_000));
    println!("\nclosing a box of {count} ballots among {covers} rows of cover");
    let dir = tempfile::tempdir_in(".").expect("a directory");
    let path = dir.path().join("ballot-1.sqlite");
    let mut ballot_box = BallotBox::create(&path).expect("a box");
    let cohort = &party.pinned.manifest.cohorts[0].id;
    let sheet = AnswerSheet::from_ballot(PULSE.items.len(), &[3; 25]).expect("a sheet");
    let sealed = |many: usize| -> Vec<Accepted> {
        (0..many)
            .map(|_| {
                let code = PaperCode::generate().expect("a code");
                party.redeemer.seal_paper(cohort, &code, &sheet).expect("sealed")
            })
            .collect()
    };
    // What covers for ballots to come, and is left when the wave closes.
    let cover = Cover::new(&party.pinned, 0);
    let start = Instant::now();
    let mut covered = 0;
    while covered < covers {
        let made: Vec<Accepted> =
            (covered..covers).take(1024).map(|_| cover.make().expect("sealed")).collect();
        covered += ballot_box.add_cover(&made).expect("filled up").len();
    }
    println!("{:<44} {:>9.1} s", "cover made and written", start.elapsed().as_secs_f64());
    let mut filled = 0;
    while filled < count {
        let more = (count - filled).min(4096);
        let batch: Vec<Accepted> = std::thread::scope(|scope| {
            let other = scope.spawn(|| sealed(more / 2));
            let mut batch = sealed(more - more / 2);
            batch.extend(other.join().expect("sealed"));
            batch
        });
        // Half of them took the place of cover that is gone; the others were more than there was for.
        let (placed, added) = batch.split_at(batch.len() / 2);
        for part in placed.chunks(512) {
            let made: Vec<Accepted> = part.iter().map(|_| noise()).collect();
            let mut places = ballot_box.add_cover(&made).expect("filled up");
            ballot_box.put_in_place(part, &mut places).expect("taken");
        }
        for part in added.chunks(512) {
            ballot_box.put_batch(part).expect("taken");
        }
        filled += more;
    }
    let start = Instant::now();
    ballot_box.seal().expect("sealed");
    ballot_box.redeal().expect("dealt anew");
    let dealt = start.elapsed().as_secs_f64();
    let rows = ballot_box.rows().expect("rows");
    let nullifiers = ballot_box.nullifiers().expect("nullifiers");
    let read = start.elapsed().as_secs_f64() - dealt;
    let unsealed = unseal(&party.pinned, &party.keys, &rows, 2, &|_| ()).expect("opened");
    let apart = start.elapsed().as_secs_f64() - dealt - read;
    let spent = unsealed.spent(nullifiers).expect("as many as ballots");
    let opened = unsealed.open(&party.pinned, &party.keys, 2, &|_| ()).expect("opened");
    let all = start.elapsed().as_secs_f64();
    assert_eq!((opened.ballots, opened.spoilt, spent.len()), (count as u64, 0, count));
    assert_eq!(rows.len(), count + covers);
    println!(
        "dealt anew {dealt:.1} s, read {read:.1} s, told apart {apart:.1} s, opened {:.1} s: \
         {all:.1} s in all",
        all - dealt - read - apart
    );
    println!(
        "{:<44} {:>9.0} s (target: 120), {:.0} MiB of memory (target: 1024)",
        format!("for 1,000,000 among {:.0} of cover", covers as f64 * 1e6 / count as f64),
        all * 1e6 / count as f64,
        memory()
    );
}

fn main() {
    // `cargo test --benches` only wants to know that it runs.
    if std::env::args().any(|it| it == "--test") {
        return;
    }
    let party = Party::new();
    seal();
    tokens(&party);
    the_box(&party);
    opening(&party);
    closing(&party);
}

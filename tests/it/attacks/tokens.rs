//! Spending a token twice, elsewhere, or for another ballot.

use std::sync::Barrier;

use tideline_ballot::encoding::to_base64;
use tideline_domain::Window;

use super::{Stage, fields, with};
use crate::{
    journey::sheet,
    support::{Instance, day},
};

#[test]
fn attack_03_the_same_request_twice() {
    let stage = Stage::open();
    let body = stage.body(1, 3);
    assert_eq!(stage.site.redeem(&body).status, 200);
    stage.site.redeem(&body).refused(409, "already_redeemed");
    assert_eq!(stage.ballots(), 1);
}

#[test]
fn attack_04_the_same_token_with_other_answers() {
    let stage = Stage::open();
    let (manifest, token) = stage.token("elm1@harbour.example");
    let [first, second] = [1, 4].map(|it| token.redeem_body(&manifest, &sheet(it)).unwrap());
    assert_eq!(stage.site.redeem(&first).status, 200);
    stage.site.redeem(&second).refused(409, "already_redeemed");
    assert_eq!(stage.ballots(), 1);
}

#[test]
fn attack_05_one_token_64_times_at_once() {
    let stage = Stage::open();
    let (manifest, token) = stage.token("elm1@harbour.example");
    let start = Barrier::new(64);
    let statuses: Vec<u16> = std::thread::scope(|scope| {
        let all: Vec<_> = (0..64_u8)
            .map(|it| {
                let body = token.redeem_body(&manifest, &sheet(it % 5)).unwrap();
                let (stage, start) = (&stage, &start);
                scope.spawn(move || {
                    start.wait();
                    stage.site.redeem(&body).status
                })
            })
            .collect();
        all.into_iter().map(|it| it.join().unwrap()).collect()
    });
    assert_eq!(statuses.iter().filter(|it| **it == 200).count(), 1);
    assert_eq!(statuses.iter().filter(|it| **it == 409).count(), 63);
    assert_eq!(stage.ballots(), 1);
}

#[test]
fn attack_06_a_made_up_token() {
    let stage = Stage::open();
    let body = stage.body(1, 3);
    let random = |length: usize| {
        let bytes: Vec<u8> = (0..length).map(|_| uuid::Uuid::new_v4().as_bytes()[0]).collect();
        to_base64(&bytes)
    };
    for field in ["nonce", "mac"] {
        stage.site.redeem(&with(&body, field, &random(32))).refused(403, "invalid_token");
    }
    let invented = with(&with(&body, "nonce", &random(32)), "mac", &random(32));
    stage.site.redeem(&invented).refused(403, "invalid_token");
    assert_eq!(stage.ballots(), 0);
}

#[test]
fn attack_07_a_token_of_one_cohort_in_another() {
    let stage = Stage::open();
    let body = stage.body(1, 3);
    let other = stage.site.cohort("oak1@harbour.example", stage.seq);
    assert_ne!(fields(&body)["cohort"], other.as_str());
    stage.site.redeem(&with(&body, "cohort", other.as_str())).refused(403, "invalid_token");
    stage.site.redeem(&with(&body, "cohort", "nowhere")).refused(403, "invalid_token");
    assert_eq!(stage.site.redeem(&body).status, 200, "where it belongs it is good");
}

#[test]
fn attack_08_a_token_of_another_wave() {
    let stage = Stage::open();
    let window = Window::new(day(3, 3), day(3, 3), day(3, 30)).unwrap();
    let later = stage.site.announce("2026-04", window);
    let (first, _) = stage.token("elm1@harbour.example");
    let (second, token) = stage.site.token("elm1@harbour.example", later);
    assert_ne!(first.hash, second.hash);
    // The client itself refuses to seal for another manifest …
    assert!(token.seal(&first, &sheet(1)).is_err());
    // … and a ballot of the later wave lands in the later wave's box, whatever is asked for.
    assert_eq!(stage.site.redeem(&token.redeem_body(&second, &sheet(1)).unwrap()).status, 200);
    assert_eq!(stage.ballots(), 0, "not in the first wave's box");
    // On an installation that does not know the other wave, it is worth nothing.
    let elsewhere = Stage::open();
    let (manifest, token) = elsewhere.token("elm1@harbour.example");
    let foreign: &Instance = &stage.site;
    foreign.redeem(&token.redeem_body(&manifest, &sheet(1)).unwrap()).refused(403, "invalid_token");
}

#[test]
fn attack_09_an_overheard_request_with_another_ballot() {
    let stage = Stage::open();
    let (manifest, token) = stage.token("elm1@harbour.example");
    let [heard, other] = [1, 4].map(|it| token.redeem_body(&manifest, &sheet(it)).unwrap());
    let swapped = with(&heard, "ballot", fields(&other)["ballot"].as_str().unwrap());
    stage.site.redeem(&swapped).refused(403, "invalid_token");
    let strangers = stage.body(2, 0);
    let taken = with(&heard, "ballot", fields(&strangers)["ballot"].as_str().unwrap());
    stage.site.redeem(&taken).refused(403, "invalid_token");
    assert_eq!(stage.ballots(), 0);
}

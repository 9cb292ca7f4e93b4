//! Paper cards: once, for their cohort, and not beside a token picked up online.

use tideline_domain::WaveSeq;
use tideline_server::{cli::PaperCommand, paper};
use tideline_text::{Language, Text};

use super::{Stage, holds};
use crate::support::{Reply, http, pdf_text};

/// The codes on the cards, by the pile they are in.
fn codes(pdf: &[u8]) -> Option<Vec<(String, Vec<String>)>> {
    let text = pdf_text(pdf)?;
    let mut piles: Vec<(String, Vec<String>)> = Vec::new();
    for line in text.lines() {
        if let Some((label, _)) = line.split_once(": ").filter(|it| it.1.ends_with("cards")) {
            piles.push((label.trim().to_owned(), Vec::new()));
        }
        let words = line.split_whitespace();
        let code = |it: &&str| it.len() == 23 && it.matches('-').count() == 3;
        let found: Vec<String> = words.filter(code).map(str::to_owned).collect();
        if let Some(pile) = piles.last_mut() {
            pile.1.extend(found);
        }
    }
    Some(piles)
}

fn post(stage: &Stage, body: &str) -> Reply {
    let headers = [("content-type", "application/x-www-form-urlencoded")];
    http("POST", &stage.site.ballot("/paper"), &headers, body.as_bytes())
}

#[test]
fn attack_59_a_card_twice_or_beside_a_token_or_for_another_cohort() {
    let stage = Stage::open();
    let context = &stage.site.context;
    let pdf = paper::make_cards(context, stage.seq, false, Text::new(Language::English)).unwrap();
    assert!(
        paper::make_cards(context, stage.seq, false, Text::new(Language::English)).is_err(),
        "printed once"
    );
    let Some(piles) = codes(&pdf) else { return };
    assert_eq!(piles.iter().map(|it| it.1.len()).collect::<Vec<_>>(), card_counts(&stage));
    // Nothing but digests stays, and the print job leaves no file.
    for (place, bytes) in stage.stored() {
        assert!(!bytes.starts_with(b"%PDF"), "{place}");
        for code in piles.iter().flat_map(|it| &it.1) {
            assert!(!holds(&bytes, code.as_bytes()), "{place}");
            assert!(!holds(&bytes, code.replace('-', "").as_bytes()), "{place}");
        }
    }

    // The form needs no script, and a card works once, as people type it.
    let form = http("GET", &stage.site.ballot("/paper"), &[], b"");
    let page = form.text();
    assert!(page.contains("weaker way") && !page.contains("<script"), "{page}");
    assert_eq!(page.matches("<fieldset").count(), 9);
    let code = piles[0].1[0].to_lowercase().replace('-', " ");
    let answers = "wave=1&i0=3&i1=4&i3=0&i9=5";
    let body = format!("code={}&{answers}", code.replace(' ', "+"));
    assert_eq!(post(&stage, &body).status, 200);
    assert_eq!(post(&stage, &body).status, 409);
    assert_eq!(post(&stage, &format!("code={}&{answers}", piles[0].1[0])).status, 409);
    assert_eq!(stage.ballots(), 1);

    // Of another cohort, of no cohort, of another wave, or malformed.
    let manifest = stage.site.client.manifest(1).unwrap();
    let cohorts: Vec<String> =
        manifest.manifest.cohorts.iter().map(|it| it.id.to_string()).collect();
    let own = stage.site.cohort("elm1@harbour.example", stage.seq);
    assert_ne!(cohorts[0], cohorts[1]);
    let code = &piles[0].1[1];
    assert_eq!(post(&stage, &format!("code={code}&cohort={}&{answers}", cohorts[1])).status, 403);
    assert_eq!(stage.ballots(), 1);
    assert_eq!(post(&stage, &format!("code=AAAAA-AAAAA-AAAAA-AAAAA&{answers}")).status, 403);
    assert_eq!(post(&stage, &format!("code={}&wave=2", piles[0].1[2])).status, 410);
    assert_eq!(post(&stage, &format!("code={}&wave=1&i0=9", piles[0].1[2])).status, 400);
    assert_eq!(post(&stage, &format!("code={}&wave=1&who=me", piles[0].1[2])).status, 400);

    // Ticked off: no online token any more. And the other way round.
    let tick = |email: &str| {
        let command = PaperCommand::Tick { wave: stage.seq.0, email: email.to_owned() };
        paper::run(context, command)
    };
    tick("elm1@harbour.example").unwrap();
    assert!(tick("elm1@harbour.example").is_err(), "once");
    let pending = tideline_ballot::client::Pending::begin(&manifest, &own).unwrap();
    let bearer = stage.site.bearer("elm1@harbour.example", stage.seq);
    stage.site.issue(&bearer, &pending.issue_body()).refused(409, "already_issued");
    stage.token("elm2@harbour.example");
    assert!(tick("elm2@harbour.example").is_err(), "a token was picked up online");
    assert!(tick("nobody@harbour.example").is_err());

    // New cards make the old ones worthless.
    let again =
        codes(&paper::make_cards(context, stage.seq, true, Text::new(Language::English)).unwrap())
            .unwrap();
    assert_eq!(post(&stage, &format!("code={}&{answers}", piles[0].1[3])).status, 403);
    assert_eq!(post(&stage, &format!("code={}&{answers}", again[0].1[3])).status, 200);

    // They count, and nothing of them is left.
    for person in 3..=9 {
        assert_eq!(stage.site.redeem(&stage.body(person, 2)).status, 200);
    }
    stage.after_close();
    stage.site.close(stage.seq);
    let release = stage.site.context.store.release(WaveSeq(1)).unwrap().unwrap();
    assert_eq!((release.turnout().ballots, release.turnout().spoilt), (9, 0));
    assert!(!stage.site.folder().join("keys/wave-1.paper").exists());
}

fn card_counts(stage: &Stage) -> Vec<usize> {
    let manifest = stage.site.client.manifest(1).unwrap();
    let cards = |it: u32| tideline_ballot::paper::cards(it) as usize;
    manifest.manifest.cohorts.iter().map(|it| cards(it.eligible)).collect()
}

//! Closing early, twice, half, or for one person alone; and what is left afterwards.

use std::{collections::BTreeMap, sync::Arc};

use anyhow::bail;
use tideline_aggregation::Subject;
use tideline_ballot::{
    ballot_box::BallotBox, encoding::to_hex, keys::WaveKeys, result::ResultFile, tally::tally,
    wave_dir::WaveFiles,
};
use tideline_domain::WaveSeq;
use tideline_server::wave::{self, Closed, Step};

use super::{Stage, everybody, fields, holds};
use crate::{
    databases::on_both_databases,
    journey::{sheet, staff},
    support::{day, http},
};

fn files(stage: &Stage) -> WaveFiles {
    WaveFiles::new(stage.site.folder(), WaveSeq(1))
}

/// What the box holds, opened: cohort and sheet of each ballot that counts, and how many do not.
fn opened(stage: &Stage) -> (BTreeMap<(String, Vec<u8>), u32>, u64) {
    let files = files(stage);
    let rows = BallotBox::open(&files.ballot_box()).unwrap().rows().unwrap();
    let keys = WaveKeys::load(&files.keys()).unwrap();
    let tally = tally(&files.pinned().unwrap(), &keys, &rows, 2, &|_| ()).unwrap();
    let mut counts = BTreeMap::new();
    for (cohort, sheet) in &tally.sheets {
        *counts.entry((cohort.to_string(), sheet.to_ballot())).or_default() += 1;
    }
    (counts, tally.spoilt)
}

#[test]
fn attack_47_after_the_end() {
    let stage = Stage::open();
    let late = stage.body(9, 1);
    stage.vote(8);
    stage.after_close();
    let bearer = stage.site.bearer("elm10@harbour.example", stage.seq);
    stage.site.redeem(&late).refused(410, "closed");
    assert_eq!(stage.site.close(stage.seq), Closed::Released);
    stage.site.redeem(&late).refused(410, "closed");
    let cohort = stage.site.cohort("elm10@harbour.example", stage.seq);
    let body = format!(r#"{{"cohort":"{cohort}","blinded":"{}"}}"#, "A".repeat(43));
    stage.site.issue(&bearer, &body).refused(410, "closed");
    assert_eq!(stage.site.close(stage.seq), Closed::AlreadyReleased);
    let release = stage.site.context.store.release(stage.seq).unwrap().unwrap();
    assert_eq!(release.turnout().ballots, 8);
}

#[test]
fn attack_48_closing_by_a_request() {
    let stage = Stage::open();
    stage.vote(8);
    let sessions =
        ["hedda@harbour.example", "mona@harbour.example"].map(|it| stage.site.sign_in(it));
    for path in [
        "/close",
        "/wave/close",
        "/waves/1/close",
        "/api/v1/waves/1/close",
        "/pulse/close",
        "/admin/close",
    ] {
        for method in ["POST", "PUT", "DELETE", "GET"] {
            for url in [stage.site.app(path), stage.site.ballot(path)] {
                let origin = stage.site.app("");
                for session in [None, Some(&sessions[0]), Some(&sessions[1])] {
                    let mut headers = vec![("origin", origin.as_str())];
                    headers.extend(session.map(|it| ("cookie", it.as_str())));
                    let status = http(method, &url, &headers, b"").status;
                    assert!((400..500).contains(&status), "{method} {url}: {status}");
                }
            }
        }
    }
    assert!(stage.site.context.store.release(stage.seq).unwrap().is_none());
    assert!(files(&stage).keys().exists());
}

#[test]
fn attack_49_a_tally_that_is_not_what_was_cast() {
    let stage = Stage::open();
    let mut expected = BTreeMap::new();
    for (at, address) in everybody().iter().enumerate() {
        let (manifest, token) = stage.token(address);
        let sheet = sheet(u8::try_from(at % 5).unwrap());
        assert_eq!(stage.site.send(&manifest, &token, &sheet), 200);
        let cohort = stage.site.cohort(address, stage.seq).to_string();
        *expected.entry((cohort, sheet.to_ballot())).or_default() += 1;
    }
    assert_eq!(opened(&stage), (expected, 0));
}

#[test]
fn attack_49_garbage_under_a_good_token_is_counted_as_spoilt() {
    let stage = Stage::open();
    stage.vote(6);
    let (_, token) = stage.token("elm7@harbour.example");
    assert_eq!(stage.site.redeem(&token.bind([7; 145]).to_json()).status, 200);
    let (counts, spoilt) = opened(&stage);
    assert_eq!((counts.values().sum::<u32>(), spoilt), (6, 1));
    stage.after_close();
    stage.site.close(stage.seq);
    let turnout = stage.site.context.store.release(stage.seq).unwrap().unwrap().turnout();
    assert_eq!((turnout.ballots, turnout.spoilt), (7, 1));
}

#[test]
fn attack_49a_closing_early_or_for_a_few() {
    let stage = Stage::open();
    stage.vote(4);
    assert!(wave::close(&stage.site.context, stage.seq).is_err(), "before its time");
    stage.site.clock.set(day(3, 16));
    assert!(wave::close(&stage.site.context, stage.seq).is_err(), "within the grace period");
    stage.after_close();
    // So few are counted behind the outer seal, and never opened.
    assert_eq!(stage.site.close(stage.seq), Closed::Released);
    let release = stage.site.context.store.release(stage.seq).unwrap().unwrap();
    assert!(release.atoms().is_empty());
    assert_eq!((release.turnout().ballots, release.turnout().spoilt), (4, 0));
    let result = files(&stage).read_result().unwrap().unwrap();
    assert_eq!(ResultFile::parse(&result).unwrap().nullifiers.len(), 4);
}

#[test]
fn attack_50_a_ballot_copied_from_somebody_else() {
    let stage = Stage::open();
    let bodies = stage.vote(6);
    let heard = fields(&bodies[0])["ballot"].as_str().unwrap().to_owned();
    let copied = tideline_ballot::encoding::from_base64::<145>(&heard).unwrap();
    // From the same cohort and from another one, under an own, valid token.
    for address in ["elm7@harbour.example", "oak1@harbour.example"] {
        let (_, token) = stage.token(address);
        assert_eq!(stage.site.redeem(&token.bind(copied).to_json()).status, 200);
    }
    let (counts, spoilt) = opened(&stage);
    assert_eq!((counts.values().sum::<u32>(), spoilt), (6, 2), "the original counts once");
}

#[test]
fn attack_51_what_is_left_after_closing() {
    on_both_databases(|database| {
        let stage = Stage::on(database);
        let mut traces: Vec<Vec<u8>> = Vec::new();
        for person in 1..=8 {
            let address = format!("elm{person}@harbour.example");
            let manifest = stage.site.client.manifest(1).unwrap();
            let cohort = stage.site.cohort(&address, stage.seq);
            let pending = tideline_ballot::client::Pending::begin(&manifest, &cohort).unwrap();
            let reply =
                stage.site.issue(&stage.site.bearer(&address, stage.seq), &pending.issue_body());
            let issued = tideline_ballot::wire::IssuedBody::from_json(&reply.body).unwrap();
            let token = pending.finish(&manifest, &issued).unwrap();
            assert_eq!(stage.site.send(&manifest, &token, &sheet(2)), 200);
            traces.push(pending.blinded().to_vec());
            traces.push(issued.evaluated.to_vec());
        }
        let files = files(&stage);
        traces.extend(
            BallotBox::open(&files.ballot_box())
                .unwrap()
                .rows()
                .unwrap()
                .iter()
                .map(|it| it.to_vec()),
        );
        assert!(
            stage.stored().iter().any(|(_, it)| holds(it, &traces[0])),
            "the search finds what is there"
        );
        let journal = stage.site.folder().join("boxes/ballot-1.sqlite-journal");
        assert!(std::fs::metadata(&journal).map_or(0, |it| it.len()) == 0, "an empty journal");
        stage.after_close();
        stage.site.close(stage.seq);
        for (place, bytes) in stage.stored() {
            for trace in &traces {
                assert!(
                    !holds(&bytes, trace) && !holds(&bytes, to_hex(trace).as_bytes()),
                    "{place}"
                );
            }
        }
        assert!(!files.has_secrets());
    });
}

#[test]
fn attack_52_a_group_below_the_threshold() {
    let stage = Stage::open();
    for address in staff("elm", 8).iter().chain(&staff("ash", 4)).chain(&staff("oak", 3)) {
        let (manifest, token) = stage.token(address);
        assert_eq!(stage.site.send(&manifest, &token, &sheet(3)), 200);
    }
    stage.after_close();
    stage.site.close(stage.seq);
    let release = stage.site.context.store.release(stage.seq).unwrap().unwrap();
    for unit in ["Ash", "Oak"] {
        assert!(release.page_of(&Subject::Unit(stage.site.unit(unit))).is_none(), "{unit}");
    }
    assert!(release.atoms().iter().all(|it| it.n.burnout >= 6), "{:?}", release.atoms());
    let result = String::from_utf8(files(&stage).read_result().unwrap().unwrap()).unwrap();
    assert!(!result.contains("Ash") && !result.contains("cohort"));
}

#[test]
fn attack_53_a_figure_while_the_wave_runs() {
    let stage = Stage::open();
    let hedda = stage.site.sign_in("hedda@harbour.example");
    let mona = stage.site.sign_in("mona@harbour.example");
    let elm = format!("/team/{}", stage.site.unit("Elm"));
    let paths = [
        "/",
        "/org",
        "/reports",
        "/api/v1/me",
        "/api/v1/waves",
        "/api/v1/releases",
        "/health",
        "/metrics",
        "/waves.json",
        "/chain.txt",
        "/w/1.json",
        "/r/1.json",
        "/check-in",
        "/paper",
        elm.as_str(),
    ];
    let look = || -> Vec<(u16, String)> {
        let mut seen = Vec::new();
        for path in paths {
            for cookie in [None, Some(&hedda), Some(&mona)] {
                let headers: Vec<(&str, &str)> =
                    cookie.iter().map(|it| ("cookie", it.as_str())).collect();
                let reply = http("GET", &stage.site.app(path), &headers, b"");
                // A page may carry a fresh word against forged forms.
                let text = reply.text();
                let lines =
                    text.lines().filter(|it| !it.contains("csrf") && !it.contains("name=\"form\""));
                seen.push((reply.status, lines.collect()));
            }
            // The paper form draws its questions anew each time.
            if path != "/paper" {
                let reply = http("GET", &stage.site.ballot(path), &[], b"");
                seen.push((reply.status, reply.text()));
            }
        }
        seen
    };
    let before = look();
    stage.vote(9);
    let after = look();
    for (at, (before, after)) in before.iter().zip(&after).enumerate() {
        assert_eq!(before, after, "{at}");
    }
}

/// What a wave came to, in everything that lasts.
type Outcome = (String, Vec<u8>, usize, u32, bool);

fn outcome(stage: &Stage, mails: usize) -> Outcome {
    let release = stage.site.context.store.release(stage.seq).unwrap().unwrap();
    let result = files(stage).read_result().unwrap().unwrap();
    let parsed = ResultFile::parse(&result).unwrap();
    assert_eq!(parsed.nullifiers.len(), 8);
    let nullifiers = parsed.nullifiers.concat();
    (
        // Units have other identifiers in another installation.
        format!(
            "{:?} {:?}",
            release.atoms().iter().map(|it| (it.n, it.total)).collect::<Vec<_>>(),
            release.turnout()
        ),
        nullifiers,
        mails,
        stage.site.context.store.issued_count(stage.seq).unwrap(),
        files(stage).has_secrets(),
    )
}

/// The process dies after a step of closing; the next one finds what is on the disk and goes on.
#[test]
fn attack_55_a_crash_between_any_two_steps_of_closing() {
    on_both_databases(|database| {
        // Without a crash.
        let expected = {
            let stage = Stage::on(database);
            stage.vote(8);
            stage.after_close();
            stage.site.close(stage.seq);
            let mails = stage.site.deliver();
            outcome(&stage, mails).0
        };
        let steps: Vec<Step> = if database.is_none() || super::size(0, 1) == 1 {
            Step::ALL.to_vec()
        } else {
            vec![Step::Sealed, Step::Planned, Step::Published, Step::KeysDestroyed, Step::Scrubbed]
        };
        for step in steps {
            let Some(url) = crate::databases::fresh(database) else { return };
            let stage = Stage::on(url.url().as_deref());
            let bodies = stage.vote(8);
            stage.after_close();
            let mut dying = stage.site.context.clone();
            dying.after_step =
                Arc::new(
                    move |it| if it == step { bail!("crashed after {step:?}") } else { Ok(()) },
                );
            let error = wave::close(&dying, stage.seq).unwrap_err().to_string();
            assert!(error.contains("crashed"), "{error}");
            drop(dying);

            // A new process: it knows what is stored and nothing else.
            wave::set_aside_unknown(&stage.site.context).unwrap();
            wave::refresh_live(&stage.site.context).unwrap();
            stage.site.redeem(&bodies[0]).refused(410, "closed");
            if step != Step::BoxesDestroyed {
                assert_eq!(wave::due(&stage.site.context).unwrap(), [stage.seq], "{step:?}");
            }
            let expected_now =
                if step >= Step::Published { Closed::AlreadyReleased } else { Closed::Released };
            assert_eq!(stage.site.close(stage.seq), expected_now, "{step:?}");
            assert_eq!(wave::due(&stage.site.context).unwrap(), []);
            let mails = stage.site.deliver();
            let found = outcome(&stage, mails);
            assert_eq!(found.0, expected, "{step:?}: the same release");
            assert_eq!(
                (found.2, found.3, found.4),
                (1, 0, false),
                "{step:?}: one mail, nothing left"
            );
        }
    });
}

#[test]
fn attack_56_asking_whether_a_ballot_was_counted() {
    let stage = Stage::open();
    let mut own = Vec::new();
    for person in 1..=8 {
        let (manifest, token) = stage.token(&format!("elm{person}@harbour.example"));
        assert_eq!(stage.site.send(&manifest, &token, &sheet(2)), 200);
        own.push(token.nullifier());
    }
    let (_, unused) = stage.token("elm9@harbour.example");
    stage.after_close();
    stage.site.close(stage.seq);
    let reply = http("GET", &stage.site.ballot("/r/1.json"), &[], b"");
    let result = ResultFile::parse(&reply.body).unwrap();
    assert!(own.iter().all(|it| result.contains(it)), "everybody finds the own one");
    assert!(!result.contains(&unused.nullifier()));
    assert!(result.adds_up() && result.nullifiers.is_sorted() && result.ballots == 8);
    // Whoever did not vote can point at any entry: nothing in the file tells whose it is, or what
    // the ballot said.
    let text = reply.text();
    let keys: Vec<String> = fields(&text).keys().cloned().collect();
    let mut public = [
        "ballots",
        "eligible_total",
        "issued_total",
        "manifest",
        "merkle_root",
        "nullifiers",
        "release",
        "spoilt",
        "wave",
    ]
    .map(str::to_owned)
    .to_vec();
    public.sort_unstable();
    assert_eq!(keys, public);
}

#[test]
fn attack_57_one_second_before_and_after_the_end() {
    let stage = Stage::open();
    let bodies = [1, 2].map(|it| stage.body(it, 3));
    let closes = day(3, 16);
    stage.site.clock.set(closes - chrono::TimeDelta::seconds(1));
    // What the client's clock says is not asked.
    let headers = [("content-type", "text/plain"), ("date", "Mon, 01 Jan 2029 00:00:00 GMT")];
    let reply = http("POST", &stage.site.ballot("/redeem"), &headers, bodies[0].as_bytes());
    assert_eq!(reply.status, 200);
    stage.site.clock.set(closes);
    stage.site.redeem(&bodies[1]).refused(410, "closed");
    stage.site.clock.set(closes + chrono::TimeDelta::seconds(1));
    stage.site.redeem(&bodies[1]).refused(410, "closed");
    stage.site.redeem(&bodies[0]).refused(410, "closed");
    assert_eq!(stage.ballots(), 1, "no partial state");
    stage.site.clock.set(closes - chrono::TimeDelta::seconds(1));
    stage.site.redeem(&bodies[0]).refused(409, "already_redeemed");
}

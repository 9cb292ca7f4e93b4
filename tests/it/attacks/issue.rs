//! Getting a token one has no right to, or one that could be followed.

use tideline_ballot::{
    client::Pending,
    encoding::{sha256, to_base64, to_hex},
};

use super::{Stage, everybody, holds, size};
use crate::{
    journey::roster,
    support::{Instance, day, http},
};

fn fresh(stage: &Stage, address: &str) -> String {
    let manifest = stage.site.client.manifest(stage.seq.0).unwrap();
    Pending::begin(&manifest, &stage.site.cohort(address, stage.seq)).unwrap().issue_body()
}

#[test]
fn attack_13_elements_that_are_none() {
    let stage = Stage::open();
    let address = "elm1@harbour.example";
    let bearer = stage.site.bearer(address, stage.seq);
    let cohort = stage.site.cohort(address, stage.seq);
    let mut negative = [0_u8; 32];
    negative[0] = 1;
    let not_canonical = [255_u8; 32];
    for element in [
        to_base64(&[0; 32]),
        to_base64(&not_canonical),
        to_base64(&negative),
        to_base64(&[2; 31]),
        to_base64(&[2; 33]),
        String::new(),
    ] {
        let body = format!(r#"{{"cohort":"{cohort}","blinded":"{element}"}}"#);
        stage.site.issue(&bearer, &body).refused(400, "malformed");
    }
    assert_eq!(
        stage.site.issue(&bearer, &fresh(&stage, address)).status,
        200,
        "nothing was used up"
    );
}

/// Bodies that are almost right, and bodies that are noise. Millions more by `cargo fuzz`.
#[test]
fn attack_14_random_bodies_never_break_a_listener() {
    let stage = Stage::open();
    let address = "elm1@harbour.example";
    let bearer = stage.site.bearer(address, stage.seq);
    let seeds = [fresh(&stage, address), stage.body(2, 3)];
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut random = move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state >> 33).unwrap()
    };
    for round in 0..size(400, 8_000) {
        let mut body = seeds[round % 2].clone().into_bytes();
        for _ in 0..=random() % 4 {
            if body.is_empty() {
                break;
            }
            let at = random() % body.len();
            match random() % 4 {
                0 => body[at] = u8::try_from(random() % 256).unwrap(),
                1 => drop(body.remove(at)),
                2 => body.insert(at, b"\"{}[],:-0\\u\n\0A"[random() % 14]),
                _ => body.truncate(at.max(1)),
            }
        }
        let headers = [("content-type", "application/json")];
        let redeemed = http("POST", &stage.site.ballot("/redeem"), &headers, &body);
        let authorization = format!("Bearer {bearer}");
        let headers = [("authorization", authorization.as_str()), headers[0]];
        let issued = http("POST", &stage.site.app("/pulse/issue"), &headers, &body);
        for reply in [&redeemed, &issued] {
            assert!((200..500).contains(&reply.status), "{}: {}", reply.status, reply.text());
        }
    }
}

#[test]
fn attack_15_a_proof_nonce_used_twice() {
    let stage = Stage::open();
    let address = "elm1@harbour.example";
    let bearer = stage.site.bearer(address, stage.seq);
    let body = fresh(&stage, address);
    let mut proofs = std::collections::BTreeSet::new();
    let mut elements = std::collections::BTreeSet::new();
    for _ in 0..20 {
        let reply = stage.site.issue(&bearer, &body);
        let issued: serde_json::Value = serde_json::from_slice(&reply.body).unwrap();
        elements.insert(issued["evaluated"].as_str().unwrap().to_owned());
        proofs.insert(issued["proof"].as_str().unwrap().to_owned());
    }
    assert_eq!((elements.len(), proofs.len()), (1, 20), "one token, twenty different proofs");
    // What would take a nonce from outside is out of reach of the product's code.
    let lints = include_str!("../../../clippy.toml");
    for forbidden in ["blind_evaluate_with_proof_scalar", "blind_evaluate_batch_with_proof_scalar"]
    {
        assert!(lints.contains(forbidden), "{forbidden}");
    }
}

#[test]
fn attack_21_other_scripts_for_some() {
    let stage = Stage::open();
    let manifest = stage.site.client.manifest(stage.seq.0).unwrap();
    let stated = manifest.manifest.client_bundle.expect("the manifest states it");
    let mut digests = std::collections::BTreeSet::new();
    // Different people, different browsers, different ways in.
    for visitor in 0..100 {
        let agent = format!("Browser/{visitor}");
        let origin = match visitor % 3 {
            0 => stage.site.ballot(""),
            1 => stage.site.app(""),
            _ => stage.site.ballot("").replace("localhost", "127.0.0.1"),
        };
        let headers =
            [("user-agent", agent.as_str()), ("accept-language", ["de", "en", "tr"][visitor % 3])];
        let list = http("GET", &format!("{origin}/static/scripts.txt"), &headers, b"");
        digests.insert(sha256(&[&list.body]));
        for line in list.text().lines() {
            let (hash, file) = line.split_once("  ").unwrap();
            let script = http("GET", &format!("{origin}/static/{file}"), &headers, b"");
            assert_eq!(to_hex(&sha256(&[&script.body])), hash, "{file}");
        }
    }
    assert_eq!(digests.into_iter().collect::<Vec<_>>(), [stated]);
}

/// A script that seals or carries a token, and is not in the list that the manifest names; or one that
/// stands for another on its way.
#[test]
fn attack_122_a_script_that_the_manifest_does_not_know() {
    let stage = Stage::open();
    let list = http("GET", &stage.site.ballot("/static/scripts.txt"), &[], b"").text();
    let hashes: std::collections::BTreeMap<&str, &str> = list
        .lines()
        .map(|it| it.split_once("  ").unwrap())
        .map(|(hash, file)| (file, hash))
        .collect();
    stage.site.import(&roster().replace(",hr\n", ",hr;admin\n"));
    let staff = stage.site.sign_in("elm1@harbour.example");
    let admin = stage.site.sign_in("hedda@harbour.example");
    let pages = [
        stage.site.ballot("/check-in"),
        stage.site.ballot("/kiosk"),
        stage.site.ballot("/device"),
        stage.site.ballot("/hand-over"),
        stage.site.ballot("/recovery"),
        stage.site.ballot("/paper"),
        stage.site.app("/"),
        stage.site.app("/account"),
        stage.site.app("/in"),
        stage.site.app("/pick-up"),
        stage.site.app("/reflect"),
        stage.site.app("/admin/organisation"),
    ];
    let mut met = std::collections::BTreeSet::new();
    for url in &pages {
        let nobody = http("GET", url, &[], b"");
        let page = [&staff, &admin]
            .map(|it| http("GET", url, &[("cookie", it)], b""))
            .into_iter()
            .find(|it| it.status == 200)
            .unwrap_or(nobody);
        assert_eq!(page.status, 200, "{url}");
        let text = page.text();
        for tag in text.split("<script").skip(1).map(|it| it.split('>').next().unwrap()) {
            let part = |name: &str| {
                let (_, rest) =
                    tag.split_once(&format!("{name}=\"")).unwrap_or_else(|| panic!("{tag}"));
                rest.split('"').next().unwrap()
            };
            let file = part("src").strip_prefix("/static/").unwrap();
            let hash = hashes.get(file).unwrap_or_else(|| panic!("{file} is not listed"));
            let digest = part("integrity").strip_prefix("sha256-").unwrap().trim_end_matches('=');
            let digest = digest.replace('+', "-").replace('/', "_");
            let bytes: [u8; 32] = tideline_ballot::encoding::from_base64(&digest).unwrap();
            assert_eq!(to_hex(&bytes), *hash, "{file}");
            met.insert(file.to_owned());
        }
    }
    let listed: Vec<&str> = hashes.keys().copied().collect();
    assert!(met.iter().eq(listed), "each is a page's: {met:?}");
}

#[test]
fn attack_23_tokens_for_signing_in_that_are_not_good_for_this() {
    let stage = Stage::open();
    let address = "elm1@harbour.example";
    let body = fresh(&stage, address);
    let post = |headers: &[(&str, &str)]| {
        http("POST", &stage.site.app("/pulse/issue"), headers, body.as_bytes())
    };
    post(&[]).refused(401, "unauthorized");
    for bad in ["Bearer", "Bearer x", "Bearer a.b.c", "Basic eDp5"] {
        post(&[("authorization", bad)]).refused(401, "unauthorized");
    }
    let session = stage.site.sign_in(address);
    post(&[("cookie", &session)]).refused(401, "unauthorized");
    let as_bearer = format!("Bearer {}", session.split_once('=').unwrap().1);
    post(&[("authorization", &as_bearer)]).refused(401, "unauthorized");

    let good = stage.site.bearer(address, stage.seq);
    let claims = good.split('.').nth(1).unwrap();
    let unsigned = format!("Bearer {}.{claims}.", to_base64(br#"{"alg":"none","typ":"JWT"}"#));
    post(&[("authorization", &unsigned)]).refused(401, "unauthorized");
    let foreign = Stage::open().site.bearer(address, stage.seq);
    post(&[("authorization", &format!("Bearer {foreign}"))]).refused(401, "unauthorized");
    let admin = stage.site.bearer("hedda@harbour.example", stage.seq);
    post(&[("authorization", &format!("Bearer {admin}"))]).refused(403, "not_your_cohort");
    stage.site.clock.set(day(3, 4));
    post(&[("authorization", &format!("Bearer {good}"))]).refused(401, "unauthorized");
}

#[test]
fn attack_24_a_second_token() {
    let stage = Stage::open();
    let address = "elm1@harbour.example";
    let bearer = stage.site.bearer(address, stage.seq);
    let body = fresh(&stage, address);
    let [first, again] = [(), ()].map(|()| stage.site.issue(&bearer, &body));
    let evaluated = |it: &crate::support::Reply| {
        serde_json::from_slice::<serde_json::Value>(&it.body).unwrap()["evaluated"].clone()
    };
    assert_eq!((first.status, again.status), (200, 200));
    assert_eq!(evaluated(&first), evaluated(&again));
    stage.site.issue(&bearer, &fresh(&stage, address)).refused(409, "already_issued");
}

#[test]
fn attack_25_a_token_of_another_cohort() {
    let stage = Stage::open();
    let bearer = stage.site.bearer("elm1@harbour.example", stage.seq);
    let theirs = fresh(&stage, "oak1@harbour.example");
    stage.site.issue(&bearer, &theirs).refused(403, "not_your_cohort");
}

#[test]
fn attack_26_changing_teams_for_a_second_token() {
    let stage = Stage::open();
    let address = "elm1@harbour.example";
    let before = stage.site.cohort(address, stage.seq);
    let bearer = stage.site.bearer(address, stage.seq);
    let body = fresh(&stage, address);
    assert_eq!(stage.site.issue(&bearer, &body).status, 200);
    let moved = roster().replace("Elm,Harbour,Person elm1,", "Oak,Harbour,Person elm1,");
    stage.site.import(&moved);
    assert_eq!(stage.site.cohort(address, stage.seq), before, "the frozen roster holds");
    let bearer = stage.site.bearer(address, stage.seq);
    stage.site.issue(&bearer, &fresh(&stage, address)).refused(409, "already_issued");
    let oak = stage.site.cohort("oak1@harbour.example", stage.seq);
    let manifest = stage.site.client.manifest(stage.seq.0).unwrap();
    let theirs = Pending::begin(&manifest, &oak).unwrap().issue_body();
    stage.site.issue(&bearer, &theirs).refused(403, "not_your_cohort");
}

#[test]
fn attack_27_two_elements_at_once() {
    crate::databases::on_both_databases(|database| {
        let stage = Stage::on(database);
        for person in 1..=4 {
            let address = format!("elm{person}@harbour.example");
            let bearer = stage.site.bearer(&address, stage.seq);
            let bodies: Vec<String> = (0..8).map(|_| fresh(&stage, &address)).collect();
            let statuses: Vec<u16> = std::thread::scope(|scope| {
                let (stage, bearer) = (&stage, &bearer);
                let all: Vec<_> = bodies
                    .iter()
                    .map(|body| scope.spawn(move || stage.site.issue(bearer, body).status))
                    .collect();
                all.into_iter().map(|it| it.join().unwrap()).collect()
            });
            assert_eq!(statuses.iter().filter(|it| **it == 200).count(), 1, "{statuses:?}");
            assert_eq!(statuses.iter().filter(|it| **it == 409).count(), 7, "{statuses:?}");
        }
    });
}

#[test]
fn attack_28_a_scanner_that_opens_links() {
    let stage = Stage::open();
    let address = "elm1@harbour.example";
    // Whatever a scanner fetches, nothing changes: no token, no ballot, no session.
    let paths = [
        "/",
        "/in",
        "/sign-in",
        "/me/pickup",
        "/me/recovery",
        "/pulse/issue",
        "/redeem",
        "/check-in",
        "/pick-up",
        "/device",
        "/kiosk",
        "/paper",
        "/hand-over",
        "/recovery",
        "/w/1.json",
        "/chain.txt",
        "/support",
        "/privacy",
    ];
    for method in ["GET", "HEAD"] {
        for path in paths {
            for origin in [stage.site.app(path), stage.site.ballot(path)] {
                let reply = http(method, &origin, &[], b"");
                assert!(reply.header("set-cookie").is_none(), "{method} {path}");
            }
        }
    }
    assert_eq!(stage.site.context.store.issued_count(stage.seq).unwrap(), 0);
    assert_eq!(stage.ballots(), 0);

    // A link is used up by the one form it is for, and then by nobody.
    let session = stage.site.sign_in(address);
    assert_eq!(stage.site.get(&stage.site.app("/"), Some(&session)).0, 200);
    let twice = stage.site.app_link_twice(address);
    assert_eq!(twice, (true, false), "a session the first time, none the second");

    // The bearer for a token is in an answer's body and nowhere else.
    let reply = http("GET", &stage.site.app("/me/pickup"), &[("cookie", &session)], b"");
    assert!(reply.text().contains("token"));
    let bearer = stage.site.bearer(address, stage.seq);
    assert!(reply.headers.iter().all(|it| it.0 != "set-cookie" && it.0 != "location"));
    assert_eq!(reply.header("cache-control"), Some("no-store"));
    let body = fresh(&stage, address);
    assert_eq!(stage.site.issue(&bearer, &body).status, 200);
    let signature = bearer.split('.').nth(2).unwrap().as_bytes();
    for (path, bytes) in stage.site.files() {
        assert!(!holds(&bytes, signature), "{}", path.display());
    }
}

#[test]
fn attack_60_a_list_of_who_to_remind() {
    let site = Instance::start(None, day(3, 1));
    site.import(&roster());
    let window = tideline_domain::Window::new(day(3, 2), day(3, 2), day(3, 16)).unwrap();
    let stage = Stage { seq: site.announce("2026-03", window), site };
    let addresses = |stage: &Stage| stage.site.context.store.addresses(stage.seq).unwrap();
    let before = addresses(&stage);
    let mut expected = everybody();
    expected.sort_unstable();
    let known: Vec<String> = before.iter().map(ToString::to_string).collect();
    assert_eq!(known, expected);
    stage.site.clock.set(day(3, 3));
    stage.vote(4);
    assert_eq!(addresses(&stage), before, "whoever has answered or picked up");
}

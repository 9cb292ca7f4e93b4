//! Nobody is let in, shut out, or found out: numbered attacks on accounts (`docs/attacks.md`).

use actix_web::http::header;
use tideline_domain::day::utc_day;
use tideline_store::Actor;

use super::*;

const ELM1: &str = "elm1@example.org";

fn with_token(method: &str, path: &str, token: &str) -> TestRequest {
    request(method, path).insert_header((header::AUTHORIZATION, token))
}

async fn status(site: &Site, request: TestRequest) -> u16 {
    site.app(request).await.status.as_u16()
}

/// A form sent by whoever has this cookie.
async fn send(site: &Site, cookie: &str, path: &str, fields: &[(&str, &str)]) -> Answer {
    let csrf = site.read("/api/v1/me", cookie).await["csrf"].as_str().unwrap().to_owned();
    let mut all = vec![("csrf", csrf.as_str())];
    all.extend_from_slice(fields);
    site.app(post(path, &all).insert_header((header::COOKIE, cookie))).await
}

/// Takes everybody but the officers out, as another process does.
fn everybody_leaves(site: &Site) {
    let roles = [RoleKind::Administrator];
    let row = ImportRow {
        unit: "Hospital".parse().unwrap(),
        parent: None,
        person: Some((
            "admin".parse().unwrap(),
            "admin@example.org".parse().unwrap(),
            roles.to_vec(),
        )),
    };
    let plan = ImportPlan { rows: vec![row] };
    site.app.store.import(&plan, Actor::Program, site.app.now()).unwrap();
}

#[actix_web::test]
async fn attack_92_a_token_outlives_what_it_was_made_in() {
    for end in ["sign-out", "sign-out-everywhere", "password", "other browser", "leaving"] {
        let site = Site::with_results();
        let (token, cookie) = site.bearer_of(ELM1);
        let me = || with_token("get", "/api/v1/me", &token);
        let page = || get("/account").insert_header((header::COOKIE, cookie.as_str()));
        let both = [status(&site, me()).await, status(&site, page()).await];
        assert_eq!(both, [200, 200], "{end}");
        let elsewhere = site.cookie_of(ELM1);
        match end {
            "sign-out" => drop(send(&site, &cookie, "/sign-out", &[]).await),
            "sign-out-everywhere" => {
                drop(send(&site, &elsewhere, "/sign-out-everywhere", &[]).await);
            }
            "password" => {
                let fields = [("password", "correct-horse-battery")];
                drop(send(&site, &elsewhere, "/password", &fields).await);
            }
            "other browser" => {
                let secret = cookie.split_once('=').unwrap().1;
                let hash = crate::auth::Secret::<32>::parse(secret).unwrap().hash();
                let session = tideline_ballot::encoding::to_hex(&hash);
                let fields = [("session", session.as_str())];
                drop(send(&site, &elsewhere, "/account/sessions/end", &fields).await);
            }
            _ => everybody_leaves(&site),
        }
        let both = [status(&site, me()).await, status(&site, page()).await];
        assert_eq!(both, [401, 303], "{end}");
    }
}

#[actix_web::test]
async fn attack_92_a_pick_up_token_outlives_its_session() {
    let site = Site::with_wave();
    let (_, cookie) = site.bearer_of(ELM1);
    let offer = site.read("/me/pickup", &cookie).await;
    let token = format!("Bearer {}", offer["waves"][0]["token"].as_str().unwrap());
    let live = site.app.live.get(WaveSeq(1)).unwrap();
    let cohort = site.cohort(site.person(ELM1).id);
    let pending = tideline_ballot::client::Pending::begin(&live.pinned, &cohort).unwrap();
    let issue = || with_token("post", "/pulse/issue", &token).set_payload(pending.issue_body());
    assert_eq!(status(&site, issue()).await, 200);
    site.app.store.end_all_sessions(site.person(ELM1).id).unwrap();
    site.app(issue()).await.refused(401, "unauthorized");
}

#[actix_web::test]
async fn attack_92_a_session_that_another_process_ended() {
    let site = Site::with_results();
    let lead = "elm-lead@example.org";
    let (cookie, path) = (site.cookie_of(lead), format!("/team/{}", site.unit("Elm")));
    let page = || get(&path).insert_header((header::COOKIE, cookie.as_str()));
    // Twice, so that the session and the page are kept.
    assert_eq!([status(&site, page()).await, status(&site, page()).await], [200, 200]);
    site.app.store.end_all_sessions(site.person(lead).id).unwrap();
    assert_eq!(status(&site, page()).await, 303, "with the next request");
}

#[actix_web::test]
async fn attack_92_a_role_that_another_process_took() {
    let site = Site::with_results();
    let hr = "hr@example.org";
    let cookie = site.cookie_of(hr);
    let page = || get("/org").insert_header((header::COOKIE, cookie.as_str()));
    assert_eq!([status(&site, page()).await, status(&site, page()).await], [200, 200]);
    let row = |person: &str, role| ImportRow {
        unit: "Hospital".parse().unwrap(),
        parent: None,
        person: Some((
            person.parse().unwrap(),
            format!("{person}@example.org").parse().unwrap(),
            vec![role],
        )),
    };
    let rows = vec![row("hr", RoleKind::Staff), row("admin", RoleKind::Administrator)];
    site.app.store.import(&ImportPlan { rows }, Actor::Program, site.app.now()).unwrap();
    assert_eq!(status(&site, page()).await, 404);
    let account = get("/account").insert_header((header::COOKIE, cookie.as_str()));
    assert_eq!(status(&site, account).await, 200, "who stays is still signed in");
}

#[actix_web::test]
async fn attack_92_a_unit_that_a_new_wave_took_away() {
    let site = Site::with_results();
    let (elm, cookie) = (site.unit("Elm"), site.cookie_of("hr@example.org"));
    let page = || get(&format!("/team/{elm}")).insert_header((header::COOKIE, cookie.as_str()));
    assert_eq!([status(&site, page()).await, status(&site, page()).await], [200, 200]);
    let store = &site.app.store;
    let today = utc_day(start());
    let tree = store.units(today).unwrap().unwrap();
    let left = tree.units().iter().filter(|it| it.id != elm).cloned().collect();
    let people = store.people_with_units(today).unwrap();
    let roster = Roster::freeze(tideline_domain::UnitTree::new(left).unwrap(), &people);
    let at = |day: &str| format!("{day}T06:00:00Z").parse().unwrap();
    let next = Wave {
        seq: WaveSeq(2),
        label: "2026-12".parse().unwrap(),
        window: Window::new(at("2026-12-16"), at("2026-12-23"), at("2026-12-30")).unwrap(),
        ..wave()
    };
    store.announce_wave(&next, &roster, b"{}", None).unwrap();
    assert_eq!(status(&site, page()).await, 404, "with the next request, though the page is kept");
}

#[actix_web::test]
async fn attack_93_a_found_token_throws_its_owner_out() {
    let site = Site::new();
    with_password(&site, ELM1).await;
    let (token, cookie) = site.bearer_of(ELM1);
    let sessions = || site.app.store.sessions_of(site.person(ELM1).id, site.app.now()).unwrap();
    let before = sessions();
    let one = format!("/api/v1/me/sessions/{}", tideline_ballot::encoding::to_hex(&before[0].hash));
    for path in [one.as_str(), "/api/v1/me/sessions"] {
        let bare = site.app(with_token("delete", path, &token)).await;
        assert_eq!(bare.status.as_u16(), 403, "{path}");
        assert_eq!(bare.json()["type"], "/problems/password-needed");
        let guessed = with_token("delete", path, &token)
            .set_payload(r#"{"password":"another-horse-battery"}"#);
        assert_eq!(status(&site, guessed).await, 403, "{path}");
    }
    assert_eq!(sessions(), before);
    let right = with_token("delete", "/api/v1/me/sessions", &token)
        .set_payload(r#"{"password":"correct-horse-battery"}"#);
    assert_eq!(status(&site, right).await, 204);
    assert!(sessions().is_empty());
    let page = get("/account").insert_header((header::COOKIE, cookie));
    assert_eq!(status(&site, page).await, 303);
    assert_eq!(status(&site, with_token("get", "/api/v1/me", &token)).await, 401);
}

/// A form from somewhere, by somebody who may have cookies.
fn from(network: u8, cookies: &str, fields: &[(&str, &str)]) -> TestRequest {
    let form = post("/sign-in", fields).peer_addr(([203, 0, network, 9], 4711).into());
    if cookies.is_empty() { form } else { form.insert_header((header::COOKIE, cookies)) }
}

/// All cookies that were set, as a browser sends them.
fn cookies(answer: &Answer) -> String {
    let set = answer.headers.get_all(header::SET_COOKIE).map(|it| it.to_str().unwrap());
    set.map(|it| it.split(';').next().unwrap()).collect::<Vec<_>>().join("; ")
}

async fn with_password(site: &Site, email: &str) {
    let cookie = site.cookie_of(email);
    let answer = send(site, &cookie, "/password", &[("password", PASSWORD)]).await;
    assert_eq!(answer.header("location"), "/?password");
}

const PASSWORD: &str = "correct-horse-battery";

#[actix_web::test]
async fn attack_95_asking_for_a_link_tells_whether_an_address_is_known() {
    let site = Site::new();
    let (store, sent) = (&site.app.store, || site.app.mailer.sent().len());
    let mut seen = Vec::new();
    for email in [ELM1, "nobody@example.org"] {
        let mails = sent();
        let before = store.generation();
        let answer = site.app(from(1, "", &[("email", email)])).await;
        assert_eq!(answer.header("location"), "/sign-in?sent");
        assert_eq!((store.generation(), sent()), (before, mails), "nothing is done meanwhile");
        site.app.send_links();
        assert_ne!(store.generation(), before, "a moment later both are written");
        seen.push(sent() - mails);
        let left = store.generation();
        site.app.send_links();
        assert_eq!(store.generation(), left);
    }
    assert_eq!(seen, [1, 0]);
}

#[actix_web::test]
async fn attack_95_trying_a_password_tells_whether_an_address_is_known() {
    let site = Site::new();
    let cheap = PasswordCost { memory_kib: 8, passes: 1, lanes: 1 };
    let dear = PasswordCost { memory_kib: 16, passes: 2, lanes: 1 };
    with_password(&site, ELM1).await;
    let Site { app, ballots, _dir } = site;
    let mut app = std::sync::Arc::into_inner(web::Data::into_inner(app)).unwrap();
    app.settings.password = dear;
    let site = Site { app: web::Data::new(app), ballots, _dir };
    with_password(&site, "elm2@example.org").await;
    // An old and a new password, none, and an address that is nobody's.
    for email in [ELM1, "elm2@example.org", "elm3@example.org", "nobody@example.org"] {
        site.app.gate.made.lock().unwrap().clear();
        let fields = [("email", email), ("password", "wrong-horse-battery")];
        assert_eq!(site.app(from(1, "", &fields)).await.header("location"), "/sign-in?failed");
        assert_eq!(*site.app.gate.made.lock().unwrap(), [cheap, dear], "{email}");
        // What an unknown address is checked against is there already after a known one was asked for.
        assert_eq!(site.app.gate.nobodys.lock().unwrap().len(), 2, "{email}");
    }
    // Whoever signs in has a password that costs what the others do from then on.
    let stored = || {
        let id = site.person(ELM1).id;
        site.app.store.password_hash(id).unwrap().unwrap()
    };
    assert!(stored().contains("m=8,t=1"));
    let right = [("email", ELM1), ("password", PASSWORD)];
    site.app.gate.made.lock().unwrap().clear();
    assert_eq!(site.app(from(1, "", &right)).await.header("location"), "/sign-in?signed");
    assert_eq!(*site.app.gate.made.lock().unwrap(), [cheap, dear], "no more than for the others");
    for _ in 0..1_000 {
        if stored().contains("m=16,t=2") {
            break;
        }
        actix_web::rt::time::sleep(std::time::Duration::from_millis(5)).await;
    }
    assert!(stored().contains("m=16,t=2"), "{}", stored());
    assert_eq!(site.app(from(1, "", &right)).await.header("location"), "/sign-in?signed");
}

#[actix_web::test]
async fn attack_96_a_stranger_s_guesses_lock_the_owner_out() {
    let site = Site::new();
    with_password(&site, ELM1).await;
    let right = [("email", ELM1), ("password", PASSWORD)];
    let wrong = [("email", ELM1), ("password", "wrong-horse-battery")];
    let home = site.app(from(1, "", &right)).await;
    assert_eq!(home.header("location"), "/sign-in?signed");
    let known = cookies(&home);
    assert!(known.contains("tideline-device="), "{known}");

    // One stranger, from one network: the owner gets in elsewhere, even on a new device.
    for _ in 0..9 {
        assert_eq!(site.app(from(9, "", &wrong)).await.header("location"), "/sign-in?failed");
    }
    assert_eq!(site.app(from(9, "", &right)).await.header("location"), "/sign-in?failed");
    assert_eq!(site.app(from(2, "", &right)).await.header("location"), "/sign-in?signed");

    // Many strangers, also in the owner's network: the owner gets in on a device that is known.
    for network in 0..40 {
        for _ in 0..6 {
            site.app(from(network, "", &wrong)).await;
        }
    }
    assert_eq!(site.app(from(41, "", &right)).await.header("location"), "/sign-in?failed");
    assert_eq!(site.app(from(1, &known, &right)).await.header("location"), "/sign-in?signed");

    // Nor does a device on which somebody else signed in count as the owner's.
    with_password(&site, "elm2@example.org").await;
    let mine = [("email", "elm2@example.org"), ("password", PASSWORD)];
    let other = cookies(&site.app(from(50, "", &mine)).await);
    assert_eq!(site.app(from(50, &other, &right)).await.header("location"), "/sign-in?failed");
    site.later(TimeDelta::minutes(15));
    assert_eq!(site.app(from(41, "", &right)).await.header("location"), "/sign-in?signed");
}

#[actix_web::test]
async fn attack_96_a_stranger_uses_up_the_owner_s_links() {
    let site = Site::new();
    with_password(&site, ELM1).await;
    let right = [("email", ELM1), ("password", PASSWORD)];
    let known = cookies(&site.app(from(1, "", &right)).await);
    let asks = |network: u8, cookies: &str| from(network, cookies, &[("email", ELM1)]);
    let sent = || {
        site.app.send_links();
        site.app.mailer.sent().len()
    };
    for network in 10..30 {
        for _ in 0..4 {
            site.app(asks(network, "")).await;
        }
    }
    assert_eq!(sent(), 9, "nor is a mailbox flooded");
    site.app(asks(31, "")).await;
    assert_eq!(sent(), 9);
    site.app(asks(1, &known)).await;
    assert_eq!(sent(), 10);
    site.later(TimeDelta::minutes(15));
    site.app(asks(31, "")).await;
    assert_eq!(sent(), 11);
    let kept = site.app.gate.kept();
    site.later(TimeDelta::minutes(15));
    site.app.send_links();
    assert!(kept > 0 && site.app.gate.kept() == 0, "nothing is kept beyond the window");
}

#[actix_web::test]
async fn attack_96_a_made_up_network() {
    let site = Site::new();
    with_password(&site, ELM1).await;
    let (wrong, right) = (
        [("email", ELM1), ("password", "wrong-horse-battery")],
        [("email", ELM1), ("password", PASSWORD)],
    );
    let says = |form: TestRequest, network: &str| {
        form.insert_header(("x-client-network", network.to_owned()))
    };
    // Only a proxy is believed.
    for at in 0..5 {
        site.app(says(from(9, "", &wrong), &format!("10.0.{at}"))).await;
    }
    assert_eq!(
        site.app(says(from(9, "", &right), "10.1")).await.header("location"),
        "/sign-in?failed"
    );
    let proxied = |fields: &[(&str, &str)], network: &str| {
        says(post("/sign-in", fields).peer_addr(([127, 0, 0, 1], 4711).into()), network)
    };
    for _ in 0..5 {
        site.app(proxied(&wrong, "198.51.100")).await;
    }
    assert_eq!(site.app(proxied(&right, "198.51.100")).await.header("location"), "/sign-in?failed");
    assert_eq!(site.app(proxied(&right, "198.51.101")).await.header("location"), "/sign-in?signed");
}

#[actix_web::test]
async fn attack_97_a_provider_that_never_answers_holds_everything_up() {
    use futures_util::{StreamExt as _, stream::FuturesUnordered};

    // Takes connections and says nothing.
    let silent = std::net::TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let provider = crate::OidcProvider::new(crate::OidcSettings {
        name: "Silent".to_owned(),
        issuer: format!("http://{}", silent.local_addr().unwrap()),
        client_id: "tideline".to_owned(),
        client_secret: String::new(),
        client_authentication: crate::ClientAuthentication::Auto,
        redirect: "http://localhost:8080/sign-in/oidc/callback".to_owned(),
        authority: None,
        trust_addresses: false,
    });
    let Site { app, ballots, _dir } = Site::new();
    let app = std::sync::Arc::into_inner(web::Data::into_inner(app)).unwrap();
    let site = Site { app: web::Data::new(app.with_oidc(provider.unwrap())), ballots, _dir };

    let begin = || Box::pin(site.app(get("/sign-in/oidc")));
    let mut all: FuturesUnordered<_> = (0..300).map(|_| begin()).collect();
    let second = std::time::Duration::from_secs(2);
    let mut refused = 0;
    while let Ok(Some(answer)) = actix_web::rt::time::timeout(second, all.next()).await {
        assert_eq!(answer.header("location"), "/sign-in?provider=unreachable");
        refused += 1;
        if refused == 300 - 16 - 64 {
            break;
        }
    }
    assert_eq!(refused, 300 - 16 - 64, "said at once; the others wait");
    assert_eq!(status(&site, get("/support")).await, 200);
    site.read("/api/v1/me", &site.cookie_of(ELM1)).await;
}

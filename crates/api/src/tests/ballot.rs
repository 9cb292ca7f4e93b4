//! The ballot listener: a ballot with its token is taken once, and everything else is refused.

use actix_web::http::header;
use tideline_ballot::{
    client::{Pending, Token},
    wire::{IssuedBody, RedeemBody},
};
use tideline_domain::AnswerSheet;

use super::*;

/// Picks up somebody's token, through HTTP.
async fn token(site: &Site, email: &str) -> Token {
    let person = site.person(email).id;
    let live = site.app.live.get(WaveSeq(1)).unwrap();
    let cohort = site.cohort(person);
    let pending = Pending::begin(&live.pinned, &cohort).unwrap();
    let jwt = site.app.keys.issue_token(person, WaveSeq(1), None, site.app.now()).unwrap();
    let request = TestRequest::post()
        .uri("/pulse/issue")
        .insert_header((header::AUTHORIZATION, format!("Bearer {jwt}")))
        .set_payload(pending.issue_body());
    let answer = site.app(request).await;
    let issued = IssuedBody::from_json(&answer.body).unwrap();
    pending.finish(&live.pinned, &issued).unwrap()
}

/// Seals a ballot with the same answer to every item.
fn seal(site: &Site, token: &Token, option: u8) -> RedeemBody {
    let live = site.app.live.get(WaveSeq(1)).unwrap();
    let items = PULSE.items.len();
    let sheet = AnswerSheet::from_ballot(items, &vec![option; items]).unwrap();
    token.seal(&live.pinned, &sheet).unwrap()
}

fn redeem(body: impl Into<String>) -> TestRequest {
    TestRequest::post()
        .uri("/redeem")
        .insert_header((header::CONTENT_TYPE, "text/plain;charset=UTF-8"))
        .set_payload(body.into())
}

#[actix_web::test]
async fn a_ballot_is_taken_once() {
    let site = Site::with_wave();
    let token = token(&site, "elm1@example.org").await;
    site.at("2026-11-25T06:00:00Z");
    let body = seal(&site, &token, 3).to_json();
    let first = site.ballot(redeem(body.clone())).await;
    assert_eq!((first.status.as_u16(), first.text().as_str()), (200, r#"{"status":"accepted"}"#));
    site.ballot(redeem(body)).await.refused(409, "already_redeemed");
    let other = seal(&site, &token, 5).to_json();
    site.ballot(redeem(other)).await.refused(409, "already_redeemed");
}

#[actix_web::test]
async fn answers_on_the_way_carry_nothing_that_could_be_followed() {
    let site = Site::with_wave();
    let token = token(&site, "elm1@example.org").await;
    site.at("2026-11-25T06:00:00Z");
    let body = seal(&site, &token, 3).to_json();
    let taken = site.ballot(redeem(body.clone())).await;
    let refused = site.ballot(redeem(body)).await;
    for answer in [taken, refused] {
        assert_eq!(answer.header("cache-control"), "no-store");
        assert_eq!(answer.header("referrer-policy"), "no-referrer");
        for (name, _) in &answer.headers {
            assert!(
                !["set-cookie", "etag", "last-modified", "server-timing", "x-request-id"]
                    .contains(&name.as_str())
                    && !name.as_str().starts_with("access-control-"),
                "{name}"
            );
        }
    }
}

#[actix_web::test]
async fn an_identified_request_never_reaches_the_box() {
    let site = Site::with_wave();
    let token = token(&site, "elm1@example.org").await;
    site.at("2026-11-25T06:00:00Z");
    let body = seal(&site, &token, 3).to_json();
    for name in ["Authorization", "Cookie", "Proxy-Authorization", "X-Forwarded-User"] {
        let request = redeem(body.clone()).insert_header((name, ""));
        site.ballot(request).await.refused(400, "credentials_not_allowed");
    }
    assert_eq!(site.ballot(redeem(body)).await.status.as_u16(), 200, "nothing was spent");
}

#[actix_web::test]
async fn what_is_not_exactly_a_ballot_is_refused() {
    let site = Site::with_wave();
    let token = token(&site, "elm1@example.org").await;
    site.at("2026-11-25T06:00:00Z");
    let body = seal(&site, &token, 3).to_json();
    let malformed = [
        redeem(body.clone()).uri("/redeem?x=1"),
        redeem(body.replacen('{', r#"{"time":1,"#, 1)),
        redeem(format!("{body}{}", " ".repeat(1024))),
        redeem(&body[..body.len() - 1]),
        redeem(""),
        redeem(body.clone()).insert_header((header::CONTENT_TYPE, "text/html")),
        TestRequest::post().uri("/redeem").set_payload(body.clone()),
    ];
    for request in malformed {
        site.ballot(request).await.refused(400, "malformed");
    }
    let json = redeem(body).insert_header((header::CONTENT_TYPE, "application/json"));
    assert_eq!(site.ballot(json).await.status.as_u16(), 200);
}

#[actix_web::test]
async fn a_token_fits_its_cohort_and_its_ballot_only() {
    let site = Site::with_wave();
    let token = token(&site, "elm1@example.org").await;
    site.at("2026-11-25T06:00:00Z");
    let good = seal(&site, &token, 3);
    let mut swapped = seal(&site, &token, 5);
    swapped.mac = good.mac;
    site.ballot(redeem(swapped.to_json())).await.refused(403, "invalid_token");
    let mut moved = good.clone();
    moved.cohort = site.cohort(site.person("oak1@example.org").id);
    assert_ne!(moved.cohort, good.cohort);
    site.ballot(redeem(moved.to_json())).await.refused(403, "invalid_token");
    let mut made_up = good.clone();
    made_up.nonce = [7; 32];
    site.ballot(redeem(made_up.to_json())).await.refused(403, "invalid_token");
    assert_eq!(site.ballot(redeem(good.to_json())).await.status.as_u16(), 200);
}

#[actix_web::test]
async fn the_servers_clock_opens_and_closes() {
    let site = Site::with_wave();
    let token = token(&site, "elm1@example.org").await;
    let body = seal(&site, &token, 3).to_json();
    site.at("2026-11-23T05:59:59Z");
    site.ballot(redeem(body.clone())).await.refused(403, "not_open");
    site.at("2026-11-30T06:00:00Z");
    site.ballot(redeem(body.clone())).await.refused(410, "closed");
    site.at("2026-11-30T05:59:59Z");
    assert_eq!(site.ballot(redeem(body.clone())).await.status.as_u16(), 200);
    site.app.live.remove(WaveSeq(1));
    site.ballot(redeem(body)).await.refused(410, "closed");
}

#[actix_web::test]
async fn what_everybody_may_read() {
    let site = Site::with_wave();
    let list = site.ballot(get("/waves.json")).await.json();
    assert_eq!(list["now"], "2026-11-20T08:00:00Z");
    assert_eq!(list["waves"][0]["seq"], 1);
    assert_eq!(list["waves"][0]["opens"], "2026-11-23T06:00:00Z");
    let chain = site.ballot(get("/chain.txt")).await;
    assert!(chain.text().starts_with("1 "), "{}", chain.text());
    assert_eq!(site.ballot(get("/r/1.json")).await.status.as_u16(), 404, "not closed yet");
    let results = site.app.settings.wave_files(WaveSeq(1)).result();
    std::fs::create_dir_all(results.parent().unwrap()).unwrap();
    std::fs::write(results, "{}").unwrap();
    assert_eq!(site.ballot(get("/r/1.json")).await.text(), "{}");
}

#[actix_web::test]
async fn each_listener_has_its_own_routes() {
    let site = Site::with_wave();
    let cookie = site.cookie_of("hr@example.org");
    for path in ["/api/v1/me", "/me/pickup", "/sign-in", "/org"] {
        let asked = get(path).insert_header((header::COOKIE, cookie.clone()));
        assert_eq!(site.ballot(asked).await.status.as_u16(), 404, "{path}");
    }
    let issue = TestRequest::post().uri("/pulse/issue");
    assert_eq!(site.ballot(issue).await.status.as_u16(), 404);
    assert_eq!(site.app(redeem("{}")).await.status.as_u16(), 404);
}

#[actix_web::test]
async fn no_page_may_ask_from_another_origin() {
    let site = Site::with_wave();
    let preflight = request("OPTIONS", "/redeem")
        .insert_header((header::ORIGIN, "https://evil.example"))
        .insert_header((header::ACCESS_CONTROL_REQUEST_METHOD, "POST"));
    let answer = site.ballot(preflight).await;
    assert!(!answer.status.is_success());
    assert!(!answer.headers.contains_key(header::ACCESS_CONTROL_ALLOW_ORIGIN));
}

#[actix_web::test]
async fn files_are_kept_for_ever_and_packed_on_the_way() {
    let site = Site::new();
    let path = crate::assets::Script::CheckIn.url();
    let plain = site.ballot(get(path)).await;
    assert_eq!(plain.status.as_u16(), 200);
    assert!(plain.header("cache-control").contains("immutable"));
    assert_eq!(plain.header("content-type"), "text/javascript; charset=utf-8");
    let packed = get(path).insert_header((header::ACCEPT_ENCODING, "gzip"));
    let packed = site.ballot(packed).await;
    assert_eq!(packed.header("content-encoding"), "gzip");
    assert!(packed.body.len() < plain.body.len() / 2);
    for missing in ["/static/check-in.js", "/static/manifest.json", "/static/..%2fmanifest.json"] {
        assert_eq!(site.ballot(get(missing)).await.status.as_u16(), 404, "{missing}");
    }
}

#[actix_web::test]
async fn a_check_in_that_is_named_wrongly_is_the_one_that_is_open() {
    let site = Site::with_wave();
    for path in ["/check-in?wave=1", "/check-in?wave=abc", "/kiosk?wave=-1", "/check-in?wave=99"] {
        assert_eq!(site.ballot(get(path)).await.status.as_u16(), 200, "{path}");
    }
}

#[actix_web::test]
async fn only_the_tablets_own_page_has_the_browser_forget() {
    let site = Site::with_wave();
    let sent = |headers: &[(&'static str, &'static str)]| {
        let request = TestRequest::post().uri("/kiosk/end");
        headers.iter().fold(request, |it, header| it.insert_header(*header))
    };
    let own = ("origin", "http://localhost:8081");
    let page = [
        ("sec-fetch-site", "same-origin"),
        ("sec-fetch-mode", "navigate"),
        ("sec-fetch-dest", "document"),
    ];
    for headers in [&[own][..], &page, &[own, page[0], page[1], page[2]]] {
        let answer = site.ballot(sent(headers)).await;
        assert_eq!(answer.status.as_u16(), 200, "{headers:?}");
        // Never cookies: browsers would clear them for the whole domain.
        assert_eq!(answer.header("clear-site-data"), "\"cache\", \"storage\"");
    }
    for headers in [
        &[][..],
        &[("origin", "null")],
        &[("origin", "http://localhost:8080")],
        &[("origin", "https://elsewhere.example")],
        &[own, ("sec-fetch-site", "same-site")],
        &[("sec-fetch-site", "cross-site"), page[1], page[2]],
        &[page[0], page[1], ("sec-fetch-dest", "iframe")],
        &[own, ("sec-fetch-mode", "no-cors"), ("sec-fetch-dest", "image")],
    ] {
        let answer = site.ballot(sent(headers)).await;
        assert_eq!(answer.status.as_u16(), 403, "{headers:?}");
        assert!(!answer.headers.contains_key("clear-site-data"), "{headers:?}");
        assert!(answer.text().contains("close its browser window"));
    }
    let seen = site.ballot(get("/kiosk/end")).await;
    assert_eq!((seen.status.as_u16(), seen.header("location")), (303, "/kiosk"));
    assert!(!seen.headers.contains_key("clear-site-data"));
    // The form that asks is on the tablet's page and on no other.
    let has_form = async |path| site.ballot(get(path)).await.text().contains("/kiosk/end");
    assert!(has_form("/kiosk").await && !has_form("/check-in").await);
    let policy =
        async |path| site.ballot(get(path)).await.header("content-security-policy").to_owned();
    assert!(policy("/kiosk").await.contains("form-action 'self'"));
    assert!(policy("/check-in").await.contains("form-action 'none'"));
}

#[actix_web::test]
async fn a_card_that_cannot_be_taken_just_now_is_told_in_words() {
    let site = Site::with_wave();
    site.at("2026-11-24T08:00:00Z");
    let codes = site.app.settings.wave_files(WaveSeq(1)).paper_codes();
    std::fs::create_dir_all(codes.parent().unwrap()).unwrap();
    std::fs::write(codes, "nonsense").unwrap();
    let card = |code: &str| {
        TestRequest::post()
            .uri("/paper")
            .insert_header((header::CONTENT_TYPE, "application/x-www-form-urlencoded"))
            .set_payload(format!("wave=1&code={code}"))
    };
    let answer = site.ballot(card("22222-22222-22222-22222")).await;
    assert_eq!(answer.status.as_u16(), 503);
    assert!(answer.text().contains("Keep your card, go back in a minute"), "{}", answer.text());
}

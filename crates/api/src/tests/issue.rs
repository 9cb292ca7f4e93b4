//! Token issue: who gets a token, how often, and everything that is refused.

use actix_web::http::header;
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::TimeDelta;
use tideline_ballot::client::Pending;

use super::*;

/// The token for `POST /pulse/issue` that somebody is offered.
async fn offered(site: &Site, email: &str) -> String {
    let offers = site.read("/me/pickup", &site.cookie_of(email)).await;
    assert_eq!(offers["waves"].as_array().unwrap().len(), 1);
    assert_eq!(offers["waves"][0]["seq"], 1);
    assert_eq!(offers["waves"][0]["cohort"], site.cohort(site.person(email).id).as_str());
    offers["waves"][0]["token"].as_str().unwrap().to_owned()
}

fn issue(token: &str, body: impl Into<String>) -> TestRequest {
    TestRequest::post()
        .uri("/pulse/issue")
        .insert_header((header::AUTHORIZATION, format!("Bearer {token}")))
        .insert_header((header::CONTENT_TYPE, "application/json"))
        .set_payload(body.into())
}

/// A fresh request of somebody for the own cohort.
fn fresh(site: &Site, email: &str) -> String {
    let live = site.app.live.get(WaveSeq(1)).unwrap();
    let cohort = site.cohort(site.person(email).id);
    let pending = Pending::begin(&live.pinned, &cohort).unwrap();
    pending.issue_body()
}

#[actix_web::test]
async fn one_token_for_each_person() {
    let site = Site::with_wave();
    let token = offered(&site, "elm1@example.org").await;
    let body = fresh(&site, "elm1@example.org");
    let offer = async || {
        let offers = site.read("/me/pickup", &site.cookie_of("elm1@example.org")).await;
        offers["waves"][0].clone()
    };
    let before = offer().await;
    assert!(before["issued"].is_null() && before["device"].is_null(), "none was picked up");
    assert_eq!(before["open"], false);
    let firefox = ("user-agent", "Mozilla/5.0 (Android 15; Mobile; rv:140.0) Firefox/140.0");
    let first = site.app(issue(&token, body.clone()).insert_header(firefox)).await;
    assert_eq!(first.status.as_u16(), 200, "{}", first.text());
    assert_eq!(first.header("cache-control"), "no-store");

    let asked: serde_json::Value = serde_json::from_str(&body).unwrap();
    let after = offer().await;
    assert_eq!(after["issued"], asked["blinded"], "so that a browser knows its own");
    assert_eq!(after["device"], "Firefox on a phone or tablet", "and its owner, where it is");
    let again = site.app(issue(&token, body)).await;
    assert_eq!(again.json()["evaluated"], first.json()["evaluated"]);
    assert_ne!(again.json()["proof"], first.json()["proof"]);

    let other = fresh(&site, "elm1@example.org");
    site.app(issue(&token, other)).await.refused(409, "already_issued");
}

#[actix_web::test]
async fn of_two_elements_at_once_one_wins() {
    let site = Site::with_wave();
    let token = offered(&site, "elm1@example.org").await;
    let one = fresh(&site, "elm1@example.org");
    let two = fresh(&site, "elm1@example.org");
    let web = Web::new().app_data(site.app.clone()).configure(crate::configure_app);
    let service = test::init_service(web).await;
    let (one, two) = tokio::join!(
        test::call_service(&service, issue(&token, one).to_request()),
        test::call_service(&service, issue(&token, two).to_request()),
    );
    let mut statuses = [one.status().as_u16(), two.status().as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 409]);
}

#[actix_web::test]
async fn only_the_token_for_this_use_is_taken() {
    let site = Site::with_wave();
    let body = fresh(&site, "elm1@example.org");
    let good = offered(&site, "elm1@example.org").await;
    let person = site.person("elm1@example.org").id;

    let none = issue("x", body.clone());
    site.app(none).await.refused(401, "unauthorized");
    let bare = TestRequest::post().uri("/pulse/issue").set_payload(body.clone());
    site.app(bare).await.refused(401, "unauthorized");
    let by_cookie = TestRequest::post()
        .uri("/pulse/issue")
        .insert_header((header::COOKIE, site.cookie_of("elm1@example.org")))
        .set_payload(body.clone());
    site.app(by_cookie).await.refused(401, "unauthorized");

    let api = site.app.keys.api_token(person, &[7; 32], site.app.now()).unwrap();
    site.app(issue(&api, body.clone())).await.refused(401, "unauthorized");

    let foreign = AuthKeys::ephemeral().unwrap();
    let foreign = foreign.issue_token(person, WaveSeq(1), None, site.app.now()).unwrap();
    site.app(issue(&foreign, body.clone())).await.refused(401, "unauthorized");

    let claims = good.split('.').nth(1).unwrap();
    let header = URL_SAFE_NO_PAD.encode(r#"{"alg":"none","typ":"JWT"}"#);
    site.app(issue(&format!("{header}.{claims}."), body.clone()))
        .await
        .refused(401, "unauthorized");

    site.later(TimeDelta::minutes(5));
    site.app(issue(&good, body.clone())).await.refused(401, "unauthorized");
    let renewed = offered(&site, "elm1@example.org").await;
    assert_eq!(site.app(issue(&renewed, body)).await.status.as_u16(), 200);
}

#[actix_web::test]
async fn a_cohort_of_others_is_refused() {
    let site = Site::with_wave();
    let token = offered(&site, "elm1@example.org").await;
    let theirs = fresh(&site, "oak1@example.org");
    site.app(issue(&token, theirs)).await.refused(403, "not_your_cohort");
}

#[actix_web::test]
async fn what_is_malformed_uses_up_no_token() {
    let site = Site::with_wave();
    let token = offered(&site, "elm1@example.org").await;
    let cohort = site.cohort(site.person("elm1@example.org").id);
    let identity = URL_SAFE_NO_PAD.encode([0_u8; 32]);
    let not_canonical = URL_SAFE_NO_PAD.encode([255_u8; 32]);
    let short = URL_SAFE_NO_PAD.encode([1_u8; 31]);
    for blinded in [identity, not_canonical, short] {
        let body = format!(r#"{{"cohort":"{cohort}","blinded":"{blinded}"}}"#);
        site.app(issue(&token, body)).await.refused(400, "malformed");
    }
    let good = fresh(&site, "elm1@example.org");
    site.app(issue(&token, good.replacen('{', r#"{"wave":1,"#, 1))).await.refused(400, "malformed");
    site.app(issue(&token, format!("[{good}]"))).await.refused(400, "malformed");
    site.app(issue(&token, "x".repeat(9000))).await.refused(400, "malformed");
    site.app(issue(&token, "")).await.refused(400, "malformed");
    assert_eq!(site.app(issue(&token, good)).await.status.as_u16(), 200);
}

#[actix_web::test]
async fn the_servers_clock_decides() {
    let site = Site::with_wave();
    let person = site.person("elm1@example.org").id;
    let body = fresh(&site, "elm1@example.org");
    let at = |time: &str| {
        site.at(time);
        let token = site.app.keys.issue_token(person, WaveSeq(1), None, site.app.now()).unwrap();
        issue(&token, body.clone())
    };
    site.app(at("2026-11-16T05:59:59Z")).await.refused(403, "not_open");
    site.app(at("2026-11-30T06:00:00Z")).await.refused(410, "closed");
    assert_eq!(site.app(at("2026-11-30T05:59:59Z")).await.status.as_u16(), 200);
    site.app.live.remove(WaveSeq(1));
    site.app(at("2026-11-30T05:59:59Z")).await.refused(410, "closed");
}

#[actix_web::test]
async fn pick_up_is_offered_to_everybody_on_the_roster_while_it_is_time() {
    let site = Site::with_wave();
    let none = serde_json::json!({ "waves": [], "recovery": null });
    for email in ["elm1@example.org", "oak1@example.org", "hr@example.org"] {
        offered(&site, email).await;
    }
    for time in ["2026-11-16T05:59:59Z", "2026-11-30T06:00:00Z"] {
        site.at(time);
        let cookie = site.cookie_of("elm1@example.org");
        assert_eq!(site.read("/me/pickup", &cookie).await, none, "{time}");
    }
    let answer = site.app(get("/me/pickup")).await;
    assert_eq!(answer.status.as_u16(), 401);
}

#[actix_web::test]
async fn the_offer_does_not_tell_who_picked_up() {
    let site = Site::with_wave();
    let token = offered(&site, "elm1@example.org").await;
    let body = fresh(&site, "elm1@example.org");
    assert_eq!(site.app(issue(&token, body)).await.status.as_u16(), 200);
    offered(&site, "elm1@example.org").await;
}

#[actix_web::test]
async fn the_manifest_is_the_same_for_everybody_on_both_listeners() {
    let site = Site::with_wave();
    let app = site.app(get("/w/1.json")).await;
    let ballot = site.ballot(get("/w/1.json")).await;
    assert_eq!(app.header("access-control-allow-origin"), "*");
    assert_eq!(ballot.header("access-control-allow-origin"), "");
    assert_eq!(app.body, ballot.body);
    assert!(app.header("cache-control").contains("immutable"));
    let live = site.app.live.remove(WaveSeq(1)).unwrap();
    assert_eq!(app.body, live.pinned.bytes);
    assert_eq!(site.app(get("/w/1.json")).await.body, app.body, "from its file");
    assert_eq!(site.app(get("/w/2.json")).await.status.as_u16(), 404);
    assert_eq!(site.app(get("/w/x.json")).await.status.as_u16(), 404);
}

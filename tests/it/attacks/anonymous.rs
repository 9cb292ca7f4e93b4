//! Requests to the ballot side that say who sends them, or answers that could be followed.

use super::{Stage, with};
use crate::support::http;

#[test]
fn attack_29_requests_that_say_who_sends_them() {
    let stage = Stage::open();
    let body = stage.body(1, 3);
    for (name, value) in [
        ("authorization", "Bearer x"),
        ("cookie", "__Host-session=x"),
        ("proxy-authorization", "Basic eDp5"),
        ("x-forwarded-user", "elm1"),
        ("x-remote-user", "elm1"),
        ("cookie", ""),
    ] {
        let headers = [("content-type", "text/plain"), (name, value)];
        let reply = http("POST", &stage.site.ballot("/redeem"), &headers, body.as_bytes());
        reply.refused(400, "credentials_not_allowed");
    }
    assert_eq!(stage.ballots(), 0);
    assert_eq!(stage.site.redeem(&body).status, 200, "the token was not used up");
}

#[test]
fn attack_30_what_is_not_exactly_a_ballot() {
    let stage = Stage::open();
    let body = stage.body(1, 3);
    let post = |path: &str, body: &str| {
        let headers = [("content-type", "application/json")];
        http("POST", &stage.site.ballot(path), &headers, body.as_bytes())
    };
    post("/redeem?who=elm1", &body).refused(400, "malformed");
    for wrong in [
        body.replacen('{', r#"{"when":1,"#, 1),
        body.replacen('{', r#"{"cohort":"c1","#, 1),
        with(&body, "nonce", "AAAA"),
        with(&body, "ballot", &"A".repeat(195)),
        with(&body, "mac", ""),
        with(&body, "cohort", "Elm"),
        format!("[{body}]"),
        String::new(),
    ] {
        post("/redeem", &wrong).refused(400, "malformed");
    }
    let long = format!("{body}{}", " ".repeat(1100));
    assert!((400..500).contains(&post("/redeem", &long).status));
    assert_eq!(stage.ballots(), 0);
}

#[test]
fn attack_31_each_host_does_its_own_part_only() {
    let stage = Stage::open();
    let body = stage.body(1, 3);
    let post =
        |url: &str| http("POST", url, &[("content-type", "application/json")], body.as_bytes());
    for path in ["/redeem", "/redeem/0", "/paper"] {
        assert_eq!(post(&stage.site.app(path)).status, 404, "{path} on the app host");
    }
    for path in ["/pulse/issue", "/close", "/wave/close", "/in", "/sign-in", "/api/v1/me"] {
        assert_eq!(post(&stage.site.ballot(path)).status, 404, "{path} on the ballot host");
    }
    let session = stage.site.sign_in("hedda@harbour.example");
    for path in ["/me/pickup", "/org", "/team/1", "/api/v1/releases", "/account", "/metrics"] {
        let reply = http("GET", &stage.site.ballot(path), &[("cookie", &session)], b"");
        assert_eq!(reply.status, 404, "{path} on the ballot host");
    }
}

#[test]
fn attack_32_answers_that_could_be_followed() {
    let stage = Stage::open();
    let body = stage.body(1, 3);
    let replies = [
        stage.site.redeem(&body),
        stage.site.redeem(&body),
        stage.site.redeem("x"),
        http("GET", &stage.site.ballot("/check-in"), &[], b""),
        http("GET", &stage.site.ballot("/waves.json"), &[], b""),
    ];
    for reply in &replies {
        for (name, _) in &reply.headers {
            let followed =
                ["set-cookie", "etag", "last-modified", "server-timing", "server", "x-request-id"]
                    .contains(&name.as_str());
            assert!(!followed && !name.starts_with("access-control-"), "{name}");
        }
        assert_eq!(reply.header("cache-control"), Some("no-store"));
        assert_eq!(reply.header("referrer-policy"), Some("no-referrer"));
    }
    let preflight = [
        ("origin", "https://evil.example"),
        ("access-control-request-method", "POST"),
        ("access-control-request-headers", "content-type"),
    ];
    let reply = http("OPTIONS", &stage.site.ballot("/redeem"), &preflight, b"");
    assert!(reply.status >= 400 && reply.header("access-control-allow-origin").is_none());
}

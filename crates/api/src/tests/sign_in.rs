//! Signing in by link and by password, and what forms must bring.

use actix_web::http::header;
use chrono::TimeDelta;

use super::*;

/// The mails sent so far.
fn sent(site: &Site) -> Vec<String> {
    let sent = site.app.mailer.sent();
    sent.into_iter().map(|it| String::from_utf8(it).unwrap()).collect()
}

/// The mails sent so far; waits for one that is on its way.
async fn mails(site: &Site, at_least: usize) -> Vec<String> {
    for _ in 0..200 {
        site.app.send_links();
        let sent = sent(site);
        if sent.len() >= at_least {
            return sent;
        }
        actix_web::rt::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    panic!("no mail");
}

/// Asks for a link and reads the code in it.
pub(super) async fn code(site: &Site, email: &str) -> String {
    code_to(site, email, "/").await
}

/// Asks for a link to the page `to` and reads the code in it.
pub(super) async fn code_to(site: &Site, email: &str, to: &str) -> String {
    let before = sent(site).len();
    let to = to.replace('?', "%3F").replace('&', "%26").replace('\t', "%09");
    let answer = site.app(post("/sign-in", &[("email", email), ("to", &to)])).await;
    assert!(answer.header("location").starts_with("/sign-in?sent"));
    let mails = mails(site, before + 1).await;
    let mail = mails.last().unwrap().replace("=\r\n", "").replace("=3D", "=");
    let start = mail.find("/in#").expect("a link") + "/in#".len();
    mail[start..start + 22].to_owned()
}

#[actix_web::test]
async fn a_link_signs_in_once() {
    let site = Site::new();
    let code = code(&site, "elm1@example.org").await;

    let first = site.app(post("/in", &[("code", &code)])).await;
    assert_eq!((first.status.as_u16(), first.header("location")), (303, "/sign-in?signed"));
    let set = first.header("set-cookie");
    for part in ["tideline=", "HttpOnly", "SameSite=Strict", "Path=/"] {
        assert!(set.contains(part), "{part} in {set}");
    }
    assert!(!set.contains("Domain"), "{set}");
    let me = site.read("/api/v1/me", &first.cookie().unwrap()).await;
    assert_eq!(me["email"], "elm1@example.org");

    let second = site.app(post("/in", &[("code", &code)])).await;
    assert_eq!(second.header("location"), "/sign-in?failed");
    assert_eq!(second.cookie(), None);
}

#[actix_web::test]
async fn a_link_ends_after_a_quarter_of_an_hour() {
    let site = Site::new();
    let code = code(&site, "elm1@example.org").await;
    site.later(TimeDelta::minutes(15));
    let answer = site.app(post("/in", &[("code", &code)])).await;
    assert_eq!((answer.header("location"), answer.cookie()), ("/sign-in?failed", None));
}

#[actix_web::test]
async fn a_wrong_code_signs_nobody_in() {
    let site = Site::new();
    let code = code(&site, "elm1@example.org").await;
    let wrong = format!("{}{}", if code.starts_with('x') { 'y' } else { 'x' }, &code[1..]);
    for bad in ["", "short", wrong.as_str(), "!!!!!!!!!!!!!!!!!!!!!!"] {
        let answer = site.app(post("/in", &[("code", bad)])).await;
        assert_eq!(
            (answer.header("location"), answer.cookie()),
            ("/sign-in?failed", None),
            "{bad}"
        );
    }
    assert_eq!(
        site.app(post("/in", &[("code", &code)])).await.header("location"),
        "/sign-in?signed"
    );
}

#[actix_web::test]
async fn looking_at_a_link_uses_nothing_up() {
    let site = Site::new();
    let code = code(&site, "elm1@example.org").await;
    for path in ["/in", &format!("/in?code={code}"), &format!("/in/{code}")] {
        assert_eq!(site.app(get(path)).await.cookie(), None);
    }
    assert_eq!(
        site.app(post("/in", &[("code", &code)])).await.header("location"),
        "/sign-in?signed"
    );
}

#[actix_web::test]
async fn nobody_learns_whether_an_address_is_known() {
    let site = Site::new();
    let known = site.app(post("/sign-in", &[("email", "elm1@example.org")])).await;
    let unknown = site.app(post("/sign-in", &[("email", "nobody@example.org")])).await;
    let nonsense = site.app(post("/sign-in", &[("email", "nonsense")])).await;
    for other in [&unknown, &nonsense] {
        assert_eq!((known.status, &known.body), (other.status, &other.body));
        assert_eq!(format!("{:?}", known.headers), format!("{:?}", other.headers));
    }
    assert_eq!(mails(&site, 1).await.len(), 1);
}

#[actix_web::test]
async fn a_mailbox_is_not_flooded() {
    let site = Site::new();
    for _ in 0..6 {
        let answer = site.app(post("/sign-in", &[("email", "elm1@example.org")])).await;
        assert_eq!(answer.header("location"), "/sign-in?sent");
    }
    site.app.send_links();
    assert_eq!(sent(&site).len(), 3);
}

/// Sets a password for `email`; returns the answer.
async fn set_password(site: &Site, email: &str, password: &str) -> (String, Answer) {
    let cookie = site.cookie_of(email);
    let csrf = site.read("/api/v1/me", &cookie).await["csrf"].as_str().unwrap().to_owned();
    let form = post("/password", &[("password", password), ("csrf", &csrf)]);
    let answer = site.app(form.insert_header((header::COOKIE, cookie.clone()))).await;
    (cookie, answer)
}

#[actix_web::test]
async fn a_password_signs_in() {
    let site = Site::new();
    let (old, answer) = set_password(&site, "elm1@example.org", "correct-horse").await;
    assert_eq!(answer.header("location"), "/?password");
    let me = |cookie: String| get("/api/v1/me").insert_header((header::COOKIE, cookie));
    assert_eq!(site.app(me(old)).await.status.as_u16(), 401, "other sessions end");
    assert_eq!(site.app(me(answer.cookie().unwrap())).await.status.as_u16(), 200);

    let form = |email, password| post("/sign-in", &[("email", email), ("password", password)]);
    let right = site.app(form("elm1@example.org", "correct-horse")).await;
    assert_eq!(right.header("location"), "/sign-in?signed");
    for (email, password) in [
        ("elm1@example.org", "wrong-horse-1"),
        ("elm2@example.org", "correct-horse"),
        ("nobody@example.org", "correct-horse"),
        ("nonsense", "correct-horse"),
    ] {
        let answer = site.app(form(email, password)).await;
        assert_eq!((answer.header("location"), answer.cookie()), ("/sign-in?failed", None));
    }
}

#[actix_web::test]
async fn after_five_wrong_passwords_the_right_one_waits() {
    let site = Site::new();
    set_password(&site, "elm1@example.org", "correct-horse").await;
    let form =
        |password| post("/sign-in", &[("email", "elm1@example.org"), ("password", password)]);
    for _ in 0..5 {
        assert_eq!(site.app(form("wrong-horse-1")).await.header("location"), "/sign-in?failed");
    }
    assert_eq!(site.app(form("correct-horse")).await.header("location"), "/sign-in?failed");
    site.later(TimeDelta::minutes(15));
    assert_eq!(site.app(form("correct-horse")).await.header("location"), "/sign-in?signed");
}

#[actix_web::test]
async fn a_short_password_is_refused() {
    let site = Site::new();
    let (cookie, answer) = set_password(&site, "elm1@example.org", "short").await;
    assert_eq!(answer.status.as_u16(), 400);
    site.read("/api/v1/me", &cookie).await;
}

#[actix_web::test]
async fn signing_out_ends_the_session() {
    let site = Site::new();
    let cookie = site.cookie_of("elm1@example.org");
    let csrf = site.read("/api/v1/me", &cookie).await["csrf"].as_str().unwrap().to_owned();
    let form = post("/sign-out", &[("csrf", &csrf)]);
    let answer = site.app(form.insert_header((header::COOKIE, cookie.clone()))).await;
    assert_eq!(answer.header("location"), "/sign-in");
    assert!(answer.header("set-cookie").contains("Max-Age=0"));
    let after = site.app(get("/api/v1/me").insert_header((header::COOKIE, cookie))).await;
    assert_eq!(after.status.as_u16(), 401);
}

#[actix_web::test]
async fn a_session_ends_by_itself() {
    let site = Site::new();
    let cookie = site.cookie_of("elm1@example.org");
    site.later(TimeDelta::hours(12));
    let after = site.app(get("/api/v1/me").insert_header((header::COOKIE, cookie))).await;
    assert_eq!(after.status.as_u16(), 401);
}

#[actix_web::test]
async fn a_form_of_another_site_changes_nothing() {
    let site = Site::new();
    let cookie = site.cookie_of("elm1@example.org");
    let csrf = site.read("/api/v1/me", &cookie).await["csrf"].as_str().unwrap().to_owned();
    let other = site.cookie_of("elm2@example.org");
    let other = site.read("/api/v1/me", &other).await["csrf"].as_str().unwrap().to_owned();
    let form = |headers: &[(&'static str, &'static str)], fields: &[(&str, &str)]| {
        let form = TestRequest::post().uri("/sign-out").insert_header(("cookie", cookie.clone()));
        let form = form.insert_header(("content-type", "application/x-www-form-urlencoded"));
        let body: Vec<String> =
            fields.iter().map(|(name, value)| format!("{name}={value}")).collect();
        headers
            .iter()
            .fold(form.set_payload(body.join("&")), |it, header| it.insert_header(*header))
    };
    let token: &[_] = &[("csrf", csrf.as_str())];
    let refused = [
        form(&[], token),
        form(&[("origin", "https://evil.example")], token),
        form(&[("origin", "http://localhost:8081")], token),
        form(&[("sec-fetch-site", "cross-site")], token),
        form(&[("sec-fetch-site", "same-site")], token),
        form(&[("origin", "http://localhost:8080"), ("sec-fetch-site", "cross-site")], token),
        form(&[("origin", "null")], token),
        form(&[("sec-fetch-site", "same-origin")], &[]),
        form(&[("sec-fetch-site", "same-origin")], &[("csrf", "")]),
        form(&[("sec-fetch-site", "same-origin")], &[("csrf", other.as_str())]),
    ];
    for (at, request) in refused.into_iter().enumerate() {
        assert_eq!(site.app(request).await.status.as_u16(), 403, "case {at}");
    }
    site.read("/api/v1/me", &cookie).await;

    let hidden = form(&[("origin", "null"), ("sec-fetch-site", "same-origin")], token);
    assert_eq!(site.app(hidden).await.status.as_u16(), 303);
}

#[actix_web::test]
async fn signing_in_needs_our_own_page() {
    let site = Site::new();
    let code = code(&site, "elm1@example.org").await;
    for (path, field) in [("/sign-in", "email"), ("/in", "code")] {
        let foreign = TestRequest::post()
            .uri(path)
            .insert_header(("origin", "https://evil.example"))
            .insert_header(("content-type", "application/x-www-form-urlencoded"))
            .set_payload(format!("{field}={code}"));
        assert_eq!(site.app(foreign).await.status.as_u16(), 403);
    }
    assert_eq!(
        site.app(post("/in", &[("code", &code)])).await.header("location"),
        "/sign-in?signed"
    );
}

#[actix_web::test]
async fn over_tls_the_cookie_is_bound_to_this_host() {
    let mut settings = Site::new().app.settings.clone();
    settings.app_origin = "https://pulse.example.org".parse().unwrap();
    let secret = crate::auth::Secret::<32>::generate().unwrap();
    let cookie = crate::auth::session_cookie(&settings, Some(&secret)).to_string();
    assert!(cookie.starts_with("__Host-tideline="), "{cookie}");
    assert!(cookie.contains("Secure") && cookie.contains("Path=/"), "{cookie}");
}

#[actix_web::test]
async fn made_up_addresses_use_up_nobodys_attempts() {
    let site = Site::new();
    for n in 0..40 {
        let unknown = format!("nobody{n}@example.org");
        let asked = site.app(post("/sign-in", &[("email", &unknown)])).await;
        assert_eq!(asked.header("location"), "/sign-in?sent", "the same as for a known address");
        let tried = [("email", unknown.as_str()), ("password", "wrong-password-here")];
        assert_eq!(site.app(post("/sign-in", &tried)).await.header("location"), "/sign-in?failed");
    }
    code(&site, "elm1@example.org").await;
}

//! Mailed links, and arriving from elsewhere: what a press needs, whose session ends, where one lands.

use actix_web::http::header;
use chrono::TimeDelta;

use super::{
    sign_in::{code, code_to},
    *,
};

async fn ask(site: &Site, code: &str, cookie: Option<&str>) -> Answer {
    send(site, "/in/ask", &[("code", code)], cookie).await
}

async fn send(site: &Site, path: &str, fields: &[(&str, &str)], cookie: Option<&str>) -> Answer {
    let form = post(path, fields);
    let form = match cookie {
        Some(cookie) => form.insert_header((header::COOKIE, cookie)),
        None => form,
    };
    site.app(form).await
}

/// The value of the hidden field `name`.
fn hidden(page: &str, name: &str) -> String {
    let mark = format!("name=\"{name}\" value=\"");
    let start = page.find(&mark).expect("the field") + mark.len();
    page[start..].split('"').next().unwrap().to_owned()
}

/// A page as a browser asks for it that another site led here: without the session's cookie.
fn from_elsewhere(path: &str) -> TestRequest {
    get(path)
        .insert_header(("sec-fetch-site", "cross-site"))
        .insert_header(("sec-fetch-mode", "navigate"))
        .insert_header(("sec-fetch-dest", "document"))
}

/// Where the page leads by itself.
fn refresh(page: &str) -> String {
    let start = page.find("content=\"0;url=").expect("a refresh") + "content=\"0;url=".len();
    page[start..].split('"').next().unwrap().replace("&#38;", "&").replace("&amp;", "&")
}

#[actix_web::test]
async fn attack_110_a_scanner_that_opens_links_and_runs_their_scripts() {
    let site = Site::new();
    let code = code(&site, "elm1@example.org").await;
    for _ in 0..5 {
        assert_eq!(site.app(get("/in")).await.cookie(), None);
        // The script of that page sends its form.
        let asked = ask(&site, &code, None).await;
        assert_eq!((asked.status.as_u16(), asked.cookie()), (200, None));
        let page = asked.text();
        assert!(page.contains("Sign in as elm1?") && page.contains("elm1@example.org"), "{page}");
        assert!(!page.contains("<script"), "nothing presses the button");
        for secret in [asked.header("location"), asked.header("referer")] {
            assert!(!secret.contains(&code));
        }
    }
    let pressed = site.app(post("/in", &[("code", &code)])).await;
    assert_eq!(pressed.header("location"), "/sign-in?signed");
    assert!(pressed.cookie().is_some());
}

#[actix_web::test]
async fn attack_111_somebody_elses_link_in_a_signed_in_browser() {
    let site = Site::new();
    let mine = site.cookie_of("elm2@example.org");
    let code = code(&site, "elm1@example.org").await;
    let asked = ask(&site, &code, Some(&mine)).await;
    assert_eq!((asked.status.as_u16(), asked.cookie()), (200, None));
    let page = asked.text();
    assert!(page.contains("Sign in as elm1?") && page.contains("elm2 is signed in here"), "{page}");
    // Without the page that says so, or with that of another session, it only asks again.
    let other = site.cookie_of("elm3@example.org");
    let others = hidden(&ask(&site, &code, Some(&other)).await.text(), "instead");
    for instead in ["", "x", &others] {
        let fields = [("code", code.as_str()), ("instead", instead)];
        let again = send(&site, "/in", &fields, Some(&mine)).await;
        assert_eq!((again.status.as_u16(), again.cookie()), (200, None), "{instead}");
        assert_eq!(site.read("/api/v1/me", &mine).await["name"], "elm2");
    }
    let instead = hidden(&page, "instead");
    let fields = [("code", code.as_str()), ("instead", instead.as_str())];
    let pressed = send(&site, "/in", &fields, Some(&mine)).await;
    assert_eq!(site.read("/api/v1/me", &pressed.cookie().unwrap()).await["name"], "elm1");
    let ended = site.app(get("/api/v1/me").insert_header((header::COOKIE, mine))).await;
    assert_eq!(ended.status.as_u16(), 401, "the session that was replaced has ended");
}

#[actix_web::test]
async fn a_used_link_leads_home_where_somebody_is_signed_in() {
    let site = Site::new();
    let code = code_to(&site, "elm1@example.org", "/results").await;
    let first = site.app(post("/in", &[("code", &code)])).await;
    assert_eq!(first.header("location"), "/sign-in?signed&to=/results");
    let cookie = first.cookie().unwrap();
    for path in ["/in/ask", "/in"] {
        let used = send(&site, path, &[("code", &code)], Some(&cookie)).await;
        assert_eq!((used.header("location"), used.cookie()), ("/", None), "{path}");
        let elsewhere = send(&site, path, &[("code", &code)], None).await;
        assert_eq!(elsewhere.header("location"), "/sign-in?failed", "{path}");
    }
    assert_eq!(site.read("/api/v1/me", &cookie).await["name"], "elm1");
}

#[actix_web::test]
async fn the_own_link_leads_on_where_one_is_signed_in_already() {
    let site = Site::new();
    let cookie = site.cookie_of("elm1@example.org");
    let code = code_to(&site, "elm1@example.org", "/results").await;
    let asked = ask(&site, &code, Some(&cookie)).await;
    assert_eq!((asked.header("location"), asked.cookie()), ("/results", None));
    site.later(TimeDelta::minutes(15));
    assert_eq!(ask(&site, &code, Some(&cookie)).await.header("location"), "/");
    assert_eq!(ask(&site, &code, None).await.header("location"), "/sign-in?failed");
}

#[actix_web::test]
async fn trial_24_a_link_in_webmail_opens_for_whoever_is_signed_in() {
    let site = Site::with_results();
    let cookie = site.cookie_of("hr@example.org");
    let elm = site.unit("Elm");
    for path in ["/", "/org", "/org/units?asked=tideline-pulse", "/mail", &format!("/team/{elm}")] {
        let arrived = site.app(from_elsewhere(path)).await;
        assert_eq!(arrived.status.as_u16(), 303, "{path}");
        let asked = site.app(from_elsewhere(arrived.header("location"))).await;
        assert_eq!(asked.status.as_u16(), 200);
        // Our own page asks once more: with the cookie.
        let again = refresh(&asked.text());
        let own = get(&again)
            .insert_header(("sec-fetch-site", "same-origin"))
            .insert_header((header::COOKIE, cookie.clone()));
        let led = site.app(own).await;
        assert_eq!((led.status.as_u16(), led.header("location")), (303, path));
        // Whoever is not signed in is asked to, once.
        let nobody = site.app(get(&again).insert_header(("sec-fetch-site", "same-origin"))).await;
        assert_eq!(nobody.status.as_u16(), 200);
        assert!(!nobody.text().contains("http-equiv"), "it does not turn in a circle");
    }
}

#[actix_web::test]
async fn whoever_was_led_here_is_asked_once_more() {
    let site = Site::new();
    // Nothing said; and WebKit after the end of a page's process, which says "none" and keeps the cookie back.
    for said in [None, Some("none"), Some("same-origin"), Some("same-site"), Some("cross-site")] {
        let led = get("/sign-in?to=/org");
        let led = said.into_iter().fold(led, |it, said| it.insert_header(("sec-fetch-site", said)));
        assert_eq!(refresh(&site.app(led).await.text()), "/sign-in?again&to=/org", "{said:?}");
    }
    let form = site.app(get("/sign-in?again&to=/org")).await.text();
    assert!(form.contains("name=\"to\" value=\"/org\"") && !form.contains("http-equiv"), "{form}");
    // Nor is anybody who has just tried, and is to read how it went.
    for (code, told) in [
        ("sent", "Look into your mailbox"),
        ("failed", "You are not signed in"),
        ("provider=late", "You are not signed in"),
        ("passkey=no", "That passkey does not open anything here"),
    ] {
        let page = site.app(get(&format!("/sign-in?{code}&to=/org"))).await.text();
        assert!(page.contains(told) && !page.contains("http-equiv"), "{code}: {page}");
    }
    // Nobody is sent round who typed the address of this page.
    let typed = get("/sign-in").insert_header(("sec-fetch-site", "none"));
    assert!(!site.app(typed).await.text().contains("http-equiv"));
}

#[actix_web::test]
async fn after_signing_in_one_lands_where_the_link_led() {
    let site = Site::new();
    assert_eq!(
        site.app(get("/org/units?x=1&y=2")).await.header("location"),
        "/sign-in?to=/org/units%3Fx%3D1%26y%3D2"
    );
    let code = code_to(&site, "elm1@example.org", "/org/units?x=1").await;
    let pressed = site.app(post("/in", &[("code", &code)])).await;
    assert_eq!(pressed.header("location"), "/sign-in?signed&to=/org/units%3Fx%3D1");
    let led =
        get(pressed.header("location")).insert_header((header::COOKIE, pressed.cookie().unwrap()));
    assert_eq!(site.app(led).await.header("location"), "/org/units?x=1");
    // A browser that kept no cookie is told so, instead of going round in a circle.
    let refused = site.app(get(pressed.header("location"))).await;
    assert!(refused.text().contains("it blocks all cookies"), "{}", refused.text());
    let wrong = [("email", "elm1@example.org"), ("password", "wrong"), ("to", "/org")];
    assert_eq!(
        site.app(post("/sign-in", &wrong)).await.header("location"),
        "/sign-in?failed&to=/org"
    );
    // A form that was posted too late does not come back as a page.
    let late = site.app(post("/sign-out", &[("csrf", "x")])).await;
    assert_eq!(late.header("location"), "/sign-in");
}

#[actix_web::test]
async fn who_was_signed_out_in_front_of_a_form_is_told_and_gets_back_to_it() {
    let site = Site::new();
    let form = |path: &str, from: &str| {
        let form = post(path, &[("csrf", "x")]);
        form.insert_header((header::REFERER, format!("http://localhost:8080{from}")))
    };
    let told = site.app(form("/mail", "/mail?saved")).await;
    assert_eq!(told.header("location"), "/sign-in?ended&to=/mail%3Fsaved");
    let page = site.app(get(told.header("location"))).await.text();
    assert!(page.contains("You were signed out in the meantime"), "{page}");
    assert!(page.contains("value=\"/mail?saved\""), "{page}");
    for (path, from) in [("/sign-out", "/"), ("/mail", "")] {
        assert_eq!(site.app(form(path, from)).await.header("location"), "/sign-in", "{path}");
    }
    // From another site nobody learns anything, and nobody is told a reason.
    let elsewhere = post("/mail", &[("csrf", "x")])
        .insert_header((header::REFERER, "https://evil.example/mail"));
    assert_eq!(site.app(elsewhere).await.header("location"), "/sign-in");
}

#[actix_web::test]
async fn the_question_whom_to_sign_in_has_no_other_language_and_can_be_loaded_again() {
    let site = Site::new();
    let code = code(&site, "elm1@example.org").await;
    let asked = ask(&site, &code, None).await.text();
    assert!(!asked.contains("/language/"), "{asked}");
    assert_eq!(site.app(get("/in/ask")).await.header("location"), "/in");
    let stop = site.app(get("/sign-in?failed&to=/org")).await.text();
    assert!(stop.contains("/language/de?to=/sign-in%3Fto%3D/org"), "{stop}");
}

#[actix_web::test]
async fn attack_112_a_link_that_leads_elsewhere_or_does_something() {
    let site = Site::new();
    let cookie = site.cookie_of("elm1@example.org");
    let with = |path: &str| get(path).insert_header((header::COOKIE, cookie.clone()));
    for to in [
        "//evil.example",
        "https://evil.example",
        "/%5Cevil.example",
        "%09//evil.example",
        "/in",
        "/sign-in?to=/sign-in",
    ] {
        assert_eq!(
            site.app(with(&format!("/sign-in?to={to}"))).await.header("location"),
            "/",
            "{to}"
        );
        let code =
            code_to(&site, "elm2@example.org", &to.replace("%5C", "\\").replace("%09", "\t")).await;
        let pressed = site.app(post("/in", &[("code", &code)])).await;
        assert_eq!(pressed.header("location"), "/sign-in?signed", "{to}");
        site.later(TimeDelta::minutes(15));
    }
    // What a link may do with a session that was read again is to show a page: forms want more.
    let arrived = site.app(from_elsewhere("/sign-in?to=/sign-out")).await;
    let again = refresh(&arrived.text());
    assert_eq!(site.app(with(&again)).await.header("location"), "/sign-out");
    assert_eq!(site.app(with("/sign-out")).await.status.as_u16(), 404, "there is nothing to get");
    assert_eq!(site.read("/api/v1/me", &cookie).await["name"], "elm1");
    // The mail says nothing that a stranger chose.
    let _ = code_to(&site, "elm3@example.org", "/go-to/evil.example").await;
    let mails = site.app.mailer.sent();
    assert!(!String::from_utf8_lossy(mails.last().unwrap()).contains("evil"));
}

#[actix_web::test]
async fn a_refused_form_leads_back_to_its_page() {
    let site = Site::new();
    let cookie = site.cookie_of("elm1@example.org");
    let refused = async |referer: &str| {
        let form = post("/password", &[("csrf", "stale"), ("password", "correct-horse")])
            .insert_header((header::COOKIE, cookie.as_str()))
            .insert_header((header::REFERER, referer));
        let answer = site.app(form).await;
        assert_eq!(answer.status.as_u16(), 403);
        answer.text()
    };
    let button = "Open that page again";
    let page = refused("http://localhost:8080/account?failed=late").await;
    assert!(page.contains(button) && page.contains("href=\"/account?failed=late\""), "{page}");
    for elsewhere in [
        "https://evil.example/account",
        "http://localhost:8080.evil.example/",
        "http://localhost:8080//evil.example",
        "nonsense",
        "",
    ] {
        let page = refused(elsewhere).await;
        let leads_away = page.contains("evil.example");
        assert!(!leads_away && page.contains("href=\"/\""), "{elsewhere}: {page}");
    }
    // What is not there looks the same, wherever one comes from.
    let bare = site.app(get("/nothing")).await;
    let from = get("/nothing").insert_header((header::REFERER, "http://localhost:8080/org"));
    assert_eq!(bare.body, site.app(from).await.body);
}

//! Who may do what, as one table, compared with the OpenAPI description: an operation that is not in
//! the table fails the test.

use std::collections::BTreeSet;

use actix_web::http::header;
use tideline_ballot::encoding::to_base64;

use super::*;

/// Nobody, a member of staff, the manager of Elm, the manager of Oak, HR, the administrator and the
/// privacy officer, in this order.
pub(super) const WHO: [Option<&str>; 7] = [
    None,
    Some("elm1@example.org"),
    Some("elm-lead@example.org"),
    Some("oak-lead@example.org"),
    Some("hr@example.org"),
    Some("admin@example.org"),
    Some("privacy@example.org"),
];

/// What each of [`WHO`] gets from each operation, asked about Elm.
pub(super) const TABLE: &[(&str, &str, [u16; 7])] = &[
    ("get", "/api/openapi.json", [200, 200, 200, 200, 200, 200, 200]),
    ("get", "/api/v1/me", [401, 200, 200, 200, 200, 200, 200]),
    ("post", "/api/v1/token", [401, 200, 200, 200, 200, 200, 200]),
    ("get", "/api/v1/waves", [401, 200, 200, 200, 200, 200, 200]),
    ("post", "/api/v1/waves", [401, 404, 404, 404, 400, 400, 404]),
    ("get", "/api/v1/results", [401, 200, 200, 200, 200, 200, 200]),
    ("get", "/api/v1/reports", [401, 404, 404, 404, 200, 404, 404]),
    ("get", "/api/v1/reports/{seq}", [401, 404, 404, 404, 200, 404, 404]),
    ("get", "/api/v1/me/sessions", [401, 200, 200, 200, 200, 200, 200]),
    ("get", "/api/v1/support-contacts", [200, 200, 200, 200, 200, 200, 200]),
    ("put", "/api/v1/support-contacts", [401, 404, 404, 404, 404, 204, 404]),
    ("get", "/api/v1/unit-countries", [401, 404, 404, 404, 404, 200, 404]),
    ("put", "/api/v1/unit-countries", [401, 404, 404, 404, 404, 204, 404]),
    ("get", "/api/v1/smallest-group", [200, 200, 200, 200, 200, 200, 200]),
    ("post", "/api/v1/smallest-group", [401, 404, 404, 404, 404, 404, 204]),
    ("get", "/api/v1/people", [401, 404, 404, 404, 404, 200, 404]),
    ("get", "/api/v1/roster", [401, 404, 404, 404, 404, 200, 404]),
    ("put", "/api/v1/roster", [401, 404, 404, 404, 404, 200, 404]),
    ("get", "/api/v1/audit-log", [401, 404, 404, 404, 404, 200, 200]),
    ("get", "/api/v1/health", [401, 404, 404, 404, 404, 200, 404]),
    ("get", "/api/v1/releases/{seq}", [401, 404, 404, 404, 200, 404, 404]),
    ("get", "/api/v1/releases/{seq}/cells", [401, 404, 404, 404, 200, 404, 200]),
    ("put", "/api/v1/me/password", [401, 204, 204, 204, 204, 204, 204]),
    ("get", "/api/v1/organisation", [401, 404, 404, 404, 404, 200, 404]),
    ("put", "/api/v1/organisation", [401, 404, 404, 404, 404, 204, 404]),
    ("post", "/api/v1/setup", [404, 404, 404, 404, 404, 404, 404]),
    ("get", "/api/v1/public-log", [200, 200, 200, 200, 200, 200, 200]),
    ("get", "/api/v1/units", [401, 200, 200, 200, 200, 200, 200]),
    ("get", "/api/v1/units/{unit}/trend", [401, 404, 200, 404, 200, 404, 404]),
    ("get", "/api/v1/units/{unit}/levers", [401, 404, 200, 404, 200, 404, 404]),
    ("post", "/api/v1/units/{unit}/levers", [401, 404, 201, 404, 201, 404, 404]),
    ("put", "/api/v1/units/{unit}/levers/{plan}", [401, 404, 200, 404, 200, 404, 404]),
    ("get", "/api/v1/organisation/trend", [401, 404, 404, 404, 200, 404, 404]),
    ("get", "/me/pickup", [401, 200, 200, 200, 200, 200, 200]),
    ("get", "/me/recovery", [401, 200, 200, 200, 200, 200, 200]),
    ("post", "/me/recovery", [401, 204, 204, 204, 204, 204, 204]),
    ("post", "/pulse/issue", [401, 401, 401, 401, 401, 401, 401]),
    ("delete", "/api/v1/me/sessions/{session}", [401, 204, 204, 204, 204, 204, 204]),
    ("delete", "/api/v1/me/sessions", [401, 204, 204, 204, 204, 204, 204]),
    ("get", "/w/{seq}.json", [200, 200, 200, 200, 200, 200, 200]),
];

/// What each page answers to the same people, asked about Elm. 303 leads to the sign-in page.
pub(super) const PAGES: &[(&str, &str, [u16; 7])] = &[
    ("get", "/", [303, 200, 200, 200, 200, 200, 200]),
    ("get", "/account", [303, 200, 200, 200, 200, 200, 200]),
    ("get", "/account/known", [303, 200, 200, 200, 200, 200, 200]),
    ("get", "/account/known.json", [303, 200, 200, 200, 200, 200, 200]),
    ("post", "/account/sessions/end", [303, 303, 303, 303, 303, 303, 303]),
    ("post", "/account/again", [303, 303, 303, 303, 303, 303, 303]),
    ("post", "/account/passkeys/ask", [303, 200, 200, 200, 200, 200, 200]),
    ("post", "/sign-in/passkey/ask", [200, 200, 200, 200, 200, 200, 200]),
    ("post", "/account/recovery/remove", [303, 303, 303, 303, 303, 303, 303]),
    ("get", "/mail", [303, 200, 200, 200, 200, 200, 200]),
    ("post", "/mail", [303, 303, 303, 303, 303, 303, 303]),
    ("get", "/mail/stop", [404, 404, 404, 404, 404, 404, 404]),
    ("post", "/mail/stop", [404, 404, 404, 404, 404, 404, 404]),
    ("get", "/results", [303, 200, 200, 200, 200, 200, 200]),
    ("get", "/team/{unit}", [303, 404, 200, 404, 200, 404, 404]),
    ("get", "/team/{unit}/talk", [303, 404, 200, 404, 200, 404, 404]),
    ("get", "/team/{unit}/levers", [303, 404, 200, 404, 200, 404, 404]),
    ("get", "/team/{unit}/data.csv", [303, 404, 200, 404, 200, 404, 404]),
    ("get", "/team/{unit}/data.xlsx", [303, 404, 200, 404, 200, 404, 404]),
    ("get", "/team/{unit}/data.ods", [303, 404, 404, 404, 404, 404, 404]),
    ("get", "/team/{unit}/report.pdf", [303, 404, 200, 404, 200, 404, 404]),
    ("get", "/org", [303, 404, 404, 404, 200, 404, 404]),
    ("get", "/org/units", [303, 404, 404, 404, 200, 404, 404]),
    ("get", "/org/compare", [303, 404, 404, 404, 200, 404, 404]),
    ("get", "/org/levers", [303, 404, 404, 404, 200, 404, 404]),
    ("get", "/org/reports", [303, 404, 404, 404, 200, 404, 404]),
    ("get", "/org/reports/{seq}", [303, 404, 404, 404, 200, 404, 404]),
    ("get", "/org/reports/{seq}.pdf", [303, 404, 404, 404, 200, 404, 404]),
    ("get", "/org/waves", [303, 404, 404, 404, 200, 200, 404]),
    ("post", "/org/waves", [303, 404, 404, 404, 422, 422, 404]),
    ("get", "/org/data.csv", [303, 404, 404, 404, 200, 404, 404]),
    ("get", "/org/data.xlsx", [303, 404, 404, 404, 200, 404, 404]),
    ("get", "/admin/units", [303, 404, 404, 404, 404, 200, 404]),
    ("get", "/admin/people", [303, 404, 404, 404, 404, 200, 404]),
    ("get", "/admin/people.csv", [303, 404, 404, 404, 404, 200, 404]),
    ("post", "/admin/people/headings", [303, 404, 404, 404, 404, 422, 404]),
    ("post", "/admin/people/import", [303, 404, 404, 404, 404, 422, 404]),
    ("get", "/admin/privacy", [303, 404, 404, 404, 404, 200, 200]),
    ("post", "/admin/privacy", [303, 404, 404, 404, 404, 404, 422]),
    ("get", "/admin/support", [303, 404, 404, 404, 404, 200, 404]),
    ("post", "/admin/support", [303, 404, 404, 404, 404, 303, 404]),
    ("post", "/admin/support/countries", [303, 404, 404, 404, 404, 303, 404]),
    ("get", "/admin/mail", [303, 404, 404, 404, 404, 200, 404]),
    ("post", "/admin/mail/test", [303, 404, 404, 404, 404, 303, 404]),
    ("post", "/admin/mail/server", [303, 404, 404, 404, 404, 422, 404]),
    ("post", "/admin/mail/server/forget", [303, 404, 404, 404, 404, 303, 404]),
    ("get", "/admin/audit", [303, 404, 404, 404, 404, 200, 200]),
    ("get", "/admin/audit.json", [303, 404, 404, 404, 404, 200, 200]),
    ("get", "/admin/organisation", [303, 404, 404, 404, 404, 200, 404]),
    ("post", "/admin/organisation", [303, 404, 404, 404, 404, 422, 404]),
    ("get", "/admin/health", [303, 404, 404, 404, 404, 200, 404]),
    ("get", "/setup", [404, 404, 404, 404, 404, 404, 404]),
    ("get", "/sign-in/oidc", [404, 404, 404, 404, 404, 404, 404]),
    ("get", "/sign-in", [200, 303, 303, 303, 303, 303, 303]),
    ("post", "/sign-in", [400, 400, 400, 400, 400, 400, 400]),
    ("post", "/sign-out", [303, 303, 303, 303, 303, 303, 303]),
    ("post", "/password", [303, 400, 400, 400, 400, 400, 400]),
    ("get", "/sign-in/arrived", [303, 303, 303, 303, 303, 303, 303]),
    ("get", "/in", [200, 200, 200, 200, 200, 200, 200]),
    ("get", "/in/ask", [303, 303, 303, 303, 303, 303, 303]),
    ("get", "/pick-up", [200, 200, 200, 200, 200, 200, 200]),
    ("get", "/privacy", [200, 200, 200, 200, 200, 200, 200]),
    ("get", "/privacy/log", [200, 200, 200, 200, 200, 200, 200]),
    ("get", "/support", [200, 200, 200, 200, 200, 200, 200]),
    ("get", "/reflect", [200, 200, 200, 200, 200, 200, 200]),
    ("get", "/reading", [200, 200, 200, 200, 200, 200, 200]),
    ("get", "/accessibility", [200, 200, 200, 200, 200, 200, 200]),
    ("get", "/about", [200, 200, 200, 200, 200, 200, 200]),
    ("get", "/language/de", [303, 303, 303, 303, 303, 303, 303]),
];

/// Bodies of operations that take others than [`DRAFT`].
pub(super) fn body_of(method: &str, path: &str) -> String {
    match (method, path.split('?').next().unwrap()) {
        ("put", "/api/v1/support-contacts") => r#"[{"title":"Line","phone":"112"}]"#.to_owned(),
        ("put", "/api/v1/unit-countries") => "[]".to_owned(),
        ("post", "/api/v1/smallest-group") => {
            r#"{"smallest_group":8,"reason":"More room."}"#.to_owned()
        }
        ("put", "/api/v1/me/password") => r#"{"password":"correct horse battery"}"#.to_owned(),
        ("put", "/api/v1/organisation") => {
            r#"{"name":"Harbour","time_zone":"Europe/Berlin"}"#.to_owned()
        }
        ("post", "/api/v1/setup") => "{}".to_owned(),
        ("post", "/me/recovery") => {
            let (root, sealed) = (to_base64(&[7; 16]), to_base64(&[1; 61]));
            format!(r#"{{"root":"{root}","sealed":"{sealed}","anew":false}}"#)
        }
        ("post", "/api/v1/waves") => r#"{"opens":"2027-01-01","closes":"2027-01-09"}"#.to_owned(),
        ("put", "/api/v1/roster") => {
            "unit,parent,name,email,role\nHospital,,Admin,admin@example.org,admin\n".to_owned()
        }
        _ => DRAFT.to_owned(),
    }
}

const DRAFT: &str = r#"{"lever":"ST1","status":"trying","reach":"mine","review":"2027-01-15"}"#;

/// An API request of a signed-in page.
async fn ask(site: &Site, method: &str, path: &str, who: Option<&str>) -> Answer {
    let mut asked = request(method, path)
        .insert_header(("sec-fetch-site", "same-origin"))
        .insert_header((header::CONTENT_TYPE, "application/json"));
    if let Some(email) = who {
        let cookie = site.cookie_of(email);
        let csrf = site.read("/api/v1/me", &cookie).await["csrf"].as_str().unwrap().to_owned();
        asked = asked.insert_header((header::COOKIE, cookie)).insert_header(("x-csrf-token", csrf));
    }
    if method != "get" {
        asked = asked.set_payload(body_of(method, path));
    }
    site.app(asked).await
}

#[actix_web::test]
async fn every_operation_has_a_decided_audience() {
    let site = Site::with_results();
    let elm = site.unit("Elm");
    let board = format!("/api/v1/units/{elm}/levers");
    let plan = ask(&site, "post", &board, Some("elm-lead@example.org")).await.json();
    for (method, path, expected) in TABLE {
        let path = path
            .replace("/api/v1/roster", "/api/v1/roster?dry_run=true")
            .replace("{session}", &"0".repeat(64))
            .replace("{seq}", "1")
            .replace("{unit}", &elm.to_string())
            .replace("{plan}", plan["id"].as_str().unwrap());
        let mut statuses = Vec::new();
        for who in WHO {
            statuses.push(ask(&site, method, &path, who).await.status.as_u16());
        }
        assert_eq!(statuses, expected, "{method} {path}");
    }
}

/// A page, or a form with nothing in it but its token.
async fn open(site: &Site, method: &str, path: &str, who: Option<&str>) -> Answer {
    let cookie = who.map(|it| site.cookie_of(it));
    let mut asked = match method {
        "get" => get(path),
        _ => {
            let csrf = match &cookie {
                Some(cookie) => {
                    site.read("/api/v1/me", cookie).await["csrf"].as_str().unwrap().to_owned()
                }
                None => String::new(),
            };
            let session = "0".repeat(64);
            let sealed = "A".repeat(16);
            let fields = [("csrf", csrf.as_str()), ("session", &session), ("sealed", &sealed)];
            post(path, &fields)
        }
    };
    if let Some(cookie) = cookie {
        asked = asked.insert_header((header::COOKIE, cookie));
    }
    site.app(asked).await
}

#[actix_web::test]
async fn every_page_has_a_decided_audience() {
    let site = Site::with_results();
    let elm = site.unit("Elm").to_string();
    let missing = site.app(get("/nothing")).await;
    for (method, path, expected) in PAGES {
        let asked = path.replace("{seq}", "1").replace("{unit}", &elm);
        for (who, expected) in WHO.into_iter().zip(expected) {
            let answer = open(&site, method, &asked, who).await;
            assert_eq!(answer.status.as_u16(), *expected, "{method} {path} as {who:?}");
            if *expected == 404 {
                assert_eq!(answer.body, missing.body, "{method} {path} as {who:?}");
            }
        }
    }
}

/// The sources are read, because the framework keeps no list: whatever is served and is in neither table
/// fails, wherever in the crate its route stands.
#[actix_web::test]
async fn the_tables_are_what_is_served() {
    fn visit(folder: &std::path::Path, found: &mut BTreeSet<(String, String)>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                if path.file_name().is_none_or(|it| it != "tests") {
                    visit(&path, found);
                }
                continue;
            }
            let source = std::fs::read_to_string(&path).unwrap();
            for (method, mark) in [
                ("get", "#[get(\""),
                ("post", "#[post(\""),
                ("put", "#[put(\""),
                ("delete", "#[delete(\""),
                ("post", "web::resource(\""),
            ] {
                for part in source.split(mark).skip(1) {
                    let path = part.split('"').next().unwrap();
                    found.insert((method.to_owned(), path.to_owned()));
                }
            }
        }
    }
    let mut served = BTreeSet::new();
    let sources = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    visit(&sources, &mut served);
    let listed: BTreeSet<(String, String)> = PAGES
        .iter()
        .chain(TABLE)
        .map(|(method, path, _)| ((*method).to_owned(), (*path).to_owned()))
        .collect();
    // Files by their ending, forms that the tests of signing in, of passkeys and of the boards send.
    let elsewhere = [
        ("get", "/team/{unit}/data.{ending}"),
        ("get", "/org/data.{ending}"),
        ("post", "/admin/people/preview"),
        ("post", "/setup"),
        ("post", "/sign-out-everywhere"),
        ("post", "/account/confirm"),
        ("post", "/account/passkeys"),
        ("post", "/account/passkeys/remove"),
        ("post", "/sign-in/passkey"),
        ("post", "/team/{unit}/levers"),
        ("post", "/team/{unit}/levers/{plan}"),
        ("get", "/sign-in/oidc/callback"),
        ("post", "/in"),
        ("post", "/in/ask"),
        // Asked for with a language.
        ("get", "/language/{tag}"),
    ];
    for (method, path) in elsewhere {
        assert!(served.remove(&(method.to_owned(), path.to_owned())), "{method} {path} is no more");
    }
    let missing: Vec<_> = served.difference(&listed).collect();
    assert!(missing.is_empty(), "not in the table: {missing:?}");
}

#[actix_web::test]
async fn the_table_is_the_description() {
    let description = serde_json::to_value(crate::openapi()).unwrap();
    let described: BTreeSet<(String, String)> = description["paths"]
        .as_object()
        .unwrap()
        .iter()
        .flat_map(|(path, item)| {
            let methods = item.as_object().unwrap().keys();
            methods.map(|method| (method.clone(), path.clone())).collect::<Vec<_>>()
        })
        .collect();
    let listed: BTreeSet<(String, String)> =
        TABLE.iter().map(|(method, path, _)| ((*method).into(), (*path).into())).collect();
    assert_eq!(described, listed);
}

#[actix_web::test]
async fn forbidden_and_missing_are_the_same_bytes() {
    let site = Site::with_results();
    let (elm, nowhere) = (site.unit("Elm"), uuid::Uuid::from_u128(9));
    let staff = Some("oak-lead@example.org");
    let pairs = [
        (format!("/api/v1/units/{elm}/trend"), format!("/api/v1/units/{nowhere}/trend")),
        (format!("/api/v1/units/{elm}/levers"), format!("/api/v1/units/{nowhere}/levers")),
        ("/api/v1/releases/1".to_owned(), "/api/v1/releases/99".to_owned()),
        ("/api/v1/organisation/trend".to_owned(), "/api/v1/nothing".to_owned()),
        (format!("/team/{elm}"), format!("/team/{nowhere}")),
        ("/org".to_owned(), "/nothing".to_owned()),
    ];
    for (forbidden, missing) in pairs {
        let (forbidden, missing) =
            (ask(&site, "get", &forbidden, staff).await, ask(&site, "get", &missing, staff).await);
        assert_eq!(forbidden.status.as_u16(), 404);
        assert_eq!((forbidden.status, &forbidden.body), (missing.status, &missing.body));
        assert_eq!(format!("{:?}", forbidden.headers), format!("{:?}", missing.headers));
    }
}

#[actix_web::test]
async fn a_manager_sees_the_own_part_of_the_tree() {
    let site = Site::with_results();
    let names = async |email: &str| {
        let units = site.read("/api/v1/units", &site.cookie_of(email)).await;
        let names = units.as_array().unwrap().iter().map(|it| it["name"].as_str().unwrap());
        names.map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(names("elm-lead@example.org").await, ["Elm"]);
    assert_eq!(names("hr@example.org").await, ["Hospital", "Elm", "Oak"]);
    assert_eq!(names("elm1@example.org").await, [""; 0]);
    assert_eq!(names("admin@example.org").await, [""; 0]);
}

#[actix_web::test]
async fn a_bearer_token_is_as_good_as_its_person() {
    let site = Site::with_results();
    let made = ask(&site, "post", "/api/v1/token", Some("hr@example.org")).await.json();
    let bearer = format!("Bearer {}", made["token"].as_str().unwrap());
    let by_token = |method: &str, path: &str| {
        request(method, path)
            .insert_header((header::AUTHORIZATION, bearer.clone()))
            .insert_header((header::CONTENT_TYPE, "application/json"))
    };
    let release = site.app(by_token("get", "/api/v1/releases/1")).await;
    assert_eq!(release.status.as_u16(), 200);
    let board = format!("/api/v1/units/{}/levers", site.unit("Elm"));
    let added = site.app(by_token("post", &board).set_payload(DRAFT)).await;
    assert_eq!(
        added.status.as_u16(),
        201,
        "no CSRF token: a browser sends no such header by itself"
    );
    let begotten = site.app(by_token("post", "/api/v1/token")).await;
    assert_eq!(begotten.status.as_u16(), 401, "a token begets no tokens");

    let person = site.person("hr@example.org").id;
    let wrong = site.app.keys.issue_token(person, WaveSeq(1), None, site.app.now()).unwrap();
    let asked = get("/api/v1/me").insert_header((header::AUTHORIZATION, format!("Bearer {wrong}")));
    assert_eq!(site.app(asked).await.status.as_u16(), 401);
    site.later(TimeDelta::hours(1));
    assert_eq!(site.app(by_token("get", "/api/v1/me")).await.status.as_u16(), 401);
}

#[actix_web::test]
async fn a_page_needs_its_token_to_change_something() {
    let site = Site::with_results();
    let cookie = site.cookie_of("hr@example.org");
    let csrf = site.read("/api/v1/me", &cookie).await["csrf"].as_str().unwrap().to_owned();
    let board = format!("/api/v1/units/{}/levers", site.unit("Elm"));
    let add = || {
        request("post", &board)
            .insert_header((header::COOKIE, cookie.clone()))
            .insert_header((header::CONTENT_TYPE, "application/json"))
            .set_payload(DRAFT)
    };
    let same = ("sec-fetch-site", "same-origin");
    for refused in [
        add(),
        add().insert_header(same),
        add().insert_header(("x-csrf-token", csrf.clone())),
        add()
            .insert_header(("sec-fetch-site", "same-site"))
            .insert_header(("x-csrf-token", csrf.clone())),
        add().insert_header(same).insert_header(("x-csrf-token", "x")),
    ] {
        assert_eq!(site.app(refused).await.status.as_u16(), 403);
    }
    let taken = add().insert_header(same).insert_header(("x-csrf-token", csrf));
    assert_eq!(site.app(taken).await.status.as_u16(), 201);
    assert_eq!(site.read(&board, &cookie).await.as_array().unwrap().len(), 1);
}

#[actix_web::test]
async fn a_lever_is_changed_where_it_stands() {
    let site = Site::with_results();
    let lead = Some("elm-lead@example.org");
    let board = format!("/api/v1/units/{}/levers", site.unit("Elm"));
    let plan = ask(&site, "post", &board, lead).await.json();
    let id = plan["id"].as_str().unwrap();
    let elsewhere = format!("/api/v1/units/{}/levers/{id}", site.unit("Oak"));
    let moved = ask(&site, "put", &elsewhere, Some("hr@example.org")).await;
    assert_eq!(moved.status.as_u16(), 404, "it is on another board");
    let changed = ask(&site, "put", &format!("{board}/{id}"), lead).await.json();
    assert_eq!(changed["started"], plan["started"]);
    let bad = request("post", &board)
        .insert_header((header::AUTHORIZATION, site.bearer_of("hr@example.org").0))
        .insert_header((header::CONTENT_TYPE, "application/json"))
        .set_payload(DRAFT.replace("ST1", "nothing"));
    let bad = site.app(bad).await;
    assert_eq!(bad.status.as_u16(), 400);
    assert_eq!(bad.header("content-type"), "application/problem+json");
}

#[actix_web::test]
async fn who_looked_at_results_is_in_the_audit_log() {
    let site = Site::with_results();
    let before = site.app.store.audit_log().unwrap().len();
    let elm = site.unit("Elm");
    for path in ["/api/v1/releases/1".to_owned(), format!("/api/v1/units/{elm}/trend")] {
        assert_eq!(ask(&site, "get", &path, Some("hr@example.org")).await.status.as_u16(), 200);
    }
    let refused = ask(&site, "get", "/api/v1/releases/1", Some("elm1@example.org")).await;
    assert_eq!(refused.status.as_u16(), 404);
    let log = site.app.store.audit_log().unwrap();
    assert_eq!(log.len(), before + 2);
    let state = site.app.store.verify_audit_log(site.app.now()).unwrap();
    assert_eq!(state.broken, None);
}

#[actix_web::test]
async fn a_release_says_everything_that_is_published() {
    let site = Site::with_results();
    let release = ask(&site, "get", "/api/v1/releases/1", Some("hr@example.org")).await.json();
    assert_eq!(release["wave"]["label"], "2026-11");
    assert_eq!(release["smallest_group"], 6);
    assert!(!release["atoms"].as_array().unwrap().is_empty());
    for atom in release["atoms"].as_array().unwrap() {
        assert!(atom["people"]["least"].as_u64().unwrap() >= 6);
        assert!(atom.get("n").is_none());
    }
    let names: Vec<_> =
        release["units"].as_array().unwrap().iter().map(|it| it["name"].clone()).collect();
    assert_eq!(names, ["Hospital", "Elm", "Oak"]);
    let hospital = &release["units"][0]["page"]["figures"]["burnout"];
    assert!(hospital["score"].as_f64().unwrap() > 0.0, "{hospital}");
}

#[actix_web::test]
async fn trends_say_what_the_page_says() {
    let site = Site::with_results();
    let hr = site.cookie_of("hr@example.org");
    let elm = site.read(&format!("/api/v1/units/{}/trend", site.unit("Elm")), &hr).await;
    assert_eq!((elm["state"].as_str(), elm["title"].as_str()), (Some("shown"), Some("Elm")));
    assert_eq!(elm["measures"].as_array().unwrap().len(), 3);
    assert!(elm["measures"][0]["rows"][0]["figure"]["score"].is_string(), "{elm}");

    let all = site.read("/api/v1/organisation/trend", &hr).await;
    assert_eq!(all["state"], "published");
    assert_eq!(
        all["units"][1]["scores"]["burnout"],
        elm["measures"][0]["rows"][0]["figure"]["score"]
    );

    let before = Site::with_wave();
    let hr = before.cookie_of("hr@example.org");
    let none = serde_json::json!({ "state": "not-yet" });
    assert_eq!(before.read("/api/v1/organisation/trend", &hr).await, none);
    let elm = format!("/api/v1/units/{}/trend", before.unit("Elm"));
    assert_eq!(before.read(&elm, &hr).await, none);
}

#[actix_web::test]
async fn pages_are_guarded_by_their_headers() {
    let site = Site::new();
    let answer = site.app(get("/nothing")).await;
    assert_eq!(answer.status.as_u16(), 404);
    assert!(answer.header("content-type").starts_with("text/html"));
    assert_eq!(answer.header("x-content-type-options"), "nosniff");
    assert_eq!(answer.header("cache-control"), "no-store");
    let policy = answer.header("content-security-policy");
    for part in [
        "default-src 'none'",
        "connect-src 'self' http://localhost:8081;",
        "frame-ancestors 'none'",
    ] {
        assert!(policy.contains(part), "{policy}");
    }
    assert!(!policy.contains("frame-src"), "{policy}");
    let api = site.app(get("/api/v1/nothing")).await;
    assert_eq!(api.header("content-type"), "application/problem+json");
}

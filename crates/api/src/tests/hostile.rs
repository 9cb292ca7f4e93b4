//! Everything that was attacked without success, so that it stays so: every caller at every route, tokens and
//! requests that are forged, names that mean something elsewhere. Numbered as in `docs/attacks.md`.

use std::{
    collections::{BTreeMap, BTreeSet},
    io::{Cursor, Read as _},
    path::Path,
};

use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use serde_json::json;
use tideline_ballot::encoding::to_base64;
use tideline_domain::day::utc_day;
use tideline_store::{Organisation, SupportContact};

use super::{
    access::{PAGES, TABLE, WHO, body_of},
    *,
};

/// Routes that stand in neither table of `access`, with what they answer to each of its people who sends the
/// token of the page and nothing else. 303 leads to the sign-in page, or home.
const OTHERS: &[(&str, &str, [u16; 7])] = &[
    ("post", "/sign-in", [400, 400, 400, 400, 400, 400, 400]),
    ("post", "/sign-out", [303, 303, 303, 303, 303, 303, 303]),
    ("post", "/sign-out-everywhere", [303, 303, 303, 303, 303, 303, 303]),
    ("post", "/password", [303, 400, 400, 400, 400, 400, 400]),
    ("post", "/sign-in/passkey", [400, 400, 400, 400, 400, 400, 400]),
    ("post", "/account/confirm", [303, 400, 400, 400, 400, 400, 400]),
    ("post", "/account/passkeys", [303, 400, 400, 400, 400, 400, 400]),
    ("post", "/account/passkeys/remove", [303, 400, 400, 400, 400, 400, 400]),
    ("post", "/in", [400, 400, 400, 400, 400, 400, 400]),
    ("post", "/in/ask", [400, 400, 400, 400, 400, 400, 400]),
    ("get", "/sign-in/oidc/callback", [404, 404, 404, 404, 404, 404, 404]),
    ("post", "/setup", [404, 404, 404, 404, 404, 404, 404]),
    ("post", "/admin/people/preview", [303, 404, 404, 404, 404, 400, 404]),
    ("post", "/team/{unit}/levers", [303, 404, 422, 404, 422, 404, 404]),
    ("post", "/team/{unit}/levers/{plan}", [303, 404, 404, 404, 404, 404, 404]),
    ("get", "/static/scripts.txt", [200, 200, 200, 200, 200, 200, 200]),
    ("get", "/static/{file}", [404, 404, 404, 404, 404, 404, 404]),
];

/// Ways to ask for something.
const METHODS: [&str; 5] = ["get", "post", "put", "delete", "patch"];

/// Every route of the app listener, as the sources register it: method and path.
fn routes() -> BTreeSet<(String, String)> {
    fn visit(path: &Path, found: &mut BTreeSet<(String, String)>) {
        if path.is_dir() {
            for entry in std::fs::read_dir(path).unwrap() {
                visit(&entry.unwrap().path(), found);
            }
            return;
        }
        let tests = path.components().any(|it| it.as_os_str() == "tests");
        if tests || path.extension().is_none_or(|it| it != "rs") {
            return;
        }
        let source = std::fs::read_to_string(path).unwrap();
        for method in METHODS {
            for part in source.split(&format!("#[{method}(")).skip(1) {
                let path = part.trim_start().trim_start_matches('"').split('"').next().unwrap();
                found.insert((method.to_owned(), path.to_owned()));
            }
        }
        for part in source.split("web::resource(\"").skip(1) {
            let (path, rest) = part.split_once('"').unwrap();
            let method = rest.split("web::").find_map(|it| {
                METHODS.into_iter().find(|method| it.starts_with(&format!("{method}()")))
            });
            found.insert((method.unwrap().to_owned(), path.to_owned()));
        }
    }
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = BTreeSet::new();
    visit(&here.join("src"), &mut found);
    visit(&here.join("../booth/src/assets.rs"), &mut found);
    found
}

/// The same of the tables: paths as they are registered, with what each of [`WHO`] gets.
fn decided() -> BTreeMap<(String, String), [u16; 7]> {
    let registered = |path: &str| match path {
        "/language/de" => "/language/{tag}".to_owned(),
        _ => match path.rsplit_once("/data.") {
            Some((before, _)) => format!("{before}/data.{{ending}}"),
            None => path.to_owned(),
        },
    };
    let all = TABLE.iter().chain(PAGES).chain(OTHERS);
    all.map(|(method, path, gets)| (((*method).to_owned(), registered(path)), *gets)).collect()
}

/// A path with something in its places.
fn filled(path: &str, unit: &str) -> String {
    path.replace("{unit}", unit)
        .replace("{seq}", "1")
        .replace("{ending}", "csv")
        .replace("{tag}", "de")
        .replace("{file}", "nothing.js")
        .replace("{plan}", &uuid::Uuid::nil().to_string())
        .replace("{session}", &"0".repeat(64))
}

/// The app listener, once for many requests.
macro_rules! listener {
    ($site:expr) => {
        actix_web::test::init_service(
            Web::new().app_data($site.app.clone()).configure(crate::configure_app),
        )
        .await
    };
}

macro_rules! asked {
    ($service:expr, $request:expr) => {{
        let response = actix_web::test::call_service(&$service, $request.to_request()).await;
        let (status, headers) = (response.status(), response.headers().clone());
        Answer { status, headers, body: actix_web::test::read_body(response).await }
    }};
}

/// Somebody's cookie, and the token of their forms.
async fn session(site: &Site, email: &str) -> (String, String) {
    let cookie = site.cookie_of(email);
    let csrf = site.read("/api/v1/me", &cookie).await["csrf"].as_str().unwrap().to_owned();
    (cookie, csrf)
}

/// A request as a page of ours sends it: the proof that it is ours stands in a field and in a header.
fn ours(method: &str, path: &str, csrf: &str) -> TestRequest {
    let api = path.starts_with("/api/");
    let ask = request(method, path)
        .insert_header(("origin", "http://localhost:8080"))
        .insert_header(("sec-fetch-site", "same-origin"))
        .insert_header(("x-csrf-token", csrf.to_owned()));
    match method {
        "get" => ask,
        _ if api => ask
            .insert_header((header::CONTENT_TYPE, "application/json"))
            .set_payload(body_of(method, path)),
        _ => ask
            .insert_header((header::CONTENT_TYPE, "application/x-www-form-urlencoded"))
            .set_payload(format!("csrf={csrf}&session={}", "0".repeat(64))),
    }
}

/// Nobody, seven people of different roles, and somebody who has left and kept cookie and token.
#[actix_web::test]
async fn attack_145_eight_callers_at_every_route() {
    let (routes, decided) = (routes(), decided());
    let missing: Vec<_> = routes.iter().filter(|it| !decided.contains_key(*it)).collect();
    assert!(missing.is_empty(), "nobody has decided who may use these: {missing:?}");
    let gone: Vec<_> = decided.keys().filter(|it| !routes.contains(*it)).collect();
    assert!(gone.is_empty(), "there are no such routes: {gone:?}");
    assert!(routes.len() > 100, "{}", routes.len());

    let site = Site::with_results();
    let unit = site.unit("Elm").to_string();
    let (left, token) =
        (site.cookie_of("elm12@example.org"), site.bearer_of("elm12@example.org").0);
    let mut rows = Vec::new();
    let day = utc_day(site.app.now());
    let tree = site.app.store.units(day).unwrap().unwrap();
    for (person, unit) in site.app.store.people_with_units(day).unwrap() {
        let unit = tree.get(unit).unwrap();
        let roles = person.roles.iter().map(|it| RoleKind::from_code(it.code()).unwrap()).collect();
        if person.email.as_str() != "elm12@example.org" {
            rows.push(ImportRow {
                unit: unit.name.clone(),
                parent: unit.parent.map(|it| tree.get(it).unwrap().name.clone()),
                person: Some((person.name, person.email, roles)),
            });
        }
    }
    site.app.store.import(&ImportPlan { rows }, Actor::Program, site.app.now()).unwrap();
    let app = listener!(site);
    for ((method, path), gets) in &decided {
        let path = filled(path, &unit);
        for credentials in [("cookie", &left), ("authorization", &token)] {
            // Their token of forms is as good as their session.
            let ask =
                ours(method, &path, "x").insert_header((credentials.0, credentials.1.clone()));
            let (as_left, as_nobody) = (asked!(app, ask), asked!(app, ours(method, &path, "x")));
            assert_eq!(as_left.status, as_nobody.status, "{method} {path}: {}", credentials.0);
            assert!(as_left.status != 200 || gets[0] == 200, "{method} {path}");
        }
    }
    for (who, email) in WHO.iter().enumerate() {
        for (method, path, gets) in OTHERS {
            // Signing out ends the session that the next one would need.
            let (cookie, csrf) = match email {
                Some(email) => session(&site, email).await,
                None => (String::new(), "x".to_owned()),
            };
            let ask = ours(method, &filled(path, &unit), &csrf).insert_header(("cookie", cookie));
            assert_eq!(asked!(app, ask).status.as_u16(), gets[who], "{method} {path} as {email:?}");
        }
        // What is not registered does not exist, for anybody.
        let (cookie, csrf) = match email {
            Some(email) => session(&site, email).await,
            None => (String::new(), "x".to_owned()),
        };
        let paths: BTreeSet<&String> = routes.iter().map(|it| &it.1).collect();
        for path in paths {
            for method in METHODS {
                if routes.contains(&(method.to_owned(), path.clone())) {
                    continue;
                }
                let ask = ours(method, &filled(path, &unit), &csrf)
                    .insert_header(("cookie", cookie.clone()));
                let status = asked!(app, ask).status.as_u16();
                assert!([404, 405].contains(&status), "{method} {path} as {email:?}: {status}");
            }
        }
    }
}

/// A token with these claims, signed with this key.
fn forged(algorithm: Algorithm, claims: &serde_json::Value, key: &EncodingKey) -> String {
    encode(&Header::new(algorithm), claims, key).unwrap()
}

#[actix_web::test]
async fn attack_146_tokens_that_are_forged() {
    let site = Site::with_results();
    let (bearer, cookie) = site.bearer_of("hr@example.org");
    let good = bearer.strip_prefix("Bearer ").unwrap();
    let hr = site.person("hr@example.org").id;
    let now = site.app.now();
    let [head, claims, signature] =
        <[&str; 3]>::try_from(good.split('.').collect::<Vec<_>>()).unwrap();
    let said: serde_json::Value = {
        use base64::Engine as _;
        let bytes = base64::engine::general_purpose::URL_SAFE_NO_PAD.decode(claims).unwrap();
        serde_json::from_slice(&bytes).unwrap()
    };
    let changed = |name: &str, value: serde_json::Value| {
        let mut other = said.clone();
        other[name] = value;
        to_base64(other.to_string().as_bytes())
    };
    let other_installation = AuthKeys::ephemeral().unwrap();
    let session = crate::auth::session_hash(
        &site.app,
        &get("/").insert_header(("cookie", cookie.clone())).to_http_request(),
    )
    .unwrap();
    let public = site.app.keys.public_key();
    let public_bytes = public["x"].as_str().unwrap().as_bytes().to_vec();
    let none = |name: &str| to_base64(format!(r#"{{"alg":"{name}","typ":"JWT"}}"#).as_bytes());
    let keyed = json!({ "alg": "EdDSA", "typ": "JWT", "jwk": other_installation.public_key() });
    let mine = other_installation.api_token(hr, &session, now).unwrap();
    let [_, my_claims, my_signature] =
        <[&str; 3]>::try_from(mine.split('.').collect::<Vec<_>>()).unwrap();
    let elm = site.person("elm1@example.org").id;
    let stranger = site.app.keys.api_token(elm, &session, now).unwrap();
    let tokens = [
        ("no signature", format!("{head}.{claims}.")),
        ("no algorithm", format!("{}.{claims}.", none("none"))),
        ("no algorithm, written otherwise", format!("{}.{claims}.{signature}", none("nOnE"))),
        (
            "the public key as a secret",
            forged(Algorithm::HS256, &said, &EncodingKey::from_secret(&public_bytes)),
        ),
        ("another installation's key", mine.clone()),
        (
            "a key that comes along",
            format!("{}.{my_claims}.{my_signature}", to_base64(keyed.to_string().as_bytes())),
        ),
        ("another person", format!("{head}.{}.{signature}", changed("sub", json!(elm.uuid())))),
        (
            "a longer life",
            format!("{head}.{}.{signature}", changed("exp", json!(9_999_999_999_i64))),
        ),
        (
            "another audience",
            format!("{head}.{}.{signature}", changed("aud", json!("tideline-api2"))),
        ),
        ("somebody else's session", stranger),
        ("for picking up", site.app.keys.issue_token(hr, WaveSeq(1), Some(&session), now).unwrap()),
        ("for ending mails", site.app.keys.mail_stop_token(hr, "reminder", now).unwrap()),
        ("of a signed file", site.app.keys.sign_digest("00", now).unwrap()),
        ("no session", site.app.keys.issue_token(hr, WaveSeq(1), None, now).unwrap()),
        ("cut short", good[..good.len() - 2].to_owned()),
        ("with more behind it", format!("{good}A")),
        ("with a space", format!("{good} {good}")),
        ("the session's secret", cookie.split_once('=').unwrap().1.to_owned()),
        ("what is stored of the session", tideline_ballot::encoding::to_hex(&session)),
        ("nothing", String::new()),
    ];
    let app = listener!(site);
    let me = |name: &'static str, value: String| get("/api/v1/me").insert_header((name, value));
    assert_eq!(asked!(app, me("authorization", bearer.clone())).status, 200);
    for (what, token) in &tokens {
        let asks = [
            me("authorization", format!("Bearer {token}")),
            me("authorization", format!("Token {token}")),
            // The session's secret is what its own cookie holds; stored hashes and tokens are not.
            me("cookie", format!("tideline-session={token}")),
            me("cookie", format!("__Host-tideline={token}")),
            get(&format!("/api/v1/me?token={}", token.replace(' ', "+"))),
            // A bad token is not made good by a good cookie.
            me("authorization", format!("Bearer {token}"))
                .insert_header(("cookie", cookie.clone())),
        ];
        for (at, ask) in asks.into_iter().enumerate() {
            let status = asked!(app, ask).status.as_u16();
            assert_eq!(status, 401, "{what}, way {at}");
        }
        if *what != "the session's secret" {
            let status = asked!(app, me("cookie", format!("tideline={token}"))).status.as_u16();
            assert_eq!(status, 401, "{what}, as the cookie");
        }
    }
    assert_eq!(asked!(app, me("authorization", bearer)).status, 200, "the good one still is");
}

/// What it is, its headers, and whether it knows the form's own token.
type Forgery = (&'static str, &'static [(&'static str, &'static str)], bool);

/// Ways to have somebody's browser send what another site made up: the headers it would carry, and whether
/// it knows the token of our forms. What browsers never do at the same time is tried, too.
const FORGERIES: [Forgery; 10] = [
    ("nothing said", &[], false),
    ("nothing said, with the token", &[], true),
    ("another site", &[("origin", "https://evil.example"), ("sec-fetch-site", "cross-site")], true),
    ("an origin that is hidden", &[("origin", "null")], true),
    ("no origin, from another site", &[("sec-fetch-site", "cross-site")], true),
    ("a neighbour", &[("origin", "http://localhost:8081"), ("sec-fetch-site", "same-site")], true),
    ("our name as a beginning", &[("origin", "http://localhost:8080.evil.example")], true),
    ("our name in another scheme", &[("origin", "https://localhost:8080")], true),
    (
        "two that disagree",
        &[("origin", "http://localhost:8080"), ("sec-fetch-site", "cross-site")],
        true,
    ),
    (
        "our own page without the token",
        &[("origin", "http://localhost:8080"), ("sec-fetch-site", "same-origin")],
        false,
    ),
];

#[actix_web::test]
async fn attack_147_requests_that_another_site_made_up() {
    let site = Site::with_results();
    let unit = site.unit("Elm").to_string();
    let app = listener!(site);
    // What is done with something that only a mail or the machine itself has, and no session.
    let without_session = [
        "/pulse/issue",
        "/api/v1/setup",
        "/mail/stop",
        "/sign-in",
        "/sign-in/passkey",
        "/in",
        "/in/ask",
        "/setup",
    ];
    let mut tried = 0;
    for (method, path) in routes().iter().filter(|it| it.0 != "get") {
        let without = without_session.contains(&path.as_str());
        let path = filled(path, &unit);
        for email in ["hr@example.org", "admin@example.org", "privacy@example.org"] {
            let (cookie, csrf) = session(&site, email).await;
            let (_, of_another) = session(&site, "elm1@example.org").await;
            for (what, headers, knows) in FORGERIES {
                // Our own page asks it where nobody is signed in; it changes nothing.
                if path == "/sign-in/passkey/ask" && what == "our own page without the token" {
                    continue;
                }
                let sent = if knows { csrf.as_str() } else { of_another.as_str() };
                let mut ask = request(method, &path)
                    .insert_header(("cookie", cookie.clone()))
                    .insert_header(("x-csrf-token", sent.to_owned()));
                for (name, value) in headers {
                    ask = ask.insert_header((*name, *value));
                }
                let (kind, body) = match path.as_str() {
                    it if it.starts_with("/api/") => ("application/json", body_of(method, it)),
                    "/admin/people/preview" => (
                        "multipart/form-data; boundary=x",
                        format!(
                            "--x\r\ncontent-disposition: form-data; name=\"csrf\"\r\n\r\n{sent}\r\n--x--\r\n"
                        ),
                    ),
                    _ => (
                        "application/x-www-form-urlencoded",
                        format!("csrf={sent}&session={}", "0".repeat(64)),
                    ),
                };
                let before = site.app.store.generation();
                let ask = ask.insert_header((header::CONTENT_TYPE, kind)).set_payload(body);
                let answer = asked!(app, ask);
                let status = answer.status.as_u16();
                tried += 1;
                assert_eq!(site.app.store.generation(), before, "{method} {path}: {what}");
                if without {
                    assert!((400..500).contains(&status), "{method} {path}: {what}: {status}");
                } else {
                    // A roster is read after it is clear that its sender may bring one.
                    let hidden = path == "/admin/people/preview" && email != "admin@example.org";
                    let refused = if hidden { 404 } else { 403 };
                    assert_eq!(status, refused, "{method} {path} as {email}: {what}");
                }
                assert!(answer.cookie().is_none(), "{method} {path}: {what}");
            }
        }
    }
    assert!(tried > 600, "{tried}");
    // A method in disguise is none.
    let (cookie, csrf) = session(&site, "admin@example.org").await;
    for name in ["x-http-method-override", "x-method-override", "x-http-method"] {
        let before = site.app.store.generation();
        let ask = ours("get", "/api/v1/support-contacts?_method=PUT", &csrf)
            .insert_header(("cookie", cookie.clone()))
            .insert_header((name, "PUT"))
            .set_payload(body_of("put", "/api/v1/support-contacts"));
        asked!(app, ask);
        assert_eq!(site.app.store.generation(), before, "{name}");
    }
}

/// Names that mean something to a browser, a spreadsheet, a database, a template, a typesetter or a mail.
const NAMES: [&str; 17] = [
    "<script>zq1()</script>",
    "\"><img src=x onerror=zq2>",
    "' onmouseover='zq3",
    "</title><svg onload=zq4>",
    "{{7*7}} zq5",
    "{ $name } zq6",
    "'; DROP TABLE people; -- zq7",
    "=HYPERLINK(\"http://zq8.example\")",
    "＝1＋1 zq9",
    "#panic(\"zq10\")",
    "$ zq11 $ *b* _i_ @x",
    "javascript:zq12",
    "../../etc/zq13",
    "&lt;b&gt; zq14",
    "\"Ada\" <zq15@evil.example>",
    "%0d%0aSet-Cookie: zq16=1",
    "zq17 — محمد 王小明 👩‍⚕️",
];

fn hostile(store: &Store) {
    populate(store);
    let mut rows = Vec::new();
    let day = utc_day(start());
    let tree = store.units(day).unwrap().unwrap();
    for (person, unit) in store.people_with_units(day).unwrap() {
        let unit = tree.get(unit).unwrap();
        let roles = person.roles.iter().map(|it| RoleKind::from_code(it.code()).unwrap()).collect();
        rows.push(ImportRow {
            unit: unit.name.clone(),
            parent: unit.parent.map(|it| tree.get(it).unwrap().name.clone()),
            person: Some((person.name, person.email, roles)),
        });
    }
    for (at, name) in NAMES.iter().enumerate() {
        for person in 0..12 {
            rows.push(ImportRow {
                unit: name.parse().unwrap(),
                parent: Some("Hospital".parse().unwrap()),
                person: Some((
                    name.parse().unwrap(),
                    format!("h{at}-{person}@example.org").parse().unwrap(),
                    if person == 0 { vec![RoleKind::Manager] } else { Vec::new() },
                )),
            });
        }
    }
    store.import(&ImportPlan { rows }, Actor::Program, start()).unwrap();
    let contact = |name: &&str| SupportContact {
        title: name.parse().unwrap(),
        phone: Some("112".to_owned()),
        link: None,
        note: (*name).to_owned(),
        checked: utc_day(start()),
        country: None,
    };
    store.set_support_contacts(&NAMES[..6].iter().map(contact).collect::<Vec<_>>()).unwrap();
    let name = NAMES[1].parse().unwrap();
    store.set_organisation(&Organisation { name, time_zone: "UTC".to_owned() }).unwrap();
}

/// What a browser makes of the text of a page.
fn read(html: &str) -> String {
    html.replace("&#60;", "<")
        .replace("&#62;", ">")
        .replace("&#34;", "\"")
        .replace("&#39;", "'")
        .replace("&#38;", "&")
}

/// Every string of a document.
fn strings(value: &serde_json::Value, found: &mut BTreeSet<String>) {
    match value {
        serde_json::Value::String(it) => {
            found.insert(it.clone());
        }
        serde_json::Value::Array(all) => all.iter().for_each(|it| strings(it, found)),
        serde_json::Value::Object(all) => all.values().for_each(|it| strings(it, found)),
        _ => {}
    }
}

#[actix_web::test]
async fn attack_149_names_that_mean_something_through_every_outlet() {
    let site = Site::with_results_of(hostile);
    let app = listener!(site);
    let (mut pages, mut documents, mut files) = (BTreeSet::new(), BTreeSet::new(), 0);
    for (method, path, gets) in TABLE.iter().chain(PAGES) {
        if *method != "get" {
            continue;
        }
        for (who, email) in WHO.iter().enumerate().filter(|it| gets[it.0] == 200) {
            let cookie = email.map(|it| site.cookie_of(it)).unwrap_or_default();
            let asked = filled(path, &site.unit(NAMES[who]).to_string());
            // Those who lead Elm see Elm.
            let asked = if gets[4] == 200 && who < 4 {
                filled(path, &site.unit("Elm").to_string())
            } else {
                asked
            };
            let answer = asked!(app, get(&asked).insert_header(("cookie", cookie)));
            assert_eq!(answer.status, 200, "{asked} as {email:?}");
            for (name, value) in &answer.headers {
                let value = String::from_utf8_lossy(value.as_bytes());
                // A file is called by its unit: by letters and digits of its name.
                let in_name = |it: char| it.is_ascii_alphanumeric() || "-._;=\"*'% ".contains(it);
                let is_file = name == header::CONTENT_DISPOSITION
                    && value.chars().all(in_name)
                    && value.matches('"').count() == 2;
                assert!(is_file || !value.contains("zq"), "{asked}: {name}: {value}");
            }
            let kind = answer.header("content-type").to_owned();
            if kind.starts_with("text/html") {
                let text = answer.text();
                for name in NAMES.iter().filter(|it| it.contains(['<', '>', '"', '\'', '&'])) {
                    assert!(!text.contains(name), "{asked} as {email:?}: {name}");
                }
                for mark in ["<img src=x", "<svg onload", "onmouseover='zq3", "49 zq5"] {
                    assert!(!text.contains(mark), "{asked} as {email:?}: {mark}");
                }
                let read = read(&text);
                pages.extend(NAMES.into_iter().filter(|it| read.contains(it)));
            } else if kind.contains("json") {
                strings(&answer.json(), &mut documents);
            } else if kind.starts_with("text/csv") {
                files += 1;
                let mut lines = csv::ReaderBuilder::new().flexible(true).from_reader(&*answer.body);
                for cell in lines
                    .records()
                    .flat_map(|it| it.unwrap().iter().map(str::to_owned).collect::<Vec<_>>())
                {
                    assert!(
                        !cell.starts_with(['=', '+', '@', '＝', '\t', '\r']),
                        "{asked}: {cell}"
                    );
                }
            } else if kind.contains("spreadsheetml") {
                files += 1;
                let mut archive = zip::ZipArchive::new(Cursor::new(answer.body.to_vec())).unwrap();
                for at in 0..archive.len() {
                    let mut text = String::new();
                    let mut file = archive.by_index(at).unwrap();
                    if file.read_to_string(&mut text).is_ok() {
                        assert!(!text.contains("<f>") && !text.contains("<script>zq1"), "{asked}");
                    }
                }
            } else if kind == "application/pdf" {
                files += 1;
                assert!(answer.body.starts_with(b"%PDF-"), "{asked}");
            }
        }
    }
    for name in NAMES {
        assert!(pages.contains(name), "on no page: {name}");
        assert!(documents.contains(name), "in no document: {name}");
    }
    assert!(files >= 8, "{files}");

    // Mails go where the address says, whatever the name.
    for at in 0..NAMES.len() {
        let email = format!("h{at}-0@example.org");
        assert_eq!(
            site.app(post("/sign-in", &[("email", email.as_str())])).await.status.as_u16(),
            303
        );
    }
    site.app.send_links();
    let mails = site.app.mailer.sent();
    assert_eq!(mails.len(), NAMES.len());
    for mail in &mails {
        let text = String::from_utf8(mail.clone()).unwrap();
        let (head, _) = text.split_once("\r\n\r\n").unwrap();
        let to: Vec<&str> = head.lines().filter(|it| it.starts_with("To:")).collect();
        assert!(to.len() == 1 && to[0].contains("@example.org"), "{head}");
        assert!(!head.contains("evil.example") && !head.contains("zq16=1"), "{head}");
    }
}

//! Signing in by an identity provider, one of our own that answers as it is told: what a sign-in of the
//! provider's counts for here.

use std::{
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::{TcpListener, TcpStream},
    sync::{Arc, Mutex},
};

use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use serde_json::{Value, json};

use super::*;

const ELM1: &str = "elm1@example.org";
const SECRET: &str = "between the two of us";

/// What the provider signs, apart from the nonce.
#[derive(Clone, Default)]
struct Says {
    nonce: String,
    /// When it says that it asked who is there.
    asked: Option<DateTime<Utc>>,
}

/// A provider that lets everybody in as [`ELM1`].
struct Provider {
    says: Arc<Mutex<Says>>,
    issuer: String,
}

impl Provider {
    fn start() -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let issuer = format!("http://{}", listener.local_addr().unwrap());
        let says = Arc::new(Mutex::new(Says::default()));
        let (spoken, itself) = (Arc::clone(&says), issuer.clone());
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                answer(stream.unwrap(), &itself, &spoken.lock().unwrap().clone());
            }
        });
        Self { says, issuer }
    }
}

fn answer(mut stream: TcpStream, issuer: &str, says: &Says) {
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    let (mut lines, mut length) = (Vec::new(), 0);
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).unwrap();
        if line.trim().is_empty() {
            break;
        }
        if let Some(it) = line.to_ascii_lowercase().strip_prefix("content-length:") {
            length = it.trim().parse().unwrap();
        }
        lines.push(line);
    }
    reader.read_exact(&mut vec![0; length]).unwrap();
    let path = lines[0].split(' ').nth(1).unwrap();
    let body = match path {
        "/.well-known/openid-configuration" => json!({
            "issuer": issuer,
            "authorization_endpoint": format!("{issuer}/ask"),
            "token_endpoint": format!("{issuer}/token"),
            "jwks_uri": format!("{issuer}/keys"),
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["HS256"],
        }),
        "/keys" => json!({ "keys": [] }),
        "/token" => {
            json!({ "access_token": "x", "token_type": "Bearer", "id_token": token(issuer, says) })
        }
        _ => panic!("{path}"),
    };
    let body = body.to_string();
    write!(
        stream,
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nconnection: close\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    )
    .unwrap();
}

fn token(issuer: &str, says: &Says) -> String {
    let mut claims = json!({
        "iss": issuer,
        "sub": "1",
        "aud": "tideline",
        "iat": start().timestamp(),
        "exp": (start() + TimeDelta::hours(1)).timestamp(),
        "nonce": says.nonce,
        "email": ELM1,
        "email_verified": true,
    });
    if let Some(asked) = says.asked {
        claims["auth_time"] = Value::from(asked.timestamp());
    }
    encode(&Header::new(Algorithm::HS256), &claims, &EncodingKey::from_secret(SECRET.as_bytes()))
        .unwrap()
}

fn site(provider: &Provider) -> Site {
    let found = crate::OidcProvider::new(crate::OidcSettings {
        name: "Harbour Light".to_owned(),
        issuer: provider.issuer.clone(),
        client_id: "tideline".to_owned(),
        client_secret: SECRET.to_owned(),
        client_authentication: crate::ClientAuthentication::Auto,
        redirect: "http://localhost:8080/sign-in/oidc/callback".to_owned(),
        authority: None,
        trust_addresses: false,
    });
    let Site { app, ballots, _dir } = Site::new();
    let app = Arc::into_inner(web::Data::into_inner(app)).unwrap();
    Site { app: web::Data::new(app.with_oidc(found.unwrap())), ballots, _dir }
}

/// The cookie of this name that was set, as `name=value`.
fn set(answer: &Answer, name: &str) -> Option<String> {
    let cookies = answer.headers.get_all(header::SET_COOKIE);
    let cookies = cookies.filter_map(|it| it.to_str().unwrap().split(';').next());
    cookies.map(str::to_owned).find(|it| it.starts_with(&format!("{name}=")))
}

fn parameter(url: &str, name: &str) -> Option<String> {
    let mut fields = url.split(['?', '&']).skip(1).filter_map(|it| it.split_once('='));
    fields.find(|it| it.0 == name).map(|it| it.1.to_owned())
}

/// Goes to the provider on the way to `to`, and comes back: what it was asked, and what the callback said.
async fn there_and_back(
    site: &Site,
    provider: &Provider,
    to: &str,
    asked: Option<DateTime<Utc>>,
) -> (String, Answer) {
    let begun = site.app(get(&format!("/sign-in/oidc?to={to}"))).await;
    let url = begun.header("location").to_owned();
    let nonce = parameter(&url, "nonce").unwrap();
    *provider.says.lock().unwrap() = Says { nonce, asked };
    let state = parameter(&url, "state").unwrap();
    let back = get(&format!("/sign-in/oidc/callback?code=x&state={state}"));
    let flow = set(&begun, "tideline-oidc").unwrap();
    (url, site.app(back.insert_header((header::COOKIE, flow))).await)
}

/// Whoever finds a browser signed in here and at the provider presses "sign in once more": the provider must
/// not answer for them out of its own session.
#[actix_web::test]
async fn attack_159_the_providers_own_session_opens_the_account_for_whoever_found_the_browser() {
    let provider = Provider::start();
    let site = site(&provider);
    let long_ago = start() - TimeDelta::hours(3);
    for asked in [None, Some(long_ago), Some(start() + TimeDelta::hours(1))] {
        let (url, back) = there_and_back(&site, &provider, "/account", asked).await;
        assert_eq!(parameter(&url, "prompt").as_deref(), Some("login"), "{url}");
        assert_eq!(parameter(&url, "max_age").as_deref(), Some("0"), "{url}");
        assert_eq!(back.header("location"), "/sign-in?provider=not-anew&to=/account");
    }
    let (_, back) = there_and_back(&site, &provider, "/account", Some(start())).await;
    let arrived = get("/sign-in/arrived");
    let code = set(&back, "tideline-arrived").expect("a code");
    let arrived = site.app(arrived.insert_header((header::COOKIE, code))).await;
    assert!(set(&arrived, "tideline-fresh").is_some(), "it asked anew");

    // On any other way the provider's session may answer, and that opens nothing for later.
    let (url, back) = there_and_back(&site, &provider, "/org", Some(long_ago)).await;
    assert!(parameter(&url, "prompt").is_none() && parameter(&url, "max_age").is_none(), "{url}");
    let code = set(&back, "tideline-arrived").expect("a code");
    let arrived = get("/sign-in/arrived").insert_header((header::COOKIE, code.clone()));
    let arrived = site.app(arrived).await;
    assert!(set(&arrived, "tideline").is_some(), "signed in");
    assert_eq!(set(&arrived, "tideline-fresh"), None);
    let session = set(&arrived, "tideline").unwrap();
    let page = site.app(get("/account").insert_header((header::COOKIE, session))).await.text();
    assert!(page.contains("/account/again"), "asked to show who they are first");
}

/// Nor by way of the question whether to sign in in somebody else's place, or by taking the code for a link's.
#[actix_web::test]
async fn a_providers_code_is_not_taken_for_a_links() {
    let provider = Provider::start();
    let site = site(&provider);
    let (_, back) = there_and_back(&site, &provider, "/org", None).await;
    let cookie = set(&back, "tideline-arrived").expect("a code");
    let code = cookie.split_once('=').unwrap().1.to_owned();
    let as_link = site.app(post("/in", &[("code", &code)])).await;
    assert_eq!(as_link.header("location"), "/sign-in?failed");
    // Somebody else is signed in here: they are asked, and what they press says where the code is from.
    let other = site.cookie_of("elm2@example.org");
    let asked = get("/sign-in/arrived")
        .insert_header((header::COOKIE, format!("{cookie}; {other}")))
        .insert_header(("sec-fetch-site", "same-origin"));
    let asked = site.app(asked).await.text();
    assert!(asked.contains("name=\"from\" value=\"provider\""), "{asked}");
    let pressed = site.app(post("/in", &[("code", &code), ("from", "provider")])).await;
    assert!(set(&pressed, "tideline").is_some(), "signed in");
    assert_eq!(set(&pressed, "tideline-fresh"), None);
}

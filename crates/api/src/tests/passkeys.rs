//! Passkeys: added, used and removed, with a device made of software; and what must not open anything.

use actix_web::http::header;
use p256::ecdsa::{Signature, SigningKey, signature::Signer as _};
use serde_json::{Value, json};
use tideline_ballot::encoding::{sha256, to_base64};
use tideline_domain::day::utc_day;
use tideline_store::{AuditQuery, PASSKEY_ADDED, PASSKEY_REMOVED};

use super::*;

const ORIGIN: &str = "http://localhost:8080";
const ELM1: &str = "elm1@example.org";
/// Somebody is there, and showed who: by finger, face or PIN.
const SEEN: u8 = 0b0000_0101;
/// Somebody is there.
const THERE: u8 = 0b0000_0001;
/// The passkey may be, and is, kept elsewhere, too.
const SYNCED: u8 = 0b0001_1000;

/// A device with one passkey, and what it claims.
#[derive(Clone)]
struct Device {
    key: SigningKey,
    id: Vec<u8>,
    /// What it keeps of its owner.
    handle: Vec<u8>,
    rp: &'static str,
    origin: &'static str,
    flags: u8,
    counter: u32,
}

impl Device {
    fn new(number: u8) -> Self {
        Self {
            key: SigningKey::from_slice(&[number; 32]).unwrap(),
            id: vec![number; 16],
            handle: Vec::new(),
            rp: "localhost",
            origin: ORIGIN,
            flags: SEEN,
            counter: 0,
        }
    }

    fn client_data(&self, kind: &str, challenge: &Value) -> Vec<u8> {
        let data = json!({ "type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": false });
        serde_json::to_vec(&data).unwrap()
    }

    fn authenticator_data(&self, more: u8) -> Vec<u8> {
        let mut data = sha256(&[self.rp.as_bytes()]).to_vec();
        data.push(self.flags | more);
        data.extend(self.counter.to_be_bytes());
        data
    }

    /// Makes its passkey as it is asked to (WebAuthn Level 3, 6.5).
    fn make(&mut self, options: &Value) -> Value {
        let asked = &options["publicKey"];
        self.handle = from_base64(asked["user"]["id"].as_str().unwrap());
        let mut data = self.authenticator_data(0b0100_0000);
        data.extend([0; 16]);
        data.extend(u16::try_from(self.id.len()).unwrap().to_be_bytes());
        data.extend(&self.id);
        let point = self.key.verifying_key().to_sec1_point(false);
        // The public key as a map in CBOR (RFC 9052): EC2, ES256, P-256, x, y.
        data.extend([0xa5, 1, 2, 3, 0x26, 0x20, 1, 0x21, 0x58, 32]);
        data.extend(&point.as_bytes()[1..33]);
        data.extend([0x22, 0x58, 32]);
        data.extend(&point.as_bytes()[33..]);
        let mut object = b"\xa3cfmtdnonegattStmt\xa0hauthData\x58".to_vec();
        object.push(u8::try_from(data.len()).unwrap());
        object.extend(data);
        let client = self.client_data("webauthn.create", &asked["challenge"]);
        json!({
            "id": to_base64(&self.id), "rawId": to_base64(&self.id), "type": "public-key", "extensions": {},
            "response": {
                "clientDataJSON": to_base64(&client),
                "attestationObject": to_base64(&object),
                "transports": ["internal"],
            },
        })
    }

    /// Signs in with its passkey as it is asked to.
    fn sign(&self, options: &Value) -> Value {
        let data = self.authenticator_data(0);
        let client = self.client_data("webauthn.get", &options["publicKey"]["challenge"]);
        let signed = [data.as_slice(), sha256(&[&client]).as_slice()].concat();
        let signature: Signature = self.key.sign(&signed);
        json!({
            "id": to_base64(&self.id), "rawId": to_base64(&self.id), "type": "public-key", "extensions": {},
            "response": {
                "clientDataJSON": to_base64(&client),
                "authenticatorData": to_base64(&data),
                "signature": to_base64(signature.to_der().as_bytes()),
                "userHandle": to_base64(&self.handle),
            },
        })
    }
}

fn from_base64(text: &str) -> Vec<u8> {
    use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
    URL_SAFE_NO_PAD.decode(text).unwrap()
}

/// A form as browsers send it, with the cookies it has.
async fn send(site: &Site, path: &str, fields: &[(&str, &str)], cookies: &str) -> Answer {
    let body: Vec<String> = fields
        .iter()
        .map(|(name, value)| format!("{name}={}", crate::own_path::InQuery(value)))
        .collect();
    site.app(post(path, &[]).set_payload(body.join("&")).insert_header((header::COOKIE, cookies)))
        .await
}

async fn csrf(site: &Site, cookies: &str) -> String {
    site.read("/api/v1/me", cookies).await["csrf"].as_str().unwrap().to_owned()
}

/// What a page's script was told to ask, and the cookie by which the browser is known.
struct Question {
    options: Value,
    asked: String,
    browser: String,
}

fn question(answer: &Answer) -> Question {
    assert_eq!(answer.status.as_u16(), 200, "{}", answer.text());
    let told = answer.json();
    let (options, asked) = (told["options"].clone(), told["asked"].as_str().unwrap().to_owned());
    Question { options, asked, browser: answer.cookie().unwrap() }
}

async fn asked_to_sign_in(site: &Site) -> Question {
    question(&send(site, "/sign-in/passkey/ask", &[], "").await)
}

async fn asked_to_add(site: &Site, cookies: &str) -> Question {
    let csrf = csrf(site, cookies).await;
    question(&send(site, "/account/passkeys/ask", &[("csrf", &csrf)], cookies).await)
}

/// Adds the passkey of `device` to the account of whoever has these cookies.
async fn add(site: &Site, cookies: &str, device: &mut Device, name: &str) -> Answer {
    let Question { options, asked, browser } = asked_to_add(site, cookies).await;
    let answer = device.make(&options).to_string();
    let csrf = csrf(site, cookies).await;
    let fields = [("csrf", csrf.as_str()), ("name", name), ("asked", &asked), ("answer", &answer)];
    send(site, "/account/passkeys", &fields, &format!("{cookies}; {browser}")).await
}

async fn answered(site: &Site, to: &Question, answer: &Value) -> Answer {
    let answer = answer.to_string();
    let fields = [("asked", to.asked.as_str()), ("answer", answer.as_str())];
    send(site, "/sign-in/passkey", &fields, &to.browser).await
}

async fn sign_in(site: &Site, device: &Device) -> Answer {
    let question = asked_to_sign_in(site).await;
    let answer = device.sign(&question.options);
    answered(site, &question, &answer).await
}

#[track_caller]
fn leads(answer: &Answer, to: &str) {
    assert_eq!((answer.status.as_u16(), answer.header("location")), (303, to), "{}", answer.text());
    if !to.contains("signed") {
        assert!(!answer.header("set-cookie").starts_with("tideline="), "nobody is signed in");
    }
}

/// An installation in which elm1 has a passkey on a device.
async fn with_passkey() -> (Site, Device) {
    let (site, mut device) = (Site::new(), Device::new(1));
    let added = add(&site, &site.cookie_of(ELM1), &mut device, "My phone").await;
    leads(&added, "/account?done=added");
    (site, device)
}

/// Everybody but elm1 stays, as another roster says.
fn elm1_leaves(site: &Site) {
    let day = utc_day(site.app.now());
    let units = site.app.store.units(day).unwrap().unwrap();
    let name = |unit| units.get(unit).unwrap().name.clone();
    let stays = site.app.store.people_with_units(day).unwrap().into_iter();
    let rows = stays.filter(|(who, _)| who.email.as_str() != ELM1).map(|(who, unit)| ImportRow {
        unit: name(unit),
        parent: (name(unit).as_str() != "Hospital").then(|| "Hospital".parse().unwrap()),
        person: Some((
            who.name.clone(),
            who.email.clone(),
            vec![
                who.roles
                    .first()
                    .map_or(RoleKind::Staff, |it| RoleKind::from_code(it.code()).unwrap()),
            ],
        )),
    });
    let plan = ImportPlan { rows: rows.collect() };
    site.app.store.import(&plan, Actor::Program, site.app.now()).unwrap();
}

#[actix_web::test]
async fn a_passkey_signs_in_until_it_is_removed() {
    let (site, device) = with_passkey().await;
    let cookies = site.cookie_of(ELM1);
    let page = site.app(get("/account").insert_header((header::COOKIE, cookies.as_str()))).await;
    assert!(page.text().contains("<bdi>My phone</bdi>"), "{}", page.text());

    let answer = sign_in(&site, &device).await;
    leads(&answer, "/sign-in?signed");
    let session = answer.cookie().unwrap();
    assert_eq!(site.read("/api/v1/me", &session).await["email"], ELM1);

    let record = &site.app.store.passkeys_of(site.person(ELM1).id).unwrap()[0];
    let (key, csrf) = (tideline_ballot::encoding::to_hex(&record.id), csrf(&site, &cookies).await);
    let fields = [("csrf", csrf.as_str()), ("passkey", key.as_str())];
    let removed = send(&site, "/account/passkeys/remove", &fields, &cookies).await;
    leads(&removed, "/account?done=removed");
    leads(&sign_in(&site, &device).await, "/sign-in?passkey=no");
    let told = site.app(get("/sign-in?passkey=no")).await.text();
    assert!(told.contains("That passkey does not open anything here"), "{told}");
}

#[actix_web::test]
async fn what_is_asked_names_this_host_and_wants_to_know_who_is_there() {
    let (site, _) = with_passkey().await;
    let Question { options, .. } = asked_to_sign_in(&site).await;
    let asked = &options["publicKey"];
    assert_eq!(
        (&asked["rpId"], &asked["userVerification"]),
        (&json!("localhost"), &json!("required"))
    );
    assert!(asked["allowCredentials"].as_array().is_none_or(Vec::is_empty), "nobody is named");

    let Question { options, .. } = asked_to_add(&site, &site.cookie_of(ELM1)).await;
    let asked = &options["publicKey"];
    let chosen = &asked["authenticatorSelection"];
    assert_eq!((&asked["rp"]["id"], &asked["attestation"]), (&json!("localhost"), &json!("none")));
    assert_eq!(
        (&chosen["residentKey"], &chosen["userVerification"]),
        (&json!("required"), &json!("required"))
    );
    assert_eq!(asked["excludeCredentials"][0]["id"], to_base64(&[1; 16]), "those it has");
    let handle = from_base64(asked["user"]["id"].as_str().unwrap());
    assert_ne!(
        handle,
        site.person(ELM1).id.uuid().as_bytes(),
        "devices keep no identifier of ours"
    );
}

#[actix_web::test]
async fn signing_in_by_passkey_leads_on_and_lets_the_account_be_changed() {
    let (site, device) = with_passkey().await;
    let question = asked_to_sign_in(&site).await;
    let answer = device.sign(&question.options).to_string();
    let fields = [("asked", question.asked.as_str()), ("answer", &answer), ("to", "/account")];
    let answer = send(&site, "/sign-in/passkey", &fields, &question.browser).await;
    leads(&answer, "/sign-in?signed&to=/account");
    let set: Vec<String> = answer
        .headers
        .get_all(header::SET_COOKIE)
        .map(|it| it.to_str().unwrap().split(';').next().unwrap().to_owned())
        .collect();
    let cookies = set.join("; ");
    assert!(
        ["tideline=", "tideline-device=", "tideline-fresh="].iter().all(|it| cookies.contains(it))
    );
    asked_to_add(&site, &cookies).await;
}

#[actix_web::test]
async fn a_synchronised_passkey_signs_in_again_and_again() {
    let (site, mut device) = (Site::new(), Device { flags: SEEN | SYNCED, ..Device::new(1) });
    leads(&add(&site, &site.cookie_of(ELM1), &mut device, "").await, "/account?done=added");
    for _ in 0..3 {
        leads(&sign_in(&site, &device).await, "/sign-in?signed");
    }
}

#[actix_web::test]
async fn a_device_that_did_not_ask_who_is_there_opens_nothing() {
    let (site, mut device) = with_passkey().await;
    device.flags = THERE;
    leads(&sign_in(&site, &device).await, "/sign-in?passkey=no");
    let mut other = Device { flags: THERE, ..Device::new(2) };
    leads(&add(&site, &site.cookie_of(ELM1), &mut other, "x").await, "/account?failed=no");
}

#[actix_web::test]
async fn a_security_key_that_counts_backwards_opens_nothing() {
    let (site, mut device) = (Site::new(), Device { counter: 5, ..Device::new(1) });
    add(&site, &site.cookie_of(ELM1), &mut device, "A key").await;
    leads(&sign_in(&site, &device).await, "/sign-in?passkey=no");
    device.counter = 9;
    leads(&sign_in(&site, &device).await, "/sign-in?signed");
    for copied in [0, 6, 9] {
        device.counter = copied;
        leads(&sign_in(&site, &device).await, "/sign-in?passkey=no");
    }
    device.counter = 10;
    leads(&sign_in(&site, &device).await, "/sign-in?signed");
}

#[actix_web::test]
async fn attack_115_an_answer_is_sent_once_more() {
    let (site, device) = with_passkey().await;
    let question = asked_to_sign_in(&site).await;
    let answer = device.sign(&question.options);
    leads(&answered(&site, &question, &answer).await, "/sign-in?signed");
    for _ in 0..2 {
        leads(&answered(&site, &question, &answer).await, "/sign-in?passkey=late");
    }
    // At another process, which has the same keys and the same database and has seen nothing of it.
    site.app.store.forget_expired(site.app.now()).unwrap();
    leads(&answered(&site, &question, &answer).await, "/sign-in?passkey=late");
    // And when what was kept of it is gone.
    site.later(TimeDelta::minutes(10));
    leads(&answered(&site, &question, &answer).await, "/sign-in?passkey=late");
    site.later(TimeDelta::minutes(10));
    site.app.store.forget_expired(site.app.now()).unwrap();
    leads(&answered(&site, &question, &answer).await, "/sign-in?passkey=late");

    // What added a passkey does not add it again once it is removed.
    let cookies = site.cookie_of(ELM1);
    let mut second = Device::new(2);
    let Question { options, asked, browser } = asked_to_add(&site, &cookies).await;
    let (made, csrf) = (second.make(&options).to_string(), csrf(&site, &cookies).await);
    let fields = [("csrf", csrf.as_str()), ("name", "x"), ("asked", &asked), ("answer", &made)];
    let all = format!("{cookies}; {browser}");
    leads(&send(&site, "/account/passkeys", &fields, &all).await, "/account?done=added");
    for record in site.app.store.passkeys_of(site.person(ELM1).id).unwrap() {
        site.app.store.remove_passkey(site.person(ELM1).id, &record.id, site.app.now()).unwrap();
    }
    leads(&send(&site, "/account/passkeys", &fields, &all).await, "/account?failed=late");
}

#[actix_web::test]
async fn attack_116_the_passkey_of_somebody_else() {
    let (site, device) = with_passkey().await;
    let mut own = Device::new(2);
    add(&site, &site.cookie_of("elm2@example.org"), &mut own, "Mine").await;
    // Another's name for the passkey with one's own key, one's own passkey with another's name for the
    // person, no name at all.
    let forged = [
        Device { id: device.id.clone(), handle: device.handle.clone(), ..own.clone() },
        Device { handle: device.handle.clone(), ..own.clone() },
        Device { handle: Vec::new(), ..device.clone() },
        Device { handle: site.person(ELM1).id.uuid().as_bytes().to_vec(), ..device.clone() },
    ];
    for forged in forged {
        leads(&sign_in(&site, &forged).await, "/sign-in?passkey=no");
    }
    // One's own key under the name of another's passkey.
    let mut taken = Device { id: device.id.clone(), ..Device::new(3) };
    let cookies = site.cookie_of("elm2@example.org");
    leads(&add(&site, &cookies, &mut taken, "x").await, "/account?failed=taken");
    // Removing somebody else's.
    let elm1 = site.person(ELM1).id;
    let key = tideline_ballot::encoding::to_hex(&site.app.store.passkeys_of(elm1).unwrap()[0].id);
    let csrf = csrf(&site, &cookies).await;
    let fields = [("csrf", csrf.as_str()), ("passkey", key.as_str())];
    send(&site, "/account/passkeys/remove", &fields, &cookies).await;
    leads(&sign_in(&site, &device).await, "/sign-in?signed");
    // What was asked of somebody else, in one's own session.
    let Question { options, asked, browser } = asked_to_add(&site, &site.cookie_of(ELM1)).await;
    let made = Device::new(4).make(&options).to_string();
    let fields = [("csrf", csrf.as_str()), ("name", "x"), ("asked", &asked), ("answer", &made)];
    let answer = send(&site, "/account/passkeys", &fields, &format!("{cookies}; {browser}")).await;
    leads(&answer, "/account?failed=late");
}

#[actix_web::test]
async fn attack_117_a_passkey_used_at_another_address() {
    let (site, device) = with_passkey().await;
    for origin in [
        "http://localhost:8081",
        "https://localhost:8080",
        "http://pulse.localhost:8080",
        "https://evil.example",
    ] {
        let elsewhere = Device { origin, ..device.clone() };
        leads(&sign_in(&site, &elsewhere).await, "/sign-in?passkey=no");
        let mut made = Device { origin, ..Device::new(2) };
        leads(&add(&site, &site.cookie_of(ELM1), &mut made, "x").await, "/account?failed=no");
    }
    for rp in ["evil.example", "pulse.localhost", ""] {
        let elsewhere = Device { rp, ..device.clone() };
        leads(&sign_in(&site, &elsewhere).await, "/sign-in?passkey=no");
        let mut made = Device { rp, ..Device::new(2) };
        leads(&add(&site, &site.cookie_of(ELM1), &mut made, "x").await, "/account?failed=no");
    }
    // A page of another site that has got hold of a question sends the answer itself.
    let question = asked_to_sign_in(&site).await;
    let answer = device.sign(&question.options).to_string();
    let body = format!("asked={}&answer={}", question.asked, crate::own_path::InQuery(&answer));
    let foreign = TestRequest::post()
        .uri("/sign-in/passkey")
        .insert_header((header::ORIGIN, "https://evil.example"))
        .insert_header((header::COOKIE, question.browser.as_str()))
        .insert_header((header::CONTENT_TYPE, "application/x-www-form-urlencoded"));
    assert_eq!(site.app(foreign.set_payload(body)).await.status.as_u16(), 403);
    // Pages that need no passkey can neither ask for one nor make one.
    for (path, get_, create) in
        [("/sign-in", "(self)", "()"), ("/privacy", "()", "()"), ("/in", "()", "()")]
    {
        let answer = site.app(get(path)).await;
        let expected =
            format!("publickey-credentials-get={get_}, publickey-credentials-create={create}");
        assert_eq!(answer.header("permissions-policy"), expected, "{path}");
    }
    let cookies = site.cookie_of(ELM1);
    for (path, create) in [("/account", "(self)"), ("/", "()")] {
        let answer = site.app(get(path).insert_header((header::COOKIE, cookies.as_str()))).await;
        let expected =
            format!("publickey-credentials-get=(), publickey-credentials-create={create}");
        assert_eq!(answer.header("permissions-policy"), expected, "{path}");
    }
}

#[actix_web::test]
async fn attack_118_an_answer_to_another_question() {
    let (site, device) = with_passkey().await;
    let (one, two) = (asked_to_sign_in(&site).await, asked_to_sign_in(&site).await);
    let answer = device.sign(&one.options);
    // To what was asked in another tab of the same browser, or in another browser.
    let crossed = Question { browser: one.browser.clone(), ..two };
    leads(&answered(&site, &crossed, &answer).await, "/sign-in?passkey=late");
    let again = question(&send(&site, "/sign-in/passkey/ask", &[], &one.browser).await);
    assert_eq!(again.browser, one.browser, "a browser stays the same");
    leads(&answered(&site, &again, &answer).await, "/sign-in?passkey=no");
    let stolen =
        Question { options: Value::Null, asked: one.asked.clone(), browser: crossed.asked };
    leads(&answered(&site, &stolen, &answer).await, "/sign-in?passkey=late");
    let nothing =
        Question { options: Value::Null, asked: one.asked.clone(), browser: String::new() };
    leads(&answered(&site, &nothing, &answer).await, "/sign-in?passkey=late");
    // To what was asked to make a passkey, and the other way round.
    let cookies = site.cookie_of(ELM1);
    let adding = asked_to_add(&site, &cookies).await;
    let signed = device.sign(&adding.options);
    leads(&answered(&site, &adding, &signed).await, "/sign-in?passkey=late");
    let csrf = csrf(&site, &cookies).await;
    let made = Device::new(2).make(&adding.options).to_string();
    let fields = [("csrf", csrf.as_str()), ("name", "x"), ("asked", &one.asked), ("answer", &made)];
    let all = format!("{cookies}; {}", one.browser);
    leads(&send(&site, "/account/passkeys", &fields, &all).await, "/account?failed=late");
    // Nonsense, and too late.
    for nonsense in [json!({}), json!("x"), json!({ "id": "", "rawId": "", "type": "x" })] {
        leads(&answered(&site, &one, &nonsense).await, "/sign-in?passkey=no");
    }
    let own_path =
        Question { options: Value::Null, asked: "x.y.z".to_owned(), browser: one.browser.clone() };
    leads(&answered(&site, &own_path, &answer).await, "/sign-in?passkey=late");
    site.later(TimeDelta::minutes(10));
    leads(&answered(&site, &one, &answer).await, "/sign-in?passkey=late");
}

#[actix_web::test]
async fn attack_119_the_passkey_of_somebody_who_has_left() {
    let (site, device) = with_passkey().await;
    let elm1 = site.person(ELM1).id;
    elm1_leaves(&site);
    assert_eq!(site.app.store.passkeys_of(elm1).unwrap(), []);
    let left = sign_in(&site, &device).await;
    let never = sign_in(&site, &Device { handle: device.handle.clone(), ..Device::new(9) }).await;
    leads(&left, "/sign-in?passkey=no");
    assert_eq!((left.status, &left.body), (never.status, &never.body));
    assert_eq!(format!("{:?}", left.headers), format!("{:?}", never.headers));
    // Whoever is back begins anew.
    populate(&site.app.store);
    leads(&sign_in(&site, &device).await, "/sign-in?passkey=no");
}

#[actix_web::test]
async fn what_opens_the_account_is_changed_only_just_after_signing_in() {
    let (site, _) = with_passkey().await;
    let cookies = site.cookie_of(ELM1);
    let csrf = csrf(&site, &cookies).await;
    let with = |more: &[(&'static str, &'static str)]| {
        let mut all = vec![("csrf", csrf.as_str())];
        all.extend(more);
        all
    };
    let password = "correct-horse-battery";
    let stale = "/account?failed=stale";
    site.later(TimeDelta::minutes(15));
    let ask = send(&site, "/account/passkeys/ask", &with(&[]), &cookies).await;
    assert_eq!((ask.status.as_u16(), &ask.json()["type"]), (403, &json!("/problems/not-fresh")));
    let add = with(&[("name", "x"), ("asked", "x"), ("answer", "x")]);
    leads(&send(&site, "/account/passkeys", &add, &cookies).await, stale);
    leads(
        &send(&site, "/account/passkeys/remove", &with(&[("passkey", "")]), &cookies).await,
        stale,
    );
    leads(&send(&site, "/password", &with(&[("password", password)]), &cookies).await, stale);
    let api = request("put", "/api/v1/me/password")
        .insert_header((header::COOKIE, cookies.as_str()))
        .insert_header(("sec-fetch-site", "same-origin"))
        .insert_header(("x-csrf-token", csrf.as_str()))
        .set_json(json!({ "password": password }));
    assert_eq!(site.app(api).await.status.as_u16(), 403);
    let page = site.app(get("/account").insert_header((header::COOKIE, cookies.as_str()))).await;
    let page = page.text();
    assert!(page.contains("My phone") && page.contains("Sign in once more"), "{page}");
    assert!(!page.contains("action=\"/account/passkeys") && !page.contains("action=\"/password\""));

    // Signing in elsewhere does not count here, and a wrong password does not.
    let fresh = site.cookie_of(ELM1);
    let (_, other) = fresh.split_once("; ").unwrap();
    let (session, _) = cookies.split_once("; ").unwrap();
    let mixed = format!("{session}; {other}");
    leads(&send(&site, "/password", &with(&[("password", password)]), &mixed).await, stale);
    let wrong =
        send(&site, "/account/confirm", &with(&[("password", "wrong-password-1")]), session).await;
    leads(&wrong, "/account?failed=password");

    // The own password does; so does leaving and coming back, by whatever way.
    let cost = site.app.settings.password;
    let hash =
        crate::auth::hash_password(cost, &crate::auth::Password::new(password.into()).unwrap());
    site.app.store.set_password_hash(site.person(ELM1).id, &hash.unwrap()).unwrap();
    let right = send(&site, "/account/confirm", &with(&[("password", password)]), session).await;
    leads(&right, "/account?done=shown");
    asked_to_add(&site, &format!("{session}; {}", right.cookie().unwrap())).await;
    let again = send(&site, "/account/again", &with(&[]), session).await;
    assert_eq!(again.header("location"), "/sign-in?to=/account");
    let gone = site.app(get("/api/v1/me").insert_header((header::COOKIE, session))).await;
    assert_eq!(gone.status.as_u16(), 401);
}

#[actix_web::test]
async fn another_site_neither_adds_nor_removes() {
    let (site, device) = with_passkey().await;
    let cookies = site.cookie_of(ELM1);
    let csrf = csrf(&site, &cookies).await;
    for path in ["ask", "", "remove"] {
        let path = format!("/account/passkeys/{path}");
        let path = path.trim_end_matches('/');
        let body = format!("csrf={csrf}&name=x&asked=x&answer=x&passkey={}", "0".repeat(64));
        let foreign = TestRequest::post()
            .uri(path)
            .insert_header((header::ORIGIN, "http://localhost:8081"))
            .insert_header((header::COOKIE, cookies.as_str()))
            .insert_header((header::CONTENT_TYPE, "application/x-www-form-urlencoded"));
        assert_eq!(site.app(foreign.set_payload(body)).await.status.as_u16(), 403, "{path}");
        let fields =
            [("csrf", "x"), ("name", "x"), ("asked", "x"), ("answer", "x"), ("passkey", "x")];
        let forged = send(&site, path, &fields, &cookies).await;
        assert_eq!(forged.status.as_u16(), 403, "{path}");
    }
    leads(&sign_in(&site, &device).await, "/sign-in?signed");
}

#[actix_web::test]
async fn ten_passkeys_and_no_more_and_names_are_only_text() {
    let site = Site::new();
    let cookies = site.cookie_of(ELM1);
    let names = ["<script>alert(1)</script>", "", "a\u{202e}b", &"x".repeat(500), "=1+1"];
    for number in 1..=10_u8 {
        let name = names.get(usize::from(number) - 1).copied().unwrap_or("One more");
        let added = add(&site, &cookies, &mut Device::new(number), name).await;
        leads(&added, "/account?done=added");
    }
    leads(&add(&site, &cookies, &mut Device::new(11), "x").await, "/account?failed=many");
    let kept = site.app.store.passkeys_of(site.person(ELM1).id).unwrap();
    let kept: Vec<&str> = kept.iter().map(|it| it.name.as_str()).collect();
    assert_eq!(kept.len(), 10);
    for name in ["<script>alert(1)</script>", "A browser", "ab", &"x".repeat(60), "=1+1"] {
        assert!(kept.contains(&name), "{name} in {kept:?}");
    }
    let page = site
        .app(get("/account?failed=many").insert_header((header::COOKIE, cookies.as_str())))
        .await;
    let page = page.text();
    assert!(page.contains("You have 10 passkeys") && !page.contains("<script>alert"), "{page}");
    assert!(!page.contains("id=\"add-passkey\""), "there is no room");
}

#[actix_web::test]
async fn signing_out_everywhere_and_a_new_password_keep_passkeys() {
    let (site, device) = with_passkey().await;
    let cookies = site.cookie_of(ELM1);
    let form = [("csrf", csrf(&site, &cookies).await)];
    let form = [("csrf", form[0].1.as_str()), ("password", "correct-horse-battery")];
    let page = site.app(get("/account").insert_header((header::COOKIE, cookies.as_str()))).await;
    assert!(page.text().contains("Signing out does not remove passkeys"));
    assert_eq!(send(&site, "/password", &form, &cookies).await.header("location"), "/?password");
    leads(&sign_in(&site, &device).await, "/sign-in?signed");
    let cookies = site.cookie_of(ELM1);
    let csrf = csrf(&site, &cookies).await;
    send(&site, "/sign-out-everywhere", &[("csrf", &csrf)], &cookies).await;
    leads(&sign_in(&site, &device).await, "/sign-in?signed");
}

#[actix_web::test]
async fn the_log_says_that_a_passkey_came_and_went_and_in_which_hour() {
    let (site, device) = with_passkey().await;
    let elm1 = site.person(ELM1).id;
    site.at("2026-11-20T08:41:17Z");
    let id = site.app.store.passkeys_of(elm1).unwrap()[0].id;
    assert!(site.app.store.remove_passkey(elm1, &id, site.app.now()).unwrap());
    assert!(!site.app.store.remove_passkey(elm1, &id, site.app.now()).unwrap());
    site.at("2026-11-20T09:00:00Z");
    site.app.store.log_passkey_changes(site.app.now()).unwrap();
    let log = site.app.store.audit_entries(&AuditQuery::default()).unwrap();
    let entries: Vec<_> =
        log.iter().map(|it| &it.entry).filter(|it| it.who == Some(elm1)).collect();
    let mut told: Vec<&str> = entries.iter().map(|it| it.action.as_str()).collect();
    told.sort_unstable();
    assert_eq!(told, [PASSKEY_ADDED, PASSKEY_REMOVED], "and nothing of the second time");
    assert!(entries.iter().all(|it| it.at == start() && it.role.is_none()), "{entries:?}");
    assert_eq!(site.app.store.verify_audit_log(site.app.now()).unwrap().broken, None);
    let officer = site.cookie_of("privacy@example.org");
    let page = site.app(get("/admin/audit").insert_header((header::COOKIE, officer))).await.text();
    assert!(page.contains("removed a passkey from their own account"), "{page}");
    leads(&sign_in(&site, &device).await, "/sign-in?passkey=no");
}

//! What finds a check-in again: whose it is, how much of it there may be, and what the app learns.

use tideline_ballot::encoding::{from_base64, to_base64};

use super::*;

const ANN: &str = "elm1@example.org";
const BOB: &str = "oak1@example.org";
const ROOT: [u8; 16] = [7; 16];

/// A sealed copy that a code (1) or a passkey (2) opens; another one for each `nonce`.
fn sealed(opener: u8, nonce: u8) -> String {
    let mut bytes = [nonce; 61];
    bytes[0] = opener;
    to_base64(&bytes)
}

fn body(root: [u8; 16], sealed: &str, anew: bool) -> String {
    format!(r#"{{"root":"{}","sealed":"{sealed}","anew":{anew}}}"#, to_base64(&root))
}

/// Somebody who is signed in.
struct Person<'a> {
    site: &'a Site,
    cookie: String,
    csrf: String,
}

impl<'a> Person<'a> {
    async fn at(site: &'a Site, email: &str) -> Self {
        let cookie = site.cookie_of(email);
        let me = site.read("/api/v1/me", &cookie).await;
        Self { site, cookie, csrf: me["csrf"].as_str().unwrap().to_owned() }
    }

    async fn post(&self, body: String) -> u16 {
        let asked = sending(body)
            .insert_header((header::COOKIE, self.cookie.as_str()))
            .insert_header(("x-csrf-token", self.csrf.as_str()));
        self.site.app(asked).await.status.as_u16()
    }

    async fn keep(&self, opener: u8, nonce: u8) -> u16 {
        self.post(body(ROOT, &sealed(opener, nonce), false)).await
    }

    async fn kept(&self) -> serde_json::Value {
        self.site.read("/me/recovery", &self.cookie).await
    }

    async fn remove(&self, opener: u8, nonce: u8) -> u16 {
        let name = to_base64(&from_base64::<61>(&sealed(opener, nonce)).unwrap()[1..13]);
        let form =
            post("/account/recovery/remove", &[("csrf", self.csrf.as_str()), ("sealed", &name)]);
        let form = form.insert_header((header::COOKIE, self.cookie.as_str()));
        self.site.app(form).await.status.as_u16()
    }

    async fn offer(&self) -> serde_json::Value {
        self.site.read("/me/pickup", &self.cookie).await
    }
}

fn sending(body: String) -> TestRequest {
    TestRequest::post()
        .uri("/me/recovery")
        .insert_header(("sec-fetch-site", "same-origin"))
        .insert_header((header::CONTENT_TYPE, "application/json"))
        .set_payload(body)
}

#[actix_web::test]
async fn copies_are_kept_named_and_taken_away() {
    let site = Site::with_wave();
    let ann = Person::at(&site, ANN).await;
    assert_eq!(ann.kept().await, serde_json::json!({ "root": null, "sealed": [] }));
    assert_eq!(ann.offer().await["recovery"], serde_json::Value::Null);
    assert_eq!([ann.keep(1, 1).await, ann.keep(2, 2).await], [204, 204]);
    let expected = serde_json::json!({
        "root": to_base64(&ROOT),
        "sealed": [sealed(1, 1), sealed(2, 2)],
    });
    assert_eq!(ann.kept().await, expected);
    assert_eq!(ann.offer().await["recovery"], to_base64(&ROOT));

    let page = site.app(get("/account").insert_header((header::COOKIE, ann.cookie.as_str())));
    let page = page.await.text();
    assert!(page.contains("<strong>Personal code</strong>"), "{page}");
    assert!(page.contains("<strong>Passkey for your check-in</strong>"));
    assert!(!page.contains(&sealed(1, 1)), "the page needs a name of it, and no more");

    assert_eq!(ann.remove(1, 1).await, 303);
    assert_eq!(ann.kept().await["sealed"], serde_json::json!([sealed(2, 2)]));
    assert_eq!(ann.remove(2, 2).await, 303);
    assert_eq!(ann.kept().await, serde_json::json!({ "root": null, "sealed": [] }));
}

#[actix_web::test]
async fn a_new_code_takes_the_place_of_the_old_one() {
    let site = Site::with_wave();
    let ann = Person::at(&site, ANN).await;
    assert_eq!([ann.keep(1, 1).await, ann.keep(1, 2).await], [204, 204]);
    assert_eq!(ann.kept().await["sealed"], serde_json::json!([sealed(1, 2)]));
}

/// A button that always fails helps nobody.
#[actix_web::test]
async fn the_page_offers_what_there_is_room_for() {
    let site = Site::with_wave();
    let offered = async |of: &Person<'_>| {
        let page = get("/account").insert_header((header::COOKIE, of.cookie.as_str()));
        let page = site.app(page).await.text();
        ["id=\"recovery-code\"", "id=\"recovery-passkey\"", "Remove one first"]
            .map(|it| page.contains(it))
    };
    let ann = Person::at(&site, ANN).await;
    assert_eq!(offered(&ann).await, [true, true, false]);
    for nonce in 1..=4 {
        assert_eq!(ann.keep(2, nonce).await, 204);
    }
    assert_eq!(ann.keep(1, 5).await, 400);
    assert_eq!(offered(&ann).await, [false, false, true], "four passkeys");
    assert_eq!([ann.remove(2, 1).await, ann.keep(1, 5).await], [303, 204]);
    assert_eq!(offered(&ann).await, [true, false, false], "a code takes the place of the code");
    assert_eq!(ann.keep(1, 6).await, 204);
}

#[actix_web::test]
async fn another_secret_takes_the_place_only_if_that_is_meant() {
    let site = Site::with_wave();
    let ann = Person::at(&site, ANN).await;
    assert_eq!([ann.keep(1, 1).await, ann.keep(2, 2).await], [204, 204]);
    assert_eq!(ann.post(body([8; 16], &sealed(1, 3), false)).await, 400);
    assert_eq!(ann.kept().await["sealed"], serde_json::json!([sealed(1, 1), sealed(2, 2)]));
    assert_eq!(ann.post(body([8; 16], &sealed(1, 3), true)).await, 204);
    assert_eq!(ann.kept().await["sealed"], serde_json::json!([sealed(1, 3)]));
}

/// Attack 152: reading, changing or taking away what is somebody else's.
#[actix_web::test]
async fn attack_152_another_persons_copies() {
    let site = Site::with_wave();
    let (ann, bob) = (Person::at(&site, ANN).await, Person::at(&site, BOB).await);
    assert_eq!(ann.keep(1, 1).await, 204);
    let nothing = serde_json::json!({ "root": null, "sealed": [] });
    assert_eq!(bob.kept().await, nothing);
    for path in ["/me/recovery?person=", "/me/recovery?holder="] {
        let id = site.person(ANN).id;
        assert_eq!(site.read(&format!("{path}{id}"), &bob.cookie).await, nothing, "{path}");
    }
    assert_eq!(bob.offer().await["recovery"], serde_json::Value::Null);
    assert_eq!(bob.remove(1, 1).await, 303);
    assert_eq!(bob.post(body(ROOT, &sealed(1, 9), true)).await, 204);
    assert_eq!(ann.kept().await["sealed"], serde_json::json!([sealed(1, 1)]));
    assert_eq!(bob.kept().await["sealed"], serde_json::json!([sealed(1, 9)]));
}

/// Attack 158: whoever found a code, and is not signed in as its owner, gets nothing that it opens.
#[actix_web::test]
async fn attack_158_a_code_without_its_owners_sign_in() {
    let site = Site::with_wave();
    let ann = Person::at(&site, ANN).await;
    assert_eq!(ann.keep(1, 1).await, 204);
    assert_eq!(site.app(get("/me/recovery")).await.status.as_u16(), 401);
    let (bearer, _) = site.bearer_of(ANN);
    let by_token = get("/me/recovery").insert_header((header::AUTHORIZATION, bearer.as_str()));
    assert_eq!(site.app(by_token).await.status.as_u16(), 401, "a token begets nothing");
    for path in ["/me/recovery", "/me/pickup"] {
        assert_eq!(site.ballot(get(path)).await.status.as_u16(), 404, "{path} on the ballot side");
    }

    let new = body(ROOT, &sealed(1, 2), true);
    let cookie = || (header::COOKIE, ann.cookie.as_str());
    let csrf = ("x-csrf-token", ann.csrf.as_str());
    let elsewhere = TestRequest::post()
        .uri("/me/recovery")
        .insert_header(("sec-fetch-site", "cross-site"))
        .insert_header((header::CONTENT_TYPE, "application/json"))
        .set_payload(new.clone());
    for (asked, expected) in [
        (sending(new.clone()), 401),
        (sending(new.clone()).insert_header(cookie()), 403),
        (elsewhere.insert_header(cookie()).insert_header(csrf), 403),
        (sending(new).insert_header((header::AUTHORIZATION, bearer.as_str())), 401),
    ] {
        assert_eq!(site.app(asked).await.status.as_u16(), expected);
    }
    assert_eq!(ann.kept().await["sealed"], serde_json::json!([sealed(1, 1)]));
}

/// Attack 155: what one person can have kept is bounded, whatever is sent.
#[actix_web::test]
async fn attack_155_too_many_too_large_and_nonsense() {
    let site = Site::with_wave();
    let ann = Person::at(&site, ANN).await;
    for nonce in 1..=4 {
        assert_eq!(ann.keep(2, nonce).await, 204);
    }
    assert_eq!([ann.keep(2, 5).await, ann.keep(1, 5).await], [400, 400]);
    let all = ann.kept().await;
    assert_eq!(all["sealed"].as_array().unwrap().len(), 4);

    let root = to_base64(&ROOT);
    let good = sealed(1, 1);
    for bad in [
        body(ROOT, &to_base64(&[1; 62]), true),
        body(ROOT, &to_base64(&[1; 60]), true),
        body(ROOT, &sealed(3, 1), true),
        body(ROOT, &format!("{good}="), true),
        body(ROOT, &"A".repeat(20_000), true),
        format!(r#"{{"root":"{root}A","sealed":"{good}","anew":true}}"#),
        format!(r#"{{"root":"{root}","sealed":"{good}"}}"#),
        format!(r#"{{"root":"{root}","sealed":"{good}","anew":true,"more":1}}"#),
        String::new(),
    ] {
        assert_eq!(ann.post(bad.clone()).await, 400, "{}", &bad[..bad.len().min(90)]);
    }
    assert_eq!(ann.kept().await, all);
}

/// Attack 155: a program that waits for the moment in which somebody makes a code.
#[actix_web::test]
async fn attack_155_reading_all_the_time() {
    let site = Site::with_wave();
    let (ann, bob) = (Person::at(&site, ANN).await, Person::at(&site, BOB).await);
    let read = async |of: &Person<'_>| {
        let asked = get("/me/recovery").insert_header((header::COOKIE, of.cookie.as_str()));
        site.app(asked).await.status.as_u16()
    };
    for _ in 0..30 {
        assert_eq!(read(&ann).await, 200);
    }
    assert_eq!((read(&ann).await, ann.keep(1, 1).await), (429, 429));
    assert_eq!(read(&bob).await, 200, "each person for itself");
    site.later(TimeDelta::minutes(16));
    assert_eq!((read(&ann).await, ann.keep(1, 1).await), (200, 204));
}

#[actix_web::test]
async fn the_share_is_the_persons_own_and_the_same_on_every_device() {
    let site = Site::with_wave();
    let share = async |email: &str| {
        let offer = Person::at(&site, email).await.offer().await;
        from_base64::<32>(offer["waves"][0]["share"].as_str().unwrap()).unwrap()
    };
    let (one, other) = (share(ANN).await, share(ANN).await);
    assert_eq!(one, other);
    assert_ne!(one, share(BOB).await);
}

/// Attack 153: once a wave is over there is no share to be had, by nobody.
#[actix_web::test]
async fn attack_153_no_share_after_the_end() {
    let site = Site::with_results();
    let ann = Person::at(&site, ANN).await;
    assert_eq!(ann.keep(1, 1).await, 204);
    let offer = ann.offer().await;
    assert_eq!(offer, serde_json::json!({ "waves": [], "recovery": to_base64(&ROOT) }));
}

/// Signing out everywhere is for a lost phone: then it is the code that brings the check-in back.
#[actix_web::test]
async fn signing_out_everywhere_leaves_the_code() {
    let site = Site::with_wave();
    let ann = Person::at(&site, ANN).await;
    assert_eq!(ann.keep(1, 1).await, 204);
    let form = post("/sign-out-everywhere", &[("csrf", ann.csrf.as_str())]);
    site.app(form.insert_header((header::COOKIE, ann.cookie.as_str()))).await;
    let again = Person::at(&site, ANN).await;
    assert_eq!(again.kept().await["sealed"], serde_json::json!([sealed(1, 1)]));
}

/// Attack 154: the log that administrators read has no line for it.
#[actix_web::test]
async fn attack_154_nothing_of_it_is_logged() {
    let site = Site::with_wave();
    let entries = || site.app.store.audit_log().unwrap().len();
    let before = entries();
    let ann = Person::at(&site, ANN).await;
    assert_eq!(ann.keep(1, 1).await, 204);
    ann.kept().await;
    assert_eq!(ann.remove(1, 1).await, 303);
    assert_eq!(entries(), before);
}

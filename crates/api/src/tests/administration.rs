//! Set-up, sessions, languages, and what administrators and the privacy officer keep.

use std::sync::{Arc, Mutex};

use actix_web::http::header;

use super::*;
use tideline_domain::day::utc_day;
use tideline_store::Organisation;

use crate::{AnnounceError, PlannedWave, Program};

/// A form sent by somebody who is signed in.
async fn send(site: &Site, email: &str, path: &str, fields: &[(&str, &str)]) -> Answer {
    let cookie = site.cookie_of(email);
    let csrf = site.read("/api/v1/me", &cookie).await["csrf"].as_str().unwrap().to_owned();
    let mut all = vec![("csrf", csrf.as_str())];
    all.extend_from_slice(fields);
    site.app(post(path, &all).insert_header((header::COOKIE, cookie))).await
}

pub(super) async fn see(site: &Site, email: &str, path: &str) -> String {
    let cookie = site.cookie_of(email);
    let answer = site.app(get(path).insert_header((header::COOKIE, cookie))).await;
    assert_eq!(answer.status, StatusCode::OK, "{path}");
    answer.text()
}

/// The same installation with nobody in it, and what the program printed.
fn empty(code: &str) -> Site {
    let site = Site::with(|_| ());
    let Site { app, ballots, _dir } = site;
    let app = web::Data::into_inner(app);
    let app = Arc::into_inner(app).unwrap().with_setup(code.to_owned());
    Site { app: web::Data::new(app), ballots, _dir }
}

#[actix_web::test]
async fn whoever_has_the_code_sets_the_installation_up_once() {
    let site = empty("the printed code");
    let home = site.app(get("/")).await;
    assert_eq!((home.status.as_u16(), home.header("location")), (303, "/setup"));
    let asked = site.app(get("/setup")).await.text();
    let list = asked.split("<select id=\"time_zone\"").nth(1).unwrap();
    assert!(list.contains("<option value=\"\" selected>") && list.contains(">Europe/Berlin<"));
    assert!(asked.contains("/static/time-zone."), "the browser's own comes first");
    let fields = |code: &'static str, password: &'static str| {
        [
            ("code", code),
            ("organisation", "Harbour"),
            ("time_zone", "Europe/Berlin"),
            ("name", "Ada"),
            ("email", "ada@example.org"),
            ("password", password),
            ("support", "Crisis line"),
            ("phone", "112"),
        ]
    };
    for (code, password, said) in [
        ("another", "correct-horse-battery", "not the setup code"),
        ("the printed code", "short", "12 to 128 characters"),
    ] {
        let refused = site.app(post("/setup", &fields(code, password))).await;
        assert_eq!(refused.status.as_u16(), 422);
        assert!(refused.text().contains(said) && refused.text().contains("value=\"Harbour\""));
        assert!(site.app.store.organisation().unwrap().is_none(), "nothing is half done");
    }
    let done = site.app(post("/setup", &fields("the printed code", "correct-horse-battery"))).await;
    assert_eq!((done.status.as_u16(), done.header("location")), (303, "/"));
    let me = site.read("/api/v1/me", &done.cookie().unwrap()).await;
    assert_eq!(me["roles"].as_array().unwrap().len(), 2, "{me}");
    assert_eq!(site.app.store.support_contacts().unwrap().len(), 1);

    let missing = site.app(get("/nothing")).await;
    assert_eq!(site.app(get("/setup")).await.body, missing.body);
    let again =
        site.app(post("/setup", &fields("the printed code", "correct-horse-battery"))).await;
    assert_eq!(again.status.as_u16(), 404);
    let home = site.app(get("/").insert_header((header::COOKIE, done.cookie().unwrap()))).await;
    assert!(home.text().contains("Getting started"));
}

#[actix_web::test]
async fn attack_90_the_printed_code_after_a_roster_was_brought_in() {
    let site = empty("the printed code");
    assert_eq!(site.app(get("/setup")).await.status.as_u16(), 200);
    // Another process: `tideline import-roster` while this one serves.
    populate(&site.app.store);
    let before = site.app.store.people_with_units(utc_day(start())).unwrap();
    let fields = [
        ("code", "the printed code"),
        ("organisation", "Harbour"),
        ("time_zone", "Europe/Berlin"),
        ("name", "Eve"),
        ("email", "eve@example.org"),
        ("password", "correct-horse-battery"),
        ("support", "Crisis line"),
        ("phone", "112"),
    ];
    let page = site.app(post("/setup", &fields)).await;
    let body =
        serde_json::json!(fields.iter().copied().collect::<std::collections::BTreeMap<_, _>>());
    let api = site.app(TestRequest::post().uri("/api/v1/setup").set_json(body)).await;
    assert_eq!((page.status.as_u16(), api.status.as_u16()), (404, 404));
    assert_eq!((page.cookie(), api.cookie()), (None, None));
    assert_eq!(site.app.store.people_with_units(utc_day(start())).unwrap(), before);
    assert!(site.app.store.organisation().unwrap().is_none());
    let home = site.app(get("/")).await;
    let sent_to = home.header("location").split('?').next();
    assert_eq!(sent_to, Some("/sign-in"), "nobody is sent to a set-up that is over");
}

#[actix_web::test]
async fn people_see_where_they_are_signed_in_and_end_it() {
    let site = Site::new();
    let person = site.person("elm1@example.org").id;
    let now = site.app.now();
    let store = &site.app.store;
    let phone = crate::auth::start_session(store, person, now, "firefox-phone").unwrap();
    let other = site.person("elm2@example.org").id;
    let others = crate::auth::start_session(store, other, now, "").unwrap();
    let page = see(&site, "elm1@example.org", "/account").await;
    assert!(page.contains("Firefox on a phone or tablet") && page.contains("This device"));

    let hex = |secret: &crate::auth::Secret<32>| tideline_ballot::encoding::to_hex(&secret.hash());
    for (session, ends) in [(hex(&others), false), (hex(&phone), true)] {
        let answer =
            send(&site, "elm1@example.org", "/account/sessions/end", &[("session", &session)])
                .await;
        assert_eq!(answer.header("location"), "/account?done=ended");
        let left = store.sessions_of(if ends { person } else { other }, now).unwrap();
        assert_eq!(
            left.iter().any(|it| tideline_ballot::encoding::to_hex(&it.hash) == session),
            !ends
        );
    }
    let cookie = format!("tideline={}", phone.text());
    let answer = site.app(get("/account").insert_header((header::COOKIE, cookie))).await;
    assert_eq!(answer.header("location"), "/sign-in?to=/account");
}

#[actix_web::test]
async fn pages_speak_the_language_that_is_asked_for_or_chosen() {
    let site = Site::new();
    for path in ["/privacy", "/support", "/sign-in", "/nothing"] {
        let german = site.app(get(path).insert_header((header::ACCEPT_LANGUAGE, "de-AT"))).await;
        assert!(german.text().contains("<html lang=\"de\">"), "{path}");
        let english = site.app(get(path)).await;
        assert!(english.text().contains("<html lang=\"en\">"), "{path}");
        assert_eq!(english.cookie(), None, "nobody chose: no cookie");
    }
    let switched = site.app(get("/language/de?to=/reading")).await;
    assert_eq!(switched.header("location"), "/reading");
    let cookie = switched.cookie().unwrap();
    let page = site.app(get("/reading").insert_header((header::COOKIE, cookie))).await;
    assert!(page.text().contains("So lesen Sie die Diagramme"));
}

#[actix_web::test]
async fn the_smallest_group_goes_up_at_once_and_down_after_a_week() {
    let site = Site::new();
    let change = async |email: &str, k: &str, reason: &str| {
        let fields = [("smallest_group", k), ("reason", reason)];
        send(&site, email, "/admin/privacy", &fields).await.status.as_u16()
    };
    assert_eq!(change("admin@example.org", "8", "More+room").await, 404);
    assert_eq!(change("privacy@example.org", "4", "Less").await, 422);
    assert_eq!(change("privacy@example.org", "8", "").await, 422);
    assert_eq!(change("privacy@example.org", "8", "More+room").await, 303);
    assert_eq!(site.app.smallest_group().unwrap().people(), 8);
    assert_eq!(change("privacy@example.org", "8", "Again").await, 422);
    assert_eq!(change("privacy@example.org", "6", "Too+little+was+shown").await, 303);
    assert_eq!(site.app.smallest_group().unwrap().people(), 8);
    let log = site.app(get("/privacy/log")).await.text();
    for said in
        ["raised from 6 to 8", "go down from 8 to 6", "27 November 2026", "Reason: More room"]
    {
        assert!(log.contains(said), "{said} in {log}");
    }
    site.later(TimeDelta::days(7));
    assert_eq!(site.app.smallest_group().unwrap().people(), 6);
    let page = see(&site, "privacy@example.org", "/admin/privacy?k=12").await;
    assert!(page.contains("Effect with today") && page.contains("with 12"));
}

#[actix_web::test]
async fn support_contacts_are_kept_whole_or_not_at_all() {
    let site = Site::new();
    let fields = [
        ("title-0", "Crisis+line"),
        ("phone-0", "0800+1"),
        ("title-1", "Support"),
        ("link-1", "http://x"),
    ];
    let refused = send(&site, "admin@example.org", "/admin/support", &fields).await;
    assert_eq!(refused.status.as_u16(), 422);
    assert!(
        refused.text().contains("value=\"Crisis line\"") && refused.text().contains("#title-1")
    );
    assert!(site.app.store.support_contacts().unwrap().is_empty());
    let saved = send(&site, "admin@example.org", "/admin/support", &fields[..2]).await;
    assert_eq!(saved.header("location"), "/admin/support?saved");
    assert!(site.app(get("/support")).await.text().contains("href=\"tel:08001\""));
    assert!(!see(&site, "admin@example.org", "/admin/support").await.contains("for 90 days"));
    site.later(TimeDelta::days(91));
    assert!(see(&site, "admin@example.org", "/admin/support").await.contains("for 90 days"));
}

/// Announces nothing, but remembers what was asked.
#[derive(Default)]
struct Asked(Mutex<Vec<String>>);

impl Program for Asked {
    fn announce(&self, asks: &InstrumentId, window: Window) -> Result<WaveSeq, AnnounceError> {
        let mut asked = self.0.lock().unwrap();
        if !asked.is_empty() {
            return Err(AnnounceError::FullMonth);
        }
        asked.push(format!("{asks} {} {}", window.opens(), window.closes()));
        Ok(WaveSeq(1))
    }

    fn planned(&self, most: usize) -> Result<Vec<PlannedWave>, AnnounceError> {
        let at = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
        let opens = at("2026-12-01T08:00:00Z");
        let window = Window::new(opens, opens, at("2026-12-14T23:00:00Z")).unwrap();
        let report = Some(at("2026-12-15T08:00:00Z"));
        Ok([PlannedWave { window, report }].into_iter().take(most).collect())
    }
}

#[actix_web::test]
async fn a_wave_is_announced_once_there_is_somebody_to_turn_to() {
    let Site { app, ballots, _dir } = Site::new();
    let program = Arc::new(Asked::default());
    let app = Arc::into_inner(app.into_inner()).unwrap().with_program(program.clone());
    let site = Site { app: web::Data::new(app), ballots, _dir };
    let dates = [("opens", "2026-11-23"), ("closes", "2026-11-29")];
    let refused = send(&site, "hr@example.org", "/org/waves", &dates).await;
    assert!(refused.text().contains("name a crisis or support contact"));
    send(&site, "admin@example.org", "/admin/support", &[("title-0", "Line"), ("phone-0", "112")])
        .await;
    let backwards = [("opens", "2026-11-29"), ("closes", "2026-11-23")];
    assert_eq!(send(&site, "hr@example.org", "/org/waves", &backwards).await.status.as_u16(), 422);
    let berlin =
        Organisation { name: "Harbour".parse().unwrap(), time_zone: "Europe/Berlin".to_owned() };
    site.app.store.set_organisation(&berlin).unwrap();
    let page = see(&site, "hr@example.org", "/org/waves").await;
    assert!(
        !page.contains("Invitation, the same for everybody"),
        "there is no check-in to invite to"
    );
    let planned =
        "Open from 1 December 2026, 09:00 to 14 December 2026. Report: 15 December 2026, 09:00";
    assert!(page.contains(planned), "{page}");
    let done = send(&site, "hr@example.org", "/org/waves", &dates).await;
    assert_eq!(done.header("location"), "/org/waves?announced");
    assert_eq!(
        *program.0.lock().unwrap(),
        ["tideline-pulse-1 2026-11-22 23:00:00 UTC 2026-11-29 23:00:00 UTC"]
    );
    let twice = send(&site, "admin@example.org", "/org/waves", &dates).await;
    assert!(twice.text().contains("There are nine check-ins of that month already."));
}

#[actix_web::test]
async fn people_see_the_contacts_of_their_country_first() {
    let site = Site::with_wave();
    let admin = "admin@example.org";
    let fields = [("title-0", "Line+AT"), ("phone-0", "142"), ("country-0", "at")];
    send(&site, admin, "/admin/support", &fields).await;
    let page = see(&site, admin, "/admin/support").await;
    assert!(page.contains("There is no contact for everybody"), "units without a country");
    let today = utc_day(start());
    let tree = site.app.store.units(today).unwrap().unwrap();
    let unit = |name: &str| tree.units().iter().find(|it| it.name.as_str() == name).unwrap().id;
    let [root, elm] = [format!("unit-{}", tree.root().id), format!("unit-{}", unit("Elm"))];
    let countries = [(root.as_str(), "AT"), (elm.as_str(), "de")];
    send(&site, admin, "/admin/support/countries", &countries).await;
    let page = see(&site, admin, "/admin/support").await;
    assert!(page.contains("Nobody is named for Germany."));
    let wrong = send(&site, admin, "/admin/support/countries", &[(elm.as_str(), "Austria")]).await;
    assert_eq!(wrong.status.as_u16(), 400);

    let path = "/api/v1/unit-countries";
    let cookie = site.cookie_of(admin);
    let mut said = site.read(path, &cookie).await.as_array().unwrap().clone();
    assert_eq!(said.len(), 2);
    let csrf = site.read("/api/v1/me", &cookie).await["csrf"].as_str().unwrap().to_owned();
    let put = |body: &[serde_json::Value]| {
        let request = TestRequest::put().uri(path).set_json(body);
        let request = request.insert_header((header::COOKIE, cookie.clone()));
        let request = request.insert_header(("sec-fetch-site", "same-origin"));
        site.app(request.insert_header(("x-csrf-token", csrf.clone())))
    };
    said.iter_mut().for_each(|it| it["country"] = "FR".into());
    assert_eq!(put(&said).await.status.as_u16(), 204);
    assert!(see(&site, admin, "/admin/support").await.contains("Nobody is named for France."));
    for (part, wrong) in [("unit", uuid::Uuid::nil().to_string()), ("country", "Austria".into())] {
        let mut said = said.clone();
        said[0][part] = wrong.into();
        assert_eq!(put(&said).await.status.as_u16(), 400);
    }
    send(&site, admin, "/admin/support/countries", &countries).await;
    assert_eq!(site.app.store.unit_countries().unwrap().len(), 2);

    let both = [&fields[..], &[("title-1", "Line+DE"), ("phone-1", "111"), ("country-1", "DE")]];
    send(&site, admin, "/admin/support", &both.concat()).await;
    assert!(site.app.store.without_contact(today).unwrap().is_empty());
    let order = |page: &str| page.find("Line DE").unwrap() < page.find("Line AT").unwrap();
    assert!(order(&see(&site, "elm1@example.org", "/support").await), "of Elm");
    let abroad = get("/support").insert_header((header::ACCEPT_LANGUAGE, "de-AT,de;q=0.9"));
    let page = site.app(abroad).await.text();
    assert!(!order(&page) && page.contains("<h3>Österreich</h3>"));
    let many: Vec<(String, &str)> = (0..9)
        .flat_map(|at| [(format!("title-{at}"), "Line"), (format!("phone-{at}"), "112")])
        .collect();
    let many: Vec<(&str, &str)> = many.iter().map(|(name, it)| (name.as_str(), *it)).collect();
    assert_eq!(send(&site, admin, "/admin/support", &many).await.status.as_u16(), 422);
}

#[actix_web::test]
async fn imported_scores_stand_on_the_teams_page_by_name() {
    let site = Site::with_results();
    let tree = site.app.store.units(utc_day(start())).unwrap().unwrap();
    let elm = tree.units().iter().find(|it| it.name.as_str() == "Elm").unwrap().id;
    let score = tideline_store::ImportedScore::coarsened(
        "mbi",
        "2026-10".parse().unwrap(),
        elm,
        "exhaustion",
        9,
        50.0,
        tideline_aggregation::MinGroup::DEFAULT,
    );
    site.app.store.import_scores(&[score.unwrap()]).unwrap();
    for page in [format!("/team/{elm}"), "/org/units".to_owned()] {
        let page = see(&site, "hr@example.org", &page).await;
        for part in
            ["Maslach Burnout Inventory (MBI), imported", "October 2026", "0 to 6", "Mind Garden"]
        {
            assert!(page.contains(part), "{part}");
        }
    }
    let staff = site.cookie_of("elm1@example.org");
    let results = site.app(get("/results").insert_header((header::COOKIE, staff))).await;
    assert!(!results.text().contains("Maslach"));
}

#[actix_web::test]
async fn teams_stand_side_by_side_in_the_order_of_the_organisation() {
    let site = Site::with_results();
    let page = see(&site, "hr@example.org", "/org/compare").await;
    assert!(page.contains("A comparison needs eight teams or more, and here there are 2."));
    assert!(
        page.contains("Elm") && page.contains("class=\"chart\"") && page.contains("Own wording")
    );
}

#[actix_web::test]
async fn the_audit_log_can_be_read_filtered_and_taken_away_signed() {
    let site = Site::with_results();
    see(&site, "hr@example.org", "/org").await;
    see(&site, "hr@example.org", "/org").await;
    let elm = site.unit("Elm");
    see(&site, "elm-lead@example.org", &format!("/team/{elm}")).await;
    let page = see(&site, "privacy@example.org", "/admin/audit").await;
    assert!(page.contains("The log is whole: 8 entries"), "read twice in a minute is one view");
    assert!(page.contains("all 8 entries were checked, one by one"), "{page}");
    site.later(TimeDelta::minutes(1));
    see(&site, "hr@example.org", "/org").await;
    let page = see(&site, "privacy@example.org", "/admin/audit").await;
    assert!(page.contains("The log is whole: 9 entries"));
    assert!(page.contains("all 8 entries were checked") && page.contains("was checked just now"));
    assert!(
        page.contains("looked at results: Elm")
            && page.contains("looked at results: the organisation")
    );
    let leads = see(&site, "privacy@example.org", "/admin/audit?role=manager").await;
    assert!(leads.contains("looked at results: Elm") && !leads.contains("the organisation"));
    let file: serde_json::Value =
        serde_json::from_str(&see(&site, "privacy@example.org", "/admin/audit.json").await)
            .unwrap();
    assert_eq!(file["entries"].as_array().unwrap().len(), 10, "taking it away is in it, too");
    assert_eq!(file["key"]["kty"], "OKP");
    let log = site.app(get("/privacy/log")).await.text();
    assert!(log.contains("<td class=\"text\">HR</td>") && !log.contains("example.org"));
}

#[actix_web::test]
async fn everybody_sees_the_whole_and_the_own_unit_and_no_other() {
    let site = Site::with_results();
    let staff = see(&site, "elm1@example.org", "/results").await;
    assert!(staff.contains("Hospital, November 2026") && staff.contains("Elm, November 2026"));
    assert!(!staff.contains("Oak, November"));
    let ids: Vec<&str> =
        staff.split(" id=\"").skip(1).map(|it| it.split('"').next().unwrap()).collect();
    let distinct: std::collections::BTreeSet<_> = ids.iter().collect();
    assert_eq!(distinct.len(), ids.len(), "every identifier once");
}

#[actix_web::test]
async fn a_program_that_has_the_code_sets_the_installation_up_once() {
    let site = empty("the printed code");
    let ask = async |code: &str, zone: &str| {
        let body = serde_json::json!({
            "code": code, "organisation": "Harbour", "time_zone": zone, "name": "Ada",
            "email": "ada@example.org", "password": "correct horse battery",
            "support": "Crisis line", "phone": "112",
        });
        site.app(request("post", "/api/v1/setup").set_json(body)).await
    };
    for (code, zone) in [("another", "Europe/Berlin"), ("the printed code", "Berlin")] {
        assert_eq!(ask(code, zone).await.status.as_u16(), 400);
        assert!(site.app.store.organisation().unwrap().is_none(), "nothing is half done");
    }
    let done = ask("the printed code", "Europe/Berlin").await;
    assert_eq!(done.status.as_u16(), 204);
    let cookie = done.cookie().unwrap();
    let organisation = site.read("/api/v1/organisation", &cookie).await;
    let expected = serde_json::json!({ "name": "Harbour", "time_zone": "Europe/Berlin" });
    assert_eq!(organisation, expected);
    assert_eq!(ask("the printed code", "Europe/Berlin").await.status.as_u16(), 404);
}

#[actix_web::test]
async fn administrators_rename_the_organisation_and_set_its_clock() {
    let site = Site::new();
    let page = see(&site, "admin@example.org", "/admin/organisation").await;
    assert!(page.contains("value=\"Hospital\"") && page.contains("value=\"UTC\""), "{page}");
    let save = async |name: &str, zone: &str| {
        let fields = [("organisation", name), ("time_zone", zone)];
        send(&site, "admin@example.org", "/admin/organisation", &fields).await
    };
    let refused = save("Harbour", "Berlin").await;
    assert_eq!(refused.status.as_u16(), 422);
    let text = refused.text();
    assert!(text.contains("href=\"#time_zone\"") && text.contains("value=\"Harbour\""), "{text}");
    assert_eq!(
        save("Harbour", "Europe/Berlin").await.header("location"),
        "/admin/organisation?saved"
    );
    let stored = site.app.store.organisation().unwrap().unwrap();
    assert_eq!((stored.name.as_str(), stored.time_zone.as_str()), ("Harbour", "Europe/Berlin"));
    let log = see(&site, "privacy@example.org", "/admin/audit").await;
    assert!(log.contains("changed the organisation’s name or time zone"), "{log}");
}

#[actix_web::test]
async fn a_password_set_by_the_api_ends_other_sessions_and_signs_in() {
    let site = Site::new();
    let (one, other) = (site.cookie_of("elm1@example.org"), site.cookie_of("elm1@example.org"));
    let me = site.read("/api/v1/me", &one).await;
    let set = async |password: &str| {
        let body = serde_json::json!({ "password": password });
        let asked = request("put", "/api/v1/me/password")
            .insert_header((header::COOKIE, one.as_str()))
            .insert_header(("sec-fetch-site", "same-origin"))
            .insert_header(("x-csrf-token", me["csrf"].as_str().unwrap()));
        site.app(asked.set_json(body)).await
    };
    assert_eq!(set("short").await.status.as_u16(), 400);
    let done = set("correct horse battery").await;
    assert_eq!(done.status.as_u16(), 204);
    assert_eq!(site.read("/api/v1/me", &done.cookie().unwrap()).await["name"], "elm1");
    for ended in [&one, &other] {
        let answer =
            site.app(get("/api/v1/me").insert_header((header::COOKIE, ended.as_str()))).await;
        assert_eq!(answer.status.as_u16(), 401);
    }
    let fields = [("email", "elm1@example.org"), ("password", "correct+horse+battery")];
    let signed_in = site.app(post("/sign-in", &fields)).await;
    assert_eq!(signed_in.header("location"), "/sign-in?signed");
}

#[actix_web::test]
async fn attack_91_an_administrator_who_is_hr_for_a_minute_is_seen_by_everybody() {
    let site = Site::with_results();
    let admin = site.cookie_of("admin@example.org");
    let roster = see(&site, "admin@example.org", "/admin/people.csv").await;
    let made = roster.replace("admin@example.org,admin", "admin@example.org,admin;hr");
    assert_ne!(made, roster, "{roster}");
    let me = site.read("/api/v1/me", &admin).await;
    let bring = async |roster: &str| {
        let request = request("put", "/api/v1/roster")
            .insert_header((header::COOKIE, admin.as_str()))
            .insert_header((header::ORIGIN, "http://localhost:8080"))
            .insert_header(("x-csrf-token", me["csrf"].as_str().unwrap()))
            .set_payload(roster.to_owned());
        let answer = site.app(request).await;
        assert_eq!(answer.status.as_u16(), 200, "{}", answer.text());
    };
    bring(&made).await;
    see(&site, "admin@example.org", "/org").await;
    site.later(TimeDelta::minutes(1));
    bring(&roster).await;

    let public = site.app(get("/api/v1/public-log")).await.json();
    let own = "Changed by the person concerned, for their own account.";
    let said: Vec<&str> = public["entries"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|it| it["more"] == own)
        .map(|it| it["what"].as_str().unwrap())
        .collect();
    assert_eq!(said, ["1 person no longer has a role: HR", "1 person was given a role: HR"]);
    let looked = public["looked"].as_array().unwrap();
    let of = |role: &str| looked.iter().find(|it| it["role"] == role);
    assert_eq!(of("hr").unwrap()["views"], 1, "with the role used then: {public}");
    assert!(of("staff").is_none());

    let log = see(&site, "privacy@example.org", "/admin/audit?role=hr").await;
    assert!(log.contains("admin (HR)") && log.contains("looked at results: the organisation"));
    let log = see(&site, "privacy@example.org", "/admin/audit?role=admin").await;
    for said in ["gave themselves a role: HR (admin)", "gave up a role of their own: HR (admin)"] {
        assert!(log.contains(said), "{said}");
    }
}

#[actix_web::test]
async fn everybody_reads_what_was_changed_and_how_often_results_were_looked_at() {
    let site = Site::with_results();
    see(&site, "hr@example.org", "/org").await;
    see(&site, "elm-lead@example.org", &format!("/team/{}/data.csv", site.unit("Elm"))).await;
    let answer = site.app(get("/api/v1/public-log")).await;
    let log = answer.json();
    assert_eq!(log["entries"].as_array().unwrap().len(), 5, "the wave, and four roles: {log}");
    let looked = log["looked"].as_array().unwrap();
    let of = |role: &str| looked.iter().find(|it| it["role"] == role).unwrap();
    assert_eq!((&of("hr")["views"], &of("hr")["exports"]), (&1.into(), &0.into()));
    assert_eq!((&of("manager")["views"], &of("manager")["exports"]), (&0.into(), &1.into()));
    assert!(!answer.text().contains("example.org") && !answer.text().contains("Elm"));
}

#[actix_web::test]
async fn pages_below_others_say_where_they_are() {
    let site = Site::with_results();
    let elm = site.unit("Elm");
    let above = async |email: &str, path: &str| {
        let page = see(&site, email, path).await;
        let nav =
            page.split("<nav class=\"above\"").nth(1).map(|it| it.split("</nav>").next().unwrap());
        let links = nav.unwrap_or_default().split("href=\"").skip(1);
        links.map(|it| it.split('"').next().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let none: [&str; 0] = [];
    assert_eq!(above("hr@example.org", "/org").await, none);
    assert_eq!(above("hr@example.org", "/org/units").await, ["/org"]);
    assert_eq!(above("hr@example.org", "/org/reports/1").await, ["/org", "/org/reports"]);
    assert_eq!(above("hr@example.org", &format!("/team/{elm}")).await, ["/org", "/org/units"]);
    assert_eq!(above("elm-lead@example.org", &format!("/team/{elm}")).await, none);
    assert_eq!(above("admin@example.org", "/admin/mail").await, ["/admin/units"]);
    assert_eq!(above("privacy@example.org", "/admin/privacy").await, none, "the first of theirs");
}

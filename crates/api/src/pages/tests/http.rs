//! The pages through HTTP: who gets which, and what the board's forms do.

use actix_web::{
    App as Web,
    http::{StatusCode, header},
    test::{self, TestRequest},
    web,
};
use chrono::{DateTime, Utc};
use tideline_aggregation::SmallestGroupSetting;
use tideline_domain::day::utc_day;
use tideline_domain::{EmailAddress, UnitId};
use tideline_report::mailer::{Mailer, Sender};
use tideline_store::{Actor, DatabaseUrl, ImportPlan, ImportRow, RoleKind, Store};

use crate::{App, AuthKeys, Clock, LiveWaves, PasswordCost, Settings};

struct Site {
    app: web::Data<App>,
    _dir: tempfile::TempDir,
}

struct Answer {
    status: StatusCode,
    location: String,
    kind: String,
    body: Vec<u8>,
}

impl Answer {
    fn text(&self) -> String {
        String::from_utf8(self.body.clone()).unwrap()
    }
}

fn now() -> DateTime<Utc> {
    "2026-11-20T08:00:00Z".parse().unwrap()
}

impl Site {
    /// Elm and Oak below a hospital, nothing published.
    fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let url: DatabaseUrl =
            format!("sqlite:{}", dir.path().join("tideline.sqlite").display()).parse().unwrap();
        tideline_store::migrate(&url).unwrap();
        let store = Store::open(&url).unwrap();
        let row = |unit: &str, person: &str, role| ImportRow {
            unit: unit.parse().unwrap(),
            parent: (unit != "Hospital").then(|| "Hospital".parse().unwrap()),
            person: Some((
                person.parse().unwrap(),
                format!("{person}@example.org").parse().unwrap(),
                vec![role],
            )),
        };
        let rows = vec![
            row("Hospital", "hr", RoleKind::Hr),
            row("Elm", "elm-lead", RoleKind::Manager),
            row("Oak", "oak-lead", RoleKind::Manager),
            row("Oak", "oak1", RoleKind::Staff),
        ];
        store.import(&ImportPlan { rows }, Actor::Program, now()).unwrap();
        let settings = Settings {
            app_origin: "http://localhost:8080".parse().unwrap(),
            ballot_origin: "http://localhost:8081".parse().unwrap(),
            data: dir.path().to_path_buf(),
            mail_is_set: false,
            language: tideline_text::Language::English,
            look: Default::default(),
            choices_url: "http://localhost:8080/mail".to_owned(),
            support_url: "http://localhost:8080/support".to_owned(),
            contact: "the works council".to_owned(),
            smallest_group: SmallestGroupSetting::default(),
            roster_guard: false,
            time_zone: chrono_tz::Tz::UTC,
            password: PasswordCost { memory_kib: 8, passes: 1, lanes: 1 },
            proxies: vec!["127.0.0.1".parse().unwrap()],
        };
        let keys = AuthKeys::ephemeral().unwrap();
        let clock = Clock::manual(now());
        let sender = Sender { from: "Tideline <tideline@localhost>".to_owned(), reply_to: None };
        let app =
            App::new(store, LiveWaves::default(), keys, Mailer::memory(sender), settings, clock);
        Self { app: web::Data::new(app), _dir: dir }
    }

    fn unit(&self, name: &str) -> UnitId {
        let tree = self.app.store.units(utc_day(now())).unwrap().unwrap();
        tree.units().iter().find(|it| it.name.as_str() == name).unwrap().id
    }

    async fn ask(&self, who: &str, request: TestRequest) -> Answer {
        let email: EmailAddress = format!("{who}@example.org").parse().unwrap();
        let mut request = request;
        if let Some(person) = self.app.store.person_by_email(&email).unwrap() {
            // One session for each person, so that a form's token fits a later request.
            let secret = crate::auth::Secret::<32>::parse(&session(who)).unwrap();
            let until = now() + chrono::TimeDelta::hours(1);
            let _ = self.app.store.add_session(&secret.hash(), person.id, until, "");
            request =
                request.insert_header((header::COOKIE, format!("tideline={}", secret.text())));
        }
        let web = Web::new().app_data(self.app.clone()).configure(crate::configure_app);
        let service = test::init_service(web).await;
        let response = test::call_service(&service, request.to_request()).await;
        let text = |name| {
            let value = response.headers().get(name).map(|it| it.to_str().unwrap().to_owned());
            value.unwrap_or_default()
        };
        let (location, kind) = (text(header::LOCATION), text(header::CONTENT_TYPE));
        let status = response.status();
        Answer { status, location, kind, body: test::read_body(response).await.to_vec() }
    }

    async fn get(&self, who: &str, path: &str) -> Answer {
        self.ask(who, TestRequest::get().uri(path)).await
    }

    async fn post(&self, who: &str, path: &str, fields: &str) -> Answer {
        let page = self.get(who, "/account").await.text();
        let csrf = page.split("name=\"csrf\" value=\"").nth(1).unwrap().split('"').next().unwrap();
        let request = TestRequest::post()
            .uri(path)
            .insert_header((header::ORIGIN, "http://localhost:8080"))
            .insert_header(("sec-fetch-site", "same-origin"))
            .insert_header((header::CONTENT_TYPE, "application/x-www-form-urlencoded"))
            .set_payload(format!("csrf={csrf}&{fields}"));
        self.ask(who, request).await
    }
}

/// A secret that is the same for each request of a person.
fn session(who: &str) -> String {
    format!("{:A<43}", who.replace('-', ""))
}

#[actix_web::test]
async fn every_page_opens_for_whom_it_is() {
    let site = Site::new();
    let (elm, oak) = (site.unit("Elm"), site.unit("Oak"));
    for path in [
        "/sign-in",
        "/sign-in?sent",
        "/sign-in?failed",
        "/in",
        "/privacy",
        "/support",
        "/reading",
        "/about",
    ] {
        let answer = site.get("nobody", path).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}");
        assert_eq!(answer.kind, "text/html; charset=utf-8");
    }
    for path in ["/", "/account", "/org", &format!("/team/{elm}")] {
        let answer = site.get("nobody", path).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{path}");
        assert_eq!(answer.location, format!("/sign-in?to={path}"));
    }
    for path in ["/", "/?password", "/account"] {
        assert_eq!(site.get("oak1", path).await.status, StatusCode::OK, "{path}");
    }
    for path in ["/org", "/org/reports", &format!("/team/{oak}"), &format!("/team/{elm}/levers")] {
        assert_eq!(site.get("hr", path).await.status, StatusCode::OK, "{path}");
    }
    let hidden = site.get("elm-lead", "/team/00000000-0000-4000-8000-000000000000").await;
    assert_eq!(hidden.status, StatusCode::NOT_FOUND);
    for path in [
        format!("/team/{oak}"),
        format!("/team/{oak}/levers"),
        format!("/team/{oak}/data.csv"),
        "/team/elm".to_owned(),
        "/org".to_owned(),
        "/org/reports".to_owned(),
        "/org/reports/1.pdf".to_owned(),
    ] {
        let answer = site.get("elm-lead", &path).await;
        assert_eq!((answer.status, &answer.body), (hidden.status, &hidden.body), "{path}");
    }
}

#[actix_web::test]
async fn the_start_page_leads_to_what_a_person_may_do() {
    let site = Site::new();
    let (elm, oak) = (site.unit("Elm"), site.unit("Oak"));
    let lead = site.get("elm-lead", "/").await.text();
    assert!(lead.contains(&format!("href=\"/team/{elm}\"")) && !lead.contains(&oak.to_string()));
    assert!(!lead.contains("/org"));
    let hr = site.get("hr", "/").await.text();
    assert!(hr.contains("href=\"/org\"") && hr.contains("href=\"/org/reports\""));
    let staff = site.get("oak1", "/").await.text();
    assert!(!staff.contains("/team/") && !staff.contains("/org"));
    assert!(staff.contains("id=\"check-in-state\""));
    assert!(staff.contains("data-ballot=\"http://localhost:8081\""));
    assert!(!staff.contains("<iframe"));
}

#[actix_web::test]
async fn a_lever_is_put_on_the_board_and_changed() {
    let site = Site::new();
    let elm = site.unit("Elm");
    let board = format!("/team/{elm}/levers");
    let form =
        "lever=WL1&status=trying&reach=mine&owner=rota+lead&review=2027-01-15&note=less+haste";
    let answer = site.post("elm-lead", &board, form).await;
    assert_eq!((answer.status.as_u16(), answer.location), (303, format!("{board}?saved")));
    let plan = site.app.store.lever_plans(elm).unwrap().remove(0);
    assert_eq!((plan.lever.id, plan.owner.as_str()), ("WL1", "rota lead"));

    let path = format!("{board}/{}", plan.id);
    let form = "status=kept&reach=escalate&owner=head&review=2027-02-15&note=";
    assert_eq!(site.post("elm-lead", &path, form).await.status, StatusCode::SEE_OTHER);
    let changed = site.app.store.lever_plans(elm).unwrap().remove(0);
    assert_eq!((changed.id, changed.lever.id, changed.status.code()), (plan.id, "WL1", "kept"));
    let page = site.get("elm-lead", &board).await.text();
    assert!(page.contains("Tried and kept") && page.contains("Look again on 15 February 2027."));

    let other = site.post("oak-lead", &path, form).await;
    assert_eq!(other.status, StatusCode::NOT_FOUND);
}

#[actix_web::test]
async fn what_was_typed_is_kept_when_something_is_missing() {
    let site = Site::new();
    let elm = site.unit("Elm");
    let board = format!("/team/{elm}/levers");
    let form = "lever=WL1&status=kept&reach=escalate&owner=rota+lead&review=soon&note=less+haste";
    let answer = site.post("elm-lead", &board, form).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    let page = answer.text();
    for kept in [
        "Choose a day on which to look again.",
        "<option value=\"WL1\" selected>",
        "value=\"kept\" checked",
        "value=\"escalate\" checked",
        "value=\"rota lead\"",
        "value=\"soon\"",
        ">less haste</textarea>",
    ] {
        assert!(page.contains(kept), "{kept}");
    }
    assert!(site.app.store.lever_plans(elm).unwrap().is_empty());

    let without_token = TestRequest::post()
        .uri(&board)
        .insert_header((header::ORIGIN, "http://localhost:8080"))
        .insert_header((header::CONTENT_TYPE, "application/x-www-form-urlencoded"))
        .set_payload(form);
    assert_eq!(site.ask("elm-lead", without_token).await.status, StatusCode::FORBIDDEN);
}

#[actix_web::test]
async fn signing_out_everywhere_ends_every_session() {
    let site = Site::new();
    assert_eq!(site.get("oak1", "/account").await.status, StatusCode::OK);
    let email: EmailAddress = "oak1@example.org".parse().unwrap();
    let person = site.app.store.person_by_email(&email).unwrap().unwrap().id;
    let elsewhere = [7; 32];
    site.app
        .store
        .add_session(&elsewhere, person, now() + chrono::TimeDelta::hours(1), "")
        .unwrap();
    assert_eq!(site.app.store.session(&elsewhere, now()).unwrap(), Some(person));

    let answer = site.post("oak1", "/sign-out-everywhere", "").await;
    assert_eq!((answer.status.as_u16(), answer.location.as_str()), (303, "/sign-in"));
    assert_eq!(site.app.store.session(&elsewhere, now()).unwrap(), None);
}

#[actix_web::test]
async fn the_organisation_page_holds_the_boards_of_its_units() {
    let site = Site::new();
    let elm = site.unit("Elm");
    let form = "lever=WL1&status=trying&reach=mine&owner=rota+lead&review=2026-11-01&note=";
    site.post("elm-lead", &format!("/team/{elm}/levers"), form).await;
    let page = site.get("hr", "/org").await.text();
    assert!(page.contains("Weighted cap on cases</a>"), "{page}");
    assert!(page.contains("was planned for 1 November 2026"));
    assert!(page.contains("Ask how one lever is going"), "the one next step");
    let levers = site.get("hr", "/org/levers").await.text();
    assert!(levers.contains("1 being tried, 0 thought about, 0 kept, 0 stopped."), "{levers}");
    assert!(levers.contains("Overdue for another look: 1."));
}

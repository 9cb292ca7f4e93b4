//! Both listeners, driven through HTTP against a temporary SQLite file.

mod access;
mod accounts;
mod administration;
mod ballot;
mod cells;
mod changes;
mod exports;
mod hostile;
mod issue;
mod links;
mod outlets;
mod outside;
mod passkeys;
mod provider;
mod recovery;
mod rosters;
mod sign_in;
mod strangers;
mod styles;
mod units;
mod winter;

use actix_web::{
    App as Web,
    http::{
        Method, StatusCode,
        header::{self, HeaderMap},
    },
    test::{self, TestRequest},
    web,
};
use chrono::{DateTime, TimeDelta, Utc};
use tideline_aggregation::{Group, ItemSums, Policy, SmallestGroupSetting, Turnout, release};
use tideline_ballot::{
    keys::WaveKeys,
    manifest::{Manifest, PinnedManifest},
};
use tideline_domain::day::utc_day;
use tideline_domain::{
    CohortId, EmailAddress, InstrumentId, PerScale, Person, PersonId, Roster, UnitId, Wave,
    WaveSeq, Window,
};
use tideline_instrument::PULSE;
use tideline_report::mailer::{Mailer, Sender};
use tideline_store::{Actor, DatabaseUrl, ImportPlan, ImportRow, RoleKind, Store};

use crate::{App, AuthKeys, BallotSide, Clock, LiveWave, LiveWaves, PasswordCost, Settings};

/// An installation: 12 people in Elm and 10 in Oak, each with a lead, and an office above them.
struct Site {
    app: web::Data<App>,
    ballots: web::Data<BallotSide>,
    _dir: tempfile::TempDir,
}

/// What came back.
struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    body: web::Bytes,
}

impl Answer {
    fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).unwrap()
    }

    fn text(&self) -> String {
        String::from_utf8(self.body.to_vec()).unwrap()
    }

    fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |it| it.to_str().unwrap())
    }

    /// The one word of a refusal of the sealed-box protocol.
    #[track_caller]
    fn refused(&self, status: u16, word: &str) {
        assert_eq!((self.status.as_u16(), self.json()["error"].as_str()), (status, Some(word)));
    }

    /// `name=value` of the cookie that was set.
    fn cookie(&self) -> Option<String> {
        let set = self.headers.get(header::SET_COOKIE)?.to_str().ok()?;
        Some(set.split(';').next()?.to_owned())
    }
}

fn start() -> DateTime<Utc> {
    "2026-11-20T08:00:00Z".parse().unwrap()
}

fn wave() -> Wave {
    let window = Window::new(
        "2026-11-16T06:00:00Z".parse().unwrap(),
        "2026-11-23T06:00:00Z".parse().unwrap(),
        "2026-11-30T06:00:00Z".parse().unwrap(),
    );
    Wave {
        seq: WaveSeq(1),
        label: "2026-11".parse().unwrap(),
        asks: InstrumentId::PULSE,
        window: window.unwrap(),
    }
}

impl Site {
    /// Without a wave.
    fn new() -> Self {
        Self::with(populate)
    }

    /// With whom `populate` puts into it.
    fn with(populate: impl FnOnce(&Store)) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let url: DatabaseUrl =
            format!("sqlite:{}", dir.path().join("tideline.sqlite").display()).parse().unwrap();
        tideline_store::migrate(&url).unwrap();
        let store = Store::open(&url).unwrap();
        populate(&store);
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
        let clock = Clock::manual(start());
        let sender = Sender { from: "Tideline <tideline@localhost>".to_owned(), reply_to: None };
        let app =
            App::new(store, LiveWaves::default(), keys, Mailer::memory(sender), settings, clock);
        let ballots = web::Data::new(app.ballot_side());
        Self { app: web::Data::new(app), ballots, _dir: dir }
    }

    /// With wave 1 announced and its tokens handed out.
    fn with_wave() -> Self {
        Self::with_wave_of(populate)
    }

    /// The same with whom `populate` puts into it.
    fn with_wave_of(populate: impl FnOnce(&Store)) -> Self {
        let site = Self::with(populate);
        let day = utc_day(start());
        let tree = site.app.store.units(day).unwrap().unwrap();
        let people = site.app.store.people_with_units(day).unwrap();
        let roster = Roster::freeze(tree, &people);
        let keys = WaveKeys::generate();
        let files = site.app.settings.wave_files(WaveSeq(1));
        let manifest = Manifest::new(&wave(), &PULSE, &roster.cohorts, &keys, 6, None);
        let pinned = PinnedManifest::parse(manifest.to_bytes().unwrap()).unwrap();
        files.announce(&pinned).unwrap();
        tideline_ballot::ballot_box::BallotBox::create(&files.ballot_box()).unwrap();
        site.app.store.announce_wave(&wave(), &roster, &pinned.bytes, None).unwrap();
        site.app.live.insert(LiveWave::start(pinned, &PULSE, &keys, &files).unwrap());
        site
    }

    /// With wave 1 closed and released: everybody answered in the middle of the scales.
    fn with_results() -> Self {
        Self::with_results_of(populate)
    }

    /// The same with whom `populate` puts into it.
    fn with_results_of(populate: impl FnOnce(&Store)) -> Self {
        let site = Self::with_wave_of(populate);
        site.app.live.remove(WaveSeq(1));
        site.at("2026-12-01T06:00:00Z");
        let store = &site.app.store;
        let tree = store.frozen_tree(WaveSeq(1)).unwrap();
        let groups: Vec<Group> = store
            .cohorts(WaveSeq(1))
            .unwrap()
            .into_iter()
            .map(|it| Group {
                units: it.units,
                headcount: it.eligible,
                scores: (0..it.eligible)
                    .map(|at| PerScale::from_fn(|_| Some(40 + (at % 5) as u8 * 5)))
                    .collect(),
                items: ItemSums::default(),
            })
            .collect();
        let all = groups.iter().map(|it| it.headcount).sum();
        let turnout = Turnout { eligible: all, ballots: all, spoilt: 0 };
        let wave = wave();
        let closed = wave.closed(site.app.now()).unwrap();
        let release = release(closed, &tree, groups, turnout, &Policy::default(), None).unwrap();
        store.publish(&release, all, &[]).unwrap();
        site
    }

    fn at(&self, time: &str) {
        self.app.clock.set(time.parse().unwrap());
    }

    fn later(&self, by: TimeDelta) {
        self.app.clock.set(self.app.now() + by);
    }

    fn person(&self, email: &str) -> Person {
        let email: EmailAddress = email.parse().unwrap();
        self.app.store.person_by_email(&email).unwrap().unwrap()
    }

    fn cohort(&self, person: PersonId) -> CohortId {
        self.app.store.placement(WaveSeq(1), person).unwrap().unwrap().1
    }

    fn unit(&self, name: &str) -> UnitId {
        let tree = self.app.store.units(utc_day(start())).unwrap().unwrap();
        tree.units().iter().find(|it| it.name.as_str() == name).unwrap().id
    }

    /// Signs somebody in without a mail, just now; returns the cookies.
    fn cookie_of(&self, email: &str) -> String {
        let id = self.person(email).id;
        let secret = crate::auth::start_session(&self.app.store, id, self.app.now(), "").unwrap();
        let fresh = crate::auth::fresh_cookie(&self.app, &secret.hash()).unwrap();
        format!("tideline={}; tideline-fresh={}", secret.text(), fresh.value())
    }

    /// A bearer token that somebody made in a session of their own; and that session's cookie.
    fn bearer_of(&self, email: &str) -> (String, String) {
        let id = self.person(email).id;
        let secret = crate::auth::start_session(&self.app.store, id, self.app.now(), "").unwrap();
        let token = self.app.keys.api_token(id, &secret.hash(), self.app.now()).unwrap();
        (format!("Bearer {token}"), format!("tideline={}", secret.text()))
    }

    /// Asks the app listener.
    async fn app(&self, request: TestRequest) -> Answer {
        let web = Web::new().app_data(self.app.clone()).configure(crate::configure_app);
        let service = test::init_service(web).await;
        let response = test::call_service(&service, request.to_request()).await;
        let (status, headers) = (response.status(), response.headers().clone());
        Answer { status, headers, body: test::read_body(response).await }
    }

    /// Asks the ballot listener.
    async fn ballot(&self, request: TestRequest) -> Answer {
        let web = Web::new().app_data(self.ballots.clone()).configure(crate::configure_ballot);
        let service = test::init_service(web).await;
        let response = test::call_service(&service, request.to_request()).await;
        let (status, headers) = (response.status(), response.headers().clone());
        Answer { status, headers, body: test::read_body(response).await }
    }

    /// The JSON that somebody with this cookie gets.
    async fn read(&self, path: &str, cookie: &str) -> serde_json::Value {
        let answer = self.app(get(path).insert_header((header::COOKIE, cookie))).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.text());
        answer.json()
    }
}

fn populate(store: &Store) {
    let mut rows = Vec::new();
    let mut add = |unit: &str, person: String, role: RoleKind| {
        rows.push(ImportRow {
            unit: unit.parse().unwrap(),
            parent: (unit != "Hospital").then(|| "Hospital".parse().unwrap()),
            person: Some((
                person.parse().unwrap(),
                format!("{person}@example.org").parse().unwrap(),
                vec![role],
            )),
        });
    };
    add("Hospital", "hr".into(), RoleKind::Hr);
    add("Hospital", "admin".into(), RoleKind::Administrator);
    add("Hospital", "privacy".into(), RoleKind::PrivacyOfficer);
    (1..=6).for_each(|it| add("Hospital", format!("office{it}"), RoleKind::Staff));
    add("Elm", "elm-lead".into(), RoleKind::Manager);
    (1..=12).for_each(|it| add("Elm", format!("elm{it}"), RoleKind::Staff));
    add("Oak", "oak-lead".into(), RoleKind::Manager);
    (1..=10).for_each(|it| add("Oak", format!("oak{it}"), RoleKind::Staff));
    store.import(&ImportPlan { rows }, Actor::Program, start()).unwrap();
}

fn get(path: &str) -> TestRequest {
    TestRequest::get().uri(path)
}

/// A form sent from a page of ours.
fn post(path: &str, fields: &[(&str, &str)]) -> TestRequest {
    let body: Vec<String> = fields
        .iter()
        .map(|(name, value)| format!("{name}={}", value.replace('@', "%40")))
        .collect();
    TestRequest::post()
        .uri(path)
        .insert_header((header::ORIGIN, "http://localhost:8080"))
        .insert_header(("sec-fetch-site", "same-origin"))
        .insert_header((header::CONTENT_TYPE, "application/x-www-form-urlencoded"))
        .set_payload(body.join("&"))
}

fn request(method: &str, path: &str) -> TestRequest {
    let method: Method = method.to_uppercase().parse().unwrap();
    TestRequest::default().method(method).uri(path)
}

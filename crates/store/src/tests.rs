//! Every test here runs on both databases.

mod audit;
mod deliveries;
mod import;
mod installation;
mod instruments;
mod levers;
mod notices;
mod organisation;
mod passkeys;
mod personal_data;
mod portable;
mod race;
mod recoveries;
mod releases;
mod schema;
mod set_up;
mod sign_in;
mod told;
mod upgrade;
mod waves;

use std::{env, io::Write as _};

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use diesel::{Connection as _, PgConnection, connection::SimpleConnection as _};
use sha2::{Digest as _, Sha256};
use tideline_aggregation::{Asked, Group, ItemSums, Policy, Release, Turnout};
use tideline_domain::day::utc_day;
use tideline_domain::{
    AnswerSheet, InstrumentId, Name, PerScale, Person, PersonId, Roster, Unit, UnitId, UnitTree,
    Wave, WaveSeq, Window,
};
use tideline_instrument::PULSE;
use uuid::Uuid;

use crate::{
    Actor, DatabaseUrl, ImportPlan, ImportRow, RoleKind, Store, connection::AnyConnection, migrate,
};

const DEFAULT_POSTGRES: &str = "postgres://postgres@127.0.0.1:5432/test";

/// What stands for a person in the list of pick-ups; really it takes the wave's key.
fn holder(person: PersonId) -> [u8; 32] {
    Sha256::digest(person.to_string()).into()
}

/// A migrated database of its own for one test.
struct Database {
    store: Store,
    url: DatabaseUrl,
}

impl Database {
    fn at(url: &str) -> Self {
        let url: DatabaseUrl = url.parse().unwrap();
        migrate(&url).unwrap();
        Self { store: Store::open(&url).unwrap(), url }
    }

    /// Runs SQL behind the store's back.
    fn sql(&self, sql: &str) -> diesel::QueryResult<()> {
        self.store.read(|conn| Ok(conn.batch_execute(sql))).unwrap()
    }

    /// The numbers that a query gives under the name `number`.
    fn numbers(&self, query: &str) -> Vec<i32> {
        #[derive(diesel::QueryableByName)]
        struct Row {
            #[diesel(sql_type = diesel::sql_types::Integer)]
            number: i32,
        }
        let rows: Vec<Row> = self
            .store
            .read(|conn| Ok(diesel::RunQueryDsl::load(diesel::sql_query(query), conn)?))
            .unwrap();
        rows.into_iter().map(|it| it.number).collect()
    }

    /// How SQLite finds what a query asks for.
    fn plan_of(&self, query: &str) -> String {
        #[derive(diesel::QueryableByName)]
        struct Row {
            #[diesel(sql_type = diesel::sql_types::Text)]
            detail: String,
        }
        let query = format!("EXPLAIN QUERY PLAN {query}");
        let rows: Vec<Row> = self
            .store
            .read(|conn| Ok(diesel::RunQueryDsl::load(diesel::sql_query(query), conn)?))
            .unwrap();
        rows.into_iter().map(|it| it.detail).collect::<Vec<_>>().join("; ")
    }

    fn is_sqlite(&self) -> bool {
        self.store.read(|conn| Ok(matches!(conn, AnyConnection::Sqlite(_)))).unwrap()
    }
}

/// A schema of its own in the PostgreSQL server, dropped with this value.
struct Schema {
    server: String,
    name: String,
}

impl Schema {
    /// `None`, loudly, if there is no server here; under CI that is a failure.
    fn new() -> Option<Self> {
        let server =
            env::var("TIDELINE_TEST_POSTGRES").unwrap_or_else(|_| DEFAULT_POSTGRES.to_owned());
        let name = format!("t{}", Uuid::new_v4().simple());
        match PgConnection::establish(&server) {
            Ok(mut conn) => {
                conn.batch_execute(&format!("CREATE SCHEMA {name}")).unwrap();
                Some(Self { server, name })
            }
            Err(error) => {
                assert!(env::var_os("CI").is_none(), "no PostgreSQL to test with: {error}");
                // Not `eprintln!`, which the test harness would swallow.
                let note = "SKIPPED on PostgreSQL, set TIDELINE_TEST_POSTGRES";
                let _ = writeln!(std::io::stderr(), "{note}: {error}");
                None
            }
        }
    }

    fn url(&self) -> String {
        let mark = if self.server.contains('?') { '&' } else { '?' };
        format!("{}{mark}options=-c%20search_path%3D{}", self.server, self.name)
    }
}

impl Drop for Schema {
    fn drop(&mut self) {
        if let Ok(mut conn) = PgConnection::establish(&self.server) {
            let _ = conn.batch_execute(&format!("DROP SCHEMA {} CASCADE", self.name));
        }
    }
}

/// Runs `test` on a fresh, empty database of each kind; gives its URL.
fn for_each_url(test: impl Fn(&str)) {
    let folder = tempfile::tempdir().unwrap();
    test(&format!("sqlite:{}", folder.path().join("test.sqlite").display()));
    if let Some(schema) = Schema::new() {
        test(&schema.url());
    }
}

/// Runs `test` on a fresh, migrated database of each kind.
fn for_each_database(test: impl Fn(&Database)) {
    for_each_url(|url| test(&Database::at(url)));
}

fn name(text: &str) -> Name {
    text.parse().unwrap()
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// Noon of a day.
fn noon(text: &str) -> DateTime<Utc> {
    day(text).and_hms_opt(12, 0, 0).unwrap().and_utc()
}

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

/// A plan from lines of `unit < parent: person role role, person …`; addresses are made from names.
fn plan(lines: &str) -> ImportPlan {
    let mut rows = Vec::new();
    for line in lines.lines().map(str::trim).filter(|it| !it.is_empty()) {
        let (units, people) = line.split_once(':').unwrap_or((line, ""));
        let (unit, parent) = match units.split_once('<') {
            Some((unit, parent)) => (name(unit), Some(name(parent))),
            None => (name(units), None),
        };
        rows.push(ImportRow { unit: unit.clone(), parent: parent.clone(), person: None });
        for person in people.split(',').map(str::trim).filter(|it| !it.is_empty()) {
            let mut words = person.split(' ');
            let who = words.next().unwrap();
            let roles = words.map(|it| RoleKind::from_code(it).unwrap()).collect();
            let email = format!("{who}@example.org").parse().unwrap();
            rows.push(ImportRow {
                unit: unit.clone(),
                parent: parent.clone(),
                person: Some((name(who), email, roles)),
            });
        }
    }
    ImportPlan { rows }
}

/// Northside: five units large enough to stand alone, and Fir and Yew, which are one cohort.
fn northside() -> ImportPlan {
    let mut lines = String::from("Northside: hana hr admin\n");
    for (unit, count) in
        [("Elm", 9), ("Oak", 8), ("Ash", 10), ("Bay", 9), ("Fig", 12), ("Fir", 5), ("Yew", 4)]
    {
        let prefix = unit.to_lowercase();
        let staff: Vec<String> = (0..count).map(|it| format!("{prefix}{it}")).collect();
        lines.push_str(&format!("{unit} < Northside: {}\n", staff.join(", ")));
    }
    lines.push_str("Elm < Northside: emil manager\n");
    plan(&lines)
}

const FIRST_DAY: &str = "2026-01-01";

fn wave(seq: u32) -> Wave {
    let opens = at("2026-01-10T09:00:00Z") + TimeDelta::days(28 * i64::from(seq));
    let window =
        Window::new(opens - TimeDelta::days(7), opens, opens + TimeDelta::days(7)).unwrap();
    Wave {
        seq: WaveSeq(seq),
        label: format!("2026-{seq:02}").parse().unwrap(),
        asks: InstrumentId::PULSE,
        window,
    }
}

/// Announces wave `seq` for everybody who is there on its first day, and gives the frozen roster.
fn announce(store: &Store, seq: u32) -> Roster {
    let wave = wave(seq);
    let on = utc_day(wave.window.pickup_from());
    let tree = store.units(on).unwrap().unwrap();
    let roster = Roster::freeze(tree, &store.people_with_units(on).unwrap());
    store.announce_wave(&wave, &roster, format!("manifest {seq}").as_bytes(), None).unwrap();
    roster
}

/// A release of wave `seq` in which everybody has answered.
fn release(seq: u32, roster: &Roster) -> Release {
    let scores =
        |at: u32, who: u32, step: u32| Some(u8::try_from((at * 31 + who * step) % 101).unwrap());
    let groups = roster
        .cohorts
        .iter()
        .zip(seq..)
        .map(|(cohort, at)| Group {
            units: cohort.units.clone(),
            // Six more were asked, so that the numbers are told as more than "six or more".
            headcount: cohort.eligible + 6,
            scores: (0..cohort.eligible)
                .map(|who| PerScale {
                    burnout: scores(at, who, 7),
                    sts: scores(at, who, 11),
                    cs: scores(at, who, 13),
                })
                .collect(),
            items: answered(cohort.eligible),
        })
        .collect();
    let eligible = roster.eligible();
    let turnout = Turnout { eligible, ballots: eligible, spoilt: 0 };
    let wave = wave(seq);
    let closed = wave.closed(wave.window.closes()).unwrap();
    let policy = Policy::default();
    tideline_aggregation::release(closed, &roster.tree, groups, turnout, &policy, None).unwrap()
}

/// What so many people answer, item by item.
fn answered(people: u32) -> ItemSums {
    let mut sums = ItemSums::new(&Asked::new(&PULSE));
    for who in 0..people {
        let bytes = vec![(who % 6) as u8; PULSE.items.len()];
        sums.add(&AnswerSheet::from_ballot(PULSE.items.len(), &bytes).unwrap());
    }
    sums
}

/// Imports Northside and announces wave 1.
fn with_wave(store: &Store) -> Roster {
    store.import(&northside(), Actor::Program, noon(FIRST_DAY)).unwrap();
    announce(store, 1)
}

fn person(store: &Store, who: &str) -> Person {
    let email = format!("{who}@example.org").parse().unwrap();
    store.person_by_email(&email).unwrap().unwrap_or_else(|| panic!("{who} is not there"))
}

fn unit_named<'a>(tree: &'a UnitTree, unit: &str) -> &'a Unit {
    tree.units().iter().find(|it| it.name.as_str() == unit).unwrap()
}

fn unit_id(store: &Store, on: &str, unit: &str) -> UnitId {
    unit_named(&store.units(day(on)).unwrap().unwrap(), unit).id
}

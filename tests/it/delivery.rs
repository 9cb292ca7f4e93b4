//! Mails sent by real processes: killed at each step of a mail, and two at once. Nothing is lost, and what
//! comes twice is the same mail.

use std::{
    collections::BTreeMap,
    fs::{self, File},
    path::PathBuf,
    process::{Child, Command, Stdio},
    sync::{Arc, Mutex},
    thread::sleep,
    time::{Duration, Instant},
};

use chrono::{DateTime, TimeDelta, Utc};
use diesel::{Connection as _, PgConnection, SqliteConnection, connection::SimpleConnection as _};
use tempfile::TempDir;

use crate::{
    databases::on_both_databases,
    process::{program, reachable},
    smtp::{MailServer, Step, Taken},
    support::free_port,
};

#[expect(clippy::disallowed_methods, reason = "these programs run on the wall clock")]
fn now() -> DateTime<Utc> {
    Utc::now()
}

/// An installation whose programs share a database, a data folder and a mail server.
struct Site {
    folder: TempDir,
    database: String,
    server: MailServer,
    running: Mutex<Vec<Child>>,
}

impl Drop for Site {
    fn drop(&mut self) {
        self.kill();
    }
}

/// Two for HR, a manager for each team, and staff.
fn roster() -> String {
    let mut csv = String::from("unit,parent,name,email,role\n");
    for at in 1..=2 {
        csv.push_str(&format!("Harbour,,Hr {at},hr{at}@harbour.example,hr\n"));
    }
    for unit in ["Elm", "Oak"] {
        let name = unit.to_lowercase();
        csv.push_str(&format!("{unit},Harbour,Lead {unit},{name}-lead@harbour.example,manager\n"));
        for at in 1..=10 {
            csv.push_str(&format!("{unit},Harbour,{unit} {at},{name}{at}@harbour.example,staff\n"));
        }
    }
    csv
}

impl Site {
    fn new(database: Option<&str>, about_waves: &str) -> Self {
        let folder = TempDir::new().unwrap();
        let server = MailServer::plain();
        let data = folder.path().join("data");
        let shared = folder.path().join("shared");
        fs::create_dir(&shared).unwrap();
        let mode = std::os::unix::fs::PermissionsExt::from_mode(0o2770);
        fs::set_permissions(&shared, mode).unwrap();
        let sqlite = format!("sqlite:{}", folder.path().join("tideline.sqlite").display());
        let database = database.unwrap_or(&sqlite).to_owned();
        let settings = format!(
            "[server]\nsides = \"app\"\nworkers = 1\n\
             [data]\ndirectory = \"{}\"\nballot_directory = \"{}\"\ndatabase = \"{database}\"\n\
             [wave]\ngrace_seconds = 0\n[report]\nto_managers = true\n\
             [support]\ncontacts = [{{ title = \"Crisis line\", phone = \"112\" }}]\n\
             [jobs]\nevery_seconds = 1\n\
             [mail]\nsmtp = \"smtp://127.0.0.1:{}\"\nabout_waves = [{about_waves}]\n",
            data.display(),
            shared.display(),
            server.port,
        );
        fs::write(folder.path().join("tideline.toml"), settings).unwrap();
        let site = Self { folder, database, server, running: Mutex::default() };
        let csv = site.folder.path().join("roster.csv");
        fs::write(&csv, roster()).unwrap();
        site.tideline(&["import-roster", csv.to_str().unwrap()]);
        site
    }

    fn command(&self) -> Command {
        let mut command = Command::new(program("tideline"));
        command.arg("--config").arg(self.folder.path().join("tideline.toml"));
        command.stdin(Stdio::null());
        command
    }

    fn tideline(&self, args: &[&str]) {
        let output = self.command().args(args).output().unwrap();
        let text = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "{args:?}: {text}");
    }

    /// Opens a wave for `seconds`.
    fn open(&self, seconds: i64) {
        let moment = |at: DateTime<Utc>| at.format("%Y-%m-%dT%H:%M:%SZ").to_string();
        let opens = moment(now() - TimeDelta::seconds(1));
        let closes = moment(now() + TimeDelta::seconds(seconds));
        self.tideline(&["wave", "open", "--label", "w1", "--opens", &opens, "--closes", &closes]);
    }

    fn log(&self) -> PathBuf {
        self.folder.path().join("serve.log")
    }

    /// Starts a program that serves, and sends mails.
    fn serve(&self) -> u16 {
        let port = free_port();
        let log = File::options().create(true).append(true).open(self.log()).unwrap();
        let child = self
            .command()
            .arg("serve")
            .env("TIDELINE_SERVER__APP_LISTEN", format!("127.0.0.1:{port}"))
            .stdout(log.try_clone().unwrap())
            .stderr(log)
            .spawn()
            .unwrap();
        self.running.lock().unwrap().push(child);
        port
    }

    /// Ends every program at once, as a power cut would.
    fn kill(&self) {
        for child in self.running.lock().unwrap().iter_mut() {
            let _ = child.kill();
            let _ = child.wait();
        }
    }

    /// Tells every program to stop, as a service manager does.
    fn ask_to_stop(&self) {
        for child in self.running.lock().unwrap().iter() {
            assert!(Command::new("kill").arg(child.id().to_string()).status().unwrap().success());
        }
    }

    /// Waits until every program has ended by itself.
    fn ended(&self) {
        for mut child in self.running.lock().unwrap().drain(..) {
            assert!(child.wait().unwrap().success());
        }
    }

    /// Waits until `enough` mails were taken, and then for those that should not come.
    fn mails(&self, enough: usize) -> Vec<Taken> {
        let until = Instant::now() + Duration::from_secs(90);
        while self.server.taken().len() < enough {
            let log = || fs::read_to_string(self.log()).unwrap();
            assert!(Instant::now() < until, "{} mails: {}", self.server.taken().len(), log());
            sleep(Duration::from_millis(100));
        }
        sleep(Duration::from_secs(3));
        self.server.taken()
    }

    /// Runs statements in the database, on a connection of its own that stays open.
    fn connect(database: &str) -> Other {
        match database.strip_prefix("sqlite:") {
            Some(file) => {
                let mut conn = SqliteConnection::establish(file).unwrap();
                conn.batch_execute("PRAGMA busy_timeout = 10000").unwrap();
                Other::Sqlite(conn)
            }
            None => Other::Postgres(PgConnection::establish(database).unwrap()),
        }
    }
}

/// Somebody else who uses the database.
enum Other {
    Sqlite(SqliteConnection),
    Postgres(PgConnection),
}

impl Other {
    fn run(&mut self, statements: &str) {
        match self {
            Self::Sqlite(conn) => conn.batch_execute(statements).unwrap(),
            Self::Postgres(conn) => conn.batch_execute(statements).unwrap(),
        }
    }

    /// Keeps everybody from writing down anything about mails until this is dropped.
    fn hold_deliveries(&mut self) {
        let lock = match self {
            Self::Sqlite(_) => "BEGIN IMMEDIATE",
            Self::Postgres(_) => "BEGIN; LOCK TABLE deliveries IN SHARE ROW EXCLUSIVE MODE",
        };
        self.run(lock);
    }

    /// Ends whatever waits for this connection: PostgreSQL would carry out what a dead program asked for.
    fn forget_waiting(&mut self) {
        if let Self::Postgres(_) = self {
            self.run(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
                 WHERE pg_backend_pid() = ANY(pg_blocking_pids(pid))",
            );
        }
    }
}

/// To whom and about what, with how many copies.
fn counted(taken: &[Taken]) -> BTreeMap<(String, String), usize> {
    let mut copies = BTreeMap::new();
    for it in taken {
        *copies.entry((it.to.clone(), it.header("Subject").to_owned())).or_default() += 1;
    }
    copies
}

#[test]
fn two_schedulers_send_each_mail_once() {
    on_both_databases(|database| {
        let site = Site::new(database, "\"opens\", \"results\"");
        site.open(12);
        for port in [site.serve(), site.serve()] {
            reachable(port);
        }
        // Everybody: it opens. HR: two reports. Leads: a report of their unit each. As nobody answered there is
        // nothing to show, and nobody is told that results are there.
        let everybody = 2 + 2 + 20;
        let taken = site.mails(everybody + 4);
        let copies = counted(&taken);
        assert!(copies.values().all(|it| *it == 1), "{copies:#?}");
        let about = |part: &str| copies.keys().filter(|it| it.1.contains(part)).count();
        let opened = about("check-in is open");
        let results = about("results of the check-in");
        assert_eq!((opened, results, about("Wellbeing summary")), (everybody, 0, 4));
        assert_eq!(taken.len(), everybody + 4);
        let mut ids: Vec<&str> = taken.iter().map(|it| it.header("Message-ID")).collect();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), taken.len(), "no two mails are taken for one");
    });
}

#[test]
fn a_program_killed_at_any_step_of_a_mail_loses_none() {
    on_both_databases(|database| {
        let site = Arc::new(Site::new(database, "\"opens\""));
        site.open(3600);
        // Each of these steps of a mail is the end of a program, once.
        let mut deadly = vec![Step::Said, Step::Here, Step::Within, Step::Envelope];
        let struck: Arc<Mutex<Vec<(Step, String)>>> = Arc::default();
        let mut holding: Option<Other> = None;
        let (of, hits, url) = (Arc::downgrade(&site), Arc::clone(&struck), site.database.clone());
        site.server.at_each_step(move |step, to| {
            if step == Step::Here && deadly.last() == Some(&Step::Said) {
                // So that the program hears that the mail is taken and cannot write it down.
                let mut other = Site::connect(&url);
                other.hold_deliveries();
                holding = Some(other);
            }
            if deadly.last() != Some(&step) {
                return true;
            }
            deadly.pop();
            if step == Step::Said {
                sleep(Duration::from_millis(500));
            }
            if let Some(site) = of.upgrade() {
                site.kill();
            }
            if let Some(mut other) = holding.take() {
                other.forget_waiting();
            }
            hits.lock().unwrap().push((step, to.to_owned()));
            false
        });
        for strike in 1..=4 {
            reachable(site.serve());
            let until = Instant::now() + Duration::from_secs(60);
            while struck.lock().unwrap().len() < strike {
                assert!(Instant::now() < until, "{}", fs::read_to_string(site.log()).unwrap());
                sleep(Duration::from_millis(50));
            }
        }
        let everybody = 2 + 2 + 20;
        reachable(site.serve());
        // Those that were under way are held until their lease runs out.
        let before = counted(&site.mails(everybody - 2));
        assert_eq!(before.len(), everybody - 2, "{before:#?}");
        assert!(before.values().all(|it| *it == 1));
        let mut other = Site::connect(&site.database);
        other.run("UPDATE deliveries SET claimed_until = NULL WHERE state = 'queued'");
        let taken = site.mails(everybody + 2);

        let copies = counted(&taken);
        assert_eq!(copies.len(), everybody, "nothing is lost");
        for (step, to) in struck.lock().unwrap().iter() {
            let mails: Vec<&Taken> = taken.iter().filter(|it| it.to == *to).collect();
            let expected = if matches!(step, Step::Here | Step::Said) { 2 } else { 1 };
            assert_eq!(mails.len(), expected, "{step:?}");
            assert!(mails.iter().all(|it| *it == mails[0]), "the same mail, its Message-ID too");
        }
        assert_eq!(taken.len(), everybody + 2, "nothing else came twice");
    });
}

#[test]
fn a_program_told_to_stop_finishes_the_mail_it_sends() {
    let site = Arc::new(Site::new(None, "\"opens\""));
    site.open(3600);
    let (of, mut asked) = (Arc::downgrade(&site), false);
    site.server.at_each_step(move |step, _| {
        if step == Step::Within && !asked {
            asked = true;
            if let Some(site) = of.upgrade() {
                site.ask_to_stop();
            }
            sleep(Duration::from_millis(300));
        }
        true
    });
    site.serve();
    let everybody = 2 + 2 + 20;
    let until = Instant::now() + Duration::from_secs(60);
    while site.server.taken().is_empty() && Instant::now() < until {
        sleep(Duration::from_millis(50));
    }
    site.ended();
    assert_eq!(site.server.taken().len(), 1);
    reachable(site.serve());
    let taken = site.mails(everybody);
    assert_eq!((counted(&taken).len(), taken.len()), (everybody, everybody));
}

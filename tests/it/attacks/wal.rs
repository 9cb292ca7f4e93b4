//! A thief of PostgreSQL's write-ahead log, which archives keep: every change with the time of its commit. The
//! log is read by PostgreSQL's own `pg_waldump`.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use diesel::{
    Connection as _, PgConnection, QueryableByName, RunQueryDsl as _,
    connection::SimpleConnection as _, sql_query, sql_types::Text,
};
use tempfile::TempDir;
use tideline_store::{AddPasskey, Challenge, PasskeyRecord};

use super::{Stage, holds};
use crate::{
    journey::{sheet, staff},
    support::{free_port, http},
};

/// A PostgreSQL server of its own, whose files can be looked at.
struct Server {
    folder: TempDir,
    programs: PathBuf,
    port: u16,
}

impl Server {
    /// `None`, said loudly, where PostgreSQL's programs are not there; under CI that is a failure.
    fn start() -> Option<Self> {
        let newest = fs::read_dir("/usr/lib/postgresql")
            .into_iter()
            .flatten()
            .filter_map(|it| Some(it.ok()?.path().join("bin")))
            .filter(|it| it.join("pg_waldump").exists())
            .max();
        let Some(programs) = newest else {
            assert!(std::env::var_os("CI").is_none(), "no pg_waldump to test with");
            eprintln!("SKIPPED: PostgreSQL's programs are not in /usr/lib/postgresql");
            return None;
        };
        let server = Self { folder: TempDir::new().unwrap(), programs, port: free_port() };
        if is_root() {
            let owner = format!("{}", server.folder.path().display());
            assert!(Command::new("chown").args(["postgres", &owner]).status().unwrap().success());
        }
        server.run("initdb", &["-A", "trust", "-U", "postgres", "--no-sync", "-D", &server.data()]);
        let folder = server.folder.path().display();
        let options = format!(
            "-p {} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder} -c fsync=off \
             -c autovacuum=off",
            server.port
        );
        let log = format!("{folder}/log");
        server.run("pg_ctl", &["-D", &server.data(), "-l", &log, "-o", &options, "-w", "start"]);
        Some(server)
    }

    fn data(&self) -> String {
        self.folder.path().join("data").display().to_string()
    }

    /// PostgreSQL refuses to run as root.
    fn run(&self, program: &str, args: &[&str]) {
        let program = self.programs.join(program);
        let mut command = if is_root() {
            let mut it = Command::new("runuser");
            it.args(["-u", "postgres", "--"]).arg(program);
            it
        } else {
            Command::new(program)
        };
        // Not its pipes: the server would keep them open.
        let done = command.args(args).current_dir("/").stdout(Stdio::null()).status().unwrap();
        assert!(done.success(), "{args:?}");
    }

    fn url(&self) -> String {
        format!("postgres://postgres@127.0.0.1:{}/postgres", self.port)
    }

    fn ask(&self, query: &str) -> String {
        #[derive(QueryableByName)]
        struct Line {
            #[diesel(sql_type = Text)]
            line: String,
        }
        let mut conn = PgConnection::establish(&self.url()).unwrap();
        sql_query(format!("SELECT ({query})::text AS line"))
            .get_result::<Line>(&mut conn)
            .unwrap()
            .line
    }

    fn sql(&self, sql: &str) {
        PgConnection::establish(&self.url()).unwrap().batch_execute(sql).unwrap();
    }

    /// Where the log ends now, with a fresh page image of everything that is changed from here on.
    fn mark(&self) -> String {
        self.sql("CHECKPOINT");
        self.ask("pg_current_wal_lsn()")
    }

    /// The log from `from` to now: what `pg_waldump` makes of it, and its bytes.
    fn log(&self, from: &str) -> (String, Vec<u8>) {
        let to = self.ask("pg_current_wal_flush_lsn()");
        let place = |lsn: &str| -> (String, usize) {
            let file = self.ask(&format!("pg_walfile_name('{lsn}')"));
            let offset =
                self.ask(&format!("SELECT file_offset FROM pg_walfile_name_offset('{lsn}')"));
            (file, offset.parse().unwrap())
        };
        let ((first, start), (last, end)) = (place(from), place(&to));
        let folder = Path::new(&self.data()).join("pg_wal");
        let mut bytes = Vec::new();
        let mut names: Vec<String> = fs::read_dir(&folder)
            .unwrap()
            .map(|it| it.unwrap().file_name().into_string().unwrap())
            .filter(|it| *it >= first && *it <= last && it.len() == first.len())
            .collect();
        names.sort_unstable();
        for name in names {
            let file = fs::read(folder.join(&name)).unwrap();
            let from = if name == first { start } else { 0 };
            let to = if name == last { end } else { file.len() };
            bytes.extend_from_slice(&file[from..to]);
        }
        let dump = Command::new(self.programs.join("pg_waldump"))
            .arg("-p")
            .arg(&folder)
            .args(["-s", from, "-e", &to])
            .output()
            .unwrap();
        (String::from_utf8_lossy(&dump.stdout).into_owned(), bytes)
    }

    /// How `pg_waldump` names a table.
    fn relation(&self, table: &str) -> String {
        let path = self.ask(&format!("pg_relation_filepath('{table}')"));
        format!("rel 1663/{}", path.strip_prefix("base/").unwrap())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.run("pg_ctl", &["-D", &self.data(), "-m", "immediate", "stop"]);
    }
}

fn is_root() -> bool {
    fs::read_to_string("/proc/self/status")
        .is_ok_and(|it| it.lines().any(|line| line.starts_with("Uid:\t0\t")))
}

#[test]
fn attack_123_the_write_ahead_log_tells_who_was_here_and_picked_up_a_token_when() {
    let Some(server) = Server::start() else { return };
    let stage = Stage::on(Some(&server.url()));
    let store = &stage.site.context.store;
    let people = staff("elm", 8);
    let who = |address: &str| store.person_by_email(&address.parse().unwrap()).unwrap().unwrap().id;

    // One of them signs in by a security key that counts.
    let now = stage.site.clock.clock().now();
    let challenge = |number| Challenge { hash: [number; 32], expires: now };
    let (id, name) = ([7; 32], "A key".parse().unwrap());
    let passkey = PasskeyRecord { id, name, credential: "{}".to_owned() };
    let added = store.add_passkey(who(&people[0]), &passkey, challenge(1), now).unwrap();
    assert_eq!(added, AddPasskey::Added);

    let from = server.mark();
    assert!(store.use_passkey(&id, 1, challenge(2)).unwrap());
    assert!(store.use_passkey(&id, 2, challenge(3)).unwrap());
    for address in &people {
        let session = stage.site.sign_in(address);
        let home = http("GET", &stage.site.app("/"), &[("cookie", &session)], b"");
        assert_eq!(home.status, 200);
        let (manifest, token) = stage.token(address);
        assert_eq!(stage.site.send(&manifest, &token, &sheet(3)), 200);
    }
    store.redeal_pickups().unwrap();
    let (dump, bytes) = server.log(&from);
    assert_eq!(store.issued_count(stage.seq).unwrap(), 8);
    let touches = |dump: &str, table: &str| dump.contains(&format!("{} ", server.relation(table)));
    assert!(touches(&dump, "pickups"), "the log is the right one");
    for table in [
        "sessions",
        "sign_in_codes",
        "passkeys",
        "passkey_counters",
        "spent_challenges",
        "people",
        "wave_placements",
        "memberships",
    ] {
        assert!(!touches(&dump, table), "{table} is in the log");
    }
    for address in &people {
        for trace in [address.clone(), who(address).to_string()] {
            assert!(!holds(&bytes, trace.as_bytes()), "{trace} is in the log");
        }
    }

    // As it was before: the search finds the person, and the time beside.
    let from = server.mark();
    let ann = who(&people[0]);
    server
        .sql(&format!("INSERT INTO issuance VALUES (1, '{ann}', decode(repeat('07', 32), 'hex'))"));
    let (dump, bytes) = server.log(&from);
    assert!(touches(&dump, "issuance") && holds(&bytes, ann.to_string().as_bytes()));
    assert!(dump.contains("COMMIT 20"), "and when: {dump}");

    // The server crashes: nobody gets a second token with another element, everybody signs in again.
    let address = &people[1];
    let session = stage.site.sign_in(address);
    server.run("pg_ctl", &["-D", &server.data(), "-m", "immediate", "stop"]);
    let options = format!(
        "-p {} -c listen_addresses=127.0.0.1 -c unix_socket_directories={}",
        server.port,
        server.folder.path().display()
    );
    let log = format!("{}/log", server.folder.path().display());
    server.run("pg_ctl", &["-D", &server.data(), "-l", &log, "-o", &options, "-w", "start"]);
    let home = (0..100).find_map(|_| {
        let home = http("GET", &stage.site.app("/"), &[("cookie", &session)], b"");
        if home.status == 303 {
            return Some(home);
        }
        std::thread::sleep(std::time::Duration::from_millis(100));
        None
    });
    assert!(home.is_some(), "signed out, and the program goes on");
    let manifest = stage.site.client.manifest(1).unwrap();
    let cohort = stage.site.cohort(address, stage.seq);
    let other = tideline_ballot::client::Pending::begin(&manifest, &cohort).unwrap();
    let bearer = stage.site.bearer(address, stage.seq);
    stage.site.issue(&bearer, &other.issue_body()).refused(409, "already_issued");
}

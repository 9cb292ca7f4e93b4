//! The real programs as processes: two of them under one roof, what they write, and what stays in
//! their memory.

use std::{
    fs::{self, File},
    os::unix::fs::FileExt as _,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread::sleep,
    time::{Duration, Instant},
};

use chrono::{DateTime, Utc};
use tempfile::TempDir;
use tideline_ballot::{client::Token, manifest::PinnedManifest};
use tideline_server::demo::client::{Client, REST};
use ureq::Agent;

use super::holds;
use crate::{
    journey::{roster, sheet},
    process::{program, reachable},
    support::{Mailbox, free_port, http},
};

/// An installation of processes: the app, and the ballot side under another roof if `apart`.
pub(super) struct Site {
    pub(super) folder: TempDir,
    pub(super) app_origin: String,
    pub(super) ballot_origin: String,
    pub(super) app: Option<Child>,
    pub(super) booths: Vec<Child>,
    pub(super) closes: DateTime<Utc>,
}

#[expect(clippy::disallowed_methods, reason = "these programs run on the wall clock")]
fn now() -> DateTime<Utc> {
    Utc::now()
}

impl Drop for Site {
    fn drop(&mut self) {
        for child in self.app.iter_mut().chain(&mut self.booths) {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

impl Site {
    /// Starts it with a wave that is open for `seconds`.
    pub(super) fn start(apart: bool, booths: u8, seconds: i64) -> Self {
        // Building it must not eat up the time that the wave is open.
        program("tideline");
        let folder = TempDir::new().unwrap();
        let (app, ballot) = (free_port(), free_port());
        let origin = |port: u16| format!("http://localhost:{port}");
        let mut settings = format!(
            "[server]\napp_listen = \"127.0.0.1:{app}\"\nballot_listen = \"127.0.0.1:{ballot}\"\n\
             app_origin = \"{}\"\nballot_origin = \"{}\"\nworkers = 1\n",
            origin(app),
            origin(ballot),
        );
        if apart {
            settings.push_str("sides = \"app\"\n");
        }
        let secret = folder.path().join("secret");
        settings.push_str(&format!("[data]\ndirectory = \"{}\"\n", secret.display()));
        if apart {
            let shared = folder.path().join("shared");
            fs::create_dir(&shared).unwrap();
            let mode = std::os::unix::fs::PermissionsExt::from_mode(0o2770);
            fs::set_permissions(&shared, mode).unwrap();
            settings.push_str(&format!("ballot_directory = \"{}\"\n", shared.display()));
        }
        settings.push_str(&format!("[wave]\ngrace_seconds = 0\nboxes = {}\n", booths.max(1)));
        settings.push_str("[support]\ncontacts = [{ title = \"Crisis line\", phone = \"112\" }]\n");
        settings.push_str("[jobs]\nevery_seconds = 1\n[log]\nlevel = \"debug\"\n");
        fs::write(folder.path().join("tideline.toml"), settings).unwrap();

        let mut site = Self {
            folder,
            app_origin: origin(app),
            ballot_origin: origin(ballot),
            app: None,
            booths: Vec::new(),
            closes: now() + chrono::TimeDelta::seconds(seconds),
        };
        let csv = site.folder.path().join("roster.csv");
        fs::write(&csv, roster()).unwrap();
        site.tideline(&["import-roster", csv.to_str().unwrap()]);
        let moment = |at: DateTime<Utc>| at.format("%Y-%m-%dT%H:%M:%SZ").to_string();
        let (opens, closes) = (moment(now() - chrono::TimeDelta::seconds(1)), moment(site.closes));
        site.tideline(&["wave", "open", "--label", "w1", "--opens", &opens, "--closes", &closes]);
        let log = |name: &str| File::create(site.folder.path().join(name)).unwrap();
        let child = site
            .command("tideline")
            .arg("serve")
            .env("RUST_BACKTRACE", "full")
            .stdout(log("app.out"))
            .stderr(log("app.err"))
            .spawn()
            .unwrap();
        site.app = Some(child);
        reachable(app);
        if apart {
            for booth in 1..=booths {
                let port = if booth == 1 { ballot } else { free_port() };
                site.booth(booth, booths, port);
            }
        }
        reachable(ballot);
        site
    }

    pub(super) fn booth(&mut self, number: u8, of: u8, port: u16) {
        let log = |name: &str| File::create(self.folder.path().join(name)).unwrap();
        let child = self
            .command("tideline-booth")
            .args(["--share", &format!("{number}/{of}")])
            .env("TIDELINE_SERVER__BALLOT_LISTEN", format!("127.0.0.1:{port}"))
            .env("RUST_BACKTRACE", "full")
            .stdout(log(&format!("booth{number}.out")))
            .stderr(log(&format!("booth{number}.err")))
            .spawn()
            .unwrap();
        self.booths.push(child);
        reachable(port);
    }

    pub(super) fn command(&self, name: &str) -> Command {
        let mut command = Command::new(program(name));
        command.args(["--config"]).arg(self.folder.path().join("tideline.toml"));
        command.stdin(Stdio::null());
        command
    }

    pub(super) fn tideline(&self, args: &[&str]) -> String {
        let output = self.command("tideline").args(args).output().unwrap();
        let text = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "{args:?}: {text}");
        String::from_utf8_lossy(&output.stdout).into_owned()
    }

    /// Signs in by mail, and picks up a token.
    pub(super) fn token(&self, address: &str) -> (PinnedManifest, Token) {
        let agent = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_idle_age(REST)
            .build()
            .new_agent();
        let mail = Mailbox::new(self.folder.path().join("secret/mail"));
        let cookie = mail.sign_in(&agent, &self.app_origin, address);
        let reply =
            http("GET", &format!("{}/me/pickup", self.app_origin), &[("cookie", &cookie)], b"");
        let offers: serde_json::Value = serde_json::from_slice(&reply.body).unwrap();
        let offer = &offers["waves"][0];
        let client = Client::new(&self.app_origin, &self.ballot_origin);
        let manifest = client.manifest(1).unwrap();
        let cohort = offer["cohort"].as_str().unwrap().parse().unwrap();
        let token = client.pick_up(&manifest, &cohort, offer["token"].as_str().unwrap()).unwrap();
        (manifest, token)
    }

    pub(super) fn redeem(&self, body: &str) -> u16 {
        let url = format!("{}/redeem", self.ballot_origin);
        http("POST", &url, &[("content-type", "text/plain")], body.as_bytes()).status
    }

    /// Waits until the wave is closed and its secrets are gone.
    pub(super) fn closed(&self) {
        let until = Instant::now() + Duration::from_secs(120);
        let key = self.folder.path().join("secret/keys/wave-1.key");
        while Instant::now() < until && (key.exists() || !self.boxes().is_empty()) {
            sleep(Duration::from_millis(100));
        }
        assert!(!key.exists() && self.boxes().is_empty(), "{}", self.log("app.out"));
    }

    pub(super) fn boxes(&self) -> Vec<PathBuf> {
        ["shared/boxes", "secret/boxes"]
            .iter()
            .filter_map(|it| fs::read_dir(self.folder.path().join(it)).ok())
            .flatten()
            .map(|it| it.unwrap().path())
            .collect()
    }

    pub(super) fn log(&self, name: &str) -> String {
        fs::read_to_string(self.folder.path().join(name)).unwrap()
    }
}

/// Whether this process may read another one's memory and files.
pub(super) fn is_root() -> bool {
    fs::metadata("/proc/self").is_ok_and(|it| std::os::unix::fs::MetadataExt::uid(&it) == 0)
}

/// Everything a process has in memory that can be written. Pages that were never touched hold nothing, and
/// allocators set aside a great many of them.
fn memory(child: &Child) -> Vec<u8> {
    const PAGE: u64 = 4096;
    let open = |what: &str| File::open(format!("/proc/{}/{what}", child.id())).unwrap();
    let maps = fs::read_to_string(format!("/proc/{}/maps", child.id())).unwrap();
    let (pages, file) = (open("pagemap"), open("mem"));
    let mut all = Vec::new();
    for line in maps.lines() {
        let mut parts = line.split_whitespace();
        let (range, mode) = (parts.next().unwrap(), parts.next().unwrap());
        if !mode.starts_with("rw") || line.contains("[vvar") {
            continue;
        }
        let (from, to) = range.split_once('-').unwrap();
        let [from, to] = [from, to].map(|it| u64::from_str_radix(it, 16).unwrap());
        let mut entries = vec![0; usize::try_from((to - from) / PAGE * 8).unwrap()];
        pages.read_exact_at(&mut entries, from / PAGE * 8).unwrap();
        for (at, entry) in (from..to).step_by(PAGE as usize).zip(entries.chunks_exact(8)) {
            // Bit 63: in memory; bit 62: swapped out.
            let touched = u64::from_le_bytes(entry.try_into().unwrap()) >> 62 != 0;
            let mut bytes = [0; PAGE as usize];
            if touched && file.read_exact_at(&mut bytes, at).is_ok() {
                all.extend(bytes);
            }
        }
    }
    all
}

fn secrets(site: &Site) -> [Vec<u8>; 2] {
    let file = fs::read(site.folder.path().join("secret/keys/wave-1.key")).unwrap();
    [file[16..48].to_vec(), file[48..80].to_vec()]
}

#[test]
fn attack_34_the_ballot_side_reaching_for_people() {
    // Nothing that could read a sign-in or a database of people is even linked.
    let tree = Command::new(env!("CARGO"))
        .args(["tree", "--package", "tideline-booth", "--edges", "normal", "--prefix", "none"])
        // Whatever the machine's settings say: the features of this package alone.
        .env("CARGO_RESOLVER_FEATURE_UNIFICATION", "selected")
        .output()
        .unwrap();
    let tree = String::from_utf8(tree.stdout).unwrap();
    for absent in ["jsonwebtoken", "diesel", "tideline-store", "tideline-api", "lettre", "argon2"] {
        assert!(!tree.lines().any(|it| it.split(' ').next() == Some(absent)), "{absent}");
    }
    let binary = fs::read(program("tideline-booth")).unwrap();
    for absent in [&b"jsonwebtoken"[..], b"wave_placements", b"issuance", b"Bearer"] {
        assert!(!holds(&binary, absent), "{}", String::from_utf8_lossy(absent));
    }
    assert!(
        holds(&fs::read(program("tideline")).unwrap(), b"wave_placements"),
        "the search finds it"
    );

    let site = Site::start(true, 1, 3600);
    let (manifest, token) = site.token("elm1@harbour.example");
    assert_eq!(site.redeem(&token.redeem_body(&manifest, &sheet(2)).unwrap()), 200);
    // What the ballot side has open lies below the shared folder.
    let open = open_files(&site.booths[0]);
    assert!(open.iter().any(|it| it.contains("/shared/boxes/")), "{open:?}");
    assert!(!open.iter().any(|it| it.contains("/secret/")), "{open:?}");
    // And the folder with the database and the opening key is closed to every other user.
    let mode = |path: &str| {
        let meta = fs::metadata(site.folder.path().join(path)).unwrap();
        std::os::unix::fs::PermissionsExt::mode(&meta.permissions()) & 0o777
    };
    assert_eq!(mode("secret") & 0o077, 0);
    assert_eq!(mode("secret/tideline.sqlite") & 0o077, 0);
    assert_eq!(mode("secret/keys/wave-1.key"), 0o600);
    if is_root() {
        // As another user, in truth.
        fs::set_permissions(
            site.folder.path(),
            std::os::unix::fs::PermissionsExt::from_mode(0o755),
        )
        .unwrap();
        for path in ["secret/tideline.sqlite", "secret/keys/wave-1.key"] {
            let file = site.folder.path().join(path);
            let read = Command::new("setpriv")
                .args(["--reuid=65534", "--regid=65534", "--clear-groups", "cat"])
                .arg(&file)
                .output()
                .unwrap();
            assert!(!read.status.success() && read.stdout.is_empty(), "{path}");
        }
    }
}

fn open_files(child: &Child) -> Vec<String> {
    let Ok(entries) = fs::read_dir(format!("/proc/{}/fd", child.id())) else { return Vec::new() };
    entries
        .filter_map(|it| Some(fs::read_link(it.ok()?.path()).ok()?.display().to_string()))
        .collect()
}

#[test]
fn attack_46_errors_that_say_too_much() {
    let mut site = Site::start(true, 1, 3600);
    let bodies: Vec<String> = (1..=4)
        .map(|it| {
            let (manifest, token) = site.token(&format!("elm{it}@harbour.example"));
            token.redeem_body(&manifest, &sheet(4)).unwrap()
        })
        .collect();
    // A disk that is full: no file may grow.
    let ballot: u16 = site.ballot_origin.rsplit(':').next().unwrap().parse().unwrap();
    let mut booth = site.booths.pop().unwrap();
    booth.kill().unwrap();
    booth.wait().unwrap();
    let log = |name: &str| File::create(site.folder.path().join(name)).unwrap();
    let full = Command::new("bash")
        .args(["-c", "trap '' XFSZ; exec \"$0\" \"$@\""])
        .arg(program("tideline-booth"))
        .arg("--config")
        .arg(site.folder.path().join("tideline.toml"))
        .env("RUST_BACKTRACE", "full")
        .stdout(log("full.out"))
        .stderr(log("full.err"))
        .spawn()
        .unwrap();
    site.booths.push(full);
    reachable(ballot);
    let id = site.booths[0].id().to_string();
    let limited = Command::new("prlimit").args(["--pid", &id, "--fsize=512:512"]).status().unwrap();
    assert!(limited.success());
    let statuses: Vec<u16> = bodies.iter().map(|it| site.redeem(it)).collect();
    assert!(statuses.contains(&503), "the disk was full: {statuses:?}");
    sleep(Duration::from_millis(1500));
    let mut full = site.booths.pop().unwrap();
    full.kill().unwrap();
    full.wait().unwrap();

    // A box that somebody else keeps locked: the ballot waits, and is taken or refused whole.
    site.booth(1, 1, ballot);
    let first = site.redeem(&bodies[0]);
    assert!([200, 409].contains(&first), "{first}: with room again it is taken");
    // Malformed requests with recognisable content.
    for body in ["{\"cohort\":\"recognisable-1\"", "recognisable-2", &"recognisable-3".repeat(200)]
    {
        site.redeem(body);
    }
    let logs: String = ["app.out", "app.err", "booth1.out", "booth1.err", "full.out", "full.err"]
        .map(|it| site.log(it))
        .concat();
    let mut forbidden: Vec<String> =
        vec!["recognisable".into(), "127.0.0.1:".into(), "elm1".into()];
    for body in &bodies {
        let fields = super::fields(body);
        forbidden
            .extend(["nonce", "ballot", "mac"].map(|it| fields[it].as_str().unwrap().to_owned()));
    }
    let said = site.log("full.err");
    assert!(
        said.contains("did not take a ballot"),
        "the round of jobs says that it failed: {said}"
    );
    let own = format!("on 127.0.0.1:{ballot}");
    let logs = logs.replace(&own, "");
    for it in forbidden {
        assert!(!logs.contains(&it), "{it} in the logs:\n{logs}");
    }
}

#[test]
fn attack_54_keys_in_the_memory_of_the_process() {
    if !is_root() {
        // Nobody else may look into these processes, which is part of what is promised.
        let site = Site::start(true, 1, 3600);
        assert!(File::open(format!("/proc/{}/mem", site.booths[0].id())).is_err());
        return;
    }
    let site = Site::start(true, 1, 20);
    let secrets = secrets(&site);
    for person in 1..=8 {
        let (manifest, token) = site.token(&format!("elm{person}@harbour.example"));
        assert_eq!(site.redeem(&token.redeem_body(&manifest, &sheet(2)).unwrap()), 200);
    }
    let app = site.app.as_ref().unwrap();
    let booth = &site.booths[0];
    // While it runs the token key is in memory: in one place of each, where it is used.
    let copies = |child: &Child| memory(child).windows(32).filter(|it| *it == secrets[0]).count();
    assert_eq!([copies(app), copies(booth)], [1, 1]);
    assert!(
        !holds(&memory(booth), &secrets[1]),
        "the ballot side never has the key that opens ballots"
    );
    site.closed();
    // Threads that stood ready end after ten seconds without work, and their stacks with them.
    let end = Instant::now() + Duration::from_secs(30);
    for (who, child) in [("app", app), ("booth", booth)] {
        for secret in &secrets {
            while holds(&memory(child), secret) {
                assert!(Instant::now() < end, "a key in the memory of the {who}");
                sleep(Duration::from_millis(500));
            }
        }
    }
    for entry in walk(site.folder.path()) {
        let bytes = fs::read(&entry).unwrap();
        assert!(secrets.iter().all(|it| !holds(&bytes, it)), "{}", entry.display());
    }
    // No core file could have kept them.
    for child in [app, booth] {
        let limits = fs::read_to_string(format!("/proc/{}/limits", child.id())).unwrap();
        let core = limits.lines().find(|it| it.starts_with("Max core file size")).unwrap();
        assert_eq!(core.split_whitespace().nth(4), Some("0"), "{core}");
    }
}

fn walk(folder: &Path) -> Vec<PathBuf> {
    let mut todo = vec![folder.to_owned()];
    let mut files = Vec::new();
    while let Some(folder) = todo.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() { todo.push(path) } else { files.push(path) }
        }
    }
    files
}

/// Two ballot programs share the boxes; the tally joins them; each refuses what is the other's.
#[test]
fn several_ballot_programs_share_a_wave() {
    let mut site = Site::start(true, 2, 60);
    let second = free_port();
    let mut gone = site.booths.pop().unwrap();
    gone.kill().unwrap();
    gone.wait().unwrap();
    site.booth(2, 2, second);
    let ports: [u16; 2] = [site.ballot_origin.rsplit(':').next().unwrap().parse().unwrap(), second];
    let mut used = [0; 2];
    for address in super::everybody().iter().take(16) {
        let (manifest, token) = site.token(address);
        let body = token.redeem_body(&manifest, &sheet(2)).unwrap();
        let cohort = super::fields(&body)["cohort"].as_str().unwrap().parse().unwrap();
        let number = manifest.box_of(&cohort);
        let post = |port: u16| {
            let url = format!("http://127.0.0.1:{port}/redeem/{number}");
            http("POST", &url, &[("content-type", "text/plain")], body.as_bytes()).status
        };
        assert_eq!(post(ports[usize::from(1 - number)]), 421, "not this program's box");
        assert_eq!(post(ports[usize::from(number)]), 200);
        assert_eq!(post(ports[usize::from(number)]), 409);
        used[usize::from(number)] += 1;
    }
    site.closed();
    let result = fs::read(site.folder.path().join("shared/results/1.json")).unwrap();
    let result = tideline_ballot::result::ResultFile::parse(&result).unwrap();
    assert_eq!((result.ballots, result.spoilt), (16, 0), "{used:?}");
}

#[test]
fn attack_43_a_database_server_that_keeps_too_much() {
    crate::databases::on_both_databases(|database| {
        let Some(url) = database else { return };
        let folder = TempDir::new().unwrap();
        for (setting, value) in [("log_statement", "mod"), ("log_min_duration_statement", "0")] {
            let url = format!("{url}%20-c%20{setting}%3D{value}");
            let output = Command::new(program("tideline"))
                .arg("serve")
                .env("TIDELINE_DATA__DIRECTORY", folder.path())
                .env("TIDELINE_DATA__DATABASE", &url)
                .env("TIDELINE_SERVER__APP_LISTEN", format!("127.0.0.1:{}", free_port()))
                .env("TIDELINE_SERVER__BALLOT_LISTEN", format!("127.0.0.1:{}", free_port()))
                .output()
                .unwrap();
            let said = String::from_utf8_lossy(&output.stderr);
            assert!(!output.status.success(), "{setting}");
            assert!(said.contains(setting) && said.contains("not safe"), "{said}");
        }
        // Every rule is one the server knows, so a misspelt one cannot pass in silence; and there is
        // no setting that would put ballots anywhere but into their own file.
        let defaults = tideline_server::config::DEFAULTS;
        assert!(!defaults.contains("ballot_database"));
    });
}

#[test]
fn a_folder_that_others_can_look_into_is_refused() {
    let folder = TempDir::new().unwrap();
    let keys = folder.path().join("keys");
    fs::create_dir(&keys).unwrap();
    fs::set_permissions(&keys, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    let output = Command::new(program("tideline"))
        .arg("serve")
        .env("TIDELINE_DATA__DIRECTORY", folder.path())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(!output.status.success() && said.contains("keys has mode 755"), "{said}");
}

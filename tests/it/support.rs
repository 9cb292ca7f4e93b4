//! A whole installation in a temporary folder: database, two listeners, a clock that tests move.

use std::{
    fs,
    io::{Read as _, Write as _},
    net::{SocketAddr, TcpListener, TcpStream},
    path::{Path, PathBuf},
    process::Command,
    sync::atomic::{AtomicU16, Ordering},
};

use chrono::{DateTime, NaiveDate, Utc};
use tempfile::TempDir;
use tideline_api::{App, PasswordCost};
use tideline_ballot::{client::Token, manifest::PinnedManifest};
use tideline_domain::day::utc_day;
use tideline_domain::{AnswerSheet, CohortId, InstrumentId, PersonId, UnitId, WaveSeq, Window};
use tideline_server::{
    cli::ImportArgs,
    config::{Config, MailRoute},
    context::{Context, ManualClock},
    demo::client::{Client, REST},
    outbox, roster, serve, wave,
};
use ureq::Agent;

/// One running installation.
pub(crate) struct Instance {
    pub(crate) context: Context,
    pub(crate) clock: ManualClock,
    pub(crate) client: Client,
    app: actix_web::web::Data<App>,
    agent: Agent,
    running: Option<serve::Running>,
    folder: TempDir,
    /// Of the database, unless it is a file.
    url: Option<String>,
}

/// What a server said.
pub(crate) struct Reply {
    pub(crate) status: u16,
    /// Names in lower case.
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Reply {
    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|it| it.0 == name).map(|it| it.1.as_str())
    }

    /// The one word of a refusal.
    #[track_caller]
    pub(crate) fn refused(&self, status: u16, word: &str) {
        let body: serde_json::Value = serde_json::from_slice(&self.body).unwrap_or_default();
        assert_eq!((self.status, body["error"].as_str()), (status, Some(word)), "{}", self.text());
    }
}

/// One HTTP request on a connection of its own, with exactly these headers.
pub(crate) fn http(method: &str, url: &str, headers: &[(&str, &str)], body: &[u8]) -> Reply {
    let (authority, path) = url.strip_prefix("http://").unwrap().split_once('/').unwrap();
    let mut stream = TcpStream::connect(authority.replace("localhost", "127.0.0.1")).unwrap();
    let mut request =
        format!("{method} /{path} HTTP/1.1\r\nhost: {authority}\r\nconnection: close\r\n");
    for (name, value) in headers {
        request.push_str(&format!("{name}: {value}\r\n"));
    }
    request.push_str(&format!("content-length: {}\r\n\r\n", body.len()));
    stream.write_all(request.as_bytes()).unwrap();
    // A refusal may come before all of the body is read.
    let _ = stream.write_all(body);
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    let end = answer.windows(4).position(|it| it == b"\r\n\r\n").expect("an answer");
    let head = String::from_utf8_lossy(&answer[..end]).into_owned();
    let mut lines = head.split("\r\n");
    let status = lines.next().unwrap().split(' ').nth(1).unwrap().parse().unwrap();
    let headers: Vec<(String, String)> = lines
        .filter_map(|it| it.split_once(": "))
        .map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned()))
        .collect();
    let mut body = answer[end + 4..].to_vec();
    if headers.iter().any(|it| it.0 == "transfer-encoding") {
        body = unchunked(&body);
    }
    Reply { status, headers, body }
}

fn unchunked(mut bytes: &[u8]) -> Vec<u8> {
    let mut all = Vec::new();
    while let Some(end) = bytes.windows(2).position(|it| it == b"\r\n") {
        let length =
            usize::from_str_radix(std::str::from_utf8(&bytes[..end]).unwrap(), 16).unwrap();
        all.extend_from_slice(&bytes[end + 2..end + 2 + length]);
        bytes = &bytes[(end + 4 + length).min(bytes.len())..];
    }
    all
}

/// Six in the morning of a day in 2026.
pub(crate) fn day(month: u32, day: u32) -> DateTime<Utc> {
    NaiveDate::from_ymd_opt(2026, month, day).unwrap().and_hms_opt(6, 0, 0).unwrap().and_utc()
}

/// A port that nobody listens on, below those that outgoing connections get: one of them would take
/// it before it is used.
pub(crate) fn free_port() -> u16 {
    static NEXT: AtomicU16 = AtomicU16::new(0);
    let first = 20_000 + (std::process::id() % 1_000) as u16 * 10;
    loop {
        let port = first + NEXT.fetch_add(1, Ordering::Relaxed) % 2_000;
        if TcpListener::bind(("127.0.0.1", port)).is_ok() {
            return port;
        }
    }
}

impl Instance {
    /// Starts an installation on the database at `url`; `None` is a SQLite file of its own.
    pub(crate) fn start(url: Option<&str>, now: DateTime<Utc>) -> Self {
        Self::start_with(url, now, |_| {})
    }

    /// The same with settings changed by `change`.
    pub(crate) fn start_with(
        url: Option<&str>,
        now: DateTime<Utc>,
        change: impl FnOnce(&mut Config),
    ) -> Self {
        let folder = TempDir::new().unwrap();
        let mut config = Config::load(None).unwrap();
        let (app, ballot) = (free_port(), free_port());
        config.app_listen = SocketAddr::from(([127, 0, 0, 1], app));
        config.ballot_listen = SocketAddr::from(([127, 0, 0, 1], ballot));
        config.app_origin = format!("http://localhost:{app}").parse().unwrap();
        config.ballot_origin = format!("http://localhost:{ballot}").parse().unwrap();
        config.data = folder.path().to_owned();
        let sqlite = format!("sqlite:{}", folder.path().join("tideline.sqlite").display());
        config.database = url.unwrap_or(&sqlite).parse().unwrap();
        config.mail = MailRoute::Folder(folder.path().join("mail"));
        // Tests that look at them say so.
        config.about_waves = Vec::new();
        config.workers = 1;
        config.password = PasswordCost { memory_kib: 64, passes: 1, lanes: 1 };
        change(&mut config);

        let clock = ManualClock::new(now);
        let context = Context::open(config, clock.clock()).unwrap();
        let app = actix_web::web::Data::new(serve::app(&context).unwrap());
        let running = serve::start(&context, app.clone()).unwrap();
        let client = Client::new(&running.app_origin, &running.ballot_origin);
        let agent = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_idle_age(REST)
            .build()
            .new_agent();
        Self {
            context,
            clock,
            client,
            app,
            agent,
            running: Some(running),
            folder,
            url: url.map(str::to_owned),
        }
    }

    /// Where the ballot side answers.
    pub(crate) fn ballot(&self, path: &str) -> String {
        format!("{}{path}", self.running.as_ref().unwrap().ballot_origin)
    }

    /// A sealed ballot, posted as a browser does.
    pub(crate) fn redeem(&self, body: &str) -> Reply {
        http("POST", &self.ballot("/redeem"), &[("content-type", "text/plain")], body.as_bytes())
    }

    /// The bearer with which this person may have a token of wave `seq` evaluated.
    pub(crate) fn bearer(&self, address: &str, seq: WaveSeq) -> String {
        self.bearer_of(self.person(address), seq)
    }

    pub(crate) fn bearer_of(&self, person: PersonId, seq: WaveSeq) -> String {
        self.app.pickup_token(person, seq, self.context.now()).unwrap()
    }

    /// Whose address this is.
    pub(crate) fn person(&self, address: &str) -> PersonId {
        self.context.store.person_by_email(&address.parse().unwrap()).unwrap().unwrap().id
    }

    /// The cohort this person is in.
    pub(crate) fn cohort(&self, address: &str, seq: WaveSeq) -> CohortId {
        self.context.store.placement(seq, self.person(address)).unwrap().unwrap().1
    }

    /// Has a blinded element evaluated.
    pub(crate) fn issue(&self, bearer: &str, body: &str) -> Reply {
        let authorization = format!("Bearer {bearer}");
        let headers =
            [("authorization", authorization.as_str()), ("content-type", "application/json")];
        http("POST", &self.app("/pulse/issue"), &headers, body.as_bytes())
    }

    /// Picks up this person's token of wave `seq`, without signing in by mail first.
    pub(crate) fn token(&self, address: &str, seq: WaveSeq) -> (PinnedManifest, Token) {
        let manifest = self.client.manifest(seq.0).unwrap();
        let cohort = self.cohort(address, seq);
        let token = self.client.pick_up(&manifest, &cohort, &self.bearer(address, seq)).unwrap();
        (manifest, token)
    }

    /// The URL of the database, unless it is a file.
    pub(crate) fn database(&self) -> Option<String> {
        self.url.clone()
    }

    /// The folder with everything.
    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn app(&self, path: &str) -> String {
        format!("{}{path}", self.running.as_ref().unwrap().app_origin)
    }

    /// Imports a roster as the command does.
    pub(crate) fn import(&self, csv: &str) {
        let file = self.folder.path().join("roster.csv");
        fs::write(&file, csv).unwrap();
        let args =
            ImportArgs { file: file.clone(), dry_run: false, force: true, headings: Vec::new() };
        roster::run(&self.context, &args).unwrap();
        fs::remove_file(file).unwrap();
    }

    pub(crate) fn announce(&self, label: &str, window: Window) -> WaveSeq {
        self.announce_asking(&InstrumentId::PULSE, label, window)
    }

    pub(crate) fn announce_asking(
        &self,
        asks: &InstrumentId,
        label: &str,
        window: Window,
    ) -> WaveSeq {
        let label = label.parse().unwrap();
        let seq = wave::announce(&self.context, label, asks, window).unwrap();
        wave::refresh_live(&self.context).unwrap();
        seq
    }

    pub(crate) fn close(&self, seq: WaveSeq) -> wave::Closed {
        wave::close(&self.context, seq).unwrap()
    }

    pub(crate) fn deliver(&self) -> usize {
        outbox::deliver(&self.context).unwrap().sent
    }

    /// Signs in by the link in the mail that arrives; returns the session cookie.
    pub(crate) fn sign_in(&self, address: &str) -> String {
        self.mailbox().sign_in(&self.agent, &self.app(""), address)
    }

    /// Signs in by a link that the program hands out, wherever mails go; returns the session cookie.
    pub(crate) fn session(&self, address: &str) -> String {
        let (person, now) = (self.person(address), self.context.now());
        let link = self.app.sign_in_link(person, now, chrono::TimeDelta::hours(1)).unwrap();
        follow(&self.agent, &self.app(""), link.split_once('#').unwrap().1)
    }

    fn mailbox(&self) -> Mailbox {
        Mailbox::new(self.folder.path().join("mail"))
    }

    pub(crate) fn mails(&self) -> Vec<String> {
        self.mailbox().mails()
    }

    /// Asks for a sign-in link and uses it twice; returns whether each gave a session.
    pub(crate) fn app_link_twice(&self, address: &str) -> (bool, bool) {
        let asked = self.form("/sign-in", None, &[("email", address)]);
        assert_eq!(asked.0, 303, "{}", asked.1);
        let code = (0..400)
            .find_map(|_| {
                std::thread::sleep(std::time::Duration::from_millis(25));
                let mails = self.mails();
                let found = mails
                    .iter()
                    .find(|it| it.contains(&format!("To: {address}")) && it.contains("/in#"));
                found.map(|it| code_in(it))
            })
            .expect("the sign-in mail arrives");
        let [first, second] = [(), ()].map(|()| {
            let origin = self.app("");
            let headers = [
                ("origin", origin.as_str()),
                ("content-type", "application/x-www-form-urlencoded"),
            ];
            let reply = http("POST", &self.app("/in"), &headers, format!("code={code}").as_bytes());
            reply.header("set-cookie").is_some_and(|it| !it.contains("Max-Age=0"))
        });
        (first, second)
    }

    /// The mails that carry a report.
    pub(crate) fn reports(&self) -> Vec<String> {
        self.mails().into_iter().filter(|it| it.contains("application/pdf")).collect()
    }

    pub(crate) fn get(&self, url: &str, cookie: Option<&str>) -> (u16, String) {
        let (status, bytes) = self.get_bytes(url, cookie);
        (status, String::from_utf8_lossy(&bytes).into_owned())
    }

    pub(crate) fn get_bytes(&self, url: &str, cookie: Option<&str>) -> (u16, Vec<u8>) {
        let mut request = self.agent.get(url);
        if let Some(cookie) = cookie {
            request = request.header("cookie", cookie);
        }
        let mut response = request.call().unwrap();
        let mut bytes = Vec::new();
        response.body_mut().as_reader().read_to_end(&mut bytes).unwrap();
        (response.status().as_u16(), bytes)
    }

    pub(crate) fn form(
        &self,
        path: &str,
        cookie: Option<&str>,
        fields: &[(&str, &str)],
    ) -> (u16, String) {
        let mut request = self.agent.post(self.app(path)).header("origin", self.app(""));
        if let Some(cookie) = cookie {
            request = request.header("cookie", cookie);
        }
        let mut response = request.send_form(fields.iter().copied()).unwrap();
        (response.status().as_u16(), response.body_mut().read_to_string().unwrap())
    }

    /// Picks up the token of the only wave on offer, as the page's script does.
    pub(crate) fn pick_up(&self, cookie: &str) -> (PinnedManifest, Token) {
        let (status, body) = self.get(&self.app("/me/pickup"), Some(cookie));
        assert_eq!(status, 200, "{body}");
        let offers: serde_json::Value = serde_json::from_str(&body).unwrap();
        let offer = &offers["waves"][0];
        let manifest =
            self.client.manifest(u32::try_from(offer["seq"].as_u64().unwrap()).unwrap()).unwrap();
        let cohort = offer["cohort"].as_str().unwrap().parse().unwrap();
        let token =
            self.client.pick_up(&manifest, &cohort, offer["token"].as_str().unwrap()).unwrap();
        (manifest, token)
    }

    pub(crate) fn send(
        &self,
        manifest: &PinnedManifest,
        token: &Token,
        sheet: &AnswerSheet,
    ) -> u16 {
        self.client.send(manifest, token, sheet).unwrap()
    }

    pub(crate) fn unit(&self, name: &str) -> UnitId {
        let tree = self.context.store.units(utc_day(self.context.now())).unwrap().unwrap();
        tree.units().iter().find(|it| it.name.as_str() == name).unwrap().id
    }

    /// Every file below the data folder.
    pub(crate) fn files(&self) -> Vec<(PathBuf, Vec<u8>)> {
        let mut todo = vec![self.folder.path().to_owned()];
        let mut files = Vec::new();
        while let Some(folder) = todo.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    todo.push(path)
                } else {
                    match fs::read(&path) {
                        // What SQLite keeps beside a database goes when the last connection does.
                        Err(gone) if gone.kind() == std::io::ErrorKind::NotFound => {}
                        bytes => files.push((path, bytes.unwrap())),
                    }
                }
            }
        }
        files
    }
}

/// The folder that mails are written to.
pub(crate) struct Mailbox(PathBuf);

impl Mailbox {
    pub(crate) fn new(folder: PathBuf) -> Self {
        Self(folder)
    }

    /// The mails that are there, whole: not those that are still being written under another name.
    pub(crate) fn paths(&self) -> Vec<PathBuf> {
        let Ok(folder) = fs::read_dir(&self.0) else { return Vec::new() };
        let paths = folder.filter_map(|it| Some(it.ok()?.path()));
        paths.filter(|it| it.extension().is_some_and(|it| it == "eml")).collect()
    }

    pub(crate) fn mails(&self) -> Vec<String> {
        self.paths()
            .into_iter()
            .filter_map(|it| fs::read(it).ok())
            .map(|it| String::from_utf8_lossy(&it).into_owned())
            .collect()
    }

    /// Asks for a sign-in link and follows the one that arrives; returns the session cookie.
    pub(crate) fn sign_in(&self, agent: &Agent, app: &str, address: &str) -> String {
        let asked = agent
            .post(format!("{app}/sign-in"))
            .header("origin", app)
            .send_form([("email", address)])
            .unwrap();
        assert_eq!(asked.status(), 303);
        let mail = (0..400)
            .find_map(|_| {
                let found = self
                    .mails()
                    .into_iter()
                    .find(|it| it.contains(&format!("To: {address}")) && it.contains("/in#"));
                if found.is_none() {
                    std::thread::sleep(std::time::Duration::from_millis(25));
                }
                found
            })
            .expect("the sign-in mail arrives");
        for path in self.paths() {
            if fs::read_to_string(&path).is_ok_and(|it| it.contains("/in#")) {
                fs::remove_file(path).unwrap();
            }
        }
        follow(agent, app, &code_in(&mail))
    }
}

/// Uses the code of a sign-in link; returns the session cookie.
fn follow(agent: &Agent, app: &str, code: &str) -> String {
    let response =
        agent.post(format!("{app}/in")).header("origin", app).send_form([("code", code)]).unwrap();
    assert_eq!(response.status(), 303);
    let cookie = response.headers()["set-cookie"].to_str().unwrap();
    cookie.split(';').next().unwrap().to_owned()
}

fn code_in(mail: &str) -> String {
    let joined = mail.replace("=\r\n", "").replace("=\n", "").replace("=3D", "=");
    let at = joined.find("/in#").unwrap() + 4;
    joined[at..].chars().take_while(|it| it.is_ascii_alphanumeric() || "-_".contains(*it)).collect()
}

impl Drop for Instance {
    fn drop(&mut self) {
        if let Some(running) = self.running.take() {
            running.stop().unwrap();
        }
    }
}

/// Whether a tool is there; said loudly if not, and an error under CI, which installs it.
pub(crate) fn missing(tool: &str, version: &str) -> bool {
    let there = Command::new(tool).arg(version).output().is_ok();
    if !there {
        assert!(std::env::var_os("CI").is_none(), "CI needs {tool}");
        eprintln!("SKIPPED: {tool} is not there");
    }
    !there
}

/// The text of a PDF by poppler; `None`, said loudly, where it is not installed (an error under CI).
pub(crate) fn pdf_text(pdf: &[u8]) -> Option<String> {
    if missing("pdftotext", "-v") {
        return None;
    }
    let file = tempfile::NamedTempFile::new().unwrap();
    fs::write(file.path(), pdf).unwrap();
    let output = Command::new("pdftotext").arg("-layout").arg(file.path()).arg("-").output();
    let output = output.unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Some(String::from_utf8(output.stdout).unwrap())
}

//! A whole installation in a temporary folder: database, two listeners, a clock that tests move.

use std::{
    fs,
    io::Read as _,
    net::{SocketAddr, TcpListener},
    path::PathBuf,
    process::Command,
};

use chrono::{DateTime, NaiveDate, Utc};
use tempfile::TempDir;
use tideline_api::PasswordCost;
use tideline_ballot::{client::Token, manifest::PinnedManifest};
use tideline_domain::{AnswerSheet, UnitId, WaveSeq, Window};
use tideline_server::{
    cli::ImportArgs,
    config::{Config, MailRoute},
    context::{Context, ManualClock},
    demo::client::Client,
    report, roster, serve, wave,
};
use ureq::Agent;

/// One running installation.
pub(crate) struct Instance {
    pub(crate) context: Context,
    pub(crate) clock: ManualClock,
    pub(crate) client: Client,
    agent: Agent,
    running: Option<serve::Running>,
    folder: TempDir,
}

/// Six in the morning of a day in 2026.
pub(crate) fn day(month: u32, day: u32) -> DateTime<Utc> {
    NaiveDate::from_ymd_opt(2026, month, day).unwrap().and_hms_opt(6, 0, 0).unwrap().and_utc()
}

fn free_port() -> u16 {
    TcpListener::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap().port()
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
        config.workers = 1;
        config.password = PasswordCost { memory_kib: 64, passes: 1, lanes: 1 };
        change(&mut config);

        let clock = ManualClock::new(now);
        let context = Context::open(config, clock.clock()).unwrap();
        let app = serve::app(&context).unwrap();
        let running = serve::start(&context, actix_web::web::Data::new(app)).unwrap();
        let client = Client::new(&running.app_origin, &running.ballot_origin);
        let agent = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .build()
            .new_agent();
        Self { context, clock, client, agent, running: Some(running), folder }
    }

    pub(crate) fn app(&self, path: &str) -> String {
        format!("{}{path}", self.running.as_ref().unwrap().app_origin)
    }

    /// Imports a roster as the command does.
    pub(crate) fn import(&self, csv: &str) {
        let file = self.folder.path().join("roster.csv");
        fs::write(&file, csv).unwrap();
        roster::run(&self.context, &ImportArgs { file: file.clone(), dry_run: false }).unwrap();
        fs::remove_file(file).unwrap();
    }

    pub(crate) fn announce(&self, label: &str, window: Window) -> WaveSeq {
        let seq = wave::announce(&self.context, label.parse().unwrap(), window).unwrap();
        wave::refresh_live(&self.context).unwrap();
        seq
    }

    pub(crate) fn close(&self, seq: WaveSeq) -> wave::Closed {
        wave::close(&self.context, seq).unwrap()
    }

    pub(crate) fn deliver(&self) -> usize {
        report::deliver(&self.context).unwrap()
    }

    /// Signs in by the link in the mail that arrives; returns the session cookie.
    pub(crate) fn sign_in(&self, address: &str) -> String {
        let before = self.mails().len();
        let asked = self.form("/sign-in", None, &[("email", address)]);
        assert_eq!(asked.0, 303, "{}", asked.1);
        let mail = (0..400)
            .find_map(|_| {
                let mails = self.mails();
                let found = (mails.len() > before).then(|| {
                    mails
                        .into_iter()
                        .find(|it| it.contains(&format!("To: {address}")) && it.contains("/in#"))
                });
                std::thread::sleep(std::time::Duration::from_millis(25));
                found.flatten()
            })
            .expect("the sign-in mail arrives");
        let code = self.code_in(&mail);
        for file in fs::read_dir(self.folder.path().join("mail")).unwrap() {
            let path = file.unwrap().path();
            if fs::read_to_string(&path).unwrap().contains("/in#") {
                fs::remove_file(path).unwrap();
            }
        }
        let response = self
            .agent
            .post(self.app("/in"))
            .header("origin", self.app(""))
            .send_form([("code", code.as_str())])
            .unwrap();
        assert_eq!(response.status(), 303);
        let cookie = response.headers()["set-cookie"].to_str().unwrap();
        cookie.split(';').next().unwrap().to_owned()
    }

    fn code_in(&self, mail: &str) -> String {
        let joined = mail.replace("=\r\n", "").replace("=\n", "").replace("=3D", "=");
        let at = joined.find("/in#").unwrap() + 4;
        joined[at..]
            .chars()
            .take_while(|it| it.is_ascii_alphanumeric() || "-_".contains(*it))
            .collect()
    }

    fn mails(&self) -> Vec<String> {
        let Ok(folder) = fs::read_dir(self.folder.path().join("mail")) else { return Vec::new() };
        folder
            .filter_map(|it| fs::read(it.ok()?.path()).ok())
            .map(|it| String::from_utf8_lossy(&it).into_owned())
            .collect()
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
        let tree = self.context.store.units(self.context.now().date_naive()).unwrap().unwrap();
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
                    files.push((path.clone(), fs::read(path).unwrap()))
                }
            }
        }
        files
    }
}

impl Drop for Instance {
    fn drop(&mut self) {
        if let Some(running) = self.running.take() {
            running.stop().unwrap();
        }
    }
}

/// The text of a PDF by poppler; `None`, said loudly, where it is not installed (an error under CI).
pub(crate) fn pdf_text(pdf: &[u8]) -> Option<String> {
    let file = tempfile::NamedTempFile::new().unwrap();
    fs::write(file.path(), pdf).unwrap();
    match Command::new("pdftotext").arg("-layout").arg(file.path()).arg("-").output() {
        Ok(output) => {
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
            Some(String::from_utf8(output.stdout).unwrap())
        }
        Err(_) => {
            assert!(std::env::var_os("CI").is_none(), "CI needs pdftotext");
            eprintln!("SKIPPED: reading the PDF's text, because pdftotext is not there");
            None
        }
    }
}

//! Settings: the embedded defaults, then a file, then the environment, parsed into checked types.

use std::{
    net::SocketAddr,
    path::{Path, PathBuf},
};

use chrono::{DateTime, TimeDelta};
use chrono_tz::Tz;
use figment::{
    Figment,
    providers::{Env, Format as _, Toml},
    value::Value,
};
use serde::Deserialize;
use tideline_aggregation::{MinGroup, Policy, SmallestGroupSetting, smallest_group};
use tideline_api::{
    ClientAuthentication, Network, NetworkError, OidcSettings, Origin, PasswordCost, Reach,
};
use tideline_ballot::manifest::MAX_BOXES;
use tideline_domain::{Country, CountryError, InstrumentId, Name, NameError, spelt_out, unseen};
use tideline_report::{
    dkim::Dkim,
    mail,
    mailer::{MailError, Sender, Smtp},
    pdf::{Logo, Look, Paper},
};
use tideline_store::DatabaseUrl;
use tideline_text::Language;

use crate::{
    calendar::{CalendarError, Rule, WaveCalendar},
    hooks::{self, Hook, HookKind},
    installation::Place,
    instrument,
    site::is_one_site,
};

/// The embedded defaults; also the documentation of every setting.
pub const DEFAULTS: &str = include_str!("../../../config/default.toml");

/// Settings that cannot be used. The message names the setting, and spells out what nobody would see in it.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// A file or variable is misspelt, missing or of the wrong type.
    #[error("{}", lines(.0))]
    Unreadable(Box<figment::Error>),
    /// A value that is understood but cannot be used.
    #[error("setting `{setting}`: {}", spelt_out(.why))]
    Refused {
        /// Section and name.
        setting: &'static str,
        /// What is wrong and what would be right.
        why: String,
    },
}

impl From<figment::Error> for ConfigError {
    fn from(error: figment::Error) -> Self {
        Self::Unreadable(Box::new(error))
    }
}

/// A line for each fault: a value with a line break makes none of its own.
fn lines(error: &figment::Error) -> String {
    let said: Vec<String> =
        error.clone().into_iter().map(|it| spelt_out(&it.to_string())).collect();
    said.join("\n")
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    server: RawServer,
    data: RawData,
    organisation: RawOrganisation,
    support: RawSupport,
    release: RawRelease,
    wave: RawWave,
    calendar: RawCalendar,
    report: RawReport,
    mail: RawMail,
    oidc: RawOidc,
    hooks: Vec<RawHook>,
    jobs: RawJobs,
    password: RawPassword,
    log: RawLog,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawServer {
    app_listen: SocketAddr,
    ballot_listen: SocketAddr,
    app_origin: String,
    ballot_origin: String,
    contact: String,
    workers: usize,
    sides: Sides,
    proxies: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawData {
    directory: PathBuf,
    ballot_directory: PathBuf,
    database: String,
    migrate_on_start: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawOrganisation {
    name: String,
    time_zone: String,
    language: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawSupport {
    contacts: Vec<RawContact>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawContact {
    title: String,
    phone: Option<String>,
    link: Option<String>,
    #[serde(default)]
    note: String,
    country: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawRelease {
    smallest_group: u32,
    roster_guard: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawWave {
    grace_seconds: u32,
    pickup_days: u32,
    boxes: u8,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawMail {
    from: String,
    reply_to: String,
    smtp: String,
    ca_file: PathBuf,
    folder: PathBuf,
    about_waves: Vec<String>,
    dkim_domain: String,
    dkim_selector: String,
    dkim_key: PathBuf,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawCalendar {
    wave_opens: String,
    wave_days: u32,
    instrument: String,
    report: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawReport {
    paper: String,
    colour: String,
    logo: PathBuf,
    to_managers: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawOidc {
    name: String,
    issuer: String,
    client_id: String,
    client_secret: String,
    client_authentication: String,
    ca_file: PathBuf,
    trust_addresses: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawHook {
    name: String,
    url: String,
    kind: RawHookKind,
    #[serde(default)]
    secret: String,
    #[serde(default)]
    language: String,
    #[serde(default)]
    private: bool,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
enum RawHookKind {
    Webhook,
    Slack,
    Teams,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawJobs {
    every_seconds: u64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawPassword {
    memory_kib: u32,
    passes: u32,
    lanes: u32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawLog {
    level: LogLevel,
    format: LogFormat,
}

/// Which listeners the program has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Sides {
    /// App and ballots.
    Both,
    /// The app; ballots are taken by programs of their own.
    App,
}

/// How much the app side logs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogLevel {
    /// Failures.
    Error,
    /// And what looks wrong.
    Warn,
    /// And what was done.
    Info,
    /// And how.
    Debug,
}

impl LogLevel {
    /// The level as `tracing` names it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warn => "warn",
            Self::Info => "info",
            Self::Debug => "debug",
        }
    }
}

/// What a log line looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// For people.
    Text,
    /// For programs.
    Json,
}

/// Where mail goes.
#[derive(Clone, PartialEq, Eq)]
pub enum MailRoute {
    /// To a mail server. May hold a password.
    Smtp(Smtp),
    /// Into a folder.
    Folder(PathBuf),
}

/// A mail about a wave.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WaveMail {
    /// To whoever is on a roster for the first time.
    Invitation,
    /// When it opens.
    Opens,
    /// Halfway, to all.
    Reminder,
    /// When it is released.
    Results,
}

impl WaveMail {
    const ALL: [(Self, &str); 4] = [
        (Self::Invitation, "invitation"),
        (Self::Opens, "opens"),
        (Self::Reminder, "reminder"),
        (Self::Results, "results"),
    ];
}

/// Somebody to turn to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contact {
    /// What it is.
    pub title: Name,
    /// Telephone number.
    pub phone: Option<String>,
    /// An `https:` or `mailto:` address.
    pub link: Option<String>,
    /// When it answers; up to 300 characters.
    pub note: String,
    /// For people in this country; `None` is for everybody.
    pub country: Option<Country>,
}

/// Checked settings.
#[derive(Clone)]
pub struct Config {
    /// Where the app listens.
    pub app_listen: SocketAddr,
    /// Where the ballot side listens.
    pub ballot_listen: SocketAddr,
    /// Origin of the app, without a trailing slash.
    pub app_origin: Origin,
    /// Origin of the ballot side, without a trailing slash.
    pub ballot_origin: Origin,
    /// Whom people may ask who do not work for those who run the program.
    pub contact: String,
    /// Worker threads for each listener; 0 is one for each core.
    pub workers: usize,
    /// Which listeners there are.
    pub sides: Sides,
    /// The proxies that are believed when they say which network a request comes from.
    pub proxies: Vec<Network>,
    /// The database, mails and the keys that open ballots; by default everything.
    pub data: PathBuf,
    /// What the ballot side needs, if that is not in [`data`](Self::data).
    pub ballot_data: Option<PathBuf>,
    /// The main database.
    pub database: DatabaseUrl,
    /// Whether to migrate at start.
    pub migrate_on_start: bool,
    /// Name on reports; the top unit's if there is none.
    pub organisation: Option<Name>,
    /// Whom people can turn to, the most urgent first.
    pub contacts: Vec<Contact>,
    /// Where the smallest group starts, before it is changed on the page.
    pub smallest_group: SmallestGroupSetting,
    /// Whether small teams that one or two people joined or left are kept from standing alone.
    pub roster_guard: bool,
    /// Wait after closing.
    pub grace: TimeDelta,
    /// Pick-up before opening.
    pub pickup: TimeDelta,
    /// Ballot boxes of a wave, 1 to 16.
    pub boxes: u8,
    /// The time zone of the organisation; `None` is the one in the database.
    pub time_zone: Option<Tz>,
    /// The language of mails and reports.
    pub language: Language,
    /// When waves open by themselves, and for how long.
    pub wave_calendar: Option<WaveCalendar>,
    /// What such a wave asks.
    pub wave_asks: InstrumentId,
    /// When reports are sent; `None` is at once.
    pub report_day: Option<Rule>,
    /// Whether managers get the report of their unit.
    pub report_to_managers: bool,
    /// How reports look.
    pub look: Look,
    /// What is mailed about each wave.
    pub about_waves: Vec<WaveMail>,
    /// Signs mails.
    pub dkim: Option<Dkim>,
    /// Who mails are from.
    pub sender: Sender,
    /// Where e-mail goes.
    pub mail: MailRoute,
    /// The identity provider, if people may sign in by one.
    pub oidc: Option<OidcSettings>,
    /// Programs and chat rooms that are told of waves.
    pub hooks: Vec<Hook>,
    /// Pause between rounds of work, in seconds.
    pub jobs_every_seconds: u64,
    /// Cost of stored passwords.
    pub password: PasswordCost,
    /// What is logged.
    pub log_level: LogLevel,
    /// How it looks.
    pub log_format: LogFormat,
}

impl Config {
    /// The release rules where there is no database with changes of them: for data from elsewhere.
    pub fn policy_of_settings(&self) -> Policy {
        let k = smallest_group::in_force(self.smallest_group, &[], DateTime::UNIX_EPOCH);
        Policy { k, roster_guard: self.roster_guard }
    }

    /// Reads the defaults, `file` if given, and `TIDELINE_SECTION__SETTING` variables.
    ///
    /// # Errors
    ///
    /// [`ConfigError`] names the setting and the file or variable it came from.
    pub fn load(file: Option<&Path>) -> Result<Self, ConfigError> {
        Self::raw(file)?.extract::<Raw>()?.try_into()
    }

    /// The settings as they are written, before anything is checked.
    pub(crate) fn raw(file: Option<&Path>) -> Result<Figment, ConfigError> {
        let mut figment = Figment::from(Toml::string(DEFAULTS));
        if let Some(file) = file {
            if !file.is_file() {
                return Err(refused("--config", format!("there is no file {}", file.display())));
            }
            figment = figment.merge(Toml::file_exact(file));
        }
        // Each setting is in a section; names without one belong to the command line and to tests.
        let variables = Env::prefixed("TIDELINE_").filter(|it| it.as_str().contains("__"));
        Ok(with_environment(figment, variables.split("__")))
    }
}

/// `figment` and what the environment says: of settings that are text as it is written there, be it digits,
/// `true` or brackets; of others as their value.
fn with_environment(figment: Figment, variables: Env) -> Figment {
    let written = variables.iter().map(|(name, text)| (name.as_str().to_lowercase(), text));
    let written: Vec<(String, String)> = written.collect();
    with_texts(figment.merge(variables), written)
}

/// `figment` and those of the settings written so that are text. One pair of quotation marks around a text is
/// not part of it.
fn with_texts(figment: Figment, written: impl IntoIterator<Item = (String, String)>) -> Figment {
    let defaults = Figment::from(Toml::string(DEFAULTS));
    let is_text = |name: &str| matches!(defaults.find_value(name), Ok(Value::String(..)));
    let texts = written.into_iter().filter(|(name, _)| is_text(name));
    texts.fold(figment, |all, (name, text)| all.merge((name, unquoted(&text).to_owned())))
}

fn unquoted(text: &str) -> &str {
    let inner = text.trim().strip_prefix('"').and_then(|it| it.strip_suffix('"'));
    inner.filter(|it| !it.contains('"')).unwrap_or(text)
}

/// Networks, separated by commas.
fn networks(text: &str) -> Result<Vec<Network>, ConfigError> {
    let parts = text.split(',').map(str::trim).filter(|it| !it.is_empty());
    parts
        .map(str::parse)
        .collect::<Result<_, _>>()
        .map_err(|error: NetworkError| refused("server.proxies", error.to_string()))
}

impl Config {
    /// Why votes would be lost in browsers with these settings, if they would.
    pub fn two_sites(&self) -> Option<String> {
        let (app, ballot) = (&self.app_origin, &self.ballot_origin);
        (!is_one_site(app, ballot)).then(|| {
            format!(
                "server.ballot_origin: {} and {} are two unrelated sites to browsers, and some \
                 delete after a day what a site keeps that nobody visits by itself: votes would be \
                 lost. Use two host names below one domain of yours, such as app.example.org and \
                 ballot.example.org, or two ports of one host name",
                app.host(),
                ballot.host()
            )
        })
    }

    /// Another database, named as `data.database` is.
    ///
    /// # Errors
    ///
    /// If it names none.
    pub fn other_database(&self, url: &str) -> Result<DatabaseUrl, ConfigError> {
        database(&self.data, url)
    }

    /// Where database and files lie.
    pub(crate) fn place(&self) -> Place<'_> {
        Place { database: &self.database, data: &self.data, shared: self.shared() }
    }

    /// Where manifests, boxes, results and token keys lie.
    pub fn shared(&self) -> &Path {
        self.ballot_data.as_deref().unwrap_or(&self.data)
    }
}

impl TryFrom<Raw> for Config {
    type Error = ConfigError;

    fn try_from(raw: Raw) -> Result<Self, ConfigError> {
        let data = raw.data.directory;
        let app_origin = origin("server.app_origin", &raw.server.app_origin)?;
        let ballot_origin = origin("server.ballot_origin", &raw.server.ballot_origin)?;
        if app_origin == ballot_origin {
            return Err(refused(
                "server.ballot_origin",
                "it must differ from server.app_origin, or scripts of the app could read tokens"
                    .into(),
            ));
        }
        if app_origin.is_https() && app_origin.host() == ballot_origin.host() {
            return Err(refused(
                "server.ballot_origin",
                "it must have another host name than server.app_origin, or browsers would send \
                 the app's cookies along with it"
                    .into(),
            ));
        }
        let ballot_data = match raw.data.ballot_directory.as_os_str().is_empty() {
            true if raw.server.sides == Sides::App => {
                return Err(refused(
                    "data.ballot_directory",
                    "server.sides = \"app\" needs a folder that is shared with tideline-booth"
                        .into(),
                ));
            }
            true => None,
            false => Some(raw.data.ballot_directory),
        };
        if !(1..=MAX_BOXES).contains(&raw.wave.boxes) {
            return Err(refused("wave.boxes", format!("it may be 1 to {MAX_BOXES}")));
        }
        let smallest = MinGroup::new(raw.release.smallest_group)
            .map_err(|error| refused("release.smallest_group", error.to_string()))?;
        if raw.wave.pickup_days > 28 {
            return Err(refused("wave.pickup_days", "it may be 0 to 28".into()));
        }
        if !(1..=3600).contains(&raw.jobs.every_seconds) {
            return Err(refused("jobs.every_seconds", "it may be 1 to 3600".into()));
        }
        let mail = match raw.mail.smtp.trim() {
            "" => MailRoute::Folder(data.join(&raw.mail.folder)),
            url => MailRoute::Smtp(mail_server(url, &raw.mail.ca_file)?),
        };
        let hooks = raw.hooks.into_iter().map(hook).collect::<Result<Vec<_>, _>>()?;
        if hooks.iter().enumerate().any(|(at, it)| hooks[..at].iter().any(|e| e.name == it.name)) {
            return Err(refused("hooks", "every hook needs a name of its own".into()));
        }
        let oidc = oidc(raw.oidc, &app_origin)?;
        let dkim = dkim(&raw.mail)?;
        if !(1..=90).contains(&raw.calendar.wave_days) {
            return Err(refused("calendar.wave_days", "it may be 1 to 90".into()));
        }
        Ok(Self {
            app_listen: raw.server.app_listen,
            ballot_listen: raw.server.ballot_listen,
            app_origin,
            ballot_origin,
            contact: seen("server.contact", raw.server.contact)?,
            workers: raw.server.workers,
            sides: raw.server.sides,
            proxies: networks(&raw.server.proxies)?,
            ballot_data,
            boxes: raw.wave.boxes,
            database: database(&data, &raw.data.database)?,
            data,
            migrate_on_start: raw.data.migrate_on_start,
            organisation: match raw.organisation.name.trim() {
                "" => None,
                name => {
                    Some(name.parse().map_err(|error: NameError| {
                        refused("organisation.name", error.to_string())
                    })?)
                }
            },
            contacts: raw.support.contacts.into_iter().map(contact).collect::<Result<_, _>>()?,
            smallest_group: SmallestGroupSetting::new(smallest),
            roster_guard: raw.release.roster_guard,
            grace: TimeDelta::seconds(raw.wave.grace_seconds.into()),
            pickup: TimeDelta::days(raw.wave.pickup_days.into()),
            time_zone: time_zone(&raw.organisation.time_zone)?,
            language: Language::from_tag(raw.organisation.language.trim()).ok_or_else(|| {
                let known = Language::ALL.map(Language::tag).join(", ");
                refused("organisation.language", format!("it may be one of: {known}"))
            })?,
            wave_calendar: rule("calendar.wave_opens", &raw.calendar.wave_opens)?
                .map(|openings| WaveCalendar::new(openings, raw.calendar.wave_days))
                .transpose()
                .map_err(|error| refused(error.setting(), error.to_string()))?,
            wave_asks: instrument::named(&raw.calendar.instrument)
                .map_err(|it| refused("calendar.instrument", it.to_string()))?,
            report_day: rule("calendar.report", &raw.calendar.report)?,
            report_to_managers: raw.report.to_managers,
            look: look(&raw.report)?,
            about_waves: raw
                .mail
                .about_waves
                .iter()
                .map(|it| wave_mail(it))
                .collect::<Result<_, _>>()?,
            dkim,
            sender: Sender {
                from: mail_address("mail.from", raw.mail.from)?,
                reply_to: match raw.mail.reply_to.trim() {
                    "" => None,
                    _ => Some(mail_address("mail.reply_to", raw.mail.reply_to)?),
                },
            },
            mail,
            oidc,
            hooks,
            jobs_every_seconds: raw.jobs.every_seconds,
            password: PasswordCost {
                memory_kib: raw.password.memory_kib,
                passes: raw.password.passes,
                lanes: raw.password.lanes,
            },
            log_level: raw.log.level,
            log_format: raw.log.format,
        })
    }
}

const fn refused(setting: &'static str, why: String) -> ConfigError {
    ConfigError::Refused { setting, why }
}

/// Text that people read, as it is.
fn seen(setting: &'static str, text: String) -> Result<String, ConfigError> {
    if unseen(&text).is_some() {
        let why =
            format!("“{text}” has a character that nobody sees, or that turns the line around");
        return Err(refused(setting, why));
    }
    Ok(text)
}

/// An address that mails can be written with.
fn mail_address(setting: &'static str, text: String) -> Result<String, ConfigError> {
    let text = seen(setting, text)?;
    mail::check_address(&text).map_err(|_| {
        let why = format!(
            "no mail can be written with “{text}”; write it like Tideline <tideline@example.org>, \
             and a name with other signs than letters and spaces in double quotes"
        );
        refused(setting, why)
    })?;
    Ok(text)
}

/// A mail server, refused here if no mail could ever be given to it.
fn mail_server(url: &str, authority: &Path) -> Result<Smtp, ConfigError> {
    let server = Smtp::new(url.to_owned(), some_file(authority, "mail.ca_file")?);
    match server.check() {
        Ok(()) => Ok(server),
        Err(MailError::Certificate) => {
            Err(refused("mail.ca_file", MailError::Certificate.to_string()))
        }
        // It may hold a password, and is not said again.
        Err(_) => Err(refused(
            "mail.smtp",
            "it should look like smtps://user:password@mail.example.org:465; signs such as # @ % / in \
             the user or password are written %23 %40 %25 %2F"
                .into(),
        )),
    }
}

fn hook(raw: RawHook) -> Result<Hook, ConfigError> {
    let wrong = |why: &str| refused("hooks", format!("“{}”: {why}", raw.name));
    if !(1..=60).contains(&raw.name.chars().count()) {
        return Err(wrong("a name takes 1 to 60 characters"));
    }
    seen("hooks", raw.name.clone())?;
    let uri: http::Uri = raw.url.parse().map_err(|_| wrong("its url is no address"))?;
    let here = ["localhost", "127.0.0.1", "[::1]"].contains(&uri.host().unwrap_or_default());
    match uri.scheme_str() {
        Some("https") => {}
        Some("http") if here && raw.private => {}
        Some("http") if here => {
            return Err(wrong("its url is on this machine: that needs `private = true`"));
        }
        _ => return Err(wrong("its url must begin with https://")),
    }
    let reach = if raw.private { Reach::Anywhere } else { Reach::Public };
    let language = match raw.language.as_str() {
        "" => Language::default(),
        tag => Language::from_tag(tag).ok_or_else(|| wrong("its language may be en or de"))?,
    };
    let kind = match raw.kind {
        RawHookKind::Slack => HookKind::Slack,
        RawHookKind::Teams => HookKind::Teams,
        RawHookKind::Webhook => {
            HookKind::Webhook { secret: hooks::secret(&raw.secret).map_err(wrong)? }
        }
    };
    Ok(Hook { name: raw.name, url: raw.url, kind, language, reach })
}

fn oidc(raw: RawOidc, app_origin: &Origin) -> Result<Option<OidcSettings>, ConfigError> {
    let issuer = raw.issuer.trim();
    if issuer.is_empty() {
        return Ok(None);
    }
    let uri: Option<http::Uri> = issuer.parse().ok();
    let host = uri.as_ref().and_then(|it| it.host()).unwrap_or_default();
    let here = ["localhost", "127.0.0.1", "[::1]"].contains(&host);
    match uri.as_ref().and_then(|it| it.scheme_str()) {
        Some("https") => {}
        Some("http") if here => {}
        _ => return Err(refused("oidc.issuer", "it must begin with https://".into())),
    }
    if raw.client_id.is_empty() {
        return Err(refused("oidc.client_id", "the identity provider says what it is".into()));
    }
    Ok(Some(OidcSettings {
        name: seen("oidc.name", raw.name)?,
        issuer: issuer.to_owned(),
        client_id: raw.client_id,
        client_secret: raw.client_secret,
        client_authentication: match raw.client_authentication.as_str() {
            "auto" => ClientAuthentication::Auto,
            "basic" => ClientAuthentication::Basic,
            "post" => ClientAuthentication::Post,
            _ => {
                return Err(refused(
                    "oidc.client_authentication",
                    "it may be auto, basic or post".into(),
                ));
            }
        },
        authority: some_file(&raw.ca_file, "oidc.ca_file")?,
        trust_addresses: raw.trust_addresses,
        redirect: format!("{app_origin}/sign-in/oidc/callback"),
    }))
}

fn time_zone(text: &str) -> Result<Option<Tz>, ConfigError> {
    match text.trim() {
        "" => Ok(None),
        name => name.parse().map(Some).map_err(|_| {
            refused("organisation.time_zone", format!("“{name}” is no zone like Europe/Berlin"))
        }),
    }
}

fn rule(setting: &'static str, text: &str) -> Result<Option<Rule>, ConfigError> {
    match text.trim() {
        "" => Ok(None),
        text => text
            .parse()
            .map(Some)
            .map_err(|error: CalendarError| refused(setting, error.to_string())),
    }
}

fn wave_mail(text: &str) -> Result<WaveMail, ConfigError> {
    let found = WaveMail::ALL.into_iter().find(|(_, it)| *it == text);
    found.map(|(it, _)| it).ok_or_else(|| {
        let known = WaveMail::ALL.map(|(_, it)| it).join(", ");
        refused("mail.about_waves", format!("“{text}” is none of: {known}"))
    })
}

/// The contents of a file that need not be set.
fn some_file(path: &Path, setting: &'static str) -> Result<Option<Vec<u8>>, ConfigError> {
    if path.as_os_str().is_empty() {
        return Ok(None);
    }
    std::fs::read(path)
        .map(Some)
        .map_err(|error| refused(setting, format!("{}: {error}", path.display())))
}

fn look(raw: &RawReport) -> Result<Look, ConfigError> {
    let paper = Paper::from_code(raw.paper.trim())
        .ok_or_else(|| refused("report.paper", "it may be a4 or letter".into()))?;
    let colour = match raw.colour.trim() {
        "" => None,
        text => Some(text.parse().map_err(|error: tideline_report::pdf::ColourError| {
            refused("report.colour", error.to_string())
        })?),
    };
    let logo = some_file(&raw.logo, "report.logo")?
        .map(Logo::new)
        .transpose()
        .map_err(|error| refused("report.logo", error.to_string()))?;
    Ok(Look { paper, colour, logo })
}

fn dkim(raw: &RawMail) -> Result<Option<Dkim>, ConfigError> {
    let Some(key) = some_file(&raw.dkim_key, "mail.dkim_key")? else { return Ok(None) };
    if raw.dkim_domain.trim().is_empty() || raw.dkim_selector.trim().is_empty() {
        return Err(refused(
            "mail.dkim_key",
            "set mail.dkim_domain and mail.dkim_selector with it".into(),
        ));
    }
    let key = String::from_utf8_lossy(&key);
    Dkim::new(raw.dkim_selector.trim(), raw.dkim_domain.trim(), &key)
        .map(Some)
        .map_err(|error| refused("mail.dkim_key", error.to_string()))
}

fn contact(raw: RawContact) -> Result<Contact, ConfigError> {
    let wrong = |why: &str| refused("support.contacts", format!("“{}”: {why}", raw.title));
    let title = raw.title.parse().map_err(|error: NameError| wrong(&error.to_string()))?;
    if raw.phone.is_none() && raw.link.is_none() {
        return Err(wrong("it needs a phone or a link"));
    }
    if raw.link.as_ref().is_some_and(|it| !it.starts_with("https:") && !it.starts_with("mailto:")) {
        return Err(wrong("a link must begin with https: or mailto:"));
    }
    if raw.note.chars().count() > 300 {
        return Err(wrong("a note may have 300 characters"));
    }
    for text in [&raw.note].into_iter().chain(&raw.phone).chain(&raw.link) {
        seen("support.contacts", text.clone())?;
    }
    let country = raw.country.as_deref().map(str::parse).transpose();
    let country = country.map_err(|error: CountryError| wrong(&error.to_string()))?;
    Ok(Contact { title, phone: raw.phone, link: raw.link, note: raw.note, country })
}

fn database(data: &Path, url: &str) -> Result<DatabaseUrl, ConfigError> {
    let full = match url.strip_prefix("sqlite:") {
        Some(file) => format!("sqlite:{}", data.join(file).display()),
        None => url.to_owned(),
    };
    full.parse().map_err(|error| refused("data.database", format!("{error}")))
}

fn origin(setting: &'static str, text: &str) -> Result<Origin, ConfigError> {
    text.trim().trim_end_matches('/').parse().map_err(|error| refused(setting, format!("{error}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn load(toml: &str) -> Result<Config, ConfigError> {
        Figment::from(Toml::string(DEFAULTS)).merge(Toml::string(toml)).extract::<Raw>()?.try_into()
    }

    #[track_caller]
    fn refuses(toml: &str, words: &[&str]) {
        let error = load(toml).err().expect("it should be refused").to_string();
        assert!(words.iter().all(|it| error.contains(it)), "{error}");
    }

    /// Every place of the settings where words can stand gets words that do something to a terminal: whatever
    /// is refused, and by whoever, says so in characters that everybody sees.
    #[test]
    fn attack_139_a_refused_value_is_printed_so_that_it_is_seen() {
        let bad = "x\\u202ey\\u001b[2J\\u200b\\n[data]";
        let mut files: Vec<String> = Vec::new();
        let mut section = "";
        for line in DEFAULTS.lines() {
            if let Some(name) = line.strip_prefix('[').and_then(|it| it.strip_suffix(']')) {
                section = name;
                files.push(format!("[{section}]\n\"{bad}\" = 1"));
            } else if let Some((name, _)) =
                line.split_once(" = ").filter(|_| !line.starts_with('#'))
            {
                let head =
                    if section.is_empty() { String::new() } else { format!("[{section}]\n") };
                files.push(format!("{head}{name} = \"{bad}\""));
            }
        }
        assert!(files.len() > 40, "{}", files.len());
        files.push(format!("hooks = [{{ name = \"{bad}\", url = \"x\", kind = \"slack\" }}]"));
        files.push(format!(
            "hooks = [{{ name = \"{bad}\", url = \"https://a.example\", kind = \"slack\" }}]"
        ));
        files.push(format!("hooks = [{{ name = \"a\", url = \"{bad}\", kind = \"{bad}\" }}]"));
        files.push(format!("[support]\ncontacts = [{{ title = \"{bad}\", phone = \"1\" }}]"));
        for part in ["phone", "link", "note", "country"] {
            files.push(format!(
                "[support]\ncontacts = [{{ title = \"a\", phone = \"1\", {part} = \"{bad}\" }}]"
            ));
        }
        files.push(format!("[mail]\nabout_waves = [\"{bad}\"]"));
        files.push(format!(
            "[oidc]\nissuer = \"https://a.example\"\nclient_id = \"a\"\nname = \"{bad}\""
        ));
        let mut refused = 0;
        for file in &files {
            let Err(error) = load(file) else { continue };
            refused += 1;
            let said = error.to_string();
            assert_eq!(unseen(&said), None, "{file}: {}", said.escape_debug());
        }
        assert!(refused > 40, "{refused} of {}", files.len());
    }

    #[test]
    fn the_defaults_are_valid() {
        let config = load("").unwrap();
        assert_eq!(config.smallest_group.to_string(), "6");
        assert!(
            matches!(&config.mail, MailRoute::Folder(at) if at.ends_with("tideline-data/mail"))
        );
    }

    #[test]
    fn two_unrelated_sites_are_told() {
        let two_sites = |app: &str, ballot: &str| {
            let server = format!("app_origin = \"{app}\"\nballot_origin = \"{ballot}\"");
            load(&format!("[server]\n{server}")).unwrap().two_sites()
        };
        assert_eq!(load("").unwrap().two_sites(), None);
        assert_eq!(two_sites("https://app.example.org", "https://ballot.example.org"), None);
        let why = two_sites("https://app.example.org", "https://ballot.example.net").unwrap();
        for part in ["server.ballot_origin", "app.example.org", "ballot.example.net", "one domain"]
        {
            assert!(why.contains(part), "{why}");
        }
    }

    #[test]
    fn a_sender_or_mail_server_that_no_mail_can_be_sent_with_is_refused() {
        for from in ["Wellbeing, HR <a@example.org>", "", "nobody at all", "Care <>", "a@"] {
            refuses(&format!("[mail]\nfrom = '{from}'"), &["mail.from", "no mail can be written"]);
        }
        refuses("[mail]\nreply_to = 'Care team, care@example.org'", &["mail.reply_to"]);
        let quoted = load("[mail]\nfrom = '\"Wellbeing, HR\" <a@example.org>'").unwrap();
        assert_eq!(quoted.sender.from, "\"Wellbeing, HR\" <a@example.org>");
        for url in
            ["smtps://user:pass#word@mail.example.org", "mail.example.org", "http://a.example"]
        {
            refuses(&format!("[mail]\nsmtp = '{url}'"), &["mail.smtp", "%23"]);
            let error = load(&format!("[mail]\nsmtp = '{url}'")).err().unwrap().to_string();
            assert!(!error.contains("pass#word"), "{error}");
        }
        assert!(load("[mail]\nsmtp = 'smtps://user:pass%23word@mail.example.org'").is_ok());
    }

    #[test]
    fn a_text_of_the_environment_is_as_it_is_written() {
        let written = [
            ("oidc.issuer", "https://login.example.org"),
            ("oidc.client_id", "true"),
            ("oidc.client_secret", "0123456789"),
            ("oidc.name", "\"Harbour\""),
            ("server.contact", "[the works council]"),
            ("server.workers", "not a text, so the value of the file stays"),
        ];
        let written = written.map(|(name, text)| (name.to_owned(), text.to_owned()));
        let figment = with_texts(Figment::from(Toml::string(DEFAULTS)), written);
        let config: Config = figment.extract::<Raw>().unwrap().try_into().unwrap();
        let oidc = config.oidc.unwrap();
        assert_eq!(
            (oidc.client_id.as_str(), oidc.client_secret.as_str(), oidc.name.as_str()),
            ("true", "0123456789", "Harbour")
        );
        assert_eq!((config.contact.as_str(), config.workers), ("[the works council]", 0));
    }

    #[test]
    fn calendars_without_room_are_refused() {
        let weekly = "[calendar]\nwave_opens = \"0 9 * * 1\"\nwave_days =";
        refuses(&format!("{weekly} 14"), &["calendar.wave_days", "7"]);
        assert!(load(&format!("{weekly} 7")).unwrap().wave_calendar.is_some());
    }

    #[test]
    fn unsafe_settings_are_refused_by_name() {
        refuses("[release]\nsmallest_group = 4", &["release.smallest_group", "5"]);
        refuses(
            "[server]\napp_origin = \"http://pulse.example.org\"",
            &["server.app_origin", "https"],
        );
        refuses(
            "[server]\nballot_origin = \"http://localhost:8080\"",
            &["server.ballot_origin", "differ"],
        );
        refuses("[server]\napp_origin = \"https://a.example.org/x\"", &["server.app_origin"]);
        refuses(
            "[server]\napp_origin = \"https://a.example.org\"\nballot_origin = \"https://a.example.org:8443\"",
            &["server.ballot_origin", "host"],
        );
        refuses("[server]\nsides = \"app\"", &["data.ballot_directory"]);
        refuses("[wave]\nboxes = 17", &["wave.boxes", "16"]);
        refuses("[release]\nsmalest_group = 6", &["smalest_group"]);
        refuses(
            "[support]\ncontacts = [{ title = \"Line\" }]",
            &["support.contacts", "Line", "phone"],
        );
        refuses(
            "hooks = [{ name = \"x\", url = \"http://example.org\", kind = \"slack\" }]",
            &["hooks", "https"],
        );
        refuses(
            "hooks = [{ name = \"x\", url = \"https://example.org\", kind = \"webhook\" }]",
            &["hooks", "secret"],
        );
        for (url, words) in [
            ("http://localhost.evil.example/h", ["hooks", "https"]),
            ("http://localhost@evil.example/h", ["hooks", "https"]),
            ("http://127.0.0.1:9/h", ["hooks", "private = true"]),
            ("ftp://example.org", ["hooks", "https"]),
        ] {
            refuses(
                &format!("hooks = [{{ name = \"x\", url = \"{url}\", kind = \"slack\" }}]"),
                &words,
            );
        }
        for secret in ["whsec_AAAA", "whsec_not base64 at all, but long enough", "short"] {
            let hook = format!(
                "{{ name = \"x\", url = \"https://a.example\", kind = \"webhook\", secret = \"{secret}\" }}"
            );
            refuses(&format!("hooks = [{hook}]"), &["hooks", "secret"]);
        }
        for issuer in ["http://login.example.org", "http://localhost.evil.example", "localhost"] {
            refuses(&format!("[oidc]\nissuer = \"{issuer}\""), &["oidc.issuer", "https"]);
        }
        refuses(
            "[server]\ncontact = \"the \u{202e}works council\"",
            &["server.contact", "<U+202E>", "nobody sees"],
        );
        refuses("[data]\ndatabase = \"mysql://x\"", &["data.database", "sqlite:"]);
    }
}

//! Sending e-mail: by SMTP, into a folder, or (for tests) into memory. This crate's only I/O.

use std::{
    fmt, fs, io,
    io::Write as _,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock},
    time::Duration,
};

use lettre::{
    Message, SmtpTransport, Transport as _,
    transport::smtp::{
        self,
        client::{Certificate, Tls, TlsParameters},
    },
};
use tideline_text::Text;

use crate::dkim::Dkim;

/// Why a mail was not sent. Carries no address and no contents.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum MailError {
    /// The URL of the mail server cannot be used.
    #[error(
        "the mail server's URL cannot be used; it should look like smtps://user:password@mail.example.org"
    )]
    Url,
    /// The certificate of the mail server's authority cannot be used.
    #[error("mail.ca_file is no certificate in PEM")]
    Certificate,
    /// The mail server takes no mail at all now: it cannot be reached, or does not let us in. The next
    /// mail would fare no better.
    #[error("the mail server did not take the mail: {0}")]
    Down(&'static str),
    /// The mail server did not take this mail now.
    #[error("the mail server did not take the mail: {0}")]
    Later(&'static str),
    /// The mail server refused this mail for good.
    #[error("the mail server did not take the mail: it refuses, and says not to try again")]
    Refused,
    /// The folder cannot be written.
    #[error("the mail folder cannot be written")]
    Folder(#[from] io::Error),
}

const NOT_ACCEPTED: &str = "it does not accept the user name or password";

/// How each cause ends in English, and the text that says it in every language.
const CAUSES: [(&str, &str); 13] = [
    ("smtps://user:password@mail.example.org", "mail-cause-url"),
    ("mail.ca_file is no certificate in PEM", "mail-cause-certificate"),
    (NOT_ACCEPTED, "mail-cause-not-accepted"),
    ("it takes no mail now", "mail-cause-none-now"),
    ("it asks to try again later", "mail-cause-later"),
    ("it took too long", "mail-cause-too-long"),
    ("no safe connection could be made; is its certificate trusted?", "mail-cause-not-safe"),
    ("it could not be reached, or hung up", "mail-cause-hung-up"),
    ("its reply could not be understood", "mail-cause-not-understood"),
    ("the mail or the sign-in does not fit what it offers", "mail-cause-does-not-fit"),
    ("it could not be reached", "mail-cause-not-reached"),
    ("it refuses, and says not to try again", "mail-cause-refused"),
    ("the mail folder cannot be written", "mail-cause-folder"),
];

/// Why a mail was not sent, in a sentence in the language of `t`; `reason` is an error of this module as
/// it is printed, or words about something else.
pub fn told(reason: &str, t: Text) -> String {
    match CAUSES.iter().find(|(said, _)| reason.ends_with(said)) {
        Some((_, id)) => t.tr(id),
        None => t.tr1("mail-cause-other", "reason", reason),
    }
}

impl MailError {
    /// Whether it is about user name and password.
    pub fn is_about_signing_in(&self) -> bool {
        matches!(self, Self::Down(NOT_ACCEPTED))
    }

    /// What went wrong, in a sentence in the language of `t`.
    pub fn told(&self, t: Text) -> String {
        told(&self.to_string(), t)
    }
}

/// A mail server.
#[derive(Clone, PartialEq, Eq)]
pub struct Smtp {
    /// Its URL: `smtp://`, `smtp+starttls://` or `smtps://`. May hold a password.
    pub url: String,
    /// A certificate in PEM to trust besides the public authorities.
    pub ca: Option<Vec<u8>>,
    /// How long it may take for each step.
    pub patience: Duration,
}

impl Smtp {
    /// The mail server at `url`, with half a minute for each step.
    pub const fn new(url: String, ca: Option<Vec<u8>>) -> Self {
        Self { url, ca, patience: Duration::from_secs(30) }
    }

    /// Whether mails could be given to it, as it is set; nothing is sent.
    ///
    /// # Errors
    ///
    /// [`MailError::Url`] or [`MailError::Certificate`] if not.
    pub fn check(&self) -> Result<(), MailError> {
        transport(self).map(drop)
    }
}

impl fmt::Debug for Smtp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Smtp(…)")
    }
}

/// Who mails are from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sender {
    /// Their sender, such as `Tideline <tideline@example.org>`.
    pub from: String,
    /// Who reads replies, if not the sender.
    pub reply_to: Option<String>,
}

/// Where mail goes, from whom, and whether it is signed. Cheap to clone; clones are the same, also after one was
/// told of another mail server.
#[derive(Clone)]
pub struct Mailer {
    way: Arc<RwLock<Arc<Way>>>,
    /// Where it wrote or sent at first.
    first: Arc<Way>,
    changing: Arc<Mutex<()>>,
    dkim: Option<Dkim>,
}

struct Way {
    route: Route,
    sender: Sender,
    /// The mail server of `route`, to tell it from another.
    server: Option<Smtp>,
}

enum Route {
    Smtp(SmtpTransport),
    Folder(PathBuf),
    Memory(Mutex<Vec<Vec<u8>>>),
}

impl Mailer {
    /// A mailer that writes into `folder`, a file for each mail; it is made when it is first used.
    pub fn folder(folder: &Path, sender: Sender) -> Self {
        Self::by(Route::Folder(folder.to_owned()), sender, None)
    }

    /// A mailer that keeps what is sent.
    pub fn memory(sender: Sender) -> Self {
        Self::by(Route::Memory(Mutex::default()), sender, None)
    }

    fn by(route: Route, sender: Sender, server: Option<Smtp>) -> Self {
        let first = Arc::new(Way { route, sender, server });
        let way = Arc::new(RwLock::new(Arc::clone(&first)));
        Self { way, first, changing: Arc::default(), dkim: None }
    }

    /// A mailer that sends by a mail server.
    ///
    /// # Errors
    ///
    /// [`MailError::Url`] or [`MailError::Certificate`] if it cannot be used as it is set.
    pub fn smtp(server: Smtp, sender: Sender) -> Result<Self, MailError> {
        Ok(Self::by(Route::Smtp(transport(&server)?), sender, Some(server)))
    }

    /// Sends by another mail server, or from somebody else, from now on; keeps its connections if nothing is new.
    ///
    /// # Errors
    ///
    /// As [`smtp`](Self::smtp); then nothing has changed.
    pub fn use_server(&self, server: Smtp, sender: Sender) -> Result<(), MailError> {
        let now = self.way();
        if now.server.as_ref() != Some(&server) || now.sender != sender {
            let route = Route::Smtp(transport(&server)?);
            self.change(Arc::new(Way { route, sender, server: Some(server) }));
        }
        Ok(())
    }

    /// Writes or sends from now on as it did at first.
    pub fn use_first(&self) {
        self.change(Arc::clone(&self.first));
    }

    /// Held by whoever reads elsewhere what is to be used and then uses it, so that nobody undoes what is newer.
    pub fn changing(&self) -> MutexGuard<'_, ()> {
        self.changing.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn way(&self) -> Arc<Way> {
        Arc::clone(&self.way.read().unwrap_or_else(PoisonError::into_inner))
    }

    fn change(&self, to: Arc<Way>) {
        *self.way.write().unwrap_or_else(PoisonError::into_inner) = to;
    }

    /// Another mailer, which sends by `server` and signs as this one does: to try it out.
    ///
    /// # Errors
    ///
    /// As [`smtp`](Self::smtp).
    pub fn trying(&self, server: Smtp, sender: Sender) -> Result<Self, MailError> {
        Ok(Self::smtp(server, sender)?.signed(self.dkim.clone()))
    }

    /// Who mails are from.
    pub fn sender(&self) -> Sender {
        self.way().sender.clone()
    }

    /// The mail server, if mails go to one.
    pub fn server(&self) -> Option<Smtp> {
        self.way().server.clone()
    }

    /// The same mailer, which signs what it sends.
    #[must_use]
    pub fn signed(self, dkim: Option<Dkim>) -> Self {
        Self { dkim, ..self }
    }

    /// Whether mails go to a mail server.
    pub fn is_smtp(&self) -> bool {
        matches!(self.way().route, Route::Smtp(_))
    }

    /// Sends `message`. A message that is sent twice into a folder is there once.
    ///
    /// # Errors
    ///
    /// [`MailError`]; then it was not sent, as far as can be known.
    pub fn send(&self, message: &Message) -> Result<(), MailError> {
        match &self.dkim {
            None => self.deliver(message),
            Some(dkim) => self.deliver(&dkim.sign(message)),
        }
    }

    fn deliver(&self, message: &Message) -> Result<(), MailError> {
        match &self.way().route {
            Route::Smtp(transport) => transport.send(message).map(drop).map_err(|it| cause(&it)),
            Route::Folder(folder) => Ok(write(folder, message)?),
            Route::Memory(sent) => {
                sent.lock().unwrap_or_else(PoisonError::into_inner).push(message.formatted());
                Ok(())
            }
        }
    }

    /// What was sent into memory, oldest first; nothing for other mailers.
    pub fn sent(&self) -> Vec<Vec<u8>> {
        match &self.way().route {
            Route::Memory(sent) => sent.lock().unwrap_or_else(PoisonError::into_inner).clone(),
            Route::Smtp(_) | Route::Folder(_) => Vec::new(),
        }
    }
}

/// What speaks to `server`; connects when it is used.
fn transport(server: &Smtp) -> Result<SmtpTransport, MailError> {
    let url = match server.url.strip_prefix("smtp+starttls://") {
        Some(rest) => format!("smtp://{rest}?tls=required"),
        None => server.url.clone(),
    };
    let mut builder = SmtpTransport::from_url(&url).map_err(|_| MailError::Url)?;
    if let Some(pem) = &server.ca {
        // A file without any certificate is read as an empty list of them.
        if !String::from_utf8_lossy(pem).contains("-----BEGIN CERTIFICATE-----") {
            return Err(MailError::Certificate);
        }
        let certificate = Certificate::from_pem(pem).map_err(|_| MailError::Certificate)?;
        let tls = TlsParameters::builder(host(&url).to_owned())
            .add_root_certificate(certificate)
            .build()
            .map_err(|_| MailError::Certificate)?;
        builder = builder.tls(match () {
            () if url.starts_with("smtps://") => Tls::Wrapper(tls),
            () if url.ends_with("?tls=required") => Tls::Required(tls),
            () => Tls::Opportunistic(tls),
        });
    }
    Ok(builder.timeout(Some(server.patience)).build())
}

impl fmt::Debug for Mailer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.way().route {
            Route::Smtp(_) => "Mailer(SMTP)",
            Route::Folder(_) => "Mailer(folder)",
            Route::Memory(_) => "Mailer(memory)",
        })
    }
}

/// What went wrong, in words of ours: a server's reply may quote addresses.
fn cause(error: &smtp::Error) -> MailError {
    // RFC 4954: 53x and 454 are about signing in. RFC 5321, 7504: 421 and 521 are about the server.
    match error.status().map(u16::from) {
        Some(454 | 530 | 534 | 535 | 538) => MailError::Down(NOT_ACCEPTED),
        Some(421 | 521) => MailError::Down("it takes no mail now"),
        Some(_) if error.is_permanent() => MailError::Refused,
        Some(_) => MailError::Later("it asks to try again later"),
        None => match io_kind(error) {
            // A blocking socket says so in two ways.
            Some(io::ErrorKind::TimedOut | io::ErrorKind::WouldBlock) => {
                MailError::Down("it took too long")
            }
            Some(io::ErrorKind::InvalidData) => {
                MailError::Down("no safe connection could be made; is its certificate trusted?")
            }
            Some(_) => MailError::Down("it could not be reached, or hung up"),
            None if error.is_response() => MailError::Later("its reply could not be understood"),
            None if error.is_client() => {
                MailError::Later("the mail or the sign-in does not fit what it offers")
            }
            None => MailError::Down("it could not be reached"),
        },
    }
}

/// What the system said, if it was the system.
fn io_kind(error: &smtp::Error) -> Option<io::ErrorKind> {
    let mut source = std::error::Error::source(error);
    while let Some(it) = source {
        if let Some(it) = it.downcast_ref::<io::Error>() {
            return Some(it.kind());
        }
        source = it.source();
    }
    None
}

/// The host in a URL.
fn host(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let rest = rest.split(['/', '?']).next().unwrap_or_default();
    let rest = rest.rsplit('@').next().unwrap_or_default();
    match rest.strip_prefix('[') {
        Some(six) => six.split(']').next().unwrap_or_default(),
        None => rest.split(':').next().unwrap_or_default(),
    }
}

/// Whole or not at all: written beside its place, then moved.
fn write(folder: &Path, message: &Message) -> io::Result<()> {
    private_folder(folder)?;
    let id = message.headers().get_raw("Message-ID").unwrap_or("mail");
    let name: String = id
        .trim_start_matches('<')
        .split('@')
        .next()
        .unwrap_or_default()
        .chars()
        .map(|it| if it.is_ascii_alphanumeric() || ".-".contains(it) { it } else { '_' })
        .collect();
    let part = folder.join(format!(".{name}.part"));
    let mut file = private(&part)?;
    file.write_all(&message.formatted())?;
    file.sync_all()?;
    fs::rename(part, folder.join(format!("{name}.eml")))
}

/// The names of the files tell who gets mail, and when.
fn private_folder(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// A sign-in mail is as good as a password, so that nobody else on the machine may read it.
fn private(path: &Path) -> io::Result<fs::File> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sender() -> Sender {
        Sender { from: "t@example.org".to_owned(), reply_to: None }
    }

    fn message(id: &str) -> Message {
        Message::builder()
            .from("t@example.org".parse().unwrap())
            .to("a@example.org".parse().unwrap())
            .message_id(Some(format!("<{id}@example.org>")))
            .subject("s")
            .body("b".to_owned())
            .unwrap()
    }

    #[test]
    fn the_same_mail_lies_in_the_folder_once() {
        let folder = tempfile::tempdir().unwrap();
        let mailer = Mailer::folder(&folder.path().join("mail"), sender());
        for id in ["report.1", "report.1", "report/../2"] {
            mailer.send(&message(id)).unwrap();
        }
        let mut names: Vec<_> = fs::read_dir(folder.path().join("mail"))
            .unwrap()
            .map(|it| it.unwrap().file_name())
            .collect();
        names.sort();
        assert_eq!(names, ["report.1.eml", "report_.._2.eml"]);
    }

    #[cfg(unix)]
    #[test]
    fn a_mail_in_the_folder_is_for_its_owner_only() {
        use std::os::unix::fs::PermissionsExt as _;

        let folder = tempfile::tempdir().unwrap();
        Mailer::folder(folder.path(), sender()).send(&message("sign-in.1")).unwrap();
        let file = fs::metadata(folder.path().join("sign-in.1.eml")).unwrap();
        assert_eq!(file.permissions().mode() & 0o777, 0o600);
    }

    #[test]
    fn what_is_sent_into_memory_can_be_read_there() {
        let mailer = Mailer::memory(sender());
        mailer.clone().send(&message("x")).unwrap();
        assert_eq!(mailer.sent().len(), 1);
        assert!(String::from_utf8(mailer.sent().remove(0)).unwrap().contains("Subject: s"));
    }

    #[test]
    fn clones_are_told_of_another_mail_server() {
        let folder = tempfile::tempdir().unwrap();
        let mailer = Mailer::folder(folder.path(), sender());
        let other = mailer.clone();
        let named = Sender { from: "desk@example.org".to_owned(), reply_to: None };
        let at = |url: &str| Smtp::new(url.to_owned(), None);
        assert!(mailer.use_server(at("nonsense"), named.clone()).is_err());
        assert!(!other.is_smtp() && other.sender() == sender(), "nothing has changed");
        mailer.use_server(at("smtps://mail.example.org"), named.clone()).unwrap();
        assert!(other.is_smtp() && other.sender() == named);
        mailer.use_first();
        assert_eq!((other.is_smtp(), other.server()), (false, None));
    }

    #[test]
    fn a_dead_server_is_an_error_without_addresses() {
        let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let server = |url: String| Smtp::new(url, None);
        let mailer = Mailer::smtp(server(format!("smtp://127.0.0.1:{port}")), sender()).unwrap();
        let error = mailer.send(&message("x")).unwrap_err().to_string();
        assert!(!error.contains("example.org"), "{error}");
        assert!(matches!(server("http://x".into()).check(), Err(MailError::Url)));
        let wrong = Smtp::new("smtps://x".into(), Some(b"nonsense".to_vec()));
        assert!(matches!(wrong.check(), Err(MailError::Certificate)));
    }

    #[test]
    fn the_host_is_found_in_a_url() {
        for (url, expected) in [
            ("smtps://mail.example.org", "mail.example.org"),
            ("smtp://u:p%40x@mail.example.org:587?tls=required", "mail.example.org"),
            ("smtp://[::1]:25/", "::1"),
        ] {
            assert_eq!(host(url), expected);
        }
    }
}

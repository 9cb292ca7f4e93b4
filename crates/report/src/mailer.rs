//! Sending e-mail: by SMTP, into a folder, or (for tests) into memory. This crate's only I/O.

use std::{
    fmt, fs, io,
    io::Write as _,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use lettre::{Message, SmtpTransport, Transport as _, transport::smtp};

/// How long a mail server may take for each step.
const PATIENCE: Duration = Duration::from_secs(30);

/// Why a mail was not sent. Carries no address and no contents.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum MailError {
    /// The URL of the mail server cannot be used.
    #[error(
        "the mail server's URL cannot be used; it should look like smtps://user:password@mail.example.org"
    )]
    Url,
    /// The mail server could not be reached, or refused.
    #[error("the mail server did not take the mail: {0}")]
    Server(&'static str),
    /// The folder cannot be written.
    #[error("the mail folder cannot be written")]
    Folder(#[from] io::Error),
}

/// Where mail goes. Cheap to clone; clones are the same.
#[derive(Clone)]
pub enum Mailer {
    /// To a mail server.
    Smtp(SmtpTransport),
    /// Into a folder, a file for each mail.
    Folder(PathBuf),
    /// Into memory.
    Memory(Arc<Mutex<Vec<Vec<u8>>>>),
}

impl Mailer {
    /// A mailer that writes into `folder`, which is made when it is first used.
    pub fn folder(folder: &Path) -> Self {
        Self::Folder(folder.to_owned())
    }

    /// A mailer that keeps what is sent.
    pub fn memory() -> Self {
        Self::Memory(Arc::default())
    }

    /// A mailer that sends by the server at `url`: `smtp://`, `smtp+starttls://` or `smtps://`.
    ///
    /// # Errors
    ///
    /// [`MailError::Url`] if the URL cannot be used.
    pub fn smtp(url: &str) -> Result<Self, MailError> {
        let url = match url.strip_prefix("smtp+starttls://") {
            Some(rest) => format!("smtp://{rest}?tls=required"),
            None => url.to_owned(),
        };
        let builder = SmtpTransport::from_url(&url).map_err(|_| MailError::Url)?;
        Ok(Self::Smtp(builder.timeout(Some(PATIENCE)).build()))
    }

    /// Sends `message`. A message that is sent twice into a folder is there once.
    ///
    /// # Errors
    ///
    /// [`MailError`]; then it was not sent, as far as can be known.
    pub fn send(&self, message: &Message) -> Result<(), MailError> {
        match self {
            Self::Smtp(transport) => {
                transport.send(message).map(drop).map_err(|error| MailError::Server(cause(&error)))
            }
            Self::Folder(folder) => Ok(write(folder, message)?),
            Self::Memory(sent) => {
                sent.lock().unwrap_or_else(PoisonError::into_inner).push(message.formatted());
                Ok(())
            }
        }
    }

    /// What was sent into memory, oldest first; nothing for other mailers.
    pub fn sent(&self) -> Vec<Vec<u8>> {
        match self {
            Self::Memory(sent) => sent.lock().unwrap_or_else(PoisonError::into_inner).clone(),
            Self::Smtp(_) | Self::Folder(_) => Vec::new(),
        }
    }
}

impl fmt::Debug for Mailer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Smtp(_) => "Mailer::Smtp(…)",
            Self::Folder(_) => "Mailer::Folder(…)",
            Self::Memory(_) => "Mailer::Memory(…)",
        })
    }
}

/// What went wrong, in words of ours: a server's reply may quote addresses.
fn cause(error: &smtp::Error) -> &'static str {
    if error.is_timeout() {
        "it took too long"
    } else if error.is_transient() {
        "it asks to try again later"
    } else if error.is_permanent() {
        "it refuses"
    } else if error.is_response() {
        "its reply could not be understood"
    } else if error.is_client() {
        "the mail or the sign-in does not fit what it offers"
    } else if error.is_tls() {
        "no safe connection could be made"
    } else {
        "it could not be reached"
    }
}

/// Whole or not at all: written beside its place, then moved.
fn write(folder: &Path, message: &Message) -> io::Result<()> {
    fs::create_dir_all(folder)?;
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
        let mailer = Mailer::folder(&folder.path().join("mail"));
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
        Mailer::folder(folder.path()).send(&message("sign-in.1")).unwrap();
        let file = fs::metadata(folder.path().join("sign-in.1.eml")).unwrap();
        assert_eq!(file.permissions().mode() & 0o777, 0o600);
    }

    #[test]
    fn what_is_sent_into_memory_can_be_read_there() {
        let mailer = Mailer::memory();
        mailer.clone().send(&message("x")).unwrap();
        assert_eq!(mailer.sent().len(), 1);
        assert!(String::from_utf8(mailer.sent().remove(0)).unwrap().contains("Subject: s"));
    }

    #[test]
    fn a_dead_server_is_an_error_without_addresses() {
        let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let mailer = Mailer::smtp(&format!("smtp://127.0.0.1:{port}")).unwrap();
        let error = mailer.send(&message("x")).unwrap_err().to_string();
        assert!(!error.contains("example.org"), "{error}");
        assert!(Mailer::smtp("http://x").is_err());
    }
}

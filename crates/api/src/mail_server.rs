//! The mail server that an administrator names on the pages: tried before anything depends on it, and sealed where
//! it is kept.

use percent_encoding::{
    AsciiSet, NON_ALPHANUMERIC, PercentEncode, percent_decode_str, utf8_percent_encode,
};
use serde::Deserialize;
use tideline_domain::EmailAddress;
use tideline_report::{
    mail::{self, check_address},
    mailer::{MailError, Sender, Smtp},
};
use tideline_store::{Actor, AuditEntry, RoleKind, StoredMailServer};
use tideline_text::Text;

use crate::{App, AuthKeys, KeyError, auth::SignedIn, organisation, problem::Problem};

/// What is sealed, so that nothing else can stand in its place.
const PURPOSE: &str = "mail server";

/// Actions in the audit log.
pub(crate) const NAMED: &str = "mail_server.name";
const TRIED: &str = "mail_server.try";
pub(crate) const FORGOTTEN: &str = "mail_server.forget";

/// How a connection is kept from being listened to.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Security {
    /// TLS from the beginning.
    #[default]
    Tls,
    /// TLS after a word in the clear.
    StartTls,
    /// Not at all: for a server on the same machine or in the same house.
    None,
}

impl Security {
    /// All, the safest first.
    pub(crate) const ALL: [Self; 3] = [Self::Tls, Self::StartTls, Self::None];

    /// The text that names it.
    pub(crate) const fn words(self) -> &'static str {
        match self {
            Self::Tls => "mail-server-tls",
            Self::StartTls => "mail-server-starttls",
            Self::None => "mail-server-none",
        }
    }

    /// Stable name, as forms send it.
    pub(crate) const fn code(self) -> &'static str {
        match self {
            Self::Tls => "tls",
            Self::StartTls => "starttls",
            Self::None => "none",
        }
    }

    const fn scheme(self) -> &'static str {
        match self {
            Self::Tls => "smtps",
            Self::StartTls => "smtp+starttls",
            Self::None => "smtp",
        }
    }

    const fn usual_port(self) -> u16 {
        match self {
            Self::Tls => 465,
            Self::StartTls => 587,
            Self::None => 25,
        }
    }
}

/// A mail server as it is typed. Holds a password, so that nothing prints it.
#[derive(Default, Clone, Deserialize)]
pub(crate) struct ServerForm {
    #[serde(default)]
    pub(crate) host: String,
    /// Empty for the usual one.
    #[serde(default)]
    pub(crate) port: String,
    #[serde(default)]
    pub(crate) security: Security,
    #[serde(default)]
    pub(crate) user: String,
    #[serde(default)]
    pub(crate) password: String,
    #[serde(default)]
    pub(crate) from: String,
    #[serde(default)]
    pub(crate) reply_to: String,
}

/// Why a mail server was not taken up.
#[derive(Debug)]
pub(crate) enum NotTaken {
    /// A field is wrong: which, and the sentence about it.
    Typed(&'static str, &'static str),
    /// It did not take the test mail.
    Tried(MailError),
}

/// The server and the sender that were typed.
fn parse(form: &ServerForm) -> Result<(Smtp, Sender), NotTaken> {
    let wrong = |field, id| Err(NotTaken::Typed(field, id));
    let host = form.host.trim();
    let plain = |it: char| it.is_alphanumeric() || ".-:[]".contains(it);
    if host.is_empty() || !host.chars().all(plain) {
        return wrong("host", "mail-server-problem-host");
    }
    let port = match form.port.trim() {
        "" => form.security.usual_port(),
        typed => match typed.parse() {
            Ok(port) if port > 0 => port,
            _ => return wrong("port", "mail-server-problem-port"),
        },
    };
    let (user, password) = (form.user.trim(), form.password.as_str());
    if user.is_empty() != password.is_empty() {
        return wrong("user", "mail-server-problem-user");
    }
    if !password.is_empty() && form.security == Security::None {
        return wrong("security", "mail-server-problem-clear");
    }
    let sender = Sender {
        from: form.from.trim().to_owned(),
        reply_to: Some(form.reply_to.trim().to_owned()).filter(|it| !it.is_empty()),
    };
    if check_address(&sender.from).is_err() {
        return wrong("from", "mail-server-problem-address");
    }
    if sender.reply_to.as_deref().is_some_and(|it| check_address(it).is_err()) {
        return wrong("reply_to", "mail-server-problem-address");
    }
    let signs_in = match user {
        "" => String::new(),
        user => format!("{}:{}@", in_url(user), in_url(password)),
    };
    let server = Smtp::new(format!("{}://{signs_in}{host}:{port}", form.security.scheme()), None);
    match server.check() {
        Ok(()) => Ok((server, sender)),
        Err(_) => wrong("host", "mail-server-problem-host"),
    }
}

/// What stands for itself in a URL (RFC 3986, section 2.3).
const UNRESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// `text` as it stands in a URL.
fn in_url(text: &str) -> PercentEncode<'_> {
    utf8_percent_encode(text, UNRESERVED)
}

/// Sends a test mail to whoever asks by the server that was typed, and only if it was taken keeps the server and
/// sends by it from now on.
///
/// # Errors
///
/// [`Problem::NotFound`] where the settings name the mail server; other problems if the database fails.
pub(crate) fn take_up(
    app: &App,
    by: &SignedIn,
    form: &ServerForm,
) -> Result<Result<(), NotTaken>, Problem> {
    if app.settings.mail_is_set {
        return Err(Problem::NotFound);
    }
    let (server, sender) = match parse(form) {
        Ok(typed) => typed,
        Err(why) => return Ok(Err(why)),
    };
    let trial = app.mailer.trying(server.clone(), sender.clone()).map_err(Problem::internal)?;
    let mail = test_mail(app, &sender, &by.person.email, by.reader.t)?;
    if let Err(error) = trial.send(&mail) {
        app.store.append_audit(&entry(app, by, TRIED, place(&server)))?;
        return Ok(Err(NotTaken::Tried(error)));
    }
    let stored = seal_mail_server(&app.keys, &server, &sender).map_err(Problem::internal)?;
    let entry = entry(app, by, NAMED, place(&server));
    let _changing = app.mailer.changing();
    app.store.set_mail_server(Some(&stored), &entry)?;
    app.mailer.use_server(server, sender).map_err(Problem::internal)?;
    Ok(Ok(()))
}

/// Forgets the mail server: mails lie in the folder again, those that wait, too.
///
/// # Errors
///
/// As [`take_up`].
pub(crate) fn forget(app: &App, by: &SignedIn) -> Result<(), Problem> {
    if app.settings.mail_is_set {
        return Err(Problem::NotFound);
    }
    let _changing = app.mailer.changing();
    app.store.set_mail_server(None, &entry(app, by, FORGOTTEN, "mail server"))?;
    app.mailer.use_first();
    Ok(())
}

fn entry(app: &App, by: &SignedIn, action: &str, subject: &str) -> AuditEntry {
    let who = Actor::Person(by.principal.person, RoleKind::Administrator);
    let subject: String = subject.chars().take(100).collect();
    AuditEntry::new(who, action, subject, app.now())
}

/// The mail that says that mail works.
///
/// # Errors
///
/// If the database cannot be read, or no mail can be written with the sender's address.
pub(crate) fn test_mail(
    app: &App,
    sender: &Sender,
    to: &EmailAddress,
    t: Text,
) -> Result<mail::Message, Problem> {
    let organisation = organisation::name(app)?;
    let envelope = app.settings.envelope(sender, to, &organisation, app.now());
    let envelope = mail::Envelope { text: t, ..envelope };
    mail::test(&envelope, app.settings.app_origin.as_str()).map_err(Problem::internal)
}

/// `server` and `sender` as they are kept.
///
/// # Errors
///
/// [`KeyError`] if there are no random bytes.
pub fn seal_mail_server(
    keys: &AuthKeys,
    server: &Smtp,
    sender: &Sender,
) -> Result<StoredMailServer, KeyError> {
    Ok(StoredMailServer {
        sealed_url: keys.seal_secret(PURPOSE, &server.url)?,
        sender: sender.from.clone(),
        reply_to: sender.reply_to.clone(),
    })
}

/// The mail server that was kept; `None` if another key file sealed it.
pub fn open_mail_server(keys: &AuthKeys, stored: StoredMailServer) -> Option<(Smtp, Sender)> {
    let url = keys.open_secret(PURPOSE, &stored.sealed_url)?;
    Some((Smtp::new(url, None), Sender { from: stored.sender, reply_to: stored.reply_to }))
}

/// Where `server` is, without what signs in to it.
pub(crate) fn place(server: &Smtp) -> &str {
    let rest = server.url.split_once("://").map_or(server.url.as_str(), |(_, rest)| rest);
    rest.rsplit('@').next().unwrap_or_default()
}

/// The form as it is first seen: what mails go by and come from now, but never the password.
pub(crate) fn filled_in(server: Option<&Smtp>, sender: Sender) -> ServerForm {
    let Sender { from, reply_to } = sender;
    let form = ServerForm { from, reply_to: reply_to.unwrap_or_default(), ..ServerForm::default() };
    let Some((scheme, rest)) = server.and_then(|it| it.url.split_once("://")) else { return form };
    let (signs_in, at) = rest.rsplit_once('@').unwrap_or(("", rest));
    let (host, port) = at.rsplit_once(':').unwrap_or((at, ""));
    let security = Security::ALL.into_iter().find(|it| it.scheme() == scheme).unwrap_or_default();
    let user = signs_in.split(':').next().unwrap_or_default();
    ServerForm {
        host: host.to_owned(),
        port: port.to_owned(),
        security,
        user: percent_decode_str(user).decode_utf8_lossy().into_owned(),
        ..form
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(host: &str) -> ServerForm {
        ServerForm {
            host: host.to_owned(),
            from: "Wellbeing <care@example.org>".to_owned(),
            ..ServerForm::default()
        }
    }

    #[test]
    fn what_is_typed_becomes_a_server() {
        let with = |security, user: &str, password: &str| {
            let (user, password) = (user.to_owned(), password.to_owned());
            parse(&ServerForm { security, user, password, ..form(" mail.example.org ") })
        };
        let (server, sender) = with(Security::StartTls, "u@example.org", "a:b/c#é").unwrap();
        let url = "smtp+starttls://u%40example.org:a%3Ab%2Fc%23%C3%A9@mail.example.org:587";
        assert_eq!((server.url.as_str(), &sender.reply_to), (url, &None));
        assert_eq!(place(&server), "mail.example.org:587");
        let form = filled_in(Some(&server), sender);
        assert_eq!((form.host.as_str(), form.port.as_str()), ("mail.example.org", "587"));
        assert_eq!((form.user.as_str(), form.password.as_str()), ("u@example.org", ""));
        assert_eq!(form.security, Security::StartTls);
        assert_eq!(with(Security::Tls, "", "").unwrap().0.url, "smtps://mail.example.org:465");
        assert!(with(Security::None, "", "").is_ok());
    }

    #[test]
    fn each_field_that_is_wrong_is_named() {
        let at = |change: fn(&mut ServerForm)| {
            let mut form = form("mail.example.org");
            change(&mut form);
            match parse(&form) {
                Err(NotTaken::Typed(field, _)) => field,
                Err(NotTaken::Tried(_)) | Ok(_) => panic!("nothing is wrong with it"),
            }
        };
        assert_eq!(at(|it| it.host.clear()), "host");
        assert_eq!(at(|it| it.host = "smtp://mail.example.org".into()), "host");
        assert_eq!(at(|it| it.host = "x@mail.example.org".into()), "host");
        assert_eq!(at(|it| it.port = "0".into()), "port");
        assert_eq!(at(|it| it.port = "99999".into()), "port");
        assert_eq!(at(|it| it.user = "u".into()), "user");
        assert_eq!(at(|it| it.from = "Care, team".into()), "from");
        assert_eq!(at(|it| it.reply_to = "nobody".into()), "reply_to");
        let clear = |it: &mut ServerForm| {
            (it.user, it.password) = ("u".to_owned(), "p".to_owned());
            it.security = Security::None;
        };
        assert_eq!(at(clear), "security");
    }

    #[test]
    fn only_the_key_file_that_sealed_it_opens_it() {
        let keys = AuthKeys::ephemeral().unwrap();
        let sealed = keys.seal_secret(PURPOSE, "smtps://u:secret@mail.example.org").unwrap();
        assert!(!String::from_utf8_lossy(&sealed).contains("secret"));
        assert_ne!(sealed, keys.seal_secret(PURPOSE, "smtps://u:secret@mail.example.org").unwrap());
        assert!(keys.open_secret("something else", &sealed).is_none());
        let stored =
            |sealed_url| StoredMailServer { sealed_url, sender: "a@b.c".into(), reply_to: None };
        assert!(
            open_mail_server(&AuthKeys::ephemeral().unwrap(), stored(sealed.clone())).is_none()
        );
        assert!(open_mail_server(&keys, stored(sealed[..20].to_vec())).is_none());
        let (server, _) = open_mail_server(&keys, stored(sealed)).unwrap();
        assert_eq!(server.url, "smtps://u:secret@mail.example.org");
    }
}

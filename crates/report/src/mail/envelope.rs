//! What every mail has around it: sender, recipient, identifier, headers for other programs.

use std::{fmt::Write as _, time::SystemTime};

use chrono::{DateTime, Utc};
use lettre::{
    Message,
    message::{
        Attachment, Mailbox, MultiPart, SinglePart,
        header::{ContentType, Header, HeaderName, HeaderValue},
    },
};
use sha2::{Digest as _, Sha256};
use tideline_domain::EmailAddress;
use tideline_text::Text;

use super::WriteError;

/// From whom, to whom, and how to have no more of it.
#[derive(Debug, Clone, Copy)]
pub struct Envelope<'a> {
    /// Sender, such as `Tideline <tideline@example.org>`.
    pub from: &'a str,
    /// Who reads replies, if not the sender.
    pub reply_to: Option<&'a str>,
    /// Recipient.
    pub to: &'a EmailAddress,
    /// The organisation for which it is sent; empty before it has a name.
    pub organisation: &'a str,
    /// Whom the recipient can turn to.
    pub support: Support<'a>,
    /// Language.
    pub text: Text,
    /// When it is written.
    pub at: DateTime<Utc>,
    /// Where the recipient chooses which mails to get.
    pub choices_url: &'a str,
    /// Where a mail program asks for no more mails of this kind, without anybody signing in. `None`
    /// for mails that somebody asked for.
    pub stop_url: Option<&'a str>,
}

/// Whom somebody can turn to, whatever the mail is about.
#[derive(Debug, Clone, Copy)]
pub struct Support<'a> {
    /// The page that names everybody who is there.
    pub url: &'a str,
    /// Who is there where the recipient works, each with a telephone number or an address.
    pub contacts: &'a [String],
}

macro_rules! header {
    ($type:ident, $name:literal) => {
        #[derive(Debug, Clone)]
        struct $type(String);

        impl Header for $type {
            fn name() -> HeaderName {
                HeaderName::new_from_ascii_str($name)
            }

            fn parse(text: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
                Ok(Self(text.to_owned()))
            }

            fn display(&self) -> HeaderValue {
                HeaderValue::new(Self::name(), self.0.clone())
            }
        }
    };
}

header!(AutoSubmitted, "Auto-Submitted");
header!(ContentLanguage, "Content-Language");
header!(ListUnsubscribe, "List-Unsubscribe");
header!(ListUnsubscribePost, "List-Unsubscribe-Post");

/// A file that goes with a mail.
pub(super) struct Attached {
    pub(super) name: String,
    pub(super) body: Vec<u8>,
}

/// Whether mails can be written from, or replied to, at `address`: `Tideline <tideline@example.org>`.
///
/// # Errors
///
/// [`WriteError`] if not, as writing a mail would say.
pub fn check_address(address: &str) -> Result<(), WriteError> {
    address.parse::<Mailbox>()?;
    Ok(())
}

/// Puts a mail together. `name` tells it from every other one to the same recipient: a mail that is
/// written again has the same Message-ID and the same bytes.
pub(super) fn compose(
    envelope: &Envelope<'_>,
    name: &str,
    subject: &str,
    (plain, html): (String, String),
    attached: Option<Attached>,
) -> Result<Message, WriteError> {
    let from: Mailbox = envelope.from.parse()?;
    let key = hex(&format!("{name}\n{}\n{}", from.email, envelope.to.as_str()));
    let id = format!("<{name}.{}@{}>", &key[..16], from.email.domain());
    let mut message = Message::builder()
        .to(envelope.to.as_str().parse()?)
        .subject(subject)
        .date(SystemTime::from(envelope.at))
        .message_id(Some(id))
        .header(AutoSubmitted("auto-generated".to_owned()))
        .header(ContentLanguage(envelope.text.language().tag().to_owned()));
    if let Some(reply_to) = envelope.reply_to {
        message = message.reply_to(reply_to.parse()?);
    }
    if let Some(stop) = envelope.stop_url {
        // RFC 2369 and RFC 8058.
        message = message
            .header(ListUnsubscribe(format!("<{stop}>")))
            .header(ListUnsubscribePost("List-Unsubscribe=One-Click".to_owned()));
    }
    let message = message.from(from);
    let alternative = MultiPart::alternative()
        .boundary(format!("a.{}", &key[..24]))
        .singlepart(SinglePart::plain(plain))
        .singlepart(SinglePart::html(html));
    Ok(match attached {
        None => message.multipart(alternative)?,
        Some(Attached { name, body }) => message.multipart(
            MultiPart::mixed()
                .boundary(format!("m.{}", &key[..24]))
                .multipart(alternative)
                .singlepart(Attachment::new(name).body(body, content_type("application/pdf"))),
        )?,
    })
}

fn content_type(text: &str) -> ContentType {
    ContentType::parse(text).unwrap_or(ContentType::TEXT_PLAIN)
}

pub(super) fn hex(seed: &str) -> String {
    Sha256::digest(seed.as_bytes()).iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

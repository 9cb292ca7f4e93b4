//! E-mails: what they say, in plain text and the same in HTML. Sending is [`mailer`](crate::mailer)'s.
//!
//! A subject never tells a finding: it shows on lock screens.

use std::fmt::Write as _;

use askama::Template;
use lettre::{
    Message,
    message::{
        Attachment, Mailbox, MultiPart, SinglePart,
        header::{ContentType, Header, HeaderName, HeaderValue},
    },
};
use sha2::{Digest as _, Sha256};
use tideline_aggregation::Release;
use tideline_domain::{EmailAddress, Person};

use crate::{
    view::{self, Cell, MeasurePanel, UnitView},
    words,
};

/// Why a mail could not be written. Carries no address.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum WriteError {
    /// The sender's or recipient's address is none that mail servers take.
    #[error("an address cannot be used for e-mail")]
    Address(#[from] lettre::address::AddressError),
    /// The parts do not fit together.
    #[error("the mail cannot be put together")]
    Message(#[from] lettre::error::Error),
    /// The HTML part cannot be made.
    #[error("the mail's HTML cannot be made")]
    Html(#[from] askama::Error),
    /// There is nothing to report on.
    #[error("no wave is released")]
    NothingReleased,
}

/// Tells other programs not to answer.
#[derive(Debug, Clone)]
struct AutoSubmitted;

impl Header for AutoSubmitted {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "auto-generated".to_owned())
    }
}

/// What the monthly mail is made of.
#[derive(Debug)]
pub struct MonthlyReport<'a> {
    /// Sender, such as `Tideline <tideline@example.org>`.
    pub from: &'a str,
    /// Recipient.
    pub to: &'a EmailAddress,
    /// Name of the organisation.
    pub organisation: &'a str,
    /// Releases, oldest first; the mail is about the last.
    pub history: &'a [Release],
    /// Where the report stands on the web.
    pub report_url: &'a str,
    /// The report.
    pub pdf: Vec<u8>,
}

struct Line {
    measure: &'static str,
    score: String,
    reading: &'static str,
}

#[derive(Template)]
#[template(path = "report.html")]
struct ReportHtml<'a> {
    subject: &'a str,
    month: &'a str,
    organisation: &'a str,
    based_on: &'a str,
    lead: &'a [String],
    lines: &'a [Line],
    url: &'a str,
    motto: &'a str,
}

/// The monthly report for one recipient. The Message-ID depends on wave and recipient only, so a
/// delivery that is repeated can be told from a new one.
///
/// # Errors
///
/// [`WriteError`].
pub fn monthly_report(mail: &MonthlyReport<'_>) -> Result<Message, WriteError> {
    let view = view::organisation_view(mail.history).ok_or(WriteError::NothingReleased)?;
    let release = mail.history.last().ok_or(WriteError::NothingReleased)?;
    let subject = format!("Wellbeing summary, {}", view.month);
    let (based_on, lead, lines) = match &view.whole {
        Some(whole) => (
            based_on(whole),
            whole.lead.clone(),
            whole.panels.iter().filter_map(line).collect(),
        ),
        None => (
            String::new(),
            vec!["Nothing is shown this month: the check-in did not reach enough people to show anything safely.".to_owned()],
            Vec::new(),
        ),
    };
    let html = ReportHtml {
        subject: &subject,
        month: &view.month,
        organisation: mail.organisation,
        based_on: &based_on,
        lead: &lead,
        lines: &lines,
        url: mail.report_url,
        motto: words::MOTTO,
    }
    .render()?;

    let mut text = format!("{subject}\n{}", mail.organisation);
    let _ = if based_on.is_empty() { writeln!(text) } else { writeln!(text, ". {based_on}") };
    for sentence in &lead {
        let _ = write!(text, "\n{sentence}\n");
    }
    if !lines.is_empty() {
        let _ = write!(text, "\nThe three measures, 0 to 100\n");
    }
    for line in &lines {
        let _ = writeln!(text, "{:<28} {:<12} {}", line.measure, line.score, line.reading);
    }
    let _ = write!(
        text,
        "\nThe full report is attached as a PDF. It is also on the web, after signing in: {}\n\n\
         {} It never contains answers from one person. Opening this message is not tracked. You get \
         it because you hold the HR role; an administrator can change that.\n",
        mail.report_url,
        words::MOTTO
    );

    let label = release.wave().label.as_str();
    let attachment = Attachment::new(format!("wellbeing-{label}.pdf"))
        .body(mail.pdf.clone(), content_type("application/pdf"));
    let body = MultiPart::mixed()
        .multipart(MultiPart::alternative_plain_html(text, html))
        .singlepart(attachment);
    let seed = format!("{label}\n{}\n{}", mail.organisation, mail.to.as_str());
    let from: Mailbox = mail.from.parse()?;
    let id = message_id(&format!("report.{label}.{}", &hex(&seed)[..16]), &from);
    Ok(Message::builder()
        .from(from)
        .to(mail.to.as_str().parse()?)
        .subject(subject)
        .message_id(Some(id))
        .header(AutoSubmitted)
        .multipart(body)?)
}

fn based_on(whole: &UnitView) -> String {
    let mut text = format!("Based on {}. {}.", whole.people, whole.took_part);
    if let Some(note) = &whole.note {
        text.push(' ');
        text.push_str(note);
    }
    text
}

fn line(panel: &MeasurePanel) -> Option<Line> {
    match &panel.rows.last()?.cell {
        Cell::Shown { score, .. } => {
            Some(Line { measure: panel.title, score: score.clone(), reading: panel.tag.text })
        }
        Cell::Withheld => None,
    }
}

#[derive(Template)]
#[template(path = "sign_in.html")]
struct SignInHtml<'a> {
    subject: &'a str,
    name: &'a str,
    link: &'a str,
}

/// The mail with a sign-in link. The link is the only secret in it and works once.
///
/// # Errors
///
/// [`WriteError`].
pub fn sign_in(from: &str, to: &Person, link: &str) -> Result<Message, WriteError> {
    let subject = "Your sign-in link";
    let html = SignInHtml { subject, name: to.name.as_str(), link }.render()?;
    let text = format!(
        "Hello {},\n\nSign in to Tideline: {link}\n\n\
         The link works once, for 15 minutes. If you did not ask for it, there is nothing to do: \
         nobody can sign in without it.\n\n\
         Signing in never tells anybody whether or what you answered.\n",
        to.name
    );
    let from: Mailbox = from.parse()?;
    let id = message_id(&format!("sign-in.{}", &hex(link)[..24]), &from);
    Ok(Message::builder()
        .from(from)
        .to(to.email.as_str().parse()?)
        .subject(subject)
        .message_id(Some(id))
        .header(AutoSubmitted)
        .multipart(
            MultiPart::alternative()
                .singlepart(SinglePart::plain(text))
                .singlepart(SinglePart::html(html)),
        )?)
}

/// A short mail of plain text, for an administrator.
///
/// # Errors
///
/// [`WriteError`].
pub fn plain(from: &str, to: &Person, subject: &str, body: &str) -> Result<Message, WriteError> {
    let from: Mailbox = from.parse()?;
    Ok(Message::builder()
        .from(from)
        .to(to.email.as_str().parse()?)
        .subject(subject)
        .header(AutoSubmitted)
        .singlepart(SinglePart::plain(format!("{body}\n")))?)
}

fn message_id(local: &str, from: &Mailbox) -> String {
    format!("<{local}@{}>", from.email.domain())
}

fn content_type(text: &str) -> ContentType {
    ContentType::parse(text).unwrap_or(ContentType::TEXT_PLAIN)
}

fn hex(seed: &str) -> String {
    Sha256::digest(seed.as_bytes()).iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests;

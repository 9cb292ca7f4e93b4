//! Short mails: about a wave, a lever, or a way in. Those about a wave go to everybody on its roster,
//! whoever has answered: nobody knows who has.

use chrono::NaiveDate;
use lettre::Message;

use super::{
    Envelope, WriteError,
    envelope::{compose, hex},
    html::{Action, Contents, both},
};

/// A short mail.
#[derive(Debug, Clone)]
pub enum Notice<'a> {
    /// What this is and how to begin.
    Invitation {
        /// When the first wave opens, in words.
        opens: &'a str,
    },
    /// A wave takes answers.
    WaveOpens {
        /// Label of the wave.
        wave: &'a str,
        /// Its last day, in words.
        last: &'a str,
    },
    /// A wave will close.
    Reminder {
        /// Label of the wave.
        wave: &'a str,
        /// Its last day, in words.
        last: &'a str,
    },
    /// A wave is released.
    ResultsOut {
        /// Label of the wave.
        wave: &'a str,
        /// Its month in words.
        month: &'a str,
    },
    /// It is time to look at a lever again.
    LeverReview {
        /// Identifier of the lever on its board.
        plan: &'a str,
        /// The unit.
        unit: &'a str,
        /// What is done.
        lever: &'a str,
        /// The role that looks after it.
        owner: &'a str,
        /// When it was to be looked at.
        review: NaiveDate,
    },
    /// A wave of the calendar could not be announced.
    NotAnnounced {
        /// When it should open, in words.
        opens: &'a str,
        /// Why it was not announced.
        reason: &'a str,
    },
}

impl Notice<'_> {
    const fn code(&self) -> &'static str {
        match self {
            Self::Invitation { .. } => "invitation",
            Self::WaveOpens { .. } => "opens",
            Self::Reminder { .. } => "reminder",
            Self::ResultsOut { .. } => "results",
            Self::LeverReview { .. } => "review",
            Self::NotAnnounced { .. } => "not-announced",
        }
    }

    fn topic(&self) -> String {
        match self {
            Self::Invitation { .. } => "once".to_owned(),
            Self::WaveOpens { wave, .. }
            | Self::Reminder { wave, .. }
            | Self::ResultsOut { wave, .. } => (*wave).to_owned(),
            Self::LeverReview { plan, review, .. } => hex(&format!("{plan} {review}"))[..12].into(),
            Self::NotAnnounced { opens, .. } => hex(opens)[..12].into(),
        }
    }
}

/// Writes `notice`; its one link leads to `url`.
///
/// # Errors
///
/// [`WriteError`].
pub fn notice(
    envelope: &Envelope<'_>,
    notice: &Notice<'_>,
    url: &str,
) -> Result<Message, WriteError> {
    let t = envelope.text;
    let code = notice.code();
    let of = |part: &str| t.tr(&format!("mail-{code}-{part}"));
    let paragraphs = match notice {
        Notice::Invitation { opens } => vec![
            t.tr1("mail-invitation-what", "organisation", envelope.organisation),
            t.tr("mail-invitation-protected"),
            t.tr1("mail-invitation-begin", "day", opens),
        ],
        Notice::WaveOpens { last, .. } => {
            vec![t.tr1("mail-opens-what", "day", last), t.tr("mail-opens-protected")]
        }
        Notice::Reminder { last, .. } => {
            vec![t.tr1("mail-reminder-what", "day", last), t.tr("mail-reminder-all")]
        }
        Notice::ResultsOut { month, .. } => {
            vec![t.tr1("mail-results-what", "month", month), t.tr("mail-results-next")]
        }
        Notice::LeverReview { unit, lever, owner, review, .. } => {
            let day = t.date(*review);
            vec![
                t.tr_with("mail-review-what", &[("unit", unit), ("day", &day), ("lever", lever)]),
                t.tr1("mail-review-owner", "owner", owner),
                t.tr("mail-review-next"),
            ]
        }
        Notice::NotAnnounced { opens, reason } => vec![
            t.tr1("mail-not-announced-what", "day", opens),
            t.tr1("mail-not-announced-why", "reason", reason),
            t.tr("mail-not-announced-next"),
        ],
    };
    let subject = of("subject");
    let contents = Contents {
        subject: &subject,
        preheader: of("preheader"),
        heading: subject.clone(),
        aside: None,
        paragraphs,
        measures: None,
        action: Some(Action { words: of("action"), url: url.to_owned() }),
        after: match notice {
            Notice::Invitation { .. } | Notice::WaveOpens { .. } | Notice::Reminder { .. } => {
                vec![t.tr("mail-free")]
            }
            _ => Vec::new(),
        },
        why: match notice {
            Notice::LeverReview { .. } => t.tr("mail-why-manager"),
            Notice::NotAnnounced { .. } => t.tr("mail-why-administrator"),
            _ => t.tr("mail-why-staff"),
        },
        choices: Some(Action { words: t.tr("mail-choices"), url: envelope.choices_url.to_owned() }),
    };
    let name = format!("{code}.{}", notice.topic());
    compose(envelope, &name, &subject, both(envelope, &contents)?, None)
}

/// The mail with a sign-in link for the person called `name`. The link is the only secret in it and
/// works once.
///
/// # Errors
///
/// [`WriteError`].
pub fn sign_in(envelope: &Envelope<'_>, name: &str, link: &str) -> Result<Message, WriteError> {
    let t = envelope.text;
    let subject = t.tr("mail-sign-in-subject");
    let contents = Contents {
        subject: &subject,
        preheader: t.tr("mail-sign-in-preheader"),
        heading: subject.clone(),
        aside: None,
        paragraphs: vec![t.tr1("mail-sign-in-hello", "name", name)],
        measures: None,
        action: Some(Action { words: t.tr("mail-sign-in-action"), url: link.to_owned() }),
        after: vec![t.tr("mail-sign-in-once")],
        why: t.tr("mail-sign-in-why"),
        choices: None,
    };
    compose(
        envelope,
        &format!("sign-in.{}", &hex(link)[..24]),
        &subject,
        both(envelope, &contents)?,
        None,
    )
}

/// A mail to see whether mail works; its link leads to `url`.
///
/// # Errors
///
/// [`WriteError`].
pub fn test(envelope: &Envelope<'_>, url: &str) -> Result<Message, WriteError> {
    let t = envelope.text;
    let subject = t.tr("mail-test-subject");
    let contents = Contents {
        subject: &subject,
        preheader: t.tr("mail-test-preheader"),
        heading: subject.clone(),
        aside: None,
        paragraphs: vec![t.tr("mail-test-what")],
        measures: None,
        action: Some(Action { words: t.tr("mail-test-action"), url: url.to_owned() }),
        after: Vec::new(),
        why: t.tr("mail-test-why"),
        choices: None,
    };
    compose(
        envelope,
        &format!("test.{}", envelope.at.timestamp()),
        &subject,
        both(envelope, &contents)?,
        None,
    )
}

//! `tideline mail`: try it, look at it, push it.

use anyhow::{Context as _, Result, bail};
use chrono::TimeDelta;
use tideline_domain::{EmailAddress, NotAnnounced};
use tideline_report::mail::{self, Envelope, Support};
use tideline_text::Text;

use crate::{cli::MailCommand, config::MailRoute, context::Context, outbox};

/// Failures that are older do not count for whether mail works.
const LATELY: TimeDelta = TimeDelta::days(30);

/// Runs the command.
///
/// # Errors
///
/// If the mail is not taken, or the database cannot be read.
pub(crate) fn run(context: &Context, command: &MailCommand) -> Result<()> {
    match command {
        MailCommand::Test { to } => test(context, to),
        MailCommand::Status => status(context),
        MailCommand::Retry => {
            context.note("mail.retry", "mails")?;
            let again = context.store.retry_deliveries(context.now())?;
            let sent = outbox::deliver(context)?.sent;
            eprintln!("{again} mails tried again, {sent} mails sent");
            status(context)
        }
    }
}

fn test(context: &Context, to: &str) -> Result<()> {
    let config = &context.config;
    let to: EmailAddress = to.parse().context("--to must be an e-mail address")?;
    let choices_url = format!("{}/mail", config.app_origin);
    let support_url = format!("{}/support", config.app_origin);
    let (organisation, sender) = (outbox::organisation(context)?, context.mailer.sender());
    let envelope = Envelope {
        from: &sender.from,
        reply_to: sender.reply_to.as_deref(),
        to: &to,
        organisation: &organisation,
        support: Support { url: &support_url, contacts: &[] },
        text: Text::new(config.language),
        at: context.now(),
        choices_url: &choices_url,
        stop_url: None,
    };
    context.mailer.send(&mail::test(&envelope, config.app_origin.as_str())?)?;
    match &config.mail {
        MailRoute::Folder(folder) if !context.mailer.is_smtp() => {
            eprintln!("written into {}; set mail.smtp to send mails", folder.display());
        }
        _ => eprintln!("the mail server has taken the mail"),
    }
    Ok(())
}

fn status(context: &Context) -> Result<()> {
    let now = context.now();
    let health = context.store.mail_health(now, now - LATELY)?;
    let when = |it: Option<chrono::DateTime<chrono::Utc>>| {
        it.map_or_else(|| "never".to_owned(), |it| it.format("%Y-%m-%d %H:%M UTC").to_string())
    };
    let mut lines = vec![
        ("waiting", health.waiting.to_string()),
        ("of these, tried before", health.retrying.to_string()),
        ("given up in 30 days", health.failed.to_string()),
        ("last sent", when(health.last_sent)),
    ];
    if let Some(reason) = &health.reason {
        lines.push(("why", reason.clone()));
        lines.push(("next attempt", when(health.next_retry)));
    }
    for job in context.store.jobs(3)? {
        let why =
            job.reason.map(|it| NotAnnounced::from_code(&it).map_or(it, |known| known.to_string()));
        let state = why.unwrap_or_else(|| job.state.code().to_owned());
        lines.push(("wave by the calendar", format!("{}: {state}", when(Some(job.due)))));
    }
    for (what, is) in lines {
        println!("{what:<24} {is}");
    }
    if health.failed > 0 || health.reason.is_some() {
        bail!("mail needs a look");
    }
    Ok(())
}

//! The monthly report: as a file by command, and by e-mail from the queue.

use anyhow::{Context as _, Result, bail, ensure};
use chrono::TimeDelta;
use tideline_aggregation::Release;
use tideline_domain::{Role, WaveSeq};
use tideline_report::mail;
use tideline_store::{Delivery, Store};

use crate::{cli::ReportArgs, context::Context, wave};

/// How long a process may work on one delivery before another may take it over.
const LEASE: TimeDelta = TimeDelta::minutes(10);

/// Runs the command.
///
/// # Errors
///
/// If the wave is not released, or the file cannot be written.
pub fn run(context: &Context, args: &ReportArgs) -> Result<()> {
    let latest = context.store.releases()?.last().map(|it| it.wave().seq);
    let Some(seq) = args.wave.map(WaveSeq).or(latest) else { bail!("no wave is released yet") };
    crate::files::write_atomically(&args.out, &organisation_pdf(context, seq)?)?;
    eprintln!("written to {}", args.out.display());
    Ok(())
}

/// The organisation's report of a released wave.
///
/// # Errors
///
/// If the wave is not released or the report cannot be made.
pub fn organisation_pdf(context: &Context, seq: WaveSeq) -> Result<Vec<u8>> {
    let history = history(&context.store, seq)?;
    Ok(tideline_api::organisation_pdf(&context.store, &history)?)
}

/// All releases up to wave `seq`, oldest first.
fn history(store: &Store, seq: WaveSeq) -> Result<Vec<Release>> {
    let history: Vec<Release> =
        store.releases()?.into_iter().filter(|it| it.wave().seq <= seq).collect();
    match history.last() {
        Some(last) if last.wave().seq == seq => Ok(history),
        _ => bail!("wave {seq} is not released"),
    }
}

/// Sends what is queued and due. One that fails is tried again later; the rest go on.
///
/// # Errors
///
/// If the database cannot be read or written.
pub fn deliver(context: &Context) -> Result<usize> {
    let mut sent = 0;
    let mut made: Option<(WaveSeq, Vec<u8>)> = None;
    while let Some(delivery) = context.store.claim_delivery(context.now(), LEASE)? {
        match send(context, &delivery, &mut made) {
            Ok(Sent::Mailed) => {
                context.store.delivery_sent(delivery.id, context.now())?;
                sent += 1;
            }
            Ok(Sent::NotForThem) => {
                let reason = "the recipient no longer holds the HR role";
                context.store.delivery_failed(delivery.id, None, reason)?;
            }
            Err(error) => {
                let reason = format!("{error:#}");
                tracing::warn!(wave.seq = %delivery.wave, attempt = delivery.attempt, reason, "mail not sent");
                let retry = context.now() + backoff(delivery.attempt);
                context.store.delivery_failed(delivery.id, Some(retry), &reason)?;
            }
        }
    }
    Ok(sent)
}

enum Sent {
    Mailed,
    NotForThem,
}

/// After the first attempt 1 minute, then 2, 4 … at most 4 hours.
fn backoff(attempt: u32) -> TimeDelta {
    TimeDelta::minutes(1_i64 << attempt.saturating_sub(1).min(8)).min(TimeDelta::hours(4))
}

fn send(
    context: &Context,
    delivery: &Delivery,
    made: &mut Option<(WaveSeq, Vec<u8>)>,
) -> Result<Sent> {
    let person = context.store.person(delivery.recipient)?;
    let Some(person) = person.filter(|it| it.roles.contains(&Role::Hr)) else {
        return Ok(Sent::NotForThem);
    };
    // The report says that box and keys are destroyed.
    ensure!(
        !wave::has_secrets(context, delivery.wave),
        "the wave's box or keys are not destroyed yet"
    );
    let history = history(&context.store, delivery.wave)?;
    let latest = history.last().context("the wave is not released")?;
    let name = tideline_api::organisation_name(&context.store, latest)?;
    let pdf = match made {
        Some((seq, pdf)) if *seq == delivery.wave => pdf.clone(),
        _ => {
            let pdf = organisation_pdf(context, delivery.wave)?;
            *made = Some((delivery.wave, pdf.clone()));
            pdf
        }
    };
    let message = mail::monthly_report(&mail::MonthlyReport {
        from: &context.config.mail_from,
        to: &person.email,
        organisation: &name,
        history: &history,
        report_url: &format!("{}/org", context.config.app_origin),
        pdf,
    })?;
    context.mailer.send(&message)?;
    Ok(Sent::Mailed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waiting_grows_and_ends_at_four_hours() {
        assert_eq!(backoff(1), TimeDelta::minutes(1));
        assert_eq!(backoff(4), TimeDelta::minutes(8));
        assert_eq!(backoff(40), TimeDelta::hours(4));
    }
}

//! Waves that open by the calendar.
//!
//! Each opening is a job in the database, so that of several processes one announces it, and a crash
//! in between is made good by the next round. One that cannot be announced is told to the administrators.

use anyhow::Result;
use chrono::{DateTime, Utc};
use tideline_api::PlannedWave;
use tideline_domain::{NotAnnounced, RoleKind, Wave, WaveSeq, Window, WindowError};
use tideline_store::{JobKind, NewDelivery, Topic, WaveSummary};

use crate::{
    calendar::Calendar,
    context::Context,
    queue::{LEASE, backoff},
    wave,
};

/// Announces the wave that the calendar asks for, if it is time; `None` if there is nothing to do.
///
/// A wave is announced `pickup` before it opens. One whose time to open passed while nothing ran opens
/// late, as long as half of its time is left; after that it is left out.
///
/// # Errors
///
/// If the database cannot be read. That a wave could not be announced is kept with its job, to be tried
/// again, mailed to the administrators, and is no error here.
pub fn announce(context: &Context) -> Result<Option<WaveSeq>> {
    let Some(calendar) = &context.config.wave_calendar else { return Ok(None) };
    let now = context.now();
    let Some(window) = calendar.waves(context.zone()?, now).next() else { return Ok(None) };
    let (opens, closes) = (window.opens(), window.closes());
    if opens - context.config.pickup > now {
        return Ok(None);
    }
    let kind = JobKind::AnnounceWave;
    let Some(attempt) = context.store.claim_job(kind, opens, now, LEASE)? else { return Ok(None) };
    match announce_one(context, window, now) {
        Ok(Held { seq, by_calendar }) => {
            if by_calendar {
                context.note("wave.announce", format!("wave {seq}"))?;
                tracing::info!(wave.seq = %seq, "wave announced by the calendar");
            }
            context.store.job_done(kind, opens, context.now())?;
            Ok(Some(seq))
        }
        Err(error) => {
            let why = format!("{error:#}");
            tracing::warn!(attempt, why, "the wave of the calendar was not announced");
            let retry = now + backoff(attempt);
            let late = opens + (closes - opens) / 2;
            let retry = (retry < late).then_some(retry);
            let reason = reason(&error).unwrap_or(why);
            context.store.job_failed((kind, opens), attempt, retry, &reason)?;
            tell_administrators(context, opens)?;
            Ok(None)
        }
    }
}

/// Why a wave was not announced, as a code that is told in people's languages; `None` if it is an error of another
/// kind.
fn reason(error: &anyhow::Error) -> Option<String> {
    if let Some(WindowError::FullMonth) = error.downcast_ref() {
        return Some(NotAnnounced::FullMonth.code());
    }
    error.downcast_ref::<NotAnnounced>().map(NotAnnounced::code)
}

/// Queues a mail about an opening that could not be announced, one for each administrator.
fn tell_administrators(context: &Context, opens: DateTime<Utc>) -> Result<()> {
    let mails: Vec<NewDelivery> = context
        .store
        .people_with_role(RoleKind::Administrator)?
        .into_iter()
        .map(|it| NewDelivery {
            recipient: it.id,
            topic: Topic::NotAnnounced(opens),
            due: context.now(),
        })
        .collect();
    context.store.queue_deliveries(&mails)?;
    Ok(())
}

/// The next waves by the calendar, `most` at most, whether they are announced or not.
///
/// # Errors
///
/// If the database cannot be read.
pub fn planned(context: &Context, most: usize) -> Result<Vec<PlannedWave>> {
    let Some(calendar) = &context.config.wave_calendar else { return Ok(Vec::new()) };
    let zone = context.zone()?;
    let reports = context.config.report_day.clone().map(|rule| Calendar::new(rule, zone));
    let waves = context.store.wave_summaries()?;
    let planned = |asked: Window| {
        let there = held(context, &waves, asked).map(|it| it.window);
        let window = there.unwrap_or(asked);
        let report = reports.as_ref().and_then(|it| it.next_from(window.closes()));
        PlannedWave { window, report }
    };
    Ok(calendar.waves(zone, context.now()).take(most).map(planned).collect())
}

/// The wave that takes place of an opening.
struct Held {
    seq: WaveSeq,
    /// Whether the calendar announced it, and not somebody by hand or for other dates.
    by_calendar: bool,
}

/// The wave that fills at least half of the time that the calendar asks for, whoever announced it: with another
/// one, people would be asked twice.
fn held<'a>(context: &Context, waves: &'a [WaveSummary], asked: Window) -> Option<&'a Wave> {
    let half = (asked.closes() - asked.opens()) / 2;
    let mut alike =
        waves.iter().map(|it| &it.wave).filter(|it| it.asks == context.config.wave_asks);
    alike.find(|it| {
        let from = it.window.opens().max(asked.opens());
        it.window.closes().min(asked.closes()) - from >= half
    })
}

fn announce_one(context: &Context, asked: Window, now: DateTime<Utc>) -> Result<Held> {
    let waves = context.store.wave_summaries()?;
    if let Some(known) = held(context, &waves, asked) {
        // Announced by a process that ended before it could say so; perhaps it opened late.
        let by_calendar = known.window.closes() == asked.closes();
        return Ok(Held { seq: known.seq, by_calendar });
    }
    wave::somebody_to_turn_to(context)?;
    // One that reaches into its time goes on to its end first.
    let before = waves.iter().map(|it| &it.wave).filter(|it| it.asks == context.config.wave_asks);
    let free = before.map(|it| it.window.closes()).filter(|it| *it < asked.closes()).max();
    let window = asked.not_before(free.map_or(now, |it| it.max(now)))?;
    let window = window.picked_up_before(context.config.pickup, now);
    let seq = wave::announce_in_its_month(context, &context.config.wave_asks, window)?;
    Ok(Held { seq, by_calendar: true })
}

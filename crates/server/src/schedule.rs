//! Waves that open by the calendar.
//!
//! Each opening is a job in the database, so that of several processes one announces it, and a crash
//! in between is made good by the next round. One that cannot be announced is told to the administrators.

use anyhow::Result;
use chrono::{DateTime, TimeDelta, Utc};
use tideline_api::PlannedWave;
use tideline_domain::{RoleKind, WaveSeq, Window};
use tideline_store::{JobKind, NewDelivery, Topic};

use crate::{calendar::Calendar, context::Context, outbox::backoff, wave};

/// How long a process may work on an announcement before another may take it over.
const LEASE: TimeDelta = TimeDelta::minutes(10);

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
        Ok(seq) => {
            context.note("wave.announce", format!("wave {seq}"))?;
            context.store.job_done(kind, opens, context.now())?;
            tracing::info!(wave.seq = %seq, "wave announced by the calendar");
            Ok(Some(seq))
        }
        Err(error) => {
            let reason = format!("{error:#}");
            tracing::warn!(attempt, reason, "the wave of the calendar was not announced");
            let retry = now + backoff(attempt);
            let late = opens + (closes - opens) / 2;
            context.store.job_failed(kind, opens, (retry < late).then_some(retry), &reason)?;
            tell_administrators(context, opens)?;
            Ok(None)
        }
    }
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
    let planned = |window: Window| PlannedWave {
        window,
        report: reports.as_ref().and_then(|it| it.next_from(window.closes())),
    };
    Ok(calendar.waves(zone, context.now()).take(most).map(planned).collect())
}

fn announce_one(context: &Context, window: Window, now: DateTime<Utc>) -> Result<WaveSeq> {
    // Announced by a process that ended before it could say so; perhaps it opened late.
    let known =
        context.store.wave_summaries()?.into_iter().map(|it| it.wave).find(|it| {
            it.window.closes() == window.closes() && it.window.opens() >= window.opens()
        });
    if let Some(known) = known {
        return Ok(known.seq);
    }
    wave::somebody_to_turn_to(context)?;
    let window = window.not_before(now)?.picked_up_before(context.config.pickup, now);
    wave::announce_in_its_month(context, &context.config.wave_asks, window)
}

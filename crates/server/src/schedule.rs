//! Waves that open by the calendar.
//!
//! Each opening is a job in the database, so that of several processes one announces it, and a crash
//! in between is made good by the next round.

use anyhow::Result;
use chrono::{DateTime, TimeDelta, Utc};
use tideline_domain::{WaveLabel, WaveSeq, Window};
use tideline_store::JobKind;

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
/// again, and is no error here.
pub fn announce(context: &Context) -> Result<Option<WaveSeq>> {
    let Some(rule) = &context.config.wave_opens else { return Ok(None) };
    let calendar = Calendar::new(rule.clone(), context.zone()?);
    let now = context.now();
    let lasts = TimeDelta::days(context.config.wave_days.into());
    let Some(opens) = next_opening(&calendar, now, lasts) else { return Ok(None) };
    if opens - context.config.pickup > now {
        return Ok(None);
    }
    let kind = JobKind::AnnounceWave;
    let Some(attempt) = context.store.claim_job(kind, opens, now, LEASE)? else { return Ok(None) };
    match announce_at(context, opens, lasts, now) {
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
            let late = opens + lasts / 2;
            context.store.job_failed(kind, opens, (retry < late).then_some(retry), &reason)?;
            Ok(None)
        }
    }
}

/// The opening that is at hand: the next one, or one that passed while at least half of its wave's time
/// is left.
fn next_opening(
    calendar: &Calendar,
    now: DateTime<Utc>,
    lasts: TimeDelta,
) -> Option<DateTime<Utc>> {
    calendar.next_after(now - lasts / 2)
}

fn announce_at(
    context: &Context,
    opens: DateTime<Utc>,
    lasts: TimeDelta,
    now: DateTime<Utc>,
) -> Result<WaveSeq> {
    let closes = opens + lasts;
    let opens = opens.max(now);
    let pickup = (opens - context.config.pickup).max(now.min(opens));
    let window = Window::new(pickup, opens, closes)?;
    let asks = &context.config.wave_asks;
    let label = label(context, closes)?;
    // Announced by a process that ended before it could say so.
    let known =
        context.store.wave_summaries()?.into_iter().find(|it| it.wave.window.closes() == closes);
    if let Some(known) = known {
        return Ok(known.wave.seq);
    }
    wave::somebody_to_turn_to(context)?;
    wave::announce(context, label, asks, window)
}

/// The month of closing, by the organisation's clock.
fn label(context: &Context, closes: DateTime<Utc>) -> Result<WaveLabel> {
    let local = closes.with_timezone(&context.zone()?);
    wave::label(&local.format("%Y-%m").to_string(), &context.config.wave_asks)
}

#[cfg(test)]
mod tests {
    use chrono_tz::Tz;

    use super::*;

    #[test]
    fn an_opening_is_taken_up_until_half_of_its_wave_is_over() {
        let at = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
        let calendar =
            Calendar::new("monthly on day 1 at 09:00".parse().unwrap(), Tz::Europe__Berlin);
        let next = |now| next_opening(&calendar, at(now), TimeDelta::days(14)).unwrap();
        assert_eq!(next("2026-02-25T12:00:00Z"), at("2026-03-01T08:00:00Z"));
        assert_eq!(next("2026-03-05T12:00:00Z"), at("2026-03-01T08:00:00Z"), "late");
        assert_eq!(next("2026-03-08T08:00:00Z"), at("2026-04-01T07:00:00Z"), "too late");
    }
}

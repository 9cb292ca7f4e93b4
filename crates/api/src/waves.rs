//! Announcing a wave, whoever asks: a page or the API.

use chrono::NaiveDate;
use tideline_domain::{InstrumentId, WaveSeq, Window, day::utc_day};
use tideline_store::AuditEntry;

use crate::{AnnounceError, App, auth::WavePlanner, problem::Problem};

/// What keeps a wave from being announced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Lacking {
    /// Nobody is named to turn to.
    Support,
    /// Nobody but those who run it belongs to a unit.
    Roster,
}

/// What is still lacking before a wave can be announced.
pub(crate) fn lacking(app: &App) -> Result<Vec<Lacking>, Problem> {
    let mut all = Vec::new();
    if !app.store.without_contact(utc_day(app.now()))?.is_empty() {
        all.push(Lacking::Support);
    }
    if app.store.people_with_units(utc_day(app.now()))?.len() < 2 {
        all.push(Lacking::Roster);
    }
    Ok(all)
}

/// The instrument that somebody named; nothing is the pulse.
///
/// # Errors
///
/// [`Problem::Malformed`] if it is no name of an instrument.
pub(crate) fn asks(named: &str) -> Result<InstrumentId, Problem> {
    match named.trim() {
        "" => Ok(InstrumentId::PULSE),
        named => named.parse().map_err(|_| Problem::Malformed("waves-problem-asked")),
    }
}

/// Announces a wave from the beginning of the day `opens`, or from now on, to the end of the day `closes`, by
/// the organisation's clock.
///
/// # Errors
///
/// [`Problem::Malformed`] with a sentence for the person who asks.
pub(crate) fn announce(
    app: &App,
    planner: WavePlanner,
    asks: &InstrumentId,
    opens: NaiveDate,
    closes: NaiveDate,
) -> Result<WaveSeq, Problem> {
    let program = app.program().ok_or(Problem::Malformed("waves-problem-elsewhere"))?;
    match lacking(app)?.first() {
        Some(Lacking::Support) => return Err(Problem::Malformed("waves-problem-support")),
        Some(Lacking::Roster) => return Err(Problem::Malformed("waves-problem-roster")),
        None => {}
    }
    let now = app.now();
    let window = Window::of_days(opens, closes, &app.zone()?).and_then(|it| it.not_before(now));
    let window = window.map_err(|_| Problem::Malformed("waves-problem-order"))?;
    let seq = program.announce(asks, window).map_err(|error| match error {
        AnnounceError::FullMonth => Problem::Malformed("waves-problem-full"),
        AnnounceError::NotAsked(why) => {
            tracing::warn!(why, "a wave was not announced");
            Problem::Malformed("waves-problem-asked")
        }
        AnnounceError::NotLater => Problem::Malformed("waves-problem-later"),
        AnnounceError::Failed(cause) => {
            let error: &(dyn std::error::Error + 'static) = cause.as_ref();
            tracing::error!(error, "a wave was not announced");
            Problem::Malformed("waves-problem-failed")
        }
    })?;
    let entry = AuditEntry::new(planner.0, "wave.announce", format!("wave {seq}"), now);
    app.store.append_audit(&entry)?;
    Ok(seq)
}

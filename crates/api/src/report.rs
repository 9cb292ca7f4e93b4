//! The monthly reports with the boards of their units: one way for page, mail and file.

use chrono_tz::Tz;
use tideline_aggregation::Release;
use tideline_domain::UnitId;
use tideline_report::pdf::{LeverLine, Look, PdfError, PdfInput, report};
use tideline_store::{Store, StoreError};
use tideline_text::Text;

/// Why there is no report.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReportError {
    /// The database cannot be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// It cannot be typeset.
    #[error(transparent)]
    Pdf(#[from] PdfError),
    /// The unit was not there when the wave was announced.
    #[error("unit {0} was not in the organisation when this wave was announced")]
    NoSuchUnit(UnitId),
}

/// The report on the last wave of `history` (oldest first), as a PDF: of `unit`, or of the
/// organisation. Days are told by the clocks of `zone`.
///
/// # Errors
///
/// [`ReportError`]; [`PdfError::NothingReleased`] if `history` is empty.
pub fn report_pdf(
    store: &Store,
    history: &[Release],
    unit: Option<UnitId>,
    zone: Tz,
    text: Text,
    look: &Look,
) -> Result<Vec<u8>, ReportError> {
    let latest = history.last().ok_or(PdfError::NothingReleased)?;
    let on = latest.wave().window.last_day(&zone);
    let tree = latest.tree();
    if let Some(unit) = unit.filter(|it| tree.index_of(*it).is_none()) {
        return Err(ReportError::NoSuchUnit(unit));
    }
    let mut levers = Vec::new();
    for it in tree.units().iter().filter(|it| unit.is_none_or(|unit| unit == it.id)) {
        for plan in store.lever_plans(it.id)?.iter().filter(|it| it.started <= on) {
            levers.push(LeverLine::new(it.name.as_str(), plan, on, text));
        }
    }
    let organisation = organisation_name(store, latest)?;
    Ok(report(&PdfInput {
        organisation: &organisation,
        history,
        unit,
        levers: &levers,
        sealed: true,
        zone,
        text,
        look,
    })?)
}

/// What the organisation is called: by its settings, or else by the unit at the top.
///
/// # Errors
///
/// [`StoreError`] if the database cannot be read.
fn organisation_name(store: &Store, release: &Release) -> Result<String, StoreError> {
    let set = store.organisation()?.map(|it| it.name);
    Ok(set.unwrap_or_else(|| release.tree().root().name.clone()).to_string())
}

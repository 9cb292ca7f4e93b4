//! The organisation's report with the boards of its units: one way for page, mail and file.

use tideline_aggregation::Release;
use tideline_report::pdf::{LeverLine, PdfError, PdfInput, organisation_report};
use tideline_store::{Store, StoreError};

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
}

/// The report on the last wave of `history` (oldest first), as a PDF.
///
/// # Errors
///
/// [`ReportError`]; [`PdfError::NothingReleased`] if `history` is empty.
pub fn organisation_pdf(store: &Store, history: &[Release]) -> Result<Vec<u8>, ReportError> {
    let latest = history.last().ok_or(PdfError::NothingReleased)?;
    let on = latest.wave().window.closes().date_naive();
    let mut levers = Vec::new();
    for unit in latest.tree().units() {
        for plan in store.lever_plans(unit.id)?.iter().filter(|it| it.started <= on) {
            levers.push(LeverLine::new(unit.name.as_str(), plan, on));
        }
    }
    let organisation = organisation_name(store, latest)?;
    let input = PdfInput { organisation: &organisation, history, levers: &levers, sealed: true };
    Ok(organisation_report(&input)?)
}

/// What the organisation is called: by its settings, or else by the unit at the top.
///
/// # Errors
///
/// [`StoreError`] if the database cannot be read.
pub fn organisation_name(store: &Store, release: &Release) -> Result<String, StoreError> {
    let set = store.organisation()?.map(|it| it.name);
    Ok(set.unwrap_or_else(|| release.tree().root().name.clone()).to_string())
}

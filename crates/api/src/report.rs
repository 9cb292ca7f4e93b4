//! The monthly reports with the boards of their units: one way for page, mail and file.

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use tideline_aggregation::Release;
use tideline_domain::{Phase, UnitId, day::day_in};
use tideline_report::{
    next_step::UnitPlan,
    pdf::{Look, PdfError, PdfInput, report},
};
use tideline_store::{Store, StoreError};
use tideline_text::Text;

use crate::{App, problem::Problem};

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

/// In which words and by which clocks a report is written.
#[derive(Debug, Clone, Copy)]
pub struct ReportStyle<'a> {
    /// By whose clocks days are told.
    pub zone: Tz,
    /// The current time: by it reviews of levers are overdue.
    pub now: DateTime<Utc>,
    /// Language.
    pub text: Text,
    /// Paper, colour and logo.
    pub look: &'a Look,
    /// Whom to ask about it, in words that fit after "ask".
    pub contact: &'a str,
    /// How browsers reach the pages that say the same.
    pub origin: &'a str,
}

/// What the boards say beside a release.
#[derive(Debug, Clone)]
pub struct Boards {
    /// Levers, in the order of the tree.
    pub plans: Vec<UnitPlan>,
    /// Whether it is the newest report.
    pub newest: bool,
    /// The day by which their reviews are overdue.
    pub today: NaiveDate,
    /// The day on which the next check-in opens, once it is announced.
    pub next: Option<NaiveDate>,
}

impl Boards {
    /// The boards beside the last wave of `history`, as they are now: of `unit`, or of all units. Reviews of the newest
    /// report are overdue by today, as on pages; those of one of an earlier wave by the day on which that closed.
    ///
    /// # Errors
    ///
    /// [`ReportError::Store`] if the database cannot be read, [`PdfError::NothingReleased`] if `history` is empty.
    pub fn of(
        store: &Store,
        history: &[Release],
        unit: Option<UnitId>,
        zone: &Tz,
        now: DateTime<Utc>,
    ) -> Result<Self, ReportError> {
        let latest = history.last().ok_or(PdfError::NothingReleased)?;
        let newest = store.released_waves()?.last().map(|it| it.seq) == Some(latest.wave().seq);
        let newer = if newest { store.newest_tree()? } else { None };
        let tree = newer.as_deref().unwrap_or_else(|| latest.tree());
        let mut plans = Vec::new();
        for it in tree.units().iter().filter(|it| unit.is_none_or(|unit| unit == it.id)) {
            let of = store.lever_plans(it.id)?.into_iter();
            plans.extend(of.map(|plan| UnitPlan { unit: it.name.to_string(), plan }));
        }
        let next = match newest {
            true => store
                .wave_summaries()?
                .into_iter()
                .map(|it| it.wave.window)
                .find(|it| matches!(it.phase(now), Phase::Announced | Phase::PickUp)),
            false => None,
        };
        Ok(Self {
            plans,
            newest,
            today: if newest { day_in(now, zone) } else { latest.wave().window.last_day(zone) },
            next: next.map(|it| day_in(it.opens(), zone)),
        })
    }
}

/// The report on the last wave of `history` (oldest first), as a PDF: of `unit`, or of the organisation.
///
/// # Errors
///
/// [`ReportError`]; [`PdfError::NothingReleased`] if `history` is empty.
pub fn report_pdf(
    store: &Store,
    history: &[Release],
    unit: Option<UnitId>,
    style: &ReportStyle<'_>,
) -> Result<Vec<u8>, ReportError> {
    let latest = history.last().ok_or(PdfError::NothingReleased)?;
    if let Some(unit) = unit.filter(|it| latest.tree().index_of(*it).is_none()) {
        return Err(ReportError::NoSuchUnit(unit));
    }
    let boards = Boards::of(store, history, unit, &style.zone, style.now)?;
    let web = match unit {
        None if boards.newest => format!("{}/org", style.origin),
        None => format!("{}/org/reports/{}", style.origin, latest.wave().seq),
        Some(unit) => format!("{}/team/{unit}", style.origin),
    };
    let organisation = organisation_name(store, latest)?;
    Ok(report(&PdfInput {
        organisation: &organisation,
        history,
        unit,
        levers: &boards.plans,
        today: boards.today,
        next: boards.next,
        contact: style.contact,
        web: Some(&web),
        sealed: true,
        zone: style.zone,
        text: style.text,
        look: style.look,
    })?)
}

/// The report that a page or the API hands out.
///
/// # Errors
///
/// [`Problem::NotFound`] if there is none, otherwise [`Problem::Internal`].
pub(crate) fn handed_out(
    app: &App,
    history: &[Release],
    unit: Option<UnitId>,
    text: Text,
) -> Result<Vec<u8>, Problem> {
    let origin = app.settings.app_origin.to_string();
    let style = ReportStyle {
        zone: app.zone()?,
        now: app.now(),
        text,
        look: &app.settings.look,
        contact: &app.settings.contact,
        origin: &origin,
    };
    match report_pdf(&app.store, history, unit, &style) {
        Err(ReportError::Pdf(PdfError::NothingReleased) | ReportError::NoSuchUnit(_)) => {
            Err(Problem::NotFound)
        }
        other => other.map_err(Problem::internal),
    }
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

//! The figures of a page as a file, for those who may see the page.

use actix_web::{HttpResponse, get, web};
use chrono::{DateTime, Utc};
use tideline_aggregation::Release;
use tideline_domain::UnitId;
use tideline_report::view::{self, UnitPage};
use tideline_text::Text;
use uuid::Uuid;

use crate::{
    App,
    access::{self, Audited},
    auth::SignedIn,
    exports::{FileKind, Sheet, answer},
    problem::{PageProblem, Problem},
    routes::blocking,
    series::WhichSeries,
};

/// The figures of a unit's page as a file; for a unit that is not shown, the header alone.
#[get("/team/{unit}/data.{ending}")]
pub(super) async fn of_unit(
    app: web::Data<App>,
    by: SignedIn,
    path: web::Path<(Uuid, String)>,
    which: web::Query<WhichSeries>,
) -> Result<HttpResponse, PageProblem> {
    let (unit, ending) = path.into_inner();
    let unit = UnitId::new(unit);
    let kind = FileKind::from_ending(&ending).ok_or(Problem::NotFound)?;
    let (sheets, made) = blocking(move || {
        access::see_unit(&app, &by.principal, unit)?;
        let (history, _) = which.open(&app, by.reader.t)?;
        let mut sheets = vec![unit_sheet(&history, unit, by.reader.t)];
        if let UnitPage::Shown(view) = view::unit_page(&history, unit, by.reader.t) {
            sheets.extend(Sheet::of_own_unit(&view, by.reader.t));
        }
        access::audit(&app, &by.principal, Audited::Export, &format!("unit {unit}"))?;
        Ok((sheets, closed(&history)))
    })
    .await?;
    Ok(answer(kind, "tideline", &sheets, made)?)
}

/// The table of a unit; a function of what is published.
pub(super) fn unit_sheet(history: &[Release], unit: UnitId, t: Text) -> Sheet {
    match view::unit_page(history, unit, t) {
        UnitPage::Shown(view) => Sheet::of_unit(Some(&view), t),
        UnitPage::NotYet | UnitPage::Withheld(_) => Sheet::of_unit(None, t),
    }
}

/// All units, and in a workbook the course of the whole, as a file.
#[get("/org/data.{ending}")]
pub(super) async fn of_organisation(
    app: web::Data<App>,
    by: SignedIn,
    ending: web::Path<String>,
    which: web::Query<WhichSeries>,
) -> Result<HttpResponse, PageProblem> {
    access::see_organisation(&by.principal)?;
    let kind = FileKind::from_ending(&ending).ok_or(Problem::NotFound)?;
    let (sheets, made) = blocking(move || {
        let t = by.reader.t;
        let (history, _) = which.open(&app, t)?;
        let view = view::organisation_view(&history, t);
        let whole = view.as_ref().and_then(|it| it.whole.as_ref());
        let mut sheets = vec![Sheet::of_units(view.as_ref(), t), Sheet::of_unit(whole, t)];
        sheets.extend(whole.and_then(|it| Sheet::of_own_unit(it, t)));
        access::audit(&app, &by.principal, Audited::Export, "organisation")?;
        Ok((sheets, closed(&history)))
    })
    .await?;
    Ok(answer(kind, "tideline-units", &sheets, made)?)
}

/// When the newest figures were closed.
fn closed(history: &[Release]) -> Option<DateTime<Utc>> {
    history.last().map(|it| it.wave().window.closes())
}

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
    access::{self, Audited, Seen},
    auth::{By, HumanResources, UnitViewer},
    blocking::blocking,
    exports::{File, FileKind, Sheet},
    problem::{PageProblem, Problem},
    series::WhichSeries,
};

/// The figures of a unit's page as a file; for a unit that is not shown, the header alone.
#[get("/team/{unit}/data.{ending}")]
pub(super) async fn of_unit(
    app: web::Data<App>,
    by: By<UnitViewer>,
    path: web::Path<(Uuid, String)>,
    which: web::Query<WhichSeries>,
) -> Result<HttpResponse, PageProblem> {
    let (unit, (_, ending)) = (by.policy.unit, path.into_inner());
    let kind = FileKind::from_ending(&ending).ok_or(Problem::NotFound)?;
    let file = blocking(move || {
        let (history, _) = which.open(&app, by.reader.t)?;
        let sheets = unit_sheets(&history, unit, kind, by.reader.t);
        access::audit(&app, &by.principal, Audited::Export, Seen::Unit(unit))?;
        File::of(kind, "tideline", &sheets, closed(&history))
    })
    .await?;
    Ok(file.into())
}

/// The tables of a unit; a function of what is published.
pub(super) fn unit_sheets(
    history: &[Release],
    unit: UnitId,
    kind: FileKind,
    t: Text,
) -> Vec<Sheet> {
    let page = view::unit_page(history, unit, t);
    let view = match &page {
        UnitPage::Shown(view) => Some(view),
        UnitPage::NotYet | UnitPage::Withheld(_) => None,
    };
    match kind {
        FileKind::Csv => vec![Sheet::of_page(view, t)],
        FileKind::Xlsx => Sheet::of_unit(view, t),
    }
}

/// All units, and in a workbook the course of the whole, as a file.
#[get("/org/data.{ending}")]
pub(super) async fn of_organisation(
    app: web::Data<App>,
    by: By<HumanResources>,
    ending: web::Path<String>,
    which: web::Query<WhichSeries>,
) -> Result<HttpResponse, PageProblem> {
    let kind = FileKind::from_ending(&ending).ok_or(Problem::NotFound)?;
    let file = blocking(move || {
        let t = by.reader.t;
        let (history, _) = which.open(&app, t)?;
        let sheets = organisation_sheets(&history, t);
        access::audit(&app, &by.principal, Audited::Export, Seen::Organisation)?;
        File::of(kind, "tideline-units", &sheets, closed(&history))
    })
    .await?;
    Ok(file.into())
}

/// The tables of all units and of the whole; a function of what is published.
pub(super) fn organisation_sheets(history: &[Release], t: Text) -> Vec<Sheet> {
    let view = view::organisation_view(history, t);
    let mut sheets = vec![Sheet::of_units(view.as_ref(), t), Sheet::of_changes(view.as_ref(), t)];
    sheets.extend(Sheet::of_unit(view.as_ref().and_then(|it| it.whole.as_ref()), t));
    sheets
}

/// When the newest figures were closed.
fn closed(history: &[Release]) -> Option<DateTime<Utc>> {
    history.last().map(|it| it.wave().window.closes())
}

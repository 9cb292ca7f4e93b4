//! The figures of a page as a file, for those who may see the page.

use actix_web::{HttpResponse, get, web};
use chrono::{DateTime, Utc};
use tideline_aggregation::Release;
use tideline_domain::UnitId;
use tideline_report::view::{self, OrganisationView, UnitPage};
use tideline_text::Text;
use uuid::Uuid;

use crate::{
    App,
    access::{self, Audited, Seen},
    auth::{By, HumanResources, UnitViewer},
    blocking::blocking,
    exports::{self, File, FileKind, Sheet, Waves},
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
        File::of(
            kind,
            &exports::stem(&history, Some(unit), by.reader.t),
            &sheets,
            closed(&history),
            by.reader.t,
        )
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
    let waves = Waves::of(history, t);
    match kind {
        FileKind::Csv => {
            vec![Sheet::of_page(view, t).identified(&waves, &[unit.to_string()])]
        }
        FileKind::Xlsx => {
            let title = view.map(|it| exports::about(&it.title, &it.month, t));
            let tables = Sheet::of_unit(view, t).into_iter().map(|it| it.dated(&waves));
            title.into_iter().chain(tables).collect()
        }
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
        let sheets = organisation_sheets(&history, kind, t);
        access::audit(&app, &by.principal, Audited::Export, Seen::Organisation)?;
        let name = format!("{}-{}", exports::stem(&history, None, t), t.tr("export-units"));
        File::of(kind, &name, &sheets, closed(&history), t)
    })
    .await?;
    Ok(file.into())
}

/// The tables of all units and of the whole; a function of what is published.
pub(super) fn organisation_sheets(history: &[Release], kind: FileKind, t: Text) -> Vec<Sheet> {
    let view = view::organisation_view(history, t);
    let view = view.as_ref();
    let waves = Waves::of(history, t);
    if kind == FileKind::Csv {
        let units = view.map(identifiers).unwrap_or_default();
        return vec![Sheet::of_units(view, t).identified(&waves, &units)];
    }
    let mut sheets: Vec<Sheet> =
        view.map(|it| exports::about(&it.title, &it.month, t)).into_iter().collect();
    let tables =
        [Sheet::of_units(view, t), Sheet::of_changes(view, t), Sheet::of_look_first(view, t)];
    let whole = Sheet::of_unit(view.and_then(|it| it.whole.as_ref()), t);
    sheets.extend(tables.into_iter().chain(whole).map(|it| it.dated(&waves)));
    sheets
}

/// The identifiers of the rows of the table of units.
fn identifiers(view: &OrganisationView) -> Vec<String> {
    let units = view.units.iter().map(|it| it.unit.to_string());
    let pools = view
        .pools
        .iter()
        .map(|it| it.units.iter().map(ToString::to_string).collect::<Vec<_>>().join(" + "));
    units.chain(pools).collect()
}

/// When the newest figures were closed.
fn closed(history: &[Release]) -> Option<DateTime<Utc>> {
    history.last().map(|it| it.wave().window.closes())
}

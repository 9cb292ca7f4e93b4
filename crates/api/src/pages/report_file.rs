//! Monthly reports as files: the organisation's for HR, a unit's for its manager.

use actix_web::{HttpResponse, get, http::header::DispositionType, web};
use tideline_aggregation::Release;
use tideline_domain::{UnitId, WaveSeq};
use tideline_text::Text;

use crate::{
    App,
    access::{self, Audited, Seen},
    auth::{By, HumanResources, UnitViewer},
    blocking::blocking,
    exports,
    problem::{PageProblem, Problem},
    report,
};

/// One monthly report: the figures as they were released, the boards as they are now.
#[get("/org/reports/{seq}.pdf")]
pub(super) async fn file(
    app: web::Data<App>,
    by: By<HumanResources>,
    seq: web::Path<u32>,
) -> Result<HttpResponse, PageProblem> {
    let seq = *seq;
    let pdf = blocking(move || {
        let history = app.store.history_with(WaveSeq(seq))?;
        let upto = history.iter().position(|it| it.wave().seq.0 == seq).ok_or(Problem::NotFound)?;
        let history = history.get(..=upto).unwrap_or_default();
        let pdf = report::handed_out(&app, history, None, by.reader.t)?;
        access::audit(&app, &by.principal, Audited::Export, Seen::Report(WaveSeq(seq)))?;
        Ok((pdf, name_of(history, None, by.reader.t)))
    })
    .await?;
    Ok(file_of(pdf))
}

/// The latest report of one unit.
#[get("/team/{unit}/report.pdf")]
pub(super) async fn of_unit(
    app: web::Data<App>,
    by: By<UnitViewer>,
) -> Result<HttpResponse, PageProblem> {
    let unit = by.policy.unit;
    let pdf = blocking(move || {
        let history = app.store.history()?;
        let pdf = report::handed_out(&app, &history, Some(unit), by.reader.t)?;
        access::audit(&app, &by.principal, Audited::Export, Seen::Unit(unit))?;
        Ok((pdf, name_of(&history, Some(unit), by.reader.t)))
    })
    .await?;
    Ok(file_of(pdf))
}

/// What the report on the last wave of `history` is called.
fn name_of(history: &[Release], unit: Option<UnitId>, t: Text) -> String {
    format!("{}.pdf", exports::stem(history, unit, t))
}

fn file_of((pdf, name): (Vec<u8>, String)) -> HttpResponse {
    HttpResponse::Ok()
        .insert_header(exports::disposition(DispositionType::Inline, &name))
        .content_type("application/pdf")
        .body(pdf)
}

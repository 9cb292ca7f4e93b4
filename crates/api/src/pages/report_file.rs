//! Monthly reports as files: the organisation's for HR, a unit's for its manager.

use actix_web::{
    HttpResponse, get,
    http::header::{ContentDisposition, DispositionParam, DispositionType},
    web,
};
use tideline_domain::WaveSeq;
use tideline_report::pdf::PdfError;

use crate::{
    App,
    access::{self, Audited, Seen},
    auth::{By, HumanResources, UnitViewer},
    blocking::blocking,
    problem::{PageProblem, Problem},
    report::{ReportError, report_pdf},
};

/// One monthly report, as it was when its wave was released.
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
        let pdf =
            report_pdf(&app.store, history, None, app.zone()?, by.reader.t, &app.settings.look)
                .map_err(Problem::internal)?;
        access::audit(&app, &by.principal, Audited::Export, Seen::Report(WaveSeq(seq)))?;
        Ok(pdf)
    })
    .await?;
    Ok(file_of(pdf, &format!("tideline-report-{seq}.pdf")))
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
        let pdf = report_pdf(
            &app.store,
            &history,
            Some(unit),
            app.zone()?,
            by.reader.t,
            &app.settings.look,
        );
        let pdf = match pdf {
            Err(ReportError::Pdf(PdfError::NothingReleased) | ReportError::NoSuchUnit(_)) => {
                return Err(Problem::NotFound);
            }
            other => other.map_err(Problem::internal)?,
        };
        access::audit(&app, &by.principal, Audited::Export, Seen::Unit(unit))?;
        Ok(pdf)
    })
    .await?;
    Ok(file_of(pdf, "tideline-report.pdf"))
}

fn file_of(pdf: Vec<u8>, name: &str) -> HttpResponse {
    let disposition = ContentDisposition {
        disposition: DispositionType::Inline,
        parameters: vec![DispositionParam::Filename(name.to_owned())],
    };
    HttpResponse::Ok().insert_header(disposition).content_type("application/pdf").body(pdf)
}

//! A monthly report as a file, for HR.

use actix_web::{
    HttpResponse, get,
    http::header::{ContentDisposition, DispositionParam, DispositionType},
    web,
};
use tideline_aggregation::Release;
use tideline_report::pdf::{LeverLine, PdfInput, organisation_report};

use crate::{
    App,
    access::{self, Audited},
    auth::SignedIn,
    problem::{PageProblem, Problem},
    routes::blocking,
};

/// One monthly report, as it was when its wave was released.
#[get("/org/reports/{seq}.pdf")]
pub(super) async fn file(
    app: web::Data<App>,
    by: SignedIn,
    seq: web::Path<u32>,
) -> Result<HttpResponse, PageProblem> {
    access::see_organisation(&by.principal)?;
    let seq = *seq;
    let pdf = blocking(move || {
        let history = app.store.history()?;
        let upto = history.iter().position(|it| it.wave().seq.0 == seq).ok_or(Problem::NotFound)?;
        let history = history.get(..=upto).unwrap_or_default();
        let pdf = pdf_of(&app, history)?;
        access::audit(&app, &by.principal, Audited::Export, &format!("report {seq}"))?;
        Ok(pdf)
    })
    .await?;
    let disposition = ContentDisposition {
        disposition: DispositionType::Inline,
        parameters: vec![DispositionParam::Filename(format!("tideline-report-{seq}.pdf"))],
    };
    Ok(HttpResponse::Ok().insert_header(disposition).content_type("application/pdf").body(pdf))
}

/// The report on the last wave of `history`, with the boards of its units.
fn pdf_of(app: &App, history: &[Release]) -> Result<Vec<u8>, Problem> {
    let latest = history.last().ok_or(Problem::NotFound)?;
    let on = latest.wave().window.closes().date_naive();
    let mut levers = Vec::new();
    for unit in latest.tree().units() {
        for plan in app.store.lever_plans(unit.id)?.iter().filter(|it| it.started <= on) {
            levers.push(LeverLine::new(unit.name.as_str(), plan, on));
        }
    }
    let organisation = app.store.organisation()?;
    let name =
        organisation.as_ref().map_or(latest.tree().root().name.as_str(), |it| it.name.as_str());
    organisation_report(&PdfInput { organisation: name, history, levers: &levers, sealed: true })
        .map_err(Problem::internal)
}

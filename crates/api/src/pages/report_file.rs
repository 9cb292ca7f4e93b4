//! A monthly report as a file, for HR.

use actix_web::{
    HttpResponse, get,
    http::header::{ContentDisposition, DispositionParam, DispositionType},
    web,
};

use crate::{
    App,
    access::{self, Audited},
    auth::SignedIn,
    problem::{PageProblem, Problem},
    report::organisation_pdf,
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
        let pdf = organisation_pdf(&app.store, history).map_err(Problem::internal)?;
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

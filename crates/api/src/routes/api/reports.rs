//! The monthly reports, for HR.

use actix_web::{HttpResponse, get, web};
use chrono::{DateTime, Utc};
use serde::Serialize;
use tideline_domain::WaveSeq;
use tideline_store::DeliveryState;
use utoipa::ToSchema;

use crate::{
    App, EN,
    access::{self, Audited, Seen},
    auth::{Caller, HumanResources},
    blocking::{Written, blocking},
    problem::{Problem, ProblemBody},
    report,
};

/// A monthly report.
#[derive(Serialize, ToSchema)]
#[schema(as = Report)]
pub(crate) struct ReportBody {
    /// Number of its wave.
    seq: u32,
    #[schema(example = "2026-11")]
    label: String,
    closed: DateTime<Utc>,
    /// Mails with it that were sent, that are waiting, that were given up. Other mails about the check-in do
    /// not count.
    sent: usize,
    waiting: usize,
    failed: usize,
}

/// The monthly reports, newest first. For HR.
#[utoipa::path(
    tag = "results",
    security(("bearer" = []), ("session" = [])),
    responses(
        (status = 200, description = "The reports.", body = [ReportBody]),
        (status = 401, description = "Nobody is signed in.", body = ProblemBody),
        (status = 404, description = "Not for this caller.", body = ProblemBody),
    ),
)]
#[get("/api/v1/reports")]
pub(crate) async fn reports(
    app: web::Data<App>,
    _caller: Caller<HumanResources>,
) -> Result<Written, Problem> {
    blocking(move || {
        let mut bodies = Vec::new();
        for wave in app.store.released_waves()?.iter().rev() {
            let deliveries = app.store.report_deliveries(wave.seq)?;
            let of = |state| deliveries.iter().filter(|it| it.state == state).count();
            bodies.push(ReportBody {
                seq: wave.seq.0,
                label: wave.label.to_string(),
                closed: wave.window.closes(),
                sent: of(DeliveryState::Sent),
                waiting: of(DeliveryState::Queued),
                failed: of(DeliveryState::Failed),
            });
        }
        Written::of(&bodies)
    })
    .await
}

/// One monthly report as a PDF, as it was when its wave was released. For HR.
#[utoipa::path(
    tag = "results",
    security(("bearer" = []), ("session" = [])),
    params(("seq" = u32, Path, description = "Number of the wave.")),
    responses(
        (status = 200, description = "The report.", body = [u8], content_type = "application/pdf"),
        (status = 401, description = "Nobody is signed in.", body = ProblemBody),
        (status = 404, description = "Not released, or not for this caller.", body = ProblemBody),
    ),
)]
#[get("/api/v1/reports/{seq}")]
pub(crate) async fn pdf(
    app: web::Data<App>,
    caller: Caller<HumanResources>,
    seq: web::Path<u32>,
) -> Result<HttpResponse, Problem> {
    let seq = *seq;
    let pdf = blocking(move || {
        let history = app.store.history_with(WaveSeq(seq))?;
        let upto = history.iter().position(|it| it.wave().seq.0 == seq).ok_or(Problem::NotFound)?;
        let history = history.get(..=upto).unwrap_or_default();
        let pdf = report::handed_out(&app, history, None, EN)?;
        access::audit(&app, &caller.principal, Audited::ReadApi, Seen::Report(WaveSeq(seq)))?;
        Ok(pdf)
    })
    .await?;
    Ok(HttpResponse::Ok().content_type("application/pdf").body(pdf))
}

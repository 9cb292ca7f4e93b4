//! What is published of the whole organisation.

use actix_web::{get, web};
use serde::Serialize;
use utoipa::ToSchema;

use super::view::{OrganisationBody, TableBody, TrendBody};
use crate::{
    App,
    access::{self, Audited, Seen},
    auth::{Caller, HumanResources, Member},
    blocking::{Written, blocking},
    problem::{Problem, ProblemBody},
    series::WhichSeries,
};

/// What is published of the whole organisation over time. For HR.
#[utoipa::path(
    tag = "results",
    security(("bearer" = []), ("session" = [])),
    params(WhichSeries),
    responses(
        (status = 200, description = "The organisation and its units.", body = OrganisationBody),
        (status = 400, description = "No results of this questionnaire.", body = ProblemBody),
        (status = 401, description = "Nobody is signed in.", body = ProblemBody),
        (status = 404, description = "Not for this caller.", body = ProblemBody),
    ),
)]
#[get("/api/v1/organisation/trend")]
pub(crate) async fn trend(
    app: web::Data<App>,
    caller: Caller<HumanResources>,
    series: web::Query<WhichSeries>,
) -> Result<Written, Problem> {
    blocking(move || {
        let trend = OrganisationBody::of(&series.exactly(&app)?);
        access::audit(&app, &caller.principal, Audited::ReadApi, Seen::Organisation)?;
        Written::of(&trend)
    })
    .await
}

/// What everybody may see.
#[derive(Serialize, ToSchema)]
#[schema(as = Results)]
pub(crate) struct ResultsBody {
    /// The organisation as a whole; `null` if it is withheld, or nothing is published yet.
    organisation: Option<TableBody>,
    /// The unit the caller belonged to in the newest wave; `null` for the unit at the top.
    own_unit: Option<TrendBody>,
}

/// What everybody may see: the organisation as a whole, and the own unit.
#[utoipa::path(
    tag = "results",
    security(("bearer" = []), ("session" = [])),
    params(WhichSeries),
    responses(
        (status = 200, description = "The results.", body = ResultsBody),
        (status = 400, description = "No results of this questionnaire.", body = ProblemBody),
        (status = 401, description = "Nobody is signed in.", body = ProblemBody),
    ),
)]
#[get("/api/v1/results")]
pub(crate) async fn results(
    app: web::Data<App>,
    caller: Caller<Member>,
    series: web::Query<WhichSeries>,
) -> Result<Written, Problem> {
    blocking(move || {
        let history = series.exactly(&app)?;
        let own = access::own_unit(&app, caller.principal.person)?;
        access::audit(&app, &caller.principal, Audited::ReadApi, Seen::Everybody)?;
        Written::of(&ResultsBody {
            organisation: TableBody::of_organisation(&history),
            own_unit: own.map(|unit| TrendBody::of_unit(&history, unit)),
        })
    })
    .await
}

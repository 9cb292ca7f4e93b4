//! The units a caller may see, and what is published of each.

use actix_web::{get, web};
use serde::Serialize;
use tideline_domain::UnitId;
use utoipa::ToSchema;
use uuid::Uuid;

use super::view::TrendBody;
use crate::{
    App,
    access::{self, Audited, Seen},
    auth::{Caller, Member, UnitViewer},
    blocking::{Written, blocking},
    problem::{Problem, ProblemBody},
    series::WhichSeries,
};

/// A unit.
#[derive(Serialize, ToSchema)]
#[schema(as = Unit)]
pub(crate) struct UnitBody {
    id: Uuid,
    /// The unit above, if the caller may see that too.
    parent: Option<Uuid>,
    name: String,
}

/// The units whose results the caller may see, each above before those below it. HR sees all, a
/// manager the own unit and what lies below it, everybody else none.
#[utoipa::path(
    tag = "results",
    security(("bearer" = []), ("session" = [])),
    responses(
        (status = 200, description = "The units.", body = [UnitBody]),
        (status = 401, description = "Nobody is signed in.", body = ProblemBody),
    ),
)]
#[get("/api/v1/units")]
pub(crate) async fn units(app: web::Data<App>, caller: Caller<Member>) -> Result<Written, Problem> {
    blocking(move || {
        let tree = match access::tree(&app) {
            Err(Problem::NotFound) => return Written::of(&Vec::<UnitBody>::new()),
            other => other?,
        };
        let may_see = |unit: UnitId| caller.principal.may_see_unit(&tree, unit);
        let seen = tree.units().iter().filter(|it| may_see(it.id)).map(|it| UnitBody {
            id: it.id.uuid(),
            parent: it.parent.filter(|above| may_see(*above)).map(UnitId::uuid),
            name: it.name.to_string(),
        });
        Written::of(&seen.collect::<Vec<_>>())
    })
    .await
}

/// What is published of a unit over time.
#[utoipa::path(
    tag = "results",
    security(("bearer" = []), ("session" = [])),
    params(("unit" = Uuid, Path, description = "The unit."), WhichSeries),
    responses(
        (status = 200, description = "Shown, or withheld to protect people.", body = TrendBody),
        (status = 400, description = "No results of this questionnaire.", body = ProblemBody),
        (status = 401, description = "Nobody is signed in.", body = ProblemBody),
        (status = 404, description = "No such unit, or not for this caller.", body = ProblemBody),
    ),
)]
#[get("/api/v1/units/{unit}/trend")]
pub(crate) async fn trend(
    app: web::Data<App>,
    caller: Caller<UnitViewer>,
    series: web::Query<WhichSeries>,
) -> Result<Written, Problem> {
    let unit = caller.policy.unit;
    blocking(move || {
        let trend = TrendBody::of_unit(&series.exactly(&app)?, unit);
        access::audit(&app, &caller.principal, Audited::ReadApi, Seen::Unit(unit))?;
        Written::of(&trend)
    })
    .await
}

//! A unit's lever board. It works whether or not the unit's results are shown.

use actix_web::{HttpResponse, get, post, put, web};
use chrono::NaiveDate;
use serde::Serialize;
use tideline_domain::{LeverPlanId, lever::LeverPlan};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    App,
    auth::{Caller, UnitViewer},
    blocking::blocking,
    levers::LeverDraftBody,
    problem::{Problem, ProblemBody},
};

/// A lever on a unit's board.
#[derive(Serialize, ToSchema)]
#[schema(as = LeverPlan)]
pub(crate) struct LeverPlanBody {
    id: Uuid,
    /// Since when.
    started: NaiveDate,
    /// What to do, in the words of the catalogue.
    text: &'static str,
    #[serde(flatten)]
    plan: LeverDraftBody,
}

impl From<LeverPlan> for LeverPlanBody {
    fn from(plan: LeverPlan) -> Self {
        Self {
            id: plan.id.uuid(),
            started: plan.started,
            text: plan.lever.text,
            plan: LeverDraftBody {
                lever: plan.lever.id.to_owned(),
                status: plan.status.code().to_owned(),
                reach: plan.reach.code().to_owned(),
                owner: plan.owner,
                review: plan.review,
                note: plan.note,
            },
        }
    }
}

/// A unit's lever board.
#[utoipa::path(
    tag = "levers",
    security(("bearer" = []), ("session" = [])),
    params(("unit" = Uuid, Path, description = "The unit.")),
    responses(
        (status = 200, description = "The levers on the board.", body = [LeverPlanBody]),
        (status = 401, description = "Nobody is signed in.", body = ProblemBody),
        (status = 404, description = "No such unit, or not for this caller.", body = ProblemBody),
    ),
)]
#[get("/api/v1/units/{unit}/levers")]
pub(crate) async fn board(
    app: web::Data<App>,
    caller: Caller<UnitViewer>,
) -> Result<web::Json<Vec<LeverPlanBody>>, Problem> {
    let unit = caller.policy.unit;
    blocking(move || {
        let plans = app.store.lever_plans(unit)?;
        Ok(web::Json(plans.into_iter().map(LeverPlanBody::from).collect()))
    })
    .await
}

/// Put a lever on a unit's board.
#[utoipa::path(
    tag = "levers",
    security(("bearer" = []), ("session" = [])),
    params(("unit" = Uuid, Path, description = "The unit.")),
    request_body = LeverDraftBody,
    responses(
        (status = 201, description = "It is on the board.", body = LeverPlanBody),
        (status = 400, description = "What was written cannot be taken.", body = ProblemBody),
        (status = 401, description = "Nobody is signed in.", body = ProblemBody),
        (status = 404, description = "No such unit, or not for this caller.", body = ProblemBody),
    ),
)]
#[post("/api/v1/units/{unit}/levers")]
pub(crate) async fn add(
    app: web::Data<App>,
    caller: Caller<UnitViewer>,
    draft: web::Json<LeverDraftBody>,
) -> Result<HttpResponse, Problem> {
    let unit = caller.policy.unit;
    let plan = blocking(move || {
        let now = app.now();
        let id = LeverPlanId::new(Uuid::new_v4());
        let plan = draft.into_inner().plan(id, unit, app.today()?)?;
        app.store.save_lever_plan(&plan, caller.principal.person, now)?;
        Ok(plan)
    })
    .await?;
    Ok(HttpResponse::Created().json(LeverPlanBody::from(plan)))
}

/// Change a lever on a unit's board.
#[utoipa::path(
    tag = "levers",
    security(("bearer" = []), ("session" = [])),
    params(
        ("unit" = Uuid, Path, description = "The unit."),
        ("plan" = Uuid, Path, description = "The lever on its board."),
    ),
    request_body = LeverDraftBody,
    responses(
        (status = 200, description = "It is changed.", body = LeverPlanBody),
        (status = 400, description = "What was written cannot be taken.", body = ProblemBody),
        (status = 401, description = "Nobody is signed in.", body = ProblemBody),
        (status = 404, description = "Not there, or not for this caller.", body = ProblemBody),
    ),
)]
#[put("/api/v1/units/{unit}/levers/{plan}")]
pub(crate) async fn change(
    app: web::Data<App>,
    caller: Caller<UnitViewer>,
    path: web::Path<(Uuid, Uuid)>,
    draft: web::Json<LeverDraftBody>,
) -> Result<web::Json<LeverPlanBody>, Problem> {
    let (_, id) = path.into_inner();
    let (unit, id) = (caller.policy.unit, LeverPlanId::new(id));
    blocking(move || {
        let before = app.store.lever_plans(unit)?.into_iter().find(|it| it.id == id);
        let started = before.ok_or(Problem::NotFound)?.started;
        let plan = draft.into_inner().plan(id, unit, started)?;
        app.store.save_lever_plan(&plan, caller.principal.person, app.now())?;
        Ok(web::Json(plan.into()))
    })
    .await
}

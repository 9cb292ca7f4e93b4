//! What is published of the whole organisation.

use actix_web::{get, web};
use tideline_report::view::unit_page;

use super::view::TrendBody;
use crate::{
    App,
    access::{self, Audited},
    auth::Caller,
    problem::{Problem, ProblemBody},
    routes::blocking,
};

/// What is published of the whole organisation over time. For HR.
#[utoipa::path(
    tag = "results",
    security(("bearer" = []), ("session" = [])),
    responses(
        (status = 200, description = "Shown, or withheld to protect people.", body = TrendBody),
        (status = 401, description = "Nobody is signed in.", body = ProblemBody),
        (status = 404, description = "Not for this caller.", body = ProblemBody),
    ),
)]
#[get("/api/v1/organisation/trend")]
pub(crate) async fn trend(
    app: web::Data<App>,
    caller: Caller,
) -> Result<web::Json<TrendBody>, Problem> {
    access::see_organisation(&caller.principal)?;
    blocking(move || {
        let root = access::tree(&app)?.root().id;
        let page = unit_page(&app.store.history()?, root);
        access::audit(&app, &caller.principal, Audited::ReadApi, "organisation")?;
        Ok(web::Json(page.into()))
    })
    .await
}

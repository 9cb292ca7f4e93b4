//! What is published of the whole organisation.

use actix_web::{get, web};
use tideline_report::view::organisation_view;

use super::view::OrganisationBody;
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
        (status = 200, description = "The organisation and its units.", body = OrganisationBody),
        (status = 401, description = "Nobody is signed in.", body = ProblemBody),
        (status = 404, description = "Not for this caller.", body = ProblemBody),
    ),
)]
#[get("/api/v1/organisation/trend")]
pub(crate) async fn trend(
    app: web::Data<App>,
    caller: Caller,
) -> Result<web::Json<OrganisationBody>, Problem> {
    access::see_organisation(&caller.principal)?;
    blocking(move || {
        let page = organisation_view(&app.store.history()?);
        access::audit(&app, &caller.principal, Audited::ReadApi, "organisation")?;
        Ok(web::Json(page.into()))
    })
    .await
}

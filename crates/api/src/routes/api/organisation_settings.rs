//! Setting up, and what the organisation is called.

use actix_web::{HttpRequest, HttpResponse, get, post, put, web};
use serde::{Deserialize, Serialize};
use tideline_store::Organisation;
use utoipa::ToSchema;

use crate::{
    App,
    auth::{Administrator, Caller, session_cookie},
    blocking::blocking,
    organisation,
    pages::setup::{self, SetupForm},
    problem::{Problem, ProblemBody},
};

/// The organisation.
#[derive(Serialize, Deserialize, ToSchema)]
#[schema(as = Organisation)]
pub(crate) struct OrganisationSettingsBody {
    /// Its name on pages, reports and mails; 1 to 120 characters.
    #[schema(example = "Northfield Care", min_length = 1, max_length = 120)]
    name: String,
    /// The name of its time zone in the IANA database.
    #[schema(example = "Europe/Berlin")]
    time_zone: String,
}

impl From<Organisation> for OrganisationSettingsBody {
    fn from(it: Organisation) -> Self {
        Self { name: it.name.to_string(), time_zone: it.time_zone }
    }
}

/// What the organisation is called, and its time zone. For administrators.
#[utoipa::path(
    tag = "settings",
    security(("bearer" = []), ("session" = [])),
    responses(
        (status = 200, description = "The organisation.", body = OrganisationSettingsBody),
        (status = 401, description = "Nobody is signed in.", body = ProblemBody),
        (status = 404, description = "Not for this caller, or nothing is set up yet.", body = ProblemBody),
    ),
)]
#[get("/api/v1/organisation")]
pub(crate) async fn show(
    app: web::Data<App>,
    _caller: Caller<Administrator>,
) -> Result<web::Json<OrganisationSettingsBody>, Problem> {
    let stored = blocking(move || organisation::stored(&app)).await?;
    Ok(web::Json(stored.ok_or(Problem::NotFound)?.into()))
}

/// Change what the organisation is called, and its time zone. For administrators. The unit at the top
/// keeps its name: that comes with the roster.
#[utoipa::path(
    tag = "settings",
    security(("bearer" = []), ("session" = [])),
    request_body = OrganisationSettingsBody,
    responses(
        (status = 204, description = "Changed."),
        (status = 400, description = "It cannot be that; the title says why.", body = ProblemBody),
        (status = 401, description = "Nobody is signed in.", body = ProblemBody),
        (status = 403, description = "The request did not come from this site.", body = ProblemBody),
        (status = 404, description = "Not for this caller.", body = ProblemBody),
    ),
)]
#[put("/api/v1/organisation")]
pub(crate) async fn change(
    app: web::Data<App>,
    caller: Caller<Administrator>,
    body: web::Json<OrganisationSettingsBody>,
) -> Result<HttpResponse, Problem> {
    let to = organisation::understand(&body.name, &body.time_zone)
        .map_err(|(_, id)| Problem::Malformed(id))?;
    blocking(move || organisation::change(&app, caller.principal.person, &to)).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Set the installation up: the organisation, the first administrator (privacy officer, too), somebody to
/// turn to. For whoever has the code that the program printed, as long as nobody belongs to the
/// installation; all of it, or nothing. Signs the administrator in.
#[utoipa::path(
    tag = "settings",
    request_body = SetupForm,
    responses(
        (status = 204, description = "Set up; the cookie of a session comes with the answer."),
        (status = 400, description = "Not with this; the title says why.", body = ProblemBody),
        (status = 404, description = "The installation is set up already.", body = ProblemBody),
    ),
)]
#[post("/api/v1/setup")]
pub(crate) async fn set_up(
    app: web::Data<App>,
    req: HttpRequest,
    body: web::Json<SetupForm>,
) -> Result<HttpResponse, Problem> {
    if !setup::awaits_setup(&app).await? {
        return Err(Problem::NotFound);
    }
    let setup = setup::understand(&app, &body).map_err(|(_, id)| Problem::Malformed(id))?;
    let (secret, settings) = setup::begin(app, &req, setup).await?;
    let mut response = HttpResponse::NoContent().finish();
    response.add_cookie(&session_cookie(&settings, Some(&secret))).map_err(Problem::internal)?;
    Ok(response)
}

//! In which countries units work: it decides whose support contacts come first.

use std::collections::BTreeMap;

use actix_web::{HttpResponse, get, put, web};
use serde::{Deserialize, Serialize};
use tideline_domain::{Country, UnitId};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    App,
    auth::{Administrator, Caller},
    blocking::{Written, blocking},
    pages::admin::support::replace_countries,
    problem::{Problem, ProblemBody},
};

/// Where a unit works, and what lies below it unless something else is said of that.
#[derive(Serialize, Deserialize, ToSchema)]
#[schema(as = UnitCountry)]
pub(crate) struct UnitCountryBody {
    unit: Uuid,
    /// ISO 3166-1 alpha-2.
    #[schema(example = "AT")]
    country: String,
}

/// In which countries units work. For administrators.
#[utoipa::path(
    tag = "settings",
    security(("bearer" = []), ("session" = [])),
    responses(
        (status = 200, description = "What was said, in no order.", body = [UnitCountryBody]),
        (status = 401, description = "Nobody is signed in.", body = ProblemBody),
        (status = 404, description = "Not for this caller.", body = ProblemBody),
    ),
)]
#[get("/api/v1/unit-countries")]
pub(crate) async fn unit_countries(
    app: web::Data<App>,
    _caller: Caller<Administrator>,
) -> Result<Written, Problem> {
    blocking(move || {
        let said = app.store.unit_countries()?;
        let body = |(unit, country): (UnitId, Country)| UnitCountryBody {
            unit: unit.uuid(),
            country: country.to_string(),
        };
        Written::of(&said.into_iter().map(body).collect::<Vec<_>>())
    })
    .await
}

/// Replace in which countries units work. For administrators. If a unit is named twice, the last
/// holds.
#[utoipa::path(
    tag = "settings",
    security(("bearer" = []), ("session" = [])),
    request_body = [UnitCountryBody],
    responses(
        (status = 204, description = "Replaced."),
        (status = 400, description = "Not a country, or no such unit.", body = ProblemBody),
        (status = 401, description = "Nobody is signed in.", body = ProblemBody),
        (status = 403, description = "The request did not come from this site.", body = ProblemBody),
        (status = 404, description = "Not for this caller.", body = ProblemBody),
    ),
)]
#[put("/api/v1/unit-countries")]
pub(crate) async fn set_unit_countries(
    app: web::Data<App>,
    caller: Caller<Administrator>,
    body: web::Json<Vec<UnitCountryBody>>,
) -> Result<HttpResponse, Problem> {
    let read = |it: &UnitCountryBody| {
        let country = it.country.parse::<Country>();
        let country = country.map_err(|_| Problem::Malformed("admin-support-problem-country"))?;
        Ok((UnitId::new(it.unit), country))
    };
    let countries = body.iter().map(read).collect::<Result<BTreeMap<_, _>, Problem>>()?;
    blocking(move || replace_countries(&app, caller.principal.person, &countries)).await?;
    Ok(HttpResponse::NoContent().finish())
}

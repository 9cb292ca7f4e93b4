//! Who is calling.

use actix_web::{HttpRequest, HttpResponse, get, post, put, web};
use serde::{Deserialize, Serialize};
use tideline_domain::Role;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    App,
    auth::{Caller, Member, is_fresh},
    problem::{Problem, ProblemBody},
    routes::sign_in::new_password,
};

/// The caller.
#[derive(Serialize, ToSchema)]
#[schema(as = Me)]
pub(crate) struct MeBody {
    id: Uuid,
    name: String,
    email: String,
    /// What the caller may do besides answering.
    roles: Vec<RoleBody>,
    /// For callers with the session's cookie: value of the header `X-CSRF-Token` on requests that
    /// change something.
    #[serde(skip_serializing_if = "Option::is_none")]
    csrf: Option<String>,
}

/// A role.
#[derive(Serialize, ToSchema)]
#[schema(as = Role)]
pub(crate) struct RoleBody {
    /// `manager`, `hr`, `admin` or `privacy`.
    #[schema(example = "manager")]
    role: &'static str,
    /// For managers: the unit, with everything below it.
    #[serde(skip_serializing_if = "Option::is_none")]
    unit: Option<Uuid>,
}

/// Who is calling.
#[utoipa::path(
    tag = "account",
    security(("bearer" = []), ("session" = [])),
    responses(
        (status = 200, description = "The caller.", body = MeBody),
        (status = 401, description = "Nobody is signed in.", body = ProblemBody),
    ),
)]
#[get("/api/v1/me")]
pub(crate) async fn me(caller: Caller<Member>) -> web::Json<MeBody> {
    let roles = caller.person.roles.iter().map(|role| RoleBody {
        role: role.code(),
        unit: match role {
            Role::Manager(unit) => Some(unit.uuid()),
            _ => None,
        },
    });
    web::Json(MeBody {
        id: caller.person.id.uuid(),
        name: caller.person.name.to_string(),
        email: caller.person.email.to_string(),
        roles: roles.collect(),
        csrf: caller.csrf,
    })
}

/// A bearer token.
#[derive(Serialize, ToSchema)]
#[schema(as = Token)]
pub(crate) struct TokenBody {
    /// For `Authorization: Bearer …`.
    token: String,
    /// Seconds until it ends.
    #[schema(example = 3600)]
    expires_in: u32,
}

/// Make a bearer token for the caller's own programs, good for an hour, and no longer than the session
/// it is made in. Only a signed-in browser can.
#[utoipa::path(
    tag = "account",
    security(("session" = [])),
    responses(
        (status = 200, description = "The token; it is not shown again.", body = TokenBody),
        (status = 401, description = "Nobody is signed in.", body = ProblemBody),
        (status = 403, description = "The request did not come from this site.", body = ProblemBody),
    ),
)]
#[post("/api/v1/token")]
pub(crate) async fn token(
    app: web::Data<App>,
    caller: Caller<Member>,
) -> Result<web::Json<TokenBody>, Problem> {
    let caller = caller.in_browser()?;
    let token = app.keys.api_token(caller.principal.person, &caller.session, app.now());
    let token = token.map_err(Problem::internal)?;
    Ok(web::Json(TokenBody { token, expires_in: 3600 }))
}

/// A new password.
#[derive(Serialize, Deserialize, ToSchema)]
#[schema(as = PasswordDraft)]
pub(crate) struct PasswordDraft {
    /// 12 to 128 characters.
    #[schema(min_length = 12, max_length = 128)]
    password: String,
}

/// Set the caller's own password and end the caller's other sessions. Only a browser that signed in within the
/// last quarter of an hour can; its session goes on under a new cookie.
#[utoipa::path(
    tag = "account",
    security(("session" = [])),
    request_body = PasswordDraft,
    responses(
        (status = 204, description = "Set."),
        (status = 400, description = "It is too short or too long.", body = ProblemBody),
        (status = 401, description = "Nobody is signed in.", body = ProblemBody),
        (status = 403, description = "The request did not come from this site, or the sign-in is too long ago.", body = ProblemBody),
    ),
)]
#[put("/api/v1/me/password")]
pub(crate) async fn set_password(
    app: web::Data<App>,
    req: HttpRequest,
    caller: Caller<Member>,
    body: web::Json<PasswordDraft>,
) -> Result<HttpResponse, Problem> {
    let caller = caller.in_browser()?;
    if !is_fresh(&app, &req, &caller.session) {
        return Err(Problem::NotFresh);
    }
    let person = caller.principal.person;
    let cookies = new_password(app, &req, person, body.into_inner().password).await?;
    let mut response = HttpResponse::NoContent().finish();
    for cookie in cookies {
        response.add_cookie(&cookie).map_err(Problem::internal)?;
    }
    Ok(response)
}

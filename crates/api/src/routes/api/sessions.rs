//! Where the caller is signed in.

use actix_web::{HttpRequest, HttpResponse, delete, get, web};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use tideline_ballot::encoding::{from_hex, to_hex};
use tideline_store::SessionRecord;
use tideline_text::{Language, Text};
use utoipa::ToSchema;

use crate::{
    App,
    auth::{Asker, Caller, Device, Member},
    blocking::blocking,
    problem::{Problem, ProblemBody},
    sign_in::check_password,
};

/// The caller's own password, from callers with a bearer token.
#[derive(Deserialize, ToSchema)]
#[schema(as = OwnPassword)]
pub(crate) struct OwnPasswordBody {
    password: String,
}

/// Lets a signed-in browser through, and a program that shows the password: whoever found a token must
/// not be able to throw its owner out.
async fn may_end(
    app: &web::Data<App>,
    req: &HttpRequest,
    caller: &Caller<Member>,
    body: &web::Bytes,
) -> Result<(), Problem> {
    if caller.csrf.is_some() {
        return Ok(());
    }
    if body.is_empty() {
        return Err(Problem::PasswordNeeded);
    }
    let typed: OwnPasswordBody =
        serde_json::from_slice(body).map_err(|_| Problem::Malformed("problem-body-unreadable"))?;
    let asker = Asker::of(req, app);
    let found = check_password(app, asker, caller.person.email.clone(), typed.password).await?;
    if found == Some(caller.person.id) { Ok(()) } else { Err(Problem::PasswordNeeded) }
}

/// Somewhere the caller is signed in.
#[derive(Serialize, ToSchema)]
#[schema(as = Session)]
pub(crate) struct SessionBody {
    /// Names the session; of no use for signing in.
    session: String,
    /// When it ends by itself.
    expires: DateTime<Utc>,
    #[schema(example = "Firefox on a computer")]
    device: String,
}

impl From<SessionRecord> for SessionBody {
    fn from(record: SessionRecord) -> Self {
        Self {
            session: to_hex(&record.hash),
            expires: record.expires,
            device: Device::from_code(&record.device).words(Text::new(Language::English)),
        }
    }
}

/// Where the caller is signed in, the session that ends last first.
#[utoipa::path(
    tag = "account",
    security(("bearer" = []), ("session" = [])),
    responses(
        (status = 200, description = "The sessions.", body = [SessionBody]),
        (status = 401, description = "Nobody is signed in.", body = ProblemBody),
    ),
)]
#[get("/api/v1/me/sessions")]
pub(crate) async fn sessions(
    app: web::Data<App>,
    caller: Caller<Member>,
) -> Result<web::Json<Vec<SessionBody>>, Problem> {
    let person = caller.principal.person;
    blocking(move || {
        let sessions = app.store.sessions_of(person, app.now())?;
        Ok(web::Json(sessions.into_iter().map(SessionBody::from).collect()))
    })
    .await
}

/// End one of the caller's sessions. Ending one that is over already is no error. With a bearer token, the
/// request must hold the caller's password.
#[utoipa::path(
    tag = "account",
    security(("bearer" = []), ("session" = [])),
    params(("session" = String, Path, description = "The session, as the list names it.")),
    request_body = Option<OwnPasswordBody>,
    responses(
        (status = 204, description = "It has ended."),
        (status = 400, description = "The body cannot be read.", body = ProblemBody),
        (status = 401, description = "Nobody is signed in.", body = ProblemBody),
        (status = 403, description = "The request did not come from this site, or lacks the password.", body = ProblemBody),
        (status = 404, description = "That names no session.", body = ProblemBody),
    ),
)]
#[delete("/api/v1/me/sessions/{session}")]
pub(crate) async fn end_one(
    app: web::Data<App>,
    req: HttpRequest,
    caller: Caller<Member>,
    session: web::Path<String>,
    body: web::Bytes,
) -> Result<HttpResponse, Problem> {
    may_end(&app, &req, &caller, &body).await?;
    let person = caller.principal.person;
    let hash = from_hex::<32>(&session).ok_or(Problem::NotFound)?;
    blocking(move || Ok(app.store.end_session_of(person, &hash)?)).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// End all of the caller's sessions and bearer tokens, and make every sign-in link useless that is on its
/// way. With a bearer token, the request must hold the caller's password.
#[utoipa::path(
    tag = "account",
    security(("bearer" = []), ("session" = [])),
    request_body = Option<OwnPasswordBody>,
    responses(
        (status = 204, description = "All have ended."),
        (status = 400, description = "The body cannot be read.", body = ProblemBody),
        (status = 401, description = "Nobody is signed in.", body = ProblemBody),
        (status = 403, description = "The request did not come from this site, or lacks the password.", body = ProblemBody),
    ),
)]
#[delete("/api/v1/me/sessions")]
pub(crate) async fn end_all(
    app: web::Data<App>,
    req: HttpRequest,
    caller: Caller<Member>,
    body: web::Bytes,
) -> Result<HttpResponse, Problem> {
    may_end(&app, &req, &caller, &body).await?;
    let person = caller.principal.person;
    blocking(move || Ok(app.store.end_all_sessions(person)?)).await?;
    Ok(HttpResponse::NoContent().finish())
}

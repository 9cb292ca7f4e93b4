//! What finds a person's check-in again on another device: sealed copies of a secret that this program
//! never sees. It keeps them, bounds them, and gives them to nobody but their owner; see
//! `docs/protocol.md`, M9. Nothing here is written into the audit log: a line would tell when.

use actix_web::{HttpResponse, get, post, web};
use serde::{Deserialize, Serialize};
use tideline_ballot::encoding::{from_base64, to_base64};
use utoipa::ToSchema;

use crate::{
    App,
    auth::{Caller, Member},
    blocking::blocking,
    problem::{Problem, ProblemBody},
    recovery::{SealedRoot, with},
};

/// What the caller has for finding a check-in again.
#[derive(Serialize, ToSchema)]
#[schema(as = Recovery)]
pub(crate) struct RecoveryBody {
    /// The public name of the secret, base64url; none if the caller has none.
    root: Option<String>,
    /// The sealed copies, 61 bytes each, base64url. At most 4.
    sealed: Vec<String>,
}

/// A sealed copy to be kept.
#[derive(Deserialize, ToSchema)]
#[schema(as = SealedRootDraft)]
#[serde(deny_unknown_fields)]
pub(crate) struct SealedBody {
    /// The public name of the secret, 16 bytes, base64url.
    root: String,
    /// The copy, 61 bytes, base64url.
    sealed: String,
    /// Whether a secret of another name may take the place of the one there is, and of all its copies.
    anew: bool,
}

/// The sealed copies with which the caller's check-in is found again. Only a signed-in browser can, 30 times
/// in a quarter of an hour.
#[utoipa::path(
    tag = "pulse",
    security(("session" = [])),
    responses(
        (status = 200, description = "The copies; none if there are none.", body = RecoveryBody),
        (status = 401, description = "Nobody is signed in.", body = ProblemBody),
        (status = 429, description = "Too often in a short time.", body = ProblemBody),
    ),
)]
#[get("/me/recovery")]
pub(crate) async fn recovery(
    app: web::Data<App>,
    caller: Caller<Member>,
) -> Result<web::Json<RecoveryBody>, Problem> {
    let person = caller.in_browser()?.principal.person;
    if !app.gate.may_recover(person, app.now()) {
        return Err(Problem::TooOften);
    }
    blocking(move || {
        let kept = app.store.recovery_of(&app.keys.recovery_holder(person))?;
        let sealed = kept.iter().flat_map(|it| &it.copies).map(|it| to_base64(it)).collect();
        Ok(web::Json(RecoveryBody { root: kept.map(|it| to_base64(&it.root)), sealed }))
    })
    .await
}

/// Keep one more sealed copy of the caller's secret. A copy for a code takes the place of the one before.
/// Only a signed-in browser can.
#[utoipa::path(
    tag = "pulse",
    security(("session" = [])),
    request_body = SealedBody,
    responses(
        (status = 204, description = "Kept."),
        (status = 400, description = "It is no sealed copy, there are four already, or it is of another secret.", body = ProblemBody),
        (status = 401, description = "Nobody is signed in.", body = ProblemBody),
        (status = 403, description = "The request did not come from this site.", body = ProblemBody),
        (status = 429, description = "Too often in a short time.", body = ProblemBody),
    ),
)]
#[post("/me/recovery")]
pub(crate) async fn keep(
    app: web::Data<App>,
    caller: Caller<Member>,
    body: Result<web::Json<SealedBody>, actix_web::Error>,
) -> Result<HttpResponse, Problem> {
    // Who asks is settled first: a stranger is not told what is wrong with a body.
    let person = caller.in_browser()?.principal.person;
    if !app.gate.may_recover(person, app.now()) {
        return Err(Problem::TooOften);
    }
    let unreadable = || Problem::Malformed("problem-body-unreadable");
    let SealedBody { root, sealed, anew } = body.map_err(|_| unreadable())?.into_inner();
    let (Some(root), Some(sealed)) = (from_base64(&root), SealedRoot::parse(&sealed)) else {
        return Err(unreadable());
    };
    blocking(move || {
        let holder = app.keys.recovery_holder(person);
        app.store.change_recovery(&holder, |it| with(it, root, sealed, anew).map(Some))?
    })
    .await?;
    Ok(HttpResponse::NoContent().finish())
}

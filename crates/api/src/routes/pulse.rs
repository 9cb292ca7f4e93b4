//! Token pick-up: which waves a signed-in person may take part in, and blind evaluation. What is
//! evaluated cannot be recognised when it comes back with a ballot; see `docs/protocol.md`.

use actix_web::{HttpResponse, get, post, web};
use serde::Serialize;
use tideline_ballot::{
    issue::IssueError,
    wire::{IssueBody, IssuedBody},
};
use tideline_domain::Phase;
use tideline_store::IssueRecord;
use utoipa::ToSchema;

use super::{
    blocking,
    refusal::{Refusal, RefusalBody},
};
use crate::{
    App,
    auth::{Caller, IssueBearer},
    problem::{Problem, ProblemBody},
};

/// Waves whose tokens this person may pick up.
#[derive(Serialize, ToSchema)]
#[schema(as = PickUp)]
pub(crate) struct PickUpBody {
    /// Oldest first.
    waves: Vec<OfferBody>,
}

/// One wave's token, to be picked up.
#[derive(Serialize, ToSchema)]
#[schema(as = Offer)]
pub(crate) struct OfferBody {
    /// Number of the wave.
    seq: u32,
    /// The person's cohort in it.
    cohort: String,
    /// Bearer token for `POST /pulse/issue`, good for this wave and 5 minutes.
    token: String,
}

/// Which tokens the signed-in person may pick up now. The same for everybody who is on the roster,
/// whether or not a token was picked up before.
#[utoipa::path(
    tag = "pulse",
    responses(
        (status = 200, description = "The waves; none if none takes pick-ups.", body = PickUpBody),
        (status = 401, description = "Nobody is signed in.", body = ProblemBody),
    ),
)]
#[get("/me/pickup")]
pub(crate) async fn pickup(
    app: web::Data<App>,
    caller: Caller,
) -> Result<web::Json<PickUpBody>, Problem> {
    let person = caller.in_browser()?.principal.person;
    blocking(move || {
        let now = app.now();
        let mut waves = Vec::new();
        for live in app.live.list() {
            if !matches!(live.wave.window.phase(now), Phase::PickUp | Phase::Open) {
                continue;
            }
            let seq = live.wave.seq;
            if let Some((_, cohort)) = app.store.placement(seq, person)? {
                let token = app.keys.issue_token(person, seq, now).map_err(Problem::internal)?;
                waves.push(OfferBody { seq: seq.0, cohort: cohort.to_string(), token });
            }
        }
        Ok(web::Json(PickUpBody { waves }))
    })
    .await
}

/// Have a blinded token evaluated. The same element again gives the same token; another one is
/// refused.
#[utoipa::path(
    tag = "pulse",
    request_body(content = serde_json::Value, description = "`{\"cohort\", \"blinded\"}`, as `docs/protocol.md` says."),
    responses(
        (status = 200, description = "`{\"evaluated\", \"proof\"}`.", body = serde_json::Value),
        (status = 400, description = "`malformed`", body = RefusalBody),
        (status = 401, description = "`unauthorized`", body = RefusalBody),
        (status = 403, description = "`not_your_cohort` or `not_open`", body = RefusalBody),
        (status = 409, description = "`already_issued`", body = RefusalBody),
        (status = 410, description = "`closed`", body = RefusalBody),
    ),
)]
#[post("/pulse/issue")]
pub(crate) async fn issue(
    app: web::Data<App>,
    bearer: IssueBearer,
    body: web::Bytes,
) -> Result<HttpResponse, Refusal> {
    let live = app.live.get(bearer.seq).ok_or(Refusal::Closed)?;
    match live.wave.window.phase(app.now()) {
        Phase::Announced => return Err(Refusal::NotOpen),
        Phase::PickUp | Phase::Open => {}
        Phase::Closed => return Err(Refusal::Closed),
    }
    let request = IssueBody::from_json(&body).map_err(|_| Refusal::Malformed)?;

    let issued = web::block(move || {
        let place = app.store.placement(bearer.seq, bearer.person)?;
        let cohort = place.map(|(_, cohort)| cohort).ok_or(Refusal::NotYourCohort)?;
        if cohort != request.cohort {
            return Err(Refusal::NotYourCohort);
        }
        // Evaluated before it is recorded: an element that cannot be evaluated must not use up the
        // person's one token.
        let issuer = live.issuer.as_ref().ok_or(Refusal::Closed)?;
        let issued = issuer.issue(&cohort, &request.blinded).map_err(|it| match it {
            IssueError::Malformed => Refusal::Malformed,
            other => Refusal::Unavailable(Box::new(other)),
        })?;
        match app.store.record_issue(bearer.seq, bearer.person, &request.blinded, app.now())? {
            IssueRecord::New | IssueRecord::Same => Ok(issued),
            IssueRecord::Other => Err(Refusal::AlreadyIssued),
        }
    })
    .await
    .unwrap_or_else(|it| Err(Refusal::Unavailable(Box::new(it))))
    .inspect_err(|it| {
        if let Refusal::Unavailable(cause) = it {
            let error: &(dyn std::error::Error + 'static) = cause.as_ref();
            tracing::error!(error, wave.seq = %bearer.seq, "a token was not issued");
        }
    })?;

    Ok(HttpResponse::Ok().json(IssuedBody::from(issued)))
}

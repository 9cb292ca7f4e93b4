//! Token pick-up: which waves a signed-in person may take part in, and blind evaluation. What is
//! evaluated cannot be recognised when it comes back with a ballot; see `docs/protocol.md`.

use actix_web::{HttpRequest, HttpResponse, get, post, web};
use chrono::{DateTime, Utc};
use serde::Serialize;
use tideline_ballot::{
    encoding::to_base64,
    issue::IssueError,
    wire::{IssueBody, IssuedBody},
};
use tideline_domain::Phase;
use tideline_store::IssueRecord;
use utoipa::ToSchema;

use crate::{
    App,
    auth::{Caller, Device, IssueBearer, Member, ON_PAPER, hide_kind},
    blocking::blocking,
    language::Reader,
    problem::{Problem, ProblemBody},
    refusal::{Refusal, RefusalBody},
};

/// Waves whose tokens this person may pick up.
#[derive(Serialize, ToSchema)]
#[schema(as = PickUp)]
pub(crate) struct PickUpBody {
    /// Oldest first.
    waves: Vec<OfferBody>,
    /// The public name of the secret with which this person's check-ins are found again, base64url; none
    /// if this person has none.
    recovery: Option<String>,
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
    /// The blinded element that was evaluated for this person before, base64url; none if none was.
    /// With it a browser finds this person's token among those that it keeps.
    issued: Option<String>,
    /// What it was evaluated for, in the reader's language: "Firefox on a computer".
    device: Option<String>,
    /// What is mixed into the derivation of the token where it is to be found again, 32 bytes, base64url.
    /// It is made from the wave's key, and gone with it.
    share: Option<String>,
    /// Whether the person was ticked off for a paper card instead.
    paper: bool,
    /// When the wave opens.
    opens: DateTime<Utc>,
    /// Whether it has opened.
    open: bool,
}

/// Which tokens the signed-in person may pick up now, and which was picked up before.
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
    reader: Reader,
    caller: Caller<Member>,
) -> Result<web::Json<PickUpBody>, Problem> {
    let caller = caller.in_browser()?;
    let (person, session) = (caller.principal.person, caller.session);
    blocking(move || {
        let now = app.now();
        let mut waves = Vec::new();
        for live in app.live.list() {
            let phase = live.wave.window.phase(now);
            if !matches!(phase, Phase::PickUp | Phase::Open) {
                continue;
            }
            let seq = live.wave.seq;
            if let Some((_, cohort)) = app.store.placement(seq, person)? {
                let token = app.keys.issue_token(person, seq, Some(&session), now);
                let token = token.map_err(Problem::internal)?;
                let (found, kind, share) = match &live.issuer {
                    Some(issuer) => {
                        let named = person.to_string();
                        let holder = issuer.holder(named.as_bytes());
                        let found = app.store.issue_of(seq, person, &holder)?;
                        let kind = found.as_ref().and_then(|it| it.device);
                        let kind = kind.map(|it| hide_kind(issuer, person, it));
                        (found, kind, Some(to_base64(&issuer.share(named.as_bytes()))))
                    }
                    None => (None, None, None),
                };
                waves.push(OfferBody {
                    seq: seq.0,
                    cohort: cohort.to_string(),
                    token,
                    issued: found.map(|it| to_base64(&it.blinded)),
                    share,
                    paper: kind == Some(ON_PAPER),
                    device: kind.map(|it| Device::from_number(it).words(reader.t)),
                    opens: live.wave.window.opens(),
                    open: phase == Phase::Open,
                });
            }
        }
        let kept = app.store.recovery_of(&app.keys.recovery_holder(person))?;
        Ok(web::Json(PickUpBody { waves, recovery: kept.map(|it| to_base64(&it.root)) }))
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
    req: HttpRequest,
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
    let kind = Device::of(&req).number();

    let issued = web::block(move || {
        if !bearer.holds(&app.store, app.now())? {
            return Err(Refusal::Unauthorized);
        }
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
        let (seq, person, now) = (bearer.seq, bearer.person, app.now());
        let holder = issuer.holder(person.to_string().as_bytes());
        let device = hide_kind(issuer, person, kind);
        match app.store.record_issue(seq, person, &holder, &request.blinded, device, now)? {
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

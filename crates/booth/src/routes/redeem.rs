//! Takes a sealed ballot with its token. Who sends it is not known and must not be: a request that
//! says so is refused before anybody looks at the ballot.

use std::sync::Arc;

use actix_web::{
    HttpRequest, HttpResponse, ResponseError as _,
    http::header::{self, HeaderMap},
    post, web,
};
use tideline_ballot::{
    ballot_box::{BoxError, Put},
    redeem::{Accepted, RedeemError},
    wire::RedeemBody,
    writer::BoxWriter,
};
use tideline_domain::Phase;
use tokio::sync::oneshot;

use crate::{BallotSide, LiveWave, refusal::Refusal};

/// Headers with which a browser or a proxy says who somebody is.
const CREDENTIALS: [&str; 6] = [
    "authorization",
    "cookie",
    "proxy-authorization",
    "x-forwarded-user",
    "x-remote-user",
    "x-user",
];

#[post("/redeem")]
pub(super) async fn redeem(
    side: web::Data<BallotSide>,
    req: HttpRequest,
    body: Result<web::Bytes, actix_web::Error>,
) -> HttpResponse {
    reply(take(&side, &req, body, None).await)
}

/// The same, at an address that a proxy can tell the boxes apart by.
#[post("/redeem/{number}")]
pub(super) async fn redeem_at_box(
    side: web::Data<BallotSide>,
    req: HttpRequest,
    number: web::Path<u8>,
    body: Result<web::Bytes, actix_web::Error>,
) -> HttpResponse {
    reply(take(&side, &req, body, Some(*number)).await)
}

fn reply(outcome: Result<(), Refusal>) -> HttpResponse {
    match outcome {
        Ok(()) => HttpResponse::Ok()
            .insert_header((header::CACHE_CONTROL, "no-store"))
            .content_type("application/json")
            .body(r#"{"status":"accepted"}"#),
        Err(refusal) => refusal.error_response(),
    }
}

async fn take(
    side: &BallotSide,
    req: &HttpRequest,
    body: Result<web::Bytes, actix_web::Error>,
    number: Option<u8>,
) -> Result<(), Refusal> {
    if names_somebody(req) {
        return Err(Refusal::CredentialsNotAllowed);
    }
    // The time of arrival decides; what was in time is taken even if the box is slow.
    let now = side.now();
    if !req.query_string().is_empty() || !is_text_or_json(req.headers()) {
        return Err(Refusal::Malformed);
    }
    let body = body.map_err(|_| Refusal::Malformed)?;
    let request = RedeemBody::from_json(&body).map_err(|_| Refusal::Malformed)?;

    let (live, accepted) = matching_wave(side, &request)?;
    match live.wave.window.phase(now) {
        Phase::Announced | Phase::PickUp => return Err(Refusal::NotOpen),
        Phase::Open => {}
        Phase::Closed => return Err(Refusal::Closed),
    }
    if number.is_some_and(|it| it != live.pinned.box_of(&request.cohort)) {
        return Err(Refusal::Malformed);
    }
    let writer = live.writer(&request.cohort).ok_or(Refusal::WrongBox)?;
    match put(writer, accepted).await {
        Ok(Put::Taken) => Ok(()),
        Ok(Put::AlreadyRedeemed) => Err(Refusal::AlreadyRedeemed),
        // The tally has begun, whatever the clock of this program says.
        Err(BoxError::Sealed) => Err(Refusal::Closed),
        Err(error) => {
            if !matches!(error, BoxError::Busy | BoxError::Closed) {
                live.note_box_failure();
            }
            Err(Refusal::Unavailable)
        }
    }
}

/// Whether the request says who sends it.
pub(crate) fn names_somebody(req: &HttpRequest) -> bool {
    CREDENTIALS.iter().any(|it| req.headers().contains_key(*it))
}

/// Waits until the box has the ballot for good. A request that is dropped meanwhile changes nothing
/// about that.
pub(crate) async fn put(writer: &BoxWriter, accepted: Accepted) -> Result<Put, BoxError> {
    let (done, answer) = oneshot::channel();
    writer.put_then(accepted, move |it| drop(done.send(it)))?;
    answer.await.map_err(|_| BoxError::Closed)?
}

/// The wave whose token this is. The request does not name it: two waves can be live at once, and
/// each token fits one only.
fn matching_wave(
    side: &BallotSide,
    request: &RedeemBody,
) -> Result<(Arc<LiveWave>, Accepted), Refusal> {
    let waves = side.live.list();
    // Neither "closed" nor "invalid" may be said because of a failure here: a client believes both.
    let missing = side.live.any_missing();
    if waves.is_empty() {
        return Err(if missing { Refusal::Unavailable } else { Refusal::Closed });
    }
    waves
        .into_iter()
        .find_map(|live| match live.redeemer.as_ref()?.check_body(request) {
            Ok(accepted) => Some(Ok((live, accepted))),
            Err(RedeemError::InvalidToken) => None,
            Err(_) => Some(Err(Refusal::Unavailable)),
        })
        .unwrap_or(Err(if missing { Refusal::Unavailable } else { Refusal::InvalidToken }))
}

/// A page sends `text/plain`, so that browsers ask no permission first.
fn is_text_or_json(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|it| it.to_str().ok()).unwrap_or("");
    let kind = kind.split(';').next().unwrap_or("").trim();
    kind.eq_ignore_ascii_case("text/plain") || kind.eq_ignore_ascii_case("application/json")
}

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
};
use tideline_domain::Phase;
use tokio::sync::oneshot;

use crate::{BallotSide, LiveWave, routes::refusal::Refusal};

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
    match take(&side, &req, body).await {
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
) -> Result<(), Refusal> {
    if CREDENTIALS.iter().any(|it| req.headers().contains_key(*it)) {
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
    match put(&live, accepted).await {
        Ok(Put::Taken) => Ok(()),
        Ok(Put::AlreadyRedeemed) => Err(Refusal::AlreadyRedeemed),
        Err(error) => {
            if !matches!(error, BoxError::Busy | BoxError::Closed) {
                live.note_box_failure();
            }
            Err(Refusal::Unavailable(Box::new(error)))
        }
    }
}

/// Waits until the box has the ballot for good. A request that is dropped meanwhile changes nothing
/// about that.
async fn put(live: &LiveWave, accepted: Accepted) -> Result<Put, BoxError> {
    let (done, answer) = oneshot::channel();
    live.writer.put_then(accepted, move |it| drop(done.send(it)))?;
    answer.await.map_err(|_| BoxError::Closed)?
}

/// The wave whose token this is. The request does not name it: two waves can be live at once, and
/// each token fits one only.
fn matching_wave(
    side: &BallotSide,
    request: &RedeemBody,
) -> Result<(Arc<LiveWave>, Accepted), Refusal> {
    let waves = side.live.list();
    if waves.is_empty() {
        return Err(Refusal::Closed);
    }
    waves
        .into_iter()
        .find_map(|live| match live.redeemer.check_body(request) {
            Ok(accepted) => Some(Ok((live, accepted))),
            Err(RedeemError::InvalidToken) => None,
            Err(other) => Some(Err(Refusal::Unavailable(Box::new(other)))),
        })
        .unwrap_or(Err(Refusal::InvalidToken))
}

/// A page sends `text/plain`, so that browsers ask no permission first.
fn is_text_or_json(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|it| it.to_str().ok()).unwrap_or("");
    let kind = kind.split(';').next().unwrap_or("").trim();
    kind.eq_ignore_ascii_case("text/plain") || kind.eq_ignore_ascii_case("application/json")
}

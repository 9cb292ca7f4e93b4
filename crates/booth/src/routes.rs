//! The ballot listener's routes. Nothing here knows who asks, keeps a log or sets a cookie, and no
//! handler can reach the database.

mod paper;
mod redeem;

use actix_web::{
    HttpResponse, get,
    middleware::{Compress, from_fn},
    web,
};
use chrono::{DateTime, Utc};
use serde::Serialize;
use tideline_ballot::wire::MAX_BODY;
use tideline_domain::WaveSeq;

use crate::{
    BallotSide, assets, head, headers, pages,
    published::{immutable, manifest, published},
    refusal::Refusal,
    slow,
};

/// Serves everything on the ballot listener. Needs [`BallotSide`] as `web::Data`; put no logging
/// middleware around it.
pub fn configure_ballot(config: &mut web::ServiceConfig) {
    config.service(
        web::scope("")
            .wrap(Compress::default())
            .wrap(from_fn(headers::of_ballot))
            .wrap(from_fn(slow::bodies))
            .wrap(from_fn(head::as_get))
            .app_data(web::PayloadConfig::new(MAX_BODY))
            .app_data(web::PathConfig::default().error_handler(|_, _| Refusal::NotFound.into()))
            .service(redeem::redeem)
            .service(redeem::redeem_at_box)
            .service(wave_list)
            .service(manifest_of_wave)
            .service(chain)
            .service(result)
            .configure(assets::configure)
            .configure(pages::configure)
            .configure(paper::configure)
            .default_service(web::to(pages::not_here)),
    );
}

/// Waves that are not over, so that the survey page knows what is open.
#[derive(Serialize)]
struct WaveListBody {
    /// The server's time: it decides what is open, not the browser's.
    now: DateTime<Utc>,
    waves: Vec<WaveBody>,
}

#[derive(Serialize)]
struct WaveBody {
    seq: u32,
    label: String,
    pickup_from: DateTime<Utc>,
    opens: DateTime<Utc>,
    closes: DateTime<Utc>,
}

#[get("/waves.json")]
async fn wave_list(side: web::Data<BallotSide>) -> web::Json<WaveListBody> {
    let waves = side.live.list().into_iter().map(|live| WaveBody {
        seq: live.wave.seq.0,
        label: live.wave.label.to_string(),
        pickup_from: live.wave.window.pickup_from(),
        opens: live.wave.window.opens(),
        closes: live.wave.window.closes(),
    });
    web::Json(WaveListBody { now: side.now(), waves: waves.collect() })
}

#[get("/w/{seq}.json")]
async fn manifest_of_wave(
    side: web::Data<BallotSide>,
    seq: web::Path<u32>,
) -> Result<HttpResponse, Refusal> {
    let files = side.settings.wave_files(WaveSeq(*seq));
    manifest(&side.live, &files).await?.ok_or(Refusal::NotFound)
}

/// One line for each wave: its number and the hash of its manifest. Grows at the end, never changes.
#[get("/chain.txt")]
async fn chain(side: web::Data<BallotSide>) -> Result<HttpResponse, Refusal> {
    let lines = published(side.settings.wave_files(WaveSeq(0)).chain()).await?.unwrap_or_default();
    Ok(HttpResponse::Ok().content_type("text/plain; charset=utf-8").body(lines))
}

/// The result file of a wave that is over: with it everybody can check that the own ballot was
/// counted.
#[get("/r/{seq}.json")]
async fn result(side: web::Data<BallotSide>, seq: web::Path<u32>) -> Result<HttpResponse, Refusal> {
    let bytes = published(side.settings.wave_files(WaveSeq(*seq)).result()).await?;
    bytes.map(immutable).ok_or(Refusal::NotFound)
}

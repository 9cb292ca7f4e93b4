//! The waves and their dates.

use actix_web::{HttpResponse, get, post, web};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use tideline_domain::{InstrumentId, Phase, Wave};
use utoipa::ToSchema;

use crate::{
    App,
    auth::{Caller, Member, WavePlanner},
    blocking::{Written, blocking},
    problem::{Problem, ProblemBody},
};

/// A wave.
#[derive(Serialize, ToSchema)]
#[schema(as = Wave)]
pub(crate) struct WaveBody {
    pub(super) seq: u32,
    #[schema(example = "2026-11")]
    pub(super) label: String,
    /// What it asks.
    #[schema(example = "tideline-pulse-1")]
    pub(super) asks: String,
    /// From when tokens are handed out.
    pub(super) pickup_from: DateTime<Utc>,
    /// From when answers are taken.
    pub(super) opens: DateTime<Utc>,
    /// From when neither is done any more.
    pub(super) closes: DateTime<Utc>,
}

impl From<&Wave> for WaveBody {
    fn from(wave: &Wave) -> Self {
        Self {
            seq: wave.seq.0,
            label: wave.label.to_string(),
            asks: wave.asks.to_string(),
            pickup_from: wave.window.pickup_from(),
            opens: wave.window.opens(),
            closes: wave.window.closes(),
        }
    }
}

/// A wave and where it stands.
#[derive(Serialize, ToSchema)]
#[schema(as = WaveState)]
pub(crate) struct WaveStateBody {
    #[serde(flatten)]
    wave: WaveBody,
    /// The last day on which answers are taken, by the organisation's calendar.
    last_day: NaiveDate,
    /// `announced`, `pick-up`, `open` or `closed`.
    #[schema(example = "open")]
    phase: &'static str,
    /// Whether results have been published.
    released: bool,
}

/// All waves, oldest first. Never how many have answered: not before the close, not by unit.
#[utoipa::path(
    tag = "results",
    security(("bearer" = []), ("session" = [])),
    responses(
        (status = 200, description = "The waves.", body = [WaveStateBody]),
        (status = 401, description = "Nobody is signed in.", body = ProblemBody),
    ),
)]
#[get("/api/v1/waves")]
pub(crate) async fn waves(
    app: web::Data<App>,
    _caller: Caller<Member>,
) -> Result<Written, Problem> {
    blocking(move || {
        let (now, zone) = (app.now(), app.zone()?);
        let mut waves = app.store.wave_summaries()?;
        waves.sort_by_key(|it| it.wave.seq);
        let states = waves.iter().map(|it| WaveStateBody {
            wave: WaveBody::from(&it.wave),
            last_day: it.wave.window.last_day(&zone),
            phase: match it.wave.window.phase(now) {
                Phase::Announced => "announced",
                Phase::PickUp => "pick-up",
                Phase::Open => "open",
                Phase::Closed => "closed",
            },
            released: it.released,
        });
        Written::of(&states.collect::<Vec<_>>())
    })
    .await
}

/// A wave to be announced.
#[derive(Serialize, Deserialize, ToSchema)]
#[schema(as = WaveDraft)]
pub(crate) struct WaveDraft {
    /// The first day on which answers are taken, from its beginning by the organisation's clock.
    opens: NaiveDate,
    /// The last one, to its end by the organisation's clock.
    closes: NaiveDate,
    /// What is asked: the pulse if not given, or an instrument whose texts were added.
    #[serde(default = "pulse")]
    #[schema(example = "tideline-pulse-1")]
    instrument: String,
}

fn pulse() -> String {
    InstrumentId::PULSE.to_string()
}

/// The number of a wave.
#[derive(Serialize, ToSchema)]
#[schema(as = WaveNumber)]
pub(crate) struct WaveNumber {
    seq: u32,
}

/// Announce a wave: the roster is frozen and keys are made. For HR and administrators.
#[utoipa::path(
    tag = "settings",
    security(("bearer" = []), ("session" = [])),
    request_body = WaveDraft,
    responses(
        (status = 201, description = "Announced.", body = WaveNumber),
        (status = 400, description = "It cannot be announced; the title says why.", body = ProblemBody),
        (status = 401, description = "Nobody is signed in.", body = ProblemBody),
        (status = 403, description = "The request did not come from this site.", body = ProblemBody),
        (status = 404, description = "Not for this caller.", body = ProblemBody),
    ),
)]
#[post("/api/v1/waves")]
pub(crate) async fn announce(
    app: web::Data<App>,
    caller: Caller<WavePlanner>,
    body: web::Json<WaveDraft>,
) -> Result<HttpResponse, Problem> {
    let seq = blocking(move || {
        let asks = crate::waves::asks(&body.instrument)?;
        crate::waves::announce(&app, caller.policy, &asks, body.opens, body.closes)
    })
    .await?;
    Ok(HttpResponse::Created().json(WaveNumber { seq: seq.0 }))
}

//! The waves and their dates.

use actix_web::{get, web};
use chrono::{DateTime, Utc};
use serde::Serialize;
use tideline_domain::{Phase, Wave};
use utoipa::ToSchema;

use crate::{
    App,
    auth::Caller,
    problem::{Problem, ProblemBody},
    routes::blocking,
};

/// A wave.
#[derive(Serialize, ToSchema)]
#[schema(as = Wave)]
pub(crate) struct WaveBody {
    pub(super) seq: u32,
    #[schema(example = "2026-11")]
    pub(super) label: String,
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
    _caller: Caller,
) -> Result<web::Json<Vec<WaveStateBody>>, Problem> {
    blocking(move || {
        let now = app.now();
        let mut waves = app.store.waves()?;
        waves.sort_by_key(|it| it.wave.seq);
        let states = waves.iter().map(|it| WaveStateBody {
            wave: WaveBody::from(&it.wave),
            phase: match it.wave.window.phase(now) {
                Phase::Announced => "announced",
                Phase::PickUp => "pick-up",
                Phase::Open => "open",
                Phase::Closed => "closed",
            },
            released: it.released,
        });
        Ok(web::Json(states.collect()))
    })
    .await
}

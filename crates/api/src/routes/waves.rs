//! What is published about waves on both listeners, identical for everybody.

use std::io;

use actix_web::{HttpResponse, get, http::header, web};
use tideline_domain::WaveSeq;

use crate::{App, LiveWaves, Settings, problem::Problem};

/// The manifest of a wave, byte for byte as its hash was made. It never changes.
///
/// Open to scripts of every origin, so that anybody can compare it with the one the ballot listener
/// shows.
#[utoipa::path(
    tag = "public",
    params(("seq" = u32, Path, description = "Number of the wave.")),
    responses(
        (status = 200, description = "The manifest.", body = serde_json::Value),
        (status = 404, description = "There is no such wave."),
    ),
)]
#[get("/w/{seq}.json")]
pub(crate) async fn manifest_for_everyone(
    app: web::Data<App>,
    seq: web::Path<u32>,
) -> Result<HttpResponse, Problem> {
    let mut response = manifest(&app.settings, &app.live, WaveSeq(*seq)).await?;
    response
        .headers_mut()
        .insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, header::HeaderValue::from_static("*"));
    Ok(response)
}

/// The manifest of wave `seq`: from memory while the wave is live, else from its file.
pub(crate) async fn manifest(
    settings: &Settings,
    live: &LiveWaves,
    seq: WaveSeq,
) -> Result<HttpResponse, Problem> {
    let bytes = match live.get(seq) {
        Some(wave) => wave.pinned.bytes.clone(),
        None => published(settings.wave_files(seq).manifest()).await?,
    };
    Ok(HttpResponse::Ok()
        .insert_header((header::CACHE_CONTROL, "public, max-age=31536000, immutable"))
        .content_type("application/json")
        .body(bytes))
}

/// A published file.
pub(crate) async fn published(path: std::path::PathBuf) -> Result<Vec<u8>, Problem> {
    super::blocking(move || match std::fs::read(path) {
        Ok(bytes) => Ok(bytes),
        Err(missing) if missing.kind() == io::ErrorKind::NotFound => Err(Problem::NotFound),
        Err(other) => Err(Problem::internal(other)),
    })
    .await
}

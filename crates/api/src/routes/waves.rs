//! What is published about waves on both listeners, identical for everybody.

use actix_web::{HttpResponse, get, http::header, web};
use tideline_domain::WaveSeq;

use crate::{App, problem::Problem};

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
    let files = app.settings.wave_files(WaveSeq(*seq));
    let found = tideline_booth::manifest(&app.live, &files).await.map_err(Problem::internal)?;
    let mut response = found.ok_or(Problem::NotFound)?;
    response
        .headers_mut()
        .insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, header::HeaderValue::from_static("*"));
    Ok(response)
}

//! What is published about waves on both listeners, identical for everybody.

use std::{io, path::PathBuf};

use actix_web::{HttpResponse, http::header, web};
use tideline_ballot::wave_dir::WaveFiles;

use crate::LiveWaves;

/// The manifest of a wave, byte for byte as announced: from memory while the wave is live, else from
/// its file. `None` if there is no such wave.
///
/// # Errors
///
/// If the file cannot be read.
pub async fn manifest(live: &LiveWaves, files: &WaveFiles) -> io::Result<Option<HttpResponse>> {
    let bytes = match live.get(files.seq()) {
        Some(wave) => Some(wave.pinned.bytes.clone()),
        None => published(files.manifest()).await?,
    };
    Ok(bytes.map(immutable))
}

/// Public bytes that never change.
pub(crate) fn immutable(bytes: Vec<u8>) -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((header::CACHE_CONTROL, "public, max-age=31536000, immutable"))
        .content_type("application/json")
        .body(bytes)
}

/// The bytes of a published file; `None` if there is none.
///
/// # Errors
///
/// If it cannot be read.
pub async fn published(path: PathBuf) -> io::Result<Option<Vec<u8>>> {
    let read = web::block(move || match std::fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(missing) if missing.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(other) => Err(other),
    });
    read.await.map_err(io::Error::other)?
}

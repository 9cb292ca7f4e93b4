//! The files pages load: scripts, styles, fonts, icons. Built into the program, each under a name
//! that carries a hash of its content, so browsers may keep them for ever.

use std::{borrow::Cow, collections::BTreeMap, sync::OnceLock};

use actix_web::{HttpRequest, HttpResponse, get, http::header::CACHE_CONTROL, web};
use rust_embed::RustEmbed;
use sha2::{Digest as _, Sha256};

use crate::ready::{Effort, Ready};

#[derive(RustEmbed)]
#[folder = "$OUT_DIR/web"]
struct Built;

/// Where browsers find the file with this plain name: `check-in.js` is at
/// `/static/check-in.1a2b3c4d.js`. A file that does not exist keeps its plain name and is not found.
pub fn url(name: &str) -> String {
    format!("/static/{}", names().get(name).map_or(name, String::as_str))
}

/// Plain name → name with hash.
fn names() -> &'static BTreeMap<String, String> {
    static NAMES: OnceLock<BTreeMap<String, String>> = OnceLock::new();
    NAMES.get_or_init(|| {
        Built::get("manifest.json")
            .and_then(|it| serde_json::from_slice(&it.data).ok())
            .unwrap_or_default()
    })
}

/// SHA-256 over the scripts that make tokens and seal ballots, for the manifest of a wave: with it
/// anybody can check that everybody got the same.
pub fn client_bundle_digest() -> [u8; 32] {
    let mut digest = Sha256::new();
    for name in ["check-in.js", "pickup.js"] {
        let script = names().get(name).and_then(|it| Built::get(it)).map(|it| it.data);
        digest.update(Sha256::digest(script.unwrap_or_default()));
    }
    digest.finalize().into()
}

/// Serves the built files.
pub fn configure(config: &mut web::ServiceConfig) {
    config.service(serve);
}

/// A built file.
#[get("/static/{file}")]
async fn serve(req: HttpRequest, file: web::Path<String>) -> HttpResponse {
    let Some(ready) = files().get(file.as_str()) else {
        return HttpResponse::NotFound().finish();
    };
    let mut response = HttpResponse::Ok();
    response
        .insert_header((CACHE_CONTROL, "public, max-age=31536000, immutable"))
        .content_type(content_type(&file));
    ready.answer(&req, response)
}

/// Name with hash → the file.
fn files() -> &'static BTreeMap<&'static str, Ready> {
    static FILES: OnceLock<BTreeMap<&'static str, Ready>> = OnceLock::new();
    FILES.get_or_init(|| {
        let file = |name: &'static String| {
            let bytes = match Built::get(name)?.data {
                Cow::Borrowed(bytes) => web::Bytes::from_static(bytes),
                Cow::Owned(bytes) => web::Bytes::from(bytes),
            };
            Some((name.as_str(), Ready::new(bytes, Effort::Best)))
        };
        names().values().filter_map(file).collect()
    })
}

fn content_type(file: &str) -> &'static str {
    match file.rsplit('.').next() {
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("ico") => "image/x-icon",
        Some("woff2") => "font/woff2",
        Some("json" | "webmanifest") => "application/json",
        Some("txt") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_leads_to_a_file() {
        assert!(!names().is_empty());
        for (name, file) in names() {
            assert!(Built::get(file).is_some(), "{name}");
            assert_ne!(content_type(file), "application/octet-stream", "{name}");
            assert_eq!(url(name), format!("/static/{file}"));
        }
    }
}

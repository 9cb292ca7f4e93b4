//! The files pages load: scripts, styles, fonts, icons. Built into the program, each under a name
//! that carries a hash of its content, so browsers may keep them for ever.
//!
//! A page names a script by [`Script`] and gives its hash beside its address (subresource integrity):
//! whatever stands in between, no browser runs another. The hashes of all scripts are listed at
//! `/static/scripts.txt`, and the hash of that list stands in the manifest of each wave.

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

include!(concat!(env!("OUT_DIR"), "/scripts.rs"));

impl Script {
    /// Where browsers find it: `/static/check-in.1a2b3c4d.js`.
    pub const fn url(self) -> &'static str {
        self.built().0
    }

    /// What its `integrity` attribute says: `sha256-…`. Browsers run nothing else in its place.
    pub const fn integrity(self) -> &'static str {
        self.built().1
    }
}

/// The SHA-256 of every script, as `sha256sum` writes it: all of them, because any of them may hold a
/// token or seal a ballot.
const SCRIPTS: &str = include_str!(concat!(env!("OUT_DIR"), "/scripts.txt"));

/// SHA-256 of the list of all scripts, for the manifest of a wave: with it anybody can check that
/// everybody got the same.
pub fn client_bundle_digest() -> [u8; 32] {
    Sha256::digest(SCRIPTS).into()
}

/// Serves the built files.
pub fn configure(config: &mut web::ServiceConfig) {
    config.service(scripts).service(serve);
}

/// The list behind [`client_bundle_digest`].
#[get("/static/scripts.txt")]
async fn scripts() -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((CACHE_CONTROL, "no-cache"))
        .content_type("text/plain; charset=utf-8")
        .body(SCRIPTS)
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
    ready.answer_later(&req, response).await
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
    fn every_script_is_listed_with_its_hash() {
        let built: Vec<&String> = names().keys().filter(|it| it.ends_with(".js")).collect();
        assert!(built.len() == Script::ALL.len() && SCRIPTS.lines().count() == built.len());
        for (script, line) in Script::ALL.into_iter().zip(SCRIPTS.lines()) {
            let (hash, file) = line.split_once("  ").unwrap();
            assert_eq!(script.url(), format!("/static/{file}"));
            let digest = Sha256::digest(Built::get(file).unwrap().data);
            assert_eq!(hash, format!("{digest:x}"));
            let base64 = tideline_ballot::encoding::to_base64(&digest);
            let given = script.integrity().replace('+', "-").replace('/', "_");
            assert_eq!(given, format!("sha256-{base64}="));
        }
    }

    /// A style sheet that named a file by its plain name would name none.
    #[test]
    fn what_style_sheets_load_is_there() {
        let mut loaded = 0;
        for (name, file) in names().iter().filter(|it| it.0.ends_with(".css")) {
            let style = Built::get(file).unwrap().data;
            let style = std::str::from_utf8(&style).unwrap();
            for it in style.split("url(\"").skip(1) {
                let it = it.split('"').next().unwrap();
                assert!(files().contains_key(it), "{name} loads {it}");
                loaded += 1;
            }
        }
        assert!(loaded > 0);
    }

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

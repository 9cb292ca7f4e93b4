//! What every page of the ballot origin is framed with, and in which language.

use std::{
    convert::Infallible,
    future::{Ready, ready},
};

use actix_web::{FromRequest, HttpRequest, dev::Payload, http::header, web};
use serde::Deserialize;
use tideline_text::{Language, Text};

use crate::{BoothSettings, assets};

/// The texts a page is answered with: in the language its address names, or else the one the browser
/// asks for. Nothing is remembered: no cookie is ever set here.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Reader(pub(crate) Text);

#[derive(Deserialize)]
struct Query {
    lang: Option<String>,
}

impl FromRequest for Reader {
    type Error = Infallible;
    type Future = Ready<Result<Self, Infallible>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        let query = web::Query::<Query>::from_query(req.query_string()).ok();
        let named = query.and_then(|it| Language::from_tag(it.lang.as_deref()?));
        let wanted = || {
            let header = req.headers().get(header::ACCEPT_LANGUAGE)?;
            Language::negotiate(header.to_str().ok()?)
        };
        ready(Ok(Self(Text::new(named.or_else(wanted).unwrap_or_default()))))
    }
}

/// The frame of a page.
pub(crate) struct Shell<'a> {
    pub(crate) t: Text,
    pub(crate) app_origin: &'a str,
    pub(crate) style: String,
    pub(crate) font: String,
    /// The page's own path, for the language switch; empty where there is none.
    pub(crate) here: &'static str,
    pub(crate) kiosk: bool,
}

impl<'a> Shell<'a> {
    /// The frame of the page at `here`.
    pub(crate) fn new(settings: &'a BoothSettings, reader: Reader, here: &'static str) -> Self {
        let app_origin = settings.app_origin.as_str();
        Self {
            t: reader.0,
            app_origin,
            style: assets::url("survey.css"),
            font: assets::url("figtree.woff2"),
            here,
            kiosk: false,
        }
    }

    /// The same on a shared tablet.
    pub(crate) fn on_kiosk(self) -> Self {
        Self { kiosk: true, ..self }
    }

    pub(crate) fn language(&self) -> &'static str {
        self.t.language().tag()
    }

    #[expect(clippy::unused_self, reason = "templates reach it through the shell")]
    pub(crate) fn languages(&self) -> [Language; 2] {
        Language::ALL
    }

    /// Another page of this origin, in the same language.
    pub(crate) fn link(&self, path: &str) -> String {
        format!("{path}?lang={}", self.language())
    }

    /// A text that a script fills in: arguments stand as their names in braces.
    pub(crate) fn script_text(&self, (id, arguments): &ScriptText) -> String {
        let named: Vec<(&str, String)> =
            arguments.iter().map(|it| (*it, format!("{{{it}}}"))).collect();
        let named: Vec<(&str, &dyn tideline_text::Argument)> =
            named.iter().map(|(name, value)| (*name, value as _)).collect();
        self.t.tr_with(id, &named)
    }
}

/// Identifier and arguments of a text that a script shows.
pub(crate) type ScriptText = (&'static str, &'static [&'static str]);

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    #[test]
    fn the_address_names_the_language_or_else_the_browser_does() {
        let cases = [
            ("/check-in", None, "en"),
            ("/check-in", Some("de-AT, en;q=0.5"), "de"),
            ("/check-in?lang=en", Some("de"), "en"),
            ("/check-in?lang=de", None, "de"),
            ("/check-in?lang=%3Cscript%3E", Some("de"), "de"),
            ("/check-in?lang=xx&lang=de", Some("fr"), "en"),
        ];
        for (uri, accept, expected) in cases {
            let mut request = TestRequest::get().uri(uri);
            if let Some(accept) = accept {
                request = request.insert_header((header::ACCEPT_LANGUAGE, accept));
            }
            let reader = Reader::from_request(&request.to_http_request(), &mut Payload::None);
            let Reader(t) = reader.into_inner().unwrap();
            assert_eq!(t.language().tag(), expected, "{uri} {accept:?}");
        }
    }
}

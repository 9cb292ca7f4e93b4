//! Which language a reader gets: the one chosen with the switch, or else what the browser asks for.

use std::future::{Ready, ready};

use actix_web::{FromRequest, HttpRequest, dev::Payload, http::header};
use tideline_text::{Language, Text};

use crate::own_path::OwnPath;

/// Holds a choice that was made with the switch; nothing else, and only once somebody chose.
pub(crate) const COOKIE: &str = "tideline-language";

/// Somebody who asks for a page: in which language, and which page.
#[derive(Debug, Clone)]
pub(crate) struct Reader {
    /// The texts to answer with.
    pub(crate) t: Text,
    /// The page that was asked for.
    pub(crate) path: String,
    /// Where the language switch leads back to; without it there is none. What answers a form cannot be asked for
    /// once more.
    pub(crate) back: Option<OwnPath>,
}

impl Reader {
    /// Who asks with `req`.
    pub(crate) fn of(req: &HttpRequest) -> Self {
        let back = req
            .method()
            .is_safe()
            .then(|| OwnPath::of(req.uri().path_and_query().map_or("/", |it| it.as_str())));
        Self { t: Text::new(language(req)), path: req.path().to_owned(), back }
    }

    /// The same, with the language switch leading back to `back`, or without one.
    pub(crate) fn back_to(self, back: Option<OwnPath>) -> Self {
        Self { back, ..self }
    }
}

impl FromRequest for Reader {
    type Error = std::convert::Infallible;
    type Future = Ready<Result<Self, Self::Error>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Ok(Self::of(req)))
    }
}

fn language(req: &HttpRequest) -> Language {
    let chosen = req.cookie(COOKIE).and_then(|it| Language::from_tag(it.value()));
    let wanted = || {
        let header = req.headers().get(header::ACCEPT_LANGUAGE)?;
        Language::negotiate(header.to_str().ok()?)
    };
    chosen.or_else(wanted).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use actix_web::{cookie::Cookie, test::TestRequest};

    use super::*;

    #[track_caller]
    fn check(cookie: Option<&str>, header: Option<&str>, expected: Language) {
        let mut request = TestRequest::get().uri("/privacy");
        if let Some(tag) = cookie {
            request = request.cookie(Cookie::new(COOKIE, tag));
        }
        if let Some(header) = header {
            request = request.insert_header(("accept-language", header));
        }
        let reader = Reader::of(&request.to_http_request());
        assert_eq!((reader.t.language(), reader.path.as_str()), (expected, "/privacy"));
    }

    #[test]
    fn the_switch_leads_back_with_the_query_and_never_to_what_a_form_did() {
        let back = |request: TestRequest| Reader::of(&request.to_http_request()).back;
        let page = back(TestRequest::get().uri("/mail/stop?t=abc"));
        assert_eq!(page, Some(OwnPath::of("/mail/stop?t=abc")));
        assert_eq!(back(TestRequest::post().uri("/in/ask")), None);
    }

    #[test]
    fn a_choice_comes_before_what_the_browser_asks_for() {
        check(None, None, Language::English);
        check(None, Some("de-AT,en;q=0.5"), Language::German);
        check(Some("en"), Some("de"), Language::English);
        check(Some("xx"), Some("de"), Language::German);
    }
}

//! What every page has around its content, and how a page becomes an answer.

use actix_web::{HttpResponse, HttpResponseBuilder, http::StatusCode};
use askama::Template;
use tideline_domain::{Principal, Role};
use tideline_report::words;

use crate::{assets, problem::Problem};

/// Head and foot of a page.
pub(super) struct Shell {
    pub(super) style: String,
    pub(super) links: Vec<Link>,
    pub(super) motto: &'static str,
}

/// A way from here.
pub(super) struct Link {
    pub(super) href: String,
    pub(super) text: &'static str,
}

impl Shell {
    /// For pages that are the same for everybody.
    pub(super) fn public() -> Self {
        Self::with(vec![Link { href: "/".to_owned(), text: "Start page" }])
    }

    /// For somebody who is signed in.
    pub(super) fn of(who: &Principal) -> Self {
        let mut links = vec![Link { href: "/".to_owned(), text: "Start page" }];
        let managed: Vec<_> = who
            .roles
            .iter()
            .filter_map(|it| if let Role::Manager(unit) = it { Some(unit) } else { None })
            .collect();
        if let [unit] = managed.as_slice() {
            links.push(Link { href: format!("/team/{unit}"), text: "Team" });
        }
        if who.may_see_organisation() {
            links.push(Link { href: "/org".to_owned(), text: "Organisation" });
        }
        Self::with(links)
    }

    fn with(links: Vec<Link>) -> Self {
        Self { style: assets::url("app.css"), links, motto: words::MOTTO }
    }
}

/// The page as an answer.
///
/// # Errors
///
/// [`Problem::Internal`] if the template fails.
pub(super) fn answer(page: &impl Template) -> Result<HttpResponse, Problem> {
    answer_with(StatusCode::OK, page)
}

/// The page as an answer with another status.
///
/// # Errors
///
/// As [`answer`].
pub(super) fn answer_with(
    status: StatusCode,
    page: &impl Template,
) -> Result<HttpResponse, Problem> {
    let html = page.render().map_err(Problem::internal)?;
    Ok(HttpResponseBuilder::new(status).content_type("text/html; charset=utf-8").body(html))
}

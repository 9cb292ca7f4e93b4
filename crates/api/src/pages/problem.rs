//! The page that says what went wrong.

use askama::Template;

use super::shell::Shell;
use crate::{
    language::Reader,
    own_path::OwnPath,
    problem::{PageProblem, Problem},
};

#[derive(Template)]
#[template(path = "pages/problem.html")]
struct ProblemPage {
    shell: Shell,
    title: String,
    text: String,
    /// The page to begin again on.
    back: Option<OwnPath>,
}

/// What a reader sees; it needs neither a session nor the database. `from` is the page of ours that the
/// reader comes from, if that is known, and `contact` whom to tell.
pub(crate) fn page(
    problem: &PageProblem,
    reader: &Reader,
    from: Option<OwnPath>,
    contact: &str,
) -> String {
    let t = reader.t;
    let (title, text) = match problem.0 {
        Problem::Internal(_) => {
            (t.tr("problem-internal-title"), t.tr1("problem-internal", "contact", contact))
        }
        Problem::NotOurPage | Problem::PasswordNeeded | Problem::NotFresh => {
            (t.tr("problem-nothing-changed"), t.tr("problem-not-our-page"))
        }
        Problem::Malformed(id) => (t.tr("problem-nothing-changed"), t.tr(id)),
        Problem::Busy => (t.tr("problem-busy-title"), t.tr("problem-busy")),
        Problem::TooOften => (t.tr("problem-nothing-changed"), t.tr("problem-too-often")),
        Problem::NotFound | Problem::SignedOut => {
            (t.tr("problem-not-found-title"), t.tr("problem-not-found"))
        }
    };
    // What is missing and what is forbidden look alike, wherever the reader comes from.
    let back = match problem.0 {
        Problem::NotFound | Problem::SignedOut => None,
        _ => from,
    };
    let reader = Reader { t, path: "/".to_owned(), back: Some(OwnPath::home()) };
    let page = ProblemPage { shell: Shell::public(&reader), title, text, back };
    page.render().unwrap_or_default()
}

//! For the person alone: two kinds of strain side by side, what to ask oneself, a closing sequence, boundaries, what
//! helps, and when not to wait.
//!
//! The same for everybody, and without any program: which part fits is chosen by the style sheet, from what is
//! checked. Both listeners show it. After a check-in people read it where they answered: going to the other origin
//! at that moment would take their sign-in along.

use askama::Template;
use tideline_domain::self_sort::{Drain, Pull};
use tideline_text::Text;

use crate::assets;

/// What the page may load and do: the files named here in full, so that not even our own server can be told
/// anything, and nothing else.
pub fn policy(origin: &str, style: &str, font: &str) -> String {
    let own = style_sheet();
    format!(
        "default-src 'none'; style-src {origin}{style} {origin}{own}; font-src {origin}{font}; img-src data:; \
         form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
    )
}

/// Where browsers find the style sheet that chooses.
pub fn style_sheet() -> String {
    assets::url("reflection.css")
}

/// The content of the page as HTML, in the language of `t`. `support` is where help is found.
///
/// # Errors
///
/// [`askama::Error`] if it cannot be written.
pub fn reflection(support: &str, t: Text) -> Result<String, askama::Error> {
    Reflection {
        t,
        support,
        roots: ["work", "pain"].map(|it| list(it, t)),
        words: pairs("reflect-word", t),
        questions: ["q1", "q2", "q3"].map(|it| question(it, t)),
        parts: Drain::ALL.map(|it| part(it, t)),
        closing: numbered("reflect-close", |id| t.html(id, &[]), t),
        lists: ["time", "dose", "skills", "good", "help"].map(|it| list(it, t)),
        flags: lines("reflect-flags", t),
        sources: lines("reflect-source", t)
            .into_iter()
            .zip(SOURCES)
            .map(|(text, (site, address))| (text, site, address))
            .collect(),
    }
    .render()
}

/// What the texts `reflect-source-1` and so on rest on: as it is called, and where it is.
const SOURCES: [(&str, &str); 7] = [
    ("who.int", "https://icd.who.int/browse/2024-01/mms/en#129180281"),
    ("J Trauma Stress 3", "https://doi.org/10.1007/BF00975140"),
    ("Cochrane CD002892", "https://doi.org/10.1002/14651858.CD002892.pub6"),
    ("PLoS ONE 16(11)", "https://doi.org/10.1371/journal.pone.0260156"),
    ("JAMA Intern Med 174", "https://doi.org/10.1001/jamainternmed.2013.14387"),
    ("Cochrane CD000560", "https://doi.org/10.1002/14651858.CD000560"),
    ("Child Abuse Negl 30", "https://doi.org/10.1016/j.chiabu.2006.03.009"),
];

#[derive(Template)]
#[template(path = "reflection.html")]
struct Reflection<'a> {
    t: Text,
    support: &'a str,
    roots: [List; 2],
    words: Vec<(String, String)>,
    questions: [Question; 3],
    parts: [Part; 4],
    closing: Vec<String>,
    lists: [List; 5],
    flags: Vec<String>,
    sources: Vec<(String, &'static str, &'static str)>,
}

struct Question {
    name: &'static str,
    text: String,
    options: [(&'static str, String); 4],
}

/// What is read first by those who lean one way.
struct Part {
    drain: &'static str,
    heading: String,
    means: String,
    first: String,
    request: String,
    ask: Vec<String>,
}

struct List {
    id: &'static str,
    heading: String,
    lead: Option<String>,
    lines: Vec<String>,
}

fn question(name: &'static str, t: Text) -> Question {
    let option = |it: Pull| {
        let id = match it {
            Pull::Work | Pull::Exposure => format!("reflect-{name}-{}", it.code()),
            Pull::Both | Pull::Neither => format!("reflect-{}", it.code()),
        };
        (it.code(), t.tr(&id))
    };
    Question { name, text: t.tr(&format!("reflect-{name}")), options: Pull::ALL.map(option) }
}

/// The texts `id-1`, `id-2` and so on, each by `text`.
fn numbered<It>(id: &str, text: impl Fn(&str) -> It, t: Text) -> Vec<It> {
    (1..).map(|at| format!("{id}-{at}")).take_while(|it| t.has(it)).map(|it| text(&it)).collect()
}

fn lines(id: &str, t: Text) -> Vec<String> {
    numbered(id, |it| t.tr(it), t)
}

fn pairs(id: &str, t: Text) -> Vec<(String, String)> {
    numbered(id, |it| (t.tr(it), t.tr(&format!("{it}-means"))), t)
}

fn part(drain: Drain, t: Text) -> Part {
    let name = match drain {
        Drain::Burnout => "burnout",
        Drain::CompassionFatigue => "fatigue",
        Drain::Both => "both",
        Drain::NoClear => "none",
    };
    let of = |what: &str| format!("reflect-{name}-{what}");
    Part {
        drain: drain.code(),
        heading: t.tr(&of("heading")),
        means: t.tr(&of("means")),
        first: t.tr(&of("first")),
        request: t.tr(&of("request")),
        ask: lines(&of("ask"), t),
    }
}

fn list(id: &'static str, t: Text) -> List {
    let lead = format!("reflect-{id}-lead");
    List {
        id,
        heading: t.tr(&format!("reflect-{id}-heading")),
        lead: t.has(&lead).then(|| t.tr(&lead)),
        lines: lines(&format!("reflect-{id}"), t),
    }
}

#[cfg(test)]
mod tests {
    use tideline_text::Language;

    use super::*;

    #[test]
    fn there_is_no_program_in_it_and_nothing_that_sends() {
        for language in Language::ALL {
            let page = reflection("/support", Text::new(language)).unwrap();
            for none in
                ["<script", "onclick", "onchange", "javascript:", "action=", "submit", "reflect-"]
            {
                assert!(!page.contains(none), "{none}");
            }
            assert_eq!(page.matches("type=\"radio\"").count(), 12);
            assert_eq!(page.matches("class=\"box drain\"").count(), 4);
            assert_eq!(page.matches("https://").count(), SOURCES.len());
        }
        let policy = policy("https://a.example", "/static/a.css", "/static/f.woff2");
        assert!(!policy.contains("script-src") && policy.contains("form-action 'none'"));
    }
}

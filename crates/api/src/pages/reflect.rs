//! For the person alone: what drains, what to ask oneself, boundaries, a closing ritual, who is there.
//!
//! The same page for everybody, evaluated in the browser; it asks the server nothing and sends nothing.

use actix_web::{
    HttpResponse, get,
    http::header::{self, HeaderValue},
    web,
};
use askama::Template;
use tideline_domain::self_sort::{Drain, Pull};
use tideline_text::Text;

use super::shell::{Shell, answer};
use crate::{
    App, Settings,
    assets::Script,
    language::Reader,
    problem::{PageProblem, Problem},
};

#[derive(Template)]
#[template(path = "pages/reflect.html")]
struct ReflectPage {
    shell: Shell,
    script: Script,
    questions: Vec<Question>,
    parts: Vec<Part>,
    lists: Vec<List>,
}

struct Question {
    name: &'static str,
    text: String,
    options: Vec<(&'static str, String)>,
}

/// What is read first by those who lean one way.
struct Part {
    drain: &'static str,
    heading: String,
    means: String,
    ask: Vec<String>,
    first: String,
}

struct List {
    id: &'static str,
    heading: String,
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
    let options = Pull::ALL.map(option).into();
    Question { name, text: t.tr(&format!("reflect-{name}")), options }
}

/// The texts `id-1`, `id-2` and so on.
fn numbered(id: &str, t: Text) -> Vec<String> {
    (1..).map(|at| format!("{id}-{at}")).take_while(|it| t.has(it)).map(|it| t.tr(&it)).collect()
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
        ask: numbered(&of("ask"), t),
        first: t.tr(&of("first")),
    }
}

fn list(id: &'static str, t: Text) -> List {
    List {
        id,
        heading: t.tr(&format!("reflect-{id}-heading")),
        lines: numbered(&format!("reflect-{id}"), t),
    }
}

/// What the page may load: the two files it is made of, named in full, so that not even our own server
/// can be told anything.
fn policy(settings: &Settings, script: &str, style: &str) -> Result<HeaderValue, Problem> {
    let origin = &settings.app_origin;
    let policy = format!(
        "default-src 'none'; script-src {origin}{script}; style-src {origin}{style}; img-src data:; \
         form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
    );
    HeaderValue::from_str(&policy).map_err(Problem::internal)
}

/// The page. Nobody is told that it was opened.
#[get("/reflect")]
pub(super) async fn reflect(
    app: web::Data<App>,
    reader: Reader,
) -> Result<HttpResponse, PageProblem> {
    let t = reader.t;
    let page = ReflectPage {
        shell: Shell::public(&reader),
        script: Script::Reflect,
        questions: ["q1", "q2", "q3"].map(|it| question(it, t)).into(),
        parts: Drain::ALL.map(|it| part(it, t)).into(),
        lists: ["bounds", "close", "help"].map(|it| list(it, t)).into(),
    };
    let policy = policy(&app.settings, page.script.url(), &page.shell.style)?;
    let mut response = answer(&page)?;
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    Ok(response)
}

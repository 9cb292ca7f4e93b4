//! The whole organisation, for HR: its results, its units, its reports.

use actix_web::{HttpResponse, get, web};
use askama::Template;
use tideline_aggregation::Release;
use tideline_domain::{Principal, Scale, UnitId};
use tideline_report::{
    view::{self, Cell, UnitRow, UnitView},
    words,
};

use super::{
    home::DEEPEST,
    shell::{Shell, answer},
    team::{Panel, first_results},
};
use crate::{
    App,
    access::{self, Audited},
    auth::SignedIn,
    problem::{PageProblem, Problem},
    routes::blocking,
};

#[derive(Template)]
#[template(path = "pages/organisation.html")]
struct OrganisationPage<'a> {
    shell: Shell,
    title: String,
    not_yet: Option<String>,
    whole: Option<&'a UnitView>,
    panels: Vec<Panel<'a>>,
    units: Vec<UnitLine>,
    message: &'static str,
    withheld_words: &'static str,
}

struct UnitLine {
    unit: UnitId,
    depth: usize,
    name: String,
    /// In the order of the columns; `None` is `[c]` everywhere.
    cells: Option<Vec<String>>,
    took_part: String,
    together_with: Option<String>,
}

impl From<UnitRow> for UnitLine {
    fn from(row: UnitRow) -> Self {
        Self {
            unit: row.unit,
            depth: row.depth.min(DEEPEST),
            name: row.name,
            cells: row.cells.map(|it| Scale::ALL.map(|scale| it.get(scale).clone()).to_vec()),
            took_part: row.took_part,
            together_with: row.together_with,
        }
    }
}

/// The organisation's results.
#[get("/org")]
pub(super) async fn overview(
    app: web::Data<App>,
    by: SignedIn,
) -> Result<HttpResponse, PageProblem> {
    access::see_organisation(&by.principal)?;
    let html = blocking(move || {
        let history = app.store.history()?;
        let not_yet = history.is_empty().then(|| first_results(&app)).transpose()?;
        let html = render(&by.principal, &history, not_yet)?;
        access::audit(&app, &by.principal, Audited::View, "organisation")?;
        Ok(html)
    })
    .await?;
    Ok(HttpResponse::Ok().content_type("text/html; charset=utf-8").body(html))
}

/// The organisation's page; a function of what is published.
pub(super) fn render(
    who: &Principal,
    history: &[Release],
    not_yet: Option<String>,
) -> Result<String, Problem> {
    let view = view::organisation_view(history);
    let (whole, title, units) = match view {
        Some(it) => (it.whole, format!("{}, {}", it.title, it.month), it.units),
        None => (None, "The organisation".to_owned(), Vec::new()),
    };
    OrganisationPage {
        shell: Shell::of(who),
        title,
        not_yet,
        panels: whole.as_ref().map(Panel::all).unwrap_or_default(),
        whole: whole.as_ref(),
        units: units.into_iter().map(UnitLine::from).collect(),
        message: words::WITHHELD_MESSAGE,
        withheld_words: words::WITHHELD_WORDS,
    }
    .render()
    .map_err(Problem::internal)
}

#[derive(Template)]
#[template(path = "pages/reports.html")]
struct ReportsPage {
    shell: Shell,
    reports: Vec<ReportLine>,
}

struct ReportLine {
    seq: u32,
    month: String,
    closed: String,
}

/// The monthly reports, newest first.
#[get("/org/reports")]
pub(super) async fn reports(
    app: web::Data<App>,
    by: SignedIn,
) -> Result<HttpResponse, PageProblem> {
    access::see_organisation(&by.principal)?;
    let history = blocking(move || Ok(app.store.history()?)).await?;
    let line = |release: &Release| ReportLine {
        seq: release.wave().seq.0,
        month: words::month(release.wave()),
        closed: words::date(release.wave().window.closes()),
    };
    Ok(answer(&ReportsPage {
        shell: Shell::of(&by.principal),
        reports: history.iter().rev().map(line).collect(),
    })?)
}

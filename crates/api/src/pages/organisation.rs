//! The whole organisation, for HR: its results, its units, its reports.

use actix_web::{HttpResponse, get, web};
use askama::Template;
use tideline_aggregation::Release;
use tideline_domain::{PerScale, Principal, Scale, UnitId};
use tideline_report::{
    view::{self, Cell, PoolRow, UnitRow, UnitView},
    words,
};

use super::{
    home::DEEPEST,
    levers::Board,
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
    pools: Vec<PoolLine>,
    /// Month and words, oldest first.
    taking_part: Vec<(String, String)>,
    boards: Vec<Board>,
    counts: String,
    message: &'static str,
    withheld_words: &'static str,
    no_proof: &'static str,
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
            cells: row.cells.as_ref().map(columns),
            took_part: row.took_part,
            together_with: row.together_with,
        }
    }
}

/// Units that are shown together.
struct PoolLine {
    names: String,
    cells: Vec<String>,
    took_part: String,
}

impl From<PoolRow> for PoolLine {
    fn from(row: PoolRow) -> Self {
        Self { names: row.names, cells: columns(&row.cells), took_part: row.took_part }
    }
}

fn columns(cells: &PerScale<String>) -> Vec<String> {
    Scale::ALL.map(|scale| cells.get(scale).clone()).to_vec()
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
        let boards = match access::tree(&app) {
            Ok(tree) => Board::all(&app, &tree)?,
            Err(Problem::NotFound) => Default::default(),
            Err(problem) => return Err(problem),
        };
        let html = render(&by.principal, &history, not_yet, boards)?;
        access::audit(&app, &by.principal, Audited::View, "organisation")?;
        Ok(html)
    })
    .await?;
    Ok(HttpResponse::Ok().content_type("text/html; charset=utf-8").body(html))
}

/// The organisation's page; a function of what is published and of the boards.
pub(super) fn render(
    who: &Principal,
    history: &[Release],
    not_yet: Option<String>,
    (boards, counts): (Vec<Board>, String),
) -> Result<String, Problem> {
    let shell = Shell::of(who);
    let Some(view) = view::organisation_view(history) else {
        return page(OrganisationPage {
            shell,
            title: "The organisation".to_owned(),
            not_yet,
            whole: None,
            panels: Vec::new(),
            units: Vec::new(),
            pools: Vec::new(),
            taking_part: Vec::new(),
            boards,
            counts,
            message: words::WITHHELD_MESSAGE,
            withheld_words: words::WITHHELD_WORDS,
            no_proof: words::NO_PROOF,
        });
    };
    page(OrganisationPage {
        shell,
        title: format!("{}, {}", view.title, view.month),
        not_yet,
        panels: view.whole.as_ref().map(Panel::all).unwrap_or_default(),
        whole: view.whole.as_ref(),
        units: view.units.into_iter().map(UnitLine::from).collect(),
        pools: view.pools.into_iter().map(PoolLine::from).collect(),
        taking_part: view.taking_part,
        boards,
        counts,
        message: words::WITHHELD_MESSAGE,
        withheld_words: words::WITHHELD_WORDS,
        no_proof: words::NO_PROOF,
    })
}

fn page(page: OrganisationPage<'_>) -> Result<String, Problem> {
    page.render().map_err(Problem::internal)
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

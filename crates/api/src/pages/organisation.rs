//! The whole organisation, for HR: its units, its levers, its reports. Its first screen is [`overview`](super::overview).

use actix_web::{HttpResponse, get, web};
use askama::Template;
use tideline_aggregation::Release;
use tideline_domain::{PerScale, Phase, Scale, UnitId, WaveSeq, day::utc_day};
use tideline_report::{
    asked::AskedView,
    chart::{ChartSize, HeatStep, Ink, multiples_svg},
    view::{self, Cell, Mark, Moved, OrganisationView, PoolRow, UnitRow, UnitView},
    words::{self, Kind, Way},
};
use tideline_store::{DeliveryState, RoleKind};
use tideline_text::Text;

use super::{
    admin::mail::trouble,
    cells::{CellsLine, month_asked},
    home::DEEPEST,
    levers::Board,
    shell::{Html, Shell},
    strain::KindPanel,
    team::{Panel, first_results},
};
use crate::{
    App,
    access::{self, Audited, Seen},
    auth::{By, HumanResources},
    blocking::blocking,
    imported::{ImportedView, imported},
    problem::{PageProblem, Problem},
    series::WhichSeries,
};

#[derive(Template)]
#[template(path = "pages/units.html")]
struct UnitsPage {
    shell: Shell,
    title: String,
    not_yet: Option<String>,
    /// What was asked.
    asked: Option<AskedView>,
    /// The measures, in full and short.
    columns: [(String, String); 3],
    /// Whether any cell has earned a tint.
    tinted: bool,
    /// Whether it was tested if any could.
    apart_tested: bool,
    /// Whether any score has a mark.
    marked: bool,
    units: Vec<UnitLine>,
    pools: Vec<PoolLine>,
    moved: Option<MovedView>,
    imported: Vec<ImportedView>,
}

struct UnitLine {
    unit: UnitId,
    depth: usize,
    name: String,
    /// In the order of the columns; `None` is `[c]` everywhere.
    cells: Option<Vec<CellView>>,
    strain: String,
    took_part: String,
    together_with: Option<String>,
}

/// A score in the table of units.
struct CellView {
    score: String,
    /// Class of its tint; empty without one.
    tint: &'static str,
    /// Shape and colour of its mark; `None` without one.
    mark: Option<(&'static str, &'static str)>,
    /// What mark and tint say.
    told: Vec<String>,
}

impl CellView {
    fn all(scores: &PerScale<String>, marks: &PerScale<Mark>, t: Text) -> Vec<Self> {
        Scale::ALL
            .map(|scale| {
                let mark = *marks.get(scale);
                let kind = Kind::of_way(mark.way, scale);
                Self {
                    score: scores.get(scale).clone(),
                    tint: mark.tint.class(),
                    mark: (mark.way != Way::Level).then(|| (mark.way.mark(), kind.code())),
                    told: mark
                        .own_past(t)
                        .into_iter()
                        .chain(mark.against_organisation(t))
                        .collect(),
                }
            })
            .into()
    }
}

impl UnitLine {
    fn of(row: UnitRow, t: Text) -> Self {
        Self {
            unit: row.unit,
            depth: row.depth.min(DEEPEST),
            name: row.name,
            cells: row.cells.as_ref().map(|it| CellView::all(it, &row.marks, t)),
            strain: row.strain,
            took_part: row.took_part,
            together_with: row.together_with,
        }
    }
}

/// Units that are shown together.
struct PoolLine {
    names: String,
    cells: Vec<CellView>,
    strain: String,
    took_part: String,
}

impl PoolLine {
    fn of(row: PoolRow, t: Text) -> Self {
        let cells = CellView::all(&row.cells, &row.marks, t);
        Self { names: row.names, cells, strain: row.strain, took_part: row.took_part }
    }
}

/// The changes of units against their own past, drawn small and told.
struct MovedView {
    wide: String,
    narrow: String,
    rows: Vec<MovedLine>,
}

struct MovedLine {
    name: String,
    measure: String,
    shape: &'static str,
    kind: &'static str,
    tag: String,
    sentence: String,
}

impl MovedView {
    fn of(view: &OrganisationView, t: Text) -> Option<Self> {
        let chart = view.multiples(t)?;
        let line = |it: &Moved| MovedLine {
            name: it.name.clone(),
            measure: words::scale_title(it.scale, t),
            shape: it.tag.way.mark(),
            kind: it.tag.kind.code(),
            tag: it.tag.text.clone(),
            sentence: it.sentence.clone(),
        };
        Some(Self {
            wide: multiples_svg(&chart, ChartSize::Wide, Ink::Css),
            narrow: multiples_svg(&chart, ChartSize::Narrow, Ink::Css),
            rows: view.moved.iter().map(line).collect(),
        })
    }
}

fn page(html: String) -> HttpResponse {
    HttpResponse::Ok().content_type("text/html; charset=utf-8").body(html)
}

fn boards(app: &App, t: Text) -> Result<(Vec<Board>, String), Problem> {
    match access::tree(app) {
        Ok(tree) => Board::all(app, &tree, t),
        Err(Problem::NotFound) => Ok(Default::default()),
        Err(problem) => Err(problem),
    }
}

/// All units in one table.
#[get("/org/units")]
pub(super) async fn units_table(
    app: web::Data<App>,
    by: By<HumanResources>,
    which: web::Query<WhichSeries>,
) -> Result<HttpResponse, PageProblem> {
    let html = blocking(move || {
        let t = by.reader.t;
        let (history, others) = which.open(&app, t)?;
        let not_yet = history.is_empty().then(|| first_results(&app, t)).transpose()?;
        let html = {
            let tree = app.store.units(utc_day(app.now()))?;
            let named = |unit| Some(tree.as_ref()?.get(unit)?.name.to_string());
            let imported = imported(&app, None, named, t)?;
            render_units(Shell::of(&by).beside(others), &history, not_yet, imported)?
        };
        access::audit(&app, &by.principal, Audited::View, Seen::Organisation)?;
        Ok(html)
    })
    .await?;
    Ok(page(html))
}

/// The table of units; a function of what is published.
pub(super) fn render_units(
    shell: Shell,
    history: &[Release],
    not_yet: Option<String>,
    imported: Vec<ImportedView>,
) -> Result<String, Problem> {
    let t = shell.t;
    let view = view::organisation_view(history, t);
    let title = match &view {
        Some(view) => t.tr1("units-title", "month", &view.month),
        None => t.tr("nav-units"),
    };
    let moved = view.as_ref().and_then(|it| MovedView::of(it, t));
    let asked = view.as_ref().map(|it| it.asked.clone());
    let apart_tested = view.as_ref().is_some_and(|it| it.apart_tested);
    let (units, pools) = view.map(|it| (it.units, it.pools)).unwrap_or_default();
    let marks: Vec<Mark> = units
        .iter()
        .map(|it| &it.marks)
        .chain(pools.iter().map(|it| &it.marks))
        .flat_map(|it| Scale::ALL.map(|scale| *it.get(scale)))
        .collect();
    let short = |scale| match scale {
        Scale::Burnout => t.tr("units-short-burnout"),
        Scale::SecondaryTraumaticStress => t.tr("units-short-sts"),
        Scale::CompassionSatisfaction => t.tr("units-short-cs"),
    };
    let page = UnitsPage {
        shell,
        title,
        not_yet,
        columns: Scale::ALL.map(|it| (words::scale_title(it, t), short(it))),
        asked,
        tinted: marks.iter().any(|it| it.tint != HeatStep::Neutral),
        apart_tested,
        marked: marks.iter().any(|it| it.way != Way::Level),
        units: units.into_iter().map(|it| UnitLine::of(it, t)).collect(),
        pools: pools.into_iter().map(|it| PoolLine::of(it, t)).collect(),
        moved,
        imported,
    };
    page.render().map_err(Problem::internal)
}

#[derive(Template)]
#[template(path = "pages/org-levers.html")]
struct LeversPage {
    shell: Shell,
    boards: Vec<Board>,
    counts: String,
}

/// What units are trying.
#[get("/org/levers")]
pub(super) async fn all_levers(
    app: web::Data<App>,
    by: By<HumanResources>,
) -> Result<HttpResponse, PageProblem> {
    let page = blocking(move || {
        let (boards, counts) = boards(&app, by.reader.t)?;
        Html::of(&LeversPage { shell: Shell::of(&by), boards, counts })
    })
    .await?;
    Ok(page.into())
}

#[derive(Template)]
#[template(path = "pages/reports.html")]
struct ReportsPage {
    shell: Shell,
    next: String,
    reports: Vec<ReportLine>,
    cells: Vec<CellsLine>,
    recipients: Vec<String>,
}

struct ReportLine {
    seq: u32,
    month: String,
    closed: String,
    mails: String,
}

/// The monthly reports, newest first.
#[get("/org/reports")]
pub(super) async fn all_reports(
    app: web::Data<App>,
    by: By<HumanResources>,
) -> Result<HttpResponse, PageProblem> {
    let page = blocking(move || {
        let t = by.reader.t;
        let (waves, zone) = (app.store.released_waves()?, app.zone()?);
        let mut lines = Vec::new();
        for wave in waves.iter().rev() {
            lines.push(ReportLine {
                seq: wave.seq.0,
                month: month_asked(wave, t),
                closed: t.tr1("reports-closed", "date", words::last_day(&wave.window, &zone, t)),
                mails: mails(&app, wave.seq, t)?,
            });
        }
        let recipients = app.store.people_with_role(RoleKind::Hr)?;
        Html::of(&ReportsPage {
            shell: Shell::of(&by),
            next: next_report(&app, t)?,
            reports: lines,
            cells: CellsLine::of(&by.principal, &waves, t),
            recipients: recipients.into_iter().map(|it| it.name.to_string()).collect(),
        })
    })
    .await?;
    Ok(page.into())
}

fn next_report(app: &App, t: Text) -> Result<String, Problem> {
    let (now, zone) = (app.now(), app.zone()?);
    let waves = app.store.wave_summaries()?;
    let next = waves.iter().find(|it| it.wave.window.phase(now) != Phase::Closed);
    Ok(next.map_or_else(
        || t.tr("reports-next-none"),
        |it| t.tr1("reports-next", "date", words::last_day(&it.wave.window, &zone, t)),
    ))
}

/// What became of the mails of a wave's report.
fn mails(app: &App, seq: WaveSeq, t: Text) -> Result<String, Problem> {
    let deliveries = app.store.report_deliveries(seq)?;
    let of = |state| deliveries.iter().filter(|it| it.state == state).count();
    let (sent, waiting, failed) =
        (of(DeliveryState::Sent), of(DeliveryState::Queued), of(DeliveryState::Failed));
    let mut said = vec![t.tr1("reports-mails-sent", "n", sent)];
    if waiting > 0 {
        said.push(t.tr1("reports-mails-waiting", "n", waiting));
    }
    if failed > 0 {
        said.push(t.tr1("reports-mails-failed", "n", failed));
    }
    let troubled = deliveries.iter().rev();
    let mut troubled = troubled
        .filter(|it| it.state != DeliveryState::Sent && it.state != DeliveryState::Dropped)
        .map(|it| trouble(it, t));
    said.extend(troubled.find(|it| !it.is_empty()));
    Ok(said.join(" "))
}

#[derive(Template)]
#[template(path = "pages/report.html")]
struct ReportPage<'a> {
    shell: Shell,
    seq: u32,
    title: String,
    closed: String,
    whole: Option<&'a UnitView>,
    kind: Option<KindPanel<'a>>,
    panels: Vec<Panel<'a>>,
}

/// One monthly report, for reading on the screen: the figures as they were when its wave was
/// released.
#[get("/org/reports/{seq}")]
pub(super) async fn one_report(
    app: web::Data<App>,
    by: By<HumanResources>,
    seq: web::Path<u32>,
) -> Result<HttpResponse, PageProblem> {
    let seq = *seq;
    let html = blocking(move || {
        let history = app.store.history_with(WaveSeq(seq))?;
        let upto = history.iter().position(|it| it.wave().seq.0 == seq).ok_or(Problem::NotFound)?;
        let shell = Shell::of(&by);
        let t = shell.t;
        let view = view::organisation_view(history.get(..=upto).unwrap_or_default(), t)
            .ok_or(Problem::NotFound)?;
        let (wave, zone) = (history.get(upto).map(Release::wave), app.zone()?);
        let page = ReportPage {
            seq,
            title: shell.t.tr1("report-title", "month", &view.month),
            closed: wave.map(|it| words::last_day(&it.window, &zone, t)).unwrap_or_default(),
            kind: view.whole.as_ref().map(|it| KindPanel::of(it, "strain")),
            panels: view.whole.as_ref().map(|it| Panel::all(it, t)).unwrap_or_default(),
            whole: view.whole.as_ref(),
            shell,
        };
        let html = page.render().map_err(Problem::internal)?;
        access::audit(&app, &by.principal, Audited::View, Seen::Report(WaveSeq(seq)))?;
        Ok(html)
    })
    .await?;
    Ok(page(html))
}

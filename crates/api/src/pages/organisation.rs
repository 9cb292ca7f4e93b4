//! The whole organisation, for HR: its levers, its reports. Its first screen is [`overview`](super::overview), its units are
//! [`units`](super::units).

use actix_web::{HttpResponse, get, web};
use askama::Template;
use tideline_aggregation::Release;
use tideline_domain::{Phase, WaveSeq};
use tideline_report::{
    view::{self, Cell, UnitView},
    words,
};
use tideline_store::{DeliveryState, RoleKind};
use tideline_text::Text;

use super::{
    admin::mail::trouble,
    cells::{CellsLine, month_asked},
    levers::Board,
    shell::{Html, Shell},
    strain::KindPanel,
    team::Panel,
};
use crate::{
    App,
    access::{self, Audited, Seen},
    auth::{By, HumanResources},
    blocking::blocking,
    problem::{PageProblem, Problem},
};

fn boards(app: &App, t: Text) -> Result<(Vec<Board>, String), Problem> {
    match access::tree(app) {
        Ok(tree) => Board::all(app, &tree, t),
        Err(Problem::NotFound) => Ok(Default::default()),
        Err(problem) => Err(problem),
    }
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
    Ok(HttpResponse::Ok().content_type("text/html; charset=utf-8").body(html))
}

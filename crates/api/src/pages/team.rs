//! One unit: its page, and the guide for talking about it.

use std::sync::Arc;

use actix_web::{HttpRequest, HttpResponse, get, rt, web};
use askama::Template;
use chrono::NaiveDate;
use chrono_tz::Tz;
use tideline_aggregation::Release;
use tideline_booth::ready::{Effort, Ready};
use tideline_domain::{Principal, UnitId, UnitTree, lever::LeverPlan};
use tideline_report::{
    chart::{ChartSize, Ink, trend_svg},
    next_step::{BeginsAt, NextStep, NextStepView},
    view::{self, MeasurePanel, PartChart, UnitPage, UnitView},
    words,
};
use tideline_text::Text;

use super::{
    figures::{self, Charts, Drawing},
    glance::{self, BoardCard, Details, FigureRow, Measure, TagView, TookPart},
    levers::{PlanView, in_play},
    shell::{Html, Link, Shell},
    strain::KindPanel,
};
use crate::{
    App,
    access::{self, Audited, Seen},
    auth::{By, SignedIn, UnitViewer},
    blocking::blocking,
    imported::{ImportedView, imported},
    problem::{PageProblem, Problem},
    series::WhichSeries,
    warm::PageKey,
};

/// One measure, drawn.
pub(super) struct Panel<'a> {
    pub(super) panel: &'a MeasurePanel,
    pub(super) meaning: String,
    pub(super) tag: TagView,
    pub(super) wide: String,
    pub(super) narrow: String,
}

impl<'a> Panel<'a> {
    fn of(panel: &'a MeasurePanel, t: Text) -> Self {
        Self {
            panel,
            meaning: words::scale_meaning(panel.scale, t),
            tag: TagView::of(&panel.tag),
            wide: trend_svg(&panel.chart, ChartSize::Wide, Ink::Css),
            narrow: trend_svg(&panel.chart, ChartSize::Narrow, Ink::Css),
        }
    }

    /// The panels of `view`, in their order.
    pub(super) fn all(view: &'a UnitView, t: Text) -> Vec<Self> {
        view.panels.iter().map(|it| Self::of(it, t)).collect()
    }
}

#[derive(Template)]
#[template(path = "pages/team.html")]
struct TeamPage<'a> {
    shell: Shell,
    unit: UnitId,
    view: &'a UnitView,
    kind: KindPanel<'a>,
    next: NextStepView,
    panels: Vec<Measure<'a>>,
    board: BoardCard,
    took: TookPart,
    /// The parts of the work, where enough people answered.
    conditions: Option<Drawing<'a>>,
    details: Details<'a>,
    imported: Vec<ImportedView>,
}

/// Depends on the unit, the month and what is shown around it; not on why it is not shown.
#[derive(Template)]
#[template(path = "pages/team-withheld.html")]
struct WithheldPage<'a> {
    shell: Shell,
    unit: UnitId,
    title: &'a str,
    month: &'a str,
    next: NextStepView,
    wider: Option<Wider<'a>>,
    board: BoardCard,
    imported: Vec<ImportedView>,
}

struct Wider<'a> {
    name: &'a str,
    /// `None` if it is not for this person.
    href: Option<String>,
}

#[derive(Template)]
#[template(path = "pages/team-not-yet.html")]
struct NotYetPage<'a> {
    shell: Shell,
    unit: UnitId,
    title: &'a str,
    sentence: String,
    next: NextStepView,
    board: BoardCard,
    imported: Vec<ImportedView>,
}

/// A unit's results.
#[get("/team/{unit}")]
pub(super) async fn team(
    app: web::Data<App>,
    req: HttpRequest,
    by: By<UnitViewer>,
    which: web::Query<WhichSeries>,
) -> Result<HttpResponse, PageProblem> {
    let unit = by.policy.unit;
    let (language, roles) = (by.reader.t.language(), by.principal.roles.clone());
    let key = (unit, language, roles, which.instrument());
    let ready = match kept(&app, &by, &key) {
        Some((page, renews)) => {
            if renews {
                rt::spawn(renewed(app, by, which.into_inner(), key));
            }
            page
        }
        None => blocking(move || found(&app, &by, &which, key)).await?,
    };
    let mut response = HttpResponse::Ok();
    response.content_type("text/html; charset=utf-8");
    Ok(ready.answer(&req, response))
}

/// The page as it was rendered a moment ago, and whether to render it anew; only for whom it is in the
/// audit log already.
fn kept(app: &App, by: &SignedIn, key: &PageKey) -> Option<(Arc<Ready>, bool)> {
    let (now, what) = (app.now(), Audited::View.code());
    let (who, unit) = (by.principal.person, key.0);
    let noted = by.principal.roles.iter().any(|role| {
        let looked = access::looked(Seen::Unit(unit), role.code());
        app.warm.is_noted(who, what, &looked, now)
    });
    noted.then(|| app.warm.page(key, now)).flatten()
}

/// The page, kept or made. An address may ask for any series: those that there are not are the latest, and
/// are kept once.
fn found(
    app: &App,
    by: &By<UnitViewer>,
    which: &WhichSeries,
    key: PageKey,
) -> Result<Arc<Ready>, Problem> {
    let (unit_of, language, roles, asked) = key;
    let known = which.known(app)?;
    let same = known == asked;
    let key = (unit_of, language, roles, known);
    match kept(app, by, &key) {
        Some((page, false)) if !same => Ok(page),
        _ => made(app, by, which, key),
    }
}

/// Renders a page that is a little old anew, while others still get the old one.
async fn renewed(app: web::Data<App>, by: By<UnitViewer>, which: WhichSeries, key: PageKey) {
    let (of, that) = (app.clone(), key.clone());
    if let Err(problem) = blocking(move || made(&of, &by, &which, key)).await {
        app.warm.drop_page(&that);
        tracing::warn!(error = &problem as &(dyn std::error::Error + 'static), "page not renewed");
    }
}

/// Renders the page of `unit` for somebody who may see it, notes that in the audit log, and keeps the
/// page for a moment.
fn made(
    app: &App,
    by: &By<UnitViewer>,
    which: &WhichSeries,
    key: PageKey,
) -> Result<Arc<Ready>, Problem> {
    let now = app.now();
    let UnitViewer { unit, tree, edition } = &by.policy;
    let (unit, edition) = (*unit, *edition);
    let (plans, today) = (app.store.lever_plans(unit)?, app.today()?);
    let (history, others) = which.open(app, by.reader.t)?;
    let not_yet = if history.is_empty() { first_results(app, by.reader.t)? } else { String::new() };
    let named = |unit| tree.get(unit).map(|it| it.name.to_string());
    let imported = imported(app, Some(unit), named, by.reader.t)?;
    let shell = Shell::of(by).beside(others);
    let latest = which.known(app)?.is_none();
    let around = Around { plans, today, imported, not_yet, zone: app.zone()?, latest };
    let html = render(shell, &by.principal, tree, &history, unit, around)?;
    access::audit(app, &by.principal, Audited::View, Seen::Unit(unit))?;
    let page = Arc::new(Ready::new(web::Bytes::from(html), Effort::Quick));
    app.warm.keep_page(key, Arc::clone(&page), edition, now);
    Ok(page)
}

/// What stands on a unit's page beside its results.
pub(super) struct Around {
    /// Everything on its board.
    pub(super) plans: Vec<LeverPlan>,
    pub(super) today: NaiveDate,
    pub(super) imported: Vec<ImportedView>,
    /// When the first results can be expected.
    pub(super) not_yet: String,
    /// By whose calendars levers are marked.
    pub(super) zone: Tz,
    /// Whether the series is the latest: what is to be done does not follow from one that was asked long ago.
    pub(super) latest: bool,
}

/// The page of `unit`; a function of what is published or imported and of the board, of nothing else.
pub(super) fn render(
    shell: Shell,
    who: &Principal,
    tree: &UnitTree,
    history: &[Release],
    unit: UnitId,
    around: Around,
) -> Result<String, Problem> {
    let Around { plans: stored, today, imported, not_yet, zone, latest } = around;
    let name = tree.get(unit).map_or("", |it| it.name.as_str());
    let t = shell.t;
    let mut plans = in_play(&stored, today, t);
    match view::unit_page(history, unit, t) {
        UnitPage::NotYet => NotYetPage {
            shell,
            unit,
            title: name,
            sentence: not_yet,
            next: NextStep::of(&[], &stored, today).told(t),
            board: BoardCard::of(plans),
            imported,
        }
        .render(),
        UnitPage::Withheld(withheld) => {
            let href =
                |wider: UnitId| who.may_see_unit(tree, wider).then(|| format!("/team/{wider}"));
            WithheldPage {
                shell,
                unit,
                // A unit that is newer than the latest results has no name in them.
                title: if withheld.title.is_empty() { name } else { &withheld.title },
                month: &withheld.month,
                wider: withheld
                    .wider
                    .as_ref()
                    .map(|(wider, name)| Wider { name, href: href(*wider) }),
                next: NextStep::TalkWithoutFigures.told(t),
                board: BoardCard::of(plans),
                imported,
            }
            .render()
        }
        UnitPage::Shown(mut view) => {
            figures::mark_levers(&mut view, &mut plans, history, zone);
            let Charts { spreads, others } = Charts::of(&view, t);
            let is_conditions = |it: &Drawing<'_>| matches!(it.part.chart, PartChart::Drivers(_));
            TeamPage {
                unit,
                kind: KindPanel::of(&view, "strain"),
                next: NextStep::of(if latest { &view.states } else { &[] }, &stored, today).told(t),
                panels: Measure::all(&view, t),
                details: Details {
                    marks: glance::marks(&plans),
                    figures: FigureRow::all(&view, t),
                    files: files(unit, &view, !shell.others.is_empty(), t),
                    spreads,
                    note: &view.strain.note,
                },
                board: BoardCard::of(plans).suggesting(history, unit, t),
                took: TookPart::of(&view, t),
                conditions: others.into_iter().find(is_conditions),
                shell,
                view: &view,
                imported,
            }
            .render()
        }
    }
    .map_err(Problem::internal)
}

/// Files with the figures of `view`; where there are several `series`, with those of this one.
fn files(unit: UnitId, view: &UnitView, series: bool, t: Text) -> Vec<Link> {
    let asked = if series { format!("?asked={}", view.asked.id) } else { String::new() };
    [
        (format!("/team/{unit}/data.xlsx{asked}"), "team-xlsx"),
        (format!("/team/{unit}/data.csv{asked}"), "team-csv"),
        (format!("/api/v1/units/{unit}/trend"), "team-json"),
    ]
    .map(|(href, text)| Link { href, text: t.tr(text), here: false })
    .into()
}

/// When the first results can be expected.
pub(super) fn first_results(app: &App, t: Text) -> Result<String, Problem> {
    let (first, zone) = (app.store.wave_summaries()?.into_iter().next(), app.zone()?);
    Ok(first.map_or_else(
        || t.tr("not-yet-no-wave"),
        |it| t.tr1("not-yet-first", "date", words::last_day(&it.wave.window, &zone, t)),
    ))
}

#[derive(Template)]
#[template(path = "pages/talk.html")]
struct TalkPage {
    shell: Shell,
    unit: UnitId,
    name: String,
    /// What the figures say; empty where they are not shown.
    lead: Vec<String>,
    plans: Vec<PlanView>,
}

/// A guide for a conversation of a quarter of an hour, with and without figures.
#[get("/team/{unit}/talk")]
pub(super) async fn talk(
    app: web::Data<App>,
    by: By<UnitViewer>,
) -> Result<HttpResponse, PageProblem> {
    let page = blocking(move || {
        let UnitViewer { unit, tree, .. } = &by.policy;
        let unit = *unit;
        let plans = in_play(&app.store.lever_plans(unit)?, app.today()?, by.reader.t);
        let lead = match view::unit_page(&app.store.history()?, unit, by.reader.t) {
            UnitPage::Shown(view) => {
                let sentences = view.sentences().map(str::to_owned);
                sentences.chain(view.strain.sentences.iter().cloned()).collect()
            }
            UnitPage::NotYet | UnitPage::Withheld(_) => Vec::new(),
        };
        if !lead.is_empty() {
            access::audit(&app, &by.principal, Audited::View, Seen::Unit(unit))?;
        }
        let name = tree.get(unit).map_or_else(String::new, |it| it.name.to_string());
        Html::of(&TalkPage { shell: Shell::of(&by), unit, name, lead, plans })
    })
    .await?;
    Ok(page.into())
}

//! What everybody may see: the organisation, the own team, and what was changed.

use actix_web::{HttpResponse, get, web};
use askama::Template;
use tideline_domain::{
    UnitId,
    lever::{LeverPlan, LeverStatus},
};
use tideline_report::view::{self, Cell, UnitPage, UnitView};
use tideline_text::Text;

use super::{
    levers::{PlanView, in_play},
    shell::Shell,
    strain::KindPanel,
    team::{Panel, first_results},
};
use crate::{
    App,
    access::{self, Audited, Seen},
    auth::{By, Member},
    blocking::blocking,
    problem::{PageProblem, Problem},
    series::WhichSeries,
};

#[derive(Template)]
#[template(path = "pages/results.html")]
struct ResultsPage<'a> {
    shell: Shell,
    not_yet: Option<String>,
    changed: Vec<Changed>,
    parts: Vec<Part<'a>>,
}

/// A lever that somebody pulled.
struct Changed {
    unit: String,
    text: String,
    status: String,
    note: String,
}

/// The organisation, or the own team.
struct Part<'a> {
    title: String,
    view: Option<&'a UnitView>,
    kind: Option<KindPanel<'a>>,
    panels: Vec<Panel<'a>>,
}

/// The results that everybody may see.
#[get("/results")]
pub(super) async fn results(
    app: web::Data<App>,
    by: By<Member>,
    which: web::Query<WhichSeries>,
) -> Result<HttpResponse, PageProblem> {
    let html = blocking(move || {
        let t = by.reader.t;
        let (history, others) = which.open(&app, t)?;
        let shell = Shell::of(&by).beside(others);
        let own = access::own_unit(&app, by.principal.person)?;
        let changed = changed(&app, own, t)?;
        let not_yet = history.is_empty().then(|| first_results(&app, t)).transpose()?;
        let organisation = view::organisation_view(&history, t);
        let mut team = own.map(|unit| view::unit_page(&history, unit, t));
        if let Some(UnitPage::Shown(view)) = &mut team {
            // Two charts of one scale are on the page.
            for panel in &mut view.panels {
                panel.chart.id = format!("own-{}", panel.scale.code());
            }
        }
        let mut parts = Vec::new();
        match &team {
            Some(UnitPage::Shown(view)) => parts.push(Part {
                title: t.tr2("results-organisation", "name", &view.title, "month", &view.month),
                view: Some(view),
                kind: Some(KindPanel::of(view, "own-strain")),
                panels: Panel::all(view, t),
            }),
            Some(UnitPage::Withheld(it)) => parts.push(Part {
                title: t.tr2("results-organisation", "name", &it.title, "month", &it.month),
                view: None,
                kind: None,
                panels: Vec::new(),
            }),
            Some(UnitPage::NotYet) | None => {}
        }
        if let Some(view) = &organisation {
            parts.push(Part {
                title: t.tr2("results-organisation", "name", &view.title, "month", &view.month),
                kind: view.whole.as_ref().map(|it| KindPanel::of(it, "strain")),
                panels: view.whole.as_ref().map(|it| Panel::all(it, t)).unwrap_or_default(),
                view: view.whole.as_ref(),
            });
        }
        let page = ResultsPage { shell, not_yet, changed, parts };
        let html = page.render().map_err(Problem::internal)?;
        access::audit(&app, &by.principal, Audited::View, Seen::Everybody)?;
        Ok(html)
    })
    .await?;
    Ok(HttpResponse::Ok().content_type("text/html; charset=utf-8").body(html))
}

/// What is being tried or was kept: in the own unit and in those above it.
fn changed(app: &App, own: Option<UnitId>, t: Text) -> Result<Vec<Changed>, Problem> {
    let tree = match access::tree(app) {
        Err(Problem::NotFound) => return Ok(Vec::new()),
        other => other?,
    };
    let at = own.and_then(|it| tree.index_of(it)).unwrap_or(0);
    let on = app.today()?;
    let mut all = Vec::new();
    for at in tree.path_up(at) {
        let unit = &tree.units()[at];
        let pulled = |it: &LeverPlan| matches!(it.status, LeverStatus::Trying | LeverStatus::Kept);
        let plans: Vec<LeverPlan> =
            app.store.lever_plans(unit.id)?.into_iter().filter(pulled).collect();
        let notes: Vec<String> = plans.iter().map(|it| it.note.clone()).collect();
        for (plan, note) in in_play(&plans, on, t).into_iter().zip(notes) {
            let PlanView { text, status, .. } = plan;
            all.push(Changed { unit: unit.name.to_string(), text, status, note });
        }
    }
    Ok(all)
}

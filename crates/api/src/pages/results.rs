//! What everybody may see: the own team, the organisation, and what was changed.

use actix_web::{HttpResponse, get, web};
use askama::Template;
use tideline_report::view::{self, Cell, MeasurePanel, UnitPage, UnitView, WithheldView};
use tideline_text::Text;

use super::{
    glance::{TagView, latest},
    shell::{Html, Shell},
    strain::KindPanel,
    team::{Panel, first_results},
    timeline::Timeline,
};
use crate::{
    App,
    access::{self, Audited, Seen},
    auth::{By, Member},
    blocking::blocking,
    problem::PageProblem,
    series::WhichSeries,
};

#[derive(Template)]
#[template(path = "pages/results.html")]
struct ResultsPage<'a> {
    shell: Shell,
    not_yet: Option<String>,
    parts: Vec<Part<'a>>,
    timeline: Timeline,
}

/// The own team, or the organisation.
struct Part<'a> {
    title: String,
    shown: Option<Shown<'a>>,
}

/// What is published of it.
struct Shown<'a> {
    view: &'a UnitView,
    rows: Vec<MeasureRow<'a>>,
    kind: KindPanel<'a>,
    panels: Vec<Panel<'a>>,
}

/// A measure in a line.
struct MeasureRow<'a> {
    panel: &'a MeasurePanel,
    score: String,
    likely: Option<(String, String)>,
    tag: TagView,
}

impl<'a> Shown<'a> {
    fn of(view: &'a UnitView, strain: &'static str, t: Text) -> Self {
        let row = |panel: &'a MeasurePanel| {
            let (score, likely) = latest(panel);
            MeasureRow { panel, score, likely, tag: TagView::of(&panel.tag) }
        };
        Self {
            rows: view.panels.iter().map(row).collect(),
            kind: KindPanel::of(view, strain),
            panels: Panel::all(view, t),
            view,
        }
    }
}

/// The results that everybody may see.
#[get("/results")]
pub(super) async fn results(
    app: web::Data<App>,
    by: By<Member>,
    which: web::Query<WhichSeries>,
) -> Result<HttpResponse, PageProblem> {
    let page = blocking(move || {
        let t = by.reader.t;
        let (history, others) = which.open(&app, t)?;
        let shell = Shell::of(&by).beside(others);
        let own = access::own_unit(&app, by.principal.person)?;
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
                title: t.tr2("results-own", "name", &view.title, "month", &view.month),
                shown: Some(Shown::of(view, "own-strain", t)),
            }),
            Some(UnitPage::Withheld(WithheldView { title, month, .. })) => parts.push(Part {
                title: t.tr2("results-own", "name", title, "month", month),
                shown: None,
            }),
            Some(UnitPage::NotYet) | None => {}
        }
        if let Some(view) = &organisation {
            parts.push(Part {
                title: t.tr2("results-everybody", "name", &view.title, "month", &view.month),
                shown: view.whole.as_ref().map(|it| Shown::of(it, "strain", t)),
            });
        }
        let timeline = Timeline::of(&app, &by.principal, own, usize::MAX, t)?;
        let html = Html::of(&ResultsPage { shell, not_yet, parts, timeline })?;
        access::audit(&app, &by.principal, Audited::View, Seen::Everybody)?;
        Ok(html)
    })
    .await?;
    Ok(page.into())
}

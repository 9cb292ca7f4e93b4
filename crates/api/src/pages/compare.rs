//! Teams beside each other, for HR: in the order of the organisation, never ranked.

use actix_web::{HttpResponse, get, web};
use askama::Template;
use tideline_domain::Scale;
use tideline_report::{
    chart::{ChartSize, Ink, drivers_svg},
    compare::{CompareView, compare_view},
    words,
};

use super::shell::{Html, Shell};
use crate::{
    App,
    access::{self, Audited, Seen},
    auth::{By, HumanResources},
    blocking::blocking,
    problem::PageProblem,
    series::WhichSeries,
};

#[derive(Template)]
#[template(path = "pages/compare.html")]
struct ComparePage {
    shell: Shell,
    title: String,
    view: Option<CompareView>,
    columns: [String; 3],
    charts: Vec<Chart>,
}

struct Chart {
    id: String,
    title: String,
    wide: String,
    narrow: String,
}

/// Teams beside each other.
#[get("/org/compare")]
pub(super) async fn compare(
    app: web::Data<App>,
    by: By<HumanResources>,
    which: web::Query<WhichSeries>,
) -> Result<HttpResponse, PageProblem> {
    let t = by.reader.t;
    let page = blocking(move || {
        let (history, others) = which.open(&app, t)?;
        let view = compare_view(&history, t);
        access::audit(&app, &by.principal, Audited::View, Seen::Organisation)?;
        let charts = view.iter().flat_map(|it| &it.charts).map(|it| Chart {
            id: it.id.clone(),
            title: it.title.clone(),
            wide: drivers_svg(it, ChartSize::Wide, Ink::Css),
            narrow: drivers_svg(it, ChartSize::Narrow, Ink::Css),
        });
        Html::of(&ComparePage {
            shell: Shell::of(&by).beside(others),
            title: match &view {
                Some(view) => t.tr1("compare-title", "month", &view.month),
                None => t.tr("nav-compare"),
            },
            columns: Scale::ALL.map(|it| words::scale_title(it, t)),
            charts: charts.collect(),
            view,
        })
    })
    .await?;
    Ok(page.into())
}

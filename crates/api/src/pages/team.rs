//! One unit: its page and the same figures as a file.

use actix_web::{
    HttpResponse, get,
    http::header::{ContentDisposition, DispositionParam, DispositionType},
    web,
};
use askama::Template;
use tideline_aggregation::Release;
use tideline_domain::{Principal, UnitId, UnitTree};
use tideline_report::{
    chart::{ChartSize, Ink, trend_svg},
    view::{self, Cell, MeasurePanel, UnitPage, UnitView},
    words,
};
use uuid::Uuid;

use super::{
    levers::{PlanView, in_play},
    shell::Shell,
};
use crate::{
    App,
    access::{self, Audited},
    auth::SignedIn,
    problem::{PageProblem, Problem},
    routes::blocking,
};

/// One measure, drawn.
pub(super) struct Panel<'a> {
    pub(super) panel: &'a MeasurePanel,
    pub(super) meaning: &'static str,
    pub(super) kind: &'static str,
    pub(super) shape: &'static str,
    pub(super) wide: String,
    pub(super) narrow: String,
}

impl<'a> Panel<'a> {
    fn of(panel: &'a MeasurePanel) -> Self {
        let shape = match panel.tag.text {
            text if text.starts_with("Higher") => "▲",
            text if text.starts_with("Lower") => "▼",
            _ => "●",
        };
        Self {
            panel,
            meaning: words::scale_meaning(panel.scale),
            kind: panel.tag.kind.code(),
            shape,
            wide: trend_svg(&panel.chart, ChartSize::Wide, Ink::Css),
            narrow: trend_svg(&panel.chart, ChartSize::Narrow, Ink::Css),
        }
    }

    /// The panels of `view`, in their order.
    pub(super) fn all(view: &'a UnitView) -> Vec<Self> {
        view.panels.iter().map(Self::of).collect()
    }
}

#[derive(Template)]
#[template(path = "pages/team.html")]
struct TeamPage<'a> {
    shell: Shell,
    unit: UnitId,
    view: &'a UnitView,
    panels: Vec<Panel<'a>>,
    withheld_words: &'static str,
    plans: Vec<PlanView>,
    no_proof: &'static str,
}

/// Depends on the unit, the month and what is shown around it; not on why it is not shown.
#[derive(Template)]
#[template(path = "pages/team-withheld.html")]
struct WithheldPage<'a> {
    shell: Shell,
    unit: UnitId,
    title: &'a str,
    month: &'a str,
    heading: &'static str,
    message: &'static str,
    wider: Option<Wider<'a>>,
    plans: Vec<PlanView>,
    no_proof: &'static str,
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
    plans: Vec<PlanView>,
    no_proof: &'static str,
}

/// A unit's results.
#[get("/team/{unit}")]
pub(super) async fn team(
    app: web::Data<App>,
    by: SignedIn,
    unit: web::Path<Uuid>,
) -> Result<HttpResponse, PageProblem> {
    let unit = UnitId::new(*unit);
    let html = blocking(move || {
        let tree = access::see_unit(&app, &by.principal, unit)?;
        let plans = in_play(&app.store.lever_plans(unit)?, app.now().date_naive());
        let history = app.store.history()?;
        let not_yet = if history.is_empty() { first_results(&app)? } else { String::new() };
        let html = render(&by.principal, &tree, &history, unit, plans, not_yet)?;
        access::audit(&app, &by.principal, Audited::View, &format!("unit {unit}"))?;
        Ok(html)
    })
    .await?;
    Ok(HttpResponse::Ok().content_type("text/html; charset=utf-8").body(html))
}

/// The page of `unit`; a function of what is published and of the board, of nothing else.
pub(super) fn render(
    who: &Principal,
    tree: &UnitTree,
    history: &[Release],
    unit: UnitId,
    plans: Vec<PlanView>,
    not_yet: String,
) -> Result<String, Problem> {
    let shell = Shell::of(who);
    let name = tree.get(unit).map_or("", |it| it.name.as_str());
    let no_proof = words::NO_PROOF;
    match view::unit_page(history, unit) {
        UnitPage::NotYet => {
            NotYetPage { shell, unit, title: name, sentence: not_yet, plans, no_proof }.render()
        }
        UnitPage::Withheld(withheld) => {
            let href =
                |wider: UnitId| who.may_see_unit(tree, wider).then(|| format!("/team/{wider}"));
            WithheldPage {
                shell,
                unit,
                // A unit that is newer than the latest results has no name in them.
                title: if withheld.title.is_empty() { name } else { &withheld.title },
                month: &withheld.month,
                heading: words::WITHHELD_HEADING,
                message: words::WITHHELD_MESSAGE,
                wider: withheld
                    .wider
                    .as_ref()
                    .map(|(wider, name)| Wider { name, href: href(*wider) }),
                plans,
                no_proof,
            }
            .render()
        }
        UnitPage::Shown(view) => TeamPage {
            shell,
            unit,
            panels: Panel::all(&view),
            view: &view,
            withheld_words: words::WITHHELD_WORDS,
            plans,
            no_proof,
        }
        .render(),
    }
    .map_err(Problem::internal)
}

/// When the first results can be expected.
pub(super) fn first_results(app: &App) -> Result<String, Problem> {
    let first = app.store.waves()?.into_iter().next();
    Ok(first.map_or_else(
        || {
            "No check-in has been planned yet. Until then the most useful thing is the lever list."
                .to_owned()
        },
        |it| {
            format!(
                "The first check-in closes on {}. Results appear within a day. Until then the most \
                 useful thing is the lever list.",
                words::date(it.wave.window.closes())
            )
        },
    ))
}

/// The figures of a unit's page as a file.
#[get("/team/{unit}/data.csv")]
pub(super) async fn data(
    app: web::Data<App>,
    by: SignedIn,
    unit: web::Path<Uuid>,
) -> Result<HttpResponse, PageProblem> {
    let unit = UnitId::new(*unit);
    let text = blocking(move || {
        access::see_unit(&app, &by.principal, unit)?;
        let text = csv(&app.store.history()?, unit);
        access::audit(&app, &by.principal, Audited::Export, &format!("unit {unit}"))?;
        Ok(text)
    })
    .await?;
    let disposition = ContentDisposition {
        disposition: DispositionType::Attachment,
        parameters: vec![DispositionParam::Filename("tideline.csv".to_owned())],
    };
    Ok(HttpResponse::Ok()
        .insert_header(disposition)
        .content_type("text/csv; charset=utf-8")
        .body(text))
}

/// The file; for a unit that is not shown, the header row alone.
pub(super) fn csv(history: &[Release], unit: UnitId) -> String {
    match view::unit_page(history, unit) {
        UnitPage::Shown(view) => view::csv(&view),
        UnitPage::NotYet | UnitPage::Withheld(_) => view::csv(&nothing()),
    }
}

/// A view without figures: of it, only the header row is written.
fn nothing() -> UnitView {
    UnitView {
        title: String::new(),
        month: String::new(),
        lead: Vec::new(),
        people: String::new(),
        took_part: String::new(),
        note: None,
        panels: Vec::new(),
    }
}

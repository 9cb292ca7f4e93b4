//! HR's first screen: who needs a conversation, what is overdue, how many took part, which kind of strain, which
//! parts of the work.

use actix_web::{HttpResponse, get, web};
use askama::Template;
use chrono::NaiveDate;
use tideline_aggregation::Release;
use tideline_domain::Scale;
use tideline_report::{
    chart::{Ink, Placed, against_svg, placed_svg},
    levers as words,
    next_step::{MonthSigns, MonthStep, UnitPlan},
    view::{self, Named, OrganisationView, SignCell, TeamSigns, UnitView},
};
use tideline_text::Text;

use super::{
    figures::Charts,
    glance::{Details, FigureRow, Measure, TookPart},
    shell::{Link, Shell},
    strain::{KindPanel, icon},
    team::first_results,
};
use crate::{
    App,
    access::{self, Audited, Seen},
    auth::{By, HumanResources},
    blocking::blocking,
    problem::{PageProblem, Problem},
    series::WhichSeries,
};

/// So many teams and reviews fit on the first screen.
const MOST: usize = 8;
const MOST_REVIEWS: usize = 4;

#[derive(Template)]
#[template(path = "pages/organisation.html")]
struct OverviewPage<'a> {
    shell: Shell,
    title: String,
    month: String,
    not_yet: Option<String>,
    /// What is told once something is published.
    month_view: Option<MonthView<'a>>,
    /// What is told of the whole; `None` if that is not shown.
    whole: Option<WholeView<'a>>,
    next: StepView,
    reviews: Vec<Review>,
    more_reviews: usize,
}

/// What is told of the teams.
struct MonthView<'a> {
    headline: String,
    strip: Vec<StripCell>,
    /// Whether any team could be judged.
    judged: bool,
    talk: Vec<TeamLine<'a>>,
    more: usize,
    watching: Vec<&'a TeamSigns>,
    lighter: Vec<&'a TeamSigns>,
}

/// In how many of the teams that are worth a conversation a kind stands out.
struct StripCell {
    icon: &'static str,
    name: String,
    told: String,
    any: bool,
}

/// A team that is worth a conversation.
struct TeamLine<'a> {
    team: &'a TeamSigns,
    cells: Vec<SignView>,
}

struct SignView {
    word: String,
    kind: &'static str,
    svg: String,
}

/// The organisation as a whole.
struct WholeView<'a> {
    view: &'a UnitView,
    panels: Vec<Measure<'a>>,
    kind: KindPanel<'a>,
    took: TookPart,
    parts: Vec<PartLine>,
    parts_said: Option<&'a str>,
    details: Details<'a>,
}

/// A part of the work.
struct PartLine {
    name: String,
    score: String,
    range: String,
    svg: String,
    harder: bool,
}

/// The one next step, and where it leads.
struct StepView {
    heading: String,
    text: String,
    button: Link,
    icon: &'static str,
}

/// A lever whose review is overdue.
struct Review {
    href: String,
    short: String,
    unit: String,
    due: String,
}

impl<'a> MonthView<'a> {
    fn of(view: &'a OrganisationView, overdue: usize, t: Text) -> Self {
        let talk: Vec<&TeamSigns> = view.named(Named::Conversation).collect();
        let strip = |scale: Scale, name: &str| {
            let (count, told) = view::standing_out(&talk, scale, t);
            StripCell { icon: icon(scale), name: t.tr(name), told, any: count > 0 }
        };
        let line = |team: &&'a TeamSigns| TeamLine {
            team,
            cells: Scale::ALL.map(|it| SignView::of(team.signs.get(it))).into(),
        };
        Self {
            headline: view::headline(view.conversations(), overdue, t),
            // Of nobody there is nothing to count.
            strip: match talk.is_empty() {
                true => Vec::new(),
                false => vec![
                    strip(Scale::Burnout, "strain-work"),
                    strip(Scale::SecondaryTraumaticStress, "strain-pain"),
                    strip(Scale::CompassionSatisfaction, "strip-buffer"),
                ],
            },
            judged: view.look_first.is_some(),
            more: talk.len().saturating_sub(MOST),
            talk: talk.iter().take(MOST).map(line).collect(),
            watching: view.named(Named::Watching).collect(),
            lighter: view.named(Named::Lighter).collect(),
        }
    }
}

impl SignView {
    fn of(sign: &SignCell) -> Self {
        Self {
            word: sign.word.clone(),
            kind: sign.kind.code(),
            svg: sign.chart.as_ref().map(|it| against_svg(it, Ink::Css)).unwrap_or_default(),
        }
    }
}

impl<'a> WholeView<'a> {
    fn of(
        of: &'a OrganisationView,
        view: &'a UnitView,
        root: String,
        series: bool,
        t: Text,
    ) -> Self {
        let part = |(name, figure): (&String, (f64, f64, f64))| {
            let (at, from, to) = figure;
            let [score, low, high] = [at, from, to].map(tideline_report::words::whole);
            let lower = of.harder.contains(name);
            PartLine {
                name: name.clone(),
                score,
                range: t.tr2("from-to", "from", low, "to", high),
                svg: placed_svg(&Placed { at, from, to, lower }, Ink::Css),
                harder: lower,
            }
        };
        let rows = view.drivers.iter().flat_map(|it| &it.rows);
        Self {
            panels: Measure::all(view, t),
            kind: KindPanel::of(view, "strain"),
            took: TookPart::of(view, t),
            parts: rows.filter_map(|it| Some(part((&it.label, it.figure?)))).collect(),
            parts_said: of.harder_said.as_deref(),
            details: Details {
                marks: Vec::new(),
                figures: FigureRow::all(view, t),
                files: files(&root, view, series, t),
                spreads: Charts::of(view, t).spreads,
                note: &view.strain.note,
            },
            view,
        }
    }
}

/// Files with the figures of the whole, and of all units.
fn files(root: &str, view: &UnitView, series: bool, t: Text) -> Vec<Link> {
    let asked = if series { format!("?asked={}", view.asked.id) } else { String::new() };
    [
        (format!("/org/data.xlsx{asked}"), "org-xlsx"),
        (format!("/org/data.csv{asked}"), "org-csv"),
        (format!("/team/{root}/data.csv{asked}"), "org-whole-csv"),
        ("/api/v1/organisation/trend".to_owned(), "team-json"),
    ]
    .map(|(href, text)| Link { href, text: t.tr(text), here: false })
    .into()
}

impl StepView {
    fn of(step: &MonthStep<'_>, t: Text) -> Self {
        let (heading, text) = step.told(t);
        let (href, button, icon) = match step {
            MonthStep::Decide(it) => (
                format!("/team/{}/levers#plan-{}", it.plan.unit, it.plan.id),
                "next-open-lever",
                "lever",
            ),
            MonthStep::AskLeads(_) => ("#look".to_owned(), "next-see-teams", "talk"),
            MonthStep::AskReviews(_) => ("/org/levers".to_owned(), "next-open-board", "lever"),
            MonthStep::AskWhatHelped(team) => match team.unit {
                Some(unit) => (format!("/team/{unit}/talk"), "next-open-guide", "talk"),
                None => ("/org/units".to_owned(), "home-org-units", "people"),
            },
            MonthStep::AnswerForAll => ("/org/levers".to_owned(), "next-open-board", "lever"),
            MonthStep::Wait | MonthStep::Learning | MonthStep::Nothing => {
                ("/org/units".to_owned(), "home-org-units", "people")
            }
        };
        Self { heading, text, button: Link { href, text: t.tr(button), here: false }, icon }
    }
}

/// The organisation's results.
#[get("/org")]
pub(super) async fn overview(
    app: web::Data<App>,
    by: By<HumanResources>,
    which: web::Query<WhichSeries>,
) -> Result<HttpResponse, PageProblem> {
    let html = blocking(move || {
        let t = by.reader.t;
        let (history, others) = which.open(&app, t)?;
        let not_yet = history.is_empty().then(|| first_results(&app, t)).transpose()?;
        let levers = Levers { plans: plans(&app)?, today: app.today()? };
        let latest = which.known(&app)?.is_none();
        let html = render(Shell::of(&by).beside(others), &history, not_yet, &levers, latest)?;
        access::audit(&app, &by.principal, Audited::View, Seen::Organisation)?;
        Ok(html)
    })
    .await?;
    Ok(HttpResponse::Ok().content_type("text/html; charset=utf-8").body(html))
}

/// The levers of all boards, on a day.
pub(super) struct Levers {
    pub(super) plans: Vec<UnitPlan>,
    pub(super) today: NaiveDate,
}

fn plans(app: &App) -> Result<Vec<UnitPlan>, Problem> {
    let tree = match access::tree(app) {
        Ok(tree) => tree,
        Err(Problem::NotFound) => return Ok(Vec::new()),
        Err(problem) => return Err(problem),
    };
    let mut all = Vec::new();
    for unit in tree.units() {
        let plans = app.store.lever_plans(unit.id)?.into_iter();
        all.extend(plans.map(|plan| UnitPlan { unit: unit.name.to_string(), plan }));
    }
    Ok(all)
}

/// The organisation's page; a function of what is published and of the boards. What is to be done follows from the
/// `latest` series alone, not from one that was asked long ago.
pub(super) fn render(
    shell: Shell,
    history: &[Release],
    not_yet: Option<String>,
    levers: &Levers,
    latest: bool,
) -> Result<String, Problem> {
    let t = shell.t;
    let view = view::organisation_view(history, t);
    let overdue: Vec<&UnitPlan> =
        levers.plans.iter().filter(|it| it.plan.is_overdue(levers.today)).collect();
    let told = view.as_ref().filter(|_| latest);
    let signs = MonthSigns {
        teams: told.map(|it| it.teams.as_slice()).unwrap_or_default(),
        judged: told.is_some_and(|it| it.look_first.is_some()),
        whole: told.and_then(|it| Some(it.whole.as_ref()?.states.as_slice())),
    };
    let step = MonthStep::of(signs, &levers.plans, levers.today);
    let root = history.last().map(|it| it.tree().root().id.to_string()).unwrap_or_default();
    let series = !shell.others.is_empty();
    let review = |it: &&UnitPlan| Review {
        href: format!("/team/{}/levers#plan-{}", it.plan.unit, it.plan.id),
        short: words::short(t, it.plan.lever),
        unit: it.unit.clone(),
        due: t.tr1("review-due", "day", t.date(it.plan.review)),
    };
    let page = OverviewPage {
        title: view.as_ref().map_or_else(|| t.tr("org-title"), |it| it.title.clone()),
        month: view.as_ref().map(|it| it.month.clone()).unwrap_or_default(),
        not_yet,
        month_view: view.as_ref().map(|it| MonthView::of(it, overdue.len(), t)),
        whole: view
            .as_ref()
            .and_then(|it| Some(WholeView::of(it, it.whole.as_ref()?, root, series, t))),
        next: StepView::of(&step, t),
        more_reviews: overdue.len().saturating_sub(MOST_REVIEWS),
        reviews: overdue.iter().take(MOST_REVIEWS).map(review).collect(),
        shell,
    };
    page.render().map_err(Problem::internal)
}

//! A unit's lever board. It works whether or not the unit's results are shown.

use actix_web::{HttpResponse, get, http::StatusCode, post, web};
use askama::Template;
use chrono::{Days, NaiveDate};
use serde::Deserialize;
use tideline_aggregation::{Release, suggest::suggest};
use tideline_domain::day::utc_day;
use tideline_domain::{
    InstrumentId, LeverPlanId, UnitId, UnitTree,
    lever::{
        LEVERS, Lever, LeverCategory, LeverPlan, LeverStatus, NOT_FIRST_LINE, REFERENCES, Reach,
        Reference, lever,
    },
};
use tideline_instrument::PULSE;
use tideline_report::levers as words;
use tideline_store::LeverChange;
use tideline_text::Text;
use uuid::Uuid;

use super::shell::{Html, Shell};
use crate::{
    App,
    auth::{By, Posted, SignedIn, UnitViewer},
    blocking::blocking,
    levers::LeverDraftBody,
    problem::{PageProblem, Problem, see_other},
};

/// When a lever is looked at again, unless somebody says otherwise: three check-ins later.
const LOOK_AGAIN: Days = Days::new(90);

/// A code and what it means.
type Choice = (&'static str, String);

fn statuses(t: Text) -> Vec<Choice> {
    LeverStatus::ALL.map(|it| (it.code(), words::status(t, it))).into()
}

fn reaches(t: Text) -> Vec<Choice> {
    [Reach::Mine, Reach::Escalate].map(|it| (it.code(), words::reach(t, it))).into()
}

/// A lever on the board, as shown.
pub(super) struct PlanView {
    pub(super) id: LeverPlanId,
    pub(super) text: String,
    /// The same in a few words.
    pub(super) short: String,
    pub(super) status: String,
    pub(super) reach: String,
    pub(super) owner: String,
    pub(super) started: String,
    pub(super) review_words: String,
    /// Whether the day to look again has passed without an end.
    pub(super) overdue: bool,
    /// Since when it is being tried or kept, for the mark on charts; `None` if it is only thought about.
    pub(super) pulled: Option<NaiveDate>,
    /// What the mark is called: "L1"; empty without one.
    pub(super) mark: String,
    /// How it came to stand where it stands, oldest first.
    history: Vec<String>,
    /// What its form holds.
    form: LeverForm,
    /// Whether its form is unfolded.
    open: bool,
}

impl PlanView {
    fn of(plan: &LeverPlan, on: NaiveDate, t: Text) -> Self {
        let review = t.date(plan.review);
        let overdue = plan.is_overdue(on);
        Self {
            id: plan.id,
            text: words::text(t, plan.lever),
            short: words::short(t, plan.lever),
            status: words::status(t, plan.status),
            reach: words::reach(t, plan.reach),
            owner: plan.owner.clone(),
            started: t.date(plan.started),
            review_words: match plan.status {
                LeverStatus::Stopped => t.tr("lever-ended"),
                _ if overdue => t.tr1("lever-overdue", "day", review),
                _ => t.tr1("lever-look-again", "day", review),
            },
            overdue,
            pulled: matches!(plan.status, LeverStatus::Trying | LeverStatus::Kept)
                .then_some(plan.started),
            mark: String::new(),
            history: Vec::new(),
            form: LeverForm {
                lever: plan.lever.id.to_owned(),
                status: plan.status.code().to_owned(),
                reach: plan.reach.code().to_owned(),
                owner: plan.owner.clone(),
                review: plan.review.to_string(),
                note: plan.note.clone(),
            },
            open: false,
        }
    }
}

/// The plans that are thought about, tried or kept.
pub(super) fn in_play(plans: &[LeverPlan], on: NaiveDate, t: Text) -> Vec<PlanView> {
    plans
        .iter()
        .filter(|it| it.status != LeverStatus::Stopped)
        .map(|it| PlanView::of(it, on, t))
        .collect()
}

/// What a form of the board says, as typed.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct LeverForm {
    #[serde(default)]
    lever: String,
    #[serde(default)]
    status: String,
    #[serde(default)]
    reach: String,
    #[serde(default)]
    owner: String,
    #[serde(default)]
    review: String,
    #[serde(default)]
    note: String,
}

impl LeverForm {
    fn empty(lever: String, on: NaiveDate) -> Self {
        Self {
            lever,
            status: LeverStatus::Considered.code().to_owned(),
            reach: Reach::Mine.code().to_owned(),
            owner: String::new(),
            review: on.checked_add_days(LOOK_AGAIN).unwrap_or(on).to_string(),
            note: String::new(),
        }
    }

    fn plan(
        &self,
        id: LeverPlanId,
        unit: UnitId,
        started: NaiveDate,
    ) -> Result<LeverPlan, Problem> {
        let review =
            self.review.trim().parse().map_err(|_| Problem::Malformed("board-problem-review"))?;
        LeverDraftBody {
            lever: self.lever.clone(),
            status: self.status.clone(),
            reach: self.reach.clone(),
            owner: self.owner.clone(),
            review,
            // Browsers send line ends as CR LF and count them as one character.
            note: self.note.replace("\r\n", "\n"),
        }
        .plan(id, unit, started)
    }
}

struct FormProblem {
    text: String,
    /// Identifier of the element to go to.
    at: String,
}

#[derive(Template)]
#[template(path = "pages/levers.html")]
struct LeversPage {
    shell: Shell,
    unit: UnitId,
    name: String,
    csrf: String,
    saved: bool,
    problem: Option<FormProblem>,
    plans: Vec<PlanView>,
    counts: String,
    suggested: Vec<SuggestedView>,
    new: LeverForm,
    catalogue: Vec<Group>,
    statuses: Vec<Choice>,
    reaches: Vec<Choice>,
    not_first: Vec<NotFirstView>,
}

/// A lever worth a look first.
struct SuggestedView {
    lever: LeverView,
    reasons: Vec<String>,
}

struct NotFirstView {
    what: String,
    why: String,
    sources: Vec<&'static Reference>,
}

struct Group {
    title: String,
    levers: Vec<LeverView>,
    open: bool,
}

struct LeverView {
    id: &'static str,
    text: String,
    /// The same in a few words.
    short: String,
    /// What it helps with, and how well that is supported.
    helps: String,
    sources: Vec<&'static Reference>,
}

fn sources(keys: &[&str]) -> Vec<&'static Reference> {
    REFERENCES.iter().filter(|it| keys.contains(&it.key)).collect()
}

impl LeverView {
    fn of(lever: &'static Lever, t: Text) -> Self {
        let (moves, means) = (words::moves(t, lever), words::evidence(t, lever.evidence));
        let grade = lever.evidence.code();
        Self {
            id: lever.id,
            text: words::text(t, lever),
            short: words::short(t, lever),
            helps: t
                .tr_with("board-helps", &[("moves", &moves), ("grade", &grade), ("means", &means)]),
            sources: sources(lever.references),
        }
    }
}

fn catalogue(chosen: &str, t: Text) -> Vec<Group> {
    let group = |category: LeverCategory| Group {
        title: words::category(t, category),
        levers: LEVERS
            .iter()
            .filter(|it| it.category == category)
            .map(|it| LeverView::of(it, t))
            .collect(),
        open: lever(chosen).is_some_and(|it| it.category == category),
    };
    LeverCategory::ALL.map(group).into()
}

/// What is published about `unit` speaks for these.
fn suggested(history: &[Release], unit: UnitId, t: Text) -> Vec<SuggestedView> {
    suggest(history, unit, &PULSE)
        .into_iter()
        .map(|it| SuggestedView {
            lever: LeverView::of(it.lever, t),
            reasons: it.reasons.into_iter().map(|it| words::reason(t, it)).collect(),
        })
        .collect()
}

fn not_first(t: Text) -> Vec<NotFirstView> {
    NOT_FIRST_LINE
        .iter()
        .map(|it| {
            let (what, why) = words::not_first(t, it);
            NotFirstView { what, why, sources: sources(it.references) }
        })
        .collect()
}

/// The levers in play on a unit's board.
pub(super) struct Board {
    pub(super) unit: UnitId,
    pub(super) name: String,
    pub(super) plans: Vec<PlanView>,
}

impl Board {
    /// The boards with levers in play, in the order of the tree, and how many levers those are.
    pub(super) fn all(app: &App, tree: &UnitTree, t: Text) -> Result<(Vec<Self>, String), Problem> {
        let on = app.today()?;
        let (mut boards, mut all) = (Vec::new(), Vec::new());
        for unit in tree.units() {
            let stored = app.store.lever_plans(unit.id)?;
            let plans = in_play(&stored, on, t);
            if !plans.is_empty() {
                boards.push(Self { unit: unit.id, name: unit.name.to_string(), plans });
            }
            all.extend(stored);
        }
        let overdue = boards.iter().flat_map(|it| &it.plans).filter(|it| it.overdue).count();
        Ok((boards, counts("lever-counts-all", &all, Some(overdue), t)))
    }
}

/// How many of each, in words that count nothing against anybody.
fn counts(id: &str, plans: &[LeverPlan], overdue: Option<usize>, t: Text) -> String {
    let of = |status| plans.iter().filter(|it| it.status == status).count();
    let [considered, trying, kept, stopped] = LeverStatus::ALL.map(of);
    let overdue = overdue.unwrap_or(0);
    t.tr_with(
        id,
        &[
            ("considered", &considered),
            ("trying", &trying),
            ("kept", &kept),
            ("stopped", &stopped),
            ("overdue", &overdue),
        ],
    )
}

/// What is on the page besides what is stored.
#[derive(Default)]
struct Shown {
    saved: bool,
    new: Option<LeverForm>,
    changed: Option<(LeverPlanId, LeverForm)>,
    problem: Option<&'static str>,
}

fn page(app: &App, by: &By<UnitViewer>, shown: Shown) -> Result<LeversPage, Problem> {
    let UnitViewer { unit, tree, .. } = &by.policy;
    let unit = *unit;
    let name = tree.get(unit).map_or_else(String::new, |it| it.name.to_string());
    let plans = app.store.lever_plans(unit)?;
    let t = by.reader.t;
    let pulse = app.store.history_of(&InstrumentId::PULSE)?;
    let history = if pulse.is_empty() { app.store.history()? } else { pulse };
    let suggested = suggested(&history, unit, t);
    let mut page = compose(by, unit, name, &plans, app.today()?, shown);
    page.suggested = suggested;
    for plan in &mut page.plans {
        let changes = app.store.lever_history(plan.id)?;
        plan.history = changes.iter().map(|it| happened(it, t)).collect();
    }
    Ok(page)
}

/// One step in the life of a lever. Who took it stands in the audit of the board, not here.
fn happened(step: &LeverChange, t: Text) -> String {
    let plan = &step.plan;
    t.tr_with(
        "lever-changed",
        &[
            ("day", &t.date(utc_day(step.at))),
            ("status", &words::status(t, plan.status)),
            ("reach", &words::reach(t, plan.reach)),
            ("review", &t.date(plan.review)),
        ],
    )
}

fn compose(
    by: &SignedIn,
    unit: UnitId,
    name: String,
    stored: &[LeverPlan],
    on: NaiveDate,
    shown: Shown,
) -> LeversPage {
    let t = by.reader.t;
    let mut plans: Vec<PlanView> = stored.iter().map(|it| PlanView::of(it, on, t)).collect();
    let mut at = "add".to_owned();
    if let Some((id, form)) = shown.changed {
        at = format!("plan-{id}");
        for plan in plans.iter_mut().filter(|it| it.id == id) {
            plan.form = form.clone();
            plan.open = true;
        }
    }
    let new = shown.new.unwrap_or_else(|| LeverForm::empty(String::new(), on));
    LeversPage {
        shell: Shell::of(by),
        unit,
        name,
        csrf: by.csrf.clone(),
        saved: shown.saved,
        problem: shown.problem.map(|id| FormProblem { text: t.tr(id), at }),
        counts: counts("lever-counts", stored, None, t),
        plans,
        suggested: Vec::new(),
        catalogue: catalogue(&new.lever, t),
        new,
        statuses: statuses(t),
        reaches: reaches(t),
        not_first: not_first(t),
    }
}

/// A board for tests.
#[cfg(test)]
pub(super) fn sample(by: &SignedIn, unit: UnitId, plans: &[LeverPlan], on: NaiveDate) -> String {
    let page = compose(by, unit, "Elm".to_owned(), plans, on, Shown::default());
    page.render().unwrap_or_default()
}

#[derive(Deserialize)]
struct BoardQuery {
    saved: Option<String>,
    /// A lever that was chosen in the catalogue.
    lever: Option<String>,
}

/// The board, the form for another lever, and the catalogue.
#[get("/team/{unit}/levers")]
pub(super) async fn board(
    app: web::Data<App>,
    by: By<UnitViewer>,
    query: web::Query<BoardQuery>,
) -> Result<HttpResponse, PageProblem> {
    let BoardQuery { saved, lever } = query.into_inner();
    let page = blocking(move || {
        let today = app.today()?;
        let new = lever.map(|it| LeverForm::empty(it, today));
        Html::of(&page(&app, &by, Shown { saved: saved.is_some(), new, ..Shown::default() })?)
    })
    .await?;
    Ok(page.into())
}

/// Puts a lever on the board.
#[post("/team/{unit}/levers")]
pub(super) async fn add(
    app: web::Data<App>,
    posted: Posted<UnitViewer, LeverForm>,
) -> Result<HttpResponse, PageProblem> {
    let unit = posted.by.policy.unit;
    let again = blocking(move || {
        let Posted { by, form } = posted;
        let (id, now) = (LeverPlanId::new(Uuid::new_v4()), app.now());
        let shown = |problem| Shown { new: Some(form.clone()), problem, ..Shown::default() };
        match form.plan(id, unit, app.today()?) {
            Ok(plan) => {
                app.store.save_lever_plan(&plan, by.principal.person, now)?;
                Ok(None)
            }
            Err(Problem::Malformed(text)) => again(&app, &by, shown(Some(text))).map(Some),
            Err(problem) => Err(problem),
        }
    })
    .await?;
    Ok(finish(unit, again))
}

/// Changes a lever on the board.
#[post("/team/{unit}/levers/{plan}")]
pub(super) async fn change(
    app: web::Data<App>,
    posted: Posted<UnitViewer, LeverForm>,
    path: web::Path<(Uuid, Uuid)>,
) -> Result<HttpResponse, PageProblem> {
    let (_, id) = path.into_inner();
    let (unit, id) = (posted.by.policy.unit, LeverPlanId::new(id));
    let again = blocking(move || {
        let Posted { by, mut form } = posted;
        let before = app.store.lever_plans(unit)?.into_iter().find(|it| it.id == id);
        let before = before.ok_or(Problem::NotFound)?;
        before.lever.id.clone_into(&mut form.lever);
        match form.plan(id, unit, before.started) {
            Ok(plan) => {
                app.store.save_lever_plan(&plan, by.principal.person, app.now())?;
                Ok(None)
            }
            Err(Problem::Malformed(text)) => {
                let shown =
                    Shown { changed: Some((id, form)), problem: Some(text), ..Shown::default() };
                again(&app, &by, shown).map(Some)
            }
            Err(problem) => Err(problem),
        }
    })
    .await?;
    Ok(finish(unit, again))
}

/// The board again, with what was typed and what is wrong with it.
fn again(app: &App, by: &By<UnitViewer>, shown: Shown) -> Result<Html, Problem> {
    Html::with(StatusCode::UNPROCESSABLE_ENTITY, &page(app, by, shown)?)
}

/// Back to the board; or the same page again.
fn finish(unit: UnitId, again: Option<Html>) -> HttpResponse {
    match again {
        None => see_other(&format!("/team/{unit}/levers?saved")),
        Some(page) => page.into(),
    }
}

//! A unit's lever board. It works whether or not the unit's results are shown.

use actix_web::{HttpResponse, get, http::StatusCode, post, web};
use askama::Template;
use chrono::{Days, NaiveDate};
use serde::Deserialize;
use tideline_domain::{
    LeverPlanId, UnitId, UnitTree,
    lever::{
        Construct, Evidence, LEVERS, Lever, LeverCategory, LeverPlan, LeverStatus, NOT_FIRST_LINE,
        REFERENCES, Reach, Reference, lever,
    },
};
use tideline_report::words;
use uuid::Uuid;

use super::shell::{Shell, answer_with};
use crate::{
    App, access,
    auth::{Posted, SignedIn},
    levers::LeverDraftBody,
    problem::{PageProblem, Problem, see_other},
    routes::blocking,
};

/// When a lever is looked at again, unless somebody says otherwise: three check-ins later.
const LOOK_AGAIN: Days = Days::new(90);

const STATUSES: [(&str, &str); 4] = [
    ("considered", "Thinking about it"),
    ("trying", "Trying it"),
    ("kept", "Tried and kept"),
    ("stopped", "Tried and stopped"),
];
const REACHES: [(&str, &str); 2] =
    [("mine", "This team can do it alone"), ("escalate", "Needs somebody further up")];

/// A lever on the board, as shown.
pub(super) struct PlanView {
    pub(super) id: LeverPlanId,
    pub(super) text: &'static str,
    pub(super) status: &'static str,
    pub(super) reach: &'static str,
    pub(super) owner: String,
    pub(super) started: String,
    pub(super) review_words: String,
    /// Whether the day to look again has passed without an end.
    pub(super) overdue: bool,
    /// What its form holds.
    form: LeverForm,
    /// Whether its form is unfolded.
    open: bool,
}

impl PlanView {
    fn of(plan: &LeverPlan, on: NaiveDate) -> Self {
        let review = words::day(plan.review);
        let overdue = plan.review < on
            && matches!(plan.status, LeverStatus::Considered | LeverStatus::Trying);
        Self {
            id: plan.id,
            text: plan.lever.text,
            status: said(&STATUSES, plan.status.code()),
            reach: said(&REACHES, plan.reach.code()),
            owner: plan.owner.clone(),
            started: words::day(plan.started),
            review_words: match plan.status {
                LeverStatus::Stopped => "Ended.".to_owned(),
                _ if overdue => format!("Overdue: was planned for {review}."),
                _ => format!("Look again on {review}."),
            },
            overdue,
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
pub(super) fn in_play(plans: &[LeverPlan], on: NaiveDate) -> Vec<PlanView> {
    plans
        .iter()
        .filter(|it| it.status != LeverStatus::Stopped)
        .map(|it| PlanView::of(it, on))
        .collect()
}

fn said(words: &[(&'static str, &'static str)], code: &str) -> &'static str {
    words.iter().find(|it| it.0 == code).map_or("", |it| it.1)
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
        let review = self
            .review
            .trim()
            .parse()
            .map_err(|_| Problem::Malformed("Choose a day on which to look again."))?;
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
    text: &'static str,
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
    new: LeverForm,
    catalogue: Vec<Group>,
    statuses: [(&'static str, &'static str); 4],
    reaches: [(&'static str, &'static str); 2],
    not_first: &'static [(&'static str, &'static str)],
    no_proof: &'static str,
}

struct Group {
    title: &'static str,
    levers: Vec<LeverView>,
    open: bool,
}

struct LeverView {
    id: &'static str,
    text: &'static str,
    moves: String,
    evidence: &'static str,
    sources: Vec<&'static Reference>,
}

impl From<&'static Lever> for LeverView {
    fn from(lever: &'static Lever) -> Self {
        let moves: Vec<&str> = lever.moves.iter().map(|it| construct(*it)).collect();
        Self {
            id: lever.id,
            text: lever.text,
            moves: moves.join(", "),
            evidence: match lever.evidence {
                Evidence::A => "A",
                Evidence::B => "B",
                Evidence::C => "C",
                Evidence::D => "D",
            },
            sources: REFERENCES.iter().filter(|it| lever.references.contains(&it.key)).collect(),
        }
    }
}

const fn construct(it: Construct) -> &'static str {
    match it {
        Construct::Exhaustion => "exhaustion",
        Construct::MentalDistance => "distance from the work",
        Construct::ReducedEfficacy => "doubt about what the work achieves",
        Construct::SecondaryTraumaticStress => "secondary traumatic stress",
        Construct::CompassionSatisfaction => "compassion satisfaction",
    }
}

fn catalogue(chosen: &str) -> Vec<Group> {
    let group = |category: LeverCategory| Group {
        title: category.title(),
        levers: LEVERS.iter().filter(|it| it.category == category).map(LeverView::from).collect(),
        open: lever(chosen).is_some_and(|it| it.category == category),
    };
    LeverCategory::ALL.map(group).into()
}

/// The levers in play on a unit's board.
pub(super) struct Board {
    pub(super) unit: UnitId,
    pub(super) name: String,
    pub(super) plans: Vec<PlanView>,
}

impl Board {
    /// The boards with levers in play, in the order of the tree, and how many levers those are.
    pub(super) fn all(app: &App, tree: &UnitTree) -> Result<(Vec<Self>, String), Problem> {
        let on = app.now().date_naive();
        let (mut boards, mut all) = (Vec::new(), Vec::new());
        for unit in tree.units() {
            let stored = app.store.lever_plans(unit.id)?;
            let plans = in_play(&stored, on);
            if !plans.is_empty() {
                boards.push(Self { unit: unit.id, name: unit.name.to_string(), plans });
            }
            all.extend(stored);
        }
        let overdue = boards.iter().flat_map(|it| &it.plans).filter(|it| it.overdue).count();
        let of = |status| all.iter().filter(|it| it.status == status).count();
        let counts = format!(
            "{} being tried, {} thought about, {} kept, {} stopped. Overdue for another look: {overdue}.",
            of(LeverStatus::Trying),
            of(LeverStatus::Considered),
            of(LeverStatus::Kept),
            of(LeverStatus::Stopped),
        );
        Ok((boards, counts))
    }
}

/// How many of each, in words that count nothing against anybody.
fn counts(plans: &[LeverPlan]) -> String {
    let of = |status| plans.iter().filter(|it| it.status == status).count();
    format!(
        "{} being tried (aim for one or two), {} thought about, {} kept, {} stopped.",
        of(LeverStatus::Trying),
        of(LeverStatus::Considered),
        of(LeverStatus::Kept),
        of(LeverStatus::Stopped),
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

fn page(app: &App, by: &SignedIn, unit: UnitId, shown: Shown) -> Result<LeversPage, Problem> {
    let tree = access::see_unit(app, &by.principal, unit)?;
    let name = tree.get(unit).map_or_else(String::new, |it| it.name.to_string());
    let plans = app.store.lever_plans(unit)?;
    Ok(compose(by, unit, name, &plans, app.now().date_naive(), shown))
}

fn compose(
    by: &SignedIn,
    unit: UnitId,
    name: String,
    stored: &[LeverPlan],
    on: NaiveDate,
    shown: Shown,
) -> LeversPage {
    let mut plans: Vec<PlanView> = stored.iter().map(|it| PlanView::of(it, on)).collect();
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
        problem: shown.problem.map(|text| FormProblem { text, at }),
        counts: counts(stored),
        plans,
        catalogue: catalogue(&new.lever),
        new,
        statuses: STATUSES,
        reaches: REACHES,
        not_first: NOT_FIRST_LINE,
        no_proof: words::NO_PROOF,
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
    by: SignedIn,
    unit: web::Path<Uuid>,
    query: web::Query<BoardQuery>,
) -> Result<HttpResponse, PageProblem> {
    let unit = UnitId::new(*unit);
    let BoardQuery { saved, lever } = query.into_inner();
    let page = blocking(move || {
        let new = lever.map(|it| LeverForm::empty(it, app.now().date_naive()));
        page(&app, &by, unit, Shown { saved: saved.is_some(), new, ..Shown::default() })
    })
    .await?;
    Ok(answer_with(StatusCode::OK, &page)?)
}

/// Puts a lever on the board.
#[post("/team/{unit}/levers")]
pub(super) async fn add(
    app: web::Data<App>,
    posted: Posted<LeverForm>,
    unit: web::Path<Uuid>,
) -> Result<HttpResponse, PageProblem> {
    let unit = UnitId::new(*unit);
    let again = blocking(move || {
        let Posted { by, form } = posted;
        access::see_unit(&app, &by.principal, unit)?;
        let (id, now) = (LeverPlanId::new(Uuid::new_v4()), app.now());
        let shown = |problem| Shown { new: Some(form.clone()), problem, ..Shown::default() };
        match form.plan(id, unit, now.date_naive()) {
            Ok(plan) => {
                app.store.save_lever_plan(&plan, by.principal.person, now)?;
                Ok(None)
            }
            Err(Problem::Malformed(text)) => page(&app, &by, unit, shown(Some(text))).map(Some),
            Err(problem) => Err(problem),
        }
    })
    .await?;
    finish(unit, again)
}

/// Changes a lever on the board.
#[post("/team/{unit}/levers/{plan}")]
pub(super) async fn change(
    app: web::Data<App>,
    posted: Posted<LeverForm>,
    path: web::Path<(Uuid, Uuid)>,
) -> Result<HttpResponse, PageProblem> {
    let (unit, id) = path.into_inner();
    let (unit, id) = (UnitId::new(unit), LeverPlanId::new(id));
    let again = blocking(move || {
        let Posted { by, mut form } = posted;
        access::see_unit(&app, &by.principal, unit)?;
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
                page(&app, &by, unit, shown).map(Some)
            }
            Err(problem) => Err(problem),
        }
    })
    .await?;
    finish(unit, again)
}

/// Back to the board; or the same page again with what was typed, and what is wrong with it.
fn finish(unit: UnitId, again: Option<LeversPage>) -> Result<HttpResponse, PageProblem> {
    match again {
        None => Ok(see_other(&format!("/team/{unit}/levers?saved"))),
        Some(page) => Ok(answer_with(StatusCode::UNPROCESSABLE_ENTITY, &page)?),
    }
}

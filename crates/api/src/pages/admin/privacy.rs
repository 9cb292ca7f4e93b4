//! The smallest group: what holds, what another would do, and changing it.

use actix_web::{HttpResponse, get, http::StatusCode, post, web};
use askama::Template;
use serde::Deserialize;
use tideline_aggregation::{MinGroup, smallest_group};
use tideline_domain::{cohort::MIN_ELIGIBLE, day::utc_day, unseen};
use tideline_store::{AuditEntry, RoleKind};

use super::super::{
    cells::CellsLine,
    shell::{Html, Shell},
};
use crate::{
    App,
    auth::{By, Overseer, Posted, PrivacyOfficer, SignedIn},
    blocking::blocking,
    effect,
    problem::{PageProblem, Problem, see_other},
};

#[derive(Template)]
#[template(path = "pages/admin/privacy.html")]
struct PrivacyPage {
    shell: Shell,
    k: u32,
    floor: u32,
    /// What will hold, and from when on.
    later: Option<(u32, String)>,
    smallest_cohort: u32,
    roster_guard: bool,
    tried: u32,
    /// Kind of units, how many now, how many with the number that is tried.
    effect: Vec<(String, u32, u32)>,
    may_change: bool,
    /// Releases whose cells this reader may take away.
    cells: Vec<CellsLine>,
    reason: String,
    saved: bool,
    problem: Option<String>,
    csrf: String,
}

#[derive(Deserialize)]
struct PrivacyQuery {
    k: Option<u32>,
    saved: Option<String>,
}

/// What is on the page besides what is stored.
#[derive(Default)]
struct Shown {
    tried: Option<u32>,
    reason: String,
    saved: bool,
    problem: Option<&'static str>,
}

/// The settings, and the effect of a number that is tried.
#[get("/admin/privacy")]
pub(super) async fn show(
    app: web::Data<App>,
    by: By<Overseer>,
    query: web::Query<PrivacyQuery>,
) -> Result<HttpResponse, PageProblem> {
    let shown = Shown { tried: query.k, saved: query.saved.is_some(), ..Shown::default() };
    let page = blocking(move || Html::of(&page(&app, &by, shown)?)).await?;
    Ok(page.into())
}

fn page(app: &App, by: &SignedIn, shown: Shown) -> Result<PrivacyPage, Problem> {
    let (t, now) = (by.reader.t, app.now());
    let changes = app.store.smallest_group_changes()?;
    let k = smallest_group::in_force(app.settings.smallest_group, &changes, now);
    let later = smallest_group::pending(&changes, now)
        .map(|it| (it.k.people(), t.date(utc_day(it.effective))));
    let tried = shown.tried.and_then(|it| MinGroup::new(it).ok());
    let effect = match (tried, effect::today(app)?) {
        (Some(tried), Some(structure)) => {
            let history = app.store.history()?;
            let before = effect::of(&structure, k, &history)?;
            let after = effect::of(&structure, tried, &history)?;
            vec![
                (t.tr("effect-shown"), before.alone, after.alone),
                (t.tr("effect-together"), before.together, after.together),
                (t.tr("effect-hidden"), before.inside, after.inside),
            ]
        }
        _ => Vec::new(),
    };
    Ok(PrivacyPage {
        shell: Shell::of(by),
        k: k.people(),
        floor: MinGroup::FLOOR,
        later,
        smallest_cohort: MIN_ELIGIBLE,
        roster_guard: app.settings.roster_guard,
        tried: shown.tried.unwrap_or(k.people()),
        effect,
        may_change: by.principal.holds(RoleKind::PrivacyOfficer),
        cells: CellsLine::of(&by.principal, &app.store.released_waves()?, t),
        reason: shown.reason,
        saved: shown.saved,
        problem: shown.problem.map(|id| t.tr1(id, "floor", MinGroup::FLOOR)),
        csrf: by.csrf.clone(),
    })
}

/// What the form says, as typed.
#[derive(Deserialize)]
pub(super) struct PrivacyForm {
    #[serde(default)]
    smallest_group: String,
    #[serde(default)]
    reason: String,
}

/// Changes the smallest group.
#[post("/admin/privacy")]
pub(super) async fn save(
    app: web::Data<App>,
    posted: Posted<PrivacyOfficer, PrivacyForm>,
) -> Result<HttpResponse, PageProblem> {
    let Posted { by, form } = posted;
    let refused = blocking(move || {
        let k = form.smallest_group.trim().parse().unwrap_or(0);
        match change_to(&app, by.policy, k, &form.reason) {
            Ok(()) => Ok(None),
            Err(Problem::Malformed(id)) => {
                let reason = form.reason;
                let shown = Shown { tried: Some(k), reason, problem: Some(id), ..Shown::default() };
                Html::with(StatusCode::UNPROCESSABLE_ENTITY, &page(&app, &by, shown)?).map(Some)
            }
            Err(other) => Err(other),
        }
    })
    .await?;
    match refused {
        None => Ok(see_other("/admin/privacy?saved")),
        Some(page) => Ok(page.into()),
    }
}

/// Changes the smallest group to `k` people, for everybody to read why.
///
/// # Errors
///
/// [`Problem::Malformed`] with a sentence for the person who asks.
pub(crate) fn change_to(
    app: &App,
    by: PrivacyOfficer,
    k: u32,
    reason: &str,
) -> Result<(), Problem> {
    let reason = reason.trim();
    let k = MinGroup::new(k).map_err(|_| Problem::Malformed("admin-privacy-problem-floor"))?;
    if !(1..=200).contains(&reason.chars().count()) || unseen(reason).is_some() {
        return Err(Problem::Malformed("admin-privacy-problem-reason"));
    }
    let now = app.now();
    let changes = app.store.smallest_group_changes()?;
    let meant = smallest_group::pending(&changes, now).map(|it| it.k);
    if meant.unwrap_or(app.smallest_group()?) == k {
        return Err(Problem::Malformed("admin-privacy-problem-same"));
    }
    let change = app.store.change_smallest_group(app.settings.smallest_group, k, reason, now)?;
    let subject = format!("{} to {}", change.before.people(), change.k.people());
    Ok(app.store.append_audit(&AuditEntry::new(by.0, "settings.privacy", subject, now))?)
}

//! Levers, as printed.

use chrono::NaiveDate;
use serde::Serialize;
use tideline_domain::{
    PerScale, Scale, UnitId,
    lever::{LeverPlan, LeverStatus},
};
use tideline_text::Text;

use super::PdfInput;
use crate::{
    levers,
    next_step::UnitPlan,
    view::{Mark, OrganisationView, UnitView},
    words::{self, Way},
};

/// One lever of one unit.
#[derive(Serialize)]
pub(super) struct LeverRow<'a> {
    unit: &'a str,
    short: String,
    text: String,
    status: String,
    since: String,
    owner: &'a str,
    review: String,
    overdue: bool,
    /// What the unit's measures say now; `[c]` where they are not shown.
    now: String,
}

/// A lever whose review is overdue.
#[derive(Serialize)]
pub(super) struct DueRow<'a> {
    short: String,
    unit: &'a str,
    due: String,
    owner: &'a str,
}

/// Whether a lever was pulled, now or before.
pub(super) fn pulled(plan: &LeverPlan) -> bool {
    plan.status != LeverStatus::Considered
}

/// Levers that a report tells of: those that began later belong to a later one.
pub(super) fn plans<'a>(input: &PdfInput<'a>) -> impl Iterator<Item = &'a UnitPlan> + use<'a> {
    let (all, today) = (input.levers, input.today);
    all.iter().filter(move |it| it.plan.started <= today)
}

pub(super) fn overdue<'a>(input: &PdfInput<'a>) -> impl Iterator<Item = &'a UnitPlan> + use<'a> {
    let today = input.today;
    plans(input).filter(move |it| it.plan.is_overdue(today))
}

pub(super) fn due(it: &UnitPlan, t: Text) -> DueRow<'_> {
    DueRow {
        short: levers::short(t, it.plan.lever),
        unit: &it.unit,
        due: t.tr1("review-due", "day", t.date(it.plan.review)),
        owner: &it.plan.owner,
    }
}

/// The short names of what the units `of` are thinking about or trying.
pub(super) fn in_play(input: &PdfInput<'_>, of: &[UnitId]) -> Vec<String> {
    use LeverStatus::{Considered, Trying};
    let here = |it: &&UnitPlan| {
        of.contains(&it.plan.unit) && matches!(it.plan.status, Considered | Trying)
    };
    plans(input).filter(here).map(|it| levers::short(input.text, it.plan.lever)).collect()
}

/// What the measures of units say at the moment.
pub(super) enum Now<'a> {
    /// Of all units.
    All(&'a OrganisationView),
    /// Of one.
    One(Option<&'a UnitView>),
}

impl Now<'_> {
    fn told(&self, unit: UnitId, t: Text) -> String {
        let said = match self {
            Self::All(view) => view.units.iter().find(|it| it.unit == unit).and_then(|row| {
                row.cells.as_ref().map(|_| of_marks(&row.marks, t)).or_else(|| {
                    let pool = view.pools.iter().find(|it| it.units.contains(&unit))?;
                    Some(of_marks(&pool.marks, t))
                })
            }),
            Self::One(view) => view.map(|it| {
                let moved = it.panels.iter().filter(|it| it.tag.way != Way::Level);
                let said = moved.map(|it| told(it.scale, &it.tag.text, t)).collect();
                or_as_before(said, t)
            }),
        };
        said.unwrap_or_else(|| words::WITHHELD_MARK.to_owned())
    }
}

fn of_marks(marks: &PerScale<Mark>, t: Text) -> String {
    let of = |scale: Scale| Some(told(scale, &marks.get(scale).own_past(t)?, t));
    or_as_before(Scale::ALL.into_iter().filter_map(of).collect(), t)
}

fn told(scale: Scale, tag: &str, t: Text) -> String {
    format!("{}: {tag}", words::scale_title_short(scale, t))
}

fn or_as_before(said: Vec<String>, t: Text) -> String {
    if said.is_empty() { t.tr("tag-usual") } else { said.join("; ") }
}

/// The rows of the table of levers.
pub(super) fn rows<'a>(input: &PdfInput<'a>, now: &Now<'_>) -> Vec<LeverRow<'a>> {
    let (t, today) = (input.text, input.today);
    let row = |it: &'a UnitPlan| {
        let plan = &it.plan;
        LeverRow {
            unit: &it.unit,
            short: levers::short(t, plan.lever),
            text: levers::text(t, plan.lever),
            status: levers::status(t, plan.status),
            since: t.tr1("report-since", "day", t.date(plan.started)),
            owner: &plan.owner,
            review: t.date(plan.review),
            overdue: plan.is_overdue(today),
            now: if pulled(plan) { now.told(plan.unit, t) } else { "–".to_owned() },
        }
    };
    plans(input).map(row).collect()
}

/// What began at the levers since the check-in before closed, in words.
pub(super) fn begun(input: &PdfInput<'_>) -> Vec<String> {
    let [.., before, latest] = input.history else { return Vec::new() };
    let from = before.wave().window.last_day(&input.zone);
    let to = latest.wave().window.last_day(&input.zone);
    let is_new = |it: &&UnitPlan| {
        let day: NaiveDate = it.plan.started;
        pulled(&it.plan) && from < day && day <= to
    };
    let t = input.text;
    let say = |it: &UnitPlan| {
        t.tr2("report-change-begun", "unit", &it.unit, "lever", levers::short(t, it.plan.lever))
    };
    plans(input).filter(is_new).map(say).collect()
}

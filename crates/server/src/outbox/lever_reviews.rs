//! Mails to managers when it is time to look at a lever again.

use anyhow::Result;
use chrono::{NaiveDate, NaiveTime, TimeDelta};
use tideline_domain::{
    LeverPlanId, Person, RoleKind, UnitId, UnitTree,
    day::{day_in, moment_at, utc_day},
    lever::LeverPlan,
};
use tideline_report::{
    levers,
    mail::{self, Envelope, Notice},
};
use tideline_store::{NewDelivery, Topic};

use crate::context::Context;

/// When on its day a review is mailed, by the organisation's clock.
const HOUR: u32 = 8;
/// Reviews that were due longer ago are not mailed: nobody has waited for them.
const OLDEST: TimeDelta = TimeDelta::days(31);

/// Queues a mail to the managers of each unit that wanted to look at a lever again today.
///
/// # Errors
///
/// If the database cannot be read or written.
pub(super) fn queue(context: &Context) -> Result<usize> {
    let zone = context.zone()?;
    let today = day_in(context.now(), &zone);
    let due: Vec<LeverPlan> = context
        .store
        .lever_reviews(today)?
        .into_iter()
        .filter(|it| it.review >= today - OLDEST)
        .collect();
    if due.is_empty() {
        return Ok(0);
    }
    let Some(tree) = context.store.units(utc_day(context.now()))? else { return Ok(0) };
    let managers = context.store.people_with_role(RoleKind::Manager)?;
    let at = NaiveTime::from_hms_opt(HOUR, 0, 0).unwrap_or_default();
    let mut mails = Vec::new();
    for plan in &due {
        for recipient in nearest(&tree, &managers, plan.unit) {
            let topic = Topic::LeverReview(plan.id, plan.review);
            let due = moment_at(plan.review.and_time(at), &zone);
            mails.push(NewDelivery { recipient: recipient.id, topic, due });
        }
    }
    Ok(context.store.queue_deliveries(&mails)?)
}

/// The managers of `unit`, or else of the nearest unit above it that has any.
fn nearest<'a>(tree: &UnitTree, managers: &'a [Person], unit: UnitId) -> Vec<&'a Person> {
    let mut at = Some(unit);
    while let Some(unit) = at {
        let found: Vec<&Person> =
            managers.iter().filter(|it| super::managed(it).any(|of| of == unit)).collect();
        if !found.is_empty() {
            return found;
        }
        at = tree.get(unit).and_then(|it| it.parent);
    }
    Vec::new()
}

/// The reviews that are due, read once for many mails.
#[derive(Default)]
pub(super) struct Reviews {
    read: Option<(Vec<LeverPlan>, Option<UnitTree>)>,
}

impl Reviews {
    /// The mail about one review; `None` if it is not due any more.
    pub(super) fn write(
        &mut self,
        context: &Context,
        envelope: &Envelope<'_>,
        (plan, review): (LeverPlanId, NaiveDate),
        origin: &str,
    ) -> Result<Option<mail::Message>> {
        if self.read.is_none() {
            let today = day_in(context.now(), &context.zone()?);
            let tree = context.store.units(utc_day(context.now()))?;
            self.read = Some((context.store.lever_reviews(today)?, tree));
        }
        let Some((due, tree)) = &self.read else { return Ok(None) };
        let Some(plan) = due.iter().find(|it| it.id == plan && it.review == review) else {
            return Ok(None);
        };
        let unit = tree.as_ref().and_then(|it| it.get(plan.unit));
        let notice = Notice::LeverReview {
            plan: &plan.id.to_string(),
            unit: unit.map_or("", |it| it.name.as_str()),
            lever: &levers::text(envelope.text, plan.lever),
            owner: &plan.owner,
            review,
        };
        let url = format!("{origin}/team/{}/levers", plan.unit);
        Ok(Some(mail::notice(envelope, &notice, &url)?))
    }
}

//! What a person may see: the one place that pages and the JSON API ask.
//!
//! Who may see a unit's results is decided on the tree that was frozen for the newest wave, not on
//! today's: moving a unit in the tree does not open its past to anybody before the next wave is
//! announced.

use std::sync::{Arc, PoisonError};

use tideline_domain::day::utc_day;
use tideline_domain::{PersonId, Principal, Role, UnitId, UnitTree, WaveSeq};
use tideline_store::{Actor, AuditEntry, RoleKind};

use crate::{App, problem::Problem};

/// The tree that decides who may see which unit; today's until a wave has been announced.
pub(crate) fn tree(app: &App) -> Result<Arc<UnitTree>, Problem> {
    if let Some(tree) = app.store.newest_tree()? {
        return Ok(tree);
    }
    app.store.units(utc_day(app.now()))?.map(Arc::new).ok_or(Problem::NotFound)
}

/// The unit somebody belonged to when the newest wave was announced; the top unit is shown anyway.
pub(crate) fn own_unit(app: &App, person: PersonId) -> Result<Option<UnitId>, Problem> {
    let Some(newest) = app.store.wave_summaries()?.into_iter().map(|it| it.wave.seq).max() else {
        return Ok(None);
    };
    let unit = app.store.placement(newest, person)?.map(|it| it.0);
    let root = tree(app)?.root().id;
    Ok(unit.filter(|it| *it != root))
}

/// What is written into the audit log.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Audited {
    /// Results seen on a page.
    View,
    /// Results taken away as a file.
    Export,
    /// Results read by a program.
    ReadApi,
}

impl Audited {
    /// Stable name.
    pub(crate) const fn code(self) -> &'static str {
        match self {
            Self::View => "results.view",
            Self::Export => "results.export",
            Self::ReadApi => "results.read",
        }
    }
}

/// What is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Seen {
    /// Results of a unit.
    Unit(UnitId),
    /// Results of the whole organisation.
    Organisation,
    /// What everybody may see.
    Everybody,
    /// The report of a wave.
    Report(WaveSeq),
    /// All that a wave's release holds.
    Release(WaveSeq),
    /// The same as cells, to attack them.
    Cells(WaveSeq),
}

impl Seen {
    /// By identifier, never by content.
    fn subject(self) -> String {
        match self {
            Self::Unit(unit) => format!("unit {unit}"),
            Self::Organisation => "organisation".to_owned(),
            Self::Everybody => "everybody".to_owned(),
            Self::Report(seq) => format!("report {seq}"),
            Self::Release(seq) => format!("release {seq}"),
            Self::Cells(seq) => format!("cells {seq}"),
        }
    }

    /// The role that lets `who` see it.
    fn seen_as(self, app: &App, who: &Principal) -> Result<RoleKind, Problem> {
        match self {
            Self::Unit(unit) => match who.sees_unit_as(&*tree(app)?, unit) {
                Some(Role::Manager(_)) => Ok(RoleKind::Manager),
                Some(_) => Ok(RoleKind::Hr),
                None => Err(Problem::NotFound),
            },
            Self::Everybody => Ok(RoleKind::Staff),
            Self::Cells(_) | Self::Organisation | Self::Report(_) | Self::Release(_)
                if who.may_see_organisation() =>
            {
                Ok(RoleKind::Hr)
            }
            Self::Cells(_) if who.may_audit_releases() => Ok(RoleKind::PrivacyOfficer),
            Self::Cells(_) | Self::Organisation | Self::Report(_) | Self::Release(_) => {
                Err(Problem::NotFound)
            }
        }
    }
}

/// What makes two looks one: what is seen, and with which role.
pub(crate) fn looked(seen: Seen, role: &str) -> String {
    format!("{} as {role}", seen.subject())
}

/// Notes that `who` is about to be shown `seen`, and with which role.
///
/// # Errors
///
/// [`Problem::NotFound`] if no role lets this person see it; [`Problem::Internal`] if it cannot be
/// noted. Then nothing must be shown.
pub(crate) fn audit(
    app: &App,
    who: &Principal,
    action: Audited,
    seen: Seen,
) -> Result<(), Problem> {
    let now = app.now();
    let role = seen.seen_as(app, who)?;
    let by = Actor::Person(who.person, role);
    let note = || app.store.append_audit(&AuditEntry::new(by, action.code(), seen.subject(), now));
    if matches!(action, Audited::Export) {
        return Ok(note()?);
    }
    // Somebody who reads the same thing twice in a minute has looked once, and a program that asks all
    // the time does not fill the log; with another role it is another look.
    let looked = looked(seen, role.code());
    if app.warm.is_noted(who.person, action.code(), &looked, now) {
        return Ok(());
    }
    let _one_at_a_time = app.warm.noting.lock().unwrap_or_else(PoisonError::into_inner);
    if !app.warm.is_noted(who.person, action.code(), &looked, now) {
        note()?;
        app.warm.noted(who.person, action.code(), &looked, now);
    }
    Ok(())
}

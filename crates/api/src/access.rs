//! What a person may see: the one place that pages and the JSON API ask.
//!
//! Who may see a unit's results is decided on the tree that was frozen for the newest wave, not on
//! today's: moving a unit in the tree does not open its past to anybody before the next wave is
//! announced.

use std::sync::Arc;

use tideline_domain::{PersonId, Principal, UnitId, UnitTree};
use tideline_store::AuditEntry;

use crate::{App, problem::Problem};

/// The tree that decides who may see which unit; today's until a wave has been announced.
pub(crate) fn tree(app: &App) -> Result<Arc<UnitTree>, Problem> {
    if let Some(tree) = app.store.newest_tree()? {
        return Ok(tree);
    }
    app.store.units(app.now().date_naive())?.map(Arc::new).ok_or(Problem::NotFound)
}

/// The tree, if this person may see `unit` in it.
///
/// # Errors
///
/// [`Problem::NotFound`] if there is no such unit or it is not for this person: the same either way.
pub(crate) fn see_unit(app: &App, who: &Principal, unit: UnitId) -> Result<Arc<UnitTree>, Problem> {
    let tree = tree(app)?;
    if who.may_see_unit(&tree, unit) { Ok(tree) } else { Err(Problem::NotFound) }
}

/// Lets through who may see the organisation's results.
///
/// # Errors
///
/// [`Problem::NotFound`] for everybody else.
pub(crate) fn see_organisation(who: &Principal) -> Result<(), Problem> {
    who.may_see_organisation().then_some(()).ok_or(Problem::NotFound)
}

/// The unit somebody belonged to when the newest wave was announced; the top unit is shown anyway.
pub(crate) fn own_unit(app: &App, person: PersonId) -> Result<Option<UnitId>, Problem> {
    let Some(newest) = app.store.waves()?.into_iter().map(|it| it.wave.seq).max() else {
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
    const fn code(self) -> &'static str {
        match self {
            Self::View => "results.view",
            Self::Export => "results.export",
            Self::ReadApi => "results.read",
        }
    }
}

/// Notes that `who` is about to be shown `subject`: which unit or wave, by identifier.
///
/// # Errors
///
/// [`Problem::Internal`] if it cannot be noted; then nothing must be shown.
pub(crate) fn audit(
    app: &App,
    who: &Principal,
    action: Audited,
    subject: &str,
) -> Result<(), Problem> {
    let now = app.now();
    // Somebody who reads a page twice in a minute has looked once.
    let view = matches!(action, Audited::View);
    if view && app.warm.is_noted(who.person, subject, now) {
        return Ok(());
    }
    app.store.append_audit(&AuditEntry {
        who: Some(who.person),
        action: action.code().to_owned(),
        subject: subject.to_owned(),
        at: now,
    })?;
    if view {
        app.warm.noted(who.person, subject, now);
    }
    Ok(())
}

//! The part of the account page about finding a check-in again: what is kept, and taking it away. Making and
//! opening is the scripts' (`web/src/account.ts`, and `web/src/recovery.ts` on the ballot origin): this
//! program never sees what it would take.

use actix_web::{HttpResponse, post, web};
use serde::Deserialize;
use tideline_domain::PersonId;
use tideline_store::{MOST_SEALED, SEALED_LEN};
use tideline_text::Text;

use crate::{
    App,
    assets::Script,
    auth::{Member, Posted},
    blocking::blocking,
    problem::{PageProblem, Problem, see_other},
    recovery::{Opener, SealedRoot, without},
};

/// What the account page shows of it.
pub(super) struct Recoveries {
    pub(super) script: Script,
    pub(super) ways: Vec<WayLine>,
    /// Whether no more can be added.
    pub(super) full: bool,
    /// Whether one of them is a code: a new one takes its place.
    pub(super) has_code: bool,
    /// What became of the last change, in a sentence, and whether it went well.
    pub(super) changed: Option<(String, bool)>,
    pub(super) ballot_origin: String,
}

/// A code or a passkey.
pub(super) struct WayLine {
    pub(super) name: String,
    /// Names it in the form that takes it away.
    pub(super) key: String,
}

impl Recoveries {
    /// What `person` has. `changed` is what the address says of the last change.
    pub(super) fn of(
        app: &App,
        person: PersonId,
        changed: Option<&str>,
        t: Text,
    ) -> Result<Self, Problem> {
        let kept = app.store.recovery_of(&app.keys.recovery_holder(person))?;
        let copies = kept.map(|it| it.copies).unwrap_or_default();
        let changed = changed.map(|it| match it {
            "kept" => (t.tr("account-recovery-kept"), true),
            "removed" => (t.tr("account-recovery-removed"), true),
            _ => (t.tr("account-recovery-failed"), false),
        });
        let is_code = |it: &[u8; SEALED_LEN]| SealedRoot::of(*it).opener() == Some(Opener::Code);
        Ok(Self {
            script: Script::Account,
            full: copies.len() >= MOST_SEALED,
            has_code: copies.iter().any(is_code),
            ways: copies.into_iter().filter_map(|it| line(SealedRoot::of(it), t)).collect(),
            changed,
            ballot_origin: app.settings.ballot_origin.to_string(),
        })
    }
}

fn line(sealed: SealedRoot, t: Text) -> Option<WayLine> {
    let name = match sealed.opener()? {
        Opener::Code => t.tr("account-recovery-code"),
        Opener::Passkey => t.tr("account-recovery-passkey"),
    };
    Some(WayLine { name, key: sealed.name() })
}

#[derive(Deserialize)]
struct RemoveForm {
    sealed: String,
}

/// Takes away a code or a passkey: what it opened is deleted. With the last of them, the secret has no copy
/// here any more. No script is needed.
#[post("/account/recovery/remove")]
pub(super) async fn remove(
    app: web::Data<App>,
    posted: Posted<Member, RemoveForm>,
) -> Result<HttpResponse, PageProblem> {
    let holder = app.keys.recovery_holder(posted.by.principal.person);
    let name = posted.form.sealed;
    blocking(move || {
        app.store.change_recovery(&holder, |it| Ok::<_, Problem>(without(it, &name)))?
    })
    .await?;
    Ok(see_other("/account?recovery=removed#recovery-heading"))
}

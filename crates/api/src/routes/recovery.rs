//! What finds a person's check-in again on another device: sealed copies of a secret that this program
//! never sees. It keeps them, bounds them, and gives them to nobody but their owner; see
//! `docs/protocol.md`, M9. Nothing here is written into the audit log: a line would tell when.

use actix_web::{HttpResponse, get, post, web};
use serde::{Deserialize, Serialize};
use tideline_ballot::encoding::{from_base64, to_base64};
use tideline_store::{MOST_SEALED, Recovery, SEALED_LEN};
use utoipa::ToSchema;

use super::blocking;
use crate::{
    App,
    auth::{Caller, Member},
    problem::{Problem, ProblemBody},
};

/// What opens a sealed copy, as its first byte says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Opener {
    /// A code that the person has written down.
    Code,
    /// A passkey.
    Passkey,
}

/// The secret, sealed in the browser. This program cannot open it; it knows what opens it, and a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct SealedRoot([u8; SEALED_LEN]);

impl SealedRoot {
    /// Reads what a browser sends; `None` if it is none.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let sealed = Self(from_base64(text)?);
        sealed.opener().map(|_| sealed)
    }

    /// What is kept of it.
    pub(crate) const fn of(bytes: [u8; SEALED_LEN]) -> Self {
        Self(bytes)
    }

    /// What opens it; `None` if nothing does that this program knows.
    pub(crate) const fn opener(self) -> Option<Opener> {
        match self.0[0] {
            1 => Some(Opener::Code),
            2 => Some(Opener::Passkey),
            _ => None,
        }
    }

    /// Names it in the form that takes it away: the nonce it was sealed with, 12 bytes, base64url.
    pub(crate) fn name(self) -> String {
        to_base64(&self.0[1..13])
    }
}

/// `before` with one more sealed copy. There is one code at a time: a new one takes the place of the old.
/// A copy of another secret takes the place of all, if that is meant (`anew`).
pub(crate) fn with(
    before: Option<Recovery>,
    root: [u8; 16],
    sealed: SealedRoot,
    anew: bool,
) -> Result<Recovery, Problem> {
    let mut after = match before {
        Some(it) if it.root == root => it,
        Some(_) if !anew => return Err(Problem::Malformed("problem-recovery-other")),
        _ => Recovery { root, copies: Vec::new() },
    };
    if sealed.opener() == Some(Opener::Code) {
        after.copies.retain(|it| SealedRoot::of(*it).opener() != Some(Opener::Code));
    }
    if after.copies.len() >= MOST_SEALED {
        return Err(Problem::Malformed("problem-recovery-full"));
    }
    after.copies.push(sealed.0);
    Ok(after)
}

/// `before` without the sealed copy of this name.
pub(crate) fn without(before: Option<Recovery>, name: &str) -> Option<Recovery> {
    let mut after = before?;
    after.copies.retain(|it| SealedRoot::of(*it).name() != name);
    (!after.copies.is_empty()).then_some(after)
}

/// What the caller has for finding a check-in again.
#[derive(Serialize, ToSchema)]
#[schema(as = Recovery)]
pub(crate) struct RecoveryBody {
    /// The public name of the secret, base64url; none if the caller has none.
    root: Option<String>,
    /// The sealed copies, 61 bytes each, base64url. At most 4.
    sealed: Vec<String>,
}

/// A sealed copy to be kept.
#[derive(Deserialize, ToSchema)]
#[schema(as = SealedRootDraft)]
#[serde(deny_unknown_fields)]
pub(crate) struct SealedBody {
    /// The public name of the secret, 16 bytes, base64url.
    root: String,
    /// The copy, 61 bytes, base64url.
    sealed: String,
    /// Whether a secret of another name may take the place of the one there is, and of all its copies.
    anew: bool,
}

/// The sealed copies with which the caller's check-in is found again. Only a signed-in browser can, 30 times
/// in a quarter of an hour.
#[utoipa::path(
    tag = "pulse",
    security(("session" = [])),
    responses(
        (status = 200, description = "The copies; none if there are none.", body = RecoveryBody),
        (status = 401, description = "Nobody is signed in.", body = ProblemBody),
        (status = 429, description = "Too often in a short time.", body = ProblemBody),
    ),
)]
#[get("/me/recovery")]
pub(crate) async fn recovery(
    app: web::Data<App>,
    caller: Caller<Member>,
) -> Result<web::Json<RecoveryBody>, Problem> {
    let person = caller.in_browser()?.principal.person;
    if !app.gate.may_recover(person, app.now()) {
        return Err(Problem::TooOften);
    }
    blocking(move || {
        let kept = app.store.recovery_of(&app.keys.recovery_holder(person))?;
        let sealed = kept.iter().flat_map(|it| &it.copies).map(|it| to_base64(it)).collect();
        Ok(web::Json(RecoveryBody { root: kept.map(|it| to_base64(&it.root)), sealed }))
    })
    .await
}

/// Keep one more sealed copy of the caller's secret. A copy for a code takes the place of the one before.
/// Only a signed-in browser can.
#[utoipa::path(
    tag = "pulse",
    security(("session" = [])),
    request_body = SealedBody,
    responses(
        (status = 204, description = "Kept."),
        (status = 400, description = "It is no sealed copy, there are four already, or it is of another secret.", body = ProblemBody),
        (status = 401, description = "Nobody is signed in.", body = ProblemBody),
        (status = 403, description = "The request did not come from this site.", body = ProblemBody),
        (status = 429, description = "Too often in a short time.", body = ProblemBody),
    ),
)]
#[post("/me/recovery")]
pub(crate) async fn keep(
    app: web::Data<App>,
    caller: Caller<Member>,
    body: Result<web::Json<SealedBody>, actix_web::Error>,
) -> Result<HttpResponse, Problem> {
    // Who asks is settled first: a stranger is not told what is wrong with a body.
    let person = caller.in_browser()?.principal.person;
    if !app.gate.may_recover(person, app.now()) {
        return Err(Problem::TooOften);
    }
    let unreadable = || Problem::Malformed("problem-body-unreadable");
    let SealedBody { root, sealed, anew } = body.map_err(|_| unreadable())?.into_inner();
    let (Some(root), Some(sealed)) = (from_base64(&root), SealedRoot::parse(&sealed)) else {
        return Err(unreadable());
    };
    blocking(move || {
        let holder = app.keys.recovery_holder(person);
        app.store.change_recovery(&holder, |it| with(it, root, sealed, anew).map(Some))?
    })
    .await?;
    Ok(HttpResponse::NoContent().finish())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sealed(opener: u8, nonce: u8) -> SealedRoot {
        let mut bytes = [nonce; SEALED_LEN];
        bytes[0] = opener;
        SealedRoot::parse(&to_base64(&bytes)).unwrap()
    }

    /// Adds these, of the secret with this name each; how many of which kind are kept in the end.
    #[track_caller]
    fn check(added: &[(u8, SealedRoot)], codes: usize, passkeys: usize) {
        let mut kept = None;
        for (root, sealed) in added {
            kept = Some(with(kept, [*root; 16], *sealed, true).unwrap());
        }
        let openers = kept.unwrap().copies.into_iter().map(|it| SealedRoot::of(it).opener());
        let openers: Vec<_> = openers.flatten().collect();
        let count = |of| openers.iter().filter(|it| **it == of).count();
        assert_eq!((count(Opener::Code), count(Opener::Passkey)), (codes, passkeys));
    }

    #[test]
    fn there_is_one_code_and_up_to_three_passkeys_beside_it() {
        let passkeys: Vec<_> = (1..=3).map(|it| (1, sealed(2, it))).collect();
        check(&[(1, sealed(1, 9)), (1, sealed(1, 8))], 1, 0);
        check(&[&passkeys[..], &[(1, sealed(1, 9)), (1, sealed(1, 8))]].concat(), 1, 3);
    }

    #[test]
    fn a_fifth_copy_is_refused() {
        let mut kept = None;
        for nonce in 1..=4 {
            kept = Some(with(kept, [1; 16], sealed(2, nonce), false).unwrap());
        }
        for more in [sealed(2, 5), sealed(1, 5)] {
            assert!(matches!(with(kept.clone(), [1; 16], more, false), Err(Problem::Malformed(_))));
        }
    }

    #[test]
    fn another_secret_takes_the_place_of_all_or_of_none() {
        let one = with(None, [1; 16], sealed(2, 1), false).unwrap();
        let refused = with(Some(one.clone()), [2; 16], sealed(1, 2), false);
        assert!(matches!(refused, Err(Problem::Malformed("problem-recovery-other"))));
        check(&[(1, sealed(2, 1)), (1, sealed(1, 2)), (2, sealed(1, 3))], 1, 0);
    }

    #[test]
    fn the_last_copy_that_is_taken_away_leaves_nothing() {
        let one = with(None, [1; 16], sealed(1, 1), false).unwrap();
        let two = with(Some(one.clone()), [1; 16], sealed(2, 2), false).unwrap();
        assert_eq!(without(Some(two), &sealed(2, 2).name()), Some(one.clone()));
        assert_eq!(without(Some(one.clone()), &sealed(2, 2).name()), Some(one.clone()));
        assert_eq!(without(Some(one), &sealed(1, 1).name()), None);
    }

    #[test]
    fn what_is_no_sealed_copy_is_refused() {
        let mut bytes = [7; SEALED_LEN];
        for (first, good) in [(0, false), (1, true), (2, true), (3, false)] {
            bytes[0] = first;
            assert_eq!(SealedRoot::parse(&to_base64(&bytes)).is_some(), good, "{first}");
        }
        assert_eq!(SealedRoot::parse(&to_base64(&[1; SEALED_LEN - 1])), None);
        assert_eq!(SealedRoot::parse(&to_base64(&[1; SEALED_LEN + 1])), None);
        assert_eq!(SealedRoot::parse("not base64!"), None);
    }
}

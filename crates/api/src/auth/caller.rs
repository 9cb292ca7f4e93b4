//! Programs and scripts that call with a token or, from our own pages, with the session's cookie.

use actix_web::{FromRequest, HttpRequest, dev::Payload, http::header};
use chrono::{DateTime, Utc};
use tideline_domain::{Person, PersonId, Principal, WaveSeq};
use tideline_store::{Store, StoreError};

use super::{
    Policy,
    session::{Extracting, SignedIn, check_csrf_header, check_origin},
};
use crate::{App, blocking::blocking, credentials::Audience, problem::Problem, refusal::Refusal};

/// Somebody who calls the JSON API, and is one of those an operation is for.
#[derive(Debug)]
pub(crate) struct Caller<P> {
    /// What let them through.
    pub(crate) policy: P,
    /// Who, and what this person may do.
    pub(crate) principal: Principal,
    /// Who.
    pub(crate) person: Person,
    /// For callers with a cookie: value of the header `X-CSRF-Token` on requests that change
    /// something. `None` for callers with a bearer token.
    pub(crate) csrf: Option<String>,
    /// What is stored of the session that the caller has, or had when the token was made.
    pub(crate) session: [u8; 32],
}

impl<P: Policy> Caller<P> {
    async fn of(req: &HttpRequest) -> Result<Self, Problem> {
        if req.headers().contains_key(header::AUTHORIZATION) {
            let app = App::of(req)?;
            let now = app.now();
            let checked = bearer(req)
                .and_then(|token| app.keys.check(Audience::Api, token, now))
                .ok_or(Problem::SignedOut)?;
            let session = checked.session.ok_or(Problem::SignedOut)?;
            // A token is as good as the session it was made in, and no longer.
            let person = blocking(move || Ok(app.store.session_person(&session, now)?)).await?;
            let person = person.filter(|it| it.id == checked.person).ok_or(Problem::SignedOut)?;
            let principal = Principal { person: person.id, roles: person.roles.clone() };
            let policy = P::admit(req, &principal).await?;
            return Ok(Self { policy, principal, person, csrf: None, session });
        }
        let by = SignedIn::by_cookie(req).await?;
        if !req.method().is_safe() {
            check_origin(req, &App::of(req)?.settings)?;
            check_csrf_header(req, &by)?;
        }
        let SignedIn { principal, person, session, csrf, .. } = by;
        let policy = P::admit(req, &principal).await?;
        Ok(Self { policy, principal, person, csrf: Some(csrf), session })
    }

    /// The caller, if it is a page of ours in which somebody is signed in.
    ///
    /// # Errors
    ///
    /// [`Problem::SignedOut`] for callers with a bearer token: a token does not beget tokens.
    pub(crate) fn in_browser(self) -> Result<Self, Problem> {
        if self.csrf.is_some() { Ok(self) } else { Err(Problem::SignedOut) }
    }
}

impl<P: Policy> FromRequest for Caller<P> {
    type Error = Problem;
    type Future = Extracting<Self, Problem>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        let req = req.clone();
        Box::pin(async move { Self::of(&req).await })
    }
}

/// Somebody who may have the token of one wave evaluated.
#[derive(Debug, Clone, Copy)]
pub(crate) struct IssueBearer {
    /// Who.
    pub(crate) person: PersonId,
    /// Of which wave.
    pub(crate) seq: WaveSeq,
    /// The session it was handed out to; none if the program itself handed it out.
    session: Option<[u8; 32]>,
}

impl IssueBearer {
    /// Whether the session that this was handed out to goes on, and its person belongs here.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database fails.
    pub(crate) fn holds(&self, store: &Store, now: DateTime<Utc>) -> Result<bool, StoreError> {
        let Some(session) = &self.session else { return Ok(true) };
        Ok(store.session_person(session, now)?.is_some_and(|it| it.id == self.person))
    }
}

impl FromRequest for IssueBearer {
    type Error = Refusal;
    type Future = std::future::Ready<Result<Self, Refusal>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        let of = || {
            let app = App::of(req).ok()?;
            let token = bearer(req)?;
            let checked = app.keys.check(Audience::PulseIssue, token, app.now())?;
            Some(Self { person: checked.person, seq: checked.wave?, session: checked.session })
        };
        std::future::ready(of().ok_or(Refusal::Unauthorized))
    }
}

/// The bearer token of the request.
fn bearer(req: &HttpRequest) -> Option<&str> {
    let value = req.headers().get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then_some(token)
}

//! Programs and scripts that call with a token or, from our own pages, with the session's cookie.

use actix_web::{FromRequest, HttpRequest, dev::Payload, http::header};
use tideline_domain::{Person, PersonId, Principal, WaveSeq};

use super::{
    keys::Audience,
    session::{Extracting, SignedIn, app, check_csrf_header, check_origin},
};
use crate::{
    problem::Problem,
    routes::{blocking, refusal::Refusal},
};

/// Somebody who calls the JSON API.
#[derive(Debug)]
pub(crate) struct Caller {
    /// Who, and what this person may do.
    pub(crate) principal: Principal,
    /// Who.
    pub(crate) person: Person,
    /// For callers with a cookie: value of the header `X-CSRF-Token` on requests that change
    /// something. `None` for callers with a bearer token.
    pub(crate) csrf: Option<String>,
}

impl Caller {
    async fn of(req: &HttpRequest) -> Result<Self, Problem> {
        if req.headers().contains_key(header::AUTHORIZATION) {
            let app = app(req)?;
            let (id, _) = bearer(req)
                .and_then(|token| app.keys.check(Audience::Api, token, app.now()))
                .ok_or(Problem::SignedOut)?;
            let person = blocking(move || Ok(app.store.person(id)?)).await?;
            let person = person.ok_or(Problem::SignedOut)?;
            let principal = Principal { person: person.id, roles: person.roles.clone() };
            return Ok(Self { principal, person, csrf: None });
        }
        let by = SignedIn::by_cookie(req).await?;
        if !req.method().is_safe() {
            check_origin(req, &app(req)?.settings)?;
            check_csrf_header(req, &by)?;
        }
        Ok(Self { principal: by.principal, person: by.person, csrf: Some(by.csrf) })
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

impl FromRequest for Caller {
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
}

impl FromRequest for IssueBearer {
    type Error = Refusal;
    type Future = std::future::Ready<Result<Self, Refusal>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        let of = || {
            let app = app(req).ok()?;
            let token = bearer(req)?;
            let (person, seq) = app.keys.check(Audience::PulseIssue, token, app.now())?;
            Some(Self { person, seq: seq? })
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

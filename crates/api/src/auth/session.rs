//! Sessions of people in browsers, and the forms they post.

use std::{future::Future, ops::Deref, pin::Pin};

use actix_web::{
    FromRequest, HttpRequest,
    cookie::{Cookie, time::Duration},
    dev::Payload,
    http::header::{self, HeaderName},
    web,
};
use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, de::DeserializeOwned};
use tideline_domain::{Person, PersonId, Principal};
use tideline_store::{Store, StoreError};

use super::{Policy, Secret, cookie_named, own_cookie, same};
use crate::{
    App, Settings,
    blocking::blocking,
    credentials::cookie_name,
    language::Reader,
    problem::{PageProblem, Problem},
};

/// How long a session lasts: a working day.
const SESSION: TimeDelta = TimeDelta::hours(12);

/// What the cookie of [`arrival_cookie`] is for.
const ARRIVED: &str = "arrived";

const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

pub(super) type Extracting<T, E> = Pin<Box<dyn Future<Output = Result<T, E>>>>;

/// Somebody who is signed in. Handlers get one with [`By`] or [`Posted`], which say for whom they are.
#[derive(Debug)]
pub(crate) struct SignedIn {
    /// Who, and what this person may do.
    pub(crate) principal: Principal,
    /// Who, for the head of the page.
    pub(crate) person: Person,
    /// What is stored of the session.
    pub(crate) session: [u8; 32],
    /// Value of the field `csrf` in every form of the page.
    pub(crate) csrf: String,
    /// In which language, and which page.
    pub(crate) reader: Reader,
}

impl SignedIn {
    /// Who is signed in by the request's cookie.
    pub(super) async fn by_cookie(req: &HttpRequest) -> Result<Self, Problem> {
        let app = App::of(req)?;
        let secret = cookie_secret(req, &app.settings).ok_or(Problem::SignedOut)?;
        let (session, csrf, now) = (secret.hash(), secret.csrf(), app.now());
        let generation = app.store.generation();
        let person = match app.warm.person(&session, generation, now) {
            Some(person) => person,
            None => {
                let person = blocking(move || {
                    let person = app.store.session_person(&session, now)?;
                    if let Some(person) = &person {
                        app.warm.keep_person(session, person.clone(), generation, now);
                    }
                    Ok(person)
                })
                .await?;
                person.ok_or(Problem::SignedOut)?
            }
        };
        let principal = Principal { person: person.id, roles: person.roles.clone() };
        Ok(Self { principal, person, session, csrf, reader: Reader::of(req) })
    }
}

/// Somebody who is signed in, asks for a page, and is one of those it is for.
#[derive(Debug)]
pub(crate) struct By<P> {
    /// Who.
    pub(crate) signed_in: SignedIn,
    /// What let them through.
    pub(crate) policy: P,
}

impl<P: Policy> By<P> {
    async fn admitted(req: &HttpRequest, signed_in: SignedIn) -> Result<Self, Problem> {
        let policy = P::admit(req, &signed_in.principal).await?;
        Ok(Self { signed_in, policy })
    }
}

impl<P> Deref for By<P> {
    type Target = SignedIn;

    fn deref(&self) -> &SignedIn {
        &self.signed_in
    }
}

impl<P: Policy> FromRequest for By<P> {
    type Error = PageProblem;
    type Future = Extracting<Self, PageProblem>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        let req = req.clone();
        Box::pin(async move {
            let signed_in = SignedIn::by_cookie(&req).await?;
            Ok(Self::admitted(&req, signed_in).await?)
        })
    }
}

/// A form of one of our pages, sent by somebody who is signed in and one of those it is for.
pub(crate) struct Posted<P, T> {
    /// Who sent it.
    pub(crate) by: By<P>,
    /// What it says.
    pub(crate) form: T,
}

#[derive(Deserialize)]
struct CsrfField {
    csrf: String,
}

impl<P: Policy, T: DeserializeOwned + Send + 'static> FromRequest for Posted<P, T> {
    type Error = PageProblem;
    type Future = Extracting<Self, PageProblem>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let req = req.clone();
        let body = web::Bytes::from_request(&req, payload);
        Box::pin(async move {
            check_origin(&req, &App::of(&req)?.settings)?;
            let by = SignedIn::by_cookie(&req).await?;
            let body = body.await.map_err(|_| Problem::Malformed(UNREADABLE))?;
            let ours = by.csrf.clone();
            // A form can be a roster of megabytes.
            let form = blocking(move || {
                let body =
                    std::str::from_utf8(&body).map_err(|_| Problem::Malformed(UNREADABLE))?;
                let csrf = parse_form::<CsrfField>(body).map_err(|_| Problem::NotOurPage)?.csrf;
                if !same(&csrf, &ours) {
                    return Err(Problem::NotOurPage);
                }
                parse_form(body)
            });
            let form = form.await?;
            Ok(Self { by: By::admitted(&req, by).await?, form })
        })
    }
}

/// A form sent from one of our pages by somebody who need not be signed in.
pub(crate) struct OwnForm<T>(pub(crate) T);

impl<T: DeserializeOwned + 'static> FromRequest for OwnForm<T> {
    type Error = PageProblem;
    type Future = Extracting<Self, PageProblem>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let req = req.clone();
        let body = String::from_request(&req, payload);
        Box::pin(async move {
            check_origin(&req, &App::of(&req)?.settings)?;
            let body = body.await.map_err(|_| Problem::Malformed(UNREADABLE))?;
            Ok(Self(parse_form(&body)?))
        })
    }
}

const UNREADABLE: &str = "problem-form-unreadable";

fn parse_form<T: DeserializeOwned>(body: &str) -> Result<T, Problem> {
    // A form's body is written as a query string is.
    web::Query::<T>::from_query(body)
        .map(web::Query::into_inner)
        .map_err(|_| Problem::Malformed(UNREADABLE))
}

/// Starts a session of `person` in `device`; the cookie carries the only copy of its secret.
pub(crate) fn start_session(
    store: &Store,
    person: PersonId,
    now: DateTime<Utc>,
    device: &str,
) -> Result<Secret<32>, Problem> {
    let secret = Secret::<32>::generate()?;
    store.add_session(&secret.hash(), person, now + SESSION, device)?;
    Ok(secret)
}

/// What is stored of the request's session, if it has one.
pub(crate) fn session_hash(app: &App, req: &HttpRequest) -> Option<[u8; 32]> {
    cookie_secret(req, &app.settings).map(|it| it.hash())
}

/// Ends the session, if there is one.
pub(crate) fn end_session(app: &App, session: Option<[u8; 32]>) -> Result<(), StoreError> {
    session.map_or(Ok(()), |it| app.store.end_session(&it))
}

/// The cookie that carries `secret`; without one, the cookie that removes it.
pub(crate) fn session_cookie(settings: &Settings, secret: Option<&Secret<32>>) -> Cookie<'static> {
    let text = secret.map(Secret::text).unwrap_or_default();
    let age = if secret.is_some() { SESSION.num_seconds() } else { 0 };
    own_cookie(settings, cookie_name(settings), text, Some(Duration::seconds(age)))
}

/// The cookie that carries the one-time code of somebody an identity provider sent back to the page that
/// begins the session; without one, the cookie that removes it.
pub(crate) fn arrival_cookie(settings: &Settings, code: Option<&Secret<16>>) -> Cookie<'static> {
    let text = code.map(Secret::text).unwrap_or_default();
    let age = if code.is_some() { 120 } else { 0 };
    own_cookie(settings, cookie_named(settings, ARRIVED), text, Some(Duration::seconds(age)))
}

/// The code in that cookie.
pub(crate) fn arrived_code(settings: &Settings, req: &HttpRequest) -> Option<String> {
    Some(req.cookie(&cookie_named(settings, ARRIVED))?.value().to_owned())
}

fn cookie_secret(req: &HttpRequest, settings: &Settings) -> Option<Secret<32>> {
    Secret::parse(req.cookie(cookie_name(settings))?.value())
}

/// Whether the browser says that another site led it here, so that it kept the session's cookie back.
pub(crate) fn sent_from_elsewhere(req: &HttpRequest) -> bool {
    req.headers().get(SEC_FETCH_SITE).is_some_and(|it| it.as_bytes() == b"cross-site")
}

/// Refuses what another site made the browser send. `Origin` is `null` where a page's referrer
/// policy hides it, so `Sec-Fetch-Site` may vouch alone; one of the two must.
pub(super) fn check_origin(req: &HttpRequest, settings: &Settings) -> Result<(), Problem> {
    let text = |name: HeaderName| req.headers().get(name).map(|it| it.to_str().unwrap_or(""));
    let origin = text(header::ORIGIN).filter(|it| *it != "null");
    let verdicts = [
        origin.map(|it| it == settings.app_origin.as_str()),
        text(SEC_FETCH_SITE).map(|it| it == "same-origin"),
    ];
    let ours = verdicts.contains(&Some(true)) && !verdicts.contains(&Some(false));
    ours.then_some(()).ok_or(Problem::NotOurPage)
}

/// Checks the field `csrf` of a form that is read by hand, and where it was sent from.
pub(crate) fn check_form(
    req: &HttpRequest,
    settings: &Settings,
    by: &SignedIn,
    csrf: &str,
) -> Result<(), Problem> {
    check_origin(req, settings)?;
    same(csrf, &by.csrf).then_some(()).ok_or(Problem::NotOurPage)
}

/// Checks the header with which a page's script shows that it is one of ours.
pub(super) fn check_csrf_header(req: &HttpRequest, by: &SignedIn) -> Result<(), Problem> {
    let sent = req.headers().get("x-csrf-token").and_then(|it| it.to_str().ok());
    sent.is_some_and(|it| same(it, &by.csrf)).then_some(()).ok_or(Problem::NotOurPage)
}

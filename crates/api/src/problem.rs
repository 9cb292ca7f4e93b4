//! Failures as clients see them: problem details (RFC 9457) for programs, a page for people. The
//! only place that turns errors into statuses.
//!
//! "Not allowed" and "not there" are one answer, byte for byte: the difference would tell who
//! manages what and which units exist.

use actix_web::{
    HttpRequest, HttpResponse, ResponseError,
    http::{StatusCode, header},
};
use serde::Serialize;
use tideline_text::{Language, Text};
use utoipa::ToSchema;

/// An error with its cause, on its way to the log.
pub(crate) type Cause = Box<dyn std::error::Error + Send + Sync>;

/// When to try again if too many ask at once. Unit: seconds.
const RETRY_AFTER: &str = "5";

/// Why a request was not carried out.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Problem {
    /// Nobody is signed in, or no longer.
    #[error("sign in first")]
    SignedOut,
    /// Not there, or not for this person. Which of the two is not said.
    #[error("there is nothing here that you can open")]
    NotFound,
    /// The request does not come from one of our own pages.
    #[error("the request did not come from this site, or the page was open for too long")]
    NotOurPage,
    /// A token alone does not do; its owner's password would.
    #[error(
        "give your password with the request, or do this in the browser where you are signed in"
    )]
    PasswordNeeded,
    /// Whoever wants to change how the account is opened signed in too long ago.
    #[error("sign in once more, then do this within a quarter of an hour")]
    NotFresh,
    /// The request cannot be read, or asks for what cannot be. Holds the identifier of the sentence.
    #[error("{}", Text::new(Language::English).tr(.0))]
    Malformed(&'static str),
    /// Too many ask for the same costly thing at once.
    #[error("too many people are signing in just now; try again in a few seconds")]
    Busy,
    /// This person has done it too often in a short time.
    #[error("too often in a short time; try again in a quarter of an hour")]
    TooOften,
    /// Something broke.
    #[error("something went wrong on our side")]
    Internal(#[source] Cause),
}

impl Problem {
    /// A failure on our side.
    pub(crate) fn internal(cause: impl Into<Cause>) -> Self {
        Self::Internal(cause.into())
    }

    fn kind(&self) -> (StatusCode, &'static str) {
        match self {
            Self::SignedOut => (StatusCode::UNAUTHORIZED, "signed-out"),
            Self::NotFound => (StatusCode::NOT_FOUND, "not-found"),
            Self::NotOurPage => (StatusCode::FORBIDDEN, "not-our-page"),
            Self::PasswordNeeded => (StatusCode::FORBIDDEN, "password-needed"),
            Self::NotFresh => (StatusCode::FORBIDDEN, "not-fresh"),
            Self::Malformed(_) => (StatusCode::BAD_REQUEST, "malformed"),
            Self::Busy => (StatusCode::SERVICE_UNAVAILABLE, "busy"),
            Self::TooOften => (StatusCode::TOO_MANY_REQUESTS, "too-often"),
            Self::Internal(_) => (StatusCode::INTERNAL_SERVER_ERROR, "internal"),
        }
    }

    /// Errors are logged once, here, where they are handled.
    fn log(&self) {
        if let Self::Internal(cause) = self {
            let error: &(dyn std::error::Error + 'static) = cause.as_ref();
            tracing::error!(error, "request failed");
        }
    }
}

impl From<tideline_store::StoreError> for Problem {
    fn from(error: tideline_store::StoreError) -> Self {
        Self::internal(error)
    }
}

impl ResponseError for Problem {
    fn status_code(&self) -> StatusCode {
        self.kind().0
    }

    fn error_response(&self) -> HttpResponse {
        self.log();
        let (status, slug) = self.kind();
        let mut response = HttpResponse::build(status);
        if status == StatusCode::UNAUTHORIZED {
            response.insert_header((header::WWW_AUTHENTICATE, "Bearer"));
        }
        if status == StatusCode::SERVICE_UNAVAILABLE {
            response.insert_header((header::RETRY_AFTER, RETRY_AFTER));
        }
        response.content_type("application/problem+json").json(ProblemBody {
            kind: format!("/problems/{slug}"),
            title: self.to_string(),
            status: status.as_u16(),
        })
    }
}

/// A failure, following RFC 9457.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Problem)]
pub(crate) struct ProblemBody {
    /// Names the kind of failure.
    #[serde(rename = "type")]
    #[schema(example = "/problems/not-found")]
    kind: String,
    /// One sentence for people.
    title: String,
    /// The HTTP status, repeated.
    #[schema(example = 404)]
    status: u16,
}

/// A [`Problem`] on its way to a person: a page, or the way to sign in.
///
/// The page is written on the way out, where it is known who is reading: [`pages::problem`](crate::pages::problem).
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub(crate) struct PageProblem(#[from] pub(crate) Problem);

impl From<tideline_store::StoreError> for PageProblem {
    fn from(error: tideline_store::StoreError) -> Self {
        Self(error.into())
    }
}

impl ResponseError for PageProblem {
    fn status_code(&self) -> StatusCode {
        match self.0 {
            Problem::SignedOut => StatusCode::SEE_OTHER,
            ref other => other.status_code(),
        }
    }

    fn error_response(&self) -> HttpResponse {
        self.0.log();
        let status = self.status_code();
        if status == StatusCode::SEE_OTHER {
            return see_other("/sign-in");
        }
        let mut response = HttpResponse::build(status);
        if status == StatusCode::SERVICE_UNAVAILABLE {
            response.insert_header((header::RETRY_AFTER, RETRY_AFTER));
        }
        response.content_type("text/html; charset=utf-8").finish()
    }
}

/// Sends the browser on with a GET.
pub(crate) fn see_other(to: &str) -> HttpResponse {
    HttpResponse::SeeOther().insert_header((header::LOCATION, to)).finish()
}

/// The answer of the app listener where there is nothing for this request, in the form that suits.
pub(crate) fn not_found(req: &HttpRequest) -> actix_web::Error {
    if req.path().starts_with("/api/") {
        Problem::NotFound.into()
    } else {
        PageProblem(Problem::NotFound).into()
    }
}

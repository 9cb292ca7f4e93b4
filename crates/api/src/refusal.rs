//! Refusals of the token issue: a status and one word, in `{"error": "…"}`, the same for
//! everybody and never kept by a cache.

use actix_web::{
    HttpResponse, ResponseError,
    http::{StatusCode, header},
};
use serde::Serialize;
use utoipa::ToSchema;

use crate::problem::{Cause, Problem};

/// Why a token was not issued.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Refusal {
    /// No token, or one that is not good for this.
    #[error("unauthorized")]
    Unauthorized,
    /// The person is in another cohort, or in none.
    #[error("not_your_cohort")]
    NotYourCohort,
    /// The wave has not begun. The server's clock decides.
    #[error("not_open")]
    NotOpen,
    /// Unreadable, of another length, or no valid element.
    #[error("malformed")]
    Malformed,
    /// Another blinded element was evaluated for this person before.
    #[error("already_issued")]
    AlreadyIssued,
    /// The wave is over. The server's clock decides.
    #[error("closed")]
    Closed,
    /// Something broke on our side; trying again later is safe.
    #[error("unavailable")]
    Unavailable(#[source] Cause),
}

impl From<Problem> for Refusal {
    fn from(problem: Problem) -> Self {
        Self::Unavailable(Box::new(problem))
    }
}

impl From<tideline_store::StoreError> for Refusal {
    fn from(error: tideline_store::StoreError) -> Self {
        Self::Unavailable(Box::new(error))
    }
}

impl ResponseError for Refusal {
    fn status_code(&self) -> StatusCode {
        match self {
            Self::Unauthorized => StatusCode::UNAUTHORIZED,
            Self::NotYourCohort | Self::NotOpen => StatusCode::FORBIDDEN,
            Self::Malformed => StatusCode::BAD_REQUEST,
            Self::AlreadyIssued => StatusCode::CONFLICT,
            Self::Closed => StatusCode::GONE,
            Self::Unavailable(_) => StatusCode::SERVICE_UNAVAILABLE,
        }
    }

    /// Logs nothing: a line for each request would tell when somebody picked up a token.
    fn error_response(&self) -> HttpResponse {
        HttpResponse::build(self.status_code())
            .insert_header((header::CACHE_CONTROL, "no-store"))
            .json(RefusalBody { error: self.to_string() })
    }
}

/// One word that says why.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Refusal)]
pub(crate) struct RefusalBody {
    /// The word.
    #[schema(example = "already_issued")]
    error: String,
}

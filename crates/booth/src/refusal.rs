//! Refusals of the ballot listener: a status and one word, in `{"error": "…"}`, the same for everybody,
//! never kept by a cache, never logged.

use actix_web::{
    HttpResponse, ResponseError,
    http::{StatusCode, header},
};
use serde_json::json;

/// Why a ballot is not taken, or nothing is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Refusal {
    /// There is nothing at this address.
    #[error("not_found")]
    NotFound,
    /// The wave has not begun. The server's clock decides.
    #[error("not_open")]
    NotOpen,
    /// Unreadable, or of another length.
    #[error("malformed")]
    Malformed,
    /// The request says who sends it; an identified request never reaches the ballot box.
    #[error("credentials_not_allowed")]
    CredentialsNotAllowed,
    /// No token of this wave and cohort, or the ballot is not the one it was bound to.
    #[error("invalid_token")]
    InvalidToken,
    /// The token has been used.
    #[error("already_redeemed")]
    AlreadyRedeemed,
    /// The wave is over. The server's clock decides.
    #[error("closed")]
    Closed,
    /// Another of several ballot programs has the box of this cohort.
    #[error("wrong_box")]
    WrongBox,
    /// Something broke on our side; nothing was taken, trying again is safe.
    #[error("unavailable")]
    Unavailable,
}

impl From<std::io::Error> for Refusal {
    fn from(_: std::io::Error) -> Self {
        Self::Unavailable
    }
}

impl ResponseError for Refusal {
    fn status_code(&self) -> StatusCode {
        match self {
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::NotOpen | Self::InvalidToken => StatusCode::FORBIDDEN,
            Self::Malformed | Self::CredentialsNotAllowed => StatusCode::BAD_REQUEST,
            Self::AlreadyRedeemed => StatusCode::CONFLICT,
            Self::Closed => StatusCode::GONE,
            Self::WrongBox => StatusCode::MISDIRECTED_REQUEST,
            Self::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
        }
    }

    /// Logs nothing: a line for each request would tell when somebody answered.
    fn error_response(&self) -> HttpResponse {
        HttpResponse::build(self.status_code())
            .insert_header((header::CACHE_CONTROL, "no-store"))
            .json(json!({ "error": self.to_string() }))
    }
}

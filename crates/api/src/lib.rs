//! HTTP in, HTTP out: sign-in, pages and JSON on the app listener. Reads requests into domain values,
//! shows releases, decides nothing about results. The ballot listener is `tideline-booth`.
//!
//! The two listeners share no handler state but [`BallotSide`]: what serves a ballot cannot reach
//! the database, a session or a person.

mod access;
mod auth;
mod headers;
mod levers;
mod openapi;
mod operator;
mod pages;
mod problem;
mod report;
mod routes;
mod state;

pub use auth::{AuthKeys, KeyError};
pub use openapi::openapi;
pub use operator::HandOutError;
pub use report::{ReportError, organisation_name, organisation_pdf};
pub use routes::ReleaseBody;
pub use routes::configure_app;
pub use state::{App, PasswordCost, Settings};
pub(crate) use tideline_booth::assets;
pub use tideline_booth::{
    BallotSide, Clock, LiveWave, LiveWaveError, LiveWaves, Origin, OriginError,
    assets::client_bundle_digest, configure_ballot,
};

#[cfg(test)]
mod tests;

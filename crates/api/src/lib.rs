//! HTTP in, HTTP out: sign-in, pages and JSON on the app listener; sealed ballots on the ballot
//! listener. Reads requests into domain values, shows releases, decides nothing about results.
//!
//! The two listeners share no handler state but [`BallotSide`]: what serves a ballot cannot reach
//! the database, a session or a person.

mod access;
mod assets;
mod auth;
mod ballot_pages;
mod ballot_routes;
mod clock;
mod headers;
mod levers;
mod openapi;
mod operator;
mod pages;
mod problem;
mod report;
mod routes;
mod state;

pub use assets::client_bundle_digest;
pub use auth::{AuthKeys, KeyError};
pub use ballot_routes::configure_ballot;
pub use clock::Clock;
pub use openapi::openapi;
pub use operator::HandOutError;
pub use report::{ReportError, organisation_name, organisation_pdf};
pub use routes::ReleaseBody;
pub use routes::configure_app;
pub use state::{
    App, BallotSide, LiveWave, LiveWaveError, LiveWaves, Origin, OriginError, PasswordCost,
    Settings,
};

#[cfg(test)]
mod tests;

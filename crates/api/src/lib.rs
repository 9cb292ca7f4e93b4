//! HTTP in, HTTP out: sign-in, pages and JSON on the app listener. Reads requests into domain values,
//! shows releases, decides nothing about results. The ballot listener is `tideline-booth`.
//!
//! The two listeners share no handler state but [`BallotSide`]: what serves a ballot cannot reach
//! the database, a session or a person.

mod access;
mod auth;
mod blocking;
mod cells;
mod contacts;
mod credentials;
mod effect;
mod exports;
mod headers;
mod http;
mod imported;
mod instruments;
mod kept;
mod kept_log;
mod language;
mod levers;
mod mail_server;
mod network;
mod operator;
mod organisation;
mod own_path;
mod pages;
mod problem;
mod public_log;
mod recovery;
mod refusal;
mod report;
pub mod roster;
mod routes;
mod series;
mod settings;
mod shared;
mod sign_in;
mod state;
pub mod table;
mod time_zone;
mod warm;
mod waves;

pub use auth::{ON_PAPER, hide_kind};
pub use cells::CellsBody;
pub use credentials::{
    AuthKeys, ClientAuthentication, KeyError, OidcError, OidcFinding, OidcProvider, OidcSettings,
};
pub use http::{HttpClient, HttpError, NoAnswer, NoCertificate, Reach};
pub use mail_server::{open_mail_server, seal_mail_server};
pub use network::{Network, NetworkError};
pub use operator::HandOutError;
pub use report::{Boards, ReportError, ReportStyle, report_pdf};
pub use routes::{ReleaseBody, configure_app, openapi};
pub use settings::{PasswordCost, Settings};
pub use state::{AnnounceError, App, PlannedWave, Program};
pub(crate) use tideline_booth::assets;
pub use tideline_booth::{
    BallotSide, Clock, LiveWave, LiveWaveError, LiveWaves, Origin, OriginError,
    assets::client_bundle_digest, configure_ballot,
};
pub use time_zone::zone;

/// What the JSON API speaks: programs read the same words, whoever asks.
pub(crate) const EN: tideline_text::Text =
    tideline_text::Text::new(tideline_text::Language::English);

#[cfg(test)]
mod tests;

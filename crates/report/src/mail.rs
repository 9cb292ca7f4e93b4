//! Every e-mail, written: plain text that says the same as the HTML, a subject without findings, no
//! remote content. Sending is [`mailer`](crate::mailer)'s.
//!
//! A subject never tells a finding: it shows on lock screens.

pub use lettre::Message;

mod envelope;
mod html;
mod notice;
mod report;
#[cfg(test)]
mod tests;

pub use self::{
    envelope::{Envelope, Support, check_address},
    notice::{Notice, notice, sign_in, test},
    report::{MonthlyReport, monthly_report},
};

/// Why a mail could not be written. Carries no address.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum WriteError {
    /// The sender's or recipient's address is none that mail servers take.
    #[error("an address cannot be used for e-mail")]
    Address(#[from] lettre::address::AddressError),
    /// The parts do not fit together.
    #[error("the mail cannot be put together")]
    Message(#[from] lettre::error::Error),
    /// The HTML part cannot be made.
    #[error("the mail's HTML cannot be made")]
    Html(#[from] askama::Error),
    /// There is nothing to report on.
    #[error("no wave is released")]
    NothingReleased,
}

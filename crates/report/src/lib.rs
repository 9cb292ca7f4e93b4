//! Releases in words, charts, paper and mail.
//!
//! Everything here is made from [`Release`](tideline_aggregation::Release)s; this crate never sees
//! an answer, a row or a request. The one door to the outside is [`mailer`].

pub mod asked;
pub mod cards;
pub mod chart;
pub mod compare;
pub mod dkim;
pub mod file_name;
#[cfg(test)]
mod fixture;
pub mod levers;
pub mod mail;
pub mod mailer;
pub mod next_step;
pub mod pdf;
pub mod view;
pub mod words;

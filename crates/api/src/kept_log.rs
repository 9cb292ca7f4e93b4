//! What is kept of the public log for everybody, for a minute.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use tideline_text::Language;

use crate::shared::Shared;

/// A change of a rule, or a wave.
#[derive(Debug, Clone)]
pub(crate) struct LogLine {
    pub(crate) at: DateTime<Utc>,
    pub(crate) day: String,
    pub(crate) what: String,
    pub(crate) more: String,
}

/// How often people of a role looked at results in a month.
#[derive(Debug, Clone)]
pub(crate) struct Looked {
    /// Its first day.
    pub(crate) month: NaiveDate,
    /// Code of the role that let them.
    pub(crate) role: &'static str,
    pub(crate) views: u64,
    pub(crate) exports: u64,
}

/// What is kept of the log for everybody.
pub(crate) struct KeptLog {
    pub(crate) lines: Shared<BTreeMap<Language, Vec<LogLine>>>,
    pub(crate) looked: Shared<Vec<Looked>>,
}

impl Default for KeptLog {
    fn default() -> Self {
        let minute = TimeDelta::seconds(60);
        Self { lines: Shared::new(minute), looked: Shared::new(minute) }
    }
}

impl KeptLog {
    /// A rule or a wave was changed; how often results were looked at may be a minute old.
    pub(crate) fn something_changed(&self) {
        self.lines.forget();
    }
}

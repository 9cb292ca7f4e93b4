//! How an installation is set up, as far as pages need to know.

use std::path::PathBuf;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use tideline_aggregation::SmallestGroupSetting;
use tideline_ballot::wave_dir::WaveFiles;
use tideline_booth::Origin;
use tideline_domain::{EmailAddress, WaveSeq};
use tideline_report::{
    mail::{Envelope, Support},
    mailer::Sender,
    pdf::Look,
};
use tideline_text::{Language, Text};

use crate::network::Network;

/// How this installation is set up.
#[derive(Debug, Clone)]
pub struct Settings {
    /// How browsers reach the app listener.
    pub app_origin: Origin,
    /// How browsers reach the ballot listener.
    pub ballot_origin: Origin,
    /// Where manifests and results lie.
    pub data: PathBuf,
    /// Whether the settings name the mail server, so that pages cannot.
    pub mail_is_set: bool,
    /// The language of mails and of the reports that go with them.
    pub language: Language,
    /// How reports look.
    pub look: Look,
    /// Where a person chooses which mails to get.
    pub choices_url: String,
    /// Where whom to turn to stands.
    pub support_url: String,
    /// Whom people ask when something does not work, in words that fit after "ask".
    pub contact: String,
    /// Fewest answers a published group rests on, until that is changed on the pages.
    pub smallest_group: SmallestGroupSetting,
    /// Whether small teams that one or two people joined or left are kept from standing alone.
    pub roster_guard: bool,
    /// The time zone to begin with.
    pub time_zone: Tz,
    /// What it costs to check a password.
    pub password: PasswordCost,
    /// The proxies that are believed when they say which network a request comes from.
    pub proxies: Vec<Network>,
}

impl Settings {
    /// The envelope of a mail from `sender` to `to` that somebody asked for; it names `organisation`.
    pub fn envelope<'a>(
        &'a self,
        sender: &'a Sender,
        to: &'a EmailAddress,
        organisation: &'a str,
        at: DateTime<Utc>,
    ) -> Envelope<'a> {
        Envelope {
            from: &sender.from,
            reply_to: sender.reply_to.as_deref(),
            to,
            organisation,
            support: Support { url: &self.support_url, contacts: &[] },
            text: Text::new(self.language),
            at,
            choices_url: &self.choices_url,
            stop_url: None,
        }
    }

    /// The files of wave `seq`.
    pub fn wave_files(&self, seq: WaveSeq) -> WaveFiles {
        WaveFiles::new(&self.data, seq)
    }
}

/// Cost of argon2id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct PasswordCost {
    /// Memory. Unit: KiB. Range: 8 × `lanes` and up.
    pub memory_kib: u32,
    /// Passes over it, 1 and up.
    pub passes: u32,
    /// Lanes, 1 and up.
    pub lanes: u32,
}

impl Default for PasswordCost {
    /// 19 MiB, two passes, one lane (OWASP Password Storage Cheat Sheet).
    fn default() -> Self {
        Self { memory_kib: 19_456, passes: 2, lanes: 1 }
    }
}

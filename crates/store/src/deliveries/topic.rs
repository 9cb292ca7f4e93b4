//! What mails are about: the same thing goes to the same person once.

use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};
use tideline_domain::{LeverPlanId, UnitId, WaveSeq};

/// A kind of mail that people can choose to do without.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MailKind {
    /// The organisation's monthly report.
    MonthlyReport,
    /// The monthly report of a unit.
    UnitReport,
    /// What this is and how to begin; once for each person.
    Invitation,
    /// A wave takes answers.
    WaveOpens,
    /// A wave will close; to everybody, whoever has answered.
    Reminder,
    /// A wave is released.
    ResultsOut,
    /// It is time to look at a lever again.
    LeverReview,
    /// A wave of the calendar could not be announced; to administrators.
    NotAnnounced,
}

impl MailKind {
    /// All.
    pub const ALL: [Self; 8] = [
        Self::MonthlyReport,
        Self::UnitReport,
        Self::Invitation,
        Self::WaveOpens,
        Self::Reminder,
        Self::ResultsOut,
        Self::LeverReview,
        Self::NotAnnounced,
    ];

    /// Stable name.
    pub const fn code(self) -> &'static str {
        match self {
            Self::MonthlyReport => "monthly_report",
            Self::UnitReport => "unit_report",
            Self::Invitation => "invitation",
            Self::WaveOpens => "wave_opens",
            Self::Reminder => "reminder",
            Self::ResultsOut => "results_out",
            Self::LeverReview => "lever_review",
            Self::NotAnnounced => "not_announced",
        }
    }

    /// The kind with this [`code`](Self::code).
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.code() == code)
    }
}

/// What is sent, and about what. The same thing goes to the same person once, ever.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Topic {
    /// The organisation's report of a wave.
    MonthlyReport(WaveSeq),
    /// A unit's report of a wave.
    UnitReport(WaveSeq, UnitId),
    /// The invitation.
    Invitation,
    /// The opening of a wave.
    WaveOpens(WaveSeq),
    /// The reminder of a wave.
    Reminder(WaveSeq),
    /// The release of a wave.
    ResultsOut(WaveSeq),
    /// A day to look at a lever again.
    LeverReview(LeverPlanId, NaiveDate),
    /// A wave of the calendar that should open then, to the second, and is not announced.
    NotAnnounced(DateTime<Utc>),
}

impl Topic {
    /// Its kind.
    pub const fn kind(self) -> MailKind {
        match self {
            Self::MonthlyReport(_) => MailKind::MonthlyReport,
            Self::UnitReport(..) => MailKind::UnitReport,
            Self::Invitation => MailKind::Invitation,
            Self::WaveOpens(_) => MailKind::WaveOpens,
            Self::Reminder(_) => MailKind::Reminder,
            Self::ResultsOut(_) => MailKind::ResultsOut,
            Self::LeverReview(..) => MailKind::LeverReview,
            Self::NotAnnounced(_) => MailKind::NotAnnounced,
        }
    }

    /// The wave it is about, if it is about one.
    pub const fn wave(self) -> Option<WaveSeq> {
        match self {
            Self::MonthlyReport(seq)
            | Self::UnitReport(seq, _)
            | Self::WaveOpens(seq)
            | Self::Reminder(seq)
            | Self::ResultsOut(seq) => Some(seq),
            Self::Invitation | Self::LeverReview(..) | Self::NotAnnounced(_) => None,
        }
    }

    /// A stable name among those of its kind.
    pub fn code(self) -> String {
        match self {
            Self::MonthlyReport(seq)
            | Self::WaveOpens(seq)
            | Self::Reminder(seq)
            | Self::ResultsOut(seq) => seq.0.to_string(),
            Self::UnitReport(seq, unit) => format!("{}:{unit}", seq.0),
            Self::Invitation => "once".to_owned(),
            Self::LeverReview(plan, on) => format!("{plan}:{on}"),
            Self::NotAnnounced(opens) => opens.to_rfc3339_opts(SecondsFormat::Secs, true),
        }
    }

    pub(super) fn from_code(kind: MailKind, code: &str) -> Option<Self> {
        let seq = |code: &str| code.parse().ok().map(WaveSeq);
        Some(match kind {
            MailKind::MonthlyReport => Self::MonthlyReport(seq(code)?),
            MailKind::UnitReport => {
                let (wave, unit) = code.split_once(':')?;
                Self::UnitReport(seq(wave)?, unit.parse().ok()?)
            }
            MailKind::Invitation => Self::Invitation,
            MailKind::WaveOpens => Self::WaveOpens(seq(code)?),
            MailKind::Reminder => Self::Reminder(seq(code)?),
            MailKind::ResultsOut => Self::ResultsOut(seq(code)?),
            MailKind::LeverReview => {
                let (plan, on) = code.split_once(':')?;
                Self::LeverReview(plan.parse().ok()?, on.parse().ok()?)
            }
            MailKind::NotAnnounced => Self::NotAnnounced(code.parse().ok()?),
        })
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn topics_are_read_back_as_they_were_written() {
        let unit = UnitId::new(Uuid::from_u128(7));
        let day = NaiveDate::from_ymd_opt(2026, 3, 1).unwrap();
        for topic in [
            Topic::MonthlyReport(WaveSeq(3)),
            Topic::UnitReport(WaveSeq(3), unit),
            Topic::Invitation,
            Topic::WaveOpens(WaveSeq(12)),
            Topic::Reminder(WaveSeq(12)),
            Topic::ResultsOut(WaveSeq(12)),
            Topic::LeverReview(LeverPlanId::new(Uuid::from_u128(9)), day),
            Topic::NotAnnounced("2026-03-01T08:00:00Z".parse().unwrap()),
        ] {
            assert!(topic.code().len() <= 100);
            assert_eq!(Topic::from_code(topic.kind(), &topic.code()), Some(topic));
        }
        assert_eq!(Topic::from_code(MailKind::UnitReport, "3"), None);
    }
}

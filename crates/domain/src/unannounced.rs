//! Why a wave was not announced: kept as a code with the job that failed, told in people's languages.

use std::str::FromStr;

use crate::{Country, WaveLabel};

/// Why a wave was not announced.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotAnnounced {
    /// The support page names nobody for these countries; none of them: nobody who is there for everybody.
    #[error(
        "a check-in may leave somebody in need of help, and the support page names {}: set support.contacts, or \
         add one on the page Support contacts",
        whom(.0)
    )]
    NobodyToTurnTo(Vec<Country>),
    /// No roster was brought in.
    #[error("there are no units yet; import a roster first (`tideline import-roster`)")]
    NoUnits,
    /// The units have no people.
    #[error("nobody is in a unit yet; import a roster first")]
    NobodyInAUnit,
    /// There is a wave of that name.
    #[error("there is a wave {0} already; give another label")]
    LabelTaken(WaveLabel),
    /// Waves close in the order of their announcement.
    #[error("a wave must close after every wave announced before it")]
    ClosesTooEarly,
    /// Its last day has passed.
    #[error("a wave must close in the future")]
    Over,
    /// There are as many waves of that month as there may be.
    #[error("a month takes nine waves that ask the same")]
    FullMonth,
}

fn whom(countries: &[Country]) -> String {
    match countries {
        [] => "nobody who is there for everybody".to_owned(),
        some => format!("nobody for {}", listed(some, ", ")),
    }
}

fn listed(countries: &[Country], between: &str) -> String {
    countries.iter().map(Country::code).collect::<Vec<_>>().join(between)
}

impl NotAnnounced {
    /// Stable text, which [`from_code`](Self::from_code) reads: `no-units`, `nobody-to-turn-to AT DE`.
    pub fn code(&self) -> String {
        match self {
            Self::NobodyToTurnTo(countries) if !countries.is_empty() => {
                format!("nobody-to-turn-to {}", listed(countries, " "))
            }
            Self::NobodyToTurnTo(_) => "nobody-to-turn-to".to_owned(),
            Self::NoUnits => "no-units".to_owned(),
            Self::NobodyInAUnit => "nobody-in-a-unit".to_owned(),
            Self::LabelTaken(label) => format!("label-taken {label}"),
            Self::ClosesTooEarly => "closes-too-early".to_owned(),
            Self::Over => "over".to_owned(),
            Self::FullMonth => "full-month".to_owned(),
        }
    }

    /// What [`code`](Self::code) gave; `None` for any other text.
    pub fn from_code(code: &str) -> Option<Self> {
        let mut words = code.split(' ');
        let of = words.next()?;
        let rest: Vec<&str> = words.collect();
        Some(match (of, rest.as_slice()) {
            ("nobody-to-turn-to", countries) => Self::NobodyToTurnTo(
                countries.iter().map(|it| Country::from_str(it).ok()).collect::<Option<_>>()?,
            ),
            ("no-units", []) => Self::NoUnits,
            ("nobody-in-a-unit", []) => Self::NobodyInAUnit,
            ("label-taken", [label]) => Self::LabelTaken(label.parse().ok()?),
            ("closes-too-early", []) => Self::ClosesTooEarly,
            ("over", []) => Self::Over,
            ("full-month", []) => Self::FullMonth,
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_gives_the_same_reason_back() {
        let country = |it: &str| it.parse::<Country>().unwrap();
        let reasons = [
            NotAnnounced::NobodyToTurnTo(Vec::new()),
            NotAnnounced::NobodyToTurnTo(vec![country("AT"), country("DE")]),
            NotAnnounced::NoUnits,
            NotAnnounced::NobodyInAUnit,
            NotAnnounced::LabelTaken("2026-11".parse().unwrap()),
            NotAnnounced::ClosesTooEarly,
            NotAnnounced::Over,
            NotAnnounced::FullMonth,
        ];
        for it in reasons {
            assert_eq!(NotAnnounced::from_code(&it.code()), Some(it));
        }
        for other in ["", "no-units now", "a database error", "nobody-to-turn-to Austria"] {
            assert_eq!(NotAnnounced::from_code(other), None, "{other}");
        }
    }
}

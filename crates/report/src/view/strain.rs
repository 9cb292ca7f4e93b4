//! Which kind of strain stands out: in words as printed, and drawn small. The same values for every outlet.

use tideline_aggregation::trend::{self, Reading, Sign, Strain};
use tideline_domain::{PerScale, Scale};
use tideline_text::Text;

use crate::{
    chart::{AgainstUsual, Turn},
    words::{self, Kind},
};

/// Which kind of strain stands out.
#[derive(Debug, Clone, PartialEq)]
pub struct StrainView {
    /// Stable name of what was found, for files and programs.
    pub code: &'static str,
    /// What was found, in sentences; at least one.
    pub sentences: Vec<String>,
    /// What it compares with, and what it is for.
    pub note: String,
    /// The work itself, other people's pain, the buffer.
    pub rows: Vec<StrainRow>,
}

/// One of the three that are told apart.
#[derive(Debug, Clone, PartialEq)]
pub struct StrainRow {
    /// The measure that stands for it.
    pub scale: Scale,
    /// What it is called.
    pub name: String,
    /// Which measure that is, in words.
    pub measure: String,
    /// Stable name of what it does, for files and programs.
    pub code: &'static str,
    /// The same in a word or two.
    pub word: String,
    /// What that means, for colours.
    pub kind: Kind,
    /// The same, to be drawn; `None` while what is usual is being learned.
    pub chart: Option<AgainstUsual>,
}

const fn turn(sign: Sign) -> Turn {
    match sign {
        Sign::Learning | Sign::Usual => Turn::Level,
        Sign::FirstHeavier => Turn::Heavier { lasting: false },
        Sign::Heavier => Turn::Heavier { lasting: true },
        Sign::FirstLighter => Turn::Lighter { lasting: false },
        Sign::Lighter => Turn::Lighter { lasting: true },
    }
}

impl StrainView {
    /// The kind of strain by the readings of one subject.
    pub(super) fn of(readings: &PerScale<&Reading>, t: Text) -> Self {
        let strain = Strain::of(readings);
        let against = readings.burnout.against;
        let row = |scale: Scale| {
            let sign = *strain.signs.get(scale);
            StrainRow {
                scale,
                name: words::strain_name(scale, t),
                measure: words::strain_measure(scale, t),
                code: sign.code(),
                word: words::sign(sign, scale, t),
                kind: words::kind_of(sign),
                chart: trend::placed(readings.get(scale), scale).map(|it| AgainstUsual {
                    at: it.at,
                    from: it.from,
                    to: it.to,
                    turn: turn(sign),
                }),
            }
        };
        Self {
            code: strain.finding.code(),
            sentences: words::strain_sentences(&strain, against, t),
            note: words::strain_note(&strain, against, t),
            rows: Scale::ALL.into_iter().map(row).collect(),
        }
    }

    /// The sentences as one text.
    pub fn said(&self) -> String {
        self.sentences.join(" ")
    }
}

/// The kind of strain in a word.
pub(super) fn short(readings: &PerScale<Reading>, t: Text) -> String {
    words::strain_short(Strain::of(&PerScale::from_fn(|it| readings.get(it))).finding, t)
}

#[cfg(test)]
mod tests;

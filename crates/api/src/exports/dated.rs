//! What programs know a row by: its month as a date, and the unit's identifier.

use std::collections::BTreeMap;

use chrono::{Datelike as _, NaiveDate};
use tideline_aggregation::Release;
use tideline_report::words;
use tideline_text::Text;

use super::{Head, Sheet, Value};

/// The check-ins of a history, by what they are called in words.
pub(crate) struct Waves {
    /// The label, which of a month is its ISO form, and the first day of the month.
    known: BTreeMap<String, (String, Option<NaiveDate>)>,
}

impl Waves {
    pub(crate) fn of(history: &[Release], t: Text) -> Self {
        let named = |it: &Release| {
            let wave = it.wave();
            let first = wave.label.month(&wave.asks).filter(|it| it.1 == 1).map(|it| it.0);
            (words::month(wave, t), (wave.label.to_string(), first))
        };
        Self { known: history.iter().map(named).collect() }
    }

    fn label(&self, words: &str) -> &str {
        self.known.get(words).map(|it| it.0.as_str()).unwrap_or_default()
    }

    fn first(&self, words: &str) -> Option<NaiveDate> {
        // Spreadsheets know no days before 1900.
        let known = self.known.get(words).and_then(|it| it.1);
        known.filter(|it| (1900..=9999).contains(&it.year()))
    }
}

impl Sheet {
    /// With months as dates.
    pub(crate) fn dated(mut self, waves: &Waves) -> Self {
        let column = self.header.iter().position(|it| it.key == "month_name");
        for row in &mut self.rows {
            let Some(cell) = column.and_then(|at| row.get_mut(at)) else { continue };
            if let Some(first) = waves.first(cell.as_str()) {
                *cell = Value::Month(cell.as_str().to_owned(), first);
            }
        }
        self
    }

    /// With two columns for programs: the identifier of the unit of each row, or of several that are shown together,
    /// and the check-in's label.
    pub(crate) fn identified(mut self, waves: &Waves, units: &[String]) -> Self {
        let column = self.header.iter().position(|it| it.key == "month_name");
        for (at, row) in self.rows.iter_mut().enumerate() {
            let unit = units.get(at).or(units.last()).cloned().unwrap_or_default();
            let month = column.and_then(|it| row.get(it)).map(|it| waves.label(it.as_str()));
            let month = month.unwrap_or_default().to_owned();
            row.extend([Value::Text(unit), Value::Text(month)]);
        }
        self.header.extend(["unit_id", "month"].map(Head::plain));
        self
    }
}

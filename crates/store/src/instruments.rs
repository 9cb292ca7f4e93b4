//! Texts of published questionnaires that the organisation has a licence for, and scale scores of teams
//! that were asked elsewhere.
//!
//! What says nothing else fails with [`StoreError`] if the database does, and with nothing else.

use chrono::NaiveDate;
use diesel::prelude::*;
use tideline_aggregation::{Interval, MinGroup, coarsen::Coarsening};
use tideline_domain::{UnitId, WaveLabel};

use crate::{
    Store, StoreError,
    schema::{imported_scores, instrument_texts},
    value::{corrupt, number, parse},
};

/// The organisation's texts of one instrument in one language, as they were added.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = instrument_texts)]
pub struct InstrumentTexts {
    /// Which instrument.
    pub instrument: String,
    /// Language code.
    pub language: String,
    /// What the organisation says of its right to use them.
    pub licence: String,
    /// The file, as it was checked.
    pub texts: String,
    /// When it was added.
    pub added: NaiveDate,
}

/// A team's imported score on one scale: what is kept of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportedScore {
    /// Which instrument.
    pub instrument: String,
    /// When: a label such as `2026-11`.
    pub label: WaveLabel,
    /// Which team.
    pub unit: UnitId,
    /// Which scale.
    pub scale: String,
    /// Answers behind it. Unit: people.
    pub n: u32,
    /// The coarsened total of 0 to 100 for each of them.
    pub total: Interval,
}

/// Why an imported score is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotImported {
    /// It rests on too few people.
    #[error("it rests on {0} people, fewer than the smallest group")]
    TooFew(u32),
    /// It lies outside its scale.
    #[error("the score lies outside its scale")]
    OutOfRange,
}

impl ImportedScore {
    /// Keeps what may be kept of a mean of `percent` (0 to 100) of `n` people: the cell that its total
    /// lies in. The mean itself ends here.
    ///
    /// # Errors
    ///
    /// [`NotImported`] if it rests on fewer people than `k`, or is no score.
    pub fn coarsened(
        instrument: &str,
        label: WaveLabel,
        unit: UnitId,
        scale: &str,
        n: u32,
        percent: f64,
        k: MinGroup,
    ) -> Result<Self, NotImported> {
        if n < k.people() || n > 1_000_000 {
            return Err(NotImported::TooFew(n));
        }
        if !(0.0..=100.0).contains(&percent) {
            return Err(NotImported::OutOfRange);
        }
        let total = (percent * f64::from(n)).round() as u32;
        Ok(Self {
            instrument: instrument.to_owned(),
            label,
            unit,
            scale: scale.to_owned(),
            n,
            total: Coarsening::SCORE.cell(total, n),
        })
    }

    /// The mean that its cell stands for, 0 to 100.
    pub fn percent(&self) -> f64 {
        Coarsening::SCORE.representative(self.total, self.n) / f64::from(self.n)
    }
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = imported_scores)]
struct ScoreRow {
    instrument: String,
    label: String,
    unit: String,
    scale: String,
    n: i32,
    lo: i32,
    hi: i32,
}

impl TryFrom<ScoreRow> for ImportedScore {
    type Error = StoreError;

    fn try_from(row: ScoreRow) -> Result<Self, StoreError> {
        const TABLE: &str = "imported_scores";
        let count = |it: i32| u32::try_from(it).map_err(corrupt(TABLE));
        Ok(Self {
            label: parse(TABLE, &row.label)?,
            unit: parse(TABLE, &row.unit)?,
            n: count(row.n)?,
            total: Interval { lo: count(row.lo)?, hi: count(row.hi)? },
            instrument: row.instrument,
            scale: row.scale,
        })
    }
}

impl Store {
    /// All texts, by instrument and language.
    pub fn instrument_texts(&self) -> Result<Vec<InstrumentTexts>, StoreError> {
        self.read(|conn| {
            Ok(instrument_texts::table
                .order((instrument_texts::instrument, instrument_texts::language))
                .select(InstrumentTexts::as_select())
                .load(conn)?)
        })
    }

    /// Adds texts, or replaces those of the same instrument and language.
    pub fn save_instrument_texts(&self, texts: &InstrumentTexts) -> Result<(), StoreError> {
        self.write("save_instrument_texts", |conn| {
            diesel::delete(instrument_texts::table.find((&texts.instrument, &texts.language)))
                .execute(conn)?;
            diesel::insert_into(instrument_texts::table).values(texts.clone()).execute(conn)?;
            Ok(())
        })
    }

    /// All imported scores, by instrument, label, unit and scale.
    pub fn imported_scores(&self) -> Result<Vec<ImportedScore>, StoreError> {
        self.read(|conn| {
            imported_scores::table
                .order((
                    imported_scores::instrument,
                    imported_scores::label,
                    imported_scores::unit,
                    imported_scores::scale,
                ))
                .select(ScoreRow::as_select())
                .load(conn)?
                .into_iter()
                .map(ImportedScore::try_from)
                .collect()
        })
    }

    /// Keeps all of `scores`, or none if one of them is there already: what was shown is not recomputed.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if one is there, a unit is not, or the database fails.
    pub fn import_scores(&self, scores: &[ImportedScore]) -> Result<(), StoreError> {
        const TABLE: &str = "imported_scores";
        self.write("import_scores", |conn| {
            for it in scores {
                let row = ScoreRow {
                    instrument: it.instrument.clone(),
                    label: it.label.to_string(),
                    unit: it.unit.to_string(),
                    scale: it.scale.clone(),
                    n: number(TABLE, it.n)?,
                    lo: number(TABLE, it.total.lo)?,
                    hi: number(TABLE, it.total.hi)?,
                };
                diesel::insert_into(imported_scores::table).values(row).execute(conn)?;
            }
            Ok(())
        })
    }
}

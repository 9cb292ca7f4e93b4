//! Scale scores of teams that were asked elsewhere, as pages show them: each team's own, coarsened when
//! they were imported, and never beside a score that was asked here.

use tideline_aggregation::People;
use tideline_domain::UnitId;
use tideline_instrument::{Instrument, SHIPPED};
use tideline_report::words;
use tideline_store::ImportedScore;
use tideline_text::Text;

use crate::{App, problem::Problem};

/// One instrument's imported scores.
pub(crate) struct ImportedView {
    /// What people call it.
    pub(crate) name: String,
    /// Whose it is.
    pub(crate) credit: &'static str,
    /// From where to where a score goes.
    pub(crate) range: String,
    /// Newest month first.
    pub(crate) rows: Vec<ImportedRow>,
}

/// One score.
pub(crate) struct ImportedRow {
    pub(crate) unit: String,
    pub(crate) month: String,
    pub(crate) scale: String,
    pub(crate) score: String,
    pub(crate) people: String,
}

/// The imported scores of `unit`, or of every unit that `named` knows, by instrument.
pub(crate) fn imported(
    app: &App,
    unit: Option<UnitId>,
    named: impl Fn(UnitId) -> Option<String>,
    t: Text,
) -> Result<Vec<ImportedView>, Problem> {
    let k = app.smallest_group()?.people();
    let scores = app.store.imported_scores()?;
    let of = |key: &'static Instrument| -> Option<ImportedView> {
        let options = key.options.first()?;
        let (min, max) = (f64::from(options.min), f64::from(options.max));
        let mut rows: Vec<(&ImportedScore, ImportedRow)> = scores
            .iter()
            .filter(|it| it.instrument == key.id && unit.is_none_or(|unit| it.unit == unit))
            .filter_map(|it| {
                let scale = key.scale(&it.scale)?;
                let own = min + (max - min) * it.percent() / 100.0;
                let row = ImportedRow {
                    unit: named(it.unit)?,
                    month: words::month_of_label(&it.label, t),
                    scale: scale.name_in(t.language().tag()).to_owned(),
                    score: t.decimal(own, 1),
                    people: words::people_band(People::of_any(it.n, k), t),
                };
                Some((it, row))
            })
            .collect();
        // The order of units and scales within a month stays.
        rows.sort_by(|(a, _), (b, _)| b.label.cmp(&a.label));
        (!rows.is_empty()).then(|| ImportedView {
            name: key.name_in(t.language().tag()).to_owned(),
            credit: &key.licence.credit,
            range: t.tr2("from-to", "from", t.decimal(min, 0), "to", t.decimal(max, 0)),
            rows: rows.into_iter().map(|(_, row)| row).collect(),
        })
    };
    Ok(SHIPPED.iter().filter_map(of).collect())
}

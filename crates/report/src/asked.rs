//! What a wave asked, as readers see it: its name, whose it is and, for a published questionnaire, the
//! figures in its own unit, with its bands and as T scores against a reference that is named.
//!
//! Everything is worked out from printed figures of 0 to 100 of a group. Nothing is told of a person:
//! there is no band of anybody, and a group lies in a band only if its whole likely range does.

use tideline_aggregation::{Bound, Figure, Page, Release};
use tideline_domain::{InstrumentId, Scale};
use tideline_instrument::{Instrument, Reference, SHIPPED, ScaleKey, credit_site, t_score};
use tideline_text::Text;

use crate::words;

/// What a wave asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AskedView {
    /// Which instrument.
    pub id: InstrumentId,
    /// What people call it.
    pub name: String,
    /// Whose it is; shown wherever it appears.
    pub credit: String,
    /// The figures in its own unit, one for each scale; empty for the pulse, which has none.
    pub rows: Vec<AskedRow>,
    /// Which reference T scores are against; `None` without T scores.
    pub reference: Option<String>,
}

/// A scale in the unit of its instrument.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AskedRow {
    /// What the instrument calls the scale.
    pub scale: String,
    /// From where to where it goes: "10 to 50".
    pub unit: String,
    /// The mean, or its limit in words.
    pub score: String,
    /// Where the likely range begins and ends.
    pub range: String,
    /// The band or bands that the likely range lies in; empty without published cut-offs.
    pub band: String,
    /// T score of the mean and of its likely range; empty without a reference.
    pub t_score: String,
}

impl AskedView {
    /// What the wave of `release` asked; with the figures of `page` if it is shown.
    pub fn of(release: &Release, page: Option<&Page>, t: Text) -> Self {
        let id = release.wave().asks.clone();
        let Some(key) = key(&id) else {
            let name = id.to_string();
            return Self { id, name, credit: String::new(), rows: Vec::new(), reference: None };
        };
        let reference = key.shown_reference();
        let own = |page: &Page| -> Vec<AskedRow> {
            let of = |scale: Scale| {
                let measure = key.measure(scale)?;
                Some(own_row(key, measure, reference, page.figures.get(scale), t))
            };
            Scale::ALL.into_iter().filter_map(of).collect()
        };
        let rows = page.filter(|_| !id.is_pulse()).map(own).unwrap_or_default();
        Self {
            name: name(&id, t),
            // Our own has one in each language; others are quoted as their owners want it.
            credit: match id.is_pulse() {
                true => t.tr("asked-own-credit"),
                false => key.licence.credit.clone(),
            },
            reference: reference.filter(|_| !rows.is_empty()).map(|it| {
                t.tr2("asked-reference", "reference", &it.what, "n", t.integer(it.n.into()))
            }),
            rows,
            id,
        }
    }

    /// The credit in three parts if it names a site: before it, the site, and after it.
    pub fn site(&self) -> Option<(&str, &str, &str)> {
        credit_site(&self.credit)
    }

    /// Whether the credit names the instrument already.
    pub fn credit_names_it(&self) -> bool {
        self.credit.starts_with(&self.name)
    }

    /// A line with the name and the credit.
    pub fn line(&self, t: Text) -> String {
        if self.credit_names_it() {
            return self.credit.clone();
        }
        t.tr2("asked-line", "name", &self.name, "credit", &self.credit)
    }
}

/// What people call an instrument.
pub fn name(id: &InstrumentId, t: Text) -> String {
    key(id).map_or_else(|| id.to_string(), |it| it.name_in(t.language().tag()).to_owned())
}

fn key(id: &InstrumentId) -> Option<&'static Instrument> {
    SHIPPED.iter().find(|it| it.id == id.as_str())
}

fn own_row(
    key: &Instrument,
    scale: &ScaleKey,
    reference: Option<&Reference>,
    figure: &Figure,
    t: Text,
) -> AskedRow {
    // From the whole numbers that are printed, so that this tells no more than they do.
    let own = |percent: f64| key.from_percent(scale, percent.round().clamp(0.0, 100.0));
    let (low, high) = (own(figure.low), own(figure.high));
    let (least, most) = key.range(scale);
    let score = match figure.bound {
        Bound::Middle => t.decimal(own(figure.shown), 1),
        Bound::AtMost => t.tr1("score-at-most", "score", t.decimal(own(figure.shown.ceil()), 1)),
        Bound::AtLeast => t.tr1("score-at-least", "score", t.decimal(own(figure.shown.floor()), 1)),
    };
    let band = |score: f64| {
        let id = format!("asked-band-{}", scale.band(score)?.id);
        t.has(&id).then(|| t.tr(&id))
    };
    let band = match (band(low), band(high)) {
        _ if !scale.bands_checked.may_be_shown() => String::new(),
        (Some(low), Some(high)) if low == high => low,
        (Some(low), Some(high)) => t.tr2("asked-bands", "from", low, "to", high),
        _ => String::new(),
    };
    let value = reference.and_then(|it| it.value(&scale.id));
    let t_score = value.map_or_else(String::new, |it| {
        let told = |own: f64| format!("{:.0}", t_score(own, it));
        t.tr_with(
            "asked-t",
            &[("t", &told(own(figure.value))), ("from", &told(low)), ("to", &told(high))],
        )
    });
    AskedRow {
        scale: words::scale_title(scale.measures.unwrap_or(Scale::Burnout), t),
        unit: t.tr2("from-to", "from", t.decimal(least, 0), "to", t.decimal(most, 0)),
        range: t.tr2("from-to", "from", t.decimal(low, 1), "to", t.decimal(high, 1)),
        score,
        band,
        t_score,
    }
}

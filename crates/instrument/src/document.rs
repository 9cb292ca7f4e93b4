//! The TOML as written. `docs/questionnaires.md` describes every field.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

type Words = BTreeMap<String, String>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Document {
    pub(crate) schema: Spanned<u32>,
    pub(crate) id: Spanned<String>,
    pub(crate) name: Spanned<Words>,
    pub(crate) languages: Spanned<Vec<String>>,
    pub(crate) validated: bool,
    pub(crate) validation: Spanned<String>,
    /// What of the key nobody has compared with a source yet.
    #[serde(default)]
    pub(crate) unverified: Vec<String>,
    #[serde(default)]
    pub(crate) imported_scores_only: bool,
    #[serde(default)]
    pub(crate) items_with_texts: bool,
    pub(crate) licence: Spanned<LicenceDocument>,
    pub(crate) sources: Spanned<Vec<SourceDocument>>,
    pub(crate) time_frame: Spanned<Words>,
    #[serde(default)]
    pub(crate) options: BTreeMap<String, Spanned<OptionsDocument>>,
    #[serde(default)]
    pub(crate) numbered: Option<Spanned<NumberedDocument>>,
    #[serde(default)]
    pub(crate) items: Vec<ItemDocument>,
    #[serde(default)]
    pub(crate) scales: Vec<ScaleDocument>,
    #[serde(default)]
    pub(crate) blocks: Vec<BlockDocument>,
    #[serde(default)]
    pub(crate) references: Vec<ReferenceDocument>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct LicenceDocument {
    pub(crate) statement: String,
    pub(crate) credit: String,
    #[serde(default)]
    pub(crate) url: Option<String>,
    #[serde(default)]
    pub(crate) whole_only: bool,
    #[serde(default)]
    pub(crate) no_charge: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SourceDocument {
    pub(crate) what: String,
    pub(crate) url: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct OptionsDocument {
    pub(crate) min: i32,
    pub(crate) max: i32,
    #[serde(default)]
    pub(crate) not_applicable: bool,
    #[serde(default)]
    pub(crate) labels: BTreeMap<String, Vec<String>>,
}

/// Items of a key without texts: 1 to `count`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct NumberedDocument {
    pub(crate) count: usize,
    pub(crate) options: String,
    /// Numbers of items that have another set of options, by its name.
    #[serde(default)]
    pub(crate) with_other_options: BTreeMap<String, Vec<usize>>,
    #[serde(default)]
    pub(crate) reversed: Vec<usize>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ItemDocument {
    pub(crate) id: Spanned<String>,
    pub(crate) options: Spanned<String>,
    #[serde(default)]
    pub(crate) reversed: bool,
    #[serde(default)]
    pub(crate) exposure: bool,
    #[serde(default)]
    pub(crate) driver: Option<Spanned<String>>,
    #[serde(default)]
    pub(crate) text: Words,
    #[serde(default)]
    pub(crate) short: Words,
}

#[derive(Deserialize)]
#[serde(untagged)]
pub(crate) enum ItemName {
    Number(usize),
    Name(String),
}

impl ItemName {
    pub(crate) fn name(&self) -> String {
        match self {
            Self::Number(it) => it.to_string(),
            Self::Name(it) => it.clone(),
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ScaleDocument {
    pub(crate) id: Spanned<String>,
    pub(crate) name: Words,
    #[serde(default)]
    pub(crate) measures: Option<Spanned<String>>,
    pub(crate) items: Spanned<Vec<ItemName>>,
    pub(crate) score: Spanned<String>,
    #[serde(default)]
    pub(crate) min_answered: Option<Spanned<usize>>,
    pub(crate) higher: Spanned<String>,
    #[serde(default)]
    pub(crate) total: bool,
    #[serde(default)]
    pub(crate) facets: Vec<FacetDocument>,
    #[serde(default)]
    pub(crate) bands: Vec<BandDocument>,
    #[serde(default)]
    pub(crate) bands_source: Option<String>,
    #[serde(default)]
    pub(crate) bands_checked: Option<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct FacetDocument {
    pub(crate) id: String,
    pub(crate) items: Spanned<Vec<ItemName>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct BandDocument {
    pub(crate) id: Spanned<String>,
    /// Where it begins; the first band begins at the bottom.
    #[serde(default)]
    pub(crate) from: Option<f64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct BlockDocument {
    pub(crate) sets: Spanned<Vec<Vec<ItemName>>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ReferenceDocument {
    pub(crate) id: Spanned<String>,
    pub(crate) what: String,
    pub(crate) url: String,
    pub(crate) checked: Spanned<String>,
    pub(crate) n: u32,
    pub(crate) values: Spanned<BTreeMap<String, ValueDocument>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ValueDocument {
    pub(crate) mean: f64,
    pub(crate) sd: f64,
}

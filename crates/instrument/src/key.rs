//! Instruments: what is asked, how it is scored, whose it is and where that is written.

mod check;

use std::collections::BTreeMap;

use tideline_domain::{Scale, lever::LeverCategory};

use crate::Faults;

/// A text in each language, by language code ("en").
pub type Localized = BTreeMap<String, String>;

/// A questionnaire with its key.
#[derive(Debug, Clone, PartialEq)]
pub struct Instrument {
    /// Stable name and version, such as `proqol-5`.
    pub id: String,
    /// What people call it; English at least.
    pub name: Localized,
    /// Languages of its texts; none for a key without texts.
    pub languages: Vec<String>,
    /// Whether its scores have been validated as they are used here.
    pub validated: bool,
    /// What is known of that.
    pub validation: String,
    /// What of the key nobody has compared with a source yet, in words.
    pub unverified: Vec<String>,
    /// It may not be asked here; scale scores of teams are imported.
    pub imported_scores_only: bool,
    /// Its items come with the organisation's texts.
    pub items_with_texts: bool,
    /// Whose it is.
    pub licence: Licence,
    /// Where the key is written; at least one.
    pub sources: Vec<Source>,
    /// Over which time people look back.
    pub time_frame: Localized,
    /// Sets of response options.
    pub options: Vec<OptionSet>,
    /// Its items, in order.
    pub items: Vec<Item>,
    /// Its scales.
    pub scales: Vec<ScaleKey>,
    /// From each block one set is drawn; empty if everybody answers everything.
    pub blocks: Vec<Block>,
    /// Published means to compare with.
    pub references: Vec<Reference>,
}

/// Whose an instrument is, and what may be done with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Licence {
    /// The terms in short, for the person who has to keep them.
    pub statement: String,
    /// The line that is shown wherever the instrument appears.
    pub credit: String,
    /// Where the terms are written.
    pub url: Option<String>,
    /// No items may be left out, so no drawing of items.
    pub whole_only: bool,
    /// Nothing may be charged for it.
    pub no_charge: bool,
}

/// Where something is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// What it says there.
    pub what: String,
    /// Its address.
    pub url: String,
}

/// What can be answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OptionSet {
    /// Its name in the file.
    pub id: String,
    /// Lowest raw value.
    pub min: i32,
    /// Highest raw value; above `min`.
    pub max: i32,
    /// Whether "does not apply" is offered.
    pub not_applicable: bool,
    /// Labels from lowest to highest, by language; empty in a key without texts.
    pub labels: BTreeMap<String, Vec<String>>,
}

/// What an item is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// Counts in one or more scales.
    Scale,
    /// How much distressing content there was. Never scored.
    Exposure,
    /// A working condition that levers of this category can change.
    Driver(LeverCategory),
}

/// A statement or question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Stable name: its number in a published questionnaire.
    pub id: String,
    /// Index into [`Instrument::options`].
    pub options: usize,
    /// Whether a high answer means a low score.
    pub reversed: bool,
    /// What it is for.
    pub target: Target,
    /// Its text, by language; empty in a key without texts.
    pub text: Localized,
    /// A few words for the check screen, by language.
    pub short: Localized,
}

/// How answers become a score.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// Sum of raw values; with missing answers, the mean times the number of items.
    Sum,
    /// Mean of raw values.
    Mean,
    /// Mean of values of 0 to 100.
    Percent,
}

/// What more of a scale means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// More is heavier.
    Worse,
    /// More is better.
    Better,
}

/// A scale and how it is scored.
#[derive(Debug, Clone, PartialEq)]
pub struct ScaleKey {
    /// Its name in the file.
    pub id: String,
    /// What people call it.
    pub name: Localized,
    /// Which of the product's three measures it stands for, if one.
    pub measures: Option<Scale>,
    /// Indices of its items.
    pub items: Vec<usize>,
    /// How it is scored.
    pub method: Method,
    /// Fewest answers for a score.
    pub min_answered: usize,
    /// What more of it means.
    pub higher: Direction,
    /// A total over items of other scales.
    pub total: bool,
    /// Parts of it: name and items.
    pub facets: Vec<(String, Vec<usize>)>,
    /// Where bands begin, ascending; empty without cut-offs.
    pub bands: Vec<Band>,
    /// Where the cut-offs are written.
    pub bands_source: Option<String>,
    /// What they were compared with.
    pub bands_checked: Checked,
}

/// What a number of a key was compared with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Checked {
    /// The publication or manual itself.
    Original,
    /// Somebody else who quotes it.
    Secondary,
    /// Nothing yet: it is written down, and shown to nobody.
    #[default]
    Not,
}

impl Checked {
    /// Whether results may be set beside it.
    pub const fn may_be_shown(self) -> bool {
        matches!(self, Self::Original | Self::Secondary)
    }
}

/// A band of scores.
#[derive(Debug, Clone, PartialEq)]
pub struct Band {
    /// Its name.
    pub id: String,
    /// Its lowest score.
    pub from: f64,
}

/// One set of items is drawn from a block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// Sets of indices of items, all of one size.
    pub sets: Vec<Vec<usize>>,
}

/// Published means to compare with.
#[derive(Debug, Clone, PartialEq)]
pub struct Reference {
    /// Its name, such as `de-la-rosa-2018`.
    pub id: String,
    /// Who was asked.
    pub what: String,
    /// Where it is written.
    pub url: String,
    /// What its values were compared with.
    pub checked: Checked,
    /// How many people were asked.
    pub n: u32,
    /// Mean and spread of each scale.
    pub values: Vec<ReferenceValue>,
}

/// Mean and spread of one scale in a reference.
#[derive(Debug, Clone, PartialEq)]
pub struct ReferenceValue {
    /// The scale.
    pub scale: String,
    /// Its mean, in the scale's own unit.
    pub mean: f64,
    /// Its standard deviation, above 0.
    pub sd: f64,
}

impl Instrument {
    /// Reads and checks an instrument; `file` is its name for messages.
    ///
    /// # Errors
    ///
    /// Everything that is wrong, each with its line.
    pub fn parse(file: &str, text: &str) -> Result<Self, Faults> {
        check::instrument(file, text)
    }

    /// Index of the item with this stable name.
    pub fn index_of(&self, id: &str) -> Option<usize> {
        self.items.iter().position(|it| it.id == id)
    }

    /// The scale with this name.
    pub fn scale(&self, id: &str) -> Option<&ScaleKey> {
        self.scales.iter().find(|it| it.id == id)
    }

    /// The scale that stands for one of the product's measures.
    pub fn measure(&self, scale: Scale) -> Option<&ScaleKey> {
        self.scales.iter().find(|it| it.measures == Some(scale))
    }

    /// The reference with this name.
    pub fn reference(&self, id: &str) -> Option<&Reference> {
        self.references.iter().find(|it| it.id == id)
    }

    /// The reference that T scores are against: the first that was compared with a source.
    pub fn shown_reference(&self) -> Option<&Reference> {
        self.references.iter().find(|it| it.checked.may_be_shown())
    }

    /// The name in `language`, or in English.
    pub fn name_in(&self, language: &str) -> &str {
        self.name.get(language).or_else(|| self.name.get("en")).map_or(&self.id, String::as_str)
    }
}

impl Reference {
    /// Mean and spread of a scale.
    pub fn value(&self, scale: &str) -> Option<&ReferenceValue> {
        self.values.iter().find(|it| it.scale == scale)
    }
}

impl ScaleKey {
    /// The name in `language`, or in English, or in any.
    pub fn name_in(&self, language: &str) -> &str {
        let found = self.name.get(language).or_else(|| self.name.get("en"));
        found.or_else(|| self.name.values().next()).map_or(&self.id, String::as_str)
    }
}

//! What a wave asks, frozen when it is announced: an instrument and the texts that were joined to it.
//!
//! Both sides of the program make the questionnaire from this document, and compare its digest with
//! the one in the wave's manifest. Texts that are added or replaced later change nothing about it.

use std::{
    collections::BTreeMap,
    sync::{Mutex, PoisonError},
};

use serde::{Deserialize, Serialize};
use tideline_domain::{InstrumentId, Questionnaire};

use crate::{
    Faults, Instrument, PULSE, questionnaire,
    questionnaire::NotAsked,
    shipped,
    texts::{self, Joined},
};

/// An instrument and the organisation's texts, one file for each language, as they were added.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Frozen {
    /// Stable name and version of the instrument.
    instrument: String,
    /// The files, by language.
    texts: Vec<String>,
}

/// Why a document is no questionnaire.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum FrozenError {
    /// Not a document of this kind.
    #[error("what the wave asks cannot be read")]
    Unreadable(#[from] toml::de::Error),
    /// This version has no key of that name.
    #[error("this version has no key `{0}`")]
    NoKey(String),
    /// Texts that do not fit the key.
    #[error(transparent)]
    Faults(#[from] Faults),
    /// Two languages that do not ask the same.
    #[error("the texts of `{0}` in its languages do not have the same items")]
    Differ(String),
    /// The instrument cannot be asked.
    #[error(transparent)]
    NotAsked(#[from] NotAsked),
    /// A wave that asks something else than the pulse, and nothing that says what.
    #[error("there is nothing that says what a wave of `{0}` asks")]
    Missing(InstrumentId),
    /// The document is of another instrument.
    #[error("the wave asks `{0}`, and its questionnaire is another")]
    Other(InstrumentId),
}

impl Frozen {
    /// `instrument` with `texts`, one file for each language, in the order in which languages are
    /// offered.
    pub const fn new(instrument: String, texts: Vec<String>) -> Self {
        Self { instrument, texts }
    }

    /// As it is kept.
    ///
    /// # Errors
    ///
    /// None that could happen: texts and lists of texts are TOML.
    pub fn to_toml(&self) -> Result<String, toml::ser::Error> {
        toml::to_string(self)
    }

    /// The key with the texts of all languages.
    ///
    /// # Errors
    ///
    /// [`FrozenError`] if there is no such key, or the texts do not fit it or each other.
    pub fn instrument(&self) -> Result<Instrument, FrozenError> {
        let key = shipped(&self.instrument)
            .filter(|it| it.id == self.instrument)
            .ok_or_else(|| FrozenError::NoKey(self.instrument.clone()))?;
        let mut whole: Option<Instrument> = None;
        for text in &self.texts {
            let Joined { instrument: next, language, .. } = texts::join(key, &key.id, text)?;
            whole = Some(match whole {
                None => next,
                Some(before) => merge(before, &next, &language)
                    .ok_or_else(|| FrozenError::Differ(key.id.clone()))?,
            });
        }
        Ok(whole.unwrap_or_else(|| key.clone()))
    }
}

/// `whole` with the texts of `next` in `language`; `None` if they are not about the same items.
fn merge(mut whole: Instrument, next: &Instrument, language: &str) -> Option<Instrument> {
    let of = |it: &Instrument| -> Vec<(String, usize, bool)> {
        it.items.iter().map(|it| (it.id.clone(), it.options, it.reversed)).collect()
    };
    let scales = |it: &Instrument| -> Vec<(String, Vec<usize>)> {
        it.scales.iter().map(|it| (it.id.clone(), it.items.clone())).collect()
    };
    if of(&whole) != of(next) || scales(&whole) != scales(next) {
        return None;
    }
    let take = |into: &mut BTreeMap<String, String>, from: &BTreeMap<String, String>| {
        if let Some(text) = from.get(language) {
            into.insert(language.to_owned(), text.clone());
        }
    };
    take(&mut whole.time_frame, &next.time_frame);
    for (into, from) in whole.items.iter_mut().zip(&next.items) {
        take(&mut into.text, &from.text);
        take(&mut into.short, &from.short);
    }
    for (into, from) in whole.scales.iter_mut().zip(&next.scales) {
        take(&mut into.name, &from.name);
    }
    for (into, from) in whole.options.iter_mut().zip(&next.options) {
        if let Some(labels) = from.labels.get(language) {
            into.labels.insert(language.to_owned(), labels.clone());
        }
    }
    if !whole.languages.iter().any(|it| it == language) {
        whole.languages.push(language.to_owned());
    }
    Some(whole)
}

/// Questionnaires made so far, by document. A questionnaire lives as long as the program does, so
/// each is made once.
static MADE: Mutex<BTreeMap<String, &'static Questionnaire>> = Mutex::new(BTreeMap::new());

/// What a wave asks: the pulse, or what `document` says. Compare its digest with the manifest's.
///
/// # Errors
///
/// [`FrozenError`] if the document is missing, of another instrument than `asks`, or none that can be
/// asked.
pub fn asked(
    asks: &InstrumentId,
    document: Option<&str>,
) -> Result<&'static Questionnaire, FrozenError> {
    if asks.is_pulse() {
        return Ok(&PULSE);
    }
    let document = document.ok_or_else(|| FrozenError::Missing(asks.clone()))?;
    let mut made = MADE.lock().unwrap_or_else(PoisonError::into_inner);
    let it = match made.get(document) {
        Some(it) => *it,
        None => {
            let frozen: Frozen = toml::from_str(document)?;
            let it: &'static Questionnaire =
                Box::leak(Box::new(questionnaire(&frozen.instrument()?)?));
            made.insert(document.to_owned(), it);
            it
        }
    };
    drop(made);
    if it.id == asks.as_str() { Ok(it) } else { Err(FrozenError::Other(asks.clone())) }
}

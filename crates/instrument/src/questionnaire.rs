//! From an instrument with texts to the questionnaire that a wave asks.

use std::sync::LazyLock;

use tideline_domain::{
    Item, ItemText, PerScale, Questionnaire, Scale, Texts, questionnaire::Target as Asked,
};

use crate::{Instrument, Target, shipped};

/// The pulse: everybody answers 9 of its 25 items.
#[expect(clippy::expect_used, reason = "a test makes it")]
pub static PULSE: LazyLock<Questionnaire> = LazyLock::new(|| {
    questionnaire(shipped("tideline-pulse-1").expect("the pulse ships"))
        .expect("the pulse is sound")
});

/// Why an instrument cannot be asked in a wave.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NotAsked {
    /// Only scale scores may be imported.
    #[error("`{0}` may not be asked; import the scale scores of teams")]
    ImportedScoresOnly(String),
    /// A key whose texts have not been added.
    #[error("`{0}` has no texts yet; add yours with `tideline instrument add {0} --texts FILE`")]
    NoTexts(String),
    /// A release shows three measures or nothing.
    #[error("`{id}` does not measure {measure}; a wave is released with all three measures")]
    Measure {
        /// The instrument.
        id: String,
        /// Code of the missing measure.
        measure: &'static str,
    },
    /// A ballot holds five options.
    #[error("item {item} of `{id}` has not five options")]
    Options {
        /// The instrument.
        id: String,
        /// The item.
        item: String,
    },
}

fn leak(text: &str) -> &'static str {
    Box::leak(text.to_owned().into_boxed_str())
}

fn leak_all<T>(items: Vec<T>) -> &'static [T] {
    Box::leak(items.into_boxed_slice())
}

/// Whether a wave can ask `instrument`.
///
/// # Errors
///
/// [`NotAsked`] if it has no texts, more or fewer than five options, or lacks one of three measures.
pub fn askable(instrument: &Instrument) -> Result<(), NotAsked> {
    let id = || instrument.id.clone();
    if instrument.imported_scores_only {
        return Err(NotAsked::ImportedScoresOnly(id()));
    }
    if instrument.languages.is_empty() || instrument.items.is_empty() {
        return Err(NotAsked::NoTexts(id()));
    }
    for scale in Scale::ALL {
        if instrument.measure(scale).is_none() {
            return Err(NotAsked::Measure { id: id(), measure: scale.code() });
        }
    }
    for item in &instrument.items {
        let labels = |it: &String| instrument.options[item.options].labels.get(it).map(Vec::len);
        if instrument.languages.iter().any(|it| labels(it) != Some(5)) {
            return Err(NotAsked::Options { id: id(), item: item.id.clone() });
        }
    }
    Ok(())
}

/// The questionnaire that asks all of `instrument`. It lives as long as the program does, so make it
/// once.
///
/// # Errors
///
/// As [`askable`].
pub fn questionnaire(instrument: &Instrument) -> Result<Questionnaire, NotAsked> {
    askable(instrument)?;
    let texts = instrument
        .languages
        .iter()
        .map(|language| texts(instrument, language))
        .collect::<Result<Vec<_>, _>>()?;
    let texts = leak_all(texts);
    let items: Vec<Item> = instrument
        .items
        .iter()
        .enumerate()
        .map(|(at, item)| Item {
            id: leak(&item.id),
            target: asked(instrument, at),
            reversed: item.reversed,
            text: texts[0].items[at].text,
        })
        .collect();
    let every: Vec<usize> = (0..items.len()).collect();
    let blocks: Vec<Vec<Vec<usize>>> = if instrument.blocks.is_empty() {
        vec![vec![every]]
    } else {
        instrument.blocks.iter().map(|it| it.sets.clone()).collect()
    };
    let blocks = blocks
        .into_iter()
        .map(|sets| leak_all(sets.into_iter().map(leak_all).collect::<Vec<&'static [usize]>>()))
        .collect();
    Ok(Questionnaire {
        id: leak(&instrument.id),
        timeframe: texts[0].timeframe,
        frequency: texts[0].frequency,
        agreement: texts[0].agreement,
        items: leak_all(items),
        blocks: leak_all(blocks),
        texts,
        min_answered: PerScale::from_fn(|scale| {
            instrument.measure(scale).map_or(1, |it| it.min_answered)
        }),
        credit: leak(&instrument.licence.credit),
    })
}

fn asked(instrument: &Instrument, at: usize) -> Asked {
    match instrument.items[at].target {
        Target::Driver(category) => Asked::Driver(category),
        Target::Exposure => Asked::Exposure,
        Target::Scale => {
            let of = Scale::ALL.into_iter().find_map(|it| {
                Some((it, instrument.measure(it)?)).filter(|(_, key)| key.items.contains(&at))
            });
            match of {
                Some((scale, key)) => {
                    let facet = key.facets.iter().find(|(_, items)| items.contains(&at));
                    Asked::Scale(scale, facet.map_or("", |(name, _)| leak(name)))
                }
                // Asked, because an instrument is asked whole, and not scored.
                None => Asked::Exposure,
            }
        }
    }
}

fn texts(instrument: &Instrument, language: &str) -> Result<Texts, NotAsked> {
    let labels = |options: usize, item: &str| -> Result<[&'static str; 5], NotAsked> {
        let wrong = || NotAsked::Options { id: instrument.id.clone(), item: item.to_owned() };
        let labels = instrument.options.get(options).and_then(|it| it.labels.get(language));
        let labels: Vec<&'static str> =
            labels.ok_or_else(wrong)?.iter().map(|it| leak(it)).collect();
        labels.try_into().map_err(|_| wrong())
    };
    let (mut frequency, mut agreement) = (None, None);
    let mut items = Vec::new();
    for item in &instrument.items {
        let of = labels(item.options, &item.id)?;
        match item.target {
            Target::Driver(_) => agreement = Some(of),
            Target::Scale | Target::Exposure => frequency = Some(of),
        }
        let text = leak(item.text.get(language).map_or("", String::as_str));
        items.push(ItemText { text, short: item.short.get(language).map_or(text, |it| leak(it)) });
    }
    let frequency = frequency.or(agreement).unwrap_or_default();
    Ok(Texts {
        language: leak(language),
        name: leak(instrument.name_in(language)),
        timeframe: leak(instrument.time_frame.get(language).map_or("", String::as_str)),
        frequency,
        agreement: agreement.unwrap_or(frequency),
        items: leak_all(items),
    })
}

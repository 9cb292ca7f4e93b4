//! The organisation's licensed texts, joined to a key.

use std::collections::BTreeMap;

use serde::Deserialize;
use tideline_domain::Scale;
use toml::Spanned;

use crate::{
    Checked, Direction, Faults, Instrument, Item, Localized, Method, ScaleKey, Target,
    fault::{Finder, syntax},
};

/// What a file of texts holds, as written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TextsDocument {
    language: Spanned<String>,
    licence: Spanned<String>,
    time_frame: Spanned<String>,
    options: Spanned<OptionTexts>,
    items: Spanned<BTreeMap<String, Spanned<ItemTextDocument>>>,
    #[serde(default)]
    scales: BTreeMap<String, Spanned<ScaleTextDocument>>,
}

/// The words of the answers, from lowest to highest.
#[derive(Deserialize)]
#[serde(untagged)]
enum OptionTexts {
    /// Of a key with one set of options.
    One(Vec<String>),
    /// By the name of the set, for a key with several.
    Each(BTreeMap<String, Vec<String>>),
}

#[derive(Deserialize)]
#[serde(untagged)]
enum ItemTextDocument {
    Text(String),
    Keyed(KeyedItem),
}

/// An item of an instrument whose items come with the texts.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct KeyedItem {
    text: String,
    scale: String,
    #[serde(default)]
    reversed: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ScaleTextDocument {
    name: String,
    higher: String,
    #[serde(default)]
    measures: Option<String>,
    #[serde(default)]
    min_answered: Option<usize>,
}

/// What joining gives.
#[derive(Debug, Clone, PartialEq)]
pub struct Joined {
    /// The key with its texts.
    pub instrument: Instrument,
    /// Language of the texts.
    pub language: String,
    /// What the organisation says of its right to use them.
    pub licence: String,
}

/// Joins the texts of a file to `key`. `file` is its name for messages.
///
/// # Errors
///
/// Everything that is wrong, each with its line: a missing item, one too many, a text that is empty,
/// the wrong number of options, no word about the licence.
pub fn join(key: &Instrument, file: &str, text: &str) -> Result<Joined, Faults> {
    let document: TextsDocument =
        toml::from_str(text).map_err(|error| syntax(file, text, &error))?;
    let mut find = Finder::new(text);
    let TextsDocument { language, licence, time_frame, options, items, scales } = document;
    if key.imported_scores_only {
        let why = format!(
            "{} may not be asked here; its texts are not taken. Import the scale scores of teams",
            key.id
        );
        find.at(0, why);
    }
    let code = language.get_ref();
    if code.len() != 2 || !code.bytes().all(|it| it.is_ascii_lowercase()) {
        find.at(language.span().start, "language must be two small letters, such as en");
    }
    for (it, field) in [(&licence, "licence"), (&time_frame, "time_frame")] {
        if it.get_ref().trim().is_empty() {
            find.at(it.span().start, format!("{field} must not be empty"));
        }
    }
    let mut joined = key.clone();
    option_texts(&mut joined, &mut find, code, &options);
    if key.items_with_texts {
        own_items(&mut joined, &mut find, code, &items, &scales);
    } else {
        known_items(&mut joined, &mut find, code, &items);
        if let Some(it) = scales.values().next() {
            find.at(it.span().start, format!("{} brings its scales; leave out [scales]", key.id));
        }
    }
    joined.languages = vec![code.clone()];
    joined.time_frame.insert(code.clone(), time_frame.into_inner());
    let (language, licence) = (language.into_inner(), licence.into_inner());
    find.verdict(file, Some(Joined { instrument: joined, language, licence }))
}

/// Puts the words of the answers to each set of options.
fn option_texts(
    joined: &mut Instrument,
    find: &mut Finder<'_>,
    language: &str,
    options: &Spanned<OptionTexts>,
) {
    let here = options.span().start;
    let id = joined.id.clone();
    let names: Vec<String> = joined.options.iter().map(|it| it.id.clone()).collect();
    for set in &mut joined.options {
        let (labels, of) = match options.get_ref() {
            OptionTexts::One(labels) if names.len() == 1 => (Some(labels), id.clone()),
            OptionTexts::One(_) => (None, String::new()),
            OptionTexts::Each(all) => (all.get(&set.id), format!("options.{} of {id}", set.id)),
        };
        let Some(labels) = labels else {
            let why = format!(
                "{id} has answers of several kinds: write options = {{ {} }}",
                names.iter().map(|it| format!("{it} = [\"…\"]")).collect::<Vec<_>>().join(", ")
            );
            find.at(here, why);
            return;
        };
        let expected = set.max - set.min + 1;
        if usize::try_from(expected) != Ok(labels.len()) {
            find.at(here, format!("{} options; {of} has {expected}", labels.len()));
        }
        set.labels.insert(language.to_owned(), labels.clone());
    }
    if let OptionTexts::Each(all) = options.get_ref() {
        for unknown in all.keys().filter(|it| !names.contains(it)) {
            find.at(here, format!("{id} has no options.{unknown}"));
        }
    }
}

type Items = Spanned<BTreeMap<String, Spanned<ItemTextDocument>>>;

fn known_items(joined: &mut Instrument, find: &mut Finder<'_>, language: &str, items: &Items) {
    for item in &mut joined.items {
        match items.get_ref().get(&item.id) {
            None => find.at(items.span().start, format!("item {} has no text", item.id)),
            Some(found) => match found.get_ref() {
                ItemTextDocument::Text(text) if !text.trim().is_empty() => {
                    item.text.insert(language.to_owned(), text.clone());
                }
                ItemTextDocument::Text(_) => {
                    find.at(found.span().start, format!("the text of item {} is empty", item.id));
                }
                ItemTextDocument::Keyed(_) => {
                    let why = format!("item {} must be a text; the key says the rest", item.id);
                    find.at(found.span().start, why);
                }
            },
        }
    }
    for (id, found) in items.get_ref() {
        if joined.index_of(id).is_none() {
            find.at(found.span().start, format!("{} has no item {id}", joined.id));
        }
    }
}

fn own_items(
    joined: &mut Instrument,
    find: &mut Finder<'_>,
    language: &str,
    items: &Items,
    scales: &BTreeMap<String, Spanned<ScaleTextDocument>>,
) {
    if scales.is_empty() {
        find.at(items.span().start, "it needs a table [scales.NAME] for each of its scales");
    }
    let mut of: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (id, found) in items.get_ref() {
        match found.get_ref() {
            ItemTextDocument::Text(_) => {
                find.at(found.span().start, format!("item {id} needs text and scale"));
            }
            ItemTextDocument::Keyed(item) => {
                if item.text.trim().is_empty() {
                    find.at(found.span().start, format!("the text of item {id} is empty"));
                }
                if !scales.contains_key(&item.scale) {
                    let why = format!("item {id} names scale {}, which is not there", item.scale);
                    find.at(found.span().start, why);
                }
                of.entry(&item.scale).or_default().push(joined.items.len());
                joined.items.push(Item {
                    id: id.clone(),
                    options: 0,
                    reversed: item.reversed,
                    target: Target::Scale,
                    text: Localized::from([(language.to_owned(), item.text.clone())]),
                    short: Localized::new(),
                });
            }
        }
    }
    for (id, found) in scales {
        let (scale, here) = (found.get_ref(), found.span().start);
        let items = of.remove(id.as_str()).unwrap_or_default();
        if items.is_empty() {
            find.at(found.span().start, format!("scale {id} has no items"));
        }
        let higher = match scale.higher.as_str() {
            "better" => Direction::Better,
            "worse" => Direction::Worse,
            other => {
                let why = format!("higher `{other}` is neither worse nor better");
                find.at(found.span().start, why);
                Direction::Worse
            }
        };
        let measures = scale.measures.as_deref().and_then(|code| {
            let found = Scale::from_code(code);
            let fits =
                found.is_none_or(|it| (it.load_sign() > 0.0) == (higher == Direction::Worse));
            if found.is_none() {
                find.at(here, format!("`{code}` is none of burnout, sts, cs"));
            } else if !fits {
                let why = format!("scale {id} measures {code}, so higher must be the other way");
                find.at(here, why);
            }
            found.filter(|_| fits)
        });
        joined.scales.push(ScaleKey {
            id: id.clone(),
            name: Localized::from([(language.to_owned(), scale.name.clone())]),
            measures,
            min_answered: scale.min_answered.unwrap_or(items.len().div_ceil(2)),
            items,
            method: Method::Percent,
            higher,
            total: false,
            facets: Vec::new(),
            bands: Vec::new(),
            bands_source: None,
            bands_checked: Checked::Not,
        });
    }
}

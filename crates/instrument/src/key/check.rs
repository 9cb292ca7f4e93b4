//! From the TOML as written to an instrument that holds together.

use std::collections::{BTreeMap, BTreeSet};

use tideline_domain::{Scale, lever::LeverCategory};
use toml::Spanned;

use crate::{
    Band, Block, Checked, Direction, Faults, Instrument, Item, Licence, Localized, Method,
    OptionSet, Reference, ReferenceValue, ScaleKey, Source, Target,
    document::{
        Document, ItemDocument, ItemName, NumberedDocument, OptionsDocument, ReferenceDocument,
        ScaleDocument,
    },
    fault::{Finder, syntax},
};

/// The one version of the schema.
const SCHEMA: u32 = 1;
/// Places of a sealed ballot: an instrument with more items cannot be asked.
const ITEMS_MAX: usize = 62;

struct Checker<'a> {
    find: Finder<'a>,
    languages: Vec<String>,
    /// Lowest and highest raw value of each set of options.
    points: Vec<(i32, i32)>,
}

pub(crate) fn instrument(file: &str, text: &str) -> Result<Instrument, Faults> {
    let document: Document = toml::from_str(text).map_err(|error| syntax(file, text, &error))?;
    let languages = document.languages.get_ref().clone();
    let mut checker = Checker { find: Finder::new(text), languages, points: Vec::new() };
    let instrument = checker.document(document);
    checker.find.verdict(file, Some(instrument))
}

fn start<T>(it: &Spanned<T>) -> usize {
    it.span().start
}

fn is_stable_name(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|it| it.is_ascii_alphanumeric() || "-_".contains(it))
}

impl Checker<'_> {
    fn document(&mut self, it: Document) -> Instrument {
        if *it.schema.get_ref() != SCHEMA {
            let why = format!("schema is {}; this version reads {SCHEMA}", it.schema.get_ref());
            self.find.at(start(&it.schema), why);
        }
        self.stable_name(&it.id, "id");
        self.languages_known(&it.languages);
        self.words(start(&it.name), it.name.get_ref(), "name", &["en".to_owned()]);
        if it.validation.get_ref().trim().is_empty() {
            self.find.at(start(&it.validation), "validation must say what is known of it");
        }
        let sources = self.sources(&it.sources);
        let licence_at = start(&it.licence);
        let licence = it.licence.into_inner();
        for (text, field) in [(&licence.statement, "statement"), (&licence.credit, "credit")] {
            if text.trim().is_empty() {
                self.find.at(licence_at, format!("licence.{field} must not be empty"));
            }
        }
        self.url(licence_at, licence.url.as_deref());
        let languages = self.languages.clone();
        self.words(start(&it.time_frame), it.time_frame.get_ref(), "time_frame", &languages);

        let options = self.options(it.options);
        self.points = options.iter().map(|(_, it)| (it.min, it.max)).collect();
        let mut items = Vec::new();
        if let Some(numbered) = &it.numbered {
            items.extend(self.numbered(numbered, &options));
        }
        for item in &it.items {
            items.extend(self.item(item, &options, &items));
        }
        let asked = !it.imported_scores_only && !it.items_with_texts;
        if asked && items.is_empty() {
            self.find.at(start(&it.id), "it has no items; write [numbered] or [[items]]");
        }
        if items.len() > ITEMS_MAX {
            let why = format!("it has {} items; a sealed ballot holds {ITEMS_MAX}", items.len());
            self.find.at(start(&it.id), why);
        }
        let scales: Vec<ScaleKey> =
            it.scales.into_iter().filter_map(|scale| self.scale(scale, &items, asked)).collect();
        // A name that is wrong leaves its item out of a scale; telling that too would not help.
        if !self.find.found() {
            self.partition(start(&it.id), &items, &scales);
        }
        let blocks =
            it.blocks.iter().map(|block| self.block(&block.sets, &items)).collect::<Vec<_>>();
        self.drawn_once(start(&it.id), &blocks, &items, licence.whole_only);
        let references = it.references.into_iter().map(|of| self.reference(of, &scales)).collect();
        Instrument {
            id: it.id.into_inner(),
            name: it.name.into_inner(),
            languages,
            validated: it.validated,
            validation: it.validation.into_inner(),
            unverified: it.unverified,
            imported_scores_only: it.imported_scores_only,
            items_with_texts: it.items_with_texts,
            licence: Licence {
                statement: licence.statement,
                credit: licence.credit,
                url: licence.url,
                whole_only: licence.whole_only,
                no_charge: licence.no_charge,
            },
            sources,
            time_frame: it.time_frame.into_inner(),
            options: options.into_iter().map(|(_, it)| it).collect(),
            items,
            scales,
            blocks,
            references,
        }
    }

    fn stable_name(&mut self, name: &Spanned<String>, field: &str) {
        if !is_stable_name(name.get_ref()) {
            let why = format!("{field} `{}` must be letters, digits, - and _", name.get_ref());
            self.find.at(start(name), why);
        }
    }

    fn languages_known(&mut self, languages: &Spanned<Vec<String>>) {
        let mut seen = BTreeSet::new();
        for language in languages.get_ref() {
            let sound = language.len() == 2 && language.bytes().all(|it| it.is_ascii_lowercase());
            if !sound || !seen.insert(language) {
                let why = format!("language `{language}` must be two small letters, once");
                self.find.at(start(languages), why);
            }
        }
    }

    fn url(&mut self, at: usize, url: Option<&str>) {
        if let Some(url) =
            url.filter(|it| !it.starts_with("https://") && !it.starts_with("http://"))
        {
            self.find.at(at, format!("`{url}` must begin with https:// or http://"));
        }
    }

    /// Every language in `needed` must be there, and nothing that is not a language of the file.
    fn words(&mut self, at: usize, words: &Localized, field: &str, needed: &[String]) {
        for language in needed {
            if words.get(language).is_none_or(|it| it.trim().is_empty()) {
                self.find.at(at, format!("{field} has no text in `{language}`"));
            }
        }
        for language in words.keys() {
            if language != "en" && !self.languages.contains(language) {
                self.find.at(
                    at,
                    format!("{field} has a text in `{language}`, which is not among languages"),
                );
            }
        }
    }

    fn sources(&mut self, sources: &Spanned<Vec<crate::document::SourceDocument>>) -> Vec<Source> {
        if sources.get_ref().is_empty() {
            self.find.at(start(sources), "a key needs at least one source");
        }
        for it in sources.get_ref() {
            if it.what.trim().is_empty() {
                self.find.at(start(sources), "a source must say what it is");
            }
            self.url(start(sources), Some(&it.url));
        }
        let of = |it: &crate::document::SourceDocument| Source {
            what: it.what.clone(),
            url: it.url.clone(),
        };
        sources.get_ref().iter().map(of).collect()
    }

    fn options(
        &mut self,
        options: BTreeMap<String, Spanned<OptionsDocument>>,
    ) -> Vec<(String, OptionSet)> {
        let languages = self.languages.clone();
        options
            .into_iter()
            .map(|(id, document)| {
                let at = start(&document);
                let OptionsDocument { min, max, not_applicable, labels } = document.into_inner();
                if max <= min {
                    self.find.at(at, format!("options.{id}: max must be above min"));
                }
                let count = usize::try_from(max - min + 1).unwrap_or(0);
                for language in &languages {
                    let found = labels.get(language).map_or(0, Vec::len);
                    if found != count {
                        self.find.at(at, format!(
                            "options.{id} has {found} labels in `{language}`; {min} to {max} needs {count}"
                        ));
                    }
                }
                (id.clone(), OptionSet { id, min, max, not_applicable, labels })
            })
            .collect()
    }

    fn option_set(&mut self, at: usize, id: &str, options: &[(String, OptionSet)]) -> usize {
        options.iter().position(|(name, _)| name == id).unwrap_or_else(|| {
            self.find.at(at, format!("there is no [options.{id}]"));
            0
        })
    }

    fn numbered(
        &mut self,
        it: &Spanned<NumberedDocument>,
        options: &[(String, OptionSet)],
    ) -> Vec<Item> {
        let at = start(it);
        let NumberedDocument { count, options: set, with_other_options, reversed } = it.get_ref();
        let set = self.option_set(at, set, options);
        let mut set_of = vec![set; *count];
        let mut named = vec![false; *count];
        for (other, numbers) in with_other_options {
            let other = self.option_set(at, other, options);
            for number in numbers {
                match number.checked_sub(1).filter(|it| it < count) {
                    Some(place) if std::mem::replace(&mut named[place], true) => {
                        self.find.at(at, format!("item {number} has two other sets of options"));
                    }
                    Some(place) => set_of[place] = other,
                    None => {
                        let why =
                            format!("with_other_options names item {number}; there are {count}");
                        self.find.at(at, why);
                    }
                }
            }
        }
        for number in reversed {
            if !(1..=*count).contains(number) {
                self.find.at(at, format!("reversed names item {number}; there are {count}"));
            }
        }
        (1..=*count)
            .map(|number| Item {
                id: number.to_string(),
                options: set_of[number - 1],
                reversed: reversed.contains(&number),
                target: Target::Scale,
                text: Localized::new(),
                short: Localized::new(),
            })
            .collect()
    }

    fn item(
        &mut self,
        it: &ItemDocument,
        options: &[(String, OptionSet)],
        before: &[Item],
    ) -> Option<Item> {
        let at = start(&it.id);
        self.stable_name(&it.id, "item");
        if before.iter().any(|other| other.id == *it.id.get_ref()) {
            self.find.at(at, format!("item `{}` occurs twice", it.id.get_ref()));
        }
        let languages = self.languages.clone();
        self.words(at, &it.text, &format!("item {}", it.id.get_ref()), &languages);
        self.words(at, &it.short, &format!("item {}, short", it.id.get_ref()), &[]);
        let target = match (&it.driver, it.exposure) {
            (Some(driver), false) => match LeverCategory::from_code(driver.get_ref()) {
                Some(category) => Target::Driver(category),
                None => {
                    let why = format!("`{}` is not a category of levers", driver.get_ref());
                    self.find.at(start(driver), why);
                    return None;
                }
            },
            (None, true) => Target::Exposure,
            (None, false) => Target::Scale,
            (Some(driver), true) => {
                self.find
                    .at(start(driver), "an item is about exposure or about a driver, not both");
                return None;
            }
        };
        Some(Item {
            id: it.id.get_ref().clone(),
            options: self.option_set(start(&it.options), it.options.get_ref(), options),
            reversed: it.reversed,
            target,
            text: it.text.clone(),
            short: it.short.clone(),
        })
    }

    fn named(&mut self, at: usize, names: &[ItemName], items: &[Item]) -> Vec<usize> {
        let mut found = Vec::new();
        for name in names.iter().map(ItemName::name) {
            match items.iter().position(|it| it.id == name) {
                Some(index) if found.contains(&index) => {
                    self.find.at(at, format!("item `{name}` is named twice"));
                }
                Some(index) => found.push(index),
                None => self.find.at(at, format!("there is no item `{name}`")),
            }
        }
        found
    }

    fn scale(&mut self, it: ScaleDocument, items: &[Item], asked: bool) -> Option<ScaleKey> {
        let at = start(&it.id);
        let id = it.id.get_ref().clone();
        self.stable_name(&it.id, "scale");
        self.words(at, &it.name, &format!("scale {id}"), &["en".to_owned()]);
        let of = self.named(start(&it.items), it.items.get_ref(), items);
        if asked && of.is_empty() {
            self.find.at(start(&it.items), format!("scale {id} has no items"));
        }
        if let [first, rest @ ..] = of.as_slice()
            && rest.iter().any(|it| {
                let points = |item: &Item| self.points.get(item.options).copied();
                points(&items[*it]) != points(&items[*first])
            })
        {
            let why =
                format!("the items of scale {id} are answered by different numbers of points");
            self.find.at(start(&it.items), why);
        }
        let measures = it.measures.and_then(|name| {
            let found = Scale::ALL.into_iter().find(|scale| scale.code() == name.get_ref());
            if found.is_none() {
                let why = format!("`{}` is none of burnout, sts, cs", name.get_ref());
                self.find.at(start(&name), why);
            }
            found
        });
        let method = match it.score.get_ref().as_str() {
            "sum" => Some(Method::Sum),
            "mean" => Some(Method::Mean),
            "percent" => Some(Method::Percent),
            other => {
                let why = format!("score `{other}` is none of sum, mean, percent");
                self.find.at(start(&it.score), why);
                None
            }
        };
        let higher = match it.higher.get_ref().as_str() {
            "worse" => Some(Direction::Worse),
            "better" => Some(Direction::Better),
            other => {
                let why = format!("higher `{other}` is neither worse nor better");
                self.find.at(start(&it.higher), why);
                None
            }
        };
        let min_answered = match &it.min_answered {
            Some(least) if asked && !(1..=of.len()).contains(least.get_ref()) => {
                let why = format!("min_answered must be 1 to {}", of.len());
                self.find.at(start(least), why);
                of.len()
            }
            Some(least) => *least.get_ref(),
            None => of.len(),
        };
        let mut bands: Vec<Band> = Vec::new();
        for (index, band) in it.bands.into_iter().enumerate() {
            let from = band.from.unwrap_or(f64::NEG_INFINITY);
            if (index == 0) != band.from.is_none() {
                let why =
                    "the first band begins at the bottom and has no `from`; the others have one";
                self.find.at(start(&band.id), why);
            } else if bands.last().is_some_and(|before| before.from >= from) {
                self.find.at(start(&band.id), "bands must begin in ascending order");
            }
            bands.push(Band { id: band.id.into_inner(), from });
        }
        if !bands.is_empty() && it.bands_source.as_ref().is_none_or(|it| it.trim().is_empty()) {
            self.find.at(at, format!("the bands of scale {id} need a bands_source"));
        }
        let bands_checked = match &it.bands_checked {
            Some(said) => self.checked(said),
            None if bands.is_empty() => Checked::Not,
            None => {
                self.find.at(at, format!("the bands of scale {id} need bands_checked"));
                Checked::Not
            }
        };
        let facets: Vec<(String, Vec<usize>)> = it
            .facets
            .into_iter()
            .map(|facet| {
                let found = self.named(start(&facet.items), facet.items.get_ref(), items);
                if found.iter().any(|it| !of.contains(it)) {
                    let why = format!("facet {} has items outside scale {id}", facet.id);
                    self.find.at(start(&facet.items), why);
                }
                (facet.id, found)
            })
            .collect();
        Some(ScaleKey {
            id,
            name: it.name,
            measures,
            items: of,
            method: method?,
            min_answered,
            higher: higher?,
            total: it.total,
            facets,
            bands,
            bands_source: it.bands_source,
            bands_checked,
        })
    }

    /// Every item that is scored is in exactly one scale, totals aside.
    fn partition(&mut self, at: usize, items: &[Item], scales: &[ScaleKey]) {
        let mut names = BTreeSet::new();
        for scale in scales {
            if !names.insert(scale.id.as_str()) {
                self.find.at(at, format!("scale {} occurs twice", scale.id));
            }
        }
        for (index, item) in items.iter().enumerate() {
            let count = scales.iter().filter(|it| !it.total && it.items.contains(&index)).count();
            let expected = usize::from(item.target == Target::Scale);
            if count != expected {
                let why = format!("item {} is in {count} scales, not {expected}", item.id);
                self.find.at(at, why);
            }
        }
    }

    fn block(&mut self, sets: &Spanned<Vec<Vec<ItemName>>>, items: &[Item]) -> Block {
        let at = start(sets);
        let found: Vec<Vec<usize>> =
            sets.get_ref().iter().map(|set| self.named(at, set, items)).collect();
        let size = found.first().map_or(0, Vec::len);
        if size == 0 || found.iter().any(|it| it.len() != size) {
            self.find
                .at(at, "all sets of a block must have the same number of items, at least one");
        }
        Block { sets: found }
    }

    /// No item may be drawn from two blocks; and every item from one, if there are blocks.
    fn drawn_once(&mut self, at: usize, blocks: &[Block], items: &[Item], whole_only: bool) {
        if blocks.is_empty() {
            return;
        }
        if whole_only {
            self.find.at(at, "its licence forbids leaving out items, so it can have no blocks");
        }
        for (index, item) in items.iter().enumerate() {
            let count =
                blocks.iter().filter(|it| it.sets.iter().any(|set| set.contains(&index))).count();
            if count != 1 {
                self.find.at(at, format!("item {} is in {count} blocks, not 1", item.id));
            }
        }
    }

    fn checked(&mut self, said: &Spanned<String>) -> Checked {
        match said.get_ref().as_str() {
            "original" => Checked::Original,
            "secondary" => Checked::Secondary,
            "no" => Checked::Not,
            other => {
                let why = format!("checked `{other}` is none of original, secondary and no");
                self.find.at(start(said), why);
                Checked::Not
            }
        }
    }

    fn reference(&mut self, it: ReferenceDocument, scales: &[ScaleKey]) -> Reference {
        let checked = self.checked(&it.checked);
        self.stable_name(&it.id, "reference");
        let at = start(&it.values);
        self.url(start(&it.id), Some(&it.url));
        let values = it
            .values
            .into_inner()
            .into_iter()
            .map(|(scale, value)| {
                if scales.iter().all(|it| it.id != scale) {
                    self.find.at(at, format!("there is no scale {scale}"));
                }
                if !(value.sd > 0.0 && value.mean.is_finite()) {
                    self.find.at(at, format!("the sd of {scale} must be above 0"));
                }
                ReferenceValue { scale, mean: value.mean, sd: value.sd }
            })
            .collect();
        Reference { checked, id: it.id.into_inner(), what: it.what, url: it.url, n: it.n, values }
    }
}

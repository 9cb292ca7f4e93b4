//! A questionnaire as a page shows it: in one language, with its credit line.

use tideline_domain::{Questionnaire, Target};
use tideline_instrument::credit_site;
use tideline_text::Text;

/// What is asked, to be shown.
pub(crate) struct Asked {
    /// Language code of the texts: the reader's, or else the first there is.
    pub(crate) language: &'static str,
    pub(crate) timeframe: &'static str,
    pub(crate) items: Vec<ItemView>,
    pub(crate) credit: Credit,
}

/// One statement.
pub(crate) struct ItemView {
    pub(crate) index: usize,
    pub(crate) text: &'static str,
    pub(crate) short: &'static str,
    pub(crate) options: &'static [&'static str; 5],
}

/// Whose it is; the site it names is a link.
pub(crate) struct Credit {
    pub(crate) before: &'static str,
    pub(crate) site: &'static str,
    pub(crate) after: &'static str,
}

impl Asked {
    /// The items at these indices, in the language of `t` if there are texts in it.
    pub(crate) fn new(
        questionnaire: &'static Questionnaire,
        items: impl IntoIterator<Item = usize>,
        t: Text,
    ) -> Self {
        let texts = questionnaire.texts_in(t.language().tag());
        let item = |index: usize| {
            let item = questionnaire.items.get(index)?;
            let options = match (item.target, texts) {
                (Target::Driver(_), Some(texts)) => &texts.agreement,
                (Target::Driver(_), None) => &questionnaire.agreement,
                (_, Some(texts)) => &texts.frequency,
                (_, None) => &questionnaire.frequency,
            };
            let words = texts.and_then(|it| it.items.get(index));
            let (text, short) = words.map_or((item.text, item.text), |it| (it.text, it.short));
            Some(ItemView { index, text, short, options })
        };
        let (before, site, after) =
            credit_site(questionnaire.credit).unwrap_or((questionnaire.credit, "", ""));
        Self {
            language: texts.map_or("en", |it| it.language),
            timeframe: texts.map_or(questionnaire.timeframe, |it| it.timeframe),
            items: items.into_iter().filter_map(item).collect(),
            credit: Credit { before, site, after },
        }
    }
}

//! Names that people gave: in letters that no font here has, or in words wider than a column.

use serde_json::Value;
use tideline_domain::UnitTree;
use tideline_text::Text;

use super::world;

/// Stands for a character that the embedded fonts cannot show.
const REPLACED: char = '\u{FFFD}';

/// The embedded fonts have no minus; the dash is drawn alike.
const MINUS: char = '\u{2212}';
const EN_DASH: char = '\u{2013}';

/// Where a line may end inside a word, with a hyphen.
const SOFT_HYPHEN: char = '\u{AD}';
/// Words no longer than this fit into every column. Unit: characters.
const FITS: usize = 24;
/// In longer ones a line may end after so many characters.
const STEP: usize = 8;

/// What is told instead of a name that is written in letters that no font here has: which unit it is, in the order
/// of the organisation, so that two of them can be told apart.
pub(super) fn described(tree: &UnitTree, t: Text) -> Vec<(String, String)> {
    let unreadable = |name: &str| {
        let mut letters = name.chars().filter(|it| it.is_alphanumeric() || !it.is_ascii());
        name.chars().any(|it| !can_print(it)) && letters.all(|it| !can_print(it))
    };
    let all = tree.units().iter().zip(1_usize..);
    let mut found: Vec<(String, String)> = all
        .filter(|(unit, _)| unreadable(unit.name.as_str()))
        .map(|(unit, number)| {
            (unit.name.to_string(), t.tr1("report-name-elsewhere", "number", number))
        })
        .collect();
    // A name may be the beginning of another.
    found.sort_by_key(|it| std::cmp::Reverse(it.0.len()));
    found
}

/// What the fonts of a file could not show.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Missing {
    /// Whether a name is told by its unit's number.
    pub(crate) described: bool,
    /// Whether a letter had to be replaced.
    pub(crate) replaced: bool,
}

impl Missing {
    const fn and(self, other: Self) -> Self {
        Self {
            described: self.described || other.described,
            replaced: self.replaced || other.replaced,
        }
    }
}

/// Makes every text of `data` one that the embedded fonts can show, and says what of it they could not: PDF/UA refuses a missing glyph, and one unusual name must not cost everybody the report. Names in `described`
/// are told as that; any other letter that is missing is U+FFFD.
pub(crate) fn make_printable(data: &mut Value, described: &[(String, String)]) -> Missing {
    match data {
        Value::String(text) => {
            let mut missing = Missing::default();
            if !text.chars().all(can_print) {
                for (name, instead) in described {
                    missing.described |= text.contains(name);
                    *text = text.replace(name, instead);
                }
            }
            let shown = printable(text);
            missing.replaced = shown.matches(REPLACED).count() > text.matches(REPLACED).count();
            *text = shown;
            missing
        }
        Value::Array(items) => items
            .iter_mut()
            .fold(Missing::default(), |any, it| any.and(make_printable(it, described))),
        Value::Object(fields) => fields
            .values_mut()
            .fold(Missing::default(), |any, it| any.and(make_printable(it, described))),
        _ => Missing::default(),
    }
}

/// Fields that are no running text, or have a whole line for themselves.
const WHOLE: [&str; 7] = ["alt", "contact", "file", "logo_alt", "organisation", "web", "whose"];

/// Lets lines end inside the long words of `data`.
pub(super) fn hyphenate(data: &mut Value) {
    match data {
        Value::String(text) if text.len() > FITS => *text = with_hyphens(text),
        Value::Array(items) => items.iter_mut().for_each(hyphenate),
        Value::Object(fields) => {
            let broken = fields.iter_mut().filter(|it| !WHOLE.contains(&it.0.as_str()));
            broken.for_each(|it| hyphenate(it.1));
        }
        _ => {}
    }
}

fn can_print(it: char) -> bool {
    it.is_whitespace() || it == MINUS || world::can_show(it)
}

/// `text` in letters that the embedded fonts have; for others U+FFFD.
pub(super) fn printable(text: &str) -> String {
    let shown = |it: char| match it {
        it if it.is_whitespace() => ' ',
        it if world::can_show(it) => it,
        MINUS => EN_DASH,
        _ => REPLACED,
    };
    text.chars().map(shown).collect()
}

/// Lets lines end inside words that are wider than a column. Typst hyphenates the words of a language; of names it
/// knows nothing.
fn with_hyphens(text: &str) -> String {
    let mut shown = String::with_capacity(text.len() + 8);
    for word in text.split_inclusive([' ', '-']) {
        let length = word.chars().count();
        if length <= FITS {
            shown.push_str(word);
            continue;
        }
        for (at, letter) in word.chars().enumerate() {
            // Not so close to the end that a syllable of two letters would stand alone.
            if at > 0 && at % STEP == 0 && at + 3 < length {
                shown.push(SOFT_HYPHEN);
            }
            shown.push(letter);
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_words_wider_than_a_column_may_be_hyphenated() {
        assert_eq!(with_hyphens("Night crisis line, north"), "Night crisis line, north");
        let german = "Bezirkskrankenhaus-Rettungsstelle";
        assert_eq!(with_hyphens(german), german, "two words");
        let long = "x".repeat(68);
        let shown = with_hyphens(&format!("Team {long} A"));
        assert_eq!(shown.matches(SOFT_HYPHEN).count(), 8, "{shown}");
        assert_eq!(shown.replace(SOFT_HYPHEN, ""), format!("Team {long} A"));
    }
}

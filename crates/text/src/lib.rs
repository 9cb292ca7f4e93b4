//! Everything people read, in their language: Fluent catalogues, one folder a language, one file an
//! area, embedded in the program.
//!
//! Deliberately knows nothing of what the texts are about. Figures become words in `report::words`;
//! this crate only turns an identifier and its arguments into text, and dates and numbers into the
//! form a language uses.

mod catalogue;
mod form;
mod language;
#[cfg(test)]
mod reading;

pub use fluent_bundle::FluentValue;
pub use language::Language;

use catalogue::bundle;
use fluent_bundle::FluentArgs;

/// Something that can stand in a text: words, or a whole number that also picks the plural form.
pub trait Argument {
    /// This argument as Fluent takes it.
    fn value(&self) -> FluentValue<'_>;
}

impl Argument for str {
    fn value(&self) -> FluentValue<'_> {
        FluentValue::from(self)
    }
}

impl Argument for String {
    fn value(&self) -> FluentValue<'_> {
        FluentValue::from(self.as_str())
    }
}

impl<T: Argument + ?Sized> Argument for &T {
    fn value(&self) -> FluentValue<'_> {
        (**self).value()
    }
}

macro_rules! whole_numbers {
    ($($number:ty),*) => {$(
        impl Argument for $number {
            fn value(&self) -> FluentValue<'_> {
                FluentValue::from(*self)
            }
        }
    )*};
}
whole_numbers!(u8, u16, u32, u64, usize, i32, i64);

/// The texts of one language. Copy it around.
///
/// ```
/// use tideline_text::{Language, Text};
///
/// let text = Text::new(Language::German);
/// assert_eq!(text.tr("language-own-name"), "Deutsch");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Text {
    language: Language,
}

impl Text {
    /// The texts of `language`.
    pub const fn new(language: Language) -> Self {
        Self { language }
    }

    /// The language of these texts.
    pub const fn language(self) -> Language {
        self.language
    }

    /// The text `id`, which takes no arguments.
    ///
    /// An unknown `id` is a mistake in the program: the identifier itself comes back, and the test
    /// that looks for identifiers in the sources fails.
    pub fn tr(self, id: &str) -> String {
        self.format(id, None)
    }

    /// The text `id` with one argument.
    pub fn tr1(self, id: &str, name: &str, argument: impl Argument) -> String {
        self.tr_with(id, &[(name, &argument)])
    }

    /// The text `id` with two arguments.
    pub fn tr2(
        self,
        id: &str,
        first: &str,
        argument: impl Argument,
        second: &str,
        other: impl Argument,
    ) -> String {
        self.tr_with(id, &[(first, &argument), (second, &other)])
    }

    /// The text `id` with any arguments.
    pub fn tr_with(self, id: &str, arguments: &[(&str, &dyn Argument)]) -> String {
        let mut named = FluentArgs::with_capacity(arguments.len());
        for (name, argument) in arguments {
            named.set((*name).to_owned(), argument.value());
        }
        self.format(id, Some(&named))
    }

    /// The text `id` as HTML: the catalogue may hold tags, the arguments are escaped.
    pub fn html(self, id: &str, arguments: &[(&str, &dyn Argument)]) -> String {
        let mut named = FluentArgs::with_capacity(arguments.len());
        for (name, argument) in arguments {
            let value = match argument.value() {
                FluentValue::String(words) => FluentValue::from(escape(&words)),
                number => number,
            };
            named.set((*name).to_owned(), value);
        }
        self.format(id, Some(&named))
    }

    /// Whether there is a text `id` in this language.
    pub fn has(self, id: &str) -> bool {
        bundle(self.language).has_message(id)
    }

    /// What the country with this code of ISO 3166-1 alpha-2 is called; the code, if there are no words for it.
    pub fn country(self, code: &str) -> String {
        let id = format!("country-{code}");
        if self.has(&id) { self.tr(&id) } else { code.to_owned() }
    }

    fn format(self, id: &str, arguments: Option<&FluentArgs<'_>>) -> String {
        let bundle = bundle(self.language);
        let Some(pattern) = bundle.get_message(id).and_then(|it| it.value()) else {
            return id.to_owned();
        };
        // A missing argument shows as its name in braces, which the sources' test rules out.
        bundle.format_pattern(pattern, arguments, &mut Vec::new()).into_owned()
    }
}

fn escape(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for c in words.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            other => out.push(other),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments_are_placed_and_pick_the_plural() {
        let en = Text::new(Language::English);
        let de = Text::new(Language::German);
        assert_eq!(en.tr1("people", "n", 1_u32), "1 person");
        assert_eq!(en.tr1("people", "n", 7_u32), "7 people");
        assert_eq!(de.tr1("people", "n", 1_u32), "1 Person");
        assert_eq!(de.tr1("people", "n", 7_u32), "7 Personen");
    }

    #[test]
    fn text_holds_no_invisible_marks() {
        let text = Text::new(Language::English).tr2("from-to", "from", "6", "to", "14");
        assert_eq!(text, "6 to 14");
    }

    #[test]
    fn arguments_of_html_are_escaped() {
        let html = Text::new(Language::English)
            .html("from-to", &[("from", &"<script>"), ("to", &"a & \"b\"")]);
        assert_eq!(html, "&lt;script&gt; to a &amp; &quot;b&quot;");
    }

    #[test]
    fn an_unknown_identifier_shows_itself() {
        assert_eq!(Text::new(Language::German).tr("no-such-text"), "no-such-text");
        assert!(!Text::new(Language::German).has("no-such-text"));
    }
}

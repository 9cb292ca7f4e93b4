//! The languages Tideline speaks, and which of them a reader wants.

use chrono::Locale;
use fluent_langneg::{NegotiationStrategy, negotiate_languages, parse_accepted_languages};
use unic_langid::{LanguageIdentifier, langid};

/// A language with a complete catalogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub enum Language {
    /// English, as written in Britain: day before month.
    #[default]
    English,
    /// German.
    German,
}

impl Language {
    /// Every language, the default first.
    pub const ALL: [Self; 2] = [Self::English, Self::German];

    /// The BCP 47 tag, for `lang` attributes, PDF and settings: `en`, `de`.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::German => "de",
        }
    }

    /// The name of the language in the language itself.
    pub const fn own_name(self) -> &'static str {
        match self {
            Self::English => "English",
            Self::German => "Deutsch",
        }
    }

    /// The language with exactly this tag.
    pub fn from_tag(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.tag() == tag)
    }

    /// The best language for an `Accept-Language` header (RFC 9110 §12.5.4), if it names one that
    /// Tideline speaks. `de-AT` is met by German.
    pub fn negotiate(accept_language: &str) -> Option<Self> {
        let wanted = parse_accepted_languages(accept_language);
        let spoken = Self::ALL.map(Self::identifier);
        let best = negotiate_languages(
            &wanted,
            &spoken,
            None::<&LanguageIdentifier>,
            NegotiationStrategy::Lookup,
        );
        let best = best.first()?;
        Self::ALL.into_iter().find(|it| it.identifier() == **best)
    }

    pub(crate) const fn identifier(self) -> LanguageIdentifier {
        match self {
            Self::English => langid!("en"),
            Self::German => langid!("de"),
        }
    }

    pub(crate) const fn locale(self) -> Locale {
        match self {
            Self::English => Locale::en_GB,
            Self::German => Locale::de_DE,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_reader_gets_the_language_they_like_best() {
        for (header, expected) in [
            ("de", Some(Language::German)),
            ("de-AT,de;q=0.9,en;q=0.8", Some(Language::German)),
            ("en-GB,en;q=0.9,de;q=0.8", Some(Language::English)),
            ("fr,de;q=0.5,en;q=0.4", Some(Language::German)),
            ("fr", None),
            ("", None),
            ("*;q=nonsense,,;;", None),
        ] {
            assert_eq!(Language::negotiate(header), expected, "{header}");
        }
    }

    #[test]
    fn tags_lead_back_to_their_language() {
        for language in Language::ALL {
            assert_eq!(Language::from_tag(language.tag()), Some(language));
        }
        assert_eq!(Language::from_tag("DE"), None);
    }
}

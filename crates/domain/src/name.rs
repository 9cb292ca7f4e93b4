//! What people, units and organisations are called.

use std::{fmt, str::FromStr};

use crate::unseen::{shows_something, unseen};

/// A name of a person, unit or organisation: 1 to 120 characters, trimmed, something to see, and nothing
/// [unseen].
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Name(String);

/// A name that cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NameError {
    /// Nothing to see in it, or too much.
    #[error("a name needs 1 to 120 characters, and something to see among them")]
    Length,
    /// A character that nobody sees, or that turns the text around.
    #[error(
        "a name must not hold U+{:04X}, a character that nobody sees or that turns text around",
        u32::from(*.0)
    )]
    Unseen(char),
}

impl Name {
    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// A name that is kept already, perhaps since a version that took more: what no name may hold now is
    /// left out, and what shows nothing is `?`.
    ///
    /// # Errors
    ///
    /// [`NameError`] if it is too long.
    pub fn kept(text: &str) -> Result<Self, NameError> {
        let mut text = text.to_owned();
        while let Some(it) = unseen(&text) {
            text = text.replace(it, "");
        }
        if shows_something(&text) { text.parse() } else { Ok(Self("?".to_owned())) }
    }
}

impl FromStr for Name {
    type Err = NameError;

    fn from_str(s: &str) -> Result<Self, NameError> {
        let name = s.trim();
        if let Some(it) = unseen(name) {
            return Err(NameError::Unseen(it));
        }
        let fits = (1..=120).contains(&name.chars().count()) && shows_something(name);
        fits.then(|| Self(name.to_owned())).ok_or(NameError::Length)
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names() {
        assert_eq!(" Elm ".parse::<Name>().unwrap().as_str(), "Elm");
        assert!("".parse::<Name>().is_err());
        assert_eq!("a\nb".parse::<Name>(), Err(NameError::Unseen('\n')));
        assert_eq!("Ada \u{202e}nimda".parse::<Name>(), Err(NameError::Unseen('\u{202e}')));
        assert_eq!("\u{301}".parse::<Name>(), Err(NameError::Length));
        assert_eq!("\u{200b}".parse::<Name>(), Err(NameError::Unseen('\u{200b}')));
    }

    #[test]
    fn a_name_of_an_earlier_version_is_read() {
        assert_eq!(Name::kept("Sta\u{ad}tion \u{202e}3\u{202c}").unwrap().as_str(), "Station 3");
        assert_eq!(Name::kept("Elm").unwrap().as_str(), "Elm");
        assert_eq!(Name::kept("\u{200b}").unwrap().as_str(), "?");
        assert!(Name::kept(&"x".repeat(121)).is_err());
    }
}

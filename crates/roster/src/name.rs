//! Names in one form, and which of them look alike.

use std::collections::BTreeMap;

use tideline_domain::{Name, NameError};
use unicode_normalization::{IsNormalized, UnicodeNormalization as _, is_nfc_quick};
use unicode_security::confusable_detection::skeleton;

use crate::doubt::What;

/// `text` composed (NFC), with each run of spaces, also no-break ones and line ends, as one space.
pub(crate) fn folded(text: &str) -> String {
    let composed: String = if is_nfc_quick(text.chars()) == IsNormalized::Yes {
        text.to_owned()
    } else {
        text.nfc().collect()
    };
    let mut folded = String::with_capacity(composed.len());
    for word in composed.split_whitespace() {
        if !folded.is_empty() {
            folded.push(' ');
        }
        folded.push_str(word);
    }
    folded
}

/// The name that `text`, which is [folded], is.
pub(crate) fn name(text: &str) -> Result<Name, What> {
    text.parse().map_err(|error| match error {
        NameError::Unseen(character) => What::NameUnseen { character },
        NameError::Length => What::NameLength,
    })
}

/// Units by how their names look.
#[derive(Debug, Default)]
pub(crate) struct Looks(BTreeMap<String, (Name, u64)>);

impl Looks {
    /// Takes in `name` of `row`: what it looks like, if another one does already.
    pub(crate) fn see(&mut self, name: &Name, row: u64) -> Option<What> {
        let seen = self.0.entry(look(name.as_str())).or_insert_with(|| (name.clone(), row));
        (seen.0 != *name).then(|| What::LookAlike {
            name: name.to_string(),
            other: seen.0.to_string(),
            row: seen.1,
        })
    }
}

/// The same for names that people take for one another: in another case, with other or no spaces and
/// hyphens, without marks on letters, with letters of another script (the skeleton of Unicode Technical
/// Standard 39, 4).
fn look(name: &str) -> String {
    let plain: String = name
        .nfkd()
        .filter(|it| it.is_alphanumeric() && !unicode_normalization::char::is_combining_mark(*it))
        .flat_map(char::to_lowercase)
        .collect();
    let looks: String = skeleton(&plain).flat_map(char::to_lowercase).collect();
    // A name of signs alone has nothing that could be mistaken.
    if looks.is_empty() { name.to_owned() } else { looks }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn alike(one: &str, other: &str, expected: bool) {
        let mut looks = Looks::default();
        assert_eq!(looks.see(&one.parse().unwrap(), 2), None);
        assert_eq!(looks.see(&other.parse().unwrap(), 3).is_some(), expected, "{one} {other}");
    }

    #[test]
    fn names_that_are_taken_for_one_another() {
        alike("Station Süd", "station süd", true);
        alike("Station Süd", "Station-Sud", true);
        alike("Station Nord", "Stаtion Nord", true); // a Cyrillic letter
        alike("Team 1", "Team l", true);
        alike("Station Süd", "Station Süd", false);
        alike("Station Süd", "Station Nord", false);
        alike("03", "3", false);
        alike("+", "–", false);
    }

    #[test]
    fn names_in_one_form() {
        assert_eq!(folded("  Station\u{a0}\u{a0}Su\u{308}d \n A"), "Station Süd A");
        assert_eq!(folded("שָׂרָה"), folded(&"שָׂרָה".nfd().collect::<String>()));
    }
}

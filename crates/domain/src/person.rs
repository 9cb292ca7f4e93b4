//! People as the roster knows them. Nothing here is ever near an answer.

use std::{fmt, str::FromStr};

use crate::{PersonId, Role, unseen::shows_something, unseen::unseen};

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

/// An e-mail address, in lower case.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EmailAddress(String);

/// Text that is no e-mail address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this is not an e-mail address; it should look like name@example.org")]
pub struct EmailAddressError;

impl EmailAddress {
    /// The address as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for EmailAddress {
    type Err = EmailAddressError;

    fn from_str(s: &str) -> Result<Self, EmailAddressError> {
        let address = s.trim().to_lowercase();
        let plain = |part: &str| {
            !part.is_empty()
                && part
                    .chars()
                    .all(|it| it.is_alphanumeric() || "!#$%&'*+/=?^_`{|}~.-".contains(it))
                && !part.starts_with('.')
                && !part.ends_with('.')
                && !part.contains("..")
        };
        match address.split_once('@') {
            Some((local, domain))
                if address.len() <= 254
                    && unseen(&address).is_none()
                    && plain(local)
                    && plain(domain)
                    && !domain.starts_with('-') =>
            {
                Ok(Self(address))
            }
            _ => Err(EmailAddressError),
        }
    }
}

impl fmt::Display for EmailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Addresses name people, so they are not printed by accident.
impl fmt::Debug for EmailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("EmailAddress(…)")
    }
}

/// Somebody who may sign in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Identifier; random.
    pub id: PersonId,
    /// Full name.
    pub name: Name,
    /// Where sign-in links go.
    pub email: EmailAddress,
    /// What this person may do besides answering.
    pub roles: Vec<Role>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(address: &str, expected: Option<&str>) {
        assert_eq!(
            address.parse::<EmailAddress>().ok().as_ref().map(EmailAddress::as_str),
            expected
        );
    }

    #[test]
    fn addresses() {
        check(" Ada@Example.ORG ", Some("ada@example.org"));
        check("a.b+c@localhost", Some("a.b+c@localhost"));
        check("ada", None);
        check("ada@", None);
        check("@example.org", None);
        check("a b@example.org", None);
        check("a@b@c", None);
        check("a@example.org\r\nBcc: x@y.z", None);
    }

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

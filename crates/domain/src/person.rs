//! People as the roster knows them. Nothing here is ever near an answer.

use std::{fmt, str::FromStr};

use crate::{Name, PersonId, Role, unseen::unseen};

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
}

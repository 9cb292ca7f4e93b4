//! Where somebody wanted to go before signing in, or switching the language: a page of ours, never
//! another site's.

use std::fmt::{self, Write as _};

/// A path on this host with its query, 1 to 500 characters; the start page in place of anything else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct OwnPath(String);

/// Longest path. Unit: characters.
const LONGEST: usize = 500;

impl OwnPath {
    /// The start page.
    pub(crate) fn home() -> Self {
        Self("/".to_owned())
    }

    /// `text` if it leads to this host and nowhere else; the start page otherwise.
    pub(crate) fn of(text: &str) -> Self {
        let plain = text.bytes().all(|it| it.is_ascii_graphic() && it != b'\\');
        let here = text.starts_with('/') && !text.starts_with("//");
        if plain && here && text.len() <= LONGEST { Self(text.to_owned()) } else { Self::home() }
    }

    /// Where to go once somebody is signed in: as [`of`](Self::of), but never to a page that signs in.
    pub(crate) fn after_sign_in(text: &str) -> Self {
        let path = Self::of(text);
        if matches!(path.first(), "sign-in" | "in" | "setup") { Self::home() } else { path }
    }

    /// Whether it is the page of somebody's account, or below it: where is changed what opens it later.
    pub(crate) fn is_account(&self) -> bool {
        self.first() == "account"
    }

    fn first(&self) -> &str {
        self.0.split(['/', '?', '#']).nth(1).unwrap_or("")
    }

    /// The path as it is.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it is the start page.
    pub(crate) fn is_home(&self) -> bool {
        self.0 == "/"
    }

    /// `page` with this path as its parameter `to`, which is left out for the start page.
    pub(crate) fn behind(&self, page: &str) -> String {
        if self.is_home() {
            return page.to_owned();
        }
        let joint = if page.contains('?') { '&' } else { '?' };
        format!("{page}{joint}to={}", InQuery(&self.0))
    }
}

/// A text as the value of a query's parameter (RFC 3986, 3.4); slashes stay as they are.
pub(crate) struct InQuery<'a>(pub(crate) &'a str);

impl fmt::Display for InQuery<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for byte in self.0.bytes() {
            if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
                f.write_char(char::from(byte))?;
            } else {
                write!(f, "%{byte:02X}")?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_leads_elsewhere() {
        for (text, expected) in [
            ("/team/1?asked=x#y", "/team/1?asked=x#y"),
            ("", "/"),
            ("team", "/"),
            ("//example.org", "/"),
            ("https://example.org", "/"),
            ("javascript:alert(1)", "/"),
            ("/\\example.org", "/"),
            ("\\\\example.org", "/"),
            ("/a\r\nb", "/"),
            ("/\t/example.org", "/"),
            ("/ä", "/"),
            (&format!("/{}", "a".repeat(500)), "/"),
        ] {
            assert_eq!(OwnPath::of(text).as_str(), expected, "{text}");
        }
    }

    #[test]
    fn signing_in_never_leads_to_signing_in() {
        for text in ["/sign-in", "/sign-in?to=/org", "/sign-in/oidc", "/in", "/in#x", "/setup"] {
            assert!(OwnPath::after_sign_in(text).is_home(), "{text}");
        }
        for text in ["/org", "/info", "/team/sign-in"] {
            assert_eq!(OwnPath::after_sign_in(text).as_str(), text);
        }
    }

    #[test]
    fn the_account_is_that_page_and_what_is_below_it() {
        for text in ["/account", "/account?done=added", "/account#x", "/account/passkeys"] {
            assert!(OwnPath::of(text).is_account(), "{text}");
        }
        for text in ["/", "/accounts", "/team/account", "/?account"] {
            assert!(!OwnPath::of(text).is_account(), "{text}");
        }
    }

    #[test]
    fn a_path_survives_a_query() {
        let path = OwnPath::of("/team/1?asked=a&b=%20#c");
        assert_eq!(path.behind("/sign-in"), "/sign-in?to=/team/1%3Fasked%3Da%26b%3D%2520%23c");
        assert_eq!(path.behind("/sign-in?sent").matches("&to=").count(), 1);
        assert_eq!(OwnPath::home().behind("/sign-in?sent"), "/sign-in?sent");
    }
}

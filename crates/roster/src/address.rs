//! Addresses that a mail can be sent to.

use email_address::EmailAddress as Check;
use tideline_domain::{EmailAddress, EmailAddressError};

/// Why text is no address that a mail can be sent to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AddressError {
    /// It is no address.
    Shape,
    /// The part before the @ has characters that are not ASCII; only few mail servers take them (RFC 6531).
    Local,
    /// The domain cannot be written in ASCII (RFC 5891), or not be one.
    Domain,
}

/// The address that `text` is: in lower case, its domain in the form in which mail servers know it
/// (`köln.example` is `xn--kln-sna.example`). What this takes, the mailer takes, and any mail server: both
/// check by the same library.
///
/// # Errors
///
/// [`AddressError`] says which part is wrong.
pub fn address(text: &str) -> Result<EmailAddress, AddressError> {
    let (local, domain) = text.trim().split_once('@').ok_or(AddressError::Shape)?;
    if domain.contains('@') || local.contains(char::is_whitespace) {
        return Err(AddressError::Shape);
    }
    if !local.is_ascii() {
        return Err(AddressError::Local);
    }
    if !Check::is_valid_local_part(local) {
        return Err(AddressError::Shape);
    }
    let domain = if domain.is_ascii() {
        domain.to_owned()
    } else {
        idna::domain_to_ascii(domain).map_err(|_| AddressError::Domain)?
    };
    if !Check::is_valid_domain(&domain) {
        return Err(AddressError::Domain);
    }
    format!("{local}@{domain}").parse().map_err(|_| AddressError::Shape)
}

/// The address that somebody types to be found by, in the form in which rosters are kept. What no mail could be
/// sent to is taken as it is typed: rosters of an earlier version may have it.
///
/// # Errors
///
/// If it is no address at all.
pub fn typed(text: &str) -> Result<EmailAddress, EmailAddressError> {
    address(text).or_else(|_| text.parse())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Result<&str, AddressError>) {
        let read = address(text);
        assert_eq!(read.as_ref().map(EmailAddress::as_str).map_err(|it| *it), expected, "{text}");
    }

    #[test]
    fn addresses_as_mail_servers_know_them() {
        check(" MiXed@Harbour.Example ", Ok("mixed@harbour.example"));
        check("jo@hafenklinik-köln.example", Ok("jo@xn--hafenklinik-kln-ltb.example"));
        check("jo@HAFENKLINIK-KO\u{308}LN.example", Ok("jo@xn--hafenklinik-kln-ltb.example"));
        check("o'brien@harbour.example", Ok("o'brien@harbour.example"));
        check("p@localhost", Ok("p@localhost"));
        check("q@1.2.3.4", Ok("q@1.2.3.4"));
        check("müller@harbour.example", Err(AddressError::Local));
        check("x@sub_domain.example", Ok("x@sub_domain.example"));
        check("y@harbour.example-", Err(AddressError::Domain));
        check("r@-x.example", Err(AddressError::Domain));
        check("s@harbour..example", Err(AddressError::Domain));
        check("t@\u{202e}x.example", Err(AddressError::Domain));
        check("jo", Err(AddressError::Shape));
        check("a@b@c.example", Err(AddressError::Shape));
        check("a b@c.example", Err(AddressError::Shape));
        check("\"a\"@c.example", Err(AddressError::Shape));
        check(&format!("{}@c.example", "x".repeat(65)), Err(AddressError::Shape));
    }

    #[test]
    fn what_is_typed_is_found() {
        assert_eq!(typed("jo@köln.example").unwrap(), address("jo@köln.example").unwrap());
        assert_eq!(typed("müller@x.example").unwrap().as_str(), "müller@x.example");
        assert!(typed("jo").is_err());
    }

    proptest! {
        #[test]
        fn what_is_taken_can_be_mailed(text in "[a-z0-9äß!#.+_'-]{1,12}@[a-zäöß0-9._-]{1,20}|\\PC{1,12}@\\PC{1,12}") {
            if let Ok(read) = address(&text) {
                prop_assert!(read.as_str().is_ascii());
                prop_assert!(read.as_str().parse::<lettre::Address>().is_ok(), "{}", read.as_str());
            }
        }

        #[test]
        fn what_the_mailer_takes_is_taken(text in "[a-z0-9!#.+_'-]{1,12}@[a-zäöü0-9._-]{1,20}") {
            if text.parse::<lettre::Address>().is_ok() {
                let ours = address(&text);
                // The mailer would take a domain as it is that no name server can be asked for.
                let writable = idna::domain_to_ascii(text.split('@').nth(1).unwrap())
                    .is_ok_and(|it| Check::is_valid_domain(&it));
                let plain = !text.starts_with('.') && !text.contains("..") && !text.contains(".@");
                prop_assert!(ours.is_ok() || !writable || !plain, "{text} {ours:?}");
            }
        }
    }
}

//! What people show to prove who they are, and what checks it: links, passwords, passkeys, an identity
//! provider, signed cookies and tokens. Knows no request and no page; who is asking is found out by
//! [`auth`](crate::auth).

mod asker;
mod cookies;
mod counter;
mod gate;
mod keys;
mod links;
mod oidc;
mod passkeys;
mod password;
mod queue;

pub(crate) use asker::{Asker, DEVICE_DAYS, KnownDevice, mark};
pub(crate) use cookies::{cookie_name, cookie_named, own_cookie};
pub(crate) use gate::SignInGate;
pub(crate) use keys::{Audience, Flow, Sealed};
pub use keys::{AuthKeys, KeyError};
pub(crate) use links::{Asked, LinkQueue};
pub(crate) use oidc::{Claimed, ClaimedAddress};
pub use oidc::{ClientAuthentication, OidcError, OidcFinding, OidcProvider, OidcSettings};
pub(crate) use passkeys::{PASSKEY_PATIENCE, Passkeys};
pub(crate) use password::{Password, hash_password, is_cheaper};
pub(crate) use queue::Place;

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use sha2::{Digest as _, Sha256};

use chrono::TimeDelta;

use crate::problem::Problem;

/// How long somebody has shown just now who they are.
pub(crate) const FRESH: TimeDelta = TimeDelta::minutes(15);

/// A secret that is handed out once: 256 bits for a session, 128 for a sign-in link. We keep its
/// hash only, so that a copy of the database opens no session.
pub(crate) struct Secret<const N: usize>([u8; N]);

impl<const N: usize> Secret<N> {
    /// A fresh secret from the operating system.
    pub(crate) fn generate() -> Result<Self, Problem> {
        let mut bytes = [0; N];
        getrandom::fill(&mut bytes).map_err(Problem::internal)?;
        Ok(Self(bytes))
    }

    /// Reads what [`text`](Self::text) wrote; nothing else, to the letter.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
        bytes.try_into().ok().map(Self)
    }

    /// The secret as it travels: base64url without padding.
    pub(crate) fn text(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.0)
    }

    /// What is stored in its place.
    pub(crate) fn hash(&self) -> [u8; 32] {
        digest("tideline stored secret", &self.0)
    }

    /// What is stored in its place where it is for another use, so that it is not taken for a link's.
    pub(crate) fn hash_of_arrival(&self) -> [u8; 32] {
        digest("tideline stored arrival", &self.0)
    }

    /// A value for forms that only the holder of this secret can know.
    pub(crate) fn csrf(&self) -> String {
        URL_SAFE_NO_PAD.encode(digest("tideline form token", &self.0))
    }
}

/// SHA-256 of `bytes`, apart from other uses of it. The secrets are random, so no key is needed.
pub(crate) fn digest(purpose: &str, bytes: &[u8]) -> [u8; 32] {
    Sha256::new().chain_update(purpose).chain_update([0]).chain_update(bytes).finalize().into()
}

/// Whether two texts are equal, in a time that tells nothing about where they differ: hashes are
/// compared, and what is learned about a hash says nothing about the text.
pub(crate) fn same(a: &str, b: &str) -> bool {
    digest("tideline comparison", a.as_bytes()) == digest("tideline comparison", b.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_survives_its_text_and_nothing_else_does() {
        let secret = Secret::<16>::generate().unwrap();
        let text = secret.text();
        assert_eq!(text.len(), 22);
        assert_eq!(Secret::<16>::parse(&text).unwrap().hash(), secret.hash());
        assert!(Secret::<16>::parse(&text[1..]).is_none());
        assert!(Secret::<16>::parse(&format!("{text}=")).is_none());
        assert!(Secret::<32>::parse(&text).is_none());
        assert_ne!(secret.csrf(), Secret::<16>::generate().unwrap().csrf());
    }
}

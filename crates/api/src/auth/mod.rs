//! Who is asking. A handler takes one of these as an argument, or cannot know:
//!
//! - [`By`]: a page, by session cookie; others are sent to the sign-in page.
//! - [`Posted`]: a form of one of our pages, by session cookie and CSRF token.
//! - [`Caller`]: the JSON API, by session cookie or bearer token.
//! - [`OwnForm`]: a form of one of our pages by somebody who need not be signed in.
//! - [`IssueBearer`]: token issue, by a bearer token that is good for nothing else.
//!
//! The first three name a [`Policy`], which says who is let through: `By<Administrator>`.

mod asker;
mod caller;
mod counter;
mod device;
mod fresh;
mod gate;
mod keys;
mod links;
mod oidc;
pub(crate) mod passkeys;
mod password;
mod policy;
mod session;

pub(crate) use asker::{Asker, device_cookie};
pub use asker::{Network, NetworkError};
pub(crate) use caller::{Caller, IssueBearer};
pub(crate) use device::Device;
pub use device::{ON_PAPER, hide_kind};
pub(crate) use fresh::{fresh_cookie, is_fresh};
pub(crate) use gate::{Place, SignInGate};
pub(crate) use keys::Flow;
pub use keys::{AuthKeys, KeyError};
pub(crate) use links::LinkQueue;
pub(crate) use oidc::{Claimed, ClaimedAddress};
pub use oidc::{ClientAuthentication, OidcError, OidcFinding, OidcProvider, OidcSettings};
pub(crate) use password::{Password, hash_password, is_cheaper};
pub(crate) use policy::{
    Administrator, HumanResources, Member, Overseer, Policy, PrivacyOfficer, ReleaseAuditor,
    UnitViewer, WavePlanner,
};
pub(crate) use session::{
    By, OwnForm, Posted, SignedIn, arrival_cookie, arrived_code, check_form, cookie_named,
    end_session, sent_from_elsewhere, session_cookie, session_hash, start_session,
};

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use sha2::{Digest as _, Sha256};

use crate::problem::Problem;

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
    fn csrf(&self) -> String {
        URL_SAFE_NO_PAD.encode(digest("tideline form token", &self.0))
    }
}

/// SHA-256 of `bytes`, apart from other uses of it. The secrets are random, so no key is needed.
fn digest(purpose: &str, bytes: &[u8]) -> [u8; 32] {
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

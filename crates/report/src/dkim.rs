//! Signatures on mails (RFC 6376, RFC 8463): which headers, in which canonical form, by which key.
//!
//! Headers are signed in the `relaxed` form: lettre folds the signature's own header when it is added,
//! which the `simple` form, lettre's default, would count as a change.

use std::{fmt, sync::Arc};

use base64::{Engine as _, engine::general_purpose::STANDARD};

use lettre::{
    Message,
    message::{
        dkim::{
            DkimCanonicalization, DkimCanonicalizationType, DkimConfig, DkimSigningAlgorithm,
            DkimSigningKey,
        },
        header::HeaderName,
    },
};
use pkcs8::{
    LineEnding, ObjectIdentifier, PrivateKeyInfo, SecretDocument,
    der::{Decode as _, asn1::OctetStringRef},
};

/// What is signed, also where a mail has none of it, so that nobody can add one. With the two of RFC 8058:
/// big providers show their own "unsubscribe" only if both are signed. `Content-Type` is not among them:
/// lettre keeps it with the body and would sign that there is none.
const HEADERS: [&str; 9] = [
    "From",
    "To",
    "Reply-To",
    "Subject",
    "Date",
    "Message-ID",
    "MIME-Version",
    "List-Unsubscribe",
    "List-Unsubscribe-Post",
];

/// RFC 8017, appendix A.1.
const RSA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.1");
/// RFC 8410, section 3.
const ED25519: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.101.112");

/// Signs mails. Cheap to clone.
#[derive(Clone)]
pub struct Dkim(Arc<DkimConfig>);

/// A key that cannot sign mails.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DkimError {
    /// Neither of the two kinds that receivers know, or damaged.
    #[error(
        "it is neither an RSA nor an Ed25519 private key in PEM, nor the 32 bytes of an Ed25519 key in base64"
    )]
    Key,
    /// A key that only a pass phrase opens.
    #[error(
        "it is locked by a pass phrase; `openssl pkey -in KEY -out OPEN_KEY` writes it without"
    )]
    Locked,
}

impl Dkim {
    /// Signs for `domain`, whose DNS holds the other half of `key` under `selector`. `key` is a PEM file with
    /// an RSA key (PKCS#1 or PKCS#8) or an Ed25519 key (PKCS#8), or an Ed25519 key's 32 bytes in base64.
    ///
    /// # Errors
    ///
    /// [`DkimError`] if the key is of no such kind, or locked.
    pub fn new(selector: &str, domain: &str, key: &str) -> Result<Self, DkimError> {
        let config = DkimConfig::new(
            selector.to_owned(),
            domain.to_owned(),
            signing_key(key.trim())?,
            HEADERS.into_iter().map(HeaderName::new_from_ascii_str).collect(),
            DkimCanonicalization {
                header: DkimCanonicalizationType::Relaxed,
                body: DkimCanonicalizationType::Relaxed,
            },
        );
        Ok(Self(Arc::new(config)))
    }

    /// `message` with a signature.
    pub(crate) fn sign(&self, message: &Message) -> Message {
        let mut signed = message.clone();
        signed.sign(&self.0);
        signed
    }
}

impl fmt::Debug for Dkim {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Dkim(…)")
    }
}

fn signing_key(key: &str) -> Result<DkimSigningKey, DkimError> {
    if !key.starts_with("-----BEGIN") {
        return read(key, DkimSigningAlgorithm::Ed25519);
    }
    if key.contains("ENCRYPTED") {
        return Err(DkimError::Locked);
    }
    if key.starts_with("-----BEGIN RSA PRIVATE KEY-----") {
        return read(key, DkimSigningAlgorithm::Rsa);
    }
    // lettre reads the inner form of either kind only.
    let (_, document) = SecretDocument::from_pem(key).map_err(|_| DkimError::Key)?;
    let info = PrivateKeyInfo::try_from(document.as_bytes()).map_err(|_| DkimError::Key)?;
    match info.algorithm.oid {
        RSA => {
            let inner = SecretDocument::try_from(info.private_key).map_err(|_| DkimError::Key)?;
            let pem =
                inner.to_pem("RSA PRIVATE KEY", LineEnding::LF).map_err(|_| DkimError::Key)?;
            read(&pem, DkimSigningAlgorithm::Rsa)
        }
        ED25519 => {
            let seed = OctetStringRef::from_der(info.private_key).map_err(|_| DkimError::Key)?;
            read(&STANDARD.encode(seed.as_bytes()), DkimSigningAlgorithm::Ed25519)
        }
        _ => Err(DkimError::Key),
    }
}

fn read(key: &str, algorithm: DkimSigningAlgorithm) -> Result<DkimSigningKey, DkimError> {
    DkimSigningKey::new(key, algorithm).map_err(|_| DkimError::Key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_that_cannot_sign_is_refused_with_what_to_do() {
        let refuses = |key: &str| Dkim::new("tide", "example.org", key).err();
        for key in ["nonsense", "-----BEGIN X-----\n-----END X-----", "AAAA", ""] {
            assert_eq!(refuses(key), Some(DkimError::Key), "{key}");
        }
        let locked =
            "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAA==\n-----END ENCRYPTED PRIVATE KEY-----";
        assert_eq!(refuses(locked), Some(DkimError::Locked));
        assert!(DkimError::Locked.to_string().contains("openssl pkey"));
    }
}

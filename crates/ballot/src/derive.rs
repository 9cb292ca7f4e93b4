//! What both sides derive from a token: its public input, its nullifier, its proof of possession.

use hmac::{Hmac, Mac as _};
use poprf_ristretto::PoprfOutput;
use sha2::Sha256;
use tideline_domain::CohortId;
use zeroize::Zeroizing;

use crate::{BALLOT_LEN, Nullifier, encoding::sha256};

const TOKEN: &[u8] = b"pulse-token-v1\0";
const NULLIFIER: &[u8] = b"pulse-nullifier-v1\0";
const REDEEM_SALT: &[u8] = b"pulse-redeem-v1";
const REDEEM: &[u8] = b"pulse-redeem-v1\0";

/// The public input of a token: this manifest and this cohort. Fixed label, fixed hash, length
/// before name, so that no two pairs encode alike.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct TokenInfo(Vec<u8>);

impl TokenInfo {
    pub(crate) fn new(manifest_hash: &[u8; 32], cohort: &CohortId) -> Self {
        let name = cohort.as_str().as_bytes();
        // At most 16 bytes, says the type.
        let length = [0, name.len() as u8];
        Self([TOKEN, manifest_hash, &length, name].concat())
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        &self.0
    }

    pub(crate) fn nullifier(&self, nonce: &[u8; 32]) -> Nullifier {
        sha256(&[NULLIFIER, &self.0, nonce])
    }

    /// Shows possession of the token, bound to this very ballot: whoever sees the request can
    /// neither spend the token on another ballot nor learn it.
    fn proof(
        &self,
        output: &PoprfOutput,
        nonce: &[u8; 32],
        ballot: &[u8; BALLOT_LEN],
    ) -> Hmac<Sha256> {
        let mut key = Zeroizing::new([0; 32]);
        hkdf::Hkdf::<Sha256>::new(Some(REDEEM_SALT), output.as_bytes())
            .expand(b"mac-key", key.as_mut_slice())
            .unwrap_or_else(|_| unreachable!("32 bytes are fewer than HKDF can give"));
        let mut mac = <Hmac<Sha256> as hmac::Mac>::new_from_slice(key.as_slice())
            .unwrap_or_else(|_| unreachable!("HMAC takes keys of any length"));
        mac.update(REDEEM);
        mac.update(&sha256(&[&self.0]));
        mac.update(nonce);
        mac.update(&sha256(&[ballot]));
        mac
    }

    pub(crate) fn mac(
        &self,
        output: &PoprfOutput,
        nonce: &[u8; 32],
        ballot: &[u8; BALLOT_LEN],
    ) -> [u8; 32] {
        self.proof(output, nonce, ballot).finalize().into_bytes().into()
    }

    /// Takes the same time whether or not `mac` is right.
    pub(crate) fn verify(
        &self,
        output: &PoprfOutput,
        nonce: &[u8; 32],
        ballot: &[u8; BALLOT_LEN],
        mac: &[u8; 32],
    ) -> bool {
        self.proof(output, nonce, ballot).verify_slice(mac).is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_public_input_is_what_the_protocol_says() {
        let info = TokenInfo::new(&[7; 32], &"ward-3-4".parse().unwrap());
        let mut expected = b"pulse-token-v1\0".to_vec();
        expected.extend([7; 32]);
        expected.extend(b"\x00\x08ward-3-4");
        assert_eq!(info.bytes(), expected);
    }
}

//! Bodies of the two requests: JSON with exactly these fields, in this order when we write it,
//! every byte string of exactly its length.

use std::fmt;

use serde::{Deserialize, Serialize, de::DeserializeOwned};
use tideline_domain::CohortId;

use crate::{
    BALLOT_LEN,
    encoding::{base64_array, text},
    issue::Issued,
};

/// Longest body that is read. Unit: bytes.
pub const MAX_BODY: usize = 1024;

/// The body is not one of the protocol. Says nothing about what was in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the request is malformed")]
pub struct Malformed;

/// Asks for a token: `{"cohort":…,"blinded":…}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IssueBody {
    /// The person's cohort.
    #[serde(with = "text")]
    pub cohort: CohortId,
    /// The blinded element.
    #[serde(with = "base64_array")]
    pub blinded: [u8; 32],
}

/// The token, still blinded: `{"evaluated":…,"proof":…}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IssuedBody {
    /// The evaluated element.
    #[serde(with = "base64_array")]
    pub evaluated: [u8; 32],
    /// Proof that the wave's key was used.
    #[serde(with = "base64_array")]
    pub proof: [u8; 64],
}

impl From<Issued> for IssuedBody {
    fn from(it: Issued) -> Self {
        Self { evaluated: it.evaluated, proof: it.proof }
    }
}

/// Redeems a token with a sealed ballot: `{"cohort":…,"nonce":…,"ballot":…,"mac":…}`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RedeemBody {
    /// The cohort the token is bound to.
    #[serde(with = "text")]
    pub cohort: CohortId,
    /// The token's private input.
    #[serde(with = "base64_array")]
    pub nonce: [u8; 32],
    /// The sealed ballot.
    #[serde(with = "base64_array")]
    pub ballot: [u8; BALLOT_LEN],
    /// Binds token and ballot.
    #[serde(with = "base64_array")]
    pub mac: [u8; 32],
}

impl fmt::Debug for RedeemBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RedeemBody(…)")
    }
}

fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, Malformed> {
    if body.len() > MAX_BODY {
        return Err(Malformed);
    }
    serde_json::from_slice(body).map_err(|_| Malformed)
}

fn write<T: Serialize>(body: &T) -> String {
    serde_json::to_string(body).unwrap_or_else(|_| unreachable!("texts and nothing else"))
}

macro_rules! body {
    ($($body:ident)*) => {$(
        impl $body {
            /// Reads a body.
            ///
            /// # Errors
            ///
            /// [`Malformed`] if it is longer than [`MAX_BODY`], has other fields, or a length is wrong.
            pub fn from_json(body: &[u8]) -> Result<Self, Malformed> {
                read(body)
            }

            /// The body as it is sent.
            pub fn to_json(&self) -> String {
                write(self)
            }
        }
    )*};
}

body!(IssueBody IssuedBody RedeemBody);

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn redeem() -> RedeemBody {
        RedeemBody {
            cohort: "ward-3".parse().unwrap(),
            nonce: [1; 32],
            ballot: [2; BALLOT_LEN],
            mac: [3; 32],
        }
    }

    #[test]
    fn a_redemption_is_331_bytes_long_for_a_name_of_six() {
        let body = redeem().to_json();
        assert_eq!(body.len(), 331);
        assert!(body.starts_with(r#"{"cohort":"ward-3","nonce":"AQEB"#), "{body}");
        assert_eq!(RedeemBody::from_json(body.as_bytes()), Ok(redeem()));
    }

    #[test]
    fn an_issue_request_is_short_and_exact() {
        let body = IssueBody { cohort: "c1".parse().unwrap(), blinded: [0; 32] };
        assert_eq!(
            body.to_json(),
            r#"{"cohort":"c1","blinded":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}"#
        );
        assert_eq!(IssueBody::from_json(body.to_json().as_bytes()), Ok(body));
    }

    #[test]
    fn other_fields_lengths_and_spellings_are_refused() {
        let good = redeem().to_json();
        let check = |from: &str, to: &str| {
            let bad = good.replacen(from, to, 1);
            assert_ne!(bad, good);
            assert_eq!(RedeemBody::from_json(bad.as_bytes()), Err(Malformed), "{bad}");
        };
        check("{", r#"{"extra":1,"#);
        check("{", r#"{"cohort":"c1","#);
        check(r#""cohort":"ward-3","#, "");
        check("ward-3", "Ward 3");
        check("ward-3", "");
        check("ward-3", "a-name-of-seventeen");
        check("AQEB", "AQE");
        check("AQEB", "AQEBAQEB");
        check("AQEB", "AQ+B");
        check(r#"AwM"}"#, r#"AwM="}"#);
        check(r#"AwM"}"#, r#"AwN"}"#);
        check("}", "}}");
        let long = format!("{good}{}", " ".repeat(MAX_BODY));
        assert_eq!(RedeemBody::from_json(long.as_bytes()), Err(Malformed));
    }

    #[test]
    fn a_redemption_is_not_printed() {
        assert_eq!(format!("{:?}", redeem()), "RedeemBody(…)");
    }

    proptest! {
        #[test]
        fn no_bytes_make_a_panic(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
            prop_assert!(RedeemBody::from_json(&bytes).is_err());
            prop_assert!(IssueBody::from_json(&bytes).is_err());
            prop_assert!(IssuedBody::from_json(&bytes).is_err());
        }

        #[test]
        fn a_changed_byte_is_refused_or_read_as_another_value(at in 0_usize..331, byte in any::<u8>()) {
            let mut body = redeem().to_json().into_bytes();
            let same = body[at] == byte;
            body[at] = byte;
            if let Ok(read) = RedeemBody::from_json(&body) {
                // Each value has one spelling, except for JSON's own freedom.
                prop_assert!(same || read != redeem() || byte.is_ascii_whitespace());
            }
        }
    }
}

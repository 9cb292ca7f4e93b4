//! Bytes as text, one way each: base64url without padding, lower-case hexadecimal, instants.
//!
//! Decoders take exactly what encoders give: a second spelling of the same value is refused.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use sha2::{Digest as _, Sha256};

/// SHA-256 of `parts`, one after the other.
pub fn sha256(parts: &[&[u8]]) -> [u8; 32] {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part);
    }
    hash.finalize().into()
}

/// `bytes` in base64url without padding.
pub fn to_base64(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

/// The `N` bytes that `text` spells in base64url without padding; `None` if it does not.
pub fn from_base64<const N: usize>(text: &str) -> Option<[u8; N]> {
    // Checked first, so that a long text is not decoded only to be thrown away.
    if text.len() != (N * 4).div_ceil(3) {
        return None;
    }
    URL_SAFE_NO_PAD.decode(text).ok()?.try_into().ok()
}

/// `bytes` in lower-case hexadecimal.
pub fn to_hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    bytes
        .iter()
        .flat_map(|byte| [DIGITS[usize::from(byte >> 4)], DIGITS[usize::from(byte & 15)]])
        .map(char::from)
        .collect()
}

/// The `N` bytes that `text` spells in lower-case hexadecimal; `None` if it does not.
pub fn from_hex<const N: usize>(text: &str) -> Option<[u8; N]> {
    fn digit(byte: u8) -> Option<u8> {
        match byte {
            b'0'..=b'9' => Some(byte - b'0'),
            b'a'..=b'f' => Some(byte - b'a' + 10),
            _ => None,
        }
    }
    let text = text.as_bytes();
    if text.len() != 2 * N {
        return None;
    }
    let mut bytes = [0; N];
    for (byte, pair) in bytes.iter_mut().zip(text.chunks_exact(2)) {
        *byte = digit(pair[0])? << 4 | digit(pair[1])?;
    }
    Some(bytes)
}

/// For `#[serde(with)]`: `[u8; N]` as base64url.
pub(crate) mod base64_array {
    use serde::{Deserialize as _, Deserializer, Serializer, de::Error as _};

    pub(crate) fn serialize<S: Serializer, const N: usize>(
        bytes: &[u8; N],
        to: S,
    ) -> Result<S::Ok, S::Error> {
        to.serialize_str(&super::to_base64(bytes))
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>, const N: usize>(
        from: D,
    ) -> Result<[u8; N], D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(from)?;
        super::from_base64(&text)
            .ok_or_else(|| D::Error::custom(format_args!("expected {N} bytes in base64url")))
    }
}

/// For `#[serde(with)]`: 32 bytes as hexadecimal.
pub(crate) mod hex_array {
    use serde::{Deserialize as _, Deserializer, Serializer, de::Error as _};

    pub(crate) fn serialize<S: Serializer>(bytes: &[u8; 32], to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&super::to_hex(bytes))
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<[u8; 32], D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(from)?;
        super::from_hex(&text).ok_or_else(|| D::Error::custom("expected 64 hexadecimal digits"))
    }
}

/// For `#[serde(with)]`: 32 bytes as hexadecimal, or the empty text for none.
pub(crate) mod optional_hex {
    use serde::{Deserialize as _, Deserializer, Serializer, de::Error as _};

    pub(crate) fn serialize<S: Serializer>(
        bytes: &Option<[u8; 32]>,
        to: S,
    ) -> Result<S::Ok, S::Error> {
        to.serialize_str(&bytes.map(|it| super::to_hex(&it)).unwrap_or_default())
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(
        from: D,
    ) -> Result<Option<[u8; 32]>, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(from)?;
        if text.is_empty() {
            return Ok(None);
        }
        super::from_hex(&text)
            .map(Some)
            .ok_or_else(|| D::Error::custom("expected 64 hexadecimal digits or nothing"))
    }
}

/// For `#[serde(with)]`: a value that has one spelling as text.
pub(crate) mod text {
    use std::{borrow::Cow, fmt::Display, str::FromStr};

    use serde::{Deserialize as _, Deserializer, Serializer, de::Error as _};

    pub(crate) fn serialize<S: Serializer, T: Display>(
        value: &T,
        to: S,
    ) -> Result<S::Ok, S::Error> {
        to.collect_str(value)
    }

    pub(crate) fn deserialize<'de, D, T>(from: D) -> Result<T, D::Error>
    where
        D: Deserializer<'de>,
        T: FromStr<Err: Display>,
    {
        Cow::<'de, str>::deserialize(from)?.parse().map_err(D::Error::custom)
    }
}

/// For `#[serde(with)]`: an instant in RFC 3339, UTC, as short as it can be without loss.
pub(crate) mod instant {
    use std::borrow::Cow;

    use chrono::{DateTime, SecondsFormat, Utc};
    use serde::{Deserialize as _, Deserializer, Serializer, de::Error as _};

    fn spell(at: &DateTime<Utc>) -> String {
        at.to_rfc3339_opts(SecondsFormat::AutoSi, true)
    }

    pub(crate) fn serialize<S: Serializer>(at: &DateTime<Utc>, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&spell(at))
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(
        from: D,
    ) -> Result<DateTime<Utc>, D::Error> {
        let text = Cow::<'de, str>::deserialize(from)?;
        DateTime::parse_from_rfc3339(&text)
            .map(|it| it.to_utc())
            .ok()
            .filter(|it| spell(it) == text)
            .ok_or_else(|| D::Error::custom("expected an instant such as 2026-03-02T06:00:00Z"))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn one_spelling_only() {
        assert_eq!(from_base64::<1>("_w"), Some([255]));
        for other in ["_w==", "/w", "_x", "_", "_w ", ""] {
            assert_eq!(from_base64::<1>(other), None, "{other:?}");
        }
        assert_eq!(from_hex::<1>("0f"), Some([15]));
        for other in ["0F", "f", "0f0", "0g", "é"] {
            assert_eq!(from_hex::<1>(other), None, "{other:?}");
        }
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(bytes in any::<[u8; 32]>()) {
            prop_assert_eq!(from_base64(&to_base64(&bytes)), Some(bytes));
            prop_assert_eq!(from_hex(&to_hex(&bytes)), Some(bytes));
        }

        #[test]
        fn any_text_is_refused_or_read_never_a_panic(text in any::<String>()) {
            if let Some(bytes) = from_base64::<3>(&text) {
                prop_assert_eq!(to_base64(&bytes), text.clone());
            }
            if let Some(bytes) = from_hex::<2>(&text) {
                prop_assert_eq!(to_hex(&bytes), text);
            }
        }
    }
}

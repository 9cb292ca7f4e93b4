//! Why a sign-in by an identity provider did not work: for the log, with its cause, and for the page, in
//! a sentence. Neither names anybody.

use openidconnect::{
    ConfigurationError, DiscoveryError, RequestTokenError,
    core::{CoreErrorResponseType, CoreRequestTokenError},
    url::ParseError,
};

use crate::http::{HttpError, NoAnswer, NoCertificate};

/// Why a sign-in by the provider did not work.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum OidcError {
    /// A setting is no URL.
    #[error("the issuer or the redirect address is no URL")]
    Url(#[from] ParseError),
    /// The file of the certificate authority cannot be used.
    #[error("oidc.ca_file: {0}")]
    Authority(#[from] NoCertificate),
    /// The provider does not answer.
    #[error("the identity provider cannot be reached: {0}")]
    Unreachable(#[from] HttpError),
    /// As many sign-ins wait for the provider as may.
    #[error("too many sign-ins wait for the identity provider")]
    Busy,
    /// The provider calls itself by another address.
    #[error("the identity provider calls itself “{given}”, but oidc.issuer is “{expected}”")]
    Issuer {
        /// As the settings say.
        expected: String,
        /// As the provider says.
        given: String,
    },
    /// The provider answers, but not as the standard says.
    #[error("the identity provider does not answer as OpenID Connect says: {0}")]
    Answer(String),
    /// The provider does not know this installation, or not by this secret.
    #[error(
        "the identity provider does not accept oidc.client_id with oidc.client_secret, sent by {sent}: {said}"
    )]
    Client {
        /// How the secret was sent.
        sent: &'static str,
        /// The provider's word for it.
        said: String,
    },
    /// The provider says that it does not take the secret in the way that is set.
    #[error(
        "oidc.client_authentication has the secret sent by {sent}, and the identity provider takes it by {taken} only"
    )]
    Method {
        /// How the secret would be sent.
        sent: &'static str,
        /// How the provider takes it, in its own words.
        taken: String,
    },
    /// The code was used or is too old.
    #[error("the identity provider does not accept the code any more: {0}")]
    Code(String),
    /// Somebody said no, there.
    #[error("somebody said no at the identity provider, or was not let in there")]
    Declined,
    /// The provider said no.
    #[error("the identity provider refused: {0}")]
    Refused(String),
    /// The browser brings no sign-in that began here.
    #[error("the sign-in took longer than ten minutes, or began in another browser")]
    Late,
    /// What the provider signed does not hold: signature, audience, nonce or time.
    #[error("the identity provider's token does not hold: {0}")]
    Token(String),
    /// The provider was to ask anew who is there, and does not say that it did.
    #[error(
        "the identity provider was told to ask anew (prompt=login, max_age=0), and its token does not say that it \
         did (auth_time)"
    )]
    NotAnew,
    /// The provider tells no address.
    #[error(
        "the identity provider tells no e-mail address, neither in the ID token nor by UserInfo; the scope asked for is “email”"
    )]
    NoAddress,
    /// The provider does not say that it has checked the address.
    #[error(
        "the identity provider does not say that the address is verified (email_verified); if you trust its addresses, set oidc.trust_addresses"
    )]
    Unverified,
    /// Nobody here has that address.
    #[error("nobody of that address belongs to a unit")]
    Unknown,
    /// The provider's name for the person is longer than the standard allows.
    #[error("the identity provider's name for the person (sub) is longer than 255 characters")]
    Subject,
    /// The provider meant this person by another name before.
    #[error("that person signed in before with another identity of this provider")]
    Another,
}

/// Code of a failure in an address, and the sentence that people read.
const SENTENCES: [(&str, &str); 14] = [
    ("declined", "oidc-declined"),
    ("late", "oidc-late"),
    ("unreachable", "oidc-unreachable"),
    ("certificate", "oidc-certificate"),
    ("issuer", "oidc-issuer"),
    ("answer", "oidc-answer"),
    ("client", "oidc-client"),
    ("token", "oidc-token"),
    ("not-anew", "oidc-not-anew"),
    ("no-address", "oidc-no-address"),
    ("unverified", "oidc-unverified"),
    ("unknown", "oidc-unknown"),
    ("subject", "oidc-subject"),
    ("another", "oidc-another"),
];

impl OidcError {
    /// Its code in the address of the page that tells of it.
    pub(crate) const fn code(&self) -> &'static str {
        match self {
            Self::Declined => "declined",
            Self::Late | Self::Code(_) => "late",
            Self::Unreachable(error) => match error.why() {
                NoAnswer::Authority | NoAnswer::Certificate => "certificate",
                _ => "unreachable",
            },
            Self::Busy => "unreachable",
            Self::Authority(_) => "certificate",
            Self::Url(_) | Self::Issuer { .. } => "issuer",
            Self::Answer(_) | Self::Refused(_) => "answer",
            Self::Client { .. } | Self::Method { .. } => "client",
            Self::Token(_) => "token",
            Self::NotAnew => "not-anew",
            Self::NoAddress => "no-address",
            Self::Unverified => "unverified",
            Self::Unknown => "unknown",
            Self::Subject => "subject",
            Self::Another => "another",
        }
    }

    /// Identifier of the sentence for a code; `None` for any other text.
    pub(crate) fn sentence(code: &str) -> Option<&'static str> {
        SENTENCES.iter().find(|it| it.0 == code).map(|it| it.1)
    }

    /// What the callback's `error` means; `code` is the provider's word (RFC 6749, 4.1.2.1).
    pub(crate) fn said(code: &str) -> Self {
        if code == "access_denied" { Self::Declined } else { Self::Refused(word(code)) }
    }

    /// Why the token endpoint gave no token for a code; the secret was sent by `sent`.
    pub(super) fn no_token(
        error: RequestTokenError<
            HttpError,
            openidconnect::StandardErrorResponse<CoreErrorResponseType>,
        >,
        sent: &'static str,
    ) -> Self {
        match error {
            CoreRequestTokenError::Request(error) => Self::Unreachable(error),
            RequestTokenError::ServerResponse(said) => {
                let said = said.error();
                let text = word(said.as_ref());
                match said {
                    CoreErrorResponseType::InvalidClient
                    | CoreErrorResponseType::UnauthorizedClient => {
                        Self::Client { sent, said: text }
                    }
                    CoreErrorResponseType::InvalidGrant => Self::Code(text),
                    _ => Self::Refused(text),
                }
            }
            _ => Self::Answer("the answer of the token endpoint cannot be read".to_owned()),
        }
    }
}

impl From<DiscoveryError<HttpError>> for OidcError {
    fn from(error: DiscoveryError<HttpError>) -> Self {
        match error {
            DiscoveryError::Request(error) => Self::Unreachable(error),
            DiscoveryError::UrlParse(error) => Self::Url(error),
            DiscoveryError::Response(status, ..) => {
                Self::Answer(format!("its keys (jwks_uri): status {}", status.as_u16()))
            }
            _ => Self::Answer("its keys (jwks_uri) cannot be read".to_owned()),
        }
    }
}

impl From<ConfigurationError> for OidcError {
    fn from(error: ConfigurationError) -> Self {
        Self::Answer(error.to_string())
    }
}

/// A provider's word for an error: what RFC 6749 allows, and no longer than a word. Descriptions are
/// left out; they may name people.
fn word(text: &str) -> String {
    text.chars().filter(|it| it.is_ascii_alphanumeric() || "_-.".contains(*it)).take(60).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_failure_has_a_sentence() {
        let all = [
            OidcError::Declined,
            OidcError::Late,
            OidcError::Code(String::new()),
            OidcError::Authority(NoCertificate),
            OidcError::Issuer { expected: String::new(), given: String::new() },
            OidcError::Answer(String::new()),
            OidcError::Refused(String::new()),
            OidcError::Client { sent: "", said: String::new() },
            OidcError::Method { sent: "", taken: String::new() },
            OidcError::Token(String::new()),
            OidcError::NotAnew,
            OidcError::NoAddress,
            OidcError::Unverified,
            OidcError::Unknown,
            OidcError::Subject,
            OidcError::Another,
        ];
        for failure in all {
            assert!(OidcError::sentence(failure.code()).is_some(), "{failure}");
        }
        assert_eq!(OidcError::sentence("<script>"), None);
    }

    #[test]
    fn a_providers_word_is_a_word() {
        let said = OidcError::said("login required for ada@example.org\r\n<script>");
        assert_eq!(
            said.to_string(),
            "the identity provider refused: loginrequiredforadaexample.orgscript"
        );
        assert!(matches!(OidcError::said("access_denied"), OidcError::Declined));
    }
}

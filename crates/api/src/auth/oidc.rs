//! Signing in by an identity provider: OpenID Connect, authorization code flow with PKCE.
//!
//! A person is matched by the verified e-mail address once; from then on by the provider's own name
//! for that person, so that an address that is given to somebody else opens no account.

use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};
use openidconnect::{
    AuthorizationCode, ClientId, ClientSecret, CsrfToken, IssuerUrl, Nonce, PkceCodeChallenge,
    PkceCodeVerifier, RedirectUrl, Scope, TokenResponse as _,
    core::{CoreAuthenticationFlow, CoreClient, CoreProviderMetadata},
};
use tideline_domain::EmailAddress;

use super::keys::Flow;
use crate::http::HttpClient;

/// How long what the provider says about itself is kept; its keys change now and then.
const METADATA: TimeDelta = TimeDelta::hours(1);

/// How an identity provider is reached, and what we are called there.
#[derive(Clone)]
pub struct OidcSettings {
    /// What people know it by: "Sign in with …".
    pub name: String,
    /// Its issuer URL; `/.well-known/openid-configuration` is below it.
    pub issuer: String,
    /// What this installation is called there.
    pub client_id: String,
    /// The secret it shares with this installation; empty for a public client.
    pub client_secret: String,
    /// Where it sends people back: `<app origin>/sign-in/oidc/callback`.
    pub redirect: String,
}

/// Why a sign-in by the provider did not work. Names nobody.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum OidcError {
    /// A setting is no URL.
    #[error("the issuer or the redirect address is no URL")]
    Url(#[from] openidconnect::url::ParseError),
    /// The provider does not answer, or not as the standard says.
    #[error("the identity provider: {0}")]
    Provider(String),
    /// What the provider says does not hold: signature, audience, nonce or time.
    #[error("the identity provider's token does not hold: {0}")]
    Token(String),
}

/// An identity provider.
pub struct OidcProvider {
    settings: OidcSettings,
    issuer: IssuerUrl,
    redirect: RedirectUrl,
    http: HttpClient,
    metadata: Mutex<Option<(DateTime<Utc>, CoreProviderMetadata)>>,
}

/// Who the provider says somebody is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Claimed {
    /// The provider.
    pub(crate) issuer: String,
    /// Its name for the person.
    pub(crate) subject: String,
    /// The address, if the provider has made sure of it.
    pub(crate) email: Option<EmailAddress>,
}

impl OidcProvider {
    /// A provider; it is asked when somebody signs in, not before.
    ///
    /// # Errors
    ///
    /// [`OidcError::Url`] if a setting is no URL.
    pub fn new(settings: OidcSettings) -> Result<Self, OidcError> {
        Ok(Self {
            issuer: IssuerUrl::new(settings.issuer.clone())?,
            redirect: RedirectUrl::new(settings.redirect.clone())?,
            settings,
            http: HttpClient::default(),
            metadata: Mutex::new(None),
        })
    }

    /// What people know it by.
    pub(crate) fn name(&self) -> &str {
        &self.settings.name
    }

    /// Where to send the browser, and what it must come back with.
    pub(crate) fn begin(&self, now: DateTime<Utc>) -> Result<(String, Flow), OidcError> {
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let client = CoreClient::from_provider_metadata(
            self.metadata(now)?,
            ClientId::new(self.settings.client_id.clone()),
            self.secret(),
        )
        .set_redirect_uri(self.redirect.clone());
        let (url, state, nonce) = client
            .authorize_url(
                CoreAuthenticationFlow::AuthorizationCode,
                CsrfToken::new_random,
                Nonce::new_random,
            )
            .add_scope(Scope::new("email".to_owned()))
            .set_pkce_challenge(challenge)
            .url();
        let flow = Flow::new(
            state.secret().clone(),
            nonce.secret().clone(),
            verifier.secret().clone(),
            now,
        );
        Ok((url.into(), flow))
    }

    /// Who has come back from the provider with `code`.
    pub(crate) fn finish(
        &self,
        flow: Flow,
        code: String,
        now: DateTime<Utc>,
    ) -> Result<Claimed, OidcError> {
        let client = CoreClient::from_provider_metadata(
            self.metadata(now)?,
            ClientId::new(self.settings.client_id.clone()),
            self.secret(),
        )
        .set_redirect_uri(self.redirect.clone());
        let provider = |error: &dyn std::error::Error| OidcError::Provider(error.to_string());
        let tokens = client
            .exchange_code(AuthorizationCode::new(code))
            .map_err(|it| provider(&it))?
            .set_pkce_verifier(PkceCodeVerifier::new(flow.verifier))
            .request(&|request| self.http.send(request))
            .map_err(|it| provider(&it))?;
        let token =
            tokens.id_token().ok_or_else(|| OidcError::Token("there is none".to_owned()))?;
        let verifier = client.id_token_verifier().set_time_fn(move || now);
        let claims = token
            .claims(&verifier, &Nonce::new(flow.nonce))
            .map_err(|it| OidcError::Token(it.to_string()))?;
        let verified = claims.email_verified() == Some(true);
        Ok(Claimed {
            issuer: claims.issuer().to_string(),
            subject: claims.subject().to_string(),
            email: claims.email().filter(|_| verified).and_then(|it| it.as_str().parse().ok()),
        })
    }

    fn secret(&self) -> Option<ClientSecret> {
        let secret = &self.settings.client_secret;
        (!secret.is_empty()).then(|| ClientSecret::new(secret.clone()))
    }

    fn metadata(&self, now: DateTime<Utc>) -> Result<CoreProviderMetadata, OidcError> {
        let kept = self.metadata.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some((at, metadata)) = kept
            && now - at < METADATA
        {
            return Ok(metadata);
        }
        let asked =
            CoreProviderMetadata::discover(&self.issuer, &|request| self.http.send(request))
                .map_err(|it| OidcError::Provider(it.to_string()))?;
        *self.metadata.lock().unwrap_or_else(PoisonError::into_inner) = Some((now, asked.clone()));
        Ok(asked)
    }
}

//! Signing in by an identity provider: OpenID Connect, authorization code flow with PKCE.
//!
//! A person is matched by the verified e-mail address once; from then on by the provider's own name
//! for that person, so that an address that is given to somebody else opens no account.
//!
//! Providers differ, and the common ones are met as they are: an issuer with or without a slash at
//! its end, claims by UserInfo alone, `email_verified` as text or not at all (then only if the operator
//! trusts the addresses), further audiences, a secret in the header or in the form.

mod failure;

use std::{
    sync::{Mutex, PoisonError},
    thread,
    time::Duration,
};

use chrono::{DateTime, TimeDelta, Utc};
use openidconnect::{
    AuthType, AuthorizationCode, ClaimsVerificationError, ClientId, ClientSecret, CsrfToken,
    EndpointMaybeSet, EndpointNotSet, EndpointSet, IssuerUrl, JsonWebKeySet, Nonce,
    OAuth2TokenResponse as _, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, Scope,
    TokenResponse as _,
    core::{
        CoreAuthPrompt, CoreAuthenticationFlow, CoreClient, CoreClientAuthMethod, CoreIdToken,
        CoreIdTokenClaims, CoreProviderMetadata, CoreTokenResponse, CoreUserInfoClaims,
    },
};
use tideline_domain::EmailAddress;
use tokio::sync::oneshot;

pub use failure::OidcError;

use super::{FRESH, keys::Flow, queue::Queue};
use crate::{http::HttpClient, own_path::OwnPath, problem::Problem};

/// How long what the provider says about itself is kept; its keys change now and then.
const METADATA: TimeDelta = TimeDelta::hours(1);
/// Keys that do not fit are asked for again, if they are older than this.
const KEYS: TimeDelta = TimeDelta::minutes(1);

/// Sign-ins that ask the provider at the same time, and those that may wait to do so.
const AT_ONCE: usize = 16;
const MAY_WAIT: usize = 64;
/// How long a sign-in waits for its turn to ask the provider.
const LONGEST_WAIT: Duration = Duration::from_secs(5);

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
    /// How that secret is sent.
    pub client_authentication: ClientAuthentication,
    /// Where it sends people back: `<app origin>/sign-in/oidc/callback`.
    pub redirect: String,
    /// The certificate of the authority that signed the provider's, in PEM, besides those that the system
    /// trusts.
    pub authority: Option<Vec<u8>>,
    /// Whether its addresses are taken as verified where it does not say whether they are.
    pub trust_addresses: bool,
}

/// How a client secret is sent (OpenID Connect Core 1.0, 9).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClientAuthentication {
    /// As the provider offers; in the header if it offers both.
    Auto,
    /// In the header: `client_secret_basic`.
    Basic,
    /// In the form: `client_secret_post`.
    Post,
}

/// An identity provider.
pub struct OidcProvider {
    settings: OidcSettings,
    redirect: RedirectUrl,
    http: HttpClient,
    metadata: Mutex<Option<(DateTime<Utc>, CoreProviderMetadata)>>,
    /// Places to ask the provider in, and to wait for one of those.
    asking: Queue,
}

/// What was found out about a provider without anybody signing in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OidcFinding {
    /// What it calls itself.
    pub issuer: String,
    /// How the secret is sent to it.
    pub sent: &'static str,
    /// Whether it lists `email_verified` among its claims; `None` if it lists none at all.
    pub tells_verified: Option<bool>,
}

/// Who the provider says somebody is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Claimed {
    /// The provider.
    pub(crate) issuer: String,
    /// Its name for the person.
    pub(crate) subject: String,
    /// Where the person is reached, as the provider says.
    pub(crate) address: ClaimedAddress,
}

/// An address as a provider tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum ClaimedAddress {
    /// It tells none.
    Missing,
    /// It tells one that it may not have checked.
    Unverified,
    /// It has made sure of this one, or is trusted to.
    Verified(EmailAddress),
}

type Client = CoreClient<
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointMaybeSet,
    EndpointMaybeSet,
>;

impl OidcProvider {
    /// A provider; it is asked when somebody signs in, not before.
    ///
    /// # Errors
    ///
    /// [`OidcError::Url`] if a setting is no URL, [`OidcError::Authority`] if the file of the authority
    /// cannot be used.
    pub fn new(settings: OidcSettings) -> Result<Self, OidcError> {
        IssuerUrl::new(settings.issuer.clone())?;
        let http = match &settings.authority {
            Some(pem) => HttpClient::trusting(pem)?,
            None => HttpClient::default(),
        };
        Ok(Self {
            redirect: RedirectUrl::new(settings.redirect.clone())?,
            asking: Queue::new(AT_ONCE, MAY_WAIT, LONGEST_WAIT),
            settings,
            http,
            metadata: Mutex::new(None),
        })
    }

    /// What people know it by.
    pub fn name(&self) -> &str {
        &self.settings.name
    }

    /// Finds out whether people could sign in, without anybody doing so: reads what the provider says
    /// about itself and its keys, and shows it the client secret with a code that is none.
    ///
    /// # Errors
    ///
    /// [`OidcError`] that says why they could not.
    pub fn check(&self, now: DateTime<Utc>) -> Result<OidcFinding, OidcError> {
        let metadata = self.discover(now)?;
        let sent = self.sent(&metadata);
        self.takes_secret(&metadata)?;
        let probe = self
            .client(&metadata)
            .exchange_code(AuthorizationCode::new("tideline-check-config".to_owned()))?
            .set_pkce_verifier(PkceCodeVerifier::new("0".repeat(43)))
            .request(&|request| self.http.send(request))
            .map_err(|it| OidcError::no_token(it, sent));
        match probe {
            // The code is refused, or something else about it: the client is known.
            Ok(_) | Err(OidcError::Code(_) | OidcError::Refused(_)) => {}
            Err(other) => return Err(other),
        }
        let claims = metadata.claims_supported();
        Ok(OidcFinding {
            issuer: metadata.issuer().to_string(),
            sent,
            tells_verified: claims.map(|it| it.iter().any(|it| it.as_str() == "email_verified")),
        })
    }

    /// Runs `work`, which asks the provider, on a thread of its own: a provider that hangs takes none of
    /// those on which pages are made, and no more than so many at all.
    ///
    /// # Errors
    ///
    /// [`OidcError::Busy`] within if too many ask already; [`Problem`] if there is no thread to be had, or as
    /// `work` says.
    pub(crate) async fn apart<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<Result<T, OidcError>, Problem> + Send + 'static,
    ) -> Result<Result<T, OidcError>, Problem> {
        let Ok(place) = self.asking.place().await else { return Ok(Err(OidcError::Busy)) };
        let (send, receive) = oneshot::channel();
        // The place goes along with the work: whoever hangs up ends the waiting, but not the work.
        thread::Builder::new()
            .name("identity-provider".to_owned())
            .spawn(move || {
                let done = work();
                drop(place);
                // Nobody hears it who has hung up meanwhile.
                let _ = send.send(done);
            })
            .map_err(Problem::internal)?;
        receive.await.map_err(Problem::internal)?
    }

    /// Where to send the browser, and what it must come back with; `to` is where it goes in the end. On the way
    /// to the account the provider is to ask anew: its own session would answer for whoever found a browser.
    pub(crate) fn begin(
        &self,
        to: &OwnPath,
        now: DateTime<Utc>,
    ) -> Result<(String, Flow), OidcError> {
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let (_, metadata) = self.metadata(now)?;
        let client = self.client(&metadata);
        let asked = client
            .authorize_url(
                CoreAuthenticationFlow::AuthorizationCode,
                CsrfToken::new_random,
                Nonce::new_random,
            )
            .add_scope(Scope::new("email".to_owned()))
            .set_pkce_challenge(challenge);
        let asked = match to.is_account() {
            true => asked.add_prompt(CoreAuthPrompt::Login).set_max_age(Duration::ZERO),
            false => asked,
        };
        let (url, state, nonce) = asked.url();
        let flow = Flow {
            state: state.secret().clone(),
            nonce: nonce.secret().clone(),
            verifier: verifier.secret().clone(),
            to: to.as_str().to_owned(),
        };
        Ok((url.into(), flow))
    }

    /// Whether `issuer`, as the answer names it (RFC 9207), is this provider; not every provider says.
    pub(crate) fn is_issuer(&self, issuer: &str) -> bool {
        without_slash(issuer) == without_slash(&self.settings.issuer)
    }

    /// Who has come back from the provider with `code`.
    pub(crate) fn finish(
        &self,
        flow: &Flow,
        code: String,
        now: DateTime<Utc>,
    ) -> Result<Claimed, OidcError> {
        let (at, metadata) = self.metadata(now)?;
        let client = self.client(&metadata);
        let tokens = client
            .exchange_code(AuthorizationCode::new(code))?
            .set_pkce_verifier(PkceCodeVerifier::new(flow.verifier.clone()))
            .request(&|request| self.http.send(request))
            .map_err(|it| OidcError::no_token(it, self.sent(&metadata)))?;
        let token =
            tokens.id_token().ok_or_else(|| OidcError::Token("there is none".to_owned()))?;
        let claims = match verified(&client, token, flow, now) {
            // Signed with a key that came after we asked for them.
            Err(ClaimsVerificationError::SignatureVerification(_)) if now - at >= KEYS => {
                verified(&self.client(&self.discover(now)?), token, flow, now)
            }
            other => other,
        };
        let claims = claims.map_err(|it| OidcError::Token(it.to_string()))?;
        self.authorized_party(&claims)?;
        // Whoever sits at the browser can change what it asks the provider for; the token they cannot.
        if OwnPath::of(&flow.to).is_account() && !is_recent(claims.auth_time(), now) {
            return Err(OidcError::NotAnew);
        }
        Ok(Claimed {
            issuer: claims.issuer().to_string(),
            subject: claims.subject().to_string(),
            address: self.address(&client, &tokens, &claims),
        })
    }

    /// Refuses a token that was made for another client (OpenID Connect Core 1.0, 3.1.3.7, 4 and 5). The
    /// library makes sure that we are among its audiences.
    fn authorized_party(&self, claims: &CoreIdTokenClaims) -> Result<(), OidcError> {
        let refused = |why: &str| Err(OidcError::Token(why.to_owned()));
        match claims.authorized_party() {
            Some(party) if party.as_str() == self.settings.client_id => Ok(()),
            Some(_) => refused("it was made for another client (azp)"),
            None if claims.audiences().len() > 1 => {
                refused("it has several audiences and does not say for which it was made (azp)")
            }
            None => Ok(()),
        }
    }

    /// The address in the token; if it does not hold one that is verified, what UserInfo says.
    fn address(
        &self,
        client: &Client,
        tokens: &CoreTokenResponse,
        claims: &CoreIdTokenClaims,
    ) -> ClaimedAddress {
        let in_token = self.judge(claims.email().map(|it| it.as_str()), claims.email_verified());
        if matches!(in_token, ClaimedAddress::Verified(_)) {
            return in_token;
        }
        // UserInfo must speak of the person in the token: the library compares the subjects.
        let subject = Some(claims.subject().clone());
        let asked = client
            .user_info(tokens.access_token().clone(), subject)
            .map_err(OidcError::from)
            .and_then(|it| {
                it.request(&|request| self.http.send(request))
                    .map_err(|it| OidcError::Answer(format!("UserInfo: {it}")))
            });
        match asked {
            Ok(info) => {
                let info: CoreUserInfoClaims = info;
                match self.judge(info.email().map(|it| it.as_str()), info.email_verified()) {
                    ClaimedAddress::Missing => in_token,
                    told => told,
                }
            }
            Err(error) => {
                let error: &(dyn std::error::Error + 'static) = &error;
                tracing::info!(error, "the identity provider's UserInfo told nothing");
                in_token
            }
        }
    }

    fn judge(&self, email: Option<&str>, verified: Option<bool>) -> ClaimedAddress {
        let Some(email) = email.and_then(|it| tideline_roster::typed(it).ok()) else {
            return ClaimedAddress::Missing;
        };
        // A provider that says no is believed, whoever trusts it.
        if verified.unwrap_or(self.settings.trust_addresses) {
            ClaimedAddress::Verified(email)
        } else {
            ClaimedAddress::Unverified
        }
    }

    fn client(&self, metadata: &CoreProviderMetadata) -> Client {
        let secret = &self.settings.client_secret;
        let secret = (!secret.is_empty()).then(|| ClientSecret::new(secret.clone()));
        let id = ClientId::new(self.settings.client_id.clone());
        CoreClient::from_provider_metadata(metadata.clone(), id, secret)
            .set_redirect_uri(self.redirect.clone())
            .set_auth_type(match self.is_posted(metadata) {
                true => AuthType::RequestBody,
                false => AuthType::BasicAuth,
            })
    }

    /// Whether the client secret is sent in the form.
    fn is_posted(&self, metadata: &CoreProviderMetadata) -> bool {
        match self.settings.client_authentication {
            ClientAuthentication::Basic => false,
            ClientAuthentication::Post => true,
            // Left out, the header is meant (OpenID Connect Discovery 1.0, 3).
            ClientAuthentication::Auto => {
                metadata.token_endpoint_auth_methods_supported().is_some_and(|it| {
                    it.contains(&CoreClientAuthMethod::ClientSecretPost)
                        && !it.contains(&CoreClientAuthMethod::ClientSecretBasic)
                })
            }
        }
    }

    /// Refuses a way of sending the secret that the provider says it does not take. Some take a code that way
    /// nevertheless, and a sign-in not.
    fn takes_secret(&self, metadata: &CoreProviderMetadata) -> Result<(), OidcError> {
        let Some(taken) = metadata.token_endpoint_auth_methods_supported() else { return Ok(()) };
        let ours = match self.is_posted(metadata) {
            true => CoreClientAuthMethod::ClientSecretPost,
            false => CoreClientAuthMethod::ClientSecretBasic,
        };
        if self.settings.client_secret.is_empty() || taken.contains(&ours) {
            return Ok(());
        }
        let taken: Vec<&str> = taken.iter().map(|it| it.as_ref()).collect();
        Err(OidcError::Method { sent: self.sent(metadata), taken: taken.join(", ") })
    }

    fn sent(&self, metadata: &CoreProviderMetadata) -> &'static str {
        if self.is_posted(metadata) { "client_secret_post" } else { "client_secret_basic" }
    }

    /// What the provider says about itself, and since when we know it.
    fn metadata(
        &self,
        now: DateTime<Utc>,
    ) -> Result<(DateTime<Utc>, CoreProviderMetadata), OidcError> {
        let kept = self.metadata.lock().unwrap_or_else(PoisonError::into_inner).clone();
        match kept {
            Some((at, metadata)) if now - at < METADATA => Ok((at, metadata)),
            _ => Ok((now, self.discover(now)?)),
        }
    }

    /// Asks the provider about itself and for its keys. The issuer may differ by a slash at its end; it
    /// is still the same place, which the well-known address below it is made without.
    fn discover(&self, now: DateTime<Utc>) -> Result<CoreProviderMetadata, OidcError> {
        let base = without_slash(&self.settings.issuer);
        let request = http::Request::get(format!("{base}/.well-known/openid-configuration"))
            .header(http::header::ACCEPT, "application/json")
            .body(Vec::new())
            .map_err(|_| OidcError::Answer("oidc.issuer makes no address".to_owned()))?;
        let answer = self.http.send(request)?;
        if !answer.status().is_success() {
            let status = answer.status().as_u16();
            return Err(OidcError::Answer(format!("its openid-configuration: status {status}")));
        }
        let metadata: CoreProviderMetadata = serde_json::from_slice(answer.body())
            .map_err(|it| OidcError::Answer(format!("its openid-configuration: {it}")))?;
        let given = metadata.issuer().as_str();
        if without_slash(given) != base {
            return Err(OidcError::Issuer {
                expected: self.settings.issuer.clone(),
                given: given.to_owned(),
            });
        }
        let keys = JsonWebKeySet::fetch(metadata.jwks_uri(), &|request| self.http.send(request))?;
        let metadata = metadata.set_jwks(keys);
        let kept = Some((now, metadata.clone()));
        *self.metadata.lock().unwrap_or_else(PoisonError::into_inner) = kept;
        Ok(metadata)
    }
}

/// Whether the provider says that it asked just now who is there. Its clock may be ahead of ours.
fn is_recent(asked: Option<DateTime<Utc>>, now: DateTime<Utc>) -> bool {
    asked.is_some_and(|it| (now - it).abs() <= FRESH)
}

/// The claims of a token that holds: signature, issuer, audience, nonce and time.
fn verified(
    client: &Client,
    token: &CoreIdToken,
    flow: &Flow,
    now: DateTime<Utc>,
) -> Result<CoreIdTokenClaims, ClaimsVerificationError> {
    let verifier = client
        .id_token_verifier()
        .set_time_fn(move || now)
        // For whom it was made is compared by `authorized_party`.
        .set_other_audience_verifier_fn(|_| true);
    token.claims(&verifier, &Nonce::new(flow.nonce.clone())).cloned()
}

fn without_slash(issuer: &str) -> &str {
    issuer.strip_suffix('/').unwrap_or(issuer)
}

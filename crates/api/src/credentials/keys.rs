//! Signs and checks the short-lived tokens (JWT, EdDSA). One audience for each use, so that no token
//! is good for two things.

use std::{fmt, fs, io, path::Path};

use aws_lc_rs::aead::{AES_256_GCM, Aad, NONCE_LEN, Nonce, RandomizedNonceKey};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use chrono::{DateTime, TimeDelta, Utc};
use jsonwebtoken::{
    Algorithm, DecodingKey, EncodingKey, Header, Validation, decode, encode, jwk::Jwk,
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use tideline_ballot::encoding::{from_hex, to_hex};
use tideline_domain::{PersonId, WaveSeq};
use uuid::Uuid;

use super::digest;
/// What precedes the 32 secret bytes of an Ed25519 key in PKCS#8 (RFC 8410, section 7).
const PKCS8_ED25519: [u8; 16] = [
    0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20,
];

/// Keys that cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum KeyError {
    /// The file cannot be read or written.
    #[error("the key file cannot be read or written")]
    File(#[from] io::Error),
    /// The operating system gives no random bytes.
    #[error("no random bytes to be had")]
    Random(#[from] getrandom::Error),
    /// Nothing can be sealed.
    #[error("no secret can be sealed")]
    Cipher,
    /// The file holds something else.
    #[error("this is not an Ed25519 private key in PKCS#8 PEM")]
    NotAKey(#[from] jsonwebtoken::errors::Error),
}

/// What a token is good for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Audience {
    /// Having one wave's token evaluated. At most 5 minutes.
    PulseIssue,
    /// The JSON API. At most one hour.
    Api,
    /// Having no more mails of one kind. A year and a month, because people find old mails.
    MailStop,
}

impl Audience {
    const fn code(self) -> &'static str {
        match self {
            Self::PulseIssue => "pulse-issue",
            Self::Api => "tideline-api",
            Self::MailStop => "tideline-mail-stop",
        }
    }

    const fn lifetime(self) -> TimeDelta {
        match self {
            Self::PulseIssue => TimeDelta::minutes(5),
            Self::Api => TimeDelta::hours(1),
            Self::MailStop => TimeDelta::days(396),
        }
    }
}

#[derive(Serialize, Deserialize)]
struct Claims {
    sub: Uuid,
    aud: String,
    /// Seconds since 1970.
    exp: i64,
    /// For [`Audience::PulseIssue`]: which wave. The request itself does not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    wave: Option<u32>,
    /// For [`Audience::MailStop`]: which kind of mail.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    mail: Option<String>,
    /// The session in which the token was made, in hexadecimal digits: it ends with that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    session: Option<String>,
}

/// What a good token says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Checked {
    /// Whose it is.
    pub(crate) person: PersonId,
    /// For which wave.
    pub(crate) wave: Option<WaveSeq>,
    /// What is stored of the session in which it was made.
    pub(crate) session: Option<[u8; 32]>,
}

/// What a token is about, besides the person.
#[derive(Default)]
struct About {
    wave: Option<u32>,
    mail: Option<String>,
    session: Option<String>,
}

/// Something that a browser keeps for us, signed: no process has to remember it.
pub(crate) trait Sealed: Serialize + DeserializeOwned {
    /// What it is good for, and nothing else is.
    const AUDIENCE: &'static str;
    /// How long it is good.
    const LIFETIME: TimeDelta;
}

/// Such a thing as it is signed.
#[derive(Serialize, Deserialize)]
struct Envelope<T> {
    aud: String,
    /// Seconds since 1970.
    exp: i64,
    #[serde(flatten)]
    content: T,
}

/// A sign-in that is on its way to an identity provider and back. Only the browser that keeps it can come
/// back with it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Flow {
    /// What the provider must send back.
    pub(crate) state: String,
    /// What the provider must sign.
    pub(crate) nonce: String,
    /// What proves that the code is ours (RFC 7636).
    pub(crate) verifier: String,
    /// The page to go to once signed in.
    pub(crate) to: String,
}

impl Sealed for Flow {
    const AUDIENCE: &'static str = "tideline-oidc";
    const LIFETIME: TimeDelta = TimeDelta::minutes(10);
}

/// Signs and checks tokens.
pub struct AuthKeys {
    signing: EncodingKey,
    checking: DecodingKey,
    /// With what people are named where they shall not be known without this.
    names: [u8; 32],
    /// What seals secrets that lie in the database.
    secrets: RandomizedNonceKey,
}

impl AuthKeys {
    /// Reads the key at `path`, and makes none.
    ///
    /// # Errors
    ///
    /// [`KeyError`] if the file is not there, or cannot be read or understood.
    pub fn load(path: &Path) -> Result<Self, KeyError> {
        Self::from_pem(&fs::read_to_string(path)?)
    }

    /// Reads the key at `path`; makes one first if there is none, readable by its owner only.
    ///
    /// # Errors
    ///
    /// [`KeyError`] if the file cannot be read, written or understood.
    pub fn load_or_create(path: &Path) -> Result<Self, KeyError> {
        match Self::load(path) {
            Err(KeyError::File(missing)) if missing.kind() == io::ErrorKind::NotFound => {
                let pem = fresh_pem()?;
                write_private(path, &pem)?;
                Self::from_pem(&pem)
            }
            read => read,
        }
    }

    /// Fresh keys that are kept nowhere: tokens end with the program.
    ///
    /// # Errors
    ///
    /// [`KeyError::Random`] if the operating system gives no random bytes.
    pub fn ephemeral() -> Result<Self, KeyError> {
        Self::from_pem(&fresh_pem()?)
    }

    fn from_pem(pem: &str) -> Result<Self, KeyError> {
        let signing = EncodingKey::from_ed_pem(pem.as_bytes())?;
        let public = Jwk::from_encoding_key(&signing, Algorithm::EdDSA)?;
        // By what it says, however its lines are broken.
        let lines = pem.lines().map(str::trim).filter(|it| !it.starts_with("-----"));
        let lines = lines.collect::<String>();
        let names = digest("tideline names", lines.as_bytes());
        let secrets = digest("tideline secrets", lines.as_bytes());
        Ok(Self {
            signing,
            checking: DecodingKey::from_jwk(&public)?,
            names,
            secrets: RandomizedNonceKey::new(&AES_256_GCM, &secrets)
                .map_err(|_| KeyError::Cipher)?,
        })
    }

    /// What stands for `person` beside what finds a check-in again. Whoever lacks the key file cannot
    /// tell whose it is.
    pub fn recovery_holder(&self, person: PersonId) -> [u8; 32] {
        // Both parts have one length.
        let named = [self.names.as_slice(), person.uuid().as_bytes()].concat();
        digest("tideline recovery holder", &named)
    }

    /// `secret` sealed (AES-256-GCM; nonce, then what is sealed): without the key file nobody reads it, also not in
    /// place of something else than `purpose`.
    ///
    /// # Errors
    ///
    /// [`KeyError::Cipher`] if there are no random bytes.
    pub(crate) fn seal_secret(&self, purpose: &str, secret: &str) -> Result<Vec<u8>, KeyError> {
        let mut text = secret.as_bytes().to_vec();
        let nonce = self
            .secrets
            .seal_in_place_append_tag(Aad::from(purpose.as_bytes()), &mut text)
            .map_err(|_| KeyError::Cipher)?;
        Ok([nonce.as_ref().as_slice(), &text].concat())
    }

    /// What was sealed by this key file for `purpose`; `None` for anything else.
    pub(crate) fn open_secret(&self, purpose: &str, sealed: &[u8]) -> Option<String> {
        let (nonce, text) = sealed.split_first_chunk::<NONCE_LEN>()?;
        let mut text = text.to_vec();
        let aad = Aad::from(purpose.as_bytes());
        let secret = self.secrets.open_in_place(Nonce::from(nonce), aad, &mut text).ok()?;
        String::from_utf8(secret.to_vec()).ok()
    }

    /// A token with which `person` may have the token of wave `seq` evaluated, as long as `session`
    /// goes on; without one, the program itself hands it out.
    pub(crate) fn issue_token(
        &self,
        person: PersonId,
        seq: WaveSeq,
        session: Option<&[u8; 32]>,
        now: DateTime<Utc>,
    ) -> Result<String, KeyError> {
        let about =
            About { wave: Some(seq.0), session: session.map(|it| to_hex(it)), ..About::default() };
        self.sign(Audience::PulseIssue, person, about, now)
    }

    /// A token with which `person` may use the JSON API as long as `session` goes on.
    pub(crate) fn api_token(
        &self,
        person: PersonId,
        session: &[u8; 32],
        now: DateTime<Utc>,
    ) -> Result<String, KeyError> {
        let about = About { session: Some(to_hex(session)), ..About::default() };
        self.sign(Audience::Api, person, about, now)
    }

    /// A token with which whoever holds it may end `person`'s mails of the kind `mail`. The same at
    /// the same time `now`.
    ///
    /// # Errors
    ///
    /// [`KeyError`] if it cannot be signed.
    pub fn mail_stop_token(
        &self,
        person: PersonId,
        mail: &str,
        now: DateTime<Utc>,
    ) -> Result<String, KeyError> {
        let about = About { mail: Some(mail.to_owned()), ..About::default() };
        self.sign(Audience::MailStop, person, about, now)
    }

    /// Whose mails of which kind this token ends, if it is good at `now`.
    pub(crate) fn check_mail_stop(
        &self,
        token: &str,
        now: DateTime<Utc>,
    ) -> Option<(PersonId, String)> {
        let claims = self.claims(Audience::MailStop, token, now)?;
        Some((PersonId::new(claims.sub), claims.mail?))
    }

    fn sign(
        &self,
        audience: Audience,
        person: PersonId,
        about: About,
        now: DateTime<Utc>,
    ) -> Result<String, KeyError> {
        let claims = Claims {
            sub: person.uuid(),
            aud: audience.code().to_owned(),
            exp: (now + audience.lifetime()).timestamp(),
            wave: about.wave,
            mail: about.mail,
            session: about.session,
        };
        Ok(encode(&Header::new(Algorithm::EdDSA), &claims, &self.signing)?)
    }

    /// A token that holds `content`, which a browser brings back.
    pub(crate) fn seal<T: Sealed>(
        &self,
        content: T,
        now: DateTime<Utc>,
    ) -> Result<String, KeyError> {
        let exp = (now + T::LIFETIME).timestamp();
        let envelope = Envelope { aud: T::AUDIENCE.to_owned(), exp, content };
        Ok(encode(&Header::new(Algorithm::EdDSA), &envelope, &self.signing)?)
    }

    /// What such a token holds, if it is good at `now`.
    pub(crate) fn open<T: Sealed>(&self, token: &str, now: DateTime<Utc>) -> Option<T> {
        let mut rules = Validation::new(Algorithm::EdDSA);
        rules.set_audience(&[T::AUDIENCE]);
        rules.set_required_spec_claims(&["exp", "aud"]);
        // The library would read the wall clock; ours is an argument.
        rules.validate_exp = false;
        let envelope = decode::<Envelope<T>>(token, &self.checking, &rules).ok()?.claims;
        let left = envelope.exp.checked_sub(now.timestamp())?;
        (left > 0 && left <= T::LIFETIME.num_seconds()).then_some(envelope.content)
    }

    /// A detached signature of `digest` (SHA-256, in hexadecimal digits) as a token (RFC 7519), with
    /// which anybody who has [`public_key`](Self::public_key) can tell that a file is from here.
    pub(crate) fn sign_digest(&self, digest: &str, now: DateTime<Utc>) -> Result<String, KeyError> {
        let claims = serde_json::json!({
            "aud": "tideline-file",
            "iat": now.timestamp(),
            "sha256": digest,
        });
        Ok(encode(&Header::new(Algorithm::EdDSA), &claims, &self.signing)?)
    }

    /// The public key that checks signatures, as a JSON Web Key (RFC 8037).
    pub(crate) fn public_key(&self) -> serde_json::Value {
        let jwk = Jwk::from_encoding_key(&self.signing, Algorithm::EdDSA);
        jwk.ok().and_then(|it| serde_json::to_value(it).ok()).unwrap_or_default()
    }

    /// What `token` says, if it is good for `audience` at `now`. Whether its session goes on is not
    /// looked at here.
    pub(crate) fn check(
        &self,
        audience: Audience,
        token: &str,
        now: DateTime<Utc>,
    ) -> Option<Checked> {
        let claims = self.claims(audience, token, now)?;
        let session = match &claims.session {
            None => None,
            Some(digits) => Some(from_hex::<32>(digits)?),
        };
        Some(Checked { person: PersonId::new(claims.sub), wave: claims.wave.map(WaveSeq), session })
    }

    fn claims(&self, audience: Audience, token: &str, now: DateTime<Utc>) -> Option<Claims> {
        let mut rules = Validation::new(Algorithm::EdDSA);
        rules.set_audience(&[audience.code()]);
        rules.set_required_spec_claims(&["exp", "aud", "sub"]);
        // The library would read the wall clock; ours is an argument.
        rules.validate_exp = false;
        let claims = decode::<Claims>(token, &self.checking, &rules).ok()?.claims;
        let left = claims.exp.checked_sub(now.timestamp())?;
        (left > 0 && left <= audience.lifetime().num_seconds()).then_some(claims)
    }
}

impl fmt::Debug for AuthKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AuthKeys(…)")
    }
}

fn fresh_pem() -> Result<String, getrandom::Error> {
    let mut der = [0; 48];
    der[..16].copy_from_slice(&PKCS8_ED25519);
    getrandom::fill(&mut der[16..])?;
    Ok(format!(
        "-----BEGIN PRIVATE KEY-----\n{}\n-----END PRIVATE KEY-----\n",
        STANDARD.encode(der)
    ))
}

/// Writes a file that nobody else can read, and that is not there already.
fn write_private(path: &Path, text: &str) -> io::Result<()> {
    use std::io::Write as _;

    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;

    use super::*;

    fn now() -> DateTime<Utc> {
        DateTime::from_timestamp(1_800_000_000, 0).unwrap()
    }

    fn person() -> PersonId {
        PersonId::new(Uuid::from_u128(7))
    }

    #[test]
    fn a_token_is_good_for_its_use_and_its_time() {
        let keys = AuthKeys::ephemeral().unwrap();
        let token = keys.issue_token(person(), WaveSeq(3), None, now()).unwrap();
        let check = |audience, at| keys.check(audience, &token, at);
        assert_eq!(
            check(Audience::PulseIssue, now()),
            Some(Checked { person: person(), wave: Some(WaveSeq(3)), session: None })
        );
        assert_eq!(check(Audience::Api, now()), None);
        assert!(check(Audience::PulseIssue, now() + TimeDelta::seconds(299)).is_some());
        assert_eq!(check(Audience::PulseIssue, now() + TimeDelta::minutes(5)), None);
    }

    #[test]
    fn a_token_that_lives_too_long_is_refused() {
        let keys = AuthKeys::ephemeral().unwrap();
        let token = keys.issue_token(person(), WaveSeq(3), None, now()).unwrap();
        assert_eq!(keys.check(Audience::PulseIssue, &token, now() - TimeDelta::minutes(1)), None);
    }

    #[test]
    fn a_token_in_a_mail_ends_that_kind_of_mail_and_nothing_else() {
        let keys = AuthKeys::ephemeral().unwrap();
        let token = keys.mail_stop_token(person(), "reminder", now()).unwrap();
        assert_eq!(token, keys.mail_stop_token(person(), "reminder", now()).unwrap());
        let later = now() + TimeDelta::days(365);
        assert_eq!(keys.check_mail_stop(&token, later), Some((person(), "reminder".to_owned())));
        assert_eq!(keys.check_mail_stop(&token, later + TimeDelta::days(40)), None);
        assert_eq!(keys.check(Audience::Api, &token, now()), None);
    }

    #[test]
    fn what_a_browser_keeps_is_good_for_its_use_and_its_time() {
        #[derive(Serialize, Deserialize)]
        struct Other {}
        impl Sealed for Other {
            const AUDIENCE: &'static str = "other";
            const LIFETIME: TimeDelta = Flow::LIFETIME;
        }
        let keys = AuthKeys::ephemeral().unwrap();
        let text = |it: &str| it.to_owned();
        let (state, nonce, verifier, to) = (text("a"), text("b"), text("c"), text("/org"));
        let token = keys.seal(Flow { state, nonce, verifier, to }, now()).unwrap();
        let open = |at| keys.open::<Flow>(&token, at);
        assert_eq!(open(now()).unwrap().to, "/org");
        assert!(open(now() + TimeDelta::seconds(599)).is_some());
        assert!(open(now() + TimeDelta::minutes(10)).is_none());
        assert!(open(now() - TimeDelta::seconds(1)).is_none(), "it would live too long");
        assert!(keys.open::<Other>(&token, now()).is_none());
        assert!(AuthKeys::ephemeral().unwrap().open::<Flow>(&token, now()).is_none());
    }

    #[test]
    fn another_key_and_no_key_are_refused() {
        let keys = AuthKeys::ephemeral().unwrap();
        let other = AuthKeys::ephemeral().unwrap();
        let token = other.api_token(person(), &[7; 32], now()).unwrap();
        assert_eq!(keys.check(Audience::Api, &token, now()), None);

        let ours = keys.api_token(person(), &[7; 32], now()).unwrap();
        let body = ours.split('.').nth(1).unwrap();
        let header = URL_SAFE_NO_PAD.encode(r#"{"alg":"none","typ":"JWT"}"#);
        assert_eq!(keys.check(Audience::Api, &format!("{header}.{body}."), now()), None);
        assert!(keys.check(Audience::Api, &ours, now()).is_some());
    }

    #[test]
    fn people_have_the_same_name_as_long_as_the_key_file_is_there() {
        let pem = fresh_pem().unwrap();
        let name = |pem: &str| AuthKeys::from_pem(pem).unwrap().recovery_holder(person());
        assert_eq!(name(&pem), name(&pem.replace('\n', "\r\n")));
        assert_ne!(name(&pem), name(&fresh_pem().unwrap()));
        let keys = AuthKeys::from_pem(&pem).unwrap();
        assert_ne!(name(&pem), keys.recovery_holder(PersonId::new(Uuid::from_u128(8))));
    }

    #[test]
    fn the_key_file_is_made_once_and_is_private() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("auth.pem");
        assert!(matches!(AuthKeys::load(&path), Err(KeyError::File(_))));
        assert!(!path.exists(), "who only reads makes none");
        let token =
            AuthKeys::load_or_create(&path).unwrap().api_token(person(), &[7; 32], now()).unwrap();
        assert!(
            AuthKeys::load_or_create(&path).unwrap().check(Audience::Api, &token, now()).is_some()
        );
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        }
        fs::write(&path, "nonsense").unwrap();
        assert!(matches!(AuthKeys::load_or_create(&path), Err(KeyError::NotAKey(_))));
    }
}

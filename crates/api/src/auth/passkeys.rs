//! Passkeys (WebAuthn): what a browser is asked, and whether its answer holds.
//!
//! What was asked travels with the browser, signed, and bound to it by a cookie: strangers who ask take up
//! no room here. The one answer that holds uses it up, in the database, so that nobody answers with it
//! again, by whichever process. The library wants what was asked kept here for exactly that reason.
//!
//! A passkey that nobody has, or that of somebody who has left, costs the same work as one that is known:
//! the answer is checked against a key that is nobody's.

use actix_web::{HttpRequest, cookie::Cookie};
use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use tideline_ballot::encoding::to_hex;
use tideline_domain::{Name, Person, PersonId};
use tideline_store::{AddPasskey, Challenge, LONGEST_PASSKEY_NAME, PasskeyRecord};
use uuid::Uuid;
use webauthn_rs::prelude::{
    AttestationFormat, CreationChallengeResponse, Credential, DiscoverableAuthentication,
    ParsedAttestation, PasskeyRegistration, PublicKeyCredential, RegisterPublicKeyCredential,
    RequestChallengeResponse, WebauthnError,
};
use webauthn_rs_proto::ResidentKeyRequirement;

use super::{Secret, SignedIn, cookie_named, own_cookie, same};
use crate::{
    App, Settings,
    credentials::{PASSKEY_PATIENCE, Sealed, digest},
    problem::Problem,
};

/// A passkey that nobody has: its public key was made once, and the private key never kept.
const NOBODYS: &str = include_str!("nobodys-passkey.json");

/// What a browser was asked: to sign in.
#[derive(Serialize, Deserialize)]
struct AskedToSignIn {
    /// A random name.
    id: String,
    /// Of the browser that asked.
    browser: String,
    /// What the library needs to check the answer.
    state: String,
}

impl Sealed for AskedToSignIn {
    const AUDIENCE: &'static str = "tideline-passkey-sign-in";
    const LIFETIME: TimeDelta = PASSKEY_PATIENCE;
}

/// What a browser was asked: to make a passkey.
#[derive(Serialize, Deserialize)]
struct AskedToAdd {
    id: String,
    browser: String,
    /// What is stored of the session it is made in.
    session: String,
    state: String,
}

impl Sealed for AskedToAdd {
    const AUDIENCE: &'static str = "tideline-passkey-add";
    const LIFETIME: TimeDelta = PASSKEY_PATIENCE;
}

/// What a page's script gets.
#[derive(Serialize)]
pub(crate) struct Question<T> {
    /// For `navigator.credentials`.
    options: T,
    /// To be sent back with the answer.
    asked: String,
}

/// Why nobody was signed in, or nothing was added.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Refused {
    /// It took too long, was answered before, or was asked of another browser.
    Late,
    /// The answer does not hold, or nobody has that passkey. Which of the two is not said.
    No,
    /// The passkey is known already.
    Taken,
    /// The person has as many as may be.
    TooMany,
}

/// What a browser is asked to sign in by: any passkey it has for this address.
pub(crate) fn ask_to_sign_in(
    app: &App,
    browser: &Secret<16>,
) -> Result<Question<RequestChallengeResponse>, Problem> {
    let passkeys = app.passkeys.as_ref().ok_or(Problem::NotFound)?;
    let (options, state) =
        passkeys.webauthn.start_discoverable_authentication().map_err(Problem::internal)?;
    let now = app.now();
    let asked = AskedToSignIn {
        id: Secret::<16>::generate()?.text(),
        browser: to_hex(&browser.hash()),
        state: serde_json::to_string(&state).map_err(Problem::internal)?,
    };
    Ok(Question { options, asked: app.keys.seal(asked, now).map_err(Problem::internal)? })
}

/// Who signs in by `answer` to what this browser was asked.
pub(crate) fn sign_in(
    app: &App,
    browser: Option<&Secret<16>>,
    asked: &str,
    answer: &str,
) -> Result<Result<PersonId, Refused>, Problem> {
    let passkeys = app.passkeys.as_ref().ok_or(Problem::NotFound)?;
    let Some(asked) = app.keys.open::<AskedToSignIn>(asked, app.now()) else {
        return Ok(Err(Refused::Late));
    };
    if !is_of(browser, &asked.browser) {
        return Ok(Err(Refused::Late));
    }
    let Ok(answer) = serde_json::from_str::<PublicKeyCredential>(answer) else {
        return Ok(Err(Refused::No));
    };
    let state: DiscoverableAuthentication = read(&asked.state)?;
    let id = hash_of(&answer.raw_id);
    let found = app.store.passkey(&id)?;
    let (text, counter) =
        found.as_ref().map_or((NOBODYS, 0), |it| (it.credential.as_str(), it.counter));
    let mut credential: Credential = read(text)?;
    credential.counter = credential.counter.max(counter);
    if found.is_none() {
        credential.cred_id = answer.raw_id.clone();
        // Answers that say otherwise than the passkey did are refused sooner; so they are here, for half of
        // all names.
        credential.backup_eligible = id[0] % 2 == 1;
    }
    let verdict =
        passkeys.webauthn.finish_discoverable_authentication_v2(&answer, state, &credential);
    if matches!(verdict, Err(WebauthnError::CredentialPossibleCompromise)) {
        tracing::warn!("a passkey counts backwards: it may have been copied; nobody was signed in");
    }
    let owner = answer.get_user_unique_id();
    let (Some(found), Ok(result)) = (found, verdict) else { return Ok(Err(Refused::No)) };
    if owner != Some(handle_of(found.person).as_bytes().as_slice()) {
        return Ok(Err(Refused::No));
    }
    let challenge = challenge(&asked.id, app.now());
    let used = app.store.use_passkey(&id, result.counter(), challenge)?;
    Ok(used.then_some(found.person).ok_or(Refused::Late))
}

/// What a browser is asked to make a passkey of: one that it finds without an address, and that wants to
/// see, or be told by a PIN, who is there.
pub(crate) fn ask_to_add(
    app: &App,
    by: &SignedIn,
    browser: &Secret<16>,
) -> Result<Question<CreationChallengeResponse>, Problem> {
    let passkeys = app.passkeys.as_ref().ok_or(Problem::NotFound)?;
    let Person { id, name, email, .. } = &by.person;
    let mut known = Vec::new();
    for passkey in app.store.passkeys_of(*id)? {
        known.push(read::<Credential>(&passkey.credential)?.cred_id);
    }
    let (mut options, state) = passkeys
        .webauthn
        .start_passkey_registration(handle_of(*id), email.as_str(), name.as_str(), Some(known))
        .map_err(Problem::internal)?;
    if let Some(selection) = &mut options.public_key.authenticator_selection {
        selection.resident_key = Some(ResidentKeyRequirement::Required);
        selection.require_resident_key = true;
    }
    let now = app.now();
    let asked = AskedToAdd {
        id: Secret::<16>::generate()?.text(),
        browser: to_hex(&browser.hash()),
        session: to_hex(&by.session),
        state: serde_json::to_string(&state).map_err(Problem::internal)?,
    };
    Ok(Question { options, asked: app.keys.seal(asked, now).map_err(Problem::internal)? })
}

/// Adds the passkey in `answer` to the account of whoever was asked for it, under `name`.
pub(crate) fn add(
    app: &App,
    by: &SignedIn,
    browser: Option<&Secret<16>>,
    asked: &str,
    answer: &str,
    name: Option<Name>,
) -> Result<Result<(), Refused>, Problem> {
    let passkeys = app.passkeys.as_ref().ok_or(Problem::NotFound)?;
    let name = name.ok_or_else(|| Problem::internal("a kind of device is no name"))?;
    let Some(asked) = app.keys.open::<AskedToAdd>(asked, app.now()) else {
        return Ok(Err(Refused::Late));
    };
    if !is_of(browser, &asked.browser) || !same(&asked.session, &to_hex(&by.session)) {
        return Ok(Err(Refused::Late));
    }
    let Ok(answer) = serde_json::from_str::<RegisterPublicKeyCredential>(answer) else {
        return Ok(Err(Refused::No));
    };
    let state: PasskeyRegistration = read(&asked.state)?;
    let Ok(passkey) = passkeys.webauthn.finish_passkey_registration(&answer, &state) else {
        return Ok(Err(Refused::No));
    };
    let mut credential = Credential::from(passkey);
    // Which make and model it is was not asked for, and is nobody's business.
    credential.attestation = ParsedAttestation::default();
    credential.attestation_format = AttestationFormat::None;
    let record = PasskeyRecord {
        id: hash_of(&credential.cred_id),
        name,
        credential: serde_json::to_string(&credential).map_err(Problem::internal)?,
    };
    let challenge = challenge(&asked.id, app.now());
    Ok(match app.store.add_passkey(by.person.id, &record, challenge, app.now())? {
        AddPasskey::Added => Ok(()),
        AddPasskey::Spent => Err(Refused::Late),
        AddPasskey::Taken => Err(Refused::Taken),
        AddPasskey::TooMany => Err(Refused::TooMany),
    })
}

/// What a passkey is called: as its owner typed it, without what nobody sees and no longer than may be, or
/// `otherwise` if nothing is left of it. When it is asked, the device has made the passkey already; to refuse
/// a name would leave one behind that opens nothing.
pub(crate) fn name_or(typed: &str, otherwise: &str) -> Option<Name> {
    let name = |text: &str| {
        let short: String = text.chars().take(LONGEST_PASSKEY_NAME).collect();
        Name::kept(&short).ok()
    };
    name(typed).filter(|it| it.as_str() != "?").or_else(|| name(otherwise))
}

/// The secret by which a browser is known while it is asked; a fresh one if it has none.
pub(crate) fn browser_or_new(app: &App, req: &HttpRequest) -> Result<Secret<16>, Problem> {
    browser(&app.settings, req).map_or_else(Secret::generate, Ok)
}

/// That secret, if the browser has one.
pub(crate) fn browser(settings: &Settings, req: &HttpRequest) -> Option<Secret<16>> {
    Secret::parse(req.cookie(&cookie_named(settings, "passkey"))?.value())
}

/// The cookie that carries it, until the browser is closed.
pub(crate) fn browser_cookie(settings: &Settings, secret: &Secret<16>) -> Cookie<'static> {
    own_cookie(settings, cookie_named(settings, "passkey"), secret.text(), None)
}

fn is_of(browser: Option<&Secret<16>>, asked: &str) -> bool {
    browser.is_some_and(|it| same(&to_hex(&it.hash()), asked))
}

/// What devices keep in the place of a person's identifier, so that they do not keep that.
fn handle_of(person: PersonId) -> Uuid {
    let mut handle = [0; 16];
    handle.copy_from_slice(&digest("tideline passkey owner", person.uuid().as_bytes())[..16]);
    Uuid::from_bytes(handle)
}

/// What a passkey is found by; the name that a device gives it may be a thousand bytes long.
fn hash_of(credential: &[u8]) -> [u8; 32] {
    digest("tideline passkey", credential)
}

/// What is kept of a question that is answered: until it would have ended, or longer.
fn challenge(id: &str, now: DateTime<Utc>) -> Challenge {
    let hash = digest("tideline passkey challenge", id.as_bytes());
    Challenge { hash, expires: now + PASSKEY_PATIENCE }
}

fn read<T: DeserializeOwned>(ours: &str) -> Result<T, Problem> {
    serde_json::from_str(ours).map_err(Problem::internal)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_made_to_fit() {
        let name = |typed: &str| name_or(typed, "Firefox on a computer").unwrap().to_string();
        assert_eq!(name(" My phone "), "My phone");
        assert_eq!(name("My\u{202e} phone\u{0}"), "My phone");
        assert_eq!(name(&"é".repeat(200)), "é".repeat(60));
        for nothing in ["", "   ", "\u{200b}\u{200b}", "?"] {
            assert_eq!(name(nothing), "Firefox on a computer", "{nothing:?}");
        }
    }

    #[test]
    fn nobodys_passkey_can_be_checked_against() {
        let nobodys: Credential = read(NOBODYS).unwrap();
        assert_eq!((nobodys.counter, nobodys.cred_id.len()), (0, 16));
    }
}

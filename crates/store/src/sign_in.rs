//! How people get in: password hashes, one-time codes of sign-in links, sessions.
//!
//! Codes and session keys are kept as hashes that the caller makes.
//!
//! What says nothing else fails with [`StoreError`] if the database does, and with nothing else.

use chrono::{DateTime, DurationRound as _, NaiveDateTime, TimeDelta, Utc};
use diesel::prelude::*;
use sha2::{Digest as _, Sha256};
use tideline_domain::{EmailAddress, Name, Person, PersonId};

use crate::{
    Store, StoreError,
    connection::{AnyConnection, is_unique_violation},
    people::{PersonRow, with_roles},
    schema::{
        ended_identities, identities, memberships, password_hashes, people, sessions,
        sign_in_codes, spent_challenges,
    },
    value::{bytes32, parse, timestamp},
};

/// Somewhere somebody is signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionRecord {
    /// Hash of the session's key.
    pub hash: [u8; 32],
    /// When it ends by itself.
    pub expires: DateTime<Utc>,
    /// What kind of browser it is.
    pub device: String,
}

/// When a session ends is kept in steps of an hour: its beginning would tell when somebody was here,
/// which is when ballots come.
const SESSION_STEP: TimeDelta = TimeDelta::hours(1);
/// The same for links and challenges, which are good for minutes.
pub(crate) const CODE_STEP: TimeDelta = TimeDelta::minutes(5);

/// `at`, or the next full `step` after it.
pub(crate) fn up_to_the_next(at: DateTime<Utc>, step: TimeDelta) -> DateTime<Utc> {
    let full = at.duration_trunc(step).unwrap_or(at);
    if full == at { at } else { full + step }
}

/// A sign-in link's code that is to be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewSignInCode {
    /// Hash of the code.
    pub hash: [u8; 32],
    /// Whose it is; `None` for an address that is nobody's.
    pub person: Option<PersonId>,
    /// When it ends.
    pub expires: DateTime<Utc>,
    /// The page it leads to: a path of up to 500 characters.
    pub target: String,
}

/// Somebody, as needed when an address is typed to sign in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonSigningIn {
    /// Who.
    pub id: PersonId,
    /// How the person is called.
    pub name: Name,
    /// The argon2id hash of the password, if the person has set one.
    pub password_hash: Option<String>,
}

/// What follows the cost in the text of a password's hash: 16 bytes of salt and 32 of hash in base64, and
/// a `$` before each. Unit: bytes.
const SALT_AND_HASH: i32 = 67;

#[derive(QueryableByName)]
struct KindRow {
    #[diesel(sql_type = diesel::sql_types::Text)]
    kind: String,
}

/// What became of an attempt to remember an identity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkIdentity {
    /// It is remembered from now on.
    Linked,
    /// Somebody else is, or was, meant by it; or the person is known by another.
    Taken,
    /// The provider's name for the person is longer than OpenID Connect allows.
    TooLong,
}

/// Longest name of a person (OpenID Connect Core 1.0, section 2). Unit: characters.
const LONGEST_SUBJECT: usize = 255;
/// Longest name of a provider. Unit: characters.
const LONGEST_ISSUER: usize = 300;

impl Store {
    /// The argon2id hash of a person's password, if the person has set one.
    pub fn password_hash(&self, person: PersonId) -> Result<Option<String>, StoreError> {
        self.read(|conn| {
            Ok(password_hashes::table
                .find(person.to_string())
                .select(password_hashes::hash)
                .first(conn)
                .optional()?)
        })
    }

    /// Sets the hash of a person's password.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if there is no such person or the database fails.
    pub fn set_password_hash(&self, person: PersonId, hash: &str) -> Result<(), StoreError> {
        self.write_untold(|conn| set_password(conn, &person.to_string(), hash))
    }

    /// Replaces the hash of a person's password if it is still `before`: the same password at another
    /// cost. Sessions go on.
    pub fn replace_password_hash(
        &self,
        person: PersonId,
        before: &str,
        after: &str,
    ) -> Result<(), StoreError> {
        self.read(|conn| {
            let stored = password_hashes::table
                .find(person.to_string())
                .filter(password_hashes::hash.eq(before));
            diesel::update(stored).set(password_hashes::hash.eq(after)).execute(conn)?;
            Ok(())
        })
    }

    /// The person with this address who belongs to a unit now. One query, whether there is one or not,
    /// and whether a password is set or not.
    pub fn name_and_password(
        &self,
        email: &EmailAddress,
    ) -> Result<Option<PersonSigningIn>, StoreError> {
        self.read(|conn| {
            people::table
                .inner_join(memberships::table.on(memberships::person.eq(people::id)))
                .left_join(password_hashes::table.on(password_hashes::person.eq(people::id)))
                .filter(memberships::valid_to.is_null())
                .filter(people::email.eq(email.as_str()))
                .select((people::id, people::name, password_hashes::hash.nullable()))
                .first::<(String, String, Option<String>)>(conn)
                .optional()?
                .map(|(id, name, password_hash)| {
                    let (id, name) = (parse("people", &id)?, parse("people", &name)?);
                    Ok(PersonSigningIn { id, name, password_hash })
                })
                .transpose()
        })
    }

    /// How the hashes of passwords begin, each beginning once: algorithm, version and cost.
    pub fn password_kinds(&self) -> Result<Vec<String>, StoreError> {
        self.read(|conn| {
            let rows: Vec<KindRow> = diesel::sql_query(format!(
                "SELECT DISTINCT substr(hash, 1, length(hash) - {SALT_AND_HASH}) AS kind \
                 FROM password_hashes WHERE length(hash) > {SALT_AND_HASH} ORDER BY kind"
            ))
            .load(conn)?;
            Ok(rows.into_iter().map(|it| it.kind).collect())
        })
    }

    /// Keeps the hashes of sign-in links' codes until they are used or expire. Codes that are nobody's are
    /// written as well and gone at the end: the database does the same for them. Nothing is kept if nobody
    /// belongs here.
    pub fn add_sign_in_codes(&self, codes: &[NewSignInCode]) -> Result<(), StoreError> {
        self.write_untold(|conn| {
            let stand_in: Option<String> =
                people::table.select(people::id).first(conn).optional()?;
            let Some(stand_in) = stand_in else { return Ok(()) };
            for code in codes {
                let person = code.person.map_or_else(|| stand_in.clone(), |it| it.to_string());
                diesel::insert_into(sign_in_codes::table)
                    .values((
                        sign_in_codes::hash.eq(code.hash.as_slice()),
                        sign_in_codes::person.eq(person),
                        sign_in_codes::expires
                            .eq(timestamp(up_to_the_next(code.expires, CODE_STEP))),
                        sign_in_codes::target.eq(&code.target),
                    ))
                    .execute(conn)?;
            }
            for nobodys in codes.iter().filter(|it| it.person.is_none()) {
                diesel::delete(sign_in_codes::table.find(nobodys.hash.as_slice())).execute(conn)?;
            }
            Ok(())
        })
    }

    /// Keeps the hash of a sign-in link's code, which leads to the start page, until it is used or
    /// expires.
    ///
    /// # Errors
    ///
    /// As [`add_sign_in_code_to`](Self::add_sign_in_code_to).
    pub fn add_sign_in_code(
        &self,
        hash: &[u8; 32],
        person: PersonId,
        expires: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        self.add_sign_in_code_to(hash, person, expires, "/")
    }

    /// Keeps the hash of a sign-in link's code, which leads to the page `target` (a path of up to 500
    /// characters), until it is used or expires: at `expires`, or up to five minutes later, so that what
    /// is kept does not tell when it was asked for.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if there is no such person or the database fails.
    pub fn add_sign_in_code_to(
        &self,
        hash: &[u8; 32],
        person: PersonId,
        expires: DateTime<Utc>,
        target: &str,
    ) -> Result<(), StoreError> {
        self.read(|conn| {
            diesel::insert_into(sign_in_codes::table)
                .values((
                    sign_in_codes::hash.eq(hash.as_slice()),
                    sign_in_codes::person.eq(person.to_string()),
                    sign_in_codes::expires.eq(timestamp(up_to_the_next(expires, CODE_STEP))),
                    sign_in_codes::target.eq(target),
                ))
                .execute(conn)?;
            Ok(())
        })
    }

    /// Whose sign-in link this is and where it leads, or `None` if it is unknown, used or expired.
    /// Uses nothing up.
    pub fn sign_in_code(
        &self,
        hash: &[u8; 32],
        now: DateTime<Utc>,
    ) -> Result<Option<(PersonId, String)>, StoreError> {
        self.read(|conn| {
            sign_in_codes::table
                .find(hash.as_slice())
                .filter(sign_in_codes::expires.gt(timestamp(now)))
                .select((sign_in_codes::person, sign_in_codes::target))
                .first::<(String, String)>(conn)
                .optional()?
                .map(|(person, target)| Ok((parse("sign_in_codes", &person)?, target)))
                .transpose()
        })
    }

    /// Uses up a sign-in link: whose it was, or `None` if it is unknown, used or expired. Of two who
    /// try at once one gets in. Forgets all that has expired.
    pub fn take_sign_in_code(
        &self,
        hash: &[u8; 32],
        now: DateTime<Utc>,
    ) -> Result<Option<PersonId>, StoreError> {
        self.write_untold(|conn| {
            forget_expired(conn, now)?;
            let code = sign_in_codes::table.find(hash.as_slice());
            let person: Option<String> =
                code.select(sign_in_codes::person).first(conn).optional()?;
            let taken = diesel::delete(code).execute(conn)? == 1;
            person.filter(|_| taken).map(|it| parse("sign_in_codes", &it)).transpose()
        })
    }

    /// Forgets links, sessions and answered challenges that have expired.
    pub fn forget_expired(&self, now: DateTime<Utc>) -> Result<(), StoreError> {
        self.write("forget_expired", |conn| forget_expired(conn, now))
    }

    /// Begins a session that ends at `expires`, or up to an hour later: what is kept does not tell when
    /// it began closer than that. `device` says what kind of browser it is, in up to 60 characters.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if there is no such person or the database fails.
    pub fn add_session(
        &self,
        hash: &[u8; 32],
        person: PersonId,
        expires: DateTime<Utc>,
        device: &str,
    ) -> Result<(), StoreError> {
        self.read(|conn| {
            diesel::insert_into(sessions::table)
                .values((
                    sessions::hash.eq(hash.as_slice()),
                    sessions::person.eq(person.to_string()),
                    sessions::expires.eq(timestamp(up_to_the_next(expires, SESSION_STEP))),
                    sessions::device.eq(device),
                ))
                .execute(conn)?;
            Ok(())
        })
    }

    /// The sessions of a person that have not expired, the one that ends last first.
    pub fn sessions_of(
        &self,
        person: PersonId,
        now: DateTime<Utc>,
    ) -> Result<Vec<SessionRecord>, StoreError> {
        self.read(|conn| {
            sessions::table
                .filter(sessions::person.eq(person.to_string()))
                .filter(sessions::expires.gt(timestamp(now)))
                .order((sessions::expires.desc(), sessions::hash))
                .select((sessions::hash, sessions::expires, sessions::device))
                .load::<(Vec<u8>, NaiveDateTime, String)>(conn)?
                .into_iter()
                .map(|(hash, expires, device)| {
                    Ok(SessionRecord {
                        hash: bytes32("sessions", hash)?,
                        expires: expires.and_utc(),
                        device,
                    })
                })
                .collect()
        })
    }

    /// Ends a session of `person`; no error if there is none, or it is somebody else's.
    pub fn end_session_of(&self, person: PersonId, hash: &[u8; 32]) -> Result<(), StoreError> {
        self.read(|conn| {
            diesel::delete(
                sessions::table
                    .find(hash.as_slice())
                    .filter(sessions::person.eq(person.to_string())),
            )
            .execute(conn)?;
            Ok(())
        })
    }

    /// Who an identity provider means by `subject`, if that person signed in by it before and still
    /// belongs to a unit.
    pub fn identity(&self, issuer: &str, subject: &str) -> Result<Option<PersonId>, StoreError> {
        self.read(|conn| {
            identities::table
                .inner_join(memberships::table.on(memberships::person.eq(identities::person)))
                .filter(memberships::valid_to.is_null())
                .filter(identities::issuer.eq(issuer))
                .filter(identities::subject.eq(subject))
                .select(identities::person)
                .first::<String>(conn)
                .optional()?
                .map(|it| parse("identities", &it))
                .transpose()
        })
    }

    /// Remembers whom an identity provider means by `subject`. Changes nothing if the provider means
    /// somebody else by that name, or meant somebody who has left, or means this person by another.
    pub fn link_identity(
        &self,
        issuer: &str,
        subject: &str,
        person: PersonId,
    ) -> Result<LinkIdentity, StoreError> {
        if subject.chars().count() > LONGEST_SUBJECT || issuer.chars().count() > LONGEST_ISSUER {
            return Ok(LinkIdentity::TooLong);
        }
        self.write_untold(|conn| {
            let hash = identity_hash(issuer, subject);
            let ended = ended_identities::table.find(hash.as_slice()).count();
            if ended.get_result::<i64>(conn)? > 0 {
                return Ok(LinkIdentity::Taken);
            }
            let other = identities::table.filter(identities::issuer.eq(issuer)).filter(
                identities::subject.eq(subject).or(identities::person.eq(person.to_string())),
            );
            if other.count().get_result::<i64>(conn)? > 0 {
                return Ok(LinkIdentity::Taken);
            }
            let linked = diesel::insert_into(identities::table)
                .values((
                    identities::issuer.eq(issuer),
                    identities::subject.eq(subject),
                    identities::person.eq(person.to_string()),
                ))
                .execute(conn);
            match linked {
                Ok(_) => Ok(LinkIdentity::Linked),
                Err(error) if is_unique_violation(&error) => Ok(LinkIdentity::Taken),
                Err(error) => Err(error.into()),
            }
        })
    }

    /// Whose session this is, or `None` if it is unknown, ended or expired.
    pub fn session(
        &self,
        hash: &[u8; 32],
        now: DateTime<Utc>,
    ) -> Result<Option<PersonId>, StoreError> {
        self.read(|conn| {
            sessions::table
                .find(hash.as_slice())
                .filter(sessions::expires.gt(timestamp(now)))
                .select(sessions::person)
                .first::<String>(conn)
                .optional()?
                .map(|it| parse("sessions", &it))
                .transpose()
        })
    }

    /// The person whose session this is, with roles; `None` if it is unknown, ended or expired, or if
    /// that person belongs to no unit any more.
    pub fn session_person(
        &self,
        hash: &[u8; 32],
        now: DateTime<Utc>,
    ) -> Result<Option<Person>, StoreError> {
        self.read(|conn| {
            let row = sessions::table
                .inner_join(people::table.on(people::id.eq(sessions::person)))
                .inner_join(memberships::table.on(memberships::person.eq(sessions::person)))
                .filter(memberships::valid_to.is_null())
                .filter(sessions::hash.eq(hash.as_slice()))
                .filter(sessions::expires.gt(timestamp(now)))
                .select(PersonRow::as_select())
                .first(conn)
                .optional()?;
            row.map(|it| with_roles(conn, it)).transpose()
        })
    }

    /// Ends a session; no error if there is none.
    pub fn end_session(&self, hash: &[u8; 32]) -> Result<(), StoreError> {
        self.read(|conn| {
            diesel::delete(sessions::table.find(hash.as_slice())).execute(conn)?;
            Ok(())
        })
    }

    /// Ends every session of a person and makes every sign-in link of theirs useless.
    pub fn end_all_sessions(&self, person: PersonId) -> Result<(), StoreError> {
        self.write_untold(|conn| end_all(conn, &person.to_string()))
    }
}

pub(crate) fn set_password(
    conn: &mut AnyConnection,
    person: &str,
    hash: &str,
) -> Result<(), StoreError> {
    diesel::delete(password_hashes::table.find(person)).execute(conn)?;
    diesel::insert_into(password_hashes::table)
        .values((password_hashes::person.eq(person), password_hashes::hash.eq(hash)))
        .execute(conn)?;
    Ok(())
}

pub(crate) fn end_all(conn: &mut AnyConnection, person: &str) -> Result<(), StoreError> {
    diesel::delete(sessions::table.filter(sessions::person.eq(person))).execute(conn)?;
    diesel::delete(sign_in_codes::table.filter(sign_in_codes::person.eq(person))).execute(conn)?;
    Ok(())
}

/// What is kept of an identity that ended.
fn identity_hash(issuer: &str, subject: &str) -> [u8; 32] {
    let mut hash = Sha256::new();
    hash.update(b"tideline-ended-identity-v1");
    for text in [issuer, subject] {
        hash.update((text.len() as u64).to_be_bytes());
        hash.update(text);
    }
    hash.finalize().into()
}

/// Cuts all that identity providers know a person by, and keeps hashes so that none of it is linked again
/// to whoever gets the address.
pub(crate) fn end_identities(conn: &mut AnyConnection, person: &str) -> Result<(), StoreError> {
    let known = identities::table
        .filter(identities::person.eq(person))
        .select((identities::issuer, identities::subject))
        .load::<(String, String)>(conn)?;
    for (issuer, subject) in known {
        diesel::insert_into(ended_identities::table)
            .values((
                ended_identities::hash.eq(identity_hash(&issuer, &subject).as_slice()),
                ended_identities::person.eq(person),
            ))
            .execute(conn)?;
    }
    diesel::delete(identities::table.filter(identities::person.eq(person))).execute(conn)?;
    Ok(())
}

/// Lets a person who is back be known again as before.
pub(crate) fn restore_identities(conn: &mut AnyConnection, person: &str) -> Result<(), StoreError> {
    diesel::delete(ended_identities::table.filter(ended_identities::person.eq(person)))
        .execute(conn)?;
    Ok(())
}

fn forget_expired(conn: &mut AnyConnection, now: DateTime<Utc>) -> Result<(), StoreError> {
    let now = timestamp(now);
    diesel::delete(sign_in_codes::table.filter(sign_in_codes::expires.le(now))).execute(conn)?;
    diesel::delete(sessions::table.filter(sessions::expires.le(now))).execute(conn)?;
    diesel::delete(spent_challenges::table.filter(spent_challenges::expires.le(now)))
        .execute(conn)?;
    Ok(())
}

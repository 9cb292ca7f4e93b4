//! What is kept about one person, gathered for that person.

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use diesel::prelude::*;
use tideline_domain::{Person, PersonId};

use crate::{
    MailChoice, MailKind, SessionRecord, Store, StoreError,
    connection::AnyConnection,
    deliveries::DeliveryState,
    schema::{
        audit_log, deliveries, identities, lever_history, memberships, sign_in_codes,
        unit_placements, wave_placements, waves,
    },
    value::{known, timestamp},
};

/// What is kept about one person under that person's name.
#[derive(Debug, Clone)]
pub struct PersonalData {
    /// Name, address and roles.
    pub person: Person,
    /// Where the person belongs and belonged, as far as it is kept; oldest first.
    pub memberships: Vec<MembershipRecord>,
    /// Whether there is a password; only a hash of it is kept.
    pub has_password: bool,
    /// What the passkeys are called.
    pub passkeys: Vec<String>,
    /// The providers at which the person signs in.
    pub providers: Vec<String>,
    /// Where the person is signed in.
    pub sessions: Vec<SessionRecord>,
    /// How many sign-in links were sent and can still be used.
    pub links: u32,
    /// What the person chose about mails.
    pub choices: Vec<(MailKind, MailChoice)>,
    /// Mails to the person, oldest first.
    pub mails: Vec<MailToPerson>,
    /// Check-ins for which it is kept in which group the person was asked.
    pub asked: Vec<String>,
    /// How often the person changed something on a board, as far as it is kept.
    pub lever_changes: u32,
    /// How many entries of the audit log name the person: as who did something, or whose roles changed.
    pub audit_entries: u32,
}

/// A time in a unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MembershipRecord {
    /// What the unit is, or was last, called.
    pub unit: String,
    /// From this day on.
    pub from: NaiveDate,
    /// Until the day before this one; `None` if it goes on.
    pub to: Option<NaiveDate>,
}

/// A mail to the person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailToPerson {
    /// What it is.
    pub kind: MailKind,
    /// Since when it is due.
    pub due: DateTime<Utc>,
    /// When it was sent; `None` if it was not.
    pub sent: Option<DateTime<Utc>>,
    /// Where it stands.
    pub state: DeliveryState,
}

impl Store {
    /// What is kept about `person` at `now`; `None` if nobody of that identifier is known.
    ///
    /// What is kept under a name that only a key of the program gives is not here: pick-ups, and copies of the
    /// secret that finds check-ins again.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database fails.
    pub fn personal_data(
        &self,
        person: PersonId,
        now: DateTime<Utc>,
    ) -> Result<Option<PersonalData>, StoreError> {
        let Some(known_person) = self.person(person)? else { return Ok(None) };
        let has_password = self.password_hash(person)?.is_some();
        let passkeys = self.passkeys_of(person)?;
        let sessions = self.sessions_of(person, now)?;
        let choices = self.mail_choices(person)?;
        let id = person.to_string();
        self.read(|conn| {
            Ok(Some(PersonalData {
                person: known_person,
                memberships: memberships_of(conn, &id)?,
                has_password,
                passkeys: passkeys.into_iter().map(|it| it.name.to_string()).collect(),
                providers: identities::table
                    .filter(identities::person.eq(&id))
                    .select(identities::issuer)
                    .distinct()
                    .order(identities::issuer)
                    .load(conn)?,
                sessions,
                links: number(
                    sign_in_codes::table
                        .filter(sign_in_codes::person.eq(&id))
                        .filter(sign_in_codes::expires.gt(timestamp(now)))
                        .count()
                        .get_result(conn)?,
                ),
                choices,
                mails: mails_to(conn, &id)?,
                asked: {
                    let asked = wave_placements::table.filter(wave_placements::person.eq(&id));
                    let waves = asked.select(wave_placements::wave).load(conn)?;
                    labels(conn, &waves)?
                },
                lever_changes: number(
                    lever_history::table
                        .filter(lever_history::changed_by.eq(&id))
                        .count()
                        .get_result(conn)?,
                ),
                audit_entries: {
                    let about = audit_log::subject.like(format!("person {id}%"));
                    let named = audit_log::actor.eq(&id).assume_not_null().or(about);
                    number(audit_log::table.filter(named).count().get_result(conn)?)
                },
            }))
        })
    }
}

fn memberships_of(
    conn: &mut AnyConnection,
    person: &str,
) -> Result<Vec<MembershipRecord>, StoreError> {
    let rows: Vec<(String, NaiveDate, Option<NaiveDate>)> = memberships::table
        .filter(memberships::person.eq(person))
        .order(memberships::valid_from)
        .select((memberships::unit, memberships::valid_from, memberships::valid_to))
        .load(conn)?;
    let mut all = Vec::new();
    for (unit, from, to) in rows {
        let name: Option<String> = unit_placements::table
            .filter(unit_placements::unit.eq(&unit))
            .order(unit_placements::valid_from.desc())
            .select(unit_placements::name)
            .first(conn)
            .optional()?;
        all.push(MembershipRecord { unit: name.unwrap_or(unit), from, to });
    }
    Ok(all)
}

fn labels(conn: &mut AnyConnection, of: &[i32]) -> Result<Vec<String>, StoreError> {
    let these = waves::table.filter(waves::seq.eq_any(of));
    Ok(these.order(waves::seq).select(waves::label).load(conn)?)
}

fn mails_to(conn: &mut AnyConnection, person: &str) -> Result<Vec<MailToPerson>, StoreError> {
    const TABLE: &str = "deliveries";
    deliveries::table
        .filter(deliveries::recipient.eq(person))
        .order((deliveries::due, deliveries::id))
        .select((deliveries::kind, deliveries::due, deliveries::sent_at, deliveries::state))
        .load::<(String, NaiveDateTime, Option<NaiveDateTime>, String)>(conn)?
        .into_iter()
        .map(|(kind, due, sent, state)| {
            Ok(MailToPerson {
                kind: known(TABLE, MailKind::from_code(&kind))?,
                due: due.and_utc(),
                sent: sent.map(|it| it.and_utc()),
                state: known(TABLE, DeliveryState::from_code(&state))?,
            })
        })
        .collect()
}

fn number(count: i64) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

//! Waves as announced: dates, manifest, frozen tree, cohorts, who may pick up a token and who did.
//!
//! What says nothing else fails with [`StoreError`] if the database does, and with nothing else.

use std::{
    collections::BTreeMap,
    sync::{Arc, PoisonError},
};

use chrono::{DateTime, NaiveDateTime, Utc};
use diesel::{
    dsl::{count_star, max, min},
    prelude::*,
};
use sha2::{Digest as _, Sha256};
use tideline_aggregation::Move;
use tideline_domain::{
    Cohort, CohortId, EmailAddress, PersonId, Phase, Roster, UnitId, UnitTree, Wave, WaveSeq,
    Window, cohort::MIN_ELIGIBLE,
};

use crate::{
    Store, StoreError,
    connection::{AnyConnection, is_unique_violation},
    organisation::tree,
    schema::{
        cohort_units, cohorts, issuance, people, pickups, releases, wave_placements, wave_units,
        waves,
    },
    value::{bytes32, corrupt, count, known, number, parse, timestamp},
};

/// A wave and what has become of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WaveRecord {
    /// The wave.
    pub wave: Wave,
    /// Its manifest, byte for byte as announced.
    pub manifest: Vec<u8>,
    /// SHA-256 of the manifest.
    pub manifest_hash: [u8; 32],
    /// What it asks, as frozen when it was announced; `None` for the pulse.
    pub questionnaire: Option<String>,
    /// Whether it has been released.
    pub released: bool,
}

/// A wave and whether it has been released: all that most ask for, without the manifest, which is large.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WaveSummary {
    /// The wave.
    pub wave: Wave,
    /// Whether it has been released.
    pub released: bool,
}

/// What was evaluated for somebody in a wave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issue {
    /// The blinded element.
    pub blinded: [u8; 32],
    /// The kind of browser that asked, as the edge numbers and hides kinds; never when. `None` if it
    /// was recorded before kinds were.
    pub device: Option<u8>,
}

/// What recording a token's issue came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IssueRecord {
    /// The person's first token request in this wave.
    New,
    /// The same request again; answering it again is harmless.
    Same,
    /// Another request; it must not be answered.
    Other,
}

/// How many pick-ups there are, and of which waves. Each change of the list changes this: people are
/// only added to a wave, and a wave is only taken out whole.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Issued {
    count: i64,
    first: Option<i32>,
    last: Option<i32>,
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = waves)]
struct WaveRow {
    seq: i32,
    label: String,
    pickup_from: NaiveDateTime,
    opens: NaiveDateTime,
    closes: NaiveDateTime,
    manifest: Vec<u8>,
    instrument: String,
    questionnaire: Option<String>,
}

fn window((pickup_from, opens, closes): Dates) -> Result<Window, StoreError> {
    Window::new(pickup_from.and_utc(), opens.and_utc(), closes.and_utc()).map_err(corrupt("waves"))
}

type Dates = (NaiveDateTime, NaiveDateTime, NaiveDateTime);

fn wave_of(seq: i32, label: &str, asks: &str, dates: Dates) -> Result<Wave, StoreError> {
    Ok(Wave {
        seq: WaveSeq(count("waves", seq)?),
        label: parse("waves", label)?,
        asks: parse("waves", asks)?,
        window: window(dates)?,
    })
}

impl WaveRow {
    fn record(self, released: bool) -> Result<WaveRecord, StoreError> {
        let dates = (self.pickup_from, self.opens, self.closes);
        Ok(WaveRecord {
            wave: wave_of(self.seq, &self.label, &self.instrument, dates)?,
            manifest_hash: Sha256::digest(&self.manifest).into(),
            manifest: self.manifest,
            questionnaire: self.questionnaire,
            released,
        })
    }
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = wave_units)]
struct WaveUnitRow {
    wave: i32,
    unit: String,
    parent: Option<String>,
    name: String,
    position: i32,
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = cohorts)]
struct CohortRow {
    wave: i32,
    cohort: String,
    position: i32,
    label: String,
    eligible: i32,
}

#[derive(Insertable)]
#[diesel(table_name = wave_placements)]
struct PlacementRow {
    wave: i32,
    person: String,
    unit: String,
    cohort: String,
}

/// The number of a wave as the tables have it.
pub(crate) fn key(seq: WaveSeq) -> Result<i32, StoreError> {
    number("waves", seq.0)
}

impl Store {
    /// Announces a wave: keeps its manifest, what it asks (nothing for the pulse) and the roster it is
    /// for, as they are now.
    ///
    /// # Errors
    ///
    /// [`StoreError::SmallCohort`] if people of a cohort could be told apart; other [`StoreError`]s
    /// if there is a wave of this number or label, or the database fails. Nothing is kept then.
    pub fn announce_wave(
        &self,
        wave: &Wave,
        roster: &Roster,
        manifest: &[u8],
        questionnaire: Option<&str>,
    ) -> Result<(), StoreError> {
        let seq = key(wave.seq)?;
        if let [_, _, ..] = roster.cohorts[..]
            && let Some(small) = roster.cohorts.iter().find(|it| it.eligible < MIN_ELIGIBLE)
        {
            return Err(StoreError::SmallCohort {
                wave: wave.seq,
                cohort: small.id.to_string(),
                eligible: small.eligible,
            });
        }
        let row = WaveRow {
            seq,
            label: wave.label.to_string(),
            pickup_from: timestamp(wave.window.pickup_from()),
            opens: timestamp(wave.window.opens()),
            closes: timestamp(wave.window.closes()),
            manifest: manifest.to_vec(),
            instrument: wave.asks.to_string(),
            questionnaire: questionnaire.map(str::to_owned),
        };
        self.write("announce_wave", |conn| {
            diesel::insert_into(waves::table).values(row).execute(conn)?;
            insert_tree(conn, seq, &roster.tree)?;
            insert_cohorts(conn, seq, &roster.cohorts)?;
            // By person, so that where a row lies says nothing about the list it came from.
            let mut placements: Vec<_> = roster.placements.iter().collect();
            placements.sort_by_key(|it| it.person);
            for place in placements {
                let row = PlacementRow {
                    wave: seq,
                    person: place.person.to_string(),
                    unit: place.unit.to_string(),
                    cohort: place.cohort.to_string(),
                };
                diesel::insert_into(wave_placements::table).values(row).execute(conn)?;
            }
            Ok(())
        })
    }

    /// All waves, oldest first, without their manifests.
    pub fn wave_summaries(&self) -> Result<Vec<WaveSummary>, StoreError> {
        self.read(|conn| {
            waves::table
                .left_join(releases::table.on(releases::wave.eq(waves::seq)))
                .order(waves::seq)
                .select((
                    waves::seq,
                    waves::label,
                    waves::instrument,
                    (waves::pickup_from, waves::opens, waves::closes),
                    releases::wave.nullable(),
                ))
                .load::<(i32, String, String, Dates, Option<i32>)>(conn)?
                .into_iter()
                .map(|(seq, label, asks, dates, released)| {
                    let wave = wave_of(seq, &label, &asks, dates)?;
                    Ok(WaveSummary { wave, released: released.is_some() })
                })
                .collect()
        })
    }

    /// All waves with their manifests, oldest first.
    pub fn waves(&self) -> Result<Vec<WaveRecord>, StoreError> {
        self.read(all)
    }

    /// The wave of this number.
    ///
    /// # Errors
    ///
    /// [`StoreError::NoSuchWave`] if there is none, or any other [`StoreError`] if the database
    /// fails.
    pub fn wave(&self, seq: WaveSeq) -> Result<WaveRecord, StoreError> {
        self.read(|conn| wave(conn, seq))
    }

    /// The tree of units as it stood when the wave was announced.
    ///
    /// # Errors
    ///
    /// [`StoreError::NoSuchWave`] if there is none, or any other [`StoreError`] if the database
    /// fails.
    pub fn frozen_tree(&self, seq: WaveSeq) -> Result<UnitTree, StoreError> {
        self.read(|conn| frozen_tree(conn, seq))
    }

    /// The tree of units of the newest wave, whether it is over or not; `None` before the first.
    /// Kept in memory.
    pub fn newest_tree(&self) -> Result<Option<Arc<UnitTree>>, StoreError> {
        self.read(|conn| {
            let newest: Option<i32> =
                waves::table.order(waves::seq.desc()).select(waves::seq).first(conn).optional()?;
            let Some(newest) = newest else { return Ok(None) };
            let seq = WaveSeq(count("waves", newest)?);
            let kept = self.kept.read().unwrap_or_else(PoisonError::into_inner).newest_tree.clone();
            if let Some((_, tree)) = kept.filter(|(of, _)| *of == seq) {
                return Ok(Some(tree));
            }
            let tree = Arc::new(frozen_tree(conn, seq)?);
            self.kept.write().unwrap_or_else(PoisonError::into_inner).newest_tree =
                Some((seq, Arc::clone(&tree)));
            Ok(Some(tree))
        })
    }

    /// The wave's cohorts, in the order in which they were announced.
    ///
    /// # Errors
    ///
    /// [`StoreError::NoSuchWave`] if there is none, or any other [`StoreError`] if the database
    /// fails.
    pub fn cohorts(&self, seq: WaveSeq) -> Result<Vec<Cohort>, StoreError> {
        self.read(|conn| {
            wave(conn, seq)?;
            let seq = key(seq)?;
            let rows = cohorts::table
                .filter(cohorts::wave.eq(seq))
                .order(cohorts::position)
                .select(CohortRow::as_select())
                .load(conn)?;
            let units = cohort_units::table
                .inner_join(
                    wave_units::table.on(wave_units::wave
                        .eq(cohort_units::wave)
                        .and(wave_units::unit.eq(cohort_units::unit))),
                )
                .filter(cohort_units::wave.eq(seq))
                .order(wave_units::position)
                .select((cohort_units::cohort, cohort_units::unit))
                .load::<(String, String)>(conn)?;
            let mut cohorts = rows
                .into_iter()
                .map(|row| {
                    Ok(Cohort {
                        id: parse("cohorts", &row.cohort)?,
                        units: Vec::new(),
                        label: row.label,
                        eligible: count("cohorts", row.eligible)?,
                    })
                })
                .collect::<Result<Vec<Cohort>, StoreError>>()?;
            for (cohort, unit) in units {
                let its = cohorts.iter_mut().find(|it| it.id.as_str() == cohort);
                known("cohort_units", its)?.units.push(parse("cohort_units", &unit)?);
            }
            Ok(cohorts)
        })
    }

    /// The unit a person is counted in and the cohort the person's token is bound to; `None` if the
    /// person is not in the roster of the wave, or the wave is long over.
    pub fn placement(
        &self,
        seq: WaveSeq,
        person: PersonId,
    ) -> Result<Option<(UnitId, CohortId)>, StoreError> {
        let seq = key(seq)?;
        self.read(|conn| {
            wave_placements::table
                .find((seq, person.to_string()))
                .select((wave_placements::unit, wave_placements::cohort))
                .first::<(String, String)>(conn)
                .optional()?
                .map(|(unit, cohort)| {
                    Ok((parse("wave_placements", &unit)?, parse("wave_placements", &cohort)?))
                })
                .transpose()
        })
    }

    /// Everybody on the roster of a wave, whoever has a token or has answered.
    pub fn people_of_wave(&self, seq: WaveSeq) -> Result<Vec<PersonId>, StoreError> {
        let seq = key(seq)?;
        self.read(|conn| {
            wave_placements::table
                .filter(wave_placements::wave.eq(seq))
                .order(wave_placements::person)
                .select(wave_placements::person)
                .load::<String>(conn)?
                .iter()
                .map(|it| parse("wave_placements", it))
                .collect()
        })
    }

    /// Everybody who is counted in another unit in wave `after` than in wave `before`, or in one of
    /// the two rosters only. `None` if the roster of `before` is gone.
    pub fn roster_moves(
        &self,
        before: WaveSeq,
        after: WaveSeq,
    ) -> Result<Option<Vec<Move>>, StoreError> {
        let (before, after) = (key(before)?, key(after)?);
        self.read(|conn| {
            let mut of = |wave: i32| -> Result<BTreeMap<String, UnitId>, StoreError> {
                wave_placements::table
                    .filter(wave_placements::wave.eq(wave))
                    .select((wave_placements::person, wave_placements::unit))
                    .load::<(String, String)>(conn)?
                    .into_iter()
                    .map(|(person, unit)| Ok((person, parse("wave_placements", &unit)?)))
                    .collect()
            };
            let (before, mut after) = (of(before)?, of(after)?);
            if before.is_empty() {
                return Ok(None);
            }
            let mut moves = Vec::new();
            for (person, from) in before {
                let to = after.remove(&person);
                if to != Some(from) {
                    moves.push(Move { from: Some(from), to });
                }
            }
            moves.extend(after.into_values().map(|to| Move { from: None, to: Some(to) }));
            Ok(Some(moves))
        })
    }

    /// Records that a person asks for a token with this blinded element, in a browser of the kind
    /// `device` (see [`Issue::device`]). Of two different elements
    /// of one person, however close in time, one is [`New`](IssueRecord::New).
    ///
    /// What is kept has the person's name in this wave, `holder`, which takes the wave's key to find
    /// (`tideline_ballot::issue::Issuer::holder`): neither the database nor its log says who it was.
    /// One person must always come with the same one.
    ///
    /// # Errors
    ///
    /// [`StoreError::NotPickUp`] unless the wave hands out tokens at `now`,
    /// [`StoreError::NotInRoster`] if the person has none to get, or any other [`StoreError`] if the
    /// database fails.
    pub fn record_issue(
        &self,
        seq: WaveSeq,
        person: PersonId,
        holder: &[u8; 32],
        blinded: &[u8; 32],
        device: u8,
        now: DateTime<Utc>,
    ) -> Result<IssueRecord, StoreError> {
        self.read(|conn| {
            if !hands_out_tokens(conn, seq, now)? {
                return Err(StoreError::NotPickUp(seq));
            }
            let wave = key(seq)?;
            let again = |table, before| -> Result<IssueRecord, StoreError> {
                let same = bytes32(table, before)? == *blinded;
                Ok(if same { IssueRecord::Same } else { IssueRecord::Other })
            };
            let placed: i64 =
                wave_placements::table.find((wave, person.to_string())).count().get_result(conn)?;
            if placed == 0 {
                return Err(StoreError::NotInRoster(seq));
            }
            // Of a wave that ran before pick-ups had names of their own.
            let before: Option<Vec<u8>> = issuance::table
                .find((wave, person.to_string()))
                .select(issuance::blinded)
                .first(conn)
                .optional()?;
            if let Some(before) = before {
                return again("issuance", before);
            }
            let inserted = diesel::insert_into(pickups::table)
                .values((
                    pickups::wave.eq(wave),
                    pickups::holder.eq(holder.as_slice()),
                    pickups::blinded.eq(blinded.as_slice()),
                    pickups::device.eq([device].as_slice()),
                ))
                .execute(conn);
            match inserted {
                Ok(_) => Ok(IssueRecord::New),
                Err(error) if is_unique_violation(&error) => {
                    let row = pickups::table.find((wave, holder.as_slice()));
                    again("pickups", row.select(pickups::blinded).first(conn)?)
                }
                Err(error) => Err(error.into()),
            }
        })
    }

    /// What was evaluated for a person in a wave, if anything was. `holder` is what stands for the
    /// person in the list of pick-ups.
    pub fn issue_of(
        &self,
        seq: WaveSeq,
        person: PersonId,
        holder: &[u8; 32],
    ) -> Result<Option<Issue>, StoreError> {
        self.read(|conn| {
            let wave = key(seq)?;
            let picked_up = pickups::table
                .find((wave, holder.as_slice()))
                .select((pickups::blinded, pickups::device))
                .first::<(Vec<u8>, Option<Vec<u8>>)>(conn)
                .optional()?;
            if let Some((blinded, device)) = picked_up {
                let device = device.and_then(|it| it.first().copied());
                return Ok(Some(Issue { blinded: bytes32("pickups", blinded)?, device }));
            }
            // Of a wave that ran before pick-ups had names of their own.
            let before = issuance::table
                .find((wave, person.to_string()))
                .select(issuance::blinded)
                .first::<Vec<u8>>(conn)
                .optional()?;
            let issue = |it| Ok(Issue { blinded: bytes32("issuance", it)?, device: None });
            before.map(issue).transpose()
        })
    }

    /// Everybody's address on the roster of a wave, sorted: whom to invite and whom to remind. The
    /// same list whoever picked up a token or answered.
    pub fn addresses(&self, seq: WaveSeq) -> Result<Vec<EmailAddress>, StoreError> {
        let seq = key(seq)?;
        self.read(|conn| {
            let mut addresses = wave_placements::table
                .inner_join(people::table.on(people::id.eq(wave_placements::person)))
                .filter(wave_placements::wave.eq(seq))
                .select(people::email)
                .load::<String>(conn)?
                .iter()
                .map(|it| parse("people", it))
                .collect::<Result<Vec<EmailAddress>, StoreError>>()?;
            addresses.sort_unstable();
            Ok(addresses)
        })
    }

    /// What pick-ups there are, of all waves.
    pub(crate) fn all_issued(&self) -> Result<Issued, StoreError> {
        self.read(|conn| {
            let (count, first, last) = pickups::table
                .select((count_star(), min(pickups::wave), max(pickups::wave)))
                .first(conn)?;
            Ok(Issued { count, first, last })
        })
    }

    pub(crate) fn kept_dealt(&self) -> Issued {
        self.kept.read().unwrap_or_else(PoisonError::into_inner).dealt
    }

    pub(crate) fn keep_dealt(&self, dealt: Issued) {
        self.kept.write().unwrap_or_else(PoisonError::into_inner).dealt = dealt;
    }

    /// How many people have picked up a token in a wave that is not released yet.
    pub fn issued_count(&self, seq: WaveSeq) -> Result<u32, StoreError> {
        let seq = key(seq)?;
        self.read(|conn| {
            let before: i64 =
                issuance::table.filter(issuance::wave.eq(seq)).count().get_result(conn)?;
            let all: i64 = pickups::table.filter(pickups::wave.eq(seq)).count().get_result(conn)?;
            u32::try_from(before + all).map_err(|_| StoreError::TooLarge { table: "pickups" })
        })
    }
}

fn hands_out_tokens(
    conn: &mut AnyConnection,
    seq: WaveSeq,
    now: DateTime<Utc>,
) -> Result<bool, StoreError> {
    // Not the whole record: a manifest may be large, and this runs for every token.
    let (dates, released) = waves::table
        .left_join(releases::table.on(releases::wave.eq(waves::seq)))
        .filter(waves::seq.eq(key(seq)?))
        .select(((waves::pickup_from, waves::opens, waves::closes), releases::wave.nullable()))
        .first::<(Dates, Option<i32>)>(conn)
        .optional()?
        .ok_or(StoreError::NoSuchWave(seq))?;
    let phase = window(dates)?.phase(now);
    Ok(released.is_none() && matches!(phase, Phase::PickUp | Phase::Open))
}

fn insert_tree(conn: &mut AnyConnection, seq: i32, tree: &UnitTree) -> Result<(), StoreError> {
    for (at, unit) in tree.units().iter().enumerate() {
        let row = WaveUnitRow {
            wave: seq,
            unit: unit.id.to_string(),
            parent: unit.parent.map(|it| it.to_string()),
            name: unit.name.to_string(),
            position: number("wave_units", at)?,
        };
        diesel::insert_into(wave_units::table).values(row).execute(conn)?;
    }
    Ok(())
}

fn insert_cohorts(conn: &mut AnyConnection, seq: i32, all: &[Cohort]) -> Result<(), StoreError> {
    for (at, cohort) in all.iter().enumerate() {
        let row = CohortRow {
            wave: seq,
            cohort: cohort.id.to_string(),
            position: number("cohorts", at)?,
            label: cohort.label.clone(),
            eligible: number("cohorts", cohort.eligible)?,
        };
        diesel::insert_into(cohorts::table).values(row).execute(conn)?;
        for unit in &cohort.units {
            diesel::insert_into(cohort_units::table)
                .values((
                    cohort_units::wave.eq(seq),
                    cohort_units::unit.eq(unit.to_string()),
                    cohort_units::cohort.eq(cohort.id.as_str()),
                ))
                .execute(conn)?;
        }
    }
    Ok(())
}

pub(crate) fn all(conn: &mut AnyConnection) -> Result<Vec<WaveRecord>, StoreError> {
    waves::table
        .left_join(releases::table.on(releases::wave.eq(waves::seq)))
        .order(waves::seq)
        .select((WaveRow::as_select(), releases::wave.nullable()))
        .load::<(WaveRow, Option<i32>)>(conn)?
        .into_iter()
        .map(|(row, released)| row.record(released.is_some()))
        .collect()
}

pub(crate) fn wave(conn: &mut AnyConnection, seq: WaveSeq) -> Result<WaveRecord, StoreError> {
    let (row, released) = waves::table
        .left_join(releases::table.on(releases::wave.eq(waves::seq)))
        .filter(waves::seq.eq(key(seq)?))
        .select((WaveRow::as_select(), releases::wave.nullable()))
        .first::<(WaveRow, Option<i32>)>(conn)
        .optional()?
        .ok_or(StoreError::NoSuchWave(seq))?;
    row.record(released.is_some())
}

pub(crate) fn frozen_tree(conn: &mut AnyConnection, seq: WaveSeq) -> Result<UnitTree, StoreError> {
    let rows = wave_units::table
        .filter(wave_units::wave.eq(key(seq)?))
        .order(wave_units::position)
        .select(WaveUnitRow::as_select())
        .load(conn)?;
    tree("wave_units", rows.into_iter().map(|it| (it.unit, it.parent, it.name)))?
        .ok_or(StoreError::NoSuchWave(seq))
}

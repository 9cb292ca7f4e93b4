//! Releases: written once, in one transaction with everything that hangs on it; read back through
//! [`Release::restore`], which checks all of it again.

use std::{
    collections::BTreeMap,
    sync::{Arc, PoisonError},
};

use diesel::prelude::*;
use tideline_aggregation::{
    Atom, Interval, MinGroup, Participation, People, Release, RosterChange, Turnout, WITHIN_TEAM_SD,
};
use tideline_domain::{InstrumentId, PerScale, UnitId, Wave, WaveSeq};

use crate::{
    Histories, NewDelivery, Store, StoreError,
    connection::{AnyConnection, is_unique_violation},
    deliveries,
    digest::{is_digest_of, release_digest},
    release_details,
    schema::{
        atom_units, atoms, issuance, memberships, people, pickups, releases, sessions,
        sign_in_codes, wave_placements, wave_units,
    },
    value::{bytes32, corrupt, count, number, parse},
    waves::{frozen_tree, key, wave},
};

/// What publishing came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Publish {
    /// It is published now.
    Published,
    /// The wave was released before. Nothing has changed.
    AlreadyReleased,
}

/// The counts of a released wave, for its result file. Unit: people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReleaseCounts {
    /// Who was asked.
    pub eligible: u32,
    /// Who picked up a token.
    pub issued: u32,
    /// Ballots in the box.
    pub ballots: u32,
    /// Ballots that could not be read.
    pub spoilt: u32,
    /// [`release_digest`] of the release.
    pub digest: [u8; 32],
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = releases)]
struct ReleaseRow {
    wave: i32,
    k: i32,
    sd_burnout: f64,
    sd_sts: f64,
    sd_cs: f64,
    eligible: i32,
    ballots: i32,
    spoilt: i32,
    issued: i32,
    digest: Vec<u8>,
}

impl ReleaseRow {
    fn of(release: &Release, issued: u32) -> Result<Self, StoreError> {
        let number = |count: u32| number("releases", count);
        let turnout = release.turnout();
        Ok(Self {
            wave: key(release.wave().seq)?,
            k: number(release.k().people())?,
            sd_burnout: WITHIN_TEAM_SD,
            sd_sts: WITHIN_TEAM_SD,
            sd_cs: WITHIN_TEAM_SD,
            eligible: number(turnout.eligible)?,
            ballots: number(turnout.ballots)?,
            spoilt: number(turnout.spoilt)?,
            issued: number(issued)?,
            digest: release_digest(release).to_vec(),
        })
    }

    fn counts(self) -> Result<ReleaseCounts, StoreError> {
        let count = |number: i32| count("releases", number);
        Ok(ReleaseCounts {
            eligible: count(self.eligible)?,
            issued: count(self.issued)?,
            ballots: count(self.ballots)?,
            spoilt: count(self.spoilt)?,
            digest: bytes32("releases", self.digest)?,
        })
    }
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = atoms)]
struct AtomRow {
    wave: i32,
    atom: i32,
    n_burnout: i32,
    lo_burnout: i32,
    hi_burnout: i32,
    n_sts: i32,
    lo_sts: i32,
    hi_sts: i32,
    n_cs: i32,
    lo_cs: i32,
    hi_cs: i32,
    took_part: i32,
    roster: Option<i32>,
    asked: Option<i32>,
    changed_since_spread: Option<i32>,
}

impl AtomRow {
    fn of(
        wave: i32,
        at: usize,
        atom: &Atom,
        roster: RosterChange,
        changed_since_spread: Option<u32>,
    ) -> Result<Self, StoreError> {
        let number = |count: u32| number("atoms", count);
        Ok(Self {
            wave,
            atom: crate::value::number("atoms", at)?,
            n_burnout: number(atom.n.burnout)?,
            lo_burnout: number(atom.total.burnout.lo)?,
            hi_burnout: number(atom.total.burnout.hi)?,
            n_sts: number(atom.n.sts)?,
            lo_sts: number(atom.total.sts.lo)?,
            hi_sts: number(atom.total.sts.hi)?,
            n_cs: number(atom.n.cs)?,
            lo_cs: number(atom.total.cs.lo)?,
            hi_cs: number(atom.total.cs.hi)?,
            // What earlier versions told; worked out from the people told and asked where those are known.
            took_part: i32::from(atom.took_part.tenths().clamp(4, 9)),
            roster: release_details::roster_code(roster),
            asked: atom.asked.map(number).transpose()?,
            changed_since_spread: changed_since_spread.map(number).transpose()?,
        })
    }

    fn atom(&self, units: Vec<UnitId>, k: MinGroup) -> Result<Atom, StoreError> {
        let count = |number: i32| count("atoms", number);
        let interval = |lo, hi| Ok::<_, StoreError>(Interval { lo: count(lo)?, hi: count(hi)? });
        let n = PerScale {
            burnout: count(self.n_burnout)?,
            sts: count(self.n_sts)?,
            cs: count(self.n_cs)?,
        };
        let fewest = n.burnout.min(n.sts).min(n.cs);
        let asked = self.asked.map(count).transpose()?;
        let (people, took_part) = match asked {
            Some(asked) => {
                let told = People::told(fewest, asked, k.people());
                (told, Participation::of(told, asked))
            }
            None => {
                let tenths = u8::try_from(self.took_part).map_err(corrupt("atoms"))?;
                let told = Participation::new(tenths).map_err(corrupt("atoms"))?;
                (People::of_any(fewest, k.people()), told)
            }
        };
        Ok(Atom {
            units,
            n,
            total: PerScale {
                burnout: interval(self.lo_burnout, self.hi_burnout)?,
                sts: interval(self.lo_sts, self.hi_sts)?,
                cs: interval(self.lo_cs, self.hi_cs)?,
            },
            people,
            asked,
            took_part,
        })
    }
}

impl Store {
    /// Publishes a release. In one transaction: writes it, queues `deliveries`, forgets who picked
    /// up a token (`issued` of them; call [`scrub`](Self::scrub) afterwards), and forgets older rosters and people who have left and are in
    /// none that is kept.
    ///
    /// # Errors
    ///
    /// [`StoreError::ReleaseMismatch`] if wave or tree are not as they were announced, or any other
    /// [`StoreError`] if the database fails. Nothing has changed then.
    pub fn publish(
        &self,
        release: &Release,
        issued: u32,
        deliveries: &[NewDelivery],
    ) -> Result<Publish, StoreError> {
        let seq = release.wave().seq;
        let row = ReleaseRow::of(release, issued)?;
        let mut first = true;
        let outcome = self.write("publish", |conn| {
            let announced = wave(conn, seq)?;
            if announced.wave != *release.wave() || frozen_tree(conn, seq)? != *release.tree() {
                return Err(StoreError::ReleaseMismatch(seq));
            }
            if let Err(error) = diesel::insert_into(releases::table).values(row).execute(conn) {
                // On PostgreSQL nothing more can be done in this transaction, so it is given up.
                first = !is_unique_violation(&error);
                return Err(error.into());
            }
            insert_atoms(conn, release)?;
            release_details::insert(conn, key(seq)?, release)?;
            deliveries::queue(conn, deliveries)?;
            forget(conn, seq)
        });
        match outcome {
            Err(_) if !first => Ok(Publish::AlreadyReleased),
            Err(error) => Err(error),
            Ok(()) => Ok(Publish::Published),
        }
    }

    /// The release of a wave, or `None` while there is none.
    ///
    /// # Errors
    ///
    /// [`StoreError::Corrupt`] if what is stored is no release that could have been published, or
    /// any other [`StoreError`] if the database fails.
    pub fn release(&self, seq: WaveSeq) -> Result<Option<Release>, StoreError> {
        Ok(self.history_with(seq)?.iter().find(|it| it.wave().seq == seq).cloned())
    }

    /// All releases, oldest first, whatever their waves asked.
    ///
    /// # Errors
    ///
    /// As [`release`](Self::release).
    pub fn releases(&self) -> Result<Vec<Release>, StoreError> {
        let mut all: Vec<Release> =
            self.histories()?.iter().flat_map(|it| it.iter().cloned()).collect();
        all.sort_by_key(|it| it.wave().seq);
        Ok(all)
    }

    /// The waves that are released, oldest first, whatever they asked.
    ///
    /// # Errors
    ///
    /// As [`release`](Self::release).
    pub fn released_waves(&self) -> Result<Vec<Wave>, StoreError> {
        let histories = self.histories()?;
        let mut all: Vec<Wave> =
            histories.iter().flat_map(|it| it.iter().map(|it| it.wave().clone())).collect();
        all.sort_by_key(|it| it.seq);
        Ok(all)
    }

    /// The releases of waves that asked the same as the latest one, oldest first: figures of one
    /// instrument are never set beside those of another. Without a copy.
    ///
    /// # Errors
    ///
    /// As [`release`](Self::release).
    pub fn history(&self) -> Result<Arc<Vec<Release>>, StoreError> {
        let histories = self.histories()?;
        let latest = |it: &&Arc<Vec<Release>>| it.last().map(|it| it.wave().seq);
        Ok(histories.iter().max_by_key(latest).cloned().unwrap_or_default())
    }

    /// The releases of waves that asked `instrument`, oldest first; none if no wave did.
    ///
    /// # Errors
    ///
    /// As [`release`](Self::release).
    pub fn history_of(&self, instrument: &InstrumentId) -> Result<Arc<Vec<Release>>, StoreError> {
        self.history_where(|it| it.wave().asks == *instrument)
    }

    /// The releases of waves that asked the same as wave `seq`, before it and after; none if it has not
    /// been released.
    ///
    /// # Errors
    ///
    /// As [`release`](Self::release).
    pub fn history_with(&self, seq: WaveSeq) -> Result<Arc<Vec<Release>>, StoreError> {
        self.history_where(|it| it.wave().seq == seq)
    }

    fn history_where(
        &self,
        holds: impl Fn(&Release) -> bool,
    ) -> Result<Arc<Vec<Release>>, StoreError> {
        let histories = self.histories()?;
        Ok(histories.iter().find(|it| it.iter().any(&holds)).cloned().unwrap_or_default())
    }

    /// All releases, by what their waves asked: what was read before is kept in memory, and only the
    /// number of releases is asked for again.
    fn histories(&self) -> Result<Arc<Histories>, StoreError> {
        self.read(|conn| {
            let seqs: Vec<i32> =
                releases::table.order(releases::wave).select(releases::wave).load(conn)?;
            let kept = self.kept.read().unwrap_or_else(PoisonError::into_inner).histories.clone();
            if kept.iter().map(|it| it.len()).sum::<usize>() == seqs.len() {
                return Ok(kept);
            }
            let mut by: BTreeMap<InstrumentId, Vec<Release>> = BTreeMap::new();
            for seq in seqs {
                let seq = WaveSeq(count("releases", seq)?);
                let release =
                    match kept.iter().flat_map(|it| it.iter()).find(|it| it.wave().seq == seq) {
                        Some(before) => before.clone(),
                        None => restore(conn, seq)?,
                    };
                by.entry(release.wave().asks.clone()).or_default().push(release);
            }
            let all: Arc<Histories> = Arc::new(by.into_values().map(Arc::new).collect());
            let mut kept = self.kept.write().unwrap_or_else(PoisonError::into_inner);
            kept.histories = Arc::clone(&all);
            Ok(all)
        })
    }

    /// The counts of a released wave.
    ///
    /// # Errors
    ///
    /// [`StoreError::NoSuchWave`] if it has not been released, or any other [`StoreError`] if the
    /// database fails.
    pub fn release_counts(&self, seq: WaveSeq) -> Result<ReleaseCounts, StoreError> {
        self.read(|conn| release_row(conn, seq)?.counts())
    }
}

fn release_row(conn: &mut AnyConnection, seq: WaveSeq) -> Result<ReleaseRow, StoreError> {
    releases::table
        .find(key(seq)?)
        .select(ReleaseRow::as_select())
        .first(conn)
        .optional()?
        .ok_or(StoreError::NoSuchWave(seq))
}

fn insert_atoms(conn: &mut AnyConnection, release: &Release) -> Result<(), StoreError> {
    let seq = key(release.wave().seq)?;
    for (at, atom) in release.atoms().iter().enumerate() {
        let details = release.details();
        let changed = details.changed_since_spread[at];
        let row = AtomRow::of(seq, at, atom, details.roster[at], changed)?;
        let place = row.atom;
        diesel::insert_into(atoms::table).values(row).execute(conn)?;
        for unit in &atom.units {
            diesel::insert_into(atom_units::table)
                .values((
                    atom_units::wave.eq(seq),
                    atom_units::unit.eq(unit.to_string()),
                    atom_units::atom.eq(place),
                ))
                .execute(conn)?;
        }
    }
    Ok(())
}

/// Forgets what the release of wave `seq` makes needless.
fn forget(conn: &mut AnyConnection, seq: WaveSeq) -> Result<(), StoreError> {
    let seq = key(seq)?;
    diesel::delete(pickups::table.filter(pickups::wave.eq(seq))).execute(conn)?;
    diesel::delete(issuance::table.filter(issuance::wave.eq(seq))).execute(conn)?;
    // The latest two rosters stay, for people who ask where they were counted.
    let released = releases::table.select(releases::wave);
    let old = wave_placements::table
        .filter(wave_placements::wave.lt(seq - 1))
        .filter(wave_placements::wave.eq_any(released));
    diesel::delete(old).execute(conn)?;
    let staff =
        memberships::table.filter(memberships::valid_to.is_null()).select(memberships::person);
    let placed = wave_placements::table.select(wave_placements::person);
    let gone = people::table.filter(people::id.ne_all(staff)).filter(people::id.ne_all(placed));
    diesel::delete(gone).execute(conn)?;
    // Nothing else does where there is no foreign key (PostgreSQL).
    let known = people::table.select(people::id);
    diesel::delete(sessions::table.filter(sessions::person.ne_all(known))).execute(conn)?;
    diesel::delete(sign_in_codes::table.filter(sign_in_codes::person.ne_all(known)))
        .execute(conn)?;
    Ok(())
}

fn restore(conn: &mut AnyConnection, seq: WaveSeq) -> Result<Release, StoreError> {
    let row = release_row(conn, seq)?;
    let wave_key = row.wave;
    let mut units: BTreeMap<i32, Vec<UnitId>> = BTreeMap::new();
    for (atom, unit) in
        atom_units::table
            .inner_join(wave_units::table.on(
                wave_units::wave.eq(atom_units::wave).and(wave_units::unit.eq(atom_units::unit)),
            ))
            .filter(atom_units::wave.eq(wave_key))
            .order(wave_units::position)
            .select((atom_units::atom, atom_units::unit))
            .load::<(i32, String)>(conn)?
    {
        units.entry(atom).or_default().push(parse("atom_units", &unit)?);
    }
    let k = MinGroup::new(count("releases", row.k)?).map_err(corrupt("releases"))?;
    let atoms = atoms::table
        .filter(atoms::wave.eq(wave_key))
        .order(atoms::atom)
        .select(AtomRow::as_select())
        .load(conn)?
        .into_iter()
        .map(|it| it.atom(units.remove(&it.atom).unwrap_or_default(), k))
        .collect::<Result<Vec<_>, _>>()?;
    let told_sd = PerScale { burnout: row.sd_burnout, sts: row.sd_sts, cs: row.sd_cs };
    let turnout = Turnout {
        eligible: count("releases", row.eligible)?,
        ballots: count("releases", row.ballots)?,
        spoilt: count("releases", row.spoilt)?,
    };
    let wave = wave(conn, seq)?.wave;
    let tree = frozen_tree(conn, seq)?;
    let details = release_details::read(conn, wave_key, atoms.len())?;
    let release = Release::restore(wave, tree, k, atoms, turnout)
        .and_then(|it| it.with_details(details))
        .map_err(corrupt("releases"))?;
    if is_digest_of(&row.digest, &release, &told_sd) {
        Ok(release)
    } else {
        Err(corrupt("releases")("the release is not the one that was published"))
    }
}

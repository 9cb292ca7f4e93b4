//! One number for a whole release, so that anybody can check that it never changed.
//!
//! SHA-256 of these lines of ASCII, each ended by a line feed, numbers in decimal:
//!
//! ```text
//! tideline-release-v2
//! wave SEQ LABEL PICKUP_FROM OPENS CLOSES        (seconds since 1970-01-01, UTC)
//! k SMALLEST_GROUP
//! turnout ELIGIBLE BALLOTS SPOILT
//! atom N ASKED LO HI LO HI LO HI UNIT,UNIT       (burnout, sts, cs; one line for each atom)
//! roster ATOM CHANGE                             (0, 1 or 3, where it is known)
//! since-spread ATOM PEOPLE                       (where a spread was ever told)
//! spread ATOM SCALE LO HI LO HI LO HI            (low, middle, high; where there is one)
//! block ATOM,ATOM                                (places of the atoms above, from 0)
//! item NAME N LO HI                              (of the block above)
//! ```
//!
//! N is the least number of people that is told of the atom. Nothing is in it that is not published.
//!
//! Releases of earlier versions have `tideline-release-v1` above, a line `sd BURNOUT STS CS` (one decimal)
//! below `turnout`, the spread of answers, which is told no longer, and lines
//! `atom N LO HI N LO HI N LO HI TENTHS UNIT,UNIT`.

use std::fmt::Write as _;

use sha2::{Digest as _, Sha256};
use tideline_aggregation::{Atom, Details, Release};
use tideline_domain::PerScale;

use crate::release_details::roster_code;

/// The digest of a release.
pub fn release_digest(release: &Release) -> [u8; 32] {
    Sha256::digest(text(release, None)).into()
}

/// Whether `digest` is that of `release`: as it is computed now, or as it was by earlier versions, which
/// told `sd` too.
pub(crate) fn is_digest_of(digest: &[u8], release: &Release, sd: &PerScale<f64>) -> bool {
    let of = |told: Option<&PerScale<f64>>| <[u8; 32]>::from(Sha256::digest(text(release, told)));
    of(None) == digest || of(Some(sd)) == digest
}

pub(crate) fn text(release: &Release, sd: Option<&PerScale<f64>>) -> String {
    let wave = release.wave();
    let [pickup_from, opens, closes] =
        [wave.window.pickup_from(), wave.window.opens(), wave.window.closes()]
            .map(|it| it.timestamp());
    let turnout = release.turnout();
    let mut text = format!(
        "tideline-release-{}\n\
         wave {} {} {pickup_from} {opens} {closes}\n\
         k {}\n\
         turnout {} {} {}\n",
        if sd.is_some() { "v1" } else { "v2" },
        wave.seq,
        wave.label,
        release.k().people(),
        turnout.eligible,
        turnout.ballots,
        turnout.spoilt,
    );
    if let Some(PerScale { burnout, sts, cs }) = sd {
        let _ = writeln!(text, "sd {burnout:.1} {sts:.1} {cs:.1}");
    }
    for atom in release.atoms() {
        text.push_str(&match atom.asked {
            Some(asked) => line(atom, asked),
            None => line_of_v1(atom),
        });
    }
    push_details(&mut text, release.details(), sd.is_none());
    text
}

fn push_details(text: &mut String, details: &Details, with_since: bool) {
    for (atom, change) in details.roster.iter().enumerate() {
        if let Some(code) = roster_code(*change) {
            let _ = writeln!(text, "roster {atom} {code}");
        }
    }
    for (atom, since) in details.changed_since_spread.iter().enumerate().filter(|_| with_since) {
        if let Some(people) = since {
            let _ = writeln!(text, "since-spread {atom} {people}");
        }
    }
    for (atom, spread) in details.spreads.iter().enumerate() {
        for (scale, thirds) in spread.iter() {
            let Some(thirds) = thirds else { continue };
            let _ = write!(text, "spread {atom} {}", scale.code());
            for step in thirds.cells() {
                let _ = write!(text, " {} {}", step.lo, step.hi);
            }
            text.push('\n');
        }
    }
    for block in &details.blocks {
        let atoms: Vec<String> = block.atoms.iter().map(ToString::to_string).collect();
        let _ = writeln!(text, "block {}", atoms.join(","));
        for item in &block.items {
            let _ =
                writeln!(text, "item {} {} {} {}", item.item, item.n, item.total.lo, item.total.hi);
        }
    }
}

fn units_of(atom: &Atom) -> String {
    let units: Vec<String> = atom.units.iter().map(ToString::to_string).collect();
    units.join(",")
}

fn line(atom: &Atom, asked: u32) -> String {
    let mut line = format!("atom {} {asked}", atom.people.least);
    for (_, total) in atom.total.iter() {
        let _ = write!(line, " {} {}", total.lo, total.hi);
    }
    let _ = writeln!(line, " {}", units_of(atom));
    line
}

fn line_of_v1(atom: &Atom) -> String {
    let mut line = String::from("atom");
    for (scale, n) in atom.n.iter() {
        let total = atom.total.get(scale);
        let _ = write!(line, " {n} {} {}", total.lo, total.hi);
    }
    let _ = writeln!(line, " {} {}", atom.took_part.tenths(), units_of(atom));
    line
}

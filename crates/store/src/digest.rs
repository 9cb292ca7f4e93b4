//! One number for a whole release, so that anybody can check that it never changed.
//!
//! SHA-256 of these lines of ASCII, each ended by a line feed, numbers in decimal:
//!
//! ```text
//! tideline-release-v1
//! wave SEQ LABEL PICKUP_FROM OPENS CLOSES        (seconds since 1970-01-01, UTC)
//! k SMALLEST_GROUP
//! turnout ELIGIBLE BALLOTS SPOILT
//! sd BURNOUT STS CS                              (one decimal)
//! atom N LO HI N LO HI N LO HI TENTHS UNIT,UNIT  (burnout, sts, cs; one line for each atom)
//! roster ATOM CHANGE                             (0, 1 or 3, where it is known)
//! spread ATOM SCALE LO HI LO HI LO HI            (low, middle, high; where there is one)
//! block ATOM,ATOM                                (places of the atoms above, from 0)
//! item NAME N LO HI                              (of the block above)
//! ```

use std::fmt::Write as _;

use sha2::{Digest as _, Sha256};
use tideline_aggregation::{Atom, Details, Release};

use crate::release_details::roster_code;

/// The digest of a release.
pub fn release_digest(release: &Release) -> [u8; 32] {
    Sha256::digest(text(release)).into()
}

pub(crate) fn text(release: &Release) -> String {
    let wave = release.wave();
    let [pickup_from, opens, closes] =
        [wave.window.pickup_from(), wave.window.opens(), wave.window.closes()]
            .map(|it| it.timestamp());
    let turnout = release.turnout();
    let sd = release.pooled_sd();
    let mut text = format!(
        "tideline-release-v1\n\
         wave {} {} {pickup_from} {opens} {closes}\n\
         k {}\n\
         turnout {} {} {}\n\
         sd {:.1} {:.1} {:.1}\n",
        wave.seq,
        wave.label,
        release.k().people(),
        turnout.eligible,
        turnout.ballots,
        turnout.spoilt,
        sd.burnout,
        sd.sts,
        sd.cs,
    );
    for atom in release.atoms() {
        text.push_str(&line(atom));
    }
    push_details(&mut text, release.details());
    text
}

fn push_details(text: &mut String, details: &Details) {
    for (atom, change) in details.roster.iter().enumerate() {
        if let Some(code) = roster_code(*change) {
            let _ = writeln!(text, "roster {atom} {code}");
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

fn line(atom: &Atom) -> String {
    let mut line = String::from("atom");
    for (scale, n) in atom.n.iter() {
        let total = atom.total.get(scale);
        let _ = write!(line, " {n} {} {}", total.lo, total.hi);
    }
    let units: Vec<String> = atom.units.iter().map(ToString::to_string).collect();
    let _ = writeln!(line, " {} {}", atom.took_part.tenths(), units.join(","));
    line
}

//! A made-up organisation for tests: one team with a change, one that is withheld once, one never
//! shown, and two that are shown together.

use chrono::{DateTime, Months, TimeDelta, Utc};
use proptest::prelude::*;
use tideline_aggregation::{
    Atom, MinGroup, Participation, People, Release, Turnout, coarsen::Coarsening,
};
use tideline_domain::{InstrumentId, PerScale, Unit, UnitId, UnitTree, Wave, WaveSeq, Window};
use uuid::Uuid;

/// The organisation.
pub(crate) const ROOT: u128 = 1;
/// A service: Alder, Birch, Cedar and Elm.
pub(crate) const NORTH: u128 = 2;
/// Always shown, never changes; 12 answers.
pub(crate) const ALDER: u128 = 3;
/// Shown together with Cedar; 7 answers.
pub(crate) const BIRCH: u128 = 4;
/// Heavier in the last three waves; withheld in the seventh; 24 answers.
pub(crate) const ELM: u128 = 6;
/// Never shown.
pub(crate) const OAK: u128 = 9;

/// The unit with this number.
pub(crate) fn id(unit: u128) -> UnitId {
    UnitId::new(Uuid::from_u128(unit))
}

fn tree() -> UnitTree {
    let unit = |it: u128, parent: Option<u128>, name: &str| Unit {
        id: id(it),
        parent: parent.map(id),
        name: name.parse().unwrap(),
    };
    UnitTree::new(vec![
        unit(ROOT, None, "Northfield Care"),
        unit(NORTH, Some(ROOT), "North service"),
        unit(ALDER, Some(NORTH), "Alder"),
        unit(BIRCH, Some(NORTH), "Birch"),
        unit(5, Some(NORTH), "Cedar"),
        unit(ELM, Some(NORTH), "Elm"),
        unit(7, Some(ROOT), "South service"),
        unit(8, Some(7), "Hazel"),
        unit(OAK, Some(7), "Oak, night"),
    ])
    .unwrap()
}

fn wave(at: u32) -> Wave {
    let first: DateTime<Utc> = "2025-01-12T06:00:00Z".parse().unwrap();
    let opens = first + Months::new(at);
    Wave {
        seq: WaveSeq(at + 1),
        label: opens.format("%Y-%m").to_string().parse().unwrap(),
        asks: InstrumentId::PULSE,
        window: Window::new(opens, opens, opens + TimeDelta::days(14)).unwrap(),
    }
}

fn atom(units: &[u128], n: u32, means: [u32; 3], tenths: u8) -> Atom {
    let [burnout, sts, cs] = means.map(|it| Coarsening::SCORE.cell(it * n, n));
    Atom {
        units: units.iter().copied().map(id).collect(),
        n: PerScale::from_fn(|_| n),
        total: PerScale { burnout, sts, cs },
        people: People::of_any(n, 6),
        asked: None,
        took_part: Participation::new(tenths).unwrap(),
    }
}

fn release(at: u32, atoms: Vec<Atom>) -> Release {
    let answers: u32 = atoms.iter().map(|it| it.n.burnout).sum();
    Release::restore(
        wave(at),
        tree(),
        MinGroup::DEFAULT,
        atoms,
        Turnout { eligible: answers.max(60) * 3 / 2, ballots: answers.max(60), spoilt: 0 },
    )
    .unwrap()
}

/// Releases of `waves` waves, monthly from January 2025.
pub(crate) fn history(waves: u32) -> Vec<Release> {
    (0..waves)
        .map(|at| {
            let wobble = [0, 3, 1, 4, 2][at as usize % 5];
            let late = at + 3 >= waves;
            let mut atoms = vec![
                atom(&[ALDER], 12, [42 + wobble, 30 + wobble, 66 - wobble], 7),
                atom(&[BIRCH, 5], 7, [38 + wobble, 28, 70], 6),
                atom(&[8], 9, [50 - wobble, 34, 61 + wobble], 9),
            ];
            if at != 6 {
                let heavier = if late { 20 } else { 0 };
                let means = [44 + wobble + heavier, 30 + wobble, 68 - wobble - heavier];
                atoms.push(atom(&[ELM], 24, means, 8));
            }
            release(at, atoms)
        })
        .collect()
}

/// A month of one group: answers, mean scores, tenths who took part. `None`: withheld.
pub(crate) type Month = Option<(u32, [u32; 3], u8)>;

/// Releases in which each of Alder, Birch with Cedar, Elm and Hazel had the months given.
pub(crate) fn history_of(groups: &[[Month; 4]]) -> Vec<Release> {
    const UNITS: [&[u128]; 4] = [&[ALDER], &[BIRCH, 5], &[ELM], &[8]];
    let atoms = |months: &[Month; 4]| {
        let of = |(units, month): (&&[u128], &Month)| {
            month.map(|(n, means, tenths)| atom(units, n, means, tenths))
        };
        UNITS.iter().zip(months).filter_map(of).collect()
    };
    (0..).zip(groups).map(|(at, months)| release(at, atoms(months))).collect()
}

/// Releases of eight groups of 14, each unit below the organisation by itself: `mean` says how burnout
/// stands in a group (0 is Alder) at a wave; the other measures do not move.
pub(crate) fn eight(waves: usize, mean: impl Fn(usize, usize) -> u32) -> Vec<Release> {
    const UNITS: [u128; 8] = [ALDER, BIRCH, 5, ELM, 8, OAK, NORTH, 7];
    let atoms = |at: usize| {
        let of = |(group, unit): (usize, &u128)| atom(&[*unit], 14, [mean(group, at), 30, 66], 7);
        UNITS.iter().enumerate().map(of).collect()
    };
    (0..waves).map(|at| release(at as u32, atoms(at))).collect()
}

/// One release in which nothing may be shown.
pub(crate) fn withheld() -> Vec<Release> {
    vec![release(0, Vec::new())]
}

/// A year or so of four groups with levels of their own, months that are withheld, and changes that last or do
/// not.
pub(crate) fn any() -> impl Strategy<Value = Vec<Release>> {
    let group = (
        (14_u32..40, prop::array::uniform3(15_u32..75), 4_u8..=9),
        prop::collection::vec((0_u32..9, prop::bool::weighted(0.04)), 16),
        (4_usize..16, prop::array::uniform3(0_u32..25)),
    );
    (1_usize..17, prop::array::uniform4(group)).prop_map(|(waves, groups)| {
        let months: Vec<[Month; 4]> = (0..waves)
            .map(|at| {
                groups.each_ref().map(|((n, level, tenths), noise, (from, steps))| {
                    let (wobble, withheld) = noise[at % 16];
                    let mean = |scale: usize| {
                        let step = if at >= *from { steps[scale] } else { 0 };
                        (level[scale] + wobble + step).min(100)
                    };
                    (!withheld).then(|| (*n, [0, 1, 2].map(mean), *tenths))
                })
            })
            .collect();
        history_of(&months)
    })
}

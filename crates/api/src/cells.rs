//! The published cells of a wave, in the schema that attack programs read (`sdc-cases/1`), so that
//! anybody who may see them can mount every attack on one's own releases.
//!
//! Answers are not in it, because nobody has them: each answer of an atom is given a stand-in, and
//! the stand-ins of an atom add up to a total that its interval allows.

use serde::Serialize;
use tideline_aggregation::{Atom, Release, spread::THIRDS};
use tideline_domain::{Scale, UnitId};
use utoipa::ToSchema;

/// Everything that is published of a wave as cells, one case for each scale. Can be run through
/// `cargo xtask disclosure` and other referees of schema `sdc-cases/1`.
#[derive(Serialize, ToSchema)]
#[schema(as = PublishedCells)]
pub struct CellsBody {
    schema: &'static str,
    note: &'static str,
    cases: Vec<CaseBody>,
}

/// One scale of one wave.
#[derive(Serialize, ToSchema)]
#[schema(as = CellsCase)]
struct CaseBody {
    id: String,
    /// Smallest group. Unit: people.
    k: u32,
    scale: CellsScale,
    /// Stand-ins for the answers.
    waves: [CellsWave; 1],
    releases: [CellsRelease; 1],
}

/// Lowest and highest score. Unit: points.
#[derive(Serialize, ToSchema)]
struct CellsScale {
    min: u32,
    max: u32,
}

/// Units, and a stand-in for each answer.
#[derive(Serialize, ToSchema)]
struct CellsWave {
    wave: String,
    units: Vec<CellsUnit>,
    responses: Vec<StandIn>,
}

/// A unit; how many people it has is not told.
#[derive(Serialize, ToSchema)]
struct CellsUnit {
    id: String,
    parent: Option<String>,
}

/// Stands for one answer of an atom. Not an answer, and not as many as there were.
#[derive(Serialize, ToSchema)]
struct StandIn {
    rid: String,
    unit: String,
    value: u32,
}

/// What is published.
#[derive(Serialize, ToSchema)]
struct CellsRelease {
    name: &'static str,
    cells: Vec<CellBody>,
    protect_width: u32,
    expect: CellsExpect,
}

/// What a referee should find.
#[derive(Serialize, ToSchema)]
struct CellsExpect {
    verdict: &'static str,
}

/// An atom, or a page made of several.
#[derive(Serialize, ToSchema)]
#[schema(as = PublishedCell)]
struct CellBody {
    id: String,
    /// Stand-ins: as many as the figures are told for, the fewest people it may be about.
    members: Vec<String>,
    n: u32,
    /// The most people it may be about.
    most: u32,
    facts: Vec<FactBody>,
}

/// `range`: the total lies in `lo` to `hi`. `band`: so many people, `cmin` to `cmax`, scored `lo` to
/// `hi`.
#[derive(Serialize, ToSchema)]
#[schema(as = PublishedFact)]
struct FactBody {
    stat: &'static str,
    lo: u32,
    hi: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    cmin: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cmax: Option<u32>,
}

const fn range(lo: u32, hi: u32) -> FactBody {
    FactBody { stat: "range", lo, hi, cmin: None, cmax: None }
}

impl From<&Release> for CellsBody {
    fn from(release: &Release) -> Self {
        Self {
            schema: "sdc-cases/1",
            note: "What is published of a wave. The responses are stand-ins that fit the published \
                   totals; nobody has the answers.",
            cases: Scale::ALL.into_iter().map(|scale| case(release, scale)).collect(),
        }
    }
}

fn members(at: usize, atom: &Atom, scale: Scale) -> impl Iterator<Item = String> + use<> {
    (0..*atom.n.get(scale)).map(move |who| format!("atom{at}:{who}"))
}

fn case(release: &Release, scale: Scale) -> CaseBody {
    let tree = release.tree();
    let units = tree.units().iter().map(|unit| CellsUnit {
        id: unit.id.to_string(),
        parent: unit.parent.as_ref().map(UnitId::to_string),
    });
    let mut responses = Vec::new();
    let mut cells = Vec::new();
    for (at, atom) in release.atoms().iter().enumerate() {
        let (n, total) = (*atom.n.get(scale), *atom.total.get(scale));
        let middle = u32::midpoint(total.lo, total.hi);
        for (who, rid) in (0..n).zip(members(at, atom, scale)) {
            let value = middle / n + u32::from(who < middle % n);
            responses.push(StandIn { rid, unit: atom.units[0].to_string(), value });
        }
        let mut facts = vec![range(total.lo, total.hi)];
        if let Some(thirds) = release.details().spreads[at].get(scale) {
            for (step, (lo, hi)) in thirds.cells().iter().zip(THIRDS) {
                let (cmin, cmax) = (Some(step.lo), Some(step.hi));
                facts.push(FactBody { stat: "band", lo, hi, cmin, cmax });
            }
        }
        let members = members(at, atom, scale).collect();
        let most = if atom.asked.is_some() { atom.people.most } else { n };
        cells.push(CellBody { id: format!("atom {at}"), members, n, most, facts });
    }
    for unit in tree.units() {
        let inside: Vec<(usize, &Atom)> = release.atoms_inside(unit.id).collect();
        if inside.len() < 2 {
            continue;
        }
        let sum = |of: fn(&Atom, Scale) -> u32| inside.iter().map(|it| of(it.1, scale)).sum();
        cells.push(CellBody {
            id: format!("page {}", unit.id),
            members: inside.iter().flat_map(|it| members(it.0, it.1, scale)).collect(),
            n: sum(|atom, scale| *atom.n.get(scale)),
            most: sum(|atom, _| atom.people.most),
            facts: vec![range(
                sum(|atom, scale| atom.total.get(scale).lo),
                sum(|atom, scale| atom.total.get(scale).hi),
            )],
        });
    }
    CaseBody {
        id: format!("{} {}", release.wave().label, scale.code()),
        k: release.k().people(),
        scale: CellsScale { min: 0, max: 100 },
        waves: [CellsWave {
            wave: release.wave().label.to_string(),
            units: units.collect(),
            responses,
        }],
        releases: [CellsRelease {
            name: "published",
            cells,
            protect_width: 100,
            expect: CellsExpect { verdict: "SAFE" },
        }],
    }
}

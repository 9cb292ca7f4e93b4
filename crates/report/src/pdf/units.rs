//! The table of all units, in the order of the organisation.

use serde::Serialize;
use tideline_domain::{PerScale, Scale};

use super::marks::{Course, Sign};
use crate::{
    chart::HeatStep,
    view::{Mark, OrganisationView, PoolRow, Spark, UnitRow},
    words::Kind,
};

#[derive(Serialize)]
pub(super) struct Unit<'a> {
    depth: usize,
    name: &'a str,
    scores: Option<Vec<Score<'a>>>,
    strain: &'a str,
    took_part: &'a str,
    together: bool,
}

#[derive(Serialize)]
pub(super) struct Pool<'a> {
    names: &'a str,
    scores: Vec<Score<'a>>,
    strain: &'a str,
    took_part: &'a str,
}

#[derive(Serialize)]
struct Score<'a> {
    score: &'a str,
    sign: Option<Sign>,
    course: Course,
    /// Its tint on paper, and whether it stands apart as `heavier` or `lighter`.
    tint: Option<&'static str>,
    apart: Option<&'static str>,
}

fn scores<'a>(
    cells: &'a PerScale<String>,
    marks: &PerScale<Mark>,
    sparks: &PerScale<Spark>,
) -> Vec<Score<'a>> {
    Scale::ALL
        .map(|scale| {
            let mark = *marks.get(scale);
            Score {
                score: cells.get(scale),
                sign: Sign::of_mark(mark, Kind::of_way(mark.way, scale)),
                course: Course::of(sparks.get(scale)),
                tint: mark.tint.paper(),
                apart: match mark.tint {
                    HeatStep::Neutral => None,
                    HeatStep::Heavier | HeatStep::MuchHeavier => Some("heavier"),
                    HeatStep::Lighter | HeatStep::MuchLighter => Some("lighter"),
                },
            }
        })
        .into()
}

pub(super) fn unit(row: &UnitRow) -> Unit<'_> {
    let shown = row.cells.as_ref().zip(row.sparks.as_ref());
    Unit {
        depth: row.depth,
        name: &row.name,
        scores: shown.map(|(cells, sparks)| scores(cells, &row.marks, sparks)),
        strain: &row.strain,
        took_part: &row.took_part,
        together: row.together_with.is_some(),
    }
}

pub(super) fn pool(row: &PoolRow) -> Pool<'_> {
    Pool {
        names: &row.names,
        scores: scores(&row.cells, &row.marks, &row.sparks),
        strain: &row.strain,
        took_part: &row.took_part,
    }
}

/// What the figures of units leave out: what is said of it, and of which units.
pub(super) fn left_out(view: &OrganisationView) -> Vec<(&str, String)> {
    let mut all: Vec<(&str, Vec<&str>)> = Vec::new();
    for unit in &view.units {
        let Some(note) = unit.note.as_deref() else { continue };
        match all.iter_mut().find(|it| it.0 == note) {
            Some((_, names)) => names.push(&unit.name),
            None => all.push((note, vec![&unit.name])),
        }
    }
    all.into_iter().map(|(note, names)| (note, names.join("; "))).collect()
}

//! Which levers to look at first for a unit: transparent, from published figures only.
//!
//! score = need · g(evidence) · m. Need counts how far a working condition lies below what the
//! organisation has, in steps of ten points, where that is more than chance; g is 1, .85, .7 and .6 for
//! evidence A to D; m is 1 if the lever moves something that is heavier than usual and .8 otherwise. The
//! weights are our choice, not an estimate. Levers of grade D come last whatever their score; the team
//! picks.

use tideline_domain::{
    Questionnaire, Scale, UnitId,
    lever::{Construct, Evidence, LEVERS, Lever, LeverCategory},
};

use crate::{
    DetailPage, Figure, Release, Subject,
    trend::{self, Direction, State},
};

/// Suggestions at most: more would be a catalogue.
pub const MOST: usize = 5;
/// Smallest gap worth a word, and one step of need. Unit: points.
const GAP: f64 = 5.0;
const STEP: f64 = 10.0;
/// One-sided 5 % point of the normal distribution.
const Z: f64 = 1.644_853_626_951_472_2;

/// Why a lever is suggested.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// A measure that it moves is heavier than usual here.
    Signal(Scale),
    /// The working condition that it changes is clearly lower than in the whole organisation.
    Driver(LeverCategory),
    /// The working condition that it changes is the one rated lowest of all.
    Lowest(LeverCategory),
}

/// A lever worth a look, and why.
#[derive(Debug, Clone, PartialEq)]
pub struct Suggestion {
    /// The lever.
    pub lever: &'static Lever,
    /// Every reason; at least one.
    pub reasons: Vec<Reason>,
}

/// Suggestions for `unit` from the releases of `history`, oldest first, all of one instrument; at most
/// [`MOST`], those of grade D last. Working conditions count if they were made with `q`. Empty when nothing published speaks for one lever more than for another.
pub fn suggest(history: &[Release], unit: UnitId, q: &Questionnaire) -> Vec<Suggestion> {
    let Some(latest) = history.last() else { return Vec::new() };
    let heavier = latest.subject_of(unit).map_or_else(Vec::new, |it| heavier(history, &it));
    let needs = needs(latest, unit, q);
    rank(&heavier, &needs)
}

/// Measures that are heavier than usual.
fn heavier(history: &[Release], subject: &Subject) -> Vec<Scale> {
    let is_heavier = |scale: &Scale| match trend::read(history, subject, *scale).state {
        State::Watch(it) | State::Sustained(it) => it.direction == Direction::Heavier,
        State::Learning { .. } | State::NoClearChange => false,
    };
    Scale::ALL.into_iter().filter(is_heavier).collect()
}

/// How much each working condition asks for a change, and why; only those that do.
fn needs(latest: &Release, unit: UnitId, q: &Questionnaire) -> Vec<(LeverCategory, f64, Reason)> {
    if latest.wave().asks.as_str() != q.id {
        return Vec::new();
    }
    let root = latest.tree().root().id;
    let Some(here) = latest.nearest_detailed(unit).and_then(|it| latest.detail(it)) else {
        return Vec::new();
    };
    if here.unit == root { lowest(&here, q) } else { below(&here, latest.detail(root).as_ref(), q) }
}

/// Whether `low` lies below `high` by more than chance and by enough; by how many points.
fn gap(low: &Figure, high: &Figure) -> Option<f64> {
    let gap = high.value - low.value;
    (gap >= GAP && gap >= Z * (low.variance + high.variance).sqrt()).then_some(gap)
}

fn below(
    here: &DetailPage,
    all: Option<&DetailPage>,
    q: &Questionnaire,
) -> Vec<(LeverCategory, f64, Reason)> {
    let all = all.map_or_else(Vec::new, |it| it.drivers(q));
    here.drivers(q)
        .into_iter()
        .filter_map(|(category, own)| {
            let (_, common) = all.iter().find(|it| it.0 == category)?;
            Some((category, gap(&own, common)? / STEP, Reason::Driver(category)))
        })
        .collect()
}

/// In the organisation as a whole: conditions clearly below the mean of all nine.
fn lowest(here: &DetailPage, q: &Questionnaire) -> Vec<(LeverCategory, f64, Reason)> {
    let drivers = here.drivers(q);
    if drivers.len() < 2 {
        return Vec::new();
    }
    let figures: Vec<Figure> = drivers.iter().map(|it| it.1).collect();
    let mean = Figure::mean_of(&figures);
    drivers
        .into_iter()
        .filter_map(|(category, own)| {
            Some((category, gap(&own, &mean)? / STEP, Reason::Lowest(category)))
        })
        .collect()
}

/// The parts of the work that are clearly lower than all of them together in the whole organisation; `None` if they
/// are not published, or were not made with `q`.
pub fn harder(latest: &Release, q: &Questionnaire) -> Option<Vec<LeverCategory>> {
    if latest.wave().asks.as_str() != q.id {
        return None;
    }
    let whole = latest.detail(latest.tree().root().id)?;
    Some(lowest(&whole, q).into_iter().map(|it| it.0).collect())
}

const fn weight(evidence: Evidence) -> f64 {
    match evidence {
        Evidence::A => 1.0,
        Evidence::B => 0.85,
        Evidence::C => 0.7,
        Evidence::D => 0.6,
    }
}

/// The measure that a construct is part of.
pub const fn scale_of(construct: Construct) -> Scale {
    match construct {
        Construct::Exhaustion | Construct::MentalDistance | Construct::ReducedEfficacy => {
            Scale::Burnout
        }
        Construct::SecondaryTraumaticStress => Scale::SecondaryTraumaticStress,
        Construct::CompassionSatisfaction => Scale::CompassionSatisfaction,
    }
}

fn rank(heavier: &[Scale], needs: &[(LeverCategory, f64, Reason)]) -> Vec<Suggestion> {
    let mut scored: Vec<(bool, f64, Suggestion)> = LEVERS
        .iter()
        .filter_map(|lever| {
            let mut reasons: Vec<Reason> = Scale::ALL
                .into_iter()
                .filter(|it| heavier.contains(it))
                .filter(|it| lever.moves.iter().any(|of| scale_of(*of) == *it))
                .map(Reason::Signal)
                .collect();
            let m = if reasons.is_empty() { 0.8 } else { 1.0 };
            let need = needs.iter().find(|it| it.0 == lever.category);
            // Where no working condition is known, a signal alone speaks for a lever.
            let size = match need {
                Some((_, size, reason)) => {
                    reasons.push(*reason);
                    *size
                }
                None if needs.is_empty() && !reasons.is_empty() => 1.0,
                None => return None,
            };
            let score = size * weight(lever.evidence) * m;
            Some((lever.evidence == Evidence::D, score, Suggestion { lever, reasons }))
        })
        .collect();
    // Equals stay in the order of the catalogue.
    scored.sort_by(|a, b| a.0.cmp(&b.0).then(b.1.total_cmp(&a.1)));
    scored.into_iter().take(MOST).map(|it| it.2).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(of: &[Suggestion]) -> Vec<&'static str> {
        of.iter().map(|it| it.lever.id).collect()
    }

    #[test]
    fn nothing_speaks_for_any_lever_when_nothing_is_known() {
        assert!(rank(&[], &[]).is_empty());
    }

    #[test]
    fn a_signal_alone_suggests_the_best_supported_levers_that_move_it() {
        let found = rank(&[Scale::SecondaryTraumaticStress], &[]);
        assert_eq!(found.len(), MOST);
        assert!(
            found.iter().all(|it| it.reasons == [Reason::Signal(Scale::SecondaryTraumaticStress)])
        );
        assert_eq!(found[0].lever.evidence, Evidence::A);
        assert!(ids(&found).contains(&"TR9"));
    }

    #[test]
    fn a_low_working_condition_suggests_its_own_levers_with_the_reason() {
        let reason = Reason::Driver(LeverCategory::Workload);
        let needs = [(LeverCategory::Workload, 1.2, reason)];
        let found = rank(&[Scale::Burnout], &needs);
        assert_eq!(ids(&found), ["WL1", "WL3", "WL5", "WL2", "WL4"]);
        assert_eq!(found[0].reasons, [Reason::Signal(Scale::Burnout), reason]);
    }

    #[test]
    fn grade_d_comes_last_however_great_the_need() {
        let needs = [
            (LeverCategory::Recognition, 3.0, Reason::Driver(LeverCategory::Recognition)),
            (LeverCategory::Leadership, 0.5, Reason::Driver(LeverCategory::Leadership)),
        ];
        let found = rank(&[], &needs);
        assert_eq!(found.len(), MOST);
        let first_d = found.iter().position(|it| it.lever.evidence == Evidence::D);
        assert!(
            first_d.is_none_or(|at| found[at..].iter().all(|it| it.lever.evidence == Evidence::D))
        );
        assert_eq!(ids(&found)[..3], ["CS4", "CS3", "CS5"]);
    }
}

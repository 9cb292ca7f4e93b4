//! The product's own releases, in the schema of the cases: for referees that share no code with it.
//!
//! Of the waves of a file, and of made-up organisations that went through the whole pipeline (scores
//! of 0 to 100, pages, spreads).

use std::{fs, path::Path};

use anyhow::{Context as _, Result};
use rand::SeedableRng as _;
use rand_chacha::ChaCha8Rng;
use serde_json::{Value, json};
use tideline_aggregation::{
    Atom, Interval, MinGroup, Release, coarsen::Coarsening, people::scaled_from, spread::THIRDS,
};
use tideline_domain::{Scale, UnitId};

use super::{
    cases::{Case, SCHEMA},
    planned::{Planned, planned},
};
use crate::organisation::Organisation;

/// Made-up organisations for each smallest group.
const ORGANISATIONS: u64 = 4;
/// Most units of each.
const UNITS: usize = 9;

pub(super) fn run(cases: &[Case], ks: &[u32], out: Option<&Path>) -> Result<()> {
    let mut emitted = Vec::new();
    for case in cases.iter().filter(|it| it.waves.iter().any(|wave| !wave.responses.is_empty())) {
        let own = [case.k];
        for &k in if ks.is_empty() { &own[..] } else { ks } {
            emitted.extend(of_case(case, k)?);
        }
    }
    let usual = [MinGroup::DEFAULT.people()];
    for &k in if ks.is_empty() { &usual[..] } else { ks } {
        for seed in 0..ORGANISATIONS {
            emitted.push(of_organisation(seed, MinGroup::new(k)?)?);
        }
    }
    let text = serde_json::to_string(&json!({
        "schema": SCHEMA,
        "note": "Releases made by Tideline; every one is expected to be safe.",
        "cases": emitted,
    }))?;
    match out {
        None => crate::say(&text),
        Some(path) => {
            fs::write(path, text).with_context(|| format!("writing {}", path.display()))?;
            let count = emitted.len();
            crate::say(&format!("{count} cases written to {}", path.display()));
        }
    }
    Ok(())
}

/// The release of each wave of a case, and all of them together. `None` if no wave can be planned.
fn of_case(case: &Case, k: u32) -> Result<Option<Value>> {
    let planned: Vec<(String, Planned)> = case
        .waves
        .iter()
        .filter_map(|wave| Some((wave.wave.clone(), planned(wave, case.scale, k).ok()?)))
        .collect();
    if planned.is_empty() {
        return Ok(None);
    }
    let cells = |name: &str, plan: &Planned| -> Vec<Value> {
        plan.atoms
            .iter()
            .map(|atom| cell(&format!("{name}:{}", atom.name), &atom.members, atom.interval))
            .collect()
    };
    let mut releases: Vec<Value> = planned
        .iter()
        .map(|(name, plan)| release(name, cells(name, plan), k, case.scale.max - case.scale.min))
        .collect();
    if planned.len() > 1 {
        let all = planned.iter().flat_map(|(name, plan)| cells(name, plan)).collect();
        releases.push(release("all waves", all, k, case.scale.max - case.scale.min));
    }
    Ok(Some(json!({
        "id": format!("{}@k{k}", case.id),
        "k": k,
        "scale": case.scale,
        "waves": case.waves,
        "releases": releases,
    })))
}

fn cell(id: &str, members: &[String], (lo, hi): (i64, i64)) -> Value {
    let facts = [json!({ "stat": "range", "lo": lo, "hi": hi })];
    json!({ "id": id, "members": members, "n": members.len(), "facts": facts })
}

fn release(name: &str, cells: Vec<Value>, k: u32, width: i64) -> Value {
    json!({
        "name": name,
        "cells": cells,
        "k": k,
        "protect_width": width,
        "expect": { "verdict": "SAFE" },
    })
}

/// A made-up organisation through the pipeline: atoms, spreads and pages.
fn of_organisation(seed: u64, k: MinGroup) -> Result<Value> {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let organisation = Organisation::wild(UNITS, &mut random)?;
    let made = organisation.release(k, None)?;
    let rid = |unit: &str, at: usize| format!("w1:{unit}:{at}");
    let units: Vec<Value> = organisation
        .tree
        .units()
        .iter()
        .enumerate()
        .map(|(at, unit)| {
            let parent = organisation.tree.parent(at).map(|it| &organisation.tree.units()[it].name);
            json!({
                "id": unit.name.as_str(),
                "parent": parent.map(|it| it.as_str()),
                "headcount": organisation.headcount[at],
            })
        })
        .collect();
    let mut responses = Vec::new();
    for (unit, scores) in organisation.tree.units().iter().zip(&organisation.scores) {
        let unit = unit.name.as_str();
        for (at, score) in scores.iter().enumerate() {
            let person = format!("{unit}-{at}");
            responses.push(json!({
                "rid": rid(unit, at), "person": person, "unit": unit, "value": score,
            }));
        }
    }
    let members = |units: &[UnitId]| -> Vec<String> {
        let at = |it: &UnitId| organisation.tree.index_of(*it);
        units
            .iter()
            .filter_map(at)
            .flat_map(|at| {
                let name = organisation.tree.units()[at].name.as_str();
                (0..organisation.scores[at].len()).map(move |who| rid(name, who))
            })
            .collect()
    };
    let cells = cells(&made, &members);
    Ok(json!({
        "id": format!("made-up-{seed}@k{}", k.people()),
        "k": k.people(),
        "scale": { "min": 0, "max": 100 },
        "waves": [{ "wave": "w1", "units": units, "responses": responses }],
        "releases": [release("pipeline", cells, k.people(), 100)],
    }))
}

/// What is told for the least people of a class, for the `n` that there really are: the strongest thing an
/// attacker can make of it who knows how many took part.
fn brought_back(told: Interval, atom: &Atom, n: usize) -> Interval {
    let all = u32::try_from(n).unwrap_or(u32::MAX);
    Coarsening::SCORE.told_from(told, atom.people.least, all).unwrap_or(told)
}

fn cells(release: &Release, members: &dyn Fn(&[UnitId]) -> Vec<String>) -> Vec<Value> {
    let mut cells = Vec::new();
    for (at, atom) in release.atoms().iter().enumerate() {
        let members = members(&atom.units);
        let n = members.len();
        let back = |it: Interval| {
            let all = u32::try_from(n).unwrap_or(u32::MAX);
            scaled_from(it.lo, it.hi, atom.people.least, all)
                .map_or(it, |(lo, hi)| Interval { lo, hi })
        };
        let total = brought_back(atom.total.burnout, atom, n);
        let mut facts = vec![json!({ "stat": "range", "lo": total.lo, "hi": total.hi })];
        if let Some(thirds) = release.details().spreads[at].get(Scale::Burnout) {
            for (step, (lo, hi)) in thirds.cells().into_iter().map(back).zip(THIRDS) {
                facts.push(json!({
                    "stat": "band", "lo": lo, "hi": hi, "cmin": step.lo, "cmax": step.hi.min(n as u32),
                }));
            }
        }
        cells.push(
            json!({ "id": format!("atom {at}"), "members": members, "n": n, "facts": facts }),
        );
    }
    for unit in release.tree().units() {
        let inside: Vec<_> = release
            .atoms()
            .iter()
            .filter(|atom| atom.units.iter().all(|it| release.tree().is_within(*it, unit.id)))
            .collect();
        if inside.len() > 1 {
            let units: Vec<UnitId> = inside.iter().flat_map(|it| &it.units).copied().collect();
            let totals: Vec<Interval> = inside
                .iter()
                .map(|it| brought_back(it.total.burnout, it, members(&it.units).len()))
                .collect();
            let lo: u32 = totals.iter().map(|it| it.lo).sum();
            let hi: u32 = totals.iter().map(|it| it.hi).sum();
            let id = format!("page of {}", unit.name.as_str());
            cells.push(cell(&id, &members(&units), (lo.into(), hi.into())));
        }
    }
    cells
}

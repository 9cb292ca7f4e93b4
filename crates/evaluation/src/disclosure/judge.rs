//! Cases judged: the product's plan against the reference plan, and the auditor's verdict on each
//! release against the one expected.

use anyhow::{Context as _, Result};
use serde::Serialize;
use tideline_attacker::{How, Leak, attack, cut};

use super::{
    cases::{self, Case, CaseRelease, Judged, System, Verdict},
    planned::{Planned, planned},
};

/// What came of a case.
#[derive(Debug, Serialize)]
pub(crate) struct CaseResult {
    pub(crate) id: String,
    pub(crate) waves: Vec<WaveResult>,
    /// Waves that could not be planned, and why.
    pub(crate) not_planned: Vec<NotPlanned>,
    pub(crate) overlap: Option<OverlapResult>,
    pub(crate) releases: Vec<ReleaseResult>,
}

#[derive(Debug, Serialize)]
pub(crate) struct WaveResult {
    pub(crate) wave: String,
    pub(crate) k: u32,
    #[serde(flatten)]
    pub(crate) planned: Planned,
    /// What the auditor finds in the product's own release.
    pub(crate) own_verdict: Verdict,
    /// Where it differs from the reference; `None` if there is none.
    pub(crate) differs: Option<Vec<String>>,
}

#[derive(Debug, Serialize)]
pub(crate) struct NotPlanned {
    pub(crate) wave: String,
    pub(crate) reason: String,
    /// Whether there is a reference plan of it.
    pub(crate) expected: bool,
}

#[derive(Debug, Serialize)]
pub(crate) struct OverlapResult {
    pub(crate) certified: bool,
    pub(crate) expected: bool,
}

#[derive(Debug, Serialize)]
pub(crate) struct ReleaseResult {
    pub(crate) name: String,
    pub(crate) outcome: Outcome,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Outcome {
    Judged { verdict: Verdict, expected: Option<Verdict>, witness: Option<Witness> },
    NotJudged { reason: String },
    Failed { reason: String },
}

/// The narrowest thing that was found.
#[derive(Debug, Serialize)]
pub(crate) struct Witness {
    pub(crate) people: usize,
    pub(crate) records: Vec<String>,
    pub(crate) found: String,
}

impl CaseResult {
    /// Whether all of it was judged.
    pub(crate) fn is_judged(&self) -> bool {
        let judged = |it: &ReleaseResult| !matches!(it.outcome, Outcome::NotJudged { .. });
        self.releases.iter().all(judged)
    }

    pub(crate) fn agrees(&self) -> bool {
        let waves = self.waves.iter().all(|it| {
            it.differs.as_ref().is_none_or(Vec::is_empty) && it.own_verdict == Verdict::Safe
        });
        waves
            && self.not_planned.iter().all(|it| !it.expected)
            && self.overlap.as_ref().is_none_or(|it| it.certified == it.expected)
            && self.releases.iter().all(|it| it.outcome.agrees())
    }
}

impl Outcome {
    pub(crate) fn agrees(&self) -> bool {
        match self {
            Self::Judged { verdict, expected, .. } => expected.is_none_or(|it| it == *verdict),
            Self::NotJudged { .. } => true,
            Self::Failed { .. } => false,
        }
    }
}

/// Why an attack of another kind is not the auditor's, or `None` if figures are attacked.
fn not_judged(release: &CaseRelease) -> Option<String> {
    let reason = match release.attack.as_deref()? {
        "linear" | "integer" | "linear+integer" => return None,
        "comments" => "about text: no free text is asked or published",
        "noise" => "about noise added to answers of queries: there is neither",
        "linkage" => "about how rows are stored: held by the sealed box and the schema",
        other => return Some(format!("about an attack that nobody here knows: {other}")),
    };
    Some(reason.to_owned())
}

pub(crate) fn case(case: &Case) -> CaseResult {
    let (mut waves, mut not_planned) = (Vec::new(), Vec::new());
    for wave in &case.waves {
        match wave_result(case, wave) {
            Ok(result) => waves.push(result),
            Err(error) => not_planned.push(NotPlanned {
                wave: wave.wave.clone(),
                reason: format!("{error:#}"),
                expected: case.system.contains_key(&wave.wave),
            }),
        }
    }
    CaseResult {
        id: case.id.clone(),
        waves,
        not_planned,
        overlap: case.overlap.as_ref().map(|it| {
            let mut names: Vec<(bool, &str)> = Vec::new();
            let mut place = |side: bool, name| match names.iter().position(|it| *it == (side, name))
            {
                Some(at) => at,
                None => {
                    names.push((side, name));
                    names.len() - 1
                }
            };
            let edges: Vec<(usize, usize, u64)> = it
                .edges
                .iter()
                .map(|(a, b, weight)| (place(false, a.as_str()), place(true, b.as_str()), *weight))
                .collect();
            OverlapResult {
                certified: cut::min_cut_at_least(&edges, it.k).is_ok(),
                expected: it.min_cut_ok,
            }
        }),
        releases: case.releases.iter().map(|it| release(case, it)).collect(),
    }
}

fn wave_result(case: &Case, wave: &cases::CaseWave) -> Result<WaveResult> {
    let system = case.system.get(&wave.wave);
    let k = system.and_then(|it| it.k).unwrap_or(case.k);
    let planned = planned(wave, case.scale, k)?;
    let clean = planned.audit(case.scale, k).is_empty();
    Ok(WaveResult {
        wave: wave.wave.clone(),
        k,
        own_verdict: if clean { Verdict::Safe } else { Verdict::Unsafe },
        differs: system.map(|it| differences(&planned, it)),
        planned,
    })
}

/// Where a plan is not the reference's, in words. Plans of the same worth may pool differently.
fn differences(own: &Planned, reference: &System) -> Vec<String> {
    let mut found = Vec::new();
    if let Some(value) = reference.value
        && (value - own.value).abs() > 1e-5
    {
        found.push(format!("value {} instead of {value}", own.value));
    }
    if let Some(alone) = &reference.pages_alone
        && alone.len() != own.pages_alone.len()
    {
        found.push(format!("{} own pages instead of {}", own.pages_alone.len(), alone.len()));
    }
    if let Some(left_out) = &reference.left_out {
        let sorted = |names: &[String]| {
            let mut names = names.to_vec();
            names.sort();
            names
        };
        if sorted(left_out) != sorted(&own.left_out) {
            found.push(format!("left out {:?} instead of {left_out:?}", own.left_out));
        }
    }
    for unit in &reference.must_show {
        if !own.unit_pages.contains_key(unit) {
            found.push(format!("{unit} has no page"));
        }
    }
    let pieces = |name: &str| {
        let mut pieces: Vec<String> = name.split(" + ").map(str::to_owned).collect();
        pieces.sort();
        pieces
    };
    for atom in reference.atoms.iter().flatten() {
        if let Some(same) = own.atoms.iter().find(|it| pieces(&it.name) == pieces(&atom.name))
            && (same.n != atom.n || atom.interval.is_some_and(|it| it != same.interval))
        {
            found.push(format!(
                "{}: {} answers, total {:?} instead of {}, {:?}",
                atom.name, same.n, same.interval, atom.n, atom.interval
            ));
        }
    }
    found
}

fn release(case: &Case, release: &CaseRelease) -> ReleaseResult {
    let outcome = match not_judged(release) {
        Some(reason) => Outcome::NotJudged { reason },
        None => match verdict(case, release) {
            Ok((verdict, witness)) => {
                let expected = release.expect.as_ref().map(|it| it.verdict);
                Outcome::Judged { verdict, expected, witness }
            }
            Err(error) => Outcome::Failed { reason: format!("{error:#}") },
        },
    };
    ReleaseResult { name: release.name.clone(), outcome }
}

/// The auditor's verdict on a release of a case.
pub(crate) fn verdict(case: &Case, release: &CaseRelease) -> Result<(Verdict, Option<Witness>)> {
    let judged = cases::publication(case, release)?;
    let leaks = attack(&judged.publication, judged.k, judged.width)
        .context("no answers fit what is published")?;
    let narrowest = leaks.iter().min_by_key(|it| it.people);
    Ok(match narrowest {
        None => (Verdict::Safe, None),
        Some(leak) => (Verdict::Unsafe, Some(witness(leak, &judged)?)),
    })
}

/// What was found, checked against what was really answered.
fn witness(leak: &Leak, judged: &Judged) -> Result<Witness> {
    let truth = |of: &[usize]| of.iter().map(|&it| judged.truth[it]).sum::<i64>();
    let found = match leak.how {
        How::Sum { total } | How::WholeSum { total } => {
            let really = truth(&leak.unknowns);
            // Whoever is taken to answer alike in all waves may not have done so.
            let alike = leak.unknowns.iter().all(|&it| judged.records[it].len() == 1);
            anyhow::ensure!(total == really || !alike, "found {total}, but they answered {really}");
            let by = if matches!(leak.how, How::Sum { .. }) { "" } else { ", in whole numbers" };
            format!("their total is {total}{by}")
        }
        How::Contrast => "a combination of figures is about them alone".to_owned(),
        How::Range { lo, hi } => format!("each of them answered {lo} to {hi}"),
        How::Undecided => "not decided within bounds, so refused".to_owned(),
    };
    let records = leak.unknowns.iter().flat_map(|&it| judged.records[it].iter().cloned()).collect();
    Ok(Witness { people: leak.people, records, found })
}

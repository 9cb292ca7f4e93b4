//! `cargo xtask disclosure`: the release engine against cases it has never seen.

mod cases;
mod emit;
mod judge;
mod mutate;
mod planned;
mod trees;

use std::{ffi::OsString, fs, path::PathBuf};

use anyhow::{Context as _, Result, bail, ensure};
use serde::Serialize;

use self::{
    cases::{File, Verdict},
    judge::{CaseResult, Outcome},
};
use crate::say;

const USAGE: &str = "\
usage: cargo xtask disclosure FILE [--json | --mutate | --emit [OUT] [--k K,K…]]
       cargo xtask disclosure --trees [N] [--units N] [--seed N]

  FILE      cases of schema sdc-cases/1
  --json    the same, for machines
  --mutate  plants leaks in the product's own releases of the file's waves; all must be caught
  --emit    writes the product's own releases in the same schema, for other referees to judge: of the
            file's waves, and of made-up organisations; without FILE of these alone
  --trees   random trees through the whole pipeline, 10000 of up to 200 units unless told otherwise
  --k       smallest groups to emit for, instead of each case's own";

/// What was asked for.
#[derive(Default)]
struct Asked {
    file: Option<PathBuf>,
    json: bool,
    mutate: bool,
    emit: bool,
    out: Option<PathBuf>,
    k: Vec<u32>,
}

impl Asked {
    fn read(arguments: &[OsString]) -> Result<Self> {
        let mut it = Self::default();
        let mut names: Vec<PathBuf> = Vec::new();
        // What follows `--emit` at once is where to write, if cases are named elsewhere.
        let mut after_emit = None;
        let mut rest = arguments.iter();
        let mut before = "";
        while let Some(argument) = rest.next() {
            let text = argument.to_str().unwrap_or_default();
            match text {
                "--json" => it.json = true,
                "--mutate" => it.mutate = true,
                "--emit" => it.emit = true,
                "--k" => {
                    let list = rest.next().and_then(|it| it.to_str()).context(USAGE)?;
                    let numbers = list.split(',').map(str::parse).collect::<Result<_, _>>();
                    it.k = numbers.with_context(|| format!("`{list}` is no list of numbers"))?;
                }
                flag if flag.starts_with("--") => bail!("there is no `{flag}`\n{USAGE}"),
                _ if before == "--emit" => after_emit = Some(PathBuf::from(argument)),
                _ => names.push(argument.into()),
            }
            before = text;
        }
        (it.file, it.out) = match (names.as_slice(), after_emit) {
            ([], None) => (None, None),
            ([], Some(one)) if one.exists() => (Some(one), None),
            ([], Some(one)) => (None, Some(one)),
            ([file], out) => match out {
                Some(out) if out.exists() && !file.exists() => (Some(out), Some(file.clone())),
                out => (Some(file.clone()), out),
            },
            ([file, out], None) if it.emit => (Some(file.clone()), Some(out.clone())),
            _ => bail!("one file at a time\n{USAGE}"),
        };
        ensure!(it.file.is_none() || it.file != it.out, "the cases would be written over");
        Ok(it)
    }
}

/// Everything that came of a file.
#[derive(Serialize)]
struct Summary {
    cases: usize,
    judged: usize,
    agreed: usize,
    releases: usize,
    releases_judged: usize,
    releases_agreed: usize,
    plans_compared: usize,
    plans_agreed: usize,
}

/// Runs the chore.
pub(crate) fn run(arguments: &[OsString]) -> Result<()> {
    if arguments.iter().any(|it| it == "--trees") {
        let number = |name: &str, usual: usize| -> Result<usize> {
            let at = arguments.iter().position(|it| it == name);
            let text = at.and_then(|at| arguments.get(at + 1)).and_then(|it| it.to_str());
            match text.filter(|it| !it.starts_with("--")) {
                Some(text) => text.parse().with_context(|| format!("{name} {text} is no number")),
                None => Ok(usual),
            }
        };
        let (trees, units) = (number("--trees", 10_000)?, number("--units", 200)?);
        return trees::run(trees, units, number("--seed", 1)? as u64);
    }
    let asked = Asked::read(arguments)?;
    let Some(path) = asked.file.as_ref() else {
        ensure!(asked.emit, USAGE);
        return emit::run(&[], &asked.k, asked.out.as_deref());
    };
    let text = fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))?;
    let file = File::read(&text).with_context(|| format!("reading {}", path.display()))?;
    if asked.mutate {
        return mutate::run(&file.cases);
    }
    if asked.emit {
        return emit::run(&file.cases, &asked.k, asked.out.as_deref());
    }
    let results: Vec<CaseResult> = file.cases.iter().map(judge::case).collect();
    let summary = summary(&results);
    if asked.json {
        let all = serde_json::json!({ "summary": summary, "cases": results });
        say(&serde_json::to_string_pretty(&all)?);
    } else {
        results.iter().for_each(print);
        print_summary(&results, &summary);
    }
    ensure!(results.iter().all(CaseResult::agrees), "not all cases agree");
    Ok(())
}

fn summary(results: &[CaseResult]) -> Summary {
    let releases = || results.iter().flat_map(|it| &it.releases);
    let judged = |it: &&judge::ReleaseResult| !matches!(it.outcome, Outcome::NotJudged { .. });
    let plans = || results.iter().flat_map(|it| &it.waves).filter_map(|it| it.differs.as_ref());
    Summary {
        cases: results.len(),
        judged: results.iter().filter(|it| it.is_judged()).count(),
        agreed: results.iter().filter(|it| it.is_judged() && it.agrees()).count(),
        releases: releases().count(),
        releases_judged: releases().filter(judged).count(),
        releases_agreed: releases().filter(judged).filter(|it| it.outcome.agrees()).count(),
        plans_compared: plans().count(),
        plans_agreed: plans().filter(|it| it.is_empty()).count(),
    }
}

fn print(case: &CaseResult) {
    for wave in &case.waves {
        let plan = &wave.planned;
        let reference = match &wave.differs {
            None => "no reference".to_owned(),
            Some(differs) if differs.is_empty() => "as the reference".to_owned(),
            Some(differs) => format!("DIFFERS: {}", differs.join("; ")),
        };
        say(&format!(
            "{} {}: value {}, {} own pages, {} atoms, {} answers left out; own release {}; {reference}",
            case.id,
            wave.wave,
            plan.value,
            plan.pages_alone.len(),
            plan.atoms.len(),
            plan.answers_left_out,
            wave.own_verdict,
        ));
    }
    for wave in &case.not_planned {
        say(&format!("{} {}: NO PLAN: {}", case.id, wave.wave, wave.reason));
    }
    if let Some(overlap) = &case.overlap {
        let agrees = if overlap.certified == overlap.expected { "as expected" } else { "DIFFERS" };
        say(&format!("  two partitions certified: {}, {agrees}", overlap.certified));
    }
    for release in &case.releases {
        let line = match &release.outcome {
            Outcome::NotJudged { reason } => format!("not judged  {}: {reason}", release.name),
            Outcome::Failed { reason } => format!("FAILED      {}: {reason}", release.name),
            Outcome::Judged { verdict, expected, witness } => {
                let agrees = match expected {
                    Some(it) if it == verdict => "ok",
                    Some(_) => "DIFFERS",
                    None => "-",
                };
                let witness = witness.as_ref().map_or_else(String::new, |it| {
                    let shown: Vec<&str> = it.records.iter().take(4).map(String::as_str).collect();
                    let more = if it.records.len() > shown.len() { ", …" } else { "" };
                    let people = if it.people == 1 { "person" } else { "people" };
                    format!(": {} {people} ({}{more}), {}", it.people, shown.join(", "), it.found)
                });
                format!("{verdict:<6} {agrees:<7} {}{witness}", release.name)
            }
        };
        say(&format!("  {line}"));
    }
}

fn print_summary(results: &[CaseResult], it: &Summary) {
    let unsafe_ones = results
        .iter()
        .flat_map(|it| &it.releases)
        .filter(|it| matches!(it.outcome, Outcome::Judged { verdict: Verdict::Unsafe, .. }))
        .count();
    say(&format!(
        "{} cases, {} judged, {} of them agree; {} releases, {} judged ({unsafe_ones} UNSAFE), {} of \
         them agree; {} plans compared, {} agree",
        it.cases,
        it.judged,
        it.agreed,
        it.releases,
        it.releases_judged,
        it.releases_agreed,
        it.plans_compared,
        it.plans_agreed,
    ));
    for case in results.iter().filter(|it| !it.is_judged()) {
        let reasons: Vec<&str> = case
            .releases
            .iter()
            .filter_map(|it| match &it.outcome {
                Outcome::NotJudged { reason } => Some(reason.as_str()),
                _ => None,
            })
            .collect();
        say(&format!("not judged: {} – {}", case.id, reasons.first().unwrap_or(&"")));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(arguments: &[&str]) -> (Option<PathBuf>, Option<PathBuf>) {
        let it = Asked::read(&arguments.iter().map(Into::into).collect::<Vec<_>>()).unwrap();
        (it.file, it.out)
    }

    #[test]
    fn cases_are_never_written_over() {
        // This file is there; `new.json` is not.
        let (cases, new) = ("src/disclosure/mod.rs", "src/new.json");
        let both = (Some(cases.into()), Some(new.into()));
        assert_eq!(read(&[cases, "--emit", new]), both);
        assert_eq!(read(&["--emit", new, cases]), both);
        assert_eq!(read(&["--emit", cases, new]), both);
        assert_eq!(read(&[cases, new, "--emit"]), both);
        assert_eq!(read(&["--emit", new, "--k", "5,6", cases]), both);
        assert_eq!(read(&["--emit", new]), (None, Some(new.into())));
        assert_eq!(read(&["--emit", cases]), (Some(cases.into()), None));
        assert_eq!(read(&[cases, "--emit"]), (Some(cases.into()), None));
        assert!(Asked::read(&[cases.into(), "--emit".into(), cases.into()]).is_err());
    }
}

//! `tideline replay`: real or historic data through scoring, planning, coarsening, audit and report.
//!
//! It enters where the tally hands over: there is nobody left to hand a token to. Everything after
//! that is the code a live wave runs. Nothing is written until everything has been computed.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result, bail};
use chrono::{DateTime, Months, NaiveDate, NaiveTime, TimeDelta, Utc};
use chrono_tz::Tz;
use tideline_aggregation::{
    Group, ItemSums, PersonScores, Policy, Release, Turnout, release, score,
};
use tideline_api::ReleaseBody;
use tideline_api::table::{Fault, Row, Table, TableError};
use tideline_domain::{
    Answer, AnswerSheet, Cohort, CohortId, InstrumentId, Name, PerScale, Scale, Unit, UnitId,
    UnitTree, Wave, WaveLabel, WaveSeq, Window,
};
use tideline_instrument::PULSE;
use tideline_report::pdf::{self, Look, PdfInput};
use tideline_text::{Language, Text};
use uuid::Uuid;

use crate::{cli::ReplayArgs, progress::Progress};

/// Runs the command.
///
/// # Errors
///
/// Says which file, line and column cannot be used, or that the audit refused a release. Then
/// nothing is written.
pub fn run(args: &ReplayArgs, policy: &Policy) -> Result<()> {
    let (tree, headcount) = read_units(&args.roster)?;
    let waves = read_answers(&args.answers, &tree, &headcount)?;
    let releases = release_all(&tree, &headcount, waves, policy)?;

    let mut files: Vec<(PathBuf, Vec<u8>)> = Vec::new();
    for it in &releases {
        let name = format!("release-{}.json", it.wave().label);
        files.push((args.out.join(name), serde_json::to_vec_pretty(&ReleaseBody::from(it))?));
    }
    files.push((args.out.join("audit.json"), audit(&releases)?));
    let report = pdf::report(&PdfInput {
        organisation: tree.root().name.as_str(),
        history: &releases,
        unit: None,
        levers: &[],
        today: releases
            .last()
            .map_or_else(Default::default, |it| it.wave().window.last_day(&Tz::UTC)),
        next: None,
        contact: "",
        web: None,
        sealed: false,
        zone: Tz::UTC,
        text: Text::new(Language::English),
        look: &Look::default(),
    })?;
    files.push((args.out.join("report.pdf"), report));

    let names: Vec<&Path> = files.iter().map(|(path, _)| path.as_path()).collect();
    refuse_strangers(&args.out, &names)?;
    crate::files::private_folder(&args.out)?;
    for (path, bytes) in &files {
        crate::files::write_atomically(path, bytes)?;
    }
    for it in &releases {
        let shown: u32 = it.atoms().iter().map(|atom| atom.people.least).sum();
        eprintln!(
            "wave {}: {} groups published, {shown} people or more in them",
            it.wave().label,
            it.atoms().len()
        );
    }
    eprintln!("written to {}", args.out.display());
    Ok(())
}

/// A release of other data left in the folder would pass for one of these.
fn refuse_strangers(out: &Path, ours: &[&Path]) -> Result<()> {
    let Ok(entries) = fs::read_dir(out) else { return Ok(()) };
    for entry in entries {
        let path = entry?.path();
        let release =
            path.file_name().is_some_and(|it| it.to_string_lossy().starts_with("release-"));
        if release && !ours.contains(&path.as_path()) {
            bail!("{} is of another replay; name a new folder with --out", path.display());
        }
    }
    Ok(())
}

fn audit(releases: &[Release]) -> Result<Vec<u8>> {
    let waves: Vec<_> = releases
        .iter()
        .map(|it| {
            let findings: Vec<String> = it.audit().iter().map(|it| format!("{it:?}")).collect();
            serde_json::json!({
                "wave": it.wave().label.as_str(),
                "smallest_group": it.k().people(),
                "groups": it.atoms().len(),
                "smallest_published": it.atoms().iter().map(|atom| atom.people.least).min(),
                "verdict": if findings.is_empty() { "SAFE" } else { "UNSAFE" },
                "findings": findings,
            })
        })
        .collect();
    Ok(serde_json::to_vec_pretty(
        &serde_json::json!({ "schema": "tideline-audit/1", "waves": waves }),
    )?)
}

/// Identifiers made from names, so that the same files give the same output.
fn unit_id(at: usize) -> UnitId {
    UnitId::new(Uuid::from_u128(0x7469_6465_6c69_4e65_8000_0000_0000_0000 + at as u128))
}

/// Columns `unit,parent,headcount`; several units without a parent get a common one above them.
fn read_units(path: &Path) -> Result<(UnitTree, BTreeMap<UnitId, u32>), TableError> {
    let columns = ["unit", "parent", "headcount"];
    let table = Table::read(path, &columns, &columns)?;
    let mut faults = Vec::new();
    let mut ids: BTreeMap<String, UnitId> = BTreeMap::new();
    let mut headcount = BTreeMap::new();
    for (at, row) in table.rows().iter().enumerate() {
        match row.cell("unit").parse::<Name>() {
            Ok(name) if ids.contains_key(name.as_str()) => {
                faults.push(row.fault("unit", format!("“{name}” occurs twice")));
            }
            Ok(name) => {
                ids.insert(name.as_str().to_owned(), unit_id(at + 1));
            }
            Err(error) => faults.push(row.fault("unit", error.to_string())),
        }
        match row.cell("headcount").parse::<u32>() {
            Ok(people) => {
                headcount.insert(unit_id(at + 1), people);
            }
            Err(_) => faults.push(row.fault("headcount", "it must be a whole number, 0 or more")),
        }
    }

    let tops = table.rows().iter().filter(|it| it.cell("parent").is_empty()).count();
    let above_all = (tops > 1).then(|| unit_id(0));
    let mut units = Vec::new();
    if let Some(id) = above_all {
        let name =
            if ids.contains_key("Organisation") { "Whole organisation" } else { "Organisation" };
        units.extend(name.parse().ok().map(|name| Unit { id, parent: None, name }));
        headcount.insert(id, 0);
    }
    for (at, row) in table.rows().iter().enumerate() {
        let parent = match row.cell("parent") {
            "" => above_all,
            parent => match ids.get(parent) {
                Some(id) => Some(*id),
                None => {
                    faults
                        .push(row.fault("parent", format!("no row has “{parent}” in column unit")));
                    continue;
                }
            },
        };
        if let Ok(name) = row.cell("unit").parse() {
            units.push(Unit { id: unit_id(at + 1), parent, name });
        }
    }
    let tree = match UnitTree::new(units) {
        Ok(tree) => Some(tree),
        Err(error) if faults.is_empty() && !table.rows().is_empty() => {
            let why = error.to_string().into();
            faults.push(Fault { line: 1, column: Some("parent".into()), why });
            None
        }
        Err(_) => None,
    };
    table.verdict(faults, tree.map(|tree| (tree, headcount)))
}

/// What one wave's rows hold, by unit.
enum Rows {
    Items(Vec<(UnitId, AnswerSheet)>),
    Scores(Vec<(UnitId, PersonScores)>),
}

struct ReplayWave {
    label: WaveLabel,
    rows: Rows,
}

/// Columns `wave,unit` and then item ids, or `burnout,sts,cs`.
fn read_answers(
    path: &Path,
    tree: &UnitTree,
    headcount: &BTreeMap<UnitId, u32>,
) -> Result<Vec<ReplayWave>, TableError> {
    let scales = Scale::ALL.map(Scale::code);
    let known: Vec<&str> = ["wave", "unit"]
        .into_iter()
        .chain(scales)
        .chain(PULSE.items.iter().map(|it| it.id))
        .collect();
    let table = Table::read(path, &["wave", "unit"], &known)?;
    let mut faults = Vec::new();
    let has_scores = scales.iter().any(|it| table.has(it));
    let has_items = PULSE.items.iter().any(|it| table.has(it.id));
    if has_scores == has_items {
        let why =
            "besides wave and unit the file needs either item ids or burnout,sts,cs, not both";
        faults.push(Fault { line: 1, column: None, why: why.into() });
        return table.verdict(faults, None);
    }

    let names: BTreeMap<&str, UnitId> =
        tree.units().iter().map(|it| (it.name.as_str(), it.id)).collect();
    let mut waves: BTreeMap<WaveLabel, Rows> = BTreeMap::new();
    let mut people: BTreeMap<(WaveLabel, UnitId), u32> = BTreeMap::new();
    for row in table.rows() {
        let label = row.cell("wave").parse::<WaveLabel>();
        let unit = names.get(row.cell("unit"));
        if let Err(error) = &label {
            faults.push(row.fault("wave", error.to_string()));
        }
        if unit.is_none() {
            let why = format!("“{}” is not among the units", row.cell("unit"));
            faults.push(row.fault("unit", why));
        }
        let (Ok(label), Some(&unit)) = (label, unit) else { continue };
        let count = people.entry((label.clone(), unit)).or_default();
        *count += 1;
        let members = headcount.get(&unit).copied().unwrap_or(0);
        if *count > members {
            let why = format!("more rows than the unit's headcount of {members} in wave {label}");
            faults.push(row.fault("unit", why));
        }
        let rows = waves.entry(label).or_insert_with(|| {
            if has_items { Rows::Items(Vec::new()) } else { Rows::Scores(Vec::new()) }
        });
        match rows {
            Rows::Items(sheets) => sheets.push((unit, sheet(row, &mut faults))),
            Rows::Scores(scores) => scores.push((unit, person_scores(row, &mut faults))),
        }
    }
    let mut waves: Vec<ReplayWave> =
        waves.into_iter().map(|(label, rows)| ReplayWave { label, rows }).collect();
    waves.sort_by(|a, b| a.label.natural_cmp(&b.label));
    table.verdict(faults, Some(waves))
}

fn sheet(row: &Row, faults: &mut Vec<Fault>) -> AnswerSheet {
    let answers = PULSE.items.iter().map(|item| match row.cell(item.id) {
        "" => None,
        text => {
            let answer = text.parse::<u8>().ok().and_then(|raw| Answer::new(raw).ok());
            if answer.is_none() {
                faults.push(row.fault(item.id, "an answer must be 0, 1, 2, 3 or 4, or empty"));
            }
            answer
        }
    });
    AnswerSheet::new(answers.collect())
}

fn person_scores(row: &Row, faults: &mut Vec<Fault>) -> PersonScores {
    PerScale::from_fn(|scale| match row.cell(scale.code()) {
        "" => None,
        text => match text.parse::<f64>() {
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "checked to lie within 0 to 100"
            )]
            Ok(score) if (0.0..=100.0).contains(&score) => Some(score.round() as u8),
            _ => {
                faults.push(
                    row.fault(scale.code(), "a score must be a number from 0 to 100, or empty"),
                );
                None
            }
        },
    })
}

fn release_all(
    tree: &UnitTree,
    headcount: &BTreeMap<UnitId, u32>,
    waves: Vec<ReplayWave>,
    policy: &Policy,
) -> Result<Vec<Release>> {
    let progress = Progress::start("releasing waves", waves.len() as u64);
    let mut releases: Vec<Release> = Vec::new();
    for (at, ReplayWave { label, rows }) in waves.into_iter().enumerate() {
        let wave = dated(at, label)?;
        let now = wave.window.closes();
        let Some(closed) = wave.closed(now) else { bail!("wave {} is not closed", wave.label) };
        let groups = groups(tree, headcount, rows)?;
        let answered = groups.iter().map(|it| it.scores.len()).sum::<usize>();
        let turnout = Turnout {
            eligible: headcount.values().sum(),
            ballots: u32::try_from(answered)?,
            spoilt: 0,
        };
        let label = wave.label.clone();
        let done = release(closed, tree, groups, turnout, policy, releases.last())
            .with_context(|| format!("wave {label} was not released, and nothing was written"))?;
        releases.push(done);
        progress.add(1);
    }
    progress.finish(&format!("{} waves released", releases.len()));
    Ok(releases)
}

/// A label like `2026-11` is that month; any other wave gets a month of its own in order, from 2000 on.
fn dated(at: usize, label: WaveLabel) -> Result<Wave> {
    let first = NaiveDate::parse_from_str(&format!("{label}-01"), "%Y-%m-%d")
        .ok()
        .filter(|_| label.as_str().len() == 7)
        .or_else(|| {
            NaiveDate::from_ymd_opt(2000, 1, 1)?
                .checked_add_months(Months::new(u32::try_from(at).ok()?))
        })
        .context("too many waves")?;
    let opens: DateTime<Utc> = first.and_time(NaiveTime::MIN).and_utc();
    let window = Window::new(opens, opens, opens + TimeDelta::days(27))?;
    Ok(Wave { seq: WaveSeq(u32::try_from(at + 1)?), label, asks: InstrumentId::PULSE, window })
}

/// One group for each unit with people in it.
fn groups(tree: &UnitTree, headcount: &BTreeMap<UnitId, u32>, rows: Rows) -> Result<Vec<Group>> {
    let cohorts = tree
        .units()
        .iter()
        .enumerate()
        .map(|(at, unit)| {
            Ok(Cohort {
                id: cohort_id(at)?,
                units: vec![unit.id],
                label: unit.name.to_string(),
                eligible: headcount.get(&unit.id).copied().unwrap_or(0),
            })
        })
        .filter(|it| it.as_ref().map_or(true, |it| it.eligible > 0))
        .collect::<Result<Vec<_>>>()?;
    Ok(match rows {
        Rows::Items(rows) => {
            let sheets = rows
                .into_iter()
                .map(|(unit, sheet)| {
                    Ok((cohort_id(tree.index_of(unit).context("a unit of the tree")?)?, sheet))
                })
                .collect::<Result<Vec<_>>>()?;
            score(&PULSE, &sheets, None).into_groups(&cohorts)
        }
        Rows::Scores(rows) => {
            let mut by_unit: BTreeMap<UnitId, Vec<PersonScores>> = BTreeMap::new();
            for (unit, scores) in rows {
                by_unit.entry(unit).or_default().push(scores);
            }
            cohorts
                .into_iter()
                .map(|it| Group {
                    scores: it
                        .units
                        .iter()
                        .flat_map(|unit| by_unit.remove(unit).unwrap_or_default())
                        .collect(),
                    items: ItemSums::default(),
                    headcount: it.eligible,
                    units: it.units,
                })
                .collect()
        }
    })
}

fn cohort_id(at: usize) -> Result<CohortId> {
    Ok(format!("u{at}").parse()?)
}

//! `cargo xtask simulate --next-wave FILE`: repeated surveys of real teams, through the product's planning
//! and coarsening; which of the numbers that are shown comes closest to the same team's next wave.
//!
//! The file is a CSV with two columns for the team, one for the person (a person's first row counts), and the
//! columns of each scale wave by wave, each from 1 to 5. It is read where it lies. By default its columns
//! are those of `univbct` in Bliese's R package `multilevel`.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use anyhow::{Context as _, Result, ensure};
use chrono::{DateTime, TimeDelta, Utc};
use tideline_aggregation::{
    Group, ItemSums, PersonScores, Policy, Release, Subject, Turnout, release, trend,
};
use tideline_domain::{InstrumentId, PerScale, Scale, Wave, WaveSeq, Window};

use crate::{
    organisation::{tree_of, unit_id},
    say,
};

/// Companies of different battalions have the same letters.
const TEAM: [&str; 2] = ["BTN", "COMPANY"];
const PERSON: &str = "SUBNUM";
const SCALES: [&str; 3] = ["JOBSAT", "COMMIT", "READY"];
const WAVES: usize = 3;

/// A team's people: a score of each for each wave and scale, 0 to 100.
type Team = Vec<[[Option<f64>; 3]; WAVES]>;

pub(super) fn run(file: &Path) -> Result<()> {
    let teams = read(file)?;
    let history = released(&teams)?;
    let mut errors: BTreeMap<&str, (f64, u32)> = BTreeMap::new();
    let mut of_teams = BTreeSet::new();
    for at in 0..WAVES - 1 {
        let until = &history[..=at];
        for (index, scale) in Scale::ALL.into_iter().enumerate() {
            let compared = trend::compare(until, scale).unwrap_or_default();
            for (team, people) in teams.iter().enumerate() {
                let unit = unit_id(team + 1);
                let subject = Subject::Unit(unit);
                let (Some(page), Some(_)) = (history[at].page(unit), history[at + 1].page(unit))
                else {
                    continue;
                };
                let Some(next) = mean(people.iter().filter_map(|it| it[at + 1][index])) else {
                    continue;
                };
                let level = trend::read(until, &subject, scale).levels.last().copied().flatten();
                let drawn = compared.iter().find(|it| it.subject == subject);
                let (Some(level), Some(drawn)) = (level, drawn) else { continue };
                of_teams.insert(team);
                let shown = [
                    ("page: dot", page.figures.get(scale).value),
                    ("filter: line", level.value),
                    ("shrinkage: side by side", drawn.value),
                ];
                for (name, value) in shown {
                    let (sum, n) = errors.entry(name).or_default();
                    *sum += (value - next).powi(2);
                    *n += 1;
                }
            }
        }
    }
    say(&format!(
        "{} teams, {} of them with a page in two waves in a row; {} atoms in the waves",
        teams.len(),
        of_teams.len(),
        history.iter().map(|it| it.atoms().len().to_string()).collect::<Vec<_>>().join(", "),
    ));
    say(
        "error of what is shown against the exact mean of the same team's next wave, root mean square",
    );
    for (name, (sum, n)) in errors {
        say(&format!("{name:<24} {:.2} points over {n} predictions", (sum / f64::from(n)).sqrt()));
    }
    Ok(())
}

fn mean(of: impl Iterator<Item = f64>) -> Option<f64> {
    let (sum, n) = of.fold((0.0, 0_u32), |(sum, n), it| (sum + it, n + 1));
    (n > 0).then(|| sum / f64::from(n))
}

fn read(file: &Path) -> Result<Vec<Team>> {
    let mut reader =
        csv::Reader::from_path(file).with_context(|| format!("reading {}", file.display()))?;
    let header = reader.headers()?.clone();
    let column = |name: &str| {
        header.iter().position(|it| it == name).with_context(|| format!("no column {name}"))
    };
    let (above, team, person) = (column(TEAM[0])?, column(TEAM[1])?, column(PERSON)?);
    let mut columns = [[0; 3]; WAVES];
    for (wave, of) in columns.iter_mut().enumerate() {
        for (scale, at) in of.iter_mut().enumerate() {
            *at = column(&format!("{}{}", SCALES[scale], wave + 1))?;
        }
    }
    let (mut seen, mut teams) = (BTreeSet::new(), BTreeMap::<String, Team>::new());
    for row in reader.records() {
        let row = row?;
        let cell = |at: usize| row.get(at).unwrap_or_default();
        let name = format!("{} {}", cell(above), cell(team));
        if !seen.insert((name.clone(), cell(person).to_owned())) {
            continue;
        }
        let score = |at: usize| {
            let raw: f64 = cell(at).parse().ok()?;
            ((1.0..=5.0).contains(&raw)).then_some(25.0 * (raw - 1.0))
        };
        let scores = columns.map(|of| of.map(score));
        teams.entry(name).or_default().push(scores);
    }
    ensure!(!teams.is_empty(), "{} holds nobody", file.display());
    Ok(teams.into_values().collect())
}

/// Every team below one root, released wave by wave; who lacks a scale did not answer.
fn released(teams: &[Team]) -> Result<Vec<Release>> {
    let parents: Vec<Option<usize>> =
        std::iter::once(None).chain(teams.iter().map(|_| Some(0))).collect();
    let tree = tree_of(&parents)?;
    let mut history: Vec<Release> = Vec::new();
    for at in 0..WAVES {
        let opens: DateTime<Utc> = DateTime::from_timestamp(1_800_000_000, 0).context("a time")?
            + TimeDelta::days(91 * at as i64);
        let window = Window::new(opens, opens, opens + TimeDelta::days(13))?;
        let (seq, label) = (WaveSeq(at as u32 + 1), format!("w{at}").parse()?);
        let wave = Wave { seq, label, asks: InstrumentId::PULSE, window };
        let groups: Vec<Group> = teams
            .iter()
            .enumerate()
            .map(|(team, people)| {
                let scores: Vec<PersonScores> = people
                    .iter()
                    .filter_map(|it| {
                        let [a, b, c] = it[at];
                        let whole = |it: f64| Some(it.round_ties_even() as u8);
                        Some(PerScale { burnout: whole(a?), sts: whole(b?), cs: whole(c?) })
                    })
                    .collect();
                let headcount = people.len() as u32;
                Group {
                    units: vec![unit_id(team + 1)],
                    headcount,
                    scores,
                    items: ItemSums::default(),
                }
            })
            .collect();
        let turnout = Turnout {
            eligible: groups.iter().map(|it| it.headcount).sum(),
            ballots: groups.iter().map(|it| it.scores.len() as u32).sum(),
            spoilt: 0,
        };
        let closed = wave.closed(wave.window.closes()).context("a closed wave")?;
        history.push(release(closed, &tree, groups, turnout, &Policy::default(), history.last())?);
    }
    Ok(history)
}

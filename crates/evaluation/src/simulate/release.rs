//! Releases: what people see, how well it tells the truth, and what attackers are left
//! with, by the product's own code on made-up organisations.

use anyhow::{Context as _, Result, bail};
use rand::{Rng as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;
use tideline_aggregation::{Coverage, MinGroup, People, Release, coarsen::Coarsening};
use tideline_domain::UnitId;

use crate::{
    organisation::{Organisation, Shape, normal},
    say,
};

const USAGE: &str = "\
usage: cargo xtask simulate [--units N] [--trials N]

  --units N   units of the organisation; 2000 unless given
  --trials N  groups for each line of the error and attack tables; 20000 unless given";

const SEED: u64 = 7;
/// Smallest groups that are compared. Unit: people.
const SMALLEST: [u32; 4] = [5, 6, 8, 10];
/// Spread of scores within a team, and of teams. Unit: points.
const WITHIN: f64 = 22.0;
const BETWEEN: f64 = 8.0;

/// Runs the chore.
pub(super) fn run(arguments: &[String]) -> Result<()> {
    let (mut units, mut trials) = (2_000, 20_000);
    let mut rest = arguments.iter().map(String::as_str);
    while let Some(argument) = rest.next() {
        let mut number = || -> Result<usize> { Ok(rest.next().context(USAGE)?.parse()?) };
        match argument {
            "--units" => units = number()?,
            "--trials" => trials = number()?,
            other => bail!("there is no `{other}`\n{USAGE}"),
        }
    }
    pages(units)?;
    errors(trials);
    joiner(trials);
    colluders(trials);
    Ok(())
}

/// Whole percent.
fn percent(part: usize, whole: usize) -> String {
    if whole == 0 {
        "–".to_owned()
    } else {
        format!("{:.1} %", 100.0 * part as f64 / whole as f64)
    }
}

/// Who has a page, by smallest group.
fn pages(units: usize) -> Result<()> {
    let shape = Shape { units, team: 9.0, response: 0.7 };
    let made = Organisation::random(shape, &mut ChaCha8Rng::seed_from_u64(SEED))?;
    say(&format!(
        "{units} units, teams of about 9, 70 % response, {} answers\n\n\
         | k | teams with n ≥ k | of these with a page | answers on an own page / in a pool | median \
         pool | higher units with a page | of these whole / 90 % and more |\n|---|---|---|---|---|---|---|",
        made.answers()
    ));
    for k in SMALLEST {
        say(&pages_line(&made, &made.release(MinGroup::new(k)?, None)?, k));
    }
    Ok(())
}

fn pages_line(made: &Organisation, release: &Release, k: u32) -> String {
    let tree = &made.tree;
    let mut below = vec![0_usize; tree.len()];
    let mut is_team = vec![true; tree.len()];
    for at in (0..tree.len()).rev() {
        below[at] += made.scores[at].len();
        if let Some(above) = tree.parent(at) {
            below[above] += below[at];
            is_team[above] = false;
        }
    }
    let teams: Vec<usize> = (0..tree.len()).filter(|&it| is_team[it]).collect();
    let large = |at: &&usize| made.scores[**at].len() >= k as usize;
    let id = |at: usize| tree.units()[at].id;
    let shown: std::collections::BTreeSet<UnitId> =
        release.atoms().iter().filter(|it| it.units.len() == 1).map(|it| it.units[0]).collect();
    let with_n = teams.iter().filter(large).count();
    let with_page = teams.iter().filter(large).filter(|it| shown.contains(&id(**it))).count();
    let here = |unit: &UnitId| tree.index_of(*unit).map_or(0, |at| made.scores[at].len());
    let people = |it: &&tideline_aggregation::Atom| it.units.iter().map(here).sum::<usize>();
    let in_own: usize =
        release.atoms().iter().filter(|it| it.units.len() == 1).map(|it| people(&it)).sum();
    let all: usize = release.atoms().iter().map(|it| people(&it)).sum();
    let mut pools: Vec<usize> =
        release.atoms().iter().filter(|it| it.units.len() > 1).map(|it| people(&it)).collect();
    pools.sort_unstable();
    let higher: Vec<usize> = (0..tree.len()).filter(|&it| !is_team[it]).collect();
    let page = |at: usize| release.page(id(at));
    let with: Vec<usize> = higher.iter().copied().filter(|&it| page(it).is_some()).collect();
    let whole = |at: usize| {
        release.atoms_inside(id(at)).map(|it| people(&it.1)).sum::<usize>() == below[at]
    };
    let most = |at: usize| page(at).is_some_and(|it| it.coverage == Coverage::Full90);
    format!(
        "| {k} | {} | {} | {} / {} | {} | {} | {} / {} |",
        percent(with_n, teams.len()),
        percent(with_page, with_n),
        percent(in_own, all),
        percent(all - in_own, all),
        pools.get(pools.len() / 2).copied().unwrap_or(0),
        percent(with.len(), higher.len()),
        percent(with.iter().filter(|it| whole(**it)).count(), with.len()),
        percent(with.iter().filter(|it| most(**it)).count(), with.len()),
    )
}

/// One team: its true level and the scores of `n` people.
fn team(n: u32, level: f64, random: &mut ChaCha8Rng) -> (f64, Vec<u32>) {
    let level = level + BETWEEN * normal(random);
    let score = |random: &mut ChaCha8Rng| {
        (level + WITHIN * normal(random)).clamp(0.0, 100.0).round() as u32
    };
    (level, (0..n).map(|_| score(random)).collect())
}

/// How far the shown mean is from the team's true level, with exact and with coarsened totals.
fn errors(trials: usize) {
    say(
        "\n| n | error of an exact mean | of the shown mean | shown as a limit |\n|---|---|---|---|",
    );
    let mut random = ChaCha8Rng::seed_from_u64(SEED);
    let cells = Coarsening::SCORE;
    for n in [5, 6, 8, 12, 20, 60] {
        let (mut exact, mut shown, mut limits) = (0.0, 0.0, 0);
        for _ in 0..trials {
            let (level, scores) = team(n, 45.0, &mut random);
            let total: u32 = scores.iter().sum();
            // Of half as many again who were asked, which is two thirds of them.
            let told_for = People::told(n, n + n / 2, MinGroup::DEFAULT.people().min(n)).least;
            let cell = cells.told(total, n, told_for);
            exact += (f64::from(total) / f64::from(n) - level).powi(2);
            let mean = cells.representative(cell, told_for) / f64::from(told_for);
            shown += (mean - level).powi(2);
            limits += usize::from(
                cells.place(cell, told_for) != tideline_aggregation::coarsen::Place::Middle,
            );
        }
        let root = |sum: f64| (sum / trials as f64).sqrt();
        let limits = percent(limits, trials);
        say(&format!("| {n} | {:.2} | {:.2} | {limits} |", root(exact), root(shown)));
    }
}

/// Somebody joins a team, and everybody else answers as before: what is left of the joiner's scores?
fn joiner(trials: usize) {
    say(
        "\n| joins a team of | level | known exactly, exact means | known exactly, as shown | scores \
         left of 101, on average | fewest |\n|---|---|---|---|---|---|",
    );
    for (n, level) in [(6, 45.0), (8, 45.0), (12, 45.0), (8, 80.0)] {
        let mut random = ChaCha8Rng::seed_from_u64(SEED);
        let left: Vec<u32> = (0..trials)
            .map(|_| {
                let (_, scores) = team(n + 1, level, &mut random);
                let all: u32 = scores.iter().sum();
                let (after_lo, after_hi) = told(all, n + 1);
                let (before_lo, before_hi) = told(all - scores[0], n);
                left_between(after_lo - before_hi, after_hi - before_lo)
            })
            .collect();
        say(&format!("| {n} | {level:.0} | 100 % | {}", left_line(&left)));
    }
}

/// All others of a group tell each other what they answered: what is left of the last one's scores?
fn colluders(trials: usize) {
    say(
        "\n| all but one of | level | known exactly, exact means | known exactly, as shown | scores left \
         of 101, on average | fewest |\n|---|---|---|---|---|---|",
    );
    for (n, level) in [(6, 45.0), (8, 45.0), (12, 45.0), (8, 80.0)] {
        let mut random = ChaCha8Rng::seed_from_u64(SEED);
        let left: Vec<u32> = (0..trials)
            .map(|_| {
                let (_, scores) = team(n, level, &mut random);
                let victim = random.random_range(0..scores.len());
                let all: u32 = scores.iter().sum();
                let (lo, hi) = told(all, n);
                let others = i64::from(all - scores[victim]);
                left_between(lo - others, hi - others)
            })
            .collect();
        say(&format!("| {n} | {level:.0} | 100 % | {}", left_line(&left)));
    }
}

/// What is told of a `total` of `n` people of whom all took part, to somebody who knows that: the least and
/// the most it may be.
fn told(total: u32, n: u32) -> (i64, i64) {
    let told_for = People::told(n, n, MinGroup::DEFAULT.people()).least;
    let told = Coarsening::SCORE.told(total, n, told_for);
    let back = Coarsening::SCORE.told_from(told, told_for, n).unwrap_or(told);
    (back.lo.into(), back.hi.into())
}

/// How many scores of 0 to 100 lie between.
fn left_between(lo: i64, hi: i64) -> u32 {
    (hi.min(100) - lo.max(0) + 1).max(0).unsigned_abs() as u32
}

fn left_line(left: &[u32]) -> String {
    let known = left.iter().filter(|&&it| it == 1).count();
    let mean = left.iter().map(|&it| f64::from(it)).sum::<f64>() / left.len() as f64;
    let fewest = left.iter().min().copied().unwrap_or(0);
    format!("{} | {mean:.0} | {fewest} |", percent(known, left.len()))
}

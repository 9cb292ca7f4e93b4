//! Random trees through the whole pipeline: the plan is the best there is, nobody is left out, the
//! auditor finds nothing, and other answers change nothing that is not an answer.

use anyhow::{Result, ensure};
use rand::{Rng as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;
use tideline_aggregation::{
    MinGroup, Release,
    plan::{Standing, plan},
};

use crate::{organisation::Organisation, say};

/// Decisions up to which all combinations are tried.
const MOST_DECISIONS: usize = 14;
/// What the planner counts, as `docs/privacy.md` gives it: a page, and a little for its people; an
/// answer handed up past a unit; an answer in no atom; the same for staff of whom nobody answered.
const PER_LOG_PEOPLE: f64 = 1e-6;
const HAND_UP: f64 = 0.1;
const HAND_UP_EMPTY: f64 = 0.05;
const LEFT_OUT: f64 = 50.0;
const LEFT_OUT_EMPTY: f64 = 2.0;

#[derive(Default)]
struct Seen {
    trees: usize,
    units: usize,
    answers: usize,
    atoms: usize,
    brute_forced: usize,
    too_small: usize,
}

pub(super) fn run(count: usize, most_units: usize, seed: u64) -> Result<()> {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let mut seen = Seen::default();
    for at in 0..count {
        // As many small trees as large ones, so that many can be tried in all ways.
        let units = (random.random_range(0.0..=(most_units as f64).ln())).exp().round() as usize;
        let made = Organisation::wild(units.max(1), &mut random)?;
        let k = [5, 6, 8][random.random_range(0..3)];
        let checked = check(&made, MinGroup::new(k)?, &mut seen, &mut random);
        ensure!(
            checked.is_ok(),
            "tree {at} of seed {seed}, {units} units, k = {k}: {:#}",
            checked.err().unwrap_or_else(|| anyhow::anyhow!("?"))
        );
    }
    say(&format!(
        "{} trees of up to {most_units} units ({} units, {} answers, {} atoms; {} organisations below \
         the smallest group): no answer left out, auditor SAFE, other answers leave the plan as it is; \
         {} plans worth as much as the best of all combinations",
        seen.trees, seen.units, seen.answers, seen.atoms, seen.too_small, seen.brute_forced
    ));
    Ok(())
}

fn check(made: &Organisation, k: MinGroup, seen: &mut Seen, random: &mut ChaCha8Rng) -> Result<()> {
    let release = made.release(k, None)?;
    let answers = made.answers();
    let here = |unit| made.tree.index_of(unit).map_or(0, |at| made.scores[at].len());
    let mut counted = 0;
    for atom in release.atoms() {
        let n: usize = atom.units.iter().copied().map(here).sum();
        ensure!(u32::try_from(n).is_ok_and(|it| atom.people.holds(it)), "{n} are not in {atom:?}");
        counted += n;
    }
    if answers < k.people() as usize {
        ensure!(release.atoms().is_empty(), "too few people are shown");
    }
    if release.atoms().is_empty() {
        seen.too_small += 1;
    } else {
        ensure!(counted == answers, "{} answers are left out", answers - counted);
    }
    let findings = release.audit();
    ensure!(findings.is_empty(), "the auditor finds {findings:?}");

    let other = Organisation {
        tree: made.tree.clone(),
        headcount: made.headcount.clone(),
        scores: made
            .scores
            .iter()
            .map(|it| it.iter().map(|_| random.random_range(0..=100)).collect())
            .collect(),
    };
    let other = other.release(k, None)?;
    ensure!(pattern(&release) == pattern(&other), "other answers change the plan");

    if let Some(best) = brute_force(made, k.people()) {
        let parents: Vec<_> = (0..made.tree.len()).map(|it| made.tree.parent(it)).collect();
        let direct: Vec<u32> = made.scores.iter().map(|it| it.len() as u32).collect();
        let standing = vec![Standing::New; parents.len()];
        let found = plan(&parents, &direct, &made.headcount, k.people(), &standing).value;
        ensure!((found - best).abs() < 1e-6, "the plan is worth {found}, but {best} is possible");
        seen.brute_forced += 1;
    }
    seen.trees += 1;
    seen.units += made.tree.len();
    seen.answers += answers;
    seen.atoms += release.atoms().len();
    Ok(())
}

/// Everything of a release but what was answered, as text.
fn pattern(release: &Release) -> String {
    let atoms: Vec<_> =
        release.atoms().iter().map(|it| (&it.units, it.people, it.took_part)).collect();
    let spreads: Vec<_> =
        release.details().spreads.iter().map(|it| it.map(Option::is_some)).collect();
    let blocks: Vec<_> = release.details().blocks.iter().map(|it| &it.atoms).collect();
    format!("{atoms:?} {spreads:?} {blocks:?}")
}

/// A node of a tree whose answers are all at its leaves.
struct Node {
    parent: Option<usize>,
    leaf: bool,
    answers: u32,
    staff: u32,
}

/// The most that any combination of decisions is worth; `None` if there are too many. A leaf of at
/// least `k` answers may stand alone; a unit may close what is handed up to it into a pool.
fn brute_force(made: &Organisation, k: u32) -> Option<f64> {
    let units = made.tree.len();
    let mut nodes: Vec<Node> = (0..units)
        .map(|at| Node {
            parent: made.tree.parent(at),
            leaf: made.tree.children(at).next().is_none(),
            answers: made.scores[at].len() as u32,
            staff: made.headcount[at],
        })
        .collect();
    for at in 0..units {
        let (answers, staff) = (nodes[at].answers, nodes[at].staff);
        if !nodes[at].leaf && staff > 0 {
            (nodes[at].answers, nodes[at].staff) = (0, 0);
            nodes.push(Node { parent: Some(at), leaf: true, answers, staff });
        }
    }
    let decides: Vec<usize> =
        (0..nodes.len()).filter(|&it| !nodes[it].leaf || nodes[it].answers >= k).collect();
    if decides.len() > MOST_DECISIONS {
        return None;
    }
    let total: u32 = nodes.iter().map(|it| it.answers).sum();
    if total < k {
        return Some(0.0);
    }
    // Leaves of inner units come last, so children always come after their parents.
    let choices = 0..1_u32 << decides.len();
    let worths = choices.filter_map(|choice| {
        worth(&nodes, k, |node| {
            decides.iter().position(|&it| it == node).is_some_and(|at| choice >> at & 1 == 1)
        })
    });
    worths.max_by(f64::total_cmp)
}

fn worth(nodes: &[Node], k: u32, chosen: impl Fn(usize) -> bool) -> Option<f64> {
    let mut value = 0.0;
    let mut handed = vec![(0_u32, false); nodes.len()];
    for at in (0..nodes.len()).rev() {
        let node = &nodes[at];
        let up = if node.leaf {
            if chosen(at) {
                value += 1.0 + PER_LOG_PEOPLE * f64::from(node.answers).ln_1p();
                (0, false)
            } else {
                (node.answers, node.answers == 0 && (1..k).contains(&node.staff))
            }
        } else if chosen(at) {
            if handed[at].0 < k {
                return None;
            }
            (0, false)
        } else {
            let (each, empty) =
                if at == 0 { (LEFT_OUT, LEFT_OUT_EMPTY) } else { (HAND_UP, HAND_UP_EMPTY) };
            value -= match handed[at] {
                (0, true) => empty,
                (answers, _) => each * f64::from(answers.min(k)),
            };
            handed[at]
        };
        match node.parent {
            Some(parent) => {
                handed[parent].0 += up.0;
                handed[parent].1 |= up.1;
            }
            // A root that is a leaf has nobody to hand up to.
            None if node.leaf => {
                value -= match up {
                    (0, true) => LEFT_OUT_EMPTY,
                    (answers, _) => LEFT_OUT * f64::from(answers.min(k)),
                };
            }
            None => {}
        }
    }
    Some(value)
}

#[cfg(test)]
mod tests {
    #[test]
    fn random_trees_are_planned_well_and_safely() {
        super::run(60, 120, 11).unwrap();
    }
}

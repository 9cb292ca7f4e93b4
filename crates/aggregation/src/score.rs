//! From answer sheets to one score for each person and scale.

use std::{
    collections::{BTreeMap, HashMap},
    fmt,
};

use tideline_domain::{
    AnswerSheet, Cohort, CohortId, Item, PerScale, Questionnaire, Scale, UnitId,
    questionnaire::Target,
};

use crate::{Asked, ItemSums};

/// One person's score on each scale, in whole points from 0 to 100; `None` without an answer to any
/// of its items. Never printed: whatever holds some redacts them.
pub type PersonScores = PerScale<Option<u8>>;

/// How much higher than its scale each item is usually scored, in points of 0 to 100.
///
/// Everybody is asked a few items of a scale only; without this, being asked the hard ones would
/// look like being better off.
#[derive(Clone, PartialEq)]
pub struct Difficulty(Vec<f64>);

impl Difficulty {
    /// All items are alike.
    pub const NONE: Self = Self(Vec::new());

    /// `points[i]` for the item at index `i` of the questionnaire. Items without a number count as 0.
    pub const fn new(points: Vec<f64>) -> Self {
        Self(points)
    }

    /// Estimates it from all sheets of a wave: the mean of each item less the mean of its scale's
    /// item means. An item nobody answered gets 0.
    pub fn estimate(q: &Questionnaire, sheets: &[(CohortId, AnswerSheet)]) -> Self {
        let mut raw: Vec<(usize, u64, u64)> =
            Scale::ALL.iter().flat_map(|&it| q.items_of(it)).map(|at| (at, 0, 0)).collect();
        for (_, sheet) in sheets {
            for (at, sum, n) in &mut raw {
                if let Some(answer) = sheet.get(*at) {
                    *sum += u64::from(answer.raw());
                    *n += 1;
                }
            }
        }
        let mut means = vec![None; q.items.len()];
        for (at, sum, n) in raw {
            means[at] = (n > 0).then(|| points(sum as f64 / n as f64, q.items[at].reversed));
        }
        let mut difficulty = vec![0.0; q.items.len()];
        for scale in Scale::ALL {
            let known: Vec<(usize, f64)> =
                q.items_of(scale).filter_map(|at| means[at].map(|it| (at, it))).collect();
            let mean = known.iter().map(|&(_, it)| it).sum::<f64>() / known.len() as f64;
            for (at, item) in known {
                difficulty[at] = item - mean;
            }
        }
        Self(difficulty)
    }

    fn of(&self, item: usize) -> f64 {
        self.0.get(item).copied().unwrap_or(0.0)
    }
}

/// Where few people answered it comes close to an answer, so it is not printed by accident.
impl fmt::Debug for Difficulty {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Difficulty({} items, …)", self.0.len())
    }
}

/// The direct staff of one or more units, as one cohort: the finest thing a tally can tell apart.
#[derive(Clone, PartialEq, Eq)]
pub struct Group {
    /// Whose staff; in no other group.
    pub units: Vec<UnitId>,
    /// How many were asked. Unit: people.
    pub headcount: u32,
    /// The scores of those who answered, in any order.
    pub scores: Vec<PersonScores>,
    /// Their answers item by item, added up; none where only scores are known.
    pub items: ItemSums,
}

/// Scores are close to answers and never printed.
impl fmt::Debug for Group {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Group({} units, {} asked, …)", self.units.len(), self.headcount)
    }
}

/// Everybody's scores, by cohort.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Scored(HashMap<CohortId, (Vec<PersonScores>, ItemSums)>);

impl Scored {
    /// The groups that a release is made of, one for each cohort; empty where nobody answered.
    /// Scores of cohorts that are not among `cohorts` are dropped.
    pub fn into_groups(mut self, cohorts: &[Cohort]) -> Vec<Group> {
        cohorts
            .iter()
            .map(|it| {
                let (scores, items) = self.0.remove(&it.id).unwrap_or_default();
                Group { units: it.units.clone(), headcount: it.eligible, scores, items }
            })
            .collect()
    }

    /// The scores of one cohort, in the order of the sheets.
    pub fn of(&self, cohort: &CohortId) -> &[PersonScores] {
        self.0.get(cohort).map_or(&[], |it| it.0.as_slice())
    }
}

/// Scores are close to answers and never printed.
impl fmt::Debug for Scored {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Scored({} cohorts, …)", self.0.len())
    }
}

/// Points from 0 to 100 for a raw answer (or mean of answers) from 0 to 4.
fn points(raw: f64, reversed: bool) -> f64 {
    if reversed { 100.0 - 25.0 * raw } else { 25.0 * raw }
}

/// What each answer to each item that counts is worth, worked out once: points less difficulty.
struct Worth(Vec<(usize, usize, [f64; 5])>);

impl Worth {
    /// Without `difficulty` it is estimated from `sheets`, if people were asked different items.
    fn new(
        q: &Questionnaire,
        sheets: &[(CohortId, AnswerSheet)],
        difficulty: Option<&Difficulty>,
    ) -> Self {
        let estimated;
        let difficulty = match difficulty {
            Some(given) => given,
            None if q.is_drawn() => {
                estimated = Difficulty::estimate(q, sheets);
                &estimated
            }
            None => &Difficulty::NONE,
        };
        let of = |(at, item): (usize, &Item)| {
            let Target::Scale(scale, _) = item.target else { return None };
            let scale = Scale::ALL.iter().position(|it| *it == scale)?;
            let of = |raw| points(raw, item.reversed) - difficulty.of(at);
            Some((at, scale, [0.0, 1.0, 2.0, 3.0, 4.0].map(of)))
        };
        Self(q.items.iter().enumerate().filter_map(of).collect())
    }

    /// The adjusted sheet mean on each scale; `None` with fewer answers than it takes.
    /// [`crate::estimate::matrix::adjusted_sheet_mean`] is the formula.
    fn means(&self, sheet: &AnswerSheet, least: &[usize; 3]) -> [Option<f64>; 3] {
        let mut sums = [(0.0, 0_usize); Scale::ALL.len()];
        for &(at, scale, points) in &self.0 {
            if let Some(answer) = sheet.get(at) {
                sums[scale].0 += points[usize::from(answer.raw())];
                sums[scale].1 += 1;
            }
        }
        std::array::from_fn(|it| {
            let (sum, n) = sums[it];
            (n >= least[it].max(1)).then(|| sum / n as f64)
        })
    }
}

/// Scores all sheets of a wave: the mean, over the answered items of a scale, of the item's points
/// less its difficulty; kept within 0 to 100 and rounded to whole points, so that totals are exact
/// whatever the order of the sheets.
///
/// Without `difficulty` it is estimated from these sheets, unless everybody is asked everything.
pub fn score(
    q: &Questionnaire,
    sheets: &[(CohortId, AnswerSheet)],
    difficulty: Option<&Difficulty>,
) -> Scored {
    let (worth, least) =
        (Worth::new(q, sheets, difficulty), Scale::ALL.map(|it| *q.min_answered.get(it)));
    let asked = Asked::new(q);
    let mut scored: HashMap<CohortId, (Vec<PersonScores>, ItemSums)> = HashMap::new();
    for (cohort, sheet) in sheets {
        // Halves go to the even neighbour: rounding them up would lift every mean.
        let [burnout, sts, cs] = worth
            .means(sheet, &least)
            .map(|it| it.map(|it| it.clamp(0.0, 100.0).round_ties_even() as u8));
        let scores = PerScale { burnout, sts, cs };
        if !scored.contains_key(cohort) {
            scored.insert(cohort.clone(), (Vec::new(), ItemSums::new(&asked)));
        }
        if let Some((of, items)) = scored.get_mut(cohort) {
            of.push(scores);
            items.add(sheet);
        }
    }
    Scored(scored)
}

/// Each cohort's exact mean on each scale: what [`score`] comes to before clamping, rounding and
/// coarsening. For comparison with the reference calculation in tests and chores; no release, page,
/// file or log holds it.
pub fn exact_means(
    q: &Questionnaire,
    sheets: &[(CohortId, AnswerSheet)],
    difficulty: Option<&Difficulty>,
) -> BTreeMap<CohortId, PerScale<Option<f64>>> {
    let (worth, least) =
        (Worth::new(q, sheets, difficulty), Scale::ALL.map(|it| *q.min_answered.get(it)));
    let mut sums: BTreeMap<CohortId, [(f64, usize); 3]> = BTreeMap::new();
    for (cohort, sheet) in sheets {
        let sums = sums.entry(cohort.clone()).or_default();
        for (sum, found) in sums.iter_mut().zip(worth.means(sheet, &least)) {
            if let Some(value) = found {
                *sum = (sum.0 + value, sum.1 + 1);
            }
        }
    }
    let mean = |(sum, n): (f64, usize)| (n > 0).then(|| sum / n as f64);
    sums.into_iter()
        .map(|(cohort, [burnout, sts, cs])| {
            (cohort, PerScale { burnout: mean(burnout), sts: mean(sts), cs: mean(cs) })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use tideline_domain::Answer;
    use tideline_instrument::PULSE;

    use super::*;

    /// Points of the seven burnout items, 255 where one was not asked, as raw answers of a sheet.
    fn sheet(burnout: [u8; 7]) -> AnswerSheet {
        let mut answers = vec![None; PULSE.items.len()];
        for (at, points) in PULSE.items_of(Scale::Burnout).zip(burnout) {
            let raw =
                if PULSE.items[at].reversed { 100_u8.wrapping_sub(points) } else { points } / 25;
            answers[at] = (points <= 100).then(|| Answer::new(raw).unwrap());
        }
        AnswerSheet::new(answers)
    }

    fn cohort(name: &str) -> CohortId {
        name.parse().unwrap()
    }

    fn burnout(sheets: &[[u8; 7]], difficulty: Option<&Difficulty>) -> Vec<Option<u8>> {
        let sheets: Vec<_> = sheets.iter().map(|&it| (cohort("c1"), sheet(it))).collect();
        score(&PULSE, &sheets, difficulty).of(&cohort("c1")).iter().map(|it| it.burnout).collect()
    }

    const NO: u8 = 255;

    /// Golden case of the reference calculation: 24.3, 40.3, 48, 46.7, 70.7, 66, 29, 49.3, 32.
    #[test]
    fn difficulty_is_taken_out_of_the_asked_items() {
        let sheets = [
            [25, 25, 25, NO, NO, NO, NO],
            [50, NO, NO, 50, 25, NO, NO],
            [50, NO, NO, NO, NO, 50, 50],
            [NO, 50, NO, 50, NO, 50, NO],
            [NO, 75, NO, NO, 50, NO, 75],
            [NO, NO, 50, 75, NO, NO, 75],
            [NO, NO, 25, NO, 0, 50, NO],
            [50, 50, 50, NO, NO, NO, NO],
            [50, NO, NO, 25, 25, NO, NO],
        ];
        let mut points = vec![0.0; PULSE.items.len()];
        for (at, d) in PULSE.items_of(Scale::Burnout).zip([6.0, 0.0, -4.0, 8.0, -10.0, 2.0, -2.0]) {
            points[at] = d;
        }
        let expected = [24, 40, 48, 47, 71, 66, 29, 49, 32].map(Some);
        assert_eq!(burnout(&sheets, Some(&Difficulty::new(points))), expected);
    }

    #[test]
    fn difficulty_is_the_items_mean_less_its_scales() {
        let sheets = [[0, 25, 50, 75, 100, 25, 75], [50, 25, 0, 75, 50, 75, 75]];
        let sheets = sheets.map(|it| (cohort("c1"), sheet(it)));
        let found = Difficulty::estimate(&PULSE, &sheets);
        assert_eq!(found.0[..7], [-25.0, -25.0, -25.0, 25.0, 25.0, 0.0, 25.0]);
        assert!(found.0[7..].iter().all(|&it| it == 0.0));
    }

    #[test]
    fn who_answers_nothing_of_a_scale_has_no_score_on_it() {
        assert_eq!(burnout(&[[NO; 7], [100; 7]], None), [None, Some(100)]);
        let scored = score(&PULSE, &[(cohort("c1"), sheet([0; 7]))], None);
        assert_eq!(scored.of(&cohort("c1"))[0].sts, None);
    }

    #[test]
    fn each_cohort_becomes_a_group() {
        let sheets = [("c2", [0; 7]), ("c1", [100; 7]), ("c2", [50; 7])]
            .map(|(name, it)| (cohort(name), sheet(it)));
        let cohorts = ["c1", "c2", "c3"].map(|name| Cohort {
            id: cohort(name),
            units: Vec::new(),
            label: name.to_owned(),
            eligible: 9,
        });
        let scored = score(&PULSE, &sheets, Some(&Difficulty::new(Vec::new())));
        let groups = scored.into_groups(&cohorts);
        let found: Vec<Vec<_>> =
            groups.iter().map(|it| it.scores.iter().map(|it| it.burnout).collect()).collect();
        assert_eq!(found, [vec![Some(100)], vec![Some(0), Some(50)], vec![]]);
        assert!(groups.iter().all(|it| it.headcount == 9));
    }

    #[test]
    fn scores_are_never_printed() {
        let sheets = [(cohort("c1"), sheet([75; 7]))];
        let scored = score(&PULSE, &sheets, None);
        let group = Group {
            units: Vec::new(),
            headcount: 8,
            scores: scored.of(&cohort("c1")).to_vec(),
            items: ItemSums::new(&Asked::new(&PULSE)),
        };
        let all = format!(
            "{scored:?} {group:?} {:?} {:?}",
            Difficulty::estimate(&PULSE, &sheets),
            group.items
        );
        let expected = "Scored(1 cohorts, …) Group(0 units, 8 asked, …) Difficulty(25 items, …) \
                        ItemSums(25 items, …)";
        assert_eq!(all, expected);
    }

    proptest! {
        #[test]
        fn the_order_of_the_sheets_does_not_matter(
            answers in prop::collection::vec(prop::collection::vec(0_u8..6, 25), 1..20),
            turn in any::<prop::sample::Index>(),
        ) {
            let sheets: Vec<_> = answers
                .iter()
                .map(|it| (cohort("c1"), AnswerSheet::from_ballot(25, it).unwrap()))
                .collect();
            let mut turned = sheets.clone();
            let by = turn.index(sheets.len());
            turned.rotate_left(by);
            let (a, b) = (score(&PULSE, &sheets, None), score(&PULSE, &turned, None));
            let mut expected = a.of(&cohort("c1")).to_vec();
            expected.rotate_left(by);
            prop_assert_eq!(expected.as_slice(), b.of(&cohort("c1")));
        }
    }
}

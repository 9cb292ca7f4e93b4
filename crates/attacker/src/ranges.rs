//! Whose possible answers are narrowed down.

use crate::{Contradiction, How, Leak, attacker::Attacker, whole::Solved};

impl Attacker<'_> {
    /// Classes whose members' answers lie within less than `width` points.
    pub(crate) fn ranges(&self, width: i64) -> Result<Vec<Leak>, Contradiction> {
        let mut leaks = Vec::new();
        for class in 0..self.classes.len() {
            if self.classes[class].known.is_some() {
                continue;
            }
            let mut open = false;
            let mut possible = |answer: &i64| match self.may_have_answered(class, *answer) {
                Solved::Value(_) => true,
                Solved::Impossible => false,
                Solved::Open => {
                    open = true;
                    false
                }
            };
            let mut answers = self.publication.lowest..=self.publication.highest;
            let lo = answers.clone().find(&mut possible);
            let hi = answers.rfind(&mut possible);
            let how = match (lo, hi) {
                (Some(lo), Some(hi)) if hi - lo >= width => continue,
                _ if open => How::Undecided,
                (Some(lo), Some(hi)) => How::Range { lo, hi },
                _ => return Err(Contradiction),
            };
            leaks.push(Leak { people: 1, ..self.leak(how, &[class]) });
        }
        Ok(leaks)
    }

    /// Whether somebody of `class` may have given `answer`.
    fn may_have_answered(&self, class: usize, answer: i64) -> Solved {
        let (a, b) = (self.publication.lowest, self.publication.highest);
        let others = self.size(class) - 1;
        let place = self.counts_of(class).find(|it| it.1 == answer).map(|it| it.0);
        let mut result = Solved::Impossible;
        self.each_case(
            |system| {
                if self.totals_only {
                    system.bounds[class] = (a * others + answer, b * others + answer);
                } else if let Some(place) = place {
                    system.bounds[place].0 = system.bounds[place].0.max(1);
                }
            },
            |system| {
                if system.bounds.iter().any(|(lo, hi)| lo > hi) {
                    return Solved::Impossible;
                }
                system.is_possible()
            },
            |solved| {
                if solved != Solved::Impossible {
                    result = solved;
                }
                matches!(solved, Solved::Value(_))
            },
        );
        result
    }
}

//! Which kind of strain stands out: the work itself, or other people's pain; and how the buffer is.
//!
//! Burnout strain stands for the work itself, secondary traumatic stress for other people's pain, and
//! compassion satisfaction, the good in the work, for what buffers both. That the two strains are different
//! things with different remedies, and that the third counts against both: Stamm 2010, The Concise ProQOL
//! Manual; Figley 1995, Compassion Fatigue; Cieslak et al. 2014, doi:10.1037/a0033798 (they go together by
//! .69, so that often both stand out).
//!
//! A function of published trends alone: never of a level, never of how two measures stand beside each
//! other, and never about a person. A kind is named only of a measure whose change has lasted, and "more like
//! the one than the other" is said only where the two changes differ by more than chance would often bring.
//! It is no diagnosis, and no cause. `docs/adr/0037-the-kind-of-strain-is-named-never-diagnosed.md`.

use tideline_domain::{PerScale, Scale};

use super::{Direction, Reading, State};
use crate::estimate::window::Contrast;

/// How many standard errors two changes must differ by to be called different: the one-sided 5 % point of
/// the normal distribution. The errors are taken as independent, which is the careful side: the same people
/// answer both, so that the difference is surer than that.
const Z: f64 = 1.644_853_626_951_472_2;
/// How far a mark may stand from the usual level in a picture. Unit: halves of the usual range.
const FURTHEST: f64 = 3.0;

/// What a measure does against what is usual for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Sign {
    /// What is usual is still being learned.
    Learning,
    /// Nothing to point out.
    Usual,
    /// Heavier (or the buffer thinner) in the latest check-ins.
    FirstHeavier,
    /// The other way in the latest check-ins.
    FirstLighter,
    /// Heavier (or the buffer thinner), and that has lasted.
    Heavier,
    /// The other way, and that has lasted.
    Lighter,
}

impl Sign {
    /// The sign of `state`.
    pub const fn of(state: &State) -> Self {
        match state {
            State::Learning { .. } => Self::Learning,
            State::NoClearChange => Self::Usual,
            State::Watch(it) => match it.direction {
                Direction::Heavier => Self::FirstHeavier,
                Direction::Lighter => Self::FirstLighter,
            },
            State::Sustained(it) => match it.direction {
                Direction::Heavier => Self::Heavier,
                Direction::Lighter => Self::Lighter,
            },
        }
    }

    /// Stable name, for files and programs.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Learning => "learning",
            Self::Usual => "usual",
            Self::FirstHeavier => "first-sign-heavier",
            Self::FirstLighter => "first-sign-lighter",
            Self::Heavier => "heavier",
            Self::Lighter => "lighter",
        }
    }
}

/// Where strain comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Root {
    /// The work itself: burnout strain.
    Work,
    /// Other people's pain: secondary traumatic stress.
    Pain,
}

/// What can be said of the root that does not stand out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Other {
    /// It changed less, by more than chance would often bring.
    Less,
    /// It shows a first sign, too.
    FirstSign,
    /// Whether it plays a part, the figures cannot tell.
    Untold,
}

/// Which kind of strain stands out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum StrainFinding {
    /// What is usual is still being learned.
    Learning {
        /// Published waves among those that count.
        usable: usize,
        /// How many it takes.
        needed: usize,
    },
    /// No kind of strain stands out.
    Nothing,
    /// Something is heavier, and no kind of strain has lasted.
    FirstSign,
    /// The buffer is thinner, and that has lasted; neither kind of strain stands out.
    Buffer,
    /// One kind has lasted.
    One(Root, Other),
    /// Both have lasted.
    Both,
}

impl StrainFinding {
    /// Stable name, for files and programs.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Learning { .. } => "learning",
            Self::Nothing => "none",
            Self::FirstSign => "first-sign",
            Self::Buffer => "buffer",
            Self::One(Root::Work, Other::Less) => "more-like-work",
            Self::One(Root::Work, _) => "work",
            Self::One(Root::Pain, Other::Less) => "more-like-pain",
            Self::One(Root::Pain, _) => "pain",
            Self::Both => "both",
        }
    }
}

/// The kind of strain, and what each measure does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Strain {
    /// Which kind stands out.
    pub finding: StrainFinding,
    /// What each measure does; of compassion satisfaction, heavier means that the buffer is thinner.
    pub signs: PerScale<Sign>,
}

/// The kind of strain by what is published of three measures at the latest wave: for each its state, and the
/// change that the state rests on.
pub fn strain(measures: &PerScale<(State, Option<Contrast>)>) -> Strain {
    let signs = PerScale::from_fn(|scale| Sign::of(&measures.get(scale).0));
    let changed = |scale| measures.get(scale).1;
    let differ =
        |one: Contrast, other: Contrast| one.delta - other.delta >= Z * one.se.hypot(other.se);
    let beside = |of: Scale, other: Scale| match (signs.get(other), changed(of), changed(other)) {
        (Sign::FirstHeavier, ..) => Other::FirstSign,
        (_, Some(one), Some(two)) if differ(one, two) => Other::Less,
        _ => Other::Untold,
    };
    let (work, pain) = (Scale::Burnout, Scale::SecondaryTraumaticStress);
    let finding = match (signs.burnout, signs.sts, signs.cs) {
        (Sign::Heavier, Sign::Heavier, _) => StrainFinding::Both,
        (Sign::Heavier, ..) => StrainFinding::One(Root::Work, beside(work, pain)),
        (_, Sign::Heavier, _) => StrainFinding::One(Root::Pain, beside(pain, work)),
        (Sign::FirstHeavier, ..) | (_, Sign::FirstHeavier, _) | (.., Sign::FirstHeavier) => {
            StrainFinding::FirstSign
        }
        (.., Sign::Heavier) => StrainFinding::Buffer,
        (Sign::Learning, Sign::Learning, Sign::Learning) => match measures.burnout.0 {
            State::Learning { usable, needed } => StrainFinding::Learning { usable, needed },
            _ => StrainFinding::Nothing,
        },
        _ => StrainFinding::Nothing,
    };
    Strain { finding, signs }
}

impl Strain {
    /// The kind of strain by the readings of one subject. Two changes that were not judged against the same
    /// are not compared.
    pub fn of(readings: &PerScale<&Reading>) -> Self {
        let alike = readings.burnout.against == readings.sts.against;
        strain(&PerScale::from_fn(|scale| {
            let reading = readings.get(scale);
            (reading.state, reading.contrast.filter(|_| alike))
        }))
    }
}

/// Where a figure stands against the usual range, for a picture: −1 to 1 is that range, right of it is
/// heavier, or a thinner buffer. Between −3 and 3. Unit: halves of the usual range.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Placed {
    /// The score.
    pub at: f64,
    /// Where its likely range begins.
    pub from: f64,
    /// Where that ends.
    pub to: f64,
}

/// Where the latest figure of `reading` stands; `None` while what is usual is being learned, or if the latest
/// wave is not published.
pub fn placed(reading: &Reading, scale: Scale) -> Option<Placed> {
    if matches!(reading.state, State::Learning { .. }) {
        return None;
    }
    let (figure, usual) = reading.figures.last().copied().flatten().zip(reading.usual)?;
    // Each half by itself: at an end of the scale the range is cut off, and the mean is not its middle.
    let at = |score: f64| {
        let off = score - usual.mean;
        let half = if off < 0.0 { usual.mean - usual.low } else { usual.high - usual.mean };
        (scale.load_sign() * off / half.max(1.0)).clamp(-FURTHEST, FURTHEST)
    };
    let (one, two) = (at(figure.low), at(figure.high));
    Some(Placed { at: at(figure.value), from: one.min(two), to: one.max(two) })
}

#[cfg(test)]
mod tests {
    use proptest::{
        prelude::*,
        test_runner::{RngAlgorithm, TestRng},
    };

    use super::{
        super::{Change, RULE, difference, judged},
        *,
    };
    use crate::WITHIN_TEAM_SD;

    fn contrast(delta: f64, se: f64) -> Option<Contrast> {
        Some(Contrast { recent: 50.0 + delta, base: 50.0, delta, se })
    }

    fn lasting(delta: f64) -> (State, Option<Contrast>) {
        let direction = if delta > 0.0 { Direction::Heavier } else { Direction::Lighter };
        (State::Sustained(Change { direction, delta, waves: 3 }), contrast(delta, 4.0))
    }

    fn first(delta: f64) -> (State, Option<Contrast>) {
        let direction = if delta > 0.0 { Direction::Heavier } else { Direction::Lighter };
        (State::Watch(Change { direction, delta, waves: 1 }), contrast(delta, 4.0))
    }

    fn quiet(delta: f64) -> (State, Option<Contrast>) {
        (State::NoClearChange, contrast(delta, 4.0))
    }

    const LEARNING: (State, Option<Contrast>) = (State::Learning { usable: 5, needed: 7 }, None);

    #[track_caller]
    fn check(of: [(State, Option<Contrast>); 3], expected: &str) {
        let [burnout, sts, cs] = of;
        let found = strain(&PerScale { burnout, sts, cs });
        assert_eq!(found.finding.code(), expected, "{found:?}");
    }

    #[test]
    fn the_kind_is_the_one_that_lasted() {
        check([lasting(14.0), quiet(0.0), quiet(0.0)], "more-like-work");
        check([lasting(9.0), quiet(4.0), quiet(0.0)], "work");
        check([quiet(0.0), lasting(14.0), quiet(0.0)], "more-like-pain");
        check([quiet(4.0), lasting(9.0), quiet(0.0)], "pain");
        check([lasting(9.0), lasting(20.0), lasting(9.0)], "both");
        check([lasting(14.0), first(9.0), quiet(0.0)], "work");
        check([quiet(0.0), quiet(0.0), lasting(9.0)], "buffer");
        check([LEARNING; 3], "learning");
        check([quiet(4.0), quiet(4.0), quiet(4.0)], "none");
        check([lasting(-9.0), first(-9.0), lasting(-9.0)], "none");
    }

    /// A buffer that lasts does not make a first sign of strain a kind.
    #[test]
    fn a_first_sign_is_not_named() {
        check([first(14.0), quiet(0.0), quiet(0.0)], "first-sign");
        check([first(14.0), first(9.0), quiet(0.0)], "first-sign");
        check([quiet(0.0), quiet(0.0), first(9.0)], "first-sign");
        check([first(14.0), quiet(0.0), lasting(9.0)], "first-sign");
    }

    #[test]
    fn what_cannot_be_compared_is_not_called_less() {
        check([lasting(20.0), LEARNING, LEARNING], "work");
        check([(lasting(20.0).0, None), quiet(0.0), quiet(0.0)], "work");
    }

    fn measure() -> impl Strategy<Value = (State, Option<Contrast>)> {
        (0_u8..4, -25.0..25.0_f64, 1.0..8.0_f64).prop_map(|(kind, delta, se)| {
            let direction = if delta > 0.0 { Direction::Heavier } else { Direction::Lighter };
            let change = Change { direction, delta, waves: 2 };
            match kind {
                0 => LEARNING,
                1 => (State::NoClearChange, contrast(delta, se)),
                2 => (State::Watch(change), contrast(delta, se)),
                _ => (State::Sustained(change), contrast(delta, se)),
            }
        })
    }

    proptest! {
        /// No kind without a change of its own that lasts; "more like" only by 1.645 standard errors; turning
        /// the two roots round turns the finding round.
        #[test]
        fn a_kind_is_named_only_where_the_ranges_support_it(
            burnout in measure(), sts in measure(), cs in measure(),
        ) {
            let it = strain(&PerScale { burnout, sts, cs });
            let heavier = |of: (State, Option<Contrast>)| Sign::of(&of.0) == Sign::Heavier;
            match it.finding {
                StrainFinding::One(root, other) => {
                    let (own, beside) = if root == Root::Work { (burnout, sts) } else { (sts, burnout) };
                    prop_assert!(heavier(own) && !heavier(beside));
                    if other == Other::Less {
                        let (own, beside) = (own.1.unwrap(), beside.1.unwrap());
                        let z = (own.delta - beside.delta) / own.se.hypot(beside.se);
                        prop_assert!(z >= 1.644, "{}", z);
                    }
                }
                StrainFinding::Both => prop_assert!(heavier(burnout) && heavier(sts)),
                StrainFinding::Buffer => prop_assert!(heavier(cs)),
                _ => prop_assert!(!heavier(burnout) && !heavier(sts)),
            }
            let turned = strain(&PerScale { burnout: sts, sts: burnout, cs });
            let expected = match it.finding {
                StrainFinding::One(Root::Work, other) => StrainFinding::One(Root::Pain, other),
                StrainFinding::One(Root::Pain, other) => StrainFinding::One(Root::Work, other),
                other => other,
            };
            prop_assert_eq!(turned.finding, expected);
        }
    }

    /// How often each finding is told, of 100: a team of `n` over 18 waves, the last four of which have
    /// `work` and `pain` points more. The errors of the two measures go together by .5.
    fn told(n: f64, work: f64, pain: f64) -> impl Fn(&str) -> f64 {
        const TRIALS: usize = 2000;
        let mut dice = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
        // The sum of twelve uniform numbers is all but normal.
        let mut normal = move || {
            let uniform = |_| f64::from(dice.next_u32()) / f64::from(u32::MAX);
            (0..12).map(uniform).sum::<f64>() - 6.0
        };
        let variance = WITHIN_TEAM_SD.powi(2) / n + 50.0_f64.powi(2) / 12.0 / (n * n);
        let mut codes = Vec::new();
        for _ in 0..TRIALS {
            let mut waves = [Vec::new(), Vec::new(), Vec::new()];
            for wave in 0..18 {
                let (one, two) = (normal(), normal());
                let errors = [one, 0.5 * one + 0.75_f64.sqrt() * two, normal()];
                let steps = if wave < 14 { [0.0; 3] } else { [work, pain, 0.0] };
                for ((of, error), step) in waves.iter_mut().zip(errors).zip(steps) {
                    let level = 45.0 + step + 2.0 * normal();
                    of.push(Some((level + error * variance.sqrt(), variance)));
                }
            }
            let [burnout, sts, cs] = waves.map(|points| {
                let state = judged(&points, Scale::Burnout, 2, &RULE);
                (state, difference(&points, Scale::Burnout).ok())
            });
            codes.push(strain(&PerScale { burnout, sts, cs }).finding.code());
        }
        move |code| 100.0 * codes.iter().filter(|it| **it == code).count() as f64 / TRIALS as f64
    }

    #[test]
    fn a_wrong_kind_is_seldom_told() {
        const CODES: [&str; 8] = [
            "none",
            "first-sign",
            "buffer",
            "more-like-work",
            "work",
            "more-like-pain",
            "pain",
            "both",
        ];
        let show = |what: &str, share: &dyn Fn(&str) -> f64| {
            let shares: Vec<String> =
                CODES.iter().map(|it| format!("{it} {:.1}", share(it))).collect();
            eprintln!("{what}: {}", shares.join(", "));
        };
        for n in [9.0, 18.0, 51.0] {
            let quiet = told(n, 0.0, 0.0);
            show(&format!("{n} people, nothing changed"), &quiet);
            let named: f64 = ["more-like-work", "work", "more-like-pain", "pain", "both"]
                .iter()
                .map(|it| quiet(it))
                .sum();
            assert!(named < 6.0, "{named}");
            let alike = told(n, 10.0, 10.0);
            show(&format!("{n} people, both by 10"), &alike);
            assert!(alike("more-like-work") + alike("more-like-pain") < 4.0);
            let work = told(n, 10.0, 0.0);
            show(&format!("{n} people, the work by 10"), &work);
            assert!(work("more-like-pain") + work("pain") < 1.0);
            let right = work("more-like-work") + work("work");
            assert!(right > if n < 10.0 { 30.0 } else { 60.0 }, "{right}");
        }
    }
}

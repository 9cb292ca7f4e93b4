//! The questionnaire that ships with the product: 16 pulse items and 9 driver items in our own words.
//!
//! Not validated: no norms, no cut-offs; a team is compared with its own past only.

use crate::{
    lever::LeverCategory,
    questionnaire::{Item, Questionnaire, Target},
    scale::Scale,
};

const fn item(id: &'static str, target: Target, reversed: bool, text: &'static str) -> Item {
    Item { id, target, reversed, text }
}

/// The pulse: everybody answers 9 of its 25 items.
///
/// Three of seven burnout items by a line of the Fano plane (every pair of items meets in exactly
/// one line), two of four for secondary traumatic stress and two of four for compassion
/// satisfaction (all six pairs), exposure, and one driver. Nobody answers a whole scale, so no full
/// individual score exists anywhere. Strain comes first, the good in the work last.
pub const PULSE: Questionnaire = Questionnaire {
    id: "tideline-pulse-1",
    timeframe: "In the last 7 days at work",
    frequency: ["Never", "Rarely", "Sometimes", "Often", "Almost all the time"],
    agreement: ["Strongly disagree", "Disagree", "Neither", "Agree", "Strongly agree"],
    items: ITEMS,
    blocks: &[BURNOUT_LINES, STS_PAIRS, EXPOSURE, DRIVERS, CS_PAIRS],
};

const ITEMS: &[Item] = &[
    item(
        "EX1",
        Target::Scale(Scale::Burnout, "exhaustion"),
        false,
        "By the middle of the working day my energy had run out.",
    ),
    item(
        "EX2",
        Target::Scale(Scale::Burnout, "exhaustion"),
        false,
        "The time between two working days was not enough for me to recover.",
    ),
    item(
        "EX3",
        Target::Scale(Scale::Burnout, "exhaustion"),
        false,
        "The job asked for more strength than I had to give.",
    ),
    item(
        "DI1",
        Target::Scale(Scale::Burnout, "mental distance"),
        false,
        "I did what had to be done but kept my mind and heart out of it.",
    ),
    item(
        "DI2",
        Target::Scale(Scale::Burnout, "mental distance"),
        false,
        "I caught myself thinking that trying hard here makes no difference.",
    ),
    item(
        "EF1",
        Target::Scale(Scale::Burnout, "reduced efficacy"),
        true,
        "I finished the day knowing I had dealt with my part well.",
    ),
    item(
        "EF2",
        Target::Scale(Scale::Burnout, "reduced efficacy"),
        true,
        "The steps I took at work led to the result I wanted.",
    ),
    item(
        "SI1",
        Target::Scale(Scale::SecondaryTraumaticStress, "intrusion"),
        false,
        "Words or pictures from somebody else's ordeal came back when I did not want them.",
    ),
    item(
        "SA1",
        Target::Scale(Scale::SecondaryTraumaticStress, "avoidance"),
        false,
        "I put off or went around a task because of the painful content it holds.",
    ),
    item(
        "SR1",
        Target::Scale(Scale::SecondaryTraumaticStress, "arousal"),
        false,
        "After taking in something distressing, my body stayed on alert.",
    ),
    item(
        "SN1",
        Target::Scale(Scale::SecondaryTraumaticStress, "numbing"),
        false,
        "When someone told me something terrible, I felt next to nothing.",
    ),
    item(
        "CS1",
        Target::Scale(Scale::CompassionSatisfaction, "impact"),
        false,
        "I could see that something I did made life better for someone.",
    ),
    item(
        "CS2",
        Target::Scale(Scale::CompassionSatisfaction, "meaning"),
        false,
        "A moment at work reminded me why I do this.",
    ),
    item(
        "CS3",
        Target::Scale(Scale::CompassionSatisfaction, "connection"),
        false,
        "I had a warm exchange with a colleague or with a person we serve.",
    ),
    item(
        "CS4",
        Target::Scale(Scale::CompassionSatisfaction, "mastery"),
        false,
        "My skills were just what somebody needed.",
    ),
    item(
        "CX1",
        Target::Exposure,
        false,
        "How much of your week went to distressing stories, images or situations?",
    ),
    item(
        "DR1",
        Target::Driver(LeverCategory::Staffing),
        false,
        "We had enough people for the work that arrived.",
    ),
    item(
        "DR2",
        Target::Driver(LeverCategory::Workload),
        false,
        "What I was expected to finish fitted into my paid hours.",
    ),
    item(
        "DR3",
        Target::Driver(LeverCategory::Scheduling),
        false,
        "My working times were steady enough to plan my life around them.",
    ),
    item(
        "DR4",
        Target::Driver(LeverCategory::Autonomy),
        false,
        "My opinion shaped how I did my work.",
    ),
    item(
        "DR5",
        Target::Driver(LeverCategory::RoleClarity),
        false,
        "When demands collided, I knew which one came first.",
    ),
    item(
        "DR6",
        Target::Driver(LeverCategory::Leadership),
        false,
        "My manager noticed strain in the team and did something about it.",
    ),
    item(
        "DR7",
        Target::Driver(LeverCategory::Recovery),
        false,
        "I could take my breaks and leave work behind at the end of the day.",
    ),
    item(
        "DR8",
        Target::Driver(LeverCategory::TraumaExposure),
        false,
        "After something hard I got a proper chance to talk it through.",
    ),
    item(
        "DR9",
        Target::Driver(LeverCategory::Recognition),
        false,
        "Good work was seen and named here.",
    ),
];

/// The seven lines of the Fano plane over the burnout items.
const BURNOUT_LINES: &[&[usize]] =
    &[&[0, 1, 2], &[0, 3, 4], &[0, 5, 6], &[1, 3, 5], &[1, 4, 6], &[2, 3, 6], &[2, 4, 5]];

const STS_PAIRS: &[&[usize]] = &[&[7, 8], &[9, 10], &[7, 9], &[8, 10], &[7, 10], &[8, 9]];

const CS_PAIRS: &[&[usize]] = &[&[11, 12], &[13, 14], &[11, 13], &[12, 14], &[11, 14], &[12, 13]];

const EXPOSURE: &[&[usize]] = &[&[15]];

const DRIVERS: &[&[usize]] = &[&[16], &[17], &[18], &[19], &[20], &[21], &[22], &[23], &[24]];

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn there_are_sixteen_pulse_items_and_nine_drivers() {
        let drivers =
            PULSE.items.iter().filter(|it| matches!(it.target, Target::Driver(_))).count();
        assert_eq!((PULSE.items.len(), drivers), (25, 9));
        assert_eq!(Scale::ALL.map(|it| PULSE.items_of(it).count()), [7, 4, 4]);
    }

    #[test]
    fn every_form_asks_nine_different_items() {
        for line in 0..7 {
            for sts in 0..6 {
                for driver in 0..9 {
                    for cs in 0..6 {
                        let mut form = PULSE.form(&[line, sts, 0, driver, cs]).unwrap().0;
                        form.sort_unstable();
                        form.dedup();
                        assert_eq!(form.len(), 9);
                    }
                }
            }
        }
        assert!(PULSE.form(&[7, 0, 0, 0, 0]).is_none());
        assert!(PULSE.form(&[0, 0, 0, 0]).is_none());
    }

    #[test]
    fn every_pair_of_burnout_items_meets_in_exactly_one_line() {
        let mut met = BTreeMap::new();
        for line in BURNOUT_LINES {
            for a in *line {
                for b in line.iter().filter(|b| a < *b) {
                    *met.entry((a, b)).or_insert(0) += 1;
                }
            }
        }
        assert_eq!(met.len(), 21);
        assert!(met.values().all(|it| *it == 1));
    }

    #[test]
    fn each_block_stays_on_its_scale() {
        for (block, scale) in [
            (0, Scale::Burnout),
            (1, Scale::SecondaryTraumaticStress),
            (4, Scale::CompassionSatisfaction),
        ] {
            let of: Vec<usize> = PULSE.items_of(scale).collect();
            assert!(PULSE.blocks[block].iter().flat_map(|it| it.iter()).all(|it| of.contains(it)));
        }
    }
}

//! Published figures in words. The same words on page, PDF, mail and in files.
//!
//! Rules: no difference without a signal, never a cause, no blame, no decimals, no ranks. All text
//! that figures turn into stands in this module, so that a catalogue can replace it.

use chrono::{DateTime, Datelike as _, NaiveDate, Utc};
use tideline_aggregation::{
    Bound, Coverage, Figure, Participation,
    trend::{Direction, State},
};
use tideline_domain::{Scale, Wave};

/// What a withheld figure is marked with.
pub const WITHHELD_MARK: &str = "[c]";
/// What the mark means; the same wherever it stands.
pub const WITHHELD_WORDS: &str = "not shown, to protect people";
/// The one message for every reason why a unit is not shown.
pub const WITHHELD_HEADING: &str = "This team's results are not shown on their own";
/// The body of that message.
pub const WITHHELD_MESSAGE: &str = "We only show results when nobody can be picked out. That can depend on this team or on teams \
     near it, so we do not say which, or how many people answered. Nothing has gone wrong, and \
     there is nobody to chase.";
/// Stands below every page and report.
pub const MOTTO: &str = "A temperature check, not a verdict.";
/// Stands below every list of levers.
pub const NO_PROOF: &str = "A change near a lever is not proof that the lever caused it.";

/// What the usual range is called beside a chart.
pub const USUAL_RANGE: &str = "usual range";

/// Name of a scale.
pub const fn scale_title(scale: Scale) -> &'static str {
    match scale {
        Scale::Burnout => "Burnout strain",
        Scale::SecondaryTraumaticStress => "Secondary traumatic stress",
        Scale::CompassionSatisfaction => "Compassion satisfaction",
    }
}

/// What a scale is about, in a few words.
pub const fn scale_meaning(scale: Scale) -> &'static str {
    match scale {
        Scale::Burnout => "exhaustion, distance from the work, doubt about what it achieves",
        Scale::SecondaryTraumaticStress => "strain from other people's trauma",
        Scale::CompassionSatisfaction => "the good in the work",
    }
}

/// Who a page is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whose {
    /// One team.
    Team,
    /// Teams that are shown together.
    Teams,
    /// A unit with others below it.
    Unit,
    /// Everybody.
    Organisation,
}

impl Whose {
    const fn usual(self) -> &'static str {
        match self {
            Self::Team => "this team's usual level",
            Self::Teams => "these teams' usual level",
            Self::Unit => "this unit's usual level",
            Self::Organisation => "the organisation's usual level",
        }
    }
}

/// A short label beside a heading: its text, and what colour and shape it earns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Nothing to point out.
    Usual,
    /// Heavier load or thinner buffer.
    Heavier,
    /// Lighter load or stronger buffer.
    Lighter,
    /// Too few waves yet.
    Learning,
}

impl Kind {
    /// Stable name for styles.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Usual => "usual",
            Self::Heavier => "heavier",
            Self::Lighter => "lighter",
            Self::Learning => "learning",
        }
    }

    /// The kind of `state`.
    pub const fn of(state: &State) -> Self {
        match state {
            State::Learning { .. } => Self::Learning,
            State::NoClearChange => Self::Usual,
            State::Watch(change) | State::Sustained(change) => match change.direction {
                Direction::Heavier => Self::Heavier,
                Direction::Lighter => Self::Lighter,
            },
        }
    }
}

/// Whether the score itself went up.
const fn is_higher(scale: Scale, direction: Direction) -> bool {
    matches!(
        (scale, direction),
        (Scale::CompassionSatisfaction, Direction::Lighter)
            | (Scale::Burnout | Scale::SecondaryTraumaticStress, Direction::Heavier)
    )
}

/// The label for `state`.
pub const fn tag(state: &State, scale: Scale) -> &'static str {
    match state {
        State::Learning { .. } => "Still learning",
        State::NoClearChange => "Usual range",
        State::Watch(change) | State::Sustained(change) => {
            if is_higher(scale, change.direction) {
                "Higher than usual"
            } else {
                "Lower than usual"
            }
        }
    }
}

/// The sentence that leads a chart.
pub fn state_sentence(state: &State, scale: Scale, whose: Whose) -> String {
    let usual = whose.usual();
    match state {
        State::Learning { usable, needed } => {
            let shown = (*usable).min(*needed);
            format!(
                "Still learning what is usual ({shown} of {needed} check-ins). We do not mark changes yet."
            )
        }
        State::NoClearChange => "Moving up and down as it normally does.".to_owned(),
        State::Watch(change) => {
            let way = if is_higher(scale, change.direction) { "higher" } else { "lower" };
            format!(
                "The latest check-ins lie {way} than {usual}. Worth watching{}.",
                buffer(scale, change.direction)
            )
        }
        State::Sustained(change) => {
            let way = if is_higher(scale, change.direction) { "Higher" } else { "Lower" };
            let waves = number(change.waves);
            let next = match change.direction {
                Direction::Heavier => "Worth a conversation.",
                Direction::Lighter => "Worth asking what helped.",
            };
            format!(
                "{way} than {usual} for {waves} check-ins in a row{}. Unlikely to be chance alone. {next}",
                buffer(scale, change.direction)
            )
        }
    }
}

const fn buffer(scale: Scale, direction: Direction) -> &'static str {
    match (scale, direction) {
        (Scale::CompassionSatisfaction, Direction::Heavier) => ": the buffer is thinner",
        (Scale::CompassionSatisfaction, Direction::Lighter) => ": the buffer is stronger",
        _ => "",
    }
}

/// The sentences that lead a page: one for each scale that stands out, and one for the rest.
pub fn lead(states: &[(Scale, State)], whose: Whose) -> Vec<String> {
    let mut sentences = Vec::new();
    let mut quiet = Vec::new();
    let mut learning = 0;
    for (scale, state) in states {
        let way = |direction| if is_higher(*scale, direction) { "higher" } else { "lower" };
        match state {
            State::Sustained(change) => sentences.push(format!(
                "{} has been {} than {} for {} check-ins. Unlikely to be chance alone.",
                scale_title(*scale),
                way(change.direction),
                whose.usual(),
                number(change.waves)
            )),
            State::Watch(change) => sentences.push(format!(
                "{} is {} than {} in the latest check-ins. Worth watching.",
                scale_title(*scale),
                way(change.direction),
                whose.usual()
            )),
            State::NoClearChange => quiet.push(*scale),
            State::Learning { .. } => learning += 1,
        }
    }
    if learning == states.len() {
        return vec![
            "Still learning what is usual here. Dots are shown; we do not mark changes yet."
                .to_owned(),
        ];
    }
    if quiet.len() == states.len() {
        return vec!["All three measures move up and down as they normally do.".to_owned()];
    }
    match quiet.as_slice() {
        [] => {}
        [one] => sentences.push(format!("{} is where it normally sits.", scale_title(*one))),
        _ => sentences.push("The other measures are where they normally sit.".to_owned()),
    }
    sentences
}

/// A score as printed: a whole number, with its limit in words at the ends of the scale. A limit is
/// rounded outwards, so that what is said stays true.
pub fn score(figure: &Figure) -> String {
    match figure.bound {
        Bound::Middle => whole(figure.shown),
        Bound::AtMost => format!("{} or less", whole(figure.shown.ceil())),
        Bound::AtLeast => format!("{} or more", whole(figure.shown.floor())),
    }
}

/// A whole number, 0 to 100.
pub fn whole(value: f64) -> String {
    format!("{:.0}", value.round().clamp(0.0, 100.0))
}

/// People in bands; an exact number could be compared with another one.
pub fn people_band(n: u32, smallest: u32) -> String {
    let (from, to) = match n {
        0..=14 => (smallest.min(n), 14),
        15..=19 => (15, 19),
        20..=29 => (20, 29),
        30..=49 => (30, 49),
        50..=99 => (50, 99),
        _ => (n / 100 * 100, n / 100 * 100 + 99),
    };
    format!("{} to {} people", thousands(from), thousands(to))
}

/// A whole number with a comma before every three digits: "1,200".
fn thousands(n: u32) -> String {
    match (n / 1000, n % 1000) {
        (0, rest) => rest.to_string(),
        (more, rest) => format!("{},{rest:03}", thousands(more)),
    }
}

/// How many took part.
pub fn took_part(participation: Participation) -> String {
    match participation {
        it if it == Participation::LOWEST => "4 in 10 or fewer took part".to_owned(),
        it if it == Participation::HIGHEST => "9 in 10 or more took part".to_owned(),
        it => format!("About {} in 10 took part", it.tenths()),
    }
}

/// The short form for a table cell.
pub fn took_part_short(participation: Participation) -> String {
    match participation {
        it if it == Participation::LOWEST => "4 in 10 or fewer".to_owned(),
        it if it == Participation::HIGHEST => "9 in 10 or more".to_owned(),
        it => format!("{} in 10", it.tenths()),
    }
}

/// What a page leaves out, if it leaves out much.
pub const fn coverage_note(coverage: Coverage) -> Option<&'static str> {
    match coverage {
        Coverage::Full90 => None,
        Coverage::Above75 => Some(
            "These figures cover at least three quarters of the answers; the rest are shown with neighbours.",
        ),
        Coverage::Above50 => Some(
            "These figures cover at least half of the answers; the rest are shown with neighbours.",
        ),
        Coverage::Below50 => Some(
            "These figures cover less than half of the answers; the rest are shown with neighbours.",
        ),
    }
}

/// Why several teams share one page.
pub const POOL_NOTE: &str = "Small teams are shown together with a neighbour, to protect people.";

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// The month of a wave: "March 2026" by its label if that is a month, otherwise the label itself.
pub fn month(wave: &Wave) -> String {
    match month_of(wave) {
        Some(date) => format!("{} {}", month_name(date), date.year()),
        None => format!("check-in {}", wave.label),
    }
}

/// The day on which a wave closed; `None` for historic waves, which have no dates.
pub fn closed_on(wave: &Wave) -> Option<String> {
    month_of(wave).map(|_| date(wave.window.closes()))
}

/// The short form for axes: "Mar", and the year if it is to be told.
pub fn month_short(wave: &Wave) -> (String, Option<i32>) {
    match month_of(wave) {
        Some(date) => (month_name(date).chars().take(3).collect(), Some(date.year())),
        None => (wave.label.to_string(), None),
    }
}

fn month_of(wave: &Wave) -> Option<NaiveDate> {
    let label = wave.label.as_str();
    let date = NaiveDate::parse_from_str(&format!("{label}-01"), "%Y-%m-%d").ok()?;
    (label.len() == 7).then_some(date)
}

fn month_name(date: NaiveDate) -> &'static str {
    MONTHS[date.month0() as usize % 12]
}

/// The day of a moment, in UTC, as people write it: "2 April 2026".
pub fn date(at: DateTime<Utc>) -> String {
    day(at.date_naive())
}

/// A date as people write it: "2 April 2026".
pub fn day(date: NaiveDate) -> String {
    format!("{} {} {}", date.day(), month_name(date), date.year())
}

fn number(n: usize) -> String {
    const WORDS: [&str; 13] = [
        "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
        "eleven", "twelve",
    ];
    WORDS.get(n).map_or_else(|| n.to_string(), |it| (*it).to_owned())
}

#[cfg(test)]
mod tests {
    use tideline_aggregation::trend::Change;

    use super::*;

    fn sustained(direction: Direction) -> State {
        State::Sustained(Change { direction, delta: 9.0, waves: 3 })
    }

    #[test]
    fn no_difference_is_told_without_a_signal() {
        for scale in Scale::ALL {
            for state in [State::NoClearChange, State::Learning { usable: 3, needed: 7 }] {
                let words = state_sentence(&state, scale, Whose::Team);
                for told in ["higher", "lower", "more", "less"] {
                    assert!(!words.to_lowercase().contains(told), "{words}");
                }
            }
        }
    }

    #[test]
    fn direction_and_meaning_follow_the_scale() {
        let heavier = sustained(Direction::Heavier);
        assert_eq!(tag(&heavier, Scale::Burnout), "Higher than usual");
        assert_eq!(tag(&heavier, Scale::CompassionSatisfaction), "Lower than usual");
        assert_eq!(
            state_sentence(&heavier, Scale::CompassionSatisfaction, Whose::Team),
            "Lower than this team's usual level for three check-ins in a row: the buffer is thinner. \
             Unlikely to be chance alone. Worth a conversation."
        );
    }

    #[test]
    fn words_we_avoid_do_not_occur() {
        let states = [
            State::NoClearChange,
            sustained(Direction::Heavier),
            sustained(Direction::Lighter),
            State::Watch(Change { direction: Direction::Heavier, delta: 6.0, waves: 1 }),
            State::Watch(Change { direction: Direction::Lighter, delta: -6.0, waves: 1 }),
            State::Learning { usable: 1, needed: 7 },
        ];
        let mut all = vec![WITHHELD_MESSAGE.to_owned(), POOL_NOTE.to_owned()];
        all.extend(
            [Coverage::Above75, Coverage::Above50, Coverage::Below50]
                .map(|it| coverage_note(it).unwrap_or_default().to_owned()),
        );
        for scale in Scale::ALL {
            for state in states {
                all.push(state_sentence(&state, scale, Whose::Team));
                all.extend(lead(&[(scale, state)], Whose::Organisation));
            }
        }
        for words in all {
            for avoided in [
                "bad",
                "poor",
                "failing",
                "alarming",
                "deteriorat",
                "critical",
                "red ",
                "at risk",
                "toxic",
                "compliance",
                "response rate",
                "insufficient",
                "no data",
                "resilience",
                "self-care",
                "urgent",
                "significant",
                "proven",
                "worse",
                "caused",
                "because",
                "headcount",
                "!",
            ] {
                assert!(!words.to_lowercase().contains(avoided), "{avoided} in {words}");
            }
            for sentence in words.split(". ") {
                assert!(sentence.split_whitespace().count() <= 25, "too long: {sentence}");
            }
        }
    }

    #[test]
    fn people_are_told_in_bands() {
        let bands = [6, 14, 15, 29, 30, 99, 100, 250, 12_345].map(|n| people_band(n, 6));
        assert_eq!(bands[0], "6 to 14 people");
        assert_eq!(bands[0], bands[1]);
        assert_eq!(bands[7], "200 to 299 people");
        assert_eq!(bands[8], "12,300 to 12,399 people");
    }

    #[test]
    fn a_limit_is_never_overstated() {
        let figure = |shown, bound| Figure {
            n: 7,
            value: shown,
            shown,
            bound,
            low: 0.0,
            high: 100.0,
            variance: 1.0,
        };
        assert_eq!(score(&figure(20.3, Bound::AtMost)), "21 or less");
        assert_eq!(score(&figure(79.7, Bound::AtLeast)), "79 or more");
        assert_eq!(score(&figure(53.5, Bound::Middle)), "54");
    }

    #[test]
    fn a_wave_goes_by_its_month_or_else_by_its_label() {
        let mut wave = crate::fixture::history(1)[0].wave().clone();
        assert_eq!(month(&wave), "January 2025");
        assert_eq!(month_short(&wave), ("Jan".to_owned(), Some(2025)));
        assert_eq!(closed_on(&wave).as_deref(), Some("26 January 2025"));
        wave.label = "second".parse().unwrap();
        assert_eq!(month(&wave), "check-in second");
        assert_eq!(closed_on(&wave), None);
    }
}

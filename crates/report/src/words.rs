//! Published figures in words. The same words on page, PDF, mail and in files, in each language.
//!
//! Rules: no difference without a signal, never a cause, no blame, no decimals, no ranks. The words
//! stand in the catalogue (`words.ftl`); which of them are said, and when, is decided here.

mod change;
mod strain;

use chrono::{DateTime, NaiveDate, NaiveTime, TimeZone, Utc};
use tideline_aggregation::{
    Bound, Coverage, Figure, Participation, People,
    trend::{Direction, State},
};
use tideline_domain::{InstrumentId, NotAnnounced, Scale, Wave, WaveLabel, Window, day::day_in};
use tideline_text::Text;

pub use self::{
    change::{
        Lead, Whose, card_line, everywhere, judged, lead, reading_sentence, state_sentence, tag,
    },
    strain::{
        kind_of, sign, strain_measure, strain_name, strain_note, strain_sentences, strain_short,
    },
};

/// What a withheld figure is marked with, in every language.
pub const WITHHELD_MARK: &str = "[c]";

/// What the mark means; the same wherever it stands.
pub fn withheld_words(t: Text) -> String {
    t.tr("withheld-words")
}

/// The one message for every reason why a unit is not shown.
pub fn withheld_message(t: Text) -> String {
    format!("{} {}", t.tr("withheld-message"), t.tr("withheld-nothing-wrong"))
}

/// Stands below every page and report.
pub fn motto(t: Text) -> String {
    t.tr("motto")
}

/// Stands below every list of levers.
pub fn no_proof(t: Text) -> String {
    t.tr("no-proof")
}

/// Why several teams share one page.
pub fn pool_note(t: Text) -> String {
    t.tr("pool-note")
}

/// What the usual range is called beside a chart.
pub fn usual_range(t: Text) -> String {
    t.tr("usual-range")
}

/// Name of a scale.
pub fn scale_title(scale: Scale, t: Text) -> String {
    t.tr(match scale {
        Scale::Burnout => "scale-burnout",
        Scale::SecondaryTraumaticStress => "scale-sts",
        Scale::CompassionSatisfaction => "scale-cs",
    })
}

/// Name of a scale where there is little room.
pub(crate) fn scale_title_short(scale: Scale, t: Text) -> String {
    t.tr(match scale {
        Scale::Burnout => "report-head-burnout",
        Scale::SecondaryTraumaticStress => "report-head-sts",
        Scale::CompassionSatisfaction => "report-head-cs",
    })
}

/// What a scale is about, in a few words.
pub fn scale_meaning(scale: Scale, t: Text) -> String {
    t.tr(match scale {
        Scale::Burnout => "scale-burnout-meaning",
        Scale::SecondaryTraumaticStress => "scale-sts-meaning",
        Scale::CompassionSatisfaction => "scale-cs-meaning",
    })
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

impl Kind {
    /// What it means that a score of `scale` went `way`.
    pub fn of_way(way: Way, scale: Scale) -> Self {
        match (way, scale == Scale::CompassionSatisfaction) {
            (Way::Level, _) => Self::Usual,
            (Way::Up, false) | (Way::Down, true) => Self::Heavier,
            (Way::Up, true) | (Way::Down, false) => Self::Lighter,
        }
    }
}

/// Which way a score itself went: what the shape of a mark says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// Higher: ▲.
    Up,
    /// Lower: ▼.
    Down,
    /// No change to point out: ●.
    Level,
}

impl Way {
    /// The way of `state`.
    pub const fn of(state: &State, scale: Scale) -> Self {
        match state {
            State::Learning { .. } | State::NoClearChange => Self::Level,
            State::Watch(change) | State::Sustained(change) => {
                if is_higher(scale, change.direction) { Self::Up } else { Self::Down }
            }
        }
    }

    /// The mark in text.
    pub const fn mark(self) -> &'static str {
        match self {
            Self::Up => "▲",
            Self::Down => "▼",
            Self::Level => "●",
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

/// A score as printed: a whole number, with its limit in words at the ends of the scale. A limit is
/// rounded outwards, so that what is said stays true.
pub fn score(figure: &Figure, t: Text) -> String {
    match figure.bound {
        Bound::Middle => whole(figure.shown),
        Bound::AtMost => t.tr1("score-at-most", "score", whole(figure.shown.ceil())),
        Bound::AtLeast => t.tr1("score-at-least", "score", whole(figure.shown.floor())),
    }
}

/// A whole number, 0 to 100.
pub fn whole(value: f64) -> String {
    format!("{:.0}", value.round().clamp(0.0, 100.0))
}

/// Between how many people and how many: all that is told of their number.
pub fn people_band(people: People, t: Text) -> String {
    let (from, to) = (people.least.into(), people.most.into());
    if from == to {
        return t.tr1("people-exactly", "n", t.integer(from));
    }
    t.tr2("people-band", "from", t.integer(from), "to", t.integer(to))
}

/// How many took part.
pub fn took_part(participation: Participation, t: Text) -> String {
    match participation {
        Participation::AtMostFour => t.tr("took-part-lowest"),
        Participation::AtLeast(tenths) => t.tr1("took-part-at-least", "tenths", tenths),
        Participation::About(tenths) => t.tr1("took-part", "tenths", tenths),
    }
}

/// The short form for a table cell.
pub fn took_part_short(participation: Participation, t: Text) -> String {
    match participation {
        Participation::AtMostFour => t.tr("took-part-lowest-short"),
        Participation::AtLeast(tenths) => t.tr1("took-part-at-least-short", "tenths", tenths),
        Participation::About(tenths) => t.tr1("took-part-short", "tenths", tenths),
    }
}

/// What a page leaves out, if it leaves out much.
pub fn coverage_note(coverage: Coverage, t: Text) -> Option<String> {
    match coverage {
        Coverage::Full90 => None,
        Coverage::Above75 => Some(t.tr("coverage-75")),
        Coverage::Above50 => Some(t.tr("coverage-50")),
        Coverage::Below50 => Some(t.tr("coverage-less")),
    }
}

/// Whom a spread leaves out, if it leaves out much.
pub(crate) fn spread_coverage_note(coverage: Coverage, t: Text) -> Option<String> {
    match coverage {
        Coverage::Full90 => None,
        Coverage::Above75 => Some(t.tr("spread-75")),
        Coverage::Above50 => Some(t.tr("spread-50")),
        Coverage::Below50 => Some(t.tr("spread-less")),
    }
}

/// The month of a wave: "March 2026" by its label if that is a month, otherwise the label itself.
pub fn month(wave: &Wave, t: Text) -> String {
    part_of_month(wave.label.month(&wave.asks), t)
        .unwrap_or_else(|| t.tr1("wave-by-label", "label", wave.label.as_str()))
}

/// The month that a label such as "2026-11" or "2026-11-2" names, in words; other labels as they are.
pub fn month_of_label(label: &WaveLabel, t: Text) -> String {
    part_of_month(label.month(&InstrumentId::PULSE), t).unwrap_or_else(|| label.to_string())
}

fn part_of_month(named: Option<(NaiveDate, u32)>, t: Text) -> Option<String> {
    Some(match named? {
        (date, 1) => t.month(date),
        (date, part) => t.tr2("wave-of-month", "month", t.month(date), "n", part),
    })
}

/// The day on which a wave opens, and the hour if that is not midnight; by the clocks of `zone`.
pub fn first_day<Zone: TimeZone>(window: &Window, zone: &Zone, t: Text) -> String {
    day_and_hour(window.first_day(zone), window.opens_at(zone), t)
}

/// The last day on which answers are taken, and the hour if that is not its end; by the clocks of `zone`.
pub fn last_day<Zone: TimeZone>(window: &Window, zone: &Zone, t: Text) -> String {
    day_and_hour(window.last_day(zone), window.closes_at(zone), t)
}

/// A moment by the clocks of `zone`: "2 April 2026, 18:00".
pub fn moment<Zone: TimeZone>(at: DateTime<Utc>, zone: &Zone, t: Text) -> String {
    day_and_hour(day_in(at, zone), Some(at.with_timezone(zone).time()), t)
}

/// Why a wave of the calendar was not announced, in a clause; `reason` is what was kept with its job.
pub fn not_announced(reason: &str, t: Text) -> String {
    let id = match NotAnnounced::from_code(reason) {
        Some(NotAnnounced::NobodyToTurnTo(countries)) if countries.is_empty() => {
            "not-announced-nobody-to-turn-to"
        }
        Some(NotAnnounced::NobodyToTurnTo(countries)) => {
            let named: Vec<String> = countries.iter().map(|it| t.country(it.code())).collect();
            return t.tr1("not-announced-nobody-to-turn-to-in", "countries", named.join(", "));
        }
        Some(NotAnnounced::LabelTaken(label)) => {
            return t.tr1("not-announced-label-taken", "label", label.as_str());
        }
        Some(NotAnnounced::NoUnits) => "not-announced-no-units",
        Some(NotAnnounced::NobodyInAUnit) => "not-announced-nobody-in-a-unit",
        Some(NotAnnounced::ClosesTooEarly) => "not-announced-closes-too-early",
        Some(NotAnnounced::Over) => "not-announced-over",
        Some(NotAnnounced::FullMonth) => "not-announced-full-month",
        None => return t.tr1("not-announced-other", "reason", reason),
    };
    t.tr(id)
}

/// A day, and the hour if there is one: "2 April 2026, 18:00".
fn day_and_hour(date: NaiveDate, hour: Option<NaiveTime>, t: Text) -> String {
    match hour {
        None => t.date(date),
        Some(hour) => {
            t.tr2("day-and-hour", "date", t.date(date), "time", hour.format("%H:%M").to_string())
        }
    }
}

/// The short form for axes: "Mar", and the year if it is to be told.
pub fn month_short(wave: &Wave, t: Text) -> (String, Option<i32>) {
    use chrono::Datelike as _;
    match wave.label.month(&wave.asks) {
        Some((date, 1)) => (t.month_short(date), Some(date.year())),
        Some((date, part)) => (format!("{}/{part}", t.month_short(date)), Some(date.year())),
        None => (wave.label.to_string(), None),
    }
}

/// The first day of the month that a wave is of; `None` for historic waves, which have no dates.
pub(crate) fn month_of(wave: &Wave) -> Option<NaiveDate> {
    wave.label.month(&wave.asks).map(|it| it.0)
}

#[cfg(test)]
mod tests {
    use chrono_tz::Tz;
    use tideline_aggregation::trend::{Against, Change};

    use super::*;
    use tideline_text::Language;

    const EN: Text = Text::new(Language::English);
    const DE: Text = Text::new(Language::German);

    #[test]
    fn a_label_is_told_as_the_month_it_names() {
        let told = |label: &str| month_of_label(&label.parse().unwrap(), EN);
        assert_eq!(told("2026-11"), "November 2026");
        assert_eq!(
            told("2026-11-2"),
            EN.tr2("wave-of-month", "month", "November 2026", "n", 2_u32)
        );
        assert_eq!(told("W7"), "W7");
    }

    #[test]
    fn every_reason_is_told_in_words_and_an_unknown_one_is_quoted() {
        let country = |it: &str| it.parse().unwrap();
        let reasons = [
            NotAnnounced::NobodyToTurnTo(Vec::new()),
            NotAnnounced::NobodyToTurnTo(vec![country("AT"), country("DE")]),
            NotAnnounced::NoUnits,
            NotAnnounced::NobodyInAUnit,
            NotAnnounced::LabelTaken("2026-11".parse().unwrap()),
            NotAnnounced::ClosesTooEarly,
            NotAnnounced::Over,
            NotAnnounced::FullMonth,
        ];
        for t in [EN, DE] {
            let all: std::collections::BTreeSet<String> =
                reasons.iter().map(|it| not_announced(&it.code(), t)).collect();
            assert_eq!(all.len(), reasons.len());
            assert!(all.iter().all(|it| !it.contains("not-announced")), "{all:?}");
            assert!(not_announced("the disk is full", t).contains("the disk is full"));
        }
        let german = not_announced("nobody-to-turn-to AT DE", DE);
        assert!(german.contains("Österreich, Deutschland"), "{german}");
    }

    fn sustained(direction: Direction) -> State {
        State::Sustained(Change { direction, delta: 9.0, waves: 3 })
    }

    #[test]
    fn no_difference_is_told_without_a_signal() {
        for scale in Scale::ALL {
            for state in [State::NoClearChange, State::Learning { usable: 3, needed: 7 }] {
                for (text, told) in [
                    (EN, ["higher", "lower", "more", "less"]),
                    (DE, ["höher", "niedrig", "mehr", "weniger"]),
                ] {
                    let words = state_sentence(&state, Against::OwnPast, scale, Whose::Team, text);
                    for told in told {
                        assert!(!words.to_lowercase().contains(told), "{words}");
                    }
                }
            }
        }
    }

    #[test]
    fn direction_and_meaning_follow_the_scale() {
        let heavier = sustained(Direction::Heavier);
        let told =
            |scale, against, whose, text| state_sentence(&heavier, against, scale, whose, text);
        assert_eq!(
            told(Scale::CompassionSatisfaction, Against::OwnPast, Whose::Team, EN),
            "Lower than this team's usual level for 3 check-ins in a row. Unlikely to be chance alone. \
             The buffer is thinner. Worth a conversation."
        );
        assert_eq!(
            told(Scale::Burnout, Against::Rest, Whose::Team, EN),
            "Higher than this team's usual place beside the others for 3 check-ins in a row. Unlikely to \
             be chance alone. Worth a conversation."
        );
        assert_eq!(
            told(Scale::Burnout, Against::OwnPast, Whose::Teams, DE),
            "Höher als für diese Teams üblich, 3 Befragungen in Folge. Kaum allein durch Zufall. \
             Ein Gespräch lohnt sich."
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
        for (text, avoided) in [(EN, &AVOIDED_EN[..]), (DE, &AVOIDED_DE[..])] {
            let mut all = vec![withheld_message(text), pool_note(text), no_proof(text)];
            let steps = [Coverage::Above75, Coverage::Above50, Coverage::Below50];
            all.extend(steps.into_iter().filter_map(|it| coverage_note(it, text)));
            all.extend(steps.into_iter().filter_map(|it| spread_coverage_note(it, text)));
            for scale in Scale::ALL {
                for state in states {
                    for against in [Against::Rest, Against::OwnPast, Against::Whole] {
                        all.push(state_sentence(&state, against, scale, Whose::Team, text));
                        let states = [(scale, state, against); 2];
                        for states in [&states[..1], &states] {
                            let lead = lead(states, false, 1, text);
                            all.extend(lead.sentences().map(str::to_owned));
                        }
                    }
                }
            }
            for words in all {
                for avoided in avoided {
                    assert!(!words.to_lowercase().contains(avoided), "{avoided} in {words}");
                }
                for sentence in words.split(". ") {
                    assert!(sentence.split_whitespace().count() <= 25, "too long: {sentence}");
                }
            }
        }
    }

    const AVOIDED_EN: [&str; 21] = [
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
        "worse",
        "because",
        "headcount",
        "!",
    ];
    const AVOIDED_DE: [&str; 12] = [
        "schlecht",
        "alarm",
        "kritisch",
        "gefährdet",
        "dringend",
        "signifikant",
        "rücklauf",
        "schlimm",
        "weil",
        "resilienz",
        "keine daten",
        "!",
    ];

    #[test]
    fn people_are_told_in_bands() {
        let people = |least, most| People { least, most };
        assert_eq!(people_band(people(6, 9), EN), "6 to 9 people");
        assert_eq!(people_band(people(12_000, 14_999), EN), "12,000 to 14,999 people");
        assert_eq!(people_band(people(12_000, 14_999), DE), "12.000 bis 14.999 Personen");
        assert_eq!(people_band(People::exactly(7), DE), "7 Personen");
    }

    #[test]
    fn a_limit_is_never_overstated() {
        let figure = |shown, bound| Figure {
            n: 7,
            people: People::exactly(7),
            value: shown,
            shown,
            bound,
            low: 0.0,
            high: 100.0,
            variance: 1.0,
        };
        assert_eq!(score(&figure(20.3, Bound::AtMost), EN), "21 or less");
        assert_eq!(score(&figure(79.7, Bound::AtLeast), EN), "79 or more");
        assert_eq!(score(&figure(53.5, Bound::Middle), EN), "54");
    }

    #[test]
    fn a_wave_goes_by_its_month_or_else_by_its_label() {
        let mut wave = crate::fixture::history(1)[0].wave().clone();
        assert_eq!(month(&wave, EN), "January 2025");
        assert_eq!(month_short(&wave, EN), ("Jan".to_owned(), Some(2025)));
        wave.label = "2025-01-2".parse().unwrap();
        assert_eq!(month(&wave, EN), "January 2025, no. 2");
        assert_eq!(month_short(&wave, DE), ("Jan/2".to_owned(), Some(2025)));
        wave.label = "second".parse().unwrap();
        assert_eq!(month(&wave, EN), "check-in second");
        assert_eq!(month_of(&wave), None);
    }

    #[test]
    fn the_last_day_is_told_by_the_clocks_of_the_organisation() {
        let at = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
        let window = |closes| {
            Window::new(at("2026-10-01T07:00:00Z"), at("2026-10-01T07:00:00Z"), at(closes))
        };
        let berlin = Tz::Europe__Berlin;
        let midnight = window("2026-10-25T23:00:00Z").unwrap();
        assert_eq!(last_day(&midnight, &berlin, EN), "25 October 2026");
        assert_eq!(first_day(&midnight, &berlin, EN), "1 October 2026, 09:00");
        assert_eq!(last_day(&midnight, &Tz::UTC, EN), "25 October 2026, 23:00");
        let evening = window("2026-10-25T17:00:00Z").unwrap();
        assert_eq!(last_day(&evening, &berlin, DE), "25. Oktober 2026, 18:00 Uhr");
    }
}

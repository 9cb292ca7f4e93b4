//! The teams that HR's first screen names: which are worth a conversation, which are worth watching, which are
//! lighter. In the order of the tree, never a ranking.

use tideline_aggregation::{
    Release, Subject,
    trend::{self, Direction, Look, State},
};
use tideline_domain::{PerScale, Scale, UnitId};
use tideline_text::Text;

use super::{
    read::Read,
    spark::Spark,
    strain::{self, StrainView},
    title,
};
use crate::{chart::AgainstUsual, words::Kind};

/// Why a team is named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Named {
    /// Heavier than its own usual by more than chance would often bring, many teams taken into account, and for
    /// two check-ins at least.
    Conversation,
    /// Heavier by its own page, but not that sure.
    Watching,
    /// Lighter, and heavier in nothing.
    Lighter,
}

/// A team, or teams that are shown together, with what stands out there.
#[derive(Debug, Clone, PartialEq)]
pub struct TeamSigns {
    /// The unit with the page; none for teams that are shown together.
    pub unit: Option<UnitId>,
    /// The unit, or those that are shown together.
    pub units: Vec<UnitId>,
    /// Its name, or names joined with " + ".
    pub name: String,
    /// Why it is named.
    pub named: Named,
    /// The work itself, other people's pain, the buffer.
    pub signs: PerScale<SignCell>,
    /// The courses of the three.
    pub sparks: PerScale<Spark>,
    /// The kind of strain that stands out, in a word.
    pub strain: String,
}

/// What one of the three does.
#[derive(Debug, Clone, PartialEq)]
pub struct SignCell {
    /// In a few words: "heavier, 5 in a row".
    pub word: String,
    /// What that means, for colours.
    pub kind: Kind,
    /// Whether it is heavier, or the buffer thinner, and that has lasted.
    pub stands_out: bool,
    /// The same, to be drawn.
    pub chart: Option<AgainstUsual>,
}

/// The teams of `latest` that are named, by what was `read` of each and by the list of places to look first.
pub(super) fn named(
    latest: &Release,
    read: &[Read],
    looks: Option<&[Look]>,
    t: Text,
) -> Vec<TeamSigns> {
    let of = |subject: Subject| {
        let read = read.iter().find(|it| it.subject == subject)?;
        let is_listed = |scale: Scale| {
            let is = |look: &Look| look.subject == subject && look.scale == scale;
            looks.is_some_and(|it| it.iter().any(is))
        };
        let states = PerScale::from_fn(|scale| read.readings.get(scale).state);
        let named = why(&states, &PerScale::from_fn(is_listed))?;
        let view = StrainView::of(&PerScale::from_fn(|scale| read.readings.get(scale)), t);
        let sign = |scale: Scale| {
            let row = view.rows.iter().find(|it| it.scale == scale);
            let state = states.get(scale);
            let word = row.map(|it| it.word.clone()).unwrap_or_default();
            SignCell {
                word: match state {
                    State::Sustained(it) => {
                        t.tr2("signs-in-a-row", "word", word, "waves", it.waves)
                    }
                    _ => word,
                },
                kind: row.map_or(Kind::Learning, |it| it.kind),
                stands_out: matches!(
                    state,
                    State::Sustained(it) if it.direction == Direction::Heavier
                ),
                chart: row.and_then(|it| it.chart),
            }
        };
        Some(TeamSigns {
            name: title(latest, &subject),
            named,
            signs: PerScale::from_fn(sign),
            strain: strain::short(&read.readings, t),
            sparks: read.sparks(),
            unit: match subject {
                Subject::Unit(unit) => Some(unit),
                Subject::Pool(_) => None,
            },
            units: match subject {
                Subject::Unit(unit) => vec![unit],
                Subject::Pool(units) => units,
            },
        })
    };
    trend::teams(latest).into_iter().filter_map(of).collect()
}

fn why(states: &PerScale<State>, listed: &PerScale<bool>) -> Option<Named> {
    // One measure that is both, not one that is listed and another that has lasted.
    let has_lasted = |scale: &Scale| match states.get(*scale) {
        State::Sustained(it) => *listed.get(*scale) && it.direction == Direction::Heavier,
        State::Watch(_) | State::Learning { .. } | State::NoClearChange => false,
    };
    let is = |direction: Direction| {
        Scale::ALL.iter().any(|scale| match states.get(*scale) {
            State::Sustained(it) | State::Watch(it) => it.direction == direction,
            State::Learning { .. } | State::NoClearChange => false,
        })
    };
    if Scale::ALL.iter().any(has_lasted) {
        Some(Named::Conversation)
    } else if is(Direction::Heavier) {
        Some(Named::Watching)
    } else {
        is(Direction::Lighter).then_some(Named::Lighter)
    }
}

/// The headline of a month: how many teams are worth a conversation, how many reviews are overdue.
pub fn headline(teams: Option<usize>, overdue: usize, t: Text) -> String {
    match teams {
        None => t.tr1("headline-learning", "overdue", overdue),
        Some(teams) => t.tr2("headline", "teams", teams, "overdue", overdue),
    }
}

/// In how many of `teams` a kind stands out, told.
pub fn standing_out(teams: &[&TeamSigns], scale: Scale, t: Text) -> (usize, String) {
    let count = teams.iter().filter(|it| it.signs.get(scale).stands_out).count();
    (count, t.tr1("strip-teams", "n", count))
}

/// The parts of the work that stand out as harder in the whole organisation, in a sentence; nothing if none was
/// told of.
pub(super) fn harder(latest: &Release, t: Text) -> (Vec<String>, Option<String>) {
    let found = tideline_aggregation::suggest::harder(latest, &tideline_instrument::PULSE);
    let names: Vec<String> =
        found.iter().flatten().map(|it| crate::levers::category(t, *it)).collect();
    let said = found.map(|_| match names.len() {
        0 => t.tr("harder-none"),
        _ => t.tr1("harder", "parts", t.list(&names)),
    });
    (names, said)
}

#[cfg(test)]
mod tests {
    use tideline_aggregation::trend::Change;

    use super::*;

    #[test]
    fn a_team_is_worth_a_conversation_only_if_it_is_listed_and_has_lasted() {
        let change = |direction| Change { direction, delta: 8.0, waves: 2 };
        let lasting = State::Sustained(change(Direction::Heavier));
        let first = State::Watch(change(Direction::Heavier));
        let lighter = State::Sustained(change(Direction::Lighter));
        let of = |burnout, sts, listed| {
            let listed = PerScale { burnout: listed, sts: false, cs: false };
            why(&PerScale { burnout, sts, cs: State::NoClearChange }, &listed)
        };
        assert_eq!(of(lasting, first, true), Some(Named::Conversation));
        assert_eq!(of(lasting, first, false), Some(Named::Watching));
        assert_eq!(of(first, lasting, true), Some(Named::Watching), "not the same measure");
        assert_eq!(of(first, lighter, true), Some(Named::Watching));
        assert_eq!(of(State::NoClearChange, lighter, false), Some(Named::Lighter));
        assert_eq!(of(State::NoClearChange, State::NoClearChange, false), None);
    }

    #[test]
    fn the_headline_counts_in_each_language() {
        for language in tideline_text::Language::ALL {
            let t = Text::new(language);
            let told: std::collections::BTreeSet<String> = [None, Some(0), Some(1), Some(3)]
                .into_iter()
                .flat_map(|teams| [0, 1, 3].map(|overdue| headline(teams, overdue, t)))
                .collect();
            assert_eq!(told.len(), 12, "{told:?}");
            assert!(told.iter().all(|it| it.ends_with('.') && !it.contains("{")), "{told:?}");
        }
    }
}

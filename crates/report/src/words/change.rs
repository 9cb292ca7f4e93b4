//! Whether something changed, in words that no number beside them contradicts.
//!
//! What is said of a change is said of what was judged: the latest check-ins together, against the usual
//! level; those numbers are printed with it. "Inside the usual range" is said only of a figure whose
//! printed number lies inside the printed range, and of one outside it that one alone is no change.

use tideline_aggregation::{
    Bound,
    trend::{Against, Direction, Reading, State},
};
use tideline_domain::Scale;
use tideline_text::Text;

use super::{Way, is_higher, scale_title, whole};

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
    fn usual(self, against: Against, t: Text) -> String {
        let whose = match self {
            Self::Team => "team",
            Self::Teams => "teams",
            Self::Unit => "unit",
            Self::Organisation => "organisation",
        };
        let id = if against == Against::Rest { "usual-beside" } else { "usual-level" };
        t.tr1(id, "whose", whose)
    }
}

/// Where a single figure lies, as far as the printed numbers tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Inside,
    Outside,
    /// There is no usual range, or the figure is a limit ("21 or less") that may lie on either side.
    Unknown,
}

fn rounded(value: f64) -> i32 {
    value.round().clamp(0.0, 100.0) as i32
}

fn place(reading: &Reading) -> Place {
    let latest = reading.figures.last().copied().flatten();
    let Some((figure, usual)) = latest.zip(reading.usual) else { return Place::Unknown };
    let (low, high) = (rounded(usual.low), rounded(usual.high));
    let inside = |it: i32| (low..=high).contains(&it);
    match figure.bound {
        Bound::Middle if inside(rounded(figure.shown)) => Place::Inside,
        Bound::Middle => Place::Outside,
        Bound::AtMost if (figure.shown.ceil() as i32) < low => Place::Outside,
        Bound::AtLeast if (figure.shown.floor() as i32) > high => Place::Outside,
        Bound::AtMost if low == 0 && inside(figure.shown.ceil() as i32) => Place::Inside,
        Bound::AtLeast if high == 100 && inside(figure.shown.floor() as i32) => Place::Inside,
        Bound::AtMost | Bound::AtLeast => Place::Unknown,
    }
}

/// The label for what `reading` says.
pub fn tag(reading: &Reading, scale: Scale, t: Text) -> String {
    t.tr(match (&reading.state, Way::of(&reading.state, scale)) {
        (State::Learning { .. }, _) => "tag-learning",
        (State::Watch(_), Way::Up) => "tag-perhaps-higher",
        (State::Watch(_), Way::Down) => "tag-perhaps-lower",
        (_, Way::Up) => "tag-higher",
        (_, Way::Down) => "tag-lower",
        (_, Way::Level) if place(reading) == Place::Inside => "tag-inside",
        (_, Way::Level) => "tag-usual",
    })
}

/// What `state` says, judged `against` something.
pub fn state_sentence(
    state: &State,
    against: Against,
    scale: Scale,
    whose: Whose,
    t: Text,
) -> String {
    let usual = whose.usual(against, t);
    let up = Way::of(state, scale) == Way::Up;
    match state {
        State::Learning { usable, needed } => {
            let shown = (*usable).min(*needed);
            t.tr2("state-learning", "usable", shown, "needed", *needed)
        }
        State::NoClearChange => t.tr("state-usual"),
        State::Watch(change) => {
            let id = if up { "state-watch-higher" } else { "state-watch-lower" };
            with_buffer(t.tr1(id, "usual", usual), scale, change.direction, t)
        }
        State::Sustained(change) => {
            let id = if up { "state-lasting-higher" } else { "state-lasting-lower" };
            let said = t.tr2(id, "usual", usual, "waves", change.waves);
            let next = match change.direction {
                Direction::Heavier => t.tr("state-next-heavier"),
                Direction::Lighter => t.tr("state-next-lighter"),
            };
            format!("{} {next}", with_buffer(said, scale, change.direction, t))
        }
    }
}

/// [`state_sentence`]; over how many weeks a change spans, and whether others may be answering; and where
/// the latest figure lies, where that alone could be read as the opposite.
pub fn reading_sentence(reading: &Reading, scale: Scale, whose: Whose, t: Text) -> String {
    let mut said = vec![state_sentence(&reading.state, reading.against, scale, whose, t)];
    let place = place(reading);
    match &reading.state {
        State::Learning { .. } => {}
        State::NoClearChange => {
            if place == Place::Outside {
                said.push(t.tr("state-outside"));
            }
        }
        State::Watch(_) | State::Sustained(_) => {
            said.push(t.tr1("state-span", "weeks", reading.weeks.max(1)));
            if reading.answering_changed {
                said.push(t.tr("state-answering"));
            }
            if place == Place::Inside {
                said.push(t.tr("state-inside"));
            }
        }
    }
    said.join(" ")
}

/// The numbers that were judged, and against what; `None` while it is being learned.
///
/// The difference is that of the printed numbers, so that they add up.
pub fn judged(reading: &Reading, t: Text) -> Option<String> {
    let judged = reading.judged?;
    let (recent, usual) = (rounded(judged.recent), rounded(judged.usual));
    let difference = match recent - usual {
        0 => "0".to_owned(),
        it if it > 0 => format!("+{it}"),
        it => format!("−{}", -it),
    };
    let id = match reading.against {
        Against::Rest => "judged-rest",
        Against::OwnPast => "judged-own",
        Against::Whole => "judged-whole",
    };
    let numbers: [(&str, &dyn tideline_text::Argument); 3] =
        [("recent", &recent), ("usual", &usual), ("difference", &difference)];
    Some(t.tr_with(id, &numbers))
}

/// Compassion satisfaction is what buffers; more or less of it is told as that.
fn with_buffer(said: String, scale: Scale, direction: Direction, t: Text) -> String {
    match (scale, direction) {
        (Scale::CompassionSatisfaction, Direction::Heavier) => {
            format!("{said} {}", t.tr("buffer-thinner"))
        }
        (Scale::CompassionSatisfaction, Direction::Lighter) => {
            format!("{said} {}", t.tr("buffer-stronger"))
        }
        _ => said,
    }
}

/// What moved in the whole organisation, for the page of a unit inside it: said once, as the
/// organisation's, and for each measure whether the unit stands apart from that; once for all measures if it is
/// the same. Empty if nothing did.
pub fn everywhere(readings: &[(Scale, Reading, Reading)], t: Text) -> Vec<String> {
    let mut first = true;
    let of = |(scale, all, own): &(Scale, Reading, Reading)| {
        let (State::Watch(moved) | State::Sustained(moved)) = &all.state else { return None };
        let numbers = all.judged?;
        // Whose it is stands once before all of them.
        let id = match (is_higher(*scale, moved.direction), std::mem::take(&mut first)) {
            (true, true) => "everywhere-higher",
            (false, true) => "everywhere-lower",
            (true, false) => "everywhere-next-higher",
            (false, false) => "everywhere-next-lower",
        };
        let said = t.tr_with(
            id,
            &[
                ("measure", &scale_title(*scale, t)),
                ("recent", &whole(numbers.recent)),
                ("usual", &whole(numbers.usual)),
            ],
        );
        let here = match (own.against, &own.state) {
            (_, State::Learning { .. }) | (Against::Whole, _) => return Some((said, None)),
            (Against::OwnPast, _) => ["everywhere-own", "everywhere-own"],
            (Against::Rest, State::NoClearChange) => ["everywhere-alike", "everywhere-alike-all"],
            (Against::Rest, State::Watch(own) | State::Sustained(own)) => {
                if own.direction == moved.direction {
                    ["everywhere-more", "everywhere-more-all"]
                } else {
                    ["everywhere-less", "everywhere-less-all"]
                }
            }
        };
        Some((said, Some(here)))
    };
    let told: Vec<(String, Option<[&str; 2]>)> = readings.iter().filter_map(of).collect();
    if let [(_, Some([_, of_all])), _, ..] = told.as_slice()
        && told.iter().all(|it| it.1 == told[0].1)
    {
        let here = t.tr(of_all);
        return told.into_iter().map(|it| it.0).chain([here]).collect();
    }
    let each = |(said, here): (String, Option<[&str; 2]>)| match here {
        Some([of_one, _]) => format!("{said} {}", t.tr(of_one)),
        None => said,
    };
    told.into_iter().map(each).collect()
}

/// What leads a page: a headline of a sentence or two, and what is said below it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Lead {
    /// What changed; at least one sentence.
    pub headline: Vec<String>,
    /// How sure that is, and what did not change.
    pub below: Vec<String>,
}

impl Lead {
    /// All of it, in order.
    pub fn sentences(&self) -> impl Iterator<Item = &str> {
        self.headline.iter().chain(&self.below).map(String::as_str)
    }
}

/// What leads a page: one sentence for each scale that stands out, then how sure that is and what is said of the
/// rest. `after_others`: what moved in the whole organisation stands before it; `shown`: in how many check-ins there
/// was a figure.
pub fn lead(states: &[(Scale, State, Against)], after_others: bool, shown: usize, t: Text) -> Lead {
    let mut headline = Vec::new();
    let mut quiet = Vec::new();
    let (mut lasting, mut watched) = (0, 0);
    // Said once; sentences that follow it are short, unless they compare with something else.
    let mut compared: Option<Against> = None;
    for (scale, state, against) in states {
        let measure = scale_title(*scale, t);
        let up = Way::of(state, *scale) == Way::Up;
        let short = compared == Some(*against);
        let id = match (state, up, short) {
            (State::Learning { .. }, ..) => continue,
            (State::NoClearChange, ..) => {
                quiet.push(measure);
                continue;
            }
            (State::Sustained(_), true, false) => "lead-lasting-higher",
            (State::Sustained(_), false, false) => "lead-lasting-lower",
            (State::Sustained(_), true, true) => "lead-next-lasting-higher",
            (State::Sustained(_), false, true) => "lead-next-lasting-lower",
            (State::Watch(_), true, false) => "lead-watch-higher",
            (State::Watch(_), false, false) => "lead-watch-lower",
            (State::Watch(_), true, true) => "lead-next-watch-higher",
            (State::Watch(_), false, true) => "lead-next-watch-lower",
        };
        let waves = match state {
            State::Sustained(change) => {
                lasting += 1;
                change.waves
            }
            _ => {
                watched += 1;
                1
            }
        };
        let usual = t.tr(match against {
            Against::Rest => "lead-usual-beside",
            Against::OwnPast | Against::Whole => "lead-usual-own",
        });
        let arguments: [(&str, &dyn tideline_text::Argument); 3] =
            [("measure", &measure), ("usual", &usual), ("waves", &waves)];
        headline.push(t.tr_with(id, &arguments));
        compared = Some(*against);
    }
    if headline.is_empty() {
        return unmoved(states, after_others, shown, t);
    }
    let mut below = vec![t.tr(match (lasting, watched) {
        (0, _) => "lead-watch-only",
        (1, 0) => "lead-chance",
        (2, 0) => "lead-chance-both",
        (_, 0) => "lead-chance-all",
        _ => "lead-chance-some",
    })];
    match quiet.as_slice() {
        [] => {}
        [one] => below.push(t.tr1("lead-one-usual", "measure", one)),
        _ => below.push(t.tr("lead-rest-usual")),
    }
    Lead { headline, below }
}

/// What leads a page on which nothing stands out.
fn unmoved(states: &[(Scale, State, Against)], after_others: bool, shown: usize, t: Text) -> Lead {
    let learning = states.iter().find_map(|it| match &it.1 {
        State::Learning { needed, .. } => Some(*needed),
        _ => None,
    });
    let only = |headline: &str| Lead { headline: vec![t.tr(headline)], below: Vec::new() };
    match learning {
        Some(needed) => {
            let (headline, below) = if shown > 1 {
                ("lead-learning", t.tr1("lead-learning-below", "needed", needed))
            } else {
                ("lead-first", t.tr("lead-first-below"))
            };
            Lead { below: vec![below], ..only(headline) }
        }
        None if after_others => only("lead-all-usual-apart"),
        None => only("lead-all-usual"),
    }
}

/// What a measure's card says below its picture, in a line.
pub fn card_line(reading: &Reading, scale: Scale, t: Text) -> String {
    let above = Way::of(&reading.state, scale) == Way::Up;
    let points = reading.judged.map_or(0, |it| (rounded(it.recent) - rounded(it.usual)).abs());
    match &reading.state {
        State::Learning { usable, needed } => {
            t.tr2("card-learning", "usable", (*usable).min(*needed), "needed", *needed)
        }
        State::NoClearChange => t.tr(match (place(reading), reading.against) {
            (Place::Outside, _) => "card-outside",
            // It may have moved as everybody did.
            (_, Against::Rest) => "card-own",
            (Place::Inside, _) => "card-usual",
            (Place::Unknown, _) => "state-usual",
        }),
        State::Watch(_) => {
            t.tr1(if above { "card-watch-above" } else { "card-watch-below" }, "points", points)
        }
        State::Sustained(change) => t.tr2(
            if above { "card-lasting-above" } else { "card-lasting-below" },
            "points",
            points,
            "waves",
            change.waves,
        ),
    }
}

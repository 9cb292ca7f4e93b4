//! The one thing to do next on a team's page: a function of what is published and of the team's own board, of
//! nothing else. Nobody records whether it was done.

use chrono::NaiveDate;
use tideline_aggregation::trend::{Direction, State};
use tideline_domain::lever::{LeverPlan, LeverStatus, Reach};
use tideline_text::Text;

use crate::{
    levers,
    view::{Named, TeamSigns},
};

/// What to do next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NextStep<'a> {
    /// Talk, because something heavier has lasted; decide about a lever while at it.
    Talk(Option<&'a LeverPlan>),
    /// Talk, without figures.
    TalkWithoutFigures,
    /// Look again at a lever whose review is overdue.
    Review(&'a LeverPlan),
    /// Wait for one more check-in.
    Wait,
    /// Ask what helped, because something is lighter.
    AskWhatHelped,
    /// Choose a lever.
    Choose,
    /// Nothing, until a lever is looked at again.
    Later(&'a LeverPlan),
}

/// Where the step begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BeginsAt {
    /// The guide for a conversation.
    Guide,
    /// The board with its levers.
    Board,
    /// The form for another lever.
    Catalogue,
}

/// A step in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NextStepView {
    /// What to do.
    pub heading: String,
    /// How, in a sentence or two.
    pub text: String,
    /// Where it begins.
    pub begins_at: BeginsAt,
}

impl<'a> NextStep<'a> {
    /// The first that fits, by what can be said of the measures and by the `plans` of the team's board.
    pub fn of(states: &[State], plans: &'a [LeverPlan], today: NaiveDate) -> Self {
        let is = |direction: Direction, lasting: bool| {
            states.iter().any(|it| match it {
                State::Sustained(change) => change.direction == direction,
                State::Watch(change) => !lasting && change.direction == direction,
                State::Learning { .. } | State::NoClearChange => false,
            })
        };
        let is_due = |it: &&LeverPlan| it.is_overdue(today) || (in_play(it) && it.review == today);
        let overdue = plans.iter().filter(is_due).min_by_key(|it| it.review);
        let ahead = |it: &&LeverPlan| it.status != LeverStatus::Stopped && it.review > today;
        let next = plans.iter().filter(ahead).min_by_key(|it| it.review);
        match (overdue, next) {
            _ if is(Direction::Heavier, true) => Self::Talk(overdue),
            (Some(plan), _) => Self::Review(plan),
            _ if is(Direction::Heavier, false) => Self::Wait,
            _ if is(Direction::Lighter, false) => Self::AskWhatHelped,
            (None, None) => Self::Choose,
            (None, Some(plan)) => Self::Later(plan),
        }
    }

    /// In the words of `t`.
    pub fn told(&self, t: Text) -> NextStepView {
        let of = |id: &str, plan: &LeverPlan| {
            t.tr2(id, "lever", levers::short(t, plan.lever), "day", t.date(plan.review))
        };
        let (heading, text, begins_at) = match self {
            Self::Talk(overdue) => {
                let ask = t.tr("next-talk-text");
                let text = match overdue {
                    Some(plan) => format!("{ask} {}", of("next-talk-overdue", plan)),
                    None => ask,
                };
                ("next-talk", text, BeginsAt::Guide)
            }
            Self::TalkWithoutFigures => ("next-talk", t.tr("next-talk-without"), BeginsAt::Guide),
            Self::Review(plan) => ("next-review", of("next-review-text", plan), BeginsAt::Board),
            Self::Wait => ("next-wait", t.tr("next-wait-text"), BeginsAt::Guide),
            Self::AskWhatHelped => ("next-helped", t.tr("next-helped-text"), BeginsAt::Guide),
            Self::Choose => ("next-choose", t.tr("next-choose-text"), BeginsAt::Catalogue),
            Self::Later(plan) => ("next-later", of("next-later-text", plan), BeginsAt::Board),
        };
        NextStepView { heading: t.tr(heading), text, begins_at }
    }
}

/// Whether a lever is thought about or tried: what is kept or stopped is not looked at again.
fn in_play(plan: &LeverPlan) -> bool {
    matches!(plan.status, LeverStatus::Considered | LeverStatus::Trying)
}

/// A lever of a unit that has a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitPlan {
    /// Whose.
    pub unit: String,
    /// The lever.
    pub plan: LeverPlan,
}

/// What to do next for the whole organisation.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum MonthStep<'a> {
    /// Decide about a lever that waits for somebody above its team.
    Decide(&'a UnitPlan),
    /// Ask the leads of so many teams what they need.
    AskLeads(usize),
    /// Ask how so many levers are going.
    AskReviews(usize),
    /// Answer what has moved in the whole organisation for everybody.
    AnswerForAll,
    /// Wait for one more check-in.
    Wait,
    /// Ask a team what it noticed, because something there may have become better.
    AskWhatHelped(&'a TeamSigns),
    /// Nothing, because what is usual is still being learned.
    Learning,
    /// Nothing.
    Nothing,
}

/// What is published of a month, as far as the step follows from it.
#[derive(Debug, Clone, Copy)]
pub struct MonthSigns<'a> {
    /// The teams that are named.
    pub teams: &'a [TeamSigns],
    /// Whether any team could be judged.
    pub judged: bool,
    /// What can be said of the organisation as a whole, if it is shown.
    pub whole: Option<&'a [State]>,
}

impl<'a> MonthStep<'a> {
    /// The first that fits, by what is published and by the levers of all boards.
    pub fn of(signs: MonthSigns<'a>, plans: &'a [UnitPlan], today: NaiveDate) -> Self {
        let MonthSigns { teams, judged, whole } = signs;
        let to_talk = || teams.iter().filter(|it| it.named == Named::Conversation);
        let listed = |it: &UnitPlan| to_talk().any(|team| team.units.contains(&it.plan.unit));
        let overdue = || plans.iter().filter(|it| it.plan.is_overdue(today));
        let waits = overdue().filter(|it| it.plan.reach == Reach::Escalate);
        let first = waits.min_by_key(|it| (!listed(it), it.plan.review));
        // Teams that are shown together have a lead each.
        let leads = to_talk().map(|it| it.units.len()).sum();
        let named = |why: Named| teams.iter().find(|it| it.named == why);
        let heavier = |lasting: bool| {
            whole.unwrap_or_default().iter().any(|it| match it {
                State::Sustained(change) => change.direction == Direction::Heavier,
                State::Watch(change) => !lasting && change.direction == Direction::Heavier,
                State::Learning { .. } | State::NoClearChange => false,
            })
        };
        match (first, leads, overdue().count()) {
            (Some(plan), ..) => return Self::Decide(plan),
            (None, 1.., _) => return Self::AskLeads(leads),
            (None, 0, overdue @ 1..) => return Self::AskReviews(overdue),
            (None, 0, 0) => {}
        }
        match named(Named::Lighter) {
            _ if heavier(true) => Self::AnswerForAll,
            _ if heavier(false) || named(Named::Watching).is_some() => Self::Wait,
            Some(team) => Self::AskWhatHelped(team),
            None if judged => Self::Nothing,
            None => Self::Learning,
        }
    }

    /// What to do and how, in the words of `t`.
    pub fn told(&self, t: Text) -> (String, String) {
        match self {
            Self::Decide(UnitPlan { unit, plan }) => (
                t.tr1("next-decide", "lever", levers::short(t, plan.lever)),
                t.tr2("next-decide-text", "team", unit, "day", t.date(plan.review)),
            ),
            Self::AskLeads(n) => (t.tr1("next-leads", "n", *n), t.tr("next-leads-text")),
            Self::AskReviews(n) => (t.tr1("next-reviews", "n", *n), t.tr("next-reviews-text")),
            Self::AskWhatHelped(team) => {
                (t.tr1("next-helped-team", "team", &team.name), t.tr("next-helped-text"))
            }
            Self::AnswerForAll => (t.tr("next-all"), t.tr("next-all-text")),
            Self::Wait => (t.tr("next-wait"), t.tr("next-wait-text")),
            Self::Learning => (t.tr("next-undecided"), t.tr("next-undecided-text")),
            Self::Nothing => (t.tr("next-nothing"), t.tr("next-nothing-text")),
        }
    }
}

#[cfg(test)]
mod tests {
    use tideline_aggregation::trend::Change;
    use tideline_domain::{LeverPlanId, PerScale, UnitId, lever::LEVERS};
    use tideline_text::Language;

    use super::*;

    const TODAY: &str = "2026-10-20";

    fn plan(status: LeverStatus, review: &str) -> LeverPlan {
        LeverPlan {
            id: LeverPlanId::new(uuid::Uuid::from_u128(1)),
            unit: UnitId::new(uuid::Uuid::from_u128(2)),
            lever: &LEVERS[0],
            status,
            reach: Reach::Mine,
            owner: String::new(),
            started: "2026-01-01".parse().unwrap(),
            review: review.parse().unwrap(),
            note: String::new(),
        }
    }

    fn change(direction: Direction) -> Change {
        Change { direction, delta: 8.0, waves: 2 }
    }

    /// What is done first by these states and this board: its heading, and whether a lever is named.
    #[track_caller]
    fn check(states: &[State], plans: &[LeverPlan], heading: &str, names_a_lever: bool) {
        for language in Language::ALL {
            let t = Text::new(language);
            let told = NextStep::of(states, plans, TODAY.parse().unwrap()).told(t);
            assert_eq!(told.heading, t.tr(heading));
            assert_eq!(told.text.contains(&levers::short(t, &LEVERS[0])), names_a_lever);
        }
    }

    #[test]
    fn the_first_step_that_fits_is_the_one() {
        use LeverStatus::{Kept, Stopped, Trying};
        let learning = State::Learning { usable: 3, needed: 7 };
        let heavier = State::Sustained(change(Direction::Heavier));
        let perhaps_heavier = State::Watch(change(Direction::Heavier));
        let lighter = State::Watch(change(Direction::Lighter));
        let overdue = || [plan(Trying, "2026-10-19")];
        let later = || [plan(Trying, "2026-12-01")];

        check(&[lighter, heavier], &later(), "next-talk", false);
        check(&[perhaps_heavier, heavier], &overdue(), "next-talk", true);
        check(&[perhaps_heavier], &overdue(), "next-review", true);
        check(&[learning; 3], &overdue(), "next-review", true);
        check(&[lighter, perhaps_heavier], &later(), "next-wait", false);
        check(&[State::NoClearChange, lighter], &[], "next-helped", false);
        check(&[State::NoClearChange; 3], &[], "next-choose", false);
        check(&[learning; 3], &[], "next-choose", false);
        check(&[State::NoClearChange; 3], &[plan(Stopped, "2026-01-01")], "next-choose", false);
        check(&[learning; 3], &later(), "next-later", true);
        check(&[State::NoClearChange; 3], &[plan(Trying, TODAY)], "next-review", true);
        check(&[State::NoClearChange; 3], &[plan(Trying, "2026-10-21")], "next-later", true);
        // What is kept is never overdue, and a day that has passed is not told as one to come.
        check(&[State::NoClearChange; 3], &[plan(Kept, "2026-01-01")], "next-choose", false);
    }

    #[test]
    fn the_organisations_first_step_that_fits_is_the_one() {
        let team = |unit: u128, named| TeamSigns {
            unit: Some(UnitId::new(uuid::Uuid::from_u128(unit))),
            units: vec![UnitId::new(uuid::Uuid::from_u128(unit))],
            name: format!("Team {unit}"),
            named,
            signs: PerScale::from_fn(|_| crate::view::SignCell {
                word: String::new(),
                kind: crate::words::Kind::Usual,
                stands_out: false,
                chart: None,
            }),
            sparks: PerScale::from_fn(|_| crate::view::Spark {
                points: Vec::new(),
                usual: false,
                way: crate::words::Way::Level,
                kind: crate::words::Kind::Usual,
                lasting: false,
            }),
            strain: String::new(),
        };
        let of_unit = |unit: u128, reach, review: &str| UnitPlan {
            unit: format!("Team {unit}"),
            plan: LeverPlan {
                unit: UnitId::new(uuid::Uuid::from_u128(unit)),
                reach,
                ..plan(LeverStatus::Trying, review)
            },
        };
        fn signs<'a>(teams: &'a [TeamSigns], whole: Option<&'a [State]>) -> MonthSigns<'a> {
            MonthSigns { teams, judged: true, whole }
        }
        let of_signs = |signs: MonthSigns<'_>, plans: &[UnitPlan]| {
            let t = Text::new(Language::English);
            MonthStep::of(signs, plans, TODAY.parse().unwrap()).told(t).0
        };
        let is = |teams: &[TeamSigns], plans: &[UnitPlan]| of_signs(signs(teams, None), plans);
        let listed = [team(2, Named::Conversation), team(3, Named::Lighter)];
        let waits =
            [of_unit(4, Reach::Escalate, "2026-01-01"), of_unit(2, Reach::Escalate, "2026-05-01")];
        let decided = MonthStep::of(signs(&listed, None), &waits, TODAY.parse().unwrap());
        assert_eq!(decided, MonthStep::Decide(&waits[1]), "teams of the list first");
        let own = [of_unit(4, Reach::Mine, "2026-01-01")];
        assert_eq!(is(&listed, &own), "Ask one team lead what the team needs");
        assert_eq!(is(&listed[1..], &own), "Ask how one lever is going");
        assert_eq!(is(&listed[1..], &[]), "Ask Team 3 what it noticed");
        assert_eq!(is(&[], &[]), "Nothing to do this month");
        // Teams that are shown together have a lead each.
        let pool = [TeamSigns { units: vec![listed[0].units[0]; 3], ..listed[0].clone() }];
        assert_eq!(is(&pool, &[]), "Ask 3 team leads what they need");
        // What the page says beside it is never denied.
        let watched = [team(5, Named::Watching), team(3, Named::Lighter)];
        assert_eq!(is(&watched, &[]), "Nothing yet: one more check-in will tell");
        let lasting = [State::Sustained(change(Direction::Heavier)), State::NoClearChange];
        let all = "What moved everywhere needs an answer for everybody";
        assert_eq!(of_signs(signs(&watched, Some(&lasting)), &[]), all);
        let first = [State::Watch(change(Direction::Heavier))];
        let wait = "Nothing yet: one more check-in will tell";
        assert_eq!(of_signs(signs(&[], Some(&first)), &[]), wait);
        let learning = MonthSigns { teams: &[], judged: false, whole: None };
        assert_eq!(of_signs(learning, &[]), "Nothing to decide from figures yet");
    }

    #[test]
    fn the_most_overdue_lever_is_named() {
        let plans =
            [plan(LeverStatus::Trying, "2026-05-02"), plan(LeverStatus::Trying, "2026-04-01")];
        let step = NextStep::of(&[State::NoClearChange], &plans, TODAY.parse().unwrap());
        assert_eq!(step, NextStep::Review(&plans[1]));
    }
}

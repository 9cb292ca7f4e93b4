//! Readings over whole releases: breaks, who answers, places to look first, teams side by side.

use chrono::{DateTime, TimeDelta};
use tideline_domain::{InstrumentId, PerScale, Unit, UnitTree, Wave, WaveSeq, Window};
use uuid::Uuid;

use super::*;
use crate::{Group, ItemSums, Policy, Turnout, release};

fn id(at: usize) -> UnitId {
    UnitId::new(Uuid::from_u128(at as u128 + 1))
}

/// The root, and `teams` below it.
fn tree(teams: usize) -> UnitTree {
    let unit = |at: usize| Unit {
        id: id(at),
        parent: (at > 0).then(|| id(0)),
        name: format!("u{at}").parse().unwrap(),
    };
    UnitTree::new((0..=teams).map(unit).collect()).unwrap()
}

/// A history of waves: for each, the mean and the answers of 20 asked of each team.
fn history(waves: &[Vec<(u8, usize)>]) -> Vec<Release> {
    let mut all: Vec<Release> = Vec::new();
    for (at, teams) in waves.iter().enumerate() {
        let opens = DateTime::UNIX_EPOCH + TimeDelta::days(14 * at as i64);
        let window = Window::new(opens, opens, opens + TimeDelta::days(13)).unwrap();
        let seq = WaveSeq(at as u32 + 1);
        let wave = Wave {
            seq,
            label: format!("w{at}").parse().unwrap(),
            asks: InstrumentId::PULSE,
            window,
        };
        let score = |mean: u8, i: usize| if i.is_multiple_of(2) { mean - 20 } else { mean + 20 };
        let groups: Vec<Group> = teams
            .iter()
            .enumerate()
            .map(|(team, &(mean, answers))| Group {
                units: vec![id(team + 1)],
                headcount: 20,
                scores: (0..answers)
                    .map(|i| PerScale {
                        burnout: Some(score(mean, i)),
                        sts: Some(score(40, i)),
                        cs: Some(score(60, i)),
                    })
                    .collect(),
                items: ItemSums::default(),
            })
            .collect();
        let turnout = Turnout {
            eligible: 20 * teams.len() as u32,
            ballots: teams.iter().map(|it| it.1 as u32).sum(),
            spoilt: 0,
        };
        let closed = wave.closed(wave.window.closes()).unwrap();
        let tree = tree(teams.len());
        let policy = Policy::default();
        all.push(release(closed, &tree, groups, turnout, &policy, all.last()).unwrap());
    }
    all
}

/// Ten waves at 40, then four at `after`, of `teams` teams; the first team alone moves.
fn stepped(teams: usize, after: u8, answers_after: usize) -> Vec<Release> {
    let wave = |at: usize| {
        let moved = at >= 10;
        (0..teams)
            .map(|team| {
                let first = moved && team == 0;
                (if first { after } else { 40 }, if first { answers_after } else { 14 })
            })
            .collect()
    };
    history(&(0..14).map(wave).collect::<Vec<_>>())
}

#[test]
fn a_reading_says_the_state_the_weeks_and_the_usual_range() {
    let all = stepped(8, 60, 14);
    let it = read(&all, &Subject::Unit(id(1)), Scale::Burnout);
    assert!(matches!(it.state, State::Sustained(change) if change.direction == Direction::Heavier));
    assert!(!it.answering_changed && it.breaks.is_empty());
    // Three waves, two weeks apart, thirteen days each.
    assert_eq!(it.weeks, 6);
    assert!((it.usual.unwrap().mean - 41.0).abs() < 4.0);
    assert_eq!(it.state_at(9, Scale::Burnout), State::NoClearChange);
    let quiet = read(&all, &Subject::Unit(id(2)), Scale::Burnout);
    assert_eq!(quiet.state, State::NoClearChange);
}

/// Ten waves of `teams` teams at 40, then four in which all but the first are at 60 and that at `first`.
fn everybody_but_the_first(teams: usize, first: u8) -> Vec<Release> {
    let wave = |at: usize| {
        let of = |team: usize| {
            if at < 10 {
                40
            } else if team == 0 {
                first
            } else {
                60
            }
        };
        (0..teams).map(|team| (of(team), 14)).collect()
    };
    history(&(0..14).map(wave).collect::<Vec<_>>())
}

fn direction(state: State) -> Option<Direction> {
    match state {
        State::Watch(it) | State::Sustained(it) => Some(it.direction),
        State::Learning { .. } | State::NoClearChange => None,
    }
}

#[test]
fn a_change_of_everybody_is_told_as_the_organisations_and_of_no_team() {
    let all = everybody_but_the_first(8, 60);
    let team = read(&all, &Subject::Unit(id(1)), Scale::Burnout);
    assert_eq!((team.state, team.against), (State::NoClearChange, Against::Rest));
    // What is usual has moved with the others, so the latest figure lies inside it.
    let (usual, latest) = (team.usual.unwrap(), team.figures[13].unwrap().value);
    assert!(usual.low < latest && latest < usual.high, "{usual:?} {latest}");
    assert!((team.usual_over_time[9].unwrap().mean - 40.0).abs() < 4.0);
    let judged = team.judged.unwrap();
    assert!((judged.recent - judged.usual).abs() < 1.0 && judged.recent > 55.0, "{judged:?}");
    let whole = read(&all, &Subject::Unit(id(0)), Scale::Burnout);
    assert_eq!((direction(whole.state), whole.against), (Some(Direction::Heavier), Against::Whole));
    assert_eq!(look_first(&all), Some(Vec::new()));
}

#[test]
fn a_team_that_stays_while_all_others_move_stands_out_the_other_way() {
    let all = everybody_but_the_first(8, 40);
    let team = read(&all, &Subject::Unit(id(1)), Scale::Burnout);
    assert_eq!(direction(team.state), Some(Direction::Lighter));
    let judged = team.judged.unwrap();
    assert!(judged.recent < 45.0 && judged.usual > 55.0, "{judged:?}");
}

#[test]
fn with_fewer_than_five_others_the_own_past_is_the_yardstick() {
    let of = |teams: usize| {
        read(&everybody_but_the_first(teams, 60), &Subject::Unit(id(1)), Scale::Burnout)
    };
    let (five, six) = (of(5), of(6));
    assert_eq!((direction(five.state), five.against), (Some(Direction::Heavier), Against::OwnPast));
    assert_eq!((direction(six.state), six.against), (None, Against::Rest));
}

/// A rest that has only just become large enough is none yet: the own past has more to say.
#[test]
fn a_rest_that_is_new_is_not_a_yardstick_yet() {
    let wave = |at: usize| vec![(40, 14); if at < 9 { 5 } else { 6 }];
    let all = history(&(0..12).map(wave).collect::<Vec<_>>());
    let team = read(&all, &Subject::Unit(id(1)), Scale::Burnout);
    assert_eq!((team.state, team.against), (State::NoClearChange, Against::OwnPast));
}

#[test]
fn the_rest_is_the_published_atoms_without_the_own_ones() {
    let all = history(&[vec![(30, 14), (40, 12), (50, 10), (60, 18)]]);
    let latest = &all[0];
    let of = |team: usize| latest.page(id(team)).unwrap().figures.burnout;
    for own in 1..=4 {
        let rest = latest.rest_of(&Subject::Unit(id(own))).unwrap().burnout;
        let others = (1..=4).filter(|it| *it != own).map(of);
        let weights: Vec<(f64, f64, f64)> =
            others.map(|it| (1.0 / (it.variance + 64.0), it.value, it.variance)).collect();
        let sum: f64 = weights.iter().map(|it| it.0).sum();
        let value = weights.iter().map(|it| it.0 * it.1).sum::<f64>() / sum;
        let variance = weights.iter().map(|it| it.0 * it.0 * it.2).sum::<f64>() / (sum * sum);
        assert_eq!(rest.atoms, 3);
        assert!((rest.value - value).abs() < 1e-9 && (rest.variance - variance).abs() < 1e-9);
    }
    assert_eq!(latest.rest_of(&Subject::Unit(id(0))), None, "nothing is outside the organisation");
}

#[test]
fn the_level_follows_a_change_and_is_surer_than_a_single_wave() {
    let all = stepped(8, 60, 14);
    let team = read(&all, &Subject::Unit(id(1)), Scale::Burnout);
    let level = |at: usize| team.levels[at].unwrap();
    assert!((level(9).value - 41.0).abs() < 4.0 && level(13).value > 54.0, "{:?}", level(13));
    let figure = team.figures[13].unwrap();
    let process = 2.0 * 1.96 * figure.variance.sqrt();
    assert!(level(13).high - level(13).low < 0.8 * process);
    // The dot is as published.
    assert_eq!(figure, all[13].page(id(1)).unwrap().figures.burnout);
}

#[test]
fn a_change_waits_for_another_wave_when_others_answer() {
    let unit = Subject::Unit(id(1));
    let (steady, fewer) = (stepped(8, 64, 14), stepped(8, 66, 8));
    let second = read(&steady[..12], &unit, Scale::Burnout);
    assert!(matches!(second.state, State::Sustained(it) if it.waves == 2), "{:?}", second.state);
    let second = read(&fewer[..13], &unit, Scale::Burnout);
    assert!(second.answering_changed);
    assert!(matches!(second.state, State::Watch(it) if it.waves == 2), "{:?}", second.state);
    let third = read(&fewer, &unit, Scale::Burnout);
    assert!(matches!(third.state, State::Sustained(it) if it.waves == 3), "{:?}", third.state);
}

#[test]
fn a_reorganised_unit_begins_a_new_series() {
    let wave = |at: usize| vec![(40, 14); if at < 9 { 7 } else { 8 }];
    let all = history(&(0..12).map(wave).collect::<Vec<_>>());
    let whole = read(&all, &Subject::Unit(id(0)), Scale::Burnout);
    assert_eq!(whole.breaks, [9]);
    assert_eq!(whole.state, State::Learning { usable: 3, needed: 7 });
    assert_eq!(whole.figures.len(), 12);
    assert_eq!(whole.state_at(8, Scale::Burnout), State::NoClearChange);
    assert!(read(&all, &Subject::Unit(id(1)), Scale::Burnout).breaks.is_empty());
}

#[test]
fn where_to_look_first_names_the_team_that_moved_and_no_other() {
    let found = look_first(&stepped(8, 60, 14)).unwrap();
    let named: Vec<_> = found.iter().map(|it| (it.subject.clone(), it.scale)).collect();
    assert_eq!(named, [(Subject::Unit(id(1)), Scale::Burnout)]);
    assert!(found[0].delta >= 5.0 && found[0].q <= 0.1);
    assert_eq!(look_first(&stepped(8, 40, 14)), Some(Vec::new()));
    assert_eq!(look_first(&[]), None);
    assert_eq!(look_first(&stepped(8, 40, 14)[..3]), None, "not tested yet");
}

#[test]
fn teams_side_by_side_are_drawn_together_and_need_eight() {
    let all = stepped(8, 60, 14);
    let it = compare(&all, Scale::Burnout).unwrap();
    assert_eq!(it.len(), 8);
    let own = all[13].page(id(1)).unwrap().figures.burnout.value;
    assert!(it[0].value < own && it[0].value > 40.0, "{} {own}", it[0].value);
    assert!(it.iter().all(|it| it.range.low <= it.value && it.value <= it.range.high));
    // Without any difference between teams all are told as one.
    let alike = compare(&all, Scale::CompassionSatisfaction).unwrap();
    assert!(alike.iter().all(|it| (it.value - alike[0].value).abs() < 1e-9));
    assert_eq!(compare(&stepped(7, 60, 14), Scale::Burnout), None);
}

#[test]
fn a_team_stands_apart_only_by_more_than_chance_and_four_points() {
    let alike = history(&[vec![(50, 18); 10]]);
    assert_eq!(apart(&alike), Some(Vec::new()));
    let mut teams = vec![(50, 18); 10];
    teams[3] = (80, 18);
    let one = apart(&history(&[teams.clone()])).unwrap();
    let told: Vec<_> = one.iter().map(|it| (it.subject.clone(), it.scale)).collect();
    assert_eq!(told, [(Subject::Unit(id(4)), Scale::Burnout)]);
    assert!(one[0].load_gap > 10.0, "{one:?}");
    assert_eq!(apart(&history(&[teams[..7].to_vec()])), None, "fewer than eight teams");
}

//! What people get to see, on small organisations drawn by hand and by chance.

use chrono::{DateTime, TimeDelta};
use proptest::prelude::*;
use tideline_domain::{InstrumentId, Unit, WaveSeq, Window, cohort};
use uuid::Uuid;

use super::*;
use crate::{Bound, audit, audit::Cell, audit::Kind};

fn id(at: usize) -> UnitId {
    UnitId::new(Uuid::from_u128(at as u128 + 1))
}

/// Units `u0` (the root), `u1` …, each below the one given.
fn tree(parents: &[usize]) -> UnitTree {
    let unit = |at: usize, parent: Option<usize>| Unit {
        id: id(at),
        parent: parent.map(id),
        name: format!("u{at}").parse().unwrap(),
    };
    let below = parents.iter().enumerate().map(|(at, &up)| unit(at + 1, Some(up)));
    UnitTree::new(std::iter::once(unit(0, None)).chain(below).collect()).unwrap()
}

fn wave(seq: u32) -> Wave {
    let opens = DateTime::UNIX_EPOCH + TimeDelta::days(30 * i64::from(seq));
    let window = Window::new(opens, opens, opens + TimeDelta::days(7)).unwrap();
    Wave {
        seq: WaveSeq(seq),
        label: format!("w{seq}").parse().unwrap(),
        asks: InstrumentId::PULSE,
        window,
    }
}

fn all(score: u8) -> PersonScores {
    PerScale { burnout: Some(score), sts: Some(score), cs: Some(score) }
}

fn group(units: &[usize], headcount: u32, scores: &[u8]) -> Group {
    Group {
        units: units.iter().map(|&it| id(it)).collect(),
        headcount,
        scores: scores.iter().map(|&it| all(it)).collect(),
        items: ItemSums::default(),
    }
}

fn turnout(groups: &[Group]) -> Turnout {
    let ballots = groups.iter().map(|it| it.scores.len() as u32).sum();
    Turnout { eligible: groups.iter().map(|it| it.headcount).sum(), ballots, spoilt: 0 }
}

fn released(
    tree: &UnitTree,
    groups: &[Group],
    previous: Option<&Release>,
) -> Result<Release, ReleaseError> {
    let wave = wave(previous.map_or(1, |it| it.wave.seq.0 + 1));
    let closed = wave.closed(wave.window.closes()).unwrap();
    release(closed, tree, groups.to_vec(), turnout(groups), &Policy::default(), previous)
}

fn restored(
    it: &Release,
    atoms: Vec<Atom>,
    pooled_sd: PerScale<f64>,
) -> Result<Release, ReleaseError> {
    Release::restore(it.wave.clone(), it.tree.clone(), it.k, pooled_sd, atoms, it.turnout)
}

fn units(atom: &Atom) -> Vec<usize> {
    atom.units.iter().map(|it| it.uuid().as_u128() as usize - 1).collect()
}

/// Seven teams below the root: four of eight, and three small ones.
fn teams() -> (UnitTree, Vec<Group>) {
    let sizes = [8, 8, 8, 8, 3, 4, 2];
    let groups = sizes
        .iter()
        .enumerate()
        .map(|(at, &n)| {
            let scores: Vec<u8> = (0..n).map(|it| (it * 11 + at * 3) as u8).collect();
            group(&[at + 1], n as u32 + 2, &scores)
        })
        .collect();
    (tree(&[0; 7]), groups)
}

#[test]
fn a_team_of_six_has_a_page_and_small_ones_share_one() {
    let (tree, groups) = teams();
    let it = released(&tree, &groups, None).unwrap();
    assert_eq!(
        it.atoms().iter().map(units).collect::<Vec<_>>(),
        [vec![1], vec![2], vec![3], vec![4], vec![5, 6, 7]]
    );
    assert_eq!(it.subject_of(id(1)), Some(Subject::Unit(id(1))));
    let pool = Subject::Pool(vec![id(5), id(6), id(7)]);
    assert_eq!(it.subject_of(id(6)), Some(pool.clone()));
    assert_eq!(it.page(id(6)), None);
    assert_eq!(it.nearest_shown(id(6)), Some(id(0)));
    assert_eq!(it.page_of(&pool).unwrap().figures.sts.n, 9);
    assert_eq!(it.page_of(&Subject::Pool(vec![id(7), id(5), id(6)])), it.page_of(&pool));
    for other in [vec![], vec![id(1)], vec![id(5), id(6)], vec![id(99)]] {
        assert_eq!(it.page_of(&Subject::Pool(other)), None);
    }
    let root = it.page(id(0)).unwrap();
    assert_eq!((root.people, root.coverage), (41, Coverage::Full90));
    assert_eq!(root.took_part.tenths(), 7);
}

#[test]
fn a_page_is_made_of_cells_only() {
    let (tree, mut groups) = teams();
    groups[0] = group(&[1], 10, &[40, 45, 50, 55, 60, 65, 70, 75]);
    let it = released(&tree, &groups, None).unwrap();
    let sd = it.pooled_sd().burnout;
    assert!((10.0..40.0).contains(&sd) && (sd * 10.0).fract() == 0.0);
    // 460 of eight people: cells of 50 between 0..=124 and 675..=800.
    let page = it.page(id(1)).unwrap();
    let figure = page.figures.burnout;
    assert_eq!(it.atoms()[0].total.burnout, Interval { lo: 425, hi: 474 });
    assert!((figure.value - 449.5 / 8.0).abs() < 1e-9);
    assert_eq!((figure.shown, figure.bound), (figure.value, Bound::Middle));
    let variance = sd * sd / 8.0 + 2500.0 / 12.0 / 64.0;
    assert!((figure.variance - variance).abs() < 1e-9);
    assert!((figure.high - figure.value - 1.96 * variance.sqrt()).abs() < 1e-9);
    assert_eq!((page.took_part.tenths(), page.coverage), (8, Coverage::Full90));
}

#[test]
fn groups_at_an_end_of_the_scale_are_told_as_a_limit() {
    let tree = tree(&[0, 0]);
    let groups = [group(&[1], 8, &[0; 6]), group(&[2], 8, &[100, 95, 100, 99, 100, 90])];
    let it = released(&tree, &groups, None).unwrap();
    let (low, high) = (it.page(id(1)).unwrap(), it.page(id(2)).unwrap());
    let told = |it: Page| (it.figures.cs.bound, it.figures.cs.shown);
    assert_eq!(told(low), (Bound::AtMost, 124.0 / 6.0));
    assert_eq!(told(high), (Bound::AtLeast, 475.0 / 6.0));
    assert!(low.figures.cs.value < 124.0 / 6.0);
    assert_eq!(low.figures.cs.low, 0.0);
    assert_eq!(told(it.page(id(0)).unwrap()).0, Bound::Middle);
    // Twelve people in two atoms are too few to tell how much people differ.
    assert_eq!(it.pooled_sd().burnout, 22.0);
}

#[test]
fn an_organisation_of_five_shows_nothing() {
    let tree = tree(&[0]);
    let it = released(&tree, &[group(&[1], 9, &[10, 20, 30, 40, 50])], None).unwrap();
    assert!(it.atoms().is_empty());
    assert_eq!((it.page(id(0)), it.subject_of(id(1)), it.nearest_shown(id(1))), (None, None, None));
}

#[test]
fn a_scale_that_few_answered_withholds_all_three() {
    let tree = tree(&[0]);
    let mut only = group(&[1], 9, &[10, 20, 30, 40, 50, 60]);
    only.scores[0].sts = None;
    assert!(released(&tree, &[only.clone()], None).unwrap().atoms().is_empty());
    only.scores.push(all(70));
    let it = released(&tree, &[only], None).unwrap();
    assert_eq!(it.atoms()[0].n, PerScale { burnout: 7, sts: 6, cs: 7 });
    assert_eq!(it.page(id(1)).unwrap().people, 6);
}

#[test]
fn ballots_that_lack_a_scale_are_not_lost() {
    let tree = tree(&[0, 0]);
    let mut partly = group(&[2], 20, &[30, 40]);
    partly.scores.iter_mut().for_each(|it| it.cs = None);
    let it = released(&tree, &[group(&[1], 9, &[50; 7]), partly], None).unwrap();
    assert_eq!(it.atoms()[0].n, PerScale { burnout: 9, sts: 9, cs: 7 });
}

#[test]
fn a_team_where_nobody_answered_is_pooled_and_not_told_apart() {
    let tree = tree(&[0, 0, 0]);
    let groups = [group(&[1], 9, &[50; 7]), group(&[2], 20, &[]), group(&[3], 9, &[50; 9])];
    let it = released(&tree, &groups, None).unwrap();
    assert_eq!(it.subject_of(id(2)), Some(Subject::Pool(vec![id(1), id(2)])));
    assert_eq!(it.subject_of(id(3)), Some(Subject::Unit(id(3))));
}

#[test]
fn a_change_is_told_unless_it_could_be_read_as_one_persons() {
    let tree = tree(&[0, 0, 0]);
    let groups = |more: u8| {
        [
            group(&[1], 30, &[40 + more; 24]),
            group(&[2], 9, &[40 + more; 8]),
            group(&[3], 9, &[40 + more; 8]),
        ]
    };
    let before = released(&tree, &groups(0), None).unwrap();
    let now = released(&tree, &groups(20), Some(&before)).unwrap();
    let unit = |at| Subject::Unit(id(at));
    let told = |now: &Release, at| now.change_since(&before, &unit(at), Scale::Burnout).is_some();
    // Not known who came and went: only the large team and the whole.
    assert_eq!([0, 1, 2, 3].map(|it| told(&now, it)), [true, true, false, false]);
    // One person moved from 2 to nowhere, three came to 3.
    let came = Move { from: None, to: Some(id(3)) };
    let moves = [Move { from: Some(id(2)), to: None }, came, came, came];
    let now = now.compared_with_roster_before(&moves);
    assert_eq!(now.details().roster, [RosterChange::Same, RosterChange::Few, RosterChange::More]);
    assert_eq!([0, 1, 2, 3].map(|it| told(&now, it)), [true, true, false, true]);
    let change = now.change_since(&before, &unit(3), Scale::Burnout).unwrap();
    assert!((change - 20.0).abs() < 7.0, "{change}");
    assert_eq!(now.change_since(&now, &unit(1), Scale::Burnout), None, "not the wave before");
    // Withheld in one of the two, or about other units.
    assert_eq!(now.change_since(&before, &Subject::Pool(vec![id(2), id(3)]), Scale::Burnout), None);
}

/// As [`released`], with the roster guard on and knowing who moved.
fn guarded(
    tree: &UnitTree,
    groups: &[Group],
    previous: Option<&Release>,
    moves: Option<&[Move]>,
) -> Release {
    let wave = wave(previous.map_or(1, |it| it.wave.seq.0 + 1));
    let closed = wave.closed(wave.window.closes()).unwrap();
    let policy = Policy { roster_guard: true, ..Policy::default() };
    let before = Before { release: previous, moves };
    release(closed, tree, groups.to_vec(), turnout(groups), &policy, before).unwrap()
}

#[test]
fn a_guarded_team_that_one_or_two_joined_or_left_does_not_stand_alone() {
    let tree = tree(&[0, 0, 0, 0]);
    let groups = [
        group(&[1], 9, &[40; 8]),
        group(&[2], 9, &[50; 8]),
        group(&[3], 25, &[60; 20]),
        group(&[4], 25, &[60; 19]),
    ];
    let joined = |at: usize| Move { from: None, to: Some(id(at)) };
    let first = guarded(&tree, &groups, None, None);
    let atoms = |it: &Release| it.atoms().iter().map(units).collect::<Vec<_>>();
    let alone = vec![vec![1], vec![2], vec![3], vec![4]];
    assert_eq!(atoms(&first), alone, "nothing to compare the first with");

    let next = |moves: &[Move]| guarded(&tree, &groups, Some(&first), Some(moves));
    assert_eq!(atoms(&next(&[])), alone, "the same people");
    let three = next(&[joined(1), joined(1), joined(1)]);
    assert_eq!(atoms(&three), alone, "three changes are nobody's");
    let twenty = next(&[joined(3)]);
    assert_eq!(atoms(&twenty), alone, "twenty answers are not small");
    for moves in [vec![joined(1)], vec![joined(1), Move { from: Some(id(1)), to: None }]] {
        let now = next(&moves);
        assert_eq!(atoms(&now), [vec![1, 2], vec![3], vec![4]]);
        assert_eq!(now.subject_of(id(1)), Some(Subject::Pool(vec![id(1), id(2)])));
        assert_eq!(now.details().roster[0], RosterChange::Few, "the release notes it itself");
        assert!(now.audit().is_empty());
    }
    assert_eq!(atoms(&next(&[joined(4)])).len(), 3, "nineteen are");

    // Somebody who went from one team to the other: both are guarded, and pooled with a third.
    let went = [Move { from: Some(id(1)), to: Some(id(2)) }];
    assert!(atoms(&next(&went)).iter().all(|it| *it != [1] && *it != [2]));

    // Without the guard, or not knowing: shown, or kept together.
    let closed = wave(2);
    let closed = closed.closed(closed.window.closes()).unwrap();
    let before = Before { release: Some(&first), moves: Some(&[joined(1)]) };
    let all = turnout(&groups);
    let open = release(closed, &tree, groups.to_vec(), all, &Policy::default(), before).unwrap();
    assert_eq!(atoms(&open), alone);
    let unknown = guarded(&tree, &groups, Some(&first), None);
    let of = |at: usize| unknown.subject_of(id(at));
    assert!([1, 2, 4].into_iter().all(|at| of(at) != Some(Subject::Unit(id(at)))));
}

#[test]
fn a_guarded_team_without_a_neighbour_is_withheld() {
    let tree = tree(&[0, 0]);
    let first = [group(&[1], 9, &[40; 8]), group(&[2], 30, &[])];
    let before = guarded(&tree, &first, None, None);
    assert_eq!(before.atoms().len(), 1);
    let joined = [Move { from: None, to: Some(id(1)) }];
    // Together with silence it would still be alone.
    let now = guarded(&tree, &first, Some(&before), Some(&joined));
    assert!(now.atoms().is_empty() && now.page(id(0)).is_none());
    let one_more = [group(&[1], 9, &[40; 8]), group(&[2], 30, &[50])];
    let now = guarded(&tree, &one_more, Some(&before), Some(&joined));
    assert_eq!(now.subject_of(id(1)), Some(Subject::Pool(vec![id(1), id(2)])));
}

#[test]
fn a_merged_cohort_hangs_below_the_unit_that_holds_it() {
    let tree = tree(&[0, 1, 1, 0]);
    let groups = [group(&[2, 3], 9, &[40; 7]), group(&[4], 9, &[60; 7])];
    let it = released(&tree, &groups, None).unwrap();
    assert_eq!(it.subject_of(id(1)), Some(Subject::Unit(id(1))));
    assert_eq!(it.subject_of(id(2)), Some(Subject::Pool(vec![id(2), id(3)])));
    assert_eq!(
        it.page(id(1)).unwrap().figures,
        it.page_of(&it.subject_of(id(2)).unwrap()).unwrap().figures
    );
}

#[test]
fn coverage_tells_roughly_how_much_is_counted_elsewhere() {
    // u1 holds u2 (12 answers) and u3 (3), which is pooled with u4 (3) outside it.
    let tree = tree(&[0, 1, 1, 0]);
    let groups = [group(&[2], 20, &[50; 12]), group(&[3, 4], 9, &[50; 6])];
    let it = released(&tree, &groups, None).unwrap();
    let page = it.page(id(1)).unwrap();
    assert_eq!((page.people, page.coverage), (12, Coverage::Above75));
}

#[test]
fn the_pattern_of_pages_is_kept() {
    let tree = tree(&[0, 0, 0]);
    let first = [group(&[1], 9, &[50; 4]), group(&[2], 9, &[50; 6]), group(&[3], 9, &[50; 9])];
    let first = released(&tree, &first, None).unwrap();
    assert_eq!(first.subject_of(id(3)), Some(Subject::Unit(id(3))));
    let second = [group(&[1], 9, &[50; 4]), group(&[2], 9, &[50; 9]), group(&[3], 9, &[50; 7])];
    let shown = |previous| released(&tree, &second, previous).unwrap().subject_of(id(3));
    assert!(matches!(shown(None), Some(Subject::Pool(_))));
    assert_eq!(shown(Some(&first)), Some(Subject::Unit(id(3))));
}

#[test]
fn contradictions_are_refused() {
    let (tree, groups) = teams();
    let with = |extra: Group| {
        let mut groups = groups.clone();
        groups.push(extra);
        released(&tree, &groups, None)
    };
    assert_eq!(with(group(&[9], 9, &[])), Err(ReleaseError::UnknownUnit(id(9))));
    assert_eq!(with(group(&[0, 1], 9, &[])), Err(ReleaseError::UnitTwice(id(1))));
    assert_eq!(with(group(&[], 9, &[])), Err(ReleaseError::NoUnits));
    assert_eq!(with(group(&[0], 1, &[5, 6])), Err(ReleaseError::MoreAnswersThanPeople));
    assert_eq!(with(group(&[0], 1, &[101])), Err(ReleaseError::ScoreOutOfRange));
    let first = released(&tree, &groups, None).unwrap();
    let again = wave(1);
    let closed = again.closed(again.window.closes()).unwrap();
    let again =
        release(closed, &tree, groups.clone(), turnout(&groups), &Policy::default(), Some(&first));
    assert_eq!(again, Err(ReleaseError::NotEarlier));
}

#[test]
fn what_no_release_would_hold_is_not_read_back() {
    let (tree, groups) = teams();
    let it = released(&tree, &groups, None).unwrap();
    let sd = *it.pooled_sd();
    let changed = |change: &dyn Fn(&mut Vec<Atom>)| {
        let mut atoms = it.atoms().to_vec();
        change(&mut atoms);
        restored(&it, atoms, sd)
    };
    assert_eq!(changed(&|atoms| atoms.reverse()), Ok(it.clone()));
    assert_eq!(changed(&|atoms| atoms[4].units.reverse()), Ok(it.clone()));
    let few = ReleaseError::TooFew { n: 5, k: 6 };
    assert_eq!(changed(&|atoms| atoms[0].n.cs = 5), Err(few));
    assert_eq!(changed(&|atoms| atoms[0].total.cs.lo += 1), Err(ReleaseError::NotACell { n: 8 }));
    assert_eq!(changed(&|atoms| atoms[0].units.push(id(2))), Err(ReleaseError::UnitTwice(id(2))));
    assert_eq!(
        changed(&|atoms| atoms[0].units[0] = id(50)),
        Err(ReleaseError::UnknownUnit(id(50)))
    );
    assert_eq!(changed(&|atoms| atoms[0].units.clear()), Err(ReleaseError::NoUnits));
    for wrong in [9.9, 22.05, 50.1, f64::NAN, f64::INFINITY, -22.0] {
        let wrong = PerScale { burnout: wrong, ..sd };
        assert_eq!(restored(&it, it.atoms().to_vec(), wrong), Err(ReleaseError::PooledSd));
    }
    // With two atoms only the usual one can have been published.
    let two = it.atoms()[..2].to_vec();
    assert_eq!(restored(&it, two.clone(), sd), Err(ReleaseError::PooledSd));
    assert!(restored(&it, two, PerScale { burnout: 22.0, sts: 22.0, cs: 22.0 }).is_ok());
    let turnout = Turnout { eligible: 55, ballots: 40, spoilt: 0 };
    let few = Release::restore(it.wave.clone(), tree, it.k, sd, it.atoms().to_vec(), turnout);
    assert_eq!(few, Err(ReleaseError::MoreAnswersThanPeople));
}

#[test]
fn teams_that_all_agree_do_not_tell_it_by_their_spread() {
    let tree = tree(&[0; 8]);
    let groups: Vec<Group> = (1..9).map(|at| group(&[at], 9, &[10 * at as u8; 8])).collect();
    assert_eq!(released(&tree, &groups, None).unwrap().pooled_sd().sts, 10.0);
}

#[test]
fn a_series_follows_its_subject_and_nothing_else() {
    let tree = tree(&[0, 0, 0]);
    let few = [group(&[1], 9, &[50; 4]), group(&[2], 9, &[50; 4]), group(&[3], 9, &[50; 9])];
    let more = [group(&[1], 9, &[50; 8]), group(&[2], 9, &[50; 4]), group(&[3], 9, &[50; 9])];
    let first = released(&tree, &few, None).unwrap();
    let second = released(&tree, &more, Some(&first)).unwrap();
    let history = [first, second];
    let shown = |subject: Subject| {
        crate::trend::series(&history, &subject).iter().map(Option::is_some).collect::<Vec<_>>()
    };
    assert_eq!(shown(Subject::Unit(id(3))), [true, true]);
    assert_eq!(shown(Subject::Pool(vec![id(1), id(2)])), [true, true]);
    assert_eq!(shown(Subject::Unit(id(1))), [false, false]);
    assert_eq!(shown(Subject::Unit(id(77))), [false, false]);
}

/// Parents, and of each unit the staff and the scores of those who answered.
type Org = Vec<(prop::sample::Index, u32, Vec<PersonScores>)>;

fn org(most: usize) -> impl Strategy<Value = Org> {
    let score = || prop::option::weighted(0.93, 0_u8..=100);
    let person = (score(), score(), score()).prop_map(|(burnout, sts, cs)| PersonScores {
        burnout,
        sts,
        cs,
    });
    let unit = (any::<prop::sample::Index>(), 0_u32..15, prop::collection::vec(person, 0..15));
    prop::collection::vec(unit, 1..most)
}

/// The tree and its groups: a unit each, or cohorts as tokens are bound to.
fn groups_of(org: &Org, cohorts: bool) -> (UnitTree, Vec<Group>) {
    let parents: Vec<usize> =
        org.iter().enumerate().skip(1).map(|(at, it)| it.0.index(at)).collect();
    let tree = tree(&parents);
    let of = |unit: UnitId| &org[unit.uuid().as_u128() as usize - 1];
    let staffed = tree.units().iter().map(|it| it.id).filter(|it| of(*it).1 > 0);
    let parts: Vec<Vec<UnitId>> = if cohorts {
        let direct: Vec<u32> = tree.units().iter().map(|it| of(it.id).1).collect();
        cohort::partition(&tree, &direct).0.into_iter().map(|it| it.units).collect()
    } else {
        staffed.map(|it| vec![it]).collect()
    };
    let groups = parts
        .into_iter()
        .map(|units| {
            let headcount = units.iter().map(|it| of(*it).1).sum();
            let scores = units
                .iter()
                .flat_map(|it| of(*it).2.iter().take(of(*it).1 as usize))
                .copied()
                .collect();
            Group { units, headcount, scores, items: ItemSums::default() }
        })
        .collect();
    (tree, groups)
}

fn answered(groups: &[Group], scale: Scale) -> u32 {
    groups.iter().flat_map(|it| &it.scores).filter(|it| it.get(scale).is_some()).count() as u32
}

/// Everything of a release but values.
fn pattern(it: &Release) -> Vec<(Vec<UnitId>, PerScale<u32>, Participation)> {
    it.atoms().iter().map(|it| (it.units.clone(), it.n, it.took_part)).collect()
}

proptest! {
    #[test]
    fn every_answer_is_in_one_atom_of_at_least_six(org in org(30), cohorts: bool) {
        let (tree, groups) = groups_of(&org, cohorts);
        let it = released(&tree, &groups, None).unwrap();
        let enough = Scale::ALL.iter().all(|&scale| answered(&groups, scale) >= 6);
        prop_assert_eq!(!it.atoms().is_empty(), enough);
        for scale in Scale::ALL {
            let counted: u32 = it.atoms().iter().map(|it| *it.n.get(scale)).sum();
            prop_assert!(!enough || counted == answered(&groups, scale));
            for atom in it.atoms() {
                prop_assert!(*atom.n.get(scale) >= 6);
                let members = groups.iter().filter(|it| atom.units.contains(&it.units[0]));
                let scores = members.flat_map(|it| &it.scores).filter_map(|it| *it.get(scale));
                let total: u32 = scores.map(u32::from).sum();
                let cell = atom.total.get(scale);
                prop_assert!(cell.lo <= total && total <= cell.hi);
            }
        }
        // People of whom nobody answered are not left to stand alone, however many.
        for group in &groups {
            let held = it.atoms().iter().any(|atom| atom.units.contains(&group.units[0]));
            prop_assert!(held || !enough || group.headcount == 0);
        }
    }

    #[test]
    fn every_page_is_the_union_of_the_atoms_inside(org in org(25), cohorts: bool) {
        let (tree, groups) = groups_of(&org, cohorts);
        let it = released(&tree, &groups, None).unwrap();
        for unit in tree.units() {
            let inside: Vec<&Atom> = it
                .atoms()
                .iter()
                .filter(|atom| atom.units.iter().all(|within| tree.is_within(*within, unit.id)))
                .collect();
            let page = it.page(unit.id);
            prop_assert_eq!(page.is_some(), !inside.is_empty());
            let Some(page) = page else { continue };
            for (scale, figure) in page.figures.iter() {
                let n: u32 = inside.iter().map(|it| *it.n.get(scale)).sum();
                let total: f64 = inside
                    .iter()
                    .map(|it| Coarsening::SCORE.representative(*it.total.get(scale), *it.n.get(scale)))
                    .sum();
                prop_assert_eq!(figure.n, n);
                prop_assert!(page.people <= n);
                prop_assert!((figure.value - total / f64::from(n)).abs() < 1e-9);
                prop_assert!(0.0 <= figure.low && figure.low <= figure.value);
                prop_assert!(figure.value <= figure.high && figure.high <= 100.0);
                match figure.bound {
                    Bound::Middle => prop_assert_eq!(figure.shown, figure.value),
                    Bound::AtMost => prop_assert!(figure.shown >= figure.value),
                    Bound::AtLeast => prop_assert!(figure.shown <= figure.value),
                }
            }
            prop_assert_eq!(it.subject_of(unit.id), Some(Subject::Unit(unit.id)));
        }
    }

    #[test]
    fn other_answers_leave_the_pattern_as_it_is(org in org(25), cohorts: bool, by in 1_u8..101) {
        let (tree, groups) = groups_of(&org, cohorts);
        let mut other = groups.clone();
        for scores in other.iter_mut().flat_map(|it| &mut it.scores) {
            *scores = scores.map(|it| it.map(|it| (it + by) % 101));
        }
        let (a, b) = (released(&tree, &groups, None).unwrap(), released(&tree, &other, None).unwrap());
        prop_assert_eq!(pattern(&a), pattern(&b));
    }

    #[test]
    fn a_release_is_all_in_what_is_stored(org in org(25), cohorts: bool) {
        let (tree, groups) = groups_of(&org, cohorts);
        let it = released(&tree, &groups, None).unwrap();
        let back = restored(&it, it.atoms().to_vec(), *it.pooled_sd()).unwrap();
        let back = back.with_details(it.details().clone()).unwrap();
        prop_assert_eq!(&back, &it);
        for unit in tree.units() {
            prop_assert_eq!(back.page(unit.id), it.page(unit.id));
        }
    }

    /// Whoever moves: no small group that one or two joined or left is published by itself, nothing
    /// published leaks, and no answer is lost while anything is shown.
    #[test]
    fn the_roster_guard_leaves_no_changed_group_alone(
        org in org(25),
        cohorts: bool,
        moved in prop::collection::vec((any::<prop::sample::Index>(), any::<bool>()), 0..8),
    ) {
        let (tree, groups) = groups_of(&org, cohorts);
        let first = released(&tree, &groups, None).unwrap();
        let moves: Vec<Move> = moved
            .iter()
            .map(|(at, joins)| {
                let unit = Some(tree.units()[at.index(tree.len())].id);
                let (from, to) = if *joins { (None, unit) } else { (unit, None) };
                Move { from, to }
            })
            .collect();
        let now = guarded(&tree, &groups, Some(&first), Some(&moves));
        prop_assert_eq!(now.audit(), []);
        for group in &groups {
            let touched = |it: &&Move| it.from.or(it.to).is_some_and(|it| group.units.contains(&it));
            let few = matches!(moves.iter().filter(touched).count(), 1 | 2);
            if few && group.scores.len() < 20 {
                let alone = |it: &Atom| it.units.iter().all(|unit| group.units.contains(unit));
                prop_assert!(!now.atoms().iter().any(alone), "{:?} stands alone", group.units);
            }
        }
        let answers: usize = groups.iter().map(|it| it.scores.iter().filter(|it| it.cs.is_some()).count()).sum();
        let shown: u32 = now.atoms().iter().map(|it| it.n.cs).sum();
        prop_assert!(shown == 0 || shown as usize == answers);
    }

    /// The auditor is not silent because it is deaf: show one more group and it speaks up.
    #[test]
    fn one_group_more_is_a_leak(org in org(25), which: prop::sample::Index) {
        let (tree, groups) = groups_of(&org, false);
        let it = released(&tree, &groups, None).unwrap();
        let mut published = check::published(&it, &groups, Scale::Burnout);
        prop_assert_eq!(audit::audit(&published, 6), []);
        let alone = |at: usize| {
            published.cells.iter().any(|it| it.buckets == [at]) || published.buckets[at] == 0
        };
        let hidden: Vec<usize> = (0..groups.len()).filter(|&it| !alone(it)).collect();
        prop_assume!(!hidden.is_empty() && !it.atoms().is_empty());
        let at = hidden[which.index(hidden.len())];
        let n = published.buckets[at];
        published.cells.push(Cell { kind: Kind::Union, buckets: vec![at], n, bands: Vec::new() });
        prop_assert!(!audit::audit(&published, 6).is_empty());
    }
}

/// Three teams of twelve below the root and one of seven; everybody answers the whole questionnaire,
/// raw `at % 5` to each item.
fn asked() -> (UnitTree, Vec<Group>) {
    use tideline_domain::AnswerSheet;
    use tideline_instrument::PULSE;
    let groups = [12, 12, 12, 7].iter().enumerate().map(|(at, &n)| {
        let scores: Vec<u8> = (0..n).map(|it| (it * 8 + at * 3) as u8).collect();
        let mut items = ItemSums::new(&crate::Asked::new(&PULSE));
        for person in 0..n {
            let bytes = vec![(person % 5) as u8 + 1; PULSE.items.len()];
            items.add(&AnswerSheet::from_ballot(PULSE.items.len(), &bytes).unwrap());
        }
        Group { items, ..group(&[at + 1], n as u32, &scores) }
    });
    (tree(&[0; 4]), groups.collect())
}

#[test]
fn twelve_people_show_how_they_spread() {
    let (tree, groups) = asked();
    let it = released(&tree, &groups, None).unwrap();
    // Scores 0, 8, …, 88: five low, four in the middle, three high; steps of two people.
    let spread = it.spread(&Subject::Unit(id(1)), Scale::Burnout).unwrap();
    assert_eq!((spread.n, spread.tenths, spread.coverage), (12, [4, 4, 2], Coverage::Full90));
    assert_eq!(it.spread(&Subject::Unit(id(4)), Scale::Burnout), None, "seven people show none");
    let all = it.spread(&Subject::Unit(id(0)), Scale::Burnout).unwrap();
    assert_eq!((all.n, all.coverage), (36, Coverage::Above75));
    assert_eq!(all.tenths.iter().sum::<u8>(), 10);
}

#[test]
fn thirty_people_show_drivers_facets_and_items() {
    use tideline_instrument::PULSE;
    let (tree, groups) = asked();
    let it = released(&tree, &groups, None).unwrap();
    // Twelve are too few by themselves: the four teams make one block, so only the root has details.
    assert_eq!(it.detail(id(1)), None);
    assert_eq!(it.nearest_detailed(id(1)), Some(id(0)));
    let page = it.detail(id(0)).unwrap();
    assert_eq!((page.people, page.coverage), (43, Coverage::Full90));
    // Raw answers 0 to 4 in turn: near the middle, told in steps of two raw points of the total.
    let item = page.item(&PULSE, 0).unwrap();
    assert_eq!((item.n, item.bound), (43, Bound::Middle));
    assert!((item.value - 43.0).abs() < 1.0, "{item:?}");
    let reversed = PULSE.items.iter().position(|it| it.reversed).unwrap();
    assert!((page.item(&PULSE, reversed).unwrap().value + item.value - 100.0).abs() < 1e-9);
    let facets = page.facets(&PULSE, Scale::Burnout);
    let names: Vec<_> = facets.iter().map(|it| it.0).collect();
    assert_eq!(names, ["exhaustion", "mental distance", "reduced efficacy"]);
    assert_eq!(facets[0].1.n, 3 * 43);
    assert_eq!(page.drivers(&PULSE).len(), 9);
}

#[test]
fn details_that_would_not_be_told_are_not_read_back() {
    let (tree, groups) = asked();
    let it = released(&tree, &groups, None).unwrap();
    let changed = |change: &dyn Fn(&mut Details)| {
        let mut details = it.details().clone();
        change(&mut details);
        it.clone().with_details(details).map(|_| ())
    };
    assert_eq!(changed(&|_| ()), Ok(()));
    let refused = |change: &dyn Fn(&mut Details)| {
        assert!(matches!(changed(change), Err(ReleaseError::Details(_))));
    };
    refused(&|it| it.spreads[3].burnout = it.spreads[0].burnout);
    refused(&|it| it.spreads[0].burnout.as_mut().unwrap().low.hi += 1);
    refused(&|it| it.spreads.truncate(2));
    refused(&|it| it.blocks[0].atoms.truncate(2));
    refused(&|it| it.blocks[0].atoms[0] = 9);
    refused(&|it| it.blocks.push(it.blocks[0].clone()));
    refused(&|it| it.blocks[0].items[0].n = 5);
    refused(&|it| it.blocks[0].items[0].total.hi += 1);
    refused(&|it| it.blocks[0].items[1].item = it.blocks[0].items[0].item.clone());
}

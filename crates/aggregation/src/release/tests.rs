//! What people get to see, on small organisations drawn by hand and by chance.

use chrono::{DateTime, TimeDelta};
use proptest::prelude::*;
use tideline_domain::{InstrumentId, Unit, WaveSeq, Window, cohort};
use uuid::Uuid;

use super::*;
use crate::{Bound, ItemSums, PersonScores, audit, audit::Cell, audit::Kind};

mod details;

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

fn restored(it: &Release, atoms: Vec<Atom>) -> Result<Release, ReleaseError> {
    Release::restore(it.wave.clone(), it.tree.clone(), it.k, atoms, it.turnout)
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
    // Nine of fifteen: told as a class.
    assert_eq!(it.page_of(&pool).unwrap().people, People { least: 8, most: 15 });
    assert_eq!(it.page_of(&Subject::Pool(vec![id(7), id(5), id(6)])), it.page_of(&pool));
    for other in [vec![], vec![id(1)], vec![id(5), id(6)], vec![id(99)]] {
        assert_eq!(it.page_of(&Subject::Pool(other)), None);
    }
    let root = it.page(id(0)).unwrap();
    assert_eq!((root.people, root.coverage), (People { least: 32, most: 55 }, Coverage::Full90));
    assert_eq!(root.took_part, Participation::About(8));
}

#[test]
fn a_page_is_made_of_cells_only() {
    let (tree, mut groups) = teams();
    groups[0] = group(&[1], 10, &[40, 45, 50, 55, 60, 65, 70, 75]);
    let it = released(&tree, &groups, None).unwrap();
    // Of ten asked, six or more is all that is told: 460 of eight people lie in 425..=474, whose middle
    // is 337 for six, in cells of 50 between 0..=124 and 475..=600.
    let page = it.page(id(1)).unwrap();
    let figure = page.figures.burnout;
    assert_eq!(it.atoms()[0].total.burnout, Interval { lo: 325, hi: 374 });
    assert_eq!(figure.people, People { least: 6, most: 10 });
    assert!((figure.value - 349.5 / 6.0).abs() < 1e-9);
    assert_eq!((figure.shown, figure.bound), (figure.value, Bound::Middle));
    // Six to ten people, eight in the middle: reckoned with as seven.
    let variance = 22.0 * 22.0 / 7.0 + 2500.0 / 12.0 / 36.0;
    assert!((figure.variance - variance).abs() < 1e-9);
    // The range is that of the mean of all ten: at least six of them answered, as far as is told.
    let around = variance - 22.0 * 22.0 / 8.0 * 0.6 * 0.85;
    assert!((figure.high - figure.value - 1.96 * around.sqrt()).abs() < 1e-9);
    assert_eq!((page.took_part, page.coverage), (Participation::AtLeast(6), Coverage::Full90));
}

#[test]
fn groups_at_an_end_of_the_scale_are_told_as_a_limit() {
    let tree = tree(&[0, 0]);
    let groups = [group(&[1], 8, &[0; 6]), group(&[2], 8, &[100, 95, 100, 99, 100, 90])];
    let it = released(&tree, &groups, None).unwrap();
    let (low, high) = (it.page(id(1)).unwrap(), it.page(id(2)).unwrap());
    let told = |it: Page| (it.figures.cs.bound, (it.figures.cs.shown * 6.0).round());
    assert_eq!(told(low), (Bound::AtMost, 124.0));
    assert_eq!(told(high), (Bound::AtLeast, 475.0));
    assert!(low.figures.cs.value < 124.0 / 6.0);
    // Everybody there scored 0, and everybody 100 nearly: a range that left the end out would be wrong. The
    // middle and its error alone give 15.5 ± 15.3, because six of eight are most of the staff.
    assert_eq!((low.figures.cs.low, high.figures.cs.high), (0.0, 100.0));
    assert_eq!(told(it.page(id(0)).unwrap()).0, Bound::Middle);
}

#[test]
fn an_organisation_of_five_shows_nothing() {
    let tree = tree(&[0]);
    let it = released(&tree, &[group(&[1], 9, &[10, 20, 30, 40, 50])], None).unwrap();
    assert!(it.atoms().is_empty());
    assert_eq!((it.page(id(0)), it.subject_of(id(1)), it.nearest_shown(id(1))), (None, None, None));
}

/// One who skips a scale, or one a scale, does not take the page of six away: whoever skipped stands in it
/// with the mean of the others, and nothing tells that anybody did.
#[test]
fn one_who_skips_a_scale_takes_nobodys_page_away() {
    let tree = tree(&[0]);
    let whole = group(&[1], 9, &[10, 20, 30, 40, 50, 60]);
    let mut skipped = whole.clone();
    // The mean of the other five is that of all six.
    skipped.scores[1].sts = None;
    skipped.scores[2].sts = Some(20);
    skipped.scores[0].cs = None;
    let (all, it) = (
        released(&tree, &[whole], None).unwrap(),
        released(&tree, &[skipped.clone()], None).unwrap(),
    );
    assert_eq!(it.page(id(1)).unwrap().people, People { least: 6, most: 9 });
    assert_eq!(it.atoms()[0].n, PerScale { burnout: 6, sts: 6, cs: 6 });
    assert_eq!(pattern(&it), pattern(&all));
    assert_eq!(it.atoms()[0].total.burnout, all.atoms()[0].total.burnout);
    assert!(it.audit().is_empty());
    // Two of six on the same scale leave four, and nothing rests on fewer than five.
    skipped.scores[4].sts = None;
    assert!(released(&tree, &[skipped.clone()], None).unwrap().atoms().is_empty());
    skipped.scores.extend([PersonScores { burnout: Some(70), sts: Some(70), cs: Some(70) }; 2]);
    assert_eq!(released(&tree, &[skipped], None).unwrap().atoms().len(), 1);
}

#[test]
fn a_team_that_took_part_as_a_whole_looks_like_one_that_did_not() {
    let tree = tree(&[0]);
    let with = |n: usize| released(&tree, &[group(&[1], 9, &vec![50; n])], None).unwrap();
    let pages = [6, 7, 8, 9].map(|n| with(n).page(id(1)).unwrap());
    assert!(pages.iter().all(|it| *it == pages[0]), "{pages:?}");
    assert_eq!(pages[0].took_part, Participation::AtLeast(6));
    // Of seven, six are all but one: whoever did not take part would know that the others did.
    let seven = released(&tree, &[group(&[1], 7, &[50; 6])], None).unwrap();
    assert!(seven.atoms().is_empty());
}

#[test]
fn ballots_that_lack_a_scale_are_not_lost() {
    let tree = tree(&[0, 0]);
    let mut partly = group(&[2], 20, &[30, 40]);
    partly.scores.iter_mut().for_each(|it| it.cs = None);
    let it = released(&tree, &[group(&[1], 9, &[50; 7]), partly], None).unwrap();
    assert_eq!(it.atoms().iter().map(units).collect::<Vec<_>>(), [vec![1, 2]]);
    assert_eq!(it.atoms()[0].people, People { least: 6, most: 7 });
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
    assert!((change - 20.0).abs() < 9.0, "{change}");
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
        group(&[3], 40, &[60; 22]),
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
    assert_eq!(atoms(&twenty), alone, "twenty-two answers are not small");
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
    assert_eq!((page.people, page.coverage), (People { least: 12, most: 20 }, Coverage::Above75));
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
    let changed = |change: &dyn Fn(&mut Vec<Atom>)| {
        let mut atoms = it.atoms().to_vec();
        change(&mut atoms);
        restored(&it, atoms)
    };
    assert_eq!(changed(&|atoms| atoms.reverse()), Ok(it.clone()));
    assert_eq!(changed(&|atoms| atoms[4].units.reverse()), Ok(it.clone()));
    let few = ReleaseError::TooFew { n: 5, k: 6 };
    assert_eq!(changed(&|atoms| atoms[0].n.cs = 5), Err(few));
    assert_eq!(changed(&|atoms| atoms[0].total.cs.lo += 1), Err(ReleaseError::NotACell { n: 6 }));
    assert_eq!(changed(&|atoms| atoms[0].units.push(id(2))), Err(ReleaseError::UnitTwice(id(2))));
    assert_eq!(
        changed(&|atoms| atoms[0].units[0] = id(50)),
        Err(ReleaseError::UnknownUnit(id(50)))
    );
    assert_eq!(changed(&|atoms| atoms[0].units.clear()), Err(ReleaseError::NoUnits));
    assert!(restored(&it, it.atoms()[..2].to_vec()).is_ok());
    assert_eq!(changed(&|atoms| atoms[0].people.most = 9), Err(ReleaseError::NotAClass));
    assert_eq!(changed(&|atoms| atoms[0].asked = Some(7)), Err(ReleaseError::NotAClass));
    let turnout = Turnout { eligible: 55, ballots: 30, spoilt: 0 };
    let few = Release::restore(it.wave.clone(), tree, it.k, it.atoms().to_vec(), turnout);
    assert_eq!(few, Err(ReleaseError::MoreAnswersThanPeople));
}

/// Ranges are drawn by a constant: organisations that differ in nothing but how much people within
/// teams differ publish the same.
#[test]
fn how_much_people_differ_is_not_told_by_any_range() {
    let tree = tree(&[0; 8]);
    let with = |scores: [u8; 8]| {
        let groups: Vec<Group> = (1..9).map(|at| group(&[at], 9, &scores)).collect();
        released(&tree, &groups, None).unwrap()
    };
    assert_eq!(with([50; 8]), with([10, 90, 20, 80, 30, 70, 40, 60]));
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
/// Takes a release apart, field by field: each is told to the auditor, or public, or worked out from those.
/// A new field does not compile here until somebody has said which it is.
fn is_told_to_the_auditor(it: &Release) {
    let Release {
        wave: _,
        tree: _,
        k,
        atoms,
        turnout,
        index: _,
        sums: _,
        details,
        blocks_inside: _,
    } = it;
    // Who was asked is public, and ballots are counted by anybody.
    let Turnout { eligible: _, ballots: _, spoilt: _ } = turnout;
    // From rosters.
    let Details { spreads, blocks, roster: _, changed_since_spread: _ } = details;
    let groups: Vec<Group> = atoms
        .iter()
        .map(|it| Group {
            units: it.units.clone(),
            headcount: it.asked.unwrap(),
            scores: Vec::new(),
            items: ItemSums::default(),
        })
        .collect();
    for scale in Scale::ALL {
        let audited = check::published(it, &groups, scale);
        for ((atom, spread), cell) in atoms.iter().zip(spreads).zip(&audited.cells) {
            let Atom { units: _, n, total, people, asked, took_part } = atom;
            let (n, total) = (*n.get(scale), *total.get(scale));
            assert_eq!(cell.kind, Kind::Atom { lo: total.lo.into(), hi: total.hi.into() });
            assert_eq!((n, cell.n, cell.most), (people.least, n.into(), people.most.into()));
            assert_eq!(cell.asked, asked.map(u64::from));
            assert_eq!(*took_part, Participation::of(*people, asked.unwrap()));
            let told = spread.get(scale).map_or_else(Vec::new, |it| {
                let Thirds { low, middle, high } = it;
                [low, middle, high].map(|it| (it.lo.into(), it.hi.into())).to_vec()
            });
            let bands: Vec<(u64, u64)> = cell.bands.iter().map(|it| (it.fewest, it.most)).collect();
            assert_eq!(bands, told);
        }
    }
    for block in blocks {
        let Block { atoms: _, items } = block;
        for item in items {
            let crate::ItemTotal { item: name, n, total } = item;
            let cells = check::cells_of_item(it, name).cells;
            let kind = Kind::Atom { lo: total.lo.into(), hi: total.hi.into() };
            let told = |it: &Cell| it.kind == kind && it.n == u64::from(*n);
            assert!(cells.iter().any(told) && *n >= k.people());
        }
    }
}

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
        let enough = !it.atoms().is_empty();
        let of_one = |it: &Group| {
            it.headcount >= 8 && Scale::ALL.iter().all(|&scale| answered(std::slice::from_ref(it), scale) >= 6)
        };
        prop_assert!(enough || !groups.iter().any(of_one));
        for atom in it.atoms() {
            let members: Vec<Group> =
                groups.iter().filter(|it| atom.units.contains(&it.units[0])).cloned().collect();
            let fewest = Scale::ALL.map(|scale| answered(&members, scale)).into_iter().min().unwrap();
            // One may have skipped a scale.
            prop_assert!(fewest >= 5 && atom.people.least >= 6);
            prop_assert!(atom.people.holds(fewest.max(6)));
            prop_assert_eq!(atom.asked, Some(members.iter().map(|it| it.headcount).sum()));
            for scale in Scale::ALL {
                let scores = members.iter().flat_map(|it| &it.scores).filter_map(|it| *it.get(scale));
                let total: u32 = scores.map(u32::from).sum();
                let n = answered(&members, scale);
                let back = Coarsening::SCORE.told_from(*atom.total.get(scale), atom.people.least, n);
                prop_assert!(back.is_some_and(|it| it.lo <= total && total <= it.hi));
            }
        }
        // People of whom nobody answered are not left to stand alone, however many.
        for group in &groups {
            let held = it.atoms().iter().any(|atom| atom.units.contains(&group.units[0]));
            prop_assert!(held || !enough || group.headcount == 0);
        }
    }

    #[test]
    fn a_preview_shows_what_the_release_shows(org in org(30), cohorts: bool) {
        let (tree, groups) = groups_of(&org, cohorts);
        let it = released(&tree, &groups, None).unwrap();
        let previewed = shown(&tree, &groups, &Policy::default()).unwrap();
        for (unit, how) in tree.units().iter().zip(previewed) {
            let expected = match it.subject_of(unit.id) {
                Some(Subject::Unit(_)) => Shown::Alone,
                Some(Subject::Pool(_)) => Shown::Together,
                None => Shown::Inside,
            };
            prop_assert_eq!(how, expected);
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
                let people = inside.iter().fold(People::exactly(0), |sum, it| sum.and(it.people));
                let total: f64 = inside
                    .iter()
                    .map(|it| {
                        let n = *it.n.get(scale);
                        let told = Coarsening::SCORE.representative(*it.total.get(scale), n);
                        told / f64::from(n) * it.people.middle()
                    })
                    .sum();
                prop_assert_eq!((figure.people, page.people), (people, people));
                prop_assert!((figure.value - total / people.middle()).abs() < 1e-9);
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
        let back = restored(&it, it.atoms().to_vec()).unwrap();
        let back = back.with_details(it.details().clone()).unwrap();
        prop_assert_eq!(&back, &it);
        is_told_to_the_auditor(&it);
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
        for group in groups.iter().filter(|it| !it.scores.is_empty()) {
            let held = now.atoms().iter().any(|it| it.units.contains(&group.units[0]));
            prop_assert!(held || now.atoms().is_empty());
        }
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
        published.cells.push(Cell::exactly(Kind::Union, vec![at], n));
        prop_assert!(!audit::audit(&published, 6).is_empty());
    }
}

//! How answers spread, and what is told of parts of the work.

use super::*;

/// Three teams in which twelve answered and one in which seven did, twelve more asked in each; everybody
/// answers the whole questionnaire, raw `at % 5` to each item.
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
        Group { items, ..group(&[at + 1], n as u32 + 12, &scores) }
    });
    (tree(&[0; 4]), groups.collect())
}

/// The release a month later, after so many people came into the first unit.
fn next(previous: &Release, tree: &UnitTree, groups: &[Group], joined: usize) -> Release {
    let moves = vec![Move { from: None, to: Some(id(1)) }; joined];
    let wave = wave(previous.wave.seq.0 + 1);
    let closed = wave.closed(wave.window.closes()).unwrap();
    let before = Before { release: Some(previous), moves: Some(&moves) };
    release(closed, tree, groups.to_vec(), turnout(groups), &Policy::default(), before).unwrap()
}

#[test]
fn twelve_people_show_how_they_spread() {
    let (tree, groups) = asked();
    let it = released(&tree, &groups, None).unwrap();
    // Scores 0, 8, …, 88: five low, four in the middle, three high; steps of two people.
    let history = std::slice::from_ref(&it);
    let shown = |unit| last_spread(history, &Subject::Unit(id(unit)), Scale::Burnout);
    let LastSpread { spread, oldest: 0 } = shown(1).unwrap() else {
        panic!("there is one release")
    };
    assert_eq!(spread.people, People { least: 12, most: 14 });
    assert_eq!((spread.tenths, spread.coverage), ([4, 4, 2], Coverage::Full90));
    assert_eq!(shown(4), None, "seven people show none");
    let all = shown(0).unwrap().spread;
    assert_eq!((all.people, all.coverage), (People { least: 36, most: 42 }, Coverage::Above75));
    assert_eq!(all.tenths.iter().sum::<u8>(), 10);
}

/// Next to an earlier spread, one of other people tells in which third somebody scores who joined: so it is
/// told again only once half of them are others.
#[test]
fn a_spread_is_told_as_long_as_a_group_stays_the_same_people() {
    let (tree, groups) = asked();
    let next = |previous: &Release, joined| next(previous, &tree, &groups, joined);
    let told = |it: &Release, at: usize| it.details().spreads[at - 1].burnout.is_some();
    let first = released(&tree, &groups, None).unwrap();
    let same = next(&first, 0);
    assert!(told(&first, 1) && told(&same, 1));
    let joined = next(&same, 1);
    assert!(!told(&joined, 1) && told(&joined, 2));
    // Not a month later either: the spread before is still there to be compared with.
    let later = next(&joined, 0);
    assert!(!told(&later, 1) && told(&later, 2));
    assert_eq!(later.details().changed_since_spread, [Some(1), Some(0), Some(0), None]);
    // Twenty-four were asked: with eleven more half of them are others.
    assert!(!told(&next(&later, 10), 1) && told(&next(&later, 11), 1));
    // Not knowing who moved is not knowing that nobody did.
    assert!(!told(&released(&tree, &groups, Some(&same)).unwrap(), 2));
}

/// A month in which a neighbour was counted with it makes nobody of a group another.
#[test]
fn a_month_in_a_pool_makes_nobody_another() {
    let tree = tree(&[0; 2]);
    let scores = |n: u8| (0..n).map(|it| it * 8).collect::<Vec<_>>();
    let month = |joined: u32, small: u8| {
        vec![group(&[1], 24 + joined, &scores(12)), group(&[2], 8, &scores(small))]
    };
    let first = released(&tree, &month(0, 6), None).unwrap();
    let pooled = next(&first, &tree, &month(0, 5), 0);
    assert_eq!((first.atoms().len(), pooled.atoms().len()), (2, 1));
    assert!(first.details().spreads[0].burnout.is_some());
    // Of 25 people 24 are the same: next to the first spread, another would tell who joined.
    let apart = next(&pooled, &tree, &month(1, 6), 1);
    assert_eq!(apart.atoms().len(), 2);
    assert!(apart.details().spreads[0].burnout.is_none(), "{:?}", apart.details());
    // What was told of it before the pool is shown on, with its month.
    let history = [first, pooled, apart];
    let shown = last_spread(&history, &Subject::Unit(id(1)), Scale::Burnout).unwrap();
    assert_eq!(shown.oldest, 0);
}

/// What is told no longer is shown from before, with its month, until half of the group are others.
#[test]
fn the_last_spread_is_shown_until_half_of_a_group_are_others() {
    let (tree, groups) = asked();
    let mut history = vec![released(&tree, &groups, None).unwrap()];
    let shown =
        |history: &[Release], unit| last_spread(history, &Subject::Unit(id(unit)), Scale::Burnout);
    let first = shown(&history, 1).unwrap();
    // All score at the top now, and one of the first team has joined: the first spread is all that is shown.
    let mut heavier = groups.clone();
    for group in &mut heavier {
        group.scores.iter_mut().for_each(|it| *it = PerScale::from_fn(|_| Some(90)));
    }
    let joined = next(&history[0], &tree, &heavier, 1);
    history.push(joined);
    assert_eq!(shown(&history, 1), Some(first));
    let fresh = shown(&history, 2).unwrap();
    assert_eq!((fresh.spread.tenths, fresh.oldest), ([1, 0, 9], 1));
    // The whole is made of both, and says from when the older is.
    let whole = shown(&history, 0).unwrap();
    assert_eq!((whole.oldest, whole.spread.coverage), (0, Coverage::Above75));
    // Twelve of 24 are others: told anew.
    let half = next(&history[1], &tree, &heavier, 11);
    history.push(half);
    let anew = shown(&history, 1).unwrap();
    assert_eq!((anew.spread.tenths, anew.oldest), (fresh.spread.tenths, 2));
}

/// Items of a scale, told next to its total, would be a second statistic of the same answers.
#[test]
fn thirty_people_show_parts_of_the_work_and_no_item_of_a_scale() {
    use tideline_domain::questionnaire::Target;
    use tideline_instrument::PULSE;
    let (tree, groups) = asked();
    let it = released(&tree, &groups, None).unwrap();
    // Twelve are too few by themselves: the four teams make one block, so only the root has details.
    assert_eq!(it.detail(id(1)), None);
    assert_eq!(it.nearest_detailed(id(1)), Some(id(0)));
    let page = it.detail(id(0)).unwrap();
    assert_eq!((page.people, page.coverage), (People { least: 42, most: 49 }, Coverage::Full90));
    let drivers = page.drivers(&PULSE);
    assert_eq!(drivers.len(), 9);
    // Raw answers 0 to 4 in turn: near the middle, told in steps of two raw points of the total.
    let figure = drivers[0].1;
    assert_eq!((figure.people, figure.bound), (People { least: 42, most: 49 }, Bound::Middle));
    assert!((figure.value - 43.0).abs() < 1.0, "{figure:?}");
    // Everybody answered all 25 items; what is published, and stored, is of the nine drivers alone.
    let told: Vec<&str> =
        it.details().blocks.iter().flat_map(|it| &it.items).map(|it| it.item.as_str()).collect();
    let is_driver = |it: &&tideline_domain::Item| matches!(it.target, Target::Driver(_));
    assert_eq!(told, PULSE.items.iter().filter(is_driver).map(|it| it.id).collect::<Vec<_>>());
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

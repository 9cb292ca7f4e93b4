//! The change since the release before, as programs read it: told, or null for a reason.

use tideline_aggregation::{Before, Move, Release};
use tideline_domain::Unit;
use tideline_domain::day::utc_day;

use super::*;

/// Announces wave `seq`, and publishes it: so many answered in Elm and in Oak, each `score` points.
fn publish(
    site: &Site,
    seq: u32,
    answered: [u32; 2],
    score: u8,
    previous: Option<&Release>,
    moves: &[Move],
) -> Release {
    let (store, today) = (&site.app.store, utc_day(start()));
    let tree = store.units(today).unwrap().unwrap();
    let roster = Roster::freeze(tree.clone(), &store.people_with_units(today).unwrap());
    let month = format!("2026-{seq:02}");
    let day = |day: u32| format!("{month}-{day:02}T06:00:00Z").parse().unwrap();
    let window = Window::new(day(1), day(8), day(15)).unwrap();
    let wave = Wave {
        seq: WaveSeq(seq),
        label: month.parse().unwrap(),
        asks: InstrumentId::PULSE,
        window,
    };
    store.announce_wave(&wave, &roster, b"{}", None).unwrap();
    let group = |(unit, people): (&Unit, u32)| Group {
        units: vec![unit.id],
        headcount: 30,
        scores: (0..people).map(|_| PerScale::from_fn(|_| Some(score))).collect(),
        items: ItemSums::default(),
    };
    let groups: Vec<Group> = tree.units()[1..].iter().zip(answered).map(group).collect();
    let turnout = Turnout { eligible: 60, ballots: answered.iter().sum(), spoilt: 0 };
    let closed = wave.closed(window.closes()).unwrap();
    let before = Before { release: previous, moves: previous.map(|_| moves) };
    let release = release(closed, &tree, groups, turnout, &Policy::default(), before).unwrap();
    store.publish(&release, 0, &[]).unwrap();
    release
}

/// The field `change` of each measure.
fn changes(body: &serde_json::Value) -> Vec<Option<f64>> {
    let measures = body["measures"].as_array().unwrap();
    assert!(measures.iter().all(|it| it.get("change").is_some()), "null is said, not left out");
    measures.iter().map(|it| it["change"].as_f64()).collect()
}

/// Each measure's change of Elm, Oak and the whole, as HR reads it.
async fn read(site: &Site) -> [Vec<Option<f64>>; 3] {
    let hr = site.cookie_of("hr@example.org");
    let [elm, oak] = ["Elm", "Oak"].map(|it| format!("/api/v1/units/{}/trend", site.unit(it)));
    let whole = site.read("/api/v1/organisation/trend", &hr).await;
    [
        changes(&site.read(&elm, &hr).await),
        changes(&site.read(&oak, &hr).await),
        changes(&whole["whole"]),
    ]
}

/// The same after two waves, 30 and then 50 points, between which so many people joined Elm.
async fn after(answered: [u32; 2], joined: usize) -> [Vec<Option<f64>>; 3] {
    let site = Site::new();
    let first = publish(&site, 1, [12, 10], 30, None, &[]);
    let moves = vec![Move { from: None, to: Some(site.unit("Elm")) }; joined];
    publish(&site, 2, answered, 50, Some(&first), &moves);
    read(&site).await
}

#[actix_web::test]
async fn a_change_is_told_unless_it_could_be_read_as_one_persons() {
    let untold = vec![None; 3];
    let told = |it: &Vec<Option<f64>>| {
        it.len() == 3 && it.iter().all(|it| it.is_some_and(|it| (it - 20.0).abs() < 5.0))
    };
    let same = after([12, 10], 0).await;
    assert!(same.iter().all(told), "nobody came or went: {same:?}");
    for joined in [1, 2] {
        let [elm, oak, whole] = after([12, 10], joined).await;
        assert_eq!(elm, untold, "{joined} joined a group below twenty");
        assert!(
            told(&oak) && told(&whole),
            "Oak stayed, and the whole is large: {oak:?} {whole:?}"
        );
    }
    assert!(told(&after([12, 10], 3).await[0]), "three could be anybody");
    // Oak has too few: both are shown together, which the wave before did not.
    assert_eq!(after([12, 5], 0).await[..2], [untold.clone(), untold]);
}

#[actix_web::test]
async fn the_change_is_in_the_answer_and_in_its_description() {
    let site = Site::with_results();
    let hr = site.cookie_of("hr@example.org");
    let unit = site.unit("Elm");
    let elm = site.read(&format!("/api/v1/units/{unit}/trend"), &hr).await;
    let all = site.read("/api/v1/organisation/trend", &hr).await;
    let everybody = site.read("/api/v1/results", &hr).await;
    for body in [&elm, &all["whole"], &everybody["organisation"]] {
        assert_eq!(changes(body), [None, None, None], "the first release has none before it");
    }
    let described = site.read("/api/openapi.json", &hr).await;
    let measure = &described["components"]["schemas"]["Measure"];
    assert!(measure["properties"]["change"]["description"].as_str().unwrap().contains("null"));
    assert!(measure["required"].as_array().unwrap().iter().any(|it| it == "change"));
}

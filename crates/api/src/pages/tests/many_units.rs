//! The table of units of large organisations: how it folds, and how much a browser loads.

use std::io::Write as _;

use flate2::{Compression, write::GzEncoder};

use super::*;

/// An organisation of `services` with 24 teams each, over nine check-ins; in one team in forty the load rises.
fn hospitals(services: u128) -> Vec<Release> {
    let id = |number: u128| {
        UnitId::new(Uuid::from_u128(number.wrapping_mul(0x9e37_79b9_7f4a_7c15_f39c_c060_5ced_c835)))
    };
    let unit = |id, parent, name: String| Unit { id, parent, name: name.parse().unwrap() };
    let mut units = vec![unit(id(1), None, "Hospital group".to_owned())];
    let mut teams = Vec::new();
    for service in 0..services {
        let above = id(10_000 + service);
        units.push(unit(above, Some(id(1)), format!("Hospital {}", service + 1)));
        for team in 0..24 {
            let this = id(20_000 + service * 100 + team);
            units.push(unit(this, Some(above), format!("Ward {}-{}", service + 1, team + 1)));
            teams.push(this);
        }
    }
    let tree = UnitTree::new(units).unwrap();
    let mut history: Vec<Release> = Vec::new();
    for seq in 1..=9 {
        let day = |day: u32| format!("2026-{seq:02}-{day:02}T06:00:00Z").parse().unwrap();
        let wave = Wave {
            seq: WaveSeq(seq),
            label: format!("2026-{seq:02}").parse().unwrap(),
            asks: InstrumentId::PULSE,
            window: Window::new(day(1), day(8), day(15)).unwrap(),
        };
        let groups: Vec<Group> = teams
            .iter()
            .enumerate()
            .map(|(at, unit)| {
                let load = if at % 40 == 3 && seq > 6 { 30 } else { 0 };
                let noise = (at * 7 + seq as usize * 13) % 9;
                let score = |person: usize| (30 + noise + person % 5 * 5 + load) as u8;
                let scores = (0..14).map(|it| PerScale::from_fn(|_| Some(score(it)))).collect();
                Group { units: vec![*unit], headcount: 20, scores, items: ItemSums::default() }
            })
            .collect();
        let ballots = 14 * teams.len() as u32;
        let turnout = Turnout { eligible: 20 * teams.len() as u32, ballots, spoilt: 0 };
        let closed = wave.closed(day(16)).unwrap();
        let made = release(closed, &tree, groups, turnout, &Policy::default(), history.last());
        history.push(made.unwrap());
    }
    history
}

/// As browsers load it, with the style sheet. Unit: bytes, gzip.
fn weight(page: &str) -> usize {
    let style = include_str!("../../../static/app.css");
    let packed = |text: &str| {
        let mut packer = GzEncoder::new(Vec::new(), Compression::default());
        packer.write_all(text.as_bytes()).unwrap();
        packer.finish().unwrap().len()
    };
    packed(page) + packed(style)
}

#[test]
fn many_units_fold_by_service_and_very_many_have_pages_of_their_own() {
    for (services, folds, elsewhere) in [(2, 0, 0), (12, 12, 0), (60, 0, 60)] {
        let history = hospitals(services);
        let page = units::render_units(shell(), &history, None, None, Vec::new()).unwrap();
        let count = |what: &str| page.matches(what).count();
        assert_eq!(count("<details class=\"service\""), folds, "{services}");
        assert_eq!(count("<p class=\"service\">"), elsewhere, "{services}");
        // Services with a team that moved are open, the others are not.
        let open = count("<details class=\"service\" open>");
        assert!(folds == 0 || (1..folds).contains(&open), "{open} of {folds} are open");
        let loaded = weight(&page);
        assert!(loaded <= 30_000, "{services} services: {loaded} bytes");
        println!("{services} services of 24 teams: {loaded} bytes with the style sheet");
        if elsewhere > 0 {
            let service = history[8].tree().units()[1].id;
            let page = units::render_units(shell(), &history, Some(service), None, Vec::new());
            assert_eq!(page.unwrap().matches("href=\"/team/").count(), 25);
        }
    }
}

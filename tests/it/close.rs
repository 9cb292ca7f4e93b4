//! Closing: not early, once, and again after a crash at any step.

use std::fs;

use tideline_aggregation::{MinGroup, SmallestGroupSetting};
use tideline_domain::{InstrumentId, Window};
use tideline_server::wave::{self, Closed};

use crate::{
    journey::{roster, sheet, staff},
    support::{Instance, day},
};

fn voted(people: u32) -> (Instance, tideline_domain::WaveSeq) {
    let tideline = Instance::start(None, day(3, 1));
    tideline.import(&roster());
    let seq = tideline.announce("2026-03", Window::new(day(3, 2), day(3, 2), day(3, 16)).unwrap());
    tideline.clock.set(day(3, 3));
    for address in staff("elm", people) {
        let cookie = tideline.sign_in(&address);
        let (manifest, token) = tideline.pick_up(&cookie);
        assert_eq!(tideline.send(&manifest, &token, &sheet(2)), 200);
    }
    (tideline, seq)
}

fn leftovers(tideline: &Instance) -> Vec<String> {
    tideline
        .files()
        .into_iter()
        .map(|(path, _)| path.display().to_string())
        .filter(|it| it.contains("/boxes/") || it.contains("/keys/wave"))
        .collect()
}

#[test]
fn a_wave_is_not_closed_early() {
    let (tideline, seq) = voted(6);
    let error = wave::close(&tideline.context, seq).unwrap_err().to_string();
    assert!(error.contains("not over"), "{error}");
    tideline.clock.set(day(3, 16));
    assert!(wave::close(&tideline.context, seq).is_err(), "the grace period counts");
    assert!(tideline.context.store.release(seq).unwrap().is_none());
}

#[test]
fn a_box_of_too_few_ballots_is_never_opened() {
    let (tideline, seq) = voted(4);
    // Whoever opened it would see that this one is no sheet.
    let (_, token) = tideline.token("elm5@harbour.example", seq);
    assert_eq!(tideline.redeem(&token.bind([7; 145]).to_json()).status, 200);
    tideline.clock.set(day(3, 17));
    assert_eq!(tideline.close(seq), Closed::Released);
    let turnout = tideline.context.store.release(seq).unwrap().unwrap().turnout();
    assert_eq!((turnout.ballots, turnout.spoilt), (5, 0));
    let release = tideline.context.store.release(seq).unwrap().unwrap();
    assert!(release.atoms().is_empty());
    assert!(leftovers(&tideline).is_empty());
}

#[test]
fn a_crash_after_the_release_is_repaired_by_running_again() {
    let (tideline, seq) = voted(8);
    tideline.clock.set(day(3, 17));
    // What lay on the disk before closing comes back, as if the process had died before cleaning up.
    let before: Vec<_> = tideline
        .files()
        .into_iter()
        .filter(|(it, _)| {
            it.display().to_string().contains("/boxes/") || it.ends_with("wave-1.key")
        })
        .collect();
    assert_eq!(tideline.close(seq), Closed::Released);
    let release = tideline.context.store.release(seq).unwrap();
    let result =
        tideline.files().into_iter().find(|(it, _)| it.ends_with("results/1.json")).unwrap();
    for (path, bytes) in &before {
        fs::write(path, bytes).unwrap();
    }
    fs::remove_file(&result.0).unwrap();

    assert_eq!(wave::due(&tideline.context).unwrap(), [seq]);
    assert_eq!(tideline.close(seq), Closed::AlreadyReleased);
    assert_eq!(tideline.context.store.release(seq).unwrap(), release);
    assert_eq!(fs::read(&result.0).unwrap(), result.1, "the same result file");
    assert!(leftovers(&tideline).is_empty());
    assert!(wave::due(&tideline.context).unwrap().is_empty());
}

#[test]
fn a_restart_during_the_wave_loses_nothing() {
    let (tideline, seq) = voted(6);
    tideline.context.live.remove(seq);
    wave::refresh_live(&tideline.context).unwrap();
    let cookie = tideline.sign_in("elm7@harbour.example");
    let (manifest, token) = tideline.pick_up(&cookie);
    assert_eq!(tideline.send(&manifest, &token, &sheet(2)), 200);
    tideline.clock.set(day(3, 17));
    tideline.close(seq);
    let release = tideline.context.store.release(seq).unwrap().unwrap();
    assert_eq!(release.turnout().ballots, 7);
}

#[test]
fn a_wave_whose_keys_are_lost_stands_in_nobodys_way_and_can_be_abandoned() {
    let (tideline, seq) = voted(6);
    tideline.context.live.remove(seq);
    let keys = tideline.files().into_iter().find(|(it, _)| it.ends_with("wave-1.key")).unwrap().0;
    fs::remove_file(keys).unwrap();
    let next = tideline.announce("2026-04", Window::new(day(3, 4), day(4, 2), day(4, 16)).unwrap());
    assert!(tideline.context.live.get(seq).is_none());
    assert!(tideline.context.live.get(next).is_some(), "the next wave is taken up");

    tideline.clock.set(day(3, 17));
    assert!(wave::close(&tideline.context, seq).is_err());
    assert_eq!(wave::abandon(&tideline.context, seq).unwrap(), Closed::Released);
    let release = tideline.context.store.release(seq).unwrap().unwrap();
    assert!(release.atoms().is_empty());
    assert_eq!(wave::due(&tideline.context).unwrap(), []);
}

#[test]
fn a_setting_that_is_lowered_later_does_not_lower_what_was_promised() {
    let tideline = Instance::start_with(None, day(3, 1), |config| {
        config.smallest_group = SmallestGroupSetting::new(MinGroup::new(8).unwrap());
    });
    tideline.import(&roster());
    let seq = tideline.announce("2026-03", Window::new(day(3, 2), day(3, 2), day(3, 16)).unwrap());
    tideline.clock.set(day(3, 3));
    for address in staff("elm", 6) {
        let cookie = tideline.sign_in(&address);
        let (manifest, token) = tideline.pick_up(&cookie);
        assert_eq!(tideline.send(&manifest, &token, &sheet(2)), 200);
    }
    tideline.clock.set(day(3, 17));
    let mut lowered = tideline.context.clone();
    let mut config = (*lowered.config).clone();
    config.smallest_group = SmallestGroupSetting::new(MinGroup::new(5).unwrap());
    lowered.config = config.into();
    wave::close(&lowered, seq).unwrap();
    let release = tideline.context.store.release(seq).unwrap().unwrap();
    assert!(release.atoms().is_empty());
}

#[test]
fn waves_close_in_the_order_of_their_announcement() {
    let tideline = Instance::start(None, day(3, 1));
    tideline.import(&roster());
    tideline.announce("2026-03", Window::new(day(3, 2), day(3, 2), day(3, 16)).unwrap());
    let sooner = Window::new(day(3, 2), day(3, 3), day(3, 10)).unwrap();
    let error =
        wave::announce(&tideline.context, "b".parse().unwrap(), &InstrumentId::PULSE, sooner)
            .unwrap_err();
    assert!(error.to_string().contains("after every wave"), "{error}");
}

/// A month in which nothing is shown makes nobody of a team another: what is told of how its people spread, next to
/// what was told of the same people before, would place whoever joined.
#[test]
fn a_month_without_a_release_makes_nobody_of_a_team_another() {
    let tideline = Instance::start(None, day(3, 1));
    let mut roster = roster();
    for at in 11..=24 {
        roster.push_str(&format!("Elm,Harbour,Person {at},elm{at}@harbour.example,staff\n"));
    }
    let mut month = |month: u32, answers: u32, joined: &str| {
        tideline.clock.set(day(month, 1));
        roster.push_str(joined);
        tideline.import(&roster);
        let window = Window::new(day(month, 2), day(month, 2), day(month, 16)).unwrap();
        let seq = tideline.announce(&format!("2026-0{month}"), window);
        tideline.clock.set(day(month, 3));
        for (at, address) in staff("elm", answers).iter().enumerate() {
            let (manifest, token) = tideline.token(address, seq);
            assert_eq!(tideline.send(&manifest, &token, &sheet(at as u8 % 5)), 200);
        }
        tideline.clock.set(day(month, 17));
        assert_eq!(tideline.close(seq), Closed::Released);
        let release = tideline.context.store.release(seq).unwrap().unwrap();
        release.details().spreads.iter().filter(|it| it.burnout.is_some()).count()
    };
    assert_eq!(month(3, 20, ""), 1);
    assert_eq!(month(4, 2, ""), 0);
    assert_eq!(month(5, 20, "Elm,Harbour,Nils Neu,nils@harbour.example,staff\n"), 0);
}

/// Two waves of Elm and Oak, seven answers each; one person joins Elm in between. What is then shown.
fn after_somebody_joined(roster_guard: bool) -> Vec<Vec<String>> {
    let tideline = Instance::start_with(None, day(3, 1), |config| {
        config.roster_guard = roster_guard;
    });
    let mut latest = None;
    for month in [3, 4] {
        tideline.clock.set(day(month, 1));
        let newcomer = "Elm,Harbour,Nils Neu,nils@harbour.example,staff\n";
        tideline.import(&(roster() + if month == 4 { newcomer } else { "" }));
        let window = Window::new(day(month, 2), day(month, 2), day(month, 16)).unwrap();
        let seq = tideline.announce(&format!("2026-0{month}"), window);
        tideline.clock.set(day(month, 3));
        for address in staff("elm", 7).iter().chain(&staff("oak", 7)) {
            let (manifest, token) = tideline.token(address, seq);
            assert_eq!(tideline.send(&manifest, &token, &sheet(2)), 200);
        }
        tideline.clock.set(day(month, 17));
        assert_eq!(tideline.close(seq), Closed::Released);
        latest = tideline.context.store.release(seq).unwrap();
    }
    let latest = latest.unwrap();
    let name = |unit| latest.tree().get(unit).unwrap().name.to_string();
    latest.atoms().iter().map(|atom| atom.units.iter().map(|it| name(*it)).collect()).collect()
}

#[test]
fn the_roster_guard_is_a_setting_and_off_by_default() {
    assert!(!tideline_server::config::Config::load(None).unwrap().roster_guard);
    let alone = vec!["Elm".to_owned()];
    let open = after_somebody_joined(false);
    assert!(open.contains(&alone), "{open:?}");
    let guarded = after_somebody_joined(true);
    assert!(!guarded.contains(&alone) && !guarded.is_empty(), "{guarded:?}");
}

//! Everything in the database moves to one of the other kind while a wave runs.

use std::fs;

use tideline_domain::{WaveSeq, Window, day::utc_day};
use tideline_server::{
    context::Context,
    move_database::move_database,
    wave::{self, Closed},
};

use crate::{
    databases::{fresh, on_both_databases},
    journey::{roster, sheet, staff},
    support::{Instance, day},
};

#[test]
fn a_running_wave_goes_on_in_a_database_of_the_other_kind() {
    on_both_databases(|database| {
        let tideline = Instance::start(database, day(3, 1));
        tideline.import(&roster());
        let window = Window::new(day(3, 2), day(3, 2), day(3, 16)).unwrap();
        let seq = tideline.announce("2026-03", window);
        tideline.clock.set(day(3, 3));
        for address in staff("elm", 6) {
            let (manifest, token) = tideline.token(&address, seq);
            assert_eq!(tideline.send(&manifest, &token, &sheet(2)), 200);
        }
        let issued = tideline.context.store.issued_count(seq).unwrap();
        let old = (*tideline.context.config).clone();
        let clock = || tideline.clock.clock();

        let Some(target) = fresh(if database.is_none() { Some("") } else { None }) else { return };
        let sqlite = format!("sqlite:{}", tideline.folder().join("moved.sqlite").display());
        let to = target.url().unwrap_or(sqlite).parse().unwrap();
        let same = move_database(old.clone(), &old.database, clock()).unwrap_err();
        assert!(same.to_string().contains("is the database that is in use"), "{same:#}");
        // While it serves, nothing is moved.
        let serving = fs::File::create(tideline.folder().join("serving.lock")).unwrap();
        serving.lock_shared().unwrap();
        let refused = move_database(old.clone(), &to, clock()).unwrap_err();
        assert!(refused.to_string().contains("stop it first"), "{refused:#}");
        drop(serving);

        let moved = move_database(old.clone(), &to, clock()).unwrap();
        assert!(moved.rows > 100 && moved.tables > 40, "{moved:?}");
        // The old one is not taken for the new one.
        let refused = Context::open(old.clone(), clock()).err().unwrap();
        assert!(refused.to_string().contains("two installations"), "{refused:#}");
        let mut new = old.clone();
        new.database = to.clone();
        let context = Context::open(new.clone(), clock()).unwrap();
        assert_eq!(context.store.issued_count(seq).unwrap(), issued);
        assert_eq!(context.store.verify_audit_log(day(3, 4)).unwrap().broken, None);
        let twice = move_database(new, &to, clock()).unwrap_err();
        assert!(twice.to_string().contains("in use"), "{twice:#}");

        tideline.context.live.remove(seq).unwrap().close();
        tideline.clock.set(day(3, 17));
        assert_eq!(wave::close(&context, WaveSeq(1)).unwrap(), Closed::Released);
        let release = context.store.release(seq).unwrap().unwrap();
        assert_eq!(release.turnout().ballots, 6);
    });
}

/// What is there already is never written over, and the database in use stays the one in use.
#[test]
fn a_database_that_is_not_empty_is_left_alone() {
    on_both_databases(|database| {
        let tideline = Instance::start(None, day(3, 1));
        tideline.import(&roster());
        let Some(target) = fresh(database) else { return };
        let other = Instance::start(target.url().as_deref(), day(3, 1));
        other.import(&roster());
        let people = other.context.store.people_with_units(utc_day(day(3, 1))).unwrap();
        let config = (*tideline.context.config).clone();
        let to = other.context.config.database.clone();
        let refused = move_database(config.clone(), &to, tideline.clock.clock()).unwrap_err();
        assert!(format!("{refused:#}").contains("not empty"), "{refused:#}");
        let after = other.context.store.people_with_units(utc_day(day(3, 1))).unwrap();
        assert_eq!(people, after);
        Context::open(config, tideline.clock.clock()).unwrap();
    });
}

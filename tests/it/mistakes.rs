//! Nothing is destroyed by mistake: misspelt settings, older copies, damaged boxes, a clock that jumps.

use std::{
    fs,
    path::{Path, PathBuf},
    time::Duration,
};

use chrono::TimeDelta;
use diesel::{Connection as _, SqliteConnection, connection::SimpleConnection as _};
use tideline_domain::{WaveSeq, Window};
use tideline_server::{
    config::Config,
    context::Context,
    jobs::Jobs,
    wave::{self, Closed},
};

use crate::{
    databases::{fresh, on_both_databases},
    journey::{roster, sheet, staff},
    support::{Instance, day},
};

/// A wave that runs, with six ballots in its box.
fn running(database: Option<&str>) -> (Instance, WaveSeq) {
    let tideline = Instance::start(database, day(3, 1));
    tideline.import(&roster());
    let seq = tideline.announce("2026-03", window(3));
    vote(&tideline, seq, 3);
    (tideline, seq)
}

fn window(month: u32) -> Window {
    Window::new(day(month, 2), day(month, 2), day(month, 16)).unwrap()
}

fn vote(tideline: &Instance, seq: WaveSeq, month: u32) {
    tideline.clock.set(day(month, 3));
    for address in staff("elm", 6) {
        let (manifest, token) = tideline.token(&address, seq);
        assert_eq!(tideline.send(&manifest, &token, &sheet(2)), 200);
    }
}

fn config(tideline: &Instance) -> Config {
    (*tideline.context.config).clone()
}

/// What must outlive every mistake.
fn secrets(tideline: &Instance) -> Vec<(PathBuf, Vec<u8>)> {
    let mut all = tideline.files();
    all.retain(|(path, _)| {
        let text = path.display().to_string();
        text.contains("/keys/wave-") || text.ends_with(".sqlite") && text.contains("/boxes/")
    });
    all.sort();
    all
}

/// Starts as every command does; it is refused with these words, and nothing is touched.
#[track_caller]
fn refused(tideline: &Instance, config: Config, words: &[&str]) {
    let before = secrets(tideline);
    let error = match Context::open(config, tideline.clock.clock()) {
        Err(error) => format!("{error:#}"),
        Ok(_) => panic!("it starts"),
    };
    for word in words {
        assert!(error.contains(word), "{word}: {error}");
    }
    // The box changes all the time, by rows that are nobody's.
    let (after, keys) = (secrets(tideline), |it: &[(PathBuf, Vec<u8>)]| it[1].1.clone());
    assert_eq!(before.len(), 2, "box and keys are there");
    assert!(after.len() == 2 && keys(&after) == keys(&before), "and still there");
}

#[test]
fn attack_162_a_misspelt_database_destroys_nothing() {
    on_both_databases(|database| {
        let (tideline, _) = running(database);
        let Some(other) = fresh(database) else { return };
        let mut config = config(&tideline);
        match other.url() {
            Some(url) => {
                config.database = url.parse().unwrap();
                refused(&tideline, config, &["two installations", "data.database"]);
            }
            None => {
                let file = tideline.folder().join("tidelime.sqlite");
                config.database = format!("sqlite:{}", file.display()).parse().unwrap();
                refused(&tideline, config, &["there is no database at", "spelt right"]);
                assert!(!file.exists(), "and none is made");
            }
        }
        tideline_still_goes_on(&tideline);
    });
}

/// After a mistake was put right, the wave ends as if nothing had been.
fn tideline_still_goes_on(tideline: &Instance) {
    let context = Context::open(config(tideline), tideline.clock.clock()).unwrap();
    tideline.clock.set(day(3, 17));
    assert_eq!(wave::close(&context, WaveSeq(1)).unwrap(), Closed::Released);
    let release = context.store.release(WaveSeq(1)).unwrap().unwrap();
    assert_eq!(release.turnout().ballots, 6);
    assert!(secrets(tideline).is_empty(), "what a release destroys is destroyed");
}

#[test]
fn attack_162_the_database_or_the_folder_of_another_installation() {
    let (tideline, _) = running(None);
    let (other, _) = running(None);
    let mut swapped = config(&tideline);
    swapped.database = other.context.config.database.clone();
    refused(&tideline, swapped, &["belong to two installations"]);
    let mut moved = config(&tideline);
    moved.data = tideline.folder().join("tideline-daat");
    refused(&tideline, moved.clone(), &["has waves", "data.directory"]);
    // The same before either has a name, as earlier versions left them.
    forget_names(&tideline);
    forget_names(&other);
    let mut swapped = config(&tideline);
    swapped.database = other.context.config.database.clone();
    refused(&tideline, swapped, &["belong to two installations"]);
    refused(&tideline, moved, &["has waves", "data.directory"]);
    tideline_still_goes_on(&tideline);
}

fn sqlite(file: &Path) -> SqliteConnection {
    SqliteConnection::establish(file.to_str().unwrap()).unwrap()
}

fn forget_names(tideline: &Instance) {
    let file = tideline.folder().join("tideline.sqlite");
    sqlite(&file).batch_execute("DELETE FROM installation").unwrap();
    fs::remove_file(tideline.folder().join("installation.id")).unwrap();
}

#[test]
fn an_installation_of_an_earlier_version_is_named_at_its_next_start() {
    let (tideline, _) = running(None);
    forget_names(&tideline);
    let context = Context::open(config(&tideline), tideline.clock.clock()).unwrap();
    let name = context.store.installation().unwrap().unwrap();
    let in_folder = fs::read_to_string(tideline.folder().join("installation.id")).unwrap();
    assert_eq!(in_folder, format!("{name}\n"));
    // A crash between the two.
    fs::remove_file(tideline.folder().join("installation.id")).unwrap();
    tideline_still_goes_on(&tideline);
    assert_eq!(tideline.context.store.installation().unwrap(), Some(name));
}

/// Yesterday's copy of the database beside today's folder: the running wave is not in it.
#[test]
fn attack_162_an_older_copy_of_the_database() {
    let tideline = Instance::start(None, day(3, 1));
    tideline.import(&roster());
    let older = tideline.folder().join("older.sqlite");
    let file = tideline.folder().join("tideline.sqlite");
    sqlite(&file).batch_execute(&format!("VACUUM INTO '{}'", older.display())).unwrap();
    let seq = tideline.announce("2026-03", window(3));
    vote(&tideline, seq, 3);
    let mut config = config(&tideline);
    config.database = format!("sqlite:{}", older.display()).parse().unwrap();
    refused(&tideline, config.clone(), &["knows wave 1", "older copy", "tideline adopt"]);

    // If it is all there is, it is taken when somebody says so, and nothing is lost.
    tideline.context.live.remove(seq).unwrap().close();
    let before = secrets(&tideline);
    let program = crate::process::program("tideline");
    let run = |args: &[&str]| {
        let output = std::process::Command::new(&program)
            .args(args)
            .env("TIDELINE_DATA__DIRECTORY", tideline.folder())
            .env("TIDELINE_DATA__DATABASE", format!("sqlite:{}", older.display()))
            .output()
            .unwrap();
        let said = [output.stdout, output.stderr].concat();
        (output.status.success(), String::from_utf8_lossy(&said).into_owned())
    };
    assert!(!run(&["wave", "status"]).0);
    let (good, said) = run(&["adopt"]);
    assert!(good && said.contains("belong together"), "{said}");
    let aside = |name: &str| fs::read(tideline.folder().join(name)).unwrap();
    assert!(aside("keys/leftover/1/wave-1.key") == before[1].1);
    assert!(aside("boxes/leftover/1/ballot-1.sqlite") == before[0].1);
    assert!(tideline.folder().join("leftover/1/manifests/1.json").exists());
    assert!(run(&["wave", "status"]).0);
    let (_, said) = run(&["wave", "leftovers"]);
    assert!(said.contains("wave-1.key") && said.contains("--destroy"), "{said}");
    let (good, said) = run(&["wave", "leftovers", "--destroy"]);
    assert!(good && said.contains("destroyed"), "{said}");
    assert!(!tideline.folder().join("keys/leftover/1").exists());
    // And the next wave can be announced, with the number that is free again.
    tideline.clock.set(day(3, 4));
    let context = Context::open(config, tideline.clock.clock()).unwrap();
    let asks = tideline_domain::InstrumentId::PULSE;
    let next = Window::new(day(4, 2), day(4, 2), day(4, 16)).unwrap();
    assert_eq!(wave::announce(&context, "2026-04".parse().unwrap(), &asks, next).unwrap(), seq);
}

/// A new volume for keys has a folder of the file system's own, which is nobody's key.
#[test]
fn a_first_start_is_not_in_the_way_of_itself() {
    let folder = tempfile::TempDir::new().unwrap();
    let (tideline, data) = (Instance::start(None, day(3, 1)), folder.path().join("data"));
    fs::create_dir_all(data.join("keys/lost+found")).unwrap();
    let mut config = config(&tideline);
    config.database = format!("sqlite:{}", data.join("tideline.sqlite").display()).parse().unwrap();
    config.data = data.clone();
    let context = Context::open(config.clone(), tideline.clock.clock()).unwrap();
    assert!(context.store.installation().unwrap().is_some());
    drop(context);
    // The database is gone and the key file is there: that was an installation.
    fs::remove_file(data.join("tideline.sqlite")).unwrap();
    fs::remove_file(data.join("installation.id")).unwrap();
    fs::write(data.join("keys/auth.pem"), b"a key").unwrap();
    let refused = Context::open(config, tideline.clock.clock()).err().unwrap();
    assert!(refused.to_string().contains("there is no database"), "{refused:#}");
}

/// Keys of an announcement that was cut off are moved aside, and go only by the command.
#[test]
fn keys_that_no_wave_has_are_kept() {
    let (tideline, _) = running(None);
    fs::write(tideline.folder().join("keys/wave-2.key"), b"of a wave that was not announced")
        .unwrap();
    fs::write(tideline.folder().join("boxes/ballot-2.sqlite"), b"").unwrap();
    wave::set_aside_unknown(&tideline.context).unwrap();
    let kept = fs::read(tideline.folder().join("keys/leftover/1/wave-2.key")).unwrap();
    assert_eq!(kept, b"of a wave that was not announced");
    assert!(tideline.folder().join("boxes/leftover/1/ballot-2.sqlite").exists());
    // Nor does the next announcement take them away.
    fs::write(tideline.folder().join("keys/wave-2.key"), b"once more").unwrap();
    let next = tideline.announce("2026-04", window(4));
    assert_eq!(next, WaveSeq(2));
    let kept = fs::read(tideline.folder().join("keys/leftover/2/wave-2.key")).unwrap();
    assert_eq!(kept, b"once more");
}

#[test]
fn a_damaged_box_can_be_ended_and_keeps_no_later_wave_waiting() {
    let (tideline, first) = running(None);
    let boxed = tideline.folder().join("boxes/ballot-1.sqlite");
    tideline.context.live.remove(first).unwrap().close();
    let mut damaged = fs::read(&boxed).unwrap();
    damaged.fill(0x5a);
    fs::write(&boxed, &damaged).unwrap();
    tideline.clock.set(day(4, 1));
    let second = tideline.announce("2026-04", window(4));
    vote(&tideline, second, 4);

    tideline.clock.set(day(4, 17));
    let jobs = Jobs::default();
    (0..=5).for_each(|at| round(&tideline, &jobs, 15 * at));
    let released = |seq| tideline.context.store.release(seq).unwrap();
    assert!(released(first).is_none());
    assert_eq!(released(second).unwrap().turnout().ballots, 6, "the later wave goes on");
    assert!(boxed.exists(), "nothing destroys the box by itself");
    assert!(tideline.context.live.is_lost(first), "the page Health says so");

    // It is tried again, and keeps the one after that waiting neither then nor after a start.
    tideline.clock.set(day(5, 1));
    let third = tideline.announce("2026-05", window(5));
    tideline.clock.set(day(5, 17));
    (100..=105).for_each(|at| round(&tideline, &jobs, 15 * at));
    assert_eq!(released(third).unwrap().turnout().ballots, 0);
    let anew = Jobs::default();
    (0..=5).for_each(|at| round(&tideline, &anew, 15 * at));
    assert!(tideline.context.live.is_lost(first));

    // It was released before: what both would tell together was never checked.
    let error = wave::close(&tideline.context, first).unwrap_err();
    assert!(error.to_string().contains("--abandon"), "{error:#}");
    assert_eq!(wave::abandon(&tideline.context, first).unwrap(), Closed::Released);
    assert!(released(first).unwrap().atoms().is_empty());
    assert!(secrets(&tideline).is_empty());
    assert_eq!(wave::due(&tideline.context).unwrap(), []);
}

/// One round of jobs of a clock that goes right, so many seconds after the first.
fn round(tideline: &Instance, jobs: &Jobs, seconds: u64) {
    let at = tideline.context.now();
    jobs.round(&tideline.context, Duration::from_secs(seconds));
    tideline.clock.set(at + TimeDelta::seconds(15));
}

#[test]
fn a_clock_that_is_wrong_for_some_seconds_closes_nothing() {
    let (tideline, seq) = running(None);
    let jobs = Jobs::default();
    (0..6).for_each(|at| round(&tideline, &jobs, 15 * at));
    let right = tideline.context.now();
    tideline.clock.set(day(9, 1));
    round(&tideline, &jobs, 90);
    round(&tideline, &jobs, 105);
    tideline.clock.set(right + TimeDelta::seconds(30));
    (8..20).for_each(|at| round(&tideline, &jobs, 15 * at));
    assert!(tideline.context.store.release(seq).unwrap().is_none());
    assert_eq!(secrets(&tideline).len(), 2);
    // Ballots are taken again.
    let (manifest, token) = tideline.token("elm7@harbour.example", seq);
    assert_eq!(tideline.send(&manifest, &token, &sheet(2)), 200);

    // When the day has come and the clock goes steadily, the wave is closed.
    tideline.clock.set(day(3, 17));
    for at in 20..24 {
        round(&tideline, &jobs, 15 * at);
        assert!(tideline.context.store.release(seq).unwrap().is_none(), "{at}");
    }
    round(&tideline, &jobs, 15 * 24);
    assert_eq!(tideline.context.store.release(seq).unwrap().unwrap().turnout().ballots, 7);
    assert!(secrets(&tideline).is_empty());
}

//! Backups: made while people answer, restored elsewhere, and refused where they are not whole.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use tempfile::TempDir;
use tideline_domain::{WaveSeq, Window};
use tideline_server::{
    backup,
    config::Config,
    context::Context,
    wave::{self, Closed},
};
use tideline_store::Copied;

use crate::{
    databases::{Fresh, fresh, on_both_databases},
    journey::{roster, sheet, staff},
    process::program,
    support::{Instance, day},
};

/// Wave 1 is released, wave 2 runs with six ballots in its box, and Hedda is signed in.
fn lived_in(database: Option<&str>) -> Instance {
    let tideline = Instance::start(database, day(3, 1));
    tideline.import(&roster());
    wave_of(&tideline, 3, 8);
    tideline.clock.set(day(3, 17));
    assert_eq!(tideline.close(WaveSeq(1)), Closed::Released);
    tideline.deliver();
    tideline.clock.set(day(4, 1));
    wave_of(&tideline, 4, 6);
    tideline.session("hedda@harbour.example");
    tideline
}

/// A wave of that month, in which so many people of Elm answer.
fn wave_of(tideline: &Instance, month: u32, people: u32) -> WaveSeq {
    let window = Window::new(day(month, 2), day(month, 2), day(month, 16)).unwrap();
    let seq = tideline.announce(&format!("2026-{month:02}"), window);
    tideline.clock.set(day(month, 3));
    for address in staff("elm", people) {
        let (manifest, token) = tideline.token(&address, seq);
        assert_eq!(tideline.send(&manifest, &token, &sheet(2)), 200);
    }
    seq
}

fn backed_up(tideline: &Instance) -> (TempDir, PathBuf) {
    let folder = TempDir::new().unwrap();
    let out = folder.path().join("today");
    backup::make(&tideline.context, &out, None).unwrap();
    (folder, out)
}

/// Settings of a new, empty installation beside the first.
fn elsewhere(tideline: &Instance, folder: &Path, database: &Fresh) -> Config {
    let mut config = (*tideline.context.config).clone();
    config.data = folder.join("data");
    let sqlite = format!("sqlite:{}", config.data.join("tideline.sqlite").display());
    config.database = database.url().unwrap_or(sqlite).parse().unwrap();
    config
}

fn text_below(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let (mut all, mut todo) = (BTreeMap::new(), vec![folder.to_owned()]);
    while let Some(at) = todo.pop() {
        for entry in fs::read_dir(at).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                todo.push(path)
            } else {
                let name = path.strip_prefix(folder).unwrap().display().to_string();
                all.insert(name, fs::read(path).unwrap());
            }
        }
    }
    all
}

#[test]
fn a_backup_made_while_people_answer_is_restored_elsewhere() {
    on_both_databases(|database| {
        let tideline = lived_in(database);
        let (folder, out) = backed_up(&tideline);
        let store = &tideline.context.store;
        let before = (store.releases().unwrap(), store.audit_log().unwrap().len());
        // The first installation goes on as if nothing had been.
        tideline.clock.set(day(4, 17));
        assert_eq!(tideline.close(WaveSeq(2)), Closed::Released);
        assert_eq!(store.release(WaveSeq(2)).unwrap().unwrap().turnout().ballots, 6);

        for kind in [database, Some("")] {
            let Some(target) = fresh(kind) else { continue };
            let at = folder.path().join(if kind == database { "same" } else { "other" });
            let config = elsewhere(&tideline, &at, &target);
            let now = tideline.clock.clock();
            let restored = backup::restore(config.clone(), &out, now).unwrap();
            assert_eq!(restored.abandoned, [2]);

            let again = Instance::start_with(None, day(4, 20), |it| {
                it.data = config.data.clone();
                it.database = config.database.clone();
            });
            let store = &again.context.store;
            assert_eq!(store.release(WaveSeq(1)).unwrap().as_ref(), before.0.first());
            for name in ["results/1.json", "manifests/1.json", "manifests/2.json", "chain.txt"] {
                let of = |data: &Path| fs::read(data.join(name)).unwrap();
                assert!(of(&config.data) == of(tideline.folder()), "{name}");
            }
            // The wave that ran is ended, and the log says so and is whole.
            let ended = store.release(WaveSeq(2)).unwrap().unwrap();
            assert!(ended.atoms().is_empty() && ended.turnout().ballots == 0);
            let log = store.audit_log().unwrap();
            let actions: Vec<&str> =
                log[before.1..].iter().map(|it| it.entry.action.as_str()).collect();
            assert_eq!(actions, ["backup.restore", "wave.abandon"]);
            assert_eq!(store.verify_audit_log(day(4, 20)).unwrap().broken, None);
            assert_eq!(wave::due(&again.context).unwrap(), []);

            // People sign in, see the same, and the next wave runs to its end.
            let hedda = again.sign_in("hedda@harbour.example");
            let (status, page) = again.get(&again.app("/"), Some(&hedda));
            assert_eq!(status, 200, "{page}");
            again.clock.set(day(5, 1));
            let next = wave_of(&again, 5, 7);
            assert_eq!(next, WaveSeq(3));
            again.clock.set(day(5, 17));
            assert_eq!(again.close(next), Closed::Released);
            let release = store.release(next).unwrap().unwrap();
            assert_eq!((release.turnout().ballots, release.atoms().is_empty()), (7, false));

            // It is another installation: neither takes the other's folder.
            let mut crossed = config.clone();
            crossed.data = tideline.folder().to_owned();
            let refused = Context::open(crossed, tideline.clock.clock()).err().unwrap();
            assert!(refused.to_string().contains("two installations"), "{refused:#}");
            let twice = backup::restore(config, &out, tideline.clock.clock()).unwrap_err();
            assert!(format!("{twice:#}").contains("not empty"), "{twice:#}");
        }
    });
}

#[test]
fn attack_163_a_backup_has_no_key_no_box_and_no_list_of_tokens() {
    on_both_databases(|database| {
        let tideline = lived_in(database);
        let (_folder, out) = backed_up(&tideline);
        let there = text_below(&out);
        let names: Vec<&String> = there.keys().collect();
        let wrong = |it: &&&String| {
            let left_out = ["pickups", "issuance", "sessions", "sign_in_codes", "spent_challenges"];
            it.starts_with("keys")
                || it.starts_with("boxes")
                || left_out.iter().any(|table| ***it == format!("tables/{table}.txt"))
        };
        assert_eq!(names.iter().find(wrong), None);
        // What is secret in the first installation, as it lies there.
        let mut secrets: Vec<Vec<u8>> = Vec::new();
        let data = text_below(tideline.folder());
        for (name, bytes) in &data {
            if name.starts_with("keys/") {
                secrets.extend(bytes.split(|it| *it == b'\n').map(<[u8]>::to_vec));
            }
        }
        let secret_tables = ["pickups", "sessions"];
        let lists = TempDir::new().unwrap();
        tideline
            .context
            .store
            .copy_out(Copied::Whole, &mut |table| {
                let file = fs::File::create(lists.path().join(table))?;
                Ok(Box::new(file))
            })
            .unwrap();
        for table in secret_tables {
            let text = fs::read(lists.path().join(table)).unwrap();
            let rows: Vec<&[u8]> = text.split(|it| *it == b'\n').skip(1).collect();
            assert!(rows.len() > 1, "{table} has rows");
            let fields = rows.iter().flat_map(|it| it.split(|it| *it == b'\t'));
            secrets.extend(fields.filter(|it| it.len() == 64).map(<[u8]>::to_vec));
        }
        let ballots = tideline_ballot::ballot_box::BallotBox::open(
            &tideline.folder().join("boxes/ballot-2.sqlite"),
        )
        .unwrap();
        secrets.extend(ballots.rows().unwrap().iter().map(|it| it[..32].to_vec()));
        secrets.retain(|it| it.len() >= 24 && !it.starts_with(b"-----"));
        assert!(secrets.len() > 20);
        for (name, bytes) in &there {
            for secret in &secrets {
                let found = bytes.windows(secret.len()).any(|it| it == secret.as_slice());
                assert!(!found, "{name} holds a secret");
            }
        }
    });
}

#[test]
fn what_is_not_whole_is_refused_and_leaves_nothing() {
    let tideline = lived_in(None);
    let (folder, out) = backed_up(&tideline);
    let twice = backup::make(&tideline.context, &out, None).unwrap_err();
    assert!(twice.to_string().contains("is not empty"), "{twice:#}");

    let config = elsewhere(&tideline, folder.path(), &Fresh::Sqlite);
    let refused = |words: &str| {
        let clock = tideline.clock.clock();
        let error = backup::restore(config.clone(), &out, clock).unwrap_err();
        assert!(format!("{error:#}").contains(words), "{words}: {error:#}");
        assert!(!config.data.join("tideline.sqlite").exists());
        assert!(!config.data.join("restoring").exists() && !config.data.join("results").exists());
    };
    let changed = |name: &str, change: &dyn Fn(&mut Vec<u8>), words: &str| {
        let whole = fs::read(out.join(name)).unwrap();
        let mut bytes = whole.clone();
        change(&mut bytes);
        fs::write(out.join(name), bytes).unwrap();
        refused(words);
        fs::write(out.join(name), whole).unwrap();
    };
    changed("tables/people.txt", &|it| it[40] ^= 1, "tables/people.txt of the backup is damaged");
    changed(
        "tables/audit_log.txt",
        &|it| it.truncate(it.len() - 1),
        "audit_log.txt of the backup is damaged",
    );
    changed("results/1.json", &|it| it.push(b' '), "results/1.json of the backup is damaged");
    changed("backup.json", &|it| it.truncate(100), "is not the list of a backup");
    let list = |from: &str, to: &str, words: &str| {
        let replace = |it: &mut Vec<u8>| {
            let text = String::from_utf8(std::mem::take(it)).unwrap();
            assert!(text.contains(from));
            *it = text.replacen(from, to, 1).into_bytes();
        };
        changed("backup.json", &replace, words);
    };
    list("\"chain.txt\"", "\"../chain.txt\"", "outside of the backup");
    list("tideline-backup-1", "tideline-backup-9", "this version reads");
    list("\"schema\": [", "\"schema\": [\"99990101000000\",", "newer version");
    fs::rename(out.join("tables/units.txt"), folder.path().join("units")).unwrap();
    refused("checking tables/units.txt");
    fs::rename(folder.path().join("units"), out.join("tables/units.txt")).unwrap();
    fs::rename(out.join("backup.json"), folder.path().join("list")).unwrap();
    refused("written last, is not there");
    fs::rename(folder.path().join("list"), out.join("backup.json")).unwrap();

    // A key file that was put back first is in nobody's way; another installation is.
    fs::create_dir_all(config.data.join("keys")).unwrap();
    fs::copy(tideline.folder().join("keys/auth.pem"), config.data.join("keys/auth.pem")).unwrap();
    let mut taken = config.clone();
    taken.data = tideline.folder().to_owned();
    let error = backup::restore(taken, &out, tideline.clock.clock()).unwrap_err();
    assert!(format!("{error:#}").contains("is not empty"), "{error:#}");
    backup::restore(config, &out, tideline.clock.clock()).unwrap();
}

/// The process dies after the tables are loaded: nothing else starts until the rest is done.
#[test]
fn a_restore_that_was_cut_off_goes_on() {
    on_both_databases(|database| {
        let tideline = lived_in(database);
        let (folder, out) = backed_up(&tideline);
        let Some(target) = fresh(database) else { return };
        let config = elsewhere(&tideline, folder.path(), &target);
        backup::restore(config.clone(), &out, tideline.clock.clock()).unwrap();
        fs::rename(config.data.join("installation.id"), config.data.join("restoring")).unwrap();
        for gone in ["results", "manifests"] {
            fs::remove_dir_all(config.data.join(gone)).unwrap();
        }
        fs::remove_file(config.data.join("chain.txt")).unwrap();
        let refused = Context::open(config.clone(), tideline.clock.clock()).err().unwrap();
        assert!(refused.to_string().contains("cut off"), "{refused:#}");
        backup::restore(config.clone(), &out, tideline.clock.clock()).unwrap();
        let context = Context::open(config.clone(), tideline.clock.clock()).unwrap();
        assert_eq!(context.store.releases().unwrap().len(), 2);
        let result = |data: &Path| fs::read(data.join("results/1.json")).unwrap();
        assert!(result(&config.data) == result(tideline.folder()));
    });
}

/// The commands as they are typed, on a disk that has no room, and killed half way.
#[test]
fn a_full_disk_leaves_no_backup_and_a_killed_one_is_none() {
    // With PostgreSQL the program itself writes no large file, so that the limit meets the backup alone.
    let Some(postgres) = fresh(Some("")) else { return };
    let url = postgres.url().unwrap();
    let tideline = lived_in(Some(&url));
    let folder = TempDir::new().unwrap();
    let run = |before: &str, command: &str, out: &Path, data: &Path| {
        let script =
            format!("{before} exec {} {command} {}", program("tideline").display(), out.display());
        let output = Command::new("sh")
            .args(["-c", &script])
            .env("TIDELINE_DATA__DIRECTORY", data)
            .env(
                "TIDELINE_DATA__DATABASE",
                match data == tideline.folder() {
                    true => url.as_str(),
                    false => "sqlite:tideline.sqlite",
                },
            )
            .output()
            .unwrap();
        let said = [output.stdout, output.stderr].concat();
        (output.status.success(), String::from_utf8_lossy(&said).into_owned())
    };
    // 512 bytes a block: every file that is larger cannot be written.
    let out = folder.path().join("full");
    let (good, said) = run("trap '' XFSZ; ulimit -f 2;", "backup --out", &out, tideline.folder());
    assert!(!good && said.contains("copying the tables"), "{said}");
    assert!(!out.exists(), "half a backup is taken away");
    let out = folder.path().join("killed");
    assert!(!run("ulimit -f 2;", "backup --out", &out, tideline.folder()).0);
    assert!(out.join("tables").exists(), "it had begun");
    let data = folder.path().join("data");
    let (good, said) = run("", "restore --from", &out, &data);
    assert!(!good && said.contains("no whole backup"), "{said}");

    let out = folder.path().join("whole");
    let (good, said) = run("", "backup --out", &out, tideline.folder());
    assert!(good && said.contains("have not ended"), "{said}");
    let (good, said) = run("", "restore --from", &out, &data);
    assert!(good && said.contains("wave 2 was not over then"), "{said}");
    assert!(said.contains("everybody signs in anew"), "{said}");
}

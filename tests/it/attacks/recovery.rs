//! Attacks on what finds a check-in again, with everything that lies on the disk.

use tideline_ballot::{
    encoding::{from_base64, to_base64, to_hex},
    keys::{KeyError, WaveKeys},
    wave_dir::WaveFiles,
};
use tideline_domain::WaveSeq;
use tideline_server::{
    auth_keys,
    recoveries::{self, Leavers},
};

use super::Stage;
use crate::{
    databases::on_both_databases,
    journey::roster,
    support::{Reply, day, http},
};

const ANN: &str = "elm1@harbour.example";
const ROOT: [u8; 16] = [0xa7; 16];
const SEALED: [u8; 61] = [1; 61];

impl Stage {
    fn json(&self, path: &str, cookie: &str) -> serde_json::Value {
        let reply = http("GET", &self.site.app(path), &[("cookie", cookie)], b"");
        assert_eq!(reply.status, 200, "{path}");
        serde_json::from_slice(&reply.body).unwrap()
    }

    /// Has a sealed copy kept, as the page's script does.
    fn keep_sealed(&self, cookie: &str) -> Reply {
        let csrf = self.json("/api/v1/me", cookie)["csrf"].as_str().unwrap().to_owned();
        let (root, sealed) = (to_base64(&ROOT), to_base64(&SEALED));
        let body = format!(r#"{{"root":"{root}","sealed":"{sealed}","anew":false}}"#);
        let origin = self.site.app("");
        let headers = [
            ("cookie", cookie),
            ("origin", origin.as_str()),
            ("x-csrf-token", csrf.as_str()),
            ("content-type", "application/json"),
        ];
        http("POST", &self.site.app("/me/recovery"), &headers, body.as_bytes())
    }

    /// Files below the data folder in which these bytes stand, as they are or written in any way.
    fn found(&self, bytes: &[u8]) -> Vec<String> {
        let written = [bytes.to_vec(), to_hex(bytes).into_bytes(), to_base64(bytes).into_bytes()];
        let holds = |content: &[u8]| {
            written.iter().any(|it| content.windows(it.len()).any(|part| part == it))
        };
        let files = self.site.files().into_iter().filter(|(_, content)| holds(content));
        files.map(|(path, _)| path.display().to_string()).collect()
    }
}

/// During the wave the share stands in no file: it is made from the wave's key when it is asked for. After
/// the release it is not handed out, and nothing is left to make it from.
#[test]
fn attack_153_the_check_in_is_worked_out_from_the_code_after_the_release() {
    let stage = Stage::open();
    let cookie = stage.site.sign_in(ANN);
    let offer = stage.json("/me/pickup", &cookie);
    let share: [u8; 32] = from_base64(offer["waves"][0]["share"].as_str().unwrap()).unwrap();
    assert_eq!(stage.found(&share), Vec::<String>::new());
    stage.vote(8);
    stage.after_close();
    let cookie = stage.site.sign_in(ANN);
    assert_eq!(stage.json("/me/pickup", &cookie)["waves"], serde_json::json!([]), "closed");
    stage.site.close(stage.seq);
    assert_eq!(stage.found(&share), Vec::<String>::new());
    let files = WaveFiles::new(stage.site.folder(), WaveSeq(1));
    assert!(matches!(WaveKeys::load(&files.keys()), Err(KeyError::Missing)));
    assert!(stage.site.context.live.get(stage.seq).is_none());
    assert_eq!(stage.json("/me/pickup", &cookie)["waves"], serde_json::json!([]));
}

/// Somebody who has the database and its backups finds sealed copies, and not whose they are: the name they
/// are kept under takes the key file, which is in no backup.
#[test]
fn attack_154_who_has_a_code() {
    on_both_databases(|database| {
        let stage = Stage::on(database);
        let store = &stage.site.context.store;
        let person = stage.site.person(ANN);
        let cookie = stage.site.sign_in(ANN);
        assert_eq!(stage.keep_sealed(&cookie).status, 204);
        assert_eq!(stage.json("/me/recovery", &cookie)["root"], to_base64(&ROOT));
        let [name] = store.recovery_holders().unwrap().into_iter().collect::<Vec<_>>()[..] else {
            panic!("one row")
        };
        let keys = auth_keys::load_or_create(&stage.site.context.config.data).unwrap();
        assert_eq!(name, keys.recovery_holder(person), "the program finds it");
        let issuer = stage.site.context.live.get(stage.seq).unwrap();
        let holder = issuer.issuer.as_ref().unwrap().holder(person.to_string().as_bytes());
        assert_ne!(name, holder, "the list of pick-ups has another name");
        // With another key file, as somebody has who restored the backup elsewhere.
        let file = stage.site.folder().join("keys/auth.pem");
        let pem = std::fs::read(&file).unwrap();
        std::fs::remove_file(&file).unwrap();
        // Without any nobody can tell who has left, and none is made on the way.
        let refused = recoveries::forget(&stage.site.context).unwrap_err();
        assert!(refused.to_string().contains("keys/auth.pem"), "{refused}");
        assert!(!file.exists());
        let restored = auth_keys::load_or_create(&stage.site.context.config.data).unwrap();
        for person in store.people_of_wave(stage.seq).unwrap() {
            assert_ne!(name, restored.recovery_holder(person));
        }
        // Then it is nobody's, and stays: with the right file it is somebody's again.
        recoveries::forget(&stage.site.context).unwrap();
        assert_eq!(store.recovery_holders().unwrap(), [name].into());
        std::fs::write(&file, pem).unwrap();
        // Nor does a clock that was set back make anybody leave.
        stage.site.clock.set(day(2, 28));
        recoveries::forget(&stage.site.context).unwrap();
        stage.site.clock.set(day(3, 3));
        let again = auth_keys::load_or_create(&stage.site.context.config.data)
            .unwrap()
            .recovery_holder(person);
        assert_eq!(store.recovery_of(&again).unwrap().unwrap().root, ROOT);
        assert_eq!(stage.json("/me/recovery", &cookie)["root"], to_base64(&ROOT));
    });
}

/// Somebody who came during the wave and left before its end is on no list that is kept: the release forgets
/// that there was anybody, so what they left behind goes first.
#[test]
fn who_comes_and_goes_within_a_wave_leaves_no_sealed_copy_behind() {
    let stage = Stage::open();
    let late = "late@harbour.example";
    stage.site.import(&format!("{}Elm,Harbour,Late Comer,{late},staff\n", roster()));
    assert_eq!(stage.keep_sealed(&stage.site.sign_in(late)).status, 204);
    stage.site.import(&roster());
    stage.vote(8);
    stage.after_close();
    stage.site.close(stage.seq);
    assert!(stage.site.context.store.recovery_holders().unwrap().is_empty());
}

#[test]
fn who_leaves_leaves_no_sealed_copy_behind() {
    let stage = Stage::open();
    for address in [ANN, "elm2@harbour.example"] {
        assert_eq!(stage.keep_sealed(&stage.site.sign_in(address)).status, 204);
    }
    let left = stage.site.person(ANN);
    let rows = || stage.site.context.store.recovery_holders().unwrap();
    recoveries::forget(&stage.site.context).unwrap();
    assert_eq!(rows().len(), 2, "both belong here");
    let without: String =
        roster().lines().filter(|it| !it.contains(ANN)).map(|it| format!("{it}\n")).collect();
    stage.site.import(&without);
    recoveries::forget(&stage.site.context).unwrap();
    let keys = auth_keys::load_or_create(&stage.site.context.config.data).unwrap();
    assert_eq!(rows().len(), 1);
    assert!(!rows().contains(&keys.recovery_holder(left)));
}

/// What `serve` does every minute looks only after a roster has come, and again after it could not.
#[test]
fn leavers_are_looked_for_after_each_roster() {
    let stage = Stage::open();
    assert_eq!(stage.keep_sealed(&stage.site.sign_in(ANN)).status, 204);
    let rows = || stage.site.context.store.recovery_holders().unwrap().len();
    let left = Leavers::default();
    left.forget(&stage.site.context).unwrap();
    assert_eq!(rows(), 1);
    let without: String =
        roster().lines().filter(|it| !it.contains(ANN)).map(|it| format!("{it}\n")).collect();
    stage.site.import(&without);
    let file = stage.site.folder().join("keys/auth.pem");
    let pem = std::fs::read(&file).unwrap();
    std::fs::remove_file(&file).unwrap();
    left.forget(&stage.site.context).unwrap_err();
    assert_eq!(rows(), 1);
    std::fs::write(&file, pem).unwrap();
    left.forget(&stage.site.context).unwrap();
    assert_eq!(rows(), 0, "tried again");
}

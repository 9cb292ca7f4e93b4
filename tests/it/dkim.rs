//! Signed mails, as another implementation (dkimpy) reads them: every kind of mail that the program sends,
//! by every kind of key that may be set.

use std::{
    collections::BTreeSet, env, fs, path::PathBuf, process::Command, thread, time::Duration,
};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde_json::json;
use tempfile::TempDir;
use tideline_domain::Window;
use tideline_report::dkim::Dkim;
use tideline_server::{config::Config, outbox};

use crate::{
    journey::{roster, sheet},
    support::{Instance, Mailbox, day},
};

/// The Python that has dkimpy; `cargo xtask test` makes it.
fn python() -> Option<PathBuf> {
    let found = env::var_os("TIDELINE_PEERS").map(|it| PathBuf::from(it).join("python"));
    assert!(found.is_some() || env::var_os("CI").is_none(), "CI needs TIDELINE_PEERS");
    found
}

fn openssl(args: &[&str]) -> Vec<u8> {
    let done = Command::new("openssl").args(args).output().expect("openssl is there");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    done.stdout
}

/// A key as an operator has it, and what stands in DNS.
fn keys(folder: &TempDir) -> Vec<(&'static str, String, String)> {
    let path = |name: &str| folder.path().join(name).display().to_string();
    let read = |name: &str| fs::read_to_string(path(name)).unwrap();
    openssl(&[
        "genpkey",
        "-algorithm",
        "RSA",
        "-pkeyopt",
        "rsa_keygen_bits:2048",
        "-out",
        &path("8.pem"),
    ]);
    openssl(&["rsa", "-traditional", "-in", &path("8.pem"), "-out", &path("1.pem")]);
    openssl(&["genpkey", "-algorithm", "ED25519", "-out", &path("ed.pem")]);
    let public = |name: &str| openssl(&["pkey", "-in", &path(name), "-pubout", "-outform", "DER"]);
    let rsa = format!("v=DKIM1; k=rsa; p={}", STANDARD.encode(public("8.pem")));
    // RFC 8463: the bare 32 bytes, which both files of an Ed25519 key end with.
    let last = |der: &[u8]| STANDARD.encode(&der[der.len() - 32..]);
    let ed = format!("v=DKIM1; k=ed25519; p={}", last(&public("ed.pem")));
    let seed = last(&openssl(&["pkey", "-in", &path("ed.pem"), "-outform", "DER"]));
    vec![
        ("rsa8", read("8.pem"), rsa.clone()),
        ("rsa1", read("1.pem"), rsa),
        ("ed8", read("ed.pem"), ed.clone()),
        ("ed", seed, ed),
    ]
}

#[test]
fn every_mail_is_signed_so_that_others_believe_it() {
    let Some(python) = python() else {
        eprintln!("SKIPPED: dkimpy is not there; `cargo xtask test` installs it");
        return;
    };
    let folder = TempDir::new().unwrap();
    for (selector, key, record) in keys(&folder) {
        let dkim = Dkim::new(selector, "harbour.example", &key).unwrap();
        let tideline = Instance::start_with(None, day(3, 1), |config| {
            config.dkim = Some(dkim);
            config.about_waves = Config::load(None).unwrap().about_waves;
        });
        tideline.import(&roster());
        let window = Window::new(day(3, 2), day(3, 2), day(3, 16)).unwrap();
        let seq = tideline.announce("2026-03", window);
        for at in [day(3, 2), day(3, 9)] {
            tideline.clock.set(at);
            outbox::fill(&tideline.context).unwrap();
            tideline.deliver();
        }
        // Enough for something to be shown: of a wave with nothing to see nobody is told that results are there.
        for at in 1..=8 {
            let (manifest, token) = tideline.token(&format!("elm{at}@harbour.example"), seq);
            assert_eq!(tideline.send(&manifest, &token, &sheet(3)), 200);
        }
        tideline.clock.set(day(3, 17));
        tideline.close(seq);
        tideline.deliver();
        let asked = tideline.form("/sign-in", None, &[("email", "hedda@harbour.example")]);
        assert_eq!(asked.0, 303, "{}", asked.1);
        let arrived = || tideline.mails().iter().any(|it| it.contains("/in#"));
        assert!((0..400).any(|_| {
            thread::sleep(Duration::from_millis(25));
            arrived()
        }));

        let records = folder.path().join("dns.json");
        let name = format!("{selector}._domainkey.harbour.example.");
        fs::write(&records, json!({ name: record }).to_string()).unwrap();
        let mails = Mailbox::new(tideline.folder().join("mail")).paths();
        let kinds: BTreeSet<String> = mails
            .iter()
            .map(|it| {
                it.file_name().unwrap().to_string_lossy().split('.').next().unwrap().to_owned()
            })
            .collect();
        assert_eq!(kinds.len(), 5, "sign-in, opening, reminder, results, report: {kinds:?}");
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/peers/verify_dkim.py");
        let said = Command::new(&python).arg(script).arg(records).args(mails).output().unwrap();
        let text = String::from_utf8_lossy(&said.stdout);
        assert!(
            said.status.success(),
            "{selector}: {text}{}",
            String::from_utf8_lossy(&said.stderr)
        );
    }
}

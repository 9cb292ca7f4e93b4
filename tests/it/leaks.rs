//! What is stored, logged, mailed and printed is searched for what must not be there.

use std::{
    io::Write,
    sync::{Arc, Mutex},
};

use tideline_domain::Window;

use crate::{
    journey::{roster, sheet, staff},
    support::{Instance, day, pdf_text},
};

#[derive(Clone, Default)]
struct Captured(Arc<Mutex<Vec<u8>>>);

impl Write for Captured {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

fn holds(haystack: &[u8], needle: &[u8]) -> bool {
    haystack.windows(needle.len()).any(|it| it == needle)
}

#[test]
fn nothing_that_is_kept_tells_who_answered_what() {
    let log = Captured::default();
    let writer = log.clone();
    tracing_subscriber::fmt()
        .with_env_filter(tracing_subscriber::EnvFilter::new("warn,tideline=trace"))
        .with_writer(move || writer.clone())
        .init();

    let tideline = Instance::start(None, day(3, 1));
    tideline.import(&roster());
    let seq = tideline.announce("2026-03", Window::new(day(3, 2), day(3, 2), day(3, 16)).unwrap());
    tideline.clock.set(day(3, 3));
    let mut ballots = Vec::new();
    let mut secrets = Vec::new();
    let marked = sheet(4);
    for address in staff("elm", 9) {
        let cookie = tideline.sign_in(&address);
        secrets.push(cookie.split_once('=').unwrap().1.as_bytes().to_vec());
        let (manifest, token) = tideline.pick_up(&cookie);
        let body = token.redeem_body(&manifest, &marked).unwrap();
        let fields: serde_json::Value = serde_json::from_str(&body).unwrap();
        for field in ["nonce", "ballot", "mac"] {
            secrets.push(fields[field].as_str().unwrap().as_bytes().to_vec());
        }
        assert_eq!(tideline.send(&manifest, &token, &marked), 200);
        ballots.push(body);
    }

    let plain = marked.to_ballot();
    let look = |when: &str| {
        let mut places = tideline.files();
        places.push(("log".into(), log.0.lock().unwrap().clone()));
        for (path, bytes) in &places {
            assert!(!holds(bytes, &plain), "answers in the clear in {} {when}", path.display());
            for secret in &secrets {
                assert!(!holds(bytes, secret), "a secret in {} {when}", path.display());
            }
        }
        let box_files =
            places.iter().filter(|(it, _)| it.display().to_string().contains("/boxes/"));
        for (path, bytes) in box_files {
            for name in [&b"elm1@"[..], b"Elm\0\0\0", b"Person", b"harbour.example"] {
                assert!(!holds(bytes, name), "a name in {}", path.display());
            }
        }
    };
    look("during the wave");

    tideline.clock.set(day(3, 17));
    tideline.close(seq);
    tideline.deliver();
    look("after it");

    let names =
        (1..=9).flat_map(|at| [format!("Person elm{at}"), format!("elm{at}@harbour.example")]);
    let report = tideline.reports().pop().unwrap();
    let hedda = tideline.sign_in("hedda@harbour.example");
    let (_, pdf) = tideline.get_bytes(&tideline.app("/org/reports/1.pdf"), Some(&hedda));
    let text = pdf_text(&pdf).unwrap_or_default();
    let log = log.0.lock().unwrap().clone();
    for name in names {
        assert!(!report.contains(&name) && !text.contains(&name), "{name} in the report");
        assert!(!holds(&log, name.as_bytes()), "{name} in the log");
    }
    assert!(!holds(&log, b"127.0.0.1"), "an address in the log");
    assert!(holds(&log, b"wave closed"), "the log was captured");

    assert_eq!(tideline.context.store.issued_count(seq).unwrap(), 0, "the token list is gone");
}

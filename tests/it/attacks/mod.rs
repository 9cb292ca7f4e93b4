//! Attacks that must fail, numbered as in `docs/attacks.md`. `cargo xtask attacks` runs them and prints
//! a line for each; those in the browser's code are in `crates/api/web/test` and `tests/browser`.

mod accounts;
mod anonymous;
mod closing;
mod issue;
mod linking;
mod machine;
mod paper;
mod program;
mod recovery;
mod stored;
mod strangers;
mod tokens;
mod wal;
mod watched;

use tideline_ballot::{
    ballot_box::BallotBox, client::Token, keys::WaveKeys, manifest::PinnedManifest, tally::unseal,
    wave_dir::WaveFiles,
};
use tideline_domain::{WaveSeq, Window};

use crate::{
    journey::{roster, sheet, staff},
    support::{Instance, day},
};

/// An installation with wave 1 open.
struct Stage {
    site: Instance,
    seq: WaveSeq,
}

impl Stage {
    fn open() -> Self {
        Self::on(None)
    }

    fn on(database: Option<&str>) -> Self {
        let site = Instance::start(database, day(3, 1));
        site.import(&roster());
        let window = Window::new(day(3, 2), day(3, 2), day(3, 16)).unwrap();
        let seq = site.announce("2026-03", window);
        site.clock.set(day(3, 3));
        Self { site, seq }
    }

    fn token(&self, address: &str) -> (PinnedManifest, Token) {
        self.site.token(address, self.seq)
    }

    /// Somebody of Elm with a token and a ballot for it.
    fn body(&self, person: u32, option: u8) -> String {
        let (manifest, token) = self.token(&format!("elm{person}@harbour.example"));
        token.redeem_body(&manifest, &sheet(option)).unwrap()
    }

    /// This many people of Elm answer.
    fn vote(&self, people: u32) -> Vec<String> {
        let bodies: Vec<String> = (1..=people).map(|it| self.body(it, 2)).collect();
        for body in &bodies {
            assert_eq!(self.site.redeem(body).status, 200);
        }
        bodies
    }

    fn after_close(&self) {
        self.site.clock.set(day(3, 17));
    }

    /// How many ballots are in the box: it takes the wave's key to tell them from cover.
    fn ballots(&self) -> u64 {
        let files = WaveFiles::new(self.site.folder(), WaveSeq(1));
        let rows = BallotBox::open(&files.ballot_box()).unwrap().rows().unwrap();
        let keys = WaveKeys::load(&files.keys()).unwrap();
        unseal(&files.pinned().unwrap(), &keys, &rows, 2, &|_| ()).unwrap().ballots()
    }
}

/// Everybody's address.
fn everybody() -> Vec<String> {
    let mut all = staff("elm", 10);
    all.extend(staff("oak", 7));
    all.extend(staff("ash", 6));
    all.extend(["hedda@harbour.example".to_owned(), "mona@harbour.example".to_owned()]);
    all
}

/// Fields of a request.
fn fields(body: &str) -> serde_json::Map<String, serde_json::Value> {
    serde_json::from_str(body).unwrap()
}

/// A request with one field replaced. Order is as the protocol has it.
fn with(body: &str, field: &str, value: &str) -> String {
    let old = fields(body)[field].as_str().unwrap().to_owned();
    body.replacen(&format!(r#""{field}":"{old}""#), &format!(r#""{field}":"{value}""#), 1)
}

/// The full size of long attacks, or the small one that runs with every test.
fn size(small: usize, full: usize) -> usize {
    if std::env::var_os("TIDELINE_ATTACKS_FULL").is_some() { full } else { small }
}

fn holds(haystack: &[u8], needle: &[u8]) -> bool {
    haystack.windows(needle.len()).any(|it| it == needle)
}

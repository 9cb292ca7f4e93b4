//! `cargo xtask attacks`: mounts the numbered attacks of `docs/attacks.md` on throw-away installations
//! and prints a line for each.

use std::{
    collections::BTreeMap,
    io::{BufRead as _, BufReader, IsTerminal as _},
    process::{Command, Stdio},
};

use anyhow::{Context as _, Result, bail, ensure};

use crate::run::{browser_command, npm_install, root, say};

use Where::{Browser, Node, Rust};

/// Where an attack is mounted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Where {
    /// Against the running product, in `tests/it/attacks`, or in the crates' own tests.
    Rust,
    /// On the browser's code, in `crates/api/web/test`.
    Node,
    /// In a real browser, in `tests/browser`.
    Browser,
}

const ATTACKS: &[(&str, &str, &[Where])] = &[
    ("1", "RFC 9497 vectors give other bytes, in Rust or in the browser's code", &[Rust, Node]),
    ("2", "our tokens and a second implementation's disagree", &[Rust]),
    ("3", "a token is redeemed twice with the same request", &[Rust]),
    ("4", "a token is redeemed again with other answers", &[Rust]),
    ("5", "64 redemptions of one token at once", &[Rust]),
    ("6", "a made-up token", &[Rust]),
    ("7", "a token of one cohort is presented as another's", &[Rust]),
    ("8", "a token of another wave or manifest", &[Rust]),
    ("9", "an overheard request with the ballot swapped", &[Rust]),
    ("10", "any of the 512 bits of a proof flipped", &[Node]),
    ("11", "an evaluated element that is the identity, one's own, or somebody else's", &[Node]),
    ("12", "somebody else's proof replayed", &[Node]),
    (
        "13",
        "a blinded element that is none: identity, not canonical, negative, too short, too long",
        &[Rust],
    ),
    ("14", "random bodies on both endpoints", &[Rust]),
    ("15", "a proof's nonce used twice", &[Rust]),
    ("16", "another key for one person, with a proof that holds for it", &[Node]),
    ("17", "another public input for one person", &[Node]),
    ("18", "a manifest that differs by a byte between two ways", &[Node]),
    ("19", "a cohort of one, below the smallest, or unknown", &[Node]),
    ("20", "a manifest that does not follow the chain, a result file that was changed", &[Node]),
    ("21", "other scripts for some visitors", &[Rust]),
    ("22", "a partition with gaps, overlaps or small cohorts", &[Rust]),
    ("23", "no, expired, foreign, unsigned or wrong sign-in at the issuer", &[Rust]),
    ("24", "a second token with another element", &[Rust]),
    ("25", "a token of somebody else's cohort", &[Rust]),
    ("26", "changing teams after the roster is frozen", &[Rust]),
    ("27", "two first requests with different elements at once", &[Rust]),
    (
        "28",
        "a mail scanner that opens every link; a sign-in kept where it can be found",
        &[Rust, Browser],
    ),
    ("29", "a ballot whose sender says who he is", &[Rust]),
    ("30", "a ballot with a query, another field, another length", &[Rust]),
    ("31", "asking a host for the other host's part", &[Rust]),
    ("32", "an answer with a cookie, a validator, a permission for other origins", &[Rust]),
    ("33", "the ballot's request carries, or shares a connection with, a sign-in", &[Browser]),
    ("34", "the ballot side reaches for people", &[Rust]),
    ("35", "one certificate or one TLS session for both hosts", &[Rust]),
    ("36", "what travels is found in what is stored or logged", &[Rust]),
    ("37", "a clock, a counter or a shared column in the box", &[Rust]),
    ("38", "where rows lie in the file tells who came first", &[Rust]),
    ("39", "the same over many simulated waves", &[Rust]),
    ("40", "the length of a row or a request tells answers", &[Rust]),
    ("41", "matching pick-ups with ballots by everything that is stored", &[Rust]),
    ("42", "copies of the box taken all the time, opened later", &[Rust]),
    ("43", "a database server that keeps more than it should", &[Rust]),
    ("44", "the ballot side writes elsewhere than into the box", &[Rust]),
    ("45", "the proxy keeps a line", &[Rust]),
    ("46", "an error says too much", &[Rust]),
    ("47", "issue, redeem or close after the end", &[Rust]),
    ("48", "closing by a request", &[Rust]),
    ("49", "a tally that is not what was cast; garbage under a good token", &[Rust]),
    ("49a", "closing early, or for a few", &[Rust]),
    ("50", "a ballot copied from somebody else", &[Rust]),
    ("51", "what is left after closing", &[Rust]),
    ("52", "a group below the threshold", &[Rust]),
    ("53", "a figure while the wave runs", &[Rust]),
    ("54", "keys in memory, files or core dumps after closing", &[Rust]),
    ("55", "a crash between any two steps of closing", &[Rust]),
    ("56", "a result file that proves too little or too much", &[Rust]),
    ("57", "one second before and after the end", &[Rust]),
    ("58", "the shared tablet remembers somebody", &[Browser]),
    ("59", "a paper card used twice, beside a token, or for another cohort", &[Rust]),
    ("60", "a list of whom to remind that knows who answered", &[Rust]),
    ("61", "answering right after pick-up without being told what that means", &[Browser]),
];

const NOT_MET: &[(&str, &str)] = &[
    (
        "62",
        "a leader who submits known reports beside one victim's: there is one server in this version, not two aggregators",
    ),
    ("63", "a batch other than the frozen cohort: as 62"),
    ("64", "shares that two native aggregators cannot verify: as 62"),
    (
        "65",
        "a report with two answers on one item, caught by verification of shares: as 62; here such a ballot is spoilt at the tally",
    ),
];

/// Fewest attacks that must be met.
const AT_LEAST: usize = 60;

/// What became of the tests of an attack: how many passed, and the names of those that did not.
type Outcomes = BTreeMap<(String, Where), (u32, Vec<String>)>;

/// Mounts all attacks at full size and prints a line for each.
///
/// # Errors
///
/// If one succeeds, is missing, or cannot be mounted.
pub(crate) fn run() -> Result<()> {
    let mut outcomes = Outcomes::new();
    rust(&mut outcomes)?;
    node(&mut outcomes)?;
    browser(&mut outcomes)?;

    let mut met = 0;
    let mut failed = Vec::new();
    for (number, title, places) in ATTACKS {
        let parts: Vec<_> = places
            .iter()
            .map(|it| outcomes.remove(&((*number).to_owned(), *it)).unwrap_or_default())
            .collect();
        let passed: u32 = parts.iter().map(|it| it.0).sum();
        let broken: Vec<&String> = parts.iter().flat_map(|it| &it.1).collect();
        let mounted = parts.iter().all(|it| it.0 > 0 || !it.1.is_empty());
        let verdict = if !mounted {
            "NOT MOUNTED"
        } else if broken.is_empty() {
            "fails as it must"
        } else {
            "SUCCEEDS"
        };
        let tests = if passed == 1 { "1 test" } else { &format!("{passed} tests") };
        say(&format!("{number:>4}  {verdict:<16}  {title} ({tests}, {places:?})"));
        if verdict == "fails as it must" {
            met += 1;
        } else {
            failed.push(format!("{number}: {verdict} {broken:?}"));
        }
    }
    say("");
    for (number, reason) in NOT_MET {
        say(&format!("{number:>4}  not met           {reason}"));
    }
    say("");
    say(&format!(
        "{met} attacks mounted, all of them fail as they must; {} not met",
        NOT_MET.len()
    ));
    ensure!(outcomes.is_empty(), "attacks without a line here: {:?}", outcomes.keys());
    ensure!(failed.is_empty(), "{}", failed.join("\n"));
    ensure!(met >= AT_LEAST, "fewer than {AT_LEAST}");
    Ok(())
}

fn note(outcomes: &mut Outcomes, number: &str, place: Where, name: &str, passed: bool) {
    // 07 and 7 are one attack; 49a is another than 49.
    let number = number.trim_start_matches('0').to_owned();
    let (count, broken) = outcomes.entry((number, place)).or_default();
    if passed {
        *count += 1;
    } else {
        broken.push(name.to_owned());
    }
}

/// Runs `command` and hands each line it prints to `hear`; what it says about itself is shown.
fn listen(command: &mut Command, mut hear: impl FnMut(&str)) -> Result<bool> {
    let mut child = command
        .stdout(Stdio::piped())
        .stderr(if std::io::stderr().is_terminal() { Stdio::inherit() } else { Stdio::null() })
        .spawn()
        .with_context(|| format!("starting {:?}", command.get_program()))?;
    let out = child.stdout.take().context("its output")?;
    for line in BufReader::new(out).lines() {
        hear(&line?);
    }
    Ok(child.wait()?.success())
}

fn rust(outcomes: &mut Outcomes) -> Result<()> {
    say("mounting attacks on the running product …");
    let packages = ["tideline-tests", "tideline-ballot", "tideline-domain"];
    let mut command = Command::new(env!("CARGO"));
    command.current_dir(root()).args(["test", "--no-fail-fast"]);
    for package in packages {
        command.args(["--package", package]);
    }
    command.args(["--", "attack_"]).env("TIDELINE_ATTACKS_FULL", "1");
    let mut any = false;
    let mut lines = Vec::new();
    let passed = listen(&mut command, |line| {
        lines.push(line.to_owned());
        // test attacks::tokens::attack_05_one_token … ok
        let Some((name, verdict)) = line
            .strip_prefix("test ")
            .and_then(|it| it.rsplit_once(" ... "))
            .filter(|it| matches!(it.1, "ok" | "FAILED"))
        else {
            return;
        };
        let Some((_, rest)) = name.split_once("attack_") else { return };
        let number = rest.split('_').next().unwrap_or(rest);
        note(outcomes, number, Rust, name, verdict == "ok");
        any = true;
    })?;
    if !any || !passed && outcomes.values().all(|it| it.1.is_empty()) {
        bail!("the tests did not run:\n{}", lines.join("\n"));
    }
    if !passed {
        say(&lines.join("\n"));
    }
    Ok(())
}

/// `ok 5 - attack 10: every flipped bit …`; an attack may be several: `attack 11, 12: …`.
fn tap(outcomes: &mut Outcomes, place: Where, line: &str) {
    let line = line.trim_start();
    let (passed, rest) = match line.strip_prefix("not ok ") {
        Some(rest) => (false, rest),
        None => match line.strip_prefix("ok ") {
            Some(rest) => (true, rest),
            None => return,
        },
    };
    let Some((_, name)) = rest.split_once(" - attack ") else { return };
    let Some((numbers, title)) = name.split_once(": ") else { return };
    for number in numbers.split(", ") {
        note(outcomes, number, place, title, passed);
    }
}

fn node(outcomes: &mut Outcomes) -> Result<()> {
    say("mounting attacks on the browser's code …");
    let web = root().join("crates/api/web");
    npm_install(&web)?;
    let mut command = Command::new("node");
    command.current_dir(&web).args(["test.mjs", "--tap"]);
    listen(&mut command, |line| tap(outcomes, Node, line))?;
    Ok(())
}

fn browser(outcomes: &mut Outcomes) -> Result<()> {
    say("mounting attacks in a real browser …");
    let mut command = browser_command("attacks.test.mjs")?.context(
        "these attacks need Chromium; set CHROMIUM to its path if it is not in a usual place",
    )?;
    listen(&mut command, |line| tap(outcomes, Browser, line))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_attack_of_the_document_has_a_line_here() {
        let text = include_str!("../../../docs/attacks.md");
        let numbers: Vec<&str> = text
            .lines()
            .filter_map(|it| it.strip_prefix("| "))
            .filter_map(|it| it.split(" | ").next())
            .filter(|it| it.starts_with(|first: char| first.is_ascii_digit()))
            .collect();
        let known: Vec<&str> =
            ATTACKS.iter().map(|it| it.0).chain(NOT_MET.iter().map(|it| it.0)).collect();
        assert_eq!(numbers, known);
        assert!(ATTACKS.len() >= AT_LEAST);
    }

    #[test]
    fn lines_of_tests_are_understood() {
        let mut outcomes = Outcomes::new();
        tap(&mut outcomes, Node, "ok 3 - attack 11, 12: an element");
        tap(&mut outcomes, Node, "    not ok 4 - attack 12: a proof");
        tap(&mut outcomes, Node, "ok 5 - something else");
        assert_eq!(outcomes[&("11".to_owned(), Node)], (1, vec![]));
        assert_eq!(outcomes[&("12".to_owned(), Node)], (1, vec!["a proof".to_owned()]));
        note(&mut outcomes, "07", Rust, "x", true);
        assert_eq!(outcomes[&("7".to_owned(), Rust)], (1, vec![]));
    }
}

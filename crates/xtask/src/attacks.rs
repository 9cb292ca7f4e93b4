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
    ("80", "somebody outside with what HR can download of two check-ins, and the rosters", &[Rust]),
    ("81", "the same with twelve check-ins, in which people join, leave and move", &[Rust]),
    ("90", "set-up once somebody is there, several at once, or while a roster comes in", &[Rust]),
    (
        "91",
        "power for a minute: a role taken and given back, an entry's role changed afterwards, or the whole log written anew",
        &[Rust],
    ),
    (
        "92",
        "a token, a session or a role outlives sign-out, a new password, leaving, or another process's change",
        &[Rust],
    ),
    ("93", "a found bearer token ends its owner's sessions", &[Rust]),
    (
        "94",
        "the address of somebody who has left, or one that changes hands in a roster, opens the account before or after",
        &[Rust],
    ),
    (
        "95",
        "how long asking for a link or trying a password takes tells whether an address is known, or has a password",
        &[Rust],
    ),
    ("96", "a stranger's guesses, or the links a stranger asks for, lock the owner out", &[Rust]),
    ("97", "an identity provider that never answers holds everything up", &[Rust]),
    ("110", "a mail scanner that opens links and runs their scripts", &[Rust, Browser]),
    ("111", "somebody else's link in a browser where somebody is signed in", &[Rust, Browser]),
    ("112", "a link that leads to another site after signing in, or does something", &[Rust]),
    ("113", "an identity provider's token that was made for another client", &[Browser]),
    ("114", "an identity provider's code that another browser got, or none at all", &[Browser]),
    ("115", "what a passkey answered is sent once more", &[Rust, Browser]),
    ("116", "the passkey of somebody else, or somebody else's name on one's own", &[Rust]),
    ("117", "a passkey used at another address, or by a page that needs none", &[Rust]),
    ("118", "a passkey's answer to another question, or in another browser", &[Rust]),
    ("119", "the passkey of somebody who has left", &[Rust]),
    ("120", "copies of the box taken all the time tell how many answered, and when", &[Rust]),
    ("121", "what the database keeps of sessions and pick-ups tells who was here when", &[Rust]),
    ("122", "a script that the manifest does not know, or one that stands for another", &[Rust]),
    (
        "123",
        "PostgreSQL's write-ahead log tells who was here, and who picked up a token when",
        &[Rust],
    ),
    ("124", "two manifests ground to the same words", &[Rust]),
    ("66", "a link from elsewhere spends somebody's one issuance", &[Browser]),
    ("67", "a link leaves a record behind that blocks, or has one forgotten", &[Browser]),
    ("68", "a link makes a check-in look ready that is not", &[Browser]),
    ("69", "an image, a link or a form on another page deletes what a browser keeps", &[Browser]),
    (
        "70",
        "answering with, or reading of, another person's check-in in a browser both use",
        &[Browser],
    ),
    (
        "76",
        "a link from anywhere spends the one request of somebody who is signed in, in two engines",
        &[Browser],
    ),
    (
        "77",
        "a link from anywhere leaves a record in the way, or says that all is ready, in two engines",
        &[Browser],
    ),
    (
        "78",
        "a page of another site has the browser throw the check-in away, in two engines",
        &[Browser],
    ),
    ("79", "parcels of every kind at every page, in two engines", &[Browser]),
    (
        "130",
        "asking for the public log again and again, from whose year of entries it is made",
        &[Rust],
    ),
    ("131", "a program that reads all the time and fills the audit log", &[Rust]),
    ("132", "thousands of made-up series, each kept as a page", &[Rust]),
    ("133", "asking faster than anybody reads, through the proxy we ship", &[Rust]),
    ("134", "hundreds of bodies that never end, on either listener", &[Rust]),
    ("135", "strangers whose requests have every page made anew", &[Rust]),
    (
        "136",
        "a roster whose preview costs the square of its size, or a large organisation that keeps the threads that answer",
        &[Rust],
    ),
    ("137", "other users of the machine read what the program wrote", &[Rust]),
    ("138", "a data folder into which others write", &[Rust]),
    (
        "139",
        "a name, or a refused setting, with characters that nobody sees or that turn the line around",
        &[Rust],
    ),
    (
        "140",
        "a name that a spreadsheet runs, in whatever width; a roster that comes back changed",
        &[Rust],
    ),
    ("141", "a name that a workbook takes for a number", &[Rust]),
    ("142", "passwords from strangers until nobody else can sign in", &[Rust]),
    ("143", "a database that does not answer keeps help from being shown", &[Rust]),
    ("144", "a package of another licence or from elsewhere slips in", &[Rust]),
    ("145", "eight callers at every route that the sources register, by every method", &[Rust]),
    ("146", "twenty forged tokens, seven ways each", &[Rust]),
    ("147", "requests that another site made up, at every route that changes something", &[Rust]),
    ("148", "raw HTTP that is no request, or two, or too large", &[Rust]),
    (
        "149",
        "names that mean something elsewhere, through every page, document, file and mail",
        &[Rust],
    ),
    (
        "150",
        "an administrator with the database and its backups opens what finds a check-in again, or tries codes",
        &[Node],
    ),
    ("151", "pages of the app use the passkey that finds a check-in again", &[Node, Browser]),
    (
        "152",
        "another person's sealed copies are read, changed, taken away or opened",
        &[Rust, Node],
    ),
    (
        "153",
        "a token is worked out from the code after the release, or with another share",
        &[Rust, Node],
    ),
    ("154", "the database, its backups or the log tell who has a code", &[Rust]),
    ("155", "sealed copies without end, large ones, and reading them all the time", &[Rust]),
    ("156", "a link has somebody's code replaced, or a copy kept that is not theirs", &[Browser]),
    ("157", "the app, or anybody on the way, gets to see the code or the secret", &[Browser]),
    ("158", "a code without its owner's sign-in", &[Rust]),
    ("159", "an identity provider's own session opens somebody's account", &[Rust, Browser]),
    ("160", "the password of the mail server is told, or mails are diverted", &[Rust]),
    ("161", "a look at the head uses up a sign-in", &[Rust]),
    ("162", "a wrong database or folder destroys the running wave", &[Rust]),
    ("163", "a backup has keys, boxes, who picked up a token or is signed in", &[Rust]),
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
    sign_in(&mut outcomes)?;

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
    outside()?;
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

/// What the attacker from outside left people, at worst and on average: attacks 80 and 81 write it down.
fn outside() -> Result<()> {
    for number in ["80", "81"] {
        let path = root().join(format!("target/outside/attack-{number}.txt"));
        let Ok(text) = std::fs::read_to_string(&path) else { continue };
        say("");
        text.lines().for_each(|line| say(&format!("{number:>4}  {line}")));
        std::fs::remove_file(&path).with_context(|| format!("removing {}", path.display()))?;
    }
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
    let packages = [
        "tideline-tests",
        "tideline-ballot",
        "tideline-domain",
        "tideline-store",
        "tideline-api",
        "tideline-server",
        "xtask",
    ];
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
    let files = ["attacks.test.mjs", "hand-over.test.mjs", "where.test.mjs", "foreign.test.mjs"];
    let mut command = browser_command(&files)?.context(
        "these attacks need Chromium; set CHROMIUM to its path if it is not in a usual place",
    )?;
    listen(&mut command, |line| tap(outcomes, Browser, line))?;
    Ok(())
}

/// Links, identity providers and passkeys, in a real browser.
fn sign_in(outcomes: &mut Outcomes) -> Result<()> {
    say("mounting attacks on signing in …");
    let files = ["links.test.mjs", "oidc.test.mjs", "passkeys.test.mjs"];
    let mut command = browser_command(&files)?.context("these need Chromium")?;
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
        let mut known: Vec<&str> =
            ATTACKS.iter().map(|it| it.0).chain(NOT_MET.iter().map(|it| it.0)).collect();
        // 49a comes after 49.
        known.sort_by_key(|it| {
            let digits = it.trim_end_matches(|letter: char| letter.is_ascii_alphabetic());
            (digits.parse::<u32>().unwrap(), it.len())
        });
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

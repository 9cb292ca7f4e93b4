//! What the release engine and the estimators do on cases they have never seen: files of disclosure cases, worked
//! reference figures, simulated organisations. `cargo xtask help` lists these chores with the others.

mod disclosure;
mod golden;
mod organisation;
mod simulate;
mod team_means;

use std::ffi::OsString;

use anyhow::{Context as _, Result, bail};

/// Prints a line; this program talks to people.
#[expect(clippy::print_stdout, reason = "a chore's words go to the terminal")]
pub(crate) fn say(line: &str) {
    println!("{line}");
}

fn main() -> Result<()> {
    let mut arguments = std::env::args_os().skip(1);
    let chore = arguments.next().unwrap_or_default();
    let arguments: Vec<OsString> = arguments.collect();
    match chore.to_str() {
        Some("disclosure") => disclosure::run(&arguments),
        Some("golden") => golden::run(&arguments.into_iter().map(Into::into).collect::<Vec<_>>()),
        Some("simulate") => simulate::run(&texts(arguments)?),
        Some("team-means") => team_means::run(&texts(arguments)?),
        _ => bail!("a chore is disclosure, golden, simulate or team-means"),
    }
}

/// Arguments that must be text.
fn texts(arguments: Vec<OsString>) -> Result<Vec<String>> {
    let text = |it: OsString| it.into_string().ok().context("an argument is not UTF-8");
    arguments.into_iter().map(text).collect()
}

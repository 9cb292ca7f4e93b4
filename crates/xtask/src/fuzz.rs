//! `cargo xtask fuzz [SECONDS]`: the fuzz targets, two at a time, each for so long.

use std::{
    env, fs,
    process::{Child, Command, Stdio},
    thread::sleep,
    time::Duration,
};

use anyhow::{Context as _, Result, bail, ensure};

use crate::run::{root, say};

/// Targets, and the longest input that makes sense for each. Unit: bytes.
const TARGETS: [(&str, u32); 6] = [
    ("issue", 1100),
    ("redeem", 1100),
    ("manifest", 8192),
    ("ballot_box", 16_384),
    ("ballot", 80),
    ("roster", 8192),
];
/// How many run at once.
const AT_ONCE: usize = 2;
/// How long each runs if nothing else is said. Unit: seconds.
const SECONDS: u32 = 60;

/// Runs every target.
///
/// # Errors
///
/// If `cargo fuzz` is not there, or a target finds an input that breaks it: the message says where
/// it lies.
pub(crate) fn run(seconds: Option<&str>) -> Result<()> {
    let seconds: u32 = seconds.map_or(Ok(SECONDS), str::parse).context("SECONDS is a number")?;
    let there = Command::new("cargo").args(["fuzz", "--version"]).output();
    if !there.is_ok_and(|it| it.status.success()) {
        ensure!(env::var_os("CI").is_none(), "CI needs cargo-fuzz");
        say(
            "SKIPPED: fuzzing, because cargo-fuzz is not there (cargo install cargo-fuzz --locked)",
        );
        return Ok(());
    }
    // One build for all of them, before they run side by side.
    let built = command(&["build"]).status()?;
    ensure!(built.success(), "the fuzz targets cannot be built");
    for pair in TARGETS.chunks(AT_ONCE) {
        let running: Vec<(&str, Child)> = pair
            .iter()
            .map(|(target, longest)| Ok((*target, start(target, *longest, seconds)?)))
            .collect::<Result<_>>()?;
        for (target, child) in running {
            let output = child.wait_with_output()?;
            let text = String::from_utf8_lossy(&output.stderr).into_owned();
            let done = text.lines().rfind(|it| it.starts_with("Done "));
            match done.filter(|_| output.status.success()) {
                Some(done) => say(&format!("{target:<12} {done}")),
                None => bail!("{target} was broken:\n{text}"),
            }
        }
    }
    Ok(())
}

fn start(target: &str, longest: u32, seconds: u32) -> Result<Child> {
    let corpus = root().join("fuzz/corpus").join(target);
    fs::create_dir_all(&corpus)?;
    let seeds = root().join("fuzz/seeds").join(target);
    let mut command = command(&["run", target]);
    command.arg(&corpus);
    if seeds.is_dir() {
        command.arg(&seeds);
    }
    command
        .arg("--")
        .arg(format!("-max_total_time={seconds}"))
        .arg(format!("-max_len={longest}"))
        .args(["-timeout=20", "-print_final_stats=0", "-rss_limit_mb=2048"])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped());
    // Both would otherwise begin by waiting for each other's lock on the build.
    sleep(Duration::from_millis(300));
    command.spawn().with_context(|| format!("starting {target}"))
}

/// `cargo fuzz` on the stable toolchain: coverage instrumentation is a compiler flag that it only
/// lets through like this. Without the address sanitiser, which would need another standard library;
/// our own code has no `unsafe` for it to look at.
fn command(args: &[&str]) -> Command {
    let mut command = Command::new("cargo");
    command.current_dir(root()).env("RUSTC_BOOTSTRAP", "1").arg("fuzz").args(args);
    command.args(["--sanitizer", "none"]);
    command
}

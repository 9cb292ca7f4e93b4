//! How chores run other programs: each is said aloud, and the first failure ends the chore.

use std::{
    env,
    io::{BufRead as _, BufReader},
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use anyhow::{Context as _, Result, bail, ensure};

/// Prints a line; this program talks to people.
#[expect(clippy::print_stdout, reason = "a chore's words go to the terminal")]
pub(crate) fn say(line: &str) {
    println!("{line}");
}

/// A program of ours, built. Of the whole workspace with its tests, because cargo chooses the features of outside
/// libraries by what is built together: any smaller choice builds most of them once more.
pub(crate) fn program(name: &str) -> Result<PathBuf> {
    cargo(&["build", "--workspace", "--bins", "--tests"])?;
    Ok(root().join("target/debug").join(format!("{name}{}", env::consts::EXE_SUFFIX)))
}

/// The command that runs these files of the browser tests with a report in TAP; `None` without Chromium.
pub(crate) fn browser_command(files: &[&str]) -> Result<Option<Command>> {
    let Some(chromium) = chromium() else { return Ok(None) };
    let program = program("tideline")?;
    let tests = root().join("tests/browser");
    npm_install(&tests)?;
    let mut command = Command::new("node");
    command.current_dir(tests).args([
        "--test",
        "--test-force-exit",
        "--test-concurrency=1",
        "--test-reporter=tap",
    ]);
    command.args(files);
    Ok(Some(with_browsers(command, &program, &chromium)))
}

/// Tells a browser test where the program and the browsers are.
pub(crate) fn with_browsers(mut command: Command, program: &Path, chromium: &Path) -> Command {
    command.env("TIDELINE", program).env("CHROMIUM", chromium);
    if let Some(firefox) = firefox() {
        command.env("FIREFOX", firefox);
    }
    command
}

/// Installs what a folder's lock file names.
pub(crate) fn npm_install(dir: &Path) -> Result<()> {
    npm(dir, &["ci", "--ignore-scripts", "--no-audit", "--no-fund"])
}

pub(crate) fn chromium() -> Option<PathBuf> {
    found("CHROMIUM", &["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"])
}

fn firefox() -> Option<PathBuf> {
    found("FIREFOX", &["/usr/bin/firefox-esr", "/usr/bin/firefox"])
}

/// The program that a variable of the environment names, or the first that is in a usual place.
fn found(variable: &str, usual: &[&str]) -> Option<PathBuf> {
    let named = env::var_os(variable).map(PathBuf::from);
    named.into_iter().chain(usual.iter().map(PathBuf::from)).find(|it| it.exists())
}

/// The folder of the workspace.
pub(crate) fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
}

pub(crate) fn cargo(args: &[&str]) -> Result<()> {
    run(&mut cargo_command(args))
}

pub(crate) fn cargo_command(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO"));
    command.current_dir(root()).args(args);
    command
}

pub(crate) fn npm(dir: &Path, args: &[&str]) -> Result<()> {
    run(&mut npm_command(dir, args))
}

pub(crate) fn npm_command(dir: &Path, args: &[&str]) -> Command {
    let mut command = Command::new("npm");
    command.current_dir(dir).args(args);
    command
}

/// Runs a program, said aloud; an error if it fails.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    let shown = format!(
        "{} {}",
        Path::new(command.get_program()).file_name().unwrap_or_default().to_string_lossy(),
        command.get_args().map(|it| it.to_string_lossy()).collect::<Vec<_>>().join(" ")
    );
    say(&format!("> {shown}"));
    let status = command.status().with_context(|| format!("starting `{shown}`"))?;
    if !status.success() {
        bail!("`{shown}` failed");
    }
    Ok(())
}

/// [`run`] for cargo's tests; the error says which of them failed and what they said, so that the end of a long
/// log tells it.
pub(crate) fn run_tests(command: &mut Command) -> Result<()> {
    say("> cargo test");
    let mut child = command.stdout(Stdio::piped()).spawn().context("starting cargo")?;
    let (mut failed, mut failing) = (Vec::new(), false);
    for line in BufReader::new(child.stdout.take().context("its output")?).lines() {
        let line = line?;
        say(&line);
        failing |= line == "failures:";
        failing &= !line.starts_with("test result:");
        if failing {
            failed.push(line);
        }
    }
    ensure!(child.wait()?.success(), "`cargo test` failed\n{}", failed.join("\n"));
    Ok(())
}

/// The platform that this machine builds for.
pub(crate) fn host() -> Result<String> {
    let told = Command::new("rustc").arg("-vV").output()?;
    let text = String::from_utf8(told.stdout)?;
    let host = text.lines().find_map(|it| it.strip_prefix("host: "));
    Ok(host.context("rustc tells its host")?.to_owned())
}

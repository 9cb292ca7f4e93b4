//! The chores that run other programs. Each prints what it runs and stops at the first failure.

use std::{
    env,
    ffi::OsString,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context as _, Result, bail, ensure};

/// Prints a line; this program talks to people.
#[expect(clippy::print_stdout, reason = "a chore's words go to the terminal")]
pub(crate) fn say(line: &str) {
    println!("{line}");
}

/// Everything that must hold before a change lands.
pub(crate) fn ci() -> Result<()> {
    cargo(&["fmt", "--all", "--check"])?;
    crate::layers::check()?;
    cargo(&["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"])?;
    test()?;
    crate::fuzz::run(None)?;
    run(cargo_command(&["doc", "--workspace", "--no-deps"]).env("RUSTDOCFLAGS", "-D warnings"))
}

/// Starts a chore again as an optimised build: without, it takes many times as long.
pub(crate) fn optimised(arguments: &[OsString]) -> Result<()> {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml");
    let mut command = Command::new(env!("CARGO"));
    command.args(["run", "--quiet", "--release", "--manifest-path"]).arg(manifest).arg("--");
    let status = command.args(arguments).status()?;
    ensure!(status.success(), "the chore failed");
    Ok(())
}

/// All tests.
pub(crate) fn test() -> Result<()> {
    cargo(&["test", "--workspace"])?;
    referees()?;
    web()?;
    browser()?;
    api()
}

/// Has releases of made-up organisations judged by code that shares nothing with the product: our own
/// referee, which needs Python; and the one that `TIDELINE_REFEREE` names, if it is set (a program
/// that reads a file of schema `sdc-cases/1`, run by the Python that `TIDELINE_PYTHON` names).
fn referees() -> Result<()> {
    let python = env::var_os("TIDELINE_PYTHON").unwrap_or_else(|| "python3".into());
    if Command::new(&python).arg("--version").output().is_err() {
        ensure!(env::var_os("CI").is_none(), "CI needs Python for the referee");
        say("SKIPPED: the referee of releases, because Python is not there");
        return Ok(());
    }
    let folder = root().join("target/referee");
    std::fs::create_dir_all(&folder)?;
    let emitted = folder.join("releases.json");
    crate::disclosure::emit_made_up(&emitted)?;
    let own = root().join("tests/referee/referee.py");
    let other = env::var_os("TIDELINE_REFEREE").map(PathBuf::from);
    for referee in std::iter::once(own).chain(other) {
        run(Command::new(&python).arg(referee).arg(&emitted))?;
    }
    Ok(())
}

/// The benchmarks.
pub(crate) fn bench() -> Result<()> {
    cargo(&["bench", "--package", "tideline-ballot", "--package", "tideline-booth"])?;
    cargo(&["bench", "--package", "tideline-aggregation", "--bench", "release"])?;
    cargo(&["bench", "--package", "tideline-report", "--bench", "reports"])?;
    cargo(&["bench", "--package", "tideline-tests", "--bench", "pages"])
}

fn web() -> Result<()> {
    let web = root().join("crates/api/web");
    npm(&web, &["ci", "--ignore-scripts", "--no-audit", "--no-fund"])?;
    npm(&web, &["test"])
}

/// The browser test; without Chromium it says so loudly, and fails where `CI` is set.
pub(crate) fn browser() -> Result<()> {
    let Some(chromium) = chromium() else {
        ensure!(env::var_os("CI").is_none(), "CI needs Chromium for the browser test");
        say("SKIPPED: the browser test, because Chromium is not there (set CHROMIUM to its path)");
        return Ok(());
    };
    cargo(&["build", "--package", "tideline-server"])?;
    let tests = root().join("tests/browser");
    npm(&tests, &["ci", "--ignore-scripts", "--no-audit", "--no-fund"])?;
    let program = root().join("target/debug").join(format!("tideline{}", env::consts::EXE_SUFFIX));
    run(npm_command(&tests, &["test"]).env("CHROMIUM", chromium).env("TIDELINE", program))
}

/// Schemathesis against the running program. Needs Python 3.10 or newer with venv.
pub(crate) fn api() -> Result<()> {
    cargo(&["build", "--package", "tideline-server"])?;
    let tests = root().join("tests/browser");
    npm(&tests, &["ci", "--ignore-scripts", "--no-audit", "--no-fund"])?;
    let venv = root().join("target/schemathesis");
    let command = venv.join("bin/schemathesis");
    if !command.exists() {
        run(Command::new("python3").args(["-m", "venv"]).arg(&venv))?;
        run(Command::new(venv.join("bin/pip")).args(["install", "--quiet", "schemathesis==4.*"]))?;
    }
    let program = root().join("target/debug").join(format!("tideline{}", env::consts::EXE_SUFFIX));
    run(Command::new("node")
        .arg("api.mjs")
        .current_dir(&tests)
        .env("SCHEMATHESIS", command)
        .env("TIDELINE", program))
}

/// The command that runs one file of the browser tests with a report in TAP; `None` without Chromium.
pub(crate) fn browser_command(file: &str) -> Result<Option<Command>> {
    let Some(chromium) = chromium() else { return Ok(None) };
    cargo(&["build", "--package", "tideline-server"])?;
    let tests = root().join("tests/browser");
    npm_install(&tests)?;
    let program = root().join("target/debug").join(format!("tideline{}", env::consts::EXE_SUFFIX));
    let mut command = Command::new("node");
    command.current_dir(tests).args(["--test", "--test-reporter=tap", file]);
    command.env("CHROMIUM", chromium).env("TIDELINE", program);
    Ok(Some(command))
}

/// Installs what a folder's lock file names.
pub(crate) fn npm_install(dir: &Path) -> Result<()> {
    npm(dir, &["ci", "--ignore-scripts", "--no-audit", "--no-fund"])
}

fn chromium() -> Option<PathBuf> {
    let named = env::var_os("CHROMIUM").map(PathBuf::from);
    let usual = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
    named.into_iter().chain(usual.map(PathBuf::from)).find(|it| it.exists())
}

/// The folder of the workspace.
pub(crate) fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
}

fn cargo(args: &[&str]) -> Result<()> {
    run(&mut cargo_command(args))
}

fn cargo_command(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO"));
    command.current_dir(root()).args(args);
    command
}

fn npm(dir: &Path, args: &[&str]) -> Result<()> {
    run(&mut npm_command(dir, args))
}

fn npm_command(dir: &Path, args: &[&str]) -> Command {
    let mut command = Command::new("npm");
    command.current_dir(dir).args(args);
    command
}

fn run(command: &mut Command) -> Result<()> {
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

//! The chores that run other programs. Each prints what it runs and stops at the first failure.

use std::{
    env,
    ffi::OsString,
    fs,
    io::{BufRead as _, BufReader},
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use anyhow::{Context as _, Result, anyhow, bail, ensure};

/// Prints a line; this program talks to people.
#[expect(clippy::print_stdout, reason = "a chore's words go to the terminal")]
pub(crate) fn say(line: &str) {
    println!("{line}");
}

/// How long each fuzz target runs before a change lands; `cargo xtask fuzz` is more patient. Unit: seconds.
const FUZZ_SECONDS: &str = "20";

/// Everything that must hold before a change lands.
pub(crate) fn ci() -> Result<()> {
    cargo(&["fmt", "--all", "--check"])?;
    crate::layers::check()?;
    // What comes next works without the network; a new machine has nothing yet.
    cargo(&["fetch", "--locked", "--target", &crate::dist::host()?])?;
    crate::supply::check()?;
    cargo(&["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"])?;
    test()?;
    crate::fuzz::run(Some(FUZZ_SECONDS))?;
    run(cargo_command(&["doc", "--workspace", "--no-deps"]).env("RUSTDOCFLAGS", "-D warnings"))
}

/// A chore of `tideline-evaluation`; optimised where it would take many times as long without.
pub(crate) fn evaluation(chore: &str, arguments: &[OsString]) -> Result<()> {
    let mut command = cargo_command(&["run", "--quiet", "--package", "tideline-evaluation"]);
    if chore == "simulate" || arguments.iter().any(|it| it == "--trees") {
        command.arg("--release");
    }
    let status = command.arg("--").arg(chore).args(arguments).status()?;
    ensure!(status.success(), "the chore failed");
    Ok(())
}

/// All tests. What fails does not keep the rest from being run: one run tells everything that is wrong.
pub(crate) fn test() -> Result<()> {
    let mut tests = cargo_command(&["test", "--workspace", "--no-fail-fast"]);
    if let Some(programs) = crate::peers::programs()? {
        tests.env("TIDELINE_PEERS", programs);
    }
    let failures: Vec<String> =
        [run_tests(&mut tests), referees(), crate::dist::check_bill(), web(), browser(&[]), api()]
            .into_iter()
            .filter_map(|it| it.err().map(|it| format!("{it:#}")))
            .collect();
    ensure!(failures.is_empty(), "{}", failures.join("\n"));
    Ok(())
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
    fs::create_dir_all(&folder)?;
    let emitted = folder.join("releases.json");
    if emitted.exists() {
        fs::remove_file(&emitted)?;
    }
    let made_up = ["disclosure", "--k", "5,6,8", "--emit"];
    run(Command::new(program("tideline-evaluation")?).args(made_up).arg(&emitted))?;
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

/// A program of ours, built. Of the whole workspace with its tests, because cargo chooses the features of outside
/// libraries by what is built together: any smaller choice builds most of them once more.
fn program(name: &str) -> Result<PathBuf> {
    cargo(&["build", "--workspace", "--bins", "--tests"])?;
    Ok(root().join("target/debug").join(format!("{name}{}", env::consts::EXE_SUFFIX)))
}

/// The browser tests, in every engine; then the table of browsers and steps. Without Chromium it says so
/// loudly; so does each test whose engine is not there. Where `CI` is set, nothing may be left out. `settings`
/// are variables of the environment that the tests know.
pub(crate) fn browser(settings: &[(&str, &str)]) -> Result<()> {
    let Some(chromium) = chromium() else {
        ensure!(env::var_os("CI").is_none(), "CI needs Chromium for the browser test");
        say("SKIPPED: the browser test, because Chromium is not there (set CHROMIUM to its path)");
        return Ok(());
    };
    let notes = root().join("target/browser-steps");
    if notes.exists() {
        fs::remove_dir_all(&notes)?;
    }
    let program = program("tideline")?;
    let tests = root().join("tests/browser");
    npm_install(&tests)?;
    let mut test = with_browsers(npm_command(&tests, &["test"]), &program, &chromium);
    let tested = run(test.envs(settings.iter().copied())).map_err(|failed| {
        let names = fs::read_to_string(root().join("target/browser-failures.txt"));
        anyhow!("{failed}\n{}", names.unwrap_or_default())
    });
    // Told also, and most of all, when something failed.
    let told = run(Command::new("node")
        .arg("engines/table.mjs")
        .current_dir(&tests)
        .env("CHROMIUM", &chromium));
    tested.and(told)
}

/// Schemathesis against the running program.
pub(crate) fn api() -> Result<()> {
    let Some(programs) = crate::peers::programs()? else { return Ok(()) };
    let program = program("tideline")?;
    let tests = root().join("tests/browser");
    npm(&tests, &["ci", "--ignore-scripts", "--no-audit", "--no-fund"])?;
    run(Command::new("node")
        .arg("api.mjs")
        .current_dir(&tests)
        .env("SCHEMATHESIS", programs.join("schemathesis"))
        .env("TIDELINE", program))
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
fn with_browsers(mut command: Command, program: &Path, chromium: &Path) -> Command {
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

fn chromium() -> Option<PathBuf> {
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
fn run_tests(command: &mut Command) -> Result<()> {
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

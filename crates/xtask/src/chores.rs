//! The chores that are other programs: tests, benchmarks, the evaluation, and all of them as `ci`.

use std::{env, ffi::OsString, fs, path::PathBuf, process::Command};

use anyhow::{Result, anyhow, ensure};

use crate::{
    dist, fuzz, layers, peers,
    run::{
        cargo, cargo_command, chromium, host, npm, npm_command, npm_install, program, root, run,
        run_tests, say, with_browsers,
    },
    supply,
};

/// How long each fuzz target runs before a change lands; `cargo xtask fuzz` is more patient. Unit: seconds.
const FUZZ_SECONDS: &str = "20";

/// Everything that must hold before a change lands.
pub(crate) fn ci() -> Result<()> {
    cargo(&["fmt", "--all", "--check"])?;
    layers::check()?;
    // What comes next works without the network; a new machine has nothing yet.
    cargo(&["fetch", "--locked", "--target", &host()?])?;
    supply::check()?;
    cargo(&["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"])?;
    test()?;
    fuzz::run(Some(FUZZ_SECONDS))?;
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
    if let Some(programs) = peers::programs()? {
        tests.env("TIDELINE_PEERS", programs);
    }
    let failures: Vec<String> =
        [run_tests(&mut tests), referees(), dist::check_bill(), web(), browser(&[]), api()]
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
    let Some(programs) = peers::programs()? else { return Ok(()) };
    let program = program("tideline")?;
    let tests = root().join("tests/browser");
    npm(&tests, &["ci", "--ignore-scripts", "--no-audit", "--no-fund"])?;
    run(Command::new("node")
        .arg("api.mjs")
        .current_dir(&tests)
        .env("SCHEMATHESIS", programs.join("schemathesis"))
        .env("TIDELINE", program))
}

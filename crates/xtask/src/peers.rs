//! Other people's implementations of what Tideline speaks, to agree or disagree with ours: programs from
//! PyPI in one virtual environment, `target/peers`.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context as _, Result, ensure};

use crate::run;

/// What is installed. A line is "name==version" as pip takes it.
const PACKAGES: [&str; 4] = [
    "cyclonedx-python-lib[json-validation]==11.*",
    "dkimpy==1.*",
    "pynacl==1.*",
    "schemathesis==4.*",
];

/// The environment's folder of programs (`python`, `schemathesis`), made when it is missing or was made for
/// other packages; `None` without Python, which fails where `CI` is set.
///
/// # Errors
///
/// If Python has no `venv`, or the packages cannot be fetched.
pub(crate) fn programs() -> Result<Option<PathBuf>> {
    if Command::new("python3")
        .args(["-c", "import venv, ensurepip"])
        .output()
        .is_ok_and(|it| it.status.success())
    {
        return made(&run::root().join("target/peers")).map(Some);
    }
    ensure!(env::var_os("CI").is_none(), "CI needs Python with venv for other implementations");
    run::say(
        "SKIPPED: what other implementations say of ours, because Python (with venv) is not there",
    );
    Ok(None)
}

fn made(folder: &Path) -> Result<PathBuf> {
    let (programs, list) = (folder.join("bin"), folder.join("packages.txt"));
    let wanted = PACKAGES.join("\n");
    if fs::read_to_string(&list).is_ok_and(|it| it == wanted) {
        return Ok(programs);
    }
    run::run(Command::new("python3").args(["-m", "venv", "--clear"]).arg(folder))?;
    run::run(Command::new(programs.join("pip")).args(["install", "--quiet"]).args(PACKAGES))?;
    // Last: an environment that is half made is made again.
    fs::write(&list, wanted).with_context(|| format!("writing {}", list.display()))?;
    Ok(programs)
}

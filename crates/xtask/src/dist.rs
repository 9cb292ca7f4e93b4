//! `cargo xtask dist`: what is handed out of a version, in `target/dist`: the two programs, what to run them
//! with, their bill of materials, and the digests of all of it.

use std::{
    collections::BTreeSet,
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context as _, Result, bail, ensure};
use sha2::{Digest as _, Sha256};

use crate::{
    run::{host, root, say},
    sbom,
};

/// The programs, and what goes with them.
const PROGRAMS: [&str; 2] = ["tideline", "tideline-booth"];
const BESIDE: [&str; 4] = ["LICENSE", "CHANGELOG.md", "config", "deploy"];
/// The bill of materials.
const BILL: &str = "tideline.cdx.json";
/// The digests, as `sha256sum --check` reads them.
const DIGESTS: &str = "SHA256SUMS";

/// Builds and gathers everything; with `--sbom` only the bill of materials.
///
/// # Errors
///
/// If something does not build, a lock file is not up to date, or a file cannot be written.
pub(crate) fn run(option: Option<&str>) -> Result<()> {
    let dist = root().join("target/dist");
    match option {
        Some("--sbom") => {
            fs::create_dir_all(&dist)?;
            say(&format!("written to {}", write_bill(&dist)?.display()));
            return Ok(());
        }
        Some(other) => bail!("dist takes --sbom or nothing, not {other}"),
        None => {}
    }
    let mut build = Command::new(env!("CARGO"));
    build.current_dir(root()).args(["build", "--release", "--locked"]);
    build.args(["--package", "tideline-server", "--package", "tideline-booth"]);
    ensure!(build.status()?.success(), "the programs do not build");
    if dist.exists() {
        fs::remove_dir_all(&dist)?;
    }
    fs::create_dir_all(&dist)?;
    for program in PROGRAMS {
        let name = format!("{program}{}", env::consts::EXE_SUFFIX);
        let from = root().join("target/release").join(&name);
        fs::copy(&from, dist.join(&name)).with_context(|| from.display().to_string())?;
    }
    for name in BESIDE {
        copy(&root().join(name), &dist.join(name))?;
    }
    write_bill(&dist)?;
    fs::write(dist.join(DIGESTS), digests(&dist)?)?;
    say(&format!("written to {}", dist.display()));
    Ok(())
}

fn write_bill(dist: &Path) -> Result<PathBuf> {
    let bill = dist.join(BILL);
    fs::write(&bill, sbom::make(&host()?)?)?;
    Ok(bill)
}

/// Has another implementation hold the bill of materials against the official schema.
pub(crate) fn check_bill() -> Result<()> {
    let dist = root().join("target/dist");
    fs::create_dir_all(&dist)?;
    let bill = write_bill(&dist)?;
    let Some(programs) = crate::peers::programs()? else { return Ok(()) };
    let python = programs.join("python");
    let script = root().join("crates/xtask/src/check_sbom.py");
    let checked = Command::new(&python).arg(script).arg(&bill).status()?;
    ensure!(checked.success(), "the bill of materials does not hold");
    Ok(())
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    if !from.is_dir() {
        fs::copy(from, to).with_context(|| from.display().to_string())?;
        return Ok(());
    }
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        copy(&entry.path(), &to.join(entry.file_name()))?;
    }
    Ok(())
}

/// A line for each file below `dist`, by name.
fn digests(dist: &Path) -> Result<String> {
    let mut files = BTreeSet::new();
    let mut todo = vec![dist.to_owned()];
    while let Some(folder) = todo.pop() {
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            if path.is_dir() {
                todo.push(path);
            } else {
                files.insert(path);
            }
        }
    }
    let mut lines = String::new();
    for file in files {
        let digest = Sha256::digest(fs::read(&file)?);
        let hex: String = digest.iter().map(|it| format!("{it:02x}")).collect();
        lines.push_str(&format!("{hex}  {}\n", file.strip_prefix(dist)?.display()));
    }
    Ok(lines)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digests_are_as_sha256sum_writes_them() {
        let dir = tempfile::tempdir().unwrap();
        fs::create_dir(dir.path().join("deploy")).unwrap();
        fs::write(dir.path().join("deploy/a"), "abc").unwrap();
        fs::write(dir.path().join("b"), "").unwrap();
        let expected = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  b\n\
             ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad  deploy/a\n";
        assert_eq!(digests(dir.path()).unwrap(), expected);
    }

    #[test]
    fn the_container_is_built_from_the_lock_files_and_from_images_that_can_be_pinned() {
        let text = include_str!("../../../deploy/Dockerfile");
        let lines: Vec<&str> = text.lines().map(str::trim).collect();
        let builds: Vec<_> = lines.iter().filter(|it| it.contains("cargo build")).collect();
        assert!(
            !builds.is_empty() && builds.iter().all(|it| it.contains("--locked")),
            "{builds:?}"
        );
        // Each image is an argument, so that a digest can be given for it.
        for line in lines.iter().filter(|it| it.starts_with("FROM")) {
            let image = line.split(' ').nth(1).unwrap_or_default();
            let name = image.trim_start_matches("${").trim_end_matches('}');
            assert!(image.starts_with("${"), "{line}");
            assert!(lines.iter().any(|it| it.starts_with(&format!("ARG {name}="))), "{line}");
        }
    }
}

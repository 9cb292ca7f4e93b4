//! Layer rules: data in the root `Cargo.toml`, under `[workspace.metadata.layers]`.

use std::{
    collections::{BTreeMap, BTreeSet},
    process::Command,
};

use anyhow::{Context as _, Result, bail, ensure};
use cargo_metadata::{DependencyKind, Metadata, MetadataCommand};
use serde::Deserialize;

use crate::{
    modules,
    run::{root, say},
};

#[derive(Deserialize)]
struct Rules {
    /// For each crate of ours, the crates of ours that it may use.
    allowed: BTreeMap<String, BTreeSet<String>>,
    /// For each outside crate, the crates of ours that may use it directly.
    owners: BTreeMap<String, BTreeSet<String>>,
    /// For each crate of ours, what may not be in its tree at all.
    absent: BTreeMap<String, BTreeSet<String>>,
    /// For each crate of ours that has circles of modules still, and for the browser's scripts: how many
    /// files are in them. A number here may only become smaller.
    circles: BTreeMap<String, usize>,
}

/// What the rules call the browser's scripts.
const SCRIPTS: &str = "scripts";

/// Fails with every broken rule.
pub(crate) fn check() -> Result<()> {
    let metadata = MetadataCommand::new().no_deps().exec()?;
    let rules: Rules = serde_json::from_value(metadata.workspace_metadata["layers"].clone())
        .context("reading [workspace.metadata.layers]")?;
    let mut broken = direct(&metadata, &rules);
    for (package, absent) in &rules.absent {
        let tree = tree(package)?;
        broken.extend(
            absent
                .iter()
                .filter(|it| tree.contains(*it))
                .map(|it| format!("{package} pulls in {it}")),
        );
    }
    broken.extend(circular(&metadata, &rules)?);
    if broken.is_empty() {
        say("layers hold");
        return Ok(());
    }
    bail!("layers are broken:\n  {}", broken.join("\n  "))
}

/// Circles of modules that are not known, and numbers that are too large by now; says what circles there are.
fn circular(metadata: &Metadata, rules: &Rules) -> Result<Vec<String>> {
    let mut found = BTreeMap::new();
    for package in &metadata.packages {
        let src = package.manifest_path.with_file_name("src");
        if src.exists() {
            found.insert(package.name.to_string(), modules::circles_of_crate(src.as_std_path())?);
        }
    }
    let scripts = root().join("crates/api/web/src");
    found.insert(SCRIPTS.to_owned(), modules::circles_of_scripts(&scripts)?);
    let mut broken = Vec::new();
    for (name, circles) in &found {
        let files: usize = circles.iter().map(|it| it.files).sum();
        let known = rules.circles.get(name).copied().unwrap_or(0);
        for circle in circles {
            say(&format!(
                "{name}: {} files need each other: {}",
                circle.files,
                circle.modules.join(", ")
            ));
        }
        if files > known {
            broken
                .push(format!("{name} has {files} files in circles of modules; known are {known}"));
        } else if files < known {
            broken.push(format!(
                "{name} has only {files} files in circles by now: say so in the rules, for {known}"
            ));
        }
    }
    let strange = rules.circles.keys().filter(|it| !found.contains_key(*it));
    broken.extend(strange.map(|it| format!("there is no {it} that could have circles")));
    Ok(broken)
}

fn direct(metadata: &Metadata, rules: &Rules) -> Vec<String> {
    let ours: BTreeSet<&str> = metadata.packages.iter().map(|it| it.name.as_str()).collect();
    let mut broken = Vec::new();
    for package in &metadata.packages {
        let name = package.name.as_str();
        let Some(allowed) = rules.allowed.get(name) else {
            broken.push(format!("{name} has no line in [workspace.metadata.layers.allowed]"));
            continue;
        };
        let tests_only = name == "tideline-tests";
        for dep in &package.dependencies {
            if dep.kind != DependencyKind::Normal && !tests_only {
                continue;
            }
            if ours.contains(dep.name.as_str()) && !allowed.contains(&dep.name) {
                broken.push(format!("{name} must not use {}", dep.name));
            }
            if let Some(owners) = rules.owners.get(&dep.name)
                && !owners.contains(name)
                && !tests_only
            {
                broken.push(format!("{name} must not use {}; only {owners:?} may", dep.name));
            }
        }
    }
    broken
}

/// Everything in the tree of `package`: asked of `cargo tree`, because workspace metadata unites features.
fn tree(package: &str) -> Result<BTreeSet<String>> {
    let output = Command::new(env!("CARGO"))
        .args(["tree", "--package", package, "--edges", "normal", "--prefix", "none"])
        .args(["--format", "{p}"])
        // Whatever the machine's settings say: the features of this package alone.
        .env("CARGO_RESOLVER_FEATURE_UNIFICATION", "selected")
        .output()
        .context("running cargo tree")?;
    ensure!(output.status.success(), "cargo tree: {}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout)?;
    Ok(text.lines().filter_map(|it| it.split(' ').next()).map(str::to_owned).collect())
}

//! Layer rules: data in the root `Cargo.toml`, under `[workspace.metadata.layers]`.

use std::{
    collections::{BTreeMap, BTreeSet},
    process::Command,
};

use anyhow::{Context as _, Result, bail, ensure};
use cargo_metadata::{DependencyKind, Metadata, MetadataCommand};
use serde::Deserialize;

#[derive(Deserialize)]
struct Rules {
    /// For each crate of ours, the crates of ours that it may use.
    allowed: BTreeMap<String, BTreeSet<String>>,
    /// For each outside crate, the crates of ours that may use it directly.
    owners: BTreeMap<String, BTreeSet<String>>,
    /// For each crate of ours, what may not be in its tree at all.
    absent: BTreeMap<String, BTreeSet<String>>,
}

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
    if broken.is_empty() {
        crate::run::say("layers hold");
        return Ok(());
    }
    bail!("layers are broken:\n  {}", broken.join("\n  "))
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

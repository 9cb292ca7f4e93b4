//! What the programs are made of, held against `deny.toml` without the network: licences, where packages
//! come from, and what may not be there. The file is cargo-deny's own, so that `cargo deny check` reads the
//! same rules; advisories need its database, and are left to it.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context as _, Result, bail};
use cargo_metadata::{Metadata, MetadataCommand, Package};
use serde::Deserialize;
use spdx::{Expression, LicenseReq, ParseMode};

use crate::run::{host, root, say};

/// Where packages of Rust come from.
const CRATES_IO: &str = "registry+https://github.com/rust-lang/crates.io-index";
/// Where npm packages of ours are locked.
pub(crate) const NPM_LOCKS: [&str; 2] =
    ["crates/api/web/package-lock.json", "tests/browser/package-lock.json"];

#[derive(Deserialize)]
pub(crate) struct Rules {
    licenses: LicenceRules,
    bans: BanRules,
}

#[derive(Deserialize)]
struct LicenceRules {
    allow: BTreeSet<String>,
}

#[derive(Deserialize)]
struct BanRules {
    deny: Vec<Banned>,
}

#[derive(Deserialize)]
struct Banned {
    #[serde(rename = "crate")]
    name: String,
    reason: String,
}

/// A lock file of npm.
#[derive(Deserialize)]
pub(crate) struct NpmLock {
    pub(crate) packages: BTreeMap<String, NpmPackage>,
}

/// A package in it.
#[derive(Deserialize)]
pub(crate) struct NpmPackage {
    pub(crate) version: Option<String>,
    pub(crate) license: Option<String>,
    pub(crate) integrity: Option<String>,
    #[serde(default)]
    pub(crate) dev: bool,
    #[serde(default)]
    pub(crate) dependencies: BTreeMap<String, String>,
}

/// Reads a lock file of npm below the workspace's folder.
pub(crate) fn npm_lock(path: &str) -> Result<NpmLock> {
    let text = std::fs::read_to_string(root().join(path)).with_context(|| path.to_owned())?;
    serde_json::from_str(&text).with_context(|| path.to_owned())
}

/// Fails with every package that breaks a rule.
pub(crate) fn check() -> Result<()> {
    let rules = Rules::read()?;
    let metadata = metadata()?;
    let mut broken = rules.broken_by(&metadata);
    let mut packages = metadata.packages.len();
    for path in NPM_LOCKS {
        let lock = npm_lock(path)?;
        packages += lock.packages.len();
        broken.extend(rules.broken_by_npm(&lock).into_iter().map(|it| format!("{path}: {it}")));
    }
    if broken.is_empty() {
        say(&format!("{packages} packages: licences, sources and bans hold"));
        return Ok(());
    }
    bail!("deny.toml does not allow:\n  {}", broken.join("\n  "))
}

/// All packages of this platform, of tests and builds too. Those of other platforms need not be on this
/// machine, and it must work without the network.
fn metadata() -> Result<Metadata> {
    let platform = ["--filter-platform".to_owned(), host()?];
    let offline = ["--locked", "--offline"].map(str::to_owned);
    let options: Vec<String> = offline.into_iter().chain(platform).collect();
    Ok(MetadataCommand::new().other_options(options).exec()?)
}

impl Rules {
    fn read() -> Result<Self> {
        Self::parse(&std::fs::read_to_string(root().join("deny.toml"))?)
    }

    fn parse(text: &str) -> Result<Self> {
        toml::from_str(text).context("reading deny.toml")
    }

    fn broken_by(&self, metadata: &Metadata) -> Vec<String> {
        let ours: BTreeSet<_> = metadata.workspace_members.iter().collect();
        let mut broken = Vec::new();
        for package in &metadata.packages {
            let name = format!("{} {}", package.name, package.version);
            if ours.contains(&package.id) {
                let any = package.dependencies.iter().filter(|it| it.path.is_none());
                let any = any.filter(|it| it.req == cargo_metadata::semver::VersionReq::STAR);
                broken.extend(any.map(|it| format!("{name} takes any version of {}", it.name)));
                continue;
            }
            broken.extend(
                self.broken_by_package(package).into_iter().map(|it| format!("{name}: {it}")),
            );
        }
        broken
    }

    fn broken_by_package(&self, package: &Package) -> Vec<String> {
        let mut broken = Vec::new();
        if package.source.as_ref().is_none_or(|it| it.repr != CRATES_IO) {
            broken.push("does not come from crates.io".to_owned());
        }
        if let Some(it) = self.bans.deny.iter().find(|it| *it.name == **package.name) {
            broken.push(format!("is banned: {}", it.reason));
        }
        broken.extend(self.broken_licence(package.license.as_deref()));
        broken
    }

    fn broken_by_npm(&self, lock: &NpmLock) -> Vec<String> {
        let outside = lock.packages.iter().filter(|(path, _)| path.starts_with("node_modules/"));
        outside
            .flat_map(|(path, package)| {
                let unlocked = package.integrity.is_none().then(|| "has no integrity".to_owned());
                let broken = self.broken_licence(package.license.as_deref());
                broken.into_iter().chain(unlocked).map(move |it| format!("{path}: {it}"))
            })
            .collect()
    }

    /// What is wrong with a licence; `None` if nothing is.
    fn broken_licence(&self, licence: Option<&str>) -> Option<String> {
        let Some(licence) = licence else { return Some("says no licence".to_owned()) };
        let allowed = |it: &LicenseReq| self.licenses.allow.contains(&it.to_string());
        match Expression::parse_mode(licence, ParseMode::LAX) {
            Ok(expression) if expression.evaluate(allowed) => None,
            Ok(_) => Some(format!("its licence {licence} is not among those allowed")),
            Err(_) => Some(format!("its licence {licence} is no SPDX expression")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules() -> Rules {
        Rules::parse(
            "[licenses]\nallow = [\"MIT\", \"Apache-2.0\", \"Apache-2.0 WITH LLVM-exception\"]\n\
             [bans]\ndeny = [{ crate = \"bad\", reason = \"it is bad\" }]",
        )
        .unwrap()
    }

    #[track_caller]
    fn allows(licence: &str, expected: bool) {
        assert_eq!(rules().broken_licence(Some(licence)).is_none(), expected, "{licence}");
    }

    #[test]
    fn licences_are_read_as_their_expressions_say() {
        allows("MIT", true);
        allows("MIT/Apache-2.0", true);
        allows("GPL-3.0-only OR MIT", true);
        allows("MIT AND GPL-3.0-only", false);
        allows("(MIT OR GPL-3.0-only) AND Apache-2.0 WITH LLVM-exception", true);
        allows("AGPL-3.0-only", false);
        allows("whatever", false);
        assert!(rules().broken_licence(None).is_some());
    }

    #[test]
    fn attack_144_a_planted_package_is_found() {
        let metadata = metadata().unwrap();
        let honest = metadata.packages.iter().find(|it| *it.name == "serde").unwrap();
        let real = Rules::read().unwrap();
        assert_eq!(real.broken_by_package(honest), [""; 0]);
        let planted = |field: &str, value: serde_json::Value| {
            let mut json = serde_json::to_value(honest).unwrap();
            json[field] = value;
            real.broken_by_package(&serde_json::from_value(json).unwrap()).len()
        };
        assert_eq!(planted("license", "AGPL-3.0-only".into()), 1);
        assert_eq!(planted("source", "git+https://example.org/serde".into()), 1);
        assert_eq!(planted("source", serde_json::Value::Null), 1);
        assert_eq!(planted("name", "openssl-sys".into()), 1);
    }

    #[test]
    fn npm_packages_are_held_to_the_same_rules() {
        let lock: NpmLock = serde_json::from_str(
            r#"{"packages": {"": {"license": "GPL-3.0"},
                "node_modules/a": {"version": "1.0.0", "license": "MIT", "integrity": "sha512-x"},
                "node_modules/b": {"version": "1.0.0", "license": "UNLICENSED"}}}"#,
        )
        .unwrap();
        let broken = rules().broken_by_npm(&lock);
        assert!(
            broken.len() == 2 && broken.iter().all(|it| it.starts_with("node_modules/b")),
            "{broken:?}"
        );
    }
}

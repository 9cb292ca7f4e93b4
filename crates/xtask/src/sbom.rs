//! The bill of materials of the two programs, as CycloneDX 1.6 (ECMA-424): every package of Rust that is
//! compiled into them or that runs while they are compiled, and every package of npm whose code is in the
//! scripts they serve. The same sources give the same bytes.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context as _, Result};
use cargo_metadata::{DependencyKind, Metadata, MetadataCommand, Package, PackageId};
use serde::Deserialize;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use spdx::{Expression, ParseMode};

use crate::{
    run::root,
    supply::{NPM_LOCKS, npm_lock},
};

/// The programs.
const PROGRAMS: [&str; 2] = ["tideline-server", "tideline-booth"];

#[derive(Deserialize)]
struct Lock {
    package: Vec<Locked>,
}

#[derive(Deserialize)]
struct Locked {
    name: String,
    version: String,
    checksum: Option<String>,
}

/// The bill of materials for the platform `target`, such as `x86_64-unknown-linux-gnu`.
///
/// # Errors
///
/// If a lock file is not up to date, or cargo cannot say what is in the programs.
pub(crate) fn make(target: &str) -> Result<String> {
    let mut options =
        vec!["--locked".to_owned(), "--filter-platform".to_owned(), target.to_owned()];
    if std::env::var_os("CARGO_NET_OFFLINE").is_some() {
        options.push("--offline".to_owned());
    }
    let metadata = MetadataCommand::new().other_options(options).exec()?;
    let lock: Lock = toml::from_str(&std::fs::read_to_string(root().join("Cargo.lock"))?)?;
    let mut checksums = BTreeMap::new();
    for it in lock.package {
        checksums.insert((it.name, it.version), it.checksum);
    }
    let (used, mut edges) = reached(&metadata)?;
    let mut components = Vec::new();
    for package in metadata.packages.iter().filter(|it| used.contains(&it.id)) {
        let key = (package.name.to_string(), package.version.to_string());
        let checksum = checksums.get(&key).cloned().flatten();
        components.push(rust_component(package, checksum.as_deref()));
    }
    let scripts = npm_components(&mut components)?;
    edges.entry(rust_purl(PROGRAMS[1], &version(&metadata)?)).or_default().extend(scripts);
    components.sort_by(|a, b| a["bom-ref"].as_str().cmp(&b["bom-ref"].as_str()));
    let product = "tideline";
    let programs = PROGRAMS.map(|it| Ok(rust_purl(it, &version(&metadata)?)));
    edges.insert(product.to_owned(), programs.into_iter().collect::<Result<_>>()?);
    let dependencies: Vec<Value> =
        edges.iter().map(|(from, to)| json!({ "ref": from, "dependsOn": to })).collect();
    let mut bill = json!({
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "lifecycles": [{ "phase": "build" }],
            "component": {
                "type": "application",
                "bom-ref": product,
                "name": product,
                "version": version(&metadata)?,
                "licenses": [{ "license": { "id": "Apache-2.0" } }],
            },
            "properties": [{ "name": "tideline:target", "value": target }],
        },
        "components": components,
        "dependencies": dependencies,
    });
    // A number that stands for this bill and for no other, without a clock.
    let digest = Sha256::digest(serde_json::to_vec(&bill)?);
    let bytes = <[u8; 16]>::try_from(&digest[..16]).context("a digest")?;
    let serial = uuid::Builder::from_custom_bytes(bytes).into_uuid();
    bill["serialNumber"] = format!("urn:uuid:{serial}").into();
    Ok(serde_json::to_string_pretty(&bill)? + "\n")
}

fn version(metadata: &Metadata) -> Result<String> {
    let server = metadata.packages.iter().find(|it| *it.name == PROGRAMS[0]);
    Ok(server.context("the server is in the workspace")?.version.to_string())
}

fn rust_purl(name: &str, version: &str) -> String {
    format!("pkg:cargo/{name}@{version}")
}

type Edges = BTreeMap<String, BTreeSet<String>>;

/// Everything that is compiled into the programs or runs while they are compiled, and what uses what.
fn reached(metadata: &Metadata) -> Result<(BTreeSet<PackageId>, Edges)> {
    let resolve = metadata.resolve.as_ref().context("cargo metadata resolves")?;
    let nodes: BTreeMap<&PackageId, _> = resolve.nodes.iter().map(|it| (&it.id, it)).collect();
    let purl = |id: &PackageId| rust_purl(&metadata[id].name, &metadata[id].version.to_string());
    let mut todo: Vec<&PackageId> = metadata
        .packages
        .iter()
        .filter(|it| PROGRAMS.contains(&it.name.as_str()))
        .map(|it| &it.id)
        .collect();
    let (mut seen, mut edges) = (BTreeSet::new(), Edges::new());
    while let Some(id) = todo.pop() {
        if !seen.insert(id.clone()) {
            continue;
        }
        let uses = edges.entry(purl(id)).or_default();
        for dependency in &nodes[id].deps {
            let tests_only =
                dependency.dep_kinds.iter().all(|it| it.kind == DependencyKind::Development);
            if !tests_only {
                uses.insert(purl(&dependency.pkg));
                todo.push(&dependency.pkg);
            }
        }
    }
    Ok((seen, edges))
}

/// A licence as SPDX writes it; what is none is named as it is.
fn licences(said: Option<&str>) -> Vec<Value> {
    let Some(said) = said else { return Vec::new() };
    match Expression::canonicalize(said) {
        Ok(canonical) => {
            let text = canonical.unwrap_or_else(|| said.to_owned());
            match Expression::parse_mode(&text, ParseMode::STRICT) {
                Ok(_) => vec![json!({ "expression": text })],
                Err(_) => vec![json!({ "license": { "name": said } })],
            }
        }
        Err(_) => vec![json!({ "license": { "name": said } })],
    }
}

fn rust_component(package: &Package, checksum: Option<&str>) -> Value {
    let purl = rust_purl(&package.name, &package.version.to_string());
    let mut component = json!({
        "type": "library",
        "bom-ref": purl,
        "name": package.name.as_str(),
        "version": package.version.to_string(),
        "purl": purl,
        "licenses": licences(package.license.as_deref()),
    });
    if let Some(checksum) = checksum {
        component["hashes"] = json!([{ "alg": "SHA-256", "content": checksum }]);
    }
    if let Some(repository) = package.repository.as_ref().filter(|it| it.starts_with("https://")) {
        component["externalReferences"] = json!([{ "type": "vcs", "url": repository }]);
    }
    component
}

/// Adds what is in the scripts, and the tool that bundles them; returns their references.
fn npm_components(components: &mut Vec<Value>) -> Result<BTreeSet<String>> {
    let lock = npm_lock(NPM_LOCKS[0])?;
    let direct = lock.packages.get("").context("the lock file names the package")?;
    let mut todo: Vec<&str> = direct.dependencies.keys().map(String::as_str).collect();
    let mut seen = BTreeSet::new();
    while let Some(name) = todo.pop() {
        let path = format!("node_modules/{name}");
        let Some(package) = lock.packages.get(&path).filter(|it| !it.dev) else { continue };
        let version = package.version.as_deref().context("a locked package has a version")?;
        let purl = format!("pkg:npm/{}@{version}", name.replace('@', "%40"));
        if !seen.insert(purl.clone()) {
            continue;
        }
        let mut component = json!({
            "type": "library",
            "bom-ref": purl,
            "name": name,
            "version": version,
            "purl": purl,
            "licenses": licences(package.license.as_deref()),
        });
        if let Some(hash) = package.integrity.as_deref().and_then(|it| it.strip_prefix("sha512-")) {
            component["hashes"] = json!([{ "alg": "SHA-512", "content": hex(hash)? }]);
        }
        components.push(component);
        todo.extend(package.dependencies.keys().map(String::as_str));
    }
    Ok(seen)
}

/// The hexadecimal form of what is written in base64.
fn hex(base64: &str) -> Result<String> {
    use base64::{Engine as _, engine::general_purpose::STANDARD};
    Ok(STANDARD.decode(base64)?.iter().map(|it| format!("{it:02x}")).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bill() -> Value {
        serde_json::from_str(&make("x86_64-unknown-linux-gnu").unwrap()).unwrap()
    }

    #[test]
    fn it_names_what_the_programs_are_made_of_and_nothing_else() {
        let bill = bill();
        let components = bill["components"].as_array().unwrap();
        let has =
            |purl: &str| components.iter().any(|it| it["purl"].as_str().unwrap().starts_with(purl));
        for used in [
            "pkg:cargo/actix-web@",
            "pkg:cargo/aws-lc-rs@",
            "pkg:npm/%40noble/curves@",
            "pkg:npm/%40hpke/core@",
        ] {
            assert!(has(used), "{used}");
        }
        // Of tests, and of other platforms.
        for unused in [
            "pkg:cargo/hpke@",
            "pkg:cargo/proptest@",
            "pkg:cargo/criterion@",
            "pkg:cargo/windows-sys@",
            "pkg:npm/typescript@",
        ] {
            assert!(!has(unused), "{unused}");
        }
        let outside =
            components.iter().filter(|it| !it["name"].as_str().unwrap().starts_with("tideline-"));
        for component in outside {
            assert!(component["hashes"].is_array(), "{component}");
            assert!(!component["licenses"].as_array().unwrap().is_empty(), "{component}");
        }
    }

    #[test]
    fn what_is_referred_to_is_there_and_twice_made_it_is_the_same() {
        let bill = bill();
        let mut known: BTreeSet<&str> = bill["components"]
            .as_array()
            .unwrap()
            .iter()
            .map(|it| it["bom-ref"].as_str().unwrap())
            .collect();
        assert_eq!(known.len(), bill["components"].as_array().unwrap().len(), "each once");
        known.insert("tideline");
        for edge in bill["dependencies"].as_array().unwrap() {
            let to = edge["dependsOn"].as_array().unwrap();
            for it in to.iter().chain([&edge["ref"]]) {
                assert!(known.contains(it.as_str().unwrap()), "{it}");
            }
        }
        assert_eq!(bill, self::bill());
    }
}

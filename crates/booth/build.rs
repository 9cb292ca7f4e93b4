//! Builds what the pages load: bundles the TypeScript of `api/web` and copies `api/static`, both under
//! names that carry a hash of the content, into `OUT_DIR/web`, with a `manifest.json` that maps
//! `check-in.js` to `check-in.1a2b3c4d.js`.
//!
//! Needs Node, unless `WEB_DIST` names a folder that `web/build.mjs` has filled. Never writes into
//! the source tree, so builds may run side by side.

use std::{
    collections::BTreeMap,
    env, fs, io,
    path::{Path, PathBuf},
    process::Command,
};

/// What `npm ci` reads. A change of any of them installs again.
const PACKAGE: [&str; 3] = ["package.json", "package-lock.json", ".npmrc"];

const NODE_MISSING: &str = "Tideline's pages need Node 20 or newer with npm on the PATH (https://nodejs.org), or WEB_DIST set \
     to a folder with bundles that are already built";

fn main() {
    let api = path("CARGO_MANIFEST_DIR").join("../api");
    let (web, assets) = (api.join("web"), api.join("static"));
    for watched in [&web.join("src"), &web.join("build.mjs"), &web.join("tsconfig.json"), &assets] {
        println!("cargo::rerun-if-changed={}", watched.display());
    }
    for name in PACKAGE {
        println!("cargo::rerun-if-changed={}", web.join(name).display());
    }
    println!("cargo::rerun-if-changed={}", web.join("../../ballot/src/words.txt").display());
    println!("cargo::rerun-if-env-changed=WEB_DIST");

    if let Err(problem) = build(&web, &assets, &path("OUT_DIR")) {
        panic!("{problem}");
    }
}

fn path(name: &str) -> PathBuf {
    PathBuf::from(env::var_os(name).unwrap_or_else(|| panic!("Cargo did not set {name}")))
}

fn build(web: &Path, assets: &Path, out: &Path) -> Result<(), String> {
    let done = out.join("web");
    empty(&done).map_err(|it| format!("cannot write {}: {it}", done.display()))?;

    let bundles = match env::var_os("WEB_DIST") {
        Some(dist) => PathBuf::from(dist),
        None => bundle(web, out)?,
    };
    copy_all(&bundles, &done, |name, _| name.to_owned())?;
    copy_all(assets, &done, hashed)?;
    manifest(&done).map_err(|it| format!("cannot write {}: {it}", done.display()))
}

/// Bundles the TypeScript with the packages of the lock file; returns the folder with the bundles.
fn bundle(web: &Path, out: &Path) -> Result<PathBuf, String> {
    let npm = out.join("npm");
    fs::create_dir_all(&npm).map_err(|it| format!("cannot write {}: {it}", npm.display()))?;
    let installed = npm.join(".installed");

    if !(installed.exists() && is_same_package(web, &npm)) {
        let _ = fs::remove_file(&installed);
        for name in PACKAGE {
            fs::copy(web.join(name), npm.join(name))
                .map_err(|it| format!("cannot copy web/{name}: {it}"))?;
        }
        let npm_command = if cfg!(windows) { "npm.cmd" } else { "npm" };
        run(Command::new(npm_command)
            .args(["ci", "--ignore-scripts", "--omit=dev", "--no-audit", "--no-fund"])
            .current_dir(&npm))
        .map(drop)?;
        fs::write(&installed, "")
            .map_err(|it| format!("cannot write {}: {it}", installed.display()))?;
    }

    let bundles = out.join("bundles");
    let sizes = run(Command::new("node")
        .arg(web.join("build.mjs"))
        .arg("--out")
        .arg(&bundles)
        .arg("--modules")
        .arg(npm.join("node_modules")))?;
    // Cargo shows what a build script has to say as a warning or not at all.
    for line in sizes.lines().filter(|it| it.starts_with("check-in.js")) {
        println!("cargo::warning=the survey page's JavaScript, {line}");
    }
    Ok(bundles)
}

fn is_same_package(web: &Path, npm: &Path) -> bool {
    PACKAGE.iter().all(|name| {
        matches!((fs::read(web.join(name)), fs::read(npm.join(name))), (Ok(a), Ok(b)) if a == b)
    })
}

/// What the command prints.
fn run(command: &mut Command) -> Result<String, String> {
    let output = command.output().map_err(|it| match it.kind() {
        io::ErrorKind::NotFound => NODE_MISSING.to_owned(),
        _ => format!("cannot start {command:?}: {it}"),
    })?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    let text = String::from_utf8_lossy(&output.stderr);
    Err(format!("{command:?} failed ({NODE_MISSING}):\n{text}"))
}

fn empty(folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    for entry in fs::read_dir(folder)? {
        fs::remove_file(entry?.path())?;
    }
    Ok(())
}

/// Copies the files of `from`, each named by `name` from its name and content.
fn copy_all(from: &Path, to: &Path, name: fn(&str, &[u8]) -> String) -> Result<(), String> {
    let copy = || -> io::Result<()> {
        for entry in fs::read_dir(from)? {
            let entry = entry?;
            if entry.file_type()?.is_file() {
                let bytes = fs::read(entry.path())?;
                fs::write(to.join(name(&entry.file_name().to_string_lossy(), &bytes)), bytes)?;
            }
        }
        Ok(())
    };
    copy().map_err(|it| format!("cannot copy {}: {it}", from.display()))
}

/// `app.css` → `app.1a2b3c4d.css`. FNV-1a is enough: the hash tells versions apart, not attackers.
fn hashed(name: &str, bytes: &[u8]) -> String {
    let hash = bytes.iter().fold(0xcbf2_9ce4_8422_2325_u64, |hash, &byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    let (stem, extension) = name.split_once('.').unwrap_or((name, ""));
    format!("{stem}.{:08x}.{extension}", hash >> 32)
}

/// Writes `manifest.json`: the plain name of each file and the one it has got.
fn manifest(folder: &Path) -> io::Result<()> {
    let mut names = BTreeMap::new();
    for entry in fs::read_dir(folder)? {
        let file = entry?.file_name().to_string_lossy().into_owned();
        let parts: Vec<&str> = file.splitn(3, '.').collect();
        if let [stem, _, extension] = parts[..] {
            names.insert(format!("{stem}.{extension}"), file.clone());
        }
    }
    let lines: Vec<String> =
        names.iter().map(|(name, file)| format!("  \"{name}\": \"{file}\"")).collect();
    fs::write(folder.join("manifest.json"), format!("{{\n{}\n}}\n", lines.join(",\n")))
}

//! Builds what the pages load: bundles the TypeScript of `api/web` and copies `api/static`, both under
//! names that carry a hash of the content, into `OUT_DIR/web`, with a `manifest.json` that maps
//! `check-in.js` to `check-in.1a2b3c4d.js`. Style sheets name other files by their plain names, `url("figtree.woff2")`;
//! the copies name them by their hashed ones.
//!
//! Of the scripts it also writes `scripts.rs`, a type with one value for each, and `scripts.txt`, their
//! hashes. A page names a script by that type, so a script that is missing fails the build.
//!
//! Needs Node, unless `WEB_DIST` names a folder that `web/build.mjs` has filled. Never writes into
//! the source tree, so builds may run side by side.

use std::{
    collections::BTreeMap,
    env,
    fmt::Write as _,
    fs, io,
    path::{Path, PathBuf},
    process::Command,
};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use sha2::{Digest as _, Sha256};

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
    copy_all(&bundles, &done, |name, bytes| Some((name.to_owned(), bytes)))?;
    copy_all(assets, &done, |name, bytes| {
        (!name.ends_with(".css")).then(|| (hashed(name, &bytes), bytes))
    })?;
    let others = names(&done).map_err(|it| format!("cannot read {}: {it}", done.display()))?;
    copy_all(assets, &done, |name, bytes| {
        name.ends_with(".css").then(|| {
            let style = with_hashed_names(bytes, &others);
            (hashed(name, &style), style)
        })
    })?;
    let write = |result: io::Result<()>| {
        result.map_err(|it| format!("cannot write {}: {it}", done.display()))
    };
    let names = names(&done).map_err(|it| format!("cannot read {}: {it}", done.display()))?;
    write(scripts(&names, &done, out))?;
    write(manifest(&names, &done))
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

/// Copies the files of `from`, each under the name and with the content that `made` makes of its own; not those
/// of which it makes nothing.
fn copy_all(
    from: &Path,
    to: &Path,
    made: impl Fn(&str, Vec<u8>) -> Option<(String, Vec<u8>)>,
) -> Result<(), String> {
    let copy = || -> io::Result<()> {
        for entry in fs::read_dir(from)? {
            let entry = entry?;
            if entry.file_type()?.is_file() {
                let bytes = fs::read(entry.path())?;
                if let Some((name, bytes)) = made(&entry.file_name().to_string_lossy(), bytes) {
                    fs::write(to.join(name), bytes)?;
                }
            }
        }
        Ok(())
    };
    copy().map_err(|it| format!("cannot copy {}: {it}", from.display()))
}

/// The style sheet with `url("figtree.1a2b3c4d.woff2")` in the place of `url("figtree.woff2")`.
fn with_hashed_names(style: Vec<u8>, names: &BTreeMap<String, String>) -> Vec<u8> {
    let mut style = String::from_utf8_lossy(&style).into_owned();
    for (name, hashed) in names {
        style = style.replace(&format!("url(\"{name}\")"), &format!("url(\"{hashed}\")"));
    }
    style.into_bytes()
}

/// `app.css` → `app.1a2b3c4d.css`. FNV-1a is enough: the hash tells versions apart, not attackers.
fn hashed(name: &str, bytes: &[u8]) -> String {
    let hash = bytes.iter().fold(0xcbf2_9ce4_8422_2325_u64, |hash, &byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    let (stem, extension) = name.split_once('.').unwrap_or((name, ""));
    format!("{stem}.{:08x}.{extension}", hash >> 32)
}

/// The plain name of each file and the one it has got.
fn names(folder: &Path) -> io::Result<BTreeMap<String, String>> {
    let mut names = BTreeMap::new();
    for entry in fs::read_dir(folder)? {
        let file = entry?.file_name().to_string_lossy().into_owned();
        let parts: Vec<&str> = file.splitn(3, '.').collect();
        if let [stem, _, extension] = parts[..] {
            names.insert(format!("{stem}.{extension}"), file.clone());
        }
    }
    Ok(names)
}

/// Writes `scripts.rs` and `scripts.txt` for all scripts there are, in the order of their names.
fn scripts(names: &BTreeMap<String, String>, folder: &Path, out: &Path) -> io::Result<()> {
    let (mut list, mut rows) = (String::new(), String::new());
    let mut variants = Vec::new();
    for (name, file) in names {
        let Some(stem) = name.strip_suffix(".js") else { continue };
        let hash = Sha256::digest(fs::read(folder.join(file))?);
        let variant: String = stem.split('-').map(capitalised).collect();
        writeln!(list, "{hash:x}  {file}").map_err(io::Error::other)?;
        let integrity = STANDARD.encode(hash);
        writeln!(
            rows,
            "            Self::{variant} => (\"/static/{file}\", \"sha256-{integrity}\"),"
        )
        .map_err(io::Error::other)?;
        variants.push((name, variant));
    }
    let all: Vec<String> = variants.iter().map(|it| format!("Self::{}", it.1)).collect();
    let documented: Vec<String> =
        variants.iter().map(|(name, it)| format!("    /// `{name}`.\n    {it},\n")).collect();
    let code = format!(
        "/// A script that pages load.\n\
         #[derive(Debug, Clone, Copy, PartialEq, Eq)]\n\
         pub enum Script {{\n{}}}\n\n\
         impl Script {{\n    /// All of them, in the order of their names.\n    \
         pub const ALL: [Self; {}] = [{}];\n\n    \
         const fn built(self) -> (&'static str, &'static str) {{\n        match self {{\n{rows}        }}\n    }}\n}}\n",
        documented.concat(),
        variants.len(),
        all.join(", "),
    );
    fs::write(out.join("scripts.txt"), list)?;
    fs::write(out.join("scripts.rs"), code)
}

fn capitalised(word: &str) -> String {
    let (first, rest) = word.split_at(1);
    first.to_ascii_uppercase() + rest
}

/// Writes `manifest.json`.
fn manifest(names: &BTreeMap<String, String>, folder: &Path) -> io::Result<()> {
    let lines: Vec<String> =
        names.iter().map(|(name, file)| format!("  \"{name}\": \"{file}\"")).collect();
    fs::write(folder.join("manifest.json"), format!("{{\n{}\n}}\n", lines.join(",\n")))
}

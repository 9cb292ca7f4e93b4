//! Circles of modules: files that need each other, so that none can be read, or moved, without the rest.
//!
//! At each level of a crate, the modules beside each other must form no circle; a module stands there for
//! all below it. A module and its parent are one: a parent names its children anyway, and what it shares
//! with them is theirs. A name that a parent only hands on (`pub use`) counts as the module it is from.
//! Of the browser's scripts, each file is a module. Tests are left out.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result};

/// The way of a module from the root of its crate; the root itself is empty.
type Module = Vec<String>;

/// Modules that need each other, and how many files they are.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Circle {
    /// By their ways, such as `pages::team`.
    pub(crate) modules: Vec<String>,
    /// Their files, with those below them.
    pub(crate) files: usize,
}

/// The circles of the crate whose sources lie in `src`.
///
/// # Errors
///
/// If a file cannot be read.
pub(crate) fn circles_of_crate(src: &Path) -> Result<Vec<Circle>> {
    let mut sources = BTreeMap::new();
    for file in files(src, "rs")? {
        let text = fs::read_to_string(&file).with_context(|| file.display().to_string())?;
        sources.insert(module_of(file.strip_prefix(src)?), tokens(&text));
    }
    let tests: Vec<Module> = sources.iter().flat_map(|(at, it)| test_modules(at, it)).collect();
    sources.retain(|at, _| !tests.iter().any(|test| at.starts_with(test)));
    let crate_ = Crate {
        reexports: sources.iter().map(|(at, it)| (at.clone(), handed_on(at, it))).collect(),
        sources,
    };
    Ok(crate_.circles())
}

/// The circles of the browser's scripts in `folder`.
///
/// # Errors
///
/// If a file cannot be read.
pub(crate) fn circles_of_scripts(folder: &Path) -> Result<Vec<Circle>> {
    let mut needs = BTreeMap::new();
    for file in files(folder, "ts")? {
        let text = fs::read_to_string(&file).with_context(|| file.display().to_string())?;
        let name = file.strip_prefix(folder)?.display().to_string();
        let imported = text.split("from \"./").skip(1).filter_map(|it| it.split('"').next());
        needs.insert(name, imported.map(str::to_owned).collect::<BTreeSet<_>>());
    }
    let circles = circles(&needs).into_iter();
    Ok(circles.map(|modules| Circle { files: modules.len(), modules }).collect())
}

/// All files of a folder and those below it that end so.
fn files(folder: &Path, ending: &str) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).with_context(|| folder.display().to_string())? {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(files(&path, ending)?);
        } else if path.extension().is_some_and(|it| it == ending) {
            found.push(path);
        }
    }
    Ok(found)
}

/// The module that a file of this path below `src` is.
fn module_of(file: &Path) -> Module {
    let mut way: Module =
        file.with_extension("").iter().map(|it| it.to_string_lossy().into_owned()).collect();
    let is_root = way.len() == 1 && way.first().is_some_and(|it| it == "lib" || it == "main");
    if is_root || way.last().is_some_and(|it| it == "mod") {
        way.pop();
    }
    way
}

/// A crate, as far as its modules name each other.
struct Crate {
    sources: BTreeMap<Module, Vec<String>>,
    /// For each module, the names it hands on and where they are from.
    reexports: BTreeMap<Module, BTreeMap<String, Module>>,
}

impl Crate {
    /// The circles at every level.
    fn circles(&self) -> Vec<Circle> {
        // For each parent, who of its children needs which others.
        let mut levels: BTreeMap<Module, BTreeMap<String, BTreeSet<String>>> = BTreeMap::new();
        for (at, tokens) in &self.sources {
            for named in paths(tokens) {
                let Some(target) = absolute(at, &named).map(|it| self.home(it)) else { continue };
                let shared = at.iter().zip(&target).take_while(|(a, b)| a == b).count();
                if let (Some(from), Some(to)) = (at.get(shared), target.get(shared)) {
                    let parent = at.get(..shared).unwrap_or_default().to_vec();
                    let level = levels.entry(parent).or_default();
                    level.entry(from.clone()).or_default().insert(to.clone());
                }
            }
        }
        let mut found = Vec::new();
        for (parent, needs) in &levels {
            for names in circles(needs) {
                let ways =
                    names.iter().map(|it| [parent.as_slice(), std::slice::from_ref(it)].concat());
                let ways: Vec<Module> = ways.collect();
                let files =
                    self.sources.keys().filter(|at| ways.iter().any(|it| at.starts_with(it)));
                found.push(Circle {
                    files: files.count(),
                    modules: ways.iter().map(|it| it.join("::")).collect(),
                });
            }
        }
        found
    }

    /// The module in which what this path names stands.
    fn home(&self, named: Module) -> Module {
        let mut named = named;
        // As many times as a name may be handed on.
        for _ in 0..8 {
            let ways = (0..=named.len()).rev().filter_map(|it| named.get(..it));
            let Some(module) =
                ways.map(<[String]>::to_vec).find(|it| self.sources.contains_key(it))
            else {
                return Module::new();
            };
            let handed =
                named.get(module.len()).and_then(|it| self.reexports.get(&module)?.get(it));
            match handed {
                Some(origin) => named = origin.clone(),
                None => return module,
            }
        }
        Module::new()
    }
}

/// The groups of those who need each other, whoever else they need.
fn circles(needs: &BTreeMap<String, BTreeSet<String>>) -> Vec<Vec<String>> {
    let reach: BTreeMap<&str, BTreeSet<&str>> =
        needs.keys().map(|it| (it.as_str(), reached(needs, it))).collect();
    let mut groups = BTreeSet::new();
    for (one, seen) in &reach {
        let back = |it: &&&str| reach.get(*it).is_some_and(|other| other.contains(one));
        let group: Vec<String> = seen.iter().filter(back).map(|it| (*it).to_owned()).collect();
        if group.len() > 1 {
            groups.insert(group);
        }
    }
    groups.into_iter().collect()
}

/// Whom `from` needs, and whom those need.
fn reached<'a>(needs: &'a BTreeMap<String, BTreeSet<String>>, from: &'a str) -> BTreeSet<&'a str> {
    let (mut seen, mut next) = (BTreeSet::new(), vec![from]);
    while let Some(at) = next.pop() {
        let further = needs.get(at).into_iter().flatten().map(String::as_str);
        next.extend(further.filter(|it| seen.insert(*it)));
    }
    seen
}

/// The words and signs of a source, without comments, texts, and what is for tests only.
fn tokens(source: &str) -> Vec<String> {
    let mut all = Vec::new();
    let mut rest = source;
    while let Some(first) = rest.chars().next() {
        let taken = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            rest.find("*/").map_or(rest.len(), |it| it + 2)
        } else if let Some(text) = raw_text(rest) {
            text
        } else if first == '"' {
            text(rest)
        } else if first == '\'' {
            character(rest)
        } else if first.is_alphabetic() || first == '_' {
            let end = rest.find(|it: char| !it.is_alphanumeric() && it != '_');
            let word = rest.get(..end.unwrap_or(rest.len())).unwrap_or_default();
            all.push(word.to_owned());
            word.len()
        } else if rest.starts_with("::") {
            all.push("::".to_owned());
            2
        } else {
            if !first.is_whitespace() {
                all.push(first.to_string());
            }
            first.len_utf8()
        };
        rest = rest.get(taken.max(1)..).unwrap_or_default();
    }
    all
}

/// The length of the text between quotation marks that `rest` begins with.
fn text(rest: &str) -> usize {
    let mut escaped = false;
    for (at, it) in rest.char_indices().skip(1) {
        match it {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return at + 1,
            _ => {}
        }
    }
    rest.len()
}

/// The length of the raw text that `rest` begins with, if it does.
fn raw_text(rest: &str) -> Option<usize> {
    let after = rest.strip_prefix("br").or_else(|| rest.strip_prefix('r'))?;
    let marks = after.len() - after.trim_start_matches('#').len();
    let body = after.get(marks..)?.strip_prefix('"')?;
    let end = format!("\"{}", "#".repeat(marks));
    Some(rest.len() - body.len() + body.find(&end)? + end.len())
}

/// The length of the character that `rest` begins with, or of the mark alone where it is a lifetime.
fn character(rest: &str) -> usize {
    let mut inner = rest.char_indices().skip(1);
    match (inner.next(), inner.next()) {
        (Some((_, '\\')), _) => rest.get(3..).and_then(|it| it.find('\'')).map_or(1, |it| it + 4),
        (Some(_), Some((at, '\''))) => at + 1,
        _ => 1,
    }
}

/// The children that a module has for tests only.
fn test_modules(at: &Module, tokens: &[String]) -> Vec<Module> {
    let marks = ["#", "[", "cfg", "(", "test", ")", "]"];
    let ends =
        (0..tokens.len()).filter(|it| tokens.get(*it..).is_some_and(|it| begins(it, &marks)));
    ends.filter_map(|it| match tokens.get(it + marks.len()..)? {
        [word, name, ..] if word == "mod" => {
            Some([at.as_slice(), std::slice::from_ref(name)].concat())
        }
        _ => None,
    })
    .collect()
}

fn begins(tokens: &[String], with: &[&str]) -> bool {
    tokens.len() >= with.len() && tokens.iter().zip(with).all(|(a, b)| a == b)
}

/// The same without whatever is marked as for tests only.
fn without_tests(tokens: &[String]) -> Vec<String> {
    let marks = ["#", "[", "cfg", "(", "test", ")", "]"];
    let (mut kept, mut rest) = (Vec::new(), tokens);
    while let Some((first, after)) = rest.split_first() {
        if begins(rest, &marks) {
            let item = rest.get(marks.len()..).unwrap_or_default();
            rest = item.get(length_of_item(item)..).unwrap_or_default();
        } else {
            kept.push(first.clone());
            rest = after;
        }
    }
    kept
}

/// How long the item is that `tokens` begin with: to its semicolon, comma, or closing brace.
fn length_of_item(tokens: &[String]) -> usize {
    let mut depth = 0_usize;
    for (at, it) in tokens.iter().enumerate() {
        match it.as_str() {
            "{" | "(" | "[" => depth += 1,
            "}" | ")" | "]" => {
                depth = depth.saturating_sub(1);
                if depth == 0 && it == "}" {
                    return at + 1;
                }
            }
            ";" | "," if depth == 0 => return at + 1,
            _ => {}
        }
    }
    tokens.len()
}

/// Every path that begins at `crate`, `super` or `self`, with groups written out.
fn paths(tokens: &[String]) -> Vec<Vec<String>> {
    let tokens = without_tests(tokens);
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(word) = tokens.get(at) {
        let begins = matches!(word.as_str(), "crate" | "super" | "self")
            && tokens.get(at + 1).is_some_and(|it| it == "::");
        at += if begins { tree(tokens.get(at..).unwrap_or_default(), &[], &mut found) } else { 1 };
    }
    found
}

/// Reads one path, or a group of them, below `above`; gives how many tokens it took.
fn tree(tokens: &[String], above: &[String], found: &mut Vec<Vec<String>>) -> usize {
    let mut path = above.to_vec();
    let mut at = 0;
    loop {
        match tokens.get(at).map(String::as_str) {
            Some("{") => {
                at += 1;
                while let Some(next) = tokens.get(at) {
                    match next.as_str() {
                        "}" => return at + 1,
                        "," => at += 1,
                        _ => at += tree(tokens.get(at..).unwrap_or_default(), &path, found).max(1),
                    }
                }
                return at;
            }
            Some(word) if word.starts_with(|it: char| it.is_alphabetic() || it == '_') => {
                path.push(word.to_owned());
                at += 1;
            }
            Some("*") => at += 1,
            _ => return at,
        }
        if tokens.get(at).is_none_or(|it| it != "::") {
            found.push(path);
            // A name under which it is known here.
            return if tokens.get(at).is_some_and(|it| it == "as") { at + 2 } else { at };
        }
        at += 1;
    }
}

/// The path from the root of the crate; `None` where it leaves the crate.
fn absolute(at: &Module, named: &[String]) -> Option<Module> {
    let mut way = at.clone();
    let mut rest = named;
    while let Some((first, after)) = rest.split_first() {
        match first.as_str() {
            "crate" => way.clear(),
            "super" => drop(way.pop()?),
            "self" => {}
            _ => break,
        }
        rest = after;
    }
    way.extend(rest.iter().cloned());
    Some(way)
}

/// The names that a module hands on from others, and where they are from.
fn handed_on(at: &Module, tokens: &[String]) -> BTreeMap<String, Module> {
    let tokens = without_tests(tokens);
    let mut handed = BTreeMap::new();
    for (place, _) in tokens.iter().enumerate().filter(|(_, it)| *it == "use") {
        let public = tokens.get(place.wrapping_sub(1)).is_some_and(|it| it == "pub" || it == ")");
        if !public {
            continue;
        }
        let mut found = Vec::new();
        tree(tokens.get(place + 1..).unwrap_or_default(), &[], &mut found);
        for named in found {
            // A path may begin with a child's name.
            let origin = match named.first().map(String::as_str) {
                Some("crate" | "super" | "self") => absolute(at, &named),
                _ => Some([at.as_slice(), &named].concat()),
            };
            if let (Some(name), Some(origin)) = (named.last(), origin) {
                handed.insert(name.clone(), origin);
            }
        }
    }
    handed
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The circles of a crate of these files.
    #[track_caller]
    fn check(sources: &[(&str, &str)], expected: &[(&[&str], usize)]) {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in sources {
            let file = folder.path().join(name);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, text).unwrap();
        }
        let found = circles_of_crate(folder.path()).unwrap();
        let expected: Vec<Circle> = expected
            .iter()
            .map(|(modules, files)| Circle {
                modules: modules.iter().map(|it| (*it).to_owned()).collect(),
                files: *files,
            })
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn files_that_need_each_other_are_a_circle() {
        check(
            &[
                ("lib.rs", "mod a; mod b; mod c; mod d;"),
                ("a.rs", "use crate::b::B; use crate::d;"),
                ("b.rs", "fn f() { crate::c::c() }"),
                ("c.rs", "use super::{a::{self, A}, d::*};"),
                ("d.rs", "// crate::a is not meant\nconst D: &str = \"crate::a\";"),
            ],
            &[(&["a", "b", "c"], 3)],
        );
    }

    #[test]
    fn a_module_and_its_parent_are_one_and_stand_for_all_below() {
        check(
            &[
                ("lib.rs", "mod a; mod b;"),
                ("a/mod.rs", "mod x; mod y; pub(crate) use x::X;"),
                ("a/x.rs", "use super::y::Y;"),
                ("a/y.rs", "use super::X; use crate::b::B;"),
                ("b.rs", "use crate::a::X;"),
            ],
            &[(&["a", "b"], 4), (&["a::x", "a::y"], 2)],
        );
        check(
            &[
                ("lib.rs", "mod a; pub(crate) use a::A;"),
                ("a.rs", "mod x; use x::X; struct A;"),
                ("a/x.rs", "use super::A; use crate::A;"),
            ],
            &[],
        );
    }

    #[test]
    fn what_the_root_hands_on_is_of_the_module_it_is_from() {
        check(
            &[
                ("lib.rs", "mod a; mod b; pub use a::A as Other; pub use a::A;"),
                ("a.rs", "use crate::b::B;"),
                ("b.rs", "use crate::A;"),
            ],
            &[(&["a", "b"], 2)],
        );
    }

    #[test]
    fn tests_may_know_everything() {
        check(
            &[
                ("lib.rs", "mod a; mod b; #[cfg(test)] mod t;"),
                ("a.rs", "use crate::b::B; const Q: char = '\"';"),
                ("b.rs", "#[cfg(test)] use crate::a; #[cfg(test)] mod tests { use crate::a::A; }"),
                ("t.rs", "use crate::{a, b};"),
            ],
            &[],
        );
    }
}

//! Keys and boxes of waves that nobody knows. They may be what an announcement left that was cut off, or all there
//! is of a running wave whose database was put back from an older copy: so they are moved aside and kept, in the
//! folders they lie in, which no backup has.
//!
//! ```text
//! keys/leftover/<n>/wave-<seq>.key         as it was called; <n> counts from 1
//! boxes/leftover/<n>/ballot-<seq>.sqlite
//! ```

use std::{
    collections::BTreeSet,
    fs::{self, DirBuilder},
    io,
    os::unix::fs::DirBuilderExt as _,
    path::{Path, PathBuf},
};

use tideline_domain::WaveSeq;

use super::{BOXES, KEYS, WaveFiles};
use crate::files;

const LEFTOVER: &str = "leftover";

/// Waves below `data_dir` whose keys or box, or parts of them, are there; lowest first. Not what was moved aside.
///
/// # Errors
///
/// If a directory cannot be read.
pub fn waves(data_dir: impl AsRef<Path>) -> io::Result<Vec<WaveSeq>> {
    let mut found = BTreeSet::new();
    for dir in [KEYS, BOXES] {
        let wave_of = if dir == KEYS { wave_of_key } else { wave_of_box };
        for name in names(&data_dir.as_ref().join(dir))? {
            found.extend(name.to_str().and_then(wave_of));
        }
    }
    Ok(found.into_iter().collect())
}

/// What was moved aside below `data_dir`, sorted.
///
/// # Errors
///
/// If a directory cannot be read.
pub fn list(data_dir: impl AsRef<Path>) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for dir in [KEYS, BOXES] {
        let aside = data_dir.as_ref().join(dir).join(LEFTOVER);
        for number in names(&aside)? {
            let folder = aside.join(number);
            found.extend(names(&folder)?.into_iter().map(|it| folder.join(it)));
        }
    }
    found.sort_unstable();
    Ok(found)
}

/// Destroys what was moved aside below `data_dir`: keys first, without which a box holds nothing. Fine if there is
/// nothing. Gives how many files there were.
///
/// # Errors
///
/// If something may still be there.
pub fn destroy(data_dir: impl AsRef<Path>) -> io::Result<usize> {
    // Those of keys come first by name, but for that alone nobody would keep it so.
    let mut all = list(&data_dir)?;
    let keys = data_dir.as_ref().join(KEYS);
    all.sort_by_key(|it| !it.starts_with(&keys));
    for path in &all {
        if path.starts_with(&keys) { files::erase(path)? } else { files::remove(path)? }
    }
    for dir in [KEYS, BOXES] {
        let aside = data_dir.as_ref().join(dir).join(LEFTOVER);
        for number in names(&aside)? {
            fs::remove_dir(aside.join(number))?;
        }
    }
    Ok(all.len())
}

impl WaveFiles {
    /// Moves the wave's keys and boxes aside, durably, and says where to; nothing if there are none. Close the boxes
    /// first. A crash leaves each file in one of the two places.
    ///
    /// # Errors
    ///
    /// If something could not be moved.
    pub fn set_aside(&self) -> io::Result<Vec<PathBuf>> {
        let mut there = Vec::new();
        for key in self.key_files() {
            if key.try_exists()? {
                there.push(key);
            }
        }
        there.extend(self.box_files()?);
        let mut moved: Vec<(PathBuf, PathBuf)> = Vec::new();
        for path in there {
            let (Some(folder), Some(name)) = (path.parent(), path.file_name()) else { continue };
            let aside = match moved.iter().find(|it| it.0 == folder) {
                Some((_, aside)) => aside.clone(),
                None => {
                    let aside = new_folder(&folder.join(LEFTOVER))?;
                    moved.push((folder.to_owned(), aside.clone()));
                    aside
                }
            };
            let place = aside.join(name);
            fs::rename(&path, &place)?;
            files::sync_parent(&place)?;
            files::sync_parent(&path)?;
        }
        Ok(moved.into_iter().map(|it| it.1).collect())
    }
}

/// The first folder below `aside` whose number is free, made for its owner only.
fn new_folder(aside: &Path) -> io::Result<PathBuf> {
    DirBuilder::new().recursive(true).mode(0o700).create(aside)?;
    let mut number = 1_u32;
    loop {
        let folder = aside.join(number.to_string());
        match DirBuilder::new().mode(0o700).create(&folder) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => number += 1,
            made => {
                made?;
                files::sync_parent(&folder)?;
                return Ok(folder);
            }
        }
    }
}

/// The names in a folder; none if it is not there.
fn names(folder: &Path) -> io::Result<Vec<std::ffi::OsString>> {
    match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
        other => other?.map(|it| Ok(it?.file_name())).collect(),
    }
}

/// The wave that a file in `keys` belongs to.
fn wave_of_key(name: &str) -> Option<WaveSeq> {
    name.strip_prefix("wave-")?.split_once('.')?.0.parse().ok().map(WaveSeq)
}

/// The wave that a file in `boxes` belongs to.
pub(super) fn wave_of_box(name: &str) -> Option<WaveSeq> {
    let (stem, _) = name.strip_prefix("ballot-")?.split_once(".sqlite")?;
    stem.split('-').next()?.parse().ok().map(WaveSeq)
}

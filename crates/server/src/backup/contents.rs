//! The list of what is in a backup.

use std::{
    fs::{self, File},
    io,
    path::{Component, Path},
};

use anyhow::{Context as _, Result, bail, ensure};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use tideline_ballot::encoding::to_hex;

use crate::files;

/// Its name; written last.
pub(super) const NAME: &str = "backup.json";
pub(super) const FORMAT: &str = "tideline-backup-1";

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Contents {
    /// How the folder is laid out.
    pub(super) format: String,
    /// Of the program that made it.
    pub(super) version: String,
    /// When; ISO 8601.
    pub(super) made: String,
    /// The migrations that the database had, oldest first.
    pub(super) schema: Vec<String>,
    /// The tables, in the order in which they go in.
    pub(super) tables: Vec<Table>,
    /// Every file but this one.
    pub(super) files: Vec<Listed>,
    /// Waves that had not ended.
    pub(super) unreleased: Vec<u32>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Table {
    pub(super) name: String,
    pub(super) rows: u64,
    pub(super) sha256: String,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) struct Listed {
    /// Below the folder, with slashes.
    pub(super) path: String,
    pub(super) bytes: u64,
    pub(super) sha256: String,
}

impl Contents {
    /// Writes the list: from now on the folder is a backup.
    pub(super) fn keep(&self, folder: &Path) -> Result<()> {
        files::write_atomically(&folder.join(NAME), &serde_json::to_vec_pretty(self)?)?;
        File::open(folder)
            .and_then(|it| it.sync_all())
            .with_context(|| format!("writing {}", folder.display()))
    }

    /// Reads the list and checks every file against it.
    ///
    /// # Errors
    ///
    /// If the folder is no whole backup; says which file is at fault.
    pub(super) fn checked(folder: &Path) -> Result<Self> {
        let path = folder.join(NAME);
        let bytes = match fs::read(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => bail!(
                "{} is no whole backup: {NAME}, which is written last, is not there",
                folder.display()
            ),
            other => other.with_context(|| format!("reading {}", path.display()))?,
        };
        let reading = || format!("reading {}: it is not the list of a backup", path.display());
        let contents: Self = serde_json::from_slice(&bytes).with_context(reading)?;
        ensure!(
            contents.format == FORMAT,
            "{} is laid out as {}, and this version reads {FORMAT}",
            folder.display(),
            contents.format
        );
        for listed in &contents.files {
            let plain =
                Path::new(&listed.path).components().all(|it| matches!(it, Component::Normal(_)));
            ensure!(plain && !listed.path.is_empty(), "{NAME} names a file outside of the backup");
            let found = measured(folder, &listed.path)
                .with_context(|| format!("checking {} of the backup", listed.path))?;
            ensure!(found == *listed, "{} of the backup is damaged", listed.path);
        }
        for table in &contents.tables {
            let listed = format!("tables/{}.txt", table.name);
            let same =
                contents.files.iter().any(|it| it.path == listed && it.sha256 == table.sha256);
            ensure!(same, "{NAME} contradicts itself about table {}", table.name);
        }
        Ok(contents)
    }
}

/// Every file below `folder`, measured; sorted.
pub(super) fn listed(folder: &Path) -> Result<Vec<Listed>> {
    let mut all = Vec::new();
    let mut todo = vec![String::new()];
    while let Some(below) = todo.pop() {
        let at = folder.join(&below);
        for entry in fs::read_dir(&at).with_context(|| format!("reading {}", at.display()))? {
            let entry = entry?;
            let name = entry.file_name().into_string().ok().context("a name that is no text")?;
            let path = if below.is_empty() { name } else { format!("{below}/{name}") };
            if entry.file_type()?.is_dir() {
                todo.push(path);
            } else {
                all.push(measured(folder, &path)?);
            }
        }
    }
    all.sort_unstable();
    Ok(all)
}

fn measured(folder: &Path, path: &str) -> Result<Listed> {
    let place = folder.join(path);
    ensure!(fs::symlink_metadata(&place)?.is_file(), "it is not a file");
    let (mut file, mut digest) = (File::open(&place)?, Sha256::new());
    let bytes = io::copy(&mut file, &mut digest)?;
    Ok(Listed { path: path.to_owned(), bytes, sha256: to_hex(&digest.finalize()) })
}

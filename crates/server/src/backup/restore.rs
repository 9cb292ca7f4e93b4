//! A backup into an empty installation: all of it, or nothing.
//!
//! A mark in the data folder says that it is under way; until it is gone, nothing else starts. Whatever was done
//! when the process died is found again and not done twice.

use std::{
    fs::{self, File},
    io::{self, BufReader},
    path::Path,
};

use anyhow::{Context as _, Result};
use tideline_api::Clock;
use tideline_ballot::{encoding::to_hex, wave_dir::WaveFiles};
use tideline_domain::WaveSeq;
use tideline_store::{InstallationId, StoreError, load};

use super::contents::Contents;
use crate::{
    config::Config,
    context::{self, Context},
    files, installation, running, wave,
};

/// What restoring came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restored {
    /// When the backup was made; ISO 8601.
    pub made: String,
    /// Rows of all tables.
    pub rows: u64,
    /// Waves that had not ended and are ended now without a release: their keys and boxes are in no backup.
    pub abandoned: Vec<u32>,
}

/// Restores the backup in `from` where the settings say that database and data folder lie.
///
/// # Errors
///
/// If the backup is not whole, if there is something in the database or the data folder already, or if something
/// cannot be written: then it can be run again, and goes on.
pub fn restore(config: Config, from: &Path, clock: Clock) -> Result<Restored> {
    let contents = Contents::checked(from)?;
    context::data_folder(&config)?;
    let _alone = running::alone(&config)?;
    files::private_folder(config.shared())?;
    let place = config.place();
    let before = installation::being_restored(place)?;
    let id = match before {
        Some(id) => id,
        None => {
            installation::must_be_empty(place)?;
            let id = InstallationId::generate();
            installation::begin_restoring(place, id)?;
            id
        }
    };
    let loaded = load(
        &config.database,
        &contents.schema,
        Some(id),
        &mut |table| {
            let path = from.join("tables").join(format!("{table}.txt"));
            match File::open(path) {
                Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
                file => Ok(Some(Box::new(BufReader::new(file?)))),
            }
        },
        |copies| {
            let same = copies.len() == contents.tables.len()
                && copies.iter().zip(&contents.tables).all(|(it, listed)| {
                    it.table == listed.name
                        && it.rows == listed.rows
                        && to_hex(&it.sha256) == listed.sha256
                });
            let why = "what was loaded is not what the list of the backup says";
            if same { Ok(()) } else { Err(io::Error::other(why)) }
        },
    );
    if let Err(error) = loaded {
        if before.is_none() {
            take_back(&config, &error)?;
        }
        return Err(error).context("loading the tables; nothing was restored");
    }
    for listed in &contents.files {
        // The other public files are in the database, too, and are written from there.
        let Some(name) = listed.path.strip_prefix("results/") else { continue };
        let seq = name.strip_suffix(".json").and_then(|it| it.parse().ok()).map(WaveSeq);
        let seq = seq.with_context(|| format!("{} is no result file", listed.path))?;
        let bytes = fs::read(from.join(&listed.path))
            .with_context(|| format!("reading {}", listed.path))?;
        let result = WaveFiles::new(config.shared(), seq);
        if let Some(folder) = result.result().parent() {
            fs::create_dir_all(folder).with_context(|| format!("making {}", folder.display()))?;
        }
        result.publish_result(&bytes).with_context(|| format!("writing {}", listed.path))?;
    }
    installation::name_folders(place, id)?;
    let context = Context::open_restored(config, clock)?;
    context.note("backup.restore", "backup")?;
    wave::complete_files(&context)?;
    for summary in context.store.wave_summaries()?.into_iter().filter(|it| !it.released) {
        wave::end_restored(&context, summary.wave.seq)?;
    }
    installation::end_restoring(context.config.place())?;
    Ok(Restored {
        made: contents.made,
        rows: contents.tables.iter().map(|it| it.rows).sum(),
        abandoned: contents.unreleased,
    })
}

/// Nothing was loaded: what this run has made goes again, so that there is nothing in the way of the next.
fn take_back(config: &Config, why: &StoreError) -> Result<()> {
    match config.database.sqlite_file() {
        // There was none before.
        Some(file) => {
            for beside in ["-wal", "-shm", "-journal", ""] {
                let mut name = file.as_os_str().to_owned();
                name.push(beside);
                match fs::remove_file(&name) {
                    Err(error) if error.kind() != io::ErrorKind::NotFound => {
                        return Err(error).context("removing the database that was being filled");
                    }
                    _ => {}
                }
            }
            installation::end_restoring(config.place())
        }
        // Whether a server has kept it all may not be known here: then the mark stays, and the next run finds out.
        None => match why {
            StoreError::NotEmpty(_)
            | StoreError::SchemaTooNew(_)
            | StoreError::CopyTooOld(_)
            | StoreError::Damaged { .. }
            | StoreError::Copy(_) => installation::end_restoring(config.place()),
            _ => Ok(()),
        },
    }
}

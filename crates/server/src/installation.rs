//! Database and data folder belong together: both carry the name of the installation, and the folder knows no wave
//! that the database does not. Whoever opens both asks here first, so that a misspelt setting or an older copy
//! changes nothing.

use std::{fs, io, path::Path};

use anyhow::{Context as _, Result, bail};
use tideline_ballot::wave_dir::{self, WaveFiles, leftover, public};
use tideline_domain::WaveSeq;
use tideline_store::{InstallationId, Store};

use crate::{config::Config, files};

/// In the data folder, and in the ballot folder if that is another.
const NAME: &str = "installation.id";

/// Why database and data folder are not used together. Says what to do.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Unfit {
    #[error(
        "there is no database at {database}, but {folder} has keys or waves of an installation. Is `data.database` \
         spelt right? If the database is lost, restore a backup (`tideline restore`); to begin anew, name another \
         `data.directory`"
    )]
    NoDatabase { database: String, folder: String },
    #[error(
        "the database {database} and the data folder {folder} belong to two installations. One of `data.database`, \
         `data.directory` and `data.ballot_directory` names another place. Nothing was changed. If they are to \
         belong together from now on, say so: `tideline adopt`"
    )]
    Others { database: String, folder: String },
    #[error(
        "the data folder {folder} knows wave {wave}, and the database {database} does not. It is another database, \
         or an older copy. Nothing was changed. Name the right one in `data.database`, or put back its newest copy; \
         if this is the newest, `tideline adopt` moves aside what it does not know"
    )]
    OlderDatabase { wave: WaveSeq, database: String, folder: String },
    #[error(
        "the database {database} has waves, and the data folder {folder} has nothing of them. Is `data.directory` \
         spelt right? Nothing was changed. To go on with this folder, say so: `tideline adopt`"
    )]
    OtherFolder { database: String, folder: String },
}

/// The waves of the database and the hashes of their manifests, first wave first.
type Waves = Vec<(WaveSeq, [u8; 32])>;

fn waves_of(store: &Store) -> Result<Waves> {
    Ok(store.waves()?.into_iter().map(|it| (it.wave.seq, it.manifest_hash)).collect())
}

/// Refuses to make a database anew beside keys or waves of one that was there.
///
/// # Errors
///
/// [`Unfit::NoDatabase`]; or if a folder cannot be read.
pub(crate) fn refuse_new_database(config: &Config) -> Result<()> {
    let Some(file) = config.database.sqlite_file().filter(|it| !it.exists()) else {
        return Ok(());
    };
    for folder in folders(config) {
        let known = id_in(folder)?.is_some()
            || WaveFiles::new(folder, WaveSeq(0)).chain().try_exists()?
            || has_files(&folder.join("keys"))?
            || !leftover::waves(folder)?.is_empty();
        if known {
            let (database, folder) = (file.display().to_string(), folder.display().to_string());
            bail!(Unfit::NoDatabase { database, folder });
        }
    }
    Ok(())
}

/// Refuses a database and a data folder that are not of one installation. At the first start names both.
///
/// # Errors
///
/// [`Unfit`]; or if either cannot be read or written.
pub(crate) fn check(config: &Config, store: &Store) -> Result<()> {
    // The chain first: a wave is in the database before it is there.
    let chain = wave_dir::read_chain(config.shared()).with_context(|| {
        format!(
            "reading {}; `tideline adopt` writes it anew from the database",
            WaveFiles::new(config.shared(), WaveSeq(0)).chain().display()
        )
    })?;
    let waves = waves_of(store)?;
    let (database, folder) = (config.database.to_string(), config.shared().display().to_string());
    let of_database = store.installation()?;
    let mut of_folders = Vec::new();
    for folder in folders(config) {
        of_folders.push(id_in(folder)?);
    }
    // What both know of the same waves shows that they belong together, whatever they are called.
    let shown = chain.first().is_some_and(|it| waves.contains(it));
    for (id, folder) in of_folders.iter().zip(folders(config)) {
        let unlike = match (of_database, id) {
            (Some(own), Some(id)) => own != *id,
            (None, Some(_)) => !shown,
            (_, None) => false,
        };
        if unlike {
            bail!(Unfit::Others { database, folder: folder.display().to_string() });
        }
    }
    if let Some(&(wave, _)) = chain.iter().find(|it| !waves.contains(it)) {
        if waves.iter().any(|it| it.0 == wave) {
            bail!(Unfit::Others { database, folder });
        }
        bail!(Unfit::OlderDatabase { wave, database, folder });
    }
    if of_folders.iter().all(|it| it.is_some() && *it == of_database) {
        return Ok(());
    }
    // Keys and box are there before the chain has the wave.
    let secrets = leftover::waves(config.shared())?;
    let fits = waves.is_empty() || shown || waves.iter().any(|it| secrets.contains(&it.0));
    // The data folder is named first: one without a name beside a ballot folder with one is another.
    let other =
        of_folders.first().is_some_and(Option::is_none) && of_folders.iter().any(Option::is_some);
    if !fits || other {
        let folder = config.data.display().to_string();
        bail!(Unfit::OtherFolder { database, folder });
    }
    let known = of_folders.iter().flatten().next().copied();
    name(config, store, of_database.or(known))
}

/// Says in the database and in the folders which installation they are of; a new one if `id` is none.
fn name(config: &Config, store: &Store, id: Option<InstallationId>) -> Result<()> {
    let id = store.begin_installation(id.unwrap_or_else(InstallationId::generate))?;
    for folder in folders(config) {
        keep_id(folder, id)?;
    }
    Ok(())
}

/// What making database and data folder fit has changed.
#[derive(Debug, Default)]
pub(crate) struct Adopted {
    /// Where files were moved to.
    pub(crate) aside: Vec<String>,
}

/// Makes the data folder that of the database, whatever it was before: what it has of waves that the database does
/// not know is moved aside, and public files that are missing are written by the caller. Nothing is destroyed.
///
/// # Errors
///
/// If something cannot be read, moved or written; it can be repeated then.
pub(crate) fn adopt(config: &Config, store: &Store) -> Result<Adopted> {
    let waves = waves_of(store)?;
    let mut adopted = Adopted::default();
    for folder in folders(config) {
        for seq in leftover::waves(folder)? {
            // Keys and boxes stay for waves alone whose manifest here is the one that the database has.
            if !public::belongs(config.shared(), &waves, seq)? {
                let files = WaveFiles::apart(config.shared(), &config.data, seq);
                adopted.aside.extend(files.set_aside()?.iter().map(|it| it.display().to_string()));
            }
        }
    }
    let aside = public::make_chain_of(config.shared(), &waves)?;
    adopted.aside.extend(aside.iter().map(|it| it.display().to_string()));
    let id = store.begin_installation(InstallationId::generate())?;
    for folder in folders(config) {
        keep_id(folder, id)?;
    }
    Ok(adopted)
}

/// The data folder, and the ballot folder if that is another.
pub(crate) fn folders(config: &Config) -> Vec<&Path> {
    let mut folders = vec![config.data.as_path()];
    folders.extend((config.shared() != config.data).then(|| config.shared()));
    folders
}

/// Which installation a folder is of, as it says itself.
fn id_in(folder: &Path) -> Result<Option<InstallationId>> {
    let path = folder.join(NAME);
    match fs::read_to_string(&path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        text => {
            let reading = || format!("reading {}", path.display());
            let text = text.with_context(reading)?;
            Ok(Some(text.trim_end().parse().with_context(reading)?))
        }
    }
}

fn keep_id(folder: &Path, id: InstallationId) -> Result<()> {
    if id_in(folder).ok().flatten() == Some(id) {
        return Ok(());
    }
    files::write_atomically(&folder.join(NAME), format!("{id}\n").as_bytes())
}

fn has_files(folder: &Path) -> Result<bool> {
    match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        other => {
            let mut found = other.with_context(|| format!("reading {}", folder.display()))?;
            Ok(found.next().is_some())
        }
    }
}

//! Database and data folder belong together: both carry the name of the installation, and the folder knows no wave
//! that the database does not. Whoever opens both asks here first, so that a misspelt setting or an older copy
//! changes nothing.

use std::{fs, io, path::Path};

use anyhow::{Context as _, Result, bail};
use tideline_ballot::wave_dir::{self, WaveFiles, leftover, public};
use tideline_domain::WaveSeq;
use tideline_store::{DatabaseUrl, InstallationId, Store};

use crate::files;

/// In the data folder while a backup is restored; holds the name that the installation gets.
const RESTORING: &str = "restoring";
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
    #[error(
        "a backup is being restored into {folder}, and that was cut off; run `tideline restore` again, or begin anew \
         with an empty database and another data folder"
    )]
    HalfRestored { folder: String },
    #[error(
        "{folder} is not empty: it has {what}. A backup is restored into an empty installation; name another \
         `data.directory`, or move this one away"
    )]
    NotEmpty { folder: String, what: String },
}

/// Where database and files lie, by the settings.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place<'a> {
    /// The database.
    pub(crate) database: &'a DatabaseUrl,
    /// The data folder.
    pub(crate) data: &'a Path,
    /// What the ballot side may use: the data folder, or a folder of its own.
    pub(crate) shared: &'a Path,
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
pub(crate) fn refuse_new_database(place: Place<'_>) -> Result<()> {
    let Some(file) = place.database.sqlite_file().filter(|it| !it.exists()) else {
        return Ok(());
    };
    for folder in folders(place) {
        let known = id_in(folder)?.is_some()
            || WaveFiles::new(folder, WaveSeq(0)).chain().try_exists()?
            || folder.join("keys/auth.pem").try_exists()?
            || !leftover::list(folder)?.is_empty()
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
pub(crate) fn check(place: Place<'_>, store: &Store) -> Result<()> {
    // The chain first: a wave is in the database before it is there.
    let chain = wave_dir::read_chain(place.shared).with_context(|| {
        format!(
            "reading {}; `tideline adopt` writes it anew from the database",
            WaveFiles::new(place.shared, WaveSeq(0)).chain().display()
        )
    })?;
    let waves = waves_of(store)?;
    let (database, folder) = (place.database.to_string(), place.shared.display().to_string());
    let of_database = store.installation()?;
    let mut of_folders = Vec::new();
    for folder in folders(place) {
        of_folders.push(id_in(folder)?);
    }
    // What both know of the same waves shows that they belong together, whatever they are called.
    let shown = chain.first().is_some_and(|it| waves.contains(it));
    for (id, folder) in of_folders.iter().zip(folders(place)) {
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
    let secrets = leftover::waves(place.shared)?;
    let fits = waves.is_empty() || shown || waves.iter().any(|it| secrets.contains(&it.0));
    // The data folder is named first: one without a name beside a ballot folder with one is another.
    let other =
        of_folders.first().is_some_and(Option::is_none) && of_folders.iter().any(Option::is_some);
    if !fits || other {
        let folder = place.data.display().to_string();
        bail!(Unfit::OtherFolder { database, folder });
    }
    let known = of_folders.iter().flatten().next().copied();
    name(place, store, of_database.or(known))
}

/// Says in the database and in the folders which installation they are of; a new one if `id` is none.
fn name(place: Place<'_>, store: &Store, id: Option<InstallationId>) -> Result<()> {
    let id = store.begin_installation(id.unwrap_or_else(InstallationId::generate))?;
    name_folders(place, id)
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
pub(crate) fn adopt(place: Place<'_>, store: &Store) -> Result<Adopted> {
    let waves = waves_of(store)?;
    let mut adopted = Adopted::default();
    for folder in folders(place) {
        for seq in leftover::waves(folder)? {
            // Keys and boxes stay for waves alone whose manifest here is the one that the database has.
            if !public::belongs(place.shared, &waves, seq)? {
                let files = WaveFiles::apart(place.shared, place.data, seq);
                adopted.aside.extend(files.set_aside()?.iter().map(|it| it.display().to_string()));
            }
        }
    }
    let aside = public::make_chain_of(place.shared, &waves)?;
    adopted.aside.extend(aside.iter().map(|it| it.display().to_string()));
    name(place, store, None)?;
    Ok(adopted)
}

/// Refuses an installation of which only a part was restored.
///
/// # Errors
///
/// [`Unfit::HalfRestored`]; or if the folder cannot be read.
pub(crate) fn refuse_half_restored(place: Place<'_>) -> Result<()> {
    if place.data.join(RESTORING).try_exists()? {
        bail!(Unfit::HalfRestored { folder: place.data.display().to_string() });
    }
    Ok(())
}

/// The name that an installation gets whose restoring was cut off; `None` if none was.
///
/// # Errors
///
/// If the folder cannot be read.
pub(crate) fn being_restored(place: Place<'_>) -> Result<Option<InstallationId>> {
    read_id(&place.data.join(RESTORING))
}

/// Says that restoring begins.
///
/// # Errors
///
/// If the folder cannot be written.
pub(crate) fn begin_restoring(place: Place<'_>, id: InstallationId) -> Result<()> {
    files::write_atomically(&place.data.join(RESTORING), format!("{id}\n").as_bytes())
}

/// Says that restoring has ended.
///
/// # Errors
///
/// If the folder cannot be written.
pub(crate) fn end_restoring(place: Place<'_>) -> Result<()> {
    let path = place.data.join(RESTORING);
    match fs::remove_file(&path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        other => other.with_context(|| format!("removing {}", path.display())),
    }
}

/// Refuses folders in which an installation lives, or a SQLite file that is there. The key file `keys/auth.pem` may
/// lie there already: it is put back by hand.
///
/// # Errors
///
/// [`Unfit::NotEmpty`]; or if a folder cannot be read.
pub(crate) fn must_be_empty(place: Place<'_>) -> Result<()> {
    let refuse = |folder: &Path, what: &str| {
        let folder = folder.display().to_string();
        bail!(Unfit::NotEmpty { folder, what: what.to_owned() })
    };
    if let Some(file) = place.database.sqlite_file().filter(|it| it.exists()) {
        return refuse(place.data, &format!("the database {}", file.display()));
    }
    for folder in folders(place) {
        for what in [NAME, "chain.txt", "manifests", "results", "questionnaires"] {
            if folder.join(what).try_exists()? {
                return refuse(folder, what);
            }
        }
        if !leftover::waves(folder)?.is_empty() || !leftover::list(folder)?.is_empty() {
            return refuse(folder, "keys or boxes of waves");
        }
    }
    Ok(())
}

/// Says in the folders which installation they are of.
///
/// # Errors
///
/// If they cannot be written.
pub(crate) fn name_folders(place: Place<'_>, id: InstallationId) -> Result<()> {
    folders(place).into_iter().try_for_each(|it| keep_id(it, id))
}

/// The data folder, and the ballot folder if that is another.
pub(crate) fn folders(place: Place<'_>) -> Vec<&Path> {
    let mut folders = vec![place.data];
    folders.extend((place.shared != place.data).then_some(place.shared));
    folders
}

/// Which installation a folder is of, as it says itself.
fn id_in(folder: &Path) -> Result<Option<InstallationId>> {
    read_id(&folder.join(NAME))
}

fn read_id(path: &Path) -> Result<Option<InstallationId>> {
    match fs::read_to_string(path) {
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

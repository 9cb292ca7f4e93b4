//! The public files of waves as a whole: put right after a database or a folder came back from a copy.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use tideline_domain::WaveSeq;

use super::{CHAIN, MANIFESTS, QUESTIONNAIRES, RESULTS, WaveFilesError, chain_text};
use crate::{encoding::sha256, files};

/// Makes the chain below `data_dir` that of `waves`, first wave first. Public files of any other wave, or of one
/// that was announced with another manifest, are moved to a new folder below `leftover`; which, is given. Files
/// that are missing stay missing: [`announce`](super::WaveFiles::announce) writes them. Can be repeated.
///
/// # Errors
///
/// If something cannot be read, moved or written.
pub fn make_chain_of(
    data_dir: impl AsRef<Path>,
    waves: &[(WaveSeq, [u8; 32])],
) -> Result<Option<PathBuf>, WaveFilesError> {
    let data_dir = data_dir.as_ref();
    let mut aside = None;
    for dir in [RESULTS, QUESTIONNAIRES, MANIFESTS] {
        for name in names(&data_dir.join(dir))? {
            let Some(seq) = name.split('.').next().and_then(|it| it.parse().ok()) else { continue };
            if belongs(data_dir, waves, WaveSeq(seq))? {
                continue;
            }
            let folder = match &aside {
                Some(folder) => folder,
                None => aside.insert(new_folder(data_dir)?),
            };
            fs::create_dir_all(folder.join(dir))?;
            let (from, to) = (data_dir.join(dir).join(&name), folder.join(dir).join(&name));
            fs::rename(&from, &to)?;
            files::sync_parent(&to)?;
            files::sync_parent(&from)?;
        }
    }
    let chain = chain_text(waves);
    let before = files::read(&data_dir.join(CHAIN))?;
    if before.as_deref().unwrap_or_default() != chain.as_bytes() {
        files::write_public(&data_dir.join(CHAIN), chain.as_bytes())?;
    }
    Ok(aside)
}

/// Whether wave `seq` is one of `waves`, with the manifest that is on disk.
///
/// # Errors
///
/// If the manifest cannot be read.
pub fn belongs(
    data_dir: impl AsRef<Path>,
    waves: &[(WaveSeq, [u8; 32])],
    seq: WaveSeq,
) -> Result<bool, WaveFilesError> {
    let path = data_dir.as_ref().join(MANIFESTS).join(format!("{seq}.json"));
    let Some(hash) = files::read(&path)?.map(|it| sha256(&[&it])) else { return Ok(false) };
    Ok(waves.contains(&(seq, hash)))
}

fn new_folder(data_dir: &Path) -> io::Result<PathBuf> {
    let mut number = 1_u32;
    loop {
        let folder = data_dir.join("leftover").join(number.to_string());
        if !folder.try_exists()? {
            fs::create_dir_all(&folder)?;
            return Ok(folder);
        }
        number += 1;
    }
}

/// The names of files in a folder; none if it is not there.
fn names(folder: &Path) -> io::Result<Vec<String>> {
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        other => other?,
    };
    let mut names = Vec::new();
    for entry in entries {
        names.extend(entry?.file_name().into_string());
    }
    names.sort_unstable();
    Ok(names)
}

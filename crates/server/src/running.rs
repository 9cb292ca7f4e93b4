//! Keeps commands that need database and data folder for themselves apart from `tideline serve`.

use std::{
    fs::{File, TryLockError},
    path::PathBuf,
};

use anyhow::{Context as _, Result, bail};

use crate::{config::Config, files};

fn lock_file(config: &Config) -> Result<(File, PathBuf)> {
    let path = config.data.join("serving.lock");
    let file = files::private_file(&path).with_context(|| format!("writing {}", path.display()))?;
    Ok((file, path))
}

/// Held while the program serves. Several programs may serve at once.
///
/// # Errors
///
/// If a command has database and folder for itself; says so.
pub(crate) fn serving(config: &Config) -> Result<File> {
    let (file, path) = lock_file(config)?;
    match file.try_lock_shared() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => bail!(
            "another command has the data folder {} for itself; start again when it has ended",
            config.data.display()
        ),
        Err(TryLockError::Error(error)) => {
            Err(error).with_context(|| format!("locking {}", path.display()))
        }
    }
}

/// Held by a command that changes database or data folder as a whole.
///
/// # Errors
///
/// If the program serves, or another such command runs; says what to do.
pub(crate) fn alone(config: &Config) -> Result<File> {
    let (file, path) = lock_file(config)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => bail!(
            "`tideline serve` or another command is using the data folder {}; stop it first",
            config.data.display()
        ),
        Err(TryLockError::Error(error)) => {
            Err(error).with_context(|| format!("locking {}", path.display()))
        }
    }
}

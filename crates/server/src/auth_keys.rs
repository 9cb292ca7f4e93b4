//! The keys that sign tokens, in a file of their own that is in no backup.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use tideline_api::AuthKeys;

use crate::files;

/// The keys that sign tokens, below the data folder `data`; made if there are none.
///
/// # Errors
///
/// If they cannot be read or made.
pub fn load_or_create(data: &Path) -> Result<AuthKeys> {
    files::private_folder(&data.join("keys"))?;
    AuthKeys::load_or_create(&file(data)).context("reading the signing keys")
}

/// Where they are below the data folder `data`.
pub(crate) fn file(data: &Path) -> PathBuf {
    data.join("keys/auth.pem")
}

//! The keys that sign tokens, in a file of their own that is in no backup.

use std::path::PathBuf;

use anyhow::{Context as _, Result};
use tideline_api::AuthKeys;

use crate::{context::Context, files};

/// The keys that sign tokens; made if there are none.
///
/// # Errors
///
/// If they cannot be read or made.
pub fn load_or_create(context: &Context) -> Result<AuthKeys> {
    files::private_folder(&context.config.data.join("keys"))?;
    AuthKeys::load_or_create(&file(context)).context("reading the signing keys")
}

/// Where they are.
pub(crate) fn file(context: &Context) -> PathBuf {
    context.config.data.join("keys/auth.pem")
}

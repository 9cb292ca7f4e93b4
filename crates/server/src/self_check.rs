//! What must hold before a wave may be served here: nothing on this machine or in the database
//! server keeps more than the program means to keep.

use anyhow::{Result, bail};
use tideline_booth::harden;

use crate::context::Context;

/// Turns off core dumps and refuses to go on where settings would keep or show what is promised to
/// be kept from everybody. Says which, and what would be right.
///
/// # Errors
///
/// If something is not safe, or the database cannot be asked.
pub(crate) fn run(context: &Context) -> Result<()> {
    harden::no_dumps()?;
    let config = &context.config;
    let mut refused: Vec<String> = context
        .store
        .settings_findings()?
        .into_iter()
        .map(|it| format!("database setting {} = {}: {}", it.setting, it.value, it.why))
        .collect();
    // Not refused here: a wave may be under way, and tokens lie in browsers under these names.
    if let Some(why) = config.two_sites() {
        tracing::error!("{why}");
    }
    let apart = config.ballot_data.is_some();
    let secret = config.data.join("keys");
    let (keys, boxes) = (config.shared().join("keys"), config.shared().join("boxes"));
    let mut found = harden::findings(&[&secret], false);
    found.extend(harden::findings(&[&keys, &boxes], apart));
    found.dedup();
    for finding in found {
        if finding.refuse {
            refused.push(finding.to_string());
        } else {
            tracing::warn!("{finding}");
        }
    }
    if !refused.is_empty() {
        bail!("it is not safe to run like this:\n  {}", refused.join("\n  "));
    }
    Ok(())
}

//! Whether people could sign in by the identity provider, found out without anybody doing so.

use anyhow::{Context as _, Result};
use chrono::{DateTime, Utc};
use tideline_api::OidcProvider;

use crate::config::Config;

#[expect(clippy::print_stdout, reason = "this is what the command is run for")]
fn say(line: &str) {
    println!("{line}");
}

/// The part of `tideline check-config` that asks the identity provider, if there is one.
///
/// # Errors
///
/// If it cannot be used as it is set; the error says why.
pub(crate) fn check(config: &Config, now: DateTime<Utc>) -> Result<()> {
    let Some(settings) = &config.oidc else { return Ok(()) };
    let provider = OidcProvider::new(settings.clone())?;
    let found = provider.check(now).with_context(|| format!("oidc: {}", settings.issuer))?;
    let name = provider.name();
    say(&format!("{:<16} {name}, {}, secret by {}", "sign-in by", found.issuer, found.sent));
    if found.tells_verified == Some(false) && !settings.trust_addresses {
        say(
            "note: the identity provider does not list email_verified among its claims; if it never says \
             so, nobody can sign in by it before oidc.trust_addresses is true",
        );
    }
    Ok(())
}

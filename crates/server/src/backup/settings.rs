//! The settings as they hold, without what must not lie in a backup.

use std::path::Path;

use anyhow::{Context as _, Result};
use toml::{Table, Value};

use crate::config::Config;

/// Stands for what was left out.
const LEFT_OUT: &str = "left out of backups; enter it again";

/// Settings that hold a secret, or may.
const SECRETS: [(&str, &str); 3] =
    [("data", "database"), ("mail", "smtp"), ("oidc", "client_secret")];

/// The settings of `file` and the environment as TOML, without passwords, secrets and addresses that are secrets.
///
/// # Errors
///
/// If they cannot be read.
pub(super) fn without_secrets(file: Option<&Path>) -> Result<String> {
    let all: Table = Config::raw(file)?.extract().context("reading the settings")?;
    let text = toml::to_string(&harmless(all)).context("writing the settings")?;
    Ok(format!(
        "# The settings as they held when the backup was made, the environment's among them. Where it says “{LEFT_OUT}”,\n\
         # there was a secret.\n{text}"
    ))
}

fn harmless(mut all: Table) -> Table {
    for (section, name) in SECRETS {
        if let Some(Value::Table(section)) = all.get_mut(section)
            && let Some(Value::String(text)) = section.get_mut(name)
            && !text.is_empty()
            // A file's name is none.
            && !text.starts_with("sqlite:")
        {
            LEFT_OUT.clone_into(text);
        }
    }
    if let Some(Value::Array(hooks)) = all.get_mut("hooks") {
        for hook in hooks {
            let Some(hook) = hook.as_table_mut() else { continue };
            // The address of a chat room is all that it takes to write there.
            for name in ["url", "secret"] {
                if let Some(value) = hook.get_mut(name) {
                    *value = Value::String(LEFT_OUT.to_owned());
                }
            }
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_secret_is_left_out_and_the_rest_is_there() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("tideline.toml");
        let text = "
            [data]
            database = \"postgres://tideline:hush1@db.example.org/tideline\"
            [mail]
            smtp = \"smtps://tideline:hush2@mail.example.org\"
            from = \"Tideline <tideline@example.org>\"
            [oidc]
            client_secret = \"hush3\"
            [[hooks]]
            name = \"board\"
            kind = \"webhook\"
            url = \"https://chat.example.org/hush4\"
            secret = \"whsec_hush5\"
            [wave]
            pickup_days = 3
        ";
        std::fs::write(&file, text).unwrap();
        let kept = without_secrets(Some(&file)).unwrap();
        assert!(!kept.contains("hush"), "{kept}");
        let back: Table = kept.parse().unwrap();
        assert_eq!(back["wave"]["pickup_days"].as_integer(), Some(3));
        assert_eq!(back["hooks"][0]["name"].as_str(), Some("board"));
        assert_eq!(back["mail"]["from"].as_str(), Some("Tideline <tideline@example.org>"));
        let plain = without_secrets(None).unwrap();
        assert!(plain.contains("sqlite:tideline.sqlite"), "{plain}");
    }

    /// A setting that comes later is looked at here by somebody.
    #[test]
    fn every_setting_that_sounds_like_a_secret_is_one_of_those_left_out() {
        let all: Table = Config::raw(None).unwrap().extract().unwrap();
        for (section, settings) in &all {
            let Some(settings) = settings.as_table() else { continue };
            for name in settings.keys() {
                let sounds = ["secret", "password", "token", "database", "smtp", "url"];
                let is_secret = SECRETS.contains(&(section.as_str(), name.as_str()));
                let sounds = section != "password" && sounds.iter().any(|it| name.contains(it));
                assert_eq!(sounds, is_secret, "{section}.{name}");
            }
        }
    }
}

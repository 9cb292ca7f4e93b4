//! The commands `backup`, `restore` and `move-database`.

use std::path::Path;

use anyhow::Result;

use crate::{
    backup,
    config::Config,
    context::{Context, system_clock},
    move_database as moving,
    wave_command::say,
};

/// Runs `tideline backup`.
///
/// # Errors
///
/// As [`backup::make`].
pub(crate) fn make(mut config: Config, out: &Path, settings: Option<&Path>) -> Result<()> {
    // Another version of the program may be serving.
    config.migrate_on_start = false;
    let context = Context::open(config, system_clock())?;
    let made = backup::make(&context, out, settings)?;
    say(&format!("{} rows and {} files are in {}", made.rows, made.files, out.display()));
    if made.unreleased > 0 {
        say(&format!(
            "{} waves have not ended; a restore would end them without a release, because keys and boxes are in no \
             backup",
            made.unreleased
        ));
    }
    Ok(())
}

/// Runs `tideline restore`.
///
/// # Errors
///
/// As [`backup::restore`].
pub(crate) fn restore(config: Config, from: &Path) -> Result<()> {
    let restored = backup::restore(config, from, system_clock())?;
    say(&format!("{} rows of the backup of {} are restored", restored.rows, restored.made));
    for seq in &restored.abandoned {
        say(&format!("wave {seq} was not over then: it is ended without a release"));
    }
    say("everybody signs in anew; a mail server that was named on the page Mail is named again");
    say("whoever has a personal code or passkey for check-ins makes a new one");
    say(
        "destroy keys/wave-* and boxes of the lost installation's folder if it is still there: keys first",
    );
    Ok(())
}

/// Runs `tideline move-database`.
///
/// # Errors
///
/// As [`moving::move_database`].
pub(crate) fn move_database(config: Config, to: &str) -> Result<()> {
    let to = config.other_database(to)?;
    let moved = moving::move_database(config, &to, system_clock())?;
    say(&format!("{} rows of {} tables are the same in {to}", moved.rows, moved.tables));
    say("name it in data.database before anything else; the old one is kept, and refused");
    Ok(())
}

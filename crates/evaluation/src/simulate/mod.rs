//! `cargo xtask simulate`: how the product behaves over many made-up organisations, with fixed seeds.

mod next_wave;
mod participation;
mod release;
mod trend;
mod world;

use std::path::Path;

use anyhow::{Context as _, Result};

/// Reads the options and runs what they name.
pub(crate) fn run(arguments: &[String]) -> Result<()> {
    let number = |name: &str, or: u64| -> Result<u64> {
        let Some(at) = arguments.iter().position(|it| it == name) else { return Ok(or) };
        let text = arguments.get(at + 1).with_context(|| format!("{name} needs a number"))?;
        text.parse().with_context(|| format!("{name} {text} is not a number"))
    };
    if arguments.iter().any(|it| it == "--participation") {
        let waves = u32::try_from(number("--waves", 1_000)?)?;
        return participation::run(&participation::Options { waves, seed: number("--seed", 1)? });
    }
    if let Some(at) = arguments.iter().position(|it| it == "--next-wave") {
        let file = arguments.get(at + 1).context("--next-wave needs a file")?;
        return next_wave::run(Path::new(file));
    }
    if !arguments.iter().any(|it| it == "--trend") {
        return release::run(arguments);
    }
    trend::run(&trend::Options {
        organisations: u32::try_from(number("--organisations", 24)?)?,
        teams: usize::try_from(number("--teams", 60)?)?,
        seed: number("--seed", 1)?,
    })
}

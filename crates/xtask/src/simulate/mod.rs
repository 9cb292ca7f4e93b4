//! `cargo xtask simulate`: how the product behaves over many made-up organisations, with fixed seeds.

mod release;
mod trend;

use anyhow::{Context as _, Result};

/// Reads the options and runs what they name.
pub(crate) fn run(arguments: &[String]) -> Result<()> {
    let number = |name: &str, or: u64| -> Result<u64> {
        let Some(at) = arguments.iter().position(|it| it == name) else { return Ok(or) };
        let text = arguments.get(at + 1).with_context(|| format!("{name} needs a number"))?;
        text.parse().with_context(|| format!("{name} {text} is not a number"))
    };
    if !arguments.iter().any(|it| it == "--trend") {
        return release::run(arguments);
    }
    let organisations = u32::try_from(number("--organisations", 600)?)?;
    trend::run(&trend::Options { organisations, seed: number("--seed", 1)? })
}

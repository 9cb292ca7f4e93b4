//! `tideline audit`: the auditor once more over everything that was ever published.

use std::{fs, path::PathBuf};

use anyhow::{Context as _, Result, bail, ensure};
use tideline_aggregation::Release;
use tideline_api::CellsBody;
use tideline_ballot::wave_dir::WaveFiles;
use tideline_domain::WaveSeq;

use crate::{cli::AuditArgs, context::Context, files};

/// Runs the command.
///
/// # Errors
///
/// If a release cannot be read back as it was published, or anything is found in one.
pub(crate) fn run(context: &Context, args: &AuditArgs) -> Result<()> {
    let releases = context.store.releases()?;
    let chosen: Vec<&Release> = releases
        .iter()
        .filter(|it| args.wave.is_none_or(|seq| it.wave().seq == WaveSeq(seq)))
        .collect();
    if let (Some(seq), true) = (args.wave, chosen.is_empty()) {
        bail!("wave {seq} has not been released");
    }
    if let Some(folder) = &args.cells {
        files::private_folder(folder)?;
    }
    let mut found = ledger(&releases);
    for release in chosen {
        let wave = release.wave();
        let mut of_wave: Vec<String> = release.audit().iter().map(|it| format!("{it:?}")).collect();
        of_wave.extend(against_result_file(context, wave.seq)?);
        let (atoms, details) = (release.atoms().len(), release.details());
        let spreads = details.spreads.iter().filter(|it| it.burnout.is_some()).count();
        let verdict = if of_wave.is_empty() { "SAFE" } else { "UNSAFE" };
        say(&format!(
            "{verdict} {}: {atoms} atoms, {spreads} spreads, {} blocks, k = {}",
            wave.label,
            details.blocks.len(),
            release.k().people(),
        ));
        for finding in &of_wave {
            say(&format!("  {finding}"));
        }
        found.extend(of_wave);
        if let Some(folder) = &args.cells {
            context.note("results.export", format!("cells {}", wave.seq))?;
            write_cells(release, folder.join(format!("cells-{}.json", wave.seq)))?;
        }
    }
    ensure!(found.is_empty(), "{} findings: {}", found.len(), found.join("; "));
    Ok(())
}

/// What must hold between releases: each wave once, in order, each on the tree of its own wave.
fn ledger(releases: &[Release]) -> Vec<String> {
    releases
        .windows(2)
        .filter(|two| two[0].wave().seq >= two[1].wave().seq)
        .map(|two| format!("wave {} is released twice or out of order", two[1].wave().seq))
        .collect()
}

/// The digest in the wave's public result file must be the stored release's, which the store has
/// compared with the release itself.
fn against_result_file(context: &Context, seq: WaveSeq) -> Result<Option<String>> {
    let path = WaveFiles::new(&context.config.data, seq).result();
    if !path.exists() {
        return Ok(None);
    }
    let text = fs::read_to_string(&path).with_context(|| format!("reading {}", path.display()))?;
    let digest: String =
        context.store.release_counts(seq)?.digest.iter().map(|it| format!("{it:02x}")).collect();
    Ok((!text.contains(&digest))
        .then(|| "the public result file holds another release's digest".to_owned()))
}

fn write_cells(release: &Release, path: PathBuf) -> Result<()> {
    let text = serde_json::to_string(&CellsBody::from(release))?;
    files::write_atomically(&path, text.as_bytes())?;
    say(&format!("  cells: {}", path.display()));
    Ok(())
}

#[expect(clippy::print_stdout, reason = "this is what the command is run for")]
fn say(line: &str) {
    println!("{line}");
}

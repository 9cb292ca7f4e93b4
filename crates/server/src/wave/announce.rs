//! Announcing a wave, and what an announcement that was cut off leaves.

use std::fs::File;

use anyhow::{Context as _, Result, ensure};
use tideline_ballot::{
    keys::WaveKeys,
    manifest::{Manifest, PinnedManifest},
    wave_dir::{WaveFiles, leftover},
};
use tideline_domain::day::utc_day;
use tideline_domain::{
    InstrumentId, NotAnnounced, Phase, Questionnaire, Roster, Wave, WaveLabel, WaveSeq, Window,
};
use tideline_instrument::frozen::asked;

use super::files;
use crate::{context::Context, installation, instrument};

/// Announces a wave: freezes the roster and what is asked, makes fresh keys, writes the manifest and
/// its chain line.
///
/// # Errors
///
/// If there is no organisation or nobody in it, if a wave of that label exists, if `asks` cannot be
/// asked, or if something cannot be written; then no wave has been announced.
pub fn announce(
    context: &Context,
    label: WaveLabel,
    asks: &InstrumentId,
    window: Window,
) -> Result<WaveSeq> {
    let _lock = announcing(context)?;
    announce_alone(context, label, asks, window)
}

/// The same with the first label that is free in the month in which it opens, by the organisation's clock.
///
/// # Errors
///
/// As [`announce`]; [`tideline_domain::WindowError::FullMonth`] if none is free.
pub fn announce_in_its_month(
    context: &Context,
    asks: &InstrumentId,
    window: Window,
) -> Result<WaveSeq> {
    let _lock = announcing(context)?;
    let opens = window.first_day(&context.zone()?);
    let waves = context.store.wave_summaries()?;
    let mut part = 1;
    let label = loop {
        let label = WaveLabel::of_month(opens, part, asks)?;
        if waves.iter().all(|it| it.wave.label != label) {
            break label;
        }
        part += 1;
    };
    announce_alone(context, label, asks, window)
}

/// Announces a wave while nobody else does.
fn announce_alone(
    context: &Context,
    label: WaveLabel,
    asks: &InstrumentId,
    window: Window,
) -> Result<WaveSeq> {
    let now = context.now();
    ensure!(window.phase(now) < Phase::Closed, NotAnnounced::Over);
    let waves = context.store.wave_summaries()?;
    ensure!(waves.iter().all(|it| it.wave.label != label), NotAnnounced::LabelTaken(label));
    ensure!(
        waves.iter().all(|it| it.wave.window.closes() < window.closes()),
        NotAnnounced::ClosesTooEarly
    );
    let tree = context.store.units(utc_day(now))?.ok_or(NotAnnounced::NoUnits)?;
    let roster = Roster::freeze(tree, &context.store.people_with_units(utc_day(now))?);
    ensure!(roster.eligible() > 0, NotAnnounced::NobodyInAUnit);

    let last = waves.iter().map(|it| it.wave.seq).max();
    let seq = WaveSeq(last.map_or(1, |it| it.0 + 1));
    let document = match instrument::frozen(context, asks.as_str())? {
        Some(frozen) => Some(frozen.to_toml()?),
        None => None,
    };
    let questionnaire = asked(asks, document.as_deref())?;
    let wave = Wave { seq, label, asks: asks.clone(), window };
    let files = files(context, seq);
    // Left by an announcement that was cut off before the database knew of it.
    set_aside(&files)?;
    let keys = WaveKeys::generate();
    keys.save(&files.keys())?;
    if let Some(path) = files.token_key() {
        keys.token_key().save_for_group(&path)?;
    }
    let pinned = manifest(context, &wave, questionnaire, &roster, &keys, last)?;
    files.create_boxes(pinned.manifest.boxes)?;
    if let Err(error) =
        context.store.announce_wave(&wave, &roster, &pinned.bytes, document.as_deref())
    {
        // A lost connection may hide that it was stored after all; only the database can tell.
        if context.store.wave_summaries().is_ok_and(|all| all.iter().all(|it| it.wave.seq != seq)) {
            files.destroy_secrets()?;
        }
        return Err(error.into());
    }
    keep_files(&files, document.as_deref(), &pinned)?;
    Ok(seq)
}

/// Writes what is public of a wave; what it asks before its manifest, which is what the ballot side
/// looks for.
pub(super) fn keep_files(
    files: &WaveFiles,
    document: Option<&str>,
    pinned: &PinnedManifest,
) -> Result<()> {
    if let Some(document) = document {
        files.keep_questionnaire(document)?;
    }
    Ok(files.announce(pinned)?)
}

/// Refuses if a check-in could leave somebody in need of help with nobody to turn to.
///
/// # Errors
///
/// If the support page names nobody, or nobody for a country in use; or the database cannot be read.
pub fn somebody_to_turn_to(context: &Context) -> Result<()> {
    let lacking = context.store.without_contact(utc_day(context.now()))?;
    ensure!(
        lacking.is_empty(),
        NotAnnounced::NobodyToTurnTo(lacking.into_iter().flatten().collect())
    );
    Ok(())
}

/// Held while a wave is announced, so that two programs do not announce the same one.
fn announcing(context: &Context) -> Result<File> {
    let path = context.config.data.join("announcing.lock");
    let lock =
        crate::files::private_file(&path).with_context(|| format!("writing {}", path.display()))?;
    lock.lock().with_context(|| format!("locking {}", path.display()))?;
    Ok(lock)
}

/// Moves keys and boxes aside that belong to no wave of the database: of announcements that were cut off before it
/// knew of them. They are kept, for nothing here can tell what else they may be.
///
/// # Errors
///
/// If the data folder or the database cannot be read, or something cannot be moved.
pub fn set_aside_unknown(context: &Context) -> Result<()> {
    let _lock = announcing(context)?;
    let known: Vec<WaveSeq> =
        context.store.wave_summaries()?.iter().map(|it| it.wave.seq).collect();
    let mut kept = 0;
    for folder in installation::folders(context.config.place()) {
        for seq in leftover::waves(folder)? {
            if !known.contains(&seq) {
                set_aside(&files(context, seq))?;
            }
        }
        kept += leftover::list(folder)?.len();
    }
    if kept > 0 {
        tracing::warn!(
            files = kept,
            "keys or boxes that were moved aside are kept; `tideline wave leftovers` lists them"
        );
    }
    Ok(())
}

fn set_aside(files: &WaveFiles) -> Result<()> {
    for folder in files.set_aside().context("moving aside keys or boxes of no known wave")? {
        tracing::warn!(
            wave.seq = %files.seq(),
            folder = %folder.display(),
            "keys or boxes of no wave that the database knows are moved aside; `tideline wave leftovers` lists them"
        );
    }
    Ok(())
}

/// Writes what is public of waves and is missing in the folder, from the database.
///
/// # Errors
///
/// If the database cannot be read, or a file is another than was announced or cannot be written.
pub fn complete_files(context: &Context) -> Result<()> {
    let _lock = announcing(context)?;
    for summary in context.store.wave_summaries()? {
        let files = files(context, summary.wave.seq);
        if !files.manifest().try_exists()? {
            let record = context.store.wave(summary.wave.seq)?;
            let pinned = PinnedManifest::parse(record.manifest)?;
            keep_files(&files, record.questionnaire.as_deref(), &pinned)?;
            tracing::info!(wave.seq = %summary.wave.seq, "its public files were missing and are written again");
        }
    }
    Ok(())
}

fn manifest(
    context: &Context,
    wave: &Wave,
    questionnaire: &Questionnaire,
    roster: &Roster,
    keys: &WaveKeys,
    last: Option<WaveSeq>,
) -> Result<PinnedManifest> {
    let previous = last.map(|seq| files(context, seq));
    let mut manifest = Manifest::new(
        wave,
        questionnaire,
        &roster.cohorts,
        keys,
        context.policy()?.k.people(),
        previous.as_ref().map(WaveFiles::as_predecessor).transpose()?,
    );
    manifest.boxes = context.config.boxes;
    manifest.client_bundle = Some(tideline_api::client_bundle_digest());
    Ok(PinnedManifest::parse(manifest.to_bytes()?)?)
}

//! The life of a wave: announced, live, closed, released, its secrets destroyed.
//!
//! Every step can be run again after a crash. The database is the truth; files follow it.

use std::fs::File;

use anyhow::{Context as _, Result, bail, ensure};
use tideline_aggregation::{MinGroup, Policy, Release, Turnout, release, score};
use tideline_api::LiveWave;
use tideline_ballot::{
    ballot_box::BallotBox,
    keys::WaveKeys,
    manifest::{Manifest, PinnedManifest, questionnaire_digest},
    result::ResultFile,
    tally::{self, Tally},
    wave_dir::{self, WaveFiles},
};
use tideline_domain::{Phase, Roster, Wave, WaveLabel, WaveSeq, Window};
use tideline_instrument::PULSE;
use tideline_store::{NewDelivery, Publish, WaveRecord};

use crate::{context::Context, progress::Progress};

/// What closing a wave came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Closed {
    /// Tallied and released now.
    Released,
    /// It had been released before; what was left of its secrets is destroyed now.
    AlreadyReleased,
}

fn files(context: &Context, seq: WaveSeq) -> WaveFiles {
    WaveFiles::new(&context.config.data, seq)
}

/// Announces a wave: freezes the roster, makes fresh keys, writes the manifest and its chain line.
///
/// # Errors
///
/// If there is no organisation or nobody in it, if a wave of that label exists, or if something
/// cannot be written; then no wave has been announced.
pub fn announce(context: &Context, label: WaveLabel, window: Window) -> Result<WaveSeq> {
    let now = context.now();
    ensure!(window.phase(now) < Phase::Closed, "a wave must close in the future");
    let _lock = announcing(context)?;
    let waves = context.store.waves()?;
    ensure!(
        waves.iter().all(|it| it.wave.label != label),
        "there is a wave {label} already; give another label"
    );
    ensure!(
        waves.iter().all(|it| it.wave.window.closes() < window.closes()),
        "a wave must close after every wave announced before it"
    );
    let tree = context
        .store
        .units(now.date_naive())?
        .context("there are no units yet; import a roster first (`tideline import-roster`)")?;
    let roster = Roster::freeze(tree, &context.store.people_with_units(now.date_naive())?);
    ensure!(roster.eligible() > 0, "nobody is in a unit yet; import a roster first");

    let last = waves.iter().map(|it| it.wave.seq).max();
    let seq = WaveSeq(last.map_or(1, |it| it.0 + 1));
    let wave = Wave { seq, label, window };
    let files = files(context, seq);
    // Left by an announcement that was cut off before the database knew of it.
    files.destroy_secrets()?;
    let keys = WaveKeys::generate();
    keys.save(&files.keys())?;
    let pinned = manifest(context, &wave, &roster, &keys, last)?;
    BallotBox::create(&files.ballot_box())?;
    if let Err(error) = context.store.announce_wave(&wave, &roster, &pinned.bytes) {
        // A lost connection may hide that it was stored after all; only the database can tell.
        if context.store.waves().is_ok_and(|all| all.iter().all(|it| it.wave.seq != seq)) {
            files.destroy_secrets()?;
        }
        return Err(error.into());
    }
    files.announce(&pinned)?;
    Ok(seq)
}

/// Held while a wave is announced, so that two programs do not announce the same one.
fn announcing(context: &Context) -> Result<File> {
    let path = context.config.data.join("announcing.lock");
    let lock = File::create(&path).with_context(|| format!("writing {}", path.display()))?;
    lock.lock().with_context(|| format!("locking {}", path.display()))?;
    Ok(lock)
}

/// Destroys keys and boxes of announcements that were cut off before the database knew of them.
///
/// # Errors
///
/// If the data folder or the database cannot be read, or something cannot be destroyed.
pub fn destroy_orphans(context: &Context) -> Result<()> {
    let _lock = announcing(context)?;
    let known: Vec<WaveSeq> = context.store.waves()?.iter().map(|it| it.wave.seq).collect();
    for seq in wave_dir::leftovers(&context.config.data)? {
        if !known.contains(&seq) {
            files(context, seq).destroy_secrets()?;
        }
    }
    Ok(())
}

fn manifest(
    context: &Context,
    wave: &Wave,
    roster: &Roster,
    keys: &WaveKeys,
    last: Option<WaveSeq>,
) -> Result<PinnedManifest> {
    let previous = last.map(|seq| files(context, seq));
    let mut manifest = Manifest::new(
        wave,
        &PULSE,
        &roster.cohorts,
        keys,
        context.config.policy.k.people(),
        previous.as_ref(),
    )?;
    manifest.client_bundle = Some(tideline_api::client_bundle_digest());
    Ok(PinnedManifest::parse(manifest.to_bytes()?)?)
}

/// Makes every announced wave live that is not over, and drops those that are. Also writes again
/// what a crash kept from being written. A wave that cannot be taken up is logged and left out, so
/// that it stands in nobody else's way.
///
/// # Errors
///
/// If the database cannot be read.
pub fn refresh_live(context: &Context) -> Result<()> {
    let now = context.now() - context.config.grace;
    for record in context.store.waves()? {
        let seq = record.wave.seq;
        if record.wave.window.phase(now) == Phase::Closed || record.released {
            drop_live(context, seq);
        } else if context.live.get(seq).is_none() {
            match live_wave(context, &record) {
                Ok(live) => context.live.insert(live),
                Err(error) => {
                    tracing::error!(wave.seq = %seq, error = format!("{error:#}"), "wave not taken up");
                }
            }
        }
    }
    Ok(())
}

/// Stops serving a wave; its box is closed when what was on its way is in it.
fn drop_live(context: &Context, seq: WaveSeq) {
    if let Some(live) = context.live.remove(seq) {
        live.writer.close();
    }
}

fn live_wave(context: &Context, record: &WaveRecord) -> Result<LiveWave> {
    let seq = record.wave.seq;
    let files = files(context, seq);
    let pinned = pinned(record)?;
    files.announce(&pinned)?;
    let keys = WaveKeys::load(&files.keys())
        .with_context(|| format!("wave {seq} is not over, but its keys cannot be read"))?;
    Ok(LiveWave::start(pinned, &keys, &files.ballot_box())?)
}

/// The manifest of a wave, which must be about the questionnaire of this program.
fn pinned(record: &WaveRecord) -> Result<PinnedManifest> {
    let pinned = PinnedManifest::parse(record.manifest.clone())?;
    ensure!(
        pinned.manifest.questionnaire == questionnaire_digest(&PULSE),
        "wave {} was announced with another questionnaire than this version has; finish it with the \
         version that announced it",
        record.wave.label
    );
    Ok(pinned)
}

/// Tallies and releases a wave that is over, queues the report, and destroys box, token list and keys.
///
/// # Errors
///
/// If the wave is not over (with the grace period), or the audit found something: then nothing is
/// published, and the box stays sealed where it is.
pub fn close(context: &Context, seq: WaveSeq) -> Result<Closed> {
    end(context, seq, open_box)
}

/// Ends a wave whose keys or box are lost: releases nothing, and destroys what is left of it.
///
/// # Errors
///
/// As [`close`].
pub fn abandon(context: &Context, seq: WaveSeq) -> Result<Closed> {
    end(context, seq, |_, _, _| Ok(Tally { sheets: Vec::new(), ballots: 0, spoilt: 0 }))
}

fn end(
    context: &Context,
    seq: WaveSeq,
    tally: impl Fn(&WaveFiles, &PinnedManifest, MinGroup) -> Result<Tally>,
) -> Result<Closed> {
    let now = context.now();
    let record = context.store.wave(seq)?;
    let closed = record.wave.closed(now - context.config.grace).with_context(|| {
        format!(
            "wave {} is not over: it closes at {} and is tallied {} s later",
            record.wave.label,
            record.wave.window.closes(),
            context.config.grace.num_seconds()
        )
    })?;
    drop_live(context, seq);
    let files = files(context, seq);
    let pinned = pinned(&record)?;

    let outcome = if record.released {
        Closed::AlreadyReleased
    } else {
        // What browsers were promised when they picked up a token holds, whatever the setting is now.
        let promised = MinGroup::new(pinned.manifest.min_cell)?;
        let policy = Policy { k: promised.max(context.config.policy.k) };
        let tally = tally(&files, &pinned, policy.k)?;
        let tree = context.store.frozen_tree(seq)?;
        let cohorts = context.store.cohorts(seq)?;
        let previous = context.store.releases()?.into_iter().rfind(|it| it.wave().seq < seq);
        let turnout = Turnout {
            eligible: cohorts.iter().map(|it| it.eligible).sum(),
            ballots: u32::try_from(tally.ballots)?,
            spoilt: u32::try_from(tally.spoilt)?,
        };
        let groups = score(&PULSE, &tally.sheets, None).into_groups(&cohorts);
        drop(tally);
        let release = release(closed, &tree, groups, turnout, &policy, previous.as_ref())
            .with_context(|| {
                format!("wave {} was not released; nothing is shown", record.wave.label)
            })?;
        publish(context, &release)?
    };
    finish(context, &record.wave, &files, &pinned)?;
    Ok(outcome)
}

/// Opens the ballots in memory. A box of fewer ballots than any group may rest on is never opened.
fn open_box(files: &WaveFiles, pinned: &PinnedManifest, smallest: MinGroup) -> Result<Tally> {
    let mut ballot_box = BallotBox::open(&files.ballot_box()).context("opening the ballot box")?;
    ballot_box.redeal()?;
    let rows = ballot_box.rows()?;
    if rows.len() < smallest.people() as usize {
        return Ok(Tally { sheets: Vec::new(), ballots: rows.len() as u64, spoilt: 0 });
    }
    let keys = WaveKeys::load(&files.keys()).context("reading the wave's keys")?;
    let progress = Progress::start("opening ballots", rows.len() as u64);
    let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let tally = tally::tally(pinned, &keys, &rows, threads, &|steps| progress.add(steps))?;
    progress.finish(&format!("{} ballots opened", tally.ballots));
    Ok(tally)
}

fn publish(context: &Context, release: &Release) -> Result<Closed> {
    let seq = release.wave().seq;
    let issued = context.store.issued_count(seq)?;
    let deliveries: Vec<NewDelivery> = context
        .store
        .people_with_role("hr")?
        .into_iter()
        .map(|person| NewDelivery::monthly_report(person.id))
        .collect();
    Ok(match context.store.publish(release, issued, &deliveries)? {
        Publish::Published => Closed::Released,
        Publish::AlreadyReleased => Closed::AlreadyReleased,
    })
}

/// Writes the result file, if the box is still there to write it from, and destroys all secrets.
fn finish(
    context: &Context,
    wave: &Wave,
    files: &WaveFiles,
    pinned: &PinnedManifest,
) -> Result<()> {
    if files.ballot_box().exists() && !files.result().exists() {
        let nullifiers = BallotBox::open(&files.ballot_box())?.nullifiers()?;
        let counts = context.store.release_counts(wave.seq)?;
        let result = ResultFile::new(
            pinned,
            nullifiers,
            counts.spoilt.into(),
            counts.issued.into(),
            counts.eligible.into(),
            &counts.digest,
        );
        files.publish_result(result.to_json()?.as_bytes())?;
    }
    files.destroy_secrets()?;
    tracing::info!(wave.seq = %wave.seq, "wave closed, secrets destroyed");
    Ok(())
}

/// Whether keys or box of a wave are still there.
pub fn has_secrets(context: &Context, seq: WaveSeq) -> bool {
    files(context, seq).has_secrets()
}

/// Waves that are over, grace included, and not yet finished; oldest first.
///
/// # Errors
///
/// If the database cannot be read.
pub fn due(context: &Context) -> Result<Vec<WaveSeq>> {
    let now = context.now() - context.config.grace;
    let mut due: Vec<WaveSeq> = context
        .store
        .waves()?
        .into_iter()
        .filter(|it| it.wave.closed(now).is_some())
        .filter(|it| !it.released || has_secrets(context, it.wave.seq))
        .map(|it| it.wave.seq)
        .collect();
    due.sort_unstable();
    Ok(due)
}

/// Closes (or abandons) the wave given, or the oldest one due.
///
/// # Errors
///
/// As [`close`]; and if no wave is due.
pub fn close_named(
    context: &Context,
    seq: Option<u32>,
    abandoned: bool,
) -> Result<(WaveSeq, Closed)> {
    let seq = match seq {
        Some(seq) => WaveSeq(seq),
        None => match due(context)?.first() {
            Some(seq) => *seq,
            None => bail!("no wave is due; `tideline wave status` lists them"),
        },
    };
    if abandoned { abandon(context, seq) } else { close(context, seq) }.map(|it| (seq, it))
}

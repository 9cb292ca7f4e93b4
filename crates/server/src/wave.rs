//! The life of a wave: announced, live, closed, released, its secrets destroyed.
//!
//! Every step can be run again after a crash. The database is the truth; files follow it.

mod announce;

use anyhow::{Context as _, Result, bail, ensure};
use tideline_aggregation::{Before, MinGroup, Policy, Release, Turnout, release, score};
use tideline_api::LiveWave;
use tideline_ballot::{
    Nullifier,
    ballot_box::{BallotBox, BoxError},
    keys::{KeyError, WaveKeys, wipe_stack},
    manifest::{PinnedManifest, questionnaire_digest},
    result::ResultFile,
    tally::{self, Tally, Unsealed},
    wave_dir::WaveFiles,
};
use tideline_domain::{ClosedWave, Phase, Questionnaire, Wave, WaveSeq};
use tideline_instrument::frozen::asked;
use tideline_store::{Publish, WaveRecord};

use self::announce::keep_files;
pub use crate::step::Step;

pub use self::announce::{
    announce, announce_in_its_month, complete_files, set_aside_unknown, somebody_to_turn_to,
};
use crate::{config::Sides, context::Context, outbox, progress::Progress, recoveries};

/// What closing a wave came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Closed {
    /// Tallied and released now.
    Released,
    /// It had been released before; what was left of its secrets is destroyed now.
    AlreadyReleased,
}

fn files(context: &Context, seq: WaveSeq) -> WaveFiles {
    WaveFiles::apart(context.config.shared(), &context.config.data, seq)
}

/// Makes every announced wave live that is not over, and drops those that are. Also writes again
/// what a crash kept from being written. A wave that cannot be taken up is logged and left out, so
/// that it stands in nobody else's way.
///
/// # Errors
///
/// If the database cannot be read.
pub fn refresh_live(context: &Context) -> Result<()> {
    let taken_up = take_up(context);
    // Where the keys passed on their way into what is served.
    wipe_stack();
    taken_up
}

#[inline(never)]
fn take_up(context: &Context) -> Result<()> {
    let now = context.now() - context.config.grace;
    for record in context.store.wave_summaries()? {
        let seq = record.wave.seq;
        if record.wave.window.phase(now) == Phase::Closed || record.released {
            drop_live(context, seq);
        } else if let Some(live) = context.live.get(seq) {
            live.keep_cover(context.now());
        } else {
            let record = context.store.wave(seq).map_err(anyhow::Error::from);
            match record.and_then(|it| live_wave(context, &it)) {
                Ok(live) => {
                    live.keep_cover(context.now());
                    context.live.insert(live);
                }
                Err(error) => {
                    context.live.note_missing(seq);
                    tracing::error!(wave.seq = %seq, error = format!("{error:#}"), "wave not taken up");
                }
            }
        }
    }
    Ok(())
}

/// Stops serving a wave; its box is closed when what was on its way is in it.
fn drop_live(context: &Context, seq: WaveSeq) {
    context.live.forget_missing(seq);
    if let Some(live) = context.live.remove(seq) {
        live.close();
    }
}

fn live_wave(context: &Context, record: &WaveRecord) -> Result<LiveWave> {
    let seq = record.wave.seq;
    let files = files(context, seq);
    let (pinned, questionnaire) = pinned(record)?;
    keep_files(&files, record.questionnaire.as_deref(), &pinned)?;
    let keys = WaveKeys::load(&files.keys())
        .with_context(|| format!("wave {seq} is not over, but its keys cannot be read"))?;
    Ok(match context.config.sides {
        Sides::Both => LiveWave::start(pinned, questionnaire, &keys, &files)?,
        Sides::App => LiveWave::issuing(pinned, questionnaire, &keys)?,
    })
}

/// The manifest of a wave, and what it asks: as frozen then, and as this program makes it.
fn pinned(record: &WaveRecord) -> Result<(PinnedManifest, &'static Questionnaire)> {
    let pinned = PinnedManifest::parse(record.manifest.clone())?;
    let questionnaire = asked(&record.wave.asks, record.questionnaire.as_deref())?;
    ensure!(
        pinned.manifest.questionnaire == questionnaire_digest(questionnaire),
        "wave {} was announced with another questionnaire than this version has; finish it with the \
         version that announced it",
        record.wave.label
    );
    Ok((pinned, questionnaire))
}

/// Tallies and releases a wave that is over, queues the report, and destroys box, token list and keys.
///
/// # Errors
///
/// If the wave is not over (with the grace period), a later one was released before it, or the audit found
/// something: then nothing is published, and the box stays sealed where it is.
pub fn close(context: &Context, seq: WaveSeq) -> Result<Closed> {
    end(context, seq, |context, files, pinned, smallest| {
        // What the two tell together was never audited.
        let later = context.store.releases()?.into_iter().rfind(|it| !it.atoms().is_empty());
        if let Some(later) = later.filter(|it| it.wave().seq > seq) {
            bail!(ReleasedAfter { later: later.wave().seq, seq });
        }
        open_boxes(context, files, pinned, smallest)
    })
}

/// Ends a wave whose keys or box are lost: releases nothing, and destroys what is left of it.
///
/// # Errors
///
/// As [`close`].
pub fn abandon(context: &Context, seq: WaveSeq) -> Result<Closed> {
    let nothing = Tally { sheets: Vec::new(), ballots: 0, spoilt: 0 };
    end(context, seq, |_, _, _, _| Ok((nothing, Some(Vec::new()))))
}

/// Ends a wave of a restored backup, whether it is over or not: its keys and its box are nowhere any more. Nothing is
/// released, and the audit log says so.
///
/// # Errors
///
/// If the database cannot be read or written.
pub(crate) fn end_restored(context: &Context, seq: WaveSeq) -> Result<()> {
    let record = context.store.wave(seq)?;
    let closed = record.wave.closed(record.wave.window.closes()).context("the end of a wave")?;
    let promised = PinnedManifest::parse(record.manifest.clone())?.manifest.min_cell;
    let policy = context.policy()?;
    let policy = Policy { k: MinGroup::new(promised)?.max(policy.k), ..policy };
    let questionnaire = asked(&record.wave.asks, record.questionnaire.as_deref())?;
    let nothing = Tally { sheets: Vec::new(), ballots: 0, spoilt: 0 };
    let release = plan(context, &record, closed, questionnaire, &policy, nothing)?;
    context.note("wave.abandon", format!("wave {seq}"))?;
    context.store.publish(&release, 0, &[])?;
    Ok(())
}

/// Whether closing a wave failed because its keys or its box are gone or damaged, or because a later one was released
/// meanwhile: then trying again helps nothing, and the wave can only be [abandoned](abandon).
pub fn is_lost(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        cause.is::<OtherHand>()
            || cause.is::<ReleasedAfter>()
            || cause.downcast_ref::<KeyError>().is_some_and(KeyError::is_damage)
            || cause.downcast_ref::<BoxError>().is_some_and(BoxError::is_damage)
    })
}

/// What is in the box is not what this program put there.
#[derive(Debug, thiserror::Error)]
#[error("the ballot box does not hold one ballot for each token")]
struct OtherHand;

/// A later wave was released first.
#[derive(Debug, thiserror::Error)]
#[error(
    "wave {later} was released before wave {seq}, and what both would tell together was never checked; \
     `tideline wave close --wave {seq} --abandon` ends it without a release"
)]
struct ReleasedAfter {
    later: WaveSeq,
    seq: WaveSeq,
}

fn end(
    context: &Context,
    seq: WaveSeq,
    tally: impl FnOnce(&Context, &WaveFiles, &PinnedManifest, MinGroup) -> Result<Found>,
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
    let done = |step| (context.after_step)(step);
    drop_live(context, seq);
    done(Step::Stopped)?;
    let files = files(context, seq);
    let (pinned, questionnaire) = pinned(&record)?;

    let (outcome, spent) = if record.released {
        (Closed::AlreadyReleased, None)
    } else {
        // What browsers were promised when they picked up a token holds, whatever the setting is now.
        let promised = MinGroup::new(pinned.manifest.min_cell)?;
        let policy = context.policy()?;
        let policy = Policy { k: promised.max(policy.k), ..policy };
        let tally = tally(context, &files, &pinned, policy.k);
        wipe_stack();
        let (tally, spent) = tally?;
        done(Step::Opened)?;
        let release = plan(context, &record, closed, questionnaire, &policy, tally)?;
        done(Step::Planned)?;
        // Publishing forgets people who have left; after that nobody could tell what was theirs.
        if let Err(error) = recoveries::forget(context) {
            tracing::error!(
                error = format!("{error:#}"),
                "what people left behind could not be deleted"
            );
        }
        (publish(context, &release)?, spent)
    };
    done(Step::Published)?;
    finish(context, &record.wave, &files, &pinned, spent)?;
    Ok(outcome)
}

/// Scores what was counted, and makes the release of it, audited.
fn plan(
    context: &Context,
    record: &WaveRecord,
    closed: ClosedWave,
    questionnaire: &Questionnaire,
    policy: &Policy,
    tally: Tally,
) -> Result<Release> {
    let seq = record.wave.seq;
    let tree = context.store.frozen_tree(seq)?;
    let cohorts = context.store.cohorts(seq)?;
    // A wave of which nothing is shown knows nothing of what was told before it.
    let mut before = context.store.releases()?.into_iter();
    let previous = before.rfind(|it| it.wave().seq < seq && !it.atoms().is_empty());
    let turnout = Turnout {
        eligible: cohorts.iter().map(|it| it.eligible).sum(),
        ballots: u32::try_from(tally.ballots)?,
        spoilt: u32::try_from(tally.spoilt)?,
    };
    let groups = score(questionnaire, &tally.sheets, None).into_groups(&cohorts);
    drop(tally);
    let moves = match &previous {
        Some(previous) => context.store.roster_moves(previous.wave().seq, seq)?,
        None => None,
    };
    let before = Before { release: previous.as_ref(), moves: moves.as_deref() };
    release(closed, &tree, groups, turnout, policy, before)
        .with_context(|| format!("wave {} was not released; nothing is shown", record.wave.label))
}

/// What is in the boxes, and the nullifiers of the ballots among it.
type Found = (Tally, Option<Vec<Nullifier>>);

/// Opens the ballots in memory. Of fewer ballots than any group may rest on the outer seal alone is
/// opened: they can be counted, and not read.
fn open_boxes(
    context: &Context,
    files: &WaveFiles,
    pinned: &PinnedManifest,
    smallest: MinGroup,
) -> Result<Found> {
    let mut boxes = opened(files, pinned).context("opening the ballot box")?;
    // First of all: another program may still be taking ballots, and those would be lost.
    boxes.iter_mut().try_for_each(BallotBox::seal)?;
    (context.after_step)(Step::Sealed)?;
    boxes.iter_mut().try_for_each(BallotBox::redeal)?;
    (context.after_step)(Step::Read)?;
    let keys = WaveKeys::load(&files.keys()).context("reading the wave's keys")?;
    let (unsealed, spent) = ballots_in(&boxes, pinned, &keys)?;
    let ballots = unsealed.ballots();
    if ballots < u64::from(smallest.people()) {
        return Ok((Tally { sheets: Vec::new(), ballots, spoilt: 0 }, Some(spent)));
    }
    let progress = Progress::start("opening ballots", ballots);
    let tally = unsealed.open(pinned, &keys, threads(), &|steps| progress.add(steps))?;
    progress.finish(&format!("{ballots} ballots opened"));
    Ok((tally, Some(spent)))
}

/// The ballots in the boxes, their inner seal unbroken, and their nullifiers: without the rows that
/// only cover for them.
fn ballots_in(
    boxes: &[BallotBox],
    pinned: &PinnedManifest,
    keys: &WaveKeys,
) -> Result<(Unsealed, Vec<Nullifier>)> {
    let (mut rows, mut nullifiers) = (Vec::new(), Vec::new());
    for ballot_box in boxes {
        rows.append(&mut ballot_box.rows()?);
        nullifiers.append(&mut ballot_box.nullifiers()?);
    }
    let progress = Progress::start("telling ballots from cover", rows.len() as u64);
    let unsealed = tally::unseal(pinned, keys, &rows, threads(), &|steps| progress.add(steps))?;
    progress.finish(&format!("{} ballots", unsealed.ballots()));
    let spent = unsealed.spent(nullifiers).ok_or(OtherHand)?;
    Ok((unsealed, spent))
}

fn threads() -> usize {
    std::thread::available_parallelism().map_or(1, std::num::NonZero::get)
}

fn opened(files: &WaveFiles, pinned: &PinnedManifest) -> Result<Vec<BallotBox>, BoxError> {
    files.ballot_boxes(pinned.manifest.boxes).iter().map(|it| BallotBox::open(it)).collect()
}

fn publish(context: &Context, release: &Release) -> Result<Closed> {
    let seq = release.wave().seq;
    let issued = context.store.issued_count(seq)?;
    let deliveries = outbox::after_release(context, release)?;
    Ok(match context.store.publish(release, issued, &deliveries)? {
        Publish::Published => Closed::Released,
        Publish::AlreadyReleased => Closed::AlreadyReleased,
    })
}

/// Writes the result file, if the boxes are still there to write it from, and destroys all secrets.
/// `spent` are the nullifiers of the ballots, if they were found just now.
fn finish(
    context: &Context,
    wave: &Wave,
    files: &WaveFiles,
    pinned: &PinnedManifest,
    spent: Option<Vec<Nullifier>>,
) -> Result<()> {
    let done = |step| (context.after_step)(step);
    let boxes = files.ballot_boxes(pinned.manifest.boxes);
    if boxes.iter().all(|it| it.exists()) && !files.result().exists() {
        let counts = context.store.release_counts(wave.seq)?;
        let nullifiers = match spent {
            Some(spent) => spent,
            // Of a wave that was abandoned nobody opens the box, which may be damaged.
            None if counts.ballots == 0 => Vec::new(),
            None => spent_tokens(files, pinned)?,
        };
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
    done(Step::ResultWritten)?;
    files.destroy_keys()?;
    done(Step::KeysDestroyed)?;
    // The boxes go last: as long as they are there, the next round does this again.
    context.store.scrub().context("removing what the database kept of deleted rows")?;
    done(Step::Scrubbed)?;
    files.destroy_boxes()?;
    done(Step::BoxesDestroyed)?;
    tracing::info!(wave.seq = %wave.seq, "wave closed, secrets destroyed");
    Ok(())
}

/// The nullifiers of the ballots in the boxes of a wave that was released before. None if its keys are lost: then
/// nobody can tell a ballot from cover any more.
fn spent_tokens(files: &WaveFiles, pinned: &PinnedManifest) -> Result<Vec<Nullifier>> {
    let keys = match WaveKeys::load(&files.keys()) {
        Err(KeyError::Missing | KeyError::Damaged) => return Ok(Vec::new()),
        other => other.context("reading the wave's keys")?,
    };
    let spent = ballots_in(&opened(files, pinned)?, pinned, &keys).map(|it| it.1);
    wipe_stack();
    spent
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
        .wave_summaries()?
        .into_iter()
        .filter(|it| it.wave.closed(now).is_some())
        .filter(|it| !it.released || has_secrets(context, it.wave.seq))
        .map(|it| it.wave.seq)
        .collect();
    due.sort_unstable();
    Ok(due)
}

/// Waves that are released and whose secrets are still there, because a crash came between.
///
/// # Errors
///
/// If the database cannot be read.
pub fn unfinished(context: &Context) -> Result<Vec<WaveSeq>> {
    let waves = context.store.wave_summaries()?.into_iter();
    let left = waves.filter(|it| it.released && has_secrets(context, it.wave.seq));
    Ok(left.map(|it| it.wave.seq).collect())
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

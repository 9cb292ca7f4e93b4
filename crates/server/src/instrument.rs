//! `tideline instrument`: published questionnaires, with the organisation's licensed texts.

use std::{collections::BTreeMap, fs, path::Path};

use anyhow::{Context as _, Result, bail, ensure};
use tideline_api::table::{Fault, Table};
use tideline_domain::InstrumentId;
use tideline_domain::day::utc_day;
use tideline_instrument::{Instrument, SHIPPED, askable, frozen::Frozen, percent, shipped, texts};
use tideline_store::{ImportedScore, InstrumentTexts};

use crate::{cli::InstrumentCommand, context::Context};

/// Runs the command.
///
/// # Errors
///
/// In words for the person who typed it; then nothing has changed.
pub fn run(context: &Context, command: InstrumentCommand) -> Result<()> {
    match command {
        InstrumentCommand::List => list(context),
        InstrumentCommand::Add { key, texts, dry_run } => add(context, &key, &texts, dry_run),
        InstrumentCommand::ImportScores { key, file, dry_run } => {
            import_scores(context, &key, &file, dry_run)
        }
    }
}

#[expect(clippy::print_stdout, reason = "it is the command's output")]
fn say(line: &str) {
    println!("{line}");
}

/// The shipped key.
fn key(id: &str) -> Result<&'static Instrument> {
    let known: Vec<&str> = SHIPPED.iter().map(|it| it.id.as_str()).collect();
    shipped(id).with_context(|| format!("there is no key `{id}`; there are {}", known.join(", ")))
}

/// The shipped instrument that somebody named.
///
/// # Errors
///
/// If there is none of this name.
pub fn named(id: &str) -> Result<InstrumentId> {
    Ok(key(id)?.id.parse()?)
}

fn list(context: &Context) -> Result<()> {
    let added = context.store.instrument_texts()?;
    for it in SHIPPED.iter() {
        let mut languages = it.languages.clone();
        languages.extend(
            added.iter().filter(|texts| texts.instrument == it.id).map(|it| it.language.clone()),
        );
        let state = match (it.imported_scores_only, languages.as_slice()) {
            (true, _) => "scale scores of teams can be imported".to_owned(),
            (false, []) => "no texts yet".to_owned(),
            (false, some) => format!("texts in {}", some.join(", ")),
        };
        let validated = if it.validated { "validated" } else { "not validated" };
        say(&format!("{}: {} ({validated}; {state})", it.id, it.name_in("en")));
        say(&format!("  {}", it.licence.credit));
        for what in &it.unverified {
            say(&format!("  not verified: {what}"));
        }
        for texts in added.iter().filter(|texts| texts.instrument == it.id) {
            say(&format!("  {} added {}: {}", texts.language, texts.added, texts.licence));
        }
    }
    Ok(())
}

fn add(context: &Context, id: &str, path: &Path, dry_run: bool) -> Result<()> {
    let key = key(id)?;
    let text = fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))?;
    let joined = texts::join(key, &path.display().to_string(), &text)?;
    let it = &joined.instrument;
    say(&format!("{}: {}", it.id, it.name_in(&joined.language)));
    say(&format!("{} items in {}, language {}", it.items.len(), path.display(), joined.language));
    for scale in &it.scales {
        let reversed = scale.items.iter().filter(|at| it.items[**at].reversed).count();
        say(&format!(
            "  {}: {} items, {reversed} reversed",
            scale.name_in(&joined.language),
            scale.items.len()
        ));
    }
    say(&format!("terms: {}", it.licence.statement));
    say(&format!("your licence: {}", joined.licence));
    say(&format!("shown wherever it appears: {}", it.licence.credit));
    let before = context
        .store
        .instrument_texts()?
        .into_iter()
        .find(|it| it.instrument == key.id && it.language == joined.language);
    match &before {
        Some(before) if before.texts == text => say("these texts are there already"),
        Some(before) => say(&format!("replaces the texts added on {}", before.added)),
        None => {}
    }
    if dry_run {
        say("dry run: nothing was changed");
        return Ok(());
    }
    context.note("instrument.texts", format!("{} {}", key.id, joined.language))?;
    context.store.save_instrument_texts(&InstrumentTexts {
        instrument: key.id.clone(),
        language: joined.language,
        licence: joined.licence,
        texts: text,
        added: utc_day(context.now()),
    })?;
    say("added");
    Ok(())
}

/// Columns `month,unit,scale,n,mean`: the scale's own unit, such as 0 to 6.
fn import_scores(context: &Context, id: &str, path: &Path, dry_run: bool) -> Result<()> {
    let key = key(id)?;
    if !key.imported_scores_only {
        bail!(
            "the scores of `{id}` are worked out here from answers; only scores of mbi are imported"
        );
    }
    let scores = read_scores(context, key, path)?;
    let teams: BTreeMap<String, usize> = scores.iter().fold(BTreeMap::new(), |mut all, it| {
        *all.entry(it.label.to_string()).or_default() += 1;
        all
    });
    for (label, count) in &teams {
        say(&format!("{label}: {count} scale scores of teams"));
    }
    say(&format!("shown wherever they appear: {}", key.licence.credit));
    if dry_run {
        say("dry run: nothing was changed");
        return Ok(());
    }
    context.note("instrument.scores", format!("{} scores of {}", scores.len(), key.id))?;
    context.store.import_scores(&scores)?;
    say("imported; exact means are not kept");
    Ok(())
}

fn read_scores(context: &Context, key: &Instrument, path: &Path) -> Result<Vec<ImportedScore>> {
    let columns = ["month", "unit", "scale", "n", "mean"];
    let table = Table::read(path, &columns, &columns)?;
    let tree = context.store.units(utc_day(context.now()))?.context("there are no units yet")?;
    let there = context.store.imported_scores()?;
    let k = context.policy()?.k;
    let options = key.options.first().context("the key has no options")?;
    let (min, max) = (f64::from(options.min), f64::from(options.max));
    let mut faults = Vec::new();
    let mut scores: Vec<ImportedScore> = Vec::new();
    for row in table.rows() {
        let named: Vec<_> =
            tree.units().iter().filter(|it| it.name.as_str() == row.cell("unit")).collect();
        let unit = match named.as_slice() {
            [unit] => Some(unit.id),
            [] => {
                faults.push(row.fault("unit", "there is no unit of this name"));
                None
            }
            _ => {
                faults.push(row.fault("unit", "several units have this name"));
                None
            }
        };
        let label = row.cell("month").parse();
        if label.is_err() {
            faults.push(row.fault("month", "write a month like 2026-11"));
        }
        let scale = key.scale(row.cell("scale"));
        if scale.is_none() {
            let all: Vec<&str> = key.scales.iter().map(|it| it.id.as_str()).collect();
            faults.push(row.fault("scale", format!("it must be one of {}", all.join(", "))));
        }
        let n = row.cell("n").parse::<u32>();
        if n.is_err() {
            faults.push(row.fault("n", "it must be a whole number of people"));
        }
        let mean = row.cell("mean").parse::<f64>().ok().filter(|it| (min..=max).contains(it));
        if mean.is_none() {
            faults.push(row.fault("mean", format!("it must be a number from {min} to {max}")));
        }
        let (Some(unit), Ok(label), Some(scale), Ok(n), Some(mean)) = (unit, label, scale, n, mean)
        else {
            continue;
        };
        let score = percent(mean, min, max, false);
        match ImportedScore::coarsened(&key.id, label, unit, &scale.id, n, score, k) {
            Ok(it) => {
                let same = |other: &&ImportedScore| {
                    other.label == it.label && other.scale == it.scale && other.unit == it.unit
                };
                let over = |other: &&ImportedScore| {
                    other.label == it.label
                        && other.unit != it.unit
                        && (tree.is_within(other.unit, it.unit)
                            || tree.is_within(it.unit, other.unit))
                };
                if scores.iter().chain(&there).any(|other| same(&other)) {
                    faults.push(row.fault(
                        "unit",
                        "its score of this month is there already, or twice in the file",
                    ));
                } else if scores.iter().chain(&there).any(|other| over(&other)) {
                    let why = "a unit above or below it has scores of this month; what is left between them could be worked out";
                    faults.push(row.fault("unit", why));
                } else {
                    scores.push(it);
                }
            }
            Err(error) => faults.push(row.fault("n", error.to_string())),
        }
    }
    // A score of one scale with other numbers of people than the next would tell who skipped what.
    for it in &scores {
        let uneven = scores
            .iter()
            .any(|other| other.unit == it.unit && other.label == it.label && other.n != it.n);
        if uneven {
            let why = format!(
                "the scales of a team in {} rest on different numbers of people; give the fewest for all",
                it.label
            );
            faults.push(Fault { line: 1, column: Some("n".into()), why: why.into() });
            break;
        }
    }
    ensure!(!table.rows().is_empty(), "{} has no rows", path.display());
    Ok(table.verdict(faults, Some(scores))?)
}

/// What a wave of `id` would ask now: its key with the organisation's texts in every language, those of
/// the organisation's own language first. `None` for the pulse, which needs no texts.
///
/// # Errors
///
/// In words for the person who asks: no such key, no texts, or an instrument that cannot be asked in a
/// wave.
pub fn frozen(context: &Context, id: &str) -> Result<Option<Frozen>> {
    let key = key(id)?;
    if !key.languages.is_empty() {
        return Ok(None);
    }
    let mut texts = context.store.instrument_texts()?;
    texts.retain(|it| it.instrument == key.id);
    texts.sort_by_key(|it| it.language != context.config.language.tag());
    let frozen = Frozen::new(key.id.clone(), texts.into_iter().map(|it| it.texts).collect());
    // Refuses what cannot be asked, while it is still easy to say why.
    askable(&frozen.instrument()?)?;
    Ok(Some(frozen))
}

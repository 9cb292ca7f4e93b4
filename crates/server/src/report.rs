//! Reports as files, by command: one, or one for every unit.

use anyhow::{Context as _, Result, bail};
use tideline_api::ReportStyle;
use tideline_domain::{UnitId, UnitTree, WaveSeq};
use tideline_report::pdf::Look;
use tideline_text::{Language, Text};

use crate::{cli::ReportArgs, context::Context, outbox, progress::Progress};

/// The texts of the language with this tag, or else of the one set for the organisation.
pub(crate) fn text_in(context: &Context, tag: Option<&str>) -> Result<Text> {
    Ok(Text::new(match tag {
        None => context.config.language,
        Some(tag) => Language::from_tag(tag).with_context(|| format!("no language “{tag}”"))?,
    }))
}

/// Runs the command.
///
/// # Errors
///
/// If the wave is not released, there is no such unit, or a file cannot be written.
pub fn run(context: &Context, args: &ReportArgs) -> Result<()> {
    let latest = context.store.released_waves()?.last().map(|it| it.seq);
    let Some(seq) = args.wave.map(WaveSeq).or(latest) else { bail!("no wave is released yet") };
    let history = outbox::history(&context.store, seq)?;
    let tree = history.last().context("no wave is released yet")?.tree();
    let text = text_in(context, args.language.as_deref())?;
    let look = Look {
        paper: args.paper.unwrap_or(context.config.look.paper),
        ..context.config.look.clone()
    };
    let origin = context.config.app_origin.to_string();
    let style = style(context, text, &look, &origin)?;
    let make = |unit| tideline_api::report_pdf(&context.store, &history, unit, &style);
    if args.every_unit {
        context.note("results.export", format!("every unit, wave {seq}"))?;
        crate::files::private_folder(&args.out)?;
        let units: Vec<UnitId> = tree.units().iter().map(|it| it.id).collect();
        let progress = Progress::start("reports", units.len() as u64);
        each(&units, |unit| {
            let file = args.out.join(format!("{unit}.pdf"));
            crate::files::write_atomically(&file, &make(Some(unit))?)?;
            progress.add(1);
            Ok(())
        })?;
        progress.finish(&format!("{} reports written to {}", units.len(), args.out.display()));
        return Ok(());
    }
    let unit = args.unit.as_deref().map(|it| unit_called(tree, it)).transpose()?;
    context.note(
        "results.export",
        unit.map_or_else(|| format!("report {seq}"), |unit| format!("unit {unit}")),
    )?;
    crate::files::write_atomically(&args.out, &make(unit)?)?;
    eprintln!("written to {}", args.out.display());
    Ok(())
}

/// Does `work` for every unit, on as many threads as there are cores; stops at the first failure.
fn each(units: &[UnitId], work: impl Fn(UnitId) -> Result<()> + Sync) -> Result<()> {
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let next = std::sync::atomic::AtomicUsize::new(0);
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..cores)
            .map(|_| {
                scope.spawn(|| -> Result<()> {
                    loop {
                        let at = next.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
                        let Some(unit) = units.get(at) else { return Ok(()) };
                        work(*unit)?;
                    }
                })
            })
            .collect();
        for thread in threads {
            thread.join().map_err(|_| anyhow::anyhow!("a report's thread panicked"))??;
        }
        Ok(())
    })
}

/// The unit with this identifier or name.
fn unit_called(tree: &UnitTree, text: &str) -> Result<UnitId> {
    let by_id = text.parse::<UnitId>().ok().filter(|it| tree.index_of(*it).is_some());
    let by_name = || tree.units().iter().find(|it| it.name.as_str() == text).map(|it| it.id);
    by_id.or_else(by_name).with_context(|| {
        format!(
            "there was no unit “{text}” when the wave was announced; give its name or identifier"
        )
    })
}

/// The organisation's report of a released wave, for the demo.
///
/// # Errors
///
/// If the wave is not released or the report cannot be made.
pub fn organisation_pdf(context: &Context, seq: WaveSeq) -> Result<Vec<u8>> {
    let history = outbox::history(&context.store, seq)?;
    let text = Text::new(context.config.language);
    let origin = context.config.app_origin.to_string();
    let style = style(context, text, &context.config.look, &origin)?;
    Ok(tideline_api::report_pdf(&context.store, &history, None, &style)?)
}

fn style<'a>(
    context: &'a Context,
    text: Text,
    look: &'a Look,
    origin: &'a str,
) -> Result<ReportStyle<'a>> {
    let (zone, now, contact) = (context.zone()?, context.now(), &context.config.contact);
    Ok(ReportStyle { zone, now, text, look, contact, origin })
}

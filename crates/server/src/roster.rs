//! `tideline import-roster`: people and units from a file, whole or not at all.

use std::{fs, path::Path};

use anyhow::{Context as _, Result, bail, ensure};
use tideline_api::roster;
use tideline_domain::Name;
use tideline_domain::day::utc_day;
use tideline_roster::{LARGEST_FILE, Mapping};
use tideline_store::{Actor, ImportDiff, Moved, Renamed, RoleKind};
use tideline_text::{Language, Text};

use crate::{cli::ImportArgs, context::Context};

const ENGLISH: Text = Text::new(Language::English);

/// Runs the command.
///
/// # Errors
///
/// Every bad row with row and column, or what needs `--force`; then nothing is imported.
pub fn run(context: &Context, args: &ImportArgs) -> Result<()> {
    let mut mapping = roster::mapping(&context.store)?;
    let mut said = Mapping::default();
    for (heading, choice) in &args.headings {
        mapping.set(heading, *choice);
        said.set(heading, *choice);
    }
    let reading = tideline_roster::read(&content(&args.file)?, &mapping);
    let file = args.file.display();
    if let Some(detected) = &reading.detected {
        eprintln!("{file}: {}", roster::found(detected, ENGLISH));
    }
    for note in roster::notes(&reading, ENGLISH) {
        eprintln!("note: {note}");
    }
    let Some(plan) = roster::plan(&reading) else {
        let refusals = roster::refusals(&reading, ENGLISH);
        bail!("{file} was not used:\n  {}", refusals.join("\n  "));
    };
    let on = utc_day(context.now());
    let diff = context.store.import_diff(&plan, on)?;
    say(&diff);
    let risks = roster::risks(diff.drastic, ENGLISH);
    if args.dry_run {
        risks.iter().for_each(|it| eprintln!("careful: {it}"));
        eprintln!("dry run: nothing was changed");
    } else if diff.is_empty() {
        eprintln!("nothing to change");
    } else {
        if args.force {
            context.store.import(&plan, Actor::Program, context.now())?;
        } else {
            let needed = ENGLISH.tr("import-risk-command");
            ensure!(risks.is_empty(), "nothing was changed: {} {needed}", risks.join(" "));
            context.store.import_unless_drastic(&plan, Actor::Program, context.now())?;
        }
        roster::remember(&context.store, said)?;
        eprintln!("imported");
    }
    Ok(())
}

fn content(file: &Path) -> Result<Vec<u8>> {
    let length = fs::metadata(file).with_context(|| file.display().to_string())?.len();
    ensure!(
        usize::try_from(length).is_ok_and(|it| it <= LARGEST_FILE),
        "{} is larger than {} MiB",
        file.display(),
        LARGEST_FILE / 1024 / 1024
    );
    fs::read(file).with_context(|| file.display().to_string())
}

#[expect(clippy::print_stdout, reason = "the diff is the command's output")]
fn say(diff: &ImportDiff) {
    for line in lines(diff) {
        println!("{line}");
    }
}

/// A line for each change: `+` for new, `-` for gone, `~` for changed.
fn lines(diff: &ImportDiff) -> Vec<String> {
    let named = |mark: &str, what: &str, names: &[Name]| -> Vec<String> {
        names.iter().map(|it| format!("{mark} {what} {it}")).collect()
    };
    let renamed = |what: &str, all: &[Renamed]| -> Vec<String> {
        all.iter().map(|it| format!("~ {what} {} is now called {}", it.from, it.to)).collect()
    };
    let moved = |what: &str, all: &[Moved]| -> Vec<String> {
        let place =
            |it: &Option<Name>| it.as_ref().map_or_else(|| "the top".to_owned(), Name::to_string);
        all.iter()
            .map(|it| {
                format!("~ {what} {} moves from {} to {}", it.name, place(&it.from), place(&it.to))
            })
            .collect()
    };
    let role = |(role, unit): &(RoleKind, Option<Name>)| match unit {
        Some(unit) => format!("{} of {unit}", role.code()),
        None => role.code().to_owned(),
    };
    let roles = diff.role_changes.iter().flat_map(|it| {
        let gained = it.gained.iter().map(|what| format!("+ {} is {}", it.person, role(what)));
        let lost =
            it.lost.iter().map(|what| format!("- {} is no longer {}", it.person, role(what)));
        gained.chain(lost).collect::<Vec<_>>()
    });
    [
        named("+", "unit", &diff.added_units),
        renamed("unit", &diff.renamed_units),
        moved("unit", &diff.moved_units),
        named("-", "unit", &diff.removed_units),
        named("+", "person", &diff.added_people),
        renamed("person", &diff.renamed_people),
        moved("person", &diff.moved_people),
        named("-", "person", &diff.left_people),
        roles.collect(),
    ]
    .concat()
}

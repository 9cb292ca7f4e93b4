//! `tideline import-roster`: people and units from a CSV file, whole or not at all.

use anyhow::Result;
use tideline_api::roster;
use tideline_domain::Name;
use tideline_store::{ImportDiff, Moved, Renamed, RoleKind};

use crate::{cli::ImportArgs, context::Context};

/// Runs the command.
///
/// # Errors
///
/// Every bad row with line and column; then nothing is imported.
pub fn run(context: &Context, args: &ImportArgs) -> Result<()> {
    let plan = roster::read(&args.file)?;
    let on = context.now().date_naive();
    let diff = context.store.import_diff(&plan, on)?;
    say(&diff);
    if args.dry_run {
        eprintln!("dry run: nothing was changed");
    } else if diff.is_empty() {
        eprintln!("nothing to change");
    } else {
        context.store.import(&plan, on)?;
        eprintln!("imported");
    }
    Ok(())
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

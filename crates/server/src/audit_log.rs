//! `tideline audit-log verify`: whether the audit log is whole.

use anyhow::{Result, bail};
use tideline_store::AuditRecord;

use crate::{cli::AuditLogCommand, context::Context};

/// Runs the command.
///
/// # Errors
///
/// If the log is not whole, or does not hold the hash it must hold.
pub(crate) fn run(context: &Context, command: &AuditLogCommand) -> Result<()> {
    let AuditLogCommand::Verify { contains } = command;
    if let Some(seq) = context.store.verify_audit_log()? {
        bail!("the audit log is broken: entry {seq} was changed, removed or slipped in");
    }
    let log = context.store.audit_log()?;
    if let Some(hash) = contains {
        let hash = hash.trim().to_lowercase();
        let Some(found) = log.iter().find(|it| hex(it) == hash) else {
            bail!(
                "no entry has the hash {hash}: the log was written anew, or the hash is from another one"
            );
        };
        say(&format!("entry {} has that hash", found.seq));
    }
    let newest = log.last().map_or_else(|| "none".to_owned(), hex);
    say(&format!("the audit log is whole: {} entries, newest hash {newest}", log.len()));
    Ok(())
}

fn hex(record: &AuditRecord) -> String {
    record.hash.iter().map(|it| format!("{it:02x}")).collect()
}

#[expect(clippy::print_stdout, reason = "this is what the command is run for")]
fn say(line: &str) {
    println!("{line}");
}

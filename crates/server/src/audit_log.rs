//! `tideline audit-log verify`: whether the audit log is whole.

use anyhow::{Result, bail};

use crate::{cli::AuditLogCommand, context::Context};

/// Runs the command.
///
/// # Errors
///
/// If the log is not whole, or does not hold the hash it must hold.
pub(crate) fn run(context: &Context, command: &AuditLogCommand) -> Result<()> {
    let AuditLogCommand::Verify { contains } = command;
    let state = context.store.verify_audit_log(context.now())?;
    if let Some(seq) = state.broken {
        bail!("the audit log is broken: entry {seq} was changed, removed or slipped in");
    }
    if let Some(hash) = contains {
        let hash = hash.trim().to_lowercase();
        let log = context.store.audit_log()?;
        let Some(found) = log.iter().find(|it| hex(&it.hash) == hash) else {
            bail!(
                "no entry has the hash {hash}: the log was written anew, or the hash is from another one"
            );
        };
        say(&format!("entry {} has that hash", found.seq));
    }
    let newest = if state.entries == 0 { "none".to_owned() } else { hex(&state.newest) };
    say(&format!("the audit log is whole: {} entries, newest hash {newest}", state.entries));
    Ok(())
}

fn hex(hash: &[u8; 32]) -> String {
    hash.iter().map(|it| format!("{it:02x}")).collect()
}

#[expect(clippy::print_stdout, reason = "this is what the command is run for")]
fn say(line: &str) {
    println!("{line}");
}

//! `tideline move-database`: everything in the database to an empty one, of the other kind or the same.

use std::{
    io::{self, BufReader, PipeReader},
    sync::mpsc,
    thread,
};

use anyhow::{Context as _, Result, anyhow, ensure};
use tideline_api::Clock;
use tideline_store::{
    Actor, AuditEntry, Copied, DatabaseUrl, InstallationId, Loaded, Store, TableCopy, load,
};

use crate::{config::Config, context::Context, running};

/// What moving came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moved {
    /// Tables.
    pub tables: usize,
    /// Rows of all of them.
    pub rows: u64,
}

/// Moves everything in the database to the empty one at `to`, and compares every row afterwards. A running wave goes
/// on there: the data folder stays. The old database is kept, and refused from then on.
///
/// # Errors
///
/// If the program serves, `to` is not empty, or anything is not the same there: then the old database is the one to
/// be used as before.
pub fn move_database(config: Config, to: &DatabaseUrl, clock: Clock) -> Result<Moved> {
    ensure!(*to != config.database, "{to} is the database that is in use; name the one to move to");
    let context = Context::open(config, clock)?;
    let _alone = running::alone(&context.config)?;
    let moved = fill(&context.store, to)?;
    let new = Store::open(to).with_context(|| format!("opening {to}"))?;
    new.check_schema()?;
    let there = new.copy_out(Copied::Whole, &mut |_| Ok(Box::new(io::sink())))?;
    same(&moved, &there.tables)?;
    context.store.leave_installation(InstallationId::generate())?;
    let entry = AuditEntry::new(Actor::Program, "database.move", "database", context.now());
    new.append_audit(&entry)?;
    Ok(Moved { tables: moved.len(), rows: moved.iter().map(|it| it.rows).sum() })
}

/// A table on its way from one thread to the other.
type OnItsWay = (String, PipeReader);

/// Hands table after table from one database to the other. Nothing of it touches a disk in between: the list of
/// pick-ups is part of it.
fn fill(from: &Store, to: &DatabaseUrl) -> Result<Vec<TableCopy>> {
    let schema = from.schema()?;
    thread::scope(|scope| {
        let (send, receive) = mpsc::sync_channel::<OnItsWay>(0);
        let copying = scope.spawn(move || {
            from.copy_out(Copied::Whole, &mut |table| {
                let (reader, writer) = io::pipe()?;
                let gone = || io::Error::other("the other database takes no more");
                send.send((table.to_owned(), reader)).map_err(|_| gone())?;
                Ok(Box::new(writer))
            })
        });
        let mut copying = Some(copying);
        let mut next: Option<OnItsWay> = None;
        let mut tables = Vec::new();
        let loaded = load(
            to,
            &schema,
            None,
            &mut |table| {
                if next.is_none() {
                    next = receive.recv().ok();
                }
                match next.take_if(|it| it.0 == table) {
                    Some((_, reader)) => Ok(Some(Box::new(BufReader::new(reader)))),
                    None => Ok(None),
                }
            },
            |copies| {
                // Only when the other side has ended well is what came all there is.
                let copying = copying.take().ok_or_else(|| io::Error::other("copied twice"))?;
                let snapshot = copying
                    .join()
                    .map_err(|_| io::Error::other("the copying panicked"))?
                    .map_err(io::Error::other)?;
                tables = snapshot.tables;
                same(&tables, copies).map_err(io::Error::other)
            },
        );
        drop((next, receive));
        match loaded.with_context(|| format!("filling {to}; nothing was moved"))? {
            Loaded::Now => Ok(tables),
            Loaded::Before => Err(anyhow!("{to} is not empty")),
        }
    })
}

fn same(from: &[TableCopy], to: &[TableCopy]) -> Result<()> {
    ensure!(from.len() == to.len(), "not every table was moved");
    for (from, to) in from.iter().zip(to) {
        ensure!(from == to, "table {} is not the same in both databases", from.table);
    }
    Ok(())
}

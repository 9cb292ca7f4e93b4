//! Out of the database.

use std::io::{self, Write};

use diesel::connection::{AnsiTransactionManager, TransactionManager};
use sha2::{Digest as _, Sha256};

use super::{Copied, TABLES, TableCopy, order, rows, tables, text};
use crate::{
    Store, StoreError, WaveRecord, connection::AnyConnection, migrations::applied, value::corrupt,
    waves,
};

/// What was copied, all as it was at one moment.
#[derive(Debug, Clone)]
pub struct Snapshot {
    /// The migrations that the database has, oldest first.
    pub schema: Vec<String>,
    /// The tables, in the order in which they were copied.
    pub tables: Vec<TableCopy>,
    /// The waves that are in them.
    pub waves: Vec<SnapshotWave>,
}

/// A wave as the copy knows it.
pub type SnapshotWave = WaveRecord;

impl Store {
    /// Copies the tables as they are at this moment, whatever is written meanwhile; nobody is kept waiting. `open`
    /// says where each goes, by its name.
    ///
    /// # Errors
    ///
    /// [`StoreError::Copy`] if a copy cannot be written; any other [`StoreError`] if the database fails.
    pub fn copy_out(
        &self,
        what: Copied,
        open: &mut dyn FnMut(&str) -> io::Result<Box<dyn Write>>,
    ) -> Result<Snapshot, StoreError> {
        self.read(|conn| {
            match conn {
                AnyConnection::Sqlite(conn) => {
                    AnsiTransactionManager::begin_transaction_sql(conn, "BEGIN")?;
                }
                AnyConnection::Postgres(conn) => AnsiTransactionManager::begin_transaction_sql(
                    conn,
                    "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
                )?,
            }
            let copied = copy_all(conn, what, open);
            // It has written nothing.
            let ended = <AnyConnection as TransactionManager<_>>::rollback_transaction(conn);
            let copied = copied?;
            ended?;
            Ok(copied)
        })
    }
}

fn copy_all(
    conn: &mut AnyConnection,
    what: Copied,
    open: &mut dyn FnMut(&str) -> io::Result<Box<dyn Write>>,
) -> Result<Snapshot, StoreError> {
    Ok(Snapshot {
        schema: applied(conn)?.into_iter().collect(),
        tables: copy_tables(conn, what, open)?,
        waves: waves::all(conn)?,
    })
}

/// Copies the tables, whatever version their schema is of.
pub(crate) fn copy_tables(
    conn: &mut AnyConnection,
    what: Copied,
    open: &mut dyn FnMut(&str) -> io::Result<Box<dyn Write>>,
) -> Result<Vec<TableCopy>, StoreError> {
    let there = tables(conn)?;
    if let Some(unknown) = there.keys().find(|it| !TABLES.iter().any(|(name, _)| name == it)) {
        return Err(corrupt("tables")(format!("table {unknown} is not known")));
    }
    let mut copies = Vec::new();
    for (table, copied) in TABLES {
        let Some(columns) = there.get(*table).filter(|_| *copied <= what) else { continue };
        let mut out = open(table)?;
        let (mut digest, mut rows) = (Sha256::new(), 0);
        let mut write = |line: String| -> Result<(), StoreError> {
            let line = line + "\n";
            digest.update(&line);
            Ok(out.write_all(line.as_bytes())?)
        };
        write(text::heading(columns))?;
        let names: Vec<String> = columns.iter().map(|it| format!("\"{}\"", it.name)).collect();
        let query = format!(
            "SELECT {} FROM \"{table}\" ORDER BY {}",
            names.join(", "),
            order(table, columns, conn)
        );
        rows::each(conn, &query, columns, |cells| {
            rows += 1;
            write(text::line(cells))
        })?;
        out.flush()?;
        copies.push(TableCopy {
            table: (*table).to_owned(),
            rows,
            sha256: digest.finalize().into(),
        });
    }
    Ok(copies)
}

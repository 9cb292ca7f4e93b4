//! Into an empty database.

use std::io::{self, BufRead};

use diesel::{
    QueryableByName, RunQueryDsl as _, connection::SimpleConnection as _, sql_query,
    sql_types::BigInt,
};
use sha2::{Digest as _, Sha256};

use super::{TABLES, TableCopy, Tables, rows, tables, text};
use crate::{
    DatabaseUrl, InstallationId, StoreError,
    connection::{AnyConnection, connect, transaction},
    installation, migrations,
};

/// The text of a table.
pub type TableText = Box<dyn BufRead>;

/// How many rows go in at once.
const BATCH: usize = 100;

/// What loading came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Loaded {
    /// All of it is there now, and the schema is up to date.
    Now,
    /// It was there before: the database belongs to the installation already.
    Before,
}

/// Fills an empty database with the tables of a copy, all of them or nothing, and then brings its schema up to date.
/// The schema is first brought to what the copy has, by its migrations `schema`. `open` gives the text of a table,
/// `None` if the copy has none. Before anything is kept, `check` is asked, with what was loaded. If `id` is given,
/// the database belongs to that installation; otherwise to the one in the copy.
///
/// # Errors
///
/// [`StoreError::NotEmpty`] if something is in the database, [`StoreError::SchemaTooNew`] if the copy is of a newer
/// version of this program, [`StoreError::SchemaTooOld`] if it is of an older one than the database is for,
/// [`StoreError::Damaged`] if a text is not one of its table, [`StoreError::Copy`] if it cannot be read or `check`
/// refuses; any other [`StoreError`] if the database fails.
pub fn load(
    url: &DatabaseUrl,
    schema: &[String],
    id: Option<InstallationId>,
    open: &mut dyn FnMut(&str) -> io::Result<Option<TableText>>,
    check: impl FnOnce(&[TableCopy]) -> io::Result<()>,
) -> Result<Loaded, StoreError> {
    url.make()?;
    let mut conn = connect(url)?;
    let there = tables(&mut conn)?;
    if there.contains_key("installation") && id.is_some() && installation::stored(&mut conn)? == id
    {
        drop(conn);
        migrations::migrate(url)?;
        return Ok(Loaded::Before);
    }
    must_be_empty(&mut conn, &there)?;
    migrations::bring_to(&mut conn, schema)?;
    let there = tables(&mut conn)?;
    transaction(&mut conn, |conn| {
        if let AnyConnection::Sqlite(conn) = conn {
            conn.batch_execute("PRAGMA defer_foreign_keys = ON")?;
        }
        // Somebody else may have come between.
        must_be_empty(conn, &there)?;
        let mut copies = Vec::new();
        for (table, _) in TABLES {
            if let Some(text) = open(table)? {
                copies.push(load_table(conn, &there, table, text)?);
            }
        }
        check(&copies)?;
        if let Some(id) = id.filter(|_| there.contains_key("installation")) {
            installation::insert(conn, id)?;
        }
        Ok(())
    })?;
    drop(conn);
    migrations::migrate(url)?;
    Ok(Loaded::Now)
}

fn load_table(
    conn: &mut AnyConnection,
    there: &Tables,
    table: &str,
    mut from: TableText,
) -> Result<TableCopy, StoreError> {
    let mut digest = Sha256::new();
    let mut next = || -> Result<Option<String>, StoreError> {
        let mut line = String::new();
        if from.read_line(&mut line)? == 0 {
            return Ok(None);
        }
        digest.update(&line);
        match line.pop() {
            Some('\n') => Ok(Some(line)),
            _ => Err(damaged(table, "its last line is cut off")),
        }
    };
    let heading = next()?.ok_or_else(|| damaged(table, "it is empty"))?;
    let named =
        text::columns(&heading).ok_or_else(|| damaged(table, "its first line names no columns"))?;
    let live = there.get(table).ok_or_else(|| damaged(table, "there is no such table"))?;
    let fits = named.len() == live.len()
        && named.iter().zip(live).all(|(it, column)| it.0 == column.name && it.1 == column.kind);
    if !fits {
        return Err(damaged(table, "its columns are not those of the table"));
    }
    let kinds: Vec<_> = named.iter().map(|it| it.1).collect();
    let (mut rows, mut batch) = (0, Vec::new());
    while let Some(line) = next()? {
        let cells = text::cells(&line, &kinds)
            .ok_or_else(|| damaged(table, "a line is not a row of the table"))?;
        batch.push(cells);
        rows += 1;
        if batch.len() == BATCH {
            rows::insert(conn, table, live, std::mem::take(&mut batch))?;
        }
    }
    rows::insert(conn, table, live, batch)?;
    Ok(TableCopy { table: table.to_owned(), rows, sha256: digest.finalize().into() })
}

fn damaged(table: &str, why: &'static str) -> StoreError {
    StoreError::Damaged { table: table.to_owned(), why }
}

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    count: i64,
}

fn must_be_empty(conn: &mut AnyConnection, there: &Tables) -> Result<(), StoreError> {
    for table in there.keys() {
        let query = format!("SELECT count(*) AS count FROM (SELECT 1 FROM \"{table}\" LIMIT 1) it");
        let Count { count } = match conn {
            AnyConnection::Sqlite(conn) => sql_query(query).get_result(conn)?,
            AnyConnection::Postgres(conn) => sql_query(query).get_result(conn)?,
        };
        if count > 0 {
            return Err(StoreError::NotEmpty(table.clone()));
        }
    }
    Ok(())
}

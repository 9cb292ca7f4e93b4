//! All tables as text, from one moment, and back: for backups, and for moving to a database of the other kind.
//!
//! Each table is a text of its own: a line with its columns and their kinds, then a line for each row, sorted, so
//! that both kinds of database give the same bytes. What a line says is plain: `docs/operations.md`, "Backups".

mod export;
mod load;
mod rows;
mod text;

use std::collections::BTreeMap;

use diesel::{QueryableByName, RunQueryDsl as _, sql_query, sql_types::Text};

#[cfg(test)]
pub(crate) use export::copy_tables;
pub use export::{Snapshot, SnapshotWave};
pub use load::{Loaded, TableText, load};

use crate::{StoreError, connection::AnyConnection, value::corrupt};

/// What a copy is for, which says what is in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Copied {
    /// It is kept: without who picked up a token, who is signed in, and what only a running program needs.
    Backup,
    /// It takes the place of what it was copied from: everything.
    Whole,
}

/// A table as it was copied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableCopy {
    /// Its name.
    pub table: String,
    /// How many rows it has.
    pub rows: u64,
    /// SHA-256 over its text.
    pub sha256: [u8; 32],
}

/// Every table, in the order in which rows may be put in, and which copies have it.
pub(crate) const TABLES: &[(&str, Copied)] = {
    use Copied::{Backup, Whole};
    &[
        // A restored installation is another one: the old data folder must never be used with it.
        ("installation", Whole),
        ("organisation", Backup),
        ("support_contacts", Backup),
        ("mail_server", Backup),
        ("roster_headings", Backup),
        ("smallest_group_changes", Backup),
        ("units", Backup),
        ("unit_countries", Backup),
        ("unit_placements", Backup),
        ("people", Backup),
        ("memberships", Backup),
        ("roles", Backup),
        ("password_hashes", Backup),
        ("identities", Backup),
        ("ended_identities", Backup),
        ("passkeys", Backup),
        ("passkey_changes", Backup),
        ("passkey_counters", Whole),
        ("spent_challenges", Whole),
        ("sign_in_codes", Whole),
        ("sessions", Whole),
        // A row that is there today and was not yesterday would date who made a code while a check-in runs.
        ("recoveries", Whole),
        ("waves", Backup),
        ("wave_units", Backup),
        ("cohorts", Backup),
        ("cohort_units", Backup),
        ("wave_placements", Backup),
        ("pickups", Whole),
        ("issuance", Whole),
        ("releases", Backup),
        ("atoms", Backup),
        ("atom_units", Backup),
        ("spreads", Backup),
        ("block_atoms", Backup),
        ("block_items", Backup),
        ("deliveries", Backup),
        ("mail_choices", Backup),
        ("jobs", Backup),
        ("notices", Backup),
        ("lever_plans", Backup),
        ("lever_history", Backup),
        ("instrument_texts", Backup),
        ("imported_scores", Backup),
        ("audit_log", Backup),
    ]
};

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Integer,
    Real,
    Text,
    Bytes,
    Date,
    Moment,
}

impl Kind {
    /// Its name in the text, and those that the two databases have for it.
    const NAMES: [(Self, &str, &[&str]); 6] = [
        (Self::Integer, "integer", &["integer", "bigint"]),
        (Self::Real, "real", &["double", "double precision"]),
        (Self::Text, "text", &["text"]),
        (Self::Bytes, "bytes", &["blob", "bytea"]),
        (Self::Date, "date", &["date"]),
        (Self::Moment, "moment", &["timestamp", "timestamp without time zone"]),
    ];

    fn of_database(name: &str) -> Option<Self> {
        let name = name.to_lowercase();
        Self::NAMES.iter().find(|it| it.2.contains(&name.as_str())).map(|it| it.0)
    }

    fn of_text(name: &str) -> Option<Self> {
        Self::NAMES.iter().find(|it| it.1 == name).map(|it| it.0)
    }

    fn name(self) -> &'static str {
        Self::NAMES.iter().find(|it| it.0 == self).map_or("", |it| it.1)
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Column {
    name: String,
    kind: Kind,
    /// PostgreSQL tells integers of four bytes from those of eight.
    is_big: bool,
}

#[derive(QueryableByName)]
struct ColumnRow {
    #[diesel(sql_type = Text)]
    table_name: String,
    #[diesel(sql_type = Text)]
    column_name: String,
    #[diesel(sql_type = Text)]
    kind: String,
}

const SQLITE_COLUMNS: &str = "
    SELECT m.name AS table_name, c.name AS column_name, c.type AS kind
    FROM sqlite_master m, pragma_table_info(m.name) c
    WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite%' AND m.name NOT LIKE '\\_\\_diesel%' ESCAPE '\\'
    ORDER BY table_name, column_name";

const POSTGRES_COLUMNS: &str = "
    SELECT table_name::text, column_name::text, data_type::text AS kind
    FROM information_schema.columns JOIN information_schema.tables USING (table_schema, table_name)
    WHERE table_schema = current_schema() AND table_type = 'BASE TABLE' AND table_name NOT LIKE '\\_\\_diesel%'
    ORDER BY table_name, column_name COLLATE \"C\"";

pub(crate) type Tables = BTreeMap<String, Vec<Column>>;

/// The tables that there are, and their columns, sorted by name.
pub(crate) fn tables(conn: &mut AnyConnection) -> Result<Tables, StoreError> {
    let rows: Vec<ColumnRow> = match conn {
        AnyConnection::Sqlite(conn) => sql_query(SQLITE_COLUMNS).load(conn)?,
        AnyConnection::Postgres(conn) => sql_query(POSTGRES_COLUMNS).load(conn)?,
    };
    let mut tables = Tables::new();
    for row in rows {
        let kind = Kind::of_database(&row.kind)
            .ok_or_else(|| corrupt("columns")(format!("a column of kind {}", row.kind)))?;
        let is_big = row.kind == "bigint";
        tables.entry(row.table_name).or_default().push(Column {
            name: row.column_name,
            kind,
            is_big,
        });
    }
    Ok(tables)
}

/// The order in which rows of a table are copied: by everything that is in them, so that it is the same wherever
/// they lie; of trees, parents first.
fn order(table: &str, columns: &[Column], conn: &AnyConnection) -> String {
    if table == "wave_units" {
        return "wave, position".to_owned();
    }
    let postgres = matches!(conn, AnyConnection::Postgres(_));
    let terms = columns.iter().map(|it| {
        let collate = if postgres && it.kind == Kind::Text { " COLLATE \"C\"" } else { "" };
        format!("\"{}\"{collate} NULLS FIRST", it.name)
    });
    terms.collect::<Vec<_>>().join(", ")
}

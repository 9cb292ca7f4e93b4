//! Rows of any table, whatever their columns are.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::{
    PgConnection, QueryableByName, RunQueryDsl as _, SqliteConnection,
    connection::DefaultLoadingMode,
    deserialize::{FromSql, Result as Read},
    pg::{Pg, PgRowByRowLoadingMode},
    query_builder::BoxedSqlQuery,
    row::{Field as _, NamedRow, Row},
    sql_query,
    sql_types::{BigInt, Binary, Date, Double, Integer, Nullable, Text, Timestamp},
    sqlite::{Sqlite, SqliteType},
};

use super::{Column, Kind, text::Cell};
use crate::{StoreError, connection::AnyConnection, value::corrupt};

struct Cells(Vec<Cell>);

impl QueryableByName<Sqlite> for Cells {
    fn build<'a>(row: &impl NamedRow<'a, Sqlite>) -> Read<Self> {
        let cells = (0..row.field_count()).map(|at| {
            let field = Row::get(row, at).ok_or("a field is missing")?;
            let Some(value) = field.value() else { return Ok(Cell::None) };
            Ok(match value.value_type() {
                None => Cell::None,
                Some(SqliteType::Binary) => {
                    Cell::Bytes(FromSql::<Binary, Sqlite>::from_sql(value)?)
                }
                Some(SqliteType::Text) => Cell::Text(FromSql::<Text, Sqlite>::from_sql(value)?),
                Some(SqliteType::Float | SqliteType::Double) => {
                    Cell::Real(FromSql::<Double, Sqlite>::from_sql(value)?)
                }
                Some(SqliteType::SmallInt | SqliteType::Integer | SqliteType::Long) => {
                    Cell::Integer(FromSql::<BigInt, Sqlite>::from_sql(value)?)
                }
            })
        });
        cells.collect::<Read<_>>().map(Self)
    }
}

/// Numbers by which PostgreSQL knows its types.
mod oid {
    pub(super) const BYTEA: u32 = 17;
    pub(super) const INT8: u32 = 20;
    pub(super) const INT4: u32 = 23;
    pub(super) const TEXT: u32 = 25;
    pub(super) const FLOAT8: u32 = 701;
    pub(super) const DATE: u32 = 1082;
    pub(super) const TIMESTAMP: u32 = 1114;
}

impl QueryableByName<Pg> for Cells {
    fn build<'a>(row: &impl NamedRow<'a, Pg>) -> Read<Self> {
        let cells = (0..row.field_count()).map(|at| {
            let field = Row::get(row, at).ok_or("a field is missing")?;
            let Some(value) = field.value() else { return Ok(Cell::None) };
            Ok(match value.get_oid().get() {
                oid::BYTEA => Cell::Bytes(FromSql::<Binary, Pg>::from_sql(value)?),
                oid::INT8 => Cell::Integer(FromSql::<BigInt, Pg>::from_sql(value)?),
                oid::INT4 => {
                    let number: i32 = FromSql::<Integer, Pg>::from_sql(value)?;
                    Cell::Integer(number.into())
                }
                oid::TEXT => Cell::Text(FromSql::<Text, Pg>::from_sql(value)?),
                oid::FLOAT8 => Cell::Real(FromSql::<Double, Pg>::from_sql(value)?),
                oid::DATE => Cell::Date(FromSql::<Date, Pg>::from_sql(value)?),
                oid::TIMESTAMP => Cell::Moment(FromSql::<Timestamp, Pg>::from_sql(value)?),
                other => return Err(format!("a column of type {other}").into()),
            })
        });
        cells.collect::<Read<_>>().map(Self)
    }
}

/// Hands each row of `query` to `take`, one after another; all are never in memory.
pub(super) fn each(
    conn: &mut AnyConnection,
    query: &str,
    columns: &[Column],
    mut take: impl FnMut(&[Cell]) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let mut taken = |row: Cells| {
        let cells = row.0.into_iter().zip(columns).map(|(cell, column)| typed(cell, column));
        take(&cells.collect::<Result<Vec<_>, _>>()?)
    };
    match conn {
        AnyConnection::Sqlite(conn) => {
            let rows = sql_query(query).load_iter::<Cells, DefaultLoadingMode>(conn)?;
            for row in rows {
                taken(row?)?;
            }
        }
        AnyConnection::Postgres(conn) => {
            let rows = sql_query(query).load_iter::<Cells, PgRowByRowLoadingMode>(conn)?;
            for row in rows {
                taken(row?)?;
            }
        }
    }
    Ok(())
}

/// SQLite keeps days and moments as text.
fn typed(cell: Cell, column: &Column) -> Result<Cell, StoreError> {
    let Cell::Text(text) = &cell else { return Ok(cell) };
    let wrong = || corrupt("moments")(format!("column {} holds no time", column.name));
    match column.kind {
        Kind::Date => {
            let day = NaiveDate::parse_from_str(text, "%Y-%m-%d").map_err(|_| wrong())?;
            Ok(Cell::Date(day))
        }
        Kind::Moment => ["%Y-%m-%d %H:%M:%S%.f", "%Y-%m-%dT%H:%M:%S%.f"]
            .iter()
            .find_map(|it| NaiveDateTime::parse_from_str(text, it).ok())
            .map(Cell::Moment)
            .ok_or_else(wrong),
        _ => Ok(cell),
    }
}

/// Puts rows into a table, all of them or none.
pub(super) fn insert(
    conn: &mut AnyConnection,
    table: &str,
    columns: &[Column],
    rows: Vec<Vec<Cell>>,
) -> Result<(), StoreError> {
    if rows.is_empty() {
        return Ok(());
    }
    let names: Vec<String> = columns.iter().map(|it| format!("\"{}\"", it.name)).collect();
    let mark = |number: usize| match conn {
        AnyConnection::Sqlite(_) => "?".to_owned(),
        AnyConnection::Postgres(_) => format!("${number}"),
    };
    let mut number = 0;
    let marks: Vec<String> = rows
        .iter()
        .map(|row| {
            let marks: Vec<String> = row
                .iter()
                .map(|_| {
                    number += 1;
                    mark(number)
                })
                .collect();
            format!("({})", marks.join(", "))
        })
        .collect();
    let names = names.join(", ");
    let query = format!("INSERT INTO \"{table}\" ({names}) VALUES {}", marks.join(", "));
    let cells = || rows.into_iter().flat_map(|row| columns.iter().zip(row));
    match conn {
        AnyConnection::Sqlite(conn) => {
            let mut bound = sql_query(query).into_boxed::<Sqlite>();
            for (column, cell) in cells() {
                bound = bind_sqlite(bound, column, cell);
            }
            run_sqlite(bound, conn)
        }
        AnyConnection::Postgres(conn) => {
            let mut bound = sql_query(query).into_boxed::<Pg>();
            for (column, cell) in cells() {
                bound = bind_postgres(bound, column, cell)?;
            }
            run_postgres(bound, conn)
        }
    }
}

type Bound<'f, DB> = BoxedSqlQuery<'f, DB, diesel::query_builder::SqlQuery>;

fn run_sqlite(query: Bound<'_, Sqlite>, conn: &mut SqliteConnection) -> Result<(), StoreError> {
    query.execute(conn)?;
    Ok(())
}

fn run_postgres(query: Bound<'_, Pg>, conn: &mut PgConnection) -> Result<(), StoreError> {
    query.execute(conn)?;
    Ok(())
}

fn bind_sqlite<'f>(query: Bound<'f, Sqlite>, column: &Column, cell: Cell) -> Bound<'f, Sqlite> {
    match cell {
        Cell::None => match column.kind {
            Kind::Bytes => query.bind::<Nullable<Binary>, _>(None::<Vec<u8>>),
            _ => query.bind::<Nullable<Text>, _>(None::<String>),
        },
        Cell::Integer(number) => query.bind::<BigInt, _>(number),
        Cell::Real(number) => query.bind::<Double, _>(number),
        Cell::Text(text) => query.bind::<Text, _>(text),
        Cell::Bytes(bytes) => query.bind::<Binary, _>(bytes),
        Cell::Date(day) => query.bind::<Date, _>(day),
        Cell::Moment(at) => query.bind::<Timestamp, _>(at),
    }
}

fn bind_postgres<'f>(
    query: Bound<'f, Pg>,
    column: &Column,
    cell: Cell,
) -> Result<Bound<'f, Pg>, StoreError> {
    Ok(match cell {
        Cell::None => match (column.kind, column.is_big) {
            (Kind::Integer, true) => query.bind::<Nullable<BigInt>, _>(None::<i64>),
            (Kind::Integer, false) => query.bind::<Nullable<Integer>, _>(None::<i32>),
            (Kind::Real, _) => query.bind::<Nullable<Double>, _>(None::<f64>),
            (Kind::Text, _) => query.bind::<Nullable<Text>, _>(None::<String>),
            (Kind::Bytes, _) => query.bind::<Nullable<Binary>, _>(None::<Vec<u8>>),
            (Kind::Date, _) => query.bind::<Nullable<Date>, _>(None::<NaiveDate>),
            (Kind::Moment, _) => query.bind::<Nullable<Timestamp>, _>(None::<NaiveDateTime>),
        },
        Cell::Integer(number) if column.is_big => query.bind::<BigInt, _>(number),
        Cell::Integer(number) => {
            let number = i32::try_from(number).map_err(corrupt("integers"))?;
            query.bind::<Integer, _>(number)
        }
        Cell::Real(number) => query.bind::<Double, _>(number),
        Cell::Text(text) => query.bind::<Text, _>(text),
        Cell::Bytes(bytes) => query.bind::<Binary, _>(bytes),
        Cell::Date(day) => query.bind::<Date, _>(day),
        Cell::Moment(at) => query.bind::<Timestamp, _>(at),
    })
}

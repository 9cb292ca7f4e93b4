//! Work that the database hands out: mails, announcements of the calendar, notices to other programs.
//!
//! Whoever takes a row holds it under a lease, and has the number of the attempt. One whose lease ran out is free
//! again; then the earlier holder may still say that the work is done, because it is, but can neither put it off nor
//! give it up. Two that ask at once never get the same row: on PostgreSQL what another is just taking is passed over,
//! SQLite has one writer. The tables have the same columns for it, and these macros are how they are used; columns
//! have types of their own table, which no function can be generic over.

/// The state of a row that is to be done, perhaps again.
pub(crate) const QUEUED: &str = "queued";

/// The rows of a table that are to be done and that nobody holds at `$now`.
macro_rules! free {
    ($table:ident, $now:expr) => {
        $table::table
            .filter($table::state.eq($crate::leased::QUEUED))
            .filter($table::retry_at.is_null().or($table::retry_at.le($now)))
            .filter($table::claimed_until.is_null().or($table::claimed_until.le($now)))
    };
}

/// The first row of a query, which no other can take until this transaction ends; `None` if there is none.
macro_rules! first_unlocked {
    ($conn:expr, $query:expr) => {
        match $conn {
            $crate::connection::AnyConnection::Sqlite(conn) => $query.first(conn).optional(),
            $crate::connection::AnyConnection::Postgres(conn) => {
                $query.for_update().skip_locked().first(conn).optional()
            }
        }
    };
}

/// Holds the row with this key, which has been tried `$attempts` times.
macro_rules! hold {
    ($conn:expr, $table:ident, $key:expr, $attempts:expr, $until:expr) => {
        diesel::update($table::table.find($key))
            .set(($table::claimed_until.eq(Some($until)), $table::attempts.eq($attempts + 1)))
            .execute($conn)
    };
}

/// Ends attempt `$attempt` without the work being done: nothing, if it is no longer the holder's.
macro_rules! end_attempt {
    ($conn:expr, $table:ident, $key:expr, $attempt:expr, $state:expr, $retry_at:expr $(, $more:expr)*) => {
        diesel::update(
            $table::table
                .find($key)
                .filter($table::attempts.eq(i32::try_from($attempt).unwrap_or(i32::MAX)))
                .filter($table::state.eq($crate::leased::QUEUED)),
        )
        .set((
            $table::state.eq($state),
            $table::claimed_until.eq(None::<chrono::NaiveDateTime>),
            $table::retry_at.eq($retry_at),
            $($more,)*
        ))
        .execute($conn)
    };
}

/// The work is done, whoever says so.
macro_rules! finish {
    ($conn:expr, $table:ident, $key:expr, $state:expr $(, $more:expr)*) => {
        diesel::update($table::table.find($key))
            .set((
                $table::state.eq($state),
                $table::claimed_until.eq(None::<chrono::NaiveDateTime>),
                $table::retry_at.eq(None::<chrono::NaiveDateTime>),
                $($more,)*
            ))
            .execute($conn)
    };
}

pub(crate) use {end_attempt, finish, first_unlocked, free, hold};

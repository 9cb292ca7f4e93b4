//! What is deleted is gone, and what is kept has no order: work on the database's own pages, where
//! rows lie as they came.

use std::{thread::sleep, time::Duration};

use diesel::{
    PgConnection, QueryableByName, RunQueryDsl as _, SqliteConnection,
    connection::SimpleConnection as _, sql_query, sql_types::Integer,
};

use crate::{
    Store, StoreError,
    connection::{AnyConnection, lock_table},
    waves::Issued,
};

/// How often a write-ahead log that is in use is tried again, and the pause before it.
const TRIES: u32 = 5;
const PAUSE: Duration = Duration::from_millis(200);

/// Rows under their keys, in one go: so they lie in the order of the keys, whoever came first.
const REDEAL: &str = "
    INSERT INTO dealt SELECT wave, holder, blinded, device FROM pickups;
    DELETE FROM pickups;
    INSERT INTO pickups (wave, holder, blinded, device)
        SELECT wave, holder, blinded, device FROM dealt ORDER BY wave, holder;
    DROP TABLE dealt;";

#[derive(QueryableByName)]
struct Checkpoint {
    #[diesel(sql_type = Integer)]
    busy: i32,
}

impl Store {
    /// Removes what is left of deleted rows as far as the database lets us: the write-ahead log of
    /// SQLite, dead rows of PostgreSQL. Backups and archived logs are beyond it. Can be repeated.
    ///
    /// # Errors
    ///
    /// [`StoreError::InUse`] if something else kept the log in use for several seconds; try again
    /// later. Any other [`StoreError`] if the database fails.
    pub fn scrub(&self) -> Result<(), StoreError> {
        self.read(|conn| match conn {
            AnyConnection::Sqlite(conn) => truncate_log(conn),
            AnyConnection::Postgres(conn) => vacuum(conn),
        })
    }

    /// Writes the list of pick-ups anew in the order of its keys, if anybody was added since: until
    /// then its pages tell who came after whom.
    ///
    /// # Errors
    ///
    /// As [`scrub`](Self::scrub); the list is whole either way.
    pub fn redeal_pickups(&self) -> Result<(), StoreError> {
        // Counted before: who is added meanwhile is dealt with the next time.
        let counted = self.all_issued()?;
        if counted == Issued::default() || self.kept_dealt() == counted {
            return Ok(());
        }
        self.write_untold(|conn| {
            lock_table(conn, "pickups")?;
            match conn {
                AnyConnection::Sqlite(conn) => {
                    conn.batch_execute("PRAGMA temp_store = MEMORY")?;
                    conn.batch_execute("CREATE TEMP TABLE dealt (wave, holder, blinded, device)")?;
                    conn.batch_execute(REDEAL)?;
                }
                AnyConnection::Postgres(conn) => {
                    conn.batch_execute("CREATE TEMP TABLE dealt (LIKE pickups)")?;
                    conn.batch_execute(REDEAL)?;
                }
            }
            Ok(())
        })?;
        self.scrub()?;
        self.keep_dealt(counted);
        Ok(())
    }
}

fn truncate_log(conn: &mut SqliteConnection) -> Result<(), StoreError> {
    for attempt in 0..TRIES {
        if attempt > 0 {
            sleep(PAUSE);
        }
        // Answers with a row: 1 if a reader or writer was in the way.
        let Checkpoint { busy } = sql_query("PRAGMA wal_checkpoint(TRUNCATE)").get_result(conn)?;
        if busy == 0 {
            return Ok(());
        }
    }
    Err(StoreError::InUse)
}

fn vacuum(conn: &mut PgConnection) -> Result<(), StoreError> {
    for table in ["pickups", "issuance", "wave_placements"] {
        conn.batch_execute(&format!("VACUUM {table}"))?;
    }
    Ok(())
}

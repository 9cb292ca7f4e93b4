//! The schema: the same on both databases, up and down, and every column accounted for.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
    sync::Mutex,
};

use diesel::{
    QueryableByName, RunQueryDsl as _, sql_query,
    sql_types::{Integer, Nullable, Text},
};
use diesel_migrations::MigrationHarness as _;

use super::*;
use crate::{
    StoreError,
    connection::{AnyConnection, connect},
    migrations::{POSTGRES, SQLITE},
};

#[derive(QueryableByName)]
struct Column {
    #[diesel(sql_type = Text)]
    table_name: String,
    #[diesel(sql_type = Text)]
    column_name: String,
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = Integer)]
    required: i32,
}

#[derive(QueryableByName)]
struct Definition {
    #[diesel(sql_type = Nullable<Text>)]
    sql: Option<String>,
}

const SQLITE_COLUMNS: &str = "
    SELECT m.name AS table_name, c.name AS column_name, c.type AS kind, c.\"notnull\" AS required
    FROM sqlite_master m, pragma_table_info(m.name) c
    WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite%' AND m.name NOT LIKE '__diesel%'";

const POSTGRES_COLUMNS: &str = "
    SELECT table_name::text, column_name::text, data_type::text AS kind,
           (is_nullable = 'NO')::int AS required
    FROM information_schema.columns
    WHERE table_schema = current_schema() AND table_name NOT LIKE '\\_\\_diesel%'";

/// Each `table.column` with its type and whether it must be there, in the same words for both.
fn columns(conn: &mut AnyConnection) -> BTreeMap<String, String> {
    let columns: Vec<Column> = match conn {
        AnyConnection::Sqlite(conn) => sql_query(SQLITE_COLUMNS).load(conn).unwrap(),
        AnyConnection::Postgres(conn) => sql_query(POSTGRES_COLUMNS).load(conn).unwrap(),
    };
    columns
        .into_iter()
        .map(|it| {
            let kind = match it.kind.to_lowercase().as_str() {
                "bytea" => "blob".to_owned(),
                "double" => "double precision".to_owned(),
                "timestamp without time zone" => "timestamp".to_owned(),
                other => other.to_owned(),
            };
            let must = if it.required == 1 { "required" } else { "optional" };
            (format!("{}.{}", it.table_name, it.column_name), format!("{kind} {must}"))
        })
        .collect()
}

/// Everything the database says about its schema.
fn definitions(conn: &mut AnyConnection) -> BTreeSet<String> {
    let query = match conn {
        AnyConnection::Sqlite(_) => "SELECT sql FROM sqlite_master WHERE name NOT LIKE '%diesel%'",
        AnyConnection::Postgres(_) => {
            "SELECT conrelid::regclass || ' ' || pg_get_constraintdef(oid) AS sql
             FROM pg_constraint WHERE connamespace = current_schema()::regnamespace
             UNION ALL
             SELECT pg_get_indexdef(indexrelid) FROM pg_index
             JOIN pg_class ON pg_class.oid = indexrelid
             WHERE relnamespace = current_schema()::regnamespace
             UNION ALL
             SELECT pg_get_triggerdef(pg_trigger.oid) FROM pg_trigger
             JOIN pg_class ON pg_class.oid = tgrelid
             WHERE relnamespace = current_schema()::regnamespace AND NOT tgisinternal
             UNION ALL
             SELECT 'function ' || proname FROM pg_proc
             WHERE pronamespace = current_schema()::regnamespace"
        }
    };
    let found: Vec<Definition> = match conn {
        AnyConnection::Sqlite(conn) => sql_query(query).load(conn).unwrap(),
        AnyConnection::Postgres(conn) => sql_query(query).load(conn).unwrap(),
    };
    found.into_iter().filter_map(|it| it.sql).filter(|it| !it.contains("__diesel")).collect()
}

#[test]
fn whoever_leaves_is_found_by_an_index_wherever_people_are_named() {
    #[derive(QueryableByName)]
    struct Reference {
        #[diesel(sql_type = Text)]
        table_name: String,
        #[diesel(sql_type = Text)]
        column_name: String,
    }

    for_each_database(|db| {
        if !db.is_sqlite() {
            return;
        }
        let references: Vec<Reference> = db
            .store
            .read(|conn| {
                let query = "SELECT m.name AS table_name, f.\"from\" AS column_name
                     FROM sqlite_master m, pragma_foreign_key_list(m.name) f
                     WHERE m.type = 'table' AND f.\"table\" = 'people'";
                Ok(sql_query(query).load(conn)?)
            })
            .unwrap();
        assert!(references.len() > 5, "{}", references.len());
        for Reference { table_name, column_name } in references {
            let plan = db.plan_of(&format!("SELECT 1 FROM {table_name} WHERE {column_name} = 'x'"));
            assert!(plan.contains("SEARCH"), "{table_name}.{column_name}: {plan}");
        }
    });
}

fn up(conn: &mut AnyConnection) {
    match conn {
        AnyConnection::Sqlite(conn) => conn.run_pending_migrations(SQLITE).map(drop),
        AnyConnection::Postgres(conn) => conn.run_pending_migrations(POSTGRES).map(drop),
    }
    .unwrap();
}

fn down(conn: &mut AnyConnection) {
    match conn {
        AnyConnection::Sqlite(conn) => conn.revert_all_migrations(SQLITE).map(drop),
        AnyConnection::Postgres(conn) => conn.revert_all_migrations(POSTGRES).map(drop),
    }
    .unwrap();
}

fn repository() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
}

fn migration_names(database: &str) -> BTreeSet<String> {
    fs::read_dir(repository().join("migrations").join(database))
        .unwrap()
        .map(|it| it.unwrap().file_name().into_string().unwrap())
        .collect()
}

#[test]
fn both_databases_have_the_same_migrations() {
    let names = migration_names("sqlite");
    assert!(!names.is_empty());
    assert_eq!(names, migration_names("postgres"));
    for database in ["sqlite", "postgres"] {
        for name in &names {
            for file in ["up.sql", "down.sql"] {
                let path = repository().join("migrations").join(database).join(name).join(file);
                assert!(path.is_file(), "{} is missing", path.display());
            }
        }
    }
}

#[test]
fn down_takes_back_what_up_does() {
    for_each_url(|url| {
        let url: DatabaseUrl = url.parse().unwrap();
        url.make().unwrap();
        let mut conn = connect(&url).unwrap();
        let empty = definitions(&mut conn);
        up(&mut conn);
        let (first, first_columns) = (definitions(&mut conn), columns(&mut conn));
        assert!(first.len() > 30 && first_columns.len() > 80, "the test looks in the right place");
        down(&mut conn);
        assert_eq!(definitions(&mut conn), empty);
        assert_eq!(columns(&mut conn), BTreeMap::new());
        up(&mut conn);
        assert_eq!((definitions(&mut conn), columns(&mut conn)), (first, first_columns));
    });
}

#[test]
fn both_databases_have_the_same_tables() {
    let first = Mutex::new(None);
    for_each_database(|db| {
        let columns = db.store.read(|conn| Ok(columns(conn))).unwrap();
        let mut first = first.lock().unwrap();
        match first.take() {
            None => *first = Some(columns),
            Some(before) => assert_eq!(before, columns),
        }
    });
}

#[test]
fn migrating_twice_does_nothing() {
    for_each_url(|url| {
        let url: DatabaseUrl = url.parse().unwrap();
        assert_eq!(migrate(&url).unwrap().len(), migration_names("sqlite").len());
        assert_eq!(migrate(&url).unwrap(), [""; 0]);
        Store::open(&url).unwrap().check_schema().unwrap();
    });
}

#[test]
fn a_schema_from_the_future_is_refused() {
    for_each_database(|db| {
        db.sql("INSERT INTO __diesel_schema_migrations (version) VALUES ('99990101000000')")
            .unwrap();
        for refused in [db.store.check_schema(), migrate(&db.url).map(drop)] {
            let error = refused.unwrap_err();
            assert!(matches!(&error, StoreError::SchemaTooNew(it) if it == "99990101000000"));
            assert!(error.to_string().contains("newer"), "{error}");
        }
    });
}

#[test]
fn a_schema_from_the_past_is_refused() {
    for_each_database(|db| {
        db.sql(
            "DELETE FROM __diesel_schema_migrations
             WHERE version = (SELECT max(version) FROM __diesel_schema_migrations)",
        )
        .unwrap();
        let error = db.store.check_schema().unwrap_err();
        assert!(matches!(&error, StoreError::SchemaTooOld(_)));
        assert!(error.to_string().contains("tideline migrate"), "{error}");
    });
    for_each_url(|url| {
        let url: DatabaseUrl = url.parse().unwrap();
        url.make().unwrap();
        let empty = Store::open(&url).unwrap();
        assert!(matches!(empty.check_schema(), Err(StoreError::SchemaTooOld(_))));
    });
}

/// In production the program runs with a role that owns nothing and may not change the schema.
#[test]
fn a_role_that_may_not_change_the_schema_can_start() {
    let Some(schema) = Schema::new() else { return };
    let owner = Database::at(&schema.url());
    let (name, role) = (&schema.name, format!("{}_app", schema.name));
    owner
        .sql(&format!(
            "CREATE ROLE {role}; GRANT USAGE ON SCHEMA {name} TO {role};
             GRANT SELECT ON ALL TABLES IN SCHEMA {name} TO {role}"
        ))
        .unwrap();
    let url: DatabaseUrl = format!("{}%20-c%20role%3D{role}", schema.url()).parse().unwrap();
    let started = std::panic::catch_unwind(|| {
        assert_eq!(migrate(&url).unwrap(), [""; 0]);
        let store = Store::open(&url).unwrap();
        store.check_schema().unwrap();
        let made = store.read(|conn| Ok(conn.batch_execute("CREATE TABLE more (id INT)")));
        assert!(made.unwrap().is_err(), "the test uses the role");
    });
    owner.sql(&format!("DROP OWNED BY {role}; DROP ROLE {role}")).unwrap();
    started.unwrap();
}

#[test]
fn every_column_is_in_the_data_register() {
    let text = fs::read_to_string(repository().join("docs/data-register.toml")).unwrap();
    let register: toml::Table = text.parse().unwrap();
    let kept = register["kept"].as_table().unwrap();
    let mut registered = BTreeSet::new();
    for (table, entry) in register["tables"].as_table().unwrap() {
        for (column, entry) in entry.as_table().unwrap() {
            let field = |field: &str| entry[field].as_str().unwrap();
            let kind = field("kind");
            assert!(
                ["person", "aggregate", "technical"].contains(&kind),
                "{table}.{column}: {kind}; no table of this database may hold answers"
            );
            assert!(kept.contains_key(field("kept")), "{table}.{column}: unknown retention");
            registered.insert(format!("{table}.{column}"));
        }
    }
    for_each_database(|db| {
        let live: BTreeSet<String> =
            db.store.read(|conn| Ok(columns(conn))).unwrap().into_keys().collect();
        assert_eq!(registered, live);
    });
}

/// Row order and clocks link people to ballots better than any failure of the cryptography.
#[test]
fn the_list_of_tokens_has_no_time_and_no_number() {
    for_each_database(|db| {
        let all = db.store.read(|conn| Ok(columns(conn))).unwrap();
        let pickups: Vec<&String> = all.keys().filter(|it| it.starts_with("pickups.")).collect();
        assert_eq!(
            pickups,
            ["pickups.blinded", "pickups.device", "pickups.holder", "pickups.wave"],
            "and nobody"
        );
        if db.is_sqlite() {
            for table in ["pickups", "issuance", "wave_placements"] {
                assert!(db.sql(&format!("SELECT rowid FROM {table}")).is_err(), "{table}");
            }
        }
    });
}

//! Settings of a PostgreSQL server that keep more than the program means to keep.

use diesel::{QueryableByName, RunQueryDsl as _, sql_query, sql_types::Text};

use crate::{Store, StoreError, connection::AnyConnection};

/// A setting of the database server that weakens the promise: the server refuses to start with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SettingFinding {
    /// Its name.
    pub setting: &'static str,
    /// Its value.
    pub value: String,
    /// What it does and what would be better.
    pub why: &'static str,
}

struct Rule {
    setting: &'static str,
    unsafe_value: fn(&str) -> bool,
    why: &'static str,
}

fn loads_logger(value: &str) -> bool {
    value.contains("pgaudit") || value.contains("auto_explain")
}

const LOADS_LOGGER: &str =
    "pgaudit and auto_explain log statements with their values; do not load them for this database";

const RULES: [Rule; 6] = [
    Rule {
        setting: "track_commit_timestamp",
        unsafe_value: |value| value != "off",
        why: "the server keeps the time of every row, and so when each person picked up a token; \
              set it to off",
    },
    Rule {
        setting: "log_statement",
        unsafe_value: |value| matches!(value, "mod" | "all"),
        why: "the server's log keeps every change with its time, and so when each person picked up \
              a token; set it to none or ddl",
    },
    Rule {
        setting: "log_min_duration_statement",
        unsafe_value: |value| value != "-1",
        why: "slow statements are logged with their values and times; set it to -1, or \
              log_parameter_max_length to 0",
    },
    Rule {
        setting: "wal_level",
        unsafe_value: |value| value == "logical",
        why: "subscribers may keep rows that are deleted here; set it to replica",
    },
    Rule { setting: "shared_preload_libraries", unsafe_value: loads_logger, why: LOADS_LOGGER },
    Rule { setting: "session_preload_libraries", unsafe_value: loads_logger, why: LOADS_LOGGER },
];

#[derive(QueryableByName)]
struct Setting {
    #[diesel(sql_type = Text)]
    value: String,
}

impl Store {
    /// What the database server is set to keep that it should not; empty for SQLite.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database fails.
    pub fn settings_findings(&self) -> Result<Vec<SettingFinding>, StoreError> {
        self.read(|conn| {
            let AnyConnection::Postgres(conn) = conn else { return Ok(Vec::new()) };
            let mut findings = Vec::new();
            for rule in &RULES {
                let Setting { value } = sql_query("SELECT current_setting($1) AS value")
                    .bind::<Text, _>(rule.setting)
                    .get_result(conn)?;
                if (rule.unsafe_value)(&value) {
                    findings.push(SettingFinding { setting: rule.setting, value, why: rule.why });
                }
            }
            Ok(findings)
        })
    }
}

//! What somebody said that headings of roster files mean.
//!
//! What says nothing else fails with [`StoreError`] if the database does, and with nothing else.

use std::collections::BTreeMap;

use diesel::prelude::*;

use crate::{Store, StoreError, schema::roster_headings};

impl Store {
    /// Stable names of what headings mean, by heading as it is compared.
    pub fn roster_headings(&self) -> Result<BTreeMap<String, String>, StoreError> {
        self.read(|conn| {
            let rows = roster_headings::table
                .select((roster_headings::heading, roster_headings::meaning))
                .load::<(String, String)>(conn)?;
            Ok(rows.into_iter().collect())
        })
    }

    /// Keeps what these headings mean; others stay as they are.
    pub fn remember_headings(
        &self,
        said: impl Iterator<Item = (String, String)>,
    ) -> Result<(), StoreError> {
        self.write("remember_headings", |conn| {
            for (heading, meaning) in said {
                diesel::delete(roster_headings::table.find(&heading)).execute(conn)?;
                diesel::insert_into(roster_headings::table)
                    .values((
                        roster_headings::heading.eq(heading),
                        roster_headings::meaning.eq(meaning),
                    ))
                    .execute(conn)?;
            }
            Ok(())
        })
    }
}

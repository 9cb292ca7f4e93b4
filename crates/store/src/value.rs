//! Between what databases hold and what the domain speaks of.

use std::{error::Error, str::FromStr};

use chrono::{DateTime, NaiveDateTime, SubsecRound, Utc};

use tideline_domain::Name;

use crate::StoreError;

/// Wraps what is wrong with a row of `table`.
pub(crate) fn corrupt<E>(table: &'static str) -> impl Fn(E) -> StoreError
where
    E: Into<Box<dyn Error + Send + Sync>>,
{
    move |source| StoreError::Corrupt { table, source: source.into() }
}

/// Reads text of a row of `table`.
pub(crate) fn parse<T>(table: &'static str, text: &str) -> Result<T, StoreError>
where
    T: FromStr,
    T::Err: Error + Send + Sync + 'static,
{
    text.parse().map_err(corrupt(table))
}

/// Reads the name of a person, unit or organisation of a row of `table`.
pub(crate) fn name(table: &'static str, text: &str) -> Result<Name, StoreError> {
    Name::kept(text).map_err(corrupt(table))
}

/// Reads a stable name of a row of `table`.
pub(crate) fn known<T>(table: &'static str, found: Option<T>) -> Result<T, StoreError> {
    found.ok_or_else(|| corrupt(table)("unknown name"))
}

/// Reads a count of a row of `table`.
pub(crate) fn count(table: &'static str, number: i32) -> Result<u32, StoreError> {
    u32::try_from(number).map_err(corrupt(table))
}

/// A count for a row of `table`.
pub(crate) fn number(table: &'static str, count: impl TryInto<i32>) -> Result<i32, StoreError> {
    count.try_into().map_err(|_| StoreError::TooLarge { table })
}

/// Reads 32 bytes of a row of `table`.
pub(crate) fn bytes32(table: &'static str, bytes: Vec<u8>) -> Result<[u8; 32], StoreError> {
    bytes.try_into().map_err(|_| corrupt(table)("not 32 bytes"))
}

/// Both databases keep microseconds at least; so that they agree, not more.
pub(crate) fn timestamp(at: DateTime<Utc>) -> NaiveDateTime {
    at.naive_utc().trunc_subsecs(6)
}

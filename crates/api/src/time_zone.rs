//! Which time zones there are, and which is the organisation's.

use chrono_tz::{TZ_VARIANTS, Tz};
use tideline_store::{Store, StoreError};

/// The time zone of the organisation: as it is stored, or else `otherwise`.
///
/// # Errors
///
/// [`StoreError`] if the database cannot be read.
pub fn zone(store: &Store, otherwise: Tz) -> Result<Tz, StoreError> {
    let stored = store.organisation()?.and_then(|it| it.time_zone.parse().ok());
    Ok(stored.unwrap_or(otherwise))
}

/// The names of all places with a time zone, to choose from; and `chosen` before them, if it is a zone that is
/// no place.
pub(crate) fn zones(chosen: &str) -> Vec<&'static str> {
    let place = |it: &&str| it.contains('/') && !it.starts_with("Etc/") && !it.starts_with("US/");
    let places: Vec<&str> = TZ_VARIANTS.iter().map(|it| it.name()).filter(place).collect();
    let chosen = chosen.parse().ok().map(|it: Tz| it.name());
    let other = chosen.filter(|it| *it != Tz::UTC.name() && !places.contains(it));
    other.into_iter().chain([Tz::UTC.name()]).chain(places).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_chosen_is_in_the_list_once() {
        assert!(zones("Europe/Berlin").iter().filter(|it| **it == "Europe/Berlin").count() == 1);
        assert_eq!(zones("CET")[..2], ["CET", "UTC"]);
    }
}

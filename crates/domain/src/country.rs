//! Countries, by their two letters.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
};

use crate::{UnitId, UnitTree};

/// A country: its code of ISO 3166-1 alpha-2, such as `AT`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Country([u8; 2]);

/// Text that is no code of a country.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a country is two letters, such as AT")]
pub struct CountryError;

impl Country {
    /// Its two letters.
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl fmt::Display for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl std::str::FromStr for Country {
    type Err = CountryError;

    fn from_str(s: &str) -> Result<Self, CountryError> {
        match *s.trim().as_bytes() {
            [a, b] if a.is_ascii_alphabetic() && b.is_ascii_alphabetic() => {
                Ok(Self([a.to_ascii_uppercase(), b.to_ascii_uppercase()]))
            }
            _ => Err(CountryError),
        }
    }
}

/// The country that `unit` is in: that of the nearest unit, itself or above it, of which `said` knows
/// one.
pub fn country_of(
    tree: &UnitTree,
    said: &BTreeMap<UnitId, Country>,
    unit: UnitId,
) -> Option<Country> {
    let at = tree.index_of(unit)?;
    tree.path_up(at).find_map(|it| said.get(&tree.units()[it].id)).copied()
}

/// The countries in use that have nobody to turn to, where `contacts` says of each contact for which
/// country it is (`None`: for everybody). `None` stands for units of which no country is known, and for
/// the organisation as long as it has no units.
pub fn without_contact(
    tree: Option<&UnitTree>,
    said: &BTreeMap<UnitId, Country>,
    contacts: &[Option<Country>],
) -> BTreeSet<Option<Country>> {
    if contacts.contains(&None) {
        return BTreeSet::new();
    }
    let Some(tree) = tree else { return BTreeSet::from([None]) };
    let used = tree.units().iter().map(|it| country_of(tree, said, it.id));
    used.filter(|it| !contacts.contains(it)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Unit;

    #[test]
    fn every_country_in_use_needs_somebody() {
        let id = |n| UnitId::new(uuid::Uuid::from_u128(n));
        let unit = |n, parent: Option<u128>| Unit {
            id: id(n),
            parent: parent.map(id),
            name: format!("Unit {n}").parse().unwrap(),
        };
        let tree = UnitTree::new(vec![
            unit(1, None),
            unit(2, Some(1)),
            unit(3, Some(2)),
            unit(4, Some(1)),
        ])
        .unwrap();
        let country = |code: &str| code.parse::<Country>().unwrap();
        let (at, de) = (country("AT"), country("DE"));
        let said = BTreeMap::from([(id(1), de), (id(2), at)]);
        assert_eq!(country_of(&tree, &said, id(3)), Some(at));
        assert_eq!(country_of(&tree, &said, id(4)), Some(de));

        let lacking = |said, contacts: &[Option<Country>]| {
            without_contact(Some(&tree), said, contacts).into_iter().collect::<Vec<_>>()
        };
        assert_eq!(lacking(&said, &[]), [Some(at), Some(de)]);
        assert_eq!(lacking(&said, &[Some(de)]), [Some(at)]);
        assert!(lacking(&said, &[Some(de), Some(at)]).is_empty());
        assert!(lacking(&said, &[None]).is_empty());
        let unknown = BTreeMap::from([(id(2), at)]);
        assert_eq!(lacking(&unknown, &[Some(at)]), [None]);
        assert_eq!(without_contact(None, &said, &[]).len(), 1);
    }

    #[test]
    fn a_country_is_two_letters() {
        assert_eq!(" at ".parse::<Country>().unwrap().code(), "AT");
        for wrong in ["", "A", "AUT", "A1", "ÖS"] {
            assert_eq!(wrong.parse::<Country>(), Err(CountryError), "{wrong}");
        }
    }
}

//! From the rows of a table to units and people, with everything in doubt.

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
};

use tideline_domain::{EmailAddress, Name, RoleKind};

use crate::{
    address::{AddressError, address},
    doubt::{Doubt, Doubts, What},
    formula,
    heading::{Column, fold},
    name::{self, Looks, folded},
    table::{Cell, Row, Table},
};

/// A row of a roster.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Row of the file.
    pub row: u64,
    /// The unit the row is about.
    pub unit: Name,
    /// The unit above it; `None` at the top.
    pub parent: Option<Name>,
    /// Somebody in the unit; a row without one only declares the unit.
    pub person: Option<Member>,
}

/// Somebody in a unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Whole name.
    pub name: Name,
    /// Address, as mail servers know it.
    pub email: EmailAddress,
    /// Roles beyond staff.
    pub roles: Vec<RoleKind>,
}

/// Each unit with the one above and the first row that says so.
type Units = BTreeMap<Name, (Option<Name>, u64)>;

/// The rows as units and people; `None` if there is no column for the one or the other.
pub(crate) fn understand(table: &Table, doubts: &mut Doubts) -> Option<Vec<Entry>> {
    if !table.has(Column::Unit) || !table.has(Column::Email) {
        return None;
    }
    let mut reader = Reader {
        table,
        doubts,
        units: Units::new(),
        clashes: BTreeSet::new(),
        emails: BTreeMap::new(),
    };
    let entries: Vec<Entry> = table.rows.iter().filter_map(|row| reader.entry(row)).collect();
    let Reader { units, .. } = reader;
    check_tree(table, &units, doubts);
    look_alikes(table, &units, doubts);
    Some(entries)
}

struct Reader<'a> {
    table: &'a Table,
    doubts: &'a mut Doubts,
    units: Units,
    /// Units and the ones above them that were refused already.
    clashes: BTreeSet<(Name, Option<Name>)>,
    emails: BTreeMap<EmailAddress, u64>,
}

impl Reader<'_> {
    fn doubt(&mut self, row: &Row, column: Column, what: What) {
        let column = Some(self.table.heading(column));
        self.doubts.push(Doubt { row: Some(row.number), column, what });
    }

    fn entry(&mut self, row: &Row) -> Option<Entry> {
        let unit = self.name(row, Column::Unit);
        let parent = match self.table.cell(row, Column::Parent) {
            None => Some(None),
            Some(_) => self.name(row, Column::Parent).map(Some),
        };
        let person = self.person(row);
        // Also of a row whose person is in doubt: whoever is below it is not.
        let (unit, parent) = (unit?, parent?);
        match self.units.get(&unit) {
            None => {
                self.units.insert(unit.clone(), (parent.clone(), row.number));
            }
            Some((above, first)) if *above != parent => {
                let (above, first) = (above.clone(), *first);
                if self.clashes.insert((unit.clone(), parent.clone())) {
                    self.clash(row, &unit, parent.as_ref(), above.as_ref(), first);
                }
            }
            Some(_) => {}
        }
        Some(Entry { row: row.number, unit, parent, person: person? })
    }

    /// Two units of one name, or one unit in two places: told once, with what could be written.
    fn clash(
        &mut self,
        row: &Row,
        unit: &Name,
        here: Option<&Name>,
        above: Option<&Name>,
        first: u64,
    ) {
        let other = here.or(above).map_or("2", Name::as_str);
        let what = What::Elsewhere {
            unit: unit.to_string(),
            above: above.map(Name::to_string),
            proposal: format!("{unit} {other}"),
            row: first,
        };
        self.doubt(row, Column::Parent, what);
    }

    /// The text of the cell of `row` below `column`; empty if there is none.
    fn text(&mut self, row: &Row, column: Column) -> Option<Cow<'static, str>> {
        let what = match self.table.cell(row, column) {
            None => return Some(Cow::Borrowed("")),
            Some(Cell::Text(text)) => {
                return Some(Cow::Owned(formula::restored(text.trim()).to_owned()));
            }
            Some(Cell::Number(number)) => match number_text(*number) {
                Some(text) => {
                    self.doubt(row, column, What::Number { text: text.clone() });
                    return Some(Cow::Owned(text));
                }
                None => What::OddNumber,
            },
            Some(Cell::Date) => What::Date,
            Some(Cell::Truth) => What::Truth,
            Some(Cell::Failed) => What::Failed,
        };
        self.doubt(row, column, what);
        None
    }

    fn name(&mut self, row: &Row, column: Column) -> Option<Name> {
        let text = self.text(row, column)?;
        self.named(row, column, &text)
    }

    fn named(&mut self, row: &Row, column: Column, text: &str) -> Option<Name> {
        match name::name(&folded(text)) {
            Ok(name) => Some(name),
            Err(what) => {
                self.doubt(row, column, what);
                None
            }
        }
    }

    /// The whole name, of one column or of two.
    fn whole_name(&mut self, row: &Row) -> Option<Name> {
        let whole = self.text(row, Column::Name);
        let given = self.text(row, Column::GivenName);
        let family = self.text(row, Column::FamilyName);
        let (whole, given, family) = (folded(&whole?), folded(&given?), folded(&family?));
        let has_whole = self.table.has(Column::Name);
        let column = if has_whole { Column::Name } else { Column::FamilyName };
        // "Name" beside first names alone is the family name, unless it holds them, too.
        let holds = |part: &str| whole.split(' ').any(|it| it == part);
        let text = if !has_whole {
            format!("{given} {family}")
        } else if self.table.has(Column::FamilyName) || given.split(' ').all(holds) {
            whole
        } else {
            format!("{given} {whole}")
        };
        self.named(row, column, &text)
    }

    /// `None` if the row is in doubt; `Some(None)` if it names nobody.
    fn person(&mut self, row: &Row) -> Option<Option<Member>> {
        let of_person =
            [Column::Name, Column::GivenName, Column::FamilyName, Column::Email, Column::Role];
        if of_person.iter().all(|it| self.table.cell(row, *it).is_none()) {
            return Some(None);
        }
        let name = self.whole_name(row);
        let email = self.address(row);
        let roles = self.roles(row);
        if let Some(email) = &email
            && let Some(before) = self.emails.insert(email.clone(), row.number)
        {
            self.doubt(row, Column::Email, What::SameAddress { row: before });
        }
        Some(Some(Member { name: name?, email: email?, roles: roles? }))
    }

    fn address(&mut self, row: &Row) -> Option<EmailAddress> {
        let text = self.text(row, Column::Email)?;
        let what = match address(&text) {
            Ok(address) => return Some(address),
            Err(AddressError::Shape) => What::Address,
            Err(AddressError::Local) => What::AddressLocal,
            Err(AddressError::Domain) => What::AddressDomain,
        };
        self.doubt(row, Column::Email, what);
        None
    }

    fn roles(&mut self, row: &Row) -> Option<Vec<RoleKind>> {
        let text = self.text(row, Column::Role)?;
        let mut roles = Some(Vec::new());
        let between = |it| matches!(it, ';' | ',' | '/' | '+' | '|' | '&' | '\n');
        for word in text.split(between).map(str::trim).filter(|it| !it.is_empty()) {
            match role(word) {
                Some(RoleKind::Staff) => {}
                Some(role) => {
                    if let Some(roles) = &mut roles
                        && !roles.contains(&role)
                    {
                        roles.push(role);
                    }
                }
                None => {
                    self.doubt(row, Column::Role, What::Role { role: word.to_owned() });
                    roles = None;
                }
            }
        }
        roles
    }
}

/// A number as it was typed, as far as a workbook keeps that: `1234.0` is 1234.
fn number_text(number: f64) -> Option<String> {
    /// From here on whole numbers are no longer told from one another.
    const EXACT: f64 = 9_007_199_254_740_992.0;
    (number.is_finite() && number.abs() < EXACT).then(|| format!("{number}"))
}

/// The role that `word` is: by its stable name, or as it is shown and called in English or German.
fn role(word: &str) -> Option<RoleKind> {
    let names = |role| -> &[&str] {
        match role {
            RoleKind::Staff => &[
                "staff",
                "employee",
                "member",
                "mitarbeiter",
                "mitarbeiterin",
                "mitarbeitende",
                "mitarbeitender",
                "beschäftigte",
                "beschäftigter",
            ],
            RoleKind::Manager => &[
                "manager",
                "managerin",
                "lead",
                "leader",
                "teamlead",
                "teamleader",
                "leitung",
                "leiter",
                "leiterin",
                "teamleitung",
                "teamleiter",
                "teamleiterin",
                "stationsleitung",
                "führungskraft",
                "fuehrungskraft",
                "vorgesetzte",
                "vorgesetzter",
            ],
            RoleKind::Hr => &[
                "hr",
                "humanresources",
                "personalabteilung",
                "personalwesen",
                "personalverwaltung",
            ],
            RoleKind::Administrator => {
                &["admin", "administrator", "administratorin", "administration", "verwaltung"]
            }
            RoleKind::PrivacyOfficer => &[
                "privacy",
                "privacyofficer",
                "dataprotection",
                "dataprotectionofficer",
                "dpo",
                "datenschutz",
                "datenschutzbeauftragte",
                "datenschutzbeauftragter",
                "dsb",
            ],
        }
    };
    let word = fold(word);
    RoleKind::ALL.into_iter().find(|it| names(*it).contains(&word.as_str()))
}

/// Units whose names look alike: one team that was split, each half too small to be shown.
fn look_alikes(table: &Table, units: &Units, doubts: &mut Doubts) {
    let mut looks = Looks::default();
    let mut by_row: Vec<(&Name, u64)> = units.iter().map(|(unit, (_, row))| (unit, *row)).collect();
    by_row.sort_by_key(|it| it.1);
    for (unit, row) in by_row {
        if let Some(what) = looks.see(unit, row) {
            let column = Some(table.heading(Column::Unit));
            doubts.push(Doubt { row: Some(row), column, what });
        }
    }
}

fn check_tree(table: &Table, units: &Units, doubts: &mut Doubts) {
    let before = doubts.refuse();
    let heading = table.heading(Column::Parent);
    let place =
        |row: u64, what: What| Doubt { row: Some(row), column: Some(heading.clone()), what };
    let mut tops: Vec<(&Name, u64)> = units
        .iter()
        .filter(|(_, (parent, _))| parent.is_none())
        .map(|(unit, (_, row))| (unit, *row))
        .collect();
    tops.sort_by_key(|it| it.1);
    if let [(first, _), rest @ ..] = tops.as_slice() {
        for (unit, row) in rest {
            let what = What::TwoTops { unit: unit.to_string(), first: first.to_string() };
            doubts.push(place(*row, what));
        }
    }
    let circles = below_themselves(units);
    for (unit, (parent, row)) in units {
        let what = match parent {
            Some(parent) if !units.contains_key(parent) => {
                What::NoParent { unit: parent.to_string() }
            }
            Some(_) if circles.contains(unit) => What::BelowItself { unit: unit.to_string() },
            _ => continue,
        };
        doubts.push(place(*row, what));
    }
    if tops.is_empty() && !before && !doubts.refuse() && !units.is_empty() {
        doubts.push(place(table.head, What::NoTop));
    }
}

/// The units that lie below themselves. Each is looked at once: a file may well be a chain of thousands.
fn below_themselves(units: &Units) -> BTreeSet<&Name> {
    let above = |unit: &Name| units.get(unit).and_then(|it| it.0.as_ref());
    let mut circles = BTreeSet::new();
    let mut seen: BTreeSet<&Name> = BTreeSet::new();
    for start in units.keys() {
        // The way up from here to what was seen before, or to where it comes back to itself.
        let mut way: Vec<&Name> = Vec::new();
        let mut at = Some(start);
        while let Some(unit) = at.filter(|it| !seen.contains(it)) {
            seen.insert(unit);
            way.push(unit);
            at = above(unit);
        }
        if let Some(again) = at.and_then(|it| way.iter().position(|unit| *unit == it)) {
            circles.extend(&way[again..]);
        }
    }
    circles
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles_by_every_name() {
        for kind in RoleKind::ALL {
            assert_eq!(role(kind.code()), Some(kind));
        }
        assert_eq!(role("HR"), Some(RoleKind::Hr));
        assert_eq!(role("Führungskraft"), Some(RoleKind::Manager));
        assert_eq!(role("Privacy Officer"), Some(RoleKind::PrivacyOfficer));
        assert_eq!(role("boss"), None);
    }

    #[test]
    fn numbers_as_they_were_typed() {
        assert_eq!(number_text(1234.0).as_deref(), Some("1234"));
        assert_eq!(number_text(12.5).as_deref(), Some("12.5"));
        assert_eq!(number_text(-3.0).as_deref(), Some("-3"));
        assert_eq!(number_text(1e16), None);
        assert_eq!(number_text(f64::NAN), None);
    }
}

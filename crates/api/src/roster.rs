//! Reading a roster: people and units from a CSV file, for the command and for the page.

use std::{collections::BTreeMap, path::Path};

use tideline_domain::{EmailAddress, Name};
use tideline_store::{ImportPlan, ImportRow, RoleKind};

use crate::table::{Fault, Row, Table, TableError, Why};

/// The columns of a roster.
pub const COLUMNS: [&str; 5] = ["unit", "parent", "name", "email", "role"];

/// Reads the file. A row without name and email only declares its unit.
///
/// # Errors
///
/// Every bad row with line and column.
pub fn read(path: &Path) -> Result<ImportPlan, TableError> {
    plan(Table::read(path, &COLUMNS, &COLUMNS)?)
}

/// Reads the content of a file; as [`read`].
///
/// # Errors
///
/// As [`read`].
pub fn parse_bytes(bytes: &[u8]) -> Result<ImportPlan, TableError> {
    plan(Table::parse("roster".to_owned(), bytes, &COLUMNS, &COLUMNS)?)
}

fn plan(table: Table) -> Result<ImportPlan, TableError> {
    let mut faults = Vec::new();
    let mut units: BTreeMap<Name, (Option<Name>, u64)> = BTreeMap::new();
    let mut emails: BTreeMap<EmailAddress, u64> = BTreeMap::new();
    let mut rows = Vec::new();
    for row in table.rows() {
        let unit = parse::<Name>(row, "unit", NAME, &mut faults);
        let parent = match row.cell("parent") {
            "" => Some(None),
            _ => parse::<Name>(row, "parent", NAME, &mut faults).map(Some),
        };
        let person = person(row, &mut emails, &mut faults);
        let (Some(unit), Some(parent), Ok(person)) = (unit, parent, person) else { continue };
        match units.get(&unit) {
            Some((before, line)) if *before != parent => {
                let (line, unit) = (("line", line.to_string()), ("unit", unit.to_string()));
                let why = match before {
                    Some(above) => {
                        Why::text("roster-elsewhere", [line, unit, ("above", above.to_string())])
                    }
                    None => Why::text("roster-elsewhere-top", [line, unit]),
                };
                faults.push(row.fault("parent", why));
            }
            Some(_) => {}
            None => {
                units.insert(unit.clone(), (parent.clone(), row.line));
            }
        }
        rows.push(ImportRow { unit, parent, person });
    }
    check_tree(&table, &units, &mut faults);
    table.verdict(faults, Some(ImportPlan { rows }))
}

/// What a name must be.
const NAME: &str = "roster-name";

/// The cell below `column`; what is wrong with it otherwise is the text `otherwise`.
fn parse<T: std::str::FromStr>(
    row: &Row,
    column: &str,
    otherwise: &'static str,
    faults: &mut Vec<Fault>,
) -> Option<T> {
    let value = row.cell(column).parse().ok();
    if value.is_none() {
        faults.push(row.fault(column, Why::text(otherwise, [])));
    }
    value
}

type RowPerson = Option<(Name, EmailAddress, Vec<RoleKind>)>;

/// `Err(())` if the row has a fault, which is in `faults` then.
fn person(
    row: &Row,
    emails: &mut BTreeMap<EmailAddress, u64>,
    faults: &mut Vec<Fault>,
) -> Result<RowPerson, ()> {
    if ["name", "email", "role"].iter().all(|it| row.cell(it).is_empty()) {
        return Ok(None);
    }
    let name = parse::<Name>(row, "name", NAME, faults);
    let email = parse::<EmailAddress>(row, "email", "roster-address", faults);
    let mut roles = Some(Vec::new());
    for code in row.cell("role").split(';').map(str::trim) {
        match RoleKind::from_code(code) {
            _ if matches!(code, "" | "staff") => {}
            Some(role) => {
                if let Some(roles) = &mut roles {
                    roles.push(role);
                }
            }
            None => {
                faults
                    .push(row.fault("role", Why::text("roster-role", [("code", code.to_owned())])));
                roles = None;
            }
        }
    }
    if let Some(email) = &email
        && let Some(line) = emails.insert(email.clone(), row.line)
    {
        faults.push(
            row.fault("email", Why::text("roster-same-address", [("line", line.to_string())])),
        );
    }
    match (name, email, roles) {
        (Some(name), Some(email), Some(roles)) => Ok(Some((name, email, roles))),
        _ => Err(()),
    }
}

fn check_tree(table: &Table, units: &BTreeMap<Name, (Option<Name>, u64)>, faults: &mut Vec<Fault>) {
    let place = |line: u64, why: Why| Fault { line, column: Some("parent".to_owned()), why };
    let tops: Vec<(&Name, u64)> = units
        .iter()
        .filter(|(_, (parent, _))| parent.is_none())
        .map(|(it, (_, line))| (it, *line))
        .collect();
    if let [(first, _), rest @ ..] = tops.as_slice() {
        for (unit, line) in rest {
            let names = [("unit", unit.to_string()), ("first", first.to_string())];
            faults.push(place(*line, Why::text("roster-two-tops", names)));
        }
    }
    for (unit, (parent, line)) in units {
        match parent {
            Some(parent) if !units.contains_key(parent) => {
                faults.push(place(
                    *line,
                    Why::text("roster-no-parent", [("unit", parent.to_string())]),
                ));
            }
            Some(_) => {
                let mut at = unit;
                for _ in 0..=units.len() {
                    match units.get(at) {
                        Some((Some(next), _)) => at = next,
                        _ => break,
                    }
                    if at == unit {
                        faults.push(place(
                            *line,
                            Why::text("roster-below-itself", [("unit", unit.to_string())]),
                        ));
                        break;
                    }
                }
            }
            None => {}
        }
    }
    if tops.is_empty() && faults.is_empty() && !table.rows().is_empty() {
        faults.push(place(2, Why::text("roster-no-top", [])));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<ImportPlan, TableError> {
        parse_bytes(format!("unit,parent,name,email,role\n{text}").as_bytes())
    }

    #[track_caller]
    fn refuses(text: &str, words: &[&str]) {
        let error = parse(text).unwrap_err().to_string();
        assert!(words.iter().all(|it| error.contains(it)), "{error}");
    }

    #[test]
    fn a_roster_is_read() {
        let plan = parse("Org,,,,\nElm,Org,Ada,ada@x.org,manager;hr\nElm,Org,Bo,bo@x.org,staff\n")
            .unwrap();
        assert_eq!(plan.rows.len(), 3);
        let (_, _, roles) = plan.rows[1].person.as_ref().unwrap();
        assert_eq!(roles.len(), 2);
    }

    #[test]
    fn every_bad_row_is_named() {
        refuses("Org,,,,\nElm,Org,Ada,ada,staff\n", &["line 3", "column email"]);
        refuses("Org,,,,\nElm,Org,,a@x.org,staff\n", &["line 3", "column name"]);
        refuses("Org,,,,\nElm,Org,Ada,a@x.org,boss\n", &["line 3", "column role", "boss"]);
        refuses("Org,,,,\nElm,Oak,,,\n", &["line 3", "column parent", "Oak"]);
        refuses("Org,,,,\nOak,,,,\n", &["column parent", "top"]);
        refuses("A,B,,,\nB,A,,,\n", &["below itself"]);
        refuses("Org,,A,a@x.org,\nOrg,,B,a@x.org,\n", &["line 3", "column email", "line 2"]);
        refuses("Org,,,,\nElm,Org,,,\nElm,,A,a@x.org,\n", &["line 4", "column parent", "line 3"]);
        refuses("", &["no rows"]);
    }

    #[test]
    fn every_fault_is_told_in_every_language() {
        let bad = "Org,,,,\nElm,Org,Ada,ada,boss\nOak,Ash,,,\nOrg,Elm,,,\nTop,,,,\n,Org,x\n";
        let Err(TableError::Faulty { faults, .. }) = parse(bad) else { panic!("not refused") };
        for fault in &faults {
            let [english, german] =
                tideline_text::Language::ALL.map(|it| fault.why.said(tideline_text::Text::new(it)));
            assert!(english != german && !german.contains('{'), "{english} {german}");
        }
        assert!(faults.len() >= 7, "{faults:?}");
    }

    #[test]
    fn all_faults_come_at_once() {
        let error = parse("Org,,,,\nElm,Org,Ada,ada,boss\n,Org,,,\n").unwrap_err().to_string();
        assert_eq!(error.matches("\n  line ").count(), 3, "{error}");
    }
}

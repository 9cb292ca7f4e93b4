//! Bringing in a roster, for the page, the API and the command alike: what the file is, what is in doubt about
//! it, and what it would end, in the reader's language.

use tideline_domain::TreeError;
use tideline_roster::{Choice, Detected, Doubt, Mapping, Reading, Source};
use tideline_store::{Drastic, ImportError, ImportPlan, ImportRow, Store, StoreError};
use tideline_text::{Argument, Text};

/// The columns of a roster as it is written.
pub const COLUMNS: [&str; 5] = ["unit", "parent", "name", "email", "role"];
/// Doubts of one kind that are told; the others are counted.
const TOLD: usize = 50;

/// What was said before about headings of roster files.
///
/// # Errors
///
/// [`StoreError`] if the database fails.
pub fn mapping(store: &Store) -> Result<Mapping, StoreError> {
    let mut mapping = Mapping::default();
    for (heading, meaning) in store.roster_headings()? {
        // A meaning of another version of the program is asked for again.
        if let Some(choice) = Choice::from_code(&meaning) {
            mapping.set(&heading, choice);
        }
    }
    // Earlier versions kept those, too.
    Ok(mapping.without_numbered())
}

/// Keeps what was said about headings, for the next file. What was said about columns without a heading is of this
/// file alone.
///
/// # Errors
///
/// [`StoreError`] if the database fails.
pub fn remember(store: &Store, said: Mapping) -> Result<(), StoreError> {
    let said = said.without_numbered();
    let rows = said.iter().map(|(heading, it)| (heading.to_owned(), it.code().to_owned()));
    store.remember_headings(rows)
}

/// What `HEADING=MEANING` says.
pub fn said(text: &str) -> Option<(&str, Choice)> {
    let (heading, meaning) = text.rsplit_once('=')?;
    Some((heading, Choice::from_code(meaning.trim())?))
}

/// What the store imports, if nothing refuses the file.
pub fn plan(reading: &Reading) -> Option<ImportPlan> {
    let row = |it: &tideline_roster::Entry| ImportRow {
        unit: it.unit.clone(),
        parent: it.parent.clone(),
        person: it.person.as_ref().map(|it| (it.name.clone(), it.email.clone(), it.roles.clone())),
    };
    let entries = reading.entries.as_ref()?;
    Some(ImportPlan { rows: entries.iter().map(row).collect() })
}

/// What the file is, in a sentence.
pub fn found(detected: &Detected, t: Text) -> String {
    let what = match &detected.source {
        Source::Text { separator, encoding } => {
            let separator = t.tr(&format!("detected-{}", separator.code()));
            t.tr2("detected-text", "separator", separator, "encoding", encoding.name())
        }
        Source::Workbook { open_document, sheet, sheets } => {
            let id = if *open_document { "detected-ods" } else { "detected-xlsx" };
            let what = t.tr1(id, "sheet", sheet.as_str());
            match sheets {
                1 => what,
                _ => t.tr2("detected-one-of", "what", what, "sheets", *sheets),
            }
        }
    };
    t.tr2("import-detected", "what", what, "rows", detected.rows)
}

/// A doubt, with its row and column.
fn doubt(it: &Doubt, t: Text) -> String {
    let said = it.what.said();
    let arguments: Vec<(&str, &dyn Argument)> =
        said.arguments.iter().map(|(name, it)| (*name, it as &dyn Argument)).collect();
    let why = match said.arguments.iter().find(|(name, _)| *name == "n") {
        // A count chooses the words, so it must be a number.
        Some((_, n)) => {
            let n: usize = n.parse().unwrap_or_default();
            let counted = arguments.iter().map(|(name, it)| match *name {
                "n" => ("n", &n as &dyn Argument),
                name => (name, *it),
            });
            t.tr_with(said.id, &counted.collect::<Vec<_>>())
        }
        None => t.tr_with(said.id, &arguments),
    };
    match (it.row, &it.column) {
        (Some(row), Some(column)) => {
            t.tr_with("import-problem-cell", &[("line", &row), ("column", column), ("why", &why)])
        }
        (Some(row), None) => t.tr2("import-problem-line", "line", row, "why", why),
        (None, _) => why,
    }
}

/// The first of some doubts, a sentence each, and how many more there are.
fn told<'a>(doubts: impl Iterator<Item = &'a Doubt>, more: usize, t: Text) -> Vec<String> {
    let mut rest = doubts.peekable();
    let mut told: Vec<String> = rest.by_ref().take(TOLD).map(|it| doubt(it, t)).collect();
    let more = more + rest.count();
    if more > 0 && !told.is_empty() {
        told.push(t.tr1("import-more", "n", more));
    }
    told
}

/// What refuses the file, a sentence each.
pub fn refusals(reading: &Reading, t: Text) -> Vec<String> {
    told(reading.refusals(), reading.more, t)
}

/// What is only pointed out, a sentence each.
pub fn notes(reading: &Reading, t: Text) -> Vec<String> {
    let more = if reading.refusals().next().is_some() { 0 } else { reading.more };
    told(reading.notes(), more, t)
}

/// What somebody has to confirm, a sentence each.
pub fn risks(drastic: Option<Drastic>, t: Text) -> Vec<String> {
    let Some(drastic) = drastic else { return Vec::new() };
    let share = drastic
        .many_leave()
        .then(|| t.tr2("import-risk-share", "n", drastic.leaving, "all", drastic.people));
    let admin = drastic.administrators.then(|| t.tr("import-risk-admin"));
    share.into_iter().chain(admin).collect()
}

/// Why a roster whose rows are fine each cannot be brought in as a whole.
pub fn refusal(error: &ImportError, t: Text) -> String {
    match error {
        ImportError::TwoParents { unit, first, second } => t.tr_with(
            "import-two-parents",
            &[("unit", &unit.as_str()), ("first", &first.as_str()), ("second", &second.as_str())],
        ),
        ImportError::TwoUnits { first, second, rows: (one, other) } => t.tr_with(
            "import-two-units",
            &[
                ("first", &first.as_str()),
                ("second", &second.as_str()),
                ("one", &(one + 1)),
                ("other", &(other + 1)),
            ],
        ),
        ImportError::TooEarly(day) => t.tr1("import-too-early", "day", t.date(*day)),
        ImportError::Tree(TreeError::NoRoot) => t.tr("roster-no-top"),
        ImportError::Tree(TreeError::TwoRoots(first, second)) => {
            t.tr2("roster-two-tops", "unit", second.as_str(), "first", first.as_str())
        }
        ImportError::Tree(TreeError::NoSuchParent(unit)) => {
            t.tr1("import-no-parent", "unit", unit.as_str())
        }
        ImportError::Tree(TreeError::Twice(unit)) => t.tr1("import-twice", "unit", unit.as_str()),
        ImportError::Tree(TreeError::Cycle(unit)) => {
            t.tr1("roster-below-itself", "unit", unit.as_str())
        }
        ImportError::Drastic(drastic) => risks(Some(*drastic), t).join(" "),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use tideline_domain::RoleKind;
    use tideline_text::Language;

    use super::*;
    use crate::EN;

    fn read(rows: &str) -> Reading {
        let file = format!("unit,parent,name,email,role\n{rows}");
        tideline_roster::read(file.as_bytes(), &Mapping::default())
    }

    #[test]
    fn every_doubt_is_said_in_every_language() {
        let bad = "Org,,,,\nElm,Org,Ada,ada,boss\nOak,Ash,,,\nOrg,Elm,,,\nTop,,,,\n,Org,x\nA,Org,B,ä@b.org,\n\
                   A,Org,B,b@-b.org,\norg,Org,\u{202e},c@b.org,\nC,Org,D,c@b.org,\nC,Org,D,c@b.org,,,x\n";
        let reading = read(bad);
        for it in &reading.doubts {
            let [english, german] = Language::ALL.map(|of| doubt(it, Text::new(of)));
            assert!(
                english != german && !german.contains('{') && !english.contains('{'),
                "{english}"
            );
            let said = it.what.said();
            assert!(!english.contains(said.id), "{english}");
        }
        let kinds: std::collections::BTreeSet<&str> =
            reading.doubts.iter().map(|it| it.what.said().id).collect();
        assert!(kinds.len() >= 12, "{kinds:?}");
    }

    #[test]
    fn a_row_and_a_column_are_told() {
        let told = refusals(&read("Org,,,,\nElm,Org,Ada,ada,staff\n"), EN);
        assert_eq!(told.len(), 1);
        assert!(told[0].starts_with("Row 3, column email: this is not an e-mail address"));
        let many = "Elm,Org,Ada,ada,staff\n".repeat(1200);
        let told = refusals(&read(&format!("Org,,,,\n{many}")), EN);
        assert_eq!((told.len(), told[50].as_str()), (51, "… and 1150 more"));
    }

    #[test]
    fn what_the_file_is_is_told() {
        let of = |bytes: &[u8]| {
            let reading = tideline_roster::read(bytes, &Mapping::default());
            found(&reading.detected.unwrap(), EN)
        };
        assert_eq!(
            of(b"unit;name;email\nS\xfcd;Ida;ida@x.org\n"),
            "The file: semicolons, Windows-1252, 1 row below the headings."
        );
    }

    #[test]
    fn roles_are_read_as_they_are_shown() {
        let names = |t: Text| {
            [
                (RoleKind::Staff, t.tr("role-staff")),
                (RoleKind::Manager, t.tr("role-manager")),
                (RoleKind::Hr, t.tr("role-hr")),
                (RoleKind::Administrator, t.tr("role-admin")),
                (RoleKind::PrivacyOfficer, t.tr("role-privacy")),
            ]
        };
        for (kind, shown) in Language::ALL.into_iter().flat_map(|it| names(Text::new(it))) {
            let reading = read(&format!("Org,,Ada,ada@x.org,{shown}\n"));
            let roles = plan(&reading).unwrap().rows[0].person.clone().unwrap().2;
            let expected = if kind == RoleKind::Staff { vec![] } else { vec![kind] };
            assert_eq!(roles, expected, "{shown}");
        }
    }
}

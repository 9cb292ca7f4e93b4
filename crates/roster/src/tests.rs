//! Files as people hand them in.

mod dialects;
mod trials;
mod workbooks;

use crate::{Doubt, Mapping, Reading, read};

/// What comes of `bytes` when nobody said anything about headings.
fn reading(bytes: &[u8]) -> Reading {
    read(bytes, &Mapping::default())
}

/// The rows that were read: `unit < parent: name address roles`.
fn rows(reading: &Reading) -> Vec<String> {
    let entries = reading.entries.as_deref().unwrap_or_else(|| panic!("{:?}", reading.doubts));
    let line = |it: &crate::Entry| {
        let parent = it.parent.as_ref().map(|it| format!(" < {it}")).unwrap_or_default();
        let person = it.person.as_ref().map(|it| {
            let roles: String = it.roles.iter().map(|it| format!(" {}", it.code())).collect();
            format!(": {} {}{roles}", it.name, it.email)
        });
        format!("{}{parent}{}", it.unit, person.unwrap_or_default())
    };
    entries.iter().map(line).collect()
}

/// Each doubt as its place and the name of its sentence.
fn doubts(reading: &Reading) -> Vec<String> {
    let line = |it: &Doubt| {
        let row = it.row.map_or_else(|| "file".to_owned(), |it| it.to_string());
        let column = it.column.as_ref().map(|it| format!(" {it}")).unwrap_or_default();
        format!("{row}{column}: {}", it.what.said().id)
    };
    reading.doubts.iter().map(line).collect()
}

/// What was detected: the file, and how many rows.
fn detected(reading: &Reading) -> String {
    let detected = reading.detected.as_ref().unwrap();
    let source = match &detected.source {
        crate::Source::Text { separator, encoding } => {
            format!("{} {}", separator.code(), encoding.name())
        }
        crate::Source::Workbook { open_document, sheet, sheets } => {
            format!("{} {sheet} of {sheets}", if *open_document { "ods" } else { "xlsx" })
        }
    };
    format!("{source}, {} rows", detected.rows)
}

//! One row as a line, and back.
//!
//! Fields are parted by tabs. `\N` is nothing at all; in texts `\t`, `\n`, `\r` and `\\` stand for what would end a
//! field or a line. Bytes are in hexadecimal, days and moments as ISO 8601 writes them.

use chrono::{NaiveDate, NaiveDateTime};

use super::{Column, Kind};

/// What is in a field.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Cell {
    None,
    Integer(i64),
    Real(f64),
    Text(String),
    Bytes(Vec<u8>),
    Date(NaiveDate),
    Moment(NaiveDateTime),
}

const MOMENT: &str = "%Y-%m-%dT%H:%M:%S%.6f";

/// The line that names the columns.
pub(super) fn heading(columns: &[Column]) -> String {
    let all: Vec<String> =
        columns.iter().map(|it| format!("{}:{}", it.name, it.kind.name())).collect();
    all.join("\t")
}

/// The columns that a heading names; `None` if it is none.
pub(super) fn columns(heading: &str) -> Option<Vec<(String, Kind)>> {
    heading
        .split('\t')
        .map(|it| {
            let (name, kind) = it.split_once(':')?;
            Some((name.to_owned(), Kind::of_text(kind)?))
        })
        .collect()
}

pub(super) fn line(cells: &[Cell]) -> String {
    let mut line = String::new();
    for (at, cell) in cells.iter().enumerate() {
        if at > 0 {
            line.push('\t');
        }
        match cell {
            Cell::None => line.push_str("\\N"),
            Cell::Integer(number) => line.push_str(&number.to_string()),
            Cell::Real(number) => line.push_str(&format!("{number:?}")),
            Cell::Bytes(bytes) => bytes.iter().for_each(|it| line.push_str(&format!("{it:02x}"))),
            Cell::Date(day) => line.push_str(&day.to_string()),
            Cell::Moment(at) => line.push_str(&at.format(MOMENT).to_string()),
            Cell::Text(text) => {
                for letter in text.chars() {
                    match letter {
                        '\t' => line.push_str("\\t"),
                        '\n' => line.push_str("\\n"),
                        '\r' => line.push_str("\\r"),
                        '\\' => line.push_str("\\\\"),
                        other => line.push(other),
                    }
                }
            }
        }
    }
    line
}

/// The cells of a line; `None` if it is not a line of such columns.
pub(super) fn cells(line: &str, kinds: &[Kind]) -> Option<Vec<Cell>> {
    let fields: Vec<&str> = line.split('\t').collect();
    (fields.len() == kinds.len()).then_some(())?;
    fields.into_iter().zip(kinds).map(|(field, kind)| cell(field, *kind)).collect()
}

fn cell(field: &str, kind: Kind) -> Option<Cell> {
    if field == "\\N" {
        return Some(Cell::None);
    }
    Some(match kind {
        Kind::Integer => Cell::Integer(field.parse().ok()?),
        Kind::Real => Cell::Real(field.parse().ok()?),
        Kind::Text => Cell::Text(text(field)?),
        Kind::Bytes => Cell::Bytes(bytes(field)?),
        Kind::Date => Cell::Date(field.parse().ok()?),
        Kind::Moment => Cell::Moment(NaiveDateTime::parse_from_str(field, MOMENT).ok()?),
    })
}

fn text(field: &str) -> Option<String> {
    let mut text = String::with_capacity(field.len());
    let mut letters = field.chars();
    while let Some(letter) = letters.next() {
        text.push(match letter {
            '\\' => match letters.next()? {
                't' => '\t',
                'n' => '\n',
                'r' => '\r',
                '\\' => '\\',
                _ => return None,
            },
            other => other,
        });
    }
    Some(text)
}

fn bytes(field: &str) -> Option<Vec<u8>> {
    let digits = field.as_bytes();
    digits.len().is_multiple_of(2).then_some(())?;
    digits
        .chunks(2)
        .map(|pair| {
            pair.iter().all(u8::is_ascii_hexdigit).then_some(())?;
            u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const KINDS: [Kind; 6] =
        [Kind::Integer, Kind::Real, Kind::Text, Kind::Bytes, Kind::Date, Kind::Moment];

    proptest! {
        #[test]
        fn a_row_is_read_back_as_it_was(
            number: i64,
            real in prop::num::f64::NORMAL | prop::num::f64::ZERO,
            text in prop::option::of(any::<String>()),
            bytes in prop::collection::vec(any::<u8>(), 0..40),
            day in 0_i32..40_000,
            micros in 0_i64..4_000_000_000_000_000,
        ) {
            let date = NaiveDate::from_num_days_from_ce_opt(700_000 + day).unwrap();
            let moment = chrono::DateTime::from_timestamp_micros(micros).unwrap().naive_utc();
            let row = [
                Cell::Integer(number),
                Cell::Real(real),
                text.map_or(Cell::None, Cell::Text),
                Cell::Bytes(bytes),
                Cell::Date(date),
                Cell::Moment(moment),
            ];
            let line = line(&row);
            prop_assert!(!line.contains('\n'));
            prop_assert_eq!(cells(&line, &KINDS).unwrap(), row);
        }

        #[test]
        fn whatever_stands_there_is_read_or_refused(line: String) {
            let _ = (cells(&line, &KINDS), columns(&line));
        }
    }

    #[test]
    fn a_text_that_says_nothing_is_not_nothing() {
        let row = [Cell::Text("\\N".to_owned()), Cell::Text(String::new()), Cell::None];
        assert_eq!(line(&row), "\\\\N\t\t\\N");
        assert_eq!(cells("\\\\N\t\t\\N", &[Kind::Text; 3]).unwrap(), row);
        assert_eq!(cells("\\x", &[Kind::Text]), None);
        assert_eq!(cells("abc", &[Kind::Bytes]), None);
    }
}

//! A table with its headings, whatever file it was in.

mod book;
mod dialect;

use std::collections::BTreeMap;

use self::book::Book;
pub use self::dialect::Separator;
use crate::{
    LARGEST_FILE,
    doubt::{Doubt, Doubts, What},
    encoding::{self, Encoding},
    heading::{Choice, Column, Mapping, fold},
    name::folded,
};

/// Most rows that are read.
pub(crate) const ROWS: usize = 400_000;
/// Most cells that are read, up to the last filled one of each row.
pub(crate) const CELLS: usize = 3_000_000;
/// Most headings, with those that are empty.
const HEADINGS: usize = 1024;
/// In how many of the first rows headings are looked for.
const HEAD: usize = 20;

/// Longest example. Unit: characters.
const EXAMPLE: usize = 40;

/// One cell.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Cell {
    Text(Box<str>),
    Number(f64),
    Date,
    Truth,
    Failed,
}

impl Cell {
    fn is_empty(&self) -> bool {
        matches!(self, Self::Text(text) if text.trim().is_empty())
    }
}

/// One row that is not blank, up to its last filled cell.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Row {
    /// Where it is in the file, 1 for the first.
    pub(crate) number: u64,
    /// How many cells it was written with.
    width: usize,
    pub(crate) cells: Box<[Cell]>,
}

impl Row {
    /// `None` if all cells are empty.
    pub(crate) fn new(
        number: u64,
        width: usize,
        cells: impl IntoIterator<Item = Cell>,
    ) -> Option<Self> {
        let mut cells: Vec<Cell> = cells.into_iter().collect();
        let filled = cells.iter().rposition(|it| !it.is_empty())? + 1;
        cells.truncate(filled);
        Some(Self { number, width, cells: cells.into() })
    }

    /// The text of a cell; empty if it is something else.
    pub(crate) fn text(&self, at: usize) -> &str {
        match self.cells.get(at) {
            Some(Cell::Text(text)) => text,
            _ => "",
        }
    }
}

/// What kind of file it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// Text in which a sign separates cells.
    Text {
        /// The sign.
        separator: Separator,
        /// How the text is written in bytes.
        encoding: Encoding,
    },
    /// A workbook.
    Workbook {
        /// Whether it is OpenDocument (ODS), or else Office Open XML (XLSX).
        open_document: bool,
        /// The sheet that was read.
        sheet: String,
        /// How many sheets there are.
        sheets: usize,
    },
}

/// What was found before anything was understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Detected {
    /// What kind of file it is.
    pub source: Source,
    /// How many rows there are below the headings, without blank ones.
    pub rows: usize,
    /// The headings, without columns that have neither a heading nor content.
    pub headings: Vec<Heading>,
}

/// A heading of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// As it is written; `#6` if the sixth column has none.
    pub text: String,
    /// What it is; `None` if nobody knows.
    pub choice: Option<Choice>,
    /// The first text below it, or its beginning; empty if there is none in the first rows.
    pub example: String,
}

/// Rows below headings.
#[derive(Debug)]
pub(crate) struct Table {
    pub(crate) detected: Detected,
    /// Row of the headings.
    pub(crate) head: u64,
    pub(crate) rows: Vec<Row>,
    /// Where each column is, and what it is called.
    columns: BTreeMap<Column, (usize, String)>,
}

/// How many columns `row` would name if it were the headings.
pub(crate) fn headings_in(row: &Row, mapping: &Mapping) -> usize {
    let mut named: Vec<Column> = (0..row.cells.len())
        .filter_map(|at| match mapping.of(row.text(at)) {
            Some(Choice::Column(column)) => Some(column),
            _ => None,
        })
        .collect();
    named.sort_unstable();
    named.dedup();
    named.len()
}

/// Where the headings are: the first row that names two columns; the first row if none does.
pub(crate) fn head_of(rows: &[Row], mapping: &Mapping) -> Option<usize> {
    rows.iter().take(HEAD).position(|row| headings_in(row, mapping) >= 2)
}

/// Finds out what the file is and reads it up to its rows.
pub(crate) fn open(bytes: &[u8], mapping: &Mapping, doubts: &mut Doubts) -> Result<Table, Doubt> {
    if bytes.len() > LARGEST_FILE {
        return Err(Doubt::file(What::TooMuch));
    }
    let start = bytes.trim_ascii_start();
    let begins =
        |with: &[u8]| start.get(..with.len()).is_some_and(|it| it.eq_ignore_ascii_case(with));
    if bytes.starts_with(b"PK\x03\x04") {
        let Book { open_document, sheet, sheets, rows } = book::open(bytes, mapping)?;
        let source = Source::Workbook { open_document, sheet, sheets };
        return headed(source, rows, mapping, doubts);
    }
    if bytes.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
        return Err(Doubt::file(What::OldWorkbook));
    }
    if begins(b"%PDF") || begins(b"{\\rtf") || begins(b"PK\x05\x06") {
        return Err(Doubt::file(What::NoTable));
    }
    if [&b"<!doctype"[..], b"<html", b"<?xml", b"<table", b"<meta"].into_iter().any(begins) {
        return Err(Doubt::file(What::WebPage));
    }
    let (encoding, text) = encoding::decode(bytes, doubts)?;
    let (separator, rows) = dialect::rows(&text, mapping, doubts)?;
    headed(Source::Text { separator, encoding }, rows, mapping, doubts)
}

fn headed(
    source: Source,
    mut rows: Vec<Row>,
    mapping: &Mapping,
    doubts: &mut Doubts,
) -> Result<Table, Doubt> {
    let at = head_of(&rows, mapping).unwrap_or(0);
    let Some(head) = rows.get(at).cloned() else {
        return Err(Doubt::file(What::Empty));
    };
    rows.drain(..=at);
    if at > 0 {
        doubts.push(Doubt::row(head.number, What::RowsAbove { count: at }));
    }
    let width = head.width.min(HEADINGS).max(head.cells.len());
    let mut texts: Vec<String> = (0..width)
        .map(|at| match head.cells.get(at) {
            Some(Cell::Number(number)) => number.to_string(),
            _ => folded(head.text(at)),
        })
        .collect();
    rows.retain(|row| keep(row, &texts, mapping, doubts));

    // Columns that have content need a heading, if only a number.
    let mut filled = vec![false; texts.len()];
    for row in &rows {
        for (filled, cell) in filled.iter_mut().zip(&row.cells) {
            *filled |= !cell.is_empty();
        }
    }
    let named =
        |texts: &[String]| texts.iter().rposition(|it| !it.is_empty()).map_or(0, |it| it + 1);
    let written = named(&texts);
    for (at, text) in texts.iter_mut().enumerate() {
        if text.is_empty() && filled[at] {
            *text = format!("#{}", at + 1);
        }
    }
    let columns = columns(&head, &texts, mapping, doubts);
    let is_text = matches!(source, Source::Text { .. });
    let columns_there = named(&texts);
    for row in &rows {
        let cells = row.cells.len();
        if cells > columns_there {
            doubts.push(Doubt::row(row.number, What::TooWide { cells, columns: columns_there }));
        } else if is_text && row.width < written {
            doubts.push(Doubt::row(row.number, What::Short { cells: row.width, columns: written }));
        }
    }
    if rows.is_empty() {
        doubts.push(Doubt::row(head.number, What::NoRows));
    }
    let example = |at: usize| -> String {
        let texts = rows.iter().take(HEAD).map(|row| folded(row.text(at)));
        let first = texts.into_iter().find(|it| !it.is_empty()).unwrap_or_default();
        first.chars().take(EXAMPLE).collect()
    };
    let headings = texts
        .into_iter()
        .enumerate()
        .filter(|(_, text)| !text.is_empty())
        .map(|(at, text)| Heading { choice: mapping.of(&text), example: example(at), text })
        .collect();
    let detected = Detected { source, rows: rows.len(), headings };
    Ok(Table { detected, head: head.number, rows, columns })
}

/// Whether `row` is one of the table, and not what joining files left between their rows.
fn keep(row: &Row, headings: &[String], mapping: &Mapping, doubts: &mut Doubts) -> bool {
    let texts: Vec<&str> = (0..row.cells.len()).map(|at| row.text(at)).collect();
    let says_separator = texts[0].get(..4).is_some_and(|it| it.eq_ignore_ascii_case("sep="))
        && texts[0].chars().count() <= 5;
    if row.width <= 2 && texts.len() == 1 && says_separator {
        return false;
    }
    if texts.iter().any(|it| it.contains('@')) || headings_in(row, mapping) < 3 {
        return true;
    }
    let filled = headings.iter().rposition(|it| !it.is_empty()).map_or(0, |it| it + 1);
    let same = texts.len() == filled
        && texts.iter().zip(headings).all(|(cell, heading)| fold(cell) == fold(heading));
    doubts
        .push(Doubt::row(row.number, if same { What::HeadingsAgain } else { What::OtherHeadings }));
    false
}

fn columns(
    head: &Row,
    texts: &[String],
    mapping: &Mapping,
    doubts: &mut Doubts,
) -> BTreeMap<Column, (usize, String)> {
    let mut columns: BTreeMap<Column, (usize, String)> = BTreeMap::new();
    let mut unknown = Vec::new();
    for (at, text) in texts.iter().enumerate().filter(|(_, text)| !text.is_empty()) {
        if let Some(choice) = mapping.said_otherwise(text) {
            let what = What::HeadingSaid { choice };
            doubts.push(Doubt { row: Some(head.number), column: Some(text.clone()), what });
        }
        match mapping.of(text) {
            Some(Choice::Ignore) => {}
            None => unknown.push(text.clone()),
            Some(Choice::Column(column)) => match columns.get(&column) {
                None => {
                    columns.insert(column, (at, text.clone()));
                }
                Some((_, first)) => doubts.push(Doubt {
                    row: Some(head.number),
                    column: Some(text.clone()),
                    what: What::HeadingTwice { column, first: first.clone() },
                }),
            },
        }
    }
    if !unknown.is_empty() {
        doubts.push(Doubt::row(head.number, What::HeadingsUnknown { headings: unknown }));
    }
    let named = [Column::Name, Column::GivenName, Column::FamilyName];
    for column in [Column::Unit, Column::Name, Column::Email] {
        let there = match column {
            Column::Name => named.iter().any(|it| columns.contains_key(it)),
            _ => columns.contains_key(&column),
        };
        if !there {
            doubts.push(Doubt::row(head.number, What::HeadingMissing { column }));
        }
    }
    for column in [Column::Parent, Column::Role] {
        if !columns.contains_key(&column) {
            doubts.push(Doubt::row(head.number, What::HeadingAbsent { column }));
        }
    }
    columns
}

impl Table {
    /// The heading of `column` as it is written; its stable name if there is none.
    pub(crate) fn heading(&self, column: Column) -> String {
        self.columns.get(&column).map_or_else(|| column.code().to_owned(), |it| it.1.clone())
    }

    /// The cell of `row` below `column`; `None` if it is empty or there is no such column.
    pub(crate) fn cell<'a>(&self, row: &'a Row, column: Column) -> Option<&'a Cell> {
        let (at, _) = self.columns.get(&column)?;
        row.cells.get(*at).filter(|it| !it.is_empty())
    }

    /// Whether there is such a column.
    pub(crate) fn has(&self, column: Column) -> bool {
        self.columns.contains_key(&column)
    }
}

//! CSV files people hand in: a known header, and for every bad cell its line, column and reason.

use std::{fmt, fs, io, path::Path, sync::Arc};

use tideline_text::{Argument, Text};

use crate::EN;

/// Something wrong in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Line in the file, 1 for the header.
    pub line: u64,
    /// Column by its name, if it is about one.
    pub column: Option<String>,
    /// What is wrong, and what would be right.
    pub why: Why,
}

/// What is wrong, and what would be right: in the reader's language, or in words that are there already.
/// Printed in English.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    /// A text with its arguments.
    Text(&'static str, Vec<(&'static str, String)>),
    /// Words.
    Words(String),
}

impl Why {
    /// The text `id` with `arguments`.
    pub fn text<const N: usize>(id: &'static str, arguments: [(&'static str, String); N]) -> Self {
        Self::Text(id, arguments.into())
    }

    /// What is wrong, in the language of `t`.
    pub fn said(&self, t: Text) -> String {
        match self {
            Self::Words(words) => words.clone(),
            Self::Text(id, arguments) => {
                let arguments: Vec<(&str, &dyn Argument)> =
                    arguments.iter().map(|(name, it)| (*name, it as &dyn Argument)).collect();
                t.tr_with(id, &arguments)
            }
        }
    }
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.said(EN))
    }
}

impl From<String> for Why {
    fn from(words: String) -> Self {
        Self::Words(words)
    }
}

impl From<&str> for Why {
    fn from(words: &str) -> Self {
        Self::Words(words.to_owned())
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.column {
            Some(column) => write!(f, "line {}, column {column}: {}", self.line, self.why),
            None => write!(f, "line {}: {}", self.line, self.why),
        }
    }
}

/// A file that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum TableError {
    /// It cannot be read at all.
    #[error("{file}: {source}")]
    Unreadable {
        /// Its name.
        file: String,
        /// Why.
        source: io::Error,
    },
    /// It holds these faults; nothing of it was used.
    #[error("{file} was not used:{}", list(faults))]
    Faulty {
        /// Its name.
        file: String,
        /// In the order of lines.
        faults: Vec<Fault>,
    },
}

const SHOWN: usize = 50;

fn list(faults: &[Fault]) -> String {
    let mut text: String = faults.iter().take(SHOWN).map(|it| format!("\n  {it}")).collect();
    if faults.len() > SHOWN {
        text.push_str(&format!("\n  … and {} more", faults.len() - SHOWN));
    }
    text
}

/// Rows under a known header.
#[derive(Debug)]
pub struct Table {
    file: String,
    columns: Arc<[String]>,
    rows: Vec<Row>,
    faults: Vec<Fault>,
}

/// One row.
#[derive(Debug)]
pub struct Row {
    /// Its line in the file.
    pub line: u64,
    columns: Arc<[String]>,
    cells: Vec<String>,
}

impl Row {
    /// The trimmed text below `column`; empty if the file has no such column.
    pub fn cell(&self, column: &str) -> &str {
        let at = self.columns.iter().position(|it| it == column);
        at.and_then(|at| self.cells.get(at)).map_or("", String::as_str)
    }

    /// A fault of this row's `column`.
    pub fn fault(&self, column: &str, why: impl Into<Why>) -> Fault {
        Fault { line: self.line, column: Some(column.to_owned()), why: why.into() }
    }
}

impl Table {
    /// Reads `path`; every column must be in `known`, and those in `required` must be there.
    ///
    /// # Errors
    ///
    /// [`TableError`] if the file cannot be read, is not UTF-8 or has another header.
    pub fn read(path: &Path, required: &[&str], known: &[&str]) -> Result<Self, TableError> {
        let file = path.display().to_string();
        let bytes = fs::read(path)
            .map_err(|source| TableError::Unreadable { file: file.clone(), source })?;
        Self::parse(file, &bytes, required, known)
    }

    /// Reads the content of a file called `file`; as [`read`](Self::read).
    ///
    /// # Errors
    ///
    /// As [`read`](Self::read).
    pub fn parse(
        file: String,
        bytes: &[u8],
        required: &[&str],
        known: &[&str],
    ) -> Result<Self, TableError> {
        let faulty = |line, column: Option<&str>, why: Why| TableError::Faulty {
            file: file.clone(),
            faults: vec![Fault { line, column: column.map(str::to_owned), why }],
        };
        let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
        if let Err(error) = std::str::from_utf8(bytes) {
            let line = 1 + bytes[..error.valid_up_to()].iter().filter(|it| **it == b'\n').count();
            return Err(faulty(line as u64, None, Why::text("table-not-utf8", [])));
        }
        let mut reader =
            csv::ReaderBuilder::new().flexible(true).trim(csv::Trim::All).from_reader(bytes);
        let columns: Arc<[String]> = match reader.headers() {
            Ok(header) => header.iter().map(str::to_owned).collect(),
            Err(_) => return Err(faulty(1, None, Why::text("table-unreadable", []))),
        };
        for (at, column) in columns.iter().enumerate() {
            if !known.contains(&column.as_str()) {
                let why = Why::text("table-column-unknown", [("known", known.join(", "))]);
                return Err(faulty(1, Some(column), why));
            }
            if columns[..at].contains(column) {
                return Err(faulty(1, Some(column), Why::text("table-column-twice", [])));
            }
        }
        if let Some(missing) = required.iter().find(|it| !columns.iter().any(|have| have == *it)) {
            return Err(faulty(1, Some(missing), Why::text("table-column-missing", [])));
        }

        let mut rows = Vec::new();
        let mut faults = Vec::new();
        for record in reader.records() {
            match record {
                Ok(record) => {
                    let line = record.position().map_or(0, csv::Position::line);
                    if record.len() != columns.len() {
                        let (cells, columns) = (record.len(), columns.len());
                        let why = Why::text(
                            "table-width",
                            [("cells", cells.to_string()), ("columns", columns.to_string())],
                        );
                        faults.push(Fault { line, column: None, why });
                    }
                    let cells = record.iter().map(str::to_owned).collect();
                    rows.push(Row { line, columns: Arc::clone(&columns), cells });
                }
                Err(error) => {
                    let line = error.position().map_or(0, csv::Position::line);
                    faults.push(Fault {
                        line,
                        column: None,
                        why: Why::text("table-unreadable", []),
                    });
                }
            }
        }
        Ok(Self { file, columns, rows, faults })
    }

    /// Whether the file has `column`.
    pub fn has(&self, column: &str) -> bool {
        self.columns.iter().any(|it| it == column)
    }

    /// The rows.
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// Hands out `value` if neither reading nor `found` brought up a fault.
    ///
    /// # Errors
    ///
    /// [`TableError::Faulty`] with all faults by line; without any, `None` means that the file is empty.
    pub fn verdict<T>(self, mut found: Vec<Fault>, value: Option<T>) -> Result<T, TableError> {
        found.extend(self.faults);
        if found.is_empty() {
            match value {
                Some(value) if !self.rows.is_empty() => return Ok(value),
                _ => found.push(Fault { line: 2, column: None, why: Why::text("table-empty", []) }),
            }
        }
        found.sort_by(|a, b| (a.line, &a.column).cmp(&(b.line, &b.column)));
        Err(TableError::Faulty { file: self.file, faults: found })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn refuses(bytes: &[u8], words: &[&str]) {
        let error = Table::parse("t.csv".into(), bytes, &["a"], &["a", "b"])
            .and_then(|it| it.verdict(vec![], Some(())))
            .unwrap_err()
            .to_string();
        assert!(words.iter().all(|it| error.contains(it)), "{error}");
    }

    #[test]
    fn every_fault_names_its_place() {
        refuses(b"a,c\n1,2\n", &["line 1", "column c", "not known"]);
        refuses(b"b\n1\n", &["line 1", "column a", "missing"]);
        refuses(b"a,a\n", &["twice"]);
        refuses(b"a,b\n1,2\n1\n", &["line 3", "1 cells below 2 columns"]);
        refuses(b"a,b\n1,\xff\n", &["line 2", "UTF-8"]);
    }

    #[test]
    fn a_byte_order_mark_and_spaces_are_fine() {
        let table = Table::parse(
            "t.csv".into(),
            "\u{feff}a,b\n x ,\"y, z\"\n".as_bytes(),
            &["a"],
            &["a", "b"],
        );
        let table = table.unwrap();
        assert_eq!((table.rows()[0].cell("a"), table.rows()[0].cell("b")), ("x", "y, z"));
    }
}

//! What is wrong with a file, where, and why.

use std::fmt;

/// One thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Line, counted from 1.
    pub line: usize,
    /// Why, in words for the person who wrote the file.
    pub why: String,
}

/// Everything that is wrong with one file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct Faults {
    /// Name of the file.
    pub file: String,
    /// At least one, by line.
    pub faults: Vec<Fault>,
}

impl fmt::Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} cannot be used:", self.file)?;
        for it in &self.faults {
            write!(f, "\n  line {}: {}", it.line, it.why)?;
        }
        Ok(())
    }
}

/// Collects faults of one text.
pub(crate) struct Finder<'a> {
    text: &'a str,
    faults: Vec<Fault>,
}

impl<'a> Finder<'a> {
    pub(crate) const fn new(text: &'a str) -> Self {
        Self { text, faults: Vec::new() }
    }

    /// Notes a fault at a byte of the text.
    pub(crate) fn at(&mut self, byte: usize, why: impl Into<String>) {
        let before = self.text.get(..byte.min(self.text.len())).unwrap_or(self.text);
        let line = before.matches('\n').count() + 1;
        self.faults.push(Fault { line, why: why.into() });
    }

    /// Whether anything was found so far.
    pub(crate) const fn found(&self) -> bool {
        !self.faults.is_empty()
    }

    /// `value` if nothing was found.
    pub(crate) fn verdict<T>(mut self, file: &str, value: Option<T>) -> Result<T, Faults> {
        self.faults.sort_by_key(|it| it.line);
        match value {
            Some(value) if self.faults.is_empty() => Ok(value),
            _ => Err(Faults { file: file.to_owned(), faults: self.faults }),
        }
    }
}

/// The fault that the TOML parser found.
pub(crate) fn syntax(file: &str, text: &str, error: &toml::de::Error) -> Faults {
    let mut finder = Finder::new(text);
    finder.at(error.span().map_or(0, |it| it.start), error.message().to_owned());
    Faults { file: file.to_owned(), faults: finder.faults }
}

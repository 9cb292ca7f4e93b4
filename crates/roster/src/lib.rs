//! Reading a roster as people hand it in: the bytes of a file become rows with a place each, whatever
//! program wrote them, and everything that is in doubt becomes a line with its row and column.
//!
//! Pure: no file system, database, clock or network, and no serde of ours. What is found is typed; the
//! sentences stand in the catalogue of texts, under the names that [`What::said`] gives. Memory and time are bounded
//! by [`LARGEST_FILE`] and what [`What::TooMuch`] says. It does not know what a roster changes, nor what
//! is there already: that is the business of the store.

mod address;
mod doubt;
mod encoding;
pub mod formula;
mod heading;
mod name;
mod people;
mod table;
#[cfg(test)]
mod tests;

pub use address::{AddressError, address, typed};
pub use doubt::{Doubt, Said, What};
pub use encoding::Encoding;
pub use heading::{Choice, Column, Mapping};
pub use people::{Entry, Member};
pub use table::{Detected, Heading, Separator, Source};

use doubt::Doubts;

/// Largest file that is looked at. Unit: bytes. Far more than 100,000 people need.
pub const LARGEST_FILE: usize = 32 * 1024 * 1024;

/// What came of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// What kind of file it is; `None` if it is no table at all.
    pub detected: Option<Detected>,
    /// Its rows, if nothing refuses them.
    pub entries: Option<Vec<Entry>>,
    /// Everything in doubt: first what refuses the file, then what is only pointed out, each by row.
    /// At most a thousand of each.
    pub doubts: Vec<Doubt>,
    /// How many doubts there are beyond those.
    pub more: usize,
}

impl Reading {
    /// The headings that mean nothing yet, if the file is a table: somebody has to say what they are.
    pub fn unknown(&self) -> impl Iterator<Item = &Heading> {
        self.detected.iter().flat_map(|it| &it.headings).filter(|it| it.choice.is_none())
    }

    /// The doubts that refuse the file.
    pub fn refusals(&self) -> impl Iterator<Item = &Doubt> {
        self.doubts.iter().filter(|it| it.what.refuses())
    }

    /// The doubts that are only pointed out.
    pub fn notes(&self) -> impl Iterator<Item = &Doubt> {
        self.doubts.iter().filter(|it| !it.what.refuses())
    }
}

/// Reads the content of a file. `mapping` says what headings mean that are not known by themselves.
pub fn read(bytes: &[u8], mapping: &Mapping) -> Reading {
    let mut doubts = Doubts::default();
    let table = match table::open(bytes, mapping, &mut doubts) {
        Ok(table) => table,
        Err(doubt) => {
            doubts.push(doubt);
            let (doubts, more) = doubts.sorted();
            return Reading { detected: None, entries: None, doubts, more };
        }
    };
    let entries = people::understand(&table, &mut doubts);
    let entries = entries.filter(|_| !doubts.refuse());
    let (doubts, more) = doubts.sorted();
    Reading { detected: Some(table.detected), entries, doubts, more }
}

//! What is in doubt about a file, and where.

use crate::heading::{Choice, Column};

/// Something in doubt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doubt {
    /// Row of the file, 1 for the first: the line on which the row begins, or the row of the sheet. `None` if
    /// it is about the file.
    pub row: Option<u64>,
    /// The column by its heading as it is written, if it is about one.
    pub column: Option<String>,
    /// What it is.
    pub what: What,
}

impl Doubt {
    pub(crate) const fn file(what: What) -> Self {
        Self { row: None, column: None, what }
    }

    pub(crate) const fn row(row: u64, what: What) -> Self {
        Self { row: Some(row), column: None, what }
    }
}

/// What is in doubt.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum What {
    /// There is nothing in the file.
    Empty,
    /// The file, or what is packed in it, has more than is read: bytes, cells, rows or columns.
    TooMuch,
    /// A workbook in the format before 2007 (or one with a password, which looks the same).
    OldWorkbook,
    /// A page of the web, which some programs call a workbook.
    WebPage,
    /// A file of another kind: neither text nor a workbook.
    NoTable,
    /// A workbook that cannot be read.
    BrokenWorkbook,
    /// Text in UTF-32.
    Utf32,
    /// Text in UTF-16 with a place that means nothing.
    BrokenUtf16,
    /// This row and another are in two encodings: files of two programs were joined.
    TwoEncodings {
        /// The first row that is UTF-8.
        other: u64,
    },
    /// Neither UTF-8 nor Windows-1252: as the latter it would read like this.
    OtherEncoding {
        /// The word as it would be read.
        word: String,
    },
    /// A character that says that others were lost before.
    Lost,
    /// UTF-8 that was once read as Windows-1252. Only pointed out.
    WronglyRead {
        /// The text as it is.
        text: String,
    },
    /// A quotation mark opens here and never closes.
    OpenQuote,
    /// Text goes on behind the closing quotation mark.
    QuoteInside,
    /// Headings that are not known.
    HeadingsUnknown {
        /// Them, as they are written.
        headings: Vec<String>,
    },
    /// Two headings mean the same column.
    HeadingTwice {
        /// The column.
        column: Column,
        /// The one before.
        first: String,
    },
    /// No heading means this column, which must be there.
    HeadingMissing {
        /// The column.
        column: Column,
    },
    /// No heading means this column, which need not be there. Only pointed out.
    HeadingAbsent {
        /// The column.
        column: Column,
    },
    /// The heading means what somebody said, now or with an earlier file. Only pointed out.
    HeadingSaid {
        /// What it is.
        choice: Choice,
    },
    /// The headings come again, as in a file that was joined of several. Only pointed out.
    HeadingsAgain,
    /// Headings come again and are others: the files that were joined differ.
    OtherHeadings,
    /// Rows above the headings that were passed over. Only pointed out.
    RowsAbove {
        /// How many.
        count: usize,
    },
    /// More filled cells than columns.
    TooWide {
        /// Cells up to the last that is filled.
        cells: usize,
        /// Columns.
        columns: usize,
    },
    /// Fewer cells than columns; the others count as empty. Only pointed out.
    Short {
        /// Cells.
        cells: usize,
        /// Columns.
        columns: usize,
    },
    /// A date stands where text belongs.
    Date,
    /// A cell that a formula could not work out.
    Failed,
    /// A line break or a tab within a cell of an ODS.
    BreakInCell,
    /// True or false stands where text belongs.
    Truth,
    /// A number that is too large, or no number, to be written as text as it was typed.
    OddNumber,
    /// A number in a workbook: zeros that are shown before it are not in the file. Only pointed out.
    Number {
        /// As it was read.
        text: String,
    },
    /// Nothing to see in a name, or too much.
    NameLength,
    /// A character in a name that nobody sees, or that turns text around.
    NameUnseen {
        /// The character.
        character: char,
    },
    /// This unit's name looks like another one. Only pointed out.
    LookAlike {
        /// The name.
        name: String,
        /// The other.
        other: String,
        /// Where the other stands first.
        row: u64,
    },
    /// No e-mail address.
    Address,
    /// An address whose part before the @ only few mail servers take.
    AddressLocal,
    /// An address whose domain cannot be written for the mail.
    AddressDomain,
    /// No role.
    Role {
        /// What stands there.
        role: String,
    },
    /// Another row has the same address.
    SameAddress {
        /// That row.
        row: u64,
    },
    /// An earlier row puts the unit elsewhere.
    Elsewhere {
        /// The unit.
        unit: String,
        /// The unit above it in the earlier row; `None` at the top.
        above: Option<String>,
        /// What could be written here.
        proposal: String,
        /// That row.
        row: u64,
    },
    /// A second unit at the top.
    TwoTops {
        /// This one.
        unit: String,
        /// The other.
        first: String,
    },
    /// The unit above is in no row.
    NoParent {
        /// The unit above.
        unit: String,
    },
    /// A unit lies below itself.
    BelowItself {
        /// The unit.
        unit: String,
    },
    /// No unit at the top.
    NoTop,
    /// There are headings and no rows.
    NoRows,
}

/// A sentence of the catalogue of texts: its name and its arguments.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// Name of the sentence.
    pub id: &'static str,
    /// Its arguments.
    pub arguments: Vec<(&'static str, String)>,
}

impl What {
    /// Whether the file cannot be used because of it. Everything else is only pointed out.
    pub const fn refuses(&self) -> bool {
        !matches!(
            self,
            Self::WronglyRead { .. }
                | Self::HeadingAbsent { .. }
                | Self::HeadingSaid { .. }
                | Self::HeadingsAgain
                | Self::RowsAbove { .. }
                | Self::Short { .. }
                | Self::Number { .. }
                | Self::LookAlike { .. }
        )
    }

    /// The sentence about it.
    pub fn said(&self) -> Said {
        let (id, arguments) = self.words();
        Said { id, arguments }
    }

    fn words(&self) -> (&'static str, Vec<(&'static str, String)>) {
        let n = |it: &usize| it.to_string();
        match self {
            Self::Empty => ("roster-file-empty", vec![]),
            Self::TooMuch => ("roster-file-too-much", vec![]),
            Self::OldWorkbook => ("roster-file-old-workbook", vec![]),
            Self::WebPage => ("roster-file-web-page", vec![]),
            Self::NoTable => ("roster-file-no-table", vec![]),
            Self::BrokenWorkbook => ("roster-file-broken-workbook", vec![]),
            Self::Utf32 => ("roster-file-utf-32", vec![]),
            Self::BrokenUtf16 => ("roster-file-broken-utf-16", vec![]),
            Self::TwoEncodings { other } => {
                ("roster-two-encodings", vec![("row", other.to_string())])
            }
            Self::OtherEncoding { word } => ("roster-other-encoding", vec![("word", word.clone())]),
            Self::Lost => ("roster-lost", vec![]),
            Self::WronglyRead { text } => ("roster-wrongly-read", vec![("text", text.clone())]),
            Self::OpenQuote => ("roster-open-quote", vec![]),
            Self::QuoteInside => ("roster-quote-inside", vec![]),
            Self::HeadingsUnknown { headings } => (
                "roster-headings-unknown",
                vec![
                    ("n", n(&headings.len())),
                    ("headings", headings.join(", ")),
                    ("known", Column::ALL.map(Column::code).join(", ")),
                ],
            ),
            Self::HeadingTwice { column, first } => (
                "roster-heading-twice",
                vec![("column", column.code().to_owned()), ("first", first.clone())],
            ),
            Self::HeadingMissing { column } => {
                ("roster-heading-missing", vec![("column", column.code().to_owned())])
            }
            Self::HeadingAbsent { column } => (column.absent(), vec![]),
            Self::HeadingSaid { choice: Choice::Ignore } => ("roster-heading-left-out", vec![]),
            Self::HeadingSaid { choice: Choice::Column(column) } => {
                ("roster-heading-said", vec![("column", column.code().to_owned())])
            }
            Self::HeadingsAgain => ("roster-headings-again", vec![]),
            Self::OtherHeadings => ("roster-other-headings", vec![]),
            Self::RowsAbove { count } => ("roster-rows-above", vec![("n", n(count))]),
            Self::TooWide { cells, columns } => {
                ("table-width", vec![("cells", n(cells)), ("columns", n(columns))])
            }
            Self::Short { cells, columns } => {
                ("roster-short", vec![("cells", n(cells)), ("columns", n(columns))])
            }
            Self::Date => ("roster-date", vec![]),
            Self::Failed => ("roster-failed", vec![]),
            Self::BreakInCell => ("roster-break-in-cell", vec![]),
            Self::Truth => ("roster-truth", vec![]),
            Self::OddNumber => ("roster-odd-number", vec![]),
            Self::Number { text } => ("roster-number", vec![("text", text.clone())]),
            Self::NameLength => ("roster-name", vec![]),
            Self::NameUnseen { character } => {
                ("roster-name-unseen", vec![("code", format!("U+{:04X}", u32::from(*character)))])
            }
            Self::LookAlike { name, other, row } => (
                "roster-look-alike",
                vec![("name", name.clone()), ("other", other.clone()), ("row", row.to_string())],
            ),
            Self::Address => ("roster-address", vec![]),
            Self::AddressLocal => ("roster-address-local", vec![]),
            Self::AddressDomain => ("roster-address-domain", vec![]),
            Self::Role { role } => ("roster-role", vec![("code", role.clone())]),
            Self::SameAddress { row } => ("roster-same-address", vec![("line", row.to_string())]),
            Self::Elsewhere { unit, above, proposal, row } => {
                let mut arguments = vec![
                    ("line", row.to_string()),
                    ("unit", unit.clone()),
                    ("proposal", proposal.clone()),
                ];
                match above {
                    Some(above) => {
                        arguments.push(("above", above.clone()));
                        ("roster-elsewhere", arguments)
                    }
                    None => ("roster-elsewhere-top", arguments),
                }
            }
            Self::TwoTops { unit, first } => {
                ("roster-two-tops", vec![("unit", unit.clone()), ("first", first.clone())])
            }
            Self::NoParent { unit } => ("roster-no-parent", vec![("unit", unit.clone())]),
            Self::BelowItself { unit } => ("roster-below-itself", vec![("unit", unit.clone())]),
            Self::NoTop => ("roster-no-top", vec![]),
            Self::NoRows => ("table-empty", vec![]),
        }
    }
}

/// Doubts as they are found. A file may be wrong in each of its cells: a thousand of a kind are kept, all
/// are counted.
#[derive(Debug, Default)]
pub(crate) struct Doubts {
    refusals: Vec<Doubt>,
    notes: Vec<Doubt>,
    more: usize,
}

impl Doubts {
    const KEPT: usize = 1000;

    pub(crate) fn push(&mut self, doubt: Doubt) {
        let into = if doubt.what.refuses() { &mut self.refusals } else { &mut self.notes };
        if into.len() < Self::KEPT {
            into.push(doubt);
        } else {
            self.more += 1;
        }
    }

    /// Whether the file cannot be used.
    pub(crate) const fn refuse(&self) -> bool {
        !self.refusals.is_empty()
    }

    pub(crate) fn sorted(mut self) -> (Vec<Doubt>, usize) {
        for some in [&mut self.refusals, &mut self.notes] {
            some.sort_by(|a, b| (a.row, &a.column).cmp(&(b.row, &b.column)));
        }
        self.refusals.append(&mut self.notes);
        (self.refusals, self.more)
    }
}

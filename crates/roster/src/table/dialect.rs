//! CSV as spreadsheets and programs for personnel write it: which separator, and where quotation marks do
//! not close.

use csv::{ReaderBuilder, Trim};

use crate::{
    doubt::{Doubt, Doubts, What},
    heading::Mapping,
    table::{CELLS, Cell, ROWS, Row, headings_in},
};

/// What separates cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Separator {
    /// `,`
    Comma,
    /// `;`
    Semicolon,
    /// A tab.
    Tab,
    /// `|`
    Bar,
}

impl Separator {
    const ALL: [Self; 4] = [Self::Comma, Self::Semicolon, Self::Tab, Self::Bar];

    /// Stable name: `comma`, `semicolon`, `tab`, `bar`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Comma => "comma",
            Self::Semicolon => "semicolon",
            Self::Tab => "tab",
            Self::Bar => "bar",
        }
    }

    const fn byte(self) -> u8 {
        match self {
            Self::Comma => b',',
            Self::Semicolon => b';',
            Self::Tab => b'\t',
            Self::Bar => b'|',
        }
    }
}

/// How much is looked at to find the separator. Unit: bytes.
const START: usize = 64 * 1024;
/// How many rows of it.
const FIRST_ROWS: usize = 20;

/// The rows of `text`, whose line ends are LF, without blank ones.
pub(crate) fn rows(
    text: &str,
    mapping: &Mapping,
    doubts: &mut Doubts,
) -> Result<(Separator, Vec<Row>), Doubt> {
    let told = told(text);
    let separator = told.unwrap_or_else(|| likely(text, mapping));
    quotes(text, separator, doubts)?;
    let mut rows = Vec::new();
    let mut cells = 0;
    each(text, separator, |_, row| {
        let Some(row) = row else { return Ok(true) };
        if rows.is_empty() && row.number == 1 && told.is_some() {
            return Ok(true);
        }
        cells += row.cells.len();
        if rows.len() == ROWS || cells > CELLS {
            return Err(Doubt::file(What::TooMuch));
        }
        rows.push(row);
        Ok(true)
    })?;
    Ok((separator, rows))
}

/// What a first line `sep=;` says, which Excel reads and writes.
fn told(text: &str) -> Option<Separator> {
    let line = text.split('\n').next()?.trim_matches(|it| matches!(it, ' ' | '"'));
    let (key, sign) = line.split_at_checked(4)?;
    let named = |it: &Separator| sign.as_bytes() == [it.byte()];
    let found = Separator::ALL.into_iter().find(named);
    found.filter(|_| key.eq_ignore_ascii_case("sep="))
}

/// The separator by which the first rows have the most headings that are known, and then the most cells.
fn likely(text: &str, mapping: &Mapping) -> Separator {
    let mut end = text.len().min(START);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let weigh = |separator: &Separator| {
        let mut best = (0, 0);
        let mut looked_at = 0;
        let looked = each(&text[..end], *separator, |width, row| {
            best = best.max((row.map_or(0, |it| headings_in(&it, mapping)), width));
            looked_at += 1;
            Ok(looked_at < FIRST_ROWS)
        });
        if looked.is_ok() { best } else { (0, 0) }
    };
    // The first of equals is taken, and a comma comes first.
    let mut likely = (Separator::Comma, (0, 0));
    for separator in Separator::ALL {
        let weight = weigh(&separator);
        if weight > likely.1 {
            likely = (separator, weight);
        }
    }
    likely.0
}

/// Hands each row, and how many cells it was written with, to `take`, until that says that it has enough. A
/// row that is blank is `None`.
fn each(
    text: &str,
    separator: Separator,
    mut take: impl FnMut(usize, Option<Row>) -> Result<bool, Doubt>,
) -> Result<(), Doubt> {
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .trim(Trim::All)
        .delimiter(separator.byte())
        .from_reader(text.as_bytes());
    let mut record = csv::StringRecord::new();
    while reader.read_record(&mut record).map_err(|_| Doubt::file(What::NoTable))? {
        let Some(position) = record.position() else { continue };
        // The reader says where it went on after the row before; empty lines come first.
        let from = usize::try_from(position.byte()).unwrap_or(usize::MAX);
        let behind = text.as_bytes().get(from..).unwrap_or_default();
        let empty = behind.iter().take_while(|it| **it == b'\n').count() as u64;
        let cells = record.iter().map(|it| Cell::Text(it.into()));
        let row = Row::new(position.line() + empty, record.len(), cells);
        if !take(record.len(), row)? {
            break;
        }
    }
    Ok(())
}

/// Most cells of one row, with those that are empty.
const WIDEST: usize = 16_384;

/// Quotation marks that do not close where a cell ends: everything behind them would be read as something
/// else. And rows without end.
fn quotes(text: &str, separator: Separator, doubts: &mut Doubts) -> Result<(), Doubt> {
    enum At {
        Start,
        Spaced,
        Plain,
        Quoted(u64),
        Closed,
    }
    let (mut row, mut cells) = (1, 0);
    let mut at = At::Start;
    for &byte in text.as_bytes() {
        at = match (at, byte) {
            (At::Start, b'"') => At::Quoted(row),
            (At::Quoted(_), b'"') => At::Closed,
            (At::Quoted(from), _) => At::Quoted(from),
            (At::Closed, b'"') => At::Quoted(row),
            (_, b'\n') => {
                cells = 0;
                At::Start
            }
            (_, byte) if byte == separator.byte() => {
                cells += 1;
                if cells > WIDEST {
                    return Err(Doubt::row(row, What::TooMuch));
                }
                At::Start
            }
            (At::Closed, b' ') => At::Closed,
            (At::Closed, _) => {
                doubts.push(Doubt::row(row, What::QuoteInside));
                At::Plain
            }
            // Behind a space the reader takes a mark for a letter.
            (At::Start | At::Spaced, b' ' | b'\t') => At::Spaced,
            (At::Spaced, b'"') => {
                doubts.push(Doubt::row(row, What::QuoteInside));
                At::Plain
            }
            (At::Start | At::Spaced | At::Plain, _) => At::Plain,
        };
        row += u64::from(byte == b'\n');
    }
    match at {
        At::Quoted(from) => Err(Doubt::row(from, What::OpenQuote)),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, separator: Separator, expected: &[(u64, &[&str])]) {
        let (found, rows) = rows(text, &Mapping::default(), &mut Doubts::default()).unwrap();
        let cells: Vec<(u64, Vec<&str>)> = rows
            .iter()
            .map(|row| {
                let text = |at| row.text(at);
                (row.number, (0..row.cells.len()).map(text).collect())
            })
            .collect();
        let cells: Vec<(u64, &[&str])> = cells.iter().map(|(at, it)| (*at, &**it)).collect();
        assert_eq!((found, &*cells), (separator, expected));
    }

    #[test]
    fn separators() {
        check("unit,name\na;b,c", Separator::Comma, &[(1, &["unit", "name"]), (2, &["a;b", "c"])]);
        check(
            "unit;name\na,b;c",
            Separator::Semicolon,
            &[(1, &["unit", "name"]), (2, &["a,b", "c"])],
        );
        check("unit\tname\n", Separator::Tab, &[(1, &["unit", "name"])]);
        check("unit|name\n", Separator::Bar, &[(1, &["unit", "name"])]);
        check("sep=;\nunit;name", Separator::Semicolon, &[(2, &["unit", "name"])]);
        check("\"SEP=|\"\na,b|c", Separator::Bar, &[(2, &["a,b", "c"])]);
        check("sep=\t\na,b\tc", Separator::Tab, &[(2, &["a,b", "c"])]);
        check("unit", Separator::Comma, &[(1, &["unit"])]);
    }

    #[test]
    fn rows_have_the_number_of_their_first_line() {
        check(
            "\n\nunit,name\n,,\n\na,\"b\nc\"\n\n  , \nd,e\n",
            Separator::Comma,
            &[(3, &["unit", "name"]), (6, &["a", "b\nc"]), (10, &["d", "e"])],
        );
    }

    #[track_caller]
    fn refused(text: &str, expected: Doubt) {
        let mut doubts = Doubts::default();
        if let Err(doubt) = rows(text, &Mapping::default(), &mut doubts) {
            doubts.push(doubt);
        }
        assert_eq!(doubts.sorted().0, [expected]);
    }

    #[test]
    fn quotation_marks() {
        refused("unit,name\na,\"b\nc,d\n", Doubt::row(2, What::OpenQuote));
        refused("unit,name\na,\"b\"c\n", Doubt::row(2, What::QuoteInside));
        refused("unit,name\na, \"b c\"\n", Doubt::row(2, What::QuoteInside));
        check(
            "unit,name\na, 5\" up",
            Separator::Comma,
            &[(1, &["unit", "name"]), (2, &["a", "5\" up"])],
        );
        check(
            "unit,name\n5\" up,\"say \"\"x\"\"\" \n",
            Separator::Comma,
            &[(1, &["unit", "name"]), (2, &["5\" up", "say \"x\""])],
        );
    }
}

//! Workbooks: XLSX and ODS. What is packed in them is unpacked once and counted before the library reads
//! it, because a few bytes can stand for very much.

use std::io::{Cursor, Read as _};

use calamine::{Data, DataRef, Ods, Range, Reader as _, Sheet, SheetType, SheetVisible, Xlsx};
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

use crate::{
    doubt::{Doubt, What},
    heading::Mapping,
    table::{CELLS, Cell, ROWS, Row, head_of},
};

/// Most that may be packed in a workbook. Unit: bytes. 100,000 people need about 30 MiB.
const UNPACKED: u64 = 96 * 1024 * 1024;
/// Most files in a workbook.
const PARTS: usize = 4096;
/// Most cells of an ODS, with those that are written once for many.
const ODS_CELLS: u64 = 1_500_000;
/// Rows that are looked at to find the sheet.
const FIRST_ROWS: usize = 20;
/// Columns that are read.
const COLUMNS: usize = 1024;

/// A workbook's sheet.
#[derive(Debug)]
pub(crate) struct Book {
    pub(crate) open_document: bool,
    pub(crate) sheet: String,
    pub(crate) sheets: usize,
    pub(crate) rows: Vec<Row>,
}

const BROKEN: Doubt = Doubt::file(What::BrokenWorkbook);
const TOO_MUCH: Doubt = Doubt::file(What::TooMuch);

pub(crate) fn open(bytes: &[u8], mapping: &Mapping) -> Result<Book, Doubt> {
    if fits(bytes)? {
        let mut book = Ods::new(Cursor::new(bytes)).map_err(|_| BROKEN)?;
        let names = visible(book.sheets_metadata());
        let sheets = names.len();
        let mut read = |name: &str, most: usize| {
            rows_of_range(&book.worksheet_range(name).map_err(|_| BROKEN)?, most)
        };
        let (sheet, rows) = chosen(names, mapping, &mut read)?;
        Ok(Book { open_document: true, sheet, sheets, rows })
    } else {
        let mut book = Xlsx::new(Cursor::new(bytes)).map_err(|_| BROKEN)?;
        let names = visible(book.sheets_metadata());
        let sheets = names.len();
        let mut read = |name: &str, most: usize| rows_of_sheet(&mut book, name, most);
        let (sheet, rows) = chosen(names, mapping, &mut read)?;
        Ok(Book { open_document: false, sheet, sheets, rows })
    }
}

/// The sheets that people see; all, if none is to be seen.
fn visible(sheets: &[Sheet]) -> Vec<String> {
    let tables = sheets.iter().filter(|it| it.typ == SheetType::WorkSheet);
    let (seen, hidden): (Vec<&Sheet>, Vec<&Sheet>) =
        tables.partition(|it| it.visible == SheetVisible::Visible);
    let some = if seen.is_empty() { hidden } else { seen };
    some.into_iter().map(|it| it.name.clone()).collect()
}

/// The first sheet with headings that are known; if there is none, the first with content.
fn chosen(
    names: Vec<String>,
    mapping: &Mapping,
    read: &mut impl FnMut(&str, usize) -> Result<Vec<Row>, Doubt>,
) -> Result<(String, Vec<Row>), Doubt> {
    let mut filled = None;
    for name in names {
        let first = read(&name, FIRST_ROWS)?;
        if head_of(&first, mapping).is_some() {
            let rows = read(&name, ROWS)?;
            return Ok((name, rows));
        }
        if filled.is_none() && !first.is_empty() {
            filled = Some(name);
        }
    }
    let name = filled.ok_or(Doubt::file(What::Empty))?;
    let rows = read(&name, ROWS)?;
    Ok((name, rows))
}

/// Cells as they come, gathered to rows.
struct Gathering {
    rows: Vec<Row>,
    most: usize,
    number: u64,
    cells: Vec<Cell>,
    total: usize,
}

impl Gathering {
    const fn new(most: usize) -> Self {
        Self { rows: Vec::new(), most, number: 0, cells: Vec::new(), total: 0 }
    }

    /// Takes in a cell; says whether there is room for more.
    fn take(&mut self, row: u32, column: u32, cell: Cell) -> Result<bool, Doubt> {
        let (number, column) = (u64::from(row) + 1, column as usize);
        if number < self.number {
            return Err(BROKEN);
        }
        if number > self.number && !self.close()? {
            return Ok(false);
        }
        self.number = number;
        if column >= COLUMNS {
            return Err(TOO_MUCH);
        }
        if self.cells.len() <= column {
            self.cells.resize(column + 1, Cell::Text("".into()));
        }
        self.cells[column] = cell;
        Ok(true)
    }

    /// Ends the row; says whether there is room for more.
    fn close(&mut self) -> Result<bool, Doubt> {
        let cells = std::mem::take(&mut self.cells);
        if let Some(row) = Row::new(self.number, cells.len(), cells) {
            self.total += row.cells.len();
            self.rows.push(row);
        }
        if self.total > CELLS || self.rows.len() == ROWS {
            return Err(TOO_MUCH);
        }
        Ok(self.rows.len() < self.most)
    }

    fn rows(mut self) -> Result<Vec<Row>, Doubt> {
        self.close()?;
        Ok(self.rows)
    }
}

fn rows_of_sheet(
    book: &mut Xlsx<Cursor<&[u8]>>,
    name: &str,
    most: usize,
) -> Result<Vec<Row>, Doubt> {
    let mut cells = book.worksheet_cells_reader(name).map_err(|_| BROKEN)?;
    let mut rows = Gathering::new(most);
    while let Some(it) = cells.next_cell().map_err(|_| BROKEN)? {
        let cell = match it.get_value() {
            DataRef::Empty => continue,
            DataRef::Int(number) => Cell::Number(*number as f64),
            DataRef::Float(number) => Cell::Number(*number),
            DataRef::String(text) => Cell::Text(text.as_str().into()),
            DataRef::SharedString(text) => Cell::Text((*text).into()),
            DataRef::Bool(_) => Cell::Truth,
            DataRef::DateTime(_) | DataRef::DateTimeIso(_) | DataRef::DurationIso(_) => Cell::Date,
            DataRef::Error(_) => Cell::Failed,
        };
        let (row, column) = it.get_position();
        if !rows.take(row, column, cell)? {
            break;
        }
    }
    rows.rows()
}

fn rows_of_range(range: &Range<Data>, most: usize) -> Result<Vec<Row>, Doubt> {
    let mut rows = Gathering::new(most);
    let (first_row, first_column) = range.start().unwrap_or_default();
    for (row, column, value) in range.used_cells() {
        let cell = match value {
            Data::Empty => continue,
            Data::Int(number) => Cell::Number(*number as f64),
            Data::Float(number) => Cell::Number(*number),
            Data::String(text) => Cell::Text(text.as_str().into()),
            Data::Bool(_) => Cell::Truth,
            Data::DateTime(_) | Data::DateTimeIso(_) | Data::DurationIso(_) => Cell::Date,
            Data::Error(_) => Cell::Failed,
        };
        let at =
            |first: u32, it: usize| first.saturating_add(u32::try_from(it).unwrap_or(u32::MAX));
        if !rows.take(at(first_row, row), at(first_column, column), cell)? {
            break;
        }
    }
    rows.rows()
}

/// Unpacks everything once, within bounds. Says whether it is an ODS, or else an XLSX.
fn fits(bytes: &[u8]) -> Result<bool, Doubt> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(|_| BROKEN)?;
    if zip.len() > PARTS {
        return Err(TOO_MUCH);
    }
    let (mut left, mut workbook, mut open_document) = (UNPACKED, false, false);
    let mut part = Vec::new();
    for at in 0..zip.len() {
        let file = zip.by_index(at).map_err(|_| BROKEN)?;
        let name = file.name().map_err(|_| BROKEN)?.to_ascii_lowercase();
        part.clear();
        let read = file.take(left + 1).read_to_end(&mut part).map_err(|_| BROKEN)? as u64;
        left = left.checked_sub(read).ok_or(TOO_MUCH)?;
        workbook |= name.ends_with("workbook.xml");
        if name.ends_with("sharedstrings.xml") {
            strings_fit(&part)?;
        }
        if name == "content.xml" {
            open_document = true;
            cells_fit(&part)?;
        }
    }
    match (open_document, workbook) {
        (true, _) => Ok(true),
        (false, true) => Ok(false),
        (false, false) => Err(Doubt::file(What::NoTable)),
    }
}

/// The library makes room for as many strings as the part says it has.
fn strings_fit(part: &[u8]) -> Result<(), Doubt> {
    const KEY: &[u8] = b"uniqueCount";
    is_plain(part)?;
    // The shortest string is `<si/>`.
    let most = part.len() as u64 / 5;
    for at in memory_find(part, KEY) {
        let digits: String = part[at + KEY.len()..]
            .iter()
            .skip_while(|it| !it.is_ascii_digit() && !matches!(it, b'<' | b'>'))
            .take_while(|it| it.is_ascii_digit())
            .map(|it| char::from(*it))
            .collect();
        let fits = digits.parse::<u64>().is_ok_and(|it| it <= most);
        if !digits.is_empty() && !fits {
            return Err(BROKEN);
        }
    }
    Ok(())
}

fn memory_find<'a>(part: &'a [u8], key: &'a [u8]) -> impl Iterator<Item = usize> + 'a {
    part.windows(key.len()).enumerate().filter(move |(_, it)| *it == key).map(|(at, _)| at)
}

/// XML in an encoding in which ASCII is ASCII: what is looked for in it is what the library sees.
fn is_plain(part: &[u8]) -> Result<(), Doubt> {
    let strange = |it: &u8| *it < b' ' && !matches!(it, b'\t' | b'\n' | b'\r');
    if part.iter().any(strange) || part.starts_with(b"\xff\xfe") || part.starts_with(b"\xfe\xff") {
        return Err(BROKEN);
    }
    Ok(())
}

/// How many cells of an ODS the library would make, with those that are written once for many.
fn cells_fit(part: &[u8]) -> Result<(), Doubt> {
    is_plain(part)?;
    let mut reader = quick_xml::Reader::from_reader(part);
    reader.config_mut().check_end_names = true;
    reader.config_mut().expand_empty_elements = true;
    let (mut made, mut spaces) = (0_u64, 0_u64);
    // Elements that have not ended.
    let mut open = 0_u64;
    // Of the sheet, and of the row: how many up to here, and up to the last filled one.
    let (mut rows, mut repeated, mut wide, mut long) = (0_u64, 1_u64, 0_u64, 0_u64);
    let (mut columns, mut filled, mut before) = (0_u64, 0_u64, 0_u64);
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        let event = reader.read_event_into(&mut buffer).map_err(|_| BROKEN)?;
        match event {
            Event::Start(_) => open += 1,
            Event::End(_) => open = open.saturating_sub(1),
            // The library would wait for the end of what is open for ever.
            Event::Eof if open > 0 => return Err(BROKEN),
            _ => {}
        }
        match event {
            Event::Start(it) => match it.name().as_ref() {
                b"table:table" => (rows, wide, long) = (0, 0, 0),
                b"table:table-row" => {
                    repeated = number(&it, b"table:number-rows-repeated")?;
                    (columns, filled, before) = (0, 0, 0);
                }
                b"table:table-cell" | b"table:covered-table-cell" => {
                    before = columns;
                    columns =
                        columns.saturating_add(number(&it, b"table:number-columns-repeated")?);
                    if has_value(&it)? {
                        filled = columns;
                    }
                }
                // The library would leave them out without a word.
                b"text:line-break" | b"text:tab" => {
                    return Err(Doubt::row(rows.saturating_add(1), What::BreakInCell));
                }
                b"text:s" => spaces = spaces.saturating_add(number(&it, b"text:c")?),
                _ => {}
            },
            Event::End(it) if it.name().as_ref() == b"table:table-row" => {
                // Empty cells at the end of a row are not made.
                made = made.saturating_add(before.max(filled));
                rows = rows.saturating_add(repeated);
                if filled > 0 {
                    (wide, long) = (wide.max(filled), rows);
                }
            }
            Event::End(it) if it.name().as_ref() == b"table:table" => {
                made = made.saturating_add(wide.saturating_mul(long));
            }
            Event::Eof => break,
            _ => {}
        }
        if made > ODS_CELLS || spaces > ODS_CELLS {
            return Err(TOO_MUCH);
        }
    }
    Ok(())
}

fn has_value(cell: &BytesStart<'_>) -> Result<bool, Doubt> {
    for it in cell.attributes().with_checks(false) {
        let key = it.map_err(|_| BROKEN)?.key;
        if key.as_ref().starts_with(b"office:") || key.as_ref() == b"table:formula" {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The number in the attribute `key`; 1 if there is none.
fn number(element: &BytesStart<'_>, key: &[u8]) -> Result<u64, Doubt> {
    for it in element.attributes().with_checks(false) {
        let it = it.map_err(|_| BROKEN)?;
        if it.key.as_ref() == key {
            let text = std::str::from_utf8(&it.value).map_err(|_| BROKEN)?;
            return text.parse().map_err(|_| BROKEN);
        }
    }
    Ok(1)
}

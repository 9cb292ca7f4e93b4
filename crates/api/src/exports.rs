//! Published figures as files: CSV (RFC 4180) and XLSX, made from the table the page is made from.
//!
//! A cell that is withheld on the page is `[c]` here, in every column.

mod strain;
mod tables;

use actix_web::{
    HttpResponse,
    http::header::{ContentDisposition, DispositionParam, DispositionType},
};
use chrono::{DateTime, Utc};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, XlsxError};
use tideline_report::words;
use tideline_roster::formula;
use tideline_text::Text;

use crate::problem::Problem;

/// What stands in a cell. A unit may be called `03` or `+12`: that is no number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Value {
    /// Words.
    Text(String),
    /// A published figure as the page shows it, or `[c]`.
    Figure(String),
}

impl Value {
    /// As people read it.
    fn as_str(&self) -> &str {
        match self {
            Self::Text(it) | Self::Figure(it) => it,
        }
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

/// A table: a header, and rows as wide as it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Sheet {
    /// What it is about.
    pub(crate) title: String,
    pub(crate) header: Vec<String>,
    pub(crate) rows: Vec<Vec<Value>>,
}

/// Rows of words alone.
pub(crate) fn of_words(rows: Vec<Vec<String>>) -> Vec<Vec<Value>> {
    rows.into_iter().map(|row| row.into_iter().map(Value::Text).collect()).collect()
}

/// A kind of file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FileKind {
    /// Comma-separated values.
    Csv,
    /// Office Open XML.
    Xlsx,
}

impl FileKind {
    /// The kind with this ending.
    pub(crate) fn from_ending(ending: &str) -> Option<Self> {
        match ending {
            "csv" => Some(Self::Csv),
            "xlsx" => Some(Self::Xlsx),
            _ => None,
        }
    }
}

/// The heads of columns.
fn heads<const N: usize>(ids: [&str; N], t: Text) -> Vec<String> {
    ids.map(|id| t.tr(id)).to_vec()
}

impl Sheet {
    /// The table as CSV: comma, CR LF, quotes where they are needed.
    ///
    /// # Errors
    ///
    /// [`Problem::Internal`] if it cannot be written.
    pub(crate) fn csv(&self) -> Result<Vec<u8>, Problem> {
        let mut writer =
            csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
        writer.write_record(&self.header).map_err(Problem::internal)?;
        for row in &self.rows {
            let cells = row.iter().map(|it| match it {
                Value::Figure(figure) if formula::is_number(figure) => figure.clone(),
                other => formula::guarded(other.as_str()),
            });
            writer.write_record(cells).map_err(Problem::internal)?;
        }
        writer.into_inner().map_err(|it| Problem::internal(it.to_string()))
    }
}

/// Sheets in one workbook. `made` is when the newest figures were closed, so that the same figures
/// are the same bytes.
pub(crate) fn xlsx(sheets: &[Sheet], made: Option<DateTime<Utc>>) -> Result<Vec<u8>, Problem> {
    write_xlsx(sheets, made).map_err(Problem::internal)
}

fn write_xlsx(sheets: &[Sheet], made: Option<DateTime<Utc>>) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let made = made.unwrap_or(DateTime::UNIX_EPOCH);
    let created = ExcelDateTime::from_timestamp(made.timestamp())?;
    book.set_properties(&DocProperties::new().set_creation_datetime(&created));
    let bold = Format::new().set_bold();
    let right = Format::new().set_align(FormatAlign::Right);
    for table in sheets {
        let sheet = book.add_worksheet();
        // A sheet's name takes 31 characters and none of these.
        let name: String =
            table.title.chars().filter(|it| !"[]:*?/\\".contains(*it)).take(31).collect();
        sheet.set_name(name)?;
        sheet.set_freeze_panes(1, 0)?;
        let mut widths: Vec<usize> = table.header.iter().map(|it| it.chars().count()).collect();
        for (column, head) in (0_u16..).zip(&table.header) {
            sheet.write_string_with_format(0, column, head, &bold)?;
        }
        for (at, row) in (1_u32..).zip(&table.rows) {
            for (column, cell) in (0_u16..).zip(row) {
                if let Some(width) = widths.get_mut(usize::from(column)) {
                    *width = cell.as_str().chars().count().max(*width);
                }
                match cell {
                    Value::Text(text) => sheet.write_string(at, column, text)?,
                    Value::Figure(figure) => match figure.parse::<u32>() {
                        Ok(number) => sheet.write_number(at, column, number)?,
                        Err(_) if figure == words::WITHHELD_MARK => {
                            sheet.write_string_with_format(at, column, figure, &right)?
                        }
                        Err(_) => sheet.write_string(at, column, figure)?,
                    },
                };
            }
        }
        for (column, width) in (0_u16..).zip(widths) {
            sheet.set_column_width(column, width.min(60) as f64 + 2.0)?;
        }
    }
    book.save_to_buffer()
}

/// A file that is written, off the threads that answer requests: it grows with the organisation.
pub(crate) struct File {
    name: String,
    content_type: &'static str,
    bytes: Vec<u8>,
}

impl File {
    /// Writes the file; `made` as for [`xlsx`].
    ///
    /// # Errors
    ///
    /// [`Problem::Internal`] if it cannot be written.
    pub(crate) fn of(
        kind: FileKind,
        name: &str,
        sheets: &[Sheet],
        made: Option<DateTime<Utc>>,
    ) -> Result<Self, Problem> {
        let (ending, content_type, bytes) = match kind {
            FileKind::Csv => {
                let first = sheets.first().ok_or(Problem::NotFound)?;
                ("csv", "text/csv; charset=utf-8; header=present", first.csv()?)
            }
            FileKind::Xlsx => (
                "xlsx",
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                xlsx(sheets, made)?,
            ),
        };
        Ok(Self { name: format!("{name}.{ending}"), content_type, bytes })
    }
}

impl From<File> for HttpResponse {
    fn from(file: File) -> Self {
        let disposition = ContentDisposition {
            disposition: DispositionType::Attachment,
            parameters: vec![DispositionParam::Filename(file.name)],
        };
        Self::Ok().insert_header(disposition).content_type(file.content_type).body(file.bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet() -> Sheet {
        let row =
            |unit: &str, score: &str| vec![Value::from(unit), Value::Figure(score.to_owned())];
        Sheet {
            title: "Results [all]".to_owned(),
            header: vec!["Unit".to_owned(), "Score".to_owned()],
            rows: vec![
                row("Elm, north", "54"),
                row("=HYPERLINK(\"x\")", "[c]"),
                row("＝1＋1", "+4"),
                row("03", "-12"),
                row("+12", "=1"),
            ],
        }
    }

    #[test]
    fn csv_follows_rfc_4180_and_runs_nothing() {
        let text = String::from_utf8(sheet().csv().unwrap()).unwrap();
        let expected = "Unit,Score\r\n\"Elm, north\",54\r\n\"'=HYPERLINK(\"\"x\"\")\",[c]\r\n\
                        '＝1＋1,+4\r\n03,-12\r\n'+12,'=1\r\n";
        assert_eq!(text, expected);
    }

    /// The sheet of a workbook as XML.
    fn xml(book: Vec<u8>) -> String {
        let mut archive = zip::ZipArchive::new(std::io::Cursor::new(book)).unwrap();
        let mut sheet = archive.by_name("xl/worksheets/sheet1.xml").unwrap();
        let mut text = String::new();
        std::io::Read::read_to_string(&mut sheet, &mut text).unwrap();
        text
    }

    #[test]
    fn attack_141_a_name_is_text_in_a_workbook_and_a_figure_a_number() {
        let text = xml(xlsx(&[sheet()], None).unwrap());
        let cell = |at: &str| {
            let from = text.find(&format!("<c r=\"{at}\"")).unwrap();
            text[from..].split("</c>").next().unwrap().to_owned()
        };
        for at in ["A2", "A3", "A4", "A5", "A6", "B3", "B6"] {
            assert!(cell(at).contains("t=\"s\""), "{}", cell(at));
        }
        assert!(cell("B2").ends_with("<v>54</v>") && !cell("B2").contains("t=\"s\""));
        assert!(!text.contains("<f>"), "no formula");
    }

    #[test]
    fn the_same_figures_are_the_same_workbook() {
        let made = DateTime::from_timestamp(1_800_000_000, 0);
        let book = xlsx(&[sheet()], made).unwrap();
        assert_eq!(&book[..2], b"PK");
        assert_eq!(book, xlsx(&[sheet()], made).unwrap());
    }
}

//! Published figures as files: CSV (RFC 4180) and XLSX, made from the table the page is made from.
//!
//! A cell that is withheld on the page is `[c]` here, in every column.

mod dated;
mod strain;
mod tables;
mod workbook;

use self::workbook::xlsx;
pub(crate) use self::{dated::Waves, workbook::about};

use actix_web::{
    HttpResponse,
    http::header::{Charset, ContentDisposition, DispositionParam, DispositionType, ExtendedValue},
};
use chrono::{DateTime, NaiveDate, Utc};
use tideline_aggregation::Release;
use tideline_domain::UnitId;
use tideline_report::file_name;
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
    /// A check-in by its month: in words, and the first day of that month. One that goes by another name is
    /// [`Value::Text`].
    Month(String, NaiveDate),
}

impl Value {
    /// As people read it.
    fn as_str(&self) -> &str {
        match self {
            Self::Text(it) | Self::Figure(it) | Self::Month(it, _) => it,
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
    pub(crate) header: Vec<Head>,
    pub(crate) rows: Vec<Vec<Value>>,
}

/// The head of a column: what programs call it, the same in every language, and what people read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Head {
    pub(crate) key: String,
    pub(crate) text: String,
}

impl Head {
    /// A head that is not translated.
    pub(crate) fn plain(text: &str) -> Self {
        Self { key: text.to_owned(), text: text.to_owned() }
    }
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

/// The heads of columns, by the texts that name them.
fn heads<const N: usize>(ids: [&str; N], t: Text) -> Vec<Head> {
    ids.map(|id| head(id, t)).to_vec()
}

fn head(id: &str, t: Text) -> Head {
    let key = match id {
        "table-month" => "month_name",
        "table-people" => "based_on",
        "asked-whose" => "questionnaire",
        "strain-column" => "kind_of_strain",
        "strain-against" => "against_usual",
        "units-pools" => "shown_together",
        "moved-change" => "change",
        "moved-says" => "says",
        other => other.split_once('-').map_or(other, |it| it.1),
    };
    Head { key: key.replace('-', "_"), text: t.tr(id) }
}

/// What spreadsheets know UTF-8 by.
const BYTE_ORDER_MARK: &[u8] = "\u{FEFF}".as_bytes();

impl Sheet {
    /// The table as CSV: comma, CR LF, quotes where they are needed. Columns go by their keys.
    ///
    /// # Errors
    ///
    /// [`Problem::Internal`] if it cannot be written.
    pub(crate) fn csv(&self) -> Result<Vec<u8>, Problem> {
        let mut writer =
            csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
        writer.write_record(self.header.iter().map(|it| &it.key)).map_err(Problem::internal)?;
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

/// What a file of the last wave of `history` is called, of `unit` or of the organisation; without its ending.
pub(crate) fn stem(history: &[Release], unit: Option<UnitId>, t: Text) -> String {
    let Some(latest) = history.last() else { return t.tr("report-file-name") };
    let name = unit.and_then(|it| latest.tree().get(it)).map(|it| it.name.as_str());
    file_name::stem(latest.wave().label.as_str(), name, t)
}

/// How a file is handed out under `name`, for browsers that know only ASCII, too (RFC 6266).
pub(crate) fn disposition(kind: DispositionType, name: &str) -> ContentDisposition {
    let plain = name.chars().map(|it| if it.is_ascii() { it } else { '_' }).collect();
    let mut parameters = vec![DispositionParam::Filename(plain)];
    if !name.is_ascii() {
        parameters.push(DispositionParam::FilenameExt(ExtendedValue {
            charset: Charset::Ext("UTF-8".to_owned()),
            language_tag: None,
            value: name.as_bytes().to_vec(),
        }));
    }
    ContentDisposition { disposition: kind, parameters }
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
        t: Text,
    ) -> Result<Self, Problem> {
        let (ending, content_type, bytes) = match kind {
            FileKind::Csv => {
                let first = sheets.first().ok_or(Problem::NotFound)?;
                // The mark tells spreadsheets that umlauts are UTF-8.
                let bytes = [BYTE_ORDER_MARK, &first.csv()?].concat();
                ("csv", "text/csv; charset=utf-8; header=present", bytes)
            }
            FileKind::Xlsx => (
                "xlsx",
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                xlsx(sheets, made, t.language())?,
            ),
        };
        Ok(Self { name: format!("{name}.{ending}"), content_type, bytes })
    }
}

impl From<File> for HttpResponse {
    fn from(file: File) -> Self {
        let disposition = disposition(DispositionType::Attachment, &file.name);
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
            header: ["Unit", "Score"].map(Head::plain).to_vec(),
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
        let text = xml(xlsx(&[sheet()], None, tideline_text::Language::English).unwrap());
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
        let book = xlsx(&[sheet()], made, tideline_text::Language::English).unwrap();
        assert_eq!(&book[..2], b"PK");
        assert_eq!(book, xlsx(&[sheet()], made, tideline_text::Language::English).unwrap());
    }
}

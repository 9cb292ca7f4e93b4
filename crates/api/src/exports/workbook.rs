//! Workbooks (Office Open XML): numbers and dates are such, every sheet can be printed, the first says what it is.

use chrono::{DateTime, Datelike as _, Utc};
use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, Worksheet, XlsxError,
};
use tideline_report::words;
use tideline_text::{Language, Text};

use super::{Head, Sheet, Value, of_words};
use crate::problem::Problem;

/// ISO A4, as the format numbers papers.
const A4: u8 = 9;

/// Sheets in one workbook, whose dates are written in `language`. `made` is when the newest figures were closed, so
/// that the same figures are the same bytes.
///
/// # Errors
///
/// [`Problem::Internal`] if it cannot be written.
pub(super) fn xlsx(
    sheets: &[Sheet],
    made: Option<DateTime<Utc>>,
    language: Language,
) -> Result<Vec<u8>, Problem> {
    write(sheets, made, language).map_err(Problem::internal)
}

/// How cells are written.
struct Formats {
    head: Format,
    withheld: Format,
    month: Format,
    text: Format,
}

fn write(
    sheets: &[Sheet],
    made: Option<DateTime<Utc>>,
    language: Language,
) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let made = made.unwrap_or(DateTime::UNIX_EPOCH);
    let created = ExcelDateTime::from_timestamp(made.timestamp())?;
    let properties = DocProperties::new()
        .set_title(sheets.first().map(|it| it.title.as_str()).unwrap_or_default())
        .set_creation_datetime(&created)
        .set_custom_property("Language", language.tag());
    book.set_properties(&properties);
    // Months are written in the language of the file, whatever the program's own is (ECMA-376, part 1, 18.8.31).
    let locale = match language {
        Language::English => "[$-809]",
        Language::German => "[$-407]",
    };
    let formats = Formats {
        head: Format::new().set_bold(),
        withheld: Format::new().set_align(FormatAlign::Right),
        month: Format::new()
            .set_num_format(format!("{locale}mmmm yyyy"))
            .set_align(FormatAlign::Left),
        text: Format::new().set_text_wrap().set_align(FormatAlign::Top),
    };
    for table in sheets {
        let sheet = book.add_worksheet();
        // A sheet's name takes 31 characters and none of these.
        let name: String =
            table.title.chars().filter(|it| !"[]:*?/\\".contains(*it)).take(31).collect();
        sheet.set_name(name)?;
        to_be_printed(sheet)?;
        fill(sheet, table, &formats)?;
    }
    book.save_to_buffer()
}

/// Across, on as many sheets as it is long but no wider than one, each with the heads of the columns.
fn to_be_printed(sheet: &mut Worksheet) -> Result<(), XlsxError> {
    sheet.set_landscape();
    sheet.set_paper_size(A4);
    sheet.set_print_fit_to_pages(1, 0);
    sheet.set_repeat_rows(0, 0)?;
    sheet.set_freeze_panes(1, 0)?;
    sheet.set_footer("&L&A&R&P / &N");
    Ok(())
}

fn fill(sheet: &mut Worksheet, table: &Sheet, formats: &Formats) -> Result<(), XlsxError> {
    let mut widths: Vec<usize> = table.header.iter().map(|it| it.text.chars().count()).collect();
    for (column, head) in (0_u16..).zip(&table.header) {
        sheet.write_string_with_format(0, column, &head.text, &formats.head)?;
    }
    for (at, row) in (1_u32..).zip(&table.rows) {
        for (column, cell) in (0_u16..).zip(row) {
            if let Some(width) = widths.get_mut(usize::from(column)) {
                *width = cell.as_str().chars().count().max(*width);
            }
            match cell {
                // Longer than a column is wide.
                Value::Text(text) if text.chars().count() > WIDEST => {
                    sheet.write_string_with_format(at, column, text, &formats.text)?
                }
                Value::Text(text) => sheet.write_string(at, column, text)?,
                Value::Month(_, first) => {
                    let year = u16::try_from(first.year()).unwrap_or(1900);
                    let day =
                        ExcelDateTime::from_ymd(year, first.month() as u8, first.day() as u8)?;
                    sheet.write_datetime_with_format(at, column, &day, &formats.month)?
                }
                Value::Figure(figure) => match figure.parse::<u32>() {
                    Ok(number) => sheet.write_number(at, column, number)?,
                    Err(_) if figure == words::WITHHELD_MARK => {
                        sheet.write_string_with_format(at, column, figure, &formats.withheld)?
                    }
                    Err(_) => sheet.write_string(at, column, figure)?,
                },
            };
        }
    }
    for (column, width) in (0_u16..).zip(widths) {
        sheet.set_column_width(column, width.min(WIDEST) as f64 + 2.0)?;
    }
    Ok(())
}

/// Widest column. Unit: characters.
const WIDEST: usize = 60;

/// The first sheet: what the figures are about and how to read them.
pub(crate) fn about(whose: &str, month: &str, t: Text) -> Sheet {
    let line = |id: &str, value: String| vec![t.tr(id), value];
    let rows = vec![
        line("about-whose", whose.to_owned()),
        line("about-month", month.to_owned()),
        line("about-scores", t.tr("report-scale-note")),
        line(
            "about-withheld",
            t.tr2(
                "about-withheld-text",
                "mark",
                words::WITHHELD_MARK,
                "words",
                words::withheld_words(t),
            ),
        ),
        line("about-past", t.tr("report-reading-past")),
        line("about-motto", words::motto(t)),
    ];
    let header =
        ["about-title", "about-value"].map(|id| Head { key: id.replace('-', "_"), text: t.tr(id) });
    Sheet { title: t.tr("about-title"), header: header.to_vec(), rows: of_words(rows) }
}

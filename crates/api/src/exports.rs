//! Published figures as files: CSV (RFC 4180) and XLSX, made from the table the page is made from.
//!
//! A cell that is withheld on the page is `[c]` here, in every column.

use actix_web::{
    HttpResponse,
    http::header::{ContentDisposition, DispositionParam, DispositionType},
};
use chrono::{DateTime, Utc};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, XlsxError};
use tideline_domain::{PerScale, Scale};
use tideline_report::{
    asked::AskedRow,
    view::{Cell, OrganisationView, UnitView},
    words,
};
use tideline_text::Text;

use crate::problem::Problem;

/// A table: a header, and rows as wide as it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Sheet {
    /// What it is about.
    pub(crate) title: String,
    pub(crate) header: Vec<String>,
    pub(crate) rows: Vec<Vec<String>>,
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

impl Sheet {
    /// A unit over time: one row for each wave and measure. Without a view, the header alone.
    pub(crate) fn of_unit(view: Option<&UnitView>, t: Text) -> Self {
        let header = [
            "units-unit",
            "table-month",
            "table-measure",
            "table-score",
            "table-from",
            "table-to",
            "table-people",
            "asked-whose",
        ];
        let mut rows = Vec::new();
        for panel in view.iter().flat_map(|it| &it.panels) {
            for row in &panel.rows {
                let mark = || words::WITHHELD_MARK.to_owned();
                let cells = match &row.cell {
                    Cell::Shown { score, from, to, people } => {
                        [score.clone(), from.clone(), to.clone(), people.clone()]
                    }
                    Cell::Withheld => [mark(), mark(), mark(), mark()],
                };
                let unit = view.map(|it| it.title.clone()).unwrap_or_default();
                let lead = [unit, row.month.clone(), panel.title.to_string()];
                let credit = view.map(|it| it.asked.line(t)).unwrap_or_default();
                rows.push(lead.into_iter().chain(cells).chain([credit]).collect());
            }
        }
        let header = header.map(|id| t.tr(id)).to_vec();
        Self { title: t.tr("home-team-results"), header, rows }
    }

    /// The latest figures in the unit of a published questionnaire; `None` for the pulse.
    pub(crate) fn of_own_unit(view: &UnitView, t: Text) -> Option<Self> {
        let asked = &view.asked;
        if asked.rows.is_empty() {
            return None;
        }
        let header = [
            "units-unit",
            "table-month",
            "asked-scale",
            "asked-unit",
            "asked-score",
            "asked-range",
            "asked-band",
            "asked-t-score",
            "asked-whose",
        ];
        let note = asked.reference.as_deref().unwrap_or_default();
        let row = |it: &AskedRow| {
            vec![
                view.title.clone(),
                view.month.clone(),
                it.scale.clone(),
                it.unit.clone(),
                it.score.clone(),
                it.range.clone(),
                it.band.clone(),
                it.t_score.clone(),
                format!("{} {note}", asked.line(t)),
            ]
        };
        Some(Self {
            title: asked.id.to_string(),
            header: header.map(|id| t.tr(id)).to_vec(),
            rows: asked.rows.iter().map(row).collect(),
        })
    }

    /// Every unit in the latest wave, in the order of the tree, then the units that are shown
    /// together.
    pub(crate) fn of_units(view: Option<&OrganisationView>, t: Text) -> Self {
        let mut header = vec![t.tr("table-month"), t.tr("units-unit")];
        header.extend(Scale::ALL.map(|it| words::scale_title(it, t)));
        header.push(t.tr("units-took-part"));
        header.push(t.tr("asked-whose"));
        let mut rows = Vec::new();
        if let Some(view) = view {
            let line = |name: &str, cells: Option<&PerScale<String>>, part: &str| {
                let mut row = vec![view.month.clone(), name.to_owned()];
                match cells {
                    Some(cells) => {
                        row.extend(Scale::ALL.map(|scale| cells.get(scale).clone()));
                        row.push(part.to_owned());
                    }
                    None => row.extend(std::iter::repeat_n(words::WITHHELD_MARK.to_owned(), 4)),
                }
                row.push(view.asked.line(t));
                row
            };
            for unit in &view.units {
                rows.push(line(&unit.name, unit.cells.as_ref(), &unit.took_part));
            }
            for pool in &view.pools {
                rows.push(line(&pool.names, Some(&pool.cells), &pool.took_part));
            }
        }
        Self { title: t.tr("nav-units"), header, rows }
    }

    /// The table as CSV: comma, CR LF, quotes where they are needed.
    ///
    /// # Errors
    ///
    /// [`Problem::Internal`] if it cannot be written.
    pub(crate) fn csv(&self) -> Result<Vec<u8>, Problem> {
        let mut writer =
            csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
        for row in std::iter::once(&self.header).chain(&self.rows) {
            let cells = row.iter().map(|it| harmless(it));
            writer.write_record(cells).map_err(Problem::internal)?;
        }
        writer.into_inner().map_err(|it| Problem::internal(it.to_string()))
    }
}

/// A leading formula sign is taken from programs that would run it.
fn harmless(cell: &str) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{cell}")
    } else {
        cell.to_owned()
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
        let mut widths = vec![0; table.header.len()];
        for (at, row) in (0_u32..).zip(std::iter::once(&table.header).chain(&table.rows)) {
            for (column, cell) in (0_u16..).zip(row) {
                if let Some(width) = widths.get_mut(usize::from(column)) {
                    *width = cell.chars().count().max(*width);
                }
                match cell.parse::<u32>() {
                    _ if at == 0 => sheet.write_with_format(at, column, cell, &bold)?,
                    Ok(number) => sheet.write(at, column, number)?,
                    Err(_) if cell == words::WITHHELD_MARK => {
                        sheet.write_with_format(at, column, cell, &right)?
                    }
                    Err(_) => sheet.write(at, column, cell)?,
                };
            }
        }
        for (column, width) in (0_u16..).zip(widths) {
            sheet.set_column_width(column, width.min(60) as f64 + 2.0)?;
        }
    }
    book.save_to_buffer()
}

/// The file as an answer.
///
/// # Errors
///
/// [`Problem::Internal`] if it cannot be written.
pub(crate) fn answer(
    kind: FileKind,
    name: &str,
    sheets: &[Sheet],
    made: Option<DateTime<Utc>>,
) -> Result<HttpResponse, Problem> {
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
    let disposition = ContentDisposition {
        disposition: DispositionType::Attachment,
        parameters: vec![DispositionParam::Filename(format!("{name}.{ending}"))],
    };
    Ok(HttpResponse::Ok().insert_header(disposition).content_type(content_type).body(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet() -> Sheet {
        Sheet {
            title: "Results [all]".to_owned(),
            header: vec!["Unit".to_owned(), "Score".to_owned()],
            rows: vec![
                vec!["Elm, north".to_owned(), "54".to_owned()],
                vec!["=HYPERLINK(\"x\")".to_owned(), "[c]".to_owned()],
            ],
        }
    }

    #[test]
    fn csv_follows_rfc_4180_and_runs_nothing() {
        let text = String::from_utf8(sheet().csv().unwrap()).unwrap();
        let expected = "Unit,Score\r\n\"Elm, north\",54\r\n\"'=HYPERLINK(\"\"x\"\")\",[c]\r\n";
        assert_eq!(text, expected);
    }

    #[test]
    fn the_same_figures_are_the_same_workbook() {
        let made = DateTime::from_timestamp(1_800_000_000, 0);
        let book = xlsx(&[sheet()], made).unwrap();
        assert_eq!(&book[..2], b"PK");
        assert_eq!(book, xlsx(&[sheet()], made).unwrap());
    }
}

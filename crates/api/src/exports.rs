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
    view::{Cell, Mark, Moved, OrganisationView, Part, PartChart, PartRow, UnitView},
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

/// A cell, or `[c]`.
fn mark() -> String {
    words::WITHHELD_MARK.to_owned()
}

fn heads<const N: usize>(ids: [&str; N], t: Text) -> Vec<String> {
    ids.map(|id| t.tr(id)).to_vec()
}

/// Score, range and people, each `[c]` where withheld.
fn figures(cell: &Cell) -> Vec<String> {
    match cell {
        Cell::Shown { score, from, to, people } => {
            vec![score.clone(), from.clone(), to.clone(), people.clone()]
        }
        Cell::Withheld => vec![mark(); 4],
    }
}

/// The cells of a row, each `[c]` where withheld.
fn cells(part: &Part<'_>, row: &PartRow) -> Vec<String> {
    row.cells.clone().unwrap_or_else(|| vec![mark(); part.header.len() - 1])
}

impl Sheet {
    /// Everything on the page of a unit as one table, for a file that has room for one: its measures
    /// over time, then the parts beside them. Without a view, the header alone.
    pub(crate) fn of_page(view: Option<&UnitView>, t: Text) -> Self {
        let header = heads(
            [
                "units-unit",
                "table-month",
                "table-part",
                "table-row",
                "table-figure",
                "table-from",
                "table-to",
                "table-people",
                "asked-whose",
            ],
            t,
        );
        let mut rows: Vec<Vec<String>> = Vec::new();
        if let Some(view) = view {
            let credit = view.asked.line(t);
            let lead = |month: &str, table: &str, row: &str| {
                [&view.title, month, table, row].map(str::to_owned).into_iter()
            };
            for panel in &view.panels {
                for row in &panel.rows {
                    let lead = lead(&row.month, &panel.title, "");
                    rows.push(lead.chain(figures(&row.cell)).chain([credit.clone()]).collect());
                }
            }
            for part in view.parts(t) {
                for row in &part.rows {
                    let lead = match part.chart {
                        PartChart::TakingPart(_) => lead(&row.name, &part.title, ""),
                        _ => lead(&view.month, &part.title, &row.name),
                    };
                    let mut line: Vec<String> = lead.chain(cells(&part, row)).collect();
                    line.resize(header.len() - 1, String::new());
                    line.push(credit.clone());
                    rows.push(line);
                }
            }
        }
        Self { title: t.tr("home-team-results"), header, rows }
    }

    /// Everything on the page of a unit, a sheet for each table. Without a view, one header alone.
    pub(crate) fn of_unit(view: Option<&UnitView>, t: Text) -> Vec<Self> {
        let mut over_time = Self {
            title: t.tr("home-team-results"),
            header: heads(
                [
                    "units-unit",
                    "table-month",
                    "table-measure",
                    "table-score",
                    "table-from",
                    "table-to",
                    "table-people",
                    "asked-whose",
                ],
                t,
            ),
            rows: Vec::new(),
        };
        let Some(view) = view else { return vec![over_time] };
        let credit = view.asked.line(t);
        for panel in &view.panels {
            for row in &panel.rows {
                let lead = [&view.title, &row.month, &panel.title].map(Clone::clone);
                let cells = figures(&row.cell).into_iter().chain([credit.clone()]);
                over_time.rows.push(lead.into_iter().chain(cells).collect());
            }
        }
        let mut sheets = vec![over_time];
        for part in view.parts(t) {
            let (mut title, mut lead) =
                (part.title.clone(), vec![("units-unit", view.title.as_str())]);
            match part.chart {
                // One sheet for the three of them.
                PartChart::Spread(..) => {
                    title = t.tr("spread-heading");
                    lead.push(("table-month", &view.month));
                    lead.push(("table-part", &part.title));
                }
                PartChart::Drivers(_) => lead.push(("table-month", &view.month)),
                PartChart::TakingPart(_) => {}
            }
            if sheets.last().is_none_or(|it| it.title != title) {
                let header = lead.iter().map(|(id, _)| t.tr(id)).chain(part.header.clone());
                sheets.push(Self { title, header: header.collect(), rows: Vec::new() });
            }
            let Some(sheet) = sheets.last_mut() else { continue };
            for row in &part.rows {
                let lead = lead.iter().map(|(_, value)| (*value).to_owned());
                sheet.rows.push(lead.chain([row.name.clone()]).chain(cells(&part, row)).collect());
            }
        }
        sheets.extend(Self::of_own_unit(view, t));
        sheets
    }

    /// The latest figures in the unit of a published questionnaire; `None` for the pulse.
    fn of_own_unit(view: &UnitView, t: Text) -> Option<Self> {
        let asked = &view.asked;
        if asked.rows.is_empty() {
            return None;
        }
        let header = heads(
            [
                "units-unit",
                "table-month",
                "asked-scale",
                "asked-unit",
                "asked-score",
                "asked-range",
                "asked-band",
                "asked-t-score",
                "asked-whose",
            ],
            t,
        );
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
            header,
            rows: asked.rows.iter().map(row).collect(),
        })
    }

    /// Every unit in the latest wave, in the order of the tree, then the units that are shown
    /// together. Beside each score, in words, what its mark and its tint say on the page.
    pub(crate) fn of_units(view: Option<&OrganisationView>, t: Text) -> Self {
        let mut header = vec![t.tr("table-month"), t.tr("units-unit")];
        for scale in Scale::ALL {
            let measure = words::scale_title(scale, t);
            header.push(measure.clone());
            header.push(t.tr1("table-own-past", "measure", &measure));
            header.push(t.tr1("table-against-organisation", "measure", &measure));
        }
        header.push(t.tr("units-took-part"));
        let width = header.len();
        header.push(t.tr("units-pools"));
        header.push(t.tr("asked-whose"));
        let mut rows = Vec::new();
        if let Some(view) = view {
            let line =
                |name: &str, cells: Option<(&PerScale<String>, &PerScale<Mark>)>, part: &str| {
                    let mut row = vec![view.month.clone(), name.to_owned()];
                    if let Some((scores, marks)) = cells {
                        for scale in Scale::ALL {
                            let mark = marks.get(scale);
                            row.push(scores.get(scale).clone());
                            row.push(mark.own_past(t).unwrap_or_default());
                            row.push(mark.against_organisation(t).unwrap_or_default());
                        }
                        row.push(part.to_owned());
                    }
                    row.resize(width, mark());
                    row
                };
            for unit in &view.units {
                let cells = unit.cells.as_ref().map(|it| (it, &unit.marks));
                let mut row = line(&unit.name, cells, &unit.took_part);
                row.push(unit.together_with.clone().unwrap_or_default());
                row.push(view.asked.line(t));
                rows.push(row);
            }
            for pool in &view.pools {
                let mut row = line(&pool.names, Some((&pool.cells, &pool.marks)), &pool.took_part);
                row.push(String::new());
                row.push(view.asked.line(t));
                rows.push(row);
            }
        }
        Self { title: t.tr("nav-units"), header, rows }
    }

    /// The changes of units against their own past.
    pub(crate) fn of_changes(view: Option<&OrganisationView>, t: Text) -> Self {
        let header =
            heads(["table-month", "units-unit", "table-measure", "moved-change", "moved-says"], t);
        let line = |view: &OrganisationView, it: &Moved| {
            let measure = words::scale_title(it.scale, t);
            vec![
                view.month.clone(),
                it.name.clone(),
                measure,
                it.tag.text.clone(),
                it.sentence.clone(),
            ]
        };
        let rows =
            view.into_iter().flat_map(|view| view.moved.iter().map(move |it| line(view, it)));
        Self { title: t.tr("moved-changes"), header, rows: rows.collect() }
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

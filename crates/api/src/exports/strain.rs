//! The kind of strain in files: the words of the page of a unit.

use tideline_report::view::UnitView;
use tideline_text::Text;

use super::{Sheet, Value, heads};

/// Name and words of each of the three, and what they say together.
fn said(view: &UnitView, t: Text) -> impl Iterator<Item = [Value; 2]> {
    let rows = view.strain.rows.iter();
    let row = rows.map(|it| [&it.name, &it.word].map(|it| Value::from(it.as_str())));
    row.chain([[Value::Text(t.tr("strain-says")), Value::Text(view.strain.said())]])
}

/// For a file that has room for one table: month, table, row and words.
pub(super) fn lines(view: &UnitView, t: Text) -> Vec<Vec<Value>> {
    let lead = || [Value::from(view.month.as_str()), Value::Text(t.tr("strain-title"))].into_iter();
    said(view, t).map(|it| lead().chain(it).collect()).collect()
}

/// For a workbook: a sheet.
pub(super) fn sheet(view: &UnitView, t: Text) -> Sheet {
    let lead = || [&view.title, &view.month].map(|it| Value::from(it.as_str())).into_iter();
    Sheet {
        title: t.tr("strain-title"),
        header: heads(["units-unit", "table-month", "strain-column", "strain-against"], t),
        rows: said(view, t).map(|it| lead().chain(it).collect()).collect(),
    }
}

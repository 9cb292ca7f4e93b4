//! The tables of files: what stands in which row and column.

use tideline_domain::{PerScale, Scale};
use tideline_report::{
    asked::AskedRow,
    view::{Cell, LookFirst, Mark, Moved, OrganisationView, Part, PartChart, PartRow, UnitView},
    words,
};
use tideline_text::Text;

use super::{Head, Sheet, Value, head, heads, strain};

/// `[c]`.
fn mark() -> Value {
    Value::Figure(words::WITHHELD_MARK.to_owned())
}

/// Score, range and people, then the level and its range, each `[c]` where withheld.
fn figures(cell: &Cell) -> (Vec<Value>, Vec<Value>) {
    let figure = |it: &String| Value::Figure(it.clone());
    match cell {
        Cell::Shown { score, from, to, level, level_from, level_to, people } => (
            [score, from, to, people].map(figure).to_vec(),
            [level, level_from, level_to].map(figure).to_vec(),
        ),
        Cell::Withheld => (vec![mark(); 4], vec![mark(); 3]),
    }
}

/// The cells of a row, each `[c]` where withheld.
fn cells(part: &Part<'_>, row: &PartRow) -> Vec<Value> {
    match &row.cells {
        Some(cells) => cells.iter().cloned().map(Value::Figure).collect(),
        None => vec![mark(); part.header.len() - 1],
    }
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
                "table-level",
                "table-level-from",
                "table-level-to",
            ],
            t,
        );
        let mut rows: Vec<Vec<Value>> = Vec::new();
        if let Some(view) = view {
            let credit = Value::Text(view.asked.line(t));
            let lead = |month: &str, table: &str, row: &str| {
                [&view.title, month, table, row].map(Value::from).into_iter()
            };
            for panel in &view.panels {
                for row in &panel.rows {
                    let lead = lead(&row.month, &panel.title, "");
                    let (figures, level) = figures(&row.cell);
                    let cells = figures.into_iter().chain([credit.clone()]).chain(level);
                    rows.push(lead.chain(cells).collect());
                }
            }
            for part in view.parts(t) {
                for row in &part.rows {
                    let lead = match part.chart {
                        PartChart::TakingPart(_) => lead(&row.name, &part.title, ""),
                        PartChart::Spread(_, chart) => {
                            let month = chart.older.as_ref().unwrap_or(&view.month);
                            lead(month, &part.title, &row.name)
                        }
                        _ => lead(&view.month, &part.title, &row.name),
                    };
                    let mut line: Vec<Value> = lead.chain(cells(&part, row)).collect();
                    line.resize(header.len() - 4, Value::from(""));
                    line.push(credit.clone());
                    line.resize(header.len(), Value::from(""));
                    rows.push(line);
                }
            }
            for line in strain::lines(view, t) {
                let mut line: Vec<Value> =
                    std::iter::once(Value::from(view.title.as_str())).chain(line).collect();
                line.resize(header.len() - 4, Value::from(""));
                line.push(credit.clone());
                line.resize(header.len(), Value::from(""));
                rows.push(line);
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
                    "table-level",
                    "table-level-from",
                    "table-level-to",
                ],
                t,
            ),
            rows: Vec::new(),
        };
        let Some(view) = view else { return vec![over_time] };
        let credit = Value::Text(view.asked.line(t));
        for panel in &view.panels {
            for row in &panel.rows {
                let lead = [&view.title, &row.month, &panel.title].map(|it| Value::from(&**it));
                let (figures, level) = figures(&row.cell);
                let cells = figures.into_iter().chain([credit.clone()]).chain(level);
                over_time.rows.push(lead.into_iter().chain(cells).collect());
            }
        }
        let mut sheets = vec![over_time];
        for part in view.parts(t) {
            let (mut title, mut lead) =
                (part.title.clone(), vec![("units-unit", view.title.as_str())]);
            match part.chart {
                // One sheet for the three of them.
                PartChart::Spread(_, chart) => {
                    title = t.tr("spread-heading");
                    lead.push(("table-month", chart.older.as_ref().unwrap_or(&view.month)));
                    lead.push(("table-part", &part.title));
                }
                PartChart::Drivers(_) => lead.push(("table-month", &view.month)),
                PartChart::TakingPart(_) => {}
            }
            if sheets.last().is_none_or(|it| it.title != title) {
                let month = head("table-month", t);
                let own = part.header.iter().map(|it| match *it == month.text {
                    true => month.clone(),
                    false => Head::plain(it),
                });
                let header = lead.iter().map(|(id, _)| head(id, t)).chain(own);
                sheets.push(Self { title, header: header.collect(), rows: Vec::new() });
            }
            let Some(sheet) = sheets.last_mut() else { continue };
            for row in &part.rows {
                let lead = lead.iter().map(|(_, value)| *value).chain([row.name.as_str()]);
                sheet.rows.push(lead.map(Value::from).chain(cells(&part, row)).collect());
            }
        }
        sheets.push(strain::sheet(view, t));
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
                Value::from(view.title.as_str()),
                Value::from(view.month.as_str()),
                Value::from(it.scale.as_str()),
                Value::from(it.unit.as_str()),
                Value::Figure(it.score.clone()),
                Value::Figure(it.range.clone()),
                Value::from(it.band.as_str()),
                Value::Figure(it.t_score.clone()),
                Value::Text(format!("{} {note}", asked.line(t))),
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
        let mut header = heads(["table-month", "units-unit"], t);
        for scale in Scale::ALL {
            let measure = words::scale_title(scale, t);
            let said = |id: &str| t.tr1(id, "measure", &measure);
            let code = scale.code();
            header.extend([
                Head { key: code.to_owned(), text: measure.clone() },
                Head { key: format!("{code}_own_past"), text: said("table-own-past") },
                Head {
                    key: format!("{code}_against_organisation"),
                    text: said("table-against-organisation"),
                },
            ]);
        }
        header.extend(heads(["strain-column", "units-took-part"], t));
        let width = header.len();
        header.extend(heads(["units-pools", "asked-whose"], t));
        let mut rows = Vec::new();
        if let Some(view) = view {
            let line = |name: &str,
                        cells: Option<(&PerScale<String>, &PerScale<Mark>)>,
                        strain: &str,
                        part: &str| {
                let mut row = vec![Value::from(view.month.as_str()), Value::from(name)];
                if let Some((scores, marks)) = cells {
                    for scale in Scale::ALL {
                        let mark = marks.get(scale);
                        row.push(Value::Figure(scores.get(scale).clone()));
                        row.push(Value::Text(mark.own_past(t).unwrap_or_default()));
                        row.push(Value::Text(mark.against_organisation(t).unwrap_or_default()));
                    }
                    row.push(Value::from(strain));
                    row.push(Value::Figure(part.to_owned()));
                }
                row.resize(width, mark());
                row
            };
            for unit in &view.units {
                let cells = unit.cells.as_ref().map(|it| (it, &unit.marks));
                let mut row = line(&unit.name, cells, &unit.strain, &unit.took_part);
                row.push(Value::Text(unit.together_with.clone().unwrap_or_default()));
                row.push(Value::Text(view.asked.line(t)));
                rows.push(row);
            }
            for pool in &view.pools {
                let mut row = line(
                    &pool.names,
                    Some((&pool.cells, &pool.marks)),
                    &pool.strain,
                    &pool.took_part,
                );
                row.push(Value::from(""));
                row.push(Value::Text(view.asked.line(t)));
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
                Value::from(view.month.as_str()),
                Value::from(it.name.as_str()),
                Value::Text(measure),
                Value::Figure(it.tag.text.clone()),
                Value::from(it.sentence.as_str()),
            ]
        };
        let rows =
            view.into_iter().flat_map(|view| view.moved.iter().map(move |it| line(view, it)));
        Self { title: t.tr("moved-changes"), header, rows: rows.collect() }
    }

    /// Where to look first: teams that are heavier than their own past by more than chance would often bring.
    pub(crate) fn of_look_first(view: Option<&OrganisationView>, t: Text) -> Self {
        let header = heads(["table-month", "units-unit", "table-measure", "moved-says"], t);
        let line = |view: &OrganisationView, it: &LookFirst| {
            [&view.month, &it.name, &it.measure, &it.sentence]
                .map(|it| Value::from(it.as_str()))
                .to_vec()
        };
        let rows = view
            .into_iter()
            .flat_map(|view| view.look_first.iter().flatten().map(move |it| line(view, it)));
        Self { title: t.tr("look-first"), header, rows: rows.collect() }
    }
}

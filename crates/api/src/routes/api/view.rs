//! The published table of a unit, as JSON: the same cells and the same words as on its page, and the
//! change since the release before, which pages do not print because it is not a signal.

use serde::Serialize;
use tideline_aggregation::{Release, Subject};
use tideline_domain::{PerScale, UnitId};
use tideline_report::view::{
    Cell, MeasurePanel, Row, UnitPage, UnitRow, UnitView, organisation_view, unit_page,
};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::EN;

/// What is published of a unit over time.
#[derive(Serialize, ToSchema)]
#[serde(tag = "state", rename_all = "kebab-case")]
#[schema(as = Trend)]
pub(crate) enum TrendBody {
    /// No wave has been released yet.
    NotYet,
    /// Not shown on its own, to protect people. There is one reason for all cases.
    Withheld {
        title: String,
        month: String,
        /// The nearest unit above that is shown.
        wider: Option<WiderBody>,
    },
    /// Shown.
    Shown(TableBody),
}

/// What is published of the organisation over time.
#[derive(Serialize, ToSchema)]
#[serde(tag = "state", rename_all = "kebab-case")]
#[schema(as = OrganisationTrend)]
#[expect(clippy::large_enum_variant, reason = "made once for each request")]
pub(super) enum OrganisationBody {
    /// No wave has been released yet.
    NotYet,
    /// Published.
    Published {
        title: String,
        month: String,
        /// The organisation as a whole; `null` if it is withheld.
        whole: Option<TableBody>,
        /// Every unit, in the order of the tree: never by score.
        units: Vec<UnitRowBody>,
    },
}

/// One unit in the table of units.
#[derive(Serialize, ToSchema)]
#[schema(as = UnitRow)]
pub(super) struct UnitRowBody {
    unit: Uuid,
    /// How far below the organisation; 0 is the organisation itself.
    depth: usize,
    name: String,
    /// The latest scores; `null` where they are not shown, to protect people.
    scores: Option<ScoresBody>,
    took_part: String,
    /// The units it is shown together with, if it is.
    together_with: Option<String>,
}

/// A score as printed for each scale.
#[derive(Serialize, ToSchema)]
#[schema(as = Scores)]
pub(super) struct ScoresBody {
    burnout: String,
    sts: String,
    cs: String,
}

/// A unit above.
#[derive(Serialize, ToSchema)]
#[schema(as = Wider)]
pub(super) struct WiderBody {
    unit: Uuid,
    name: String,
}

/// The published table.
#[derive(Serialize, ToSchema)]
#[schema(as = Table)]
pub(crate) struct TableBody {
    title: String,
    month: String,
    /// What stands out, in sentences; nothing is said that is not a signal.
    lead: Vec<String>,
    people: String,
    took_part: String,
    note: Option<String>,
    /// One for each scale.
    measures: Vec<MeasureBody>,
}

/// One scale over time.
#[derive(Serialize, ToSchema)]
#[schema(as = Measure)]
pub(super) struct MeasureBody {
    /// `burnout`, `sts` or `cs`.
    #[schema(example = "burnout")]
    scale: &'static str,
    title: String,
    tag: String,
    sentence: String,
    /// By how much the score changed since the release before, from -100 to 100, to one decimal.
    /// Unit: points. Not a signal by itself: `sentence` says whether it is more than chance.
    ///
    /// `null` where it may not be told: there is no release of the wave before; one of the two scores
    /// is not shown, or is about other units; or, with fewer than 20 answers, one or two people joined
    /// or left in between, or it is not known whether they did.
    #[schema(required = true, example = -3.5)]
    change: Option<f64>,
    /// One row for each wave.
    rows: Vec<RowBody>,
}

/// One scale in one wave.
#[derive(Serialize, ToSchema)]
#[schema(as = Row)]
pub(super) struct RowBody {
    month: String,
    /// `null` where it is not shown, to protect people.
    figure: Option<CellBody>,
}

/// A score with the interval in which it most likely lies, and the people behind it.
#[derive(Serialize, ToSchema)]
#[schema(as = Cell)]
pub(super) struct CellBody {
    score: String,
    from: String,
    to: String,
    people: String,
}

/// By how many points the figures of `subject` changed since the release before, where that is told.
fn changes(history: &[Release], subject: &Subject) -> PerScale<Option<f64>> {
    let [.., before, latest] = history else { return PerScale::default() };
    PerScale::from_fn(|scale| {
        let change = latest.change_since(before, subject, scale)?;
        Some((change * 10.0).round() / 10.0)
    })
}

impl TrendBody {
    /// What `history`, oldest release first, says of `unit`.
    pub(super) fn of_unit(history: &[Release], unit: UnitId) -> Self {
        match unit_page(history, unit, EN) {
            UnitPage::NotYet => Self::NotYet,
            UnitPage::Withheld(it) => Self::Withheld {
                title: it.title,
                month: it.month,
                wider: it.wider.map(|(unit, name)| WiderBody { unit: unit.uuid(), name }),
            },
            UnitPage::Shown(it) => {
                let subject = history.last().and_then(|latest| latest.subject_of(unit));
                let changes = subject.map(|subject| changes(history, &subject));
                Self::Shown(TableBody::new(it, &changes.unwrap_or_default()))
            }
        }
    }
}

impl OrganisationBody {
    /// What `history`, oldest release first, says of the organisation and its units.
    pub(super) fn of(history: &[Release]) -> Self {
        organisation_view(history, EN).map_or(Self::NotYet, |it| Self::Published {
            title: it.title,
            month: it.month,
            whole: it.whole.map(|whole| TableBody::of_whole(history, whole)),
            units: it.units.into_iter().map(UnitRowBody::from).collect(),
        })
    }
}

impl From<UnitRow> for UnitRowBody {
    fn from(row: UnitRow) -> Self {
        Self {
            unit: row.unit.uuid(),
            depth: row.depth,
            name: row.name,
            scores: row.cells.map(|PerScale { burnout, sts, cs }| ScoresBody { burnout, sts, cs }),
            took_part: row.took_part,
            together_with: row.together_with,
        }
    }
}

impl TableBody {
    /// What `history`, oldest release first, says of the organisation; `None` if it is withheld.
    pub(super) fn of_organisation(history: &[Release]) -> Option<Self> {
        let whole = organisation_view(history, EN)?.whole?;
        Some(Self::of_whole(history, whole))
    }

    fn of_whole(history: &[Release], whole: UnitView) -> Self {
        let top = history.last().map(|latest| Subject::Unit(latest.tree().root().id));
        let changes = top.map(|top| changes(history, &top));
        Self::new(whole, &changes.unwrap_or_default())
    }

    fn new(view: UnitView, changes: &PerScale<Option<f64>>) -> Self {
        let measure = |panel: MeasurePanel| {
            let change = *changes.get(panel.scale);
            MeasureBody::new(panel, change)
        };
        Self {
            title: view.title,
            month: view.month,
            lead: view.lead,
            people: view.people,
            took_part: view.took_part,
            note: view.note,
            measures: view.panels.into_iter().map(measure).collect(),
        }
    }
}

impl MeasureBody {
    fn new(panel: MeasurePanel, change: Option<f64>) -> Self {
        Self {
            scale: panel.scale.code(),
            title: panel.title.to_string(),
            tag: panel.tag.text.to_string(),
            sentence: panel.sentence,
            change,
            rows: panel.rows.into_iter().map(RowBody::from).collect(),
        }
    }
}

impl From<Row> for RowBody {
    fn from(row: Row) -> Self {
        let figure = match row.cell {
            Cell::Withheld => None,
            Cell::Shown { score, from, to, people } => Some(CellBody { score, from, to, people }),
        };
        Self { month: row.month, figure }
    }
}

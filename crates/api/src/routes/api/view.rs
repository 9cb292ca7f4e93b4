//! The published table of a unit, as JSON: the same cells and the same words as on its page.

use serde::Serialize;
use tideline_domain::PerScale;
use tideline_report::view::{
    Cell, MeasurePanel, OrganisationView, Row, UnitPage, UnitRow, UnitView,
};
use utoipa::ToSchema;
use uuid::Uuid;

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

impl From<UnitPage> for TrendBody {
    fn from(page: UnitPage) -> Self {
        match page {
            UnitPage::NotYet => Self::NotYet,
            UnitPage::Withheld(it) => Self::Withheld {
                title: it.title,
                month: it.month,
                wider: it.wider.map(|(unit, name)| WiderBody { unit: unit.uuid(), name }),
            },
            UnitPage::Shown(it) => Self::Shown(it.into()),
        }
    }
}

impl From<Option<OrganisationView>> for OrganisationBody {
    fn from(view: Option<OrganisationView>) -> Self {
        view.map_or(Self::NotYet, |it| Self::Published {
            title: it.title,
            month: it.month,
            whole: it.whole.map(TableBody::from),
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

impl From<UnitView> for TableBody {
    fn from(view: UnitView) -> Self {
        Self {
            title: view.title,
            month: view.month,
            lead: view.lead,
            people: view.people,
            took_part: view.took_part,
            note: view.note,
            measures: view.panels.into_iter().map(MeasureBody::from).collect(),
        }
    }
}

impl From<MeasurePanel> for MeasureBody {
    fn from(panel: MeasurePanel) -> Self {
        Self {
            scale: panel.scale.code(),
            title: panel.title.to_string(),
            tag: panel.tag.text.to_string(),
            sentence: panel.sentence,
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

//! The table of units, as JSON.

use serde::Serialize;
use tideline_domain::PerScale;
use tideline_report::{
    chart::HeatStep,
    view::{LookFirst, Mark, Moved, PoolRow, UnitRow},
    words::Way,
};
use utoipa::ToSchema;
use uuid::Uuid;

/// One unit in the table of units.
#[derive(Serialize, ToSchema)]
#[schema(as = UnitRow)]
pub(crate) struct UnitRowBody {
    unit: Uuid,
    /// How far below the organisation; 0 is the organisation itself.
    depth: usize,
    name: String,
    /// The latest scores; `null` where they are not shown, to protect people.
    scores: Option<ScoresBody>,
    /// What stands beside each score on the page; `null` where the scores are.
    marks: Option<MarksBody>,
    /// The kind of strain that stands out, in a word; `null` where the scores are.
    #[schema(example = "work")]
    strain: Option<String>,
    took_part: String,
    /// The units it is shown together with, if it is.
    together_with: Option<String>,
}

/// A score as printed for each scale.
#[derive(Serialize, ToSchema)]
#[schema(as = Scores)]
pub(crate) struct ScoresBody {
    burnout: String,
    sts: String,
    cs: String,
}

/// What stands beside the score of each scale.
#[derive(Serialize, ToSchema)]
#[schema(as = Marks)]
pub(crate) struct MarksBody {
    burnout: MarkBody,
    sts: MarkBody,
    cs: MarkBody,
}

/// What a score has earned; `null` where it is like any other.
#[derive(Serialize, ToSchema)]
#[schema(as = Mark)]
pub(crate) struct MarkBody {
    /// `higher` or `lower` than the unit's own usual level; `first-sign-higher` or `first-sign-lower` while that
    /// has not lasted.
    #[schema(required = true, example = "higher")]
    own_past: Option<&'static str>,
    /// `heavier` or `lighter` than the organisation.
    #[schema(required = true, example = "heavier")]
    against_organisation: Option<&'static str>,
}

impl From<Mark> for MarkBody {
    fn from(mark: Mark) -> Self {
        Self {
            own_past: match (mark.way, mark.lasting) {
                (Way::Level, _) => None,
                (Way::Up, true) => Some("higher"),
                (Way::Down, true) => Some("lower"),
                (Way::Up, false) => Some("first-sign-higher"),
                (Way::Down, false) => Some("first-sign-lower"),
            },
            against_organisation: match mark.tint {
                HeatStep::Heavier | HeatStep::MuchHeavier => Some("heavier"),
                HeatStep::Lighter | HeatStep::MuchLighter => Some("lighter"),
                HeatStep::Neutral => None,
            },
        }
    }
}

impl From<PerScale<Mark>> for MarksBody {
    fn from(PerScale { burnout, sts, cs }: PerScale<Mark>) -> Self {
        Self { burnout: burnout.into(), sts: sts.into(), cs: cs.into() }
    }
}

impl From<PerScale<String>> for ScoresBody {
    fn from(PerScale { burnout, sts, cs }: PerScale<String>) -> Self {
        Self { burnout, sts, cs }
    }
}

/// Units that are shown together.
#[derive(Serialize, ToSchema)]
#[schema(as = Together)]
pub(crate) struct TogetherBody {
    #[schema(example = "Elm + Oak")]
    names: String,
    scores: ScoresBody,
    marks: MarksBody,
    /// The kind of strain that stands out, in a word.
    #[schema(example = "work")]
    strain: String,
    took_part: String,
}

impl From<PoolRow> for TogetherBody {
    fn from(row: PoolRow) -> Self {
        Self {
            names: row.names,
            scores: row.cells.into(),
            marks: row.marks.into(),
            strain: row.strain,
            took_part: row.took_part,
        }
    }
}

/// A change of one measure of one unit, or of units that are shown together.
#[derive(Serialize, ToSchema)]
#[schema(as = Changed)]
pub(crate) struct ChangedBody {
    name: String,
    /// `burnout`, `sts` or `cs`.
    #[schema(example = "burnout")]
    scale: &'static str,
    tag: String,
    sentence: String,
}

impl From<Moved> for ChangedBody {
    fn from(it: Moved) -> Self {
        Self { name: it.name, scale: it.scale.code(), tag: it.tag.text, sentence: it.sentence }
    }
}

/// A place to look first: a team that is heavier than its own past by more than chance would often bring.
#[derive(Serialize, ToSchema)]
#[schema(as = Look)]
pub(crate) struct LookBody {
    /// `null` for teams that are shown together.
    #[schema(required = true)]
    unit: Option<Uuid>,
    #[schema(example = "Elm")]
    name: String,
    #[schema(example = "Burnout strain")]
    measure: String,
    sentence: String,
}

impl From<LookFirst> for LookBody {
    fn from(it: LookFirst) -> Self {
        let LookFirst { unit, name, measure, sentence } = it;
        Self { unit: unit.map(|it| it.uuid()), name, measure, sentence }
    }
}

impl From<UnitRow> for UnitRowBody {
    fn from(row: UnitRow) -> Self {
        Self {
            unit: row.unit.uuid(),
            depth: row.depth,
            name: row.name,
            marks: row.cells.is_some().then(|| row.marks.into()),
            strain: row.cells.is_some().then_some(row.strain),
            scores: row.cells.map(ScoresBody::from),
            took_part: row.took_part,
            together_with: row.together_with,
        }
    }
}

//! The published table of a unit, as JSON: the same cells and the same words as on its page, and the
//! change since the release before, which pages do not print because it is not a signal.

mod units;

use serde::Serialize;
use tideline_aggregation::{Release, Subject};
use tideline_domain::{PerScale, Scale, UnitId};
use tideline_report::{
    asked::AskedView,
    view::{
        Cell, MeasurePanel, Part, PartChart, PartRow, Row, UnitPage, UnitView, organisation_view,
        unit_page,
    },
};
use utoipa::ToSchema;
use uuid::Uuid;

use self::units::{ChangedBody, LookBody, TogetherBody, UnitRowBody};
use super::strain::StrainBody;
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
    Shown(Box<TableBody>),
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
        asked: AskedBody,
        /// The organisation as a whole; `null` if it is withheld.
        whole: Option<TableBody>,
        /// Every unit, in the order of the tree: never by score.
        units: Vec<UnitRowBody>,
        /// Units that are shown together, in the order of the tree.
        together: Vec<TogetherBody>,
        /// Units that changed against their own past, in the order of the tree; one entry for each
        /// measure that did.
        changes: Vec<ChangedBody>,
        /// Where to look first, in the order of the tree, not a ranking; `null` while no team can be judged. About one
        /// in ten may be chance.
        #[schema(required = true)]
        look_first: Option<Vec<LookBody>>,
    },
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
    asked: AskedBody,
    /// What moved in the whole organisation, in sentences, where this is a part of it: its movement, and
    /// whether this unit stands apart from it. Empty where nothing did.
    everywhere: Vec<String>,
    /// What stands out here, in sentences; nothing is said that is not a signal.
    lead: Vec<String>,
    /// Which kind of strain stands out: named, never diagnosed.
    strain: StrainBody,
    people: String,
    took_part: String,
    note: Option<String>,
    /// One for each scale.
    measures: Vec<MeasureBody>,
    /// How answers are spread over each scale; empty for groups in which that is not told.
    spread: Vec<SpreadBody>,
    /// How many took part in each of the last waves, oldest first.
    taking_part: Vec<TakingPartBody>,
    /// Parts of the work, in a fixed order; empty for groups in which they are not told.
    conditions: Vec<ConditionBody>,
}

/// The questionnaire that the figures come from.
#[derive(Serialize, ToSchema)]
#[schema(as = Asked)]
pub(super) struct AskedBody {
    /// Its key.
    #[schema(example = "tideline-pulse-1")]
    instrument: String,
    name: String,
    /// Whose it is; show it wherever you show the figures. Empty if there is nothing to say.
    credit: String,
}

impl From<AskedView> for AskedBody {
    fn from(asked: AskedView) -> Self {
        Self { instrument: asked.id.to_string(), name: asked.name, credit: asked.credit }
    }
}

/// How answers are spread over the thirds of a scale.
#[derive(Serialize, ToSchema)]
#[schema(as = Spread)]
pub(super) struct SpreadBody {
    /// `burnout`, `sts` or `cs`.
    #[schema(example = "burnout")]
    scale: &'static str,
    sentence: String,
    /// From lower to higher.
    bands: Vec<BandBody>,
}

/// A third of a scale.
#[derive(Serialize, ToSchema)]
#[schema(as = Band)]
pub(super) struct BandBody {
    name: String,
    /// In tenths; `null` where it is not shown, to protect people.
    #[schema(example = "about 3 in 10")]
    share: Option<String>,
}

/// How many took part in a wave.
#[derive(Serialize, ToSchema)]
#[schema(as = TakingPart)]
pub(super) struct TakingPartBody {
    month: String,
    /// In tenths; `null` where it is not shown, to protect people.
    #[schema(example = "7 in 10")]
    took_part: Option<String>,
}

/// A part of the work: higher is better.
#[derive(Serialize, ToSchema)]
#[schema(as = Condition)]
pub(super) struct ConditionBody {
    name: String,
    /// `null` where it is not shown, to protect people.
    figure: Option<ConditionFigureBody>,
}

/// A score, and where it most likely lies; each from 0 to 100.
#[derive(Serialize, ToSchema)]
#[schema(as = ConditionFigure)]
pub(super) struct ConditionFigureBody {
    score: String,
    from: String,
    to: String,
}

impl SpreadBody {
    fn new(scale: Scale, part: Part<'_>) -> Self {
        let bands = part.rows.into_iter().map(|PartRow { name, cells }| BandBody {
            name,
            share: cells.and_then(|it| it.into_iter().next()),
        });
        Self { scale: scale.code(), sentence: part.sentence, bands: bands.collect() }
    }
}

impl From<PartRow> for TakingPartBody {
    fn from(row: PartRow) -> Self {
        Self { month: row.name, took_part: row.cells.and_then(|it| it.into_iter().next()) }
    }
}

impl From<PartRow> for ConditionBody {
    fn from(row: PartRow) -> Self {
        let figure = |cells: Vec<String>| {
            let [score, from, to] = <[String; 3]>::try_from(cells).ok()?;
            Some(ConditionFigureBody { score, from, to })
        };
        Self { name: row.name, figure: row.cells.and_then(figure) }
    }
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
    /// The numbers behind `tag` and `sentence`: the latest check-ins together, what is usual, the
    /// difference, and whether it was judged against the rest of the organisation or by the own past
    /// alone. `null` while what is usual is being learned.
    #[schema(required = true)]
    judged: Option<String>,
    /// Where 19 of 20 single check-ins lie while nothing changes, for the latest one; `null` while that
    /// is being learned.
    #[schema(required = true)]
    usual: Option<UsualBody>,
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

/// The usual range, 0 to 100.
#[derive(Serialize, ToSchema)]
#[schema(as = Usual)]
pub(super) struct UsualBody {
    from: String,
    to: String,
}

/// A score, and the people behind it; and the level behind single check-ins.
#[derive(Serialize, ToSchema)]
#[schema(as = Cell)]
pub(super) struct CellBody {
    score: String,
    /// Where the mean of all staff in this check-in most likely begins (95 %), had everybody answered.
    from: String,
    /// Where it ends.
    to: String,
    /// The level: what the line of the chart shows.
    level: String,
    /// Where its likely range (95 %) begins.
    level_from: String,
    /// Where that ends.
    level_to: String,
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
                Self::Shown(Box::new(TableBody::new(it, &changes.unwrap_or_default())))
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
            asked: it.asked.into(),
            whole: it.whole.map(|whole| TableBody::of_whole(history, whole)),
            units: it.units.into_iter().map(UnitRowBody::from).collect(),
            together: it.pools.into_iter().map(TogetherBody::from).collect(),
            changes: it.moved.into_iter().map(ChangedBody::from).collect(),
            look_first: it.look_first.map(|it| it.into_iter().map(LookBody::from).collect()),
        })
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
        let (mut spread, mut taking_part, mut conditions) = (Vec::new(), Vec::new(), Vec::new());
        for part in view.parts(EN) {
            match part.chart {
                PartChart::Spread(scale, _) => spread.push(SpreadBody::new(scale, part)),
                PartChart::TakingPart(_) => {
                    taking_part.extend(part.rows.into_iter().map(TakingPartBody::from));
                }
                PartChart::Drivers(_) => {
                    conditions.extend(part.rows.into_iter().map(ConditionBody::from));
                }
            }
        }
        let measure = |panel: MeasurePanel| {
            let change = *changes.get(panel.scale);
            MeasureBody::new(panel, change)
        };
        Self {
            title: view.title,
            month: view.month,
            asked: view.asked.into(),
            everywhere: view.everywhere,
            lead: view.lead.sentences().map(str::to_owned).collect(),
            strain: view.strain.into(),
            people: view.people,
            took_part: view.took_part,
            note: view.note,
            measures: view.panels.into_iter().map(measure).collect(),
            spread,
            taking_part,
            conditions,
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
            judged: panel.judged,
            usual: panel.usual.map(|(from, to)| UsualBody { from, to }),
            change,
            rows: panel.rows.into_iter().map(RowBody::from).collect(),
        }
    }
}

impl From<Row> for RowBody {
    fn from(row: Row) -> Self {
        let figure = match row.cell {
            Cell::Withheld => None,
            Cell::Shown { score, from, to, level, level_from, level_to, people } => {
                Some(CellBody { score, from, to, level, level_from, level_to, people })
            }
        };
        Self { month: row.month, figure }
    }
}

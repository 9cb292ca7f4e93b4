//! Everything that is published of a wave, in one document. Anybody who has it can work out every
//! figure that is shown anywhere.

use actix_web::{get, web};
use serde::Serialize;
use tideline_aggregation::{
    Atom, Bound, Coverage, Page, Participation, People, Release, WITHIN_TEAM_SD,
};
use tideline_domain::{PerScale, UnitId, UnitTree, WaveSeq};
use utoipa::ToSchema;
use uuid::Uuid;

use super::waves::WaveBody;
use crate::{
    App, CellsBody,
    access::{self, Audited, Seen},
    auth::{Caller, HumanResources, ReleaseAuditor},
    blocking::{Written, blocking},
    problem::{Problem, ProblemBody},
};

/// Everything that is published of a wave.
#[derive(Serialize, ToSchema)]
#[schema(as = Release)]
pub struct ReleaseBody {
    wave: WaveBody,
    /// Fewest answers a published group rests on. Unit: people.
    smallest_group: u32,
    /// Standard deviation of scores within a team, by which ranges are drawn: a constant, never computed
    /// from answers. Unit: points.
    #[schema(example = 22.0)]
    within_team_sd: f64,
    /// `null` where nothing is shown.
    turnout: Option<TurnoutBody>,
    /// Disjoint groups of people with the totals of their scores, coarsened.
    atoms: Vec<AtomBody>,
    /// The tree of units, each above before those below it.
    units: Vec<UnitPageBody>,
}

/// A value for each scale.
#[derive(Serialize, ToSchema)]
#[schema(as = PerScale)]
struct PerScaleBody<T: ToSchema> {
    burnout: T,
    /// Secondary traumatic stress.
    sts: T,
    /// Compassion satisfaction.
    cs: T,
}

impl<T: ToSchema> PerScaleBody<T> {
    fn of<U>(values: &PerScale<U>, f: impl Fn(&U) -> T) -> Self {
        let PerScale { burnout, sts, cs } = values.map(f);
        Self { burnout, sts, cs }
    }
}

/// Who took part in the whole organisation. Unit: people.
#[derive(Serialize, ToSchema)]
#[schema(as = Turnout)]
struct TurnoutBody {
    eligible: u32,
    ballots: u32,
    /// Ballots that could not be read.
    spoilt: u32,
}

/// A disjoint group of people: the smallest thing that is published.
#[derive(Serialize, ToSchema)]
#[schema(as = Atom)]
struct AtomBody {
    /// Whose staff it holds.
    units: Vec<UnitNameBody>,
    people: PeopleBody,
    /// In which interval the sum of the scores of `people.least` people of the same mean lies, rounded to
    /// whole points. Unit: points.
    total: PerScaleBody<IntervalBody>,
    took_part: TookPartBody,
}

/// Between how many people and how many it is about. The exact number is not told: it would say of people
/// that they took part, or did not.
#[derive(Serialize, ToSchema)]
#[schema(as = People)]
struct PeopleBody {
    least: u32,
    most: u32,
}

impl From<People> for PeopleBody {
    fn from(it: People) -> Self {
        Self { least: it.least, most: it.most }
    }
}

/// A unit.
#[derive(Serialize, ToSchema)]
#[schema(as = UnitName)]
struct UnitNameBody {
    id: Uuid,
    name: String,
}

/// A closed interval.
#[derive(Serialize, ToSchema)]
#[schema(as = Interval)]
struct IntervalBody {
    lo: u32,
    hi: u32,
}

/// How many of those asked took part.
#[derive(Serialize, ToSchema)]
#[schema(as = TookPart)]
struct TookPartBody {
    in_ten: u8,
    /// `about`, `at most` or `at least`.
    #[schema(example = "about")]
    bound: &'static str,
}

impl From<Participation> for TookPartBody {
    fn from(it: Participation) -> Self {
        let bound = match it {
            Participation::AtMostFour => "at most",
            Participation::About(_) => "about",
            Participation::AtLeast(_) => "at least",
        };
        Self { in_ten: it.tenths(), bound }
    }
}

/// A unit and what is shown of it.
#[derive(Serialize, ToSchema)]
#[schema(as = UnitPage)]
struct UnitPageBody {
    id: Uuid,
    /// The unit above; none for the organisation.
    parent: Option<Uuid>,
    name: String,
    /// `null` if it is not shown on its own, to protect people.
    page: Option<PageBody>,
}

/// What is shown of a unit. All three scales, or nothing.
#[derive(Serialize, ToSchema)]
#[schema(as = Page)]
struct PageBody {
    figures: PerScaleBody<FigureBody>,
    people: PeopleBody,
    /// At least this share of the unit's answers is in the figures: 90, 75, 50 or 0. Unit: percent.
    covers_percent: u8,
    took_part: TookPartBody,
}

/// A mean score, 0 to 100.
#[derive(Serialize, ToSchema)]
#[schema(as = Figure)]
struct FigureBody {
    score: f64,
    /// `about`, `at most` or `at least`.
    #[schema(example = "about")]
    bound: &'static str,
    /// Ends of the interval in which the score most likely lies.
    low: f64,
    high: f64,
}

impl From<&Release> for ReleaseBody {
    fn from(release: &Release) -> Self {
        let tree = release.tree();
        let turnout = release.turnout();
        Self {
            wave: release.wave().into(),
            smallest_group: release.k().people(),
            within_team_sd: WITHIN_TEAM_SD,
            turnout: (!release.atoms().is_empty()).then_some(TurnoutBody {
                eligible: turnout.eligible,
                ballots: turnout.ballots,
                spoilt: turnout.spoilt,
            }),
            atoms: release.atoms().iter().map(|it| atom(tree, it)).collect(),
            units: tree
                .units()
                .iter()
                .map(|unit| UnitPageBody {
                    id: unit.id.uuid(),
                    parent: unit.parent.map(UnitId::uuid),
                    name: unit.name.to_string(),
                    page: release.page(unit.id).as_ref().map(page),
                })
                .collect(),
        }
    }
}

fn atom(tree: &UnitTree, atom: &Atom) -> AtomBody {
    AtomBody {
        units: atom
            .units
            .iter()
            .map(|&id| UnitNameBody {
                id: id.uuid(),
                name: tree.get(id).map(|it| it.name.to_string()).unwrap_or_default(),
            })
            .collect(),
        people: atom.people.into(),
        total: PerScaleBody::of(&atom.total, |it| IntervalBody { lo: it.lo, hi: it.hi }),
        took_part: atom.took_part.into(),
    }
}

fn page(page: &Page) -> PageBody {
    PageBody {
        figures: PerScaleBody::of(&page.figures, |it| FigureBody {
            score: tenth(it.shown),
            bound: match it.bound {
                Bound::Middle => "about",
                Bound::AtMost => "at most",
                Bound::AtLeast => "at least",
            },
            low: tenth(it.low),
            high: tenth(it.high),
        }),
        people: page.people.into(),
        covers_percent: match page.coverage {
            Coverage::Full90 => 90,
            Coverage::Above75 => 75,
            Coverage::Above50 => 50,
            Coverage::Below50 => 0,
        },
        took_part: page.took_part.into(),
    }
}

fn tenth(points: f64) -> f64 {
    (points * 10.0).round() / 10.0
}

/// Everything that is published of a wave. For HR.
#[utoipa::path(
    tag = "results",
    security(("bearer" = []), ("session" = [])),
    params(("seq" = u32, Path, description = "Number of the wave.")),
    responses(
        (status = 200, description = "The release.", body = ReleaseBody),
        (status = 401, description = "Nobody is signed in.", body = ProblemBody),
        (status = 404, description = "Not released, or not for this caller.", body = ProblemBody),
    ),
)]
#[get("/api/v1/releases/{seq}")]
pub(crate) async fn everything(
    app: web::Data<App>,
    caller: Caller<HumanResources>,
    seq: web::Path<u32>,
) -> Result<Written, Problem> {
    let seq = WaveSeq(*seq);
    blocking(move || {
        let release = app.store.release(seq)?.ok_or(Problem::NotFound)?;
        access::audit(&app, &caller.principal, Audited::ReadApi, Seen::Release(seq))?;
        Written::of(&ReleaseBody::from(&release))
    })
    .await
}

/// The published cells of a wave, as attack programs read them. For HR and the privacy officer.
#[utoipa::path(
    tag = "results",
    security(("bearer" = []), ("session" = [])),
    params(("seq" = u32, Path, description = "Number of the wave.")),
    responses(
        (status = 200, description = "The cells.", body = CellsBody),
        (status = 401, description = "Nobody is signed in.", body = ProblemBody),
        (status = 404, description = "Not released, or not for this caller.", body = ProblemBody),
    ),
)]
#[get("/api/v1/releases/{seq}/cells")]
pub(crate) async fn cells(
    app: web::Data<App>,
    caller: Caller<ReleaseAuditor>,
    seq: web::Path<u32>,
) -> Result<Written, Problem> {
    let seq = WaveSeq(*seq);
    blocking(move || {
        let release = app.store.release(seq)?.ok_or(Problem::NotFound)?;
        access::audit(&app, &caller.principal, Audited::Export, Seen::Cells(seq))?;
        Written::of(&CellsBody::from(&release))
    })
    .await
}

//! What the page of the organisation shows: every unit, what changed, and where to look first.

use std::collections::BTreeMap;

use tideline_aggregation::{
    Release, Subject,
    trend::{self, Apart, State},
};
use tideline_domain::{PerScale, Scale, UnitId};
use tideline_text::Text;

use super::{
    Tag, UnitView,
    read::Read,
    spark::Spark,
    strain,
    teams::{self, Named, TeamSigns},
    title,
    unit::subject_view,
    whose,
};
use crate::{
    asked::AskedView,
    chart::HeatStep,
    words::{self, Way},
};

/// The organisation and its units.
#[derive(Debug, Clone, PartialEq)]
pub struct OrganisationView {
    /// The organisation as a whole; `None` if it is withheld.
    pub whole: Option<UnitView>,
    /// Its name.
    pub title: String,
    /// Month of the latest wave.
    pub month: String,
    /// What the latest wave asked, and whose that is.
    pub asked: AskedView,
    /// Every unit, in the order of the tree.
    pub units: Vec<UnitRow>,
    /// Units that are shown together, in the order of the tree.
    pub pools: Vec<PoolRow>,
    /// Units and pools that changed against their own past, in the order of the tree: one for each
    /// measure that did.
    pub moved: Vec<Moved>,
    /// Where to look first, in the order of the tree: teams that are heavier than their own past by more
    /// than chance would often bring, many teams taken into account. `None` while no team can be judged.
    pub look_first: Option<Vec<LookFirst>>,
    /// The teams that are named, in the order of the tree.
    pub teams: Vec<TeamSigns>,
    /// The parts of the work that stand out as harder in the whole organisation.
    pub harder: Vec<String>,
    /// The same in a sentence; `None` if the parts of the work are not shown.
    pub harder_said: Option<String>,
    /// Whether it was tested if teams stand apart from the organisation: with fewer than eight it is not.
    pub apart_tested: bool,
}

/// One unit in the table of units.
#[derive(Debug, Clone, PartialEq)]
pub struct UnitRow {
    /// Which.
    pub unit: UnitId,
    /// How far below the organisation; 0 is the organisation itself.
    pub depth: usize,
    /// Its name.
    pub name: String,
    /// Its scores; `None` is `[c]` in every cell.
    pub cells: Option<PerScale<String>>,
    /// What stands beside each score.
    pub marks: PerScale<Mark>,
    /// The courses of its scores; `None` where they are withheld now.
    pub sparks: Option<PerScale<Spark>>,
    /// The kind of strain that stands out, in a word, or `[c]`.
    pub strain: String,
    /// How many took part, or `[c]`.
    pub took_part: String,
    /// The units it is shown together with, if it is: "Elm + Oak".
    pub together_with: Option<String>,
    /// What its figures leave out, if they leave out much.
    pub note: Option<String>,
}

/// Units that are shown together: the figures that none of them shows alone.
#[derive(Debug, Clone, PartialEq)]
pub struct PoolRow {
    /// Which they are.
    pub units: Vec<UnitId>,
    /// Their names: "Elm + Oak".
    pub names: String,
    /// Their scores.
    pub cells: PerScale<String>,
    /// What stands beside each score.
    pub marks: PerScale<Mark>,
    /// The courses of their scores.
    pub sparks: PerScale<Spark>,
    /// The kind of strain that stands out, in a word.
    pub strain: String,
    /// How many took part.
    pub took_part: String,
}

/// What a score in the table of units has earned: two questions that have nothing to do with each
/// other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark {
    /// Which way it went against its own usual level.
    pub way: Way,
    /// Whether that has lasted; a first sign has not.
    pub lasting: bool,
    /// How far it stands apart from the organisation.
    pub tint: HeatStep,
}

/// A change of one measure of one unit or pool, told.
#[derive(Debug, Clone, PartialEq)]
pub struct Moved {
    /// Whose: "Elm", or "Elm + Oak".
    pub name: String,
    /// Which measure.
    pub scale: Scale,
    /// Label beside the name.
    pub tag: Tag,
    /// The change in a sentence.
    pub sentence: String,
}

/// A place to look first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LookFirst {
    /// The unit with the page; none for a pool.
    pub unit: Option<UnitId>,
    /// Whose: "Elm", or "Elm + Oak".
    pub name: String,
    /// Which measure.
    pub measure: String,
    /// The change in a sentence.
    pub sentence: String,
}

impl OrganisationView {
    /// The teams that are named for `why`.
    pub fn named(&self, why: Named) -> impl Iterator<Item = &TeamSigns> {
        self.teams.iter().filter(move |it| it.named == why)
    }

    /// How many teams are worth a conversation; `None` while no team can be judged.
    pub fn conversations(&self) -> Option<usize> {
        self.look_first.as_ref()?;
        Some(self.named(Named::Conversation).count())
    }
}

impl Mark {
    /// A score like any other.
    pub const NONE: Self = Self { way: Way::Level, lasting: false, tint: HeatStep::Neutral };

    /// What it says against the own past, in words; `None` if it says nothing.
    pub fn own_past(self, t: Text) -> Option<String> {
        let id = match (self.way, self.lasting) {
            (Way::Level, _) => return None,
            (Way::Up, true) => "tag-higher",
            (Way::Down, true) => "tag-lower",
            (Way::Up, false) => "tag-perhaps-higher",
            (Way::Down, false) => "tag-perhaps-lower",
        };
        Some(t.tr(id))
    }

    /// What it says against the organisation, in words; `None` if it says nothing.
    pub fn against_organisation(self, t: Text) -> Option<String> {
        match self.tint {
            HeatStep::Neutral => None,
            HeatStep::Heavier | HeatStep::MuchHeavier => Some(t.tr("units-heavier")),
            HeatStep::Lighter | HeatStep::MuchLighter => Some(t.tr("units-lighter")),
        }
    }
}

/// The organisation's page, in the language of `t`; `None` before the first release.
pub fn organisation_view(history: &[Release], t: Text) -> Option<OrganisationView> {
    let latest = history.last()?;
    let tree = latest.tree();
    let whole = Subject::Unit(tree.root().id);
    let apart = trend::apart(history);
    let apart_tested = apart.is_some();
    let apart = apart.unwrap_or_default();
    let mut reads = Vec::new();
    let mut pools = BTreeMap::new();
    let units = tree
        .units()
        .iter()
        .enumerate()
        .map(|(at, unit)| {
            let page = latest.page(unit.id);
            let together_with = match latest.subject_of(unit.id) {
                Some(Subject::Pool(units)) => {
                    let names = title(latest, &Subject::Pool(units.clone()));
                    let first = units.first().and_then(|it| tree.index_of(*it));
                    pools.insert(first.unwrap_or_default(), Subject::Pool(units));
                    Some(names)
                }
                _ => None,
            };
            let read = page.map(|_| Read::new(history, at, Subject::Unit(unit.id)));
            let marks = read.as_ref().map(|it| marks(it, &apart));
            let strain = read.as_ref().map(|it| strain::short(&it.readings, t));
            let sparks = read.as_ref().map(Read::sparks);
            reads.extend(read);
            UnitRow {
                sparks,
                strain: strain.unwrap_or_else(|| words::WITHHELD_MARK.to_owned()),
                marks: marks.unwrap_or_else(|| PerScale::from_fn(|_| Mark::NONE)),
                unit: unit.id,
                depth: tree.depth(at),
                name: unit.name.to_string(),
                cells: page.map(|it| it.figures.map(|it| words::score(it, t))),
                took_part: page.map_or_else(
                    || words::WITHHELD_MARK.to_owned(),
                    |it| words::took_part_short(it.took_part, t),
                ),
                together_with,
                note: page.and_then(|it| words::coverage_note(it.coverage, t)),
            }
        })
        .collect();
    let pools: Vec<Read> =
        pools.into_iter().map(|(at, pool)| Read::new(history, at, pool)).collect();
    let rows = pools.iter().filter_map(|it| pool_row(latest, &apart, it, t)).collect();
    reads.extend(pools);
    reads.sort_by_key(|it| it.at);
    let looks = trend::look_first(history);
    let (harder, harder_said) = teams::harder(latest, t);
    Some(OrganisationView {
        whole: latest.page_of(&whole).map(|_| subject_view(history, latest, &whole, t)),
        title: tree.root().name.to_string(),
        month: words::month(latest.wave(), t),
        asked: AskedView::of(latest, None, t),
        units,
        moved: reads
            .iter()
            .filter(|it| it.subject != whole)
            .flat_map(|it| moved(latest, it, t))
            .collect(),
        teams: teams::named(latest, &reads, looks.as_deref(), t),
        look_first: looks.map(|it| look_first(it, history, latest, t)),
        harder,
        harder_said,
        apart_tested,
        pools: rows,
    })
}

/// What the scores of `read` have earned.
fn marks(read: &Read, apart: &[Apart]) -> PerScale<Mark> {
    PerScale::from_fn(|scale| {
        let gap = apart.iter().find(|it| it.subject == read.subject && it.scale == scale);
        Mark {
            way: Way::of(&read.readings.get(scale).state, scale),
            lasting: matches!(read.readings.get(scale).state, State::Sustained(_)),
            tint: HeatStep::of(gap.map(|it| it.load_gap)),
        }
    })
}

/// How a unit below the top, or a pool, changed against its own past; nothing if it did not.
fn moved(latest: &Release, read: &Read, t: Text) -> Vec<Moved> {
    let of = |scale: Scale| {
        let reading = read.readings.get(scale);
        let way = Way::of(&reading.state, scale);
        (way != Way::Level).then(|| Moved {
            scale,
            tag: Tag::of(reading, scale, t),
            sentence: words::reading_sentence(reading, scale, whose(latest, &read.subject), t),
            name: title(latest, &read.subject),
        })
    };
    Scale::ALL.into_iter().filter_map(of).collect()
}

fn look_first(
    looks: Vec<trend::Look>,
    history: &[Release],
    latest: &Release,
    t: Text,
) -> Vec<LookFirst> {
    let entry = |look: trend::Look| {
        let reading = trend::read(history, &look.subject, look.scale);
        LookFirst {
            name: title(latest, &look.subject),
            measure: words::scale_title(look.scale, t),
            sentence: words::reading_sentence(
                &reading,
                look.scale,
                whose(latest, &look.subject),
                t,
            ),
            unit: match look.subject {
                Subject::Unit(unit) => Some(unit),
                Subject::Pool(_) => None,
            },
        }
    };
    looks.into_iter().map(entry).collect()
}

fn pool_row(latest: &Release, apart: &[Apart], pool: &Read, t: Text) -> Option<PoolRow> {
    let page = latest.page_of(&pool.subject)?;
    let units = match &pool.subject {
        Subject::Unit(unit) => vec![*unit],
        Subject::Pool(units) => units.clone(),
    };
    Some(PoolRow {
        units,
        names: title(latest, &pool.subject),
        cells: page.figures.map(|it| words::score(it, t)),
        marks: marks(pool, apart),
        sparks: pool.sparks(),
        strain: strain::short(&pool.readings, t),
        took_part: words::took_part_short(page.took_part, t),
    })
}

//! The one published table: everything a person sees of a release, in words and numbers as printed.
//!
//! Pages, PDF, mail, CSV and the JSON API are made from these values, so they cannot differ.

mod organisation;
mod parts;
mod read;
mod spark;
mod strain;
mod teams;
mod time;
mod unit;

use tideline_aggregation::{Release, Subject};
use tideline_domain::UnitId;
use tideline_text::Text;

use self::unit::subject_view;
pub use self::{
    organisation::{LookFirst, Mark, Moved, OrganisationView, PoolRow, UnitRow, organisation_view},
    parts::{Part, PartChart, PartRow},
    spark::Spark,
    strain::{StrainRow, StrainView},
    teams::{Named, SignCell, TeamSigns, headline, standing_out},
    unit::{Cell, MeasurePanel, Row, Tag, UnitView},
};
use crate::words::{self, Whose};

/// Waves whose participation is told.
const WAVES_OF_PARTICIPATION: usize = 6;

/// What the page of a unit shows.
#[expect(clippy::large_enum_variant, reason = "made once for each page")]
#[derive(Debug, Clone, PartialEq)]
pub enum UnitPage {
    /// No wave has been released yet.
    NotYet,
    /// Not shown, to protect people.
    Withheld(WithheldView),
    /// Shown.
    Shown(UnitView),
}

/// A withheld unit: nothing here depends on why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WithheldView {
    /// Name of the unit.
    pub title: String,
    /// Month of the latest wave.
    pub month: String,
    /// The nearest unit above that is shown.
    pub wider: Option<(UnitId, String)>,
}

/// The page of `unit`, in the language of `t`; `history` oldest first.
pub fn unit_page(history: &[Release], unit: UnitId, t: Text) -> UnitPage {
    let Some(latest) = history.last() else { return UnitPage::NotYet };
    match latest.subject_of(unit) {
        Some(subject) => UnitPage::Shown(subject_view(history, latest, &subject, t)),
        None => UnitPage::Withheld(WithheldView {
            title: unit_name(latest, unit),
            month: words::month(latest.wave(), t),
            wider: latest.nearest_shown(unit).map(|it| (it, unit_name(latest, it))),
        }),
    }
}

fn unit_name(release: &Release, unit: UnitId) -> String {
    release.tree().get(unit).map_or_else(String::new, |it| it.name.to_string())
}

pub(crate) fn title(release: &Release, subject: &Subject) -> String {
    match subject {
        Subject::Unit(unit) => unit_name(release, *unit),
        Subject::Pool(units) => {
            units.iter().map(|it| unit_name(release, *it)).collect::<Vec<_>>().join(" + ")
        }
    }
}

fn whose(release: &Release, subject: &Subject) -> Whose {
    let tree = release.tree();
    match subject {
        Subject::Pool(_) => Whose::Teams,
        Subject::Unit(unit) => match tree.index_of(*unit) {
            Some(0) => Whose::Organisation,
            Some(at) if tree.children(at).next().is_some() => Whose::Unit,
            _ => Whose::Team,
        },
    }
}

#[cfg(test)]
mod tests;

//! What the rest of an organisation shows beside a unit: the yardstick for whether a change is the
//! unit's own.

use tideline_domain::{PerScale, Scale};

use super::{Atom, Release};
use crate::{Figure, Subject, WITHIN_TEAM_SD, coarsen::Coarsening, page::mean_of_cells};

/// How far levels of atoms differ, squared: an atom counts by 1/(its variance + this), so that one large
/// atom does not speak for the whole rest. Unit: points².
///
/// Source: 8 points, what `cargo xtask simulate` takes teams to differ by.
const BETWEEN2: f64 = 64.0;

/// The atoms of a wave that hold nobody of a unit, as one figure.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rest {
    /// How many atoms; at least 1.
    pub atoms: usize,
    /// Their weighted mean, 0 to 100.
    pub value: f64,
    /// Variance of `value`. Unit: points².
    pub variance: f64,
}

/// Sums over atoms, from which those of a unit's own can be taken away.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Sums {
    atoms: usize,
    weights: f64,
    weighted: f64,
    squares: f64,
}

impl Sums {
    fn of(figure: &Figure) -> Self {
        let weight = 1.0 / (figure.variance + BETWEEN2);
        Self {
            atoms: 1,
            weights: weight,
            weighted: weight * figure.value,
            squares: weight * weight * figure.variance,
        }
    }

    fn plus(self, other: Self) -> Self {
        Self {
            atoms: self.atoms + other.atoms,
            weights: self.weights + other.weights,
            weighted: self.weighted + other.weighted,
            squares: self.squares + other.squares,
        }
    }

    fn less(self, other: Self) -> Self {
        Self {
            atoms: self.atoms - other.atoms,
            weights: self.weights - other.weights,
            weighted: self.weighted - other.weighted,
            squares: self.squares - other.squares,
        }
    }
}

/// The sums of one atom on each scale.
fn sums_of(atom: &Atom) -> PerScale<Sums> {
    PerScale::from_fn(|scale: Scale| {
        let cell = [atom.told(scale)];
        let figure = mean_of_cells(&cell, Coarsening::SCORE, WITHIN_TEAM_SD);
        figure.as_ref().map_or_else(Sums::default, Sums::of)
    })
}

/// The sums of all `atoms`.
pub(super) fn sums(atoms: &[Atom]) -> PerScale<Sums> {
    let each: Vec<PerScale<Sums>> = atoms.iter().map(sums_of).collect();
    PerScale::from_fn(|scale| each.iter().fold(Sums::default(), |all, it| all.plus(*it.get(scale))))
}

impl Release {
    /// What the atoms show that hold nobody of `subject`. `None` if there are none, or the subject is
    /// not in this release.
    ///
    /// Published atoms only, with the subject's own left out, and those that it shares with others:
    /// Σ w y/Σ w with w = 1/(v + 8²), and variance Σ w² v/(Σ w)².
    pub fn rest_of(&self, subject: &Subject) -> Option<PerScale<Rest>> {
        let (inside, across) = match subject {
            Subject::Unit(unit) => {
                let at = self.tree.index_of(*unit)?;
                (self.index.inside[at].as_slice(), self.index.across[at].as_slice())
            }
            Subject::Pool(units) => {
                let at = self.tree.index_of(*units.first()?)?;
                (self.index.holder[at].as_slice(), &[][..])
            }
        };
        let others = self.atoms.len() - inside.len() - across.len();
        (others > 0).then(|| {
            let own: Vec<PerScale<Sums>> =
                inside.iter().chain(across).map(|&at| sums_of(&self.atoms[at])).collect();
            PerScale::from_fn(|scale| {
                let own = own.iter().fold(Sums::default(), |all, it| all.plus(*it.get(scale)));
                let rest = self.sums.get(scale).less(own);
                Rest {
                    atoms: rest.atoms,
                    value: rest.weighted / rest.weights,
                    variance: rest.squares.max(0.0) / rest.weights.powi(2),
                }
            })
        })
    }
}

//! Coarsening: the one step between an atom's exact total and everything anybody ever sees of it.
//!
//! The totals that are possible for `n` people are cut into cells, once and for all; an atom is
//! published as the cell its total lies in. The two end cells are at least one person's whole range
//! wide, so that every single member could still have given any answer; the cells between them are
//! half a person's range wide, so that even all others together are left with half of it.

/// A closed interval of totals, in points.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Interval {
    /// Smallest total in it.
    pub lo: u32,
    /// Largest total in it.
    pub hi: u32,
}

impl Interval {
    /// How many totals it holds.
    pub const fn width(self) -> u32 {
        self.hi - self.lo + 1
    }

    const fn contains(self, total: u32) -> bool {
        self.lo <= total && total <= self.hi
    }
}

/// How totals of `n` answers on the scale `min..=max` are cut into cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Coarsening {
    /// Lowest answer, in points.
    pub min: u32,
    /// Highest answer, in points; above `min`.
    pub max: u32,
    /// Least width of the end cells, in points of the total; at least `max - min`.
    pub edge: u32,
    /// Width of the cells between them, in points of the total; at least 1.
    pub grid: u32,
}

/// Where a cell lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// All that is possible: the group is too small for the scale, nothing is told.
    Whole,
    /// The bottom end: "at most".
    Bottom,
    /// Between the ends.
    Middle,
    /// The top end: "at least".
    Top,
}

impl Coarsening {
    /// For scores from 0 to 100, in whole points.
    pub const SCORE: Self = Self { min: 0, max: 100, edge: 100, grid: 50 };

    /// Most answers a total may be made of, so that it cannot overflow.
    pub const fn most_answers(self) -> u32 {
        u32::MAX / self.max - 1
    }

    /// Last total of the bottom cell and first of the top cell; `None` if the group is too small.
    fn ends(self, n: u32) -> Option<(u32, u32)> {
        let bottom = n * self.min + self.edge;
        let top = (n * self.max).checked_sub(self.edge)?;
        let between = top.checked_sub(bottom + 1).filter(|&it| it >= self.grid)?;
        // A leftover shorter than a cell is shared by the two end cells.
        let rest = between % self.grid;
        Some((bottom + rest / 2, top - (rest - rest / 2)))
    }

    /// The cell that holds `total`, a total of `n` answers.
    ///
    /// # Panics
    ///
    /// If no `n` answers have this total, or `n` is above [`most_answers`](Self::most_answers).
    pub fn cell(self, total: u32, n: u32) -> Interval {
        assert!(n <= self.most_answers(), "too many answers for one total");
        let whole = Interval { lo: n * self.min, hi: n * self.max };
        assert!(whole.contains(total), "no such total");
        match self.ends(n) {
            None => whole,
            Some((bottom, _)) if total <= bottom => Interval { lo: whole.lo, hi: bottom },
            Some((_, top)) if total >= top => Interval { lo: top, hi: whole.hi },
            Some((bottom, _)) => {
                let first = bottom + 1;
                let lo = first + (total - first) / self.grid * self.grid;
                Interval { lo, hi: lo + self.grid - 1 }
            }
        }
    }

    /// Whether `interval` is one of the cells for `n` answers.
    pub fn is_cell(self, interval: Interval, n: u32) -> bool {
        n <= self.most_answers()
            && (n * self.min..=n * self.max).contains(&interval.lo)
            && self.cell(interval.lo, n) == interval
    }

    /// Where the cell `interval` lies among those for `n` answers.
    pub const fn place(self, interval: Interval, n: u32) -> Place {
        match (interval.lo == n * self.min, interval.hi == n * self.max) {
            (true, true) => Place::Whole,
            (true, false) => Place::Bottom,
            (false, true) => Place::Top,
            (false, false) => Place::Middle,
        }
    }

    /// The one number that stands for a cell: its middle; for an end cell a quarter in from its inner
    /// end, because few groups are at the very end. A function of the cell, so it tells nothing more.
    pub fn representative(self, interval: Interval, n: u32) -> f64 {
        let (lo, hi) = (f64::from(interval.lo), f64::from(interval.hi));
        match self.place(interval, n) {
            Place::Whole | Place::Middle => f64::midpoint(lo, hi),
            Place::Bottom => hi - (hi - lo) / 4.0,
            Place::Top => lo + (hi - lo) / 4.0,
        }
    }
}

//! The bounds attack on what is published of one atom: may every one of its people still have given
//! every answer of the scale, however many they really are?
//!
//! For a total alone that is arithmetic. For a total with counts of people in bands of the scale it
//! is a small system of whole numbers, solved here by going through the counts of one band; tests
//! hold it against a general solver.

use super::{Band, Cell, Finding, Kind, Published};

pub(super) fn audit(published: &Published) -> Vec<Finding> {
    let cells = published.cells.iter().enumerate();
    cells
        .filter(|(_, it)| narrows(it, published.highest))
        .map(|(cell, _)| Finding::Narrows { cell })
        .collect()
}

fn narrows(cell: &Cell, highest: u64) -> bool {
    let Kind::Atom { lo, hi } = cell.kind else { return false };
    // As many as are told, up to a tenth more; and one fewer where a class is told.
    let fewest = if cell.most > cell.n && cell.bands.is_empty() { cell.n - 1 } else { cell.n };
    let most = if cell.most > cell.n { cell.most + cell.most / 10 } else { cell.n };
    let apart = usize::try_from((most - fewest) / 16).unwrap_or(1).max(1);
    (fewest..=most).step_by(apart).chain([most]).any(|of| {
        let Some((lo, hi)) = totals((lo, hi), cell.n, of, highest) else { return false };
        if cell.bands.is_empty() {
            return lo > of.saturating_sub(1) * highest || hi < highest;
        }
        let bands: Option<Vec<Band>> = cell
            .bands
            .iter()
            .map(|it| {
                let (fewest, most) = brought_back((it.fewest, it.most), cell.n, of)?;
                Some(Band { fewest, most: most.min(of), ..*it })
            })
            .collect();
        let Some(bands) = bands else { return true };
        let cell = Cell { n: of, bands, ..cell.clone() };
        (0..=highest).any(|answer| !allows(&cell, (lo, hi), answer))
    })
}

/// The totals of `of` people, on a scale to `highest`, of which one between these is told for `n`: whole cells,
/// tried one after another. Cells are half a person's range wide, and from 5/4 of it at the ends; see
/// `docs/privacy.md`. `None` if there are none, so that there cannot be so many people.
fn totals((lo, hi): (u64, u64), n: u64, of: u64, highest: u64) -> Option<(u64, u64)> {
    if n == of {
        return Some((lo, hi));
    }
    let half = (highest / 2).max(1);
    let all = of * highest;
    if all < 3 * highest {
        return Some((lo.min(all), hi.min(all)));
    }
    let between = (all - 2 * highest - 1) % half;
    let (first, last) = (highest + between / 2, all - highest - (between - between / 2));
    let mut found: Option<(u64, u64)> = None;
    let mut from = 0;
    while from <= all {
        let to = match from {
            0 => first,
            it if it >= last => all,
            it => it + half - 1,
        };
        let middle = u64::midpoint(from, to);
        let told = (2 * middle * n + of) / (2 * of);
        if (lo..=hi).contains(&told) {
            found = Some((found.map_or(from, |it| it.0), to));
        } else if told > hi {
            break;
        }
        from = to + 1;
    }
    found
}

/// What `of` people's number may be if, multiplied by `n / of` and rounded to the nearest, it is within
/// these. `None` if there is none.
fn brought_back((lo, hi): (u64, u64), n: u64, of: u64) -> Option<(u64, u64)> {
    if n == of {
        return Some((lo, hi));
    }
    let fits = |it: u64| (2 * it * n + of) / (2 * of);
    // The neighbourhood of the exact quotients holds the ends.
    let (mut least, mut most) = ((lo * of / n).saturating_sub(of / n + 1), (hi + 1) * of / n + 1);
    while fits(least) < lo {
        least += 1;
    }
    while most > 0 && fits(most) > hi {
        most -= 1;
    }
    (least <= most && fits(least) <= hi && fits(most) >= lo).then_some((least, most))
}

/// Whether somebody of `cell` may have given `answer`, when the bands follow each other from 0 to the
/// highest answer without a gap. Other bands than three are not understood, and so not allowed.
pub fn allows(cell: &Cell, (lo, hi): (u64, u64), answer: u64) -> bool {
    let [first, second, third] = cell.bands.as_slice() else { return false };
    let wide = |it: u64| i128::from(it);
    let n = wide(cell.n);
    let (lo, hi) = (wide(lo), wide(hi));
    let inside = |band: &Band| (band.from..=band.to).contains(&answer);
    let own = [first, second, third].map(inside);
    // The person in question is taken out: one fewer in that band, the answer off the total.
    let counts = |band: &Band, own: bool| {
        let taken = i128::from(own);
        ((wide(band.fewest) - taken).max(0), wide(band.most) - taken)
    };
    let (a, b, c) = (counts(first, own[0]), counts(second, own[1]), counts(third, own[2]));
    let (others, lo, hi) = (n - 1, lo - wide(answer), hi - wide(answer));
    // For each count in the middle band, the first takes what the third leaves. The least and the
    // greatest total both grow with every person moved from the first to the third.
    (b.0..=b.1.min(others)).any(|middle| {
        let rest = others - middle;
        let (from, to) = (c.0.max(rest - a.1), c.1.min(rest - a.0));
        let least = |third_has: i128| {
            (rest - third_has) * wide(first.from)
                + middle * wide(second.from)
                + third_has * wide(third.from)
        };
        let most = |third_has: i128| {
            (rest - third_has) * wide(first.to)
                + middle * wide(second.to)
                + third_has * wide(third.to)
        };
        // The largest count whose least total is not above `hi`, and the smallest whose greatest is
        // not below `lo`.
        let per_least = wide(third.from) - wide(first.from);
        let per_most = wide(third.to) - wide(first.to);
        let to = to.min((hi - least(0)).div_euclid(per_least));
        let from = from.max(-(most(0) - lo).div_euclid(per_most));
        from <= to
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn thirds(counts: [(u64, u64); 3]) -> Vec<Band> {
        [(0, 33), (34, 66), (67, 100)]
            .into_iter()
            .zip(counts)
            .map(|((from, to), (fewest, most))| Band { from, to, fewest, most })
            .collect()
    }

    #[test]
    fn all_low_and_a_total_that_needs_them_all_rules_the_top_out() {
        let bands = thirds([(10, 12), (0, 2), (0, 2)]);
        let cell = |lo, hi| Cell {
            kind: Kind::Atom { lo, hi },
            buckets: vec![0],
            n: 12,
            most: 12,
            asked: None,
            bands: bands.clone(),
        };
        assert!(!narrows(&cell(125, 174), 100));
        // Eleven at 33 and one at 100 are 463; one at 67 and one at 66 with ten at 33 are the same.
        assert!(narrows(&cell(475, 500), 100));
    }
}

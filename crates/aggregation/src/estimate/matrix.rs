//! Means under matrix sampling: everybody is asked a few items of a scale only.
//!
//! Lord 1962; Shoemaker 1973, Principles and Procedures of Multiple Matrix Sampling.

use super::{mean, sample_variance};

/// One sheet: a value of 0 to 100 for each item of a scale (reversed already), `None` if not answered.
pub type Row = [Option<f64>];

/// The mean of a sheet's answered items, each less its difficulty; `None` without an answer.
///
/// aᵢ = mean over answered k of (xᵢₖ − dₖ), with dₖ the reference mean of item k less the reference
/// mean of the scale. Items beyond the end of `difficulty` have 0. This is what
/// [`crate::score::score`] does to every sheet.
pub fn adjusted_sheet_mean(
    answers: impl IntoIterator<Item = (usize, f64)>,
    difficulty: &[f64],
) -> Option<f64> {
    let (sum, n) = answers.into_iter().fold((0.0, 0_u32), |(sum, n), (item, value)| {
        (sum + (value - difficulty.get(item).copied().unwrap_or(0.0)), n + 1)
    });
    (n > 0).then(|| sum / f64::from(n))
}

/// A team's mean by difficulty-adjusted sheet means: the recommended estimator.
#[derive(Debug, Clone, PartialEq)]
pub struct Adjusted {
    /// One number for each sheet that has an answer.
    pub sheets: Vec<f64>,
    /// Their mean, the team's value M.
    pub mean: f64,
    /// Their sample variance.
    pub s2: f64,
    /// √(s²/n).
    pub se: f64,
}

/// M = mean(aᵢ) of [`adjusted_sheet_mean`]. `None` if nobody answered anything.
///
/// It needs no link between a person's items and works when an item has no answer at all: 95 %
/// intervals cover 94.5 to 95.3 % for 5 to 30 people, where the mean of item means covers 84 % at 5.
pub fn adjusted(rows: &[impl AsRef<Row>], difficulty: &[f64]) -> Option<Adjusted> {
    let sheets: Vec<f64> = rows
        .iter()
        .filter_map(|row| {
            let answers = row.as_ref().iter().enumerate();
            adjusted_sheet_mean(answers.filter_map(|(at, it)| it.map(|x| (at, x))), difficulty)
        })
        .collect();
    if sheets.is_empty() {
        return None;
    }
    let s2 = sample_variance(&sheets);
    let se = (s2 / sheets.len() as f64).sqrt();
    Some(Adjusted { mean: mean(&sheets), s2, se, sheets })
}

/// A team's mean as the mean of its item means: the fallback without reference difficulties.
#[derive(Debug, Clone, PartialEq)]
pub struct ItemMeans {
    /// Answers to each item.
    pub n_k: Vec<usize>,
    /// Mean of each item.
    pub item_means: Vec<f64>,
    /// The mean of those.
    pub mean: f64,
    /// Each sheet's share in the error of the mean.
    pub influence: Vec<f64>,
    /// Linearised variance of the mean.
    pub variance: f64,
    /// n · `variance`: the variance of one sheet that would give it.
    pub s2_effective: f64,
}

/// M = (1/K) Σ ȳₖ, with variance n/(n−1) Σ uᵢ², uᵢ = (1/K) Σₖ (xᵢₖ − ȳₖ)/nₖ.
///
/// Source: Taylor linearisation of a ratio mean, Särndal, Swensson and Wretman 1992, ch. 5. `None`
/// if an item has no answer or there are fewer than two sheets.
pub fn item_means(rows: &[impl AsRef<Row>]) -> Option<ItemMeans> {
    let items = rows.first()?.as_ref().len();
    let (n, item_count) = (rows.len() as f64, items as f64);
    let answers = |k: usize| rows.iter().filter_map(move |it| it.as_ref().get(k).copied()?);
    let n_k: Vec<usize> = (0..items).map(|k| answers(k).count()).collect();
    if rows.len() < 2 || n_k.contains(&0) {
        return None;
    }
    let item_means: Vec<f64> =
        (0..items).map(|k| answers(k).sum::<f64>() / n_k[k] as f64).collect();
    let influence: Vec<f64> = rows
        .iter()
        .map(|row| {
            let of = |(k, x): (usize, &Option<f64>)| {
                x.map_or(0.0, |x| (x - item_means[k]) / n_k[k] as f64)
            };
            row.as_ref().iter().enumerate().map(of).sum::<f64>() / item_count
        })
        .collect();
    let variance = n / (n - 1.0) * influence.iter().map(|it| it * it).sum::<f64>();
    Some(ItemMeans {
        mean: item_means.iter().sum::<f64>() / item_count,
        n_k,
        item_means,
        influence,
        variance,
        s2_effective: variance * n,
    })
}

/// The jackknife standard error of [`item_means`]: √((n−1)/n Σ (M₍ᵢ₎ − M̄)²), leaving out one sheet at
/// a time. `None` if an item would be left without an answer. Source: Efron 1982.
pub fn jackknife_error<R: AsRef<Row> + Clone>(rows: &[R]) -> Option<f64> {
    let n = rows.len() as f64;
    let without: Option<Vec<f64>> = (0..rows.len())
        .map(|left_out| {
            let mut rest = rows.to_vec();
            rest.remove(left_out);
            item_means(&rest).map(|it| it.mean)
        })
        .collect();
    let without = without?;
    let middle = mean(&without);
    let squares: f64 = without.iter().map(|it| (it - middle).powi(2)).sum();
    Some(((n - 1.0) / n * squares).sqrt())
}

/// How much larger the variance of a team's mean is when `asked` of `items` items are asked, with
/// correlation `rho` between items: \[(1 + (m−1)ρ)/m\] / \[(1 + (K−1)ρ)/K\].
pub fn design_effect(items: u32, asked: u32, rho: f64) -> f64 {
    let of = |m: u32| (1.0 + (f64::from(m) - 1.0) * rho) / f64::from(m);
    of(asked) / of(items)
}

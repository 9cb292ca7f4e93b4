//! Files of disclosure cases, schema `sdc-cases/1`: waves of answers, what is published of them, and
//! whether that is safe. Read here, and turned into what the auditor attacks.

use std::collections::BTreeMap;

use anyhow::{Context as _, Result, bail, ensure};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Number, Value};
use tideline_attacker::{Fact, FactCell, Publication};

pub(crate) const SCHEMA: &str = "sdc-cases/1";

#[derive(Debug, Deserialize)]
pub(crate) struct File {
    pub(crate) schema: String,
    pub(crate) cases: Vec<Case>,
}

#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Case {
    pub(crate) id: String,
    pub(crate) k: u32,
    pub(crate) scale: CaseScale,
    #[serde(default)]
    pub(crate) waves: Vec<CaseWave>,
    #[serde(default)]
    pub(crate) releases: Vec<CaseRelease>,
    pub(crate) protect_width: Option<f64>,
    pub(crate) attacker: Option<Attacker>,
    #[serde(default)]
    pub(crate) system: BTreeMap<String, System>,
    pub(crate) overlap: Option<Overlap>,
}

#[derive(Debug, Clone, Copy, Deserialize, Serialize)]
pub(crate) struct CaseScale {
    pub(crate) min: i64,
    pub(crate) max: i64,
}

#[derive(Debug, Clone, Deserialize, Serialize)]
pub(crate) struct CaseWave {
    pub(crate) wave: String,
    pub(crate) units: Vec<CaseUnit>,
    #[serde(default)]
    pub(crate) responses: Vec<Response>,
}

#[derive(Debug, Clone, Deserialize, Serialize)]
pub(crate) struct CaseUnit {
    pub(crate) id: String,
    pub(crate) parent: Option<String>,
    /// People directly in it; those who answered if it is not given.
    pub(crate) headcount: Option<u32>,
}

#[derive(Debug, Clone, Deserialize, Serialize)]
pub(crate) struct Response {
    pub(crate) rid: String,
    pub(crate) person: Option<String>,
    pub(crate) unit: String,
    pub(crate) value: i64,
}

#[derive(Debug, Clone, Deserialize)]
pub(crate) struct CaseRelease {
    #[serde(default)]
    pub(crate) name: String,
    #[serde(default)]
    pub(crate) cells: Vec<CaseCell>,
    /// An attack of another kind than on figures: `comments`, `noise`, `linkage`.
    pub(crate) attack: Option<String>,
    pub(crate) k: Option<u32>,
    pub(crate) protect_width: Option<f64>,
    pub(crate) attacker: Option<Attacker>,
    pub(crate) expect: Option<Expect>,
}

#[derive(Debug, Clone, Deserialize)]
pub(crate) struct CaseCell {
    #[serde(default)]
    pub(crate) members: Vec<String>,
    #[serde(default)]
    pub(crate) facts: Vec<Map<String, Value>>,
}

#[derive(Debug, Clone, Default, Deserialize)]
pub(crate) struct Attacker {
    pub(crate) colluders: Option<Vec<String>>,
    pub(crate) assume_stable: Option<bool>,
}

#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Expect {
    pub(crate) verdict: Verdict,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "UPPERCASE")]
pub(crate) enum Verdict {
    Safe,
    Unsafe,
}

impl std::fmt::Display for Verdict {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(match self {
            Self::Safe => "SAFE",
            Self::Unsafe => "UNSAFE",
        })
    }
}

/// The reference plan of a wave.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct System {
    pub(crate) k: Option<u32>,
    pub(crate) value: Option<f64>,
    pub(crate) pages_alone: Option<Vec<String>>,
    pub(crate) atoms: Option<Vec<SystemAtom>>,
    pub(crate) left_out: Option<Vec<String>>,
    #[serde(default)]
    pub(crate) must_show: Vec<String>,
}

#[derive(Debug, Clone, Deserialize)]
pub(crate) struct SystemAtom {
    pub(crate) name: String,
    pub(crate) n: u32,
    pub(crate) interval: Option<(i64, i64)>,
}

/// Two partitions of the same people and whether they may both be published.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Overlap {
    pub(crate) edges: Vec<(String, String, u64)>,
    pub(crate) k: u64,
    pub(crate) min_cut_ok: bool,
}

impl File {
    /// Reads a file of cases.
    pub(crate) fn read(text: &str) -> Result<Self> {
        let file: Self = serde_json::from_str(text).context("this is no file of cases")?;
        ensure!(file.schema == SCHEMA, "the schema is `{}`, not `{SCHEMA}`", file.schema);
        for case in &file.cases {
            ensure!(case.scale.min < case.scale.max, "case {}: the scale is empty", case.id);
            ensure!(case.k >= 1, "case {}: k must be 1 at least", case.id);
        }
        Ok(file)
    }
}

/// A publication, and what its unknowns stand for.
pub(crate) struct Judged {
    pub(crate) publication: Publication,
    /// Record names by unknown.
    pub(crate) records: Vec<Vec<String>>,
    /// What was really answered, by unknown.
    pub(crate) truth: Vec<i64>,
    pub(crate) k: u64,
    pub(crate) width: i64,
}

/// What an attacker sees of `release` and knows of `case`.
pub(crate) fn publication(case: &Case, release: &CaseRelease) -> Result<Judged> {
    let own = release.attacker.clone().unwrap_or_default();
    let of_case = case.attacker.clone().unwrap_or_default();
    let colluders = own.colluders.or(of_case.colluders).unwrap_or_default();
    let stable = own.assume_stable.or(of_case.assume_stable).unwrap_or(false);

    // An unknown is a record; or a person, if all waves are taken to be answered alike.
    let mut unknown_of: BTreeMap<&str, usize> = BTreeMap::new();
    let mut of_person: BTreeMap<&str, usize> = BTreeMap::new();
    let mut records: Vec<Vec<String>> = Vec::new();
    let mut truth = Vec::new();
    for answer in case.waves.iter().flat_map(|it| &it.responses) {
        let person = answer.person.as_deref().unwrap_or(&answer.rid);
        let next = records.len();
        let at = if stable { *of_person.entry(person).or_insert(next) } else { next };
        if at == next {
            records.push(Vec::new());
            truth.push(answer.value);
        }
        records[at].push(answer.rid.clone());
        truth[at] = answer.value;
        ensure!(
            unknown_of.insert(&answer.rid, at).is_none(),
            "two answers are called {}",
            answer.rid
        );
    }
    let find = |rid: &String| {
        unknown_of.get(rid.as_str()).copied().with_context(|| format!("there is no answer {rid}"))
    };
    let mut known = vec![None; records.len()];
    for colluder in &colluders {
        let at = find(colluder)?;
        known[at] = Some(truth[at]);
    }
    let cells = release
        .cells
        .iter()
        .map(|cell| {
            let members = cell.members.iter().map(find).collect::<Result<Vec<usize>>>()?;
            let facts = cell
                .facts
                .iter()
                .map(|it| fact(it, &cell.members, case.scale))
                .collect::<Result<Vec<_>>>()?;
            Ok(FactCell { members, facts })
        })
        .collect::<Result<Vec<_>>>()?;
    let width = release.protect_width.or(case.protect_width).unwrap_or(1.0);
    Ok(Judged {
        publication: Publication { lowest: case.scale.min, highest: case.scale.max, known, cells },
        records,
        truth,
        k: release.k.unwrap_or(case.k).into(),
        width: width.ceil() as i64,
    })
}

/// A decimal number, exactly: `digits` / 10^`places`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Decimal {
    digits: i128,
    places: u32,
}

/// Most places after the point.
const MOST_PLACES: u32 = 24;

impl Decimal {
    fn of(number: &Number) -> Result<Self> {
        let text = number.to_string();
        let (mantissa, exponent) = match text.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, exponent.parse::<i32>()?),
            None => (text.as_str(), 0),
        };
        let (whole, part) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let mut digits: i128 = format!("{whole}{part}").parse()?;
        let mut places = i32::try_from(part.len())? - exponent;
        while places < 0 {
            digits = digits.checked_mul(10).context("a number is too large")?;
            places += 1;
        }
        while places > 0 && digits % 10 == 0 {
            digits /= 10;
            places -= 1;
        }
        let places = places.unsigned_abs();
        ensure!(places <= MOST_PLACES, "{text} has too many places");
        Ok(Self { digits, places })
    }

    /// In units of 10^-`places`, of which it must have no more.
    fn scaled(self, places: u32) -> i128 {
        self.digits * 10_i128.pow(places - self.places)
    }
}

/// All whole numbers that are `n` times a number printed as `value` with so many decimals, times
/// `unit.0 / unit.1` (1 / 100 for percent).
fn rounded(n: usize, value: Decimal, decimals: u32, unit: (i128, i128)) -> Result<(i64, i64)> {
    ensure!(decimals <= MOST_PLACES, "{decimals} decimals are too many");
    let places = value.places.max(decimals);
    // Twice everything, so that half a unit is whole.
    let middle = 2 * value.scaled(places);
    let half = 10_i128.pow(places - decimals);
    let n = n as i128 * unit.0;
    let whole = 2 * 10_i128.pow(places) * unit.1;
    let lo = -(-(n * (middle - half))).div_euclid(whole);
    let hi = (n * (middle + half)).div_euclid(whole);
    Ok((i64::try_from(lo)?, i64::try_from(hi)?))
}

/// A fact as published about `members`.
fn fact(of: &Map<String, Value>, members: &[String], scale: CaseScale) -> Result<Fact> {
    let get = |key: &str| of.get(key).with_context(|| format!("a fact lacks `{key}`"));
    let number = |key: &str| {
        let value = get(key)?;
        let number = value.as_number().with_context(|| format!("`{key}` is no number"))?;
        Decimal::of(number)
    };
    let whole = |key: &str| -> Result<i64> {
        let it = number(key)?;
        ensure!(it.places == 0, "`{key}` must be a whole number");
        Ok(i64::try_from(it.digits)?)
    };
    let decimals = || -> Result<u32> { Ok(u32::try_from(whole("decimals")?)?) };
    let n = members.len();
    let stat = get("stat")?.as_str().context("`stat` is no text")?;
    Ok(match stat {
        "sum" => {
            let total = whole("value")?;
            Fact::Total { lo: total, hi: total }
        }
        "mean" => {
            let (lo, hi) = rounded(n, number("value")?, decimals()?, (1, 1))?;
            Fact::Total { lo, hi }
        }
        "range" => Fact::Total { lo: whole("lo")?, hi: whole("hi")? },
        "sd" => Fact::SampleSd {
            value: get("value")?.as_f64().context("`value` is no number")?,
            half: 0.5 * 10_f64.powi(-i32::try_from(decimals()?)?),
        },
        "band" => {
            let (lo, hi) = if of.contains_key("count") {
                (whole("count")?, whole("count")?)
            } else if of.contains_key("cmin") {
                (whole("cmin")?, whole("cmax")?)
            } else {
                rounded(n, number("share")?, decimals()?, (1, 100))?
            };
            Fact::Band { from: whole("lo")?, to: whole("hi")?, lo, hi }
        }
        "mapmean" => {
            let map = get("map")?.as_object().context("`map` is no object")?;
            let value = |answer: i64| {
                let number = map.get(&answer.to_string()).and_then(Value::as_number);
                Decimal::of(number.with_context(|| format!("`map` lacks {answer}"))?)
            };
            let values = (scale.min..=scale.max).map(value).collect::<Result<Vec<_>>>()?;
            let places = values.iter().map(|it| it.places).max().unwrap_or(0);
            // The total in units of the finest value of the map.
            let unit = (10_i128.pow(places), 1);
            let (lo, hi) = rounded(n, number("value")?, decimals()?, unit)?;
            let values = values
                .into_iter()
                .map(|it| Ok(i64::try_from(it.scaled(places))?))
                .collect::<Result<Vec<_>>>()?;
            Fact::Mapped { values, lo, hi }
        }
        "wsum" => {
            let weights = get("weights")?.as_object().context("`weights` is no object")?;
            let weight = |member: &String| {
                let number = weights.get(member).and_then(Value::as_number);
                Decimal::of(number.with_context(|| format!("{member} has no weight"))?)
            };
            let weights = members.iter().map(weight).collect::<Result<Vec<_>>>()?;
            let total = number("value")?;
            let places = weights.iter().map(|it| it.places).max().unwrap_or(0).max(total.places);
            let scaled = |it: Decimal| -> Result<i64> { Ok(i64::try_from(it.scaled(places))?) };
            Fact::Weighted {
                weights: weights.into_iter().map(scaled).collect::<Result<Vec<_>>>()?,
                total: scaled(total)?,
            }
        }
        "minmax" => Fact::Extremes { min: whole("min")?, max: whole("max")? },
        "unanimous" => Fact::Unanimous,
        other => bail!("nobody here knows facts of kind `{other}`"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decimal(text: &str) -> Decimal {
        Decimal::of(&serde_json::from_str(text).unwrap()).unwrap()
    }

    #[test]
    fn decimals_are_exact() {
        assert_eq!(decimal("2.30"), Decimal { digits: 23, places: 1 });
        assert_eq!(decimal("-0.125"), Decimal { digits: -125, places: 3 });
        assert_eq!(decimal("1e-05"), Decimal { digits: 1, places: 5 });
        assert_eq!(decimal("1200"), Decimal { digits: 1200, places: 0 });
    }

    #[test]
    fn a_rounded_mean_is_an_interval_of_totals() {
        // 2.3 of seven people, one decimal: 15.75 to 16.45.
        assert_eq!(rounded(7, decimal("2.3"), 1, (1, 1)).unwrap(), (16, 16));
        // 33 % of six people, no decimals: 1.95 to 2.01.
        assert_eq!(rounded(6, decimal("33"), 0, (1, 100)).unwrap(), (2, 2));
        assert_eq!(rounded(8, decimal("3"), 0, (1, 1)).unwrap(), (20, 28));
    }
}

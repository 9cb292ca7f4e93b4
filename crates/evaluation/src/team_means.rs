//! `cargo xtask team-means FILE [--difficulty FILE]`: teams' exact means from item-level data, to compare
//! with a reference calculation. For data that may be looked at; no release, page or log has these.
//!
//! FILE is CSV: a row a sheet, with a column `unit`, perhaps `wave`, and a column for each item. With
//! items of the pulse (0 to 4) it runs the code that scores a wave, scale by scale. With other items
//! (numbers, turned round already) they are one scale. An empty cell was not answered; an item may have
//! no answer at all in a team. The difficulty of an item is its mean over all rows of the wave less the
//! mean of the items' means, unless a JSON object of numbers by item says otherwise.

use std::{collections::BTreeMap, fs, path::Path};

use anyhow::{Context as _, Result, bail, ensure};
use serde_json::{Map, Value, json};
use tideline_aggregation::{
    Difficulty,
    estimate::{self, matrix},
    score::exact_means,
};
use tideline_domain::{Answer, AnswerSheet, CohortId};
use tideline_instrument::PULSE;

type Row = Vec<Option<f64>>;

/// Sheets by wave, each with its unit.
struct Data {
    items: Vec<String>,
    waves: BTreeMap<String, Vec<(String, Row)>>,
}

pub(crate) fn run(arguments: &[String]) -> Result<()> {
    let file = arguments.first().context("name a CSV file of answers")?;
    let difficulty = match arguments.iter().position(|it| it == "--difficulty") {
        Some(at) => {
            let path = arguments.get(at + 1).context("--difficulty needs a file")?;
            let text = fs::read_to_string(path).with_context(|| format!("reading {path}"))?;
            Some(serde_json::from_str::<BTreeMap<String, f64>>(&text)?)
        }
        None => None,
    };
    let data = read(Path::new(file))?;
    crate::say(&serde_json::to_string_pretty(&means(&data, difficulty.as_ref())?)?);
    Ok(())
}

fn read(path: &Path) -> Result<Data> {
    let mut reader =
        csv::Reader::from_path(path).with_context(|| format!("reading {}", path.display()))?;
    let header = reader.headers()?.clone();
    let place = |name: &str| header.iter().position(|it| it == name);
    let unit = place("unit").context("there is no column `unit`")?;
    let wave = place("wave");
    let columns: Vec<usize> =
        (0..header.len()).filter(|at| *at != unit && Some(*at) != wave).collect();
    ensure!(!columns.is_empty(), "there are no columns of items");
    let mut waves: BTreeMap<String, Vec<(String, Row)>> = BTreeMap::new();
    for record in reader.records() {
        let record = record?;
        let line = record.position().map_or(0, csv::Position::line);
        let row = columns
            .iter()
            .map(|&at| match record[at].trim() {
                "" | "NA" => Ok(None),
                text => text
                    .parse::<f64>()
                    .map(Some)
                    .with_context(|| format!("line {line}, column {}: no number", &header[at])),
            })
            .collect::<Result<Row>>()?;
        let of = wave.map_or_else(String::new, |at| record[at].to_owned());
        waves.entry(of).or_default().push((record[unit].to_owned(), row));
    }
    Ok(Data { items: columns.iter().map(|at| header[*at].to_owned()).collect(), waves })
}

fn means(data: &Data, difficulty: Option<&BTreeMap<String, f64>>) -> Result<Value> {
    let known = data.items.iter().filter(|it| PULSE.index_of(it).is_some()).count();
    let mut all = Map::new();
    for (wave, sheets) in &data.waves {
        let found = match known {
            0 => one_scale(&data.items, sheets, difficulty),
            n if n == data.items.len() => pulse(&data.items, sheets, difficulty)?,
            _ => bail!("some columns are items of the pulse and some are not"),
        };
        all.insert(wave.clone(), found);
    }
    Ok(Value::Object(all))
}

/// Items as one scale: the estimator that scoring uses, on the numbers as they are.
fn one_scale(
    items: &[String],
    sheets: &[(String, Row)],
    difficulty: Option<&BTreeMap<String, f64>>,
) -> Value {
    let of = |at: usize| -> Option<f64> {
        let answers: Vec<f64> = sheets.iter().filter_map(|(_, row)| row[at]).collect();
        (!answers.is_empty()).then(|| estimate::mean(&answers))
    };
    let item_means: Vec<Option<f64>> = (0..items.len()).map(of).collect();
    let middle = estimate::mean(&item_means.iter().flatten().copied().collect::<Vec<_>>());
    let difficulties: Vec<f64> = match difficulty {
        Some(given) => items.iter().map(|it| given.get(it).copied().unwrap_or(0.0)).collect(),
        None => item_means.iter().map(|it| it.map_or(0.0, |it| it - middle)).collect(),
    };
    let mut teams: BTreeMap<&str, Vec<&Row>> = BTreeMap::new();
    for (unit, row) in sheets {
        teams.entry(unit).or_default().push(row);
    }
    let told = |(unit, rows): (&str, Vec<&Row>)| {
        let found = matrix::adjusted(&rows, &difficulties);
        let value = found.map_or(
            Value::Null,
            |it| json!({ "n": it.sheets.len(), "mean": it.mean, "s2": it.s2 }),
        );
        (unit.to_owned(), value)
    };
    Value::Object(teams.into_iter().map(told).collect())
}

/// Items of the pulse, by the code that scores a wave.
fn pulse(
    items: &[String],
    sheets: &[(String, Row)],
    difficulty: Option<&BTreeMap<String, f64>>,
) -> Result<Value> {
    let mut units: Vec<&str> = sheets.iter().map(|it| it.0.as_str()).collect();
    units.sort_unstable();
    units.dedup();
    let cohort = |at: usize| format!("u{at}").parse::<CohortId>();
    let mut scored = Vec::new();
    for (unit, row) in sheets {
        let mut answers = vec![None; PULSE.items.len()];
        for (item, value) in items.iter().zip(row) {
            let at = PULSE.index_of(item).context("an item of the pulse")?;
            if let Some(raw) = value {
                ensure!(
                    (0.0..=4.0).contains(raw) && raw.fract() == 0.0,
                    "{item}: {raw} is not 0 to 4"
                );
                answers[at] = Some(Answer::new(*raw as u8)?);
            }
        }
        let at = units.binary_search(&unit.as_str()).unwrap_or_default();
        scored.push((cohort(at)?, AnswerSheet::new(answers)));
    }
    let given = difficulty.map(|given| {
        Difficulty::new(
            PULSE.items.iter().map(|it| given.get(it.id).copied().unwrap_or(0.0)).collect(),
        )
    });
    let found = exact_means(&PULSE, &scored, given.as_ref());
    let mut all = Map::new();
    for (at, unit) in units.iter().enumerate() {
        if let Some(it) = found.get(&cohort(at)?) {
            let value = json!({ "burnout": it.burnout, "sts": it.sts, "cs": it.cs });
            all.insert((*unit).to_owned(), value);
        }
    }
    Ok(Value::Object(all))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The golden case of five people, of whom one item has a single answer, as sheets of the pulse: the
    /// product's scoring gives the reference's mean.
    #[test]
    fn scoring_gives_the_references_means_before_coarsening() {
        let golden = include_str!("../golden/golden_matrix_sampling.json");
        let golden: Value = serde_json::from_str(golden).unwrap();
        let items = ["EX1", "EX2", "EX3", "DI1", "DI2", "EF1", "EF2"];
        for case in golden["cases"].as_array().unwrap() {
            let sheets: Vec<(String, Row)> = case["Y"]
                .as_array()
                .unwrap()
                .iter()
                .map(|row| {
                    let raw = |(at, it): (usize, &Value)| {
                        let reversed = items[at].starts_with("EF");
                        it.as_f64().map(|it| if reversed { 4.0 - it / 25.0 } else { it / 25.0 })
                    };
                    (
                        "Elm".to_owned(),
                        row.as_array().unwrap().iter().enumerate().map(raw).collect(),
                    )
                })
                .collect();
            let d = case["difficulty_d"].as_array().unwrap().iter().filter_map(Value::as_f64);
            let difficulty = items.iter().map(|it| (*it).to_owned()).zip(d).collect();
            let names = items.map(str::to_owned);
            let found = pulse(&names, &sheets, Some(&difficulty)).unwrap();
            let mean = found["Elm"]["burnout"].as_f64().unwrap();
            let expected = case["expected_adjusted"]["mean"].as_f64().unwrap();
            assert!((mean - expected).abs() < 1e-9, "{mean} {expected}");
        }
    }

    #[test]
    fn an_item_that_nobody_of_a_team_answered_costs_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("answers.csv");
        let text = "unit,wave,a,b,c\nElm,1,40,50,\nElm,1,20,,\nOak,1,60,70,80\nOak,1,20,30,40\n";
        fs::write(&path, text).unwrap();
        let found = means(&read(&path).unwrap(), None).unwrap();
        // Item means 35, 50, 60; their mean 145/3.
        let d = [35.0, 50.0, 60.0].map(|it: f64| it - 145.0 / 3.0);
        let expected = f64::midpoint((40.0 - d[0] + 50.0 - d[1]) / 2.0, 20.0 - d[0]);
        let mean = found["1"]["Elm"]["mean"].as_f64().unwrap();
        assert!((mean - expected).abs() < 1e-9, "{mean} {expected}");
    }
}

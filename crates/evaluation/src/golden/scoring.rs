//! Scoring by the keys that ship with the product.

use anyhow::{Context as _, Result};
use serde_json::{Map, Value, json};
use tideline_instrument::{Instrument, percent, shipped, t_score, z_score};

use super::{
    cases::{list, number},
    sheet::Sheet,
};

pub(crate) fn run(whole: &Value, sheet: &mut Sheet) -> Result<()> {
    if whole["keys"].is_object() {
        keys(&whole["keys"], sheet)?;
    }
    for (field, id) in [
        ("proqol5", "proqol-5"),
        ("stss", "stss"),
        ("cbi", "cbi"),
        ("hse", "hse-indicator-tool"),
        ("bat23", "bat-23"),
        ("bat12", "bat-12"),
    ] {
        for (at, case) in whole[field].as_array().into_iter().flatten().enumerate() {
            let found = scored(key(id)?, field, &answers(case)?);
            sheet.compare(
                &format!("scoring, {id}"),
                &format!("{field}[{at}]"),
                &case["expected"],
                &found,
            );
        }
    }
    for (at, case) in whole["scale_to_0_100"].as_array().into_iter().flatten().enumerate() {
        let reversed = case["reverse"].as_bool().unwrap_or(false);
        let found =
            percent(number(case, "raw")?, number(case, "min")?, number(case, "max")?, reversed);
        sheet.compare("scale to 0 to 100", &format!("[{at}]"), &case["expected"], &json!(found));
    }
    Ok(())
}

fn key(id: &str) -> Result<&'static Instrument> {
    shipped(id).with_context(|| format!("no key {id}"))
}

/// The list of answers, whatever its name.
fn answers(case: &Value) -> Result<Vec<Option<f64>>> {
    let field = case
        .as_object()
        .and_then(|it| it.keys().find(|it| it.starts_with("responses")))
        .context("a case without responses")?;
    Ok(list(case, field)?.iter().map(Value::as_f64).collect())
}

fn scored(key: &Instrument, field: &str, sheet: &[Option<f64>]) -> Value {
    let mut found = Map::new();
    let each: Vec<(&str, Option<f64>, Option<&str>)> = key
        .scales
        .iter()
        .map(|scale| {
            let score = key.score(scale, sheet);
            let band = score.and_then(|it| scale.band(it)).map(|it| it.id.as_str());
            (scale.id.as_str(), score, band)
        })
        .collect();
    let table = |of: &dyn Fn(&str, f64) -> Value| -> Value {
        let entry = |(id, score, _): &(&str, Option<f64>, Option<&str>)| {
            ((*id).to_owned(), score.map_or(Value::Null, |it| of(id, it)))
        };
        Value::Object(each.iter().map(entry).collect())
    };
    match field {
        "proqol5" => {
            let against = |id: &str| key.references.first().and_then(|it| it.value(id));
            found.insert("raw".into(), table(&|_, it| json!(it)));
            found.insert(
                "band".into(),
                Value::Object(
                    each.iter().map(|(id, _, band)| ((*id).into(), json!(band))).collect(),
                ),
            );
            found.insert(
                "pct0_100".into(),
                table(&|id, it| {
                    let (min, max) = key.scale(id).map_or((0.0, 1.0), |it| key.range(it));
                    json!(percent(it, min, max, false))
                }),
            );
            found.insert(
                "z_vs_DeLaRosa2018".into(),
                table(&|id, it| json!(against(id).map(|of| z_score(it, of)))),
            );
            found.insert(
                "T_vs_DeLaRosa2018".into(),
                table(&|id, it| json!(against(id).map(|of| t_score(it, of)))),
            );
        }
        "hse" => {
            for (id, score, band) in each {
                found.insert(id.into(), json!({ "mean": score, "band": band }));
            }
        }
        _ => {
            for (id, score, band) in each {
                found.insert(id.into(), json!(score));
                if let Some(band) = band {
                    found.insert("band".into(), json!(band));
                    found.insert("band_flemish_manual2".into(), json!(band));
                }
            }
        }
    }
    Value::Object(found)
}

/// The keys in the file are the ones that ship.
fn keys(expected: &Value, sheet: &mut Sheet) -> Result<()> {
    let numbers = |items: &[usize]| items.iter().map(|it| it + 1).collect::<Vec<_>>();
    let scales = |key: &Instrument| -> Map<String, Value> {
        let entry = |it: &tideline_instrument::ScaleKey| (it.id.clone(), json!(numbers(&it.items)));
        key.scales.iter().filter(|it| !it.total).map(entry).collect()
    };
    let reversed = |key: &Instrument| -> Value {
        json!(
            key.items
                .iter()
                .enumerate()
                .filter(|it| it.1.reversed)
                .map(|it| it.0 + 1)
                .collect::<Vec<_>>()
        )
    };
    let bands = |key: &Instrument, scale: &str| -> Value {
        let Some(scale) = key.scale(scale) else { return Value::Null };
        let (min, max) = key.range(scale);
        let ends = scale.bands.iter().skip(1).map(|it| it.from - 1.0).chain([max]);
        let entry = |(band, to): (&tideline_instrument::Band, f64)| {
            (band.id.clone(), json!(format!("{}-{to}", band.from.max(min))))
        };
        Value::Object(scale.bands.iter().zip(ends).map(entry).collect())
    };
    let (proqol, stss, cbi, hse, bat) =
        (key("proqol-5")?, key("stss")?, key("cbi")?, key("hse-indicator-tool")?, key("bat-23")?);
    let mut proqol_key = scales(proqol);
    proqol_key.insert("reverse".into(), reversed(proqol));
    let mut cbi_key = scales(cbi);
    cbi_key.insert("reverse".into(), reversed(cbi));
    let least = cbi.scales.iter().map(|it| (it.id.clone(), json!(it.min_answered))).collect();
    cbi_key.insert("min_answered".into(), Value::Object(least));
    let benchmarks: Map<String, Value> = hse
        .scales
        .iter()
        .map(|it| {
            let from: Vec<f64> = it.bands.iter().skip(1).map(|it| it.from).collect();
            (it.id.clone(), json!(from))
        })
        .collect();
    let blocks: Map<String, Value> = bat
        .scales
        .iter()
        .filter(|it| !it.total)
        .map(|it| (it.id.clone(), json!(it.items.len())))
        .collect();
    let found = json!({
        "proqol5": proqol_key, "proqol_bands_raw": bands(proqol, "CS"),
        "stss": scales(stss), "stss_bands_total": bands(stss, "total"),
        "cbi": cbi_key, "hse": scales(hse), "hse_reverse": reversed(hse),
        "hse_benchmarks_p20_p50_p80": benchmarks, "bat23_item_blocks": blocks,
    });
    sheet.compare("shipped keys", "keys", expected, &found);
    Ok(())
}

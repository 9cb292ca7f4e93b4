//! The state rule: single series, and whole teams up to the organisation's list; levels that drift.

use anyhow::{Context as _, Result};
use serde_json::{Map, Value, json};
use tideline_aggregation::estimate::{
    local_level,
    multiplicity::benjamini_hochberg,
    quantile::normal_tail,
    window::{Contrast, Point, Verdict, Way, WindowRule, verdicts},
};

use super::{cases::list, sheet::Sheet};

/// False discovery rate and smallest change of the organisation's list.
const Q_LEVEL: f64 = 0.10;

pub(crate) fn run(whole: &Value, sheet: &mut Sheet) -> Result<()> {
    let window = &whole["window_rule"];
    for case in window["cases"].as_array().into_iter().flatten() {
        let name = case["name"].as_str().unwrap_or("series");
        let found = states(case, &rule(&window["params"])).context(name.to_owned())?;
        for (at, (expected, found)) in list(case, "expected")?.iter().zip(&found.0).enumerate() {
            sheet.compare("state rule", &format!("{name}[{at}]"), expected, found);
        }
    }
    if whole["teams"].is_array() {
        teams(whole, sheet)?;
    }
    for case in whole["local_level"]["cases"].as_array().into_iter().flatten() {
        let name = case["name"].as_str().unwrap_or("series");
        let points = points(case, "y")?;
        let step = case["step_variance"].as_f64().context("a step variance")?;
        let found = local_level::filter(&points, step)
            .into_iter()
            .map(|it| it.map(|it| json!({ "level": it.level, "variance": it.variance })))
            .map(|it| it.unwrap_or(Value::Null))
            .collect();
        sheet.compare("local level", name, &case["expected"], &Value::Array(found));
    }
    Ok(())
}

/// A series of a case: its values below `values`, their variances below `v`.
fn points(of: &Value, values: &str) -> Result<Vec<Point>> {
    let pairs = list(of, values)?.iter().zip(list(of, "v")?);
    Ok(pairs.map(|(value, v)| value.as_f64().zip(v.as_f64())).collect())
}

fn rule(params: &Value) -> WindowRule {
    let standard = WindowRule::STANDARD;
    let count = |field: &str, or: usize| params[field].as_u64().map_or(or, |it| it as usize);
    let size = |field: &str, or: f64| params[field].as_f64().unwrap_or(or);
    WindowRule {
        recent: count("recent", standard.recent),
        recent_min: count("recent_min", standard.recent_min),
        base_max: count("base_max", standard.base_max),
        base_min: count("base_min", standard.base_min),
        omega2: size("omega2", standard.omega2),
        smallest: size("mid", standard.smallest),
        z: size("z_crit", standard.z),
    }
}

fn told(at: usize, verdict: &Verdict) -> Value {
    let way = |it: &Way| if *it == Way::Worse { "worse" } else { "better" };
    let state = match verdict {
        Verdict::Insufficient => "insufficient".to_owned(),
        Verdict::NoClearChange(_) => "no clear change".to_owned(),
        Verdict::Watch(it, _) => format!("watch {}", way(it)),
        Verdict::Sustained(it, _) => format!("sustained {}", way(it)),
    };
    match verdict.contrast() {
        None => json!({ "t": at, "state": state }),
        Some(it) => json!({
            "t": at, "state": state, "recent": it.recent, "base": it.base, "delta": it.delta,
            "se": it.se, "z": it.z(), "p_worse": it.p_worse(), "p_better": normal_tail(-it.z()),
        }),
    }
}

/// What the rule says at every wave of a series, and the contrast at the last.
fn states(of: &Value, rule: &WindowRule) -> Result<(Vec<Value>, Option<Contrast>)> {
    let points = points(of, "M")?;
    let sign = of["sign"].as_f64().unwrap_or(1.0);
    let found = verdicts(&points, sign, rule);
    let last = found.last().and_then(Verdict::contrast);
    Ok((found.iter().enumerate().map(|(at, it)| told(at, it)).collect(), last))
}

fn teams(whole: &Value, sheet: &mut Sheet) -> Result<()> {
    let rule = rule(&whole["params"]);
    let mut finals: Vec<(String, Option<Contrast>)> = Vec::new();
    for (index, team) in list(whole, "teams")?.iter().enumerate() {
        let name = match &team["team"] {
            Value::String(it) => it.clone(),
            Value::Null => index.to_string(),
            other => other.to_string(),
        };
        let (mut found, last) = states(team, &rule).with_context(|| format!("team {name}"))?;
        for (at, (expected, found)) in list(team, "expected")?.iter().zip(&mut found).enumerate() {
            given(team, at, found);
            let known = |key: &String| found.get(key).is_some();
            let mut compared = Map::new();
            for (key, value) in expected.as_object().context("an expected state is an object")? {
                if known(key) {
                    compared.insert(key.clone(), value.clone());
                } else {
                    sheet.note(format!("`{key}` of a team's waves is not compared"));
                }
            }
            sheet.compare(
                "state rule, teams",
                &format!("team {name}[{at}]"),
                &Value::Object(compared),
                found,
            );
        }
        let (expected, count) = (list(team, "expected")?.len(), found.len());
        if expected != count {
            sheet.fail(
                "state rule, teams",
                format!("team {name}: {expected} states for {count} waves"),
            );
        }
        finals.push((name, last));
    }
    let last = &whole["final_wave"];
    if last.is_object() {
        final_wave(last, &rule, &finals, sheet)?;
    }
    Ok(())
}

/// What a team's input says of a wave, so that an expectation may repeat it.
fn given(team: &Value, at: usize, found: &mut Value) {
    let eligible = team["N"].as_f64();
    for field in ["n", "M", "v"] {
        found[field] = team[field][at].clone();
    }
    found["N"] = team["N"].clone();
    if let (Some(n), Some(all)) = (team["n"][at].as_f64(), eligible) {
        found["response_rate"] = json!(n / all);
        found["rate"] = json!(n / all);
    }
}

/// The list of the last wave, over the teams that have a state there. Lists in the file may leave
/// the others out or hold null in their place.
fn final_wave(
    expected: &Value,
    rule: &WindowRule,
    finals: &[(String, Option<Contrast>)],
    sheet: &mut Sheet,
) -> Result<()> {
    let eligible: Vec<(&str, Contrast)> =
        finals.iter().filter_map(|(name, it)| Some((name.as_str(), (*it)?))).collect();
    let p: Vec<f64> = eligible.iter().map(|it| it.1.p_worse()).collect();
    let q = benjamini_hochberg(&p);
    let level = expected["q_level"].as_f64().unwrap_or(Q_LEVEL);
    let signal: Vec<bool> =
        q.iter().zip(&eligible).map(|(q, it)| *q <= level && it.1.delta >= rule.smallest).collect();
    let spread = |values: Vec<Value>, length: usize| -> Value {
        if length == values.len() {
            return Value::Array(values);
        }
        let mut values = values.into_iter();
        let of = |it: &(String, Option<Contrast>)| {
            it.1.and_then(|_| values.next()).unwrap_or(Value::Null)
        };
        Value::Array(finals.iter().map(of).collect())
    };
    for (field, expected) in expected.as_object().into_iter().flatten() {
        let length = expected.as_array().map_or(0, Vec::len);
        let numbers = |of: &[f64]| spread(of.iter().map(|it| json!(it)).collect(), length);
        let found = match field.as_str() {
            "p_worse" => numbers(&p),
            "q_values" => numbers(&q),
            "org_signal" => signals(expected, finals, &eligible, &signal, &spread),
            "delta" => numbers(&eligible.iter().map(|it| it.1.delta).collect::<Vec<_>>()),
            "z" => numbers(&eligible.iter().map(|it| it.1.z()).collect::<Vec<_>>()),
            _ => {
                sheet.note(format!("`final_wave.{field}` is not compared"));
                continue;
            }
        };
        sheet.compare("organisation's list", field, expected, &found);
    }
    Ok(())
}

/// The teams on the list as the file names them: a truth for each, their names, or their places.
fn signals(
    expected: &Value,
    finals: &[(String, Option<Contrast>)],
    eligible: &[(&str, Contrast)],
    signal: &[bool],
    spread: &dyn Fn(Vec<Value>, usize) -> Value,
) -> Value {
    let listed = expected.as_array().map_or(&[][..], Vec::as_slice);
    let on: Vec<&str> = eligible.iter().zip(signal).filter(|it| *it.1).map(|it| it.0.0).collect();
    let truths = listed.iter().any(|it| it.is_boolean() || it.is_null());
    if truths {
        let all = spread(signal.iter().map(|it| json!(it)).collect(), listed.len());
        // A team without a state has no signal; files say so with false or null.
        let as_said = |(found, said): (&Value, &Value)| match (found, said) {
            (Value::Null, Value::Bool(false)) => json!(false),
            _ => found.clone(),
        };
        let found: Vec<Value> =
            all.as_array().into_iter().flatten().zip(listed).map(as_said).collect();
        return Value::Array(found);
    }
    if listed.iter().all(Value::is_number) && !listed.is_empty() {
        let place = |name: &&str| finals.iter().position(|it| it.0 == **name);
        return json!(on.iter().filter_map(place).collect::<Vec<_>>());
    }
    json!(on)
}

//! `cargo xtask golden PATH…`: worked reference cases against the product's own estimators.
//!
//! A file is JSON. What is in it is recognised by its fields, so one file may hold several kinds of
//! cases: scoring by key, means under matrix sampling, intervals, empirical Bayes, proportions,
//! process charts, trend and state rules, false discovery rates, non-response, detectable change,
//! self-sort, and whole teams over many waves. Every expected number must be met within the file's
//! `tolerance`; an expectation that nothing here computes fails the file.

mod cases;
mod scoring;
mod sheet;
mod trend;

use std::{fs, path::PathBuf};

use anyhow::{Context as _, Result, bail, ensure};
use serde_json::Value;

use crate::say;
use sheet::Sheet;

/// Runs every file and says how far off the worst number of each check is.
pub(crate) fn run(paths: &[PathBuf]) -> Result<()> {
    ensure!(!paths.is_empty(), "name one or more files of golden cases");
    let mut failed = Vec::new();
    let mut largest = 0.0_f64;
    for path in paths {
        let name = path.display().to_string();
        match file(path) {
            Ok(sheet) => {
                say(&sheet.told(&name));
                largest = largest.max(sheet.largest());
                if !sheet.holds() {
                    failed.push(name);
                }
            }
            Err(error) => {
                say(&format!("{name}: {error:#}"));
                failed.push(name);
            }
        }
    }
    say(&format!("{} files, largest error {largest:.1e}", paths.len()));
    if failed.is_empty() {
        return Ok(());
    }
    bail!("golden cases do not hold: {}", failed.join(", "))
}

fn file(path: &PathBuf) -> Result<Sheet> {
    let text = fs::read_to_string(path).context("reading it")?;
    let whole: Value = serde_json::from_str(&text).context("reading its JSON")?;
    let tolerance = match &whole["tolerance"] {
        Value::Number(it) => it.as_f64(),
        Value::Object(it) => it.get("abs").and_then(Value::as_f64),
        _ => None,
    };
    let mut sheet = Sheet::new(tolerance.unwrap_or(1e-9));
    cases::run(&whole, &mut sheet)?;
    scoring::run(&whole, &mut sheet)?;
    trend::run(&whole, &mut sheet)?;
    ensure!(!sheet.is_empty(), "holds no cases that are known here");
    Ok(sheet)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_golden_cases_hold() {
        let folder = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/golden"));
        let files: Vec<PathBuf> =
            fs::read_dir(folder).unwrap().map(|it| it.unwrap().path()).collect();
        assert!(files.len() >= 12);
        for path in files {
            let sheet = file(&path).unwrap();
            assert!(sheet.holds() && sheet.largest() <= 1e-9, "{}", sheet.told("golden"));
        }
    }

    /// Writes `text` as a file of cases and says whether it holds.
    fn holds(text: &str) -> bool {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("cases.json");
        fs::write(&path, text).unwrap();
        file(&path).is_ok_and(|it| it.holds())
    }

    #[test]
    fn a_wrong_number_and_an_unknown_expectation_fail() {
        let case = |expected: &str| {
            format!(
                r#"{{"tolerance":1e-9,"cases":[{{"p":[0.01,0.02],"expected":{{{expected}}}}}]}}"#
            )
        };
        assert!(holds(&case(r#""q_values":[0.02,0.02]"#)));
        assert!(!holds(&case(r#""q_values":[0.02,0.03]"#)));
        assert!(!holds(&case(r#""q_values":[0.02]"#)));
        assert!(!holds(&case(r#""w_values":[0.02,0.02]"#)));
        assert!(!holds(r#"{"tolerance":1e-9}"#));
        assert!(!holds("no JSON"));
    }

    /// Two teams over eight waves: the second is not published in the last one.
    #[test]
    fn teams_go_through_the_rule_to_the_organisations_list() {
        let level = "[50,50,50,50,50,60,60,60]";
        let v = "[4,4,4,4,4,4,4,4]";
        let waves = |last: &str| {
            (0..8)
                .map(|t| match t {
                    0..=4 => format!(r#"{{"t":{t},"state":"insufficient"}}"#),
                    5 => r#"{"t":5,"state":"insufficient"}"#.to_owned(),
                    6 => r#"{"t":6,"state":"watch worse"}"#.to_owned(),
                    _ => last.to_owned(),
                })
                .collect::<Vec<_>>()
                .join(",")
        };
        let team = |name: &str, m: &str, last: &str| {
            format!(
                r#"{{"team":"{name}","N":12,"n":[9,9,9,9,9,9,9,9],"M":{m},"v":{v},"expected":[{}]}}"#,
                waves(last)
            )
        };
        let text = |signal: &str| {
            format!(
                r#"{{"tolerance":1e-6,"teams":[{},{}],"final_wave":{{"org_signal":{signal}}}}}"#,
                team("a", level, r#"{"t":7,"state":"sustained worse","delta":10.0}"#),
                team("b", "[50,50,50,50,50,60,60,null]", r#"{"t":7,"state":"insufficient"}"#),
            )
        };
        assert!(holds(&text("[true,false]")));
        assert!(holds(&text("[true,null]")));
        assert!(holds(&text("[true]")));
        assert!(holds(&text(r#"["a"]"#)));
        assert!(!holds(&text("[false,false]")));
        assert!(!holds(&text(r#"["b"]"#)));
    }
}

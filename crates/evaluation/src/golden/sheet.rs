//! The tally of one file: what was compared, how far off it was, and what was not compared.

use std::collections::BTreeMap;

use serde_json::Value;

#[derive(Default)]
struct Check {
    compared: usize,
    largest: f64,
    wrong: Vec<String>,
}

pub(crate) struct Sheet {
    tolerance: f64,
    checks: BTreeMap<String, Check>,
    notes: Vec<String>,
}

/// Whether a field of an expectation is a remark, not a result.
fn is_remark(field: &str) -> bool {
    matches!(field, "note" | "rule" | "source" | "comment" | "name")
}

impl Sheet {
    pub(crate) const fn new(tolerance: f64) -> Self {
        Self { tolerance, checks: BTreeMap::new(), notes: Vec::new() }
    }

    fn check(&mut self, name: &str) -> &mut Check {
        self.checks.entry(name.to_owned()).or_default()
    }

    /// Compares one number, or list of numbers, words or truths, wherever they stand in `expected`.
    pub(crate) fn compare(&mut self, name: &str, at: &str, expected: &Value, found: &Value) {
        match (expected, found) {
            (Value::Number(_), Value::Number(_)) => {
                let (e, f) = (expected.as_f64(), found.as_f64());
                let error = e.zip(f).map_or(f64::INFINITY, |(e, f)| (e - f).abs());
                let tolerance = self.tolerance;
                let check = self.check(name);
                check.compared += 1;
                check.largest = check.largest.max(error);
                if error.is_nan() || error > tolerance {
                    check.wrong.push(format!("{at}: {found} instead of {expected}"));
                }
            }
            (Value::Array(e), Value::Array(f)) if e.len() == f.len() => {
                for (index, (e, f)) in e.iter().zip(f).enumerate() {
                    self.compare(name, &format!("{at}[{index}]"), e, f);
                }
            }
            (Value::Object(e), Value::Object(f)) => {
                for (key, e) in e {
                    let at = format!("{at}.{key}");
                    match f.get(key) {
                        Some(f) => self.compare(name, &at, e, f),
                        None if is_remark(key) => {}
                        None => {
                            self.check(name).wrong.push(format!("{at}: nothing here computes it"));
                        }
                    }
                }
            }
            _ => {
                let check = self.check(name);
                check.compared += 1;
                if expected != found {
                    check.wrong.push(format!("{at}: {found} instead of {expected}"));
                }
            }
        }
    }

    /// Says something that is worth knowing and no fault.
    pub(crate) fn note(&mut self, text: String) {
        if !self.notes.contains(&text) {
            self.notes.push(text);
        }
    }

    pub(crate) fn fail(&mut self, name: &str, why: String) {
        self.check(name).wrong.push(why);
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.checks.is_empty()
    }

    pub(crate) fn holds(&self) -> bool {
        self.checks.values().all(|it| it.wrong.is_empty())
    }

    pub(crate) fn largest(&self) -> f64 {
        self.checks.values().map(|it| it.largest).fold(0.0, f64::max)
    }

    pub(crate) fn told(&self, file: &str) -> String {
        let mut text = format!("{file} (tolerance {:.0e})", self.tolerance);
        for (name, it) in &self.checks {
            let verdict = if it.wrong.is_empty() { "holds" } else { "FAILS" };
            text.push_str(&format!(
                "\n  {verdict}  {name:<34} {:>5} compared, largest error {:.1e}",
                it.compared, it.largest
            ));
            for why in it.wrong.iter().take(8) {
                text.push_str(&format!("\n         {why}"));
            }
            if it.wrong.len() > 8 {
                text.push_str(&format!("\n         and {} more", it.wrong.len() - 8));
            }
        }
        for note in &self.notes {
            text.push_str(&format!("\n  note   {note}"));
        }
        text
    }
}

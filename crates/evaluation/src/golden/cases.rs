//! Cases of single estimators.

use anyhow::{Context as _, Result};
use serde_json::{Map, Value, json};
use tideline_aggregation::estimate::{
    Bounds,
    change::{mann_kendall, mann_kendall_exact, theil_sen},
    detectable::{level_variance, minimal_detectable_change},
    interval::{VariancePrior, moderated_variance, team_mean},
    matrix::{adjusted, design_effect, item_means, jackknife_error},
    multiplicity::benjamini_hochberg,
    nonresponse::{ResponseWord, manski, sensitivity, tipping_gap},
    proportion::{BetaBinomial, dirichlet, jeffreys, wilson},
    quantile::t_quantile,
    shrinkage::{
        Comparison, STABILITY, Shrunken, dersimonian_laird, empirical_bayes, james_stein,
        paule_mandel, stability_adjusted_variance,
    },
    spc::{XmrFlags, XmrLimits, ewma, p_chart, xmr, xmr_flags},
};
use tideline_domain::self_sort::{Pull, sort};

use super::sheet::Sheet;

pub(crate) fn number(of: &Value, field: &str) -> Result<f64> {
    of[field].as_f64().with_context(|| format!("`{field}` is not a number"))
}

pub(crate) fn numbers(of: &Value, field: &str) -> Result<Vec<f64>> {
    list(of, field)?
        .iter()
        .map(|it| {
            it.as_f64().with_context(|| format!("`{field}` holds something else than numbers"))
        })
        .collect()
}

pub(crate) fn list<'a>(of: &'a Value, field: &str) -> Result<&'a Vec<Value>> {
    of[field].as_array().with_context(|| format!("`{field}` is not a list"))
}

fn pair(it: Bounds) -> Value {
    json!([it.low, it.high])
}

pub(crate) fn run(whole: &Value, sheet: &mut Sheet) -> Result<()> {
    let params = &whole["params"];
    if let Some(cases) = whole["cases"].as_array() {
        for (at, case) in cases.iter().enumerate() {
            one(case, params, &format!("cases[{at}]"), sheet)
                .with_context(|| format!("cases[{at}]"))?;
        }
    }
    if whole["case"].is_object() {
        one(&whole["case"], params, "case", sheet)?;
    }
    for (at, it) in whole["design_effect"].as_array().into_iter().flatten().enumerate() {
        let whole_number = |field| Ok::<_, anyhow::Error>(number(it, field)? as u32);
        let found = design_effect(whole_number("K")?, whole_number("m")?, number(it, "rho")?);
        let at = format!("design_effect[{at}]");
        sheet.compare("design effect", &at, &it["deff_var"], &json!(found));
        sheet.compare("design effect", &at, &it["se_ratio"], &json!(found.sqrt()));
    }
    designs(&whole["design"], sheet);
    proportions(whole, sheet)?;
    charts(whole, sheet)?;
    robust_change(whole, sheet)?;
    detectable(whole, sheet)?;
    for (at, case) in whole["all_64_cases"].as_array().into_iter().flatten().enumerate() {
        let answers = list(case, "answers")?
            .iter()
            .map(|it| it.as_str().and_then(Pull::from_code).context("W, E, B or N"))
            .collect::<Result<Vec<_>>>()?;
        let found = json!(sort(&answers).code());
        sheet.compare("self-sort", &format!("all_64_cases[{at}]"), &case["expected"], &found);
    }
    Ok(())
}

/// A case of a list, recognised by what it holds.
fn one(case: &Value, params: &Value, at: &str, sheet: &mut Sheet) -> Result<()> {
    let has = |field: &str| case.get(field).is_some();
    if has("Y") {
        matrix(case, at, sheet)
    } else if has("hits") {
        baseball(case, at, sheet)
    } else if has("y") && has("s2") {
        stability_adjusted(case, at, sheet)
    } else if has("y") && has("v") {
        shrinkage(case, at, sheet)
    } else if has("x") && has("N") {
        interval(case, params, at, sheet)
    } else if has("mean") && has("N") {
        nonresponse(case, at, sheet)
    } else if has("p") {
        multiplicity(case, at, sheet)
    } else {
        sheet.fail("cases", format!("{at}: not a kind of case that is known here"));
        Ok(())
    }
}

fn prior(params: &Value) -> VariancePrior {
    let start = VariancePrior::START;
    VariancePrior {
        df: params["nu0"].as_f64().unwrap_or(start.df),
        sd: params["s0"].as_f64().unwrap_or(start.sd),
    }
}

fn interval(case: &Value, params: &Value, at: &str, sheet: &mut Sheet) -> Result<()> {
    let x = numbers(case, "x")?;
    let level = params["level"].as_f64().unwrap_or(0.95);
    let it =
        team_mean(&x, number(case, "N")? as usize, prior(params), level).context("no answers")?;
    let found = json!({
        "n": it.n, "N": case["N"], "mean": it.mean, "s2": it.s2,
        "s2_moderated": it.moderated.s2, "df": it.moderated.df, "t": it.t,
        "se_process": it.se_process, "se_snapshot": it.se_snapshot,
        "ci_process": pair(it.process), "ci_snapshot": pair(it.snapshot),
        "ci_classic": it.classic.map(pair),
    });
    sheet.compare("mean and intervals", at, &case["expected"], &found);
    Ok(())
}

fn rows(case: &Value) -> Result<Vec<Vec<Option<f64>>>> {
    list(case, "Y")?
        .iter()
        .map(|row| {
            Ok(row.as_array().context("a row is a list")?.iter().map(Value::as_f64).collect())
        })
        .collect()
}

fn matrix(case: &Value, at: &str, sheet: &mut Sheet) -> Result<()> {
    let rows = rows(case)?;
    if !case["expected"].is_null()
        && let Some(it) = item_means(&rows)
    {
        let n = rows.len();
        let moderated = moderated_variance(it.s2_effective, n, VariancePrior::START);
        let se = (moderated.s2 / n as f64).sqrt();
        let half = t_quantile(0.975, moderated.df) * se;
        let found = json!({
            "n": n, "K": it.n_k.len(), "n_k": it.n_k, "item_means": it.item_means,
            "mean": it.mean, "u": it.influence, "var_lin": it.variance,
            "se_lin": it.variance.sqrt(), "s2_eff": it.s2_effective,
            "s2_moderated": it.s2_effective, "df": n - 1,
            "se_moderated": (it.s2_effective / n as f64).sqrt(),
            "se_jackknife": jackknife_error(&rows),
            "moderated_nu0_10": { "s2_moderated": moderated.s2, "df": moderated.df, "se_moderated": se },
            "ci95_process": pair(Bounds::around(it.mean, half).clamp(0.0, 100.0)),
        });
        sheet.compare("mean of item means", at, &case["expected"], &found);
    }
    if !case["expected_adjusted"].is_null() {
        let it = adjusted(&rows, &numbers(case, "difficulty_d")?).context("no answers")?;
        let n = it.sheets.len();
        let moderated = moderated_variance(it.s2, n, VariancePrior::START);
        let se = (moderated.s2 / n as f64).sqrt();
        let half = t_quantile(0.975, moderated.df) * se;
        let found = json!({
            "respondent_adjusted": it.sheets, "mean": it.mean, "s2": it.s2, "se": it.se, "n": n,
            "s2_moderated": moderated.s2, "df": moderated.df, "se_moderated": se,
            "ci95_process": pair(Bounds::around(it.mean, half).clamp(0.0, 100.0)),
        });
        sheet.compare("difficulty-adjusted sheet means", at, &case["expected_adjusted"], &found);
    }
    Ok(())
}

/// The designs in the file are the ones that the shipped pulse draws from.
fn designs(design: &Value, sheet: &mut Sheet) {
    let pulse = &tideline_instrument::PULSE;
    for (field, block) in
        [("fano_lines_7_items_3_per_respondent", 0), ("pairs_4_items_2_per_respondent", 1)]
    {
        let expected = &design[field];
        if expected.is_null() {
            continue;
        }
        let sets = pulse.blocks[block];
        let first = sets.iter().flat_map(|it| it.iter()).min().copied().unwrap_or(0);
        let found: Vec<Vec<usize>> =
            sets.iter().map(|set| set.iter().map(|it| it - first).collect()).collect();
        sheet.compare("forms of the pulse", field, expected, &json!(found));
    }
}

fn teams(of: &Comparison) -> Value {
    let z = tideline_aggregation::estimate::quantile::normal_quantile(0.975);
    let team = |it: &Shrunken| {
        json!({
            "B": it.shrinkage, "theta": it.theta, "g1": it.g1, "g2": it.g2, "g3": it.g3,
            "mse": it.mse(), "se": it.se(),
            "ci95": [it.theta - z * it.se(), it.theta + z * it.se()],
        })
    };
    Value::Array(of.teams.iter().map(team).collect())
}

fn comparison(of: &Comparison) -> Value {
    json!({ "mu": of.mu, "var_mu": of.var_mu, "teams": teams(of) })
}

fn shrinkage(case: &Value, at: &str, sheet: &mut Sheet) -> Result<()> {
    let (y, v) = (numbers(case, "y")?, numbers(case, "v")?);
    let dl = dersimonian_laird(&y, &v);
    let pm = paule_mandel(&y, &v);
    let with = |tau2| comparison(&empirical_bayes(&y, &v, tau2));
    let found = json!({
        "Q": dl.q, "mu_fixed": dl.mu, "tau2_DL": dl.tau2, "tau2_PM": pm, "I2": dl.i2,
        "eb_with_DL": with(dl.tau2), "eb_with_PM": with(pm), "eb": with(pm),
    });
    sheet.compare("empirical Bayes", at, &case["expected"], &found);
    Ok(())
}

fn stability_adjusted(case: &Value, at: &str, sheet: &mut Sheet) -> Result<()> {
    let (y, s2) = (numbers(case, "y")?, numbers(case, "s2")?);
    let (n, eligible) = (numbers(case, "n")?, numbers(case, "N")?);
    let r = case["r"].as_f64().unwrap_or(STABILITY);
    let v: Vec<f64> = s2
        .iter()
        .zip(&n)
        .zip(&eligible)
        .map(|((s2, n), eligible)| {
            let s2 = moderated_variance(*s2, *n as usize, prior(case)).s2;
            stability_adjusted_variance(s2, *n, *eligible, r)
        })
        .collect();
    let (dl, pm) = (dersimonian_laird(&y, &v), paule_mandel(&y, &v));
    let eb = empirical_bayes(&y, &v, pm);
    let found = json!({
        "v": v, "tau2_PM": pm, "tau2_DL": dl.tau2, "Q": dl.q, "I2": dl.i2,
        "mu": eb.mu, "var_mu": eb.var_mu, "teams": teams(&eb),
    });
    sheet.compare("stability-adjusted empirical Bayes", at, &case["expected"], &found);
    Ok(())
}

fn baseball(case: &Value, at: &str, sheet: &mut Sheet) -> Result<()> {
    let bats = number(case, "at_bats")?;
    let y: Vec<f64> = numbers(case, "hits")?.iter().map(|it| it / bats).collect();
    let middle = tideline_aggregation::estimate::mean(&y);
    let sigma2 = middle * (1.0 - middle) / bats;
    let it = james_stein(&y, sigma2);
    let found = json!({
        "grand_mean": it.grand_mean, "sigma2": sigma2, "S": it.s, "c": it.c, "js": it.values,
    });
    sheet.compare("James–Stein", at, &case["expected"], &found);
    Ok(())
}

fn nonresponse(case: &Value, at: &str, sheet: &mut Sheet) -> Result<()> {
    let (mean, share) = (number(case, "mean")?, number(case, "n")? / number(case, "N")?);
    let delta = case["delta"].as_f64().unwrap_or(10.0);
    let found = json!({
        "response_rate": share, "label_hse_manual": ResponseWord::of_share(share).code(),
        "manski": pair(manski(mean, share)),
        "sensitivity": pair(sensitivity(mean, share, delta)),
        "tipping_gap_for_5_points": tipping_gap(share, 5.0),
    });
    sheet.compare("non-response", at, &case["expected"], &found);
    Ok(())
}

fn multiplicity(case: &Value, at: &str, sheet: &mut Sheet) -> Result<()> {
    let q = benjamini_hochberg(&numbers(case, "p")?);
    let mut found = Map::new();
    for (field, _) in case["expected"].as_object().into_iter().flatten() {
        let value = match field.strip_prefix("reject_at_") {
            Some(level) => {
                let level: f64 = level.parse().context("a level after reject_at_")?;
                json!(q.iter().map(|it| *it <= level).collect::<Vec<_>>())
            }
            None if field == "q_values" => json!(q),
            None => continue,
        };
        found.insert(field.clone(), value);
    }
    sheet.compare("Benjamini–Hochberg", at, &case["expected"], &Value::Object(found));
    Ok(())
}

fn proportions(whole: &Value, sheet: &mut Sheet) -> Result<()> {
    for (field, of) in [("wilson", wilson as fn(f64, f64, f64) -> Bounds), ("jeffreys", jeffreys)] {
        for (at, it) in whole[field].as_array().into_iter().flatten().enumerate() {
            let found = pair(of(number(it, "x")?, number(it, "n")?, 0.95));
            sheet.compare(field, &format!("{field}[{at}]"), &it["expected"], &found);
        }
    }
    for field in ["beta_binomial_eb", "beta_binomial_underdispersed"] {
        let case = &whole[field];
        if case.is_null() {
            continue;
        }
        let (x, n) = (numbers(case, "x")?, numbers(case, "n")?);
        let it = BetaBinomial::moments(&x, &n);
        let of = |each: &dyn Fn(f64, f64) -> Value| -> Vec<Value> {
            x.iter().zip(&n).map(|(x, n)| each(*x, *n)).collect()
        };
        let strength = it.strength();
        let found = json!({
            "p": it.p, "rho": it.rho, "M": strength, "alpha": it.p * strength,
            "beta": (1.0 - it.p) * strength,
            "posterior_mean": of(&|x, n| json!(it.posterior_mean(x, n))),
            "posterior_ci95": of(&|x, n| pair(it.posterior_interval(x, n, 0.95))),
        });
        sheet.compare("beta-binomial", field, &case["expected"], &found);
    }
    let case = &whole["self_sort_dirichlet"];
    if !case.is_null() {
        let counts = numbers(case, "team_counts")?;
        let (prior, posterior) =
            dirichlet(&numbers(case, "org_counts")?, &counts, number(case, "prior_strength")?);
        let n: f64 = counts.iter().sum();
        let raw: Vec<f64> = counts.iter().map(|it| it / n).collect();
        let found = json!({ "prior": prior, "posterior_mean": posterior, "raw": raw });
        sheet.compare("Dirichlet smoothing", "self_sort_dirichlet", &case["expected"], &found);
    }
    Ok(())
}

fn limits(it: &XmrLimits) -> Value {
    json!({
        "mean": it.mean, "amr": it.moving_range, "lpl": it.lower, "upl": it.upper,
        "near_lpl": it.near_lower, "near_upl": it.near_upper,
    })
}

fn flags(it: &XmrFlags) -> Value {
    let names = [
        (it.outside, "outside"),
        (it.shift, "shift7"),
        (it.trend, "trend7"),
        (it.two_of_three, "two_of_three"),
    ];
    json!(names.iter().filter(|it| it.0).map(|it| it.1).collect::<Vec<_>>())
}

fn charts(whole: &Value, sheet: &mut Sheet) -> Result<()> {
    for (name, case) in whole.as_object().into_iter().flatten() {
        if !name.starts_with("xmr") {
            continue;
        }
        let x = numbers(case, "x")?;
        let baseline = case["baseline_n"].as_u64().map_or(x.len(), |it| it as usize);
        let of = |screen| xmr(&x[..baseline.min(x.len())], screen).context("too few values");
        let screened = of(true)?;
        for (field, found) in [
            ("expected_screened", limits(&screened)),
            ("expected_limits", limits(&screened)),
            ("expected_unscreened", limits(&of(false)?)),
            ("expected_flags", Value::Array(xmr_flags(&x, &screened).iter().map(flags).collect())),
        ] {
            if !case[field].is_null() {
                sheet.compare("XmR chart", &format!("{name}.{field}"), &case[field], &found);
            }
        }
    }
    let case = &whole["p_chart"];
    if !case.is_null() {
        let (all, points) = p_chart(&numbers(case, "x")?, &numbers(case, "n")?);
        let points: Vec<Value> = points
            .iter()
            .map(|it| json!({ "p": it.p, "lcl": it.lower, "ucl": it.upper }))
            .collect();
        let found = json!({ "pbar": all, "points": points });
        sheet.compare("p-chart", "p_chart", &case["expected"], &found);
    }
    let case = &whole["ewma"];
    if !case.is_null() {
        let points: Vec<Option<(f64, f64)>> = list(case, "x")?
            .iter()
            .zip(list(case, "v")?)
            .map(|(x, v)| x.as_f64().zip(v.as_f64()))
            .collect();
        let (mu0, lambda) = (number(case, "mu0")?, number(case, "lambda")?);
        let found: Vec<Value> = ewma(&points, mu0, lambda, number(case, "L")?)
            .iter()
            .map(|it| json!({ "z": it.z, "sd": it.sd, "lcl": it.lower, "ucl": it.upper }))
            .collect();
        sheet.compare("EWMA", "ewma", &case["expected"], &Value::Array(found));
    }
    Ok(())
}

fn many(of: &Value) -> Vec<&Value> {
    match of {
        Value::Array(all) => all.iter().collect(),
        Value::Null => Vec::new(),
        one => vec![one],
    }
}

fn robust_change(whole: &Value, sheet: &mut Sheet) -> Result<()> {
    for case in many(&whole["theil_sen"]) {
        let it = theil_sen(&numbers(case, "t")?, &numbers(case, "y")?).context("one time only")?;
        let found =
            json!({ "slope": it.slope, "intercept": it.intercept, "ci95_scipy": pair(it.ci95) });
        sheet.compare("Theil–Sen", "theil_sen", &case["expected"], &found);
    }
    for (at, case) in many(&whole["mann_kendall"]).into_iter().enumerate() {
        let y = numbers(case, "y")?;
        let it = mann_kendall(&y);
        let found = json!({
            "S": it.s, "varS": it.var_s, "z": it.z, "p_two_sided": it.p_two_sided,
            "tau_a": it.tau_a, "p_exact_one_sided_increase": mann_kendall_exact(y.len(), it.s),
        });
        sheet.compare("Mann–Kendall", &format!("mann_kendall[{at}]"), &case["expected"], &found);
    }
    for (n, table) in whole["mk_exact_upper_tail_table"].as_object().into_iter().flatten() {
        for (s, expected) in table.as_object().into_iter().flatten() {
            let found = json!(mann_kendall_exact(n.parse()?, s.parse()?));
            sheet.compare("Mann–Kendall, exact", &format!("n={n} S={s}"), expected, &found);
        }
    }
    Ok(())
}

fn detectable(whole: &Value, sheet: &mut Sheet) -> Result<()> {
    let Some(table) = whole["table"].as_array() else { return Ok(()) };
    let (sd, omega2) =
        (number(&whole["params"], "sd_within")?, number(&whole["params"], "omega2")?);
    let z = tideline_aggregation::estimate::quantile::normal_quantile(0.95);
    for row in table {
        let n = number(row, "n")?;
        let one = level_variance(sd, n, 0.0, 1.0);
        let level = |waves| level_variance(sd, n, omega2, waves);
        let between = minimal_detectable_change(one, one);
        let found = json!({
            "n": row["n"], "se_one_wave": one.sqrt(), "mdc95_wave_vs_wave": between,
            "mdc95_wave_vs_wave_same_people_r055": between * (1.0 - STABILITY).sqrt(),
            "mdc95_3_vs_3": minimal_detectable_change(level(3.0), level(3.0)),
            "mdc95_3_vs_12": minimal_detectable_change(level(3.0), level(12.0)),
            "rule_threshold_z1.645_3_vs_12": z * (level(3.0) + level(12.0)).sqrt(),
        });
        sheet.compare("smallest detectable change", &format!("n={n}"), row, &found);
    }
    Ok(())
}

//! Everything that leaves is in `docs/published.toml`, with where it comes from.

use std::collections::{BTreeMap, BTreeSet};

use tideline_ballot::result::ResultFile;

use super::*;

/// Answers with results, and what they hold.
const RESULTS: [&str; 3] = ["Release", "PublishedCells", "OrganisationTrend"];
const ALSO: [&str; 1] = ["Trend"];

fn register() -> BTreeMap<String, String> {
    include_str!("../../../../docs/published.toml")
        .lines()
        .filter(|it| it.starts_with('"'))
        .map(|line| {
            let (field, source) = line.split_once(" = ").unwrap();
            (field.trim_matches('"').to_owned(), source.trim_matches('"').to_owned())
        })
        .collect()
}

/// The fields of a schema, and the schemas that it refers to.
fn walk(name: &str, it: &serde_json::Value, fields: &mut BTreeSet<String>, open: &mut Vec<String>) {
    match it {
        serde_json::Value::Object(of) => {
            if let Some(properties) = of.get("properties").and_then(|it| it.as_object()) {
                fields.extend(properties.keys().map(|field| format!("{name}.{field}")));
            }
            if let Some(other) = of.get("$ref").and_then(|it| it.as_str()) {
                open.push(other.rsplit('/').next().unwrap().to_owned());
            }
            of.values().for_each(|it| walk(name, it, fields, open));
        }
        serde_json::Value::Array(of) => of.iter().for_each(|it| walk(name, it, fields, open)),
        _ => (),
    }
}

/// Heads of every column of the files that hold results.
async fn columns() -> BTreeSet<String> {
    let site = exports::nine_waves();
    let cookie = site.cookie_of("hr@example.org");
    let mut heads = BTreeSet::new();
    for path in ["/org/data".to_owned(), format!("/team/{}/data", site.unit("Elm"))] {
        for ending in ["csv", "xlsx"] {
            let file = get(&format!("{path}.{ending}"));
            let file = site.app(file.insert_header((header::COOKIE, cookie.as_str()))).await;
            assert_eq!(file.status, StatusCode::OK, "{path}.{ending}");
            heads.extend(exports::heads(&file.body, ending));
        }
    }
    // A column for each measure is written out once.
    let measures = ["Burnout strain", "Secondary traumatic stress", "Compassion satisfaction"];
    let plain = |head: String| {
        let of = measures.iter().find_map(|it| head.strip_prefix(it)?.strip_prefix(": "));
        let key = ["burnout_", "sts_", "cs_"].iter().find_map(|it| head.strip_prefix(it));
        match (of, key) {
            (Some(of), _) => format!("MEASURE: {of}"),
            (_, Some(key)) => format!("SCALE_{key}"),
            _ => head,
        }
    };
    heads.into_iter().map(plain).collect()
}

#[actix_web::test]
async fn every_published_field_is_an_audited_cell_or_public() {
    let site = Site::with_results();
    let described = site.read("/api/openapi.json", &site.cookie_of("hr@example.org")).await;
    let schemas = &described["components"]["schemas"];
    let mut open: Vec<String> = RESULTS.iter().chain(&ALSO).map(|it| (*it).to_owned()).collect();
    let (mut seen, mut fields) = (BTreeSet::new(), BTreeSet::new());
    while let Some(name) = open.pop() {
        // A value for each scale is written out once for each kind of value.
        let kind = if name.starts_with("PerScale") { "PerScale" } else { name.as_str() };
        assert!(!schemas[&name].is_null(), "there is no schema {name}");
        if seen.insert(name.clone()) {
            walk(kind, &schemas[&name], &mut fields, &mut open);
        }
    }
    let result = ResultFile {
        wave: "2026-11".parse().unwrap(),
        manifest: [0; 32],
        nullifiers: Vec::new(),
        ballots: 0,
        spoilt: 0,
        issued_total: 0,
        eligible_total: 0,
        merkle_root: [0; 32],
        release: [0; 32],
    };
    let result: serde_json::Value = serde_json::from_str(&result.to_json().unwrap()).unwrap();
    fields.extend(result.as_object().unwrap().keys().map(|it| format!("result.{it}")));

    fields.extend(columns().await.into_iter().map(|it| format!("Column.{it}")));

    let register = register();
    let listed: BTreeSet<String> = register.keys().cloned().collect();
    let missing: Vec<_> = fields.difference(&listed).collect();
    assert!(missing.is_empty(), "say in docs/published.toml where these come from: {missing:?}");
    let gone: Vec<_> = listed.difference(&fields).collect();
    assert!(gone.is_empty(), "these are published no longer: {gone:?}");
    for (field, source) in register {
        let kind = source.split([' ', ',']).next().unwrap();
        let known = ["cell", "roster", "calendar", "ballots", "constant"].contains(&kind);
        assert!(known, "{field}: {source}");
    }
}

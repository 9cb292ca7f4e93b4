//! The published cells, as attack programs read them.

use super::*;

#[actix_web::test]
async fn published_cells_hold_stand_ins_that_fit_and_nothing_else() {
    let site = Site::with_results();
    let cookie = site.cookie_of("privacy@example.org");
    let cells = site.read("/api/v1/releases/1/cells", &cookie).await;
    assert_eq!(cells["schema"], "sdc-cases/1");
    let cases = cells["cases"].as_array().unwrap();
    assert_eq!(cases.len(), 3, "one for each scale");
    for case in cases {
        let value = |rid: &serde_json::Value| {
            let responses = case["waves"][0]["responses"].as_array().unwrap();
            responses.iter().find(|it| it["rid"] == *rid).unwrap()["value"].as_u64().unwrap()
        };
        let published = case["releases"][0]["cells"].as_array().unwrap();
        assert!(!published.is_empty());
        for cell in published {
            let members = cell["members"].as_array().unwrap();
            assert_eq!(cell["n"], members.len());
            assert!(members.len() as u64 >= case["k"].as_u64().unwrap());
            let total: u64 = members.iter().map(value).sum();
            let range = &cell["facts"][0];
            assert!(range["lo"].as_u64().unwrap() <= total);
            assert!(total <= range["hi"].as_u64().unwrap());
        }
        let responses = case["waves"][0]["responses"].as_array().unwrap();
        assert!(responses.iter().all(|it| it.get("person").is_none()));
    }
}

#[actix_web::test]
async fn taking_cells_away_is_in_the_audit_log() {
    let site = Site::with_results();
    site.read("/api/v1/releases/1/cells", &site.cookie_of("hr@example.org")).await;
    let log = site.app.store.audit_log().unwrap();
    let last = log.last().unwrap();
    assert_eq!(
        (last.entry.action.as_str(), last.entry.subject.as_str()),
        ("results.export", "cells 1")
    );
}

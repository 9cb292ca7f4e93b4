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

#[actix_web::test]
async fn the_pages_of_those_who_may_take_cells_away_link_to_them() {
    let site = Site::with_results();
    let link = r#"href="/api/v1/releases/1/cells" download="tideline-cells-1.json""#;
    for (person, page, linked) in [
        ("hr", "/org/reports", true),
        ("privacy", "/admin/privacy", true),
        ("admin", "/admin/privacy", false),
    ] {
        let cookie = site.cookie_of(&format!("{person}@example.org"));
        for language in ["en", "de"] {
            let asked = get(page)
                .insert_header((header::COOKIE, cookie.clone()))
                .insert_header((header::ACCEPT_LANGUAGE, language));
            let answer = site.app(asked).await;
            assert_eq!(answer.status.as_u16(), 200, "{person} {page}");
            let words = if language == "en" { "to be checked" } else { "zum Nachprüfen" };
            let text = answer.text();
            let found = (text.contains(link), text.contains(words));
            assert_eq!(found, (linked, linked), "{person} {page} {language}");
        }
    }
}

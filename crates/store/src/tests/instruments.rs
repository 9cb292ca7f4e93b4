//! Texts of published questionnaires, and imported scale scores.

use tideline_aggregation::MinGroup;

use super::*;
use crate::{ImportedScore, InstrumentTexts, NotImported};

fn texts(licence: &str) -> InstrumentTexts {
    InstrumentTexts {
        instrument: "proqol-5".to_owned(),
        language: "en".to_owned(),
        licence: licence.to_owned(),
        texts: "language = \"en\"".to_owned(),
        added: day("2026-03-01"),
    }
}

#[test]
fn texts_are_kept_and_replaced() {
    for_each_database(|db| {
        db.store.save_instrument_texts(&texts("first")).unwrap();
        db.store.save_instrument_texts(&texts("second")).unwrap();
        assert_eq!(db.store.instrument_texts().unwrap(), [texts("second")]);
        let empty = db.store.save_instrument_texts(&texts(""));
        assert!(empty.is_err());
        assert_eq!(db.store.instrument_texts().unwrap(), [texts("second")]);
    });
}

fn score(unit: UnitId, n: u32, percent: f64) -> Result<ImportedScore, NotImported> {
    let label = "2026-03".parse().unwrap();
    ImportedScore::coarsened("mbi", label, unit, "exhaustion", n, percent, MinGroup::DEFAULT)
}

#[test]
fn scores_of_too_few_people_are_refused_and_exact_means_are_not_kept() {
    let unit = UnitId::new(uuid::Uuid::from_u128(1));
    assert_eq!(score(unit, 5, 40.0), Err(NotImported::TooFew(5)));
    assert_eq!(score(unit, 9, 100.5), Err(NotImported::OutOfRange));
    assert_eq!(score(unit, 9, f64::NAN), Err(NotImported::OutOfRange));
    let it = score(unit, 9, 41.0).unwrap();
    assert_eq!(it.total.width(), 50);
    assert_eq!(score(unit, 9, 41.2), Ok(it.clone()));
    assert!((it.percent() - 41.0).abs() < 3.0);
}

#[test]
fn imported_scores_come_once_and_all_or_none() {
    for_each_database(|db| {
        with_wave(&db.store);
        let unit = |name| unit_id(&db.store, "2026-03-01", name);
        let (elm, oak) =
            (score(unit("Elm"), 9, 40.0).unwrap(), score(unit("Oak"), 8, 50.0).unwrap());
        db.store.import_scores(std::slice::from_ref(&elm)).unwrap();
        assert!(db.store.import_scores(&[oak.clone(), elm.clone()]).is_err());
        assert_eq!(db.store.imported_scores().unwrap(), [elm]);
        let nowhere = score(UnitId::new(uuid::Uuid::from_u128(9)), 9, 40.0).unwrap();
        assert!(db.store.import_scores(&[nowhere]).is_err());
    });
}

//! Boards of levers and their history.

use tideline_domain::{
    LeverPlanId,
    lever::{LeverPlan, LeverStatus, Reach, lever},
};

use super::*;

fn a_plan(unit: UnitId) -> LeverPlan {
    LeverPlan {
        id: LeverPlanId::new(Uuid::new_v4()),
        unit,
        lever: lever("WL1").unwrap(),
        status: LeverStatus::Considered,
        reach: Reach::Escalate,
        owner: "rota lead".to_owned(),
        started: day("2026-01-15"),
        review: day("2026-04-15"),
        note: "fewer days with three in a row ".repeat(3),
    }
}

#[test]
fn a_board_shows_the_latest_and_its_history_the_way_there() {
    for_each_database(|db| {
        let store = &db.store;
        store.import(&northside(), Actor::Program, noon(FIRST_DAY)).unwrap();
        let (elm, oak) = (unit_id(store, FIRST_DAY, "Elm"), unit_id(store, FIRST_DAY, "Oak"));
        let emil = person(store, "emil").id;
        let considered = a_plan(elm);
        let trying = LeverPlan { status: LeverStatus::Trying, ..considered.clone() };
        let (then, now) = (at("2026-01-15T10:00:00Z"), at("2026-02-15T10:00:00.123456Z"));
        store.save_lever_plan(&considered, emil, then).unwrap();
        store.save_lever_plan(&trying, emil, now).unwrap();
        store.save_lever_plan(&a_plan(oak), emil, now).unwrap();

        assert_eq!(store.lever_plans(elm).unwrap(), std::slice::from_ref(&trying));
        assert_eq!(store.lever_plans(oak).unwrap().len(), 1);
        let history = store.lever_history(considered.id).unwrap();
        let steps: Vec<_> = history.into_iter().map(|it| (it.plan, it.by, it.at)).collect();
        assert_eq!(steps, [(considered, Some(emil), then), (trying, Some(emil), now)]);
        assert!(store.lever_history(LeverPlanId::new(Uuid::new_v4())).unwrap().is_empty());
    });
}

#[test]
fn a_plan_of_no_unit_or_with_too_long_a_note_is_refused() {
    for_each_database(|db| {
        let store = &db.store;
        store.import(&northside(), Actor::Program, noon(FIRST_DAY)).unwrap();
        let elm = unit_id(store, FIRST_DAY, "Elm");
        let emil = person(store, "emil").id;
        let now = at("2026-01-15T10:00:00Z");
        let nowhere = a_plan(UnitId::new(Uuid::new_v4()));
        assert!(store.save_lever_plan(&nowhere, emil, now).is_err());
        let long = LeverPlan { note: "ä".repeat(501), ..a_plan(elm) };
        assert!(store.save_lever_plan(&long, emil, now).is_err());
        assert!(store.lever_plans(elm).unwrap().is_empty());
        let full = LeverPlan { note: "ä".repeat(500), ..a_plan(elm) };
        store.save_lever_plan(&full, emil, now).unwrap();
    });
}

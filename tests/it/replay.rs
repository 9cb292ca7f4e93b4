//! `tideline replay`: historic data in, files out; a bad row and nothing is written.

use std::{fs, path::Path};

use tideline_aggregation::Policy;
use tideline_instrument::PULSE;
use tideline_server::{cli::ReplayArgs, replay};

const UNITS: &str =
    "unit,parent,headcount\nHarbour,,0\nElm,Harbour,12\nOak,Harbour,5\nAsh,Harbour,4\n";

fn run(folder: &Path, units: &str, answers: &str) -> anyhow::Result<()> {
    fs::write(folder.join("units.csv"), units).unwrap();
    fs::write(folder.join("answers.csv"), answers).unwrap();
    let args = ReplayArgs {
        roster: folder.join("units.csv"),
        answers: folder.join("answers.csv"),
        out: folder.join("out"),
    };
    replay::run(&args, &Policy::default())
}

fn scores() -> String {
    let mut csv = String::from("wave,unit,burnout,sts,cs\n");
    for wave in ["2026-01", "2026-02"] {
        for (unit, people) in [("Elm", 9), ("Oak", 5), ("Ash", 3)] {
            for at in 0..people {
                csv.push_str(&format!("{wave},{unit},{},{}.5,{}\n", 30 + at, 20 + at, 60 + at));
            }
        }
    }
    csv
}

#[test]
fn every_published_group_is_large_enough_and_every_answer_counts() {
    let folder = tempfile::tempdir().unwrap();
    run(folder.path(), UNITS, &scores()).unwrap();
    for wave in ["2026-01", "2026-02"] {
        let text = fs::read(folder.path().join(format!("out/release-{wave}.json"))).unwrap();
        let release: serde_json::Value = serde_json::from_slice(&text).unwrap();
        let atoms = release["atoms"].as_array().unwrap();
        assert_eq!(atoms.len(), 2, "Elm alone, Oak and Ash together");
        assert!(atoms.iter().all(|it| it["people"]["least"].as_u64() >= Some(6)), "{atoms:?}");
        let whole = &release["units"][0]["page"]["people"];
        assert!(whole["least"].as_u64() <= Some(17) && Some(17) <= whole["most"].as_u64());
    }
    let audit = fs::read_to_string(folder.path().join("out/audit.json")).unwrap();
    assert_eq!(audit.matches("SAFE").count(), 2);
    assert!(fs::read(folder.path().join("out/report.pdf")).unwrap().starts_with(b"%PDF-"));
    assert_eq!(fs::read_dir(folder.path().join("out")).unwrap().count(), 4, "and nothing else");

    let other = scores().replace("2026-01", "2025-12");
    let error = run(folder.path(), UNITS, &other).unwrap_err().to_string();
    assert!(error.contains("release-2026-01.json"), "{error}");
}

#[test]
fn raw_answers_are_scored_as_ballots_are() {
    let folder = tempfile::tempdir().unwrap();
    let ids: Vec<&str> = PULSE.items.iter().map(|it| it.id).collect();
    let mut csv = format!("wave,unit,{}\n", ids.join(","));
    for at in 0..8_u8 {
        let row: Vec<String> = ids.iter().map(|_| (at % 5).to_string()).collect();
        csv.push_str(&format!("1,Elm,{}\n", row.join(",")));
    }
    run(folder.path(), UNITS, &csv).unwrap();
    assert!(folder.path().join("out/release-1.json").exists());
}

#[test]
fn a_bad_row_is_named_and_nothing_is_written() {
    let folder = tempfile::tempdir().unwrap();
    for (units, answers, words) in [
        (UNITS, "wave,unit,burnout\n1,Elm,101\n", ["line 2", "burnout"]),
        (UNITS, "wave,unit,burnout\n1,Elm,4\n1,Nowhere,4\n", ["line 3", "Nowhere"]),
        (UNITS, "wave,unit,EX1\n1,Elm,5\n", ["line 2", "EX1"]),
        (UNITS, "wave,unit,burnout,EX1\n", ["line 1", "not both"]),
        (UNITS, "wave,unit,burnout\n1,Harbour,5\n", ["line 2", "headcount"]),
        ("unit,parent,headcount\nElm,,x\n", "wave,unit,burnout\n", ["line 2", "headcount"]),
        ("unit,parent,headcount\nElm,Oak,3\n", "wave,unit,burnout\n", ["line 2", "Oak"]),
    ] {
        let error = format!("{:#}", run(folder.path(), units, answers).unwrap_err());
        assert!(words.iter().all(|it| error.contains(it)), "{error}");
        assert!(!folder.path().join("out").exists());
    }
}

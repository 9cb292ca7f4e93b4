use std::collections::BTreeMap;

use proptest::prelude::*;
use tideline_domain::{Scale, questionnaire::Target as Asked};

use super::*;

#[test]
fn every_shipped_file_is_sound_and_has_a_source() {
    for (name, text) in FILES {
        let it = Instrument::parse(name, text).unwrap_or_else(|faults| panic!("{faults}"));
        assert!(!it.sources.is_empty(), "{name} has no source");
        for source in &it.sources {
            assert!(source.url.starts_with("http") && source.what.len() > 10, "{name}");
        }
        for scale in &it.scales {
            assert!(scale.bands.is_empty() || scale.bands_source.is_some(), "{name} {}", scale.id);
        }
        assert!(!it.licence.credit.is_empty() && !it.licence.statement.is_empty(), "{name}");
        assert_eq!(format!("{}.toml", it.id), *name);
    }
}

#[test]
fn texts_of_published_questionnaires_do_not_ship() {
    for it in SHIPPED.iter().filter(|it| it.id != "tideline-pulse-1") {
        assert!(it.languages.is_empty() && it.items.iter().all(|item| item.text.is_empty()));
    }
}

#[test]
fn the_pulse_has_sixteen_items_and_nine_drivers_in_two_languages() {
    let drivers = PULSE.items.iter().filter(|it| matches!(it.target, Asked::Driver(_))).count();
    assert_eq!((PULSE.items.len(), drivers), (25, 9));
    assert_eq!(Scale::ALL.map(|it| PULSE.items_of(it).count()), [7, 4, 4]);
    assert_eq!(PULSE.texts.iter().map(|it| it.language).collect::<Vec<_>>(), ["en", "de"]);
    for texts in PULSE.texts {
        for item in texts.items {
            assert!(!item.text.is_empty() && item.short.chars().count() <= 31, "{}", item.short);
        }
    }
    assert_eq!(PULSE.texts_in("fr").map(|it| it.language), Some("en"));
    assert!(PULSE.is_drawn());
}

#[test]
fn every_form_asks_nine_different_items() {
    for line in 0..7 {
        for sts in 0..6 {
            for driver in 0..9 {
                for cs in 0..6 {
                    let mut form = PULSE.form(&[line, sts, 0, driver, cs]).unwrap().0;
                    form.sort_unstable();
                    form.dedup();
                    assert_eq!(form.len(), 9);
                }
            }
        }
    }
    assert!(PULSE.form(&[7, 0, 0, 0, 0]).is_none());
    assert!(PULSE.form(&[0, 0, 0, 0]).is_none());
}

#[test]
fn every_pair_of_burnout_items_meets_in_exactly_one_line() {
    let mut met = BTreeMap::new();
    for line in PULSE.blocks[0] {
        for a in *line {
            for b in line.iter().filter(|b| a < *b) {
                *met.entry((a, b)).or_insert(0) += 1;
            }
        }
    }
    assert_eq!(met.len(), 21);
    assert!(met.values().all(|it| *it == 1));
}

#[test]
fn each_block_stays_on_its_scale() {
    for (block, scale) in [
        (0, Scale::Burnout),
        (1, Scale::SecondaryTraumaticStress),
        (4, Scale::CompassionSatisfaction),
    ] {
        let of: Vec<usize> = PULSE.items_of(scale).collect();
        assert!(PULSE.blocks[block].iter().flat_map(|it| it.iter()).all(|it| of.contains(it)));
    }
}

const SMALL: &str = r#"schema = 1
id = "small"
languages = ["en"]
validated = false
validation = "none"
time_frame = { en = "Today" }
sources = [{ what = "made for this test", url = "https://example.org" }]

[name]
en = "Small"

[licence]
statement = "ours"
credit = "ours"

[options.o]
min = 0
max = 4
labels.en = ["a", "b", "c", "d", "e"]

[[items]]
id = "A"
options = "o"
text.en = "First"

[[items]]
id = "B"
options = "o"
reversed = true
text.en = "Second"

[[scales]]
id = "s"
name = { en = "S" }
measures = "burnout"
items = ["A", "B"]
score = "percent"
min_answered = 1
higher = "worse"
bands = [{ id = "low" }, { id = "high", from = 50 }]
bands_source = "this test"
bands_checked = "original"
"#;

/// Replaces `from` by `to` in a sound file and says what is found: `"line 24: …"`.
#[track_caller]
fn check(from: &str, to: &str, expected: &str) {
    assert!(SMALL.contains(from), "{from}");
    let found = match Instrument::parse("small.toml", &SMALL.replacen(from, to, 1)) {
        Ok(_) => "sound".to_owned(),
        Err(it) => it.to_string().replace("small.toml cannot be used:\n  ", ""),
    };
    assert_eq!(found, expected);
}

#[test]
fn what_is_wrong_is_told_with_its_line() {
    check("Small", "Tiny", "sound");
    check("schema = 1", "schema = 2", "line 1: schema is 2; this version reads 1");
    check(
        "id = \"small\"",
        "id = \"small one\"",
        "line 2: id `small one` must be letters, digits, - and _",
    );
    check("[\"A\", \"B\"]", "[\"A\", \"X\"]", "line 36: there is no item `X`");
    check(
        "\"B\"\noptions",
        "\"A\"\noptions",
        "line 27: item `A` occurs twice\n  line 36: there is no item `B`",
    );
    check("\"e\"]", "]", "line 16: options.o has 4 labels in `en`; 0 to 4 needs 5");
    check("text.en = \"Second\"", "", "line 27: item B has no text in `en`");
    check(
        "measures = \"burnout\"",
        "measures = \"joy\"",
        "line 35: `joy` is none of burnout, sts, cs",
    );
    check(
        "score = \"percent\"",
        "score = \"median\"",
        "line 37: score `median` is none of sum, mean, percent",
    );
    check("min_answered = 1", "min_answered = 3", "line 38: min_answered must be 1 to 2");
    check(
        "sources = [{ what = \"made for this test\", url = \"https://example.org\" }]",
        "sources = []",
        "line 7: a key needs at least one source",
    );
    check("credit = \"ours\"", "credit = \"\"", "line 12: licence.credit must not be empty");
    check(
        "bands_source = \"this test\"\n",
        "",
        "line 33: the bands of scale s need a bands_source",
    );
    check("from = 50", "upto = 50", "line 40: unknown field `upto`, expected `id` or `from`");
    check(
        "validated = false",
        "validated = maybe",
        "line 4: string values must be quoted, expected literal string",
    );
}

fn texts(items: &str) -> String {
    format!(
        "language = \"en\"\nlicence = \"We registered our use.\"\ntime_frame = \"In the last 30 days\"\n\
         options = [\"1\", \"2\", \"3\", \"4\", \"5\"]\n\n[items]\n{items}"
    )
}

fn thirty() -> String {
    (1..=30).map(|it| format!("{it} = \"Placeholder {it}\"\n")).collect()
}

#[test]
fn a_wave_can_ask_a_key_with_its_texts() {
    let key = shipped("proqol-5").unwrap();
    assert!(matches!(questionnaire(key), Err(questionnaire::NotAsked::NoTexts(_))));
    let joined = texts::join(key, "t.toml", &texts(&thirty())).unwrap();
    assert_eq!(joined.licence, "We registered our use.");
    let asked = questionnaire(&joined.instrument).unwrap();
    assert_eq!(asked.items.len(), 30);
    assert!(!asked.is_drawn());
    assert_eq!(asked.form(&[0]).unwrap().0, (0..30).collect::<Vec<_>>());
    assert_eq!(Scale::ALL.map(|it| asked.items_of(it).count()), [10, 10, 10]);
    assert_eq!(Scale::ALL.map(|it| *asked.min_answered.get(it)), [10, 10, 10]);
    assert!(asked.credit.contains("ProQOL.org"));
}

/// The first three items about work and the first four about clients ask to what extent, the rest how often.
/// Source: the inventory, Kristensen et al. 2005.
#[test]
fn each_item_of_the_cbi_has_the_options_that_it_is_answered_by() {
    let key = shipped("cbi").unwrap();
    let extent: Vec<&str> = key
        .items
        .iter()
        .filter(|it| key.options[it.options].id == "extent")
        .map(|it| it.id.as_str())
        .collect();
    assert_eq!(extent, ["7", "8", "9", "14", "15", "16", "17"]);

    let items: String = (1..=19).map(|it| format!("{it} = \"Placeholder {it}\"\n")).collect();
    let one = texts(&items);
    let told = texts::join(key, "t.toml", &one).unwrap_err().to_string();
    assert!(told.contains("line 4: cbi has answers of several kinds"), "{told}");
    let lists = "{ extent = [\"a\", \"b\", \"c\", \"d\", \"e\"], frequency = [\"1\", \"2\", \"3\", \"4\", \"5\"] }";
    let both = one.replace("[\"1\", \"2\", \"3\", \"4\", \"5\"]", lists);
    let joined = texts::join(key, "t.toml", &both).unwrap().instrument;
    let words =
        |item: usize| joined.options[joined.items[item - 1].options].labels["en"][0].clone();
    assert_eq!([6, 7, 9, 10, 13, 14, 17, 18].map(words), ["1", "a", "a", "1", "1", "a", "a", "1"]);
    let other = both.replace("extent =", "degree =");
    assert!(texts::join(key, "t.toml", &other).is_err());
    // All items count 0 to 100 alike.
    let work = joined.scale("work").unwrap();
    let mut answers = [None; 19];
    answers[6..13].copy_from_slice(&[4.0, 4.0, 4.0, 4.0, 4.0, 4.0, 0.0].map(Some));
    assert_eq!(joined.score(work, &answers), Some(100.0));
}

#[test]
fn a_missing_item_and_one_too_many_are_told() {
    let key = shipped("proqol-5").unwrap();
    let items = thirty()
        .replace("7 = \"Placeholder 7\"\n", "")
        .replace("9 = \"Placeholder 9\"", "9 = \"\"");
    let found =
        texts::join(key, "t.toml", &texts(&format!("{items}31 = \"Too many\"\n"))).unwrap_err();
    let told = found.to_string();
    assert!(told.contains("line 6: item 7 has no text"), "{told}");
    assert!(told.contains("the text of item 9 is empty"), "{told}");
    assert!(told.contains("line 36: proqol-5 has no item 31"), "{told}");
    let four = texts(&thirty()).replace(", \"5\"]", "]");
    let told = texts::join(key, "t.toml", &four).unwrap_err().to_string();
    assert!(told.contains("line 4: 4 options; proqol-5 has 5"), "{told}");
    let told = texts::join(shipped("mbi").unwrap(), "t.toml", &texts("")).unwrap_err().to_string();
    assert!(told.contains("may not be asked"), "{told}");
}

#[test]
fn scales_in_the_manner_of_copsoq_come_with_their_texts() {
    let key = shipped("copsoq-style").unwrap();
    let items = "Q1 = { text = \"One\", scale = \"pace\" }\nQ2 = { text = \"Two\", scale = \"pace\", reversed = true }\n\
                 \n[scales.pace]\nname = \"Work pace\"\nhigher = \"worse\"\n";
    let joined = texts::join(key, "t.toml", &texts(items)).unwrap().instrument;
    let scale = joined.scale("pace").unwrap();
    assert_eq!(joined.score(scale, &[Some(4.0), Some(4.0)]), Some(50.0));
    assert_eq!(joined.score(scale, &[Some(3.0), None]), Some(75.0));
    assert_eq!(joined.score(scale, &[None, None]), None);
    let told = texts::join(key, "t.toml", &texts("Q1 = \"One\"\n")).unwrap_err().to_string();
    assert!(told.contains("item Q1 needs text and scale"), "{told}");
}

#[test]
fn a_group_mean_comes_back_in_the_unit_of_its_scale() {
    let key = shipped("proqol-5").unwrap();
    let scale = key.scale("CS").unwrap();
    assert!((key.from_percent(scale, 50.0) - 30.0).abs() < 1e-12);
    assert_eq!(key.range(scale), (10.0, 50.0));
    let reference = key.reference("de-la-rosa-2018").unwrap().value("CS").unwrap();
    assert!((t_score(37.7, reference) - 50.0).abs() < 1e-12);
    assert_eq!(scale.band(41.9).map(|it| it.id.as_str()), Some("moderate"));
}

proptest! {
    #[test]
    fn no_text_makes_a_panic(text in ".{0,200}", at in 0_usize..800) {
        let _ = Instrument::parse("x", &text);
        let mut broken = SMALL.to_owned();
        let at = at.min(broken.len() - 1);
        broken.replace_range(at..=at, "");
        let _ = Instrument::parse("x", &broken);
        let _ = texts::join(shipped("proqol-5").unwrap(), "x", &text);
    }
}

#[test]
fn a_key_is_found_by_its_name_or_its_only_beginning() {
    for (name, expected) in [
        ("proqol-5", Some("proqol-5")),
        ("ProQOL5", Some("proqol-5")),
        ("hse", Some("hse-indicator-tool")),
        ("bat", None),
        ("bat23", Some("bat-23")),
        ("", None),
        ("nothing", None),
    ] {
        assert_eq!(shipped(name).map(|it| it.id.as_str()), expected, "{name}");
    }
}

//! Styles that two crates must agree on, and colours that can be told apart by everybody.

use std::collections::BTreeMap;

const APP: &str = include_str!("../../static/app.css");
const SURVEY: &str = include_str!("../../static/survey.css");

#[test]
fn charts_look_as_the_report_draws_them() {
    let charts = tideline_report::chart::chart_css();
    assert!(APP.contains(&charts), "put this into static/app.css:\n{charts}");
}

type Tokens = BTreeMap<String, [f64; 3]>;

fn colour(text: &str) -> Option<[f64; 3]> {
    let digits = text.trim().strip_prefix('#')?;
    let wide: String = match digits.len() {
        3 => digits.chars().flat_map(|it| [it, it]).collect(),
        _ => digits.to_owned(),
    };
    let part = |at: usize| Some(f64::from(u8::from_str_radix(wide.get(at..at + 2)?, 16).ok()?));
    Some([part(0)?, part(2)?, part(4)?])
}

/// The colours that `:root` gives to tokens, in the light and in the dark: the second over the first.
fn tokens(css: &str) -> [Tokens; 2] {
    let mut found = [Tokens::new(), Tokens::new()];
    for (at, _) in css.match_indices(":root {") {
        let before = css[..at].trim_end();
        let block = css[at..].split_once('{').unwrap().1.split('}').next().unwrap();
        let dark = before.ends_with("(prefers-color-scheme: dark) {");
        if before.ends_with("@media print {") {
            continue;
        }
        for (name, value) in block.split(';').filter_map(|it| it.trim().split_once(": ")) {
            if let Some(colour) = colour(value) {
                found[usize::from(dark)].insert(name.to_owned(), colour);
            }
        }
    }
    let [light, dark] = found;
    let mut night = light.clone();
    night.extend(dark);
    [light, night]
}

/// Contrast of two colours, 1 to 21 (WCAG 2.2, "contrast ratio").
fn contrast(one: [f64; 3], other: [f64; 3]) -> f64 {
    let luminance = |colour: [f64; 3]| {
        let [r, g, b] = colour.map(|it| {
            let share = it / 255.0;
            if share <= 0.04045 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
        });
        0.2126 * r + 0.7152 * g + 0.0722 * b
    };
    let (a, b) = (luminance(one) + 0.05, luminance(other) + 0.05);
    (a / b).max(b / a)
}

/// Foreground, background, and the least contrast: 4.5 for words, 3 for shapes that say something.
const PAIRS: &[(&str, &str, f64)] = &[
    ("--ink", "--paper", 7.0),
    ("--ink", "--surface", 7.0),
    ("--ink", "--sunken", 7.0),
    ("--ink2", "--paper", 4.5),
    ("--ink2", "--surface", 4.5),
    ("--ink2", "--sunken", 4.5),
    ("--action", "--paper", 4.5),
    ("--action", "--surface", 4.5),
    ("--action-hover", "--paper", 4.5),
    ("--action-hover", "--surface", 4.5),
    ("--on-action", "--action", 4.5),
    ("--on-action", "--action-hover", 4.5),
    ("--control", "--paper", 3.0),
    ("--control", "--surface", 3.0),
    ("--focus", "--paper", 3.0),
    ("--focus", "--surface", 3.0),
    ("--ink", "--focus-fill", 4.5),
    ("--heavier", "--paper", 4.5),
    ("--heavier", "--surface", 4.5),
    ("--lighter", "--paper", 4.5),
    ("--lighter", "--surface", 4.5),
    ("--ink", "--notice-bg", 7.0),
    ("--notice", "--notice-bg", 4.5),
    ("--ink", "--error-bg", 7.0),
    ("--error", "--error-bg", 4.5),
    ("--error", "--surface", 4.5),
    // Charts: what lies on the bands, and what bounds the pale ones.
    ("--ink", "--band", 3.0),
    ("--ink", "--core", 3.0),
    ("--ink2", "--core", 3.0),
    ("--heavier", "--band", 3.0),
    ("--heavier", "--core", 3.0),
    ("--lighter", "--band", 3.0),
    ("--lighter", "--core", 3.0),
    ("--control", "--band", 3.0),
    ("--control", "--sunken", 3.0),
    ("--heavier", "--heavier-bg", 4.5),
    ("--lighter", "--lighter-bg", 4.5),
    ("--notice", "--surface", 4.5),
    // The one dark card, and what lies on its waves.
    ("--on-deep", "--deep", 7.0),
    ("--on-deep", "--deep-2", 7.0),
    ("--on-deep-2", "--deep", 4.5),
    ("--on-deep-2", "--deep-2", 4.5),
    ("--deep", "--on-deep-2", 4.5),
    ("--focus-deep", "--deep", 3.0),
    ("--focus-deep-ink", "--focus-deep", 4.5),
    ("--on-brand", "--brand", 3.0),
    ("--heat-ink-2", "--heat-lighter-2", 4.5),
    ("--heat-ink", "--heat-lighter-1", 4.5),
    ("--heat-ink", "--heat-heavier-1", 4.5),
    ("--heat-ink-2", "--heat-heavier-2", 4.5),
];

#[test]
fn every_pair_of_colours_can_be_told_apart() {
    for (css, name, least) in [(APP, "app.css", 49), (SURVEY, "survey.css", 12)] {
        let mut seen = 0;
        for (mode, tokens) in ["light", "dark"].into_iter().zip(tokens(css)) {
            for (on, under, least) in PAIRS {
                let (Some(a), Some(b)) = (tokens.get(*on), tokens.get(*under)) else { continue };
                let found = contrast(*a, *b);
                assert!(found >= *least, "{name}, {mode}: {on} on {under} is {found:.2}");
                seen += 1;
            }
        }
        assert!(seen >= 2 * least, "{name}: {seen} pairs");
    }
}

/// Colours have names; only where a name gets its colour is one written down.
#[test]
fn every_colour_is_a_token() {
    for (css, name) in [(APP, "app.css"), (SURVEY, "survey.css")] {
        // Cameras read codes in black on white only; their picture is black until it comes; what lies
        // behind a dialogue is shaded.
        let black = |it: &&str| {
            it.starts_with(".qr-") || it.starts_with("video") || it.contains("rgb(0 0 0 /")
        };
        for line in css.lines().filter(|it| !black(it)) {
            for declaration in line.split([';', '{', '}']) {
                let Some((property, value)) = declaration.split_once(':') else { continue };
                // "#fff", but not a name in a selector: "#state".
                let number = value.split('#').skip(1).any(|it| {
                    it.chars()
                        .take_while(char::is_ascii_alphanumeric)
                        .all(|it| it.is_ascii_hexdigit())
                });
                let written = number || value.contains("rgb(") || value.contains("hsl(");
                assert!(!written || property.trim().starts_with("--"), "{name}: {declaration}");
            }
        }
    }
}

/// The words that would frighten, blame or grade: none of them is in a text that people read.
#[test]
fn no_text_blames_or_frightens() {
    const AVOID: [&str; 19] = [
        "at risk",
        "toxic",
        "alarming",
        "deteriorat",
        "failing",
        "red flag",
        "response rate",
        "compliance",
        "non-responder",
        "insufficient data",
        "self-care",
        "action required",
        "urgent action",
        "significant",
        "headcount",
        "poor ",
        "burnt-out",
        "ranking of",
        "!",
    ];
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../text/locales/en");
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        for line in std::fs::read_to_string(&path).unwrap().lines() {
            let Some((id, text)) = line.split_once(" = ") else { continue };
            let text = text.to_lowercase();
            for word in AVOID {
                assert!(!text.contains(word), "{}: {id} says “{word}”: {text}", path.display());
            }
        }
    }
}

//! How easy the English texts are to read: Flesch–Kincaid grade level (Kincaid, Fishburne, Rogers and
//! Chissom 1975, Research Branch Report 8-75), `0.39 words/sentences + 11.8 syllables/words − 15.59`.
//! Five years more is about the age at which somebody reads that easily.
//!
//! Syllables are counted by groups of vowels, without silent endings: right for most words, and a little
//! high for some.

use crate::{Language, catalogue::sources};

/// Oldest reading age of a catalogue. Unit: years.
const MOST_YEARS: f64 = 12.0;
/// Longest sentence. Unit: words.
const MOST_WORDS: usize = 25;

/// What a reader sees of the messages of `source`: a text each, with a word in the place of arguments.
fn texts(source: &str) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for line in source.lines() {
        let starts = line.starts_with(|it: char| it.is_ascii_lowercase());
        match line.split_once(" =") {
            Some((_, text)) if starts => all.push(text.trim().to_owned()),
            _ if line.starts_with("    ") || line.starts_with("   *") => {
                // A variant of a message is a sentence of its own.
                let text = line.trim().trim_start_matches('*');
                let text = text.split_once(']').map_or(text, |(_, after)| after.trim());
                all.push(text.to_owned());
            }
            _ => {}
        }
    }
    let plain = |text: String| {
        let mut out = String::new();
        let (mut tag, mut argument) = (false, false);
        for it in text.chars() {
            match it {
                '<' => tag = true,
                '>' if tag => tag = false,
                '{' => {
                    argument = true;
                    out.push_str("seven");
                }
                '}' => argument = false,
                other if !tag && !argument => out.push(other),
                _ => {}
            }
        }
        out
    };
    all.into_iter().map(plain).collect()
}

fn sentences(text: &str) -> Vec<Vec<&str>> {
    let ends = |it: &str| it.ends_with(['.', '!', '?']);
    let words: Vec<&str> = text.split_whitespace().collect();
    let is_word = |it: &&str| it.contains(|it: char| it.is_ascii_alphabetic());
    words
        .split_inclusive(|it| ends(it))
        .map(|it| it.iter().copied().filter(is_word).collect::<Vec<_>>())
        .filter(|it| !it.is_empty())
        .collect()
}

fn syllables(word: &str) -> usize {
    let word: String = word.to_lowercase().chars().filter(char::is_ascii_alphabetic).collect();
    let is_vowel = |it: char| "aeiouy".contains(it);
    let mut count = 0;
    let mut before = false;
    for it in word.chars() {
        count += usize::from(is_vowel(it) && !before);
        before = is_vowel(it);
    }
    let silent = (word.ends_with('e') && !word.ends_with("le") && !word.ends_with("ee"))
        || (word.ends_with("ed") && !word.ends_with("ted") && !word.ends_with("ded"));
    count.saturating_sub(usize::from(silent)).max(1)
}

/// Reading age of `texts`; only those of a few words and more count, a label is no sentence. Unit: years.
/// `None` if they are labels only.
fn reading_age(texts: &[String]) -> Option<f64> {
    let (mut count, mut words, mut sounds) = (0.0, 0.0, 0.0);
    for text in texts {
        let found = sentences(text);
        if found.iter().map(Vec::len).sum::<usize>() < 6 {
            continue;
        }
        for sentence in found {
            count += 1.0;
            words += sentence.len() as f64;
            sounds += sentence.iter().map(|it| syllables(it)).sum::<usize>() as f64;
        }
    }
    (count > 0.0).then(|| 0.39 * words / count + 11.8 * sounds / words - 15.59 + 5.0)
}

#[test]
fn the_formula_tells_easy_from_hard() {
    let age = |text: &str| reading_age(&[text.to_owned()]).unwrap();
    assert!(age("The cat sat on the mat. It was a warm day. We all went out.") < 7.0);
    let hard = "Organisational determinants of occupational psychological morbidity necessitate \
                multidisciplinary investigation.";
    assert!(age(hard) > 20.0);
    assert_eq!(
        ["strain", "secondary", "answered", "people", "table"].map(syllables),
        [1, 4, 2, 2, 2]
    );
}

#[test]
fn english_texts_can_be_read_at_twelve() {
    for (file, source) in sources(Language::English) {
        let texts = texts(source);
        if let Some(age) = reading_age(&texts) {
            eprintln!("{file}: reading age {age:.1} years");
            assert!(age <= MOST_YEARS, "{file}: reading age {age:.1}");
        }
        for text in &texts {
            for sentence in sentences(text) {
                assert!(
                    sentence.len() <= MOST_WORDS,
                    "{file}: {} words: {}",
                    sentence.len(),
                    sentence.join(" ")
                );
            }
        }
    }
}

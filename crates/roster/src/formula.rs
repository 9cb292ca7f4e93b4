//! Cells that a spreadsheet would run. Excel, LibreOffice and Google Sheets take text in a CSV file for a
//! formula if it begins with one of some signs, some of them also in their full-width and small forms (as
//! CWE-1236 and OWASP's "CSV Injection" list them). An apostrophe before it makes it text again; it is taken
//! off when the file comes back.

/// Begins what a spreadsheet would run.
fn is_sign(it: char) -> bool {
    matches!(
        it,
        '=' | '+' | '-' | '@' | '\t' | '\r' | '\n'
            // Full-width and small forms; superscript plus, minus and equals are not taken for signs.
            | '\u{ff1d}' | '\u{ff0b}' | '\u{ff0d}' | '\u{ff20}'
            | '\u{fe66}' | '\u{fe62}' | '\u{fe63}' | '\u{fe6b}'
    )
}

/// Whether `text`, or what is behind its apostrophes, would be run.
fn needs_guard(text: &str) -> bool {
    text.trim_start_matches('\'').trim_start().starts_with(is_sign)
}

/// `text` as a cell of a CSV file that no spreadsheet runs.
pub fn guarded(text: &str) -> String {
    if needs_guard(text) { format!("'{text}") } else { text.to_owned() }
}

/// The text of a cell that [`guarded`] may have written.
pub fn restored(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(text) if needs_guard(text) => text,
        _ => cell,
    }
}

/// Whether `text` is a plain number, which stays as it is: `+4`, `-12.5`.
pub fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    let (whole, part) = digits.split_once('.').unwrap_or((digits, "0"));
    [whole, part].iter().all(|it| !it.is_empty() && it.bytes().all(|it| it.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn signs_of_every_width_are_guarded() {
        for text in
            ["=1+1", "+12", "-Süd", "@home", "＝1", "＋1", "－1", "＠x", "﹦1", " =1", "'=1"]
        {
            assert_eq!(guarded(text), format!("'{text}"), "{text}");
            assert_eq!(restored(&guarded(text)), text);
        }
        for text in ["Elm", "O'Brien", "'s Heeren", "03", "54 – 60", "–3", "[c]", ""] {
            assert_eq!((guarded(text).as_str(), restored(text)), (text, text));
        }
    }

    #[test]
    fn numbers_are_told_from_names() {
        for (text, number) in [
            ("+4", true),
            ("-12.5", true),
            ("54", true),
            ("-Süd", false),
            ("+", false),
            ("1.", false),
            ("=1", false),
        ] {
            assert_eq!(is_number(text), number, "{text}");
        }
    }

    proptest! {
        #[test]
        fn what_was_guarded_comes_back(text in "['=+ a＝-]{0,6}|\\PC{0,12}") {
            let cell = guarded(&text);
            prop_assert_eq!(restored(&cell), text.as_str());
            prop_assert!(!cell.starts_with(is_sign));
        }
    }
}

//! Characters that nobody sees, and those that turn the text around them: in a name they make two people
//! look alike, one look like nobody, or a line say something else. Letters of every script stay.
//!
//! Follows the Unicode categories "other" and "separator" (The Unicode Standard, 4.5) and the property
//! Default_Ignorable_Code_Point (5.21), with the exceptions that scripts and emoji are written with
//! (Unicode Technical Standard 39, 3.1, and 51, 1.4).

use unicode_properties::{GeneralCategory as Category, UnicodeGeneralCategory as _};

/// The first character of `text` that a name must not have: a control character, one that turns the
/// direction of text, or one that shows nothing. `None` if there is none.
pub fn unseen(text: &str) -> Option<char> {
    each(text).find(|(_, fits)| !fits).map(|(it, _)| it)
}

/// `text` for a terminal or a log, with what nobody would see spelt out: `Ada<U+202E>`. For values that are
/// refused: whoever has to correct them sees what is there, and they do nothing to what stands around them.
pub fn spelt_out(text: &str) -> String {
    let mut said = String::with_capacity(text.len());
    for (it, fits) in each(text) {
        if fits {
            said.push(it);
        } else {
            said.push_str(&format!("<U+{:04X}>", u32::from(it)));
        }
    }
    said
}

/// Each character, and whether it may stand where it stands.
fn each(text: &str) -> impl Iterator<Item = (char, bool)> {
    let mut before: Option<char> = None;
    let mut rest = text.chars();
    std::iter::from_fn(move || {
        let it = rest.next()?;
        let fits = match it {
            // Without these, Persian and the scripts of India are misspelt; and families are taken apart.
            '\u{200c}' | '\u{200d}' => {
                before.is_some_and(|it| joins(it) || it == EMOJI)
                    && rest.clone().next().is_some_and(joins)
            }
            EMOJI => before.is_some_and(|it| it.general_category() == Category::OtherSymbol),
            _ => is_seen(it),
        };
        before = Some(it);
        Some((it, fits))
    })
}

/// Whether `text` has anything to see.
pub(crate) fn shows_something(text: &str) -> bool {
    let mark = |it: char| {
        use Category::{EnclosingMark, NonspacingMark};
        matches!(it.general_category(), EnclosingMark | NonspacingMark)
    };
    text.chars().any(|it| !it.is_whitespace() && !mark(it))
}

/// Says that the symbol before it is to be shown as a picture.
const EMOJI: char = '\u{fe0f}';

/// What a joiner may stand between: letters of the scripts that need it, and pictures.
fn joins(it: char) -> bool {
    matches!(
        it,
        '\u{600}'..='\u{109f}'
            | '\u{1780}'..='\u{18af}'
            | '\u{a8e0}'..='\u{a8ff}'
            | '\u{fb50}'..='\u{fdff}'
            | '\u{fe70}'..='\u{fefc}'
    ) && is_seen(it)
        || it.general_category() == Category::OtherSymbol
        || matches!(it, '\u{1f3fb}'..='\u{1f3ff}')
}

fn is_seen(it: char) -> bool {
    use Category::{Control, Format, LineSeparator, ParagraphSeparator, PrivateUse, Surrogate};
    let other = matches!(
        it.general_category(),
        Control | Format | LineSeparator | ParagraphSeparator | PrivateUse | Surrogate
    );
    // Default_Ignorable_Code_Point beyond the category "format", and an empty Braille cell.
    let ignorable = matches!(
        it,
        '\u{34f}'
            | '\u{115f}'
            | '\u{1160}'
            | '\u{17b4}'
            | '\u{17b5}'
            | '\u{180b}'..='\u{180f}'
            | '\u{2065}'
            | '\u{2800}'
            | '\u{3164}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{ffa0}'
            | '\u{fff0}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e0fff}'
    );
    !other && !ignorable
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_people_stay() {
        for name in [
            "Zoë Müller-Lüdenscheidt",
            "محمد عبد الله",
            "שָׂרָה כֹּהֵן",
            "می‌خواهم",
            "ශ්‍රී ලංකා",
            "രാജൻ‍ന",
            "王小明",
            "이지은",
            "O’Brien – Nord (3)",
            "❤️ Team",
            "👩‍⚕️ Pflege",
            "👩🏽‍⚕️",
            "03",
        ] {
            assert_eq!(unseen(name), None, "{name}");
            assert_eq!(spelt_out(name), name);
            assert!(shows_something(name), "{name}");
        }
    }

    #[test]
    fn what_nobody_sees_is_found() {
        let turning = "\u{61c}\u{200e}\u{200f}\u{202a}\u{202b}\u{202c}\u{202d}\u{202e}\u{2066}\u{2067}\u{2068}\u{2069}";
        let invisible = "\u{ad}\u{34f}\u{115f}\u{1160}\u{17b4}\u{180e}\u{200b}\u{2060}\u{2061}\u{2063}\u{206a}\u{2800}\u{3164}\u{feff}\u{ffa0}\u{fff9}\u{e0041}\u{e0100}\u{f0000}\u{e000}";
        let breaking = "\u{0}\u{7}\t\n\r\u{1b}\u{7f}\u{85}\u{2028}\u{2029}";
        for it in turning.chars().chain(invisible.chars()).chain(breaking.chars()) {
            assert_eq!(unseen(&format!("A{it}b")), Some(it), "U+{:04X}", u32::from(it));
        }
        // Joiners and variation selectors where no script needs them.
        for text in ["A\u{200d}da", "\u{200c}می", "می\u{200c}", "Ad\u{fe0f}a", "Ада\u{200d}м"]
        {
            assert!(unseen(text).is_some(), "{text:?}");
        }
    }

    #[test]
    fn what_nobody_sees_is_spelt_out() {
        let bad = "Ada\u{202e}nimda\u{1b}[2J\n\u{200b}می‌خواهم";
        assert_eq!(spelt_out(bad), "Ada<U+202E>nimda<U+001B>[2J<U+000A><U+200B>می‌خواهم");
        assert_eq!(unseen(&spelt_out(bad)), None);
    }

    #[test]
    fn marks_and_spaces_alone_show_nothing() {
        assert!(!shows_something("\u{301}\u{300}") && !shows_something("\u{3000} \u{a0}"));
    }
}

//! What files are called: by the wave and the unit they are about, because people keep several.

use tideline_text::Text;

/// Most characters of a unit's name. Some systems take no file name over 255 bytes.
const MOST: usize = 48;

/// The name of a file about the wave with this `label`, without its ending: "wellbeing-2026-10-Night-crisis-line", or
/// without a unit "wellbeing-2026-10". Labels of waves hold letters, digits and dashes; of a unit's name letters and
/// digits are kept.
pub fn stem(label: &str, unit: Option<&str>, t: Text) -> String {
    let kind = t.tr("report-file-name");
    let Some(unit) = unit else { return format!("{kind}-{label}") };
    let words = unit.split(|it: char| !it.is_alphanumeric()).filter(|it| !it.is_empty());
    let unit: String = words.collect::<Vec<_>>().join("-").chars().take(MOST).collect();
    let unit = unit.trim_end_matches('-');
    if unit.is_empty() { format!("{kind}-{label}") } else { format!("{kind}-{label}-{unit}") }
}

#[cfg(test)]
mod tests {
    use tideline_text::Language;

    use super::*;

    #[test]
    fn a_file_is_called_by_month_and_unit() {
        let t = Text::new(Language::English);
        assert_eq!(stem("2026-10", None, t), "wellbeing-2026-10");
        let elm = stem("2026-10", Some("Elm / north, (nights)"), t);
        assert_eq!(elm, "wellbeing-2026-10-Elm-north-nights");
        assert_eq!(stem("2026-10", Some("../.."), t), "wellbeing-2026-10");
        let long = stem("2026-10", Some(&"ä".repeat(200)), t);
        assert_eq!(long.chars().count(), "wellbeing-2026-10-".len() + MOST);
    }
}

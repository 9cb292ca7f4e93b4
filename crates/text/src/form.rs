//! Dates and numbers in the form a language uses.

use chrono::NaiveDate;

use crate::Text;

impl Text {
    /// A day as people write it: "2 April 2026", "2. April 2026".
    pub fn date(self, day: NaiveDate) -> String {
        self.dated(day, "date-format")
    }

    /// A month as people write it: "March 2026", "März 2026".
    pub fn month(self, day: NaiveDate) -> String {
        self.dated(day, "month-format")
    }

    /// A month in at most four letters, for axes: "Mar", "Mär".
    pub fn month_short(self, day: NaiveDate) -> String {
        self.dated(day, "month-short-format")
    }

    fn dated(self, day: NaiveDate, format: &str) -> String {
        let format = self.tr(format);
        day.format_localized(&format, self.language().locale()).to_string()
    }

    /// A whole number with its digits in groups of three: "12,300", "12.300".
    pub fn integer(self, n: u64) -> String {
        match (n / 1000, n % 1000) {
            (0, rest) => rest.to_string(),
            (more, rest) => format!("{}{}{rest:03}", self.integer(more), self.tr("group-mark")),
        }
    }

    /// A number with `decimals` digits after the decimal mark, not grouped: "3.4", "3,4".
    pub fn decimal(self, value: f64, decimals: usize) -> String {
        format!("{value:.decimals$}").replace('.', &self.tr("decimal-mark"))
    }

    /// A list in a sentence: "Elm", "Elm and Oak", "Elm, Oak and Ash".
    pub fn list<S: AsRef<str>>(self, items: &[S]) -> String {
        let Some((last, rest)) = items.split_last() else {
            return String::new();
        };
        if rest.is_empty() {
            return last.as_ref().to_owned();
        }
        let rest = rest.iter().map(AsRef::as_ref).collect::<Vec<_>>().join(", ");
        self.tr2("list-last", "items", rest, "last", last.as_ref())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Language;

    const EN: Text = Text::new(Language::English);
    const DE: Text = Text::new(Language::German);

    #[test]
    fn dates_follow_the_language() {
        let day = NaiveDate::from_ymd_opt(2026, 3, 2).unwrap();
        assert_eq!(EN.date(day), "2 March 2026");
        assert_eq!(DE.date(day), "2. März 2026");
        assert_eq!(EN.month(day), "March 2026");
        assert_eq!(DE.month(day), "März 2026");
        assert_eq!(EN.month_short(day), "Mar");
        assert_eq!(DE.month_short(day), "Mär");
    }

    #[test]
    fn numbers_follow_the_language() {
        for (n, en, de) in [
            (0, "0", "0"),
            (999, "999", "999"),
            (12_300, "12,300", "12.300"),
            (1_000_007, "1,000,007", "1.000.007"),
        ] {
            assert_eq!(EN.integer(n), en);
            assert_eq!(DE.integer(n), de);
        }
        assert_eq!(EN.decimal(3.45, 1), "3.5");
        assert_eq!(DE.decimal(-3.44, 1), "-3,4");
    }

    #[test]
    fn lists_end_with_and() {
        assert_eq!(EN.list::<&str>(&[]), "");
        assert_eq!(EN.list(&["Elm"]), "Elm");
        assert_eq!(EN.list(&["Elm", "Oak", "Ash"]), "Elm, Oak and Ash");
        assert_eq!(DE.list(&["Ulme", "Eiche"]), "Ulme und Eiche");
    }
}

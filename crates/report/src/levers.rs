//! Levers in words, in the reader's language, and as marks on a chart.

use chrono::{NaiveDate, TimeZone};
use tideline_aggregation::{Release, suggest::Reason};
use tideline_domain::lever::{
    Construct, Evidence, Lever, LeverCategory, LeverStatus, NotFirst, Reach,
};
use tideline_text::Text;

use crate::chart::LeverMark;

/// What to do.
pub fn text(t: Text, lever: &Lever) -> String {
    t.tr(&format!("lever-{}", lever.id))
}

/// The same in a few words, where there is little room.
pub fn short(t: Text, lever: &Lever) -> String {
    t.tr(&format!("lever-short-{}", lever.id))
}

/// What part of work it changes.
pub fn category(t: Text, category: LeverCategory) -> String {
    t.tr(&format!("category-{}", category.code()))
}

/// What it is expected to move, as a list.
pub fn moves(t: Text, lever: &Lever) -> String {
    let name = |it: &Construct| t.tr(&format!("construct-{}", it.code()));
    lever.moves.iter().map(name).collect::<Vec<_>>().join(", ")
}

/// What a grade means.
pub fn evidence(t: Text, grade: Evidence) -> String {
    t.tr(&format!("evidence-{}", grade.code()))
}

/// Where it stands.
pub fn status(t: Text, status: LeverStatus) -> String {
    t.tr(&format!("lever-status-{}", status.code()))
}

/// Who can change it.
pub fn reach(t: Text, reach: Reach) -> String {
    t.tr(&format!("lever-reach-{}", reach.code()))
}

/// Something not to begin with, and why.
pub fn not_first(t: Text, it: &NotFirst) -> (String, String) {
    (t.tr(&format!("not-first-{}", it.key)), t.tr(&format!("not-first-{}-why", it.key)))
}

/// Why a lever is suggested.
pub fn reason(t: Text, reason: Reason) -> String {
    match reason {
        Reason::Signal(scale) => t.tr(&format!("reason-{}", scale.code())),
        Reason::Driver(of) => t.tr1("reason-driver", "condition", category(t, of)),
        Reason::Lowest(of) => t.tr1("reason-lowest", "condition", category(t, of)),
    }
}

/// The marks of levers on a chart of `history` (oldest first), each with the place of its lever in
/// `started`: at the first wave that was still open on its day of
/// start, by the calendars of `zone`, or opened later; numbered by start: "L1", "L2" … A lever
/// without a start, or that started after the latest wave, has none.
pub fn marks<Zone: TimeZone>(
    history: &[Release],
    zone: &Zone,
    started: &[Option<NaiveDate>],
) -> Vec<(usize, LeverMark)> {
    let mut pulled: Vec<(NaiveDate, usize)> =
        started.iter().enumerate().filter_map(|(at, day)| Some(((*day)?, at))).collect();
    pulled.sort_unstable();
    pulled
        .into_iter()
        .filter_map(|(day, of)| {
            let after = |it: &Release| it.wave().window.last_day(zone) >= day;
            Some((of, history.iter().position(after)?))
        })
        .zip(1..)
        .map(|((of, at), number)| (of, LeverMark { at, label: format!("L{number}") }))
        .collect()
}

#[cfg(test)]
mod tests {
    use tideline_domain::lever::{LEVERS, NOT_FIRST_LINE};
    use tideline_text::Language;

    use super::*;

    /// Longest short name. Unit: characters.
    const SHORT: usize = 40;

    #[test]
    fn the_whole_catalogue_is_told_in_every_language() {
        for language in Language::ALL {
            let t = Text::new(language);
            let told = |text: String, id: &str| {
                assert!(text.len() > 3 && !text.contains('{') && text != id, "{id}: {text}");
            };
            for it in LEVERS {
                told(text(t, it), &format!("lever-{}", it.id));
                told(moves(t, it), "construct");
                let short = short(t, it);
                assert!(short.chars().count() <= SHORT, "{short}");
                told(short, &format!("lever-short-{}", it.id));
            }
            for it in LeverCategory::ALL {
                assert!(t.has(&format!("category-{}", it.code())));
                told(reason(t, Reason::Driver(it)), "reason-driver");
                told(reason(t, Reason::Lowest(it)), "reason-lowest");
            }
            for it in Evidence::ALL {
                assert!(t.has(&format!("evidence-{}", it.code())));
            }
            for it in LeverStatus::ALL {
                assert!(t.has(&format!("lever-status-{}", it.code())));
            }
            for it in tideline_domain::Scale::ALL {
                assert!(t.has(&format!("reason-{}", it.code())));
            }
            for it in NOT_FIRST_LINE {
                let (what, why) = not_first(t, it);
                told(what, it.key);
                told(why, it.key);
            }
        }
    }

    #[test]
    fn the_catalogue_in_english_is_the_one_of_the_domain() {
        let t = Text::new(Language::English);
        for it in LEVERS {
            assert_eq!(text(t, it), it.text);
        }
    }
}

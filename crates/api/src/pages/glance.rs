//! What a team's page shows at first sight: the measures on their cards, who took part, the levers in play; and
//! all its figures in one table.

use tideline_aggregation::{Release, suggest::suggest};
use tideline_domain::UnitId;
use tideline_instrument::PULSE;
use tideline_report::{
    chart::{CardSize, ChartSize, Ink, Share, card_svg, trend_svg},
    levers as words,
    view::{Cell, MeasurePanel, Row, Tag, UnitView},
};
use tideline_text::Text;

use super::{figures::Drawing, levers::PlanView, shell::Link};

/// A label, with the mark before it.
pub(super) struct TagView {
    pub(super) text: String,
    pub(super) kind: &'static str,
    /// Name of its drawing.
    pub(super) shape: &'static str,
    /// Whether it is a first sign: its outline is dashed, its mark hollow.
    pub(super) perhaps: bool,
}

impl TagView {
    pub(super) fn of(tag: &Tag) -> Self {
        use tideline_report::words::{Kind, Way};
        Self {
            text: tag.text.clone(),
            kind: tag.kind.code(),
            shape: match tag.way {
                Way::Up => "up",
                Way::Down => "down",
                Way::Level => "level",
            },
            perhaps: !tag.lasting && matches!(tag.kind, Kind::Heavier | Kind::Lighter),
        }
    }
}

/// A measure on its card, and its trend in full.
pub(super) struct Measure<'a> {
    pub(super) panel: &'a MeasurePanel,
    pub(super) meaning: String,
    pub(super) tag: TagView,
    /// The latest, as printed.
    pub(super) score: String,
    /// Where it most likely lies.
    pub(super) likely: Option<(String, String)>,
    pub(super) roomy: String,
    pub(super) tight: String,
    pub(super) wide: String,
    pub(super) narrow: String,
}

impl<'a> Measure<'a> {
    /// Those of `view`, in their order.
    pub(super) fn all(view: &'a UnitView, t: Text) -> Vec<Self> {
        view.panels.iter().map(|it| Self::of(it, t)).collect()
    }

    fn of(panel: &'a MeasurePanel, t: Text) -> Self {
        let (score, likely) = latest(panel);
        Self {
            panel,
            meaning: tideline_report::words::scale_meaning(panel.scale, t),
            tag: TagView::of(&panel.tag),
            score,
            likely,
            roomy: card_svg(&panel.chart, CardSize::Roomy, Ink::Css),
            tight: card_svg(&panel.chart, CardSize::Tight, Ink::Css),
            wide: trend_svg(&panel.chart, ChartSize::Wide, Ink::Css),
            narrow: trend_svg(&panel.chart, ChartSize::Narrow, Ink::Css),
        }
    }
}

/// The latest score of a measure, as printed, and where it most likely lies.
pub(super) fn latest(panel: &MeasurePanel) -> (String, Option<(String, String)>) {
    match panel.rows.last() {
        Some(Row { cell: Cell::Shown { score, from, to, .. }, .. }) => {
            (score.clone(), Some((from.clone(), to.clone())))
        }
        _ => (tideline_report::words::WITHHELD_MARK.to_owned(), None),
    }
}

/// Who took part in the latest wave, as ten figures, and in those before it.
pub(super) struct TookPart {
    /// Class of each of the ten: empty for one that is filled.
    pub(super) figures: [&'static str; 10],
    /// The waves before, oldest first; `None` without any.
    pub(super) before: Option<String>,
}

impl TookPart {
    pub(super) fn of(view: &UnitView, t: Text) -> Self {
        let (latest, before) = match view.participation.waves.split_last() {
            Some((latest, before)) => (latest.1, before),
            None => (None, &[][..]),
        };
        let told: Vec<String> = before.iter().map(|it| in_ten(it.1, t)).collect();
        Self {
            figures: std::array::from_fn(|at| figure(latest, at)),
            before: (!told.is_empty()).then(|| t.tr1("part-before", "shares", told.join(", "))),
        }
    }
}

/// A share as a number of ten; at the ends it is a limit.
fn in_ten(share: Option<Share>, t: Text) -> String {
    match share {
        Some(Share::About(tenths)) => tenths.to_string(),
        Some(Share::AtLeast(tenths)) => format!("{tenths}+"),
        Some(Share::AtMost(tenths)) => format!("≤{tenths}"),
        None => t.tr("part-untold"),
    }
}

/// How one of the ten looks: filled, empty, or dashed where the number is a limit only.
fn figure(share: Option<Share>, at: usize) -> &'static str {
    match share {
        Some(Share::About(tenths) | Share::AtLeast(tenths)) if at < usize::from(tenths) => "",
        Some(Share::AtMost(tenths)) if at < usize::from(tenths) => "may",
        Some(Share::AtLeast(_)) => "may",
        _ => "off",
    }
}

/// The levers in play of one team, as far as they fit.
pub(super) struct BoardCard {
    /// Those that are overdue first.
    pub(super) plans: Vec<PlanView>,
    /// How many more there are.
    pub(super) more: usize,
    /// Levers that what is published speaks for, where none is in play.
    pub(super) chips: Vec<Chip>,
}

/// A lever that could be put on the board.
pub(super) struct Chip {
    pub(super) id: &'static str,
    pub(super) short: String,
}

impl BoardCard {
    /// So many levers fit on the card.
    const MOST: usize = 4;
    /// So many suggestions do.
    const CHIPS: usize = 2;

    pub(super) fn of(mut plans: Vec<PlanView>) -> Self {
        plans.sort_by_key(|it| !it.overdue);
        let more = plans.len().saturating_sub(Self::MOST);
        plans.truncate(Self::MOST);
        Self { plans, more, chips: Vec::new() }
    }

    /// With suggestions from what is published about `unit`, if nothing is in play.
    pub(super) fn suggesting(self, history: &[Release], unit: UnitId, t: Text) -> Self {
        if !self.plans.is_empty() {
            return self;
        }
        let chip = |lever: &'static tideline_domain::lever::Lever| Chip {
            id: lever.id,
            short: words::short(t, lever),
        };
        let found = suggest(history, unit, &PULSE).into_iter().take(Self::CHIPS);
        Self { chips: found.map(|it| chip(it.lever)).collect(), ..self }
    }
}

/// What stands below the first screen.
pub(super) struct Details<'a> {
    /// What a mark in the trends stands for.
    pub(super) marks: Vec<(String, String)>,
    pub(super) figures: Vec<FigureRow>,
    /// Files with the same figures.
    pub(super) files: Vec<Link>,
    pub(super) spreads: Vec<Drawing<'a>>,
    /// What the kind of strain compares with.
    pub(super) note: &'a str,
}

/// What a mark in the trends stands for, for those of `plans` that have one.
pub(super) fn marks(plans: &[PlanView]) -> Vec<(String, String)> {
    let marked = plans.iter().filter(|it| !it.mark.is_empty());
    marked.map(|it| (it.mark.clone(), it.short.clone())).collect()
}

/// A check-in in the table of all figures; `None` is `[c]`.
pub(super) struct FigureRow {
    pub(super) month: String,
    pub(super) cells: Vec<Option<String>>,
}

impl FigureRow {
    /// All check-ins of `view`, the newest first: score and level of each measure, each with its likely range; how
    /// many people that rests on; how many took part, for the last check-ins.
    pub(super) fn all(view: &UnitView, t: Text) -> Vec<Self> {
        let Some(first) = view.panels.first() else { return Vec::new() };
        let count = first.rows.len();
        // Told of the last ones only.
        let untold = count.saturating_sub(view.taking_part.len());
        let row = |at: usize| {
            let of = |panel: &MeasurePanel| panel.rows.get(at).map(|it| it.cell.clone());
            let mut cells: Vec<Option<String>> = Vec::new();
            let mut based = None;
            for cell in view.panels.iter().filter_map(of) {
                match cell {
                    Cell::Shown { score, from, to, level, level_from, level_to, people } => {
                        let ranged = |value: &str, from: &str, to: &str| {
                            let parts: [(&str, &dyn tideline_text::Argument); 3] =
                                [("value", &value), ("from", &from), ("to", &to)];
                            Some(t.tr_with("figure-ranged", &parts))
                        };
                        cells.push(ranged(&score, &from, &to));
                        cells.push(ranged(&level, &level_from, &level_to));
                        based = Some(people);
                    }
                    Cell::Withheld => cells.extend([None, None]),
                }
            }
            let took = match at.checked_sub(untold).and_then(|it| view.taking_part.get(it)) {
                Some((_, told)) if told == tideline_report::words::WITHHELD_MARK => None,
                Some((_, told)) => Some(told.clone()),
                None => Some(String::new()),
            };
            cells.extend([based, took]);
            Self { month: first.rows[at].month.clone(), cells }
        };
        (0..count).rev().map(row).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ten_figures_say_no_more_than_the_words() {
        let count = |share, class: &str| (0..10).filter(|at| figure(share, *at) == class).count();
        for (share, filled, dashed) in [
            (Some(Share::About(8)), 8, 0),
            (Some(Share::AtLeast(9)), 9, 1),
            (Some(Share::AtMost(4)), 0, 4),
            (None, 0, 0),
        ] {
            assert_eq!((count(share, ""), count(share, "may")), (filled, dashed), "{share:?}");
        }
    }
}

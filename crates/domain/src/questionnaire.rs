//! What is asked: items, what each measures, and the forms that are dealt out.

use crate::{PerScale, Scale, lever::LeverCategory};

/// What an item measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// A facet of a published scale.
    Scale(Scale, &'static str),
    /// How much distressing content the week held. Context, never scored.
    Exposure,
    /// A working condition that levers of this category can change. Higher is better.
    Driver(LeverCategory),
}

/// One statement or question with five options, scored 0 to 4.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Item {
    /// Stable name, such as `EX1`.
    pub id: &'static str,
    /// What it measures.
    pub target: Target,
    /// Whether a high answer means a low score.
    pub reversed: bool,
    /// Text in the first language.
    pub text: &'static str,
}

/// What an item is called in one language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ItemText {
    /// The whole text.
    pub text: &'static str,
    /// A few words for the check screen, where all answers must fit on one phone.
    pub short: &'static str,
}

/// Everything that is read of a questionnaire, in one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Texts {
    /// Language code, such as `en`.
    pub language: &'static str,
    /// What people call the questionnaire.
    pub name: &'static str,
    /// Over which time people look back.
    pub timeframe: &'static str,
    /// Labels of the five options of scale and exposure items, 0 first.
    pub frequency: [&'static str; 5],
    /// Labels of the five options of driver items, 0 first.
    pub agreement: [&'static str; 5],
    /// One for each item, in order.
    pub items: &'static [ItemText],
}

/// What one person is asked: indices of items, in the order in which they are shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Form(pub Vec<usize>);

/// A questionnaire with its forms. Made once by `tideline-instrument`, for as long as the program runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Questionnaire {
    /// Stable name and version; its digest goes into the manifest.
    pub id: &'static str,
    /// Over which time people look back.
    pub timeframe: &'static str,
    /// Labels of the five options of scale and exposure items, 0 first.
    pub frequency: [&'static str; 5],
    /// Labels of the five options of driver items, 0 first.
    pub agreement: [&'static str; 5],
    /// All items. A ballot has one byte for each, in this order.
    pub items: &'static [Item],
    /// For each block, the sets of items one of which is drawn; a form is one set of each block.
    pub blocks: &'static [&'static [&'static [usize]]],
    /// Its texts in every language it has; the first is the one above.
    pub texts: &'static [Texts],
    /// Fewest answers for a score, on each scale.
    pub min_answered: PerScale<usize>,
    /// Shown wherever the questionnaire appears.
    pub credit: &'static str,
}

impl Questionnaire {
    /// The form made of the `draw[b]`-th set of each block `b`.
    ///
    /// `None` if `draw` has not one number for each block, or one is too large.
    pub fn form(&self, draw: &[usize]) -> Option<Form> {
        if draw.len() != self.blocks.len() {
            return None;
        }
        let sets: Option<Vec<&[usize]>> =
            self.blocks.iter().zip(draw).map(|(block, &at)| block.get(at).copied()).collect();
        Some(Form(sets?.concat()))
    }

    /// Whether people are asked different items, so that scores need the items' difficulty.
    pub fn is_drawn(&self) -> bool {
        self.blocks.iter().any(|it| it.len() > 1)
    }

    /// The texts in `language`, or else in the first language.
    pub fn texts_in(&self, language: &str) -> Option<&'static Texts> {
        self.texts.iter().find(|it| it.language == language).or_else(|| self.texts.first())
    }

    /// Index of the item with this stable name.
    pub fn index_of(&self, id: &str) -> Option<usize> {
        self.items.iter().position(|it| it.id == id)
    }

    /// Indices of the items of `scale`.
    pub fn items_of(&self, scale: Scale) -> impl Iterator<Item = usize> + '_ {
        self.items
            .iter()
            .enumerate()
            .filter(move |(_, it)| matches!(it.target, Target::Scale(of, _) if of == scale))
            .map(|(at, _)| at)
    }
}

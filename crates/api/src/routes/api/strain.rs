//! The kind of strain as JSON: the same words as on the page of a unit.

use serde::Serialize;
use tideline_report::view::{StrainRow, StrainView};
use utoipa::ToSchema;

/// Which kind of strain stands out.
#[derive(Serialize, ToSchema)]
#[schema(as = Strain)]
pub(super) struct StrainBody {
    /// `learning`, `none`, `first-sign`, `buffer`, `more-like-work`, `work`, `more-like-pain`, `pain` or
    /// `both`. `work` and `pain` alone: whether the other plays a part cannot be told.
    #[schema(example = "more-like-work")]
    finding: &'static str,
    sentences: Vec<String>,
    /// What it compares with, and what it is for. Show it wherever you show the sentences.
    note: String,
    /// The work itself, other people's pain, the buffer.
    signs: Vec<SignBody>,
}

/// What one measure does against what is usual for it.
#[derive(Serialize, ToSchema)]
#[schema(as = StrainSign)]
pub(super) struct SignBody {
    /// `burnout`, `sts` or `cs`.
    #[schema(example = "burnout")]
    scale: &'static str,
    name: String,
    /// `learning`, `usual`, `first-sign-heavier`, `first-sign-lighter`, `heavier` or `lighter`; of `cs`,
    /// heavier means a thinner buffer.
    #[schema(example = "heavier")]
    sign: &'static str,
    word: String,
}

impl From<StrainView> for StrainBody {
    fn from(view: StrainView) -> Self {
        Self {
            finding: view.code,
            sentences: view.sentences,
            note: view.note,
            signs: view.rows.into_iter().map(SignBody::from).collect(),
        }
    }
}

impl From<StrainRow> for SignBody {
    fn from(row: StrainRow) -> Self {
        Self { scale: row.scale.code(), name: row.name, sign: row.code, word: row.word }
    }
}

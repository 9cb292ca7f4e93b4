//! The kind of strain for the template.

use std::collections::BTreeMap;

use serde::Serialize;
use tideline_text::Text;
use typst::foundations::Bytes;

use crate::{
    chart::{Ink, against_svg},
    view::StrainView,
};

/// Which kind of strain stands out.
#[derive(Serialize)]
pub(super) struct Strain<'a> {
    title: String,
    sentences: &'a [String],
    note: &'a str,
    heads: [String; 2],
    rows: Vec<Sign<'a>>,
}

/// A row with a small picture and words.
#[derive(Serialize)]
struct Sign<'a> {
    name: &'a str,
    word: &'a str,
    kind: &'static str,
    /// The picture's file; `None` while there is nothing to compare with.
    file: Option<String>,
}

impl<'a> Strain<'a> {
    pub(super) fn of(view: &'a StrainView, files: &mut BTreeMap<String, Bytes>, t: Text) -> Self {
        let rows = view
            .rows
            .iter()
            .map(|row| {
                let file = row.chart.as_ref().map(|it| {
                    let name = format!("strain-{}.svg", row.scale.code());
                    files.insert(name.clone(), Bytes::from_string(against_svg(it, Ink::Print)));
                    name
                });
                Sign { name: &row.name, word: &row.word, kind: row.kind.code(), file }
            })
            .collect();
        Self {
            title: t.tr("strain-title"),
            sentences: &view.sentences,
            note: &view.note,
            heads: ["strain-column", "strain-against"].map(|id| t.tr(id)),
            rows,
        }
    }
}

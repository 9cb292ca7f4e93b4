//! Paper cards with codes, as a PDF to print and cut: identical but for the code, so that a shuffled
//! pile of them unlinks whoever draws.

use chrono_tz::Tz;
use serde::Serialize;
use tideline_domain::Wave;
use tideline_text::Text;
use typst::foundations::Bytes;

use crate::{
    pdf::{PdfError, make_printable, typeset, world::ReportWorld},
    words,
};

/// What the cards of a wave are made of.
#[derive(Debug, Clone, Copy)]
pub struct CardSheet<'a> {
    /// Name of the organisation.
    pub organisation: &'a str,
    /// Where to answer, as people type it.
    pub address: &'a str,
    /// The wave.
    pub wave: &'a Wave,
    /// By whose clocks its last day is told.
    pub zone: Tz,
    /// The words of its manifest.
    pub words: &'a str,
    /// A pile for each cohort.
    pub piles: &'a [CohortCards],
}

/// The cards of one cohort.
#[derive(Clone)]
pub struct CohortCards {
    /// The units' names.
    pub label: String,
    /// The codes, one for each card, in an order that means nothing.
    pub codes: Vec<String>,
}

impl std::fmt::Debug for CohortCards {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "CohortCards({}, {} cards)", self.label, self.codes.len())
    }
}

#[derive(Serialize)]
struct Data<'a> {
    organisation: &'a str,
    address: &'a str,
    piles: Vec<Pile<'a>>,
    texts: Texts,
}

#[derive(Serialize)]
struct Pile<'a> {
    heading: String,
    codes: &'a [String],
}

/// What stands on every card.
#[derive(Serialize)]
struct Texts {
    language: &'static str,
    title: String,
    heading: String,
    answer: String,
    draw: String,
    words: String,
}

/// The cards in the language of `t`, tagged (PDF/UA-1), ten to a page, each cohort beginning on a page of its own.
///
/// # Errors
///
/// [`PdfError`].
pub fn cards_pdf(sheet: &CardSheet<'_>, t: Text) -> Result<Vec<u8>, PdfError> {
    let month = words::month(sheet.wave, t);
    let until = words::last_day(&sheet.wave.window, &sheet.zone, t);
    let pile =
        |it: &'_ CohortCards| t.tr2("cards-pile", "team", &it.label, "cards", it.codes.len());
    let mut data = serde_json::to_value(Data {
        organisation: sheet.organisation,
        address: sheet.address,
        piles: sheet.piles.iter().map(|it| Pile { heading: pile(it), codes: &it.codes }).collect(),
        texts: Texts {
            language: t.language().tag(),
            title: t.tr1("cards-title", "month", &month),
            heading: t.tr1("cards-heading", "month", &month),
            answer: t.tr1("cards-answer", "day", &until),
            draw: t.tr("cards-draw"),
            words: t.tr1("cards-words", "words", sheet.words),
        },
    })?;
    make_printable(&mut data, &[]);
    let files = [("data.json".to_owned(), Bytes::from_string(data.to_string()))];
    let world = ReportWorld::new(include_str!("../templates/cards.typ"), files.into());
    // From the announcement, like everything on the cards: when they were printed says nothing.
    let at = sheet.wave.window.pickup_from();
    typeset(&world, at, format!("{} {} cards", sheet.organisation, sheet.wave.label))
}

#[cfg(test)]
mod tests {
    use tideline_domain::{InstrumentId, WaveSeq, Window};
    use tideline_text::Language;

    use super::*;

    #[test]
    fn cards_are_a_tagged_pdf() {
        let day = |day| chrono::NaiveDate::from_ymd_opt(2026, 3, day).unwrap();
        let at = |it| day(it).and_hms_opt(6, 0, 0).unwrap().and_utc();
        let window = Window::new(at(1), at(8), at(15)).unwrap();
        let wave = Wave {
            seq: WaveSeq(1),
            label: "2026-03".parse().unwrap(),
            asks: InstrumentId::PULSE,
            window,
        };
        let pile = |label: &str, cards: u32| CohortCards {
            label: label.to_owned(),
            codes: (0..cards).map(|it| format!("AAAAA-BBBBB-CCCCC-{it:05}")).collect(),
        };
        let sheet = CardSheet {
            organisation: "Harbour",
            address: "https://ballot.example.org/paper",
            wave: &wave,
            zone: Tz::UTC,
            words: "amber cedar delta ember flint",
            piles: &[pile("Elm", 12), pile("Oak + Ash", 10)],
        };
        for language in Language::ALL {
            let pdf = cards_pdf(&sheet, Text::new(language)).unwrap();
            assert!(pdf.starts_with(b"%PDF-"));
            let text = String::from_utf8_lossy(&pdf);
            assert!(text.contains("/MarkInfo") && text.contains("/StructTreeRoot"), "tagged");
            assert!(text.contains(&format!("/Lang({}", language.tag())), "its language");
        }
    }
}

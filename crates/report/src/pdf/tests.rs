use super::*;
use crate::fixture::{history, withheld};

fn report(history: &[Release]) -> Vec<u8> {
    let lever = LeverLine {
        unit: "Elm".into(),
        text: "Cap concurrent cases".into(),
        status: "Trying".into(),
        owner: "Rota lead".into(),
        review: "1 March 2026".into(),
        overdue: true,
    };
    organisation_report(&PdfInput {
        organisation: "Harbour",
        history,
        levers: &[lever],
        sealed: true,
    })
    .unwrap()
}

fn holds(pdf: &[u8], text: &str) -> bool {
    pdf.windows(text.len()).any(|it| it == text.as_bytes())
}

/// Writes `pdf` into the folder named by `TIDELINE_LOOK`, to be looked at.
fn look(name: &str, pdf: &[u8]) {
    if let Some(folder) = std::env::var_os("TIDELINE_LOOK") {
        std::fs::write(std::path::Path::new(&folder).join(format!("{name}.pdf")), pdf).unwrap();
    }
}

#[test]
fn the_same_releases_give_the_same_tagged_bytes() {
    let history = history(14);
    let pdf = report(&history);
    assert_eq!(pdf, report(&history));
    look("report", &pdf);
    assert!(pdf.starts_with(b"%PDF-"));
    for mark in ["/StructTreeRoot", "/Lang", "pdfuaid"] {
        assert!(holds(&pdf, mark), "{mark}");
    }
}

#[test]
fn a_month_without_figures_still_has_a_report() {
    let pdf = report(&withheld());
    look("withheld", &pdf);
    assert!(pdf.starts_with(b"%PDF-"));
}

#[test]
fn nothing_released_is_no_report() {
    let input = PdfInput { organisation: "Harbour", history: &[], levers: &[], sealed: true };
    assert!(matches!(organisation_report(&input), Err(PdfError::NothingReleased)));
}

#[test]
fn a_picture_without_words_is_refused() {
    let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"><circle r=\"4\"/></svg>";
    let world = ReportWorld::new(
        "#set document(title: \"t\")\n#image(\"a.svg\")",
        [("a.svg".to_owned(), Bytes::from_string(svg.to_owned()))].into(),
    );
    let error = typeset(&world, DateTime::UNIX_EPOCH, "t".into()).unwrap_err();
    assert!(error.to_string().contains("alt"), "{error}");
}

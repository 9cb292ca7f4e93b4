use chrono::TimeDelta;
use tideline_aggregation::{Atom, MinGroup, Participation, Turnout, coarsen::Coarsening};
use tideline_domain::{PerScale, Unit, UnitId, UnitTree, Wave, WaveSeq, Window};
use uuid::Uuid;

use super::*;

fn unit(id: u128, parent: Option<u128>, name: &str) -> Unit {
    let id_of = |it| UnitId::new(Uuid::from_u128(it));
    Unit { id: id_of(id), parent: parent.map(id_of), name: name.parse().unwrap() }
}

/// Two teams over `waves` waves; the second one is too small at times.
fn history(waves: u32, n: u32) -> Vec<Release> {
    let tree = UnitTree::new(vec![
        unit(1, None, "Harbour"),
        unit(2, Some(1), "Elm"),
        unit(3, Some(1), "Oak"),
    ])
    .unwrap();
    (0..waves)
        .map(|at| {
            let opens = DateTime::from_timestamp(1_750_000_000, 0).unwrap()
                + TimeDelta::days(i64::from(at) * 30);
            let wave = Wave {
                seq: WaveSeq(at + 1),
                label: opens.format("%Y-%m").to_string().parse().unwrap(),
                window: Window::new(opens, opens, opens + TimeDelta::days(7)).unwrap(),
            };
            let total = |points: u32| Coarsening::SCORE.cell(points * n, n);
            let atom = |ids: &[u128]| Atom {
                units: ids.iter().map(|it| UnitId::new(Uuid::from_u128(*it))).collect(),
                n: PerScale::from_fn(|_| n),
                total: PerScale::from_fn(|_| total(40 + at)),
                took_part: Participation::new(7).unwrap(),
            };
            let atoms = if n == 0 { Vec::new() } else { vec![atom(&[2]), atom(&[3])] };
            let turnout = Turnout { eligible: 60, ballots: 2 * n, spoilt: 0 };
            Release::restore(
                wave,
                tree.clone(),
                MinGroup::DEFAULT,
                PerScale::from_fn(|_| 22.0),
                atoms,
                turnout,
            )
            .unwrap()
        })
        .collect()
}

fn report(history: &[Release]) -> Vec<u8> {
    let lever = LeverLine {
        unit: "Elm".into(),
        text: "Cap concurrent cases".into(),
        status: "Trying".into(),
        owner: "Rota lead".into(),
        review: "1 March 2026".into(),
        overdue: true,
    };
    organisation_report(&PdfInput { organisation: "Harbour", history, levers: &[lever] }).unwrap()
}

fn holds(pdf: &[u8], text: &str) -> bool {
    pdf.windows(text.len()).any(|it| it == text.as_bytes())
}

#[test]
fn the_same_releases_give_the_same_tagged_bytes() {
    let history = history(9, 12);
    let pdf = report(&history);
    assert_eq!(pdf, report(&history));
    assert!(pdf.starts_with(b"%PDF-"));
    for mark in ["/StructTreeRoot", "/Lang", "pdfuaid"] {
        assert!(holds(&pdf, mark), "{mark}");
    }
}

#[test]
fn a_month_without_figures_still_has_a_report() {
    assert!(report(&history(1, 0)).starts_with(b"%PDF-"));
}

#[test]
fn nothing_released_is_no_report() {
    let input = PdfInput { organisation: "Harbour", history: &[], levers: &[] };
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

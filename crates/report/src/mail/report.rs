//! The monthly report, for the organisation or for one unit.

use lettre::Message;
use tideline_aggregation::Release;
use tideline_domain::UnitId;

use super::{
    Envelope, WriteError,
    envelope::{Attached, compose},
    html::{Action, Contents, Line, Measures, both, strip},
};
use crate::view::{self, Cell, MeasurePanel, UnitPage, UnitView};

/// What the monthly mail is made of.
#[derive(Debug)]
pub struct MonthlyReport<'a> {
    /// Releases, oldest first; the mail is about the last.
    pub history: &'a [Release],
    /// The unit it is about; `None` for the organisation.
    pub unit: Option<UnitId>,
    /// Where the report stands on the web.
    pub report_url: &'a str,
    /// The report, if the recipient wants it attached.
    pub pdf: Option<Vec<u8>>,
}

/// The monthly report for one recipient. The Message-ID depends on wave, unit and recipient only, so
/// that a delivery that is repeated can be told from a new one.
///
/// # Errors
///
/// [`WriteError`].
pub fn monthly_report(
    envelope: &Envelope<'_>,
    mail: &MonthlyReport<'_>,
) -> Result<Message, WriteError> {
    let t = envelope.text;
    let release = mail.history.last().ok_or(WriteError::NothingReleased)?;
    let view = view::organisation_view(mail.history, t).ok_or(WriteError::NothingReleased)?;
    let (unit, shown) = match mail.unit {
        None => (None, view.whole),
        Some(unit) => match view::unit_page(mail.history, unit, t) {
            UnitPage::Shown(it) => (Some(it.title.clone()), Some(it)),
            UnitPage::Withheld(it) => (Some(it.title), None),
            UnitPage::NotYet => return Err(WriteError::NothingReleased),
        },
    };
    let (subject, whose) = match &unit {
        None => {
            (t.tr1("mail-report-subject", "month", &view.month), envelope.organisation.to_owned())
        }
        Some(unit) => (
            t.tr2("mail-report-subject-unit", "month", &view.month, "unit", unit),
            format!("{unit}, {}", envelope.organisation),
        ),
    };
    let label = release.wave().label.as_str();
    let asked = view.asked.line(t);
    let (aside, paragraphs, measures) = match shown {
        Some(whole) => (
            Some(t.tr2("mail-report-aside", "whose", &whose, "based", based_on(&whole, t))),
            whole.sentences().map(str::to_owned).chain([strain(&whole, t)]).collect(),
            Some(measures(&whole, t)),
        ),
        None => (Some(whose), withheld(unit.is_some()).map(|it| t.tr(it)).into(), None),
    };
    let attached = mail.pdf.is_some();
    let contents = Contents {
        subject: &subject,
        preheader: t.tr("mail-report-preheader"),
        heading: subject.clone(),
        aside,
        paragraphs,
        measures,
        action: Some(Action { words: t.tr("mail-report-open"), url: mail.report_url.to_owned() }),
        after: vec![
            t.tr(if attached { "mail-report-attached" } else { "mail-report-link-only" }),
            t.tr("mail-report-promise"),
            asked,
        ],
        why: t.tr(if mail.unit.is_some() { "mail-why-manager" } else { "mail-why-hr" }),
        choices: Some(Action { words: t.tr("mail-choices"), url: envelope.choices_url.to_owned() }),
    };
    let name = match mail.unit {
        None => format!("report.{label}"),
        Some(unit) => format!("report.{label}.{unit}"),
    };
    let attached =
        mail.pdf.clone().map(|body| Attached { name: file_name(label, unit.as_deref(), t), body });
    compose(envelope, &name, &subject, both(envelope, &contents)?, attached)
}

/// What is said where nothing is shown, of a unit or of the whole: the words of the page, and no cause.
const fn withheld(is_unit: bool) -> [&'static str; 3] {
    if is_unit {
        ["withheld-heading", "withheld-message", "withheld-nothing-wrong"]
    } else {
        ["org-withheld-heading", "withheld-message-whole", "withheld-nothing-wrong"]
    }
}

/// The attachment's name, by the wave and the unit it is about: people keep several. Labels of waves hold
/// letters, digits and dashes; of a unit's name letters and digits are kept.
fn file_name(label: &str, unit: Option<&str>, t: tideline_text::Text) -> String {
    let kind = t.tr("report-file-name");
    let Some(unit) = unit else { return format!("{kind}-{label}.pdf") };
    let words = unit.split(|it: char| !it.is_alphanumeric()).filter(|it| !it.is_empty());
    let unit: Vec<&str> = words.collect();
    format!("{kind}-{label}-{}.pdf", unit.join("-"))
}

/// Which kind of strain stands out.
fn strain(view: &UnitView, t: tideline_text::Text) -> String {
    format!("{}: {}", t.tr("strain-title"), view.strain.said())
}

fn based_on(whole: &UnitView, t: tideline_text::Text) -> String {
    let mut text = t.tr2("mail-report-based-on", "people", &whole.people, "part", &whole.took_part);
    if let Some(note) = &whole.note {
        text.push(' ');
        text.push_str(note);
    }
    text
}

fn measures(view: &UnitView, t: tideline_text::Text) -> Measures {
    Measures {
        caption: t.tr("mail-report-measures"),
        heads: ["score", "reading"].map(|it| t.tr(&format!("mail-report-head-{it}"))),
        lines: view.panels.iter().filter_map(|it| line(it, t)).collect(),
        key: t.tr("mail-report-strip-key"),
    }
}

fn line(panel: &MeasurePanel, t: tideline_text::Text) -> Option<Line> {
    let Cell::Shown { score, .. } = &panel.rows.last()?.cell else { return None };
    let point = panel.chart.points.last().copied().flatten()?;
    let usual = panel.chart.usual.map(|(low, _, high)| (low, high));
    Some(Line {
        measure: panel.title.to_string(),
        score: score.clone(),
        reading: panel.tag.text.to_string(),
        kind: panel.tag.kind.code(),
        strip: strip(point.value, usual),
        strip_words: match &panel.usual {
            Some((low, high)) => t.tr2("mail-report-strip", "from", low, "to", high),
            None => t.tr("mail-report-strip-learning"),
        },
    })
}

//! The monthly report, for the organisation or for one unit.

use chrono::NaiveDate;
use lettre::Message;
use tideline_aggregation::Release;
use tideline_domain::UnitId;

use super::{
    Envelope, WriteError,
    envelope::{Attached, compose},
    html::{Action, Contents, Line, Measures, both, strip},
};
use crate::{
    file_name, levers as words,
    next_step::UnitPlan,
    view::{self, Cell, MeasurePanel, Named, OrganisationView, UnitPage, UnitView},
};

/// What the monthly mail is made of.
#[derive(Debug)]
pub struct MonthlyReport<'a> {
    /// Releases, oldest first; the mail is about the last.
    pub history: &'a [Release],
    /// The unit it is about; `None` for the organisation.
    pub unit: Option<UnitId>,
    /// Levers of the boards that it is about, in the order of the tree.
    pub levers: &'a [UnitPlan],
    /// The day by which their reviews are overdue.
    pub today: NaiveDate,
    /// The day on which the next check-in opens, once that is known.
    pub next: Option<NaiveDate>,
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
    let overdue: Vec<&UnitPlan> =
        mail.levers.iter().filter(|it| it.plan.is_overdue(mail.today)).collect();
    // What leads HR's page and its report; a unit's is led by what stands out there.
    let (first, named) = match mail.unit {
        None => (Some(view::headline(view.conversations(), overdue.len(), t)), named(&view, t)),
        Some(_) => (None, Vec::new()),
    };
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
    let (aside, mut paragraphs, measures): (_, Vec<String>, _) = match shown {
        Some(whole) => (
            Some(t.tr2("mail-report-aside", "whose", &whose, "based", based_on(&whole, t))),
            first
                .into_iter()
                .chain(whole.sentences().map(str::to_owned))
                .chain([strain(&whole, t)])
                .chain(named)
                .collect(),
            Some(measures(&whole, t)),
        ),
        None => {
            let told = withheld(unit.is_some()).map(|it| t.tr(it));
            (Some(whose), first.into_iter().chain(told).collect(), None)
        }
    };
    paragraphs.extend(reviews(&overdue, mail.unit.is_some(), t));
    paragraphs.extend(mail.next.map(|it| t.tr1("report-next-opens", "day", t.date(it))));
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
    let attached = mail.pdf.clone().map(|body| Attached {
        name: format!("{}.pdf", file_name::stem(label, unit.as_deref(), t)),
        body,
    });
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

/// So many teams and reviews are named; of more it is told how many there are.
const MOST: usize = 8;

/// At most [`MOST`] of `all`, and how many more there are.
fn some(all: Vec<String>, t: tideline_text::Text) -> String {
    let rest = all.len().saturating_sub(MOST);
    let mut told: Vec<String> = all.into_iter().take(MOST).collect();
    if rest > 0 {
        told.push(t.tr1("plans-more", "n", rest));
    }
    told.join("; ")
}

/// The teams to look at, as HR's page names them.
fn named(view: &OrganisationView, t: tideline_text::Text) -> Vec<String> {
    let heads = [
        (Named::Conversation, format!("{}:", t.tr("look-heading"))),
        (Named::Watching, t.tr("look-watching")),
        (Named::Lighter, t.tr("look-lighter")),
    ];
    let line = |(why, head): (Named, String)| {
        let names: Vec<String> = view.named(why).map(|it| it.name.clone()).collect();
        (!names.is_empty()).then(|| format!("{head} {}.", some(names, t)))
    };
    heads.into_iter().filter_map(line).collect()
}

/// The levers whose reviews are overdue.
fn reviews(overdue: &[&UnitPlan], of_one: bool, t: tideline_text::Text) -> Option<String> {
    let told = |it: &&UnitPlan| {
        let short = words::short(t, it.plan.lever);
        if of_one { short } else { format!("{short} ({})", it.unit) }
    };
    let all: Vec<String> = overdue.iter().map(told).collect();
    (!all.is_empty()).then(|| format!("{}: {}.", t.tr("reviews-heading"), some(all, t)))
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

//! Pages that are the same for everybody, signed in or not.

use std::collections::BTreeMap;

use actix_web::{HttpRequest, HttpResponse, get, http::header, web};
use askama::Template;
use chrono::{DateTime, Datelike as _, NaiveDate, TimeDelta, Utc};
use tideline_ballot::manifest::PinnedManifest;
use tideline_domain::{Country, PersonId, Scale, cohort::MIN_ELIGIBLE, country::country_of};
use tideline_instrument::PULSE;
use tideline_report::{
    chart::{ChartSize, Ink, trend_svg},
    words,
};
use tideline_store::{AuditQuery, SupportContact};
use tideline_text::Text;

use super::{
    example,
    shell::{Shell, answer},
};
use crate::{
    App, access,
    auth::SignedIn,
    language::Reader,
    problem::{PageProblem, Problem},
    routes::blocking,
};

#[derive(Template)]
#[template(path = "pages/privacy.html")]
struct PrivacyPage<'a> {
    shell: Shell,
    items: usize,
    smallest_cohort: u32,
    smallest_group: u32,
    roster_guard: bool,
    contact: &'a str,
    waves: Vec<WaveWords>,
}

struct WaveWords {
    seq: u32,
    month: String,
    words: String,
}

/// How answers are protected, as built and as configured.
#[get("/privacy")]
pub(super) async fn privacy(
    app: web::Data<App>,
    reader: Reader,
) -> Result<HttpResponse, PageProblem> {
    let smallest_group = smallest_group(app.clone()).await?;
    let wave = |live: &crate::LiveWave| WaveWords {
        seq: live.wave.seq.0,
        month: words::month(&live.wave, reader.t),
        words: live.pinned.words().join(" "),
    };
    Ok(answer(&PrivacyPage {
        shell: Shell::public(&reader),
        items: PULSE.items.len(),
        smallest_cohort: MIN_ELIGIBLE,
        smallest_group,
        roster_guard: app.settings.roster_guard,
        contact: &app.settings.contact,
        waves: app.live.list().iter().map(|it| wave(it)).collect(),
    })?)
}

/// The smallest group that holds now. Unit: people.
async fn smallest_group(app: web::Data<App>) -> Result<u32, Problem> {
    blocking(move || Ok(app.smallest_group()?.people())).await
}

#[derive(Template)]
#[template(path = "pages/privacy-log.html")]
struct PrivacyLogPage {
    shell: Shell,
    /// Newest first.
    lines: Vec<LogLine>,
    /// Newest month first.
    looked: Vec<LookedRow>,
}

/// A change of a rule, or a wave.
pub(crate) struct LogLine {
    pub(crate) at: DateTime<Utc>,
    day: String,
    pub(crate) what: String,
    pub(crate) more: String,
}

/// How often people of a role looked at results in a month.
pub(crate) struct Looked {
    /// Its first day.
    pub(crate) month: NaiveDate,
    /// Code of the role that let them.
    pub(crate) role: &'static str,
    pub(crate) views: u32,
    pub(crate) exports: u32,
}

struct LookedRow {
    month: String,
    role: String,
    views: u32,
    exports: u32,
}

/// What was changed, every wave with its words, and how often results were looked at.
#[get("/privacy/log")]
pub(super) async fn privacy_log(
    app: web::Data<App>,
    reader: Reader,
) -> Result<HttpResponse, PageProblem> {
    let t = reader.t;
    let (lines, looked) = blocking(move || Ok((log_lines(&app, t)?, looked(&app)?))).await?;
    let row = |it: Looked| LookedRow {
        month: t.month(it.month),
        role: t.tr(&format!("role-{}", it.role)),
        views: it.views,
        exports: it.exports,
    };
    let looked = looked.into_iter().map(row).collect();
    Ok(answer(&PrivacyLogPage { shell: Shell::public(&reader), lines, looked })?)
}

/// Changes of rules and waves, newest first.
pub(crate) fn log_lines(app: &App, t: Text) -> Result<Vec<LogLine>, Problem> {
    let mut lines = Vec::new();
    for record in app.store.waves()? {
        let Ok(pinned) = PinnedManifest::parse(record.manifest.clone()) else { continue };
        let window = record.wave.window;
        let day = |at: DateTime<Utc>| t.date(at.date_naive());
        lines.push(LogLine {
            at: window.pickup_from(),
            day: day(window.pickup_from()),
            what: t.tr2(
                "log-wave",
                "month",
                words::month(&record.wave, t),
                "words",
                pinned.words().join(" "),
            ),
            more: t.tr_with(
                "log-wave-dates",
                &[
                    ("opens", &day(window.opens())),
                    ("closes", &day(window.closes())),
                    ("k", &pinned.manifest.min_cell),
                ],
            ),
        });
    }
    for change in app.store.smallest_group_changes()? {
        let (from, to) = (change.before.people(), change.k.people());
        let reason = t.tr1("log-reason", "reason", &change.reason);
        let (id, more) = if to < from {
            let from = t.date(change.effective.date_naive());
            ("log-lowered", format!("{} {reason}", t.tr1("log-lowered-from", "date", from)))
        } else {
            ("log-raised", reason)
        };
        lines.push(LogLine {
            at: change.at,
            day: t.date(change.at.date_naive()),
            what: t.tr2(id, "from", from, "to", to),
            more,
        });
    }
    lines.sort_by_key(|it| std::cmp::Reverse(it.at));
    Ok(lines)
}

/// Who looked, by the month and the role that let them, for the last twelve months, newest first.
pub(crate) fn looked(app: &App) -> Result<Vec<Looked>, Problem> {
    let from = app.now() - TimeDelta::days(366);
    let entries =
        app.store.audit_entries(&AuditQuery { from: Some(from), ..AuditQuery::default() })?;
    let mut role_of: BTreeMap<PersonId, &'static str> = BTreeMap::new();
    for code in ["hr", "manager"] {
        for person in app.store.people_with_role(code)? {
            role_of.entry(person.id).or_insert(code);
        }
    }
    let mut counts: BTreeMap<(NaiveDate, &str), (u32, u32)> = BTreeMap::new();
    for entry in entries.into_iter().map(|it| it.entry) {
        let Some(month) = entry.at.date_naive().with_day(1) else { continue };
        let role = match entry.who {
            None => "program",
            Some(who) => role_of.get(&who).copied().unwrap_or("staff"),
        };
        let (views, exports) = counts.entry((month, role)).or_default();
        match entry.action.as_str() {
            "results.view" => *views += 1,
            "results.export" | "results.read" => *exports += 1,
            _ => {}
        }
    }
    let rows = counts.into_iter().rev().filter(|(_, (views, exports))| views + exports > 0);
    Ok(rows
        .map(|((month, role), (views, exports))| Looked { month, role, views, exports })
        .collect())
}

#[derive(Template)]
#[template(path = "pages/support.html")]
struct SupportPage {
    shell: Shell,
    groups: Vec<ContactGroup>,
}

/// Contacts for the same people.
struct ContactGroup {
    /// The country; none for everybody.
    country: Option<String>,
    contacts: Vec<Contact>,
}

struct Contact {
    title: String,
    phone: Option<Phone>,
    link: Option<String>,
    note: String,
}

struct Phone {
    text: String,
    /// What a telephone dials.
    dial: String,
}

impl From<SupportContact> for Contact {
    fn from(contact: SupportContact) -> Self {
        let phone = |text: String| Phone {
            dial: text.chars().filter(|it| it.is_ascii_digit() || "+*#".contains(*it)).collect(),
            text,
        };
        let safe = |it: &String| it.starts_with("https://") || it.starts_with("mailto:");
        Self {
            title: contact.title.to_string(),
            phone: contact.phone.map(phone),
            link: contact.link.filter(safe),
            note: contact.note,
        }
    }
}

/// Where help is. Works without the database, too: then without the local contacts.
#[get("/support")]
pub(super) async fn support(
    app: web::Data<App>,
    req: HttpRequest,
    by: Option<SignedIn>,
    reader: Reader,
) -> Result<HttpResponse, PageProblem> {
    let here = region(&req);
    let found = blocking(move || {
        let contacts = app.store.support_contacts()?;
        let own = by.map(|by| own_country(&app, by.principal.person)).transpose()?.flatten();
        Ok((contacts, own.or(here)))
    });
    let (contacts, here) = found.await.unwrap_or_else(|problem| {
        tracing::error!(
            error = &problem as &(dyn std::error::Error + 'static),
            "no support contacts"
        );
        (Vec::new(), None)
    });
    let page =
        SupportPage { groups: grouped(contacts, here, reader.t), shell: Shell::public(&reader) };
    let mut response = answer(&page)?;
    // Whoever is called next must not learn where the call came from.
    response
        .headers_mut()
        .insert(header::REFERRER_POLICY, header::HeaderValue::from_static("no-referrer"));
    Ok(response)
}

/// The country in which somebody's unit works.
fn own_country(app: &App, person: PersonId) -> Result<Option<Country>, Problem> {
    let tree = match access::tree(app) {
        Err(Problem::NotFound) => return Ok(None),
        tree => tree?,
    };
    let unit = access::own_unit(app, person)?.unwrap_or(tree.root().id);
    Ok(country_of(&tree, &app.store.unit_countries()?, unit))
}

/// The region that the browser's first language names: `de-AT` is Austria.
fn region(req: &HttpRequest) -> Option<Country> {
    let header = req.headers().get(header::ACCEPT_LANGUAGE)?.to_str().ok()?;
    let first = header.split([',', ';']).next()?;
    first.split('-').nth(1)?.parse().ok()
}

/// The contacts of `here` first, then those for everybody, then the others; each in its own order.
fn grouped(contacts: Vec<SupportContact>, here: Option<Country>, t: Text) -> Vec<ContactGroup> {
    let mut groups: Vec<(Option<Country>, Vec<Contact>)> = Vec::new();
    for it in contacts {
        let country = it.country;
        match groups.iter_mut().find(|(of, _)| *of == country) {
            Some((_, group)) => group.push(it.into()),
            None => groups.push((country, vec![it.into()])),
        }
    }
    let rank = |of: &Option<Country>| match of {
        Some(_) if *of == here => 0,
        None => 1,
        Some(_) => 2,
    };
    groups.sort_by_key(|(of, _)| rank(of));
    groups
        .into_iter()
        .map(|(of, contacts)| ContactGroup { country: of.map(|it| country_name(it, t)), contacts })
        .collect()
}

/// What a country is called, or its code.
pub(super) fn country_name(country: Country, t: Text) -> String {
    let id = format!("country-{country}");
    if t.has(&id) { t.tr(&id) } else { country.to_string() }
}

#[derive(Template)]
#[template(path = "pages/reading.html")]
struct ReadingPage {
    shell: Shell,
    scales: Vec<(String, String)>,
    /// The made-up chart in both widths.
    wide: String,
    narrow: String,
    /// Month, score, and where it most likely lies.
    rows: Vec<[String; 4]>,
}

/// How to read the charts.
#[get("/reading")]
pub(super) async fn reading(reader: Reader) -> Result<HttpResponse, PageProblem> {
    let (chart, rows) = example::chart(reader.t);
    Ok(answer(&ReadingPage {
        shell: Shell::public(&reader),
        scales: Scale::ALL
            .map(|it| (words::scale_title(it, reader.t), words::scale_meaning(it, reader.t)))
            .to_vec(),
        wide: trend_svg(&chart, ChartSize::Wide, Ink::Css),
        narrow: trend_svg(&chart, ChartSize::Narrow, Ink::Css),
        rows,
    })?)
}

#[derive(Template)]
#[template(path = "pages/about.html")]
struct AboutPage<'a> {
    shell: Shell,
    items: usize,
    smallest_group: u32,
    contact: &'a str,
}

/// What is asked, how a score is made, what it is licensed under.
#[get("/about")]
pub(super) async fn about(
    app: web::Data<App>,
    reader: Reader,
) -> Result<HttpResponse, PageProblem> {
    let smallest_group = smallest_group(app.clone()).await?;
    Ok(answer(&AboutPage {
        shell: Shell::public(&reader),
        items: PULSE.items.len(),
        smallest_group,
        contact: &app.settings.contact,
    })?)
}

#[derive(Template)]
#[template(path = "pages/accessibility.html")]
struct AccessibilityPage<'a> {
    shell: Shell,
    contact: &'a str,
}

/// What works for whom, and what does not yet.
#[get("/accessibility")]
pub(super) async fn accessibility(
    app: web::Data<App>,
    reader: Reader,
) -> Result<HttpResponse, PageProblem> {
    let shell = Shell::public(&reader);
    Ok(answer(&AccessibilityPage { shell, contact: &app.settings.contact })?)
}

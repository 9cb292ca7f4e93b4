//! Pages that are the same for everybody, signed in or not.

use std::time::Duration;

use actix_web::{FromRequest as _, HttpRequest, HttpResponse, get, http::header, web};
use askama::Template;
use serde::Deserialize;
use tideline_domain::{Country, PersonId, Scale, cohort::MIN_ELIGIBLE, country::country_of};
use tideline_instrument::PULSE;
use tideline_report::{
    chart::{ChartSize, Ink, trend_svg},
    words,
};
use tideline_store::SupportContact;
use tideline_text::Text;

use super::{
    example,
    shell::{Shell, answer},
};
use crate::{
    App, access,
    auth::{By, Member},
    blocking::blocking,
    kept_log::{LogLine, Looked},
    language::Reader,
    problem::{PageProblem, Problem},
    public_log,
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
    /// The page of older lines.
    older: Option<usize>,
    /// Newest month first; on the first page only.
    looked: Option<Vec<LookedRow>>,
}

struct LookedRow {
    month: String,
    role: String,
    views: u64,
    exports: u64,
}

#[derive(Deserialize)]
struct WhichPage {
    page: Option<u32>,
}

/// What was changed, every wave with its words, and how often results were looked at.
#[get("/privacy/log")]
pub(super) async fn privacy_log(
    app: web::Data<App>,
    reader: Reader,
    which: web::Query<WhichPage>,
) -> Result<HttpResponse, PageProblem> {
    let t = reader.t;
    let number = which.page.unwrap_or(1) as usize;
    let log = public_log::page(&app, t.language(), number).await?;
    if number == 0 || number > log.pages {
        return Err(Problem::NotFound.into());
    }
    let row = |it: &Looked| LookedRow {
        month: t.month(it.month),
        role: t.tr(&format!("role-{}", it.role)),
        views: it.views,
        exports: it.exports,
    };
    let looked = (number == 1).then(|| log.looked.iter().map(row).collect());
    let older = (number < log.pages).then_some(number + 1);
    Ok(answer(&PrivacyLogPage { shell: Shell::public(&reader), lines: log.lines, older, looked })?)
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

/// How long the database is waited for on this page before what is known without it is shown.
const PATIENCE: Duration = Duration::from_millis(50);

/// Where help is. Works without the database, too: then with the contacts as they were read last.
#[get("/support")]
pub(super) async fn support(
    app: web::Data<App>,
    req: HttpRequest,
    reader: Reader,
) -> Result<HttpResponse, PageProblem> {
    let of = app.clone();
    let read = move || Ok(of.store.support_contacts()?);
    let contacts = app.warm.contacts.within(PATIENCE, app.now(), read).await;
    let contacts = contacts.as_deref().cloned().unwrap_or_default();
    let own = tokio::time::timeout(PATIENCE, async {
        let by = By::<Member>::extract(&req).await.ok()?;
        let app = app.clone();
        blocking(move || own_country(&app, by.principal.person)).await.ok()?
    });
    let here = own.await.ok().flatten().or_else(|| region(&req));
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
        .map(|(of, contacts)| ContactGroup { country: of.map(|it| t.country(it.code())), contacts })
        .collect()
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

//! Pages that are the same for everybody, signed in or not.

use actix_web::{HttpResponse, get, http::header, web};
use askama::Template;
use tideline_domain::{Scale, cohort::MIN_ELIGIBLE};
use tideline_instrument::PULSE;
use tideline_report::words;
use tideline_store::SupportContact;

use super::shell::{Shell, answer};
use crate::{App, problem::PageProblem, routes::blocking};

#[derive(Template)]
#[template(path = "pages/privacy.html")]
struct PrivacyPage<'a> {
    shell: Shell,
    items: usize,
    smallest_cohort: usize,
    smallest_group: u32,
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
pub(super) async fn privacy(app: web::Data<App>) -> Result<HttpResponse, PageProblem> {
    let wave = |live: &crate::LiveWave| WaveWords {
        seq: live.wave.seq.0,
        month: words::month(&live.wave),
        words: live.pinned.words().join(" "),
    };
    Ok(answer(&PrivacyPage {
        shell: Shell::public(),
        items: PULSE.items.len(),
        smallest_cohort: MIN_ELIGIBLE as usize,
        smallest_group: app.settings.smallest_group,
        contact: &app.settings.contact,
        waves: app.live.list().iter().map(|it| wave(it)).collect(),
    })?)
}

#[derive(Template)]
#[template(path = "pages/support.html")]
struct SupportPage {
    shell: Shell,
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
pub(super) async fn support(app: web::Data<App>) -> Result<HttpResponse, PageProblem> {
    let contacts = blocking(move || Ok(app.store.support_contacts()?)).await;
    let contacts = contacts.unwrap_or_else(|problem| {
        tracing::error!(
            error = &problem as &(dyn std::error::Error + 'static),
            "no support contacts"
        );
        Vec::new()
    });
    let page = SupportPage {
        shell: Shell::public(),
        contacts: contacts.into_iter().map(Contact::from).collect(),
    };
    let mut response = answer(&page)?;
    // Whoever is called next must not learn where the call came from.
    response
        .headers_mut()
        .insert(header::REFERRER_POLICY, header::HeaderValue::from_static("no-referrer"));
    Ok(response)
}

#[derive(Template)]
#[template(path = "pages/reading.html")]
struct ReadingPage {
    shell: Shell,
    scales: Vec<(&'static str, &'static str)>,
    withheld_words: &'static str,
}

/// How to read the charts.
#[get("/reading")]
pub(super) async fn reading() -> Result<HttpResponse, PageProblem> {
    Ok(answer(&ReadingPage {
        shell: Shell::public(),
        scales: Scale::ALL.map(|it| (words::scale_title(it), words::scale_meaning(it))).to_vec(),
        withheld_words: words::WITHHELD_WORDS,
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
pub(super) async fn about(app: web::Data<App>) -> Result<HttpResponse, PageProblem> {
    Ok(answer(&AboutPage {
        shell: Shell::public(),
        items: PULSE.items.len(),
        smallest_group: app.settings.smallest_group,
        contact: &app.settings.contact,
    })?)
}

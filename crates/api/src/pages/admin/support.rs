//! Crisis and support contacts.

use std::collections::BTreeMap;

use actix_web::{HttpResponse, get, http::StatusCode, post, web};
use askama::Template;
use serde::Deserialize;
use tideline_domain::day::utc_day;
use tideline_domain::{Country, PersonId, Unit, UnitId};
use tideline_store::{Actor, AuditEntry, RoleKind, SupportContact};
use tideline_text::Text;

use super::super::shell::{Html, Shell, answer};
use crate::{
    App,
    auth::{Administrator, By, Posted, SignedIn},
    blocking::blocking,
    contacts,
    problem::{PageProblem, Problem, see_other},
};

/// Contacts that can be named.
const MOST: usize = 40;

#[derive(Template)]
#[template(path = "pages/admin/support.html")]
struct SupportPage {
    shell: Shell,
    contacts: Vec<ContactForm>,
    /// Units at the top of the tree, each with the country that was said of it.
    units: Vec<UnitCountry>,
    /// Whom nobody is there for, in a sentence.
    lacking: Option<String>,
    stale: bool,
    saved: bool,
    problem: Option<String>,
    problem_at: usize,
    csrf: String,
}

#[derive(Debug, Clone, Default)]
struct ContactForm {
    title: String,
    phone: String,
    link: String,
    note: String,
    country: String,
    checked: String,
}

#[derive(Debug, Clone)]
struct UnitCountry {
    unit: UnitId,
    name: String,
    country: String,
}

impl ContactForm {
    fn of(contact: SupportContact, t: Text) -> Self {
        Self {
            title: contact.title.to_string(),
            phone: contact.phone.unwrap_or_default(),
            link: contact.link.unwrap_or_default(),
            note: contact.note,
            country: contact.country.map(|it| it.to_string()).unwrap_or_default(),
            checked: t.date(contact.checked),
        }
    }
}

#[derive(Deserialize)]
struct SupportQuery {
    saved: Option<String>,
}

/// The contacts, to be changed.
#[get("/admin/support")]
pub(super) async fn show(
    app: web::Data<App>,
    by: By<Administrator>,
    query: web::Query<SupportQuery>,
) -> Result<HttpResponse, PageProblem> {
    let t = by.reader.t;
    let (contacts, places, today) = blocking(move || {
        Ok((app.store.support_contacts()?, Places::read(&app, t)?, utc_day(app.now())))
    })
    .await?;
    let stale = !contacts::are_fresh(&contacts, today);
    let forms = contacts.into_iter().map(|it| ContactForm::of(it, by.reader.t)).collect();
    let saved = query.saved.is_some();
    Ok(answer(&page(&by, forms, places, stale, saved, None))?)
}

fn page(
    by: &SignedIn,
    mut contacts: Vec<ContactForm>,
    places: Places,
    stale: bool,
    saved: bool,
    problem: Option<(usize, &'static str)>,
) -> SupportPage {
    // Always room for one more, and for three at least.
    let room = (contacts.len() + 1).clamp(3, MOST);
    contacts.resize(room.max(contacts.len()), ContactForm::default());
    SupportPage {
        shell: Shell::of(by),
        contacts,
        units: places.units,
        lacking: places.lacking,
        stale,
        saved,
        problem: problem.map(|(_, id)| by.reader.t.tr(id)),
        problem_at: problem.map_or(0, |it| it.0),
        csrf: by.csrf.clone(),
    }
}

/// Replaces the contacts.
#[post("/admin/support")]
pub(super) async fn save(
    app: web::Data<App>,
    posted: Posted<Administrator, BTreeMap<String, String>>,
) -> Result<HttpResponse, PageProblem> {
    let Posted { by, form } = posted;
    let text =
        |name: &str, at: usize| form.get(&format!("{name}-{at}")).cloned().unwrap_or_default();
    let typed: Vec<ContactForm> = (0..MOST)
        .map(|at| ContactForm {
            title: text("title", at),
            phone: text("phone", at),
            link: text("link", at),
            note: text("note", at),
            country: text("country", at),
            checked: String::new(),
        })
        .collect();
    let today = utc_day(app.now());
    let mut contacts = Vec::new();
    for (at, it) in typed.iter().enumerate() {
        match contacts::contact(&it.title, &it.phone, &it.link, &it.note, &it.country, today) {
            Ok(contact) => contacts.extend(contact),
            Err(id) => {
                let t = by.reader.t;
                let places = blocking(move || Places::read(&app, t)).await?;
                let page = page(&by, typed, places, false, false, Some((at, id)));
                return Ok(Html::with(StatusCode::UNPROCESSABLE_ENTITY, &page)?.into());
            }
        }
    }
    if !contacts::are_few(&contacts) {
        let t = by.reader.t;
        let places = blocking(move || Places::read(&app, t)).await?;
        let problem = Some((0, "admin-support-problem-many"));
        let page = page(&by, typed, places, false, false, problem);
        return Ok(Html::with(StatusCode::UNPROCESSABLE_ENTITY, &page)?.into());
    }
    blocking(move || replace(&app, by.principal.person, &contacts)).await?;
    Ok(see_other("/admin/support?saved"))
}

/// Units deeper than this take the country of a unit above them.
const DEEPEST: usize = 1;
/// Units whose country can be said on the page.
const MOST_UNITS: usize = 60;

/// Where units work.
struct Places {
    units: Vec<UnitCountry>,
    lacking: Option<String>,
}

impl Places {
    fn read(app: &App, t: Text) -> Result<Self, Problem> {
        let today = utc_day(app.now());
        let Some(tree) = app.store.units(today)? else {
            return Ok(Self { units: Vec::new(), lacking: None });
        };
        let said = app.store.unit_countries()?;
        let units = tree
            .units()
            .iter()
            .enumerate()
            .filter(|(at, it)| tree.depth(*at) <= DEEPEST || said.contains_key(&it.id));
        let line = |(_, unit): (usize, &Unit)| UnitCountry {
            unit: unit.id,
            name: unit.name.to_string(),
            country: said.get(&unit.id).map(|it| it.to_string()).unwrap_or_default(),
        };
        let lacking = app.store.without_contact(today)?;
        let names: Vec<String> = lacking.iter().flatten().map(|it| t.country(it.code())).collect();
        let lacking = match (names.as_slice(), lacking.contains(&None)) {
            ([], false) => None,
            ([], true) => Some(t.tr("admin-support-lacking")),
            (names, _) => Some(t.tr1("admin-support-lacking-in", "countries", t.list(names))),
        };
        Ok(Self { units: units.take(MOST_UNITS).map(line).collect(), lacking })
    }
}

/// Says in which countries units work.
#[post("/admin/support/countries")]
pub(super) async fn save_countries(
    app: web::Data<App>,
    posted: Posted<Administrator, BTreeMap<String, String>>,
) -> Result<HttpResponse, PageProblem> {
    let Posted { by, form } = posted;
    let mut typed = Vec::new();
    for (name, country) in &form {
        let Some(unit) = name.strip_prefix("unit-") else { continue };
        let unit = unit.parse().map_err(|_| Problem::Malformed("problem-form-unreadable"))?;
        let country = match country.trim() {
            "" => None,
            code => Some(
                code.parse().map_err(|_| Problem::Malformed("admin-support-problem-country"))?,
            ),
        };
        typed.push((unit, country));
    }
    blocking(move || {
        // The page may not have shown all units.
        let mut countries = app.store.unit_countries()?;
        for (unit, country) in typed {
            match country {
                Some(country) => countries.insert(unit, country),
                None => countries.remove(&unit),
            };
        }
        replace_countries(&app, by.principal.person, &countries)
    })
    .await?;
    Ok(see_other("/admin/support?saved"))
}

/// Replaces where units work and notes who did.
///
/// # Errors
///
/// [`Problem::Malformed`] if one is not a unit of today's tree, nor was said before; then nothing was
/// changed.
pub(crate) fn replace_countries(
    app: &App,
    who: PersonId,
    countries: &BTreeMap<UnitId, Country>,
) -> Result<(), Problem> {
    let (tree, said) = (app.store.units(utc_day(app.now()))?, app.store.unit_countries()?);
    let known = |it: &UnitId| {
        said.contains_key(it) || tree.as_ref().is_some_and(|tree| tree.index_of(*it).is_some())
    };
    if !countries.keys().all(known) {
        return Err(Problem::Malformed("admin-support-problem-unit"));
    }
    app.store.set_unit_countries(countries)?;
    note_change(app, who, "countries")
}

/// Replaces the contacts and notes who did.
pub(crate) fn replace(
    app: &App,
    who: PersonId,
    contacts: &[SupportContact],
) -> Result<(), Problem> {
    app.store.set_support_contacts(contacts)?;
    note_change(app, who, "support")
}

fn note_change(app: &App, who: PersonId, subject: &str) -> Result<(), Problem> {
    let by = Actor::Person(who, RoleKind::Administrator);
    Ok(app.store.append_audit(&AuditEntry::new(by, "settings.support", subject, app.now()))?)
}

//! Crisis and support contacts.

use std::collections::BTreeMap;

use actix_web::{HttpResponse, get, http::StatusCode, post, web};
use askama::Template;
use serde::Deserialize;
use tideline_store::{AuditEntry, SupportContact};
use tideline_text::Text;

use super::{
    super::shell::{Shell, answer_with},
    administrator,
};
use crate::{
    App,
    auth::{Posted, SignedIn},
    contacts,
    problem::{PageProblem, Problem, see_other},
    routes::blocking,
};

/// Contacts that can be named; more would bury the first.
const MOST: usize = 8;

#[derive(Template)]
#[template(path = "pages/admin/support.html")]
struct SupportPage {
    shell: Shell,
    contacts: Vec<ContactForm>,
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
    checked: String,
}

impl ContactForm {
    fn of(contact: SupportContact, t: Text) -> Self {
        Self {
            title: contact.title.to_string(),
            phone: contact.phone.unwrap_or_default(),
            link: contact.link.unwrap_or_default(),
            note: contact.note,
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
    by: SignedIn,
    query: web::Query<SupportQuery>,
) -> Result<HttpResponse, PageProblem> {
    administrator(&by.principal)?;
    let (contacts, today) =
        blocking(move || Ok((app.store.support_contacts()?, app.now().date_naive()))).await?;
    let stale = !contacts::are_fresh(&contacts, today);
    let forms = contacts.into_iter().map(|it| ContactForm::of(it, by.reader.t)).collect();
    let saved = query.saved.is_some();
    Ok(answer_with(StatusCode::OK, &page(&by, forms, stale, saved, None))?)
}

fn page(
    by: &SignedIn,
    mut contacts: Vec<ContactForm>,
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
    posted: Posted<BTreeMap<String, String>>,
) -> Result<HttpResponse, PageProblem> {
    let Posted { by, form } = posted;
    administrator(&by.principal)?;
    let text =
        |name: &str, at: usize| form.get(&format!("{name}-{at}")).cloned().unwrap_or_default();
    let typed: Vec<ContactForm> = (0..MOST)
        .map(|at| ContactForm {
            title: text("title", at),
            phone: text("phone", at),
            link: text("link", at),
            note: text("note", at),
            checked: String::new(),
        })
        .collect();
    let today = app.now().date_naive();
    let mut contacts = Vec::new();
    for (at, it) in typed.iter().enumerate() {
        match contacts::contact(&it.title, &it.phone, &it.link, &it.note, today) {
            Ok(contact) => contacts.extend(contact),
            Err(id) => {
                let page = page(&by, typed, false, false, Some((at, id)));
                return Ok(answer_with(StatusCode::UNPROCESSABLE_ENTITY, &page)?);
            }
        }
    }
    blocking(move || replace(&app, by.principal.person, &contacts)).await?;
    Ok(see_other("/admin/support?saved"))
}

/// Replaces the contacts and notes who did.
pub(crate) fn replace(
    app: &App,
    who: tideline_domain::PersonId,
    contacts: &[SupportContact],
) -> Result<(), Problem> {
    app.store.set_support_contacts(contacts)?;
    Ok(app.store.append_audit(&AuditEntry {
        who: Some(who),
        action: "settings.support".to_owned(),
        subject: "support".to_owned(),
        at: app.now(),
    })?)
}

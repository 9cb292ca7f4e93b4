//! What is known about somebody, for that person: to read, and as a file for other programs.

use actix_web::{
    HttpResponse, get,
    http::header::{CACHE_CONTROL, CONTENT_DISPOSITION},
    web,
};
use askama::Template;
use serde::Serialize;
use tideline_domain::{
    Role, RoleKind,
    day::{day_in, utc_day},
};
use tideline_store::{DeliveryState, PersonalData};
use tideline_text::Text;

use super::{
    account::role_names,
    shell::{Html, Shell},
};
use crate::{
    App,
    auth::{By, Device, Member, SignedIn},
    blocking::blocking,
    problem::{PageProblem, Problem},
};

#[derive(Template)]
#[template(path = "pages/known.html")]
struct KnownPage {
    shell: Shell,
    facts: Vec<(String, Vec<String>)>,
    mails: Vec<(String, String)>,
    /// Addresses of those who can correct it.
    administrators: Vec<String>,
    contact: String,
}

/// The file. Its names stay as they are: programs read them.
#[derive(Serialize)]
struct KnownBody {
    name: String,
    email: String,
    roles: Vec<RoleBody>,
    units: Vec<UnitBody>,
    has_password: bool,
    passkeys: Vec<String>,
    providers: Vec<String>,
    sessions: Vec<SessionBody>,
    sign_in_links: u32,
    mail_choices: Vec<ChoiceBody>,
    mails: Vec<MailBody>,
    asked_in_group: Vec<String>,
    changes_on_boards: u32,
    audit_entries: u32,
}

#[derive(Serialize)]
struct RoleBody {
    role: &'static str,
    /// Of which unit, for those who lead one.
    unit: Option<String>,
}

#[derive(Serialize)]
struct UnitBody {
    name: String,
    from: chrono::NaiveDate,
    to: Option<chrono::NaiveDate>,
}

#[derive(Serialize)]
struct SessionBody {
    device: String,
    expires: chrono::DateTime<chrono::Utc>,
}

#[derive(Serialize)]
struct ChoiceBody {
    mail: &'static str,
    choice: &'static str,
}

#[derive(Serialize)]
struct MailBody {
    mail: &'static str,
    due: chrono::DateTime<chrono::Utc>,
    sent: Option<chrono::DateTime<chrono::Utc>>,
    state: &'static str,
}

impl From<PersonalData> for KnownBody {
    fn from(it: PersonalData) -> Self {
        Self {
            name: it.person.name.to_string(),
            email: it.person.email.to_string(),
            roles: it
                .person
                .roles
                .iter()
                .map(|role| RoleBody {
                    role: role.kind().code(),
                    unit: match role {
                        Role::Manager(unit) => Some(unit.to_string()),
                        _ => None,
                    },
                })
                .collect(),
            units: it
                .memberships
                .into_iter()
                .map(|it| UnitBody { name: it.unit, from: it.from, to: it.to })
                .collect(),
            has_password: it.has_password,
            passkeys: it.passkeys,
            providers: it.providers,
            sessions: it
                .sessions
                .into_iter()
                .map(|it| SessionBody { device: it.device, expires: it.expires })
                .collect(),
            sign_in_links: it.links,
            mail_choices: it
                .choices
                .into_iter()
                .map(|(mail, choice)| ChoiceBody { mail: mail.code(), choice: choice.code() })
                .collect(),
            mails: it
                .mails
                .into_iter()
                .map(|it| MailBody {
                    mail: it.kind.code(),
                    due: it.due,
                    sent: it.sent,
                    state: it.state.code(),
                })
                .collect(),
            asked_in_group: it.asked,
            changes_on_boards: it.lever_changes,
            audit_entries: it.audit_entries,
        }
    }
}

fn data(app: &App, by: &SignedIn) -> Result<PersonalData, Problem> {
    let data = app.store.personal_data(by.principal.person, app.now())?;
    // Whoever is signed in is known.
    data.ok_or(Problem::NotFound)
}

/// To read. Nobody notes that somebody asked about themselves.
#[get("/account/known")]
pub(super) async fn known(
    app: web::Data<App>,
    by: By<Member>,
) -> Result<HttpResponse, PageProblem> {
    let page = blocking(move || {
        let t = by.reader.t;
        let data = data(&app, &by)?;
        let units = app.store.units(utc_day(app.now()))?;
        let zone = app.zone()?;
        let roles = role_names(&by.principal.roles, units.as_ref(), t);
        let administrators = app.store.people_with_role(RoleKind::Administrator)?;
        Html::of(&KnownPage {
            shell: Shell::of(&by),
            mails: data.mails.iter().map(|it| mail(it, &zone, t)).collect(),
            facts: facts(data, roles, t),
            administrators: administrators.into_iter().map(|it| it.email.to_string()).collect(),
            contact: app.settings.contact.clone(),
        })
    })
    .await?;
    let mut response: HttpResponse = page.into();
    response.headers_mut().insert(CACHE_CONTROL, NO_STORE);
    Ok(response)
}

/// As a file.
#[get("/account/known.json")]
pub(super) async fn known_as_json(
    app: web::Data<App>,
    by: By<Member>,
) -> Result<HttpResponse, PageProblem> {
    let body = blocking(move || Ok(KnownBody::from(data(&app, &by)?))).await?;
    Ok(HttpResponse::Ok()
        .insert_header((CACHE_CONTROL, NO_STORE))
        .insert_header((
            CONTENT_DISPOSITION,
            "attachment; filename=\"tideline-known-about-me.json\"",
        ))
        .json(body))
}

const NO_STORE: actix_web::http::header::HeaderValue =
    actix_web::http::header::HeaderValue::from_static("no-store");

fn mail(it: &tideline_store::MailToPerson, zone: &chrono_tz::Tz, t: Text) -> (String, String) {
    let day = |at| t.date(day_in(at, zone));
    let state = match (it.sent, it.state) {
        (Some(sent), _) => t.tr1("known-mail-sent", "date", day(sent)),
        (None, DeliveryState::Dropped) => t.tr("mail-state-dropped"),
        (None, DeliveryState::Failed) => t.tr("known-mail-failed"),
        (None, _) => t.tr("mail-state-queued"),
    };
    (t.tr(&format!("choices-{}", it.kind.code().replace('_', "-"))), state)
}

/// What stands beside each name; without anything that something is none.
fn facts(data: PersonalData, roles: String, t: Text) -> Vec<(String, Vec<String>)> {
    let day = |it| t.date(it);
    let units = data.memberships.into_iter().map(|it| {
        let when = match it.to {
            Some(to) => t.tr2("known-from-to", "from", day(it.from), "to", day(to)),
            None => t.tr1("known-from", "from", day(it.from)),
        };
        format!("{}, {when}", it.unit)
    });
    let sessions = data.sessions.into_iter().map(|it| {
        let until = t.tr2(
            "account-until",
            "date",
            day(utc_day(it.expires)),
            "time",
            it.expires.format("%H:%M").to_string(),
        );
        format!("{}. {until}", Device::from_code(&it.device).words(t))
    });
    let choices = data.choices.iter().map(|(kind, choice)| {
        let name = t.tr(&format!("choices-{}", kind.code().replace('_', "-")));
        format!("{name}: {}", t.tr(&format!("choices-{}", choice.code())))
    });
    let waves = |id: &str, waves: Vec<String>| match waves.is_empty() {
        true => Vec::new(),
        false => vec![t.tr1(id, "waves", waves.join(", "))],
    };
    let fact = |id: &str, lines: Vec<String>| (t.tr(id), lines);
    let some = |text: String| if text.is_empty() { Vec::new() } else { vec![text] };
    vec![
        fact("known-name", vec![data.person.name.to_string()]),
        fact("account-email", vec![data.person.email.to_string()]),
        fact("known-units", units.collect()),
        fact("account-roles", some(roles)),
        fact(
            "known-password",
            data.has_password.then(|| t.tr("known-password-yes")).into_iter().collect(),
        ),
        fact("known-passkeys", data.passkeys),
        fact("known-providers", data.providers),
        fact("known-sessions", sessions.collect()),
        fact("known-links", vec![data.links.to_string()]),
        fact("known-choices", choices.collect()),
        fact("known-asked", waves("known-asked-text", data.asked)),
        fact("known-boards", vec![data.lever_changes.to_string()]),
        fact("known-audit", vec![t.tr1("known-audit-text", "n", data.audit_entries)]),
    ]
}

//! First start in the browser: the organisation, the first administrator, somebody to turn to. Open to
//! whoever has the code that the program printed, as long as nobody belongs to the installation.

use actix_web::{HttpRequest, HttpResponse, get, http::StatusCode, post, web};
use askama::Template;
use serde::Deserialize;
use tideline_domain::{EmailAddress, Name};
use tideline_store::{AuditEntry, ImportPlan, ImportRow, Organisation, RoleKind, SupportContact};

use super::shell::{Shell, answer, answer_with};
use crate::{
    App,
    auth::{Device, OwnForm, Password, hash_password, session_cookie, start_session},
    contacts,
    language::Reader,
    problem::{PageProblem, Problem, see_other},
    routes::blocking,
};

#[derive(Default, Clone, Deserialize)]
pub(super) struct SetupForm {
    #[serde(default)]
    code: String,
    #[serde(default)]
    organisation: String,
    #[serde(default)]
    name: String,
    #[serde(default)]
    email: String,
    #[serde(default)]
    password: String,
    #[serde(default)]
    support: String,
    #[serde(default)]
    phone: String,
}

#[derive(Template)]
#[template(path = "pages/admin/setup.html")]
struct SetupPage {
    shell: Shell,
    form: SetupForm,
    problem: Option<String>,
    problem_at: &'static str,
}

/// What was typed, understood.
struct Setup {
    organisation: Name,
    name: Name,
    email: EmailAddress,
    password: Password,
    contact: SupportContact,
}

/// Where a form is wrong: the field, and the sentence about it.
type Fault = (&'static str, &'static str);

/// The form; there is nothing here once somebody belongs to the installation.
#[get("/setup")]
pub(super) async fn setup_page(
    app: web::Data<App>,
    reader: Reader,
) -> Result<HttpResponse, PageProblem> {
    if !app.awaits_setup() {
        return Err(Problem::NotFound.into());
    }
    Ok(answer(&SetupPage {
        shell: Shell::public(&reader),
        form: SetupForm::default(),
        problem: None,
        problem_at: "code",
    })?)
}

/// Sets the installation up, whole or not at all, and signs the first administrator in.
#[post("/setup")]
pub(super) async fn set_up_now(
    app: web::Data<App>,
    req: HttpRequest,
    reader: Reader,
    form: OwnForm<SetupForm>,
) -> Result<HttpResponse, PageProblem> {
    if !app.awaits_setup() {
        return Err(Problem::NotFound.into());
    }
    let OwnForm(form) = form;
    let read = if app.is_setup_code(form.code.trim()) {
        understand(&app, &form)
    } else {
        Err(("code", "setup-problem-code"))
    };
    let setup = match read {
        Ok(setup) => setup,
        Err((problem_at, id)) => {
            let page = SetupPage {
                problem: Some(reader.t.tr(id)),
                shell: Shell::public(&reader),
                form,
                problem_at,
            };
            return Ok(answer_with(StatusCode::UNPROCESSABLE_ENTITY, &page)?);
        }
    };
    let device = Device::of(&req).code();
    let settings = app.settings.clone();
    let _place = app.gate.place_to_check().await?;
    let secret = {
        let app = app.clone();
        blocking(move || {
            let person = set_up(&app, setup)?;
            let secret = start_session(&app.store, person, app.now(), device)?;
            app.end_setup();
            Ok(secret)
        })
        .await?
    };
    let mut response = see_other("/");
    response.add_cookie(&session_cookie(&settings, Some(&secret))).map_err(Problem::internal)?;
    Ok(response)
}

fn understand(app: &App, form: &SetupForm) -> Result<Setup, Fault> {
    let today = app.now().date_naive();
    let contact = contacts::contact(&form.support, &form.phone, "", "", "", today)
        .map_err(|id| ("support", id))?
        .ok_or(("support", "admin-support-problem-title"))?;
    Ok(Setup {
        organisation: form.organisation.parse().map_err(|_| ("organisation", "problem-name"))?,
        name: form.name.parse().map_err(|_| ("name", "problem-name"))?,
        email: form.email.parse().map_err(|_| ("email", "problem-email"))?,
        password: Password::new(form.password.clone())
            .map_err(|_| ("password", "problem-password-length"))?,
        contact,
    })
}

/// The password is set last: without it nobody is locked out, a link by mail still works.
fn set_up(app: &App, setup: Setup) -> Result<tideline_domain::PersonId, Problem> {
    let now = app.now();
    let Setup { organisation, name, email, password, contact } = setup;
    let roles = vec![RoleKind::Administrator, RoleKind::PrivacyOfficer];
    let first = ImportRow {
        unit: organisation.clone(),
        parent: None,
        person: Some((name, email.clone(), roles)),
    };
    let time_zone = "UTC".to_owned();
    app.store.set_organisation(&Organisation { name: organisation, time_zone })?;
    app.store.set_support_contacts(&[contact])?;
    app.store.import(&ImportPlan { rows: vec![first] }, now.date_naive())?;
    let person = app.store.person_by_email(&email)?.ok_or(Problem::NotFound)?.id;
    let hash = hash_password(app.settings.password, &password)?;
    app.store.set_password_hash(person, &hash)?;
    app.store.append_audit(&AuditEntry {
        who: Some(person),
        action: "setup".to_owned(),
        subject: "installation".to_owned(),
        at: now,
    })?;
    Ok(person)
}

//! First start in the browser: the organisation, the first administrator, somebody to turn to. Open to
//! whoever has the code that the program printed, as long as nobody belongs to the installation.

use actix_web::{HttpRequest, HttpResponse, get, http::StatusCode, post, web};
use askama::Template;
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};
use tideline_domain::day::utc_day;
use tideline_domain::{EmailAddress, Name};
use tideline_store::{FirstSetUp, Organisation, SupportContact};
use utoipa::ToSchema;

use super::shell::{Html, Shell, answer};
use crate::{
    App, Settings,
    assets::Script,
    auth::{Device, OwnForm, Password, Secret, hash_password, session_cookie, start_session},
    blocking::blocking,
    contacts,
    language::Reader,
    organisation,
    problem::{PageProblem, Problem, see_other},
    time_zone,
};

/// What is asked.
#[derive(Default, Clone, Deserialize, Serialize, ToSchema)]
#[schema(as = Setup)]
pub(crate) struct SetupForm {
    /// The code that the program printed.
    #[serde(default)]
    code: String,
    /// What the organisation is called; 1 to 120 characters.
    #[serde(default)]
    organisation: String,
    /// The name of its time zone in the IANA database.
    #[serde(default)]
    #[schema(example = "Europe/Berlin")]
    time_zone: String,
    /// The first administrator's name.
    #[serde(default)]
    name: String,
    /// The first administrator's address.
    #[serde(default)]
    email: String,
    /// The first administrator's password; 12 to 128 characters.
    #[serde(default)]
    password: String,
    /// Somebody to turn to: what it is, such as "Crisis line".
    #[serde(default)]
    support: String,
    /// Its number: digits, spaces and `+ ( ) - /`.
    #[serde(default)]
    phone: String,
}

#[derive(Template)]
#[template(path = "pages/admin/setup.html")]
struct SetupPage {
    shell: Shell,
    script: Script,
    form: SetupForm,
    zones: Vec<&'static str>,
    problem: Option<String>,
    problem_at: &'static str,
}

/// What was typed, understood.
pub(crate) struct Setup {
    organisation: Organisation,
    name: Name,
    email: EmailAddress,
    password: Password,
    contact: SupportContact,
}

/// Where a form is wrong: the field, and the sentence about it.
pub(crate) type Fault = (&'static str, &'static str);

/// The form; there is nothing here once somebody belongs to the installation.
#[get("/setup")]
pub(super) async fn setup_page(
    app: web::Data<App>,
    reader: Reader,
) -> Result<HttpResponse, PageProblem> {
    if !awaits_setup(&app).await? {
        return Err(Problem::NotFound.into());
    }
    // Without a setting somebody chooses: nobody lives by UTC unasked.
    let time_zone = match app.settings.time_zone {
        Tz::UTC => String::new(),
        zone => zone.name().to_owned(),
    };
    let form = SetupForm { time_zone, ..SetupForm::default() };
    Ok(answer(&SetupPage {
        shell: Shell::public(&reader),
        script: Script::TimeZone,
        zones: time_zone::zones(&form.time_zone),
        form,
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
    if !awaits_setup(&app).await? {
        return Err(Problem::NotFound.into());
    }
    let OwnForm(form) = form;
    let setup = match understand(&app, &form) {
        Ok(setup) => setup,
        Err((problem_at, id)) => {
            let page = SetupPage {
                problem: Some(reader.t.tr(id)),
                shell: Shell::public(&reader),
                script: Script::TimeZone,
                zones: time_zone::zones(&form.time_zone),
                form,
                problem_at,
            };
            return Ok(Html::with(StatusCode::UNPROCESSABLE_ENTITY, &page)?.into());
        }
    };
    let (secret, settings) = begin(app, &req, setup).await?;
    let mut response = see_other("/");
    response.add_cookie(&session_cookie(&settings, Some(&secret))).map_err(Problem::internal)?;
    Ok(response)
}

/// Whether somebody may set the installation up; asks the database only while a code is out.
pub(crate) async fn awaits_setup(app: &web::Data<App>) -> Result<bool, Problem> {
    let app = app.clone();
    blocking(move || Ok(app.awaits_setup()?)).await
}

/// Sets the installation up for good, and starts the first administrator's session.
///
/// # Errors
///
/// [`Problem::NotFound`] if somebody came first; then nothing was changed.
pub(crate) async fn begin(
    app: web::Data<App>,
    req: &HttpRequest,
    setup: Setup,
) -> Result<(Secret<32>, Settings), Problem> {
    let device = Device::of(req).code();
    let settings = app.settings.clone();
    let place = app.gate.place_to_check(true).await?;
    let secret = blocking(move || {
        let _place = place;
        let person = set_up(&app, setup);
        if matches!(person, Ok(_) | Err(Problem::NotFound)) {
            app.end_setup();
        }
        start_session(&app.store, person?, app.now(), device)
    })
    .await?;
    Ok((secret, settings))
}

/// The form, if it can be used and its code is the right one.
pub(crate) fn understand(app: &App, form: &SetupForm) -> Result<Setup, Fault> {
    if !app.is_setup_code(form.code.trim()) {
        return Err(("code", "setup-problem-code"));
    }
    let today = utc_day(app.now());
    let contact = contacts::contact(&form.support, &form.phone, "", "", "", today)
        .map_err(|id| ("support", id))?
        .ok_or(("support", "admin-support-problem-title"))?;
    Ok(Setup {
        organisation: organisation::understand(&form.organisation, &form.time_zone)?,
        name: form.name.parse().map_err(|_| ("name", "problem-name"))?,
        email: tideline_roster::address(&form.email).map_err(|_| ("email", "problem-email"))?,
        password: Password::new(form.password.clone())
            .map_err(|_| ("password", "problem-password-length"))?,
        contact,
    })
}

/// Whether nobody is there yet is decided where the first person is written. The hash is made before:
/// nothing waits for it.
fn set_up(app: &App, setup: Setup) -> Result<tideline_domain::PersonId, Problem> {
    let Setup { organisation, name, email, password, contact } = setup;
    let password_hash = hash_password(app.settings.password, &password)?;
    let first = FirstSetUp { organisation, contacts: vec![contact], name, email, password_hash };
    app.store.set_up(&first, app.now())?.ok_or(Problem::NotFound)
}

//! What the organisation is called, and by which clock it lives.

use actix_web::{HttpResponse, get, http::StatusCode, post, web};
use askama::Template;
use serde::Deserialize;

use super::super::shell::{Html, Shell, answer};
use crate::{
    App,
    assets::Script,
    auth::{Administrator, By, Posted, SignedIn},
    blocking::blocking,
    organisation::{change, stored, understand},
    problem::{PageProblem, see_other},
    time_zone,
};

#[derive(Template)]
#[template(path = "pages/admin/organisation.html")]
struct OrganisationPage {
    shell: Shell,
    script: Script,
    form: OrganisationForm,
    zones: Vec<&'static str>,
    saved: bool,
    problem: Option<String>,
    problem_at: &'static str,
    csrf: String,
}

/// What the form says, as typed.
#[derive(Default, Deserialize)]
pub(super) struct OrganisationForm {
    #[serde(default)]
    organisation: String,
    #[serde(default)]
    time_zone: String,
}

#[derive(Deserialize)]
struct OrganisationQuery {
    saved: Option<String>,
}

/// Name and time zone, to be changed.
#[get("/admin/organisation")]
pub(super) async fn show(
    app: web::Data<App>,
    by: By<Administrator>,
    query: web::Query<OrganisationQuery>,
) -> Result<HttpResponse, PageProblem> {
    let stored = blocking(move || stored(&app)).await?;
    let form = stored.map_or_else(OrganisationForm::default, |it| OrganisationForm {
        organisation: it.name.to_string(),
        time_zone: it.time_zone,
    });
    Ok(answer(&page(&by, form, query.saved.is_some(), None))?)
}

fn page(
    by: &SignedIn,
    form: OrganisationForm,
    saved: bool,
    problem: Option<(&'static str, &'static str)>,
) -> OrganisationPage {
    OrganisationPage {
        shell: Shell::of(by),
        script: Script::TimeZone,
        zones: time_zone::zones(&form.time_zone),
        form,
        saved,
        problem: problem.map(|(_, id)| by.reader.t.tr(id)),
        problem_at: problem.map_or("organisation", |it| it.0),
        csrf: by.csrf.clone(),
    }
}

/// Changes name and time zone.
#[post("/admin/organisation")]
pub(super) async fn save(
    app: web::Data<App>,
    posted: Posted<Administrator, OrganisationForm>,
) -> Result<HttpResponse, PageProblem> {
    let Posted { by, form } = posted;
    match understand(&form.organisation, &form.time_zone) {
        Ok(to) => {
            blocking(move || change(&app, by.principal.person, &to)).await?;
            Ok(see_other("/admin/organisation?saved"))
        }
        Err(problem) => {
            let page = page(&by, form, false, Some(problem));
            Ok(Html::with(StatusCode::UNPROCESSABLE_ENTITY, &page)?.into())
        }
    }
}

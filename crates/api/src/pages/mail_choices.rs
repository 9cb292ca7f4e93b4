//! Which mails a person gets. The link in a mail ends mails of its kind without signing in.

use actix_web::{HttpResponse, get, post, web};
use askama::Template;
use serde::Deserialize;
use tideline_domain::Role;
use tideline_store::{MailChoice, MailKind};

use super::shell::{Shell, answer};
use crate::{
    App,
    auth::{By, Member, Posted},
    blocking::blocking,
    language::Reader,
    problem::{PageProblem, Problem, see_other},
};

#[derive(Template)]
#[template(path = "pages/mail-choices.html")]
struct ChoicesPage<'a> {
    shell: Shell,
    saved: bool,
    kinds: Vec<KindChoice>,
    csrf: &'a str,
}

/// One kind of mail, and the ways to get it.
struct KindChoice {
    code: &'static str,
    name: String,
    options: Vec<KindOption>,
}

struct KindOption {
    value: &'static str,
    words: String,
    chosen: bool,
}

#[derive(Deserialize)]
struct ChoicesQuery {
    saved: Option<String>,
}

/// The kinds that somebody with these roles can get.
fn kinds(roles: &[Role]) -> Vec<MailKind> {
    let hr = roles.contains(&Role::Hr);
    let manager = roles.iter().any(|it| matches!(it, Role::Manager(_)));
    MailKind::ALL
        .into_iter()
        .filter(|it| match it {
            MailKind::MonthlyReport => hr,
            MailKind::UnitReport | MailKind::LeverReview => manager,
            MailKind::Invitation => false,
            MailKind::NotAnnounced => roles.contains(&Role::Administrator),
            MailKind::WaveOpens | MailKind::Reminder | MailKind::ResultsOut => true,
        })
        .collect()
}

/// What there is to choose.
#[get("/mail")]
pub(super) async fn show(
    app: web::Data<App>,
    by: By<Member>,
    query: web::Query<ChoicesQuery>,
) -> Result<HttpResponse, PageProblem> {
    let person = by.principal.person;
    let chosen = blocking(move || Ok(app.store.mail_choices(person)?)).await?;
    let t = by.reader.t;
    let kinds = kinds(&by.principal.roles).into_iter().map(|kind| {
        let now = chosen.iter().find(|(of, _)| *of == kind).map(|(_, it)| *it);
        let attached = matches!(kind, MailKind::MonthlyReport | MailKind::UnitReport);
        let mut options = vec![(None, if attached { "choices-attached" } else { "choices-on" })];
        if attached {
            options.push((Some(MailChoice::Link), "choices-link"));
        }
        options.push((Some(MailChoice::Off), "choices-off"));
        KindChoice {
            code: kind.code(),
            name: t.tr(&format!("choices-{}", kind.code().replace('_', "-"))),
            options: options
                .into_iter()
                .map(|(choice, words)| KindOption {
                    value: choice.map_or("on", MailChoice::code),
                    words: t.tr(words),
                    chosen: choice == now,
                })
                .collect(),
        }
    });
    Ok(answer(&ChoicesPage {
        shell: Shell::of(&by),
        saved: query.saved.is_some(),
        kinds: kinds.collect(),
        csrf: &by.csrf,
    })?)
}

/// Each field is a kind of mail and what was chosen for it.
#[derive(Deserialize)]
struct ChoicesForm {
    monthly_report: Option<String>,
    unit_report: Option<String>,
    wave_opens: Option<String>,
    reminder: Option<String>,
    results_out: Option<String>,
    lever_review: Option<String>,
    not_announced: Option<String>,
}

impl ChoicesForm {
    fn of(&self, kind: MailKind) -> Option<&str> {
        match kind {
            MailKind::MonthlyReport => self.monthly_report.as_deref(),
            MailKind::UnitReport => self.unit_report.as_deref(),
            MailKind::Invitation => None,
            MailKind::WaveOpens => self.wave_opens.as_deref(),
            MailKind::Reminder => self.reminder.as_deref(),
            MailKind::ResultsOut => self.results_out.as_deref(),
            MailKind::LeverReview => self.lever_review.as_deref(),
            MailKind::NotAnnounced => self.not_announced.as_deref(),
        }
    }
}

/// Keeps what was chosen.
#[post("/mail")]
pub(super) async fn save(
    app: web::Data<App>,
    posted: Posted<Member, ChoicesForm>,
) -> Result<HttpResponse, PageProblem> {
    let Posted { by, form } = posted;
    blocking(move || {
        for kind in kinds(&by.principal.roles) {
            if let Some(value) = form.of(kind) {
                let choice = MailChoice::from_code(value);
                app.store.set_mail_choice(by.principal.person, kind, choice)?;
            }
        }
        Ok(())
    })
    .await?;
    Ok(see_other("/mail?saved"))
}

#[derive(Template)]
#[template(path = "pages/mail-stop.html")]
struct StopPage {
    shell: Shell,
    text: String,
    /// What the question's button sends; none once it is answered.
    token: Option<String>,
}

#[derive(Deserialize)]
struct StopQuery {
    #[serde(default)]
    t: String,
}

/// Asks before it ends anything: programs that look at links change nothing.
#[get("/mail/stop")]
pub(super) async fn ask_stop(
    app: web::Data<App>,
    query: web::Query<StopQuery>,
    reader: Reader,
) -> Result<HttpResponse, PageProblem> {
    let (_, kind) = app.keys.check_mail_stop(&query.t, app.now()).ok_or(Problem::NotFound)?;
    let t = reader.t;
    let name = t.tr(&format!("choices-{}", kind.replace('_', "-")));
    Ok(answer(&StopPage {
        shell: Shell::public(&reader),
        text: t.tr1("stop-ask", "mail", name),
        token: Some(query.into_inner().t),
    })?)
}

/// Ends mails of one kind, for whoever holds the token: from the page above, or from a mail program
/// (RFC 8058). The token is all it takes, and all it can do.
#[post("/mail/stop")]
pub(super) async fn stop(
    app: web::Data<App>,
    query: web::Query<StopQuery>,
    reader: Reader,
) -> Result<HttpResponse, PageProblem> {
    let (person, kind) = app.keys.check_mail_stop(&query.t, app.now()).ok_or(Problem::NotFound)?;
    let kind = MailKind::from_code(&kind).ok_or(Problem::NotFound)?;
    let t = reader.t;
    let name = t.tr(&format!("choices-{}", kind.code().replace('_', "-")));
    blocking(move || {
        // Somebody who has left gets none anyway.
        if app.store.person(person)?.is_some() {
            app.store.set_mail_choice(person, kind, Some(MailChoice::Off))?;
        }
        Ok(())
    })
    .await?;
    Ok(answer(&StopPage {
        shell: Shell::public(&reader),
        text: t.tr1("stop-done", "mail", name),
        token: None,
    })?)
}

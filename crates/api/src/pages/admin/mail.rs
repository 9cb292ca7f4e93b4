//! Mail: where it goes, whether it works, what was sent.

use actix_web::{HttpResponse, get, http::StatusCode, post, web};
use askama::Template;
use serde::Deserialize;
use tideline_domain::day::utc_day;
use tideline_report::{mailer, words};
use tideline_store::{DeliveryRecord, DeliveryState, RoleKind};
use tideline_text::Text;

use super::super::shell::{Html, Shell};
use crate::{
    App,
    auth::{Administrator, By, Posted, SignedIn},
    blocking::blocking,
    mail_server::{NotTaken, Security, ServerForm, filled_in, forget, place, take_up, test_mail},
    problem::{PageProblem, Problem, see_other},
};

/// Waves whose mails are listed.
const WAVES: usize = 6;

#[derive(Template)]
#[template(path = "pages/admin/mail.html")]
struct MailPage {
    shell: Shell,
    email: String,
    from: String,
    route: String,
    /// The form for the mail server; `None` where the settings name it.
    server: Option<ServerFields>,
    recipients: String,
    deliveries: Vec<DeliveryLine>,
    sent: bool,
    saved: bool,
    forgotten: bool,
    /// Whether a server was named that cannot be used.
    lost: bool,
    problem: Option<String>,
    csrf: String,
}

/// The form for the mail server.
struct ServerFields {
    form: ServerForm,
    /// Whether a server was named, which can be forgotten.
    named: bool,
    problem: Option<String>,
    problem_at: &'static str,
}

struct DeliveryLine {
    month: String,
    to: String,
    state: String,
}

#[derive(Deserialize)]
struct MailQuery {
    sent: Option<String>,
    saved: Option<String>,
    forgotten: Option<String>,
}

/// What was just done, and how it went.
#[derive(Default)]
struct Outcome {
    sent: bool,
    saved: bool,
    forgotten: bool,
    /// Why the test mail was not sent.
    problem: Option<String>,
    /// What was typed about the mail server, and why it was not taken up.
    typed: Option<(ServerForm, Option<(&'static str, String)>)>,
}

/// Where mail goes and what was sent.
#[get("/admin/mail")]
pub(super) async fn show(
    app: web::Data<App>,
    by: By<Administrator>,
    query: web::Query<MailQuery>,
) -> Result<HttpResponse, PageProblem> {
    let outcome = Outcome {
        sent: query.sent.is_some(),
        saved: query.saved.is_some(),
        forgotten: query.forgotten.is_some(),
        ..Outcome::default()
    };
    let page = blocking(move || Html::of(&page(&app, &by, outcome)?)).await?;
    Ok(page.into())
}

fn page(app: &App, by: &SignedIn, outcome: Outcome) -> Result<MailPage, Problem> {
    let t = by.reader.t;
    let recipients = app.store.people_with_role(RoleKind::Hr)?;
    let names: Vec<String> = recipients.iter().map(|it| it.name.to_string()).collect();
    let mut deliveries = Vec::new();
    for wave in app.store.released_waves()?.iter().rev().take(WAVES) {
        for it in app.store.report_deliveries(wave.seq)? {
            let to = app.store.person(it.recipient)?.map(|it| it.name.to_string());
            deliveries.push(DeliveryLine {
                month: words::month(wave, t),
                to: to.unwrap_or_else(|| t.tr("admin-audit-gone")),
                state: state(&it, t),
            });
        }
    }
    let (server, sender) = (app.mailer.server(), app.mailer.sender());
    let named = !app.settings.mail_is_set && app.store.mail_server()?.is_some();
    let fields = (!app.settings.mail_is_set).then(|| {
        let first = || (filled_in(server.as_ref(), sender.clone()), None);
        let (form, problem) = outcome.typed.unwrap_or_else(first);
        let (problem_at, problem) = problem.map_or(("host", None), |(at, it)| (at, Some(it)));
        ServerFields { form, named, problem, problem_at }
    });
    Ok(MailPage {
        shell: Shell::of(by),
        email: by.person.email.to_string(),
        from: sender.from,
        route: match &server {
            Some(server) => t.tr1("admin-mail-route-server", "server", place(server)),
            None => t.tr("admin-mail-route-folder"),
        },
        server: fields,
        recipients: match names.is_empty() {
            true => t.tr("admin-mail-nobody"),
            false => t.list(&names),
        },
        deliveries,
        sent: outcome.sent,
        saved: outcome.saved,
        forgotten: outcome.forgotten,
        lost: named && server.is_none(),
        problem: outcome.problem,
        csrf: by.csrf.clone(),
    })
}

fn state(delivery: &DeliveryRecord, t: Text) -> String {
    let n = delivery.attempts;
    match delivery.state {
        DeliveryState::Sent => {
            let date = delivery.sent_at.map(|it| t.date(utc_day(it)));
            t.tr1("mail-state-sent", "date", date.unwrap_or_default())
        }
        DeliveryState::Dropped => t.tr("mail-state-dropped"),
        DeliveryState::Failed => with(t.tr1("mail-state-failed", "n", n), trouble(delivery, t)),
        DeliveryState::Queued if n > 0 => {
            with(t.tr1("mail-state-queued-again", "n", n), trouble(delivery, t))
        }
        DeliveryState::Queued => t.tr("mail-state-queued"),
    }
}

/// A state, and a sentence about it if there is one.
fn with(state: String, sentence: String) -> String {
    if sentence.is_empty() { state } else { format!("{state}. {sentence}") }
}

/// Why a mail was not sent, and when it is tried again; empty if it has not been tried.
pub(in crate::pages) fn trouble(delivery: &DeliveryRecord, t: Text) -> String {
    let why = delivery.reason.as_deref().map(|it| mailer::told(it, t));
    let again = delivery.retry_at.map(|it| {
        let time = format!("{} UTC", it.format("%H:%M"));
        t.tr2("mail-tried-again", "date", t.date(utc_day(it)), "time", time)
    });
    why.into_iter().chain(again).collect::<Vec<_>>().join(" ")
}

#[derive(Deserialize)]
struct NoFields {}

/// Sends a test mail to whoever asks: it holds no figures.
#[post("/admin/mail/test")]
pub(super) async fn test(
    app: web::Data<App>,
    posted: Posted<Administrator, NoFields>,
) -> Result<HttpResponse, PageProblem> {
    let by = posted.by;
    let refused = blocking(move || {
        let message = test_mail(&app, &app.mailer.sender(), &by.person.email, by.reader.t)?;
        match app.mailer.send(&message) {
            Ok(()) => Ok(None),
            Err(error) => {
                let problem = Some(error.told(by.reader.t));
                let page = page(&app, &by, Outcome { problem, ..Outcome::default() })?;
                Html::with(StatusCode::BAD_GATEWAY, &page).map(Some)
            }
        }
    })
    .await?;
    match refused {
        None => Ok(see_other("/admin/mail?sent")),
        Some(page) => Ok(page.into()),
    }
}

/// Takes up a mail server, if it takes a test mail to whoever asks.
#[post("/admin/mail/server")]
pub(super) async fn name_server(
    app: web::Data<App>,
    posted: Posted<Administrator, ServerForm>,
) -> Result<HttpResponse, PageProblem> {
    let Posted { by, form } = posted;
    let refused = blocking(move || {
        let (status, at, why) = match take_up(&app, &by, &form)? {
            Ok(()) => return Ok(None),
            Err(NotTaken::Typed(field, id)) => {
                (StatusCode::UNPROCESSABLE_ENTITY, field, by.reader.t.tr(id))
            }
            Err(NotTaken::Tried(error)) => {
                let field = if error.is_about_signing_in() { "user" } else { "host" };
                (StatusCode::BAD_GATEWAY, field, error.told(by.reader.t))
            }
        };
        // A password is never sent back.
        let form = ServerForm { password: String::new(), ..form };
        let typed = Some((form, Some((at, why))));
        Html::with(status, &page(&app, &by, Outcome { typed, ..Outcome::default() })?).map(Some)
    })
    .await?;
    match refused {
        None => Ok(see_other("/admin/mail?saved")),
        Some(page) => Ok(page.into()),
    }
}

/// Forgets the mail server that was named.
#[post("/admin/mail/server/forget")]
pub(super) async fn forget_server(
    app: web::Data<App>,
    posted: Posted<Administrator, NoFields>,
) -> Result<HttpResponse, PageProblem> {
    blocking(move || forget(&app, &posted.by)).await?;
    Ok(see_other("/admin/mail?forgotten"))
}

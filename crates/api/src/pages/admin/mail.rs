//! Mail: where it goes, whether it works, what was sent.

use actix_web::{HttpResponse, get, http::StatusCode, post, web};
use askama::Template;
use serde::Deserialize;
use tideline_domain::day::utc_day;
use tideline_report::{mail, mailer, words};
use tideline_store::{DeliveryRecord, DeliveryState, RoleKind};
use tideline_text::Text;

use super::super::shell::{Html, Shell};
use crate::{
    App,
    auth::{Administrator, By, Posted, SignedIn},
    blocking::blocking,
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
    recipients: String,
    deliveries: Vec<DeliveryLine>,
    sent: bool,
    problem: Option<String>,
    csrf: String,
}

struct DeliveryLine {
    month: String,
    to: String,
    state: String,
}

#[derive(Deserialize)]
struct MailQuery {
    sent: Option<String>,
}

/// Where mail goes and what was sent.
#[get("/admin/mail")]
pub(super) async fn show(
    app: web::Data<App>,
    by: By<Administrator>,
    query: web::Query<MailQuery>,
) -> Result<HttpResponse, PageProblem> {
    let sent = query.sent.is_some();
    let page = blocking(move || Html::of(&page(&app, &by, sent, None)?)).await?;
    Ok(page.into())
}

fn page(
    app: &App,
    by: &SignedIn,
    sent: bool,
    problem: Option<String>,
) -> Result<MailPage, Problem> {
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
    Ok(MailPage {
        shell: Shell::of(by),
        email: by.person.email.to_string(),
        from: app.settings.mail_from.clone(),
        route: t.tr(if app.mailer.is_smtp() {
            "admin-mail-route-server"
        } else {
            "admin-mail-route-folder"
        }),
        recipients: match names.is_empty() {
            true => t.tr("admin-mail-nobody"),
            false => t.list(&names),
        },
        deliveries,
        sent,
        problem,
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
        let envelope = app.settings.envelope(&by.person.email, app.now());
        let envelope = mail::Envelope { text: by.reader.t, ..envelope };
        let message =
            mail::test(&envelope, app.settings.app_origin.as_str()).map_err(Problem::internal)?;
        match app.mailer.send(&message) {
            Ok(()) => Ok(None),
            Err(error) => {
                let page = page(&app, &by, false, Some(error.told(by.reader.t)))?;
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

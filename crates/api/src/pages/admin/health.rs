//! Whether everything works, in plain words.

use actix_web::{HttpResponse, get, web};
use askama::Template;
use chrono::TimeDelta;
use tideline_domain::Phase;
use tideline_domain::day::utc_day;
use tideline_report::{mailer, words};
use tideline_text::Text;

use super::super::shell::{Shell, answer};
use crate::{
    App,
    auth::{Administrator, By},
    blocking::blocking,
    contacts,
    problem::{PageProblem, Problem},
};

/// Openings of the calendar that are looked at.
const RECENT_JOBS: u32 = 10;
/// Mails that were given up longer ago do not count for whether mail works.
const LATELY: TimeDelta = TimeDelta::days(30);

#[derive(Template)]
#[template(path = "pages/admin/health.html")]
struct HealthPage {
    shell: Shell,
    summary: String,
    checks: Vec<Check>,
    version: &'static str,
}

/// One thing that works, or needs a look.
pub(crate) struct Check {
    /// Stable name.
    pub(crate) code: &'static str,
    pub(crate) name: String,
    pub(crate) good: bool,
    pub(crate) text: String,
}

/// The checks.
#[get("/admin/health")]
pub(super) async fn show(
    app: web::Data<App>,
    by: By<Administrator>,
) -> Result<HttpResponse, PageProblem> {
    let t = by.reader.t;
    let checks = blocking(move || checks(&app, t)).await?;
    let summary = match checks.iter().filter(|it| !it.good).count() {
        0 => t.tr("health-all-good"),
        n => t.tr1("health-some", "n", n),
    };
    let version = env!("CARGO_PKG_VERSION");
    Ok(answer(&HealthPage { shell: Shell::of(&by), summary, checks, version })?)
}

/// Everything that is checked, what matters most first.
pub(crate) fn checks(app: &App, t: Text) -> Result<Vec<Check>, Problem> {
    let now = app.now();
    let check = |code, name: &str, good, text| Check { code, name: t.tr(name), good, text };
    let mut all = Vec::new();

    let findings = app.store.settings_findings()?;
    let database = findings
        .first()
        .map(|it| t.tr2("health-database-bad", "setting", it.setting, "value", &it.value));
    let good = database.is_none();
    let text = database.unwrap_or_else(|| t.tr("health-database-good"));
    all.push(check("database", "health-database", good, text));

    let broken = app.store.verify_new_audit_entries(now)?.broken;
    let text =
        broken.map_or_else(|| t.tr("health-audit-good"), |n| t.tr1("admin-audit-broken", "n", n));
    all.push(check("audit-log", "health-audit", broken.is_none(), text));

    let waves = app.store.wave_summaries()?;
    // Half an hour is far more than the grace period and the tally of a large organisation.
    let late = waves.iter().find(|it| {
        !it.released && it.wave.window.phase(now - TimeDelta::minutes(30)) == Phase::Closed
    });
    let text = late.map_or_else(
        || t.tr("health-waves-good"),
        |it| {
            let lost = app.live.is_lost(it.wave.seq);
            let text = if lost { "health-waves-lost" } else { "health-waves-late" };
            t.tr1(text, "label", it.wave.label.as_str())
        },
    );
    all.push(check("waves", "health-waves", late.is_none(), text));

    // Those that were announced in the end have no reason any more; nor does one matter after which a wave
    // opened all the same, or that is long over.
    let skipped = app.store.jobs(RECENT_JOBS)?.into_iter().find_map(|it| {
        let instead =
            waves.iter().any(|wave| wave.wave.window.opens() > it.due - TimeDelta::days(1));
        let matters = !instead && it.due > now - TimeDelta::days(31);
        Some((it.due, it.reason.filter(|_| matters)?))
    });
    let good = skipped.is_none();
    let text = match skipped {
        None => t.tr("health-calendar-good"),
        Some((opens, why)) => {
            let opens = words::moment(opens, &app.zone()?, t);
            let why = words::not_announced(&why, t);
            t.tr2("health-calendar-bad", "day", opens, "reason", why)
        }
    };
    all.push(check("calendar", "health-calendar", good, text));

    let open = waves.iter().find(|it| it.wave.window.phase(now) == Phase::Open);
    let (good, text) = match open {
        None => (true, t.tr("health-live-none")),
        Some(it) if app.live.get(it.wave.seq).is_some() => (true, t.tr("health-live-good")),
        Some(it) => (false, t.tr1("health-live-missing", "label", it.wave.label.as_str())),
    };
    all.push(check("ballot-box", "health-live", good, text));

    let (notices_waiting, notices_failed) = app.store.notices_unsent()?;
    let mail = app.store.mail_health(now, now - LATELY)?;
    let (waiting, failed) = (mail.retrying + notices_waiting, mail.failed + notices_failed);
    let why = mail.reason.as_deref().map(|it| mailer::told(it, t));
    let again = mail.next_retry.map(|it| {
        let time = format!("{} UTC", it.format("%H:%M"));
        t.tr2("mail-tried-again", "date", t.date(utc_day(it)), "time", time)
    });
    let last = match mail.last_sent {
        Some(at) => t.tr1("health-mail-last", "date", t.date(utc_day(at))),
        None => t.tr("health-mail-never"),
    };
    let (good, text) = match (app.mailer.is_smtp(), waiting, failed) {
        (_, _, 1..) => (false, t.tr1("health-mail-failed", "n", failed)),
        (_, 1.., _) => (false, t.tr1("health-mail-waiting", "n", waiting)),
        (false, ..) if app.store.mail_server()?.is_some() => (false, t.tr("health-mail-lost")),
        (false, ..) => (false, t.tr("health-mail-folder")),
        _ => (true, t.tr("health-mail-good")),
    };
    let mut said = vec![format!("{text}.")];
    if waiting > 0 || failed > 0 {
        said.extend(why.into_iter().chain(again));
    }
    said.push(last);
    let text = said.join(" ");
    all.push(check("mail", "health-mail", good, text));

    let contacts = app.store.support_contacts()?;
    let (good, text) = match contacts.is_empty() {
        true => (false, t.tr("health-support-none")),
        false if contacts::are_fresh(&contacts, utc_day(now)) => {
            (true, t.tr("health-support-good"))
        }
        false => (false, t.tr("health-support-stale")),
    };
    all.push(check("support", "health-support", good, text));

    let tls = app.settings.app_origin.is_https();
    let text = t.tr(if tls { "health-tls-good" } else { "health-tls-bad" });
    all.push(check("encryption", "health-tls", tls, text));

    let clock = t.tr2(
        "health-clock-text",
        "date",
        t.date(utc_day(now)),
        "time",
        now.format("%H:%M").to_string(),
    );
    all.push(check("clock", "health-clock", true, clock));
    Ok(all)
}

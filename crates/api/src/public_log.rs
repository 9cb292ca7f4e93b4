//! What anybody may read of what was changed and of how often results were looked at. Strangers may ask
//! as often as they like: the database is asked once a minute at most.

use std::{collections::BTreeMap, sync::Arc};

use actix_web::web;
use chrono::{DateTime, Datelike as _, Months, NaiveDate, TimeDelta, Utc};
use chrono_tz::Tz;
use tideline_ballot::manifest::PinnedManifest;
use tideline_domain::{
    PersonId,
    day::{day_in, utc_day},
};
use tideline_report::words;
use tideline_store::{AuditQuery, ROLE_GAINED, ROLE_LOST, RoleKind, RoleSubject};
use tideline_text::{Language, Text};

use crate::{
    App,
    kept_log::{LogLine, Looked},
    mail_server,
    problem::Problem,
};

/// Lines of the log on one page.
const ON_A_PAGE: usize = 50;
/// How many months back it is told how often results were looked at, besides the present one.
const MONTHS: u32 = 12;

/// A page of the log.
pub(crate) struct LogPage {
    /// Newest first.
    pub(crate) lines: Vec<LogLine>,
    /// How many pages there are, at least 1.
    pub(crate) pages: usize,
    /// How often results were looked at in the last twelve months, newest month first.
    pub(crate) looked: Arc<Vec<Looked>>,
}

/// Page `page` of the log in `language`; past the end it has no lines.
pub(crate) async fn page(
    app: &web::Data<App>,
    language: Language,
    page: usize,
) -> Result<LogPage, Problem> {
    let now = app.now();
    let of = app.clone();
    let all = app.warm.log.lines.get(now, move || {
        let each = |language: Language| Ok((language, lines(&of, Text::new(language))?));
        Language::ALL.into_iter().map(each).collect()
    });
    let all = all.await?;
    let of = app.clone();
    let looked = app.warm.log.looked.get(now, move || looked(&of, now)).await?;
    let all = all.get(&language).map_or(&[][..], Vec::as_slice);
    let page = page.max(1);
    let lines = all.chunks(ON_A_PAGE).nth(page - 1).unwrap_or_default().to_vec();
    Ok(LogPage { lines, pages: all.len().div_ceil(ON_A_PAGE).max(1), looked })
}

/// Changes of rules and waves, newest first.
fn lines(app: &App, t: Text) -> Result<Vec<LogLine>, Problem> {
    let zone = app.zone()?;
    let day = |at: DateTime<Utc>| t.date(day_in(at, &zone));
    let mut lines = Vec::new();
    for record in app.store.waves()? {
        let Ok(pinned) = PinnedManifest::parse(record.manifest.clone()) else { continue };
        let window = record.wave.window;
        lines.push(LogLine {
            at: window.pickup_from(),
            day: day(window.pickup_from()),
            what: t.tr2(
                "log-wave",
                "month",
                words::month(&record.wave, t),
                "words",
                pinned.words().join(" "),
            ),
            more: t.tr_with(
                "log-wave-dates",
                &[
                    ("opens", &words::first_day(&window, &zone, t)),
                    ("closes", &words::last_day(&window, &zone, t)),
                    ("k", &pinned.manifest.min_cell),
                ],
            ),
        });
    }
    for change in app.store.smallest_group_changes()? {
        let (from, to) = (change.before.people(), change.k.people());
        let reason = t.tr1("log-reason", "reason", &change.reason);
        let (id, more) = if to < from {
            let from = day(change.effective);
            ("log-lowered", format!("{} {reason}", t.tr1("log-lowered-from", "date", from)))
        } else {
            ("log-raised", reason)
        };
        lines.push(LogLine {
            at: change.at,
            day: day(change.at),
            what: t.tr2(id, "from", from, "to", to),
            more,
        });
    }
    lines.extend(role_lines(app, zone, t)?);
    lines.extend(mail_server_lines(app, zone, t)?);
    lines.sort_by_key(|it| std::cmp::Reverse(it.at));
    Ok(lines)
}

/// How long changes of roles stand in the public log.
const ROLE_CHANGES: TimeDelta = TimeDelta::days(366);

/// Who was given, or lost, which role, without names: so many at once, by whom. That somebody changed the
/// own role is said.
fn role_lines(app: &App, zone: Tz, t: Text) -> Result<Vec<LogLine>, Problem> {
    let entries = app.store.audit_entries(&AuditQuery {
        from: Some(app.now() - ROLE_CHANGES),
        actions: Some(&[ROLE_GAINED, ROLE_LOST]),
        ..AuditQuery::default()
    })?;
    let mut counts: BTreeMap<(DateTime<Utc>, bool, RoleKind, RoleChangedBy), u32> = BTreeMap::new();
    for entry in entries.into_iter().map(|it| it.entry) {
        let Some(change) = RoleSubject::read(&entry.subject) else { continue };
        let by = match entry.who {
            None => RoleChangedBy::Program,
            Some(who) if who == change.person => RoleChangedBy::Themselves,
            Some(_) => RoleChangedBy::Administrator,
        };
        let gained = entry.action == ROLE_GAINED;
        *counts.entry((entry.at, gained, change.kind, by)).or_default() += 1;
    }
    let line =
        |((at, gained, role, by), n): ((DateTime<Utc>, bool, RoleKind, RoleChangedBy), u32)| {
            let id = if gained { "log-role-gained" } else { "log-role-lost" };
            let role = t.tr(&format!("role-{}", role.code()));
            LogLine {
                at,
                day: t.date(day_in(at, &zone)),
                what: t.tr_with(id, &[("role", &role), ("n", &n)]),
                more: t.tr(by.id()),
            }
        };
    Ok(counts.into_iter().map(line).collect())
}

/// When the mail server was changed: whoever names it can read links to sign in.
fn mail_server_lines(app: &App, zone: Tz, t: Text) -> Result<Vec<LogLine>, Problem> {
    let entries = app.store.audit_entries(&AuditQuery {
        from: Some(app.now() - ROLE_CHANGES),
        actions: Some(&[mail_server::NAMED, mail_server::FORGOTTEN]),
        ..AuditQuery::default()
    })?;
    let line = |at: DateTime<Utc>, named: bool| LogLine {
        at,
        day: t.date(day_in(at, &zone)),
        what: t.tr(if named { "log-mail-server-named" } else { "log-mail-server-forgotten" }),
        more: t.tr("log-mail-server-why"),
    };
    let of = entries.into_iter().map(|it| it.entry);
    Ok(of.map(|it| line(it.at, it.action == mail_server::NAMED)).collect())
}

/// Who changed roles.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum RoleChangedBy {
    Administrator,
    Themselves,
    Program,
}

impl RoleChangedBy {
    const fn id(self) -> &'static str {
        match self {
            Self::Administrator => "log-role-by-administrator",
            Self::Themselves => "log-role-by-themselves",
            Self::Program => "log-role-by-program",
        }
    }
}

/// Who looked, by the month and the role that let them, for the last twelve months, newest first.
fn looked(app: &App, now: DateTime<Utc>) -> Result<Vec<Looked>, Problem> {
    let mut role_of: BTreeMap<PersonId, &'static str> = BTreeMap::new();
    for kind in [RoleKind::Hr, RoleKind::Manager] {
        for person in app.store.people_with_role(kind)? {
            role_of.entry(person.id).or_insert(kind.code());
        }
    }
    let mut rows = Vec::new();
    let present = utc_day(now).with_day(1).unwrap_or_default();
    for back in 0..=MONTHS {
        let Some(month) = present.checked_sub_months(Months::new(back)) else { break };
        let Some(next) = month.checked_add_months(Months::new(1)) else { break };
        let midnight = |day: NaiveDate| day.and_time(chrono::NaiveTime::MIN).and_utc();
        let mut counts: BTreeMap<&'static str, (u64, u64)> = BTreeMap::new();
        for it in app.store.looks(midnight(month), midnight(next))? {
            let role = match (it.who, it.role) {
                (None, None) => "program",
                (_, Some(role)) => role.code(),
                (Some(who), None) => role_of.get(&who).copied().unwrap_or("staff"),
            };
            let (views, exports) = counts.entry(role).or_default();
            *views += it.views;
            *exports += it.exports;
        }
        let row = |(role, (views, exports))| Looked { month, role, views, exports };
        rows.extend(counts.into_iter().rev().map(row));
    }
    Ok(rows)
}

//! The audit log: who looked at results, who changed settings, and whether the log is whole.

use std::collections::{BTreeMap, btree_map::Entry};

use actix_web::{
    HttpResponse, get,
    http::header::{ContentDisposition, DispositionParam, DispositionType},
    web,
};
use askama::Template;
use chrono::{DateTime, Days, NaiveDate, NaiveTime, Utc};
use serde::{Deserialize, Serialize};
use tideline_ballot::encoding::{sha256, to_hex};
use tideline_domain::{PersonId, UnitTree};
use tideline_store::{AuditEntry, AuditQuery, AuditRecord};
use tideline_text::Text;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    super::shell::{Shell, answer},
    overseer,
};
use crate::{
    App,
    auth::SignedIn,
    problem::{PageProblem, Problem},
    routes::blocking,
};

/// Entries on one page.
const SHOWN: u32 = 100;

#[derive(Template)]
#[template(path = "pages/admin/audit.html")]
struct AuditPage {
    shell: Shell,
    broken: String,
    total: u32,
    newest: String,
    roles: Vec<(&'static str, String)>,
    role: String,
    from: String,
    to: String,
    rows: Vec<AuditLine>,
    older: Option<String>,
}

struct AuditLine {
    seq: u32,
    at: String,
    who: String,
    what: String,
}

#[derive(Deserialize)]
struct LogQuery {
    #[serde(default)]
    role: String,
    #[serde(default)]
    from: String,
    #[serde(default)]
    to: String,
    before: Option<u32>,
}

impl LogQuery {
    fn query(&self, app: &App) -> Result<AuditQuery, Problem> {
        let day = |text: &str| text.parse::<NaiveDate>().ok();
        let midnight = |it: NaiveDate| it.and_time(NaiveTime::MIN).and_utc();
        let actors = match self.role.as_str() {
            "" => None,
            role => Some(app.store.people_with_role(role)?.into_iter().map(|it| it.id).collect()),
        };
        Ok(AuditQuery {
            before: self.before,
            from: day(&self.from).map(midnight),
            to: day(&self.to).and_then(|it| it.checked_add_days(Days::new(1))).map(midnight),
            actors,
            limit: Some(SHOWN),
        })
    }
}

/// The log, newest first.
#[get("/admin/audit")]
pub(super) async fn show(
    app: web::Data<App>,
    by: SignedIn,
    query: web::Query<LogQuery>,
) -> Result<HttpResponse, PageProblem> {
    overseer(&by.principal)?;
    let query = query.into_inner();
    let page = blocking(move || page(&app, &by, query)).await?;
    Ok(answer(&page)?)
}

fn page(app: &App, by: &SignedIn, query: LogQuery) -> Result<AuditPage, Problem> {
    let t = by.reader.t;
    let newest =
        app.store.audit_entries(&AuditQuery { limit: Some(1), ..AuditQuery::default() })?;
    let newest = newest.first();
    let entries = app.store.audit_entries(&query.query(app)?)?;
    let broken = app.store.verify_audit_log()?;
    let tree = app.store.units(app.now().date_naive())?;
    let mut names: BTreeMap<PersonId, String> = BTreeMap::new();
    for who in entries.iter().filter_map(|it| it.entry.who) {
        if let Entry::Vacant(vacant) = names.entry(who) {
            let name = app.store.person(who)?.map(|it| it.name.to_string());
            vacant.insert(name.unwrap_or_else(|| t.tr("admin-audit-gone")));
        }
    }
    let older = match entries.last() {
        Some(last) if entries.len() == SHOWN as usize && last.seq > 1 => Some(format!(
            "/admin/audit?role={}&from={}&to={}&before={}",
            known_role(&query.role),
            date_or_empty(&query.from),
            date_or_empty(&query.to),
            last.seq
        )),
        _ => None,
    };
    Ok(AuditPage {
        shell: Shell::of(by),
        broken: broken.map(|n| t.tr1("admin-audit-broken", "n", n)).unwrap_or_default(),
        total: newest.map_or(0, |it| it.seq),
        newest: newest.map(|it| to_hex(&it.hash)).unwrap_or_default(),
        roles: ROLES.map(|(code, id)| (code, t.tr(id))).to_vec(),
        rows: entries.iter().map(|it| line(it, &names, tree.as_ref(), t)).collect(),
        role: query.role,
        from: query.from,
        to: query.to,
        older,
    })
}

const ROLES: [(&str, &str); 4] = [
    ("manager", "role-manager"),
    ("hr", "role-hr"),
    ("admin", "role-admin"),
    ("privacy", "role-privacy"),
];

fn known_role(role: &str) -> &str {
    if ROLES.iter().any(|it| it.0 == role) { role } else { "" }
}

fn date_or_empty(text: &str) -> String {
    text.parse::<NaiveDate>().map(|it| it.to_string()).unwrap_or_default()
}

fn line(
    record: &AuditRecord,
    names: &BTreeMap<PersonId, String>,
    tree: Option<&UnitTree>,
    t: Text,
) -> AuditLine {
    let entry = &record.entry;
    let who = match entry.who {
        None => t.tr("role-program"),
        Some(who) => names.get(&who).cloned().unwrap_or_default(),
    };
    AuditLine {
        seq: record.seq,
        at: format!("{}, {}", t.date(entry.at.date_naive()), entry.at.format("%H:%M:%S")),
        who,
        what: what(entry, tree, t),
    }
}

fn what(entry: &AuditEntry, tree: Option<&UnitTree>, t: Text) -> String {
    let subject = subject(&entry.subject, tree, t);
    match entry.action.as_str() {
        "results.view" => t.tr1("audit-results-view", "subject", subject),
        "results.export" => t.tr1("audit-results-export", "subject", subject),
        "results.read" => t.tr1("audit-results-read", "subject", subject),
        "settings.privacy" => t.tr1("audit-settings-privacy", "subject", subject),
        "settings.support" => t.tr("audit-settings-support"),
        "settings.organisation" => t.tr("audit-settings-organisation"),
        "roster.import" => t.tr1("audit-roster-import", "subject", subject),
        "wave.announce" => t.tr1("audit-wave-announce", "subject", subject),
        "log.export" => t.tr("audit-log-export"),
        "setup" => t.tr("audit-setup"),
        other => t.tr2("audit-other", "action", other, "subject", subject),
    }
}

fn subject(subject: &str, tree: Option<&UnitTree>, t: Text) -> String {
    match subject.split_once(' ') {
        None if subject == "organisation" => t.tr("audit-subject-organisation"),
        None if subject == "everybody" => t.tr("audit-subject-everybody"),
        Some(("unit", id)) => {
            let unit = id.parse::<Uuid>().ok().map(tideline_domain::UnitId::new);
            unit.and_then(|it| tree?.get(it))
                .map_or_else(|| t.tr("audit-subject-unit-gone"), |it| it.name.to_string())
        }
        Some(("wave" | "release", n)) => t.tr1("audit-subject-wave", "n", n),
        Some(("report", n)) => t.tr1("audit-subject-report", "n", n),
        _ => subject.to_owned(),
    }
}

/// The whole log as a file that can be checked elsewhere.
#[derive(Serialize, ToSchema)]
#[schema(as = AuditLog)]
pub(crate) struct LogBody {
    entries: Vec<EntryBody>,
    /// When it was downloaded.
    at: DateTime<Utc>,
    /// A token (JWT, EdDSA) whose claim `sha256` is over `entries` as written here.
    signature: String,
    /// The key that checks the token, as a JSON Web Key.
    key: serde_json::Value,
}

/// One entry of the audit log.
#[derive(Serialize, ToSchema)]
#[schema(as = AuditEntry)]
pub(crate) struct EntryBody {
    seq: u32,
    at: DateTime<Utc>,
    /// Who; `null` for the program itself.
    actor: Option<Uuid>,
    #[schema(example = "results.view")]
    action: String,
    #[schema(example = "organisation")]
    subject: String,
    /// SHA-256 over the hash before and this entry, in hexadecimal digits.
    hash: String,
}

impl From<AuditRecord> for EntryBody {
    fn from(record: AuditRecord) -> Self {
        Self {
            seq: record.seq,
            at: record.entry.at,
            actor: record.entry.who.map(PersonId::uuid),
            action: record.entry.action,
            subject: record.entry.subject,
            hash: to_hex(&record.hash),
        }
    }
}

/// The whole log, signed, and a note that it was taken away.
pub(crate) fn signed_log(app: &App, who: PersonId) -> Result<LogBody, Problem> {
    let now = app.now();
    app.store.append_audit(&AuditEntry {
        who: Some(who),
        action: "log.export".to_owned(),
        subject: "audit log".to_owned(),
        at: now,
    })?;
    let entries: Vec<EntryBody> = app.store.audit_log()?.into_iter().map(EntryBody::from).collect();
    let written = serde_json::to_vec(&entries).map_err(Problem::internal)?;
    let digest = to_hex(&sha256(&[&written]));
    Ok(LogBody {
        entries,
        at: now,
        signature: app.keys.sign_digest(&digest, now).map_err(Problem::internal)?,
        key: app.keys.public_key(),
    })
}

/// The whole log as a signed file.
#[get("/admin/audit.json")]
pub(super) async fn download(
    app: web::Data<App>,
    by: SignedIn,
) -> Result<HttpResponse, PageProblem> {
    overseer(&by.principal)?;
    let log = blocking(move || signed_log(&app, by.principal.person)).await?;
    let disposition = ContentDisposition {
        disposition: DispositionType::Attachment,
        parameters: vec![DispositionParam::Filename("tideline-audit-log.json".to_owned())],
    };
    Ok(HttpResponse::Ok().insert_header(disposition).json(log))
}

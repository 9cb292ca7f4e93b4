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
use tideline_domain::{PersonId, UnitTree, day::utc_day};
use tideline_store::{
    AuditEntry, AuditQuery, AuditRecord, PASSKEY_ADDED, PASSKEY_REMOVED, ROLE_GAINED, RoleKind,
    RoleSubject,
};
use tideline_text::Text;
use utoipa::ToSchema;
use uuid::Uuid;

use super::super::shell::{Html, Shell};
use crate::{
    App,
    auth::{By, Overseer, SignedIn},
    blocking::{Written, blocking},
    problem::{PageProblem, Problem},
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
    /// When every single entry was checked last.
    checked: String,
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
    fn query(&self) -> AuditQuery {
        let day = |text: &str| text.parse::<NaiveDate>().ok();
        let midnight = |it: NaiveDate| it.and_time(NaiveTime::MIN).and_utc();
        AuditQuery {
            before: self.before,
            from: day(&self.from).map(midnight),
            to: day(&self.to).and_then(|it| it.checked_add_days(Days::new(1))).map(midnight),
            role: RoleKind::from_code(known_role(&self.role)),
            limit: Some(SHOWN),
            ..AuditQuery::default()
        }
    }
}

/// The log, newest first.
#[get("/admin/audit")]
pub(super) async fn show(
    app: web::Data<App>,
    by: By<Overseer>,
    query: web::Query<LogQuery>,
) -> Result<HttpResponse, PageProblem> {
    let query = query.into_inner();
    let page = blocking(move || Html::of(&page(&app, &by, query)?)).await?;
    Ok(page.into())
}

fn page(app: &App, by: &SignedIn, query: LogQuery) -> Result<AuditPage, Problem> {
    let t = by.reader.t;
    let state = app.store.verify_new_audit_entries(app.now())?;
    let entries = app.store.audit_entries(&query.query())?;
    let tree = app.store.units(utc_day(app.now()))?;
    let mut names: BTreeMap<PersonId, String> = BTreeMap::new();
    let whose = |it: &AuditRecord| RoleSubject::read(&it.entry.subject).map(|it| it.person);
    for who in entries.iter().flat_map(|it| [it.entry.who, whose(it)]).flatten() {
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
        broken: state.broken.map(|n| t.tr1("admin-audit-broken", "n", n)).unwrap_or_default(),
        total: state.entries,
        newest: if state.entries == 0 { String::new() } else { to_hex(&state.newest) },
        checked: state.all.map(|it| checked(it, t)).unwrap_or_default(),
        roles: ROLES.map(|(code, id)| (code, t.tr(id))).to_vec(),
        rows: entries.iter().map(|it| line(it, &names, tree.as_ref(), t)).collect(),
        role: query.role,
        from: query.from,
        to: query.to,
        older,
    })
}

/// When every single entry was checked, and how many there were.
fn checked((at, entries): (DateTime<Utc>, u32), t: Text) -> String {
    t.tr_with(
        "admin-audit-checked",
        &[
            ("n", &entries),
            ("date", &t.date(utc_day(at))),
            ("time", &at.format("%H:%M").to_string()),
        ],
    )
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
    let named = |who: &PersonId| names.get(who).cloned().unwrap_or_default();
    let who = match (&entry.who, entry.role) {
        (None, _) => t.tr("role-program"),
        (Some(who), None) => named(who),
        (Some(who), Some(role)) => {
            format!("{} ({})", named(who), t.tr(&format!("role-{}", role.code())))
        }
    };
    AuditLine {
        seq: record.seq,
        at: format!("{}, {}", t.date(utc_day(entry.at)), entry.at.format("%H:%M:%S")),
        who,
        what: what(entry, names, tree, t),
    }
}

fn what(
    entry: &AuditEntry,
    names: &BTreeMap<PersonId, String>,
    tree: Option<&UnitTree>,
    t: Text,
) -> String {
    if let Some(about) = RoleSubject::read(&entry.subject) {
        return role_change(entry, about, names, tree, t);
    }
    let subject = subject(&entry.subject, tree, t);
    match entry.action.as_str() {
        "results.view" => t.tr1("audit-results-view", "subject", subject),
        "results.export" => t.tr1("audit-results-export", "subject", subject),
        "results.read" => t.tr1("audit-results-read", "subject", subject),
        "settings.privacy" => t.tr1("audit-settings-privacy", "subject", subject),
        "mail_server.name" => t.tr("audit-mail-server-named"),
        "mail_server.try" => t.tr("audit-mail-server-tried"),
        "mail_server.forget" => t.tr("audit-mail-server-forgotten"),
        "settings.support" => t.tr("audit-settings-support"),
        "settings.organisation" => t.tr("audit-settings-organisation"),
        "roster.import" => t.tr1("audit-roster-import", "subject", subject),
        "wave.announce" => t.tr1("audit-wave-announce", "subject", subject),
        "wave.close" => t.tr1("audit-wave-close", "subject", subject),
        "wave.abandon" => t.tr1("audit-wave-abandon", "subject", subject),
        "wave.leftovers" => t.tr("audit-wave-leftovers"),
        "installation.adopt" => t.tr("audit-installation-adopt"),
        "backup.make" => t.tr("audit-backup-make"),
        "backup.restore" => t.tr("audit-backup-restore"),
        "database.move" => t.tr("audit-database-move"),
        "wave.addresses" => t.tr1("audit-wave-addresses", "subject", subject),
        "paper.print" => t.tr1("audit-paper-print", "subject", subject),
        "instrument.texts" => t.tr1("audit-instrument-texts", "subject", subject),
        "instrument.scores" => t.tr1("audit-instrument-scores", "subject", subject),
        "mail.retry" => t.tr("audit-mail-retry"),
        "log.export" => t.tr("audit-log-export"),
        "setup" => t.tr("audit-setup"),
        PASSKEY_ADDED => t.tr("audit-passkey-add"),
        PASSKEY_REMOVED => t.tr("audit-passkey-remove"),
        other => t.tr2("audit-other", "action", other, "subject", subject),
    }
}

/// Who was given, or lost, which role.
fn role_change(
    entry: &AuditEntry,
    about: RoleSubject,
    names: &BTreeMap<PersonId, String>,
    tree: Option<&UnitTree>,
    t: Text,
) -> String {
    let unit = about.unit.map(|it| subject(&format!("unit {it}"), tree, t));
    let role = match unit {
        Some(unit) => t.tr1("role-manager-of", "unit", unit),
        None => t.tr(&format!("role-{}", about.kind.code())),
    };
    let own = entry.who == Some(about.person);
    let id = match (entry.action == ROLE_GAINED, own) {
        (true, false) => "audit-role-gained",
        (true, true) => "audit-role-gained-own",
        (false, false) => "audit-role-lost",
        (false, true) => "audit-role-lost-own",
    };
    let person = names.get(&about.person).cloned().unwrap_or_default();
    t.tr2(id, "role", role, "person", person)
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
        Some(("cells", n)) => t.tr1("audit-subject-cells", "n", n),
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
    /// Who; `null` for the program itself and its command line.
    actor: Option<Uuid>,
    /// The role it was done with; `null` for the program, for what somebody did with their own account, and in
    /// entries from before roles were noted.
    #[schema(example = "hr")]
    role: Option<&'static str>,
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
            role: record.entry.role.map(RoleKind::code),
            action: record.entry.action,
            subject: record.entry.subject,
            hash: to_hex(&record.hash),
        }
    }
}

/// The whole log, signed, and a note that it was taken away.
pub(crate) fn signed_log(app: &App, by: Overseer) -> Result<LogBody, Problem> {
    let now = app.now();
    app.store.append_audit(&AuditEntry::new(by.0, "log.export", "audit log", now))?;
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
    by: By<Overseer>,
) -> Result<HttpResponse, PageProblem> {
    let log = blocking(move || Written::of(&signed_log(&app, by.policy)?)).await?;
    let disposition = ContentDisposition {
        disposition: DispositionType::Attachment,
        parameters: vec![DispositionParam::Filename("tideline-audit-log.json".to_owned())],
    };
    Ok(log.answer(HttpResponse::Ok().insert_header(disposition)))
}

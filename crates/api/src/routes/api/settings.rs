//! What administrators and the privacy officer keep.

use actix_web::{HttpResponse, get, http::StatusCode, post, put, web};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use tideline_aggregation::SmallestGroupChange;
use tideline_domain::Role;
use tideline_domain::day::utc_day;
use tideline_roster::Reading;
use tideline_store::{ImportDiff, SupportContact};
use tideline_text::{Language, Text};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::{
    App,
    auth::{Administrator, Caller, Overseer, PrivacyOfficer},
    blocking::{Written, blocking},
    contacts,
    pages::admin::{
        audit::{LogBody, signed_log},
        health::checks,
        import::{FILE_LIMIT, bring_in, understand},
        people::roster_rows,
        privacy::change_to,
        support::replace,
    },
    problem::{Problem, ProblemBody},
    roster,
};

const ENGLISH: Text = Text::new(Language::English);

/// Somebody to turn to.
#[derive(Serialize, Deserialize, ToSchema)]
#[schema(as = SupportContact)]
pub(crate) struct ContactBody {
    /// What it is; 1 to 120 characters.
    #[schema(example = "Crisis line")]
    title: String,
    /// Digits, spaces and `+ ( ) - /`.
    #[schema(example = "0800 000 0000")]
    phone: Option<String>,
    /// An `https:` or `mailto:` address.
    link: Option<String>,
    /// When it answers; up to 300 characters.
    #[serde(default)]
    note: String,
    /// When somebody last made sure that it works; set by the program.
    #[serde(default)]
    checked: Option<NaiveDate>,
    /// For people in this country (ISO 3166-1 alpha-2); everybody if not given.
    #[serde(default)]
    #[schema(example = "AT")]
    country: Option<String>,
}

impl From<SupportContact> for ContactBody {
    fn from(it: SupportContact) -> Self {
        Self {
            title: it.title.to_string(),
            phone: it.phone,
            link: it.link,
            note: it.note,
            checked: Some(it.checked),
            country: it.country.map(|it| it.to_string()),
        }
    }
}

/// Whom people can turn to, the most urgent first. The same for everybody.
#[utoipa::path(
    tag = "public",
    responses((status = 200, description = "The contacts.", body = [ContactBody])),
)]
#[get("/api/v1/support-contacts")]
pub(crate) async fn support_contacts(
    app: web::Data<App>,
) -> Result<web::Json<Vec<ContactBody>>, Problem> {
    blocking(move || {
        let contacts = app.store.support_contacts()?;
        Ok(web::Json(contacts.into_iter().map(ContactBody::from).collect()))
    })
    .await
}

/// Replace the support contacts. For administrators; says that each of them was tried.
#[utoipa::path(
    tag = "settings",
    security(("bearer" = []), ("session" = [])),
    request_body = [ContactBody],
    responses(
        (status = 204, description = "Replaced."),
        (status = 400, description = "A contact cannot be used.", body = ProblemBody),
        (status = 401, description = "Nobody is signed in.", body = ProblemBody),
        (status = 403, description = "The request did not come from this site.", body = ProblemBody),
        (status = 404, description = "Not for this caller.", body = ProblemBody),
    ),
)]
#[put("/api/v1/support-contacts")]
pub(crate) async fn set_support_contacts(
    app: web::Data<App>,
    caller: Caller<Administrator>,
    body: web::Json<Vec<ContactBody>>,
) -> Result<HttpResponse, Problem> {
    let today = utc_day(app.now());
    let read = |it: &ContactBody| {
        let (phone, link) = (it.phone.as_deref(), it.link.as_deref());
        let country = it.country.as_deref().unwrap_or("");
        contacts::contact(
            &it.title,
            phone.unwrap_or(""),
            link.unwrap_or(""),
            &it.note,
            country,
            today,
        )
        .and_then(|it| it.ok_or("admin-support-problem-title"))
        .map_err(Problem::Malformed)
    };
    let contacts = body.iter().map(read).collect::<Result<Vec<_>, _>>()?;
    if !contacts::are_few(&contacts) {
        return Err(Problem::Malformed("admin-support-problem-many"));
    }
    blocking(move || replace(&app, caller.principal.person, &contacts)).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// A change of the smallest group.
#[derive(Serialize, ToSchema)]
#[schema(as = SmallestGroupChange)]
pub(crate) struct ChangeBody {
    at: DateTime<Utc>,
    before: u32,
    after: u32,
    /// From when on it holds.
    effective: DateTime<Utc>,
    reason: String,
}

impl From<SmallestGroupChange> for ChangeBody {
    fn from(it: SmallestGroupChange) -> Self {
        Self {
            at: it.at,
            before: it.before.people(),
            after: it.k.people(),
            effective: it.effective,
            reason: it.reason,
        }
    }
}

/// The smallest group that is shown, and how it came to be that.
#[derive(Serialize, ToSchema)]
#[schema(as = SmallestGroup)]
pub(crate) struct SmallestGroupBody {
    /// Fewest answers a figure rests on. Unit: people.
    #[schema(example = 6)]
    smallest_group: u32,
    /// Every change, oldest first.
    changes: Vec<ChangeBody>,
}

/// How large a group must be before it is shown. The same for everybody.
#[utoipa::path(
    tag = "public",
    responses((status = 200, description = "The rule and its changes.", body = SmallestGroupBody)),
)]
#[get("/api/v1/smallest-group")]
pub(crate) async fn smallest_group(
    app: web::Data<App>,
) -> Result<web::Json<SmallestGroupBody>, Problem> {
    blocking(move || {
        let changes = app.store.smallest_group_changes()?;
        Ok(web::Json(SmallestGroupBody {
            smallest_group: app.smallest_group()?.people(),
            changes: changes.into_iter().map(ChangeBody::from).collect(),
        }))
    })
    .await
}

/// Another smallest group.
#[derive(Serialize, Deserialize, ToSchema)]
#[schema(as = SmallestGroupDraft)]
pub(crate) struct SmallestGroupDraft {
    /// 5 to 100. Unit: people.
    #[schema(example = 8, minimum = 5, maximum = 100)]
    smallest_group: u32,
    /// Why, for everybody to read; 1 to 200 characters.
    #[schema(min_length = 1, max_length = 200)]
    reason: String,
}

/// Change the smallest group. For the privacy officer. More people hold at once, fewer only for waves
/// that are announced a week later.
#[utoipa::path(
    tag = "settings",
    security(("bearer" = []), ("session" = [])),
    request_body = SmallestGroupDraft,
    responses(
        (status = 204, description = "Changed, and on the public log."),
        (status = 400, description = "It cannot be that.", body = ProblemBody),
        (status = 401, description = "Nobody is signed in.", body = ProblemBody),
        (status = 403, description = "The request did not come from this site.", body = ProblemBody),
        (status = 404, description = "Not for this caller.", body = ProblemBody),
    ),
)]
#[post("/api/v1/smallest-group")]
pub(crate) async fn change_smallest_group(
    app: web::Data<App>,
    caller: Caller<PrivacyOfficer>,
    body: web::Json<SmallestGroupDraft>,
) -> Result<HttpResponse, Problem> {
    blocking(move || change_to(&app, caller.policy, body.smallest_group, &body.reason)).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Somebody who belongs to the organisation.
#[derive(Serialize, ToSchema)]
#[schema(as = Person)]
pub(crate) struct PersonBody {
    id: Uuid,
    name: String,
    email: String,
    unit: Uuid,
    /// `manager`, `hr`, `admin`, `privacy`; everybody is staff.
    roles: Vec<&'static str>,
}

/// Everybody, by name. For administrators. Never who took part.
#[utoipa::path(
    tag = "settings",
    security(("bearer" = []), ("session" = [])),
    responses(
        (status = 200, description = "The people.", body = [PersonBody]),
        (status = 401, description = "Nobody is signed in.", body = ProblemBody),
        (status = 404, description = "Not for this caller.", body = ProblemBody),
    ),
)]
#[get("/api/v1/people")]
pub(crate) async fn people(
    app: web::Data<App>,
    _caller: Caller<Administrator>,
) -> Result<Written, Problem> {
    blocking(move || {
        let people = app.store.people_with_units(utc_day(app.now()))?;
        let body =
            |(person, unit): (tideline_domain::Person, tideline_domain::UnitId)| PersonBody {
                id: person.id.uuid(),
                name: person.name.to_string(),
                email: person.email.to_string(),
                unit: unit.uuid(),
                roles: person.roles.iter().map(|it: &Role| it.code()).collect(),
            };
        Written::of(&people.into_iter().map(body).collect::<Vec<_>>())
    })
    .await
}

/// The roster as CSV, in the form in which it can be brought in again. For administrators.
#[utoipa::path(
    tag = "settings",
    security(("bearer" = []), ("session" = [])),
    responses(
        (status = 200, description = "The roster.", body = String, content_type = "text/csv"),
        (status = 401, description = "Nobody is signed in.", body = ProblemBody),
        (status = 404, description = "Not for this caller.", body = ProblemBody),
    ),
)]
#[get("/api/v1/roster")]
pub(crate) async fn roster_file(
    app: web::Data<App>,
    _caller: Caller<Administrator>,
) -> Result<HttpResponse, Problem> {
    let text = blocking(move || {
        let on = utc_day(app.now());
        let rows = match app.store.units(on)? {
            Some(tree) => roster_rows(&tree, &app.store.people_with_units(on)?),
            None => Vec::new(),
        };
        let header = roster::COLUMNS.map(crate::exports::Head::plain).to_vec();
        let rows = crate::exports::of_words(rows);
        crate::exports::Sheet { title: String::new(), header, rows }.csv()
    })
    .await?;
    Ok(HttpResponse::Ok().content_type("text/csv; charset=utf-8").body(text))
}

/// Options of bringing in a roster.
#[derive(Deserialize, IntoParams)]
pub(crate) struct RosterQuery {
    /// Only say what would change.
    #[serde(default)]
    dry_run: bool,
    /// Bring it in although more than a tenth of the people, or the last administrator, would leave.
    #[serde(default)]
    force: bool,
    /// What headings mean that are not known: `Job title=ignore;Cost centre=unit`. There are `unit`,
    /// `parent`, `name`, `given_name`, `family_name`, `email`, `role` and `ignore`.
    #[serde(default)]
    headings: String,
}

/// What a roster changes, or would change.
#[derive(Serialize, ToSchema)]
#[schema(as = RosterChanges)]
pub(crate) struct RosterBody {
    /// What the file is.
    #[schema(example = "The file: semicolons, Windows-1252, 412 rows below the headings.")]
    found: String,
    /// What is in doubt and does not stop the file, one sentence each, with row and column.
    notes: Vec<String>,
    /// Why it is brought in with `force` alone, one sentence each.
    risks: Vec<String>,
    units_added: usize,
    units_renamed: usize,
    units_moved: usize,
    units_removed: usize,
    people_added: usize,
    people_renamed: usize,
    people_moved: usize,
    people_left: usize,
    roles_changed: usize,
}

impl RosterBody {
    fn of(reading: &Reading, diff: &ImportDiff) -> Self {
        let it = diff.counts();
        Self {
            found: found(reading).unwrap_or_default(),
            notes: roster::notes(reading, ENGLISH),
            risks: roster::risks(diff.drastic, ENGLISH),
            units_added: it.units_added,
            units_renamed: it.units_renamed,
            units_moved: it.units_moved,
            units_removed: it.units_removed,
            people_added: it.people_added,
            people_renamed: it.people_renamed,
            people_moved: it.people_moved,
            people_left: it.people_left,
            roles_changed: it.roles_changed,
        }
    }
}

fn found(reading: &Reading) -> Option<String> {
    reading.detected.as_ref().map(|it| roster::found(it, ENGLISH))
}

/// What is wrong with a roster.
#[derive(Serialize, ToSchema)]
#[schema(as = RosterProblem)]
pub(crate) struct RosterProblemBody {
    #[serde(rename = "type")]
    #[schema(example = "/problems/roster")]
    kind: &'static str,
    title: &'static str,
    #[schema(example = 422)]
    status: u16,
    /// What the file is, if it is a table.
    found: Option<String>,
    /// One sentence for each fault.
    faults: Vec<String>,
}

/// Bring in a roster: units, people, roles. The file is the whole truth; all of it, or nothing. For
/// administrators. CSV of every usual kind, XLSX and ODS, up to 8 MiB, whatever the content type says.
#[utoipa::path(
    tag = "settings",
    security(("bearer" = []), ("session" = [])),
    params(RosterQuery),
    request_body(content = String, content_type = "text/csv", description = "Columns unit, parent, name, email, role, by these or other usual names."),
    responses(
        (status = 200, description = "What changed, or would change.", body = RosterBody),
        (status = 400, description = "The file is too large.", body = ProblemBody),
        (status = 401, description = "Nobody is signed in.", body = ProblemBody),
        (status = 403, description = "The request did not come from this site.", body = ProblemBody),
        (status = 404, description = "Not for this caller.", body = ProblemBody),
        (status = 422, description = "Nothing was changed.", body = RosterProblemBody),
    ),
)]
#[put("/api/v1/roster")]
pub(crate) async fn bring_in_roster(
    app: web::Data<App>,
    caller: Caller<Administrator>,
    query: web::Query<RosterQuery>,
    payload: web::Payload,
) -> Result<HttpResponse, Problem> {
    let RosterQuery { dry_run, force, headings } = query.into_inner();
    let bytes = payload
        .to_bytes_limited(FILE_LIMIT)
        .await
        .map_err(|_| Problem::Malformed("problem-file-size"))?
        .map_err(|_| Problem::Malformed("problem-body-unreadable"))?;
    let outcome = blocking(move || {
        let mut mapping = roster::mapping(&app.store)?;
        let refused = |reading: Option<&Reading>, faults| {
            Ok(Err(RosterProblemBody {
                kind: "/problems/roster",
                title: "the roster was not brought in",
                status: 422,
                found: reading.and_then(found),
                faults,
            }))
        };
        for said in headings.split(';').filter(|it| !it.trim().is_empty()) {
            match roster::said(said) {
                Some((heading, choice)) => mapping.set(heading, choice),
                None => return refused(None, vec![ENGLISH.tr1("roster-said", "text", said)]),
            }
        }
        let reading = tideline_roster::read(&bytes, &mapping);
        let (plan, diff) = match understand(&app, &reading, ENGLISH)? {
            Ok(read) => read,
            Err(faults) => return refused(Some(&reading), faults),
        };
        if !dry_run
            && let Err(why) = bring_in(&app, caller.principal.person, &plan, force, ENGLISH)?
        {
            let faults = match diff.drastic {
                Some(_) => vec![why, ENGLISH.tr("import-risk-api")],
                None => vec![why],
            };
            return refused(Some(&reading), faults);
        }
        Ok(Ok(RosterBody::of(&reading, &diff)))
    })
    .await?;
    Ok(match outcome {
        Ok(changes) => HttpResponse::Ok().json(changes),
        Err(problem) => HttpResponse::build(StatusCode::UNPROCESSABLE_ENTITY)
            .content_type("application/problem+json")
            .json(problem),
    })
}

/// The whole audit log, signed. For administrators and the privacy officer; that it was taken away is
/// its newest entry.
#[utoipa::path(
    tag = "settings",
    security(("bearer" = []), ("session" = [])),
    responses(
        (status = 200, description = "The log.", body = LogBody),
        (status = 401, description = "Nobody is signed in.", body = ProblemBody),
        (status = 404, description = "Not for this caller.", body = ProblemBody),
    ),
)]
#[get("/api/v1/audit-log")]
pub(crate) async fn audit_log(
    app: web::Data<App>,
    caller: Caller<Overseer>,
) -> Result<Written, Problem> {
    blocking(move || Written::of(&signed_log(&app, caller.policy)?)).await
}

/// One thing that works, or needs a look.
#[derive(Serialize, ToSchema)]
#[schema(as = HealthCheck)]
pub(crate) struct HealthBody {
    /// Stable name.
    #[schema(example = "database")]
    check: &'static str,
    good: bool,
    text: String,
}

/// Whether everything works. For administrators.
#[utoipa::path(
    tag = "settings",
    security(("bearer" = []), ("session" = [])),
    responses(
        (status = 200, description = "The checks.", body = [HealthBody]),
        (status = 401, description = "Nobody is signed in.", body = ProblemBody),
        (status = 404, description = "Not for this caller.", body = ProblemBody),
    ),
)]
#[get("/api/v1/health")]
pub(crate) async fn health(
    app: web::Data<App>,
    _caller: Caller<Administrator>,
) -> Result<web::Json<Vec<HealthBody>>, Problem> {
    blocking(move || {
        let body = |it: crate::pages::admin::health::Check| HealthBody {
            check: it.code,
            good: it.good,
            text: it.text,
        };
        Ok(web::Json(checks(&app, ENGLISH)?.into_iter().map(body).collect()))
    })
    .await
}

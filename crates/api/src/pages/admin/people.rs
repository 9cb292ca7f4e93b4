//! People and their roles: the list, and bringing in a roster. Never who took part.

use actix_multipart::Multipart;
use actix_web::{HttpRequest, HttpResponse, get, http::StatusCode, web};
use askama::Template;
use futures_util::StreamExt as _;
use serde::Deserialize;
use tideline_ballot::encoding::{sha256, to_hex};
use tideline_domain::{Name, Person, PersonId, TreeError, UnitId, UnitTree};
use tideline_store::{
    AuditEntry, ImportDiff, ImportError, ImportPlan, Moved, Renamed, RoleChange, RoleKind,
    StoreError,
};
use tideline_text::Text;

use super::{
    super::{
        home::role_names,
        shell::{Shell, answer_with},
    },
    administrator,
};
use crate::{
    App,
    auth::{Posted, SignedIn, check_form},
    effect::{self, Effect},
    exports::{FileKind, Sheet, answer as file},
    problem::{PageProblem, Problem, see_other},
    roster,
    routes::blocking,
    table::TableError,
};

/// Largest roster file. Unit: bytes. About 100,000 people.
const FILE_LIMIT: usize = 8 * 1024 * 1024;
/// Rows of the list on one page.
const SHOWN: usize = 100;
/// Faults of a file that are named.
const FAULTS: usize = 50;

#[derive(Template)]
#[template(path = "pages/admin/people.html")]
struct PeoplePage {
    shell: Shell,
    saved: bool,
    problems: Vec<String>,
    total: usize,
    found: usize,
    q: String,
    people: Vec<PersonLine>,
    csrf: String,
}

struct PersonLine {
    name: String,
    email: String,
    unit: String,
    roles: String,
}

#[derive(Deserialize)]
struct PeopleQuery {
    #[serde(default)]
    q: String,
    saved: Option<String>,
}

/// The list, and the form for a roster.
#[get("/admin/people")]
pub(super) async fn list(
    app: web::Data<App>,
    by: SignedIn,
    query: web::Query<PeopleQuery>,
) -> Result<HttpResponse, PageProblem> {
    administrator(&by.principal)?;
    let PeopleQuery { q, saved } = query.into_inner();
    let page = blocking(move || page(&app, &by, q, saved.is_some(), Vec::new())).await?;
    Ok(answer_with(StatusCode::OK, &page)?)
}

fn page(
    app: &App,
    by: &SignedIn,
    q: String,
    saved: bool,
    problems: Vec<String>,
) -> Result<PeoplePage, Problem> {
    let t = by.reader.t;
    let on = app.now().date_naive();
    let tree = app.store.units(on)?;
    let everybody = app.store.people_with_units(on)?;
    let total = everybody.len();
    let wanted = q.trim().to_lowercase();
    let lines: Vec<PersonLine> = everybody
        .iter()
        .map(|(person, unit)| person_line(person, *unit, tree.as_ref(), t))
        .filter(|it| {
            [&it.name, &it.email, &it.unit].iter().any(|it| it.to_lowercase().contains(&wanted))
        })
        .collect();
    let found = lines.len();
    Ok(PeoplePage {
        shell: Shell::of(by),
        saved,
        problems,
        total,
        found,
        q,
        people: lines.into_iter().take(SHOWN).collect(),
        csrf: by.csrf.clone(),
    })
}

fn person_line(person: &Person, unit: UnitId, tree: Option<&UnitTree>, t: Text) -> PersonLine {
    PersonLine {
        name: person.name.to_string(),
        email: person.email.to_string(),
        unit: tree.and_then(|it| it.get(unit)).map(|it| it.name.to_string()).unwrap_or_default(),
        roles: role_names(&person.roles, tree, t),
    }
}

/// Today's roster in the form in which it can be brought in again.
#[get("/admin/people.csv")]
pub(super) async fn download(
    app: web::Data<App>,
    by: SignedIn,
) -> Result<HttpResponse, PageProblem> {
    administrator(&by.principal)?;
    let sheet = blocking(move || {
        let on = app.now().date_naive();
        let rows = match app.store.units(on)? {
            Some(tree) => roster_rows(&tree, &app.store.people_with_units(on)?),
            None => Vec::new(),
        };
        let header = roster::COLUMNS.map(str::to_owned).to_vec();
        Ok(Sheet { title: "roster".to_owned(), header, rows })
    })
    .await?;
    Ok(file(FileKind::Csv, "roster", &[sheet], None)?)
}

/// Unit, the one above, name, address, roles; a unit without people has a row of its own.
pub(crate) fn roster_rows(tree: &UnitTree, people: &[(Person, UnitId)]) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    for unit in tree.units() {
        let parent = unit.parent.and_then(|it| tree.get(it)).map(|it| it.name.to_string());
        let row = |name: String, email: String, roles: String| {
            let unit = unit.name.to_string();
            vec![unit, parent.clone().unwrap_or_default(), name, email, roles]
        };
        let members: Vec<_> = people.iter().filter(|it| it.1 == unit.id).collect();
        if members.is_empty() {
            rows.push(row(String::new(), String::new(), String::new()));
        }
        for (person, _) in members {
            let roles: Vec<&str> = person.roles.iter().map(|it| it.code()).collect();
            let roles = if roles.is_empty() { "staff".to_owned() } else { roles.join(";") };
            rows.push(row(person.name.to_string(), person.email.to_string(), roles));
        }
    }
    rows
}

#[derive(Template)]
#[template(path = "pages/admin/import.html")]
struct ImportPage {
    shell: Shell,
    lines: Vec<LineGroup>,
    leaving: usize,
    /// Kind of units, how many now and how many then.
    effect: Vec<(String, String, String)>,
    /// Stands for the changes that are shown.
    digest: String,
    roster: String,
    csrf: String,
}

struct LineGroup {
    title: String,
    lines: Vec<String>,
}

/// Shows what a roster would change; changes nothing.
pub(super) async fn preview_form(
    app: web::Data<App>,
    req: HttpRequest,
    by: SignedIn,
    payload: Multipart,
) -> Result<HttpResponse, PageProblem> {
    administrator(&by.principal)?;
    let (csrf, bytes) = fields(payload).await?;
    check_form(&req, &app.settings, &by, &csrf)?;
    shown(app, by, bytes, StatusCode::OK).await
}

/// Reads the two fields of the form.
async fn fields(mut payload: Multipart) -> Result<(String, Vec<u8>), Problem> {
    const UNREADABLE: Problem = Problem::Malformed("problem-form-unreadable");
    let (mut csrf, mut roster) = (Vec::new(), Vec::new());
    while let Some(field) = payload.next().await {
        let mut field = field.map_err(|_| UNREADABLE)?;
        let into = match field.name() {
            Some("csrf") => &mut csrf,
            Some("roster") => &mut roster,
            _ => continue,
        };
        while let Some(chunk) = field.next().await {
            into.extend_from_slice(&chunk.map_err(|_| UNREADABLE)?);
            if into.len() > FILE_LIMIT {
                return Err(Problem::Malformed("problem-file-size"));
            }
        }
    }
    Ok((String::from_utf8(csrf).map_err(|_| UNREADABLE)?, roster))
}

/// What came of reading a roster: its changes, or sentences about what is wrong.
enum Read {
    Changes(Box<ImportPage>),
    Faulty(Box<PeoplePage>),
}

async fn shown(
    app: web::Data<App>,
    by: SignedIn,
    bytes: Vec<u8>,
    status: StatusCode,
) -> Result<HttpResponse, PageProblem> {
    let read = blocking(move || {
        let t = by.reader.t;
        match understand(&app, &bytes, t)? {
            Ok((plan, diff)) => {
                let roster = String::from_utf8_lossy(&bytes).into_owned();
                import_page(&app, &by, &plan, &diff, roster).map(|it| Read::Changes(Box::new(it)))
            }
            Err(problems) => {
                page(&app, &by, String::new(), false, problems).map(|it| Read::Faulty(Box::new(it)))
            }
        }
    })
    .await?;
    Ok(match read {
        Read::Changes(page) => answer_with(status, &*page)?,
        Read::Faulty(page) => answer_with(StatusCode::UNPROCESSABLE_ENTITY, &*page)?,
    })
}

/// The roster and what it would change, or what is wrong with it.
pub(crate) fn understand(
    app: &App,
    bytes: &[u8],
    t: Text,
) -> Result<Result<(ImportPlan, ImportDiff), Vec<String>>, Problem> {
    let plan = match roster::parse_bytes(bytes) {
        Ok(plan) => plan,
        Err(TableError::Faulty { faults, .. }) => {
            let said = faults.iter().take(FAULTS).map(|it| match &it.column {
                Some(column) => t.tr_with(
                    "import-problem-cell",
                    &[("line", &it.line), ("column", column), ("why", &it.why.said(t))],
                ),
                None => t.tr2("import-problem-line", "line", it.line, "why", it.why.said(t)),
            });
            return Ok(Err(said.collect()));
        }
        Err(error) => return Ok(Err(vec![error.to_string()])),
    };
    let administrator = |roles: &[RoleKind]| roles.contains(&RoleKind::Administrator);
    if !plan.rows.iter().filter_map(|it| it.person.as_ref()).any(|it| administrator(&it.2)) {
        return Ok(Err(vec![t.tr("import-problem-no-admin")]));
    }
    match app.store.import_diff(&plan, app.now().date_naive()) {
        Ok(diff) => Ok(Ok((plan, diff))),
        Err(StoreError::Import(error)) => Ok(Err(vec![refusal(&error, t)])),
        Err(other) => Err(other.into()),
    }
}

/// Why a roster whose rows are fine each cannot be brought in as a whole.
fn refusal(error: &ImportError, t: Text) -> String {
    match error {
        ImportError::TwoParents { unit, first, second } => t.tr_with(
            "import-two-parents",
            &[("unit", &unit.as_str()), ("first", &first.as_str()), ("second", &second.as_str())],
        ),
        ImportError::TwoUnits { first, second, rows: (one, other) } => t.tr_with(
            "import-two-units",
            &[
                ("first", &first.as_str()),
                ("second", &second.as_str()),
                ("one", &(one + 1)),
                ("other", &(other + 1)),
            ],
        ),
        ImportError::TooEarly(day) => t.tr1("import-too-early", "day", t.date(*day)),
        ImportError::Tree(TreeError::NoRoot) => t.tr("roster-no-top"),
        ImportError::Tree(TreeError::TwoRoots(first, second)) => {
            t.tr2("roster-two-tops", "unit", second.as_str(), "first", first.as_str())
        }
        ImportError::Tree(TreeError::NoSuchParent(unit)) => {
            t.tr1("import-no-parent", "unit", unit.as_str())
        }
        ImportError::Tree(TreeError::Twice(unit)) => t.tr1("import-twice", "unit", unit.as_str()),
        ImportError::Tree(TreeError::Cycle(unit)) => {
            t.tr1("roster-below-itself", "unit", unit.as_str())
        }
        other => other.to_string(),
    }
}

fn import_page(
    app: &App,
    by: &SignedIn,
    plan: &ImportPlan,
    diff: &ImportDiff,
    roster: String,
) -> Result<ImportPage, Problem> {
    let t = by.reader.t;
    Ok(ImportPage {
        shell: Shell::of(by),
        lines: lines(diff, t),
        leaving: diff.left_people.len(),
        effect: effect_of(app, plan, t)?,
        digest: digest(diff),
        roster,
        csrf: by.csrf.clone(),
    })
}

fn effect_of(
    app: &App,
    plan: &ImportPlan,
    t: Text,
) -> Result<Vec<(String, String, String)>, Problem> {
    let (now, history) = (app.now(), app.store.history()?);
    let k = app.smallest_group()?;
    let count = |structure: Option<effect::Structure>| {
        structure.map_or(Ok(Effect::default()), |it| effect::of(&it, k, &history, now))
    };
    let (before, after) = (count(effect::today(app)?)?, count(effect::planned(plan))?);
    let row = |id: &str, before: u32, after: u32| (t.tr(id), before.to_string(), after.to_string());
    Ok(vec![
        row("effect-shown", before.alone, after.alone),
        row("effect-together", before.together, after.together),
        row("effect-hidden", before.inside, after.inside),
    ])
}

/// Stands for the changes: if they are others by the time they are confirmed, they are shown again.
fn digest(diff: &ImportDiff) -> String {
    to_hex(&sha256(&[format!("{diff:?}").as_bytes()]))
}

fn lines(diff: &ImportDiff, t: Text) -> Vec<LineGroup> {
    let named = |id: &'static str, names: &[Name]| -> Vec<String> {
        names.iter().map(|it| t.tr1(id, "name", it.as_str())).collect()
    };
    let renamed = |all: &[Renamed]| -> Vec<String> {
        all.iter()
            .map(|it| t.tr2("import-renamed", "from", it.from.as_str(), "to", it.to.as_str()))
            .collect()
    };
    let moved = |all: &[Moved]| -> Vec<String> {
        let place =
            |it: &Option<Name>| it.as_ref().map_or_else(|| t.tr("import-top"), Name::to_string);
        all.iter()
            .map(|it| {
                t.tr_with(
                    "import-moved",
                    &[
                        ("name", &it.name.as_str()),
                        ("from", &place(&it.from)),
                        ("to", &place(&it.to)),
                    ],
                )
            })
            .collect()
    };
    let roles = |it: &RoleChange| -> Vec<String> {
        let said = |id: &'static str, all: &[(RoleKind, Option<Name>)]| -> Vec<String> {
            all.iter()
                .map(|(kind, unit)| {
                    t.tr2(id, "name", it.person.as_str(), "role", role(*kind, unit.as_ref(), t))
                })
                .collect()
        };
        [said("import-gained", &it.gained), said("import-lost", &it.lost)].concat()
    };
    let groups = [
        (
            "import-units",
            [
                named("import-added", &diff.added_units),
                renamed(&diff.renamed_units),
                moved(&diff.moved_units),
                named("import-removed", &diff.removed_units),
            ]
            .concat(),
        ),
        (
            "import-people",
            [
                named("import-left", &diff.left_people),
                named("import-added", &diff.added_people),
                renamed(&diff.renamed_people),
                moved(&diff.moved_people),
            ]
            .concat(),
        ),
        ("import-roles", diff.role_changes.iter().flat_map(roles).collect()),
    ];
    groups
        .into_iter()
        .filter(|(_, lines)| !lines.is_empty())
        .map(|(id, lines)| LineGroup { title: t.tr(id), lines })
        .collect()
}

fn role(kind: RoleKind, unit: Option<&Name>, t: Text) -> String {
    match (kind, unit) {
        (RoleKind::Staff, _) => t.tr("role-staff"),
        (RoleKind::Manager, Some(unit)) => t.tr1("role-manager-of", "unit", unit.as_str()),
        (RoleKind::Manager, None) => t.tr("role-manager"),
        (RoleKind::Hr, _) => t.tr("role-hr"),
        (RoleKind::Administrator, _) => t.tr("role-admin"),
        (RoleKind::PrivacyOfficer, _) => t.tr("role-privacy"),
    }
}

/// The changes somebody confirmed.
#[derive(Deserialize)]
pub(super) struct ImportForm {
    #[serde(default)]
    digest: String,
    #[serde(default)]
    roster: String,
}

/// Brings the roster in, if it changes what was shown.
pub(super) async fn import_form(
    app: web::Data<App>,
    posted: Posted<ImportForm>,
) -> Result<HttpResponse, PageProblem> {
    let Posted { by, form } = posted;
    administrator(&by.principal)?;
    // Forms send line ends as CR LF.
    let bytes = form.roster.into_bytes();
    let done = {
        let (app, bytes, t) = (app.clone(), bytes.clone(), by.reader.t);
        let who = by.principal.person;
        blocking(move || match understand(&app, &bytes, t)? {
            Ok((plan, diff)) if digest(&diff) == form.digest => {
                bring_in(&app, who, &plan)?;
                Ok(true)
            }
            _ => Ok(false),
        })
        .await?
    };
    if done {
        Ok(see_other("/admin/people?saved"))
    } else {
        shown(app, by, bytes, StatusCode::CONFLICT).await
    }
}

/// Brings a roster in and notes who did.
pub(crate) fn bring_in(app: &App, who: PersonId, plan: &ImportPlan) -> Result<(), Problem> {
    let now = app.now();
    let counts = app.store.import(plan, now.date_naive())?;
    Ok(app.store.append_audit(&AuditEntry {
        who: Some(who),
        action: "roster.import".to_owned(),
        subject: format!(
            "+{} -{} people, +{} -{} units",
            counts.people_added, counts.people_left, counts.units_added, counts.units_removed
        ),
        at: now,
    })?)
}

/// The two routes with bodies as large as a roster.
pub(super) fn configure(config: &mut web::ServiceConfig) {
    config
        .service(web::resource("/admin/people/preview").route(web::post().to(preview_form)))
        .service(
            web::resource("/admin/people/import")
                // A form writes up to three characters for one.
                .app_data(web::PayloadConfig::new(3 * FILE_LIMIT))
                .route(web::post().to(import_form)),
        );
}

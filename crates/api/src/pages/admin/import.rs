//! Bringing in a roster on the page: what the file is, what its columns mean if that is not known, what it would
//! change and end; and only then the change. The file goes along from form to form, so that nothing is
//! kept here in between.

use std::collections::BTreeMap;

use actix_multipart::Multipart;
use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web};
use askama::Template;
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD as BASE64};
use futures_util::StreamExt as _;
use serde::Deserialize;
use tideline_ballot::encoding::{sha256, to_hex};
use tideline_domain::day::utc_day;
use tideline_domain::{Name, PersonId};
use tideline_roster::{Choice, Column, Detected, Heading, Mapping, Reading, What};
use tideline_store::{
    Actor, ImportDiff, ImportPlan, Moved, Renamed, RoleChange, RoleKind, StoreError,
};
use tideline_text::Text;

use super::{
    super::shell::{Html, Shell},
    people,
};
use crate::{
    App,
    auth::{Administrator, By, Posted, SignedIn, check_form},
    blocking::blocking,
    effect::{self, Effect},
    problem::{PageProblem, Problem, see_other},
    roster,
};

/// Largest roster file. Unit: bytes. About 100,000 people.
pub(crate) const FILE_LIMIT: usize = 8 * 1024 * 1024;

#[derive(Template)]
#[template(path = "pages/admin/import.html")]
struct ImportPage {
    shell: Shell,
    found: String,
    notes: Vec<String>,
    lines: Vec<LineGroup>,
    leaving: usize,
    /// What has to be confirmed.
    risks: Vec<String>,
    /// Why it is shown again.
    again: Option<String>,
    /// Kind of units, how many now and how many then.
    effect: Vec<(String, String, String)>,
    /// Stands for the changes that are shown.
    digest: String,
    file: String,
    /// Headings and the codes of what they are, as somebody said.
    said: Vec<(String, &'static str)>,
    csrf: String,
}

struct LineGroup {
    title: String,
    lines: Vec<String>,
}

/// Asks what the columns are.
#[derive(Template)]
#[template(path = "pages/admin/headings.html")]
struct HeadingsPage {
    shell: Shell,
    found: String,
    problems: Vec<String>,
    headings: Vec<HeadingLine>,
    file: String,
    csrf: String,
}

struct HeadingLine {
    text: String,
    example: String,
    /// Code, words, and whether it is chosen.
    options: Vec<(&'static str, String, bool)>,
}

/// A file on its way through the forms, and what was said about its headings.
#[derive(Deserialize)]
pub(super) struct FileForm {
    /// In base64.
    #[serde(default)]
    file: String,
    #[serde(default)]
    digest: String,
    /// Whether what has to be confirmed was.
    confirmed: Option<String>,
    /// `heading-N` and `choice-N`.
    #[serde(flatten)]
    said: BTreeMap<String, String>,
}

impl FileForm {
    fn bytes(&self) -> Result<Vec<u8>, Problem> {
        BASE64.decode(&self.file).map_err(|_| Problem::Malformed("problem-form-unreadable"))
    }

    fn said(&self) -> Vec<(String, Choice)> {
        (0..)
            .map_while(|at| self.said.get(&format!("heading-{at}")).map(|heading| (at, heading)))
            .filter_map(|(at, heading)| {
                let code = self.said.get(&format!("choice-{at}"))?;
                Some((heading.clone(), Choice::from_code(code)?))
            })
            .collect()
    }
}

/// What somebody handed in.
struct Handed {
    bytes: Vec<u8>,
    said: Vec<(String, Choice)>,
}

impl Handed {
    /// The file as it goes on to the next form.
    fn file(&self) -> String {
        BASE64.encode(&self.bytes)
    }

    fn read(&self, app: &App) -> Result<Reading, Problem> {
        let mut mapping = roster::mapping(&app.store)?;
        for (heading, choice) in &self.said {
            mapping.set(heading, *choice);
        }
        Ok(tideline_roster::read(&self.bytes, &mapping))
    }
}

/// Shows what a roster would change; changes nothing.
async fn preview_form(
    app: web::Data<App>,
    req: HttpRequest,
    by: By<Administrator>,
    payload: Multipart,
) -> Result<HttpResponse, PageProblem> {
    let (csrf, bytes) = fields(payload).await?;
    check_form(&req, &app.settings, &by, &csrf)?;
    shown(app, by.signed_in, Handed { bytes, said: Vec::new() }, Shown::New).await
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

/// The same file with what its headings mean.
async fn headings_form(
    app: web::Data<App>,
    posted: Posted<Administrator, FileForm>,
) -> Result<HttpResponse, PageProblem> {
    let Posted { by, form } = posted;
    let handed = Handed { bytes: form.bytes()?, said: form.said() };
    shown(app, by.signed_in, handed, Shown::New).await
}

/// Why a file is shown.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shown {
    /// For the first time.
    New,
    /// What it changes is something else by now.
    Changed,
    /// What has to be confirmed was not.
    Unconfirmed,
}

/// A roster that can be brought in, with what it changes; or what is wrong with it, a sentence each.
pub(crate) type Understood = Result<(ImportPlan, ImportDiff), Vec<String>>;

/// What `reading` would change.
pub(crate) fn understand(app: &App, reading: &Reading, t: Text) -> Result<Understood, Problem> {
    let Some(plan) = roster::plan(reading) else { return Ok(Err(roster::refusals(reading, t))) };
    match app.store.import_diff(&plan, utc_day(app.now())) {
        Ok(diff) => Ok(Ok((plan, diff))),
        Err(StoreError::Import(error)) => Ok(Err(vec![roster::refusal(&error, t)])),
        Err(other) => Err(other.into()),
    }
}

async fn shown(
    app: web::Data<App>,
    by: SignedIn,
    handed: Handed,
    why: Shown,
) -> Result<HttpResponse, PageProblem> {
    Ok(blocking(move || page(&app, &by, &handed, why)).await?.into())
}

/// The page that comes of a file.
fn page(app: &App, by: &SignedIn, handed: &Handed, why: Shown) -> Result<Html, Problem> {
    let t = by.reader.t;
    let reading = handed.read(app)?;
    if let Some(detected) = reading.detected.as_ref().filter(|_| asks_for_headings(&reading)) {
        let page = headings_page(by, &reading, detected, handed);
        return Html::with(StatusCode::UNPROCESSABLE_ENTITY, &page);
    }
    match understand(app, &reading, t)? {
        Ok((plan, diff)) => {
            let (status, again) = match why {
                Shown::New => (StatusCode::OK, None),
                Shown::Changed => (StatusCode::CONFLICT, Some("import-problem-changed")),
                Shown::Unconfirmed => {
                    (StatusCode::UNPROCESSABLE_ENTITY, Some("import-risk-unconfirmed"))
                }
            };
            let page = ImportPage {
                again: again.map(|it| t.tr(it)),
                ..import_page(app, by, &reading, (&plan, &diff), handed)?
            };
            Html::with(status, &page)
        }
        Err(problems) => {
            let found = reading.detected.iter().map(|it| roster::found(it, t));
            let problems = found.chain(problems).collect();
            let page = people::page(app, by, String::new(), false, problems)?;
            Html::with(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
    }
}

/// Whether somebody can help by saying what columns are.
fn asks_for_headings(reading: &Reading) -> bool {
    reading.refusals().any(|it| {
        matches!(
            it.what,
            What::HeadingsUnknown { .. } | What::HeadingTwice { .. } | What::HeadingMissing { .. }
        )
    })
}

fn headings_page(
    by: &SignedIn,
    reading: &Reading,
    detected: &Detected,
    handed: &Handed,
) -> HeadingsPage {
    let t = by.reader.t;
    let choices: Vec<Choice> =
        Column::ALL.map(Choice::Column).into_iter().chain([Choice::Ignore]).collect();
    let line = |it: &Heading| HeadingLine {
        text: it.text.clone(),
        example: it.example.clone(),
        options: choices
            .iter()
            .map(|choice| {
                let words = t.tr(&format!("column-{}", choice.code()));
                (choice.code(), words, it.choice == Some(*choice))
            })
            .collect(),
    };
    // Those that nobody knows come first.
    let (unknown, known): (Vec<&Heading>, Vec<&Heading>) =
        detected.headings.iter().partition(|it| it.choice.is_none());
    HeadingsPage {
        shell: Shell::of(by),
        found: roster::found(detected, t),
        problems: roster::refusals(reading, t),
        headings: unknown.into_iter().chain(known).map(line).collect(),
        file: handed.file(),
        csrf: by.csrf.clone(),
    }
}

fn import_page(
    app: &App,
    by: &SignedIn,
    reading: &Reading,
    (plan, diff): (&ImportPlan, &ImportDiff),
    handed: &Handed,
) -> Result<ImportPage, Problem> {
    let t = by.reader.t;
    Ok(ImportPage {
        shell: Shell::of(by),
        found: reading.detected.as_ref().map(|it| roster::found(it, t)).unwrap_or_default(),
        notes: roster::notes(reading, t),
        lines: lines(diff, t),
        leaving: diff.left_people.len(),
        risks: roster::risks(diff.drastic, t),
        again: None,
        effect: effect_of(app, plan, t)?,
        digest: digest(diff),
        file: handed.file(),
        said: handed.said.iter().map(|(heading, it)| (heading.clone(), it.code())).collect(),
        csrf: by.csrf.clone(),
    })
}

fn effect_of(
    app: &App,
    plan: &ImportPlan,
    t: Text,
) -> Result<Vec<(String, String, String)>, Problem> {
    let history = app.store.history()?;
    let k = app.smallest_group()?;
    let count = |structure: Option<effect::Structure>| {
        structure.map_or(Ok(Effect::default()), |it| effect::of(&it, k, &history))
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

/// Brings the roster in, if it changes what was shown.
async fn import_form(
    app: web::Data<App>,
    posted: Posted<Administrator, FileForm>,
) -> Result<HttpResponse, PageProblem> {
    let Posted { by, form } = posted;
    let handed = Handed { bytes: form.bytes()?, said: form.said() };
    let (app_there, t, who) = (app.clone(), by.reader.t, by.principal.person);
    let (again, handed) = blocking(move || {
        let reading = handed.read(&app_there)?;
        let again = match understand(&app_there, &reading, t)? {
            Ok((_, diff)) if digest(&diff) != form.digest => Some(Shown::Changed),
            Ok((_, diff)) if diff.drastic.is_some() && form.confirmed.is_none() => {
                Some(Shown::Unconfirmed)
            }
            Ok((plan, _)) => {
                let drastic_too = form.confirmed.is_some();
                let done = bring_in(&app_there, who, &plan, drastic_too, t)?;
                done.is_err().then_some(Shown::Changed)
            }
            Err(_) => Some(Shown::Changed),
        };
        if again.is_none() {
            let mut said = Mapping::default();
            handed.said.iter().for_each(|(heading, choice)| said.set(heading, *choice));
            roster::remember(&app_there.store, said)?;
        }
        Ok((again, handed))
    })
    .await?;
    match again {
        None => Ok(see_other("/admin/people?saved")),
        Some(why) => shown(app, by.signed_in, handed, why).await,
    }
}

/// Brings a roster in; who did, and which roles changed by it, is noted with it. What it ends is
/// looked at again where it is written: the error is a sentence then.
pub(crate) fn bring_in(
    app: &App,
    who: PersonId,
    plan: &ImportPlan,
    drastic_too: bool,
    t: Text,
) -> Result<Result<(), String>, Problem> {
    let by = Actor::Person(who, RoleKind::Administrator);
    let done = if drastic_too {
        app.store.import(plan, by, app.now())
    } else {
        app.store.import_unless_drastic(plan, by, app.now())
    };
    match done {
        Ok(_) => Ok(Ok(())),
        Err(StoreError::Import(error)) => Ok(Err(roster::refusal(&error, t))),
        Err(other) => Err(other.into()),
    }
}

/// The routes with bodies as large as a roster.
pub(super) fn configure(config: &mut web::ServiceConfig) {
    // A form writes four characters for three bytes, and headings beside them.
    let large = || web::PayloadConfig::new(FILE_LIMIT / 3 * 4 + 64 * 1024);
    config
        .service(web::resource("/admin/people/preview").route(web::post().to(preview_form)))
        .service(
            web::resource("/admin/people/headings")
                .app_data(large())
                .route(web::post().to(headings_form)),
        )
        .service(
            web::resource("/admin/people/import")
                .app_data(large())
                .route(web::post().to(import_form)),
        );
}

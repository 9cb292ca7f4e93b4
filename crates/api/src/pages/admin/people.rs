//! People and their roles. Never who took part.

use std::collections::BTreeMap;

use actix_web::{HttpResponse, get, web};
use askama::Template;
use serde::Deserialize;
use tideline_domain::day::utc_day;
use tideline_domain::{Person, UnitId, UnitTree};
use tideline_text::Text;

use super::super::{
    account::role_names,
    shell::{Html, Shell},
};
use crate::{
    App,
    auth::{Administrator, By, SignedIn},
    blocking::blocking,
    exports::{self, File, FileKind, Sheet, of_words},
    problem::{PageProblem, Problem},
    roster,
};

/// Rows of the list on one page.
const SHOWN: usize = 100;

#[derive(Template)]
#[template(path = "pages/admin/people.html")]
pub(super) struct PeoplePage {
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
    by: By<Administrator>,
    query: web::Query<PeopleQuery>,
) -> Result<HttpResponse, PageProblem> {
    let PeopleQuery { q, saved } = query.into_inner();
    let page =
        blocking(move || Html::of(&page(&app, &by, q, saved.is_some(), Vec::new())?)).await?;
    Ok(page.into())
}

/// The list, with what is wrong with a roster that somebody wanted to bring in.
pub(super) fn page(
    app: &App,
    by: &SignedIn,
    q: String,
    saved: bool,
    problems: Vec<String>,
) -> Result<PeoplePage, Problem> {
    let t = by.reader.t;
    let on = utc_day(app.now());
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
    by: By<Administrator>,
) -> Result<HttpResponse, PageProblem> {
    let file = blocking(move || {
        let on = utc_day(app.now());
        let rows = match app.store.units(on)? {
            Some(tree) => roster_rows(&tree, &app.store.people_with_units(on)?),
            None => Vec::new(),
        };
        let header = roster::COLUMNS.map(exports::Head::plain).to_vec();
        let sheet = Sheet { title: "roster".to_owned(), header, rows: of_words(rows) };
        File::of(FileKind::Csv, "roster", &[sheet], None, by.reader.t)
    })
    .await?;
    Ok(file.into())
}

/// Unit, the one above, name, address, roles; a unit without people has a row of its own.
pub(crate) fn roster_rows(tree: &UnitTree, people: &[(Person, UnitId)]) -> Vec<Vec<String>> {
    let mut members: BTreeMap<UnitId, Vec<&Person>> = BTreeMap::new();
    for (person, unit) in people {
        members.entry(*unit).or_default().push(person);
    }
    let mut rows = Vec::new();
    for unit in tree.units() {
        let parent = unit.parent.and_then(|it| tree.get(it)).map(|it| it.name.to_string());
        let row = |name: String, email: String, roles: String| {
            let unit = unit.name.to_string();
            vec![unit, parent.clone().unwrap_or_default(), name, email, roles]
        };
        let members = members.remove(&unit.id).unwrap_or_default();
        if members.is_empty() {
            rows.push(row(String::new(), String::new(), String::new()));
        }
        for person in members {
            let roles: Vec<&str> = person.roles.iter().map(|it| it.code()).collect();
            let roles = if roles.is_empty() { "staff".to_owned() } else { roles.join(";") };
            rows.push(row(person.name.to_string(), person.email.to_string(), roles));
        }
    }
    rows
}

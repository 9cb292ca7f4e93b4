//! The language switch.

use actix_web::{HttpResponse, cookie::time::Duration, get, web};
use serde::Deserialize;
use tideline_text::Language;

use crate::{
    App,
    auth::own_cookie,
    language::COOKIE,
    own_path::OwnPath,
    problem::{PageProblem, Problem, see_other},
};

/// How long a choice lasts.
const CHOICE: Duration = Duration::days(365);

#[derive(Deserialize)]
struct SwitchQuery {
    #[serde(default)]
    to: String,
}

/// Switches the language and leads back. Changes nothing but how this browser is answered, so a link
/// may do it.
#[get("/language/{tag}")]
pub(super) async fn switch(
    app: web::Data<App>,
    tag: web::Path<String>,
    query: web::Query<SwitchQuery>,
) -> Result<HttpResponse, PageProblem> {
    let language = Language::from_tag(&tag).ok_or(Problem::NotFound)?;
    let mut response = see_other(OwnPath::of(&query.to).as_str());
    let cookie = own_cookie(&app.settings, COOKIE, language.tag(), Some(CHOICE));
    response.add_cookie(&cookie).map_err(Problem::internal)?;
    Ok(response)
}

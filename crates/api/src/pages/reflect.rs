//! For the person alone: the same page as on the ballot side, in the app's frame.

use actix_web::{
    HttpResponse, get,
    http::header::{self, HeaderValue},
    web,
};
use askama::Template;
use tideline_booth::reflection;

use super::shell::{Shell, answer};
use crate::{
    App,
    language::Reader,
    problem::{PageProblem, Problem},
};

#[derive(Template)]
#[template(path = "pages/reflect.html")]
struct ReflectPage {
    shell: Shell,
    own_style: String,
    reflection: String,
}

/// The page. Nobody is told that it was opened.
#[get("/reflect")]
pub(super) async fn reflect(
    app: web::Data<App>,
    reader: Reader,
) -> Result<HttpResponse, PageProblem> {
    let shell = Shell::public(&reader);
    let origin = app.settings.app_origin.as_str();
    let policy = reflection::policy(origin, &shell.style, &shell.font);
    let reflection = reflection::reflection("/support", reader.t).map_err(Problem::internal)?;
    let page = ReflectPage { shell, own_style: reflection::style_sheet(), reflection };
    let policy = HeaderValue::from_str(&policy).map_err(Problem::internal)?;
    let mut response = answer(&page)?;
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    Ok(response)
}

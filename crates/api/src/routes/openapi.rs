//! The description of the JSON API, collected from the routes that are served.

use std::sync::OnceLock;

use actix_web::{App, HttpResponse, get};
use utoipa::{
    OpenApi as _,
    openapi::{
        Content, OpenApi, RefOr,
        security::{ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityScheme},
    },
};
use utoipa_actix_web::AppExt as _;

#[derive(utoipa::OpenApi)]
#[openapi(
    info(
        title = "Tideline",
        description = "What is published, and nothing else: there is no operation that reads an answer.",
        license(name = "Apache-2.0", identifier = "Apache-2.0"),
    ),
    tags(
        (name = "results", description = "Published results. Everybody sees what the own role allows; the rest does not exist."),
        (name = "levers", description = "What a unit changes."),
        (name = "settings", description = "What administrators and the privacy officer keep."),
        (name = "account", description = "Who is calling."),
        (name = "pulse", description = "Pick-up of anonymous tokens."),
        (name = "public", description = "The same for everybody, without signing in."),
    ),
)]
struct Frame;

/// The OpenAPI description of the JSON operations of the app listener.
pub fn openapi() -> OpenApi {
    let (_, mut api) = App::new()
        .into_utoipa_app()
        .openapi(Frame::openapi())
        .configure(super::described)
        .split_for_parts();
    name_problems(&mut api);
    let bearer = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).bearer_format("JWT").build();
    let cookie = ApiKey::Cookie(ApiKeyValue::new("__Host-tideline"));
    let components = api.components.get_or_insert_default();
    components.add_security_scheme("bearer", SecurityScheme::Http(bearer));
    components.add_security_scheme("session", SecurityScheme::ApiKey(cookie));
    api
}

/// Problem details have a content type of their own (RFC 9457).
fn name_problems(api: &mut OpenApi) {
    let operations = api.paths.paths.values_mut().flat_map(|it| {
        [&mut it.get, &mut it.put, &mut it.post, &mut it.delete].into_iter().flatten()
    });
    for response in operations.flat_map(|it| it.responses.responses.values_mut()) {
        let RefOr::T(response) = response else { continue };
        let is_problem = |content: &RefOr<Content>| {
            let RefOr::T(content) = content else { return false };
            matches!(&content.schema, Some(RefOr::Ref(it)) if it.ref_location.ends_with("Problem"))
        };
        if response.content.get("application/json").is_some_and(is_problem)
            && let Some(content) = response.content.shift_remove("application/json")
        {
            response.content.insert("application/problem+json".to_owned(), content);
        }
    }
}

/// This description.
#[utoipa::path(
    tag = "public",
    responses((status = 200, description = "OpenAPI 3.1.", body = serde_json::Value)),
)]
#[get("/api/openapi.json")]
pub(super) async fn serve() -> HttpResponse {
    static TEXT: OnceLock<String> = OnceLock::new();
    let text = TEXT.get_or_init(|| openapi().to_json().unwrap_or_default());
    HttpResponse::Ok().content_type("application/json").body(text.as_str())
}

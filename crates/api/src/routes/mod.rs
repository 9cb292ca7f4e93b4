//! The app listener's routes.

pub(crate) mod api;
mod pulse;
pub(crate) mod recovery;
pub(crate) mod refusal;
pub(crate) mod sign_in;
pub(crate) mod waves;

pub use api::releases::ReleaseBody;

use actix_web::{
    HttpRequest, HttpResponse, HttpResponseBuilder, Responder,
    body::BoxBody,
    http::header::ContentType,
    middleware::{Compress, from_fn},
    web,
};
use serde::Serialize;
use tideline_booth::slow;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::{
    assets, headers, pages,
    problem::{Problem, not_found},
};

/// Largest request body. Unit: bytes. Forms and lever plans are far smaller.
const BODY_LIMIT: usize = 16 * 1024;

/// Serves everything on the app listener. Needs [`App`](crate::App) as `web::Data`.
pub fn configure_app(config: &mut web::ServiceConfig) {
    config.service(
        web::scope("")
            .wrap(Compress::default())
            .wrap(from_fn(headers::of_app))
            .wrap(from_fn(slow::bodies))
            .app_data(web::PayloadConfig::new(BODY_LIMIT))
            .app_data(
                web::JsonConfig::default()
                    .limit(BODY_LIMIT)
                    .error_handler(|_, _| Problem::Malformed("problem-body-unreadable").into()),
            )
            .app_data(web::PathConfig::default().error_handler(|_, req| not_found(req)))
            .app_data(web::QueryConfig::default().error_handler(|_, req| not_found(req)))
            .configure(|config| described(&mut ServiceConfig::new(config)))
            .configure(sign_in::configure)
            .service(crate::language::switch)
            .configure(pages::configure)
            .configure(assets::configure)
            .default_service(web::to(|req: HttpRequest| async move {
                Err::<HttpResponse, _>(not_found(&req))
            })),
    );
}

/// What the OpenAPI description holds.
pub(crate) fn described(config: &mut ServiceConfig) {
    api::configure(config);
    config
        .service(pulse::pickup)
        .service(pulse::issue)
        .service(recovery::recovery)
        .service(recovery::keep)
        .service(waves::manifest_for_everyone)
        .service(crate::openapi::serve);
}

/// Runs database work, or anything else that takes its time, off the async threads.
pub(crate) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Problem> + Send + 'static,
) -> Result<T, Problem> {
    web::block(work).await.map_err(Problem::internal)?
}

/// A JSON document that is written, beside the work that found out what stands in it: one that grows with
/// the organisation would keep the threads that answer requests from everything else.
pub(crate) struct Written(web::Bytes);

impl Written {
    /// Writes `document`.
    ///
    /// # Errors
    ///
    /// [`Problem::Internal`] if it cannot be written.
    pub(crate) fn of(document: &impl Serialize) -> Result<Self, Problem> {
        Ok(Self(serde_json::to_vec(document).map_err(Problem::internal)?.into()))
    }

    /// Finishes an answer with the document.
    pub(crate) fn answer(self, response: &mut HttpResponseBuilder) -> HttpResponse {
        response.insert_header(ContentType::json()).body(self.0)
    }
}

impl Responder for Written {
    type Body = BoxBody;

    fn respond_to(self, _: &HttpRequest) -> HttpResponse {
        self.answer(&mut HttpResponse::Ok())
    }
}

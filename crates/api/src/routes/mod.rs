//! The app listener's routes.

mod api;
mod openapi;
mod outgoing;
mod pulse;
mod recovery;
mod sign_in;
mod waves;

pub use self::{api::releases::ReleaseBody, openapi::openapi};

use actix_web::{
    Error, HttpRequest, HttpResponse,
    body::MessageBody,
    dev::{ServiceRequest, ServiceResponse},
    middleware::{Compress, Next, from_fn},
    web,
};
use tideline_booth::{head, slow};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::{
    assets, pages,
    problem::{Problem, not_found},
};

/// Largest request body. Unit: bytes. Forms and lever plans are far smaller.
const BODY_LIMIT: usize = 16 * 1024;

/// Serves everything on the app listener. Needs [`App`](crate::App) as `web::Data`.
pub fn configure_app(config: &mut web::ServiceConfig) {
    config.service(
        web::scope("")
            .wrap(Compress::default())
            .wrap(from_fn(outgoing::of_app))
            .wrap(from_fn(slow::bodies))
            .wrap(from_fn(head_as_get))
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
            .configure(pages::configure)
            .configure(assets::configure)
            .default_service(web::to(|req: HttpRequest| async move {
                Err::<HttpResponse, _>(not_found(&req))
            })),
    );
}

/// What is used up when it is asked for: not by those who only look at the head.
const USED_UP: [&str; 2] = ["/sign-in/arrived", "/sign-in/oidc/callback"];

/// `HEAD` as `GET`. A look at results is noted as one.
async fn head_as_get<B: MessageBody>(
    req: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<B>, Error> {
    if USED_UP.contains(&req.path()) {
        return next.call(req).await;
    }
    head::as_get(req, next).await
}

/// What the OpenAPI description holds.
fn described(config: &mut ServiceConfig) {
    api::configure(config);
    config
        .service(pulse::pickup)
        .service(pulse::issue)
        .service(recovery::recovery)
        .service(recovery::keep)
        .service(waves::manifest_for_everyone)
        .service(openapi::serve);
}

//! What administrators and the privacy officer keep. None of it shows more results than everybody sees.

pub(crate) mod audit;
pub(crate) mod health;
pub(crate) mod import;
pub(super) mod mail;
mod organisation;
pub(crate) mod people;
pub(crate) mod privacy;
pub(crate) mod support;
mod units;

use actix_web::web;

/// Serves these pages.
pub(super) fn configure(config: &mut web::ServiceConfig) {
    config
        .service(organisation::show)
        .service(organisation::save)
        .service(units::tree_of_units)
        .service(people::list)
        .service(people::download)
        .configure(import::configure)
        .service(privacy::show)
        .service(privacy::save)
        .service(support::show)
        .service(support::save)
        .service(support::save_countries)
        .service(mail::show)
        .service(mail::test)
        .service(mail::name_server)
        .service(mail::forget_server)
        .service(audit::show)
        .service(audit::download)
        .service(health::show);
}

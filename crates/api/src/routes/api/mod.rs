//! The JSON API, version 1. Every operation takes a [`Caller`](crate::auth::Caller) and asks
//! [`access`](crate::access) before it answers; what is not for this caller does not exist.

mod levers;
mod me;
mod organisation;
pub(crate) mod releases;
mod units;
mod view;
mod waves;

use utoipa_actix_web::service_config::ServiceConfig;

pub(super) fn configure(config: &mut ServiceConfig) {
    config
        .service(me::me)
        .service(me::token)
        .service(waves::waves)
        .service(releases::everything)
        .service(units::units)
        .service(units::trend)
        .service(levers::board)
        .service(levers::add)
        .service(levers::change)
        .service(organisation::trend);
}

//! The JSON API, version 1. Every operation takes a [`Caller`](crate::auth::Caller) and asks
//! [`access`](crate::access) before it answers; what is not for this caller does not exist.

mod levers;
mod me;
mod organisation;
mod organisation_settings;
mod public_log;
pub(crate) mod releases;
mod reports;
mod sessions;
mod settings;
mod strain;
mod unit_countries;
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
        .service(releases::cells)
        .service(units::units)
        .service(units::trend)
        .service(levers::board)
        .service(levers::add)
        .service(levers::change)
        .service(organisation::trend)
        .service(organisation::results)
        .service(reports::reports)
        .service(reports::pdf)
        .service(waves::announce)
        .service(sessions::sessions)
        .service(sessions::end_all)
        .service(sessions::end_one)
        .service(me::set_password)
        .service(organisation_settings::show)
        .service(organisation_settings::change)
        .service(organisation_settings::set_up)
        .service(public_log::log)
        .service(settings::support_contacts)
        .service(settings::set_support_contacts)
        .service(unit_countries::unit_countries)
        .service(unit_countries::set_unit_countries)
        .service(settings::smallest_group)
        .service(settings::change_smallest_group)
        .service(settings::people)
        .service(settings::roster_file)
        .service(settings::bring_in_roster)
        .service(settings::audit_log)
        .service(settings::health);
}

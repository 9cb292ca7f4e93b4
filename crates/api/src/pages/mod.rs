//! The pages people see: handlers that fetch, templates that show. What a result says is decided in
//! the report crate; who may see it, in [`access`](crate::access).

pub(crate) mod account;
pub(crate) mod admin;
mod cells;
mod compare;
mod example;
mod figures;
mod files;
mod glance;
mod home;
mod known;
mod language;
mod levers;
mod link;
mod mail_choices;
mod oidc;
mod organisation;
mod overview;
pub(crate) mod problem;
pub(crate) mod public;
mod recovery;
mod reflect;
mod report_file;
mod results;
pub(crate) mod setup;
mod shell;
mod sign_in;
mod strain;
mod team;
#[cfg(test)]
mod tests;
mod timeline;
mod units;
mod waves;

use actix_web::web;

/// Serves the pages.
pub(crate) fn configure(config: &mut web::ServiceConfig) {
    config
        .service(home::home)
        .service(home::pick_up)
        .service(account::account)
        .service(account::end_one)
        .service(recovery::remove)
        .service(account::sign_out_everywhere)
        .service(account::again)
        .service(account::confirm)
        .service(account::ask_to_add)
        .service(account::add)
        .service(account::remove)
        .service(account::ask_to_sign_in)
        .service(account::sign_in)
        .service(language::switch)
        .service(results::results)
        .service(sign_in::sign_in)
        .service(link::open)
        .service(link::ask)
        .service(link::asked_before)
        .service(link::follow)
        .service(link::arrived)
        .service(oidc::begin)
        .service(oidc::callback)
        .service(setup::setup_page)
        .service(setup::set_up_now)
        .service(known::known)
        .service(known::known_as_json)
        .service(team::talk)
        .service(files::of_unit)
        .service(levers::board)
        .service(levers::add)
        .service(levers::change)
        .service(team::team)
        .service(overview::overview)
        .service(units::units_table)
        .service(compare::compare)
        .service(organisation::all_levers)
        .service(organisation::all_reports)
        .service(waves::list)
        .service(waves::announce)
        .service(files::of_organisation)
        .service(report_file::file)
        .service(organisation::one_report)
        .service(report_file::of_unit)
        .service(mail_choices::show)
        .service(mail_choices::save)
        .service(mail_choices::ask_stop)
        .service(mail_choices::stop)
        .service(public::privacy)
        .service(public::privacy_log)
        .service(public::support)
        .service(reflect::reflect)
        .service(public::reading)
        .service(public::accessibility)
        .service(public::about)
        .configure(admin::configure);
}

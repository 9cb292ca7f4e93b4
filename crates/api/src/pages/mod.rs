//! The pages people see: handlers that fetch, templates that show. What a result says is decided in
//! the report crate; who may see it, in [`access`](crate::access).

pub(crate) mod admin;
mod compare;
mod example;
mod figures;
mod files;
mod home;
mod levers;
mod mail_choices;
mod oidc;
mod organisation;
pub(crate) mod public;
mod reflect;
mod report_file;
mod results;
pub(crate) mod setup;
mod shell;
mod sign_in;
mod team;
#[cfg(test)]
mod tests;
mod waves;

use actix_web::web;

pub(crate) use shell::Shell;

/// Serves the pages.
pub(crate) fn configure(config: &mut web::ServiceConfig) {
    config
        .service(home::home)
        .service(home::account)
        .service(home::end_one)
        .service(home::sign_out_everywhere)
        .service(results::results)
        .service(sign_in::sign_in)
        .service(sign_in::follow_link)
        .service(oidc::begin)
        .service(oidc::callback)
        .service(setup::setup_page)
        .service(setup::set_up_now)
        .service(team::talk)
        .service(files::of_unit)
        .service(levers::board)
        .service(levers::add)
        .service(levers::change)
        .service(team::team)
        .service(organisation::overview)
        .service(organisation::units_table)
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

//! The pages people see: handlers that fetch, templates that show. What a result says is decided in
//! the report crate; who may see it, in [`access`](crate::access).

mod home;
mod levers;
mod organisation;
mod public;
mod report_file;
mod shell;
mod sign_in;
mod team;
#[cfg(test)]
mod tests;

use actix_web::web;

/// Serves the pages.
pub(crate) fn configure(config: &mut web::ServiceConfig) {
    config
        .service(home::home)
        .service(home::account)
        .service(home::sign_out_everywhere)
        .service(sign_in::sign_in)
        .service(sign_in::follow_link)
        .service(team::team)
        .service(team::data)
        .service(levers::board)
        .service(levers::add)
        .service(levers::change)
        .service(organisation::overview)
        .service(organisation::reports)
        .service(report_file::file)
        .service(public::privacy)
        .service(public::support)
        .service(public::reading)
        .service(public::about);
}

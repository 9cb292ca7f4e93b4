//! The pages people see.

use actix_web::web;

/// Serves the pages.
pub(crate) fn configure(_config: &mut web::ServiceConfig) {}

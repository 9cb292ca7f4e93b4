//! The cookies of this program: what they are called, and what they all have in common.

use std::borrow::Cow;

use actix_web::cookie::{Cookie, SameSite, time::Duration};

use crate::Settings;

/// What the session's cookie is called, and what the names of all others begin with.
///
/// The prefix `__Host-` makes browsers refuse it from other hosts and without TLS; on this machine,
/// without TLS, it cannot be had.
pub(crate) fn cookie_name(settings: &Settings) -> &'static str {
    if settings.app_origin.is_https() { "__Host-tideline" } else { "tideline" }
}

/// What this program calls its cookie for `use_of`; browsers refuse the name from other hosts.
pub(crate) fn cookie_named(settings: &Settings, use_of: &str) -> String {
    format!("{}-{use_of}", cookie_name(settings))
}

/// A cookie that no script reads and no other site sends along. It is there for so long, or, without a time,
/// until the browser is closed; no time at all removes it.
pub(crate) fn own_cookie(
    settings: &Settings,
    name: impl Into<Cow<'static, str>>,
    value: impl Into<Cow<'static, str>>,
    lasts: Option<Duration>,
) -> Cookie<'static> {
    let mut cookie = Cookie::build(name, value)
        .path("/")
        .http_only(true)
        .secure(settings.app_origin.is_https())
        .same_site(SameSite::Strict)
        .finish();
    cookie.set_max_age(lasts);
    cookie
}

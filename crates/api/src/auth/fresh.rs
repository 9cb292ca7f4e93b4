//! Whether somebody showed only just now that it is they: by signing in (with an identity provider only if that
//! asked anew), or by their password. What opens
//! the account later is changed only then, so that whoever finds a browser signed in cannot stay.
//!
//! The browser keeps it, signed and bound to the session: nothing here says when somebody signed in.

use actix_web::{
    HttpRequest,
    cookie::{Cookie, time::Duration},
};
use chrono::TimeDelta;
use serde::{Deserialize, Serialize};
use tideline_ballot::encoding::to_hex;

use super::{cookie_named, own_cookie, same};
use crate::{
    App,
    credentials::{FRESH, Sealed},
    problem::Problem,
};

#[derive(Serialize, Deserialize)]
struct Fresh {
    /// What is stored of the session, in hexadecimal digits.
    session: String,
}

impl Sealed for Fresh {
    const AUDIENCE: &'static str = "tideline-fresh";
    const LIFETIME: TimeDelta = FRESH;
}

/// The cookie that says that whoever has `session` showed just now who they are.
///
/// # Errors
///
/// [`Problem::Internal`] if it cannot be signed.
pub(crate) fn fresh_cookie(app: &App, session: &[u8; 32]) -> Result<Cookie<'static>, Problem> {
    let fresh = Fresh { session: to_hex(session) };
    let sealed = app.keys.seal(fresh, app.now()).map_err(Problem::internal)?;
    let lasts = Duration::seconds(Fresh::LIFETIME.num_seconds());
    Ok(own_cookie(&app.settings, cookie_named(&app.settings, "fresh"), sealed, Some(lasts)))
}

/// Whether whoever sent this request in `session` showed just now who they are.
pub(crate) fn is_fresh(app: &App, req: &HttpRequest, session: &[u8; 32]) -> bool {
    let cookie = req.cookie(&cookie_named(&app.settings, "fresh"));
    let fresh = cookie.and_then(|it| app.keys.open::<Fresh>(it.value(), app.now()));
    fresh.is_some_and(|it| same(&it.session, &to_hex(session)))
}

//! Signing somebody in, whichever way they came: what pages and the JSON API share.

use actix_web::{HttpRequest, HttpResponse, rt, web};
use tideline_domain::{EmailAddress, PersonId};

use crate::{
    App,
    auth::{
        Asker, Device, Password, Place, device_cookie, end_session, fresh_cookie, hash_password,
        is_cheaper, session_cookie, session_hash, start_session,
    },
    blocking::blocking,
    own_path::OwnPath,
    problem::{Problem, see_other},
};

/// Where people land with a new session: the page leads on, or says that the browser keeps no cookies.
pub(crate) const SIGNED_IN: &str = "/sign-in?signed";

/// Whose password this is. The same work is done for every address.
pub(crate) async fn check_password(
    app: &web::Data<App>,
    asker: Asker,
    email: EmailAddress,
    typed: String,
) -> Result<Option<PersonId>, Problem> {
    let place = app.gate.place_to_check(asker.is_known()).await?;
    let of = app.clone();
    let checked = blocking(move || {
        // The place is held until the work is done, even if whoever asked hangs up.
        let (app, now, cost) = (&of, of.now(), of.settings.password);
        let found = app.store.name_and_password(&email)?;
        let person = found.as_ref().map(|it| it.id);
        let allowed = app.gate.may_try_password(&email, person, &asker, now);
        let stored = found.and_then(|it| it.password_hash);
        let right = app.gate.is_right(&app.store, cost, stored.as_deref(), &typed, now)?;
        let (Some(person), Some(stored), true) = (person, stored, allowed && right) else {
            return Ok(None);
        };
        app.gate.password_was_right(&email, person, &asker);
        let cheap = is_cheaper(&stored, cost).then(|| CheapHash { stored, typed, place });
        Ok(Some((person, cheap)))
    });
    let Some((person, cheap)) = checked.await? else { return Ok(None) };
    if let Some(cheap) = cheap {
        // Nobody waits for it.
        rt::spawn(cheap.replaced(app.clone(), person));
    }
    Ok(Some(person))
}

/// A password that was right, and is stored at less cost than passwords have now.
struct CheapHash {
    stored: String,
    typed: String,
    /// The place in which it was checked: making another hash takes as much memory.
    place: Place,
}

impl CheapHash {
    async fn replaced(self, app: web::Data<App>, person: PersonId) {
        let replaced = blocking(move || {
            let _place = self.place;
            let anew = hash_password(app.settings.password, &Password::new(self.typed)?)?;
            Ok(app.store.replace_password_hash(person, &self.stored, &anew)?)
        });
        if let Err(Problem::Internal(cause)) = replaced.await {
            let error: &(dyn std::error::Error + 'static) = cause.as_ref();
            tracing::error!(error, "a password is stored at its old cost still");
        }
    }
}

/// Starts a session in place of the one the browser may have, and leads to `to`; `fresh` says whether the person
/// showed just now who they are.
pub(crate) async fn signed_in(
    app: web::Data<App>,
    req: HttpRequest,
    person: PersonId,
    to: &OwnPath,
    fresh: bool,
) -> Result<HttpResponse, Problem> {
    let before = session_hash(&app, &req);
    let device = Device::of(&req).code();
    let known = device_cookie(&req, &app, person)?;
    let settings = app.settings.clone();
    let (secret, fresh) = blocking(move || {
        end_session(&app, before)?;
        app.warm.something_changed();
        let secret = start_session(&app.store, person, app.now(), device)?;
        let fresh = fresh.then(|| fresh_cookie(&app, &secret.hash())).transpose()?;
        Ok((secret, fresh))
    })
    .await?;
    let mut response = see_other(&to.behind(SIGNED_IN));
    for cookie in [session_cookie(&settings, Some(&secret)), known].into_iter().chain(fresh) {
        response.add_cookie(&cookie).map_err(Problem::internal)?;
    }
    Ok(response)
}

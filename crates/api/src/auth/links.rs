//! Sign-in links that people asked for and that are on their way.
//!
//! Who asks is answered at once and alike, whatever the address: it is only put down. A moment later the
//! same is done for each address, known or not, and what was done for an unknown one is thrown away. So
//! neither the answer nor what comes after it tells whether an address is known.

use std::{
    collections::VecDeque,
    sync::atomic::{AtomicUsize, Ordering},
    thread,
};

use chrono::{DateTime, TimeDelta, Utc};
use tideline_report::mail;
use tideline_store::NewSignInCode;

use super::Secret;
use crate::{App, credentials::Asked, organisation, problem::Problem};

/// How long a sign-in link works.
const LINK: TimeDelta = TimeDelta::minutes(15);
/// Mails that are handed over at the same time.
const AT_ONCE: usize = 16;

impl App {
    /// Mails the sign-in links that were asked for since the last time, and gives how many. To be called
    /// every second or so, off the threads that answer requests.
    pub fn send_links(&self) -> usize {
        let now = self.now();
        self.gate.forget(now);
        let asked = self.links.take();
        if asked.is_empty() {
            return 0;
        }
        let mails = match prepare(self, asked, now) {
            Ok(mails) => mails,
            Err(problem) => {
                complain(&problem);
                return 0;
            }
        };
        let next = AtomicUsize::new(0);
        thread::scope(|scope| {
            for _ in 0..mails.len().min(AT_ONCE) {
                scope.spawn(|| {
                    while let Some(mail) = mails.get(next.fetch_add(1, Ordering::Relaxed)) {
                        if let Err(error) = self.mailer.send(mail) {
                            complain(&Problem::internal(error));
                        }
                    }
                });
            }
        });
        mails.len()
    }
}

fn complain(problem: &Problem) {
    if let Problem::Internal(cause) = problem {
        let error: &(dyn std::error::Error + 'static) = cause.as_ref();
        tracing::error!(error, "a sign-in mail was not sent");
    }
}

/// The mails to those who are known and have not asked for too many. Each address costs the same: a look
/// at the database, a code that is written, a mail that is composed.
fn prepare(
    app: &App,
    asked: VecDeque<Asked>,
    now: DateTime<Utc>,
) -> Result<Vec<mail::Message>, Problem> {
    let (mut codes, mut mails) = (Vec::new(), Vec::new());
    let (organisation, sender) = (organisation::name(app)?, app.mailer.sender());
    for Asked { email, target, asker } in asked {
        let found = app.store.name_and_password(&email)?;
        let person = found.as_ref().map(|it| it.id);
        let to = person.filter(|_| app.gate.may_send_link(&email, person, &asker, now));
        let code = Secret::<16>::generate()?;
        let link = format!("{}/in#{}", app.settings.app_origin, code.text());
        let name = found.as_ref().map_or("nobody", |it| it.name.as_str());
        let mail =
            mail::sign_in(&app.settings.envelope(&sender, &email, &organisation, now), name, &link)
                .map_err(Problem::internal)?;
        codes.push(NewSignInCode {
            hash: code.hash(),
            person: to,
            expires: now + LINK,
            target: target.as_str().to_owned(),
        });
        mails.extend(to.map(|_| mail));
    }
    app.store.add_sign_in_codes(&codes)?;
    Ok(mails)
}

//! The page behind a mailed link, and what is asked before it signs anybody in.
//!
//! Opening a link uses nothing up, whether scripts run or not: the code stands in the address's
//! fragment, which no server and no log sees; the page's script moves it into a form; that form only
//! asks whether to sign in as the person the link was mailed to. Somebody has to press. So a scanner
//! that opens every link of a mail, scripts and all, leaves the link as it was; and whoever follows
//! somebody else's link reads whose it is.

use actix_web::{HttpRequest, HttpResponse, get, post, web};
use askama::Template;
use serde::Deserialize;
use tideline_domain::{Person, PersonId};

use super::shell::{Shell, answer};
use crate::{
    App,
    assets::Script,
    auth::{By, Member, OwnForm, Secret, SignedIn, arrival_cookie, arrived_code, same},
    blocking::blocking,
    language::Reader,
    own_path::OwnPath,
    problem::{PageProblem, Problem, see_other},
    sign_in::signed_in,
};

/// Where people land with a link that does not work.
const NOT_SIGNED_IN: &str = "/sign-in?failed";

#[derive(Template)]
#[template(path = "pages/in.html")]
struct FollowLinkPage {
    shell: Shell,
    script: Script,
}

/// Moves the code from the address into a form: no GET signs anybody in.
#[get("/in")]
pub(super) async fn open(reader: Reader) -> Result<HttpResponse, PageProblem> {
    let shell = Shell::public(&reader);
    Ok(answer(&FollowLinkPage { shell, script: Script::SignIn })?)
}

#[derive(Deserialize)]
struct LinkForm {
    /// What stands behind the `#` of the link.
    code: String,
    /// Shows that the page said who is signed in here and is replaced: that session's form token.
    #[serde(default)]
    instead: String,
    /// Where the code is from.
    #[serde(default)]
    from: CodeFrom,
}

/// Where a code is from. None is good for the other.
#[derive(Clone, Copy, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
enum CodeFrom {
    /// A mailed link.
    #[default]
    Mail,
    /// The answer of an identity provider.
    Provider,
}

impl CodeFrom {
    const fn code(self) -> &'static str {
        match self {
            Self::Mail => "mail",
            Self::Provider => "provider",
        }
    }

    /// What is stored of a code.
    fn hash(self, code: &str) -> Option<[u8; 32]> {
        let secret = Secret::<16>::parse(code)?;
        Some(match self {
            Self::Mail => secret.hash(),
            Self::Provider => secret.hash_of_arrival(),
        })
    }

    /// Whether who comes by a code to `to` showed just now who they are: who has the mailbox did. A provider
    /// answers for whoever sits there, unless it was to ask anew.
    fn is_fresh(self, to: &OwnPath) -> bool {
        match self {
            Self::Mail => true,
            Self::Provider => to.is_account(),
        }
    }
}

#[derive(Template)]
#[template(path = "pages/in-ask.html")]
struct AskPage<'a> {
    shell: Shell,
    name: &'a str,
    email: &'a str,
    /// Who is signed in here now, if that is somebody else.
    other: Option<&'a str>,
    code: &'a str,
    instead: &'a str,
    from: &'static str,
}

/// Whoever loads that page again, or comes back to it: its code came with a form, and is in the mail still.
#[get("/in/ask")]
pub(super) async fn asked_before() -> HttpResponse {
    see_other("/in")
}

/// Asks "Sign in as NAME?". Uses nothing up.
#[post("/in/ask")]
pub(super) async fn ask(
    app: web::Data<App>,
    reader: Reader,
    by: Result<By<Member>, PageProblem>,
    form: OwnForm<LinkForm>,
) -> Result<HttpResponse, PageProblem> {
    let OwnForm(LinkForm { code, from, .. }) = form;
    let code = code.trim();
    match look(&app, (code, from), signed_in_already(by)?).await? {
        Look::Elsewhere(to) => Ok(see_other(&to)),
        Look::Good { person, other, .. } => asked(&reader, &person, other.as_deref(), (code, from)),
    }
}

/// Signs in, and uses the link up. The code arrives by POST only: mail scanners that open links change
/// nothing. A session of somebody else ends only if the page that was pressed said so.
#[post("/in")]
pub(super) async fn follow(
    app: web::Data<App>,
    req: HttpRequest,
    reader: Reader,
    by: Result<By<Member>, PageProblem>,
    form: OwnForm<LinkForm>,
) -> Result<HttpResponse, PageProblem> {
    let OwnForm(LinkForm { code, instead, from }) = form;
    let code = code.trim();
    match look(&app, (code, from), signed_in_already(by)?).await? {
        Look::Elsewhere(to) => Ok(see_other(&to)),
        Look::Good { person, other: Some(other), .. } if !same(&instead, &other.csrf) => {
            asked(&reader, &person, Some(&other), (code, from))
        }
        Look::Good { hash, to, .. } => use_up(app, req, hash, &to, from.is_fresh(&to)).await,
    }
}

/// Where an identity provider's answer is turned into a session: reached from our own page, so that the
/// browser says who is signed in here already. The code is in a cookie that only that answer can set.
#[get("/sign-in/arrived")]
pub(super) async fn arrived(
    app: web::Data<App>,
    req: HttpRequest,
    reader: Reader,
    by: Result<By<Member>, PageProblem>,
) -> Result<HttpResponse, PageProblem> {
    let code = arrived_code(&app.settings, &req).unwrap_or_default();
    let from = CodeFrom::Provider;
    let mut response = match look(&app, (&code, from), signed_in_already(by)?).await? {
        Look::Elsewhere(to) => see_other(&to),
        Look::Good { person, other: Some(other), .. } => {
            asked(&reader, &person, Some(&other), (&code, from))?
        }
        Look::Good { hash, to, .. } => {
            use_up(app.clone(), req, hash, &to, from.is_fresh(&to)).await?
        }
    };
    response.add_cookie(&arrival_cookie(&app.settings, None)).map_err(Problem::internal)?;
    Ok(response)
}

fn signed_in_already(by: Result<By<Member>, PageProblem>) -> Result<Option<SignedIn>, PageProblem> {
    match by {
        Ok(by) => Ok(Some(by.signed_in)),
        Err(PageProblem(Problem::SignedOut)) => Ok(None),
        Err(problem) => Err(problem),
    }
}

/// What a code is good for in this browser.
enum Look {
    /// For signing `person` in, in place of `other` if somebody else is signed in here.
    Good { hash: [u8; 32], person: Box<Person>, other: Option<Box<SignedIn>>, to: OwnPath },
    /// For nothing, or nothing is left to do: the person is signed in. Where to go.
    Elsewhere(String),
}

/// Looks at a code. Uses nothing up.
async fn look(
    app: &web::Data<App>,
    (code, from): (&str, CodeFrom),
    by: Option<SignedIn>,
) -> Result<Look, PageProblem> {
    let found = match from.hash(code) {
        None => None,
        Some(hash) => {
            let app = app.clone();
            blocking(move || {
                let Some((id, target)) = app.store.sign_in_code(&hash, app.now())? else {
                    return Ok(None);
                };
                let to = OwnPath::after_sign_in(&target);
                Ok(app.store.person(id)?.map(|person| (hash, person, to)))
            })
            .await?
        }
    };
    Ok(match (found, by) {
        (None, Some(_)) => Look::Elsewhere(OwnPath::home().as_str().to_owned()),
        (None, None) => Look::Elsewhere(NOT_SIGNED_IN.to_owned()),
        (Some((_, person, to)), Some(by)) if by.person.id == person.id => {
            Look::Elsewhere(to.as_str().to_owned())
        }
        (Some((hash, person, to)), other) => {
            Look::Good { hash, person: Box::new(person), other: other.map(Box::new), to }
        }
    })
}

fn asked(
    reader: &Reader,
    person: &Person,
    other: Option<&SignedIn>,
    (code, from): (&str, CodeFrom),
) -> Result<HttpResponse, PageProblem> {
    // In another language it would be another page, which does not have the code.
    let reader = reader.clone().back_to(None);
    Ok(answer(&AskPage {
        shell: Shell::public(&reader),
        name: person.name.as_str(),
        email: person.email.as_str(),
        other: other.map(|it| it.person.name.as_str()),
        code,
        instead: other.map_or("", |it| &it.csrf),
        from: from.code(),
    })?)
}

async fn use_up(
    app: web::Data<App>,
    req: HttpRequest,
    hash: [u8; 32],
    to: &OwnPath,
    fresh: bool,
) -> Result<HttpResponse, PageProblem> {
    let taken: Option<PersonId> = {
        let app = app.clone();
        blocking(move || Ok(app.store.take_sign_in_code(&hash, app.now())?)).await?
    };
    match taken {
        Some(person) => Ok(signed_in(app, req, person, to, fresh).await?),
        None => Ok(see_other(NOT_SIGNED_IN)),
    }
}

//! What every page has around its content, and how a page becomes an answer.

use actix_web::{HttpResponse, HttpResponseBuilder, http::StatusCode, web::Bytes};
use askama::Template;
use tideline_domain::{Principal, Role, RoleKind};
use tideline_text::{Language, Text};

use crate::{
    assets,
    auth::SignedIn,
    language::Reader,
    own_path::{InQuery, OwnPath},
    problem::Problem,
    series::OtherSeries,
};

/// Head and foot of a page.
pub(crate) struct Shell {
    /// The texts of the page.
    pub(crate) t: Text,
    pub(crate) style: String,
    pub(crate) font: String,
    pub(crate) links: Vec<Link>,
    /// The pages beside this one, where there are several.
    pub(crate) section: Option<Section>,
    /// The pages above this one, the uppermost first; for HR and administrators.
    pub(crate) above: Vec<Link>,
    pub(crate) languages: Vec<LanguageLink>,
    /// Results of other instruments than those on this page.
    pub(crate) others: Vec<OtherSeries>,
}

/// A way from here.
pub(crate) struct Link {
    pub(crate) href: String,
    pub(crate) text: String,
    /// Whether this page, or one below it, is the one it leads to.
    pub(crate) here: bool,
}

/// Pages that belong together.
pub(crate) struct Section {
    pub(crate) label: String,
    pub(crate) links: Vec<Link>,
}

/// This page in another language.
pub(crate) struct LanguageLink {
    pub(crate) tag: &'static str,
    pub(crate) name: &'static str,
    pub(crate) href: String,
    pub(crate) here: bool,
}

/// The organisation's pages, for HR: address and text.
const ORGANISATION: [(&str, &str); 6] = [
    ("/org", "nav-overview"),
    ("/org/units", "nav-units"),
    ("/org/compare", "nav-compare"),
    ("/org/levers", "nav-levers"),
    ("/org/reports", "nav-reports"),
    ("/org/waves", "nav-waves"),
];
const ADMINISTRATORS: &[RoleKind] = &[RoleKind::Administrator];
const OVERSEERS: &[RoleKind] = &[RoleKind::Administrator, RoleKind::PrivacyOfficer];
/// What administrators keep, and who else may see it.
const ADMINISTRATION: [(&str, &str, &[RoleKind]); 9] = [
    ("/admin/units", "nav-units", ADMINISTRATORS),
    ("/admin/people", "nav-people", ADMINISTRATORS),
    ("/org/waves", "nav-waves", ADMINISTRATORS),
    ("/admin/privacy", "nav-privacy", OVERSEERS),
    ("/admin/support", "nav-support", ADMINISTRATORS),
    ("/admin/mail", "nav-mail", ADMINISTRATORS),
    ("/admin/organisation", "nav-organisation", ADMINISTRATORS),
    ("/admin/audit", "nav-audit", OVERSEERS),
    ("/admin/health", "nav-health", ADMINISTRATORS),
];

impl Shell {
    /// For pages that are the same for everybody.
    pub(crate) fn public(reader: &Reader) -> Self {
        Self::with(reader, Vec::new(), None)
    }

    /// For somebody who is signed in.
    pub(crate) fn of(by: &SignedIn) -> Self {
        Self::for_principal(&by.principal, &by.reader)
    }

    /// For somebody who may do what `who` may.
    pub(crate) fn for_principal(who: &Principal, reader: &Reader) -> Self {
        let (t, path) = (reader.t, reader.path.as_str());
        let link =
            |href: &str, id: &str, here: bool| Link { href: href.to_owned(), text: t.tr(id), here };
        let mut links = vec![link("/results", "nav-results", path == "/results")];
        let managed: Vec<_> = who
            .roles
            .iter()
            .filter_map(|it| if let Role::Manager(unit) = it { Some(unit) } else { None })
            .collect();
        if let [unit] = managed.as_slice() {
            let href = format!("/team/{unit}");
            let here = path.starts_with(&href);
            links.push(link(&href, "nav-team", here));
        }
        let keeps_waves = path.starts_with("/org/waves") && !who.may_see_organisation();
        if who.may_see_organisation() {
            links.push(link("/org", "nav-organisation", path.starts_with("/org")));
        }
        let administers = ADMINISTRATION.iter().find(|it| it.2.iter().any(|role| who.holds(*role)));
        if let Some((first, ..)) = administers {
            let here = path.starts_with("/admin") || keeps_waves;
            links.push(link(first, "nav-administration", here));
        }
        let section = if path.starts_with("/org") && !keeps_waves {
            let all = ORGANISATION.iter();
            Some(Section {
                label: t.tr("nav-organisation"),
                links: all.map(|(href, id)| link(href, id, is_within(path, href))).collect(),
            })
        } else if path.starts_with("/admin") || keeps_waves {
            let all = ADMINISTRATION.iter().filter(|it| it.2.iter().any(|role| who.holds(*role)));
            Some(Section {
                label: t.tr("nav-administration"),
                links: all.map(|(href, id, _)| link(href, id, is_within(path, href))).collect(),
            })
        } else {
            None
        };
        let mut above = Vec::new();
        match &section {
            // The first page of a section is the section.
            Some(section) => {
                if let [first, rest @ ..] = section.links.as_slice()
                    && first.href != path
                {
                    above.push(link(
                        &first.href,
                        if path.starts_with("/admin") || keeps_waves {
                            "nav-administration"
                        } else {
                            "nav-organisation"
                        },
                        false,
                    ));
                    above.extend(
                        rest.iter().filter(|it| it.href != path && is_within(path, &it.href)).map(
                            |it| Link { href: it.href.clone(), text: it.text.clone(), here: false },
                        ),
                    );
                }
            }
            None if path.starts_with("/team/") && who.may_see_organisation() => {
                above.push(link("/org", "nav-organisation", false));
                above.push(link("/org/units", "nav-units", false));
            }
            None => {}
        }
        Self { above, ..Self::with(reader, links, section) }
    }

    /// The same, with other series that the page could show.
    pub(crate) fn beside(self, others: Vec<OtherSeries>) -> Self {
        Self { others, ..self }
    }

    fn with(reader: &Reader, links: Vec<Link>, section: Option<Section>) -> Self {
        let language = |back: &OwnPath, it: Language| LanguageLink {
            tag: it.tag(),
            name: it.own_name(),
            href: format!("/language/{}?to={}", it.tag(), InQuery(back.as_str())),
            here: it == reader.t.language(),
        };
        let languages =
            reader.back.iter().flat_map(|back| Language::ALL.map(|it| language(back, it)));
        Self {
            t: reader.t,
            style: assets::url("app.css"),
            font: assets::url("figtree.woff2"),
            links,
            section,
            above: Vec::new(),
            languages: languages.collect(),
            others: Vec::new(),
        }
    }
}

/// Whether `path` is `href` or lies below it; the overview has nothing below it.
fn is_within(path: &str, href: &str) -> bool {
    path == href
        || (href != "/org" && path.strip_prefix(href).is_some_and(|it| it.starts_with('/')))
}

/// The page as an answer, for pages that are as large in every organisation: it is written where requests
/// are answered, and whoever asks meanwhile waits. All others are [`Html`], written where there is time.
///
/// # Errors
///
/// [`Problem::Internal`] if the template fails.
pub(crate) fn answer(page: &impl Template) -> Result<HttpResponse, Problem> {
    Ok(Html::of(page)?.into())
}

/// A page that is written. A page that grows with the organisation takes a fifth of a second to write:
/// off the threads that answer requests, beside the work that found out what stands in it.
pub(crate) struct Html {
    status: StatusCode,
    text: Bytes,
}

impl Html {
    /// Writes a page.
    ///
    /// # Errors
    ///
    /// [`Problem::Internal`] if the template fails.
    pub(crate) fn of(page: &impl Template) -> Result<Self, Problem> {
        Self::with(StatusCode::OK, page)
    }

    /// Writes a page that is answered with another status.
    ///
    /// # Errors
    ///
    /// As [`of`](Self::of).
    pub(crate) fn with(status: StatusCode, page: &impl Template) -> Result<Self, Problem> {
        let text = page.render().map_err(Problem::internal)?.into();
        Ok(Self { status, text })
    }
}

impl From<Html> for HttpResponse {
    fn from(html: Html) -> Self {
        HttpResponseBuilder::new(html.status)
            .content_type("text/html; charset=utf-8")
            .body(html.text)
    }
}

//! The pages of the ballot origin: the check-in, on one's own device or a shared one, and what picks
//! up tokens.
//!
//! They are the same for everybody: nothing in them depends on who asks. The questions come from
//! the questionnaire that ships with the product; which of them a person answers is drawn in the
//! browser, so the server does not know.

use actix_web::{HttpRequest, HttpResponse, get, http::header, web};
use askama::Template;
use tideline_ballot::{encoding::to_hex, manifest::questionnaire_digest};
use tideline_domain::{Item, Target};
use tideline_instrument::PULSE;

use crate::{BallotSide, assets, refusal::Refusal};

#[derive(Template)]
#[template(path = "check-in.html")]
struct CheckInPage<'a> {
    app_origin: &'a str,
    contact: &'a str,
    smallest_group: u32,
    style: String,
    script: String,
    form_length: &'static str,
    timeframe: &'static str,
    digest: String,
    blocks: String,
    items: Vec<ItemView>,
    kiosk: bool,
}

pub(crate) struct ItemView {
    pub(crate) index: usize,
    pub(crate) text: &'static str,
    short: &'static str,
    pub(crate) options: &'static [&'static str; 5],
}

#[derive(Template)]
#[template(path = "pickup.html")]
struct PickUpPage<'a> {
    app_origin: &'a str,
    script: String,
    apart: bool,
}

#[derive(Template)]
#[template(path = "device.html")]
struct DevicePage<'a> {
    app_origin: &'a str,
    style: String,
    script: String,
}

#[derive(Template)]
#[template(path = "hand-over.html")]
struct HandOverPage<'a> {
    app_origin: &'a str,
    style: String,
    script: String,
}

#[derive(Template)]
#[template(path = "kiosk-end.html")]
struct KioskEndPage<'a> {
    app_origin: &'a str,
    style: String,
}

/// Serves the pages. Needs [`BallotSide`] as `web::Data`.
pub(crate) fn configure(config: &mut web::ServiceConfig) {
    config
        .service(check_in)
        .service(pickup)
        .service(hand_over_page)
        .service(device_page)
        .service(kiosk_page)
        .service(kiosk_end);
}

/// The check-in: promise, questions, check, and the one anonymous request.
#[get("/check-in")]
async fn check_in(side: web::Data<BallotSide>) -> Result<HttpResponse, Refusal> {
    survey(&side, false)
}

/// The same on a shared tablet, with a token that somebody brings along.
#[get("/kiosk")]
async fn kiosk_page(side: web::Data<BallotSide>) -> Result<HttpResponse, Refusal> {
    survey(&side, true)
}

fn survey(side: &BallotSide, kiosk: bool) -> Result<HttpResponse, Refusal> {
    let app_origin = side.settings.app_origin.as_str();
    let page = CheckInPage {
        app_origin,
        contact: &side.settings.contact,
        smallest_group: side.settings.smallest_group,
        style: assets::url("survey.css"),
        script: assets::url(if kiosk { "kiosk.js" } else { "check-in.js" }),
        form_length: form_length(),
        timeframe: PULSE.timeframe,
        digest: to_hex(&questionnaire_digest(&PULSE)),
        blocks: blocks(),
        items: PULSE.items.iter().enumerate().map(item_view).collect(),
        kiosk,
    };
    // No form is ever posted: the script sends what is sealed, and without it there is no seal.
    let mut response = answer(&page, &policy(app_origin, "'none'"))?;
    if kiosk {
        allow_camera(&mut response);
    }
    Ok(response)
}

fn allow_camera(response: &mut HttpResponse) {
    response.headers_mut().insert(
        header::HeaderName::from_static("permissions-policy"),
        header::HeaderValue::from_static("camera=(self), microphone=(), geolocation=()"),
    );
}

/// Has the shared tablet's browser throw away everything of this origin.
#[get("/kiosk/end")]
async fn kiosk_end(side: web::Data<BallotSide>) -> Result<HttpResponse, Refusal> {
    let app_origin = side.settings.app_origin.as_str();
    let page = KioskEndPage { app_origin, style: assets::url("survey.css") };
    let mut response = answer(&page, &policy(app_origin, "'none'"))?;
    response.headers_mut().insert(
        header::HeaderName::from_static("clear-site-data"),
        header::HeaderValue::from_static("\"cache\", \"cookies\", \"storage\""),
    );
    Ok(response)
}

/// Answering on the shared tablet or on a second device of one's own.
#[get("/device")]
async fn device_page(side: web::Data<BallotSide>) -> Result<HttpResponse, Refusal> {
    let app_origin = side.settings.app_origin.as_str();
    let page = DevicePage {
        app_origin,
        style: assets::url("survey.css"),
        script: assets::url("device.js"),
    };
    answer(&page, &policy(app_origin, "'none'"))
}

/// Pick-up by redirects, where a frame could not keep anything.
#[get("/hand-over")]
async fn hand_over_page(side: web::Data<BallotSide>) -> Result<HttpResponse, Refusal> {
    let app_origin = side.settings.app_origin.as_str();
    let page = HandOverPage {
        app_origin,
        style: assets::url("survey.css"),
        script: assets::url("hand-over.js"),
    };
    answer(&page, &policy(app_origin, "'none'"))
}

/// The frame on the signed-in page: keeps tokens where only this origin can read them. The browser
/// itself says whether the frame is on another site than the page around it: then what it keeps
/// would be out of the survey page's reach.
#[get("/pickup")]
async fn pickup(side: web::Data<BallotSide>, req: HttpRequest) -> Result<HttpResponse, Refusal> {
    let app_origin = side.settings.app_origin.as_str();
    let site = req.headers().get("sec-fetch-site");
    let apart = site.is_some_and(|it| it.as_bytes() == b"cross-site");
    let page = PickUpPage { app_origin, script: assets::url("pickup.js"), apart };
    answer(&page, &policy(app_origin, app_origin))
}

pub(crate) fn answer(page: &impl Template, policy: &str) -> Result<HttpResponse, Refusal> {
    let html = page.render().map_err(|_| Refusal::Unavailable)?;
    Ok(HttpResponse::Ok()
        .insert_header((header::CONTENT_SECURITY_POLICY, policy))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .insert_header((header::REFERRER_POLICY, "no-referrer"))
        .content_type("text/html; charset=utf-8")
        .body(html))
}

/// Own scripts only, which may talk to the two origins and never turn text into markup.
fn policy(app_origin: &str, framed_by: &str) -> String {
    format!(
        "default-src 'none'; script-src 'self'; connect-src 'self' {app_origin}; \
         style-src 'self'; img-src 'self' data:; media-src blob:; form-action 'none'; \
         base-uri 'none'; frame-ancestors {framed_by}; require-trusted-types-for 'script'; trusted-types 'none'"
    )
}

pub(crate) fn item_view((index, item): (usize, &'static Item)) -> ItemView {
    let options = match item.target {
        Target::Driver(_) => &PULSE.agreement,
        Target::Scale(..) | Target::Exposure => &PULSE.frequency,
    };
    let short = PULSE.texts.first().map_or(item.text, |it| it.items[index].short);
    ItemView { index, text: item.text, short, options }
}

/// The blocks of the questionnaire as JSON: for each, the sets one of which is drawn.
fn blocks() -> String {
    let json = |parts: Vec<String>| format!("[{}]", parts.join(","));
    let set = |items: &&[usize]| json(items.iter().map(usize::to_string).collect());
    json(PULSE.blocks.iter().map(|sets| json(sets.iter().map(set).collect())).collect())
}

/// How many statements a form has, as a word that begins a sentence.
pub(crate) fn form_length() -> &'static str {
    let items: usize = PULSE.blocks.iter().filter_map(|sets| sets.first()).map(|it| it.len()).sum();
    match items {
        6 => "Six",
        7 => "Seven",
        8 => "Eight",
        9 => "Nine",
        10 => "Ten",
        _ => "A few",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page() -> String {
        CheckInPage {
            app_origin: "https://app.example.org",
            contact: "the <works council>",
            smallest_group: 6,
            style: assets::url("survey.css"),
            script: assets::url("check-in.js"),
            form_length: form_length(),
            timeframe: PULSE.timeframe,
            digest: String::new(),
            blocks: blocks(),
            items: PULSE.items.iter().enumerate().map(item_view).collect(),
            kiosk: false,
        }
        .render()
        .unwrap()
    }

    #[test]
    fn every_item_is_asked_with_five_options_and_a_way_to_skip() {
        let page = page();
        assert_eq!(page.matches("<fieldset").count(), PULSE.items.len());
        assert_eq!(page.matches("type=\"radio\"").count(), PULSE.items.len() * 6);
        assert_eq!(page.matches("Skip this one").count(), PULSE.items.len());
        assert!(page.contains(PULSE.items[0].text));
        assert!(!page.contains("checked"));
    }

    #[test]
    fn the_blocks_are_those_of_the_questionnaire() {
        let parsed: Vec<Vec<Vec<usize>>> = serde_json::from_str(&blocks()).unwrap();
        let expected: Vec<Vec<Vec<usize>>> =
            PULSE.blocks.iter().map(|sets| sets.iter().map(|it| it.to_vec()).collect()).collect();
        assert_eq!(parsed, expected);
        assert_eq!(form_length(), "Nine");
    }

    #[test]
    fn the_page_runs_no_inline_script_and_loads_from_its_own_origin_only() {
        let page = page();
        assert!(page.contains("the &#60;works council&#62;"));
        for loaded in ["src=\"", "<link rel=\"stylesheet\" href=\""] {
            for (at, _) in page.match_indices(loaded) {
                assert!(page[at + loaded.len()..].starts_with("/static/"), "{loaded}");
            }
        }
        assert_eq!(page.matches("<script").count(), 1);
        for inline in ["onclick", "style=\"", "<style"] {
            assert!(!page.contains(inline), "{inline}");
        }
    }

    #[test]
    fn only_the_app_may_frame_the_pick_up() {
        let policy = policy("https://app.example.org", "https://app.example.org");
        for part in [
            "default-src 'none'",
            "connect-src 'self' https://app.example.org;",
            "frame-ancestors https://app.example.org;",
            "require-trusted-types-for 'script'",
        ] {
            assert!(policy.contains(part), "{part}");
        }
    }
}

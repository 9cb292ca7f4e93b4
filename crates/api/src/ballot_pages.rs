//! The two pages of the ballot origin: the check-in, and the frame that picks up tokens.
//!
//! Both are the same for everybody: nothing in them depends on who asks. The questions come from
//! the questionnaire that ships with the product; which of them a person answers is drawn in the
//! browser, so the server does not know.

use actix_web::{HttpResponse, get, http::header, web};
use askama::Template;
use tideline_ballot::{encoding::to_hex, manifest::questionnaire_digest};
use tideline_domain::{Item, Target};
use tideline_instrument::PULSE;

use crate::{BallotSide, assets, problem::Problem};

#[derive(Template)]
#[template(path = "ballot/check-in.html")]
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
}

struct ItemView {
    index: usize,
    text: &'static str,
    short: &'static str,
    options: &'static [&'static str; 5],
}

#[derive(Template)]
#[template(path = "ballot/pickup.html")]
struct PickUpPage<'a> {
    app_origin: &'a str,
    script: String,
}

/// Serves both pages. Needs [`BallotSide`] as `web::Data`.
pub(crate) fn configure(config: &mut web::ServiceConfig) {
    config.service(check_in).service(pickup);
}

/// The check-in: promise, questions, check, and the one anonymous request.
#[get("/check-in")]
async fn check_in(side: web::Data<BallotSide>) -> Result<HttpResponse, Problem> {
    let app_origin = side.settings.app_origin.as_str();
    let page = CheckInPage {
        app_origin,
        contact: &side.settings.contact,
        smallest_group: side.settings.smallest_group,
        style: assets::url("survey.css"),
        script: assets::url("check-in.js"),
        form_length: form_length(),
        timeframe: PULSE.timeframe,
        digest: to_hex(&questionnaire_digest(&PULSE)),
        blocks: blocks(),
        items: PULSE.items.iter().enumerate().map(item_view).collect(),
    };
    // No form is ever posted: the script sends what is sealed, and without it there is no seal.
    answer(&page, &policy(app_origin, "'none'"))
}

/// The frame on the signed-in page: keeps tokens where only this origin can read them.
#[get("/pickup")]
async fn pickup(side: web::Data<BallotSide>) -> Result<HttpResponse, Problem> {
    let app_origin = side.settings.app_origin.as_str();
    let page = PickUpPage { app_origin, script: assets::url("pickup.js") };
    answer(&page, &policy(app_origin, app_origin))
}

fn answer(page: &impl Template, policy: &str) -> Result<HttpResponse, Problem> {
    let html = page.render().map_err(Problem::internal)?;
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
         style-src 'self'; img-src 'self' data:; form-action 'none'; base-uri 'none'; \
         frame-ancestors {framed_by}; require-trusted-types-for 'script'; trusted-types 'none'"
    )
}

fn item_view((index, item): (usize, &'static Item)) -> ItemView {
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
fn form_length() -> &'static str {
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

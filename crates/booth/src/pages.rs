//! The pages of the ballot origin: the check-in, on one's own device or a shared one, and what picks
//! up tokens.
//!
//! They are the same for everybody who reads the same language: nothing else in them depends on who
//! asks. The questions are those of the wave that is open; which of them a person answers is drawn in
//! the browser, so the server does not know.

use actix_web::{HttpRequest, HttpResponse, get, http::header, web};
use askama::Template;
use serde::Deserialize;
use tideline_ballot::{encoding::to_hex, manifest::questionnaire_digest};
use tideline_domain::{Phase, Questionnaire, WaveSeq};
use tideline_instrument::PULSE;
use tideline_text::Text;

use crate::{
    BallotSide, BoothSettings,
    asked::Asked,
    assets,
    refusal::Refusal,
    shell::{Reader, ScriptText, Shell},
};

#[derive(Template)]
#[template(path = "check-in.html")]
struct CheckInPage<'a> {
    shell: Shell<'a>,
    texts: &'static [ScriptText],
    contact: &'a str,
    /// When results appear, as HTML.
    results: String,
    script: String,
    /// How many statements a form has.
    form_length: usize,
    minutes: usize,
    asked: Asked,
    digest: String,
    blocks: String,
}

#[derive(Template)]
#[template(path = "pickup.html")]
struct PickUpPage<'a> {
    t: Text,
    app_origin: &'a str,
    script: String,
    apart: bool,
}

#[derive(Template)]
#[template(path = "device.html")]
struct DevicePage<'a> {
    shell: Shell<'a>,
    texts: &'static [ScriptText],
    script: String,
}

#[derive(Template)]
#[template(path = "hand-over.html")]
struct HandOverPage<'a> {
    shell: Shell<'a>,
    script: String,
}

#[derive(Template)]
#[template(path = "kiosk-end.html")]
struct KioskEndPage<'a> {
    shell: Shell<'a>,
}

/// What the survey's script says.
const SURVEY_TEXTS: &[ScriptText] = &[
    ("booth-step", &["position", "count"]),
    ("booth-problem", &[]),
    ("booth-choose", &[]),
    ("booth-error", &[]),
    ("booth-change", &[]),
    ("booth-team", &[]),
    ("booth-title-check-in", &[]),
    ("booth-sending", &[]),
    ("booth-again", &[]),
    ("booth-offline", &[]),
    ("booth-offline-send", &[]),
    ("booth-unclear", &[]),
    ("booth-unclear-text", &[]),
    ("booth-closed-at", &["moment"]),
    ("booth-early-at", &["moment"]),
    ("booth-kiosk-bad-code", &[]),
    ("booth-kiosk-bad-code-text", &[]),
    ("booth-kiosk-no-camera", &[]),
    ("booth-kiosk-no-camera-text", &[]),
];
const DEVICE_TEXTS: &[ScriptText] =
    &[("booth-device-tablet-code", &[]), ("booth-device-seed-code", &[])];

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

/// Which wave's questions, where more than one is open; the oldest if it is not said, or not in a way
/// that can be read.
#[derive(Deserialize)]
struct WhichWave {
    wave: Option<String>,
}

impl WhichWave {
    fn seq(&self) -> Option<WaveSeq> {
        self.wave.as_deref()?.parse().ok().map(WaveSeq)
    }
}

/// What the wave of this number asks, or else the oldest one that is open, or else the next.
fn questionnaire(side: &BallotSide, wave: Option<WaveSeq>) -> &'static Questionnaire {
    let now = side.now();
    let live = side.live.list();
    let named = wave.and_then(|it| live.iter().find(|live| live.wave.seq == it));
    let open = || live.iter().find(|it| it.wave.window.phase(now) == Phase::Open);
    named.or_else(open).or_else(|| live.first()).map_or(&PULSE, |it| it.questionnaire)
}

/// The check-in: promise, questions, check, and the one anonymous request.
#[get("/check-in")]
async fn check_in(
    side: web::Data<BallotSide>,
    reader: Reader,
    which: web::Query<WhichWave>,
) -> Result<HttpResponse, Refusal> {
    let shell = Shell::new(&side.settings, reader, "/check-in");
    survey(&side.settings, shell, questionnaire(&side, which.seq()), "check-in.js")
}

/// The same on a shared tablet, with a token that somebody brings along.
#[get("/kiosk")]
async fn kiosk_page(
    side: web::Data<BallotSide>,
    reader: Reader,
    which: web::Query<WhichWave>,
) -> Result<HttpResponse, Refusal> {
    let shell = Shell::new(&side.settings, reader, "/kiosk").on_kiosk();
    let asked = questionnaire(&side, which.seq());
    let mut response = survey(&side.settings, shell, asked, "kiosk.js")?;
    allow_camera(&mut response);
    Ok(response)
}

fn survey(
    settings: &BoothSettings,
    shell: Shell<'_>,
    questionnaire: &'static Questionnaire,
    script: &str,
) -> Result<HttpResponse, Refusal> {
    let page = survey_page(settings, shell, questionnaire, script);
    // No form is ever posted: the script sends what is sealed, and without it there is no seal.
    answer(&page, &policy(settings.app_origin.as_str(), "'none'"))
}

fn survey_page<'a>(
    settings: &'a BoothSettings,
    shell: Shell<'a>,
    questionnaire: &'static Questionnaire,
    script: &str,
) -> CheckInPage<'a> {
    let t = shell.t;
    let form_length = form_length(questionnaire);
    CheckInPage {
        shell,
        texts: SURVEY_TEXTS,
        contact: &settings.contact,
        results: t.html("booth-how-results", &[("people", &settings.smallest_group)]),
        script: assets::url(script),
        form_length,
        minutes: (form_length * SECONDS_PER_ITEM / 60).max(1),
        asked: Asked::new(questionnaire, 0..questionnaire.items.len(), t),
        digest: to_hex(&questionnaire_digest(questionnaire)),
        blocks: blocks(questionnaire),
    }
}

fn allow_camera(response: &mut HttpResponse) {
    response.headers_mut().insert(
        header::HeaderName::from_static("permissions-policy"),
        header::HeaderValue::from_static("camera=(self), microphone=(), geolocation=()"),
    );
}

/// Has the shared tablet's browser throw away everything of this origin.
#[get("/kiosk/end")]
async fn kiosk_end(side: web::Data<BallotSide>, reader: Reader) -> Result<HttpResponse, Refusal> {
    let page = KioskEndPage { shell: Shell::new(&side.settings, reader, "").on_kiosk() };
    let mut response = answer(&page, &policy(page.shell.app_origin, "'none'"))?;
    response.headers_mut().insert(
        header::HeaderName::from_static("clear-site-data"),
        header::HeaderValue::from_static("\"cache\", \"cookies\", \"storage\""),
    );
    Ok(response)
}

/// Answering on the shared tablet or on a second device of one's own.
#[get("/device")]
async fn device_page(side: web::Data<BallotSide>, reader: Reader) -> Result<HttpResponse, Refusal> {
    let page = DevicePage {
        shell: Shell::new(&side.settings, reader, "/device"),
        texts: DEVICE_TEXTS,
        script: assets::url("device.js"),
    };
    answer(&page, &policy(page.shell.app_origin, "'none'"))
}

/// Pick-up by redirects, where a frame could not keep anything.
#[get("/hand-over")]
async fn hand_over_page(
    side: web::Data<BallotSide>,
    reader: Reader,
) -> Result<HttpResponse, Refusal> {
    // What is handed over stands in the address: no switch that would lose it.
    let page = HandOverPage {
        shell: Shell::new(&side.settings, reader, ""),
        script: assets::url("hand-over.js"),
    };
    answer(&page, &policy(page.shell.app_origin, "'none'"))
}

/// The frame on the signed-in page: keeps tokens where only this origin can read them. The browser
/// itself says whether the frame is on another site than the page around it: then what it keeps
/// would be out of the survey page's reach.
#[get("/pickup")]
async fn pickup(
    side: web::Data<BallotSide>,
    req: HttpRequest,
    Reader(t): Reader,
) -> Result<HttpResponse, Refusal> {
    let app_origin = side.settings.app_origin.as_str();
    let site = req.headers().get("sec-fetch-site");
    let apart = site.is_some_and(|it| it.as_bytes() == b"cross-site");
    let page = PickUpPage { t, app_origin, script: assets::url("pickup.js"), apart };
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

/// About how long an answer takes. Unit: seconds.
const SECONDS_PER_ITEM: usize = 10;

/// The blocks of the questionnaire as JSON: for each, the sets one of which is drawn.
fn blocks(of: &Questionnaire) -> String {
    let json = |parts: Vec<String>| format!("[{}]", parts.join(","));
    let set = |items: &&[usize]| json(items.iter().map(usize::to_string).collect());
    json(of.blocks.iter().map(|sets| json(sets.iter().map(set).collect())).collect())
}

/// How many statements a form has.
fn form_length(of: &Questionnaire) -> usize {
    of.blocks.iter().filter_map(|sets| sets.first()).map(|it| it.len()).sum()
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use tideline_text::Language;

    use super::*;

    fn page(language: Language) -> String {
        let origin = |it: &str| it.parse().unwrap();
        let settings = BoothSettings {
            app_origin: origin("https://app.example.org"),
            ballot_origin: origin("https://ballot.example.org"),
            data: PathBuf::new(),
            contact: "the <works council>".to_owned(),
            smallest_group: 6,
        };
        let shell = Shell::new(&settings, Reader(Text::new(language)), "/check-in");
        survey_page(&settings, shell, &PULSE, "check-in.js").render().unwrap()
    }

    #[test]
    fn every_item_is_asked_with_five_options_and_a_way_to_skip() {
        for (language, skip) in
            [(Language::English, "Skip this one"), (Language::German, "Diese auslassen")]
        {
            let page = page(language);
            let texts = PULSE.texts_in(language.tag()).unwrap();
            assert!(
                page.starts_with(&format!("<!doctype html>\n<html lang=\"{}\">", language.tag()))
            );
            assert_eq!(page.matches("<fieldset").count(), PULSE.items.len());
            assert_eq!(page.matches("type=\"radio\"").count(), PULSE.items.len() * 6);
            assert_eq!(page.matches(&format!(">{skip}</label>")).count(), PULSE.items.len());
            assert!(page.contains(texts.items[0].text) && page.contains(texts.frequency[0]));
            assert!(!page.contains("checked"));
        }
    }

    #[test]
    fn texts_for_the_script_keep_their_places() {
        let page = page(Language::English);
        assert!(page.contains("Check-in: question {position} of {count}<"));
        assert!(page.contains("It closed on {moment}."));
        assert!(page.contains("Nine short statements. It takes about a minute and a half."));
    }

    #[test]
    fn the_blocks_are_those_of_the_questionnaire() {
        let parsed: Vec<Vec<Vec<usize>>> = serde_json::from_str(&blocks(&PULSE)).unwrap();
        let expected: Vec<Vec<Vec<usize>>> =
            PULSE.blocks.iter().map(|sets| sets.iter().map(|it| it.to_vec()).collect()).collect();
        assert_eq!(parsed, expected);
        assert_eq!(form_length(&PULSE), 9);
    }

    #[test]
    fn the_page_runs_no_inline_script_and_loads_from_its_own_origin_only() {
        let page = page(Language::English);
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

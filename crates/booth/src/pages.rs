//! The pages of the ballot origin: the check-in, on one's own device or a shared one, and what picks
//! up tokens.
//!
//! They are the same for everybody who reads the same language: nothing else in them depends on who
//! asks. The questions are those of the wave that is open; which of them a person answers is drawn in
//! the browser, so the server does not know.

use std::sync::Arc;

use actix_web::{
    HttpRequest, HttpResponse, get,
    http::{StatusCode, header},
    post, web,
};
use askama::Template;
use serde::Deserialize;
use tideline_ballot::{encoding::to_hex, manifest::questionnaire_digest};
use tideline_domain::{Phase, Questionnaire, WaveSeq};
use tideline_instrument::PULSE;
use tideline_text::Text;

use crate::{
    BallotSide, BoothSettings, LiveWave,
    asked::Asked,
    assets::Script,
    reflection,
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
    script: Script,
    /// How many statements a form has.
    form_length: usize,
    minutes: usize,
    asked: Asked,
    digest: String,
    blocks: String,
}

#[derive(Template)]
#[template(path = "device.html")]
struct DevicePage<'a> {
    shell: Shell<'a>,
    texts: &'static [ScriptText],
    contact: &'a str,
    script: Script,
}

#[derive(Template)]
#[template(path = "recovery.html")]
struct RecoveryPage<'a> {
    shell: Shell<'a>,
    texts: &'static [ScriptText],
    script: Script,
    /// This host, so that people know where to give their code.
    host: &'a str,
}

#[derive(Template)]
#[template(path = "reflect.html")]
struct ReflectPage<'a> {
    shell: Shell<'a>,
    style: String,
    reflection: String,
}

#[derive(Template)]
#[template(path = "hand-over.html")]
struct HandOverPage<'a> {
    shell: Shell<'a>,
    script: Script,
}

#[derive(Template)]
#[template(path = "kiosk-end.html")]
struct KioskEndPage<'a> {
    shell: Shell<'a>,
    /// Whether the tablet's own page asked, so that the browser forgets.
    forgotten: bool,
}

#[derive(Template)]
#[template(path = "not-here.html")]
struct NotHerePage<'a> {
    shell: Shell<'a>,
}

/// What the survey's script says.
const SURVEY_TEXTS: &[ScriptText] = &[
    ("booth-step", &["position", "count"]),
    ("booth-back", &[]),
    ("booth-back-to", &["answer"]),
    ("booth-skipped", &[]),
    ("booth-results-when", &["moment"]),
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
const DEVICE_TEXTS: &[ScriptText] = &[
    ("booth-error", &[]),
    ("booth-device-tablet-code", &[]),
    ("booth-device-seed-code", &[]),
    ("booth-device-bad-code", &[]),
    ("booth-device-bad-code-text", &[]),
    ("booth-device-unreachable", &[]),
    ("booth-device-unreachable-text", &[]),
];

const RECOVERY_TEXTS: &[ScriptText] = &[
    ("booth-problem", &[]),
    ("booth-error", &[]),
    ("booth-storage-text", &[]),
    ("booth-storage-reason", &[]),
    ("booth-recovery-length", &["count"]),
    ("booth-recovery-character", &[]),
    ("booth-recovery-mistyped", &[]),
    ("booth-recovery-not-this", &[]),
    ("booth-recovery-end-wrong", &[]),
    ("booth-recovery-passkey-name", &[]),
    ("booth-recovery-passkey-other", &[]),
    ("booth-recovery-passkey-failed", &[]),
    ("booth-recovery-passkey-cannot", &[]),
];

/// Serves the pages. Needs [`BallotSide`] as `web::Data`.
pub(crate) fn configure(config: &mut web::ServiceConfig) {
    config
        .service(check_in)
        .service(hand_over_page)
        .service(device_page)
        .service(recovery_page)
        .service(reflect_page)
        .service(kiosk_page)
        .service(kiosk_end)
        .service(kiosk_end_seen);
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
fn live_wave(side: &BallotSide, wave: Option<WaveSeq>) -> Option<Arc<LiveWave>> {
    let now = side.now();
    let live = side.live.list();
    let named = wave.and_then(|it| live.iter().find(|live| live.wave.seq == it));
    let open = || live.iter().find(|it| it.wave.window.phase(now) == Phase::Open);
    named.or_else(open).or_else(|| live.first()).cloned()
}

/// The check-in: promise, questions, check, and the one anonymous request.
#[get("/check-in")]
async fn check_in(
    side: web::Data<BallotSide>,
    reader: Reader,
    which: web::Query<WhichWave>,
) -> Result<HttpResponse, Refusal> {
    let shell = Shell::new(&side.settings, reader, "/check-in");
    let wave = live_wave(&side, which.seq());
    let page = survey_page(&side.settings, shell, wave.as_deref(), Script::CheckIn);
    // No form is ever posted: the script sends what is sealed, and without it there is no seal.
    answer(&page, &policy(page.shell.app_origin))
}

/// The same on a shared tablet, with a token that somebody brings along.
#[get("/kiosk")]
async fn kiosk_page(
    side: web::Data<BallotSide>,
    reader: Reader,
    which: web::Query<WhichWave>,
) -> Result<HttpResponse, Refusal> {
    let shell = Shell::new(&side.settings, reader, "/kiosk").on_kiosk();
    let wave = live_wave(&side, which.seq());
    let page = survey_page(&side.settings, shell, wave.as_deref(), Script::Kiosk);
    // The one form is the way to the page that forgets.
    let policy = policy(page.shell.app_origin).replace("form-action 'none'", "form-action 'self'");
    let mut response = answer(&page, &policy)?;
    allow_camera(&mut response);
    // With no referrer at all, browsers would hide from us where that form was sent from.
    let referrer = header::HeaderValue::from_static("same-origin");
    response.headers_mut().insert(header::REFERRER_POLICY, referrer);
    Ok(response)
}

/// When results appear, as HTML: of groups of how many people, if a wave has `promised` that.
fn how_results(promised: Option<u32>, t: Text) -> String {
    match promised {
        Some(people) => t.html("booth-how-results", &[("people", &people)]),
        None => t.html("booth-how-results-any", &[]),
    }
}

/// Without a wave: the pulse, and no number promised. The smallest group is the one in the wave's manifest,
/// which holds for it.
fn survey_page<'a>(
    settings: &'a BoothSettings,
    shell: Shell<'a>,
    wave: Option<&LiveWave>,
    script: Script,
) -> CheckInPage<'a> {
    let questionnaire: &'static Questionnaire = match wave {
        Some(it) => it.questionnaire,
        None => &PULSE,
    };
    let t = shell.t;
    let form_length = form_length(questionnaire);
    CheckInPage {
        shell,
        texts: SURVEY_TEXTS,
        contact: &settings.contact,
        results: how_results(wave.map(|it| it.pinned.manifest.min_cell), t),
        script,
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

/// Has the shared tablet's browser throw away everything of this origin. Only the tablet's own page may
/// ask for it: an image or a link on another page must not take anybody's check-in away. Cookies are left
/// alone, because browsers would clear them for the whole domain, the app's sign-in included.
#[post("/kiosk/end")]
async fn kiosk_end(
    side: web::Data<BallotSide>,
    req: HttpRequest,
    reader: Reader,
) -> Result<HttpResponse, Refusal> {
    let forgotten = is_own_form(req.headers(), &side.settings);
    let shell = Shell::new(&side.settings, reader, "").on_kiosk();
    let page = KioskEndPage { shell, forgotten };
    let mut response = answer(&page, &policy(page.shell.app_origin))?;
    if !forgotten {
        *response.status_mut() = StatusCode::FORBIDDEN;
        return Ok(response);
    }
    response.headers_mut().insert(
        header::HeaderName::from_static("clear-site-data"),
        header::HeaderValue::from_static("\"cache\", \"storage\""),
    );
    Ok(response)
}

/// Nothing is forgotten by looking: the tablet's page forgets.
#[get("/kiosk/end")]
async fn kiosk_end_seen() -> HttpResponse {
    HttpResponse::SeeOther().insert_header((header::LOCATION, "/kiosk")).finish()
}

/// Whether a form of this origin was sent as a page of its own: by what browsers say of it, of which
/// something must be there and nothing may speak against it.
fn is_own_form(headers: &header::HeaderMap, settings: &BoothSettings) -> bool {
    let text = |name: &'static str| headers.get(name).map(|it| it.to_str().unwrap_or_default());
    let from_here = [
        text("origin").filter(|it| *it != "null").map(|it| it == settings.ballot_origin.as_str()),
        text("sec-fetch-site").map(|it| it == "same-origin"),
    ];
    let as_page = [
        text("sec-fetch-mode").map(|it| it == "navigate"),
        text("sec-fetch-dest").map(|it| it == "document"),
    ];
    from_here.contains(&Some(true)) && ![from_here, as_page].concat().contains(&Some(false))
}

/// Answering on the shared tablet or on a second device of one's own.
#[get("/device")]
async fn device_page(side: web::Data<BallotSide>, reader: Reader) -> Result<HttpResponse, Refusal> {
    let page = DevicePage {
        shell: Shell::new(&side.settings, reader, "/device"),
        texts: DEVICE_TEXTS,
        contact: &side.settings.contact,
        script: Script::Device,
    };
    answer(&page, &policy(page.shell.app_origin))
}

/// Where the secret with which check-ins are found again is opened or sealed: the app sends browsers here with
/// what it keeps, in the address, which no server sees.
#[get("/recovery")]
async fn recovery_page(
    side: web::Data<BallotSide>,
    reader: Reader,
) -> Result<HttpResponse, Refusal> {
    let page = RecoveryPage {
        // No switch of language, which would lose what stands in the address.
        shell: Shell::new(&side.settings, reader, ""),
        texts: RECOVERY_TEXTS,
        script: Script::Recovery,
        host: side.settings.ballot_origin.host(),
    };
    answer(&page, &policy(page.shell.app_origin))
}

/// For the person alone; the same as on the app's side.
#[get("/reflect")]
async fn reflect_page(
    side: web::Data<BallotSide>,
    reader: Reader,
) -> Result<HttpResponse, Refusal> {
    let (shell, t) = (Shell::new(&side.settings, reader, "/reflect"), reader.0);
    let support = format!("{}/support", side.settings.app_origin);
    let reflection = reflection::reflection(&support, t).map_err(|_| Refusal::Unavailable)?;
    let origin = side.settings.ballot_origin.as_str();
    let policy = reflection::policy(origin, &shell.style, &shell.font);
    answer(&ReflectPage { shell, style: reflection::style_sheet(), reflection }, &policy)
}

/// Where tokens are picked up: the app sends browsers here and gets them back.
#[get("/hand-over")]
async fn hand_over_page(
    side: web::Data<BallotSide>,
    reader: Reader,
) -> Result<HttpResponse, Refusal> {
    // What is handed over stands in the address: no switch that would lose it.
    let page =
        HandOverPage { shell: Shell::new(&side.settings, reader, ""), script: Script::HandOver };
    answer(&page, &policy(page.shell.app_origin))
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

/// An address at which there is nothing: in words for whoever followed a link that was cut off, and without for
/// programs.
pub(crate) async fn not_here(
    side: web::Data<BallotSide>,
    req: HttpRequest,
    reader: Reader,
) -> Result<HttpResponse, Refusal> {
    if !req.method().is_safe() {
        return Ok(HttpResponse::NotFound().finish());
    }
    let page = NotHerePage { shell: Shell::new(&side.settings, reader, "") };
    let mut response = answer(&page, NO_SCRIPT)?;
    *response.status_mut() = StatusCode::NOT_FOUND;
    Ok(response)
}

/// Own style only.
const NO_SCRIPT: &str = "default-src 'none'; style-src 'self'; font-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; \
                         frame-ancestors 'none'";

/// Own scripts only, which may talk to the two origins and never turn text into markup.
fn policy(app_origin: &str) -> String {
    format!(
        "default-src 'none'; script-src 'self'; connect-src 'self' {app_origin}; \
         style-src 'self'; font-src 'self'; img-src 'self' data:; media-src blob:; form-action 'none'; \
         base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
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
        };
        let shell = Shell::new(&settings, Reader(Text::new(language)), "/check-in");
        survey_page(&settings, shell, None, Script::CheckIn).render().unwrap()
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
            assert_eq!(page.matches("class=\"option").count(), PULSE.items.len() * 6);
            assert_eq!(page.matches(&format!(">{skip}</button>")).count(), PULSE.items.len());
            assert!(page.contains(texts.items[0].text) && page.contains(texts.frequency[0]));
        }
    }

    /// What was announced holds for a wave, whatever the setting is by now.
    #[test]
    fn the_smallest_group_is_the_one_that_the_manifest_promises() {
        let text = Text::new(Language::English);
        assert!(how_results(Some(8), text).contains("groups of at least 8 people"));
        assert!(page(Language::English).contains(&how_results(None, text)));
    }

    #[test]
    fn texts_for_the_script_keep_their_places() {
        let page = page(Language::English);
        assert!(page.contains("Statement {position} of {count}<"));
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
    fn nobody_may_frame_a_page() {
        let policy = policy("https://app.example.org");
        for part in [
            "default-src 'none'",
            "connect-src 'self' https://app.example.org;",
            "frame-ancestors 'none';",
            "require-trusted-types-for 'script'",
        ] {
            assert!(policy.contains(part), "{part}");
        }
    }
}

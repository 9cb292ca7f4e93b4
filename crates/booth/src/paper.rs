//! Answering with a paper card, without JavaScript. The weaker way: answers arrive in the clear over
//! TLS and are sealed here, at once; the shuffled pile of cards is what unlinks.

use std::collections::BTreeMap;

use actix_web::{HttpRequest, HttpResponse, get, http::StatusCode, post, web};
use askama::Template;
use tideline_ballot::{
    ballot_box::{BoxError, Put},
    paper::{PaperCode, PaperCodes},
};
use tideline_domain::{AnswerSheet, CohortId, Phase, Questionnaire, WaveSeq};

use crate::{
    BallotSide,
    asked::Asked,
    pages,
    refusal::Refusal,
    routes::redeem::{names_somebody, put},
    shell::{Reader, Shell},
};

#[derive(Template)]
#[template(path = "paper.html")]
struct PaperPage<'a> {
    shell: Shell<'a>,
    asked: Asked,
    wave: u32,
}

#[derive(Template)]
#[template(path = "paper-end.html")]
struct PaperEndPage<'a> {
    shell: Shell<'a>,
    title: String,
    text: String,
    again: bool,
}

/// Serves the paper way. Needs [`BallotSide`] as `web::Data`.
pub(crate) fn configure(config: &mut web::ServiceConfig) {
    config.service(form).service(answer);
}

/// Own style only, and one form, which goes back to where it came from.
const POLICY: &str = "default-src 'none'; style-src 'self'; img-src data:; form-action 'self'; \
                      base-uri 'none'; frame-ancestors 'none'";

/// The statements, as a plain form. Which ones is drawn here, since nothing runs in the browser.
#[get("/paper")]
async fn form(side: web::Data<BallotSide>, reader: Reader) -> Result<HttpResponse, Refusal> {
    let now = side.now();
    let open = side.live.list().into_iter().find(|it| it.wave.window.phase(now) == Phase::Open);
    let Some(live) = open else {
        return end(&side, reader, StatusCode::OK, &["booth-idle", "booth-paper-nothing-open"]);
    };
    let t = reader.0;
    let page = PaperPage {
        shell: Shell::new(&side.settings, reader, "/paper"),
        asked: Asked::new(live.questionnaire, draw(live.questionnaire)?, t),
        wave: live.wave.seq.0,
    };
    pages::answer(&page, POLICY)
}

/// One set of each block, drawn at random.
fn draw(from: &Questionnaire) -> Result<Vec<usize>, Refusal> {
    let mut drawn = Vec::new();
    for block in from.blocks {
        let mut random = [0; 8];
        getrandom::fill(&mut random).map_err(|_| Refusal::Unavailable)?;
        // The bias of a remainder of 64 bits is far below anything that could be noticed.
        let sets = block.len() as u64;
        let at = usize::try_from(u64::from_be_bytes(random) % sets).unwrap_or(0);
        drawn.extend_from_slice(block[at]);
    }
    Ok(drawn)
}

/// Why a card's answers were not taken, in words for the person in front of it.
enum Problem {
    /// Typed wrongly, of another wave, or no code at all.
    NotACode,
    /// The card was used.
    Used,
    /// The wave is over or has not begun.
    NotOpen,
    /// The box takes nothing just now.
    Busy,
    /// The form is not one of ours.
    Malformed,
}

#[post("/paper")]
async fn answer(
    side: web::Data<BallotSide>,
    req: HttpRequest,
    reader: Reader,
    body: Result<web::Form<BTreeMap<String, String>>, actix_web::Error>,
) -> Result<HttpResponse, Refusal> {
    if names_somebody(&req) {
        return Err(Refusal::CredentialsNotAllowed);
    }
    let fields = body.map_err(|_| Refusal::Malformed)?.into_inner();
    let wave = fields.get("wave").and_then(|it| it.parse().ok()).unwrap_or(0);
    let taken = match take(&side, WaveSeq(wave), &fields).await {
        Err(Refusal::Unavailable) => Err(Problem::Busy),
        other => other?,
    };
    let (status, texts): (_, &[&str]) = match taken {
        Ok(()) => (StatusCode::OK, &["booth-thanks", "booth-in-the-pool", "booth-paper-thrown"]),
        Err(Problem::Used) => {
            (StatusCode::CONFLICT, &["booth-paper-used", "booth-paper-used-text"])
        }
        Err(Problem::NotOpen) => {
            (StatusCode::GONE, &["booth-closed", "booth-closed-nothing", "booth-closed-next"])
        }
        Err(Problem::Busy) => {
            (StatusCode::SERVICE_UNAVAILABLE, &["booth-paper-busy", "booth-paper-busy-text"])
        }
        Err(Problem::NotACode) => {
            (StatusCode::FORBIDDEN, &["booth-paper-wrong-code", "booth-paper-wrong-code-text"])
        }
        Err(Problem::Malformed) => return Err(Refusal::Malformed),
    };
    end(&side, reader, status, texts)
}

async fn take(
    side: &BallotSide,
    seq: WaveSeq,
    fields: &BTreeMap<String, String>,
) -> Result<Result<(), Problem>, Refusal> {
    let now = side.now();
    let Some(live) = side.live.get(seq) else { return Ok(Err(Problem::NotOpen)) };
    if live.wave.window.phase(now) != Phase::Open {
        return Ok(Err(Problem::NotOpen));
    }
    let Some(redeemer) = live.redeemer.as_ref() else { return Err(Refusal::WrongBox) };
    let Some(sheet) = sheet(live.questionnaire, fields) else { return Ok(Err(Problem::Malformed)) };
    let Ok(code) = fields.get("code").map_or("", String::as_str).parse::<PaperCode>() else {
        return Ok(Err(Problem::NotACode));
    };
    let path = side.settings.wave_files(seq).paper_codes();
    let codes = web::block(move || PaperCodes::load(&path)).await;
    let codes = codes.map_err(|_| Refusal::Unavailable)?.map_err(|_| Refusal::Unavailable)?;
    let Some(cohort) = codes.cohort(&code, &live.pinned.hash) else {
        return Ok(Err(Problem::NotACode));
    };
    // A card of another team does not become one of this team by saying so.
    let claimed = fields.get("cohort").map(|it| it.parse::<CohortId>());
    if claimed.is_some_and(|it| it.as_ref() != Ok(cohort)) {
        return Ok(Err(Problem::NotACode));
    }
    let writer = live.writer(cohort).ok_or(Refusal::WrongBox)?;
    let accepted = redeemer.seal_paper(cohort, &code, &sheet).map_err(|_| Refusal::Unavailable)?;
    match put(writer, accepted).await {
        Ok(Put::Taken) => Ok(Ok(())),
        Ok(Put::AlreadyRedeemed) => Ok(Err(Problem::Used)),
        Err(BoxError::Sealed) => Ok(Err(Problem::NotOpen)),
        Err(error) => {
            if !matches!(error, BoxError::Busy | BoxError::Closed) {
                live.note_box_failure();
            }
            Err(Refusal::Unavailable)
        }
    }
}

/// The answers in the form; `None` if it holds anything else.
fn sheet(of: &Questionnaire, fields: &BTreeMap<String, String>) -> Option<AnswerSheet> {
    let mut answers = vec![0_u8; of.items.len()];
    for (name, value) in fields {
        match name.strip_prefix('i') {
            Some(number) => {
                *answers.get_mut(number.parse::<usize>().ok()?)? = value.parse().ok()?;
            }
            None if matches!(name.as_str(), "code" | "wave" | "cohort") => {}
            None => return None,
        }
    }
    AnswerSheet::from_ballot(of.items.len(), &answers).ok()
}

/// A page that only says something: a heading and what follows it.
fn end(
    side: &BallotSide,
    reader: Reader,
    status: StatusCode,
    texts: &[&str],
) -> Result<HttpResponse, Refusal> {
    let mut said = texts.iter().map(|it| reader.0.tr(it));
    let page = PaperEndPage {
        shell: Shell::new(&side.settings, reader, ""),
        title: said.next().unwrap_or_default(),
        text: said.collect::<Vec<_>>().join(" "),
        again: status == StatusCode::FORBIDDEN,
    };
    let mut response = pages::answer(&page, POLICY)?;
    *response.status_mut() = status;
    Ok(response)
}

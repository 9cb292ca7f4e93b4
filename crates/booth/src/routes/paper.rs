//! Answering with a paper card, without JavaScript. The weaker way: answers arrive in the clear over
//! TLS and are sealed here, at once; the shuffled pile of cards is what unlinks.

use std::{collections::BTreeMap, sync::Arc};

use actix_web::{HttpRequest, HttpResponse, ResponseError as _, get, http::StatusCode, post, web};
use askama::Template;
use tideline_ballot::{
    ballot_box::{BoxError, Put},
    paper::{PaperCode, PaperCodes},
};
use tideline_domain::{AnswerSheet, CohortId, Phase, Questionnaire, WaveSeq};

use super::redeem::{names_somebody, put};
use crate::{
    BallotSide,
    asked::Asked,
    live::LiveWave,
    pages,
    refusal::Refusal,
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
        return end(
            &side,
            reader,
            StatusCode::OK,
            &["booth-idle", "booth-paper-nothing-open"],
            false,
        );
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

/// What a refused card is told, with words for the person in front of it, and whether the form comes again.
fn told(refusal: Refusal) -> (StatusCode, &'static [&'static str], bool) {
    let status = refusal.status_code();
    match refusal {
        Refusal::AlreadyRedeemed => (status, &["booth-paper-used", "booth-paper-used-text"], false),
        Refusal::Closed | Refusal::NotOpen => {
            (status, &["booth-closed", "booth-closed-nothing", "booth-closed-next"], false)
        }
        Refusal::InvalidToken => {
            (status, &["booth-paper-wrong-code", "booth-paper-wrong-code-text"], true)
        }
        Refusal::CredentialsNotAllowed => {
            (status, &["booth-rejected", "booth-paper-rejected-text"], true)
        }
        Refusal::Malformed | Refusal::NotFound => {
            (status, &["booth-rejected", "booth-paper-unreadable-text"], true)
        }
        Refusal::Unavailable | Refusal::WrongBox => {
            (status, &["booth-paper-busy", "booth-paper-busy-text"], true)
        }
    }
}

#[post("/paper")]
async fn answer(
    side: web::Data<BallotSide>,
    req: HttpRequest,
    reader: Reader,
    body: Result<web::Form<BTreeMap<String, String>>, actix_web::Error>,
) -> Result<HttpResponse, Refusal> {
    let taken = async {
        if names_somebody(&req) {
            return Err(Refusal::CredentialsNotAllowed);
        }
        let fields = body.map_err(|_| Refusal::Malformed)?.into_inner();
        let wave = fields.get("wave").and_then(|it| it.parse().ok()).unwrap_or(0);
        take(&side, WaveSeq(wave), &fields).await
    };
    let (status, texts, again) = match taken.await {
        Ok(()) => {
            let texts: &[&str] = &["booth-thanks", "booth-in-the-pool", "booth-paper-thrown"];
            (StatusCode::OK, texts, false)
        }
        Err(refusal) => told(refusal),
    };
    end(&side, reader, status, texts, again)
}

async fn take(
    side: &BallotSide,
    seq: WaveSeq,
    fields: &BTreeMap<String, String>,
) -> Result<(), Refusal> {
    let live = open_wave(side, seq)?;
    let redeemer = live.redeemer.as_ref().ok_or(Refusal::WrongBox)?;
    let sheet = sheet(live.questionnaire, fields).ok_or(Refusal::Malformed)?;
    let code: PaperCode =
        fields.get("code").and_then(|it| it.parse().ok()).ok_or(Refusal::InvalidToken)?;
    let path = side.settings.wave_files(seq).paper_codes();
    let codes = web::block(move || PaperCodes::load(&path)).await;
    let codes = codes.map_err(|_| Refusal::Unavailable)?.map_err(|_| Refusal::Unavailable)?;
    let cohort = codes.cohort(&code, &live.pinned.hash).ok_or(Refusal::InvalidToken)?;
    // A card of another team does not become one of this team by saying so.
    let claimed = fields.get("cohort").map(|it| it.parse::<CohortId>());
    if claimed.is_some_and(|it| it.as_ref() != Ok(cohort)) {
        return Err(Refusal::InvalidToken);
    }
    let writer = live.writer(cohort).ok_or(Refusal::WrongBox)?;
    let accepted = redeemer.seal_paper(cohort, &code, &sheet).map_err(|_| Refusal::Unavailable)?;
    match put(writer, accepted).await {
        Ok(Put::Taken) => Ok(()),
        Ok(Put::AlreadyRedeemed) => Err(Refusal::AlreadyRedeemed),
        Err(BoxError::Sealed) => Err(Refusal::Closed),
        Err(error) => {
            if !matches!(error, BoxError::Busy | BoxError::Closed) {
                live.note_box_failure();
            }
            Err(Refusal::Unavailable)
        }
    }
}

/// The wave of this number, if it is open. Nobody is told that one is over because it could not be taken up here.
fn open_wave(side: &BallotSide, seq: WaveSeq) -> Result<Arc<LiveWave>, Refusal> {
    let over = if side.live.any_missing() { Refusal::Unavailable } else { Refusal::Closed };
    let live = side.live.get(seq).ok_or(over)?;
    match live.wave.window.phase(side.now()) {
        Phase::Open => Ok(live),
        Phase::Announced | Phase::PickUp | Phase::Closed => Err(Refusal::Closed),
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
    again: bool,
) -> Result<HttpResponse, Refusal> {
    let mut said = texts.iter().map(|it| reader.0.tr(it));
    let page = PaperEndPage {
        shell: Shell::new(&side.settings, reader, ""),
        title: said.next().unwrap_or_default(),
        text: said.collect::<Vec<_>>().join(" "),
        again,
    };
    let mut response = pages::answer(&page, POLICY)?;
    *response.status_mut() = status;
    Ok(response)
}

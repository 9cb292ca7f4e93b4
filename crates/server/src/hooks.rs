//! Telling other programs and chat rooms that a wave is open, that results are out, that the report was
//! sent. Never with a figure: what they are told is the same for everybody in the organisation.
//!
//! Webhooks follow Standard Webhooks: HMAC-SHA256 over identifier, time and body, a secret that receivers
//! write as `whsec_` and base64.

use std::{cell::Cell, ops::ControlFlow};

use anyhow::Result;
use base64::{Engine as _, engine::general_purpose::STANDARD};
use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;
use hmac::{Hmac, Mac as _};
use serde_json::json;
use sha2::{Digest as _, Sha256};
use tideline_api::{HttpClient, HttpError, Reach};
use tideline_domain::{Phase, Wave};
use tideline_report::words;
use tideline_store::{DeliveryState, Notice, NoticeEvent, WaveSummary};
use tideline_text::{Language, Text};

use crate::{
    context::Context,
    queue::{self, LEASE, backoff},
};

/// Older events are not told to a hook that is new.
const RECENT: TimeDelta = TimeDelta::days(7);
/// Notices sent in one round, so that what happens meanwhile is queued in time.
const AT_ONCE: u32 = 20;
/// Attempts before a notice is given up.
const ATTEMPTS: u32 = 8;

/// A program or chat room that is told.
#[derive(Clone, PartialEq, Eq)]
pub struct Hook {
    /// Names it in the database; up to 60 characters.
    pub name: String,
    /// Where it listens.
    pub url: String,
    /// What it understands.
    pub kind: HookKind,
    /// The language of what people read.
    pub language: Language,
    /// How far requests to it may go.
    pub reach: Reach,
}

/// What a hook understands.
#[derive(Clone, PartialEq, Eq)]
pub enum HookKind {
    /// JSON, signed with this secret.
    Webhook {
        /// 24 to 64 bytes; see [`secret`].
        secret: Vec<u8>,
    },
    /// A Slack incoming webhook.
    Slack,
    /// A Microsoft Teams incoming webhook (adaptive card).
    Teams,
}

/// The bytes that sign, from a secret as it is set: `whsec_` and base64 stand for the bytes themselves, as
/// the libraries of Standard Webhooks read it; anything else is taken as it is written.
///
/// # Errors
///
/// What is wrong with it.
pub fn secret(written: &str) -> Result<Vec<u8>, &'static str> {
    let bytes = match written.strip_prefix("whsec_") {
        Some(encoded) => STANDARD
            .decode(encoded)
            .map_err(|_| "its secret begins with whsec_, but what follows is not base64")?,
        None => written.as_bytes().to_vec(),
    };
    match bytes.len() {
        24..=64 => Ok(bytes),
        0..24 => Err("its secret needs 24 bytes or more; it signs what is sent"),
        _ => Err("its secret may have 64 bytes at most"),
    }
}

/// Queues what has happened, and sends what is queued.
///
/// # Errors
///
/// If the database fails. A hook that does not answer is tried again later.
pub fn work(context: &Context) -> Result<()> {
    work_while(context, || true)
}

/// The same, as long as `go_on` says so before each notice.
///
/// # Errors
///
/// If the database fails. A hook that does not answer is tried again later.
pub fn work_while(context: &Context, go_on: impl Fn() -> bool) -> Result<()> {
    if context.config.hooks.is_empty() {
        return Ok(());
    }
    let now = context.now();
    for record in context.store.wave_summaries()? {
        for event in happened(context, &record, now)? {
            for hook in &context.config.hooks {
                context.store.queue_notice(event, record.wave.seq, &hook.name)?;
            }
        }
    }
    let (anywhere, public) =
        (HttpClient::reaching(Reach::Anywhere), HttpClient::reaching(Reach::Public));
    let left = Cell::new(AT_ONCE);
    let one_more = || go_on() && left.replace(left.get().saturating_sub(1)) > 0;
    let store = &context.store;
    queue::drain(
        one_more,
        || Ok(store.claim_notice(context.now(), LEASE)?),
        |notice| {
            let sent = match context.config.hooks.iter().find(|it| it.name == notice.hook) {
                // The hook was taken out of the settings: nothing is left to be done.
                None => true,
                Some(hook) => {
                    let wave = store.wave(notice.wave)?.wave;
                    let origin = context.config.app_origin.as_str();
                    let place = Place { origin, zone: context.zone()? };
                    let client = if hook.reach == Reach::Public { &public } else { &anywhere };
                    match request(hook, &notice, &wave, place, context.now()) {
                        Ok(request) => took(&hook.name, client.send(request)),
                        Err(error) => {
                            tracing::error!(
                                hook = hook.name,
                                error = format!("{error:#}"),
                                "no notice could be written"
                            );
                            false
                        }
                    }
                }
            };
            if sent {
                queue::record(|| Ok(store.notice_sent(&notice)?))?;
            } else {
                let again = notice.attempt < ATTEMPTS;
                store.notice_failed(
                    &notice,
                    again.then(|| context.now() + backoff(notice.attempt)),
                )?;
            }
            Ok(ControlFlow::Continue(()))
        },
    )
}

/// Whether a hook took what it was sent; if not, the log says why.
fn took(hook: &str, answer: Result<http::Response<Vec<u8>>, HttpError>) -> bool {
    match answer.map(|it| it.status()) {
        Ok(status) if status.is_success() => return true,
        Ok(status) if status.is_redirection() => {
            tracing::warn!(
                hook,
                status = status.as_u16(),
                "hook has moved; redirects are not followed"
            );
        }
        Ok(status) => tracing::warn!(hook, status = status.as_u16(), "hook refused"),
        Err(_) => tracing::warn!(
            hook,
            "hook did not answer, or has a private address (allowed by `private = true`)"
        ),
    }
    false
}

/// What has happened to a wave lately.
fn happened(
    context: &Context,
    record: &WaveSummary,
    now: DateTime<Utc>,
) -> Result<Vec<NoticeEvent>> {
    let mut events = Vec::new();
    let window = record.wave.window;
    if window.phase(now) == Phase::Open && now - window.opens() <= RECENT {
        events.push(NoticeEvent::WaveOpened);
    }
    if record.released && now - window.closes() <= RECENT {
        events.push(NoticeEvent::ResultsPublished);
    }
    // The calendar may send reports weeks after the release. Other mails are not waited for, nor who chose
    // to get none.
    if record.released {
        let reports = context.store.report_deliveries(record.wave.seq)?;
        let last = reports.iter().filter_map(|it| it.sent_at).max();
        let settled = reports.iter().all(|it| it.state != DeliveryState::Queued);
        if settled && last.is_some_and(|it| now - it <= RECENT) {
            events.push(NoticeEvent::ReportSent);
        }
    }
    Ok(events)
}

/// Where this installation is, and by whose clocks its days are told.
#[derive(Clone, Copy)]
struct Place<'a> {
    origin: &'a str,
    zone: Tz,
}

fn request(
    hook: &Hook,
    notice: &Notice,
    wave: &Wave,
    place: Place<'_>,
    now: DateTime<Utc>,
) -> Result<http::Request<Vec<u8>>> {
    let builder = http::Request::post(&hook.url).header("content-type", "application/json");
    let said = sentence(notice.event, wave, place.zone, Text::new(hook.language));
    let link = link(notice.event, wave, place.origin);
    Ok(match &hook.kind {
        HookKind::Slack => {
            builder.body(json!({ "text": format!("{said} {link}") }).to_string().into())?
        }
        HookKind::Teams => builder.body(
            json!({
                "type": "message",
                "attachments": [{
                    "contentType": "application/vnd.microsoft.card.adaptive",
                    "content": {
                        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
                        "type": "AdaptiveCard",
                        "version": "1.4",
                        "body": [{ "type": "TextBlock", "text": said, "wrap": true }],
                        "actions": [{ "type": "Action.OpenUrl", "title": "Tideline", "url": link }],
                    },
                }],
            })
            .to_string()
            .into(),
        )?,
        HookKind::Webhook { secret } => {
            let body = json!({
                "type": notice.event.code(),
                "timestamp": now,
                "data": {
                    "wave": wave.seq.0,
                    "label": wave.label.as_str(),
                    "opens": wave.window.opens(),
                    "closes": wave.window.closes(),
                    "last_day": wave.window.last_day(&place.zone),
                    "url": link,
                },
            })
            .to_string();
            let id = identifier(notice, wave);
            builder
                .header("webhook-id", &id)
                .header("webhook-timestamp", now.timestamp())
                .header("webhook-signature", signature(secret, &id, now, &body))
                .body(body.into())?
        }
    })
}

/// The same for each attempt, another for each hook. A header takes ASCII, a hook's name any letter.
fn identifier(notice: &Notice, wave: &Wave) -> String {
    let of_hook = Sha256::digest(notice.hook.as_bytes());
    let of_hook: String = of_hook[..6].iter().map(|it| format!("{it:02x}")).collect();
    format!("{}.{}.{of_hook}", notice.event.code(), wave.seq)
}

/// `v1,` and the HMAC-SHA256 of identifier, time and body, as Standard Webhooks has it.
fn signature(secret: &[u8], id: &str, at: DateTime<Utc>, body: &str) -> String {
    // HMAC takes keys of any length.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret) else { return String::new() };
    mac.update(format!("{id}.{}.{body}", at.timestamp()).as_bytes());
    format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes()))
}

fn sentence(event: NoticeEvent, wave: &Wave, zone: Tz, t: Text) -> String {
    match event {
        NoticeEvent::WaveOpened => {
            t.tr1("hook-wave-opened", "date", words::last_day(&wave.window, &zone, t))
        }
        NoticeEvent::ResultsPublished => t.tr("hook-results-published"),
        NoticeEvent::ReportSent => t.tr("hook-report-sent"),
    }
}

fn link(event: NoticeEvent, wave: &Wave, origin: &str) -> String {
    match event {
        NoticeEvent::WaveOpened => format!("{origin}/"),
        NoticeEvent::ResultsPublished => format!("{origin}/results"),
        NoticeEvent::ReportSent => format!("{origin}/org/reports/{}", wave.seq),
    }
}

#[cfg(test)]
mod tests {
    use tideline_domain::{InstrumentId, WaveSeq, Window};

    use super::*;

    fn wave() -> Wave {
        let day = |day: u32| format!("2026-11-{day:02}T00:00:00Z").parse().unwrap();
        Wave {
            seq: WaveSeq(3),
            label: "2026-11".parse().unwrap(),
            asks: InstrumentId::PULSE,
            window: Window::new(day(1), day(8), day(20)).unwrap(),
        }
    }

    fn sent(kind: HookKind, event: NoticeEvent, language: Language) -> http::Request<Vec<u8>> {
        let hook = Hook {
            name: "Büro".into(),
            url: "https://example.org/h".into(),
            kind,
            language,
            reach: Reach::Public,
        };
        let notice = Notice { event, wave: WaveSeq(3), hook: "Büro".into(), attempt: 1 };
        let now = "2026-11-20T09:00:00Z".parse().unwrap();
        let place = Place { origin: "https://app.example.org", zone: Tz::UTC };
        request(&hook, &notice, &wave(), place, now).unwrap()
    }

    fn body(request: &http::Request<Vec<u8>>) -> serde_json::Value {
        serde_json::from_slice(request.body()).unwrap()
    }

    #[test]
    fn chats_get_a_sentence_in_their_language_and_a_link() {
        let slack = sent(HookKind::Slack, NoticeEvent::WaveOpened, Language::English);
        let text = body(&slack)["text"].as_str().unwrap().to_owned();
        assert!(text.contains("19 November 2026") && text.ends_with("https://app.example.org/"));
        let teams = sent(HookKind::Teams, NoticeEvent::ResultsPublished, Language::German);
        let card = &body(&teams)["attachments"][0]["content"];
        assert!(card["body"][0]["text"].as_str().unwrap().contains("Ergebnisse"));
        assert_eq!(card["actions"][0]["url"], "https://app.example.org/results");
    }

    #[test]
    fn webhooks_are_signed_over_identifier_time_and_body() {
        let secret = b"0123456789abcdef01234567".to_vec();
        let kind = HookKind::Webhook { secret: secret.clone() };
        let request = sent(kind, NoticeEvent::ReportSent, Language::English);
        let header = |name: &str| request.headers()[name].to_str().unwrap();
        assert!(
            header("webhook-id").starts_with("report.sent.3."),
            "in ASCII, whatever a hook is called"
        );
        let text = std::str::from_utf8(request.body()).unwrap();
        let mut mac = Hmac::<Sha256>::new_from_slice(&secret).unwrap();
        let (id, at) = (header("webhook-id"), header("webhook-timestamp"));
        mac.update(format!("{id}.{at}.{text}").as_bytes());
        let expected = format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes()));
        assert_eq!(header("webhook-signature"), expected);
        assert_eq!(body(&request)["type"], "report.sent");
    }

    #[test]
    fn nobody_is_told_a_figure_or_a_unit() {
        for event in NoticeEvent::ALL {
            let kind = HookKind::Webhook { secret: vec![1; 24] };
            let data = body(&sent(kind, event, Language::English))["data"].clone();
            let keys: Vec<_> = data.as_object().unwrap().keys().cloned().collect();
            assert_eq!(keys, ["closes", "label", "last_day", "opens", "url", "wave"]);
        }
    }
}

//! Telling other programs and chat rooms that a wave is open, that results are out, that the report was
//! sent. Never with a figure: what they are told is the same for everybody in the organisation.
//!
//! Webhooks are signed as Standard Webhooks does it (HMAC-SHA256 over identifier, time and body).

use anyhow::Result;
use base64::{Engine as _, engine::general_purpose::STANDARD};
use chrono::{DateTime, TimeDelta, Utc};
use hmac::{Hmac, Mac as _};
use serde_json::json;
use sha2::Sha256;
use tideline_api::HttpClient;
use tideline_domain::{Phase, Wave};
use tideline_store::{DeliveryState, Notice, NoticeEvent, WaveRecord};
use tideline_text::{Language, Text};

use crate::context::Context;

/// Older events are not told to a hook that is new.
const RECENT: TimeDelta = TimeDelta::days(7);
/// Notices sent in one round of jobs, so that others get their turn.
const AT_ONCE: usize = 20;

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
}

/// What a hook understands.
#[derive(Clone, PartialEq, Eq)]
pub enum HookKind {
    /// JSON, signed with this secret.
    Webhook {
        /// At least 24 bytes.
        secret: Vec<u8>,
    },
    /// A Slack incoming webhook.
    Slack,
    /// A Microsoft Teams incoming webhook (adaptive card).
    Teams,
}

/// Queues what has happened, and sends what is queued.
///
/// # Errors
///
/// If the database fails. A hook that does not answer is tried again later.
pub fn work(context: &Context) -> Result<()> {
    if context.config.hooks.is_empty() {
        return Ok(());
    }
    let now = context.now();
    for record in context.store.waves()? {
        for event in happened(context, &record, now)? {
            for hook in &context.config.hooks {
                context.store.queue_notice(event, record.wave.seq, &hook.name)?;
            }
        }
    }
    let client = HttpClient::default();
    for _ in 0..AT_ONCE {
        let Some(notice) = context.store.claim_notice(now)? else { break };
        let hook = context.config.hooks.iter().find(|it| it.name == notice.hook);
        let sent = match hook {
            // The hook was taken out of the settings: nothing is left to be done.
            None => true,
            Some(hook) => {
                let wave = context.store.wave(notice.wave)?.wave;
                let origin = context.config.app_origin.as_str();
                match request(hook, &notice, &wave, origin, now).map(|it| client.send(it)) {
                    Ok(Ok(answer)) if answer.status().is_success() => true,
                    Ok(Ok(answer)) => {
                        tracing::warn!(
                            hook = hook.name,
                            status = answer.status().as_u16(),
                            "hook refused"
                        );
                        false
                    }
                    Ok(Err(_)) | Err(_) => {
                        tracing::warn!(hook = hook.name, "hook did not answer");
                        false
                    }
                }
            }
        };
        context.store.notice_tried(&notice, sent, now)?;
    }
    Ok(())
}

/// What has happened to a wave lately.
fn happened(
    context: &Context,
    record: &WaveRecord,
    now: DateTime<Utc>,
) -> Result<Vec<NoticeEvent>> {
    let mut events = Vec::new();
    let window = record.wave.window;
    if window.phase(now) == Phase::Open && now - window.opens() <= RECENT {
        events.push(NoticeEvent::WaveOpened);
    }
    if record.released && now - window.closes() <= RECENT {
        events.push(NoticeEvent::ResultsPublished);
        let mails = context.store.deliveries(record.wave.seq)?;
        let of = |state| mails.iter().filter(|it| it.state == state).count();
        // Who chose to get no mail is not waited for.
        let (sent, dropped) = (of(DeliveryState::Sent), of(DeliveryState::Dropped));
        if sent > 0 && sent + dropped == mails.len() {
            events.push(NoticeEvent::ReportSent);
        }
    }
    Ok(events)
}

fn request(
    hook: &Hook,
    notice: &Notice,
    wave: &Wave,
    origin: &str,
    now: DateTime<Utc>,
) -> Result<http::Request<Vec<u8>>> {
    let builder = http::Request::post(&hook.url).header("content-type", "application/json");
    let said = sentence(notice.event, wave, Text::new(hook.language));
    let link = link(notice.event, wave, origin);
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
                    "url": link,
                },
            })
            .to_string();
            let id = format!("{}.{}.{}", notice.event.code(), wave.seq, notice.hook);
            builder
                .header("webhook-id", &id)
                .header("webhook-timestamp", now.timestamp())
                .header("webhook-signature", signature(secret, &id, now, &body))
                .body(body.into())?
        }
    })
}

/// `v1,` and the HMAC-SHA256 of identifier, time and body, as Standard Webhooks has it.
fn signature(secret: &[u8], id: &str, at: DateTime<Utc>, body: &str) -> String {
    // HMAC takes keys of any length.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret) else { return String::new() };
    mac.update(format!("{id}.{}.{body}", at.timestamp()).as_bytes());
    format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes()))
}

fn sentence(event: NoticeEvent, wave: &Wave, t: Text) -> String {
    let last = (wave.window.closes() - TimeDelta::seconds(1)).date_naive();
    match event {
        NoticeEvent::WaveOpened => t.tr1("hook-wave-opened", "date", t.date(last)),
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
        let hook =
            Hook { name: "chat".into(), url: "https://example.org/h".into(), kind, language };
        let notice = Notice { event, wave: WaveSeq(3), hook: "chat".into(), attempt: 1 };
        let now = "2026-11-20T09:00:00Z".parse().unwrap();
        request(&hook, &notice, &wave(), "https://app.example.org", now).unwrap()
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
        assert_eq!(header("webhook-id"), "report.sent.3.chat");
        let text = std::str::from_utf8(request.body()).unwrap();
        let mut mac = Hmac::<Sha256>::new_from_slice(&secret).unwrap();
        mac.update(format!("report.sent.3.chat.{}.{text}", header("webhook-timestamp")).as_bytes());
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
            assert_eq!(keys, ["closes", "label", "opens", "url", "wave"]);
        }
    }
}

//! Webhooks and chat messages, sent to a listener on this machine: signed, tried again, each once, and
//! without a figure.

use std::{
    collections::BTreeMap,
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::TcpListener,
    sync::{Arc, Mutex},
    thread,
};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use chrono::TimeDelta;
use hmac::{Hmac, Mac as _};
use sha2::Sha256;
use tideline_api::Reach;
use tideline_domain::Window;
use tideline_server::hooks::{self, Hook, HookKind};
use tideline_text::Language;

use crate::{
    journey::roster,
    support::{Instance, day},
};

/// What arrived: where, its headers with names in lower case, its body.
#[derive(Debug, Clone)]
pub(crate) struct Arrived {
    pub(crate) path: String,
    pub(crate) headers: BTreeMap<String, String>,
    pub(crate) body: String,
}

impl Arrived {
    fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).unwrap()
    }
}

/// Listens for requests; the first `refused` get 503. The thread ends with the test's process.
pub(crate) fn listener(refused: usize) -> (u16, Arc<Mutex<Vec<Arrived>>>) {
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let port = listener.local_addr().unwrap().port();
    let all = Arc::new(Mutex::new(Vec::new()));
    let shelf = Arc::clone(&all);
    thread::spawn(move || {
        for (at, stream) in listener.incoming().take(50).enumerate() {
            let mut out = stream.unwrap();
            let mut reader = BufReader::new(out.try_clone().unwrap());
            let mut line = String::new();
            reader.read_line(&mut line).unwrap();
            let path = line.split(' ').nth(1).unwrap().to_owned();
            let mut headers = BTreeMap::new();
            loop {
                line.clear();
                reader.read_line(&mut line).unwrap();
                let Some((name, value)) = line.trim_end().split_once(": ") else { break };
                headers.insert(name.to_lowercase(), value.to_owned());
            }
            let mut body = vec![0; headers["content-length"].parse().unwrap()];
            reader.read_exact(&mut body).unwrap();
            shelf.lock().unwrap().push(Arrived {
                path,
                headers,
                body: String::from_utf8(body).unwrap(),
            });
            let status = if at < refused { "503 Later" } else { "200 OK" };
            let reply =
                format!("HTTP/1.1 {status}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
            out.write_all(reply.as_bytes()).unwrap();
        }
    });
    (port, all)
}

/// Whether a webhook is signed as Standard Webhooks has it.
fn is_signed(it: &Arrived, secret: &[u8]) -> bool {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret).unwrap();
    let (id, at) = (&it.headers["webhook-id"], &it.headers["webhook-timestamp"]);
    mac.update(format!("{id}.{at}.{}", it.body).as_bytes());
    let signature = it.headers["webhook-signature"].strip_prefix("v1,").unwrap();
    mac.verify_slice(&STANDARD.decode(signature).unwrap()).is_ok()
}

#[test]
fn programs_and_chats_are_told_each_event_once_and_no_figure() {
    let (port, all) = listener(1);
    let secret = b"a secret of 24 bytes or more".to_vec();
    let hook = |name: &str, kind, language| Hook {
        name: name.to_owned(),
        url: format!("http://127.0.0.1:{port}/{name}"),
        kind,
        language,
        reach: Reach::Anywhere,
    };
    let hooks = vec![
        hook("program", HookKind::Webhook { secret: secret.clone() }, Language::English),
        hook("slack", HookKind::Slack, Language::English),
        hook("teams", HookKind::Teams, Language::German),
    ];
    let tideline = Instance::start_with(None, day(3, 1), |config| config.hooks = hooks);
    tideline.import(&roster());
    let seq = tideline.announce("2026-03", Window::new(day(3, 2), day(3, 2), day(3, 16)).unwrap());
    let told = || all.lock().unwrap().clone();

    tideline.clock.set(day(3, 2));
    hooks::work(&tideline.context).unwrap();
    assert_eq!(told().len(), 3, "the check-in is open");
    hooks::work(&tideline.context).unwrap();
    assert_eq!(told().len(), 3, "the one that refused is not asked again at once");
    tideline.clock.set(day(3, 2) + TimeDelta::minutes(2));
    hooks::work(&tideline.context).unwrap();
    assert_eq!(told().len(), 4, "it is asked again, the others are not");

    tideline.clock.set(day(3, 17));
    tideline.close(seq);
    hooks::work(&tideline.context).unwrap();
    assert_eq!(told().len(), 7, "results are out");
    tideline.deliver();
    hooks::work(&tideline.context).unwrap();
    assert_eq!(told().len(), 10, "the report was sent");
    tideline.clock.set(day(3, 18));
    hooks::work(&tideline.context).unwrap();
    let told = told();
    assert_eq!(told.len(), 10, "each event once");

    let of = |path: &str| told.iter().filter(|it| it.path == path).cloned().collect::<Vec<_>>();
    let events: Vec<String> = of("/program")
        .iter()
        .map(|it| {
            assert!(
                is_signed(it, &secret) && !is_signed(it, b"another secret of 24 bytes"),
                "{it:?}"
            );
            let data = it.json()["data"].clone();
            let keys: Vec<_> = data.as_object().unwrap().keys().cloned().collect();
            assert_eq!(keys, ["closes", "label", "last_day", "opens", "url", "wave"]);
            it.json()["type"].as_str().unwrap().to_owned()
        })
        .collect();
    let opened = events[0].clone();
    assert_eq!(events.iter().filter(|it| **it == opened).count(), 2, "{events:?}");
    assert_eq!(
        events[2..].iter().collect::<std::collections::BTreeSet<_>>().len(),
        2,
        "{events:?}"
    );

    let mut changed = of("/program")[0].clone();
    changed.body = changed.body.replace("2026-03", "2026-04");
    assert!(!is_signed(&changed, &secret), "what was changed on its way is told apart");

    let slack = of("/slack");
    assert!(
        slack.iter().all(|it| it.json()["text"].as_str().unwrap().contains("http://localhost"))
    );
    assert!(slack[0].body.contains("A check-in is open until 16 March 2026"), "{}", slack[0].body);
    let teams = of("/teams");
    let card = |it: &Arrived| it.json()["attachments"][0]["content"]["body"][0]["text"].clone();
    assert!(card(&teams[0]).as_str().unwrap().contains("16. März 2026"), "{}", teams[0].body);
    for it in &told {
        assert!(
            !["Elm", "Oak", "Ash", "Harbour"].iter().any(|unit| it.body.contains(unit)),
            "{it:?}"
        );
    }
}

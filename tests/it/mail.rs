//! Mails by a mail server: what it may do, and what becomes of a mail then. `docs/mail.md` tells what is
//! seen here.

use std::{fs, net::TcpListener, time::Duration};

use chrono::TimeDelta;
use tideline_api::{AuthKeys, seal_mail_server};
use tideline_domain::{WaveSeq, Window};
use tideline_report::mailer::{Sender, Smtp};
use tideline_server::{
    config::{MailRoute, WaveMail},
    context::Context,
    outbox, serve,
};
use tideline_store::{Actor, AuditEntry, DeliveryRecord, DeliveryState};

use crate::{
    journey::roster,
    smtp::{Authority, MailServer, Manner, Safety, Taken},
    support::{Instance, day},
};

const REPORT_DAY: (u32, u32) = (3, 17);

/// An installation with one mail to be sent: HR's report of the first wave.
fn with_report(smtp: Smtp) -> (Instance, WaveSeq) {
    let tideline = Instance::start_with(None, day(3, 1), |config| {
        config.mail = MailRoute::Smtp(smtp);
    });
    tideline.import(&roster());
    let seq = tideline.announce("2026-03", Window::new(day(3, 2), day(3, 2), day(3, 16)).unwrap());
    tideline.clock.set(day(REPORT_DAY.0, REPORT_DAY.1));
    tideline.close(seq);
    (tideline, seq)
}

fn report(tideline: &Instance, seq: WaveSeq) -> DeliveryRecord {
    let [report] = <[DeliveryRecord; 1]>::try_from(tideline.context.store.deliveries(seq).unwrap())
        .expect("one mail");
    report
}

/// Goes on until the report is sent or given up; the clock is put to each next attempt.
fn until_settled(tideline: &Instance, seq: WaveSeq) -> DeliveryRecord {
    for _ in 0..100 {
        tideline.deliver();
        let report = report(tideline, seq);
        match report.retry_at {
            Some(at) => tideline.clock.set(at + TimeDelta::seconds(1)),
            None => return report,
        }
    }
    panic!("the report is neither sent nor given up");
}

fn url(server: &MailServer) -> String {
    format!("smtp://user:secret@localhost:{}", server.port)
}

/// Sends the report through a mail server that treats its attempts as `manners` say, and says what came of
/// it: state, attempts, and copies that the server took.
#[track_caller]
fn check(manners: &[Manner], expected: (DeliveryState, u32, usize)) {
    let server = MailServer::plain();
    server.does(manners);
    let patience = Duration::from_secs(if manners.contains(&Manner::FallsSilent) { 1 } else { 30 });
    let (tideline, seq) = with_report(Smtp { patience, ..Smtp::new(url(&server), None) });
    let settled = until_settled(&tideline, seq);
    let taken = server.taken();
    assert_eq!((settled.state, settled.attempts, taken.len()), expected, "{settled:?}");
    for copy in &taken {
        assert_eq!(copy.to, "hedda@harbour.example");
        assert_eq!(copy.header("Subject"), "Wellbeing summary, March 2026");
        assert!(copy.text.contains("application/pdf"));
        assert_eq!(copy, &taken[0], "every copy is the same, its Message-ID too");
    }
    let reason = settled.reason.unwrap_or_default();
    assert!(!reason.contains('@') && !reason.contains("hedda"), "{reason}");
    let connections = server.connections();
    tideline.clock.set(day(3, 28));
    assert_eq!(tideline.deliver(), 0, "nothing is left to be done");
    assert_eq!(server.connections(), connections);
}

#[test]
fn a_mail_that_is_taken_is_sent_once() {
    check(&[], (DeliveryState::Sent, 1, 1));
}

#[test]
fn a_server_that_asks_to_wait_is_asked_again() {
    check(&[Manner::AsksToWait; 2], (DeliveryState::Sent, 3, 1));
}

#[test]
fn a_refusal_is_believed_the_third_time() {
    check(&[Manner::Refuses], (DeliveryState::Sent, 2, 1));
    check(&[Manner::Refuses; 3], (DeliveryState::Failed, 3, 0));
    check(&[Manner::RefusesContents; 3], (DeliveryState::Failed, 3, 0));
}

#[test]
fn a_connection_that_breaks_before_the_end_delays_a_mail() {
    check(&[Manner::HangsUpBefore], (DeliveryState::Sent, 2, 1));
    check(&[Manner::HangsUpWithin, Manner::HangsUpWithin], (DeliveryState::Sent, 3, 1));
    check(&[Manner::FallsSilent], (DeliveryState::Sent, 2, 1));
}

#[test]
fn a_mail_that_was_taken_without_a_word_comes_again_as_the_same_mail() {
    check(&[Manner::TakesUnsaid], (DeliveryState::Sent, 2, 2));
}

#[test]
fn a_server_that_lets_nobody_in_is_not_taken_for_one_that_refuses_the_mail() {
    check(&[Manner::SendsAway; 5], (DeliveryState::Sent, 6, 1));
    check(&[Manner::RefusesPassword; 5], (DeliveryState::Sent, 6, 1));
}

fn free_port() -> u16 {
    TcpListener::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap().port()
}

#[test]
fn a_dead_server_is_waited_for_five_days_and_then_a_person_decides() {
    let port = free_port();
    let (tideline, seq) = with_report(Smtp::new(format!("smtp://127.0.0.1:{port}"), None));
    let given_up = until_settled(&tideline, seq);
    assert_eq!(given_up.state, DeliveryState::Failed);
    let waited = tideline.context.now() - day(REPORT_DAY.0, REPORT_DAY.1);
    assert!((4..=5).contains(&waited.num_days()), "{waited}");
    let health = tideline.context.store.mail_health(tideline.context.now(), day(3, 1)).unwrap();
    assert_eq!(health.failed, 1);
    let why = "the mail server did not take the mail: it could not be reached, or hung up";
    assert_eq!(health.reason.as_deref(), Some(why));

    let server = MailServer::plain_at(port);
    assert_eq!(tideline.context.store.retry_deliveries(tideline.context.now()).unwrap(), 1);
    assert_eq!(tideline.deliver(), 1);
    assert_eq!(server.taken().len(), 1);
}

#[test]
fn a_program_that_was_off_for_long_still_tries_more_than_once() {
    let server = MailServer::plain();
    server.does(&[Manner::SendsAway; 3]);
    let (tideline, seq) = with_report(Smtp::new(url(&server), None));
    tideline.clock.set(day(4, 17));
    assert_eq!(until_settled(&tideline, seq).state, DeliveryState::Sent);
    assert_eq!(server.taken().len(), 1);
}

#[test]
fn many_mails_ask_a_dead_server_once_and_all_come_when_it_is_back() {
    let port = free_port();
    let tideline = Instance::start_with(None, day(3, 1), |config| {
        config.mail = MailRoute::Smtp(Smtp::new(format!("smtp://127.0.0.1:{port}"), None));
        config.about_waves = vec![WaveMail::Opens];
    });
    tideline.import(&roster());
    let seq = tideline.announce("2026-03", Window::new(day(3, 2), day(3, 2), day(3, 16)).unwrap());
    tideline.clock.set(day(3, 2));
    let queued = outbox::fill(&tideline.context).unwrap();
    assert!(queued > 20, "{queued}");
    for tried in 1..=3 {
        let round = outbox::deliver(&tideline.context).unwrap();
        assert_eq!((round.sent, round.down), (0, true));
        let all = tideline.context.store.deliveries(seq).unwrap();
        assert_eq!(all.iter().map(|it| it.attempts).sum::<u32>(), tried, "the rest just waits");
    }

    let server = MailServer::plain_at(port);
    tideline.clock.set(day(3, 2) + TimeDelta::minutes(2));
    assert_eq!(tideline.deliver(), queued);
    let mut to: Vec<String> = server.taken().into_iter().map(|it| it.to).collect();
    to.sort();
    to.dedup();
    assert_eq!((to.len(), server.taken().len()), (queued, queued));
}

#[test]
fn a_refusal_of_one_mail_does_not_hold_up_the_others() {
    let server = MailServer::plain();
    server.does(&[Manner::Refuses, Manner::AsksToWait, Manner::RefusesContents]);
    let tideline = Instance::start_with(None, day(3, 1), |config| {
        config.mail = MailRoute::Smtp(Smtp::new(url(&server), None));
        config.about_waves = vec![WaveMail::Opens];
    });
    tideline.import(&roster());
    tideline.announce("2026-03", Window::new(day(3, 2), day(3, 2), day(3, 16)).unwrap());
    tideline.clock.set(day(3, 2));
    let queued = outbox::fill(&tideline.context).unwrap();
    assert_eq!(tideline.deliver(), queued - 3);
    tideline.clock.set(day(3, 2) + TimeDelta::minutes(2));
    assert_eq!(tideline.deliver(), 3);
}

/// Sends the report by `url`, trusting `trusted`; returns what the server took and heard in the clear.
fn by_tls(
    server: &MailServer,
    scheme: &str,
    trusted: Option<&Authority>,
) -> (Vec<Taken>, Vec<String>, Option<String>) {
    let url = format!("{scheme}://user:secret@localhost:{}", server.port);
    let (tideline, seq) = with_report(Smtp::new(url, trusted.map(|it| it.pem.clone())));
    tideline.deliver();
    (server.taken(), server.heard_in_the_clear(), report(&tideline, seq).reason)
}

#[test]
fn mails_go_by_tls_from_the_first_byte_or_after_starttls() {
    let authority = Authority::new();
    let server = MailServer::safe(Safety::Implicit, &authority);
    let (taken, clear, reason) = by_tls(&server, "smtps", Some(&authority));
    assert_eq!((taken.len(), clear, reason), (1, vec![], None));

    let server = MailServer::safe(Safety::StartTls, &authority);
    let (taken, clear, reason) = by_tls(&server, "smtp+starttls", Some(&authority));
    assert_eq!((taken.len(), reason), (1, None));
    assert_eq!(clear.last().map(String::as_str), Some("STARTTLS"));
    assert_eq!(clear.len(), 2, "nothing but a greeting before: {clear:?}");
}

#[test]
fn nothing_is_told_to_a_server_that_cannot_be_trusted() {
    let (authority, other) = (Authority::new(), Authority::new());
    for (safety, scheme) in [(Safety::Implicit, "smtps"), (Safety::StartTls, "smtp+starttls")] {
        for trusted in [None, Some(&other)] {
            let server = MailServer::safe(safety, &authority);
            let (taken, clear, reason) = by_tls(&server, scheme, trusted);
            assert!(taken.is_empty() && clear.len() <= 2, "{clear:?}");
            assert!(reason.is_some_and(|it| it.contains("certificate")));
        }
    }
}

#[test]
fn a_server_without_tls_gets_no_password_and_no_mail_by_a_safe_url() {
    for scheme in ["smtp+starttls", "smtps"] {
        let server = MailServer::plain();
        let (taken, clear, reason) = by_tls(&server, scheme, None);
        let told = clear.iter().any(|it| it.contains("AUTH") || it.contains("MAIL"));
        assert!(taken.is_empty() && !told, "{clear:?}");
        assert!(reason.is_some());
    }
}

fn with_administrator() -> String {
    roster() + "Harbour,,Ada Adler,ada@harbour.example,admin\n"
}

/// Posts the form for the mail server as the administrator; what came back, and its page.
fn name_server(
    tideline: &Instance,
    cookie: &str,
    port: u16,
    more: &[(&str, &str)],
) -> (u16, String) {
    let me = tideline.get(&tideline.app("/api/v1/me"), Some(cookie)).1;
    let me: serde_json::Value = serde_json::from_str(&me).unwrap();
    let port = port.to_string();
    let mut fields = vec![
        ("csrf", me["csrf"].as_str().unwrap()),
        ("host", "localhost"),
        ("port", port.as_str()),
        ("security", "none"),
        ("from", "Wellbeing <care@example.org>"),
        ("reply_to", "help@example.org"),
    ];
    fields.retain(|it| more.iter().all(|of| of.0 != it.0));
    fields.extend(more);
    tideline.form("/admin/mail/server", Some(cookie), &fields)
}

#[test]
fn a_mail_server_is_named_on_the_page_once_it_took_a_mail() {
    let tideline = Instance::start(None, day(3, 1));
    tideline.import(&with_administrator());
    let cookie = tideline.session("ada@harbour.example");
    let server = MailServer::plain();
    let kept = |tideline: &Instance| tideline.context.store.mail_server().unwrap();

    // One that does not answer, or refuses, changes nothing; nor does a form with a fault.
    let (status, page) = name_server(&tideline, &cookie, free_port(), &[]);
    assert_eq!(status, 502, "{page}");
    assert!(page.contains("could not be reached"), "{page}");
    server.does(&[Manner::Refuses]);
    assert_eq!(name_server(&tideline, &cookie, server.port, &[]).0, 502);
    let clear = [("user", "care"), ("password", "hunter2-unique")];
    let (status, page) = name_server(&tideline, &cookie, server.port, &clear);
    assert_eq!(status, 422, "{page}");
    assert!(page.contains("#server-security") && !page.contains("hunter2-unique"), "{page}");
    assert!(kept(&tideline).is_none() && !tideline.context.mailer.is_smtp());
    assert!(server.taken().is_empty());

    // One that takes the test mail is kept, and mails go by it at once.
    assert_eq!(name_server(&tideline, &cookie, server.port, &[]).0, 303);
    assert_eq!(server.taken()[0].to, "ada@harbour.example");
    assert_eq!(server.taken()[0].header("From"), "Wellbeing <care@example.org>");
    assert_eq!(server.taken()[0].header("Reply-To"), "help@example.org");
    assert_eq!(tideline.form("/sign-in", None, &[("email", "mona@harbour.example")]).0, 303);
    for _ in 0..400 {
        if server.taken().len() == 2 {
            break;
        }
        std::thread::sleep(Duration::from_millis(25));
    }
    assert_eq!(server.taken()[1].to, "mona@harbour.example");
    let log = tideline.context.store.audit_log().unwrap();
    let actions: Vec<&str> = log.iter().map(|it| it.entry.action.as_str()).collect();
    assert_eq!(actions.iter().filter(|it| **it == "mail_server.try").count(), 2, "{actions:?}");
    assert_eq!(actions.last(), Some(&"mail_server.name"));

    // A program that starts later sends by it, too, and it goes when it is to.
    let again = || Context::open((*tideline.context.config).clone(), tideline.clock.clock());
    assert_eq!(again().unwrap().mailer.sender().from, "Wellbeing <care@example.org>");
    let me = tideline.get(&tideline.app("/api/v1/me"), Some(&cookie)).1;
    let me: serde_json::Value = serde_json::from_str(&me).unwrap();
    let csrf = [("csrf", me["csrf"].as_str().unwrap())];
    assert_eq!(tideline.form("/admin/mail/server/forget", Some(&cookie), &csrf).0, 303);
    assert!(kept(&tideline).is_none() && !tideline.context.mailer.is_smtp());
    assert!(!again().unwrap().mailer.is_smtp());
    let page = tideline.get(&tideline.app("/privacy/log"), None).1;
    assert!(page.contains("A mail server was named on the page Mail"), "{page}");
    assert!(page.contains("is no longer used"), "{page}");
}

#[test]
fn attack_160_the_password_of_the_mail_server_is_told_or_mails_are_diverted() {
    let tideline = Instance::start(None, day(3, 1));
    let stored = |url: &str| {
        let keys = AuthKeys::load(&tideline.folder().join("keys/auth.pem")).unwrap();
        let sender = Sender { from: "care@example.org".to_owned(), reply_to: None };
        seal_mail_server(&keys, &Smtp::new(url.to_owned(), None), &sender).unwrap()
    };
    let kept = stored("smtps://care:hunter2-unique@mail.example.org");
    let entry = AuditEntry::new(Actor::Program, "mail_server.name", "x", day(3, 1));
    tideline.context.store.set_mail_server(Some(&kept), &entry).unwrap();
    tideline.context.follow_mail_server().unwrap();
    assert!(tideline.context.mailer.server().unwrap().url.contains("hunter2-unique"));
    for (path, bytes) in tideline.files() {
        let found = bytes.windows(14).any(|it| it == b"hunter2-unique");
        assert!(!found, "{}", path.display());
    }

    // Without the key file, or with another one, it cannot be used: mails wait, and somebody can still come and name
    // it again.
    let file = tideline.folder().join("keys/auth.pem");
    fs::remove_file(&file).unwrap();
    for another in [false, true] {
        if another {
            AuthKeys::load_or_create(&file).unwrap();
        }
        assert!(tideline.context.follow_mail_server().is_err());
        assert!(outbox::deliver(&tideline.context).is_err(), "mails wait");
        let config = (*tideline.context.config).clone();
        let restarted = Context::open(config, tideline.clock.clock()).unwrap();
        assert!(!restarted.mailer.is_smtp());
        serve::app(&restarted).unwrap();
    }
}

#[test]
fn a_mail_server_of_the_settings_comes_first() {
    let server = MailServer::plain();
    let tideline = Instance::start_with(None, day(3, 1), |config| {
        config.mail = MailRoute::Smtp(Smtp::new(url(&server), None));
    });
    tideline.import(&with_administrator());
    let cookie = tideline.session("ada@harbour.example");
    let (status, page) = name_server(&tideline, &cookie, server.port, &[]);
    assert_eq!(status, 404, "{page}");
    let page = tideline.get(&tideline.app("/admin/mail"), Some(&cookie)).1;
    assert!(!page.contains("/admin/mail/server"), "{page}");
    assert!(page.contains("localhost:") && !page.contains("secret"), "{page}");
}

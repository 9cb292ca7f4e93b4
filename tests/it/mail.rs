//! The report's way through a mail server that is down, then asks to wait, then takes it.

use std::{
    io::{BufRead as _, BufReader, Write as _},
    net::TcpListener,
    sync::{Arc, Mutex},
    thread,
};

use chrono::TimeDelta;
use tideline_domain::Window;
use tideline_report::mailer::Smtp;
use tideline_server::config::MailRoute;

use crate::{
    journey::roster,
    support::{Instance, day},
};

/// A mail server for a few conversations: answers the first `greylisted` mails with "try later".
fn mail_server(
    listener: TcpListener,
    conversations: usize,
    greylisted: usize,
) -> Arc<Mutex<Vec<String>>> {
    let taken = Arc::new(Mutex::new(Vec::new()));
    let shelf = Arc::clone(&taken);
    thread::spawn(move || {
        let mut later = greylisted;
        for stream in listener.incoming().take(conversations) {
            let mut out = stream.unwrap();
            let mut lines = BufReader::new(out.try_clone().unwrap()).lines();
            out.write_all(b"220 test\r\n").unwrap();
            while let Some(Ok(line)) = lines.next() {
                let verb = line.split([' ', ':']).next().unwrap_or_default().to_uppercase();
                let reply = match verb.as_str() {
                    "QUIT" => break,
                    "RCPT" if later > 0 => {
                        later -= 1;
                        "451 try again later\r\n"
                    }
                    "DATA" => {
                        out.write_all(b"354 go on\r\n").unwrap();
                        let mail: Vec<String> = lines
                            .by_ref()
                            .map_while(Result::ok)
                            .take_while(|it| it != ".")
                            .collect();
                        shelf.lock().unwrap().push(mail.join("\n"));
                        "250 taken\r\n"
                    }
                    _ => "250 fine\r\n",
                };
                out.write_all(reply.as_bytes()).unwrap();
            }
        }
    });
    taken
}

#[test]
fn a_dead_mail_server_delays_a_report_and_neither_loses_nor_doubles_it() {
    let port = TcpListener::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap().port();
    let tideline = Instance::start_with(None, day(3, 1), |config| {
        config.mail = MailRoute::Smtp(Smtp { url: format!("smtp://127.0.0.1:{port}"), ca: None });
    });
    tideline.import(&roster());
    let seq = tideline.announce("2026-03", Window::new(day(3, 2), day(3, 2), day(3, 16)).unwrap());
    tideline.clock.set(day(3, 17));
    tideline.close(seq);

    assert_eq!(tideline.deliver(), 0, "nobody answers");
    assert_eq!(tideline.deliver(), 0, "and it is not tried again at once");

    let listener = TcpListener::bind(("127.0.0.1", port)).unwrap();
    let taken = mail_server(listener, 4, 1);
    tideline.clock.set(day(3, 17) + TimeDelta::minutes(2));
    assert_eq!(tideline.deliver(), 0, "it asks to wait");
    tideline.clock.set(day(3, 17) + TimeDelta::minutes(10));
    assert_eq!(tideline.deliver(), 1);
    tideline.clock.set(day(3, 18));
    assert_eq!(tideline.deliver(), 0, "once is enough");

    let taken = taken.lock().unwrap();
    assert_eq!(taken.len(), 1);
    assert!(taken[0].contains("To: hedda@harbour.example"));
    assert!(taken[0].contains("application/pdf"));
    let subject = taken[0].lines().find(|it| it.starts_with("Subject:")).unwrap();
    assert_eq!(subject, "Subject: Wellbeing summary, March 2026");
}

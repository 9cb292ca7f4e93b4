use tideline_aggregation::Release;
use tideline_domain::EmailAddress;
use tideline_text::{Language, Text};

use lettre::Message;

use super::*;
use crate::{
    fixture::{self, ELM, OAK, id},
    view::{self, Cell},
    words,
};

const EN: Text = Text::new(Language::English);
const DE: Text = Text::new(Language::German);

static CONTACTS: std::sync::OnceLock<Vec<String>> = std::sync::OnceLock::new();

fn contacts() -> Vec<String> {
    ["Staff support 555 0100", "Crisis line 0800 000 0000"].map(str::to_owned).into()
}

fn envelope<'a>(to: &'a EmailAddress, text: Text) -> Envelope<'a> {
    Envelope {
        from: "Tideline <tideline@example.org>",
        reply_to: Some("Care team <care@example.org>"),
        to,
        organisation: "Northfield <Care>",
        support: Support {
            url: "https://app.example.org/support",
            contacts: CONTACTS.get_or_init(contacts),
        },
        text,
        at: "2026-03-02T08:00:00Z".parse().unwrap(),
        choices_url: "https://app.example.org/mail",
        stop_url: Some("https://app.example.org/mail/stop?t=abc"),
    }
}

fn to(address: &str) -> EmailAddress {
    address.parse().unwrap()
}

fn signed_in(link: &str) -> Message {
    let to = to("ada@example.org");
    sign_in(&Envelope { stop_url: None, ..envelope(&to, EN) }, "Ada <b>", link).unwrap()
}

/// What is sent, without the soft line breaks of quoted-printable.
fn plain(message: &Message) -> String {
    String::from_utf8(message.formatted()).unwrap().replace("=\r\n", "").replace("=3D", "=")
}

/// `message` as HTML, to be looked at, in the folder named by `TIDELINE_LOOK`.
fn look(name: &str, message: &Message) {
    if let Some(folder) = std::env::var_os("TIDELINE_LOOK") {
        let folder = std::path::Path::new(&folder);
        std::fs::write(folder.join(format!("{name}.eml")), message.formatted()).unwrap();
    }
}

#[test]
fn a_sign_in_mail_says_the_same_twice() {
    let mail = signed_in("https://app.example.org/in#abc_-DEF");
    let text = plain(&mail);
    assert_eq!(text.matches("abc_-DEF").count(), 2);
    assert!(text.contains("Auto-Submitted: auto-generated"));
    assert!(!text.contains("List-Unsubscribe"), "it was asked for");
    assert_eq!(text.matches("<b>").count(), 1, "names are escaped in HTML");
    assert!(!text.to_lowercase().contains("<img"), "nothing tracks who opens it");
}

#[test]
fn the_same_mail_has_the_same_identifier_and_bytes() {
    let id = |link| signed_in(link).headers().get_raw("Message-ID").unwrap().to_owned();
    assert_eq!(id("https://a/in#1"), id("https://a/in#1"));
    assert_ne!(id("https://a/in#1"), id("https://a/in#2"));
    assert_eq!(signed_in("https://a/in#1").formatted(), signed_in("https://a/in#1").formatted());
}

fn report_in(history: &[Release], to: &str, text: Text, unit: Option<u128>) -> Message {
    let to = self::to(to);
    monthly_report(
        &envelope(&to, text),
        &MonthlyReport {
            history,
            unit: unit.map(id),
            levers: &[],
            today: "2026-11-20".parse().unwrap(),
            next: None,
            report_url: "https://app.example.org/org",
            pdf: Some(b"%PDF-1.7 a report \xe2\x00".to_vec()),
        },
    )
    .unwrap()
}

fn report(history: &[Release], to: &str) -> Message {
    report_in(history, to, EN, None)
}

/// The part of `message` after `content_type`.
fn part(message: &Message, content_type: &str) -> String {
    let text = String::from_utf8(message.formatted()).unwrap().replace("=\r\n", "");
    let from = text.find(content_type).unwrap();
    let body = text[from..].split("\r\n--a.").next().unwrap();
    quoted(body.split("\r\n--m.").next().unwrap())
}

/// Undoes quoted-printable.
fn quoted(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let [first, more @ ..] = rest {
        let hex = |it: &[u8]| u8::from_str_radix(std::str::from_utf8(it).ok()?, 16).ok();
        match (first, more) {
            (b'=', [a, b, after @ ..]) if hex(&[*a, *b]).is_some() => {
                bytes.extend(hex(&[*a, *b]));
                rest = after;
            }
            _ => {
                bytes.push(*first);
                rest = more;
            }
        }
    }
    String::from_utf8(bytes).unwrap()
}

#[test]
fn text_and_html_of_the_report_say_the_same() {
    for (text_of, history) in [EN, DE].into_iter().flat_map(|t| {
        [fixture::history(14), fixture::history(3), fixture::withheld()].map(|it| (t, it))
    }) {
        let mail = report_in(&history, "hr@example.org", text_of, None);
        let (text, html) = (part(&mail, "text/plain"), part(&mail, "text/html"));
        let view = view::organisation_view(&history, text_of).unwrap();
        let Some(whole) = view.whole else {
            for id in ["org-withheld-heading", "withheld-message-whole", "withheld-nothing-wrong"] {
                let said = text_of.tr(id);
                assert!(text.contains(&said) && html.contains(&said), "{said} in {text}");
            }
            continue;
        };
        for sentence in whole.sentences() {
            assert!(text.contains(sentence), "{sentence} in {text}");
            assert!(html.contains(&sentence.replace('\'', "&#39;")), "{sentence} in {html}");
        }
        let kind = format!("{}: {}", text_of.tr("strain-title"), whole.strain.said());
        assert!(text.contains(&kind), "{kind} in {text}");
        assert!(html.contains(&kind.replace('\'', "&#39;")), "{kind} in {html}");
        for panel in &whole.panels {
            let Cell::Shown { score, .. } = &panel.rows.last().unwrap().cell else { panic!() };
            let line = text.lines().rfind(|it| it.starts_with(&panel.title)).unwrap();
            assert!(line.contains(score.as_str()) && line.contains(&panel.tag.text), "{line}");
            let row = html.split("<tbody>").filter(|it| it.contains(&panel.title)).last().unwrap();
            assert!(row.contains(&format!("<strong>{score}</strong>")), "{row}");
            assert!(row.contains(&panel.tag.text));
            if let Some((low, high)) = &panel.usual {
                let strip = text_of.tr2("mail-report-strip", "from", low, "to", high);
                assert!(line.contains(&strip) && html.contains(&strip), "{strip}");
            }
        }
        assert!(html.contains("Northfield &#60;Care&#62;"), "{html}");
    }
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(200))]

    /// Whatever is published, a mail says of the kind of strain what the page says.
    #[test]
    fn the_kind_of_strain_is_that_of_the_page(history in fixture::any()) {
        for unit in [fixture::NORTH, ELM] {
            let view::UnitPage::Shown(page) = view::unit_page(&history, id(unit), EN) else { continue };
            let text = part(&report_in(&history, "m@example.org", EN, Some(unit)), "text/plain");
            let said = page.strain.said();
            proptest::prop_assert!(text.contains(&said), "{} in {}", said, text);
        }
    }
}

#[test]
fn the_subject_tells_no_finding_and_nothing_is_loaded_from_elsewhere() {
    let mail = report(&fixture::history(14), "hr@example.org");
    assert_eq!(mail.headers().get_raw("Subject"), Some("Wellbeing summary, February 2026"));
    assert_eq!(mail.headers().get_raw("Auto-Submitted"), Some("auto-generated"));
    let html = part(&mail, "text/html").to_lowercase();
    for loaded in ["<img", "src=", "url(", "<script", "@import", "<link"] {
        assert!(!html.contains(loaded), "{loaded}");
    }
}

#[test]
fn a_report_can_be_stopped_without_signing_in() {
    let mail = plain(&report(&fixture::history(14), "hr@example.org"));
    assert!(mail.contains("List-Unsubscribe: <https://app.example.org/mail/stop?t=abc>"), "{mail}");
    assert!(mail.contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click"));
    assert!(mail.contains("Reply-To:") && mail.contains("Content-Language: en"));
}

#[test]
fn the_report_is_attached_under_the_name_of_its_wave() {
    let mail = report(&fixture::history(14), "hr@example.org");
    let pdf = part(&mail, "wellbeing-2026-02.pdf");
    assert!(pdf.contains("application/pdf") && pdf.contains("JVBERi0xLjcgYSByZXBvcnQg"), "{pdf}");
}

#[test]
fn a_units_report_is_about_the_unit() {
    let history = fixture::history(14);
    let mail = report_in(&history, "m@example.org", EN, Some(ELM));
    let text = part(&mail, "text/plain");
    assert!(text.contains("Elm, Northfield <Care>") && text.contains("usual here"), "{text}");
    let hidden = part(&report_in(&history, "m@example.org", EN, Some(OAK)), "text/plain");
    assert!(hidden.contains(&EN.tr("withheld-heading")), "{hidden}");
}

#[test]
fn a_repeated_report_has_the_same_identifier_and_no_other_has() {
    let id = |waves, to| {
        let mail = report(&fixture::history(waves), to);
        mail.headers().get_raw("Message-ID").unwrap().to_owned()
    };
    assert_eq!(id(9, "hr@example.org"), id(9, "hr@example.org"));
    assert_ne!(id(9, "hr@example.org"), id(10, "hr@example.org"));
    assert_ne!(id(9, "hr@example.org"), id(9, "ceo@example.org"));
    assert!(!id(9, "hr@example.org").contains("hr"), "it does not name who gets it");
}

static REASONS: std::sync::LazyLock<[String; 2]> =
    std::sync::LazyLock::new(|| [EN, DE].map(|t| words::not_announced("nobody-in-a-unit", t)));

fn notices(t: Text) -> [Notice<'static>; 6] {
    let (opens, last, moment, reason) = match t {
        DE => ("2. März 2026", "16. März 2026", "2. März 2026, 09:00 Uhr", REASONS[1].as_str()),
        _ => ("2 March 2026", "16 March 2026", "2 March 2026, 09:00", REASONS[0].as_str()),
    };
    [
        Notice::Invitation { opens },
        Notice::WaveOpens { wave: "2026-03", last },
        Notice::Reminder { wave: "2026-03", last },
        Notice::ResultsOut {
            wave: "2026-03",
            month: if t == DE { "März 2026" } else { "March 2026" },
        },
        Notice::LeverReview {
            plan: "7",
            unit: "Elm",
            lever: "Spread heavy appointments across the day.",
            owner: "Rota lead",
            review: "2026-03-01".parse().unwrap(),
        },
        Notice::NotAnnounced { opens: moment, reason },
    ]
}

#[test]
fn every_notice_says_the_same_in_text_and_html_in_each_language() {
    let to = to("ada@example.org");
    for text in [EN, DE] {
        for it in notices(text) {
            let mail = notice(&envelope(&to, text), &it, "https://app.example.org/x").unwrap();
            let (text, html) = (part(&mail, "text/plain"), part(&mail, "text/html"));
            assert!(!text.contains("mail-"), "a text is missing: {text}");
            let said = text.split("\r\n\r\n").skip(3).flat_map(str::lines);
            for line in said.filter(|it| *it != "-- ") {
                let words = line.split(": https").next().unwrap().trim().replace('\'', "&#39;");
                assert!(html.contains(&words), "{words} in {html}");
            }
        }
    }
}

#[test]
fn a_mail_to_staff_never_says_who_has_answered() {
    let to = to("ada@example.org");
    let of = |it: &Notice<'_>| {
        part(&notice(&envelope(&to, EN), it, "https://a/x").unwrap(), "text/plain")
    };
    for it in notices(EN).iter().take(4) {
        assert!(of(it).contains("whoever has answered"), "{}", of(it));
    }
}

#[test]
fn an_address_that_cannot_be_used_is_not_told() {
    let to = to("ada@example.org");
    let envelope = Envelope { from: "nobody at all", ..envelope(&to, EN) };
    let error = sign_in(&envelope, "Ada", "https://a/in#1").unwrap_err();
    assert!(!error.to_string().contains("nobody"), "{error}");
}

/// A mail as somebody reads it: subject, headers and plain text.
fn told(message: &Message) -> String {
    let formatted = String::from_utf8(message.formatted()).unwrap();
    let head = formatted.split("\r\n\r\n").next().unwrap().replace("\r\n ", " ");
    let head: Vec<&str> = head
        .split("\r\n")
        .filter(|it| !it.starts_with("Subject:") && !it.starts_with("Content-Type:"))
        .collect();
    let text = part(message, "text/plain");
    let text = text.split_once("\r\n\r\n").unwrap().1.replace("\r\n", "\n");
    let subject = message.headers().get_raw("Subject").unwrap();
    format!("Subject: {subject}\n{}\n\n{}", head.join("\n"), text.trim_end())
}

/// Its HTML.
fn html(message: &Message) -> String {
    let html = part(message, "text/html");
    html.split_once("\r\n\r\n").unwrap().1.replace("\r\n", "\n")
}

/// Every mail there is, in the language of `t`, by name.
fn every_mail(t: Text) -> Vec<(String, Message)> {
    let to = to("ada@example.org");
    let envelope = envelope(&to, t);
    let report = |name: &str, history: &[Release], unit| {
        (format!("report-{name}"), report_in(history, "hr@example.org", t, unit))
    };
    let mut all = vec![
        report("organisation", &fixture::history(14), None),
        report("learning", &fixture::history(3), None),
        report("nothing", &fixture::withheld(), None),
        report("unit", &fixture::history(14), Some(ELM)),
        report("unit-hidden", &fixture::history(14), Some(OAK)),
    ];
    let names = ["invitation", "opens", "reminder", "results", "review", "not-announced"];
    all.extend(names.into_iter().zip(notices(t)).map(|(name, it)| {
        (name.to_owned(), notice(&envelope, &it, "https://app.example.org/x").unwrap())
    }));
    let asked = Envelope { stop_url: None, ..envelope };
    let link = "https://app.example.org/in#abc_-DEF";
    all.push(("sign-in".into(), sign_in(&asked, "Ada Öz", link).unwrap()));
    all.push(("test".into(), test(&asked, "https://app.example.org").unwrap()));
    all
}

#[test]
fn every_mail_reads_as_it_was_reviewed() {
    for t in [EN, DE] {
        for (name, mail) in every_mail(t) {
            let tag = t.language().tag();
            look(&format!("mail-{name}-{tag}"), &mail);
            insta::assert_snapshot!(format!("{name}-{tag}"), told(&mail));
            if ["report-organisation", "invitation"].contains(&name.as_str()) {
                insta::assert_snapshot!(format!("{name}-{tag}-html"), html(&mail));
            }
        }
    }
}

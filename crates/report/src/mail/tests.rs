use super::*;
use crate::fixture;

fn person() -> Person {
    Person {
        id: tideline_domain::PersonId::new(uuid()),
        name: "Ada <b>".parse().unwrap(),
        email: "ada@example.org".parse().unwrap(),
        roles: Vec::new(),
    }
}

fn uuid() -> uuid::Uuid {
    uuid::Uuid::from_u128(7)
}

#[test]
fn a_sign_in_mail_says_the_same_twice() {
    let link = "https://app.example.org/in#abc_-DEF";
    let mail = sign_in("Tideline <t@example.org>", &person(), link).unwrap();
    let text = String::from_utf8(mail.formatted()).unwrap().replace("=\r\n", "");
    assert_eq!(text.matches("abc_-DEF").count(), 2);
    assert!(text.contains("Auto-Submitted: auto-generated"));
    assert_eq!(text.matches("<b>").count(), 1, "names are escaped in HTML");
    assert!(!text.to_lowercase().contains("<img"), "nothing tracks who opens it");
}

#[test]
fn the_same_mail_has_the_same_identifier() {
    let id = |link| {
        let mail = sign_in("t@example.org", &person(), link).unwrap();
        mail.headers().get_raw("Message-ID").unwrap().to_owned()
    };
    assert_eq!(id("https://a/in#1"), id("https://a/in#1"));
    assert_ne!(id("https://a/in#1"), id("https://a/in#2"));
}

fn report(history: &[Release], to: &str) -> Message {
    monthly_report(&MonthlyReport {
        from: "Tideline <tideline@example.org>",
        to: &to.parse().unwrap(),
        organisation: "Northfield <Care>",
        history,
        report_url: "https://app.example.org/org",
        pdf: b"%PDF-1.7 a report \xe2\x00".to_vec(),
    })
    .unwrap()
}

/// The part of `message` after `content_type`, without the soft line breaks of quoted-printable.
fn part(message: &Message, content_type: &str) -> String {
    let text = String::from_utf8(message.formatted()).unwrap().replace("=\r\n", "");
    let from = text.find(content_type).unwrap();
    text[from..].split("\r\n--").next().unwrap().replace("=3D", "=")
}

#[test]
fn text_and_html_of_the_report_say_the_same() {
    for history in [fixture::history(14), fixture::history(3), fixture::withheld()] {
        let mail = report(&history, "hr@example.org");
        let (text, html) = (part(&mail, "text/plain"), part(&mail, "text/html"));
        let view = view::organisation_view(&history).unwrap();
        let Some(whole) = view.whole else {
            assert!(text.contains("Nothing is shown this month"));
            assert!(html.contains("Nothing is shown this month"));
            continue;
        };
        for sentence in &whole.lead {
            assert!(text.contains(sentence.as_str()), "{sentence} in {text}");
            assert!(html.contains(&sentence.replace('\'', "&#39;")), "{sentence} in {html}");
        }
        for panel in &whole.panels {
            let Cell::Shown { score, .. } = &panel.rows.last().unwrap().cell else { panic!() };
            let line = text.lines().rfind(|it| it.starts_with(panel.title)).unwrap();
            assert!(line.contains(score.as_str()) && line.contains(panel.tag.text), "{line}");
            let row = html.split("<tr>").filter(|it| it.contains(panel.title)).last().unwrap();
            assert!(row.contains(&format!("<strong>{score}</strong>")), "{row}");
            assert!(row.contains(panel.tag.text));
        }
        assert!(html.contains("Northfield &#60;Care&#62;"), "{html}");
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
fn the_report_is_attached_under_the_name_of_its_wave() {
    let mail = report(&fixture::history(14), "hr@example.org");
    let pdf = part(&mail, "wellbeing-2026-02.pdf");
    assert!(pdf.contains("application/pdf") && pdf.contains("JVBERi0xLjcgYSByZXBvcnQg"), "{pdf}");
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

#[test]
fn an_address_that_cannot_be_used_is_not_told() {
    let error = sign_in("nobody at all", &person(), "https://a/in#1").unwrap_err();
    assert!(!error.to_string().contains("nobody"), "{error}");
}

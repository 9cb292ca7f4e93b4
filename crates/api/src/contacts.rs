//! What somebody writes about a support contact, before it is one: from a form or from JSON.

use chrono::{NaiveDate, TimeDelta};
use tideline_domain::unseen;
use tideline_store::SupportContact;

/// How long a contact counts as checked. Unit: days.
const FRESH_DAYS: i64 = 90;

/// Whether somebody made sure within the last 90 days that all of `contacts` work.
pub(crate) fn are_fresh(contacts: &[SupportContact], today: NaiveDate) -> bool {
    contacts.iter().all(|it| today - it.checked <= TimeDelta::days(FRESH_DAYS))
}

/// Contacts that one country, or everybody, may have; more would bury the first.
const MOST: usize = 8;

/// Whether no country has more than eight of `contacts`.
pub(crate) fn are_few(contacts: &[SupportContact]) -> bool {
    let of = |country| contacts.iter().filter(|it| it.country == country).count();
    contacts.iter().all(|it| of(it.country) <= MOST)
}

/// The contact that was written down; `None` if nothing was.
///
/// # Errors
///
/// The identifier of a sentence for the person who wrote it.
pub(crate) fn contact(
    title: &str,
    phone: &str,
    link: &str,
    note: &str,
    country: &str,
    checked: NaiveDate,
) -> Result<Option<SupportContact>, &'static str> {
    let [title, phone, link, note, country] = [title, phone, link, note, country].map(str::trim);
    if [title, phone, link, note].iter().all(|it| it.is_empty()) {
        return Ok(None);
    }
    let title = title.parse().map_err(|_| "admin-support-problem-title")?;
    let dialled = |it: char| it.is_ascii_digit() || " +()-/*#".contains(it);
    if !phone.chars().all(dialled) || phone.chars().count() > 40 {
        return Err("admin-support-problem-phone");
    }
    let reachable = link.starts_with("https://") || link.starts_with("mailto:");
    let odd = link.contains(char::is_whitespace) || unseen(link).is_some();
    if !link.is_empty() && (!reachable || link.len() > 300 || odd) {
        return Err("admin-support-problem-link");
    }
    if phone.is_empty() && link.is_empty() {
        return Err("admin-support-problem-way");
    }
    if note.chars().count() > 300 || unseen(note).is_some() {
        return Err("admin-support-problem-note");
    }
    let country = match country {
        "" => None,
        code => Some(code.parse().map_err(|_| "admin-support-problem-country")?),
    };
    let given = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    Ok(Some(SupportContact {
        title,
        phone: given(phone),
        link: given(link),
        note: note.to_owned(),
        checked,
        country,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(title: &str, phone: &str, link: &str, expected: Result<bool, &'static str>) {
        let day = NaiveDate::from_ymd_opt(2026, 11, 1).unwrap();
        assert_eq!(contact(title, phone, link, "", "", day).map(|it| it.is_some()), expected);
    }

    #[test]
    fn a_contact_is_taken_or_says_why_not() {
        check("Crisis line", "0800 000 0000", "", Ok(true));
        check("Staff support", "", "https://support.example.org", Ok(true));
        check("Staff support", "", "mailto:help@example.org", Ok(true));
        check("", " ", "", Ok(false));
        check("", "112", "", Err("admin-support-problem-title"));
        check("Line", "", "", Err("admin-support-problem-way"));
        check("Line", "call me", "", Err("admin-support-problem-phone"));
        check("Line", "", "http://example.org", Err("admin-support-problem-link"));
        check("Line", "", "javascript:alert(1)", Err("admin-support-problem-link"));
    }
}

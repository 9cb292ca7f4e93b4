//! What kind of browser somebody uses: just enough for people to tell their own sessions apart, and
//! too little to recognise anybody by.

use actix_web::{HttpRequest, http::header::USER_AGENT};
use tideline_ballot::issue::Issuer;
use tideline_domain::PersonId;
use tideline_text::Text;

/// A kind of browser.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Device {
    code: &'static str,
    browser: Option<&'static str>,
    phone: bool,
}

/// Their places are their numbers, so new ones come last.
const KINDS: [Device; 15] = [
    Device { code: "firefox-phone", browser: Some("Firefox"), phone: true },
    Device { code: "firefox-computer", browser: Some("Firefox"), phone: false },
    Device { code: "edge-phone", browser: Some("Edge"), phone: true },
    Device { code: "edge-computer", browser: Some("Edge"), phone: false },
    Device { code: "chrome-phone", browser: Some("Chrome"), phone: true },
    Device { code: "chrome-computer", browser: Some("Chrome"), phone: false },
    Device { code: "safari-phone", browser: Some("Safari"), phone: true },
    Device { code: "safari-computer", browser: Some("Safari"), phone: false },
    OTHER,
    Device { code: "samsung-phone", browser: Some("Samsung Internet"), phone: true },
    Device { code: "samsung-computer", browser: Some("Samsung Internet"), phone: false },
    Device { code: "opera-phone", browser: Some("Opera"), phone: true },
    Device { code: "opera-computer", browser: Some("Opera"), phone: false },
    Device { code: "duckduckgo-phone", browser: Some("DuckDuckGo"), phone: true },
    Device { code: "duckduckgo-computer", browser: Some("DuckDuckGo"), phone: false },
];
const OTHER: Device = Device { code: "other", browser: None, phone: false };

/// In the place of a kind of browser: a person who was ticked off for a paper card.
pub const ON_PAPER: u8 = u8::MAX;

/// The number of a kind of browser as it is kept of a pick-up, and back: hidden by a byte that only the
/// wave's key gives for this person, because sessions say who uses which kind.
pub fn hide_kind(issuer: &Issuer, person: PersonId, kind: u8) -> u8 {
    let [mask, ..] = issuer.holder(format!("device of {person}").as_bytes());
    kind ^ mask
}

impl Device {
    /// What the request says it comes from.
    pub(crate) fn of(req: &HttpRequest) -> Self {
        let agent = req.headers().get(USER_AGENT).and_then(|it| it.to_str().ok()).unwrap_or("");
        let phone = ["Mobile", "Android", "iPhone", "iPad"].iter().any(|it| agent.contains(it));
        // In this order: the first ones claim to be the last ones, too, and on an iPhone all are Safari.
        let marks = [
            ("DuckDuckGo/", "DuckDuckGo"),
            ("Ddg/", "DuckDuckGo"),
            ("SamsungBrowser/", "Samsung Internet"),
            ("OPR/", "Opera"),
            ("OPiOS/", "Opera"),
            ("OPT/", "Opera"),
            ("FxiOS/", "Firefox"),
            ("Firefox/", "Firefox"),
            ("Edg", "Edge"),
            ("CriOS/", "Chrome"),
            ("Chrome/", "Chrome"),
            ("Safari/", "Safari"),
        ];
        let browser = marks.iter().find(|it| agent.contains(it.0)).map(|it| it.1);
        KINDS.into_iter().find(|it| it.browser == browser && it.phone == phone).unwrap_or(OTHER)
    }

    /// The kind with this [`code`](Self::code); any other text is an unknown browser.
    pub(crate) fn from_code(code: &str) -> Self {
        KINDS.into_iter().find(|it| it.code == code).unwrap_or(OTHER)
    }

    /// A number to keep for the time of a wave.
    pub(crate) fn number(self) -> u8 {
        KINDS.iter().position(|it| *it == self).and_then(|it| u8::try_from(it).ok()).unwrap_or(0)
    }

    /// The kind with this [`number`](Self::number); any other number is an unknown browser.
    pub(crate) fn from_number(number: u8) -> Self {
        KINDS.get(usize::from(number)).copied().unwrap_or(OTHER)
    }

    /// Stable name.
    pub(crate) const fn code(self) -> &'static str {
        self.code
    }

    /// What people read: "Firefox on a computer".
    pub(crate) fn words(self, t: Text) -> String {
        match self.browser {
            Some(browser) if self.phone => t.tr1("device-phone", "browser", browser),
            Some(browser) => t.tr1("device-computer", "browser", browser),
            None => t.tr("device-other"),
        }
    }
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;
    use tideline_text::Language;

    use super::*;

    #[track_caller]
    fn check(agent: &str, expected: &str) {
        let request = TestRequest::get().insert_header((USER_AGENT, agent)).to_http_request();
        let device = Device::from_code(Device::of(&request).code());
        assert_eq!(device.words(Text::new(Language::English)), expected);
        assert_eq!(Device::from_number(device.number()), device);
    }

    #[test]
    fn browsers_are_told_apart_roughly() {
        check(
            "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
            "Firefox on a computer",
        );
        check(
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Mobile/15E148 Safari/604.1",
            "Safari on a phone or tablet",
        );
        check(
            "Mozilla/5.0 (Windows NT 10.0; Win64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0",
            "Edge on a computer",
        );
        check("curl/8", "A browser");
        check("", "A browser");
    }

    #[test]
    fn browsers_on_a_phone_are_not_taken_for_the_one_they_claim_to_be() {
        let iphone = |own: &str| {
            format!(
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) {own} Safari/605.1.15"
            )
        };
        for (own, browser) in [
            ("FxiOS/132.0 Mobile/15E148", "Firefox"),
            ("Version/18.0 EdgiOS/130.0.2849.80 Mobile/15E148", "Edge"),
            ("CriOS/130.0.6723.90 Mobile/15E148", "Chrome"),
            ("OPiOS/16.0.15.124050 Mobile/15E148", "Opera"),
            ("Version/18.0 Mobile/15E148 OPT/5.1.0", "Opera"),
            ("Version/18.1 Mobile/15E148 DuckDuckGo/7", "DuckDuckGo"),
            ("Version/18.1 Mobile/15E148", "Safari"),
        ] {
            check(&iphone(own), &format!("{browser} on a phone or tablet"));
        }
        let android = |own: &str| {
            format!(
                "Mozilla/5.0 (Linux; Android 14; K) AppleWebKit/537.36 (KHTML, like Gecko) {own}"
            )
        };
        for (own, browser) in [
            ("SamsungBrowser/26.0 Chrome/122.0.0.0 Mobile Safari/537.36", "Samsung Internet"),
            ("Chrome/130.0.0.0 Mobile Safari/537.36 EdgA/130.0.0.0", "Edge"),
            ("Chrome/130.0.0.0 Mobile Safari/537.36 OPR/86.0.0.0", "Opera"),
            ("Version/4.0 Chrome/130.0.0.0 Mobile Safari/537.36 DuckDuckGo/5", "DuckDuckGo"),
            ("Chrome/130.0.0.0 Mobile Safari/537.36", "Chrome"),
        ] {
            check(&android(own), &format!("{browser} on a phone or tablet"));
        }
        check(
            "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Safari/605.1.15 Ddg/18.1",
            "DuckDuckGo on a computer",
        );
    }

    #[test]
    fn numbers_that_running_waves_keep_mean_what_they_meant() {
        let codes = [
            "firefox-phone",
            "firefox-computer",
            "edge-phone",
            "edge-computer",
            "chrome-phone",
            "chrome-computer",
            "safari-phone",
            "safari-computer",
            "other",
        ];
        for (number, code) in (0..).zip(codes) {
            assert_eq!(Device::from_number(number).code(), code);
        }
        assert_eq!(Device::from_number(99).code(), "other");
    }
}

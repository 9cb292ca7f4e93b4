//! What kind of browser somebody uses: just enough for people to tell their own sessions apart, and
//! too little to recognise anybody by.

use actix_web::{HttpRequest, http::header::USER_AGENT};
use tideline_text::Text;

/// A kind of browser.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Device {
    code: &'static str,
    browser: Option<&'static str>,
    phone: bool,
}

const KINDS: [Device; 9] = [
    Device { code: "firefox-phone", browser: Some("Firefox"), phone: true },
    Device { code: "firefox-computer", browser: Some("Firefox"), phone: false },
    Device { code: "edge-phone", browser: Some("Edge"), phone: true },
    Device { code: "edge-computer", browser: Some("Edge"), phone: false },
    Device { code: "chrome-phone", browser: Some("Chrome"), phone: true },
    Device { code: "chrome-computer", browser: Some("Chrome"), phone: false },
    Device { code: "safari-phone", browser: Some("Safari"), phone: true },
    Device { code: "safari-computer", browser: Some("Safari"), phone: false },
    OTHER,
];
const OTHER: Device = Device { code: "other", browser: None, phone: false };

impl Device {
    /// What the request says it comes from.
    pub(crate) fn of(req: &HttpRequest) -> Self {
        let agent = req.headers().get(USER_AGENT).and_then(|it| it.to_str().ok()).unwrap_or("");
        let phone = ["Mobile", "Android", "iPhone", "iPad"].iter().any(|it| agent.contains(it));
        // In this order: later ones are claimed by earlier ones, too.
        let marks = [
            ("Firefox/", "Firefox"),
            ("Edg", "Edge"),
            ("Chrome/", "Chrome"),
            ("CriOS/", "Chrome"),
            ("Safari/", "Safari"),
        ];
        let browser = marks.iter().find(|it| agent.contains(it.0)).map(|it| it.1);
        KINDS.into_iter().find(|it| it.browser == browser && it.phone == phone).unwrap_or(OTHER)
    }

    /// The kind with this [`code`](Self::code); any other text is an unknown browser.
    pub(crate) fn from_code(code: &str) -> Self {
        KINDS.into_iter().find(|it| it.code == code).unwrap_or(OTHER)
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
}
